//! Documents: what would leave, and issuing exactly that: typeset, signed, stored, written, remembered.
//!
//! The text that is confirmed is the text that is set: issuing takes the views that were shown, and compares the hashes.

mod answers;
mod checkups;
mod facts;
mod issue;
mod opinions;
mod papers;
mod record;
mod reports;
mod special;
mod stress;
mod stress_committee;
mod templates;

use std::path::{Path, PathBuf};

use openssl::sha::sha256;
use serde_json::{Map, Value, json};

use super::desk::Desk;
use super::error::RuntimeError;
use super::workshop::Workshop;
use crate::app::Site;
use crate::app::host::{CopyPreview, DocumentPreview, DocumentRequest, Hint};
use crate::documents::disclosure;
use crate::documents::view::Disclosed;
use crate::documents::{characters, sign};
use crate::domain::command::{Act, Command};
use crate::domain::opinion::{FormKind, Issued, IssuedCopy, Recipient, SignedCopy};
use crate::domain::{Day, EstablishmentId, Id, Prefix, Table};
use crate::store::audit::hex;
use templates::Template;

/// The word under which a document that was written out is remembered.
const WRITTEN: &str = "出力";

/// A document that was shown and can be issued.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    preview: DocumentPreview,
    views: Vec<Disclosed>,
    /// The template of each view, read when it was shown.
    templates: Vec<Template>,
    subject: Option<Subject>,
    day: Day,
    folder: PathBuf,
    /// Files beside the PDFs, under the last of the names: figures as a list.
    beside: Vec<Vec<u8>>,
}

/// What an issued document is about, and what it rests on.
#[derive(Debug, Clone)]
struct Subject {
    /// The interview or the patrol.
    row: Id,
    case: Option<Id>,
    worker: Option<Id>,
    supersedes: Option<Id>,
    /// Rows that are amend-only once it is issued.
    freezes: Vec<(Table, String)>,
    /// The records and the outcomes of the rules, as they were when the text was shown.
    basis: Map<String, Value>,
}

/// What was issued and where it lies now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The document; none for the physician's own papers.
    pub id: Option<Id>,
    /// Its files, in clear.
    pub files: Vec<PathBuf>,
}

impl Desk {
    /// Shows what would leave; writes nothing, not even an audit line.
    ///
    /// # Errors
    /// The subject does not exist, or no folder is set to write to.
    pub fn preview_document(&mut self, request: &DocumentRequest) -> Result<DocumentPreview, RuntimeError> {
        self.preview_document_in(request, None)
    }

    /// As [`Desk::preview_document`], to be written below `out` instead of the folder of the settings.
    ///
    /// # Errors
    /// As [`Desk::preview_document`].
    pub fn preview_document_in(
        &mut self,
        request: &DocumentRequest,
        out: Option<&Path>,
    ) -> Result<DocumentPreview, RuntimeError> {
        let prepared = self.prepare(request, out)?;
        let preview = prepared.preview.clone();
        self.prepared = Some(prepared);
        Ok(preview)
    }

    /// Issues exactly the texts that were shown last: one confirmed hash for each copy, in order.
    ///
    /// # Errors
    /// Nothing was shown, another text was confirmed, a legal field is open, a file of that name exists: nothing is
    /// issued then. [`RuntimeError::IssuedNotWritten`] when it is issued and only the writing failed.
    pub fn issue(
        &mut self,
        workshop: &mut Workshop,
        request: &DocumentRequest,
        confirmed: &[String],
    ) -> Result<Written, RuntimeError> {
        let prepared = self.prepared.take().filter(|prepared| prepared.preview.request == *request);
        let prepared = prepared.ok_or(RuntimeError::NotShown)?;
        let shown = prepared.preview.copies.iter().map(|copy| &copy.sha256);
        if !shown.eq(confirmed.iter()) {
            return Err(RuntimeError::OtherText);
        }
        if !prepared.preview.missing.is_empty() {
            return Err(RuntimeError::Incomplete(prepared.preview.missing.join("、")));
        }
        let paths: Vec<PathBuf> = prepared.preview.files.iter().map(|name| prepared.folder.join(name)).collect();
        self.refuse_occupied(&prepared.folder, &paths)?;
        let files = self.set_and_sign(workshop, &prepared)?;
        self.store(&prepared, &files)?;
        let written = self.write_out(&prepared, &paths, &files);
        match written {
            Err(_) if prepared.subject.is_some() => Err(RuntimeError::IssuedNotWritten),
            other => other.map(|()| Written { id: prepared.preview.id.clone(), files: paths }),
        }
    }

    /// Writes the copies of an issued document again, as they were signed.
    ///
    /// # Errors
    /// The document is not there, or a file of that name exists.
    pub fn write_again(&mut self, site: &EstablishmentId, document: &Id, out: &Path) -> Result<Written, RuntimeError> {
        let open = self.open_site(site)?;
        let issued = open.site.issued.iter().find(|issued| &issued.id == document).cloned();
        let issued = issued.ok_or(RuntimeError::NoSuchDocument)?;
        let copies: Vec<SignedCopy> =
            open.store.all::<SignedCopy>()?.into_iter().filter(|copy| &copy.document == document).collect();
        let folder = folder(&self.out_folder(Some(out))?, site, issued.day);
        let paths: Vec<PathBuf> = copies.iter().map(|copy| folder.join(file_name(document, copy.recipient))).collect();
        self.refuse_occupied(&folder, &paths)?;
        for (copy, path) in copies.iter().zip(&paths) {
            let pdf = openssl::base64::decode_block(&copy.pdf).map_err(|_| RuntimeError::NoSuchDocument)?;
            self.write_one(site, path, &pdf)?;
        }
        self.audit(site, WRITTEN, document.as_str(), &format!("{}通 再出力", paths.len()))?;
        Ok(Written { id: Some(document.clone()), files: paths })
    }

    fn prepare(&self, request: &DocumentRequest, out: Option<&Path>) -> Result<Prepared, RuntimeError> {
        let site = self.site(&request.site)?;
        let day = self.clock.today();
        let folder = folder(&self.out_folder(out)?, &request.site, day);
        let mut prepared = self.prepare_form(site, request, folder)?;
        let own = self.templates.as_deref();
        let templates = prepared.views.iter().map(|view| Template::of(view, own, &*self.files));
        prepared.templates = templates.collect::<Result<_, _>>()?;
        prepared.preview.own_templates = prepared.templates.iter().filter_map(Template::own_name).collect();
        prepared.preview.own_templates.dedup();
        Ok(prepared)
    }

    fn prepare_form(&self, site: &Site, request: &DocumentRequest, folder: PathBuf) -> Result<Prepared, RuntimeError> {
        match request.form {
            FormKind::InterviewOpinion | FormKind::InterviewOpinion2011 | FormKind::StressOpinion => {
                opinions::prepare(self, site, request, folder)
            }
            FormKind::OpinionAnswer => answers::prepare(self, site, request, folder),
            FormKind::PatrolReport => reports::prepare(self, site, request, folder),
            FormKind::PatrolSheet | FormKind::VisitBrief => papers::prepare(self, site, request, folder),
            FormKind::StressNotice => stress::notice(self, site, request, folder),
            FormKind::StressGroups => stress::group_report(self, site, request, folder),
            FormKind::StressCommittee => stress_committee::prepare(self, site, request, folder),
            FormKind::StressReport => stress::transcription(self, site, request, folder),
            FormKind::WorkerRecord => record::prepare(self, site, request, folder),
            FormKind::CheckupOpinions
            | FormKind::CheckupList
            | FormKind::CheckupCard
            | FormKind::CheckupReferral
            | FormKind::CheckupReport
            | FormKind::OrganicReport
            | FormKind::RadiationReport
            | FormKind::DentalReport
            | FormKind::RiskLetter
            | FormKind::RiskList
            | FormKind::CheckupCommittee => checkups::prepare(self, site, request, folder),
        }
    }

    pub(super) fn out_folder(&self, out: Option<&Path>) -> Result<PathBuf, RuntimeError> {
        let set = Some(self.snapshot.vault.out_dir.as_str()).filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let folder = out.map(Path::to_path_buf).or(set).ok_or(RuntimeError::NoFolder)?;
        Ok(std::path::absolute(&folder).unwrap_or(folder))
    }

    pub(super) fn refuse_occupied(&self, folder: &Path, paths: &[PathBuf]) -> Result<(), RuntimeError> {
        if paths.iter().any(|path| self.files.exists(path)) {
            return Err(crate::vault::files::FilesError::AlreadyExists.into());
        }
        Ok(self.files.create_dir_all(folder)?)
    }

    /// Sets every copy, and signs it unless it is the physician's own paper.
    fn set_and_sign(&self, workshop: &mut Workshop, prepared: &Prepared) -> Result<Vec<Vec<u8>>, RuntimeError> {
        let signer = prepared.subject.is_some().then(|| self.signer()).transpose()?;
        let typesetter = workshop.typesetter(self.font()?.as_deref())?;
        let one = |(view, template): (&Disclosed, &Template)| {
            let pdf = template.set(typesetter, view, prepared.day)?;
            Ok(signer.as_ref().map_or(Ok(pdf.clone()), |signer| sign::sign(&pdf, signer))?)
        };
        prepared.views.iter().zip(&prepared.templates).map(one).collect()
    }

    /// Stores the document with its signed copies and freezes what it rests on, in one operation.
    fn store(&mut self, prepared: &Prepared, files: &[Vec<u8>]) -> Result<(), RuntimeError> {
        let (Some(subject), Some(id)) = (&prepared.subject, &prepared.preview.id) else { return Ok(()) };
        let copies: Vec<IssuedCopy> =
            prepared.preview.copies.iter().zip(files).zip(&prepared.preview.files).map(issued_copy).collect();
        let issued = Issued {
            id: id.clone(),
            form: prepared.preview.request.form,
            case_id: subject.case.clone(),
            worker: subject.worker.clone(),
            version: prepared.preview.version,
            supersedes: subject.supersedes.clone(),
            day: prepared.day,
            snapshot_json: self.frozen(prepared, subject),
            copies_json: copies,
        };
        let site = &prepared.preview.request.site;
        let mut rows = self.site(site)?.next_ids(Prefix::Row);
        let mut command = Command::new(Act::IssueDocument, id.to_string()).put(issued);
        command.freezes.clone_from(&subject.freezes);
        command.freezes.push((Table::Issued, id.to_string()));
        for (copy, pdf) in prepared.preview.copies.iter().zip(files) {
            let row = rows.next().ok_or(RuntimeError::Broken)?;
            command.freezes.push((Table::SignedCopy, row.to_string()));
            let pdf = openssl::base64::encode_block(pdf);
            command = command.put(SignedCopy { id: row, document: id.clone(), recipient: copy.recipient, pdf });
        }
        self.perform(site, &command).map(drop)
    }

    /// What the document rests on, as it was: views, records, outcomes with their citations, version of the program.
    fn frozen(&self, prepared: &Prepared, subject: &Subject) -> Value {
        let head = self.open_site(&prepared.preview.request.site).and_then(|open| Ok(open.store.head()?)).ok();
        let mut frozen = subject.basis.clone();
        frozen.insert("subject".to_owned(), json!(subject.row));
        frozen.insert("audit_head".to_owned(), json!(head));
        frozen.insert("views".to_owned(), json!(prepared.views));
        let templates: Vec<Value> = prepared.templates.iter().map(Template::frozen).collect();
        frozen.insert("templates".to_owned(), json!(templates));
        frozen.insert("released".to_owned(), json!(prepared.preview.request.released));
        frozen.insert("program".to_owned(), json!(env!("CARGO_PKG_VERSION")));
        Value::Object(frozen)
    }

    fn write_out(&mut self, prepared: &Prepared, paths: &[PathBuf], files: &[Vec<u8>]) -> Result<(), RuntimeError> {
        let site = prepared.preview.request.site.clone();
        for (path, bytes) in paths.iter().zip(files.iter().chain(&prepared.beside)) {
            self.write_one(&site, path, bytes)?;
        }
        let what = match &prepared.preview.id {
            Some(id) => id.to_string(),
            None => prepared.preview.request.subject.as_ref().map_or_else(|| site.to_string(), Id::to_string),
        };
        let form = prepared.preview.request.form.label();
        // What lies beside has no copy in the vault: its hash stands in the log.
        let beside = prepared.beside.iter().map(|bytes| format!("  表 {}", hex(&sha256(bytes)))).collect::<String>();
        self.audit(&site, WRITTEN, &what, &format!("{form} {}通{beside}", paths.len()))
    }

    fn write_one(&mut self, site: &EstablishmentId, path: &Path, pdf: &[u8]) -> Result<(), RuntimeError> {
        self.files.publish(path, pdf)?;
        self.remember_clear_file(site, path, WRITTEN, &hex(&sha256(pdf))).map(drop)
    }
}

/// The newest opinion of that form in a case, if one was issued.
pub fn newest_issued<'site>(site: &'site Site, form: FormKind, case: &Id) -> Option<&'site Issued> {
    let of_case = |issued: &&Issued| issued.form == form && issued.case_id.as_ref() == Some(case);
    site.issued.iter().filter(of_case).max_by_key(|issued| issued.version)
}

/// The newest document of that form that is about this record, if one was issued.
pub fn newest_about<'site>(site: &'site Site, form: FormKind, subject: &Id) -> Option<&'site Issued> {
    let about = |issued: &&Issued| issued.form == form && is_issued_for(issued, subject);
    site.issued.iter().filter(about).max_by_key(|issued| issued.version)
}

/// Whether a document rests on this interview or this patrol.
pub fn is_issued_for(issued: &Issued, subject: &Id) -> bool {
    issued.snapshot_json.get("subject").and_then(Value::as_str) == Some(subject.as_str())
}

fn copy(view: &Disclosed, recipient: Recipient, staying: Vec<(String, usize)>) -> CopyPreview {
    let lines = view.lines();
    let doubts = characters::questionable(&view.to_value());
    let code =
        |doubt: &characters::Questionable| format!("U+{:04X} {}", u32::from(doubt.character), doubt.doubt.sentence());
    CopyPreview {
        recipient,
        sha256: text_sha256(&lines),
        leaving: disclosure::leaving(view),
        staying,
        questionable: doubts.iter().map(code).collect(),
        lines,
    }
}

/// The hints of a document as a screen shows them.
fn hints(found: Vec<disclosure::Hint>) -> Vec<Hint> {
    found.into_iter().map(|hint| Hint { field: hint.field, word: hint.word, reason: hint.reason }).collect()
}

/// SHA-256 over the lines, each with its line end.
fn text_sha256(lines: &[String]) -> String {
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    hex(&sha256(text.as_bytes()))
}

fn issued_copy(((copy, pdf), file): ((&CopyPreview, &Vec<u8>), &String)) -> IssuedCopy {
    IssuedCopy {
        recipient: copy.recipient,
        text_sha256: copy.sha256.clone(),
        pdf_sha256: hex(&sha256(pdf)),
        file: file.clone(),
    }
}

/// `OUT/E01/2026-11`: ids and months only.
pub(super) fn folder(out: &Path, site: &EstablishmentId, day: Day) -> PathBuf {
    out.join(site.as_str()).join(day.format("%Y-%m").to_string())
}

/// `E01-2026-0001_1.pdf`: the number of the recipient, never a name.
fn file_name(document: &Id, recipient: Recipient) -> String {
    let number = Recipient::ALL.iter().position(|each| *each == recipient).map_or(0, |index| index + 1);
    format!("{document}_{number}.pdf")
}
