//! Words of measures: which kind they tell, that there is none, or that nobody can say.
//!
//! Knows words only. A kind never comes out of a negated sentence: what is not plainly known is その他, with its words.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::super::folding;
use super::subjects;
use crate::domain::case::MeasureKind;

/// What the words of a measure say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// A measure; [`MeasureKind::Other`] where the words name no kind.
    Measure(MeasureKind),
    /// That there is none, or none any more.
    Nothing,
    /// Perhaps a measure, perhaps none.
    Unclear,
    /// Words that name neither what is restricted nor that it is: 要面談, 同上.
    Unnamed,
}

/// What one part of the words says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clause {
    Kind(MeasureKind),
    /// Words without a kind.
    Unknown,
    /// 制限なし, 残業可
    Free,
    /// 深夜業の禁止は解除
    Lifted,
    Unclear,
}

/// Where one part ends; ・ and / stand within parts as well (時間外・休日労働).
const SEPARATORS: &[char] = &['、', '。', ',', ';', '(', ')', '「', '」'];
/// Parts that say it alone.
const ALONE: &[&str] = &[
    "なし",
    "無し",
    "無",
    "不要",
    "必要なし",
    "可",
    "可能",
    "特になし",
    "特に無し",
    "該当なし",
    "該当無し",
    "指示なし",
    "指示無し",
    "特記なし",
    "特記事項なし",
    "特記事項無し",
    "異常なし",
    "異常無し",
    "意見なし",
];
/// Words for no restriction.
const FREE: &[&str] = &[
    "制限なし",
    "制限無し",
    "制限無",
    "制限はなし",
    "制限はない",
    "制限はありません",
    "制限しない",
    "制限不要",
    "制限は不要",
    "制限の必要なし",
    "上限なし",
    "上限無し",
    "禁止なし",
    "禁止しない",
    "措置なし",
    "措置無し",
    "措置不要",
    "措置は不要",
    "措置の必要なし",
    "配慮なし",
    "配慮不要",
    "配慮は不要",
    "通常勤務",
    "通常就業",
    "通常通り",
    "通常どおり",
    "通常",
    "問題なし",
    "支障なし",
    "可能",
    "可",
];
/// Words for the end of a restriction.
const LIFTED: &[&str] = &["解除", "終了", "撤廃", "取消", "取り消し", "廃止"];
/// Words that restrict.
const RESTRICTING: &[&str] = &[
    "禁止", "制限", "上限", "規制", "不可", "まで", "以内", "以下", "未満", "のみ", "限", "減", "控", "避", "抑",
    "措置", "配慮", "免除",
];
/// Words that take nothing and add nothing.
const NEUTRAL: &[&str] = &[
    "残業",
    "時間外労働",
    "時間外",
    "休日労働",
    "休日出勤",
    "休日",
    "労働",
    "深夜業",
    "深夜労働",
    "深夜",
    "夜勤",
    "就業上の",
    "就業",
    "勤務",
    "業務",
    "作業",
    "出張",
    "出勤",
    "運転",
    "高所",
    "継続",
    "復帰",
    "フルタイム",
    "フル",
    "特に",
    "すべて",
    "全て",
    "現在",
    "今後",
    "について",
    "の",
    "は",
    "も",
    "に",
    "を",
    "で",
    "が",
    "です",
    "とする",
    "する",
    "した",
    "済み",
    "済",
];
/// Words for what nobody has settled yet.
const PENDING: &[&str] = &["検討中", "調整中", "協議中", "保留", "未回答", "未実施"];
/// Words for the usual work, from whatever day on.
const USUAL: &[&str] = &["通常勤務", "通常就業", "通常業務"];
/// Words that point to what stands elsewhere.
const REFERRING: &[&str] = &[
    "〃",
    "々",
    "同上",
    "同じ",
    "同様",
    "同左",
    "同前",
    "上記",
    "左記",
    "前回",
    "前月",
    "どおり",
    "とおり",
    "通り",
    "変更な",
];
/// Words of measures beside the subjects that a column may have, and beside words that restrict.
const NAMING: &[&str] = &[
    "重筋",
    "騒音",
    "粉",
    "屋外",
    "宿直",
    "変則",
    "力仕事",
    "階段",
    "潜水",
    "溶剤",
    "放射線",
    "早出",
    "休出",
    "座",
    "着用",
    "保護具",
    "休憩",
    "休養",
    "休暇",
    "休務",
    "補給",
    "通院",
    "軽作業",
    "軽易",
    "軽い",
    "転換",
    "時差",
    "フレックス",
    "テレワーク",
    "リモート",
    "短縮",
    "時短",
    "短時間",
    "免除",
    "禁",
    "外す",
    "せない",
    "kg",
    "作業",
    "vdt",
    "情報機器",
    "日勤",
    "配置",
    "シフト",
    "付添",
    "接客",
    "早退",
];
/// Signs and short words at the end of a part, for leave and for a ban.
const LEAVE: &[&str] = &["ok", "○", "◯", "〇", "◎"];
const BARRED: &[&str] = &["ng", "×", "✕", "✖"];
/// How a column or a cell that asks for leave is answered.
const ANSWERED: &[(&str, &str)] =
    &[("可否「否」", "不可"), ("可否:否", "不可"), ("可否は否", "不可"), ("可否(否)", "不可")];
/// Absences, which are a measure but where a word behind them says that they are over.
const ABSENCES: &[&str] = &["休業", "休職"];
/// Such words: 休業明け, 休職復帰後.
const BACK: &[&str] = &["復帰", "からの復", "から復", "より復", "明け", "あけ", "後"];
/// Negations.
const NOT: &[&str] = &["なし", "無し", "ない", "なく", "ません", "せず", "不要"];
/// Negations that forbid: 残業をさせない.
const FORBIDDING: &[&str] = &["禁止", "不可", "免除", "せない", "せず", "しない", "ならない"];
/// Words between a subject and its なし.
const PARTICLES: &[&str] = &["労働", "勤務", "業務", "時間帯", "原則", "一切", "は", "も", "を", "の"];
/// Where 可 undoes nothing: 月20時間まで可, 不可, 許可.
const BOUNDS: &[&str] = &["まで可", "以内可", "以内は可", "以下可", "のみ可", "程度可", "までは可", "不可", "許可"];

/// Reads the words of a measure.
pub(super) fn read(content: &str) -> Says {
    let folded = folding::fold(content);
    let folded = ANSWERED.iter().fold(folded.into_owned(), |text, (asked, said)| text.replace(asked, said));
    let parts = folded.split(SEPARATORS).filter(|part| !part.is_empty());
    let clauses: Vec<Clause> = parts.map(|part| clause(&spelled(part))).collect();
    let has = |wanted: Clause| clauses.contains(&wanted);
    let says_none = |clause: &Clause| matches!(clause, Clause::Free | Clause::Lifted);
    if !clauses.is_empty() && clauses.iter().all(says_none) {
        return Says::Nothing;
    }
    if has(Clause::Unclear) || has(Clause::Lifted) {
        return Says::Unclear;
    }
    let mut kinds = clauses.iter().filter_map(|clause| match clause {
        Clause::Kind(kind) => Some(*kind),
        _ => None,
    });
    match kinds.next() {
        Some(kind) => Says::Measure(kind),
        None if has(Clause::Free) => Says::Unclear,
        None if !names(&folded) => Says::Unnamed,
        None => Says::Measure(MeasureKind::Other),
    }
}

/// Whether a word that restricts stands in the text.
pub(super) fn restricts(text: &str) -> bool {
    has(&folding::fold(text), RESTRICTING)
}

/// A part with the word for the sign at its end: 残業○ is 残業可.
fn spelled(part: &str) -> Cow<'_, str> {
    let stem = |signs: &[&str]| signs.iter().find_map(|sign| part.strip_suffix(*sign)).filter(|stem| !stem.is_empty());
    match (stem(LEAVE), stem(BARRED)) {
        (Some(stem), _) => Cow::Owned(format!("{stem}可")),
        (_, Some(stem)) => Cow::Owned(format!("{stem}不可")),
        _ => Cow::Borrowed(part),
    }
}

/// Whether words without a kind are those of a measure all the same: they name a subject or a word that restricts, and both
/// where they point elsewhere.
fn names(text: &str) -> bool {
    let has_subject = subjects::stands_in(text) || has(text, NAMING);
    let has_bound = has(text, RESTRICTING);
    if has(text, REFERRING) { has_subject && has_bound } else { has_subject || has_bound }
}

fn clause(text: &str) -> Clause {
    if has(text, PENDING) {
        return Clause::Unclear;
    }
    if ALONE.contains(&text) || is_made_of(text, FREE, &[]) {
        return Clause::Free;
    }
    if has(text, &["解除", "撤廃"]) || LIFTED.iter().any(|word| text.ends_with(*word)) {
        return if is_made_of(text, LIFTED, RESTRICTING) { Clause::Lifted } else { Clause::Unclear };
    }
    let found = kind(text);
    match (is_negated(text), found) {
        (_, None) if has(text, USUAL) => Clause::Unclear,
        (false, Some(kind)) => Clause::Kind(kind),
        (false, None) => Clause::Unknown,
        (true, Some(kind)) if is_subject_banned(kind, text) => Clause::Kind(kind),
        (true, None) if !has(text, RESTRICTING) => Clause::Unknown,
        (true, _) => Clause::Unclear,
    }
}

/// Whether the text is made of the wanted words, of neutral ones and of those allowed, and nothing else.
fn is_made_of(text: &str, wanted: &[&str], allowed: &[&str]) -> bool {
    let (mut rest, mut is_said) = (text, false);
    while !rest.is_empty() {
        let beside = after(rest, NEUTRAL).into_iter().chain(after(rest, allowed)).min_by_key(|rest| rest.len());
        match (after(rest, wanted), beside) {
            (Some(said), beside) if beside.is_none_or(|beside| said.len() <= beside.len()) => {
                (rest, is_said) = (said, true);
            }
            (_, Some(beside)) => rest = beside,
            _ => return false,
        }
    }
    is_said
}

/// What follows the longest of the words with which the text begins.
fn after<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().filter_map(|word| text.strip_prefix(*word)).min_by_key(|rest| rest.len())
}

/// Whether a negation stands in the text, 可 included where no bound stands before it.
fn is_negated(text: &str) -> bool {
    let is_allowed = text.contains('可') && !has(text, BOUNDS);
    has(text, NOT) || is_allowed
}

/// Whether a negation stands beside a word that restricts without it: 制限しない, 残業禁止・夜勤可.
fn is_doubled(text: &str) -> bool {
    has(text, RESTRICTING)
}

/// Whether the text forbids, by a word or by a negation of its subject (残業なし).
fn is_ban(text: &str) -> bool {
    let bare = PARTICLES.iter().fold(text.replace("無し", "なし"), |text, particle| text.replace(particle, ""));
    let is_free_of = text.contains("ノー残業") && !text.contains("ノー残業デ");
    is_free_of || has(text, FORBIDDING) || has(&bare, &["残業なし", "時間外なし", "深夜なし", "深夜業なし", "夜勤なし"])
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(*word))
}

/// Whether a negation says the measure itself: 残業をさせない. Of any other kind it says that there is none (配置転換せず).
fn is_subject_banned(kind: MeasureKind, text: &str) -> bool {
    let is_of_time = matches!(kind, MeasureKind::OvertimeBan | MeasureKind::OvertimeLimit | MeasureKind::NightWork);
    is_of_time && is_ban(text) && !is_doubled(text)
}

/// Whether somebody is to be absent; 休業明け and 休職復帰後 are why a measure is taken, and no measure.
fn is_absence(text: &str) -> bool {
    let is_now = |behind: &str| !BACK.iter().any(|word| behind.starts_with(*word));
    ABSENCES.iter().any(|absence| text.split(absence).skip(1).any(is_now))
}

/// The kind whose words stand in the text.
fn kind(text: &str) -> Option<MeasureKind> {
    let has = |words: &[&str]| has(text, words);
    let is_counted = text.contains("時間") && text.contains(|c: char| c.is_ascii_digit());
    let is_bound = || has(RESTRICTING) || text.contains('回') || is_counted;
    match () {
        () if has(&["残業", "時間外"]) && is_ban(text) => Some(MeasureKind::OvertimeBan),
        () if has(&["残業", "時間外"]) && is_bound() => Some(MeasureKind::OvertimeLimit),
        () if has(&["深夜", "夜勤"]) && (is_ban(text) || is_bound() || has(&["免除", "外"])) => {
            Some(MeasureKind::NightWork)
        }
        () if has(&["就業禁止", "就業の禁止"]) || is_absence(text) => Some(MeasureKind::NoWork),
        () if has(&["就業場所"]) => Some(MeasureKind::Place),
        () if has(&["作業転換", "作業の転換", "配置転換"]) => Some(MeasureKind::Work),
        () if has(&["短時間", "時短", "就業時間"]) => Some(MeasureKind::WorkingHours),
        () => None,
    }
}
