//! A round before it opens: what the committee decided, the numbers, who carries it.

use crate::app::stress::StressFault;
use crate::app::stress::rounds::{self, RoundEntry, StaffEntry};
use crate::app::{Site, View};
use crate::domain::command::Command;
use crate::domain::stress::{Criteria, OwnerRole, Profession, StaffPart, StressRound};
use crate::domain::{Day, EstablishmentId, Id};
use crate::scales::stress::criteria::examples;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::screens::entry::{Entry, EntryForm, Refusal};

/// The form of a round, new or known.
pub struct RoundForm {
    site: EstablishmentId,
    round: Option<Id>,
}

impl RoundForm {
    /// The form at this establishment; without a round it makes one.
    pub fn new(site: EstablishmentId, round: Option<Id>) -> Self {
        Self { site, round }
    }

    fn known<'site>(&self, site: &'site Site) -> Option<&'site StressRound> {
        site.stress_rounds.iter().find(|round| Some(&round.id) == self.round.as_ref())
    }
}

/// One command: the round, and the implementer where one is named.
fn command(view: &View, site: &Site, known: Option<&StressRound>, form: &Form) -> Result<Command, Refusal> {
    let typed = typed(form);
    let (id, mut command) = rounds::write(&view.law, site, known.map(|round| &round.id), &typed, view.today)
        .map_err(|fault| (field_of(&fault), fault.to_string()))?;
    for (part, field) in [(StaffPart::Implementer, "implementer"), (StaffPart::Clerk, "clerk")] {
        let name = form.text(field).trim();
        let is_known = site.stress_staff.iter().any(|row| row.round == id && row.part == part && row.name == name);
        if name.is_empty() || is_known {
            continue;
        }
        let entry = staff(form, part, name);
        let number = command.changes.len();
        let added = rounds::staff_row(&view.law, site, &id, &entry, number, view.today)
            .map_err(|fault| (field, fault.to_string()))?;
        command = command.put(added);
    }
    Ok(command)
}

fn staff(form: &Form, part: StaffPart, name: &str) -> StaffEntry {
    let profession = form.chosen("profession", 1, Profession::ALL).copied().unwrap_or(Profession::Other);
    StaffEntry {
        part,
        name: name.to_owned(),
        profession: if part == StaffPart::Clerk { Profession::Other } else { profession },
        is_trained: form.choice("trained") == Some(1),
        has_personnel_power: false,
    }
}

fn field_of(fault: &StressFault) -> &'static str {
    match fault {
        StressFault::NotImplementer => "role",
        StressFault::Fixed | StressFault::Judged => "criteria",
        _ => "name",
    }
}

/// The numbers that are typed, else those of the example that was chosen.
fn criteria(form: &Form) -> Criteria {
    let list = examples().unwrap_or_default();
    let index = form.choice("criteria").map_or(0, |number| usize::from(number).saturating_sub(1));
    let example = list.get(index).or_else(|| list.first()).map(|example| example.criteria.clone());
    let mut criteria = example.unwrap_or_else(|| Criteria {
        id: String::new(),
        form: crate::domain::stress::Form::Full,
        method: crate::domain::stress::Method::Sums,
        symptoms_alone: u16::MAX,
        causes_and_support: u16::MAX,
        symptoms_with: u16::MAX,
    });
    let start = criteria.clone();
    let number = |field: &str| form.integer(field).and_then(|value| u16::try_from(value).ok());
    let slots = [
        (&mut criteria.symptoms_alone, "alone"),
        (&mut criteria.causes_and_support, "both"),
        (&mut criteria.symptoms_with, "with"),
    ];
    for (slot, field) in slots {
        *slot = number(field).unwrap_or(*slot);
    }
    if criteria != start {
        criteria.id = format!("{} を変更", start.id);
    }
    criteria
}

fn typed(form: &Form) -> RoundEntry {
    RoundEntry {
        name: form.text("name").to_owned(),
        committee_on: form.day("committee"),
        rules: form.text("rules").to_owned(),
        criteria: criteria(form),
        criteria_opinion_on: form.day("opinion"),
        role: form.chosen("role", 1, OwnerRole::ALL).copied().unwrap_or_default(),
    }
}

fn form(known: Option<&StressRound>, today: Day) -> Form {
    let date = |id, label, day: Option<Day>| {
        Field::date(id, label, today, Direction::Back).with(&day.map(|day| day.to_string()).unwrap_or_default())
    };
    let place = |at: Option<usize>| at.map_or_else(|| "1".to_owned(), |at| (at + 1).to_string());
    let list = examples().unwrap_or_default();
    let same =
        |round: &StressRound| list.iter().position(|example| round.criteria_json.id.starts_with(&example.criteria.id));
    let words = list.iter().map(|example| {
        let Criteria { id, form, method, .. } = &example.criteria;
        format!("{id} {}・{}", form.label(), method.label())
    });
    let numbers = |pick: fn(&Criteria) -> u16| {
        let own = known.filter(|round| round.criteria_json.id.ends_with("変更"));
        own.map(|round| pick(&round.criteria_json).to_string()).unwrap_or_default()
    };
    let role = |round: &StressRound| OwnerRole::ALL.iter().position(|role| *role == round.role);
    Form::new(vec![
        Field::text("name", "回").with(known.map_or("", |round| &round.name)),
        Field::choice("role", "私の立場", numbered(1, OwnerRole::ALL.iter().map(|role| role.label())))
            .with(&place(known.and_then(role))),
        date("committee", "委員会の審議", known.and_then(|round| round.committee_on)),
        Field::text("rules", "規程の版").with(known.map_or("", |round| &round.rules)),
        Field::choice("criteria", "基準", numbered(1, words)).with(&place(known.and_then(same))),
        Field::number("alone", "ア B").with(&numbers(|c| c.symptoms_alone)),
        Field::number("both", "イ A+C").with(&numbers(|c| c.causes_and_support)),
        Field::number("with", "イ B").with(&numbers(|c| c.symptoms_with)),
        date("opinion", "実施者の意見", known.and_then(|round| round.criteria_opinion_on)),
        Field::text("implementer", "実施者"),
        Field::choice("profession", "資格", numbered(1, Profession::ALL.iter().map(|one| one.label()))).with("1"),
        Field::choice("trained", "研修", vec![(1, "修了".into()), (2, "まだ".into())]).with("2"),
        Field::text("clerk", "事務従事者"),
    ])
}

fn hint(field: &str) -> &'static str {
    match field {
        "name" => "年度など、この回を呼ぶ言葉です",
        "role" => "実施者でも共同実施者でもないときは、同意のある人の結果だけを受け取れます",
        "committee" => "実施の方法を調査審議した衛生委員会の日です",
        "rules" => "労働者へ周知した実施規程の版や日付です",
        "criteria" => "実施マニュアルの設定例です。回を開くと変えられません",
        "alone" | "both" | "with" => "設定例と違う数を決めたときだけ書きます",
        "opinion" => "基準について実施者が意見を述べた日です",
        "implementer" => "氏名です。保存するたびに一人加わります",
        "trained" => "医師、保健師のほかは、厚生労働大臣の定める研修が要ります",
        "clerk" => "人事に直接の権限を持つ監督者は、結果に触れる事務に就けません",
        _ => "番号で選びます",
    }
}

impl EntryForm for RoundForm {
    fn route(&self) -> Route {
        Route::StressForm(self.site.clone(), self.round.clone())
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("{name} / SC / 回の設定"), ..Head::default() }
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let site = view.caseload.site(&self.site)?;
        let name = self.round.as_ref().map_or_else(|| "stress/new".to_owned(), |id| format!("stress/{id}"));
        Some(Entry::new(site, name, form(self.known(site), view.today), "name"))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = view.caseload.site(&self.site) else { return Ok(Reply::ignored()) };
        let command = command(view, site, self.known(site), entry.form())?;
        Ok(entry.save(command, "回を記録しました。そろったら、一覧で d を押して開きます"))
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録します。回を開くまでは、何度でも直せます", hint).to_owned()
    }

    fn absence(&self) -> String {
        super::NO_ROUND.to_owned()
    }
}
