//! Duties done from afar: R01 to R20 of the records sheet, section 7 (令3.3.31 基発0331第4号).

use super::{Rule, Topic, checklist};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};

const fn flag(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

const INTERVIEW: &[Fact] = &[
    flag("circular_followed", "基発0915第5号の留意事項（ON-INFO から ON-EMG）を守っている"),
    Fact::optional(
        "needs_presence",
        FactKind::Flag,
        "面接指導を行う医師が、直接会う必要があると認めた。ないときは、認めていない",
    ),
];
const CHANGE: &[Fact] = &[
    flag("changed", "製造工程や使う化学物質の変更など、作業環境や作業内容に大きな変更がある"),
    Fact::optional("seen", FactKind::Flag, "変更の後を実地で確認した。ないときは、まだ"),
];
const CAUSE: &[Fact] = &[
    flag("on_site", "実地で作業環境等を確認した"),
    Fact::optional(
        "judged_unnecessary",
        FactKind::Flag,
        "取りまとめられた報告書等を確かめて、産業医が実地の確認は不要と判断した。ないときは、判断なし",
    ),
];
const TASK: &[Fact] = &[
    Fact::needed(
        "duty",
        FactKind::Choice(&["interview", "checkup_opinion", "patrol", "cause_investigation", "education", "committee"]),
        "職務（順に: 面接指導、健診結果の意見、定期巡視、原因の調査、衛生教育、委員会への出席）",
    ),
    CAUSE[1],
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule(
        "R01",
        "範囲と留意事項の調査審議",
        &[flag("deliberated", "遠隔で行う職務の範囲と留意事項を委員会等で調査審議した")],
        &["remote.committee"],
        |law, day, facts| owed(law, "R01", day, facts),
    ),
    rule(
        "R02",
        "労働者への周知",
        &[flag("announced", "審議した範囲と留意事項を労働者に周知した")],
        &["remote.committee"],
        |law, day, facts| owed(law, "R02", day, facts),
    ),
    rule(
        "R03",
        "情報が適時に届く仕組み",
        &[flag("information_system", "法13条4項の情報が、遠隔の産業医へ適時に円滑に届く仕組みがある")],
        &["remote.information"],
        |law, day, facts| owed(law, "R03", day, facts),
    ),
    rule(
        "R04",
        "実地で確認できる仕組み",
        &[flag("can_visit", "産業医が必要と認めるとき、事業場で作業環境等を確認できる")],
        &["remote.visit"],
        |law, day, facts| owed(law, "R04", day, facts),
    ),
    rule(
        "R05",
        "周辺の医療機関との連携",
        &[flag("medical_link", "事業場の周辺の医療機関と連携する体制がある")],
        &["remote.medical"],
        |law, day, facts| owed(law, "R05", day, facts),
    ),
    rule(
        "R06",
        "使いやすい機器",
        &[flag("easy", "産業医と労働者が容易に使える")],
        &["remote.equipment"],
        |law, day, facts| owed(law, "R06", day, facts),
    ),
    rule(
        "R07",
        "安定した映像と音声",
        &[flag("stable", "映像と音声が常時安定し、意見の交換が円滑にできる")],
        &["remote.connection"],
        |law, day, facts| owed(law, "R07", day, facts),
    ),
    rule(
        "R08",
        "漏えいと不正アクセスの防止",
        &[flag("protected", "外部への漏えいと、外部からの不正アクセスを防いでいる")],
        &["remote.security"],
        |law, day, facts| owed(law, "R08", day, facts),
    ),
    rule(
        "R09",
        "個人データのアクセス管理",
        &[flag("access_control", "個人データに触れられる人を管理している")],
        &["remote.security"],
        |law, day, facts| owed(law, "R09", day, facts),
    ),
    rule(
        "R10",
        "アクセス記録の保存",
        &[flag("access_record", "個人データへのアクセスの記録を保存している")],
        &["remote.security"],
        |law, day, facts| owed(law, "R10", day, facts),
    ),
    rule(
        "R11",
        "脆弱性への対策",
        &[flag("vulnerability", "ソフトウェアの脆弱性への対策をしている")],
        &["remote.security"],
        |law, day, facts| owed(law, "R11", day, facts),
    ),
    rule("R12", "遠隔の面接指導", INTERVIEW, &["remote.interview"], interview),
    rule(
        "R13",
        "追加の実地の確認の頻度",
        &[flag("frequency_considered", "追加で実地に確認する頻度を検討した")],
        &["remote.environment"],
        |law, day, facts| {
            checklist(
                law,
                "R13",
                day,
                facts,
                Conclusion::Effort,
                "巡視のほかに実地で確認する頻度を検討することが適当です。",
            )
        },
    ),
    rule("R14", "大きな変更のときの実地の確認", CHANGE, &["remote.environment"], change),
    rule(
        "R15",
        "遠隔の衛生教育",
        &[flag("circular_followed", "eラーニング等の通達（令3.1.25 基安安発0125第2号など）に基づいて行っている")],
        &["remote.education"],
        |law, day, facts| owed(law, "R15", day, facts),
    ),
    rule("R16", "健康障害の原因の調査", CAUSE, &["remote.cause"], cause),
    rule(
        "R17",
        "定期巡視は実地で行う",
        &[flag("on_site", "現地で行った")],
        &["remote.patrol"],
        |law, day, facts| {
            checklist(
                law,
                "R17",
                day,
                facts,
                Conclusion::Required,
                "定期巡視は、その間隔（PAT-01、PAT-02）どおりに、実地で行います。",
            )
        },
    ),
    rule(
        "R18",
        "オンラインの委員会",
        &[flag("circular_followed", "オンラインの委員会の通達（令2.8.27 基発0827第1号）に基づいて開いている")],
        &["remote.meeting"],
        |law, day, facts| owed(law, "R18", day, facts),
    ),
    rule(
        "R19",
        "遠隔に適さない職務",
        &[flag(
            "unsuitable_on_site",
            "産業医が遠隔に適さないと認めた職務を、実地で行っている（認めたものがないときも true）",
        )],
        &["remote.neutrality"],
        |law, day, facts| owed(law, "R19", day, facts),
    ),
    rule(
        "R20",
        "事業者の配慮",
        &[flag("considered", "産業医が効果的に活動できるように、事業者が配慮している")],
        &["remote.neutrality"],
        |law, day, facts| owed(law, "R20", day, facts),
    ),
    rule("R-TASK", "この職務を遠隔で行えるか", TASK, &["remote.scope", "remote.patrol", "remote.cause"], task),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Remote, facts, parameters, evaluate }
}

/// A condition of the circular that holds or is still needed.
fn owed(law: &Law, id: &'static str, day: Day, facts: &Facts) -> Outcome {
    checklist(law, id, day, facts, Conclusion::Required, "遠隔で職務の一部を行うときの条件です。")
}

/// R12: by the circular on interviews; face to face when the doctor finds it necessary.
fn interview(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "R12", day, |inquiry| {
        inquiry.read("remote.interview")?;
        if facts.flag("needs_presence") == Some(true) {
            inquiry.because("医師が必要と認めるときは、直接対面で行います。");
            inquiry.conclude(Conclusion::Required);
            return Ok(());
        }
        inquiry.because("遠隔の面接指導は、基発0915第5号の留意事項を守って行います。");
        inquiry.needs_all(facts, INTERVIEW.get(..1).unwrap_or_default(), Conclusion::Required);
        Ok(())
    })
}

/// R14: 適当 (appropriate), so an effort.
fn change(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "R14", day, |inquiry| {
        inquiry.read("remote.environment")?;
        inquiry.because("作業環境や作業内容に大きな変更があるときは、実地で確認することが適当です。");
        let unseen = Condition::from(Some(facts.flag("seen") != Some(true)));
        let conditions = [(facts.flag("changed").into(), "changed"), (unseen, "seen")];
        inquiry.decide(&conditions, Conclusion::Effort, Conclusion::NotRequired);
        Ok(())
    })
}

/// R16: on site in principle, since smell and touch matter too; not if the physician judges so from the reports.
fn cause(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "R16", day, |inquiry| {
        inquiry.read("remote.cause")?;
        inquiry.because("原因の調査は、原則として実地で行います。報告書等から産業医が不要と判断したときは、この限りではありません。");
        let judged = Condition::from(Some(facts.flag("judged_unnecessary") == Some(true)));
        let away = Condition::from(facts.flag("on_site")).negated();
        inquiry.decide(
            &[(judged.negated(), "judged_unnecessary"), (away, "on_site")],
            Conclusion::Required,
            Conclusion::NotRequired,
        );
        Ok(())
    })
}

/// The matrix of duties: the patrol never from afar, the investigation only where the physician so judged.
fn task(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "R-TASK", day, |inquiry| {
        inquiry.read("remote.scope")?;
        match facts.choice("duty") {
            None => inquiry.lacks(&["duty"]),
            Some("patrol") => {
                inquiry.read("remote.patrol")?;
                inquiry.because("定期巡視は実地で行います。写真や映像は巡視に代わりません。");
                inquiry.conclude(Conclusion::NotRequired);
            }
            Some("cause_investigation") => {
                inquiry.read("remote.cause")?;
                inquiry.because("原因の調査は、産業医が実地の確認は不要と判断したときだけ、遠隔で行えます。");
                let judged = facts.flag("judged_unnecessary") == Some(true);
                inquiry.conclude(if judged { Conclusion::Allowed } else { Conclusion::NotRequired });
            }
            Some(_) => {
                inquiry.because("この職務は、条件（R01 から R11 など）を満たせば遠隔で行えます。");
                inquiry.conclude(Conclusion::Allowed);
            }
        }
        Ok(())
    })
}
