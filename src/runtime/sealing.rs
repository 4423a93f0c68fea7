//! The file that was taken in, sealed into the vault beside its batch; the clear one is deleted afterwards.

use std::path::{Path, PathBuf};

use openssl::base64::{decode_block, encode_block};

use super::desk::Desk;
use super::error::RuntimeError;
use super::fetching;
use crate::app::attachments::{self, AttachmentFault, MOST_BYTES};
use crate::app::host::Settling;
use crate::domain::case::Attachment;
use crate::domain::command::{Act, Command};
use crate::domain::progress::Going;
use crate::domain::{EstablishmentId, Prefix};
use crate::store::StoreError;
use crate::store::registry::ClearFile;

/// The title of a sealed source.
const TITLE: &str = "取込元のファイル";

impl Desk {
    /// Seals the source file that bears this number in the list of clear files beside its batch, then deletes it.
    ///
    /// One that is too large to stand in a row, or whose batch has gone, is sealed beside itself as an age file.
    ///
    /// # Errors
    /// The file is another one than was taken in, or cannot be read or deleted; it stays on the list then.
    pub fn seal_source(&mut self, number: i64) -> Result<(), RuntimeError> {
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
    pub(super) fn seal_fetched(&mut self, number: i64, bytes: &[u8], sha256: &str) -> Result<(), RuntimeError> {
        let file = self.clear_file(number)?;
        if sha256 != file.sha256 {
            return Err(RuntimeError::OtherFile);
        }
        let path = Path::new(&file.path);
        let site = EstablishmentId::parse(&file.site)?;
        let is_small = u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST_BYTES);
        match self.attachment(&site, path, &file.sha256, bytes)?.filter(|_| is_small) {
            Some(attachment) => self.keep(&site, attachment, bytes)?,
            None => return self.settle_clear_file(number, Settling::Seal),
        }
        self.settle_clear_file(number, Settling::Delete)
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
