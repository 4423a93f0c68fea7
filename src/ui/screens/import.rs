//! 取込: the file in, and nothing wrong in. Until the last row is confirmed nothing is written.

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};

use crate::app::host::{ImportPreview, ReadingChoice};
use crate::app::{Effect, Event, View};
use crate::domain::EstablishmentId;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::theme::Weight;

/// Where the import stands.
enum Stage {
    /// The file is named.
    Path,
    /// The file is being read.
    Reading,
    /// It was read.
    Preview(Box<ImportPreview>),
}

/// The import of hours for an establishment.
pub struct Import {
    site: EstablishmentId,
    form: Form,
    stage: Stage,
    top: usize,
}

impl Import {
    /// An import for `site`.
    pub fn new(site: EstablishmentId) -> Self {
        let form = Form::new(vec![Field::text("path", "ファイル")]);
        Self { site, form, stage: Stage::Path, top: 0 }
    }

    fn read(&mut self) -> Reply {
        let path = self.form.text("path").trim().trim_matches(['\'', '"']).to_owned();
        if path.is_empty() {
            return Reply::say("ファイルの場所を入れてから Enter を押してください。端末へのドラッグでも入ります");
        }
        self.stage = Stage::Reading;
        Reply::ask(Effect::ReadImport(self.site.clone(), PathBuf::from(path)))
    }

    fn choose(&mut self, key: Key) -> Reply {
        let Stage::Preview(preview) = &self.stage else { return Reply::ignored() };
        let number = match key.code {
            Code::Char(c) if !key.ctrl => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()),
            _ => None,
        };
        match number
            .and_then(|number| number.checked_sub(1))
            .filter(|index| preview.readings.get(*index).is_some_and(|r| r.possible))
        {
            Some(index) => Reply::ask(Effect::ChooseReading(index)),
            None => Reply::ignored(),
        }
    }

    fn scroll(&mut self, key: Key) -> Reply {
        match key.code {
            Code::Down | Code::Char('j') => self.top += 1,
            Code::Up | Code::Char('k') => self.top = self.top.saturating_sub(1),
            Code::PageDown => self.top += 8,
            Code::PageUp => self.top = self.top.saturating_sub(8),
            _ => return self.choose(key),
        }
        self.top = self.top.min(self.lines().len().saturating_sub(1));
        Reply::done()
    }

    /// What is doubtful, refused and changed, row by row.
    fn lines(&self) -> Vec<(String, String)> {
        let Stage::Preview(preview) = &self.stage else { return Vec::new() };
        let mut lines = Vec::new();
        lines.extend(preview.doubtful.iter().map(|(row, why)| ("要確認".to_owned(), format!("{row}行目  {why}"))));
        lines.extend(preview.refused.iter().map(|(row, why)| ("不可".to_owned(), format!("{row}行目  {why}"))));
        lines.extend(
            preview.changed.iter().map(|(whom, old, new)| ("変更".to_owned(), format!("{whom}  {old} から {new} へ"))),
        );
        lines.extend(preview.newly_flagged.iter().map(|whom| ("該当".to_owned(), whom.clone())));
        lines
    }

    fn refusal(&self) -> Option<&'static str> {
        match &self.stage {
            Stage::Preview(preview) if preview.wants_reading() => {
                Some("読み方を数字で選んでください。推測では取り込みません")
            }
            Stage::Preview(preview) if preview.added + preview.changed.len() == 0 => {
                Some("新しく入る値がありません。Esc で戻ります")
            }
            Stage::Reading => Some("読んでいます"),
            _ => None,
        }
    }
}

impl Screen for Import {
    fn route(&self) -> Route {
        Route::Import(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        let (context, current) = match &self.stage {
            Stage::Preview(preview) => {
                (format!("労働時間  {}", preview.period), if preview.wants_reading() { 1 } else { 2 })
            }
            _ => (String::new(), 0),
        };
        let steps = vec![("ファイル", current > 0), ("読み方", current > 1), ("確認", false)];
        Head { path: format!("{name} / 取込"), context, second: Second::Steps(steps, current) }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.stage {
            Stage::Path => {
                let cursor = self.form.draw(canvas, Rect { height: 2, ..body });
                canvas.text(
                    16,
                    body.y + 2,
                    body.width,
                    "労働時間の CSV（UTF-8 と CP932）を読みます。まだ何も書きません",
                    Weight::Dim,
                );
                cursor
            }
            Stage::Reading => {
                canvas.text(2, body.y, body.width, "読んでいます。Esc でやめられます", Weight::Plain);
                None
            }
            Stage::Preview(preview) => {
                self.draw_preview(canvas, body, preview);
                None
            }
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        let (label, effect) = match &self.stage {
            Stage::Path => ("読む", "ファイルを読んで確かめます。まだ何も書きません。"),
            _ => ("取り込む", "確かめた行を金庫に入れます。u でまとめて取り消せます。"),
        };
        vec![
            action(Act::Open).offer().labelled(label).doing(effect).refused(self.refusal()),
            action(Act::Back).offer().labelled("やめる"),
        ]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match (act, &self.stage) {
            (Act::Open, Stage::Path) => self.read(),
            (Act::Open, Stage::Preview(_)) => Reply::ask(Effect::AcceptImport),
            (Act::Back, Stage::Path) => Reply::go(Go::Back),
            (Act::Back, _) => {
                self.stage = Stage::Path;
                Reply {
                    says: Some("やめました。何も書いていません".to_owned()), ..Reply::ask(Effect::DropImport)
                }
            }
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        match self.stage {
            Stage::Path => {
                self.form.update(&Input::Key(key));
                Reply::done()
            }
            Stage::Reading => Reply::done(),
            Stage::Preview(_) => self.scroll(key),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        match self.stage {
            Stage::Path => {
                self.form.update(&Input::Paste(text.to_owned()));
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }

    fn is_typing(&self) -> bool {
        matches!(self.stage, Stage::Path)
    }

    fn message(&self, _view: &View) -> String {
        match &self.stage {
            Stage::Preview(preview) if preview.wants_reading() => {
                "まだ何も書いていません。読み方を選ぶと、該当の変わる人の一覧へ進みます".to_owned()
            }
            Stage::Preview(_) => "Enter で取り込みます。あとから u でまとめて取り消せます".to_owned(),
            _ => String::new(),
        }
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::ImportRead(preview) => {
                self.stage = Stage::Preview(preview.clone());
                self.top = 0;
                Reply::done()
            }
            Event::Imported(_) => Reply::go(Go::Instead(Route::Roster(self.site.clone()))),
            Event::Failed(_) => {
                self.stage = Stage::Path;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }
}

impl Import {
    fn draw_preview(&self, canvas: &mut Canvas<'_>, body: Rect, preview: &ImportPreview) {
        let mut y = body.y;
        let mut put = |canvas: &mut Canvas<'_>, label: &str, text: &str, weight: Weight| {
            canvas.text(2, y, 12, label, Weight::Dim);
            canvas.text(14, y, body.width, text, weight);
            y += 1;
        };
        put(canvas, "ファイル", &preview.source, Weight::Plain);
        for (index, (column, meaning)) in preview.mapping.iter().take(4).enumerate() {
            put(canvas, if index == 0 { "列" } else { "" }, &format!("{meaning}  {column}"), Weight::Plain);
        }
        put(canvas, "", "", Weight::Plain);
        let counted = format!(
            "追加 {}   変更 {}   同じ {}   要確認 {}   不可 {}   合計行など {}      計 {}",
            preview.added,
            preview.changed.len(),
            preview.unchanged,
            preview.doubtful.len(),
            preview.refused.len(),
            preview.ignored,
            preview.rows
        );
        put(canvas, "行", &counted, Weight::Bold);
        let top =
            self.draw_readings(canvas, Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body }, preview);
        self.draw_lines(canvas, Rect { y: top, height: body.bottom().saturating_sub(top), ..body });
    }

    /// The readings, when there is a choice; gives the row below them.
    fn draw_readings(&self, canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) -> u16 {
        if preview.readings.len() < 2 {
            return area.y;
        }
        sheet::rule(canvas, 0, area.y, area.width, "読み方");
        let mut y = area.y + 1;
        for (index, reading) in preview.readings.iter().enumerate() {
            let is_chosen = preview.chosen == Some(index);
            draw_reading(canvas, y, index + 1, reading, is_chosen);
            y += 1;
            for (whom, value) in reading.persons.iter().take(4) {
                canvas.text(8, y, 30, whom, Weight::Plain);
                canvas.text(40, y, 30, value, Weight::Plain);
                y += 1;
            }
        }
        y + 1
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_>, area: Rect) {
        for (y, (label, text)) in (area.y..area.bottom()).zip(self.lines().iter().skip(self.top)) {
            canvas.text(2, y, 12, label, Weight::Dim);
            canvas.text(14, y, area.width, text, Weight::Plain);
        }
    }
}

fn draw_reading(canvas: &mut Canvas<'_>, y: u16, number: usize, reading: &ReadingChoice, is_chosen: bool) {
    let mark = if is_chosen { "x" } else { "" };
    let weight = if is_chosen { Weight::Bold } else { Weight::Plain };
    canvas.text(2, y, 1, mark, Weight::Bold);
    let text = match reading.possible {
        true => format!("{number} {}   80超 {}名", reading.name, reading.over),
        false => format!("  {}   この列はこう読めません", reading.name),
    };
    canvas.text(4, y, 70, &text, if reading.possible { weight } else { Weight::Dim });
}
