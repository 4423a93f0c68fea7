//! The two lists that are answered with one key a question: the fatigue checklist and the BSID.
//!
//! The answers are a string, one character a question, `-` where open; so they lie in one draft field.

use crate::app::interview::field::{BSID, FATIGUE_SHEET};
use crate::app::interview::{InterviewForm, Step};
use crate::law::Law;
use crate::law::bsid::BsidState;
use crate::ui::keys::{Code, Key};

/// The character of an open answer.
pub(super) const OPEN: char = '-';

/// What a key does to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Move {
    /// The cursor goes to this question.
    To(usize),
    /// This question is answered so; the cursor goes on.
    Answer(usize, char),
    /// This question is answered so; the cursor stays.
    Change(usize, char),
    /// There is no such answer; why.
    Refused(String),
    /// Behind the last question.
    PastEnd,
    /// Before the first question.
    BeforeStart,
    /// Not a key of a list.
    Ignored,
}

/// The draft field of a list, and the number of its questions.
pub(super) fn list(law: &Law, step: Step) -> Option<(&'static str, usize)> {
    let tables = law.tables();
    match step {
        Step::Fatigue => Some((FATIGUE_SHEET, tables.fatigue.symptoms.len() + tables.fatigue.work.len())),
        Step::Depression => Some((BSID, tables.bsid.questions.len())),
        _ => None,
    }
}

/// The answers of a list, one a question.
pub(super) fn answers(model: &InterviewForm, field: &str, count: usize) -> Vec<char> {
    model.value(field).chars().chain(std::iter::repeat(OPEN)).take(count).collect()
}

/// The first question without an answer.
pub(super) fn first_open(answers: &[char]) -> Option<usize> {
    answers.iter().position(|answer| *answer == OPEN)
}

/// What a key does at question `at`.
pub(super) fn press(law: &Law, step: Step, answers: &[char], at: usize, key: Key) -> Move {
    let points = points(law, step, at);
    match (key.code, key.shift) {
        (Code::Up | Code::Char('k'), _) | (Code::Tab, true) => at.checked_sub(1).map_or(Move::BeforeStart, Move::To),
        (Code::Down | Code::Char('j') | Code::Enter, _) | (Code::Tab, false) => forward(answers, at),
        (Code::Home | Code::Char('g'), _) => Move::To(0),
        (Code::End | Code::Char('G'), _) => Move::To(answers.len().saturating_sub(1)),
        (Code::Backspace | Code::Delete, _) => Move::Change(at, OPEN),
        (Code::Left, _) => step_answer(&points, answers, at, false),
        (Code::Right, _) => step_answer(&points, answers, at, true),
        (Code::Char(OPEN), _) => Move::Answer(at, OPEN),
        (Code::Char(c), _) if points.contains(&c) => Move::Answer(at, c),
        (Code::Char(c), _) if c.is_ascii_digit() => Move::Refused(refusal(&points)),
        _ => Move::Ignored,
    }
}

/// The answers that question `at` has, as they are typed.
pub(super) fn points(law: &Law, step: Step, at: usize) -> Vec<char> {
    let table = &law.tables().fatigue;
    let digit = |point: &u8| char::from_digit(u32::from(*point), 10);
    match (step, at.checked_sub(table.symptoms.len())) {
        (Step::Fatigue, None) => table.points.iter().filter_map(digit).collect(),
        (Step::Fatigue, Some(item)) => {
            table.points.iter().filter(|point| table.has(item, **point)).filter_map(digit).collect()
        }
        _ => vec!['0', '1'],
    }
}

/// The place behind `at`, or what comes behind the list; the BSID ends at its checkpoints.
pub(super) fn next(law: &Law, step: Step, model: &InterviewForm, answers: &[char], at: usize) -> Move {
    if step == Step::Depression {
        return match law.tables().bsid.state(&model.bsid()) {
            BsidState::Ask(question) => Move::To(question),
            BsidState::EndedEarly | BsidState::NotSuspected | BsidState::Suspected => Move::PastEnd,
        };
    }
    match (forward(answers, at), first_open(answers)) {
        (Move::PastEnd, Some(open)) => Move::To(open),
        (forward, _) => forward,
    }
}

fn forward(answers: &[char], at: usize) -> Move {
    if at + 1 < answers.len() { Move::To(at + 1) } else { Move::PastEnd }
}

fn step_answer(points: &[char], answers: &[char], at: usize, is_up: bool) -> Move {
    let now = answers.get(at).and_then(|answer| points.iter().position(|point| point == answer));
    let wanted = match (now, is_up) {
        (None, _) => Some(0),
        (Some(now), true) => Some(now + 1),
        (Some(now), false) => now.checked_sub(1),
    };
    let found = wanted.and_then(|wanted| points.get(wanted));
    found.map_or(Move::To(at), |point| Move::Change(at, *point))
}

fn refusal(points: &[char]) -> String {
    let points = points.iter().map(char::to_string).collect::<Vec<_>>().join("、");
    format!("この問の答えは {points} のどれかです")
}
