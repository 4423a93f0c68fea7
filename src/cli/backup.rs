//! `junkai backup`: every database of one moment in one sealed file, read back before it is called done.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::Backup as Options;
use super::session::{Access, Session, with_desk};
use super::{Answer, output};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let desk = session.desk(Access::Writing)?;
    with_desk(desk, |desk| {
        let manifest = desk.back_up(&options.file)?;
        if session.is_json() {
            let heads: Vec<_> = manifest
                .heads
                .iter()
                .map(|head| json!({ "database": head.database, "head": head.audit_head }))
                .collect();
            output::object(
                json!({ "done": true, "made_at": manifest.made_at, "databases": manifest.heads.len(), "heads": heads }),
            )?;
        } else {
            output::line("控え（バックアップ）を作り、読み返して確かめました。済。")?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
