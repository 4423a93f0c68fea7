//! Whether an item is owed: the rules OMI-… (安衛則44条2項, 45条, 45条の2第4項, 告示88号).
//!
//! Required = it cannot be left out; Allowed = the criteria let a physician leave it out for this person;
//! NotRequired = a physician did so, and it is recorded. Age alone never leaves anything out.

use super::{AGE, BIRTH, EXAMS, ITEMS, age, rule};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{Named, choice, complete, flag, is_not, is_set, optional_flag};

const JUDGED: Fact =
    optional_flag("judged_unnecessary", "医師が、この人にこの項目は必要でないと認め、記録した。ないときは、まだ");
const BLOOD: &[&str] = &["anemia", "liver", "lipid", "glucose", "ecg"];
const EXAM: Fact = choice("exam", EXAMS, "健診の種類（雇入時、定期、特定業務、海外派遣前、帰国後）");
const ITEM: Fact = choice("item", ITEMS, "項目");
const PREVIOUS: Fact = flag("done_before", "前回の特定業務従事者健診でその項目（聴力）を行った");
const REASSIGNED: Fact = optional_flag("reassigned", "配置替えの際の健診。ないときは、定期のもの");
const PREGNANT: Fact =
    optional_flag("pregnant", "妊娠中などで、腹囲が内臓脂肪を反映しないと診断された。ないときは、診断がない");
const SELF_MEASURED: Fact = optional_flag("self_measured", "自ら腹囲を測り申告した。ないときは、申告がない");
const HEIGHT: Fact = Fact::optional("height_mm", FactKind::Count, "身長（mm）。ないときは BMI による省略を考えない");
const WEIGHT: Fact = Fact::optional("weight_g", FactKind::Count, "体重（g）。ないときは BMI による省略を考えない");
const TB_PLACE: Fact = flag(
    "tb_workplace",
    "学校、病院、診療所、助産所、介護老人保健施設、特定の社会福祉施設で働く（感染症法施行令12条1項1号）",
);
const DUST: Fact = flag("dust_subject", "じん肺法により3年に1回のじん肺健診の対象");
const NO_XRAY: Fact = flag("xray_omitted", "胸部エックス線検査を法により省略した");
const NO_LESION: Fact = flag("no_lesion", "胸部エックス線で病変が見つからなかった");
const NO_RISK: Fact = flag("no_tb_risk", "胸部エックス線で、結核発病のおそれがないと診断された");
const RECORD: &[Fact] = &[
    flag("physician_named", "必要でないと認めた医師を記した"),
    flag("reason_recorded", "基準のどれによるかを記した"),
    flag("dated", "認めた日を記した"),
    flag("noted_on_form", "個人票のその項目に省略と記した"),
];

/// Everything that decides which items a worker is owed, for callers that know a worker and not a rule.
pub const WORKER_FACTS: &[Fact] = &[
    AGE,
    BIRTH,
    PREGNANT,
    SELF_MEASURED,
    HEIGHT,
    WEIGHT,
    TB_PLACE,
    DUST,
    NO_XRAY,
    NO_LESION,
    NO_RISK,
    PREVIOUS,
    REASSIGNED,
    JUDGED,
];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("OMI-01", "身長の検査は要るか", &[AGE, BIRTH, JUDGED], &["omission.height.age"], height),
    rule(
        "OMI-02",
        "腹囲の検査は要るか",
        &[AGE, BIRTH, PREGNANT, HEIGHT, WEIGHT, SELF_MEASURED, JUDGED],
        &["omission.age", "omission.exception.age", "omission.waist.index", "omission.waist.self.index"],
        waist,
    ),
    rule(
        "OMI-03",
        "胸部エックス線検査は要るか",
        &[AGE, BIRTH, TB_PLACE, DUST, JUDGED],
        &["omission.xray.age", "omission.xray.first.age", "omission.xray.step.years"],
        xray,
    ),
    rule(
        "OMI-04",
        "喀痰検査は要るか",
        &[NO_XRAY, NO_LESION, NO_RISK, JUDGED],
        &["checkup.sputum.item", "omission.sputum"],
        sputum,
    ),
    rule(
        "OMI-05",
        "貧血・肝機能・血中脂質・血糖・心電図の検査は要るか",
        &[AGE, BIRTH, JUDGED],
        &["omission.age", "omission.exception.age"],
        blood,
    ),
    rule("OMI-06", "省略の基準がない項目", &[ITEM], &["omission.never"], |law, day, facts| {
        never(law, day, facts.choice("item"))
    }),
    rule(
        "OMI-07",
        "1000Hz・4000Hz の聴力検査は要るか",
        &[AGE, BIRTH, JUDGED],
        &["omission.hearing.age", "omission.hearing.first.age", "omission.hearing.second.age"],
        hearing,
    ),
    rule("OMI-08", "雇入時の健診の項目", &[EXAM], &["omission.hire"], |law, day, facts| {
        hire(law, day, facts.choice("exam"))
    }),
    rule(
        "OMI-09",
        "特定業務の健診で前回行った項目は要るか",
        &[choice("item", SPECIFIED, "項目"), AGE, BIRTH, PREVIOUS, REASSIGNED, JUDGED],
        &[
            "omission.specified",
            "omission.specified.hearing",
            "omission.age",
            "omission.exception.age",
            "omission.hearing.age",
            "omission.hearing.first.age",
            "omission.hearing.second.age",
        ],
        |law, day, facts| specified(law, day, facts, facts.choice("item")),
    ),
    rule(
        "OMI-10",
        "海外派遣の健診の項目は要るか",
        &[ITEM, AGE, BIRTH, NO_XRAY, NO_LESION, NO_RISK, JUDGED],
        &["omission.overseas", "omission.height.age"],
        |law, day, facts| overseas(law, day, facts, facts.choice("item")),
    ),
    rule("OMI-11", "省略の記録に足りないもの", RECORD, &["omission.record"], record),
];

const SPECIFIED: &[&str] = &["anemia", "liver", "lipid", "glucose", "ecg", "hearing"];

/// Every item of an examination of this kind on `day`, with what its own rule says for this worker.
///
/// `facts` are those of [`WORKER_FACTS`]; the day is the day of the examination. Where items differ in what was
/// done at the previous examination, ask OMI-09 for each.
pub fn items(law: &Law, day: Day, exam: &str, facts: &Facts) -> Vec<(&'static str, Outcome)> {
    let with_sputum = |item: &&&str| exam != "hire" || **item != "sputum";
    ITEMS.iter().filter(with_sputum).map(|item| (*item, of_item(law, day, exam, facts, item))).collect()
}

fn of_item(law: &Law, day: Day, exam: &str, facts: &Facts, item: &'static str) -> Outcome {
    match (exam, item) {
        ("hire", _) => hire(law, day, Some("hire")),
        ("overseas_out" | "overseas_back", _) => overseas(law, day, facts, Some(item)),
        ("specified", _) if SPECIFIED.contains(&item) => specified(law, day, facts, Some(item)),
        (_, "height") => height(law, day, facts),
        (_, "waist") => waist(law, day, facts),
        (_, "xray") => xray(law, day, facts),
        (_, "sputum") => sputum(law, day, facts),
        (_, "hearing") => hearing(law, day, facts),
        (_, item) if BLOOD.contains(&item) => blood(law, day, facts),
        _ => never(law, day, Some(item)),
    }
}

/// Concludes on an item whose criteria are these; all of them must hold before a physician may omit it.
fn judge(inquiry: &mut Inquiry<'_>, facts: &Facts, criteria: &[Named]) {
    inquiry.decide(criteria, Conclusion::Allowed, Conclusion::Required);
    if inquiry.is(Conclusion::Required) {
        inquiry.because("この人には省略できません。");
    } else if inquiry.is(Conclusion::Allowed) && is_set(facts, "judged_unnecessary") {
        inquiry.because("医師が必要でないと認めています。個人票には省略と記します。");
        inquiry.conclude(Conclusion::NotRequired);
    } else if inquiry.is(Conclusion::Allowed) {
        inquiry.because("医師が、この人に必要でないと認めたときに省略できます。年齢だけでは決まりません。");
    }
}

/// Says the age, and whether it meets the criterion.
fn at_age(inquiry: &mut Inquiry<'_>, facts: &Facts, meets: impl Fn(i64) -> bool) -> Condition {
    let Some(age) = age(facts, inquiry.day) else { return Condition::Open };
    inquiry.because_of(format!("{age} 歳です。"), &[("age", age)]);
    Some(meets(age)).into()
}

fn height(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-01", day, |inquiry| {
        let grown = grown(inquiry, facts)?;
        judge(inquiry, facts, &[grown]);
        Ok(())
    })
}

fn grown(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Named, Stop> {
    let limit = inquiry.read("omission.height.age")?;
    Ok((at_age(inquiry, facts, |age| age >= limit), "age"))
}

/// Under the age, but not at the one age in between (35).
fn young(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Condition, Stop> {
    let (limit, exception) = (inquiry.read("omission.age")?, inquiry.read("omission.exception.age")?);
    inquiry.because_of(
        format!("{limit} 歳未満（{exception} 歳を除く）が省略の基準です。"),
        &[("limit", limit), ("exception", exception)],
    );
    Ok(at_age(inquiry, facts, |age| age < limit && age != exception))
}

/// OMI-02: four grounds, of which one is enough; BMI is compared in integers and never rounded.
fn waist(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-02", day, |inquiry| {
        let slim = inquiry.read("omission.waist.index")?;
        let slim_by_own = inquiry.read("omission.waist.self.index")?;
        let by_age = young(inquiry, facts)?;
        let others = is_set(facts, "pregnant")
            || is_below(facts, slim)
            || (is_set(facts, "self_measured") && is_below(facts, slim_by_own));
        judge(inquiry, facts, &[(by_age.or(Some(others).into()), "age")]);
        if inquiry.is(Conclusion::Required) {
            inquiry.would_change(format!(
                "BMI が {slim} 未満（自ら測った腹囲の申告があれば {slim_by_own} 未満）なら省略の基準に当たります。"
            ));
        }
        Ok(())
    })
}

/// Whether the BMI is below `limit`: grams × 1000 against limit × mm².
fn is_below(facts: &Facts, limit: i64) -> bool {
    let (Some(height), Some(weight)) = (facts.count("height_mm"), facts.count("weight_g")) else { return false };
    weight.saturating_mul(1000) < limit.saturating_mul(height.saturating_mul(height))
}

/// OMI-03: below the age and at none of the ages in between, and neither of the two workplaces.
fn xray(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-03", day, |inquiry| {
        let (limit, first) = (inquiry.read("omission.xray.age")?, inquiry.read("omission.xray.first.age")?);
        let step = inquiry.read("omission.xray.step.years")?.max(1);
        let is_node = move |age: i64| age >= first && (age - first) % step == 0;
        inquiry.because_of(
            format!("{limit} 歳未満で、{first} 歳から {step} 年ごとの年齢でないことが省略の基準です。"),
            &[("limit", limit), ("first", first), ("step", step)],
        );
        let by_age = at_age(inquiry, facts, |age| age < limit && !is_node(age));
        judge(inquiry, facts, &[(by_age, "age"), is_not(facts, "tb_workplace"), is_not(facts, "dust_subject")]);
        Ok(())
    })
}

/// OMI-04: one of three findings of the X-ray is enough.
fn sputum(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-04", day, |inquiry| {
        inquiry.read("checkup.sputum.item")?;
        inquiry.read("omission.sputum")?;
        let criteria = without_lesion(facts);
        judge(inquiry, facts, &criteria);
        Ok(())
    })
}

fn without_lesion(facts: &Facts) -> Vec<Named> {
    let grounds = ["xray_omitted", "no_lesion", "no_tb_risk"];
    let any = grounds.iter().fold(Condition::No, |any, name| any.or(facts.flag(name).into()));
    if any != Condition::Open {
        return vec![(any, "no_lesion")];
    }
    grounds.iter().filter(|name| facts.flag(name).is_none()).map(|name| (Condition::Open, *name)).collect()
}

fn blood(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-05", day, |inquiry| {
        let by_age = young(inquiry, facts)?;
        judge(inquiry, facts, &[(by_age, "age")]);
        Ok(())
    })
}

/// OMI-06: items without any criterion; 尿糖 among them since 2008-04-01.
fn never(law: &Law, day: Day, item: Option<&str>) -> Outcome {
    Inquiry::run(law, "OMI-06", day, |inquiry| {
        inquiry.read("omission.never")?;
        let Some(item) = item else {
            inquiry.lacks(&["item"]);
            return Ok(());
        };
        let has_criterion = BLOOD.contains(&item) || ["height", "waist", "xray", "sputum", "hearing"].contains(&item);
        if has_criterion {
            inquiry.skip("この項目には、省略又は代替の基準があります。");
        } else {
            inquiry.because("この項目には、省略の基準がありません。");
            inquiry.conclude(Conclusion::Required);
        }
        Ok(())
    })
}

/// OMI-07: not left out but replaced by another test that the physician finds suitable.
fn hearing(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-07", day, |inquiry| {
        let by_age = replaceable(inquiry, facts)?;
        replace(inquiry, facts, &[(by_age, "age")]);
        Ok(())
    })
}

fn replace(inquiry: &mut Inquiry<'_>, facts: &Facts, criteria: &[Named]) {
    judge(inquiry, facts, criteria);
    if !inquiry.is(Conclusion::Required) {
        inquiry.because("聴力は省略ではなく、医師が適当と認める別の方法の検査に代えます。");
    }
}

fn replaceable(inquiry: &mut Inquiry<'_>, facts: &Facts) -> Result<Condition, Stop> {
    let limit = inquiry.read("omission.hearing.age")?;
    let (first, second) = (inquiry.read("omission.hearing.first.age")?, inquiry.read("omission.hearing.second.age")?);
    inquiry.because_of(
        format!("{limit} 歳未満（{first} 歳と {second} 歳を除く）が、別の方法に代える基準です。"),
        &[("limit", limit), ("first", first), ("second", second)],
    );
    Ok(at_age(inquiry, facts, |age| age < limit && age != first && age != second))
}

fn hire(law: &Law, day: Day, exam: Option<&str>) -> Outcome {
    Inquiry::run(law, "OMI-08", day, |inquiry| {
        inquiry.read("omission.hire")?;
        match exam {
            None => inquiry.lacks(&["exam"]),
            Some("hire") => {
                inquiry.because(
                    "雇入時の健診では、どの項目も省略も代替もできません。証明のある項目だけ代えられます（CHK-12）。",
                );
                inquiry.conclude(Conclusion::Required);
            }
            Some(_) => inquiry.skip("雇入時の健診ではありません。"),
        }
        Ok(())
    })
}

/// OMI-09: the previous examination (45条2項, 4項) only at the periodic one; the criteria of 44条2項 as well.
fn specified(law: &Law, day: Day, facts: &Facts, item: Option<&str>) -> Outcome {
    Inquiry::run(law, "OMI-09", day, |inquiry| {
        let is_hearing = item == Some("hearing");
        inquiry.read(if is_hearing { "omission.specified.hearing" } else { "omission.specified" })?;
        let Some(_) = item else {
            inquiry.lacks(&["item"]);
            return Ok(());
        };
        let periodic = Condition::from(Some(!is_set(facts, "reassigned")));
        let before = Condition::from(facts.flag("done_before")).and(periodic);
        let by_age = if is_hearing { replaceable(inquiry, facts)?.and(periodic) } else { young(inquiry, facts)? };
        let criteria = previous_or_age(before, by_age);
        if is_hearing {
            replace(inquiry, facts, &criteria)
        } else {
            judge(inquiry, facts, &criteria)
        }
        Ok(())
    })
}

fn previous_or_age(before: Condition, by_age: Condition) -> Vec<Named> {
    let either = [(before, "done_before"), (by_age, "age")];
    match before.or(by_age) {
        Condition::Open => either.into_iter().filter(|(condition, _)| *condition == Condition::Open).collect(),
        decided => vec![(decided, "age")],
    }
}

/// OMI-10: 45条の2第4項 reads 44条2項 as the items 三 and 四 only, so nothing but 身長 and 喀痰 (告示46号).
fn overseas(law: &Law, day: Day, facts: &Facts, item: Option<&str>) -> Outcome {
    Inquiry::run(law, "OMI-10", day, |inquiry| {
        inquiry.read("omission.overseas")?;
        let criteria = match item {
            None => {
                inquiry.lacks(&["item"]);
                return Ok(());
            }
            Some("height") => vec![grown(inquiry, facts)?],
            Some("sputum") => without_lesion(facts),
            Some(_) => {
                inquiry.because("海外派遣の健診で省略の基準があるのは、身長と喀痰だけです。");
                vec![(Condition::No, "item")]
            }
        };
        judge(inquiry, facts, &criteria);
        Ok(())
    })
}

fn record(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "OMI-11", day, |inquiry| {
        inquiry.read("omission.record")?;
        complete(inquiry, facts, RECORD);
        Ok(())
    })
}

#[cfg(test)]
#[path = "omission_tests.rs"]
mod tests;
