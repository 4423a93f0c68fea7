//! Forms as they are filled in.

use ratatui::buffer::Buffer;

use super::*;
use crate::ui::field::date::Direction;
use crate::ui::snapshot;

fn judgment() -> Form {
    let base = "2026-11-20".parse().unwrap();
    Form::new(vec![
        Field::choice("fatigue", "疲労の蓄積", (0..=3).map(|n: u8| (n, n.to_string().into())).collect()),
        Field::multi("guidance", "本人への指導", vec![(0, "不要".into()), (1, "要保健指導".into())]),
        Field::hours("limit", "時間外の制限"),
        Field::date("review", "見直し", base, Direction::Ahead),
        Field::memo("wish", "本人の意向", 3),
        Field::text("note", "連絡事項"),
    ])
}

fn key(code: Code) -> Input {
    Input::Key(Key::plain(code))
}

fn press(form: &mut Form, code: Code) -> FormEvent {
    form.update(&key(code))
}

fn typed(form: &mut Form, text: &str) {
    for c in text.chars() {
        press(form, Code::Char(c));
    }
}

fn drawn(form: &Form, height: u16) -> (Vec<String>, Option<Position>) {
    let area = Rect::new(0, 0, 80, height);
    let mut buffer = Buffer::empty(area);
    let cursor = form.draw(&mut Canvas::new(&mut buffer, Look::default()), area);
    (snapshot::rows(&buffer), cursor)
}

fn filled() -> Form {
    let mut form = judgment();
    typed(&mut form, "21");
    press(&mut form, Code::Tab);
    typed(&mut form, "40");
    press(&mut form, Code::Enter);
    typed(&mut form, "3m");
    press(&mut form, Code::Enter);
    typed(&mut form, "深夜業は減らしたい。");
    form
}

#[test]
fn a_form_is_filled_as_in_the_flows() {
    let form = filled();
    let (rows, cursor) = drawn(&form, 7);
    assert_eq!(
        rows,
        [
            "  疲労の蓄積    2",
            "  本人への指導  要保健指導",
            "  時間外の制限  40:00",
            "  見直し        2027-02-20(土)",
            "> 本人の意向    深夜業は減らしたい。",
            "  連絡事項",
            "",
        ]
    );
    assert_eq!(cursor, Some(Position { x: 36, y: 4 }));
    assert_eq!(form.choice("fatigue"), Some(2));
    assert_eq!(form.choices("guidance"), [1]);
    assert_eq!(form.seconds("limit"), Some(Seconds::hm(40, 0)));
    assert_eq!(form.day("review"), "2027-02-20".parse().ok());
    assert_eq!(form.text("wish"), "深夜業は減らしたい。");
}

#[test]
fn a_draft_comes_back_as_it_was() {
    let form = filled();
    let values = form.values();
    let mut again = judgment();
    again.set_values(values.iter().map(|(id, value)| (*id, value.as_str())));
    assert_eq!(again.values(), values);
    assert!(values.contains(&("review", "2027-02-20".to_owned())), "a draft holds the day, not 3m");
}

#[test]
fn enter_never_leaves_the_form_and_tab_does() {
    let mut form = judgment();
    for _ in 0..20 {
        assert!(matches!(press(&mut form, Code::Enter), FormEvent::Moved | FormEvent::Handled));
    }
    assert_eq!(form.focused().map(Field::id), Some("note"));
    assert_eq!(press(&mut form, Code::Tab), FormEvent::PastEnd);
    assert!(form.focus_on("fatigue"));
    assert_eq!(form.update(&Input::Key(Key::plain(Code::Tab).with_shift())), FormEvent::BeforeStart);
    assert_eq!(press(&mut form, Code::Up), FormEvent::Ignored);
    assert_eq!(press(&mut form, Code::Esc), FormEvent::Ignored);
}

#[test]
fn only_the_focused_field_unfolds_and_only_text_takes_letters() {
    let mut form = judgment();
    assert_eq!(drawn(&form, 7).0[0], "> 疲労の蓄積    0 0   1 1   2 2   3 3");
    assert!(!form.is_in_text());
    assert_eq!(press(&mut form, Code::Char('w')), FormEvent::Ignored);
    form.focus_on("note");
    assert!(form.is_in_text());
    assert_eq!(press(&mut form, Code::Char('w')), FormEvent::Changed("note"));
}

#[test]
fn what_cannot_be_read_is_named_once_the_field_is_left() {
    let mut form = judgment();
    form.focus_on("review");
    typed(&mut form, "2026-02-30");
    assert_eq!(drawn(&form, 8).0[4], "  本人の意向");
    press(&mut form, Code::Enter);
    assert_eq!(drawn(&form, 8).0[4], "!               暦にない日です。月と日を確かめてください。");
    assert_eq!(form.first_problem(), Some("review"));
    assert_eq!(form.text("review"), "2026-02-30", "what was typed stays");
}

#[test]
fn a_message_of_the_screen_goes_when_the_field_changes() {
    let mut form = judgment();
    form.set_error("note", Some("連絡事項を書いてください。".to_owned()));
    form.focus_on("note");
    assert_eq!(form.first_problem(), Some("note"));
    typed(&mut form, "a");
    assert_eq!(form.first_problem(), None);
}

#[test]
fn a_small_area_scrolls_to_the_focus() {
    let form = filled();
    let (rows, cursor) = drawn(&form, 2);
    assert_eq!(rows, ["  見直し        2027-02-20(土)", "> 本人の意向    深夜業は減らしたい。"]);
    assert_eq!(cursor.map(|at| at.y), Some(1));
    assert_eq!(drawn(&form, 0).1, None);
}

#[test]
fn a_typed_day_shows_what_it_means() {
    let mut form = judgment();
    form.focus_on("review");
    typed(&mut form, "2w");
    assert_eq!(drawn(&form, 7).0[3], "> 見直し        2w              2026-12-04(金)");
}

#[test]
fn a_secret_is_in_no_draft() {
    let mut form = Form::new(vec![Field::secret("passphrase", "パスフレーズ")]);
    typed(&mut form, "ｐass");
    assert!(form.values().is_empty());
    assert_eq!(form.secret("passphrase").map(SecretLine::expose), Some("ｐass"));
    let (rows, _) = drawn(&form, 2);
    assert_eq!(rows[0], "> パスフレーズ  ****");
    assert_eq!(rows[1], "!               全角の文字が入っています。半角で打ち直してください。");
    if let Some(field) = form.field_mut("passphrase") {
        field.wipe();
    }
    assert!(form.secret("passphrase").is_some_and(SecretLine::is_empty));
}
