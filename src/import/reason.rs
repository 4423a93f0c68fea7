//! Why a row is refused, doubtful or left out: typed, with a sentence and a remedy for the physician.
//!
//! Knows the words only. No sentence holds what stood in the cell: it may be somebody's name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Defines an enum whose variants carry a sentence and what to do about it.
macro_rules! reasons {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal, $remedy:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = $text] $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Says what happened.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// Says what to do.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}{}", self.text(), self.remedy())
            }
        }
    };
}

reasons! {
    /// Why a row, or a column of it, cannot be taken.
    Why {
        Undecodable = "読めない文字があります。", "元のシステムから、文字コードを変えずに出し直してください。";
        RowTooShort = "列の数が見出しより少ない行です。", "元の表でこの行を確かめ、出し直してください。";
        RowTooLong = "列の数が見出しより多い行です。", "元の表で区切り文字や引用符を確かめ、出し直してください。";
        OpenQuote = "引用符の対応が崩れ、複数の行がつながっています。", "元の表でこの行の引用符を確かめ、出し直してください。";
        CellTooLong = "1 MB を超える欄があります。", "元の表でこの行を確かめてください。";
        FormulaError = "数式がエラーになっている欄があります（#N/A など）。", "元の表で数式を直し、出し直してください。";
        FormulaWithoutValue = "数式の値がありません。", "Excelで開いて保存し直してください。";
        NoPerson = "社員番号も氏名もない行です。", "元の表で補い、出し直してください。";
        NotTime = "時間として読めない値です。", "元の表で直すか、この人だけ手で記入してください。";
        MinutesOutOfRange = "分または秒が 60 以上です。", "元の表で直すか、この人だけ手で記入してください。";
        Negative = "負の時間です。", "元の表で確かめるか、この人だけ手で記入してください。";
        Absurd = "期間の全部を働いても届かない時間です。", "列の対応と読み方、元の値を確かめてください。";
        MixedNotation = "列のほかの行と時間の書き方が違います。", "元の表で書き方をそろえるか、この人だけ手で記入してください。";
        NotPeriod = "年月または期間として読めません。", "列の対応を確かめるか、期間を指定してください。";
        NoClosing = "この月の締日が登録されていません。", "事業場の設定で締日を登録してから、もう一度取り込んでください。";
        OverlapsExisting = "登録済みの期間と一部だけ重なります。", "締日の設定を確かめ、前の取込を取り消してから、もう一度取り込んでください。";
        OtherDefinition = "法定外残業や 36協定の時間は、安衛則52条の2 の時間外・休日労働と定義が違うため、面接指導の判定には使えません。", "総労働時間の列を選んでください。";
        NotDate = "日付として読めません。", "2026-04-01、2026/4/1、R8.4.1 のような形に直してください。";
        NoSuchDay = "暦にない日付です（2月31日、平成40年など）。", "元の表で正しい日付を確かめて直し、出し直してください。";
        OtherMonth = "行の月が、数える期間の月と違います。", "その月の期間を選んで（--period 2026-09 のように）取り込み直してください。";
        Unexamined = "日付の欄に「受けていない」と書かれていますが、値や判定があります。", "元の表で、受けたかどうかを確かめて直してください。";
        DateOutOfRange = "ありえない日付です。", "元の表で年月日を確かめてください。";
        LeftBeforeJoined = "退職日が入社日より前です。", "元の表で日付を確かめてください。";
        NotSex = "性別として読めません。", "男・女、M・F、1・2 のいずれかに直してください。";
        NotKind = "健診の種類として読めない値です。", "定期、雇入時、特定業務、海外派遣、自発的、特殊、二次 のいずれかに直してください。";
        NotNight = "深夜業として読めない値です。", "労働時間だけを取り込みます。登録済みの深夜業は変えません。元の表で直して取り込み直すと、深夜業も残ります。";
        NotAnswer = "1 から 4 の回答として読めない値です。", "元の表で確かめ、出し直してください。";
        NotAnswerWord = "回答が言葉で入っていて、その設問の選択肢にない言葉があります。", "調査票の選択肢のとおりの言葉（そうだ、まあそうだ、ややちがう、ちがう など）か 1 から 4 で、出し直してください。";
        NotJudgement = "高ストレスかどうかとして読めない値です。", "該当、非該当、判定不能 のいずれかに直してください。空の欄を「該当しない」とはみなしません。";
        NotScore = "点数として読めない値です。", "元の表で確かめ、出し直してください。";
        Judged = "この人はもう判定されています。", "判定した結果は判定し直しません。元の表でこの人の回答を確かめてください。";
        OtherResult = "この人には、違う結果がもう取り込まれています。", "前の取込を取り消すか、元の表を確かめてください。前の結果はそのままです。";
        NoName = "氏名のない新しい人です。", "元の表で氏名を補い、出し直してください。";
        NotOnRoster = "名簿にいない人です。", "名簿を取り込むか登録してから、もう一度取り込んでください。";
        NoMeasure = "措置の欄が空です。", "元の表で措置の内容を補ってください。";
        BadXml = "XML として読めない一人分です。", "健診機関に、出し直しを頼んでください。";
        OtherForm = "回の調査票と項目数が違う回答です。", "ファイルか回を確かめてください。";
        NoConsent = "本人の同意の記録がない二次健診です。", "健診の記録の画面で同意を記録してから、もう一度取り込んでください。";
        OtherTable = "見出しの違う、二つ目の表の行です。", "表ごとに別のファイルかシートに分けて、取り込み直してください。";
        NotSpan = "期間として読めません。", "2026/9/1～2027/2/28 のような形に直してください。";
        MoveAhead = "異動の日が先か未定のため、所属は変えません。", "その日が来てから、もう一度取り込んでください。";
        NotKept = "休職・出向・退職予定などの言葉は、置く欄がないため残しません。", "在籍している人として取り込みます。就業に関わるときは、その人の画面で確かめてください。";
        PointsElsewhere = "所属か役職が「同上」「〃」など、ほかの欄を指す言葉です。", "元の表で、指している言葉を書き込んで出し直してください。";
        EndsBeforeItBegins = "期限が開始日より前です。", "元の表で日付を確かめてください。";
    }
}

reasons! {
    /// Why a row waits for the physician's word.
    Doubt {
        SameNameTwice = "同じ氏名の人が複数います。", "どの人かを選んでください。";
        NumberTwice = "同じ社員番号の人が複数います。", "どの人かを選んでください。";
        OtherName = "社員番号は同じですが、氏名が名簿と違います。", "同じ人か、別の人かを選んでください。";
        OtherNumber = "氏名は同じですが、社員番号が名簿と違います。", "同じ人か、別の人かを選んでください。";
        OtherKana = "氏名か社員番号は同じですが、ふりがなが名簿と違います。", "同じ人か、別の人かを選んでください。";
        OtherBirth = "氏名か社員番号は同じですが、生年月日が名簿と違います。", "同じ人か、別の人かを選んでください。";
        NameVariant = "氏名の字体が名簿と違います。", "同じ人か、別の人かを選んでください。";
        NameWithin = "名簿にある氏名に、敬称や役職などの言葉が付いています。", "同じ人か、別の人かを選んでください。";
        Leaver = "期間の前に退職した人です。", "同じ人か、再雇用や別の人かを選んでください。";
        NotYetJoined = "期間の後に入社する人です。", "同じ人かを選んでください。";
        OtherNameInFile = "ファイルの中で、同じ社員番号に別の氏名があります。", "同じ人か、別の人かを選ぶか、元の表で社員番号を確かめてください。";
        TwiceInFile = "同じ人の同じ期間、または重なる期間の行がほかにもあります。", "使う行を一つ選んでください。";
        PeriodsOverlap = "同じ人の、期間の重なる行がほかにもあります。", "使う行を一つ選んでください。";
        SameDayTwice = "同じ人の同じ健診日の行がほかにもあります。", "一つの健診の結果が分かれているなら合わせ、そうでなければ入れない行を選んでください。";
        OtherExamTwice = "同じ人の同じ健診日に、種類の違う健診の行があります。", "入れない行を選んでください。";
        SheetTwice = "同じ人の、同じ回の行がほかにもあります。", "入れない行を選んでください。";
        SheetOnRecord = "この人には、同じ回の違う回答がもうあります。", "どちらの回答を使うかを選んでください。";
        OutsideRound = "回答日が、この回の始まる前の日です。", "前の回の回答なら、この行を入れないでください。この回の回答なら、使うと答えてください。";
        OtherClosing = "期間が、登録した締日の期間と違います。", "締日の設定を確かめるか、この行のまま使うと答えてください。";
        Rejoins = "退職した人が、後の入社日か再雇用日で載っています。", "同じ人の再雇用なら、この行を使うと答えてください。";
        StillListed = "退職した人が、退職日なしで載っています。", "再雇用なら在籍に戻すと答え、古い一覧ならこの行を入れないでください。";
        JoinsAhead = "入社日が先の日付です。", "元の表で年月日を確かめてください。これから入社する人なら、この行のまま使うと答えてください。";
        SaidToHaveLeft = "退職と書かれていますが、退職日がありません。", "退職日を補って出し直してください。在籍している人なら、この行のまま使うと答えてください。";
        LineAlone = "欄が一つだけの行で、名簿にない言葉です。", "区切りの見出しなら、この行を入れないでください。人なら、別の人と答えてください。";
        OtherSex = "性別が名簿と違います。", "同じ人か、別の人かを選んでください。";
        NumberAlone = "氏名がなく、社員番号のほかに名簿と合うものがない行です。", "同じ人か、別の人かを選んでください。";
        PerhapsNone = "制限や措置がない、または解除されたとも読める言葉です。", "続いている措置なら、この行のまま使うと答えてください。";
        Unnamed = "措置の欄の言葉から、何をどう制限するのかが判りません。", "元の表で「残業禁止」などの言葉に直してください。書かれた言葉のまま残すなら、この行のまま使うと答えてください。";
        PerhapsOver = "状態や備考の言葉から、続いている措置か、解除や終了になった措置かが判りません。", "続いている措置なら、この行のまま使うと答えてください。";
        MarkAlone = "制限の欄が ○ や × の印、または有無だけです。", "○・有が制限あり、×・無が制限なしの印なら、そのように使うと答えてください。逆なら、元の表で「禁止」「可」などの言葉に直してください。";
        ZeroLimit = "残業などの上限の欄が 0 です。", "0 時間まで（禁止）の意味なら、この行のまま使うと答えてください。制限なしの意味なら、この行を入れないでください。";
        SeveralInOne = "一つの欄に、別々の措置かもしれない言葉が並んでいます。", "元の表で措置ごとに行を分けてください。一つの措置としてよければ、この行のまま使うと答えてください。";
        DaysInWords = "措置の言葉の中に、期日や段階（1/31まで、その後 など）が書かれています。", "元の表で段階ごとに行を分け、開始日と期限の欄に書いてください。欄の期間のままでよければ、この行のまま使うと答えてください。";
        EndInWords = "期限が日付ではなく、言葉や、開始日のない長さ（次回面談まで、3か月 など）で書かれています。", "判る日があれば、元の表で日付に直してください。期限なしとして使うなら、この行のまま使うと答えてください。";
        Contradicts = "区分や有無の欄では制限がないのに、措置が書かれています。", "続いている措置なら、この行のまま使うと答えてください。";
        SexCodes = "性別が 1・2 の番号です。", "1 と 2 のどちらが男かを、ファイルの出どころに確かめて選んでください。";
        PartOfPeriod = "期間の一部の日しかないファイルです。", "期間の全部の日を含むファイルを取り込むか、この合計のまま使うと答えてください。";
        DaysUnread = "読めない行があり、日ごとの合計に足りない日があるかもしれません。", "元の表を直して出し直すか、この合計のまま使うと答えてください。";
        DayTwice = "同じ日の同じ内容の行が二つあります。", "両方を足して使うか、使わないかを選んでください。";
        MainBlank = "残業の欄が空で、ほかの足す欄にだけ時間があります。", "空の欄を0時間としてよければ、この行を使うと答えてください。";
        PartAboveWhole = "残業や深夜などの時間が、それを含むはずの時間より長い行です。", "元の表で確かめて直し、出し直すか、このまま使うと答えてください。";
        KanaOnly = "ふりがなだけが同じ人です。", "同じ人か、別の人かを選んでください。";
        Orientation = "見出しに設問の言葉があります。回答の数字が調査票と逆に入っていないかは、ファイルからは判りません。", "元の表で最初の設問を見て、1 が「そうだ」、4 が「ちがう」なら、そのとおりと答えてください。";
        UnclearKind = "健診の種類を一つに決められない言葉です。", "定期健診として使うなら、そう答えてください。ほかの種類は、元の表で一つの種類の言葉に直してください。";
        ShortYear = "健診日の年が2桁で、西暦か令和か決まりません。", "どちらかを選んでください。平成の年なら、元の表で H26.10.5 のように直してください。";
        NextDay = "同じ人の、続く日の健診と値が全部同じです。", "一つの健診なら、どちらかの行を入れないでください。別の健診なら、この行のまま使うと答えてください。";
        UnknownClass = "区分の言葉が分かりません。", "区分なしで使うか、使わないかを選んでください。";
    }
}

reasons! {
    /// Why a row is left out without being an error.
    Skip {
        Totals = "合計の行です。", "取り込みません。";
        Reference = "基準値や単位を書いた行です。", "人とはみなさず、取り込みません。";
        Blank = "空の行です。", "取り込みません。";
        NoValue = "時間の欄が空の行です。", "0時間とはみなさず、取り込みません。";
        NotExam = "健診ではなく、保健指導の行です。", "取り込みません。";
        NoExam = "健診日も値もない行です。", "受けていない人とみて、取り込みません。";
        NotExamined = "受けていないと書かれた行です。", "取り込みません。";
        HeaderAgain = "見出しを繰り返した行です。", "取り込みません。";
        SameRow = "同じ内容の行が前にあります。", "一度だけ取り込みます。";
        NoRestriction = "制限がない、または解除されたと書かれた行です。", "取り込みません。記録にある措置は、その人の画面で解除してください。";
        Section = "区切りの見出しの行です（退職者、休職者など）。", "人とはみなさず、取り込みません。";
        Over = "状態か備考に、解除または終了と書かれた行です。", "終わった措置とみて、取り込みません。記録にある措置は、その人の画面で解除してください。";
        Lifted = "解除日が過ぎている行です。", "終わった措置とみて、取り込みません。";
        Past = "期限（終了日、満了日）が過ぎている行です。", "終わった措置とみて、取り込みません。続いている措置なら、元の表で期限を直してください。";
        Heading = "欄が一つだけの、区切りの見出しか注記の行です。", "措置とはみなさず、取り込みません。";
        BelowOver = "「解除済」「終了」「過去」などの区切りの見出しの下にある行です。", "終わった措置とみて、取り込みません。記録にある措置は、その人の画面で解除してください。";
        BelowAhead = "「検討中」「予定」「案」などの区切りの見出しの下にある行です。", "まだ始まっていない措置とみて、取り込みません。";
        Answered = "使わないと答えた行です。", "取り込みません。";
    }
}

/// A row that is refused: where, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Refusal {
    /// Line of the file, 1-based.
    pub line: u32,
    /// Column, 1-based, where one cell is the cause.
    pub column: Option<usize>,
    /// The reason.
    pub why: Why,
}

impl Refusal {
    /// Refuses a whole row.
    pub const fn row(line: u32, why: Why) -> Self {
        Self { line, column: None, why }
    }

    /// Refuses a row because of the cell at `index`, counted from 0.
    pub const fn cell(line: u32, index: usize, why: Why) -> Self {
        Self { line, column: Some(index + 1), why }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "{}行目 {column}列目: {}", self.line, self.why),
            None => write!(f, "{}行目: {}", self.line, self.why),
        }
    }
}

/// A row that is left out: where, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ignored {
    /// Line of the file, 1-based.
    pub line: u32,
    /// The reason.
    pub why: Skip,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_with_a_remedy() {
        let whys = Why::ALL.iter().map(|why| (why.text(), why.remedy()));
        let doubts = Doubt::ALL.iter().map(|doubt| (doubt.text(), doubt.remedy()));
        let skips = Skip::ALL.iter().map(|skip| (skip.text(), skip.remedy()));
        for (text, remedy) in whys.chain(doubts).chain(skips) {
            assert!(text.ends_with('。') && remedy.ends_with('。'), "{text}{remedy}");
        }
    }

    #[test]
    fn a_refusal_names_line_and_column() {
        let shown = Refusal::cell(71, 6, Why::NotTime).to_string();
        assert!(shown.starts_with("71行目 7列目: 時間として読めない値です。"), "{shown}");
    }
}
