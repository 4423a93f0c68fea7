//! `junkai` without a command: the terminal interface.

use super::Answer;
use super::fault::Fault;
use super::session::Session;

pub(super) fn run(session: &Session) -> Answer {
    let _ = session.place()?;
    Err(Fault::usage("この版には画面がまだ入っていません。junkai --help にあるコマンドを使ってください。"))
}

/// Opens the interface on a desk that is already open.
pub(super) fn open(desk: crate::runtime::Desk) -> Answer {
    desk.lock()?;
    Err(Fault::usage("この版には画面がまだ入っていません。"))
}
