//! Arguments and the headless commands (design, section 5): one file each.
//!
//! Knows what was typed and how an answer is printed. Everything it does goes through [`crate::runtime::Desk`], as the
//! screens do. No name of a person or a company is ever an argument or a file name; errors go to the standard error
//! output and say what happened, then what to do.

mod arguments;
mod audit;
mod backup;
mod check;
mod checkup_table;
mod demo;
mod document;
mod establishment;
mod export;
mod fault;
mod import;
mod import_arguments;
mod import_report;
mod import_rows;
mod init;
mod input;
mod law;
mod output;
mod prompt;
mod purge;
mod recover;
mod restore;
mod secrets;
mod session;
mod stress;
mod stress_arguments;
mod terminal;
mod verify;
mod workers;
mod worklist;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use fault::Fault;
use session::Session;

/// Runs the program with the arguments as they came, the program's own name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    keep_quiet_on_panic();
    let arguments = match Arguments::read(arguments) {
        Ok(arguments) => arguments,
        Err(stop) => return stop.end(),
    };
    if let Err(warning) = crate::vault::process::harden() {
        output::warn(&warning.to_string());
    }
    let session = Session::new(arguments.globals);
    match perform(&session, arguments.command) {
        Ok(code) => code,
        Err(fault) => fault.end(),
    }
}

/// What a command answers: the exit code of something done, or why it was not.
type Answer = Result<ExitCode, Fault>;

fn perform(session: &Session, command: Option<Command>) -> Answer {
    match command {
        None => terminal::run(session),
        Some(Command::Demo(options)) => demo::run(session, &options),
        Some(Command::Init(options)) => init::run(session, &options),
        Some(Command::Establishment(options)) => establishment::run(session, &options),
        Some(Command::Import(options)) => import::run(session, &options),
        Some(Command::CheckupTable(options)) => checkup_table::run(session, &options),
        Some(Command::Purge(options)) => purge::run(session, &options),
        Some(Command::Export(options)) => export::run(session, &options),
        Some(Command::Workers(options)) => workers::run(session, &options),
        Some(Command::Worklist(options)) => worklist::run(session, &options),
        Some(Command::Law(options)) => law::run(session, &options),
        Some(Command::Stress(options)) => stress::run(session, &options),
        Some(Command::Document(options)) => document::run(session, &options),
        Some(Command::Verify(options)) => verify::run(session, &options),
        Some(Command::Backup(options)) => backup::run(session, &options),
        Some(Command::Restore(options)) => restore::run(session, &options),
        Some(Command::Recover(options)) => recover::run(session, &options),
        Some(Command::Check) => check::run(session),
        Some(Command::Audit(options)) => audit::run(session, &options),
    }
}

/// A panic's own text may quote a record; ours says where it happened and nothing else.
fn keep_quiet_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| format!("（{}:{}）", place.file(), place.line()));
        output::warn(&format!(
            "内部の誤りで止まりました{place}。記録済みの内容は失われていません。もう一度開いてください。"
        ));
    }));
}
