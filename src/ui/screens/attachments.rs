//! 添付: what is sealed beside a record, adding to it, and writing one out again after a confirmation.

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Button, Entry, Step};
use crate::app::attachments::{self, AttachmentFault};
use crate::app::host::NewAttachment;
use crate::app::{Effect, Event, Site, View};
use crate::domain::Id;
use crate::domain::case::AttachmentLine;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::theme::Weight;

/// Where the parts of a line begin.
const TITLE: u16 = 14;
const RECORD: u16 = 46;
const KIND: u16 = 62;
/// The words on the button that seals a file.
const ADD: &str = "添える";

/// What the screen is at.
enum Stage {
    /// The list.
    List,
    /// A file is named.
    Adding(Box<Entry>),
    /// A file is being sealed.
    Sealing,
    /// This one would be written out.
    Confirming(Id),
}

/// The attachments of one record.
pub struct AttachmentScreen {
    record: Id,
    lines: Vec<AttachmentLine>,
    cursor: usize,
    stage: Stage,
    is_fresh: bool,
}

impl AttachmentScreen {
    /// The attachments of this record; of a worker, those of all records about the worker.
    pub fn new(record: Id) -> Self {
        Self { record, lines: Vec::new(), cursor: 0, stage: Stage::List, is_fresh: true }
    }

    fn current(&self) -> Option<&AttachmentLine> {
        self.lines.get(self.cursor)
    }

    fn begin(&mut self, view: &View) -> Reply {
        let Some(site) = common::site_of(view, &self.record) else { return Reply::ignored() };
        let form = Form::new(vec![Field::text("title", "題"), Field::text("path", "ファイル")]);
        let mut entry = Entry::new(site, format!("attachment/{}", self.record), form, "title");
        entry.offer(ADD, []);
        self.stage = Stage::Adding(Box::new(entry));
        Reply::done()
    }

    fn add(&mut self) -> Reply {
        let (Stage::Adding(entry), Some(site)) = (&mut self.stage, self.record.establishment()) else {
            return Reply::ignored();
        };
        let form = entry.form();
        let title = form.text("title").to_owned();
        let path = PathBuf::from(form.text("path").trim_matches(['\'', '"']));
        let fault = match (title.is_empty(), path.as_os_str().is_empty()) {
            (true, _) => Some(("title", AttachmentFault::NoTitle)),
            (false, true) => Some(("path", AttachmentFault::NoPath)),
            (false, false) => None,
        };
        if let Some((field, fault)) = fault {
            entry.refuse(field, fault.to_string());
            return Reply::say(common::NOTHING_WRITTEN);
        }
        let new = NewAttachment { record: self.record.clone(), title, path, draft: entry.draft().to_owned() };
        self.stage = Stage::Sealing;
        Reply::ask(Effect::Attach(site, Box::new(new)))
    }

    fn write(&mut self) -> Reply {
        let (Stage::Confirming(id), Some(site)) = (&self.stage, self.record.establishment()) else {
            return Reply::ignored();
        };
        let effect = Effect::WriteAttachment(site, id.clone());
        self.stage = Stage::List;
        Reply::ask(effect)
    }

    fn in_list(&mut self, key: Key) -> Reply {
        let last = self.lines.len().saturating_sub(1);
        match key.code {
            Code::Down | Code::Char('j') => self.cursor = (self.cursor + 1).min(last),
            Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn input(&mut self, input: &Input) -> Reply {
        let Stage::Adding(entry) = &mut self.stage else { return Reply::ignored() };
        let step = entry.update(input);
        entry.offer(ADD, []);
        match step {
            Step::Ignored => Reply::ignored(),
            Step::Taken(effects) => Reply { effects, ..Reply::done() },
            Step::Pressed(Button::Save) => self.add(),
            Step::Pressed(Button::Drop) => {
                let reply = Reply::ask(entry.reset());
                self.stage = Stage::List;
                reply
            }
        }
    }
}

impl Screen for AttachmentScreen {
    fn route(&self) -> Route {
        Route::Attachments(self.record.clone())
    }

    fn head(&self, view: &View) -> Head {
        let site = common::site_of(view, &self.record);
        let worker = site.and_then(|site| site.worker_of(&self.record));
        // A batch has no worker: its source file is sealed beside it.
        let of_batch = || Head { path: "取込 / 元のファイル".to_owned(), ..Head::default() };
        worker.map_or_else(of_batch, |worker| common::person_head(view, worker, "添付"))
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some(site) = common::site_of(view, &self.record) else {
            canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
            return None;
        };
        let rows = self.draw_list(view, canvas, site, body);
        let rest = Rect { y: body.y + rows + 1, height: body.height.saturating_sub(rows + 1), ..body };
        match &self.stage {
            Stage::Adding(entry) => {
                sheet::rule(canvas, 0, rest.y, rest.width, "添える");
                entry.draw(canvas, Rect { y: rest.y + 1, height: rest.height.saturating_sub(1), ..rest })
            }
            Stage::Confirming(id) => {
                self.draw_confirmation(view, canvas, rest, id);
                None
            }
            Stage::List | Stage::Sealing => None,
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        match &self.stage {
            Stage::Adding(entry) => common::entry_offers(entry.is_typing()),
            Stage::Confirming(_) => vec![
                action(Act::Issue)
                    .offer()
                    .labelled("書き出す")
                    .doing("確認に示したファイルを平文で書き出します。")
                    .seen_by("書き出した先を見られる人なら、誰でも読めます。"),
                action(Act::Back).offer().labelled("やめる"),
            ],
            Stage::Sealing => Vec::new(),
            Stage::List => {
                let none = self.lines.is_empty().then_some("添付がまだありません");
                vec![
                    action(Act::New)
                        .offer()
                        .labelled("添える")
                        .doing("ファイルを読み、この記録に添えて金庫に入れます。"),
                    action(Act::Output)
                        .offer()
                        .labelled("書き出す")
                        .doing("書き出しの確認を開きます。ここでは何も出ません。")
                        .refused(none),
                ]
            }
        }
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.stage) {
            (Act::New, Stage::List) => self.begin(view),
            (Act::Output, Stage::List) => {
                if let Some(id) = self.current().map(|line| line.id.clone()) {
                    self.stage = Stage::Confirming(id);
                }
                Reply::done()
            }
            (Act::Issue, Stage::Confirming(_)) => self.write(),
            (Act::Done, Stage::Adding(_)) => self.add(),
            (Act::NextStep, Stage::Adding(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            (Act::Back, Stage::Confirming(_)) => {
                self.stage = Stage::List;
                Reply::done()
            }
            (Act::Back, _) => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        match &self.stage {
            Stage::Adding(_) => self.input(&Input::Key(key)),
            Stage::Confirming(_) if key.code == Code::Enter => {
                Reply::say("Enter では書き出しません。Ctrl-S か F12 を押したときだけ出ます")
            }
            Stage::List => self.in_list(key),
            Stage::Confirming(_) | Stage::Sealing => Reply::ignored(),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        self.input(&Input::Paste(text.to_owned()))
    }

    fn is_typing(&self) -> bool {
        matches!(&self.stage, Stage::Adding(entry) if entry.is_typing())
    }

    fn message(&self, _view: &View) -> String {
        match &self.stage {
            Stage::Adding(_) => "PDF、JPEG、PNG、テキスト。受け取ったまま入れ、写真の撮影情報も残します".to_owned(),
            Stage::Sealing => "ファイルを読んでいます".to_owned(),
            Stage::Confirming(_) => "Enter では書き出しません。Ctrl-S か F12 を押したときだけ出ます".to_owned(),
            Stage::List if self.lines.is_empty() => "添付はまだありません。n で添えます".to_owned(),
            Stage::List => self.current().map(|line| line.title.clone()).unwrap_or_default(),
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match (event, &self.stage) {
            (Event::Done(_), Stage::Sealing) => self.stage = Stage::List,
            // What was typed lies in the draft.
            (Event::Failed(_), Stage::Sealing) => return self.begin(view),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn settle(&mut self, view: &View) {
        let site = common::site_of(view, &self.record);
        let lines = site.map(|site| attachments::of(site, &self.record)).unwrap_or_default();
        self.lines = lines.into_iter().cloned().collect();
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
        let draft = format!("attachment/{}", self.record);
        let was_typing = site.is_some_and(|site| site.draft(&draft).next().is_some());
        if std::mem::take(&mut self.is_fresh) && was_typing {
            self.begin(view);
        }
    }

    fn resized(&mut self, body: Rect) {
        if let Stage::Adding(entry) = &mut self.stage {
            entry.resize(body);
        }
    }
}

impl AttachmentScreen {
    /// The list, the cursor always in sight; gives the rows used.
    fn draw_list(&self, view: &View, canvas: &mut Canvas<'_>, site: &Site, body: Rect) -> u16 {
        if self.lines.is_empty() {
            canvas.text(2, body.y, body.width, "添付はまだありません", Weight::Plain);
            return 1;
        }
        let page = usize::from(body.height.saturating_sub(9)).max(1);
        let top = (self.cursor + 1).saturating_sub(page);
        for (row, line) in self.lines.iter().enumerate().skip(top).take(page) {
            let y = body.y + columns(row - top);
            let has_cursor = row == self.cursor;
            canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
            canvas.text(2, y, TITLE - 3, &dates::short(line.day, view.today), Weight::Plain);
            canvas.text(TITLE, y, RECORD - TITLE - 1, &line.title, Weight::Plain);
            canvas.text(RECORD, y, KIND - RECORD - 1, &record_word(site, &line.record, view), Weight::Dim);
            canvas.text(KIND, y, body.width.saturating_sub(KIND + 1), &attachments::described(line), Weight::Dim);
            if has_cursor {
                let reverse = canvas.theme().reverse();
                canvas.tint(0, y, body.width.min(79), reverse);
            }
        }
        columns(self.lines.len().min(page))
    }

    /// What would be written, where, and what stays of it.
    fn draw_confirmation(&self, view: &View, canvas: &mut Canvas<'_>, area: Rect, id: &Id) {
        let Some(line) = self.lines.iter().find(|line| &line.id == id) else { return };
        sheet::rule(canvas, 0, area.y, area.width, "書き出しの確認");
        let site = id.establishment().map(|site| site.to_string()).unwrap_or_default();
        let folder = match view.vault.out_dir.as_str() {
            "" => "まだ決まっていません".to_owned(),
            folder => format!("{folder}/{site}/{}", view.today.format("%Y-%m")),
        };
        let rows = [
            ("書き出すもの", format!("{}   {}", line.title, attachments::described(line))),
            ("ファイル名", attachments::file_name(line)),
            ("フォルダ", folder),
            ("中身", "受け取ったままです。写真の撮影情報も残ります".to_owned()),
            ("そのあと", "平文のファイルとして金庫の画面に並びます。そこから消せます".to_owned()),
            ("記録", "監査に一行残ります".to_owned()),
        ];
        for (y, (label, text)) in (area.y + 1..area.bottom()).zip(rows) {
            canvas.text(2, y, 13, label, Weight::Dim);
            canvas.text(16, y, area.width.saturating_sub(17), &text, Weight::Plain);
        }
    }
}

/// The word for the record that something hangs on.
fn record_word(site: &Site, record: &Id, view: &View) -> String {
    let request = site.requests.iter().find(|row| &row.id == record).map(|row| ("申出", row.day));
    let certificate = site.certificates.iter().find(|row| &row.id == record).map(|row| ("証明書", row.received_on));
    let case = site.cases.iter().find(|row| &row.id == record).map(|row| (row.ground.label(), row.opened_on));
    let found = request.or(certificate).or(case);
    found.map_or_else(|| "本人".to_owned(), |(word, day)| format!("{word} {}", dates::short(day, view.today)))
}

#[cfg(test)]
#[path = "attachments_tests.rs"]
mod tests;
