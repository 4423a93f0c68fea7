//! The list to confirm: each person above the criteria, one key each, before anybody hears of it.

use ratatui::layout::{Position, Rect};

use super::asking::Asking;
use super::{NO_PERSON, NO_ROUND, criteria_line, path, perform, round_of};
use crate::app::stress::judging::{self, Standing};
use crate::app::stress::reported::{differences, is_told};
use crate::app::stress::{consent, requests, result, sheet};
use crate::app::{Site, View};
use crate::domain::Id;
use crate::domain::hours::BatchKind;
use crate::domain::stress::{Computed, Need, StressResult, StressRound};
use crate::domain::worker::Worker;
use crate::scales::stress::Questionnaire;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::table::{Cell, Column, Marker, Row, Table, TableState};
use crate::ui::theme::Weight;

/// Rows above the list: the totals, the criteria, an empty one.
const ABOVE: u16 = 3;
/// Rows below it: an empty one, who could not be judged, what is asked for.
const BELOW: u16 = 3;

/// The list of one round.
pub struct ConfirmList {
    round: Id,
    keys: Vec<Id>,
    table: TableState<Id>,
    asking: Option<Asking<Id>>,
    page: usize,
}

impl ConfirmList {
    /// The list of this round.
    pub fn new(round: Id) -> Self {
        Self { round, keys: Vec::new(), table: TableState::default(), asking: None, page: 10 }
    }

    fn decide(&mut self, view: &View, worker: &Id, need: Need, reason: &str) -> Reply {
        let Some((site, _)) = round_of(view, &self.round) else { return Reply::ignored() };
        let owner = &view.caseload.owner.name;
        let made = judging::confirm(site, &self.round, worker, need, reason, owner, view.today);
        let is_made = made.is_ok();
        let reply = perform(site, made, format!("「{}」と記録しました。u で取り消せます", need.label()));
        if is_made {
            self.go_on(site);
        }
        reply
    }

    /// On to the next person who waits for the decision.
    fn go_on(&mut self, site: &Site) {
        let here = self.table.index().unwrap_or(0);
        let is_open =
            |id: &&Id| result(site, &self.round, id).is_some_and(|row| row.need == Need::Open) && !self.is_here(id);
        let order = self.keys.iter().skip(here + 1).chain(self.keys.iter().take(here));
        if let Some(next) = order.into_iter().find(is_open).cloned() {
            self.table.select(&next, &self.keys);
        }
    }

    fn is_here(&self, id: &Id) -> bool {
        self.table.selected() == Some(id)
    }

    /// The next step of the round: judging what is new, then telling those who can be told.
    fn step(&self, view: &View) -> Reply {
        let Some((site, round)) = round_of(view, &self.round) else { return Reply::ignored() };
        if unjudged(site, round) > 0 {
            let made = judging::judge_round(&view.law, site, &self.round, view.today);
            return match made {
                Ok(None) => Reply::say("新しく判定できる回答はありません"),
                Ok(Some(command)) => perform(site, Ok(command), "判定しました。確認は一人ずつ行います"),
                Err(fault) => Reply::say(fault.to_string()),
            };
        }
        let due = judging::to_notify(site, &self.round);
        match judging::notify(site, &self.round, &due, view.today, view.today) {
            Ok(None) => Reply::say("通知を待つ人はいません"),
            Ok(Some(command)) => {
                perform(site, Ok(command), format!("{}名への通知を今日の日付で記録しました", due.len()))
            }
            Err(fault) => Reply::say(fault.to_string()),
        }
    }

    fn row(&self, view: &View, index: usize) -> Row {
        let found = round_of(view, &self.round).and_then(|(site, _)| Some((site, site.worker(self.keys.get(index)?)?)));
        let Some((site, worker)) = found else { return Row::default() };
        let Some(row) = result(site, &self.round, &worker.id) else { return self.without_result(view, site, worker) };
        let number = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        let need = if row.need == Need::Open { "-" } else { row.need.label() };
        let cells = vec![
            Cell::from(worker.number.clone()),
            Cell::from(worker.name.clone()),
            Cell::from(worker.department.clone()),
            Cell::from(number(row.causes)),
            Cell::from(number(row.symptoms)),
            Cell::from(number(row.support)),
            Cell::from(if is_told(site, row) { "ほか" } else { ground(row) }),
            Cell::from(need),
            Cell::from(next_word(view, site, row)),
        ];
        let marker = if row.need == Need::Open { Marker::Soon } else { Marker::None };
        Row { marker, ..Row::new(cells) }
    }

    fn has_sheet(&self, view: &View, worker: &Id) -> bool {
        round_of(view, &self.round).is_some_and(|(site, _)| sheet(site, &self.round, worker).is_some())
    }

    fn without_result(&self, view: &View, site: &Site, worker: &Worker) -> Row {
        let told = consent::may_be_told(site, &self.round, &worker.id, view.today);
        let mut cells = vec![
            Cell::from(worker.number.clone()),
            Cell::from(worker.name.clone()),
            Cell::from(worker.department.clone()),
        ];
        cells.extend(std::iter::repeat_n(Cell::from("-"), 5));
        cells.push(Cell::from(if told { "同意あり" } else { "見えません" }));
        Row { is_dim: !told, ..Row::new(cells) }
    }

    fn draw_totals(&self, canvas: &mut Canvas<'_>, site: &Site, round: &StressRound, body: Rect) {
        let Standing { sheets, withheld, high, decided, notified } = judging::standing(site, &round.id);
        let line = format!(
            "回答 {sheets}   判定できず {withheld}   数値基準に該当 {high}   実施者の確認 {decided} / {high}   通知 {notified}"
        );
        canvas.text(2, body.y, body.width, &line, Weight::Plain);
        canvas.text(2, body.y + 1, body.width, &criteria_line(&round.criteria_json), Weight::Dim);
        let told = told_elsewhere(site, round).unwrap_or_default();
        canvas.text(2, body.y + 2, body.width.saturating_sub(3), &told, Weight::Plain);
    }

    /// Who could not be judged, with the questions to ask: never counted as not high.
    fn draw_withheld(&self, canvas: &mut Canvas<'_>, site: &Site, body: Rect) {
        let of = site.stress_results.iter();
        let withheld = of.filter(|row| row.round == self.round && row.computed == Computed::Withheld);
        let words: Vec<String> = withheld.filter_map(|row| missing(site, row)).collect();
        if !words.is_empty() {
            let line = format!("判定できず    {}    本人に尋ねます", words.join("   "));
            canvas.text(2, body.bottom().saturating_sub(2), body.width.saturating_sub(3), &line, Weight::Plain);
        }
    }
}

/// Sheets that have no result yet, or one that was withheld.
fn unjudged(site: &Site, round: &StressRound) -> usize {
    let of = site.stress_answers.iter().filter(|row| row.round == round.id);
    of.filter(|row| result(site, &round.id, &row.worker).is_none_or(|known| is_filled(site, known))).count()
}

/// Whether a sheet that was withheld has all its answers now.
fn is_filled(site: &Site, row: &StressResult) -> bool {
    let is_whole = || sheet(site, &row.round, &row.worker).is_some_and(|sheet| !sheet.answers.contains('-'));
    row.computed == Computed::Withheld && is_whole()
}

/// How many results were computed elsewhere, and whose answers say something else: by number, for the names may be many.
fn told_elsewhere(site: &Site, round: &StressRound) -> Option<String> {
    let count = site.stress_reported.iter().filter(|row| row.round == round.id).count();
    let differing = differences(site, round);
    let numbers = differing.iter().filter_map(|found| site.worker(&found.worker)).map(|worker| worker.number.as_str());
    let differing = match differing.len() {
        0 => String::new(),
        few => format!("   答えと違う結果 {few}（{}）", numbers.collect::<Vec<_>>().join(" ")),
    };
    (count > 0).then(|| format!("ほかで計算した結果 {count}（基準の欄に「ほか」）{differing}"))
}

const fn ground(row: &StressResult) -> &'static str {
    match (row.by_symptoms, row.by_causes) {
        (true, true) => "アイ",
        (true, false) => "ア",
        (false, true) => "イ",
        (false, false) => "-",
    }
}

/// What comes next for a person, or the reason of the decision.
fn next_word(view: &View, site: &Site, row: &StressResult) -> String {
    let day = |day| dates::short(day, view.today);
    let asked = requests::request_of(site, &row.round, &row.worker);
    match (row.need, row.notified_on, asked) {
        (Need::Open, ..) => Need::Open.label().to_owned(),
        (Need::NotNeeded, ..) => row.reason.clone(),
        (Need::Needed, Some(told), Some(request)) if requests::is_late(&view.law, told, request.day) => {
            format!("申出 {} 期限の後", day(request.day))
        }
        (Need::Needed, _, Some(request)) => format!("申出 {}", day(request.day)),
        (Need::Needed, Some(told), None) => format!("通知 {}", day(told)),
        (Need::Needed, None, None) => "通知まだ".to_owned(),
    }
}

/// `30129 A6`: by number, for the names may be many.
fn missing(site: &Site, row: &StressResult) -> Option<String> {
    let worker = site.worker(&row.worker)?;
    let (sheet, _) = judging::scored(sheet(site, &row.round, &row.worker)?).ok()?;
    let items = Questionnaire::built_in().ok()?.missing(&sheet);
    let items: Vec<&str> = items.into_iter().filter(|id| !id.starts_with('D')).collect();
    let why = if items.is_empty() { "性別なし".to_owned() } else { format!("{} なし", items.join(" ")) };
    Some(format!("{} {why}", worker.number))
}

impl Screen for ConfirmList {
    fn route(&self) -> Route {
        Route::Stress(self.round.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some((site, round)) = round_of(view, &self.round) else { return Head::default() };
        Head {
            path: path(site, round),
            context: format!("{} {}", round.role.label(), view.caseload.owner.name),
            ..Head::default()
        }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let Some((site, round)) = round_of(view, &self.round) else {
            canvas.text(2, body.y, body.width, NO_ROUND, Weight::Plain);
            return None;
        };
        self.draw_totals(canvas, site, round, body);
        let height = body.height.saturating_sub(ABOVE + BELOW);
        let list = Rect { y: body.y + ABOVE, height, ..body };
        if self.keys.is_empty() {
            let nobody = if site.workers.is_empty() { NO_PERSON } else { "基準に該当する人はいません" };
            canvas.text(2, list.y, body.width, nobody, Weight::Plain);
        } else {
            columns().draw(canvas, list, &self.table, |index| self.row(view, index));
        }
        self.draw_withheld(canvas, site, body);
        self.asking.as_ref().map(|asking| asking.draw(canvas, body.bottom().saturating_sub(1)))
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        if self.asking.is_some() {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        let none = self.keys.is_empty().then_some("該当する人がいません。");
        let is_judging = round_of(view, &self.round).is_some_and(|(site, round)| unjudged(site, round) > 0);
        let (label, effect) = if is_judging {
            ("判定する", "この回の基準で、まだ判定していない回答を判定します。")
        } else {
            ("通知済みに", "本人へ結果を通知したことを、今日の日付で記録します。会社には何も出ません。")
        };
        vec![
            action(Act::Open).offer().labelled("答えと図").refused(none),
            action(Act::Done).offer().labelled(label).doing(effect),
            action(Act::NextStep).offer().labelled("集団"),
            action(Act::Back).offer(),
            action(Act::Why).offer(),
            action(Act::Import).offer().doing("回答のファイルを読んで確かめます。まだ何も書きません。"),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Back if self.asking.is_some() => self.asking = None,
            Act::Back => return Reply::go(Go::Back),
            Act::Done => return self.step(view),
            Act::NextStep => return Reply::to(Route::StressGroups(self.round.clone())),
            Act::Import => {
                let Some((site, _)) = round_of(view, &self.round) else { return Reply::ignored() };
                return Reply::to(Route::ImportOf(site.id().clone(), BatchKind::Stress));
            }
            Act::Why => return Reply::to(Route::Law(Some("SC-9".to_owned()))),
            Act::Open => {
                let Some(worker) = self.table.selected().cloned() else { return Reply::ignored() };
                let (round, has_sheet) = (self.round.clone(), self.has_sheet(view, &worker));
                return Reply::to(if has_sheet {
                    Route::StressProfile(round, worker)
                } else {
                    Route::StressPerson(round, worker)
                });
            }
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if let Some(asking) = &mut self.asking {
            return asking.key(key).unwrap_or_else(|| self.refuse_with(view));
        }
        match (key.code, self.table.selected().cloned()) {
            (Code::Char('1'), Some(worker)) if !key.ctrl => self.decide(view, &worker, Need::Needed, ""),
            (Code::Char('2'), Some(worker)) if !key.ctrl => {
                self.asking = Some(Asking::new(worker, "面接指導が要らないと認めた理由"));
                Reply::done()
            }
            _ if self.table.update(&Input::Key(key), &self.keys, self.page) => Reply::done(),
            _ => Reply::ignored(),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        Asking::paste(&mut self.asking, text)
    }

    fn is_typing(&self) -> bool {
        self.asking.is_some()
    }

    fn message(&self, view: &View) -> String {
        match (&self.asking, round_of(view, &self.round)) {
            (Some(_), _) => "Enter で「否」と記録します。理由は産業医だけが見ます".to_owned(),
            (None, Some((_, round))) if round.opened_on.is_none() => {
                "この回はまだ開いていません。一覧の d で開きます".to_owned()
            }
            (None, Some((_, round))) if !round.role.sees_everybody() => {
                "実施者ではない回です。本人の同意がある結果だけを受け取れます".to_owned()
            }
            (None, Some((site, _))) if !consent::nameable(site, &self.round, view.today).is_empty() => {
                "1 要面接   2 否   会社へは、同意か申出のある人だけです".to_owned()
            }
            _ => "1 要面接   2 否   該当しただけでは、まだ要面接ではありません".to_owned(),
        }
    }

    fn settle(&mut self, view: &View) {
        self.keys = round_of(view, &self.round).map(|(site, round)| high(site, round)).unwrap_or_default();
        self.table.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = Table::page(body).saturating_sub(usize::from(ABOVE + BELOW));
    }
}

impl ConfirmList {
    fn refuse_with(&mut self, view: &View) -> Reply {
        let Some(asking) = self.asking.take() else { return Reply::ignored() };
        let reply = self.decide(view, &asking.about.clone(), Need::NotNeeded, asking.text());
        // Without a reason nothing was written: the line stays open.
        if reply.effects.is_empty() {
            self.asking = Some(asking);
        }
        reply
    }
}

/// Who is above the criteria and may be shown, by number.
///
/// Where the owner may see nobody's result, everybody on the roster: a consent is recorded before the result comes.
fn high(site: &Site, round: &StressRound) -> Vec<Id> {
    if !round.role.sees_everybody() {
        return site.workers.iter().map(|worker| worker.id.clone()).collect();
    }
    let is_high = |row: &&StressResult| row.round == round.id && row.computed == Computed::High;
    let found = site.stress_results.iter().filter(is_high).filter_map(|row| site.worker(&row.worker));
    let mut workers: Vec<_> = found.collect();
    workers.sort_by(|a, b| (&a.number, &a.id).cmp(&(&b.number, &b.id)));
    workers.into_iter().map(|worker| worker.id.clone()).collect()
}

fn columns() -> Table {
    Table::new(vec![
        Column::new("番号", 6).growing(9),
        Column::new("氏名", 12).growing(18),
        Column::new("所属", 10).growing(18),
        Column::new("A", 3).number(),
        Column::new("B", 4).number(),
        Column::new("C", 3).number(),
        Column::new("基準", 4),
        Column::new("確認", 6),
        Column::new("理由・次", 14).growing(30),
    ])
    .spaced(1)
}
