//! 面接不要: the physician's decision that no interview is needed this time, beside what it may rest on.
//!
//! Knows the fields and their words. Whether the law allows the decision is `app::exclusions`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, EntryForm, Refusal, absent};
use super::request::{PERIODS, month_word};
use crate::app::exclusions::{self, ExclusionEntry, ExclusionFault};
use crate::app::requests::{self, RequestFault};
use crate::app::{Site, View};
use crate::domain::case::BasisKind;
use crate::domain::establishment::StandingInstruction;
use crate::domain::{Day, Id, Period};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Rows of the sheet below the form, its title included.
const SHEET_ROWS: u16 = 6;
/// Rows below it for what was set in advance, where the window is narrow: all fields of the form stay in sight.
const SET_ROWS: usize = 1;
/// Where the days and the texts of the sheet begin.
const DAY: u16 = 24;
const TEXT: u16 = 36;

/// The button that takes back the decision that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lift;

/// The form of the decision.
pub struct ExclusionForm {
    worker: Id,
    periods: Vec<Period>,
}

impl ExclusionForm {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new() }
    }

    /// The period that stands in the form.
    fn period(&self, entry: &Entry<Lift>) -> Option<Period> {
        entry.form().chosen("period", 1, &self.periods).copied()
    }
}

fn form(view: &View, site: &Site, worker: &Id, periods: &[Period]) -> Form {
    let months = numbered(1, periods.iter().map(|period| month_word(*period)));
    let bases = numbered(1, BasisKind::ALL.iter().map(|kind| kind.label()));
    let newest = periods.first().and_then(|period| {
        let day = exclusions::newest_of(site, worker, BasisKind::RecentInterview, period.end)?;
        exclusions::is_recent(&view.law, day, period.end).then_some(day)
    });
    let interviewed = newest.map(|day| day.to_string()).unwrap_or_default();
    Form::new(vec![
        Field::date("day", "判断日", view.today, Direction::Back).with(&view.today.to_string()),
        Field::choice("period", "どの期間", months).with("1"),
        Field::multi("basis", "拠り所", bases),
        Field::date("interviewed", "面接の日", view.today, Direction::Back).with(&interviewed),
        Field::text("doctor", "面接の医師"),
        Field::text("records", "渡した記録"),
        Field::memo("grounds", "認めた理由", 3),
        Field::memo("keeps", "健康の保ち方", 3),
    ])
}

fn typed(form: &Form, period: Option<Period>, today: Day) -> ExclusionEntry {
    let bases = form.choices("basis").into_iter().filter_map(|number| usize::from(number).checked_sub(1));
    ExclusionEntry {
        day: form.day("day").unwrap_or(today),
        period,
        bases: bases.filter_map(|index| BasisKind::ALL.get(index).copied()).collect(),
        interviewed_on: form.day("interviewed"),
        doctor: form.text("doctor").to_owned(),
        records: form.text("records").to_owned(),
        grounds: form.text("grounds").to_owned(),
        keeps_healthy: form.text("keeps").to_owned(),
    }
}

/// A fault, below the field that it is about.
fn refusal(fault: &ExclusionFault) -> Refusal {
    let field = match fault {
        ExclusionFault::Day(RequestFault::NoPeriod) | ExclusionFault::NoPeriod | ExclusionFault::NoHours => "period",
        ExclusionFault::NotListed | ExclusionFault::Decided | ExclusionFault::NotAllowed(_) => "period",
        ExclusionFault::Day(_) | ExclusionFault::BeforePeriodEnd | ExclusionFault::NothingToLift => "day",
        ExclusionFault::NoBasis => "basis",
        ExclusionFault::NoInterviewDay | ExclusionFault::InterviewOutside => "interviewed",
        ExclusionFault::NoGrounds => "grounds",
        ExclusionFault::NoAnswer => "keeps",
    };
    (field, fault.to_string())
}

/// What each field is for, in the message row.
fn hint(field: &str) -> &'static str {
    match field {
        "day" => "判断した日です。期日より後の日を書きます",
        "period" => "どの月の面接についての判断かを番号で選びます",
        "basis" => "番号で付けたり外したりします。提案はしません。判断するのは産業医です",
        "interviewed" => "期日前の面接に拠るときだけ要ります",
        "doctor" => "ほかの医師の面接に拠るときだけ書きます",
        "records" => "その医師へ渡した記録（面接、健診、業務など）があれば書きます",
        "grounds" => "健康上問題がないと認めた理由です。産業医だけが見ます",
        _ => "睡眠、休み、仕事の分担など。無ければ「なし」と書きます。F6 で保存の行へ",
    }
}

impl EntryForm<Lift> for ExclusionForm {
    fn route(&self) -> Route {
        Route::Exclusion(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "面接不要")
    }

    fn build(&mut self, view: &View) -> Option<Entry<Lift>> {
        let (site, _) = common::person(view, &self.worker)?;
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        let form = form(view, site, &self.worker, &self.periods);
        Some(Entry::new(site, format!("exclusion/{}", self.worker), form, "basis"))
    }

    fn save(&mut self, view: &View, entry: &mut Entry<Lift>) -> Result<Reply, Refusal> {
        let Some(site) = common::site_of(view, &self.worker) else { return Ok(Reply::ignored()) };
        let period = self.period(entry);
        let typed = typed(entry.form(), period, view.today);
        let command =
            exclusions::decide(&view.law, site, &self.worker, &typed, view.today).map_err(|fault| refusal(&fault))?;
        let month = period.map(month_word).unwrap_or_default();
        Ok(entry.save(command, format!("{month}の面接は不要という判断を記録しました。Ctrl-Z で取り消せます")))
    }

    fn save_label(&self) -> &'static str {
        "判断を保存"
    }

    fn buttons(&self, view: &View, entry: &Entry<Lift>) -> Vec<(Lift, &'static str)> {
        let decided = self.period(entry).zip(common::site_of(view, &self.worker));
        let standing = decided.and_then(|(period, site)| exclusions::standing(site, &self.worker, period.end));
        standing.map(|_| (Lift, "判断を取り下げる")).into_iter().collect()
    }

    fn press(&mut self, view: &View, entry: &mut Entry<Lift>, _lift: Lift) -> Result<Reply, Refusal> {
        let Some((site, period)) = common::site_of(view, &self.worker).zip(self.period(entry)) else {
            return Ok(Reply::ignored());
        };
        let command = exclusions::lift(site, &self.worker, period).map_err(|fault| refusal(&fault))?;
        Ok(entry.perform(command, "判断を取り下げました。Ctrl-Z で戻せます"))
    }

    fn message(&self, view: &View, entry: &Entry<Lift>, field: Option<&str>) -> String {
        let site = common::site_of(view, &self.worker);
        let obstacle =
            site.zip(self.period(entry)).and_then(|(s, p)| exclusions::obstacle(&view.law, s, &self.worker, p));
        let buttons = "明らかに不要でなければ、面接を行うことが望まれます。Enter で記録します";
        obstacle.map_or_else(|| field.map_or(buttons, hint).to_owned(), |fault| fault.to_string())
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry<Lift>) -> Option<Position> {
        let Some(site) = common::site_of(view, &self.worker) else { return absent(canvas, body, common::NOBODY_HERE) };
        let period = self.period(entry);
        let day = entry.form().day("day").unwrap_or(view.today);
        let set = |width: u16| set_in_advance(site, day, width);
        let (left, right) = sheet::panes(body);
        let Some(pane) = right else {
            let set = set(body.width);
            let rows = set.len().min(SET_ROWS);
            let rows = if rows == 0 { 0 } else { columns(rows) + 1 };
            let top = body.bottom().saturating_sub(SHEET_ROWS + rows);
            self.draw_bases(view, canvas, site, period, Rect { y: top, height: SHEET_ROWS, ..body });
            draw_set(canvas, &set, Rect { y: top + SHEET_ROWS, height: rows, ..body });
            return entry.draw(canvas, Rect { height: body.height.saturating_sub(SHEET_ROWS + rows + 1), ..left });
        };
        self.draw_bases(view, canvas, site, period, pane);
        let below = pane.y + SHEET_ROWS * 2;
        draw_set(canvas, &set(pane.width), Rect { y: below, height: pane.bottom().saturating_sub(below), ..pane });
        entry.draw(canvas, left)
    }
}

impl ExclusionForm {
    /// What the records hold that a decision may rest on; nothing is chosen by that.
    fn draw_bases(&self, view: &View, canvas: &mut Canvas<'_>, site: &Site, period: Option<Period>, area: Rect) {
        sheet::rule(canvas, area.x, area.y, area.width, "記録にあるもの");
        let Some(period) = period else { return };
        // In a pane the words stand below the day.
        let (step, x, below) = if area.width > TEXT * 2 { (1, TEXT, 0) } else { (2, 4, 1) };
        for (y, kind) in (area.y + 1..area.bottom()).step_by(step).zip(BasisKind::ALL) {
            let shown = self.newest(view, site, *kind, period);
            let word = shown.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let text = shown.map(|day| described(site, &self.worker, *kind, day)).unwrap_or_default();
            canvas.text(area.x + 2, y, DAY - 3, kind.label(), Weight::Dim);
            canvas.text(area.x + DAY, y, TEXT - DAY - 1, &word, Weight::Plain);
            canvas.text(area.x + x, y + below, area.width.saturating_sub(x + 1), &text, Weight::Plain);
        }
    }

    /// The newest record of a kind; an interview before the 期日 only where the law counts it.
    fn newest(&self, view: &View, site: &Site, kind: BasisKind, period: Period) -> Option<Day> {
        if kind != BasisKind::RecentInterview {
            return exclusions::newest_of(site, &self.worker, kind, view.today);
        }
        let day = exclusions::newest_of(site, &self.worker, kind, period.end);
        day.filter(|day| exclusions::is_recent(&view.law, *day, period.end))
    }
}

/// What the physician has set in advance, as it stands on the day of the decision; shown, never applied.
fn draw_set(canvas: &mut Canvas<'_>, lines: &[String], area: Rect) {
    if lines.is_empty() || area.height == 0 {
        return;
    }
    let room = usize::from(area.height.saturating_sub(1));
    let heading = "産業医が前もって定めた目安";
    let cut = if lines.len() > room { "（続きは事業場の設定）" } else { "" };
    sheet::rule(canvas, area.x, area.y, area.width, &format!("{heading}{cut}"));
    for (y, line) in (area.y + 1..area.bottom()).zip(lines) {
        canvas.text(area.x + 2, y, area.width.saturating_sub(3), line, Weight::Plain);
    }
}

fn set_in_advance(site: &Site, day: Day, width: u16) -> Vec<String> {
    let mut standing: Vec<_> = site.instructions.iter().filter(|row| row.holds_on(day)).collect();
    standing.sort_by_key(|row| std::cmp::Reverse(row.set_on));
    let said = |row: &StandingInstruction| [row.set_on.to_string(), row.doctor.clone(), row.content.clone()];
    let lines = standing.into_iter().map(|row| said(row).into_iter().filter(|part| !part.is_empty()));
    lines.flat_map(|parts| wrap(&parts.collect::<Vec<_>>().join("  "), usize::from(width.saturating_sub(5)))).collect()
}

/// What a record of that day says, in one line.
fn described(site: &Site, worker: &Id, kind: BasisKind, day: Day) -> String {
    match kind {
        BasisKind::Checkup => {
            let found = site.checkups.iter().find(|row| &row.worker == worker && row.day == day);
            found.map(|row| format!("{} {}", row.finding.label(), row.summary)).unwrap_or_default()
        }
        BasisKind::RecentInterview | BasisKind::PastInterview => interview(site, worker, day),
        BasisKind::Checklist => "面接のときの答え".to_owned(),
        BasisKind::Examination => String::new(),
    }
}

fn interview(site: &Site, worker: &Id, day: Day) -> String {
    let held = site.interviews.iter().find(|row| &row.worker == worker && row.day == day);
    let certified = || site.certificates.iter().find(|row| &row.worker == worker && row.interviewed_on == day);
    let own = held.map(|row| {
        format!("疲労 {} {}  {}  {}", row.fatigue as u8, row.fatigue.label(), row.fitness.label(), row.doctor)
    });
    own.or_else(|| certified().map(|row| format!("証明書  {}", row.doctor))).unwrap_or_default()
}

#[cfg(test)]
#[path = "exclusion_tests.rs"]
mod tests;
