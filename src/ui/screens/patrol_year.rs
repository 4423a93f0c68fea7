//! 巡視の年間: no month without a patrol or its ground. A row per establishment, April to March.

use chrono::{Datelike, Months};
use ratatui::layout::{Position, Rect};

use crate::app::patrol_year::{self, Month};
use crate::app::worklist::Task;
use crate::app::{Effect, Site, View, patrols};
use crate::domain::establishment::{Information, InformationKind, PatrolRhythm};
use crate::domain::{Day, EstablishmentId};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::{Route, Why};
use crate::ui::screen::{Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;

/// The first month of the fiscal year.
const APRIL: u32 = 4;
/// Where the months begin.
const FIRST_MONTH: u16 = 17;
/// Columns of a month, its gap included.
const MONTH: u16 = 5;
/// Rows below the list: the words of the cells, and the sheet on the cell under the cursor.
const BELOW: u16 = 9;
/// The information that keeps the two-monthly rhythm (則15条各号), by the number shown.
const INFORMATION: [InformationKind; 2] = [InformationKind::ManagerRound, InformationKind::CommitteeAgreed];

/// The grid.
pub struct PatrolYear {
    april: Day,
    month: u32,
    rows: TableState<EstablishmentId>,
    keys: Vec<EstablishmentId>,
    page: usize,
}

impl PatrolYear {
    /// The fiscal year of today, with the cursor on this month.
    pub fn new(view: &View) -> Self {
        let april = april(view.today);
        let month = months_between(april, view.today);
        Self { april, month, rows: TableState::default(), keys: Vec::new(), page: 10 }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(self.rows.selected()?).map(|site| &**site)
    }

    /// The first day of the month under the cursor.
    fn day(&self) -> Day {
        month(self.april, self.month)
    }

    fn is_this_month(&self, view: &View) -> bool {
        self.day() == view.today.with_day(1).unwrap_or(view.today)
    }

    /// Beyond March lies the next April.
    fn turn(&mut self, forwards: bool) -> Reply {
        (self.april, self.month) = match (forwards, self.month) {
            (true, 11..) => (month(self.april, 12), 0),
            (true, month) => (self.april, month + 1),
            (false, 0) => (self.april.checked_sub_months(Months::new(12)).unwrap_or(self.april), 11),
            (false, month) => (self.april, month - 1),
        };
        Reply::done()
    }

    fn note(&self, view: &View, number: usize, has_come: bool) -> Reply {
        let Some((site, kind)) = self.site(view).zip(number.checked_sub(1).and_then(|index| INFORMATION.get(index)))
        else {
            return Reply::ignored();
        };
        if is_ahead(self.day(), view.today) {
            return Reply::say("まだ来ていない月です");
        }
        let command = patrols::note_information(site, *kind, self.day(), view.today, has_come);
        Reply::ask(Effect::Perform(site.id().clone(), Box::new(command)))
    }

    /// What the two-monthly rhythm still lacks this month was asked for today.
    fn ask(&self, view: &View) -> Reply {
        let Some(site) = self.site(view) else { return Reply::ignored() };
        let missing = INFORMATION.iter().position(|kind| received(site, *kind, self.day()).is_none());
        match missing {
            Some(index) => self.note(view, index + 1, false),
            None => Reply::say("この月の情報はそろっています"),
        }
    }

    fn draw_row(&self, view: &View, canvas: &mut Canvas<'_>, (x, y): (u16, u16), index: usize) {
        let Some(site) = view.caseload.sites.get(index) else { return };
        let has_cursor = self.rows.index() == Some(index);
        canvas.text(x, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
        let weight = if has_cursor { Weight::Bold } else { Weight::Plain };
        canvas.text(x + 2, y, FIRST_MONTH - 3, &site.establishment.short_name, weight);
        for number in 0..12 {
            let state = patrol_year::state(&view.law, site, month(self.april, number), view.today);
            let at = x + FIRST_MONTH + MONTH * u16::try_from(number).unwrap_or(0);
            canvas.right(at, y, MONTH - 1, &word(&state), weight_of(&state));
            if has_cursor && number == self.month {
                let reverse = canvas.theme().reverse();
                canvas.tint(at, y, MONTH - 1, reverse);
            }
        }
    }

    fn draw_heading(&self, view: &View, canvas: &mut Canvas<'_>, x: u16, y: u16) {
        canvas.text(x + 2, y, FIRST_MONTH - 3, "事業場", Weight::Dim);
        for number in 0..12 {
            let day = month(self.april, number);
            let is_now = (day.year(), day.month()) == (view.today.year(), view.today.month());
            let heading = if is_now { "今月".to_owned() } else { day.format("%-m月").to_string() };
            let weight = if is_now { Weight::Bold } else { Weight::Dim };
            canvas.right(x + FIRST_MONTH + MONTH * u16::try_from(number).unwrap_or(0), y, MONTH - 1, &heading, weight);
        }
    }

    fn draw_sheet(&self, view: &View, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(site) = self.site(view) else { return };
        let title = format!("{}  {}", site.establishment.short_name, self.day().format("%Y年%-m月"));
        sheet::rule(canvas, area.x, area.y, area.width, &title);
        for ((label, text), y) in explained(view, site, self.day()).iter().zip(area.y + 1..area.bottom()) {
            canvas.text(area.x + 2, y, 13, label, Weight::Dim);
            canvas.text(area.x + 16, y, area.width.saturating_sub(17), text, Weight::Plain);
        }
    }
}

impl Screen for PatrolYear {
    fn route(&self) -> Route {
        Route::PatrolYear
    }

    fn head(&self, view: &View) -> Head {
        let states: Vec<Month> = view
            .caseload
            .sites
            .iter()
            .flat_map(|site| {
                (0..12).map(|number| patrol_year::state(&view.law, site, month(self.april, number), view.today))
            })
            .collect();
        let count = |is: fn(&Month) -> bool| states.iter().filter(|state| is(state)).count();
        let totals = format!(
            "済 {}   情 {}   予定 {}   欠 {}   情報待ち {}",
            count(|state| matches!(state, Month::Done(_))),
            count(|state| *state == Month::Information),
            count(|state| matches!(state, Month::Planned(_))),
            count(|state| *state == Month::Missing),
            count(|state| *state == Month::AwaitingInformation),
        );
        let context = format!("{}事業場", view.caseload.sites.len());
        Head { path: format!("巡視 / {}年度", self.april.year()), context, second: Second::Totals(totals) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        if view.caseload.sites.is_empty() {
            canvas.text(
                2,
                body.y,
                body.width,
                "事業場はまだありません。今日の画面で n を押すと作れます。",
                Weight::Plain,
            );
            return None;
        }
        self.draw_heading(view, canvas, body.x, body.y);
        let page = page(body);
        let top = self.rows.index().map_or(0, |index| (index + 1).saturating_sub(page));
        let shown = page.min(view.caseload.sites.len() - top.min(view.caseload.sites.len()));
        for (y, index) in (body.y + 1..).zip(top..top + shown) {
            self.draw_row(view, canvas, (body.x, y), index);
        }
        let below = body.y + 2 + columns(shown);
        draw_legend(canvas, body, below);
        let area = Rect { y: below + 3, height: body.bottom().saturating_sub(below + 3), ..body };
        self.draw_sheet(view, canvas, area);
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let none = self.rows.is_empty().then_some("事業場がありません");
        let no_why = self.item(view).is_none().then_some("この月に期限はありません");
        vec![
            action(Act::Open)
                .offer()
                .labelled(if self.is_this_month(view) { "巡視を開く" } else { "事業場を開く" })
                .refused(none),
            action(Act::Why).offer().refused(no_why),
            action(Act::Request)
                .offer()
                .labelled("求めた日を記録")
                .doing("会社に情報を求めた日を、本日で記録します。")
                .refused(none),
            action(Act::MoveLeft).offer().keyed("左右").labelled("月"),
            action(Act::MoveRight).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::MoveLeft => self.turn(false),
            Act::MoveRight => self.turn(true),
            Act::Request => self.ask(view),
            Act::Why => self.item(view).map_or_else(Reply::ignored, |key| {
                let site = self.rows.selected().cloned();
                site.map_or_else(Reply::ignored, |site| Reply::to(Route::Why(Box::new(Why::Item(site, key)))))
            }),
            Act::Open => match self.rows.selected() {
                Some(site) if self.is_this_month(view) => Reply::to(Route::Patrol(site.clone(), 0)),
                Some(site) => Reply::to(Route::Site(site.clone())),
                None => Reply::ignored(),
            },
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        match key.code {
            Code::Char(digit) if digit.is_ascii_digit() && !key.ctrl => {
                let number = digit.to_digit(10).and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
                self.note(view, number, true)
            }
            _ if self.rows.update(&Input::Key(key), &self.keys, self.page) => Reply::done(),
            _ => Reply::ignored(),
        }
    }

    fn message(&self, view: &View) -> String {
        let Some(site) = self.site(view) else { return String::new() };
        match site.establishment.contract_from {
            Some(from) if from > self.april => {
                format!(
                    "{} は契約が {} からです。それより前の月は数えません",
                    site.establishment.short_name,
                    dates::full(from)
                )
            }
            _ => "情報が届いたら 1 か 2 で受領を記録します。前の月の情報もそろうと情になります".to_owned(),
        }
    }

    fn settle(&mut self, view: &View) {
        self.keys = view.caseload.sites.iter().map(|site| site.id().clone()).collect();
        self.rows.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.page = page(body);
    }
}

impl PatrolYear {
    /// The item of this month's patrol.
    fn item(&self, view: &View) -> Option<String> {
        let index = self.rows.index().filter(|_| self.is_this_month(view))?;
        let item = view.assessments.get(index)?.items.iter().find(|item| item.task == Task::Patrol);
        item.map(|item| item.key.clone())
    }
}

fn page(body: Rect) -> usize {
    usize::from(body.height.saturating_sub(BELOW + 2)).max(1)
}

fn april(day: Day) -> Day {
    let back = (day.month() + 12 - APRIL) % 12;
    let first = day.with_day(1).unwrap_or(day);
    first.checked_sub_months(Months::new(back)).unwrap_or(first)
}

fn month(april: Day, number: u32) -> Day {
    april.checked_add_months(Months::new(number)).unwrap_or(april)
}

fn months_between(april: Day, day: Day) -> u32 {
    (day.month() + 12 - april.month()) % 12
}

fn is_ahead(month: Day, today: Day) -> bool {
    (month.year(), month.month()) > (today.year(), today.month())
}

/// The cell: `17`, `情`, `予20`, `?`, `欠`, `任`, `-`.
fn word(state: &Month) -> String {
    match state {
        Month::Done(day) => day.to_string(),
        Month::Information => "情".to_owned(),
        Month::Planned(day) => format!("予{day}"),
        Month::AwaitingInformation => "?".to_owned(),
        Month::Open => String::new(),
        Month::Missing => "欠".to_owned(),
        Month::OutsideContract => "-".to_owned(),
        Month::Voluntary => "任".to_owned(),
    }
}

fn weight_of(state: &Month) -> Weight {
    match state {
        Month::Missing | Month::AwaitingInformation => Weight::Bold,
        Month::OutsideContract | Month::Voluntary => Weight::Dim,
        _ => Weight::Plain,
    }
}

fn draw_legend(canvas: &mut Canvas<'_>, body: Rect, y: u16) {
    let rows = [
        "17 現地で巡視     情 情報のみの月     予 予定       - 契約の外",
        "欠 巡視なし       ?  情報待ち         任 任意",
    ];
    for (row, y) in rows.iter().zip(y..body.bottom()) {
        canvas.text(body.x + 2, y, body.width, row, Weight::Dim);
    }
}

/// The cell under the cursor in words.
fn explained(view: &View, site: &Site, month: Day) -> Vec<(&'static str, String)> {
    let today = view.today;
    let rhythm = rhythm(site, month);
    let mut lines = vec![("この月", sentence(&patrol_year::state(&view.law, site, month, today), month, today))];
    let rule = if patrol_year::is_voluntary(&view.law, site, month) {
        "産業医を選任する規模に届かず、巡視は任意（令5条）".to_owned()
    } else {
        rhythm.map_or_else(|| "毎月 1回以上（則15条）".to_owned(), rhythm_words)
    };
    lines.push(("決まり", rule));
    if let Some(rhythm) = rhythm.filter(|rhythm| rhythm.months > 1) {
        let word = |day: Option<Day>| day.map_or_else(|| "未入力".to_owned(), dates::full);
        let (consent, talk) = (word(rhythm.consented_on), word(rhythm.deliberated_on));
        lines.push(("同意と審議", format!("事業者 {consent}   委員会 {talk}")));
    }
    let words = INFORMATION.iter().enumerate().map(|(index, kind)| {
        let state = match (received(site, *kind, month), asked(site, *kind, month)) {
            (Some(day), _) => format!("{} 済", dates::short(day, today)),
            (None, Some(day)) => format!("まだ（{} に求めた）", dates::short(day, today)),
            (None, None) => "まだ".to_owned(),
        };
        format!("{} {}  {state}", index + 1, kind.label())
    });
    lines.push(("情報", words.collect::<Vec<_>>().join("    ")));
    lines
}

fn sentence(state: &Month, month: Day, today: Day) -> String {
    match state {
        Month::Done(day) => format!("{}月{day}日に現地で巡視しました", month.month()),
        Month::Information => "前の月に巡視し、同意と両月の情報がそろうので、巡視なしでもかまいません".to_owned(),
        Month::Planned(day) => format!("{}月{day}日の訪問で巡視できます", month.month()),
        Month::AwaitingInformation => "情報がそろわないままなら、この月の巡視が要ります".to_owned(),
        Month::Open if is_ahead(month, today) => "予定はまだありません".to_owned(),
        Month::Open => "まだ巡視していません".to_owned(),
        Month::Missing => "巡視も、巡視なしでよい根拠もありません".to_owned(),
        Month::OutsideContract => "契約の期間の外です".to_owned(),
        Month::Voluntary => "産業医の選任義務がない規模です。巡視は任意です".to_owned(),
    }
}

fn rhythm(site: &Site, month: Day) -> Option<&PatrolRhythm> {
    let holds = |r: &&PatrolRhythm| r.valid_from <= month && r.valid_until.is_none_or(|until| month <= until);
    site.rhythms.iter().filter(holds).max_by_key(|rhythm| rhythm.valid_from)
}

fn rhythm_words(rhythm: &PatrolRhythm) -> String {
    let often = if rhythm.months == 1 { "毎月 1回".to_owned() } else { format!("{}か月に1回", rhythm.months) };
    let until = rhythm.valid_until.map(|day| format!(" {day} まで")).unwrap_or_default();
    format!("{often}   {} から{until}", rhythm.valid_from)
}

fn received(site: &Site, kind: InformationKind, month: Day) -> Option<Day> {
    information(site, kind, month).filter_map(|information| information.received_on).max()
}

fn asked(site: &Site, kind: InformationKind, month: Day) -> Option<Day> {
    information(site, kind, month).filter_map(|information| information.asked_on).max()
}

fn information(site: &Site, kind: InformationKind, month: Day) -> impl Iterator<Item = &Information> {
    let wanted = (month.year(), month.month());
    site.information.iter().filter(move |i| i.kind == kind && (i.about.year(), i.about.month()) == wanted)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::command::Act as Deed;
    use crate::law::Law;
    use crate::ui::screens::patrol::desk::{Session, day, establishment, patrol, row, site, site_id};

    /// Three establishments: every month, every two months, and one whose contract began in July.
    fn year() -> Session {
        let mut first = site();
        let walked = ["04-17", "05-15", "06-19", "07-17", "08-21", "10-16"];
        let patrols = walked.iter().zip(30..).map(|(on, number)| {
            let on = format!("2026-{on}");
            patrol(number, &on, Some(&on))
        });
        first.patrols = Arc::new(patrols.collect());
        let mut second =
            crate::app::Site::new(establishment(EstablishmentId::new(2), "みなと惣菜 第二工場", "みなと第二"));
        second.patrols = Arc::new(vec![patrol(1, "2026-10-23", Some("2026-10-23"))]);
        second.rhythms = Arc::new(vec![PatrolRhythm {
            id: row(2),
            valid_from: day("2026-04-01"),
            valid_until: Some(day("2027-03-31")),
            months: 2,
            consented_on: Some(day("2026-03-25")),
            deliberated_on: Some(day("2026-03-18")),
            minutes: String::new(),
        }]);
        // October was walked and informed; what November still lacks is its own information.
        let october = INFORMATION.into_iter().zip(3..).map(|(kind, number)| Information {
            id: row(number),
            kind,
            about: day("2026-10-01"),
            asked_on: None,
            received_on: Some(day("2026-10-30")),
            content: String::new(),
        });
        second.information = Arc::new(october.collect());
        let mut third = crate::app::Site::new(establishment(EstablishmentId::new(6), "千鳥研究所", "千鳥研究所"));
        let contract = Arc::make_mut(&mut third.establishment);
        contract.contract_from = Some(day("2026-07-01"));
        Session::at(Route::PatrolYear, vec![first, second, third])
    }

    #[test]
    fn every_month_says_its_ground() {
        let mut session = year();
        insta::assert_snapshot!("typical_80x24", session.draw(80, 24));
        session.press(Code::Down);
        insta::assert_snapshot!("two_monthly_80x24", session.draw(80, 24));
        insta::assert_snapshot!("two_monthly_120x40", session.draw(120, 40));
        session.press(Code::Down);
        assert!(session.shows("契約が 2026-07-01"));
    }

    #[test]
    fn both_informations_keep_the_two_monthly_rhythm() {
        let mut session = year();
        session.press(Code::Down);
        session.key('r');
        session.key('1');
        session.key('2');
        assert_eq!(session.desk.acts, [Deed::ReceiveInformation; 3]);
        let second = session.desk.sites.get(1).unwrap();
        assert_eq!(patrol_year::month_of(&Law::built_in().unwrap(), second, day("2026-11-20")), Month::Information);
        assert!(session.shows("11-20 済"));
        assert!(session.shows("情"));
    }

    #[test]
    fn nothing_is_received_before_its_month() {
        let mut session = year();
        session.press(Code::Right);
        session.key('1');
        assert!(session.desk.acts.is_empty());
    }

    #[test]
    fn this_month_opens_the_walk_and_another_the_establishment() {
        let mut session = year();
        session.press(Code::Enter);
        assert_eq!(session.shell.route(), Some(Route::Patrol(site_id(), 0)));
        let mut session = year();
        session.press(Code::Left);
        session.press(Code::Enter);
        assert_eq!(session.shell.route(), Some(Route::Site(site_id())));
    }

    #[test]
    fn the_fiscal_year_turns_in_april() {
        assert_eq!(april(day("2026-03-31")), day("2025-04-01"));
        assert_eq!(april(day("2026-04-01")), day("2026-04-01"));
        let mut session = year();
        for _ in 0..5 {
            session.press(Code::Right);
        }
        assert!(session.shows("2027年度"));
        session.press(Code::Left);
        assert!(session.shows("2026年度"));
        for (columns, rows) in [(40, 10), (20, 5), (200, 60)] {
            session.draw(columns, rows);
        }
    }
}
