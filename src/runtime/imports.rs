//! Files of employers: read, previewed against the roster, taken in; the same path for the screen and the command.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::desk::Desk;
use super::error::RuntimeError;
use super::fetching::{self, Fetched, Wanted};
use super::{nights, periods, remembering};
use crate::app::Site;
use crate::domain::command::Act;
use crate::domain::hours::{BatchKind, ImportProfile, Measure, Series};
use crate::domain::intake::Intake;
use crate::domain::progress::Going;
use crate::domain::worker::SexCodes;
use crate::domain::{Day, EstablishmentId, Hours, Id, Period, Prefix};
use crate::import::hours::{self, Acceptance, Preview, Reach, Reading};
use crate::import::notation::Notation;
use crate::import::pasted;
use crate::import::people::{Decisions, Strangers};
use crate::import::profile::{self, Carried, Profile, ProfileError, Proposal};
use crate::import::source::Table;
use crate::import::{detect_instead, folding, restrictions, stress};
use crate::law::Law;
use crate::law::overtime::{self, Decided, Tier};
use crate::store::registry::ClearFile;

/// The word under which a source file is remembered.
pub const SOURCE: &str = "取込元";

/// How a file is to be read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// What it brings.
    pub kind: BatchKind,
    /// A kept mapping by its name; none recognises one or proposes.
    pub profile: Option<String>,
    /// The notation, if it is known.
    pub notation: Option<Notation>,
    /// The sheet of a workbook, counted from 1; none takes the one with the best header.
    pub sheet: Option<usize>,
    /// A mapping as TOML, before any kept one.
    pub mapping: Option<PathBuf>,
    /// For answers: the round; none is the one that is open.
    pub round: Option<Id>,
    /// For answers: answered on, where the file does not say so.
    pub answered_on: Option<Day>,
    /// For hours: the month, as year and month, where the rows do not say one; none is the newest that has ended.
    pub month: Option<(i32, u32)>,
    /// What 1 and 2 stand for in a column of 性別; none is as the kept mapping says.
    pub sex_codes: Option<SexCodes>,
    /// For answers: they stand as on the form, so that it is not asked.
    pub is_as_printed: bool,
    /// For hours: where they come from; none is as the kept mapping says, or the employer.
    pub series: Option<Series>,
}

impl ReadOptions {
    /// Recognises everything by itself.
    pub fn of(kind: BatchKind) -> Self {
        Self {
            kind,
            profile: None,
            notation: None,
            sheet: None,
            mapping: None,
            round: None,
            answered_on: None,
            month: None,
            sex_codes: None,
            is_as_printed: false,
            series: None,
        }
    }
}

/// A file that was read and not yet taken in.
#[derive(Debug)]
pub struct ReadFile {
    /// For whom.
    pub site: EstablishmentId,
    /// What it brings.
    pub kind: BatchKind,
    /// The table.
    pub table: Arc<Table>,
    /// The columns.
    pub proposal: Proposal,
    /// Name of the kept mapping that was recognised.
    pub recognised: Option<String>,
    /// The notation that was chosen.
    pub notation: Option<Notation>,
    /// The period where the rows do not say one.
    pub period: Option<Period>,
    /// The periods that may be chosen for it, the newest first.
    pub(super) offered: Vec<Period>,
    /// Whether the physician said which period it is.
    pub(super) is_period_told: bool,
    /// The answers given so far, those remembered from earlier files included.
    pub decisions: Decisions,
    /// For answers and results of the stress check: the round; none is the one that is open.
    pub round: Option<Id>,
    /// For answers of the stress check: answered on, where the file does not say so.
    pub answered_on: Option<Day>,
    /// Where it lies; none for what was pasted.
    pub(super) path: Option<PathBuf>,
    sha256: String,
}

impl ReadFile {
    /// Where it lies; none for what was pasted.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// SHA-256 of the file, in hex.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What 1 and 2 stand for in the column of 性別: for this file, and with its mapping for the next ones.
    pub(super) const fn say_sex_codes(&mut self, codes: Option<SexCodes>) {
        self.proposal.profile.sex_codes = codes;
    }
}

impl Desk {
    /// Reads a file and finds its columns; writes nothing.
    ///
    /// # Errors
    /// The file cannot be read, is no table, or no kept mapping bears the name.
    pub fn read_file(&self, id: &EstablishmentId, path: &Path, options: ReadOptions) -> Result<ReadFile, RuntimeError> {
        let wanted = Wanted { path: path.to_path_buf(), kind: Some(options.kind), sheet: options.sheet };
        let fetched = fetching::fetch(&*self.files, &wanted, &Going::freely())?;
        self.read_fetched(id, fetched, options)
    }

    /// Reads a mapping that was written as TOML.
    fn carried(&self, path: &Path, kind: BatchKind) -> Result<Carried, RuntimeError> {
        let bytes = self.vault_files().read(path).map_err(RuntimeError::SourceFile)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| ProfileError::BadText { line: 1 })?;
        let carried = Profile::from_toml(text)?;
        if carried.kind == kind { Ok(carried) } else { Err(ProfileError::OtherKind.into()) }
    }

    /// Reads pasted lines of names and hours; `is_total` where they are hours in all, not overtime.
    ///
    /// # Errors
    /// As [`Desk::read_file`].
    pub fn read_pasted(&self, id: &EstablishmentId, text: &str, is_total: bool) -> Result<ReadFile, RuntimeError> {
        let column = if is_total { "総労働時間" } else { "残業時間" };
        let table = pasted::table(text, column);
        let fetched = Fetched::of_bytes(table.as_bytes(), BatchKind::Hours, None)?;
        let mut file = self.read_fetched(id, fetched, ReadOptions::of(BatchKind::Hours))?;
        if table != text {
            Arc::make_mut(&mut file.table).forget_header_line();
        }
        Ok(file)
    }

    /// Finds the columns of a file that was read as a table.
    ///
    /// # Errors
    /// No kept mapping bears the name, or the one that was named cannot be read.
    pub(super) fn read_fetched(
        &self,
        id: &EstablishmentId,
        fetched: Fetched,
        options: ReadOptions,
    ) -> Result<ReadFile, RuntimeError> {
        let (site, Fetched { table, sha256, path }) = (self.site(id)?, fetched);
        let carried = options.mapping.as_deref().map(|path| self.carried(path, options.kind)).transpose();
        let carried = carried.map_err(|error| RuntimeError::OfMapping(Box::new(error)))?;
        let carried_codes = carried.as_ref().filter(|carried| carried.header == folding::fold_header(&table.header));
        let carried_codes = carried_codes.and_then(|carried| carried.profile.sex_codes);
        let (mut proposal, recognised) = match carried {
            Some(carried) => (mapped(carried.profile, options.kind, &table)?, None),
            None => columns(site, &table, &options)?,
        };
        proposal.profile.series = options.series.unwrap_or(proposal.profile.series);
        let sex_codes = options.sex_codes.or(carried_codes);
        let sex_codes = sex_codes.or_else(|| kept_codes(site, &proposal, recognised.as_ref(), &table));
        let is_as_printed = options.is_as_printed;
        let period = match options.month {
            Some(month) => Some(periods::of_month(site, month, self.today())?),
            None => periods::closed(site, self.today()),
        };
        let mut file = ReadFile {
            site: site.id().clone(),
            kind: options.kind,
            proposal,
            recognised,
            notation: options.notation,
            period,
            offered: periods::offered(site, self.today()),
            is_period_told: options.month.is_some(),
            decisions: Decisions { is_as_printed, ..remembering::known(site) },
            round: options.round,
            answered_on: options.answered_on,
            path,
            sha256,
            table: Arc::new(table),
        };
        file.say_sex_codes(sex_codes);
        file.proposal.missing = file.proposal.missing.take().or_else(|| periods::missing(&file));
        file.proposal.missing = file.proposal.missing.take().map(|lacking| instead(lacking, &file));
        Ok(file)
    }

    /// Says what would happen to every row of a file of hours.
    ///
    /// # Errors
    /// A column is missing, or nobody can be told from the file.
    pub fn preview_hours(&self, file: &ReadFile) -> Result<Preview, RuntimeError> {
        self.preview_hours_as(file, file.notation)
    }

    /// As [`Desk::preview_hours`], under another notation than the chosen one.
    pub(super) fn preview_hours_as(
        &self,
        file: &ReadFile,
        notation: Option<Notation>,
    ) -> Result<Preview, RuntimeError> {
        if let Some(missing) = &file.proposal.missing {
            return Err(missing.clone().into());
        }
        let site = self.site(&file.site)?;
        let law = self.law();
        let input = hours::Input {
            table: &file.table,
            profile: &file.proposal.profile,
            roster: &site.workers,
            existing: &|worker: &Id| site.hours_of(worker),
            period: file.period,
            closings: &site.closings(),
            notation,
            decisions: &file.decisions,
            day: self.today(),
            crosses: &|period, hours, measure| crosses(law, period, hours, measure),
        };
        Ok(self.ticket.while_wanted(|going| hours::preview_while(&input, going))?)
    }

    /// Takes a file of hours in, keeps its mapping, and remembers that the file lies in clear. Gives the operation's
    /// number; none where the file holds nothing that is not there already, and then nothing is written.
    ///
    /// # Errors
    /// The reading is still open, the people are strangers, and what the store says. Nothing was taken in then.
    pub fn accept_hours(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        let preview = self.preview_hours(file)?;
        self.accept_hours_as(file, preview)
    }

    /// As [`Desk::accept_hours`], by the preview that was just shown: what was read once is not read again.
    ///
    /// # Errors
    /// As [`Desk::accept_hours`].
    pub fn accept_hours_as(&mut self, file: &ReadFile, preview: Preview) -> Result<Option<i64>, RuntimeError> {
        if preview.question.is_some() {
            return Err(hours::AcceptError::Unanswered.into());
        }
        let nights = nights::changes(self.site(&file.site)?, &preview).brought();
        let is_new = preview.added.len() + preview.changed.len() + nights > 0;
        let strangers = preview.strangers;
        let notation = Some(preview.notation).filter(|notation| *notation != Notation::Clock);
        let intake = is_new.then_some(|desk: &Self| desk.intake_of_hours(file, preview));
        self.take_file(file, Act::ImportHours, notation, strangers, intake)
    }

    /// What a preview of hours would bring in, with the answers that let it in.
    pub(super) fn intake_of_hours(&self, file: &ReadFile, mut preview: Preview) -> Result<Intake, RuntimeError> {
        let site = self.site(&file.site)?;
        let mut new = site.next_ids(Prefix::Worker);
        let (batch, spare) = (site.next_id(Prefix::Row), site.next_id(Prefix::Worker));
        let day = self.clock().stamp().day;
        let acceptance = Acceptance {
            batch,
            day,
            sha256: file.sha256.clone(),
            new_worker: &mut || new.next().unwrap_or_else(|| spare.clone()),
        };
        let mut told = std::mem::take(&mut preview.nights);
        told.retain(|_| nights::is_told_by(preview.series));
        // Whether strangers come in was settled before; a preview of what they would change asks nobody.
        preview.are_ours = true;
        let mut incoming = Intake::from(preview.accept(acceptance)?);
        let used = nights::put(site, file, told, 1, &mut incoming);
        remembering::put(site, &file.decisions, day, 1 + used, &mut incoming);
        Ok(incoming)
    }

    /// Remembers that the file lies in clear, and gives the number of the note; none where it is known, or was pasted.
    pub(super) fn remember_source(&mut self, file: &ReadFile) -> Result<Option<i64>, RuntimeError> {
        match &file.path {
            Some(path) => self.remember_clear_file(&file.site, path, SOURCE, &file.sha256),
            None => Ok(None),
        }
    }

    /// Remembers a file that lies in clear outside the vault; once only while it is not settled. Gives the number of
    /// the note where it is new.
    pub(super) fn remember_clear_file(
        &mut self,
        site: &EstablishmentId,
        path: &Path,
        kind: &str,
        sha256: &str,
    ) -> Result<Option<i64>, RuntimeError> {
        let path = path.to_string_lossy().into_owned();
        let mut noted = None;
        if !self.registry.clear_files()?.iter().any(|known| known.path == path && known.sha256 == sha256) {
            let stamp = self.clock.stamp();
            let file = ClearFile {
                number: 0,
                at: stamp.at.clone(),
                path,
                site: site.to_string(),
                kind: kind.to_owned(),
                sha256: sha256.to_owned(),
            };
            noted = Some(self.registry.remember_clear_file(&stamp, &file)?);
        }
        self.renew_vault_view()?;
        self.publish();
        Ok(noted)
    }
}

/// Stops a file of strangers, unless the physician said that it is this establishment's.
pub(super) fn refuse_strangers(file: &ReadFile, strangers: Option<Strangers>) -> Result<(), RuntimeError> {
    match strangers.filter(|_| !file.decisions.are_ours) {
        Some(Strangers { known, people }) => Err(RuntimeError::Foreign(known, people)),
        None => Ok(()),
    }
}

/// The mapping of a table: the one that was named or is recognised, with its name, else what its headings propose.
pub(super) fn columns(
    site: &Site,
    table: &Table,
    options: &ReadOptions,
) -> Result<(Proposal, Option<String>), RuntimeError> {
    let proposal = propose(options.kind, table);
    let named = |name: &String| site.profiles.iter().find(|kept| kept.kind == options.kind && &kept.name == name);
    let kept = match &options.profile {
        Some(name) => Some(named(name).ok_or(RuntimeError::NoSuchProfile)?),
        None => recognised(site, table, options),
    };
    let Some(kept) = kept else { return Ok((proposal, None)) };
    Ok((mapped(Profile::from_json(kept)?, options.kind, table)?, Some(kept.name.clone())))
}

/// The mapping of a file's shape. Two sources may send one shape: the one that was named counts, else the employer's.
fn recognised<'site>(site: &'site Site, table: &Table, options: &ReadOptions) -> Option<&'site ImportProfile> {
    let of = |series: Series| -> Vec<ImportProfile> {
        let is_of = |kept: &&ImportProfile| Profile::from_json(kept).is_ok_and(|profile| profile.series == series);
        site.profiles.iter().filter(is_of).cloned().collect()
    };
    let wanted = options.series.map_or_else(|| Series::ALL.to_vec(), |series| vec![series]);
    let found = wanted.into_iter().find_map(|series| {
        let kept = of(series);
        profile::recognised(&kept, options.kind, &table.header).map(|(kept, _)| kept.id.clone())
    })?;
    site.profiles.iter().find(|kept| kept.id == found)
}

/// What 1 and 2 stand for, as it was said of a file of exactly these headings: another source may number otherwise.
fn kept_codes(site: &Site, proposal: &Proposal, name: Option<&String>, table: &Table) -> Option<SexCodes> {
    let header = folding::fold_header(&table.header);
    let is_same = |kept: &ImportProfile| Some(&kept.name) == name && kept.header == header;
    proposal.profile.sex_codes.filter(|_| site.profiles.iter().any(is_same))
}

fn propose(kind: BatchKind, table: &Table) -> Proposal {
    let proposal = match kind {
        BatchKind::Hours => profile::propose_hours_in(table),
        BatchKind::Roster => profile::propose_roster(&table.header),
        BatchKind::Restrictions => restrictions::propose(&table.header),
        BatchKind::Checkup => profile::propose_checkup(&table.header),
        BatchKind::Stress => stress::propose_in(table),
        BatchKind::StressResults => stress::results::propose(&table.header),
    };
    proposal.without_rivals(table)
}

/// What is lacking; that the file may be of another kind, where its headings speak of that.
fn instead(lacking: ProfileError, file: &ReadFile) -> ProfileError {
    match detect_instead(&file.table.header, &lacking) {
        Some(found) if found != file.kind => ProfileError::OtherKindOfFile { wanted: file.kind, found },
        _ => lacking,
    }
}

/// A mapping that is known, with what it lacks in this file.
fn mapped(profile: Profile, kind: BatchKind, table: &Table) -> Result<Proposal, RuntimeError> {
    let proposed = propose(kind, table);
    if profile.is_of_before_answers(kind) {
        return Ok(proposed);
    }
    let is_hours = kind == BatchKind::Hours;
    let profile = if is_hours { profile.with_nights(&table.header).with_minutes(table) } else { profile };
    let profile = profile.with_people(kind, &table.header);
    let missing = missing(&profile, kind, table);
    Ok(Proposal { profile, missing, ..proposed })
}

/// What a mapping lacks in this file.
pub(super) fn missing(profile: &Profile, kind: BatchKind, table: &Table) -> Option<ProfileError> {
    profile.locate_for(kind, &table.header).err()
}

/// The tiers of a value as numbers.
fn crosses(law: &Law, period: Period, hours: Hours, measure: Measure) -> Reach {
    let view = overtime::month(law, period.end, period, hours, measure);
    let (low, high) = view.map_or((Tier::Below, Tier::Below), |view| match view.tier {
        Decided::Known(tier) => (tier, tier),
        Decided::Undecided { low, high } => (low, high),
    });
    Reach { low: low as u8, high: high as u8 }
}

/// Whether a value stands above the notice line; none where its source rounded the line away.
pub fn is_over(reach: Reach) -> Option<bool> {
    let [low, high] = [reach.low, reach.high].map(|tier| tier >= Tier::Over80 as u8);
    (low == high).then_some(low)
}

/// How many rows of a reading stand above the notice line, and of how many nobody can say it.
pub fn over_and_undecided(reading: &Reading) -> (usize, usize) {
    let count =
        |wanted| reading.reaches.iter().filter(|(reach, _)| is_over(**reach) == wanted).map(|(_, rows)| rows).sum();
    (count(Some(true)), count(None))
}
