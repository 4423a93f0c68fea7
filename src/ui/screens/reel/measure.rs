//! 就業制限 and 要休業: what the opinion asks for, its period, and the day on which it is looked at again.

use ratatui::layout::{Position, Rect};

use crate::app::checkups::judge::{self, JudgeFault, MeasureAsked, Opinion};
use crate::app::{Site, View};
use crate::domain::Id;
use crate::domain::case::MeasureKind;
use crate::domain::interview::Fitness;
use crate::ui::canvas::Canvas;
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::screens::common;
use crate::ui::screens::entry::{Entry, EntryForm, Refusal};

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
pub struct MeasureForm {
    checkup: Id,
    is_leave: bool,
}

impl MeasureForm {
    /// The form for this examination.
    pub fn new(checkup: Id, is_leave: bool) -> Self {
        Self { checkup, is_leave }
    }

    fn worker<'view>(&self, site: &'view Site) -> Option<&'view crate::domain::worker::Worker> {
        site.worker(&super::checkup(site, &self.checkup)?.worker)
    }

    fn opinion(&self, form: &Form) -> Opinion {
        let chosen = form.chosen("kind", 1, LIMITS).copied();
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
}

/// A fault, below the first field that the measure lacks.
fn refusal(fault: JudgeFault, opinion: &Opinion) -> Refusal {
    let field = match opinion.measure.as_ref() {
        None => "kind",
        Some(measure) if measure.from.is_none() => "from",
        Some(measure) if measure.until.is_none() => "until",
        Some(measure) if measure.review_on.is_none() => "review",
        Some(_) => "content",
    };
    (field, fault.to_string())
}

impl EntryForm for MeasureForm {
    fn route(&self) -> Route {
        Route::ReelMeasure(self.checkup.clone(), self.is_leave)
    }

    fn head(&self, view: &View) -> Head {
        let place = if self.is_leave { "要休業" } else { "就業制限" };
        let worker = common::site_of(view, &self.checkup).and_then(|site| self.worker(site));
        worker.map_or_else(Head::default, |worker| {
            common::person_head(view, &worker.id, &format!("健診の判定 / {place}"))
        })
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let site = common::site_of(view, &self.checkup)?;
        self.worker(site)?;
        let kinds = numbered(1, LIMITS.iter().map(|kind| kind.label()));
        let mut fields = Vec::new();
        if !self.is_leave {
            fields.push(Field::choice("kind", "措置", kinds));
        }
        fields.extend([
            Field::text("content", "内容"),
            Field::date("from", "期間の始め", view.today, Direction::Ahead),
            Field::date("until", "期間の終り", view.today, Direction::Ahead),
            Field::date("review", "見直しの日", view.today, Direction::Ahead),
            Field::choice("workplace", "環境・管理", numbered(1, WORKPLACE.iter().copied())),
            Field::text("environment", "その内容"),
            Field::text("words", "添える文"),
        ]);
        let first = if self.is_leave { "content" } else { "kind" };
        Some(Entry::new(site, format!("measure/{}", self.checkup), Form::new(fields), first))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = common::site_of(view, &self.checkup) else { return Ok(Reply::ignored()) };
        let opinion = self.opinion(entry.form());
        let command = judge::judge(&view.law, site, &self.checkup, &opinion, view.today)
            .map_err(|fault| refusal(fault, &opinion))?;
        Ok(entry.save(command, format!("{}を記録しました。u で取り消せます", opinion.fitness.label())))
    }

    fn save_label(&self) -> &'static str {
        "意見を保存して次へ"
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        let hint = match field {
            Some("workplace" | "environment") => "作業環境・作業管理への意見です。会社の回答を待ちます。空けておけます",
            _ => "措置を決める前に、本人の意見を聴き、話し合って了解を得るよう努めます",
        };
        hint.to_owned()
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect, entry: &Entry) -> Option<Position> {
        entry.draw(canvas, Rect { height: body.height.saturating_sub(1), ..body })
    }
}
