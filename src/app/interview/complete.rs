//! The completed interview as one command: the case, the record, its measures, and the end of the draft.

use super::field::*;
use super::reading::joined;
use super::{InterviewForm, Step, measures, stress};
use crate::app::Site;
use crate::domain::case::{Case, CaseState, Ground};
use crate::domain::command::{Act, Command};
use crate::domain::interview::{Condition, Diagnosis, Fatigue, Interview};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::law::judgment::LegalItem;

/// Why the interview cannot be completed yet: the legal minimum, and what cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incomplete {
    /// Legal items (安衛則52条の4から52条の6).
    pub missing: Vec<LegalItem>,
    /// Fields whose text cannot be read, with the reason.
    pub faults: Vec<(&'static str, &'static str)>,
}

impl Incomplete {
    /// The step and the field to go to first.
    pub fn first(&self, form: &InterviewForm) -> Option<(Step, &'static str)> {
        let missing = self.missing.iter().filter_map(|item| field_of(*item));
        let field = missing.chain(self.faults.iter().map(|(field, _)| *field)).next()?;
        step_of(form, field).map(|step| (step, field))
    }

    /// What is missing, in one sentence.
    pub fn sentence(&self) -> String {
        let missing = self.missing.iter().map(|item| item.label()).collect::<Vec<_>>().join("、");
        match (missing.is_empty(), self.faults.first()) {
            (false, _) => format!("足りない項目: {missing}"),
            (true, Some((_, reason))) => (*reason).to_owned(),
            (true, None) => String::new(),
        }
    }
}

const fn field_of(item: LegalItem) -> Option<&'static str> {
    Some(match item {
        LegalItem::WorkSituation => WORK_SITUATION,
        LegalItem::Fatigue => FATIGUE,
        LegalItem::Burden => BURDEN,
        LegalItem::Condition => CONDITION,
        LegalItem::Day => DAY,
        LegalItem::Doctor => DOCTOR,
        LegalItem::Opinion => FITNESS,
        LegalItem::Worker => return None,
    })
}

impl InterviewForm {
    /// Whether nothing blocks any more, or what does.
    ///
    /// # Errors
    /// The legal minimum that is missing, and what was typed and cannot be read.
    pub fn completable(&self, site: &Site, today: Day) -> Result<(), Incomplete> {
        let mut incomplete = Incomplete { missing: self.missing(site), faults: self.faults(today) };
        if self.is_high_stress() && stress::waiting(site, self.worker()).is_none() {
            incomplete.faults.push((GROUND, "高ストレスの申出がありません。面接の種類を確かめてください。"));
        }
        if incomplete.missing.is_empty() && incomplete.faults.is_empty() { Ok(()) } else { Err(incomplete) }
    }

    /// The command that records the interview, and the id of the interview in it.
    ///
    /// # Errors
    /// As [`InterviewForm::completable`].
    pub fn complete(&self, law: &Law, site: &Site, today: Day) -> Result<(Command, Id), Incomplete> {
        self.completable(site, today)?;
        let case = self.case(site, today);
        let mut ids = site.next_ids(Prefix::Row);
        let id = ids.next().unwrap_or_else(|| site.next_id(Prefix::Row));
        let Some(interview) = self.record(law, &id, &case.id, today) else {
            return Err(Incomplete { missing: self.missing(site), faults: self.faults(today) });
        };
        let beside = ids.next().and_then(|row| self.beside(site, &case, &id, row));
        let rows = measures::rows(self, &case.id, site.next_ids(Prefix::Row).skip(1 + usize::from(beside.is_some())));
        let flag = self.interviewed(site);
        let command = Command::new(Act::CompleteInterview, self.worker().to_string())
            .put(case)
            .put(interview)
            .ending(Self::name(self.worker()));
        let command = beside.into_iter().fold(command, Command::put);
        let command = flag.into_iter().fold(command, Command::put);
        Ok((rows.into_iter().fold(command, Command::put), id))
    }

    /// The open case that waits for an interview, the newest first; else a new one of long hours.
    fn case(&self, site: &Site, today: Day) -> Case {
        if let Some(case) = stress::waiting(site, self.worker()).filter(|_| self.is_high_stress()) {
            return Case { next_on: self.next_on().or(case.next_on), ..case.clone() };
        }
        let is_waiting = |case: &&Case| {
            case.worker == *self.worker()
                && case.state != CaseState::Closed
                && case.ground == Ground::LongHours
                && !site.interviews.iter().any(|interview| interview.case_id == case.id)
        };
        let found = site.cases.iter().filter(is_waiting).max_by_key(|case| (case.opened_on, case.id.clone()));
        let case = found.cloned().unwrap_or_else(|| Case {
            id: site.next_id(Prefix::Case),
            worker: self.worker().clone(),
            ground: Ground::LongHours,
            state: CaseState::Open,
            opened_on: today,
            next_on: None,
            closed_on: None,
            note: String::new(),
        });
        Case { next_on: self.next_on().or(case.next_on), ..case }
    }

    /// The record; none while a legal item is open.
    fn record(&self, law: &Law, id: &Id, case: &Id, today: Day) -> Option<Interview> {
        let owned = |field: &str| self.text(field).to_owned();
        let condition = self.option(CONDITION, Condition::ALL)?;
        let condition_text = if condition == Condition::Present { owned(CONDITION_TEXT) } else { String::new() };
        Some(Interview {
            id: id.clone(),
            case_id: case.clone(),
            worker: self.worker().clone(),
            day: self.date(DAY)?,
            time: owned(TIME),
            mode: self.mode(),
            online_json: self.online(),
            doctor: owned(DOCTOR),
            work_situation: owned(WORK_SITUATION),
            work_factors: self.work_factors(),
            fatigue_sheet_json: self.fatigue_sheet(&law.tables().fatigue),
            family_answers: owned(FAMILY_ANSWERS),
            condition_notes: self.condition_notes(),
            bsid_json: self.bsid(),
            blood_pressure_json: self.blood_pressure(),
            red_flags: self.red_flags(),
            // 66条の10 does not ask for it, and its form has no place for it.
            fatigue: self.option(FATIGUE, Fatigue::ALL).or(self.is_high_stress().then_some(Fatigue::None))?,
            condition,
            condition_text,
            diagnosis: self.option(DIAGNOSIS, Diagnosis::ALL),
            guidance_json: self.guidance(),
            next_on: self.next_on(),
            remarks: owned(REMARKS),
            fitness: self.fitness()?,
            worker_view: owned(WORKER_VIEW),
            care: owned(CARE),
            workplace: owned(WORKPLACE),
            message: owned(MESSAGE),
            completed_on: today,
        })
    }

    /// 労働時間以外の要因, with the words of their fields.
    fn work_factors(&self) -> String {
        let fields = [("業務内容", DUTIES), ("通勤（片道）", COMMUTE), ("深夜業", NIGHT_WORK), ("", WORK_FACTORS)];
        labelled(fields.iter().map(|(label, field)| (*label, self.text(field).to_owned())))
    }

    /// 心身・生活状況 in words; the physician's alone.
    fn condition_notes(&self) -> String {
        let choices = [HISTORY, BODY, MIND, ALCOHOL, SMOKING];
        let chosen = choices.iter().map(|field| (label(self, field), self.words(field)));
        let texts = [("経過", HISTORY_TEXT), ("", CONDITION_NOTES)];
        labelled(chosen.chain(texts.iter().map(|(label, field)| (*label, self.text(field).to_owned()))))
    }

    fn words(&self, field: &str) -> String {
        let numbers = self.numbers(field);
        let words = words_of(field).iter().enumerate();
        let chosen = words.filter(|(index, _)| numbers.iter().any(|number| usize::from(*number) == *index));
        joined(chosen.map(|(_, word)| *word), "、")
    }
}

fn labelled<'a>(parts: impl Iterator<Item = (&'a str, String)>) -> String {
    let filled = parts.filter(|(_, text)| !text.is_empty());
    let line = |(label, text): (&str, String)| if label.is_empty() { text } else { format!("{label}: {text}") };
    filled.map(line).collect::<Vec<_>>().join("\n")
}
