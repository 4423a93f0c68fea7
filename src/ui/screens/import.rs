//! 取込: the file in, and nothing wrong in. Until the last row is confirmed nothing is written.

mod columns;
mod draw;
mod unread;

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

use self::columns::Columns;
use self::unread::Typing;
use super::{clear_files, seal_source};
use crate::app::host::{DoubtfulRow, ImportPreview};
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
use crate::ui::width::cut;

/// The draft of what was typed and not read.
const DRAFT: &str = "import";
/// The word under which the file of an import stands among the clear files.
const SOURCE: &str = "取込元";
/// Columns of a person whose value changes; the values stand behind.
const WHOM: usize = 30;
/// The same as columns of the screen.
const WHOM_WIDE: u16 = 30;
/// What can be taken in, by its number.
const KINDS: [BatchKind; 6] = [
    BatchKind::Hours,
    BatchKind::Roster,
    BatchKind::Restrictions,
    BatchKind::Checkup,
    BatchKind::Stress,
    BatchKind::StressResults,
];
/// People shown below a reading; the others are counted there, and listed below.
const PERSONS: usize = 4;

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
    /// The file as it was named; none where lines were pasted, which leave nothing in clear.
    source: Option<String>,
    /// A value that is typed in place of one that could not be read.
    typing: Option<Typing>,
}

/// A row of the list below the counts.
struct Listed {
    label: &'static str,
    text: String,
    /// The place among the doubtful rows, for one that waits for an answer.
    doubt: Option<usize>,
    /// The place among the values that could not be read.
    unread: Option<usize>,
}

impl Import {
    /// An import for `site`: a roster first where nobody is listed yet, hours otherwise.
    pub fn new(site: EstablishmentId, view: &View) -> Self {
        let is_empty = view.caseload.site(&site).is_some_and(|site| site.workers.is_empty());
        let kinds = (1..).zip(KINDS.iter().map(|kind| kind.label().into())).collect();
        let kind = Field::choice("kind", "種類", kinds).with(if is_empty { "2" } else { "1" });
        let pasted = vec![(1, "残業時間".into()), (2, "総労働時間".into())];
        let pasted = Field::choice("pasted", "貼る行の値", pasted).with("1");
        let mut form = Form::new(vec![kind, Field::text("path", "ファイル"), pasted]);
        if let Some(known) = view.caseload.site(&site) {
            form.set_values(known.draft(DRAFT));
        }
        form.focus_on("path");
        Self { site, wanted: None, form, stage: Stage::Path, cursor: 0, columns: None, typing: None, source: None }
    }

    /// An import of `kind`, whatever was chosen last.
    pub fn of(site: EstablishmentId, view: &View, kind: BatchKind) -> Self {
        let mut import = Self { wanted: Some(kind), ..Self::new(site, view) };
        let number = KINDS.iter().position(|other| *other == kind).map_or(1, |place| place + 1);
        if let Some(field) = import.form.field_mut("kind") {
            field.set_value(&number.to_string());
        }
        import
    }

    fn kind(&self) -> BatchKind {
        match &self.stage {
            Stage::Preview(preview) => preview.kind,
            _ => {
                let place = self.form.choice("kind").and_then(|number| usize::from(number).checked_sub(1));
                place.and_then(|place| KINDS.get(place)).copied().unwrap_or(BatchKind::Hours)
            }
        }
    }

    /// What is typed is kept as it is typed: a lock comes back to the same path.
    fn typed(&mut self, input: &Input) -> Reply {
        let FormEvent::Changed(field) = self.form.update(input) else { return Reply::done() };
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

    /// A digit answers the doubtful row under the cursor, else it chooses how the column reads.
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
        let is_possible = preview.readings.get(index).is_some_and(|reading| reading.possible);
        if is_possible { Reply::ask(Effect::ChooseReading(index)) } else { Reply::ignored() }
    }

    /// The doubtful row under the cursor; while the column can be read in two ways, that is asked first.
    fn doubt(&self) -> Option<&DoubtfulRow> {
        let Stage::Preview(preview) = &self.stage else { return None };
        let listed = self.lines().into_iter().nth(self.cursor).filter(|_| !preview.wants_reading())?;
        preview.doubtful.get(listed.doubt?)
    }

    fn scroll(&mut self, key: Key) -> Reply {
        match key.code {
            Code::Down | Code::Char('j') => self.cursor += 1,
            Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            Code::PageDown => self.cursor += 8,
            Code::PageUp => self.cursor = self.cursor.saturating_sub(8),
            _ => return self.choose(key),
        }
        self.cursor = self.cursor.min(self.lines().len().saturating_sub(1));
        Reply::done()
    }

    /// What is doubtful, refused and changed, row by row.
    fn lines(&self) -> Vec<Listed> {
        let Stage::Preview(preview) = &self.stage else { return Vec::new() };
        let plain = |label, text| Listed { label, text, doubt: None, unread: None };
        let doubts = preview.doubtful.iter().enumerate().map(|(place, doubt)| Listed {
            doubt: Some(place),
            ..plain("要確認", format!("{}行目  {}", doubt.row, doubt.why))
        });
        let refused = preview.refused.iter().map(|(row, why)| plain("不可", format!("{row}行目  {why}")));
        let unread = preview.unread.iter().map(|(row, why)| plain("読めず", format!("{row}行目  {why}")));
        let changed = preview
            .changed
            .iter()
            .map(|(whom, old, new)| plain("変更", format!("{}  {old} から {new} へ", cut(whom, WHOM))));
        let nights = preview.nights.changed.iter();
        let nights = nights.map(|(whom, old, new)| plain("深夜業", format!("{}  {old} から {new} へ", cut(whom, WHOM))));
        let differing = preview.differing.iter().map(|(whom, ours, told)| {
            plain("違い", format!("{}  答えでは {ours}   ファイルでは {told}", cut(whom, WHOM)))
        });
        let flagged = preview.flags.iter();
        let flagged = flagged.map(|(whom, old, new)| plain("旗", format!("{}  {old} から {new} へ", cut(whom, WHOM))));
        let undecided = preview.undecided.iter();
        let undecided = undecided
            .map(|(whom, value)| plain("未定", format!("{}  {value}  丸めた値が線をまたぎます", cut(whom, WHOM))));
        let gaps = preview.gaps.iter().map(|(whom, gap)| plain("差", format!("{}  {gap}", cut(whom, WHOM))));
        let ignored = preview.ignored.iter().map(|(row, why)| plain("対象外", format!("{row}行目  {why}")));
        let absent =
            preview.absent.iter().map(|name| plain("載らず", format!("{}  そのまま残します", cut(name, WHOM))));
        let flagged_by = preview.readings.iter().filter(|_| preview.wants_reading()).flat_map(|reading| {
            let told = |(whom, value): &(String, String)| format!("{}  {}  {value}", reading.name, cut(whom, WHOM));
            reading.persons.iter().skip(PERSONS).map(move |person| plain("80超", told(person)))
        });
        let unused = preview.unused.iter().map(|heading| plain("使わない", format!("{heading}  の列は読みません")));
        doubts
            .chain(flagged_by)
            .chain(unread::lines(&preview.values))
            .chain(refused)
            .chain(unread)
            .chain(differing)
            .chain(undecided)
            .chain(flagged)
            .chain(gaps)
            .chain(changed)
            .chain(nights)
            .chain(absent)
            .chain(ignored)
            .chain(unused)
            .collect()
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
            Stage::Preview(preview) if preview.added + preview.changed.len() + preview.nights.brought() == 0 => {
                Some("新しく入る値がありません。Esc で戻ります")
            }
            _ => None,
        }
    }
}

/// What is read of a kind, in words.
const fn readable(kind: BatchKind) -> &'static [&'static str] {
    match kind {
        BatchKind::Hours => &[
            "CSV、XLSX、XLS、ODS を読みます。まだ何も書きません",
            "メールの行（氏名と時間）をここに貼ると、そのまま確かめます",
        ],
        BatchKind::Checkup => &[
            "CSV、XLSX、XLS、ODS と、特定健診の XML、その zip を読みます",
            "まだ何も書きません",
        ],
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
        Head { path: format!("{name} / 取込"), context, second: Second::Steps(steps, current) }
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
                let told = "取り込んでいます。Esc でやめると、何も書きません";
                canvas.text(2, body.y, body.width, told, Weight::Plain);
                None
            }
            Stage::Preview(preview) => {
                if let Some(columns) = &self.columns {
                    return columns.draw(canvas, body, preview);
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
        if let Some(offers) = self.offers_on_columns() {
            return offers;
        }
        if self.typing.is_some() {
            let open = action(Act::Open).offer().labelled("この値にする").doing("読めない値の代わりに入れます。");
            return vec![open, action(Act::Back).offer().labelled("書かない")];
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
            (Act::Mapping, Stage::Preview(preview)) if !preview.columns.is_empty() => {
                self.columns = Some(Columns::default());
                Reply::done()
            }
            (Act::Open, Stage::Path) => self.read(),
            (Act::Open, Stage::Preview(_)) => {
                self.stage = Stage::Taking;
                Reply::ask(Effect::AcceptImport)
            }
            (Act::MoveRight, _) => self.other_sheet(1),
            (Act::MoveLeft, Stage::Preview(preview)) => self.other_sheet(preview.sheets.len().saturating_sub(1)),
            (Act::Mark, Stage::Preview(preview)) => Reply::ask(Effect::ConfirmOurs(!preview.is_ours)),
            (Act::Back, Stage::Path) => Reply::go(Go::Back),
            (Act::Back, _) => {
                (self.stage, self.columns, self.typing) = (Stage::Path, None, None);
                Reply {
                    says: Some("やめました。何も書いていません".to_owned()), ..Reply::ask(Effect::DropImport)
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
            Stage::Reading | Stage::Taking => Reply::done(),
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
            Stage::Reading | Stage::Taking => false,
        }
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
            Stage::Preview(_) => {
                let told = self.refusal().unwrap_or("Enter で取り込みます。あとから u でまとめて取り消せます");
                told.to_owned()
            }
            _ => String::new(),
        }
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::ImportRead(preview) => {
                if preview.problem.is_some() {
                    self.columns.get_or_insert_default();
                }
                self.stage = Stage::Preview(preview.clone());
                self.cursor = self.cursor.min(self.lines().len().saturating_sub(1));
                // The next file is another one: a path that was read is not put before it.
                Reply::ask(Effect::EndDraft(self.site.clone(), DRAFT.to_owned()))
            }
            Event::Imported(_) => Reply::go(self.next(view)),
            Event::Done(_) | Event::Failed(_) if self.columns.is_some() => {
                self.columns.iter_mut().for_each(Columns::end_writing);
                Reply::done()
            }
            // What was shown is still read: only the answer or the other sheet did not come to be.
            Event::Failed(_) if matches!(self.stage, Stage::Preview(_)) => Reply::done(),
            Event::Failed(_) => {
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
