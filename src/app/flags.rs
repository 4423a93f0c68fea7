//! What stands beside a worker's name: overtime, checkup and stress side by side.

use super::Site;
use super::changes::Part;
use super::months::Context;
use crate::domain::case::{Certificate, Exclusion, Measure, Request};
use crate::domain::interview::{Fitness, Interview};
use crate::domain::worker::{Checkup, FindingState, StressState, Worker};
use crate::domain::{Day, Id};
use crate::law::means::MeanFlag;
use crate::law::outcome::Outcome;
use crate::law::overtime::{self, Decided, MonthView, Tier, WorkedMonth};
use crate::law::{self, Law};

/// The flags of one worker on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkerFlags {
    /// Whose.
    pub worker: Id,
    /// Newest month.
    pub month: Option<WorkedMonth>,
    /// The newest month beyond 40 hours a week.
    pub view: Option<MonthView>,
    /// Means of two to six months.
    pub mean: MeanFlag,
    /// Tiers of the newest six months, newest first.
    pub recent: [Option<Tier>; 6],
    /// The worker's own figure is on record and differs.
    pub is_disputed: bool,
    /// Months in a row above the notice line, the newest included.
    pub listed_months: u8,
    /// The newest of them that no request, interview or decision of a doctor answers (連続掲載・未選定).
    pub unchosen_months: u8,
    /// The word for the checkup column.
    pub checkup: &'static str,
    /// The word for the stress column.
    pub stress: &'static str,
    /// The word for the interview column.
    pub interview: &'static str,
    /// The word for the fitness column.
    pub fitness: &'static str,
}

impl WorkerFlags {
    /// The tier, if the source decides it.
    pub fn tier(&self) -> Option<Tier> {
        self.view.and_then(|view| view.tier.known())
    }

    /// Whether the newest month may lie above the notice line, decided or not.
    pub fn may_be_over_80(&self) -> bool {
        match self.view.map(|view| view.tier) {
            Some(Decided::Known(tier)) => tier >= Tier::Over80,
            Some(Decided::Undecided { high, .. }) => high >= Tier::Over80,
            None => false,
        }
    }

    /// The word for the overtime column: the tier, or the mean, or what is missing.
    pub fn overtime_word(&self) -> &'static str {
        match (self.view.map(|view| view.tier), self.mean) {
            (None, _) => "不足",
            (Some(Decided::Undecided { .. }), _) => "未定",
            (Some(Decided::Known(Tier::Over100)), _) => "100超",
            (Some(Decided::Known(Tier::Over80)), _) => "80超",
            (_, MeanFlag::Over(_)) => "平均",
            (Some(Decided::Known(Tier::Over45)), _) => "45超",
            (Some(Decided::Known(Tier::Below)), MeanFlag::Unknown) => "-",
            (Some(Decided::Known(Tier::Below)), MeanFlag::NotOver) => "-",
        }
    }

    /// How heavy the row is: what is to be seen first.
    pub fn weight(&self) -> i64 {
        let tier = match self.view.map(|view| view.tier) {
            Some(Decided::Known(tier)) => tier as i64 * 100,
            Some(Decided::Undecided { high, .. }) => high as i64 * 100 - 50,
            None => 40,
        };
        let mean = if matches!(self.mean, MeanFlag::Over(_)) { 60 } else { 0 };
        let asked = if self.interview == "申出" { 500 } else { 0 };
        let limited = if self.fitness == "制限" || self.fitness == "休業" { 150 } else { 0 };
        let finding = if self.checkup == "意見待" { 30 } else { 0 };
        let stress = if self.stress == "申出" { 400 } else { 0 };
        tier + mean + asked + limited + finding + stress
    }

    /// `92:30`, or what stands in its place.
    pub fn hours_text(&self) -> String {
        self.view.map_or_else(|| "-".to_owned(), |view| view.display())
    }

    /// Why the flags stand: the tiers that hold, the means, and last what is owed for the newest month.
    pub fn reasons(&self, law: &Law, context: &Context<'_>, worker: &Worker) -> Vec<Outcome> {
        let mut outcomes = law::flags::explain(law, &context.months(worker), self.is_disputed);
        let facts = self.month.map(|month| context.facts(law, worker, &month));
        outcomes.extend(facts.map(|facts| law::interview::assess(law, &facts)));
        outcomes
    }
}

/// What the flags of everybody hang on; all else that they read are rows of the worker.
pub(super) const READS_OF_ALL: &[Part] = &[Part::ClosingDays];

/// Flags of every worker who is employed on `today`, or left within the look-back.
pub fn all(law: &Law, site: &Site, today: Day) -> Vec<WorkerFlags> {
    some(law, site, today, |_| None)
}

/// The same, computing only those that are not `known`.
pub(super) fn some(law: &Law, site: &Site, today: Day, known: impl Fn(&Id) -> Option<WorkerFlags>) -> Vec<WorkerFlags> {
    let context = Context::new(site);
    let records = Records::new(site);
    let flags = |worker: &Worker| known(&worker.id).unwrap_or_else(|| of(law, &context, &records, worker, today));
    site.workers.iter().map(flags).collect()
}

/// The newest records of each worker, found in one walk over each table.
struct Records<'site> {
    checkups: Newest<'site, Checkup>,
    stress: Newest<'site, crate::domain::worker::StressFlag>,
    requests: Newest<'site, Request>,
    interviews: Newest<'site, Interview>,
    certificates: Newest<'site, Certificate>,
    exclusions: Newest<'site, Exclusion>,
    limited: std::collections::HashSet<&'site Id>,
}

type Newest<'site, T> = std::collections::HashMap<&'site Id, &'site T>;

impl<'site> Records<'site> {
    fn new(site: &'site Site) -> Self {
        let stands = |measure: &&Measure| measure.lifted_on.is_none();
        Self {
            checkups: newest(site.checkups.iter(), |c| (&c.worker, c.day)),
            stress: newest(site.stress.iter(), |s| (&s.worker, s.day)),
            requests: newest(site.requests.iter(), |r| (&r.worker, r.day)),
            interviews: newest(site.interviews.iter(), |i| (&i.worker, i.day)),
            certificates: newest(site.certificates.iter(), |c| (&c.worker, c.received_on)),
            exclusions: newest(site.exclusions.iter(), |e| (&e.worker, e.period.end)),
            limited: site.measures.iter().filter(stands).map(|measure| &measure.worker).collect(),
        }
    }
}

fn newest<'site, T>(
    rows: impl Iterator<Item = &'site T>,
    key: impl Fn(&'site T) -> (&'site Id, Day),
) -> Newest<'site, T> {
    let mut found: Newest<'site, T> = Newest::new();
    for row in rows {
        let (worker, day) = key(row);
        let slot = found.entry(worker).or_insert(row);
        if key(slot).1 <= day {
            *slot = row;
        }
    }
    found
}

fn of(law: &Law, context: &Context<'_>, records: &Records<'_>, worker: &Worker, today: Day) -> WorkerFlags {
    let months = context.months(worker);
    let month = months.first().copied();
    let views = |month: &WorkedMonth| overtime::month(law, month.period.end, month.period, month.hours, month.measure);
    let mut recent = [None; 6];
    for (slot, month) in recent.iter_mut().zip(&months) {
        *slot = views(month).and_then(|view| view.tier.known());
    }
    let request = records.requests.get(&worker.id).copied();
    let interview = records.interviews.get(&worker.id).copied();
    let is_disputed = request.is_some_and(|r| is_disputed(r, month, month.as_ref().and_then(views)));
    let by_law = law::flags::flags(law, &months, is_disputed);
    WorkerFlags {
        worker: worker.id.clone(),
        month,
        view: by_law.newest,
        mean: by_law.mean,
        recent,
        is_disputed,
        listed_months: by_law.listed_months,
        unchosen_months: super::listing::unchosen(context.site, &worker.id, &months, by_law.listed_months, today),
        checkup: checkup_word(records.checkups.get(&worker.id).copied()),
        stress: records.stress.get(&worker.id).map_or("-", |flag| stress_word(flag.state)),
        interview: interview_word(context.site, worker, records, month),
        fitness: fitness_word(worker, interview, records.limited.contains(&worker.id), today),
    }
}

/// Whether the worker names another overtime than the hours give; compared by the minute, as both are said.
fn is_disputed(request: &Request, month: Option<WorkedMonth>, view: Option<MonthView>) -> bool {
    let same_minute = |own: i64, view: MonthView| own / 60 == view.x7_low.0 / 7 / 60;
    let about = month.map(|month| month.period.end) == request.period_end;
    about && request.own_seconds.zip(view).is_some_and(|(own, view)| !same_minute(own, view))
}

fn checkup_word(checkup: Option<&Checkup>) -> &'static str {
    match checkup {
        None => "-",
        Some(c) if c.opinion_on.is_some() => "済",
        Some(c) if c.finding == FindingState::Present => "意見待",
        Some(c) if c.finding == FindingState::Unknown => "未入力",
        Some(_) => "済",
    }
}

fn stress_word(state: StressState) -> &'static str {
    match state {
        StressState::Interviewed => "済",
        other => other.label(),
    }
}

fn interview_word(site: &Site, worker: &Worker, records: &Records<'_>, month: Option<WorkedMonth>) -> &'static str {
    let interview = records.interviews.get(&worker.id).copied();
    let certificate = records.certificates.get(&worker.id).copied();
    let excluded = records.exclusions.get(&worker.id).copied();
    let request = records.requests.get(&worker.id).copied();
    let is_open = |r: &&Request| r.withdrawn_on.is_none() && interview.is_none_or(|i| i.day < r.day);
    let is_answered = |r: &Request| {
        let is_excluded = excluded.is_some_and(|e| r.period_end == Some(e.period.end));
        is_excluded || certificate.is_some_and(|c| super::certificates::answers(c, r))
    };
    let open = request.filter(is_open).filter(|r| !is_answered(r));
    let has_draft =
        || site.drafts.iter().any(|d| d.form.starts_with("interview/") && d.form.ends_with(worker.id.as_str()));
    let is_newest = |e: &Exclusion| month.is_some_and(|month| month.period == e.period);
    let is_later = |c: &Certificate| interview.is_none_or(|i| i.day < c.interviewed_on);
    match (open, interview) {
        (Some(_), _) => "申出",
        (None, _) if has_draft() => "途中",
        (None, _) if certificate.is_some_and(is_later) => "他医師",
        (None, _) if excluded.is_some_and(is_newest) => "不要",
        (None, Some(_)) => "済",
        (None, None) => "-",
    }
}

fn fitness_word(worker: &Worker, interview: Option<&Interview>, is_limited: bool, today: Day) -> &'static str {
    if worker.left_on.is_some_and(|left| left < today) {
        return "退職";
    }
    match interview.map(|i| i.fitness) {
        Some(Fitness::Leave) if is_limited => "休業",
        _ if is_limited => "制限",
        Some(Fitness::Normal) => "通常",
        _ => "-",
    }
}
