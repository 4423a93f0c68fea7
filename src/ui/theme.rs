//! Three weights and one accent; red only for 超過 and 直ちに, and always beside the words.
//!
//! Knows colours and modifiers, not where they are used. Without colour (`NO_COLOR`) nothing is
//! lost, because nothing is said by colour alone.

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::GlyphSet;

/// The colours that may be chosen for key names, focus and the rule line.
pub const ACCENTS: &[(&str, Color)] = &[
    ("cyan", Color::Cyan),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
];

/// How strongly a text asks to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// As it stands.
    #[default]
    Plain,
    /// What to act on: the chosen option, the cursor row.
    Bold,
    /// Headings, another's turn, what is done.
    Dim,
    /// Key names, focus, the rule line.
    Accent,
    /// 超過 and 直ちに, nothing else.
    Alert,
}

/// The styles of the whole interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    accent: Option<Color>,
}

impl Default for Theme {
    fn default() -> Self {
        Self { accent: Some(Color::Cyan) }
    }
}

impl Theme {
    /// A theme with the accent of that name; an unknown name gives the default.
    pub fn named(accent: &str) -> Self {
        let found = ACCENTS.iter().find(|(name, _)| *name == accent);
        found.map_or_else(Self::default, |(_, colour)| Self { accent: Some(*colour) })
    }

    /// A theme of weights alone, for `NO_COLOR`.
    pub const fn without_colour() -> Self {
        Self { accent: None }
    }

    /// The style of a weight.
    pub fn weight(self, weight: Weight) -> Style {
        match weight {
            Weight::Plain => Style::new(),
            Weight::Bold => self.bold(),
            Weight::Dim => self.dim(),
            Weight::Accent => self.accent(),
            Weight::Alert => self.alert(),
        }
    }

    /// What to act on.
    pub fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What can wait.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The cursor row and the focused field.
    pub fn reverse(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Key names, focus, the rule line.
    pub fn accent(self) -> Style {
        self.accent.map_or_else(Style::new, |colour| Style::new().fg(colour))
    }

    /// 超過 and 直ちに: bold, and red where there is colour.
    pub fn alert(self) -> Style {
        if self.accent.is_some() { self.bold().fg(Color::Red) } else { self.bold() }
    }
}

/// What every drawing needs to know of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Which characters may be drawn.
    pub glyphs: GlyphSet,
    /// Which styles are used.
    pub theme: Theme,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_no_style_has_one() {
        let plain = Theme::without_colour();
        for weight in [Weight::Plain, Weight::Bold, Weight::Dim, Weight::Accent, Weight::Alert] {
            assert_eq!(plain.weight(weight).fg, None);
        }
        assert_eq!(plain.alert(), plain.bold());
    }

    #[test]
    fn red_is_for_the_alert_only() {
        for (name, colour) in ACCENTS {
            assert_ne!(*colour, Color::Red);
            assert_eq!(Theme::named(name).accent().fg, Some(*colour));
            assert_eq!(Theme::named(name).alert().fg, Some(Color::Red));
        }
        assert_eq!(Theme::named("red"), Theme::default());
    }
}
