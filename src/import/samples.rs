//! Every file of `data-samples/` through the proposal it gets, with the counts it must give.

use super::hours;
use super::notation::Notation;
use super::people::Decisions;
use super::profile::{self, Profile, ProfileError};
use super::reason::{Doubt, Skip, Why};
use super::source::{Encoding, SourceError, Table, read};
use super::{checkup, detect, restrictions, roster, stress, xml};
use crate::domain::checkup::{CheckupKind, Item};
use crate::domain::hours::{BatchKind, Measure};
use crate::domain::period::Closing;
use crate::domain::worker::{AttributeKind, SexCodes, Worker};
use crate::domain::{Day, EstablishmentId, Hours, Id, Period, Seconds};

macro_rules! sample {
    ($name:literal) => {
        read(include_bytes!(concat!("../../data-samples/", $name)))
    };
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn october() -> Period {
    Period::new(day("2026-10-01"), day("2026-10-31")).unwrap()
}

fn roster_preview(table: &Table) -> roster::Preview {
    let (profile, decisions) = (profile::propose_roster(&table.header).profile, Decisions::default());
    let day = day("2026-11-20");
    let input = roster::Input { table, profile: &profile, roster: &[], attributes: &[], decisions: &decisions, day };
    roster::preview(&input).unwrap()
}

fn people() -> roster::Accepted {
    let mut next = 0;
    roster_preview(&sample!("roster-cp932.csv").unwrap())
        .accept(day("2026-11-20"), &mut |prefix| {
            next += 1;
            Id::new(&EstablishmentId::new(1), prefix, next)
        })
        .unwrap()
}

fn hours_preview(table: &Table, roster: &[Worker]) -> Result<hours::Preview, ProfileError> {
    let profile = profile::propose_hours(&table.header).profile;
    hours::preview(&hours::Input {
        table,
        profile: &profile,
        roster,
        existing: &|_| &[],
        period: Some(october()),
        closings: &[Closing { valid_from: day("2020-01-01"), day: 31 }],
        notation: None,
        decisions: &Decisions::default(),
        day: day("2026-11-20"),
        crosses: &|period, hours, _| {
            let over = |seconds: Seconds| u8::from(7 * seconds.0 - 144_000 * period.days() > 2_016_000);
            hours::Reach { low: over(hours.low), high: over(hours.high) }
        },
    })
}

fn taken(table: &Table) -> hours::Preview {
    let preview = hours_preview(table, &people().workers).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    assert_eq!((preview.doubtful.len(), preview.refused.len()), (0, 0));
    preview
}

/// What the first worker did in October in every file of totals.
fn first_of(preview: &hours::Preview) -> Hours {
    preview.added.iter().find(|row| row.period == october()).unwrap().hours
}

#[test]
fn the_roster_gives_twelve_people_with_their_classes() {
    let table = sample!("roster-cp932.csv").unwrap();
    assert_eq!(table.encoding, Encoding::Cp932);
    let accepted = people();
    assert_eq!((accepted.workers.len(), accepted.attributes.len()), (12, 6));
    assert_eq!((accepted.workers[2].name.as_str(), accepted.workers[2].kana.as_str()), ("髙田 実", "たかだみのる"));
    assert_eq!(accepted.workers[10].left_on, Some(day("2026-08-31")));
    assert_eq!(accepted.attributes[1].kind, AttributeKind::Discretionary);
}

#[test]
fn sexagesimal_hours_are_asked_and_one_worker_lies_between() {
    let table = sample!("monthly-sexagesimal-cp932.csv").unwrap();
    assert_eq!((table.encoding, table.header_row, table.ignored.len()), (Encoding::Cp932, 3, 1));
    let preview = taken(&table);
    let question = preview.question.as_ref().unwrap();
    let open = question.people.iter().filter(|row| !row.is_decided()).map(|row| (row.line, row.text.as_str()));
    assert_eq!(open.collect::<Vec<_>>(), [(4, "257.10")]);
    assert_eq!(preview.added.len(), 11);
}

#[test]
fn decimal_hours_come_in_by_year_and_month() {
    let preview = taken(&sample!("monthly-decimal-cp932.csv").unwrap());
    assert_eq!((preview.notation, preview.question.is_none(), preview.added.len()), (Notation::Decimal, true, 22));
    assert_eq!(first_of(&preview), Hours::exact(Seconds(925_812)), "257.17 h");
    let bom = sample!("monthly-decimal-utf8-bom.csv").unwrap();
    assert_eq!(bom.encoding, Encoding::Utf8Bom);
    assert_eq!(first_of(&taken(&bom)), Hours::exact(Seconds(925_812)));
}

#[test]
fn tenths_minutes_clock_and_words_are_read_without_a_question() {
    let exact = Hours::exact(Seconds::hm(257, 10));
    let tenths = Hours { low: Seconds(925_920 - 180), high: Seconds(925_920 + 180) };
    let files = [
        (sample!("monthly-tenths-utf8.csv"), Encoding::Utf8, Notation::Decimal, tenths),
        (sample!("monthly-minutes-cp932.csv"), Encoding::Cp932, Notation::Minutes, exact),
        (sample!("monthly-clock-utf16.tsv"), Encoding::Utf16Le, Notation::Clock, exact),
        (sample!("monthly-words-utf8.csv"), Encoding::Utf8, Notation::Clock, exact),
    ];
    for (table, encoding, notation, first) in files {
        let table = table.unwrap();
        let preview = taken(&table);
        assert_eq!((table.encoding, preview.notation, preview.question.is_none()), (encoding, notation, true));
        assert_eq!((preview.measure, preview.added.len()), (Measure::StatutoryTotal, 11));
        assert_eq!(first_of(&preview), first);
    }
}

#[test]
fn overtime_stays_the_companys_figure_and_a_foreign_one_is_refused() {
    let preview = taken(&sample!("overtime-only-cp932.csv").unwrap());
    assert_eq!((preview.measure, preview.added.len()), (Measure::ReportedOvertime, 11));
    let foreign = profile::propose_hours(&sample!("other-definition-utf8.csv").unwrap().header);
    assert_eq!(foreign.missing, Some(ProfileError::OtherDefinition));
}

#[test]
fn the_bad_file_of_hours_loses_no_row_and_names_each() {
    let preview = hours_preview(&sample!("bad-hours-cp932.csv").unwrap(), &people().workers).unwrap();
    assert_eq!((preview.accounted(), preview.rows), (23, 23));
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.column, row.why)).collect();
    let expected = [
        (2, Some(4), Why::MinutesOutOfRange),
        (3, Some(4), Why::Negative),
        (4, Some(4), Why::Absurd),
        (5, Some(4), Why::NotTime),
        (6, Some(4), Why::MixedNotation),
        (7, Some(3), Why::NotPeriod),
        (8, Some(3), Why::NoClosing),
        (9, None, Why::RowTooShort),
        (10, None, Why::RowTooLong),
        (11, Some(2), Why::Undecodable),
        (12, None, Why::NoPerson),
        (13, None, Why::NoName),
        (14, None, Why::OpenQuote),
    ];
    assert_eq!(refused, expected);
    let doubtful: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    let expected = [
        (16, Doubt::Leaver),
        (17, Doubt::SameNameTwice),
        (18, Doubt::NameVariant),
        (19, Doubt::OtherName),
        (21, Doubt::TwiceInFile),
        (22, Doubt::TwiceInFile),
    ];
    assert_eq!(doubtful, expected);
    let ignored: Vec<_> = preview.ignored.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(ignored, [(20, Skip::NoValue), (24, Skip::Blank), (25, Skip::Totals)]);
    assert_eq!(preview.added.iter().map(|row| row.line).collect::<Vec<_>>(), [23]);
}

#[test]
fn the_bad_roster_names_each_row() {
    let preview = roster_preview(&sample!("bad-roster-utf8.csv").unwrap());
    let refused: Vec<_> = preview.refused.iter().map(|row| row.why).collect();
    let (date, range) = (Why::NoSuchDay, Why::DateOutOfRange);
    assert_eq!(refused, [date, range, Why::NotSex, Why::LeftBeforeJoined, Why::NoName, Why::NoPerson]);
    assert_eq!(preview.doubtful[0].why, Doubt::UnknownClass);
    assert_eq!((preview.added.len(), preview.accounted()), (1, preview.rows));
    assert_eq!(sample!("not-a-table.csv").err(), Some(SourceError::Pdf));
}

#[test]
fn the_ledger_of_restrictions_gives_three_measures_and_refuses_a_stranger() {
    let table = sample!("restrictions-utf8.csv").unwrap();
    assert_eq!(detect(&table.header), Some(BatchKind::Restrictions));
    let (roster, decisions) = (people().workers, Decisions::default());
    let (measures, day) = (&[][..], day("2026-11-20"));
    let profile = &restrictions::propose(&table.header).profile;
    let input = restrictions::Input { table: &table, profile, roster: &roster, measures, decisions: &decisions, day };
    let preview = restrictions::preview(&input).unwrap();
    assert_eq!((preview.rows, preview.added.len(), preview.refused[0].why), (4, 3, Why::NotOnRoster));
    assert_eq!(preview.accounted(), preview.rows);
}

fn checkups(table: &Table) -> checkup::Preview {
    let proposal = profile::propose_checkup(&table.header);
    assert_eq!(proposal.missing, None);
    let (roster, decisions, day) = (people().workers, Decisions::default(), day("2026-11-20"));
    let input = checkup::Input { table, profile: &proposal.profile, roster: &roster, decisions: &decisions, day };
    let preview = checkup::preview(&input).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    preview
}

#[test]
fn a_clinics_table_gives_every_item_and_keeps_its_words() {
    let table = sample!("checkup-clinic-cp932.csv").unwrap();
    let preview = checkups(&table);
    assert_eq!((preview.rows, preview.exams.len()), (13, 10));
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.column, row.why)).collect();
    assert_eq!(refused, [(12, None, Why::NotOnRoster), (14, Some(3), Why::DateOutOfRange)]);
    assert_eq!(preview.ignored.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(), [(13, Skip::NoExam)]);
    let first = &preview.exams[0];
    assert_eq!((first.cells.all().len(), first.cells.doubtful().count()), (18, 0));
    assert_eq!((first.judgement.as_str(), first.words.as_str()), ("D 要医療", "D 要医療 要再検査 血圧が高め"));
}

#[test]
fn half_width_kana_full_width_latin_and_every_spelling_of_a_value_are_read() {
    let preview = checkups(&sample!("checkup-kana-utf8-bom.csv").unwrap());
    assert_eq!(preview.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(), [(6, Doubt::OtherBirth)]);
    assert_eq!(
        preview.exams.iter().map(|exam| exam.day).collect::<Vec<_>>(),
        ["2026-10-05", "2026-10-05", "2026-10-06", "2026-10-06"].map(day)
    );
    let shown = |exam: usize, item: Item| preview.exams[exam].cells.get(item).unwrap().shown();
    assert_eq!((shown(0, Item::Systolic), shown(0, Item::Diastolic)), ("142".into(), "90".into()));
    assert_eq!((shown(0, Item::Ggt), shown(1, Item::TriglycerideCasual)), ("10未満".into(), "30未満".into()));
    assert_eq!((shown(0, Item::RedCells), shown(1, Item::RedCells)), ("452".into(), "431".into()), "two units");
    assert_eq!(
        (shown(0, Item::UrineProtein), shown(0, Item::UrineGlucose), shown(1, Item::UrineProtein)),
        ("(-)".into(), "(+/-)".into(), "(2+)".into())
    );
    assert_eq!(shown(0, Item::HbA1cJds), "5.4", "JDS stays JDS");
    assert_eq!(preview.exams[0].cells.get(Item::Systolic).unwrap().judgement, "C");
    let kinds: Vec<_> = preview.exams.iter().map(|exam| exam.kind).collect();
    assert_eq!(kinds[..2], [Some(CheckupKind::Periodic), Some(CheckupKind::Hire)]);
    let unread: Vec<_> = preview.exams[2].cells.doubtful().map(|cell| cell.text.as_str()).collect();
    assert_eq!(unread, ["1/2", "不明", "-"], "shown as they came, never guessed; this file writes (-) elsewhere");
}

/// The examinations of the sample of 特定健診, with the codes of their values.
fn of_xml(bytes: &[u8]) -> Vec<checkup::Exam> {
    let table = xml::table(&xml::read(bytes).unwrap()).unwrap();
    let preview = checkups(&table);
    assert_eq!((preview.rows, preview.doubtful.len()), (preview.exams.len(), 0), "{preview:?}");
    preview.exams
}

/// What was read of an item, and the text beside it.
fn read_as(exam: &checkup::Exam, item: Item) -> (String, String) {
    let cell = exam.cells.get(item).unwrap();
    (cell.value.code(), cell.text.clone())
}

fn said(code: &str, text: &str) -> (String, String) {
    (code.to_owned(), text.to_owned())
}

#[test]
fn people_of_the_xml_are_found_by_kana_and_birth_date() {
    let alone = of_xml(include_bytes!("../../data-samples/checkup-cda.xml"));
    let both = of_xml(include_bytes!("../../data-samples/checkup-cda.zip"));
    assert_eq!(both.iter().map(|exam| exam.day).collect::<Vec<_>>(), ["2026-10-05", "2026-10-13"].map(day));
    assert_eq!(alone[0].cells.get(Item::Systolic), both[0].cells.get(Item::Systolic));
    assert_eq!(alone.len(), 1);
}

#[test]
fn every_value_of_the_xml_is_read_as_the_sheet_says() {
    let exams = of_xml(include_bytes!("../../data-samples/checkup-cda.zip"));
    let first = |item| read_as(&exams[0], item);
    assert_eq!(first(Item::Systolic), said("128", "1回目 152、2回目 130、その他 128"));
    assert_eq!(first(Item::Diastolic), said("82", "1回目 96、2回目 84、その他 82"));
    assert_eq!(exams[0].cells.get(Item::Systolic).unwrap().judgement, "", "H was of the first reading");
    let ears = [Item::Hearing1000Right, Item::Hearing4000Right, Item::Hearing1000Left, Item::Hearing4000Left];
    assert_eq!(ears.map(|ear| first(ear).0), ["ok", "!", "ok", "ok"], "by the names of the file");
    assert_eq!(first(Item::History), said("!", "高血圧 & 脂質異常症"));
    assert_eq!(first(Item::Signs), said("ok", "特記すべきことなし"));
    assert_eq!(first(Item::ChestXray), said("?flag", "所見なし（2）／左下肺野 陳旧性炎症像"));
    assert_eq!(first(Item::Ecg), said("!", "左室高電位"));
    assert_eq!((first(Item::HbA1cJds).0, first(Item::HbA1c).0), ("6.1".into(), "6.5".into()));
    assert_eq!(first(Item::Haemoglobin), said("?columns", "6.1／11.0"));
    assert_eq!(first(Item::RedCells), said("452", "452"));
    assert_eq!(first(Item::UricAcid), said("?unit", "380 umol/L"));
    assert_eq!(first(Item::VisceralFat), said("85.3", "85.3"));
    assert_eq!((first(Item::Metabolic).1, first(Item::GuidanceLevel).1), ("予備群（2）".into(), "なし（3）".into()));
    assert_eq!(first(Item::Examiner), said("=", "見本 花子"));
    assert_eq!(exams[0].judgement, "要精密検査 胸部X線の再検査を受けてください");
}

#[test]
fn what_the_xml_leaves_open_is_a_doubt_and_what_it_did_not_examine_no_result() {
    let exams = of_xml(include_bytes!("../../data-samples/checkup-cda.zip"));
    let second = |item| read_as(&exams[1], item);
    assert_eq!(second(Item::Systolic), said("141", "1回目 152、2回目 130"));
    assert_eq!(second(Item::Diastolic), said("90", "1回目 96、2回目 84"));
    assert_eq!(second(Item::Hearing1000Left), said("?which", "1"), "no name");
    assert_eq!(second(Item::Hearing4000Right), said("?which", "2"), "a name that is neither of the two");
    assert_eq!(second(Item::ChestXray), said("x", "判定不能（3）／呼吸停止不良"));
    assert_eq!((second(Item::Meal).0, second(Item::GlucoseCasual).0), ("<3.5".into(), "208".into()));
    assert_eq!(second(Item::Haemoglobin), said("14.8", "148 g/L"));
    assert_eq!(second(Item::Metabolic), said("?code", "9"));
    assert_eq!(exams[1].judgement, "特記すべきことなし");
}

#[test]
fn a_row_of_dashes_is_no_result_and_a_dash_between_is_asked() {
    let preview = checkups(&sample!("checkup-dashes-utf8.csv").unwrap());
    let signs = |exam: usize| {
        [Item::UrineProtein, Item::UrineGlucose].map(|item| preview.exams[exam].cells.get(item).unwrap().value.code())
    };
    assert_eq!((preview.rows, preview.exams.len()), (5, 4));
    assert_eq!(preview.ignored.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(), [(5, Skip::NoExam)]);
    assert_eq!([signs(0), signs(1), signs(2)], [["-", "-"], ["?dash", "?dash"], ["x", "x"]]);
    assert_eq!(signs(3), ["1+", "-"], "another sign says that the sample was tested");
    assert_eq!(preview.open_values().map(|value| value.line).collect::<Vec<_>>(), [3, 3]);
}

#[test]
fn three_rows_of_headings_give_item_reading_and_unit_and_last_years_values_stay_out() {
    let table = sample!("checkup-levels.xlsx").unwrap();
    assert_eq!((table.header_row, table.header[9].as_str(), table.rows.len()), (4, "血小板数(千/μL)", 3));
    let preview = checkups(&table);
    let read = |item| read_as(&preview.exams[0], item);
    assert_eq!(read(Item::Systolic), said("130", "1回目 132、2回目 128"));
    assert_eq!(read(Item::Platelets), said("24.5", "245"), "thousands, by the row of units");
    assert_eq!((read(Item::Ast), read(Item::Height)), (said("28", "28"), said("171.2", "171.2")));
    assert_eq!(preview.exams[0].cells.doubtful().count(), 0, "the values of last year contradict nobody");
}

#[test]
fn groups_of_hours_qualify_the_names_below_them() {
    let table = sample!("monthly-levels-cp932.csv").unwrap();
    assert_eq!(
        table.header[2..],
        [
            "総労働時間(時間)",
            "平日 残業(時間)",
            "深夜 残業(時間)",
            "法定 休日(時間)",
            "所定 休日(時間)",
            "深夜 時間(時間)",
            "深夜 回数"
        ]
    );
    let preview = taken(&table);
    assert_eq!((preview.added.len(), preview.nights.len()), (2, 2));
    assert_eq!(first_of(&preview), Hours::exact(Seconds::hm(257, 10)));
    let preview = taken(&sample!("overtime-levels-utf8.csv").unwrap());
    assert_eq!(first_of(&preview), Hours::exact(Seconds::hm(97, 10)), "four columns under two groups");
}

#[test]
fn clocks_beside_hours_are_left_and_alone_they_are_no_hours() {
    let preview = taken(&sample!("clocks-daily-cp932.csv").unwrap());
    assert_eq!(first_of(&preview), Hours::exact(Seconds::hm(15 + 21 * 10, 30 + 21 * 15)), "22 days, one past midnight");
    let alone = profile::propose_hours_in(&sample!("clocks-only-utf8.csv").unwrap());
    assert_eq!(alone.missing, Some(ProfileError::ClocksOnly));
}

#[test]
fn semicolons_and_old_encodings_come_in_and_a_page_says_what_it_is() {
    for (table, encoding) in [
        (sample!("monthly-semicolon-utf8.csv"), Encoding::Utf8Bom),
        (sample!("monthly-euc.csv"), Encoding::EucJp),
        (sample!("monthly-jis.csv"), Encoding::Iso2022Jp),
    ] {
        let table = table.unwrap();
        assert_eq!(table.encoding, encoding);
        let preview = taken(&table);
        assert_eq!((preview.added.len(), first_of(&preview)), (2, Hours::exact(Seconds::hm(257, 10))));
    }
    assert_eq!(sample!("monthly-page.xls").err(), Some(SourceError::WebPage));
}

#[test]
fn two_columns_that_may_hold_others_are_two_questions() {
    let asked = profile::propose_hours_in(&sample!("overtime-twice-utf8.csv").unwrap()).missing;
    assert!(matches!(asked, Some(ProfileError::WholeAndParts(open)) if open.len() == 2));
}

#[test]
fn both_shapes_of_answers_are_proposed_and_give_the_same_sheets() {
    let (roster, decisions, today) = (people().workers, Decisions::default(), day("2026-11-20"));
    let sheets = |table: Table| {
        let profile = &stress::propose_in(&table).profile;
        let (table, decisions, since) = (&table, &decisions, None);
        let input = stress::Input { table, profile, roster: &roster, decisions, day: None, since, today };
        let preview = stress::preview(&input).unwrap();
        assert_eq!((preview.accounted(), stress::propose(&table.header).missing), (preview.rows, None));
        preview.sheets
    };
    let one = sheets(sample!("stress-one-column-cp932.csv").unwrap());
    let many = sheets(sample!("stress-57-columns-utf8-bom.csv").unwrap());
    assert_eq!((one.len(), many.len()), (11, 6));
    let same = one.iter().zip(&many).filter(|(one, other)| one.answers == other.answers && one.day == other.day);
    assert_eq!(same.count(), 4);
}

#[test]
fn the_shapes_of_public_programs_are_read_or_say_what_to_do() {
    let (roster, decisions, today) = (people().workers, Decisions::default(), day("2026-11-20"));
    let preview_as = |table: &Table, sex_codes| {
        let (profile, roster) = (&Profile { sex_codes, ..stress::propose_in(table).profile }, &roster);
        stress::preview(&stress::Input { table, profile, roster, decisions: &decisions, day: None, since: None, today })
    };
    let preview = |table: &Table| preview_as(table, None);
    let known = preview(&sample!("stress-one-column-cp932.csv").unwrap()).unwrap().sheets;
    let coded = sample!("stress-digits-sex-utf8.csv").unwrap();
    let asked = preview(&coded).unwrap();
    assert!(asked.doubtful.iter().all(|row| row.why == Doubt::SexCodes) && !asked.doubtful.is_empty());
    let digits = preview_as(&coded, Some(SexCodes::ManFirst)).unwrap();
    let numbered = preview(&sample!("stress-id-utf8.csv").unwrap()).unwrap();
    for sheets in [&digits.sheets, &numbered.sheets] {
        let same = sheets.iter().zip(&known).filter(|(one, other)| one.answers == other.answers);
        assert_eq!(same.count(), 4, "the sex and what stands behind it is no answer");
    }
    assert_eq!((digits.rows, digits.sheets.len()), (6, 6), "what is no sheet is the questionnaire's to refuse");
    assert_eq!((numbered.rows, numbered.sheets.len(), numbered.refused.len()), (5, 4, 1));
    assert!(numbered.sheets.iter().all(|row| row.is_undated) && !digits.sheets[0].is_undated);
    let hashed = sample!("stress-hash-utf8-bom.csv").unwrap();
    assert_eq!(preview(&hashed).err(), Some(ProfileError::HashOnly));
    assert_eq!(stress::propose(&hashed.header).missing, Some(ProfileError::HashOnly));
}

#[test]
fn results_that_were_computed_elsewhere_are_proposed_and_counted() {
    let (roster, decisions, today) = (people().workers, Decisions::default(), day("2026-11-20"));
    let table = sample!("stress-results-cp932.csv").unwrap();
    let proposal = stress::results::propose(&table.header);
    let (profile, decisions) = (&proposal.profile, &decisions);
    let input = stress::Input { table: &table, profile, roster: &roster, decisions, day: None, since: None, today };
    let preview = stress::results::preview(&input).unwrap();
    assert_eq!((preview.accounted(), proposal.missing), (preview.rows, None));
    assert_eq!((preview.rows, preview.sheets.len(), preview.refused.len()), (10, 7, 3));
    let reasons: Vec<usize> =
        proposal.reasons.iter().filter(|reason| reason.is_used).map(|reason| reason.column).collect();
    assert!((3..=6).all(|column| reasons.contains(&column)), "judgement and scores are named: {reasons:?}");
}

#[test]
fn daily_rows_come_in_as_one_month_without_their_breaks() {
    let preview = taken(&sample!("daily-cp932.csv").unwrap());
    assert_eq!((preview.rows, preview.added.len(), preview.summed), (62, 2, 60));
    assert_eq!(first_of(&preview), Hours::exact(Seconds::hm(247, 30)), "22 days of 11:15");
}

#[test]
fn workbooks_come_in_like_text() {
    let files = [
        (sample!("monthly-merged.xlsx"), Encoding::Xlsx),
        (sample!("monthly-97.xls"), Encoding::Xls),
        (sample!("monthly.ods"), Encoding::Ods),
    ];
    for (table, encoding) in files {
        let table = table.unwrap();
        let preview = taken(&table);
        assert_eq!((table.encoding, preview.notation, preview.added.len()), (encoding, Notation::Clock, 4));
        assert_eq!(first_of(&preview), Hours::exact(Seconds::hm(257, 10)));
    }
}
