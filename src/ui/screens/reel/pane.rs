//! Beside the person, where there is room: their work, who comes next, and how far the sitting is.

use ratatui::layout::Rect;

use super::Reel;
use crate::app::{Site, View, patrols};
use crate::domain::worker::Worker;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::screens::worker_pane;
use crate::ui::theme::Weight;

/// Rows that the person's work takes, with the space below.
const WORK: u16 = 8;
/// How many of the next are named.
const NEXT: usize = 8;

pub(super) fn draw(reel: &Reel, view: &View, canvas: &mut Canvas<'_>, area: Rect, worker: &Worker) {
    canvas.text(area.x, area.y, area.width, "この人の仕事", Weight::Bold);
    let hazard = if worker.special_work.is_empty() { "-" } else { worker.special_work.as_str() };
    let Some(site) = reel.site(view) else { return };
    let facts = [
        ("業務", worker.duties.clone()),
        ("有害業務", hazard.to_owned()),
        ("所属", worker.department.clone()),
        ("深夜業", worker_pane::night_work(view, &worker.id).unwrap_or_else(|| "-".to_owned())),
        ("直近の面接", interviewed(view, site, worker)),
        (
            "直近の巡視",
            patrols::latest_completed(site).map_or_else(dash, |patrol| dates::short(patrol.day, view.today)),
        ),
    ];
    for (row, (label, text)) in facts.iter().enumerate() {
        let y = area.y + 1 + columns(row);
        canvas.text(area.x + 2, y, 10, label, Weight::Dim);
        canvas.text(area.x + 13, y, area.width.saturating_sub(14), text, Weight::Plain);
    }
    canvas.text(area.x, area.y + WORK, area.width, "次の人", Weight::Bold);
    for (row, next) in reel.following().take(NEXT).enumerate() {
        let y = area.y + WORK + 1 + columns(row);
        let Some(person) = site.worker(&next.worker) else { continue };
        canvas.text(area.x + 2, y, 14, &person.name, Weight::Plain);
        canvas.text(area.x + 17, y, area.width.saturating_sub(18), &next.told, Weight::Dim);
    }
    draw_done(reel, view, canvas, area);
}

/// The newest interview and its class, which the opinion may rest on (措置指針 2(3)ロ).
fn interviewed(view: &View, site: &Site, worker: &Worker) -> String {
    let newest = site.interviews.iter().filter(|row| row.worker == worker.id).max_by_key(|row| row.day);
    newest.map_or_else(dash, |row| format!("{}  {}", dates::short(row.day, view.today), row.fitness.label()))
}

fn dash() -> String {
    "-".to_owned()
}

fn draw_done(reel: &Reel, view: &View, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(site) = reel.site(view) else { return };
    let y = area.y + WORK + 2 + columns(NEXT);
    canvas.text(area.x, y, area.width, "直前の判定", Weight::Bold);
    for (row, id) in reel.done.iter().rev().take(5).enumerate() {
        let Some(checkup) = super::checkup(site, id) else { continue };
        let name = site.worker(&checkup.worker).map_or("", |worker| worker.name.as_str());
        let y = y + 1 + columns(row);
        canvas.text(area.x + 2, y, 14, name, Weight::Plain);
        let word = checkup.opinion.map_or("保留", |fitness| fitness.label());
        canvas.text(area.x + 17, y, area.width.saturating_sub(18), word, Weight::Plain);
    }
}
