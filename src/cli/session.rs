//! What every command shares: where the vault lies, which day it is, and how the desk is opened.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::arguments::Globals;
use super::fault::Fault;
use super::{input, output, prompt};
use crate::domain::EstablishmentId;
use crate::law::Law;
use crate::runtime::{Clock, Desk, Place, RuntimeError, Unlocking, additions};
use crate::vault::Passphrase;

/// Whether a command writes: then no day may be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Only reads.
    Reading,
    /// Writes or signs.
    Writing,
}

/// One run of the program.
pub(super) struct Session {
    globals: Globals,
}

impl Session {
    pub(super) fn new(globals: Globals) -> Self {
        Self { globals }
    }

    /// Whether the answer is wanted as JSON.
    pub(super) fn is_json(&self) -> bool {
        self.globals.json
    }

    /// The clock, with the day of `--today`.
    pub(super) fn clock(&self) -> Clock {
        Clock::machine(self.globals.today)
    }

    /// The law that ships with the program, with what the physician added in `law.d` of the config folder.
    pub(super) fn law(&self) -> Result<Arc<Law>, Fault> {
        let files = law_folder().map(|folder| additions::read(&folder)).unwrap_or_default();
        Ok(Arc::new(Law::built_in().map_err(RuntimeError::from)?.with_additions(&files)))
    }

    /// Where the vault lies: as given, or the platform's folder for data that stays on this machine.
    pub(super) fn place(&self) -> Result<Place, Fault> {
        let folder = self.globals.vault.clone().or_else(default_folder);
        let folder =
            folder.ok_or_else(|| Fault::usage("金庫の既定の場所が判りません。--vault で場所を指定してください。"))?;
        Ok(Place { is_named: self.globals.vault.is_some(), ..place_at(&folder) })
    }

    /// The vault's place with the key of `--identity`, if one was given.
    pub(super) fn place_with_key(&self) -> Result<Place, Fault> {
        Ok(Place { identity: self.identity(), ..self.place()? })
    }

    /// The path of `--identity`: where the key lies, or where a new one goes.
    pub(super) fn identity(&self) -> Option<PathBuf> {
        self.globals.identity.clone()
    }

    /// Whether the vault's place was named.
    pub(super) fn named_vault(&self) -> Option<PathBuf> {
        self.globals.vault.clone()
    }

    /// The passphrase: from the file that was named, else from the terminal.
    pub(super) fn passphrase(&self, question: &str) -> Result<Passphrase, Fault> {
        match &self.globals.passphrase_file {
            Some(path) => input::passphrase_of(path),
            None if input::is_terminal() => prompt::secret(question),
            None => Err(Fault::usage(
                "パスフレーズを尋ねる端末がありません。--passphrase-file でファイル（または - ）を指定してください。",
            )),
        }
    }

    /// Whether the passphrase comes from a file.
    pub(super) fn has_passphrase_file(&self) -> bool {
        self.globals.passphrase_file.is_some()
    }

    /// Refuses a made-up day where something is written, except on a demo vault.
    pub(super) fn refuse_day(&self, is_demo: bool) -> Result<(), Fault> {
        if self.globals.today.is_none() || is_demo {
            return Ok(());
        }
        Err(Fault::usage("記録や署名をする操作では --today を使えません。--today を外して実行してください。"))
    }

    /// Unlocks the vault.
    ///
    /// An establishment that cannot be opened stops every command but the check: an answer that silently leaves one out
    /// would be a wrong one.
    pub(super) fn desk(&self, access: Access) -> Result<Desk, Fault> {
        let desk = self.desk_as_it_is(access)?;
        match desk.unopened().first() {
            Some((id, _)) => {
                let error = RuntimeError::SiteNotOpen(id.to_string());
                desk.lock()?;
                Err(error.into())
            }
            None => Ok(desk),
        }
    }

    /// Unlocks the vault, even where some establishments do not open.
    pub(super) fn desk_as_it_is(&self, access: Access) -> Result<Desk, Fault> {
        let place = self.place_with_key()?;
        let header = place.header()?;
        if access == Access::Writing {
            self.refuse_day(header.demo)?;
        }
        let passphrase = self.passphrase("パスフレーズ")?;
        let mut desk = Desk::unlock(&Unlocking { place, passphrase, clock: self.clock(), law: self.law()? })?;
        desk.notices().iter().for_each(|notice| output::warn(notice));
        while desk.read_older_hours()? {}
        Ok(desk)
    }
}

/// Where the physician's own versions of the law lie.
fn law_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "junkai").map(|folders| folders.config_dir().join("law.d"))
}

/// Not the roaming folder of Windows: that one is copied to other machines.
fn default_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "junkai")?;
    Some(folders.data_local_dir().join("vault"))
}

/// A vault's place, with the folder of the physician's own templates: `templates` in the platform's config folder.
pub(super) fn place_at(folder: &Path) -> Place {
    let folders = directories::ProjectDirs::from("", "", "junkai");
    Place { templates: folders.map(|folders| folders.config_dir().join("templates")), ..Place::new(folder) }
}

/// Runs a command on an open desk and locks it whatever comes out.
pub(super) fn with_desk(desk: Desk, act: impl FnOnce(&mut Desk) -> Result<ExitCode, Fault>) -> Result<ExitCode, Fault> {
    let mut desk = desk;
    let answer = act(&mut desk);
    let locked = desk.lock();
    let code = answer?;
    locked?;
    Ok(code)
}

/// Reads the id of an establishment.
pub(super) fn establishment(text: &str) -> Result<EstablishmentId, Fault> {
    Ok(EstablishmentId::parse(text).map_err(RuntimeError::from)?)
}
