//! 平文のファイル: what lies readable outside the vault, and what becomes of each.

use ratatui::layout::{Position, Rect};

use crate::app::host::{ClearFile, Settling};
use crate::app::{Effect, View};
use crate::domain::EstablishmentId;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::{Cell, Column, Row, Table, TableState};
use crate::ui::theme::Weight;
use crate::ui::width::{Ruler, wrap};

/// Rows of the sheet below the list.
const SHEET: u16 = 7;

/// The files in clear of one establishment, or of all.
pub struct ClearFiles {
    site: Option<EstablishmentId>,
    table: TableState<i64>,
    keys: Vec<i64>,
    page: usize,
    /// What the same key does when it is pressed again, and to which files.
    asked: Option<(Settling, Vec<i64>)>,
}

impl ClearFiles {
    /// The files of `site`; without one, of every establishment.
    pub fn new(site: Option<EstablishmentId>) -> Self {
        Self { site, table: TableState::default(), keys: Vec::new(), page: 8, asked: None }
    }

    fn files<'view>(&self, view: &'view View) -> Vec<&'view ClearFile> {
        of(view, self.site.as_ref())
    }

    /// The marked files, else the one under the cursor.
    fn chosen(&self) -> Vec<i64> {
        let marked: Vec<i64> = self.table.marks().iter().copied().collect();
        if marked.is_empty() { self.table.selected().copied().into_iter().collect() } else { marked }
    }

    /// Deleting, and anything done to several files, wants the same key twice.
    fn settle_files(&mut self, how: Settling) -> Reply {
        let chosen = self.chosen();
        let is_confirmed = self.asked.take().is_some_and(|asked| asked == (how, chosen.clone()));
        let is_plain = chosen.len() == 1 && how != Settling::Delete;
        if is_confirmed || is_plain {
            return Reply::ask(Effect::SettleClearFiles(chosen, how));
        }
        let (key, word) = key_and_word(how);
        let says = format!("{}件を{word}。よければ、もう一度 {key} を押してください", chosen.len());
        self.asked = Some((how, chosen));
        Reply::say(says)
    }
}

/// The files in clear of an establishment, or of all.
pub fn of<'view>(view: &'view View, site: Option<&EstablishmentId>) -> Vec<&'view ClearFile> {
    let is_here = |file: &&ClearFile| site.is_none_or(|site| site.as_str() == file.site);
    view.vault.clear_files.iter().filter(is_here).collect()
}

const fn key_and_word(how: Settling) -> (&'static str, &'static str) {
    match how {
        Settling::Keep => ("Enter", "残します"),
        Settling::Seal => ("s", "封入します"),
        Settling::Delete => ("d", "消します"),
    }
}

impl Screen for ClearFiles {
    fn route(&self) -> Route {
        Route::ClearFiles(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let site = self.site.as_ref().and_then(|id| view.caseload.site(id));
        let whose = site.map_or("金庫", |site| site.establishment.name.as_str());
        let context = format!("{}件", self.keys.len());
        Head { path: format!("{whose} / 平文のファイル"), context, ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let files = self.files(view);
        if files.is_empty() {
            canvas.text(5, body.y, body.width, "平文のファイルはありません。Esc で戻ります", Weight::Plain);
            return None;
        }
        let table = Table::new(vec![
            Column::new("種類", 6),
            Column::new("事業場", 6),
            Column::new("日", 10),
            Column::new("ファイル", 44).growing(80),
        ]);
        let list = Rect { height: body.height.saturating_sub(SHEET + 1), ..body };
        table.draw(canvas, list, &self.table, |index| {
            let is_marked = |file: &&&ClearFile| self.table.is_marked(&file.number);
            files.get(index).map(|file| row(file, is_marked(&file))).unwrap_or_default()
        });
        let current = files.iter().find(|file| Some(&file.number) == self.table.selected());
        if let Some(file) = current {
            draw_sheet(canvas, Rect { y: body.bottom().saturating_sub(SHEET), height: SHEET, ..body }, file);
        }
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let none = self.table.is_empty().then_some("ファイルがありません");
        vec![
            action(Act::Seal).offer().refused(none),
            action(Act::Done)
                .offer()
                .labelled("消す")
                .doing("ファイルを消します。もう一度押すまで消しません。元に戻せません。")
                .refused(none),
            action(Act::Open)
                .offer()
                .labelled("残す")
                .doing("ファイルはそのままにし、一覧から外します。")
                .refused(none),
            action(Act::Mark).offer().refused(none),
            action(Act::MarkAll).offer().labelled("すべて").refused(none),
        ]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match act {
            Act::Seal => return self.settle_files(Settling::Seal),
            Act::Done => return self.settle_files(Settling::Delete),
            Act::Open => return self.settle_files(Settling::Keep),
            Act::Mark => self.table.toggle_mark(&self.keys, self.page),
            Act::MarkAll => self.table.toggle_all(&self.keys),
            _ => return Reply::ignored(),
        }
        self.asked = None;
        Reply::done()
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        self.asked = None;
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn message(&self, _view: &View) -> String {
        if self.keys.is_empty() {
            return String::new();
        }
        "ほかの人が読めるファイルです。要らないものは封入するか、消してください".to_owned()
    }

    fn settle(&mut self, view: &View) {
        self.keys = self.files(view).iter().map(|file| file.number).collect();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(SHEET) + 1);
    }
}

fn row(file: &ClearFile, is_marked: bool) -> Row {
    let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let day: String = file.at.chars().take(10).collect();
    let cells = vec![Cell::from(file.kind.clone()), Cell::from(file.site.clone()), Cell::from(day), Cell::from(name)];
    Row { is_marked, ..Row::new(cells) }
}

fn draw_sheet(canvas: &mut Canvas<'_>, area: Rect, file: &ClearFile) {
    sheet::rule(canvas, 0, area.y, area.width, "選んだファイル");
    let room = usize::from(area.width.saturating_sub(16));
    let rows = usize::from(area.height.saturating_sub(4));
    for (y, text) in (area.y + 1..).zip(place(&file.path, room, rows)) {
        canvas.text(14, y, area.width, &text, Weight::Plain);
    }
    canvas.text(2, area.y + 1, 12, "場所", Weight::Dim);
    let told = [
        ("封入", "鍵で暗号化した .age を隣に作り、元のファイルは消します"),
        ("消す", "元に戻せません。媒体には跡が残ることがあります"),
        ("残す", "一覧から外すだけです"),
    ];
    for (row, (label, text)) in told.into_iter().enumerate() {
        let y = area.bottom().saturating_sub(3) + columns(row);
        canvas.text(2, y, 12, label, Weight::Dim);
        canvas.text(14, y, area.width, text, Weight::Plain);
    }
}

/// A path in so many rows; of a longer one the end is kept, which names the file.
fn place(path: &str, room: usize, rows: usize) -> Vec<String> {
    let whole = wrap(path, room);
    if whole.len() <= rows {
        return whole;
    }
    // A wide character may leave a column of each row unused.
    let least = rows.saturating_mul(room.saturating_sub(1)).saturating_sub(2);
    wrap(&format!("..{}", Ruler::default().tail(path, least)), room)
}

#[cfg(test)]
#[path = "clear_files_tests.rs"]
mod tests;
