//! うつ病の簡便な構造化面接法 (BSID): five questions with two checkpoints.
//!
//! Not a diagnosis, never part of a document for the employer.

use serde::Deserialize;

use crate::domain::interview::Answer;

/// The questions and the two checkpoints.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bsid {
    /// Where it was read.
    pub source: String,
    /// The questions, in order: B1, B2, B3a, B3b, B3c.
    pub questions: Vec<String>,
    core: usize,
    needed: usize,
}

/// Where the interview stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BsidState {
    /// This question comes next, from 0.
    Ask(usize),
    /// Checkpoint 1: no core symptom; the interview ends here.
    EndedEarly,
    /// Checkpoint 2: too few symptoms.
    NotSuspected,
    /// 大うつ病エピソードの疑い
    Suspected,
}

impl BsidState {
    /// The sentence for the physician.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ask(_) => "途中です。",
            Self::EndedEarly | Self::NotSuspected => "疑いの基準に達していません。",
            Self::Suspected => "大うつ病エピソードの疑いがあります。診断ではありません。",
        }
    }
}

impl Bsid {
    /// Where these answers lead; missing answers are open.
    pub fn state(&self, answers: &[Answer]) -> BsidState {
        let at = |index: usize| answers.get(index).copied().unwrap_or(Answer::Open);
        let yes = |until: usize| (0..until).filter(|index| at(*index) == Answer::Yes).count();
        let open = |until: usize| (0..until).find(|index| at(*index) == Answer::Open);
        match (open(self.core), open(self.questions.len())) {
            (Some(index), _) => BsidState::Ask(index),
            (None, _) if yes(self.core) == 0 => BsidState::EndedEarly,
            (None, Some(index)) => BsidState::Ask(index),
            (None, None) if yes(self.questions.len()) >= self.needed => BsidState::Suspected,
            (None, None) => BsidState::NotSuspected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Law;

    #[test]
    fn the_worked_examples_of_the_sheet() {
        let wanted = [
            ("ynyyn", BsidState::Suspected),
            ("yynnn", BsidState::NotSuspected),
            ("nnyyy", BsidState::EndedEarly),
            ("nyyny", BsidState::Suspected),
            ("", BsidState::Ask(0)),
            ("n", BsidState::Ask(1)),
            ("y", BsidState::Ask(1)),
            ("nn", BsidState::EndedEarly),
            ("yn", BsidState::Ask(2)),
            ("yny", BsidState::Ask(3)),
        ];
        let law = Law::built_in().unwrap();
        for (text, state) in wanted {
            let answers: Vec<Answer> = text.chars().map(|c| if c == 'y' { Answer::Yes } else { Answer::No }).collect();
            assert_eq!(law.tables().bsid.state(&answers), state, "{text}");
        }
    }
}
