//! What the headings of a ledger name: the parts of a measure, of which year, and what alone is restricted.
//!
//! Knows words of headings. Must not know cells.

use std::collections::BTreeMap;

use super::super::folding::{self, Field};
use super::super::profile::{Located, NamedColumn, ProfileError, Role};
use super::super::source::{SourceRow, Table};
use super::super::{calendar, qualifiers};
use super::subjects;

/// Words of a heading that names no part of a measure, although a word of one stands in it.
const ASIDE: &[&str] = &["理由", "根拠", "コード", "回答"];

/// Words in the headers, in the order in which they are tried: 見直し期限 is a review, 制限の期限 an end, 制限期間 a span.
const WORDS: &[(Field, &[&str])] = &[
    (Field::MeasureUntil, &["解除予定"]),
    (Field::MeasureLifted, &["解除"]),
    (Field::MeasureReview, &["見直", "再評価", "次回"]),
    (Field::MeasureUntil, &["まで", "期限", "終了", "満了"]),
    (Field::MeasureFrom, &["開始", "から", "発令", "措置日", "指示日"]),
    (Field::MeasureSpan, &["制限期間", "措置期間", "配慮期間", "適用期間", "実施期間", "有効期間", "対象期間"]),
    (Field::MeasureClass, &["就業区分", "措置区分", "制限区分", "配慮区分"]),
    (Field::Measure, &["措置", "制限", "配慮"]),
];

/// Headings over the first and the last day.
const SPANS: &[&str] = &["制限期間", "措置期間", "配慮期間", "適用期間", "実施期間", "期間"];

/// Headings of a column that says whether the measure is in force.
const STATES: &[&str] = &[
    "状態",
    "状況",
    "現況",
    "現状",
    "ステータス",
    "措置の状態",
    "措置状態",
    "制限の状態",
    "制限状態",
    "現在の状態",
    "現在の状況",
    "継続状況",
    "継続の有無",
    "適用状況",
];

/// Headings of a content that is one of measures only beside a column of what or whether.
const CONTENTS: &[&str] = &["内容", "具体的内容", "具体的な内容", "内容詳細", "詳細"];

/// Headings of days that only a ledger has.
const ENDS: &[&str] = &[
    "期限",
    "制限期限",
    "措置期限",
    "いつまで",
    "満了日",
    "解除日",
    "解除予定",
    "解除予定日",
    "見直し",
    "見直し日",
    "見直し時期",
    "次回見直し",
    "次回見直し日",
    "制限期間",
    "措置期間",
    "配慮期間",
];

/// How the headings of remarks are named: a word of the end in them is plain.
const NOTES: &[&str] = &["備考", "摘要", "メモ", "特記", "コメント", "注記"];

/// The parts of a ledger, and what a column of each is read as.
const PARTS: &[(Field, &str)] = &[
    (Field::Measure, "措置の言葉です。種類が言葉から判らなければ「その他」とします。"),
    (Field::MeasureClass, "措置の欄が空の行で、措置の言葉として読みます。通常勤務なら、措置の欄と比べます。"),
    (Field::MeasureFrom, "措置の初日です。年月だけなら、その月の初日とします。"),
    (Field::MeasureUntil, "措置の末日です。年月だけなら、その月の末日とします。"),
    (Field::MeasureSpan, "措置の初日と末日です。年月だけなら、月の初日から月の末日までとします。"),
    (Field::MeasureLifted, "措置の終わった日です。期限より先に見ます。"),
    (Field::MeasureReview, "見直しの日です。年月だけなら、その月の末日とします。"),
    (Field::MeasureState, "解除や終了と書かれた行は、取り込みません。措置のある行の「無」は尋ねます。"),
];
/// What a column of one subject is read as.
const OF_ITS_OWN: &str = "見出しの言葉と合わせて、この列だけで一つの措置として読みます。";

/// A column of measures as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Its place; none where a fixed value tells the measure.
    pub index: Option<usize>,
    /// Its heading, folded and without a year.
    pub heading: String,
    /// Whether the heading says what is restricted, so that its words belong to those of the cell.
    pub is_of_subject: bool,
    /// Whether it says no more than that: then a mark may stand for the work as well as for its restriction.
    pub is_bare: bool,
    /// Whether numbers are limits in it, 0 and 1 included.
    pub is_counted: bool,
}

impl Column {
    /// What stands in the column.
    pub fn text<'r>(&self, row: &'r SourceRow, located: &'r Located) -> &'r str {
        self.index.map_or_else(|| located.text(row, Field::Measure), |index| row.cells.get(index))
    }
}

/// A heading that names a part.
struct Named {
    index: usize,
    part: Field,
    year: Option<i32>,
    rest: String,
    is_of_subject: bool,
    is_bare: bool,
}

/// The columns that a ledger names by its own words: of each part the newest year's, and the first; a content before other
/// words of a measure, 就業区分 as the measure where nothing else is one, and each column of one subject for itself.
///
/// # Errors
/// Two columns of measures of which one names a year: nobody knows which of them holds today.
pub(super) fn named(header: &[String]) -> Result<Vec<NamedColumn>, ProfileError> {
    let all = header.iter().enumerate().filter_map(|(index, name)| read(index, name));
    let (mut own, parts): (Vec<_>, Vec<_>) = all.partition(|named| named.is_of_subject);
    let has_bound = own.iter().any(|named| !named.is_bare);
    let has_bare = has_bound || own.len() > 1 && !has_measure(&parts) && has_day(header);
    own.retain(|named| has_bare || !named.is_bare);
    let mut columns = of_subjects(&own)?;
    let is_alone = columns.is_empty();
    let parts: Vec<&Named> = parts.iter().filter(|named| is_alone || !is_day_of_subject(named)).collect();
    columns.extend(of_parts(&parts, is_alone)?);
    columns.sort_unstable_by_key(|(index, ..)| *index);
    Ok(columns)
}

/// Whether the headings are those of a ledger and not of hours: what is restricted, column by column, and until when.
pub(super) fn is_ledger(header: &[String]) -> bool {
    let folded: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let bare = || folded.iter().filter(|name| subjects::is_bare(name));
    bare().nth(1).is_some() && bare().any(|name| !subjects::is_of_hours(name)) && has_day(header)
}

fn has_measure(parts: &[Named]) -> bool {
    parts.iter().any(|named| named.part == Field::Measure && !is_content(&named.rest) && !asks_whether(&named.rest))
}

fn has_day(header: &[String]) -> bool {
    header.iter().any(|name| ENDS.contains(&folding::fold(name).as_ref()))
}

/// The columns of one subject each.
fn of_subjects(own: &[Named]) -> Result<Vec<NamedColumn>, ProfileError> {
    let mut subjects: BTreeMap<&str, Vec<&Named>> = BTreeMap::new();
    own.iter().for_each(|named| subjects.entry(&named.rest).or_default().push(named));
    let mut columns = Vec::new();
    for same in subjects.into_values() {
        columns.extend(newest(&same)?.first().map(|named| (named.index, Role::Field(Field::Measure), OF_ITS_OWN)));
    }
    Ok(columns)
}

/// The other parts; 就業区分 is the measure where nothing else is one, and so is a column that asks whether there is one.
fn of_parts(parts: &[&Named], is_alone: bool) -> Result<Vec<NamedColumn>, ProfileError> {
    let of = |field: Field| newest(&parts.iter().copied().filter(|named| named.part == field).collect::<Vec<_>>());
    let all = of(Field::Measure)?;
    let (contents, worded): (Vec<_>, Vec<_>) = all.into_iter().partition(|named| is_content(&named.rest));
    let (asking, measures): (Vec<_>, Vec<_>) = worded.into_iter().partition(|named| asks_whether(&named.rest));
    let class = of(Field::MeasureClass)?.first().map(|named| named.index);
    let content = contents.first().filter(|_| !asking.is_empty() || class.is_some());
    let content = measures.iter().find(|named| named.rest.contains("内容")).or(measures.first()).or(content);
    let whether = asking.first().map(|named| named.index);
    let measure = content.map(|named| named.index).or(whether).or(class.filter(|_| is_alone));
    let mut columns = Vec::new();
    for (field, told) in PARTS {
        let place = match field {
            Field::Measure => measure,
            Field::MeasureClass => class.filter(|_| class != measure),
            Field::MeasureState => {
                let state = of(*field)?.first().map(|named| named.index);
                state.or(whether.filter(|_| whether != measure))
            }
            _ => of(*field)?.first().map(|named| named.index),
        };
        columns.extend(place.map(|index| (index, Role::Field(*field), *told)));
    }
    Ok(columns)
}

fn read(index: usize, name: &str) -> Option<Named> {
    let folded = folding::fold(name);
    let is_bare = subjects::is_bare(&folded);
    let part = part_of(&folded).or(is_bare.then_some(Field::Measure))?;
    let (year, rest) = year_of(&folded).map_or_else(|| (None, folded.to_string()), |(year, rest)| (Some(year), rest));
    let is_of_subject = part == Field::Measure && (is_bare || subjects::names(&rest));
    Some(Named { index, part, year, rest, is_of_subject, is_bare })
}

/// What a column is by its own words, folded.
fn part_of(folded: &str) -> Option<Field> {
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let is_past = qualifiers::is_of_another_time(folded);
    match () {
        () if folded == "期間" => Some(Field::MeasureSpan),
        () if edge(folded).is_some() => edge(folded),
        () if STATES.contains(&folded) => Some(Field::MeasureState),
        () if has(ASIDE) => None,
        () if is_content(folded) => Some(Field::Measure),
        () => {
            let found = WORDS.iter().find(|(_, words)| has(words)).map(|(field, _)| *field);
            let found = found.or_else(|| subjects::names(folded).then_some(Field::Measure));
            found.filter(|field| !is_past || *field == Field::MeasureReview)
        }
    }
}

fn is_content(folded: &str) -> bool {
    CONTENTS.contains(&folded)
}

/// The first or the last day of a time, by a heading that stands below another one or alone: 期間 over 自 and 至.
fn edge(folded: &str) -> Option<Field> {
    let bare = SPANS.iter().find_map(|span| folded.strip_prefix(span)).unwrap_or(folded);
    match bare {
        "自" | "始" | "始期" => Some(Field::MeasureFrom),
        "至" | "終" | "終期" => Some(Field::MeasureUntil),
        _ => None,
    }
}

/// Whether a heading that stood in two rows is one of a ledger to its last character.
pub(in super::super) fn is_of_levels(folded: &str) -> bool {
    let has_span = || SPANS.iter().any(|span| folded.starts_with(span));
    subjects::below_group(folded).is_some() || has_span() && edge(folded).is_some()
}

/// Whether a folded heading asks whether there is a measure at all.
pub(super) fn asks_whether(folded: &str) -> bool {
    folded.ends_with("有無") && !subjects::names(folded)
}

/// A day of one subject (運転制限の期限) is no day of the measures beside it.
fn is_day_of_subject(named: &Named) -> bool {
    let is_day = !matches!(named.part, Field::Measure | Field::MeasureClass | Field::MeasureState);
    is_day && subjects::stands_in(&named.rest)
}

/// The columns of the newest year, or all where no heading names one.
fn newest<'n>(columns: &[&'n Named]) -> Result<Vec<&'n Named>, ProfileError> {
    let year = columns.iter().filter_map(|named| named.year).max();
    let dated = columns.iter().find(|named| named.year.is_some());
    let other = columns.iter().find(|named| named.year.is_none());
    if let Some((dated, other)) = dated.zip(other) {
        let (first, second) = (dated.index.min(other.index) + 1, dated.index.max(other.index) + 1);
        return Err(ProfileError::TwoColumns { field: dated.part, first, second });
    }
    Ok(columns.iter().copied().filter(|named| named.year == year).collect())
}

/// The year that a folded heading names, and the heading without it: 2026年度, 令和8年, r8年度, (2026).
fn year_of(folded: &str) -> Option<(i32, String)> {
    let (start, end, year) = worded_year(folded).or_else(|| bare_year(folded))?;
    let rest = format!("{}{}", folded.get(..start)?, folded.get(end..)?);
    let rest = rest.replace("()", "");
    Some((year, rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()))
}

fn worded_year(folded: &str) -> Option<(usize, usize, i32)> {
    let end = folded.find('年')?;
    let head = folded.get(..end)?;
    let year = |start: usize| calendar::month_of_year(head.get(start..)?, "1").map(|(year, _)| year);
    let (start, year) = head.char_indices().find_map(|(start, _)| Some((start, year(start)?)))?;
    let rest = folded.get(end..)?;
    let length = if rest.starts_with("年度") { "年度".len() } else { "年".len() };
    Some((start, end + length, year))
}

/// Four digits of this century that stand for themselves.
fn bare_year(folded: &str) -> Option<(usize, usize, i32)> {
    let start = folded.find(|c: char| c.is_ascii_digit())?;
    let digits = folded.get(start..)?.chars().take_while(char::is_ascii_digit).count();
    let year = folded.get(start..start + digits)?.parse().ok().filter(|year| (2000..2100).contains(year))?;
    Some((start, start + digits, year))
}

/// The columns of measures in the order in which they stand; a fixed value is one.
pub(super) fn measures(table: &Table, located: &Located) -> Vec<Column> {
    let columns: Vec<Column> = located.measures.iter().map(|index| column(table, *index)).collect();
    let (index, heading) = (None, String::new());
    let fixed = || vec![Column { index, heading, is_of_subject: false, is_bare: false, is_counted: false }];
    if columns.is_empty() { fixed() } else { columns }
}

fn column(table: &Table, index: usize) -> Column {
    let folded = folding::fold(table.header.get(index).map_or("", String::as_str));
    let heading = year_of(&folded).map_or_else(|| folded.to_string(), |(_, rest)| rest);
    let heading = subjects::below_group(&heading).unwrap_or(heading);
    let is_bare = subjects::is_bare(&heading);
    let is_limit = |cell: &str| subjects::is_number(cell) && !["0", "1"].contains(&folding::fold(cell).as_ref());
    let has_limits = || table.rows.iter().any(|row| is_limit(row.cells.get(index)));
    let is_counted = !is_bare && (subjects::has_unit(&heading) || has_limits());
    Column { index: Some(index), is_of_subject: is_bare || subjects::names(&heading), is_bare, is_counted, heading }
}

/// A column that plays no part, in which a word of the end may stand all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note {
    /// Its place.
    pub index: usize,
    /// Whether it is named as one of remarks.
    pub is_remark: bool,
    /// Whether it is a second column that asks whether there is a measure.
    pub asks_whether: bool,
    /// Whether the heading itself speaks of the end: 解除理由.
    pub speaks_of_end: bool,
}

/// The columns that play no part and speak of the time of the row.
pub(super) fn notes(header: &[String], located: &Located) -> Vec<Note> {
    let unused = (0..header.len()).filter(|index| !located.uses(*index));
    let note = |index: usize| {
        let folded = folding::fold(header.get(index)?);
        let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        let is_whether = |folded: &str| asks_whether(folded) && part_of(folded) == Some(Field::Measure);
        let is_of_now = !qualifiers::is_of_another_time(&folded) && year_of(&folded).is_none();
        let note = Note {
            index,
            is_remark: has(NOTES),
            asks_whether: is_whether(&folded),
            speaks_of_end: has(&["解除", "終了"]),
        };
        is_of_now.then_some(note)
    };
    unused.filter_map(note).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn header(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    fn places(line: &str, field: Field) -> Vec<usize> {
        let named = named(&header(line)).unwrap();
        named.into_iter().filter(|(_, role, _)| *role == Role::Field(field)).map(|(index, ..)| index).collect()
    }

    #[test]
    fn of_several_years_the_newest_is_read() {
        for line in ["2025年度措置,2026年度措置", "令和7年度措置,令和8年度措置", "措置(2025),措置(2026)"]
        {
            assert_eq!(places(line, Field::Measure), [1], "{line}");
        }
        assert_eq!(places("R8年度措置,R7年度措置", Field::Measure), [0]);
        assert_eq!(places("前年度措置,今年度措置", Field::Measure), [1]);
        assert_eq!(places("2025年度期限,措置,2026年度期限", Field::MeasureUntil), [2]);
        assert_eq!(places("2025年度残業制限,2026年度残業制限,運転制限", Field::Measure), [1, 2]);
    }

    #[test]
    fn a_year_beside_none_is_a_question() {
        let asked = ProfileError::TwoColumns { field: Field::Measure, first: 2, second: 3 };
        assert_eq!(named(&header("氏名,措置,2025年度措置")), Err(asked));
    }

    #[test]
    fn each_subject_is_a_measure_of_its_own() {
        let line = "氏名,残業制限,深夜業制限,出張制限,運転可否,期限";
        assert_eq!((places(line, Field::Measure), places(line, Field::MeasureUntil)), (vec![1, 2, 3, 4], vec![5]));
        let both = "就業上の措置,残業制限,残業制限の理由,残業制限期限,期限";
        assert_eq!((places(both, Field::Measure), places(both, Field::MeasureUntil)), (vec![0, 1], vec![4]));
        assert_eq!(places("就業制限,制限内容", Field::Measure), [1], "one measure in two columns");
    }

    #[test]
    fn what_asks_whether_there_is_a_measure_stands_beside_its_content() {
        let line = "氏名,就業制限の有無,内容,期限";
        assert_eq!((places(line, Field::Measure), places(line, Field::MeasureState)), (vec![2], vec![1]));
        let alone = "氏名,就業制限の有無,期限";
        assert_eq!((places(alone, Field::Measure), places(alone, Field::MeasureState)), (vec![1], vec![]));
        let class = "氏名,措置区分,内容";
        assert_eq!((places(class, Field::Measure), places(class, Field::MeasureClass)), (vec![2], vec![1]));
        assert_eq!(places("氏名,内容,期限", Field::Measure), Vec::<usize>::new(), "the content of what?");
    }

    #[test]
    fn a_bare_subject_is_a_column_of_measures_in_a_ledger_only() {
        let line = "氏名,残業制限(h/月),深夜業,期限";
        assert_eq!(places(line, Field::Measure), [1, 2]);
        let bare = "氏名,残業,深夜業,出張,運転,重量物,期限";
        assert_eq!((places(bare, Field::Measure), places(bare, Field::MeasureUntil)), (vec![1, 2, 3, 4, 5], vec![6]));
        assert!(is_ledger(&header(bare)) && !is_ledger(&header("氏名,年月,残業,深夜,出張")));
        assert!(!is_ledger(&header("氏名,残業,深夜,代休期限")));
        assert_eq!(places("氏名,就業上の措置,深夜業,期限", Field::Measure), [1], "who works at night, perhaps");
    }

    #[test]
    fn a_state_is_no_measure() {
        assert_eq!(places("措置,状態,措置の状態", Field::MeasureState), [1]);
        assert_eq!(places("措置,状態,措置の状態", Field::Measure), [0]);
    }

    proptest! {
        #[test]
        fn no_heading_is_too_strange(names in prop::collection::vec("\\PC{0,6}[令和R0-9元年度措置制限残業期限()]{0,10}", 0..6)) {
            let _ = named(&names);
            for name in &names {
                year_of(&folding::fold(name));
            }
        }
    }
}
