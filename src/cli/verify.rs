//! `junkai verify`: is a signed PDF unchanged, and by whom; without any vault.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Verify as Options;
use super::fault::{FOUND, Fault};
use super::session::Session;
use super::{Answer, output};
use crate::documents::fingerprint::Fingerprint;
use crate::documents::verify::{Verdict, Verification, verify};
use crate::runtime::RuntimeError;
use crate::vault::files::{Files, RealFiles};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let expected = options.signer.as_deref().map(str::parse::<Fingerprint>).transpose();
    let expected = expected.map_err(|error| Fault::usage(error.to_string()))?;
    let pdf = RealFiles.read(&options.file).map_err(RuntimeError::from)?;
    let found = verify(&pdf, expected.as_ref());
    if session.is_json() {
        print_json(&found)?
    } else {
        print(&found)?
    }
    let is_good = found.verdict == Verdict::UnchangedAndSigner;
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
}

fn print(found: &Verification) -> Result<(), Fault> {
    output::line(found.verdict.sentence())?;
    let Some(fingerprint) = &found.fingerprint else { return Ok(()) };
    output::line("署名した証明書の指紋:")?;
    fingerprint.lines().iter().try_for_each(|line| output::line(&format!("  {line}")))
}

fn print_json(found: &Verification) -> Result<(), Fault> {
    output::object(json!({
        "verdict": found.verdict.code(),
        "sentence": found.verdict.sentence(),
        "fingerprint": found.fingerprint.as_ref().map(ToString::to_string),
        "certificate_name": found.name,
        "self_made": found.self_made,
    }))
}
