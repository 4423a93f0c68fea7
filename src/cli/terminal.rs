//! `junkai` without a command: the terminal interface.

use std::process::ExitCode;
use std::time::Instant;

use super::fault::Fault;
use super::session::Session;
use super::{Answer, input};
use crate::runtime::{Desk, Place, Runtime};
use crate::ui::glyphs::GlyphSet;
use crate::ui::theme::{Look, Theme};

pub(super) fn run(session: &Session) -> Answer {
    let place = session.place_with_key()?;
    // A made-up day would date what is written on the screens: only a demo may have one.
    session.refuse_day(place.header().is_ok_and(|header| header.demo))?;
    start(Runtime::new(place, session.clock(), session.law()?)?)
}

/// Opens the interface on a desk that is already open.
pub(super) fn open(place: Place, desk: Desk) -> Answer {
    start(Runtime::opened(place, desk)?)
}

fn start(mut runtime: Runtime) -> Answer {
    if !input::is_terminal() || !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return Err(no_terminal());
    }
    let begin = Instant::now();
    let outcome = crate::ui::run(&mut runtime, look(), &|| begin.elapsed());
    outcome.map(|()| ExitCode::SUCCESS).map_err(|_| no_terminal())
}

fn no_terminal() -> Fault {
    Fault::usage("端末を使えません。端末の中で実行するか、junkai --help にあるコマンドを使ってください。")
}

/// What the terminal is told to show: `NO_COLOR` takes the colours, `JUNKAI_ASCII` every character beyond ASCII charts.
fn look() -> Look {
    let theme = if is_set("NO_COLOR") { Theme::without_colour() } else { Theme::default() };
    let glyphs = if is_set("JUNKAI_ASCII") { GlyphSet::Ascii } else { GlyphSet::Safe };
    Look { glyphs, theme }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
