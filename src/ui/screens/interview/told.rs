//! What the employer gives for the interview, as the last field of its first step; a number takes an item one state on.
//!
//! The field shows records and is never a draft: a tick is what was received.

use std::borrow::Cow;

use super::Interview;
use crate::app::View;
use crate::app::information::{self, Line, Standing};
use crate::app::interview::field::INFORMATION;
use crate::ui::field::Field;
use crate::ui::screen::Reply;
use crate::ui::screens::common::site_of;
use crate::ui::screens::information::advance;

impl Interview {
    /// Shows what stands in the records.
    pub(super) fn show_information(&mut self, view: &View) {
        let Some(site) = site_of(view, &self.worker) else { return };
        let lines = information::checklist(site, &self.worker, view.today);
        if let Some(field) = self.form.field_mut(INFORMATION) {
            field.renew(options(&lines), &received(&lines));
        }
    }

    /// Whether the cursor stands on the list.
    pub(super) fn is_at_information(&self) -> bool {
        self.form.focused().is_some_and(|field| field.id() == INFORMATION)
    }

    /// The item whose tick changed goes one state further.
    pub(super) fn advance_information(&mut self, view: &View) -> Reply {
        let Some(site) = site_of(view, &self.worker) else { return Reply::ignored() };
        let lines = information::checklist(site, &self.worker, view.today);
        let ticked = self.form.field(INFORMATION).map(Field::chosen).unwrap_or_default();
        let known = received(&lines);
        let changed = (1_u8..).zip(&lines).find(|(number, _)| ticked.contains(number) != known.contains(number));
        changed.map_or_else(Reply::done, |(_, line)| advance(site, &self.worker, line, view.today))
    }
}

fn options(lines: &[Line]) -> Vec<(u8, Cow<'static, str>)> {
    (1_u8..).zip(lines.iter().map(label)).collect()
}

fn label(line: &Line) -> Cow<'static, str> {
    match (line.standing, line.is_on_hand) {
        (Standing::Asked, _) => format!("{} 依頼中", line.item.label()).into(),
        (Standing::Missing, true) => format!("{} 手元", line.item.label()).into(),
        (Standing::Missing, false) | (Standing::Received, _) => line.item.label().into(),
    }
}

fn received(lines: &[Line]) -> Vec<u8> {
    let numbered = (1_u8..).zip(lines);
    numbered.filter(|(_, line)| line.standing == Standing::Received).map(|(number, _)| number).collect()
}
