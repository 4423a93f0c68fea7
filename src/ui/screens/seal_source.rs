//! After an import: the file it came from lies in clear, and may be sealed into the vault at once.
//!
//! Whoever does not want it now is asked again when the visit closes: the file stays in the list of clear files.

use ratatui::layout::{Position, Rect};

use crate::app::attachments::MOST_BYTES;
use crate::app::{Effect, Event, View};
use crate::domain::EstablishmentId;
use crate::domain::command::Act as Deed;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::Key;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// The offer to seal the file that was just taken in.
pub struct SealSource {
    site: EstablishmentId,
    number: i64,
    is_asked: bool,
}

impl SealSource {
    /// The offer for a file, by its number among the clear files.
    pub fn new(site: EstablishmentId, number: i64) -> Self {
        Self { site, number, is_asked: false }
    }

    /// The size in bytes of a file that the vault does not take.
    fn too_large(&self, view: &View) -> Option<u64> {
        view.vault.too_large.iter().find(|(number, _)| *number == self.number).map(|(_, size)| *size)
    }

    /// What sealing does with this file.
    fn sealing(&self, view: &View) -> String {
        let mega = |bytes: u64| bytes.div_ceil(1024 * 1024);
        match self.too_large(view) {
            None => "取り込んだ記録に添えて金庫に入れ、読み返してから、平文のファイルを消します".to_owned(),
            Some(size) => format!(
                "{} MB あり、金庫には入りません（{} MB まで）。鍵で暗号化した .age を元の場所に作り、読み返してから、\
                 平文のファイルを消します。取込を消去しても .age は残ります",
                mega(size),
                mega(MOST_BYTES)
            ),
        }
    }

    fn on(&self, view: &View) -> Reply {
        Reply::go(after(view, &self.site))
    }
}

/// Where what was just taken in shows: the roster, or, for the stress check, the place that it was wanted at.
pub(super) fn after(view: &View, site: &EstablishmentId) -> Go {
    // The sealing is an operation too: what came in is the newest that brought a batch.
    let taken = view.caseload.site(site).and_then(|site| site.history.iter().find(|known| known.batch.is_some()));
    match taken.map(|operation| operation.act) {
        Some(Deed::ImportStress) => Go::Back,
        _ => Go::Instead(Route::Roster(site.clone())),
    }
}

impl Screen for SealSource {
    fn route(&self) -> Route {
        Route::SealSource(self.site.clone(), self.number)
    }

    fn head(&self, view: &View) -> Head {
        let name = view.caseload.site(&self.site).map(|site| site.establishment.name.clone()).unwrap_or_default();
        Head { path: format!("{name} / 取込 / 元のファイル"), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let file = view.vault.clear_files.iter().find(|file| file.number == self.number);
        let name = file.and_then(|file| file.path.rsplit(['/', '\\']).next()).unwrap_or("もうありません");
        let sealing = self.sealing(view);
        let told = [
            ("ファイル", name),
            ("いま", "平文のまま、元の場所にあります。ほかの人が読めます"),
            ("封入", sealing.as_str()),
            ("あとで", "平文のファイルの一覧に残り、訪問を閉じるときにもう一度お尋ねします"),
        ];
        let (mut y, width) = (body.y, body.width.saturating_sub(16));
        for (label, text) in told {
            canvas.text(2, y, 12, label, Weight::Dim);
            for line in canvas.ruler().wrap(text, width.into()) {
                canvas.text(14, y, width, &line, Weight::Plain);
                y += 1;
            }
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let busy = self.is_asked.then_some("封入しています");
        let doing = match self.too_large(view) {
            None => "元のファイルを金庫に入れ、平文のファイルを消します。",
            Some(_) => "元のファイルを隣の .age に封入し、平文のファイルを消します。",
        };
        vec![
            action(Act::Seal).offer().labelled("封入して消す").doing(doing).refused(busy),
            action(Act::Open).offer().labelled("あとで").doing("平文のまま残し、先へ進みます。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Seal => {
                self.is_asked = true;
                Reply::ask(Effect::SealSource(self.number))
            }
            Act::Open | Act::Back => self.on(view),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, _view: &View, _key: Key) -> Reply {
        Reply::ignored()
    }

    fn message(&self, _view: &View) -> String {
        "取り込みました。元のファイルは平文のままです".to_owned()
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::Done(_) if self.is_asked => self.on(view),
            Event::Failed(_) | Event::Stopped(_) => {
                self.is_asked = false;
                Reply::done()
            }
            _ => Reply::ignored(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::patrol::desk::{bare, site_id, view};

    #[test]
    fn what_sealing_does_with_a_file_of_this_size_is_said_before() {
        let mut view = view(vec![bare()]);
        let screen = SealSource::new(site_id(), 7);
        assert!(screen.sealing(&view).contains("金庫に入れ"));
        let vault = crate::app::host::VaultView { too_large: vec![(7, MOST_BYTES + 1)], ..Default::default() };
        view.vault = std::sync::Arc::new(vault);
        let told = screen.sealing(&view);
        assert!(told.starts_with("6 MB あり、金庫には入りません（5 MB まで）") && told.contains(".age"), "{told}");
        assert!(SealSource::new(site_id(), 8).sealing(&view).contains("金庫に入れ"));
    }
}
