//! The passphrase and the command's own input, in this order, from where the arguments say.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Read, stdin};
use std::path::Path;

use zeroize::Zeroizing;

use super::fault::Fault;
use crate::vault::Passphrase;

/// The longest line that is taken for a passphrase, in bytes.
const LONGEST: u64 = 4096;

/// Reads the passphrase: the first line of a file, or of the standard input for `-`.
pub(super) fn passphrase_of(path: &Path) -> Result<Passphrase, Fault> {
    let line = if path == Path::new("-") {
        first_line(&mut stdin().lock())
    } else {
        first_line(&mut BufReader::new(File::open(path).map_err(|_| unreadable())?))
    };
    let mut line = line.map_err(|_| unreadable())?;
    let length = line.trim_end_matches(['\n', '\r']).len();
    line.truncate(length);
    if line.is_empty() {
        return Err(Fault::usage("パスフレーズが空です。1行目にパスフレーズを書いてください。"));
    }
    Ok(Passphrase::new(std::mem::take(&mut *line)))
}

/// The buffer has its full size from the start: one that grows leaves copies behind.
fn first_line(reader: &mut dyn BufRead) -> std::io::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::with_capacity(usize::try_from(LONGEST).unwrap_or_default()));
    reader.take(LONGEST).read_line(&mut line)?;
    Ok(line)
}

fn unreadable() -> Fault {
    Fault::usage(
        "パスフレーズのファイルを読めません。--passphrase-file の場所と権限、文字コード（UTF-8）を確かめてください。",
    )
}

/// Whether somebody sits at a terminal and can be asked.
pub(super) fn is_terminal() -> bool {
    stdin().is_terminal()
}

/// Reads all that is left of the standard input.
pub(super) fn rest() -> Result<String, Fault> {
    let mut text = String::new();
    stdin().lock().read_to_string(&mut text).map_err(|_| unreadable_input())?;
    Ok(text)
}

/// Reads the standard input as lines, one at a time.
pub(super) fn lines() -> impl Iterator<Item = Result<Vec<u8>, Fault>> {
    stdin().lock().split(b'\n').map(|line| line.map_err(|_| unreadable_input()))
}

fn unreadable_input() -> Fault {
    Fault::usage("標準入力を読めません。UTF-8 の文字で渡してください。")
}
