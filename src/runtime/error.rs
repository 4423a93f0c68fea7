//! What can go wrong while something is performed, from every module below, and the class that decides the exit code.

use crate::app::attachments::AttachmentFault;
use crate::app::checkups::notes::NoteFault;
use crate::app::stress::StressFault;
use crate::documents::fonts::FontError;
use crate::documents::sign::SignError;
use crate::documents::signer::SignerError;
use crate::documents::typeset::TypesetError;
use crate::domain::id::BadId;
use crate::domain::progress::Stopped;
use crate::import::hours::AcceptError;
use crate::import::profile::ProfileError;
use crate::import::reason::Why;
use crate::import::source::SourceError;
use crate::import::xml::XmlError;
use crate::law::param::ParameterError;
use crate::store::StoreError;
use crate::vault::files::FilesError;
use crate::vault::{CryptoError, ErrorClass, VaultError};

/// Says why something was not done; holds no person, no path and no secret.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file outside the vault.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// A file that was to be taken in.
    #[error(transparent)]
    SourceFile(FilesError),
    /// The signing key.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The signature.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The fonts.
    #[error(transparent)]
    Font(#[from] FontError),
    /// Typesetting.
    #[error(transparent)]
    Typeset(#[from] TypesetError),
    /// No interview of that id, or the worker has none.
    #[error("その面接の記録がありません。面接を終えてから、もう一度実行してください。")]
    NoSuchInterview,
    /// No patrol of that id, or it has not ended.
    #[error("終えた巡視がありません。巡視を終えてから、もう一度実行してください。")]
    NoSuchPatrol,
    /// No checkup of that id, or the worker has none.
    #[error("その健診の記録がありません。健診の結果を取り込んでから、もう一度実行してください。")]
    NoSuchCheckup,
    /// No inquiry of that id, or none of the worker's is answered.
    #[error("回答のある照会の記録がありません。健診の記録の画面で照会と回答を記録してから、もう一度実行してください。")]
    NoSuchInquiry,
    /// No document of that id.
    #[error("その文書は発行されていません。番号を確かめてください。")]
    NoSuchDocument,
    /// The form is not the one of the interview's ground.
    #[error(
        "面接の種類と様式が合いません。高ストレスの面接は stress_opinion、ほかの面接は opinion か opinion_2011 を指定してください。"
    )]
    OtherGround,
    /// No form of that name.
    #[error(
        "その様式はありません。opinion、opinion_2011、stress_opinion、patrol_report、patrol_sheet、brief、record、checkup_ で始まる名（opinions、list、card、referral、report、committee）、stress_ で始まる名（notice、groups、report）のどれかを指定してください。"
    )]
    NoSuchForm,
    /// No folder to write documents to.
    #[error("文書を書き出すフォルダが決まっていません。設定で出力先を決めてください。")]
    NoFolder,
    /// A document is issued only after it was shown.
    #[error("発行する文面がまだ示されていません。文面を見てから、もう一度実行してください。")]
    NotShown,
    /// The confirmed text is not the one that would leave.
    #[error("確認した文面と、これから出る文面が違います。文面をもう一度見て、確認し直してください。")]
    OtherText,
    /// Legal fields are open.
    #[error("書面に必要な項目が埋まっていません（{0}）。記録を補ってから、もう一度実行してください。")]
    Incomplete(String),
    /// Issued and stored; only the files could not be written.
    #[error(
        "発行して保存しましたが、ファイルを書き出せませんでした。出力先を確かめ、同じ文書の書き出しをもう一度実行してください。"
    )]
    IssuedNotWritten,
    /// The physician's own template of a form does not compile; the line counts from 1, 0 if unknown.
    #[error(
        "自分のひな形 {form}.typ {}にエラーがあります。直すか、設定フォルダから外して組込みのひな形に戻してください。",
        line_words(*.line)
    )]
    OwnTemplate {
        /// The form, which is the file's name.
        form: &'static str,
        /// The line.
        line: usize,
    },
    /// The physician's own template leaves out words that were shown.
    #[error(
        "自分のひな形 {0}.typ が、示した文面の一部を印字していません。直すか、設定フォルダから外して組込みのひな形に戻してください。"
    )]
    OwnTemplateOmits(&'static str),
    /// A file stands where the physician's own template would be, and is no text.
    #[error(
        "自分のひな形 {0}.typ を読めません。UTF-8 の文書にするか、設定フォルダから外して組込みのひな形に戻してください。"
    )]
    OwnTemplateUnreadable(&'static str),
    /// A list that a format cannot hold.
    #[error(transparent)]
    Ledger(#[from] crate::documents::ledger::LedgerError),
    /// The cryptographic library.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// A text that is no id.
    #[error(transparent)]
    Id(#[from] BadId),
    /// A file that is no table.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A file whose columns cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The mapping that was named beside a file cannot be used.
    #[error("{0}")]
    OfMapping(Box<Self>),
    /// A file that still waits for an answer.
    #[error(transparent)]
    Accept(#[from] AcceptError),
    /// A file that is not kept beside a record.
    #[error(transparent)]
    Attachment(#[from] AttachmentFault),
    /// Something of the stress check that may not be recorded.
    #[error(transparent)]
    Stress(#[from] StressFault),
    /// Something round a checkup that may not be recorded, such as a secondary result without consent.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// Typed hours that are no time; nothing of the grid was written.
    #[error("{0}")]
    TypedHours(Why),
    /// A heading or a fixed value of a mapping is somebody of the roster.
    #[error(
        "列の見出しか決めた値に、名簿の人の氏名か社員番号と同じものがあります。書き出していません。見出しのない表なら、1行目に見出しを足して読み直してください。"
    )]
    PeopleInMapping,
    /// No file was read, or it was given up.
    #[error("取り込むファイルが読まれていません。ファイルを選び直してください。")]
    NothingRead,
    /// 特定健診 XML that cannot be read.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// Hardly anybody of the file is on the roster: known people, people of the file.
    #[error(
        "名簿にいる人は {1}名のうち {0}名だけです。別の事業場のファイルでないか確かめてください。この事業場のものなら、そう確かめたと答えてから取り込んでください（コマンドでは --ours）。"
    )]
    Foreign(usize, usize),
    /// What was typed or named to confirm an erasure is not what it must be.
    #[error("確認が合いません。消していません。示したとおりに打ち直してください。")]
    OtherConfirmation,
    /// Something would be erased that is still to be kept.
    #[error(
        "まだ保存する記録があるので、消していません。{0}。それでも消すときは、示した保存の末日を打つか、--kept-until に指定してください。"
    )]
    StillKept(String),
    /// A kept mapping of that name does not exist.
    #[error("その名前の取込設定はありません。--profile を外すか、名前を確かめてください。")]
    NoSuchProfile,
    /// The law that ships with the program cannot be read.
    #[error("法令のデータを読めません。プログラムを入れ直してください。")]
    Law,
    /// No establishment of that id.
    #[error("その番号の事業場はありません。junkai establishment list で番号を確かめてください。")]
    NoSuchSite,
    /// The establishment's database did not open.
    #[error("{0} を開けませんでした。junkai check で調べ、控え（バックアップ）からの復元を考えてください。")]
    SiteNotOpen(String),
    /// No worker of that id.
    #[error("その番号の労働者はいません。junkai workers で番号を確かめてください。")]
    NoSuchWorker,
    /// The establishment's database holds no establishment.
    #[error("{0} の登録内容がありません。控え（バックアップ）からの復元を考えてください。")]
    EmptySite(String),
    /// A file in clear that is not the one that was noted.
    #[error(
        "ファイルの中身が、記録したときと違います。消していません。中身を確かめ、要らなければ手で消してから一覧から外してください。"
    )]
    OtherFile,
    /// A setting that does not exist.
    #[error("その設定はありません。設定の画面から選んでください。")]
    UnknownSetting,
    /// A setting with a value that cannot be.
    #[error("その設定には使えない値です。設定の画面にある範囲で入れてください。")]
    BadSetting,
    /// The physician gave long work up; nothing has changed.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// Whoever asked is told that the desk is closed.
    #[error("金庫は施錠されています。解錠してから、もう一度実行してください。")]
    Locked,
    /// A part of the program ended in an unforeseen way.
    #[error("内部の誤りで止まりました。記録済みの内容は失われていません。開き直してください。")]
    Broken,
}

/// `の 3 行目 `; nothing where the line is not known.
fn line_words(line: usize) -> String {
    if line == 0 { String::new() } else { format!("の {line} 行目") }
}

impl From<ParameterError> for RuntimeError {
    fn from(_: ParameterError) -> Self {
        Self::Law
    }
}

impl RuntimeError {
    /// Whether the work was given up, in whatever part of it that was heard: no failure.
    pub const fn is_stop(&self) -> bool {
        matches!(
            self,
            Self::Stopped(_)
                | Self::Source(SourceError::Stopped(_))
                | Self::Xml(XmlError::Stopped(_))
                | Self::Profile(ProfileError::Stopped(_))
                | Self::Store(StoreError::Stopped)
        )
    }

    /// Whether it is about the file that is taken in, so that its name helps where several are.
    pub const fn is_of_file(&self) -> bool {
        matches!(
            self,
            Self::SourceFile(_)
                | Self::Source(_)
                | Self::Xml(_)
                | Self::Profile(_)
                | Self::Accept(_)
                | Self::Foreign(..)
        )
    }

    /// Returns the class that decides the exit code of a headless command.
    pub fn class(&self) -> ErrorClass {
        match self {
            Self::Vault(error) => error.class(),
            Self::OfMapping(error) => error.class(),
            Self::Store(error) => store_class(error),
            Self::Locked => ErrorClass::Locked,
            Self::Attachment(_) | Self::Files(_) | Self::Id(_) | Self::NoSuchSite | Self::NoSuchWorker => {
                ErrorClass::Use
            }
            Self::UnknownSetting | Self::BadSetting | Self::Signer(_) | Self::NoSuchProfile => ErrorClass::Use,
            Self::Source(_) | Self::SourceFile(_) | Self::Xml(_) | Self::NothingRead | Self::TypedHours(_) => {
                ErrorClass::Use
            }
            Self::NoSuchCheckup | Self::NoSuchInquiry | Self::OtherGround => ErrorClass::Use,
            Self::NoSuchInterview | Self::NoSuchPatrol | Self::NoSuchDocument | Self::NoSuchForm | Self::NoFolder => {
                ErrorClass::Use
            }
            Self::OwnTemplate { .. } | Self::OwnTemplateOmits(_) | Self::OwnTemplateUnreadable(_) => ErrorClass::Use,
            Self::Ledger(_) | Self::Font(_) | Self::Typeset(_) | Self::Sign(_) | Self::IssuedNotWritten => {
                ErrorClass::Use
            }
            Self::NotShown | Self::OtherText | Self::Incomplete(_) | Self::OtherFile => ErrorClass::Refused,
            Self::Foreign(..) | Self::PeopleInMapping | Self::OtherConfirmation | Self::StillKept(_) => {
                ErrorClass::Refused
            }
            Self::Profile(ProfileError::OtherDefinition) | Self::Accept(_) => ErrorClass::Refused,
            Self::Profile(_) => ErrorClass::Use,
            Self::Stress(_) | Self::Note(_) | Self::Stopped(_) => ErrorClass::Refused,
            Self::Crypto(_) | Self::Law | Self::Broken => ErrorClass::Damaged,
            Self::SiteNotOpen(_) | Self::EmptySite(_) => ErrorClass::Damaged,
        }
    }
}

fn store_class(error: &StoreError) -> ErrorClass {
    match error {
        StoreError::Full => ErrorClass::Use,
        StoreError::Database(_) | StoreError::Unreadable(_) | StoreError::Newer { .. } => ErrorClass::Damaged,
        StoreError::Frozen(_) | StoreError::NothingToUndo | StoreError::NothingToRedo => ErrorClass::Refused,
        StoreError::Conflict(_) | StoreError::OlderSchema | StoreError::NoBatch | StoreError::Stopped => {
            ErrorClass::Refused
        }
    }
}
