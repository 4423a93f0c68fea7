//! One person of a round: what was asked for and agreed to, each with its day; and the talk that nobody hears of.

use ratatui::layout::{Position, Rect};

use super::asking::Asking;
use super::profile::{no_notice, notice};
use super::{NO_PERSON, path, perform, round_of};
use crate::app::interview::stress::waiting;
use crate::app::stress::consent::{self, ConsentEntry};
use crate::app::stress::reported::{Said, is_told};
use crate::app::stress::{StressFault, consent_of, reported_of, requests, result};
use crate::app::{Effect, Site, View};
use crate::domain::case::RequestBy;
use crate::domain::command::Command;
use crate::domain::stress::{ConsentForm, Need, OwnerRole, StressResult, StressRound};
use crate::domain::{Day, Id};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::field::date::{Direction, parse_day};
use crate::ui::keys::{Code, Key};
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// Where the values begin.
const VALUE: u16 = 20;
/// Rows above the numbered acts.
const STATE_ROWS: u16 = 8;

/// What can be recorded about the person, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Request,
    Consent(ConsentForm),
    Refusal,
    Withdrawal,
    Talk,
}

const WORDS: [(char, Word, &str); 6] = [
    ('3', Word::Request, "申出を受けた"),
    ('4', Word::Consent(ConsentForm::Written), "提供に同意した（書面）"),
    ('5', Word::Consent(ConsentForm::Electronic), "提供に同意した（電磁的記録）"),
    ('6', Word::Refusal, "提供を断った"),
    ('7', Word::Withdrawal, "同意を取り下げた"),
    ('8', Word::Talk, "健康相談（会社には知られません）"),
];

/// The person.
pub struct Person {
    round: Id,
    worker: Id,
    asking: Option<Asking<Word>>,
    /// The day that was typed for a word that wants another line.
    told_on: Option<Day>,
}

impl Person {
    /// This worker in this round.
    pub fn new(round: Id, worker: Id) -> Self {
        Self { round, worker, asking: None, told_on: None }
    }

    fn ask(&mut self, view: &View, word: Word) -> Reply {
        let is_untold = |(site, round): (&Site, &StressRound)| {
            round.role == OwnerRole::Neither && result(site, &self.round, &self.worker).is_none()
        };
        let wants_notice = matches!(word, Word::Consent(_) | Word::Refusal)
            && self.told_on.is_none()
            && round_of(view, &self.round).is_some_and(is_untold);
        let label = match word {
            Word::Talk => "相談の覚え",
            _ if wants_notice => "本人が結果の通知を受けた日",
            _ => "その日（空なら今日）",
        };
        self.asking = Some(Asking::new(word, label));
        Reply::done()
    }

    /// The line is whole: it is a note, the day of the notice, or the day of the act.
    fn take(&mut self, view: &View) -> Reply {
        let Some(asking) = self.asking.take() else { return Reply::ignored() };
        let (word, typed) = (asking.about, asking.text().trim().to_owned());
        let is_notice = asking.label() == "本人が結果の通知を受けた日";
        let day = match (word, typed.is_empty()) {
            (Word::Talk, _) => Ok(view.today),
            (_, true) if !is_notice => Ok(view.today),
            _ => parse_day(&typed, view.today, Direction::Back),
        };
        let day = match day {
            Ok(day) => day,
            Err(error) => {
                self.asking = Some(asking);
                return Reply::say(error.to_string());
            }
        };
        if is_notice {
            self.told_on = Some(day);
            return self.ask(view, word);
        }
        self.record(view, word, day, &typed)
    }

    fn record(&mut self, view: &View, word: Word, day: Day, note: &str) -> Reply {
        let Some((site, _)) = round_of(view, &self.round) else { return Reply::ignored() };
        let made = self.command(view, site, word, day, note);
        self.told_on = None;
        perform(site, made, "記録しました。u で取り消せます")
    }

    fn command(&self, view: &View, site: &Site, word: Word, day: Day, note: &str) -> Result<Command, StressFault> {
        let (round, worker, today) = (&self.round, &self.worker, view.today);
        let said = |form, is_refused| ConsentEntry { notified_on: self.told_on, day, form, is_refused };
        match word {
            Word::Request => requests::receive(site, round, worker, day, RequestBy::Paper, today),
            Word::Consent(form) => consent::record(&view.law, site, round, worker, &said(form, false), today),
            Word::Refusal => consent::record(&view.law, site, round, worker, &said(ConsentForm::Written, true), today),
            Word::Withdrawal => consent::withdraw(site, round, worker, day, today),
            Word::Talk => requests::consult(site, worker, day, note, today),
        }
    }

    /// How it stands, line by line.
    fn state(&self, view: &View, site: &Site) -> Vec<(&'static str, String)> {
        let known = result(site, &self.round, &self.worker);
        let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let told = known.and_then(|row| row.notified_on);
        let asked = requests::request_of(site, &self.round, &self.worker);
        let late = told.zip(asked).is_some_and(|(told, asked)| requests::is_late(&view.law, told, asked.day));
        let talks = site.stress_consultations.iter().filter(|row| row.worker == self.worker).count();
        vec![
            ("結果", self.told(site, known)),
            ("実施者の確認", known.map_or(Need::Open, |row| row.need).label().to_owned()),
            ("結果の通知", day(told)),
            ("申出", format!("{}{}", day(asked.map(|row| row.day)), if late { "  期限の後" } else { "" })),
            ("提供の同意", self.consent(site)),
            ("会社へ伝えてよいか", self.may(view, site).to_owned()),
            ("健康相談", format!("{talks}回")),
        ]
    }

    /// The result and where it comes from; what was told beside it where that differs.
    fn told(&self, site: &Site, known: Option<&StressResult>) -> String {
        let told = reported_of(site, &self.round, &self.worker).map(Said::told);
        match (known, told) {
            (None, None) => "-".to_owned(),
            (None, Some(told)) => format!("{}  ほかで計算", told.words()),
            (Some(row), _) if is_told(site, row) => format!("{}  ほかで計算", Said::of(row).words()),
            (Some(row), Some(told)) if !Said::of(row).agrees(&told) => {
                format!("{}   ほかの計算では {}", Said::of(row).words(), told.words())
            }
            (Some(row), _) => Said::of(row).words(),
        }
    }

    fn consent(&self, site: &Site) -> String {
        match consent_of(site, &self.round, &self.worker) {
            None => "-".to_owned(),
            Some(row) if row.is_refused => format!("{} 断り。もう求めません", row.day),
            Some(row) => {
                let end = row.withdrawn_on.map(|day| format!("   {day} 取下げ")).unwrap_or_default();
                format!("{} {}{end}", row.day, row.form.label())
            }
        }
    }

    fn may(&self, view: &View, site: &Site) -> &'static str {
        if consent::may_be_told(site, &self.round, &self.worker, view.today) {
            "通知と同じ範囲まで"
        } else {
            "何も伝えません"
        }
    }
}

impl Screen for Person {
    fn route(&self) -> Route {
        Route::StressPerson(self.round.clone(), self.worker.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some((site, round)) = round_of(view, &self.round) else { return Head::default() };
        let name = site.worker(&self.worker).map(|worker| worker.name.clone()).unwrap_or_default();
        Head { path: format!("{} / {name} / 申出・同意", path(site, round)), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let found = round_of(view, &self.round).filter(|(site, _)| site.worker(&self.worker).is_some());
        let Some((site, _)) = found else {
            canvas.text(2, body.y, body.width, NO_PERSON, Weight::Plain);
            return None;
        };
        for (y, (label, value)) in (body.y..body.bottom()).zip(self.state(view, site)) {
            canvas.text(2, y, VALUE - 2, label, Weight::Dim);
            canvas.text(VALUE + 2, y, body.width.saturating_sub(VALUE + 3), &value, Weight::Plain);
        }
        let first = body.y + STATE_ROWS;
        for (index, (number, _, label)) in WORDS.iter().enumerate() {
            canvas.text(2, first + columns(index), body.width, &format!("{number}  {label}"), Weight::Plain);
        }
        self.asking.as_ref().map(|asking| asking.draw(canvas, body.bottom().saturating_sub(1)))
    }

    fn offers(&self, view: &View) -> Vec<Offer> {
        if self.asking.is_some() {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        let waits = round_of(view, &self.round).is_some_and(|(site, _)| waiting(site, &self.worker).is_some());
        let no_request = (!waits).then_some("申出を受けてから、面接を始めます。");
        let interview = action(Act::New).offer().labelled("面接").doing("申出のあった面接指導を始めます。");
        let paper = action(Act::Output).offer().labelled("通知書").refused(no_notice(view, &self.round, &self.worker));
        vec![interview.refused(no_request), paper, action(Act::Back).offer()]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::New => Reply::to(Route::Interview(self.worker.clone(), 0, 0)),
            Act::Output => notice(view, &self.round, &self.worker),
            Act::Back if self.asking.is_some() => {
                (self.asking, self.told_on) = (None, None);
                Reply::done()
            }
            Act::Back => Reply::go(Go::Back),
            _ => Reply::ignored(),
        }
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if let Some(asking) = &mut self.asking {
            return asking.key(key).unwrap_or_else(|| self.take(view));
        }
        let Code::Char(number) = key.code else { return Reply::ignored() };
        match WORDS.iter().find(|(known, ..)| *known == number && !key.ctrl) {
            Some((_, word, _)) => self.ask(view, *word),
            None => Reply::ignored(),
        }
    }

    fn paste(&mut self, _view: &View, text: &str) -> Reply {
        Asking::paste(&mut self.asking, text)
    }

    fn is_typing(&self) -> bool {
        self.asking.is_some()
    }

    fn message(&self, _view: &View) -> String {
        "番号で記録します。同意は、結果の通知の後に、一人ずつ受けます".to_owned()
    }

    fn opened(&mut self, view: &View) -> Reply {
        match round_of(view, &self.round) {
            Some((site, _)) => Reply::ask(Effect::Viewed(site.id().clone(), self.worker.to_string())),
            None => Reply::ignored(),
        }
    }
}
