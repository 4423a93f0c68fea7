//! Notices and deadlines of the stress check: 遅滞なく is read as about one month by circular only,
//! so these are soft; how long records are kept is not.

use super::{SYSTEM, ask, rule};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{about, choice, complete, day as day_fact, elapsed, flag, optional_flag, within};

const CONTENT: &[Fact] = &[
    flag("profile", "3領域ごとの点数（個人の特徴）がある"),
    flag("degree", "高ストレスかどうかがある"),
    flag("need", "面接指導が要るかどうかがある"),
];
const READY: &[Fact] = &[day_fact("result_ready_on", "結果が出た日")];
const NOTIFIED: &[Fact] = &[day_fact("notified_on", "面接指導が要ることを本人へ通知した日")];
const REQUESTED: &[Fact] = &[day_fact("requested_on", "申出の日")];
const INTERVIEWED: &[Fact] =
    &[day_fact("interviewed_on", "面接指導の日"), optional_flag("urgent", "緊急に措置が要る。ないときは、要らない")];
const OPINION: &[Fact] = &[day_fact("opinion_on", "医師の意見を聴いた日")];

/// Kinds of records with their parameter.
const KINDS: &[(&str, &str)] = &[
    ("consented_result", "stress.retention.consented"),
    ("interview", "retention.stress_interview"),
    ("unconsented_result", "stress.retention.desirable"),
    ("group", "stress.retention.desirable"),
];
const KEEP: &[Fact] = &[
    choice(
        "record",
        &["consented_result", "interview", "unconsented_result", "group"],
        "記録の種類（同意のある結果と同意、面接指導、同意のない結果、集団ごとの結果）",
    ),
    day_fact("made_on", "記録を作った日"),
];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("SC-25", "結果の通知に載せる事項", CONTENT, &[SYSTEM, "stress.notice", "stress.notice.items"], content),
    rule("SC-40", "検査から本人への通知まで", READY, &[SYSTEM, "stress.notice"], notice),
    rule(
        "SC-41",
        "通知から申出まで",
        NOTIFIED,
        &[SYSTEM, "stress.interview", "stress.deadline.request.months"],
        request,
    ),
    rule(
        "SC-42",
        "申出から面接指導まで",
        REQUESTED,
        &[SYSTEM, "stress.interview", "stress.deadline.interview.months"],
        interview,
    ),
    rule(
        "SC-43",
        "面接指導から医師の意見の聴取まで",
        INTERVIEWED,
        &[SYSTEM, "stress.opinion", "stress.deadline.opinion.months"],
        opinion,
    ),
    rule("SC-44", "意見から措置の決定まで", OPINION, &[SYSTEM, "stress.measures"], measures),
    rule(
        "SC-45",
        "ストレスチェックの記録をいつまで保存するか",
        KEEP,
        &[SYSTEM, "stress.retention.consented", "retention.stress_interview", "stress.retention.desirable"],
        keep,
    ),
];

/// SC-25: from the implementer straight to the worker.
fn content(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-25", day, |inquiry| {
        inquiry.read("stress.notice")?;
        inquiry.read("stress.notice.items")?;
        inquiry.because("実施者から本人へ直接通知します。助言と申出の方法も載せることが望まれます。");
        complete(inquiry, facts, CONTENT);
        Ok(())
    })
}

fn notice(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-40", day, |inquiry| {
        inquiry.read("stress.notice")?;
        elapsed(inquiry, facts, "result_ready_on");
        Ok(())
    })
}

/// SC-41: a late request is still a request.
fn request(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-41", day, |inquiry| {
        inquiry.read("stress.interview")?;
        about(inquiry, facts, "notified_on", "stress.deadline.request.months", Conclusion::Allowed)?;
        inquiry.because("過ぎてからの申出も、申出として受け付けます。");
        Ok(())
    })
}

fn interview(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-42", day, |inquiry| {
        inquiry.read("stress.interview")?;
        about(inquiry, facts, "requested_on", "stress.deadline.interview.months", Conclusion::Required)
    })
}

fn opinion(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-43", day, |inquiry| {
        inquiry.read("stress.opinion")?;
        about(inquiry, facts, "interviewed_on", "stress.deadline.opinion.months", Conclusion::Required)?;
        if facts.flag("urgent") == Some(true) {
            inquiry.because("緊急に措置が要るときは、期限を待たず、すぐに意見を述べます。");
        }
        Ok(())
    })
}

fn measures(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-44", day, |inquiry| {
        inquiry.read("stress.measures")?;
        elapsed(inquiry, facts, "opinion_on");
        Ok(())
    })
}

/// SC-45: kept through `due.last`; only an article makes it a duty, the guideline calls it desirable.
fn keep(law: &Law, day: Day, facts: &Facts) -> Outcome {
    ask(law, "SC-45", day, |inquiry| {
        let kind = facts.choice("record").and_then(|record| KINDS.iter().find(|(name, _)| *name == record));
        let (Some((_, length)), Some(made)) = (kind, facts.day("made_on")) else {
            let known = [(kind.is_some(), "record"), (facts.day("made_on").is_some(), "made_on")];
            inquiry.lacks(&known.iter().filter(|(known, _)| !known).map(|(_, name)| *name).collect::<Vec<_>>());
            return Ok(());
        };
        within(inquiry, made, length)?;
        let is_desirable = *length == "stress.retention.desirable";
        inquiry.because(if is_desirable {
            "保存することが望まれます。"
        } else {
            "起算日の定めはなく、作成の日から数えます。"
        });
        inquiry.conclude(if is_desirable { Conclusion::Effort } else { Conclusion::Required });
        Ok(())
    })
}
