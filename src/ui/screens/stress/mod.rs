//! The stress check: the rounds of an establishment, the list to confirm, one person's chart, the groups,
//! and what was done with them.
//!
//! Shows what `app::stress` says and hands commands on. In 画面共有 the view holds no person, so there is no name here.

mod asking;
mod confirm;
mod diagram;
mod groups;
mod improvement_form;
#[cfg(test)]
mod improvement_tests;
mod improvements;
mod person;
mod profile;
mod round_form;
mod rounds;
#[cfg(test)]
mod tests;

pub use confirm::ConfirmList;
pub use groups::Groups;
pub use improvement_form::ImprovementForm;
pub use improvements::Improvements;
pub use person::Person;
pub use profile::Profile;
pub use round_form::RoundForm;
pub use rounds::Rounds;

use crate::app::stress::StressFault;
use crate::app::{Effect, Site, View};
use crate::domain::Id;
use crate::domain::command::Command;
use crate::domain::stress::{Criteria, Method, StressRound};
use crate::ui::screen::Reply;

/// What every screen of a round says when the round is not there.
const NO_ROUND: &str = "この回はありません。Esc で戻ります";
/// What stands where somebody's rows are hidden.
const NO_PERSON: &str = "表示できる人はいません。画面共有や面談の間は、人を出しません";

/// The round with its establishment.
fn round_of<'view>(view: &'view View, id: &Id) -> Option<(&'view Site, &'view StressRound)> {
    let site = view.caseload.site_of(id)?;
    site.stress_rounds.iter().find(|round| &round.id == id).map(|round| (&**site, round))
}

/// `あかつき精機 / SC / 2026年度`
fn path(site: &Site, round: &StressRound) -> String {
    format!("{} / SC / {}", site.establishment.name, round.name)
}

/// `SC-5 合計点数（57項目）   ア B77以上   イ A+C 76以上で B63以上`
fn criteria_line(criteria: &Criteria) -> String {
    let Criteria { id, form, method, symptoms_alone, causes_and_support, symptoms_with } = criteria;
    let reach = if *method == Method::Sums { "以上" } else { "以下" };
    format!(
        "{id} {}（{}）   ア B{symptoms_alone}{reach}   イ A+C {causes_and_support}{reach}で B{symptoms_with}{reach}",
        method.label(),
        form.label()
    )
}

/// Hands a command on, or says why there is none.
fn perform(site: &Site, made: Result<Command, StressFault>, says: impl Into<String>) -> Reply {
    match made {
        Ok(command) => {
            let effect = Effect::Perform(site.id().clone(), Box::new(command));
            Reply { says: Some(says.into()), ..Reply::ask(effect) }
        }
        Err(fault) => Reply::say(fault.to_string()),
    }
}
