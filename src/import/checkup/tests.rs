use proptest::prelude::*;

use super::super::people::ValueDecision;
use super::super::people::tests::worker;
use super::super::profile::propose_checkup;
use super::super::source::read;
use super::*;
use crate::domain::checkup::Item;

const HEADER: &str = "社員番号,氏名,健診日,健診機関,総合判定,要再検査,医師所見,血圧,HbA1c,尿蛋白";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn roster() -> Vec<Worker> {
    let mut left = worker(3, "103", "退職 済", "");
    left.left_on = Some(day("2026-08-31"));
    vec![worker(1, "101", "山田 太郎", ""), worker(2, "102", "髙田 実", ""), left]
}

fn previewed(rows: &str, decisions: &Decisions) -> Preview {
    let table = read(format!("{HEADER}\n{rows}").as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    preview
}

#[test]
fn nobody_is_made_and_nobody_is_guessed() {
    let rows = "999,新田 望,R8.9.7,,A,,,120/70,5.4,-\n102,高田 実,R8.9.7,,A,,,120/70,5.4,-\n\
                103,退職 済,R8.9.7,,A,,,120/70,5.4,-\n101,山田 太郎,2026/2/31,,A,,,120/70,5.4,-\n\
                101,山田 太郎,,,,,,,,\n103,退職 済,R8.8.7,,A,,,120/70,5.4,-\n";
    let preview = previewed(rows, &Decisions::default());
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.column, row.why)).collect();
    assert_eq!(refused, [(2, None, Why::NotOnRoster), (5, Some(3), Why::NoSuchDay)]);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(3, Doubt::NameVariant), (4, Doubt::Leaver)]);
    assert_eq!(preview.ignored, [Ignored { line: 6, why: Skip::NoExam }]);
    assert_eq!(preview.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [7], "before the last day of work");
}

#[test]
fn rows_that_differ_about_one_examination_are_a_question_together_until_one_is_left() {
    let rows = "101,山田 太郎,R8.9.7,,A,,,120/70,5.4,-\n101,山田 太郎,R8.9.7,,A,,,120/70,5.4,-\n\
                101,山田 太郎,R8.9.7,,B,,,130/70,5.4,-\n101,山田 太郎,R8.3.2,,B,,,130/70,5.4,-\n";
    let asked = previewed(rows, &Decisions::default());
    assert_eq!(
        asked.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(),
        [(2, Doubt::SameDayTwice), (4, Doubt::SameDayTwice)]
    );
    assert_eq!(asked.ignored, [Ignored { line: 3, why: Skip::SameRow }]);
    assert_eq!(asked.exams.len(), 1, "another day is another examination");
    let left = [2, 3].into();
    let answered = previewed(rows, &Decisions { left, ..Decisions::default() });
    assert_eq!(answered.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [4, 5]);
}

/// The values of one row below these headings, and what could not be read.
fn one_row(headings: &str, cells: &str, decisions: &Decisions) -> (String, Vec<Unread>) {
    let table = read(format!("社員番号,健診日,{headings}\n101,2026/9/7,{cells}\n").as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    let told = |cell: &crate::domain::checkup::Cell| format!("{}={}", cell.item.code(), cell.value.code());
    let values: Vec<String> = preview.exams[0].cells.all().iter().map(told).collect();
    (values.join(" "), preview.unread)
}

#[test]
fn the_unit_of_a_heading_counts_and_two_columns_that_differ_are_a_question() {
    let plain = Decisions::default();
    assert_eq!(one_row("血小板数(千/μL),ヘモグロビン(g/L)", "95,24", &plain).0, "plt=9.5 hb=2.4");
    assert_eq!(one_row("収縮期血圧(1回目),収縮期血圧(2回目)", "132,128", &plain).0, "sbp=130");
    let tones = "右1000,右4000,左1000,左4000";
    assert_eq!(one_row(tones, "所見なし,所見あり,30,45", &plain).0, "h1r=ok h4r=! h1l=30 h4l=45");
    assert_eq!(one_row(tones, "1,2,○,9999", &plain).0, "h1r=?code h4r=?code h1l=?words h4l=?range", "never guessed");
    assert_eq!(one_row("聴力,聴力右4000", "正常,30", &plain).0, "hx=?which h4r=30", "by which method nobody says");
    let heads = "BP(mmHg),視力(裸眼),視力(矯正)";
    assert_eq!(one_row(heads, "152/96,0.7/0.8,1.0/1.2", &plain).0, "sbp=152 dbp=96 vr=0.7 vl=0.8 vrc=1.0 vlc=1.2");
    let (values, unread) = one_row("血色素,γ-GT,HGB,GGT", "14.1,30,14.3,30", &plain);
    assert_eq!(values, "hb=?columns ggt=30");
    let wanted = Unread {
        line: 2,
        columns: vec![2, 4],
        item: Item::Haemoglobin,
        why: crate::domain::checkup::Doubt::Columns,
        text: "血色素 14.1 / HGB 14.3".to_owned(),
        answer: None,
        is_open: true,
        alike: 1,
    };
    assert_eq!(unread, [wanted]);
}

#[test]
fn a_value_that_could_not_be_read_is_answered_or_left_out() {
    let answered = |item, decision| Decisions { values: [((2, item), decision)].into(), ..Decisions::default() };
    let typed = |text: &str| ValueDecision::Typed(text.to_owned());
    let asked = |decisions: &Decisions| {
        let (values, unread) = one_row("AST,ALT,尿蛋白", "溶血,20,1", decisions);
        let open = unread.iter().filter(|unread| unread.is_open);
        assert_eq!(unread.len(), 2, "an answered one stays in the list, to be typed over");
        (values, open.map(|unread| (unread.item, unread.why.label())).collect::<Vec<_>>())
    };
    let (ast, up) = ((Item::Ast, "読めない文字"), (Item::UrineProtein, "1 と 2 の意味が書式で逆"));
    assert_eq!(asked(&Decisions::default()), ("ast=?words alt=20 up=?code".to_owned(), vec![ast, up]));
    assert_eq!(asked(&answered(Item::Ast, typed("28"))), ("ast=28 alt=20 up=?code".to_owned(), vec![up]));
    assert_eq!(asked(&answered(Item::Ast, ValueDecision::Leave)), ("alt=20 up=?code".to_owned(), vec![up]));
    assert_eq!(asked(&answered(Item::UrineProtein, typed("0"))), ("ast=?words alt=20 up=-".to_owned(), vec![ast]));
    let again = (Item::Ast, "ふつうは出ない値");
    assert_eq!(asked(&answered(Item::Ast, typed("0"))), ("ast=?range alt=20 up=?code".to_owned(), vec![again, up]));
    let other = answered(Item::Alt, typed("99"));
    assert_eq!(asked(&other).0, "ast=?words alt=20 up=?code", "what was read is not asked about");
}

#[test]
fn an_answer_about_a_row_that_stands_twice_leaves_it_one_row() {
    let table = read("社員番号,健診日,AST\n101,2026/9/7,なぞ\n101,2026/9/7,なぞ\n".as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    for (line, told) in [(2, ValueDecision::Leave), (3, ValueDecision::Typed("28".to_owned()))] {
        let decisions = Decisions { values: [((line, Item::Ast), told)].into(), ..Decisions::default() };
        let input =
            Input { table: &table, profile: &profile, roster: &roster, decisions: &decisions, day: day("2026-11-20") };
        let preview = preview(&input).unwrap();
        assert_eq!((preview.exams.len(), preview.open_values().count()), (1, 0), "{line}");
        assert_eq!(preview.ignored, [Ignored { line: 3, why: Skip::SameRow }], "{line}");
    }
}

#[test]
fn one_answer_holds_for_every_cell_of_an_item_that_reads_so() {
    let rows = "101,2026/9/7,○,×\n101,2026/9/8,○,○\n101,2026/9/9,30,○\n";
    let asked = |decisions: &Decisions| {
        let table = read(format!("社員番号,健診日,聴力右1000,聴力右4000\n{rows}").as_bytes()).unwrap();
        let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
        let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
        let preview = preview(&input).unwrap();
        let open: Vec<_> = preview.open_values().map(|value| (value.line, value.item, value.alike)).collect();
        let codes = |exam: &Exam| exam.cells.all().iter().map(|cell| cell.value.code()).collect::<Vec<_>>().join(" ");
        (open, preview.exams.iter().map(codes).collect::<Vec<_>>())
    };
    let (low, high) = (Item::Hearing1000Right, Item::Hearing4000Right);
    let open = [(2, low, 2), (2, high, 1), (3, low, 2), (3, high, 2), (4, high, 2)];
    assert_eq!(asked(&Decisions::default()).0, open);
    let heard = ValueDecision::Typed("所見なし".to_owned());
    let mut given = Decisions { alike: [((low, "○".to_owned()), heard.clone())].into(), ..Decisions::default() };
    assert_eq!(asked(&given).0, [(2, high, 1), (3, high, 2), (4, high, 2)], "another ear is another question");
    given.alike.insert((high, "○".to_owned()), heard);
    given.values.insert((3, high), ValueDecision::Leave);
    let (open, codes) = asked(&given);
    assert_eq!(open, [(2, high, 1)]);
    assert_eq!(codes, ["ok ?words", "ok", "30 ok"], "an answer of its own goes before");
}

#[test]
fn words_of_a_course_are_answered_once_and_no_other_words_with_them() {
    let text = "社員番号,健診日,健診コース,AST\n101,2026/9/7,Aコース,20\n102,2026/9/7,Ａコース,20\n101,2026/9/8,婦人科検診,20\n";
    let table = read(text.as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    let lines = |decisions: &Decisions| {
        let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
        preview(&input).unwrap().doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>()
    };
    let asked = |line| (line, Doubt::UnclearKind);
    assert_eq!(lines(&Decisions::default()), [2, 3, 4].map(asked));
    let yearly = kind_words(&table, &profile, 2).into_iter().collect();
    assert_eq!(lines(&Decisions { yearly, ..Decisions::default() }), [asked(4)]);
}

#[test]
fn a_short_year_is_asked_row_by_row_and_answered_for_the_file() {
    let rows = "101,山田 太郎,26/10/05,,A,,,120/70,5.4,-\n102,髙田 実,46300,,A,,,120/70,5.4,-\n";
    let asked = previewed(rows, &Decisions::default());
    assert_eq!(asked.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(), [(2, Doubt::ShortYear)]);
    let given = Decisions { short_years: Some(crate::domain::checkup::ShortYears::Common), ..Decisions::default() };
    let days: Vec<Day> = previewed(rows, &given).exams.iter().map(|exam| exam.day).collect();
    assert_eq!(days, [day("2026-10-05"); 2]);
}

#[test]
fn a_short_year_holds_its_place_on_every_day_that_it_may_be() {
    let rows = "101,山田 太郎,8.10.05,,A,,,120/70,5.4,-\n101,山田 太郎,2026/10/5,,A,,,130/70,5.4,-\n\
                101,山田 太郎,2026/9/5,,A,,,131/70,5.4,-\n102,髙田 実,2026/10/5,,A,,,132/70,5.4,-\n";
    let asked = previewed(rows, &Decisions::default());
    let doubts: Vec<_> = asked.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::ShortYear), (3, Doubt::SameDayTwice)]);
    assert_eq!(asked.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [4, 5]);
    let given = Decisions { short_years: Some(crate::domain::checkup::ShortYears::Common), ..Decisions::default() };
    assert_eq!(previewed(rows, &given).exams.len(), 4, "of 2008");
}

#[test]
fn a_column_of_units_behind_a_value_says_its_unit() {
    let plain = Decisions::default();
    let headings = "血小板数,単位,AST,単位";
    assert_eq!(one_row(headings, "85,千/μL,22,U/L", &plain).0, "plt=8.5 ast=22");
    assert_eq!(one_row(headings, "8.5,万/μL,22,mmol/L", &plain).0, "plt=8.5 ast=?unit");
    assert_eq!(one_row(headings, "未実施,万/μL,22,", &plain).0, "plt=x ast=22");
    assert_eq!(one_row("血小板数(千/μL),単位", "85,万/μL", &plain).0, "plt=?unit", "heading and column disagree");
}

#[test]
fn rows_below_another_header_are_not_read_by_the_first() {
    let text = "社員番号,健診日,AST,ALT\n101,2026/9/7,22,61\n社員番号,健診日,AST,ALT\n102,2026/9/7,20,30\n\
                社員番号,健診日,LDL,HDL\n102,2026/9/8,152,38\n社員番号,健診日,AST,ALT\n101,2026/9/8,25,35\n";
    let table = read(text.as_bytes()).unwrap();
    let (roster, profile, decisions) = (roster(), propose_checkup(&table.header).profile, Decisions::default());
    let input =
        Input { table: &table, profile: &profile, roster: &roster, decisions: &decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    assert_eq!(preview.exams.iter().map(|exam| exam.line).collect::<Vec<_>>(), [2, 4, 8]);
    assert_eq!(preview.refused, [5, 6].map(|line| Refusal::row(line, Why::OtherTable)));
    assert_eq!(preview.ignored, [3, 7].map(|line| Ignored { line, why: Skip::HeaderAgain }));
}

#[test]
fn words_beside_a_value_say_of_what_sample_it_is() {
    let plain = Decisions::default();
    let values = |headings: &str, cells: &str| one_row(headings, cells, &plain).0;
    let beside = "血糖,血糖区分,中性脂肪,食事";
    assert_eq!(values(beside, "126,空腹,160,食前"), "fpg=126 tgf=160");
    assert_eq!(values(beside, "126,随時,160,食後3時間"), "cpg=126 tgc=160");
    assert_eq!(values(beside, "126,,160,食後12時間"), "fpg=126 tgf=160", "the one for all speaks of sugar too");
    assert_eq!(values(beside, "126,,160,"), "glu=126 tg=160", "nothing is said");
    assert_eq!(values(beside, "126,不明,160,食前"), "glu=?meal tgf=160");
    assert_eq!(
        values("食事,血糖,空腹時血糖", "食後,126,98"),
        "cpg=126 fpg=98",
        "in any order, and never over a heading"
    );
    assert_eq!(values("血糖,食前食後,空腹区分", "126,食前,随時"), "glu=?meal", "they contradict each other");
}

#[test]
fn a_judgement_stands_beside_the_items_that_it_names() {
    let judged = |headings: &str, cells: &str| {
        let text = format!("社員番号,健診日,{headings}\n101,2026/9/7,{cells}\n");
        let table = read(text.as_bytes()).unwrap();
        let (roster, profile, decisions) = (roster(), propose_checkup(&table.header).profile, Decisions::default());
        let input =
            Input { table: &table, profile: &profile, roster: &roster, decisions: &decisions, day: day("2026-11-20") };
        let exam = preview(&input).unwrap().exams.remove(0);
        let told = |cell: &crate::domain::checkup::Cell| format!("{}={}", cell.item.code(), cell.judgement);
        (exam.judgement, exam.cells.all().iter().map(told).collect::<Vec<_>>().join(" "))
    };
    let of = |judgement: &str, items: &str| (judgement.to_owned(), items.to_owned());
    assert_eq!(
        judged("判定（血圧）,判定（肝機能）,収縮期血圧,AST,総合判定", "D,A,170,22,D"),
        of("D", "sbp=D ast=肝機能 A")
    );
    assert_eq!(judged("AST,ALT,肝機能判定,ALT判定", "55,60,D,C"), of("", "ast=肝機能 D alt=C"));
    assert_eq!(judged("血糖,血糖区分,血糖判定", "126,空腹,D"), of("", "fpg=D"));
    assert_eq!(
        judged("尿糖,尿潜血,便潜血1日目,判定,BMI,判定,腹部超音波,判定,総合判定", "-,-,(+),E,22,A,脂肪肝,C,E"),
        of("E", "ug= ub= bmi=A")
    );
    assert_eq!(judged("BMI,判定,聴力,判定,便潜血,判定", "22,A,正常,A,(+),E"), of("", "bmi=A hx="));
    assert_eq!(judged("特殊健診判定,総合判定,AST", "A,E,22").0, "E");
}

#[test]
fn whoever_was_not_examined_is_left_out_and_a_bad_day_with_values_is_not() {
    let rows = "101,山田 太郎,未受診,,,,,,,\n102,髙田 実,対象外,,未受診,,,,-,\n101,山田 太郎,,,未受診,,,,,\n\
                101,山田 太郎,未受診,,,,,120/70,5.4,-\n102,髙田 実,未受診,,A,,,,,\n";
    let preview = previewed(rows, &Decisions::default());
    let ignored: Vec<_> = preview.ignored.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(ignored, [2, 3, 4].map(|line| (line, Skip::NotExamined)));
    assert_eq!(
        preview.refused.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(),
        [5, 6].map(|line| (line, Why::Unexamined))
    );
}

#[test]
fn a_line_of_reference_values_below_the_headings_is_nobody() {
    let rows = "基準値,,,,,,,～129/84,～5.5,(-)\n,参考基準値,,,,,,～129/84,～5.5,(-)\n\
                ,,正常範囲,,,,,～129/84,～5.5,(-)\n101,山田 太郎,R8.9.7,,A,,,120/70,5.4,-\n";
    let preview = previewed(rows, &Decisions::default());
    assert_eq!(preview.ignored, [2, 3, 4].map(|line| Ignored { line, why: Skip::Reference }));
    assert_eq!((preview.exams.len(), preview.refused.len(), preview.strangers()), (1, 0, None));
}

#[test]
fn the_same_values_on_the_next_day_are_asked_about() {
    let rows = "101,山田 太郎,R8.9.7,,A,,,120/70,5.4,-\n102,髙田 実,R8.9.7,,A,,,120/70,5.4,-\n\
                101,山田 太郎,R8.9.8,,A,,,120/70,5.4,-\n102,髙田 実,R8.9.8,,A,,,121/70,5.4,-\n\
                101,山田 太郎,R8.8.8,,A,,,120/70,5.4,-\n";
    let asked = previewed(rows, &Decisions::default());
    let doubts: Vec<_> = asked.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::NextDay), (4, Doubt::NextDay)]);
    let left = Decisions { left: [4].into(), ..Decisions::default() };
    let lines =
        |decisions: &Decisions| previewed(rows, decisions).exams.iter().map(|exam| exam.line).collect::<Vec<_>>();
    assert_eq!(lines(&left), [2, 3, 5, 6], "one of the two is left");
    let both = Decisions { settled: [(2, Doubt::NextDay)].into(), ..Decisions::default() };
    assert_eq!(lines(&both), [2, 3, 4, 5, 6], "they are two examinations");
}

#[test]
fn another_sex_than_the_rosters_and_two_kinds_in_one_word_are_asked_about() {
    let text = "社員番号,性別,健診日,健診コース,AST\n101,女,2026/9/7,定期,22\n102,男,2026/9/7,定期健診＋有機溶剤,22\n\
                102,1,2026/8/7,婦人科検診,22\n101,男,2026/8/7,人間ドック,22\n";
    let table = read(text.as_bytes()).unwrap();
    let (mut roster, profile) = (roster(), propose_checkup(&table.header).profile);
    (roster[0].sex, roster[1].sex) = (Sex::Male, Sex::Female);
    let seen = |decisions: &Decisions| {
        let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
        let preview = preview(&input).unwrap();
        let doubts = preview.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>();
        (doubts, preview.exams.iter().map(|exam| (exam.line, exam.kind)).collect::<Vec<_>>())
    };
    let (doubts, taken) = seen(&Decisions::default());
    assert_eq!(doubts, [(2, Doubt::OtherSex), (3, Doubt::OtherSex), (4, Doubt::UnclearKind)]);
    assert_eq!(taken, [(5, None)]);
    let settled = Decisions { settled: [(4, Doubt::UnclearKind)].into(), ..Decisions::default() };
    assert_eq!(seen(&settled).1, [(4, Some(CheckupKind::Periodic)), (5, None)]);
}

#[test]
fn a_mark_is_told_by_its_heading_and_no_mark_is_silent() {
    let words = |mark: &str| {
        previewed(&format!("101,山田 太郎,R8.9.7,,C,{mark},塩分を控える,,5.4,\n"), &Decisions::default()).exams[0]
            .words
            .clone()
    };
    for mark in ["○", "1", "あり", "要"] {
        assert_eq!(words(mark), "C 要再検査 塩分を控える", "{mark}");
    }
    for mark in ["", "×", "0", "なし"] {
        assert_eq!(words(mark), "C 塩分を控える", "{mark}");
    }
    assert_eq!(words("肝機能"), "C 肝機能 塩分を控える");
}

#[test]
fn a_header_without_a_day_or_an_item_is_no_clinics_file() {
    let missing = |text: &str| propose_checkup(&text.split(',').map(str::to_owned).collect::<Vec<_>>()).missing;
    assert_eq!(missing("氏名,BMI"), Some(ProfileError::NoExamDay));
    assert_eq!(missing("氏名,健診日,備考"), Some(ProfileError::NoItems));
    assert_eq!(missing("社員番号,健診日,項目名,結果値,単位,判定"), Some(ProfileError::RowPerItem));
    assert_eq!(missing("健診日,BMI"), Some(ProfileError::NoPerson));
    assert_eq!(missing("ｶﾅ氏名,生年月日,健診日,ＢＭＩ"), None);
    assert_eq!(missing("氏名,健診日,BMI,BMI"), Some(ProfileError::SameHeader { first: 3, second: 4 }), "last year's?");
}

proptest! {
    #[test]
    fn every_row_is_accounted_for(rows in prop::collection::vec("(101|102|103|9)?,(山田 太郎|髙田 実|退職 済)?,(R8\\.9\\.7|2026/8/1|[0-9/]{0,9})?,,[A-E]?,,,[0-9/<>未満]{0,6},[0-9.]{0,4},[-+±0-9()]{0,3}", 0..12)) {
        previewed(&rows.join("\n"), &Decisions::default());
    }

    #[test]
    fn any_cells_are_read(rows in prop::collection::vec("\\PC{0,60}", 0..6)) {
        if read(format!("{HEADER}\n{}", rows.join("\n")).as_bytes()).is_ok() {
            previewed(&rows.join("\n"), &Decisions::default());
        }
    }
}

/// The values of each row of a table, whole; `?dash` is a question.
fn rows_of(headings: &str, rows: &[&str]) -> Vec<String> {
    let rows: String = (101..).zip(rows).map(|(number, row)| format!("{number},{row}\n")).collect();
    let table = read(format!("社員番号,健診日,{headings}\n{rows}").as_bytes()).unwrap();
    let roster: Vec<Worker> = (1..9).map(|at| worker(at, &format!("10{at}"), &format!("人 {at}"), "")).collect();
    let (profile, decisions) = (propose_checkup(&table.header).profile, Decisions::default());
    let input =
        Input { table: &table, profile: &profile, roster: &roster, decisions: &decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    let told = |cell: &crate::domain::checkup::Cell| cell.value.code();
    let skipped = preview.ignored.iter().map(|row| format!("{:?}", row.why));
    let values = preview.exams.iter().map(|exam| exam.cells.all().iter().map(told).collect::<Vec<_>>().join(" "));
    values.chain(skipped).collect()
}

#[test]
fn a_bare_dash_is_negative_only_where_the_sample_was_tested() {
    let of = |rows: &[&str]| rows_of("身長,腹囲,尿蛋白,尿糖", rows);
    assert_eq!(of(&["2026/9/7,170,85,-,－"]), ["170 85 - -"], "measured all round, and no dash for anything else");
    assert_eq!(of(&["2026/9/7,170,,ー,-"]), ["170 - -"]);
    assert_eq!(of(&["2026/9/7,170,未実施,-,-"]), ["170 x - -"], "what was not done has a word of its own");
    for dash in ["-", "－", "ー"] {
        assert_eq!(of(&[&format!("2026/9/7,{dash},{dash},{dash},{dash}")]), ["x x x x"], "{dash}: nothing was done");
        assert_eq!(of(&[&[dash; 5].join(",")]), ["NoExam"], "{dash}: nobody came");
    }
    assert_eq!(of(&["2026/9/7,170,-,-,-"]), ["170 x ?dash ?dash"], "this row writes a dash for what was not done");
    assert_eq!(of(&["2026/9/7,170,-,-,1+"]), ["170 x - 2"].map(|text| text.replace('2', "1+")), "it was tested");
    let plain = of(&["2026/9/7,170,85,(-),(-)", "2026/9/7,172,86,-,-"]);
    assert_eq!(plain, ["170 85 - -", "172 86 ?dash ?dash"], "this file writes (-)");
    let only = of(&["2026/9/7,,,-,-", "2026/9/7,172,86,-,-"]);
    assert_eq!(only, ["?dash ?dash", "172 86 - -"], "nothing else was done");
    assert_eq!(rows_of("尿蛋白,尿糖", &["2026/9/7,-,-"]), ["- -"], "a file of signs alone");
    let judged = rows_of("腹囲,尿蛋白,尿蛋白_判定", &["2026/9/7,-,-,A", "2026/9/7,-,-,-"]);
    assert_eq!(judged, ["x -", "x x"], "what was judged was tested");
    let beside = ["2026/9/7,3+,±,(2+)", "2026/9/7,－,1+,陰性", "2026/9/7,－,,"];
    let told = ["3+ +- 2+", "- 1+ -", "?dash"];
    assert_eq!(
        rows_of("尿糖,尿蛋白,尿潜血", &beside),
        told,
        "this column writes no other negative, and the row was tested"
    );
    let none = ["2026/9/7,－,1+,陰性", "2026/9/7,－,2+,陰性"];
    let told = ["?dash 1+ -", "?dash 2+ -"];
    assert_eq!(rows_of("尿糖,尿蛋白,尿潜血", &none), told, "a column of dashes alone may be one that nobody tested");
}

#[test]
fn a_dash_that_is_a_question_is_answered_in_place() {
    let cells = "170,-,-";
    let (values, unread) = one_row("身長,腹囲,尿蛋白", cells, &Decisions::default());
    assert_eq!((values.as_str(), unread.len(), unread[0].is_open), ("ht=170 wc=x up=?dash", 1, true));
    let typed = ValueDecision::Typed("(-)".to_owned());
    let given = Decisions { values: [((2, Item::UrineProtein), typed)].into(), ..Decisions::default() };
    let (values, unread) = one_row("身長,腹囲,尿蛋白", cells, &given);
    assert_eq!((values.as_str(), unread[0].is_open), ("ht=170 wc=x up=-", false));
}

/// Found by the property over files of every kind: answered as another course, the first row would have been the second's.
#[test]
fn a_row_whose_kind_is_open_lets_no_other_row_of_its_day_pass() {
    let text =
        "社員番号,健診日,健診コース,AST\n101,2026/9/7,なぞのコース,22\n101,2026/9/7,定期,21\n101,2026/8/7,定期,20\n";
    let table = read(text.as_bytes()).unwrap();
    let (roster, profile) = (roster(), propose_checkup(&table.header).profile);
    let seen = |decisions: &Decisions| {
        let input = Input { table: &table, profile: &profile, roster: &roster, decisions, day: day("2026-11-20") };
        let preview = preview(&input).unwrap();
        let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
        (doubts, preview.exams.iter().map(|exam| exam.line).collect::<Vec<_>>())
    };
    let both = vec![(2, Doubt::UnclearKind), (3, Doubt::SameDayTwice)];
    assert_eq!(seen(&Decisions::default()), (both, vec![4]));
    let left = Decisions { left: [2].into(), ..Decisions::default() };
    assert_eq!(seen(&left), (Vec::new(), vec![3, 4]));
}

#[test]
fn a_systolic_pressure_that_is_not_above_the_diastolic_is_asked_with_it() {
    let text = "社員番号,健診日,収縮期血圧,拡張期血圧\n101,2026/9/7,90,142\n102,2026/9/7,142,90\n";
    let table = read(text.as_bytes()).unwrap();
    let (roster, profile, decisions) = (roster(), propose_checkup(&table.header).profile, Decisions::default());
    let input =
        Input { table: &table, profile: &profile, roster: &roster, decisions: &decisions, day: day("2026-11-20") };
    let preview = preview(&input).unwrap();
    let asked: Vec<_> = preview.unread.iter().map(|value| (value.line, value.item, value.text.as_str())).collect();
    assert_eq!(asked, [(2, Item::Systolic, "90"), (2, Item::Diastolic, "142")]);
    assert_eq!(preview.exams[1].cells.pack(), "sbp 142\ndbp 90\n");
}
