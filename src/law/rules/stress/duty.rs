//! Who is checked, how often, and what is reported (安衛則52条の9, 52条の14, 52条の21).

use super::{SYSTEM, ask, rule};
use crate::domain::Day;
use crate::domain::time::after_months;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{
    REGULAR, choice, complete, count, flag, is, is_not, is_set, long_term, optional_day, optional_flag, share, within,
};

const PEOPLE: Fact = count("regular_workers", "事業場の常時使用する労働者の数（週1日の人も数える）");
const LAST: Fact = optional_day("last_on", "前回のストレスチェックの日。never_checked でないときは要る");
const NEVER: Fact = optional_flag("never_checked", "まだ一度も実施していない。ないときは、実施したことがある");
const DISPATCHED: &[Fact] = &[
    flag("dispatched", "派遣労働者"),
    choice("side", &["dispatcher", "host"], "問われている事業者（派遣元か派遣先か）"),
];
const DOMAINS: &[Fact] = &[
    flag("causes", "心理的な負担の原因の項目がある"),
    flag("symptoms", "心身の自覚症状の項目がある"),
    flag("support", "ほかの労働者による支援の項目がある"),
];
const BEFORE: &[Fact] = &[
    flag("deliberated", "衛生委員会で実施の方法を調査審議した"),
    flag("criteria_fixed", "高ストレス者の選定基準を実施前に決めた"),
    flag("made_known", "定めた内容を労働者へ周知した"),
];
const REPORTED: &[Fact] = &[PEOPLE, optional_day("last_reported_on", "前回の報告の日。ないときは、報告がまだない")];
const PAPER: &[Fact] = &[flag("difficult", "電子申請が難しい事情がある")];
const ANALYSED: Fact = flag("analysed", "集団ごとに集計・分析した");
const GROUP: &[Fact] = &[ANALYSED];
const IMPROVEMENT: &[Fact] = &[ANALYSED, flag("talked", "分析のあと、助言や労働者からの聴取、取組の記録がある")];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule(
        "SC-20",
        "ストレスチェックの対象の労働者か",
        &REGULAR,
        &[SYSTEM, "stress.worker.months", "stress.worker.percent"],
        worker,
    ),
    rule(
        "SC-21",
        "次のストレスチェックの期限",
        &[PEOPLE, LAST, NEVER],
        &[SYSTEM, "stress.duty.people", "stress.interval.years", "stress.interval.notice_months"],
        yearly,
    ),
    rule("SC-22", "事業場の義務か努力義務か", &[PEOPLE], &[SYSTEM, "stress.duty.people"], strength),
    rule(
        "SC-24b",
        "派遣労働者のストレスチェック",
        DISPATCHED,
        &[SYSTEM, "stress.dispatched", "stress.dispatched.group"],
        dispatched,
    ),
    rule("SC9-1", "実施の前に決めて周知すること", BEFORE, &[SYSTEM, "stress.before"], before),
    rule("SC9-4", "調査票に要る3領域", DOMAINS, &[SYSTEM, "stress.domains"], domains),
    rule("SC-17", "集団ごとの集計・分析", GROUP, &[SYSTEM, "stress.group.effort", "stress.group.method"], group),
    rule("SC9-24", "集団ごとの分析のあとの改善", IMPROVEMENT, &[SYSTEM, "stress.group.improvement"], improvement),
    rule("SC-50", "労働基準監督署への報告", REPORTED, &[SYSTEM, "stress.report.people", "stress.report.years"], report),
    rule(
        "SC-51",
        "報告を電子申請で行うか",
        PAPER,
        &[SYSTEM, "stress.report.electronic", "stress.report.paper"],
        electronic,
    ),
];

/// SC-20: 常時使用する労働者; taking the check is the worker's own choice.
fn worker(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-20", day, |inquiry| {
        let (months, percent) = (inquiry.read("stress.worker.months")?, inquiry.read("stress.worker.percent")?);
        let limits = [("months", months), ("percent", percent)];
        inquiry.because_of(
            format!("期間の定めがないか {months} か月以上で、週の時間が通常の労働者の {percent}% 以上の人が対象です。"),
            &limits,
        );
        let conditions = [long_term(facts, months), share(facts, percent)];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        inquiry.because("受けるかどうかは本人が決めます。勧めることはできますが、強いることはできません。");
        Ok(())
    })
}

/// The duty of a site of that size: below the limit only an effort (安衛法附則4条).
fn duty(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Option<Conclusion>, Stop> {
    let limit = inquiry.read("stress.duty.people")?;
    let Some(people) = facts.count("regular_workers") else {
        inquiry.lacks(&["regular_workers"]);
        return Ok(None);
    };
    let numbers = [("regular_workers", people), ("limit", limit)];
    let (text, found) = if people >= limit {
        ("人以上なので、義務です。", Conclusion::Required)
    } else {
        ("人に満たないので、努力義務です。", Conclusion::Effort)
    };
    inquiry.because_of(format!("常時使用する労働者は {people} 人で、{limit} {text}"), &numbers);
    Ok(Some(found))
}

fn strength(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-22", day, |inquiry| {
        if let Some(found) = duty(inquiry, facts)? {
            inquiry.conclude(found);
        }
        Ok(())
    })
}

/// SC-21: once within every year; the program speaks of it some months earlier.
fn yearly(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-21", day, |inquiry| {
        let Some(found) = duty(inquiry, facts)? else { return Ok(()) };
        inquiry.read("stress.interval.years")?;
        let notice = inquiry.read("stress.interval.notice_months")?;
        match facts.day("last_on") {
            None if is_set(facts, "never_checked") => inquiry.because("まだ一度も実施していません。"),
            None => {
                inquiry.lacks(&["last_on"]);
                return Ok(());
            }
            Some(last) => remind(inquiry, last, notice)?,
        }
        inquiry.conclude(found);
        Ok(())
    })
}

fn remind(inquiry: &mut Inquiry<'_>, last: Day, notice: i64) -> Result<(), Stop> {
    within(inquiry, last, "stress.interval.years")?;
    let months = u32::try_from(notice).unwrap_or_default();
    let from = after_months(last, months).safe;
    inquiry.because(format!("{from} からお知らせします。"));
    Ok(())
}

/// SC-24b: 派遣法45条 names 66条の10 in neither of its lists.
fn dispatched(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-24b", day, |inquiry| {
        inquiry.read("stress.dispatched")?;
        let side = facts.choice("side");
        let conditions = [is(facts, "dispatched"), (side.map(|side| side == "dispatcher").into(), "side")];
        inquiry.because("派遣労働者のストレスチェックは派遣元が行います。");
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        if side == Some("host") && is_set(facts, "dispatched") {
            inquiry.read("stress.dispatched.group")?;
            inquiry.because("派遣先は、集団ごとの分析に含めることが望まれます。");
        }
        Ok(())
    })
}

fn before(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC9-1", day, |inquiry| {
        inquiry.read("stress.before")?;
        complete(inquiry, facts, BEFORE);
        Ok(())
    })
}

fn domains(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC9-4", day, |inquiry| {
        inquiry.read("stress.domains")?;
        complete(inquiry, facts, DOMAINS);
        Ok(())
    })
}

/// SC-17: an effort; no worker's consent is needed for it.
fn group(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-17", day, |inquiry| {
        inquiry.read("stress.group.effort")?;
        inquiry.because("集団ごとの結果に、一人ひとりの同意は要りません。");
        if inquiry.is_in_force("stress.group.method") {
            inquiry.read("stress.group.method")?;
            inquiry.because("個人を特定できない方法で行います。");
        }
        let open = Condition::from(facts.flag("analysed")).negated();
        inquiry.decide(&[(open, "analysed")], Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC9-24 with 25 and 26: advice is heard and used, as an effort; no day is set for it.
fn improvement(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC9-24", day, |inquiry| {
        inquiry.read("stress.group.improvement")?;
        inquiry.because(
            "実施者などから意見を聴き、又は助言を受けることが望まれます（努力義務）。期限の定めはありません。",
        );
        inquiry.because("労働者から聴いたことや、職場巡視で得た情報も勘案します。");
        let conditions = [is(facts, "analysed"), is_not(facts, "talked")];
        inquiry.decide(&conditions, Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC-50: also when no check was carried out; below the limit nothing is reported (SC-56).
fn report(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-50", day, |inquiry| {
        let limit = inquiry.read("stress.report.people")?;
        let enough = facts.count("regular_workers").map(|people| people >= limit);
        inquiry.because_of(format!("常時 {limit} 人以上の事業場が、年に1回報告します。"), &[("limit", limit)]);
        inquiry.decide(&[(enough.into(), "regular_workers")], Conclusion::Required, Conclusion::NotRequired);
        match facts.day("last_reported_on").filter(|_| enough == Some(true)) {
            Some(last) => within(inquiry, last, "stress.report.years").map(|_| ()),
            None => Ok(()),
        }
    })
}

/// SC-51: e-filing; paper remains for the time being where it is difficult.
fn electronic(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-51", day, |inquiry| {
        inquiry.read("stress.report.electronic")?;
        let difficult = Condition::from(facts.flag("difficult"));
        if difficult == Condition::Yes {
            inquiry.read("stress.report.paper")?;
            inquiry.because("電子申請が難しいときは、当分の間、書面で報告できます。");
        }
        inquiry.decide(&[(difficult.negated(), "difficult")], Conclusion::Required, Conclusion::Allowed);
        Ok(())
    })
}
