//! A worker in one pane: hours against the three lines, the state of things, and the sentence why.

use ratatui::layout::Rect;

use super::common;
use crate::app::View;
use crate::app::flags::WorkerFlags;
use crate::app::months::Context;
use crate::app::{information, listing, methods, requests, second_series};
use crate::domain::hours::Series;
use crate::domain::{Id, Seconds};
use crate::law::interview;
use crate::law::means::{self, Mean};
use crate::law::overtime::{self, WorkedMonth};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::chart::{self, Month, Scale};
use crate::ui::dates::{self, clock};
use crate::ui::theme::Weight;
use crate::ui::width::cut;

/// Above this the bar ends in `>`; a scale of the drawing, no number of the law.
const TOP: Seconds = Seconds::hm(110, 0);

/// Columns of a name in the message row: what is said of the person stands behind.
const NAME: usize = 24;

/// The flags of a worker.
pub fn flags<'view>(view: &'view View, id: &Id) -> Option<&'view WorkerFlags> {
    let site = id.establishment()?;
    let index = view.caseload.sites.iter().position(|other| other.id() == &site)?;
    view.assessments.get(index)?.flags_of(id)
}

/// The months of a worker, newest first.
pub fn months(view: &View, id: &Id) -> Vec<WorkedMonth> {
    let found = view.caseload.site_of(id).and_then(|site| Some((site, site.worker(id)?)));
    found.map(|(site, worker)| Context::new(site).months(worker)).unwrap_or_default()
}

/// Why the row is where it is, in one line.
pub fn one_line(view: &View, id: &Id) -> String {
    let Some((site, worker)) = view.caseload.site_of(id).and_then(|site| Some((site, site.worker(id)?))) else {
        return String::new();
    };
    let context = Context::new(site);
    let months = context.months(worker);
    let name = cut(&worker.name, NAME);
    let Some(month) = months.first() else { return format!("{name}  労働時間がまだありません") };
    let duty = interview::assess(&view.law, &context.facts(&view.law, worker, month));
    let reason = duty.reasons.first().map(|reason| reason.text.clone()).unwrap_or_default();
    let mean = interview::means_sentence(&view.law, &months).unwrap_or_default();
    let again = flags(view, id).and_then(|flags| listing::word(flags.unchosen_months));
    let again = again.map(|word| format!("{word}。")).unwrap_or_default();
    format!("{name}  {again}{reason}{mean}")
}

/// Employer's and worker's figure of the newest month, where the worker names another one.
pub fn own_figure(view: &View, id: &Id) -> Option<String> {
    let flags = flags(view, id).filter(|flags| flags.is_disputed)?;
    let own = Seconds(requests::own_figure(common::site_of(view, id)?, id)?);
    let end = flags.month?.period.end;
    Some(format!(
        "{}  会社 {}   本人 {}   食い違いのまま面接を先に行えます",
        end.format("%-m月"),
        flags.hours_text(),
        clock(own)
    ))
}

/// The newest month by another source than the employer's, with what lies between; a request's own figure speaks first.
pub fn other_series(view: &View, id: &Id) -> Option<String> {
    let site = common::site_of(view, id)?;
    let (first, own) = second_series::newest(site, id)?;
    let source = match own.series {
        Series::Worker => "本人の申告",
        _ => "入退館などの記録",
    };
    Some(format!(
        "{}  会社 {}   {source} {}   {}",
        own.period.end.format("%-m月"),
        clock(first.hours.low),
        clock(own.hours.low),
        second_series::gap_text(first.hours, own.hours)
    ))
}

/// The newest month of which the employer's total and the employer's overtime contradict each other.
pub fn contradiction(view: &View, id: &Id) -> Option<String> {
    let (period, told) = second_series::newest_contradiction(&view.law, common::site_of(view, id)?, id)?;
    Some(format!("{}  {told}", period.end.format("%-m月")))
}

/// How the hours of the newest month are taken down, the physician's remark before the workplace's own words.
pub fn method(view: &View, id: &Id) -> Option<String> {
    let end = months(view, id).first()?.period.end;
    let told = methods::told(common::site_of(view, id)?, id, end).into_iter().next()?;
    let words = if told.remark.is_empty() { told.content } else { format!("確かさ {}", told.remark) };
    Some(format!("時間の把握 {}   {words}", told.method).trim_end().to_owned())
}

/// 深夜業 of the newest month that has any, as the employer's file tells it.
pub fn night_work(view: &View, id: &Id) -> Option<String> {
    let site = common::site_of(view, id)?;
    let newest = site.nights.iter().filter(|night| &night.worker == id).max_by_key(|night| night.last_day)?;
    let count = newest.count.map(|count| format!(" {count}回")).unwrap_or_default();
    let hours = newest.seconds.map(|seconds| format!(" {}", clock(Seconds(seconds)))).unwrap_or_default();
    Some(format!("{}  深夜業{count}{hours}", newest.last_day.format("%-m月")))
}

/// Draws the bars of `months` with the means of the newest ones beside them; returns the rows used.
pub fn draw_months(
    view: &View,
    canvas: &mut Canvas<'_>,
    area: Rect,
    bar: usize,
    months: &[WorkedMonth],
    with_means: bool,
) -> u16 {
    let Some(newest) = months.first() else {
        canvas.text(
            area.x + 2,
            area.y,
            area.width,
            "労働時間はまだありません。取込か手入力のあとに出ます",
            Weight::Plain,
        );
        return 1;
    };
    let lines = overtime::lines(&view.law, newest.period.end);
    let scale = Scale::new(TOP, bar, &lines);
    let windows = if with_means { means::windows(&view.law, months) } else { Vec::new() };
    let rows: Vec<Month> =
        months.iter().enumerate().map(|(index, month)| row(view, month, mean_of(&windows, index))).collect();
    chart::draw_overtime(canvas, area, &scale, &rows)
}

/// Row k shows the mean of the newest k + 1 months: the window and its rows end together.
fn mean_of(windows: &[Mean], index: usize) -> Option<&Mean> {
    windows.iter().find(|mean| usize::from(mean.months) == index + 1)
}

fn row(view: &View, month: &WorkedMonth, mean: Option<&Mean>) -> Month {
    let seen = overtime::month(&view.law, month.period.end, month.period, month.hours, month.measure);
    Month {
        label: month.period.end.format("%-m月").to_string(),
        value: seen.map(|view| Seconds(view.x7_high.0 / 7)),
        written: seen.map_or_else(|| "-".to_owned(), |view| view.display()),
        note: mean.map(mean_note).unwrap_or_else(|| partial_note(month).to_owned()),
    }
}

fn partial_note(month: &WorkedMonth) -> &'static str {
    if month.is_partial { "月の一部" } else { "" }
}

fn mean_note(mean: &Mean) -> String {
    match mean.mean {
        None => format!("{}か月    不足", mean.months),
        Some((low, _)) => {
            let over = if mean.is_over == Some(true) { "  超" } else { "" };
            format!("{}か月 {:>7}{over}", mean.months, low.display())
        }
    }
}

/// Draws the right pane of the roster.
pub fn draw(view: &View, canvas: &mut Canvas<'_>, pane: Rect, id: &Id) {
    let Some(worker) = common::worker(view, id) else { return };
    canvas.text(pane.x, pane.y, pane.width, &format!("{}  {}", worker.name, worker.kana), Weight::Bold);
    canvas.text(pane.x, pane.y + 1, pane.width, &common::person_line(worker, view.today), Weight::Plain);
    let area = Rect { x: pane.x, y: pane.y + 3, width: pane.width, height: pane.height.saturating_sub(3).min(7) };
    let months: Vec<WorkedMonth> = months(view, id).into_iter().take(6).collect();
    let used = draw_months(view, canvas, area, 20, &months, false);
    let Some(flags) = flags(view, id) else { return };
    let facts = [
        ("残業", flags.overtime_word().to_owned()),
        ("面接", flags.interview.to_owned()),
        ("健診", flags.checkup.to_owned()),
        ("SC", flags.stress.to_owned()),
        ("就業", flags.fitness.to_owned()),
        ("業務", worker.duties.clone()),
        ("有害業務", if worker.special_work.is_empty() { "-".to_owned() } else { worker.special_work.clone() }),
    ];
    let again = listing::word(flags.unchosen_months).map(|word| ("掲載", word));
    for (row, (label, value)) in again.iter().chain(&facts).enumerate() {
        let y = area.y + used + 1 + columns(row);
        if y < pane.bottom() {
            canvas.text(pane.x, y, 10, label, Weight::Dim);
            canvas.text(pane.x + 10, y, pane.width.saturating_sub(10), value, Weight::Plain);
        }
    }
}

/// Draws the right pane of a worker: how things stand, and the note that is the physician's alone.
pub fn draw_state(view: &View, canvas: &mut Canvas<'_>, pane: Rect, id: &Id) {
    let (Some(flags), Some(worker)) = (flags(view, id), common::worker(view, id)) else { return };
    canvas.text(pane.x, pane.y, pane.width, "いまの状態", Weight::Bold);
    let facts = [
        ("残業", flags.overtime_word()),
        ("面接", flags.interview),
        ("健診", flags.checkup),
        ("SC", flags.stress),
        ("就業", flags.fitness),
    ];
    for (row, (label, value)) in facts.iter().enumerate() {
        canvas.text(pane.x + 2, pane.y + 1 + columns(row), 8, label, Weight::Dim);
        canvas.text(pane.x + 10, pane.y + 1 + columns(row), 26, value, Weight::Plain);
    }
    canvas.text(pane.x, pane.y + 7, pane.width, "仕事", Weight::Bold);
    canvas.text(pane.x + 2, pane.y + 8, 36, &worker.duties, Weight::Plain);
    canvas.text(pane.x + 2, pane.y + 9, 36, &worker.special_work, Weight::Plain);
    draw_note(view, canvas, pane, id);
    draw_information(view, canvas, pane, id);
}

/// What the employer has given for the interview, below the note.
fn draw_information(view: &View, canvas: &mut Canvas<'_>, pane: Rect, id: &Id) {
    let Some(site) = common::site_of(view, id) else { return };
    let y = pane.y + 21;
    canvas.text(pane.x, y, pane.width, "面接の情報", Weight::Bold);
    for (row, line) in (y + 1..pane.bottom()).zip(information::checklist(site, id, view.today)) {
        canvas.text(pane.x + 2, row, 14, line.item.label(), Weight::Dim);
        canvas.text(pane.x + 17, row, 7, line.standing.label(), Weight::Plain);
        let since = line.since.map(|day| dates::short(day, view.today)).unwrap_or_default();
        let shown = if since.is_empty() && line.is_on_hand { "手元に記録あり".to_owned() } else { since };
        canvas.text(pane.x + 25, row, pane.width.saturating_sub(26), &shown, Weight::Dim);
    }
}

fn draw_note(view: &View, canvas: &mut Canvas<'_>, pane: Rect, id: &Id) {
    let y = pane.y + 11;
    canvas.text(pane.x, y, 20, "自分だけのメモ", Weight::Bold);
    canvas.right(pane.x + 20, y, 18, "出力されません", Weight::Dim);
    let case = common::site_of(view, id).and_then(|site| site.cases.iter().rev().find(|case| &case.worker == id));
    let note = case.map(|case| case.note.as_str()).unwrap_or_default();
    for (row, text) in crate::ui::width::wrap(note, 34).into_iter().take(8).enumerate() {
        canvas.text(pane.x + 2, y + 1 + columns(row), 36, &text, Weight::Plain);
    }
}
