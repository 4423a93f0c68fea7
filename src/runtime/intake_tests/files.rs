//! Hostile files of every kind: people who are half known, cells that are missing or nonsense, rows that are damaged.

use proptest::prelude::*;

use crate::domain::hours::BatchKind;

/// Number and name: known people first, then every way in which a row may name somebody else or nobody.
const PEOPLE: [(&str, &str); 24] = [
    ("4001", "桐山 勇"),
    ("4002", "室井 あや"),
    ("4003", "髙田 実"),
    ("4004", "山﨑 千尋"),
    ("4005", "濵口 徹"),
    ("4098", "架空 一"),
    ("", "若林 岳"),
    ("4007", ""),
    ("4003", "高田 実"),
    ("", "高田 実"),
    ("4001", "別人 太郎"),
    ("04002", "室井 あや"),
    ("４００５", "濵口　徹"),
    ("8801", "新規 一"),
    ("8801", "新規 二"),
    ("", "新規 三"),
    ("8802", ""),
    ("", ""),
    ("4011", "城戸 航"),
    ("", "城戸 航"),
    ("4002", "若林 岳"),
    ("4099", "ｶｸｳ ﾆ"),
    ("", "=HYPERLINK"),
    ("4006", "若林 岳\u{3000}"),
];
/// How many of the people are plainly known.
const KNOWN: usize = 6;

/// A shape: what it brings, its header, and for every column behind number and name what may stand there, good values first.
#[derive(Debug)]
struct Shape(BatchKind, &'static str, &'static [&'static [&'static str]]);

const DAYS: &[&str] =
    &["2026/9/7", "2026-10-05", "R8.9.8", "令和8年9月8日", "", "2126/1/1", "2026/2/31", "S60.1.1", "本日", "46272"];
const HOURS: &[&str] = &[
    "160:00",
    "171:30",
    "250:15",
    "260:00",
    "1時間30分",
    "",
    "-",
    "25:61",
    "999:00",
    "-8:00",
    "未提出",
    "１６０：００",
    "160.5",
    "=A1",
];
const HIGH: &str = "112331443323243341112334443344433222234342333343343443322";
const LOW: &str = "444444411144414114441111111111111111111111111111111111111";

const SHAPES: &[Shape] = &[
    Shape(
        BatchKind::Hours,
        "社員番号,氏名,対象年月,総労働時間,深夜労働時間,深夜回数",
        &[
            &["2026/10", "2026-09", "2026年8月", "R8.9", "", "2126/1", "13月", "2026/11"],
            HOURS,
            &["3:00", "0:00", "", "多い"],
            &["2", "", "-1", "x"],
        ],
    ),
    Shape(
        BatchKind::Hours,
        "社員番号,氏名,残業時間,深夜残業時間",
        &[&["30.25", "81.5", "100.75", "80", "", "-", "1.60", "30:00", "９０"], &["1.5", "0", "", "x"]],
    ),
    Shape(
        BatchKind::Hours,
        "社員番号,氏名,年月日,実労働時間",
        &[&["2026/10/1", "2026/10/2", "2026/10/3", "2026/9/30", "2026/10/32", "", "10月1日"], HOURS],
    ),
    Shape(
        BatchKind::Hours,
        "社員番号,氏名,集計開始日,集計終了日,総労働時間",
        &[
            &["2026/10/1", "2026/9/1", "2026/9/21", "2026/10/15", ""],
            &["2026/10/31", "2026/9/30", "2026/10/20", "2026/11/14", ""],
            HOURS,
        ],
    ),
    Shape(
        BatchKind::Roster,
        "社員番号,氏名,フリガナ,性別,生年月日,所属,入社日,退職日,区分",
        &[
            &["", "ｷﾘﾔﾏ ｲｻﾑ", "むろい あや", "ｱ"],
            &["男", "女", "", "1", "2", "不明です"],
            &["", "S52.4.18", "1985-11-02", "2026/2/31", "2126/1/1"],
            &["物流一課", "物流二課", "", "新しい課"],
            &["", "2010-04-01", "2026-12-01", "x"],
            &["", "2026-10-31", "2001-01-01", "2027-03-31"],
            &["一般", "管理監督者", "裁量労働制", "高プロ", "", "なぞ"],
        ],
    ),
    Shape(
        BatchKind::Checkup,
        "社員番号,氏名,健診日,健診種別,血圧,収縮期血圧,HbA1c,尿蛋白,胸部X線,総合判定,医師所見",
        &[
            DAYS,
            &["定期", "", "雇入時", "二次", "保健指導", "なぞ"],
            &["142/90", "", "118／72", "150/1/2"],
            &["142", "", "165", "溶血", "<10", "１２０"],
            &["5.6", "6.1", "", "5.6%", "不明"],
            &["(-)", "±", "2+", "", "1"],
            &["異常なし", "", "陳旧性陰影"],
            &["A", "D 要医療", "", "要経過観察"],
            &["", "血圧が高め", "再検\"査"],
        ],
    ),
    Shape(
        BatchKind::Restrictions,
        "社員番号,氏名,就業上の措置,開始日,期限,見直し日,解除日",
        &[
            &["時間外労働の禁止", "夜勤は月4回まで", "高所作業を避ける", "", "制限なし", "時間外労働の禁止ではない"],
            &["2026/9/1", "", "R8.4.1", "2026/2/31"],
            &["2027/2/28", "R9.3.31", "", "2020-01-01", "当面"],
            &["2026/12/1", "", "x"],
            &["", "2026/10/1", "2027/1/1", "なし"],
        ],
    ),
    Shape(
        BatchKind::Stress,
        "社員番号,氏名,性別,回答日,回答",
        &[
            &["男", "女", "", "1", "2", "不明です"],
            &["2026/9/28", "R8.9.29", "", "2126/1/1", "x"],
            &[HIGH, LOW, "", "1", "11233144332324334111-334443344433222234342333343343443322", "5.1E+56"],
        ],
    ),
    Shape(
        BatchKind::StressResults,
        "社員番号,氏名,受検日,高ストレス,A 要因,B 自覚症状,C 周囲のサポート",
        &[
            &["2026/9/28", "", "2126/1/1"],
            &["該当", "非該当", "判定不能", "", "要面接", "1"],
            &["39", "51", "", "x", "-1"],
            &["73", "92", ""],
            &["24", "31", "", "999"],
        ],
    ),
];

/// One row as it is drawn: whom it names, what stands in its cells, and what was done to it.
#[derive(Debug, Clone)]
struct Row {
    person: u8,
    cells: Vec<u8>,
    damage: u8,
}

/// A file, and what will be answered to its questions.
#[derive(Clone)]
pub struct Wild {
    /// What it brings.
    pub kind: BatchKind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Which question is answered next, and how.
    pub picks: Vec<u8>,
    text: String,
}

impl std::fmt::Debug for Wild {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}\n{}", self.kind, self.picks, self.text)
    }
}

/// The first half of the numbers picks among the good ones.
fn picked<T>(choices: &[T], good: usize, pick: u8) -> &T {
    let (pick, half) = (usize::from(pick), 128);
    if pick < half { &choices[pick % good.max(1)] } else { &choices[(pick - half) % choices.len()] }
}

fn line(shape: &Shape, row: &Row) -> Vec<String> {
    let (number, name) = picked(&PEOPLE, KNOWN, row.person);
    let cells = shape.2.iter().zip(row.cells.iter().cycle());
    let cells = cells.map(|(choices, pick)| *picked(choices, choices.len().min(2), *pick));
    let quoted =
        |cell: &str| if cell.contains('"') { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() };
    [*number, *name].into_iter().chain(cells).map(quoted).collect()
}

/// The row as it stands in the file; most rows are whole.
fn damaged(mut cells: Vec<String>, damage: u8, before: Option<&String>) -> String {
    match damage % 32 {
        0 => _ = cells.pop(),
        1 => cells.push("余分".to_owned()),
        2 => cells = vec!["合計".to_owned(); 1].into_iter().chain(vec![String::new(); cells.len() - 1]).collect(),
        3 => cells = vec![String::new(); cells.len()],
        4 | 5 => return before.cloned().unwrap_or_else(|| cells.join(",")),
        6 => cells[1] = format!("\"{}", cells[1]),
        7 => cells[1] = format!("{}\u{fffd}", cells[1]),
        _ => {}
    }
    cells.join(",")
}

fn text(shape: &Shape, rows: &[Row], end: &str) -> String {
    let mut lines = vec![shape.1.to_owned()];
    for row in rows {
        let before = (lines.len() > 1).then(|| lines.last()).flatten();
        let next = damaged(line(shape, row), row.damage, before);
        lines.push(next);
    }
    lines.join(end) + end
}

fn encoded(text: &str, encoding: u8) -> Vec<u8> {
    match encoding % 4 {
        0 => text.as_bytes().to_vec(),
        1 => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        // What CP932 does not have is a byte that cannot be read, as other programs write it.
        2 => text
            .split('\u{fffd}')
            .map(|part| encoding_rs::SHIFT_JIS.encode(part).0.into_owned())
            .collect::<Vec<_>>()
            .join(&[0x81, 0xff][..]),
        _ => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
    }
}

fn row() -> impl Strategy<Value = Row> {
    let cells = prop::collection::vec(any::<u8>(), 1..10);
    (any::<u8>(), cells, any::<u8>()).prop_map(|(person, cells, damage)| Row { person, cells, damage })
}

fn of_shape(shape: &'static Shape) -> impl Strategy<Value = Wild> {
    let rows = prop::collection::vec(row(), 0..12);
    (rows, any::<u8>(), any::<bool>(), prop::collection::vec(any::<u8>(), 0..10)).prop_map(
        move |(rows, encoding, is_crlf, picks)| {
            let text = text(shape, &rows, if is_crlf { "\r\n" } else { "\n" });
            Wild { kind: shape.0, bytes: encoded(&text, encoding), picks, text }
        },
    )
}

/// A file of any shape of this kind.
pub fn of_kind(kind: BatchKind) -> impl Strategy<Value = Wild> {
    let shapes: Vec<&'static Shape> = SHAPES.iter().filter(|shape| shape.0 == kind).collect();
    prop::sample::select(shapes).prop_flat_map(of_shape)
}

/// A file of any kind.
pub fn of_any_kind() -> impl Strategy<Value = Wild> {
    prop::sample::select(BatchKind::ALL.to_vec()).prop_flat_map(of_kind)
}
