//! What can be typed, as clap reads it; help and refusals in Japanese, without a network.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::import_arguments::Import;
use super::output;
use super::stress_arguments::Stress;
use crate::domain::Day;

pub(super) const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";
const CODES: &str = "終了コード: 0 済み、1 検査で見つかったものがある、2 使い方の誤り、3 パスフレーズ違いまたは施錠中、4 データの破損、5 規則による拒否";

/// Everything that was typed.
#[derive(Debug, Parser)]
#[command(
    name = "junkai",
    version,
    about = "巡回: 産業医の手元の記録。ネットワークを使わず、暗号化して保存します。",
    help_template = TEMPLATE,
    after_help = CODES,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "コマンド",
    subcommand_value_name = "コマンド",
    next_help_heading = "共通の指定"
)]
pub(super) struct Arguments {
    /// For every command.
    #[command(flatten)]
    pub(super) globals: Globals,
    /// The command; none opens the terminal interface.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Clone, Args)]
pub(super) struct Globals {
    /// The vault's folder.
    #[arg(long, global = true, value_name = "DIR", help = "金庫のフォルダ（省くと、この計算機の既定の場所）")]
    pub(super) vault: Option<PathBuf>,
    /// Where the passphrase is read from.
    #[arg(long, global = true, value_name = "PATH", help = "パスフレーズを1行目に書いたファイル（- は標準入力）")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// Where the identity lies, or goes.
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        help = "鍵のファイル（USBメモリーなど）。init と recover では、新しい鍵を置く場所"
    )]
    pub(super) identity: Option<PathBuf>,
    /// The day.
    #[arg(
        long,
        global = true,
        value_name = "YYYY-MM-DD",
        value_parser = day,
        help = "この日として読む（読むだけの操作とデモの金庫でのみ）"
    )]
    pub(super) today: Option<Day>,
    /// JSON.
    #[arg(long, global = true, help = "JSON で出力する")]
    pub(super) json: bool,
    /// Help.
    #[arg(short = 'h', long, global = true, action = clap::ArgAction::Help, help = "この説明を表示する")]
    help: Option<bool>,
    /// Version.
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = "版を表示する")]
    version: Option<bool>,
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    let is_shaped = text.len() == 10;
    text.parse().ok().filter(|_| is_shaped).ok_or_else(|| "2026-04-01 の形".to_owned())
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The synthetic caseload.
    #[command(about = "架空の事業場と労働者で試す（何も尋ねません）", help_template = TEMPLATE)]
    Demo(Demo),
    /// A new vault.
    #[command(about = "新しい金庫を作る", help_template = TEMPLATE)]
    Init(Init),
    /// Establishments.
    #[command(about = "事業場を登録する、一覧する、見る", help_template = TEMPLATE, subcommand_required = true)]
    Establishment(Establishment),
    /// A file of an employer.
    #[command(about = "会社から受け取ったファイルを取り込む", help_template = TEMPLATE)]
    Import(Import),
    /// A workplace's own reference table.
    #[command(about = "健診の自社の判定の表、緊急の値の一覧を入れる（FILE がなければ外す）", help_template = TEMPLATE)]
    CheckupTable(CheckupTable),
    /// What a file brought in, erased.
    #[command(about = "誤って取り込んだものを消去する（--confirm がなければ見るだけ）", help_template = TEMPLATE)]
    Purge(Purge),
    /// The roster as a list in clear.
    #[command(about = "名簿と旗の一覧を自分用に書き出す（--clear がなければ見るだけ）", help_template = TEMPLATE)]
    Export(Export),
    /// Every worker with every flag.
    #[command(about = "労働者ごとの旗と理由を出す", help_template = TEMPLATE)]
    Workers(Workers),
    /// What is due.
    #[command(about = "期限のあるものを出す", help_template = TEMPLATE)]
    Worklist(Worklist),
    /// The law.
    #[command(about = "規則の一覧、判定、検査（金庫は要りません）", help_template = TEMPLATE, subcommand_required = true)]
    Law(Law),
    /// The stress check.
    #[command(about = "ストレスチェックの点数と、回答の取込", help_template = TEMPLATE, subcommand_required = true)]
    Stress(Stress),
    /// A document.
    #[command(about = "外へ出る文面を見る。--confirm で発行する", help_template = TEMPLATE)]
    Document(Document),
    /// A signed file.
    #[command(about = "署名された PDF を確かめる（金庫は要りません）", help_template = TEMPLATE)]
    Verify(Verify),
    /// A backup.
    #[command(about = "控え（バックアップ）を一つのファイルに作る", help_template = TEMPLATE)]
    Backup(Backup),
    /// A restored vault.
    #[command(about = "控え（バックアップ）から新しい金庫へ復元する", help_template = TEMPLATE)]
    Restore(Restore),
    /// A new key by the recovery code.
    #[command(about = "回復コードで開き、新しい鍵とパスフレーズを作る", help_template = TEMPLATE)]
    Recover(Recover),
    /// Reads everything.
    #[command(about = "すべてを読んで検査する", help_template = TEMPLATE)]
    Check,
    /// The audit lines.
    #[command(about = "操作の記録を出す。--verify で連鎖を検査する", help_template = TEMPLATE)]
    Audit(Audit),
}

/// `demo`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Demo {
    /// How many establishments.
    #[arg(long, hide_default_value = true, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=99), value_name = "N", help = "事業場の数（省くと 7）")]
    pub(super) establishments: u32,
    /// How many workers in each.
    #[arg(long, hide_default_value = true, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=5000), value_name = "N", help = "事業場ごとの労働者のおよその数（省くと 100）")]
    pub(super) workers: u32,
    /// How many years.
    #[arg(long, hide_default_value = true, default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=10), value_name = "N", help = "年数（省くと 2）")]
    pub(super) years: u32,
    /// The seed.
    #[arg(long, hide_default_value = true, default_value_t = 1, value_name = "N", help = "乱数の種（省くと 1）")]
    pub(super) seed: u64,
    /// No interface.
    #[arg(long, help = "画面を開かず、場所とパスフレーズを出す")]
    pub(super) no_ui: bool,
}

/// `init`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Init {
    /// Where the recovery code goes without a terminal.
    #[arg(long, value_name = "NEWFILE", help = "端末がないとき、回復コードを書く新しいファイル")]
    pub(super) recovery_to: Option<PathBuf>,
}

/// `establishment`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
#[command(subcommand_help_heading = "コマンド")]
pub(super) struct Establishment {
    /// What to do.
    #[command(subcommand)]
    pub(super) act: EstablishmentAct,
}

/// What can be done with establishments.
#[derive(Debug, Subcommand)]
pub(super) enum EstablishmentAct {
    /// Adds one.
    #[command(about = "登録する。名称などは標準入力から読みます", help_template = TEMPLATE)]
    Add,
    /// Lists them.
    #[command(about = "番号の一覧", help_template = TEMPLATE)]
    List,
    /// Shows one.
    #[command(about = "一つを見る", help_template = TEMPLATE)]
    Show {
        /// Its id.
        #[arg(value_name = "ID", help = "事業場の番号（例 E01）")]
        id: String,
    },
}

/// `checkup-table`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct CheckupTable {
    /// The table as TOML.
    #[arg(value_name = "FILE", help = "表の TOML ファイル。書き方は組込みの表と同じです")]
    pub(super) file: Option<PathBuf>,
    /// Where.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// Which.
    #[arg(long, value_enum, help = "own は判定の表、urgent は緊急の値の一覧")]
    pub(super) kind: TableOf,
}

/// What a workplace keeps of its own.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TableOf {
    /// The reference table.
    Own,
    /// The list of urgent values.
    Urgent,
}

/// `purge`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Purge {
    /// Where.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// Which import.
    #[arg(long, value_name = "N", help = "取込の操作の番号")]
    pub(super) operation: i64,
    /// The hash that was shown.
    #[arg(long, value_name = "SHA256", help = "示されたハッシュ。これと同じ取込だけを消去します。元に戻せません")]
    pub(super) confirm: Option<String>,
    /// The last day on which it is to be kept, as it was shown.
    #[arg(long, value_name = "YYYY-MM-DD", help = "まだ保存する記録を消すときだけ、示された保存の末日")]
    pub(super) kept_until: Option<Day>,
}

/// What a list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// UTF-8 with a byte order mark.
    Csv,
    /// A workbook.
    Xlsx,
}

/// `export`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Export {
    /// Where.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// What it is written as.
    #[arg(long, value_enum, hide_possible_values = true, value_name = "FORMAT", help = "csv、xlsx")]
    pub(super) format: ExportFormat,
    /// The folder.
    #[arg(long, value_name = "DIR", help = "書き出すフォルダ")]
    pub(super) out: PathBuf,
    /// It may lie in clear.
    #[arg(long, help = "平文で書き出してよい")]
    pub(super) clear: bool,
}

/// `workers`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Workers {
    /// Where.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// With names.
    #[arg(long, help = "氏名も出す")]
    pub(super) names: bool,
}

/// `worklist`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Worklist {
    /// Where; everywhere if left out.
    #[arg(long, value_name = "ID", help = "事業場の番号（省くとすべて）")]
    pub(super) establishment: Option<String>,
    /// With names.
    #[arg(long, help = "氏名と事業場名も出す")]
    pub(super) names: bool,
    /// What was said to be done.
    #[arg(long, help = "期限ではなく、済としたものを出す（理由は --names のとき）")]
    pub(super) done: bool,
}

/// `law`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
#[command(subcommand_help_heading = "コマンド")]
pub(super) struct Law {
    /// What to do.
    #[command(subcommand)]
    pub(super) act: LawAct,
}

/// What can be done with the law.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum LawAct {
    /// Lists the rules.
    #[command(about = "規則の一覧（事実、日付、条文）", help_template = TEMPLATE)]
    List {
        /// What is not encoded.
        #[arg(long, help = "符号化していない規則と、その理由")]
        not_encoded: bool,
    },
    /// Assesses facts.
    #[command(about = "標準入力の JSON Lines を判定する", help_template = TEMPLATE)]
    Assess,
    /// Checks the encoded law.
    #[command(about = "法令データの矛盾を検査する", help_template = TEMPLATE)]
    Check,
}

/// `document`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Document {
    /// The form.
    #[arg(value_name = "FORM", help = super::document::names())]
    pub(super) form: String,
    /// Where.
    #[arg(long, value_name = "ID", help = "事業場の番号")]
    pub(super) establishment: String,
    /// About whom.
    #[arg(long, value_name = "ID", help = "労働者の番号")]
    pub(super) worker: Option<String>,
    /// The folder.
    #[arg(long, value_name = "DIR", help = "書き出すフォルダ")]
    pub(super) out: PathBuf,
    /// The confirmed text.
    #[arg(long, value_name = "SHA256", help = "見た文面の SHA-256。これと同じ文面だけを発行します")]
    pub(super) confirm: Option<String>,
}

/// `verify`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Verify {
    /// The file.
    #[arg(value_name = "FILE.pdf", help = "確かめる PDF")]
    pub(super) file: PathBuf,
    /// The expected signer.
    #[arg(long, value_name = "FINGERPRINT", help = "署名者から受け取った指紋")]
    pub(super) signer: Option<String>,
}

/// `backup`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Backup {
    /// The new file.
    #[arg(value_name = "FILE", help = "作る控えのファイル")]
    pub(super) file: PathBuf,
}

/// `restore`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Restore {
    /// The backup.
    #[arg(value_name = "FILE", help = "控えのファイル")]
    pub(super) file: PathBuf,
    /// The recovery code.
    #[arg(
        long,
        value_name = "PATH",
        help = "回復コードを書いたファイル（- は標準入力）。--identity なら、鍵とパスフレーズで開く"
    )]
    pub(super) recovery_file: Option<PathBuf>,
}

/// `recover`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Recover {
    /// The recovery code.
    #[arg(long, value_name = "PATH", help = "回復コードを書いたファイル（- は標準入力）。省くと尋ねる")]
    pub(super) recovery_file: Option<PathBuf>,
}

/// `audit`
#[derive(Debug, Args)]
#[command(next_help_heading = "指定")]
pub(super) struct Audit {
    /// Walks the chains.
    #[arg(long, help = "連鎖を検査する")]
    pub(super) verify: bool,
}

/// Help was asked for, or the arguments make no sense.
pub(super) struct Stop(clap::Error);

impl Arguments {
    /// Reads what was typed.
    pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        Self::try_parse_from(arguments).map_err(Stop)
    }
}

impl Stop {
    /// Shows the help, or says what is wrong; gives the exit code.
    pub(super) fn end(&self) -> ExitCode {
        if !self.0.use_stderr() {
            let text = self.0.render().to_string();
            return match output::line(text.trim_end()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(fault) => fault.end(),
            };
        }
        output::warn(&self.sentence());
        output::warn("使い方は junkai --help で見られます。");
        ExitCode::from(2)
    }

    /// Never repeats what was typed in a place where a name might have been put.
    fn sentence(&self) -> String {
        let named = self.named();
        match self.0.kind() {
            ErrorKind::MissingRequiredArgument => format!("{named} が足りません。"),
            ErrorKind::UnknownArgument => "知らない指定があります。".to_owned(),
            ErrorKind::InvalidSubcommand => "そのコマンドはありません。".to_owned(),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                "コマンドが足りません。".to_owned()
            }
            ErrorKind::ArgumentConflict => format!("{named} は、ほかの指定と一緒には使えません。"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{named} の値が正しくありません。"),
            ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                format!("{named} の値が足りません。")
            }
            _ => "指定の仕方が正しくありません。".to_owned(),
        }
    }

    fn named(&self) -> String {
        match self.0.get(ContextKind::InvalidArg) {
            Some(ContextValue::String(name)) => name.clone(),
            Some(ContextValue::Strings(names)) => names.join("、"),
            _ => "指定".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_has_no_english_headings() {
        for command in ["", "import", "law", "stress", "establishment", "document"] {
            let words = ["junkai", command, "--help"].into_iter().filter(|word| !word.is_empty());
            let Err(stop) = Arguments::read(words.map(OsString::from)) else { panic!("help is an early end") };
            let text = stop.0.render().to_string();
            for word in ["Usage", "Options", "Commands", "Arguments", "Print help", "possible values", "default:"] {
                assert!(!text.contains(word), "{word} in {text}");
            }
        }
    }
}
