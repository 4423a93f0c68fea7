//! The rows of a previewed file as lists: each is put into words when it is looked at, and nothing but its place is kept.
//!
//! Knows what is the same for every kind of file. What a kind says of its own rows is said by its preview ([`Tells`]).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::answers::asked;
use super::desk::Desk;
use super::error::RuntimeError;
use super::following::Following;
use super::imports::ReadFile;
use super::shown::Rows;
use super::unread;
use crate::app::Site;
use crate::app::host::{DoubtfulRow, FileRows, ListedRow, RowList, RowSource, UnreadValue};
use crate::domain::hours::BatchKind;
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};
use crate::import::checkup::Unread;
use crate::import::folding::Field;
use crate::import::profile::Role;
use crate::import::reason::Refusal;
use crate::import::source::Table;
use crate::law::Law;

/// What a kind of file says of its own rows.
pub(super) trait Tells {
    /// Rows that are found by looking through all of them, once: by their place in the preview.
    fn picked(&self, _about: &About) -> Picked {
        Picked::default()
    }

    /// The row of the file that is about somebody, where a file has one row a person.
    fn line_of(&self, _worker: &Id) -> Option<u32> {
        None
    }

    /// How many rows a list of this kind has.
    fn count(&self, list: RowList, picked: &Picked) -> usize;

    /// The row at a place of a list of this kind.
    fn row(&self, list: RowList, place: usize, picked: &Picked, about: &About) -> Option<ListedRow>;

    /// The values that could not be read.
    fn unread_values(&self) -> &[Unread] {
        &[]
    }
}

/// Places in a preview, by list.
#[derive(Debug, Default)]
pub(super) struct Picked(BTreeMap<RowList, Vec<usize>>);

impl Picked {
    /// With these places of a list.
    pub fn with(mut self, list: RowList, places: Vec<usize>) -> Self {
        self.0.insert(list, places);
        self
    }

    /// How many places a list has.
    pub fn count(&self, list: RowList) -> usize {
        self.0.get(&list).map_or(0, Vec::len)
    }

    /// The place in the preview that stands at `place` of a list.
    pub fn at(&self, list: RowList, place: usize) -> Option<usize> {
        self.0.get(&list)?.get(place).copied()
    }
}

/// What the rows are about: the establishment as it stood when the file was looked at, and the file's own cells.
pub(super) struct About {
    pub site: Arc<Site>,
    pub law: Arc<Law>,
    pub kind: BatchKind,
    pub today: Day,
    table: Arc<Table>,
    /// The columns by which a row names somebody.
    people: Vec<usize>,
    hours: Vec<usize>,
}

impl About {
    pub fn of(desk: &Desk, file: &ReadFile) -> Result<Self, RuntimeError> {
        let (columns, header) = (&file.proposal.profile.columns, &file.table.header);
        let of = |wanted: Role| columns.iter().filter(move |(role, _)| *role == wanted);
        let places = |wanted: Role| of(wanted).filter_map(|(_, column)| column.find(header)).collect::<Vec<_>>();
        let people = [Field::Name, Field::Number, Field::Kana].map(|field| places(Role::Field(field)));
        Ok(Self {
            site: Arc::clone(desk.site(&file.site)?),
            law: Arc::clone(desk.law()),
            kind: file.kind,
            today: desk.today(),
            table: Arc::clone(&file.table),
            people: people.concat(),
            hours: places(Role::Hours),
        })
    }

    /// The name of a worker of the roster; the id of somebody who is not there.
    pub fn name(&self, worker: &Id) -> String {
        self.site.worker(worker).map_or_else(|| worker.to_string(), |worker: &Worker| worker.name.clone())
    }

    /// The person of a line as the file writes it.
    pub fn named(&self, line: u32) -> String {
        self.cells(line, &self.people, " ")
    }

    /// The cells of time of a line as they stand.
    pub fn time(&self, line: u32) -> String {
        self.cells(line, &self.hours, " + ")
    }

    /// The headings of the file.
    pub fn header(&self) -> &[String] {
        &self.table.header
    }

    fn cells(&self, line: u32, columns: &[usize], between: &str) -> String {
        let place = self.table.rows.binary_search_by_key(&line, |row| row.line);
        let Some(row) = place.ok().and_then(|index| self.table.rows.get(index)) else { return String::new() };
        let cells = columns.iter().map(|column| row.cells.get(*column).trim()).filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join(between)
    }

    /// A row about a worker of the roster.
    pub fn of_worker(&self, line: Option<u32>, worker: &Id, what: String) -> ListedRow {
        ListedRow { row: line.map(place), worker: Some(worker.clone()), whom: self.name(worker), what }
    }

    /// A row as the file names its person.
    pub fn of_line(&self, line: u32, what: String) -> ListedRow {
        ListedRow { row: Some(place(line)), worker: None, whom: self.named(line), what }
    }

    /// A row that cannot be taken: column and reason.
    pub fn refused(&self, row: &Refusal) -> ListedRow {
        let why = row.why.to_string();
        self.of_line(row.line, row.column.map_or_else(|| why.clone(), |column| format!("{column}列目  {why}")))
    }
}

/// A line of the file as a number of rows.
pub(super) fn place(line: u32) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// A preview, and what is told of its rows.
struct Listed {
    about: About,
    rows: Arc<Rows>,
    picked: Picked,
    /// Values that could not be read: the open ones first.
    values: Vec<usize>,
    following: Following,
}

/// The rows of a preview as the screen and the command list them.
pub(super) fn of(
    desk: &Desk,
    file: &ReadFile,
    rows: &Arc<Rows>,
    following: Following,
) -> Result<FileRows, RuntimeError> {
    let about = About::of(desk, file)?;
    let picked = rows.tells().picked(&about);
    let unread = rows.tells().unread_values().iter().enumerate();
    let (open, answered): (Vec<_>, Vec<_>) = unread.partition(|(_, value)| value.is_open);
    let values = open.into_iter().chain(answered).map(|(index, _)| index).collect();
    Ok(FileRows::of(Listed { about, rows: Arc::clone(rows), picked, values, following }))
}

impl RowSource for Listed {
    fn count(&self, list: RowList) -> usize {
        let left = self.rows.left();
        match list {
            RowList::Doubtful => left.doubtful.len(),
            RowList::Value => self.values.len(),
            RowList::Refused => left.refused.len(),
            RowList::Ignored => left.ignored.len(),
            list => {
                let of_kind = || self.rows.tells().count(list, &self.picked);
                self.following.count(list).unwrap_or_else(of_kind)
            }
        }
    }

    fn row(&self, list: RowList, place: usize) -> Option<ListedRow> {
        let (left, about) = (self.rows.left(), &self.about);
        match list {
            RowList::Doubtful => self.doubt(place).map(|doubt| doubt.listed()),
            RowList::Value => self.value(place).map(|value| value.listed()),
            RowList::Refused => left.refused.get(place).map(|row| about.refused(row)),
            RowList::Ignored => left.ignored.get(place).map(|row| about.of_line(row.line, row.why.to_string())),
            list if self.following.count(list).is_some() => {
                self.following.row(list, place, about, |worker| self.rows.tells().line_of(worker))
            }
            list => self.rows.tells().row(list, place, &self.picked, about),
        }
    }

    fn doubt(&self, place: usize) -> Option<DoubtfulRow> {
        self.rows.left().doubtful.get(place).map(|row| asked(&self.about.site, self.about.kind, row))
    }

    fn value(&self, place: usize) -> Option<UnreadValue> {
        let value = self.rows.tells().unread_values().get(*self.values.get(place)?)?;
        let whom = self.about.named(value.line);
        Some(UnreadValue { whom, ..unread::value(self.about.header(), value) })
    }
}
