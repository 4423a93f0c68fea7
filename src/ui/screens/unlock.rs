//! 解錠: in within seconds, and nobody behind learns anything. No name, no count, no path but the one being typed.

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};
use secrecy::SecretString;
use zeroize::Zeroize;

use crate::app::host::Door;
use crate::app::{Effect, Event, View};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::line::Line;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Room for a passphrase; the buffer never grows, so that no copy of it stays behind.
const CAPACITY: usize = 512;
/// Columns of the field.
const FIELD: usize = 36;
/// Where labels and values begin.
const LABEL: u16 = 12;
const VALUE: u16 = 28;
/// Rows for what the door answers below the field.
const ANSWER: usize = 3;

/// What is typed at the door.
#[derive(Debug)]
enum Asking {
    Passphrase,
    /// Where the key lies today.
    Key(Line),
    /// Which vault.
    Vault(Line),
}

/// The door.
pub struct Unlock {
    typed: String,
    asking: Asking,
    is_working: bool,
    answer: Option<String>,
}

impl Unlock {
    /// A closed door.
    pub fn new() -> Self {
        Self { typed: String::with_capacity(CAPACITY), asking: Asking::Passphrase, is_working: false, answer: None }
    }

    fn push(&mut self, c: char) {
        if self.typed.len() + c.len_utf8() <= CAPACITY && !c.is_control() {
            self.typed.push(c);
        }
    }

    fn submit(&mut self) -> Reply {
        self.answer = None;
        match std::mem::replace(&mut self.asking, Asking::Passphrase) {
            Asking::Key(line) => Reply::ask(Effect::KeyAt(path(&line))),
            Asking::Vault(line) => Reply::ask(Effect::OtherVault(path(&line))),
            Asking::Passphrase => self.unlock(),
        }
    }

    fn unlock(&mut self) -> Reply {
        if self.typed.is_empty() {
            return Reply::say("パスフレーズを入れてから Enter を押してください");
        }
        let secret = SecretString::from(self.typed.as_str());
        self.typed.zeroize();
        self.is_working = true;
        Reply::ask(Effect::Unlock(secret))
    }

    fn ask(&mut self, asking: Asking) -> Reply {
        self.typed.zeroize();
        self.answer = None;
        self.asking = asking;
        Reply::done()
    }

    fn below_field(&self, view: &View) -> String {
        if self.is_working {
            return "鍵を確かめています".to_owned();
        }
        let is_full_width = !self.typed.is_ascii();
        match (&self.answer, is_full_width) {
            (_, true) => "全角の文字が入っています。半角で打ち直してください".to_owned(),
            (Some(text), false) => text.clone(),
            (None, false) if !view.threshold.key_found => KEY_MISSING.to_owned(),
            (None, false) => String::new(),
        }
    }

    fn line(&mut self) -> Option<&mut Line> {
        match &mut self.asking {
            Asking::Passphrase => None,
            Asking::Key(line) | Asking::Vault(line) => Some(line),
        }
    }

    fn type_secret(&mut self, key: Key) -> Reply {
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
}

const KEY_MISSING: &str =
    "鍵がその場所にありません。鍵を置いた媒体をつなぐか、Tab で鍵の場所を入れてください。失ったときは Ctrl-R です";

/// The typed place; none when it was left empty.
fn path(line: &Line) -> Option<PathBuf> {
    let text = line.text().trim();
    (!text.is_empty()).then(|| PathBuf::from(text))
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
        canvas.text(LABEL, top, 40, "巡 回   junkai", Weight::Bold);
        match &self.asking {
            Asking::Vault(line) => return draw_place(canvas, top + 3, "金庫の場所", line, VAULT_HINT),
            Asking::Key(line) => return draw_place(canvas, top + 3, "鍵の場所", line, KEY_HINT),
            Asking::Passphrase => {}
        }
        if view.door == Door::NoVault {
            draw_no_vault(canvas, top + 3);
            return None;
        }
        draw_facts(view, canvas, top + 3);
        let cursor = self.draw_field(view, canvas, top + 6);
        if let Some(warning) = &view.threshold.warning {
            canvas.text(LABEL, top + 11, 66, warning, Weight::Plain);
        }
        if view.threshold.failures > 0 {
            let text = format!("失敗した解錠   {}回", view.threshold.failures);
            canvas.text(LABEL, top + 12, 66, &text, Weight::Plain);
        }
        (!self.is_working).then_some(cursor)
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let open = action(Act::Open).offer();
        if !matches!(self.asking, Asking::Passphrase) {
            let open = open.labelled("決める").doing("この場所を使います。空なら元の場所へ戻します。");
            return vec![open, action(Act::Back).offer().labelled("やめる").doing("場所を変えません。")];
        }
        let closed = (view.door == Door::NoVault).then_some("この場所にはまだ金庫がありません");
        let open = open.labelled("解錠").doing("金庫を開きます。").refused(closed);
        let key = action(Act::NextField).offer().labelled("鍵の場所");
        let key = key.doing("鍵のファイルの場所を入れます。USBメモリーなどに置いたときに使います。").refused(closed);
        let recover = action(Act::Recover).offer().labelled("回復コード").refused(closed);
        let vault = action(Act::OtherVault).offer();
        if view.threshold.key_found { vec![open, recover, vault, key] } else { vec![open, key, recover, vault] }
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        if self.is_working {
            return Reply::done();
        }
        match act {
            Act::Open => self.submit(),
            Act::NextField => self.ask(Asking::Key(Line::default())),
            Act::OtherVault => self.ask(Asking::Vault(Line::default())),
            Act::Back => self.ask(Asking::Passphrase),
            Act::Recover => Reply::to(Route::Recovery),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        // Keys typed while the key is derived are dropped: they might belong to another program.
        if self.is_working {
            return Reply::done();
        }
        match self.line() {
            Some(line) => {
                line.update(&Input::Key(key));
                Reply::done()
            }
            None => self.type_secret(key),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        let first = text.lines().next().unwrap_or_default();
        match self.line() {
            Some(line) => _ = line.update(&Input::Paste(first.to_owned())),
            None => first.chars().for_each(|c| self.push(c)),
        }
        Reply::done()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn message(&self, _view: &View) -> String {
        match self.asking {
            Asking::Passphrase => "パスフレーズは画面にも記録にも残りません".to_owned(),
            Asking::Key(_) | Asking::Vault(_) => "入れた場所は、終了すると忘れます".to_owned(),
        }
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
    fn draw_field(&self, view: &View, canvas: &mut Canvas<'_>, y: u16) -> Position {
        let shown = self.typed.chars().count().min(FIELD - 2);
        let field = format!("[ {:<width$}]", "*".repeat(shown), width = FIELD);
        canvas.text(LABEL, y, 14, "パスフレーズ", Weight::Dim);
        canvas.text(VALUE, y, 48, &field, Weight::Bold);
        for (row, text) in wrap(&self.below_field(view), 50).iter().take(ANSWER).enumerate() {
            canvas.text(VALUE, y + 1 + columns(row), 50, text, Weight::Plain);
        }
        Position { x: VALUE + 2 + columns(shown), y }
    }
}

/// Which vault, and whether its key is there: words, no path.
fn draw_facts(view: &View, canvas: &mut Canvas<'_>, y: u16) {
    let threshold = &view.threshold;
    let vault = if threshold.is_demo { "見本（架空の人と会社です）" } else { &threshold.vault_place };
    let found = if threshold.key_found { "あり" } else { "見つかりません" };
    let key = format!("{} {found}", threshold.key_place);
    for (row, (label, value)) in [("金庫", vault), ("鍵", key.as_str())].into_iter().enumerate() {
        canvas.text(LABEL, y + columns(row), 14, label, Weight::Dim);
        canvas.text(VALUE, y + columns(row), 50, value, Weight::Plain);
    }
}

const KEY_HINT: &str = "鍵のファイルの場所（例 /media/usb/junkai.age）。空なら、金庫が覚えている場所を使います";
const VAULT_HINT: &str = "金庫のフォルダの場所。空なら、始めたときの金庫へ戻ります";

fn draw_place(canvas: &mut Canvas<'_>, y: u16, label: &str, line: &Line, hint: &str) -> Option<Position> {
    canvas.text(LABEL, y, 14, label, Weight::Dim);
    for (row, text) in wrap(hint, 50).iter().enumerate() {
        canvas.text(VALUE, y + 2 + columns(row), 50, text, Weight::Plain);
    }
    line.draw(canvas, Rect { x: VALUE, y, width: 50, height: 1 }, true)
}

fn draw_no_vault(canvas: &mut Canvas<'_>, y: u16) {
    let rows = [
        ("", "ここにはまだ金庫がありません。終了して、次のどれかを打ちます。"),
        ("", ""),
        ("新しく作る", "junkai init"),
        ("控えから復元", "junkai restore 控えのファイル"),
        ("見本を開く", "junkai demo"),
    ];
    for (row, (label, text)) in rows.into_iter().enumerate() {
        let x = if label.is_empty() { LABEL } else { VALUE };
        canvas.text(LABEL, y + columns(row), 14, label, Weight::Dim);
        canvas.text(x, y + columns(row), 66, text, Weight::Plain);
    }
}
