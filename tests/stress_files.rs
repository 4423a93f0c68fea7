//! Files of answers and results on a real vault: what must not come in silently, and what is asked, said or compared.

use junkai::app::host::RowAnswer;
use junkai::app::stress::judging;
use junkai::domain::EstablishmentId;
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;
use junkai::domain::worker::{Sex, SexCodes};
use junkai::runtime::imports::ReadOptions;
use serde_json::Value;

use crate::scratch::{Answer, Scratch};
use crate::stress::{HIGH, LOW, open_round};

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// The roster of the samples, and an open round of the owner's.
fn with_round() -> Scratch {
    let scratch = Scratch::demo();
    let roster = format!("{}/data-samples/roster-cp932.csv", env!("CARGO_MANIFEST_DIR"));
    import(&scratch, &roster, "roster", &["--ours"]).with_code(0);
    let mut desk = scratch.desk();
    open_round(&mut desk, OwnerRole::Implementer);
    desk.lock().unwrap();
    scratch
}

fn import(scratch: &Scratch, file: &str, kind: &str, tail: &[&str]) -> Answer {
    scratch.run(&[&["--json", "import", file, "--establishment", "E01", "--kind", kind], tail].concat(), "")
}

/// Writes a file and imports it; the summary and the lines behind it.
fn told(scratch: &Scratch, text: &str, kind: &str, tail: &[&str]) -> Vec<Value> {
    std::fs::write(scratch.path("file.csv"), text).unwrap();
    import(scratch, "file.csv", kind, tail).with_code(0).objects()
}

/// Added, changed, unchanged, doubtful, refused.
fn counts(told: &[Value]) -> [u64; 5] {
    ["added", "changed", "unchanged", "doubtful", "refused"].map(|member| told[0][member].as_u64().unwrap())
}

fn sample(scratch: &Scratch, name: &str, tail: &[&str]) -> Answer {
    let from = format!("{}/data-samples/{name}", env!("CARGO_MANIFEST_DIR"));
    import(scratch, &from, "stress", tail)
}

#[test]
fn the_shapes_of_public_programs_come_in_once_and_a_hash_is_refused_with_what_to_do() {
    let scratch = with_round();
    let asked = sample(&scratch, "stress-digits-sex-utf8.csv", &["--dry-run"]).with_code(0).objects();
    assert_eq!(counts(&asked), [0, 0, 0, 4, 2], "what the 58th digit stands for is asked");
    let codes = ["--sex-codes", "man-first"];
    let digits = sample(&scratch, "stress-digits-sex-utf8.csv", &codes).with_code(0).objects();
    assert_eq!(counts(&digits), [4, 0, 0, 0, 2]);
    let numbered = sample(&scratch, "stress-id-utf8.csv", &["--day", "2026-09-28"]).with_code(0).objects();
    assert_eq!((counts(&numbered), &numbered[0]["undated"]), ([0, 0, 4, 0, 1], &4.into()), "the same answers");
    let refused = sample(&scratch, "stress-hash-utf8-bom.csv", &[]);
    assert!(refused.code != 0 && refused.err.contains("社員番号の列を付けて出し直す"), "{}", refused.err);
    assert_eq!(scratch.number(1, "SELECT count(*) FROM stress_answers"), 4);
    scratch.assert_clean();
}

#[test]
fn who_was_judged_already_is_named_by_line_and_the_others_come_in() {
    let scratch = with_round();
    let head = "社員番号,回答日,回答\n";
    told(&scratch, &format!("{head}4001,2026/9/28,{HIGH}\n4002,2026/9/28,{LOW}\n"), "stress", &[]);
    let mut desk = scratch.desk();
    let round = desk.open_round(&site()).unwrap();
    let judged = judging::judge_round(desk.law(), desk.site(&site()).unwrap(), &round, desk.today()).unwrap();
    desk.perform(&site(), &judged.unwrap()).unwrap();
    desk.lock().unwrap();
    let text = format!("{head}4001,2026/9/28,{LOW}\n4002,2026/9/28,{LOW}\n4003,2026/9/28,{HIGH}\n");
    let again = told(&scratch, &text, "stress", &[]);
    assert_eq!(counts(&again), [1, 0, 1, 0, 1], "{again:?}");
    assert_eq!((&again[1]["line"], &again[1]["why"]), (&2.into(), &"judged".into()));
    scratch.assert_clean();
}

#[test]
fn a_sheet_without_a_day_says_which_day_it_is_given() {
    let scratch = with_round();
    let text = format!("社員番号,回答\n4001,{HIGH}\n");
    let dry = told(&scratch, &text, "stress", &["--dry-run"]);
    assert_eq!(dry[0]["undated"], 1);
    let said =
        scratch.run(&["import", "file.csv", "--establishment", "E01", "--kind", "stress", "--day", "2026-09-28"], "");
    assert!(said.with_code(0).out.contains("1行は回答日がなく"));
    let held = "SELECT count(*) FROM stress_answers WHERE day = '2026-09-28'";
    assert_eq!(scratch.number(1, held), 1);
}

#[test]
fn scores_beside_answers_are_compared_and_not_taken() {
    let scratch = with_round();
    let text = format!(
        "社員番号,回答日,回答,高ストレス,A要因,B自覚症状,C支援\n4001,2026/9/28,{HIGH},該当,51,92,31\n\
         4002,2026/9/28,{HIGH},非該当,51,29,31\n"
    );
    let found = told(&scratch, &text, "stress", &[]);
    assert_eq!(counts(&found), [2, 0, 0, 0, 0]);
    assert_eq!(found[0]["differing"].as_array().map(Vec::len), Some(1), "{found:?}");
    assert_eq!(scratch.number(1, "SELECT count(*) FROM stress_result"), 0, "nothing is judged by the file");
}

#[test]
fn a_dry_run_of_results_does_not_say_that_anything_was_kept() {
    let scratch = with_round();
    told(&scratch, &format!("社員番号,回答日,回答\n4001,2026/9/28,{HIGH}\n"), "stress", &[]);
    std::fs::write(scratch.path("results.csv"), "社員番号,受検日,高ストレス\n4001,2026/9/28,非該当\n").unwrap();
    let run = |tail: &[&str]| {
        let base = ["import", "results.csv", "--establishment", "E01", "--kind", "stress-results"];
        scratch.run(&[&base[..], tail].concat(), "").with_code(0).out
    };
    let dry = run(&["--dry-run"]);
    assert!(dry.contains("取り込むと、どちらも残ります") && !dry.contains("残しました"), "{dry}");
    assert!(run(&[]).contains("どちらも残しました"));
}

/// Two on the roster whose sex nobody told, in two files of the same headings.
#[test]
fn what_1_and_2_stand_for_is_asked_once_where_the_roster_has_no_sex() {
    let scratch = with_round();
    told(&scratch, "社員番号,氏名\n4098,架空 一\n4099,架空 二\n", "roster", &["--ours"]);
    let text =
        |number: &str| format!("社員番号,性別,回答日,回答\n4001,1,2026/9/28,{HIGH}\n{number},2,2026/9/28,{HIGH}\n");
    let asked = told(&scratch, &text("4098"), "stress", &["--dry-run"]);
    assert_eq!((counts(&asked), &asked[1]["why"]), ([1, 0, 0, 1, 0], &"sex_codes".into()), "the roster knows 4001");
    let mut desk = scratch.desk();
    let read = |desk: &junkai::runtime::Desk| {
        desk.read_file(&site(), &scratch.path("file.csv"), ReadOptions::of(BatchKind::Stress)).unwrap()
    };
    let mut file = read(&desk);
    desk.answer(&mut file, 3, RowAnswer::SexCodes(SexCodes::ManFirst)).unwrap();
    desk.accept_stress(&file).unwrap().unwrap();
    std::fs::write(scratch.path("file.csv"), text("4099")).unwrap();
    let next = read(&desk);
    assert!(desk.preview_stress(&next).unwrap().rows.doubtful.is_empty(), "it was answered");
    desk.accept_stress(&next).unwrap().unwrap();
    let women = desk.site(&site()).unwrap().stress_answers.iter().filter(|row| row.sex == Sex::Female).count();
    assert_eq!(women, 2);
    desk.lock().unwrap();
    scratch.assert_clean();
}

#[test]
fn where_the_headings_hold_the_questions_it_is_asked_how_the_numbers_stand() {
    let scratch = with_round();
    let words = |number: usize| {
        if number == 1 { "非常にたくさんの仕事をしなければならない" } else { "設問の言葉" }
    };
    let heads: String = (1..=57).map(|number| format!(",{number} {}", words(number))).collect();
    let cells: String = HIGH.chars().map(|c| format!(",{c}")).collect();
    let text = format!("社員番号,回答日{heads}\n4001,2026/9/28{cells}\n");
    let asked = told(&scratch, &text, "stress", &[]);
    assert_eq!((counts(&asked), &asked[1]["why"]), ([0, 0, 0, 1, 0], &"orientation".into()));
    assert_eq!(counts(&told(&scratch, &text, "stress", &["--as-printed"])), [1, 0, 0, 0, 0]);
    let mut desk = scratch.desk();
    desk.undo(&site(), None).unwrap();
    let mut file = desk.read_file(&site(), &scratch.path("file.csv"), ReadOptions::of(BatchKind::Stress)).unwrap();
    desk.answer(&mut file, 2, RowAnswer::AsPrinted).unwrap();
    assert_eq!(desk.preview_stress(&file).unwrap().entered.added, 1, "answered in place");
    desk.lock().unwrap();
}

/// A file that speaks of one known person: with three strangers it comes in, with five it stops before anything is written.
#[test]
fn a_file_of_strangers_stops_at_a_fifth_whatever_it_brings() {
    let scratch = with_round();
    let kinds = [
        ("stress", "社員番号,回答日,回答", format!("2026/9/28,{HIGH}")),
        ("stress-results", "社員番号,受検日,高ストレス", "2026/9/28,該当".to_owned()),
        ("checkup", "社員番号,健診日,収縮期血圧", "2026/9/7,130".to_owned()),
        ("restrictions", "社員番号,措置,期限", "時間外労働の禁止,2027/3/31".to_owned()),
        // Last: what comes in makes the strangers known.
        ("roster", "社員番号,所属,氏名", "新しい課,架空".to_owned()),
    ];
    for (kind, head, tail) in kinds {
        let file = |strangers: u32, known: &str| {
            let name = |number: &str| if kind == "roster" { format!("{tail} {number}") } else { tail.clone() };
            let others = (0..strangers).map(|number| format!("88{number:02}"));
            let rows = std::iter::once(known.to_owned()).chain(others);
            rows.fold(format!("{head}\n"), |text, number| format!("{text}{number},{}\n", name(&number)))
        };
        let (few, many) = if kind == "roster" {
            let own = |strangers| file(strangers, "4002").replace("架空 4002", "室井 あや");
            (own(3), own(5))
        } else {
            (file(3, "4002"), file(5, "4002"))
        };
        std::fs::write(scratch.path("many.csv"), many).unwrap();
        let before = scratch.content(1);
        let stopped = import(&scratch, "many.csv", kind, &[]).with_code(5);
        assert!(stopped.err.contains("6名のうち 1名だけ"), "{kind}: {}", stopped.err);
        assert_eq!(scratch.content(1), before, "{kind}");
        let taken = told(&scratch, &few, kind, &[]).remove(0);
        assert_eq!((&taken["taken_in"], &taken["unnamed"]), (&true.into(), &(kind != "roster").into()), "{kind}");
    }
    scratch.assert_clean();
}

/// Every company counts its people from the same numbers: beside other names they make nobody known.
#[test]
fn the_numbers_of_the_roster_beside_other_names_are_strangers_whatever_the_file_brings() {
    let scratch = with_round();
    let kinds = [
        ("hours", "年月,総労働時間", "2026/9,170:00".to_owned()),
        ("stress", "回答日,回答", format!("2026/9/28,{HIGH}")),
        ("stress-results", "受検日,高ストレス", "2026/9/28,該当".to_owned()),
        ("checkup", "健診日,収縮期血圧", "2026/9/7,130".to_owned()),
        ("restrictions", "措置,期限", "時間外労働の禁止,2027/3/31".to_owned()),
        ("roster", "所属", "新しい課".to_owned()),
    ];
    for (kind, head, tail) in kinds {
        let rows = ["4001,別山 一郎", "4002,別山 二郎", "4003,別山 三郎"].map(|row| format!("{row},{tail}\n"));
        std::fs::write(scratch.path("other.csv"), format!("社員番号,氏名,{head}\n{}", rows.concat())).unwrap();
        let before = scratch.content(1);
        let stopped = import(&scratch, "other.csv", kind, &[]).with_code(5);
        assert!(stopped.err.contains("3名のうち 0名だけ"), "{kind}: {}", stopped.err);
        assert_eq!(scratch.content(1), before, "{kind}");
    }
}

#[test]
fn a_reading_or_a_birth_date_that_contradicts_asks_before_answers_or_results_come_in() {
    let scratch = with_round();
    for (kind, head, tail) in [
        ("stress", "回答日,回答", format!("2026/9/28,{HIGH}")),
        ("stress-results", "受検日,高ストレス", "2026/9/28,該当".to_owned()),
    ] {
        for (field, wrong, why) in [("生年月日", "1950/1/1", "other_birth"), ("フリガナ", "ベツヤマ", "other_kana")]
        {
            let text = format!("社員番号,{field},{head}\n4002,{wrong},{tail}\n");
            let told = told(&scratch, &text, kind, &["--dry-run", "--ours"]);
            assert_eq!(told[1]["why"], why, "{kind} {field}: {told:?}");
        }
    }
}
