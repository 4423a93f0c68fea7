//! Who gets an interview: the rules IV-… of the overtime sheet, section 2.

use super::overtime::compare;
use super::{Rule, Topic};
use crate::domain::hours::Measure;
use crate::domain::{Day, Period};
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::interview::{Class, Excess, InterviewFacts, above, class, is_excluded};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::overtime::{Overtime, WorkedMonth};

const FLAG: FactKind = FactKind::Flag;
const HOURS: &[Fact] = &[
    Fact::optional(
        "overtime_seconds",
        FactKind::Time,
        "時間外・休日労働時間。ないときは period_start と total_seconds から計算",
    ),
    Fact::optional("overtime_high_seconds", FactKind::Time, "元の値が丸めてあるときの最大。ないときは正確な値"),
    Fact::optional("period_start", FactKind::Day, "算定期間の最初の日。終わりは day（期日）"),
    Fact::optional("total_seconds", FactKind::Time, "期間の総労働時間"),
];
const HEALTH: Fact =
    Fact::needed("health_management_seconds", FactKind::Time, "健康管理時間のうち1週40時間を超えた時間の月の合計");
const RESEARCH: Fact = Fact::needed("research", FLAG, "新技術等の研究開発業務（労基法36条11項）");
const MANAGER: Fact = Fact::needed("article41", FLAG, "労基法41条各号の者（管理監督者など）");
const PROFESSIONAL: Fact =
    Fact::needed("highly_professional", FLAG, "高度プロフェッショナル制度の適用（労基法41条の2）");
const REQUESTED: Fact = Fact::needed("requested", FLAG, "面接指導の申出があった");
const FATIGUE: Fact = Fact::optional("fatigue", FLAG, "疲労の蓄積が認められる。申出があれば、あるものとして扱う");
const ANXIETY: Fact = Fact::optional("anxiety", FLAG, "健康上の不安がある（2019-03-31 までの努力義務で使う）");
const SEEN: Fact = Fact::optional("interviewed_on", FactKind::Day, "直前の面接指導の日。ないときは、面接なし");
const SIMILAR: Fact = Fact::optional(
    "similar_grounds",
    FLAG,
    "面接に類する確認（健診、問診、チェックリスト）で問題がなかった。ないときは、なし",
);
const UNNECESSARY: Fact =
    Fact::optional("judged_unnecessary", FLAG, "医師が今回の面接指導を不要と判断した。ないときは、判断なし");
const FIFTY: Fact = Fact::optional("fifty_or_more", FLAG, "常時50人以上の事業場（2008-03-31 までの期日で要る）");
const CRITERION_SET: Fact = Fact::needed("criterion_set", FLAG, "事業場が自ら定めた基準がある");
const CRITERION: Fact =
    Fact::optional("criterion_seconds", FactKind::Time, "その基準の時間の部分。これを超えると当たる");
const CRITERION_MET: Fact = Fact::optional("criterion_met", FLAG, "その基準の文の部分に当たる（人が判断）");

const GENERAL_FACTS: &[Fact] = &[
    HOURS[0],
    HOURS[1],
    HOURS[2],
    HOURS[3],
    RESEARCH,
    MANAGER,
    PROFESSIONAL,
    REQUESTED,
    FATIGUE,
    SEEN,
    SIMILAR,
    UNNECESSARY,
    FIFTY,
];
const RESEARCH_FACTS: &[Fact] = &[HOURS[0], HOURS[1], HOURS[2], HOURS[3], RESEARCH, MANAGER, PROFESSIONAL];
const PROFESSIONAL_FACTS: &[Fact] = &[HEALTH, PROFESSIONAL];
const PROFESSIONAL_EFFORT_FACTS: &[Fact] = &[HEALTH, PROFESSIONAL, REQUESTED];
const EFFORT_FACTS: &[Fact] = &[
    HOURS[0],
    HOURS[1],
    HOURS[2],
    HOURS[3],
    RESEARCH,
    PROFESSIONAL,
    REQUESTED,
    FATIGUE,
    ANXIETY,
    CRITERION_SET,
    CRITERION,
    CRITERION_MET,
];
const EXCLUSION_FACTS: &[Fact] =
    &[SEEN, SIMILAR, Fact::needed("judged_unnecessary", FLAG, "医師が今回の面接指導を不要と判断した")];
const FATIGUE_FACTS: &[Fact] = &[REQUESTED];
const EVERYONE_FACTS: &[Fact] = &[
    Fact::needed("notice_sent", FLAG, "本人へ通知を送った"),
    Fact::needed("applied", FLAG, "申出の文書やメールがあった"),
    Fact::needed("attended", FLAG, "面接の場に来た"),
];
const DISPUTE_FACTS: &[Fact] =
    &[Fact::needed("hours_disputed", FLAG, "会社の時間と本人の時間が食い違い、確かめるのに日を要する")];

const GENERAL_PARAMETERS: &[&str] = &[
    "interview.general.hours",
    "interview.general.duty",
    "interview.request",
    "interview.request.presumed",
    "interview.urging",
    "interview.exclusion.months",
    "interview.small_site.duty",
];
const RESEARCH_PARAMETERS: &[&str] = &["interview.research.hours", "interview.research.duty"];
const PROFESSIONAL_PARAMETERS: &[&str] = &["interview.highly_professional.hours", "interview.highly_professional.duty"];
const PROFESSIONAL_EFFORT_PARAMETERS: &[&str] =
    &["interview.highly_professional.hours", "interview.highly_professional.effort"];
const EFFORT_PARAMETERS: &[&str] = &["interview.effort.duty", "interview.effort.criterion", "interview.effort.hours"];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule(
        "IV-GEN",
        "面接指導の義務（一般。申出による）",
        GENERAL_FACTS,
        GENERAL_PARAMETERS,
        |law, day, facts| general(law, &read(law, day, facts)),
    ),
    rule(
        "IV-RND",
        "面接指導の義務（研究開発。申出によらない）",
        RESEARCH_FACTS,
        RESEARCH_PARAMETERS,
        |law, day, facts| research(law, &read(law, day, facts)),
    ),
    rule(
        "IV-RND-80",
        "研究開発で申出によらない基準以下のときの一般の義務",
        GENERAL_FACTS,
        GENERAL_PARAMETERS,
        |law, day, facts| research_below(law, &read(law, day, facts)),
    ),
    rule(
        "IV-RND-41",
        "研究開発に就く41条該当者の一般の義務",
        GENERAL_FACTS,
        GENERAL_PARAMETERS,
        |law, day, facts| research_manager(law, &read(law, day, facts)),
    ),
    rule(
        "IV-HP",
        "面接指導の義務（高度プロフェッショナル）",
        PROFESSIONAL_FACTS,
        PROFESSIONAL_PARAMETERS,
        |law, day, facts| highly_professional(law, &read(law, day, facts)),
    ),
    rule(
        "IV-HP-9",
        "高度プロフェッショナルの申出による努力義務",
        PROFESSIONAL_EFFORT_FACTS,
        PROFESSIONAL_EFFORT_PARAMETERS,
        |law, day, facts| highly_professional_effort(law, &read(law, day, facts)),
    ),
    rule(
        "IV-9",
        "事業場の基準に当たる者への努力義務",
        EFFORT_FACTS,
        EFFORT_PARAMETERS,
        |law, day, facts| effort(law, &read(law, day, facts)),
    ),
    rule(
        "IV-EXCL",
        "期日前の面接と医師の判断により除けるか",
        EXCLUSION_FACTS,
        &["interview.exclusion.months"],
        exclusion,
    ),
    rule(
        "IV-REQ-FATIGUE",
        "申出をした者の疲労の蓄積の扱い",
        FATIGUE_FACTS,
        &["interview.request.presumed"],
        presumption,
    ),
    rule("IV-REQ-ALL", "全員に通知した場合の申出の有無", EVERYONE_FACTS, &["interview.request.everyone"], everyone),
    rule("OT-DISPUTE", "会社と本人の時間が食い違うとき", DISPUTE_FACTS, &["interview.dispute"], dispute),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Interview, facts, parameters, evaluate }
}

/// Facts by name as typed facts; `day` is the 期日.
pub(crate) fn read(law: &Law, day: Day, facts: &Facts) -> InterviewFacts {
    let direct = facts.hours("overtime_seconds", "overtime_high_seconds");
    let direct = direct.map(|hours| Excess { low: Overtime::of(hours.low), high: Overtime::of(hours.high) });
    InterviewFacts {
        overtime: direct.or_else(|| computed(law, day, facts)),
        health_management: facts.time("health_management_seconds").map(Excess::exact),
        research: facts.flag("research"),
        article41: facts.flag("article41"),
        highly_professional: facts.flag("highly_professional"),
        requested: facts.flag("requested"),
        fatigue: facts.flag("fatigue"),
        anxiety: facts.flag("anxiety"),
        interviewed_on: facts.day("interviewed_on"),
        similar_grounds: facts.flag("similar_grounds") == Some(true),
        judged_unnecessary: facts.flag("judged_unnecessary") == Some(true),
        criterion_set: facts.flag("criterion_set"),
        criterion: facts.time("criterion_seconds"),
        criterion_met: facts.flag("criterion_met"),
        fifty_or_more: facts.flag("fifty_or_more"),
        day,
    }
}

fn computed(law: &Law, day: Day, facts: &Facts) -> Option<Excess> {
    let period = Period::new(facts.day("period_start")?, day)?;
    let hours = facts.hours("total_seconds", "total_seconds")?;
    Excess::of_month(law, &WorkedMonth { period, hours, measure: Measure::StatutoryTotal, is_partial: false })
}

/// The class as far as the rule needs it: 高プロ does not depend on the work, so the work is not asked for.
fn class_for(inquiry: &Inquiry<'_>, facts: &InterviewFacts, wanted: Class) -> Result<Class, Vec<&'static str>> {
    match (wanted, facts.highly_professional) {
        (Class::HighlyProfessional, Some(false)) => Ok(Class::General),
        (Class::HighlyProfessional, None) => Err(vec!["highly_professional"]),
        _ => class(inquiry, facts),
    }
}

/// Whether the class is the one the rule speaks about; else the inquiry is concluded.
fn is_class(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts, wanted: Class) -> bool {
    match class_for(inquiry, facts, wanted) {
        Ok(found) if found == wanted => true,
        Ok(_) => {
            inquiry.skip("この人の区分は、この規則の対象ではありません。");
            false
        }
        Err(missing) => {
            inquiry.lacks(&missing);
            false
        }
    }
}

/// IV-GEN: above the limit, accumulated fatigue, and a request (安衛法66条の8).
pub fn general(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-GEN", facts.day, |inquiry| {
        inquiry.read("interview.general.duty")?;
        if is_class(inquiry, facts, Class::General) { by_request(inquiry, facts) } else { Ok(()) }
    })
}

/// IV-RND-41: 66条の8の2 leaves out the persons of 労基法41条, so the general rule holds for them.
pub fn research_manager(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-RND-41", facts.day, |inquiry| {
        inquiry.read("interview.research.duty")?;
        if !is_class(inquiry, facts, Class::ResearchManager) {
            return Ok(());
        }
        inquiry.because("研究開発業務でも、労基法41条の者は66条の8の2から除かれ、一般の定めによります。");
        by_request(inquiry, facts)
    })
}

/// IV-RND-80: 66条の8 leaves out only those of 66条の8の2第1項, so at 100 h or less it still holds.
pub fn research_below(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-RND-80", facts.day, |inquiry| {
        let upper = inquiry.limit("interview.research.hours")?;
        if !is_class(inquiry, facts, Class::Research) {
            return Ok(());
        }
        match above(facts.overtime, upper) {
            Condition::Yes => {
                inquiry.skip(&format!("{upper} を超える研究開発業務は、申出によらない面接指導（IV-RND）の対象です。"))
            }
            _ => by_request(inquiry, facts)?,
        }
        Ok(())
    })
}

fn by_request(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts) -> Result<(), Stop> {
    let limit = inquiry.limit("interview.general.hours")?;
    inquiry.read("interview.request")?;
    compare(inquiry, facts.overtime, limit);
    let listed = above(facts.overtime, limit);
    if small_site(inquiry, facts)? || (listed != Condition::No && left_out(inquiry, facts)?) {
        return Ok(());
    }
    let conditions = [(listed, "overtime_seconds"), (facts.requested.into(), "requested")];
    inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
    say_request(inquiry, facts, listed)
}

/// Until 2008-03-31 the duty did not reach workplaces of fewer than fifty.
fn small_site(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts) -> Result<bool, Stop> {
    if inquiry.is_in_force("interview.small_site.duty") {
        return Ok(false);
    }
    let _ = inquiry.read("interview.small_site.duty");
    match facts.fifty_or_more {
        Some(true) => return Ok(false),
        Some(false) => {
            inquiry.because("この規模の事業場には、この日まで適用が猶予されています。");
            inquiry.conclude(Conclusion::NotRequired);
        }
        None => inquiry.lacks(&["fifty_or_more"]),
    }
    Ok(true)
}

fn left_out(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts) -> Result<bool, Stop> {
    let excluded = is_excluded(inquiry, facts)?;
    if excluded {
        inquiry.because("期日前の面接（又は類する確認）があり、医師が不要と判断しています。");
        inquiry.conclude(Conclusion::NotRequired);
    } else if facts.interviewed_on.is_some() && !facts.judged_unnecessary {
        inquiry.because("面接の記録はありますが、医師の「不要」の判断がないので除けません。");
    }
    Ok(excluded)
}

fn say_request(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts, listed: Condition) -> Result<(), Stop> {
    match facts.requested {
        Some(true) => {
            inquiry.read("interview.request.presumed")?;
            inquiry.because("申出がありました。疲労の蓄積は申出により認めます。");
        }
        Some(false) if listed == Condition::Yes => {
            inquiry.read("interview.urging")?;
            inquiry.because("申出がまだありません。産業医は申出を勧めることができます。");
            inquiry.would_change("本人の申出があれば、面接指導が要ります。");
        }
        _ => {}
    }
    if listed == Condition::Yes {
        inquiry.would_change("期日前の決まった期間に面接を受け、医師が不要と認めたときも除けます。");
    }
    Ok(())
}

/// IV-RND: above the limit, no request needed, no exclusion (安衛法66条の8の2, 則52条の7の2).
pub fn research(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-RND", facts.day, |inquiry| {
        let limit = inquiry.limit("interview.research.hours")?;
        inquiry.read("interview.research.duty")?;
        if !is_class(inquiry, facts, Class::Research) {
            return Ok(());
        }
        if above(facts.overtime, limit) == Condition::No {
            inquiry.skip(&format!("{limit} を超えていないので、一般の定め（IV-RND-80）によります。"));
            return Ok(());
        }
        without_request(inquiry, facts.overtime, limit, "overtime_seconds");
        Ok(())
    })
}

/// IV-HP: 健康管理時間 above the limit, no request needed (安衛法66条の8の4).
pub fn highly_professional(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-HP", facts.day, |inquiry| {
        let limit = inquiry.limit("interview.highly_professional.hours")?;
        inquiry.read("interview.highly_professional.duty")?;
        if is_class(inquiry, facts, Class::HighlyProfessional) {
            without_request(inquiry, facts.health_management, limit, "health_management_seconds");
        }
        Ok(())
    })
}

fn without_request(inquiry: &mut Inquiry<'_>, hours: Option<Excess>, limit: Overtime, fact: &'static str) {
    compare(inquiry, hours, limit);
    inquiry.decide(&[(above(hours, limit), fact)], Conclusion::Required, Conclusion::NotRequired);
    if inquiry.is(Conclusion::Required) {
        inquiry.because("申出がなくても面接指導が要ります。医師の「不要」の判断では除けません。");
    }
}

/// IV-HP-9: 高プロ at or below the limit who asks (則52条の8第3項).
pub fn highly_professional_effort(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-HP-9", facts.day, |inquiry| {
        let limit = inquiry.limit("interview.highly_professional.hours")?;
        inquiry.read("interview.highly_professional.effort")?;
        if !is_class(inquiry, facts, Class::HighlyProfessional) {
            return Ok(());
        }
        compare(inquiry, facts.health_management, limit);
        let below = above(facts.health_management, limit).negated();
        let conditions = [(below, "health_management_seconds"), (facts.requested.into(), "requested")];
        inquiry.decide(&conditions, Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}

/// IV-9: the workplace's own criterion; until 2019-03-31 also 80 h with fatigue or anxiety and a request.
pub fn effort(law: &Law, facts: &InterviewFacts) -> Outcome {
    Inquiry::run(law, "IV-9", facts.day, |inquiry| {
        inquiry.read("interview.effort.duty")?;
        inquiry.read("interview.effort.criterion")?;
        if class(inquiry, facts) == Ok(Class::HighlyProfessional) {
            inquiry.skip("高度プロフェッショナルは、IV-HP-9 によります。");
            return Ok(());
        }
        let former = former_effort(inquiry, facts)?;
        let own = own_criterion(inquiry, facts);
        inquiry.decide(&[(former.or(own), open_fact(facts, former))], Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}

fn open_fact(facts: &InterviewFacts, former: Condition) -> &'static str {
    match facts {
        _ if facts.overtime.is_none() => "overtime_seconds",
        InterviewFacts { requested: None, .. } if former == Condition::Open => "requested",
        InterviewFacts { criterion_set: None, .. } => "criterion_set",
        InterviewFacts { criterion_met: None, .. } => "criterion_met",
        _ => "overtime_seconds",
    }
}

/// 旧 安衛則52条の8第2項1号.
fn former_effort(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts) -> Result<Condition, Stop> {
    if !inquiry.is_in_force("interview.effort.hours") {
        return Ok(Condition::No);
    }
    let limit = inquiry.limit("interview.effort.hours")?;
    compare(inquiry, facts.overtime, limit);
    let requested = Condition::from(facts.requested);
    let burdened = Condition::from(facts.fatigue).or(facts.anxiety.into()).or(requested);
    Ok(above(facts.overtime, limit).and(requested).and(burdened))
}

fn own_criterion(inquiry: &mut Inquiry<'_>, facts: &InterviewFacts) -> Condition {
    if facts.criterion_set == Some(false) {
        inquiry.because("事業場が自ら定めた基準はありません。");
    }
    let machine = facts.criterion.map(|limit| {
        let limit = Overtime::of(limit);
        compare(inquiry, facts.overtime, limit);
        above(facts.overtime, limit)
    });
    let person = facts.criterion_met.map(|met| Condition::from(Some(met)));
    let met = match (machine, person) {
        (None, None) => Condition::Open,
        (Some(one), None) | (None, Some(one)) => one,
        (Some(machine), Some(person)) => machine.or(person),
    };
    Condition::from(facts.criterion_set).and(met)
}

/// IV-EXCL: both an interview within a month (or similar) and a physician's judgement; a proposal only.
fn exclusion(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "IV-EXCL", day, |inquiry| {
        inquiry.read("interview.exclusion.months")?;
        if facts.flag("judged_unnecessary").is_none() {
            inquiry.lacks(&["judged_unnecessary"]);
            return Ok(());
        }
        let allowed = is_excluded(inquiry, &read(inquiry.law, day, facts))?;
        inquiry.because(if allowed {
            "期日前の決まった期間の面接（又は類する確認）と、医師の判断の両方があります。"
        } else {
            "期日前の決まった期間の面接（又は類する確認）と、医師の「不要」の判断の両方が要ります。"
        });
        inquiry.conclude(if allowed { Conclusion::Allowed } else { Conclusion::NotRequired });
        Ok(())
    })
}

/// IV-REQ-FATIGUE: who asks is treated as fatigued; a low score never refuses an interview.
fn presumption(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "IV-REQ-FATIGUE", day, |inquiry| {
        inquiry.read("interview.request.presumed")?;
        inquiry.because("申出をした人は、疲労の蓄積が認められるものとして扱います。点数で断りません。");
        inquiry.decide(&[(facts.flag("requested").into(), "requested")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// IV-REQ-ALL: applying or coming is a request; notified and absent is none.
fn everyone(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "IV-REQ-ALL", day, |inquiry| {
        inquiry.read("interview.request.everyone")?;
        let came = Condition::from(facts.flag("applied")).or(facts.flag("attended").into());
        inquiry.because(
            "通知を受けて申し込んだ人、来た人は申出があったもの、来なかった人は申出がなかったものとして扱います。",
        );
        let conditions = [(facts.flag("notice_sent").into(), "notice_sent"), (came, "attended")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// OT-DISPUTE: when settling the hours takes time, the interview comes first.
pub(crate) fn dispute(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OT-DISPUTE", day, |inquiry| {
        inquiry.read("interview.dispute")?;
        inquiry.because("時間の食い違いを確かめるのに日を要するときは、面接指導を先に行います。");
        let disputed = facts.flag("hours_disputed").into();
        inquiry.decide(&[(disputed, "hours_disputed")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}
