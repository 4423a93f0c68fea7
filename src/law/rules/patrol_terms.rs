//! The terms of the two-monthly patrol: what the manager's round says, and how the rhythm is agreed (安衛則15条各号).

use super::{Rule, Topic, checklist};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Deadline, Outcome};

const ROUND: &[Fact] = &[
    Fact::needed("manager_name", FactKind::Flag, "巡視した衛生管理者の氏名、日時、場所が記されている"),
    Fact::needed("hazards", FactKind::Flag, "有害のおそれがあると判断した事項と、講じた措置が記されている"),
];
const TERMS: &[Fact] = &[
    Fact::needed("opinion_heard", FactKind::Flag, "2か月に1回とすることについて、産業医の意見を聴いた"),
    Fact::needed("deliberated", FactKind::Flag, "委員会で調査審議した"),
    Fact::needed("period_from", FactKind::Day, "委員会で決めた期間の最初の日"),
    Fact::needed("period_to", FactKind::Day, "委員会で決めた期間の最後の日"),
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "PAT-03",
        title: "衛生管理者の巡視の結果に記すもの",
        topic: Topic::Patrol,
        facts: ROUND,
        parameters: &["patrol.round.contents"],
        evaluate: |law, day, facts| {
            let text = "毎月受け取る衛生管理者の巡視の結果には、巡視の記録と、判断した事項、措置が要ります。";
            checklist(law, "PAT-03", day, facts, Conclusion::Required, text)
        },
    },
    Rule {
        id: "PAT-05",
        title: "2か月に1回とする手続き",
        topic: Topic::Patrol,
        facts: TERMS,
        parameters: &["patrol.relaxed.procedure"],
        evaluate: terms,
    },
];

/// PAT-05: the physician's opinion, the committee, and a period; before the next period the committee deliberates again.
fn terms(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "PAT-05", day, |inquiry| {
        inquiry.read("patrol.relaxed.procedure")?;
        let (from, to) = (facts.day("period_from"), facts.day("period_to"));
        let conditions = [
            (facts.flag("opinion_heard").into(), "opinion_heard"),
            (facts.flag("deliberated").into(), "deliberated"),
            (Condition::from(from.map(|from| from <= day)), "period_from"),
            (Condition::from(to.map(|to| day <= to)), "period_to"),
        ];
        inquiry.because(
            "産業医の意見、委員会の調査審議、期間の定めの三つが要ります。期間が終わる前に、改めて審議します。",
        );
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::Required);
        if let (true, Some(to)) = (inquiry.is(Conclusion::Allowed), to) {
            inquiry.due(Deadline::on(to, true));
        }
        Ok(())
    })
}
