//! The tables that ship: a file an edition, none ever edited into another.

use std::sync::OnceLock;

use super::table::Table;

/// The table with which a new desk begins: the newest edition of the dock society, marked 未確認.
pub const DEFAULT: &str = "dock-2026";

pub(super) const FILES: &[&str] = &[
    include_str!("tables/dock_2026.toml"),
    include_str!("tables/dock_2018.toml"),
    include_str!("tables/dock_2016.toml"),
    include_str!("tables/tokutei_2024.toml"),
    include_str!("tables/jsh_2019.toml"),
    include_str!("tables/jsh_2014.toml"),
    include_str!("tables/delphi_2016.toml"),
    include_str!("tables/rosai_example.toml"),
    include_str!("tables/urgent_example.toml"),
];

/// Every table that ships. A test reads each file, so that none is left out here.
pub fn all() -> &'static [Table] {
    static READ: OnceLock<Vec<Table>> = OnceLock::new();
    READ.get_or_init(|| FILES.iter().filter_map(|text| Table::parse(text).ok()).collect())
}

/// The table of that id.
pub fn table(id: &str) -> Option<&'static Table> {
    all().iter().find(|table| table.id == id)
}
