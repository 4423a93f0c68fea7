//! 労働者の登録: one person of the roster by hand, with the traits that decide the class.
//!
//! Knows the fields and their words. What may be recorded is `app::people`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, Saving, typed_into};
use crate::app::people::{self, WorkerEntry, WorkerFault};
use crate::app::{Effect, Site, View};
use crate::domain::command::Command;
use crate::domain::worker::{AttributeKind, Sex, Worker};
use crate::domain::{Day, EstablishmentId, Id, Prefix};
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// The form of a worker, new or known.
pub struct WorkerForm {
    site: EstablishmentId,
    worker: Option<Id>,
    entry: Option<Entry<Saving>>,
}

impl WorkerForm {
    /// The form at `site`; without a worker it registers one.
    pub fn new(site: EstablishmentId, worker: Option<Id>) -> Self {
        Self { site, worker, entry: None }
    }

    fn build(&mut self, view: &View) {
        let Some(site) = view.caseload.site(&self.site) else { return };
        let form = match &self.worker {
            None => form(&nobody(site), &[], view.today),
            Some(id) => {
                let Some(worker) = site.worker(id) else { return };
                form(worker, &people::traits_on(site, id, view.today), view.today)
            }
        };
        let name = self.worker.as_ref().map_or_else(|| "worker/new".to_owned(), |id| format!("worker/{id}"));
        self.entry = Some(Entry::new(site, name, form, "number"));
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some(site) = view.caseload.site(&self.site) else { return Reply::ignored() };
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if entry.refuse_unreadable() {
            return Reply::done();
        }
        let typed = typed(entry.form(), nobody(site));
        let built = match &self.worker {
            None => people::add(site, &typed, view.today),
            Some(id) => people::edit(site, id, &typed, view.today).map(|command| (id.clone(), command)),
        };
        match built {
            Ok((id, command)) => {
                let command = command.ending(entry.draft());
                self.perform(id, command, &typed.worker.name)
            }
            Err(fault) => {
                entry.refuse(field_of(fault), fault.to_string());
                Reply::say(common::NOTHING_WRITTEN)
            }
        }
    }

    fn perform(&self, id: Id, command: Command, name: &str) -> Reply {
        // A change was opened from the worker's own screen; a new one has none behind it yet.
        let there = if self.worker.is_some() { Go::Back } else { Go::Instead(Route::Worker(id)) };
        if command.changes.is_empty() {
            let ended = command.ends_drafts.first().cloned().unwrap_or_default();
            return Reply { says: Some("変わったところはありません".to_owned()), ..Reply::done() }
                .and(Effect::EndDraft(self.site.clone(), ended))
                .then(there);
        }
        let says = format!("{name} さんを記録しました。u で取り消せます");
        let effect = Effect::Perform(self.site.clone(), Box::new(command));
        Reply { says: Some(says), ..Reply::ask(effect) }.then(there)
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        entry.typed(input).unwrap_or_else(|| self.save(view))
    }
}

const fn field_of(fault: WorkerFault) -> &'static str {
    match fault {
        WorkerFault::NoName | WorkerFault::NoWorker => "name",
        WorkerFault::NumberTaken => "number",
        WorkerFault::Birth => "birth",
        WorkerFault::JoinedBeforeBirth => "joined",
        WorkerFault::LeftBeforeJoining => "left",
        WorkerFault::NoDispatchingEmployer => "from",
        WorkerFault::TraitOutside => "since",
    }
}

fn nobody(site: &Site) -> Worker {
    Worker {
        id: site.next_id(Prefix::Worker),
        number: String::new(),
        name: String::new(),
        kana: String::new(),
        sex: Sex::Unknown,
        birth: None,
        department: String::new(),
        position: String::new(),
        joined_on: None,
        left_on: None,
        dispatch_from: String::new(),
        dispatch_to: String::new(),
        special_work: String::new(),
        duties: String::new(),
    }
}

fn form(worker: &Worker, traits: &[AttributeKind], today: Day) -> Form {
    let past = |id, label, day: Option<Day>| {
        Field::date(id, label, today, Direction::Back).with(&day.map(|day| day.to_string()).unwrap_or_default())
    };
    Form::new(vec![
        Field::text("number", "社員番号").with(&worker.number),
        Field::text("name", "氏名").with(&worker.name),
        Field::text("kana", "ふりがな").with(&worker.kana),
        Field::choice("sex", "性別", options(1, Sex::ALL.iter().skip(1).map(|sex| sex.label())))
            .with(&sex_number(worker.sex)),
        past("birth", "生年月日", worker.birth),
        Field::text("department", "所属").with(&worker.department),
        Field::text("position", "役職").with(&worker.position),
        past("joined", "入社日", worker.joined_on),
        past("left", "退職日", worker.left_on),
        Field::text("duties", "業務内容").with(&worker.duties),
        Field::text("special", "有害業務など").with(&worker.special_work),
        Field::multi("traits", "区分", options(1, AttributeKind::ALL.iter().map(|kind| kind.label())))
            .with(&trait_numbers(traits)),
        Field::date("since", "区分の始まり", today, Direction::Nearest),
        Field::text("from", "派遣元").with(&worker.dispatch_from),
        Field::text("to", "派遣先").with(&worker.dispatch_to),
    ])
}

fn options(first: u8, labels: impl Iterator<Item = &'static str>) -> Vec<(u8, std::borrow::Cow<'static, str>)> {
    (first..).zip(labels.map(Into::into)).collect()
}

/// 1 男, 2 女; nothing chosen is not known.
fn sex_number(sex: Sex) -> String {
    let index = Sex::ALL.iter().position(|other| *other == sex).unwrap_or(0);
    if index == 0 { String::new() } else { index.to_string() }
}

fn trait_numbers(traits: &[AttributeKind]) -> String {
    let number = |kind: &AttributeKind| AttributeKind::ALL.iter().position(|other| other == kind).map(|at| at + 1);
    traits.iter().filter_map(number).map(|number| number.to_string()).collect::<Vec<_>>().join(",")
}

/// What stands in the form, over an empty worker.
fn typed(form: &Form, empty: Worker) -> WorkerEntry {
    let text = |id: &str| form.text(id).to_owned();
    let worker = Worker {
        number: text("number"),
        name: text("name"),
        kana: text("kana"),
        sex: form.choice("sex").and_then(|number| Sex::ALL.get(usize::from(number))).copied().unwrap_or_default(),
        birth: form.day("birth"),
        department: text("department"),
        position: text("position"),
        joined_on: form.day("joined"),
        left_on: form.day("left"),
        dispatch_from: text("from"),
        dispatch_to: text("to"),
        special_work: text("special"),
        duties: text("duties"),
        ..empty
    };
    let kind = |number: u8| AttributeKind::ALL.get(usize::from(number).checked_sub(1)?).copied();
    let traits = form.choices("traits").into_iter().filter_map(kind).collect();
    WorkerEntry { worker, traits, since: form.day("since") }
}

fn hint(field: &str) -> &'static str {
    match field {
        "sex" => "番号で選ぶと次の欄へ進みます",
        "birth" => "1984-04-02、S59.4.2 のように書けます",
        "traits" => "当てはまる番号をすべて押します。どの条文で面接するかが決まります",
        "since" => "いま変えた区分がこの日から変わります。空なら、前からそうだったとします",
        "from" => "派遣の人の意見書は派遣元へ出ます",
        "left" => "在籍中は空のままにします",
        _ => "氏名のほかは空のままでも保存できます。F6 で保存の行へ移ります",
    }
}

impl Screen for WorkerForm {
    fn route(&self) -> Route {
        Route::WorkerForm(self.site.clone(), self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        if let Some(id) = &self.worker {
            return common::person_head(view, id, "登録の変更");
        }
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("{name} / 名簿 / 労働者の登録"), ..Head::default() }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.entry {
            Some(entry) => entry.draw(canvas, body),
            None => {
                canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
                None
            }
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        common::entry_offers(self.is_typing())
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn message(&self, _view: &View) -> String {
        match self.entry.as_ref().map(Entry::focus) {
            Some(Some(field)) => hint(field).to_owned(),
            Some(None) => "Enter で記録して、この人の画面を開きます".to_owned(),
            None => String::new(),
        }
    }

    fn settle(&mut self, view: &View) {
        if self.entry.is_none() {
            self.build(view);
        }
        self.entry.iter_mut().for_each(|entry| entry.offer_saving("保存する"));
    }
}

#[cfg(test)]
#[path = "worker_form_tests.rs"]
mod tests;
