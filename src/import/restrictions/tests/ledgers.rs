//! Ledgers as physicians keep them by hand: sections, what is over, columns beside each other.

use super::*;

const PERSON: &str = "101,山田 太郎";

fn of(header: &str, rows: &str) -> Preview {
    World::new().preview_of(&format!("社員番号,氏名,{header}"), &rows.replace('@', PERSON))
}

fn skipped(preview: &Preview) -> Vec<(u32, Skip)> {
    preview.ignored.iter().map(|row| (row.line, row.why)).collect()
}

fn asked(preview: &Preview) -> Vec<(u32, Doubt)> {
    preview.doubtful.iter().map(|row| (row.line, row.why)).collect()
}

fn words(preview: &Preview) -> Vec<(MeasureKind, &str)> {
    preview.added.iter().map(|taken| (taken.row.kind, taken.row.content.as_str())).collect()
}

#[test]
fn rows_below_a_section_of_what_is_over_or_ahead_are_not_put_in_force() {
    let rows = "【現在制限中】,,,,\n@,残業禁止,2026/9/1,2027/3/31\n【解除済】,,,,\n102,髙田 実,残業禁止,2025/9/1,2027/3/31\n\
                ,,検討中,,\n@,深夜業禁止,2026/12/1,2027/3/31\n様子見,,,,\n102,髙田 実,出張禁止,,2027/3/31\n※期限は要確認,,,,\n";
    let preview = of("就業上の措置,開始日,期限", rows);
    assert_eq!(preview.added.iter().map(|taken| taken.line).collect::<Vec<_>>(), [3]);
    let (heading, over, ahead) = (Skip::Heading, Skip::BelowOver, Skip::BelowAhead);
    let left = [(2, heading), (4, heading), (5, over), (6, heading), (7, ahead), (8, heading), (10, heading)];
    assert_eq!((skipped(&preview), asked(&preview)), (left.to_vec(), vec![(9, Doubt::PerhapsOver)]));
    assert!(preview.refused.is_empty(), "a heading is no refusal");
}

#[test]
fn a_name_or_a_measure_alone_is_no_heading() {
    let preview = of("就業上の措置,期限,状態", "102,,,,\n,,残業禁止,,\n,,,,解除\n@,残業禁止,2027/3/31,\n");
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(refused, [(2, Why::NoMeasure), (3, Why::NoPerson)]);
    assert_eq!(skipped(&preview), [(4, Skip::Over)], "a state alone is nobody's, and none of the rows below");
    assert_eq!(preview.added.len(), 1);
}

#[test]
fn what_has_a_state_of_its_own_below_another_section_is_asked() {
    let preview = of("措置,期限,状態", "解除済,,,,\n@,残業禁止,2027/3/31,継続\n102,髙田 実,残業禁止,2027/3/31,解除\n");
    assert_eq!(
        (asked(&preview), skipped(&preview)),
        (vec![(3, Doubt::PerhapsOver)], vec![(2, Skip::Heading), (4, Skip::Over)])
    );
}

#[test]
fn what_ended_by_its_last_day_is_not_taken() {
    for header in ["終了日", "期限", "満了日"] {
        let preview = of(&format!("措置,{header}"), "@,残業禁止,2026/11/19\n102,髙田 実,残業禁止,2026/11/20\n");
        assert_eq!((skipped(&preview), preview.added.len()), (vec![(2, Skip::Past)], 1), "{header}");
    }
    for (header, cells) in [("状態", "継続"), ("次回見直し", "2026/12/1")] {
        let preview = of(&format!("措置,期限,{header}"), &format!("@,残業禁止,2026/10/31,{cells}\n"));
        assert_eq!(asked(&preview), [(2, Doubt::PerhapsOver)], "{header}");
    }
    let mut world = World::new();
    world.decisions.settled.insert((2, Doubt::PerhapsOver));
    assert_eq!(world.preview_of("氏名,措置,期限,状態", "山田 太郎,残業禁止,2026/10/31,継続\n").added.len(), 1);
}

#[test]
fn an_older_spell_that_ended_shortens_no_measure_that_is_recorded() {
    let mut world = World::new();
    world.import("101,山田 太郎,残業禁止,2026/9/1,2027/3/31,\n");
    let older = world.preview("101,山田 太郎,残業禁止,2025/9/1,2026/3/31,\n");
    assert_eq!((skipped(&older), older.changed.len()), (vec![(2, Skip::Past)], 0));
    let same = world.preview("101,山田 太郎,残業禁止,2026/9/1,2026/10/31,\n");
    assert_eq!(same.changed.len(), 1, "the same spell, that ended earlier");
}

#[test]
fn a_remark_of_somebody_who_went_elsewhere_is_asked() {
    for remark in ["退職", "総務部へ異動", "R8.10.31解除", "10月末で終了"] {
        assert_eq!(asked(&of("措置,備考", &format!("@,残業禁止,{remark}\n"))), [(2, Doubt::PerhapsOver)], "{remark}");
    }
    assert_eq!(of("措置,備考", "@,残業禁止,面談済み\n").added.len(), 1);
}

#[test]
fn what_says_that_there_is_none_beside_a_measure_is_asked() {
    let rows =
        "@,無,残業禁止\n102,髙田 実,有,残業禁止\n@,解除,深夜業禁止\n102,髙田 実,×,出張禁止\n@,無,\n102,髙田 実,解除,\n";
    let preview = of("就業制限の有無,内容", rows);
    assert_eq!(words(&preview), [(MeasureKind::OvertimeBan, "残業禁止")]);
    assert_eq!(asked(&preview), [2, 5].map(|line| (line, Doubt::Contradicts)));
    assert_eq!(skipped(&preview), [(4, Skip::Over), (6, Skip::NoRestriction), (7, Skip::Over)]);
    let class = of("措置区分,措置内容", "@,通常勤務,残業禁止\n102,髙田 実,就業制限,残業禁止\n@,通常勤務,\n");
    assert_eq!((asked(&class), class.added.len()), (vec![(2, Doubt::Contradicts)], 1));
    assert_eq!(skipped(&class), [(4, Skip::NoRestriction)]);
}

#[test]
fn several_measures_in_one_cell_are_several() {
    let rows = "@,残業月45時間以内・深夜業禁止・出張禁止,2027/3/31\n102,髙田 実,残業・深夜業は月20時間まで,2027/3/31\n";
    let preview = of("就業上の措置,期限", rows);
    let (limit, night, other) = (MeasureKind::OvertimeLimit, MeasureKind::NightWork, MeasureKind::Other);
    assert_eq!(words(&preview), [(limit, "残業月45時間以内"), (night, "深夜業禁止"), (other, "出張禁止")]);
    assert!(preview.added.iter().all(|taken| taken.row.until == Some(day("2027-03-31"))));
    assert_eq!(asked(&preview), [(3, Doubt::SeveralInOne)]);
    let mut world = World::new();
    world.decisions.settled.insert((2, Doubt::SeveralInOne));
    let taken = world.preview_of("氏名,措置", "髙田 実,残業・深夜業は月20時間まで\n");
    assert_eq!(words(&taken), [(other, "残業・深夜業は月20時間まで")], "no kind out of two");
}

#[test]
fn stages_in_the_words_are_asked() {
    let rows = "@,残業禁止（1/31まで）その後20h/月,2027/3/31\n102,髙田 実,残業禁止（2027/3/31まで）,2027/3/31\n";
    let preview = of("就業上の措置,期限", rows);
    assert_eq!((asked(&preview), preview.added.len()), (vec![(2, Doubt::DaysInWords)], 1));
}

#[test]
fn a_column_of_a_subject_alone_is_read_where_it_is_plain_and_asked_elsewhere() {
    let rows = "@,20,不可,2027/3/31\n102,髙田 実,0,可,2027/3/31\n@,45,月4回まで,2027/6/30\n102,髙田 実,,○,2027/3/31\n";
    let preview = of("残業制限(h/月),深夜業,期限", rows);
    let (limit, night) = (MeasureKind::OvertimeLimit, MeasureKind::NightWork);
    let expected = [
        (limit, "残業制限(h/月) 20"),
        (night, "深夜業 不可"),
        (limit, "残業制限(h/月) 45"),
        (night, "深夜業 月4回まで"),
    ];
    assert_eq!(words(&preview), expected);
    assert_eq!(asked(&preview), [(3, Doubt::ZeroLimit), (5, Doubt::MarkAlone)]);
}

#[test]
fn headings_of_what_is_restricted_are_a_ledger_and_no_hours() {
    let line = "社員番号,氏名,残業,深夜業,出張,運転,重量物,期限";
    let header: Vec<String> = line.split(',').map(str::to_owned).collect();
    assert!(is_plain(&header));
    assert_eq!(crate::import::detect(&header), Some(crate::domain::hours::BatchKind::Restrictions));
    let rows = "@,禁止,禁止,可,可,可,R9.3.31\n102,髙田 実,月20hまで,可,不可,不可,10kg以下,R9.3.31\n@,なし,なし,なし,なし,なし,\n";
    let preview = of("残業,深夜業,出張,運転,重量物,期限", rows);
    let other = MeasureKind::Other;
    let expected = [
        (MeasureKind::OvertimeBan, "残業 禁止"),
        (MeasureKind::NightWork, "深夜業 禁止"),
        (MeasureKind::OvertimeLimit, "残業 月20hまで"),
        (other, "出張 不可"),
        (other, "運転 不可"),
        (other, "重量物 10kg以下"),
    ];
    assert_eq!((words(&preview), asked(&preview)), (expected.to_vec(), vec![(4, Doubt::MarkAlone)]));
}

#[test]
fn an_end_that_is_a_length_is_counted_and_one_in_words_is_asked() {
    let of_end = |from: &str, end: &str| of("就業上の措置,開始日,期限", &format!("@,残業禁止,{from},{end}\n"));
    let until = |preview: &Preview| preview.added.first().map(|taken| taken.row.until);
    for end in ["3か月", "３ヶ月", "3カ月間"] {
        assert_eq!(until(&of_end("2026/9/1", end)), Some(Some(day("2026-11-30"))), "{end}");
        assert_eq!(asked(&of_end("", end)), [(2, Doubt::EndInWords)], "from which day?");
    }
    for end in ["次回面談まで", "復職まで"] {
        assert_eq!(asked(&of_end("2026/9/1", end)), [(2, Doubt::EndInWords)], "{end}");
    }
    assert_eq!(until(&of_end("2026/9/1", "当面の間")), Some(None));
    assert_eq!(of_end("2026/9/1", "xyz").refused.first().map(|row| row.why), Some(Why::NotDate));
    assert_eq!(until(&of("措置,開始日,措置期間", "@,残業禁止,2026/9/1,6か月間\n")), Some(Some(day("2027-02-28"))));
    let mut world = World::new();
    world.decisions.settled.insert((2, Doubt::EndInWords));
    let taken = world.preview_of("氏名,措置,期限", "山田 太郎,残業禁止,次回面談まで\n");
    assert_eq!(until(&taken), Some(None), "taken it has no end, and is looked at on the day it comes in");
}

#[test]
fn headings_in_two_rows_are_joined() {
    let rows = ",,残業,深夜業,自,至\n@,禁止,禁止,2026/9/1,2027/3/31\n102,髙田 実,20h,可,2026/9/1,2027/3/31\n";
    let preview = of("措置,,期間,", rows);
    let (ban, night, limit) = (MeasureKind::OvertimeBan, MeasureKind::NightWork, MeasureKind::OvertimeLimit);
    assert_eq!(words(&preview), [(ban, "残業の措置 禁止"), (night, "深夜業の措置 禁止"), (limit, "残業の措置 20h")]);
    let days: Vec<_> = preview.added.iter().map(|taken| (taken.row.from, taken.row.until)).collect();
    assert_eq!(days, [(Some(day("2026-09-01")), Some(day("2027-03-31"))); 3]);
}

#[test]
fn a_word_in_place_of_a_day_of_lifting_is_read() {
    let rows = "@,残業禁止,2027/3/31,○\n102,髙田 実,残業禁止,2027/3/31,未\n@,深夜業禁止,2027/3/31,不明\n";
    let preview = of("措置,期限,解除", rows);
    assert_eq!((skipped(&preview), preview.added.len()), (vec![(2, Skip::Over)], 1));
    assert_eq!(preview.refused.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(), [(4, Why::NotDate)]);
}

#[test]
fn a_span_that_ends_in_words_is_asked_and_so_is_a_judgement_of_no_restriction() {
    assert_eq!(asked(&of("措置,措置期間", "@,残業禁止,R8.9.1～復職まで\n")), [(2, Doubt::EndInWords)]);
    assert_eq!(of("措置,措置期間", "@,残業禁止,R8.9.1～\n").added.len(), 1);
    assert_eq!(asked(&of("判定,措置", "@,通常勤務,残業禁止\n")), [(2, Doubt::PerhapsOver)]);
}

/// Found by the property over files of every kind: the lifted row ended the measure of which the next one says when it is
/// looked at, and the same file again brought it in anew.
#[test]
fn a_lifted_row_ends_no_measure_whose_days_the_next_row_changes() {
    let mut world = World::new();
    world.import("101,山田 太郎,残業禁止,2026/4/1,2027/3/31,\n");
    let rows = "101,山田 太郎,残業禁止,,2027/3/31,,2026/10/1\n101,山田 太郎,残業禁止,,当面,2026/12/1,\n";
    let preview = world.preview_of("社員番号,氏名,就業上の措置,開始日,期限,見直し日,解除日", rows);
    assert_eq!((skipped(&preview), asked(&preview)), (vec![(2, Skip::Lifted)], vec![]));
    assert_eq!(preview.changed.iter().map(|taken| taken.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn a_time_in_the_words_of_a_measure_without_an_end_is_asked_about() {
    let rows = "101,山田 太郎,1ヶ月間残業禁止,2026/11/1,,\n102,髙田 実,1ヶ月間残業禁止,2026/11/1,2026/11/30,\n";
    let preview = World::new().preview(rows);
    assert_eq!((asked(&preview), preview.added.len()), (vec![(2, Doubt::DaysInWords)], 1));
}

#[test]
fn words_that_name_no_measure_are_asked_about() {
    let preview = World::new().preview("101,山田 太郎,要面談,,,\n102,髙田 実,特になし,,,\n");
    assert_eq!((asked(&preview), preview.ignored[0].why), (vec![(2, Doubt::Unnamed)], Skip::NoRestriction));
}
