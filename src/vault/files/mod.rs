//! The one interface through which the program changes files of its own.
//!
//! It knows single steps (create, write, fsync, rename, …) so that a test can stop after each of them; it must not know
//! what a file means. SQLite writes its databases itself; creating, adopting and naming them goes through here.

pub mod fake;
mod real;

use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

pub use real::RealFiles;

/// Says why a step on a file failed, without naming the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FilesError {
    /// The target is already there and is never overwritten.
    #[error("同じ名前のファイルまたはフォルダがすでにあります。上書きはしません。別の場所を指定してください。")]
    AlreadyExists,
    /// The file or folder is not there.
    #[error("ファイルまたはフォルダが見つかりません。場所と、外部媒体の接続を確かめてください。")]
    Missing,
    /// The folder or file may not be read or written by this user.
    #[error("読み書きの許可がありません。フォルダの権限を確かめるか、別の場所を指定してください。")]
    NotPermitted,
    /// The disk or the quota is full.
    #[error(
        "ディスクに空きがありません。空きを作ってから、もう一度実行してください。記録済みの内容は失われていません。"
    )]
    Full,
    /// A folder where a file was wanted.
    #[error("フォルダです。中のファイルを一つ指定してください。")]
    Folder,
    /// A device or a pipe where a file was wanted.
    #[error("普通のファイルではありません。ファイルに保存してから指定してください。")]
    NotAFile,
    /// Another program has the file and lends it to nobody.
    #[error("ほかのプログラムが開いています。Excel などで開いていれば閉じてから、もう一度実行してください。")]
    InUse,
    /// Any other failure of the operating system, by its kind.
    #[error("ファイルの読み書きに失敗しました({0})。媒体の状態を確かめて、もう一度実行してください。")]
    Failed(ErrorKind),
}

impl From<std::io::Error> for FilesError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => Self::AlreadyExists,
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NotPermitted,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::IsADirectory => Self::Folder,
            ErrorKind::ResourceBusy => Self::InUse,
            _ if is_lent_to_nobody(&error) => Self::InUse,
            kind => Self::Failed(kind),
        }
    }
}

/// What Windows says of a file that a spreadsheet has open; no kind of error stands for it.
fn is_lent_to_nobody(error: &std::io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION)
}

impl From<FilesError> for std::io::Error {
    fn from(error: FilesError) -> Self {
        let kind = match error {
            FilesError::AlreadyExists => ErrorKind::AlreadyExists,
            FilesError::Missing => ErrorKind::NotFound,
            FilesError::NotPermitted => ErrorKind::PermissionDenied,
            FilesError::Full => ErrorKind::StorageFull,
            FilesError::Folder => ErrorKind::IsADirectory,
            FilesError::NotAFile => ErrorKind::InvalidInput,
            FilesError::InUse => ErrorKind::ResourceBusy,
            FilesError::Failed(kind) => kind,
        };
        std::io::Error::new(kind, error)
    }
}

/// A file that was just created and is still being written.
pub trait NewFile: Write + Send {
    /// Makes everything written so far durable (fsync).
    fn sync(&mut self) -> Result<(), FilesError>;
}

/// The steps on files; each required method is one step that may fail or be the last before a power cut.
pub trait Files: Send + Sync {
    /// Creates a file with mode 0600 that must not exist yet.
    fn create_new(&self, path: &Path) -> Result<Box<dyn NewFile>, FilesError>;
    /// Opens a file for reading.
    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, FilesError>;
    /// Makes the content of an existing file durable (fsync), for a file that SQLite wrote.
    fn sync(&self, path: &Path) -> Result<(), FilesError>;
    /// Renames a file or folder; a file at the target is replaced.
    fn rename(&self, from: &Path, to: &Path) -> Result<(), FilesError>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> Result<(), FilesError>;
    /// Removes an empty folder.
    fn remove_dir(&self, path: &Path) -> Result<(), FilesError>;
    /// Creates a folder with mode 0700.
    fn create_dir(&self, path: &Path) -> Result<(), FilesError>;
    /// Makes the names inside a folder durable (fsync of the folder).
    fn sync_dir(&self, path: &Path) -> Result<(), FilesError>;
    /// Takes all rights of others away: 0600 for a file, 0700 for a folder.
    fn restrict(&self, path: &Path) -> Result<(), FilesError>;
    /// Tells whether something has this name.
    fn exists(&self, path: &Path) -> bool;
    /// Returns the number of bytes of a file; `None` for a folder, a device or a pipe, and for what is not there.
    fn size(&self, path: &Path) -> Option<u64>;
    /// Tells whether the path is a folder.
    fn is_dir(&self, path: &Path) -> bool;
    /// Lists the names inside a folder, sorted.
    fn list(&self, path: &Path) -> Result<Vec<String>, FilesError>;
    /// Returns the permission bits, or `None` where the platform has none.
    fn mode(&self, path: &Path) -> Result<Option<u32>, FilesError>;
    /// Returns a number that two paths share if they lie on one medium, or `None` where the platform does not say.
    ///
    /// A path that is not there yet counts as its nearest folder that is.
    fn medium(&self, path: &Path) -> Option<u64>;

    /// Reads a whole file; meant for small sealed files.
    fn read(&self, path: &Path) -> Result<Vec<u8>, FilesError> {
        let mut content = Vec::new();
        self.open(path)?.read_to_end(&mut content)?;
        Ok(content)
    }

    /// Returns the number of bytes of a file that somebody else made and that may be opened: what is a device or a pipe
    /// might never end.
    fn size_of_source(&self, path: &Path) -> Result<u64, FilesError> {
        match self.size(path) {
            Some(size) => Ok(size),
            None if self.is_dir(path) => Err(FilesError::Folder),
            None if self.exists(path) => Err(FilesError::NotAFile),
            // Opening says why nothing can be said of it.
            None => self.open(path).map(|_| 0),
        }
    }

    /// Writes a new file (0600) and makes its content durable; a file that was cut short is removed again.
    fn write_new(&self, path: &Path, content: &[u8]) -> Result<(), FilesError> {
        let mut file = self.create_new(path)?;
        let written = file.write_all(content).map_err(FilesError::from).and_then(|()| file.sync());
        drop(file);
        if written.is_err() {
            let _ = self.remove(path);
        }
        written
    }

    /// Replaces a file so that either the old or the new content is found after a power cut.
    fn replace(&self, path: &Path, content: &[u8]) -> Result<(), FilesError> {
        let temporary = temporary_name(path);
        if self.exists(&temporary) {
            self.remove(&temporary)?;
        }
        self.write_new(&temporary, content)?;
        self.rename(&temporary, path)?;
        self.sync_dir(parent(path))
    }

    /// Writes a new file that appears under its name only when it is whole and durable; for documents that leave.
    fn publish(&self, path: &Path, content: &[u8]) -> Result<(), FilesError> {
        if self.exists(path) { Err(FilesError::AlreadyExists) } else { self.replace(path, content) }
    }

    /// Creates a folder and those above it that are missing.
    fn create_dir_all(&self, path: &Path) -> Result<(), FilesError> {
        if self.is_dir(path) {
            return Ok(());
        }
        self.create_dir_all(parent(path))?;
        self.create_dir(path)?;
        self.sync_dir(parent(path))
    }

    /// Removes a folder with all it holds; used on our own unfinished folders only.
    fn remove_tree(&self, path: &Path) -> Result<(), FilesError> {
        for name in self.list(path)? {
            let inner = path.join(name);
            if self.is_dir(&inner) { self.remove_tree(&inner)? } else { self.remove(&inner)? }
        }
        self.remove_dir(path)
    }
}

/// Names the folder that holds a path; the current folder for a bare name.
pub fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Names the sibling under which a file is written before it gets its name.
pub fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".partial");
    path.with_file_name(name)
}
