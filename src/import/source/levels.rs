//! Headings over several rows: groups above the names (残業 over 平日 and 休日), further names and units below them.
//!
//! Knows the words of headings and which rows stand together. Must not know values. A group is laid before a name only
//! where both together are known to the last character, or where cells were merged and the name says nothing alone: a
//! title above a table is no group.

use super::super::folding::{self, Field};
use super::super::notation::{self, Shape};
use super::super::units::Unit;
use super::super::{qualifiers, restrictions, titles};
use super::header::FirstRow;
use crate::domain::checkup;

/// Rows above the names in which groups are looked for.
const MOST_ABOVE: usize = 2;
/// Rows below the names that may still be headings: two of names, one of units.
pub(super) const MOST_BELOW: usize = 3;
/// Units of time as they stand in a row of their own.
const UNITS: &[&str] =
    &["時間", "分", "秒", "h", "hr", "min", "h:mm", "hh:mm", "[h]:mm", "時:分", "時分", "60進", "10進", "単位"];
/// Units of what is counted: below a group of hours they make its column no hours.
const COUNTS: &[&str] = &["日", "回", "人", "歳", "円"];

/// What a row of headings says of a column.
#[derive(Debug, Clone, Default)]
struct Told {
    /// The text, perhaps that of a cell to the left.
    text: String,
    /// Whether it stands over this column itself.
    is_own: bool,
    /// Whether cells were merged for it.
    is_merged: bool,
}

/// One row of headings, column by column.
type Level = Vec<Told>;

/// The names of the row at `at` with the groups above and the names and units below, and the line of the last of them.
pub(super) fn whole(rows: &[FirstRow], at: usize) -> (Vec<String>, u32) {
    let Some(row) = rows.get(at) else { return (Vec::new(), 0) };
    let near = rows.get(at.saturating_sub(MOST_ABOVE)..).unwrap_or_default();
    let width = near.iter().take(MOST_ABOVE + 1 + MOST_BELOW).map(|row| row.cells.len()).max().unwrap_or(0);
    let mut people = people(&row.cells, rows.get(at + 1));
    people.resize(width.max(people.len()), false);
    let mut levels = above(rows, at, &people);
    let base = levels.len();
    let (mut last, mut line) = (at, row.line);
    levels.push(level(row, &people, None, true));
    let is_next = |last: usize, levels: &[Level]| {
        let next = rows.get(last + 1).filter(|_| last + 1 < at + MOST_BELOW)?;
        (!has_units(next, row, &people) && is_below(next, row, levels)).then_some(next)
    };
    while let Some(next) = is_next(last, &levels) {
        levels.push(level(next, &people, levels.last(), false));
        (last, line) = (last + 1, next.line);
    }
    let mut names: Vec<String> = (0..width).map(|column| composed(&levels, base, column)).collect();
    if let Some(next) = rows.get(last + 1).filter(|next| has_units(next, row, &people)) {
        names.iter_mut().zip(&next.cells).for_each(|(name, unit)| with_unit(name, unit));
        line = next.line;
    }
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    (names, line)
}

/// Whether one of the cells of a row names a column of people.
pub(super) fn names_people<'c>(mut cells: impl Iterator<Item = &'c str>) -> bool {
    cells.any(|name| matches!(folding::field_of(name), Some(Field::Number | Field::Name | Field::Kana)))
}

/// The columns whose own name says who or when: no group stands over them, and nothing below, but 自 and 至 below 期間.
fn people(names: &[String], next: Option<&FirstRow>) -> Vec<bool> {
    let below = |column: usize| next.and_then(|next| next.cells.get(column)).filter(|cell| !cell.is_empty());
    let is_parted = |column: usize, name: &str| {
        below(column).is_some_and(|cell| restrictions::is_of_levels(&folding::fold(&format!("{name}{cell}"))))
    };
    let says = |name: &String| {
        use Field::{Actual, Clock, Holiday, Item, Judgement, NightCount, NightHours, NightOvertime};
        use Field::{OtherDefinition, OtherHours, Overtime, Remark, Total, TotalOvertime};
        let field = folding::field_of(name);
        let is_value = matches!(
            field,
            Some(
                Actual
                    | Clock
                    | Holiday
                    | Item
                    | Judgement
                    | NightCount
                    | NightHours
                    | NightOvertime
                    | OtherDefinition
                    | OtherHours
                    | Overtime
                    | Remark
                    | Total
                    | TotalOvertime
            )
        );
        field.is_some() && !is_value && !is_known_item(name)
    };
    names.iter().enumerate().map(|(column, name)| says(name) && !is_parted(column, name)).collect()
}

/// The levels above the names, from the top; a row that holds no group ends them.
fn above(rows: &[FirstRow], at: usize, people: &[bool]) -> Vec<Level> {
    let near = rows.get(at.saturating_sub(MOST_ABOVE)..at).unwrap_or_default();
    let mut levels: Vec<Level> = Vec::new();
    for row in near.iter().rev() {
        let level = level(row, people, None, false);
        if level.iter().all(|told| told.text.is_empty()) {
            break;
        }
        levels.insert(0, level);
    }
    levels
}

/// The texts of a row, each over the blank columns behind it; one that stands over a person's column is a title, but for
/// the names themselves.
fn level(row: &FirstRow, people: &[bool], over: Option<&Level>, is_names: bool) -> Level {
    let is_person = |column: usize| people.get(column).copied().unwrap_or(false);
    let width = row.cells.len().max(people.len());
    let (mut level, mut group, mut over_people) = (Vec::with_capacity(width), String::new(), false);
    for column in 0..width {
        let cell = row.cells.get(column).map_or("", String::as_str);
        if !cell.is_empty() && cell != group {
            cell.clone_into(&mut group);
            over_people = is_title(cell);
        }
        over_people |= is_person(column) && !cell.is_empty();
        // A blank column of a person ends what stands to its left, and so does another name above.
        let is_other = over.and_then(|over| over.get(column)).is_some_and(|told| told.is_own);
        if cell.is_empty() && (is_person(column) || is_other) {
            group.clear();
        }
        let is_merged = row.merged.get(column).copied().unwrap_or(false);
        let text = match (is_names && !cell.is_empty(), over_people) {
            (true, _) => cell.to_owned(),
            (false, true) => String::new(),
            (false, false) => group.clone(),
        };
        level.push(Told { is_own: !cell.is_empty() && !text.is_empty(), text, is_merged });
    }
    level
}

/// A month above a table is its title and changes every month.
fn is_title(text: &str) -> bool {
    !titles::months(&[text.to_owned()]).is_empty()
}

/// Whether a row below the names holds further names: nobody stands in it, and one of its cells makes a known heading with
/// what stands above, or the people's names were merged downward into it.
fn is_below(next: &FirstRow, names: &FirstRow, levels: &[Level]) -> bool {
    let people = people(&names.cells, Some(next));
    let is_known_here = |column: usize, cell: &String| exact(&groups(levels, column), cell).is_some();
    let is_own = |(column, cell): &(usize, &String)| !cell.is_empty() && names.cells.get(*column) != Some(*cell);
    let own: Vec<(usize, &String)> = next.cells.iter().enumerate().filter(is_own).collect();
    // A number is a name only where it is known as one: 1000 below 聴力 右.
    let is_value = own.iter().any(|(column, cell)| is_value(cell) && !is_known_here(*column, cell));
    // A unit below a person's column is no name that was merged downward.
    let is_same = |(column, cell): (usize, &String)| !cell.is_empty() && names.cells.get(column) == Some(cell);
    let is_person = |column: &usize| people.get(*column) == Some(&true);
    let is_downward = next.cells.iter().enumerate().filter(|(column, _)| is_person(column)).any(is_same);
    let is_known = || own.iter().any(|(column, cell)| is_known_here(*column, cell));
    is_of_nobody(next, names, &people) && !own.is_empty() && !is_value && (is_downward || is_known())
}

/// Whether in the columns of people nothing stands but their names, as what was merged downward, and there is such a column.
fn is_of_nobody(next: &FirstRow, names: &FirstRow, people: &[bool]) -> bool {
    let cell = |row: &FirstRow, column: usize| row.cells.get(column).cloned().unwrap_or_default();
    let mut columns =
        people.iter().enumerate().filter(|(_, is_person)| **is_person).map(|(column, _)| column).peekable();
    columns.peek().is_some()
        && columns.all(|column| {
            let own = cell(next, column);
            own.is_empty() || own == cell(names, column) || is_unit(&own)
        })
}

/// Whether a cell is a number or a time: then its row is no heading.
fn is_value(cell: &str) -> bool {
    notation::shape(cell).is_ok_and(|shape| shape != Shape::Nothing)
}

/// The texts of a column, from the top, each once.
fn groups(levels: &[Level], column: usize) -> Vec<&str> {
    let told = levels.iter().filter_map(|level| level.get(column));
    let mut texts: Vec<&str> = told.map(|told| told.text.as_str()).filter(|text| !text.is_empty()).collect();
    texts.dedup();
    texts
}

/// The name of a column by all its levels; `base` is that of the names. A column without a name of its own is what stands
/// over it alone, where that is known (尿酸 over nothing, beside 身体計測 over 身長): as if it were merged downward.
fn composed(levels: &[Level], base: usize, column: usize) -> String {
    let of = |level: usize| levels.get(level).and_then(|level| level.get(column));
    let found = (base..levels.len()).rev().find(|level| of(*level).is_some_and(|told| told.is_own));
    let Some((lowest, own)) = found.and_then(|level| Some((level, of(level)?.text.as_str()))) else {
        let above = base.checked_sub(1).and_then(|level| levels.get(level));
        return above.and_then(|above| alone(above, column)).unwrap_or_default().to_owned();
    };
    let above = levels.get(..lowest).unwrap_or_default();
    let mut groups = groups(above, column);
    groups.retain(|group| *group != own);
    if groups.is_empty() {
        return own.to_owned();
    }
    if let Some(name) = measured(above, base, column, own) {
        return name;
    }
    let joined = [groups.as_slice(), &[own]].concat().join(" ");
    let is_merged = (0..lowest).filter_map(of).any(|told| told.is_merged && told.text != own);
    match exact(&groups, own) {
        _ if is_elsewhere(&groups, &joined) => joined,
        Some(exact) => exact,
        // The judgement of an unknown group is not that of the whole.
        None if folding::field_of(own) == Some(Field::Judgement) => joined,
        None if is_known(own) || !is_merged => own.to_owned(),
        None => joined,
    }
}

/// The known name that stands over a column and over no other.
fn alone(above: &Level, column: usize) -> Option<&str> {
    let over = above.get(column).filter(|told| told.is_own && !told.is_merged && is_known(&told.text))?;
    let is_shared = above.get(column + 1).is_some_and(|next| !next.is_own && next.text == over.text);
    (!is_shared).then_some(over.text.as_str())
}

/// Whether the groups make the column one of another time, or of hours that are counted otherwise: then they never go.
fn is_elsewhere(groups: &[&str], joined: &str) -> bool {
    let is_other_time = |group: &&str| {
        let folded = folding::fold(group);
        qualifiers::is_of_another_time(&folded) || qualifiers::reason(&folded).is_some()
    };
    groups.iter().any(is_other_time) || folding::field_of(joined) == Some(Field::OtherDefinition)
}

/// The name of a column below which a unit stands where others have a further name; none where it is no unit, or what
/// stands above is no name without it (深夜 over 時間 and 回数).
fn measured(above: &[Level], base: usize, column: usize, own: &str) -> Option<String> {
    if is_in(COUNTS, own) {
        let is_named = exact(&groups(above, column), own).is_some();
        return (!is_named).then(|| own.to_owned());
    }
    let mut name = is_unit(own).then(|| composed(above, base, column)).filter(|name| is_known(name))?;
    with_unit(&mut name, own);
    Some(name)
}

/// Groups and name in the order in which they are a known heading to the last character: 血圧, 1回目 and 最高 are
/// 血圧 最高 1回目. Failing all of them, one of the groups with the name.
fn exact(groups: &[&str], own: &str) -> Option<String> {
    let all = orders(&[groups, &[own]].concat());
    let single = groups.iter().rev().filter(|_| groups.len() > 1).flat_map(|group| orders(&[group, own]));
    let texts = all.into_iter().chain(single).map(|order| order.join(" "));
    texts.filter(|_| !groups.is_empty()).find(|text| is_known_whole(text))
}

/// Every order of up to three texts, that from the top first.
fn orders<'t>(texts: &[&'t str]) -> Vec<Vec<&'t str>> {
    match texts {
        [one, two] => vec![vec![one, two], vec![two, one]],
        [one, two, three] => [
            [one, two, three],
            [one, three, two],
            [three, one, two],
            [two, three, one],
            [two, one, three],
            [three, two, one],
        ]
        .iter()
        .map(|order| order.iter().map(|text| **text).collect())
        .collect(),
        texts => vec![texts.to_vec()],
    }
}

fn is_known_whole(text: &str) -> bool {
    let folded = folding::fold(text);
    folding::is_exact(&folded) || restrictions::is_of_levels(&folded) || is_known_item(text)
}

fn is_known_item(text: &str) -> bool {
    let is_judgement = || checkup::judged(text).is_some() || checkup::beside::group_judged(text).is_some();
    text.len() <= folding::MAX_HEADING && (checkup::heading(text).is_some() || is_judgement())
}

/// Whether a heading names a column of people or hours, or an item.
pub(super) fn is_known(text: &str) -> bool {
    folding::field_of(text).is_some() || is_known_item(text)
}

/// Whether a row holds units and nothing else.
fn has_units(next: &FirstRow, names: &FirstRow, people: &[bool]) -> bool {
    let is_downward = |column: usize, cell: &String| names.cells.get(column) == Some(cell);
    let is_mute = |(column, cell): &(usize, &String)| {
        cell.is_empty() || is_downward(*column, cell) || checkup::standing(cell) == checkup::Standing::Dash
    };
    let mut units = next.cells.iter().enumerate().filter(|cell| !is_mute(cell)).peekable();
    is_of_nobody(next, names, people) && units.peek().is_some() && units.all(|(_, cell)| is_unit(cell))
}

fn is_unit(cell: &str) -> bool {
    let is_heading = cell.len() <= folding::MAX_HEADING;
    is_heading && (is_in(UNITS, cell) || is_in(COUNTS, cell) || checkup::is_unit(cell))
}

fn is_in(units: &[&str], cell: &str) -> bool {
    let folded = folding::fold(cell);
    units.contains(&folded.trim_start_matches(['(', '[']).trim_end_matches([')', ']']))
        || units.contains(&folded.as_ref())
}

/// Lays a unit behind a name, where that leaves the name what it is.
fn with_unit(name: &mut String, unit: &str) {
    let bare = unit.trim_start_matches(['(', '（', '[', '［']).trim_end_matches([')', '）', ']', '］']);
    if name.is_empty() || !checkup::is_unit(unit) && Unit::of_text(unit).is_none() {
        return;
    }
    let told = format!("{name}({bare})");
    let is_same = folding::field_of(&told) == folding::field_of(name);
    if is_same && is_known_item(name) == is_known_item(&told) {
        *name = told;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Table, read};
    use super::*;

    fn table(text: &str) -> Table {
        read(text.as_bytes()).unwrap()
    }

    fn header(text: &str) -> (Vec<String>, u32, usize) {
        let table = table(text);
        (table.header, table.header_row, table.rows.len())
    }

    fn names(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_group_above_qualifies_the_name_below_it() {
        let text =
            ",,残業,,,休日,,\n社員番号,氏名,平日,深夜,法定内,法定,所定,備考\n4001,桐山,1:00,2:00,0:10,3:00,4:00,x\n";
        let expected = names("社員番号,氏名,平日 残業,深夜 残業,残業 法定内,法定 休日,所定 休日,備考");
        let (found, line, rows) = header(text);
        assert_eq!((line, rows), (2, 1));
        assert_eq!(found.len(), expected.len());
        let fields = |names: &[String]| names.iter().map(|name| folding::field_of(name)).collect::<Vec<_>>();
        use Field::{Holiday, Name, NightOvertime, Number, OtherHours, Overtime};
        let expected = [
            Some(Number),
            Some(Name),
            Some(Overtime),
            Some(NightOvertime),
            Some(OtherHours),
            Some(Holiday),
            Some(Holiday),
            None,
        ];
        assert_eq!(fields(&found), expected, "{found:?}");
    }

    #[test]
    fn names_below_their_groups_are_found_where_the_people_stand_above() {
        let text = "社員番号,氏名,残業,,休日労働時間\n,,平日,深夜,\n,,時間,時間,時間\n4001,桐山,1:00,2:00,3:00\n";
        let (found, line, rows) = header(text);
        assert_eq!(found, names("社員番号,氏名,平日 残業(時間),深夜 残業(時間),休日労働時間(時間)"));
        assert_eq!((line, rows), (3, 1));
    }

    #[test]
    fn three_rows_of_a_clinic_give_item_reading_and_unit() {
        let top = "社員番号,健診日,血圧,,,,血液,\n,,1回目,,2回目,,血小板数,AST\n,,最高,最低,最高,最低,千/μL,U/L\n";
        let (found, ..) = header(&format!("{top}4001,2026/9/7,132,80,128,78,95,28\n"));
        assert_eq!(found[..2], names("社員番号,健診日"));
        let heads: Vec<_> = found[2..6].iter().map(|name| checkup::heading(name).unwrap()).collect();
        let which = |at: usize| (heads[at].column.item(), heads[at].manner.which);
        use checkup::{Item, Which};
        assert_eq!((which(0), which(3)), ((Item::Systolic, Which::First), (Item::Diastolic, Which::Second)));
        let units = "社員番号,健診日,血小板数,AST,血糖\n,,(千/μL),U/L,-\n4001,2026/9/7,95,28,92\n";
        assert_eq!(header(units), (names("社員番号,健診日,血小板数(千/μL),AST(U/L),血糖"), 2, 1));
    }

    #[test]
    fn a_name_above_a_column_without_one_is_its_own_unless_it_is_a_group() {
        let text = ",,身体計測,,尿酸,総合判定\n社員番号,健診日,身長,体重,,\n4001,2026/9/7,171,64,7.2,D\n";
        assert_eq!(header(text).0[2..], names("身長,体重,尿酸,総合判定"));
        let group = ",,血圧,,腹部超音波\n社員番号,健診日,,最低,\n4001,2026/9/7,132,80,x\n";
        assert_eq!(header(group).0[2..], names(",血圧 最低"), "neither half of a group nor an unknown name");
    }

    #[test]
    fn a_group_of_another_year_never_goes_and_a_title_is_none() {
        let text = ",,今回,,前回,\n社員番号,健診日,AST,ALT,AST,ALT\n4001,2026/9/7,28,30,50,60\n";
        let (found, ..) = header(text);
        assert_eq!(found[4..], names("前回 AST,前回 ALT"));
        assert!(found[4..].iter().all(|name| checkup::heading(name).is_none()), "no value of last year comes in");
        assert!(found[2..4].iter().all(|name| checkup::heading(name).is_some()));
        let titled = "勤怠月報,,2026年10月\n社員番号,氏名,在社\n4001,桐山,1:00\n";
        assert_eq!(header(titled).0, names("社員番号,氏名,在社"));
        let other = "36協定,,,\n社員番号,氏名,残業時間,備考\n4001,桐山,1:00,x\n";
        assert_eq!(header(other).0[2], "残業時間", "a title");
        let group = ",,36協定,,\n社員番号,氏名,残業時間,総労働時間,備考\n4001,桐山,1:00,2:00,x\n";
        assert_eq!(folding::field_of(&header(group).0[2]), Some(Field::OtherDefinition));
    }

    #[test]
    fn a_judgement_over_items_is_none_of_their_values() {
        let text = ",,検査値,,判定,\n社員番号,健診日,AST,BMI,AST,BMI\n4001,2026/9/7,28,22,A,B\n";
        let (found, ..) = header(text);
        assert_eq!(found[4..], names("判定 AST,判定 BMI"));
    }

    #[test]
    fn a_judgement_below_a_group_is_that_of_the_group_and_never_of_the_whole() {
        let text = ",,糖代謝,糖代謝,糖代謝,腹部超音波,腹部超音波,総合\n社員番号,健診日,空腹時血糖,HbA1c,判定,所見,判定,判定\n4001,2026/9/7,98,5.6,A,x,E,D\n";
        let (found, ..) = header(text);
        assert_eq!(checkup::beside::group_judged(&found[4]).map(|group| group.name.as_str()), Some("糖代謝"));
        assert_eq!(found[6], "腹部超音波 判定");
        assert_ne!(folding::field_of(&found[6]), Some(Field::Judgement));
        assert_eq!(folding::field_of(&found[7]), Some(Field::Judgement), "{}", found[7]);
    }

    #[test]
    fn what_is_restricted_stands_below_the_measures_of_a_ledger() {
        let text = "就業制限者一覧,,,,,\n社員番号,氏名,措置,,期間,\n,,残業,深夜業,自,至\n4001,桐山,禁止,可,2026/9/1,2027/3/31\n";
        assert_eq!(header(text), (names("社員番号,氏名,残業 措置,深夜業 措置,期間 自,期間 至"), 3, 1));
        let above = ",,就業制限,,\n社員番号,氏名,残業,運転,期限\n4001,桐山,禁止,可,2027/3/31\n";
        assert_eq!(header(above).0[2..], names("残業 就業制限,運転 就業制限,期限"));
    }

    #[test]
    fn rows_of_people_are_no_headings() {
        for text in [
            "社員番号,氏名,残業時間\n,桐山 勇,1:00\n",
            "社員番号,氏名,残業\n,,1:00\n",
            "社員番号,氏名,残業\n,,平日夜間\n4001,桐山,1:00\n",
            "社員番号,氏名,備考\n4001,桐山,分\n",
            "社員番号,氏名,残業時間\n,,-\n4001,桐山,1:00\n",
            "社員番号,氏名,残業時間\n日,,山\n4001,桐山,1:00\n",
        ] {
            assert_eq!(header(text).1, 1, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_row_is_a_heading_or_accounted_for(
            rows in prop::collection::vec("(社員番号|氏名|残業|平日|法定|血圧|最高|1回目|時間|mg/dL|前回|-|1:30|)(,(氏名|残業|休日|深夜|AST|回数|分|2026年10月|A|)){0,5}", 1..8)
        ) {
            let text = format!("{}\n", rows.join("\n"));
            if let Ok(table) = read(text.as_bytes()) {
                let below = text.lines().skip(table.header_row as usize).filter(|line| !line.is_empty()).count();
                prop_assert_eq!(table.row_count(), below);
            }
        }
    }
}
