//! `junkai init`: a new vault, the physician's name, and the recovery code that is shown once.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use zeroize::Zeroizing;

use super::arguments::Init as Options;
use super::fault::Fault;
use super::session::Session;
use super::{Answer, input, output, prompt, secrets};
use crate::domain::doctor::Doctor;
use crate::runtime::{Desk, NewVault, Place, RuntimeError, Unlocking};
use crate::vault::files::FilesError;
use crate::vault::{RecoveryCode, WORK_FACTOR};

/// How often the groups may be typed back wrongly before the code is shown again.
const TRIES: usize = 3;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    session.refuse_day(false)?;
    let place = session.place()?;
    refuse_lost_code(&place, options)?;
    let passphrase = secrets::new_passphrase(session)?;
    let owner = owner(session)?;
    let unlocking = Unlocking { place, passphrase, clock: session.clock(), law: session.law()? };
    let identity = session.identity();
    let new = NewVault { unlocking, identity, work_factor: WORK_FACTOR, owner, is_demo: false };
    let (mut desk, code) = Desk::create(&new)?;
    if let Some(folder) = documents() {
        desk.set("out_dir", &folder)?;
    }
    if let Err(fault) = hand_over(&new.unlocking.place, options, &code) {
        drop(desk);
        take_back(&new);
        return Err(fault);
    }
    report(session, &desk)?;
    desk.lock()?;
    Ok(ExitCode::SUCCESS)
}

/// Where documents are written until the physician chooses another folder.
fn documents() -> Option<String> {
    let folders = directories::UserDirs::new()?;
    let documents = folders.document_dir().unwrap_or_else(|| folders.home_dir());
    Some(documents.join("junkai").to_string_lossy().into_owned())
}

fn refuse_lost_code(place: &Place, options: &Options) -> Result<(), Fault> {
    match &options.recovery_to {
        Some(path) if place.files.exists(path) => Err(RuntimeError::from(FilesError::AlreadyExists).into()),
        None if !input::is_terminal() => Err(Fault::usage(
            "回復コードを見せる端末がありません。--recovery-to で、コードを書く新しいファイルを指定してください。",
        )),
        _ => Ok(()),
    }
}

/// The physician: three questions at a terminal, one JSON object otherwise.
fn owner(session: &Session) -> Result<Doctor, Fault> {
    if input::is_terminal() {
        return Ok(Doctor {
            name: prompt::ask("医師の氏名")?,
            affiliation: prompt::ask("所属")?,
            registration: prompt::ask("医籍登録番号（半角の数字）")?,
        });
    }
    let _ = session;
    let wrong = "標準入力の JSON を読めません。name、affiliation、registration を書いてください。";
    serde_json::from_str(&input::rest()?).map_err(|_| Fault::usage(wrong))
}

fn hand_over(place: &Place, options: &Options, code: &RecoveryCode) -> Result<(), Fault> {
    match &options.recovery_to {
        Some(path) => write(place, path, code),
        None => show(code),
    }
}

fn write(place: &Place, path: &Path, code: &RecoveryCode) -> Result<(), Fault> {
    let mut text = Zeroizing::new(Vec::with_capacity(128));
    text.extend_from_slice(code.reveal().as_bytes());
    text.push(b'\n');
    Ok(place.files.write_new(path, &text).map_err(RuntimeError::from)?)
}

/// Shows the code on a screen of its own until four groups of it were typed back from the paper.
fn show(code: &RecoveryCode) -> Result<(), Fault> {
    for _ in 0..TRIES {
        let shown = code.reveal();
        prompt::on_own_screen(&[
            "回復コード: パスフレーズや本人鍵を失ったときに、これだけで開けます。",
            "紙に書き写し、金庫とは別の場所に保管してください。表示は今だけです。",
            "",
            &shown,
        ])?;
        if typed_back(code)? {
            return Ok(());
        }
        output::warn("控えと一致しない組がありました。もう一度表示します。");
    }
    Err(Fault::usage("回復コードの控えを確かめられませんでした。金庫は作っていません。もう一度実行してください。"))
}

fn typed_back(code: &RecoveryCode) -> Result<bool, Fault> {
    let challenge = code.challenge().map_err(RuntimeError::from)?;
    let mut answers = Vec::new();
    for group in challenge.groups() {
        answers.push(prompt::secret_text(&format!("控えの第{}組（4文字）", group + 1))?);
    }
    let typed: Vec<&str> = answers.iter().map(|answer| answer.as_str()).collect();
    Ok(challenge.wrong(code, &typed).is_empty())
}

/// Nothing stands in the new vault yet: without its recovery code it is better not there.
fn take_back(new: &NewVault) {
    let place = &new.unlocking.place;
    let mut done = place.files.remove_tree(&place.folder);
    if let Some(identity) = &new.identity {
        done = done.and(place.files.remove(identity));
    }
    if done.is_err() {
        output::warn("作りかけの金庫を消せませんでした。金庫のフォルダを手で消してください。");
    }
}

fn report(session: &Session, desk: &Desk) -> Result<(), Fault> {
    let fingerprint = desk.signer()?.fingerprint().map_err(RuntimeError::from)?;
    desk.notices().iter().for_each(|notice| output::warn(notice));
    if session.is_json() {
        return output::object(json!({ "done": true, "signer_fingerprint": fingerprint.to_string() }));
    }
    output::line("金庫を作りました。")?;
    output::line("署名の指紋（文書を受け取る会社に、文書とは別の方法で伝えてください）:")?;
    fingerprint.lines().iter().try_for_each(|line| output::line(&format!("  {line}")))
}
