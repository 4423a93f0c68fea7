//! 確認: no surprise after the fact. What happens, to whom, where; only Ctrl-S or F12 lets it happen.

use ratatui::layout::{Position, Rect};

use crate::app::host::{DocumentPreview, DocumentRequest};
use crate::app::{Effect, Event, View};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// The confirmation before something leaves.
pub struct Confirm {
    preview: Box<DocumentPreview>,
    is_given: Vec<bool>,
    cursor: usize,
    is_working: bool,
}

impl Confirm {
    /// Confirms a document that was shown.
    pub fn new(preview: DocumentPreview) -> Self {
        let is_given = vec![true; preview.copies.len()];
        Self { preview: Box::new(preview), is_given, cursor: 0, is_working: false }
    }

    fn given(&self) -> impl Iterator<Item = &crate::app::host::CopyPreview> {
        self.preview.copies.iter().zip(&self.is_given).filter(|(_, given)| **given).map(|(copy, _)| copy)
    }

    fn refusal(&self) -> Option<&'static str> {
        match self.given().next() {
            _ if self.is_working => Some("署名して書き出しています"),
            None => Some("渡す相手がいません。Space で選んでください"),
            Some(_) if !self.preview.missing.is_empty() => Some("足りない欄があります。Esc で戻って記入してください"),
            Some(_) => None,
        }
    }

    /// Sends exactly the texts that were shown.
    fn issue(&mut self) -> Reply {
        let recipients = self.given().map(|copy| copy.recipient).collect();
        let hashes = self.given().map(|copy| copy.sha256.clone()).collect();
        self.is_working = true;
        let request = DocumentRequest { recipients, ..self.preview.request.clone() };
        Reply {
            says: Some("署名して書き出しています".to_owned()),
            ..Reply::ask(Effect::Issue(Box::new(request), hashes))
        }
    }
}

impl Screen for Confirm {
    fn route(&self) -> Route {
        Route::Confirm(self.preview.clone())
    }

    fn head(&self, _view: &View) -> Head {
        Head {
            path: format!("{} / 署名と出力", self.preview.request.form.label()),
            context: "まだ何も出ていません".to_owned(),
            ..Head::default()
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        canvas.text(2, body.y, body.width, "これから起きること", Weight::Bold);
        let count = self.given().count();
        let signer =
            format!("{}  {}", view.caseload.owner.name, view.vault.fingerprint.chars().take(9).collect::<String>());
        let acts = [
            (format!("{count}通に署名します"), format!("{signer} ..")),
            (format!("PDFを {count}つ書き出します"), self.preview.folder.clone()),
            (
                "版を確定します".to_owned(),
                format!("第{}版  直すときは第{}版になります", self.preview.version, self.preview.version + 1),
            ),
            ("記録に残します".to_owned(), "何を・誰へ・いつ・ハッシュ".to_owned()),
        ];
        for (y, (act, detail)) in (body.y + 2..).zip(&acts) {
            canvas.text(4, y, 28, act, Weight::Plain);
            canvas.text(34, y, body.width, detail, Weight::Plain);
        }
        let y = self.draw_copies(canvas, body, body.y + 7);
        canvas.text(
            2,
            y + 1,
            body.width,
            "暗号        PDFはそのまま読めます。渡し方は産業医が選んでください",
            Weight::Plain,
        );
        let buttons = if self.cursor == 0 {
            "> [ 戻る ]       [ 署名して出力する ]"
        } else {
            "  [ 戻る ]     > [ 署名して出力する ]"
        };
        canvas.text(0, y + 4, body.width, buttons, Weight::Bold);
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        vec![
            action(Act::Issue).offer().labelled("署名して出力").refused(self.refusal()),
            action(Act::Mark).offer().labelled("渡す・渡さない"),
            action(Act::Open).offer().labelled("選ぶ"),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match act {
            Act::Issue => self.issue(),
            Act::Mark => self.toggle(),
            Act::Open if self.cursor == 0 => Reply::go(Go::Back),
            Act::Open => Reply::say("Enter では出力しません。Ctrl-S か F12 で出力します"),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, key: Key) -> Reply {
        let rows = self.preview.copies.len() + 1;
        match key.code {
            Code::Right | Code::Tab | Code::Down | Code::Char('j') => self.cursor = (self.cursor + 1).min(rows),
            Code::Left | Code::Up | Code::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn message(&self, _view: &View) -> String {
        self.refusal().unwrap_or("Enter では出力しません。Ctrl-S か F12 を押したときだけ出ます").to_owned()
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::Issued(id, files) => {
                let says =
                    format!("{id} を確定し、{}通を書き出しました。平文のファイルは金庫の画面に並びます", files.len());
                let worker = self.preview.request.subject.as_ref().and_then(|subject| worker_of(view, subject));
                let go = worker.map_or(Go::Home, |worker| Go::Instead(Route::Worker(worker)));
                Reply { says: Some(says), ..Reply::go(go) }
            }
            Event::Failed(_) => {
                self.is_working = false;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }
}

fn worker_of(view: &View, interview: &crate::domain::Id) -> Option<crate::domain::Id> {
    let site = super::common::site_of(view, interview)?;
    site.interviews.iter().find(|found| &found.id == interview).map(|found| found.worker.clone())
}

impl Confirm {
    /// Rows 2 and up are the recipients.
    fn toggle(&mut self) -> Reply {
        let index = self.cursor.saturating_sub(2);
        match self.is_given.get_mut(index) {
            Some(given) if self.cursor >= 2 => {
                *given = !*given;
                Reply::done()
            }
            _ => Reply::say("矢印で渡す相手の行へ移ってから Space を押してください"),
        }
    }

    /// Draws the recipients; gives the row below them.
    fn draw_copies(&self, canvas: &mut Canvas<'_>, body: Rect, top: u16) -> u16 {
        canvas.text(
            7,
            top,
            body.width,
            "渡す相手   ファイル                                    出る項目  残る",
            Weight::Dim,
        );
        let mut y = top + 1;
        for (index, copy) in self.preview.copies.iter().enumerate() {
            let staying: usize = copy.staying.iter().map(|(_, count)| count).sum();
            let file = self.preview.files.get(index).map_or("", String::as_str);
            let mark = if self.is_given.get(index) == Some(&true) { "x" } else { "-" };
            canvas.text(2, y, 1, if self.cursor == index + 2 { ">" } else { "" }, Weight::Bold);
            canvas.text(4, y, 1, mark, Weight::Bold);
            canvas.text(7, y, 10, copy.recipient.label(), Weight::Plain);
            canvas.text(18, y, 42, file, Weight::Plain);
            canvas.right(60, y, 8, &copy.leaving.to_string(), Weight::Plain);
            canvas.right(70, y, 5, &staying.to_string(), Weight::Plain);
            y += 1;
        }
        y
    }
}
