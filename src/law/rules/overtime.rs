//! Hours: the computation, its tiers and means (overtime sheet, section 1).

use super::{Rule, Topic};
use crate::domain::hours::Measure;
use crate::domain::{Day, Period};
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::interview::{Excess, above};
use crate::law::means::{self, Mean};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::overtime::{self, Overtime, WorkedMonth};
use crate::law::{Law, OVERTIME_PARAMETERS};

const START: Fact = Fact::needed("period_start", FactKind::Day, "算定期間の最初の日。終わりは day（期日）");
const TOTAL: Fact =
    Fact::needed("total_seconds", FactKind::Time, "期間の総労働時間（休憩を除く。所定、延長、休日のすべて）");
const TOTAL_HIGH: Fact = Fact::optional(
    "total_high_seconds",
    FactKind::Time,
    "元の値が丸めてあるとき、総労働時間がとり得る最大。ないときは total_seconds が正確な値",
);
const MONTH_FACTS: &[Fact] = &[START, TOTAL, TOTAL_HIGH];
const MEAN_FACTS: &[Fact] = &[Fact::needed("months", FactKind::Months, "各月の総労働時間。新しい順")];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("OT-CALC", "時間外・休日労働時間の計算", MONTH_FACTS, &["overtime.week.hours"], calculation),
    rule("OT-45", "健康への配慮が望まれる段階（当たれば effort）", MONTH_FACTS, &["overtime.tier_45.hours"], over_45),
    rule("OT-80", "長時間労働者の段階（当たれば required）", MONTH_FACTS, &["overtime.tier_80.hours"], over_80),
    rule("OT-100", "最も急ぐ段階（当たれば required）", MONTH_FACTS, &["overtime.tier_100.hours"], over_100),
    rule(
        "OT-HP-100",
        "健康管理時間の段階（高度プロフェッショナル）",
        MONTH_FACTS,
        HEALTH_PARAMETERS,
        health_management,
    ),
    rule("OT-AVG", "2〜6か月の平均（目安を超えれば effort）", MEAN_FACTS, &OVERTIME_PARAMETERS, mean),
];

const HEALTH_PARAMETERS: &[&str] = &["interview.highly_professional.hours", "interview.highly_professional.monthly"];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Overtime, facts, parameters, evaluate }
}

fn worked(day: Day, facts: &Facts, measure: Measure) -> Option<WorkedMonth> {
    let period = Period::new(facts.day("period_start")?, day)?;
    let hours = facts.hours("total_seconds", "total_high_seconds")?;
    Some(WorkedMonth { period, hours, measure, is_partial: false })
}

fn missing(facts: &Facts) -> Vec<&'static str> {
    let open = [
        (facts.day("period_start").is_none(), "period_start"),
        (facts.time("total_seconds").is_none(), "total_seconds"),
    ];
    let named: Vec<&'static str> = open.into_iter().filter(|(is_open, _)| *is_open).map(|(_, name)| name).collect();
    // Nothing is absent, so the start lies after the end: it is the start that has to be entered again.
    if named.is_empty() { vec!["period_start"] } else { named }
}

/// OT-CALC: total − days/7 × 40 h, with the numbers of the computation.
fn calculation(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OT-CALC", day, |inquiry| {
        inquiry.read("overtime.week.hours")?;
        let Some(month) = worked(day, facts, Measure::StatutoryTotal) else {
            inquiry.lacks(&missing(facts));
            return Ok(());
        };
        compute(inquiry, &month);
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}

/// States the computation and gives its result.
fn compute(inquiry: &mut Inquiry<'_>, month: &WorkedMonth) -> Option<Excess> {
    let excess = Excess::of_month(inquiry.law, month)?;
    let text = overtime::computation(inquiry.law, month)?;
    let numbers = [
        ("total_seconds", month.hours.low.0),
        ("days", month.period.days()),
        ("overtime_x7", excess.low.0),
        ("overtime_high_x7", excess.high.0),
        ("overtime_minutes", excess.low.0.max(0) / 420),
    ];
    inquiry.because_of(format!("{text}。"), &numbers);
    Some(excess)
}

fn over_45(law: &Law, day: Day, facts: &Facts) -> Outcome {
    tier(law, "OT-45", day, facts, "overtime.tier_45.hours", Conclusion::Effort)
}

/// 80 h: the tier of the notices and of the request, since 2019-04-01 of the duty.
fn over_80(law: &Law, day: Day, facts: &Facts) -> Outcome {
    tier(law, "OT-80", day, facts, "overtime.tier_80.hours", Conclusion::Required)
}

fn over_100(law: &Law, day: Day, facts: &Facts) -> Outcome {
    tier(law, "OT-100", day, facts, "overtime.tier_100.hours", Conclusion::Required)
}

fn health_management(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OT-HP-100", day, |inquiry| {
        inquiry.read("interview.highly_professional.monthly")?;
        flagged(inquiry, facts, Measure::HealthManagement, "interview.highly_professional.hours", Conclusion::Required)
    })
}

fn tier(law: &Law, id: &'static str, day: Day, facts: &Facts, limit: &str, yes: Conclusion) -> Outcome {
    Inquiry::run(law, id, day, |inquiry| flagged(inquiry, facts, Measure::StatutoryTotal, limit, yes))
}

fn flagged(
    inquiry: &mut Inquiry<'_>,
    facts: &Facts,
    measure: Measure,
    limit: &str,
    yes: Conclusion,
) -> Result<(), Stop> {
    let limit = inquiry.limit(limit)?;
    let Some(month) = worked(inquiry.day, facts, measure) else {
        inquiry.lacks(&missing(facts));
        return Ok(());
    };
    let excess = compute(inquiry, &month);
    compare(inquiry, excess, limit);
    inquiry.decide(&[(above(excess, limit), "total_high_seconds")], yes, Conclusion::NotRequired);
    Ok(())
}

/// A tier of a month that is not the statutory total (会社の計算, 健康管理時間), for the why sheet.
pub(crate) fn tier_of(law: &Law, id: &str, month: &WorkedMonth, view: &overtime::MonthView) -> Outcome {
    let (id, limit, yes) = match id {
        "OT-45" => ("OT-45", "overtime.tier_45.hours", Conclusion::Effort),
        "OT-80" => ("OT-80", "overtime.tier_80.hours", Conclusion::Required),
        _ => ("OT-100", "overtime.tier_100.hours", Conclusion::Required),
    };
    Inquiry::run(law, id, month.period.end, |inquiry| {
        let limit = inquiry.limit(limit)?;
        compute(inquiry, month);
        let excess = Some(Excess { low: view.x7_low, high: view.x7_high });
        compare(inquiry, excess, limit);
        inquiry.decide(&[(above(excess, limit), "total_seconds")], yes, Conclusion::NotRequired);
        Ok(())
    })
}

/// Says on which side of a limit the hours lie, and what would move them.
pub(crate) fn compare(inquiry: &mut Inquiry<'_>, excess: Option<Excess>, limit: Overtime) {
    let Some(excess) = excess else { return };
    let numbers = [("overtime_x7", excess.low.0), ("overtime_high_x7", excess.high.0), ("limit_x7", limit.0)];
    let (shown, bar) = (excess.display(), limit.display());
    match above(Some(excess), limit) {
        Condition::Yes => {
            let beyond = Overtime(excess.low.0.saturating_sub(limit.0));
            inquiry.because_of(format!("{shown} は {bar} を超えています（超えた分 {beyond}）。"), &numbers);
            inquiry.would_change(format!("時間外・休日労働時間が {bar} 以下に直れば、超えたことになりません。"));
        }
        Condition::No => inquiry.because_of(format!("{shown} は {bar} を超えていません。"), &numbers),
        Condition::Open => {
            inquiry.because_of(
                format!("元の値が丸めてあり、{shown} のどこかです。{bar} を超えるかは決まりません。"),
                &numbers,
            );
            inquiry.would_change("丸める前の時間が判れば決まります。");
        }
    }
}

/// OT-AVG: any mean of the newest two to six months above the limit.
fn mean(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OT-AVG", day, |inquiry| {
        for id in OVERTIME_PARAMETERS.iter().filter(|id| id.starts_with("overtime.mean")) {
            inquiry.read(id)?;
        }
        match facts.months("months") {
            Some(months) if !months.is_empty() => means_of(inquiry, months),
            _ => inquiry.lacks(&["months"]),
        }
        Ok(())
    })
}

/// States every window and concludes.
pub(crate) fn means_of(inquiry: &mut Inquiry<'_>, months: &[WorkedMonth]) {
    for mean in means::windows(inquiry.law, months) {
        let (text, numbers) = sentence(&mean);
        inquiry.because_of(text, &numbers);
    }
    match means::flag(inquiry.law, months) {
        means::MeanFlag::Over(_) => inquiry.conclude(Conclusion::Effort),
        means::MeanFlag::NotOver => inquiry.conclude(Conclusion::NotRequired),
        means::MeanFlag::Unknown => inquiry.lacks(&["months"]),
    }
}

fn sentence(mean: &Mean) -> (String, Vec<(&'static str, i64)>) {
    let count = mean.months;
    let Some((low, high)) = mean.mean else {
        return (
            format!("{count}か月平均は、時間のない月か途中の月があるので計算できません。"),
            vec![("months", count.into())],
        );
    };
    let side = match mean.is_over {
        Some(true) => "超えています",
        Some(false) => "超えていません",
        None => "超えるかは丸めのため決まりません",
    };
    let numbers = vec![("months", count.into()), ("mean_x7", low.0), ("mean_high_x7", high.0)];
    (format!("{count}か月平均 {} は、目安を{side}。", Excess { low, high }.display()), numbers)
}
