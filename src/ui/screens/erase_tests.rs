//! Nothing is erased before the short name stands there, and not by Enter.

use std::sync::Arc;

use super::*;
use crate::app::Site;
use crate::domain::command;
use crate::domain::{Id, Prefix};
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

fn typed(text: &str) -> Erase {
    let mut screen = Erase::new(site_id(), 4);
    screen.paste(&view(vec![with_batch()]), text);
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
    assert!(matches!(&reply.effects[..], [Effect::EraseBatch(_, 4, typed)] if *typed == short));
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
