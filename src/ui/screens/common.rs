//! What several screens say in the same words.

use crate::app::replies::Reply as Answer;
use crate::app::worklist::{Item, Task};
use crate::app::{Effect, Site, View, plans, replies, visits};
use crate::domain::command::Command;
use crate::domain::worker::Worker;
use crate::domain::{EstablishmentId, Id, time};
use crate::scales::checkup::DEFAULT;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::dates;
use crate::ui::keys::{Code, Key};
use crate::ui::route::{Aside, NoteKind, NotePlace, Route, Why};
use crate::ui::screen::{Go, Head, Reply};
use crate::ui::table::Marker;

/// The worker with this id, wherever.
pub fn worker<'view>(view: &'view View, id: &Id) -> Option<&'view Worker> {
    view.caseload.site_of(id).and_then(|site| site.worker(id))
}

/// The site a record belongs to.
pub fn site_of<'view>(view: &'view View, id: &Id) -> Option<&'view Site> {
    view.caseload.site_of(id).map(|site| &**site)
}

/// The worker of this id, with the establishment; none where the view does not show them.
pub fn person<'view>(view: &'view View, id: &Id) -> Option<(&'view Site, &'view Worker)> {
    let site = site_of(view, id)?;
    Some((site, site.worker(id)?))
}

/// Whom or what an item is about, for a cell.
pub fn item_whom(view: &View, item: &Item) -> String {
    let name = item.worker.as_ref().and_then(|id| worker(view, id)).map(|worker| worker.name.clone());
    match (name, item.about.as_str()) {
        (Some(name), "") => name,
        (Some(name), about) => format!("{name}  {about}"),
        (None, about) => about.to_owned(),
    }
}

/// The very thing to do for an item.
pub fn item_target(item: &Item) -> Route {
    let worker = item.worker.clone();
    match (item.task, worker) {
        (Task::Interview | Task::Reinterview | Task::StressInterview, Some(worker)) => Route::Interview(worker, 0, 0),
        (Task::Opinion | Task::StressOpinion, Some(worker)) => {
            item.record.clone().map_or(Route::Worker(worker), Route::Opinion)
        }
        (Task::CertificateOpinion, Some(worker)) => Route::Certificate(worker, item.record.clone()),
        (Task::Measures, Some(worker)) => item.record.clone().map_or(Route::Worker(worker), Route::MeasureAnswer),
        (Task::Information, Some(worker)) => Route::Information(worker),
        (Task::Request, Some(worker)) => Route::Request(worker),
        (Task::Patrol | Task::Finding | Task::FindingCheck, _) => Route::Patrol(item.site.clone(), 0),
        (Task::Hours, _) => Route::Import(item.site.clone()),
        (Task::SpecialOpinion | Task::SpecialCheckup | Task::OverseasCheckup, Some(worker)) => {
            Route::CheckupFile(worker)
        }
        (Task::SpecialCheckup | Task::OverseasCheckup, None) => Route::CheckupBoard(item.site.clone()),
        (Task::CheckupReport | Task::SpecialReport, _) => Route::CheckupSeason(item.site.clone()),
        (Task::CheckupOpinion | Task::Checkup, None) => Route::Roster(item.site.clone()),
        (Task::StressNotice | Task::StressRequest, _) if item.record.is_some() => {
            item.record.clone().map_or_else(|| Route::StressRounds(item.site.clone()), Route::Stress)
        }
        (Task::Improvement, _) if item.record.is_some() => {
            item.record.clone().map_or_else(|| Route::StressRounds(item.site.clone()), Route::StressImprovements)
        }
        (Task::StressCheck | Task::StressReport | Task::StressNotice | Task::StressRequest, _) => {
            Route::StressRounds(item.site.clone())
        }
        (Task::Appointment | Task::Rhythm | Task::Contract, _) => Route::SiteForm(Some(item.site.clone())),
        (_, Some(worker)) => Route::Worker(worker),
        (_, None) => Route::Why(Box::new(Why::Item(item.site.clone(), item.key.clone()))),
    }
}

/// The item of this key, if it still stands.
pub fn item<'view>(view: &'view View, site: &EstablishmentId, key: &str) -> Option<&'view Item> {
    let index = view.caseload.sites.iter().position(|other| other.id() == site)?;
    view.assessments.get(index)?.items.iter().find(|item| item.key == key)
}

/// The mark in the gutter of an item's row.
pub fn item_marker(item: &Item) -> Marker {
    match item.mark() {
        "!!" => Marker::Overdue,
        "!" => Marker::Soon,
        "=" => Marker::Settled,
        _ => Marker::None,
    }
}

/// The sheet on which an item is put off or said to be done.
pub fn aside(item: &Item, aside: Aside) -> Route {
    Route::Aside(item.site.clone(), item.key.clone(), aside)
}

/// The offer to plan an item for the next visit, or to take it out again.
pub fn plan_offer(item: Option<&Item>) -> Offer {
    match item.and_then(|item| item.scheduled_for) {
        Some(_) => action(Act::Plan).offer().labelled("予定から外す").doing("訪問の予定から外します。"),
        None => action(Act::Plan).offer(),
    }
}

/// Takes an item into the next visit, or out of it.
pub fn schedule(view: &View, item: &Item) -> Reply {
    let Some(site) = view.caseload.site(&item.site) else { return Reply::ignored() };
    let (command, day) = match plans::schedule(site, item, view.today) {
        Ok(made) => made,
        Err(fault) => return Reply::say(fault.to_string()),
    };
    let says = match day {
        Some(day) => format!("{} の訪問へ入れました。u で取り消せます", dates::planned(day, view.today)),
        None => "訪問の予定から外しました。u で取り消せます".to_owned(),
    };
    Reply { says: Some(says), ..Reply::ask(Effect::Perform(item.site.clone(), Box::new(command))) }
}

/// The offer to say that an item is done, by the word for what that means there.
pub fn settle_offer(item: Option<&Item>) -> Offer {
    let answer = item.and_then(|item| Answer::of(item.task).0);
    let label = match (answer, item.map(|item| item.task)) {
        (Some(answer), _) => answer.label(),
        (None, Some(Task::Promise)) => "約束を果たした",
        (None, _) => action(Act::Done).label,
    };
    action(Act::Done).offer().labelled(label)
}

/// Says that an item is done: by its own record, by the physician's word, or on the sheet that asks for the reason.
pub fn settle(view: &View, item: &Item) -> Reply {
    let Some(site) = view.caseload.site(&item.site) else { return Reply::ignored() };
    match (Answer::of(item.task).0, &item.record, item.task) {
        (Some(answer), _, _) if !is_of_interview(item) => came(view, item, answer),
        (None, Some(promise), Task::Promise) => performed(item, visits::keep(site, promise, view.today)),
        (None, _, Task::CheckupReport | Task::SpecialReport) => Reply::to(Route::CheckupNote(Box::new(NotePlace {
            site: item.site.clone(),
            kind: NoteKind::Report,
            worker: None,
            row: None,
        }))),
        (None, _, task) if task.is_settled_by_word() => performed(item, plans::settle(site, item, "", view.today)),
        _ => Reply::to(aside(item, Aside::Settled)),
    }
}

fn performed<E: std::fmt::Display>(item: &Item, made: Result<Command, E>) -> Reply {
    match made {
        Ok(command) => {
            let says = format!("{}を済としました。u で取り消せます", item.task.label());
            Reply { says: Some(says), ..Reply::ask(Effect::Perform(item.site.clone(), Box::new(command))) }
        }
        Err(fault) => Reply::say(fault.to_string()),
    }
}

/// What an item waits for came.
pub fn came(view: &View, item: &Item, answer: Answer) -> Reply {
    let Some(site) = view.caseload.site(&item.site) else { return Reply::ignored() };
    match replies::record(site, item, answer, view.today) {
        Ok(command) => {
            let day = dates::short(view.today, view.today);
            let says = format!("{}を {day} に記録しました。u で取り消せます", answer.label());
            Reply { says: Some(says), ..Reply::ask(Effect::Perform(item.site.clone(), Box::new(command))) }
        }
        Err(fault) => Reply::say(fault.to_string()),
    }
}

/// Information for one interview has a list of its own, item by item.
const fn is_of_interview(item: &Item) -> bool {
    matches!(item.task, Task::Information) && item.worker.is_some()
}

/// `佐伯 美咲`, `42歳 女`, department and position in one line.
pub fn person_line(worker: &Worker, today: crate::domain::Day) -> String {
    let age = worker.birth.map_or_else(|| "年齢 -".to_owned(), |birth| format!("{}歳", time::age(birth, today)));
    let place = [worker.department.as_str(), worker.position.as_str()].join(" ");
    let number = if worker.number.is_empty() { String::new() } else { format!("{}   ", worker.number) };
    format!("{number}{age} {}  {}", worker.sex.label(), place.trim()).trim_end().to_owned()
}

/// What a form says whose worker is not there.
pub const NOBODY_HERE: &str = "この労働者は名簿にありません。Esc で戻ります。";

/// What a form says when it did not save.
pub const NOTHING_WRITTEN: &str = "まだ何も記録していません。示した欄を直してください";

/// The head of a screen about one worker: `あかつき精機 / 名簿 / 佐伯 美咲 / 申出`.
pub fn person_head(view: &View, id: &Id, place: &str) -> Head {
    person(view, id).map_or_else(Head::default, |(site, worker)| Head {
        path: format!("{} / 名簿 / {} / {place}", site.establishment.name, worker.name),
        context: worker.kana.clone(),
        ..Head::default()
    })
}

/// What a form offers: to save outside its text fields, and the way to its buttons from anywhere.
pub fn entry_offers(is_typing: bool) -> Vec<Offer> {
    let to_buttons = action(Act::NextStep).offer().labelled("保存の行へ").doing("欄を離れて、保存の行へ移ります。");
    if is_typing {
        return vec![to_buttons];
    }
    vec![action(Act::Done).offer().labelled("保存").doing("書いたものを記録します。取り消せます。"), to_buttons]
}

/// The tabs of an establishment; numbers of themes still to come stay free.
pub const SITE_TABS: &[(u8, &str)] = &[(1, "訪問"), (2, "名簿"), (3, "健診"), (4, "SC"), (5, "巡視"), (8, "設定")];

/// Goes to another tab of the establishment by its number.
pub fn tab(site: &EstablishmentId, key: Key, current: u8) -> Reply {
    let route = match key.code {
        Code::Char('1') if current != 1 => Route::Site(site.clone()),
        Code::Char('2') if current != 2 => Route::Roster(site.clone()),
        Code::Char('3') if current != 3 => return Reply::to(Route::Reel(site.clone(), None, DEFAULT)),
        Code::Char('4') if current != 4 => return Reply::to(Route::StressRounds(site.clone())),
        Code::Char('5') if current != 5 => Route::Patrol(site.clone(), 0),
        Code::Char('8') if current != 8 => Route::SiteForm(Some(site.clone())),
        _ => return Reply::ignored(),
    };
    Reply::go(Go::Instead(route))
}

/// `締日 月末`, `締日 20日`.
pub fn closing_word(site: &Site, today: crate::domain::Day) -> String {
    let current = site.closing_days.iter().filter(|c| c.valid_from <= today).max_by_key(|c| c.valid_from);
    match current.map(|closing| closing.day) {
        None => "締日 未登録".to_owned(),
        Some(31) => "締日 月末".to_owned(),
        Some(day) => format!("締日 {day}日"),
    }
}

/// By how many rows a key scrolls a sheet; to the ends by as many as there can be.
pub const fn scrolled(key: Key) -> Option<isize> {
    Some(match key.code {
        Code::Down | Code::Char('j') => 1,
        Code::Up | Code::Char('k') => -1,
        Code::Home | Code::Char('g') => isize::MIN,
        Code::End | Code::Char('G') => isize::MAX,
        _ => return None,
    })
}
