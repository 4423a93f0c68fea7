//! The font families that documents are set in.
//!
//! Knows the order of preference and which characters a family covers. Must not know documents or persons.
//! [`Library::from_system`] reads the system's font folders through `typst-kit`; it is the one function of
//! `documents` that touches files, and only `runtime` and `cli` call it, once.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use thiserror::Error;
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontBook, FontInfo, is_default_ignorable};
use typst::utils::LazyHash;
use typst_kit::fonts::{FontSource, FontStore};

/// Families in the order in which they are tried: what Debian, Windows and macOS ship.
pub const PREFERRED: [&str; 7] = [
    "BIZ UDPGothic",
    "BIZ UDPゴシック",
    "Noto Sans CJK JP",
    "IPAexGothic",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "Yu Gothic",
];

/// Says why no document can be set with the fonts at hand.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FontError {
    /// None of the preferred families is installed.
    #[error(
        "文書に使える日本語フォントが見つかりません。BIZ UDPゴシックまたは Noto Sans CJK JP を入れてください（Debian では fonts-morisawa-bizud-gothic）。"
    )]
    NoFamily,
    /// The family that the configuration names is not installed.
    #[error("設定で指定されたフォントが見つかりません。名前を確かめるか、指定を外してください。")]
    NamedFamilyMissing,
}

/// Chosen font families; a font file is read when its first glyph is needed, and then kept.
pub struct Library {
    store: FontStore,
    families: Vec<String>,
    /// Characters already found to be covered: the search through a font's ranges is linear.
    covered: Mutex<BTreeSet<char>>,
}

impl std::fmt::Debug for Library {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Library").field("families", &self.families).finish_non_exhaustive()
    }
}

impl Library {
    /// Scans the system's fonts and keeps the `named` family, if given, and then the preferred ones.
    ///
    /// # Errors
    /// [`FontError::NamedFamilyMissing`] if `named` is not installed, [`FontError::NoFamily`] if nothing usable is.
    pub fn from_system(named: Option<&str>) -> Result<Self, FontError> {
        Self::choose(typst_kit::fonts::system().collect(), named)
    }

    /// Keeps the same families out of the given font files (TTF, OTF, TTC); unreadable ones are passed over.
    ///
    /// # Errors
    /// As [`Library::from_system`].
    pub fn from_bytes(files: impl IntoIterator<Item = Vec<u8>>, named: Option<&str>) -> Result<Self, FontError> {
        let fonts = files.into_iter().flat_map(|file| Font::iter(Bytes::new(file)).collect::<Vec<_>>());
        Self::choose(fonts.map(|font| (font.clone(), font.info().clone())).collect(), named)
    }

    fn choose<S: FontSource>(found: Vec<(S, FontInfo)>, named: Option<&str>) -> Result<Self, FontError> {
        let installed = |family: &&str| found.iter().any(|(_, info)| info.family.eq_ignore_ascii_case(family));
        if named.is_some_and(|family| !installed(&family)) {
            return Err(FontError::NamedFamilyMissing);
        }
        let rest = PREFERRED.into_iter().filter(|family| named != Some(family));
        let families: Vec<String> = named.into_iter().chain(rest).filter(installed).map(str::to_owned).collect();
        if families.is_empty() {
            return Err(FontError::NoFamily);
        }
        let wanted = |info: &FontInfo| families.iter().any(|family| info.family.eq_ignore_ascii_case(family));
        let mut store = FontStore::new();
        store.extend(found.into_iter().filter(|(_, info)| wanted(info)));
        Ok(Self { store, families, covered: Mutex::default() })
    }

    /// Lists the families in the order in which a glyph is looked for.
    pub fn families(&self) -> &[String] {
        &self.families
    }

    /// Finds the first character of `text` that no family can draw.
    ///
    /// Line breaks and characters that are invisible by definition need no glyph.
    pub fn first_missing(&self, text: &str) -> Option<char> {
        text.chars().find(|&character| !self.covers(character))
    }

    /// Forgets which characters earlier documents used: called when the vault is locked.
    pub fn forget(&self) {
        self.covered.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn covers(&self, character: char) -> bool {
        if character.is_whitespace() || is_default_ignorable(character) {
            return true;
        }
        let mut covered = self.covered.lock().unwrap_or_else(PoisonError::into_inner);
        let found =
            covered.contains(&character) || self.coverages().any(|coverage| coverage.contains(character.into()));
        if found {
            covered.insert(character);
        }
        found
    }

    fn coverages(&self) -> impl Iterator<Item = &Coverage> {
        let book = self.book();
        (0..).map_while(move |index| book.info(index)).map(|info| &info.coverage)
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }
}
