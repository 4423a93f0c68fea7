//! 回復コード: the code from the paper, a new passphrase, and the vault opens under a new key.

mod code;
#[cfg(test)]
mod tests;

use ratatui::layout::{Position, Rect};
use secrecy::SecretString;

use self::code::CodeEntry;
use crate::app::{Effect, Event, View};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::theme::{Look, Weight};
use crate::ui::width::wrap;

const STEPS: [&str; 2] = ["回復コード", "新しいパスフレーズ"];

/// The way in for whoever lost passphrase or key.
pub struct RecoveryScreen {
    code: CodeEntry,
    form: Form,
    step: usize,
    is_working: bool,
    answer: Option<String>,
}

impl RecoveryScreen {
    /// An empty code.
    pub fn new() -> Self {
        Self { code: CodeEntry::new(), form: passphrases(), step: 0, is_working: false, answer: None }
    }

    fn enter(&mut self) -> Reply {
        match (self.step, self.form.focused().map(Field::id)) {
            (0, _) => self.read(),
            (_, Some("new")) => {
                self.form.focus_on("again");
                Reply::done()
            }
            _ => self.recover(),
        }
    }

    fn read(&mut self) -> Reply {
        if !self.code.is_full() {
            return Reply::say("14組すべてに 4文字ずつ打ってください");
        }
        Reply::ask(Effect::ReadCode(SecretString::from(self.code.text().as_str())))
    }

    fn recover(&mut self) -> Reply {
        let typed = |id: &str| self.form.secret(id).map(|line| SecretString::from(line.expose())).unwrap_or_default();
        let (new, again) = (typed("new"), typed("again"));
        self.form = passphrases();
        use secrecy::ExposeSecret;
        if new.expose_secret().is_empty() || new.expose_secret() != again.expose_secret() {
            self.answer = Some("二つが同じではありません。もう一度、二度打ってください".to_owned());
            return Reply::done();
        }
        (self.is_working, self.answer) = (true, None);
        Reply::ask(Effect::Recover(SecretString::from(self.code.text().as_str()), new))
    }

    /// A full code is looked at as soon as its last character is typed.
    fn typed(&mut self, was_full: bool) -> Reply {
        self.answer = None;
        if !was_full && self.code.is_full() && self.code.problem().is_none() { self.read() } else { Reply::done() }
    }

    fn back(&mut self) -> Reply {
        self.answer = None;
        match std::mem::replace(&mut self.step, 0) {
            0 => Reply::go(Go::Back),
            _ => {
                self.form = passphrases();
                Reply::done()
            }
        }
    }

    fn said(&self) -> String {
        let working = self.is_working.then(|| "新しい鍵を作っています".to_owned());
        let problem = || if self.step == 0 { self.code.problem() } else { None };
        working.or_else(|| self.answer.clone()).or_else(problem).unwrap_or_default()
    }
}

fn passphrases() -> Form {
    Form::new(vec![Field::secret("new", "新しい"), Field::secret("again", "もう一度")])
}

impl Screen for RecoveryScreen {
    fn route(&self) -> Route {
        Route::Recovery
    }

    fn head(&self, _view: &View) -> Head {
        let steps = STEPS.into_iter().enumerate().map(|(step, name)| (name, step < self.step)).collect();
        Head { path: "解錠 / 回復コード".to_owned(), second: Second::Steps(steps, self.step), ..Head::default() }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let told = if self.step == 0 { TOLD_CODE } else { TOLD_PASSPHRASE };
        let room = usize::from(body.width.saturating_sub(4)).min(76);
        let mut y = body.y;
        for text in told.iter().flat_map(|text| wrap(text, room)) {
            canvas.text(2, y, body.width, &text, Weight::Plain);
            y += 1;
        }
        let area = Rect { x: body.x + 1, y: y + 1, width: body.width, height: body.bottom().saturating_sub(y + 1) };
        let cursor = match self.step {
            0 => self.code.draw(canvas, area),
            _ => self.form.draw(canvas, Rect { x: body.x, height: area.height.min(4), ..area }),
        };
        for (row, text) in wrap(&self.said(), room).iter().enumerate() {
            canvas.text(2, y + 6 + columns(row), body.width, text, Weight::Bold);
        }
        cursor.filter(|_| !self.is_working)
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let (label, effect) = match (self.step, self.form.focused().map(Field::id)) {
            (0, _) => ("次へ", "打ったコードに打ち間違いがないかを調べます。まだ何も変えません。"),
            (_, Some("new")) => ("次へ", "もう一度打つ欄へ移ります。"),
            _ => ("開く", "新しい鍵を作り、金庫を開きます。"),
        };
        let back = action(Act::Back).offer().labelled(if self.step == 0 { "やめる" } else { "コードへ戻る" });
        vec![
            action(Act::Open).offer().labelled(label).doing(effect),
            action(Act::NextField).offer().labelled(if self.step == 0 { "次の組" } else { "次の欄" }),
            action(Act::PreviousField).offer().labelled(if self.step == 0 { "前の組" } else { "前の欄" }),
            back.doing("打ったものを消して戻ります。何も変えません。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        if self.is_working {
            return Reply::done();
        }
        match act {
            Act::Open => self.enter(),
            Act::NextField => self.key(view, Key::plain(Code::Tab)),
            Act::PreviousField => self.key(view, Key::plain(Code::Tab).with_shift()),
            Act::Back => self.back(),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if self.is_working {
            return Reply::done();
        }
        if self.step > 0 {
            self.form.update(&Input::Key(key));
            return Reply::done();
        }
        let was_full = self.code.is_full();
        if self.code.key(key) { self.typed(was_full) } else { Reply::ignored() }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        if self.is_working {
            return Reply::done();
        }
        if self.step > 0 {
            self.form.update(&Input::Paste(text.to_owned()));
            return Reply::done();
        }
        let was_full = self.code.is_full();
        text.chars().for_each(|c| self.code.push(c));
        self.typed(was_full)
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn message(&self, _view: &View) -> String {
        "回復コードは画面にも記録にも残りません".to_owned()
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::CodeRead => (self.step, self.answer) = (1, None),
            Event::Refused(text) => (self.is_working, self.answer) = (false, Some(text.clone())),
            Event::Failed(_) => self.is_working = false,
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn resized(&mut self, body: Rect) {
        self.form.resize(body, Look::default());
    }
}

const TOLD_CODE: &[&str] = &[
    "紙に書いた回復コードを、4文字ずつ 14組 打ってください。大小は問いません。",
    "打ち終えた組は * になります。戻ると、また見えます。",
];
const TOLD_PASSPHRASE: &[&str] = &[
    "新しいパスフレーズを二度打ってください。13文字以上で、英字と数字を混ぜます。",
    "開くと、新しい鍵をこの計算機の金庫の中に作ります。別の媒体へは、あとで移せます。",
    "前のパスフレーズと前の鍵では、この金庫は開かなくなります。",
];
