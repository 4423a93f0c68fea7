//! Every place that can be opened, by its keys, and what must hold of each picture of it.

use junkai::app::Host;
use junkai::ui::keys::Input;
use junkai::ui::theme::Look;
use junkai::ui::width::width;
use junkai::ui::{Shell, snapshot};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{SIZES, drawn, press};

/// A place: its name and the keys from 今日. `+word` is pasted into what is open, `=word` with Enter behind it.
pub type Case = (&'static str, &'static str);

/// Places of an establishment, and those of the whole desk.
pub const OF_A_SITE: [Case; 13] = [
    ("today", ""),
    ("roster", "^p =名簿"),
    ("patrol", "^p =じゅんし Enter"),
    ("patrol_year", "^p =巡視の年間"),
    ("import", "^p =取込"),
    ("history", "^p =履歴"),
    ("site_form", "^p =事業場の設定"),
    ("new_worker", "^p =名簿 n"),
    ("vault", "^p =金庫"),
    ("clear_files", "^p =平文"),
    ("law", "^p =法令"),
    ("palette", "^p"),
    ("help", "?"),
];

/// Places of a worker, behind the keys that open the worker.
pub const OF_A_WORKER: [Case; 15] = [
    ("worker", ""),
    ("why", "w"),
    ("interview_work", "n"),
    ("interview_fatigue", "n F6"),
    ("interview_condition", "n F6 F6"),
    ("interview_mood", "n F6 F6 F6"),
    ("interview_pressure", "n F6 F6 F6 F6"),
    ("interview_red_flags", "n F6 F6 F6 F6 F6"),
    ("interview_judgment", "n F6 F6 F6 F6 F6 F6"),
    ("request", "r"),
    ("hand_entry", "e"),
    ("exclusion", "N"),
    ("certificate", "C"),
    ("information", "I"),
    ("attachments", "A"),
];

/// Draws a case at both sizes, looks at what must always hold, and compares.
pub fn shown(make: impl Fn() -> Box<dyn Host>, group: &str, name: &str, keys: &str) {
    for size in SIZES {
        let mut host = make();
        let mut shell = Shell::new(&mut *host);
        drawn(&mut shell, size);
        go(&mut shell, &mut *host, keys, size);
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        shell.draw(&mut buffer, Look::default());
        holds(&mut shell, &buffer, &format!("{group} {name} {}", size.0));
        insta::assert_snapshot!(format!("{group}_{name}_{}", size.0), snapshot::text(&buffer));
    }
}

fn go(shell: &mut Shell, host: &mut dyn Host, keys: &str, size: (u16, u16)) {
    for key in keys.split_whitespace() {
        match (key.strip_prefix('='), key.strip_prefix('+')) {
            (Some(word), _) => {
                shell.input(host, Input::Paste(word.to_owned()));
                press(shell, host, "Enter");
            }
            (None, Some(word)) => shell.input(host, Input::Paste(word.to_owned())),
            (None, None) => press(shell, host, key),
        }
        drawn(shell, size);
    }
}

/// Nothing reaches the last column, and the next key stands in the footer with its whole word.
fn holds(shell: &mut Shell, buffer: &Buffer, name: &str) {
    let columns = usize::from(buffer.area.width);
    let rows = snapshot::rows(buffer);
    for row in &rows {
        assert!(width(row) < columns, "{name}: {row}");
    }
    let footer = rows.last().map(String::as_str).unwrap_or_default();
    assert!(!footer.trim().is_empty() && !footer.contains(".."), "{name}: {footer}");
    let is_covered = name.contains("palette") || name.contains("help");
    let next = shell.offers().into_iter().find(|offer| offer.is_possible());
    let label = next.map(|offer| offer.label.into_owned()).unwrap_or_default();
    assert!(is_covered || footer.contains(&label), "{name}: {label} is not in {footer}");
}
