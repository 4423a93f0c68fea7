//! What long work needs and what outlives a lock: the fonts, loaded once when the first document is set.

use super::error::RuntimeError;
use crate::documents::fonts::Library;
use crate::documents::typeset::Typesetter;

/// The fonts, once they were needed.
#[derive(Debug, Default)]
pub struct Workshop {
    ready: Option<(Option<String>, Typesetter)>,
}

impl Workshop {
    /// Gives the typesetter for the named family; the fonts are scanned at the first call only.
    ///
    /// # Errors
    /// No usable font, or not the named one.
    pub fn typesetter(&mut self, font: Option<&str>) -> Result<&Typesetter, RuntimeError> {
        if self.ready.as_ref().is_none_or(|(named, _)| named.as_deref() != font) {
            let typesetter = Typesetter::new(Library::from_system(font)?)?;
            self.ready = Some((font.map(str::to_owned), typesetter));
        }
        self.ready.as_ref().map(|(_, typesetter)| typesetter).ok_or(RuntimeError::Broken)
    }

    /// Forgets what earlier documents said: called when the vault is locked.
    pub fn forget(&self) {
        if let Some((_, typesetter)) = &self.ready {
            typesetter.forget();
        }
    }
}
