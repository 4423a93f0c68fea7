//! Papers about checkups: what each says, and by the bytes that the employer's hold no value, diagnosis or note.

use super::record::{Record, day, establishment, id};
use super::secrecy::{decoded, stands_in};
use super::*;
use crate::documents::disclosure::checkups::{
    AtRisk, CardFacts, CommitteeFacts, Figure, ListFacts, ReferralFacts, ReportFacts, RiskFacts, RiskListFacts,
    SpecialFacts, Told, card, committee, missing, opinions, referral, report, risk_letter, risk_list, special_report,
    standing_list, staying,
};
use crate::documents::disclosure::parts::Imprint;
use crate::documents::tests as tools;
use crate::domain::checkup::{Cell, Cells, CheckupDetail, CheckupKind, CheckupOmission, CheckupSheet, Item, Value};
use crate::domain::interview::Fitness;
use crate::domain::worker::{Checkup, FindingState};

/// Words that stay wherever a list goes; the last two leave by release only.
const STAYING: [&str; 7] = ["Qsum鵺", "Qjudge鵺", "Qheld鵺", "Qheard鵺", "Qkana鵺", "Qcond鵺", "Qword鵺"];
/// Words that the list of opinions bears.
const LEAVING: [&str; 3] = ["Qmeasure麒", "Qplace麒", "Qdepart麒"];

struct Season {
    record: Record,
    checkup: Checkup,
    detail: CheckupDetail,
    measures: Vec<Measure>,
    sheet: CheckupSheet,
}

fn season() -> Season {
    let mut record = Record::sample();
    (record.worker.kana, record.worker.department) = (STAYING[4].into(), LEAVING[2].into());
    record.doctor.affiliation = String::new();
    let checkup = Checkup {
        id: id(31),
        worker: record.worker.id.clone(),
        day: day("2026-09-11"),
        judgement: STAYING[1].into(),
        finding: FindingState::Present,
        summary: STAYING[0].into(),
        opinion_on: Some(day("2026-11-20")),
        opinion: Some(Fitness::Limited),
    };
    let detail = CheckupDetail {
        id: id(32),
        checkup: checkup.id.clone(),
        worker: checkup.worker.clone(),
        is_held: false,
        held_for: STAYING[2].into(),
        condition: STAYING[5].into(),
        diagnosis: Some(Diagnosis::Treat),
        environment: LEAVING[1].into(),
        words: STAYING[6].into(),
        case_id: Some(id(33)),
    };
    let mut measures = vec![record.measures[1].clone()];
    (measures[0].content, measures[0].heard) = (LEAVING[0].into(), STAYING[3].into());
    let cells = vec![cell("sbp", "987"), cell("a1c", "11.7"), cell("cxr", "!"), cell("ua", "8.8")];
    let sheet = CheckupSheet {
        id: id(34),
        checkup: checkup.id.clone(),
        worker: checkup.worker.clone(),
        day: checkup.day,
        kind: CheckupKind::Periodic,
        clinic: "見本健診センター".into(),
        clinic_text: "D 要医療".into(),
        cells: Cells::new(cells),
        source: String::new(),
        source_row: 0,
    };
    Season { record, checkup, detail, measures, sheet }
}

fn cell(code: &str, value: &str) -> Cell {
    let item = Item::of_code(code).unwrap();
    let text = if value == "!" { "" } else { value };
    Cell { item, value: Value::of_code(value).unwrap(), text: text.to_owned(), judgement: "D".into() }
}

impl Season {
    fn told(&self) -> Vec<Told<'_>> {
        let (worker, measures) = (&self.record.worker, self.measures.iter().collect());
        vec![Told { worker, checkup: Some(&self.checkup), detail: Some(&self.detail), measures }]
    }

    fn imprint(&self) -> Imprint<'_> {
        self.record.facts(&[], &[]).imprint()
    }

    fn list(&self, released: &[Release], build: fn(&ListFacts<'_>) -> Disclosed) -> Disclosed {
        let (people, establishment) = (self.told(), establishment());
        build(&ListFacts { establishment: &establishment, people: &people, released, imprint: self.imprint() })
    }
}

#[test]
fn the_employers_lists_hold_no_value_diagnosis_or_note_in_any_byte() {
    let season = season();
    for (build, leaves) in
        [(opinions as fn(&ListFacts<'_>) -> Disclosed, &LEAVING[..2]), (standing_list, &LEAVING[2..])]
    {
        let view = season.list(&[], build);
        let read = decoded(&view);
        for word in STAYING.iter().chain(&["要医療", "所見あり"]) {
            assert!(!stands_in(&read.everything, word), "{word} is in {}", view.form);
        }
        assert!(!read.text.contains("987") && !read.text.contains("11.7"), "a value is in {}", view.form);
        for word in leaves.iter().chain(&["就業制限・配慮", "見直し2027年2月19日", "2026-09-11"]) {
            assert!(stands_in(&read.text, word), "{word} is not in {}", view.form);
        }
    }
}

#[test]
fn a_field_leaves_only_where_it_was_released_by_name() {
    let season = season();
    let said = |released: &[Release]| season.list(released, opinions).lines().join("\n");
    let (condition, words) = (STAYING[5], STAYING[6]);
    let one = said(&[Release::CheckupCondition]);
    assert!(one.contains(condition) && !one.contains(words), "{one}");
    let other = said(&[Release::CheckupWords]);
    assert!(other.contains(words) && !other.contains(condition), "{other}");
    assert!(!said(&[Release::Diagnosis]).contains("要医療"), "診断区分 is no field of this list");
    let read = decoded(&season.list(&[Release::CheckupCondition, Release::CheckupWords], standing_list));
    assert!(!stands_in(&read.everything, condition) && !stands_in(&read.everything, words));
}

#[test]
fn what_stays_is_counted_and_never_repeated() {
    let season = season();
    let (people, establishment) = (season.told(), establishment());
    let facts =
        |released| ListFacts { establishment: &establishment, people: &people, released, imprint: season.imprint() };
    let counted = staying(&facts(&[]));
    let names: Vec<&str> = counted.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["健診の要点と機関の判定", "診断区分", "保留の理由", "条件", "添える文", "措置について聴いたこと"]
    );
    assert!(!staying(&facts(&[Release::CheckupWords])).iter().any(|(name, _)| name == "添える文"));
}

#[test]
fn a_lifted_measure_and_a_person_without_an_opinion_are_not_told() {
    let mut season = season();
    season.measures[0].lifted_on = Some(day("2026-11-01"));
    assert!(!season.list(&[], opinions).lines().join("\n").contains(LEAVING[0]));
    (season.checkup.opinion_on, season.checkup.opinion) = (None, None);
    let list = season.list(&[], opinions);
    assert!(!list.lines().join("\n").contains("佐伯"), "nothing is said about whom there is no opinion on");
    assert!(
        season.list(&[], standing_list).lines().join("\n").contains("佐伯"),
        "but the employer sees who was examined"
    );
}

#[test]
fn the_card_bears_every_field_of_the_form_and_says_what_was_left_out() {
    let season = season();
    let omission = CheckupOmission {
        id: id(40),
        checkup: season.checkup.id.clone(),
        worker: season.checkup.worker.clone(),
        item: "height".into(),
        ground: "OMI-01".into(),
        reason: "前年と変わりがない".into(),
        decided_by: "水野 遥".into(),
        decided_on: day("2026-09-01"),
    };
    let (establishment, omissions) = (establishment(), [&omission]);
    let view = card(&CardFacts {
        establishment: &establishment,
        worker: &season.record.worker,
        checkup: &season.checkup,
        sheet: Some(&season.sheet),
        detail: Some(&season.detail),
        omissions: &omissions,
        doctor: "水野 遥",
        measures: &[],
        day: day("2026-11-21"),
        number: "E01-W0012-2026-09-11",
        demo: false,
    });
    let labels: Vec<&str> =
        view.sections.iter().flat_map(|section| &section.rows).map(|row| row.label.as_str()).collect();
    for field in FORM_5 {
        assert!(labels.iter().any(|label| label.contains(field)), "{field}: {labels:?}");
    }
    let said = view.lines().join("\n");
    for line in [
        "身長　省略",
        "HbA1c",
        "11.7%",
        "胸部エックス線検査　所見あり",
        "医師の意見\n　就業制限・配慮",
        "尿酸　8.8",
        "記載なし",
    ] {
        assert!(said.contains(line), "{line}\n--\n{said}");
    }
    assert!(tools::pages(&tools::pdf(&view)) <= 2);
}

/// The fields of 様式第5号 as the sheet lists them.
const FORM_5: &[&str] = &[
    "氏名",
    "性別",
    "生年月日",
    "雇入年月日",
    "健診年月日",
    "年齢",
    "他の法定特殊健康診断の名称",
    "業務歴",
    "既往歴",
    "自覚症状",
    "他覚症状",
    "身長",
    "体重",
    "BMI",
    "腹囲",
    "視力",
    "聴力",
    "胸部エックス線",
    "喀痰",
    "血圧",
    "血色素量",
    "赤血球数",
    "GOT",
    "GPT",
    "γ-GTP",
    "LDL",
    "HDL",
    "トリグリセライド",
    "血糖",
    "尿 糖",
    "尿 蛋白",
    "心電図",
    "医師の診断",
    "実施した医師",
    "医師の意見",
    "意見を述べた医師",
    "歯科医師",
    "備考",
];

#[test]
fn the_letter_is_the_persons_alone_and_leaves_the_answer_to_them() {
    let season = season();
    let items = [["血圧".to_owned(), "152/96".to_owned(), "D".to_owned()]];
    let facts = ReferralFacts {
        worker: &season.record.worker,
        day: season.checkup.day,
        clinic: "見本健診センター",
        items: &items,
        advice: "",
        imprint: season.imprint(),
    };
    let said = referral(&facts).lines().join("\n");
    for line in ["宛先　佐伯 美咲 様", "血圧　152/96　D", "医療機関を受診してください。", "ご本人が決められます"]
    {
        assert!(said.contains(line), "{line}\n--\n{said}");
    }
    assert!(!said.contains(STAYING[0]) && !said.contains(STAYING[2]));
    assert_eq!(missing(&facts.imprint), [] as [String; 0]);
}

#[test]
fn the_papers_of_figures_name_nobody() {
    let season = season();
    let (establishment, imprint) = (establishment(), season.imprint());
    let definitions = ["異常所見: 健診機関の判定。".to_owned()];
    let sheet = report(&ReportFacts {
        establishment: &establishment,
        period: (day("2026-01-01"), day("2026-12-31")),
        examined_on: Some(day("2026-09-11")),
        clinics: &[],
        enrolled: 61,
        examined: 60,
        rows: &[("血圧", 58, 12)],
        with_finding: 20,
        instructed: 7,
        definitions: &definitions,
        warnings: &[],
        imprint,
    });
    let said = sheet.lines().join("\n");
    for line in ["血圧　58　12", "いずれかに異常所見のある者　20人", "医師による指示のあった者　7人", "定め　異常所見"]
    {
        assert!(said.contains(line), "{line}\n--\n{said}");
    }
    let figures = [Figure { label: "血圧".into(), of: "58名".into(), count: "伏せています".into() }];
    let (period, smallest) = ((day("2026-01-01"), day("2026-12-31")), 10);
    let facts = CommitteeFacts {
        establishment: &establishment,
        period,
        totals: &figures,
        rows: &figures,
        fitness: &figures,
        smallest,
        imprint,
    };
    let shown = decoded(&committee(&facts));
    assert!(shown.text.contains("10名に満たない数") && !shown.everything.contains("佐伯"));
}

#[test]
fn the_sheet_of_a_special_report_names_nobody_and_says_how_long_its_records_are_kept() {
    let season = season();
    let establishment = establishment();
    let (clinics, works) = (["見本健診センター".to_owned()], ["トルエン".to_owned()]);
    let sheet = special_report(&SpecialFacts {
        form: "checkup_organic",
        article: "有機溶剤中毒予防規則第30条の3",
        establishment: &establishment,
        period: (day("2026-01-01"), day("2026-10-02")),
        clinics: &clinics,
        works: &works,
        engaged: 4,
        examined: 3,
        found: 1,
        instructed: 2,
        items: &[("肝機能", 3, 1, [0; 3]), ("尿中の代謝物", 3, 0, [2, 0, 1])],
        warnings: &["線量が記録されていない人が1名います。".to_owned()],
        kept_until: Some(day("2031-10-02")),
        imprint: season.imprint(),
    });
    let said = sheet.lines().join("\n");
    for words in [
        "従事労働者数　4人",
        "異常所見者数　1人",
        "尿中の代謝物　3　0　2　0　1",
        "確認　線量",
        "30条の3",
        "2031年10月2日まで保存",
    ] {
        assert!(said.contains(words), "{words}\n--\n{said}");
    }
    let shown = decoded(&sheet);
    assert!(!shown.everything.contains("佐伯") && STAYING.iter().all(|word| !stands_in(&shown.everything, word)));
}

#[test]
fn the_letter_in_advance_is_one_paragraph_without_a_value() {
    let season = season();
    let facts =
        RiskFacts { worker: &season.record.worker, day: season.checkup.day, hours: 80, imprint: season.imprint() };
    let letter = risk_letter(&facts);
    let said = letter.lines().join("\n");
    assert!(said.contains("1か月に80時間を超えたときは") && said.contains("会社には渡していません"), "{said}");
    assert_eq!(said.matches("お願い").count(), 2, "the title and one paragraph");
    let shown = decoded(&letter);
    assert!(STAYING.iter().chain(&["987", "11.7"]).all(|word| !stands_in(&shown.everything, word)));
}

#[test]
fn the_list_of_those_at_high_risk_is_the_physicians_and_holds_names_and_days_alone() {
    let season = season();
    let (worker, examined_on) = (&season.record.worker, season.checkup.day);
    let establishment = establishment();
    let made = |people: &[AtRisk<'_>]| {
        risk_list(&RiskListFacts {
            establishment: &establishment,
            people,
            criterion: "四つの所見のうち 4 つ以上（未確認）",
            day: day("2026-11-20"),
            number: "E01-2026-11-20",
            demo: true,
        })
    };
    let list = made(&[
        AtRisk { worker, examined_on, told_on: None },
        AtRisk { worker, examined_on, told_on: Some(day("2026-10-01")) },
    ]);
    let said = list.lines().join("\n");
    for words in [
        "産業医だけ",
        "2名（伝えていない人 1名）",
        "会社へは渡しません",
        "未確認",
        "佐伯 美咲　2026-09-11　まだ",
        "2026-10-01",
    ] {
        assert!(said.contains(words), "{words}\n--\n{said}");
    }
    assert!(list.signer.is_empty(), "nobody receives it, so nobody signs it");
    let shown = decoded(&list);
    assert!(STAYING.iter().all(|word| !stands_in(&shown.everything, word)));
    assert!(["987", "11.7"].iter().all(|value| !shown.text.contains(value)));
    assert!(made(&[]).lines().join("\n").contains("該当　いません"));
}
