//! 名簿の書出し: what leaves in clear, for whom, and where it goes; nothing is written before Ctrl-S or F12.

use ratatui::layout::{Position, Rect};

use crate::app::roster_list::{self, ListFormat};
use crate::app::{Effect, Event, View};
use crate::domain::EstablishmentId;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// The confirmation before the roster is written out.
pub struct Export {
    site: EstablishmentId,
    format: ListFormat,
    is_asked: bool,
}

impl Export {
    /// The confirmation for a site.
    pub fn new(site: EstablishmentId) -> Self {
        Self { site, format: ListFormat::Csv, is_asked: false }
    }

    fn refusal(&self, view: &View) -> Option<&'static str> {
        if self.is_asked {
            return Some("書き出しています");
        }
        view.vault.out_dir.is_empty().then_some("金庫の画面で、出力先のフォルダを決めてください")
    }
}

impl Screen for Export {
    fn route(&self) -> Route {
        Route::Export(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("{name} / 名簿の書出し"), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let people = view.caseload.site(&self.site).map_or(0, |site| site.workers.len());
        let formats = ListFormat::ALL.iter().enumerate().map(|(index, format)| {
            let label = format!("{} {}", index + 1, format.label());
            if *format == self.format { format!("[{label}]") } else { format!(" {label} ") }
        });
        let folder = if view.vault.out_dir.is_empty() { "未設定" } else { &view.vault.out_dir };
        let told = [
            ("出るもの", format!("{people}名の {}", roster_list::COLUMNS.join("、"))),
            ("だれに", "自分だけ。会社に渡すものではありません".to_owned()),
            ("形", "平文。書き出した先を見られる人なら、誰でも読めます".to_owned()),
            ("形式", formats.collect::<Vec<_>>().join("  ")),
            ("どこへ", folder.to_owned()),
            ("あと", "平文のファイルの一覧に残り、訪問を閉じるときにお尋ねします".to_owned()),
        ];
        let (mut y, room) = (body.y, usize::from(body.width.saturating_sub(16)));
        for (label, text) in told {
            canvas.text(2, y, 12, label, Weight::Dim);
            for row in wrap(&text, room) {
                canvas.text(14, y, body.width.saturating_sub(15), &row, Weight::Plain);
                y += 1;
            }
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        vec![
            action(Act::Issue)
                .offer()
                .labelled("書き出す")
                .doing("確認に示した一覧を平文で書き出します。")
                .seen_by("書き出した先を見られる人なら、誰でも読めます。")
                .refused(self.refusal(view)),
            action(Act::Back).offer().labelled("やめる"),
        ]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match act {
            Act::Issue => {
                self.is_asked = true;
                Reply::ask(Effect::ExportRoster(self.site.clone(), self.format))
            }
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        match key.code {
            Code::Enter => Reply::say("Enter では書き出しません。Ctrl-S か F12 を押したときだけ出ます"),
            Code::Char('1') if !key.ctrl => self.choose(ListFormat::Csv),
            Code::Char('2') if !key.ctrl => self.choose(ListFormat::Xlsx),
            _ => Reply::ignored(),
        }
    }

    fn message(&self, _view: &View) -> String {
        "1 か 2 で形式を選べます。まだ何も出していません".to_owned()
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::Done(_) if self.is_asked => Reply::go(Go::Back),
            Event::Failed(_) => {
                self.is_asked = false;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }
}

impl Export {
    fn choose(&mut self, format: ListFormat) -> Reply {
        self.format = format;
        Reply::done()
    }
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
