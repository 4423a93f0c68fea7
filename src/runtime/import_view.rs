//! A read file as the screen shows it: names instead of ids, words instead of reasons.

use super::columns;
use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::{ReadFile, is_over, over_and_undecided};
use super::listed::{About, Picked, Tells};
use super::{nights, unread};
use crate::app::host::{ImportPreview, ListedRow, ReadingChoice, RowList};
use crate::app::{Site, second_series};
use crate::domain::hours::{Batch, Series};
use crate::domain::{Day, EstablishmentId, Hours, Id};
use crate::import::aside::Left;
use crate::import::hours::{Crossing, Preview, Question, Reading, Taken, Who};
use crate::import::notation::Notation;
use crate::import::people::Strangers;
use crate::law::Law;
use crate::law::overtime::clock;

/// People who are named below a reading; the others are in the list.
const NAMED: usize = 4;

/// Shows what would happen to the rows of a file of hours.
pub(super) fn shown(desk: &Desk, file: &ReadFile, preview: &Preview) -> Result<ImportPreview, RuntimeError> {
    // The choice among readings stays on the sheet after one was chosen.
    let question = match (&preview.question, file.notation) {
        (None, Some(_)) => desk.preview_hours_as(file, None)?.question,
        (question, _) => question.clone(),
    };
    let site = desk.site(&file.site)?;
    let readings = question.iter().flat_map(|question| readings(site, question)).collect();
    Ok(ImportPreview {
        period: period(file, preview),
        summed: preview.summed,
        source_of_hours: source(preview),
        readings,
        chosen: chosen(file.notation, question.as_ref()),
        nights: nights::changes(site, preview).counted(),
        ..told(desk, file, preview.left(), preview.strangers)
    })
}

/// Where the hours come from, where that is not the employer.
fn source(preview: &Preview) -> Option<String> {
    let series = Some(preview.series).filter(|series| *series != Series::Employer);
    series.map(|series| columns::source_word(series).to_owned())
}

fn period(file: &ReadFile, preview: &Preview) -> String {
    let open = || file.period.map(|period| (period.start, period.end));
    preview.span.or_else(open).map_or_else(String::new, |(first, last)| format!("{first} から {last}"))
}

fn readings(site: &Site, question: &Question) -> Vec<ReadingChoice> {
    let choice = |(reading, crossing): (&Reading, Vec<usize>)| {
        let (over, undecided) = over_and_undecided(reading);
        let people = crossing.iter().take(NAMED).filter_map(|person| question.people.get(*person));
        let persons = people.filter_map(|row| Some((named(site, row), read_as(row, reading.notation)?)));
        let name = reading_name(reading);
        let (persons, possible) = (persons.collect(), reading.is_possible);
        ReadingChoice { name, over, undecided, persons, crossing: crossing.len(), possible }
    };
    question.readings.iter().zip(crossing(question)).map(choice).collect()
}

/// A reading by its name, with what makes it a question where its values speak against the heading.
pub fn reading_name(reading: &Reading) -> String {
    let heading = if reading.is_of_heading { "（見出しの単位。値と合いません）" } else { "" };
    format!("{}{heading}", reading.notation.label())
}

/// Whom each reading would flag, in their order, by their place in the question: first those of whom the readings differ, then those above
/// the line under each.
fn crossing(question: &Question) -> Vec<Vec<usize>> {
    let people = || question.people.iter().enumerate();
    let in_order = || {
        let (agreed, open): (Vec<_>, Vec<_>) = people().partition(|(_, row)| row.is_decided());
        open.into_iter().chain(agreed)
    };
    let of = |reading: &Reading| {
        let is_in = |row: &Crossing| is_flagged(row, reading.notation);
        in_order().filter(|(_, row)| is_in(row)).map(|(person, _)| person).collect()
    };
    question.readings.iter().map(of).collect()
}

fn is_flagged(row: &Crossing, notation: Notation) -> bool {
    let found = row.values.iter().find(|(other, ..)| *other == notation);
    found.is_some_and(|(.., reach)| !row.is_decided() || is_over(*reach) == Some(true))
}

fn named(site: &Site, row: &Crossing) -> String {
    let worker = row.worker.as_ref().and_then(|id| site.worker(id));
    worker.map_or_else(|| format!("{}行目", row.line), |worker| worker.name.clone())
}

/// A row read one way.
fn read_as(row: &Crossing, notation: Notation) -> Option<String> {
    let (_, hours, reach) = row.values.iter().find(|(found, ..)| *found == notation)?;
    let undecided = if is_over(*reach).is_none() { "  未定" } else { "" };
    Some(format!("{}{undecided}", span(*hours)))
}

impl Tells for Preview {
    fn picked(&self, about: &About) -> Picked {
        let gaps = taken(self).enumerate().filter(|(_, row)| gap(self, row, &about.law, &about.site).is_some());
        let gaps: Vec<usize> = gaps.map(|(index, _)| index).collect();
        let undecided = self.undecided.iter().filter_map(|line| place_of(self, *line));
        let picked = Picked::default().with(RowList::Gap, gaps).with(RowList::Undecided, undecided.collect());
        let nights = nights::changes(&about.site, self).changed.into_iter().map(|night| night.place).collect();
        let picked = picked.with(RowList::Joining, joining(self)).with(RowList::Night, nights);
        let Some(question) = &self.question else { return picked };
        let all = crossing(question).into_iter().enumerate();
        let all = all.flat_map(|(reading, people)| people.into_iter().map(move |person| (reading, person)));
        picked.with(RowList::Over, all.map(|(reading, person)| reading * question.people.len() + person).collect())
    }

    fn count(&self, list: RowList, picked: &Picked) -> usize {
        match list {
            RowList::Added => self.added.len(),
            RowList::Changed => self.changed.len(),
            RowList::Unchanged => self.unchanged.len(),
            RowList::Unread => self.unread.len(),
            list => picked.count(list),
        }
    }

    fn row(&self, list: RowList, place: usize, picked: &Picked, about: &About) -> Option<ListedRow> {
        let at = || taken(self).nth(picked.at(list, place)?);
        let told = |row: &Taken, what| listed(self, row, about, what);
        match list {
            RowList::Added => self.added.get(place).map(|row| told(row, added(row))),
            RowList::Changed => self.changed.get(place).map(|row| told(row, changed(row))),
            RowList::Unchanged => self.unchanged.get(place).map(|line| about.of_line(*line, about.time(*line))),
            RowList::Unread => self.unread.get(place).map(|cell| about.refused(cell)),
            RowList::Gap => at().and_then(|row| Some(told(row, gap(self, row, &about.law, &about.site)?))),
            RowList::Undecided => at().map(|row| told(row, format!("{}  丸めた値が線をまたぎます", span(row.hours)))),
            RowList::Joining => at().map(|row| told(row, "名簿にいない人です。名簿に加わります".to_owned())),
            RowList::Over => over(self.question.as_ref()?, picked.at(list, place)?, about),
            RowList::Night => nights::change_at(&about.site, self, picked.at(list, place)?).map(|night| {
                let what = format!("{} から {} へ", night.old.words(), night.new.words());
                about.of_worker(Some(night.line), &night.worker, what)
            }),
            _ => None,
        }
    }
}

/// Somebody whom a reading would flag.
fn over(question: &Question, place: usize, about: &About) -> Option<ListedRow> {
    let count = question.people.len();
    let reading = question.readings.get(place.checked_div(count)?)?;
    let row = question.people.get(place.checked_rem(count)?)?;
    let what = format!("{}  {}", reading.notation.label(), read_as(row, reading.notation)?);
    let line = about.of_line(row.line, what.clone());
    Some(row.worker.as_ref().map_or(line, |worker| about.of_worker(Some(row.line), worker, what)))
}

/// The first row of everybody who comes with the file.
pub fn joining(preview: &Preview) -> Vec<usize> {
    let mut seen = vec![false; preview.new_workers.len()];
    let mut is_first = |row: &Taken| match row.who {
        Who::New(index) => seen.get_mut(index).is_some_and(|seen| !std::mem::replace(seen, true)),
        Who::Known(_) => false,
    };
    preview.added.iter().enumerate().filter(|(_, row)| is_first(row)).map(|(place, _)| place).collect()
}

/// What is added, then what changes.
fn taken(preview: &Preview) -> impl Iterator<Item = &Taken> {
    preview.added.iter().chain(&preview.changed)
}

/// The place of a line among what is taken.
fn place_of(preview: &Preview, line: u32) -> Option<usize> {
    let among = |rows: &[Taken]| rows.binary_search_by_key(&line, |row| row.line).ok();
    among(&preview.added).or_else(|| among(&preview.changed).map(|place| preview.added.len() + place))
}

fn listed(preview: &Preview, row: &Taken, about: &About, what: String) -> ListedRow {
    match &row.who {
        Who::Known(id) => about.of_worker(Some(row.line), id, what),
        Who::New(index) => {
            let whom = preview.new_workers.get(*index).map(|person| person.name.clone()).unwrap_or_default();
            ListedRow { whom, ..about.of_line(row.line, what) }
        }
    }
}

/// What contradicts a value: the employer's of the same period beside another source's, or the employer's own by the other
/// measure.
fn gap(preview: &Preview, row: &Taken, law: &Law, site: &Site) -> Option<String> {
    let Who::Known(worker) = &row.who else { return None };
    if preview.series == Series::Employer {
        return second_series::contradicting(law, site, worker, (row.period, preview.measure, row.hours));
    }
    let employer = second_series::employers(site, worker, row.period, preview.measure)?;
    let gap = second_series::gap_text(employer.hours, row.hours);
    Some(format!("会社 {}   この記録 {}   {gap}", span(employer.hours), span(row.hours)))
}

/// `2026-10  160:00`
fn added(row: &Taken) -> String {
    format!("{}  {}", month(row), span(row.hours))
}

/// `2026-10  46:10 から 80:01 へ`
pub fn changed(row: &Taken) -> String {
    let old = row.old.as_deref().copied().map_or_else(String::new, span);
    format!("{}  {old} から {} へ", month(row), span(row.hours))
}

/// The month in which the period of a row ends.
fn month(row: &Taken) -> String {
    let (year, month) = row.period.month();
    format!("{year}-{month:02}")
}

/// Shows what every file has besides what its rows bring: what it says of itself, and what is to be known before it is
/// taken in.
pub(super) fn told(desk: &Desk, file: &ReadFile, left: Left<'_>, strangers: Option<Strangers>) -> ImportPreview {
    ImportPreview {
        kind: file.kind,
        rows: left.rows,
        mapping: mapping(file),
        strangers: strangers.map(|found| (found.known, found.people)),
        is_unnamed: left.is_unnamed,
        is_ours: file.decisions.are_ours,
        unused: unread::unused(file),
        known_since: known_since(desk, file),
        ..of_file(file)
    }
}

/// Whose total and overtime, both by the employer's word, would come to other tiers in one period: line and worker.
pub fn contradictions(desk: &Desk, site: &EstablishmentId, preview: &Preview) -> Vec<(u32, Id)> {
    let Some(site) = desk.site(site).ok().filter(|_| preview.series == Series::Employer) else { return Vec::new() };
    let told = taken(preview).filter_map(|row| {
        let Who::Known(worker) = &row.who else { return None };
        gap(preview, row, desk.law(), site).map(|_| (row.line, worker.clone()))
    });
    told.collect()
}

/// The day on which the same bytes were taken in, while that batch stands.
fn known_since(desk: &Desk, file: &ReadFile) -> Option<Day> {
    let site = desk.site(&file.site).ok()?;
    let is_same = |batch: &&Batch| batch.sha256 == file.sha256() && batch.undone_on.is_none();
    site.batches.iter().rev().find(is_same).map(|batch| batch.day)
}

/// A value as it is shown: one figure, or what it lies between.
fn span(hours: Hours) -> String {
    let [low, high] = [hours.low, hours.high].map(clock);
    if low == high { low } else { format!("{low}-{high}") }
}

fn chosen(notation: Option<Notation>, question: Option<&Question>) -> Option<usize> {
    let readings = &question?.readings;
    notation.and_then(|notation| readings.iter().position(|reading| reading.notation == notation))
}

/// A file whose columns are not settled: what is missing, and the columns to choose from.
pub(super) fn unmapped(file: &ReadFile) -> ImportPreview {
    let problem = file.proposal.missing.as_ref().map(ToString::to_string);
    ImportPreview { kind: file.kind, rows: file.table.row_count(), problem, ..of_file(file) }
}

/// What the file says of itself: encoding or sheet, the row of the header, and why.
fn of_file(file: &ReadFile) -> ImportPreview {
    let table = &file.table;
    let source = match table.header_row {
        0 => "貼り付けた行".to_owned(),
        row => format!("{} 見出し {row}行目", table.encoding.label()),
    };
    ImportPreview {
        source,
        sheets: table.sheet.as_ref().map(|sheet| sheet.names.clone()).unwrap_or_default(),
        sheet: table.sheet.as_ref().and_then(|sheet| sheet.number.checked_sub(1)),
        other_sheets: table
            .sheet
            .iter()
            .flat_map(|sheet| &sheet.others)
            .filter_map(|number| number.checked_sub(1))
            .collect(),
        columns: columns::rows(file),
        sum: columns::sum(file),
        reason: if table.header_row == 0 { String::new() } else { table.reason.trim_end_matches('。').to_owned() },
        ..ImportPreview::default()
    }
}

fn mapping(file: &ReadFile) -> Vec<(String, String)> {
    let used = file.proposal.reasons.iter().filter(|reason| reason.is_used);
    let header = |column: usize| file.table.header.get(column).cloned().unwrap_or_default();
    used.map(|reason| (header(reason.column), reason.text.to_owned())).collect()
}
