//! Effects as work on the desk: short ones are done at once, long ones become a job.

use crate::app::host::{DocumentRequest, Failure, Settling};
use crate::app::erasure::counted;
use crate::app::{Effect, Event};
use crate::domain::EstablishmentId;
use crate::domain::hours::BatchKind;
use crate::domain::intake::{Staying, TakenBack};
use crate::import::notation::Notation;
use crate::store::StoreError;
use crate::vault::Passphrase;
use secrecy::ExposeSecret;

use super::checks::NOTHING_FOUND;
use super::desk::Desk;
use super::error::RuntimeError;
use super::imports::ReadOptions;
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
}

fn now(act: impl FnOnce(&mut Desk) -> Result<Vec<Event>, RuntimeError> + 'static) -> Plan {
    Plan::Now(Box::new(act))
}

fn later(act: impl FnOnce(&mut Desk, &mut Workshop) -> Result<Vec<Event>, RuntimeError> + Send + 'static) -> Plan {
    Plan::Later(Box::new(move |desk, workshop| act(desk, workshop).unwrap_or_else(|error| failed(&error))))
}

/// An error as the event that a screen shows.
pub(super) fn failed(error: &RuntimeError) -> Vec<Event> {
    vec![Event::Failed(Failure::from(error))]
}

fn done(sentence: impl Into<String>) -> Result<Vec<Event>, RuntimeError> {
    Ok(vec![Event::Done(sentence.into())])
}

/// Plans an effect; none for those that need no open desk.
pub(super) fn plan(effect: Effect) -> Option<Plan> {
    Some(match effect {
        Effect::Tick | Effect::Touch | Effect::Unlock(_) | Effect::Lock | Effect::Quit => return None,
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
        Effect::ReadSheets(site, workers) => now(move |desk| desk.read_sheets(&site, &workers)),
        Effect::SaveDraft(site, field) => now(move |desk| quietly(desk.save_draft(&site, field))),
        Effect::EndDraft(site, form) => now(move |desk| quietly(desk.end_draft(&site, &form))),
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

/// Files of employers: read, asked about, taken in, sealed and erased.
fn of_files(effect: Effect) -> Option<Plan> {
    Some(match effect {
        Effect::ReadImport(site, path, kind) => later(move |desk, _| read(desk, &site, &path, kind)),
        Effect::AnswerRow(line, answer) => later(move |desk, _| {
            desk.answer_row(line, answer)?;
            show(desk)
        }),
        Effect::AnswerValue(line, item, typed) => later(move |desk, _| {
            desk.answer_value(line, item, typed.as_deref())?;
            show(desk)
        }),
        Effect::ChooseReading(index) => later(move |desk, _| choose(desk, index)),
        Effect::ChoosePart(row, choice) => later(move |desk, _| desk.choose_part(row, choice)),
        Effect::FixValue(row, text) => later(move |desk, _| desk.fix_value(row, &text)),
        Effect::ExportMapping => later(|desk, _| {
            let path = desk.export_mapping()?;
            let told = format!("書き出しました。{} は平文です。金庫の画面に並びます。", name_of(&path));
            Ok(show(desk)?.into_iter().chain([Event::Done(told)]).collect())
        }),
        Effect::ChooseSheet(number) => later(move |desk, _| desk.choose_sheet(number)),
        Effect::ConfirmOurs(is_ours) => later(move |desk, _| {
            desk.read.as_mut().ok_or(RuntimeError::NothingRead)?.decisions.are_ours = is_ours;
            show(desk)
        }),
        Effect::AcceptImport => later(|desk, _| accept(desk)),
        Effect::ReadPasted(site, text, is_total) => later(move |desk, _| {
            desk.make_whole(&site)?;
            desk.read = Some(desk.read_pasted(&site, &text, is_total)?);
            show(desk)
        }),
        Effect::SealSource(number) => later(move |desk, _| {
            let place = if desk.seal_source(number)? { "金庫に" } else { "隣の .age に" };
            done(format!("元のファイルを{place}封入し、平文のファイルを消しました。媒体に跡が残ることがあります。"))
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
    format!("{}（{}行）を取り消しました。{}", operation.act.label(), operation.rows, left(staying))
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
    path: &std::path::Path,
    kind: BatchKind,
) -> Result<Vec<Event>, RuntimeError> {
    desk.make_whole(site)?;
    desk.read = Some(desk.read_file(site, path, ReadOptions::of(kind))?);
    if desk.ticket.is_stopped() { Ok(Vec::new()) } else { show(desk) }
}

fn choose(desk: &mut Desk, index: usize) -> Result<Vec<Event>, RuntimeError> {
    let chosen = Notation::OF_NUMBERS.get(index).copied();
    desk.read.as_mut().ok_or(RuntimeError::NothingRead)?.notation = chosen;
    show(desk)
}

fn accept(desk: &mut Desk) -> Result<Vec<Event>, RuntimeError> {
    let file = desk.read.take().ok_or(RuntimeError::NothingRead)?;
    let accepted = desk.accept_shown(&file);
    match accepted {
        Ok(Some(_)) => Ok(vec![Event::Imported("取り込みました。u でまとめて取り消せます。".to_owned())]),
        Ok(None) => Ok(vec![Event::Imported("新しい値はありませんでした。何も書いていません。".to_owned())]),
        Err(RuntimeError::Store(StoreError::Stopped)) => done("取込をやめました。何も書いていません。"),
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
