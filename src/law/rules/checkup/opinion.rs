//! After the examination: findings, the physician's opinion and its deadline, notice and guidance
//! (安衛法66条の4から66条の7, 安衛則51条の2, 51条の4, 健康診断結果措置指針).

use super::rule;
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{
    choice, complete, count, day as day_fact, elapsed, flag, in_time, is, is_not, optional_day, optional_flag, steps,
    within,
};

const KINDS: &[&str] = &["general", "special", "chemical", "emergency_radiation"];
const FINDING: Fact = flag("finding", "いずれかの項目に異常の所見があると診断された");

const HEARING: &[Fact] = &[FINDING, flag("heard", "医師等の意見を聴いた")];
const CLOCK: &[Fact] = &[
    choice("kind", KINDS, "健診の種類（一般、特殊、リスクアセスメント対象物、電離の緊急作業）"),
    day_fact("examined_on", "健診の日"),
    optional_day("submitted_on", "本人が選んだ医師の結果を出した日（法66条5項）。ないときは、事業者の健診"),
];
const SELF: &[Fact] = &[day_fact("submitted_on", "自発的健康診断の結果を出した日")];
const SECONDARY: &[Fact] =
    &[day_fact("examined_on", "二次健康診断の日"), day_fact("submitted_on", "二次健康診断の結果を出した日")];
const COLUMN: [Fact; 2] = [
    flag("opinion_written", "個人票の医師の意見の欄に意見がある"),
    flag("name_written", "意見を述べた医師の氏名がある"),
];
const WRITTEN: &[Fact] = &[FINDING, COLUMN[0], COLUMN[1]];
const ASKED: &[Fact] = &[day_fact("asked_on", "医師が業務に関する情報を求めた日")];
const CLASS: &[Fact] = &[
    choice("class", &["ordinary", "restricted", "leave"], "就業区分（通常勤務、就業制限、要休業）"),
    flag("measure", "措置の内容を記した"),
    flag("period", "期間を記した"),
    flag("review_on", "見直しの日を記した"),
];
const MEASURE: &[Fact] =
    &[flag("worker_heard", "措置の前に本人の意見を聴いた"), flag("consent_sought", "本人の了解を得るよう話し合った")];
const PEOPLE: &[Fact] = &[count("people", "衛生委員会へ出す集計の、その区分の人数")];
const NOTICE: &[Fact] = &[
    day_fact("result_received_on", "事業者が結果を受け取った日"),
    optional_flag("notified", "本人へ通知した。ないときは、まだ"),
];
const GUIDANCE: &[Fact] = &[flag("needs_guidance", "特に健康の保持に努める必要がある")];
const SECONDARY_KEEP: &[Fact] = &[flag("consented", "二次健康診断の結果を残すことに、本人の同意がある")];
const SMALL: &[Fact] = &[count("regular_workers", "事業場の常時使用する労働者の数")];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("OPN-02", "医師等の意見を聴くか", HEARING, &["opinion.duty"], heard),
    rule(
        "OPN-03",
        "健診から医師の意見の聴取まで",
        CLOCK,
        &["opinion.months", "opinion.special.months", "opinion.chemical.months", "opinion.emergency"],
        clock,
    ),
    rule("OPN-04", "自発的健康診断の意見の聴取まで", SELF, &["opinion.self.months"], own),
    rule(
        "OPN-05",
        "二次健康診断の意見の聴取まで",
        SECONDARY,
        &["opinion.secondary.submission.months", "opinion.secondary.months"],
        secondary,
    ),
    rule("OPN-06", "個人票の医師の意見の欄", WRITTEN, &["opinion.form"], written),
    rule("OPN-07", "医師が求めた業務の情報", ASKED, &["opinion.information"], information),
    rule("OPN-08", "就業区分に要る記載", CLASS, &["opinion.class"], class),
    rule("OPN-10", "措置を決める前の手順", MEASURE, &["opinion.worker"], worker),
    rule("OPN-11", "衛生委員会への報告の小さい集団", PEOPLE, &["opinion.committee.people"], committee),
    rule("OPN-12", "本人への結果の通知", NOTICE, &["opinion.notice"], notice),
    rule("OPN-13", "保健指導", GUIDANCE, &["opinion.guidance"], guidance),
    rule("OPN-15", "二次健康診断の結果を残せるか", SECONDARY_KEEP, &["opinion.secondary.keep"], keep),
    rule("OPN-17", "産業医のいない事業場の意見の聴取", SMALL, &["opinion.small.people"], small),
];

/// OPN-02: every finding, not only those of heart and brain.
fn heard(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-02", day, |inquiry| {
        inquiry.read("opinion.duty")?;
        inquiry.because("どの項目の所見でも、意見を聴きます。");
        inquiry.decide(&[is(facts, "finding"), is_not(facts, "heard")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// OPN-03: from the examination, not from the arrival of its result; 577条の2 has no branch of 法66条5項.
fn clock(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-03", day, |inquiry| {
        let kind = facts.choice("kind");
        let submitted = facts.day("submitted_on").filter(|_| kind != Some("chemical"));
        let (Some(kind), Some(from)) = (kind, submitted.or(facts.day("examined_on"))) else {
            let open = [(kind.is_none(), "kind"), (submitted.or(facts.day("examined_on")).is_none(), "examined_on")];
            inquiry.lacks(&open.iter().filter(|(is_open, _)| *is_open).map(|(_, name)| *name).collect::<Vec<_>>());
            return Ok(());
        };
        if kind == "emergency_radiation" {
            inquiry.read("opinion.emergency")?;
            inquiry.because("緊急作業の健診の意見は、速やかに聴きます。日数の定めはありません。");
        } else {
            within(inquiry, from, length(kind))?;
            inquiry.because(
                "健診の日（本人が選んだ医師の結果は、出した日）から数えます。結果が届いた日からではありません。",
            );
        }
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}

fn length(kind: &str) -> &'static str {
    match kind {
        "special" => "opinion.special.months",
        "chemical" => "opinion.chemical.months",
        _ => "opinion.months",
    }
}

fn own(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-04", day, |inquiry| {
        inquiry.read("opinion.self.months")?;
        let Some(submitted) = facts.day("submitted_on") else {
            inquiry.lacks(&["submitted_on"]);
            return Ok(());
        };
        within(inquiry, submitted, "opinion.self.months")?;
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}

/// OPN-05: only a result handed in within its own months starts the clock.
fn secondary(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-05", day, |inquiry| {
        inquiry.read("opinion.secondary.submission.months")?;
        let (Some(examined), Some(submitted)) = (facts.day("examined_on"), facts.day("submitted_on")) else {
            let days = ["examined_on", "submitted_on"];
            inquiry.lacks(&days.into_iter().filter(|name| facts.day(name).is_none()).collect::<Vec<_>>());
            return Ok(());
        };
        let handed_in = inquiry.due_within(examined, "opinion.secondary.submission.months")?;
        if !in_time(inquiry, submitted, handed_in) {
            inquiry.because(
                "提出の期間を過ぎているので、意見を聴く期限の定めは当たりません。できる限り早く聴くことが望まれます。",
            );
            inquiry.conclude(Conclusion::NotRequired);
            return Ok(());
        }
        within(inquiry, submitted, "opinion.secondary.months")?;
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}

/// OPN-06: a finding with an empty column is an open task.
fn written(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-06", day, |inquiry| {
        inquiry.read("opinion.form")?;
        if facts.flag("finding") == Some(false) {
            inquiry.skip("異常の所見がありません。");
            return Ok(());
        }
        let all = is(facts, "opinion_written").0.and(is(facts, "name_written").0);
        steps(inquiry, facts, &COLUMN, Conclusion::NotRequired, Conclusion::Required);
        if all != Condition::Yes && facts.flag("finding").is_none() {
            inquiry.lacks(&["finding"]);
        }
        Ok(())
    })
}

fn information(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-07", day, |inquiry| {
        inquiry.read("opinion.information")?;
        inquiry.because("事業者は、求められた情報を速やかに渡します。");
        elapsed(inquiry, facts, "asked_on");
        Ok(())
    })
}

/// OPN-08: 就業制限 needs a measure, a period and a review; 要休業 a period and a review.
fn class(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-08", day, |inquiry| {
        inquiry.read("opinion.class")?;
        let [_, measure, period, review] = CLASS else { return Err(Stop::Outside) };
        match facts.choice("class") {
            None => inquiry.lacks(&["class"]),
            Some("ordinary") => inquiry.conclude(Conclusion::NotRequired),
            Some("leave") => complete(inquiry, facts, &[*period, *review]),
            Some(_) => complete(inquiry, facts, &[*measure, *period, *review]),
        }
        Ok(())
    })
}

fn worker(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-10", day, |inquiry| {
        inquiry.read("opinion.worker")?;
        complete(inquiry, facts, MEASURE);
        inquiry.because("健康状態が改善したときは、医師の意見を聴いて措置を解きます。");
        Ok(())
    })
}

fn committee(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-11", day, |inquiry| {
        let limit = inquiry.read("opinion.committee.people")?;
        let enough = Condition::from(facts.count("people").map(|people| people >= limit));
        inquiry.because_of(
            format!("意見は、個人が判らないように集計して報告します。{limit} 人に満たない区分は出しません。"),
            &[("limit", limit)],
        );
        inquiry.decide(&[(enough, "people")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// OPN-12: to everybody examined, with a finding or without.
fn notice(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-12", day, |inquiry| {
        inquiry.read("opinion.notice")?;
        inquiry.because("所見のない人にも、遅滞なく通知します。");
        if facts.flag("notified") == Some(true) {
            inquiry.conclude(Conclusion::NotRequired);
        } else {
            elapsed(inquiry, facts, "result_received_on");
        }
        Ok(())
    })
}

fn guidance(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-13", day, |inquiry| {
        inquiry.read("opinion.guidance")?;
        inquiry.decide(&[is(facts, "needs_guidance")], Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}

fn keep(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-15", day, |inquiry| {
        inquiry.read("opinion.secondary.keep")?;
        inquiry.because("二次健康診断の結果は、本人の同意を得て残すことが望まれます。");
        inquiry.decide(&[is(facts, "consented")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// OPN-17: below the limit there need be no 産業医, so another physician is heard.
fn small(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OPN-17", day, |inquiry| {
        let limit = inquiry.read("opinion.small.people")?;
        let small = Condition::from(facts.count("regular_workers").map(|people| people < limit));
        if small == Condition::Yes {
            inquiry.because("産業医の要件を備えた医師から聴くことが適当です。地域産業保健センターも使えます。");
        }
        inquiry.decide(&[(small, "regular_workers")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}
