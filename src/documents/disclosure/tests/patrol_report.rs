//! The report of a patrol: what the employer reads, and the words that are nowhere in the decoded PDF.

use super::record::{day, establishment, id};
use super::secrecy::{decoded, stands_in};
use super::*;
use crate::documents::disclosure::patrol_report::{copy, hints, missing, staying};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, Place, PlaceMark, Severity};

struct Walk {
    establishment: Establishment,
    patrols: Vec<Patrol>,
    places: Vec<Place>,
    marks: Vec<PlaceMark>,
    findings: Vec<Finding>,
    doctor: Doctor,
    names: Vec<&'static str>,
}

fn patrol(number: u32, on: &str) -> Patrol {
    Patrol {
        id: id(number),
        day: day(on),
        starts: "13:10".into(),
        companions: "衛生管理者 野々村 拓".into(),
        completed_on: Some(day(on)),
        private_remark: String::new(),
    }
}

fn finding(number: u32, patrol: u32, content: &str) -> Finding {
    Finding {
        content: content.into(),
        severity: Severity::Improve,
        ..Finding::new(id(number), id(patrol), id(10), Category::Passage)
    }
}

fn walk() -> Walk {
    let place = |number, name: &str, position| Place { id: id(number), name: name.into(), position, retired_on: None };
    let mark =
        |number, place, category, mark| PlaceMark { id: id(number), patrol: id(21), place: id(place), category, mark };
    let urgent = Finding {
        severity: Severity::Urgent,
        measure: "台車を退避場所へ移した".into(),
        measure_at: "13:32".into(),
        opinion: "台車の置き場を決め、床に表示する".into(),
        due: Some(day("2026-12-04")),
        ..finding(31, 21, "溶解炉前の通路に台車 2台")
    };
    Walk {
        establishment: establishment(),
        patrols: vec![patrol(20, "2026-10-16"), patrol(21, "2026-11-20")],
        places: vec![place(10, "溶解炉", 2), place(11, "鋳造", 1), place(12, "見ていない倉庫", 3)],
        marks: vec![
            mark(40, 10, Category::Work, Mark::Good),
            mark(41, 10, Category::Passage, Mark::Finding),
            mark(42, 11, Category::Rest, Mark::Good),
            mark(43, 11, Category::Display, Mark::NotApplicable),
        ],
        findings: vec![
            finding(30, 21, "手すりの緩み"),
            urgent,
            Finding {
                answered_on: Some(day("2026-11-02")),
                answer: "棚を置きました".into(),
                ..finding(32, 20, "洗眼器の水量不足")
            },
            Finding {
                closed_on: Some(day("2026-11-20")),
                closed_by: Some(id(21)),
                ..finding(33, 20, "消火器の前の荷")
            },
            Finding { closed_on: Some(day("2026-10-30")), ..finding(34, 20, "前に済んだ指摘") },
        ],
        doctor: Record::sample().doctor,
        names: vec!["佐伯 美咲", "林 一"],
    }
}

impl Walk {
    fn facts(&self) -> PatrolReportFacts<'_> {
        PatrolReportFacts {
            establishment: &self.establishment,
            patrol: &self.patrols[1],
            patrols: &self.patrols,
            places: &self.places,
            marks: &self.marks,
            findings: &self.findings,
            names: &self.names,
            imprint: Imprint {
                doctor: &self.doctor,
                day: day("2026-11-21"),
                number: "E01-2026-0002",
                version: 1,
                demo: false,
                fingerprint: "2E4A 91C7",
                audit_head: "E01 #000482",
            },
        }
    }

    fn said(&self) -> String {
        copy(&self.facts()).lines().join("\n")
    }
}

#[test]
fn the_employer_reads_day_places_companions_what_was_good_and_every_finding() {
    let said = walk().said();
    let wanted = [
        "宛先　あかつき精機株式会社 殿",
        "巡視日　2026年11月20日",
        "同行者　衛生管理者 野々村 拓",
        "巡視した場所　鋳造、溶解炉\n今回の指摘　2件（直ちに 1、改善 1）\n前回までの指摘　2件（是正を確認 1）",
        "鋳造　休養・衛生\n溶解炉　作業\n指摘 1　溶解炉",
        "危険　直ちに\n指摘　溶解炉前の通路に台車 2台\nその場の措置　13:32　台車を退避場所へ移した",
        "産業医の意見　台車の置き場を決め、床に表示する\n期限　2026年12月4日",
        "指摘　手すりの緩み\n産業医の意見　記載なし\n期限　記載なし",
        "2026-10-16　溶解炉　洗眼器の水量不足（改善）　　2026-11-02　棚を置きました　現地で確認待ち",
        "2026-10-16　溶解炉　消火器の前の荷（改善）　　　是正を確認　2026-11-20",
        "この報告書は、次の衛生委員会で取り上げてください。",
        "医師氏名　水野 遥",
    ];
    for line in wanted {
        assert!(said.contains(line), "{line}\n--\n{said}");
    }
    for word in ["前に済んだ指摘", "見ていない倉庫"] {
        assert!(!said.contains(word), "{word}\n{said}");
    }
}

#[test]
fn a_patrol_without_findings_says_so() {
    let mut quiet = walk();
    quiet.findings.clear();
    quiet.establishment.committee = crate::domain::establishment::Committee::None;
    let said = quiet.said();
    assert!(said.contains("今回の指摘　ありません\n前回までの指摘　ありません"), "{said}");
    assert!(!said.contains("委員会"), "{said}");
}

#[test]
fn no_remark_and_no_owner_is_in_the_decoded_report() {
    let mut walk = walk();
    let mut canaries = Vec::new();
    let mut canary = |field: &mut String| {
        let word = format!("Qz{:02}x", canaries.len());
        field.clone_from(&word);
        canaries.push(word);
    };
    walk.patrols.iter_mut().for_each(|patrol| canary(&mut patrol.private_remark));
    for finding in &mut walk.findings {
        canary(&mut finding.private_remark);
        canary(&mut finding.owner);
    }
    let site = &mut walk.establishment;
    let [phone, fax, number] = [&mut site.phone, &mut site.fax, &mut site.insurance_number];
    [phone, fax, number, &mut site.criterion, &mut site.hours_method].into_iter().for_each(&mut canary);
    assert_eq!(canaries.len(), 17);
    let decoded = decoded(&copy(&walk.facts()));
    assert!(stands_in(&decoded.everything, "台車を退避場所へ移した"), "the search finds what is there");
    for word in &canaries {
        assert!(!stands_in(&decoded.everything, word), "{word}");
    }
    for name in &walk.names {
        assert!(!stands_in(&decoded.everything, &tools::without_space(name)), "{name}");
    }
    assert_eq!(staying(&walk.facts()), [("自分だけの控え".to_owned(), 5), ("担当".to_owned(), 4)]);
}

#[test]
fn a_workers_name_and_the_words_of_a_remark_want_a_second_look() {
    let law = crate::law::Law::built_in().unwrap();
    let mut walk = walk();
    assert!(hints(&law, &walk.facts()).is_empty(), "{:?}", hints(&law, &walk.facts()));
    walk.findings[0].opinion = "佐伯美咲さんの腰痛に配慮する。林 一の席".into();
    walk.findings[0].private_remark = "腰痛の訴え".into();
    let found = hints(&law, &walk.facts());
    let has = |word: &str| found.iter().any(|hint| hint.word == word && hint.field == "産業医の意見");
    assert!(has("佐伯美咲") && has("腰痛"), "{found:?}");
    assert!(!has("林一"), "two letters are a word in too many texts");
}

#[test]
fn a_report_wants_the_name_of_the_physician() {
    let mut walk = walk();
    assert_eq!(missing(&walk.facts()), Vec::<String>::new());
    walk.doctor.name = " ".into();
    assert_eq!(missing(&walk.facts()), ["署名する医師の氏名"]);
}
