//! The reference tables of one workplace: those that ship, and its own, which it keeps as data.
//!
//! A table of its own is read as strictly as one that ships, and says its title and edition wherever it grades. Urgent
//! values speak up only where the physician turned them on.

use std::sync::Arc;

use super::counts;
use crate::app::Site;
use crate::app::caseload::Rows;
use crate::domain::Day;
use crate::domain::checkup::CheckupPolicy;
use crate::domain::command::{Act, Command};
use crate::labelled;
use crate::scales::checkup::{self as scales, Purpose, Table, TableError};

/// The name of a workplace's own table among those that grade.
pub const OWN: &str = "own";
/// The example list of urgent values.
pub const URGENT: &str = "urgent-example";
/// Bytes of a table at most: the largest that ships has a tenth of it.
const LARGEST: usize = 128 * 1024;

labelled! {
    /// What a workplace may keep of its own.
    Kind { Own = "自社の判定の表", Urgent = "緊急の値の一覧" }
}

/// Why a table is not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableFault {
    /// It cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// It is made for something else.
    #[error("この表の purpose は「{found}」です。「{wanted}」の表を入れてください。")]
    Purpose {
        /// What it says.
        found: &'static str,
        /// What is asked for.
        wanted: &'static str,
    },
    /// It is no table by its size.
    #[error("表が大きすぎます。128 KB までの TOML にしてください。")]
    Large,
}

impl Kind {
    const fn purpose(self) -> Purpose {
        match self {
            Self::Own => Purpose::Grade,
            Self::Urgent => Purpose::Urgent,
        }
    }
}

/// The tables of one workplace, read once for every time that it settles them.
#[derive(Debug, Default)]
pub struct Tables {
    settled: Rows<CheckupPolicy>,
    own: Option<Table>,
    urgent: Option<Table>,
    is_urgent_on: bool,
}

impl Tables {
    /// What this workplace has settled; a kept table that is no table any more counts as none.
    pub fn of(site: &Site) -> Self {
        let policy = counts::policy(site);
        Self {
            settled: Arc::clone(&site.checkup_policies),
            own: Table::parse(&policy.own_table).ok(),
            urgent: Table::parse(&policy.urgent_table).ok(),
            is_urgent_on: policy.is_urgent_on,
        }
    }

    /// Follows a new snapshot.
    pub fn follow(&mut self, site: &Site) {
        if !Arc::ptr_eq(&self.settled, &site.checkup_policies) {
            *self = Self::of(site);
        }
    }

    /// The table with this name.
    pub fn named(&self, id: &str) -> Option<&Table> {
        if id == OWN { self.own.as_ref() } else { scales::table(id) }
    }

    /// The list of urgent values: the workplace's own, else the example; none while it is off.
    pub fn urgent(&self) -> Option<&Table> {
        self.urgent.as_ref().or_else(|| scales::table(URGENT)).filter(|_| self.is_urgent_on)
    }

    /// The next table that grades, the workplace's own behind those that ship.
    pub fn after(&self, id: &str) -> &'static str {
        let grading =
            scales::all().iter().filter(|table| table.purpose == Purpose::Grade).map(|table| table.id.as_str());
        let names: Vec<&'static str> = grading.chain(self.own.as_ref().map(|_| OWN)).collect();
        let behind = names.iter().skip_while(|name| **name != id).nth(1).or_else(|| names.first());
        behind.copied().unwrap_or(scales::DEFAULT)
    }
}

/// Keeps a table of the workplace's own; an empty text takes it out again.
///
/// # Errors
/// [`TableFault`]; nothing is changed then.
pub fn settle(site: &Site, kind: Kind, text: &str, today: Day) -> Result<Command, TableFault> {
    let text = text.trim();
    if !text.is_empty() {
        admits(kind, text)?;
    }
    let mut policy = counts::policy(site);
    match kind {
        Kind::Own => text.clone_into(&mut policy.own_table),
        Kind::Urgent => text.clone_into(&mut policy.urgent_table),
    }
    policy.settled_on = Some(today);
    Ok(Command::new(Act::SettleCheckups, site.id().to_string()).put(policy))
}

fn admits(kind: Kind, text: &str) -> Result<(), TableFault> {
    if text.len() > LARGEST {
        return Err(TableFault::Large);
    }
    let (found, wanted) = (Table::parse(text)?.purpose, kind.purpose());
    if found == wanted { Ok(()) } else { Err(TableFault::Purpose { found: found.label(), wanted: wanted.label() }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::checkups::testing::cells;
    use crate::app::entry_fixture::{TODAY, day, site};
    use crate::domain::AnyRecord;
    use crate::domain::command::Change;
    use crate::domain::worker::Sex;
    use crate::scales::checkup::grade;

    const TABLE: &str = "id='own'\nedition='2026-04-01'\ntitle='当社の表'\nsource='衛生委員会'\nchecked_on='2026-04-01'\n\
        status='own'\npurpose='grade'\nis_rounded=true\n\
        classes=[{name='可',label='可',weight=0},{name='要',label='要受診',weight=3}]\n\
        [[row]]\nitems=['sbp']\nbands={ '可'='<=149', '要'='>=150' }\n";

    fn with(kind: Kind, text: &str) -> Site {
        let mut site = site();
        let command = settle(&site, kind, text, day(TODAY)).unwrap();
        let Some(Change::Put(AnyRecord::CheckupPolicy(policy))) = command.changes.first() else { panic!() };
        site.checkup_policies = Arc::new(vec![(**policy).clone()]);
        site
    }

    #[test]
    fn an_own_table_grades_under_its_name_and_its_edition() {
        let tables = Tables::of(&with(Kind::Own, TABLE));
        let own = tables.named(OWN).unwrap();
        assert_eq!((own.shown().as_str(), own.edition), ("当社の表", day("2026-04-01")));
        let class = |value: &str| grade(own, &cells(&[("sbp", value, "")]), Sex::Male)[0].grade.shown(own);
        assert_eq!((class("149"), class("150")), ("可".to_owned(), "要".to_owned()));
        assert!(Tables::of(&site()).named(OWN).is_none());
    }

    #[test]
    fn an_own_table_stands_behind_those_that_ship() {
        let (tables, shipped) = (Tables::of(&with(Kind::Own, TABLE)), Tables::of(&site()));
        let round = |tables: &Tables| {
            let mut names = vec![scales::DEFAULT];
            while names.len() < 20 && (names.len() == 1 || names.last() != Some(&scales::DEFAULT)) {
                names.push(tables.after(names[names.len() - 1]));
            }
            names
        };
        assert_eq!(round(&tables).len(), round(&shipped).len() + 1);
        assert!(round(&tables).contains(&OWN) && !round(&shipped).contains(&OWN));
    }

    #[test]
    fn urgent_values_are_silent_until_they_are_turned_on() {
        let list = TABLE.replace("'grade'", "'urgent'");
        let mut site = with(Kind::Urgent, &list);
        assert!(Tables::of(&site).urgent().is_none(), "off by default");
        Arc::make_mut(&mut site.checkup_policies)[0].is_urgent_on = true;
        assert_eq!(Tables::of(&site).urgent().unwrap().title, "当社の表");
        Arc::make_mut(&mut site.checkup_policies)[0].urgent_table.clear();
        assert_eq!(Tables::of(&site).urgent().unwrap().id, URGENT, "without a list of its own the example speaks");
    }

    #[test]
    fn what_is_no_table_or_made_for_something_else_is_refused() {
        let refused = |kind, text: &str| settle(&site(), kind, text, day(TODAY)).unwrap_err();
        assert_eq!(refused(Kind::Own, "title ="), TableFault::Table(TableError::Shape { line: 1 }));
        assert!(matches!(refused(Kind::Urgent, TABLE), TableFault::Purpose { .. }));
        assert_eq!(refused(Kind::Own, &"#".repeat(LARGEST + 1)), TableFault::Large);
        let out = settle(&with(Kind::Own, TABLE), Kind::Own, "", day(TODAY)).unwrap();
        let Some(Change::Put(AnyRecord::CheckupPolicy(policy))) = out.changes.first() else { panic!() };
        assert_eq!(policy.own_table, "");
    }
}
