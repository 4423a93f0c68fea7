//! The terminal interface: what a key becomes, and what a row of the screen looks like.
//!
//! The toolkit (everything but `shell`, `overlay` and `screens`) knows columns, glyphs, keys, fields
//! and tables; it must not know the vault, the store or the runtime.

mod action_list;
pub mod actions;
pub mod canvas;
pub mod chart;
pub mod dates;
pub mod field;
pub mod form;
mod frame;
pub mod glyphs;
pub mod keys;
pub mod overlay;
pub mod plane;
pub mod privacy;
pub mod route;
pub mod run;
pub mod screen;
pub mod screens;
pub mod search;
pub mod sheet;
pub mod shell;
pub mod snapshot;
pub mod table;
pub mod theme;
pub mod width;

pub use run::run;
pub use shell::Shell;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::width::is_ambiguous;

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn no_ambiguous_character_stands_outside_the_glyph_table() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
        let files = sources(&folder);
        assert!(files.len() > 10);
        // Tests quote documents, which may hold any character.
        let is_drawn = |path: &&PathBuf| !path.ends_with("ui/glyphs.rs") && !path.to_string_lossy().contains("tests");
        for path in files.iter().filter(is_drawn) {
            let text = fs::read_to_string(path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let found = line.chars().find(|c| is_ambiguous(*c));
                assert_eq!(found, None, "{}:{}", path.display(), number + 1);
            }
        }
    }
}
