//! The list leaves only from its confirmation, in the form that was chosen.

use std::sync::Arc;

use super::*;
use crate::app::host::VaultView;
use crate::ui::screens::patrol::desk::{bare, site_id, view};

fn with_folder() -> View {
    let vault = VaultView { out_dir: "/home/x/out".to_owned(), ..VaultView::default() };
    View { vault: Arc::new(vault), ..view(vec![bare()]) }
}

#[test]
fn it_leaves_by_its_own_key_in_the_chosen_form() {
    let view = with_folder();
    let mut screen = Export::new(site_id());
    assert!(screen.key(&view, Key::plain(Code::Enter)).effects.is_empty(), "never by Enter");
    screen.key(&view, Key::char('2'));
    let reply = screen.act(&view, Act::Issue);
    assert!(matches!(reply.effects[..], [Effect::ExportRoster(_, ListFormat::Xlsx)]), "{:?}", reply.effects);
    assert!(screen.refusal(&view).is_some(), "once");
}

#[test]
fn without_a_folder_it_says_where_to_set_one() {
    let screen = Export::new(site_id());
    assert!(screen.refusal(&view(vec![bare()])).is_some_and(|why| why.contains("出力先")));
    assert_eq!(screen.refusal(&with_folder()), None);
}

#[test]
fn what_leaves_is_shown_before() {
    let view = with_folder();
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    Export::new(site_id()).draw(&view, &mut canvas, Rect::new(0, 3, 80, 19));
    insta::assert_snapshot!("export_80x24", crate::ui::snapshot::text(&buffer));
}
