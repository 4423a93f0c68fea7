//! Every screen at both sizes, drawn from the demo caseload by the real shell over a host that does nothing.

mod cases;
mod overlong;
mod unwritten;

use std::sync::{Arc, OnceLock};

use junkai::app::host::{Door, Threshold, VaultView};
use junkai::app::{Effect, Event, Host, View};
use junkai::demo::Plan;
use junkai::law::Law;
use junkai::runtime::Snapshot;
use junkai::ui::theme::Look;
use junkai::ui::{Shell, snapshot};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::desk;

/// The two sizes that every screen is made for.
pub const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// A host that shows the demo caseload and performs nothing; it remembers what it was asked.
pub struct Still {
    view: View,
    /// What was asked, in words.
    pub asked: Vec<String>,
}

impl Still {
    /// Over the demo caseload.
    pub fn new() -> Self {
        Self { view: view(), asked: Vec::new() }
    }
}

impl Host for Still {
    fn view(&self) -> View {
        self.view.clone()
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Tick | Effect::Touch => {}
            Effect::Quit => return vec![Event::Quit],
            other => self.asked.push(format!("{other:?}")),
        }
        Vec::new()
    }
}

fn view() -> View {
    static DEMO: OnceLock<Snapshot> = OnceLock::new();
    over(DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        desk::demo(folder.path().join("vault"), &Plan::default()).snapshot()
    }))
}

/// What the screens see of a snapshot, on any machine the same.
fn over(snapshot: &Snapshot) -> View {
    View {
        revision: snapshot.revision,
        today: snapshot.today,
        clock: "12:00".to_owned(),
        door: Door::Open,
        threshold: Threshold::default(),
        caseload: Arc::clone(&snapshot.caseload),
        assessments: Arc::clone(&snapshot.assessments),
        law: Arc::new(Law::built_in().unwrap()),
        vault: Arc::new(VaultView {
            fingerprint: "0A1B 2C3D".to_owned(),
            out_dir: "/home/x/書類".to_owned(),
            ..VaultView::clone(&snapshot.vault)
        }),
    }
}

/// Draws the shell as text.
pub fn drawn(shell: &mut Shell, (columns, rows): (u16, u16)) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    shell.draw(&mut buffer, Look::default());
    snapshot::text(&buffer)
}

/// Presses keys by their names: `Enter`, `Esc`, `Down`, `F6`, `^p`, or a character.
pub fn press(shell: &mut Shell, host: &mut dyn Host, keys: &str) {
    use junkai::ui::keys::{Code, Input, Key};
    for name in keys.split_whitespace() {
        let mut letters = name.chars();
        let key = match (name, letters.next(), letters.as_str()) {
            ("Enter", ..) => Key::plain(Code::Enter),
            ("Esc", ..) => Key::plain(Code::Esc),
            ("Tab", ..) => Key::plain(Code::Tab),
            ("Down", ..) => Key::plain(Code::Down),
            ("Up", ..) => Key::plain(Code::Up),
            (_, Some('^'), rest) if rest.len() == 1 => Key::ctrl(rest.chars().next().unwrap()),
            (_, Some('F'), rest) if !rest.is_empty() => Key::f(rest.parse().unwrap()),
            (_, Some(c), "") => Key::char(c),
            _ => panic!("no key {name}"),
        };
        shell.input(host, Input::Key(key));
    }
}

fn shown(name: &str, keys: &str) {
    for size in SIZES {
        let mut host = Still::new();
        let mut shell = Shell::new(&mut host);
        // Drawn once before the keys, so that every screen knows its rows.
        drawn(&mut shell, size);
        press(&mut shell, &mut host, keys);
        insta::assert_snapshot!(format!("{name}_{}", size.0), drawn(&mut shell, size));
    }
}

#[test]
fn today() {
    shown("today", "Down Down");
}

#[test]
fn why_of_an_item() {
    shown("why_item", "Down w");
}

#[test]
fn roster() {
    shown("roster", "^p m e i b o Enter");
}

#[test]
fn worker() {
    shown("worker", "^p m e i b o Enter Enter");
}

#[test]
fn why_of_a_worker() {
    shown("why_worker", "^p m e i b o Enter Enter w");
}

#[test]
fn why_of_a_worker_as_of_another_day() {
    shown("why_worker_as_of", "^p m e i b o Enter Enter w t 2 0 2 5 - 1 2 - 3 1 Enter");
}

#[test]
fn law_of_a_rule() {
    shown("law_rule", "^p m e i b o Enter Enter w Enter");
}

#[test]
fn law_by_articles() {
    shown("law_articles", "^p h o u r e i Enter 2 Down Down");
}

#[test]
fn law_of_a_value() {
    shown("law_value", "^p h o u r e i Enter 3 Down");
}

#[test]
fn interview_work() {
    shown("interview_work", "^p m e i b o Enter Enter n");
}

#[test]
fn interview_fatigue() {
    shown("interview_fatigue", "^p m e i b o Enter Enter n F6 1 0 3");
}

#[test]
fn interview_judgment() {
    shown("interview_judgment", "^p m e i b o Enter Enter n F6 F6 F6 F6 F6 F6");
}

#[test]
fn request() {
    shown("request", "^p m e i b o Enter Enter r");
}

#[test]
fn patrol() {
    shown("patrol", "^p j u n s h i Enter");
}

#[test]
fn history() {
    shown("history", "^p r i r e k i Enter Down");
}

#[test]
fn import() {
    shown("import", "^p t o r i k o m i Enter");
}

#[test]
fn vault() {
    shown("vault", "^p k i n k o Enter");
}

#[test]
fn help() {
    shown("help", "?");
}

#[test]
fn palette() {
    shown("palette", "^p m e n s e t s u");
}

#[test]
fn sharing_hides_everybody() {
    shown("sharing", "F9");
}

/// Pictures of the README come from the same buffers as the snapshots; `JUNKAI_PICTURES=1 cargo test pictures` writes them.
#[test]
fn pictures_of_the_readme_are_current() {
    let pictures = [
        ("today", "Down Down"),
        ("worker", "^p m e i b o Enter Enter"),
        ("why", "^p m e i b o Enter Enter w"),
        ("interview", "^p m e i b o Enter Enter n F6 1 0 3 0 1 1"),
    ];
    for (name, keys) in pictures {
        let mut host = Still::new();
        let mut shell = Shell::new(&mut host);
        drawn(&mut shell, SIZES[0]);
        press(&mut shell, &mut host, keys);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        shell.draw(&mut buffer, Look::default());
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.svg"));
        if std::env::var_os("JUNKAI_PICTURES").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, snapshot::svg(&buffer)).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), snapshot::svg(&buffer), "{name}");
    }
}

/// The README's table of keys is the registry's; `JUNKAI_PICTURES=1 cargo test keys_of_the_readme` writes it.
#[test]
fn keys_of_the_readme_are_the_registry() {
    use junkai::ui::actions::REGISTRY;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- keys:begin -->\n", "<!-- keys:end -->");
    let rows: String = REGISTRY
        .iter()
        .map(|a| {
            format!("| `{}` | `{}` | {} {} |\n", a.keys_text().replace('|', "\\|"), a.ime_text(), a.label, a.effect)
        })
        .collect();
    let table = format!("| キー | IMEオン | すること |\n| --- | --- | --- |\n{rows}");
    let head = text.find(begin).unwrap() + begin.len();
    let tail = text.find(end).unwrap();
    if std::env::var_os("JUNKAI_PICTURES").is_some() {
        std::fs::write(&path, format!("{}{table}{}", &text[..head], &text[tail..])).unwrap();
        return;
    }
    assert_eq!(&text[head..tail], table);
}

#[test]
fn establishment() {
    shown("establishment", "Enter");
}

#[test]
fn patrol_of_the_month() {
    shown("patrol_month", "Enter 5");
}

#[test]
fn establishment_form() {
    shown("establishment_form", "Enter 8");
}

#[test]
fn hand_entry() {
    shown("hand_entry", "^p m e i b o Enter Enter e");
}

#[test]
fn new_worker() {
    shown("new_worker", "^p m e i b o Enter n");
}

#[test]
fn the_door() {
    let mut host = Still::new();
    host.view.door = Door::Locked;
    let (vault_place, key_place) = ("標準".to_owned(), "この計算機".to_owned());
    host.view.threshold = Threshold { vault_place, key_place, key_found: true, ..Threshold::default() };
    for size in SIZES {
        let mut shell = Shell::new(&mut host);
        insta::assert_snapshot!(format!("door_{}", size.0), drawn(&mut shell, size));
    }
}

#[test]
fn an_empty_desk() {
    let mut host = Still::new();
    host.view.caseload = Arc::default();
    host.view.assessments = Arc::default();
    for size in SIZES {
        let mut shell = Shell::new(&mut host);
        insta::assert_snapshot!(format!("empty_{}", size.0), drawn(&mut shell, size));
    }
}

/// Esc ends the search first, and only then leaves the roster.
#[test]
fn escape_ends_the_search_before_it_leaves() {
    let mut host = Still::new();
    let mut shell = Shell::new(&mut host);
    drawn(&mut shell, SIZES[0]);
    press(&mut shell, &mut host, "^p m e i b o Enter / s a e k i");
    assert!(drawn(&mut shell, SIZES[0]).contains("1-1 / 1"));
    press(&mut shell, &mut host, "Esc");
    assert!(drawn(&mut shell, SIZES[0]).contains("/ 100"));
    press(&mut shell, &mut host, "Esc");
    assert!(drawn(&mut shell, SIZES[0]).starts_with(" 今日 "));
}

/// 今日 knows by its own word whom to see: the palette opens the interview itself.
#[test]
fn the_palette_opens_the_interview_that_is_due() {
    let mut host = Still::new();
    let mut shell = Shell::new(&mut host);
    press(&mut shell, &mut host, "^p m e n s e t s u Enter");
    let screen = drawn(&mut shell, SIZES[0]);
    assert!(screen.contains("佐伯 美咲") && screen.contains("勤務の状況"), "{screen}");
}
