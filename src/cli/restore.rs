//! `junkai restore`: a backup into a new vault; what is already at the place is never overwritten.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use zeroize::Zeroizing;

use super::arguments::Restore as Options;
use super::fault::Fault;
use super::session::Session;
use super::{Answer, input, output, prompt};
use crate::runtime::RuntimeError;
use crate::vault::backup::{Credential, Manifest, restore};
use crate::vault::files::{Files, RealFiles};
use crate::vault::{Passphrase, RecoveryCode, VaultError};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    session.refuse_day(false)?;
    let Some(into) = session.named_vault() else {
        return Err(Fault::usage("復元先がありません。--vault で、まだ何もない場所を指定してください。"));
    };
    let manifest = match &options.identity {
        Some(identity) => by_identity(session, options, &into, identity)?,
        None => by_code(options, &into)?,
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
    let typed = match &options.recovery_file {
        Some(path) if path == Path::new("-") => Zeroizing::new(input::rest()?),
        Some(path) => Zeroizing::new(read(path)?),
        None if input::is_terminal() => prompt::secret_text("回復コード（14組）")?,
        None => {
            return Err(Fault::usage(
                "回復コードか本人鍵が要ります。--recovery-file または --identity を指定してください。",
            ));
        }
    };
    let code = RecoveryCode::parse(&typed).map_err(VaultError::from)?;
    Ok(restore(&RealFiles, &options.file, into, &Credential::Recovery(&code))?)
}

fn read(path: &Path) -> Result<String, Fault> {
    let bytes = RealFiles.read(path).map_err(RuntimeError::from)?;
    String::from_utf8(bytes)
        .map_err(|_| Fault::usage("回復コードのファイルを文字として読めません。ファイルを確かめてください。"))
}
