//! What stands on the reel: the person, the values that want to be seen, what speaks up, the five answers.

use ratatui::layout::{Position, Rect};

use super::{Count, Reel, checkup, pane};
use crate::app::checkups::lines::{Line, YEARS, lines, readings, treatment};
use crate::app::checkups::weigh::{Prompt, Standing};
use crate::app::checkups::{queue, secondary};
use crate::app::{Site, View};
use crate::domain::checkup::CheckupSheet;
use crate::domain::command::Act as Deed;
use crate::domain::worker::Worker;
use crate::domain::{Day, Id};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::glyphs::GlyphSet;
use crate::ui::screens::common;
use crate::ui::theme::Weight;
use crate::ui::{chart, dates, sheet};

/// Where the columns begin: the three years, the trend, the table's class, the clinic's judgement.
const VALUE: [u16; YEARS] = [19, 29, 39];
const VALUE_COLUMNS: u16 = 9;
const TREND: u16 = 50;
const GRADE: u16 = 56;
const CLINIC: u16 = 64;
/// Values that are shown large; the rest is counted.
const MOST: usize = 8;
/// Minutes over which the pace is taken.
const PACE: i64 = 10;

pub(super) fn draw(reel: &Reel, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
    let site = reel.site(view)?;
    let (left, right) = sheet::panes(body);
    let Some((standing, worker)) = reel.standing().zip(reel.worker(view)) else {
        draw_end(reel, site, canvas, left);
        return None;
    };
    draw_person(view, canvas, left, worker, &standing.worker);
    let sheets = earlier(reel, site, standing);
    let lines = reel.table().map(|table| lines(table, &sheets, worker.sex)).unwrap_or_default();
    let room = usize::from(left.height.saturating_sub(12)).max(3);
    let is_whole = reel.is_unfolded;
    let shown =
        lines.iter().filter(|line| is_whole || line.is_notable).take(if is_whole { room + 5 } else { room.min(MOST) });
    let shown: Vec<&Line> = shown.collect();
    draw_heading(canvas, left, site, &sheets);
    for (row, line) in shown.iter().enumerate() {
        draw_line(canvas, left, left.y + 3 + columns(row), line);
    }
    let below = left.y + 4 + columns(shown.len());
    let rest =
        Rest { reel, site, standing, sheets: &sheets, hidden: lines.len() - shown.len(), has_any: !shown.is_empty() };
    let cursor = rest.draw(view, canvas, Rect { y: below, height: left.bottom().saturating_sub(below), ..left });
    if let Some(area) = right {
        pane::draw(reel, view, canvas, area, worker);
    }
    cursor
}

/// The sheets up to the examination that is judged, newest first.
fn earlier(reel: &Reel, site: &Site, standing: &Standing) -> Vec<CheckupSheet> {
    let day = checkup(site, &standing.checkup).map(|checkup| checkup.day);
    let all = reel.sheets.get(&standing.worker).map(|sheets| sheets.as_slice()).unwrap_or_default();
    let is_this = |sheet: &&CheckupSheet| sheet.checkup == standing.checkup;
    let before = |sheet: &&CheckupSheet| day.is_some_and(|day| sheet.day < day);
    match all.iter().find(is_this) {
        Some(this) => std::iter::once(this).chain(all.iter().filter(before)).take(YEARS).cloned().collect(),
        None => Vec::new(),
    }
}

fn draw_person(view: &View, canvas: &mut Canvas<'_>, area: Rect, worker: &Worker, id: &Id) {
    let used = canvas.text(area.x + 2, area.y, 8, &worker.number, Weight::Plain);
    let name = area.x + 4 + used.max(5);
    canvas.text(name, area.y, 18, &worker.name, Weight::Bold);
    let person = Worker { number: String::new(), ..worker.clone() };
    let about = format!("{}  {}", common::person_line(&person, view.today), worker.special_work);
    canvas.text(name + 19, area.y, area.width.saturating_sub(name - area.x + 20), about.trim_end(), Weight::Plain);
    let flags = view.caseload.site_of(id).and_then(|site| {
        let place = view.caseload.sites.iter().position(|known| known.id() == site.id())?;
        view.assessments.get(place)?.flags_of(id)
    });
    if let Some(flags) = flags {
        let beside = format!(
            "残業 {} {}   SC {}   就業 {}",
            flags.hours_text(),
            flags.overtime_word(),
            flags.stress,
            flags.fitness
        );
        canvas.text(name, area.y + 1, area.width.saturating_sub(name - area.x + 1), &beside, Weight::Dim);
    }
}

fn draw_heading(canvas: &mut Canvas<'_>, area: Rect, site: &Site, sheets: &[CheckupSheet]) {
    let y = area.y + 2;
    let primary = sheets.first().and_then(|newest| secondary::primary(site, &newest.checkup));
    for (place, x) in VALUE.iter().enumerate() {
        let sheet = sheets.get(YEARS - 1 - place);
        let year = sheet.map(|sheet| {
            let form = match (primary, place + 1 == YEARS) {
                // A secondary examination stands beside its primary one, each by its name.
                (Some(_), true) => "二次%m-%d",
                (Some(primary), false) if primary.id == sheet.checkup => "一次%m-%d",
                (_, true) => "%m-%d",
                (_, false) => "%Y",
            };
            sheet.day.format(form).to_string()
        });
        canvas.right(area.x + x, y, VALUE_COLUMNS, &year.unwrap_or_default(), Weight::Dim);
    }
    for (x, word) in [(TREND, "推移"), (GRADE, "表"), (CLINIC, "健診機関")] {
        canvas.text(area.x + x, y, 14, word, Weight::Dim);
    }
}

fn draw_line(canvas: &mut Canvas<'_>, area: Rect, y: u16, line: &Line) {
    let weight = if line.weight > 1 { Weight::Bold } else { Weight::Plain };
    canvas.text(area.x + 2, y, 16, &line.name, weight);
    for (value, x) in line.values.iter().zip(VALUE) {
        canvas.right(area.x + x, y, VALUE_COLUMNS, value.as_deref().unwrap_or(""), weight);
    }
    let trend = trend(line, canvas.look().glyphs);
    canvas.text(area.x + TREND, y, 5, &trend, Weight::Plain);
    let mark = if line.is_confirmed || line.grade.is_empty() { "" } else { " ?" };
    canvas.text(area.x + GRADE, y, 7, &format!("{}{mark}", line.grade), weight);
    canvas.text(area.x + CLINIC, y, area.width.saturating_sub(CLINIC + 1), &line.clinic, Weight::Plain);
}

/// The small graph with an arrow in letters that every terminal has: `+` higher, `-` lower than the time before.
fn trend(line: &Line, glyphs: GlyphSet) -> String {
    let known: Vec<i64> = line.trend.iter().flatten().copied().collect();
    if known.len() < 2 {
        return String::new();
    }
    let (low, high) = (known.iter().min().copied().unwrap_or(0), known.iter().max().copied().unwrap_or(0));
    let arrow = match line.direction() {
        Some(1) => "+",
        Some(-1) => "-",
        _ => "=",
    };
    format!("{} {arrow}", chart::trend(&chart::levels(&line.trend, low, high), glyphs))
}

/// Everything below the values.
struct Rest<'a> {
    reel: &'a Reel,
    site: &'a Site,
    standing: &'a Standing,
    sheets: &'a [CheckupSheet],
    hidden: usize,
    has_any: bool,
}

impl Rest<'_> {
    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let rows = [
            ("", self.others()),
            ("血圧の各回", self.sheets.first().map(readings).unwrap_or_default()),
            ("治療", self.sheets.first().map(treatment).unwrap_or_default()),
            ("要検討", self.prompts()),
            ("昨年の意見", self.last_opinion(view)),
            ("健診機関", self.clinic()),
        ];
        let mut y = area.y;
        for (label, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
            canvas.text(area.x + 2, y, 12, label, Weight::Dim);
            let x = if label.is_empty() { 2 } else { 16 };
            canvas.text(area.x + x, y, area.width.saturating_sub(x + 1), text, Weight::Plain);
            y += 1;
        }
        let foot = area.bottom().saturating_sub(2).max(y);
        draw_answers(canvas, area.x, foot, self.answer());
        canvas.text(area.x + 2, foot + 1, 12, "添える文", Weight::Dim);
        let field = Rect { x: area.x + 16, y: foot + 1, width: area.width.saturating_sub(18), height: 1 };
        self.reel.words.draw(canvas, field, self.reel.is_writing)
    }

    fn others(&self) -> String {
        match (self.sheets.is_empty(), self.has_any, self.hidden) {
            (true, ..) => "値はまだ届いていません。健診機関の結果を取り込むと出ます".to_owned(),
            (_, false, hidden) => format!("{hidden}項目はすべて基準の内です"),
            (_, _, 0) => String::new(),
            (_, _, hidden) => format!("ほか {hidden}項目"),
        }
    }

    fn prompts(&self) -> String {
        let words = self.standing.prompts.iter().map(|prompt| match prompt {
            Prompt::Secondary => "二次健診給付の候補".to_owned(),
            Prompt::Consider => "就業の検討値（HbA1c の原典は JDS）".to_owned(),
            prompt => prompt.label().to_owned(),
        });
        let held = queue::detail(self.site, &self.standing.checkup).filter(|detail| detail.is_held);
        let held = held.map(|detail| format!("保留 {}", detail.held_for));
        held.into_iter().chain(words).collect::<Vec<_>>().join("   ")
    }

    fn last_opinion(&self, view: &View) -> String {
        let before = self.reel.before.as_ref().and_then(|id| checkup(self.site, id));
        let Some(last) = before else { return String::new() };
        let detail = queue::detail(self.site, &last.id).map(|detail| detail.condition.clone()).unwrap_or_default();
        let fitness = last.opinion.map_or("意見なし", |fitness| fitness.label());
        let day = last.opinion_on.unwrap_or(last.day);
        format!("{}  {fitness}  {detail}", dates::short(day, view.today)).trim_end().to_owned()
    }

    fn clinic(&self) -> String {
        match (self.sheets.first(), checkup(self.site, &self.standing.checkup)) {
            (Some(sheet), _) => format!("{}  {}", sheet.clinic_text, sheet.clinic),
            (None, Some(checkup)) => format!("{}  {}", checkup.judgement, checkup.summary),
            (None, None) => String::new(),
        }
    }

    /// What was answered already, where one walked back to a judged person.
    fn answer(&self) -> Option<u8> {
        let fitness = checkup(self.site, &self.standing.checkup).and_then(|checkup| checkup.opinion)?;
        let has_condition =
            queue::detail(self.site, &self.standing.checkup).is_some_and(|detail| !detail.condition.is_empty());
        Some(match fitness {
            crate::domain::interview::Fitness::Normal if has_condition => 2,
            crate::domain::interview::Fitness::Normal => 1,
            crate::domain::interview::Fitness::Limited => 3,
            crate::domain::interview::Fitness::Leave => 4,
        })
    }
}

fn draw_answers(canvas: &mut Canvas<'_>, x: u16, y: u16, chosen: Option<u8>) {
    let words = ["通常", "通常・受診が条件", "制限", "休業", "保留"];
    canvas.text(x + 2, y, 12, "判定", Weight::Dim);
    let mut at = x + 16;
    for (number, word) in (1_u8..).zip(words) {
        let is_chosen = chosen == Some(number);
        let text = if is_chosen { format!("[{number} {word}]") } else { format!("{number} {word}") };
        at += canvas.text(at, y, 24, &text, if is_chosen { Weight::Bold } else { Weight::Plain }) + 3;
    }
}

fn draw_end(reel: &Reel, site: &Site, canvas: &mut Canvas<'_>, area: Rect) {
    let text = match (site.checkups.is_empty(), reel.total) {
        _ if !reel.is_weighed => "健診の結果を読んでいます。".to_owned(),
        (true, _) => "健診の記録はまだありません。結果を取り込むと、ここで判定できます。".to_owned(),
        (false, 0) => "この一年の健診の記録がありません。".to_owned(),
        (false, total) => format!("{total}名の意見がそろいました。Esc で戻ります。"),
    };
    canvas.text(area.x + 2, area.y, area.width.saturating_sub(3), &text, Weight::Plain);
}

/// `重い順   意見 58   保留 3   一括の候補 71   期限 12-11`
pub(super) fn totals(reel: &Reel, view: &View) -> String {
    let Count { left, held, batch, .. } = reel.count;
    let due = reel.checkup(view).and_then(|checkup| queue::due(&view.law, checkup));
    let due = due.map_or_else(String::new, |due| {
        format!("   期限 {} {}", dates::short(due.safe, view.today), dates::urgency(due.safe, due.last, view.today))
    });
    let table = reel.table().map(|table| table.edition.format("%Y").to_string()).unwrap_or_default();
    let given = reel.total.saturating_sub(left);
    format!("重い順   意見 {given}   保留 {held}   一括の候補 {batch}{due}   表 {table}")
}

/// How many a minute, over the last minutes in which anything was judged; from the history, so that a lock keeps it.
pub(super) fn pace(site: &Site, clock: &str, today: Day) -> String {
    let now = minutes(clock);
    let judged =
        site.history.iter().filter(|row| row.act == Deed::JudgeCheckup && row.undone_by.is_none() && row.day == today);
    let ages: Vec<i64> = judged
        .filter_map(|row| Some(now? - minutes(row.at.get(11..16)?)?))
        .filter(|age| (0..PACE).contains(age))
        .collect();
    let Some(oldest) = ages.iter().max() else { return String::new() };
    let count = i64::try_from(ages.len()).unwrap_or(0);
    format!("   今 毎分 {}名", (count / (oldest + 1)).max(1))
}

fn minutes(clock: &str) -> Option<i64> {
    let (hours, minutes) = clock.get(..5)?.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

/// The message row: which table and how precisely; what it says about the heaviest row.
pub(super) fn why(reel: &Reel, view: &View, standing: &Standing) -> String {
    let Some((table, site)) = reel.table().zip(reel.site(view)) else { return String::new() };
    let sheets = earlier(reel, site, standing);
    let sex = site.worker(&standing.worker).map(|worker| worker.sex).unwrap_or_default();
    let lines = lines(table, &sheets, sex);
    let noted = lines.iter().find(|line| line.is_notable && !line.note.is_empty());
    match noted {
        Some(line) => format!("{}  {}：{}", table.shown(), line.name, line.note),
        None => format!("{}  値は表の桁に丸めて当てます", table.shown()),
    }
}
