//! Pictures in braille, whose width is neutral, or in ASCII: overtime bars, small graphs, trends.
//!
//! Knows scales and dots. Must not know a number of the law: the lines and bands are passed in.
//! A picture decides nothing; the numbers stand beside it.

use ratatui::layout::Rect;

use super::canvas::{Canvas, columns};
use super::glyphs::GlyphSet;
use super::theme::Weight;
use super::width::{pad_left, width};
use crate::domain::Seconds;

/// U+2800, the cell without dots; a bit a dot follows.
const BRAILLE: u32 = 0x2800;
/// Middle two rows, both columns: a bar.
const BAR: u32 = 0x36;
/// Middle two rows, left column: half a cell of a bar.
const HALF_BAR: u32 = 0x06;
/// Left column: a line.
const LINE: u32 = 0x47;
/// Dots of the left column from below.
const LEFT_DOTS: [u32; 4] = [0x40, 0x04, 0x02, 0x01];
/// Dots of the right column from below.
const RIGHT_DOTS: [u32; 4] = [0x80, 0x20, 0x10, 0x08];
const SECONDS_AN_HOUR: i64 = 3600;

/// The scale of the overtime bars: 0 to `top` over `columns`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    top: i64,
    columns: usize,
    lines: Vec<i64>,
}

impl Scale {
    /// A scale from 0 to `top` with a line at each of `lines`; `top` below an hour counts as one.
    pub fn new(top: Seconds, columns: usize, lines: &[Seconds]) -> Self {
        let lines = lines.iter().map(|line| line.0.max(0)).collect();
        Self { top: top.0.max(SECONDS_AN_HOUR), columns, lines }
    }

    /// The hours of the lines above the bars, at the columns of the lines.
    pub fn axis(&self) -> String {
        let mut axis = String::from("0");
        for line in &self.lines {
            let label = (line / SECONDS_AN_HOUR).to_string();
            let gap = self.column(*line).saturating_sub(width(&axis));
            if gap > 0 {
                axis.push_str(&" ".repeat(gap));
                axis.push_str(&label);
            }
        }
        axis
    }

    /// The bar of one month, as wide as the scale; beyond the top it ends in `>`, a missing month
    /// shows the lines alone.
    pub fn bar(&self, value: Option<Seconds>, glyphs: GlyphSet) -> String {
        let value = value.map_or(0, |value| value.0.max(0));
        let halves = self.halves(value);
        let mut bar: Vec<char> = (0..self.columns).map(|column| self.cell(column, halves, glyphs)).collect();
        if let Some(end) = bar.last_mut().filter(|_| value > self.top) {
            *end = '>';
        }
        bar.into_iter().collect()
    }

    fn cell(&self, column: usize, halves: usize, glyphs: GlyphSet) -> char {
        let has_line = self.lines.iter().any(|line| self.column(*line) == column);
        let filled = halves.saturating_sub(column * 2).min(2);
        if glyphs.is_ascii() {
            return match (has_line, filled) {
                (true, _) => '|',
                (false, 2) => '=',
                (false, 1) => '-',
                _ => ' ',
            };
        }
        let bar = [0, HALF_BAR, BAR].get(filled).copied().unwrap_or(0);
        braille(bar | if has_line { LINE } else { 0 })
    }

    fn column(&self, seconds: i64) -> usize {
        scaled(seconds, self.columns, self.top)
    }

    fn halves(&self, seconds: i64) -> usize {
        scaled(seconds.min(self.top), self.columns * 2, self.top)
    }
}

/// `value` of `top` in `cells`, rounded to the nearest.
fn scaled(value: i64, cells: usize, top: i64) -> usize {
    let cells = i128::try_from(cells).unwrap_or(0);
    let doubled = (2 * i128::from(value) * cells + i128::from(top)) / (2 * i128::from(top));
    usize::try_from(doubled).unwrap_or(0)
}

/// A cell with these dots; the empty one is a space, so that a row can be trimmed.
fn braille(dots: u32) -> char {
    if dots == 0 { ' ' } else { char::from_u32(BRAILLE | dots).unwrap_or(' ') }
}

/// A month of the overtime chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// `10月`
    pub label: String,
    /// The hours; none when the month is missing.
    pub value: Option<Seconds>,
    /// The hours as they are written, e.g. `92:30`.
    pub written: String,
    /// What stands behind, e.g. the running mean.
    pub note: String,
}

/// Draws axis and months: labels at column 2, bars at column 8, hours right-aligned behind them.
///
/// Returns the rows used, at most those of `area`; columns are counted from `area.x`.
pub fn draw_overtime(canvas: &mut Canvas<'_>, area: Rect, scale: &Scale, months: &[Month]) -> u16 {
    let (bar_x, hours_x) = (area.x + 8, area.x.saturating_add(8).saturating_add(columns(scale.columns)));
    let room = |x: u16| area.right().saturating_sub(x);
    if area.height > 0 {
        let axis = format!("{}    時間", scale.axis());
        canvas.text(bar_x, area.y, room(bar_x), &axis, Weight::Dim);
    }
    let glyphs = canvas.look().glyphs;
    let rows = area.y.saturating_add(1)..area.bottom();
    for (y, month) in rows.zip(months) {
        canvas.text(area.x + 2, y, 5.min(room(area.x + 2)), &pad_left(&month.label, 4), Weight::Plain);
        canvas.text(bar_x, y, room(bar_x), &scale.bar(month.value, glyphs), Weight::Plain);
        let written = if month.written.ends_with('+') { month.written.clone() } else { format!("{} ", month.written) };
        canvas.right(hours_x, y, 7.min(room(hours_x)), &written, Weight::Plain);
        canvas.text(hours_x + 9, y, room(hours_x + 9), &month.note, Weight::Plain);
    }
    area.height.min(columns(months.len() + 1))
}

/// The band of a value among rising `lines`: 1 up to the first line, one more above each.
pub fn band(value: Seconds, lines: &[Seconds]) -> u8 {
    let above = lines.iter().filter(|line| value > **line).count();
    u8::try_from(above + 1).unwrap_or(u8::MAX)
}

/// A small graph, two values a cell, oldest first, each at a level of 1 to 4; a missing value is
/// left out. In ASCII one digit a value, `-` for a missing one.
pub fn small_graph(levels: &[Option<u8>], glyphs: GlyphSet) -> String {
    if glyphs.is_ascii() {
        return levels.iter().map(|level| level.map_or('-', digit)).collect();
    }
    let cells = levels.chunks(2).map(|pair| {
        let left = pair.first().copied().flatten().map_or(0, |level| dots(&LEFT_DOTS, level));
        let right = pair.get(1).copied().flatten().map_or(0, |level| dots(&RIGHT_DOTS, level));
        braille(left | right)
    });
    cells.collect()
}

/// The trend of a few values, newest last, the levels of [`levels`]; filled up from the right.
pub fn trend(levels: &[Option<u8>], glyphs: GlyphSet) -> String {
    let mut even = levels.to_vec();
    if !even.len().is_multiple_of(2) && !glyphs.is_ascii() {
        even.insert(0, None);
    }
    small_graph(&even, glyphs)
}

/// The levels 1 to 4 of values between `floor` and `ceiling`.
pub fn levels(values: &[Option<i64>], floor: i64, ceiling: i64) -> Vec<Option<u8>> {
    let span = (i128::from(ceiling) - i128::from(floor)).max(1);
    let level = |value: i64| {
        let part = (i128::from(value) - i128::from(floor)) * 4 / span;
        u8::try_from(part.clamp(0, 3)).unwrap_or(0) + 1
    };
    values.iter().map(|value| value.map(level)).collect()
}

fn dots(column: &[u32; 4], level: u8) -> u32 {
    column.iter().take(usize::from(level)).sum()
}

fn digit(level: u8) -> char {
    char::from_digit(u32::from(level.min(9)), 10).unwrap_or('-')
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::snapshot;
    use crate::ui::theme::Look;

    fn scale(columns: usize) -> Scale {
        Scale::new(Seconds::hm(110, 0), columns, &[45, 80, 100].map(|hours| Seconds::hm(hours, 0)))
    }

    fn bar(hours: i64, minutes: i64) -> String {
        scale(41).bar(Some(Seconds::hm(hours, minutes)), GlyphSet::Safe)
    }

    #[test]
    fn the_axis_stands_over_the_lines() {
        assert_eq!(scale(44).axis(), "0                 45            80      100");
        assert_eq!(scale(22).axis(), "0        45     80  100");
    }

    #[test]
    fn bars_are_those_of_the_screens() {
        let wide = |hours, minutes| scale(44).bar(Some(Seconds::hm(hours, minutes)), GlyphSet::Safe);
        assert_eq!(wide(92, 30).trim_end(), "⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠶⠶⠶⠶   ⡇");
        assert_eq!(wide(84, 10).trim_end(), "⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠆      ⡇");
        assert_eq!(wide(71, 0).trim_end(), "⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠶⠶⠶⠶⠶⠶⠶⠶⠶⠆   ⡇       ⡇");
        assert_eq!(wide(41, 10).trim_end(), "⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠆ ⡇             ⡇       ⡇");
    }

    #[test]
    fn every_bar_is_as_wide_as_its_scale() {
        for hours in [0, 1, 44, 45, 80, 100, 110, 111, 744] {
            assert_eq!(width(&bar(hours, 0)), 41);
        }
        assert!(bar(110, 1).ends_with('>') && !bar(110, 0).ends_with('>'));
        assert_eq!(scale(0).bar(Some(Seconds(i64::MAX)), GlyphSet::Safe), "");
        assert_eq!(scale(44).bar(None, GlyphSet::Safe).trim(), "⡇             ⡇       ⡇");
    }

    #[test]
    fn the_ascii_set_has_no_braille() {
        let bar = scale(22).bar(Some(Seconds::hm(92, 30)), GlyphSet::Ascii);
        assert_eq!(bar, "=========|======|=- | ");
        assert_eq!(small_graph(&[Some(1), Some(4), None], GlyphSet::Ascii), "14-");
    }

    #[test]
    fn small_graphs_show_the_bands() {
        let lines = [45, 80, 100].map(|hours| Seconds::hm(hours, 0));
        let months = [(41, 10), (52, 0), (68, 20), (71, 0), (84, 10), (92, 30)];
        let levels: Vec<Option<u8>> = months.iter().map(|(h, m)| Some(band(Seconds::hm(*h, *m), &lines))).collect();
        assert_eq!(small_graph(&levels, GlyphSet::Safe), "⣠⣤⣶");
        assert_eq!(band(Seconds::hm(45, 0), &lines), 1, "45:00 is not above 45");
        assert_eq!(band(Seconds(45 * 3600 + 1), &lines), 2);
        assert_eq!(band(Seconds::hm(101, 0), &lines), 4);
        assert_eq!(small_graph(&[Some(1), Some(1), None, None], GlyphSet::Safe), "⣀ ");
    }

    #[test]
    fn a_trend_is_filled_from_the_right() {
        assert_eq!(trend(&[Some(1), Some(2), Some(4)], GlyphSet::Safe), "⢀⣼");
        assert_eq!(trend(&[Some(2), Some(3), Some(3)], GlyphSet::Safe), "⢠⣶");
        assert_eq!(
            levels(&[Some(0), Some(50), Some(100), None, Some(999)], 0, 100),
            [Some(1), Some(3), Some(4), None, Some(4)]
        );
        assert_eq!(levels(&[Some(i64::MAX)], i64::MIN, i64::MAX), [Some(4)]);
    }

    #[test]
    fn the_chart_is_drawn_in_its_columns() {
        let month = Month {
            label: "9月".to_owned(),
            value: Some(Seconds::hm(84, 10)),
            written: "84:10".to_owned(),
            note: "2か月  88:20  80超".to_owned(),
        };
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 3));
        let rows = draw_overtime(&mut Canvas::new(&mut buffer, Look::default()), buffer_area(), &scale(44), &[month]);
        assert_eq!(rows, 2);
        let text = snapshot::rows(&buffer);
        assert_eq!(text[0], "        0                 45            80      100    時間");
        assert_eq!(text[1], "   9月  ⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⡷⠆      ⡇    84:10   2か月  88:20  80超");
    }

    fn buffer_area() -> Rect {
        Rect::new(0, 0, 80, 3)
    }
}
