//! The value of one cell: a number with its bound, a sign, a finding; or why it could not be read.

use super::decimal::Decimal;
use crate::labelled;

labelled! {
    /// How a number was bounded: 「10未満」 stays what it is.
    Bound { Exactly = "", Below = "未満", AtMost = "以下", AtLeast = "以上", Above = "超" }
}

labelled! {
    /// Why a cell is doubtful: it is shown, never guessed.
    Doubt {
        Words = "読めない文字",
        Range = "ふつうは出ない値",
        Unit = "単位を決められない",
        Pair = "二つの値に分けられない",
        Code = "1 と 2 の意味が書式で逆",
        Meal = "採血の時間が判らない",
        Which = "どの項目か決まらない",
        Flag = "所見の有無と言葉が合わない",
        Columns = "二つの列で値が違う",
        Dash = "「-」が陰性か未実施か決まらない",
        Glasses = "裸眼と矯正の区別が見出しにない（列の対応で選べる）",
        Crossed = "収縮期が拡張期を超えない",
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A measured number.
    Number(Bound, Decimal),
    /// A sign of a urine test: 0 is (-), 1 is (±), 2 is (1+), 3 is (2+) and so on.
    Sign(u8),
    /// 所見: whether there is one. The words stand in the cell's text.
    Finding(bool),
    /// はい or いいえ.
    Answer(bool),
    /// Only the cell's text.
    Text,
    /// Not examined: 未実施, 省略, 測定不能.
    NotDone,
    /// Not read, and why.
    Doubtful(Doubt),
}

/// The highest sign that is written.
const MOST_PLUS: u8 = 5;

impl Value {
    /// An exact number.
    pub const fn exactly(decimal: Decimal) -> Self {
        Self::Number(Bound::Exactly, decimal)
    }

    /// The value as it is stored: `152`, `<10`, `+-`, `2+`, `!` for a finding, `?range` for a doubt.
    pub fn code(&self) -> String {
        match self {
            Self::Number(bound, decimal) => format!("{}{decimal}", prefix(*bound)),
            Self::Sign(0) => "-".to_owned(),
            Self::Sign(1) => "+-".to_owned(),
            Self::Sign(level) => format!("{}+", level.saturating_sub(1)),
            Self::Finding(true) => "!".to_owned(),
            Self::Finding(false) => "ok".to_owned(),
            Self::Answer(is_yes) => if *is_yes { "y" } else { "n" }.to_owned(),
            Self::Text => "=".to_owned(),
            Self::NotDone => "x".to_owned(),
            Self::Doubtful(doubt) => format!("?{}", doubt_code(*doubt)),
        }
    }

    /// Reads [`Value::code`] back.
    pub fn of_code(code: &str) -> Option<Self> {
        Some(match code {
            "-" => Self::Sign(0),
            "+-" => Self::Sign(1),
            "!" => Self::Finding(true),
            "ok" => Self::Finding(false),
            "y" => Self::Answer(true),
            "n" => Self::Answer(false),
            "=" => Self::Text,
            "x" => Self::NotDone,
            _ if code.starts_with('?') => Self::Doubtful(doubt_named(code.get(1..)?)?),
            _ if code.ends_with('+') => Self::Sign(plus(code.strip_suffix('+')?)?),
            _ => number(code)?,
        })
    }

    /// The value as a physician reads it: `152`, `10未満`, `(±)`, `所見なし`.
    pub fn shown(&self, text: &str) -> String {
        match self {
            Self::Number(bound, decimal) => format!("{decimal}{}", bound.label()),
            Self::Sign(0) => "(-)".to_owned(),
            Self::Sign(1) => "(+/-)".to_owned(),
            Self::Sign(level) => format!("({}+)", level.saturating_sub(1)),
            Self::Finding(false) => "所見なし".to_owned(),
            Self::Answer(is_yes) => if *is_yes { "はい" } else { "いいえ" }.to_owned(),
            // A picture that could not be read was taken: the clinic's word says so.
            Self::NotDone if text.contains("判定不能") => text.to_owned(),
            Self::NotDone => "未実施".to_owned(),
            Self::Finding(true) if is_bare(text) => "所見あり".to_owned(),
            Self::Finding(true) | Self::Text => text.to_owned(),
            Self::Doubtful(_) => format!("? {text}"),
        }
    }

    /// The number, bounded or not.
    pub const fn number(&self) -> Option<(Bound, Decimal)> {
        match self {
            Self::Number(bound, decimal) => Some((*bound, *decimal)),
            _ => None,
        }
    }
}

/// Nothing, or the code of a flag: no words.
fn is_bare(text: &str) -> bool {
    matches!(text.trim(), "" | "1" | "１")
}

const fn prefix(bound: Bound) -> &'static str {
    match bound {
        Bound::Exactly => "",
        Bound::Below => "<",
        Bound::AtMost => "<=",
        Bound::AtLeast => ">=",
        Bound::Above => ">",
    }
}

fn number(code: &str) -> Option<Value> {
    // The longer signs first, so that `<=` is not read as `<`.
    let bounds = [Bound::AtMost, Bound::AtLeast, Bound::Below, Bound::Above, Bound::Exactly];
    bounds.into_iter().find_map(|bound| Some(Value::Number(bound, Decimal::parse(code.strip_prefix(prefix(bound))?)?)))
}

/// `2+` is level 3.
fn plus(digits: &str) -> Option<u8> {
    let count: u8 = digits.parse().ok()?;
    (1..=MOST_PLUS).contains(&count).then_some(count + 1)
}

const fn doubt_code(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Words => "words",
        Doubt::Range => "range",
        Doubt::Unit => "unit",
        Doubt::Pair => "pair",
        Doubt::Code => "code",
        Doubt::Meal => "meal",
        Doubt::Which => "which",
        Doubt::Flag => "flag",
        Doubt::Columns => "columns",
        Doubt::Dash => "dash",
        Doubt::Glasses => "glasses",
        Doubt::Crossed => "crossed",
    }
}

fn doubt_named(name: &str) -> Option<Doubt> {
    // As it was stored before columns were named.
    let name = if name == "twice" { doubt_code(Doubt::Columns) } else { name };
    Doubt::ALL.iter().copied().find(|doubt| doubt_code(*doubt) == name)
}
