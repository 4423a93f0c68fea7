//! placeholder
use super::Answer;
use super::arguments::Audit as Options;
use super::fault::Fault;
use super::session::Session;
pub(super) fn run(_session: &Session, _options: &Options) -> Answer {
    Err(Fault::usage("まだできません。"))
}
