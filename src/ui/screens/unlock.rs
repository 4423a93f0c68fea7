//! 解錠: in within seconds, and nobody behind learns anything. No name, no count, no path.

use ratatui::layout::{Position, Rect};
use secrecy::SecretString;
use zeroize::Zeroize;

use crate::app::host::Door;
use crate::app::{Effect, Event, View};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// Room for a passphrase; the buffer never grows, so that no copy of it stays behind.
const CAPACITY: usize = 512;
/// Columns of the field.
const FIELD: usize = 36;

/// The door.
pub struct Unlock {
    typed: String,
    is_working: bool,
    answer: Option<String>,
}

impl Unlock {
    /// A closed door.
    pub fn new() -> Self {
        Self { typed: String::with_capacity(CAPACITY), is_working: false, answer: None }
    }

    fn push(&mut self, c: char) {
        if self.typed.len() + c.len_utf8() <= CAPACITY && !c.is_control() {
            self.typed.push(c);
        }
    }

    fn submit(&mut self) -> Reply {
        if self.typed.is_empty() {
            return Reply::say("パスフレーズを入れてから Enter を押してください");
        }
        let secret = SecretString::from(self.typed.as_str());
        self.typed.zeroize();
        self.is_working = true;
        self.answer = None;
        Reply::ask(Effect::Unlock(secret))
    }

    fn below_field(&self) -> String {
        if self.is_working {
            return "鍵を確かめています".to_owned();
        }
        let is_full_width = !self.typed.is_ascii();
        match (&self.answer, is_full_width) {
            (_, true) => "全角の文字が入っています。半角で打ち直してください".to_owned(),
            (Some(text), false) => text.clone(),
            (None, false) => String::new(),
        }
    }
}

impl Drop for Unlock {
    fn drop(&mut self) {
        self.typed.zeroize();
    }
}

impl Screen for Unlock {
    fn route(&self) -> Route {
        Route::Unlock
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let top = body.y + body.height.saturating_sub(14) / 3;
        canvas.text(12, top, 40, "巡 回   junkai", Weight::Bold);
        if view.door == Door::NoVault {
            canvas.text(12, top + 3, 66, "この場所にはまだ金庫がありません。", Weight::Plain);
            canvas.text(
                12,
                top + 5,
                66,
                "終了して「junkai init」で作るか、「junkai demo」で見本を開いてください。",
                Weight::Plain,
            );
            return None;
        }
        let name = if view.threshold.is_demo { "見本（架空の人と会社です）" } else { "標準" };
        let key = format!(
            "{} {}",
            view.threshold.key_place,
            if view.threshold.key_found { "あり" } else { "見つかりません" }
        );
        for (row, (label, value)) in [("金庫", name), ("鍵", key.as_str())].into_iter().enumerate() {
            canvas.text(12, top + 3 + columns(row), 14, label, Weight::Dim);
            canvas.text(28, top + 3 + columns(row), 50, value, Weight::Plain);
        }
        let cursor = self.draw_field(canvas, top + 6);
        if let Some(warning) = &view.threshold.warning {
            canvas.text(12, top + 10, 66, warning, Weight::Plain);
        }
        if view.threshold.failures > 0 {
            let text = format!("失敗した解錠   {}回", view.threshold.failures);
            canvas.text(12, top + 11, 66, &text, Weight::Plain);
        }
        (!self.is_working).then_some(cursor)
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let closed = (view.door == Door::NoVault).then_some("この場所にはまだ金庫がありません");
        vec![action(Act::Open).offer().labelled("解錠").doing("金庫を開きます。").refused(closed)]
    }

    fn act(&mut self, _view: &View, _act: Act) -> Reply {
        if self.is_working { Reply::done() } else { self.submit() }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        // Keys typed while the key is derived are dropped: they might belong to another program.
        if self.is_working {
            return Reply::done();
        }
        match key.code {
            Code::Char(c) if !key.ctrl => self.push(c),
            Code::Char('u') if key.ctrl => self.typed.zeroize(),
            Code::Backspace => _ = self.typed.pop(),
            Code::Esc => self.typed.zeroize(),
            _ => return Reply::ignored(),
        }
        self.answer = None;
        Reply::done()
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        let line = text.lines().next().unwrap_or_default();
        line.chars().for_each(|c| self.push(c));
        Reply::done()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn message(&self, _view: &View) -> String {
        "パスフレーズは画面にも記録にも残りません".to_owned()
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::Refused(text) => {
                self.is_working = false;
                self.answer = Some(text.clone());
                Reply::done()
            }
            Event::Failed(_) => {
                self.is_working = false;
                Reply::done()
            }
            Event::Unlocked => Reply::go(Go::Home),
            _ => Reply::ignored(),
        }
    }
}

impl Unlock {
    fn draw_field(&self, canvas: &mut Canvas<'_>, y: u16) -> Position {
        let shown = self.typed.chars().count().min(FIELD - 2);
        let field = format!("[ {:<width$}]", "*".repeat(shown), width = FIELD);
        canvas.text(12, y, 14, "パスフレーズ", Weight::Dim);
        canvas.text(28, y, 48, &field, Weight::Bold);
        canvas.text(28, y + 1, 50, &self.below_field(), Weight::Plain);
        Position { x: 30 + columns(shown), y }
    }
}
