//! Errors to what a screen shows: what happened, how things stand, what can be done, and a number to look up.

use super::error::RuntimeError;
use crate::app::host::Failure;
use crate::vault::ErrorClass;

impl From<&RuntimeError> for Failure {
    fn from(error: &RuntimeError) -> Self {
        let text = error.to_string();
        let mut sentences = sentences(&text).into_iter();
        let happened = sentences.next().unwrap_or_else(|| text.clone());
        Self { happened, state: state(error).to_owned(), remedies: sentences.collect(), code: code(error) }
    }
}

impl From<RuntimeError> for Failure {
    fn from(error: RuntimeError) -> Self {
        Self::from(&error)
    }
}

/// Every message of the modules below says first what happened, then what to do, each in a sentence.
fn sentences(text: &str) -> Vec<String> {
    text.split_inclusive('。').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn state(error: &RuntimeError) -> &'static str {
    match error {
        RuntimeError::Locked => "画面の内容は保存されています。",
        RuntimeError::IssuedNotWritten => "文書は金庫の中に発行済みです。",
        _ => "記録は何も変わっていません。",
    }
}

fn code(error: &RuntimeError) -> &'static str {
    match error {
        RuntimeError::Vault(_) | RuntimeError::Locked => match error.class() {
            ErrorClass::Locked => "E-KEY-01",
            ErrorClass::Use => "E-KEY-02",
            ErrorClass::Refused => "E-KEY-03",
            ErrorClass::Damaged => "E-KEY-04",
        },
        RuntimeError::Store(_) => match error.class() {
            ErrorClass::Damaged => "E-REC-04",
            ErrorClass::Use => "E-REC-02",
            ErrorClass::Locked | ErrorClass::Refused => "E-REC-03",
        },
        RuntimeError::NoSuchSite | RuntimeError::NoSuchWorker | RuntimeError::Id(_) => "E-REC-01",
        RuntimeError::SiteNotOpen(_) | RuntimeError::EmptySite(_) => "E-REC-05",
        RuntimeError::Source(_) | RuntimeError::Xml(_) | RuntimeError::NothingRead => "E-IMP-01",
        RuntimeError::SourceFile(_) => "E-IMP-05",
        RuntimeError::Profile(_) | RuntimeError::NoSuchProfile | RuntimeError::Accept(_) => "E-IMP-02",
        RuntimeError::OfMapping(_) => "E-IMP-02",
        RuntimeError::TypedHours(_) => "E-IMP-03",
        RuntimeError::Foreign(..) => "E-IMP-06",
        RuntimeError::OtherConfirmation | RuntimeError::StillKept(_) => "E-REC-06",
        RuntimeError::Attachment(_) => "E-IMP-04",
        RuntimeError::Files(_) | RuntimeError::OtherFile => "E-OUT-01",
        RuntimeError::Ledger(_) | RuntimeError::Font(_) | RuntimeError::Typeset(_) => "E-OUT-03",
        RuntimeError::OwnTemplate { .. } | RuntimeError::OwnTemplateOmits(_) => "E-OUT-07",
        RuntimeError::OwnTemplateUnreadable(_) => "E-OUT-07",
        RuntimeError::NoSuchInterview
        | RuntimeError::NoSuchCheckup
        | RuntimeError::NoSuchInquiry
        | RuntimeError::NoSuchPatrol
        | RuntimeError::NoSuchDocument
        | RuntimeError::NoSuchForm
        | RuntimeError::OtherGround => "E-OUT-04",
        RuntimeError::NoFolder | RuntimeError::IssuedNotWritten => "E-OUT-05",
        RuntimeError::NotShown
        | RuntimeError::OtherText
        | RuntimeError::Incomplete(_)
        | RuntimeError::PeopleInMapping => "E-OUT-06",
        RuntimeError::Signer(_) | RuntimeError::Sign(_) | RuntimeError::Crypto(_) => "E-OUT-02",
        RuntimeError::Stress(_) => "E-SC-01",
        RuntimeError::Note(_) => "E-CHK-01",
        RuntimeError::UnknownSetting | RuntimeError::BadSetting => "E-SET-01",
        RuntimeError::Law | RuntimeError::Broken | RuntimeError::Stopped(_) => "E-SYS-01",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::VaultError;

    #[test]
    fn the_first_sentence_is_what_happened_and_the_rest_what_to_do() {
        let failure = Failure::from(RuntimeError::from(VaultError::NotAVault));
        assert_eq!(failure.happened, "ここには金庫がありません。");
        assert_eq!(failure.remedies.len(), 1);
        assert_eq!(failure.code, "E-KEY-02");
    }
}
