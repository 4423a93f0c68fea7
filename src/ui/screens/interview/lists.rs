//! The fatigue checklist and the BSID on the screen: the whole sentence on top, short labels below.

use ratatui::layout::Rect;

use super::checklist::{self, OPEN};
use crate::app::View;
use crate::app::interview::{InterviewForm, Step};
use crate::law::bsid::BsidState;
use crate::law::fatigue::{FatigueScore, FatigueTable, Span};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Short labels of the items, in the order of the sheet; the whole sentence stands on top.
const SYMPTOMS: [&str; 14] = [
    "イライラする",
    "不安だ",
    "落ち着かない",
    "ゆううつだ",
    "よく眠れない",
    "体の調子が悪い",
    "物事に集中できない",
    "することに間違いが多い",
    "仕事中、強い眠気",
    "やる気が出ない",
    "へとへとだ",
    "朝、ぐったりした疲れ",
    "以前より疲れやすい",
    "食欲がない",
];
const WORK: [&str; 13] = [
    "1か月の労働時間",
    "不規則な勤務",
    "出張に伴う負担",
    "深夜勤務に伴う負担",
    "休憩・仮眠",
    "身体的負担",
    "精神的負担",
    "人間関係の負担",
    "時間内に終わらない",
    "自分のペースでない",
    "勤務外も気になる",
    "勤務日の睡眠",
    "勤務間の休息",
];
const QUESTIONS: [&str; 5] =
    ["憂うつ・沈んだ気持ち", "興味・喜びがない", "睡眠の問題", "価値がない・罪の意識", "集中・決断が難しい"];
const NAMES: [&str; 5] = ["B1", "B2", "B3a", "B3b", "B3c"];

/// A column of the checklist: where its parts begin.
struct Side {
    x: u16,
    answer: u16,
    points: u16,
}

const LEFT: Side = Side { x: 0, answer: 26, points: 34 };
const RIGHT: Side = Side { x: 37, answer: 59, points: 74 };

pub(super) fn draw_fatigue(model: &InterviewForm, view: &View, canvas: &mut Canvas<'_>, area: Rect, at: usize) {
    let table = &view.law.tables().fatigue;
    let answers = given(model, view, Step::Fatigue);
    draw_prompt(table, canvas, area, at);
    let top = area.y + if area.height >= 19 { 3 } else { 2 };
    for (side, title) in [(LEFT, "自覚症状"), (RIGHT, "勤務の状況")] {
        canvas.text(area.x + side.x + 2, top, 20, title, Weight::Dim);
        canvas.right(area.x + side.answer, top, side.points - side.answer + 1, "点", Weight::Dim);
    }
    for (index, answer) in answers.iter().enumerate() {
        let (side, row) = match index.checked_sub(table.symptoms.len()) {
            None => (LEFT, index),
            Some(item) => (RIGHT, item),
        };
        let y = top + 1 + columns(row);
        if y < area.bottom() {
            draw_item(table, canvas, (area.x, y), &side, index, *answer, index == at);
        }
    }
    let foot = top + 1 + columns(table.symptoms.len().max(table.work.len()));
    if foot < area.bottom() {
        let score = table.score(&model.fatigue_sheet(table));
        canvas.text(area.x + 2, foot, area.width, &score_text(table, &score), Weight::Bold);
    }
}

/// The whole sentence of the question, with its answers by their points.
fn draw_prompt(table: &FatigueTable, canvas: &mut Canvas<'_>, area: Rect, at: usize) {
    let symptoms = table.symptoms.len();
    let (number, count, title, words) = match at.checked_sub(symptoms) {
        None => (at + 1, symptoms, table.symptoms.get(at), Some(&table.symptom_answers)),
        Some(item) => {
            let found = table.work.get(item);
            (item + 1, table.work.len(), found.map(|item| &item.title), found.map(|item| &item.answers))
        }
    };
    canvas.text(area.x + 2, area.y, 12, &format!("{number} / {count}"), Weight::Plain);
    canvas.text(area.x + 16, area.y, area.width - 17, title.map_or("", String::as_str), Weight::Bold);
    let options = table.points.iter().zip(words.into_iter().flatten());
    let text: Vec<String> = options.map(|(point, word)| format!("{point} {word}")).collect();
    canvas.text(area.x + 16, area.y + 1, area.width - 17, &text.join("     "), Weight::Plain);
}

fn draw_item(
    table: &FatigueTable,
    canvas: &mut Canvas<'_>,
    (x, y): (u16, u16),
    side: &Side,
    index: usize,
    answer: char,
    has_cursor: bool,
) {
    let x = x + side.x;
    canvas.text(x, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
    canvas.text(x + 2, y, side.answer - side.x - 3, label(table, index), Weight::Plain);
    let answer_x = x + side.answer - side.x;
    let points_x = x + side.points - side.x;
    canvas.text(answer_x, y, points_x - answer_x - 1, &word(table, index, answer), Weight::Plain);
    canvas.text(points_x, y, 1, &shown(answer, has_cursor).to_string(), Weight::Plain);
    if has_cursor {
        let reverse = canvas.theme().reverse();
        canvas.tint(x, y, points_x - x + 1, reverse);
    }
}

fn shown(answer: char, has_cursor: bool) -> char {
    if answer == OPEN && has_cursor { '_' } else { answer }
}

fn label(table: &FatigueTable, index: usize) -> &str {
    let symptoms = table.symptoms.len();
    let (short, whole) = match index.checked_sub(symptoms) {
        None => (SYMPTOMS.get(index), table.symptoms.get(index)),
        Some(item) => (WORK.get(item), table.work.get(item).map(|item| &item.title)),
    };
    short.copied().or(whole.map(String::as_str)).unwrap_or("")
}

/// The words of the chosen answer, short for the symptoms.
fn word(table: &FatigueTable, index: usize, answer: char) -> String {
    let point = answer.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
    let Some(place) = table.points.iter().position(|known| Some(*known) == point) else { return String::new() };
    match index.checked_sub(table.symptoms.len()) {
        None => ["ない", "時々", "よく"].get(place).copied().unwrap_or("").to_owned(),
        Some(item) => table.work.get(item).and_then(|item| item.answers.get(place)).cloned().unwrap_or_default(),
    }
}

/// `自覚症状 14点 III   勤務 9-21点 C-D   総合 4-6 高い-非常に高い`
fn score_text(table: &FatigueTable, score: &FatigueScore) -> String {
    let total = match score.total.fixed().filter(|_| score.open == 0) {
        Some(total) => format!("総合 {total} {}", table.word(total)),
        None => {
            let (low, high) = (table.word(score.total.low), table.word(score.total.high));
            let words = if low == high { low.to_owned() } else { format!("{low}-{high}") };
            format!("総合 {} {words}", span(score.total))
        }
    };
    let (symptoms, work) = (table.symptom_label(score), table.work_label(score));
    format!("自覚症状 {}点 {symptoms}   勤務 {}点 {work}   {total}", span(score.symptoms), span(score.work))
}

fn span(span: Span) -> String {
    span.fixed().map_or_else(|| format!("{}-{}", span.low, span.high), |value| value.to_string())
}

pub(super) fn fatigue_message(model: &InterviewForm, view: &View) -> String {
    let table = &view.law.tables().fatigue;
    let open = table.score(&model.fatigue_sheet(table)).open;
    match open {
        0 => format!("全問に答えました（{}年版）。点数から判定は決まりません", table.edition),
        open => format!("用紙の点 0 1 3 で答えます。残り {open}問（{}年版）。27字の貼り付けもできます", table.edition),
    }
}

pub(super) fn fatigue_lines(model: &InterviewForm, view: &View) -> Vec<(&'static str, String)> {
    let note = model.fatigue_note(&view.law).unwrap_or_else(|| "全問に答えると定まります。".to_owned());
    vec![("総合", note), ("", "点数から判定は決まりません。".to_owned())]
}

pub(super) fn draw_bsid(model: &InterviewForm, view: &View, canvas: &mut Canvas<'_>, area: Rect, at: usize) {
    let bsid = &view.law.tables().bsid;
    let answers = given(model, view, Step::Depression);
    let room = usize::from(area.width.saturating_sub(17));
    let question = bsid.questions.get(at).map_or("", String::as_str);
    canvas.text(area.x + 2, area.y, 10, NAMES.get(at).copied().unwrap_or(""), Weight::Plain);
    let mut y = area.y;
    for row in wrap(question, room) {
        canvas.text(area.x + 16, y, area.width - 17, &row, Weight::Bold);
        y += 1;
    }
    canvas.text(area.x + 16, y, area.width - 17, "0 いいえ     1 はい", Weight::Plain);
    let last = match bsid.state(&model.bsid()) {
        BsidState::Ask(next) => next,
        BsidState::EndedEarly => 1,
        BsidState::NotSuspected | BsidState::Suspected => answers.len(),
    };
    let top = area.y + 5;
    for (index, answer) in answers.iter().enumerate() {
        let row = Rect { y: top + columns(index), height: 1, ..area };
        draw_question(canvas, row, index, *answer, index == at, index > last);
    }
}

fn draw_question(canvas: &mut Canvas<'_>, row: Rect, index: usize, answer: char, has_cursor: bool, is_later: bool) {
    let weight = if is_later { Weight::Dim } else { Weight::Plain };
    let word = match answer {
        '0' => "いいえ",
        '1' => "はい",
        _ if is_later => "-",
        _ => "_",
    };
    canvas.text(row.x, row.y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
    canvas.text(row.x + 2, row.y, 6, NAMES.get(index).copied().unwrap_or(""), weight);
    canvas.text(row.x + 8, row.y, 24, QUESTIONS.get(index).copied().unwrap_or(""), weight);
    canvas.text(row.x + 34, row.y, 8, word, weight);
    if has_cursor {
        let reverse = canvas.theme().reverse();
        canvas.tint(row.x, row.y, 42, reverse);
    }
}

fn given(model: &InterviewForm, view: &View, step: Step) -> Vec<char> {
    let list = checklist::list(&view.law, step);
    list.map(|(name, count)| checklist::answers(model, name, count)).unwrap_or_default()
}
