//! Turns a template and one data value into PDF/A-2b bytes.
//!
//! Knows Typst. Must not know files, packages, the network, the clock, or any record: the world a template
//! sees holds the template, `/data.json` and the chosen fonts, and nothing else (design 7.9).

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use thiserror::Error;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::layout::{Frame, FrameItem};
use typst::model::DocumentInfo;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontFamily, FontList, Lang, Region, TextElem};
use typst::utils::LazyHash;
use typst::{LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::characters::{for_each_text, is_invisible};
use super::fonts::Library;

/// What the PDF names as the program that made it; no version, so that equal data gives equal bytes.
const CREATOR: &str = "junkai";

/// Says why a document was not set.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TypesetError {
    /// No installed family draws this character; a blank box is never printed instead.
    #[error(
        "文字 U+{:04X} の字形が、使えるフォントのどれにもありません。その字を持つフォントを入れるか、別の字で書いてください。",
        *.0 as u32
    )]
    MissingGlyph(char),
    /// The template has an error; the line counts from 1 inside the template text.
    #[error("文書のひな形にエラーがあります（{line} 行目）。ひな形を直すか、組込みのひな形に戻してください。")]
    Template {
        /// Line of the first error inside the given template, 0 if unknown.
        line: usize,
    },
    /// The physician's own template leaves out words that were shown: what was confirmed is what must be printed.
    #[error("ひな形が、示した文面の一部を印字していません。ひな形を直すか、組込みのひな形に戻してください。")]
    Omits,
    /// The pages were set but are not valid PDF/A-2b.
    #[error("PDF/A-2b として書き出せません。組込みのひな形に戻してください。")]
    Export,
}

/// What identifies the PDF itself; none of it may name a person.
#[derive(Debug, Clone, Copy)]
pub struct Metadata<'a> {
    /// The form's name.
    pub title: &'a str,
    /// The document's number and version; only a hash of it is written.
    pub identifier: &'a str,
    /// The day printed on the document: PDF/A wants one, and no clock is read.
    pub day: NaiveDate,
}

/// Sets documents with one set of fonts; shared by threads, made once.
pub struct Typesetter {
    library: LazyHash<typst::Library>,
    fonts: Library,
    standards: PdfStandards,
    main: FileId,
    data: FileId,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Typesetter").field("fonts", &self.fonts).finish_non_exhaustive()
    }
}

impl Typesetter {
    /// Prepares Typst with the given fonts.
    ///
    /// # Errors
    /// [`TypesetError::Export`] if Typst does not know PDF/A-2b.
    pub fn new(fonts: Library) -> Result<Self, TypesetError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|_| TypesetError::Export)?;
        let library = LazyHash::new(library(&fonts));
        let (main, data) = (file("/main.typ")?, file("/data.json")?);
        Ok(Self { library, fonts, standards, main, data })
    }

    /// Lends the fonts, to check a text while it is typed.
    pub fn fonts(&self) -> &Library {
        &self.fonts
    }

    /// Drops what Typst and the font check remember of earlier documents: called when the vault is locked.
    ///
    /// The memory is given back, not wiped.
    pub fn forget(&self) {
        typst::comemo::evict(0);
        self.fonts.forget();
    }

    /// Sets `template`, preceded by the shared `base` text, over `data` and returns the bytes of a PDF/A-2b file.
    ///
    /// The template reads the data as `json("/data.json")`. Title and identifier come from `metadata`, whatever
    /// the template says; author and keywords stay empty.
    ///
    /// # Errors
    /// [`TypesetError::MissingGlyph`] before anything is set; [`TypesetError::Template`] and
    /// [`TypesetError::Export`] without the compiler's text, which may quote the data.
    pub fn pdf(
        &self,
        base: &str,
        template: &str,
        data: &Value,
        metadata: Metadata<'_>,
    ) -> Result<Vec<u8>, TypesetError> {
        self.check_glyphs(data)?;
        export(&self.compile(base, template, data, metadata)?, &self.standards, metadata)
    }

    /// As [`Typesetter::pdf`], for a template that was not written with the form: every word of `shown` must be printed.
    ///
    /// Compared are the characters with their number, not their order: a template may move what it prints.
    ///
    /// # Errors
    /// As [`Typesetter::pdf`], and [`TypesetError::Omits`].
    pub fn whole_pdf(
        &self,
        base: &str,
        template: &str,
        data: &Value,
        metadata: Metadata<'_>,
        shown: &[String],
    ) -> Result<Vec<u8>, TypesetError> {
        self.check_glyphs(data)?;
        let document = self.compile(base, template, data, metadata)?;
        let mut printed = HashMap::new();
        document.pages().iter().for_each(|page| count_text(&page.frame, &mut printed));
        let mut wanted = HashMap::new();
        shown.iter().for_each(|line| count(line, &mut wanted));
        let is_whole = wanted.iter().all(|(letter, number)| printed.get(letter).is_some_and(|found| found >= number));
        if is_whole { export(&document, &self.standards, metadata) } else { Err(TypesetError::Omits) }
    }

    fn check_glyphs(&self, data: &Value) -> Result<(), TypesetError> {
        let mut missing = None;
        for_each_text(data, &mut |text| missing = missing.or_else(|| self.fonts.first_missing(text)));
        missing.map_or(Ok(()), |character| Err(TypesetError::MissingGlyph(character)))
    }

    fn compile(
        &self,
        base: &str,
        template: &str,
        data: &Value,
        metadata: Metadata<'_>,
    ) -> Result<PagedDocument, TypesetError> {
        let world = ClosedWorld {
            typesetter: self,
            source: Source::new(self.main, format!("{base}\n{template}")),
            data: Bytes::from_string(data.to_string()),
        };
        let mut document = typst::compile::<PagedDocument>(&world)
            .output
            .map_err(|errors| TypesetError::Template { line: world.line(base, errors.first()) })?;
        let locale = document.info_mut().locale;
        *document.info_mut() = DocumentInfo {
            title: Some(metadata.title.into()),
            date: Smart::Custom(datetime(metadata.day)),
            locale,
            ..DocumentInfo::default()
        };
        Ok(document)
    }
}

fn export(document: &PagedDocument, standards: &PdfStandards, metadata: Metadata<'_>) -> Result<Vec<u8>, TypesetError> {
    let options = PdfOptions {
        ident: Smart::Custom(metadata.identifier.to_owned()),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: None,
        page_ranges: None,
        standards: standards.clone(),
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(document, &options).map_err(|_| TypesetError::Export)
}

/// Counts the characters that a frame draws.
fn count_text(frame: &Frame, found: &mut HashMap<char, usize>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => count_text(&group.frame, found),
            FrameItem::Text(text) => count(&text.text, found),
            _ => {}
        }
    }
}

fn count(text: &str, found: &mut HashMap<char, usize>) {
    for letter in text.chars().filter(|letter| !letter.is_whitespace() && !is_invisible(*letter)) {
        *found.entry(letter).or_default() += 1;
    }
}

fn library(fonts: &Library) -> typst::Library {
    let mut library = typst::Library::builder().build();
    let families = fonts.families().iter().map(|family| FontFamily::new(family)).collect();
    library.styles.set(TextElem::font, FontList(families));
    library.styles.set(TextElem::lang, Lang::JAPANESE);
    library.styles.set(TextElem::region, "JP".parse::<Region>().ok());
    library
}

fn datetime(day: NaiveDate) -> Option<Datetime> {
    Datetime::from_ymd(day.year(), day.month().try_into().ok()?, day.day().try_into().ok()?)
}

fn file(path: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(path).map_err(|_| TypesetError::Export)?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// All that a template can reach.
struct ClosedWorld<'a> {
    typesetter: &'a Typesetter,
    source: Source,
    data: Bytes,
}

impl ClosedWorld<'_> {
    fn line(&self, base: &str, error: Option<&typst::diag::SourceDiagnostic>) -> usize {
        let range = error.and_then(|error| typst::WorldExt::range(self, error.span));
        let before = range.and_then(|range| self.source.text().get(base.len() + 1..range.start));
        before.map_or(0, |text| text.matches('\n').count() + 1)
    }
}

impl World for ClosedWorld<'_> {
    fn library(&self) -> &LazyHash<typst::Library> {
        &self.typesetter.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.typesetter.fonts.book()
    }

    fn main(&self) -> FileId {
        self.typesetter.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.typesetter.main { Ok(self.source.clone()) } else { Err(FileError::NotFound(PathBuf::new())) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.typesetter.data { Ok(self.data.clone()) } else { Err(FileError::NotFound(PathBuf::new())) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.typesetter.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
