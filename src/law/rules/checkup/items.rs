//! When an item counts as examined, and the hearing levels (安衛則44条, 基発1223第7号, 基発0804第4号).

use super::rule;
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{any, choice, count, flag, is};

const GLUCOSE: &[Fact] = &[
    flag("fasting_glucose", "空腹時血糖を測った"),
    flag("hba1c", "HbA1c を測った"),
    flag("random_glucose", "随時血糖を測った"),
    Fact::optional("minutes_after_meal", FactKind::Count, "食事の開始から採血までの分（随時血糖のとき）"),
];
const LDL: &[Fact] = &[
    choice("method", &["direct", "friedewald", "non_hdl"], "LDL の求め方（直接法、計算式、non-HDL で代える）"),
    Fact::optional("fasting", FactKind::Flag, "空腹時の採血（直接法でないとき）"),
    Fact::optional("triglyceride", FactKind::Count, "中性脂肪 mg/dL（直接法でないとき）"),
];
const CREATININE: &[Fact] = &[flag("wanted", "医師が血清クレアチニンを要すると認めた")];
const HEARING: &[Fact] = &[
    choice("frequency", &["1000", "4000"], "周波数 Hz"),
    count("threshold_db", "聞こえた最も小さい音 dB（右と左を別々に）"),
];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("CHK-20", "血糖検査が行われたか", GLUCOSE, &["checkup.glucose.minutes", "checkup.glucose.hba1c"], glucose),
    rule("CHK-21", "LDL コレステロールの検査が行われたか", LDL, &["checkup.ldl.triglyceride"], ldl),
    rule(
        "CHK-22",
        "血清クレアチニンの検査",
        CREATININE,
        &["checkup.creatinine.item", "checkup.creatinine.desirable"],
        creatinine,
    ),
    rule(
        "HR-01",
        "雇入時の聴力に所見があるか",
        HEARING,
        &["hearing.hire.1000", "hearing.hire.4000"],
        |law, day, facts| hearing(law, "HR-01", day, facts, ["hearing.hire.1000", "hearing.hire.4000"]),
    ),
    rule(
        "HR-02",
        "定期・特定業務の聴力に所見があるか",
        HEARING,
        &["hearing.periodic.1000", "hearing.periodic.4000"],
        |law, day, facts| hearing(law, "HR-02", day, facts, ["hearing.periodic.1000", "hearing.periodic.4000"]),
    ),
];

/// CHK-20: fasting glucose, HbA1c where the circular of the day takes it, or a late enough random glucose.
fn glucose(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-20", day, |inquiry| {
        let minutes = inquiry.read("checkup.glucose.minutes")?;
        let random = late_random(facts, minutes);
        let mut ways = vec![is(facts, "fasting_glucose"), random];
        if inquiry.is_in_force("checkup.glucose.hba1c") {
            inquiry.read("checkup.glucose.hba1c")?;
            ways.push(is(facts, "hba1c"));
        } else if facts.flag("hba1c") == Some(true) {
            inquiry.because("この日の通達では、HbA1c だけでは血糖検査になりません。");
        }
        let limit = [("minutes", minutes)];
        inquiry.because_of(format!("随時血糖は、食事の開始から {minutes} 分以上たっていれば数えます。"), &limit);
        any(inquiry, &ways, Conclusion::NotRequired, Conclusion::Required);
        Ok(())
    })
}

fn late_random(facts: &Facts, minutes: i64) -> (Condition, &'static str) {
    match (facts.flag("random_glucose"), facts.count("minutes_after_meal")) {
        (Some(true), None) => (Condition::Open, "minutes_after_meal"),
        (Some(true), Some(passed)) => (Some(passed >= minutes).into(), "minutes_after_meal"),
        (random, _) => (random.into(), "random_glucose"),
    }
}

/// CHK-21: the formula needs a fasting sample and a low triglyceride; non-HDL takes its place otherwise.
fn ldl(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-21", day, |inquiry| {
        let limit = inquiry.read("checkup.ldl.triglyceride")?;
        let Some(method) = facts.choice("method") else {
            inquiry.lacks(&["method"]);
            return Ok(());
        };
        let high = Condition::from(facts.count("triglyceride").map(|value| value >= limit));
        let fasting = Condition::from(facts.flag("fasting"));
        let limits = [("triglyceride", limit)];
        inquiry.because_of(format!("計算式は、空腹時で中性脂肪が {limit} mg/dL 未満のときに使えます。"), &limits);
        let (done, owed) = (Conclusion::NotRequired, Conclusion::Required);
        match method {
            "direct" => inquiry.conclude(done),
            "friedewald" => inquiry.decide(&[(fasting, "fasting"), (high.negated(), "triglyceride")], done, owed),
            _ => any(inquiry, &[(fasting.negated(), "fasting"), (high, "triglyceride")], done, owed),
        }
        Ok(())
    })
}

/// CHK-22: not a legal item; the announced change is listed and changes nothing until its day is entered.
fn creatinine(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-22", day, |inquiry| {
        if inquiry.is_in_force("checkup.creatinine.item") {
            inquiry.read("checkup.creatinine.item")?;
            inquiry.conclude(Conclusion::Required);
            return Ok(());
        }
        desirable(inquiry, facts)
    })
}

fn desirable(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<(), Stop> {
    inquiry.read("checkup.creatinine.desirable")?;
    inquiry.because("法定の項目ではありません。医師が要すると認めたときは、行うことが望まれます。");
    inquiry.decide(&[is(facts, "wanted")], Conclusion::Effort, Conclusion::NotRequired);
    Ok(())
}

/// HR-01, HR-02 with HR-03: a tone of that level heard is 所見なし; each ear and frequency by itself.
fn hearing(law: &Law, id: &'static str, day: Day, facts: &Facts, levels: [&str; 2]) -> Outcome {
    Inquiry::run(law, id, day, |inquiry| {
        let frequency = facts.choice("frequency");
        let [low, high] = levels;
        let level = inquiry.read(if frequency == Some("4000") { high } else { low })?;
        let heard = facts.count("threshold_db").map(|threshold| threshold <= level);
        if let (Some(frequency), Some(heard)) = (frequency, heard) {
            let finding = if heard { "1 所見なし" } else { "2 所見あり" };
            inquiry.because_of(
                format!("{frequency} Hz は {level} dB が聞こえるかで決め、「{finding}」です。"),
                &[("level", level)],
            );
        }
        let conditions = [
            (Condition::from(frequency.map(|_| true)), "frequency"),
            (Condition::from(heard.map(|_| true)), "threshold_db"),
        ];
        let conclusion = if heard == Some(false) { Conclusion::Required } else { Conclusion::NotRequired };
        inquiry.decide(&conditions, conclusion, Conclusion::NotRequired);
        Ok(())
    })
}
