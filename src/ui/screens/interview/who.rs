//! Who interviews: the field holds a name, and a number puts in one of the doctors of the site.

use super::Interview;
use crate::app::View;
use crate::app::interview::doctors::{self, Offered};
use crate::app::interview::field::{DAY, DOCTOR};
use crate::ui::screens::common::site_of;

impl Interview {
    fn doctors(&self, view: &View) -> Vec<Offered> {
        let Some(site) = site_of(view, &self.worker) else { return Vec::new() };
        let day = self.model.as_ref().and_then(|model| model.date(DAY)).unwrap_or(view.today);
        doctors::offered(&view.caseload.owner, site, day)
    }

    /// Takes a number that was typed for the doctor it stands for.
    pub(super) fn pick_doctor(&mut self, view: &View) {
        let offered = self.doctors(view);
        let Some(field) = self.form.field_mut(DOCTOR) else { return };
        if let Some(doctor) = doctors::picked(&field.value().unwrap_or_default(), &offered) {
            field.set_value(&doctor.name);
        }
    }

    /// The doctors by number, while the cursor stands on the field and there is a choice.
    pub(super) fn doctor_message(&self, view: &View) -> Option<String> {
        self.form.focused().filter(|field| field.id() == DOCTOR)?;
        let offered = self.doctors(view);
        let named = (1..).zip(&offered).map(|(number, doctor)| match doctor.tie.as_str() {
            "" => format!("{number} {}", doctor.name),
            tie => format!("{number} {}（{tie}）", doctor.name),
        });
        (offered.len() > 1).then(|| format!("番号で選べます   {}", named.collect::<Vec<_>>().join("   ")))
    }
}
