//! What the committee reads after the analysis of the groups (ストレスチェック指針; seed 004 Ⅴ(2)) and after the interviews
//! (安衛法66条の10第6項): advice, what was heard, actions; and measures as counts.
//!
//! No worker is a fact of this paper. Who advised and whose an action is stay; a name inside a free text is pointed at by
//! [`hints`].

use super::parts::{self, Imprint};
use super::staying::{self, SIGNER_NAME};
use super::{Hint, StressImprovement};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::establishment::Establishment;
use crate::domain::patrol::{Finding, Patrol, Place};
use crate::domain::stress::Improvement;
use crate::domain::{Day, Id};
use crate::law::Law;

/// Why a name is pointed at.
const NAMED: &str = "労働者の名前です。委員会の資料には人の名前を書きません。";
/// What stands where no group is named.
const WHOLE: &str = "事業場全体";

/// What the paper is made from.
#[derive(Debug, Clone, Copy)]
pub struct StressCommitteeFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// `2026年度`
    pub round: &'a str,
    /// The records of the round, in the order they are printed.
    pub improvements: &'a [&'a StressImprovement],
    /// Findings of patrols, of which day, place and category are printed.
    pub findings: &'a [Finding],
    /// Their patrols.
    pub patrols: &'a [Patrol],
    /// Their places.
    pub places: &'a [Place],
    /// People by measures, in words; small figures were left out before.
    pub figures: &'a [(&'static str, String)],
    /// Fewer people than this are left out.
    pub smallest: usize,
    /// Names of the workers: looked for in the free texts, never printed.
    pub names: &'a [&'a str],
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the paper.
pub fn copy(facts: &StressCommitteeFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "stress_committee", "衛生委員会用");
    view.sections = vec![facts.head(), facts.advice(), facts.hearings(), facts.actions(), facts.measures()];
    view.sections.retain(|section| !section.rows.is_empty() || section.table.is_some());
    view.notes = vec![
        "集団ごとの分析に基づく職場環境の改善は、事業者の努力義務です。労働者から聴いたことと職場巡視で得た情報も使います。"
            .to_owned(),
        format!("一人ひとりが分からないよう、{}名に満たない数と、差し引きでその数が分かる数は伏せています。", facts.smallest),
        "ここに書いたことを理由に、だれが何と答えたかを探さないでください。".to_owned(),
    ];
    view
}

impl<'a> StressCommitteeFacts<'a> {
    fn of(&self, kind: Improvement) -> impl Iterator<Item = &'a StressImprovement> + use<'a> {
        self.improvements.iter().copied().filter(move |row| row.kind == kind)
    }

    fn head(&self) -> Section {
        let mut rows = vec![
            Row::text("宛先", parts::salutation(&[parts::employer(self.establishment)])),
            Row::half("事業場", &self.establishment.name),
            Row::half("回", self.round),
        ];
        if self.improvements.is_empty() {
            rows.push(Row::text("集団分析のあと", parts::NOTHING));
        }
        Section { rows, ..Section::default() }
    }

    fn advice(&self) -> Section {
        let row =
            |row: &StressImprovement| vec![parts::date(row.day), group(row), row.content.clone(), self.walked(row)];
        let rows = self.of(Improvement::Advice).map(row).collect();
        table("実施者の助言", &["助言した日", "対象", "助言", "巡視の指摘"], &[7, 6, 16, 7], rows)
    }

    fn hearings(&self) -> Section {
        let heard = |row: &StressImprovement| row.heard.map_or("", |heard| heard.label()).to_owned();
        let row = |row: &StressImprovement| {
            vec![parts::date(row.day), heard(row), group(row), row.content.clone(), self.walked(row)]
        };
        let rows = self.of(Improvement::Hearing).map(row).collect();
        table("聴いたこと", &["聴いた日", "聴いた相手", "対象", "内容", "巡視の指摘"], &[7, 7, 6, 12, 7], rows)
    }

    fn actions(&self) -> Section {
        let day = |day: Option<Day>| day.map(parts::date).unwrap_or_default();
        let row = |row: &StressImprovement| {
            let days = [day(row.due), day(row.done_on)];
            [parts::date(row.day), group(row), row.content.clone(), self.walked(row)].into_iter().chain(days).collect()
        };
        let rows = self.of(Improvement::Action).map(row).collect();
        let head = ["決めた日", "対象", "取組", "巡視の指摘", "期限", "済んだ日"];
        table("取組", &head, &[7, 6, 10, 7, 7, 7], rows)
    }

    fn measures(&self) -> Section {
        let rows = self.figures.iter().map(|(label, words)| vec![(*label).to_owned(), words.clone()]).collect();
        table("面接指導の後の措置（人数）", &["区分", "人数"], &[12, 6], rows)
    }

    /// Day, place and category of the finding; what was found stands in the report of the patrol.
    fn walked(&self, row: &StressImprovement) -> String {
        let found = row.finding.as_ref().and_then(|id| self.findings.iter().find(|finding| &finding.id == id));
        let Some(finding) = found else { return String::new() };
        let named = |id: &Id| self.places.iter().find(|place| &place.id == id).map_or("", |place| place.name.as_str());
        let patrol = self.patrols.iter().find(|patrol| patrol.id == finding.patrol);
        let day = patrol.map(|patrol| parts::date(patrol.day)).unwrap_or_default();
        [day.as_str(), named(&finding.place), finding.category.label()].join(" ").trim().to_owned()
    }
}

fn group(row: &StressImprovement) -> String {
    if row.group_name.is_empty() { WHOLE.to_owned() } else { row.group_name.clone() }
}

/// A table without the columns that no row fills.
fn table(heading: &str, head: &[&str], widths: &[u8], rows: Vec<Vec<String>>) -> Section {
    let is_filled = |place: usize| rows.iter().any(|row| row.get(place).is_some_and(|cell| !cell.is_empty()));
    let filled: Vec<usize> = (0..head.len()).filter(|place| is_filled(*place)).collect();
    let of = |row: &Vec<String>| filled.iter().filter_map(|place| row.get(*place).cloned()).collect();
    let table = Table {
        head: filled.iter().filter_map(|place| head.get(*place)).map(|word| (*word).to_owned()).collect(),
        widths: filled.iter().filter_map(|place| widths.get(*place)).copied().collect(),
        rows: rows.iter().map(of).collect(),
        blank_rows: 0,
    };
    let table = Some(table).filter(|table| !table.rows.is_empty());
    Section { heading: heading.to_owned(), table, ..Section::default() }
}

/// What stays: who advised, whose an action is.
pub fn staying(facts: &StressCommitteeFacts<'_>) -> Vec<(String, usize)> {
    let count = |kind| facts.of(kind).filter(|row| !row.who.trim().is_empty()).count();
    let found = [("助言した人", count(Improvement::Advice)), ("担当", count(Improvement::Action))];
    found.into_iter().filter(|(_, count)| *count > 0).map(|(word, count)| (word.to_owned(), count)).collect()
}

/// Fields that must be filled before it is issued.
pub fn missing(facts: &StressCommitteeFacts<'_>) -> Vec<String> {
    let is_unnamed = facts.imprint.doctor.name.trim().is_empty();
    is_unnamed.then(|| SIGNER_NAME.to_owned()).into_iter().collect()
}

/// Finds words in the free texts that want a second look: a worker's name, diseases, drugs, values.
pub fn hints(law: &Law, facts: &StressCommitteeFacts<'_>) -> Vec<Hint> {
    let texts: Vec<(&str, &str)> =
        facts.improvements.iter().map(|row| (row.kind.label(), row.content.as_str())).collect();
    let found = law.tables().words.disclosure(&texts, &[]);
    let found = found.into_iter().map(|hit| Hint { field: hit.field, word: hit.word, reason: hit.reason });
    staying::names(facts.names, &texts, NAMED).into_iter().chain(found).collect()
}
