//! One person's chart: 19 scales in the five official columns, and the point with its direction corrected.

use ratatui::layout::{Position, Rect};

use super::{NO_PERSON, NO_ROUND, perform, round_of};
use crate::app::host::DocumentRequest;
use crate::app::stress::{StressFault, judging, result, sheet};
use crate::app::{Effect, Site, View};
use crate::domain::Id;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::stress::{Computed, Form, Need, StressAnswers, StressResult};
use crate::domain::worker::Sex;
use crate::scales::stress::questionnaire::Scale;
use crate::scales::stress::{Parts, Questionnaire, ScaleScore, Score, Sheet};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::theme::Weight;

/// Where the columns of a scale begin, and how far apart they stand.
const NAME: u16 = 4;
const RAW: u16 = 31;
const FIRST: u16 = 40;
const STEP: u16 = 6;
const POINT: u16 = 71;
/// Questions in a row of the sheet of answers.
const IN_A_ROW: u16 = 10;

/// The chart of one person.
pub struct Profile {
    round: Id,
    worker: Id,
    shows_answers: bool,
}

impl Profile {
    /// The chart of this worker in this round.
    pub fn new(round: Id, worker: Id) -> Self {
        Self { round, worker, shows_answers: false }
    }

    fn rows<'view>(&self, view: &'view View) -> Option<(&'view Site, &'view StressAnswers, Sheet, Score)> {
        let (site, _) = round_of(view, &self.round)?;
        site.worker(&self.worker)?;
        let answers = sheet(site, &self.round, &self.worker)?;
        let (sheet, score) = judging::scored(answers).ok()?;
        Some((site, answers, sheet, score))
    }

    fn decide(&self, view: &View, need: Need) -> Reply {
        let Some((site, _)) = round_of(view, &self.round) else { return Reply::ignored() };
        let owner = &view.caseload.owner.name;
        let made = judging::confirm(site, &self.round, &self.worker, need, "", owner, view.today);
        perform(site, made, format!("「{}」と記録しました。u で取り消せます", need.label()))
    }

    /// The person before or after, in the order of the list.
    fn neighbour(&self, view: &View, forwards: bool) -> Reply {
        let Some((site, _)) = round_of(view, &self.round) else { return Reply::ignored() };
        let of = site.stress_answers.iter().filter(|row| row.round == self.round);
        let mut people: Vec<_> = of.filter_map(|row| site.worker(&row.worker)).collect();
        people.sort_by(|a, b| (&a.number, &a.id).cmp(&(&b.number, &b.id)));
        let here = people.iter().position(|worker| worker.id == self.worker);
        let there = here.and_then(|at| if forwards { at.checked_add(1) } else { at.checked_sub(1) });
        let next = there.and_then(|at| people.get(at));
        next.map_or_else(
            || Reply::say("並びの端です"),
            |worker| Reply::go(Go::Instead(Route::StressProfile(self.round.clone(), worker.id.clone()))),
        )
    }
}

/// Why the result of somebody cannot be told on paper yet.
pub(super) fn no_notice(view: &View, round: &Id, worker: &Id) -> Option<String> {
    let found = round_of(view, round).and_then(|(site, _)| result(site, round, worker));
    match found {
        None => Some(StressFault::NoResult.to_string()),
        Some(row) => judging::check_notice(row).err().map(|fault| fault.to_string()),
    }
}

/// The result on paper, for the worker alone.
pub(super) fn notice(view: &View, round: &Id, worker: &Id) -> Reply {
    let Some((site, _)) = round_of(view, round) else { return Reply::ignored() };
    let Some(row) = result(site, round, worker) else { return Reply::ignored() };
    let (form, to) = (FormKind::StressNotice, vec![Recipient::Worker]);
    let request = DocumentRequest::new(site.id().clone(), form, Some(row.id.clone()), to);
    Reply::to(Route::Paper(Box::new(request)))
}

/// `合計 A51 B92 C31`; what lacks an answer stays `-`.
fn parts(name: &str, parts: Parts) -> String {
    let one = |sum: Option<u16>| sum.map_or_else(|| "-".to_owned(), |sum| sum.to_string());
    format!("{name} A{} B{} C{}", one(parts.causes), one(parts.symptoms), one(parts.support))
}

fn verdict(result: Option<&StressResult>) -> String {
    match result {
        None => "判定まだ".to_owned(),
        Some(row) if row.computed == Computed::High && row.need != Need::Open => {
            format!("{} / {}", row.computed.label(), row.need.label())
        }
        Some(row) => row.computed.label().to_owned(),
    }
}

/// The heading of the columns, which stands in the second row of the head: a small window has rows for the scales only.
fn heading() -> String {
    let mut line = String::new();
    let mut at = NAME - 2;
    for (word, place) in [
        ("尺度", 2),
        ("素点", RAW),
        ("低", FIRST),
        ("普通", FIRST + 2 * STEP),
        ("高", FIRST + 4 * STEP),
        ("評価点", POINT - 2),
    ] {
        line.extend(std::iter::repeat_n(' ', usize::from(place.saturating_sub(at))));
        line.push_str(word);
        at = place + columns(word.chars().count() * 2);
    }
    line
}

/// 19 rows.
fn draw_scales(canvas: &mut Canvas<'_>, body: Rect, book: &Questionnaire, score: &Score, sex: Sex) {
    let mut part = None;
    for ((y, scale), scored) in (body.y..body.bottom()).zip(book.scales()).zip(&score.scales) {
        if part != Some(scale.part) {
            canvas.text(2, y, 1, &scale.part.letter().to_string(), Weight::Bold);
            part = Some(scale.part);
        }
        draw_scale(canvas, y, scale, *scored, sex);
    }
}

/// The mark stands in the official column; a column that the table leaves empty stays empty.
fn draw_scale(canvas: &mut Canvas<'_>, y: u16, scale: &Scale, scored: ScaleScore, sex: Sex) {
    let is_heaviest = scored.point == Some(1);
    let weight = if is_heaviest { Weight::Bold } else { Weight::Plain };
    canvas.text(NAME, y, RAW - NAME - 1, &scale.name, weight);
    let raw = scored.raw.map_or_else(|| "-".to_owned(), |raw| raw.to_string());
    canvas.right(RAW, y, 4, &raw, weight);
    for (column, place) in (1..=5u8).zip(0..) {
        let mark = match scored.column {
            Some(here) if here == column => (if is_heaviest { "#" } else { "o" }, Weight::Bold),
            Some(_) if scale.has_column(column, sex) => (".", Weight::Dim),
            _ => ("", Weight::Plain),
        };
        canvas.text(FIRST + STEP * place, y, 1, mark.0, mark.1);
    }
    let point = scored.point.map(|point| point.to_string()).unwrap_or_default();
    canvas.text(POINT, y, 6, &format!("{point}{}", if is_heaviest { " !" } else { "" }), weight);
}

/// The answers as printed, ten in a row.
fn draw_answers(canvas: &mut Canvas<'_>, body: Rect, book: &Questionnaire, sheet: &Sheet) {
    let asked = book.asked(sheet.form());
    for (index, place) in asked.iter().enumerate() {
        let Some(item) = book.items().get(*place) else { continue };
        let (row, column) = (columns(index) / IN_A_ROW, columns(index) % IN_A_ROW);
        let answer = sheet.answer(*place).map_or_else(|| "-".to_owned(), |code| code.to_string());
        let weight = if sheet.answer(*place).is_none() { Weight::Bold } else { Weight::Plain };
        let used = canvas.text(2 + column * 7, body.y + row * 2, 4, &item.id, Weight::Dim);
        canvas.text(2 + column * 7 + used.max(3) + 1, body.y + row * 2, 2, &answer, weight);
    }
}

impl Screen for Profile {
    fn route(&self) -> Route {
        Route::StressProfile(self.round.clone(), self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some((site, round)) = round_of(view, &self.round) else { return Head::default() };
        let name = site.worker(&self.worker).map(|worker| worker.name.clone()).unwrap_or_default();
        let context = self.rows(view).map(|(_, answers, sheet, _)| {
            format!("{}  {} 回答  {}", answers.sex.label(), answers.day, sheet.form().label())
        });
        let path = format!("{} / {name}", super::path(site, round));
        let second = if self.shows_answers || context.is_none() { Second::Empty } else { Second::Totals(heading()) };
        Head { path, context: context.unwrap_or_default(), second }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (Some((_, answers, sheet, score)), Ok(book)) = (self.rows(view), Questionnaire::built_in()) else {
            let text = if round_of(view, &self.round).is_some() { NO_PERSON } else { NO_ROUND };
            canvas.text(2, body.y, body.width, text, Weight::Plain);
            return None;
        };
        if self.shows_answers {
            draw_answers(canvas, body, book, &sheet);
        } else {
            draw_scales(canvas, body, book, &score, answers.sex);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let none = self.rows(view).is_none().then_some("回答がありません。");
        let label = if self.shows_answers { "図" } else { "答え" };
        vec![
            action(Act::NextField)
                .offer()
                .labelled(label)
                .doing("図と、印刷どおりの答えを切り替えます。")
                .refused(none),
            action(Act::Open).offer().labelled("申出・同意").doing("この人の申出、同意、健康相談を記録します。"),
            action(Act::Output).offer().labelled("通知書").refused(no_notice(view, &self.round, &self.worker)),
            action(Act::Back).offer(),
            action(Act::PreviousPerson).offer(),
            action(Act::NextPerson).offer(),
            action(Act::Why).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::NextField => self.shows_answers = !self.shows_answers,
            Act::Open => return Reply::to(Route::StressPerson(self.round.clone(), self.worker.clone())),
            Act::Output => return notice(view, &self.round, &self.worker),
            Act::PreviousPerson => return self.neighbour(view, false),
            Act::NextPerson => return self.neighbour(view, true),
            Act::Why => return Reply::to(Route::Law(Some("SC-9".to_owned()))),
            Act::Back => return Reply::go(Go::Back),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        match key.code {
            Code::Char('1') if !key.ctrl => self.decide(view, Need::Needed),
            // The reason is asked for in the list, where the person stands beside the others.
            Code::Char('2') if !key.ctrl => Reply::say("「否」は理由とともに一覧で記録します。Esc で一覧へ戻ります"),
            _ => Reply::ignored(),
        }
    }

    fn message(&self, view: &View) -> String {
        let Some((site, answers, sheet, score)) = self.rows(view) else { return String::new() };
        let said = verdict(result(site, &self.round, &self.worker));
        let points = match (sheet.form(), answers.sex) {
            (Form::Short, _) => "23項目の換算表は未確認".to_owned(),
            (Form::Full, Sex::Unknown) => "性別の登録なし".to_owned(),
            (Form::Full, _) => parts("評価点", score.points),
        };
        format!("{}   {points}   {said}   ! は評価点 1（負担大）", parts("合計", score.sums))
    }

    fn opened(&mut self, view: &View) -> Reply {
        match round_of(view, &self.round) {
            Some((site, _)) => Reply::ask(Effect::Viewed(site.id().clone(), self.worker.to_string())),
            None => Reply::ignored(),
        }
    }
}
