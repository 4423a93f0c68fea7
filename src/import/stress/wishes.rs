//! What a file says beside the answers of consent and of the wish for an interview: read and told, never taken in.
//!
//! Knows words. Consent counts only after the result was told, one person at a time (則52条の13、ストレスチェック指針), and so
//! does the request for an interview (則52条の16): what stands beside the answers came before.

use super::super::profile::Profile;
use super::super::source::Table;
use super::super::{blank, folding};

/// The lines that say something of consent or of an interview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wishes {
    /// Lines that say yes to the provision of the result.
    pub consents: Vec<u32>,
    /// Lines that say no to it.
    pub refusals: Vec<u32>,
    /// Lines that wish for an interview.
    pub interviews: Vec<u32>,
    /// Lines with a word that cannot be read.
    pub unread: Vec<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Consent,
    Interview,
}

const YES: &[&str] = &["同意", "希望", "する", "します", "あり", "有", "はい", "○", "◯", "〇", "yes", "true"];
const NO: &[&str] = &["しない", "しません", "せず", "なし", "無", "不", "拒", "いいえ", "×", "未", "no", "false"];

/// Reads the columns that play no part and ask for consent or for the wish.
pub fn told(table: &Table, profile: &Profile) -> Wishes {
    let asked = |index: usize| Some((index, asked(&folding::fold(table.header.get(index)?))?));
    let columns: Vec<(usize, Asked)> = profile.unused(table).into_iter().filter_map(asked).collect();
    let mut wishes = Wishes::default();
    for row in &table.rows {
        for (index, asked) in &columns {
            let list = match (says(row.cells.get(*index)), asked) {
                (None, _) | (Some(Some(false)), Asked::Interview) => continue,
                (Some(None), _) => &mut wishes.unread,
                (Some(Some(true)), Asked::Consent) => &mut wishes.consents,
                (Some(Some(false)), Asked::Consent) => &mut wishes.refusals,
                (Some(Some(true)), Asked::Interview) => &mut wishes.interviews,
            };
            if list.last() != Some(&row.line) {
                list.push(row.line);
            }
        }
    }
    wishes
}

/// What a heading asks; a day is no answer.
fn asked(folded: &str) -> Option<Asked> {
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if folded.ends_with('日') => None,
        () if has(&["同意"]) => Some(Asked::Consent),
        () if has(&["面接", "面談"]) && has(&["希望", "申出", "申し出", "申込"]) => Some(Asked::Interview),
        () => None,
    }
}

/// Nothing for an empty cell, then yes or no, or nothing for a word that is neither.
fn says(text: &str) -> Option<Option<bool>> {
    let folded = folding::fold(text);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if blank::is_blank(&folded) => None,
        () if has(NO) => Some(Some(false)),
        () if has(YES) => Some(Some(true)),
        () => Some(None),
    }
}

impl Wishes {
    /// What is told of them on the screen.
    pub fn words(&self) -> Vec<String> {
        let said = self.consents.len() + self.refusals.len();
        counted([
            (said, "提供の同意の欄", "（記録しません。通知の後に本人ごとに）"),
            (self.interviews.len(), "面接指導の希望", "（申出とはしません。通知の後に確かめます）"),
            (self.unread.len(), "同意か希望の読めない言葉", "（元の表で確かめてください）"),
        ])
    }

    /// The same for who reads one line at a time.
    pub fn sentences(&self) -> Vec<String> {
        let [consents, refusals] = [self.consents.len(), self.refusals.len()];
        let yes_and_no = format!(
            "（同意 {consents}、不同意 {refusals}）。調査票と一緒の同意は記録しません。結果の通知の後の同意を、その人の画面で一人ずつ記録してください。"
        );
        counted([
            (consents + refusals, "会社への提供の同意の欄", &yes_and_no),
            (
                self.interviews.len(),
                "面接指導の希望",
                "。申出とはしません。結果の通知の後に、本人の申出を確かめて記録してください。",
            ),
            (self.unread.len(), "同意か希望の読めない言葉", "。元の表で確かめ、結果の通知の後に本人に聞いてください。"),
        ])
    }
}

/// `提供の同意の欄 2行…`, of what there is.
fn counted(told: [(usize, &str, &str); 3]) -> Vec<String> {
    let told = told.into_iter().filter(|(count, ..)| *count > 0);
    told.map(|(count, what, how)| format!("{what} {count}行{how}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::propose_in;
    use super::*;
    use crate::import::source::read;

    #[test]
    fn consent_and_wish_are_told_by_line_and_never_dropped() {
        let answers = "1".repeat(57);
        let text = format!(
            "社員番号,回答,会社への結果提供に同意,面接指導を希望,同意日\n1,{answers},同意する,希望する,x\n2,{answers},同意しない,希望しない,\n\
             3,{answers},保留,,\n4,{answers},,,\n"
        );
        let table = read(text.as_bytes()).unwrap();
        let wishes = told(&table, &propose_in(&table).profile);
        let expected = Wishes { consents: vec![2], refusals: vec![3], interviews: vec![2], unread: vec![4] };
        assert_eq!(wishes, expected);
        let told = wishes.sentences();
        assert!(told[0].contains("同意 1、不同意 1") && told[1].starts_with("面接指導の希望 1行。"), "{told:?}");
        assert_eq!(wishes.words()[0], "提供の同意の欄 2行（記録しません。通知の後に本人ごとに）");
        assert!(Wishes::default().sentences().is_empty() && Wishes::default().words().is_empty());
    }

    proptest! {
        #[test]
        fn no_word_is_too_strange(heading in "\\PC{0,8}(同意|面接希望)?", text in "\\PC{0,12}") {
            let _ = (asked(&folding::fold(&heading)).is_some(), says(&text));
        }
    }
}
