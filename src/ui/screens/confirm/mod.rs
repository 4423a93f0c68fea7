//! 確認: what will happen, to whom, where; the one place from which something leaves, and only by Ctrl-S or F12.
//!
//! Knows the previewed texts by their hashes and asks the host to issue exactly those. Enter never issues.

use ratatui::layout::{Position, Rect};

use super::opinion::Basis;
use super::paper::{Walked, written};
use crate::app::host::{CopyPreview, DocumentPreview, DocumentRequest};
use crate::app::{Effect, Event, View};
use crate::domain::opinion::Recipient;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};

mod draw;

/// What Enter on the button answers.
const NOT_BY_ENTER: &str = "Ctrl-S で出力します";
const OWN_NOT_BY_ENTER: &str = "Ctrl-S で書き出します";

/// A place of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A recipient.
    Copy(usize),
    /// The mark that unusual characters were looked at.
    Characters,
    /// 戻る
    Back,
    /// 署名して出力する
    Issue,
}

/// How the chosen copies stand with the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The host has prepared exactly the chosen copies.
    Ready,
    /// It prepares them.
    Preparing,
    /// It issues them.
    Issuing,
    /// The text is not the one that was shown.
    Changed,
    /// It could not prepare them.
    Failed,
}

/// The confirmation of a document.
pub struct Confirm {
    preview: DocumentPreview,
    /// The copies to be issued, in the order of the preview.
    chosen: Vec<bool>,
    /// The same as the host prepared them last: number, folder and files are its own.
    prepared: DocumentPreview,
    stage: Stage,
    saw_characters: bool,
    cursor: Place,
    basis: Option<Basis>,
    walked: Option<Walked>,
}

impl Confirm {
    /// The confirmation of what was shown; the cursor starts on 戻る.
    pub fn new(preview: DocumentPreview) -> Self {
        Self {
            chosen: vec![true; preview.copies.len()],
            prepared: preview.clone(),
            preview,
            stage: Stage::Ready,
            saw_characters: false,
            cursor: Place::Back,
            basis: None,
            walked: None,
        }
    }

    /// Whether nobody receives it: it is written, not signed and not issued.
    fn is_own(&self) -> bool {
        self.preview.request.form.is_own_paper()
    }

    /// There is a choice of recipients only where there are several.
    fn places(&self) -> Vec<Place> {
        let count = self.preview.copies.len();
        let copies = (0..count).filter(|_| count > 1).map(Place::Copy);
        let characters = self.wants_characters().then_some(Place::Characters);
        copies.chain(characters).chain([Place::Back, Place::Issue]).collect()
    }

    fn wants_characters(&self) -> bool {
        self.chosen_copies().any(|(_, copy)| !copy.questionable.is_empty())
    }

    fn chosen_copies(&self) -> impl Iterator<Item = (usize, &CopyPreview)> {
        let chosen = self.preview.copies.iter().enumerate().zip(&self.chosen);
        chosen.filter(|(_, chosen)| **chosen).map(|(copy, _)| copy)
    }

    fn request(&self) -> DocumentRequest {
        let recipients: Vec<Recipient> = self.chosen_copies().map(|(_, copy)| copy.recipient).collect();
        DocumentRequest { recipients, ..self.preview.request.clone() }
    }

    fn hashes(&self) -> Vec<String> {
        self.chosen_copies().map(|(_, copy)| copy.sha256.clone()).collect()
    }

    /// Why nothing can leave now.
    fn refusal(&self, view: &View) -> Option<&'static str> {
        match self.stage {
            Stage::Preparing => return Some("出すものを用意しています。少し待ってください"),
            Stage::Issuing => return Some(self.busy()),
            Stage::Changed => return Some("文が変わりました。Esc で戻って、もう一度見てください"),
            Stage::Failed => return Some("用意できませんでした。Esc で戻って、やり直してください"),
            Stage::Ready => {}
        }
        if self.chosen_copies().next().is_none() {
            return Some("渡す相手がありません。Space で選んでください");
        }
        if self.wants_characters() && !self.saw_characters {
            return Some("珍しい字があります。字を確かめ、その行で Space を押してください");
        }
        self.has_changed(view).then_some("記録が変わりました。Esc で戻って、もう一度見てください")
    }

    fn has_changed(&self, view: &View) -> bool {
        let subject = self.preview.request.subject.as_ref();
        let basis = subject.and_then(|interview| Basis::now(view, interview));
        let walked = subject.and_then(|patrol| Walked::now(view, patrol));
        basis != self.basis || walked != self.walked
    }

    fn busy(&self) -> &'static str {
        if self.is_own() { "書き出しています" } else { "署名して出力しています" }
    }

    fn move_by(&mut self, step: isize) -> Reply {
        let places = self.places();
        let at = places.iter().position(|place| *place == self.cursor).unwrap_or_default();
        let to = at.saturating_add_signed(step).min(places.len().saturating_sub(1));
        self.cursor = places.get(to).copied().unwrap_or(Place::Back);
        Reply::done()
    }

    /// Leaves out the copy of a line manager who has nothing to act on: it would tell of an interview and of nothing else.
    fn choose(&mut self) -> Reply {
        let is_concerned = self.basis.as_ref().is_none_or(Basis::concerns_workplace);
        let wants = |copy: &CopyPreview| is_concerned || copy.recipient != Recipient::LineManager;
        self.chosen = self.preview.copies.iter().map(wants).collect();
        if self.chosen.contains(&false) { self.prepare() } else { Reply::done() }
    }

    /// Marks the recipient or the characters under the cursor.
    fn mark(&mut self) -> Reply {
        match self.cursor {
            Place::Copy(index) => self.toggle(index),
            Place::Characters => {
                self.saw_characters = !self.saw_characters;
                Reply::done()
            }
            Place::Back | Place::Issue => Reply::say("渡す相手の行で使えます。矢印で動いてください"),
        }
    }

    /// The number before a recipient turns it, wherever the cursor stands.
    fn turn(&mut self, digit: char) -> Reply {
        let index = usize::from(u8::try_from(digit).unwrap_or(b'1') - b'1');
        if self.places().contains(&Place::Copy(index)) { self.toggle(index) } else { Reply::ignored() }
    }

    /// The host must prepare the other choice, since it issues only what it showed last.
    fn toggle(&mut self, index: usize) -> Reply {
        if self.stage == Stage::Issuing {
            return Reply::say(self.busy());
        }
        if let Some(chosen) = self.chosen.get_mut(index) {
            *chosen = !*chosen;
        }
        self.prepare()
    }

    fn prepare(&mut self) -> Reply {
        if self.chosen_copies().next().is_none() {
            return Reply::done();
        }
        self.stage = Stage::Preparing;
        Reply::ask(Effect::Preview(Box::new(self.request())))
    }

    /// Holds the prepared texts against those that were shown.
    fn prepared(&mut self, preview: &DocumentPreview) -> Reply {
        if preview.request != self.request() {
            return Reply::ignored();
        }
        let same = preview.copies.iter().map(|copy| &copy.sha256).eq(self.hashes().iter());
        self.stage = if same && preview.version == self.preview.version { Stage::Ready } else { Stage::Changed };
        self.prepared = preview.clone();
        Reply::done()
    }

    fn issue(&mut self) -> Reply {
        self.stage = Stage::Issuing;
        let says = Some(self.busy().to_owned());
        Reply { says, ..Reply::ask(Effect::Issue(Box::new(self.request()), self.hashes())) }
    }

    /// Nothing left: the host forgot what it had prepared, so it prepares it once more.
    fn failed(&mut self) -> Reply {
        match self.stage {
            Stage::Issuing => self.prepare(),
            Stage::Preparing => {
                self.stage = Stage::Failed;
                Reply::done()
            }
            _ => Reply::done(),
        }
    }
}

/// Where the physician stands after something left: at the worker, with the document's number.
pub fn issued(view: &View, event: &Event, basis: Option<&Basis>) -> Reply {
    let Event::Issued(Some(id), files) = event else { return Reply::ignored() };
    let says = Some(format!("{id} を発行しました。PDF {}つは平文です。金庫の画面に並びます", files.len()));
    let worker = basis.and_then(|basis| basis.worker(view)).map(|worker| Route::Worker(worker.id.clone()));
    let go = worker.map_or(Go::Back, Go::Settled);
    Reply { says, ..Reply::go(go) }
}

impl Screen for Confirm {
    fn route(&self) -> Route {
        Route::Confirm(Box::new(self.preview.clone()))
    }

    fn head(&self, view: &View) -> Head {
        draw::head(self, view)
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        draw::body(self, view, canvas, body);
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let busy = (self.stage == Stage::Issuing).then_some(self.busy());
        let issue = action(Act::Issue).offer().labelled(draw::button(self)).refused(self.refusal(view));
        let issue = if self.is_own() {
            issue.seen_by("自分だけが見ます。会社には何も出ません。")
        } else {
            issue
        };
        let mark = action(Act::Mark).offer().labelled("渡す・渡さない").doing("その相手へ渡すかどうかを変えます。");
        let marks = self.places().len() > 2;
        let mut offers = vec![issue, action(Act::Back).offer().refused(busy)];
        if marks {
            offers.insert(1, mark);
        }
        offers
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match act {
            Act::Issue => self.issue(),
            Act::Mark => self.mark(),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        match (key.code, self.cursor) {
            (Code::Enter, Place::Back) if self.stage != Stage::Issuing => Reply::go(Go::Back),
            (Code::Enter, Place::Issue) if self.is_own() => Reply::say(OWN_NOT_BY_ENTER),
            (Code::Enter, Place::Issue) => Reply::say(NOT_BY_ENTER),
            (Code::Enter, _) => Reply::say("Space で変えます。Ctrl-S で出力します"),
            (Code::Char(digit @ '1'..='9'), _) if !key.ctrl => self.turn(digit),
            (Code::Tab, _) if key.shift => self.move_by(-1),
            (Code::Down | Code::Right | Code::Tab | Code::Char('j' | 'l'), _) => self.move_by(1),
            (Code::Up | Code::Left | Code::Char('k' | 'h'), _) => self.move_by(-1),
            _ => Reply::ignored(),
        }
    }

    fn message(&self, view: &View) -> String {
        match self.refusal(view) {
            Some(reason) => reason.to_owned(),
            None if self.is_own() => "Enter では書き出しません。Ctrl-S か F12 を押したときだけ書きます".to_owned(),
            None => "Enter では出力しません。Ctrl-S か F12 を押したときだけ出ます".to_owned(),
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::Previewed(preview) => self.prepared(preview),
            Event::Issued(..) if self.basis.is_some() => issued(view, event, self.basis.as_ref()),
            Event::Issued(id, files) => written(self.preview.request.form, id.as_ref(), files.len()),
            Event::Failed(_) => self.failed(),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, view: &View) -> Reply {
        // Who comes back here finds the own choice.
        let is_first = self.basis.is_none();
        let subject = self.preview.request.subject.as_ref();
        self.basis = subject.and_then(|interview| Basis::now(view, interview));
        self.walked = subject.and_then(|patrol| Walked::now(view, patrol));
        if is_first { self.choose() } else { Reply::done() }
    }
}
