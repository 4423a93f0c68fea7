//! What `junkai import` reports of a file: the counts, what the file was read as, and every row that was not plainly taken.
//!
//! People are named by id, sheets by number, and of a cell nothing is printed.

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Answer;
use super::fault::{FOUND, Fault};
use super::import_rows::Seen;
use super::output;
use super::session::Session;
use crate::domain::hours::BatchKind;
use crate::import::aside::Left;
use crate::import::source::Table;
use crate::import::stress::wishes::{self, Wishes};
use crate::runtime::imports::ReadFile;
use crate::runtime::unread;

/// What became of every row, whatever the file brought.
pub(super) struct Report<'a> {
    pub file: &'a ReadFile,
    /// The number of the operation that took it in.
    pub operation: Option<i64>,
    /// What was seen before.
    pub seen: Option<Seen>,
    /// Added, changed, unchanged.
    pub counts: [usize; 3],
    /// The rows that are not plainly taken.
    pub left: Left<'a>,
    /// Of what the values are and how they were read, where that is not said by the rows.
    pub read_as: Option<String>,
    /// What only this kind of file has, by the names of the JSON.
    pub more: Value,
}

/// The sheets of a workbook that were not read and hold rows of people, by number.
pub(super) fn other_sheets(table: &Table) -> Option<String> {
    let others = &table.sheet.as_ref()?.others;
    let first = others.first()?;
    let numbers = others.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
    Some(format!("ほかにも見出しと行のあるシート: {numbers}枚目。読んでいません。--sheet {first} のように選べます。"))
}

impl<'a> Report<'a> {
    /// A report to which what the kind of file says of itself is added.
    pub(super) const fn of(file: &'a ReadFile, operation: Option<i64>, seen: Option<Seen>, left: Left<'a>) -> Self {
        Self { file, operation, seen, counts: [0; 3], left, read_as: None, more: Value::Null }
    }
}

impl Report<'_> {
    /// Prints it, and gives the exit code: [`FOUND`] where a row or a value waits for somebody, or nothing can come in.
    pub(super) fn print(&self, session: &Session) -> Answer {
        let is_dry = self.operation.is_none() && self.seen.as_ref().is_some_and(Seen::is_dry);
        if session.is_json() {
            output::object(self.summary())?
        } else {
            output::line(&self.sentence(is_dry))?;
            output::line(&self.source())?;
            other_sheets(&self.file.table).map_or(Ok(()), |told| output::line(&told))?;
            self.read_as.iter().try_for_each(|told| output::line(told))?;
            self.beside(is_dry).iter().try_for_each(|told| output::line(told))?;
            self.seen.iter().filter_map(Seen::sentence).try_for_each(|told| output::line(&told))?;
        }
        self.lines(session)?;
        self.seen.iter().try_for_each(|seen| seen.print(session, self.file.kind))?;
        Ok(if self.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(FOUND) })
    }

    /// Whether everything in the file is in the records, or would be: nothing is open, and something was there.
    fn is_whole(&self) -> bool {
        let open = self.left.doubtful.len() + self.left.refused.len() + self.count("unread_values");
        open == 0 && self.counts.iter().any(|count| *count > 0)
    }

    fn sentence(&self, is_dry: bool) -> String {
        let done = match self.operation {
            Some(_) => "取り込みました。",
            None if is_dry => "取り込んでいません（確認のみ）。",
            None if self.counts == [0; 3] => "入る行がありませんでした。何も書いていません。",
            None => "新しい値はありませんでした。何も書いていません。",
        };
        let [added, changed, unchanged] = self.counts;
        let Left { doubtful, refused, ignored, .. } = self.left;
        let unread = self.count("unread_values");
        let (doubtful, refused, ignored) = (doubtful.len() + unread, refused.len(), ignored.len());
        let unread = if unread > 0 { format!("（うち読めない値 {unread}件）") } else { String::new() };
        format!(
            "{done}追加 {added}件、変更 {changed}件、同じ {unchanged}件、要確認 {doubtful}件{unread}、拒否 {refused}件、対象外 {ignored}件"
        )
    }

    /// As what the file was read: never the name of a sheet, which may be a company's.
    fn source(&self) -> String {
        let table = &self.file.table;
        let sheet = table.sheet.as_ref().map(|sheet| format!(" {}枚目のシート", sheet.number)).unwrap_or_default();
        format!(
            "{}{sheet} 見出し {}行目（{}）",
            table.encoding.label(),
            table.header_row,
            table.reason.trim_end_matches('。')
        )
    }

    /// What the counts do not say: rows that were summed, and how many of the roster are absent.
    fn beside(&self, is_dry: bool) -> Vec<String> {
        let differing = match (self.file.kind, is_dry) {
            (BatchKind::Stress, _) => {
                "名は、ファイルの点数か判定が答えからの計算と違います。ファイルの点数は入れません。"
            }
            (_, true) => "名は、答えによる判定と違います。取り込むと、どちらも残ります。",
            (_, false) => "名は、答えによる判定と違います。どちらも残しました。",
        };
        let summed = match self.file.kind {
            BatchKind::Checkup => "行を、同じ人の同じ健診日の行と合わせました。",
            _ => "行を、同じ人と期間の行に足しました（日ごとの行）。",
        };
        let undated = "行は回答日がなく、--day の日（省くと今日）の回答とします。";
        let count = |name: &str| self.count(name);
        let told = [
            (count("new_workers"), "名は名簿にいない人です。行が入る人は名簿に加わります。"),
            (count("summed"), summed),
            (count("undecided"), "行は、丸めた値が線をまたぐため未定です。幅のある値として取り込みます。"),
            (
                count("contradicting"),
                "名は、同じ月の総労働時間と会社の残業時間が食い違います。どちらも残します。人の画面の「差」を確かめてください。",
            ),
            (count("differing"), differing),
            (count("undated"), undated),
            (count("absent"), "名が名簿にいてファイルにいません。退職とはしません。"),
        ];
        let counted = told.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count}{words}"));
        counted.chain(self.wishes().sentences()).chain(self.unused()).chain(self.more_by_rows()).collect()
    }

    /// Where the rows that change are seen: of hours they are always listed.
    fn more_by_rows(&self) -> Option<String> {
        let is_listed = matches!(self.file.kind, BatchKind::Hours | BatchKind::Stress | BatchKind::StressResults);
        let is_asked = self.seen.as_ref().is_some_and(Seen::has_rows);
        let has_changes = self.counts.get(1).is_some_and(|changed| *changed > 0);
        (has_changes && !is_listed && !is_asked)
            .then(|| "変わる行は、--rows を付けると一行ずつ番号で示します。".to_owned())
    }

    fn count(&self, name: &str) -> usize {
        match self.more.get(name) {
            Some(Value::Array(ids)) => ids.len(),
            value => value.and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(0),
        }
    }

    /// The headings of columns that hold something and are not used.
    fn unused(&self) -> Option<String> {
        let headings = unread::unused(self.file);
        (!headings.is_empty()).then(|| format!("使わない列 {}: {}", headings.len(), headings.join("、")))
    }

    /// What a file of the stress check says of consent and of interviews.
    fn wishes(&self) -> Wishes {
        match self.file.kind {
            BatchKind::Stress | BatchKind::StressResults => wishes::told(&self.file.table, &self.file.proposal.profile),
            _ => Wishes::default(),
        }
    }

    fn summary(&self) -> Value {
        let [added, changed, unchanged] = self.counts;
        let mut summary = json!({
            "establishment": self.file.site.as_str(),
            "kind": self.file.kind,
            "taken_in": self.operation.is_some(),
            "operation": self.operation,
            "rows": self.left.rows,
            "added": added,
            "changed": changed,
            "unchanged": unchanged,
            "doubtful": self.left.doubtful.len(),
            "refused": self.left.refused.len(),
            "ignored": self.left.ignored.len(),
            "source": {
                "encoding": self.file.table.encoding.label(),
                "header_row": self.file.table.header_row,
                "sheet": self.file.table.sheet.as_ref().map(|sheet| sheet.number),
                "other_sheets": self.file.table.sheet.as_ref().map(|sheet| &sheet.others),
                "reason": self.file.table.reason,
            },
            "following": self.seen.as_ref().map(Seen::summary),
            "unnamed": self.left.is_unnamed,
            "unused_columns": unread::unused(self.file),
            "told_beside": self.wishes().sentences(),
        });
        if let (Some(members), Value::Object(more)) = (summary.as_object_mut(), self.more.clone()) {
            members.extend(more);
        }
        summary
    }

    fn lines(&self, session: &Session) -> Result<(), Fault> {
        let Left { doubtful, refused, ignored, .. } = self.left;
        let doubtful = doubtful.iter().map(|row| (row.line, None, "doubtful", json!(row.why), row.why.to_string()));
        let refused = refused.iter().map(|row| (row.line, row.column, "refused", json!(row.why), row.why.to_string()));
        let ignored = ignored.iter().map(|row| (row.line, None, "ignored", json!(row.why), row.why.to_string()));
        for (line, column, state, why, sentence) in doubtful.chain(refused).chain(ignored) {
            if session.is_json() {
                let column = json!(column);
                output::object(
                    json!({ "line": line, "column": column, "state": state, "why": why, "sentence": sentence }),
                )?;
            } else {
                let column = column.map(|column| format!(" {column}列目")).unwrap_or_default();
                output::line(&format!("{line}行目{column}: {sentence}"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::source::{SheetChoice, read};

    #[test]
    fn sheets_that_were_not_read_are_told_by_number_and_never_by_name() {
        let mut table = read("社員番号,氏名\n4001,桐山\n".as_bytes()).unwrap();
        assert_eq!(other_sheets(&table), None);
        let names = ["甲社", "乙社", "丙社"].map(str::to_owned).to_vec();
        table.sheet = Some(SheetChoice { number: 1, names, others: vec![2, 3] });
        let told = other_sheets(&table).unwrap();
        assert!(told.contains("2、3枚目") && told.contains("--sheet 2") && !told.contains('社'), "{told}");
    }
}
