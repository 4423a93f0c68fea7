//! Who may see what: the three classes of the guideline on health information (公示1号; overtime sheet, section 10).
//!
//! What the program lets out is decided in `documents::disclosure`; these rules say why.

use super::{Rule, Topic, checklist};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};

/// How the guideline classes a datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// The employer's own data: hours.
    Work,
    /// ① must be handled, no consent.
    One,
    /// ② may be collected without consent, handled by the workplace's rules.
    Two,
    /// ③ consent first.
    Three,
    /// Unprocessed answers, notes, symptoms, diagnoses, values: consent (the program's default for long hours).
    Raw,
}

use Class::{One, Raw, Three, Two, Work};

/// The data the guideline names, with their class.
const DATA: [(&str, Class); 19] = [
    ("hours", Work),
    ("checkup_taken", One),
    ("request_made", One),
    ("stress_request_made", One),
    ("opinion", One),
    ("checkup_result", Two),
    ("recheck_same_items", Two),
    ("interview_result", Two),
    ("stress_interview_result", Two),
    ("extra_checkup_items", Three),
    ("guidance_result", Three),
    ("recheck_other_items", Three),
    ("detailed_examination", Three),
    ("consultation", Three),
    ("cancer_screening", Three),
    ("return_interview", Three),
    ("treatment_support_opinion", Three),
    ("treatment_information", Three),
    ("raw", Raw),
];
const DATA_NAMES: [&str; 19] = names();

const fn names() -> [&'static str; 19] {
    let mut names = [""; 19];
    let mut index = 0;
    while index < names.len() {
        names[index] = DATA[index].0;
        index += 1;
    }
    names
}

const DATUM: Fact = Fact::needed(
    "data",
    FactKind::Choice(&DATA_NAMES),
    "情報の種類（順に: 時間、健診の受診の有無、面接の申出の有無、高ストレス者の申出の有無、医師の意見、健診の結果（法定項目）、\
     再検査（法定項目と同じ）、面接指導の結果、高ストレス者の面接の結果、健診の法定外項目、保健指導の結果、再検査（法定外）、\
     精密検査、健康相談、がん検診、職場復帰の面接の結果、両立支援等の医師の意見書、通院状況等、加工前の回答・控え・所見・値）",
);
const CONSENTED: Fact = Fact::optional("consented", FactKind::Flag, "本人の同意がある（同意が要る種類だけが読む）");
const CLASS_FACTS: &[Fact] = &[DATUM, CONSENTED];
const VIEW_FACTS: &[Fact] = &[
    DATUM,
    Fact::needed(
        "viewer",
        FactKind::Choice(&["occupational_health", "personnel", "line_manager", "committee"]),
        "見る人（順に: 産業保健の従事者、人事の権限を持つ者、管理監督者、衛生委員会）",
    ),
    CONSENTED,
    Fact::optional("processed", FactKind::Flag, "見る人に要る範囲に加工した（加工が要る種類だけが読む）"),
    Fact::optional("aggregated", FactKind::Flag, "個人が特定できないように集約した（委員会だけが読む）"),
];
const RULES_FACTS: &[Fact] = &[
    Fact::needed("rules_made", FactKind::Flag, "心身の状態の情報の取扱規程を定めた"),
    Fact::needed(
        "deliberated",
        FactKind::Flag,
        "取扱規程を衛生委員会で審議した（委員会のない事業場は、労働者の意見を聴いた）",
    ),
];
const CLASS_PARAMETERS: &[&str] = &["disclosure.first", "disclosure.second", "disclosure.third", "disclosure.default"];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("SEC-01", "心身の状態の情報の取扱規程", RULES_FACTS, &["disclosure.rules"], |law, day, facts| {
        let text = "心身の状態の情報は、健康の確保に必要な範囲で集め、取扱規程を定めて扱います。";
        checklist(law, "SEC-01", day, facts, Conclusion::Required, text)
    }),
    rule("SEC-02", "事業者が集めるのに本人の同意が要るか（区分①②③）", CLASS_FACTS, CLASS_PARAMETERS, consent),
    rule(
        "DIS-VIEW",
        "この人に見せる前に要るもの（何も要らなければ allowed）",
        VIEW_FACTS,
        &["disclosure.first", "disclosure.second", "disclosure.third", "disclosure.default", "disclosure.committee"],
        view,
    ),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Disclosure, facts, parameters, evaluate }
}

fn class_of(facts: &Facts) -> Option<Class> {
    let data = facts.choice("data")?;
    DATA.iter().find(|(name, _)| *name == data).map(|(_, class)| *class)
}

/// Reads the passage of the class and says it.
fn cite(inquiry: &mut Inquiry<'_>, class: Class) -> Result<(), Stop> {
    let (parameter, number, text) = match class {
        Work => ("disclosure.default", 0, "労働時間は、事業者が自ら持つ情報です。"),
        One => ("disclosure.first", 1, "区分①です。事業者が扱わなければならず、本人の同意は要りません。"),
        Two => {
            ("disclosure.second", 2, "区分②です。同意なしに集められますが、取扱規程で扱う人を限り、内容を加工します。")
        }
        Three => ("disclosure.third", 3, "区分③です。先に本人の同意を得て、取扱規程で扱います。"),
        Raw => ("disclosure.default", 3, "加工前の詳しい情報です。本人の同意なしには渡しません。"),
    };
    inquiry.read(parameter)?;
    inquiry.because_of(text, &[("class", number)]);
    Ok(())
}

/// SEC-02: whether the employer needs the worker's consent to collect it.
fn consent(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SEC-02", day, |inquiry| {
        inquiry.read("disclosure.first")?;
        let Some(class) = class_of(facts) else {
            inquiry.lacks(&["data"]);
            return Ok(());
        };
        cite(inquiry, class)?;
        match class {
            Work | One | Two => inquiry.conclude(Conclusion::NotRequired),
            Three | Raw => needs(inquiry, facts, "consented", Conclusion::NotRequired),
        }
        Ok(())
    })
}

/// Concludes that one thing is still needed, or `done` when it is there.
fn needs(inquiry: &mut Inquiry<'_>, facts: &Facts, fact: &'static str, done: Conclusion) {
    let open = Condition::from(facts.flag(fact)).negated();
    inquiry.decide(&[(open, fact)], Conclusion::Required, done);
}

/// What must be there before the viewer sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Nothing,
    Consent,
    Processing,
    Aggregation,
    /// It is not shown to this viewer at all.
    Never,
}

/// The table of the overtime sheet, section 10: whoever handles health, 人事, 管理監督者, 委員会.
fn need(class: Class, data: &str, viewer: &str) -> Need {
    match (viewer, class) {
        ("occupational_health", _) | ("personnel", Work | One) => Need::Nothing,
        ("personnel", Two) | ("line_manager", Work) => Need::Processing,
        ("line_manager", One) if data == "opinion" => Need::Processing,
        ("committee", Work | One) => Need::Aggregation,
        ("committee", _) => Need::Never,
        _ => Need::Consent,
    }
}

/// DIS-VIEW: allowed, or what is needed first.
fn view(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "DIS-VIEW", day, |inquiry| {
        inquiry.read("disclosure.first")?;
        let (Some(class), Some(viewer)) = (class_of(facts), facts.choice("viewer")) else {
            inquiry.lacks_open(&[(class_of(facts).is_none(), "data"), (facts.choice("viewer").is_none(), "viewer")]);
            return Ok(());
        };
        cite(inquiry, class)?;
        match need(class, facts.choice("data").unwrap_or_default(), viewer) {
            Need::Nothing => inquiry.conclude(Conclusion::Allowed),
            Need::Consent => wants(inquiry, facts, "consented", "この人に見せるには、本人の同意が要ります。"),
            Need::Processing => {
                wants(inquiry, facts, "processed", "この人に要る範囲（講じる措置など）に加工して見せます。")
            }
            Need::Aggregation => {
                inquiry.read("disclosure.committee")?;
                wants(inquiry, facts, "aggregated", "委員会へは、個人が特定できないように集約して報告します。");
            }
            Need::Never => {
                inquiry.read("disclosure.committee")?;
                inquiry.because("委員会に出す情報ではありません。");
                inquiry.conclude(Conclusion::NotRequired);
            }
        }
        Ok(())
    })
}

fn wants(inquiry: &mut Inquiry<'_>, facts: &Facts, fact: &'static str, text: &str) {
    inquiry.because(text);
    needs(inquiry, facts, fact, Conclusion::Allowed);
}
