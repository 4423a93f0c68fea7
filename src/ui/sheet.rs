//! The rows that frame every screen: path, tabs, title rule, message, footer, progress.
//!
//! Knows the grid of the screens (`screens.md`, principle 1), not what any screen shows.

use ratatui::layout::Rect;

use super::actions::{HINT_GAP, Hint};
use super::canvas::{Canvas, columns};
use super::dates::count;
use super::theme::Weight;
use super::width::{cut, width};
use crate::domain::progress::Progress;

/// The size that every screen is made for.
pub const FULL_SIZE: (u16, u16) = (80, 24);
/// The least size that shows anything.
pub const LEAST_SIZE: (u16, u16) = (40, 10);
/// From this width on a second pane stands beside the first.
pub const TWO_PANES: u16 = 120;
/// Columns of the left pane where there are two.
const LEFT_PANE: u16 = 78;
/// Where the right pane begins.
const RIGHT_PANE: u16 = 80;
/// What stands between two parts of a path.
const PATH_MARK: &str = " / ";
/// Columns that a part of a path keeps, however long the others are.
const LEAST_PART: usize = 6;
/// Cells inside the brackets of the progress bar.
const PROGRESS_CELLS: usize = 10;

/// The rows of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// Row of the path.
    pub header: u16,
    /// Row of the tabs or totals.
    pub tabs: u16,
    /// Everything between the empty third row and the message.
    pub body: Rect,
    /// Last but one row.
    pub message: u16,
    /// Last row.
    pub footer: u16,
}

/// The grid of a terminal; the body has no rows when the terminal is too small.
pub fn grid(area: Rect) -> Grid {
    let bottom = area.bottom();
    let body_rows = area.height.saturating_sub(5);
    Grid {
        header: area.y,
        tabs: area.y.saturating_add(1),
        body: Rect { x: area.x, y: area.y.saturating_add(3), width: area.width, height: body_rows },
        message: bottom.saturating_sub(2),
        footer: bottom.saturating_sub(1),
    }
}

/// The list and, from 120 columns on, the pane beside it.
pub fn panes(body: Rect) -> (Rect, Option<Rect>) {
    if body.width < TWO_PANES {
        return (body, None);
    }
    let left = Rect { width: LEFT_PANE, ..body };
    let right = Rect { x: body.x + RIGHT_PANE, width: body.width - RIGHT_PANE, ..body };
    (left, Some(right))
}

/// What a terminal below the least size shows, in its one row.
pub fn too_small(area: Rect) -> Option<String> {
    let fits = area.width >= LEAST_SIZE.0 && area.height >= LEAST_SIZE.1;
    let (wanted, rows) = FULL_SIZE;
    (!fits).then(|| format!("{wanted}x{rows} 以上に広げてください。いまは {}x{} です。", area.width, area.height))
}

/// Draws [`too_small`] if it applies, and says whether it did.
pub fn draw_too_small(canvas: &mut Canvas<'_>) -> bool {
    let area = canvas.area();
    let Some(text) = too_small(area) else { return false };
    canvas.clear_rows(area.y, area.height);
    canvas.text(area.x, area.y, area.width, &text, Weight::Bold);
    true
}

/// Row 1: the path on the left, the context on the right; the path gives way, but never more than half of the row.
pub fn header(canvas: &mut Canvas<'_>, y: u16, path: &str, context: &str) {
    let inside = canvas.area().width.saturating_sub(2);
    let beside = inside.saturating_sub(canvas.width(path) + 2).max(inside / 2);
    let context = canvas.ruler().cut(context, usize::from(beside));
    let taken = canvas.width(&context);
    canvas.right(1, y, inside, &context, Weight::Plain);
    let gap = if taken == 0 { 0 } else { 2 };
    let room = inside.saturating_sub(taken + gap);
    canvas.text(1, y, room, &fit_path(path, usize::from(room)), Weight::Bold);
}

/// A path in `room` columns: its longest parts give way first, so that the last one still says where one is.
fn fit_path(path: &str, room: usize) -> String {
    let parts: Vec<&str> = path.split(PATH_MARK).collect();
    let marks = PATH_MARK.len() * parts.len().saturating_sub(1);
    let taken = |most: usize| parts.iter().map(|part| width(part).min(most)).sum::<usize>() + marks;
    let most = (LEAST_PART..=room).rev().find(|most| taken(*most) <= room).unwrap_or(LEAST_PART);
    parts.iter().map(|part| cut(part, most)).collect::<Vec<_>>().join(PATH_MARK)
}

/// Row 2: `1[訪問]  2 名簿`; a tab that is absent leaves its number free. Returns the columns used.
pub fn tabs(canvas: &mut Canvas<'_>, y: u16, tabs: &[(u8, &str)], chosen: u8) -> u16 {
    let mut x = 1;
    for (number, label) in tabs {
        let is_chosen = *number == chosen;
        let (text, weight) = if is_chosen {
            (format!("{number}[{label}]"), Weight::Bold)
        } else {
            (format!("{number} {label} "), Weight::Dim)
        };
        x += canvas.text(x, y, u16::MAX, &text, weight) + 2;
    }
    x
}

/// Row 2 of what is done in steps: `勤務 済   [疲労]   心身・生活`.
pub fn steps(canvas: &mut Canvas<'_>, y: u16, steps: &[(&str, bool)], current: usize) {
    let mut x = 2;
    for (index, (label, is_done)) in steps.iter().enumerate() {
        let (text, weight) = match (index == current, is_done) {
            (true, _) => (format!("[{label}]"), Weight::Bold),
            (false, true) => (format!("{label} 済"), Weight::Dim),
            (false, false) => ((*label).to_owned(), Weight::Plain),
        };
        x += canvas.text(x, y, u16::MAX, &text, weight) + 3;
    }
}

/// The title rule of a sheet: `-- なぜ ------`, from `area.x` to the last column but one.
pub fn rule(canvas: &mut Canvas<'_>, x: u16, y: u16, width: u16, title: &str) {
    let room = width.min(canvas.area().right().saturating_sub(x + 1));
    let text = rule_text(usize::from(room), title);
    canvas.text(x, y, room, &text, Weight::Accent);
}

/// The title rule in exactly `columns`.
pub fn rule_text(columns: usize, title: &str) -> String {
    if title.is_empty() {
        return "-".repeat(columns);
    }
    let head = format!("-- {} ", cut(title, columns.saturating_sub(5)));
    let line = "-".repeat(columns.saturating_sub(width(&head)));
    format!("{head}{line}")
}

/// The message row.
pub fn message(canvas: &mut Canvas<'_>, y: u16, text: &str) {
    canvas.text(1, y, u16::MAX, text, Weight::Plain);
}

/// The footer row: keys in the accent, words plain.
pub fn footer(canvas: &mut Canvas<'_>, y: u16, hints: &[Hint]) {
    let mut x = 1;
    for hint in hints {
        x += canvas.text(x, y, u16::MAX, &hint.keys, Weight::Accent) + 1;
        x += canvas.text(x, y, u16::MAX, &hint.label, Weight::Plain) + columns(HINT_GAP);
    }
}

/// Columns that the footer has.
pub fn footer_columns(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(2))
}

/// `名簿との照合  [######....] 1,830 / 3,000 行`
pub fn progress(progress: &Progress) -> String {
    let Progress { phase, done, total } = *progress;
    let (unit, size) = phase.unit();
    format!("{}  {} {unit}", phase.label(), bar(done / size, total.div_ceil(size)))
}

/// `[######....] 1,830 / 3,000`
fn bar(done: usize, total: usize) -> String {
    let share = u128::try_from(PROGRESS_CELLS * done.min(total)).unwrap_or(0);
    let filled = if total == 0 { 0 } else { usize::try_from(share / total as u128).unwrap_or(0) };
    let bar = format!("{}{}", "#".repeat(filled), ".".repeat(PROGRESS_CELLS - filled.min(PROGRESS_CELLS)));
    format!("[{bar}] {} / {}", count(done), count(total))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::domain::progress::Phase;
    use crate::ui::snapshot;
    use crate::ui::theme::Look;

    fn drawn(width: u16, draw: impl FnOnce(&mut Canvas<'_>)) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
        draw(&mut Canvas::new(&mut buffer, Look::default()));
        snapshot::text(&buffer)
    }

    #[test]
    fn the_header_keeps_its_context() {
        let row = drawn(80, |c| header(c, 0, "今日 / あかつき精機 本社工場", "11-20(金) 13:00-15:00"));
        assert_eq!(row, " 今日 / あかつき精機 本社工場                             11-20(金) 13:00-15:00");
        let row = drawn(30, |c| header(c, 0, "今日 / あかつき精機 本社工場", "2026-11-20(金)"));
        assert_eq!(row, " 今日 / あ..   2026-11-20(金)");
    }

    #[test]
    fn the_last_part_of_a_path_is_read_however_long_the_others_are() {
        let long = "長い名前の事業場".repeat(8);
        let row = drawn(80, |c| header(c, 0, &format!("{long} / 取込"), ""));
        assert!(row.ends_with(".. / 取込"), "{row}");
        let row = drawn(80, |c| header(c, 0, &format!("{long} / 名簿 / {long}"), &"ながいかな".repeat(20)));
        assert!(row.contains(".. / 名簿 / 長い") && row.ends_with(".."), "{row}");
    }

    #[test]
    fn tabs_and_steps_read_as_on_the_screens() {
        let row = drawn(80, |c| _ = tabs(c, 0, &[(1, "訪問"), (2, "名簿"), (5, "巡視")], 2));
        assert_eq!(row, " 1 訪問   2[名簿]  5 巡視");
        let row = drawn(80, |c| steps(c, 0, &[("勤務", true), ("疲労", false), ("心身・生活", false)], 1));
        assert_eq!(row, "  勤務 済   [疲労]   心身・生活");
    }

    #[test]
    fn a_rule_ends_before_the_last_column() {
        let row = drawn(80, |c| rule(c, 0, 0, 80, "なぜ  佐伯 美咲  80超と面接の期限"));
        assert_eq!(row, "-- なぜ  佐伯 美咲  80超と面接の期限 ------------------------------------------");
        assert_eq!(width(&row), 79);
        assert_eq!(width(&rule_text(12, "とても長い題名です")), 12);
        assert_eq!(rule_text(5, ""), "-----");
    }

    #[test]
    fn the_footer_is_drawn_with_its_gaps() {
        let hints = [Hint::new("Enter", "開く"), Hint::new("?", "操作")];
        assert_eq!(drawn(40, |c| footer(c, 0, &hints)), " Enter 開く   ? 操作");
    }

    #[test]
    fn progress_is_a_bar_with_a_number() {
        assert_eq!(bar(1_830, 3_000), "[######....] 1,830 / 3,000");
        assert_eq!(bar(0, 0), "[..........] 0 / 0");
        assert_eq!(bar(9, 3), "[##########] 9 / 3");
    }

    #[test]
    fn bytes_are_told_in_thousands_and_the_last_one_counts() {
        let told = |phase, done, total| progress(&Progress { phase, done, total });
        assert_eq!(told(Phase::Fetching, 6_000_000, 12_000_001), "ファイルの読込み  [####......] 6,000 / 12,001 KB");
        assert_eq!(told(Phase::Matching, 1_830, 3_000), "名簿との照合  [######....] 1,830 / 3,000 行");
    }

    #[test]
    fn every_phase_fits_into_the_narrow_message_row() {
        for phase in Phase::ALL {
            let told = progress(&Progress { phase: *phase, done: 512_000_000, total: 512_000_000 });
            assert!(width(&told) <= 76, "{told}");
        }
    }

    #[test]
    fn a_small_terminal_is_told_the_size() {
        assert_eq!(too_small(Rect::new(0, 0, 80, 10)), None);
        let row = drawn(60, |c| assert!(draw_too_small(c)));
        assert_eq!(row, "80x24 以上に広げてください。いまは 60x1 です。");
    }

    #[test]
    fn the_grid_never_leaves_the_terminal() {
        for height in 0..30 {
            let grid = grid(Rect::new(0, 0, 80, height));
            assert!(grid.body.height == 0 || grid.body.bottom() <= grid.message);
        }
        let grid = grid(Rect::new(0, 0, 80, 24));
        assert_eq!((grid.body.y, grid.body.height, grid.message, grid.footer), (3, 19, 22, 23));
        assert_eq!(panes(grid.body), (grid.body, None));
        let (left, right) = panes(Rect::new(0, 3, 120, 30));
        assert_eq!((left.width, right.map(|r| (r.x, r.width))), (78, Some((80, 40))));
    }
}
