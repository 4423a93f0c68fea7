//! The screen by keys: a shell on a desk that keeps drafts, presses counted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::*;
use crate::app::host::Host;
use crate::app::testing;
use crate::app::{Event, Site};
use crate::domain::command::{Change, Command};
use crate::domain::{AnyRecord, case, interview};
use crate::ui::Shell;
use crate::ui::snapshot;

/// A desk of one worker that keeps drafts and remembers commands.
struct Desk {
    view: View,
    performed: Vec<Command>,
}

impl Host for Desk {
    fn view(&self) -> View {
        self.view.clone()
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::SaveDraft(_, draft) => self.view = testing::with_draft(&self.view, draft),
            Effect::Perform(_, command) => self.performed.push(*command),
            _ => {}
        }
        Vec::new()
    }
}

/// A shell that stands on the interview, with the number of keys pressed since the worker's screen.
struct Session {
    desk: Desk,
    shell: Shell,
    presses: usize,
}

impl Session {
    fn new() -> Self {
        Self::on(testing::site())
    }

    fn on(site: Site) -> Self {
        let mut desk = Desk { view: testing::view(vec![site]), performed: Vec::new() };
        let shell = shell_at(&mut desk, &Route::Interview(testing::worker_id(), 0, 0));
        // One press on the worker's screen leads here.
        Self { desk, shell, presses: 1 }
    }

    fn again(self) -> Self {
        let Self { mut desk, shell, presses } = self;
        let route = shell.route().unwrap();
        let shell = shell_at(&mut desk, &route);
        Self { desk, shell, presses }
    }

    fn key(&mut self, key: Key) {
        self.presses += 1;
        self.shell.input(&mut self.desk, Input::Key(key));
    }

    fn press(&mut self, keys: &str) {
        for c in keys.chars() {
            self.key(Key::char(c));
        }
    }

    /// Free text costs no press.
    fn text(&mut self, text: &str) {
        self.shell.input(&mut self.desk, Input::Paste(text.to_owned()));
    }

    fn tab(&mut self) {
        self.key(Key::plain(Code::Tab));
    }

    fn next(&mut self) {
        self.key(Key::f(6));
    }

    fn output(&mut self) {
        self.key(Key::ctrl('x'));
    }

    fn screen(&mut self, width: u16, height: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        self.shell.draw(&mut buffer, Look::default());
        snapshot::text(&buffer)
    }

    fn rows(&mut self) -> Vec<String> {
        self.screen(80, 24).lines().map(str::to_owned).collect()
    }

    fn place(&self) -> (Step, usize) {
        match self.shell.route() {
            Some(Route::Interview(_, step, place)) => (Step::at(step), place),
            other => panic!("{other:?}"),
        }
    }

    fn draft(&self, field: &str) -> Option<String> {
        let site = self.desk.view.caseload.sites.first().unwrap().clone();
        let form = InterviewForm::name(&testing::worker_id());
        site.draft(&form).find(|(name, _)| *name == field).map(|(_, value)| value.to_owned())
    }

    fn interview(&self) -> interview::Interview {
        let command = self.desk.performed.first().unwrap();
        let found = testing::rows_put(command, |record| match record {
            AnyRecord::Interview(interview) => Some(&**interview),
            _ => None,
        });
        (*found.first().unwrap()).clone()
    }

    fn measures(&self) -> Vec<case::Measure> {
        let changes = self.desk.performed.first().unwrap().changes.iter();
        let measure = |change: &Change| match change {
            Change::Put(AnyRecord::Measure(measure)) => Some((**measure).clone()),
            _ => None,
        };
        changes.filter_map(measure).collect()
    }
}

fn shell_at(desk: &mut Desk, route: &Route) -> Shell {
    let mut shell = Shell::new(desk);
    shell.stack.push(crate::ui::screens::open(route, &desk.view));
    shell.tick(desk);
    shell
}

#[test]
fn look() {
    let mut s = Session::new();
    println!("{}\n=====", s.screen(80, 24));
    s.next();
    s.press("110031101010303101");
    println!("{}\n=====", s.screen(80, 24));
    println!("{}\n=====", s.screen(120, 40));
    s.next();
    println!("{}\n=====", s.screen(80, 24));
    s.next();
    s.press("1");
    println!("{}\n=====", s.screen(80, 24));
    s.next();
    s.text("148/92");
    println!("{}\n=====", s.screen(80, 24));
    s.next();
    s.press("15");
    println!("{}\n=====", s.screen(80, 24));
    s.next();
    s.press("21");
    println!("{}\n=====", s.screen(80, 24));
    println!("{}\n=====", s.screen(120, 40));
}
