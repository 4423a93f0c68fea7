//! 巡視: walk, look and note with one hand. Old findings first, then the categories of a place.

mod begin;
#[cfg(test)]
pub mod desk;
mod finding;
mod rows;
#[cfg(test)]
mod tests;

use ratatui::layout::{Position, Rect};

use self::begin::Begin;
pub use self::finding::FindingScreen;
use self::rows::RowKey;
use super::lines::{self, Line};
use crate::app::host::DocumentRequest;
use crate::app::patrols::{self, PatrolError, Spot};
use crate::app::{Effect, Event, Site, View};
use crate::domain::command::Command;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::patrol::{Category, Finding, Mark, Patrol, Place};
use crate::domain::{EstablishmentId, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::field::Field;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::{FindingPlace, Route};
use crate::ui::screen::{Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Weight;
use crate::ui::width::{cut, width};

/// Rows of the body that the categories of a place and the end take.
const BELOW_FINDINGS: u16 = 13;

/// The walk of one establishment.
pub struct PatrolScreen {
    site: EstablishmentId,
    place: usize,
    state: TableState<RowKey>,
    lines: Vec<Line<RowKey>>,
    keys: Vec<RowKey>,
    option: usize,
    begin: Begin,
    naming: Option<Form>,
    height: u16,
}

/// Everything of a view that the walk needs.
struct Walk<'view> {
    site: &'view Site,
    patrol: Option<&'view Patrol>,
    places: Vec<&'view Place>,
}

impl<'view> Walk<'view> {
    fn new(view: &'view View, id: &EstablishmentId) -> Option<Self> {
        let site: &Site = view.caseload.site(id)?;
        Some(Self { site, patrol: patrols::current(site, view.today), places: patrols::places(site) })
    }

    /// The patrol, while it can still be written.
    fn open(&self) -> Option<&'view Patrol> {
        self.patrol.filter(|patrol| patrol.completed_on.is_none())
    }

    fn spot(&self, place: usize, category: Category) -> Option<Spot> {
        let place = self.places.get(place)?;
        Some(Spot { patrol: self.patrol?.id.clone(), place: place.id.clone(), category })
    }

    fn first_unmarked(&self, place: usize) -> Option<usize> {
        Category::ALL.iter().position(|category| {
            self.spot(place, *category).is_some_and(|spot| patrols::mark_of(self.site, &spot).is_none())
        })
    }
}

impl PatrolScreen {
    /// The walk at a place, by its order.
    pub fn new(site: EstablishmentId, place: usize, view: &View) -> Self {
        let begin = Begin::new(view, &site);
        let (state, lines, keys) = (TableState::default(), Vec::new(), Vec::new());
        Self { site, place, state, lines, keys, option: 0, begin, naming: None, height: 19 }
    }

    /// The category that a digit marks: the one under the cursor, else the first that is open.
    fn target(&self, walk: &Walk<'_>) -> Option<usize> {
        walk.open()?;
        match self.state.selected() {
            Some(RowKey::Category(index)) => Some(*index),
            _ => walk.first_unmarked(self.place),
        }
    }

    fn layout(&mut self, view: &View) {
        let Some(walk) = Walk::new(view, &self.site) else { return };
        self.place = self.place.min(walk.places.len().saturating_sub(1));
        let room = usize::from(self.height.saturating_sub(BELOW_FINDINGS)).max(2);
        // Twice: which category shows its options depends on where the cursor lies.
        for _ in 0..2 {
            let page =
                rows::Page { today: view.today, place: self.place, target: self.target(&walk), option: self.option };
            self.lines = rows::lines(&walk, &page, &self.begin, self.state.selected(), room);
            self.keys = rows::keys(&walk);
            self.state.settle(&self.keys);
        }
    }

    fn finding<'view>(&self, walk: &Walk<'view>) -> Option<&'view Finding> {
        match self.state.selected()? {
            RowKey::Finding(id) => walk.site.findings.iter().find(|finding| &finding.id == id),
            RowKey::Category(index) => {
                let spot = walk.spot(self.place, *Category::ALL.get(*index)?)?;
                patrols::findings_at(walk.site, &spot)
                    .last()
                    .map(|found| &found.id)
                    .and_then(|id| walk.site.findings.iter().find(|finding| &finding.id == id))
            }
            RowKey::Start | RowKey::End => None,
        }
    }

    fn on_finding(&self, walk: &Walk<'_>, advice: &str) -> String {
        let place = self.finding(walk).map(|finding| rows::place_of(walk.site, finding)).unwrap_or_default();
        format!("{}。{advice}", cut(&place, 30))
    }

    fn perform(&self, made: Result<Command, PatrolError>) -> Reply {
        match made {
            Ok(command) => Reply::ask(Effect::Perform(self.site.clone(), Box::new(command))),
            Err(error) => Reply::say(error.to_string()),
        }
    }

    fn open_row(&mut self, view: &View, walk: &Walk<'_>) -> Reply {
        match self.state.selected() {
            Some(RowKey::Start) => self.perform(patrols::start(walk.site, &self.begin.beginning(view), view.today)),
            Some(RowKey::Finding(_)) => self.open_finding(walk),
            Some(RowKey::Category(_)) if self.finding(walk).is_some() => self.open_finding(walk),
            Some(RowKey::Category(index)) => self.mark(view, *index, self.option),
            Some(RowKey::End) => Reply::say("d で巡視を終えます"),
            None => Reply::ignored(),
        }
    }

    fn open_finding(&self, walk: &Walk<'_>) -> Reply {
        let Some(finding) = self.finding(walk) else { return Reply::ignored() };
        let day = crate::app::patrol_year::day_of(walk.site, &finding.patrol).unwrap_or_default();
        Reply::to(Route::Finding(Box::new(FindingPlace {
            site: self.site.clone(),
            patrol: finding.patrol.clone(),
            place: finding.place.clone(),
            category: finding.category,
            finding: Some(finding.id.clone()),
            day,
        })))
    }

    /// Marks a category by the place of its option, and goes on to the next one.
    fn mark(&mut self, view: &View, category: usize, option: usize) -> Reply {
        let Some(walk) = Walk::new(view, &self.site) else { return Reply::ignored() };
        let marked = Category::ALL.get(category).zip(Mark::ALL.get(option));
        let Some((spot, mark)) = marked.and_then(|(c, mark)| Some((walk.spot(self.place, *c)?, *mark))) else {
            return Reply::ignored();
        };
        let reply = match mark {
            Mark::Finding => self.new_finding(&walk, &spot),
            mark => self.perform(patrols::mark(walk.site, &spot, mark)),
        };
        if reply.says.is_none() {
            self.advance(&walk, category);
        }
        reply
    }

    fn new_finding(&self, walk: &Walk<'_>, spot: &Spot) -> Reply {
        let Some(patrol) = walk.open() else { return Reply::say(PatrolError::Ended.to_string()) };
        Reply::to(Route::Finding(Box::new(FindingPlace {
            site: self.site.clone(),
            patrol: patrol.id.clone(),
            place: spot.place.clone(),
            category: spot.category,
            finding: None,
            day: patrol.day,
        })))
    }

    /// The next category that is open, else the end.
    fn advance(&mut self, walk: &Walk<'_>, from: usize) {
        let is_open = |index: &usize| {
            let spot = Category::ALL.get(*index).and_then(|category| walk.spot(self.place, *category));
            *index != from && spot.is_some_and(|spot| patrols::mark_of(walk.site, &spot).is_none())
        };
        let count = Category::ALL.len();
        let next = (from + 1..count).chain(0..from).find(is_open);
        self.state.select(&next.map_or(RowKey::End, RowKey::Category), &self.keys);
        self.option = 0;
    }

    fn done(&mut self, view: &View, walk: &Walk<'_>) -> Reply {
        let Some(patrol) = walk.open() else { return Reply::say(PatrolError::Ended.to_string()) };
        match self.state.selected().cloned() {
            Some(RowKey::Finding(id)) => {
                let reply = self.perform(patrols::close(walk.site, &patrol.id, &id));
                if reply.says.is_none() {
                    self.state.update(&Input::Key(Key::plain(Code::Down)), &self.keys, 1);
                }
                reply
            }
            Some(RowKey::End) => self.complete(view, walk, &patrol.id),
            _ => Reply::ignored(),
        }
    }

    fn complete(&self, view: &View, walk: &Walk<'_>, patrol: &Id) -> Reply {
        self.perform(patrols::complete(walk.site, patrol, view.today))
    }

    fn output(&self) -> Reply {
        let request = DocumentRequest::own(self.site.clone(), FormKind::PatrolSheet, None);
        Reply::ask(Effect::Preview(Box::new(request)))
    }

    /// The report of the newest patrol that has ended, of whatever day.
    fn report(&self, walk: &Walk<'_>) -> Reply {
        let Some(patrol) = patrols::latest_completed(walk.site) else { return Reply::ignored() };
        let (form, recipients) = (FormKind::PatrolReport, vec![Recipient::Employer]);
        let request = DocumentRequest::new(self.site.clone(), form, Some(patrol.id.clone()), recipients);
        Reply::to(Route::Paper(Box::new(request)))
    }

    fn step(&mut self, view: &View, forwards: bool) -> Reply {
        let count = Walk::new(view, &self.site).map_or(0, |walk| walk.places.len()).max(1);
        self.place = if forwards { (self.place + 1) % count } else { (self.place + count - 1) % count };
        self.option = 0;
        self.layout(view);
        let first = Walk::new(view, &self.site).and_then(|walk| walk.first_unmarked(self.place)).unwrap_or(0);
        self.state.select(&RowKey::Category(first), &self.keys);
        self.layout(view);
        Reply::done()
    }

    /// Tab goes between the findings, the categories and the end.
    fn tab(&mut self, forwards: bool) {
        let block = |key: &RowKey| match key {
            RowKey::Finding(_) => 0,
            RowKey::Category(_) => 1,
            RowKey::Start | RowKey::End => 2,
        };
        let Some(here) = self.state.selected().map(block) else { return };
        let steps = if forwards { [1, 2] } else { [2, 1] };
        let target = steps.iter().find_map(|step| self.keys.iter().find(|key| block(key) == (here + step) % 3));
        if let Some(target) = target.cloned() {
            self.state.select(&target, &self.keys);
        }
    }

    fn digit(&mut self, view: &View, digit: char) -> Reply {
        let Some(walk) = Walk::new(view, &self.site) else { return Reply::ignored() };
        let option = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
        match (self.target(&walk), option.filter(|option| *option < Mark::ALL.len())) {
            (Some(category), Some(option)) => self.mark(view, category, option),
            _ => Reply::ignored(),
        }
    }

    fn name_place(&mut self) -> Reply {
        self.naming = Some(Form::new(vec![Field::text("name", "場所の名前")]));
        Reply::done()
    }

    fn type_name(&mut self, view: &View, input: &Input) -> Reply {
        let Some(form) = &mut self.naming else { return Reply::ignored() };
        if !matches!(input, Input::Key(Key { code: Code::Enter, .. })) {
            return if form.update(input) == FormEvent::Ignored { Reply::ignored() } else { Reply::done() };
        }
        let name = form.text("name").to_owned();
        let Some(walk) = Walk::new(view, &self.site) else { return Reply::ignored() };
        let reply = self.perform(patrols::add_place(walk.site, &name));
        if reply.says.is_none() {
            self.naming = None;
        }
        reply
    }
}

impl Screen for PatrolScreen {
    fn route(&self) -> Route {
        Route::Patrol(self.site.clone(), self.place)
    }

    fn head(&self, view: &View) -> Head {
        let Some(walk) = Walk::new(view, &self.site) else { return Head::default() };
        let day = walk.patrol.map_or(view.today, |patrol| patrol.day);
        let context = walk.patrol.map_or_else(String::new, |patrol| {
            let end = if patrol.completed_on.is_some() { "済" } else { "から" };
            format!("現地  {} {end}   {}", patrol.starts, patrol.companions)
        });
        let path = format!("{} / 巡視 {}", walk.site.establishment.name, dates::short(day, view.today));
        Head { path, context, second: Second::Totals(place_row(&walk.places, self.place)) }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (left, right) = sheet::panes(body);
        if let Some(form) = &self.naming {
            canvas.text(2, left.y, left.width, "巡視する場所を加えます。Enter で記録します。", Weight::Plain);
            return form.draw(canvas, Rect { y: left.y + 2, height: left.height.saturating_sub(2), ..left });
        }
        if self.begin.is_editing() {
            return self.begin.draw(canvas, left);
        }
        lines::draw(canvas, left, &self.lines, &self.state);
        let walk = Walk::new(view, &self.site)?;
        if let (Some(pane), Some(finding)) = (right, self.finding(&walk)) {
            rows::draw_detail(canvas, pane, walk.site, finding, view.today);
        }
        None
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let Some(walk) = Walk::new(view, &self.site) else { return Vec::new() };
        if self.begin.is_editing() || self.naming.is_some() {
            return vec![action(Act::Back).offer().labelled("欄を閉じる")];
        }
        let is_open = walk.open().is_some();
        let no_patrol = (!is_open).then_some("巡視を始めると使えます");
        let many = (walk.places.len() < 2).then_some("ほかの場所がありません");
        let (done, no_done) = match self.state.selected() {
            Some(RowKey::End) => ("巡視を終える", no_patrol),
            Some(RowKey::Finding(_)) => ("是正確認", no_patrol),
            _ => ("是正確認", Some("指摘の行か、最後の行で使えます")),
        };
        let is_start = self.state.selected() == Some(&RowKey::Start);
        let new = if walk.places.is_empty() { "場所を作る" } else { "指摘を書く" };
        let no_new = (!is_open && !walk.places.is_empty()).then_some("巡視を始めると使えます");
        let mut offers = vec![
            action(Act::Open).offer().labelled(if is_start { "始める" } else { "開く" }),
            action(Act::New).offer().labelled(new).refused(no_new),
            action(Act::Done).offer().labelled(done).refused(no_done),
            action(Act::NextStep).offer().labelled("次の場所").refused(many),
            action(Act::Edit)
                .offer()
                .labelled("時刻と同行者")
                .refused((walk.patrol.is_some() && !is_open).then_some("巡視は終わっています")),
            action(Act::Output).offer().labelled("記録用紙"),
            action(Act::PreviousStep).offer().labelled("前の場所").refused(many),
        ];
        // What comes next once the walk is over; before that it is the last one's.
        let place = if walk.patrol.is_some() && !is_open { 1 } else { offers.len() };
        offers.insert(place, report_offer(&walk));
        offers
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        let Some(walk) = Walk::new(view, &self.site) else { return Reply::ignored() };
        let reply = match act {
            Act::Back if self.naming.is_some() => {
                self.naming = None;
                Reply::done()
            }
            Act::Back => self.begin.leave(walk.site, &self.site, walk.open()),
            Act::Open => self.open_row(view, &walk),
            Act::New if walk.places.is_empty() => self.name_place(),
            Act::New => {
                let target = self.target(&walk).unwrap_or(0);
                let spot = Category::ALL.get(target).and_then(|category| walk.spot(self.place, *category));
                spot.map_or_else(Reply::ignored, |spot| self.new_finding(&walk, &spot))
            }
            Act::Done => self.done(view, &walk),
            Act::Edit => self.begin.edit(walk.open()),
            Act::Output => self.output(),
            Act::OtherForm => self.report(&walk),
            Act::NextStep => return self.step(view, true),
            Act::PreviousStep => return self.step(view, false),
            _ => Reply::ignored(),
        };
        self.layout(view);
        reply
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        let input = Input::Key(key);
        if self.naming.is_some() {
            return self.type_name(view, &input);
        }
        if self.begin.is_editing() {
            let Some(walk) = Walk::new(view, &self.site) else { return Reply::ignored() };
            return self.begin.update(&input, walk.site, &self.site, walk.open());
        }
        let reply = match key.code {
            Code::Tab => {
                self.tab(!key.shift);
                Reply::done()
            }
            Code::Left => {
                self.option = self.option.saturating_sub(1);
                Reply::done()
            }
            Code::Right => {
                self.option = (self.option + 1).min(Mark::ALL.len() - 1);
                Reply::done()
            }
            Code::Char(digit) if digit.is_ascii_digit() && !key.ctrl => self.digit(view, digit),
            _ if self.state.update(&input, &self.keys, usize::from(self.height)) => {
                self.option = 0;
                Reply::done()
            }
            _ => Reply::ignored(),
        };
        self.layout(view);
        reply
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        let input = Input::Paste(text.to_owned());
        if self.naming.is_some() {
            return self.type_name(view, &input);
        }
        match Walk::new(view, &self.site) {
            Some(walk) if self.begin.is_editing() => self.begin.update(&input, walk.site, &self.site, walk.open()),
            _ => Reply::ignored(),
        }
    }

    fn is_typing(&self) -> bool {
        self.naming.is_some() || self.begin.is_typing()
    }

    fn message(&self, view: &View) -> String {
        let Some(walk) = Walk::new(view, &self.site) else { return String::new() };
        match (walk.patrol, self.state.selected()) {
            (Some(patrol), _) if patrols::is_reported(walk.site, &patrol.id) => {
                "この巡視は終わり、報告書を発行しました。y で新しい版を作れます".to_owned()
            }
            (Some(patrol), _) if patrol.completed_on.is_some() => {
                "この巡視は終わっています。y で会社への報告書を見ます。u で終了を取り消せます".to_owned()
            }
            (None, Some(RowKey::Finding(_))) => self.on_finding(&walk, "是正確認は、巡視を始めてから現地で付けます"),
            (None, _) => "現地に着いたら始めます。写真や映像は巡視に代わりません（則15条）".to_owned(),
            (Some(_), Some(RowKey::Finding(_))) => self.on_finding(&walk, "直っているのを現地で見たら d"),
            (Some(_), Some(RowKey::End)) => "d で巡視を終えます。終えると、この月の巡視として数えます".to_owned(),
            (Some(_), _) => rows::category_message(&walk, self.place, self.target(&walk)),
        }
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::Previewed(preview)
                if preview.request.site == self.site && preview.request.form == FormKind::PatrolSheet =>
            {
                Reply::to(Route::Confirm(preview.clone()))
            }
            _ => Reply::ignored(),
        }
    }

    fn settle(&mut self, view: &View) {
        self.layout(view);
    }

    fn resized(&mut self, body: Rect) {
        self.height = body.height;
        self.begin.resize(body);
    }
}

fn report_offer(walk: &Walk<'_>) -> Offer {
    let nothing = patrols::latest_completed(walk.site).is_none().then_some("終えた巡視がまだありません");
    let offer = action(Act::OtherForm).offer().labelled("報告書").refused(nothing);
    offer.doing("最後に終えた巡視の、会社への報告書を見ます。ここでは何も出ません。")
}

/// `[第2工場 鋳造]   第2工場 仕上`, from the place before the current one on when the row is too long.
fn place_row(places: &[&Place], current: usize) -> String {
    let name = |(index, place): (usize, &&Place)| {
        let name = cut(&place.name, if index == current { 40 } else { 24 });
        if index == current { format!("[{name}]") } else { name }
    };
    let row = |from: usize| places.iter().enumerate().skip(from).map(name).collect::<Vec<_>>().join("   ");
    let whole = row(0);
    if width(&whole) <= 76 { whole } else { row(current.saturating_sub(1)) }
}
