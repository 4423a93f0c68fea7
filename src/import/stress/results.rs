//! Results of the stress check that were computed elsewhere: number or name, day, 高ストレス or not, scores if there.
//!
//! Knows the words that say yes and no. Must not know by whose numbers somebody was found 高ストレス. 要面接 is no word for
//! it: that is the implementer's decision, and a column of it is not read.

use super::{
    Input, Out, PEOPLE, PersonRow, Preview, answered_column, answered_on, folded, in_round, sex, sex_column, whose,
};
use crate::domain::checkup::{self, Standing};
use crate::domain::progress::Going;
use crate::domain::stress::Computed;
use crate::domain::{Day, Id};
use crate::import::blank;
use crate::import::folding::{self, Field};
use crate::import::people::{People, PersonKey};
use crate::import::profile::{Located, NamedColumn, ProfileError, Proposal, Role, propose_named};
use crate::import::qualifiers;
use crate::import::reason::{Doubt, Why};
use crate::import::source::SourceRow;
use crate::import::unexamined;

/// The word in the name of the column of the judgement.
const JUDGEMENT: &str = "高ストレス";
/// What may stand behind it and 者 in the name of that column.
const BESIDE: &[&str] = &[
    "",
    "か",
    "かどうか",
    "判定",
    "判定結果",
    "総合判定",
    "結果",
    "該当",
    "該当者",
    "有無",
    "該当有無",
    "フラグ",
    "区分",
];
/// Words of what comes after the judgement or before it: such a column says nothing of it, whatever else it is named.
const ABOUT: &[&str] = &["面接", "面談", "希望", "候補", "申出", "勧奨", "通知", "基準", "方法", "同意", "日"];
/// Words of a judgement, folded.
const HIGH: &[&str] =
    &["該当", "該当する", "高ストレス", "高ストレス者", "はい", "あり", "有", "○", "◯", "〇", "1", "yes", "y", "true"];
const BELOW: &[&str] = &[
    "非該当",
    "該当しない",
    "該当せず",
    "該当なし",
    "高ストレスではない",
    "高ストレスでない",
    "高ストレス者ではない",
    "高ストレス者でない",
    "いいえ",
    "なし",
    "無",
    "×",
    "0",
    "no",
    "n",
    "false",
];
const WITHHELD: &[&str] = &["判定不能", "判定不可", "判定できず", "未判定"];
/// What the name of a column of scores holds, for A, B and C; or the letter with one of [`SCORE`].
const PARTS: [(char, &[&str]); 3] =
    [('a', &["要因"]), ('b', &["自覚症状", "ストレス反応"]), ('c', &["支援", "サポート"])];
const SCORE: [&str; 6] = ["", "得点", "点数", "点", "合計", "合計点"];
/// No sum of the questionnaire is larger: 29 answers of 4.
const LARGEST: i64 = 116;

/// One row of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultRow {
    /// Line of the file, 1-based.
    pub line: u32,
    /// Whom it is about.
    pub worker: Id,
    /// The check was taken on.
    pub day: Day,
    /// What the file says.
    pub computed: Computed,
    /// A, B and C, where the file has them.
    pub scores: [Option<i64>; 3],
    /// Whether the file does not say the day.
    pub is_undated: bool,
}

impl PersonRow for ResultRow {
    fn line(&self) -> u32 {
        self.line
    }

    fn worker(&self) -> &Id {
        &self.worker
    }

    fn says_the_same(&self, other: &Self) -> bool {
        (self.day, self.computed, self.scores) == (other.day, other.computed, other.scores)
    }

    fn doubt_of<'r>(_: impl Iterator<Item = &'r Self>) -> Doubt {
        Doubt::SheetTwice
    }
}

/// The fields of the scores, in the order of [`PARTS`].
pub(super) const SCORES: [Field; 3] = [Field::ScoreA, Field::ScoreB, Field::ScoreC];

/// Proposes the columns of results, each with its reason.
pub fn propose(header: &[String]) -> Proposal {
    let reason = |field| match field {
        Field::HighStress => "高ストレスかどうかとして読みます。",
        _ => "点数として読み、計算し直しません。",
    };
    let told = named(header).into_iter().map(|(index, field)| (index, Role::Field(field), reason(field)));
    let sex = sex_column(header).map(|index| (index, Role::Field(Field::Sex), "名簿と比べます。"));
    let named: Vec<NamedColumn> = answered_column(header).into_iter().chain(told).chain(sex).collect();
    propose_named(header, &PEOPLE, &named, |profile| profile.locate_results(header).err())
}

/// The columns of the judgement and of the scores, by their words.
pub(super) fn named(header: &[String]) -> Vec<(usize, Field)> {
    let folded = folded(header);
    let scores = scores(&folded).into_iter().zip(SCORES);
    let judged = judgement(&folded).map(|index| (index, Field::HighStress));
    judged.into_iter().chain(scores.filter_map(|(index, field)| Some((index?, field)))).collect()
}

/// Says what every row brings; people are found as those of answers.
///
/// # Errors
/// No number or no judgement can be told from the columns; see [`ProfileError`].
pub fn preview(input: &Input<'_>) -> Result<Preview<ResultRow>, ProfileError> {
    preview_while(input, &Going::freely())
}

/// As [`preview`], as long as it is to go on.
///
/// # Errors
/// As [`preview`], and [`ProfileError::Stopped`].
pub fn preview_while(input: &Input<'_>, going: &Going<'_>) -> Result<Preview<ResultRow>, ProfileError> {
    let located = input.profile.locate_results(&input.table.header)?;
    Ok(Preview::of((input, &located), going, |row, people| judge(row, &located, people, input))?)
}

fn judge(
    row: &SourceRow,
    located: &Located,
    people: &People<'_>,
    input: &Input<'_>,
) -> Result<(ResultRow, PersonKey), Out> {
    let cell = |field| located.text(row, field).trim();
    let refused = |field, why| Out::Refused(located.refusal(row.line, field, why));
    let told = sex::read(cell(Field::Sex), input.profile.sex_codes);
    let (worker, key) = whose(row, located, people, input, told.ok())?;
    let is_bare = |field| matches!(checkup::standing(cell(field)), Standing::Nothing | Standing::Dash);
    let is_silent = is_bare(Field::HighStress) || unexamined::says_so(cell(Field::HighStress));
    let is_silent = is_silent && SCORES.into_iter().all(is_bare);
    let day = answered_on(row, located, input, is_silent)?;
    in_round(row, located, input)
        .map_err(|doubt| Out::Doubtful(key.clone(), people.place(&worker).into_iter().collect(), doubt))?;
    let computed = said(cell(Field::HighStress)).ok_or_else(|| refused(Field::HighStress, Why::NotJudgement))?;
    let mut scores = [None; 3];
    for (slot, field) in scores.iter_mut().zip(SCORES) {
        *slot = score(cell(field)).map_err(|why| refused(field, why))?;
    }
    let is_undated = cell(Field::AnsweredOn).is_empty();
    Ok((ResultRow { line: row.line, worker, day, computed, scores, is_undated }, key))
}

/// What a word says; an empty cell says nothing, and never "not high".
pub(super) fn said(text: &str) -> Option<Computed> {
    let folded = folding::fold(text);
    let words = [(HIGH, Computed::High), (BELOW, Computed::Below), (WITHHELD, Computed::Withheld)];
    words.into_iter().find(|(words, _)| words.contains(&folded.as_ref())).map(|(_, computed)| computed)
}

pub(super) fn score(text: &str) -> Result<Option<i64>, Why> {
    match folding::fold(text).as_ref() {
        blank if blank::is_blank(blank) => Ok(None),
        digits => match digits.parse::<i64>() {
            Ok(score) if (0..=LARGEST).contains(&score) => Ok(Some(score)),
            _ => Err(Why::NotScore),
        },
    }
}

/// The only column that is named so, and by nothing but the judgement itself: of two nobody knows which is meant.
fn judgement(folded: &[String]) -> Option<usize> {
    let is_about = |name: &str| ABOUT.iter().any(|word| name.contains(word));
    let is_of_now = |name: &str| !qualifiers::is_of_another_time(name);
    let named = |(_, name): &(usize, &String)| name.contains(JUDGEMENT) && !is_about(name) && is_of_now(name);
    let mut found = folded.iter().enumerate().filter(named);
    let only = found.next().filter(|_| found.next().is_none());
    only.filter(|(_, name)| is_judgement(name)).map(|(index, _)| index)
}

fn is_judgement(folded: &str) -> bool {
    let rest = qualifiers::without_this_time(folded)
        .replacen(JUDGEMENT, "", 1)
        .replace(|c: char| !c.is_alphanumeric() || c == 'の', "");
    BESIDE.contains(&rest.strip_prefix('者').unwrap_or(&rest))
}

fn scores(folded: &[String]) -> [Option<usize>; 3] {
    PARTS.map(|(letter, words)| {
        let is_lettered = |name: &str| name.strip_prefix(letter).is_some_and(|rest| SCORE.contains(&rest));
        let is_named = |name: &str| words.iter().any(|word| name.contains(word)) && !name.contains(JUDGEMENT);
        folded.iter().position(|name| !qualifiers::is_of_another_time(name) && (is_lettered(name) || is_named(name)))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::import::people::Decisions;
    use crate::import::reason::Skip;
    use crate::import::source;
    use crate::import::stress::tests::worker;

    fn previewed(text: &str) -> Result<Preview<ResultRow>, ProfileError> {
        let (table, roster) = (source::read(text.as_bytes()).unwrap(), [worker(1), worker(2)]);
        let (decisions, today) = (Decisions::default(), "2026-11-20".parse().unwrap());
        let profile = &propose(&table.header).profile;
        let (table, roster, decisions) = (&table, &roster, &decisions);
        let preview = preview(&Input { table, profile, roster, decisions, day: None, since: None, today })?;
        assert_eq!(preview.accounted(), preview.rows);
        Ok(preview)
    }

    #[test]
    fn the_column_of_another_year_is_never_this_years() {
        let of = |line: &str| named(&line.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("社員番号,前年度高ストレス,今年度高ストレス"), [(2, Field::HighStress)]);
        assert_eq!(
            of("社員番号,高ストレス(昨年度),高ストレス,前年度A得点,A得点"),
            [(2, Field::HighStress), (4, Field::ScoreA)]
        );
        assert_eq!(of("社員番号,前年度高ストレス"), []);
        assert_eq!(of("社員番号,高ストレス,今年度高ストレス"), [], "of two nobody knows which is meant");
    }

    #[test]
    fn a_word_says_yes_or_no_and_nothing_says_nothing() {
        for (word, says) in [
            ("該当", Some(Computed::High)),
            ("高ストレス者", Some(Computed::High)),
            ("１", Some(Computed::High)),
            ("非該当", Some(Computed::Below)),
            ("0", Some(Computed::Below)),
            ("判定不能", Some(Computed::Withheld)),
            ("", None),
            ("-", None),
            ("要面接", None),
            ("2", None),
        ] {
            assert_eq!(said(word), says, "{word}");
        }
    }

    #[test]
    fn results_come_with_their_day_and_scores_or_the_row_is_refused() {
        let text = "社員番号,氏名,受検日,高ストレス,A要因,B,C得点\n001,架空 太郎,2026/9/28,該当,51,92,31\n\
                    002,架空 太郎,R8.9.28,非該当,,,\n";
        let found = previewed(text).unwrap().sheets;
        assert_eq!((found[0].computed, found[0].scores), (Computed::High, [Some(51), Some(92), Some(31)]));
        assert_eq!((found[1].computed, found[1].scores), (Computed::Below, [None; 3]));
        assert_eq!((found[0].day, found[1].day), ("2026-09-28".parse().unwrap(), "2026-09-28".parse().unwrap()));
        let text = "社員番号,高ストレス,B\n001,,\n002,該当,9.5\n003,該当,1\n";
        let bad = previewed(text).unwrap();
        let whys: Vec<Why> = bad.refused.iter().map(|row| row.why).collect();
        assert_eq!((bad.sheets.len(), whys), (0, vec![Why::NotJudgement, Why::NotScore, Why::NotOnRoster]));
    }

    #[test]
    fn one_person_has_one_result_and_two_that_differ_are_a_question() {
        let same = previewed("社員番号,高ストレス\n001,該当\n001,該当\n").unwrap();
        assert_eq!((same.sheets.len(), same.ignored[0].why), (1, Skip::SameRow));
        let other = previewed("社員番号,高ストレス\n001,該当\n001,非該当\n").unwrap();
        assert_eq!((other.sheets.len(), other.doubtful.len()), (0, 2));
    }

    #[test]
    fn a_column_that_could_be_two_things_is_not_guessed() {
        assert_eq!(previewed("社員番号,高ストレス,高ストレス判定\n001,該当,該当\n"), Err(ProfileError::NoJudgement));
        assert_eq!(previewed("社員番号,要面接\n001,要\n"), Err(ProfileError::NoJudgement));
    }

    #[test]
    fn a_wish_or_a_candidate_is_no_judgement() {
        let column = |names: &str| {
            let header: Vec<String> = names.split(',').map(str::to_owned).collect();
            judgement(&folded(&header))
        };
        for word in [
            "高ストレス者面接希望",
            "高ストレス者候補",
            "高ストレス者の面接申出",
            "高ストレス判定基準",
            "高ストレス（前年）",
        ] {
            assert_eq!(column(&format!("社員番号,{word},A,B,C")), None, "{word}");
        }
        for word in [
            "高ストレス",
            "高ストレス者",
            "高ストレス者判定",
            "高ストレスの有無",
            "高ストレス（該当）",
            "高ストレス者_フラグ",
        ] {
            assert_eq!(column(&format!("社員番号,{word},A")), Some(1), "{word}");
        }
        assert_eq!(column("社員番号,高ストレス判定基準,高ストレス者,高ストレス者面接希望"), Some(2));
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(cells in proptest::collection::vec("[^\r\n]{0,12}", 4)) {
            let text = format!("社員番号,高ストレス,A,受検日\n{}\n", cells.join(","));
            if let Ok(table) = source::read(text.as_bytes()) {
                let (decisions, roster, today) = (Decisions::default(), [worker(1)], "2026-11-20".parse().unwrap());
                let profile = &propose(&table.header).profile;
                let (table, roster, decisions) = (&table, &roster, &decisions);
                let found = preview(&Input { table, profile, roster, decisions, day: None, since: None, today }).unwrap();
                prop_assert_eq!(found.accounted(), found.rows);
            }
        }
    }
}
