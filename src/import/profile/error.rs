//! Why a mapping cannot be used with a file: what happened, and what to do.
//!
//! Knows columns by their place and their field. Must not know values: nothing that stands in a cell is told.

use super::fixed_hint;
use crate::domain::Day;
use crate::domain::hours::BatchKind;
use crate::domain::progress::Stopped;
use crate::import::folding::Field;
use crate::import::reason::Why;
use crate::import::stress::HeadingFault;

/// A profile that cannot be used with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The preview was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// What is kept is no profile of this program.
    #[error("取込設定が読めません。列の対応を選び直してください。")]
    Unreadable,
    /// A text that is no profile.
    #[error("取込設定の文が読めません（{line}行目）。書き出したものと見比べて直してください。")]
    BadText {
        /// Line of the text, 1-based; 1 where the whole does not fit.
        line: usize,
    },
    /// A profile for another kind of file.
    #[error("別の種類のファイルの取込設定です。--kind か、取込設定を確かめてください。")]
    OtherKind,
    /// A column of the profile is not in the file.
    #[error("取込設定の列がファイルにありません。列の対応を選び直してください。")]
    ColumnMissing,
    /// A fixed value that no row could bear.
    #[error("「{}」の値として読めません。{}。", .0.label(), fixed_hint(*.0))]
    BadFixed(Field),
    /// Nobody can be told from this file.
    #[error("社員番号または氏名の列が決まっていません。列の対応を選んでください。")]
    NoPerson,
    /// No column of time.
    #[error("労働時間の列が決まっていません。列の対応を選んでください。")]
    NoHours,
    /// Times of the day, and no column of time.
    #[error(
        "始業・終業などの時刻だけで、働いた時間の列がありません。休憩や中抜けが判らないため、時刻から時間は計算しません。実労働時間か総労働時間の列を付けて、出し直してください。"
    )]
    ClocksOnly,
    /// A column of times of the day was taken for one of time.
    #[error(
        "{column}列目は始業・終業などの時刻の列で、働いた時間ではありません。列の対応で外し、実労働時間などの列を選んでください。"
    )]
    Clock {
        /// The column, 1-based.
        column: usize,
    },
    /// The cells of a column of days look like times of the day.
    #[error(
        "{column}列目の値は、一日の時間ではなく時刻（退勤など）のように見えるため、使っていません。時刻から時間は計算しません。働いた時間の列を、列の対応で選んでください。"
    )]
    ClockCells {
        /// The column, 1-based.
        column: usize,
    },
    /// A column follows a definition that the 80-hour rule must not see.
    #[error("{}", Why::OtherDefinition)]
    OtherDefinition,
    /// Columns of time that would be summed, of which the headings say different units.
    #[error(
        "足す時間の列の単位が、見出しによると違います（分と時間など）。列の対応で単位の同じ列だけを選ぶか、元の表で単位をそろえてください。"
    )]
    UnitsDiffer,
    /// Neither the file nor the caller says which period.
    #[error("期間が決まっていません。年月の列を選ぶか、期間を指定してください。")]
    NoPeriod,
    /// Two columns of one name could play one part.
    #[error("{first}列目と{second}列目が同じ見出しです。元の表で名前を変えるか、使う列を取込設定で選んでください。")]
    SameHeader {
        /// The first of them, 1-based.
        first: usize,
        /// The second, 1-based.
        second: usize,
    },
    /// Rows without a month, and no closing day by which one could be counted.
    #[error(
        "年月の列がなく、その月の締日も登録されていません。事業場の設定で、その月までに始まる締日を登録してから、もう一度取り込んでください。"
    )]
    NoClosing,
    /// Rows without a month in a file that names another one than theirs would be: in its title, its name, or a column
    /// without a part.
    #[error(
        "年月の列がなく、{}年{}月の時間として読むところですが、ファイルには {}年{}月とあります。列の対応で年月の列か「期間」を選ぶか、コマンドの --period で月を指定してください。",
        taken.0, taken.1, title.0, title.1
    )]
    OtherMonth {
        /// The month that would be taken.
        taken: (i32, u32),
        /// The month of the title.
        title: (i32, u32),
    },
    /// Rows without a period below a title that names the days of another one than theirs would be.
    #[error(
        "年月の列がなく、{}から{}までの時間として読むところですが、見出しの上には {}から{}までとあります。会社に数えた期間を確かめ、列の対応の「期間」か、コマンドの --period で月を選んでください。",
        taken.0, taken.1, title.0, title.1
    )]
    OtherDays {
        /// First and last day of the period that would be taken.
        taken: (Day, Day),
        /// First and last day of the title.
        title: (Day, Day),
    },
    /// Columns that may hold what others beside them hold: each is a question of its own.
    #[error("{}", doubled(.0))]
    WholeAndParts(Vec<Doubled>),
    /// A column that corrects another, and holds nothing in some rows: whether those stay as they were nobody says.
    #[error(
        "{after}列目は{before}列目を修正した時間のようですが、空の行があります。元の表で修正のない行にも修正後の時間を入れて出し直すか、列の対応で、使う列を選んでください。"
    )]
    Corrected {
        /// What is corrected, 1-based.
        before: usize,
        /// What corrects it, 1-based.
        after: usize,
    },
    /// Hours and minutes that may be one value in two columns, or two values.
    #[error(
        "{hours}列目（時間）と{minutes}列目（分）が、一つの時間を分けたものか、同じ時間を別の単位で書いたものか判りません。列の対応で、使う列を選んでください。"
    )]
    HoursAndMinutes {
        /// The column of hours, 1-based.
        hours: usize,
        /// The column of minutes, 1-based.
        minutes: usize,
    },
    /// No column says when somebody was examined.
    #[error("健診日の列が決まっていません。列の対応を選ぶか、見出しに「健診日」のある列を作ってください。")]
    NoExamDay,
    /// Two columns could say when somebody was examined, and neither name says that it is this examination.
    #[error("{first}列目と{second}列目のどちらも健診日かもしれません。列の対応で、使う列を選んでください。")]
    TwoExamDays {
        /// The first of them, 1-based.
        first: usize,
        /// The second, 1-based.
        second: usize,
    },
    /// Two columns could each play one part, and hold different things.
    #[error(
        "{first}列目と{second}列目のどちらも「{}」かもしれず、値が違います。列の対応で、使う列を「{}」にしてください。",
        field.label(), field.label()
    )]
    TwoColumns {
        /// The part.
        field: Field,
        /// The first of them, 1-based.
        first: usize,
        /// The second, 1-based.
        second: usize,
    },
    /// No column of a checkup's item.
    #[error("健診の項目の列が一つも判りません。列の対応を選ぶか、見出しの言葉を確かめてください。")]
    NoItems,
    /// Every row is one value: its item stands in a cell.
    #[error(
        "一行に一つの検査項目を書いた表（項目名の列と結果の列）のため、そのままは取り込めません。一人一行で、項目ごとに列のある表にして出し直すよう、健診機関に頼んでください。"
    )]
    RowPerItem,
    /// No column of employee numbers, by which alone the people of the stress check are found.
    #[error("社員番号の列が決まっていません。列の対応を選ぶか、見出しを「社員番号」としてください。")]
    NoNumber,
    /// No column of answers of the stress check, or not as many as a form has questions.
    #[error(
        "回答の列が決まっていません。列の対応で1問めの列を選ぶか、57問か23問の列に q1、q2… と見出しを付けてください。"
    )]
    NoAnswers,
    /// The headings of answers do not say which column is which question.
    #[error(transparent)]
    Headings(#[from] HeadingFault),
    /// People are told by a hash, which names nobody.
    #[error(
        "人がハッシュだけで書かれたファイルで、誰の回答か判りません。社員番号の列を付けて出し直すよう、発行元に頼んでください。"
    )]
    HashOnly,
    /// No column says who is 高ストレス, or more than one could.
    #[error("高ストレスかどうかの列が決まっていません。列の対応を選ぶか、見出しを「高ストレス」としてください。")]
    NoJudgement,
    /// The columns that are lacking are those of one kind, and the headings speak of another.
    #[error(
        "{}のファイルとして読む列がありません。見出しは{}のようです。種類に{}を選ぶか、列の対応で列を選んでください。",
        .wanted.label(), .found.label(), .found.label()
    )]
    OtherKindOfFile {
        /// As which it was read.
        wanted: BatchKind,
        /// What the headings speak of.
        found: BatchKind,
    },
    /// No column of measures.
    #[error("措置の列が決まっていません。列の対応を選ぶか、見出しに「措置」または「制限」のある列を作ってください。")]
    NoMeasure,
}

/// A column that may be the sum of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// The column, from 0.
    pub whole: usize,
    /// What it may hold, from 0; never empty.
    pub parts: Vec<usize>,
}

fn doubled(open: &[Doubled]) -> String {
    let of = |doubled: &Doubled| {
        let part = doubled.parts.first().map_or(0, |part| part + 1);
        format!("{}列目は、{part}列目などを含む合計かもしれません。", doubled.whole + 1)
    };
    let parts: Vec<String> =
        open.iter().filter_map(|doubled| Some(format!("{}列目", doubled.parts.first()? + 1))).collect();
    let (told, parts) = (open.iter().map(of).collect::<String>(), parts.join("と"));
    format!("{told}足すと二重になるため、{parts}は足していません。足す列を、列の対応で選んでください。")
}

impl ProfileError {
    /// What of a question is still open after the physician has chosen the part of the column at `index`: of several sums
    /// each waits for a choice of its own.
    pub fn open_without(self, index: usize) -> Option<Self> {
        let Self::WholeAndParts(mut open) = self else { return None };
        open.retain(|doubled| doubled.whole != index && !doubled.parts.contains(&index));
        (!open.is_empty()).then_some(Self::WholeAndParts(open))
    }
}
