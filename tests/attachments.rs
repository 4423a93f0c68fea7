//! Attachments on the real vault: the bytes come back as they came, nothing lies in clear but what is noted so.

use std::fs;
use std::path::{Path, PathBuf};

use junkai::app::host::NewAttachment;
use junkai::demo::Plan;
use junkai::domain::{EstablishmentId, Id, Prefix};
use junkai::runtime::Desk;

use crate::desk;

/// A text that may be in no file of the vault.
const CANARY: &str = "夜半に鵺が鳴くと書いてある";

struct Scene {
    folder: tempfile::TempDir,
    desk: Desk,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan { establishments: 1, workers: 30, years: 1, seed: 1 };
        let mut desk = desk::demo(folder.path().join("vault"), &plan);
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        desk.set("out_dir", out.to_str().unwrap()).unwrap();
        Self { folder, desk }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn attach(&mut self, path: &Path) -> Result<Id, String> {
        let record = Id::new(&site(), Prefix::Worker, 1);
        let new = NewAttachment { record, title: "申出書".to_owned(), path: path.to_owned(), draft: String::new() };
        self.desk.attach(&site(), &new).map_err(|error| error.to_string())
    }

    fn clear_files(&self) -> Vec<(String, String)> {
        self.desk.snapshot().vault.clear_files.iter().map(|file| (file.kind.clone(), file.path.clone())).collect()
    }
}

fn site() -> EstablishmentId {
    EstablishmentId::new(1)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn an_attachment_comes_back_as_it_came_and_only_noted_files_lie_in_clear() {
    let mut scene = Scene::new();
    let photo = [&[0xFF, 0xD8, 0xFF, 0xE1][..], b"Exif", CANARY.as_bytes()].concat();
    let source = scene.file("scan.jpg", &photo);
    let id = scene.attach(&source).unwrap();
    let line = scene.desk.site(&site()).unwrap().attachments[0].clone();
    assert_eq!((line.id.clone(), line.media_type.as_str(), line.size), (id.clone(), "image/jpeg", photo.len() as u64));
    for path in files(&scene.folder.path().join("vault")) {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()), "{}", path.display());
    }
    let written = scene.desk.write_attachment(&site(), &id).unwrap();
    assert_eq!(written.file_name().unwrap().to_str(), Some(format!("{id}.jpg").as_str()));
    assert_eq!(fs::read(&written).unwrap(), photo, "as received, EXIF included");
    let noted = scene.clear_files();
    assert!(noted.contains(&("添付元".to_owned(), source.to_str().unwrap().to_owned())), "{noted:?}");
    assert!(noted.contains(&("添付の書出し".to_owned(), written.to_str().unwrap().to_owned())), "{noted:?}");
    let again = scene.desk.write_attachment(&site(), &id).unwrap_err().to_string();
    assert!(!again.is_empty() && fs::read(&written).unwrap() == photo, "a file that exists is not replaced");
    let lines = scene.desk.audit_lines().unwrap();
    assert!(lines.iter().any(|(_, line)| line.event == "添付" && line.subject == "E01-W0001"));
    assert!(lines.iter().any(|(_, line)| line.event == "添付の書出し" && line.subject == id.as_str()));
    assert!(scene.desk.check().unwrap().is_empty());
}

#[test]
fn undo_takes_an_attachment_away_again() {
    let mut scene = Scene::new();
    let source = scene.file("mail.txt", CANARY.as_bytes());
    scene.attach(&source).unwrap();
    scene.desk.undo(&site(), None).unwrap();
    assert!(scene.desk.site(&site()).unwrap().attachments.is_empty());
    scene.desk.redo(&site()).unwrap();
    assert_eq!(scene.desk.site(&site()).unwrap().attachments.len(), 1);
}

#[test]
fn what_is_not_kept_is_refused_and_changes_nothing() {
    let mut scene = Scene::new();
    let before = scene.desk.site(&site()).unwrap().history.len();
    let large = scene.file("large.pdf", &[b"%PDF-".as_slice(), &vec![b'x'; 6 * 1024 * 1024]].concat());
    let archive = scene.file("a.pdf", b"PK\x03\x04 no PDF whatever its name says");
    let missing = scene.folder.path().join("none.pdf");
    assert!(scene.attach(&large).unwrap_err().contains("大きすぎます"));
    assert!(scene.attach(&archive).unwrap_err().contains("この種類のファイルは添えられません"));
    assert!(scene.attach(&missing).is_err());
    let good = scene.file("good.pdf", b"%PDF-1.7");
    scene.attach(&good).unwrap();
    assert!(scene.attach(&good).unwrap_err().contains("もう添えてあります"));
    assert_eq!(scene.desk.site(&site()).unwrap().history.len(), before + 1);
}
