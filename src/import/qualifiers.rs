//! Words in a heading that say that its column is of another time, or no hours that were worked in the month of the row.
//!
//! Knows words and their reasons. Must not know columns or values.

/// A word of a heading, what must not follow it, and why such a column is no column of the month's hours.
struct Qualifier {
    word: &'static str,
    unless_before: &'static [&'static str],
    reason: &'static str,
}

const PLANNED: &str = "予定の時間とみて使いません。実績の列だけを使います。";
const LIMIT: &str = "上限や目標の時間とみて使いません。実績の列だけを使います。";
const BEFORE: &str = "修正前の時間とみて使いません。修正後の列を使います。";
const PREVIOUS: &str = "前の期間の時間とみて使いません。";
const CUMULATIVE: &str = "累計の時間とみて使いません。その月だけの列を使います。";

const DEEMED: &str = "みなしの時間とみて使いません。実際に働いた時間の列だけを使います。";
const WITH_REST: &str = "働いていない時間を含む列とみて使いません。除いた列を使うか、列の対応で決めてください。";
const IN_PART: &str = "ほかの列に含まれる内訳（うち）とみて、足しません。";

const fn of(word: &'static str, reason: &'static str) -> Qualifier {
    Qualifier { word, unless_before: &[], reason }
}

/// Headings are folded before they are compared.
const QUALIFIERS: &[Qualifier] = &[
    of("予定", PLANNED),
    of("計画", PLANNED),
    of("見込", PLANNED),
    of("上限", LIMIT),
    of("限度", LIMIT),
    of("目標", LIMIT),
    of("目安", LIMIT),
    of("残枠", LIMIT),
    of("修正前", BEFORE),
    of("補正前", BEFORE),
    of("訂正前", BEFORE),
    of("変更前", BEFORE),
    of("調整前", BEFORE),
    of("速報", BEFORE),
    // 所定外 is overtime, 所定内 a part of what was worked, and 所定休日 a kind of holiday.
    Qualifier { word: "所定", unless_before: &["外", "内", "休日"], reason: PLANNED },
    of("うち", IN_PART),
    of("内訳", IN_PART),
    of("内数", IN_PART),
    of("所定内", IN_PART),
    of("法定内", IN_PART),
    of("前月", PREVIOUS),
    of("前回", PREVIOUS),
    of("先月", PREVIOUS),
    of("前年", PREVIOUS),
    of("昨年", PREVIOUS),
    of("去年", PREVIOUS),
    of("年間", CUMULATIVE),
    of("累計", CUMULATIVE),
    of("通算", CUMULATIVE),
    of("年度計", CUMULATIVE),
    of("年計", CUMULATIVE),
    of("みなし", DEEMED),
    of("見做", DEEMED),
    of("有休含", WITH_REST),
    of("有給含", WITH_REST),
    of("休暇含", WITH_REST),
    of("休憩含", WITH_REST),
    of("有休を含", WITH_REST),
    of("有給を含", WITH_REST),
    of("休暇を含", WITH_REST),
    of("休憩を含", WITH_REST),
    of("有休込", WITH_REST),
    of("有給込", WITH_REST),
    of("休憩込", WITH_REST),
];

/// Beginnings of a heading whose hours another column holds already: うち深夜残業, (内)深夜残業.
const PARTS: &[&str] = &["(内)", "[内]", "内、", "内・", "内深夜", "内法定", "内休日", "内残業"];

/// Words that make any column another year's: 前回 beside this year's stands in many clinics' files.
const OF_ANOTHER_TIME: &[&str] =
    &["前回", "前々回", "前年", "前々年", "先年", "昨年", "一昨年", "去年", "過去", "次回", "次年", "来年", "翌年"];
/// Words by which a heading says that it is of this year, where another stands beside it.
const OF_THIS_TIME: &[&str] = &["今年度", "本年度", "当年度", "今年", "今回"];

/// Words that make a column of 所属 or 役職 one of a second post, of where somebody was or goes to, or of another company.
/// 新所属 is read for itself, by its day.
const ELSEWHERE: &[&str] = &[
    "兼務",
    "兼任",
    "異動前",
    "変更前",
    "旧所属",
    "旧部署",
    "旧部門",
    "旧役職",
    "異動後",
    "異動先",
    "異動予定",
    "変更後",
    "新所属",
    "新部署",
    "新部門",
    "新役職",
    "出向先",
    "出向元",
    "応援先",
];

/// Words by which a heading says that it holds what was worked in this month.
const ACTUAL: &[&str] = &[
    "実績",
    "当月",
    "今月",
    "有休を除く",
    "有給を除く",
    "休暇を除く",
    "休憩を除く",
    "有休除く",
    "有給除く",
    "休暇除く",
    "休憩除く",
];

/// Why a column of a folded heading holds no hours of the row's month; none where nothing speaks against it.
pub(super) fn reason(folded: &str) -> Option<&'static str> {
    let is_part = PARTS.iter().any(|beginning| folded.starts_with(beginning));
    let qualified = || QUALIFIERS.iter().find(|qualifier| qualifier.is_in(folded)).map(|qualifier| qualifier.reason);
    is_part.then_some(IN_PART).or_else(qualified)
}

/// Whether a folded heading speaks of another examination, year or list than the row's.
pub(super) fn is_of_another_time(folded: &str) -> bool {
    OF_ANOTHER_TIME.iter().any(|word| folded.contains(word))
}

/// A folded heading without the words that say that it is of this year.
pub(super) fn without_this_time(folded: &str) -> String {
    tidied(&OF_THIS_TIME.iter().fold(folded.to_owned(), |bare, word| bare.replace(word, "")))
}

/// Whether a folded heading of a place speaks of another one than that of today.
pub(super) fn is_elsewhere(folded: &str) -> bool {
    ELSEWHERE.iter().any(|word| folded.contains(word))
}

/// Whether a folded heading says itself that it holds what was worked in the month.
pub(super) fn is_actual(folded: &str) -> bool {
    ACTUAL.iter().any(|word| folded.contains(word))
}

/// A folded heading without the words that say that it holds what was worked, and without the brackets they leave.
pub(super) fn without_actual(folded: &str) -> String {
    let bare = ACTUAL.iter().fold(folded.to_owned(), |bare, word| bare.replace(word, ""));
    tidied(&bare)
}

/// A heading without empty brackets and without what separates words at its ends.
pub(super) fn tidied(bare: &str) -> String {
    bare.replace("()", "").replace("[]", "").trim_matches(['_', '-', '・', '/', ':']).to_owned()
}

/// The hours beyond which a folded heading counts (45 of 45時間超, 60h超); 超過勤務 is overtime of any length.
pub(super) fn beyond(folded: &str) -> Option<i64> {
    let before = folded.get(..folded.find('超')?)?;
    let before = before.strip_suffix('を').unwrap_or(before);
    let number = ["時間", "h"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let digits = number.trim_start_matches(|c: char| !c.is_ascii_digit());
    let last = digits.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    last.parse().ok().filter(|hours| number.ends_with(last) && (1..=744).contains(hours))
}

impl Qualifier {
    fn is_in(&self, folded: &str) -> bool {
        let mut places = folded.match_indices(self.word);
        places.any(|(at, word)| {
            let rest = folded.get(at + word.len()..).unwrap_or("");
            !self.unless_before.iter().any(|next| rest.starts_with(next))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_that_it_is_no_months_work() {
        for (heading, why) in [
            ("予定総労働時間", PLANNED),
            ("総労働時間(予定)", PLANNED),
            ("所定総労働時間", PLANNED),
            ("前月総労働時間", PREVIOUS),
            ("昨年残業時間", PREVIOUS),
            ("年間総労働時間", CUMULATIVE),
            ("残業時間年度計", CUMULATIVE),
            ("みなし総労働時間", DEEMED),
            ("総労働時間(有休含む)", WITH_REST),
            ("総労働時間(休憩含む)", WITH_REST),
            ("うち深夜残業時間", IN_PART),
            ("(内)深夜残業", IN_PART),
            ("内法定休日労働時間", IN_PART),
            ("残業時間(うち深夜)", IN_PART),
            ("総労働時間所定内", IN_PART),
        ] {
            assert_eq!(reason(heading), Some(why), "{heading}");
        }
        for heading in [
            "月間総労働時間",
            "所定外労働時間",
            "所定休日労働時間",
            "当月総労働時間",
            "総労働時間(実績)",
            "総労働時間(有休除く)",
        ] {
            assert_eq!(reason(heading), None, "{heading}");
        }
        assert_eq!(without_actual("総労働時間(実績)"), "総労働時間");
        for (heading, why) in [("時間外上限", LIMIT), ("36時間外限度", LIMIT), ("修正前残業時間", BEFORE)]
        {
            assert_eq!(reason(heading), Some(why), "{heading}");
        }
        let limits = ["時間外(45時間超)", "60h超残業", "時間外60時間を超える", "超過勤務時間", "残業時間"].map(beyond);
        assert_eq!(limits, [Some(45), Some(60), Some(60), None, None]);
    }
}
