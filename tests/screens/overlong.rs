//! Every screen of an establishment whose names and texts are far longer than a row.

use std::sync::{Arc, Mutex, OnceLock};

use junkai::app::host::{
    ClearFile, DoubtfulRow, FileRows, HeldRows, ImportPreview, ListedRow, ReadingChoice, RowAnswer, RowList, VaultView,
};
use junkai::app::{Effect, Event, Host, Site, View};
use junkai::demo::Plan;
use junkai::domain::case::AttachmentLine;
use junkai::domain::command::{Act, Command};
use junkai::domain::{AnyRecord, EstablishmentId, Id, Prefix};
use junkai::runtime::Desk;

use super::cases::{OF_A_SITE, OF_A_WORKER, shown};
use super::{desk, over};

/// Forty full-width characters, half-width kana, a variation selector and a combining mark.
const NAME: &str =
    "勘解由小路渡邉\u{e0101}長曾我部東海林小鳥遊四月朔日五百籏頭左衛門尉が\u{3099}ｶﾞﾃﾞﾉｺｳｼﾞ 資子之丞太郎右衛門";

/// The establishment that the tests stand in.
fn id() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn long(word: &str, characters: usize) -> String {
    word.chars().cycle().take(characters).collect()
}

/// The demo's establishment, and everything in it that bears a name or a text made long.
fn lengthened() -> &'static Mutex<(tempfile::TempDir, Desk)> {
    static DESK: OnceLock<Mutex<(tempfile::TempDir, Desk)>> = OnceLock::new();
    DESK.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { establishments: 1, workers: 60, years: 1, seed: 1 };
        let mut desk = desk::demo(folder.path().join("vault"), &plan);
        desk.set("out_dir", &long("/home/physician/書類/産業医", 90)).unwrap();
        let site = Site::clone(desk.site(&id()).unwrap());
        for record in records(&site) {
            let subject = record.key().to_owned();
            desk.perform(&id(), &Command::new(Act::EditWorker, subject).put(record)).unwrap();
        }
        Mutex::new((folder, desk))
    })
}

fn records(site: &Site) -> Vec<AnyRecord> {
    let mut records: Vec<AnyRecord> = Vec::new();
    let mut establishment = (*site.establishment).clone();
    establishment.name = long("東日本総合精密機械工業株式会社多摩川第二製造所", 60);
    establishment.short_name = long("東日本総合精密機械工業多摩川", 28);
    establishment.address = long("東京都大田区多摩川西字新田丁目番地", 80);
    establishment.employer = long("東日本総合精密機械工業株式会社", 60);
    establishment.industry = long("その他の生産用機械器具製造業", 40);
    records.push(establishment.into());
    records.extend(workers(site));
    for (index, contact) in site.contacts.iter().enumerate() {
        let mut contact = contact.clone();
        contact.name = format!("{NAME}{index}");
        contact.department = long("人事労務総務統括本部", 40);
        contact.mail = format!("{}@example.jp", "long-address".repeat(8));
        records.push(contact.into());
    }
    for place in site.places.iter() {
        let mut place = place.clone();
        place.name = format!("{}{}", long("第二工場鋳造棟北側通路脇", 38), place.position);
        records.push(place.into());
    }
    for finding in site.findings.iter() {
        let mut finding = finding.clone();
        finding.content = long("溶解炉の前の通路に台車と空の容器が積まれ、避難の妨げになっている。", 300);
        finding.owner = NAME.to_owned();
        finding.answer = long("台車の置き場を決めて表示した。", 200);
        records.push(finding.into());
    }
    for request in site.requests.iter() {
        let mut request = request.clone();
        request.place = long("本館三階の健康管理室の奥の面談室", 60);
        request.wishes = long("平日の夕方に、上司に知られずに受けたい。", 200);
        request.doctor = NAME.to_owned();
        records.push(request.into());
    }
    for promise in site.promises.iter() {
        let mut promise = promise.clone();
        promise.content = long("ノー残業日の案を職場ごとに見直して意見を返す。", 200);
        records.push(promise.into());
    }
    for checkup in site.checkups.iter() {
        let mut checkup = checkup.clone();
        checkup.summary = long("血圧高値、肝機能、脂質、血糖のいずれも再検査。", 120);
        records.push(checkup.into());
    }
    records
}

/// Two of three, so that long names stand beside short ones.
fn workers(site: &Site) -> impl Iterator<Item = AnyRecord> {
    let lengthened = site.workers.iter().enumerate().filter(|(index, _)| index % 3 != 1);
    lengthened.map(|(index, worker)| {
        let mut worker = worker.clone();
        worker.name = format!("{NAME}{index}");
        worker.kana = long("かでのこうじわたなべちょうそかべ", 60);
        worker.number = format!("{}{:02}", "A-2026-0001-".repeat(3).get(..28).unwrap(), index);
        worker.department = long("生産技術本部第二製造部鋳造課", 40);
        worker.position = long("主任研究員兼安全衛生推進者", 30);
        worker.into()
    })
}

/// The lengthened establishment, documents included.
struct Long(View);

impl Host for Long {
    fn view(&self) -> View {
        self.0.clone()
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Preview(request) => {
                let mut held = lengthened().lock().unwrap();
                vec![Event::Previewed(Box::new(held.1.preview_document(&request).unwrap()))]
            }
            Effect::ReadImport(..) => vec![Event::ImportRead(Box::new(read()))],
            _ => Vec::new(),
        }
    }
}

fn host() -> Box<dyn Host> {
    let mut view = over(&lengthened().lock().unwrap().1.snapshot());
    let files = (1..=3).map(|number| ClearFile {
        number,
        site: "E01".to_owned(),
        kind: "取込元".to_owned(),
        at: "2026-11-20 12:00".to_owned(),
        path: format!("/home/physician/{}/{number}.csv", long("勤怠データの控え", 90)),
    });
    let vault =
        VaultView {
            clear_files: files.collect(), out_dir: long("/home/physician/書類", 120), ..(*view.vault).clone()
        };
    view.vault = Arc::new(vault);
    attach(&mut view);
    Box::new(Long(view))
}

/// Puts a paper with a long title beside the worker's newest request.
fn attach(view: &mut View) {
    let site = Arc::make_mut(&mut Arc::make_mut(&mut view.caseload).sites[0]);
    let worker = whom(site).0;
    let (media_type, title) = ("application/pdf".to_owned(), long("申出書の写しと本人からのメール", 60));
    let line = AttachmentLine {
        id: site.next_id(Prefix::Row),
        record: worker,
        title,
        media_type,
        day: desk::today(),
        size: 123_456,
    };
    Arc::make_mut(&mut site.attachments).push(line);
}

/// A file as it was read, every column of it too long.
fn read() -> ImportPreview {
    let person = || NAME.to_owned();
    ImportPreview {
        source: long("UTF-8 見出し 1行目 時間外労働時間一覧表", 120),
        mapping: vec![(long("所定外労働時間の合計(法定内を含む)", 60), "残業".to_owned())],
        period: "2026-10-01 - 2026-10-31".to_owned(),
        listed: FileRows::of(listed()),
        rows: 12_349,
        readings: ["60進", "10進"]
            .map(|name| ReadingChoice {
                name: name.to_owned(),
                over: 3,
                undecided: 0,
                persons: vec![(person(), "80:30 / 80:50".to_owned())],
                crossing: 1,
                possible: true,
            })
            .into(),
        chosen: Some(0),
        ..ImportPreview::default()
    }
}

/// Its rows, every part of them too long.
fn listed() -> HeldRows {
    let row = |list, row, what: String| (list, ListedRow { row, worker: None, whom: NAME.to_owned(), what });
    HeldRows {
        rows: vec![
            row(RowList::Changed, Some(5), "2026-10  80:00 から 120:30 へ".to_owned()),
            row(RowList::Refused, Some(123_456), long("時間として読めません。", 90)),
            row(RowList::Flag, None, "45超 から 80超 へ".to_owned()),
        ],
        doubts: vec![DoubtfulRow {
            row: 3,
            whom: NAME.to_owned(),
            why: "同じ氏名の人が複数います。どの人かを選んでください。".to_owned(),
            options: vec![
                (RowAnswer::Same(0), format!("{NAME}  {}", long("12345", 30))),
                (RowAnswer::Leave, "入れない".to_owned()),
            ],
        }],
        values: Vec::new(),
    }
}

/// A worker with a long name about whom much is recorded.
fn whom(site: &Site) -> (Id, String) {
    let counted = |worker: &Id| site.interviews.iter().filter(|row| &row.worker == worker).count();
    let worker = site.workers.iter().filter(|worker| worker.number.len() == 30).max_by_key(|w| counted(&w.id)).unwrap();
    (worker.id.clone(), worker.number.clone())
}

#[test]
fn places_of_an_establishment_with_overlong_names() {
    for (name, keys) in OF_A_SITE {
        shown(host, "overlong", name, keys);
    }
    for (name, keys) in [
        ("why_item", "Down Down w"),
        ("establishment", "Enter"),
        ("palette_people", "^p +勘解由"),
        ("finding", "^p =じゅんし Enter Enter"),
        ("patrol_next_place", "^p =じゅんし Enter F6 F6"),
        ("import_read", "^p =取込 =/tmp/hours.csv"),
        ("import_list", "^p =取込 =/tmp/hours.csv f f"),
    ] {
        shown(host, "overlong", name, keys);
    }
}

#[test]
fn places_of_a_worker_with_an_overlong_name() {
    let number = whom(lengthened().lock().unwrap().1.site(&id()).unwrap()).1;
    for (name, keys) in OF_A_WORKER.into_iter().chain([
        ("record", "x"),
        ("record_confirmed", "x x"),
        ("opinion", "Enter"),
        ("opinion_confirmed", "Enter x"),
    ]) {
        shown(host, "overlong", name, &format!("^p ={number} {keys}"));
    }
}
