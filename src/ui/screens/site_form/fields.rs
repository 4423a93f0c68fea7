//! The fields of an establishment: what stands in them, and what they come to.

use crate::app::Site;
use crate::domain::Day;
use crate::domain::establishment::{Committee, Engagement, Establishment};
use crate::ui::dates::clock;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::width::width;

/// Columns of 略称: six full-width characters.
const SHORT_NAME: usize = 12;

/// Whether a criterion stands in the fields of an older vault, and no dated row has come in its place.
pub(super) fn has_undated(site: &Site) -> bool {
    let old = &site.establishment;
    let is_filled = !old.criterion.is_empty() || old.criterion_seconds.is_some() || old.criterion_on.is_some();
    is_filled && site.criteria.is_empty()
}

/// Whether an older vault wrote beside the establishment how hours are taken down, and no dated row has come since.
fn has_undated_method(site: &Site) -> bool {
    !site.establishment.hours_method.is_empty() && site.methods.is_empty()
}

/// The empty fields; with those of a method and a criterion without dates where one stands.
pub(super) fn form(today: Day, site: Option<&Site>) -> Form {
    let past = |id, label| Field::date(id, label, today, Direction::Back);
    let engagements = numbered(1, Engagement::ALL.iter().map(|engagement| engagement.label()));
    let committees = numbered(1, Committee::ALL.iter().map(|committee| committee.label()));
    let mut fields = vec![
        Field::text("name", "事業場名"),
        Field::text("short_name", "略称"),
        Field::text("employer", "事業者名"),
        Field::text("address", "所在地"),
        Field::text("phone", "電話"),
        Field::text("fax", "FAX"),
        Field::text("industry", "業種"),
        Field::text("insurance_number", "労働保険番号"),
        Field::choice("engagement", "契約の形", engagements).with("1"),
        past("appointed_on", "選任日"),
        past("appointment_reported_on", "選任報告"),
        Field::date("contract_from", "契約の始め", today, Direction::Nearest),
        Field::date("contract_until", "契約の終わり", today, Direction::Ahead),
        Field::choice("committee", "委員会", committees).with("1"),
    ];
    if site.is_some_and(has_undated_method) {
        fields.push(Field::memo("hours_method", "時間の把握", 2));
    }
    if site.is_some_and(has_undated) {
        fields.push(Field::memo("criterion", "面接の基準", 2));
        fields.push(Field::hours("criterion_hours", "基準の時間"));
        fields.push(past("criterion_on", "基準の審議日"));
    }
    Form::new(fields)
}

/// Whether a new form holds nothing but its first answers.
pub(super) fn is_default(id: &str, value: &str) -> bool {
    value.is_empty() || (matches!(id, "engagement" | "committee") && value == "1")
}

/// Puts an establishment into the fields.
pub(super) fn show(form: &mut Form, site: &Establishment) {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |index: Option<usize>| index.map(|index| (index + 1).to_string()).unwrap_or_default();
    let engagement = number(Engagement::ALL.iter().position(|other| *other == site.engagement));
    let committee = number(Committee::ALL.iter().position(|other| *other == site.committee));
    let hours = site.criterion_seconds.map(|seconds| clock(crate::domain::Seconds(seconds))).unwrap_or_default();
    form.set_values([
        ("name", site.name.as_str()),
        ("short_name", &site.short_name),
        ("employer", &site.employer),
        ("address", &site.address),
        ("phone", &site.phone),
        ("fax", &site.fax),
        ("industry", &site.industry),
        ("insurance_number", &site.insurance_number),
        ("engagement", &engagement),
        ("appointed_on", &day(site.appointed_on)),
        ("appointment_reported_on", &day(site.appointment_reported_on)),
        ("contract_from", &day(site.contract_from)),
        ("contract_until", &day(site.contract_until)),
        ("committee", &committee),
        ("hours_method", &site.hours_method),
        ("criterion", &site.criterion),
        ("criterion_hours", &hours),
        ("criterion_on", &day(site.criterion_on)),
    ]);
}

/// The establishment that the fields come to; what has no field stays as it was.
pub(super) fn typed(form: &Form, base: &Establishment) -> Establishment {
    let text = |id: &str| form.text(id).to_owned();
    let engagement = form.chosen("engagement", 1, Engagement::ALL).copied();
    let committee = form.chosen("committee", 1, Committee::ALL).copied();
    let (criterion, criterion_seconds, criterion_on) = typed_criterion(form, base);
    Establishment {
        id: base.id.clone(),
        name: text("name"),
        short_name: text("short_name"),
        employer: text("employer"),
        address: text("address"),
        phone: text("phone"),
        fax: text("fax"),
        industry: text("industry"),
        insurance_number: text("insurance_number"),
        engagement: engagement.unwrap_or_default(),
        appointed_on: form.day("appointed_on"),
        appointment_reported_on: form.day("appointment_reported_on"),
        contract_from: form.day("contract_from"),
        contract_until: form.day("contract_until"),
        committee: committee.unwrap_or_default(),
        hours_method: typed_method(form, base),
        criterion,
        criterion_seconds,
        criterion_on,
    }
}

/// The method without dates: as typed, or as it was where its field is not shown.
fn typed_method(form: &Form, base: &Establishment) -> String {
    form.field("hours_method").map_or_else(|| base.hours_method.clone(), |_| form.text("hours_method").to_owned())
}

/// The criterion without dates: as typed, or as it was where its fields are not shown.
fn typed_criterion(form: &Form, base: &Establishment) -> (String, Option<i64>, Option<Day>) {
    if form.field("criterion").is_none() {
        return (base.criterion.clone(), base.criterion_seconds, base.criterion_on);
    }
    let seconds = form.seconds("criterion_hours").map(|seconds| seconds.0);
    (form.text("criterion").to_owned(), seconds, form.day("criterion_on"))
}

/// The first field that keeps the establishment from being recorded, and why.
pub(super) fn problem(form: &Form) -> Option<(&'static str, &'static str)> {
    if form.text("name").is_empty() {
        return Some(("name", "事業場名を書いてください"));
    }
    if form.text("short_name").is_empty() {
        return Some(("short_name", "略称を書いてください。一覧ではこの名前で呼びます"));
    }
    if width(form.text("short_name")) > SHORT_NAME {
        return Some(("short_name", "略称は全角 6文字までです"));
    }
    if form.day("contract_from").zip(form.day("contract_until")).is_some_and(|(from, until)| until < from) {
        return Some(("contract_until", "契約の終わりが始めより前です"));
    }
    form.first_problem().map(|field| (field, "読めない欄があります。直してから記録してください"))
}

/// The message row beside a field.
pub(super) fn note(field: Option<&str>) -> &'static str {
    match field {
        Some("short_name") => "全角 6文字まで。一覧と今日の画面で使います",
        Some("appointment_reported_on") => "選任したら遅滞なく労働基準監督署へ報告します（則13条2項）",
        Some("hours_method") => "日付のない書き方です（則52条の7の3）。変わったら、一覧の「時間の把握」に加えます",
        Some("criterion" | "criterion_hours" | "criterion_on") => {
            "日付のない基準です（法66条の9）。変わったら、一覧の「面接の基準」に加えます"
        }
        _ => "書いたものはそのまま残ります。F6 で記録します",
    }
}
