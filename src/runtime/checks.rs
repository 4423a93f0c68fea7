//! The check: reads everything, compares with everything known, and says what it can know and no more.

use std::collections::HashMap;

use super::backups::head_of;
use super::desk::{Desk, OpenSite};
use super::error::RuntimeError;
use super::loading;
use crate::domain::Table;
use crate::domain::hours::{Batch, BatchKind};
use crate::import::hours::content_sha256;
use crate::store::StoreError;
use crate::store::audit::{Break, Head, Line};
use crate::store::check::Fault;
use crate::vault::DatabaseId;
use crate::vault::database::broken_pages;

/// What is said when nothing was found: an old state put back whole cannot be seen from inside.
pub const NOTHING_FOUND: &str = "壊れていません。この時点より前への差戻しは、控えとの照合がないと判りません。";

/// Something that the check found, in a sentence, with the place it was found at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `registry`, `E01`, or `vault`.
    pub place: String,
    /// A stable word for JSON output.
    pub kind: &'static str,
    /// The sentence.
    pub sentence: String,
}

impl Finding {
    fn new(place: impl Into<String>, kind: &'static str, sentence: impl Into<String>) -> Self {
        Self { place: place.into(), kind, sentence: sentence.into() }
    }
}

impl Desk {
    /// Reads every page, row, batch, key and audit line.
    ///
    /// # Errors
    /// What stops the reading as a whole; what is merely wrong is a finding.
    pub fn check(&mut self) -> Result<Vec<Finding>, RuntimeError> {
        let mut findings = self.absent_parts()?;
        findings.extend(self.check_pages()?);
        findings.extend(self.check_chain_of_registry()?);
        for open in &self.sites {
            findings.extend(self.check_site(open)?);
        }
        findings.extend(self.law.check().iter().map(|problem| Finding::new("law", "law", problem.to_string())));
        self.registry.audit(&self.clock.stamp(), "検査", "", &format!("{}件", findings.len()))?;
        Ok(findings)
    }

    /// A database that stops the comparison is a finding of its own: the others are still compared.
    fn check_site(&self, open: &OpenSite) -> Result<Vec<Finding>, RuntimeError> {
        let id = open.site.id().as_str();
        let known = self.known_head(id)?;
        let faults = compared(open, known.as_ref());
        let agrees = faults.and_then(|faults| Ok((faults, loading::face_agrees(&open.store, open.site.id())?)));
        Ok(match agrees {
            Ok((faults, true)) => faults.iter().map(|fault| of_fault(id, fault)).collect(),
            Ok((faults, false)) => faults.iter().map(|fault| of_fault(id, fault)).chain([other_face(id)]).collect(),
            Err(error) => vec![Finding::new(id, "unreadable", error.to_string())],
        })
    }

    /// Walks the audit chains alone.
    ///
    /// # Errors
    /// What stops the reading as a whole.
    pub fn check_chains(&self) -> Result<Vec<Finding>, RuntimeError> {
        let mut findings = self.check_chain_of_registry()?;
        for open in &self.sites {
            let id = open.site.id().as_str();
            let known = self.known_head(id)?;
            let faults = open.store.check(known.as_ref())?;
            let chain = faults.iter().filter(|fault| matches!(fault, Fault::Chain(_)));
            findings.extend(chain.map(|fault| of_fault(id, fault)));
        }
        Ok(findings)
    }

    /// The newest audit lines of every database, newest first in each.
    ///
    /// # Errors
    /// What stops the reading as a whole.
    pub fn audit_lines(&self) -> Result<Vec<(String, Line)>, RuntimeError> {
        let mut lines: Vec<(String, Line)> = Vec::new();
        let own = self.registry.audit_lines(i64::MAX)?;
        lines.extend(own.into_iter().map(|line| ("registry".to_owned(), line)));
        for open in &self.sites {
            let of_site = open.store.audit_lines(i64::MAX)?;
            lines.extend(of_site.into_iter().map(|line| (open.site.id().to_string(), line)));
        }
        Ok(lines)
    }

    /// Establishments that did not open, and files without a counterpart.
    fn absent_parts(&self) -> Result<Vec<Finding>, RuntimeError> {
        let unopened = self.unopened.iter().map(|(id, error)| Finding::new(id.as_str(), "not_open", error.to_string()));
        let registered: Vec<DatabaseId> = self.registry.sites()?.iter().map(super::desk::database_of).collect();
        let orphans = self.vault.reconcile(&registered)?;
        let orphans = orphans.iter().map(|orphan| Finding::new("vault", "orphan", orphan.to_string()));
        Ok(unopened.chain(orphans).collect())
    }

    fn check_pages(&mut self) -> Result<Vec<Finding>, RuntimeError> {
        self.lend(|_, databases| {
            let mut findings = Vec::new();
            for database in databases {
                let count = broken_pages(database).map_err(crate::vault::VaultError::from)?;
                let sentence = format!(
                    "封印の壊れたページが{count}個あります。控え（バックアップ）から別の場所へ復元してください。"
                );
                findings.extend((count > 0).then(|| Finding::new(database.id.to_string(), "pages", sentence)));
            }
            Ok(findings)
        })
    }

    fn check_chain_of_registry(&self) -> Result<Vec<Finding>, RuntimeError> {
        let known = self.known_head("registry")?;
        let breaks = self.registry.verify(known.as_ref())?;
        Ok(breaks.iter().map(|found| of_break("registry", found)).collect())
    }

    /// The newest head that was noted at a lock or kept with a backup.
    fn known_head(&self, site: &str) -> Result<Option<Head>, RuntimeError> {
        let (here, kept) = (self.registry.head_of(site)?, self.head_in_backups(site)?);
        Ok(here.into_iter().chain(kept).max_by_key(|head| head.number))
    }

    fn head_in_backups(&self, database: &str) -> Result<Option<Head>, RuntimeError> {
        let backups = self.registry.backups()?;
        let heads = backups.iter().filter_map(|line| serde_json::from_str::<Vec<serde_json::Value>>(&line.heads).ok());
        let named =
            heads.flatten().filter(|head| head.get("database").and_then(|name| name.as_str()) == Some(database));
        let read = named.filter_map(|head| head.get("head").and_then(|anchor| anchor.as_str()).and_then(head_of));
        Ok(read.max_by_key(|head| head.number))
    }
}

/// Rows against the journal, batches against their hash, the chain against the head known outside.
fn compared(open: &OpenSite, known: Option<&Head>) -> Result<Vec<Fault>, StoreError> {
    let mut faults = open.store.check(known)?;
    let mut found = HashMap::new();
    open.store.each_batch_of_hours(|batch, rows| drop(found.insert(batch.clone(), content_sha256(rows))))?;
    let nothing = content_sha256(&[]);
    for batch in open.store.all::<Batch>()?.into_iter().filter(|batch| batch.kind == BatchKind::Hours) {
        let fault = Fault::BatchRows(batch.id.to_string());
        // What was taken back and stands only because a sealed file names it has no rows left.
        let expected = if batch.undone_on.is_some() { &nothing } else { &batch.content_sha256 };
        let is_other = found.get(&batch.id).unwrap_or(&nothing) != expected;
        faults.extend((is_other && !faults.contains(&fault)).then_some(fault));
    }
    Ok(faults)
}

fn of_fault(place: &str, fault: &Fault) -> Finding {
    let row = |table: &Table, key: &str| format!("{} の {key}", table.name());
    match fault {
        Fault::Pages => {
            Finding::new(place, "pages", "ページの構造が壊れています。控えから別の場所へ復元してください。")
        }
        Fault::Row(table, key) => Finding::new(
            place,
            "row",
            format!("{} が、操作の記録と一致しません。控えと見比べてください。", row(table, key)),
        ),
        Fault::Presence(table, key) => Finding::new(
            place,
            "presence",
            format!("{} の有無が、操作の記録と一致しません。控えと見比べてください。", row(table, key)),
        ),
        Fault::Reference(table) => Finding::new(
            place,
            "reference",
            format!("{table} の行が指す記録がありません。一部が古い状態に戻されています。控えと見比べてください。"),
        ),
        Fault::Counter(letter) => Finding::new(
            place,
            "counter",
            format!(
                "番号（{letter}）の控えが、使った番号より小さくなっています。一部が古い状態に戻されています。控えと見比べてください。"
            ),
        ),
        Fault::BatchRows(batch) => Finding::new(
            place,
            "batch",
            format!("取込 {batch} の行が、取り込んだときと一致しません。控えと見比べてください。"),
        ),
        Fault::Chain(found) => of_break(place, found),
    }
}

fn other_face(place: &str) -> Finding {
    let sentence = "解錠のときに読む写しが、記録と一致しません。この事業場に何か一つ記録してから施錠すると、写しは作り直されます。";
    Finding::new(place, "face", sentence)
}

fn of_break(place: &str, found: &Break) -> Finding {
    let (kind, sentence) = match found {
        Break::Gap(number) => ("audit_gap", format!("操作記録の{number}行目が抜けているか、差し込まれています。")),
        Break::Changed(number) => ("audit_changed", format!("操作記録の{number}行目が、書かれたときと違います。")),
        Break::Shortened { found, known } => (
            "audit_shortened",
            format!("操作記録が{known}行まであったはずですが、{found}行しかありません。古い状態に戻されています。"),
        ),
        Break::OtherHistory(number) => (
            "audit_other_history",
            format!("操作記録の{number}行目が、控えておいたものと違います。別の経過の記録です。"),
        ),
    };
    Finding::new(place, kind, sentence + "控え（バックアップ）と見比べてください。")
}
