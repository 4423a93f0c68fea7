//! What can be typed behind `junkai stress`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::arguments::TEMPLATE;
use super::import_arguments::Unsaid;

/// `stress`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
#[command(subcommand_help_heading = "コマンド")]
pub(super) struct Stress {
    /// What to do.
    #[command(subcommand)]
    pub(super) act: StressAct,
}

/// What can be done with answers of the stress check.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum StressAct {
    /// Scores sheets.
    #[command(about = "答えから、合計・19尺度・評価点・両方の方法の結果を出す（金庫は要りません）", help_template = TEMPLATE)]
    Score {
        /// The file.
        #[arg(
            value_name = "FILE",
            help = "1行に1人。JSON、57文字か23文字、又はその数の列（前に性別 M・F）。省くと標準入力"
        )]
        file: Option<PathBuf>,
    },
    /// Counts a round for the report to the labour office.
    #[command(about = "労働基準監督署への報告（則52条の21）の転記に使う事項を数える", help_template = TEMPLATE)]
    Report {
        /// For whom.
        #[arg(long, value_name = "ID", help = "事業場の番号")]
        establishment: String,
        /// The round.
        #[arg(long, value_name = "ID", help = "回の番号（省くと、いちばん新しく開いた回）")]
        round: Option<String>,
    },
    /// Takes answers in.
    #[command(about = "回答のファイルを、開いている回へ取り込む", help_template = TEMPLATE)]
    Import(StressImport),
}

/// `stress import`
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct StressImport {
    /// The file.
    #[arg(value_name = "FILE", help = "社員番号の列と、57文字の1列か 57・23の列がある CSV")]
    pub(super) file: PathBuf,
    /// For whom.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// The round.
    #[arg(long, value_name = "ID", help = "回の番号（省くと、いちばん新しく開いた回）")]
    pub(super) round: Option<String>,
    /// What the file does not say itself.
    #[command(flatten)]
    pub(super) unsaid: Unsaid,
    /// Only shows.
    #[arg(long, help = "書き込まずに結果だけ見る")]
    pub(super) dry_run: bool,
}
