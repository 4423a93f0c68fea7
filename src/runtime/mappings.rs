//! A mapping written out as TOML, to be carried to another establishment or another desk: names of columns, and nobody's.

use std::path::PathBuf;

use openssl::sha::sha256;

use super::desk::Desk;
use super::documents::folder;
use super::error::RuntimeError;
use super::imports::ReadFile;
use crate::app::Site;
use crate::domain::{Day, EstablishmentId};
use crate::import::folding;
use crate::store::audit::hex;

/// The word under which the file is remembered, and of its audit line.
const WRITTEN: &str = "取込設定の書出し";
/// A number of fewer characters may be the name of a column (1, 23) and names nobody.
const LEAST_NUMBER: usize = 3;

impl Desk {
    /// Writes the mapping of the read file into the folder of the documents; the name holds the id of the establishment
    /// and the day only. Days that were fixed are this file's, and stay.
    ///
    /// # Errors
    /// [`RuntimeError::NothingRead`]; [`RuntimeError::PeopleInMapping`] where a heading or a fixed value is somebody of
    /// the roster; there is no such folder, or it cannot be written.
    pub(super) fn export_mapping(&mut self) -> Result<PathBuf, RuntimeError> {
        let file = self.read.as_ref().ok_or(RuntimeError::NothingRead)?;
        let (id, text) = (file.site.clone(), text(file));
        if names_people(self.site(&id)?, file) {
            return Err(RuntimeError::PeopleInMapping);
        }
        let (folder, path) = self.mapping_place(&id)?;
        self.refuse_occupied(&folder, std::slice::from_ref(&path))?;
        self.files.publish(&path, text.as_bytes())?;
        let digest = hex(&sha256(text.as_bytes()));
        self.remember_clear_file(&id, &path, WRITTEN, &digest)?;
        self.audit(&id, WRITTEN, id.as_str(), &digest)?;
        Ok(path)
    }

    /// Where the mapping of the read file would be written; nothing where no folder is set.
    pub(super) fn mapping_target(&self) -> String {
        let place = self.read.as_ref().and_then(|file| self.mapping_place(&file.site).ok());
        place.map_or_else(String::new, |(_, path)| path.to_string_lossy().into_owned())
    }

    fn mapping_place(&self, id: &EstablishmentId) -> Result<(PathBuf, PathBuf), RuntimeError> {
        let folder = folder(&self.out_folder(None)?, id, self.today());
        let name = |number: u32| folder.join(file_name(id, self.today(), number));
        let path = (1..100).map(name).find(|path| !self.files.exists(path)).unwrap_or_else(|| name(1));
        Ok((folder, path))
    }
}

/// `E01-mapping-20261120.toml`; a second one of the day bears a number.
fn file_name(id: &EstablishmentId, day: Day, number: u32) -> String {
    let day = day.format("%Y%m%d");
    match number {
        1 => format!("{id}-mapping-{day}.toml"),
        number => format!("{id}-mapping-{day}-{number}.toml"),
    }
}

fn text(file: &ReadFile) -> String {
    file.proposal.profile.without_days().to_toml(file.kind, &folding::fold_header(&file.table.header))
}

/// Whether a heading or a fixed value is somebody of the roster: a file without headings has its first row for them.
fn names_people(site: &Site, file: &ReadFile) -> bool {
    let words = file.table.header.iter().chain(file.proposal.profile.fixed.values());
    let words: Vec<String> = words.map(|word| folding::fold(word).into_owned()).collect();
    let is_told = |text: &str| !text.is_empty() && words.iter().any(|word| *word == folding::fold(text));
    site.workers.iter().any(|worker| {
        let number = Some(worker.number.as_str()).filter(|number| number.chars().count() >= LEAST_NUMBER);
        is_told(&worker.name) || is_told(&worker.kana) || number.is_some_and(is_told)
    })
}
