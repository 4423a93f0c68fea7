//! Reads as terminals and input methods send them.

use proptest::prelude::*;

use super::*;

fn press(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

fn typed(text: &str) -> Vec<Event> {
    let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
    text.chars().map(|c| press(code(c), KeyModifiers::NONE)).collect()
}

fn read(batch: &[Event], in_text_field: bool) -> Vec<Input> {
    Reader::default().read(batch, in_text_field, Duration::ZERO).inputs
}

fn one(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
    match read(&[press(code, modifiers)], false).as_slice() {
        [Input::Key(key)] => Some(*key),
        _ => None,
    }
}

#[test]
fn one_full_width_character_is_the_key_it_stands_for() {
    for (typed_character, key) in [
        ('ｗ', 'w'),
        ('Ｎ', 'N'),
        ('？', '?'),
        ('：', ':'),
        ('３', '3'),
        ('\u{3000}', ' '),
        ('「', '['),
        ('」', ']'),
        ('・', '/'),
        ('、', ','),
        ('。', '.'),
        ('／', '/'),
    ] {
        let expected = vec![Input::Folded(typed_character, key), Input::Key(Key::char(key))];
        assert_eq!(read(&typed(&typed_character.to_string()), false), expected);
    }
}

#[test]
fn kana_and_several_full_width_characters_act_nowhere() {
    for text in ["あ", "ア", "ｱ", "医", "ｗｑ", "「」", "ｄあ"] {
        assert_eq!(read(&typed(text), false), vec![Input::ImeOn(text.to_owned())]);
    }
}

#[test]
fn in_a_text_field_every_character_is_text() {
    let inputs = read(&typed("あｗ「"), true);
    assert_eq!(inputs, ['あ', 'ｗ', '「'].map(|c| Input::Key(Key::char(c))).to_vec());
}

#[test]
fn behind_the_first_enter_of_a_read_nothing_acts() {
    for in_text_field in [false, true] {
        let reading = Reader::default().read(&typed("ab\ncd\nu"), in_text_field, Duration::ZERO);
        let expected = [Key::char('a'), Key::char('b'), Key::plain(Code::Enter)];
        assert_eq!(reading.inputs, expected.map(Input::Key).to_vec());
        assert_eq!(reading.ignored, 4);
    }
}

#[test]
fn a_line_feed_is_an_enter_too() {
    let batch = [press(KeyCode::Char('j'), KeyModifiers::CONTROL), press(KeyCode::Char('d'), KeyModifiers::NONE)];
    assert_eq!(read(&batch, false), vec![Input::Key(Key::plain(Code::Enter))]);
}

#[test]
fn a_resize_behind_an_enter_still_counts() {
    let mut batch = typed("\nx");
    batch.push(Event::Resize(80, 24));
    assert_eq!(read(&batch, false), vec![Input::Key(Key::plain(Code::Enter)), Input::Resize(80, 24)]);
}

#[test]
fn keys_that_terminals_confuse_are_settled_here() {
    let ctrl = KeyModifiers::CONTROL;
    assert_eq!(one(KeyCode::Char('h'), ctrl), Some(Key::plain(Code::Backspace)));
    assert_eq!(one(KeyCode::Char('i'), ctrl), Some(Key::plain(Code::Tab)));
    assert_eq!(one(KeyCode::Char('['), ctrl), Some(Key::plain(Code::Esc)));
    assert_eq!(one(KeyCode::Char('N'), ctrl | KeyModifiers::SHIFT), Some(Key::ctrl('n')));
    assert_eq!(one(KeyCode::BackTab, KeyModifiers::SHIFT), Some(Key::plain(Code::Tab).with_shift()));
    assert_eq!(one(KeyCode::F(3), ctrl), None);
    assert_eq!(one(KeyCode::F(3), KeyModifiers::SHIFT), None);
    assert_eq!(one(KeyCode::F(3), KeyModifiers::NONE), Some(Key::f(3)));
    assert_eq!(one(KeyCode::Char('d'), KeyModifiers::ALT), Some(Key::plain(Code::Esc)));
    assert_eq!(one(KeyCode::Char('d'), KeyModifiers::SUPER), None);
    assert_eq!(one(KeyCode::PageUp, ctrl), Some(Key::plain(Code::PageUp).with_ctrl()));
}

#[test]
fn a_released_key_is_not_pressed_again() {
    let released = KeyEvent::new_with_kind(KeyCode::Char('u'), KeyModifiers::NONE, KeyEventKind::Release);
    assert_eq!(read(&[Event::Key(released)], false), vec![]);
}

#[test]
fn ctrl_c_goes_back_and_twice_quickly_offers_to_quit() {
    let mut reader = Reader::default();
    let interrupt = [press(KeyCode::Char('c'), KeyModifiers::CONTROL)];
    let mut at = |milliseconds| reader.read(&interrupt, false, Duration::from_millis(milliseconds)).inputs;
    assert_eq!(at(0), vec![Input::Key(Key::plain(Code::Esc))]);
    assert_eq!(at(900), vec![Input::OfferQuit]);
    assert_eq!(at(1000), vec![Input::Key(Key::plain(Code::Esc))]);
    assert_eq!(at(5000), vec![Input::Key(Key::plain(Code::Esc))]);
}

#[test]
fn a_paste_carries_no_control() {
    let paste = Event::Paste("一\r\n二\t\u{1b}[31m三\r".to_owned());
    assert_eq!(read(&[paste], false), vec![Input::Paste("一\n二 [31m三\n".to_owned())]);
}

#[test]
fn names_are_those_of_the_key_table() {
    assert_eq!(Key::ctrl('n').name(), "Ctrl-N");
    assert_eq!(Key::char(' ').name(), "Space");
    assert_eq!(Key::plain(Code::PageUp).with_ctrl().name(), "Ctrl-PgUp");
    assert_eq!(Key::plain(Code::Tab).with_shift().name(), "Shift-Tab");
    assert_eq!(Key::f(12).name(), "F12");
}

proptest! {
    #[test]
    fn outside_a_field_only_ascii_becomes_a_key(text in any::<String>()) {
        for input in read(&typed(&text), false) {
            if let Input::Key(Key { code: Code::Char(c), .. }) = input {
                prop_assert!(c.is_ascii());
            }
        }
    }
}
