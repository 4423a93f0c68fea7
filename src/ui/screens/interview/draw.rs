//! How the interview looks: the step on the left or above, what it means beside or below.

use ratatui::layout::{Position, Rect};

use super::{Interview, lists};
use crate::app::interview::check::{Remark, Weight as Strength};
use crate::app::interview::field::RED_FLAGS;
use crate::app::interview::{InterviewForm, Step};
use crate::app::{View, information};
use crate::domain::establishment::{Contact, ContactRole};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::screens::common::{person_line, site_of, worker};
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::{Ruler, wrap};

/// Rows that the lower sheet may take, its title included.
const SHEET_ROWS: u16 = 7;
/// Where the texts of the sheet begin.
const TEXT: u16 = 16;
/// A pane narrower than this has its texts begin earlier.
const NARROW: u16 = 60;
const NARROW_TEXT: u16 = 13;

/// A row of the sheet: mark, label, text.
struct Line {
    mark: &'static str,
    label: &'static str,
    text: String,
    weight: Weight,
}

impl Line {
    fn plain(label: &'static str, text: impl Into<String>) -> Self {
        Self { mark: "", label, text: text.into(), weight: Weight::Plain }
    }
}

/// The columns of the form: all of the body, or its left pane.
pub(super) fn form_area(body: Rect) -> Rect {
    sheet::panes(body).0
}

pub(super) fn body(screen: &Interview, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
    let Some(model) = &screen.model else {
        canvas.text(2, body.y, body.width, "この労働者の記録が見つかりません。Esc で戻ります。", Weight::Plain);
        return None;
    };
    let (left, right) = sheet::panes(body);
    let lines = lines(screen, model, view);
    let left = red_flag_row(model, screen.step, canvas, left);
    let left = match right {
        Some(pane) => {
            draw_sheet(canvas, pane, title(screen.step), &lines);
            left
        }
        None => below(screen.step, canvas, left, &lines),
    };
    match screen.step {
        Step::Fatigue => lists::draw_fatigue(model, view, canvas, left, screen.place),
        Step::Depression => lists::draw_bsid(model, view, canvas, left, screen.place),
        _ => return screen.form.draw(canvas, left),
    }
    None
}

/// Red flags stay on top of every step.
fn red_flag_row(model: &InterviewForm, step: Step, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    let flags = model.red_flags();
    if flags.is_empty() || step == Step::RedFlags {
        return area;
    }
    canvas.text(area.x, area.y, 1, "!", Weight::Bold);
    canvas.text(area.x + 2, area.y, TEXT - 2, "注意", Weight::Bold);
    canvas.text(area.x + TEXT, area.y, area.width.saturating_sub(TEXT + 1), &flags, Weight::Bold);
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Draws the sheet at the foot of the area, and gives the rows above it.
fn below(step: Step, canvas: &mut Canvas<'_>, area: Rect, lines: &[Line]) -> Rect {
    if lines.is_empty() || step == Step::Fatigue {
        return area;
    }
    let rows = (rows_of(lines, area) + 1).min(SHEET_ROWS).min(area.height / 2);
    let top = area.bottom().saturating_sub(rows);
    draw_sheet(canvas, Rect { y: top, height: rows, ..area }, title(step), lines);
    Rect { height: area.height.saturating_sub(rows), ..area }
}

const fn title(step: Step) -> &'static str {
    match step {
        Step::Work => "本人と勤務",
        Step::Pressure => "診察室血圧  JSH2019",
        Step::RedFlags => "参考と近隣の医療機関",
        Step::Judgment => "点検",
        Step::Fatigue | Step::Condition | Step::Depression => "参考",
    }
}

fn draw_sheet(canvas: &mut Canvas<'_>, area: Rect, title: &str, lines: &[Line]) {
    sheet::rule(canvas, area.x, area.y, area.width, title);
    let text = text_column(area);
    let room = area.width.saturating_sub(text + 1);
    let rows = lines.iter().flat_map(|line| {
        let heads = std::iter::once((line.mark, line.label)).chain(std::iter::repeat(("", "")));
        heads.zip(wrap(&line.text, usize::from(room))).map(|(head, row)| (head, row, line.weight))
    });
    let mut rows = rows.peekable();
    for y in area.y + 1..area.bottom() {
        let Some(((mark, label), mut row, weight)) = rows.next() else { return };
        // What has no row left is not left out silently.
        if y + 1 == area.bottom() && rows.peek().is_some() {
            row = format!("{}..", Ruler::default().head(&row, usize::from(room.saturating_sub(2))));
        }
        canvas.text(area.x, y, 1, mark, Weight::Bold);
        canvas.text(area.x + 2, y, text - 3, label, Weight::Dim);
        canvas.text(area.x + text, y, room, &row, weight);
    }
}

/// Where texts begin in a sheet over the whole width, or in a pane.
const fn text_column(area: Rect) -> u16 {
    if area.width < NARROW { NARROW_TEXT } else { TEXT }
}

/// Rows that the lines take, the title not counted.
fn rows_of(lines: &[Line], area: Rect) -> u16 {
    let room = usize::from(area.width.saturating_sub(text_column(area) + 1));
    columns(lines.iter().map(|line| wrap(&line.text, room).len()).sum())
}

/// What stands beside a step.
fn lines(screen: &Interview, model: &InterviewForm, view: &View) -> Vec<Line> {
    let Some(site) = site_of(view, &screen.worker) else { return Vec::new() };
    match screen.step {
        Step::Work => {
            let person = worker(view, &screen.worker).map(|worker| person_line(worker, view.today));
            let mut lines: Vec<Line> = person.into_iter().map(|text| Line::plain("本人", text)).collect();
            let told = information::summary(&information::checklist(site, &screen.worker, view.today));
            lines.push(Line::plain("会社の情報", told));
            lines.extend(
                model
                    .online_remarks(&view.law, view.today)
                    .into_iter()
                    .map(|text| Line { mark: "!", ..Line::plain("オンライン", text) }),
            );
            lines
        }
        Step::Fatigue => lists::fatigue_lines(model, view).into_iter().map(|(l, t)| Line::plain(l, t)).collect(),
        Step::Condition if model.is_high_stress() => results(model, site),
        Step::Condition => vec![Line::plain("", "産業医の控えです。会社へは出ません。家族の答えは採点しません。")],
        Step::Depression => model.bsid_note(&view.law).map(|text| Line::plain("結果", text)).into_iter().collect(),
        Step::Pressure => pressure_lines(model, view, site),
        Step::RedFlags => red_flag_lines(model, view, site),
        Step::Judgment => judgment_lines(model, view, site),
    }
}

fn pressure_lines(model: &InterviewForm, view: &View, site: &crate::app::Site) -> Vec<Line> {
    let text =
        model.pressure_note(&view.law, site).unwrap_or_else(|| "測った値を 148/92 のように入れます。".to_owned());
    vec![
        Line { weight: Weight::Bold, ..Line::plain("層別化", text) },
        Line::plain("因子", "年齢と性別は名簿から、ほかは前の段の答えからも数えます。"),
    ]
}

fn red_flag_lines(model: &InterviewForm, view: &View, site: &crate::app::Site) -> Vec<Line> {
    let notes = [("血圧", model.pressure_note(&view.law, site)), ("抑うつ", model.bsid_note(&view.law))];
    let mut lines: Vec<Line> = notes.into_iter().filter_map(|(label, text)| Some(Line::plain(label, text?))).collect();
    if model.numbers(RED_FLAGS).iter().any(|number| *number > 0) {
        lines.push(Line {
            mark: "!", ..Line::plain("緊急のとき", "本人へ直接指示し、意見は直ちに述べます。")
        });
    }
    let clinics: Vec<&Contact> = site.contacts_as(ContactRole::Clinic).collect();
    if clinics.is_empty() {
        lines.push(Line::plain("医療機関", "登録がありません。事業場の連絡先に加えられます。"));
    }
    lines.extend(clinics.into_iter().map(|contact| directory("医療機関", contact)));
    lines.extend(site.contacts_as(ContactRole::SupportCentre).map(|contact| directory("産保センター", contact)));
    lines
}

fn directory(label: &'static str, contact: &Contact) -> Line {
    let emergency = if contact.is_emergency { "  救急" } else { "" };
    Line::plain(label, format!("{}  {}{emergency}  {}", contact.name, contact.phone, contact.department))
}

fn judgment_lines(model: &InterviewForm, view: &View, site: &crate::app::Site) -> Vec<Line> {
    let remarks = model.remarks(&view.law, site, view.today);
    let is_complete = remarks.iter().all(|remark| remark.weight != Strength::Blocking);
    let has_warning = remarks.iter().any(|remark| remark.weight == Strength::Warning);
    let mut lines: Vec<Line> = remarks.into_iter().map(spoken).collect();
    if is_complete && !has_warning {
        let middle = if model.is_high_stress() { "心理的な負担" } else { "疲労" };
        lines.insert(0, Line::plain("必要な項目", format!("勤務  {middle}  心身  医師の意見   すべてあります")));
    }
    if model.is_high_stress() {
        // The newest result comes first: below the remarks a small window has no row left for it.
        let mut results = results(model, site);
        let before = results.split_off(results.len().min(1));
        lines.splice(0..0, results);
        lines.extend(before);
    }
    lines
}

/// The stress check beside the questions, the newest first.
fn results(model: &InterviewForm, site: &crate::app::Site) -> Vec<Line> {
    let lines = model.results(site).into_iter().enumerate();
    lines.map(|(place, text)| Line::plain(if place == 0 { "結果" } else { "" }, text)).collect()
}

fn spoken(remark: Remark) -> Line {
    let (mark, weight) = match remark.weight {
        Strength::Blocking => ("!", Weight::Bold),
        Strength::Warning => ("!", Weight::Plain),
        Strength::Note => ("", Weight::Dim),
    };
    Line { mark, label: remark.label, text: remark.text, weight }
}

/// The message row of a step.
pub(super) fn message(screen: &Interview, view: &View) -> String {
    let Some(model) = &screen.model else { return String::new() };
    match screen.step {
        Step::Work if screen.is_at_information() => {
            "番号で、なし、依頼中、受領の順に変わります。日付は今日で、すぐ記録します".to_owned()
        }
        Step::Work if let Some(doctors) = screen.doctor_message(view) => doctors,
        Step::Work => "会社の記録から入れてあります。次の段へ進むと、確かめたことになります".to_owned(),
        Step::Fatigue => lists::fatigue_message(model, view),
        Step::Condition => "数字で選び、Tab で次の欄へ進みます".to_owned(),
        Step::Depression => "0 いいえ   1 はい   診断ではなく、結果は産業医だけのものです".to_owned(),
        Step::Pressure => "測らなかったときは、そのまま F6 で進みます".to_owned(),
        Step::RedFlags => "なければ 0 を押します。判断するのは産業医です".to_owned(),
        Step::Judgment => "点数から区分は決まりません。判定は産業医が記入します".to_owned(),
    }
}
