//! 列の対応: what each column of the read file is taken for, where its hours come from, and what no column tells; each can
//! be told to be another, and the whole can be written out.
//!
//! Knows rows, choices and what is typed. Must not know files: what is settled goes to the host, which shows the file anew.

use ratatui::layout::{Position, Rect};

use super::{Import, Stage};
use crate::app::Effect;
use crate::app::host::{ImportPreview, MappingRow};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::screen::Reply;
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::{cut, wrap};

/// Columns of a heading, and of what stands below it.
const HEADING: usize = 26;
const EXAMPLE: usize = 18;
/// Rows that a page key moves.
const PAGE: usize = 8;
/// Name of the field in which a value is typed.
const VALUE: &str = "value";
/// What stands above the footer before the mapping is written out.
const ASKED: &str = "まだ何も出していません。Ctrl-S か F12 で書き出します";
/// Headings that are named before the mapping is written out.
const NAMED: usize = 6;

/// What lies over the list.
#[derive(Debug, Default)]
enum Over {
    /// Nothing.
    #[default]
    List,
    /// The choices of the row under the cursor, at this place.
    Choices(usize),
    /// The value of the row under the cursor, as it is typed.
    Typing(Box<Form>),
    /// What the file of the mapping would hold; whether it was asked for.
    Writing(bool),
}

/// What Enter settled on.
enum Settled {
    Choice(usize, usize),
    Value(usize, String),
}

/// The list of columns, with what lies over it.
#[derive(Debug, Default)]
pub(super) struct Columns {
    cursor: usize,
    over: Over,
}

impl Columns {
    /// Enter: opens what a row may be, or gives what was settled on.
    fn enter(&mut self, rows: &[MappingRow]) -> Option<Settled> {
        match std::mem::take(&mut self.over) {
            Over::Choices(choice) => Some(Settled::Choice(self.cursor, choice)),
            Over::Typing(form) => Some(Settled::Value(self.cursor, form.text(VALUE).to_owned())),
            Over::List => {
                self.over = rows.get(self.cursor).map_or(Over::List, opened);
                None
            }
            Over::Writing(is_asked) => {
                self.over = Over::Writing(is_asked);
                None
            }
        }
    }

    /// Esc: closes what lies over the list; false where nothing did.
    fn back(&mut self) -> bool {
        !matches!(std::mem::take(&mut self.over), Over::List)
    }

    /// Whether letters are text now.
    pub const fn is_typing(&self) -> bool {
        matches!(self.over, Over::Typing(_))
    }

    /// The mapping was written out, or could not be.
    pub fn end_writing(&mut self) {
        if matches!(self.over, Over::Writing(_)) {
            self.over = Over::List;
        }
    }

    /// Takes typed text; false where nothing is typed.
    pub fn types(&mut self, input: &Input) -> bool {
        match &mut self.over {
            Over::Typing(form) => {
                form.update(input);
                true
            }
            _ => false,
        }
    }

    /// Moves in the list that is open; false for a key that moves nothing.
    fn moves(&mut self, rows: &[MappingRow], code: Code) -> bool {
        let choices = rows.get(self.cursor).map_or(0, |row| row.choices.len());
        let (place, length) = match &mut self.over {
            Over::Choices(choice) => (choice, choices),
            Over::List => (&mut self.cursor, rows.len()),
            Over::Typing(_) | Over::Writing(_) => return false,
        };
        *place = match code {
            Code::Down | Code::Char('j') => *place + 1,
            Code::Up | Code::Char('k') => place.saturating_sub(1),
            Code::PageDown => *place + PAGE,
            Code::PageUp => place.saturating_sub(PAGE),
            _ => return false,
        };
        *place = (*place).min(length.saturating_sub(1));
        true
    }

    /// Draws the list with what is lacking and what is summed above it, or what lies over it.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) -> Option<Position> {
        if let Over::Writing(_) = self.over {
            draw_writing(canvas, area, preview);
            return None;
        }
        let rows = &preview.columns;
        let list = draw_told(canvas, area, preview);
        match (&self.over, rows.get(self.cursor)) {
            (Over::Choices(choice), Some(row)) => draw_choices(canvas, list, row, *choice),
            (Over::Typing(form), Some(row)) => return draw_typing(canvas, list, row, form),
            _ => self.draw_rows(canvas, list, rows),
        }
        None
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, area: Rect, rows: &[MappingRow]) {
        for (y, index) in visible(area, self.cursor, rows.len()) {
            let Some(row) = rows.get(index) else { continue };
            canvas.text(0, y, 1, if index == self.cursor { ">" } else { "" }, Weight::Bold);
            canvas.text(2, y, 28, &cut(&row.heading, HEADING), Weight::Plain);
            canvas.text(30, y, 20, &cut(&row.example, EXAMPLE), Weight::Dim);
            let weight = if row.is_settled { Weight::Plain } else { Weight::Dim };
            canvas.text(50, y, area.width.saturating_sub(50), &row.words, weight);
        }
    }
}

/// What a row opens: its choices, or a field with the value that stands.
fn opened(row: &MappingRow) -> Over {
    match &row.typed {
        Some(value) => Over::Typing(Box::new(Form::new(vec![Field::text(VALUE, "全員の値").with(value)]))),
        None => Over::Choices(row.chosen.unwrap_or(0)),
    }
}

/// What is lacking, or what stands below, and the sum; gives the place of the list.
fn draw_told(canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) -> Rect {
    let told = preview.problem.as_deref().unwrap_or("列の見出し、値の形（値は示しません）、読み方です");
    let weight = if preview.problem.is_some() { Weight::Bold } else { Weight::Dim };
    let room = usize::from(area.width.saturating_sub(4));
    let sum = preview.sum.as_deref().map(|sum| cut(sum, room));
    let told = wrap(told, room).into_iter().take(2).map(|line| (line, weight));
    let mut y = area.y;
    for (line, weight) in told.chain(sum.map(|sum| (sum, Weight::Plain))) {
        canvas.text(2, y, area.width, &line, weight);
        y += 1;
    }
    Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area }
}

fn draw_choices(canvas: &mut Canvas<'_>, area: Rect, row: &MappingRow, choice: usize) {
    sheet::rule(canvas, 0, area.y, area.width, &cut(&row.heading, HEADING));
    let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    for (y, index) in visible(list, choice, row.choices.len()) {
        let Some(word) = row.choices.get(index) else { continue };
        let is_chosen = row.chosen == Some(index);
        canvas.text(0, y, 1, if index == choice { ">" } else { "" }, Weight::Bold);
        canvas.text(2, y, 1, if is_chosen { "x" } else { "" }, Weight::Bold);
        canvas.text(4, y, area.width, word, if is_chosen { Weight::Bold } else { Weight::Plain });
    }
}

fn draw_typing(canvas: &mut Canvas<'_>, area: Rect, row: &MappingRow, form: &Form) -> Option<Position> {
    sheet::rule(canvas, 0, area.y, area.width, &cut(&row.heading, HEADING));
    let cursor = form.draw(canvas, Rect { y: area.y + 1, height: 1, ..area });
    let told = row.choices.first().map_or("", String::as_str);
    canvas.text(16, area.y + 3, area.width.saturating_sub(17), told, Weight::Dim);
    canvas.text(16, area.y + 4, area.width.saturating_sub(17), "空にして Enter を押すと外れます", Weight::Dim);
    cursor
}

/// What the file of the mapping holds, for whom, and where it goes; nothing is written before Ctrl-S or F12.
fn draw_writing(canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) {
    let target = if preview.mapping_file.is_empty() { "未設定" } else { &preview.mapping_file };
    let told = [
        ("出るもの", held(preview)),
        ("出ないもの", "人の氏名、社員番号、行の値は出ません".to_owned()),
        ("だれに", "自分だけ。別の事業場や別の端末で、同じ形のファイルを読むためです".to_owned()),
        ("形", "平文の TOML。書き出した先を見られる人なら、誰でも読めます".to_owned()),
        ("どこへ", target.to_owned()),
        ("あと", "平文のファイルの一覧に残り、訪問を閉じるときにお尋ねします".to_owned()),
    ];
    let (mut y, room) = (area.y, usize::from(area.width.saturating_sub(16)));
    for (label, text) in told {
        canvas.text(2, y, 12, label, Weight::Dim);
        for row in wrap(&text, room) {
            canvas.text(14, y, area.width.saturating_sub(15), &row, Weight::Plain);
            y += 1;
        }
    }
}

/// The columns by their headings, and the values that are fixed.
fn held(preview: &ImportPreview) -> String {
    let headings: Vec<&str> =
        preview.columns.iter().filter(|row| row.is_column).map(|row| row.heading.as_str()).collect();
    let named = headings.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
    let more = if headings.len() > NAMED { " ほか" } else { "" };
    let fixed = preview.columns.iter().filter(|row| row.typed.is_some() && row.is_settled);
    let fixed: Vec<String> = fixed.map(|row| format!("{} {}", row.heading, row.words)).collect();
    let fixed = if fixed.is_empty() { String::new() } else { format!("。決めた値（{}）", fixed.join("、")) };
    format!("{}列の見出し（{named}{more}）と読み方{fixed}", headings.len())
}

/// The rows of the screen with what stands in them, so that the cursor is seen.
fn visible(area: Rect, cursor: usize, length: usize) -> impl Iterator<Item = (u16, usize)> {
    let top = (cursor + 1).saturating_sub(usize::from(area.height).max(1));
    (area.y..area.bottom()).zip(top..length)
}

impl Import {
    /// What an action does while 列の対応 lies over the preview.
    pub(super) fn act_on_columns(&mut self, act: Act) -> Option<Reply> {
        let Stage::Preview(preview) = &self.stage else { return None };
        let columns = self.columns.as_mut()?;
        Some(match (act, &columns.over) {
            (Act::Open, Over::Writing(_)) => {
                Reply::say("Enter では書き出しません。Ctrl-S か F12 を押したときだけ出ます")
            }
            (Act::Open, _) => match columns.enter(&preview.columns) {
                Some(Settled::Choice(row, choice)) => Reply::ask(Effect::ChoosePart(row, choice)),
                Some(Settled::Value(row, text)) => Reply::ask(Effect::FixValue(row, text)),
                None => Reply::done(),
            },
            (Act::Output, Over::List) => {
                columns.over = Over::Writing(false);
                Reply::done()
            }
            (Act::Issue, Over::Writing(false)) => {
                columns.over = Over::Writing(true);
                Reply::ask(Effect::ExportMapping)
            }
            (Act::Back, _) => {
                if !columns.back() {
                    self.columns = None;
                }
                Reply::done()
            }
            _ => Reply::ignored(),
        })
    }

    pub(super) fn key_on_columns(&mut self, key: Key) -> Option<Reply> {
        let Stage::Preview(preview) = &self.stage else { return None };
        let columns = self.columns.as_mut()?;
        let is_taken = columns.types(&Input::Key(key)) || columns.moves(&preview.columns, key.code);
        Some(if is_taken { Reply::done() } else { Reply::ignored() })
    }

    /// What is possible on 列の対応, the next key first.
    pub(super) fn offers_on_columns(&self) -> Option<Vec<Offer>> {
        let columns = self.columns.as_ref()?;
        let open = |label: &'static str| {
            action(Act::Open).offer().labelled(label).doing("その列の読み方を選びます。まだ何も書きません。")
        };
        let back = |label: &'static str| action(Act::Back).offer().labelled(label);
        Some(match &columns.over {
            Over::Choices(_) => vec![open("これにする"), back("選び直す")],
            Over::Typing(_) => vec![open("これにする"), back("やめる")],
            Over::Writing(is_asked) => vec![self.write_offer(*is_asked), back("やめる")],
            Over::List => {
                let output = action(Act::Output)
                    .offer()
                    .labelled("設定の書出し")
                    .doing("列の対応を、別の事業場や端末で使えるよう書き出す確認を開きます。ここでは何も出ません。");
                vec![open("選ぶ"), back("確認へ"), output]
            }
        })
    }

    /// What stands above the footer on 列の対応.
    pub(super) fn message_on_columns(&self) -> Option<&'static str> {
        Some(match &self.columns.as_ref()?.over {
            Over::Writing(_) => self.writing_refusal(false).unwrap_or(ASKED),
            Over::Typing(_) => "どの列にもない値を、ファイルの全員に入れます。まだ何も書いていません",
            _ => "まだ何も書いていません。選んだ対応は、取り込むと覚えます",
        })
    }

    fn writing_refusal(&self, is_asked: bool) -> Option<&'static str> {
        let Stage::Preview(preview) = &self.stage else { return None };
        match is_asked {
            true => Some("書き出しています"),
            false => preview.mapping_file.is_empty().then_some("金庫の画面で、出力先のフォルダを決めてください"),
        }
    }

    fn write_offer(&self, is_asked: bool) -> Offer {
        action(Act::Issue)
            .offer()
            .labelled("書き出す")
            .doing("確認に示した列の対応を平文で書き出します。")
            .seen_by("書き出した先を見られる人なら、誰でも読めます。")
            .refused(self.writing_refusal(is_asked))
    }
}
