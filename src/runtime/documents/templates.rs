//! Which template a document is set with: the built-in one, or the physician's own file in the config folder (D4).
//!
//! A file named like its form, such as `opinion.typ`, stands in for the built-in template; it reaches the disclosed view
//! and nothing else. What cannot be used is refused: nothing falls back to the built-in one unasked.

use std::path::Path;

use openssl::sha::sha256;
use serde_json::{Value, json};

use crate::documents::Form;
use crate::documents::disclosure::printed_form;
use crate::documents::typeset::{TypesetError, Typesetter};
use crate::documents::view::Disclosed;
use crate::domain::Day;
use crate::runtime::error::RuntimeError;
use crate::store::audit::hex;
use crate::vault::files::Files;

/// More than any template needs.
const LONGEST: usize = 1 << 20;

/// The template of one copy.
#[derive(Debug, Clone)]
pub(super) struct Template {
    form: &'static Form,
    own: Option<String>,
}

impl Template {
    /// Looks for the template of a view; `folder` is where the physician's own ones lie.
    ///
    /// # Errors
    /// [`RuntimeError::OwnTemplateUnreadable`] if a file of that name lies there and is no text.
    pub(super) fn of(view: &Disclosed, folder: Option<&Path>, files: &dyn Files) -> Result<Self, RuntimeError> {
        let form = printed_form(view).ok_or(RuntimeError::Broken)?;
        let path = folder.map(|folder| folder.join(format!("{}.typ", form.name)));
        let own = path.filter(|path| files.exists(path)).map(|path| read(&path, files));
        let own = own.transpose().map_err(|()| RuntimeError::OwnTemplateUnreadable(form.name))?;
        Ok(Self { form, own })
    }

    /// The name of the file, if it is the physician's own.
    pub(super) fn own_name(&self) -> Option<String> {
        self.own.as_ref().map(|_| format!("{}.typ", self.form.name))
    }

    /// Sets the view.
    ///
    /// # Errors
    /// [`RuntimeError::OwnTemplate`] and [`RuntimeError::OwnTemplateOmits`] name the file; else as [`Form::pdf`].
    pub(super) fn set(&self, typesetter: &Typesetter, view: &Disclosed, day: Day) -> Result<Vec<u8>, RuntimeError> {
        let form = self.form;
        form.pdf(typesetter, view, day, self.own.as_deref()).map_err(|error| match (&self.own, error) {
            (Some(_), TypesetError::Template { line }) => RuntimeError::OwnTemplate { form: form.name, line },
            (Some(_), TypesetError::Omits) => RuntimeError::OwnTemplateOmits(form.name),
            (_, error) => error.into(),
        })
    }

    /// What is frozen with the document: the form, whose template it was, and the hash of all that was set.
    pub(super) fn frozen(&self) -> Value {
        let source = self.form.source(self.own.as_deref());
        json!({
            "form": self.form.name,
            "own": self.own.is_some(),
            "sha256": hex(&sha256(source.as_bytes())),
        })
    }
}

fn read(path: &Path, files: &dyn Files) -> Result<String, ()> {
    let bytes = files.read(path).map_err(|_| ())?;
    if bytes.len() > LONGEST {
        return Err(());
    }
    // An editor of Windows puts the mark there; Typst does not expect it.
    let text = String::from_utf8(bytes).map_err(|_| ())?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
