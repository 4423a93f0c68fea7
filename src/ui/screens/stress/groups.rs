//! The groups of a round: means, the chart's risk, the share of 高ストレス; small groups stay empty.
//!
//! What stands here is what may be given: there is no view with more, and no switch. It stays on the screen while it is
//! shared, for it holds no person.

use ratatui::layout::{Position, Rect};

use super::asking::Asking;
use super::diagram::{Lines, Shown};
use super::{NO_ROUND, path, perform, round_of};
use crate::app::View;
use crate::app::host::DocumentRequest;
use crate::app::stress::groups::{minimum, release, report};
use crate::domain::Id;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::worker::Sex;
use crate::scales::stress::Questionnaire;
use crate::scales::stress::group::{Analysis, Cell as Figures, Group, Mean, Share};
use crate::scales::stress::risk::{CHART, CoefficientSet, Risk, sets};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::{Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::table::{Cell, Column, Row, Table, TableState};
use crate::ui::theme::Weight;

/// Rows below the list.
const BELOW: u16 = 5;
/// From this width on the source of the coefficients has room.
const WIDE: u16 = 100;
/// What the rows are, by the key that turns them: everybody, men, women.
const PEOPLE: [(&str, Sex); 3] = [("全員", Sex::Unknown), ("男", Sex::Male), ("女", Sex::Female)];

/// The groups of one round.
pub struct Groups {
    /// Whether a report was recorded as given; not known while the screen is shared.
    has_release: bool,
    round: Id,
    analysis: Option<Analysis>,
    fault: Option<String>,
    least: usize,
    is_merged: bool,
    is_drawn: bool,
    people: usize,
    set: usize,
    keys: Vec<String>,
    table: TableState<String>,
    asking: Option<Asking<()>>,
    page: usize,
}

impl Groups {
    /// The groups of this round.
    pub fn new(round: Id) -> Self {
        Self {
            round,
            analysis: None,
            fault: None,
            least: 0,
            is_merged: false,
            is_drawn: false,
            people: 0,
            set: 0,
            keys: Vec::new(),
            table: TableState::default(),
            has_release: false,
            asking: None,
            page: 10,
        }
    }

    fn compute(&mut self, view: &View) {
        let Some((site, _)) = round_of(view, &self.round) else { return };
        // Nobody is in the view while the screen is shared: what was computed before holds no person and stays.
        if site.workers.is_empty() && self.analysis.is_some() {
            return;
        }
        self.least = minimum(&view.law, view.today).unwrap_or_default();
        let first = report(&view.law, site, &self.round, &[], view.today);
        let found = match first {
            Ok(first) if self.is_merged && !first.could_merge.is_empty() => {
                report(&view.law, site, &self.round, &first.could_merge, view.today)
            }
            other => other,
        };
        match found {
            Ok(analysis) => (self.analysis, self.fault) = (Some(analysis), None),
            Err(fault) => (self.analysis, self.fault) = (None, Some(fault.to_string())),
        }
        self.keys = self.analysis.iter().flat_map(|a| &a.groups).map(|group| group.name.clone()).collect();
        self.table.settle(&self.keys);
    }

    fn figures<'group>(&self, group: &'group Group) -> Option<&'group Figures> {
        group.cells.get(self.people)
    }

    fn set(&self) -> Option<&'static CoefficientSet> {
        sets().ok()?.get(self.set)
    }

    fn row(&self, index: usize) -> Row {
        let group = self.analysis.as_ref().and_then(|analysis| analysis.groups.get(index));
        let Some((group, figures)) = group.and_then(|group| Some((group, self.figures(group)?))) else {
            return Row::default();
        };
        let name = format!("{}{}", "  ".repeat(group.depth.min(4)), last_step(&group.name));
        let mut cells = vec![Cell::from(name), Cell::from(self.sheets(group, figures))];
        cells.extend(chart_means(figures).map(Cell::from));
        let risk = self.risk(group, figures);
        let word = |pick: fn(&Risk) -> f64| risk.map_or_else(dash, |risk| Risk::rounded(pick(&risk)).to_string());
        cells.push(Cell::from(word(|risk| risk.demand_control)));
        cells.push(Cell::from(word(|risk| risk.support)));
        cells.push(Cell::from(word(|risk| risk.total)));
        cells.push(Cell::from(figures.high.map_or_else(dash, share)));
        Row { is_dim: figures.chart.is_none(), ..Row::new(cells) }
    }

    /// The groups whose chart may be shown, of everybody or of one sex.
    fn shown<'group>(&self, analysis: &'group Analysis) -> Vec<Shown<'group>> {
        let of = analysis.groups.iter();
        of.filter_map(|group| Some((last_step(&group.name), self.figures(group)?.chart?))).collect()
    }

    /// Lines are by sex; where no sex was collected at all the men's hold, as for the figures.
    fn lines(&self, analysis: &Analysis) -> Lines<'static> {
        let sex = PEOPLE.get(self.people).map(|(_, sex)| *sex);
        Lines { set: self.set(), sex: sex.filter(|sex| *sex != Sex::Unknown || !analysis.has_sex) }
    }

    /// The number of sheets; of a group that is left out, only that it is one.
    fn sheets(&self, group: &Group, figures: &Figures) -> String {
        match (figures.chart, self.people) {
            (Some(chart), _) => chart.people.to_string(),
            (None, 0) if group.sheets < self.least => format!("{}未満", self.least),
            (None, _) => dash(),
        }
    }

    /// The chart is by sex. For everybody it is both sexes' risks weighed by their number, or, where no sex was
    /// collected at all, the men's chart.
    fn risk(&self, group: &Group, figures: &Figures) -> Option<Risk> {
        let (set, (_, sex)) = (self.set()?, PEOPLE.get(self.people)?);
        match (sex, &group.cells) {
            (Sex::Unknown, [_, men, women]) if self.analysis.as_ref().is_some_and(|analysis| analysis.has_sex) => {
                set.weighed(&men.chart?, &women.chart?)
            }
            _ => set.risk(&figures.chart?, *sex),
        }
    }

    fn ask(&mut self, view: &View) -> Reply {
        let Some(asking) = self.asking.take() else { return Reply::ignored() };
        let found = round_of(view, &self.round).zip(self.analysis.as_ref());
        let Some(((site, _), analysis)) = found else { return Reply::ignored() };
        let made = release(site, &self.round, analysis, asking.text(), view.today);
        let reply = perform(site, made, "提供したことを記録しました。次の報告は、差で少人数が判らない形だけになります");
        if reply.effects.is_empty() {
            self.asking = Some(asking);
        }
        reply
    }
}

impl Groups {
    /// The newest report that was recorded as given.
    fn release(&self, view: &View) -> Option<DocumentRequest> {
        let (site, _) = round_of(view, &self.round)?;
        let row = site.stress_releases.iter().rev().find(|row| row.round == self.round)?;
        let (form, to) = (FormKind::StressGroups, vec![Recipient::Employer]);
        Some(DocumentRequest::new(site.id().clone(), form, Some(row.id.clone()), to))
    }

    fn no_report(&self) -> Option<&'static str> {
        (!self.has_release).then_some("先に「提供を記録」で、渡す相手を記録します")
    }

    /// Exactly what was recorded as given, on paper and as a workbook.
    fn print(&self, view: &View) -> Reply {
        self.release(view).map_or_else(Reply::ignored, |request| Reply::to(Route::Paper(Box::new(request))))
    }
}

fn dash() -> String {
    "-".to_owned()
}

fn last_step(name: &str) -> &str {
    if name.contains('＋') { name } else { name.rsplit('/').next().unwrap_or(name) }
}

/// 7.4 of a mean in tenths.
fn tenths(mean: Mean) -> String {
    let tenths = mean.tenths();
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn chart_means(figures: &Figures) -> [String; 4] {
    let scales = Questionnaire::built_in().map(Questionnaire::scales).unwrap_or_default();
    CHART.map(|id| {
        let place = scales.iter().position(|scale| scale.id == id);
        place.and_then(|place| figures.scales.get(place).copied().flatten()).map_or_else(dash, tenths)
    })
}

/// `14 (10.1%)`
fn share(share: Share) -> String {
    let tenths = if share.judged == 0 { 0 } else { (share.high * 2000 + share.judged) / (share.judged * 2) };
    format!("{} ({}.{}%)", share.high, tenths / 10, tenths % 10)
}

impl Screen for Groups {
    fn route(&self) -> Route {
        Route::StressGroups(self.round.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some((site, round)) = round_of(view, &self.round) else { return Head::default() };
        let people = PEOPLE.get(self.people).map_or("", |(word, _)| word);
        Head { path: format!("{} / 集団", path(site, round)), context: people.to_owned(), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if round_of(view, &self.round).is_none() {
            canvas.text(2, body.y, body.width, NO_ROUND, Weight::Plain);
            return None;
        }
        let Some(analysis) = &self.analysis else {
            canvas.text(2, body.y, body.width, self.fault.as_deref().unwrap_or_default(), Weight::Plain);
            return None;
        };
        let list = Rect { height: body.height.saturating_sub(BELOW), ..body };
        if self.is_drawn {
            super::diagram::draw(canvas, list, &self.shown(analysis), self.lines(analysis));
        } else {
            columns().draw(canvas, list, &self.table, |index| self.row(index));
        }
        let y = body.bottom().saturating_sub(BELOW - 1);
        let source = |set: &CoefficientSet| if body.width < WIDE { String::new() } else { set.source.clone() };
        let set = self.set().map(|set| format!("判定図の係数 {}（未確認）  {}", set.id, source(set)));
        canvas.text(2, y, body.width.saturating_sub(3), &set.unwrap_or_default(), Weight::Dim);
        let left = format!("{}人に満たない集団と、引き算で判る集団は「-」です", self.least);
        canvas.text(2, y + 1, body.width.saturating_sub(3), &left, Weight::Dim);
        let Analysis { without_chart, withheld, .. } = analysis;
        let out = format!("集計に入らない答え   判定図 {without_chart}   高ストレス {withheld}");
        canvas.text(2, y + 2, body.width.saturating_sub(3), &out, Weight::Dim);
        self.asking.as_ref().map(|asking| asking.draw(canvas, body.bottom().saturating_sub(1)))
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if self.asking.is_some() {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        let can_merge = self.is_merged || self.analysis.as_ref().is_some_and(|a| !a.could_merge.is_empty());
        let none = self.analysis.as_ref().is_none_or(|a| a.released.is_empty()).then_some("出せる集団がありません。");
        vec![
            action(Act::NextField).offer().labelled("男女").doing("全員、男、女を切り替えます。"),
            action(Act::OtherForm)
                .offer()
                .labelled(if self.is_drawn { "表" } else { "図" })
                .doing("判定図と表を切り替えます。どちらも、出せる集団だけです。"),
            action(Act::Batch)
                .offer()
                .labelled(if self.is_merged { "分ける" } else { "まとめる" })
                .doing("同じ部門の小さい集団を、ひとつにまとめて示します。")
                .refused((!can_merge).then_some("まとめられる小さい集団がありません。")),
            action(Act::NextStep).offer().labelled("改善").doing("集団分析のあとの助言、聴取、取組へ移ります。"),
            action(Act::Back).offer(),
            action(Act::Done)
                .offer()
                .labelled("提供を記録")
                .doing("この表を渡した相手と日を記録します。何も出力しません。")
                .refused(none),
            action(Act::Output).offer().labelled("報告書").refused(self.no_report()),
            action(Act::Sort).offer().labelled("係数").doing("判定図の係数の組を替えます。"),
            action(Act::Why).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Back if self.asking.is_some() => self.asking = None,
            Act::Back => return Reply::go(Go::Back),
            Act::OtherForm => self.is_drawn = !self.is_drawn,
            Act::NextField => self.people = (self.people + 1) % PEOPLE.len(),
            Act::Sort => self.set = (self.set + 1) % sets().map_or(1, <[_]>::len).max(1),
            Act::Batch => {
                self.is_merged = !self.is_merged;
                self.compute(view);
            }
            Act::Output => return self.print(view),
            Act::NextStep => return Reply::to(Route::StressImprovements(self.round.clone())),
            Act::Done => self.asking = Some(Asking::new((), "提供する相手（衛生委員会、人事など）")),
            Act::Why => return Reply::to(Route::Law(Some("SC-14".to_owned()))),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if let Some(asking) = &mut self.asking {
            return asking.key(key).unwrap_or_else(|| self.ask(view));
        }
        if self.table.update(&Input::Key(key), &self.keys, self.page) { Reply::done() } else { Reply::ignored() }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        Asking::paste(&mut self.asking, text)
    }

    fn is_typing(&self) -> bool {
        self.asking.is_some()
    }

    fn message(&self, _view: &View) -> String {
        if self.asking.is_some() {
            return "Enter で記録します。結果は、渡した相手のほかへ際限なく広げません".to_owned();
        }
        "一人ひとりの同意は要りません。少人数の集団は、全員の同意があっても出しません".to_owned()
    }

    fn settle(&mut self, view: &View) {
        self.has_release = self.release(view).is_some();
        self.compute(view);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(BELOW));
    }
}

fn columns() -> Table {
    Table::new(vec![
        Column::new("集団", 20).growing(34),
        Column::new("回答", 6).number(),
        Column::new("量", 4).number(),
        Column::new("裁量", 4).number(),
        Column::new("上司", 4).number(),
        Column::new("同僚", 4).number(),
        Column::new("A", 3).number(),
        Column::new("B", 3).number(),
        Column::new("総合", 4).number(),
        Column::new("高ストレス", 12).number(),
    ])
    .spaced(1)
}
