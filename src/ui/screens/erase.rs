//! 取込の消去: what goes and what stays, and the short name of the establishment typed before anything goes.

use ratatui::layout::{Position, Rect};

use crate::app::erasure::Erasure;
use crate::app::keeping::{self, Keeping};
use crate::app::{Effect, Event, View};
use crate::domain::command::Operation;
use crate::domain::{Day, EstablishmentId};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::Field;
use crate::ui::form::Form;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// The confirmation before a batch is erased.
pub struct Erase {
    site: EstablishmentId,
    number: i64,
    form: Form,
    is_asked: bool,
    /// What would go and stay, once it is known.
    weighed: Option<Box<Erasure>>,
}

impl Erase {
    /// The confirmation for the batch of an operation.
    pub fn new(site: EstablishmentId, number: i64) -> Self {
        let form = Form::new(vec![Field::text("short", "事業場の略称")]);
        Self { site, number, form, is_asked: false, weighed: None }
    }

    /// What is still to be kept (SC-45); nothing where the operation brought in no batch.
    fn kept(&self, view: &View) -> Vec<Keeping> {
        let batch = self.operation(view).and_then(|operation| operation.batch.as_ref());
        let found = view.caseload.site(&self.site).zip(batch);
        found.map(|(site, batch)| keeping::of_batch(&view.law, site, batch, view.today)).unwrap_or_default()
    }

    /// The day that was typed as the second confirmation.
    fn until(&self) -> Option<Day> {
        self.form.field("until").and_then(|_| self.form.text("until").trim().parse().ok())
    }

    fn operation<'view>(&self, view: &'view View) -> Option<&'view Operation> {
        view.caseload.site(&self.site)?.history.iter().find(|operation| operation.number == self.number)
    }

    fn short_name<'view>(&self, view: &'view View) -> &'view str {
        view.caseload.site(&self.site).map_or("", |site| site.establishment.short_name.trim())
    }

    /// What stays and what is lost, as it was found; gives the row below.
    fn draw_weighed(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        let (mut y, width) = (area.y, area.width.saturating_sub(16));
        let lines = match &self.weighed {
            None => vec![("", "調べています".to_owned())],
            Some(weighed) if weighed.lines().is_empty() => vec![("", "この取込のものは、ほかに残りません".to_owned())],
            Some(weighed) => weighed.lines(),
        };
        for (label, told) in lines {
            canvas.text(2, y, 12, label, Weight::Dim);
            for line in wrap(&told, usize::from(width)) {
                canvas.text(14, y, width, &line, Weight::Plain);
                y += 1;
            }
        }
        y
    }

    fn refusal(&self, view: &View) -> Option<&'static str> {
        match self.short_name(view) {
            _ if self.operation(view).is_none_or(|operation| operation.batch.is_none()) => Some("取込の行がありません"),
            _ if self.is_asked => Some("消去しています"),
            _ if self.weighed.is_none() => Some("何が残るかを調べています"),
            "" => Some("事業場の設定で略称を決めてください。略称を打って確かめます"),
            short if self.form.text("short").trim() != short => {
                Some("事業場の略称を打ってください。合うまで消せません")
            }
            _ if keeping::last(&self.kept(view)) != self.until() => {
                Some("まだ保存する記録です。それでも消すときは、示した保存の末日を打ってください")
            }
            _ => None,
        }
    }
}

impl Screen for Erase {
    fn route(&self) -> Route {
        Route::Erase(self.site.clone(), self.number)
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("履歴  {name} / 取込の消去"), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some(operation) = self.operation(view) else {
            canvas.text(2, body.y, body.width, "取込の行がありません。Esc で戻ります", Weight::Plain);
            return None;
        };
        let what = format!("{}  {}  {}件", operation.at, operation.act.label(), operation.rows);
        let told = [
            ("取込", what.as_str()),
            ("消えるもの", "この取込の値、人、覚えた答え、列の対応、封入した元のファイル"),
            ("", "履歴の中の前後の値。あとから直した欄は、直した値を残します"),
            ("取消", "できません。元のファイルから取り込み直すことはできます"),
            ("残るもの", "件数とハッシュ（監査）、控え（バックアップ）、元の平文のファイル"),
        ];
        for (row, (label, text)) in told.into_iter().enumerate() {
            canvas.text(2, body.y + columns(row), 12, label, Weight::Dim);
            canvas.text(14, body.y + columns(row), body.width.saturating_sub(16), text, Weight::Plain);
        }
        let mut y = self.draw_weighed(canvas, Rect { y: body.y + 5, ..body }) + 1;
        for (row, one) in self.kept(view).iter().enumerate() {
            canvas.text(2, y, 12, if row == 0 { "保存" } else { "" }, Weight::Bold);
            for line in wrap(&one.words(), usize::from(body.width.saturating_sub(16))) {
                canvas.text(14, y, body.width.saturating_sub(16), &line, Weight::Bold);
                y += 1;
            }
        }
        sheet::rule(canvas, 0, y, body.width, "確認");
        self.form.draw(canvas, Rect { y: y + 1, height: 4, ..body })
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        vec![
            action(Act::Issue)
                .offer()
                .labelled("消去する")
                .doing("この取込で入ったものを、確認に示したとおりに消去します。元に戻せません。")
                .refused(self.refusal(view)),
            action(Act::Back).offer().labelled("やめる"),
        ]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match act {
            Act::Issue => {
                self.is_asked = true;
                let typed = self.form.text("short").to_owned();
                Reply::ask(Effect::EraseBatch(self.site.clone(), self.number, typed, self.until()))
            }
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        if key.code == Code::Enter {
            return Reply::say("Enter では消しません。略称を打ち、Ctrl-S か F12 を押したときだけ消えます");
        }
        self.form.update(&Input::Key(key));
        Reply::done()
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        self.form.update(&Input::Paste(text.to_owned()));
        Reply::done()
    }

    fn is_typing(&self) -> bool {
        self.form.is_in_text()
    }

    fn message(&self, _view: &View) -> String {
        "別の会社のファイルなど、入ってはいけなかった取込に使います".to_owned()
    }

    fn settle(&mut self, view: &View) {
        if self.form.field("until").is_none() && !self.kept(view).is_empty() {
            let short = self.form.text("short").to_owned();
            self.form =
                Form::new(vec![Field::text("short", "事業場の略称").with(&short), Field::text("until", "保存の末日")]);
        }
    }

    fn opened(&mut self, _view: &View) -> Reply {
        Reply::ask(Effect::WeighErasure(self.site.clone(), self.number))
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::ErasureWeighed(weighed) if weighed.operation == self.number => {
                self.weighed = Some(weighed.clone());
                Reply::done()
            }
            Event::Done(_) if self.is_asked => Reply::go(Go::Back),
            Event::Failed(_) | Event::Stopped(_) => {
                self.is_asked = false;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }
}

#[cfg(test)]
#[path = "erase_tests.rs"]
mod tests;
