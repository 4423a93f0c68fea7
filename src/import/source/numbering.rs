//! Headings that are numbered (`01_身長`, `2.体重`, `③腹囲`): the names behind the numbers.
//!
//! Knows headings. Must not know values. A number is taken away only where most headings of a row carry one and more of
//! them are known without it: `1回目`, a code or the numbers of a questionnaire are no such numbers.

use super::levels;

/// Fewest numbered headings of a row.
const FEWEST: usize = 3;
/// So many more headings have to be known without their numbers.
const GAINED: usize = 2;
/// Most digits of a number.
const DIGITS: usize = 4;
/// What stands between a number and its name.
const BETWEEN: &[char] =
    &['_', '＿', '.', '．', '、', '，', ',', '-', '－', ':', '：', ')', '）', ']', '］', '】', ' ', '　', '・'];
/// What may stand before a number.
const BEFORE: &[char] = &['(', '（', '[', '［', '【'];

/// The names of a row without their numbers; none where they are not numbered.
pub(super) fn without(names: &[String]) -> Option<Vec<String>> {
    let bare: Vec<Option<&str>> = names.iter().map(|name| unnumbered(name)).collect();
    let (numbered, named) = (bare.iter().flatten().count(), names.iter().filter(|name| !name.is_empty()).count());
    if numbered < FEWEST || 2 * numbered < named {
        return None;
    }
    let known = |names: &mut dyn Iterator<Item = &str>| names.filter(|name| levels::is_known(name)).count();
    let plain = || bare.iter().zip(names).map(|(bare, name)| bare.unwrap_or(name));
    let before = known(&mut names.iter().map(String::as_str));
    (known(&mut plain()) >= before + GAINED).then(|| plain().map(str::to_owned).collect())
}

/// A heading without the number before it; none where there is none, or nothing behind it.
fn unnumbered(name: &str) -> Option<&str> {
    let rest = name.strip_prefix(is_circled).or_else(|| behind_digits(name))?.trim_start_matches(BETWEEN);
    // 1-2.身長
    let rest = behind_digits(rest).unwrap_or(rest).trim_start_matches(BETWEEN);
    (!rest.is_empty() && !rest.starts_with(is_digit)).then_some(rest)
}

/// What stands behind digits and what separates them; digits that begin with 0 need nothing between.
fn behind_digits(name: &str) -> Option<&str> {
    let inner = name.trim_start_matches(BEFORE);
    let digits = inner.chars().take_while(|c| is_digit(*c)).count();
    let rest = inner.trim_start_matches(is_digit);
    let is_parted = rest.starts_with(BETWEEN) || inner.starts_with(['0', '０']) && digits > 1;
    ((1..=DIGITS).contains(&digits) && is_parted).then_some(rest)
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

const fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '⑴'..='⒇' | '❶'..='❿')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bare(line: &str) -> Option<String> {
        let names: Vec<String> = line.split('|').map(str::to_owned).collect();
        without(&names).map(|names| names.join("|"))
    }

    #[test]
    fn numbers_before_most_headings_are_taken_away() {
        let plain = Some("社員番号|健診日|身長|体重|腹囲".to_owned());
        for line in [
            "社員番号|健診日|01_身長|02_体重|03_腹囲",
            "1.社員番号|2.健診日|3.身長|4.体重|5.腹囲",
            "①社員番号|②健診日|③身長|④体重|⑤腹囲",
            "(1)社員番号|(2) 健診日|(3)　身長|(4)体重|(5)腹囲",
            "社員番号|健診日|2-1 身長|2-2 体重|2-3 腹囲",
            "0001 社員番号|0002 健診日|0003身長|0004身長|0041 腹囲".replace("0004身長", "0004体重").as_str(),
        ] {
            assert_eq!(bare(line), plain, "{line}");
        }
    }

    #[test]
    fn numbers_that_mean_something_stay() {
        for line in [
            "社員番号|健診日|1回目血圧|2回目血圧|3回目血圧",
            "社員番号|1.非常にたくさんの仕事をしなければならない|2.時間内に仕事が処理しきれない|3.一生懸命働かなければならない",
            "社員番号|健診日|右1000Hz|4000Hz右|1000Hz左",
            "社員番号|氏名|健診日|身長|体重|腹囲|1.身長|2.体重|3.腹囲",
            "社員番号|健診日|9N001000000000001|9N006000000000001|9N011000000000001",
        ] {
            assert_eq!(bare(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_heading_is_too_strange(names in proptest::collection::vec("\\PC{0,8}|[0-9]{1,5}[_. ][身長体重AST]{0,4}", 0..12)) {
            prop_assert!(without(&names).is_none_or(|bare| bare.len() == names.len()));
        }
    }
}
