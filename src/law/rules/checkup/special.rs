//! Special examinations: intervals, their relaxation, omissions, and how long records are kept (SP-01 to SP-08,
//! SP-20 to SP-23).

use super::super::{Rule, Topic};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::shapes::{
    Named, again, choice, count, day as day_fact, flag, is, is_not, is_set, optional_flag,
};

const ENGAGED: Fact =
    flag("engaged", "その業務に常時従事する（特定化学物質と石綿は、従事させたことがあり現に使用している人を含む）");
const LAST: Fact = day_fact("last_on", "直近の健診の日（雇入れ、配置替えの際の健診を含む）");
const RELAXED: Fact = optional_flag("relaxed", "1年以内への緩和の要件を満たす（SP-21）。ないときは、満たさない");
const YEARLY: Fact =
    optional_flag("yearly_work", "1年以内ごとの業務（施行令別表4第17号等と、その清掃）。ないときは、6か月の業務");
const RELAXABLE: &[Fact] = &[ENGAGED, LAST, RELAXED];
const FIXED: &[Fact] = &[ENGAGED, LAST];
const LEAD: &[Fact] = &[ENGAGED, LAST, RELAXED, YEARLY];

const RELAXING: &[&str] = &["organic_solvent", "lead", "tetraalkyl_lead", "specified_chemical"];
const RELAXATION: &[Fact] = &[
    choice("exam", RELAXING, "健診の種類"),
    Fact::optional(
        "first_class_evaluations",
        FactKind::Count,
        "直近まで連続した第一管理区分の評価の回数（四アルキル鉛では要らない）",
    ),
    Fact::optional("first_class_months", FactKind::Count, "許可により測定を要しない場所で、第一管理区分に相当する月数"),
    count("exams_without_finding", "直近まで連続した、新しい所見のない健診の回数"),
    Fact::optional(
        "organic_table_exams",
        FactKind::Count,
        "直近まで連続した、新しい所見のない、有機溶剤の別表の健診の回数（有機溶剤のとき要る）",
    ),
    flag("method_changed", "直近の健診の後に、軽微でない作業方法の変更があった"),
    flag("excluded_substance", "特別管理物質など緩和のない物質、又は1年以内ごとの鉛業務"),
];
const RADIATION: &[Fact] = &[
    choice("exam", &["hire", "periodic"], "雇入れ・配置替えの際か、定期か"),
    choice(
        "item",
        &["exposure", "white_cells", "red_cells", "eye", "skin"],
        "項目（被ばく歴、白血球、赤血球、眼、皮膚）",
    ),
    Fact::optional("last_year_microsieverts", FactKind::Count, "前の暦年の実効線量（μSv）。ないときは、判らない"),
    optional_flag("over_this_year", "今の暦年に基準の線量を超えるおそれがある。ないときは、ない"),
    optional_flag("judged_necessary", "医師がその項目を必要と認めた。ないときは、認めていない"),
    optional_flag("judged_unnecessary", "医師がその項目を必要でないと認めた。ないときは、認めていない"),
];
const AGAIN: &[Fact] = &[
    choice("exam", &["special", "ordinary"], "再検査等を定める特殊健診（有機・鉛・特化・高圧・石綿）か、一般の健診か"),
    flag("judged_necessary", "医師が必要と認めた"),
];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule(
        "SP-01",
        "次の有機溶剤健康診断の期限",
        RELAXABLE,
        &["special.organic.months", "relaxed.organic.months"],
        |law, day, facts| interval(law, "SP-01", day, facts, "special.organic.months", Some("relaxed.organic.months")),
    ),
    rule(
        "SP-02",
        "次の鉛健康診断の期限",
        LEAD,
        &["special.lead.months", "special.lead.yearly.months", "relaxed.lead.months"],
        lead,
    ),
    rule(
        "SP-03",
        "次の四アルキル鉛健康診断の期限",
        RELAXABLE,
        &["special.tetraalkyl.months", "relaxed.tetraalkyl.months"],
        |law, day, facts| {
            interval(law, "SP-03", day, facts, "special.tetraalkyl.months", Some("relaxed.tetraalkyl.months"))
        },
    ),
    rule(
        "SP-04",
        "次の特定化学物質健康診断の期限",
        RELAXABLE,
        &["special.chemical.months", "relaxed.chemical.months"],
        |law, day, facts| {
            interval(law, "SP-04", day, facts, "special.chemical.months", Some("relaxed.chemical.months"))
        },
    ),
    rule(
        "SP-05",
        "次の高気圧業務健康診断の期限",
        FIXED,
        &["special.pressure.months"],
        |law, day, facts| interval(law, "SP-05", day, facts, "special.pressure.months", None),
    ),
    rule(
        "SP-06",
        "次の電離放射線健康診断の期限",
        FIXED,
        &["special.radiation.months"],
        |law, day, facts| interval(law, "SP-06", day, facts, "special.radiation.months", None),
    ),
    rule(
        "SP-07",
        "次の除染等電離放射線健康診断の期限",
        FIXED,
        &["special.decontamination.months"],
        |law, day, facts| interval(law, "SP-07", day, facts, "special.decontamination.months", None),
    ),
    rule("SP-08", "次の石綿健康診断の期限", FIXED, &["special.asbestos.months"], |law, day, facts| {
        interval(law, "SP-08", day, facts, "special.asbestos.months", None)
    }),
    rule("SP-20", "電離放射線健康診断の項目は要るか", RADIATION, &["radiation.omission", "radiation.dose"], radiation),
    rule(
        "SP-21",
        "特殊健康診断を1年以内ごとにできるか",
        RELAXATION,
        &["relaxed.evaluations", "relaxed.exams", "relaxed.exempt.months", "relaxed.tetraalkyl.months"],
        relaxation,
    ),
    rule("SP-23", "再検査・精密検査", AGAIN, &["special.second"], second),
];

pub(super) const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::SpecialCheckup, facts, parameters, evaluate }
}

/// Within every `length`, or within the relaxed one for a worker who meets its conditions.
fn interval(
    law: &Law,
    id: &'static str,
    day: Day,
    facts: &Facts,
    length: &'static str,
    relaxed: Option<&'static str>,
) -> Outcome {
    Inquiry::run(law, id, day, |inquiry| {
        let relaxed = relaxed.filter(|relaxed| is_set(facts, "relaxed") && inquiry.is_in_force(relaxed));
        if relaxed.is_some() {
            inquiry.because("この人は、間隔を緩める要件を満たしています。一つでも欠ければ元の間隔に戻ります。");
        }
        again(inquiry, facts, "engaged", relaxed.unwrap_or(length))
    })
}

/// SP-02: the works of 53条1項 括弧書 are yearly by themselves and outside the relaxation.
fn lead(law: &Law, day: Day, facts: &Facts) -> Outcome {
    if is_set(facts, "yearly_work") {
        return interval(law, "SP-02", day, facts, "special.lead.yearly.months", None);
    }
    interval(law, "SP-02", day, facts, "special.lead.months", Some("relaxed.lead.months"))
}

/// SP-20: 電離則56条2項から4項.
fn radiation(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SP-20", day, |inquiry| {
        inquiry.read("radiation.omission")?;
        let (Some(exam), Some(item)) = (facts.choice("exam"), facts.choice("item")) else {
            let words = ["exam", "item"];
            inquiry.lacks(&words.into_iter().filter(|name| facts.choice(name).is_none()).collect::<Vec<_>>());
            return Ok(());
        };
        match (exam, item) {
            (_, "exposure") => {
                inquiry.because("被ばく歴の有無の調査は省略できません。");
                inquiry.conclude(Conclusion::Required);
            }
            ("hire", "eye") => {
                inquiry.because("線源の種類等に応じて、眼の検査を省略できます。");
                inquiry.conclude(Conclusion::Allowed);
            }
            ("hire", _) => {
                inquiry.because("雇入れと配置替えの際に省略できるのは、眼の検査だけです。");
                inquiry.conclude(Conclusion::Required);
            }
            _ => by_dose(inquiry, facts)?,
        }
        Ok(())
    })
}

/// Low doses turn the question round: then an item is examined only if the physician finds it necessary.
fn by_dose(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<(), Stop> {
    let limit = inquiry.read("radiation.dose")?;
    let was_low = facts.count("last_year_microsieverts").is_some_and(|dose| dose <= limit.saturating_mul(1000));
    let is_low = was_low && !is_set(facts, "over_this_year");
    let numbers = [("limit_millisieverts", limit)];
    let text = if is_low {
        "超えず、今年も超えるおそれがないので、医師が必要と認めたときだけ行います。"
    } else {
        "超える（又は判らない）ので、医師が必要でないと認めたときに省略できます。"
    };
    inquiry.because_of(format!("前の年の実効線量が {limit} mSv を{text}"), &numbers);
    inquiry.conclude(match (is_low, is_set(facts, "judged_necessary"), is_set(facts, "judged_unnecessary")) {
        (true, false, _) | (false, _, true) => Conclusion::NotRequired,
        (true, true, _) => Conclusion::Required,
        (false, _, false) => Conclusion::Allowed,
    });
    Ok(())
}

/// SP-21: per worker, and only while every condition holds (有機則29条6項, 鉛則53条4項, 特化則39条4項 …).
fn relaxation(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SP-21", day, |inquiry| {
        let exams = inquiry.read("relaxed.exams")?;
        let place = place(inquiry, facts)?;
        let clean = Condition::from(facts.count("exams_without_finding").map(|count| count >= exams));
        inquiry.because_of(format!("新しい所見のない健診が、直近まで続けて {exams} 回要ります。"), &[("exams", exams)]);
        let exam = Condition::from(facts.choice("exam").map(|_| true));
        // 有機則29条6項: whoever has not had the 別表 examinations as often is out.
        let is_organic = facts.choice("exam") == Some("organic_solvent");
        let by_table = Condition::from(facts.count("organic_table_exams").map(|count| count >= exams));
        let conditions = [
            (if is_organic { by_table } else { Condition::Yes }, "organic_table_exams"),
            is_not(facts, "excluded_substance"),
            (exam, "exam"),
            place,
            (clean, "exams_without_finding"),
            is_not(facts, "method_changed"),
        ];
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// The place: first class in the last evaluations, or for its months where no measurement is owed.
fn place(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Named, Stop> {
    let needed = inquiry.read("relaxed.evaluations")?;
    let months = inquiry.read("relaxed.exempt.months")?;
    if facts.choice("exam") == Some("tetraalkyl_lead") {
        inquiry.read("relaxed.tetraalkyl.months")?;
        return Ok((Condition::Yes, "exam"));
    }
    inquiry
        .because_of(format!("第一管理区分の評価が、直近まで続けて {needed} 回要ります。"), &[("evaluations", needed)]);
    let by_class = facts.count("first_class_evaluations").map(|count| count >= needed);
    let by_months = facts.count("first_class_months").map(|count| count >= months);
    let found = match (by_class, by_months) {
        (None, None) => Condition::Open,
        (by_class, by_months) => Some(by_class == Some(true) || by_months == Some(true)).into(),
    };
    Ok((found, "first_class_evaluations"))
}

/// SP-23: the second examinations of those ordinances are the employer's duty; an ordinary 再検査 is not (OPN-14).
fn second(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "SP-23", day, |inquiry| {
        inquiry.read("special.second")?;
        let exam = facts.choice("exam");
        let yes = if exam == Some("special") { Conclusion::Required } else { Conclusion::Allowed };
        if exam == Some("ordinary") {
            inquiry.because(
                "一般の健診の再検査・精密検査は、事業者の義務ではありません。受診を勧め、結果を出すよう頼みます。",
            );
        }
        let conditions = [(exam.map(|_| true).into(), "exam"), is(facts, "judged_necessary")];
        inquiry.decide(&conditions, yes, Conclusion::NotRequired);
        Ok(())
    })
}
