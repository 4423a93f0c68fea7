//! The roster with its flags, written out in clear for the physician's own use and noted among the clear files.

use std::path::{Path, PathBuf};

use openssl::sha::sha256;

use super::desk::Desk;
use super::documents::folder;
use super::error::RuntimeError;
use crate::app::roster_list::{self, ListFormat};
use crate::documents::ledger::Ledger;
use crate::domain::EstablishmentId;
use crate::store::audit::hex;

/// The word under which the file is remembered, and of its audit line.
const WRITTEN: &str = "一覧の書出し";

impl Desk {
    /// Writes the roster of a site with its flags into `out`, or into the folder of the documents; the name holds ids
    /// and the day only. The caller has said that it lies in clear.
    ///
    /// # Errors
    /// There is no such folder, it cannot be written, or the format cannot hold the list.
    pub fn export_roster(
        &mut self,
        id: &EstablishmentId,
        format: ListFormat,
        out: Option<&Path>,
    ) -> Result<PathBuf, RuntimeError> {
        let rows = roster_list::rows(self.site(id)?, self.assessment(id)?);
        let count = rows.len();
        let ledger = Ledger { header: roster_list::COLUMNS.to_vec(), rows };
        let bytes = match format {
            ListFormat::Csv => ledger.csv()?,
            ListFormat::Xlsx => ledger.xlsx(self.today())?,
        };
        let folder = folder(&self.out_folder(out)?, id, self.today());
        let path = self.free_path(&folder, id, format);
        self.refuse_occupied(&folder, std::slice::from_ref(&path))?;
        self.files.publish(&path, &bytes)?;
        let digest = hex(&sha256(&bytes));
        self.remember_clear_file(id, &path, WRITTEN, &digest)?;
        self.audit(id, WRITTEN, id.as_str(), &format!("{count}行 {} {digest}", format.ending()))?;
        Ok(path)
    }

    /// `E01-roster-20261120.csv`; a second one of the day bears a number.
    fn free_path(&self, folder: &Path, id: &EstablishmentId, format: ListFormat) -> PathBuf {
        let day = self.today().format("%Y%m%d");
        let name = |number: u32| match number {
            1 => folder.join(format!("{id}-roster-{day}.{}", format.ending())),
            number => folder.join(format!("{id}-roster-{day}-{number}.{}", format.ending())),
        };
        (1..100).map(name).find(|path| !self.files.exists(path)).unwrap_or_else(|| name(1))
    }
}
