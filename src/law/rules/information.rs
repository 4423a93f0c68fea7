//! What the employer owes the physician: the rules INF-… of the records sheet, section 6 (安衛法13条4項, 安衛則14条の2).
//!
//! They answer the questions of DL-MEAS, DL-NOTE-OHP and DL-INFO3, and are closed by the day on which it was told.

use super::interview::read;
use super::{Rule, Topic, deadline};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};

const TOLD: Fact = Fact::optional("told_on", FactKind::Day, "産業医へ伝えた日。ないときは、まだ伝えていない");
const MEASURES: &[Fact] = &[
    Fact::needed(
        "opinion_heard_on",
        FactKind::Day,
        "医師の意見を聴いた日（健康診断、面接指導、高ストレス者の面接指導のどれでも）",
    ),
    TOLD,
];
const HOURS: &[Fact] = &[
    Fact::optional(
        "overtime_seconds",
        FactKind::Time,
        "時間外・休日労働時間。ないときは period_start と total_seconds から計算",
    ),
    Fact::optional("overtime_high_seconds", FactKind::Time, "元の値が丸めてあるときの最大。ないときは正確な値"),
    Fact::optional("period_start", FactKind::Day, "算定期間の最初の日。終わりは day（期日）"),
    Fact::optional("total_seconds", FactKind::Time, "期間の総労働時間"),
    Fact::needed("highly_professional", FactKind::Flag, "高度プロフェッショナル制度の適用"),
    Fact::optional("health_management_seconds", FactKind::Time, "健康管理時間の超過分（高度プロフェッショナルのとき）"),
    TOLD,
];
const WORK: &[Fact] = &[Fact::needed("asked_on", FactKind::Day, "産業医が情報を求めた日"), TOLD];
const SMALL: &[Fact] = &[
    Fact::needed("workers", FactKind::Count, "常時使用する労働者数"),
    Fact::needed("in_charge", FactKind::Flag, "健康管理の全部又は一部を行わせている医師か保健師がいる"),
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("INF-01", "講じた措置を産業医へ伝える", MEASURES, &["deadline.measures.months"], measures),
    rule(
        "INF-02",
        "基準を超えた労働者の氏名と時間を産業医へ伝える",
        HOURS,
        &["notice.physician.hours", "notice.physician.duty", "deadline.promptly.days"],
        hours,
    ),
    rule("INF-03", "産業医が求めた業務の情報を渡す", WORK, &["deadline.information", "deadline.promptly.days"], work),
    rule(
        "DL-SMALL",
        "選任義務のない事業場での情報の提供",
        SMALL,
        &["physician.appointment.workers", "information.small"],
        small,
    ),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Information, facts, parameters, evaluate }
}

/// The answer of the deadline's own rule, unless it was told already.
fn unless_told(law: &Law, id: &'static str, day: Day, facts: &Facts, duty: &str, owed: Outcome) -> Outcome {
    let Some(told) = facts.day("told_on") else { return Outcome { rule: id, ..owed } };
    Inquiry::run(law, id, day, |inquiry| {
        inquiry.read(duty)?;
        inquiry.because(format!("{told} に伝えています。"));
        inquiry.conclude(Conclusion::NotRequired);
        Ok(())
    })
}

/// INF-01: 則14条の2第1項1号.
fn measures(law: &Law, day: Day, facts: &Facts) -> Outcome {
    let owed = deadline::measures(law, day, facts);
    unless_told(law, "INF-01", day, facts, "deadline.measures.months", owed)
}

/// INF-02: 則14条の2第1項2号.
fn hours(law: &Law, day: Day, facts: &Facts) -> Outcome {
    let owed = deadline::to_physician(law, &read(law, day, facts));
    unless_told(law, "INF-02", day, facts, "notice.physician.duty", owed)
}

/// INF-03: 則14条の2第1項3号.
fn work(law: &Law, day: Day, facts: &Facts) -> Outcome {
    let owed = deadline::information(law, day, facts);
    unless_told(law, "INF-03", day, facts, "deadline.information", owed)
}

/// DL-SMALL: below the size of 安衛令5条 it is an effort, toward the physician or 保健師 in charge (法13条の2第2項).
fn small(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-SMALL", day, |inquiry| {
        inquiry.read("information.small")?;
        let size = inquiry.read("physician.appointment.workers")?;
        let workers = facts.count("workers");
        if workers.is_some_and(|workers| workers >= size) {
            inquiry.skip("産業医を選任する規模の事業場です。INF-01 から INF-03 によります。");
            return Ok(());
        }
        inquiry.because("選任義務のない事業場では、健康管理を行わせる医師か保健師へ、同じ情報を渡すように努めます。");
        let conditions =
            [(Condition::from(workers.map(|_| true)), "workers"), (facts.flag("in_charge").into(), "in_charge")];
        inquiry.decide(&conditions, Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}
