//! Nothing is erased before the short name stands there, and not by Enter.

use std::sync::Arc;

use super::*;
use crate::app::Site;
use crate::domain::command;
use crate::domain::hours::{Batch, BatchKind};
use crate::domain::intake::{Erased, Stay, Staying};
use crate::domain::{Id, Prefix, Table};
use crate::ui::screens::patrol::desk::{bare, day, site_id, view};

fn with_batch() -> Site {
    let mut site = bare();
    let batch = Id::new(&site_id(), Prefix::Row, 10);
    site.history = Arc::new(vec![Operation {
        number: 4,
        at: "2026-11-20 15:22:07".to_owned(),
        day: day("2026-11-20"),
        act: command::Act::ImportHours,
        subject: Some(batch.to_string()),
        rows: 92,
        batch: Some(batch),
        undone_by: None,
        undoes: None,
        is_barrier: false,
    }]);
    site
}

/// What was found to stay: a person whom a later file names, and an answer that it was read by.
fn weighed() -> Event {
    let row = |table, number, why| Staying { table, key: Id::new(&site_id(), Prefix::Row, number).to_string(), why };
    let staying = vec![row(Table::Worker, 1, Stay::ChangedLater), row(Table::PersonAnswer, 2, Stay::UsedLater)];
    let losing = vec![row(Table::Measure, 3, Stay::ChangedLater)];
    let erased = Erased { staying, losing, ..Erased::default() };
    let sealed = vec!["/home/x/9月.csv.age".to_owned()];
    Event::ErasureWeighed(Box::new(Erasure { operation: 4, erased, sealed }))
}

fn typed(text: &str) -> Erase {
    let mut screen = Erase::new(site_id(), 4);
    let shown = view(vec![with_batch()]);
    assert!(matches!(screen.opened(&shown).effects[..], [Effect::WeighErasure(_, 4)]));
    assert_eq!(screen.refusal(&shown), Some("何が残るかを調べています"));
    screen.event(&shown, &weighed());
    screen.paste(&shown, text);
    screen
}

#[test]
fn the_short_name_must_stand_there() {
    let view = view(vec![with_batch()]);
    let short = view.caseload.sites[0].establishment.short_name.clone();
    for wrong in ["", "x", &format!("{short}x")] {
        assert!(typed(wrong).refusal(&view).is_some(), "{wrong}");
    }
    let mut screen = typed(&short);
    assert_eq!(screen.refusal(&view), None);
    assert!(screen.key(&view, Key::plain(Code::Enter)).effects.is_empty(), "never by Enter");
    let reply = screen.act(&view, Act::Issue);
    assert!(matches!(&reply.effects[..], [Effect::EraseBatch(_, 4, typed, None)] if *typed == short));
    assert!(screen.refusal(&view).is_some(), "once");
    assert_eq!(screen.event(&view, &Event::Done(String::new())).go, Some(Go::Back));
}

#[test]
fn what_goes_and_what_stays_is_said() {
    let view = view(vec![with_batch()]);
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    typed("").draw(&view, &mut canvas, Rect::new(0, 3, 80, 19));
    insta::assert_snapshot!("erase_80x24", crate::ui::snapshot::text(&buffer));
}

/// The same operation with a batch of answers, which are still to be kept.
fn with_answers() -> Site {
    let mut site = with_batch();
    site.batches = Arc::new(vec![Batch {
        id: Id::new(&site_id(), Prefix::Row, 10),
        kind: BatchKind::Stress,
        day: day("2026-11-20"),
        sha256: String::new(),
        rows: 92,
        added: 92,
        changed: 0,
        refused: 0,
        reading: String::new(),
        content_sha256: String::new(),
        undone_on: None,
    }]);
    site
}

/// Duties 15 and 27: the years of SC-45 are said, and the short name alone erases nothing.
#[test]
fn what_is_still_to_be_kept_wants_its_last_day_typed_too() {
    let view = view(vec![with_answers()]);
    let short = view.caseload.sites[0].establishment.short_name.clone();
    let mut screen = Erase::new(site_id(), 4);
    screen.settle(&view);
    screen.event(&view, &weighed());
    screen.paste(&view, &short);
    assert!(screen.refusal(&view).is_some_and(|why| why.contains("まだ保存する記録")), "the short name is not enough");
    screen.key(&view, Key::plain(Code::Tab));
    screen.paste(&view, "2031-11-19");
    assert!(screen.refusal(&view).is_some(), "not any day");
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    screen.draw(&view, &mut canvas, Rect::new(0, 3, 80, 19));
    insta::assert_snapshot!("erase_kept_80x24", crate::ui::snapshot::text(&buffer));
    screen.key(&view, Key::plain(Code::Backspace));
    screen.key(&view, Key::plain(Code::Backspace));
    screen.paste(&view, "20");
    assert_eq!(screen.refusal(&view), None);
    let reply = screen.act(&view, Act::Issue);
    assert!(matches!(&reply.effects[..], [Effect::EraseBatch(.., Some(until))] if *until == day("2031-11-20")));
}
