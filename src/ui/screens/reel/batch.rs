//! 一括の確認: whom the batch takes and whom it leaves, before a single row is written.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use ratatui::layout::{Position, Rect};

use crate::app::checkups::weigh::Standing;
use crate::app::checkups::{judge, queue};
use crate::app::{Effect, Event, Site, View};
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// Rows below the list: whom it leaves, and what happens.
const BELOW: u16 = 10;

/// The page.
pub struct BatchScreen {
    site: EstablishmentId,
    table: &'static str,
    standings: Arc<Vec<Standing>>,
    /// Taken out by the physician.
    out: HashSet<Id>,
    rows: TableState<Id>,
    keys: Vec<Id>,
    page: usize,
}

impl BatchScreen {
    /// The page of this establishment.
    pub fn new(site: EstablishmentId, table: &'static str) -> Self {
        let (standings, out, rows) = (Arc::default(), HashSet::new(), TableState::default());
        Self { site, table, standings, out, rows, keys: Vec::new(), page: 8 }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(&self.site).map(|site| &**site)
    }

    /// Those who could be taken, whether the physician takes them or not.
    fn eligible<'page>(&'page self, site: &'page Site) -> impl Iterator<Item = &'page Standing> {
        let open = self.standings.iter().filter(|standing| super::is_open(site, &standing.checkup));
        let held = queue::held(site);
        open.filter(move |standing| queue::left(&held, standing).is_none())
    }

    fn taken(&self, site: &Site) -> Vec<Id> {
        self.eligible(site).map(|standing| standing.checkup.clone()).filter(|id| !self.out.contains(id)).collect()
    }

    /// Whom it leaves, by reason.
    fn left(&self, site: &Site) -> BTreeMap<&'static str, usize> {
        let (mut counts, held) = (BTreeMap::new(), queue::held(site));
        for standing in self.standings.iter().filter(|standing| super::is_open(site, &standing.checkup)) {
            let taken_out = self.out.contains(&standing.checkup).then_some(queue::Left::TakenOut);
            if let Some(reason) = queue::left(&held, standing).or(taken_out) {
                *counts.entry(reason.label()).or_default() += 1;
            }
        }
        counts
    }

    fn judge(&self, view: &View) -> Reply {
        let Some(site) = self.site(view) else { return Reply::ignored() };
        let taken = self.taken(site);
        if taken.is_empty() {
            return Reply::say("一括に入れられる人はいません");
        }
        let command = judge::batch(site, &taken, view.today);
        let says = format!("{}名を通常勤務にしました。u でまとめて取り消せます", taken.len());
        let effect = Effect::Perform(self.site.clone(), Box::new(command));
        Reply { says: Some(says), ..Reply::ask(effect) }.then(Go::Back)
    }

    fn mark(&mut self) -> Reply {
        let Some(id) = self.rows.selected().cloned() else { return Reply::ignored() };
        if !self.out.remove(&id) {
            self.out.insert(id);
        }
        Reply::done()
    }

    fn draw_row(&self, canvas: &mut Canvas<'_>, site: &Site, (x, y): (u16, u16), id: &Id, has_cursor: bool) {
        let Some(standing) = self.standings.iter().find(|standing| &standing.checkup == id) else { return };
        let Some(worker) = site.worker(&standing.worker) else { return };
        let is_out = self.out.contains(id);
        let weight = if is_out { Weight::Dim } else { Weight::Plain };
        canvas.text(x, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
        canvas.text(x + 2, y, 4, if is_out { "外す" } else { "" }, weight);
        canvas.text(x + 7, y, 16, &worker.name, weight);
        canvas.text(x + 24, y, 14, &worker.department, weight);
        let told = if standing.told.is_empty() { "所見なし" } else { standing.told.as_str() };
        canvas.text(x + 39, y, 38, told, weight);
    }
}

impl Screen for BatchScreen {
    fn route(&self) -> Route {
        Route::ReelBatch(self.site.clone(), self.table)
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = self.site(view) else { return Head::default() };
        let left = self.standings.iter().filter(|standing| super::is_open(site, &standing.checkup)).count();
        let path = format!("{} / 健診の判定 / 一括の確認", site.establishment.name);
        Head { path, context: format!("残り {left}"), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let site = self.site(view)?;
        let taken = self.taken(site).len();
        sheet::rule(canvas, body.x, body.y, body.width, &format!("入れる {taken}名  通常勤務"));
        let top = self.rows.index().map_or(0, |index| (index + 1).saturating_sub(self.page));
        for (row, id) in self.keys.iter().skip(top).take(self.page).enumerate() {
            let has_cursor = self.rows.index() == Some(top + row);
            self.draw_row(canvas, site, (body.x, body.y + 1 + columns(row)), id, has_cursor);
        }
        if self.keys.is_empty() {
            canvas.text(body.x + 2, body.y + 1, body.width, "一括に入れられる人はいません", Weight::Plain);
        }
        let left = self.left(site);
        let y = body.y + 2 + columns(self.keys.len().min(self.page)).max(1);
        sheet::rule(canvas, body.x, y, body.width, &format!("入れない {}名", left.values().sum::<usize>()));
        let words: Vec<String> = left.iter().map(|(word, count)| format!("{word} {count}名")).collect();
        canvas.text(body.x + 2, y + 1, body.width.saturating_sub(3), &words.join("   "), Weight::Plain);
        let facts = [
            ("起きること", format!("{taken}名の医師の意見に「通常勤務」と本日の日付を書きます")),
            ("出るもの", "ありません".to_owned()),
            ("取り消し", format!("u で {taken}名をまとめて戻せます")),
        ];
        for (row, (label, text)) in facts.iter().enumerate() {
            canvas.text(body.x + 2, y + 3 + columns(row), 12, label, Weight::Dim);
            canvas.text(body.x + 16, y + 3 + columns(row), body.width.saturating_sub(17), text, Weight::Plain);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let taken = self.site(view).map_or(0, |site| self.taken(site).len());
        let nobody = (taken == 0).then_some("一括に入れられる人はいません");
        vec![
            action(Act::Open)
                .offer()
                .keyed("1")
                .labelled(format!("{taken}名を通常勤務に"))
                .doing("示した人の意見を、まとめて通常勤務にします。1 で行います。")
                .refused(nobody),
            action(Act::Mark).offer().labelled("外す・戻す").refused(self.rows.is_empty().then_some("行がありません")),
        ]
    }

    fn act(&mut self, _view: &View, act: Act) -> Reply {
        match act {
            Act::Open => Reply::say("示した人を確かめてから、1 を押します"),
            Act::Mark => self.mark(),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        match key.code {
            Code::Char('1') if !key.ctrl => self.judge(view),
            _ if self.rows.update(&Input::Key(key), &self.keys, self.page) => Reply::done(),
            _ => Reply::ignored(),
        }
    }

    fn message(&self, _view: &View) -> String {
        "入れるかどうかは産業医が決めます。Space で人ごとに外せます".to_owned()
    }

    fn event(&mut self, view: &View, event: &Event) -> Reply {
        match event {
            Event::CheckupsWeighed(standings) => {
                self.standings = Arc::clone(standings);
                self.settle(view);
                Reply::done()
            }
            Event::Unlocked => self.opened(view),
            _ => Reply::ignored(),
        }
    }

    fn opened(&mut self, _view: &View) -> Reply {
        Reply::ask(Effect::WeighCheckups(self.site.clone(), self.table.to_owned()))
    }

    fn settle(&mut self, view: &View) {
        let keys = self.site(view).map(|site| self.eligible(site).map(|standing| standing.checkup.clone()).collect());
        self.keys = keys.unwrap_or_default();
        self.rows.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = usize::from(body.height.saturating_sub(BELOW)).max(3);
    }
}
