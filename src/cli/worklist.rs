//! `junkai worklist`: what is due, for whom, by when, by which rule.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Worklist as Options;
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::Site;
use crate::app::plans;
use crate::app::worklist::{Item, Turn, order};
use crate::domain::establishment::Plan;
use crate::domain::{Day, EstablishmentId};
use crate::law::outcome::Outcome;
use crate::law::{Law, rules};
use crate::runtime::Desk;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let only = options.establishment.as_deref().map(establishment).transpose()?;
    let desk = session.desk(Access::Reading)?;
    with_desk(desk, |desk| {
        if options.done {
            return done(session, desk, only.as_ref(), options.names);
        }
        let today = desk.today();
        for (site, item) in items(desk, only.as_ref())? {
            let shown = Shown { site: &site, item: &item, law: desk.law(), today, with_names: options.names };
            if session.is_json() { output::object(shown.object())? } else { output::line(&shown.text())? }
        }
        Ok(ExitCode::SUCCESS)
    })
}

type Row = (std::sync::Arc<Site>, Item);

/// The items of one establishment or of all, in the one order.
fn items(desk: &Desk, only: Option<&EstablishmentId>) -> Result<Vec<Row>, Fault> {
    if let Some(id) = only {
        desk.site(id)?;
    }
    let mut rows: Vec<Row> = Vec::new();
    for site in desk.caseload().sites.iter().filter(|site| only.is_none_or(|id| site.id() == id)) {
        desk.viewed(site.id(), "期限一覧")?;
        let assessment = desk.assessment(site.id())?;
        rows.extend(assessment.items.iter().map(|item| (std::sync::Arc::clone(site), item.clone())));
    }
    rows.sort_by(|a, b| order(&a.1, &b.1, desk.today()));
    Ok(rows)
}

/// What was said to be done without a record of its own; the reason is the physician's and goes only where names may go.
fn done(session: &Session, desk: &Desk, only: Option<&EstablishmentId>, with_reasons: bool) -> Answer {
    for site in desk.caseload().sites.iter().filter(|site| only.is_none_or(|id| site.id() == id)) {
        desk.viewed(site.id(), "期限一覧")?;
        for plan in plans::done(site) {
            let reason = if with_reasons { plan.reason.as_str() } else { "" };
            match session.is_json() {
                true => output::object(json!({
                    "establishment": site.id().as_str(),
                    "key": plan.item,
                    "done_on": plan.done_on,
                    "reason": with_reasons.then_some(reason),
                }))?,
                false => output::line(&done_line(plan, reason))?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn done_line(plan: &Plan, reason: &str) -> String {
    let day = plan.done_on.map(|day| day.to_string()).unwrap_or_default();
    format!("{day}  {}  {reason}", plan.item).trim_end().to_owned()
}

struct Shown<'a> {
    site: &'a Site,
    item: &'a Item,
    law: &'a Law,
    today: Day,
    with_names: bool,
}

impl Shown<'_> {
    fn name(&self) -> Option<&str> {
        let worker = self.item.worker.as_ref().filter(|_| self.with_names)?;
        self.site.worker(worker).map(|worker| worker.name.as_str())
    }

    fn text(&self) -> String {
        let item = self.item;
        let whom = item.worker.as_ref().or(item.record.as_ref()).map_or(self.site.id().as_str(), |id| id.as_str());
        let name = self.name().map_or_else(String::new, |name| format!(" {name}"));
        let soft = match item.without_day() {
            Some(word) => format!("{word}、"),
            None if item.due.soft => "概ね".to_owned(),
            None => String::new(),
        };
        let about = if self.with_names { item.about.as_str() } else { "" };
        let words = [item.state.label(), item.task.label(), about, item.turn.label(), item.rule];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        format!("{soft}{}  {whom}{name}  {}", item.due.safe, words.join("  "))
    }

    /// What an item is about may name a place or a finding: it goes only where names may go.
    fn object(&self) -> Value {
        let item = self.item;
        let outcome = self.outcome();
        let mut object = json!({
            "establishment": item.site.as_str(),
            "key": item.key,
            "task": item.task,
            "worker": item.worker,
            "record": item.record,
            "state": item.state,
            "members": item.members,
            "due": (!item.is_prompt).then_some(item.due.safe),
            "due_last": (!item.is_prompt).then_some(item.due.last),
            "days_left": (!item.is_prompt).then(|| item.days_left(self.today)),
            "promptly_since": (item.is_prompt && !item.is_effort).then_some(item.due.safe),
            "effort_since": item.is_effort.then_some(item.due.safe),
            "unverified": item.is_unverified,
            "due_is_soft": item.due.soft,
            "turn": item.turn,
            "scheduled_for": item.scheduled_for,
            "snoozed_until": item.snoozed_until,
            "waiting_for": (item.turn != Turn::Mine).then_some(item.turn),
            "rule": (!item.rule.is_empty()).then_some(item.rule),
            "reasons": outcome.as_ref().map(|outcome| &outcome.reasons),
            "citations": outcome.as_ref().map(|outcome| &outcome.citations),
        });
        if let Some(members) = object.as_object_mut().filter(|_| self.with_names) {
            members.insert("name".to_owned(), json!(self.name()));
            members.insert("establishment_name".to_owned(), json!(self.site.establishment.short_name));
            members.insert("about".to_owned(), json!(item.about));
        }
        object
    }

    fn outcome(&self) -> Option<Outcome> {
        let rule = rules::find(self.item.rule)?;
        self.law.assess(rule, self.item.law_day, &self.item.facts).ok()
    }
}
