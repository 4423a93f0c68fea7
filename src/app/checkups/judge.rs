//! The opinion on a checkup as a command: one for a person, one for a batch, one to put aside.

use super::queue::detail;
use crate::app::Site;
use crate::domain::case::{Case, CaseState, Ground, Measure, MeasureKind};
use crate::domain::checkup::CheckupDetail;
use crate::domain::command::{Act, Command};
use crate::domain::establishment::{Information, InformationKind};
use crate::domain::interview::{Diagnosis, Fitness};
use crate::domain::worker::Checkup;
use crate::domain::{Day, Id, Prefix};
use crate::law::outcome::Conclusion;
use crate::law::{Law, rules};

/// A measure as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureAsked {
    /// Kind.
    pub kind: MeasureKind,
    /// Words.
    pub content: String,
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub until: Option<Day>,
    /// 見直し
    pub review_on: Option<Day>,
}

/// The physician's opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// 就業区分
    pub fitness: Fitness,
    /// 通常、ただし受診が条件: empty where there is none.
    pub condition: String,
    /// Words that go with it.
    pub words: String,
    /// 作業環境管理・作業管理 についての意見
    pub environment: String,
    /// The measure, where work is limited or stopped.
    pub measure: Option<MeasureAsked>,
}

impl Opinion {
    /// 通常勤務, and nothing more.
    pub const fn normal() -> Self {
        Self {
            fitness: Fitness::Normal,
            condition: String::new(),
            words: String::new(),
            environment: String::new(),
            measure: None,
        }
    }
}

/// Why an opinion is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JudgeFault {
    /// There is no such examination any more.
    #[error("この健診の記録が見つかりません。Esc で戻り、もう一度開いてください。")]
    Gone,
    /// The examination lies in the future of the desk.
    #[error("健診日より前の日には意見を書けません。健診日を確かめてください。")]
    Early,
    /// OPN-08: what a limitation has to say is missing.
    #[error("就業制限と要休業には、措置の内容、期間、見直しの日を書きます。示した欄を埋めてください。")]
    Incomplete,
}

/// Writes the opinion on one examination.
///
/// # Errors
/// [`JudgeFault`]; nothing is written then.
pub fn judge(law: &Law, site: &Site, checkup: &Id, opinion: &Opinion, today: Day) -> Result<Command, JudgeFault> {
    let known = find(site, checkup)?;
    if today < known.day {
        return Err(JudgeFault::Early);
    }
    if !is_complete(law, opinion, today) {
        return Err(JudgeFault::Incomplete);
    }
    let mut rows = site.next_ids(Prefix::Row);
    let command =
        Command::new(Act::JudgeCheckup, known.worker.to_string()).put(answered(known, opinion.fitness, today));
    let (command, case_id) = with_measure(site, known, opinion, today, command, &mut rows);
    Ok(match detailed(site, known, opinion, case_id, &mut rows) {
        Some(detail) => command.put(detail),
        None => command,
    })
}

fn find<'site>(site: &'site Site, checkup: &Id) -> Result<&'site Checkup, JudgeFault> {
    site.checkups.find(checkup.as_str()).ok_or(JudgeFault::Gone)
}

fn answered(known: &Checkup, fitness: Fitness, today: Day) -> Checkup {
    Checkup { opinion_on: Some(today), opinion: Some(fitness), ..known.clone() }
}

/// OPN-08: a limitation needs a measure, its period and its review; stopping work needs period and review.
fn is_complete(law: &Law, opinion: &Opinion, today: Day) -> bool {
    let class = match opinion.fitness {
        Fitness::Normal => "ordinary",
        Fitness::Limited => "restricted",
        Fitness::Leave => "leave",
    };
    let measure = opinion.measure.as_ref();
    let facts = serde_json::json!({
        "class": class,
        "measure": measure.is_some_and(|m| !m.content.trim().is_empty() || m.kind != MeasureKind::Other),
        "period": measure.is_some_and(|m| m.from.is_some() && m.until.is_some()),
        "review_on": measure.is_some_and(|m| m.review_on.is_some()),
    });
    let Some(rule) = rules::find("OPN-08") else { return false };
    law.assess(rule, today, &facts).is_ok_and(|outcome| outcome.outcome == Conclusion::NotRequired)
}

fn with_measure(
    site: &Site,
    known: &Checkup,
    opinion: &Opinion,
    today: Day,
    command: Command,
    rows: &mut impl Iterator<Item = Id>,
) -> (Command, Option<Id>) {
    let asked = asked_for(opinion);
    if asked.is_empty() {
        return (command, None);
    }
    let case = Case {
        id: site.next_id(Prefix::Case),
        worker: known.worker.clone(),
        ground: Ground::Checkup,
        state: CaseState::Waiting,
        opened_on: today,
        next_on: asked.iter().filter_map(|asked| asked.review_on).min(),
        closed_on: None,
        note: String::new(),
    };
    let case_id = case.id.clone();
    let measures = asked.iter().zip(rows).map(|(asked, row)| measure(row, &case_id, known, asked));
    (measures.fold(command.put(case), Command::put), Some(case_id))
}

/// What the case is about: the measure, and the opinion on the workplace, which the employer answers like one (OPN-09).
fn asked_for(opinion: &Opinion) -> Vec<MeasureAsked> {
    let review_on = opinion.measure.as_ref().and_then(|measure| measure.review_on);
    let content = opinion.environment.trim().to_owned();
    let workplace = (!content.is_empty()).then_some(MeasureAsked {
        kind: MeasureKind::Environment,
        content,
        from: None,
        until: None,
        review_on,
    });
    opinion.measure.iter().cloned().chain(workplace).collect()
}

fn measure(id: Id, case_id: &Id, known: &Checkup, asked: &MeasureAsked) -> Measure {
    Measure {
        content: asked.content.trim().to_owned(),
        from: asked.from,
        until: asked.until,
        review_on: asked.review_on,
        ..Measure::new(id, case_id.clone(), known.worker.clone(), asked.kind)
    }
}

/// A row only where there is something to say beside the class, or where one stands already.
fn detailed(
    site: &Site,
    known: &Checkup,
    opinion: &Opinion,
    case_id: Option<Id>,
    rows: &mut impl Iterator<Item = Id>,
) -> Option<CheckupDetail> {
    let said = [&opinion.condition, &opinion.words, &opinion.environment];
    let is_plain = said.iter().all(|text| text.trim().is_empty()) && case_id.is_none();
    let standing = detail(site, &known.id).cloned();
    if is_plain && standing.is_none() {
        return None;
    }
    let blank = standing.or_else(|| rows.next().map(|id| empty(id, known)))?;
    Some(CheckupDetail {
        is_held: false,
        condition: opinion.condition.trim().to_owned(),
        words: opinion.words.trim().to_owned(),
        environment: opinion.environment.trim().to_owned(),
        case_id,
        ..blank
    })
}

fn empty(id: Id, known: &Checkup) -> CheckupDetail {
    CheckupDetail {
        id,
        checkup: known.id.clone(),
        worker: known.worker.clone(),
        is_held: false,
        held_for: String::new(),
        condition: String::new(),
        diagnosis: None,
        environment: String::new(),
        words: String::new(),
        case_id: None,
    }
}

/// Writes 診断区分 as the physician sees it, beside the clinic's word and before any opinion.
///
/// # Errors
/// [`JudgeFault::Gone`].
pub fn diagnose(site: &Site, checkup: &Id, diagnosis: Diagnosis) -> Result<Command, JudgeFault> {
    let known = find(site, checkup)?;
    let standing = detail(site, checkup).cloned().unwrap_or_else(|| empty(site.next_id(Prefix::Row), known));
    let said = CheckupDetail { diagnosis: Some(diagnosis), ..standing };
    Ok(Command::new(Act::DiagnoseCheckup, known.worker.to_string()).put(said))
}

/// Puts an examination aside, for a reason that may be empty.
///
/// # Errors
/// [`JudgeFault::Gone`].
pub fn hold(site: &Site, checkup: &Id, reason: &str) -> Result<Command, JudgeFault> {
    let known = find(site, checkup)?;
    let standing = detail(site, checkup).cloned().unwrap_or_else(|| empty(site.next_id(Prefix::Row), known));
    let held = CheckupDetail { is_held: true, held_for: reason.trim().to_owned(), ..standing };
    Ok(Command::new(Act::HoldCheckup, known.worker.to_string()).put(held))
}

/// What the physician asks for where nothing else is typed (措置指針 2(3)ロ).
const WANTED: &str = "職場巡視または本人との面接の機会";

/// Puts an examination aside and asks the employer for what the opinion still needs: the wait is the employer's (OPN-07).
///
/// # Errors
/// [`JudgeFault::Gone`].
pub fn ask(site: &Site, checkup: &Id, wanted: &str, today: Day) -> Result<Command, JudgeFault> {
    let known = find(site, checkup)?;
    let wanted = Some(wanted.trim()).filter(|wanted| !wanted.is_empty()).unwrap_or(WANTED).to_owned();
    let mut rows = site.next_ids(Prefix::Row);
    let standing = detail(site, checkup).cloned().or_else(|| rows.next().map(|id| empty(id, known)));
    let (standing, id) = standing.zip(rows.next()).ok_or(JudgeFault::Gone)?;
    let held = CheckupDetail { is_held: true, held_for: wanted.clone(), ..standing };
    let asked = Information {
        id,
        kind: InformationKind::Work,
        about: today,
        asked_on: Some(today),
        received_on: None,
        content: wanted,
    };
    Ok(Command::new(Act::HoldCheckup, known.worker.to_string()).put(held).put(asked))
}

/// 通常勤務 for all of these, as one act that one key takes back; whoever has an opinion already is left as they are.
pub fn batch(site: &Site, checkups: &[Id], today: Day) -> Command {
    let wanted: std::collections::HashSet<&Id> = checkups.iter().collect();
    let open =
        site.checkups.iter().filter(|row| wanted.contains(&row.id) && row.opinion_on.is_none() && row.day <= today);
    open.fold(Command::new(Act::JudgeCheckups, None), |command, row| command.put(answered(row, Fitness::Normal, today)))
}
