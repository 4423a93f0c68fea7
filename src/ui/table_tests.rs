//! Lists as the screens draw them.

use std::cell::Cell as Counter;

use ratatui::buffer::Buffer;

use super::*;
use crate::ui::snapshot;
use crate::ui::theme::Look;

const PEOPLE: [(&str, &str, &str); 4] = [
    ("佐伯 美咲", "製造技術課", "92:30"),
    ("ヴァシリエヴ アレクサンドル", "設計課", "-"),
    ("高梨 恵", "製造技術課", "86:05"),
    ("泉 陽子", "検査課", "8:30"),
];

fn table() -> Table {
    Table::new(vec![Column::new("氏名", 14).growing(20), Column::new("所属", 10), Column::new("10月", 6).number()])
}

fn person(index: usize) -> Row {
    let (name, department, hours) = PEOPLE[index % PEOPLE.len()];
    let marker = if index == 0 { Marker::Overdue } else { Marker::None };
    Row { marker, is_marked: index == 2, ..Row::new(vec![name.into(), department.into(), hours.into()]) }
}

fn state(len: u32) -> (TableState<u32>, Vec<u32>) {
    let keys: Vec<u32> = (0..len).collect();
    let mut state = TableState::default();
    state.settle(&keys);
    (state, keys)
}

fn press(code: Code) -> Input {
    Input::Key(Key::plain(code))
}

fn drawn(width: u16, height: u16, state: &TableState<u32>) -> Vec<String> {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    table().draw(&mut Canvas::new(&mut buffer, Look::default()), area, state, person);
    snapshot::rows(&buffer)
}

#[test]
fn a_list_reads_as_on_the_screens() {
    let (state, _) = state(4);
    assert_eq!(
        drawn(40, 5, &state),
        [
            "     氏名            所属          10月",
            "> !! 佐伯 美咲       製造技術課   92:30",
            "     ヴァシリエヴ..  設計課           -",
            " *   高梨 恵         製造技術課   86:05",
            "     泉 陽子         検査課        8:30",
        ]
    );
}

#[test]
fn extra_width_goes_to_names_and_then_to_nothing() {
    let (state, _) = state(4);
    let rows = drawn(120, 5, &state);
    assert_eq!(rows[2], "     ヴァシリエヴ アレ..   設計課           -");
}

#[test]
fn ten_thousand_rows_cost_what_is_seen() {
    let (mut state, keys) = state(10_000);
    let area = Rect::new(0, 0, 80, 17);
    let asked = Counter::new(0);
    let mut buffer = Buffer::empty(area);
    state.update(&press(Code::End), &keys, Table::page(area));
    table().draw(&mut Canvas::new(&mut buffer, Look::default()), area, &state, |index| {
        asked.set(asked.get() + 1);
        person(index)
    });
    assert_eq!(asked.get(), 16);
    assert_eq!(state.position(Table::page(area)), "9,985-10,000 / 10,000");
}

#[test]
fn the_cursor_moves_by_lines_and_pages_and_is_always_seen() {
    let (mut state, keys) = state(30);
    let mut go = |code| {
        assert!(state.update(&press(code), &keys, 10));
        (state.index(), state.position(10))
    };
    assert_eq!(go(Code::Down), (Some(1), "1-10 / 30".to_owned()));
    assert_eq!(go(Code::PageDown), (Some(11), "3-12 / 30".to_owned()));
    assert_eq!(go(Code::Up), (Some(10), "3-12 / 30".to_owned()));
    assert_eq!(go(Code::End), (Some(29), "21-30 / 30".to_owned()));
    assert_eq!(go(Code::Down), (Some(29), "21-30 / 30".to_owned()));
    assert_eq!(go(Code::PageUp), (Some(19), "20-29 / 30".to_owned()));
    assert_eq!(go(Code::Char('g')), (Some(0), "1-10 / 30".to_owned()));
    assert!(!state.update(&press(Code::Enter), &keys, 10));
}

#[test]
fn the_selection_is_kept_by_key_when_the_rows_change() {
    let (mut state, keys) = state(10);
    state.update(&press(Code::End), &keys, 5);
    assert_eq!(state.selected(), Some(&9));
    state.settle(&[9, 3, 1]);
    assert_eq!((state.index(), state.selected()), (Some(0), Some(&9)));
    state.settle(&[3, 1]);
    assert_eq!((state.index(), state.selected()), (Some(0), Some(&3)));
    state.settle(&[]);
    assert_eq!((state.index(), state.selected()), (None, None));
    assert_eq!(state.position(5), "0-0 / 0");
}

#[test]
fn marks_are_kept_by_key_and_dropped_with_their_row() {
    let (mut state, keys) = state(3);
    state.toggle_mark(&keys, 5);
    state.toggle_mark(&keys, 5);
    assert_eq!(state.marks().iter().copied().collect::<Vec<_>>(), [0, 1]);
    assert_eq!(state.index(), Some(2));
    state.settle(&[2, 1]);
    assert!(state.is_marked(&1) && !state.is_marked(&0));
    state.toggle_all(&[2, 1]);
    assert_eq!(state.marks().len(), 2);
    state.toggle_all(&[2, 1]);
    assert!(state.marks().is_empty());
}

#[test]
fn a_list_in_no_room_is_drawn_without_harm() {
    let (state, _) = state(4);
    for (width, height) in [(1, 1), (3, 2), (6, 9), (0, 0)] {
        drawn(width, height, &state);
    }
}
