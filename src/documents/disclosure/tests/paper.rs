//! The paper sheets: places and findings, no remark, nobody's name where companions look.

use super::record::{day, establishment, id};
use super::*;
use crate::domain::establishment::{Promise, Visit};
use crate::domain::patrol::{Category, Finding, Patrol, Place, Severity};

struct Site {
    establishment: Establishment,
    places: Vec<Place>,
    patrols: Vec<Patrol>,
    findings: Vec<Finding>,
}

fn site() -> Site {
    let place = |number, name: &str| Place { id: id(number), name: name.into(), position: 9, retired_on: None };
    let retired = Place { retired_on: Some(day("2026-01-31")), ..place(12, "旧倉庫") };
    let patrol = Patrol {
        id: id(20),
        day: day("2026-10-16"),
        starts: "13:10".into(),
        companions: "秘密の同行者".into(),
        completed_on: None,
        private_remark: "秘密の控え".into(),
    };
    Site {
        establishment: establishment(),
        places: vec![place(10, "溶解炉"), Place { position: 1, ..place(11, "鋳造") }, retired],
        patrols: vec![patrol],
        findings: vec![finding("通路に台車", None), finding("済んだ指摘", Some(day("2026-11-01")))],
    }
}

fn finding(content: &str, closed_on: Option<Day>) -> Finding {
    Finding {
        content: content.into(),
        severity: Severity::Soon,
        private_remark: "秘密の所見".into(),
        due: Some(day("2026-11-06")),
        owner: "秘密の担当".into(),
        answered_on: Some(day("2026-11-02")),
        answer: "棚を置きました".into(),
        closed_on,
        ..Finding::new(id(30), id(20), id(10), Category::Passage)
    }
}

impl Site {
    fn facts(&self) -> PatrolSheetFacts<'_> {
        PatrolSheetFacts {
            establishment: &self.establishment,
            day: day("2026-11-20"),
            places: &self.places,
            patrols: &self.patrols,
            findings: &self.findings,
            number: "E01-2026-0002",
            demo: true,
        }
    }
}

fn printed(view: &Disclosed) -> String {
    let (text, content) = tools::run("pdftotext", &["-raw"], &tools::pdf(view), &["-"]);
    assert!(content, "{text}");
    tools::without_space(&text)
}

#[test]
fn a_patrol_sheet_brings_open_findings_and_every_category_of_every_place() {
    let said = printed(&patrol_sheet(&site().facts()));
    for word in ["通路に台車（早めに）", "棚を置きました", "11-06", "2026年10月16日", "同行者"] {
        assert!(said.contains(word), "{word}\n{said}");
    }
    for word in ["秘密", "済んだ指摘", "旧倉庫"] {
        assert!(!said.contains(word), "{word}\n{said}");
    }
    assert_eq!(said.matches("良・指摘・対象外").count(), 2 * Category::ALL.len());
    assert!(said.find("点検鋳造") < said.find("点検溶解炉"), "in the order of the walk");
}

#[test]
fn a_first_patrol_has_no_findings() {
    let site = Site { findings: Vec::new(), patrols: Vec::new(), ..site() };
    let said = patrol_sheet(&site.facts()).lines().join("\n");
    assert!(said.contains("指摘　ありません"), "{said}");
}

#[test]
fn a_brief_says_for_whom_it_is() {
    let site = site();
    let visit = Visit {
        id: id(40),
        day: day("2026-10-16"),
        starts: "13:00".into(),
        ends: "15:00".into(),
        closed_on: None,
        summary: "鋳造の巡視と面接1件".into(),
    };
    let promise = Promise {
        id: id(41),
        made_on: day("2026-10-16"),
        occasion: "委員会".into(),
        content: "休憩室の騒音を見る".into(),
        due: None,
        kept_on: None,
    };
    let task = BriefTask {
        urgency: "あと 20日".into(),
        task: "面接".into(),
        whom: "佐伯 美咲".into(),
        reason: "申出 11-10".into(),
    };
    let (promises, tasks) = (vec![promise], vec![task]);
    let facts = BriefFacts {
        site: site.facts(),
        visit: None,
        previous: Some(&visit),
        tasks: &tasks,
        promises: &promises,
        information: &[],
    };
    let said = printed(&brief(&facts));
    for word in ["産業医だけのものです", "佐伯美咲", "休憩室の騒音を見る", "前回したこと鋳造の巡視", "通路に台車"]
    {
        assert!(said.contains(word), "{word}\n{said}");
    }
    assert!(!said.contains("秘密") && !said.contains("会社から届いていないもの"), "{said}");
}
