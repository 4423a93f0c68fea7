//! 金庫・設定: certainty that nothing is lost and nobody else reads it.

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};
use secrecy::SecretString;

use crate::app::{Effect, Event, View};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Minutes of idleness that may be set.
const IDLE_CHOICES: [u64; 5] = [1, 3, 5, 10, 15];

/// What is being typed below the rows.
enum Asking {
    /// Nothing.
    Nothing,
    /// Where the backup goes.
    Backup(Form),
    /// Old and new passphrase.
    Passphrase(Form),
    /// Where the key goes, and the passphrase.
    Key(Form),
}

/// A row that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    Backup,
    Check,
    Passphrase,
    Key,
    Idle,
    ClearFiles,
}

/// The vault and the settings.
pub struct Vault {
    lines: Vec<Line>,
    cursor: usize,
    asking: Asking,
    findings: Option<Vec<String>>,
}

impl Vault {
    /// The screen.
    pub fn new() -> Self {
        Self { lines: Vec::new(), cursor: 0, asking: Asking::Nothing, findings: None }
    }

    fn current(&self) -> Option<&Line> {
        self.lines.get(self.cursor)
    }

    fn open(&mut self, view: &View) -> Reply {
        match self.current() {
            Some(Line::Backup) => self.asking = Asking::Backup(Form::new(vec![Field::text("path", "保存先")])),
            Some(Line::Passphrase) => self.asking = Asking::Passphrase(passphrase_form()),
            Some(Line::Key) => self.asking = Asking::Key(key_form()),
            Some(Line::Check) => {
                return Reply { says: Some("調べています".to_owned()), ..Reply::ask(Effect::Check) };
            }
            Some(Line::Idle) => {
                return Reply::ask(Effect::Set(
                    "idle_minutes".to_owned(),
                    next_idle(view.vault.idle_minutes).to_string(),
                ));
            }
            Some(Line::ClearFiles) => return Reply::to(Route::ClearFiles(None)),
            None => return Reply::ignored(),
        }
        Reply::done()
    }

    /// Sends what was typed, when the form is at its end.
    fn submit(&mut self) -> Reply {
        match std::mem::replace(&mut self.asking, Asking::Nothing) {
            Asking::Backup(form) if !form.text("path").trim().is_empty() => {
                let path = PathBuf::from(form.text("path").trim());
                Reply {
                    says: Some("バックアップを書いて読み返しています".to_owned()),
                    ..Reply::ask(Effect::Backup(path))
                }
            }
            Asking::Passphrase(mut form) => {
                let reply = change(&form);
                wipe(&mut form);
                reply
            }
            Asking::Key(mut form) => {
                let reply = move_key(&form);
                wipe(&mut form);
                reply
            }
            _ => Reply::say("やめました。何も変わっていません"),
        }
    }

    fn form(&mut self) -> Option<&mut Form> {
        match &mut self.asking {
            Asking::Nothing => None,
            Asking::Backup(form) | Asking::Passphrase(form) | Asking::Key(form) => Some(form),
        }
    }
}

fn passphrase_form() -> Form {
    Form::new(vec![Field::secret("old", "いまの"), Field::secret("new", "新しい"), Field::secret("again", "もう一度")])
}

fn change(form: &Form) -> Reply {
    let typed = |id: &str| form.secret(id).map(|line| line.expose().to_owned()).unwrap_or_default();
    let (new, again) = (SecretString::from(typed("new")), SecretString::from(typed("again")));
    use secrecy::ExposeSecret;
    if new.expose_secret() != again.expose_secret() {
        return Reply::say("新しいパスフレーズの二つが同じではありません。何も変わっていません");
    }
    Reply::ask(Effect::ChangePassphrase(SecretString::from(typed("old")), new))
}

fn key_form() -> Form {
    Form::new(vec![Field::text("path", "移す先"), Field::secret("old", "パスフレーズ")])
}

/// An empty place is the vault's own folder.
fn move_key(form: &Form) -> Reply {
    let typed = form.secret("old").map(|line| SecretString::from(line.expose())).unwrap_or_default();
    let path = Some(form.text("path").trim()).filter(|path| !path.is_empty()).map(PathBuf::from);
    Reply {
        says: Some("鍵を写して読み返しています".to_owned()), ..Reply::ask(Effect::MoveKey(path, typed))
    }
}

fn wipe(form: &mut Form) {
    for id in ["old", "new", "again"] {
        if let Some(field) = form.field_mut(id) {
            field.wipe();
        }
    }
}

fn next_idle(current: u64) -> u64 {
    IDLE_CHOICES.into_iter().find(|minutes| *minutes > current).unwrap_or(IDLE_CHOICES[0])
}

impl Screen for Vault {
    fn route(&self) -> Route {
        Route::Vault
    }

    fn head(&self, _view: &View) -> Head {
        Head {
            path: "金庫".to_owned(), context: "鍵を持つのは産業医だけです".to_owned(), ..Head::default()
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        for (row, line) in self.lines.iter().enumerate() {
            draw_line(view, canvas, body.y + columns(row), line, row == self.cursor);
        }
        let y = body.y + columns(self.lines.len()) + 1;
        let rest = Rect { y, height: body.bottom().saturating_sub(y), ..body };
        match (&self.asking, &self.findings) {
            (Asking::Backup(form), _) => draw_form(canvas, rest, "バックアップ", form),
            (Asking::Passphrase(form), _) => draw_form(canvas, rest, "パスフレーズの変更", form),
            (Asking::Key(form), _) => draw_form(canvas, rest, "鍵を別の場所へ移す", form),
            (Asking::Nothing, Some(findings)) => draw_findings(canvas, rest, findings),
            (Asking::Nothing, None) => draw_facts(view, canvas, rest),
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if !matches!(self.asking, Asking::Nothing) {
            let done = action(Act::Open).offer().labelled("次へ・決める").doing("次の欄へ移り、最後の欄で決めます。");
            return vec![done, action(Act::Back).offer().labelled("やめる")];
        }
        vec![action(Act::Open).offer().labelled("選ぶ"), action(Act::Check).offer()]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open if self.form().is_some() => self.enter(),
            Act::Open => self.open(view),
            Act::Check => Reply { says: Some("調べています".to_owned()), ..Reply::ask(Effect::Check) },
            Act::Back if matches!(self.asking, Asking::Nothing) => Reply::go(Go::Back),
            Act::Back => {
                self.asking = Asking::Nothing;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if let Some(form) = self.form() {
            form.update(&Input::Key(key));
            return Reply::done();
        }
        match key.code {
            Code::Down | Code::Char('j') => self.cursor = (self.cursor + 1).min(self.lines.len().saturating_sub(1)),
            Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            _ => return Reply::ignored(),
        }
        self.findings = None;
        Reply::done()
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        match self.form() {
            Some(form) => {
                form.update(&Input::Paste(text.to_owned()));
                Reply::done()
            }
            None => Reply::ignored(),
        }
    }

    fn is_typing(&self) -> bool {
        !matches!(self.asking, Asking::Nothing)
    }

    fn message(&self, _view: &View) -> String {
        if let Asking::Key(_) = self.asking {
            return "例 /media/usb/junkai.age。空のままなら金庫の中へ戻します（13文字以上のとき）".to_owned();
        }
        "バックアップは標準の age 形式です。このソフトが無くても開けます".to_owned()
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        let Event::Checked(findings) = event else { return Reply::ignored() };
        self.findings = Some(findings.clone());
        Reply::done()
    }

    fn settle(&mut self, _view: &View) {
        self.lines = vec![Line::Backup, Line::Check, Line::Passphrase, Line::Key, Line::Idle, Line::ClearFiles];
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }
}

impl Vault {
    /// Enter goes to the next field, and on the last one it decides.
    fn enter(&mut self) -> Reply {
        let Some(form) = self.form() else { return Reply::ignored() };
        let last = form.fields().last().map(|field| field.id());
        if form.focused().map(|field| field.id()) == last {
            return self.submit();
        }
        form.update(&Input::Key(Key::plain(Code::Tab)));
        Reply::done()
    }
}

fn draw_line(view: &View, canvas: &mut Canvas<'_>, y: u16, line: &Line, has_cursor: bool) {
    let (label, value) = match line {
        Line::Backup => ("バックアップ", newest_backup(view)),
        Line::Check => ("検査", "データベース、鍵、履歴、監査の連鎖を読み通します".to_owned()),
        Line::Passphrase => ("パスフレーズ", "変える".to_owned()),
        Line::Key => ("鍵", key_place(view)),
        Line::Idle => ("自動の施錠", format!("{}分 操作がないとき", view.vault.idle_minutes)),
        Line::ClearFiles => ("平文のファイル", clear_files(view)),
    };
    canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
    canvas.text(2, y, 16, label, Weight::Plain);
    canvas.text(18, y, u16::MAX, &value, Weight::Plain);
    if has_cursor {
        let reverse = canvas.theme().reverse();
        canvas.tint(0, y, 79, reverse);
    }
}

fn key_place(view: &View) -> String {
    match (&view.vault.key_path, view.vault.is_key_apart) {
        (None, _) => "金庫の中にあります。Enter で別の場所へ移します".to_owned(),
        (Some(path), true) => format!("別の媒体  {path}"),
        (Some(path), false) => format!("同じディスクの別の場所  {path}"),
    }
}

fn newest_backup(view: &View) -> String {
    match view.vault.backups.first() {
        None => "まだありません。Enter で作ります".to_owned(),
        Some((at, bytes)) => format!("直近 {at}   {} KB   書いたあと読み返して確かめました", bytes / 1024),
    }
}

fn clear_files(view: &View) -> String {
    match view.vault.clear_files.len() {
        0 => "ありません".to_owned(),
        count => format!("{count}件が金庫の外で読めます。Enter で封入するか消します"),
    }
}

fn draw_form(canvas: &mut Canvas<'_>, area: Rect, title: &str, form: &Form) -> Option<Position> {
    sheet::rule(canvas, 0, area.y, area.width, title);
    form.draw(canvas, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area })
}

fn draw_findings(canvas: &mut Canvas<'_>, area: Rect, findings: &[String]) -> Option<Position> {
    sheet::rule(canvas, 0, area.y, area.width, "検査");
    let rows = findings.iter().flat_map(|finding| wrap(finding, usize::from(area.width.saturating_sub(4))));
    for (y, text) in (area.y + 1..area.bottom()).zip(rows) {
        canvas.text(2, y, area.width, &text, Weight::Plain);
    }
    None
}

fn draw_facts(view: &View, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
    sheet::rule(canvas, 0, area.y, area.width, "証明書と書類");
    let facts = [("署名の指紋", view.vault.fingerprint.as_str()), ("書類フォルダ", view.vault.out_dir.as_str())];
    let mut y = area.y + 1;
    for (label, value) in facts {
        canvas.text(2, y, 14, label, Weight::Dim);
        for row in wrap(value, usize::from(area.width.saturating_sub(20))) {
            canvas.text(18, y, area.width, &row, Weight::Plain);
            y += 1;
        }
    }
    None
}
