//! なぜ in the reel: the table behind each prompt and the law behind the opinion's deadline, with what is not confirmed.

use ratatui::layout::Rect;
use serde_json::json;

use super::Reel;
use crate::app::View;
use crate::app::checkups::weigh::{CONSIDER, Prompt};
use crate::domain::checkup::{Catalogue, CheckupSheet};
use crate::domain::worker::Sex;
use crate::law::outcome::Citation;
use crate::law::param::Status;
use crate::law::rules;
use crate::scales::checkup::{Table, grade, table};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// A line of the page: a heading or a sentence.
type Said = (Weight, String);

pub(super) fn draw(reel: &Reel, view: &View, canvas: &mut Canvas<'_>, body: Rect) {
    sheet::rule(canvas, body.x, body.y, body.width, "なぜ  w で戻ります");
    let room = usize::from(body.width.saturating_sub(6));
    let rows = lines(reel, view).into_iter().flat_map(|(weight, text)| {
        let parts = wrap(&text, room).into_iter();
        parts.map(move |part| (weight, part)).collect::<Vec<Said>>()
    });
    for (row, (weight, text)) in rows.take(usize::from(body.height.saturating_sub(2))).enumerate() {
        let indent = if weight == Weight::Bold { 2 } else { 4 };
        canvas.text(body.x + indent, body.y + 1 + columns(row), body.width.saturating_sub(indent), &text, weight);
    }
}

fn lines(reel: &Reel, view: &View) -> Vec<Said> {
    let Some((standing, worker)) = reel.standing().zip(reel.worker(view)) else { return Vec::new() };
    let sheets = reel.sheets.get(&standing.worker);
    let sheet = sheets.and_then(|sheets| sheets.iter().find(|sheet| sheet.checkup == standing.checkup));
    let mut said: Vec<Said> =
        standing.prompts.iter().flat_map(|prompt| of_prompt(*prompt, reel, view, sheet, worker.sex)).collect();
    said.extend(reel.table().into_iter().flat_map(|table| of_table("判定の表", table)));
    let day = reel.checkup(view).map(|checkup| checkup.day);
    let facts = day.map(|day| json!({ "kind": "general", "examined_on": day.to_string() }));
    said.extend(facts.into_iter().flat_map(|facts| of_rule("意見の期限", "OPN-03", view, &facts)));
    said
}

fn of_prompt(prompt: Prompt, reel: &Reel, view: &View, sheet: Option<&CheckupSheet>, sex: Sex) -> Vec<Said> {
    let label = prompt.label();
    let words = |text: &str| vec![(Weight::Bold, label.to_owned()), (Weight::Plain, text.to_owned())];
    let by = |table: Option<&Table>| table.map(|table| of_values(label, table, sheet, sex)).unwrap_or_default();
    match prompt {
        Prompt::Consider => by(table(CONSIDER)),
        Prompt::Urgent => by(reel.tables.urgent()),
        Prompt::Secondary => of_rule(label, "RS-01", view, &json!({})),
        Prompt::Hours => words("時間外・休日労働の旗が立っています。労働者の画面の w に計算があります。"),
        Prompt::Doubtful => words("読み取れなかった値があります。元の記載を確かめてください。"),
        Prompt::Unread => words("健診の結果がまだ届いていません。"),
    }
}

/// The values that met the table, and the table itself; a prompt decides nothing.
fn of_values(label: &str, table: &Table, sheet: Option<&CheckupSheet>, sex: Sex) -> Vec<Said> {
    let mut said = of_table(label, table);
    let Some(sheet) = sheet else { return said };
    for graded in grade(table, &sheet.cells, sex) {
        let cells = graded.items.iter().filter_map(|item| sheet.cells.get(*item));
        let values = cells.map(|cell| format!("{} {}", Catalogue::built_in().name_of(cell.item), cell.shown()));
        said.push((Weight::Plain, format!("{}  {}", values.collect::<Vec<_>>().join("  "), graded.note)));
    }
    said
}

fn of_table(label: &str, table: &Table) -> Vec<Said> {
    let checked = format!("{}  版 {}  確かめた日 {}", table.status.label(), table.edition, table.checked_on);
    let lines = [table.source.clone(), checked, table.note.clone()];
    let plain = lines.into_iter().filter(|line| !line.is_empty()).map(|line| (Weight::Plain, line));
    std::iter::once((Weight::Bold, format!("{label}  {}", table.shown()))).chain(plain).collect()
}

fn of_rule(label: &str, id: &str, view: &View, facts: &serde_json::Value) -> Vec<Said> {
    let assessed = rules::find(id).and_then(|rule| view.law.assess(rule, view.today, facts).ok());
    let Some(outcome) = assessed else { return Vec::new() };
    let mut said = vec![(Weight::Bold, format!("{label}  {id}"))];
    said.extend(outcome.reasons.iter().map(|reason| (Weight::Plain, reason.text.clone())));
    let citation = |cited: &Citation| {
        let mark = if cited.status == Status::Verified { "" } else { "（未確認）" };
        format!("{} {}{mark}", cited.law, cited.article)
    };
    said.extend(outcome.citations.iter().map(|cited| (Weight::Dim, citation(cited))));
    said
}
