//! `junkai restore`: a backup into a new vault; what is already at the place is never overwritten.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::arguments::Restore as Options;
use super::fault::Fault;
use super::session::Session;
use super::{Answer, output, secrets};
use crate::vault::Passphrase;
use crate::vault::backup::{Credential, Manifest, restore};
use crate::vault::files::RealFiles;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    session.refuse_day(false)?;
    let into = session.place()?.folder;
    let manifest = match (session.identity(), &options.recovery_file) {
        (Some(_), Some(_)) => {
            return Err(Fault::usage("--identity と --recovery-file は、どちらか一つを指定してください。"));
        }
        (Some(identity), None) => by_identity(session, options, &into, &identity)?,
        (None, _) => by_code(options, &into)?,
    };
    if session.is_json() {
        output::object(json!({ "done": true, "made_at": manifest.made_at, "databases": manifest.heads.len() }))?;
    } else {
        output::line(&format!("{} の控えから復元しました。パスフレーズは、その時のものです。", manifest.made_at))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn by_identity(session: &Session, options: &Options, into: &Path, identity: &Path) -> Result<Manifest, Fault> {
    let passphrase: Passphrase = session.passphrase("パスフレーズ")?;
    let credential = Credential::Identity { path: identity, passphrase: &passphrase };
    Ok(restore(&RealFiles, &options.file, into, &credential)?)
}

fn by_code(options: &Options, into: &Path) -> Result<Manifest, Fault> {
    let code = secrets::recovery_code(options.recovery_file.as_deref())?;
    Ok(restore(&RealFiles, &options.file, into, &Credential::Recovery(&code))?)
}
