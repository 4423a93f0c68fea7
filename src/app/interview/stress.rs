//! The interview after the stress check (安衛法66条の10第3項): what it asks for besides, and what it must not leave open.
//!
//! 心理的な負担の状況 stands in the place of the fatigue (則52条の17). The numbers of the check are shown beside the
//! questions and decide nothing.

use serde_json::json;

use super::field::*;
use super::{InterviewForm, measures};
use crate::app::Site;
use crate::app::stress::{ask, requests};
use crate::domain::case::{Case, CaseState, Ground};
use crate::domain::interview::{Fitness, Guidance, Interview};
use crate::domain::stress::{StressInterview, StressResult, StressRound};
use crate::domain::worker::{StressFlag, StressState};
use crate::domain::{Day, Id};
use crate::law::Law;
use crate::law::outcome::Conclusion;

/// The most hours that 時間外労働の制限 takes on the form: two digits.
const MOST_HOURS: u32 = 99;

/// The open case of 66条の10 that waits for its interview, or for the opinion to be written anew; the newest first.
pub fn waiting<'site>(site: &'site Site, worker: &Id) -> Option<&'site Case> {
    let is_issued = |case: &Case| site.issued.iter().any(|issued| issued.case_id.as_ref() == Some(&case.id));
    let stands = |case: &Case| site.requests.iter().any(|r| r.case_id == case.id && r.withdrawn_on.is_none());
    let is_waiting = |case: &&Case| {
        &case.worker == worker
            && case.ground == Ground::HighStress
            && case.state != CaseState::Closed
            && stands(case)
            && !is_issued(case)
    };
    site.cases.iter().filter(is_waiting).max_by_key(|case| (case.opened_on, case.id.clone()))
}

/// Whether an interview was held after a request of 66条の10.
pub fn is_after_the_check(site: &Site, interview: &Interview) -> bool {
    site.cases.iter().any(|case| case.id == interview.case_id && case.ground == Ground::HighStress)
}

/// The round that a case belongs to, and the result if it is on this desk.
pub fn result_of<'site>(site: &'site Site, case: &Case) -> Option<(&'site StressRound, &'site StressResult)> {
    let rounds = site.stress_rounds.iter();
    let mut of = rounds.filter_map(|round| {
        let asked = requests::request_of(site, &round.id, &case.worker)?;
        let result = crate::app::stress::result(site, &round.id, &case.worker)?;
        (asked.case_id == case.id).then_some((round, result))
    });
    of.next_back()
}

/// The result in a line: method, A, B, C, and what the numbers say.
pub fn result_line(round: &StressRound, result: &StressResult) -> String {
    let number = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let [a, b, c] = [result.causes, result.symptoms, result.support].map(number);
    let method = round.criteria_json.method.label();
    format!("{}  {method}  A {a}  B {b}  C {c}  {}", round.name, result.computed.label())
}

impl InterviewForm {
    /// Whether the interview is the one of 66条の10.
    pub fn is_high_stress(&self) -> bool {
        self.chose(GROUND, 1)
    }

    /// 心理的な負担の状況, where the law asks for it.
    pub(super) fn burden(&self) -> Option<&str> {
        self.is_high_stress().then(|| self.text(BURDEN))
    }

    /// The results of the check beside the questions: the one of this request, and those before.
    pub fn results(&self, site: &Site) -> Vec<String> {
        let current = waiting(site, self.worker()).and_then(|case| result_of(site, case));
        let newest = current.map(|(round, _)| &round.id);
        let mut lines = vec![current.map_or_else(
            || "この机に結果はありません。本人の持つ通知で確かめます。".to_owned(),
            |(round, result)| result_line(round, result),
        )];
        let before = site.stress_rounds.iter().rev().filter(|round| Some(&round.id) != newest);
        lines.extend(before.filter_map(|round| {
            let result = crate::app::stress::result(site, &round.id, self.worker())?;
            Some(format!("前回 {}", result_line(round, result)))
        }));
        lines
    }

    /// What the form of section 8 does not take (SC-65), and a request that is not there.
    pub(super) fn stress_faults(&self) -> Vec<(&'static str, &'static str)> {
        if !self.is_high_stress() {
            return Vec::new();
        }
        let guidance = self.guidance();
        let wants_period = matches!(self.fitness(), Some(Fitness::Limited | Fitness::Leave));
        let limits = measures::chosen(self).iter().any(|option| option.detail == Some(OVERTIME_LIMIT));
        let found = [
            (
                guidance.len() > 1 && guidance.contains(&Guidance::None),
                (GUIDANCE, "「措置不要」とほかの指導区分は、一緒に選べません。どちらかにしてください。"),
            ),
            (
                self.wants_reinterview() && self.next_on().is_none(),
                (NEXT_ON, "再面接の時期がありません。日付を入れてください。"),
            ),
            (
                limits && self.overtime_limit().is_none_or(|hours| hours > MOST_HOURS),
                (OVERTIME_LIMIT, "時間外労働の制限は、月0から99の時間数で書きます。"),
            ),
            (
                wants_period && self.date(UNTIL).is_none(),
                (UNTIL, "就業制限・配慮と要休業には、措置期間の終わりが要ります。"),
            ),
        ];
        found.into_iter().filter(|(is_open, _)| *is_open).map(|(_, fault)| fault).collect()
    }

    /// The items of SC-32 that are not confirmed yet, in the words of the rule.
    pub fn unasked(&self, law: &Law, today: Day) -> Vec<String> {
        if !self.is_high_stress() {
            return Vec::new();
        }
        let facts = json!({
            "three_domains": self.chose(RESULT_READ, 1),
            "work_situation": self.has_passed(super::Step::Work) && !self.text(WORK_SITUATION).is_empty(),
            "burden": !self.text(BURDEN).is_empty(),
            "condition": !self.text(CONDITION).is_empty(),
        });
        let found = ask(law, "SC-32", self.date(DAY).unwrap_or(today), &facts);
        let open = found.filter(|outcome| outcome.outcome == Conclusion::Required);
        open.map(|outcome| outcome.reasons.into_iter().map(|reason| reason.text).collect()).unwrap_or_default()
    }

    /// What is kept beside the interview of 66条の10.
    pub(super) fn beside(&self, site: &Site, case: &Case, interview: &Id, id: Id) -> Option<StressInterview> {
        let round = result_of(site, case).map(|(round, _)| round.id.clone());
        let (burden, findings) = (self.burden()?.to_owned(), self.text(FINDINGS).to_owned());
        Some(StressInterview {
            id,
            interview: interview.clone(),
            worker: self.worker().clone(),
            round,
            burden,
            findings,
        })
    }

    /// The word of the lists: interviewed.
    pub(super) fn interviewed(&self, site: &Site) -> Option<StressFlag> {
        let asked = |flag: &&StressFlag| &flag.worker == self.worker() && flag.state == StressState::Requested;
        let newest = site.stress.iter().filter(asked).max_by_key(|flag| flag.day).filter(|_| self.is_high_stress())?;
        Some(StressFlag { state: StressState::Interviewed, ..newest.clone() })
    }
}
