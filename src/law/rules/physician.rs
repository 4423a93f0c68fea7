//! The 産業医: appointment, report, leaving, powers, and the 勧告 (records additions, section 2.1; 安衛法13条, 安衛則13条
//! から14条の4).

use super::{Rule, Topic, checklist};
use crate::domain::{Day, time};
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};

const fn flag(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

const WORKERS: Fact = Fact::needed("workers", FactKind::Count, "常時使用する労働者数");
const APPOINTMENT: &[Fact] = &[
    WORKERS,
    Fact::needed("caused_on", FactKind::Day, "選任すべき事由が生じた日（規模に達した日、前任者が欠けた日）"),
    Fact::optional("appointed_on", FactKind::Day, "選任の日。ないときは、まだ選任していない"),
];
const EXCLUSIVE: &[Fact] =
    &[WORKERS, Fact::needed("specified_workers", FactKind::Count, "則13条1項3号の業務に常時従事する労働者数")];
const INDEPENDENCE: &[Fact] =
    &[flag("is_representative", "法人の代表者、事業を営む個人、事業の実施を統括管理する者のどれかである")];
const REPORT: &[Fact] = &[flag("reported", "選任を労働基準監督署長へ報告した")];
const LEAVING: &[Fact] = &[flag("committee_told", "辞任・解任の旨と理由を衛生委員会へ報告した")];
const LEAVING_REPORT: &[Fact] = &[
    flag("reported", "辞任等を労働基準監督署長へ報告した"),
    Fact::optional(
        "successor_reported",
        FactKind::Flag,
        "後任の選任の報告をした（辞任等の報告に代えられる）。ないときは、まだ",
    ),
];
const ANNOUNCEMENT: &[Fact] = &[
    flag("duties", "産業医の業務の具体的な内容を周知した"),
    flag("consultation", "健康相談の申出の方法を周知した"),
    flag("information", "心身の状態に関する情報の取扱いの方法を周知した"),
];
const DENTIST: &[Fact] = &[
    Fact::needed("acid_workers", FactKind::Count, "令22条3項の業務に常時従事する労働者数"),
    flag("dentist_heard", "歯又はその支持組織に関する事項を、歯科医師から適時聴いている"),
];
const POWERS: &[Fact] = &[flag("is_appointed", "その事業場の産業医に選任されている")];
const HEARING: &[Fact] = &[flag("employer_heard", "勧告の前に、勧告の内容について事業者の意見を求めた")];
const ADVICE: &[Fact] = &[
    flag("content", "勧告の内容を記録した"),
    flag("measures", "勧告を踏まえて講じた措置（講じないときは、その旨と理由）を記録した"),
];
const ADVICE_REPORT: &[Fact] = &[
    flag("content_reported", "勧告の内容を委員会へ報告した"),
    flag("measures_reported", "講じた措置（又は講じない旨と理由）を委員会へ報告した"),
];
const CANCER: &[Fact] = &[
    Fact::needed(
        "diagnosed_days",
        FactKind::Days,
        "化学物質を扱う同じ事業場で、同じ種類のがんと判った日（労働者ごとに一つ）",
    ),
    flag("physician_heard", "業務によるものかについて、医師の意見を聴いた"),
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule(
        "APP-01",
        "産業医の選任",
        APPOINTMENT,
        &["physician.appointment.workers", "physician.appointment.days"],
        appointment,
    ),
    rule(
        "APP-02",
        "専属の産業医",
        EXCLUSIVE,
        &["physician.exclusive.workers", "physician.exclusive.specified"],
        exclusive,
    ),
    rule("APP-03", "二人以上の産業医", &[WORKERS], &["physician.two.workers"], two),
    rule("APP-04", "産業医になれない人", INDEPENDENCE, &["physician.independence"], independence),
    rule("APP-05", "選任の報告", REPORT, &["physician.report"], |law, day, facts| {
        checklist(
            law,
            "APP-05",
            day,
            facts,
            Conclusion::Required,
            "選任したときは、遅滞なく労働基準監督署長へ報告します。",
        )
    }),
    rule(
        "APP-06",
        "辞任・解任の委員会への報告",
        LEAVING,
        &["physician.leaving.committee"],
        |law, day, facts| {
            let text = "産業医が辞任したとき、解任したときは、遅滞なく、その旨と理由を衛生委員会へ報告します。";
            checklist(law, "APP-06", day, facts, Conclusion::Required, text)
        },
    ),
    rule("APP-07", "辞任・解任の労働基準監督署への報告", LEAVING_REPORT, &["physician.leaving.report"], leaving),
    rule("APP-08", "産業医の業務の周知", ANNOUNCEMENT, &["physician.announcement"], |law, day, facts| {
        let text = "産業医を選任した事業者は、三つの事項を労働者へ周知します。";
        checklist(law, "APP-08", day, facts, Conclusion::Required, text)
    }),
    rule("APP-09", "歯科医師の意見", DENTIST, &["physician.dentist.workers"], dentist),
    rule("POW-01", "産業医が自らできること", POWERS, &["physician.powers"], powers),
    rule(
        "REC-01",
        "勧告の前に事業者の意見を求める",
        HEARING,
        &["recommendation.hearing"],
        |law, day, facts| {
            let text = "産業医は、勧告をする前に、その内容について事業者の意見を求めます。";
            checklist(law, "REC-01", day, facts, Conclusion::Required, text)
        },
    ),
    rule("REC-02", "勧告の記録", ADVICE, &["recommendation.record"], |law, day, facts| {
        let text = "事業者は、勧告の内容と、講じた措置（講じないときは、その旨と理由）を記録します。保存は RET-KEEP によります。";
        checklist(law, "REC-02", day, facts, Conclusion::Required, text)
    }),
    rule("DL-REC", "勧告の委員会への報告", ADVICE_REPORT, &["recommendation.report"], |law, day, facts| {
        let text = "勧告を受けたときは、遅滞なく委員会へ報告します。日数の目安は法令にも通達にもありません。";
        checklist(law, "DL-REC", day, facts, Conclusion::Required, text)
    }),
    rule("CAN-01", "同じがんが続いたときの医師の意見", CANCER, &["cancer.workers", "cancer.years"], cancer),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Physician, facts, parameters, evaluate }
}

/// Says a count of people beside its limit.
fn beside(inquiry: &mut Inquiry<'_>, name: &'static str, count: Option<i64>, limit: i64, word: &str) {
    if let Some(count) = count {
        inquiry.because_of(format!("{count}人です。基準は {limit}人{word}です。"), &[(name, count), ("limit", limit)]);
    }
}

/// APP-01: within the days of 則13条1項1号 of the cause.
fn appointment(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-01", day, |inquiry| {
        let size = inquiry.read("physician.appointment.workers")?;
        let workers = facts.count("workers");
        beside(inquiry, "workers", workers, size, "以上");
        if workers.is_some_and(|workers| workers < size) {
            inquiry.skip(
                "産業医を選任する規模ではありません。医師などに健康管理を行わせる努力義務（DL-SMALL）によります。",
            );
            return Ok(());
        }
        if let Some(appointed) = facts.day("appointed_on") {
            inquiry.because(format!("{appointed} に選任しています。"));
            inquiry.conclude(Conclusion::NotRequired);
            return Ok(());
        }
        let (Some(_), Some(caused)) = (workers, facts.day("caused_on")) else {
            inquiry.lacks_open(&[(workers.is_none(), "workers"), (facts.day("caused_on").is_none(), "caused_on")]);
            return Ok(());
        };
        let due = inquiry.due_within(caused, "physician.appointment.days")?;
        inquiry.because(format!("事由が生じた {caused} から数えて、{} までに選任します。", due.last));
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}

/// APP-02: 1000 workers, or fewer where many do the works of 則13条1項3号.
fn exclusive(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-02", day, |inquiry| {
        let all = inquiry.read("physician.exclusive.workers")?;
        let some = inquiry.read("physician.exclusive.specified")?;
        let (workers, specified) = (facts.count("workers"), facts.count("specified_workers"));
        beside(inquiry, "workers", workers, all, "以上");
        beside(inquiry, "specified_workers", specified, some, "以上（特定の業務）");
        let large = Condition::from(workers.map(|workers| workers >= all));
        let hazardous = Condition::from(specified.map(|specified| specified >= some));
        let open = if large == Condition::Open { "workers" } else { "specified_workers" };
        inquiry.decide(&[(large.or(hazardous), open)], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// APP-03: above 3000 workers.
fn two(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-03", day, |inquiry| {
        let limit = inquiry.read("physician.two.workers")?;
        let workers = facts.count("workers");
        beside(inquiry, "workers", workers, limit, "を超える数");
        let above = workers.map(|workers| workers > limit).into();
        inquiry.decide(&[(above, "workers")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// APP-04: who represents the employer is not its physician.
fn independence(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-04", day, |inquiry| {
        inquiry.read("physician.independence")?;
        inquiry.because("法人の代表者などは、その事業場の産業医になれません。");
        let is_representative = facts.flag("is_representative").into();
        inquiry.decide(&[(is_representative, "is_representative")], Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Required) {
            inquiry.because("別の医師の選任が要ります。");
        }
        Ok(())
    })
}

/// APP-07: name and day only, no reason; the successor's report may stand for it.
fn leaving(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-07", day, |inquiry| {
        inquiry.read("physician.leaving.report")?;
        inquiry.because("産業医が辞任したとき、解任したときは、遅滞なく労働基準監督署長へ報告します。後任の選任の報告で代えられます。");
        if facts.flag("successor_reported") == Some(true) {
            inquiry.because("後任の選任の報告をしています。");
            inquiry.conclude(Conclusion::NotRequired);
            return Ok(());
        }
        inquiry.needs_all(facts, LEAVING_REPORT.get(..1).unwrap_or_default(), Conclusion::Required);
        Ok(())
    })
}

/// APP-09: 50 workers or more in the works of 令22条3項.
fn dentist(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "APP-09", day, |inquiry| {
        let limit = inquiry.read("physician.dentist.workers")?;
        let workers = facts.count("acid_workers");
        beside(inquiry, "acid_workers", workers, limit, "以上");
        let enough = workers.map(|workers| workers >= limit).into();
        let unheard = Condition::from(facts.flag("dentist_heard")).negated();
        let conditions = [(enough, "acid_workers"), (unheard, "dentist_heard")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// POW-01: 則14条の4.
fn powers(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "POW-01", day, |inquiry| {
        inquiry.read("physician.powers")?;
        inquiry.because("事業者や総括安全衛生管理者に意見を述べること、労働者から必要な情報を集めること、緊急のときに労働者へ必要な措置を指示することができます。");
        let appointed = facts.flag("is_appointed").into();
        inquiry.decide(&[(appointed, "is_appointed")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// CAN-01: two workers of one workplace with the same cancer within a year (則97条の2).
fn cancer(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CAN-01", day, |inquiry| {
        let limit = inquiry.read("cancer.workers")?;
        let months = u32::try_from(inquiry.read("cancer.years")?.saturating_mul(12)).unwrap_or(u32::MAX);
        let recent = |found: &&Day| **found <= day && day <= time::after_months(**found, months).last;
        let days = facts.days("diagnosed_days").map(|days| days.iter().filter(recent).count());
        let workers = days.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        beside(inquiry, "cancer_workers", workers, limit, "以上");
        let enough = workers.map(|workers| workers >= limit).into();
        let unheard = Condition::from(facts.flag("physician_heard")).negated();
        let conditions = [(enough, "diagnosed_days"), (unheard, "physician_heard")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Required) {
            inquiry.because("遅滞なく医師の意見を聴き、業務によると疑われるときは、労働局長へ報告します。");
        }
        Ok(())
    })
}
