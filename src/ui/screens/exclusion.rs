//! 面接不要: the physician's decision that no interview is needed this time, beside what it may rest on.
//!
//! Knows the fields and their words. Whether the law allows the decision is `app::exclusions`' to say.

use ratatui::layout::{Position, Rect};

use super::common;
use super::entry::{Entry, typed_into};
use super::request::{PERIODS, month_word};
use crate::app::exclusions::{self, ExclusionEntry, ExclusionFault};
use crate::app::requests::{self, RequestFault};
use crate::app::{Effect, Site, View};
use crate::domain::case::BasisKind;
use crate::domain::command::Command;
use crate::domain::establishment::StandingInstruction;
use crate::domain::{Day, Id, Period};
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
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

/// What stands in the last row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Button {
    Save,
    Lift,
    Drop,
}

/// The form of the decision.
pub struct ExclusionScreen {
    worker: Id,
    periods: Vec<Period>,
    entry: Option<Entry<Button>>,
}

impl ExclusionScreen {
    /// The form for this worker.
    pub fn new(worker: Id) -> Self {
        Self { worker, periods: Vec::new(), entry: None }
    }

    fn build(&mut self, view: &View) {
        let Some(site) = common::site_of(view, &self.worker).filter(|site| site.worker(&self.worker).is_some()) else {
            return;
        };
        self.periods = requests::closed_periods(site, view.today, PERIODS);
        let form = form(view, site, &self.worker, &self.periods);
        self.entry = Some(Entry::new(site, format!("exclusion/{}", self.worker), form, "basis"));
    }

    /// The period that stands in the form.
    fn period(&self) -> Option<Period> {
        let number = self.entry.as_ref()?.form().choice("period")?;
        self.periods.get(usize::from(number).checked_sub(1)?).copied()
    }

    fn press(&mut self, view: &View, button: Button) -> Reply {
        match button {
            Button::Save => self.save(view),
            Button::Lift => self.lift(view),
            Button::Drop => self.entry.as_mut().map_or_else(Reply::ignored, |entry| Reply::ask(entry.reset())),
        }
    }

    fn save(&mut self, view: &View) -> Reply {
        let period = self.period();
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if entry.refuse_unreadable() {
            return Reply::done();
        }
        let (draft, typed) = (entry.draft().to_owned(), typed(entry.form(), period, view.today));
        let Some(site) = common::site_of(view, &self.worker) else { return Reply::ignored() };
        match exclusions::decide(&view.law, site, &self.worker, &typed, view.today) {
            Ok(command) => {
                let month = period.map(month_word).unwrap_or_default();
                let says = format!("{month}の面接は不要という判断を記録しました。Ctrl-Z で取り消せます");
                perform(site, command.ending(draft), says)
            }
            Err(fault) => self.refuse(&fault),
        }
    }

    fn lift(&mut self, view: &View) -> Reply {
        let (Some(site), Some(period)) = (common::site_of(view, &self.worker), self.period()) else {
            return Reply::ignored();
        };
        match exclusions::lift(site, &self.worker, period) {
            Ok(command) => perform(site, command, "判断を取り下げました。Ctrl-Z で戻せます".to_owned()),
            Err(fault) => self.refuse(&fault),
        }
    }

    fn refuse(&mut self, fault: &ExclusionFault) -> Reply {
        if let Some(entry) = &mut self.entry {
            entry.refuse(field_of(fault), fault.to_string());
        }
        Reply::say(common::NOTHING_WRITTEN)
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        let step = entry.update(input);
        let reply = step.answered(|button| self.press(view, button));
        self.set_buttons(view);
        reply
    }

    fn set_buttons(&mut self, view: &View) {
        let decided = self.period().zip(common::site_of(view, &self.worker));
        let stands = decided.is_some_and(|(p, site)| exclusions::standing(site, &self.worker, p.end).is_some());
        let Some(entry) = &mut self.entry else { return };
        let mut buttons = vec![(Button::Save, "判断を保存")];
        buttons.extend(stands.then_some((Button::Lift, "判断を取り下げる")));
        buttons.extend(entry.has_draft().then_some((Button::Drop, "書きかけを捨てる")));
        entry.set_buttons(buttons);
    }
}

fn perform(site: &Site, command: Command, says: String) -> Reply {
    let effect = Effect::Perform(site.id().clone(), Box::new(command));
    Reply { says: Some(says), ..Reply::ask(effect) }.then(Go::Back)
}

fn form(view: &View, site: &Site, worker: &Id, periods: &[Period]) -> Form {
    let months = (1_u8..).zip(periods).map(|(number, period)| (number, month_word(*period).into())).collect();
    let bases = (1_u8..).zip(BasisKind::ALL).map(|(number, kind)| (number, kind.label().into())).collect();
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

/// The field that a fault is about.
const fn field_of(fault: &ExclusionFault) -> &'static str {
    match fault {
        ExclusionFault::Day(RequestFault::NoPeriod) | ExclusionFault::NoPeriod | ExclusionFault::NoHours => "period",
        ExclusionFault::NotListed | ExclusionFault::Decided | ExclusionFault::NotAllowed(_) => "period",
        ExclusionFault::Day(_) | ExclusionFault::BeforePeriodEnd | ExclusionFault::NothingToLift => "day",
        ExclusionFault::NoBasis => "basis",
        ExclusionFault::NoInterviewDay | ExclusionFault::InterviewOutside => "interviewed",
        ExclusionFault::NoGrounds => "grounds",
        ExclusionFault::NoAnswer => "keeps",
    }
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

impl Screen for ExclusionScreen {
    fn route(&self) -> Route {
        Route::Exclusion(self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        common::person_head(view, &self.worker, "面接不要")
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (Some(entry), Some(site)) = (&self.entry, common::site_of(view, &self.worker)) else {
            canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
            return None;
        };
        let (left, right) = sheet::panes(body);
        let form = match right {
            Some(pane) => {
                self.draw_bases(view, canvas, site, pane);
                let below = pane.y + SHEET_ROWS * 2;
                self.draw_set(
                    view,
                    canvas,
                    site,
                    Rect { y: below, height: pane.bottom().saturating_sub(below), ..pane },
                );
                left
            }
            None => {
                let set = self.set_in_advance(view, site, body.width).len().min(SET_ROWS);
                let set = if set == 0 { 0 } else { columns(set) + 1 };
                let top = body.bottom().saturating_sub(SHEET_ROWS + set);
                self.draw_bases(view, canvas, site, Rect { y: top, height: SHEET_ROWS, ..body });
                self.draw_set(view, canvas, site, Rect { y: top + SHEET_ROWS, height: set, ..body });
                Rect { height: body.height.saturating_sub(SHEET_ROWS + set + 1), ..left }
            }
        };
        entry.draw(canvas, form)
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        common::entry_offers(self.entry.as_ref().is_some_and(Entry::is_typing))
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn message(&self, view: &View) -> String {
        let site = common::site_of(view, &self.worker);
        let obstacle = site.zip(self.period()).and_then(|(s, p)| exclusions::obstacle(&view.law, s, &self.worker, p));
        match (obstacle, self.entry.as_ref().map(Entry::focus)) {
            (Some(fault), _) => fault.to_string(),
            (None, Some(Some(field))) => hint(field).to_owned(),
            (None, Some(None)) => "明らかに不要でなければ、面接を行うことが望まれます。Enter で記録します".to_owned(),
            (None, None) => String::new(),
        }
    }

    fn settle(&mut self, view: &View) {
        if self.entry.is_none() {
            self.build(view);
        }
        self.set_buttons(view);
    }
}

impl ExclusionScreen {
    /// What the records hold that a decision may rest on; nothing is chosen by that.
    fn draw_bases(&self, view: &View, canvas: &mut Canvas<'_>, site: &Site, area: Rect) {
        sheet::rule(canvas, area.x, area.y, area.width, "記録にあるもの");
        let Some(period) = self.period() else { return };
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

    /// What the physician has set in advance, as it stands on the day of the decision; shown, never applied.
    fn draw_set(&self, view: &View, canvas: &mut Canvas<'_>, site: &Site, area: Rect) {
        let lines = self.set_in_advance(view, site, area.width);
        if lines.is_empty() || area.height == 0 {
            return;
        }
        let room = usize::from(area.height.saturating_sub(1));
        let heading = "産業医が前もって定めた目安";
        let cut = if lines.len() > room { "（続きは事業場の設定）" } else { "" };
        sheet::rule(canvas, area.x, area.y, area.width, &format!("{heading}{cut}"));
        for (y, line) in (area.y + 1..area.bottom()).zip(&lines) {
            canvas.text(area.x + 2, y, area.width.saturating_sub(3), line, Weight::Plain);
        }
    }

    fn set_in_advance(&self, view: &View, site: &Site, width: u16) -> Vec<String> {
        let day = self.entry.as_ref().and_then(|entry| entry.form().day("day")).unwrap_or(view.today);
        let mut standing: Vec<_> = site.instructions.iter().filter(|row| row.holds_on(day)).collect();
        standing.sort_by_key(|row| std::cmp::Reverse(row.set_on));
        let said = |row: &StandingInstruction| [row.set_on.to_string(), row.doctor.clone(), row.content.clone()];
        let lines = standing.into_iter().map(|row| said(row).into_iter().filter(|part| !part.is_empty()));
        lines
            .flat_map(|parts| wrap(&parts.collect::<Vec<_>>().join("  "), usize::from(width.saturating_sub(5))))
            .collect()
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
