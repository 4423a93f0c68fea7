//! What can go wrong while something is performed, from every module below, and the class that decides the exit code.

use crate::documents::signer::SignerError;
use crate::domain::id::BadId;
use crate::law::param::ParameterError;
use crate::store::StoreError;
use crate::vault::files::FilesError;
use crate::vault::{CryptoError, ErrorClass, VaultError};

/// Says why something was not done; holds no person, no path and no secret.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file outside the vault.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The signing key.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The cryptographic library.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// A text that is no id.
    #[error(transparent)]
    Id(#[from] BadId),
    /// The law that ships with the program cannot be read.
    #[error("法令のデータを読めません。プログラムを入れ直してください。")]
    Law,
    /// No establishment of that id.
    #[error("その番号の事業場はありません。junkai establishment list で番号を確かめてください。")]
    NoSuchSite,
    /// The establishment's database did not open.
    #[error("{0} を開けませんでした。junkai check で調べ、控え（バックアップ）からの復元を考えてください。")]
    SiteNotOpen(String),
    /// No worker of that id.
    #[error("その番号の労働者はいません。junkai workers で番号を確かめてください。")]
    NoSuchWorker,
    /// The establishment's database holds no establishment.
    #[error("{0} の登録内容がありません。控え（バックアップ）からの復元を考えてください。")]
    EmptySite(String),
    /// A setting that does not exist.
    #[error("その設定はありません。設定の画面から選んでください。")]
    UnknownSetting,
    /// A setting with a value that cannot be.
    #[error("その設定には使えない値です。設定の画面にある範囲で入れてください。")]
    BadSetting,
    /// Whoever asked is told that the desk is closed.
    #[error("金庫は施錠されています。解錠してから、もう一度実行してください。")]
    Locked,
    /// A part of the program ended in an unforeseen way.
    #[error("内部の誤りで止まりました。記録済みの内容は失われていません。開き直してください。")]
    Broken,
}

impl From<ParameterError> for RuntimeError {
    fn from(_: ParameterError) -> Self {
        Self::Law
    }
}

impl RuntimeError {
    /// Returns the class that decides the exit code of a headless command.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::Vault(error) => error.class(),
            Self::Store(error) => store_class(error),
            Self::Locked => ErrorClass::Locked,
            Self::Files(_) | Self::Id(_) | Self::NoSuchSite | Self::NoSuchWorker => ErrorClass::Use,
            Self::UnknownSetting | Self::BadSetting | Self::Signer(_) => ErrorClass::Use,
            Self::Crypto(_) | Self::Law | Self::Broken => ErrorClass::Damaged,
            Self::SiteNotOpen(_) | Self::EmptySite(_) => ErrorClass::Damaged,
        }
    }
}

fn store_class(error: &StoreError) -> ErrorClass {
    match error {
        StoreError::Full => ErrorClass::Use,
        StoreError::Database(_) | StoreError::Unreadable(_) | StoreError::Newer { .. } => ErrorClass::Damaged,
        StoreError::Frozen(_) | StoreError::NothingToUndo | StoreError::NothingToRedo => ErrorClass::Refused,
        StoreError::Conflict(_) | StoreError::OlderSchema | StoreError::NoBatch => ErrorClass::Refused,
    }
}
