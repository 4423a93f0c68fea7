//! The month's walk (定期巡視, 安衛則15条): start, mark, find, see closed, end. One command each.
//!
//! Knows what a patrol must hold before it counts; must not know how it is typed or shown.

use chrono::Datelike;

use crate::domain::command::{Act, Command};
use crate::domain::establishment::{Information, InformationKind};
use crate::domain::opinion::{FormKind, Issued};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, Place, PlaceMark, Severity};
use crate::domain::{Day, Id, Prefix};
use crate::labelled;

use super::Site;

labelled! {
    /// How the workplace was seen; only the first one is a patrol (則15条, 基発0331第4号 2(3)オ).
    Presence { OnSite = "現地", Pictures = "写真・映像", Remote = "遠隔" }
}

/// Why something about a patrol is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PatrolError {
    /// Photographs, video and a remote look are no patrol (PAT-06).
    #[error(
        "巡視は現地で行います（則15条）。写真や映像、遠隔は巡視の回数に入りません。現地に行った日に始めてください。"
    )]
    NotOnSite,
    /// The day lies ahead.
    #[error("まだ来ていない日です。巡視した日を入れてください。")]
    NotYet,
    /// Another patrol is open.
    #[error("終えていない巡視があります。先に終えてください。")]
    StillOpen,
    /// No such patrol, or it has ended.
    #[error("この巡視は終わっています。新しい巡視を始めるか、u で終了を取り消してください。")]
    Ended,
    /// No such row.
    #[error("対象が見つかりません。画面を開き直してください。")]
    Unknown,
    /// The category has a finding of this patrol.
    #[error("この区分には指摘があります。指摘を取り消してから変えてください。")]
    HasFinding,
    /// 指摘 is marked by its words alone.
    #[error("指摘は所見を書いて記録します。n で書いてください。")]
    WantsWords,
    /// 所見 is empty.
    #[error("所見を書いてください。")]
    NoContent,
    /// The finding was seen closed before.
    #[error("この指摘は是正を確認済みです。")]
    Closed,
    /// A finding is not seen closed before the day it was found.
    #[error("指摘より前の日の巡視では、是正を確認できません。")]
    BeforeFinding,
    /// Nothing was marked.
    #[error("まだ一つも記入がありません。見た区分に 1 から 3 を付けてから終えてください。")]
    NothingSeen,
    /// A danger without its measure on the spot (PAT-07).
    #[error("「直ちに」の指摘に、その場で講じた措置か時刻がありません（則15条）。書いてから終えてください。")]
    Unmeasured,
    /// A finding is typed and not recorded.
    #[error("書きかけの指摘があります。記録してから終えてください。")]
    DraftLeft,
    /// A name is wanted.
    #[error("場所の名前を書いてください。")]
    NoName,
}

/// How a patrol begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// How the workplace is seen.
    pub presence: Presence,
    /// The day of the walk; an earlier one when a paper sheet is copied in.
    pub day: Day,
    /// `13:10`
    pub starts: String,
    /// 同行者
    pub companions: String,
    /// What concerns health, for the physician alone.
    pub private_remark: String,
}

/// What was typed of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedFinding {
    /// 所見
    pub content: String,
    /// 危険
    pub severity: Severity,
    /// その場の措置
    pub measure: String,
    /// `13:32`
    pub measure_at: String,
    /// 意見
    pub opinion: String,
    /// For the physician alone; never in the report.
    pub private_remark: String,
    /// 期限
    pub due: Option<Day>,
    /// 担当
    pub owner: String,
}

/// A category at a place on a patrol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The patrol.
    pub patrol: Id,
    /// The place.
    pub place: Id,
    /// The category.
    pub category: Category,
}

impl Spot {
    /// The form of a new finding's draft.
    pub fn draft(&self) -> String {
        let number = Category::ALL.iter().position(|category| *category == self.category).unwrap_or_default();
        format!("finding/{}/{}/{number}", self.patrol, self.place)
    }
}

/// The patrol that is walked now: the open one, else the newest of `today`.
pub fn current(site: &Site, today: Day) -> Option<&Patrol> {
    let open = site.patrols.iter().filter(|patrol| patrol.completed_on.is_none()).max_by_key(|patrol| patrol.day);
    open.or_else(|| site.patrols.iter().rfind(|patrol| patrol.day == today))
}

/// The newest patrol that has ended: the one to report.
pub fn latest_completed(site: &Site) -> Option<&Patrol> {
    let ended = site.patrols.iter().filter(|patrol| patrol.completed_on.is_some());
    ended.max_by_key(|patrol| (patrol.day, &patrol.id))
}

/// Whether a report of the patrol was issued: what it cites cannot be taken back.
pub fn is_reported(site: &Site, patrol: &Id) -> bool {
    let subject =
        |issued: &Issued| issued.snapshot_json.get("subject").and_then(|id| id.as_str()) == Some(patrol.as_str());
    site.issued.iter().any(|issued| issued.form == FormKind::PatrolReport && subject(issued))
}

/// The places that are still walked, in their order.
pub fn places(site: &Site) -> Vec<&Place> {
    let mut places: Vec<&Place> = site.places.iter().filter(|place| place.retired_on.is_none()).collect();
    places.sort_by_key(|place| (place.position, place.id.clone()));
    places
}

/// The findings of a spot, oldest first.
pub fn findings_at<'site>(site: &'site Site, spot: &'site Spot) -> impl Iterator<Item = &'site Finding> {
    site.findings.iter().filter(|f| f.patrol == spot.patrol && f.place == spot.place && f.category == spot.category)
}

/// The mark of a spot.
pub fn mark_of<'site>(site: &'site Site, spot: &Spot) -> Option<&'site PlaceMark> {
    site.marks.iter().find(|m| m.patrol == spot.patrol && m.place == spot.place && m.category == spot.category)
}

/// Whether a danger still lacks the measure on the spot, or its time (PAT-07).
pub fn lacks_measure(severity: Severity, measure: &str, measure_at: &str) -> bool {
    severity == Severity::Urgent && (measure.trim().is_empty() || !is_clock(measure_at))
}

/// `13:32`
fn is_clock(text: &str) -> bool {
    let number = |text: &str, most: u32| {
        let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_short && text.parse::<u32>().is_ok_and(|number| number <= most)
    };
    text.split_once(':').is_some_and(|(hours, minutes)| minutes.len() == 2 && number(hours, 23) && number(minutes, 59))
}

/// Starts a patrol.
///
/// # Errors
/// Refused off site (PAT-06), for a day ahead, and while another one is open.
pub fn start(site: &Site, beginning: &Beginning, today: Day) -> Result<Command, PatrolError> {
    if beginning.presence != Presence::OnSite {
        return Err(PatrolError::NotOnSite);
    }
    if beginning.day > today {
        return Err(PatrolError::NotYet);
    }
    if site.patrols.iter().any(|patrol| patrol.completed_on.is_none()) {
        return Err(PatrolError::StillOpen);
    }
    let patrol = Patrol {
        id: site.next_id(Prefix::Row),
        day: beginning.day,
        starts: beginning.starts.trim().to_owned(),
        companions: beginning.companions.trim().to_owned(),
        completed_on: None,
        private_remark: beginning.private_remark.trim().to_owned(),
    };
    Ok(about_site(Act::StartPatrol, site).put(patrol))
}

/// Corrects time, companions and the remark of an open patrol.
///
/// # Errors
/// Refused when the patrol has ended.
pub fn correct(site: &Site, patrol: &Id, beginning: &Beginning) -> Result<Command, PatrolError> {
    let mut patrol = open(site, patrol)?.clone();
    patrol.starts = beginning.starts.trim().to_owned();
    patrol.companions = beginning.companions.trim().to_owned();
    patrol.private_remark = beginning.private_remark.trim().to_owned();
    Ok(about_site(Act::StartPatrol, site).put(patrol))
}

/// Marks a category at a place: 良 or 対象外.
///
/// # Errors
/// Refused when the patrol has ended, when the spot has a finding, and for 指摘 itself, which
/// [`record`] marks with its words.
pub fn mark(site: &Site, spot: &Spot, mark: Mark) -> Result<Command, PatrolError> {
    open(site, &spot.patrol)?;
    if mark == Mark::Finding {
        return Err(PatrolError::WantsWords);
    }
    if findings_at(site, spot).next().is_some() {
        return Err(PatrolError::HasFinding);
    }
    let id = site.next_id(Prefix::Row);
    Ok(about_site(Act::MarkPlace, site).put(marked(site, spot, mark, id)))
}

/// Records a new finding, and marks its category.
///
/// # Errors
/// Refused when the patrol has ended or 所見 is empty.
pub fn record(site: &Site, spot: &Spot, typed: &TypedFinding) -> Result<Command, PatrolError> {
    open(site, &spot.patrol)?;
    let mut ids = site.next_ids(Prefix::Row);
    let id = ids.next().ok_or(PatrolError::Unknown)?;
    let finding = Finding {
        severity: typed.severity,
        ..Finding::new(id.clone(), spot.patrol.clone(), spot.place.clone(), spot.category)
    };
    let mark_id = ids.next().ok_or(PatrolError::Unknown)?;
    let command = Command::new(Act::RecordFinding, id.to_string()).put(filled(finding, typed)?);
    Ok(command.put(marked(site, spot, Mark::Finding, mark_id)).ending(spot.draft()))
}

/// What the employer answered to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Answered on.
    pub day: Day,
    /// What it will do or did.
    pub text: String,
}

/// Corrects a finding that is not closed, with the employer's answer where there is one.
///
/// # Errors
/// Refused when it was seen closed, 所見 is empty, or the answer's day lies ahead.
pub fn rewrite(
    site: &Site,
    finding: &Id,
    typed: &TypedFinding,
    answer: Option<&Answer>,
    today: Day,
) -> Result<Command, PatrolError> {
    let old = standing(site, finding)?;
    let written = filled(old.clone(), typed)?;
    let act = if written == *old { Act::AnswerMeasure } else { Act::RecordFinding };
    let written = answered(written, answer, today)?;
    Ok(Command::new(act, finding.to_string()).put(written).ending(rewrite_draft(finding)))
}

/// Notes what the employer answered to a finding.
///
/// # Errors
/// Refused when it was seen closed, or for a day ahead.
pub fn answer(site: &Site, finding: &Id, answer: &Answer, today: Day) -> Result<Command, PatrolError> {
    let finding = answered(standing(site, finding)?.clone(), Some(answer), today)?;
    Ok(Command::new(Act::AnswerMeasure, finding.id.to_string()).put(finding))
}

fn answered(finding: Finding, answer: Option<&Answer>, today: Day) -> Result<Finding, PatrolError> {
    match answer {
        Some(answer) if answer.day > today => Err(PatrolError::NotYet),
        Some(Answer { day, text }) => {
            Ok(Finding { answered_on: Some(*day), answer: text.trim().to_owned(), ..finding })
        }
        None => Ok(Finding { answered_on: None, answer: String::new(), ..finding }),
    }
}

/// The form of the draft that corrects a finding.
pub fn rewrite_draft(finding: &Id) -> String {
    format!("finding/{finding}")
}

/// 是正確認: the finding was seen closed, on site, on the day of an open patrol.
///
/// # Errors
/// Refused without an open patrol, before the finding's own day, and when it is closed.
pub fn close(site: &Site, patrol: &Id, finding: &Id) -> Result<Command, PatrolError> {
    let patrol = open(site, patrol)?;
    let mut finding = standing(site, finding)?.clone();
    let found = super::patrol_year::day_of(site, &finding.patrol);
    if found.is_some_and(|found| found > patrol.day) {
        return Err(PatrolError::BeforeFinding);
    }
    finding.closed_on = Some(patrol.day);
    finding.closed_by = Some(patrol.id.clone());
    Ok(Command::new(Act::CloseFinding, finding.id.to_string()).put(finding))
}

/// Ends a patrol; from now on the month counts as walked.
///
/// # Errors
/// Refused while nothing is marked, a danger lacks its measure (PAT-07), or a finding is half typed.
pub fn complete(site: &Site, patrol: &Id, today: Day) -> Result<Command, PatrolError> {
    let mut patrol = open(site, patrol)?.clone();
    if !site.marks.iter().any(|mark| mark.patrol == patrol.id) {
        return Err(PatrolError::NothingSeen);
    }
    let mut found = site.findings.iter().filter(|finding| finding.patrol == patrol.id);
    if found.any(|f| lacks_measure(f.severity, &f.measure, &f.measure_at)) {
        return Err(PatrolError::Unmeasured);
    }
    if draft_left(site, &patrol.id).is_some() {
        return Err(PatrolError::DraftLeft);
    }
    patrol.completed_on = Some(today);
    Ok(about_site(Act::CompletePatrol, site).put(patrol))
}

/// The first spot of a patrol where a finding is typed and not recorded.
pub fn draft_left(site: &Site, patrol: &Id) -> Option<Spot> {
    let spots = site.places.iter().flat_map(|place| {
        let spot =
            move |category: &Category| Spot { patrol: patrol.clone(), place: place.id.clone(), category: *category };
        Category::ALL.iter().map(spot)
    });
    spots.into_iter().find(|spot| has_draft(site, spot))
}

/// Whether a finding is typed at a spot and not recorded.
pub fn has_draft(site: &Site, spot: &Spot) -> bool {
    site.draft(&spot.draft()).any(|(field, value)| field == "content" && !value.trim().is_empty())
}

/// Adds a place at the end of the walk.
///
/// # Errors
/// Refused without a name.
pub fn add_place(site: &Site, name: &str) -> Result<Command, PatrolError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(PatrolError::NoName);
    }
    let last = site.places.iter().map(|place| place.position).max().unwrap_or(0);
    let place = Place {
        id: site.next_id(Prefix::Row),
        name: name.to_owned(),
        position: last.saturating_add(1),
        retired_on: None,
    };
    Ok(about_site(Act::EditEstablishment, site).put(place))
}

/// Notes that information of a month was asked of the employer, or has come (則15条各号).
pub fn note_information(site: &Site, kind: InformationKind, month: Day, today: Day, has_come: bool) -> Command {
    let first = month.with_day(1).unwrap_or(month);
    let last = crate::domain::time::month_end(month);
    let known = site.information.iter().find(|i| i.kind == kind && first <= i.about && i.about <= last);
    let mut information = known.cloned().unwrap_or_else(|| Information {
        id: site.next_id(Prefix::Row),
        kind,
        about: first,
        asked_on: None,
        received_on: None,
        content: String::new(),
    });
    if has_come {
        information.received_on = Some(today);
    } else {
        information.asked_on = Some(today);
    }
    about_site(Act::ReceiveInformation, site).put(information)
}

fn about_site(act: Act, site: &Site) -> Command {
    Command::new(act, site.id().to_string())
}

fn open<'site>(site: &'site Site, patrol: &Id) -> Result<&'site Patrol, PatrolError> {
    let found = site.patrols.iter().find(|other| &other.id == patrol).ok_or(PatrolError::Unknown)?;
    if found.completed_on.is_some() { Err(PatrolError::Ended) } else { Ok(found) }
}

fn standing<'site>(site: &'site Site, finding: &Id) -> Result<&'site Finding, PatrolError> {
    let found = site.findings.iter().find(|other| &other.id == finding).ok_or(PatrolError::Unknown)?;
    if found.closed_on.is_some() { Err(PatrolError::Closed) } else { Ok(found) }
}

/// The row of a mark: the old one changed, or a new one.
fn marked(site: &Site, spot: &Spot, mark: Mark, new_id: Id) -> PlaceMark {
    let id = mark_of(site, spot).map_or(new_id, |old| old.id.clone());
    PlaceMark { id, patrol: spot.patrol.clone(), place: spot.place.clone(), category: spot.category, mark }
}

fn filled(finding: Finding, typed: &TypedFinding) -> Result<Finding, PatrolError> {
    if typed.content.trim().is_empty() {
        return Err(PatrolError::NoContent);
    }
    let text = |text: &str| text.trim().to_owned();
    Ok(Finding {
        content: text(&typed.content),
        severity: typed.severity,
        measure: text(&typed.measure),
        measure_at: text(&typed.measure_at),
        opinion: text(&typed.opinion),
        private_remark: text(&typed.private_remark),
        due: typed.due,
        owner: text(&typed.owner),
        ..finding
    })
}

#[cfg(test)]
#[path = "patrols_tests.rs"]
pub(super) mod tests;
