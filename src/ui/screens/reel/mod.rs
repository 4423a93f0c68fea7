//! 健診の判定: one person a screen, one key a judgement, the next person by the same key.
//!
//! Knows who is shown and what was typed. What holds a person out of a batch and what an opinion needs is
//! `app::checkups`' to say; values come on request and are dropped with the screen.

mod batch;
mod count;
mod draw;
mod measure;
mod pane;
#[cfg(test)]
mod tests;
mod why;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use count::Count;
use ratatui::layout::{Position, Rect};

pub(super) use batch::BatchScreen;
pub(super) use measure::MeasureForm;

use crate::app::checkups::judge::{self, JudgeFault, Opinion};
use crate::app::checkups::queue;
use crate::app::checkups::tables::Tables;
use crate::app::checkups::weigh::{Prompt, Standing};
use crate::app::{Effect, Event, Site, View};
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::{Command, DraftField};
use crate::domain::interview::Diagnosis;
use crate::domain::worker::{Checkup, Worker};
use crate::domain::{EstablishmentId, Id};
use crate::scales::checkup::Table;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::line::{Edit, Line};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply, Screen, Second};

/// Sheets read ahead, so that the next person stands there at once.
const AHEAD: usize = 3;
/// What 2 asks for while nothing else is typed.
const CONDITION: &str = "医療機関を受診すること";

/// The reel.
pub struct Reel {
    site: EstablishmentId,
    table: &'static str,
    tables: Tables,
    standings: Arc<Vec<Standing>>,
    count: Count,
    /// Whether the season was weighed.
    is_weighed: bool,
    at: Option<Id>,
    /// The examination of this person before the one that is judged.
    before: Option<Id>,
    sheets: HashMap<Id, Arc<Vec<CheckupSheet>>>,
    /// Judged or put aside in this sitting, newest last: what `u` comes back to.
    done: Vec<Id>,
    /// The season's number of people, the judged included.
    total: usize,
    words: Line,
    is_writing: bool,
    is_unfolded: bool,
    /// The tables and the law stand in the place of the values.
    shows_why: bool,
    /// 1 was pressed once where a value asks for a second look.
    is_armed: bool,
    /// The next answer of the host is about an opinion given here.
    expects: bool,
}

impl Reel {
    /// The reel, at the examination that is named, else at the heaviest.
    pub fn new(site: EstablishmentId, at: Option<Id>, table: &'static str) -> Self {
        Self {
            site,
            table,
            tables: Tables::default(),
            standings: Arc::default(),
            count: Count::default(),
            is_weighed: false,
            at,
            before: None,
            sheets: HashMap::new(),
            done: Vec::new(),
            total: 0,
            words: Line::default(),
            is_writing: false,
            is_unfolded: false,
            shows_why: false,
            is_armed: false,
            expects: false,
        }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(&self.site).map(|site| &**site)
    }

    fn table(&self) -> Option<&Table> {
        self.tables.named(self.table)
    }

    fn standing(&self) -> Option<&Standing> {
        self.standings.get(self.place()?)
    }

    fn place(&self) -> Option<usize> {
        self.count.place(self.at.as_ref()?)
    }

    fn checkup<'view>(&self, view: &'view View) -> Option<&'view Checkup> {
        checkup(self.site(view)?, self.at.as_ref()?)
    }

    fn worker<'view>(&self, view: &'view View) -> Option<&'view Worker> {
        self.site(view)?.worker(&self.checkup(view)?.worker)
    }

    /// Those without an opinion behind this person, in the order of the reel, with those put aside behind.
    fn following(&self) -> impl Iterator<Item = &Standing> {
        let first = self.place().map_or(0, |place| place + 1);
        self.standings.iter().enumerate().skip(first).filter(|(place, _)| self.count.is_open(*place)).map(|(_, s)| s)
    }

    /// The next one without an opinion behind this place, from the front again at the end; who is put aside comes last.
    fn next(&self) -> Option<Id> {
        let first = self.place().map_or(0, |place| place + 1);
        let round = || (first..self.standings.len()).chain(0..first).filter(|place| self.count.is_open(*place));
        let place = round().find(|place| !self.count.is_held(*place)).or_else(|| round().next())?;
        self.standings.get(place).map(|standing| standing.checkup.clone())
    }

    /// The person before or behind, judged or not.
    fn walk(&mut self, view: &View, forwards: bool) -> Reply {
        let Some(place) = self.place() else { return Reply::ignored() };
        let to = if forwards { place + 1 } else { place.wrapping_sub(1) };
        let Some(standing) = self.standings.get(to) else { return Reply::say("ここが端です") };
        let (checkup, worker) = (standing.checkup.clone(), standing.worker.to_string());
        self.show(view, Some(checkup));
        let viewed = Effect::Viewed(self.site.clone(), worker);
        Reply { effects: self.wanted().into_iter().chain([viewed]).collect(), ..Reply::done() }
    }

    /// Puts a person on the screen, with what was typed about them.
    fn show(&mut self, view: &View, checkup: Option<Id>) {
        (self.at, self.is_armed, self.is_writing) = (checkup, false, false);
        self.before = self.site(view).zip(self.checkup(view)).and_then(|(site, checkup)| queue::before(site, checkup));
        let form = self.draft();
        let typed = self.site(view).and_then(|site| site.draft(&form).find(|(field, _)| *field == "words"));
        let typed = typed.map(|(_, value)| value.to_owned()).unwrap_or_default();
        self.words.set(&typed);
    }

    fn draft(&self) -> String {
        format!("reel/{}", self.at.as_ref().map_or("", Id::as_str))
    }

    /// Sheets of this person and the next few that are not here yet.
    fn wanted(&self) -> Option<Effect> {
        let place = self.place()?;
        let soon = self.standings.iter().skip(place).take(AHEAD + 1).map(|standing| &standing.worker);
        let missing: Vec<Id> = soon.filter(|worker| !self.sheets.contains_key(worker)).cloned().collect();
        (!missing.is_empty()).then(|| Effect::ReadSheets(self.site.clone(), missing))
    }

    fn weighing(&self) -> Effect {
        Effect::WeighCheckups(self.site.clone(), self.table.to_owned())
    }

    /// What was weighed anew: the place stays, or goes to the person that was just taken back.
    fn weighed(&mut self, view: &View, standings: &Arc<Vec<Standing>>) {
        self.standings = Arc::clone(standings);
        self.is_weighed = true;
        self.count = self.site(view).map(|site| Count::new(site, standings)).unwrap_or_default();
        self.total = self.site(view).map_or(0, |site| queue::season(site, view.today).len());
        let is_here = |id: &Id| self.count.place(id).is_some();
        let held = self.site(view).map(queue::held).unwrap_or_default();
        let taken_back = self.done.last().filter(|id| is_here(id) && !held.contains(id)).cloned();
        if taken_back.is_some() {
            self.done.pop();
        }
        let at = taken_back.or_else(|| self.at.clone().filter(is_here));
        let at = at.or_else(|| standings.first().map(|standing| standing.checkup.clone()));
        let live: HashSet<&Id> = standings.iter().map(|standing| &standing.worker).collect();
        self.sheets.retain(|worker, _| live.contains(worker));
        self.show(view, at);
    }

    fn perform(&mut self, view: &View, made: Result<Command, JudgeFault>, word: &str) -> Reply {
        let command = match made {
            Ok(command) => command.ending(self.draft()),
            Err(fault) => return Reply::say(fault.to_string()),
        };
        let name = self.worker(view).map_or("", |worker| worker.name.as_str());
        let says = format!("直前  {name}  {word}    u で取り消せます");
        self.done.extend(self.at.clone());
        self.expects = true;
        Reply { says: Some(says), ..Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))) }
    }

    fn judge(&mut self, view: &View, opinion: &Opinion, word: &str) -> Reply {
        let Some((site, at)) = self.site(view).zip(self.at.clone()) else { return Reply::ignored() };
        let made = judge::judge(&view.law, site, &at, opinion, view.today);
        self.perform(view, made, word)
    }

    fn normal(&mut self, view: &View) -> Reply {
        let speaks = |prompt: &&Prompt| matches!(prompt, Prompt::Consider | Prompt::Urgent);
        let spoken = self.standing().and_then(|standing| standing.prompts.iter().find(speaks)).copied();
        if let (Some(prompt), false) = (spoken, self.is_armed) {
            self.is_armed = true;
            return Reply::say(format!("{}に当たります。通常勤務でよければ、もう一度 1 を押します", prompt.label()));
        }
        let opinion = Opinion { words: self.words.text().trim().to_owned(), ..Opinion::normal() };
        self.judge(view, &opinion, "1 通常勤務")
    }

    fn conditional(&mut self, view: &View) -> Reply {
        let typed = self.words.text().trim();
        let condition = if typed.is_empty() { CONDITION } else { typed }.to_owned();
        self.judge(view, &Opinion { condition, ..Opinion::normal() }, "2 通常・受診が条件")
    }

    /// Puts the person aside; with `asks` the employer is asked for a patrol or an interview in the same act.
    fn hold(&mut self, view: &View, asks: bool) -> Reply {
        let Some((site, at)) = self.site(view).zip(self.at.clone()) else { return Reply::ignored() };
        let (made, word) = match asks {
            true => (judge::ask(site, &at, self.words.text(), view.today), "9 保留、会社に求める"),
            false => (judge::hold(site, &at, self.words.text()), "5 保留"),
        };
        let reply = self.perform(view, made, word);
        // Who is put aside stays without an opinion: the reel goes on by itself.
        let next = self.next();
        self.show(view, next);
        reply
    }

    /// 診断区分, where the physician sees another than the clinic; the person stays on the screen.
    fn diagnose(&mut self, view: &View, diagnosis: Diagnosis) -> Reply {
        let Some((site, at)) = self.site(view).zip(self.at.clone()) else { return Reply::ignored() };
        match judge::diagnose(site, &at, diagnosis) {
            Ok(command) => {
                let says = Some(format!("診断区分を{}にしました。u で取り消せます", diagnosis.label()));
                self.expects = true;
                Reply { says, ..Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))) }
            }
            Err(fault) => Reply::say(fault.to_string()),
        }
    }

    fn digit(&mut self, view: &View, digit: char) -> Reply {
        if self.checkup(view).is_none_or(|checkup| checkup.opinion_on.is_some()) {
            return if matches!(digit, '1'..='9') {
                Reply::say("この人の意見は済んでいます")
            } else {
                Reply::ignored()
            };
        }
        let measure =
            |is_leave| self.at.clone().map_or_else(Reply::ignored, |at| Reply::to(Route::ReelMeasure(at, is_leave)));
        match digit {
            '1' => self.normal(view),
            '2' => self.conditional(view),
            '3' => measure(false),
            '4' => measure(true),
            '5' => self.hold(view, false),
            '9' => self.hold(view, true),
            '6' => self.diagnose(view, Diagnosis::Normal),
            '7' => self.diagnose(view, Diagnosis::Observe),
            '8' => self.diagnose(view, Diagnosis::Treat),
            _ => Reply::ignored(),
        }
    }

    fn write(&mut self, input: &Input) -> Reply {
        match input {
            Input::Key(key) if matches!(key.code, Code::Enter | Code::Esc | Code::Tab) => {
                self.is_writing = false;
                Reply::done()
            }
            input => match self.words.update(input) {
                Edit::Ignored => Reply::ignored(),
                _ => {
                    let value = self.words.text().to_owned();
                    let field = DraftField { form: self.draft(), field: "words".to_owned(), value };
                    Reply::ask(Effect::SaveDraft(self.site.clone(), field))
                }
            },
        }
    }

    /// The years of this person, by the same table.
    fn trends(&self, view: &View) -> Reply {
        let worker = self.worker(view).map(|worker| worker.id.clone());
        worker.map_or_else(Reply::ignored, |worker| Reply::to(Route::Trends(worker, self.table)))
    }

    /// The next table that gives classes; the values stay what they are.
    fn turn_table(&mut self) -> Reply {
        self.table = self.tables.after(self.table);
        let says = self.table().map(|table| format!("表  {}", table.shown()));
        Reply { says, ..Reply::ask(self.weighing()) }
    }
}

/// The head of an examination.
fn checkup<'site>(site: &'site Site, id: &Id) -> Option<&'site Checkup> {
    site.checkups.find(id.as_str())
}

fn is_open(site: &Site, id: &Id) -> bool {
    checkup(site, id).is_some_and(|checkup| checkup.opinion_on.is_none())
}

impl Screen for Reel {
    fn route(&self) -> Route {
        Route::Reel(self.site.clone(), self.at.clone(), self.table)
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = self.site(view) else { return Head::default() };
        Head {
            path: format!("{} / 健診の判定", site.establishment.name),
            context: format!("残り {} / {}{}", self.count.left, self.total, draw::pace(site, &view.clock, view.today)),
            second: Second::Totals(draw::totals(self, view)),
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if self.shows_why && self.standing().is_some() {
            why::draw(self, view, canvas, body);
            return None;
        }
        draw::draw(self, view, canvas, body)
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let nobody = self.at.is_none().then_some("判定を待つ人はいません");
        if self.is_writing {
            return vec![action(Act::Back).offer().labelled("書き終える")];
        }
        let by_number = action(Act::Open).offer().keyed("1-5").labelled("判定して次へ");
        vec![
            by_number.doing("1 通常、2 受診が条件、3 制限、4 休業、5 保留で次の人へ移ります。6 異常なし、7 要観察、8 要医療は産業医の診断区分です。9 は巡視や面接の機会を会社に求めて保留します。").refused(nobody),
            action(Act::New)
                .offer()
                .labelled("文")
                .doing("意見に添える文、条件、保留の理由を書きます。")
                .refused(nobody),
            action(Act::Batch).offer().refused((self.count.left == 0).then_some("残っている人はいません")),
            action(Act::NextField).offer().labelled(if self.is_unfolded { "たたむ" } else { "すべての値" }),
            action(Act::OtherForm).offer().labelled("別の表").doing("同じ値を別の判定の表で見ます。"),
            action(Act::Why).offer().labelled("なぜ").doing("要検討の拠り所の表と、期限の条文を示します。").refused(nobody),
            action(Act::Filter).offer().labelled("そろい").doing("未受診、足りない項目、意見の期限を人ごとに示します。"),
            action(Act::Output).offer().labelled("書面").doing("健診の書面の一覧を開きます。ここでは何も出ません。"),
            action(Act::Trend).offer().refused(nobody),
            action(Act::PreviousPerson).offer().keyed("[ ]").labelled("前後の人"),
            action(Act::NextPerson).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Back => {
                self.is_writing = false;
                Reply::done()
            }
            Act::Open => Reply::say("1 から 5 で判定します。どの数字を押すかは、いつも産業医が決めます"),
            Act::New => {
                self.is_writing = true;
                Reply::done()
            }
            Act::Batch => Reply::to(Route::ReelBatch(self.site.clone(), self.table)),
            Act::NextField => {
                self.is_unfolded = !self.is_unfolded;
                Reply::done()
            }
            Act::OtherForm => self.turn_table(),
            Act::Trend => self.trends(view),
            Act::Why => {
                self.shows_why = !self.shows_why;
                Reply::done()
            }
            Act::Filter => Reply::to(Route::CheckupBoard(self.site.clone())),
            Act::Output => {
                let worker = self.worker(view).map(|worker| worker.id.clone());
                Reply::to(Route::CheckupPapers(self.site.clone(), worker))
            }
            Act::PreviousPerson => self.walk(view, false),
            Act::NextPerson => self.walk(view, true),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if self.is_writing {
            return self.write(&Input::Key(key));
        }
        match key.code {
            Code::Char(digit) if digit.is_ascii_digit() && !key.ctrl => self.digit(view, digit),
            _ => Reply::ignored(),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        if self.is_writing { self.write(&Input::Paste(text.to_owned())) } else { Reply::ignored() }
    }

    fn is_typing(&self) -> bool {
        self.is_writing
    }

    fn message(&self, view: &View) -> String {
        match self.standing() {
            _ if self.is_writing => {
                "1 なら添える文、2 なら条件、5 なら保留の理由になります。Enter で書き終えます".to_owned()
            }
            None => String::new(),
            Some(standing) => draw::why(self, view, standing),
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::CheckupsWeighed(standings) => {
                self.weighed(view, standings);
                self.wanted().map_or_else(Reply::done, Reply::ask)
            }
            Event::SheetsRead(worker, sheets) => {
                self.sheets.insert(worker.clone(), Arc::clone(sheets));
                Reply::done()
            }
            Event::Done(_) if self.expects => {
                self.expects = false;
                self.wanted().map_or_else(Reply::done, Reply::ask)
            }
            Event::Failed(_) if self.expects => {
                self.expects = false;
                self.done.pop();
                Reply::done()
            }
            // Undone, done again, or opened after a lock.
            Event::Done(_) | Event::Unlocked | Event::Imported(_) if !self.is_writing => Reply::ask(self.weighing()),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, _view: &View) -> Reply {
        Reply::ask(self.weighing()).and(Effect::Viewed(self.site.clone(), "健診の判定".to_owned()))
    }

    fn settle(&mut self, view: &View) {
        let Some(site) = view.caseload.site(&self.site) else { return };
        self.count.follow(site);
        self.tables.follow(site);
        let is_done = self.at.as_ref().is_some_and(|at| !self.standings.is_empty() && !is_open(site, at));
        if is_done && self.expects {
            let next = self.next();
            self.show(view, next);
        }
    }
}
