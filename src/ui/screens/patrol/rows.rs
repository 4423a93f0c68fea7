//! The rows of the walk: what was open last time, the categories of a place, the end.

use ratatui::layout::Rect;

use super::Walk;
use super::begin::Begin;
use crate::app::patrol_year::day_of;
use crate::app::patrols::{self, Spot};
use crate::app::{Site, worklist};
use crate::domain::patrol::{Category, Finding, Mark, Severity};
use crate::domain::{Day, Id};
use crate::law::Deadline;
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::screens::lines::Line;
use crate::ui::table::Marker;
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// What the cursor can rest on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowKey {
    /// A finding of an earlier patrol.
    Finding(Id),
    /// A category of the place, by its order.
    Category(usize),
    /// The row that starts the patrol.
    Start,
    /// The row that ends it.
    End,
}

/// What the rows are made for.
pub(super) struct Page {
    pub(super) today: Day,
    pub(super) place: usize,
    pub(super) target: Option<usize>,
    pub(super) option: usize,
}

/// The findings of earlier patrols that are open, or were seen closed on this one; oldest first.
pub(super) fn old_findings<'view>(walk: &Walk<'view>) -> Vec<&'view Finding> {
    let this = walk.patrol.map(|patrol| &patrol.id);
    let is_shown = |f: &&Finding| {
        Some(&f.patrol) != this && (f.closed_on.is_none() || (this.is_some() && f.closed_by.as_ref() == this))
    };
    let mut found: Vec<&Finding> = walk.site.findings.iter().filter(is_shown).collect();
    found.sort_by_key(|finding| (day_of(walk.site, &finding.patrol), finding.id.clone()));
    found
}

/// The keys of all rows, those that are folded included.
pub(super) fn keys(walk: &Walk<'_>) -> Vec<RowKey> {
    let findings = old_findings(walk).into_iter().map(|finding| RowKey::Finding(finding.id.clone()));
    let categories =
        (0..Category::ALL.len()).map(RowKey::Category).filter(|_| walk.patrol.is_some() && !walk.places.is_empty());
    let last = match walk.patrol {
        None => Some(RowKey::Start),
        Some(patrol) => patrol.completed_on.is_none().then_some(RowKey::End),
    };
    findings.chain(categories).chain(last).collect()
}

/// The rows; of the findings only `room` around the cursor.
pub(super) fn lines(
    walk: &Walk<'_>,
    page: &Page,
    begin: &Begin,
    selected: Option<&RowKey>,
    room: usize,
) -> Vec<Line<RowKey>> {
    let mut lines = finding_block(walk, page.today, selected, room);
    lines.push(Line::blank());
    match walk.patrol {
        None => lines.extend(start_block(begin)),
        Some(_) if walk.places.is_empty() => {
            lines.push(Line::blank().text(2, 76, "場所がまだありません。n で作ります"))
        }
        Some(_) => lines.extend(place_block(walk, page)),
    }
    if walk.open().is_some() {
        lines.push(Line::blank());
        lines.push(end_row(walk));
    }
    lines
}

fn finding_block(walk: &Walk<'_>, today: Day, selected: Option<&RowKey>, room: usize) -> Vec<Line<RowKey>> {
    let findings = old_findings(walk);
    if findings.is_empty() {
        return vec![Line::heading("前回から       残っている指摘はありません")];
    }
    let closed = findings.iter().filter(|finding| finding.closed_on.is_some()).count();
    let counts = format!("{}件   済 {closed}", findings.len());
    let mut lines = vec![Line::heading("前回から").with(17, 30, counts, Weight::Dim)];
    let at = findings.iter().position(|f| selected == Some(&RowKey::Finding(f.id.clone()))).unwrap_or(0);
    let shown = if findings.len() > room { room.saturating_sub(1).max(1) } else { findings.len() };
    let top = (at + 1).saturating_sub(shown);
    lines.extend(findings.iter().skip(top).take(shown).map(|finding| finding_row(walk.site, finding, today)));
    if findings.len() > shown {
        lines.push(Line::heading(format!("   ほか {}件", findings.len() - shown)));
    }
    lines
}

fn finding_row(site: &Site, finding: &Finding, today: Day) -> Line<RowKey> {
    let found = day_of(site, &finding.patrol).map(|day| dates::short(day, today)).unwrap_or_default();
    let answer = match finding.answered_on {
        Some(day) => format!("会社 {} {}", dates::short(day, today), finding.answer),
        None => "会社 返事なし".to_owned(),
    };
    let (state, when, is_late) = standing(finding, today);
    let weight = if is_late { Weight::Alert } else { Weight::Plain };
    Line::at(RowKey::Finding(finding.id.clone()))
        .marked(2, if is_late { Marker::Overdue } else { Marker::None })
        .text(5, 5, found)
        .text(12, 30, finding.content.clone())
        .text(43, 15, answer)
        .text(59, 8, state)
        .with(68, 9, when, weight)
        .dimmed(finding.closed_on.is_some())
}

/// Where a finding stands, when it is due, and whether that is past.
pub(super) fn standing(finding: &Finding, today: Day) -> (&'static str, String, bool) {
    if let Some(closed) = finding.closed_on {
        return ("是正済", dates::short(closed, today), false);
    }
    let state = if finding.answered_on.is_some() { "現地確認" } else { "未" };
    let is_late =
        finding.due.is_some_and(|due| worklist::state(Deadline::on(due, false), today) == worklist::State::Overdue);
    (state, finding.due.map(|due| dates::urgency(due, due, today)).unwrap_or_default(), is_late)
}

fn start_block(begin: &Begin) -> Vec<Line<RowKey>> {
    let mut lines = vec![Line::heading("今月の巡視")];
    lines.extend(
        begin.words().into_iter().map(|(label, text)| Line::blank().with(4, 12, label, Weight::Dim).text(17, 60, text)),
    );
    lines.push(Line::blank());
    lines.push(Line::at(RowKey::Start).with(4, 40, "[ 巡視を始める ]", Weight::Bold));
    lines
}

fn place_block(walk: &Walk<'_>, page: &Page) -> Vec<Line<RowKey>> {
    let name = walk.places.get(page.place).map_or("", |place| &place.name);
    let mut lines = vec![Line::heading(name.to_owned())];
    let spots = Category::ALL
        .iter()
        .enumerate()
        .filter_map(|(index, category)| Some((index, walk.spot(page.place, *category)?)));
    lines.extend(spots.map(|(index, spot)| category_row(walk, page, index, &spot)));
    lines
}

fn category_row(walk: &Walk<'_>, page: &Page, index: usize, spot: &Spot) -> Line<RowKey> {
    let line = Line::at(RowKey::Category(index)).text(4, 14, spot.category.label());
    let findings: Vec<&Finding> = patrols::findings_at(walk.site, spot).collect();
    let mark = patrols::mark_of(walk.site, spot).map(|mark| mark.mark);
    let is_target = page.target == Some(index) && findings.is_empty();
    let line = match mark {
        _ if is_target => line.text(20, 34, options(mark, page.option)),
        Some(Mark::Finding) => line.with(20, 8, format!("指摘 {}", findings.len()), Weight::Bold),
        Some(mark) => line.text(20, 8, mark.label()),
        None => line.with(20, 8, "-", Weight::Dim),
    };
    match findings.last() {
        Some(finding) => with_finding(line, finding),
        None if patrols::has_draft(walk.site, spot) => line.text(54, 24, "書きかけの指摘"),
        None => line,
    }
}

fn with_finding(line: Line<RowKey>, finding: &Finding) -> Line<RowKey> {
    let lacks = patrols::lacks_measure(finding.severity, &finding.measure, &finding.measure_at);
    let weight = if finding.severity == Severity::Urgent { Weight::Alert } else { Weight::Plain };
    let line = line.with(30, 6, finding.severity.label(), weight);
    match lacks {
        true => line.marked(1, Marker::Soon).with(38, 40, "その場の措置と時刻がまだです", Weight::Bold),
        false => line.text(38, 40, finding.content.clone()),
    }
}

/// `[1 良]   2 指摘   3 対象外`
fn options(mark: Option<Mark>, option: usize) -> String {
    let chosen = mark.and_then(|mark| Mark::ALL.iter().position(|other| *other == mark));
    let word = |(index, mark): (usize, &Mark)| {
        let text = format!("{} {}", index + 1, mark.label());
        if chosen.unwrap_or(option) == index { format!("[{text}]") } else { text }
    };
    Mark::ALL.iter().enumerate().map(word).collect::<Vec<_>>().join("   ")
}

fn end_row(walk: &Walk<'_>) -> Line<RowKey> {
    let Some(patrol) = walk.patrol else { return Line::blank() };
    let marks = |wanted: Mark| walk.site.marks.iter().filter(|m| m.patrol == patrol.id && m.mark == wanted).count();
    let (good, found, none) = (marks(Mark::Good), marks(Mark::Finding), marks(Mark::NotApplicable));
    let all = walk.places.len() * Category::ALL.len();
    let left = all.saturating_sub(good + found + none);
    let totals = format!("良 {good}   指摘 {found}   対象外 {none}   残り {left}区分");
    Line::at(RowKey::End).with(4, 16, "[ 巡視を終える ]", Weight::Bold).text(22, 56, totals)
}

/// Where a finding lies, for the message row.
pub(super) fn place_of(site: &Site, finding: &Finding) -> String {
    let place = site.places.iter().find(|place| place.id == finding.place).map_or("", |place| &place.name);
    format!("{place}  {}", finding.category.label())
}

/// The message row on a category.
pub(super) fn category_message(walk: &Walk<'_>, place: usize, target: Option<usize>) -> String {
    let spot = target.and_then(|index| walk.spot(place, *Category::ALL.get(index)?));
    let lacks = spot.as_ref().is_some_and(|spot| {
        patrols::findings_at(walk.site, spot).any(|f| patrols::lacks_measure(f.severity, &f.measure, &f.measure_at))
    });
    match (lacks, target) {
        (true, _) => "「直ちに」には、その場で講じた措置と時刻を書きます（則15条）".to_owned(),
        (false, Some(_)) => "1 良、2 指摘、3 対象外。2 で所見を書く欄が開きます".to_owned(),
        (false, None) => "この場所は見終わりました。F6 で次の場所へ移ります".to_owned(),
    }
}

/// The categories of a place in three columns, for the sheet of a finding.
pub(super) fn summary(walk: &Walk<'_>, place: usize) -> Vec<Line<RowKey>> {
    let words: Vec<(&'static str, String)> =
        Category::ALL.iter().filter_map(|category| Some(summary_word(walk, &walk.spot(place, *category)?))).collect();
    let row = |cells: &[(&'static str, String)]| {
        cells.iter().enumerate().fold(Line::blank(), |line, (index, (label, word))| {
            let x = 4 + u16::try_from(index).unwrap_or(0) * 25;
            line.text(x, 14, *label).text(x + 16, 8, word.clone())
        })
    };
    words.chunks(3).map(row).collect()
}

fn summary_word(walk: &Walk<'_>, spot: &Spot) -> (&'static str, String) {
    let count = patrols::findings_at(walk.site, spot).count();
    let word = match patrols::mark_of(walk.site, spot).map(|mark| mark.mark) {
        Some(Mark::Finding) => format!("指摘 {count}"),
        Some(mark) => mark.label().to_owned(),
        None => "-".to_owned(),
    };
    (spot.category.label(), word)
}

/// A finding in a pane.
pub(super) fn draw_detail(canvas: &mut Canvas<'_>, pane: Rect, site: &Site, finding: &Finding, today: Day) {
    let found = day_of(site, &finding.patrol).map(dates::full).unwrap_or_default();
    let (state, when, _) = standing(finding, today);
    let answer = finding.answered_on.map(|day| format!("{}  {}", dates::short(day, today), finding.answer));
    let measure = format!("{} {}", finding.measure_at, finding.measure);
    let rows = [
        ("場所", place_of(site, finding)),
        ("見つけた日", found),
        ("所見", finding.content.clone()),
        ("危険", finding.severity.label().to_owned()),
        ("措置", measure.trim().to_owned()),
        ("意見", finding.opinion.clone()),
        ("期限", finding.due.map(dates::full).unwrap_or_default()),
        ("担当", finding.owner.clone()),
        ("会社の返事", answer.unwrap_or_else(|| "なし".to_owned())),
        ("いま", format!("{state}  {when}")),
        ("自分だけ", finding.private_remark.clone()),
    ];
    let mut y = pane.y;
    for (label, text) in rows.iter().filter(|(_, text)| !text.trim().is_empty()) {
        canvas.text(pane.x, y, 11, label, Weight::Dim);
        for row in wrap(text, usize::from(pane.width.saturating_sub(13))) {
            if y >= pane.bottom() {
                return;
            }
            canvas.text(pane.x + 12, y, pane.width, &row, Weight::Plain);
            y += 1;
        }
    }
}
