//! What erasing a batch would take and leave, in words: told before anything is erased, on the screen and by the command.

use crate::domain::intake::{Erased, Stay, Staying};

/// What erasing the batch of an operation would take and leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The operation.
    pub operation: i64,
    /// What goes, stays and is lost with it.
    pub erased: Erased,
    /// The file that it came from, sealed beside itself outside the vault: erasing does not reach it.
    pub sealed: Vec<String>,
}

impl Erasure {
    /// A label and a sentence a line; the label is empty where a line belongs to the one above.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let staying = counted(&self.erased.staying).into_iter().map(|told| ("", told));
        let losing = counted(&self.erased.losing).into_iter();
        let losing = losing.map(|told| ("失うもの", format!("{told}。取込の値なしでは成り立ちません")));
        let sealed = self.sealed.iter().map(|path| {
            let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
            ("封入", format!("{name} が元の場所にあります。消去のあと、平文のファイルの一覧から消せます"))
        });
        staying.chain(losing).chain(sealed).collect()
    }
}

/// `あとから直された 2件`, reason by reason.
pub fn counted(rows: &[Staying]) -> Vec<String> {
    let count = |why: Stay| rows.iter().filter(|row| row.why == why).count();
    let told = Stay::ALL.iter().filter(|why| count(**why) > 0);
    told.map(|why| format!("{} {}件", why.label(), count(*why))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;

    #[test]
    fn what_stays_what_is_lost_and_what_lies_outside_is_told_apart() {
        let row = |why| Staying { table: Table::Worker, key: "E01-W0001".to_owned(), why };
        let staying = vec![row(Stay::ChangedLater), row(Stay::UsedLater), row(Stay::ChangedLater)];
        let erased = Erased { staying, losing: vec![row(Stay::ChangedLater)], ..Erased::default() };
        let erasure = Erasure { operation: 4, erased, sealed: vec!["/home/x/9月.csv.age".to_owned()] };
        let lines = erasure.lines();
        let told: Vec<(&str, &str)> = lines.iter().map(|(label, told)| (*label, told.as_str())).collect();
        let expected = [
            ("", "あとから直された 2件"),
            ("", "あとの取込が使っている 1件"),
            ("失うもの", "あとから直された 1件。取込の値なしでは成り立ちません"),
            ("封入", "9月.csv.age が元の場所にあります。消去のあと、平文のファイルの一覧から消せます"),
        ];
        assert_eq!(told, expected);
    }
}
