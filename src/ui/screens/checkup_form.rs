//! 健診の値: one checkup from paper, by digits and Tab.
//!
//! Knows the fields and their words; how a value is read and what is recorded is said by `app::checkup_entry`. A value
//! that is doubtful is said below its field and wants a second save, nothing more: the paper is right, not the span.

use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use super::checkup_finder::Finder;
use super::common;
use super::entry::{Entry, EntryForm, Refusal};
use crate::app::checkup_entry::{self, EntryFault, ITEMS, TypedCheckup};
use crate::app::{Effect, Event, View};
use crate::domain::checkup::catalogue::Kind;
use crate::domain::checkup::{Catalogue, CheckupKind, CheckupSheet, Item};
use crate::domain::{Day, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply};

/// Fields of the left column: day, judgement, and half of the items.
const LEFT: usize = 2 + ITEMS.len() / 2;
/// Where the right column begins.
const RIGHT: u16 = 40;
/// What a doubtful value asks for.
const AGAIN: &str = "紙のとおりなら、もう一度保存してください。";

/// The form of one checkup.
pub struct CheckupForm {
    worker: Id,
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
        Self { worker, sheets: None, told: Vec::new(), finder: None, is_saving: false }
    }

    fn read(&self) -> Option<Effect> {
        let site = self.worker.establishment()?;
        self.sheets.is_none().then(|| Effect::ReadSheets(site, vec![self.worker.clone()]))
    }

    /// Enter in the list of the other items: the chosen one stands behind the fields, and the cursor on it.
    fn take_item(&mut self, entry: &mut Entry) {
        let Some(item) = self.finder.as_ref().and_then(Finder::chosen) else { return };
        self.finder = None;
        entry.add(Field::text(item.code(), label(item)));
        entry.focus_on(item.code());
    }

    /// Puts the cursor on the first doubtful value that the physician was not told of.
    fn tell_doubts(&mut self, entry: &mut Entry) -> Option<Reply> {
        let doubts = doubts(entry);
        let (item, text) = doubts.first().filter(|_| doubts != self.told)?;
        let why = checkup_entry::doubt(*item, text).map_or("", |doubt| doubt.label());
        entry.refuse(item.code(), format!("{why}。{AGAIN}"));
        let told = Reply::say(format!("確かめたい値が {}件あります。{AGAIN}", doubts.len()));
        self.told = doubts;
        Some(told)
    }
}

/// The form with its items, and those of a draft that are not among them.
fn form(today: Day, drafted: impl Iterator<Item = Item>) -> Form {
    let kinds = numbered(1, CheckupKind::ALL.iter().map(|kind| kind.label()));
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
fn items(entry: &Entry) -> Vec<Item> {
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
fn doubts(entry: &Entry) -> Vec<(Item, String)> {
    let typed = items(entry).into_iter().filter(|item| !entry.is_untouched(item.code()));
    let texts = typed.map(|item| (item, entry.form().text(item.code()).to_owned()));
    texts.filter(|(item, text)| checkup_entry::doubt(*item, text).is_some()).collect()
}

/// What stands in the form; none without a day.
fn typed(entry: &Entry) -> Option<TypedCheckup> {
    let form = entry.form();
    let written = items(entry).into_iter().filter(|item| !entry.is_untouched(item.code()));
    Some(TypedCheckup {
        day: form.day("day")?,
        kind: form.chosen("kind", 1, CheckupKind::ALL).copied().unwrap_or(CheckupKind::Periodic),
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

impl EntryForm for CheckupForm {
    fn route(&self) -> Route {
        Route::CheckupForm(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "健診の値")
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let (site, _) = common::person(view, &self.worker)?;
        let draft = format!("checkup/{}", self.worker);
        let form = form(view.today, site.draft(&draft).filter_map(|(field, _)| checkup_entry::item_of(field)));
        Some(Entry::new(site, draft, form, "day"))
    }

    /// What is on record for the day that stands in the form.
    fn follow(&mut self, view: &View, entry: &mut Entry) {
        let (Some((site, worker)), Some(sheets)) = (common::person(view, &self.worker), &self.sheets) else { return };
        let day = entry.form().day("day");
        let sheet = day.and_then(|day| checkup_entry::known(sheets, worker, day));
        let head = site.checkups.iter().find(|head| head.worker == worker.id && Some(head.day) == day);
        let judgement = sheet.map(|sheet| &sheet.clinic_text).or(head.map(|head| &head.judgement));
        entry.show("judgement", judgement.map_or("", String::as_str));
        entry.show("clinic", sheet.map_or("", |sheet| &sheet.clinic));
        entry.show("kind", &kind_number(sheet.map_or(CheckupKind::Periodic, |sheet| sheet.kind)));
        // What is on record of another item is seen with the others.
        let on_record = sheet.into_iter().flat_map(|sheet| sheet.cells.all()).map(|cell| cell.item);
        on_record.for_each(|item| _ = entry.add(Field::text(item.code(), label(item))));
        for item in items(entry) {
            let cell = sheet.and_then(|sheet| sheet.cells.get(item));
            entry.show(item.code(), &cell.map(checkup_entry::shown).unwrap_or_default());
        }
    }

    /// Says below each field that was left what is doubtful in it.
    fn after_typing(&mut self, entry: &mut Entry) -> Option<Effect> {
        let focus = entry.focus();
        for item in items(entry).into_iter().filter(|item| Some(item.code()) != focus) {
            let doubt = checkup_entry::doubt(item, entry.form().text(item.code()));
            entry.note(item.code(), doubt.map(|doubt| doubt.label().to_owned()));
        }
        self.read()
    }

    fn unread(&mut self, entry: &mut Entry) -> Option<Reply> {
        // Without what is on record a second sheet of the same day would be made.
        if self.sheets.is_none() {
            let effects = self.read().into_iter().collect();
            return Some(Reply {
                effects, ..Reply::say("記録を読みました。もう一度押してください")
            });
        }
        if let Some(told) = self.tell_doubts(entry) {
            return Some(told);
        }
        items(entry).iter().for_each(|item| entry.note(item.code(), None));
        entry.refuse_unreadable().then(|| Reply::say(common::NOTHING_WRITTEN))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let (Some((site, worker)), Some(sheets)) = (common::person(view, &self.worker), &self.sheets) else {
            return Ok(Reply::ignored());
        };
        let typed = typed(entry).ok_or_else(|| ("day", "健診日が要ります。".to_owned()))?;
        let command = checkup_entry::record(site, worker, sheets, &typed, view.today).map_err(|fault| {
            let field = if matches!(fault, EntryFault::Day(_)) { "day" } else { "kind" };
            (field, fault.to_string())
        })?;
        let Some(command) = command else {
            return Ok(Reply::say("新しく書いたものはありません。変わったところもありません"));
        };
        self.is_saving = true;
        Ok(Reply::ask(entry.saving(command)))
    }

    fn message(&self, _view: &View, entry: &Entry, field: Option<&str>) -> String {
        match field {
            _ if self.finder.is_some() => "項目の名前の一部を書き、上下で選びます".to_owned(),
            Some(field) => hint(field, entry.form().text(field)),
            None => "書いた値だけを記録します。Enter で記録します".to_owned(),
        }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry) -> Option<Position> {
        match &self.finder {
            Some(finder) => finder.draw(canvas, body),
            None => entry.draw_columns(canvas, body, LEFT, RIGHT),
        }
    }

    fn is_covered(&self) -> bool {
        self.finder.is_some()
    }

    fn covered(&mut self, input: &Input) {
        self.finder.iter_mut().for_each(|finder| finder.input(input));
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if self.finder.is_some() {
            let add = action(Act::Open).offer().labelled("欄を加える").doing("選んだ項目の欄を、後ろに加えます。");
            return vec![add, action(Act::Back).offer().labelled("やめる")];
        }
        let others = action(Act::Search).offer().labelled("ほかの項目");
        vec![others.doing("様式にない項目を、名前の一部から選んで加えます。")]
    }

    fn act_on(&mut self, _view: &View, entry: &mut Entry, act: Act) -> Reply {
        match act {
            Act::Open if self.finder.is_some() => self.take_item(entry),
            Act::Back if self.finder.is_some() => self.finder = None,
            Act::Search if self.finder.is_none() => {
                // Letters are a name now, wherever the cursor was.
                if !entry.is_typing() {
                    entry.focus_on("judgement");
                }
                self.finder = Some(Finder::default());
            }
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn opened(&mut self) -> Reply {
        self.read().map_or_else(Reply::ignored, Reply::ask)
    }

    fn event(&mut self, _entry: Option<&Entry>, event: &Event) -> Reply {
        match event {
            Event::SheetsRead(worker, sheets) if *worker == self.worker => {
                self.sheets = Some(Arc::clone(sheets));
                Reply::done()
            }
            Event::Done(_) if self.is_saving => Reply::say("健診の値を記録しました。u で取り消せます").then(Go::Back),
            Event::Failed(_) => {
                self.is_saving = false;
                Reply::ignored()
            }
            _ => Reply::ignored(),
        }
    }
}

#[cfg(test)]
#[path = "checkup_form_tests.rs"]
mod tests;
