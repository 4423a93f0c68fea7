//! 事業場の設定: what forms, reports and deadlines need. One side for its fields, one for its lists.

mod dated;
mod fields;
mod lists;
mod methods;
#[cfg(test)]
mod tests;

use ratatui::layout::{Position, Rect};

use self::lists::{Kind, RowKey};
use super::lines::{self, Line};
use crate::app::{Effect, Event, Site, View};
use crate::domain::command::{Act as Deed, Command, DraftField};
use crate::domain::establishment::Establishment;
use crate::domain::{Day, EstablishmentId};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::{Code, Input, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen, Second};
use crate::ui::sheet;
use crate::ui::table::TableState;
use crate::ui::theme::Look;

/// The form of an establishment, new or old.
pub struct SiteForm {
    site: Option<EstablishmentId>,
    form: Form,
    is_listing: bool,
    lines: Vec<Line<RowKey>>,
    keys: Vec<RowKey>,
    state: TableState<RowKey>,
    row: Option<OpenRow>,
    is_warned: bool,
    height: u16,
}

/// A row of a list that is being written.
struct OpenRow {
    kind: Kind,
    /// None for a new row.
    id: Option<String>,
    form: Form,
}

impl OpenRow {
    fn draft(&self) -> String {
        format!("list/{}/{}", self.kind.label(), self.id.as_deref().unwrap_or("new"))
    }
}

impl SiteForm {
    /// The form with what is recorded, or typed and not yet recorded.
    pub fn new(site: Option<EstablishmentId>, view: &View) -> Self {
        let form = filled(site.as_ref().and_then(|id| view.caseload.site(id)).map(|site| &**site), view.today);
        Self {
            site,
            form,
            is_listing: false,
            lines: Vec::new(),
            keys: Vec::new(),
            state: TableState::default(),
            row: None,
            is_warned: false,
            height: 19,
        }
    }

    fn known<'view>(&self, view: &'view View) -> Option<&'view Site> {
        view.caseload.site(self.site.as_ref()?).map(|site| &**site)
    }

    fn typed(&self, view: &View) -> Establishment {
        match self.known(view) {
            Some(site) => fields::typed(&self.form, &site.establishment),
            None => fields::typed(&self.form, &Establishment::new(next_id(view))),
        }
    }

    fn is_changed(&self, view: &View) -> bool {
        match self.known(view) {
            Some(site) => self.typed(view) != *site.establishment,
            None => self.form.values().iter().any(|(id, value)| !fields::is_default(id, value)),
        }
    }

    /// Records the fields as one change, or makes the establishment; then the lists are shown.
    fn save(&mut self, view: &View) -> Reply {
        if let Some((field, problem)) = fields::problem(&self.form) {
            self.form.focus_on(field);
            return Reply::say(problem);
        }
        let typed = self.typed(view);
        let Some(site) = self.known(view) else { return Reply::ask(Effect::CreateSite(Box::new(typed))) };
        let is_same = typed == *site.establishment;
        self.is_listing = true;
        if is_same {
            return Reply::done();
        }
        let id = site.id().clone();
        let command = Command::new(Deed::EditEstablishment, id.to_string()).put(typed).ending(draft(&id));
        Reply::ask(Effect::Perform(id, Box::new(command)))
    }

    fn open_row(&mut self, view: &View, is_new: bool) -> Reply {
        let Some((site, (kind, id))) = self.known(view).zip(self.state.selected().cloned()) else {
            return Reply::ignored();
        };
        let id = Some(id).filter(|id| !is_new && !id.is_empty());
        let mut row = OpenRow { form: lists::form(kind, site, id.as_deref(), view.today), kind, id };
        let draft = row.draft();
        row.form.set_values(site.draft(&draft));
        self.row = Some(row);
        Reply::done()
    }

    fn save_row(&mut self, view: &View) -> Reply {
        let (Some(site), Some(row)) = (self.known(view), &mut self.row) else { return Reply::ignored() };
        if let Some(field) = row.form.first_problem() {
            row.form.focus_on(field);
            return Reply::say("読めない欄があります。直してから記録してください");
        }
        match lists::command(row.kind, site, row.id.as_deref(), &row.form) {
            Ok(command) => {
                let effect = Effect::Perform(site.id().clone(), Box::new(command.ending(row.draft())));
                self.row = None;
                Reply::ask(effect)
            }
            Err((field, problem)) => {
                row.form.focus_on(field);
                Reply::say(problem)
            }
        }
    }

    /// The form that is typed in.
    fn active(&mut self) -> Option<&mut Form> {
        match &mut self.row {
            Some(row) => Some(&mut row.form),
            None => (!self.is_listing).then_some(&mut self.form),
        }
    }

    fn update(&mut self, view: &View, input: &Input) -> Reply {
        self.is_warned = false;
        let Some(form) = self.active() else { return Reply::ignored() };
        match form.update(input) {
            FormEvent::Changed(id) => self.keep(id),
            FormEvent::PastEnd => self.step(view),
            FormEvent::Ignored => Reply::ignored(),
            _ => Reply::done(),
        }
    }

    fn step(&mut self, view: &View) -> Reply {
        match (&self.row, self.is_listing) {
            (Some(_), _) => self.save_row(view),
            (None, false) => self.save(view),
            (None, true) => {
                self.is_listing = false;
                // A row that was added may have taken the place of fields.
                self.form = filled(self.known(view), view.today);
                Reply::done()
            }
        }
    }

    /// Keeps a field as it is typed; a new establishment has no database yet to keep it in.
    fn keep(&mut self, id: &'static str) -> Reply {
        let Some(site) = self.site.clone() else { return Reply::done() };
        let form = self.row.as_ref().map_or_else(|| draft(&site), OpenRow::draft);
        let Some(active) = self.active() else { return Reply::done() };
        let value = active.field(id).and_then(Field::value).unwrap_or_default();
        Reply::ask(Effect::SaveDraft(site, DraftField { form, field: id.to_owned(), value }))
    }

    fn back(&mut self, view: &View) -> Reply {
        if self.row.take().is_some() {
            return Reply::done();
        }
        let would_lose = self.site.is_none() && self.is_changed(view);
        if would_lose && !std::mem::replace(&mut self.is_warned, true) {
            return Reply::say("まだ記録していません。もう一度 Esc を押すと、書いたものを捨てて戻ります");
        }
        Reply::go(Go::Back)
    }
}

impl Screen for SiteForm {
    fn route(&self) -> Route {
        Route::SiteForm(self.site.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some(site) = self.known(view) else {
            return Head {
                path: "今日 / 新しい事業場".to_owned(),
                context: "下書き".to_owned(),
                second: Second::Empty,
            };
        };
        let context = if self.is_changed(view) { "下書きがあります" } else { "" };
        let steps = vec![("事業場", false), ("一覧", false)];
        Head {
            path: format!("{} / 設定", site.establishment.name),
            context: context.to_owned(),
            second: Second::Steps(steps, usize::from(self.is_listing)),
        }
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let (left, right) = sheet::panes(body);
        if let Some(pane) = right.filter(|_| !self.is_listing && !self.lines.is_empty()) {
            lines::draw(canvas, pane, &self.lines, &TableState::default());
        }
        match &self.row {
            Some(row) => {
                sheet::rule(canvas, 0, left.y, left.width, row.kind.label());
                row.form.draw(canvas, Rect { y: left.y + 2, height: left.height.saturating_sub(2), ..left })
            }
            None if self.is_listing => {
                lines::draw(canvas, left, &self.lines, &self.state);
                None
            }
            None => self.form.draw(canvas, left),
        }
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        let save = match (self.known(view), &self.row) {
            (None, _) => "事業場を作る",
            (Some(_), None) if !self.is_changed(view) && !self.is_listing => "一覧へ",
            _ => "記録する",
        };
        let next = action(Act::NextStep).offer();
        if self.is_listing && self.row.is_none() {
            return vec![
                action(Act::Open).offer().labelled("直す"),
                action(Act::New).offer().labelled("加える"),
                next.labelled("事業場の欄へ"),
                action(Act::Back).offer(),
            ];
        }
        vec![
            next.labelled(save).doing("書いた欄を記録します。取り消せます。"),
            action(Act::NextField).offer(),
            action(Act::Back).offer(),
        ]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::NextStep => self.step(view),
            Act::NextField => self.update(view, &Input::Key(Key::plain(Code::Tab))),
            Act::Open => self.open_row(view, false),
            Act::New => self.open_row(view, true),
            Act::Back => self.back(view),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        let input = Input::Key(key);
        if self.is_listing && self.row.is_none() {
            let is_moved = self.state.update(&input, &self.keys, usize::from(self.height));
            return if is_moved { Reply::done() } else { Reply::ignored() };
        }
        self.update(view, &input)
    }

    fn paste(&mut self, view: &View, text: &str) -> Reply {
        self.update(view, &Input::Paste(text.to_owned()))
    }

    fn is_typing(&self) -> bool {
        match &self.row {
            Some(row) => row.form.is_in_text(),
            None => !self.is_listing && self.form.is_in_text(),
        }
    }

    fn message(&self, view: &View) -> String {
        match (&self.row, self.is_listing, self.known(view).is_some()) {
            (Some(row), ..) => row.kind.note().to_owned(),
            (None, true, _) => "日付の付いた行は、古いものも残します。その日の締日や人数で数えるためです".to_owned(),
            (None, false, true) => fields::note(self.form.focused().map(Field::id)).to_owned(),
            (None, false, false) => "事業場名と略称があれば作れます。ほかはあとで書けます".to_owned(),
        }
    }

    fn event(&mut self, _view: &View, event: &Event) -> Reply {
        match event {
            Event::SiteCreated(id) => Reply::go(Go::Instead(Route::Site(id.clone()))),
            _ => Reply::ignored(),
        }
    }

    fn settle(&mut self, view: &View) {
        self.lines = self.known(view).map(|site| lists::lines(site, view.today)).unwrap_or_default();
        self.keys = lines::keys(&self.lines);
        self.state.settle(&self.keys);
    }

    fn resized(&mut self, body: Rect) {
        self.height = body.height;
        let (left, _) = sheet::panes(body);
        self.form.resize(left, Look::default());
        if let Some(row) = &mut self.row {
            row.form.resize(left, Look::default());
        }
    }
}

/// The fields with what is recorded, or typed and not yet recorded.
fn filled(site: Option<&Site>, today: Day) -> Form {
    let mut form = fields::form(today, site);
    if let Some(known) = site {
        fields::show(&mut form, &known.establishment);
        form.set_values(known.draft(&draft(known.id())));
    }
    form
}

fn draft(site: &EstablishmentId) -> String {
    format!("site/{site}")
}

/// A number for the form only; the host gives the true one.
fn next_id(view: &View) -> EstablishmentId {
    let last = view.caseload.sites.iter().map(|site| site.id().number()).max().unwrap_or(0);
    EstablishmentId::new(last.saturating_add(1))
}
