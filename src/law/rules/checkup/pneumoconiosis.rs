//! じん肺健康診断: the eight intervals, the one on leaving, and the yearly report (じん肺法7条から9条の2).

use super::super::Rule;
use super::special::rule;
use crate::domain::Day;
use crate::domain::time::{after_months, month_end};
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Deadline, Outcome};
use crate::law::rules::shapes::{choice, count, day as day_fact, flag, is, within};

const WORK: Fact = choice("work", &["now", "former", "none"], "現に粉じん作業に常時従事、過去に従事、どちらでもない");
const CLASS: Fact = choice("class", &["1", "2", "3"], "じん肺管理区分");
const LAST: Fact = day_fact("last_on", "直近のじん肺健康診断の日");
const REGULAR: &[Fact] = &[WORK, CLASS, LAST];
const LEAVING: &[Fact] = &[
    WORK,
    CLASS,
    LAST,
    flag("asked", "離職の際に、本人が健診を求めた"),
    day_fact("employed_from", "続けて使用した最初の日。離職の日は day"),
];
const REPORT: &[Fact] = &[count("dust_workers", "12月31日に粉じん作業に従事する人の数。その日は day の年の 12月31日")];

const NOW_FIRST: &str = "pneumoconiosis.now.class1.years";
const NOW_OTHER: &str = "pneumoconiosis.now.class23.years";
const FORMER_SECOND: &str = "pneumoconiosis.former.class2.years";
const FORMER_THIRD: &str = "pneumoconiosis.former.class3.years";

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("SP-09", "次のじん肺健康診断の期限", REGULAR, &[NOW_FIRST, NOW_OTHER, FORMER_SECOND, FORMER_THIRD], regular),
    rule(
        "SP-09-LEAVE",
        "離職の際のじん肺健康診断",
        LEAVING,
        &[
            "pneumoconiosis.leaving.service.months",
            "pneumoconiosis.leaving.class1.months",
            "pneumoconiosis.leaving.other.months",
        ],
        leaving,
    ),
    rule(
        "SP-09-REPORT",
        "じん肺健康管理実施状況の報告",
        REPORT,
        &["pneumoconiosis.report.people", "pneumoconiosis.report.months"],
        report,
    ),
];

/// The interval of that work and class; none where the law has none.
fn interval(work: &str, class: &str) -> Option<&'static str> {
    match (work, class) {
        ("now", "1") => Some(NOW_FIRST),
        ("now", _) => Some(NOW_OTHER),
        ("former", "2") => Some(FORMER_SECOND),
        ("former", "3") => Some(FORMER_THIRD),
        _ => None,
    }
}

fn regular(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SP-09", day, |inquiry| {
        inquiry.read(NOW_FIRST)?;
        let (Some(work), Some(class)) = (facts.choice("work"), facts.choice("class")) else {
            let words = ["work", "class"];
            inquiry.lacks(&words.into_iter().filter(|name| facts.choice(name).is_none()).collect::<Vec<_>>());
            return Ok(());
        };
        let Some(years) = interval(work, class) else {
            inquiry.because("この作業と管理区分には、定期の健診がありません。");
            inquiry.conclude(Conclusion::NotRequired);
            return Ok(());
        };
        let Some(last) = facts.day("last_on") else {
            inquiry.lacks(&["last_on"]);
            return Ok(());
        };
        inquiry.conclude(Conclusion::Required);
        within(inquiry, last, years).map(|_| ())
    })
}

/// SP-09-LEAVE: only if asked for, after long enough service, and when the last one lies far enough back.
fn leaving(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SP-09-LEAVE", day, |inquiry| {
        let service = inquiry.read("pneumoconiosis.leaving.service.months")?;
        let gap = gap(inquiry, facts)?;
        let since = |from: Option<Day>, months: i64| {
            from.map(|from| after_months(from, u32::try_from(months).unwrap_or(u32::MAX)).safe)
        };
        let long = Condition::from(since(facts.day("employed_from"), service).map(|reached| day > reached));
        let far = Condition::from(gap.and_then(|gap| since(facts.day("last_on"), gap)).map(|reached| day >= reached));
        inquiry.because("本人が求めたときだけ行います。");
        let covered =
            facts.choice("work").zip(facts.choice("class")).map(|(work, class)| interval(work, class).is_some());
        let conditions = [
            is(facts, "asked"),
            (Some(covered != Some(false)).into(), "class"),
            (long, "employed_from"),
            known(facts, "work"),
            known(facts, "class"),
            (far, "last_on"),
        ];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

fn known(facts: &Facts, name: &'static str) -> (Condition, &'static str) {
    (facts.choice(name).map(|_| true).into(), name)
}

/// Months that must lie between the last examination and the day of leaving.
fn gap(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Option<i64>, Stop> {
    let (Some(work), Some(class)) = (facts.choice("work"), facts.choice("class")) else { return Ok(None) };
    let first = (work, class) == ("now", "1");
    let id = if first { "pneumoconiosis.leaving.class1.months" } else { "pneumoconiosis.leaving.other.months" };
    let months = inquiry.read(id)?;
    inquiry.because_of(format!("直近の健診から {months} か月以上たっていることが要ります。"), &[("months", months)]);
    Ok(Some(months))
}

/// SP-09-REPORT: the state of 12-31, by the end of the month named, even for one worker.
fn report(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SP-09-REPORT", day, |inquiry| {
        let people = inquiry.read("pneumoconiosis.report.people")?;
        let months = inquiry.read("pneumoconiosis.report.months")?;
        let enough = Condition::from(facts.count("dust_workers").map(|workers| workers >= people));
        inquiry.decide(&[(enough, "dust_workers")], Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Required) {
            let end = month_end(after_months(year_end(day), u32::try_from(months).unwrap_or(u32::MAX)).safe);
            inquiry.because(format!("その年の 12月31日の状態を、{end} までに報告します。健診のなかった年も同じです。"));
            inquiry.due(Deadline::on(end, false));
        }
        Ok(())
    })
}

fn year_end(day: Day) -> Day {
    use chrono::Datelike;
    Day::from_ymd_opt(day.year(), 12, 31).unwrap_or(day)
}
