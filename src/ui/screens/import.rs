//! 取込: the file in, and nothing wrong in. Until the last row is confirmed nothing is written.

mod columns;
mod draw;
mod lines;
mod lists;
mod unread;

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

use self::columns::Columns;
use self::lists::Lists;
use self::unread::Typing;
use super::{clear_files, seal_source};
use crate::app::host::ImportPreview;
use crate::app::{Effect, Event, View};
use crate::domain::EstablishmentId;
use crate::domain::command::DraftField;
use crate::domain::hours::BatchKind;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{self, Canvas};
use crate::ui::field::Field;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::theme::Weight;

/// The draft of what was typed and not read.
const DRAFT: &str = "import";
/// The word under which the file of an import stands among the clear files.
const SOURCE: &str = "取込元";
/// Columns of a person whose value changes; the values stand behind.
const WHOM: usize = 30;
/// The same as columns of the screen.
const WHOM_WIDE: u16 = 30;
/// The number of 見出しで判る: what the file brings is told by its headings.
const BY_HEADINGS: u8 = 1;
/// What can be taken in; its numbers come behind.
const KINDS: [BatchKind; 6] = [
    BatchKind::Hours,
    BatchKind::Roster,
    BatchKind::Restrictions,
    BatchKind::Checkup,
    BatchKind::Stress,
    BatchKind::StressResults,
];
/// What stands above the footer while a list is looked at.
const LOOKED_AT: &str = "まだ何も書いていません。f で次の一覧、Esc で確認へ戻ります";
/// Rows that a page key moves before anything was drawn.
const PAGE: usize = 8;

/// Where the import stands.
enum Stage {
    /// The file is named.
    Path,
    /// The file is being read.
    Reading,
    /// It was read.
    Preview(Box<ImportPreview>),
    /// It is being taken in.
    Taking,
    /// It was given up while it was taken in; the answer says how things stand.
    Stopping,
}

/// The import of a file for an establishment.
pub struct Import {
    site: EstablishmentId,
    /// What the place that led here wants.
    wanted: Option<BatchKind>,
    form: Form,
    stage: Stage,
    cursor: usize,
    /// 列の対応, while it lies over the preview.
    columns: Option<Columns>,
    /// The lists of rows, while they lie over the preview.
    lists: Option<Lists>,
    /// Rows of the body when it was drawn last.
    page: usize,
    /// The file as it was named; none where lines were pasted, which leave nothing in clear.
    source: Option<String>,
    /// A value that is typed in place of one that could not be read.
    typing: Option<Typing>,
}

/// The name of a file without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}

impl Import {
    /// An import for `site`, of the kind that the headings of the file tell.
    pub fn new(site: EstablishmentId, view: &View) -> Self {
        let labels = std::iter::once("見出しで判る").chain(KINDS.iter().map(|kind| kind.label()));
        let kinds = (BY_HEADINGS..).zip(labels.map(Into::into)).collect();
        let kind = Field::choice("kind", "種類", kinds).with(&BY_HEADINGS.to_string());
        let pasted = vec![(1, "残業時間".into()), (2, "総労働時間".into())];
        let pasted = Field::choice("pasted", "貼る行の値", pasted).with("1");
        let mut form = Form::new(vec![kind, Field::text("path", "ファイル"), pasted]);
        if let Some(known) = view.caseload.site(&site) {
            form.set_values(known.draft(DRAFT));
        }
        form.focus_on("path");
        let (columns, lists, typing, source) = (None, None, None, None);
        Self { site, wanted: None, form, stage: Stage::Path, cursor: 0, columns, lists, page: PAGE, typing, source }
    }

    /// An import of `kind`, whatever was chosen last.
    pub fn of(site: EstablishmentId, view: &View, kind: BatchKind) -> Self {
        let mut import = Self { wanted: Some(kind), ..Self::new(site, view) };
        let number =
            (BY_HEADINGS + 1..).zip(KINDS).find(|(_, other)| *other == kind).map_or(BY_HEADINGS, |(number, _)| number);
        if let Some(field) = import.form.field_mut("kind") {
            field.set_value(&number.to_string());
        }
        import
    }

    /// The kind that was chosen; none is told by the headings.
    fn kind(&self) -> Option<BatchKind> {
        let number = self.form.choice("kind")?;
        (BY_HEADINGS + 1..).zip(KINDS).find(|(other, _)| *other == number).map(|(_, kind)| kind)
    }

    /// Whether what a file brings was told by its headings; pasted lines have none of their own.
    fn is_by_headings(&self) -> bool {
        self.kind().is_none() && self.source.is_some()
    }

    fn end_draft(&self) -> Effect {
        Effect::EndDraft(self.site.clone(), DRAFT.to_owned())
    }

    /// What is typed is kept as it is typed: a lock comes back to the same path.
    fn typed(&mut self, input: &Input) -> Reply {
        let FormEvent::Changed(field) = self.form.update(input) else { return Reply::done() };
        // Another file is being named.
        self.source = None;
        let value = self.form.field(field).and_then(Field::value).unwrap_or_default();
        let draft = DraftField { form: DRAFT.to_owned(), field: field.to_owned(), value };
        Reply::ask(Effect::SaveDraft(self.site.clone(), draft))
    }

    fn read(&mut self) -> Reply {
        let path = self.form.text("path").trim().trim_matches(['\'', '"']).to_owned();
        if path.is_empty() {
            return Reply::say("ファイルの場所を入れてから Enter を押してください。端末へのドラッグでも入ります");
        }
        let kind = self.kind();
        self.source = Some(path.clone());
        self.stage = Stage::Reading;
        Reply::ask(Effect::ReadImport(self.site.clone(), PathBuf::from(path), kind))
    }

    /// A digit answers the row under the cursor, else it chooses how the column reads.
    fn choose(&mut self, key: Key) -> Reply {
        let number = match key.code {
            Code::Char(c) if !key.ctrl => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()),
            _ => None,
        };
        if let Some(reply) = number.and_then(|number| self.answer_value(number)) {
            return reply;
        }
        let Stage::Preview(preview) = &self.stage else { return Reply::ignored() };
        let Some(index) = number.and_then(|number| number.checked_sub(1)) else { return Reply::ignored() };
        if let Some(doubt) = self.doubt() {
            let answer = doubt.options.get(index).map(|(answer, _)| Effect::AnswerRow(doubt.row, *answer));
            return answer.map_or_else(Reply::ignored, Reply::ask);
        }
        // The readings stand on the preview, and their numbers with them.
        let is_possible = self.lists.is_none() && preview.readings.get(index).is_some_and(|reading| reading.possible);
        if is_possible { Reply::ask(Effect::ChooseReading(index)) } else { Reply::ignored() }
    }

    /// The sheet `step` places further, in a ring; nothing where the file has no other.
    fn other_sheet(&self, step: usize) -> Reply {
        let Stage::Preview(preview) = &self.stage else { return Reply::ignored() };
        let count = preview.sheets.len();
        match preview.sheet {
            Some(place) if count > 1 => Reply::ask(Effect::ChooseSheet((place + step) % count + 1)),
            _ => Reply::ignored(),
        }
    }

    /// The file in clear first, then where the values show.
    fn next(&self, view: &View) -> Go {
        let files = clear_files::of(view, Some(&self.site));
        let is_this =
            |path: &str| self.source.as_ref().is_some_and(|named| path.ends_with(named.trim_start_matches("./")));
        match files.iter().rev().find(|file| file.kind == SOURCE && is_this(&file.path)) {
            Some(file) => Go::Instead(Route::SealSource(self.site.clone(), file.number)),
            None => seal_source::after(view, &self.site),
        }
    }

    fn refusal(&self) -> Option<&'static str> {
        match &self.stage {
            Stage::Preview(preview) if preview.problem.is_some() => {
                Some("まだ読めません。m で列の対応を選んでください")
            }
            Stage::Preview(preview) if preview.wants_reading() => {
                Some("読み方を数字で選んでください。推測では取り込みません")
            }
            Stage::Preview(preview) if preview.strangers.is_some() && !preview.is_ours => {
                Some("名簿の人がほとんどいません。ここのファイルなら Space で印を付けます")
            }
            Stage::Preview(preview) if preview.brought() + preview.nights.brought() == 0 => {
                Some("新しく入る値がありません。Esc で戻ります")
            }
            _ => None,
        }
    }
}

/// What is read of a kind, in words.
const fn readable(kind: Option<BatchKind>) -> &'static [&'static str] {
    match kind {
        None => &[
            "CSV、XLSX、XLS、ODS と、特定健診の XML、その zip を読みます",
            "メールの行（氏名と時間）をここに貼ると、そのまま確かめます",
            "まだ何も書きません",
        ],
        Some(BatchKind::Hours) => &[
            "CSV、XLSX、XLS、ODS を読みます。まだ何も書きません",
            "メールの行（氏名と時間）をここに貼ると、そのまま確かめます",
        ],
        Some(BatchKind::Checkup) => {
            &["CSV、XLSX、XLS、ODS と、特定健診の XML、その zip を読みます", "まだ何も書きません"]
        }
        _ => &["CSV、XLSX、XLS、ODS を読みます。まだ何も書きません"],
    }
}

impl Screen for Import {
    fn route(&self) -> Route {
        self.wanted.map_or_else(|| Route::Import(self.site.clone()), |kind| Route::ImportOf(self.site.clone(), kind))
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        let (context, current) = match &self.stage {
            Stage::Preview(preview) => {
                let context = format!("{}  {}", preview.kind.label(), preview.period);
                (context.trim_end().to_owned(), if preview.wants_reading() { 1 } else { 2 })
            }
            _ => (String::new(), 0),
        };
        let steps = vec![("ファイル", current > 0), ("読み方", current > 1), ("確認", false)];
        let file = self.source.as_deref().map(|path| format!(" / {}", file_name(path))).unwrap_or_default();
        Head { path: format!("{name} / 取込{file}"), context, second: Second::Steps(steps, current) }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.stage {
            Stage::Path => {
                let cursor = self.form.draw(canvas, Rect { height: 5, ..body });
                for (row, told) in readable(self.kind()).iter().enumerate() {
                    canvas.text(16, body.y + 6 + canvas::columns(row), body.width, told, Weight::Dim);
                }
                cursor
            }
            Stage::Reading => {
                canvas.text(2, body.y, body.width, "読んでいます。Esc でやめられます", Weight::Plain);
                None
            }
            Stage::Taking => {
                let told = "取り込んでいます。書き終える前に Esc でやめると、何も書きません";
                canvas.text(2, body.y, body.width, told, Weight::Plain);
                None
            }
            Stage::Stopping => {
                let told = "やめています。書き終えていなければ、すべて元に戻します";
                canvas.text(2, body.y, body.width, told, Weight::Plain);
                None
            }
            Stage::Preview(preview) => {
                if let Some(columns) = &self.columns {
                    return columns.draw(canvas, body, preview);
                }
                if let Some(lists) = &self.lists {
                    return self.draw_lists(canvas, body, preview, lists);
                }
                self.draw_preview(canvas, body, preview)
            }
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        // While it reads there is nothing to take in yet: a second Enter does nothing and says nothing.
        if matches!(self.stage, Stage::Reading | Stage::Taking) {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        if matches!(self.stage, Stage::Stopping) {
            return Vec::new();
        }
        if let Some(offers) = self.offers_on_columns() {
            return offers;
        }
        if self.typing.is_some() {
            let open = action(Act::Open).offer().labelled("この値にする").doing("読めない値の代わりに入れます。");
            return vec![open, action(Act::Back).offer().labelled("書かない")];
        }
        if let Some(offers) = self.offers_on_lists() {
            return offers;
        }
        let (label, effect) = match &self.stage {
            Stage::Path => ("読む", "ファイルを読んで確かめます。まだ何も書きません。"),
            _ => ("取り込む", "確かめた行を金庫に入れます。u でまとめて取り消せます。"),
        };
        let mut offers = vec![action(Act::Open).offer().labelled(label).doing(effect).refused(self.refusal())];
        if matches!(&self.stage, Stage::Preview(preview) if preview.strangers.is_some()) {
            let effect = "名簿の人が少なくても、この事業場のファイルだと確かめた印です。";
            offers.push(action(Act::Mark).offer().labelled("確かめた").doing(effect));
        }
        offers.extend(self.offer_of_lists());
        if matches!(&self.stage, Stage::Preview(preview) if !preview.columns.is_empty()) {
            let effect = "どの列を何として読むか、時間がどこから来たかを選びます。まだ何も書きません。";
            offers.push(action(Act::Mapping).offer().doing(effect));
        }
        if matches!(&self.stage, Stage::Preview(preview) if preview.sheets.len() > 1) {
            let effect = "ブックの別のシートを読んで確かめます。まだ何も書きません。";
            offers.push(action(Act::MoveRight).offer().labelled("次のシート").doing(effect));
            offers.push(action(Act::MoveLeft).offer().labelled("前のシート").doing(effect));
        }
        offers.push(action(Act::Back).offer().labelled("やめる"));
        offers
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        if let Some(reply) = self.act_on_columns(act) {
            return reply;
        }
        match (act, &self.stage) {
            (Act::Open, _) if self.typing.is_some() => self.give_value().unwrap_or_else(Reply::ignored),
            (Act::Back, _) if self.typing.is_some() => {
                self.typing = None;
                Reply::done()
            }
            (Act::Filter, Stage::Preview(_)) => self.next_list(),
            (Act::Back, Stage::Preview(_)) if self.lists.is_some() => {
                self.lists = None;
                Reply::done()
            }
            (Act::Mapping, Stage::Preview(preview)) if !preview.columns.is_empty() => {
                self.columns = Some(Columns::default());
                Reply::done()
            }
            (Act::Open, Stage::Path) => self.read(),
            (Act::Open, Stage::Preview(_)) => {
                // What is taken in is let go of here, so that it is not held twice.
                (self.stage, self.lists) = (Stage::Taking, None);
                Reply::ask(Effect::AcceptImport)
            }
            (Act::MoveRight, _) => self.other_sheet(1),
            (Act::MoveLeft, Stage::Preview(preview)) => self.other_sheet(preview.sheets.len().saturating_sub(1)),
            (Act::Mark, Stage::Preview(preview)) => Reply::ask(Effect::ConfirmOurs(!preview.is_ours)),
            (Act::Back, Stage::Path | Stage::Stopping) => Reply::go(Go::Back),
            (Act::Back, Stage::Taking) => {
                self.stage = Stage::Stopping;
                Reply::ask(Effect::StopWork)
            }
            (Act::Back, stage) => {
                let read = matches!(stage, Stage::Preview(_)).then(|| self.end_draft());
                (self.stage, self.columns, self.lists, self.typing) = (Stage::Path, None, None, None);
                self.source = None;
                let effects = std::iter::once(Effect::DropImport).chain(read).collect();
                Reply {
                    effects, says: Some("やめました。何も書いていません".to_owned()), ..Reply::done()
                }
            }
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if let Some(typing) = &mut self.typing {
            typing.input(&Input::Key(key));
            return Reply::done();
        }
        match self.stage {
            Stage::Path => self.typed(&Input::Key(key)),
            Stage::Reading | Stage::Taking | Stage::Stopping => Reply::done(),
            Stage::Preview(_) => self.key_on_columns(key).unwrap_or_else(|| self.scroll(key)),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        if let Some(typing) = &mut self.typing {
            typing.input(&Input::Paste(text.to_owned()));
            return Reply::done();
        }
        match self.stage {
            // A path has one line; what has more are rows of a mail.
            Stage::Path if text.trim().lines().count() > 1 => {
                (self.stage, self.source) = (Stage::Reading, None);
                let is_total = self.form.choice("pasted") == Some(2);
                Reply::ask(Effect::ReadPasted(self.site.clone(), text.to_owned(), is_total))
            }
            Stage::Path => self.typed(&Input::Paste(text.to_owned())),
            Stage::Preview(_) => {
                let line = Input::Paste(text.to_owned());
                let is_taken = self.columns.as_mut().is_some_and(|columns| columns.types(&line));
                if is_taken { Reply::done() } else { Reply::ignored() }
            }
            _ => Reply::ignored(),
        }
    }

    fn is_typing(&self) -> bool {
        match self.stage {
            _ if self.typing.is_some() => true,
            Stage::Path => self.form.is_in_text(),
            Stage::Preview(_) => self.columns.as_ref().is_some_and(Columns::is_typing),
            Stage::Reading | Stage::Taking | Stage::Stopping => false,
        }
    }

    fn stops_its_work(&self) -> bool {
        true
    }

    fn message(&self, _view: &View) -> String {
        if let Some(told) = self.message_on_columns() {
            return told.to_owned();
        }
        match &self.stage {
            Stage::Preview(preview) if preview.wants_reading() => {
                "まだ何も書いていません。読み方を選ぶと、該当の変わる人の一覧へ進みます".to_owned()
            }
            Stage::Preview(_) if self.typing.is_some() => {
                "紙の値を書いて Enter。書いた値は、元の文字の代わりに入ります".to_owned()
            }
            Stage::Preview(_) if self.value().is_some() => {
                "数字で答えます。答えない値は、元の文字のまま残り、判定には使いません".to_owned()
            }
            Stage::Preview(_) if self.doubt().is_some() => {
                "数字で答えると、その行も入ります。答えない行は入りません".to_owned()
            }
            Stage::Preview(_) if self.lists.is_some() => LOOKED_AT.to_owned(),
            Stage::Preview(_) => {
                let told = self.refusal().unwrap_or("Enter で取り込みます。あとから u でまとめて取り消せます");
                told.to_owned()
            }
            _ => String::new(),
        }
    }

    fn resized(&mut self, body: Rect) {
        self.page = usize::from(body.height);
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::ImportRead(preview) => {
                if preview.problem.is_some() {
                    self.columns.get_or_insert_default();
                    self.lists = None;
                }
                self.stage = Stage::Preview(preview.clone());
                self.rest();
                Reply::done()
            }
            // A lock before this comes back to the path; behind it the next file is another one.
            Event::Imported(_) => Reply { effects: vec![self.end_draft()], ..Reply::go(self.next(view)) },
            Event::Done(_) | Event::Failed(_) if self.columns.is_some() => {
                self.columns.iter_mut().for_each(Columns::end_writing);
                Reply::done()
            }
            // What was shown is still read: only the answer or the other sheet did not come to be.
            Event::Failed(_) if matches!(self.stage, Stage::Preview(_)) => Reply::done(),
            Event::Failed(_) | Event::Stopped(_) => {
                self.stage = Stage::Path;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
