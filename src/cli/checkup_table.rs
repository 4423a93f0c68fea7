//! `junkai checkup-table`: keeps a workplace's own reference table or list of urgent values, from a TOML file.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::arguments::{CheckupTable as Options, TableOf};
use super::fault::Fault;
use super::session::{Access, Session, establishment, with_desk};
use super::{Answer, output};
use crate::app::checkups::tables::{self, Kind};
use crate::scales::checkup::Table;

pub(super) fn run(session: &Session, options: &Options) -> Answer {
    let id = establishment(&options.establishment)?;
    let text = options.file.as_deref().map_or_else(|| Ok(String::new()), read)?;
    let kind = match options.kind {
        TableOf::Own => Kind::Own,
        TableOf::Urgent => Kind::Urgent,
    };
    with_desk(session.desk(Access::Writing)?, |desk| {
        let command = tables::settle(desk.site(&id)?, kind, &text, desk.today());
        desk.perform(&id, &command.map_err(|fault| Fault::Refused(fault.to_string()))?)?;
        say(session, kind, Table::parse(&text).ok().as_ref())
    })
}

fn read(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path)
        .map_err(|_| Fault::usage("表のファイルを読めません。場所と権限、文字コード（UTF-8）を確かめてください。"))
}

fn say(session: &Session, kind: Kind, table: Option<&Table>) -> Answer {
    if session.is_json() {
        let told = table.map(
            |table| json!({ "title": table.title, "edition": table.edition.to_string(), "rows": table.rows.len() }),
        );
        output::object(json!({ "kind": kind, "table": told }))?;
    } else {
        let told = table.map_or_else(|| "なし".to_owned(), |table| format!("{}  版 {}", table.shown(), table.edition));
        output::line(&format!("{}  {told}", kind.label()))?;
    }
    Ok(ExitCode::SUCCESS)
}
