//! placeholder
use super::Answer;
use super::fault::Fault;
use super::session::Session;
pub(super) fn run(_session: &Session) -> Answer {
    Err(Fault::usage("まだできません。"))
}
