//! What can be typed behind `junkai import`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::day;
use crate::domain::Day;
use crate::domain::worker::SexCodes;
use crate::import::calendar;
use crate::runtime::imports::ReadOptions;

/// What a file brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// 名簿
    Roster,
    /// 労働時間
    Hours,
    /// 健診
    Checkup,
    /// ストレスチェック
    Stress,
    /// ストレスチェックの結果
    StressResults,
    /// 就業制限
    Restrictions,
}

/// How numbers stand for time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum NotationName {
    /// 1.30 is 1 h 30 min.
    Sexagesimal,
    /// 1.50 is 1 h 30 min.
    Decimal,
    /// 90 is 1 h 30 min.
    Minutes,
    /// 0.0625 is 1 h 30 min.
    Days,
    /// 1:30, whatever the heading says.
    Clock,
}

/// Where hours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SeriesName {
    /// The employer's payroll.
    Employer,
    /// The worker's own word.
    Worker,
    /// A gate, a login, a guard.
    Log,
}

/// What 1 and 2 stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SexCodesName {
    /// 1 is a man.
    ManFirst,
    /// 1 is a woman.
    WomanFirst,
    /// The numbers are not taken.
    NotTaken,
}

/// What a file of answers of the stress check does not say itself.
#[derive(Debug, Clone, Args)]
pub(super) struct Unsaid {
    /// The day of the answers.
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        value_parser = day,
        help = "ストレスチェックの回答日の列がないときの回答日（省くと今日）"
    )]
    pub(super) day: Option<Day>,
    /// What 1 and 2 stand for in a column of sex.
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "CODES",
        help = "性別の列の数字。man-first 1が男、woman-first 1が女、not-taken 取り込まない（省くと、要るときは要確認）"
    )]
    pub(super) sex_codes: Option<SexCodesName>,
    /// The answers stand as on the form.
    #[arg(long, help = "設問の言葉のある回答のファイルで、1 が「そうだ」と確かめた")]
    pub(super) as_printed: bool,
}

impl Unsaid {
    /// As it is told to the reading of a file.
    pub(super) fn told_to(&self, options: ReadOptions) -> ReadOptions {
        let sex_codes = self.sex_codes.map(|name| match name {
            SexCodesName::ManFirst => SexCodes::ManFirst,
            SexCodesName::WomanFirst => SexCodes::WomanFirst,
            SexCodesName::NotTaken => SexCodes::NotTaken,
        });
        ReadOptions { answered_on: self.day, sex_codes, is_as_printed: self.as_printed, ..options }
    }
}

/// `import`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Import {
    /// The file.
    #[arg(value_name = "FILE", help = "取り込むファイル")]
    pub(super) file: PathBuf,
    /// For whom.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// What it brings.
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "KIND",
        help = "roster 名簿、hours 労働時間、checkup 健診、stress ストレスチェックの回答、stress-results ほかで計算した結果、restrictions 就業制限の台帳"
    )]
    pub(super) kind: Kind,
    /// The kept mapping.
    #[arg(long, value_name = "NAME", help = "取込設定の名前")]
    pub(super) profile: Option<String>,
    /// The notation.
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "NOTATION",
        help = "sexagesimal 1.30、decimal 1.50、minutes 90、days 0.0625、clock 1:30（いずれも1時間30分）"
    )]
    pub(super) notation: Option<NotationName>,
    /// Where hours come from.
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        value_name = "SERIES",
        help = "employer 会社、worker 本人の申告、log 入退館などの記録（省けば取込設定、なければ会社）"
    )]
    pub(super) series: Option<SeriesName>,
    /// The month of rows that say none.
    #[arg(
        long,
        value_name = "YYYY-MM",
        value_parser = month,
        help = "年月の列がない労働時間の、締日のある月（省けば終わった期間のうち最も新しいもの）"
    )]
    pub(super) period: Option<(i32, u32)>,
    /// The sheet of a workbook; a number, because its name may be a company's.
    #[arg(long, value_name = "N", help = "ブックの何番目のシートか（省けば見出しから選びます）")]
    pub(super) sheet: Option<usize>,
    /// The file is this establishment's, although few of its people are in it.
    #[arg(long, help = "この事業場の人がほとんど載っていなくても、この事業場のファイルとして扱う")]
    pub(super) ours: bool,
    /// What a file of answers does not say itself.
    #[command(flatten)]
    pub(super) unsaid: Unsaid,
    /// A mapping as TOML.
    #[arg(long, value_name = "PATH", conflicts_with = "profile", help = "取込設定のファイル（TOML）")]
    pub(super) mapping: Option<PathBuf>,
    /// Shows the mapping as TOML and takes nothing in.
    #[arg(long, help = "使う取込設定を TOML で示す（取り込みません）")]
    pub(super) show_mapping: bool,
    /// Lists every row.
    #[arg(long, help = "入る行、変わる行、同じ行も、一行ずつ番号で示す")]
    pub(super) rows: bool,
    /// Only shows.
    #[arg(long, help = "書き込まずに結果だけ見る")]
    pub(super) dry_run: bool,
}

/// `2026-09`
fn month(text: &str) -> Result<(i32, u32), String> {
    calendar::year_month(text).ok_or_else(|| "2026-09 のように、年と月を指定してください。".to_owned())
}
