//! Attachments: a file read and sealed beside a record, and written out again after a confirmation.
//!
//! The bytes are kept as they came. The file they came from and every file written out lie in clear, and are noted so.

use std::io::Read;
use std::path::{Path, PathBuf};

use openssl::base64::{decode_block, encode_block};
use openssl::sha::sha256;

use super::desk::Desk;
use super::documents::folder;
use super::error::RuntimeError;
use crate::app::attachments::{self, AttachmentFault, MOST_BYTES, Received};
use crate::app::host::NewAttachment;
use crate::domain::case::Attachment;
use crate::domain::{EstablishmentId, Id};
use crate::store::StoreError;
use crate::store::audit::hex;

/// The word under which the file that was taken in is remembered.
const SOURCE: &str = "添付元";
/// The word under which a file that was written out is remembered, and of its audit line.
const WRITTEN: &str = "添付の書出し";

impl Desk {
    /// Reads a file, seals it beside a record, and remembers that the file lies in clear.
    ///
    /// # Errors
    /// The file cannot be read, or is not one that is kept; nothing has changed then.
    pub fn attach(&mut self, site: &EstablishmentId, new: &NewAttachment) -> Result<Id, RuntimeError> {
        let bytes = self.read_at_most(&new.path)?;
        let kind = attachments::kind(&bytes)?;
        let digest = hex(&sha256(&bytes));
        self.refuse_known(site, &new.record, &digest)?;
        let received = Received {
            record: new.record.clone(),
            title: new.title.clone(),
            kind,
            sha256: digest.clone(),
            content: encode_block(&bytes),
        };
        let (id, command) = attachments::attach(self.site(site)?, received, self.today())?;
        self.perform(site, &command.ending(new.draft.clone()))?;
        let path = std::path::absolute(&new.path).unwrap_or_else(|_| new.path.clone());
        self.remember_clear_file(site, &path, SOURCE, &digest)?;
        Ok(id)
    }

    /// Writes an attachment into the folder of the documents under its number, and notes the file in clear.
    ///
    /// # Errors
    /// There is no such attachment or folder, a file of that name exists, or the bytes are not those taken in.
    pub fn write_attachment(&mut self, site: &EstablishmentId, id: &Id) -> Result<PathBuf, RuntimeError> {
        let open = self.open_site(site)?;
        let line = open.site.attachments.iter().find(|line| &line.id == id).ok_or(AttachmentFault::NoAttachment)?;
        let name = attachments::file_name(line);
        let kept = open.store.find::<Attachment>(id)?.ok_or(AttachmentFault::NoAttachment)?;
        let bytes = decode_block(&kept.content).map_err(|_| damaged())?;
        if hex(&sha256(&bytes)) != kept.sha256 {
            return Err(damaged().into());
        }
        let folder = folder(&self.out_folder(None)?, site, self.today());
        let path = folder.join(name);
        self.refuse_occupied(&folder, std::slice::from_ref(&path))?;
        self.files.publish(&path, &bytes)?;
        self.remember_clear_file(site, &path, WRITTEN, &kept.sha256)?;
        self.audit(site, WRITTEN, id.as_str(), "")?;
        Ok(path)
    }

    /// One byte more than is kept at most, so that a large file is refused without being read.
    fn read_at_most(&self, path: &Path) -> Result<Vec<u8>, RuntimeError> {
        let mut bytes = Vec::new();
        self.vault_files().size_of_source(path)?;
        let file = self.vault_files().open(path)?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(crate::vault::files::FilesError::from)?;
        Ok(bytes)
    }

    fn refuse_known(&self, site: &EstablishmentId, record: &Id, digest: &str) -> Result<(), RuntimeError> {
        let open = self.open_site(site)?;
        for line in open.site.attachments.iter().filter(|line| &line.record == record) {
            if open.store.find::<Attachment>(&line.id)?.is_some_and(|kept| kept.sha256 == digest) {
                return Err(AttachmentFault::Known.into());
            }
        }
        Ok(())
    }
}

fn damaged() -> StoreError {
    StoreError::Unreadable("attachment".to_owned())
}
