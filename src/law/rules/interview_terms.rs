//! What goes with an interview: who pays, who watches a manager's hours, and by when a measure is to stand.

use super::shapes::{choice, day as day_fact, flag, is_set, optional_day, optional_flag};
use super::{Rule, Topic};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::Inquiry;
use crate::law::outcome::{Conclusion, Deadline, Outcome};

const COST: &[Fact] = &[
    choice("about", &["fee", "wage"], "何の支払いか（面接指導の費用、面接を受けた時間の賃金）"),
    optional_flag("without_request", "研究開発か高度プロフェッショナルの、申出によらない面接。ないときは、申出による"),
];
const MANAGER: &[Fact] = &[flag("article41", "労基法41条該当者（管理監督者など）")];
const NEXT: &[Fact] = &[
    day_fact("interviewed_on", "面接指導の日"),
    optional_day("next_count_on", "次の算定日（一定の期日）。ないときは、分からない"),
];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "IV-COST",
        title: "面接指導の費用と、受けた時間の賃金",
        topic: Topic::Interview,
        facts: COST,
        parameters: &["interview.cost", "interview.wage", "interview.working_time"],
        evaluate: cost,
    },
    Rule {
        id: "OT-MGR",
        title: "管理監督者などの時間を、誰が把握するか（会社が把握するなら required）",
        topic: Topic::Overtime,
        facts: MANAGER,
        parameters: &["overtime.manager.own", "overtime.status"],
        evaluate: manager,
    },
    Rule {
        id: "DL-OPN-NEXT",
        title: "措置を講じる目安（次の算定日。法令ではない）",
        topic: Topic::Deadline,
        facts: NEXT,
        parameters: &["deadline.opinion.months", "interview.opinion.next_count"],
        evaluate: next_count,
    },
];

/// IV-COST: the fee is the employer's; the wage is agreed on, unless the interview needs no request.
fn cost(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "IV-COST", day, |inquiry| {
        match facts.choice("about") {
            Some("fee") => {
                inquiry.read("interview.cost")?;
                inquiry.because("面接指導の費用は、事業者が負担します。");
                inquiry.conclude(Conclusion::Required);
            }
            Some(_) if is_set(facts, "without_request") => {
                inquiry.read("interview.working_time")?;
                inquiry.because("申出によらない面接を受けた時間は、労働時間です。");
                inquiry.conclude(Conclusion::Required);
            }
            Some(_) => {
                inquiry.read("interview.wage")?;
                inquiry.because(
                    "面接を受けた時間の賃金は、労使で話し合って決めます。事業者が支払うことが望ましいものです。",
                );
                inquiry.conclude(Conclusion::Effort);
            }
            None => inquiry.lacks(&["about"]),
        }
        Ok(())
    })
}

/// OT-MGR: once the worker's own judgment and request were enough; since 66条の8の3 the employer watches these hours too.
fn manager(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OT-MGR", day, |inquiry| {
        if inquiry.is_in_force("overtime.status") {
            inquiry.read("overtime.status")?;
            inquiry.because("高度プロフェッショナルを除くすべての労働者について、会社が労働時間の状況を把握します。");
            inquiry.conclude(Conclusion::Required);
            return Ok(());
        }
        inquiry.read("overtime.manager.own")?;
        inquiry.because("この日までは、41条該当者は自ら基準を超えたと判断し、申し出れば面接を受けました。");
        let manages = facts.flag("article41").into();
        inquiry.decide(&[(manages, "article41")], Conclusion::NotRequired, Conclusion::Required);
        Ok(())
    })
}

/// DL-OPN-NEXT: the earlier of about a month and the next day of counting. A draft manual's wish, not law.
fn next_count(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DL-OPN-NEXT", day, |inquiry| {
        inquiry.read("interview.opinion.next_count")?;
        let Some(interviewed) = facts.day("interviewed_on") else {
            inquiry.lacks(&["interviewed_on"]);
            return Ok(());
        };
        inquiry.conclude(Conclusion::Effort);
        let month = inquiry.due_after(interviewed, "deadline.opinion.months")?;
        let next = facts.day("next_count_on").filter(|next| *next < month.safe);
        let due = next.map_or(month, |next| Deadline::on(next, true));
        inquiry.due(due);
        inquiry.because(format!(
            "措置は、次の算定日までに講じられるのが目安です（{}）。法令の期限ではありません。",
            due.safe
        ));
        Ok(())
    })
}
