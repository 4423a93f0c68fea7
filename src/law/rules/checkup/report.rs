//! Reports to 労働基準監督署 and the secondary examination of 労災保険 (安衛則52条, 労災保険法26条・27条).

use super::rule;
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{choice, count, day as day_fact, flag, in_time, is, is_not, within};

const PEOPLE: Fact = count("regular_workers", "事業場の常時使用する労働者の数");
const EXAMS: &[&str] = &["periodic", "specified_periodic", "reassignment", "hire", "overseas"];
const PERIODIC: &[Fact] = &[PEOPLE, choice("exam", EXAMS, "健診（定期、特定業務の定期、配置替え、雇入時、海外派遣）")];
const DENTAL: &[Fact] = &[PEOPLE, flag("dental_done", "歯科医師による定期の健診を行った")];

/// Reports that are filed electronically since 2025-01-01.
const ELECTRONIC: [&str; 7] =
    ["periodic", "dental", "stress", "physician_appointment", "organic_solvent", "pneumoconiosis", "casualty"];
const REPORTS: &[&str] = &[
    ELECTRONIC[0],
    ELECTRONIC[1],
    ELECTRONIC[2],
    ELECTRONIC[3],
    ELECTRONIC[4],
    ELECTRONIC[5],
    ELECTRONIC[6],
    "lead",
    "specified_chemical",
    "radiation",
    "asbestos",
    "tetraalkyl_lead",
    "high_pressure",
    "decontamination",
];
const FILED: &[Fact] = &[choice("report", REPORTS, "報告の種類")];
const CANDIDATE: &[Fact] = &[
    flag("pressure", "血圧に異常の所見（産業医等が認めたものを含む）"),
    flag("lipid", "血中脂質に異常の所見"),
    flag("glucose", "血糖に異常の所見"),
    flag("body", "腹囲又は BMI に異常の所見"),
    flag("has_disease", "すでに脳血管疾患又は心臓疾患の症状がある"),
    flag("special_member", "労災保険の特別加入者"),
    flag("used_this_year", "この年度に受けた"),
];
const RISK: &[Fact] = &[CANDIDATE[0], CANDIDATE[1], CANDIDATE[2], CANDIDATE[3]];
const SPECIAL: &[&str] = &[
    "organic_solvent",
    "lead",
    "tetraalkyl_lead",
    "specified_chemical",
    "high_pressure",
    "radiation",
    "decontamination",
    "asbestos",
];
const SPECIAL_DONE: &[Fact] =
    &[choice("exam", SPECIAL, "健診の種類"), flag("regular", "定期のもの（雇入れ、配置替えの際のものではない）")];
const CLAIM: &[Fact] = &[day_fact("primary_on", "一次健康診断の日。請求の日は day")];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("REP-01", "定期健康診断の結果の報告", PERIODIC, &["report.periodic.people"], periodic),
    rule("REP-02", "歯科健康診断の結果の報告", DENTAL, &["report.dental.people"], dental),
    rule("REP-03", "電子申請で報告するか", FILED, &["report.electronic", "report.paper"], electronic),
    rule("RS-01", "労災の二次健康診断等給付の候補", CANDIDATE, &["secondary.findings"], candidate),
    rule("APP-SPREP", "特殊健康診断の結果の報告", SPECIAL_DONE, &["report.special"], special),
    rule("APP-RISK", "申出を前もって勧める人（脳・心臓疾患）", RISK, &["risk.findings"], risk),
    rule("RS-04", "二次健康診断等給付の請求の期限", CLAIM, &["secondary.claim.months"], claim),
];

/// REP-01: 遅滞なく, without a number of days; the examinations of hiring and reassignment are not reported.
fn periodic(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "REP-01", day, |inquiry| {
        let limit = inquiry.read("report.periodic.people")?;
        let enough = Condition::from(facts.count("regular_workers").map(|people| people >= limit));
        let reported = facts.choice("exam").map(|exam| ["periodic", "specified_periodic"].contains(&exam));
        inquiry.because_of(
            format!("常時 {limit} 人以上の事業場が、定期のものを遅滞なく報告します。日数の定めはありません。"),
            &[("limit", limit)],
        );
        let conditions = [(enough, "regular_workers"), (reported.into(), "exam")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// REP-02: every size since 2022-10-01.
fn dental(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "REP-02", day, |inquiry| {
        let limit = inquiry.read("report.dental.people")?;
        let enough = Condition::from(facts.count("regular_workers").map(|people| people >= limit));
        inquiry.because_of(format!("常時 {limit} 人以上の事業場が報告します。"), &[("limit", limit)]);
        let conditions = [(enough, "regular_workers"), is(facts, "dental_done")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// REP-03: some reports only; paper remains for the time being where it is difficult.
fn electronic(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "REP-03", day, |inquiry| {
        inquiry.read("report.electronic")?;
        let Some(report) = facts.choice("report") else {
            inquiry.lacks(&["report"]);
            return Ok(());
        };
        let is_owed = ELECTRONIC.contains(&report);
        if is_owed {
            inquiry.read("report.paper")?;
        }
        inquiry.because(if is_owed {
            "電子申請で報告します。難しいときは、当分の間、書面で報告できます。"
        } else {
            "電子申請でも様式でも報告できます。"
        });
        inquiry.conclude(if is_owed { Conclusion::Required } else { Conclusion::Allowed });
        Ok(())
    })
}

/// RS-01 with RS-03: all four findings; there are no statutory numbers, and it is a candidate, never a promise.
fn candidate(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RS-01", day, |inquiry| {
        inquiry.read("secondary.findings")?;
        inquiry.because("四つの所見がそろえば候補です。所見は健診の医師が決め、産業医等が認めたものが優先します。");
        let conditions = [
            is(facts, "pressure"),
            is(facts, "lipid"),
            is(facts, "glucose"),
            is(facts, "body"),
            is_not(facts, "has_disease"),
            is_not(facts, "special_member"),
            is_not(facts, "used_this_year"),
        ];
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// APP-SPREP: every size, 遅滞なく, without a number of days; of the periodic examinations (有機則30条の3 and its like).
fn special(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-SPREP", day, |inquiry| {
        inquiry.read("report.special")?;
        inquiry.because("人数によらず、定期に行ったものを遅滞なく報告します。日数の定めはありません。");
        let exam = Condition::from(facts.choice("exam").map(|_| true));
        inquiry.decide(&[(exam, "exam"), is(facts, "regular")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// APP-RISK: the circular names no values, so that the four findings of 労災保険法26条 are counted against a dated number.
fn risk(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-RISK", day, |inquiry| {
        let limit = inquiry.read("risk.findings")?;
        let known = RISK.iter().filter_map(|fact| facts.flag(fact.name));
        let found = i64::try_from(known.filter(|is_found| *is_found).count()).unwrap_or(0);
        let open: Vec<&str> = RISK.iter().map(|fact| fact.name).filter(|name| facts.flag(name).is_none()).collect();
        inquiry.because_of(
            format!("血圧、血中脂質、血糖、腹囲又は BMI のうち {limit} つ以上に所見のある人に、前もって勧めます。"),
            &[("limit", limit), ("found", found)],
        );
        let most = found + i64::try_from(open.len()).unwrap_or(0);
        if found < limit && most >= limit {
            inquiry.lacks(&open);
        } else {
            inquiry.conclude(if found >= limit { Conclusion::Allowed } else { Conclusion::NotRequired });
        }
        Ok(())
    })
}

fn claim(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RS-04", day, |inquiry| {
        inquiry.read("secondary.claim.months")?;
        let Some(primary) = facts.day("primary_on") else {
            inquiry.lacks(&["primary_on"]);
            return Ok(());
        };
        let due = within(inquiry, primary, "secondary.claim.months")?;
        let is_open = in_time(inquiry, day, due);
        inquiry.conclude(if is_open { Conclusion::Allowed } else { Conclusion::NotRequired });
        Ok(())
    })
}
