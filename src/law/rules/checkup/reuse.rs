//! What an earlier examination makes unnecessary (安衛則43条ただし書, 44条3項, 45条, 45条の2第3項).

use super::rule;
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::Inquiry;
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{choice, day as day_fact, in_time, within};

const CERTIFICATE: &[Fact] =
    &[day_fact("examined_on", "証明のもとになる、医師の健診の日"), day_fact("hired_on", "雇入れの日")];
const OTHER: &[Fact] = &[
    choice("exam", &["periodic", "specified", "overseas_out", "overseas_back"], "これから行う健診。その日は day"),
    day_fact("other_on", "すでに受けた雇入時、海外派遣、特殊又は歯科（海外派遣の前は定期、特定業務も）の健診の日"),
];
const XRAY: &[Fact] = &[day_fact("last_xray_on", "直近の胸部エックス線（喀痰）検査の日。次の健診の日は day")];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("CHK-12", "証明書で雇入時の健診に代えられるか", CERTIFICATE, &["checkup.certificate.months"], certificate),
    rule(
        "CHK-13",
        "ほかの健診の項目を使えるか",
        OTHER,
        &["checkup.reuse.periodic.years", "checkup.reuse.specified.months", "checkup.reuse.overseas.months"],
        reuse,
    ),
    rule("CHK-16", "特定業務の健診の胸部エックス線と喀痰", XRAY, &["checkup.specified.xray.years"], xray),
];

/// CHK-12: the months must not have passed on the day of hiring; only matching items are left out.
fn certificate(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-12", day, |inquiry| {
        inquiry.read("checkup.certificate.months")?;
        let (examined, hired) = (facts.day("examined_on"), facts.day("hired_on"));
        let (Some(examined), Some(hired)) = (examined, hired) else {
            let known = [(examined, "examined_on"), (hired, "hired_on")];
            inquiry.lacks(&known.iter().filter(|(day, _)| day.is_none()).map(|(_, name)| *name).collect::<Vec<_>>());
            return Ok(());
        };
        let due = within(inquiry, examined, "checkup.certificate.months")?;
        let is_usable = in_time(inquiry, hired, due);
        inquiry.because("証明のある項目だけを省けます。");
        inquiry.conclude(if is_usable { Conclusion::Allowed } else { Conclusion::Required });
        Ok(())
    })
}

/// CHK-13: 一年間 for 定期, read as 六月間 for 特定業務; never for the examination on return.
fn reuse(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-13", day, |inquiry| {
        let length = match facts.choice("exam") {
            Some("periodic") => "checkup.reuse.periodic.years",
            Some("specified") => "checkup.reuse.specified.months",
            Some(_) => "checkup.reuse.overseas.months",
            None => {
                inquiry.lacks(&["exam"]);
                return Ok(());
            }
        };
        inquiry.read(length)?;
        if facts.choice("exam") == Some("overseas_back") {
            inquiry.because("帰国後の健診には、ほかの健診の項目を使う定めがありません。");
            inquiry.conclude(Conclusion::Required);
            return Ok(());
        }
        let Some(other) = facts.day("other_on") else {
            inquiry.lacks(&["other_on"]);
            return Ok(());
        };
        let due = within(inquiry, other, length)?;
        let is_usable = in_time(inquiry, day, due);
        inquiry.conclude(if is_usable { Conclusion::Allowed } else { Conclusion::Required });
        Ok(())
    })
}

/// CHK-16: once within a year is enough although the examination is half-yearly.
fn xray(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-16", day, |inquiry| {
        inquiry.read("checkup.specified.xray.years")?;
        let Some(last) = facts.day("last_xray_on") else {
            inquiry.lacks(&["last_xray_on"]);
            return Ok(());
        };
        let due = within(inquiry, last, "checkup.specified.xray.years")?;
        let is_open = in_time(inquiry, day, due);
        inquiry.conclude(if is_open { Conclusion::NotRequired } else { Conclusion::Required });
        Ok(())
    })
}
