//! The palette: actions, people and establishments by one's own words, in kanji, kana, romaji or numbers.

use ratatui::layout::{Position, Rect};

use super::Answer;
use super::help::draw_foot;
use crate::app::worklist::Task;
use crate::app::{Site, View};
use crate::scales::checkup::DEFAULT;
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::privacy::Privacy;
use crate::ui::route::Route;
use crate::ui::screens::common;
use crate::ui::search::{Query, SearchKey};
use crate::ui::sheet;
use crate::ui::theme::Weight;

/// Something that can be called by its name.
#[derive(Debug)]
struct Entry {
    key: SearchKey,
    label: String,
    detail: String,
    keys: String,
    target: Target,
}

#[derive(Debug)]
enum Target {
    Action(Box<Offer>),
    Place(Route),
}

/// The palette.
#[derive(Debug)]
pub struct Palette {
    entries: Vec<Entry>,
    typed: String,
    found: Vec<usize>,
    cursor: usize,
}

impl Entry {
    fn is_possible(&self) -> bool {
        !matches!(&self.target, Target::Action(offer) if !offer.is_possible())
    }
}

impl Palette {
    pub(super) fn new(offers: Vec<Offer>, view: &View, privacy: &Privacy) -> Self {
        let mut entries: Vec<Entry> = offers.into_iter().filter(is_callable).map(action).collect();
        if *privacy == Privacy::Open {
            entries.extend(places(view));
        }
        let mut palette = Self { entries, typed: String::new(), found: Vec::new(), cursor: 0 };
        palette.narrow();
        palette
    }

    fn narrow(&mut self) {
        let query = Query::new(&self.typed);
        // What cannot be done here is shown behind what can: Enter takes the first row.
        let mut found: Vec<(bool, u8, usize)> = if query.is_empty() {
            (0..self.entries.len()).map(|index| (false, 0, index)).collect()
        } else {
            self.entries
                .iter()
                .enumerate()
                .filter_map(|(index, entry)| query.rank(&entry.key).map(|rank| (!entry.is_possible(), rank, index)))
                .collect()
        };
        found.sort_unstable();
        self.found = found.into_iter().map(|(_, _, index)| index).collect();
        self.cursor = 0;
    }

    pub(super) fn typed(&mut self, text: &str) {
        self.typed.extend(text.chars().filter(|c| !c.is_control()));
        self.narrow();
    }

    pub(super) fn press(&mut self, _view: &View, key: Key) -> Answer {
        match key.code {
            Code::Up => self.cursor = self.cursor.saturating_sub(1),
            Code::Down => self.cursor = (self.cursor + 1).min(self.found.len().saturating_sub(1)),
            Code::Backspace => {
                self.typed.pop();
                self.narrow();
            }
            Code::Enter => return self.chosen(),
            Code::Char('u') if key.ctrl => {
                self.typed.clear();
                self.narrow();
            }
            Code::Char(c) if !key.ctrl => self.typed(&c.to_string()),
            _ => {}
        }
        Answer::Stay
    }

    fn current(&self) -> Option<&Entry> {
        self.found.get(self.cursor).and_then(|index| self.entries.get(*index))
    }

    fn chosen(&self) -> Answer {
        match self.current().map(|entry| &entry.target) {
            Some(Target::Action(offer)) if offer.is_possible() => Answer::Act(offer.action.act),
            Some(Target::Place(route)) => Answer::Go(route.clone()),
            _ => Answer::Stay,
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        canvas.clear_rows(body.y, body.height);
        sheet::rule(canvas, 0, body.y, body.width, "呼出");
        canvas.text(2, body.y + 1, 40, &format!("[ {:<36}]", ""), Weight::Dim);
        let used = canvas.text(4, body.y + 1, 35, &self.typed, Weight::Bold);
        let counted = format!("{} / {}", self.found.len(), self.entries.len());
        canvas.right(44, body.y + 1, body.width.saturating_sub(46), &counted, Weight::Dim);
        let list = Rect { y: body.y + 3, height: body.height.saturating_sub(8), ..body };
        self.draw_rows(canvas, list);
        if let Some(Target::Action(offer)) = self.current().map(|entry| &entry.target) {
            draw_foot(canvas, body, offer);
        }
        Some(Position { x: 4 + used, y: body.y + 1 })
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, area: Rect) {
        if self.found.is_empty() {
            canvas.text(
                2,
                area.y,
                area.width,
                "見つかりません。漢字・かな・ローマ字・社員番号で探せます",
                Weight::Plain,
            );
        }
        let page = usize::from(area.height).max(1);
        let top = (self.cursor + 1).saturating_sub(page);
        let rows = self.found.iter().skip(top).take(page).filter_map(|index| self.entries.get(*index));
        for (row, entry) in rows.enumerate() {
            let y = area.y + columns(row);
            let has_cursor = top + row == self.cursor;
            canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
            canvas.text(2, y, 28, &entry.label, Weight::Plain);
            canvas.text(32, y, 32, &entry.detail, Weight::Dim);
            canvas.text(66, y, 12, &entry.keys, Weight::Accent);
            if has_cursor {
                let reverse = canvas.theme().reverse();
                canvas.tint(0, y, 79, reverse);
            }
        }
    }
}

/// Movement is no word to look for; what leaves the house is done only where it is shown.
fn is_callable(offer: &Offer) -> bool {
    !matches!(
        offer.action.act,
        Act::Issue | Act::Palette | Act::MoveUp | Act::MoveDown | Act::MoveLeft | Act::MoveRight
    )
}

fn action(offer: Offer) -> Entry {
    let detail = offer.refusal.clone().unwrap_or_default().into_owned();
    let (label, keys) = (offer.label.clone().into_owned(), offer.action.both_text());
    Entry { key: offer.search_key(), label, detail, keys, target: Target::Action(Box::new(offer)) }
}

fn places(view: &View) -> Vec<Entry> {
    let mut entries = vec![
        place("巡視の年間", "", Route::PatrolYear, &["じゅんしのねんかん"]),
        place("法令", "", Route::Law(None), &["ほうれい", "規則", "条文"]),
        place("金庫・設定", "", Route::Vault, &["きんこ"]),
        place("平文のファイル", "", Route::ClearFiles(None), &["ひらぶんのふぁいる"]),
    ];
    for site in &view.caseload.sites {
        let name = &site.establishment.short_name;
        entries.push(place(&site.establishment.name, name, Route::Site(site.id().clone()), &[name]));
        entries.extend(
            rooms(site).map(|(label, kana, route)| place(label, &site.establishment.name, route, &[kana, name])),
        );
        entries.extend(site.workers.iter().map(|worker| {
            let detail = format!("{name}  {}", worker.department);
            place(&worker.name, &detail, Route::Worker(worker.id.clone()), &[&worker.kana, &worker.number])
        }));
    }
    // Behind the people: whoever is called by name alone is opened as a person.
    entries.extend(duties(view));
    entries
}

/// What the physician owes to a person, by its own word: 面接, 意見書.
fn duties(view: &View) -> impl Iterator<Item = Entry> {
    let items = view.assessments.iter().flat_map(|assessment| &assessment.items);
    items.filter_map(|item| {
        let reading = reading(item.task)?;
        let worker = common::worker(view, item.worker.as_ref()?)?;
        let site = view.caseload.site(&item.site)?;
        let detail = format!("{}  {}", worker.name, site.establishment.short_name);
        let label = format!("{}  {}", item.task.label(), item.urgency(view.today));
        Some(place(&label, &detail, common::item_target(item), &[reading, &worker.name, &worker.kana, &worker.number]))
    })
}

/// How a duty to a person is called in kana; none for what is not the physician's to do.
const fn reading(task: Task) -> Option<&'static str> {
    match task {
        Task::Interview => Some("めんせつ"),
        Task::Reinterview => Some("さいめんせつ"),
        Task::Opinion => Some("いけんしょ"),
        Task::StressInterview => Some("こうすとれすのめんせつ"),
        Task::StressOpinion => Some("こうすとれすのいけんしょ"),
        Task::Request => Some("もうしで"),
        Task::Review => Some("そちのみなおし"),
        _ => None,
    }
}

/// The places of an establishment that have a name of their own.
fn rooms(site: &Site) -> impl Iterator<Item = (&'static str, &'static str, Route)> {
    let id = site.id();
    let rooms = [
        ("名簿", "めいぼ", Route::Roster(id.clone())),
        ("健診の判定", "けんしんのはんてい", Route::Reel(id.clone(), None, DEFAULT)),
        ("健診のそろい", "けんしんのそろい", Route::CheckupBoard(id.clone())),
        ("健診の書面", "けんしんのしょめん", Route::CheckupPapers(id.clone(), None)),
        ("巡視", "じゅんし", Route::Patrol(id.clone(), 0)),
        ("ストレスチェック", "すとれすちぇっく", Route::StressRounds(id.clone())),
        ("取込", "とりこみ", Route::Import(id.clone())),
        ("履歴", "りれき", Route::History(id.clone())),
        ("覚えたこと", "おぼえたこと", Route::Kept(id.clone())),
        ("事業場の設定", "じぎょうじょうのせってい", Route::SiteForm(Some(id.clone()))),
    ];
    rooms.into_iter()
}

fn place(label: &str, detail: &str, route: Route, more: &[&str]) -> Entry {
    let parts: Vec<&str> = std::iter::once(label).chain(more.iter().copied()).collect();
    let key = SearchKey::new(&parts);
    Entry { key, label: label.to_owned(), detail: detail.to_owned(), keys: String::new(), target: Target::Place(route) }
}
