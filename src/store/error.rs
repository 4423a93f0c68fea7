//! What can go wrong below, in words that hold no person's data.

use crate::domain::Table;
use crate::domain::progress::Stopped;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused; the text of SQLite holds no values.
    #[error("データベースの操作ができませんでした（{0}）。何も変わっていません。「check」で検査してください。")]
    Database(String),
    /// The disk is full.
    #[error("ディスクの空きが足りません。何も変わっていません。空きを作ってからやり直してください。")]
    Full,
    /// A row does not read back as what its table holds.
    #[error("表 {0} に読めない行があります。「check」で検査し、バックアップからの復元を考えてください。")]
    Unreadable(String),
    /// The database was written by a newer version.
    #[error(
        "この金庫はもっと新しい版の junkai で書かれています（様式 {found}、この版は {known} まで）。新しい版で開いてください。"
    )]
    Newer {
        /// Version found.
        found: i64,
        /// Newest known here.
        known: i64,
    },
    /// The row is cited by an issued document.
    #[error("発行した文書がこの記録に基づいています。直すときは新しい版を作ってください。")]
    Frozen(Table),
    /// There is nothing to take back.
    #[error("取り消せる操作はありません。")]
    NothingToUndo,
    /// There is nothing to do again.
    #[error("やり直せる操作はありません。取込を取り消したあとは、同じファイルをもう一度取り込んでください。")]
    NothingToRedo,
    /// Later changes touched the same rows.
    #[error(
        "あとから変わった記録が {0} 件あるため、この操作だけを取り消せません。新しいほうから順に取り消してください。"
    )]
    Conflict(usize),
    /// The operation was journalled under an older schema.
    #[error("この操作は古い様式で記録されているため取り消せません。いまの記録を直してください。")]
    OlderSchema,
    /// The batch was already taken back, or never was.
    #[error("この取込は見つからないか、すでに取り消されています。")]
    NoBatch,
    /// The physician stopped it.
    #[error("{Stopped}")]
    Stopped,
}

impl From<Stopped> for StoreError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl From<rusqlite::Error> for StoreError {
    /// Keeps the code and drops the text: SQLite's messages may quote a statement.
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(code) => Self::Database(format!("{code:?}")),
            None => Self::Database("値の型".to_owned()),
        }
    }
}
