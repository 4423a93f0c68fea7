//! 仕事のストレス判定図 in the terminal: the released groups as letters in the two squares, with the lines of equal risk.
//!
//! Shows what may be given and nothing else; what a letter stands for is told below.

use ratatui::layout::Rect;

use crate::domain::worker::Sex;
use crate::scales::stress::diagram::{Diagram, RISKS, SIDE};
use crate::scales::stress::risk::{ChartSums, CoefficientSet};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::plane::Plane;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Cells between the two squares.
const GAP: u16 = 3;
/// The widest a square becomes: twice as many columns as rows look square.
const WIDEST: u16 = 50;
/// Rows of a square beside its cells: the title, the axis, its words.
const FRAME: u16 = 3;
/// Rows for the letters.
const LEGEND: u16 = 2;
/// Letters of the groups, in their order.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A group that may be shown: its name and its sums.
pub(super) type Shown<'a> = (&'a str, ChartSums);

/// Whose lines are drawn: by sex, or nobody's where men and women stand together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'a> {
    /// The coefficients.
    pub(super) set: Option<&'a CoefficientSet>,
    /// The sex; none where the lines of one sex would be wrong.
    pub(super) sex: Option<Sex>,
}

/// Draws both squares and the letters.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, groups: &[Shown<'_>], lines: Lines<'_>) {
    let width = (area.width.saturating_sub(4 + GAP) / 2).min(WIDEST);
    let height = area.height.saturating_sub(FRAME + LEGEND + 1).min(width / 2);
    for (diagram, x) in Diagram::ALL.into_iter().zip([2, 2 + width + GAP]) {
        draw_one(canvas, Rect { x, y: area.y, width, height }, diagram, groups, lines);
    }
    let named = LETTERS.chars().zip(groups).map(|(letter, (name, _))| format!("{letter} {name}"));
    let named = match groups.is_empty() {
        true => "図にできる集団がありません".to_owned(),
        false => named.collect::<Vec<_>>().join("  "),
    };
    let told = format!("{named}   {}", legend(lines));
    let top = area.y + height + FRAME;
    for (y, row) in (top..area.bottom()).zip(wrap(&told, usize::from(area.width.saturating_sub(4)))) {
        canvas.text(2, y, area.width.saturating_sub(3), &row, Weight::Plain);
    }
}

/// Which line is which: low risk lies where control or both supports are high.
fn legend(lines: Lines<'_>) -> String {
    let risks = RISKS.map(|risk| risk.to_string()).join(" ");
    let has_lines = lines
        .set
        .zip(lines.sex)
        .is_some_and(|(set, sex)| RISKS.iter().any(|risk| Diagram::DemandControl.line(set, sex, *risk).is_some()));
    match (has_lines, lines.sex) {
        (true, _) => format!("線はリスク {risks}（左の図は左上から、右の図は右上から）"),
        (false, None) => "線は男女別（Tab）".to_owned(),
        (false, Some(_)) => "この係数の組には、線を引く数がありません".to_owned(),
    }
}

fn draw_one(canvas: &mut Canvas<'_>, area: Rect, diagram: Diagram, groups: &[Shown<'_>], lines: Lines<'_>) {
    let mut plane = Plane::new(usize::from(area.width.saturating_sub(1)), usize::from(area.height), SIDE);
    let set = lines.set.zip(lines.sex);
    let found = RISKS.iter().filter_map(|risk| set.and_then(|(set, sex)| diagram.line(set, sex, *risk)));
    found.for_each(|[from, to]| plane.line(from, to));
    for (letter, (_, sums)) in LETTERS.chars().zip(groups) {
        diagram.place(sums).into_iter().for_each(|place| plane.mark(place, letter));
    }
    let [across, up] = diagram.axes();
    canvas.text(area.x, area.y, area.width, diagram.title(), Weight::Bold);
    for (y, row) in (area.y + 1..).zip(plane.lines(canvas.look().glyphs)) {
        canvas.text(area.x, y, 1, "|", Weight::Dim);
        canvas.text(area.x + 1, y, area.width.saturating_sub(1), &row, Weight::Plain);
    }
    let foot = area.y + 1 + area.height;
    canvas.text(
        area.x,
        foot,
        area.width,
        &format!("+{}", "-".repeat(usize::from(area.width.saturating_sub(1)))),
        Weight::Dim,
    );
    let words = format!("横 {across}  縦 {up}  3-12");
    canvas.text(area.x, foot + columns(1), area.width, &words, Weight::Dim);
}
