//! Versions that the physician adds (`law.d/*.toml` of the config folder): a new ordinance before the next release.
//!
//! They begin after everything the program knows of a parameter, so the past is never rewritten, and every citation of
//! them says 利用者追補. All of them are in force or none: one that is refused leaves the built-in law as it is.

use serde::Deserialize;
use toml::Spanned;

use super::param::{self, Fault, Parameter, ParameterError, Reader, Status, VersionText};
use super::{Law, thresholds};

/// A file of additions: its name, and its text where it is text.
pub type AdditionFile = (String, Option<String>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    parameter: Vec<ParameterText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterText {
    id: Spanned<String>,
    version: Vec<Spanned<AddedText>>,
}

/// As a built-in version, but without a status: it is always 利用者追補.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddedText {
    in_force_from: Option<String>,
    in_force_until: Option<String>,
    value: Option<i64>,
    #[serde(default)]
    repealed: bool,
    #[serde(default)]
    law: String,
    #[serde(default)]
    article: String,
    promulgated: Option<String>,
    checked_on: String,
    #[serde(default)]
    note: String,
}

impl From<AddedText> for VersionText {
    fn from(added: AddedText) -> Self {
        Self {
            in_force_from: added.in_force_from,
            in_force_until: added.in_force_until,
            value: added.value,
            repealed: added.repealed,
            law: added.law,
            article: added.article,
            promulgated: added.promulgated,
            checked_on: added.checked_on,
            revision: String::new(),
            status: Status::Added,
            note: added.note,
        }
    }
}

impl Law {
    /// The same law with the physician's own versions; if one file is refused, this law with what was wrong.
    #[must_use]
    pub fn with_additions(self, files: &[AdditionFile]) -> Self {
        match self.added(files) {
            Ok(law) => law,
            Err(error) => Self { refused: Some(error), ..self },
        }
    }

    /// Why the physician's additions are not in force, if they were refused.
    pub fn refused_additions(&self) -> Option<&ParameterError> {
        self.refused.as_ref()
    }

    fn added(&self, files: &[AdditionFile]) -> Result<Self, ParameterError> {
        let mut law = self.clone();
        for (file, text) in files {
            let text = text.as_deref().ok_or_else(|| not_text(file))?;
            add_file(&mut law.parameters, &Reader { file, text })?;
        }
        law.thresholds = thresholds(&law.parameters)?;
        Ok(law)
    }
}

fn not_text(file: &str) -> ParameterError {
    ParameterError { file: file.to_owned(), line: 1, parameter: None, problem: Fault::NotText }
}

fn add_file(parameters: &mut [Parameter], reader: &Reader<'_>) -> Result<(), ParameterError> {
    let parsed: FileText = toml::from_str(reader.text).map_err(|error| reader.syntax(&error))?;
    for addition in parsed.parameter {
        let (id, at) = (addition.id.get_ref().as_str(), addition.id.span().start);
        let known = parameters.iter_mut().find(|parameter| parameter.id == id);
        let parameter = known.ok_or_else(|| reader.error(at, Some(id), Fault::UnknownParameter))?;
        for version in addition.version {
            let at = version.span().start;
            add(parameter, version.into_inner()).map_err(|fault| reader.error(at, Some(id), fault))?;
        }
    }
    Ok(())
}

fn add(parameter: &mut Parameter, version: AddedText) -> Result<(), Fault> {
    param::add(parameter, version.into()).map_err(|fault| match fault {
        Fault::Unsorted => Fault::NotNewer,
        other => other,
    })
}

#[cfg(test)]
#[path = "additions_tests.rs"]
mod tests;
