//! The interview after the stress check: who, what is asked and recorded, and the order of the steps
//! (安衛法66条の10第3項から第6項, 安衛則52条の15から52条の19).

use super::{SYSTEM, ask, rule};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::Condition;
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{choice, complete, flag, is, is_not, steps};

const DECISION: &[Fact] =
    &[flag("computed", "点数による高ストレスの計算が済んだ"), flag("decided", "実施者が、面接指導が要るかを判断した")];
const DUTY: &[Fact] = &[
    flag("judged_needed", "高ストレスで、実施者が面接指導を要すると認めた"),
    flag("requested", "面接指導の申出があった（遅れた申出も含む）"),
];
const ASKED: &[Fact] = &[
    flag("three_domains", "52条の9の3領域を確認した（結果を読むことで足りる）"),
    flag("work_situation", "勤務の状況を確認した"),
    flag("burden", "心理的な負担の状況を確認した"),
    flag("condition", "その他の心身の状況を確認した"),
];
const RECORD: &[Fact] = &[
    flag("work_situation", "勤務の状況を記した"),
    flag("burden", "心理的な負担の状況を記した"),
    flag("condition", "その他の心身の状況を記した"),
    flag("interviewed_on", "実施年月日を記した"),
    flag("worker_name", "労働者の氏名を記した"),
    flag("doctor_name", "医師の氏名を記した"),
    flag("opinion", "医師の意見を記した"),
];
const AFTER: &[Fact] = &[
    flag("opinion_heard", "医師の意見を聴いた"),
    flag("worker_heard", "措置の前に本人の意見を聴いた"),
    flag("committee_told", "意見を衛生委員会等へ報告した（個人が判らない形で）"),
];
const OTHER: &[Fact] = &[
    flag("by_site_physician", "その事業場の産業医が面接指導をした"),
    flag("heard_site_physician", "その事業場の産業医の意見も聴いた"),
];
const ORDER: &[Fact] = &[
    flag("interviewed", "面接指導をした"),
    flag("opinion_heard", "医師の意見を聴いた"),
    flag("worker_heard", "本人の意見を聴いた"),
];
const GROUNDS: &[&str] = &["requested", "not_checked", "not_consented", "not_requested", "other"];
const GROUND: &[Fact] =
    &[choice("ground", GROUNDS, "取扱いの理由（申出をした、受けなかった、同意しなかった、申出をしなかった、その他）")];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("SC-9", "高ストレスの計算の後の、実施者の判断", DECISION, &[SYSTEM, "stress.decision"], decision),
    rule("SC-31", "面接指導の義務（高ストレス）", DUTY, &[SYSTEM, "stress.interview", "stress.urging"], duty),
    rule("SC-32", "面接指導で確認する事項", ASKED, &[SYSTEM, "stress.interview.items"], asked),
    rule("SC-33", "面接指導の記録に足りない法定事項", RECORD, &[SYSTEM, "stress.interview.record"], record),
    rule("SC-34", "面接指導の後の手順", AFTER, &[SYSTEM, "stress.opinion", "stress.measures"], after),
    rule("SC9-16", "産業医の意見も聴く", OTHER, &[SYSTEM, "stress.second_opinion"], second_opinion),
    rule(
        "SC9-28",
        "不利益な取扱いをしない",
        GROUND,
        &[SYSTEM, "stress.no_disadvantage", "stress.no_disadvantage.others"],
        protected,
    ),
    rule("SC9-31", "措置を決めてよい順序か", ORDER, &[SYSTEM, "stress.order"], order),
];

/// SC-9: a computed high score is not yet 要面接; the implementer decides for each worker.
fn decision(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-9", day, |inquiry| {
        inquiry.read("stress.decision")?;
        inquiry.because("点数だけでは「面接指導が要る人」になりません。実施者の判断の前に、通知も名簿も出しません。");
        let conditions = [is(facts, "computed"), is_not(facts, "decided")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// SC-31: both the implementer's judgement and the worker's request; the employer must not refuse.
fn duty(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-31", day, |inquiry| {
        inquiry.read("stress.interview")?;
        let conditions = [is(facts, "judged_needed"), is(facts, "requested")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        if facts.flag("judged_needed") == Some(true) && facts.flag("requested") == Some(false) {
            inquiry.read("stress.urging")?;
            inquiry.because("申出がまだありません。実施者は、ほかの人に判らない方法で申出を勧めることができます。");
            inquiry.would_change("本人の申出があれば、面接指導が要ります。");
        }
        Ok(())
    })
}

fn asked(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-32", day, |inquiry| {
        inquiry.read("stress.interview.items")?;
        inquiry.because("労働時間、密度、深夜業、作業の内容と環境は、前もって事業者から受け取ります。");
        complete(inquiry, facts, ASKED);
        Ok(())
    })
}

/// SC-33: seven entries; 疲労の蓄積 belongs to the other interview (52条の5).
fn record(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-33", day, |inquiry| {
        inquiry.read("stress.interview.record")?;
        complete(inquiry, facts, RECORD);
        Ok(())
    })
}

fn after(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-34", day, |inquiry| {
        inquiry.read("stress.opinion")?;
        inquiry.read("stress.measures")?;
        complete(inquiry, facts, AFTER);
        Ok(())
    })
}

/// SC9-16: when another physician interviewed, the site's own physician is heard too (適当).
fn second_opinion(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC9-16", day, |inquiry| {
        inquiry.read("stress.second_opinion")?;
        let conditions = [is_not(facts, "by_site_physician"), is_not(facts, "heard_site_physician")];
        inquiry.decide(&conditions, Conclusion::Effort, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Effort) {
            inquiry.because("ほかの医師が面接指導をしたときは、事業場の産業医の意見も聴くことが適当です。");
        }
        Ok(())
    })
}

/// SC9-28 with 19, 29 and 30: none of these is a ground for a disadvantage.
fn protected(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC9-28", day, |inquiry| {
        let ground = facts.choice("ground");
        let article =
            if ground == Some("requested") { "stress.no_disadvantage" } else { "stress.no_disadvantage.others" };
        inquiry.read(article)?;
        let is_protected = Condition::from(ground.map(|ground| ground != "other"));
        inquiry.decide(&[(is_protected, "ground")], Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::Required) {
            inquiry.because("これを理由とする不利益な取扱いはできません。");
        }
        Ok(())
    })
}

/// SC9-31 with 20: no measure from the result of the check alone.
fn order(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC9-31", day, |inquiry| {
        inquiry.read("stress.order")?;
        inquiry.because("面接指導、医師の意見、本人の意見、措置の順です。結果だけで措置は決められません。");
        steps(inquiry, facts, ORDER, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}
