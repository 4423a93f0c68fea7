//! 指摘: what was seen, how dangerous, what was done on the spot, what is asked, by when.
//!
//! Every field is a draft as it is typed; F6 records the finding as one change.

use ratatui::layout::{Position, Rect};

use super::{Walk, rows};
use crate::app::patrols::{self, Answer, PatrolError, Spot, TypedFinding};
use crate::app::{Effect, View};
use crate::domain::command::{Command, DraftField};
use crate::domain::patrol::{Finding, Severity};
use crate::domain::time::after_days;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::{Input, Key};
use crate::ui::route::{FindingPlace, Route};
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::screens::lines;
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::{Look, Weight};

/// The day that stands in 期限 until the physician types another one, after the patrol.
const DUE_DAYS: u64 = 14;

/// The name under which the draft remembers the field in focus.
const FOCUS: &str = "@focus";

/// The form of a finding, new or old.
pub struct FindingScreen {
    at: FindingPlace,
    form: Form,
    kept_focus: Option<&'static str>,
}

impl FindingScreen {
    /// The form with what is recorded, or typed and not yet recorded.
    pub fn new(at: FindingPlace, view: &View) -> Self {
        let mut screen = Self { form: Form::new(fields(&at, view)), at, kept_focus: None };
        let Some(site) = view.caseload.site(&screen.at.site) else { return screen };
        if let Some(finding) = screen.finding(view).cloned() {
            screen.show(&finding);
        }
        let draft = screen.draft();
        screen.form.set_values(site.draft(&draft));
        if let Some((_, field)) = site.draft(&draft).find(|(field, _)| *field == FOCUS) {
            screen.form.focus_on(field);
        }
        screen
    }

    fn spot(&self) -> Spot {
        Spot { patrol: self.at.patrol.clone(), place: self.at.place.clone(), category: self.at.category }
    }

    fn draft(&self) -> String {
        self.at.finding.as_ref().map_or_else(|| self.spot().draft(), patrols::rewrite_draft)
    }

    fn finding<'view>(&self, view: &'view View) -> Option<&'view Finding> {
        let id = self.at.finding.as_ref()?;
        view.caseload.site(&self.at.site)?.findings.iter().find(|finding| &finding.id == id)
    }

    fn show(&mut self, finding: &Finding) {
        let severity = Severity::ALL.iter().position(|severity| *severity == finding.severity).unwrap_or(0) + 1;
        let day = |day: Option<crate::domain::Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let measure = format!("{} {}", finding.measure_at, finding.measure);
        self.form.set_values([
            ("content", finding.content.as_str()),
            ("severity", severity.to_string().as_str()),
            ("measure", measure.trim()),
            ("opinion", &finding.opinion),
            ("due", &day(finding.due)),
            ("owner", &finding.owner),
            ("remark", &finding.private_remark),
            ("answered_on", &day(finding.answered_on)),
            ("answer", &finding.answer),
        ]);
    }

    fn typed(&self) -> TypedFinding {
        let severity = self.form.chosen("severity", 1, Severity::ALL);
        let (measure_at, measure) = split_measure(self.form.text("measure"));
        TypedFinding {
            content: self.form.text("content").to_owned(),
            severity: severity.copied().unwrap_or_default(),
            measure,
            measure_at,
            opinion: self.form.text("opinion").to_owned(),
            private_remark: self.form.text("remark").to_owned(),
            due: self.form.day("due"),
            owner: self.form.text("owner").to_owned(),
        }
    }

    fn answer(&self) -> Option<Answer> {
        let day = self.form.day("answered_on")?;
        Some(Answer { day, text: self.form.text("answer").to_owned() })
    }

    fn lacks_measure(&self) -> bool {
        let typed = self.typed();
        patrols::lacks_measure(typed.severity, &typed.measure, &typed.measure_at)
    }

    fn made(&self, view: &View) -> Result<Command, PatrolError> {
        let site = view.caseload.site(&self.at.site).ok_or(PatrolError::Unknown)?;
        match &self.at.finding {
            Some(finding) => patrols::rewrite(site, finding, &self.typed(), self.answer().as_ref(), view.today),
            None => patrols::record(site, &self.spot(), &self.typed()),
        }
    }

    fn save(&mut self, view: &View) -> Reply {
        if self.form.choice("severity").is_none() {
            self.form.focus_on("severity");
            return Reply::say("危険の度合いを選んでください");
        }
        if let Some(problem) = self.form.first_problem() {
            self.form.focus_on(problem);
            return Reply::say("読めない欄があります。直してから記録してください");
        }
        match self.made(view) {
            Ok(command) => Reply::ask(Effect::Perform(self.at.site.clone(), Box::new(command))).then(Go::Back),
            Err(error) => {
                if error == PatrolError::NoContent {
                    self.form.focus_on("content");
                }
                Reply::say(error.to_string())
            }
        }
    }

    fn update(&mut self, view: &View, input: &Input) -> Reply {
        match self.form.update(input) {
            FormEvent::Changed(id) => self.keep(id),
            FormEvent::PastEnd => self.save(view),
            FormEvent::Ignored => Reply::ignored(),
            _ => Reply::done(),
        }
    }

    /// Keeps a field as it is typed, and where it was typed, so that a lock comes back to it.
    fn keep(&mut self, id: &'static str) -> Reply {
        let value = self.form.field(id).and_then(Field::value).unwrap_or_default();
        let save = |field: &str, value| {
            let draft = DraftField { form: self.draft(), field: field.to_owned(), value };
            Effect::SaveDraft(self.at.site.clone(), draft)
        };
        let reply = Reply::ask(save(id, value));
        let focus = self.form.focused().map(Field::id).filter(|focus| self.kept_focus != Some(*focus));
        let Some(focus) = focus else { return reply };
        let reply = reply.and(save(FOCUS, focus.to_owned()));
        self.kept_focus = Some(focus);
        reply
    }
}

impl Screen for FindingScreen {
    fn route(&self) -> Route {
        Route::Finding(Box::new(self.at.clone()))
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = view.caseload.site(&self.at.site) else { return Head::default() };
        let day = dates::short(self.at.day, view.today);
        let path = format!("{} / 巡視 {day} / 指摘", site.establishment.name);
        let context = self.finding(view).map(|finding| rows::standing(finding, view.today).0.to_owned());
        Head { path, context: context.unwrap_or_else(|| "下書き".to_owned()), second: Second::Empty }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let walk = Walk::new(view, &self.at.site)?;
        let place = walk.places.iter().position(|place| place.id == self.at.place);
        let name = place.and_then(|index| walk.places.get(index)).map_or("", |place| &place.name);
        let is_new = self.at.finding.is_none();
        let above =
            place.filter(|_| is_new && body.height >= 16).map(|place| rows::summary(&walk, place)).unwrap_or_default();
        let mut y = body.y;
        if !above.is_empty() {
            canvas.text(2, y, body.width, name, Weight::Dim);
            let area = Rect { y: y + 1, height: columns(above.len()), ..body };
            lines::draw(canvas, area, &above, &TableState::default());
            y = area.bottom() + 1;
        }
        let number = if is_new { patrols::findings_at(walk.site, &self.spot()).count() + 1 } else { 0 };
        let title = if is_new { format!("指摘 {number}") } else { "指摘".to_owned() };
        sheet::rule(canvas, 0, y, body.width, &format!("{title}  {}  {name}", self.at.category.label()));
        let below = Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body };
        self.form.draw(canvas, below)
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let is_closed = self.finding(view).is_some_and(|finding| finding.closed_on.is_some());
        let no = is_closed.then_some("是正を確認済みの指摘です");
        vec![
            action(Act::NextStep).offer().labelled("記録する").doing("指摘を記録して、巡視へ戻ります。").refused(no),
            action(Act::NextField).offer(),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::NextStep => self.save(view),
            Act::NextField => self.update(view, &Input::Key(Key::plain(crate::ui::keys::Code::Tab))),
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        self.update(view, &Input::Key(key))
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        self.update(view, &Input::Paste(text.to_owned()))
    }

    fn is_typing(&self) -> bool {
        self.form.is_in_text()
    }

    fn message(&self, _view: &View) -> String {
        match (self.lacks_measure(), self.form.focused().map(Field::id)) {
            (true, _) => "「直ちに」には、その場で講じた措置と時刻を書きます（則15条）",
            (false, Some("remark")) => "自分だけの控えです。巡視報告書には出ません",
            (false, Some("due")) => "2w は巡視の日から 2週間です。空けておくと期限を付けません",
            (false, _) => "書いたものはそのまま残ります。F6 で記録します",
        }
        .to_owned()
    }

    fn resized(&mut self, body: Rect) {
        self.form.resize(body, Look::default());
    }
}

fn fields(at: &FindingPlace, view: &View) -> Vec<Field> {
    let options = numbered(1, Severity::ALL.iter().map(|severity| severity.label()));
    let due = after_days(at.day, DUE_DAYS).to_string();
    // The clock says when the measure was taken only while the patrol is walked, not when a sheet is copied in.
    let now = if at.day == view.today { format!("{} ", view.clock) } else { String::new() };
    let mut fields = vec![
        Field::memo("content", "所見", 3),
        Field::choice("severity", "危険", options),
        Field::text("measure", "その場の措置").with(&now),
        Field::memo("opinion", "意見", 2),
        Field::date("due", "期限", at.day, Direction::Ahead).with(&due),
        Field::text("owner", "担当"),
        Field::memo("remark", "自分だけ", 2),
    ];
    if at.finding.is_some() {
        fields.push(Field::date("answered_on", "返事の日", view.today, Direction::Back));
        fields.push(Field::memo("answer", "会社の返事", 2));
    }
    fields
}

/// `13:32 台車を退避` as its time and its words; a time without words says nothing.
fn split_measure(text: &str) -> (String, String) {
    let text = text.trim();
    let (head, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let time = crate::ui::field::number::parse_hours(head).ok().filter(|_| head.contains([':', '\u{ff1a}']));
    match time.filter(|time| time.0 < 24 * 3600) {
        Some(_) if rest.trim().is_empty() => (String::new(), String::new()),
        Some(time) => (dates::clock(time), rest.trim().to_owned()),
        None => (String::new(), text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_stands_before_the_measure() {
        let split = |text| split_measure(text);
        assert_eq!(split("13:32 台車を退避"), ("13:32".to_owned(), "台車を退避".to_owned()));
        assert_eq!(split("１３：３２　台車を退避"), ("13:32".to_owned(), "台車を退避".to_owned()));
        assert_eq!(split("13:32 "), (String::new(), String::new()));
        assert_eq!(split("台車を 13:32 に退避"), (String::new(), "台車を 13:32 に退避".to_owned()));
        assert_eq!(split("25:10 台車"), (String::new(), "25:10 台車".to_owned()));
    }
}
