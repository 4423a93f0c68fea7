use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::checkup::Item;
use crate::domain::worker::SexCodes;
use crate::domain::{EstablishmentId, Prefix};

fn header(line: &str) -> Vec<String> {
    line.split(',').map(str::to_owned).collect()
}

fn hours_of(line: &str) -> (Measure, Vec<String>, Option<ProfileError>) {
    let proposal = propose_hours(&header(line));
    let hours = proposal.profile.columns.iter().filter(|(role, _)| *role == Role::Hours);
    (proposal.profile.measure, hours.map(|(_, column)| column.header.clone()).collect(), proposal.missing)
}

#[test]
fn the_total_is_preferred_and_overtime_is_summed() {
    let total = "従業員コード,年,月,総労働時間,所定内労働時間,法定内残業時間,法定外残業時間,深夜労働時間,休日出勤時間";
    assert_eq!(hours_of(total), (Measure::StatutoryTotal, vec!["総労働時間".into()], None));
    let (measure, columns, missing) = hours_of("社員番号,残業時間,深夜残業時間,休日労働時間,備考");
    assert_eq!((measure, columns.len(), missing), (Measure::ReportedOvertime, 3, None));
    let (_, columns, _) = hours_of("社員番号,総残業時間,残業時間,休日労働時間");
    assert_eq!(columns, ["総残業時間"]);
}

#[test]
fn the_column_of_an_older_year_is_never_this_years() {
    let asked = Some(ProfileError::NoHours);
    assert_eq!(hours_of("社員番号,年月,2025年度総労働時間,2026年度総労働時間").2, asked, "which of them nobody says");
    assert_eq!(hours_of("社員番号,年月,R7年10月総労働時間,R8年10月総労働時間").2, asked);
    let plain = (Measure::StatutoryTotal, vec!["総労働時間".to_owned()], None);
    assert_eq!(hours_of("社員番号,年月,2025年度総労働時間,総労働時間"), plain);
    assert_eq!(hours_of("社員番号,年月,前年度総労働時間,総労働時間"), plain);
    assert_eq!(hours_of("社員番号,2026年10月総労働時間").2, None);
    let department = |line: &str| {
        let names = header(line);
        let located = propose_roster(&names).profile.locate(&names).unwrap();
        located.get(Field::Department).map(|index| names[index].clone())
    };
    assert_eq!(department("社員番号,2025年度部署名,2026年度部署名").as_deref(), Some("2026年度部署名"));
    assert_eq!(department("社員番号,前年度所属,今年度所属").as_deref(), Some("今年度所属"));
}

/// The header lines of products, whole; a customer of KING OF TIME orders and names the columns.
#[test]
fn the_headings_of_products_need_no_word_of_anybody() {
    for (line, taken) in [
        (
            "名前,*従業員ID,*年月日,*打刻グループID,所属グループ名,総労働時間,実労働時間,休憩時間,総残業時間",
            "実労働時間",
        ),
        (
            "従業員コード,氏名,出勤日数,欠勤日数,有休消化日数,総労働時間,時間外労働時間,深夜労働時間,休日労働時間",
            "総労働時間",
        ),
        (
            "企業コード,企業名,所属コード,所属名,所属グループコード,所属グループ名,雇用区分コード,雇用区分,\
             従業員グループコード,従業員コード,従業員名,所定時間,残業時間,深夜残業時間,労働合計時間,深夜時間",
            "労働合計時間",
        ),
    ] {
        assert_eq!(hours_of(line), (Measure::StatutoryTotal, vec![taken.into()], None), "{line}");
    }
}

#[test]
fn planned_previous_and_cumulative_hours_are_never_the_months() {
    let total = |line: &str| {
        let (measure, columns, missing) = hours_of(line);
        assert_eq!((measure, missing), (Measure::StatutoryTotal, None), "{line}");
        columns.concat()
    };
    for (others, taken) in [
        ("予定総労働時間,実績総労働時間", "実績総労働時間"),
        ("総労働時間(予定),総労働時間(実績)", "総労働時間(実績)"),
        ("総労働時間,総労働時間(実績)", "総労働時間(実績)"),
        ("前月総労働時間,総労働時間", "総労働時間"),
        ("年間総労働時間,当月総労働時間", "当月総労働時間"),
        ("月間所定労働時間,月間総労働時間", "月間総労働時間"),
    ] {
        assert_eq!(total(&format!("社員番号,氏名,対象年月,{others}")), taken, "{others}");
    }
    for only in ["予定総労働時間", "前回総労働時間", "総労働時間(累計)", "昨年残業時間", "残業時間(見込)"]
    {
        assert_eq!(hours_of(&format!("社員番号,{only}")).2, Some(ProfileError::NoHours), "{only}");
    }
    let sum = hours_of("社員番号,残業時間,残業時間(実績),休日労働時間,予定残業時間");
    assert_eq!((sum.1, sum.2), (vec!["残業時間(実績)".into(), "休日労働時間".into()], None));
    let reasons = propose_hours(&header("社員番号,予定総労働時間,実績総労働時間")).reasons;
    assert!(reasons.iter().any(|reason| !reason.is_used && reason.text.contains("予定の時間")), "{reasons:?}");
}

#[test]
fn a_whole_beside_its_parts_is_asked_unless_every_row_proves_it() {
    let proposed = |text: &str| {
        let proposal = propose_hours_in(&crate::import::source::read(text.as_bytes()).unwrap());
        let hours = proposal.profile.columns.into_iter().filter(|(role, _)| *role == Role::Hours);
        (hours.map(|(_, column)| column.header).collect::<Vec<_>>(), proposal.missing)
    };
    let overtime = |rows: &str| proposed(&format!("社員番号,残業時間,普通残業時間,深夜残業時間\n{rows}"));
    let whole = vec!["残業時間".to_owned()];
    assert_eq!(overtime("4001,70:00,50:00,20:00\n4002,,,\n"), (whole.clone(), None));
    assert_eq!(overtime("4001,70.5,50.25,20.25\n"), (whole.clone(), None));
    let asked = Some(ProfileError::WholeAndParts(vec![Doubled { whole: 1, parts: vec![2, 3] }]));
    assert_eq!(overtime("4001,70:00,50:00,20:00\n4002,9:00,9:00,1:00\n"), (whole.clone(), asked.clone()));
    assert_eq!(overtime("4001,70:00,,\n"), (whole, asked), "no part says anything");
    let nights = vec!["残業時間".to_owned(), "深夜残業時間".to_owned()];
    assert_eq!(overtime("4001,50:00,50:00,20:00\n"), (nights.clone(), None), "the nights stand beside the whole");
    let holidays = "社員番号,残業時間,休日労働時間,法定休日労働時間,所定休日労働時間\n4001,70:00,16:00,8:00,8:00\n";
    let (columns, missing) = proposed(holidays);
    assert_eq!((columns, missing), (vec!["残業時間".to_owned(), "休日労働時間".to_owned()], None));
    let holding = "社員番号,残業時間,普通残業時間,休日労働時間,法定休日労働時間\n4001,70:00,54:00,10:00,6:00\n";
    assert_eq!(proposed(holding), (vec!["残業時間".to_owned()], None), "what 残業 holds is added nowhere");
    let apart = proposed("社員番号,残業時間,深夜残業時間\n4001,50:00,20:00\n");
    assert_eq!(apart, (nights, None), "nights alone are no parts of a whole");
}

#[test]
fn two_sums_in_one_file_are_two_questions() {
    let text = "社員番号,残業時間,普通残業時間,早出残業時間,休日労働時間,法定休日労働時間\n4001,70:00,40:00,20:00,16:00,8:00\n";
    let asked = propose_hours_in(&crate::import::source::read(text.as_bytes()).unwrap()).missing.unwrap();
    let said = asked.to_string();
    assert!(said.contains("2列目は、3列目などを") && said.contains("5列目は、6列目などを"), "{said}");
    assert!(said.contains("3列目と6列目は足していません"), "{said}");
    let second = asked.clone().open_without(2).unwrap();
    assert_eq!(second, ProfileError::WholeAndParts(vec![Doubled { whole: 4, parts: vec![5] }]));
    assert_eq!(asked.clone().open_without(0), Some(asked), "another column answers neither");
    assert_eq!(second.open_without(4), None);
    assert_eq!(ProfileError::NoHours.open_without(4), None, "what is lacking is found anew");
}

#[test]
fn a_foreign_definition_is_refused_and_says_why() {
    let line = "スタッフコード,氏名,法定外残業時間";
    assert_eq!(hours_of(line).2, Some(ProfileError::OtherDefinition));
    let reasons = propose_hours(&header(line)).reasons;
    assert_eq!(reasons.last().map(|reason| (reason.is_used, reason.text)), Some((false, Why::OtherDefinition.text())));
    let mut forced = propose_hours(&header(line)).profile;
    forced.columns.push((Role::Hours, Column::at(&header(line), 2).unwrap()));
    assert_eq!(forced.locate_hours(&header(line)), Err(ProfileError::OtherDefinition));
    forced.measure = Measure::Article36;
    assert!(forced.locate_hours(&header(line)).is_ok());
}

#[test]
fn clocks_are_never_taken_for_hours() {
    for only in ["始業時刻,終業時刻,休憩", "出勤,退勤", "残業開始,残業終了時刻,休憩時間"] {
        let (_, columns, missing) = hours_of(&format!("社員番号,氏名,日付,{only}"));
        assert_eq!((columns, missing), (vec![], Some(ProfileError::ClocksOnly)), "{only}");
    }
    let beside = hours_of("社員番号,日付,出勤,退勤,休憩,残業開始,残業時間");
    assert_eq!((beside.1, beside.2), (vec!["残業時間".to_owned()], None));
    let names = header("社員番号,日付,始業時刻,終業時刻");
    let mut forced = propose_hours(&names).profile;
    forced.give(&names, 3, Part::Hours(Measure::ReportedOvertime));
    assert_eq!(forced.locate_hours(&names), Err(ProfileError::Clock { column: 4 }), "not even by hand");
    let days = |cells: &str| {
        let rows: String =
            cells.split(' ').zip(1..).map(|(cell, day)| format!("4001,2026/10/{day},{cell}\n")).collect();
        let text = format!("社員番号,年月日,残業時間\n{rows}");
        propose_hours_in(&crate::import::source::read(text.as_bytes()).unwrap()).missing
    };
    assert_eq!(days("18:30 25:30 19:00"), Some(ProfileError::ClockCells { column: 3 }), "past midnight is no overtime");
    assert_eq!(days("1:30 9:30 16:30"), None, "one long day");
}

#[test]
fn what_is_missing_is_named() {
    assert_eq!(hours_of("部署,総労働時間").2, Some(ProfileError::NoPerson));
    assert_eq!(hours_of("社員番号,氏名").2, Some(ProfileError::NoHours));
    let twice = Some(ProfileError::SameHeader { first: 2, second: 4 });
    assert_eq!(hours_of("社員番号,総労働時間,氏名,総 労働時間").2, twice);
    let roster = propose_roster(&header("氏名,社員番号,氏名"));
    assert_eq!(roster.missing, Some(ProfileError::SameHeader { first: 1, second: 3 }));
}

#[test]
fn next_month_is_recognised_through_moved_columns() {
    let first = header("社員番号,氏名,総労働時間,総労働時間");
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
    let profile = propose_hours(&first).profile;
    let kept = [profile.to_json(id, "勤怠の月次", BatchKind::Hours, &first)];
    assert_eq!(Profile::from_json(&kept[0]), Ok(profile));
    let recognition = |line: &str| recognised(&kept, BatchKind::Hours, &header(line)).map(|(_, found)| found);
    assert_eq!(recognition("社員番号,氏　名,総労働時間,総労働時間"), Some(Recognition::Same));
    assert_eq!(recognition("総労働時間,所属,社員番号,氏名"), Some(Recognition::Moved));
    assert_eq!(recognition("社員番号,氏名,労働時間"), None);
    for telling in ["対象年月", "年", "集計開始日", "ふりがな", "年月日"] {
        let line = format!("社員番号,氏名,総労働時間,総労働時間,{telling}");
        assert_eq!(recognition(&line), None, "{telling} would be passed over");
    }
    assert!(recognised(&kept, BatchKind::Roster, &first).is_none());
}

#[test]
fn a_kept_record_of_something_else_is_refused() {
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
    let mut kept = propose_roster(&header("社員番号,氏名")).profile.to_json(id, "名簿", BatchKind::Roster, &[]);
    kept.mapping_json = serde_json::json!({"columns": 3});
    assert_eq!(Profile::from_json(&kept), Err(ProfileError::Unreadable));
}

#[test]
fn a_mapping_of_before_the_nights_were_read_takes_them_and_none_that_plays_another_part() {
    let names = header("社員番号,総労働時間,深夜労働時間,深夜回数");
    let mut old = propose_hours(&names).profile;
    old.columns.retain(|(role, _)| !matches!(role, Role::Field(Field::NightHours | Field::NightCount)));
    let nights = |profile: Profile| {
        let located = profile.with_nights(&names).locate_hours(&names).unwrap();
        (located.get(Field::NightHours), located.get(Field::NightCount))
    };
    assert_eq!(nights(old.clone()), (Some(2), Some(3)));
    old.columns.push((Role::Hours, Column::at(&names, 2).unwrap()));
    assert_eq!(nights(old), (None, Some(3)), "the physician sums that column");
    assert_eq!(nights(propose_hours(&names).profile), (Some(2), Some(3)), "once only");
}

#[test]
fn a_judgement_that_stands_behind_each_item_is_that_items() {
    let judged = |line: &str| {
        let names = header(line);
        let proposal = propose_checkup(&names);
        let located = proposal.profile.locate_checkup(&names).unwrap();
        let by_item = located.items.iter().filter_map(|(role, index)| match role {
            ItemRole::Judgement(item) => Some((*index, *item)),
            _ => None,
        });
        (by_item.collect::<Vec<_>>(), located.get(Field::Judgement), proposal.missing)
    };
    let rows = "氏名,健診日,BMI,判定,収縮期血圧,拡張期血圧,判定,HbA1c,単位,判定,総合判定";
    let each = vec![(3, Item::Bmi), (6, Item::Diastolic), (9, Item::HbA1c)];
    assert_eq!(judged(rows), (each, Some(10), None));
    assert_eq!(judged("氏名,健診日,BMI,判定"), (vec![], Some(3), None), "one alone is the judgement of all");
    let (each, overall, missing) = judged("氏名,健診日,判定,BMI,判定");
    assert_eq!((each, overall, missing), (vec![(4, Item::Bmi)], Some(2), None));
    let (.., missing) = judged("氏名,健診日,判定,判定,BMI");
    assert_eq!(missing, Some(ProfileError::SameHeader { first: 3, second: 4 }), "two that no item stands before");
}

#[test]
fn a_kept_sum_does_not_pass_over_overtime_in_a_new_column() {
    let first = header("社員番号,氏名,残業時間");
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
    let kept = [propose_hours(&first).profile.to_json(id, "勤怠1", BatchKind::Hours, &first)];
    let recognition = |line: &str| recognised(&kept, BatchKind::Hours, &header(line)).map(|(_, found)| found);
    assert_eq!(recognition("社員番号,氏名,備考,残業時間"), Some(Recognition::Moved));
    for more in ["深夜残業時間", "法定休日労働時間", "早出残業時間"] {
        assert_eq!(recognition(&format!("社員番号,氏名,残業時間,{more}")), None, "{more}");
    }
    let left_out = header("社員番号,氏名,残業時間,休日労働時間");
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 2);
    let kept = [propose_hours(&first).profile.to_json(id, "勤怠2", BatchKind::Hours, &left_out)];
    let moved = header("氏名,社員番号,残業時間,休日労働時間");
    assert!(recognised(&kept, BatchKind::Hours, &moved).is_some(), "what was left out by choice stays so");
}

#[test]
fn a_kept_mapping_does_not_hang_a_judgement_on_another_item() {
    let first = header("氏名,健診日,BMI,判定,HbA1c,判定");
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
    let kept = [propose_checkup(&first).profile.to_json(id, "健診1", BatchKind::Checkup, &first)];
    let recognition = |line: &str| recognised(&kept, BatchKind::Checkup, &header(line)).map(|(_, found)| found);
    assert_eq!(recognition("氏名,健診日,BMI,判定,HbA1c,判定"), Some(Recognition::Same));
    assert_eq!(recognition("健診日,氏名,BMI,判定,HbA1c,判定"), Some(Recognition::Moved));
    assert_eq!(recognition("氏名,健診日,HbA1c,判定,BMI,判定"), None);
}

#[test]
fn the_day_of_another_year_is_not_the_day_of_the_examination() {
    let day = |line: &str| {
        let proposal = propose_checkup(&header(line));
        let column = proposal.profile.columns.iter().find(|(role, _)| *role == Role::Field(Field::ExamDay));
        (column.map(|(_, column)| column.header.clone()), proposal.missing)
    };
    assert_eq!(day("氏名,次回健診日,健診日,BMI"), (Some("健診日".into()), None));
    assert_eq!(day("氏名,検査日,健診日,BMI"), (Some("健診日".into()), None), "a plain name settles it");
    assert_eq!(day("氏名,昨年度健診日,今年度健診日,BMI"), (Some("今年度健診日".into()), None));
    let asked = day("氏名,2025年受診日,2026年受診日,BMI").1;
    assert_eq!(asked, Some(ProfileError::TwoExamDays { first: 2, second: 3 }));
}

#[test]
fn a_kept_mapping_of_the_stress_check_passes_over_no_day_and_guesses_no_question() {
    use crate::import::stress;
    let kept_of = |line: &str, answers: usize| {
        let names = header(line);
        let mut profile = stress::propose(&names).profile;
        profile.give(&names, answers, Part::Answers(23));
        profile.to_json(Id::new(&EstablishmentId::new(1), Prefix::Row, 1), "ストレス", BatchKind::Stress, &names)
    };
    let asked: String = (1..=23).map(|number| format!(",設問 その{number}")).collect();
    let kept = [kept_of(&format!("社員番号{asked}"), 1)];
    let recognition = |line: &str| recognised(&kept, BatchKind::Stress, &header(line)).map(|(_, found)| found);
    assert_eq!(recognition(&format!("社員番号{asked}")), Some(Recognition::Same));
    assert_eq!(recognition(&format!("課,社員番号{asked}")), Some(Recognition::Moved));
    assert_eq!(recognition(&format!("社員番号,回答日{asked}")), None, "the day would be passed over");
    let bare = ",".repeat(23);
    let kept = [kept_of(&format!("社員番号{bare}"), 1)];
    let moved = header(&format!("社員番号,{bare}"));
    assert!(recognised(&kept, BatchKind::Stress, &moved).is_none(), "a question is not told by its place alone");
    assert!(!Profile::from_json(&kept[0]).unwrap().is_of_before_answers(BatchKind::Stress));
    assert!(propose_roster(&header("社員番号,氏名")).profile.is_of_before_answers(BatchKind::Stress));
}

#[test]
fn columns_of_one_name_are_told_apart() {
    let twice = header("氏名,時間,時間");
    let column = Column::at(&twice, 2).unwrap();
    assert_eq!((column.nth, column.find(&twice)), (1, Some(2)));
    assert_eq!(column.find(&header("氏名,時間")), None);
}

#[test]
fn a_profile_is_carried_as_text_and_keeps_everything() {
    let names = header("従業員コード,年,月,残業時間,深夜残業時間,休日出勤時間");
    let mut profile = propose_hours(&names).profile;
    (profile.notation, profile.series, profile.adds_up) = (Some(Notation::Decimal), Series::Worker, true);
    profile.sex_codes = Some(SexCodes::NotTaken);
    profile.fixed.insert(Field::Department, "物流一課".into());
    let text = profile.to_toml(BatchKind::Hours, &folding::fold_header(&names));
    assert!(text.contains("role = \"hours\"") && text.contains("header = \"残業時間\""), "{text}");
    let carried = Profile::from_toml(&text).unwrap();
    assert_eq!((carried.kind, &carried.profile), (BatchKind::Hours, &profile));
    assert_eq!(profile.recognise(&carried.header, carried.kind, &names), Recognition::Same);
}

/// Mappings that were kept, or written out, when a roster's numbers had a member of their own.
#[test]
fn what_1_and_2_stood_for_in_an_older_mapping_is_still_read() {
    let names = header("社員番号,氏名,性別");
    let profile = propose_roster(&names).profile;
    let id = Id::new(&EstablishmentId::new(1), Prefix::Row, 1);
    let kept = profile.to_json(id, "名簿1", BatchKind::Roster, &names);
    let text = profile.to_toml(BatchKind::Roster, &folding::fold_header(&names));
    for (member, value, told, codes) in [
        ("roster_sex_codes", json!(true), "true", SexCodes::ManFirst),
        ("roster_sex_codes", json!(false), "false", SexCodes::NotTaken),
        ("sex_codes", json!("woman_first"), "\"woman_first\"", SexCodes::WomanFirst),
    ] {
        let mut old = kept.clone();
        old.mapping_json.as_object_mut().unwrap().insert(member.to_owned(), value);
        let read = Profile::from_json(&old).unwrap();
        assert_eq!((read.sex_codes, &read.columns), (Some(codes), &profile.columns), "{member}");
        let text = text.replace("series =", &format!("{member} = {told}\nseries ="));
        assert_eq!(Profile::from_toml(&text).unwrap().profile, Profile { sex_codes: Some(codes), ..profile.clone() });
        let again = read.to_json(old.id.clone(), "名簿1", BatchKind::Roster, &names);
        assert_eq!(again.mapping_json.get("roster_sex_codes"), None, "it is written in one way only");
    }
}

#[test]
fn a_text_that_is_no_profile_names_its_line() {
    let text = propose_roster(&header("社員番号,氏名")).profile.to_toml(BatchKind::Roster, "社員番号\t氏名");
    assert_eq!(Profile::from_toml(&text.replace("series", "serie")), Err(ProfileError::BadText { line: 4 }));
    assert_eq!(Profile::from_toml(&text.replace("schema = 1", "schema = 2")), Err(ProfileError::BadText { line: 1 }));
    let twice = text.replace("role = \"name\"", "role = \"number\"");
    assert_eq!(Profile::from_toml(&twice), Err(ProfileError::BadText { line: 1 }));
}

proptest! {
    #[test]
    fn any_header_comes_back_from_its_text(names in prop::collection::vec("\\PC{0,12}", 1..12)) {
        let profile = propose_hours(&names).profile;
        let header = folding::fold_header(&names);
        let carried = Profile::from_toml(&profile.to_toml(BatchKind::Hours, &header)).unwrap();
        prop_assert_eq!(carried.profile, profile);
        prop_assert_eq!(carried.header, header);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        let _ = Profile::from_toml(&text);
    }
}
