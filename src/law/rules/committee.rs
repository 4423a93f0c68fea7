//! The health committee (衛生委員会): the rules COM-… of the records sheet, section 6 (安衛法18条, 安衛則22条から23条の2).

use super::patrol::in_month;
use super::{Rule, Topic, checklist};
use crate::domain::Day;
use crate::domain::time::month_end;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Deadline, Outcome};

const fn done(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

const WORKERS: Fact = Fact::needed("workers", FactKind::Count, "常時使用する労働者数");
const MONTHLY: &[Fact] = &[WORKERS, Fact::needed("meeting_days", FactKind::Days, "委員会を開いた日")];

/// 安衛則22条, in its order; the eleventh item came with the management of chemicals by the employer.
const AGENDA: &[Fact] = &[
    done("regulations", "衛生に関する規程を調査審議した（当たるものがないときも true。以下同じ）"),
    done("risk_assessment", "危険性又は有害性等の調査と措置を調査審議した"),
    done("plan", "安全衛生計画の作成、実施、評価、改善を調査審議した"),
    done("education", "衛生教育の実施計画を調査審議した"),
    done("hazard_surveys", "有害性の調査と、その結果への対策を調査審議した"),
    done("measurements", "作業環境測定の結果と、その評価への対策を調査審議した"),
    done("checkups", "健康診断の結果と、その結果への対策を調査審議した"),
    done("health_promotion", "健康の保持増進の実施計画を調査審議した"),
    done("long_hours", "長時間労働による健康障害の防止の対策を調査審議した"),
    done("mental_health", "精神的健康の保持増進の対策を調査審議した"),
    done("chemicals", "化学物質のばく露の程度を減らす措置を調査審議した（2023-04-01 から）"),
    done("chemical_checkups", "リスクアセスメント対象物の健康診断を調査審議した（2024-04-01 から）"),
    done("authority_documents", "行政庁から文書で受けた命令、指示、勧告、指導を調査審議した"),
];
const LATER_ITEMS: [(&str, &str); 2] =
    [("chemicals", "committee.agenda.chemicals"), ("chemical_checkups", "committee.agenda.chemical_checkups")];

/// 平18.2.24 基発0224003号 第2の4(2)イ.
const LONG_HOURS: &[Fact] = &[
    done("plan", "長時間労働の対策の実施計画"),
    done("system", "面接指導等の実施方法と実施体制"),
    done("request_environment", "申出が適切に行われるための環境の整備"),
    done("no_disadvantage", "申出を理由とする不利益な取扱いを防ぐ対策"),
    done("criterion", "事業場で定める必要な措置の基準（則52条の8）"),
    done("announcement", "対策の労働者への周知"),
];
const SUMMARY: &[Fact] =
    &[done("published", "議事の概要を、掲示・備付け、書面の交付、常時見られる電子の記録のどれかで労働者へ周知した")];
const RECORD: &[Fact] = &[
    done("matters", "重要な議事を記録した"),
    done("opinions", "委員会の意見を記録した（2019-04-01 から）"),
    done("measures", "意見を踏まえて講じた措置の内容を記録した（2019-04-01 から）"),
];
const ASKING: &[Fact] = &[done("committee_exists", "衛生委員会（又は安全衛生委員会）がある")];
const SMALL: &[Fact] = &[WORKERS, done("heard", "衛生に関する事項について、関係する労働者の意見を聴く機会を設けた")];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("COM-01", "この月の衛生委員会", MONTHLY, &["committee.workers", "committee.months"], monthly),
    rule(
        "COM-02",
        "委員会の付議事項でまだのもの",
        AGENDA,
        &["committee.agenda", "committee.agenda.chemicals", "committee.agenda.chemical_checkups"],
        agenda,
    ),
    rule(
        "COM-03",
        "長時間労働の議題に含むもの",
        LONG_HOURS,
        &["committee.long_hours"],
        |law, day, facts| {
            let text = "長時間労働の対策の樹立には、六つの事項が含まれます。";
            checklist(law, "COM-03", day, facts, Conclusion::Required, text)
        },
    ),
    rule("COM-04", "議事の概要の周知", SUMMARY, &["committee.summary"], |law, day, facts| {
        let text = "開催の都度、遅滞なく、議事の概要を労働者へ周知します。日数の目安は法令にも通達にもありません。";
        checklist(law, "COM-04", day, facts, Conclusion::Required, text)
    }),
    rule("COM-05", "議事の記録", RECORD, &["committee.record", "committee.record.opinions"], record),
    rule("COM-06", "産業医が調査審議を求められるか", ASKING, &["committee.asking"], asking),
    rule(
        "COM-07",
        "委員会のない事業場で労働者の意見を聴く機会",
        SMALL,
        &["committee.workers", "committee.hearing"],
        hearing,
    ),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Committee, facts, parameters, evaluate }
}

/// Whether the establishment has the size that a committee needs.
fn is_large(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Condition, Stop> {
    let size = inquiry.read("committee.workers")?;
    if let Some(workers) = facts.count("workers") {
        let numbers = [("workers", workers), ("limit", size)];
        inquiry
            .because_of(format!("常時使用する労働者は {workers}人、委員会を設ける規模は {size}人以上です。"), &numbers);
    }
    Ok(facts.count("workers").map(|workers| workers >= size).into())
}

/// COM-01: at least once in each calendar month; the two-monthly patrol does not relax it (PAT-10).
fn monthly(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "COM-01", day, |inquiry| {
        let large = is_large(inquiry, facts)?;
        if large == Condition::No {
            inquiry.skip("衛生委員会を設ける規模ではありません。労働者の意見を聴く機会（COM-07）によります。");
            return Ok(());
        }
        let months = u32::try_from(inquiry.read("committee.months")?).unwrap_or(1);
        let meetings = facts.days("meeting_days");
        let held = (0..months).fold(Condition::No, |any, back| any.or(in_month(meetings, day, back)));
        let conditions = [(large, "workers"), (held.negated(), "meeting_days")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        say_month(inquiry, day);
        Ok(())
    })
}

fn say_month(inquiry: &mut Inquiry<'_>, day: Day) {
    if inquiry.is(Conclusion::Required) {
        inquiry.because("この月は、まだ開いていません。");
        inquiry.due(Deadline::on(month_end(day), false));
    } else if inquiry.is(Conclusion::NotRequired) {
        inquiry.because("この月は、もう開いています。");
    }
}

/// COM-02: each item that was not yet on the agenda is a reason of its own.
fn agenda(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "COM-02", day, |inquiry| {
        inquiry.read("committee.agenda")?;
        let mut items: Vec<Fact> = AGENDA.to_vec();
        for (name, parameter) in LATER_ITEMS {
            match inquiry.is_in_force(parameter) {
                true => inquiry.read(parameter).map(|_| ())?,
                false => items.retain(|item| item.name != name),
            }
        }
        inquiry.needs_all(facts, &items, Conclusion::Required);
        Ok(())
    })
}

/// COM-05: until 2019-03-31 the key matters only, since then also opinions and measures; kept for years (RET-KEEP).
fn record(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "COM-05", day, |inquiry| {
        inquiry.read("committee.record")?;
        let (former, later) = RECORD.split_at(1);
        let mut items = former.to_vec();
        if inquiry.is_in_force("committee.record.opinions") {
            inquiry.read("committee.record.opinions")?;
            items.extend(later);
        }
        inquiry.needs_all(facts, &items, Conclusion::Required);
        Ok(())
    })
}

/// COM-06: 則23条5項.
fn asking(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "COM-06", day, |inquiry| {
        inquiry.read("committee.asking")?;
        inquiry.because("産業医は、労働者の健康を確保する観点から必要な調査審議を、委員会に求めることができます。");
        let exists = facts.flag("committee_exists").into();
        inquiry.decide(&[(exists, "committee_exists")], Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// COM-07: an employer without a committee gives the workers concerned an occasion to be heard (則23条の2).
fn hearing(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "COM-07", day, |inquiry| {
        inquiry.read("committee.hearing")?;
        let small = is_large(inquiry, facts)?.negated();
        if small == Condition::No {
            inquiry.skip("衛生委員会を設ける規模の事業場です（COM-01）。");
            return Ok(());
        }
        let conditions = [(small, "workers"), (Condition::from(facts.flag("heard")).negated(), "heard")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}
