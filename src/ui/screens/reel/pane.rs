//! Beside the person, where there is room: their work, who comes next, and how far the sitting is.

use ratatui::layout::Rect;

use super::Reel;
use crate::app::View;
use crate::domain::worker::Worker;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::theme::Weight;

/// How many of the next are named.
const NEXT: usize = 8;

pub(super) fn draw(reel: &Reel, view: &View, canvas: &mut Canvas<'_>, area: Rect, worker: &Worker) {
    canvas.text(area.x, area.y, area.width, "この人の仕事", Weight::Bold);
    let hazard = if worker.special_work.is_empty() { "-" } else { worker.special_work.as_str() };
    let facts = [("業務", worker.duties.as_str()), ("有害業務", hazard), ("所属", worker.department.as_str())];
    for (row, (label, text)) in facts.iter().enumerate() {
        let y = area.y + 1 + columns(row);
        canvas.text(area.x + 2, y, 8, label, Weight::Dim);
        canvas.text(area.x + 12, y, area.width.saturating_sub(13), text, Weight::Plain);
    }
    let Some(site) = reel.site(view) else { return };
    canvas.text(area.x, area.y + 5, area.width, "次の人", Weight::Bold);
    for (row, next) in reel.following().take(NEXT).enumerate() {
        let y = area.y + 6 + columns(row);
        let Some(person) = site.worker(&next.worker) else { continue };
        canvas.text(area.x + 2, y, 14, &person.name, Weight::Plain);
        canvas.text(area.x + 17, y, area.width.saturating_sub(18), &next.told, Weight::Dim);
    }
    draw_done(reel, view, canvas, area);
}

fn draw_done(reel: &Reel, view: &View, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(site) = reel.site(view) else { return };
    let y = area.y + 7 + columns(NEXT);
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
