//! `junkai export`: the roster with its flags for the physician's own use; nothing is written until `--clear` says that
//! it may lie in clear.

use std::process::ExitCode;

use serde_json::json;

use super::arguments::{Export as Options, ExportFormat};
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::roster_list::{self, ListFormat};

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let desk = session.desk(if options.clear { Access::Writing } else { Access::Reading })?;
    let format = match options.format {
        ExportFormat::Csv => ListFormat::Csv,
        ExportFormat::Xlsx => ListFormat::Xlsx,
    };
    with_desk(desk, |desk| {
        let rows = desk.site(&id)?.workers.len();
        if !options.clear {
            let told = format!(
                "{rows}名の名簿と旗（{}）を平文で書き出します。ほかの人が読めます。よければ --clear を付けてください。",
                roster_list::COLUMNS.join("、")
            );
            if session.is_json() {
                output::object(json!({ "written": false, "rows": rows, "columns": roster_list::COLUMNS }))?;
            } else {
                output::line(&told)?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let path = desk.export_roster(&id, format, Some(&options.out))?;
        if session.is_json() {
            output::object(json!({ "written": true, "rows": rows, "file": path.to_string_lossy() }))?;
        } else {
            output::line(&format!("{rows}名の一覧を平文で書き出しました: {}", path.display()))?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
