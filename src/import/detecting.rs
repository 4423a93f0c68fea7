//! Which kind of file a header speaks of.
//!
//! Knows headings and the kinds that are tried. Must not know rows: what stands below is the kind's own to read.

use super::folding::{self, Field};
use super::profile::{self, ItemRole, ProfileError, Role};
use super::{IMPORTERS, Importer, restrictions};
use crate::domain::hours::BatchKind;

/// The first kind whose columns are in a header; a file with hours is one of hours, whatever else it holds.
///
/// A column of another definition makes a file of hours that is refused, not a roster.
pub fn detect(header: &[String]) -> Option<BatchKind> {
    // 残業 beside 運転 and 期限 is no column of hours.
    if restrictions::is_plain(header) {
        return Some(BatchKind::Restrictions);
    }
    let speaks = |importer: &&Importer| !lacks_columns((importer.propose)(header).missing.as_ref());
    IMPORTERS.iter().find(speaks).map(|importer| importer.kind)
}

/// The kind of which the headings speak; none where number and name are all that is known of them.
pub fn kind_of(header: &[String]) -> Option<BatchKind> {
    let has = |is_wanted: &dyn Fn(&str) -> bool| header.iter().any(|name| is_wanted(name));
    match detect(header) {
        // A checkup whose day has another name: the columns are chosen by hand.
        Some(BatchKind::Roster) if has(&|name| ItemRole::of_heading(name).is_some()) => Some(BatchKind::Checkup),
        Some(BatchKind::Roster) => tells_more_than_who(header).then_some(BatchKind::Roster),
        found => found,
    }
}

/// Whether a roster finds more in a header than whom a row is about, by whatever name: 所属, 新所属.
fn tells_more_than_who(header: &[String]) -> bool {
    let found = profile::propose_roster(header).profile.columns;
    found.iter().any(|(role, _)| matches!(role, Role::Field(field) if of_roster(*field)))
}

/// Whether a heading tells more of a person than who it is.
const fn of_roster(field: Field) -> bool {
    let is_of_times = matches!(field, Field::Joined | Field::Left | Field::Birth | Field::MovedTo);
    is_of_times || matches!(field, Field::Sex | Field::Department | Field::Class | Field::ClassMark | Field::WorkMark)
}

/// The kind of which the headings speak where they lack what was looked for: the wrong kind was chosen, perhaps.
///
/// Number and name alone are in every file: a roster speaks by a day on which somebody came or left.
pub fn detect_instead(header: &[String], missing: &ProfileError) -> Option<BatchKind> {
    let has = |is_wanted: &dyn Fn(&str) -> bool| header.iter().any(|name| is_wanted(name));
    let has_days = || has(&|name| matches!(folding::field_of(name), Some(Field::Joined | Field::Left)));
    // Items without a day are a checkup all the same.
    let is_checkup = || *missing == ProfileError::NoExamDay && has(&|name| ItemRole::of_heading(name).is_some());
    let found = detect(header).filter(|_| lacks_columns(Some(missing)) && !is_checkup())?;
    (found != BatchKind::Roster || has_days()).then_some(found)
}

fn lacks_columns(missing: Option<&ProfileError>) -> bool {
    use ProfileError::{ColumnMissing, NoAnswers, NoExamDay, NoHours, NoItems, NoJudgement, NoMeasure, NoPerson};
    matches!(
        missing,
        Some(NoPerson | NoHours | NoMeasure | NoExamDay | NoItems | NoAnswers | NoJudgement | ColumnMissing)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::read;

    macro_rules! sample {
        ($name:literal) => {
            read(include_bytes!(concat!("../../data-samples/", $name))).unwrap().header
        };
    }

    #[test]
    fn a_header_says_its_kind() {
        let kind = |header: Vec<String>| detect(&header);
        assert_eq!(kind(sample!("roster-cp932.csv")), Some(BatchKind::Roster));
        assert_eq!(kind(sample!("monthly-words-utf8.csv")), Some(BatchKind::Hours));
        assert_eq!(kind(sample!("overtime-only-cp932.csv")), Some(BatchKind::Hours));
        assert_eq!(
            kind(sample!("other-definition-utf8.csv")),
            Some(BatchKind::Hours),
            "refused as hours, not taken as a roster"
        );
        assert_eq!(kind(sample!("checkup-clinic-cp932.csv")), Some(BatchKind::Checkup));
        assert_eq!(kind(sample!("checkup-kana-utf8-bom.csv")), Some(BatchKind::Checkup));
        assert_eq!(kind(sample!("stress-one-column-cp932.csv")), Some(BatchKind::Stress));
        assert_eq!(kind(sample!("stress-57-columns-utf8-bom.csv")), Some(BatchKind::Stress));
        assert_eq!(kind(sample!("stress-results-cp932.csv")), Some(BatchKind::StressResults));
        assert_eq!(detect(&["部署".into(), "備考".into()]), None);
        let instead = |header: Vec<String>| {
            let missing = profile::propose_hours(&header).missing.unwrap();
            detect_instead(&header, &missing)
        };
        assert_eq!(instead(sample!("checkup-clinic-cp932.csv")), Some(BatchKind::Checkup), "read as hours");
        assert_eq!(instead(sample!("roster-cp932.csv")), Some(BatchKind::Roster));
        assert_eq!(instead(sample!("other-definition-utf8.csv")), None, "it lacks no column");
        let names: Vec<_> = IMPORTERS.iter().map(|importer| importer.name).collect();
        assert_eq!(names, ["hours", "checkup", "stress", "stress-results", "restrictions", "roster"]);
    }

    #[test]
    fn who_it_is_alone_is_no_kind_and_more_than_that_is_one() {
        let unknown = ["社員番号".to_owned(), "氏名".to_owned(), "在社".to_owned()];
        assert_eq!(detect_instead(&unknown, &ProfileError::NoHours), None, "everybody's file has a number and a name");
        assert_eq!(kind_of(&unknown), None);
        let undated = ["社員番号", "氏名", "検査した日", "HbA1c", "尿蛋白"].map(str::to_owned);
        assert_eq!(kind_of(&undated), Some(BatchKind::Checkup), "its day is chosen by hand");
        for told in ["所属", "新所属", "当社入社日"] {
            assert_eq!(kind_of(&["社員番号", "氏名", told].map(str::to_owned)), Some(BatchKind::Roster), "{told}");
        }
    }
}
