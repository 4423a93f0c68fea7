//! Why a command was not done, and the exit code that says so.

use std::path::Path;
use std::process::ExitCode;

use super::output;
use crate::runtime::RuntimeError;
use crate::vault::{ErrorClass, VaultError};

/// The check found something.
pub(super) const FOUND: u8 = 1;
/// Wrong use.
const USE: u8 = 2;
/// Wrong passphrase, or locked.
const LOCKED: u8 = 3;
/// Damaged data.
const DAMAGED: u8 = 4;
/// Refused by a rule.
const REFUSED: u8 = 5;

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// Something below.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The command was used wrongly; the sentence says what to write instead.
    #[error("{0}")]
    Usage(String),
    /// A rule of the program refuses.
    #[error("{0}")]
    Refused(String),
    /// One of the above about a file, by the name under which it was given.
    #[error("{0}: {1}")]
    OfFile(String, Box<Self>),
    /// The output cannot be written.
    #[error("出力を書けません。出力先の空きと権限を確かめてください。")]
    Output,
}

/// The name of a file without its folders, as a line of a terminal can bear it.
pub(super) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    name.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        Self::Runtime(error.into())
    }
}

impl Fault {
    /// Wrong use, with a sentence that says what to do.
    pub(super) fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage(sentence.into())
    }

    /// With the name of the file that it is about, where it is about one: `file`, or the mapping that was named beside it.
    pub(super) fn about(self, file: &Path, mapping: Option<&Path>) -> Self {
        let named = match &self {
            Self::Runtime(RuntimeError::OfMapping(_)) => mapping,
            Self::Runtime(error) if error.is_of_file() => Some(file),
            Self::Refused(_) => Some(file),
            _ => None,
        };
        match named {
            Some(path) => Self::OfFile(file_name(path), Box::new(self)),
            None => self,
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::OfFile(_, fault) => fault.code(),
            Self::Runtime(error) => match error.class() {
                ErrorClass::Use => USE,
                ErrorClass::Locked => LOCKED,
                ErrorClass::Damaged => DAMAGED,
                ErrorClass::Refused => REFUSED,
            },
            Self::Usage(_) | Self::Output => USE,
            Self::Refused(_) => REFUSED,
        }
    }

    /// Says it on the standard error output and gives the exit code.
    pub(super) fn end(&self) -> ExitCode {
        output::warn(&self.to_string());
        ExitCode::from(self.code())
    }
}
