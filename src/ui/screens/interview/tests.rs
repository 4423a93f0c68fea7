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

/// What signing costs behind the opinion's preview: `x` to the 確認, Ctrl-S.
const TO_ISSUE: usize = 2;

#[test]
fn the_legal_minimum_costs_few_keys() {
    let mut s = Session::new();
    s.output();
    assert_eq!(s.place(), (Step::Judgment, 0), "勤務 is confirmed, the first judgment is asked");
    s.press("10");
    s.press("x");
    s.press("0");
    s.output();
    assert_eq!(s.shell.route(), Some(Route::Opinion(s.interview().id)));
    assert_eq!(s.presses, 7);
    assert!(s.presses + TO_ISSUE <= 14);
}

#[test]
fn the_legal_minimum_step_by_step_stays_within_the_limit() {
    let mut s = Session::new();
    for _ in 0..6 {
        s.next();
    }
    s.press("10x0");
    s.output();
    assert_eq!(s.interview().fitness, interview::Fitness::Normal);
    assert_eq!(s.presses, 12);
    assert!(s.presses + TO_ISSUE <= 14);
}

#[test]
fn two_measures_with_period_and_review_stay_within_the_limit() {
    let mut s = Session::new();
    for _ in 0..6 {
        s.next();
    }
    s.press("31");
    s.text("睡眠が足りません。");
    s.tab();
    s.press("x1");
    s.press("1");
    s.tab();
    s.press("40");
    s.tab();
    s.press("3");
    s.tab();
    s.text("月 1回まで");
    s.tab();
    s.tab();
    s.press("3m");
    s.tab();
    s.press("2m");
    s.output();
    let measures = s.measures();
    let kinds: Vec<_> = measures.iter().map(|m| (m.kind, m.amount.as_str())).collect();
    assert_eq!(kinds, [(case::MeasureKind::OvertimeLimit, "40"), (case::MeasureKind::NightWork, "月 1回まで")]);
    assert!(measures.iter().all(|m| m.until == Some(testing::day("2027-02-20"))));
    assert!(measures.iter().all(|m| m.review_on == Some(testing::day("2027-01-20"))));
    assert!(s.presses + TO_ISSUE <= 30, "{}", s.presses);
}

#[test]
fn nothing_is_completed_without_the_minimum_or_by_enter() {
    let mut s = Session::new();
    s.output();
    s.output();
    assert!(s.desk.performed.is_empty());
    assert_eq!(s.rows()[22], " 足りない項目: 疲労の蓄積の状況、その他の心身の状況、医師の意見");
    s.press("10x0");
    for _ in 0..20 {
        s.key(Key::plain(Code::Enter));
    }
    assert!(s.desk.performed.is_empty());
    assert_eq!(s.place().0, Step::Judgment);
}

#[test]
fn the_checklist_takes_one_key_an_answer_and_goes_on() {
    let mut s = Session::new();
    s.next();
    s.press("2");
    assert_eq!(s.place(), (Step::Fatigue, 0));
    assert_eq!(s.rows()[22], " この問の答えは 0、1、3 のどれかです");
    s.press("11001310101030");
    s.press("13");
    assert_eq!(s.place(), (Step::Fatigue, 15), "item 2 of part 2 has no third answer");
    s.press("100003333333");
    assert_eq!(s.place().0, Step::Condition);
    assert_eq!(s.draft(FATIGUE_SHEET).as_deref(), Some("110013101010301100003333333"));
    s.key(Key::f(6).with_shift());
    s.key(Key::plain(Code::Backspace));
    assert!(s.screen(80, 24).contains("総合 "), "a range while one is open");
}

#[test]
fn the_workers_own_sheet_is_pasted_as_one_string() {
    let mut s = Session::new();
    s.next();
    s.text("11001310101030");
    assert!(s.rows()[22].contains("27文字"), "{}", s.rows()[22]);
    s.text("１1001310101030 1100003333333\n");
    assert_eq!(s.draft(FATIGUE_SHEET).as_deref(), Some("110013101010301100003333333"));
    assert!(s.screen(80, 24).contains("総合 6 非常に高い"));
    assert!(s.draft(field::FATIGUE).is_none_or(|value| value.is_empty()), "the score fills in no judgment");
}

#[test]
fn the_two_questions_end_early_and_the_rest_follows_a_yes() {
    let mut s = Session::new();
    (0..3).for_each(|_| s.next());
    s.press("00");
    assert_eq!(s.place().0, Step::Pressure);
    s.key(Key::f(6).with_shift());
    s.key(Key::plain(Code::Home));
    s.press("1");
    assert_eq!(s.place(), (Step::Depression, 2));
    s.press("110");
    assert_eq!((s.place().0, s.draft(field::BSID).as_deref()), (Step::Pressure, Some("10110")));
    (0..2).for_each(|_| s.next());
    assert!(s.screen(80, 24).contains("大うつ病エピソードの疑いがあります。診断ではありません。"));
}

#[test]
fn pressure_and_flags_are_quick_and_flags_stay_in_sight() {
    let mut s = Session::new();
    (0..4).for_each(|_| s.next());
    s.press("148/92");
    s.key(Key::plain(Code::Enter));
    s.press("0");
    assert_eq!(s.place().0, Step::RedFlags, "no factor: nothing more to choose");
    assert!(s.screen(80, 24).contains("みどり内科クリニック"));
    s.press("3");
    assert!(s.screen(80, 24).contains("本人へ直接指示"));
    s.next();
    assert!(s.rows()[3].starts_with("! 注意          自殺の念慮・計画"));
    s.key(Key::f(6).with_shift());
    s.press("0");
    assert_eq!(s.place().0, Step::Judgment);
    assert!(s.screen(80, 24).contains("I度高血圧  第一層"));
}

#[test]
fn a_lock_comes_back_to_the_same_field_with_all_that_was_typed() {
    let mut s = Session::new();
    s.output();
    s.press("21");
    s.text("睡眠が足りません。");
    let place = s.place();
    let before = s.screen(80, 24);
    let mut s = s.again();
    assert_eq!(s.place(), place);
    assert_eq!(s.screen(80, 24), before);
}

#[test]
fn leaving_keeps_everything_and_the_next_visit_goes_on_there() {
    let mut s = Session::new();
    s.next();
    s.press("1100");
    s.key(Key::plain(Code::Esc));
    assert_eq!(s.shell.route(), Some(Route::Today));
    let Session { mut desk, .. } = s;
    desk.view.today = testing::day("2026-11-24");
    let shell = shell_at(&mut desk, &Route::Interview(testing::worker_id(), 0, 0));
    let mut s = Session { desk, shell, presses: 0 };
    assert_eq!(s.place(), (Step::Fatigue, 4));
    assert!(s.rows()[22].starts_with(" 11-20 の続きです。"));
    assert!(s.rows()[0].contains("2026-11-20 14:20"), "the day of the interview stays");
}

#[test]
fn a_step_left_by_tab_is_passed_and_shift_tab_leads_back() {
    let mut s = Session::new();
    (0..10).for_each(|_| s.tab());
    assert_eq!(s.place(), (Step::Fatigue, 0));
    assert!(s.rows()[1].starts_with("  勤務 済   [疲労]"));
    s.key(Key::plain(Code::Tab).with_shift());
    assert_eq!(s.place(), (Step::Work, 9));
}

#[test]
fn the_support_centre_stands_beside_the_clinics() {
    use crate::domain::establishment::{Contact, ContactRole};
    let mut site = testing::site();
    let mut contacts = Vec::clone(&site.contacts);
    let clinic = contacts.first().cloned().unwrap();
    let (role, name) = (ContactRole::SupportCentre, "見本産保センター".to_owned());
    contacts.push(Contact { role, name, id: site.next_id(crate::domain::Prefix::Row), ..clinic });
    site.contacts = std::sync::Arc::new(contacts);
    let mut s = Session::on(site);
    (0..5).for_each(|_| s.next());
    assert_eq!(s.place().0, Step::RedFlags);
    let rows = s.rows();
    let at = |label: &str| rows.iter().position(|row| row.starts_with(&format!("  {label}"))).unwrap();
    assert_eq!(at("産保センター"), at("医療機関") + 1, "{rows:?}");
    assert!(rows[at("産保センター")].contains("見本産保センター"));
}

#[test]
fn online_asks_for_its_conditions() {
    let mut s = Session::new();
    s.tab();
    s.tab();
    s.press("1");
    assert!(s.screen(80, 24).contains("つながり"));
    s.press("1111");
    let screen = s.screen(80, 24);
    assert!(screen.contains("直接会う") && !screen.contains("! オンライン"), "{screen}");
}

#[test]
fn words_of_forbidden_consequences_are_named_while_judging() {
    let mut s = Session::new();
    s.output();
    s.press("10x0");
    s.tab();
    s.tab();
    s.text("改善がなければ退職を勧めてください。");
    assert!(s.screen(80, 24).contains("連絡事項の「退職」"), "{}", s.screen(80, 24));
}

#[test]
fn undo_does_not_reach_behind_the_interview() {
    let mut s = Session::new();
    s.next();
    s.press("u");
    assert_eq!(s.rows()[22], " 面接の途中です。欄をそのまま直せます");
}

#[test]
fn every_step_keeps_to_its_columns_at_both_sizes() {
    for (width, height) in [(80, 24), (120, 40), (40, 10), (20, 5)] {
        let mut s = Session::new();
        for _ in 0..7 {
            for row in s.screen(width, height).lines() {
                assert!(crate::ui::width::width(row) < usize::from(width), "{row}");
            }
            s.next();
        }
    }
}

#[test]
fn a_number_puts_in_another_doctor_of_the_site_and_the_record_names_him() {
    let mut site = testing::site();
    site.doctors = std::sync::Arc::new(vec![crate::domain::doctor::SiteDoctor {
        id: crate::domain::Id::new(&testing::site_id(), crate::domain::Prefix::Row, 20),
        name: "見本 次郎".into(),
        affiliation: "みどり診療所".into(),
        registration: String::new(),
        is_site_physician: false,
        valid_from: None,
        valid_until: None,
    }]);
    let mut session = Session::on(site);
    while !session.screen(80, 24).contains("番号で選べます") {
        assert!(session.presses < 10, "{}", session.screen(80, 24));
        session.tab();
    }
    assert!(session.screen(80, 24).contains("1 水野 遥   2 見本 次郎（みどり診療所）"), "{}", session.screen(80, 24));
    session.press("2");
    let drafts = session.desk.view.caseload.sites[0].draft("interview/E01-W0001");
    let doctor: Vec<&str> = drafts.filter(|(field, _)| *field == field::DOCTOR).map(|(_, value)| value).collect();
    assert_eq!(doctor, ["見本 次郎"]);
}
