//! 取込をやめる on the real host: what was stopped while it was being taken in has written nothing, whatever it brings.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use junkai::app::{Effect, Event, Host, Site};
use junkai::domain::EstablishmentId;
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use junkai::domain::worker::Worker;
use junkai::runtime::{Place, Runtime};

use crate::scratch::Scratch;
use crate::stress::{HIGH, open_round};

/// Who unlocked and locked when, and the face that a lock leaves, are no part of a file.
const OF_THE_SESSION: [&str; 3] = ["audit ", "face ", "head "];

fn dump(scratch: &Scratch) -> Vec<String> {
    let all = scratch.content(0).into_iter().chain(scratch.content(1));
    all.filter(|row| !OF_THE_SESSION.iter().any(|table| row.starts_with(table))).collect()
}

fn audited(scratch: &Scratch) -> i64 {
    scratch.number(1, "SELECT count(*) FROM audit")
}

fn until(host: &mut Runtime, effect: Effect, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
    let start = Instant::now();
    let mut events = host.perform(effect);
    while !events.iter().any(&wanted) {
        assert!(start.elapsed() < Duration::from_secs(60), "nothing came: {events:?}");
        std::thread::sleep(Duration::from_millis(1));
        events.extend(host.perform(Effect::Tick));
    }
    events
}

/// A file of everybody, and what it brings.
fn file(site: &Site, kind: BatchKind) -> String {
    let (header, rest): (&str, String) = match kind {
        BatchKind::Hours => ("対象年月,総労働時間", "2026/09,171:11".to_owned()),
        BatchKind::Roster => ("所属", "やめる課".to_owned()),
        BatchKind::Checkup => ("健診日,収縮期血圧", "2026/10/12,121".to_owned()),
        BatchKind::Restrictions => ("就業上の措置,期限", "時間外労働の禁止,2027/2/28".to_owned()),
        BatchKind::Stress => ("性別,回答日,回答", format!("男,2026/11/10,{HIGH}")),
        BatchKind::StressResults => ("受検日,高ストレス", "2026/11/10,該当".to_owned()),
    };
    let row = |worker: &Worker| format!("{},{},{rest}\n", worker.number, worker.name);
    format!("社員番号,氏名,{header}\n{}", site.workers.iter().map(row).collect::<String>())
}

#[test]
fn an_import_that_is_stopped_while_it_is_taken_in_leaves_the_vault_as_it_was() {
    let scratch = Scratch::demo();
    let id = EstablishmentId::new(1);
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    let site = std::sync::Arc::clone(desk.site(&id).unwrap());
    desk.lock().unwrap();
    for kind in BatchKind::ALL {
        let path: PathBuf = scratch.path("stopped.csv");
        fs::write(&path, file(&site, *kind)).unwrap();
        let before = (dump(&scratch), audited(&scratch));
        let mut host = Runtime::opened(Place::new(&scratch.vault()), scratch.desk()).unwrap();
        let read = Effect::ReadImport(id.clone(), path, *kind);
        let events = until(&mut host, read, |event| matches!(event, Event::ImportRead(_) | Event::Failed(_)));
        let Some(Event::ImportRead(preview)) = events.last() else { panic!("{kind:?}: {events:?}") };
        assert!(preview.added + preview.changed.len() > 0 && preview.problem.is_none(), "{kind:?}: {preview:?}");
        host.perform(Effect::AcceptImport);
        let over = |event: &Event| matches!(event, Event::Done(_) | Event::Imported(_) | Event::Failed(_));
        let events = until(&mut host, Effect::DropImport, over);
        let is_stopped = |event: &Event| matches!(event, Event::Done(says) if says.contains("何も書いていません"));
        assert!(events.iter().any(is_stopped), "{kind:?}: {events:?}");
        assert!(host.view().vault.clear_files.is_empty(), "{kind:?}");
        host.perform(Effect::Lock);
        drop(host);
        assert_eq!((dump(&scratch), audited(&scratch)), before, "{kind:?}");
    }
    scratch.assert_clean();
}
