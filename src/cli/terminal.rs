//! `junkai` without a command: the terminal interface.

use super::Answer;
use super::fault::Fault;
use super::session::Session;

pub(super) fn run(session: &Session) -> Answer {
    let _ = session.place()?;
    Err(Fault::usage("この版には画面がまだ入っていません。junkai --help にあるコマンドを使ってください。"))
}
