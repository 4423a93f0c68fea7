//! 就業制限 and 要休業: what the opinion asks for, its period, and the day on which it is looked at again.

use ratatui::layout::{Position, Rect};

use crate::app::checkups::judge::{self, JudgeFault, MeasureAsked, Opinion};
use crate::app::{Effect, Site, View};
use crate::domain::Id;
use crate::domain::case::MeasureKind;
use crate::domain::interview::Fitness;
use crate::ui::actions::{Act, Offer};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::Form;
use crate::ui::keys::Input;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::screens::common;
use crate::ui::screens::entry::{Entry, Saving, typed_into};
use crate::ui::theme::Weight;

/// Measures of 就業制限 (措置指針 2(3)), by the number shown.
const LIMITS: &[MeasureKind] = &[
    MeasureKind::OvertimeLimit,
    MeasureKind::OvertimeBan,
    MeasureKind::WorkingHours,
    MeasureKind::NightWork,
    MeasureKind::DayWork,
    MeasureKind::Work,
    MeasureKind::Place,
    MeasureKind::Other,
];

/// What an opinion on 作業環境管理・作業管理 asks for (措置指針 2(3)ハ(ロ), 1), by the number shown.
const WORKPLACE: &[&str] = &[
    "作業環境測定の実施",
    "施設・設備の設置・整備",
    "作業方法の改善",
    "衛生委員会などでの審議",
    "設定改善委員会での審議",
];

/// The kind that was chosen with the words behind it, or either alone.
fn environment(form: &Form) -> String {
    let kind = form.choice("workplace").and_then(|number| WORKPLACE.get(usize::from(number).checked_sub(1)?)).copied();
    let parts = [kind.unwrap_or_default(), form.text("environment").trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// The form of a limitation.
pub struct MeasureScreen {
    checkup: Id,
    is_leave: bool,
    entry: Option<Entry<Saving>>,
}

impl MeasureScreen {
    /// The form for this examination.
    pub fn new(checkup: Id, is_leave: bool) -> Self {
        Self { checkup, is_leave, entry: None }
    }

    fn worker<'view>(&self, site: &'view Site) -> Option<&'view crate::domain::worker::Worker> {
        site.worker(&super::checkup(site, &self.checkup)?.worker)
    }

    fn build(&mut self, view: &View) {
        let Some(site) = common::site_of(view, &self.checkup) else { return };
        if self.worker(site).is_none() {
            return;
        }
        let kinds = (1_u8..).zip(LIMITS).map(|(number, kind)| (number, kind.label().into())).collect();
        let workplace = (1_u8..).zip(WORKPLACE).map(|(number, words)| (number, (*words).into())).collect();
        let mut fields = Vec::new();
        if !self.is_leave {
            fields.push(Field::choice("kind", "措置", kinds));
        }
        fields.extend([
            Field::text("content", "内容"),
            Field::date("from", "期間の始め", view.today, Direction::Ahead),
            Field::date("until", "期間の終り", view.today, Direction::Ahead),
            Field::date("review", "見直しの日", view.today, Direction::Ahead),
            Field::choice("workplace", "環境・管理", workplace),
            Field::text("environment", "その内容"),
            Field::text("words", "添える文"),
        ]);
        let first = if self.is_leave { "content" } else { "kind" };
        let draft = format!("measure/{}", self.checkup);
        self.entry = Some(Entry::new(site, draft, Form::new(fields), first));
    }

    fn opinion(&self, form: &Form) -> Opinion {
        let chosen = form.choice("kind").and_then(|number| LIMITS.get(usize::from(number).checked_sub(1)?)).copied();
        let kind = if self.is_leave { Some(MeasureKind::NoWork) } else { chosen };
        let measure = kind.map(|kind| MeasureAsked {
            kind,
            content: form.text("content").to_owned(),
            from: form.day("from"),
            until: form.day("until"),
            review_on: form.day("review"),
        });
        Opinion {
            fitness: if self.is_leave { Fitness::Leave } else { Fitness::Limited },
            condition: String::new(),
            words: form.text("words").to_owned(),
            environment: environment(form),
            measure,
        }
    }

    fn save(&mut self, view: &View) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        if entry.refuse_unreadable() {
            return Reply::done();
        }
        let draft = entry.draft().to_owned();
        let opinion = self.entry.as_ref().map(|entry| self.opinion(entry.form()));
        let Some((site, opinion)) = common::site_of(view, &self.checkup).zip(opinion) else { return Reply::ignored() };
        match judge::judge(&view.law, site, &self.checkup, &opinion, view.today) {
            Ok(command) => {
                let says = format!("{}を記録しました。u で取り消せます", opinion.fitness.label());
                let effect = Effect::Perform(site.id().clone(), Box::new(command.ending(draft)));
                Reply { says: Some(says), ..Reply::ask(effect) }.then(Go::Back)
            }
            Err(fault) => self.refuse(fault, &opinion),
        }
    }

    fn refuse(&mut self, fault: JudgeFault, opinion: &Opinion) -> Reply {
        let measure = opinion.measure.as_ref();
        let field = match measure {
            None => "kind",
            Some(measure) if measure.from.is_none() => "from",
            Some(measure) if measure.until.is_none() => "until",
            Some(measure) if measure.review_on.is_none() => "review",
            Some(_) => "content",
        };
        if let Some(entry) = &mut self.entry {
            entry.refuse(field, fault.to_string());
        }
        Reply::say(common::NOTHING_WRITTEN)
    }

    fn input(&mut self, view: &View, input: &Input) -> Reply {
        let Some(entry) = &mut self.entry else { return Reply::ignored() };
        entry.typed(input).unwrap_or_else(|| self.save(view))
    }
}

impl Screen for MeasureScreen {
    fn route(&self) -> Route {
        Route::ReelMeasure(self.checkup.clone(), self.is_leave)
    }

    fn head(&self, view: &View) -> Head {
        let place = if self.is_leave { "要休業" } else { "就業制限" };
        let site = common::site_of(view, &self.checkup);
        let worker = site.and_then(|site| self.worker(site));
        worker.map_or_else(Head::default, |worker| {
            common::person_head(view, &worker.id, &format!("健診の判定 / {place}"))
        })
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        match &self.entry {
            Some(entry) => entry.draw(canvas, Rect { height: body.height.saturating_sub(1), ..body }),
            None => {
                canvas.text(2, body.y, body.width, common::NOBODY_HERE, Weight::Plain);
                None
            }
        }
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        common::entry_offers(self.entry.as_ref().is_some_and(Entry::is_typing))
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match (act, &mut self.entry) {
            (Act::Done, _) => self.save(view),
            (Act::NextStep, Some(entry)) => Reply { effects: entry.go_to_buttons(), ..Reply::done() },
            _ => Reply::ignored(),
        }
    }

    typed_into!();

    fn message(&self, _view: &View) -> String {
        match self.entry.as_ref().map(Entry::focus) {
            Some(Some("workplace" | "environment")) => {
                "作業環境・作業管理への意見です。会社の回答を待ちます。空けておけます".to_owned()
            }
            _ => "措置を決める前に、本人の意見を聴き、話し合って了解を得るよう努めます".to_owned(),
        }
    }

    fn settle(&mut self, view: &View) {
        if self.entry.is_none() {
            self.build(view);
        }
        self.entry.iter_mut().for_each(|entry| entry.offer_saving("意見を保存して次へ"));
    }
}
