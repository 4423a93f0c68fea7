//! 10,000 checkups of forty items, from a clinic's CSV to the disk.

use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use junkai::app::Site;
use junkai::domain::hours::BatchKind;
use junkai::runtime::Desk;
use junkai::runtime::imports::ReadOptions;

use crate::figure::{Figure, Samples};
use crate::imports::{memory, memory_now};
use crate::vaults;

const RUNS: usize = 3;
const ROWS: usize = 10_000;
/// Headings as a clinic writes them, each with a value of its kind.
const COLUMNS: [(&str, &str); 40] = [
    ("身長", "170.2"),
    ("体重", "63.5"),
    ("ＢＭＩ", "21.9"),
    ("腹囲", "80.5"),
    ("視力(右)", "1.0"),
    ("視力(左)", "0.9"),
    ("矯正視力右", "1.2"),
    ("矯正視力左", "1.2"),
    ("1000Hz右", "15"),
    ("1000Hz左", "15"),
    ("4000Hz右", "20"),
    ("4000Hz左", "20"),
    ("胸部X線", "異常なし"),
    ("収縮期血圧", "118"),
    ("拡張期血圧", "72"),
    ("脈拍", "66"),
    ("ﾍﾓｸﾞﾛﾋﾞﾝ", "14.5"),
    ("赤血球数", "470"),
    ("ヘマトクリット", "44.0"),
    ("白血球数", "5600"),
    ("血小板数", "22.0"),
    ("AST(GOT)", "20"),
    ("ALT(GPT)", "18"),
    ("γ-GTP", "25"),
    ("総蛋白", "7.2"),
    ("アルブミン", "4.4"),
    ("LDL", "100"),
    ("HDL", "60"),
    ("総コレステロール", "180"),
    ("空腹時中性脂肪", "90"),
    ("空腹時血糖", "90"),
    ("HbA1c", "5.3"),
    ("尿糖", "(-)"),
    ("尿蛋白", "±"),
    ("尿潜血", "(-)"),
    ("クレアチニン", "0.65"),
    ("eGFR", "80.0"),
    ("尿酸", "5.0"),
    ("心電図", "所見なし"),
    ("自覚症状", "特になし"),
];

/// The import, its undo and its memory.
pub fn checkups() -> Vec<Figure> {
    let vault = vaults::roster();
    let (mut whole, mut undoing, mut growth, mut size) = (Samples::default(), Samples::default(), 0.0, 0.0);
    for run in 0..RUNS {
        let (copy, folder) = vaults::copy(&vault);
        let mut opened = vaults::open(&folder);
        let id = opened.caseload().sites.first().unwrap().id().clone();
        let file = file(opened.site(&id).unwrap());
        let path = copy.path().join("checkups.csv");
        std::fs::write(&path, &file).unwrap();
        let before = memory_now();
        whole.push(import(&mut opened, &path));
        if run == 0 {
            (growth, size) = (memory("VmHWM:") - before, file.len() as f64 / 1e6);
        }
        let start = Instant::now();
        assert_eq!(opened.undo(&id, None).unwrap().staying, []);
        undoing.push(start.elapsed());
    }
    vec![
        Figure::times("import of 10,000 checkups of 40 items", &whole).under(3000.0).noting("read, parsed, durable"),
        Figure::times("  undo of the batch", &undoing).under(1000.0),
        Figure::one("  memory grown by the first import", "MB", growth).under(32.0 + 3.0 * size),
    ]
}

fn file(site: &Site) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let values: Vec<&str> = COLUMNS.iter().map(|(_, value)| *value).collect();
    let mut text = format!("社員番号,氏名,健診日,{}\r\n", names.join(","));
    // A day on which the demo examines nobody: every sheet is new.
    for worker in site.workers.iter().take(ROWS) {
        write!(text, "{},{},2026-02-06,{}\r\n", worker.number, worker.name, values.join(",")).unwrap();
    }
    text
}

/// The same path as the command: table, values, people, heads and sheets, rows and journal in one transaction.
fn import(opened: &mut Desk, path: &Path) -> Duration {
    let id = opened.caseload().sites.first().unwrap().id().clone();
    let start = Instant::now();
    let file = opened.read_file(&id, path, ReadOptions::of(BatchKind::Checkup)).unwrap();
    assert!(opened.accept_checkups(&file).unwrap().is_some());
    start.elapsed()
}
