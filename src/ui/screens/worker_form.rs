//! 労働者の登録: one person of the roster by hand, with the traits that decide the class.
//!
//! Knows the fields and their words. What may be recorded is `app::people`' to say.

use super::common;
use super::entry::{Entry, EntryForm, Refusal};
use crate::app::View;
use crate::app::people::{self, WorkerEntry, WorkerFault};
use crate::domain::worker::{AttributeKind, Sex, Worker};
use crate::domain::{Day, EstablishmentId, Id, Prefix};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply};

/// The form of a worker, new or known.
pub struct WorkerForm {
    site: EstablishmentId,
    worker: Option<Id>,
}

impl WorkerForm {
    /// The form at `site`; without a worker it registers one.
    pub fn new(site: EstablishmentId, worker: Option<Id>) -> Self {
        Self { site, worker }
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

fn form(worker: &Worker, traits: &[AttributeKind], today: Day) -> Form {
    let past = |id, label, day: Option<Day>| {
        Field::date(id, label, today, Direction::Back).with(&day.map(|day| day.to_string()).unwrap_or_default())
    };
    Form::new(vec![
        Field::text("number", "社員番号").with(&worker.number),
        Field::text("name", "氏名").with(&worker.name),
        Field::text("kana", "ふりがな").with(&worker.kana),
        Field::choice("sex", "性別", numbered(1, Sex::ALL.iter().skip(1).map(|sex| sex.label())))
            .with(&sex_number(worker.sex)),
        past("birth", "生年月日", worker.birth),
        Field::text("department", "所属").with(&worker.department),
        Field::text("position", "役職").with(&worker.position),
        past("joined", "入社日", worker.joined_on),
        past("left", "退職日", worker.left_on),
        Field::text("duties", "業務内容").with(&worker.duties),
        Field::text("special", "有害業務など").with(&worker.special_work),
        Field::multi("traits", "区分", numbered(1, AttributeKind::ALL.iter().map(|kind| kind.label())))
            .with(&trait_numbers(traits)),
        Field::date("since", "区分の始まり", today, Direction::Nearest),
        Field::text("from", "派遣元").with(&worker.dispatch_from),
        Field::text("to", "派遣先").with(&worker.dispatch_to),
    ])
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
        sex: form.chosen("sex", 0, Sex::ALL).copied().unwrap_or_default(),
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

impl EntryForm for WorkerForm {
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

    fn build(&mut self, view: &View) -> Option<Entry> {
        let site = view.caseload.site(&self.site)?;
        let (name, form) = match &self.worker {
            None => ("worker/new".to_owned(), form(&Worker::new(site.next_id(Prefix::Worker)), &[], view.today)),
            Some(id) => {
                let traits = people::traits_on(site, id, view.today);
                (format!("worker/{id}"), form(site.worker(id)?, &traits, view.today))
            }
        };
        Some(Entry::new(site, name, form, "number"))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = view.caseload.site(&self.site) else { return Ok(Reply::ignored()) };
        let typed = typed(entry.form(), Worker::new(site.next_id(Prefix::Worker)));
        let built = match &self.worker {
            None => people::add(site, &typed, view.today),
            Some(id) => people::edit(site, id, &typed, view.today).map(|command| (id.clone(), command)),
        };
        let (id, command) = built.map_err(|fault| (field_of(fault), fault.to_string()))?;
        // A change was opened from the worker's own screen; a new one has none behind it yet.
        let there = if self.worker.is_some() { Go::Back } else { Go::Instead(Route::Worker(id)) };
        if command.changes.is_empty() {
            return Ok(Reply::say("変わったところはありません").and(entry.end_draft()).then(there));
        }
        let says = format!("{} さんを記録しました。u で取り消せます", typed.worker.name);
        Ok(entry.save(command, says).then(there))
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録して、この人の画面を開きます", hint).to_owned()
    }
}

#[cfg(test)]
#[path = "worker_form_tests.rs"]
mod tests;
