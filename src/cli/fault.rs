//! Why a command was not done, and the exit code that says so.

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
    /// The output cannot be written.
    #[error("出力を書けません。出力先の空きと権限を確かめてください。")]
    Output,
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

    fn code(&self) -> u8 {
        match self {
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
