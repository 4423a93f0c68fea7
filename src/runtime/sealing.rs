//! The file that was taken in, sealed into the vault beside its batch; the clear one is deleted afterwards.

use std::path::{Path, PathBuf};

use openssl::base64::{decode_block, encode_block};

use super::desk::Desk;
use super::error::RuntimeError;
use super::fetching;
use crate::app::attachments::{self, AttachmentFault, MOST_BYTES};
use crate::app::host::Settling;
use crate::domain::case::Attachment;
use crate::domain::command::{Act, Command, Operation};
use crate::domain::progress::Going;
use crate::domain::{EstablishmentId, Prefix};
use crate::store::StoreError;
use crate::store::registry::ClearFile;
use crate::vault::sealed_name;

/// The title of a sealed source.
const TITLE: &str = "取込元のファイル";
/// The word under which a sealed file is listed whose batch was erased.
const SEALED: &str = "封入済";

impl Desk {
    /// Seals the source file that bears this number in the list of clear files beside its batch, then deletes it.
    ///
    /// One that is too large to stand in a row, or whose batch has gone, is sealed beside itself as an age file. Says
    /// whether it is in the vault.
    ///
    /// # Errors
    /// The file is another one than was taken in, or cannot be read or deleted; it stays on the list then.
    pub fn seal_source(&mut self, number: i64) -> Result<bool, RuntimeError> {
        let (bytes, sha256) = fetching::bytes(&*self.files, &self.source_of(number)?, &Going::freely())?;
        self.seal_fetched(number, &bytes, &sha256)
    }

    /// Where the source file lies that bears this number in the list of clear files.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn source_of(&self, number: i64) -> Result<PathBuf, RuntimeError> {
        Ok(PathBuf::from(self.clear_file(number)?.path))
    }

    fn clear_file(&self, number: i64) -> Result<ClearFile, RuntimeError> {
        let found = self.registry.clear_files()?.into_iter().find(|file| file.number == number);
        Ok(found.ok_or(AttachmentFault::NoAttachment)?)
    }

    /// As [`Desk::seal_source`], of bytes that were read from it, and what they hash to.
    ///
    /// # Errors
    /// As [`Desk::seal_source`].
    pub(super) fn seal_fetched(&mut self, number: i64, bytes: &[u8], sha256: &str) -> Result<bool, RuntimeError> {
        let file = self.clear_file(number)?;
        if sha256 != file.sha256 {
            return Err(RuntimeError::OtherFile);
        }
        let path = Path::new(&file.path);
        let site = EstablishmentId::parse(&file.site)?;
        let is_small = u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST_BYTES);
        match self.attachment(&site, path, &file.sha256, bytes)?.filter(|_| is_small) {
            Some(attachment) => self.keep(&site, attachment, bytes)?,
            None => return self.settle_clear_file(number, Settling::Seal).map(|()| false),
        }
        self.settle_clear_file(number, Settling::Delete).map(|()| true)
    }

    /// The size of a file in clear that is too large for the vault; none of any other, and of one that has gone.
    pub(super) fn too_large(&self, file: &ClearFile) -> Option<u64> {
        self.files.size(Path::new(&file.path)).filter(|size| *size > MOST_BYTES)
    }

    /// Where the file that a batch came from was sealed beside itself and still lies.
    ///
    /// # Errors
    /// There is no such batch, and what the store says.
    pub fn sealed_beside(&self, id: &EstablishmentId, operation: &Operation) -> Result<Vec<PathBuf>, RuntimeError> {
        let batch = operation.batch.as_ref().ok_or(StoreError::NoBatch)?;
        let sha256 = self.open_site(id)?.store.file_sha256(batch)?;
        let known = self.registry.settled_files(id.as_str(), &sha256)?;
        let sealed = known.iter().filter(|path| !path.is_empty()).map(|path| sealed_name(Path::new(path)));
        Ok(sealed.filter(|path| self.files.exists(path)).collect())
    }

    /// Puts the sealed files of an erased batch among the files that are to be settled: there they can be deleted.
    pub(super) fn list_sealed(&mut self, id: &EstablishmentId, sealed: &[PathBuf]) -> Result<(), RuntimeError> {
        for path in sealed {
            let (_, digest) = fetching::bytes(&*self.files, path, &Going::freely())?;
            self.remember_clear_file(id, path, SEALED, &digest)?;
        }
        Ok(())
    }

    fn attachment(
        &self,
        site: &EstablishmentId,
        path: &Path,
        sha256: &str,
        bytes: &[u8],
    ) -> Result<Option<Attachment>, RuntimeError> {
        let known = self.site(site)?;
        let batch = known.batches.iter().rev().find(|batch| batch.sha256 == sha256 && batch.undone_on.is_none());
        Ok(batch.map(|batch| Attachment {
            id: known.next_id(Prefix::Row),
            record: batch.id.clone(),
            title: TITLE.to_owned(),
            media_type: attachments::media_type(path, bytes).to_owned(),
            sha256: sha256.to_owned(),
            content: encode_block(bytes),
            day: self.today(),
        }))
    }

    /// Keeps the bytes and reads them back: the clear file is deleted only after that.
    fn keep(&mut self, site: &EstablishmentId, attachment: Attachment, bytes: &[u8]) -> Result<(), RuntimeError> {
        let id = attachment.id.clone();
        self.perform(site, &Command::new(Act::Attach, attachment.record.to_string()).put(attachment))?;
        let kept = self.open_site(site)?.store.find::<Attachment>(&id)?;
        let read_back = kept.and_then(|kept| decode_block(&kept.content).ok());
        if read_back.as_deref() == Some(bytes) {
            Ok(())
        } else {
            Err(StoreError::Unreadable("attachment".to_owned()).into())
        }
    }
}
