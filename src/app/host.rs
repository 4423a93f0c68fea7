//! The seam between screens and the world: screens ask with an [`Effect`], the host answers with [`Event`]s.

mod import;
mod rows;

use std::path::PathBuf;
use std::sync::Arc;

pub use import::{DoubtfulRow, ImportPreview, MappingRow, NightRows, ReadingChoice, RowAnswer, UnreadValue};
pub use rows::{FileRows, HeldRows, ListedRow, RowList, RowSource};
use secrecy::SecretString;

use super::Caseload;
use super::assess::SiteAssessment;
use super::checkups::lacking::Lacking;
use super::checkups::weigh::Standing;
use super::erasure::Erasure;
use super::origins::Origin;
use super::roster_list::ListFormat;
use crate::domain::checkup::{CheckupSheet, Item};
use crate::domain::command::{Command, DraftField};
use crate::domain::establishment::Establishment;
use crate::domain::hours::BatchKind;
use crate::domain::opinion::{FormKind, Recipient, Release};
use crate::domain::progress::Progress;
use crate::domain::{Day, EstablishmentId, Id};
use crate::law::Law;

/// Performs effects and publishes what is known. The only thing a screen ever meets of the world.
pub trait Host {
    /// The newest snapshot; cheap to ask for at every frame.
    fn view(&self) -> View;
    /// Performs an effect. What takes long answers later, to a [`Effect::Tick`].
    fn perform(&mut self, effect: Effect) -> Vec<Event>;
}

/// Whether the desk can be worked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Door {
    /// There is no vault yet at this place.
    #[default]
    NoVault,
    /// Locked.
    Locked,
    /// Open.
    Open,
}

/// What is known before unlocking: no name, no count, no path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Threshold {
    /// Which vault it is, in a word: 標準, 指定した場所.
    pub vault_place: String,
    /// Where the key is expected, in a word: この計算機, 別の媒体, 指定した場所.
    pub key_place: String,
    /// Whether it is there now.
    pub key_found: bool,
    /// A warning about the place of the vault, if any.
    pub warning: Option<String>,
    /// Failed unlocks since the last good one.
    pub failures: u32,
    /// Whether this is the synthetic demo vault.
    pub is_demo: bool,
}

/// One consistent snapshot of everything a screen may draw.
#[derive(Debug, Clone)]
pub struct View {
    /// Rises with every change of the snapshot.
    pub revision: u64,
    /// The legal day (Asia/Tokyo).
    pub today: Day,
    /// `14:20`
    pub clock: String,
    /// Open or not.
    pub door: Door,
    /// What may be said before unlocking.
    pub threshold: Threshold,
    /// The caseload; empty while locked.
    pub caseload: Arc<Caseload>,
    /// Flags and deadlines, in the order of `caseload.sites`.
    pub assessments: Arc<Vec<Arc<SiteAssessment>>>,
    /// The law in use.
    pub law: Arc<Law>,
    /// What concerns the vault itself.
    pub vault: Arc<VaultView>,
}

/// The state of the vault for its screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VaultView {
    /// Verified backups, newest first: wall time and size in bytes.
    pub backups: Vec<(String, i64)>,
    /// Files in clear outside the vault, not settled.
    pub clear_files: Vec<ClearFile>,
    /// Those of them that sealing puts beside themselves and not into the vault: number and size in bytes.
    pub too_large: Vec<(i64, u64)>,
    /// Fingerprint of the signing certificate, in groups.
    pub fingerprint: String,
    /// Where documents are written.
    pub out_dir: String,
    /// Minutes without a key until the lock.
    pub idle_minutes: u64,
    /// Where the key lies, if not inside the vault.
    pub key_path: Option<String>,
    /// Whether that is another medium: then a shorter passphrase does.
    pub is_key_apart: bool,
}

/// A file in clear outside the vault: what came in, or what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearFile {
    /// Its number in the registry.
    pub number: i64,
    /// The establishment it belongs to.
    pub site: String,
    /// 取込元 or 出力.
    pub kind: String,
    /// Since when it is known: `2026-11-20 14:20:00`.
    pub at: String,
    /// Where it lies.
    pub path: String,
}

/// What becomes of a file in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// It stays as it is and leaves the list.
    Keep,
    /// It becomes an age file beside it.
    Seal,
    /// It is deleted.
    Delete,
}

/// A document to be seen before it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRequest {
    /// The establishment.
    pub site: EstablishmentId,
    /// Which form.
    pub form: FormKind,
    /// The interview for an opinion, the patrol for a patrol report, the worker for a record; none for the brief.
    pub subject: Option<Id>,
    /// For whom.
    pub recipients: Vec<Recipient>,
    /// Fields that stay by default and were released for this one document; nothing remembers them.
    pub released: Vec<Release>,
}

impl DocumentRequest {
    /// A document for these recipients, with nothing released.
    pub const fn new(site: EstablishmentId, form: FormKind, subject: Option<Id>, recipients: Vec<Recipient>) -> Self {
        Self { site, form, subject, recipients, released: Vec::new() }
    }

    /// One of the physician's own papers: see [`FormKind::is_own_paper`].
    pub fn own(site: EstablishmentId, form: FormKind, subject: Option<Id>) -> Self {
        Self::new(site, form, subject, vec![Recipient::Physician])
    }
}

/// What would leave for one recipient, and what stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPreview {
    /// For whom.
    pub recipient: Recipient,
    /// The exact text, line by line.
    pub lines: Vec<String>,
    /// SHA-256 of that text in hex: what the physician confirms.
    pub sha256: String,
    /// How many fields leave.
    pub leaving: usize,
    /// Fields that stay, with their number.
    pub staying: Vec<(String, usize)>,
    /// Names of characters that want a second look.
    pub questionable: Vec<String>,
}

/// A word in a free text that wants a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The field.
    pub field: String,
    /// The word.
    pub word: String,
    /// Why.
    pub reason: String,
}

/// A document before it is issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPreview {
    /// What was asked.
    pub request: DocumentRequest,
    /// The document's id, once issued; none for the physician's own papers, which are not issued.
    pub id: Option<Id>,
    /// 1 and up.
    pub version: u32,
    /// Its copies.
    pub copies: Vec<CopyPreview>,
    /// Legal fields that are not filled; while there are any, nothing can be issued.
    pub missing: Vec<String>,
    /// Words that want a second look.
    pub hints: Vec<Hint>,
    /// The folder it will be written to.
    pub folder: String,
    /// The names of its files, ids only.
    pub files: Vec<String>,
    /// The physician's own templates it would be set with, by file name; none where the built-in ones are used.
    pub own_templates: Vec<String>,
}

/// What a screen asks of the world.
#[derive(Debug)]
pub enum Effect {
    /// Time passes: answers of long work are collected, clocks are compared.
    Tick,
    /// A key was pressed: the idle clock starts anew.
    Touch,
    /// Opens the vault.
    Unlock(SecretString),
    /// Looks whether this is a recovery code, whole and without a slip; opens nothing.
    ReadCode(SecretString),
    /// Opens the vault with the recovery code and sets a new key: the code, the new passphrase.
    Recover(SecretString, SecretString),
    /// Where the key lies today; none is where the vault says.
    KeyAt(Option<PathBuf>),
    /// Stands before another vault; none is the one that the program was started with.
    OtherVault(Option<PathBuf>),
    /// Closes it at once.
    Lock,
    /// Locks and leaves.
    Quit,
    /// Makes an establishment; its id is given by the host.
    CreateSite(Box<Establishment>),
    /// Performs a change.
    Perform(EstablishmentId, Box<Command>),
    /// Enters hours by hand: worker, period end, and what was typed as worked or as overtime hours.
    EnterHours(EstablishmentId, Vec<TypedHours>),
    /// Weighs what is left of the season by the table of that id.
    WeighCheckups(EstablishmentId, String),
    /// Looks who still lacks what of their checkups.
    FindLacking(EstablishmentId),
    /// Looks what erasing the batch of an operation would take and leave.
    WeighErasure(EstablishmentId, i64),
    /// Reads every sheet of these workers.
    ReadSheets(EstablishmentId, Vec<Id>),
    /// Reads which rows of files brought what is kept of a worker.
    ReadOrigins(Id),
    /// Keeps a draft field.
    SaveDraft(EstablishmentId, DraftField),
    /// Gives a draft up.
    EndDraft(EstablishmentId, String),
    /// Takes back an operation, or the newest.
    Undo(EstablishmentId, Option<i64>),
    /// Does again what was taken back.
    Redo(EstablishmentId),
    /// A person or a list was opened: one audit line.
    Viewed(EstablishmentId, String),
    /// Reads a file for an establishment: hours or a roster.
    ReadImport(EstablishmentId, PathBuf, Option<BatchKind>),
    /// Answers the doubtful row of this number.
    AnswerRow(usize, RowAnswer),
    /// Answers a value of that row that could not be read: what it is, or nothing to leave it out.
    AnswerValue(usize, Item, Option<String>),
    /// As [`Effect::AnswerValue`], and so every value of the file that is of the same item and text.
    AnswerAlike(usize, Item, Option<String>),
    /// Chooses how the column reads.
    ChooseReading(usize),
    /// Gives a row of the mapping its choice of that place.
    ChoosePart(usize, usize),
    /// Fixes a value for the row of the mapping that no column tells; an empty one takes it away.
    FixValue(usize, String),
    /// Writes the mapping of the read file into the folder of the documents, in clear.
    ExportMapping,
    /// Reads the same workbook at another sheet, counted from 1.
    ChooseSheet(usize),
    /// Says that a file of strangers is this establishment's, or takes that back.
    ConfirmOurs(bool),
    /// Takes the read file in.
    AcceptImport,
    /// Forgets the read file, also one that is still being read.
    DropImport,
    /// Gives up what goes on: a read, a preview, an import, a way back. What has begun to write is rolled back whole, or,
    /// where its last step has begun, stands whole; the answer says which.
    StopWork,
    /// Shows what would leave.
    Preview(Box<DocumentRequest>),
    /// Issues exactly the texts that were shown: request and the confirmed hashes.
    Issue(Box<DocumentRequest>, Vec<String>),
    /// Reads a file and seals it beside a record.
    Attach(EstablishmentId, Box<NewAttachment>),
    /// Writes an attachment out, in clear, into the folder of the documents.
    WriteAttachment(EstablishmentId, Id),
    /// Writes a verified backup.
    Backup(PathBuf),
    /// Reads everything.
    Check,
    /// Sets a new passphrase: the old, the new.
    ChangePassphrase(SecretString, SecretString),
    /// Moves the key to another medium, or back into the vault (none); the passphrase.
    MoveKey(Option<PathBuf>, SecretString),
    /// Writes the roster with its flags into the folder of the documents, in clear.
    ExportRoster(EstablishmentId, ListFormat),
    /// Reads pasted lines of names and hours: overtime, or hours in all where the last says so.
    ReadPasted(EstablishmentId, String, bool),
    /// Seals the source file of an import, by its number among the clear files, beside its batch, and deletes it.
    SealSource(i64),
    /// Erases what the operation of this number brought in; what was typed must be the establishment's short name, and,
    /// where something is still to be kept, the day until which it is.
    EraseBatch(EstablishmentId, i64, String, Option<Day>),
    /// Settles files in clear, by their numbers.
    SettleClearFiles(Vec<i64>, Settling),
    /// Makes a setting.
    Set(String, String),
}

/// A file to be sealed beside a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// The record it hangs on: a worker, a request, a certificate, a case.
    pub record: Id,
    /// The physician's word for it.
    pub title: String,
    /// Where the file lies.
    pub path: PathBuf,
    /// The draft that ends with it.
    pub draft: String,
}

/// Hours typed by hand for one worker and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedHours {
    /// Whose.
    pub worker: Id,
    /// Last day of the period.
    pub period_end: Day,
    /// What was typed, e.g. `257:08`.
    pub text: String,
    /// `true` for total hours, `false` for the employer's own overtime figure.
    pub is_total: bool,
}

/// What the world answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The vault is open.
    Unlocked,
    /// The vault is locked; why, in a sentence.
    Locked(String),
    /// Done; a sentence for the message row.
    Done(String),
    /// What is left of the season, heaviest first.
    CheckupsWeighed(Arc<Vec<Standing>>),
    /// Everybody employed with what they lack of their checkups.
    LackingFound(Arc<Vec<Lacking>>),
    /// What erasing a batch would take and leave; nothing is erased yet.
    ErasureWeighed(Box<Erasure>),
    /// The sheets of a worker, newest first.
    SheetsRead(Id, Arc<Vec<CheckupSheet>>),
    /// The rows of files that brought what is kept of a worker, newest first.
    OriginsRead(Id, Arc<Vec<Origin>>),
    /// An establishment was made.
    SiteCreated(EstablishmentId),
    /// The passphrase or the key did not open the vault; why, in a sentence for the row below the field.
    Refused(String),
    /// The typed recovery code is one.
    CodeRead,
    /// Not done.
    Failed(Failure),
    /// Long work goes on.
    Progress(Progress),
    /// Long work was given up; how things stand, in a sentence.
    Stopped(String),
    /// What would leave.
    Previewed(Box<DocumentPreview>),
    /// Issued, or written out where it is the physician's own paper: the document and the files that now lie in clear.
    Issued(Option<Id>, Vec<String>),
    /// A file was read.
    ImportRead(Box<ImportPreview>),
    /// A file was taken in.
    Imported(String),
    /// The check is done; what it found, in sentences.
    Checked(Vec<String>),
    /// Leave the loop.
    Quit,
}

/// Something was not done: what happened, how things stand, what can be done. Holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub happened: String,
    /// How things stand now.
    pub state: String,
    /// What can be done.
    pub remedies: Vec<String>,
    /// A number to look up, e.g. `E-OUT-03`.
    pub code: &'static str,
}
