//! `junkai establishment add/list/show`: the name comes from the standard input, never as an argument.

use std::process::ExitCode;

use serde::Deserialize;
use serde_json::json;

use super::arguments::{Establishment as Options, EstablishmentAct};
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, input, output, prompt};
use crate::domain::command::{Act, Command};
use crate::domain::establishment::{ClosingDay, Committee, Engagement, Establishment};
use crate::domain::{Day, EstablishmentId, Prefix};
use crate::runtime::Desk;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    match &options.act {
        EstablishmentAct::Add => add(session),
        EstablishmentAct::List => list(session),
        EstablishmentAct::Show { id } => show(session, id),
    }
}

/// What may be said about a new establishment.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct New {
    name: String,
    short_name: String,
    employer: String,
    address: String,
    phone: String,
    fax: String,
    industry: String,
    insurance_number: String,
    engagement: Engagement,
    committee: Committee,
    appointed_on: Option<Day>,
    contract_from: Option<Day>,
    contract_until: Option<Day>,
    hours_method: String,
    closing_day: Option<u32>,
}

/// The longest 略称.
const SHORT_NAME: usize = 6;

fn add(session: &Session) -> Answer {
    let desk = session.desk(Access::Writing)?;
    with_desk(desk, |desk| {
        let new = read()?;
        let closing = new.closing_day;
        let id = desk.create_site(record(new))?;
        if let Some(day) = closing {
            close_on(desk, &id, day)?;
        }
        if session.is_json() {
            output::object(json!({ "establishment": id.as_str() }))?;
        } else {
            output::line(id.as_str())?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn read() -> Result<New, Fault> {
    let new = if input::is_terminal() { asked()? } else { parsed(&input::rest()?)? };
    if new.name.trim().is_empty() {
        return Err(Fault::usage("事業場の名称がありません。標準入力の JSON に name を入れてください。"));
    }
    if new.closing_day.is_some_and(|day| !(1..=31).contains(&day)) {
        return Err(Fault::usage("締日（closing_day）は 1 から 31 で入れてください。31 は月末です。"));
    }
    Ok(new)
}

fn asked() -> Result<New, Fault> {
    let name = prompt::ask("事業場の名称")?;
    let short_name = prompt::ask("略称（全角6字まで、空でも可）")?;
    let closing = prompt::ask("締日（1から31、31は月末、空なら後で）")?;
    let closing_day = if closing.is_empty() { None } else { Some(closing.parse().unwrap_or(0)) };
    Ok(New { name, short_name, closing_day, ..New::default() })
}

/// A line that is no JSON object is the name itself.
fn parsed(text: &str) -> Result<New, Fault> {
    let text = text.trim();
    if text.starts_with('{') {
        let wrong = "標準入力の JSON を読めません。name、short_name、address、closing_day などの項目で書いてください。";
        return serde_json::from_str(text).map_err(|_| Fault::usage(wrong));
    }
    Ok(New { name: text.lines().next().unwrap_or_default().trim().to_owned(), ..New::default() })
}

fn record(new: New) -> Establishment {
    let short: String =
        if new.short_name.is_empty() { &new.name } else { &new.short_name }.chars().take(SHORT_NAME).collect();
    Establishment {
        name: new.name,
        short_name: short,
        employer: new.employer,
        address: new.address,
        phone: new.phone,
        fax: new.fax,
        industry: new.industry,
        insurance_number: new.insurance_number,
        engagement: new.engagement,
        appointed_on: new.appointed_on,
        contract_from: new.contract_from,
        contract_until: new.contract_until,
        committee: new.committee,
        hours_method: new.hours_method,
        // Replaced by the next free number when it is made.
        ..Establishment::new(EstablishmentId::new(0))
    }
}

/// Valid since long ago: hours of the years before may come in later.
fn close_on(desk: &mut Desk, id: &EstablishmentId, day: u32) -> Result<(), Fault> {
    let valid_from = Day::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let row = ClosingDay { id: desk.site(id)?.next_id(Prefix::Row), valid_from, day };
    desk.perform(id, &Command::new(Act::EditEstablishment, row.id.to_string()).put(row))?;
    Ok(())
}

fn list(session: &Session) -> Answer {
    let desk = session.desk(Access::Reading)?;
    with_desk(desk, |desk| {
        for site in &desk.caseload().sites {
            let workers = site.workers.iter().filter(|worker| worker.is_employed_on(desk.today())).count();
            if session.is_json() {
                output::object(json!({ "establishment": site.id().as_str(), "workers": workers }))?;
            } else {
                output::line(&format!("{}  {workers}名", site.id()))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn show(session: &Session, id: &str) -> Answer {
    let id = establishment(id)?;
    let desk = session.desk(Access::Reading)?;
    with_desk(desk, |desk| {
        let site = desk.site(&id)?;
        desk.viewed(&id, id.as_str())?;
        let record = serde_json::to_value(&*site.establishment).unwrap_or_default();
        if session.is_json() {
            let closing: Vec<_> =
                site.closing_days.iter().map(|c| json!({ "valid_from": c.valid_from, "day": c.day })).collect();
            output::object(json!({ "establishment": record, "closing_days": closing, "workers": site.workers.len() }))?;
        } else {
            let about = &site.establishment;
            output::line(&format!("{}  {}（{}）", about.id, about.name, about.engagement.label()))?;
            output::line(&format!(
                "所在地 {}  業種 {}  委員会 {}",
                about.address,
                about.industry,
                about.committee.label()
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
