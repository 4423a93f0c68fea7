//! 健診の値: one checkup from paper, by digits and Tab.
//!
//! Knows the fields and their words; how a value is read and what is recorded is said by `app::checkup_entry`. A value
//! that is doubtful is said below its field and wants a second save, nothing more: the paper is right, not the span.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::checkup_finder::Finder;
use super::common;
use super::entry::{Entry, Saving, Step, typed_into};
use crate::app::checkup_entry::{self, EntryFault, ITEMS, TypedCheckup};
use crate::app::{Effect, Event, Site, View};
use crate::domain::checkup::catalogue::Kind;
use crate::domain::checkup::{Catalogue, CheckupKind, CheckupSheet, Item};
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// Fields of the left column: day, judgement, and half of the items.
const LEFT: usize = 2 + ITEMS.len() / 2;
/// Where the right column begins.
const RIGHT: u16 = 40;
/// What a doubtful value asks for.
const AGAIN: &str = "紙のとおりなら、もう一度保存してください。";

/// The form of one checkup.
pub struct CheckupForm {
    worker: Id,
    entry: Option<Entry<Saving>>,
    /// The sheets on record; none until they were read.
    sheets: Option<Arc<Vec<CheckupSheet>>>,
    /// The doubtful values that the physician was told of.
    told: Vec<(Item, String)>,
    /// The list of the other items, while it lies over the fields.
    finder: Option<Finder>,
    is_saving: bool,
}

impl CheckupForm {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, entry: None, sheets: None, told: Vec::new(), finder: None, is_saving: false }
    }

    fn build(&mut self, view: &View) {
        let Some((site, _)) = found(view, &self.worker) else { return };
        let draft = format!("checkup/{}", self.worker);
        let form = form(view.today, site.draft(&draft).filter_map(|(field, _)| checkup_entry::item_of(field)));
        self.entry = Some(Entry::new(site, draft, form, "day"));
        self.show_known(view);
    }

    fn read(&self) -> Option<Effect> {
        let site = self.worker.establishment()?;
        self.sheets.is_none().then(|| Effect::ReadSheets(site, vec![self.worker.clone()]))
    }

    /// Puts what is on record for the day that stands in the form into the fields that nobody typed into.
    fn show_known(&mut self, view: &View) {
        let Some((site, worker)) = found(view, &self.worker) else { return };
        let (Some(entry), Some(sheets)) = (&mut self.entry, &self.sheets) else { return };
        let day = entry.form().day("day");
        let sheet = day.and_then(|day| checkup_entry::known(sheets, worker, day));
        let head = site.checkups.iter().find(|head| head.worker == worker.id && Some(head.day) == day);
        let judgement = sheet.map(|sheet| &sheet.clinic_text).or(head.map(|head| &head.judgement));
        show(entry, "judgement", judgement.map_or("", String::as_str));
        show(entry, "clinic", sheet.map_or("", |sheet| &sheet.clinic));
        show(entry, "kind", &kind_number(sheet.map_or(CheckupKind::Periodic, |sheet| sheet.kind)));
        // What is on record of another item is seen with the others.
        let on_record = sheet.into_iter().flat_map(|sheet| sheet.cells.all()).map(|cell| cell.item);
        on_record.for_each(|item| _ = entry.add(Field::text(item.code(), label(item))));
        for item in items(entry) {
            let cell = sheet.and_then(|sheet| sheet.cells.get(item));
            show(entry, item.code(), cell.map_or("", |cell| &cell.text));
        }
    }

    /// Says below each field that was left what is doubtful in it.
    fn note_doubts(&mut self) {
        let Some(entry) = &mut self.entry else { return };
        let focus = entry.focus();
        for item in items(entry).into_iter().filter(|item| Some(item.code()) != focus) {
            let doubt = checkup_entry::doubt(item, entry.form().text(item.code()));
            entry.note(item.code(), doubt.map(|doubt| doubt.label().to_owned()));
        }
    }

    /// Enter in the list of the other items: the chosen one stands behind the fields, and the cursor on it.
    fn take_item(&mut self) -> Reply {
        let Some(item) = self.finder.as_ref().and_then(Finder::chosen) else { return Reply::done() };
        self.finder = None;
        if let Some(entry) = &mut self.entry {
            entry.add(Field::text(item.code(), label(item)));
            entry.focus_on(item.code());
        }
        Reply::done()
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        if let Some(finder) = &mut self.finder {
            finder.input(input);
            return Reply::done();
        }
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        match entry.update(input) {
            Step::Ignored => Reply::ignored(),
            Step::Taken(mut effects) => {
                effects.extend(self.read());
                self.show_known(view);
                self.note_doubts();
                Reply { effects, ..Reply::done() }
            }
            Step::Pressed(Saving::Save) => self.save(view),
            Step::Pressed(Saving::Drop) => {
                let reply = Reply::ask(entry.reset());
                self.show_known(view);
                reply
            }
        }
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some((site, worker)) = found(view, &self.worker) else { return Reply::ignored() };
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        // Without what is on record a second sheet of the same day would be made.
        let Some(sheets) = &self.sheets else {
            return Reply {
                effects: self.read().into_iter().collect(),
                ..Reply::say("記録を読みました。もう一度押してください")
            };
        };
        let doubts = doubts(entry);
        if let Some((item, _)) = doubts.first().filter(|_| doubts != self.told) {
            let why = checkup_entry::doubt(*item, entry.form().text(item.code())).map_or("", |doubt| doubt.label());
            entry.refuse(item.code(), format!("{why}。{AGAIN}"));
            let told = Reply::say(format!("確かめたい値が {}件あります。{AGAIN}", doubts.len()));
            self.told = doubts;
            return told;
        }
        items(entry).iter().for_each(|item| entry.note(item.code(), None));
        if entry.refuse_unreadable() {
            return Reply::say(common::NOTHING_WRITTEN);
        }
        match typed(entry).map(|typed| checkup_entry::record(site, worker, sheets, &typed, view.today)) {
            None => refuse(entry, "day", "健診日が要ります。"),
            Some(Err(fault @ EntryFault::Day(_))) => refuse(entry, "day", &fault.to_string()),
            Some(Err(fault @ EntryFault::Note(_))) => refuse(entry, "kind", &fault.to_string()),
            Some(Ok(None)) => Reply::say("新しく書いたものはありません。変わったところもありません"),
            Some(Ok(Some(command))) => {
                self.is_saving = true;
                let command = command.ending(entry.draft());
                Reply::ask(Effect::Perform(site.id().clone(), Box::new(command)))
            }
        }
    }
}

fn refuse(entry: &mut Entry<Saving>, field: &'static str, sentence: &str) -> Reply {
    entry.refuse(field, sentence.to_owned());
    Reply::say(common::NOTHING_WRITTEN)
}

fn found<'view>(view: &'view View, worker: &Id) -> Option<(&'view Site, &'view Worker)> {
    let site = common::site_of(view, worker)?;
    Some((site, site.worker(worker)?))
}

/// Sets an untouched field to what is on record.
fn show(entry: &mut Entry<Saving>, field: &'static str, value: &str) {
    if entry.is_untouched(field) && entry.form().field(field).and_then(Field::value).as_deref() != Some(value) {
        entry.preset(field, value);
    }
}

/// The form with its items, and those of a draft that are not among them.
fn form(today: Day, drafted: impl Iterator<Item = Item>) -> Form {
    let kinds = (1_u8..).zip(CheckupKind::ALL.iter().map(|kind| kind.label().into())).collect();
    let mut fields = vec![Field::date("day", "健診日", today, Direction::Back), Field::text("judgement", "総合判定")];
    fields.extend(ITEMS.into_iter().map(|item| Field::text(item.code(), label(item))));
    fields.extend([
        Field::text("clinic", "健診機関"),
        Field::choice("kind", "種類", kinds).with(&kind_number(CheckupKind::Periodic)),
    ]);
    fields.extend(drafted.filter(|item| !ITEMS.contains(item)).map(|item| Field::text(item.code(), label(item))));
    Form::new(fields)
}

/// The items whose fields stand in the form.
fn items(entry: &Entry<Saving>) -> Vec<Item> {
    entry.form().fields().iter().filter_map(|field| checkup_entry::item_of(field.id())).collect()
}

/// The item's name, cut to the column of labels.
fn label(item: Item) -> &'static str {
    match item {
        Item::Haematocrit => "ヘマト",
        Item::TotalCholesterol => "総コレステ",
        Item::TriglycerideFasting => "中性脂肪空腹",
        Item::TriglycerideCasual => "中性脂肪随時",
        Item::OpinionPhysician => "意見の医師",
        _ => Catalogue::built_in().name_of(item),
    }
}

fn kind_number(kind: CheckupKind) -> String {
    (CheckupKind::ALL.iter().position(|known| *known == kind).unwrap_or(0) + 1).to_string()
}

/// Every doubtful value that was typed, with its text: another text is another question.
fn doubts(entry: &Entry<Saving>) -> Vec<(Item, String)> {
    let typed = items(entry).into_iter().filter(|item| !entry.is_untouched(item.code()));
    let texts = typed.map(|item| (item, entry.form().text(item.code()).to_owned()));
    texts.filter(|(item, text)| checkup_entry::doubt(*item, text).is_some()).collect()
}

/// What stands in the form; none without a day.
fn typed(entry: &Entry<Saving>) -> Option<TypedCheckup> {
    let form = entry.form();
    let place = form.choice("kind").and_then(|number| usize::from(number).checked_sub(1));
    let written = items(entry).into_iter().filter(|item| !entry.is_untouched(item.code()));
    Some(TypedCheckup {
        day: form.day("day")?,
        kind: place.and_then(|place| CheckupKind::ALL.get(place)).copied().unwrap_or(CheckupKind::Periodic),
        judgement: form.text("judgement").to_owned(),
        clinic: form.text("clinic").to_owned(),
        values: written.map(|item| (item, form.text(item.code()).to_owned())).collect(),
    })
}

fn hint(field: &str, typed: &str) -> String {
    let item = checkup_entry::item_of(field);
    let is_ear = item.is_some_and(|item| item.is_tone() || item == Item::HearingOther);
    match typed {
        "1" | "１" if is_ear => return "1 は「所見なし」として記録します（様式第5号の番号）".to_owned(),
        "2" | "２" if is_ear => return "2 は「所見あり」として記録します（様式第5号の番号）".to_owned(),
        _ => {}
    }
    let entry = item.and_then(|item| Catalogue::built_in().entry(item));
    let told = match (field, entry.map(|entry| entry.kind)) {
        ("day", _) => "同じ日の健診があれば、その値が出て、直したところだけが変わります",
        ("judgement", _) => "健診機関の総合判定を、紙のとおりに書きます（A、要再検査など）",
        ("hx", _) => "1 所見なし  2 所見あり（様式第5号の番号）、または言葉で書きます",
        (_, Some(Kind::Finding)) => "0 で所見なし。所見があれば言葉で書きます",
        (_, Some(Kind::Sign)) => "0 で (-)。ほかは +-、1+、2+ と書きます",
        (_, Some(Kind::Tone)) => "1 所見なし  2 所見あり（様式第5号の番号）、または dB の数を書きます",
        (_, Some(Kind::Answer)) => "はい・いいえ と書きます",
        (_, Some(Kind::Meal)) => "食後の時間を書きます（空腹、3.5 など）",
        (_, Some(Kind::Number)) => "Tab で次へ。空の欄は何も記録しません",
        _ => "書かなくてもかまいません",
    };
    let unit = entry.map(|entry| entry.unit.as_str()).filter(|unit| !unit.is_empty());
    unit.map_or_else(|| told.to_owned(), |unit| format!("{unit}   {told}"))
}

impl Screen for CheckupForm {
    fn route(&self) -> Route {
        Route::CheckupForm(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "健診の値")
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.entry {
            Some(entry) => match &self.finder {
                Some(finder) => finder.draw(canvas, body),
                None => entry.draw_columns(canvas, body, LEFT, RIGHT),
            },
            None => {
                canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
                None
            }
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if self.finder.is_some() {
            let add = action(Act::Open).offer().labelled("欄を加える").doing("選んだ項目の欄を、後ろに加えます。");
            return vec![add, action(Act::Back).offer().labelled("やめる")];
        }
        let others = action(Act::Search).offer().labelled("ほかの項目");
        let others = others.doing("様式にない項目を、名前の一部から選んで加えます。");
        common::entry_offers(self.is_typing()).into_iter().chain([others]).collect()
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Open, _) if self.finder.is_some() => self.take_item(),
            (Act::Back, _) if self.finder.is_some() => {
                self.finder = None;
                Reply::done()
            }
            (Act::Search, Some(entry)) if self.finder.is_none() => {
                // Letters are a name now, wherever the cursor was.
                if !entry.is_typing() {
                    entry.focus_on("judgement");
                }
                self.finder = Some(Finder::default());
                Reply::done()
            }
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn opened(&mut self, _view: &View) -> Reply {
        self.read().map_or_else(Reply::ignored, Reply::ask)
    }

    fn message(&self, _view: &View) -> String {
        match self.entry.as_ref().map(Entry::focus) {
            _ if self.finder.is_some() => "項目の名前の一部を書き、上下で選びます".to_owned(),
            Some(Some(field)) => hint(field, self.entry.as_ref().map_or("", |entry| entry.form().text(field))),
            Some(None) => "書いた値だけを記録します。Enter で記録します".to_owned(),
            None => String::new(),
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::SheetsRead(worker, sheets) if *worker == self.worker => {
                self.sheets = Some(Arc::clone(sheets));
                self.show_known(view);
                Reply::done()
            }
            Event::Done(_) if self.is_saving => {
                let says = "健診の値を記録しました。u で取り消せます".to_owned();
                Reply { says: Some(says), ..Reply::done() }.then(Go::Back)
            }
            Event::Failed(_) => {
                self.is_saving = false;
                Reply::ignored()
            }
            _ => Reply::ignored(),
        }
    }

    fn settle(&mut self, view: &View) {
        match self.entry {
            None => self.build(view),
            Some(_) => self.show_known(view),
        }
        self.entry.iter_mut().for_each(|entry| entry.offer_saving("保存する"));
    }
}

#[cfg(test)]
#[path = "checkup_form_tests.rs"]
mod tests;
