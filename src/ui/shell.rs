//! The machine: a stack of screens, what covers them, and the one way from a key to an effect.
//!
//! Knows the host only as a trait, so that the whole interface runs on a fake one in tests.

use std::time::Duration;

use crossterm::event::Event as Terminal;

use super::actions::{self, Act, Offer, action};
use super::keys::{Input, Key, Reader};
use super::overlay::{Answer, Overlay};
use super::privacy::Privacy;
use super::route::Route;
use super::screen::{Go, Reply, Screen};
use super::screens;
use super::width::cut;
use crate::app::host::Door;
use crate::app::{Effect, Event, Host, View};
use crate::domain::EstablishmentId;
use crate::domain::progress::Progress;

/// Actions that work at every place, after the place's own.
const EVERYWHERE: &[Act] = &[
    Act::Back,
    Act::Today,
    Act::Undo,
    Act::Redo,
    Act::History,
    Act::Share,
    Act::Lock,
    Act::Quit,
    Act::Palette,
    Act::Help,
];

/// What Esc does while long work goes on.
const STOPS: &str = "いまの処理をやめます。書き終えていなければ、すべて元に戻します。";

/// Actions that work before unlocking.
const OUTSIDE: &[Act] = &[Act::Help, Act::Quit];

/// The interface as a whole.
pub struct Shell {
    pub(super) stack: Vec<Box<dyn Screen>>,
    pub(super) overlay: Option<Overlay>,
    pub(super) message: Option<String>,
    /// What is to be said about the next key, which stood for a full-width one.
    folded: Option<String>,
    /// A place has said what it did; the host's shorter sentence about the same does not replace it.
    has_spoken: bool,
    pub(super) ime: Option<String>,
    pub(super) progress: Option<Progress>,
    /// Whose change is being taken back beside the screen.
    undoing: Option<EstablishmentId>,
    pub(super) view: View,
    full: View,
    sharing: bool,
    shown: Option<Privacy>,
    resume: Vec<Route>,
    reader: Reader,
    has_quit: bool,
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shell").field("depth", &self.stack.len()).finish_non_exhaustive()
    }
}

impl Shell {
    /// Starts at the door, or at 今日 when the desk is already open.
    pub fn new(host: &mut dyn Host) -> Self {
        let view = host.view();
        let first = if view.door == Door::Open { Route::Today } else { Route::Unlock };
        let stack = vec![screens::open(&first, &view)];
        let mut shell = Self {
            stack,
            overlay: None,
            message: None,
            folded: None,
            has_spoken: false,
            ime: None,
            progress: None,
            undoing: None,
            full: view.clone(),
            view,
            sharing: false,
            shown: None,
            resume: Vec::new(),
            reader: Reader::default(),
            has_quit: false,
        };
        shell.refresh(host);
        shell
    }

    /// Whether the loop should end.
    pub fn has_quit(&self) -> bool {
        self.has_quit
    }

    /// Whether 画面共有 is on.
    pub fn is_sharing(&self) -> bool {
        self.sharing
    }

    /// What may be shown now.
    pub fn privacy(&self) -> Privacy {
        let interviewee = self.stack.iter().rev().find_map(|screen| screen.route().interviewee().cloned());
        match interviewee {
            Some(worker) => Privacy::Interview(worker),
            None if self.sharing => Privacy::Sharing,
            None => Privacy::Open,
        }
    }

    /// The place on top.
    pub fn route(&self) -> Option<Route> {
        self.stack.last().map(|screen| screen.route())
    }

    /// Takes the events that one read of the terminal gave.
    pub fn read(&mut self, host: &mut dyn Host, events: &[Terminal], now: Duration) {
        let reading = self.reader.read(events, self.is_typing(), now);
        for input in reading.inputs {
            self.input(host, input);
        }
        if reading.ignored > 0 {
            self.message =
                Some(format!("改行のあとの {} 文字は受け取りませんでした。一つずつ打ってください", reading.ignored));
        }
    }

    /// Lets time pass: answers of long work arrive, locks fall.
    pub fn tick(&mut self, host: &mut dyn Host) {
        self.perform(host, Effect::Tick);
        self.refresh(host);
    }

    fn is_typing(&self) -> bool {
        match &self.overlay {
            Some(overlay) => overlay.is_typing(),
            None => self.stack.last().is_some_and(|screen| screen.is_typing()),
        }
    }

    /// Takes one input.
    pub fn input(&mut self, host: &mut dyn Host, input: Input) {
        self.perform(host, Effect::Touch);
        self.refresh(host);
        match input {
            Input::Key(key) => {
                (self.ime, self.message) = (None, self.folded.take());
                self.press(host, key);
            }
            Input::Paste(text) => self.paste(host, &text),
            Input::ImeOn(text) => self.ime = Some(text),
            Input::Folded(from, to) => self.folded = Some(format!("「{from}」は {to} として受けました")),
            Input::OfferQuit => self.overlay = Some(Overlay::quit()),
            Input::Resize(..) | Input::FocusGained | Input::FocusLost => {}
        }
        self.refresh(host);
    }

    fn paste(&mut self, host: &mut dyn Host, text: &str) {
        if let Some(overlay) = &mut self.overlay {
            overlay.paste(text);
            return;
        }
        let Some(screen) = self.stack.last_mut() else { return };
        let reply = screen.paste(&self.view, text);
        if !reply.is_handled {
            self.message = Some("ここには貼り付けられません。何も変わっていません".to_owned());
        }
        self.settle_reply(host, reply);
    }

    fn press(&mut self, host: &mut dyn Host, key: Key) {
        if let Some(overlay) = &mut self.overlay {
            let answer = overlay.press(&self.view, key);
            return self.answered(host, answer);
        }
        let is_typing = self.is_typing();
        let offers = self.offers();
        match actions::offered(&offers, key, is_typing).cloned() {
            Some(offer) => self.take(host, &offer),
            None => {
                let Some(screen) = self.stack.last_mut() else { return };
                let reply = screen.key(&self.view, key);
                self.settle_reply(host, reply);
            }
        }
    }

    fn take(&mut self, host: &mut dyn Host, offer: &Offer) {
        match &offer.refusal {
            Some(reason) => self.message = Some(reason.clone().into_owned()),
            None => self.act(host, offer.action.act),
        }
    }

    fn answered(&mut self, host: &mut dyn Host, answer: Answer) {
        match answer {
            Answer::Stay => {}
            Answer::Close => self.overlay = None,
            Answer::Act(act) => {
                self.overlay = None;
                self.act(host, act);
            }
            Answer::Go(route) => {
                self.overlay = None;
                self.go(Go::To(route));
                self.greet(host);
            }
            Answer::Quit => self.perform(host, Effect::Quit),
        }
    }

    /// Everything that can be done here, the place's own actions first.
    pub fn offers(&self) -> Vec<Offer> {
        let Some(screen) = self.stack.last() else { return Vec::new() };
        let mut offers = screen.offers(&self.view);
        let rest = if screen.route().is_outside() { OUTSIDE } else { EVERYWHERE };
        let missing: Vec<Act> =
            rest.iter().copied().filter(|act| offers.iter().all(|o| o.action.act != *act)).collect();
        offers.extend(missing.into_iter().map(|act| self.global(act)));
        if self.is_stoppable() {
            // First, so that the narrow footer shows it.
            offers.retain(|offer| offer.action.act != Act::Back);
            offers.insert(0, action(Act::Back).offer().labelled("やめる").doing(STOPS));
        }
        offers
    }

    fn global(&self, act: Act) -> Offer {
        let offer = action(act).offer();
        match act {
            Act::Undo | Act::Redo => offer.refused(self.changed().is_none().then_some("事業場を開くと使えます")),
            Act::History => offer.refused(self.site().is_none().then_some("事業場を開くと使えます")),
            Act::Share if self.sharing => offer.labelled("共有を終える"),
            _ => offer,
        }
    }

    fn site(&self) -> Option<EstablishmentId> {
        self.stack.iter().rev().find_map(|screen| screen.route().site())
    }

    /// The establishment whose newest change `u` takes back: the one that is open, else, over all of them, the one that
    /// was changed last. Whoever has just put a row off means that change, not the row that moved under the cursor.
    fn changed(&self) -> Option<EstablishmentId> {
        let over_all =
            !self.sharing && self.route().is_some_and(|route| matches!(route, Route::Today | Route::PatrolYear));
        let last = || {
            let changed =
                self.view.caseload.sites.iter().filter_map(|site| Some((&site.history.first()?.at, site.id())));
            changed.max().map(|(_, id)| id.clone())
        };
        self.site().or_else(|| if over_all { last() } else { None })
    }

    /// While long work is told, Esc gives it up wherever it was asked for; a place that waits for it does so in its own way.
    fn is_stoppable(&self) -> bool {
        self.progress.is_some() && !self.stack.last().is_some_and(|screen| screen.stops_its_work())
    }

    fn act(&mut self, host: &mut dyn Host, act: Act) {
        if act == Act::Back && self.is_stoppable() {
            self.message = Some("やめています。書き終えていなければ、すべて元に戻します".to_owned());
            return self.perform(host, Effect::StopWork);
        }
        let own = self.stack.last().is_some_and(|screen| screen.offers(&self.view).iter().any(|o| o.action.act == act));
        if own {
            let Some(screen) = self.stack.last_mut() else { return };
            let reply = screen.act(&self.view, act);
            return self.settle_reply(host, reply);
        }
        match act {
            Act::Back => self.go(Go::Back),
            Act::Today => self.go(Go::Home),
            Act::Help => self.overlay = Some(Overlay::help(self.offers())),
            Act::Palette => self.overlay = Some(Overlay::palette(self.offers(), &self.view, &self.privacy())),
            Act::Lock => self.perform(host, Effect::Lock),
            Act::Quit => self.overlay = Some(Overlay::quit()),
            Act::Share => self.share(host),
            Act::Undo | Act::Redo | Act::History => self.on_site(host, act),
            _ => {}
        }
    }

    fn on_site(&mut self, host: &mut dyn Host, act: Act) {
        let site = if act == Act::History { self.site() } else { self.changed() };
        let Some(site) = site else { return };
        self.undoing = Some(site.clone()).filter(|_| act != Act::History);
        match act {
            Act::Undo => self.perform(host, Effect::Undo(site, None)),
            Act::Redo => self.perform(host, Effect::Redo(site)),
            _ => {
                self.go(Go::To(Route::History(site)));
                self.greet(host);
            }
        }
    }

    /// What was taken back beside the screen is named when it is done.
    fn name_undone(&mut self, event: &Event) {
        if let (Some(site), Event::Done(_)) = (self.undoing.take(), event) {
            self.name(&site);
        }
    }

    /// Where no establishment is open, the answer says whose change it was.
    fn name(&mut self, site: &EstablishmentId) {
        let name = self.view.caseload.site(site).map(|site| site.establishment.short_name.clone());
        if let (None, Some(said), Some(name)) = (self.site(), &self.message, name) {
            self.message = Some(format!("{}  {said}", cut(&name, 24)));
        }
    }

    /// Hides people at once. Showing them again costs a passphrase: the desk locks.
    fn share(&mut self, host: &mut dyn Host) {
        if self.sharing {
            self.perform(host, Effect::Lock);
            return;
        }
        self.sharing = true;
        if self.route().is_some_and(|route| route.interviewee().is_none() && !route.holds_nobody()) {
            self.stack.truncate(1);
        }
        self.message =
            Some("画面共有にしました。人の名前と健康の情報は出ません。終えるときは F9 とパスフレーズです".to_owned());
    }

    fn settle_reply(&mut self, host: &mut dyn Host, reply: Reply) {
        let had_spoken = self.has_spoken;
        self.has_spoken |= reply.says.is_some();
        if let Some(text) = reply.says {
            self.message = Some(text);
        }
        let go = reply.go;
        for effect in reply.effects {
            self.perform(host, effect);
        }
        self.has_spoken = had_spoken;
        self.refresh(host);
        if let Some(go) = go
            && !matches!(self.overlay, Some(Overlay::Failure(_)))
        {
            self.go(go);
            self.greet(host);
        }
    }

    /// Lets the place on top ask for what it needs when it is opened.
    pub(super) fn greet(&mut self, host: &mut dyn Host) {
        let Some(screen) = self.stack.last_mut() else { return };
        let reply = screen.opened(&self.view);
        for effect in reply.effects {
            self.perform(host, effect);
        }
    }

    pub(super) fn perform(&mut self, host: &mut dyn Host, effect: Effect) {
        if matches!(effect, Effect::DropImport | Effect::StopWork) {
            self.progress = None;
        }
        for event in host.perform(effect) {
            self.hear(host, event);
        }
    }

    fn hear(&mut self, host: &mut dyn Host, event: Event) {
        self.refresh(host);
        match &event {
            Event::Unlocked => self.unlocked(),
            Event::Locked(reason) => self.locked(reason.clone()),
            Event::Done(_) if self.has_spoken => {}
            Event::Done(text) | Event::Imported(text) => self.message = Some(text.clone()),
            Event::Failed(failure) => {
                // What a place had said beforehand did not come to be.
                (self.overlay, self.message) = (Some(Overlay::failure(failure.clone())), None);
            }
            Event::Progress(progress) => self.progress = Some(*progress),
            Event::Stopped(text) => self.message = Some(text.clone()),
            Event::Quit => self.has_quit = true,
            _ => {}
        }
        if !matches!(event, Event::Progress(..)) {
            self.progress = None;
            self.name_undone(&event);
        }
        let Some(screen) = self.stack.last_mut() else { return };
        let reply = screen.event(&self.view, &event);
        self.settle_reply(host, reply);
    }

    /// Comes back to the places that a lock had closed; what was typed there lies in the drafts.
    fn unlocked(&mut self) {
        self.sharing = false;
        let routes = std::mem::take(&mut self.resume);
        self.stack = vec![screens::open(&Route::Today, &self.view)];
        for route in routes.into_iter().filter(|route| !matches!(route, Route::Today | Route::Confirm(_))) {
            self.stack.push(screens::open(&route, &self.view));
        }
    }

    fn locked(&mut self, reason: String) {
        let routes: Vec<Route> = self.stack.iter().map(|screen| screen.route()).filter(|r| !r.is_outside()).collect();
        if !routes.is_empty() {
            self.resume = routes;
        }
        self.stack = vec![screens::open(&Route::Unlock, &self.view)];
        (self.overlay, self.ime, self.progress, self.undoing) = (None, None, None, None);
        self.message = Some(reason);
    }

    fn go(&mut self, go: Go) {
        match go {
            // Files and lists name people, whatever the screen hides.
            Go::To(route) if self.sharing && route.is_exchange() => {
                let says = "画面共有のあいだは、取り込みも書き出しもできません。F9 で終えてから開いてください";
                self.message = Some(says.to_owned());
            }
            Go::To(route) => self.stack.push(screens::open(&route, &self.view)),
            Go::Instead(route) => {
                self.stack.pop();
                self.stack.push(screens::open(&route, &self.view));
            }
            Go::Back if self.stack.len() > 1 => _ = self.stack.pop(),
            Go::Home => self.stack.truncate(1),
            Go::Settled(route) => self.settled(&route),
            Go::Left => {
                let outward = self.stack.iter().position(|screen| screen.route().is_outward());
                self.stack.truncate(outward.unwrap_or(self.stack.len()).max(1));
            }
            Go::Back => {}
        }
        self.filter();
        self.settle();
    }

    /// Closes what led outwards; a place that lies below is not opened twice.
    fn settled(&mut self, route: &Route) {
        let known = self.stack.iter().rposition(|screen| screen.route() == *route);
        let outward = self.stack.iter().position(|screen| screen.route().is_outward());
        let kept = known.map(|place| place + 1).or(outward).unwrap_or(self.stack.len());
        self.stack.truncate(kept);
        if known.is_none() {
            self.stack.push(screens::open(route, &self.view));
        }
    }

    /// Takes the newest snapshot, and tells every screen if it changed.
    fn refresh(&mut self, host: &mut dyn Host) {
        let full = host.view();
        let is_new = full.revision != self.full.revision || full.door != self.full.door;
        let is_next_day = full.today != self.full.today;
        self.full = full;
        if is_new || is_next_day {
            self.shown = None;
        }
        if self.filter() {
            self.settle();
        }
        self.view.clock.clone_from(&self.full.clock);
    }

    /// Makes the view that may be shown now; says whether it is another one than before.
    fn filter(&mut self) -> bool {
        let privacy = self.privacy();
        if self.shown.as_ref() == Some(&privacy) {
            return false;
        }
        self.view = privacy.apply(&self.full);
        self.shown = Some(privacy);
        true
    }

    fn settle(&mut self) {
        for screen in &mut self.stack {
            screen.settle(&self.view);
        }
    }
}
