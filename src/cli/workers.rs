//! `junkai workers`: every worker with every flag and the reasons for it.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::Workers as Options;
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::Site;
use crate::app::flags::WorkerFlags;
use crate::app::months::Context;
use crate::domain::worker::Worker;
use crate::law::Law;
use crate::law::means::MeanFlag;
use crate::law::overtime::{Decided, MonthView, WorkedMonth};
use crate::runtime::Desk;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let desk = session.desk(Access::Reading)?;
    with_desk(desk, |desk| {
        let site = desk.site(&id)?;
        desk.viewed(&id, "労働者一覧")?;
        print(session, desk, site, options.names)?;
        Ok(ExitCode::SUCCESS)
    })
}

fn print(session: &Session, desk: &Desk, site: &Site, with_names: bool) -> Result<(), Fault> {
    let context = Context::new(site);
    let assessment = desk.assessment(site.id())?;
    for worker in site.workers.iter() {
        let Some(flags) = assessment.flags_of(&worker.id) else { continue };
        let name = with_names.then_some(worker.name.as_str());
        if session.is_json() {
            output::object(object(desk.law(), &context, worker, flags, name, desk.today()))?;
        } else {
            output::line(&text(worker, flags, name))?;
        }
    }
    Ok(())
}

fn text(worker: &Worker, flags: &WorkerFlags, name: Option<&str>) -> String {
    let words = [flags.overtime_word(), flags.checkup, flags.stress, flags.interview, flags.fitness].join(" ");
    let disputed = if flags.is_disputed { " 争いあり" } else { "" };
    let name = name.map_or_else(String::new, |name| format!("  {name}"));
    format!("{}{name}  {}  {words}{disputed}", worker.id, flags.hours_text())
}

fn object(
    law: &Law,
    context: &Context<'_>,
    worker: &Worker,
    flags: &WorkerFlags,
    name: Option<&str>,
    today: crate::domain::Day,
) -> Value {
    let mut object = json!({
        "establishment": context.site.id().as_str(),
        "worker": worker.id.as_str(),
        "employed": worker.is_employed_on(today),
        "month": flags.month.as_ref().map(month),
        "overtime": flags.view.as_ref().map(overtime),
        "mean": mean(flags.mean),
        "recent_tiers": flags.recent,
        "disputed": flags.is_disputed,
        "words": {
            "overtime": flags.overtime_word(),
            "checkup": flags.checkup,
            "stress": flags.stress,
            "interview": flags.interview,
            "fitness": flags.fitness,
        },
        "reasons": flags.reasons(law, context, worker),
    });
    if let (Some(name), Some(members)) = (name, object.as_object_mut()) {
        members.insert("name".to_owned(), json!(name));
    }
    object
}

fn month(month: &WorkedMonth) -> Value {
    json!({
        "period_start": month.period.start,
        "period_end": month.period.end,
        "measure": month.measure,
        "low_seconds": month.hours.low,
        "high_seconds": month.hours.high,
        "partial": month.is_partial,
    })
}

/// Sevenths of a second decide; the seconds are cut, as the minutes on the screen are.
fn overtime(view: &MonthView) -> Value {
    let (tier, is_decided) = match view.tier {
        Decided::Known(tier) => (tier, true),
        Decided::Undecided { high, .. } => (high, false),
    };
    json!({
        "shown": view.display(),
        "low_seconds": view.x7_low.0.div_euclid(7),
        "high_seconds": view.x7_high.0.div_euclid(7),
        "low_x7_seconds": view.x7_low.0,
        "high_x7_seconds": view.x7_high.0,
        "tier": tier,
        "decided": is_decided,
        "reported": view.is_reported,
    })
}

fn mean(flag: MeanFlag) -> Value {
    match flag {
        MeanFlag::Over(months) => json!({ "flag": "over", "months": months }),
        MeanFlag::NotOver => json!({ "flag": "not_over" }),
        MeanFlag::Unknown => json!({ "flag": "unknown" }),
    }
}
