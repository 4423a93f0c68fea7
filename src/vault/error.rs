//! What can go wrong with a vault, in the physician's words, and the class that decides the exit code.

use super::database::DatabaseError;
use super::files::FilesError;
use super::identity::IdentityError;
use super::passphrase::WeakPassphrase;
use super::recovery::CodeError;
use super::secret::CryptoError;

/// The kind of a failure, as the headless commands tell it by their exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// Wrong use: a target that exists, a folder that may not be written, a full disk (exit code 2).
    Use,
    /// Wrong passphrase, missing identity, or held by another instance (exit code 3).
    Locked,
    /// Damaged, swapped or unreadable data (exit code 4).
    Damaged,
    /// Refused by a rule, such as a weak passphrase (exit code 5).
    Refused,
}

/// Says why something with the vault was not done; holds no path, no person and no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// No `vault.json` at the place.
    #[error("ここには金庫がありません。場所(--vault)を確かめるか、junkai init で新しい金庫を作ってください。")]
    NotAVault,
    /// A vault or another file is already there.
    #[error("この場所にはすでに金庫またはファイルがあります。上書きはしません。空の場所を指定してください。")]
    TargetExists,
    /// `vault.json` cannot be read.
    #[error("金庫の見出しファイル vault.json が壊れています。控え(バックアップ)から別の場所へ復元してください。")]
    DamagedHeader,
    /// A newer program wrote the vault.
    #[error(
        "この金庫は新しい版の junkai のものです(形式{found}、このプログラムは{known}まで)。新しい版で開いてください。"
    )]
    NewerVersion {
        /// The format that was found.
        found: u32,
        /// The newest format that this program knows.
        known: u32,
    },
    /// Another instance holds the vault.
    #[error("この金庫は、もう一つの junkai が開いています。そちらを終了してから、もう一度開いてください。")]
    AlreadyOpen,
    /// The typed code is not the one of this vault.
    #[error("この回復コードは、この金庫のものではありません。控えの紙を確かめてください。")]
    OtherRecoveryCode,
    /// The old passphrase of a change was wrong.
    #[error("今のパスフレーズが違います。何も変えていません。")]
    OldPassphraseWrong,
    /// The list of databases that was handed in is not the one of the vault.
    #[error("すべての事業場がそろっていないため、控えを作りませんでした。もう一度解錠してから実行してください。")]
    Incomplete,
    /// A change is still open in a database.
    #[error("編集の途中なので、控えを作りませんでした。編集を終えてから実行してください。")]
    EditRunning,
    /// The backup was cut off, changed, or sealed to somebody else.
    #[error("控え(バックアップ)が壊れているか、この鍵では開けません。別の控えか、回復コードで試してください。")]
    BackupDamaged,
    /// What was read back differs from what was written.
    #[error("書いた控え(バックアップ)を読み返したところ、一致しませんでした。別の媒体に作り直してください。")]
    BackupNotVerified,
    /// The passphrase is too weak to be set.
    #[error(transparent)]
    Weak(#[from] WeakPassphrase),
    /// The recovery code was mistyped.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The identity did not open.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// A database did not open.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A step on the files failed.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The cryptographic library failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl VaultError {
    /// Returns the class that decides the exit code.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::AlreadyOpen | Self::OtherRecoveryCode | Self::OldPassphraseWrong => ErrorClass::Locked,
            Self::NotAVault | Self::TargetExists | Self::Files(_) | Self::Code(_) => ErrorClass::Use,
            Self::Identity(error) => identity_class(error),
            Self::Database(DatabaseError::Files(_) | DatabaseError::Full(_)) => ErrorClass::Use,
            Self::Database(DatabaseError::Busy(_)) => ErrorClass::Locked,
            Self::Weak(_) | Self::Incomplete | Self::EditRunning => ErrorClass::Refused,
            Self::DamagedHeader | Self::NewerVersion { .. } | Self::BackupDamaged => ErrorClass::Damaged,
            Self::BackupNotVerified | Self::Database(_) | Self::Crypto(_) => ErrorClass::Damaged,
        }
    }
}

fn identity_class(error: &IdentityError) -> ErrorClass {
    match error {
        IdentityError::Missing | IdentityError::WrongPassphrase | IdentityError::OtherVault => ErrorClass::Locked,
        IdentityError::Files(_) => ErrorClass::Use,
        IdentityError::Damaged | IdentityError::UnknownFormat => ErrorClass::Damaged,
        IdentityError::ExcessiveWork(_) | IdentityError::Crypto(_) => ErrorClass::Damaged,
    }
}
