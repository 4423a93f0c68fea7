//! Answers of the stress check from a file: the same way through the gate as what is typed.

use std::path::Path;

use openssl::sha::sha256;

use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::SOURCE;
use crate::app::stress::answers::{Entered, SheetEntry, enter};
use crate::app::stress::{self, StressFault};
use crate::domain::command::Command;
use crate::domain::{Day, EstablishmentId, Id};
use crate::import::stress::AnswerRow;
use crate::import::{self, source};
use crate::scales::stress::{Questionnaire, Sheet};
use crate::store::audit;

/// What a file of answers would bring.
#[derive(Debug)]
pub struct StressPreview {
    /// Sheets that would be taken in.
    pub entered: Entered,
    /// Rows in all.
    pub rows: usize,
    /// Rows that cannot be taken: line and why. No number, no answer.
    pub refused: Vec<(u32, String)>,
    command: Option<Command>,
    sha256: String,
}

impl Desk {
    /// Reads a file of answers for a round; writes nothing.
    ///
    /// # Errors
    /// The file is no table, its columns cannot be told, or the gate does not admit it as a whole.
    pub fn read_stress(
        &self,
        id: &EstablishmentId,
        round: &Id,
        path: &Path,
        day: Option<Day>,
    ) -> Result<StressPreview, RuntimeError> {
        let (site, today) = (self.site(id)?, self.today());
        let bytes = self.vault_files().read(path).map_err(RuntimeError::SourceFile)?;
        let table = source::read(&bytes)?;
        let mut refused: Vec<(u32, String)> = table.refused.iter().map(|row| (row.line, row.why.to_string())).collect();
        let mut sheets = Vec::new();
        for row in import::stress::read(&table, &site.workers)? {
            match sheet(&row, day.unwrap_or(today)) {
                Ok(entry) => sheets.push(entry),
                Err(why) => refused.push((row.line, why)),
            }
        }
        let (entered, command) = enter(self.law(), site, round, &sheets, today)?;
        Ok(StressPreview { entered, rows: table.row_count(), refused, command, sha256: audit::hex(&sha256(&bytes)) })
    }

    /// Takes a read file in, and remembers that it lies in clear; gives the operation, none where nothing changes.
    ///
    /// # Errors
    /// What the gate or the store says; nothing has changed then.
    pub fn accept_stress(
        &mut self,
        id: &EstablishmentId,
        path: &Path,
        preview: &StressPreview,
    ) -> Result<Option<i64>, RuntimeError> {
        let Some(command) = &preview.command else { return Ok(None) };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        self.remember_clear_file(id, &path, SOURCE, &preview.sha256)?;
        self.perform(id, command).map(Some)
    }

    /// The round that takes answers now.
    ///
    /// # Errors
    /// There is none.
    pub fn open_round(&self, id: &EstablishmentId) -> Result<Id, RuntimeError> {
        let round = stress::current(self.site(id)?).ok_or(StressFault::NoRound)?;
        Ok(round.id.clone())
    }
}

fn sheet(row: &AnswerRow, day: Day) -> Result<SheetEntry, String> {
    let book = Questionnaire::built_in().map_err(|fault| fault.to_string())?;
    let worker = row.worker.clone().ok_or("名簿の誰の行か決まりません。社員番号と氏名を名簿と合わせてください。")?;
    let sheet = Sheet::parse(book, &row.answers).map_err(|fault| fault.to_string())?;
    Ok(SheetEntry { worker, day: row.day.unwrap_or(day), sheet })
}
