//! Columns that hold something and play no part: what a file says and nobody takes in is named.

use std::collections::BTreeSet;

use super::Profile;
use crate::import::source::Table;

impl Profile {
    /// The columns of a file that hold something in some row and play no part, from left to right.
    pub fn unused(&self, table: &Table) -> Vec<usize> {
        let used: BTreeSet<usize> = self.columns.iter().filter_map(|(_, column)| column.find(&table.header)).collect();
        let is_filled = |index: usize| table.rows.iter().any(|row| !row.cells.get(index).trim().is_empty());
        (0..table.header.len()).filter(|index| !used.contains(index) && is_filled(*index)).collect()
    }
}

/// The heading of a column; its place where it has none.
pub fn heading(header: &[String], index: usize) -> String {
    let name = header.get(index).map_or("", |name| name.trim());
    if name.is_empty() { format!("{}列目", index + 1) } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::propose_checkup;
    use super::*;
    use crate::import::source::read;

    #[test]
    fn columns_that_hold_something_and_are_not_used_are_named() {
        let text = "社員番号,健診日,AST,,Hb電気泳動,備考2,前回健診日\n101,2026/9/7,20,x,正常,,\n102,2026/9/7,20,,, ,2025/9/1\n";
        let table = read(text.as_bytes()).unwrap();
        let unused = propose_checkup(&table.header).profile.unused(&table);
        let named: Vec<String> = unused.iter().map(|index| heading(&table.header, *index)).collect();
        assert_eq!(named, ["4列目", "Hb電気泳動", "前回健診日"], "an empty column says nothing");
    }
}
