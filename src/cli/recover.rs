//! `junkai recover`: the recovery code opens the vault and a new key under a new passphrase takes over.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Recover as Options;
use super::session::Session;
use super::{Answer, output, secrets};
use crate::runtime::{Desk, Recovering, RuntimeError, Unlocking};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let place = session.place()?;
    let header = place.header()?;
    session.refuse_day(header.demo)?;
    // A passphrase out of the standard input stands in its first line, before the code.
    let given = session.has_passphrase_file().then(|| secrets::new_passphrase(session)).transpose()?;
    let code = secrets::recovery_code(options.recovery_file.as_deref())?;
    let passphrase = given.map_or_else(|| secrets::new_passphrase(session), Ok)?;
    let unlocking = Unlocking { place, passphrase, clock: session.clock(), law: session.law()? };
    let desk = Desk::recover(&Recovering { unlocking, code, identity: session.identity() })?;
    desk.notices().iter().for_each(|notice| output::warn(notice));
    for (id, _) in desk.unopened() {
        output::warn(&RuntimeError::SiteNotOpen(id.to_string()).to_string());
    }
    desk.lock()?;
    if session.is_json() {
        output::object(json!({ "done": true }))?;
    } else {
        output::line("新しい鍵を作りました。これからは新しいパスフレーズで開きます。回復コードは同じものです。")?;
        output::line("前のバックアップは、回復コードで開けます。新しいバックアップも作ってください。")?;
    }
    Ok(ExitCode::SUCCESS)
}
