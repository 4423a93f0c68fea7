//! Secrets that are set or typed once: a new passphrase, the recovery code. Never out of the arguments.

use std::path::Path;

use zeroize::Zeroizing;

use super::fault::Fault;
use super::session::Session;
use super::{input, prompt};
use crate::runtime::RuntimeError;
use crate::vault::files::{Files, RealFiles};
use crate::vault::{Passphrase, RecoveryCode, VaultError, generate_six_words};

/// Asks for a new passphrase twice, or makes one of six words; from a file it is taken as it stands.
pub(super) fn new_passphrase(session: &Session) -> Result<Passphrase, Fault> {
    if session.has_passphrase_file() {
        return session.passphrase("");
    }
    let first = prompt::secret_text("新しいパスフレーズ（空のまま Enter で6語を自動生成）")?;
    if first.is_empty() {
        return generated();
    }
    let second = prompt::secret_text("もう一度")?;
    if *first != *second {
        return Err(Fault::usage("二度の入力が違います。何も変えていません。もう一度実行してください。"));
    }
    Ok(Passphrase::new(String::clone(&first)))
}

fn generated() -> Result<Passphrase, Fault> {
    let words = generate_six_words().map_err(RuntimeError::from)?;
    prompt::on_own_screen(&["このパスフレーズを書き留めてください。あとで表示することはできません。", "", &words])?;
    Ok(Passphrase::new(String::clone(&words)))
}

/// Reads the recovery code from a file, from what is left of the standard input for `-`, or from the terminal.
pub(super) fn recovery_code(file: Option<&Path>) -> Result<RecoveryCode, Fault> {
    let typed = match file {
        Some(path) if path == Path::new("-") => Zeroizing::new(input::rest()?),
        Some(path) => Zeroizing::new(read(path)?),
        None if input::is_terminal() => prompt::secret_text("回復コード（14組）")?,
        None => {
            return Err(Fault::usage(
                "回復コードを尋ねる端末がありません。--recovery-file でファイル（または - ）を指定してください。",
            ));
        }
    };
    Ok(RecoveryCode::parse(&typed).map_err(VaultError::from)?)
}

fn read(path: &Path) -> Result<String, Fault> {
    let bytes = RealFiles.read(path).map_err(RuntimeError::from)?;
    String::from_utf8(bytes)
        .map_err(|_| Fault::usage("回復コードのファイルを文字として読めません。ファイルを確かめてください。"))
}
