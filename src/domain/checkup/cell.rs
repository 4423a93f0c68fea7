//! One cell of a clinic's file becomes a value, or says why it is doubtful. Nothing is guessed and no text panics.

use std::borrow::Cow;

use super::catalogue::{Catalogue, Column, Entry, Kind, fold};
use super::decimal::Decimal;
use super::eyes;
use super::heading::Manner;
use super::item::Item;
use super::measured;
use super::sheet::Cell;
use super::units::Said;
use super::value::{Bound, Doubt, Value};

/// What a cell gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// Nothing stands there.
    Empty,
    /// One value, or two of a pair; a value may be doubtful.
    Cells(Vec<Cell>),
}

/// Words for "not examined" in any column but those of signs, where a dash is a result.
const NOT_DONE: &[&str] = &[
    "未実施",
    "未",
    "未検",
    "未検査",
    "検査せず",
    "実施せず",
    "省略",
    "対象外",
    "測定不能",
    "検査不能",
    "判定不能",
    "読影不能",
    "撮影不能",
    "採血不能",
    "採尿不能",
    "中止",
    "欠測",
    "拒否",
    "検査拒否",
    "本人拒否",
    "受診拒否",
    "辞退",
    "本人辞退",
    "未施行",
    "未撮影",
    "未受診",
    "未採取",
    "未提出",
    "撮影せず",
    "受診せず",
    "施行せず",
    "受けず",
    "実施なし",
    "検査なし",
    "***",
];
/// Words behind which stands what was not done.
const BECAUSE: &[&str] = &["のため", "につき", "により", "希望で"];
/// Parts of words for an examination that was not, or not wholly, done.
const UNDONE: &[&str] = &[
    "未実施",
    "未検",
    "未施行",
    "未撮影",
    "未受診",
    "せず",
    "省略",
    "拒否",
    "辞退",
    "不能",
    "中止",
    "再撮影",
    "再検査",
    "妊娠",
];
/// Every dash that is left by folding; one or more of them alone, or a slash, stand in an empty cell of a number.
const DASHES: &[char] = &['-', '―', 'ー', '−', '‐', '–', '—', '‒', '─', '━', '⁃'];
const NO_FINDING: &[&str] = &[
    "所見なし",
    "異常なし",
    "異常所見なし",
    "特記事項なし",
    "特記すべきことなし",
    "特になし",
    "特記なし",
    "なし",
    "無",
    "無し",
    "正常",
    "正常範囲",
    "正常範囲内",
    "異常を認めず",
    "異常認めず",
    "著変なし",
    "所見無し",
    "異常無し",
    "無所見",
    "所見無",
    "異状なし",
    "正常洞調律",
    "正常心電図",
    "(-)",
];
const A_FINDING: &[&str] =
    &["所見あり", "異常あり", "所見有り", "異常有り", "あり", "有", "有り", "特記事項あり", "有所見", "所見有", "(+)"];

/// Reads a cell of `column`; `is_coded` tells that the file uses the codes of 特定健診 (所見 1 = あり, 尿 1 = -).
pub fn read(column: Column, text: &str, is_coded: bool) -> Reading {
    read_as(column, text, Manner { is_coded, ..Manner::default() })
}

/// Reads a cell of `column`, written as its heading says.
pub fn read_as(column: Column, text: &str, manner: Manner) -> Reading {
    let folded = fold(text);
    if folded.is_empty() {
        return Reading::Empty;
    }
    if let Some(doubt) = gap(column).filter(|_| is_gapped(text)) {
        return Reading::Cells(vec![cell(column.item(), Value::Doubtful(doubt), text)]);
    }
    if let Some(told) = worded(column, text, &folded, manner) {
        return Reading::Cells(told);
    }
    Reading::Cells(match (column, manner.which.origin()) {
        (Column::One(item), None) => vec![one(item, text, &folded, manner)],
        // How it was measured stands in the heading only: it goes with the value.
        (Column::One(item), Some(origin)) => {
            vec![one(item, &format!("{}（{origin}）", text.trim()), &folded, manner)]
        }
        (Column::Disputed(item), _) => vec![cell(item, Value::Doubtful(Doubt::Which), text)],
        (Column::Pair(first), _) => pair(first, text, &folded, manner),
        (Column::Glasses(eye), _) => glasses(eye, text, &folded, manner),
    })
}

/// The values of an eye that say in words what they are, whatever the heading of its column says.
fn worded(column: Column, text: &str, folded: &str, manner: Manner) -> Option<Vec<Cell>> {
    let (Column::One(item) | Column::Glasses(item)) = column else { return None };
    let told = eyes::worded(eyes::bare(item), folded)?;
    Some(match told.as_slice() {
        [(item, value)] => vec![one(*item, text, value, manner)],
        told => told.iter().map(|(item, value)| one(*item, value, value, manner)).collect(),
    })
}

/// Whether white space parts two digits: two lines of one cell, or a number with a footnote, are no number.
fn is_gapped(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    std::iter::from_fn(|| Some((words.next()?, *words.peek()?)))
        .any(|(one, next)| one.ends_with(char::is_numeric) && next.starts_with(char::is_numeric))
}

/// What is wrong with a number that has a gap; none for a column in which spaces mean nothing.
fn gap(column: Column) -> Option<Doubt> {
    let kind = Catalogue::built_in().entry(column.item())?.kind;
    match column {
        Column::Pair(_) => Some(Doubt::Pair),
        _ => matches!(kind, Kind::Number | Kind::Tone).then_some(Doubt::Words),
    }
}

/// Reads what was typed for an item; none where nothing was.
///
/// A bare 0 is 所見なし or (-): nobody means anything else by it. At a test of an ear 1 and 2 are the options of
/// 様式第5号 (1 所見なし, 2 所見あり), because the form's own number is typed. Other bare digits stay doubtful: they
/// mean opposite things on the form and in the XML.
pub fn typed(item: Item, text: &str) -> Option<Cell> {
    let kind = Catalogue::built_in().entry(item).map(|entry| entry.kind);
    let is_ear = item.is_tone() || item == Item::HearingOther;
    let text = match (kind, text.trim()) {
        (_, "1" | "１") if is_ear => "所見なし".into(),
        (_, "2" | "２") if is_ear => "所見あり".into(),
        (Some(Kind::Finding), "0" | "０") => "所見なし".into(),
        (Some(Kind::Sign), "0" | "０") => "(-)".into(),
        // The form asks for hours.
        (Some(Kind::Meal), hours) if Decimal::parse(&fold(hours)).is_some() => format!("{hours}時間").into(),
        (_, text) => Cow::Borrowed(text),
    };
    match read(Column::One(item), &text, false) {
        Reading::Empty => None,
        Reading::Cells(cells) => cells.into_iter().next(),
    }
}

fn cell(item: Item, value: Value, text: &str) -> Cell {
    Cell { item, value, text: text.trim().to_owned(), judgement: String::new() }
}

fn one(item: Item, text: &str, folded: &str, manner: Manner) -> Cell {
    let is_coded = manner.is_coded;
    let Some(entry) = Catalogue::built_in().entry(item) else {
        return cell(item, Value::Doubtful(Doubt::Words), text);
    };
    let (item, value) = match entry.kind {
        Kind::Sign => (item, sign(folded, is_coded)),
        Kind::Words if !is_dash(folded) => (item, Value::Text),
        Kind::Choice => return choice(entry, text, folded, is_coded),
        // A picture was taken that nobody could read: no result, and the word for it stays.
        Kind::Finding if is_coded && item == Item::ChestXray && folded == "3" => {
            return cell(item, Value::NotDone, "判定不能（3）");
        }
        _ if is_not_done(folded) => (item, Value::NotDone),
        // Words that speak of an examination that did not take place are no finding, and perhaps not all.
        Kind::Finding if UNDONE.iter().any(|word| folded.contains(word)) => (item, Value::Doubtful(Doubt::Words)),
        Kind::Number if eyes::is_of_two(item, folded) => (item, Value::Doubtful(Doubt::Glasses)),
        Kind::Number => measured::number(entry, folded, manner),
        Kind::Tone => (item, tone(entry, folded, manner)),
        Kind::Finding => (item, finding(folded, is_coded)),
        Kind::Answer => (item, answer(folded, is_coded)),
        Kind::Meal => (item, meal(folded, manner)),
        Kind::Words => (item, Value::NotDone),
    };
    cell(item, value, text)
}

/// What stands in a cell, before it is read as anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A dash alone, in any width: no value, or the (-) of a sign without its brackets.
    Dash,
    /// A word for not examined.
    NotDone,
    /// Anything else.
    Something,
}

/// What stands in a cell.
pub fn standing(text: &str) -> Standing {
    match fold(text).as_str() {
        "" => Standing::Nothing,
        folded if is_dash(folded) => Standing::Dash,
        folded if NOT_DONE.contains(&folded) => Standing::NotDone,
        _ => Standing::Something,
    }
}

/// Whether an item is one of signs, (-) to (5+).
pub fn is_sign(item: Item) -> bool {
    Catalogue::built_in().entry(item).is_some_and(|entry| entry.kind == Kind::Sign)
}

/// Whether a cell of signs writes the negative one so that it is no dash: `(-)`, `陰性`.
pub fn is_plain_negative(text: &str) -> bool {
    standing(text) == Standing::Something && sign(&fold(text), false) == Value::Sign(0)
}

/// A dash alone, however wide and however often.
fn is_dash(folded: &str) -> bool {
    folded == "/" || !folded.is_empty() && folded.trim_matches(DASHES).is_empty()
}

/// `未実施`, a dash, or why it was not done: `妊娠中のため省略`.
fn is_not_done(folded: &str) -> bool {
    let bare = BECAUSE.iter().find_map(|word| Some(folded.split_once(word)?.1)).unwrap_or(folded);
    NOT_DONE.contains(&bare) || is_dash(folded)
}

/// `142/90`, `右0.7 左1.0`, `R:0.7 L:1.0`; anything else is doubtful as a whole.
fn pair(first: Item, text: &str, folded: &str, manner: Manner) -> Vec<Cell> {
    let second = first.left_of_pair().unwrap_or(first);
    if is_not_done(folded) {
        return vec![cell(first, Value::NotDone, text), cell(second, Value::NotDone, text)];
    }
    let is_pressure = first == Item::Systolic;
    let halves = if is_pressure { folded.split_once('/') } else { sides(folded) };
    let cells = match halves {
        Some((right, left)) if !right.is_empty() && !left.is_empty() => {
            vec![one(first, right, right, manner), one(second, left, left, manner)]
        }
        _ => Vec::new(),
    };
    let is_upside_down = is_pressure && numbers(&cells).is_some_and(|(systolic, diastolic)| systolic <= diastolic);
    if cells.is_empty() || is_upside_down {
        return vec![cell(first, Value::Doubtful(Doubt::Pair), text)];
    }
    cells
}

/// The eye without and with glasses; one value alone may be of either.
fn glasses(eye: Item, text: &str, folded: &str, manner: Manner) -> Vec<Cell> {
    let with = eyes::corrected(eye).unwrap_or(eye);
    if is_not_done(folded) {
        return vec![cell(eye, Value::NotDone, text), cell(with, Value::NotDone, text)];
    }
    match eyes::parted(folded) {
        Some((bare, corrected)) if !bare.is_empty() && !corrected.is_empty() => {
            vec![one(eye, bare, bare, manner), one(with, corrected, corrected, manner)]
        }
        _ => vec![cell(eye, Value::Doubtful(Doubt::Pair), text)],
    }
}

fn numbers(cells: &[Cell]) -> Option<(Decimal, Decimal)> {
    match cells {
        [Cell { value: Value::Number(_, one), .. }, Cell { value: Value::Number(_, other), .. }] => {
            Some((*one, *other))
        }
        _ => None,
    }
}

/// What belongs to the right side and to the left: behind their words (`右0.7 左1.0`, `R:0.7 L:1.0`), before them
/// (`1.0(L)/0.3(R)`), or in that order where no side is named at all.
fn sides(folded: &str) -> Option<(&str, &str)> {
    let is_named = folded.contains(['右', '左', 'r', 'l']);
    if !is_named {
        return folded.split_once('/');
    }
    let behind = |text| str::trim_start_matches(text, [':', '=', '(', ')']).trim_end_matches([',', '、', '/', ';']);
    let leading = [("右", "左"), ("r", "l")].into_iter().find_map(|(right, left)| {
        let (first, second) = folded.strip_prefix(right)?.split_once(left)?;
        Some((behind(first), behind(second)))
    });
    leading.or_else(|| {
        let (one, other) = folded.split_once(['/', ',', '、', ';'])?;
        match (side_behind(one)?, side_behind(other)?) {
            ((right, true), (left, false)) | ((left, false), (right, true)) => Some((right, left)),
            _ => None,
        }
    })
}

/// `0.3(R)`: what stands before the word of a side, and whether that is the right one.
fn side_behind(text: &str) -> Option<(&str, bool)> {
    const SIDES: &[(&str, bool)] = &[
        ("(右)", true),
        ("(左)", false),
        ("(r)", true),
        ("(l)", false),
        ("右", true),
        ("左", false),
        ("r", true),
        ("l", false),
    ];
    SIDES.iter().find_map(|(word, is_right)| Some((text.strip_suffix(word)?, *is_right)))
}

/// A choice of the form by its word, with the code that came; a code that the list does not have stays as it came.
fn choice(entry: &Entry, text: &str, folded: &str, is_coded: bool) -> Cell {
    let code = folded.parse::<usize>().ok();
    let word = code.and_then(|code| entry.words.get(code.checked_sub(1)?)).filter(|_| is_coded);
    match (word, code) {
        (Some(word), _) => cell(entry.item, Value::Text, &format!("{word}（{folded}）")),
        (None, Some(_)) => cell(entry.item, Value::Doubtful(Doubt::Code), text),
        (None, None) => cell(entry.item, Value::Text, text),
    }
}

/// `(-)`, `±`, `(+)`, `2+`, `++`; a bare digit means one thing in coded files and another elsewhere.
fn sign(folded: &str, is_coded: bool) -> Value {
    let plain = folded.replace(DASHES, "-");
    let plain = without_amount(unmarked_sign(&plain));
    let is_bracket = |open: char, close: char| plain.strip_prefix(open)?.strip_suffix(close);
    let brackets = [('(', ')'), ('[', ']'), ('〔', '〕'), ('【', '】')];
    let inner = brackets.into_iter().find_map(|(open, close)| is_bracket(open, close)).unwrap_or(plain);
    match inner {
        "-" | "陰性" => Value::Sign(0),
        "±" | "+-" | "+/-" | "-+" | "擬陽性" => Value::Sign(1),
        "+" | "1+" | "+1" | "陽性" => Value::Sign(2),
        "++" | "2+" | "+2" => Value::Sign(3),
        "+++" | "3+" | "+3" => Value::Sign(4),
        "++++" | "4+" | "+4" => Value::Sign(5),
        "1" | "2" | "3" | "4" | "5" if is_coded => Value::Sign(inner.parse::<u8>().unwrap_or(1) - 1),
        "1" | "2" | "3" | "4" | "5" => Value::Doubtful(Doubt::Code),
        _ if NOT_DONE.contains(&inner) || inner == "/" => Value::NotDone,
        // Two or three dashes are no (-) that anybody prints.
        _ if is_dash(inner) => Value::Doubtful(Doubt::Dash),
        _ => Value::Doubtful(Doubt::Words),
    }
}

/// A sign without the clinic's mark: `*2+`, `(1+)H`. A marked dash stays what it is.
fn unmarked_sign(plain: &str) -> &str {
    let bare = plain.trim_start_matches(['*', '#']).trim_end_matches(['*', '#', '!', 'h', '↑']);
    if bare.ends_with(['+', '±', ')']) { bare } else { plain }
}

/// The sign of `1+(30)` and `±(15mg/dl)`: the amount that the device read stands in the text.
fn without_amount(plain: &str) -> &str {
    let parted = plain.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let is_amount = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('+');
    parted.filter(|(sign, amount)| !sign.is_empty() && is_amount(amount)).map_or(plain, |(sign, _)| sign)
}

/// The form's 1 is 所見なし, the code's 1 is 所見あり: a bare digit is read in coded files only.
fn finding(folded: &str, is_coded: bool) -> Value {
    match folded {
        "1" if is_coded => Value::Finding(true),
        "2" if is_coded => Value::Finding(false),
        // No code that is known, and no words.
        _ if folded.bytes().all(|byte| byte.is_ascii_digit()) => Value::Doubtful(Doubt::Code),
        _ if NO_FINDING.contains(&folded) => Value::Finding(false),
        _ if A_FINDING.contains(&folded) => Value::Finding(true),
        // A grade or a mark alone (A, D2, ○) is no word for a finding.
        _ if is_mark_alone(folded) => Value::Doubtful(Doubt::Words),
        // `1所見なし` says which side it means; `結節影、その他異常なし` is a finding in words.
        _ => without_mark(folded).map_or(Value::Text, Value::Finding),
    }
}

/// Whether a cell holds one letter or sign, or a letter and a digit.
fn is_mark_alone(folded: &str) -> bool {
    let is_word = |c: char| c.is_alphabetic() && !c.is_ascii();
    match folded.chars().collect::<Vec<_>>().as_slice() {
        [one] => !is_word(*one) || *one == 'レ',
        [letter, digit] => letter.is_ascii_alphabetic() && digit.is_ascii_digit(),
        _ => false,
    }
}

/// Whether there is a finding, where but a number, a letter or a side stands before the words that say so.
fn without_mark(folded: &str) -> Option<bool> {
    const WORDS: &[(&str, bool)] =
        &[("異常所見なし", false), ("所見なし", false), ("異常なし", false), ("所見あり", true), ("異常あり", true)];
    let is_mark = |text: &str| {
        let bare = text.trim_end_matches([':', '.', ')', ' ', '、', '/', '_', '-']).trim_start_matches('(');
        bare.chars().count() <= 1 && bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '右' | '左' | '両'))
    };
    WORDS.iter().find(|(word, _)| folded.strip_suffix(word).is_some_and(is_mark)).map(|(_, is_found)| *is_found)
}

/// Decibels, or heard and not heard.
fn tone(entry: &Entry, folded: &str, manner: Manner) -> Value {
    let (rest, unit) = measured::bare(entry, folded);
    let is_coded = manner.is_coded;
    match Decimal::parse(&rest) {
        // A tone is tested in steps of five: 1 and 2 are marks of the form or codes.
        Some(decimal) if decimal < Decimal::new(3, 0) && decimal > Decimal::new(0, 0) => finding(folded, is_coded),
        Some(decimal) => measured::in_unit(entry, Bound::Exactly, decimal, manner.unit.with(unit)),
        // Of a tone that was heard, or of a finding: nobody knows.
        None if matches!(folded, "(+)" | "(-)") => Value::Doubtful(Doubt::Words),
        None => match finding(folded, is_coded) {
            Value::Text => heard(folded).map_or(Value::Doubtful(Doubt::Words), |is_heard| Value::Finding(!is_heard)),
            read => read,
        },
    }
}

/// Whether words say that the tone was heard; a circle may stand for either, and so may a mark.
fn heard(folded: &str) -> Option<bool> {
    match folded {
        "聞こえる" | "聴こえる" | "聞こえた" | "聴取可" | "聴取可能" => Some(true),
        "聞こえない" | "聴こえない" | "聞こえず" | "聴取不可" | "聴取不能" | "異常" => {
            Some(false)
        }
        _ => None,
    }
}

fn answer(folded: &str, is_coded: bool) -> Value {
    match folded {
        "はい" | "あり" | "有" | "有り" | "服薬中" | "服用中" | "内服中" | "y" | "yes" | "吸う" => {
            Value::Answer(true)
        }
        "いいえ" | "なし" | "無" | "無し" | "n" | "no" | "吸わない" => Value::Answer(false),
        "1" if is_coded => Value::Answer(true),
        "2" if is_coded => Value::Answer(false),
        _ if folded.bytes().all(|byte| byte.is_ascii_digit()) => Value::Doubtful(Doubt::Code),
        _ => Value::Doubtful(Doubt::Words),
    }
}

/// Hours since the meal, in the codes of 特定健診: 10 for fasting, 3.5 for late enough, 0 for too early. A bare number may be
/// a code, an hour of the day or hours: it is a question unless heading or cell say that it is hours.
fn meal(folded: &str, manner: Manner) -> Value {
    let is_coded = manner.is_coded;
    let hours = |tenths| Value::Number(Bound::AtLeast, Decimal::new(tenths, 1));
    match folded.trim_start_matches("食後") {
        "2" if is_coded => hours(100),
        "3" if is_coded => hours(35),
        "4" if is_coded => Value::Number(Bound::Below, Decimal::new(35, 1)),
        "空腹" | "空腹時" => hours(100),
        "3.5時間以上10時間未満" => hours(35),
        text => counted_hours(text, manner.unit != Said::Nothing).unwrap_or(Value::Doubtful(Doubt::Meal)),
    }
}

/// `12時間`, `10時間以上`, `3.5時間未満`, `12h`; digits alone where the heading says that they are hours.
fn counted_hours(text: &str, is_in_hours: bool) -> Option<Value> {
    let bounds = [("以上", Bound::AtLeast), ("未満", Bound::Below)];
    let bound = bounds.into_iter().find_map(|(word, bound)| Some((text.strip_suffix(word)?, bound)));
    let (rest, bound) = bound.unwrap_or((text, Bound::Exactly));
    let bare = ["時間", "hr", "h"].into_iter().find_map(|unit| rest.strip_suffix(unit));
    let number = bare.or(is_in_hours.then_some(rest))?;
    Decimal::parse(number).map(|hours| Value::Number(bound, hours))
}

#[cfg(test)]
#[path = "cell_tests.rs"]
mod tests;
