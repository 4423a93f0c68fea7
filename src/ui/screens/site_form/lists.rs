//! The lists of an establishment: headcount, contacts, closing days, rhythm of patrols, places, and what [`dated`] holds.

use super::{dated, methods};
use crate::app::Site;
use crate::domain::command::{Act as Deed, Command};
use crate::domain::doctor::SiteDoctor;
use crate::domain::establishment::{
    ClosingDay, Contact, ContactRole, Criterion, Headcount, HoursMethod, PatrolRhythm, StandingInstruction,
};
use crate::domain::patrol::Place;
use crate::domain::{Day, Id, Prefix, Record, Table};
use crate::ui::dates;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::screens::lines::Line;
use crate::ui::theme::Weight;

/// List, and id of the row; an empty id is the list itself.
pub(super) type RowKey = (Kind, String);

/// A field that keeps a row from being recorded, and why.
pub(super) type Problem = (&'static str, &'static str);

/// The lists in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Headcount,
    Contact,
    Closing,
    Method,
    Rhythm,
    Place,
    Criterion,
    Instruction,
    Doctor,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Headcount,
        Self::Contact,
        Self::Closing,
        Self::Method,
        Self::Rhythm,
        Self::Place,
        Self::Criterion,
        Self::Instruction,
        Self::Doctor,
    ];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Headcount => "人数",
            Self::Contact => "連絡先",
            Self::Closing => "締日",
            Self::Method => "時間の把握",
            Self::Rhythm => "巡視の決まり",
            Self::Place => "巡視の場所",
            Self::Criterion => "面接の基準",
            Self::Instruction => "不要の目安",
            Self::Doctor => "面接の医師",
        }
    }

    pub(super) const fn note(self) -> &'static str {
        match self {
            Self::Headcount => "数えた日と、男女別の人数です。古い行は残します",
            Self::Contact => "役割ごとの連絡先です。近隣の医療機関もここに書きます",
            Self::Closing => "締日が変わったら新しい行を加えます。31 は月末です",
            Self::Method => "労働時間の状況の把握の方法です。確かさは自分のためのメモです（則52条の7の3）",
            Self::Rhythm => "2か月に1回には、事業者の同意と毎月の情報が要ります（則15条）",
            Self::Place => "順番は巡視で歩く順です。やめた日を入れると巡視に出ません",
            Self::Criterion => "変えたら新しい行を加えます。時間は週40時間を超えた分です（法66条の9）",
            Self::Instruction => "産業医が前もって定めた面接不要の目安です。見せるだけで、判断はしません",
            Self::Doctor => "面接を行う医師です。自分は書かなくても選べます",
        }
    }

    const fn table(self) -> Table {
        match self {
            Self::Headcount => Headcount::TABLE,
            Self::Contact => Contact::TABLE,
            Self::Closing => ClosingDay::TABLE,
            Self::Method => HoursMethod::TABLE,
            Self::Rhythm => PatrolRhythm::TABLE,
            Self::Place => Place::TABLE,
            Self::Criterion => Criterion::TABLE,
            Self::Instruction => StandingInstruction::TABLE,
            Self::Doctor => SiteDoctor::TABLE,
        }
    }

    /// The rows in their order, newest date first.
    fn rows(self, site: &Site, today: Day) -> Vec<(Id, String)> {
        match self {
            Self::Headcount => newest(&site.headcounts, |h| h.day, |h| (h.id.clone(), headcount_text(h))),
            Self::Contact => {
                let mut contacts: Vec<&Contact> = site.contacts.iter().collect();
                contacts.sort_by_key(|contact| (contact.role, contact.id.clone()));
                contacts.into_iter().map(|contact| (contact.id.clone(), contact_text(contact))).collect()
            }
            Self::Closing => newest(&site.closing_days, |c| c.valid_from, |c| (c.id.clone(), closing_text(c))),
            Self::Method => newest(&site.methods, |m| m.valid_from, |m| (m.id.clone(), methods::text(m))),
            Self::Rhythm => newest(&site.rhythms, |r| r.valid_from, |r| (r.id.clone(), rhythm_text(r))),
            Self::Place => {
                let mut places: Vec<&Place> = site.places.iter().collect();
                places.sort_by_key(|place| (place.retired_on.is_some(), place.position));
                places.into_iter().map(|place| (place.id.clone(), place_text(place, today))).collect()
            }
            Self::Criterion => newest(&site.criteria, |c| c.valid_from, |c| (c.id.clone(), dated::criterion_text(c))),
            Self::Instruction => {
                newest(&site.instructions, |i| i.set_on, |i| (i.id.clone(), dated::instruction_text(i)))
            }
            Self::Doctor => site.doctors.iter().map(|d| (d.id.clone(), dated::doctor_text(d))).collect(),
        }
    }
}

fn newest<T>(rows: &[T], day: impl Fn(&T) -> Day, text: impl Fn(&T) -> (Id, String)) -> Vec<(Id, String)> {
    let mut rows: Vec<&T> = rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(day(row)));
    rows.into_iter().map(text).collect()
}

fn headcount_text(count: &Headcount) -> String {
    format!(
        "{}   男 {}名   女 {}名   計 {}名",
        count.day,
        count.male,
        count.female,
        count.male.saturating_add(count.female)
    )
}

fn contact_text(contact: &Contact) -> String {
    let emergency = if contact.is_emergency { "救急あり" } else { "" };
    let parts = [contact.role.label(), &contact.name, &contact.department, &contact.phone, &contact.mail, emergency];
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("  ")
}

fn closing_text(closing: &ClosingDay) -> String {
    let day = if closing.day >= 31 { "月末".to_owned() } else { format!("{}日", closing.day) };
    format!("{} から   {day}", closing.valid_from)
}

fn rhythm_text(rhythm: &PatrolRhythm) -> String {
    let often = if rhythm.months == 1 { "毎月".to_owned() } else { format!("{}か月に1回", rhythm.months) };
    let until = rhythm.valid_until.map(|day| format!(" {day} まで")).unwrap_or_default();
    let agreed = match (rhythm.months, rhythm.consented_on, rhythm.deliberated_on) {
        (1, ..) => "",
        (_, Some(_), Some(_)) => "   同意と審議あり",
        _ => "   同意か審議がまだです",
    };
    format!("{} から{until}   {often}{agreed}", rhythm.valid_from)
}

fn place_text(place: &Place, today: Day) -> String {
    let retired = place.retired_on.map(|day| format!("   {} まで", dates::short(day, today))).unwrap_or_default();
    format!("{}{retired}", place.name)
}

/// Every list with its rows.
pub(super) fn lines(site: &Site, today: Day) -> Vec<Line<RowKey>> {
    let mut lines = Vec::new();
    for kind in Kind::ALL {
        if !lines.is_empty() {
            lines.push(Line::blank());
        }
        let rows = kind.rows(site, today);
        if rows.is_empty() {
            let empty = Line::at((kind, String::new())).with(2, 13, kind.label(), Weight::Bold);
            lines.push(empty.with(16, 60, "まだありません。n で加えます", Weight::Dim));
        }
        for (index, (id, text)) in rows.into_iter().enumerate() {
            let label = if index == 0 { kind.label() } else { "" };
            lines.push(Line::at((kind, id.to_string())).with(2, 13, label, Weight::Bold).text(16, 61, text));
        }
        let before = dated::undated(site).filter(|_| kind == Kind::Criterion && !site.criteria.is_empty());
        lines.extend(before.map(|text| Line::blank().with(16, 61, text, Weight::Dim)));
    }
    lines
}

/// The form of a row, new or old.
pub(super) fn form(kind: Kind, site: &Site, id: Option<&str>, today: Day) -> Form {
    let mut form = Form::new(fields(kind, today, id.is_some()));
    let next = site.places.iter().map(|place| place.position).max().unwrap_or(0).saturating_add(1);
    let values = match id {
        Some(id) => values(kind, site, id),
        None if kind == Kind::Place => vec![("position", next.to_string())],
        None => Vec::new(),
    };
    form.set_values(values.iter().map(|(id, value)| (*id, value.as_str())));
    form
}

fn fields(kind: Kind, today: Day, is_old: bool) -> Vec<Field> {
    let day = |id, label| Field::date(id, label, today, Direction::Nearest);
    let roles = numbered(1, ContactRole::ALL.iter().map(|role| role.label()));
    let mut fields = match kind {
        Kind::Headcount => vec![
            day("day", "数えた日").with(&today.to_string()),
            Field::number("male", "男"),
            Field::number("female", "女"),
        ],
        Kind::Contact => vec![
            Field::choice("role", "役割", roles),
            Field::text("name", "名前"),
            Field::text("department", "部署・診療科"),
            Field::text("phone", "電話"),
            Field::text("mail", "メール・FAX"),
            Field::choice("emergency", "救急", vec![(1, "なし".into()), (2, "あり".into())]).with("1"),
        ],
        Kind::Closing => vec![day("valid_from", "いつから"), Field::number("closing", "締日")],
        Kind::Method => methods::fields(day),
        Kind::Rhythm => vec![
            day("valid_from", "いつから"),
            day("valid_until", "いつまで"),
            Field::choice("months", "巡視", vec![(1, "毎月".into()), (2, "2か月に1回".into())]).with("1"),
            day("consented_on", "事業者の同意"),
            day("deliberated_on", "委員会の審議"),
            Field::text("minutes", "議事の番号"),
        ],
        Kind::Place => {
            vec![Field::text("name", "場所"), Field::number("position", "順番"), day("retired_on", "やめた日")]
        }
        Kind::Criterion => dated::criterion_fields(day),
        Kind::Instruction => dated::instruction_fields(day, today),
        Kind::Doctor => dated::doctor_fields(day),
    };
    if is_old && kind != Kind::Place {
        fields.push(Field::choice("remove", "この行", vec![(1, "残す".into()), (2, "外す".into())]).with("1"));
    }
    fields
}

fn values(kind: Kind, site: &Site, id: &str) -> Vec<(&'static str, String)> {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let found = match kind {
        Kind::Headcount => site.headcounts.iter().find(|row| row.id.as_str() == id).map(|row| {
            vec![("day", row.day.to_string()), ("male", row.male.to_string()), ("female", row.female.to_string())]
        }),
        Kind::Contact => site.contacts.iter().find(|row| row.id.as_str() == id).map(contact_values),
        Kind::Closing => site
            .closing_days
            .iter()
            .find(|row| row.id.as_str() == id)
            .map(|row| vec![("valid_from", row.valid_from.to_string()), ("closing", row.day.to_string())]),
        Kind::Method => site.methods.iter().find(|row| row.id.as_str() == id).map(methods::values),
        Kind::Rhythm => site.rhythms.iter().find(|row| row.id.as_str() == id).map(|row| {
            vec![
                ("valid_from", row.valid_from.to_string()),
                ("valid_until", day(row.valid_until)),
                ("months", row.months.to_string()),
                ("consented_on", day(row.consented_on)),
                ("deliberated_on", day(row.deliberated_on)),
                ("minutes", row.minutes.clone()),
            ]
        }),
        Kind::Place => site.places.iter().find(|row| row.id.as_str() == id).map(|row| {
            vec![
                ("name", row.name.clone()),
                ("position", row.position.to_string()),
                ("retired_on", day(row.retired_on)),
            ]
        }),
        Kind::Criterion => site.criteria.iter().find(|row| row.id.as_str() == id).map(dated::criterion_values),
        Kind::Instruction => site.instructions.iter().find(|row| row.id.as_str() == id).map(dated::instruction_values),
        Kind::Doctor => site.doctors.iter().find(|row| row.id.as_str() == id).map(dated::doctor_values),
    };
    found.unwrap_or_default()
}

fn contact_values(contact: &Contact) -> Vec<(&'static str, String)> {
    let role = ContactRole::ALL.iter().position(|role| *role == contact.role).unwrap_or(0) + 1;
    vec![
        ("role", role.to_string()),
        ("name", contact.name.clone()),
        ("department", contact.department.clone()),
        ("phone", contact.phone.clone()),
        ("mail", contact.mail.clone()),
        ("emergency", if contact.is_emergency { "2" } else { "1" }.to_owned()),
    ]
}

/// The change that a row's form comes to.
pub(super) fn command(kind: Kind, site: &Site, id: Option<&str>, form: &Form) -> Result<Command, Problem> {
    let command = Command::new(Deed::EditEstablishment, site.id().to_string());
    if let Some(id) = id.filter(|_| form.choice("remove") == Some(2)) {
        return Ok(command.remove(kind.table(), id));
    }
    let id = id.and_then(|id| Id::parse(id).ok()).unwrap_or_else(|| site.next_id(Prefix::Row));
    Ok(match kind {
        Kind::Headcount => command.put(headcount(id, form)?),
        Kind::Contact => command.put(contact(id, form)?),
        Kind::Closing => command.put(closing(id, form)?),
        Kind::Method => command.put(methods::method(id, form)?),
        Kind::Rhythm => command.put(rhythm(id, form)?),
        Kind::Place => command.put(place(id, form)?),
        Kind::Criterion => command.put(dated::criterion(id, form)?),
        Kind::Instruction => command.put(dated::instruction(id, form)?),
        Kind::Doctor => command.put(dated::doctor(id, form)?),
    })
}

fn headcount(id: Id, form: &Form) -> Result<Headcount, Problem> {
    let count = |field| form.integer(field).filter(|count| *count >= 0);
    Ok(Headcount {
        id,
        day: form.day("day").ok_or(("day", "数えた日を書いてください"))?,
        male: count("male").ok_or(("male", "男の人数を 0 以上の数で書いてください"))?,
        female: count("female").ok_or(("female", "女の人数を 0 以上の数で書いてください"))?,
    })
}

fn contact(id: Id, form: &Form) -> Result<Contact, Problem> {
    let role = form.chosen("role", 1, ContactRole::ALL);
    if form.text("name").is_empty() {
        return Err(("name", "名前を書いてください"));
    }
    Ok(Contact {
        id,
        role: *role.ok_or(("role", "役割を選んでください"))?,
        name: form.text("name").to_owned(),
        department: form.text("department").to_owned(),
        phone: form.text("phone").to_owned(),
        mail: form.text("mail").to_owned(),
        is_emergency: form.choice("emergency") == Some(2),
    })
}

fn closing(id: Id, form: &Form) -> Result<ClosingDay, Problem> {
    let day = form.integer("closing").and_then(|day| u32::try_from(day).ok()).filter(|day| (1..=31).contains(day));
    Ok(ClosingDay {
        id,
        valid_from: form.day("valid_from").ok_or(("valid_from", "いつからの締日かを書いてください"))?,
        day: day.ok_or(("closing", "締日は 1 から 31 です。31 は月末です"))?,
    })
}

fn rhythm(id: Id, form: &Form) -> Result<PatrolRhythm, Problem> {
    let valid_from = form.day("valid_from").ok_or(("valid_from", "いつからの決まりかを書いてください"))?;
    let valid_until = form.day("valid_until");
    if valid_until.is_some_and(|until| until < valid_from) {
        return Err(("valid_until", "終わりが始めより前です"));
    }
    Ok(PatrolRhythm {
        id,
        valid_from,
        valid_until,
        months: u32::from(form.choice("months").unwrap_or(1)),
        consented_on: form.day("consented_on"),
        deliberated_on: form.day("deliberated_on"),
        minutes: form.text("minutes").to_owned(),
    })
}

fn place(id: Id, form: &Form) -> Result<Place, Problem> {
    if form.text("name").is_empty() {
        return Err(("name", "場所の名前を書いてください"));
    }
    Ok(Place {
        id,
        name: form.text("name").to_owned(),
        position: form.integer("position").ok_or(("position", "順番を数で書いてください"))?,
        retired_on: form.day("retired_on"),
    })
}
