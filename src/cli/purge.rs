//! `junkai purge`: shows what a batch's erasure would take; with `--confirm` and that hash erases exactly that batch.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Purge as Options;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::keeping::{self, Keeping};
use crate::domain::EstablishmentId;
use crate::domain::intake::Staying;
use crate::runtime::Desk;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let access = if options.confirm.is_some() { Access::Writing } else { Access::Reading };
    let desk = session.desk(access)?;
    with_desk(desk, |desk| match &options.confirm {
        None => show(session, desk, &id, options.operation),
        Some(sha256) => erase(session, desk, &id, options, sha256),
    })
}

fn show(session: &Session, desk: &Desk, id: &EstablishmentId, number: i64) -> Answer {
    let (operation, sha256) = desk.erasable(id, number)?;
    let kept = desk.kept_of(id, &operation)?;
    if session.is_json() {
        let until = keeping::last(&kept);
        output::object(json!({
            "operation": operation.number, "at": operation.at, "act": operation.act, "rows": operation.rows,
            "batch": operation.batch, "sha256": sha256, "erased": false,
            "kept_until": until, "kept": kept.iter().map(Keeping::words).collect::<Vec<_>>(),
        }))?;
    } else {
        output::line(&format!("{}  {}  {}件  {sha256}", operation.at, operation.act.label(), operation.rows))?;
        kept.iter().try_for_each(|one| output::line(&one.words()))?;
        output::line("消していません。消去するには --confirm にこのハッシュを指定してください。元に戻せません。")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn erase(session: &Session, desk: &mut Desk, id: &EstablishmentId, options: &Options, sha256: &str) -> Answer {
    let erased = desk.erase_batch(id, options.operation, sha256, options.kept_until)?;
    if session.is_json() {
        let staying: Vec<_> = erased.staying.iter().map(staying).collect();
        output::object(json!({ "erased": true, "rows": erased.rows, "sha256": erased.sha256, "staying": staying }))?;
    } else {
        output::line(&format!("{}行を消去しました。控え（バックアップ）には残っています。", erased.rows))?;
        for row in &erased.staying {
            output::line(&format!("残したもの: {}（{}）", row.key, row.why.label()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn staying(row: &Staying) -> serde_json::Value {
    json!({ "table": row.table, "id": row.key, "why": row.why })
}
