//! How a patrol begins: day, time, companions, once and with answers already there.

use ratatui::layout::{Position, Rect};

use crate::app::patrols::{self, Beginning, Presence};
use crate::app::{Effect, Site, View};
use crate::domain::establishment::ContactRole;
use crate::domain::patrol::Patrol;
use crate::domain::{Day, EstablishmentId};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::Input;
use crate::ui::screen::Reply;
use crate::ui::theme::{Look, Weight};

/// The answers, and whether they are being changed.
pub(super) struct Begin {
    form: Form,
    is_editing: bool,
    starts: String,
}

impl Begin {
    /// Today, now, with the health manager.
    pub(super) fn new(view: &View, site: &EstablishmentId) -> Self {
        let companions = view.caseload.site(site).map(|site| companions(site)).unwrap_or_default();
        let form = form(view.today, &view.clock, &companions);
        Self { form, is_editing: false, starts: view.clock.clone() }
    }

    pub(super) fn is_editing(&self) -> bool {
        self.is_editing
    }

    pub(super) fn is_typing(&self) -> bool {
        self.is_editing && self.form.is_in_text()
    }

    /// What would be recorded; the time is that of the start, unless another one was typed.
    pub(super) fn beginning(&self, view: &View) -> Beginning {
        let typed = self.form.text("starts");
        let starts = if typed == self.starts { view.clock.clone() } else { typed.to_owned() };
        Beginning { starts, ..self.typed(view.today) }
    }

    fn typed(&self, today: Day) -> Beginning {
        let presence = self.form.chosen("presence", 1, Presence::ALL);
        Beginning {
            presence: presence.copied().unwrap_or_default(),
            day: self.form.day("day").unwrap_or(today),
            starts: self.form.text("starts").to_owned(),
            companions: self.form.text("companions").to_owned(),
            private_remark: self.form.text("remark").to_owned(),
        }
    }

    /// The answers in words, for the list.
    pub(super) fn words(&self) -> [(&'static str, String); 3] {
        let presence = self.form.chosen("presence", 1, Presence::ALL);
        let day = self.form.day("day").map(dates::full).unwrap_or_default();
        [
            ("日", format!("{day}   {} から", self.form.text("starts"))),
            ("方法", presence.map_or("-", |presence| presence.label()).to_owned()),
            ("同行者", self.form.text("companions").to_owned()),
        ]
    }

    /// Opens the fields, with what the open patrol holds.
    pub(super) fn edit(&mut self, open: Option<&Patrol>) -> Reply {
        if let Some(patrol) = open {
            self.form.set_values([
                ("day", patrol.day.to_string().as_str()),
                ("starts", &patrol.starts),
                ("companions", &patrol.companions),
                ("remark", &patrol.private_remark),
            ]);
        }
        self.is_editing = true;
        self.form.focus_on("companions");
        Reply::done()
    }

    /// Closes the fields; what was changed of an open patrol is recorded.
    pub(super) fn leave(&mut self, site: &Site, id: &EstablishmentId, open: Option<&Patrol>) -> Reply {
        self.is_editing = false;
        let Some(patrol) = open else { return Reply::done() };
        let typed = self.typed(patrol.day);
        let is_same = patrol.starts == typed.starts
            && patrol.companions == typed.companions
            && patrol.private_remark == typed.private_remark;
        match patrols::correct(site, &patrol.id, &typed) {
            _ if is_same => Reply::done(),
            Ok(command) => Reply::ask(Effect::Perform(id.clone(), Box::new(command))),
            Err(error) => Reply::say(error.to_string()),
        }
    }

    pub(super) fn update(&mut self, input: &Input, site: &Site, id: &EstablishmentId, open: Option<&Patrol>) -> Reply {
        match self.form.update(input) {
            FormEvent::PastEnd | FormEvent::BeforeStart => self.leave(site, id, open),
            FormEvent::Ignored => Reply::ignored(),
            _ => Reply::done(),
        }
    }

    pub(super) fn resize(&mut self, body: Rect) {
        self.form.resize(body, Look::default());
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        canvas.text(2, area.y, area.width, "巡視の始まり", Weight::Dim);
        let inside = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        self.form.draw(canvas, inside)
    }
}

fn form(today: Day, clock: &str, companions: &str) -> Form {
    let numbers = 1_u8..;
    let options = numbers.zip(Presence::ALL).map(|(number, presence)| (number, presence.label().into())).collect();
    Form::new(vec![
        Field::text("companions", "同行者").with(companions),
        Field::text("starts", "開始").with(clock),
        Field::date("day", "日", today, Direction::Back).with(&today.to_string()),
        Field::choice("presence", "方法", options).with("1"),
        Field::memo("remark", "自分だけ", 3),
    ])
}

/// 衛生管理者 first (則11条 walks every week), else 衛生推進者.
fn companions(site: &Site) -> String {
    let names = |role: ContactRole| {
        site.contacts_as(role).map(|contact| format!("{} {}", role.label(), contact.name)).collect::<Vec<_>>()
    };
    let managers = names(ContactRole::HealthManager);
    let found = if managers.is_empty() { names(ContactRole::HealthPromoter) } else { managers };
    found.join("、")
}
