//! The report of a patrol for the employer (職場巡視報告書, 安衛則15条): what was good, what was found, what is asked.
//!
//! Places, categories and the words that were written for the employer leave; 自分だけの控え and 担当, which may
//! name a person, stay. No worker is a fact of this document, so none can be printed from a record; a name inside
//! a free text is pointed at by [`hints`].

use super::Hint;
use super::parts::{self, Imprint, NOTHING};
use super::staying::{self, SIGNER_NAME};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::Day;
use crate::domain::establishment::{Committee, Establishment};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, Place, PlaceMark, Severity};
use crate::law::Law;

/// Why a name is pointed at.
const NAMED: &str = "労働者の名前です。巡視報告書には人の名前を書きません。";

/// What a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct PatrolReportFacts<'a> {
    /// The establishment that was walked.
    pub establishment: &'a Establishment,
    /// The completed patrol.
    pub patrol: &'a Patrol,
    /// Every patrol, for the day of an earlier finding.
    pub patrols: &'a [Patrol],
    /// The places.
    pub places: &'a [Place],
    /// Marks; those of other patrols are left out.
    pub marks: &'a [PlaceMark],
    /// Findings of this patrol and of earlier ones.
    pub findings: &'a [Finding],
    /// Names of the workers: looked for in the free texts, never printed.
    pub names: &'a [&'a str],
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the report.
pub fn copy(facts: &PatrolReportFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "patrol_report", "事業者用");
    let addressee = Row::text("宛先", parts::salutation(&[parts::employer(facts.establishment)]));
    view.sections = vec![Section { rows: vec![addressee], ..Section::default() }, facts.walk(), facts.good()];
    view.sections.extend(facts.found());
    view.sections.extend(facts.earlier());
    view.notes = notes(facts.establishment.committee);
    view
}

fn notes(committee: Committee) -> Vec<String> {
    let meets = committee != Committee::None;
    let talked_over = meets.then(|| format!("この報告書は、次の{}で取り上げてください。", committee.label()));
    let answered = "指摘への対応は、期限までに産業医へお知らせください。是正された様子は、次の巡視で現地で確かめます。";
    talked_over.into_iter().chain([answered.to_owned()]).collect()
}

impl<'a> PatrolReportFacts<'a> {
    fn walk(&self) -> Section {
        let rows = vec![
            Row::text("事業場", &self.establishment.name),
            Row::half("巡視日", parts::date(self.patrol.day)),
            Row::half("開始時刻", self.patrol.starts.trim()),
            Row::text("同行者", parts::or_nothing(&self.patrol.companions)),
            Row::text("巡視した場所", parts::or_nothing(&self.walked().join("、"))),
            Row::half("今回の指摘", self.count()),
            Row::half("前回までの指摘", self.earlier_count()),
        ];
        Section { heading: "巡視".to_owned(), rows, ..Section::default() }
    }

    /// The places that bear a mark of this patrol, in the order of the walk.
    fn walked(&self) -> Vec<String> {
        let mut places: Vec<&Place> =
            self.places.iter().filter(|place| self.marks_at(place).next().is_some()).collect();
        places.sort_by_key(|place| (place.position, place.id.clone()));
        places.into_iter().map(|place| place.name.clone()).collect()
    }

    fn marks_at<'p>(&self, place: &'p Place) -> impl Iterator<Item = &'a PlaceMark> + use<'a, 'p> {
        let patrol = &self.patrol.id;
        self.marks.iter().filter(move |mark| mark.patrol == *patrol && mark.place == place.id)
    }

    /// `3件（直ちに 1、改善 2）`
    fn count(&self) -> String {
        let found: Vec<&Finding> = self.own_findings().collect();
        if found.is_empty() {
            return "ありません".to_owned();
        }
        let of = |severity: &Severity| found.iter().filter(|finding| finding.severity == *severity).count();
        let each = Severity::ALL.iter().rev().map(|severity| (severity.label(), of(severity)));
        let each: Vec<String> = each.filter(|(_, n)| *n > 0).map(|(word, n)| format!("{word} {n}")).collect();
        format!("{}件（{}）", found.len(), each.join("、"))
    }

    /// `2件（是正を確認 1）`
    fn earlier_count(&self) -> String {
        let earlier = self.earlier_findings();
        let closed = earlier.iter().filter(|finding| finding.closed_on.is_some()).count();
        match (earlier.len(), closed) {
            (0, _) => "ありません".to_owned(),
            (all, 0) => format!("{all}件"),
            (all, closed) => format!("{all}件（是正を確認 {closed}）"),
        }
    }

    /// 良 by place: the employer is told what can stay as it is.
    fn good(&self) -> Section {
        let mut places: Vec<&Place> = self.places.iter().collect();
        places.sort_by_key(|place| (place.position, place.id.clone()));
        let mut rows: Vec<Row> = places.into_iter().filter_map(|place| self.good_at(place)).collect();
        if rows.is_empty() {
            rows.push(Row::text("良好だった項目", NOTHING));
        }
        Section { heading: "良好だった項目".to_owned(), rows, ..Section::default() }
    }

    fn good_at(&self, place: &Place) -> Option<Row> {
        let is_good = |category: &&Category| {
            self.marks_at(place).any(|mark| mark.category == **category && mark.mark == Mark::Good)
        };
        let good: Vec<&str> = Category::ALL.iter().filter(is_good).map(|category| category.label()).collect();
        (!good.is_empty()).then(|| Row::text(&place.name, good.join("、")))
    }

    /// Findings of this patrol, the most serious first.
    fn own_findings(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let patrol = &self.patrol.id;
        let mut own: Vec<&Finding> = self.findings.iter().filter(|finding| finding.patrol == *patrol).collect();
        own.sort_by_key(|finding| (std::cmp::Reverse(finding.severity), finding.id.clone()));
        own.into_iter()
    }

    fn found(&self) -> Vec<Section> {
        (1..).zip(self.own_findings()).map(|(number, finding)| self.finding(number, finding)).collect()
    }

    fn finding(&self, number: usize, finding: &Finding) -> Section {
        let mut rows = vec![
            Row::half("区分", finding.category.label()),
            Row::half("危険", finding.severity.label()),
            Row::text("指摘", finding.content.trim()),
        ];
        let measure = format!("{}　{}", finding.measure_at.trim(), finding.measure.trim());
        if !measure.trim().is_empty() {
            rows.push(Row::text("その場の措置", measure.trim()));
        }
        rows.push(Row::text("産業医の意見", parts::or_nothing(&finding.opinion)));
        rows.push(Row::text("期限", finding.due.map_or_else(|| NOTHING.to_owned(), parts::date)));
        Section { heading: format!("指摘 {number}　{}", self.place_name(finding)), rows, ..Section::default() }
    }

    fn place_name(&self, finding: &Finding) -> &'a str {
        self.places.iter().find(|place| place.id == finding.place).map_or("", |place| &place.name)
    }

    fn day_of(&self, finding: &Finding) -> Option<Day> {
        self.patrols.iter().find(|patrol| patrol.id == finding.patrol).map(|patrol| patrol.day)
    }

    /// Findings of earlier patrols that were open on the day of the walk.
    fn earlier_findings(&self) -> Vec<&'a Finding> {
        let walked = self.patrol.day;
        let was_open = |finding: &&Finding| {
            let is_earlier = finding.patrol != self.patrol.id && self.day_of(finding).is_none_or(|day| day <= walked);
            is_earlier && finding.closed_on.is_none_or(|closed| closed >= walked)
        };
        let mut earlier: Vec<&Finding> = self.findings.iter().filter(was_open).collect();
        earlier.sort_by_key(|finding| (self.day_of(finding), finding.id.clone()));
        earlier
    }

    fn shown(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        self.own_findings().chain(self.earlier_findings())
    }

    fn earlier(&self) -> Option<Section> {
        let rows: Vec<Vec<String>> = self.earlier_findings().into_iter().map(|finding| self.line(finding)).collect();
        let heading = "前回までの指摘".to_owned();
        if rows.is_empty() {
            return None;
        }
        let head = ["指摘日", "場所", "指摘", "期限", "会社の回答", "いまの状態"].map(str::to_owned).to_vec();
        let table = Table { head, widths: vec![4, 4, 7, 4, 5, 5], rows, blank_rows: 0 };
        Some(Section { heading, table: Some(table), ..Section::default() })
    }

    fn line(&self, finding: &Finding) -> Vec<String> {
        vec![
            self.day_of(finding).map(short).unwrap_or_default(),
            self.place_name(finding).to_owned(),
            format!("{}（{}）", finding.content.trim(), finding.severity.label()),
            finding.due.map(short).unwrap_or_default(),
            finding.answered_on.map(|day| format!("{}　{}", short(day), finding.answer.trim())).unwrap_or_default(),
            standing(finding),
        ]
    }
}

/// What became of an earlier finding, in words for the employer.
fn standing(finding: &Finding) -> String {
    match (finding.closed_on, finding.answered_on) {
        (Some(closed), _) => format!("是正を確認　{}", short(closed)),
        (None, Some(_)) => "現地で確認待ち".to_owned(),
        (None, None) => "回答待ち".to_owned(),
    }
}

/// `2026-11-06`: the year belongs to it, since a finding may be older than one.
fn short(day: Day) -> String {
    day.to_string()
}

/// Names the fields that stay, each with its number; empty ones are not named.
pub fn staying(facts: &PatrolReportFacts<'_>) -> Vec<(String, usize)> {
    let filled = |text: &str| usize::from(!text.trim().is_empty());
    let shown: Vec<&Finding> = facts.shown().collect();
    let remarks = shown.iter().map(|finding| filled(&finding.private_remark)).sum::<usize>();
    let fields = [
        ("自分だけの控え", remarks + filled(&facts.patrol.private_remark)),
        ("担当", shown.iter().map(|finding| filled(&finding.owner)).sum()),
    ];
    fields.into_iter().filter(|(_, count)| *count > 0).map(|(field, count)| (field.to_owned(), count)).collect()
}

/// Names what must be filled in before the report can be issued.
pub fn missing(facts: &PatrolReportFacts<'_>) -> Vec<String> {
    let is_unnamed = facts.imprint.doctor.name.trim().is_empty();
    is_unnamed.then(|| SIGNER_NAME.to_owned()).into_iter().collect()
}

/// Finds words in the free texts that want a second look: a worker's name, diseases, drugs, values, and words of
/// the remarks that stay.
pub fn hints(law: &Law, facts: &PatrolReportFacts<'_>) -> Vec<Hint> {
    let texts = free_texts(facts);
    let mut remarks = vec![facts.patrol.private_remark.as_str()];
    remarks.extend(facts.shown().map(|finding| finding.private_remark.as_str()));
    let found = law.tables().words.disclosure(&texts, &remarks);
    let found = found.into_iter().map(|hit| Hint { field: hit.field, word: hit.word, reason: hit.reason });
    staying::names(facts.names, &texts, NAMED).into_iter().chain(found).collect()
}

fn free_texts<'a>(facts: &PatrolReportFacts<'a>) -> Vec<(&'static str, &'a str)> {
    let own = facts.own_findings().flat_map(|finding| {
        [
            ("指摘", finding.content.as_str()),
            ("その場の措置", finding.measure.as_str()),
            ("産業医の意見", finding.opinion.as_str()),
        ]
    });
    let earlier = facts
        .earlier_findings()
        .into_iter()
        .flat_map(|finding| [("前回までの指摘", finding.content.as_str()), ("会社の回答", finding.answer.as_str())]);
    own.chain(earlier).collect()
}
