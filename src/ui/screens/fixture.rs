//! A small synthetic caseload, and the interface run on it by keys, for the tests of the forms.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::assess::SiteAssessment;
use crate::app::host::{Door, Threshold, TypedHours, VaultView};
use crate::app::{Caseload, Effect, Event, Host, Site, View};
use crate::domain::command::{Change, Command, DraftField, HoursInForce};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::{ClosingDay, Committee, Engagement, Establishment};
use crate::domain::hours::{Measure, Series};
use crate::domain::worker::{Sex, Worker};
use crate::domain::{AnyRecord, Day, EstablishmentId, Hours, Id, Prefix, Seconds};
use crate::law::Law;
use crate::ui::Shell;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::snapshot;
use crate::ui::theme::Look;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub const TODAY: &str = "2026-11-20";

pub fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

pub fn worker_id(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Worker, number)
}

pub fn establishment() -> Establishment {
    Establishment {
        id: site_id(),
        name: "あかつき精機 本社工場".to_owned(),
        short_name: "あかつき本社".to_owned(),
        employer: String::new(),
        address: String::new(),
        phone: String::new(),
        fax: String::new(),
        industry: String::new(),
        insurance_number: String::new(),
        engagement: Engagement::PartTime,
        appointed_on: None,
        appointment_reported_on: None,
        contract_from: None,
        contract_until: None,
        committee: Committee::Health,
        hours_method: String::new(),
        criterion: String::new(),
        criterion_seconds: None,
        criterion_on: None,
    }
}

pub fn worker(number: u32, name: &str) -> Worker {
    Worker {
        id: worker_id(number),
        number: format!("{}", 10_000 + number),
        name: name.to_owned(),
        kana: "さえき みさき".to_owned(),
        sex: Sex::Female,
        birth: Some(day("1984-04-02")),
        department: "製造技術課".to_owned(),
        position: "主任".to_owned(),
        joined_on: Some(day("2009-04-01")),
        left_on: None,
        dispatch_from: String::new(),
        dispatch_to: String::new(),
        special_work: String::new(),
        duties: String::new(),
    }
}

/// One establishment that closes at the end of the month, one worker with one month of hours.
pub fn site() -> Site {
    let mut site = Site::new(establishment());
    site.closing_days =
        Arc::new(vec![ClosingDay { id: row(1), valid_from: day("2020-01-01"), day: 31 }]);
    site.workers = Arc::new(vec![worker(1, "佐伯 美咲")]);
    site.last_numbers = [1, 0, 1];
    let period = site.period(2026, 9).unwrap();
    let hours = Hours::exact(Seconds::hm(255, 30));
    let value = HoursInForce { period, measure: Measure::StatutoryTotal, series: Series::Employer, hours };
    site.hours = Arc::new([(worker_id(1), vec![value])].into());
    site
}

pub fn row(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Row, number)
}

/// A host without a vault: it keeps drafts and rows in memory and remembers what it was asked.
pub struct Desk {
    pub site: Site,
    pub commands: Vec<Command>,
    pub hours: Vec<TypedHours>,
    pub fails: bool,
    revision: u64,
    door: Door,
}

impl Desk {
    pub fn new(site: Site) -> Self {
        Self { site, commands: Vec::new(), hours: Vec::new(), fails: false, revision: 1, door: Door::Open }
    }

    fn save_draft(&mut self, field: DraftField) {
        let drafts = Arc::make_mut(&mut self.site.drafts);
        drafts.retain(|known| (&known.form, &known.field) != (&field.form, &field.field));
        drafts.push(field);
    }

    fn end_draft(&mut self, form: &str) {
        Arc::make_mut(&mut self.site.drafts).retain(|draft| draft.form != form);
    }

    fn apply(&mut self, command: Command) {
        for change in &command.changes {
            let Change::Put(record) = change else { continue };
            match record.clone() {
                AnyRecord::Worker(worker) => Arc::make_mut(&mut self.site.workers).push(*worker),
                AnyRecord::Request(request) => Arc::make_mut(&mut self.site.requests).push(*request),
                AnyRecord::Case(case) => Arc::make_mut(&mut self.site.cases).push(*case),
                AnyRecord::Checkup(checkup) => Arc::make_mut(&mut self.site.checkups).push(*checkup),
                _ => {}
            }
        }
        command.ends_drafts.iter().for_each(|form| self.end_draft(form));
        self.commands.push(command);
    }

    /// The rows of the last command, as text.
    pub fn last_rows(&self) -> String {
        format!("{:?}", self.commands.last().map(|command| &command.changes))
    }
}

impl Host for Desk {
    fn view(&self) -> View {
        let law = Law::built_in().unwrap();
        let assessment = SiteAssessment::new(&law, &self.site, day(TODAY));
        View {
            revision: self.revision,
            today: day(TODAY),
            clock: "14:20".to_owned(),
            door: self.door,
            threshold: Threshold::default(),
            caseload: Arc::new(Caseload { owner: Doctor::default(), sites: vec![Arc::new(self.site.clone())] }),
            assessments: Arc::new(vec![Arc::new(assessment)]),
            law: Arc::new(law),
            vault: Arc::new(VaultView::default()),
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        if matches!(effect, Effect::Perform(..) | Effect::EnterHours(..)) && self.fails {
            return vec![Event::Failed(crate::app::host::Failure {
                happened: "書けませんでした".to_owned(),
                state: String::new(),
                remedies: Vec::new(),
                code: "E-TEST",
            })];
        }
        match effect {
            Effect::Perform(_, command) => self.apply(*command),
            Effect::EnterHours(_, hours) => self.hours.extend(hours),
            Effect::SaveDraft(_, field) => self.save_draft(field),
            Effect::EndDraft(_, form) => self.end_draft(&form),
            Effect::Lock => {
                self.door = Door::Locked;
                self.revision += 1;
                return vec![Event::Locked("施錠しました".to_owned())];
            }
            Effect::Unlock(_) => {
                self.door = Door::Open;
                self.revision += 1;
                return vec![Event::Unlocked];
            }
            _ => return Vec::new(),
        }
        self.revision += 1;
        Vec::new()
    }
}

/// The interface on a [`Desk`], driven by keys; counts the presses that are not free text.
pub struct Drive {
    pub desk: Desk,
    pub shell: Shell,
    pub presses: usize,
}

impl Drive {
    /// Starts at 今日 and opens the roster's establishment and its worker through the list of screens.
    pub fn at(site: Site, route: &Route) -> Self {
        let mut desk = Desk::new(site);
        let mut shell = Shell::new(&mut desk);
        shell.stack.push(super::open(route, &desk.view()));
        Self { desk, shell, presses: 0 }
    }

    /// Presses one key.
    pub fn press(&mut self, code: Code) -> &mut Self {
        self.key(Key::plain(code))
    }

    pub fn key(&mut self, key: Key) -> &mut Self {
        self.presses += 1;
        self.shell.input(&mut self.desk, Input::Key(key));
        self
    }

    /// Presses keys named by their characters; all are counted.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            self.press(match c {
                '\t' => Code::Tab,
                '\n' => Code::Enter,
                c => Code::Char(c),
            });
        }
        self
    }

    /// Types free text, which is not counted.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let before = self.presses;
        self.keys(text);
        self.presses = before;
        self
    }

    pub fn save(&mut self) -> &mut Self {
        self.press(Code::F(6)).press(Code::Enter)
    }

    pub fn screen(&mut self, width: u16, height: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        self.shell.draw(&mut buffer, Look::default());
        snapshot::text(&buffer)
    }

    pub fn route(&self) -> Route {
        self.shell.route().unwrap()
    }
}
