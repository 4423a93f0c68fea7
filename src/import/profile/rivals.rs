//! Two columns that could each play one part, and say different things: which of them counts is asked, never the first.
//!
//! Knows headings, and whether two columns say the same. Must not know what the values mean.

use super::super::folding::{self, Field};
use super::super::source::{SourceRow, Table};
use super::super::{calendar, plainness};
use super::{Column, Profile, ProfileError, Proposal, Role};

/// The parts of which a second column is no smaller matter: whose row it is, what the clinic says of all, and since when
/// somebody is here.
const PARTS: &[Field] = &[Field::Number, Field::Judgement, Field::Joined, Field::Left];

impl Proposal {
    /// Takes the column that holds something where its rivals are empty; asks where two hold different things.
    #[must_use]
    pub fn without_rivals(mut self, table: &Table) -> Self {
        for field in PARTS {
            self.settle(*field, table);
        }
        self
    }

    fn settle(&mut self, field: Field, table: &Table) {
        let Some(used) = self.profile.place(field, &table.header) else { return };
        let filled: Vec<usize> =
            equals(field, used, &table.header).into_iter().filter(|column| is_filled(table, *column)).collect();
        let Some(first) = filled.first().copied() else { return };
        if !filled.contains(&used) {
            self.profile.move_to(field, first, &table.header);
            self.reasons.iter_mut().filter(|reason| reason.column == used || reason.column == first).for_each(
                |reason| {
                    reason.is_used = reason.column == first;
                    reason.text = if reason.is_used {
                        "同じ役のほかの列は空のため、この列を使います。"
                    } else {
                        "空の列です。"
                    };
                },
            );
        }
        let rival = filled.iter().find(|other| !says_the_same(field, table, first, **other));
        let asked = rival.map(|second| ProfileError::TwoColumns { field, first: first + 1, second: second + 1 });
        self.missing = self.missing.take().or(asked);
    }
}

impl Profile {
    fn place(&self, field: Field, header: &[String]) -> Option<usize> {
        self.columns.iter().find(|(role, _)| *role == Role::Field(field)).and_then(|(_, column)| column.find(header))
    }

    fn move_to(&mut self, field: Field, index: usize, header: &[String]) {
        let Some(column) = Column::at(header, index) else { return };
        self.columns
            .iter_mut()
            .filter(|(role, _)| *role == Role::Field(field))
            .for_each(|(_, used)| *used = column.clone());
    }

    /// Whether a column of this header names a number more plainly than the one that is used: No. was taken where nothing
    /// else told the person.
    pub(super) fn numbers_by_less(&self, header: &[String]) -> bool {
        let rank = |name: &str| plainness::rank(Field::Number, &folding::fold(name));
        let is_plainer = |used: usize| {
            let used = header.get(used).map_or(0, |name| rank(name));
            header.iter().any(|name| folding::field_of(name) == Some(Field::Number) && rank(name) < used)
        };
        self.place(Field::Number, header).is_some_and(is_plainer)
    }
}

/// The columns that name a field as plainly as the used one does, from left to right.
fn equals(field: Field, used: usize, header: &[String]) -> Vec<usize> {
    let rank = |index: usize| header.get(index).map(|name| plainness::rank(field, &folding::fold(name)));
    let is_rival = |index: &usize| {
        header.get(*index).and_then(|name| folding::field_of(name)) == Some(field) && rank(*index) == rank(used)
    };
    (0..header.len()).filter(|index| *index == used || is_rival(index)).collect()
}

fn is_filled(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| !row.cells.get(column).trim().is_empty())
}

fn says_the_same(field: Field, table: &Table, one: usize, other: usize) -> bool {
    let text = |row: &SourceRow, column| folding::fold_number(row.cells.get(column)).into_owned();
    let day = |row: &SourceRow, column| calendar::date(row.cells.get(column)).filter(|_| plainness::is_of_a_day(field));
    let is_one = |row: &SourceRow| {
        let is_one_day = day(row, one).is_some_and(|first| Some(first) == day(row, other));
        is_one_day || text(row, one) == text(row, other)
    };
    table.rows.iter().all(is_one)
}

#[cfg(test)]
mod tests {
    use super::super::{propose_checkup, propose_hours_in, propose_roster};
    use super::*;
    use crate::import::source::read;

    fn settled(text: &str, propose: impl Fn(&Table) -> Proposal) -> (Option<String>, Option<ProfileError>) {
        let table = read(text.as_bytes()).unwrap();
        let proposal = propose(&table).without_rivals(&table);
        let place = proposal.profile.place(Field::Number, &table.header);
        (place.map(|index| table.header[index].clone()), proposal.missing)
    }

    #[test]
    fn a_number_of_the_row_never_wins_over_the_persons() {
        let files = [
            "No.,社員番号,受診日,HbA1c\n1,3,2026/10/05,9.8\n",
            "社員番号,受診日,HbA1c,No.\n3,2026/10/05,9.8,1\n",
            "健診番号,ID,社員番号,受診日,AST\n1,77,10101,2026/10/05,22\n",
        ];
        for text in files {
            let checkup = settled(text, |table| propose_checkup(&table.header));
            assert_eq!(checkup, (Some("社員番号".to_owned()), None), "{text}");
        }
        let hours = settled("番号,社員番号,年月,総労働時間\n1,3,2026/10,280:00\n", propose_hours_in);
        assert_eq!(hours, (Some("社員番号".to_owned()), None));
        let roster =
            settled("ID,従業員コード,氏名\n1,3,山田 太郎\n", |table| propose_roster(&table.header));
        assert_eq!(roster, (Some("従業員コード".to_owned()), None));
    }

    #[test]
    fn two_numbers_that_differ_are_a_question_and_an_empty_one_is_none() {
        let of = |rows: &str| {
            settled(&format!("社員番号,職員ID,氏名,受診日,AST\n{rows}"), |table| {
                propose_checkup(&table.header)
            })
        };
        let asked = ProfileError::TwoColumns { field: Field::Number, first: 1, second: 2 };
        assert_eq!(of("3,77,山田,2026/10/05,22\n").1, Some(asked));
        assert_eq!(of("3,3,山田,2026/10/05,22\n"), (Some("社員番号".to_owned()), None));
        assert_eq!(of(",77,山田,2026/10/05,22\n"), (Some("職員ID".to_owned()), None));
        assert_eq!(of("3,,山田,2026/10/05,22\n"), (Some("社員番号".to_owned()), None));
        assert_eq!(of(",,山田,2026/10/05,22\n"), (Some("社員番号".to_owned()), None));
        let rows =
            settled("No,ID,氏名,受診日,AST\n1,77,山田,2026/10/05,22\n", |table| propose_checkup(&table.header));
        assert!(matches!(rows.1, Some(ProfileError::TwoColumns { .. })), "neither is the person's for certain");
    }

    #[test]
    fn the_companys_own_day_of_joining_wins_and_two_of_equal_claim_are_asked() {
        let of = |header: &str, cells: &str| {
            let table = read(format!("社員番号,氏名,{header}\n3,山田,{cells}\n").as_bytes()).unwrap();
            let proposal = propose_roster(&table.header).without_rivals(&table);
            let place = proposal.profile.place(Field::Joined, &table.header);
            (place.map(|index| table.header[index].clone()), proposal.missing)
        };
        let own = (Some("当社入社日".to_owned()), None);
        assert_eq!(of("グループ入社日,当社入社日", "2010/4/1,2019/10/1"), own);
        assert_eq!(of("当社入社日,入社日", "2019/10/1,2010/4/1"), own);
        assert_eq!(of("グループ入社日,入社日", "2010/4/1,2019/10/1"), (Some("入社日".to_owned()), None));
        let asked = ProfileError::TwoColumns { field: Field::Joined, first: 3, second: 4 };
        assert_eq!(of("入社日,採用日", "2010/4/1,2019/10/1").1, Some(asked));
        assert_eq!(of("入社日,採用日", "2010/4/1,2010-04-01").1, None, "one day in two spellings");
        assert_eq!(of("入社日,再入社日", "2010/4/1,2019/10/1").1, None, "joining again is another day");
    }

    #[test]
    fn the_overall_judgement_is_the_plainest_and_two_that_differ_are_a_question() {
        let of = |header: &str, cells: &str| {
            let table = read(format!("社員番号,受診日,AST,{header}\n3,2026/10/05,22,{cells}\n").as_bytes()).unwrap();
            let proposal = propose_checkup(&table.header).without_rivals(&table);
            let place = proposal.profile.place(Field::Judgement, &table.header);
            (place.map(|index| table.header[index].clone()), proposal.missing)
        };
        let whole = (Some("総合判定".to_owned()), None);
        assert_eq!(of("特殊健診判定,総合判定", "A,E"), whole);
        assert_eq!(of("健診判定,総合判定", "A,E"), whole);
        assert_eq!(of("総合判定日,総合判定医師名,総合判定", "2026/10/20,見本,E"), whole);
        assert_eq!(of("判定,総合判定", "C,E"), whole);
        let asked = ProfileError::TwoColumns { field: Field::Judgement, first: 4, second: 5 };
        assert_eq!(of("医師判定,健診判定", "A,E").1, Some(asked));
        assert_eq!(of("聴力,判定,便潜血,判定", "正常,A,(+),E"), (None, None), "nobody's judgement is not that of all");
    }

    #[test]
    fn a_kept_mapping_by_the_number_of_the_row_is_not_taken_where_the_person_has_one() {
        let header = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let kept = propose_roster(&header("No.,氏名,所属")).profile;
        assert!(kept.numbers_by_less(&header("No.,社員番号,氏名,所属")));
        assert!(!kept.numbers_by_less(&header("所属,No.,氏名")));
    }
}
