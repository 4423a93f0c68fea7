//! A drawn buffer as text, and as an SVG picture: an aid for tests, and the pictures of the README.
//!
//! Knows cells and styles only. The test backend of ratatui writes a note behind every row that
//! holds a wide character; this does not.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::style::{Color, Modifier};

/// Width of a cell in the picture, in pixels.
const CELL_WIDTH: u32 = 9;
/// Height of a cell in the picture, in pixels.
const CELL_HEIGHT: u32 = 20;
/// Distance from the top of a cell to the base line, in pixels.
const BASE_LINE: u32 = 15;
const FONTS: &str = "'BIZ UDGothic','Noto Sans Mono CJK JP','MS Gothic','Osaka-Mono',monospace";
const BACKGROUND: &str = "#16181d";
const FOREGROUND: &str = "#d8dee9";
const FADED: &str = "#7b8494";

/// The rows of the buffer, without the spaces at their ends.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (area.top()..area.bottom()).map(|y| row(buffer, y)).collect()
}

/// The rows of the buffer, joined by newlines.
pub fn text(buffer: &Buffer) -> String {
    rows(buffer).join("\n")
}

fn row(buffer: &Buffer, y: u16) -> String {
    let text: String = cells(buffer, y).iter().map(|place| place.cell.symbol()).collect();
    text.trim_end().to_owned()
}

/// A cell that is drawn, with its column and its width.
struct Place<'b> {
    x: u16,
    columns: u16,
    cell: &'b Cell,
}

/// The cells of a row, without those that a wide character covers.
fn cells(buffer: &Buffer, y: u16) -> Vec<Place<'_>> {
    let mut found = Vec::new();
    let mut x = buffer.area.left();
    while let Some(cell) = buffer.cell((x, y)) {
        let columns = cell.cell_width().max(1);
        found.push(Place { x, columns, cell });
        x += columns;
    }
    found
}

/// The buffer as an SVG picture of its own, with the colours of a dark terminal.
pub fn svg(buffer: &Buffer) -> String {
    let (width, height) = (u32::from(buffer.area.width) * CELL_WIDTH, u32::from(buffer.area.height) * CELL_HEIGHT);
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"{FONTS}\" font-size=\"16\" xml:space=\"preserve\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in buffer.area.top()..buffer.area.bottom() {
        for run in runs(buffer, y) {
            run.write(&mut picture);
        }
    }
    picture.push_str("</svg>\n");
    picture
}

/// Neighbouring cells of one style and one width.
struct Run {
    x: u32,
    y: u32,
    columns: u32,
    text: String,
    paint: Paint,
    wide: bool,
}

/// What a style looks like.
#[derive(Clone, PartialEq, Eq)]
struct Paint {
    ink: &'static str,
    ground: &'static str,
    bold: bool,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for place in cells(buffer, y) {
        let (paint, wide) = (paint(place.cell), place.columns > 1);
        match runs.last_mut() {
            Some(run) if run.paint == paint && run.wide == wide => {
                run.columns += u32::from(place.columns);
                run.text.push_str(place.cell.symbol());
            }
            _ => runs.push(Run {
                x: u32::from(place.x - buffer.area.x),
                y: u32::from(y - buffer.area.y),
                columns: u32::from(place.columns),
                text: place.cell.symbol().to_owned(),
                paint,
                wide,
            }),
        }
    }
    runs
}

impl Run {
    fn write(&self, picture: &mut String) {
        let (left, top, length) = (self.x * CELL_WIDTH, self.y * CELL_HEIGHT, self.columns * CELL_WIDTH);
        if self.paint.ground != BACKGROUND {
            let ground = self.paint.ground;
            _ = writeln!(
                picture,
                "<rect x=\"{left}\" y=\"{top}\" width=\"{length}\" height=\"{CELL_HEIGHT}\" fill=\"{ground}\"/>"
            );
        }
        if !self.text.trim().is_empty() {
            self.write_text(left, top + BASE_LINE, length, picture);
        }
    }

    fn write_text(&self, left: u32, base: u32, length: u32, picture: &mut String) {
        let bold = if self.paint.bold { " font-weight=\"bold\"" } else { "" };
        _ = writeln!(
            picture,
            "<text x=\"{left}\" y=\"{base}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" \
             fill=\"{}\"{bold}>{}</text>",
            self.paint.ink,
            escape(&self.text)
        );
    }
}

fn paint(cell: &Cell) -> Paint {
    let modifier = cell.modifier;
    let faded = if modifier.contains(Modifier::DIM) { FADED } else { FOREGROUND };
    let (ink, ground) = (colour(cell.fg).unwrap_or(faded), colour(cell.bg).unwrap_or(BACKGROUND));
    let (ink, ground) = if modifier.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) };
    Paint { ink, ground, bold: modifier.contains(Modifier::BOLD) }
}

/// The colours a theme can have; anything else is drawn in the terminal's own.
const fn colour(colour: Color) -> Option<&'static str> {
    match colour {
        Color::Cyan => Some("#7fd1de"),
        Color::Green => Some("#a3d18a"),
        Color::Yellow => Some("#e6cb83"),
        Color::Blue => Some("#86aef0"),
        Color::Magenta => Some("#cf9fd8"),
        Color::Red => Some("#f0717b"),
        _ => None,
    }
}

/// Spaces are kept as no-break spaces, since a viewer may fold the others.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            ' ' => escaped.push('\u{a0}'),
            _ if c.is_control() => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;
    use crate::ui::canvas::Canvas;
    use crate::ui::theme::{Look, Weight};

    fn sample() -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 2));
        let mut canvas = Canvas::new(&mut buffer, Look::default());
        canvas.text(0, 0, 12, "山田 <a>", Weight::Plain);
        canvas.text(0, 1, 12, "超過", Weight::Alert);
        let reverse = canvas.theme().reverse();
        canvas.tint(6, 1, 2, reverse);
        buffer
    }

    #[test]
    fn a_wide_character_is_one_in_the_text() {
        assert_eq!(rows(&sample()), ["山田 <a>", "超過"]);
    }

    #[test]
    fn a_picture_places_every_run_on_the_grid() {
        let picture = svg(&sample());
        assert!(picture.starts_with("<svg ") && picture.ends_with("</svg>\n"));
        assert!(
            picture.contains(
                "x=\"0\" y=\"15\" textLength=\"36\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#d8dee9\">山田<"
            )
        );
        assert!(picture.contains("&lt;a&gt;"), "markup in a name is text");
        assert!(picture.contains("fill=\"#f0717b\" font-weight=\"bold\">超過<"));
        assert!(picture.contains("<rect x=\"54\" y=\"20\" width=\"18\" height=\"20\" fill=\"#d8dee9\"/>"));
    }
}
