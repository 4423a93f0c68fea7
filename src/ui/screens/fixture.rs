//! A small synthetic caseload, and the interface run on it by keys, for the tests of the forms.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::assess::SiteAssessment;
use crate::app::checkups::lacking;
use crate::app::checkups::queue;
use crate::app::checkups::weigh::{Measures, Standing, weigh};
pub use crate::app::entry_fixture::{TODAY, day, site, site_id, worker_id};
use crate::app::host::{Door, Threshold, TypedHours, VaultView};
use crate::app::origins::Origin;
use crate::app::{Caseload, Effect, Event, Host, Site, View};
use crate::domain::AnyRecord;
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::{Change, Command, DraftField};
use crate::domain::doctor::Doctor;
use crate::law::Law;
use crate::scales::checkup::table;
use crate::ui::Shell;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::snapshot;
use crate::ui::theme::Look;

/// A host without a vault: it keeps drafts and rows in memory and remembers what it was asked.
pub struct Desk {
    pub site: Site,
    pub commands: Vec<Command>,
    pub hours: Vec<TypedHours>,
    pub fails: bool,
    pub asked: Vec<String>,
    /// What the next tick tells.
    pub told: Vec<Event>,
    /// Sheets of checkups, newest first.
    pub sheets: Vec<CheckupSheet>,
    /// Rows of files, newest first.
    pub origins: Vec<Origin>,
    pub owner: Doctor,
    revision: u64,
    door: Door,
}

impl Desk {
    pub fn new(site: Site) -> Self {
        Self {
            site,
            commands: Vec::new(),
            hours: Vec::new(),
            fails: false,
            asked: Vec::new(),
            told: Vec::new(),
            sheets: Vec::new(),
            origins: Vec::new(),
            owner: Doctor::default(),
            revision: 1,
            door: Door::Open,
        }
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
                AnyRecord::Checkup(checkup) => {
                    Arc::make_mut(&mut self.site.checkups).put(&checkup);
                }
                AnyRecord::CheckupDetail(row) => {
                    let rows = Arc::make_mut(&mut self.site.checkup_details);
                    rows.retain(|known| known.id != row.id);
                    rows.push(*row);
                    self.site.last_numbers[2] += 1;
                }
                AnyRecord::Measure(row) => Arc::make_mut(&mut self.site.measures).push(*row),
                AnyRecord::Exclusion(row) => Arc::make_mut(&mut self.site.exclusions).push(*row),
                AnyRecord::ExclusionBasis(row) => Arc::make_mut(&mut self.site.bases).push(*row),
                AnyRecord::Notice(row) => Arc::make_mut(&mut self.site.notices).push(*row),
                AnyRecord::Plan(row) => {
                    let rows = Arc::make_mut(&mut self.site.plans);
                    rows.retain(|known| known.id != row.id);
                    rows.push(*row);
                }
                AnyRecord::Certificate(row) => self.site.certificates = Arc::new(vec![*row]),
                AnyRecord::InterviewInformation(row) => {
                    let rows = Arc::make_mut(&mut self.site.interview_information);
                    rows.retain(|known| known.id != row.id);
                    rows.push(*row);
                }
                _ => {}
            }
        }
        crate::app::stress::fixture::apply(&mut self.site, &command);
        command.ends_drafts.iter().for_each(|form| self.end_draft(form));
        self.commands.push(command);
    }

    fn weighed(&self, by: &str) -> Vec<Standing> {
        let by = table(by).unwrap();
        let measures = Measures { table: by, urgent: None };
        let left = queue::remaining(&self.site, day(TODAY));
        let mut standings: Vec<Standing> = left
            .into_iter()
            .map(|checkup| {
                let sheet = self.sheets.iter().find(|sheet| sheet.checkup == checkup.id);
                weigh(measures, checkup, sheet, self.site.worker(&checkup.worker).unwrap().sex, None)
            })
            .collect();
        queue::order(&self.site, &mut standings);
        standings
    }

    fn read_sheets(&self, workers: &[crate::domain::Id]) -> Vec<Event> {
        let of = |worker: &crate::domain::Id| {
            let sheets = self.sheets.iter().filter(|sheet| &sheet.worker == worker).cloned().collect();
            Event::SheetsRead(worker.clone(), Arc::new(sheets))
        };
        workers.iter().map(of).collect()
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
            caseload: Arc::new(Caseload { owner: self.owner.clone(), sites: vec![Arc::new(self.site.clone())] }),
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
        let is_change = matches!(effect, Effect::Perform(..) | Effect::EnterHours(..));
        match effect {
            Effect::Perform(_, command) => self.apply(*command),
            Effect::EnterHours(_, hours) => self.hours.extend(hours),
            Effect::SaveDraft(_, field) => self.save_draft(field),
            Effect::EndDraft(_, form) => self.end_draft(&form),
            Effect::Attach(_, new) => {
                self.asked.push(format!("attach {} {} {}", new.record, new.title, new.path.display()));
                self.end_draft(&new.draft);
                self.revision += 1;
                return vec![Event::Done("添えました".to_owned())];
            }
            effect @ (Effect::FixValue(..) | Effect::ExportMapping | Effect::AnswerRow(..) | Effect::AcceptImport) => {
                self.asked.push(format!("{effect:?}"));
            }
            Effect::WriteAttachment(_, id) => {
                self.asked.push(format!("write {id}"));
                return vec![Event::Done("書き出しました".to_owned())];
            }
            Effect::WeighCheckups(_, by) => return vec![Event::CheckupsWeighed(Arc::new(self.weighed(&by)))],
            Effect::FindLacking(_) => {
                let found = lacking::lacking(&self.view().law, &self.site, &self.sheets, day(TODAY));
                return vec![Event::LackingFound(Arc::new(found))];
            }
            Effect::ReadOrigins(worker) => {
                return vec![Event::OriginsRead(worker, Arc::new(self.origins.clone()))];
            }
            Effect::ReadSheets(_, workers) => return self.read_sheets(&workers),
            Effect::Tick => return std::mem::take(&mut self.told),
            Effect::StopWork => self.asked.push("stop".to_owned()),
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
        if is_change { vec![Event::Done("記録しました".to_owned())] } else { Vec::new() }
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
                '\u{1b}' => Code::Esc,
                c => Code::Char(c),
            });
        }
        self
    }

    /// Pastes a text as a terminal hands it over: in one piece.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.shell.input(&mut self.desk, Input::Paste(text.to_owned()));
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
