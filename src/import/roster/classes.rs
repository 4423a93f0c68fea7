//! Words of 区分: which traits they tell, and which they rule out.
//!
//! Knows words only. Must not know whose they are, nor what a rule makes of them.

use super::super::{blank, folding};
use crate::domain::worker::AttributeKind;
use AttributeKind::{Article41, Discretionary, Dispatched, HighlyProfessional, Physician, Research};

/// What a cell of 区分 says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Classes {
    /// The traits that are told.
    pub told: Vec<AttributeKind>,
    /// The traits that somebody of whom this is told does not have.
    pub ruled_out: Vec<AttributeKind>,
}

/// What a word speaks of.
#[derive(Clone, Copy)]
enum Word {
    /// How the working time is counted: what is not told with it does not hold.
    System(Option<AttributeKind>),
    /// The contract: somebody hired here is not dispatched, and of the working time nothing is said.
    Contract,
    /// A trait beside the others.
    Beside(AttributeKind),
}

/// Everything that a roster can tell.
const ALL: [AttributeKind; 6] = [Article41, Discretionary, Research, HighlyProfessional, Dispatched, Physician];

/// Words of the column 区分 and what they mean for the rules.
///
/// 管理職 is not among them: only some of them are 監督若しくは管理の地位にある者 (労基法41条2号).
const WORDS: &[(&str, Word)] = &[
    ("管理監督者", Word::System(Some(Article41))),
    ("41条", Word::System(Some(Article41))),
    ("裁量", Word::System(Some(Discretionary))),
    ("裁量労働", Word::System(Some(Discretionary))),
    ("裁量労働制", Word::System(Some(Discretionary))),
    ("専門業務型裁量労働制", Word::System(Some(Discretionary))),
    ("企画業務型裁量労働制", Word::System(Some(Discretionary))),
    ("研究開発", Word::System(Some(Research))),
    ("高プロ", Word::System(Some(HighlyProfessional))),
    ("高度プロフェッショナル", Word::System(Some(HighlyProfessional))),
    ("高度プロフェッショナル制度", Word::System(Some(HighlyProfessional))),
    ("派遣", Word::Beside(Dispatched)),
    ("派遣社員", Word::Beside(Dispatched)),
    ("派遣労働者", Word::Beside(Dispatched)),
    ("医師", Word::Beside(Physician)),
    ("一般", Word::System(None)),
    ("フレックス", Word::System(None)),
    ("変形労働時間制", Word::System(None)),
    ("なし", Word::System(None)),
    ("正社員", Word::Contract),
    ("社員", Word::Contract),
    ("契約社員", Word::Contract),
    ("嘱託", Word::Contract),
    ("パート", Word::Contract),
    ("アルバイト", Word::Contract),
];

impl Classes {
    /// Reads 区分; several words stand with 、 or / between them. `None` where a word is not known.
    pub(super) fn read(text: &str) -> Option<Self> {
        let folded = folding::fold(text);
        let words = folded.split(['、', '/', ',', '・', ';', '+']).filter(|word| !blank::is_blank(word));
        let mut classes = Self::default();
        for word in words {
            let (_, word) = WORDS.iter().find(|(known, _)| *known == word)?;
            classes.add(*word);
        }
        let Self { told, ruled_out } = &mut classes;
        ruled_out.retain(|kind| !told.contains(kind));
        Some(classes)
    }

    fn add(&mut self, word: Word) {
        match word {
            Word::System(kind) => {
                self.told.extend(kind);
                self.ruled_out.extend(ALL);
            }
            Word::Contract => self.ruled_out.push(Dispatched),
            Word::Beside(kind) => self.told.push(kind),
        }
    }
}
