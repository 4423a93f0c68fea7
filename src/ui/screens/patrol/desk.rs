//! A desk for the tests of patrol and establishment: two invented sites, a host that applies commands.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::assess::SiteAssessment;
use crate::app::host::{ClearFile, Door, Settling, Threshold, VaultView};
use crate::app::{Caseload, Effect, Event, Host, Site, View};
use crate::domain::command::{Act, Change, Command};
use crate::domain::doctor::Doctor;
use crate::domain::establishment::{
    ClosingDay, Committee, Contact, ContactRole, Engagement, Establishment, Headcount, Promise, Visit,
};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, Place, PlaceMark, Severity};
use crate::domain::{AnyRecord, Day, EstablishmentId, Id, Prefix, Table};
use crate::law::Law;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::overlay::Overlay;
use crate::ui::route::Route;
use crate::ui::shell::Shell;
use crate::ui::theme::Look;
use crate::ui::{screens, snapshot};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn today() -> Day {
    day("2026-11-20")
}

pub fn site_id() -> EstablishmentId {
    EstablishmentId::new(1)
}

/// The row of that number at the first site.
pub fn row(number: u32) -> Id {
    Id::new(&site_id(), Prefix::Row, number)
}

pub fn establishment(id: EstablishmentId, name: &str, short_name: &str) -> Establishment {
    Establishment {
        name: name.into(),
        short_name: short_name.into(),
        industry: "製造業".into(),
        engagement: Engagement::PartTime,
        contract_from: Some(day("2025-04-01")),
        committee: Committee::Health,
        ..Establishment::new(id)
    }
}

/// Nothing but a name and a place.
pub fn bare() -> Site {
    Site::new(establishment(site_id(), "あかつき精機 本社工場", "あかつき本社"))
}

/// A site that was patrolled last month and left two findings.
pub fn site() -> Site {
    let mut site = bare();
    site.contacts = Arc::new(vec![contact(1, ContactRole::HealthManager, "野々村 拓")]);
    site.places = Arc::new(vec![place(2, "第2工場 鋳造", 1), place(3, "事務所 2階", 2)]);
    site.patrols = Arc::new(vec![patrol(4, "2026-10-16", Some("2026-10-16"))]);
    site.marks = Arc::new(vec![PlaceMark {
        id: row(5),
        patrol: row(4),
        place: row(2),
        category: Category::Passage,
        mark: Mark::Finding,
    }]);
    let blocked =
        Finding { due: Some(day("2026-11-06")), ..finding(6, Category::Passage, "溶解炉前の通路に台車") };
    let eyewash = Finding {
        answered_on: Some(day("2026-11-02")),
        answer: "交換".into(),
        due: Some(day("2026-11-27")),
        ..finding(7, Category::Emergency, "洗眼器の水量不足")
    };
    site.findings = Arc::new(vec![blocked, eyewash]);
    site.headcounts = Arc::new(vec![Headcount { id: row(8), day: day("2026-04-01"), male: 120, female: 67 }]);
    site.closing_days = Arc::new(vec![ClosingDay { id: row(9), valid_from: day("2020-01-01"), day: 31 }]);
    site.visits = Arc::new(vec![
        visit(10, "2026-10-16", Some("2026-10-16")),
        visit(11, "2026-11-20", None),
        visit(12, "2026-12-18", None),
    ]);
    site.promises = Arc::new(vec![Promise {
        id: row(13),
        made_on: day("2026-10-16"),
        occasion: "委員会".into(),
        content: "ノー残業日の案に意見を返す".into(),
        due: Some(day("2026-11-20")),
        kept_on: None,
    }]);
    site.last_numbers = [0, 0, 13];
    site
}

fn contact(number: u32, role: ContactRole, name: &str) -> Contact {
    let (department, phone, mail) = (String::new(), String::new(), String::new());
    Contact { id: row(number), role, name: name.into(), department, phone, mail, is_emergency: false }
}

pub fn place(number: u32, name: &str, position: i64) -> Place {
    Place { id: row(number), name: name.into(), position, retired_on: None }
}

pub fn patrol(number: u32, on: &str, completed: Option<&str>) -> Patrol {
    Patrol {
        id: row(number),
        day: day(on),
        starts: "13:10".into(),
        companions: "衛生管理者 野々村 拓".into(),
        completed_on: completed.map(day),
        private_remark: String::new(),
    }
}

pub fn finding(number: u32, category: Category, content: &str) -> Finding {
    Finding {
        content: content.into(),
        severity: Severity::Improve,
        ..Finding::new(row(number), row(4), row(2), category)
    }
}

fn visit(number: u32, on: &str, closed: Option<&str>) -> Visit {
    let (starts, ends) = ("13:00".into(), "15:00".into());
    Visit { id: row(number), day: day(on), starts, ends, closed_on: closed.map(day), summary: String::new() }
}

pub fn view(sites: Vec<Site>) -> View {
    let law = Arc::new(Law::built_in().unwrap());
    let sites: Vec<Arc<Site>> = sites.into_iter().map(Arc::new).collect();
    let assessments = sites.iter().map(|site| Arc::new(SiteAssessment::new(&law, site, today()))).collect();
    View {
        revision: 1,
        today: today(),
        clock: "13:32".into(),
        door: Door::Open,
        threshold: Threshold::default(),
        caseload: Arc::new(Caseload { owner: Doctor::default(), sites }),
        assessments: Arc::new(assessments),
        law,
        vault: Arc::new(VaultView::default()),
    }
}

/// A host that applies what it is asked, and remembers the acts.
pub struct Desk {
    pub sites: Vec<Site>,
    pub acts: Vec<Act>,
    pub previews: Vec<crate::app::host::DocumentRequest>,
    pub clear_files: Vec<ClearFile>,
    pub settled: Vec<(Vec<i64>, Settling)>,
    revision: u64,
}

impl Desk {
    pub fn new(sites: Vec<Site>) -> Self {
        let (acts, previews, clear_files, settled) = Default::default();
        Self { sites, acts, previews, clear_files, settled, revision: 1 }
    }

    fn site(&mut self, id: &EstablishmentId) -> &mut Site {
        self.sites.iter_mut().find(|site| site.id() == id).unwrap()
    }
}

impl Host for Desk {
    fn view(&self) -> View {
        let vault = Arc::new(VaultView { clear_files: self.clear_files.clone(), ..VaultView::default() });
        View { revision: self.revision, vault, ..view(self.sites.clone()) }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Perform(id, command) => {
                self.acts.push(command.act);
                apply(self.site(&id), &command);
            }
            Effect::SaveDraft(id, draft) => {
                let drafts = Arc::make_mut(&mut self.site(&id).drafts);
                drafts.retain(|other| (&other.form, &other.field) != (&draft.form, &draft.field));
                drafts.push(draft);
            }
            Effect::EndDraft(id, form) => Arc::make_mut(&mut self.site(&id).drafts).retain(|d| d.form != form),
            Effect::CreateSite(establishment) => {
                let id = establishment.id.clone();
                self.sites.push(Site::new(*establishment));
                self.revision += 1;
                return vec![Event::SiteCreated(id)];
            }
            Effect::Preview(request) => self.previews.push(*request),
            Effect::SettleClearFiles(numbers, how) => {
                self.clear_files.retain(|file| !numbers.contains(&file.number));
                self.settled.push((numbers, how));
            }
            _ => return Vec::new(),
        }
        self.revision += 1;
        Vec::new()
    }
}

/// Applies a command to the tables that these screens write.
pub fn apply(site: &mut Site, command: &Command) {
    for change in &command.changes {
        match change {
            Change::Put(record) => put(site, record.clone()),
            Change::Remove(table, key) => remove(site, *table, key),
        }
    }
    Arc::make_mut(&mut site.drafts).retain(|draft| !command.ends_drafts.contains(&draft.form));
}

fn put(site: &mut Site, record: AnyRecord) {
    let number = Id::parse(record.key()).ok().and_then(|id| id.numbered()).map_or(0, |(_, number)| number);
    site.last_numbers[2] = site.last_numbers[2].max(number);
    macro_rules! tables {
        ($($variant:ident => $field:ident),* $(,)?) => {
            match record {
                AnyRecord::Establishment(row) => site.establishment = Arc::from(row),
                $(AnyRecord::$variant(row) => {
                    let rows = Arc::make_mut(&mut site.$field);
                    rows.retain(|other| other.id != row.id);
                    rows.push(*row);
                    rows.sort_by(|a, b| a.id.cmp(&b.id));
                })*
                other => panic!("{other:?}"),
            }
        };
    }
    tables! {
        Patrol => patrols, PlaceMark => marks, Finding => findings, Place => places, Visit => visits,
        Promise => promises, Information => information, Contact => contacts, Headcount => headcounts,
        ClosingDay => closing_days, PatrolRhythm => rhythms, Plan => plans, Notice => notices,
        Criterion => criteria, StandingInstruction => instructions, SiteDoctor => doctors,
        HoursMethod => methods,
    }
}

fn remove(site: &mut Site, table: Table, key: &str) {
    match table {
        Table::Contact => Arc::make_mut(&mut site.contacts).retain(|row| row.id.as_str() != key),
        Table::Headcount => Arc::make_mut(&mut site.headcounts).retain(|row| row.id.as_str() != key),
        Table::ClosingDay => Arc::make_mut(&mut site.closing_days).retain(|row| row.id.as_str() != key),
        Table::PatrolRhythm => Arc::make_mut(&mut site.rhythms).retain(|row| row.id.as_str() != key),
        Table::Criterion => Arc::make_mut(&mut site.criteria).retain(|row| row.id.as_str() != key),
        other => panic!("{other:?}"),
    }
}

/// The interface on a desk, with a count of the keys that are no free text.
pub struct Session {
    pub desk: Desk,
    pub shell: Shell,
    pub presses: usize,
}

impl Session {
    /// Opens `route` on top of 今日.
    pub fn at(route: Route, sites: Vec<Site>) -> Self {
        let mut desk = Desk::new(sites);
        let mut shell = Shell::new(&mut desk);
        shell.stack.push(screens::open(&route, &desk.view()));
        let mut session = Self { desk, shell, presses: 0 };
        session.draw(80, 24);
        session
    }

    /// With files in clear outside the vault.
    pub fn with_clear_files(mut self, files: Vec<ClearFile>) -> Self {
        self.desk.clear_files = files;
        self.desk.revision += 1;
        self.shell.tick(&mut self.desk);
        self
    }

    pub fn press(&mut self, code: Code) {
        self.presses += 1;
        self.shell.input(&mut self.desk, Input::Key(Key::plain(code)));
        self.draw(80, 24);
    }

    pub fn key(&mut self, letter: char) {
        self.press(Code::Char(letter));
    }

    /// Free text; not counted.
    pub fn text(&mut self, text: &str) {
        self.shell.input(&mut self.desk, Input::Paste(text.to_owned()));
    }

    pub fn site(&self) -> &Site {
        &self.desk.sites[0]
    }

    pub fn draw(&mut self, columns: u16, rows: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        self.shell.draw(&mut buffer, Look::default());
        if let Some(Overlay::Failure(_)) = &self.shell.overlay {
            panic!("{}", snapshot::text(&buffer));
        }
        snapshot::text(&buffer)
    }

    pub fn shows(&mut self, text: &str) -> bool {
        self.draw(80, 24).contains(text)
    }
}
