//! Folding of headers, numbers and names; what a column is about, longest match first.
//!
//! Knows words of exports. Must not know values, profiles or people.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::synonyms::SYNONYMS;
use super::{blank, clocks, plainness, qualifiers, units};
use crate::labelled;

labelled! {
    /// What a column is about.
    Field {
        Number = "社員番号",
        Name = "氏名",
        Kana = "ふりがな",
        Total = "総労働時間",
        Actual = "実労働時間",
        Minutes = "時間の列に添える分",
        TotalOvertime = "総残業時間",
        Overtime = "残業時間",
        NightOvertime = "深夜残業時間",
        Holiday = "休日労働時間",
        OtherDefinition = "定義の違う時間",
        OtherHours = "そのほかの時間",
        NightHours = "深夜業の時間",
        NightCount = "深夜業の回数",
        Year = "年",
        Month = "月",
        YearMonth = "年月",
        PeriodStart = "期間の初日",
        PeriodEnd = "期間の末日",
        Date = "年月日",
        Sex = "性別",
        Birth = "生年月日",
        Department = "所属",
        MovedTo = "異動後の所属",
        MovedOn = "異動日",
        Position = "役職",
        Joined = "入社日",
        Left = "退職日",
        Rejoined = "再雇用日",
        Class = "区分",
        ClassMark = "区分（○の列）",
        SpecialWork = "特定業務・有害業務",
        WorkMark = "特定業務・有害業務（○の列）",
        Duties = "業務内容",
        ExamDay = "健診日",
        ExamKind = "健診の種類",
        Clinic = "健診機関",
        Judgement = "総合判定",
        Remark = "医師の所見",
        Item = "健診の項目",
        Unused = "使わない列",
        Measure = "措置",
        MeasureFrom = "措置の初日",
        MeasureUntil = "措置の末日",
        MeasureReview = "見直す日",
        MeasureSpan = "措置の期間",
        MeasureLifted = "措置を解除した日",
        MeasureClass = "就業区分",
        MeasureState = "措置の状態",
        AnsweredOn = "受検日",
        HighStress = "高ストレスかどうか",
        ScoreA = "点数 A 仕事のストレス要因",
        ScoreB = "点数 B 心身のストレス反応",
        ScoreC = "点数 C 周囲のサポート",
        Clock = "時刻",
    }
}

/// Most bytes of a heading; what is longer is a sentence or a cell, and no name of a column is looked for in it.
pub const MAX_HEADING: usize = 400;

/// Folds a header or a code: NFKC, lower case, no white space, no `*`.
pub fn fold(text: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase() && !b.is_ascii_whitespace() && b != b'*';
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let folded = text.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace() && *c != '*');
    // What stood on both sides of a space may compose now.
    Cow::Owned(folded.nfkc().collect())
}

/// Folds a whole header into the one line a profile keeps, joined by tabs.
pub fn fold_header(header: &[String]) -> String {
    header.iter().map(|name| fold(name)).collect::<Vec<_>>().join("\t")
}

/// What a column of this name is about, or `None` for a name that is not known.
pub fn field_of(header: &str) -> Option<Field> {
    if header.len() > MAX_HEADING {
        return None;
    }
    let folded = fold(header);
    let folded = units::without(&folded);
    let of_this_time = || Some(qualifiers::without_this_time(folded)).filter(|bare| bare != folded);
    let named = named_field(folded).or_else(|| of_this_time().and_then(|bare| exact_field(&bare)));
    let may_be_hours = named.is_none_or(|field| field == Field::OtherHours || HOURS.contains(&field));
    if may_be_hours && !is_exact(folded) && clocks::is_heading(folded) {
        return Some(Field::Clock);
    }
    let field = named?;
    if HOURS.contains(&field) && qualifiers::reason(folded).is_some() {
        return Some(Field::OtherHours);
    }
    let is_elsewhere = || [Field::Department, Field::Position].contains(&field) && qualifiers::is_elsewhere(folded);
    if qualifiers::is_of_another_time(folded) || is_elsewhere() {
        return Some(Field::Unused);
    }
    plainness::is_used_up(field, folded).then_some(field)
}

/// Columns of hours, which a word in the heading makes planned ones, or those of another time.
pub(super) const HOURS: &[Field] = &[
    Field::Total,
    Field::Actual,
    Field::TotalOvertime,
    Field::Overtime,
    Field::NightOvertime,
    Field::Holiday,
    Field::NightHours,
    Field::NightCount,
];

/// Whether a folded heading is a name of a column to its last character.
pub(super) fn is_exact(folded: &str) -> bool {
    SYNONYMS.iter().any(|(_, names)| names.contains(&folded))
}

fn names() -> impl Iterator<Item = (Field, &'static str)> {
    SYNONYMS.iter().flat_map(|(field, names)| names.iter().map(move |name| (*field, *name)))
}

fn exact_field(folded: &str) -> Option<Field> {
    names().find(|(_, name)| *name == folded).map(|(field, _)| field)
}

fn named_field(folded: &str) -> Option<Field> {
    let exact = exact_field(folded);
    let inside = || {
        let within = names().filter(|(_, name)| name.chars().count() >= 3 && folded.contains(name));
        within
            .max_by_key(|(field, name)| (*field == Field::OtherDefinition, name.chars().count()))
            .map(|(field, _)| field)
    };
    exact.or_else(|| inside().map(|field| if names_a_code(folded, field) { Field::Unused } else { field }))
}

/// Whether a heading is of codes although a word of a name stands in it (医療機関コード): codes are nobody's name.
fn names_a_code(folded: &str, field: Field) -> bool {
    use Field::{Clinic, Department, Duties, Kana, Name, Position, SpecialWork};
    let bare = folded.split(['(', '[', '【']).next().unwrap_or(folded);
    let is_code = ["コード", "cd", "code", "id", "番号", "no", "no."].iter().any(|end| bare.ends_with(end));
    is_code && [Clinic, Department, Duties, Kana, Name, Position, SpecialWork].contains(&field)
}

/// How many different known columns a row would name if it were a header.
pub(super) fn known_fields(cells: &[String]) -> usize {
    let mut fields: Vec<Field> = cells.iter().filter_map(|cell| field_of(cell)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.len()
}

/// Folds an employee number for comparison; `="0012"`, the spelling that keeps zeros in Excel, is 0012.
///
/// Folded again it is the same: the number of somebody new is kept as it was folded.
pub fn fold_number(text: &str) -> Cow<'_, str> {
    let folded = fold(unwrapped(text));
    match unwrapped(&folded) {
        // A dash stands where somebody has no number: it makes nobody the same as another.
        none if blank::is_blank(none) => Cow::Borrowed(""),
        inner if inner.len() == folded.len() => folded,
        // The wrapping was full-width.
        inner => Cow::Owned(fold(inner).into_owned()),
    }
}

/// A number without `="…"`, quotes and spaces around it.
fn unwrapped(text: &str) -> &str {
    let is_around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    text.trim_start_matches(|c: char| c == '=' || is_around(c)).trim_end_matches(is_around)
}

/// Folds a name for a silent match: white space and the width of kana and letters only.
///
/// Compatibility ideographs (神, 﨑) and variation selectors stay what they are: NFKC would
/// make two spellings of a name one, and a variant must never match silently.
pub fn fold_name(name: &str) -> String {
    if name.chars().all(is_plain_in_names) {
        return name.chars().filter(|c| !c.is_whitespace()).collect();
    }
    settled(name, name_once)
}

/// Folds until nothing changes any more: what stood on both sides of a space may compose now.
fn settled(text: &str, once: fn(&str) -> String) -> String {
    let mut folded = once(text);
    loop {
        let again = once(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

fn name_once(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find(is_compatibility_ideograph) {
        let (plain, tail) = rest.split_at(at);
        folded.extend(plain.nfkc());
        let kept = tail.chars().next();
        folded.extend(kept);
        rest = tail.get(kept.map_or(0, char::len_utf8)..).unwrap_or("");
    }
    folded.extend(rest.nfkc());
    folded.retain(|c| !c.is_whitespace());
    folded.to_lowercase()
}

/// Folds an already folded name further, for finding candidates: variants of a character become one.
pub fn loosen_name(folded: &str) -> String {
    if folded.chars().all(is_plain_in_names) {
        return folded.chars().map(common_form).collect();
    }
    folded.nfkc().filter(|c| !is_variation_selector(*c)).map(common_form).collect()
}

/// Characters of nearly every name, which no normalization changes: a quick way past it.
fn is_plain_in_names(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | ' ' | '\u{3000}' | 'a'..='z' | '0'..='9')
}

/// Folds kana: half width to full, katakana to hiragana, no white space.
pub fn fold_kana(kana: &str) -> String {
    settled(kana, |kana| kana.nfkc().filter(|c| !c.is_whitespace()).map(hiragana).collect())
}

/// Folds kana further, for comparison: older systems know no small kana (ﾖｳｼﾞﾖ for ようじょ).
pub fn loosen_kana(kana: &str) -> String {
    fold_kana(kana).chars().map(large).collect()
}

fn large(c: char) -> char {
    const SMALL: &str = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわ";
    let mut pairs = SMALL.chars();
    while let (Some(small), Some(large)) = (pairs.next(), pairs.next()) {
        if c == small {
            return large;
        }
    }
    c
}

/// Whether a text is written in kana alone.
pub fn is_kana(text: &str) -> bool {
    let folded = fold_kana(text);
    !folded.is_empty() && folded.chars().all(|c| matches!(c, '\u{3041}'..='\u{3096}' | 'ー' | '・'))
}

fn hiragana(c: char) -> char {
    let is_katakana = ('\u{30A1}'..='\u{30F6}').contains(&c);
    if is_katakana { char::from_u32(c as u32 - 0x60).unwrap_or(c) } else { c }
}

fn is_compatibility_ideograph(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters of names with their commoner form; the pair makes a candidate, never a match.
const VARIANTS: &str = "髙高 﨑崎 嵜崎 濵浜 濱浜 齋斉 齊斉 斎斉 邊辺 邉辺 澤沢 嶋島 嶌島 國国 廣広 櫻桜 眞真 惠恵 德徳 桒桑 𠮷吉 瀨瀬 黑黒 淺浅 曾曽 龍竜 條条 將将 \
    壽寿 榮栄 圓円 會会 禮礼 增増 藏蔵 豐豊 靜静 關関 渕淵 渊淵 舘館 舩船 冨富 峯峰 嶽岳 檜桧 槇槙 莊荘 萬万 與与 譽誉 逹達 鷗鴎 彌弥 實実 寬寛 \
    應応 晉晋 傳伝 兒児 凉涼 埜野 壯壮 學学 寳宝 寶宝 戶戸 柗松 枩松 橫横 步歩 瀧滝 狹狭 緖緒 縣県 蘆芦 薗園 衞衛 豫予 賴頼 辨弁 遙遥 錄録 鎭鎮 \
    鐵鉄 顯顕 鹽塩 黃黄 靑青 祢禰";

static COMMON_FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = VARIANTS.split_ascii_whitespace().map(|pair| {
        let mut pair = pair.chars();
        pair.next().zip(pair.next())
    });
    pairs.flatten().collect()
});

fn common_form(c: char) -> char {
    COMMON_FORMS.get(&c).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headers_are_known_through_their_spelling() {
        let cases = [
            ("*従業員ID", Field::Number),
            ("ﾌﾘｶﾞﾅ", Field::Kana),
            ("社員 ＮＯ", Field::Number),
            ("総労働時間(分)", Field::Total),
            ("氏　名", Field::Name),
            ("*年月日", Field::Date),
        ];
        for (header, field) in cases {
            assert_eq!(field_of(header), Some(field), "{header}");
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let cases = [
            ("所定内労働時間", Field::OtherHours),
            ("法定外残業時間（普通）", Field::OtherDefinition),
            ("法定外休日労働時間", Field::Holiday),
            ("法定内残業時間", Field::OtherHours),
            ("深夜労働時間", Field::NightHours),
            ("休日深夜労働時間", Field::OtherHours),
            ("36協定 時間外労働時間", Field::OtherDefinition),
            ("所属グループコード", Field::Unused),
            ("雇用区分", Field::Unused),
            ("総合判定(前回)", Field::Unused),
            ("次回健診日", Field::Unused),
            ("昨年度受診日", Field::Unused),
            ("今年度所属", Field::Department),
            ("新所属部署", Field::Unused),
            ("兼務部署名", Field::Unused),
        ];
        for (header, field) in cases {
            assert_eq!(field_of(header), Some(field), "{header}");
        }
        assert_eq!(field_of("備考"), None);
    }

    #[test]
    fn a_heading_of_codes_is_no_name() {
        for header in
            ["医療機関コード", "健診機関番号", "健診機関コード(10桁)", "所属部署CD", "役職名ID", "社員名コード"]
        {
            assert_eq!(field_of(header), Some(Field::Unused), "{header}");
        }
        assert_eq!(field_of("医療機関名称"), Some(Field::Clinic));
        assert_eq!(field_of("本社社員コード"), Some(Field::Number));
    }

    #[test]
    fn synonyms_are_folded_and_name_one_field_each() {
        let mut seen = std::collections::HashMap::new();
        for (field, names) in SYNONYMS {
            for name in *names {
                assert_eq!(fold(name), *name);
                assert_eq!(seen.insert(*name, *field), None, "{name}");
                assert_eq!(field_of(name), Some(*field), "{name}");
            }
        }
    }

    #[test]
    fn variants_differ_strictly_and_agree_loosely() {
        for (one, other) in
            [("髙橋", "高橋"), ("山﨑", "山崎"), ("濵田", "浜田"), ("\u{FA19}谷", "神谷"), ("渡邉", "渡辺")]
        {
            let (one, other) = (fold_name(one), fold_name(other));
            assert_ne!(one, other);
            assert_eq!(loosen_name(&one), loosen_name(&other));
        }
        let selected = "葛\u{E0100}城";
        assert_ne!(fold_name(selected), fold_name("葛城"));
        assert_eq!(loosen_name(&fold_name(selected)), "葛城");
    }

    #[test]
    fn spaces_and_width_never_part_a_name() {
        assert_eq!(fold_name("山田　太郎"), fold_name("山田 太郎"));
        assert_eq!(fold_name("ﾏｲｹﾙ"), fold_name("マイケル"));
        assert_eq!(fold_kana("ﾔﾏﾀﾞ ﾀﾛｳ"), "やまだたろう");
        assert_eq!(fold_number("=\"００１２\""), "0012");
        // Found by the fuzz target: kept as folded, a number has to be found again.
        assert_eq!(fold_number("＝＂００１２＂"), fold_number(&fold_number("＝＂００１２＂")));
        assert_eq!(fold_number("１２＂"), "12");
        assert_eq!(["-", "－", "―", "ー"].map(fold_number), [""; 4], "a dash is no number");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once.clone());
            let name = loosen_name(&fold_name(&text));
            prop_assert_eq!(loosen_name(&name), name);
        }
    }
}
