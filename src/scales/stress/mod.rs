//! 職業性ストレス簡易調査票: from the answers to sums, 19 scales, points and what the numbers say.
//!
//! Knows the questionnaire, its conversion tables and the examples of criteria, all from files beside it with their
//! sources. Must not know whose answers they are, and decides about nobody: 高ストレス is not yet 要面接.

pub mod criteria;
pub mod diagram;
mod file;
pub mod group;
pub mod questionnaire;
pub mod risk;
pub mod score;
pub mod sheet;
mod words;

pub use criteria::{Judgement, Withheld, judge};
pub use questionnaire::{ITEMS, Questionnaire, SCALES};
pub use score::{Parts, ScaleScore, Score, Sums};
pub use sheet::{Sheet, SheetFault};

/// A table that came with the program and does not hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("ストレスチェックの表 {file} を読めません（{why}）。プログラムを入れ直してください。")]
pub struct TableFault {
    /// The file.
    pub file: &'static str,
    /// What is wrong with it.
    pub why: String,
}

impl TableFault {
    fn new(file: &'static str, why: impl Into<String>) -> Self {
        Self { file, why: why.into() }
    }
}
