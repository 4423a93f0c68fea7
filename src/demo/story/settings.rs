//! Contacts by role, headcount, closing days, how hours are taken down, the rhythm of patrols, the places of the walk, and who interviews by what criterion.

use chrono::Months;

use super::Pen;
use crate::demo::people::first_of_month;
use crate::domain::Day;
use crate::domain::command::{Act, Command};
use crate::domain::doctor::SiteDoctor;
use crate::domain::establishment::{
    ClosingDay, Contact, ContactRole, Criterion, Headcount, HoursMethod, PatrolRhythm, StandingInstruction,
};
use crate::domain::patrol::Place;
use crate::domain::period::Closing;
use crate::domain::time::after_days;
use crate::domain::worker::Sex;

pub(super) fn write(pen: &mut Pen<'_>) {
    let mut command = Command::new(Act::EditEstablishment, pen.site.id().to_string());
    command = contacts(pen, command);
    command = headcount(pen, command);
    command = closing_days(pen, command);
    command = method(pen, command);
    command = rhythm(pen, command);
    command = places(pen, command);
    if !pen.scene.company.is_small {
        command = interviewing(pen, command);
    }
    pen.say(command);
}

/// Role, name, department, whether a clinic takes emergencies.
const CONTACTS: [(ContactRole, &str, &str, bool); 7] = [
    (ContactRole::Employer, "堀 宏之進", "代表取締役", false),
    (ContactRole::Personnel, "松永 桂子", "人事課長", false),
    (ContactRole::HealthManager, "野々村 拓", "総務課 衛生管理者", false),
    (ContactRole::HealthPromoter, "土井 栞", "経理課 衛生推進者", false),
    (ContactRole::LineManager, "竹内 誠司", "課長", false),
    (ContactRole::Clinic, "みどり見本病院", "救急外来・内科", true),
    (ContactRole::SupportCentre, "見本産業保健総合支援センター", "相談窓口", false),
];

fn contacts(pen: &mut Pen<'_>, command: Command) -> Command {
    let is_small = pen.scene.company.is_small;
    // Below fifty workers a promoter is appointed instead of a manager (安衛法12条の2).
    let absent = if is_small { ContactRole::HealthManager } else { ContactRole::HealthPromoter };
    let present = CONTACTS.iter().enumerate().filter(|(_, contact)| contact.0 != absent);
    present.fold(command, |command, (index, (role, name, department, is_emergency))| {
        command.put(Contact {
            id: pen.row(),
            role: *role,
            name: (*name).to_owned(),
            department: (*department).to_owned(),
            phone: format!("000-0000-{:04}", 2000 + pen.scene.index() * 10 + index),
            mail: format!("contact{index}@site{}.example", pen.scene.index() + 1),
            is_emergency: *is_emergency,
        })
    })
}

fn headcount(pen: &mut Pen<'_>, command: Command) -> Command {
    let today = pen.scene.today;
    [first_of_month(today), first_of_month(today).checked_sub_months(Months::new(12)).unwrap_or(today)]
        .into_iter()
        .fold(command, |command, day| {
            let present = pen.scene.people.iter().filter(|p| p.joined <= day && p.left.is_none_or(|left| day <= left));
            let female = present.clone().filter(|person| person.name.sex == Sex::Female).count();
            let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
            let male = count(present.count() - female);
            command.put(Headcount { id: pen.row(), day, male, female: count(female) })
        })
}

fn closing_days(pen: &mut Pen<'_>, command: Command) -> Command {
    let closings = crate::demo::site::closings(pen.scene.company, pen.scene.today);
    closings.into_iter().fold(command, |command, Closing { valid_from, day }| {
        command.put(ClosingDay { id: pen.row(), valid_from, day })
    })
}

fn method(pen: &mut Pen<'_>, command: Command) -> Command {
    let (means, content, remark) = pen.scene.company.method;
    let row = HoursMethod {
        id: pen.row(),
        valid_from: pen.site.establishment.appointed_on.unwrap_or(pen.scene.today),
        valid_until: None,
        class: None,
        means,
        content: content.to_owned(),
        remark: remark.to_owned(),
        deliberated_on: None,
        minutes: String::new(),
    };
    command.put(row)
}

/// The monthly rhythm is the rule; the two-monthly one wants deliberation and consent (安衛則15条).
fn rhythm(pen: &mut Pen<'_>, command: Command) -> Command {
    let (scene, company) = (pen.scene, pen.scene.company);
    let start = pen.site.establishment.contract_from.unwrap_or(scene.today);
    let fiscal = fiscal_year(scene.today);
    let is_agreed = company.rhythm == 2;
    let before = |days: u64| fiscal.checked_sub_days(chrono::Days::new(days)).filter(|_| is_agreed);
    command.put(PatrolRhythm {
        id: pen.row(),
        valid_from: if is_agreed { fiscal } else { start },
        valid_until: Some(scene.ahead(RHYTHM_LEFT)).filter(|_| is_agreed),
        months: company.rhythm,
        consented_on: before(7),
        deliberated_on: before(14),
        minutes: if is_agreed { "3月の委員会 議事 第4号".to_owned() } else { String::new() },
    })
}

/// Days until the agreed rhythm ends: the committee has to speak of it soon.
const RHYTHM_LEFT: u64 = 41;

/// The first of April before `day`.
fn fiscal_year(day: Day) -> Day {
    use chrono::Datelike;
    let year = if day.month() < 4 { day.year() - 1 } else { day.year() };
    Day::from_ymd_opt(year, 4, 1).unwrap_or(day)
}

fn places(pen: &mut Pen<'_>, command: Command) -> Command {
    pen.scene.company.places.iter().zip(1..).fold(command, |command, (name, position)| {
        command.put(Place { id: pen.row(), name: (*name).to_owned(), position, retired_on: None })
    })
}

/// The criterion that the committee deliberated, what the physician set in advance, and a colleague who interviews.
fn interviewing(pen: &mut Pen<'_>, command: Command) -> Command {
    let from = pen.site.establishment.appointed_on.unwrap_or(pen.scene.today);
    let deliberated = after_days(from, 20);
    let criterion = Criterion {
        id: pen.row(),
        valid_from: deliberated,
        valid_until: None,
        content: "週40時間を超えた時間が月45時間を超え、疲れが取れないと申し出た人。".to_owned(),
        seconds: Some(45 * 3600),
        deliberated_on: Some(deliberated),
        minutes: "委員会 議事 第2号".to_owned(),
    };
    let instruction = StandingInstruction {
        id: pen.row(),
        set_on: deliberated,
        doctor: String::new(),
        content: "期日の前1か月に面接を受け、通常勤務とされ、その後の健診に所見がない人。".to_owned(),
        ended_on: None,
    };
    let colleague = SiteDoctor {
        id: pen.row(),
        name: "見本 三郎".to_owned(),
        affiliation: "見本産業医事務所".to_owned(),
        registration: String::new(),
        is_site_physician: false,
        valid_from: Some(from),
        valid_until: None,
    };
    command.put(criterion).put(instruction).put(colleague)
}
