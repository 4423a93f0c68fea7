//! Rows that are parts of one value, columns that are parts of one sum, and 深夜業 beside them.

use super::*;

#[test]
fn hours_and_minutes_in_two_columns_are_one_value() {
    let header = "社員番号,氏名,総労働（時間）,総労働（分）";
    let preview =
        World::new().preview(&format!("{header}\n4017,桐山 勇,190,30\n4052,室井 あや,245,\n4061,髙田 実,,\n"));
    let read: Vec<_> = preview.added.iter().map(|row| (row.hours.low, row.text.as_str())).collect();
    assert_eq!(read, [(Seconds::hm(190, 30), "190時間30分"), (Seconds::hm(245, 0), "245時間")]);
    assert_eq!((preview.question, preview.ignored[0].line), (None, 4));
    let night = "社員番号,氏名,総労働時間,深夜時間（時間）,深夜時間（分）\n4017,桐山 勇,190:30,10,30\n";
    assert_eq!(World::new().preview(night).nights[0].seconds, Some(Seconds::hm(10, 30).0));
}

#[test]
fn overtime_above_the_total_is_asked_and_holds_its_place() {
    let text = "社員番号,氏名,総労働時間,時間外\n4017,桐山 勇,200:00,240:00\n4052,室井 あや,200:00,40:00\n";
    let mut world = World::new();
    let preview = world.preview(text);
    assert_eq!((preview.doubtful[0].line, preview.doubtful[0].why), (2, Doubt::PartAboveWhole));
    assert_eq!(preview.added.iter().map(|row| row.line).collect::<Vec<_>>(), [3]);
    world.decisions.settled.insert((2, Doubt::PartAboveWhole));
    assert_eq!(world.preview(text).added.len(), 2);
}

#[test]
fn rows_of_several_places_add_up_only_where_that_was_said() {
    let text = "社員番号,氏名,打刻場所,総労働時間\n4017,桐山 勇,本社,100:00\n4017,桐山 勇,第二,60:00\n\
                4052,室井 あや,本社,80:00\n4052,室井 あや,第二,80:00\n4061,髙田 実,本社,9:00\n4061,髙田 実,本社,9:00\n";
    let mut world = World::new();
    let asked = world.preview(text);
    assert_eq!(
        asked.doubtful.iter().map(|row| (row.line, row.why)).collect::<Vec<_>>(),
        [2, 3, 4, 5].map(|line| (line, Doubt::TwiceInFile)),
        "only rows of which every cell is equal are copies"
    );
    world.adds_up = true;
    let added = world.preview(text);
    let told: Vec<_> = added.added.iter().map(|row| (row.line, row.hours, row.text.as_str())).collect();
    let hours = |hours| Hours::exact(Seconds::hm(hours, 0));
    let expected = [(2, hours(160), "100:00 + 60:00"), (4, hours(160), "80:00 + 80:00"), (6, hours(9), "9:00")];
    assert_eq!(told, expected);
    assert_eq!((added.summed, added.ignored.len(), added.doubtful.len()), (2, 1, 0), "the same row twice stays one");
}

#[test]
fn a_sum_that_nobody_can_have_worked_is_refused() {
    let mut world = World::new();
    world.adds_up = true;
    let preview = world.preview(&file("4017,桐山 勇,700:00\n4017,桐山 勇,100:00\n"));
    assert_eq!(
        preview.refused.iter().map(|refusal| (refusal.line, refusal.why)).collect::<Vec<_>>(),
        [(2, Why::Absurd)]
    );
    assert_eq!((preview.added.len(), preview.summed), (0, 1));
}

#[test]
fn both_kinds_of_holiday_are_summed_and_their_days_are_not() {
    let text = "社員番号,氏名,残業時間,深夜残業時間,法定外休日,法定休日,法定休日出勤日数\n4017,桐山 勇,40:00,5:00,8:00,7:30,1\n";
    assert_eq!(World::new().preview(text).added[0].hours, Hours::exact(Seconds::hm(60, 30)));
}

#[test]
fn night_work_is_kept_beside_the_hours_and_never_refuses_a_row() {
    let mut unread = Vec::new();
    let mut nights = |text: &str| {
        let table = read(text.as_bytes()).unwrap();
        let (profile, decisions) = (propose_hours(&table.header).profile, Decisions::default());
        let roster = [worker(1, "101", "山田 太郎", "")];
        let closings = [Closing { valid_from: "2020-01-01".parse().unwrap(), day: 31 }];
        let preview = preview(&Input {
            table: &table,
            profile: &profile,
            roster: &roster,
            existing: &|_| &[],
            period: None,
            closings: &closings,
            notation: None,
            decisions: &decisions,
            day: day("2026-11-20"),
            crosses: &|_, _, _| Reach { low: 0, high: 0 },
        })
        .unwrap();
        assert_eq!((preview.accounted(), preview.refused.len()), (preview.rows, 0));
        unread.extend(preview.unread.iter().map(|cell| (cell.line, cell.column, cell.why)));
        preview.nights.iter().map(|night| (night.line, night.count, night.seconds)).collect::<Vec<_>>()
    };
    let head = "社員番号,年月,総労働時間,深夜労働時間,深夜回数";
    let told = [
        ("24:30,4回", (Some(4), Some(88_200))),
        (",４", (Some(4), None)),
        ("24:30,", (None, Some(88_200))),
        ("多い,99", (None, None)),
    ];
    for (cells, (count, seconds)) in told {
        let expected: Vec<_> = [(2, count, seconds)].into_iter().filter(|row| (row.1, row.2) != (None, None)).collect();
        assert_eq!(nights(&format!("{head}\n101,2026/10,170:00,{cells}\n")), expected, "{cells}");
    }
    assert_eq!(nights("社員番号,年月,総労働時間\n101,2026/10,170:00\n"), []);
    let mut tenths = |cell: &str| nights(&format!("社員番号,年月,総労働時間,深夜時間\n101,2026/10,170.7,{cell}\n"));
    assert_eq!(tenths("0.0"), [(2, None, Some(0))], "rounded to nothing is nothing, not half a tenth");
    assert_eq!(tenths("1.5"), [(2, None, Some(5400))]);
    let told: Vec<_> = [4, 5].map(|column| (2, Some(column), Why::NotNight)).into();
    assert_eq!(unread, told, "what nobody can read is named");
}

#[test]
fn equal_hours_of_two_departments_are_no_copies() {
    let text = "社員番号,氏名,所属,総労働時間\n4017,桐山 勇,物流一課,130:00\n4017,桐山 勇,物流二課,130:00\n\
                4052,室井 あや,物流一課,90:00\n4052,室井 あや,物流一課,90:00\n";
    let mut world = World::new();
    let preview = world.preview(text);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::TwiceInFile), (3, Doubt::TwiceInFile)]);
    assert_eq!(preview.ignored, [Ignored { line: 5, why: Skip::SameRow }]);
    world.adds_up = true;
    assert_eq!(world.preview(text).added[0].hours, Hours::exact(Seconds::hm(260, 0)));
}

#[test]
fn a_day_whose_date_nobody_can_read_makes_the_sum_of_its_person_a_question() {
    let row = |number: &str, name: &str, day: u32, date: &str| {
        let date = if date.is_empty() { format!("2026/10/{day:02}") } else { date.to_owned() };
        format!("{number},{name},{date},8:00\n")
    };
    let days = |number: &'static str, name: &'static str, wrong: &'static str| {
        (1..=31).map(move |day| row(number, name, day, if day == 15 { wrong } else { "" })).collect::<String>()
    };
    let head = "社員番号,氏名,年月日,実労働時間";
    for wrong in ["2026/10/32", "2126/10/15", "十五日"] {
        let text = format!("{head}\n{}{}", days("4017", "桐山 勇", wrong), days("4052", "室井 あや", ""));
        let mut world = World::new();
        let preview = world.preview(&text);
        let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
        assert_eq!(doubts, [(2, Doubt::DaysUnread)], "{wrong}");
        assert_eq!((preview.refused.len(), preview.added.len()), (1, 1), "the other person's sum is whole");
        world.decisions.settled.insert((2, Doubt::DaysUnread));
        assert_eq!(world.preview(&text).added[0].hours, Hours::exact(Seconds::hm(240, 0)));
    }
}

#[test]
fn a_blank_column_of_overtime_beside_others_is_not_nothing_without_a_word() {
    let text = "社員番号,残業時間,深夜残業時間,休日労働時間\n4017,,10:00,5:00\n4052,0:00,1:00,\n4061,,0:00,\n";
    let mut world = World::new();
    let preview = world.preview(text);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::MainBlank)]);
    assert_eq!(preview.added.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
    world.decisions.settled.insert((2, Doubt::MainBlank));
    assert_eq!(world.preview(text).added[0].hours, Hours::exact(Seconds::hm(15, 0)));
}
