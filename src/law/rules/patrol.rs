//! The site patrol: the rules PAT-… of the records sheet, section 6 (安衛則15条).

use chrono::{Datelike, Months};

use super::{Rule, Topic};
use crate::domain::Day;
use crate::domain::time::month_end;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Deadline, Outcome};

const PATROLS: Fact = Fact::needed("patrol_days", FactKind::Days, "現地で巡視した日");
const CONSENT: Fact = Fact::needed("consented", FactKind::Flag, "2か月に1回とすることに事業者の同意がある");
const ROUNDS: Fact =
    Fact::needed("manager_round_days", FactKind::Days, "衛生管理者の巡視の結果（則15条1号）を受け取った日");
const AGREED: Fact =
    Fact::needed("agreed_information_days", FactKind::Days, "委員会で決めた情報（則15条2号）を受け取った日");
const WORKERS: Fact =
    Fact::optional("workers", FactKind::Count, "常時使用する労働者数。ないときは、産業医を選任する規模とみる");
const CONDITIONS: &[Fact] = &[PATROLS, CONSENT, ROUNDS, AGREED];
const OF_THE_MONTH: &[Fact] = &[PATROLS, CONSENT, ROUNDS, AGREED, WORKERS];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule(
        "PAT-01",
        "この月の巡視",
        OF_THE_MONTH,
        &["physician.appointment.workers", "patrol.months", "patrol.relaxed.months"],
        |law, day, facts| monthly(law, &read(day, facts)),
    ),
    rule(
        "PAT-02",
        "この月の巡視を2か月に1回にできるか",
        CONDITIONS,
        &["patrol.relaxed.months"],
        |law, day, facts| relaxed(law, &read(day, facts)),
    ),
    rule(
        "PAT-06",
        "巡視は現地で行う",
        &[Fact::needed("on_site", FactKind::Flag, "現地で行った")],
        &["patrol.on_site"],
        on_site,
    ),
    rule("PAT-07", "有害のおそれがあるときの直ちの措置", URGENT_FACTS, &["patrol.urgent"], urgent),
    rule(
        "PAT-09",
        "巡視のない月が続いていないか",
        &[PATROLS],
        &["patrol.empty_months"],
        |law, day, facts| gap(law, &read(day, facts)),
    ),
];

const URGENT_FACTS: &[Fact] = &[
    Fact::needed("urgent", FactKind::Flag, "有害のおそれがある（危険「直ちに」）"),
    Fact::needed("found_on", FactKind::Day, "見つけた日"),
    Fact::optional("measured_on", FactKind::Day, "その場の措置の日。ないときは、まだ講じていない"),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Patrol, facts, parameters, evaluate }
}

/// What must be known of the patrols. None = not known.
#[derive(Debug, Clone, Copy)]
pub struct PatrolFacts<'a> {
    /// A day of the month asked about.
    pub day: Day,
    /// Patrols on site.
    pub patrols: Option<&'a [Day]>,
    /// The employer consents to every two months.
    pub consented: Option<bool>,
    /// 衛生管理者の巡視の結果 received.
    pub rounds: Option<&'a [Day]>,
    /// 委員会で決めた情報 received.
    pub agreed: Option<&'a [Day]>,
    /// 常時使用する労働者数, as the employer counts it; unknown is taken for a size with the duty.
    pub workers: Option<i64>,
}

fn read(day: Day, facts: &Facts) -> PatrolFacts<'_> {
    PatrolFacts {
        day,
        patrols: facts.days("patrol_days"),
        consented: facts.flag("consented"),
        rounds: facts.days("manager_round_days"),
        agreed: facts.days("agreed_information_days"),
        workers: facts.count("workers"),
    }
}

/// The months from `day` back: 0 is its own.
fn within(days: &[Day], day: Day, back: u32) -> bool {
    let Some(month) = day.checked_sub_months(Months::new(back)) else { return false };
    days.iter().any(|other| (other.year(), other.month()) == (month.year(), month.month()))
}

/// Whether one of the days lies in the month that is `back` months before that of `day`.
pub(super) fn in_month(days: Option<&[Day]>, day: Day, back: u32) -> Condition {
    days.map(|days| within(days, day, back)).into()
}

/// Whether the month may stay without a patrol: consent, both informations in every month since, and
/// a patrol within the rhythm (則15条ただし書, from 2017-06-01).
fn may_skip(facts: &PatrolFacts<'_>, months: u32) -> [(Condition, &'static str); 4] {
    let every =
        |days: Option<&[Day]>| (0..months).fold(Condition::Yes, |all, back| all.and(in_month(days, facts.day, back)));
    let recent = (1..months).fold(Condition::No, |any, back| any.or(in_month(facts.patrols, facts.day, back)));
    [
        (facts.consented.into(), "consented"),
        (recent, "patrol_days"),
        (every(facts.rounds), "manager_round_days"),
        (every(facts.agreed), "agreed_information_days"),
    ]
}

/// PAT-01: at least once in each calendar month, unless [`relaxed`] lets this one go. It binds the physician of an
/// establishment that has to appoint one (安衛令5条); a smaller one falls outside the rule.
pub fn monthly(law: &Law, facts: &PatrolFacts<'_>) -> Outcome {
    Inquiry::run(law, "PAT-01", facts.day, |inquiry| {
        let months = u32::try_from(inquiry.read("patrol.months")?).unwrap_or(1);
        if let Some(workers) = facts.workers
            && is_smaller(inquiry, workers)?
        {
            return Ok(());
        }
        let patrolled = (0..months).fold(Condition::No, |any, back| any.or(in_month(facts.patrols, facts.day, back)));
        match patrolled {
            Condition::Open => inquiry.lacks(&["patrol_days"]),
            Condition::Yes => {
                inquiry.because("この月は、もう巡視しています。");
                inquiry.conclude(Conclusion::NotRequired);
            }
            Condition::No => owed(inquiry, facts)?,
        }
        Ok(())
    })
}

fn is_smaller(inquiry: &mut Inquiry<'_>, workers: i64) -> Result<bool, Stop> {
    let size = inquiry.read("physician.appointment.workers")?;
    if workers >= size {
        return Ok(false);
    }
    let numbers = [("workers", workers), ("limit", size)];
    inquiry.skip("産業医を選任する規模の事業場ではありません。巡視は任意です。");
    inquiry.because_of(format!("常時使用する労働者は {workers}人で、{size}人に届きません。"), &numbers);
    inquiry.would_change(format!("常時使用する労働者が {size}人以上になれば、毎月の巡視が要ります。"));
    Ok(true)
}

fn owed(inquiry: &mut Inquiry<'_>, facts: &PatrolFacts<'_>) -> Result<(), Stop> {
    inquiry.because("この月は、まだ巡視していません。");
    if inquiry.is_in_force("patrol.relaxed.months") {
        let months = rhythm(inquiry)?;
        inquiry.decide(&may_skip(facts, months), Conclusion::NotRequired, Conclusion::Required);
    } else {
        inquiry.conclude(Conclusion::Required);
    }
    if inquiry.is(Conclusion::NotRequired) {
        inquiry
            .because("先月に巡視し、事業者の同意と両月の情報がそろっているので、この月は巡視しなくてもかまいません。");
    } else if inquiry.is(Conclusion::Required) {
        inquiry.would_change("先月の巡視、事業者の同意、両月の二つの情報がそろえば、2か月に1回にできます。");
        inquiry.due(Deadline::on(month_end(facts.day), false));
    }
    Ok(())
}

fn rhythm(inquiry: &mut Inquiry<'_>) -> Result<u32, Stop> {
    Ok(u32::try_from(inquiry.read("patrol.relaxed.months")?).unwrap_or(1))
}

/// PAT-02: whether the month of the day may stay without a patrol.
pub fn relaxed(law: &Law, facts: &PatrolFacts<'_>) -> Outcome {
    Inquiry::run(law, "PAT-02", facts.day, |inquiry| {
        let months = rhythm(inquiry)?;
        inquiry.because(format!("{months}か月に1回とするには、事業者の同意と、毎月の二つの情報が要ります。一方でも欠けた月は巡視が要ります。"));
        inquiry.decide(&may_skip(facts, months), Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// PAT-06: photographs, video or a remote look do not count.
fn on_site(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "PAT-06", day, |inquiry| {
        inquiry.read("patrol.on_site")?;
        inquiry.because("巡視は現地で行います。写真や映像は巡視に代わりません。");
        inquiry.decide(
            &[(Condition::from(facts.flag("on_site")).negated(), "on_site")],
            Conclusion::Required,
            Conclusion::NotRequired,
        );
        Ok(())
    })
}

/// PAT-07: the measure is taken at once, on the day the danger is seen.
fn urgent(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "PAT-07", day, |inquiry| {
        inquiry.read("patrol.urgent")?;
        let found = facts.day("found_on");
        let is_late = found.map(|found| facts.day("measured_on") != Some(found));
        let conditions = [(facts.flag("urgent").into(), "urgent"), (is_late.into(), "found_on")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        if let (true, Some(found)) = (inquiry.is(Conclusion::Required), found) {
            inquiry.because("有害のおそれがあるときは、その日に、その場で必要な措置を講じます。");
            inquiry.due(Deadline::on(found, false));
        }
        Ok(())
    })
}

/// PAT-09: never two whole calendar months without a patrol (the program's reading, not a text of law).
pub fn gap(law: &Law, facts: &PatrolFacts<'_>) -> Outcome {
    Inquiry::run(law, "PAT-09", facts.day, |inquiry| {
        let limit = u32::try_from(inquiry.read("patrol.empty_months")?).unwrap_or(1);
        let Some(patrols) = facts.patrols else {
            inquiry.lacks(&["patrol_days"]);
            return Ok(());
        };
        let empty = (0..limit).all(|back| !within(patrols, facts.day, back));
        inquiry.because(if empty {
            "この月と前の月に、巡視がありません。"
        } else {
            "巡視のない月は続いていません。"
        });
        inquiry.conclude(if empty { Conclusion::Required } else { Conclusion::NotRequired });
        if empty {
            inquiry.due(Deadline::on(month_end(facts.day), false));
        }
        Ok(())
    })
}
