//! The import by keys: what is asked is answered by a digit, row by row.

#[path = "import_column_tests.rs"]
mod columns;
#[path = "import_list_tests.rs"]
mod lists;

use super::*;
use crate::app::Host;
use crate::app::host::{
    DoubtfulRow, FileRows, HeldRows, ListedRow, MappingRow, NightRows, ReadingChoice, RowAnswer, RowList, RowSource,
    UnreadValue,
};
use crate::domain::checkup::Item;
use crate::ui::screens::fixture::{Drive, site, site_id as fixture_id};
use crate::ui::screens::patrol::desk::{bare, site_id, view};

fn doubt(row: usize, options: &[(RowAnswer, &str)]) -> DoubtfulRow {
    let why = "同じ氏名の人が複数います。どの人かを選んでください。".to_owned();
    let whom = "佐伯 美咲".to_owned();
    DoubtfulRow {
        row,
        whom,
        why,
        options: options.iter().map(|(answer, text)| (*answer, (*text).to_owned())).collect(),
    }
}

/// A row of a list about somebody.
fn about(list: RowList, row: Option<usize>, whom: &str, what: &str) -> (RowList, ListedRow) {
    (list, ListedRow { row, worker: None, whom: whom.to_owned(), what: what.to_owned() })
}

/// A file with two doubtful rows, one that is new, and these.
fn listing(more: Vec<(RowList, ListedRow)>) -> ImportPreview {
    let held = HeldRows { rows: [rows_of_preview().rows, more].concat(), ..rows_of_preview() };
    ImportPreview { listed: FileRows::of(held), ..preview() }
}

/// A file without a question, with one row that is new and these.
fn unasked(more: Vec<(RowList, ListedRow)>) -> FileRows {
    FileRows::of(HeldRows { rows: [rows_of_preview().rows, more].concat(), ..HeldRows::default() })
}

fn rows_of_preview() -> HeldRows {
    let person = [(RowAnswer::Same(0), "佐伯 美咲  10234"), (RowAnswer::New, "別の人"), (RowAnswer::Leave, "入れない")];
    HeldRows {
        rows: vec![about(RowList::Added, Some(2), "桐山 勇", "2026-10  160:00")],
        doubts: vec![doubt(3, &person), doubt(5, &[(RowAnswer::Take, "使う"), (RowAnswer::Leave, "入れない")])],
        values: Vec::new(),
    }
}

fn preview() -> ImportPreview {
    ImportPreview {
        source: "UTF-8 見出し 1行目".to_owned(),
        rows: 3,
        listed: FileRows::of(rows_of_preview()),
        ..ImportPreview::default()
    }
}

fn read(preview: ImportPreview) -> Import {
    let view = view(vec![bare()]);
    let mut screen = Import::new(site_id(), &view);
    screen.event(&view, &Event::ImportRead(Box::new(preview)));
    screen
}

fn pressed(screen: &mut Import, c: char) -> Vec<String> {
    let reply = screen.key(&view(vec![bare()]), Key::char(c));
    reply.effects.iter().map(|effect| format!("{effect:?}")).collect()
}

#[test]
fn a_digit_answers_the_row_under_the_cursor() {
    let mut screen = read(preview());
    assert_eq!(pressed(&mut screen, '2'), ["AnswerRow(3, New)"]);
    assert_eq!(pressed(&mut screen, '4'), [""; 0], "there is no fourth answer");
    pressed(&mut screen, 'j');
    assert_eq!(pressed(&mut screen, '1'), ["AnswerRow(5, Take)"]);
}

#[test]
fn how_the_column_reads_is_asked_before_any_row() {
    let reading = |name: &str| ReadingChoice {
        name: name.to_owned(),
        over: 0,
        undecided: 0,
        persons: Vec::new(),
        crossing: 0,
        possible: true,
    };
    let open = ImportPreview { readings: vec![reading("60進"), reading("10進")], ..preview() };
    assert_eq!(pressed(&mut read(open.clone()), '2'), ["ChooseReading(1)"]);
    assert_eq!(pressed(&mut read(ImportPreview { chosen: Some(0), ..open }), '2'), ["AnswerRow(3, New)"]);
}

#[test]
fn what_a_file_brings_is_told_by_its_headings_until_a_kind_is_chosen() {
    let view = view(vec![bare()]);
    assert_eq!(Import::new(site_id(), &view).kind(), None);
    for kind in KINDS {
        assert_eq!(Import::of(site_id(), &view, kind).kind(), Some(kind));
    }
    let told = |kind| {
        let mut screen = read(ImportPreview { kind, ..preview() });
        screen.source = Some("x.csv".to_owned());
        drawn(&screen)
    };
    assert!(told(BatchKind::Checkup).contains("見出しから健診  "));
}

#[test]
fn the_answers_stand_below_their_row() {
    let screen = read(preview());
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    screen.draw(&view(vec![bare()]), &mut canvas, Rect::new(0, 3, 80, 19));
    insta::assert_snapshot!("answers_80x24", crate::ui::snapshot::text(&buffer));
}

fn unread() -> ImportPreview {
    let value = |row, item, heading: &str, why: &str, text: &str, unit: &str| UnreadValue {
        row,
        whom: "桐山 勇".to_owned(),
        item,
        heading: heading.to_owned(),
        why: why.to_owned(),
        text: text.to_owned(),
        unit: unit.to_owned(),
        answer: None,
        is_open: true,
        alike: 1,
    };
    let columns = "二つの列で値が違う";
    let answered = UnreadValue {
        answer: Some("28".to_owned()),
        is_open: false,
        ..value(2, Item::Ast, "AST_GOT", "読めない文字", "溶血", "U/L")
    };
    let doubled = value(3, Item::Haemoglobin, "血色素、HGB", columns, "血色素 14.1 / HGB 14.3", "g/dL");
    let coded = value(4, Item::UrineProtein, "尿蛋白(定性)", "1 と 2 の意味が書式で逆", "1", "");
    let coded = UnreadValue { alike: 57, ..coded };
    let rows = (2..5).map(|row| about(RowList::Added, Some(row), "桐山 勇", "2026-09-07")).collect();
    ImportPreview {
        kind: BatchKind::Checkup,
        source: "UTF-8 見出し 1行目  読めない値 2件".to_owned(),
        mapping: vec![("AST_GOT".to_owned(), "見出しの言葉で健診の項目と判りました。".to_owned())],
        // The open ones stand first.
        listed: FileRows::of(HeldRows { rows, doubts: Vec::new(), values: vec![doubled, coded, answered] }),
        unused: vec!["Hb電気泳動".to_owned(), "前回健診日".to_owned()],
        rows: 3,
        ..ImportPreview::default()
    }
}

#[test]
fn what_stands_beside_the_answers_is_told_before_they_are_taken_in() {
    let beside = vec!["面接指導の希望 1行（申出とはしません。通知の後に確かめます）".to_owned()];
    let screen = read(ImportPreview { kind: BatchKind::Stress, beside, ..preview() });
    assert!(drawn_at(&screen, 80, 24).contains("（申出とはしません。通知の後に確かめます）"));
}

fn drawn_at(screen: &Import, columns: u16, rows: u16) -> String {
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, columns, rows));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    screen.draw(&view(vec![bare()]), &mut canvas, Rect::new(0, 3, columns, rows - 5));
    crate::ui::snapshot::text(&buffer)
}

#[test]
fn a_value_that_could_not_be_read_is_typed_below_its_line_or_left_out() {
    let mut screen = read(unread());
    let view = view(vec![bare()]);
    assert_eq!(pressed(&mut screen, '2'), ["AnswerValue(3, Haemoglobin, None)"], "open ones stand first");
    assert!(pressed(&mut screen, '1').is_empty() && screen.is_typing());
    "14.2".chars().for_each(|c| _ = pressed(&mut screen, c));
    insta::assert_snapshot!("value_80x24", drawn_at(&screen, 80, 24));
    let given = screen.act(&view, Act::Open);
    assert_eq!(format!("{:?}", given.effects), "[AnswerValue(3, Haemoglobin, Some(\"14.2\"))]");
    assert!(!screen.is_typing());
    pressed(&mut screen, '1');
    assert!(screen.act(&view, Act::Open).effects.is_empty() && screen.is_typing(), "nothing was typed");
    assert!(screen.act(&view, Act::Back).effects.is_empty() && !screen.is_typing(), "Esc leaves the field alone");
    pressed(&mut screen, 'j');
    pressed(&mut screen, 'j');
    pressed(&mut screen, '1');
    let again = screen.act(&view, Act::Open);
    assert_eq!(format!("{:?}", again.effects), "[AnswerValue(2, Ast, Some(\"28\"))]", "an answer is typed over");
}

#[test]
fn values_that_stand_alike_are_answered_together() {
    let mut screen = read(unread());
    let view = view(vec![bare()]);
    assert!(pressed(&mut screen, '3').is_empty() && !screen.is_typing(), "one that stands alone has two answers");
    pressed(&mut screen, 'j');
    insta::assert_snapshot!("values_alike_80x24", drawn_at(&screen, 80, 24));
    assert_eq!(pressed(&mut screen, '4'), ["AnswerAlike(4, UrineProtein, None)"]);
    pressed(&mut screen, '3');
    "(-)".chars().for_each(|c| _ = pressed(&mut screen, c));
    let given = screen.act(&view, Act::Open);
    assert_eq!(format!("{:?}", given.effects), "[AnswerAlike(4, UrineProtein, Some(\"(-)\"))]");
}

#[test]
fn values_and_columns_that_are_not_taken_are_listed() {
    let screen = read(unread());
    insta::assert_snapshot!("values_80x24", drawn_at(&screen, 80, 24));
    insta::assert_snapshot!("values_120x40", drawn_at(&screen, 120, 40));
}

#[test]
fn a_second_enter_while_it_reads_says_nothing_and_takes_nothing_in() {
    let mut drive = Drive::at(site(), &Route::Import(fixture_id()));
    drive.text("/tmp/hours.csv").press(Code::Enter).press(Code::Enter);
    assert!(drive.screen(80, 24).contains("読んでいます。Esc でやめられます"));
    assert_eq!(drive.shell.message, None);
}

#[test]
fn a_path_that_was_typed_and_not_taken_in_is_a_draft() {
    let mut drive = Drive::at(site(), &Route::Import(fixture_id()));
    drive.text("/tmp/hours.csv").press(Code::Esc);
    let view = drive.desk.view();
    let mut again = Import::new(fixture_id(), &view);
    assert_eq!(again.form.text("path"), "/tmp/hours.csv");
    let read = again.event(&view, &Event::ImportRead(Box::new(preview())));
    assert_eq!(read.effects.len(), 0, "a lock here comes back to the path: {:?}", read.effects);
    let given_up = again.act(&view, Act::Back);
    assert!(
        matches!(&given_up.effects[..], [Effect::DropImport, Effect::EndDraft(_, form)] if form == DRAFT),
        "{:?}",
        given_up.effects
    );
    again.event(&view, &Event::ImportRead(Box::new(preview())));
    let taken = again.event(&view, &Event::Imported(String::new()));
    assert!(matches!(&taken.effects[..], [Effect::EndDraft(_, form)] if form == DRAFT), "{:?}", taken.effects);
}

#[test]
fn a_file_that_brings_only_nights_is_taken_and_says_what_they_were() {
    let none = ImportPreview { listed: FileRows::default(), ..preview() };
    assert_eq!(read(none.clone()).refusal(), Some("新しく入る値がありません。Esc で戻ります"));
    let listed = HeldRows {
        rows: vec![about(RowList::Night, Some(2), "桐山 勇", "3回 12:00 から 8回 12:00 へ")],
        ..HeldRows::default()
    };
    let nights = NightRows { added: 1, changed: 1, unchanged: 1 };
    let screen = read(ImportPreview { nights, listed: FileRows::of(listed), ..none });
    assert_eq!(screen.refusal(), None);
    let drawn = drawn_at(&screen, 80, 24);
    assert!(drawn.contains("深夜業  追加 1  変更 1  同じ 1"), "{drawn}");
    assert!(drawn.contains("桐山 勇") && drawn.contains("3回 12:00 から 8回 12:00 へ"), "{drawn}");
}

#[test]
fn a_file_of_strangers_is_taken_in_only_after_a_mark() {
    let strangers = ImportPreview { strangers: Some((1, 40)), ..preview() };
    let mut screen = read(strangers.clone());
    assert!(screen.refusal().is_some_and(|why| why.contains("名簿の人がほとんどいません")));
    let reply = screen.act(&view(vec![bare()]), Act::Mark);
    assert!(matches!(reply.effects[..], [Effect::ConfirmOurs(true)]), "{:?}", reply.effects);
    assert_eq!(read(ImportPreview { is_ours: true, ..strangers }).refusal(), None);
}

#[test]
fn while_it_is_taken_in_a_second_enter_does_nothing_and_esc_stops_it() {
    let mut screen = read(preview());
    let view = view(vec![bare()]);
    assert!(matches!(screen.act(&view, Act::Open).effects[..], [Effect::AcceptImport]));
    assert!(screen.act(&view, Act::Open).effects.is_empty());
    assert!(matches!(screen.act(&view, Act::Back).effects[..], [Effect::StopWork]));
    assert!(matches!(screen.stage, Stage::Stopping), "the answer says how things stand");
    assert!(screen.act(&view, Act::Open).effects.is_empty() && pressed(&mut screen, '1').is_empty());
    screen.event(&view, &Event::Stopped("途中でやめました。".to_owned()));
    assert!(matches!(screen.stage, Stage::Path));
}

#[test]
fn an_import_that_was_written_before_esc_was_heard_goes_on_as_one_that_was_taken_in() {
    let mut screen = read(preview());
    let view = view(vec![bare()]);
    screen.act(&view, Act::Open);
    screen.act(&view, Act::Back);
    assert!(screen.event(&view, &Event::Imported("取り込みました。".to_owned())).go.is_some());
}

#[test]
fn after_the_import_the_clear_file_is_offered_to_be_sealed() {
    let mut screen = read(preview());
    let mut view = view(vec![bare()]);
    let clear = crate::app::host::ClearFile {
        number: 7,
        site: site_id().to_string(),
        kind: SOURCE.to_owned(),
        at: "2026-11-20 14:20:00".to_owned(),
        path: "/tmp/month.csv".to_owned(),
    };
    let imported = Event::Imported(String::new());
    assert_eq!(screen.event(&view, &imported).go, Some(Go::Instead(Route::Roster(site_id()))));
    view.vault = std::sync::Arc::new(crate::app::host::VaultView { clear_files: vec![clear], ..Default::default() });
    let go = |screen: &mut Import| screen.event(&view, &imported).go;
    assert_eq!(go(&mut screen), Some(Go::Instead(Route::Roster(site_id()))), "pasted lines leave no file behind");
    screen.source = Some("./month.csv".to_owned());
    assert_eq!(go(&mut screen), Some(Go::Instead(Route::SealSource(site_id(), 7))));
    screen.source = Some("other.csv".to_owned());
    assert_eq!(go(&mut screen), Some(Go::Instead(Route::Roster(site_id()))), "another import's file is left alone");
}

#[test]
fn lines_of_a_mail_are_read_and_a_path_is_typed() {
    let view = view(vec![bare()]);
    let mut screen = Import::new(site_id(), &view);
    screen.paste(&view, "/tmp/hours.csv\n");
    assert_eq!(screen.form.text("path"), "/tmp/hours.csv");
    let reply = screen.paste(&view, "桐山 勇 82:30\n室井 あや 65:30\n");
    assert!(matches!(&reply.effects[..], [Effect::ReadPasted(_, text, false)] if text.lines().count() == 2));
}

#[test]
fn while_the_screen_is_shared_no_file_comes_in_and_no_list_goes_out() {
    let mut drive = Drive::at(site(), &Route::Today);
    drive.press(Code::F(9));
    let roster = Route::Roster(fixture_id());
    drive.shell.stack.push(crate::ui::screens::open(&roster, &drive.desk.view()));
    drive.keys("i");
    assert_eq!(drive.route(), roster);
    assert!(drive.shell.message.as_ref().is_some_and(|said| said.contains("画面共有のあいだ")));
}

#[test]
fn what_was_answered_about_people_is_hidden_with_them() {
    use crate::domain::intake::{Answer, PersonAnswer};
    let id = crate::domain::Id::new(&site_id(), crate::domain::Prefix::Row, 9);
    let day = crate::ui::screens::patrol::desk::day("2026-11-09");
    let (number, name) = (String::new(), "髙田実".to_owned());
    let mut known = bare();
    known.answers =
        std::sync::Arc::new(vec![PersonAnswer { id, number, name, answer: Answer::Leave, person: None, day }]);
    let shown = crate::ui::privacy::Privacy::Sharing.apply(&view(vec![known]));
    assert!(shown.caseload.sites[0].answers.is_empty());
}

fn drawn(screen: &Import) -> String {
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    screen.draw(&view(vec![bare()]), &mut canvas, Rect::new(0, 3, 80, 19));
    crate::ui::snapshot::text(&buffer)
}

fn book() -> ImportPreview {
    let sheets = ["表紙", "9月", "10月"].map(str::to_owned).to_vec();
    let reason = "見出しの言葉が最も多いシートです".to_owned();
    ImportPreview { sheets, sheet: Some(2), reason, ..preview() }
}

#[test]
fn another_sheet_with_rows_is_named() {
    assert!(!drawn(&read(book())).contains("にも行があります"));
    let one = drawn(&read(ImportPreview { other_sheets: vec![1], ..book() }));
    assert!(one.contains("9月 にも行があります（左右のキー）"), "{one}");
    let sheets = (1..=9).map(|number| format!("{number}月の勤怠一覧")).collect();
    let many = drawn(&read(ImportPreview { sheets, other_sheets: (0..8).collect(), ..book() }));
    assert!(many.contains("ほか にも行があります（左右のキー）"), "{many}");
}

#[test]
fn the_sheet_is_shown_with_its_reason_and_another_one_is_read() {
    let mut screen = read(book());
    assert!(drawn(&screen).contains("3/3 10月  見出しの言葉が最も多いシートです"), "{}", drawn(&screen));
    let view = view(vec![bare()]);
    assert!(screen.offers(&view).iter().any(|offer| offer.action.act == Act::MoveRight));
    assert!(matches!(screen.act(&view, Act::MoveRight).effects[..], [Effect::ChooseSheet(1)]));
    assert!(matches!(screen.act(&view, Act::MoveLeft).effects[..], [Effect::ChooseSheet(2)]));
    let failure = crate::app::host::Failure {
        happened: String::new(),
        state: String::new(),
        remedies: Vec::new(),
        code: "E-IMP-01",
    };
    screen.event(&view, &Event::Failed(failure));
    assert!(drawn(&screen).contains("3/3 10月"), "a sheet without a table leaves the one that was read");
    let mut plain = read(preview());
    assert!(plain.act(&view, Act::MoveRight).effects.is_empty());
}

#[test]
fn daily_rows_that_were_summed_and_people_who_are_absent_are_said() {
    let absent = |name| about(RowList::Absent, None, name, "そのまま残します");
    let rows = vec![absent("村瀬 恵"), absent("矢野 一馬")];
    let screen = read(ImportPreview { summed: 19, ..listing(rows) });
    let drawn = drawn(&screen);
    assert!(drawn.contains("日ごとの行です。19行を"), "{drawn}");
    assert!(drawn.contains("ファイルにいない人 2名（載らず）。退職とはしません"), "{drawn}");
    assert!(drawn.contains("載らず      村瀬 恵  そのまま残します"), "{drawn}");
}

const PARTS: &[&str] = &["使わない", "総労働時間に足す", "残業時間に足す", "社員番号", "氏名"];

#[test]
fn another_source_is_named_with_what_lies_between_it_and_the_employers_hours() {
    let gap = about(RowList::Gap, Some(2), "桐山 勇", "会社 160:00   この記録 172:30   差 +12:30");
    let source_of_hours = Some("入退館などの記録".to_owned());
    let screen = read(ImportPreview { listed: unasked(vec![gap]), source_of_hours, ..preview() });
    let drawn = drawn(&screen);
    for expected in ["出どころ    入退館などの記録", "差          桐山 勇  会社 160:00   この記録 172:30   差 +12:30"]
    {
        assert!(drawn.contains(expected), "{expected} in {drawn}");
    }
}

#[test]
fn a_day_that_answers_lack_and_scores_that_differ_from_them_are_said() {
    let differing = about(RowList::Differing, Some(2), "桐山 勇", "答えでは 該当  A 51   ファイルでは A 29");
    let undated = Some((11, crate::ui::screens::patrol::desk::day("2026-11-20")));
    let kind = BatchKind::Stress;
    let screen = read(ImportPreview { kind, listed: unasked(vec![differing]), undated, ..preview() });
    let drawn = drawn(&screen);
    for expected in
        ["回答日のない 11行は、2026-11-20 の回答とします", "1名のファイルの点数か判定が、答えと違います（違い）"]
    {
        assert!(drawn.contains(expected), "{expected} in {drawn}");
    }
}

/// The screen of a read file as the whole terminal shows it, footer and all.
fn driven(preview: ImportPreview) -> Drive {
    let mut drive = Drive::at(site(), &Route::Import(fixture_id()));
    let view = drive.desk.view();
    let mut screen = Import::new(fixture_id(), &view);
    screen.event(&view, &Event::ImportRead(Box::new(preview)));
    drive.shell.stack.push(Box::new(screen));
    drive
}
