//! `junkai demo`: a synthetic vault, built through the real importers, then opened.

use super::Answer;
use super::arguments::Demo as Options;
use super::fault::Fault;
use super::session::Session;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let _ = (session.named_vault(), options.establishments, options.workers, options.years, options.seed, options.no_ui);
    Err(Fault::usage("この版にはデモがまだ入っていません。junkai init で新しい金庫を作ってください。"))
}
