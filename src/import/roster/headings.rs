//! Columns of a roster that only its own words tell: levels of the organisation, moves, and columns of marks.
//!
//! Knows words of headings. Must not know cells or people.

use super::super::folding::{self, Field};
use super::super::profile::{Located, NamedColumn, Role};
use super::super::qualifiers;
use super::Classes;
use crate::domain::worker::AttributeKind;

/// What a level of the organisation is named, with its number behind it.
const LEVELS: &[&str] =
    &["部門", "部署", "所属", "組織", "所属名", "部門名", "部署名", "組織名", "所属部署", "所属階層", "階層"];
/// Beginnings of a heading that says where somebody is since the last move, and what may stand behind them.
const MOVED: &[&str] = &["異動後", "異動先", "変更後", "新"];
const PLACES: &[&str] = &["", "名", "部課", "課"];
/// The day of the move, by its own names and by what stands in the others.
const MOVED_ON: &[&str] = &["異動日", "異動年月日", "発令日", "発令年月日"];
const MOVING: &[&str] = &["異動", "発令", "辞令"];
/// Work of 安衛則13条1項3号 and of the special examinations, as columns of marks name it.
const WORKS: &[&str] = &[
    "深夜業",
    "深夜業務",
    "深夜業従事",
    "有機溶剤",
    "有機溶剤業務",
    "特化物",
    "特定化学物質",
    "鉛",
    "鉛業務",
    "四アルキル鉛",
    "石綿",
    "アスベスト",
    "粉じん",
    "粉塵",
    "粉じん作業",
    "電離放射線",
    "放射線",
    "放射線業務",
    "除染",
    "高圧室内",
    "高気圧",
    "潜水",
    "潜水業務",
    "騒音",
    "振動",
    "振動工具",
    "重量物",
    "暑熱",
    "寒冷",
    "坑内",
    "病原体",
];
/// Endings of such a heading that add nothing.
const ENDINGS: &[&str] = &["該当者", "該当", "対象者", "対象", "適用者", "適用", "の有無", "有無", "フラグ"];

/// The columns that a roster names by its own words, where no plainer column tells the same.
pub(in crate::import) fn named(header: &[String]) -> Vec<NamedColumn> {
    let folded: Vec<_> = header.iter().map(|name| folding::fold(name)).collect();
    let first = |words: &[&str]| folded.iter().position(|name| words.contains(&name.as_ref()));
    let has_department = header.iter().any(|name| folding::field_of(name) == Some(Field::Department));
    let level = lowest_level(&folded).filter(|_| !has_department);
    let department =
        level.map(|index| (index, Field::Department, "階層の列のうち、一番下の階層を所属として読みます。"));
    let moved = folded
        .iter()
        .position(|name| is_moved_to(name))
        .map(|index| (index, Field::MovedTo, "空でなければ、所属として読みます。異動日が先の日付なら読みません。"));
    let of_a_move = || folded.iter().position(|name| name.ends_with('日') && has(MOVING, name));
    let moved_on = first(MOVED_ON).or_else(of_a_move).filter(|_| moved.is_some());
    let moved_on = moved_on.map(|index| (index, Field::MovedOn, "異動後の所属を、この日から読みます。"));
    let marks = folded.iter().enumerate().filter_map(|(index, name)| {
        Some((index, mark(name)?.field(), "○ などの印のある人に、見出しの言葉を当てます。"))
    });
    let named = department.into_iter().chain(moved).chain(moved_on).chain(marks);
    named.map(|(index, field, told)| (index, Role::Field(field), told)).collect()
}

fn has(words: &[&str], name: &str) -> bool {
    words.iter().any(|word| name.contains(word))
}

/// Whether a heading names where somebody is since the last move: 新所属, 異動後の部署名, 異動先.
fn is_moved_to(folded: &str) -> bool {
    let is_place = |rest: &str| {
        LEVELS.iter().any(|level| rest.strip_prefix(level).is_some_and(|end| PLACES.contains(&end)))
            || folded.starts_with("異動先") && PLACES.contains(&rest)
    };
    let mut told = MOVED.iter().filter_map(|beginning| folded.strip_prefix(beginning));
    told.any(|rest| is_place(rest.strip_prefix('の').unwrap_or(rest)))
}

/// The column of the highest number among levels of one name.
fn lowest_level(folded: &[std::borrow::Cow<'_, str>]) -> Option<usize> {
    let number = |name: &str| {
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let word = bare.trim_end_matches(['_', '-', '(', '第']);
        let digits = name.get(bare.len()..)?.parse::<u8>().ok()?;
        LEVELS.contains(&word).then_some(digits)
    };
    let levels = folded.iter().enumerate().filter_map(|(index, name)| Some((number(name)?, index)));
    levels.max().map(|(_, index)| index)
}

/// What a mark in a column says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// That the person is of this class.
    Class(AttributeKind),
    /// That the person does this work.
    Work(String),
}

impl Mark {
    const fn field(&self) -> Field {
        match self {
            Self::Class(_) => Field::ClassMark,
            Self::Work(_) => Field::WorkMark,
        }
    }
}

fn mark(folded: &str) -> Option<Mark> {
    let bare = ENDINGS.iter().find_map(|ending| folded.strip_suffix(ending)).unwrap_or(folded);
    if WORKS.contains(&bare) {
        return Some(Mark::Work(bare.to_owned()));
    }
    // 医師 heads a column of names.
    let classes = Classes::read(bare).filter(|_| !bare.is_empty())?;
    let class = classes.told.first().copied().filter(|kind| *kind != AttributeKind::Physician);
    class.filter(|_| classes.told.len() == 1).map(Mark::Class)
}

/// The columns of marks, each with what a mark in it says; one that was chosen by hand says its own heading.
pub(super) fn marks(header: &[String], located: &Located) -> Vec<(usize, Mark)> {
    let of = |index: &usize| {
        let name = header.get(*index)?;
        let known = mark(&folding::fold(name));
        Some((*index, known.unwrap_or_else(|| Mark::Work(name.trim().to_owned()))))
    };
    located.marks.iter().filter_map(of).collect()
}

/// The columns that play no part and speak of today: one of them may say that somebody left.
pub(super) fn others(header: &[String], located: &Located) -> Vec<usize> {
    let is_of_today =
        |index: &usize| header.get(*index).is_some_and(|name| !qualifiers::is_of_another_time(&folding::fold(name)));
    (0..header.len()).filter(|index| !located.uses(*index)).filter(is_of_today).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(line: &str) -> Vec<(usize, Field)> {
        let header: Vec<String> = line.split(',').map(str::to_owned).collect();
        let field = |role| if let Role::Field(field) = role { Some(field) } else { None };
        named(&header).into_iter().filter_map(|(index, role, _)| Some((index, field(role)?))).collect()
    }

    #[test]
    fn the_lowest_level_is_the_department_and_a_move_is_newer() {
        let line = "社員番号,部門1,部門2,部門3,異動日,異動前所属,異動後所属";
        let expected = [(3, Field::Department), (6, Field::MovedTo), (4, Field::MovedOn)];
        assert_eq!(found(line), expected);
        assert_eq!(found("社員番号,所属,部門1,部門2,異動日"), [], "所属 itself is plainer, a day alone moves nobody");
    }

    #[test]
    fn a_move_is_known_by_any_of_its_names() {
        for (line, to, on) in [
            ("氏名,旧所属部署,新所属部署,異動発令日", 2, 3),
            ("氏名,旧所属,新所属,発令日", 2, 3),
            ("氏名,所属,異動後の部署名,辞令日", 2, 3),
            ("氏名,所属,異動先,異動予定日", 2, 3),
        ] {
            assert_eq!(found(line), [(to, Field::MovedTo), (on, Field::MovedOn)], "{line}");
        }
        for line in ["氏名,所属,新卒区分,発令日", "氏名,所属,異動予定先,異動予定日", "氏名,新姓,発令日"]
        {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn a_column_of_marks_says_its_heading() {
        let line = "氏名,管理監督者,裁量労働適用,深夜業,有機溶剤,医師,備考";
        let expected = [(1, Field::ClassMark), (2, Field::ClassMark), (3, Field::WorkMark), (4, Field::WorkMark)];
        assert_eq!(found(line), expected);
    }

    proptest! {
        #[test]
        fn no_heading_is_too_strange(names in prop::collection::vec("\\PC{0,4}[部門所属異動後先日0-9該当]{0,8}", 0..6)) {
            named(&names);
        }
    }
}
