//! Every file of `data-samples/` through the real command, by the profile that detection proposes, with its counts; and the
//! header lines seen in the wild, each of which has its sample.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use encoding_rs::{SHIFT_JIS, UTF_8, UTF_16LE};
use junkai::domain::stress::OwnerRole;
use junkai::import::{self, Importer, source};

use crate::scratch::{Answer, Scratch, read_tree, write_tree};
use crate::stress::open_round;

/// A file, what is said about it on the command line, and added, changed, unchanged, doubtful, refused, ignored; or a part
/// of the sentence with which it is refused as a whole.
type Sample = (&'static str, &'static [&'static str], Result<[u64; 6], &'static str>);

const SAMPLES: &[Sample] = &[
    ("roster-cp932.csv", &["roster"], Ok([0, 0, 12, 0, 0, 0])),
    ("monthly-sexagesimal-cp932.csv", &["hours", "--notation", "sexagesimal"], Ok([11, 0, 0, 0, 0, 1])),
    ("monthly-decimal-cp932.csv", &["hours"], Ok([22, 0, 0, 0, 0, 0])),
    ("monthly-decimal-utf8-bom.csv", &["hours"], Ok([11, 0, 0, 0, 0, 0])),
    ("monthly-tenths-utf8.csv", &["hours"], Ok([11, 0, 0, 0, 0, 0])),
    ("monthly-minutes-cp932.csv", &["hours"], Ok([11, 0, 0, 0, 0, 1])),
    ("monthly-clock-utf16.tsv", &["hours"], Ok([11, 0, 0, 0, 0, 0])),
    ("monthly-words-utf8.csv", &["hours"], Ok([11, 0, 0, 0, 0, 0])),
    ("overtime-only-cp932.csv", &["hours"], Ok([11, 0, 0, 0, 0, 0])),
    ("other-definition-utf8.csv", &["hours"], Err("総労働時間の列を選んでください。")),
    ("daily-cp932.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("monthly-merged.xlsx", &["hours"], Ok([4, 0, 0, 0, 0, 1])),
    ("monthly-97.xls", &["hours"], Ok([4, 0, 0, 0, 0, 1])),
    ("monthly.ods", &["hours"], Ok([4, 0, 0, 0, 0, 0])),
    ("monthly-euc.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("monthly-jis.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("monthly-levels-cp932.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("monthly-semicolon-utf8.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("monthly-page.xls", &["hours"], Err("ウェブページ（HTML）です。")),
    ("overtime-levels-utf8.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("overtime-twice-utf8.csv", &["hours"], Err("足す列を、列の対応で選んでください。")),
    ("clocks-daily-cp932.csv", &["hours"], Ok([2, 0, 0, 0, 0, 0])),
    ("clocks-only-utf8.csv", &["hours"], Err("時刻から時間は計算しません。")),
    ("checkup-cda.xml", &["checkup"], Ok([1, 0, 0, 0, 0, 0])),
    ("checkup-cda.zip", &["checkup"], Ok([2, 0, 0, 0, 0, 0])),
    ("checkup-clinic-cp932.csv", &["checkup"], Ok([10, 0, 0, 0, 2, 1])),
    ("checkup-kana-utf8-bom.csv", &["checkup"], Ok([4, 0, 0, 1, 0, 0])),
    ("checkup-second-utf8.csv", &["checkup"], Ok([3, 0, 0, 0, 1, 0])),
    ("checkup-judged-cp932.csv", &["checkup"], Ok([3, 0, 0, 0, 0, 0])),
    ("checkup-dashes-utf8.csv", &["checkup"], Ok([4, 0, 0, 0, 0, 1])),
    ("checkup-levels.xlsx", &["checkup"], Ok([3, 0, 0, 0, 0, 0])),
    ("checkup-short-utf8-bom.csv", &["checkup"], Ok([3, 0, 0, 0, 0, 0])),
    ("checkup-latin-utf8.csv", &["checkup"], Ok([2, 0, 0, 0, 0, 0])),
    ("stress-one-column-cp932.csv", &["stress"], Ok([10, 0, 0, 0, 2, 0])),
    ("stress-57-columns-utf8-bom.csv", &["stress"], Ok([6, 0, 0, 0, 0, 0])),
    ("stress-digits-sex-utf8.csv", &["stress", "--sex-codes", "man-first"], Ok([4, 0, 0, 0, 2, 0])),
    ("stress-id-utf8.csv", &["stress", "--day", "2026-09-28"], Ok([4, 0, 0, 0, 1, 0])),
    ("stress-hash-utf8-bom.csv", &["stress"], Err("社員番号の列を付けて出し直す")),
    ("stress-results-cp932.csv", &["stress-results"], Ok([7, 0, 0, 0, 3, 0])),
    ("restrictions-utf8.csv", &["restrictions"], Ok([3, 0, 0, 0, 1, 0])),
    ("bad-hours-cp932.csv", &["hours"], Ok([1, 0, 0, 7, 12, 3])),
    ("bad-roster-utf8.csv", &["roster"], Ok([1, 0, 0, 1, 6, 0])),
    ("not-a-table.csv", &["hours"], Err("中身は PDF です。")),
];

/// The header lines as they were seen; `…` stands for columns that were left out of the list.
const SEEN: [(&str, &str); 5] = [
    (
        "daily-cp932.csv",
        "名前,*従業員ID,*年月日,*打刻グループID,所属グループ名,…,総労働時間,実労働時間,休憩時間,総残業時間,…",
    ),
    (
        "monthly-decimal-cp932.csv",
        "従業員コード,年,月,出勤日数,欠勤日数,有給取得日数,総労働時間,所定内労働時間,法定内残業時間,法定外残業時間,深夜労働時間,休日出勤時間",
    ),
    (
        "monthly-words-utf8.csv",
        "従業員コード,氏名,出勤日数,欠勤日数,有休消化日数,総労働時間,時間外労働時間,深夜労働時間,休日労働時間",
    ),
    (
        "monthly-sexagesimal-cp932.csv",
        "企業コード,企業名,所属コード,所属名,所属グループコード,所属グループ名,雇用区分コード,雇用区分,従業員グループコード,従業員コード,…",
    ),
    (
        "checkup-clinic-cp932.csv",
        "職員ID,氏名,健診日,身長,体重,BMI,腹囲,収縮期血圧,拡張期血圧,右眼視力,左眼視力,総合判定,要再検査,医師所見,AST_GOT,ALT_GPT,γGTP,総コレステロール,中性脂肪,HDLコレステロール,LDLコレステロール,クレアチニン,eGFR,血糖,…",
    ),
];

/// Headings of clinics as they were seen, each of which stands alone in some sample.
const HEADINGS: [&str; 15] = [
    "ﾍﾓｸﾞﾛﾋﾞﾝ",
    "ＢＭＩ",
    "収縮期",
    "最高血圧",
    "GOT",
    "AST",
    "γ-GT",
    "γ-GTP",
    "GGT",
    "中性脂肪",
    "TG",
    "血色素",
    "Hb",
    "HGB",
    "HbA1c",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples")
}

/// The people of the samples, and an open round of the owner's.
fn with_people() -> Scratch {
    static TEMPLATE: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let scratch = Scratch::demo();
        take_in(&scratch, "roster-cp932.csv", &["roster"]).imported();
        let mut desk = scratch.desk();
        open_round(&mut desk, OwnerRole::Implementer);
        desk.lock().unwrap();
        read_tree(scratch.home())
    });
    let scratch = Scratch::empty();
    write_tree(scratch.home(), template);
    scratch
}

fn take_in(scratch: &Scratch, name: &str, kind: &[&str]) -> Answer {
    let path = folder().join(name);
    let arguments = ["--json", "import", path.to_str().unwrap(), "--establishment", "E01", "--ours", "--kind"];
    scratch.run(&[&arguments, kind].concat(), "")
}

#[test]
fn every_sample_comes_in_by_the_profile_that_detection_proposes_with_its_counts() {
    let mut other = Vec::new();
    for (name, kind, expected) in SAMPLES {
        let scratch = with_people();
        let answer = take_in(&scratch, name, kind);
        match expected {
            Ok(counts) => {
                let told = answer.imported().objects().remove(0);
                let lists = ["added", "changed", "unchanged", "doubtful", "refused", "ignored"];
                let found = lists.map(|list| told[list].as_u64().unwrap());
                let summed = told["summed"].as_u64().unwrap_or_default();
                assert_eq!(found.iter().sum::<u64>() + summed, told["rows"].as_u64().unwrap(), "{name}: a row is lost");
                other.extend((found != *counts).then_some((name, found, counts)));
                assert_eq!(told["taken_in"], counts[0] + counts[1] > 0, "{name}");
            }
            Err(sentence) => {
                assert!(answer.code != 0 && answer.err.contains(sentence), "{name}: {answer:?}");
            }
        }
        scratch.assert_clean();
    }
    assert_eq!(other, [], "as counted, as expected");
}

/// On the screen the kind is told by the headings; XML can bring nothing but checkups.
#[test]
fn the_headings_of_every_sample_tell_its_kind() {
    let is_table = |name: &str| !name.starts_with("checkup-cda");
    let mut other = Vec::new();
    for (name, kind, _) in SAMPLES.iter().filter(|(name, _, counts)| is_table(name) && counts.is_ok()) {
        let table = source::read(&fs::read(folder().join(name)).unwrap()).unwrap();
        let wanted = Importer::named(kind[0]).map(|importer| importer.kind);
        let told = import::kind_of(&table.header);
        other.extend((told != wanted).then_some((name, told, wanted)));
    }
    assert_eq!(other, []);
}

#[test]
fn every_sample_is_in_the_table_and_in_the_readme() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let listed: BTreeSet<&str> = SAMPLES.iter().map(|(name, ..)| *name).collect();
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|name| !name.starts_with('.') && name != "README.md").collect();
    assert_eq!(files.iter().map(String::as_str).collect::<BTreeSet<_>>(), listed);
    for name in &files {
        assert_eq!(readme.matches(&format!("| `{name}` |")).count(), 1, "{name} in the README");
    }
}

/// The lines of a sample that is text.
fn lines(name: &str) -> Vec<String> {
    let bytes = fs::read(folder().join(name)).unwrap();
    let encoding = if name.contains("cp932") {
        SHIFT_JIS
    } else if name.contains("utf16") {
        UTF_16LE
    } else {
        UTF_8
    };
    let (text, _, _) = encoding.decode(&bytes);
    text.lines().map(str::to_owned).collect()
}

#[test]
fn every_header_line_seen_in_the_wild_has_its_sample() {
    for (name, seen) in SEEN {
        let stands = lines(name).iter().any(|line| {
            // Where columns were left out, some may stand; what was seen stands in its order and letter by letter.
            let mut rest = line.as_str();
            let mut is_first = true;
            let follows = seen.split("…").map(|part| part.trim_matches(',')).filter(|part| !part.is_empty());
            let stand = follows.into_iter().all(|part| {
                let found = rest.find(part).filter(|place| !is_first || *place == 0);
                is_first = false;
                found.map(|place| rest = &rest[place + part.len()..]).is_some()
            });
            stand && (rest.is_empty() || seen.ends_with('…'))
        });
        assert!(stands, "{name} does not have {seen}");
    }
}

#[test]
fn every_heading_of_a_clinic_seen_in_the_wild_has_its_sample() {
    let samples =
        SAMPLES.iter().map(|(name, ..)| *name).filter(|name| name.starts_with("checkup") && name.ends_with(".csv"));
    let headings: BTreeSet<String> =
        samples.flat_map(|name| lines(name)[0].split(',').map(str::to_owned).collect::<Vec<_>>()).collect();
    for seen in HEADINGS {
        assert!(headings.contains(seen), "{seen}: {headings:?}");
    }
}
