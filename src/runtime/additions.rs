//! Reads the physician's own versions of the law's parameters: `law.d/*.toml` in the config folder.
//!
//! Only reads: what is in a file, and what is wrong with it, the law says.

use std::fs;
use std::path::Path;

use crate::law::additions::AdditionFile;

/// The most a file of additions may hold; a version takes some 200 bytes.
const MOST_BYTES: u64 = 1 << 20;

/// Every `*.toml` of the folder by name, with its text where it is text; nothing where there is no such folder.
pub fn read(folder: &Path) -> Vec<AdditionFile> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let paths = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let mut files: Vec<AdditionFile> = paths.map(|path| (name(&path), text(&path))).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn text(path: &Path) -> Option<String> {
    let size = fs::metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    if size > MOST_BYTES { None } else { fs::read_to_string(path).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_by_name_and_what_is_no_text_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("b.toml", b"# b");
        write("a.toml", &[0xff, 0xfe]);
        write("c.toml.bak", b"");
        fs::create_dir(folder.path().join("d.toml")).unwrap();
        let files = read(folder.path());
        let wanted = [("a.toml", None), ("b.toml", Some("# b")), ("d.toml", None)];
        let wanted = wanted.map(|(name, text)| (name.to_owned(), text.map(str::to_owned)));
        assert_eq!(files, wanted);
        assert_eq!(read(&folder.path().join("none")), Vec::new());
    }
}
