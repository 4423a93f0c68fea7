//! The group report of a round: the scales' analysis over the records, with the law's minimum and what left before.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::judging::scored;
use super::{StressFault, result, round};
use crate::app::Site;
use crate::domain::command::{Act, Command};
use crate::domain::stress::{Computed, StressRelease, StressRound};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::law::param::Reading;
use crate::scales::stress::Questionnaire;
use crate::scales::stress::group::{Analysis, Measure, Member, Order, Released, analyse, is_comparable};

/// The smallest group of which anything may be given on a day; none where the law has no such number.
pub fn minimum(law: &Law, day: Day) -> Option<usize> {
    match law.reading("stress.group.people", day) {
        Reading::InForce(people, _) => usize::try_from(people).ok(),
        _ => None,
    }
}

/// Analyses a round; needs nobody's consent (SC-17), and gives nothing about few.
///
/// # Errors
/// No such round, a record that cannot be read, or no minimum for that day.
pub fn report(law: &Law, site: &Site, id: &Id, merges: &[Vec<String>], today: Day) -> Result<Analysis, StressFault> {
    let round = round(site, id)?;
    let minimum = minimum(law, today).ok_or(StressFault::NothingToRelease)?;
    let members = members(site, round)?;
    let earlier = released(site, id);
    let order = Order { members: &members, merges, earlier: &earlier, minimum };
    Ok(analyse(Questionnaire::built_in()?, &order))
}

fn members(site: &Site, round: &StressRound) -> Result<Vec<Member>, StressFault> {
    let of = site.stress_answers.iter().filter(|row| row.round == round.id);
    of.map(|row| {
        let (_, score) = scored(row)?;
        let is_high = result(site, &round.id, &row.worker).and_then(|result| match result.computed {
            Computed::High => Some(true),
            Computed::Below => Some(false),
            Computed::Withheld => None,
        });
        let (key, department) = (row.worker.to_string(), row.department.clone());
        Ok(Member { key, department, sex: row.sex, score, is_high })
    })
    .collect()
}

/// What has left before about a round.
pub fn released(site: &Site, round: &Id) -> Vec<Released> {
    site.stress_releases.iter().filter(|row| &row.round == round).flat_map(of_release).collect()
}

/// The figures of one report.
pub fn of_release(release: &StressRelease) -> Vec<Released> {
    release.figures_json.as_array().into_iter().flatten().filter_map(figure).collect()
}

fn figure(value: &Value) -> Option<Released> {
    let people = value.get("people")?.as_array()?;
    let measure = match (value.get("measure")?.as_str()?, value.get("scale").and_then(Value::as_u64)) {
        ("chart", _) => Measure::Chart,
        ("scale", Some(scale)) => Measure::Scale(usize::try_from(scale).ok()?),
        ("high_stress", _) => Measure::HighStress,
        ("high_count", _) => Measure::HighCount,
        _ => return None,
    };
    Some(Released { measure, people: people.iter().filter_map(Value::as_str).map(str::to_owned).collect() })
}

fn written(released: &Released) -> Value {
    let (word, scale) = match released.measure {
        Measure::Chart => ("chart", None),
        Measure::Scale(scale) => ("scale", Some(scale)),
        Measure::HighStress => ("high_stress", None),
        Measure::HighCount => ("high_count", None),
    };
    json!({ "measure": word, "scale": scale, "people": released.people })
}

/// Keeps what a report gave, so that no later one gives away the difference.
///
/// # Errors
/// [`StressFault::NothingToRelease`] where every group is too small; [`StressFault::NoName`] without a recipient.
pub fn release(
    site: &Site,
    id: &Id,
    analysis: &Analysis,
    recipients: &str,
    today: Day,
) -> Result<Command, StressFault> {
    round(site, id)?;
    if analysis.released.is_empty() {
        return Err(StressFault::NothingToRelease);
    }
    let recipients = Some(recipients.trim()).filter(|text| !text.is_empty()).ok_or(StressFault::NoName)?;
    let row = StressRelease {
        id: site.next_id(Prefix::Row),
        round: id.clone(),
        day: today,
        recipients: recipients.to_owned(),
        figures_json: analysis.released.iter().map(written).collect(),
    };
    Ok(Command::new(Act::ReleaseGroups, site.id().to_string()).put(row))
}

/// Whether the whole of a round may be set beside the whole of another: few who came or left would be told apart.
pub fn may_compare(law: &Law, site: &Site, one: &Id, other: &Id, today: Day) -> bool {
    let people = |round: &Id| -> BTreeSet<String> {
        site.stress_answers.iter().filter(|row| &row.round == round).map(|row| row.worker.to_string()).collect()
    };
    minimum(law, today).is_some_and(|minimum| is_comparable(&people(one), &people(other), minimum))
}
