//! The whitelist: what each copy says, what it never says, and the counts beside it.

use super::*;
use crate::documents::tests as tools;
use crate::domain::case::MeasureKind;
use crate::domain::interview::{Diagnosis, Fitness, Guidance};

mod answer;
mod checkups;
mod layout;
mod paper;
mod patrol_report;
mod record;
mod secrecy;
mod stress;

use record::Record;

const FORMS: [FormKind; 2] = [FormKind::InterviewOpinion, FormKind::InterviewOpinion2011];

/// Every copy that can leave, on every form.
fn copies(record: &Record, released: &[Release]) -> Vec<(FormKind, Recipient, Disclosed)> {
    let notes: Vec<&str> = record.notes.iter().map(String::as_str).collect();
    let facts = record.facts(&notes, released);
    let each = |form: FormKind| Recipient::OF_OPINIONS.iter().map(move |recipient| (form, *recipient));
    let pairs = FORMS.into_iter().flat_map(each);
    pairs.map(|(form, recipient)| (form, recipient, opinion(&facts, form, recipient))).collect()
}

fn text(record: &Record, form: FormKind, recipient: Recipient) -> String {
    let facts = record.facts(&[], &[]);
    opinion(&facts, form, recipient).lines().join("\n")
}

fn employer(record: &Record) -> String {
    text(record, FormKind::InterviewOpinion, Recipient::Personnel)
}

#[test]
fn the_employers_copy_reads_as_the_form() {
    let said = employer(&Record::sample());
    let wanted = [
        "宛先　あかつき精機株式会社　労務課　平林 誠 殿",
        "氏名　佐伯 美咲",
        "性別・年齢　女 42歳",
        "　■ 2",
        "　□ 3 （高）",
        "　■ 1 所見あり\n　眠りが浅い状態が続いています。",
        "　■ 3 要再面接（時期 2026年12月18日）",
        "　■ 1 就業制限・配慮",
        "　■ 1 時間外労働の制限 40時間/月まで",
        "　■ c 深夜業の回数の減少",
        "　1) 深夜業の回数の減少　月1回まで　夜間の呼出しを含みます。",
        "　2026年12月1日から2027年2月28日まで\n　（見直し 2027年2月19日、次回面接予定日 2026年12月18日）",
        "職場環境の改善に関する意見　立上げ期の応援体制",
        "労働安全衛生規則第52条の6",
        "2026年11月21日\n医師の所属先　水野産業医事務所",
        "控え照合 E01 #000482 7f3a09c1",
    ];
    for line in wanted {
        assert!(said.contains(line), "{line}\n--\n{said}");
    }
}

#[test]
fn the_workplace_learns_the_measures_and_not_that_there_was_an_interview() {
    let said = text(&Record::sample(), FormKind::InterviewOpinion, Recipient::LineManager);
    assert!(said.contains("時間外労働の制限　40時間/月まで"), "{said}");
    for word in ["面接", "疲労", "所見", "就業区分", "指導区分", "42歳", "受診", "立上げ期", "12月18日"]
    {
        assert!(!said.contains(word), "{word}\n{said}");
    }
    let title = printed_form(&copies(&Record::sample(), &[])[1].2).unwrap().title;
    assert!(!title.contains("面接"), "the title also lies in the metadata");
}

#[test]
fn only_the_manager_of_the_workers_own_department_is_named() {
    let mut record = Record::sample();
    let said = |record: &Record| text(record, FormKind::InterviewOpinion, Recipient::LineManager);
    assert!(said(&record).contains("宛先　あかつき精機株式会社　製造技術課　管理監督者 殿"));
    record.contacts[0].role = crate::domain::establishment::ContactRole::LineManager;
    assert!(!said(&record).contains("平林"), "the manager of 労務課");
    record.contacts[0].department = "製造技術課".into();
    assert!(said(&record).contains("製造技術課　平林 誠 殿"));
}

#[test]
fn the_workers_copy_says_what_the_employer_reads_and_the_advice() {
    let record = Record::sample();
    let theirs = text(&record, FormKind::InterviewOpinion, Recipient::Worker);
    assert!(theirs.contains("宛先　佐伯 美咲 様") && theirs.contains("保健指導をお受けください。"), "{theirs}");
    let body = |said: &str| said.lines().filter(|line| line.starts_with('　')).map(str::to_owned).collect::<Vec<_>>();
    assert!(body(&employer(&record)).iter().all(|line| body(&theirs).contains(line)));
}

#[test]
fn a_dispatched_workers_opinion_is_addressed_to_the_dispatching_employer() {
    let mut record = Record::sample();
    record.worker.dispatch_from = "みどり人材株式会社".into();
    let said = text(&record, FormKind::InterviewOpinion, Recipient::DispatchingEmployer);
    assert!(said.contains("宛先　みどり人材株式会社 殿"), "{said}");
    assert!(Recipient::for_opinion(true).contains(&Recipient::DispatchingEmployer));
    assert!(!Recipient::for_opinion(true).contains(&Recipient::Personnel), "the host learns the measures only");
}

#[test]
fn each_form_numbers_its_own_options() {
    let mut record = Record::sample();
    record.measures[0].kind = MeasureKind::WorkingHours;
    record.measures[0].amount = "9:00-17:00".into();
    assert!(employer(&record).contains("■ 3 就業時間を制限 9:00-17:00"));
    let old = text(&record, FormKind::InterviewOpinion2011, Recipient::Personnel);
    assert!(old.contains("■ 2 就業時間を制限 9:00-17:00"), "{old}");
    record.measures[0].kind = MeasureKind::OvertimeBan;
    let old = text(&record, FormKind::InterviewOpinion2011, Recipient::Personnel);
    assert!(old.contains("■ 4 その他") && old.contains("　時間外労働の禁止"), "{old}");
    assert!(old.contains("指導区分\n　□ 0 指導不要\n　■ 1 要保健指導\n　□ 2 要医療指導\n　要再面接"), "{old}");
    assert!(old.contains("事業所長　人事　部長　課長") && old.contains("\n印\n"), "{old}");
}

#[test]
fn both_forms_have_a_place_for_every_measure_its_period_and_the_next_date() {
    let letters = [
        (MeasureKind::Place, "■ a 就業場所の変更"),
        (MeasureKind::Work, "■ b 作業の転換"),
        (MeasureKind::NightWork, "■ c 深夜業の回数の減少"),
        (MeasureKind::DayWork, "■ d 昼間勤務への転換"),
        (MeasureKind::Other, "■ e その他"),
    ];
    let period = "2026年12月1日から2027年2月28日まで";
    for form in FORMS {
        for (kind, letter) in letters {
            let mut record = Record::sample();
            record.measures[1].kind = kind;
            let said = text(&record, form, Recipient::Personnel);
            for wanted in [letter, period, "次回面接予定日 2026年12月18日"] {
                assert!(said.contains(wanted), "{wanted} on {form:?}\n{said}");
            }
        }
    }
}

#[test]
fn both_forms_number_the_work_class_from_0() {
    let classes = [Fitness::Normal, Fitness::Limited, Fitness::Leave];
    for form in FORMS {
        for (fitness, wanted) in classes.into_iter().zip(["■ 0 通常勤務", "■ 1 就業制限", "■ 2 要休業"])
        {
            let mut record = Record::sample();
            record.interview.fitness = fitness;
            assert!(text(&record, form, Recipient::Personnel).contains(wanted), "{wanted} on {form:?}");
        }
    }
}

#[test]
fn another_doctor_who_held_the_interview_is_named_beside_the_signer() {
    let mut record = Record::sample();
    assert!(!employer(&record).contains("面接指導を行った医師"), "the signer held it");
    record.interview.doctor = "見本 次郎".into();
    for form in FORMS {
        let said = text(&record, form, Recipient::Personnel);
        assert!(said.contains("面接指導を行った医師　見本 次郎") && said.contains("水野 遥"), "{form:?}\n{said}");
    }
}

#[test]
fn every_copy_can_be_printed_on_the_day_of_the_interview() {
    let record = Record::sample();
    let facts = OpinionFacts { day: record.interview.day, ..record.facts(&[], &[]) };
    assert_eq!(missing(&facts), Vec::<String>::new());
    for recipient in &Recipient::OF_OPINIONS {
        let said = opinion(&facts, FormKind::InterviewOpinion, *recipient).lines().join("\n");
        assert!(said.contains("2026年11月20日\n医師の所属先"), "{recipient:?}\n{said}");
    }
}

#[test]
fn measures_speak_the_words_of_the_class() {
    let mut record = Record::sample();
    record.measures[1].kind = MeasureKind::Duties;
    assert!(employer(&record).contains("■ e その他"), "the general rule has no 職務内容の変更");
    record.class = Class::Research;
    let research = employer(&record);
    assert!(research.contains("■ b 職務内容の変更") && !research.contains("作業の転換"), "{research}");
    assert!(research.contains("第52条の7の2"));
    record.class = Class::HighlyProfessional;
    assert!(employer(&record).contains("健康管理時間の短縮のための配慮"));
    record.class = Class::ResearchManager;
    assert!(employer(&record).contains("作業の転換"));
}

#[test]
fn normal_work_without_measures_says_so() {
    let mut record = Record::sample();
    record.measures.clear();
    record.interview.fitness = Fitness::Normal;
    record.interview.guidance_json = vec![Guidance::None];
    record.interview.next_on = None;
    let said = employer(&record);
    for line in ["■ 0 通常勤務", "■ 0 特に指示なし", "措置期間　記載なし", "■ 0 措置不要"]
    {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(text(&record, FormKind::InterviewOpinion, Recipient::LineManager).contains("措置　ありません"));
}

#[test]
fn a_lifted_measure_is_no_longer_asked_for() {
    let mut record = Record::sample();
    record.measures[1].lifted_on = Some(record::day("2026-11-21"));
    assert!(employer(&record).contains("□ c 深夜業の回数の減少"));
    record.measures[1].lifted_on = Some(record::day("2026-11-22"));
    assert!(employer(&record).contains("■ c 深夜業の回数の減少"), "not yet lifted");
}

#[test]
fn what_the_physician_wrote_of_the_work_stands_before_the_computed_hours() {
    let mut record = Record::sample();
    assert!(employer(&record).contains("勤務の状況　2026年10月（10月1日から10月31日）"));
    record.interview.work_situation = "10月 92:30、夜間の呼出しあり".into();
    assert!(employer(&record).contains("勤務の状況　10月 92:30、夜間の呼出しあり"));
    assert!(!employer(&record).contains("10月31日"));
}

#[test]
fn different_periods_stand_beside_their_measures() {
    let mut record = Record::sample();
    record.measures[1].until = None;
    let said = employer(&record);
    assert!(said.contains("時間外労働の制限　2026年12月1日から2027年2月28日まで"), "{said}");
    assert!(said.contains("深夜業の回数の減少　2026年12月1日から\n"), "{said}");
}

#[test]
fn the_diagnosis_leaves_on_the_old_form_by_release_alone() {
    let mut record = Record::sample();
    record.interview.diagnosis = Some(Diagnosis::Observe);
    let is_shown = |released: &[Release]| {
        let shown = copies(&record, released).into_iter().filter(|copy| copy.2.lines().concat().contains("要観察"));
        shown.map(|(form, recipient, _)| (form, recipient)).collect::<Vec<_>>()
    };
    assert_eq!(is_shown(&[]), []);
    let old = FormKind::InterviewOpinion2011;
    let those = [Recipient::Personnel, Recipient::Worker, Recipient::DispatchingEmployer];
    assert_eq!(is_shown(&[Release::Diagnosis]), those.map(|recipient| (old, recipient)));
}

#[test]
fn what_stays_is_counted_for_each_recipient() {
    let record = Record::sample();
    let facts = record.facts(&["メモ"], &[]);
    let count = |recipient, field: &str| {
        staying(&facts, recipient).into_iter().find(|(name, _)| name == field).map(|(_, count)| count)
    };
    assert_eq!(count(Recipient::Personnel, "疲労の回答"), Some(27));
    assert_eq!(count(Recipient::Personnel, "点数と総合"), Some(1));
    assert_eq!(count(Recipient::Personnel, "自分だけのメモ"), Some(1));
    assert_eq!(count(Recipient::Personnel, "家族の回答"), None, "an empty field is not named");
    assert_eq!(count(Recipient::Personnel, "就業区分"), None);
    assert_eq!(count(Recipient::LineManager, "就業区分"), Some(1));
}

#[test]
fn what_leaves_is_counted_by_what_says_something() {
    let record = Record::sample();
    let facts = record.facts(&[], &[]);
    let count = |recipient| leaving(&opinion(&facts, FormKind::InterviewOpinion, recipient));
    assert_eq!(count(Recipient::Personnel), 18);
    assert_eq!(count(Recipient::Worker), 19);
    assert_eq!(count(Recipient::LineManager), 4 + 7);
}

#[test]
fn the_record_of_the_law_must_be_whole() {
    let mut record = Record::sample();
    assert_eq!(missing(&record.facts(&[], &[])), Vec::<String>::new());
    record.hours.clear();
    record.interview.work_situation = " ".into();
    record.worker.name = String::new();
    record.is_dispatched = true;
    assert_eq!(missing(&record.facts(&[], &[])), ["勤務の状況", "労働者の氏名", "派遣元の名称"]);
    record.doctor.name = String::new();
    assert!(missing(&record.facts(&[], &[])).contains(&"署名する医師の氏名".to_owned()));
}

#[test]
fn words_that_want_a_second_look_are_named_with_their_field() {
    let law = crate::law::Law::built_in().unwrap();
    let mut record = Record::sample();
    record.interview.message = "うつ病のため、退職も考えてください。".into();
    record.measures[0].content = "介護のため".into();
    let found = hints(&law, &record.facts(&["母の介護で睡眠が足りない"], &[]));
    let has = |field: &str, word: &str| found.iter().any(|hint| hint.field == field && hint.word == word);
    assert!(has("連絡事項等", "うつ病") && has("連絡事項等", "退職") && has("措置の内容", "介護"), "{found:?}");
    assert!(hints(&law, &Record::sample().facts(&["バイク"], &[])).is_empty());
}
