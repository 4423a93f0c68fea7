//! Effects as work on the desk: short ones are done at once, long ones become a job, and files are read beside it first.

use std::sync::Arc;

use crate::app::erasure::counted;
use crate::app::host::{DocumentRequest, Failure, Settling};
use crate::app::{Effect, Event};
use crate::domain::EstablishmentId;
use crate::domain::hours::BatchKind;
use crate::domain::intake::{Staying, TakenBack};
use crate::domain::progress::Going;
use crate::import::{self, notation::Notation};
use crate::vault::Passphrase;
use secrecy::ExposeSecret;

use super::checks::NOTHING_FOUND;
use super::desk::Desk;
use super::error::RuntimeError;
use super::fetching::{self, Fetched, Wanted};
use super::imports::ReadOptions;
use super::reader::Fetching;
use super::worker::DeskWork;
use super::workshop::Workshop;

/// Work that is done at once.
type AtOnce = Box<dyn FnOnce(&mut Desk) -> Result<Vec<Event>, RuntimeError>>;

/// How an effect is performed on an open desk.
pub(super) enum Plan {
    /// At once: durable when it returns.
    Now(AtOnce),
    /// On the worker thread.
    Later(DeskWork),
    /// As [`Plan::Later`], and given up with the desk: what is only read or previewed, and an import, which rolls back.
    GivenUp(DeskWork),
    /// A file is read beside the desk first; what was read is then [`Plan::GivenUp`].
    Beside(Fetching),
}

fn now(act: impl FnOnce(&mut Desk) -> Result<Vec<Event>, RuntimeError> + 'static) -> Plan {
    Plan::Now(Box::new(act))
}

fn later(act: impl FnOnce(&mut Desk, &mut Workshop) -> Result<Vec<Event>, RuntimeError> + Send + 'static) -> Plan {
    Plan::Later(Box::new(move |desk, workshop| act(desk, workshop).unwrap_or_else(|error| failed(&error))))
}

fn given_up(act: impl FnOnce(&mut Desk, &mut Workshop) -> Result<Vec<Event>, RuntimeError> + Send + 'static) -> Plan {
    match later(act) {
        Plan::Later(work) => Plan::GivenUp(work),
        other => other,
    }
}

/// A read, and what is done on the desk with what it gave.
fn beside<T: Send + 'static>(
    read: impl FnOnce(&Going<'_>) -> Result<T, RuntimeError> + Send + 'static,
    act: impl FnOnce(&mut Desk, T) -> Result<Vec<Event>, RuntimeError> + Send + 'static,
) -> Plan {
    Plan::Beside(Box::new(move |going| {
        let read = read(going);
        Box::new(move |desk, _| read.and_then(|read| act(desk, read)).unwrap_or_else(|error| failed(&error)))
    }))
}

/// An error as the event that a screen shows; work that was given up is no failure.
pub(super) fn failed(error: &RuntimeError) -> Vec<Event> {
    if error.is_stop() { vec![Event::Stopped(error.to_string())] } else { vec![Event::Failed(Failure::from(error))] }
}

fn done(sentence: impl Into<String>) -> Result<Vec<Event>, RuntimeError> {
    Ok(vec![Event::Done(sentence.into())])
}

/// Plans an effect on this desk; none for those that need no open one.
///
/// # Errors
/// Something is not there of which a file would have to be read.
pub(super) fn plan(effect: Effect, desk: &Desk) -> Result<Option<Plan>, RuntimeError> {
    Ok(match of_reading(effect, desk)? {
        Ok(plan) => Some(plan),
        Err(other) => of_records(other, desk),
    })
}

fn of_records(effect: Effect, desk: &Desk) -> Option<Plan> {
    Some(match effect {
        Effect::Tick | Effect::Touch | Effect::Unlock(_) | Effect::Lock | Effect::Quit => return None,
        Effect::StopWork => return None,
        Effect::ReadCode(_) | Effect::Recover(..) | Effect::KeyAt(_) | Effect::OtherVault(_) => return None,
        Effect::CreateSite(site) => now(move |desk| Ok(vec![Event::SiteCreated(desk.create_site(*site)?)])),
        Effect::Perform(site, command) => now(move |desk| {
            desk.perform(&site, &command)?;
            done(format!("{}を保存しました。", command.act.label()))
        }),
        Effect::EnterHours(site, typed) => now(move |desk| {
            desk.enter_hours(&site, &typed)?;
            done(format!("労働時間を保存しました（{}件）。", typed.len()))
        }),
        Effect::WeighCheckups(site, table) => {
            now(move |desk| Ok(vec![Event::CheckupsWeighed(desk.weigh_checkups(&site, &table)?.into())]))
        }
        Effect::FindLacking(site) => now(move |desk| Ok(vec![Event::LackingFound(desk.lacking(&site)?.into())])),
        Effect::ReadOrigins(worker) => now(move |desk| {
            let origins = desk.read_origins(&worker)?.into();
            Ok(vec![Event::OriginsRead(worker, origins)])
        }),
        Effect::ReadSheets(site, workers) => now(move |desk| desk.read_sheets(&site, &workers)),
        Effect::SaveDraft(site, field) => now(move |desk| quietly(desk.save_draft(&site, field))),
        Effect::EndDraft(site, form) => now(move |desk| quietly(desk.end_draft(&site, &form))),
        Effect::Undo(site, number) if desk.is_long_to_undo(&site, number) => {
            later(move |desk, _| done(undone(&desk.undo(&site, number)?)))
        }
        Effect::Undo(site, number) => now(move |desk| done(undone(&desk.undo(&site, number)?))),
        Effect::Redo(site) => now(move |desk| {
            desk.redo(&site)?;
            done("取り消した操作をやり直しました。")
        }),
        Effect::Viewed(site, subject) => now(move |desk| quietly(desk.viewed(&site, &subject))),
        Effect::Set(key, value) => now(move |desk| {
            desk.set(&key, &value)?;
            done("設定を保存しました。")
        }),
        Effect::DropImport => now(|desk| {
            (desk.read, desk.shown) = (None, None);
            Ok(Vec::new())
        }),
        other => return of_files(other),
    })
}

/// Files that are read first, beside the desk: whose medium stalls keeps nobody waiting. Gives any other effect back.
fn of_reading(effect: Effect, desk: &Desk) -> Result<Result<Plan, Effect>, RuntimeError> {
    let files = Arc::clone(&desk.files);
    let fetch = |wanted: Wanted| move |going: &Going<'_>| fetching::fetch(&*files, &wanted, going);
    Ok(Ok(match effect {
        Effect::ReadImport(site, path, kind) => {
            desk.site(&site)?;
            beside(fetch(Wanted { path, kind, sheet: None }), move |desk, fetched| read(desk, &site, fetched, kind))
        }
        Effect::ChooseSheet(number) => beside(fetch(desk.other_sheet(number)?), Desk::choose_sheet),
        Effect::SealSource(number) => {
            let (files, path) = (Arc::clone(&desk.files), desk.source_of(number)?);
            let read = move |going: &Going<'_>| fetching::bytes(&*files, &path, going);
            beside(read, move |desk, (bytes, sha256)| {
                let place = if desk.seal_fetched(number, &bytes, &sha256)? { "金庫に" } else { "隣の .age に" };
                done(format!("元のファイルを{place}封入し、平文のファイルを消しました。媒体に跡が残ることがあります。"))
            })
        }
        other => return Ok(Err(other)),
    }))
}

/// Files of employers: asked about, taken in, sealed and erased.
fn of_files(effect: Effect) -> Option<Plan> {
    Some(match effect {
        Effect::AnswerRow(line, answer) => given_up(move |desk, _| {
            desk.answer_row(line, answer)?;
            show(desk)
        }),
        Effect::AnswerValue(line, item, typed) => given_up(move |desk, _| {
            desk.answer_value(line, item, typed.as_deref())?;
            show(desk)
        }),
        Effect::AnswerAlike(line, item, typed) => given_up(move |desk, _| {
            desk.answer_alike(line, item, typed.as_deref())?;
            show(desk)
        }),
        Effect::ChooseReading(index) => given_up(move |desk, _| choose(desk, index)),
        Effect::ChoosePart(row, choice) => given_up(move |desk, _| desk.choose_part(row, choice)),
        Effect::FixValue(row, text) => given_up(move |desk, _| desk.fix_value(row, &text)),
        Effect::ExportMapping => later(|desk, _| {
            let path = desk.export_mapping()?;
            let told = format!("書き出しました。{} は平文です。金庫の画面に並びます。", name_of(&path));
            Ok(show(desk)?.into_iter().chain([Event::Done(told)]).collect())
        }),
        Effect::ConfirmOurs(is_ours) => given_up(move |desk, _| {
            desk.read.as_mut().ok_or(RuntimeError::NothingRead)?.decisions.are_ours = is_ours;
            show(desk)
        }),
        Effect::AcceptImport => given_up(|desk, _| accept(desk)),
        Effect::ReadPasted(site, text, is_total) => given_up(move |desk, _| {
            desk.make_whole(&site)?;
            desk.read = Some(desk.read_pasted(&site, &text, is_total)?);
            show(desk)
        }),
        Effect::WeighErasure(site, number) => {
            later(move |desk, _| Ok(vec![Event::ErasureWeighed(Box::new(desk.weigh_erasure(&site, number)?))]))
        }
        Effect::EraseBatch(site, number, typed, until) => later(move |desk, _| {
            let erased = desk.erase_batch_of(&site, number, &typed, until)?;
            done(format!(
                "{}行を消去しました。{}控え（バックアップ）には残っています。",
                erased.rows,
                left(&erased.staying)
            ))
        }),
        other => return of_vault(other),
    })
}

/// What leaves the house, and the vault itself.
fn of_vault(effect: Effect) -> Option<Plan> {
    Some(match effect {
        Effect::Preview(request) => {
            later(move |desk, _| Ok(vec![Event::Previewed(Box::new(desk.preview_document(&request)?))]))
        }
        Effect::Issue(request, confirmed) => later(move |desk, workshop| issue(desk, workshop, &request, &confirmed)),
        Effect::ExportRoster(site, format) => later(move |desk, _| {
            let path = desk.export_roster(&site, format, None)?;
            done(format!("書き出しました。{} は平文です。金庫の画面に並びます。", name_of(&path)))
        }),
        Effect::Backup(path) => later(move |desk, _| {
            desk.back_up(&path)?;
            done("控え（バックアップ）を作り、読み返して確かめました。")
        }),
        Effect::Attach(site, new) => later(move |desk, _| {
            desk.attach(&site, &new)?;
            done("添付を金庫に入れました。元のファイルは平文のまま残っています。")
        }),
        Effect::WriteAttachment(site, id) => later(move |desk, _| {
            let path = desk.write_attachment(&site, &id)?;
            done(format!("書き出しました。{} は平文です。金庫の画面に並びます。", name_of(&path)))
        }),
        Effect::Check => later(|desk, _| check(desk)),
        Effect::ChangePassphrase(old, new) => later(move |desk, _| {
            let typed = |secret: &secrecy::SecretString| Passphrase::new(secret.expose_secret().to_owned());
            desk.change_passphrase(&typed(&old), &typed(&new))?;
            done("パスフレーズを変更しました。")
        }),
        Effect::SettleClearFiles(numbers, how) => later(move |desk, _| {
            numbers.iter().try_for_each(|number| desk.settle_clear_file(*number, how))?;
            done(settled(numbers.len(), how))
        }),
        Effect::MoveKey(to, passphrase) => later(move |desk, _| {
            desk.move_key(to.as_deref(), &Passphrase::new(passphrase.expose_secret().to_owned()))?;
            done("鍵を移しました。元の鍵は、次の解錠まで元の場所に残します。")
        }),
        _ => return None,
    })
}

/// The name of a file that bears a number only.
fn name_of(path: &std::path::Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A deleted file may be read again from the medium: that is said, and no more is promised.
fn settled(count: usize, how: Settling) -> String {
    match how {
        Settling::Keep => format!("{count}件を一覧から外しました。ファイルはそのまま残っています。"),
        Settling::Seal => {
            format!("{count}件を封入しました（.age）。元のファイルは消しました。媒体に跡が残ることがあります。")
        }
        Settling::Delete => format!("{count}件を消しました。媒体に跡が残ることがあります。"),
    }
}

fn quietly(result: Result<(), RuntimeError>) -> Result<Vec<Event>, RuntimeError> {
    result.map(|()| Vec::new())
}

fn undone(taken_back: &TakenBack) -> String {
    let TakenBack { operation, staying } = taken_back;
    format!("{}（{}件）を取り消しました。{}", operation.act.label(), operation.rows, left(staying))
}

/// What a batch left behind, and why; nothing where nothing is left.
fn left(staying: &[Staying]) -> String {
    let told = counted(staying);
    if told.is_empty() { String::new() } else { format!("残したもの: {}。", told.join("、")) }
}

fn check(desk: &mut Desk) -> Result<Vec<Event>, RuntimeError> {
    let findings = desk.check()?;
    let mut sentences: Vec<String> =
        findings.iter().map(|finding| format!("{}: {}", finding.place, finding.sentence)).collect();
    if sentences.is_empty() {
        sentences.push(NOTHING_FOUND.to_owned());
    }
    Ok(vec![Event::Checked(sentences)])
}

fn issue(
    desk: &mut Desk,
    workshop: &mut Workshop,
    request: &DocumentRequest,
    confirmed: &[String],
) -> Result<Vec<Event>, RuntimeError> {
    let written = desk.issue(workshop, request, confirmed)?;
    let files = written.files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    Ok(vec![Event::Issued(written.id, files)])
}

fn read(
    desk: &mut Desk,
    site: &EstablishmentId,
    fetched: Fetched,
    told: Option<BatchKind>,
) -> Result<Vec<Event>, RuntimeError> {
    desk.make_whole(site)?;
    desk.ticket.check()?;
    let kind = match told.or_else(|| import::kind_of(&fetched.table.header)) {
        Some(kind) => kind,
        None if desk.site(site)?.workers.is_empty() => BatchKind::Roster,
        None => BatchKind::Hours,
    };
    (desk.read, desk.shown) = (Some(desk.read_fetched(site, fetched, ReadOptions::of(kind))?), None);
    let shown = show(desk);
    if shown.as_ref().is_err_and(RuntimeError::is_stop) {
        (desk.read, desk.shown) = (None, None);
    }
    shown
}

fn choose(desk: &mut Desk, index: usize) -> Result<Vec<Event>, RuntimeError> {
    let chosen = Notation::CHOICES.get(index).copied();
    desk.read.as_mut().ok_or(RuntimeError::NothingRead)?.notation = chosen;
    show(desk)
}

fn accept(desk: &mut Desk) -> Result<Vec<Event>, RuntimeError> {
    let file = desk.read.take().ok_or(RuntimeError::NothingRead)?;
    let accepted = desk.accept_shown(&file);
    match accepted {
        Ok(Some(_)) => Ok(vec![Event::Imported("取り込みました。u でまとめて取り消せます。".to_owned())]),
        Ok(None) => Ok(vec![Event::Imported("新しい値はありませんでした。何も書いていません。".to_owned())]),
        // Given up: nothing of the file is kept.
        Err(error) if error.is_stop() => Err(error),
        Err(error) => {
            desk.read = Some(file);
            Err(error)
        }
    }
}

pub(super) fn show(desk: &mut Desk) -> Result<Vec<Event>, RuntimeError> {
    let mut preview = desk.look()?;
    preview.mapping_file = desk.mapping_target();
    Ok(vec![Event::ImportRead(Box::new(preview))])
}
