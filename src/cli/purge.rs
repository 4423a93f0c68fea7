//! `junkai purge`: shows what a batch's erasure would take; with `--confirm` and that hash erases exactly that batch.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Purge as Options;
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::erasure::Erasure;
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

fn show(session: &Session, desk: &mut Desk, id: &EstablishmentId, number: i64) -> Answer {
    let (operation, sha256) = desk.erasable(id, number)?;
    let kept = desk.kept_of(id, &operation)?;
    let Erasure { erased, sealed, .. } = desk.weigh_erasure(id, number)?;
    if session.is_json() {
        let until = keeping::last(&kept);
        output::object(json!({
            "operation": operation.number, "at": operation.at, "act": operation.act, "rows": operation.rows,
            "batch": operation.batch, "sha256": sha256, "erased": false,
            "kept_until": until, "kept": kept.iter().map(Keeping::words).collect::<Vec<_>>(),
            "staying": listed(&erased.staying), "losing": listed(&erased.losing), "sealed": sealed,
        }))?;
    } else {
        output::line(&format!("{}  {}  {}件  {sha256}", operation.at, operation.act.label(), operation.rows))?;
        kept.iter().try_for_each(|one| output::line(&one.words()))?;
        name("残るもの", &erased.staying)?;
        name("一緒に消えるもの", &erased.losing)?;
        sealed.iter().try_for_each(|path| output::line(&format!("封入したファイル: {path}（消去では消えません）")))?;
        output::line("消していません。消去するには --confirm にこのハッシュを指定してください。元に戻せません。")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn erase(session: &Session, desk: &mut Desk, id: &EstablishmentId, options: &Options, sha256: &str) -> Answer {
    let sealed = desk.weigh_erasure(id, options.operation)?.sealed;
    let erased = desk.erase_batch(id, options.operation, sha256, options.kept_until)?;
    if session.is_json() {
        output::object(json!({
            "erased": true, "rows": erased.rows, "sha256": erased.sha256, "staying": listed(&erased.staying),
            "losing": listed(&erased.losing), "sealed": sealed,
        }))?;
    } else {
        output::line(&format!("{}行を消去しました。控え（バックアップ）には残っています。", erased.rows))?;
        name("残したもの", &erased.staying)?;
        name("一緒に消したもの", &erased.losing)?;
        for path in sealed {
            output::line(&format!("封入したファイルが残っています: {path}。平文のファイルの一覧から消せます。"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn name(label: &str, rows: &[Staying]) -> Result<(), Fault> {
    for row in rows {
        output::line(&format!("{label}: {}（{}）", row.key, row.why.label()))?;
    }
    Ok(())
}

fn listed(rows: &[Staying]) -> Vec<serde_json::Value> {
    rows.iter().map(|row| json!({ "table": row.table, "id": row.key, "why": row.why })).collect()
}
