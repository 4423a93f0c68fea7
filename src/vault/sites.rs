//! The databases on disk: new ones in the order that survives a power cut, and what does not belong.

use std::path::PathBuf;

use super::database::{self, OpenDatabase};
use super::error::VaultError;
use super::files::{Files, FilesError};
use super::key_file;
use super::layout::{DatabaseId, Layout};
use super::open::Vault;
use super::secret::DatabaseKey;

/// A file in the vault that has no counterpart; it is named, never deleted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Orphan {
    /// A new establishment whose creation was cut off before the database had its name.
    #[error("{0}: 作成の途中で止まった事業場のファイルがあります。中身はありません。")]
    Unfinished(DatabaseId),
    /// A database without its key: it cannot be opened.
    #[error("{0}: データベースはありますが、鍵ファイルがありません。控え(バックアップ)から鍵を戻してください。")]
    WithoutKey(DatabaseId),
    /// A key without its database.
    #[error("{0}: 鍵ファイルはありますが、データベースがありません。控え(バックアップ)から戻してください。")]
    WithoutDatabase(DatabaseId),
    /// Database and key are whole, but the registry does not know them.
    #[error("{0}: 登録されていない事業場のファイルがあります。登録の途中で止まったか、外から置かれたものです。")]
    NotRegistered(DatabaseId),
    /// The registry knows it, but neither database nor key is there.
    #[error("{0}: 登録されている事業場のファイルがありません。控え(バックアップ)から戻してください。")]
    Gone(DatabaseId),
    /// A file that is none of ours.
    #[error("sites の中に、この金庫のものではないファイルが{0}個あります。確かめて別の場所へ移してください。")]
    Foreign(usize),
}

/// Lists every database whose file and key are both present, the registry first.
pub(super) fn present(files: &dyn Files, layout: &Layout) -> Result<Vec<DatabaseId>, FilesError> {
    let mut ids = vec![DatabaseId::Registry];
    ids.extend(named(files, layout)?);
    ids.retain(|id| files.exists(&layout.database(*id)) && files.exists(&layout.key(*id)));
    Ok(ids)
}

/// Lists every establishment of which any file is there, in ascending order.
fn named(files: &dyn Files, layout: &Layout) -> Result<Vec<DatabaseId>, FilesError> {
    let names = files.list(&layout.sites())?;
    let mut ids: Vec<DatabaseId> = names.iter().filter_map(|name| owner_of(name)).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn owner_of(name: &str) -> Option<DatabaseId> {
    const ENDINGS: [&str; 8] =
        ["db", "db-wal", "db-shm", "db.new", "db.new-wal", "db.new-shm", "key.age", "key.age.next"];
    let (id, ending) = name.split_once('.')?;
    ENDINGS.contains(&ending).then(|| id.parse().ok()).flatten().filter(|id| *id != DatabaseId::Registry)
}

impl Vault {
    /// Lists the establishments whose database and key are both on disk.
    pub fn sites(&self) -> Result<Vec<DatabaseId>, VaultError> {
        let ids = present(&*self.files, &self.layout)?;
        Ok(ids.into_iter().filter(|id| *id != DatabaseId::Registry).collect())
    }

    /// Returns the next free id: above everything registered (erased ones included) and above every file on disk.
    pub fn next_site(&self, registered: &[DatabaseId]) -> Result<DatabaseId, VaultError> {
        let on_disk = named(&*self.files, &self.layout)?;
        let highest = on_disk.iter().chain(registered).map(|id| match id {
            DatabaseId::Site(number) => *number,
            DatabaseId::Registry => 0,
        });
        Ok(DatabaseId::Site(highest.max().unwrap_or(0).saturating_add(1)))
    }

    /// Makes the database of a new establishment and opens it; the caller writes the registry row afterwards, last.
    ///
    /// Order: database under a temporary name, fsync, key file, fsync, the database's name, fsync of the folder. Without
    /// a registry row, what a power cut leaves is an orphan that [`Vault::reconcile`] names.
    pub fn new_site(&mut self, id: DatabaseId) -> Result<OpenDatabase, VaultError> {
        let (database, key_path) = (self.layout.database(id), self.layout.key(id));
        let unfinished = self.layout.unfinished(id);
        if [&database, &key_path, &unfinished].into_iter().any(|path| self.files.exists(path)) {
            return Err(VaultError::TargetExists);
        }
        let key = DatabaseKey::generate()?;
        if let Err(error) = self.make_site(id, &key) {
            let _ = self.files.remove(&unfinished);
            let _ = self.files.remove(&key_path);
            return Err(error);
        }
        self.files.rename(&unfinished, &database)?;
        self.files.sync_dir(&self.layout.sites())?;
        self.open_database(id)
    }

    fn make_site(&self, id: DatabaseId, key: &DatabaseKey) -> Result<(), VaultError> {
        let vault = &self.header.vault;
        let unfinished = self.layout.unfinished(id);
        database::create(&*self.files, &unfinished, id, key, |connection| database::write_meta(connection, id, vault))?;
        let sealed = key_file::seal(&[&self.owner.secret.to_public(), &self.owner.recovery], id, vault, key)?;
        Ok(self.files.write_new(&self.layout.key(id), &sealed)?)
    }

    /// Compares the files with what the registry knows and names what does not fit; deletes nothing.
    pub fn reconcile(&self, registered: &[DatabaseId]) -> Result<Vec<Orphan>, VaultError> {
        let mut ids = named(&*self.files, &self.layout)?;
        ids.extend(registered.iter().filter(|id| **id != DatabaseId::Registry));
        ids.sort_unstable();
        ids.dedup();
        let mut orphans: Vec<Orphan> =
            ids.into_iter().filter_map(|id| self.orphan(id, registered.contains(&id))).collect();
        let names = self.files.list(&self.layout.sites())?;
        let foreign = names.iter().filter(|name| owner_of(name).is_none()).count();
        orphans.extend((foreign > 0).then_some(Orphan::Foreign(foreign)));
        Ok(orphans)
    }

    fn orphan(&self, id: DatabaseId, registered: bool) -> Option<Orphan> {
        let there = |path: PathBuf| self.files.exists(&path);
        match (there(self.layout.database(id)), there(self.layout.key(id))) {
            (true, true) => (!registered).then_some(Orphan::NotRegistered(id)),
            (true, false) => Some(Orphan::WithoutKey(id)),
            (false, _) if there(self.layout.unfinished(id)) && !registered => Some(Orphan::Unfinished(id)),
            (false, true) => Some(Orphan::WithoutDatabase(id)),
            (false, false) => Some(Orphan::Gone(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_have_an_owner() {
        for name in ["E01.db", "E01.db-wal", "E01.db.new", "E01.key.age", "E01.key.age.next"] {
            assert_eq!(owner_of(name), Some(DatabaseId::Site(1)), "{name}");
        }
        for name in ["registry.db", "E1.db", "E01", "E01.txt", ".db", "conflict-E01.db"] {
            assert_eq!(owner_of(name), None, "{name}");
        }
    }
}
