//! 健康診断個人票 with every field of 様式第5号: a paper of the physician's own. Its layout is free (安衛則100条).

use crate::documents::disclosure::parts::{self, NOTHING};
use crate::documents::form;
use crate::documents::view::{Disclosed, Row, Section};
use crate::domain::checkup::{Catalogue, Cell, CheckupDetail, CheckupOmission, CheckupSheet, Item};
use crate::domain::establishment::Establishment;
use crate::domain::worker::{Checkup, Worker};
use crate::domain::{Day, time};

/// What the card is made from.
#[derive(Debug, Clone, Copy)]
pub struct CardFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// Who.
    pub worker: &'a Worker,
    /// The examination.
    pub checkup: &'a Checkup,
    /// Its values, where they came.
    pub sheet: Option<&'a CheckupSheet>,
    /// What the opinion holds more.
    pub detail: Option<&'a CheckupDetail>,
    /// Items left out by a physician.
    pub omissions: &'a [&'a CheckupOmission],
    /// Who gave the opinion.
    pub doctor: &'a str,
    /// The measures in words.
    pub measures: &'a [String],
    /// The day of print.
    pub day: Day,
    /// Number of the paper.
    pub number: &'a str,
    /// Whether the data are invented.
    pub demo: bool,
}

/// The items of the form in its order; the labels are the form's where it says another word than the catalogue.
const ITEMS: &[(&str, &[Item])] = &[
    ("既往歴", &[Item::History]),
    ("自覚症状", &[Item::Symptoms]),
    ("他覚症状", &[Item::Signs]),
    ("身長", &[Item::Height]),
    ("体重", &[Item::Weight]),
    ("BMI", &[Item::Bmi]),
    ("腹囲", &[Item::Waist]),
    ("視力 右（矯正）", &[Item::VisionRight, Item::VisionRightCorrected]),
    ("視力 左（矯正）", &[Item::VisionLeft, Item::VisionLeftCorrected]),
    ("聴力 右 1000Hz", &[Item::Hearing1000Right]),
    ("聴力 左 1000Hz", &[Item::Hearing1000Left]),
    ("聴力 右 4000Hz", &[Item::Hearing4000Right]),
    ("聴力 左 4000Hz", &[Item::Hearing4000Left]),
    ("聴力 その他の方法", &[Item::HearingOther]),
    ("胸部エックス線検査", &[Item::ChestXray]),
    ("喀痰検査", &[Item::Sputum]),
    ("血圧", &[Item::Systolic, Item::Diastolic]),
    ("血色素量", &[Item::Haemoglobin]),
    ("赤血球数", &[Item::RedCells]),
    ("GOT（AST）", &[Item::Ast]),
    ("GPT（ALT）", &[Item::Alt]),
    ("γ-GTP", &[Item::Ggt]),
    ("LDLコレステロール", &[Item::Ldl, Item::NonHdl]),
    ("HDLコレステロール", &[Item::Hdl]),
    ("トリグリセライド", &[Item::TriglycerideFasting, Item::TriglycerideCasual, Item::Triglyceride]),
    ("血糖検査", &[Item::GlucoseFasting, Item::GlucoseCasual, Item::Glucose, Item::HbA1c, Item::HbA1cJds]),
    ("尿 糖", &[Item::UrineGlucose]),
    ("尿 蛋白", &[Item::UrineProtein]),
    ("心電図検査", &[Item::Ecg]),
];

/// Builds the card.
pub fn card(facts: &CardFacts<'_>) -> Disclosed {
    let sections = vec![person(facts), items(facts), others(facts), judged(facts)];
    Disclosed {
        form: "checkup_card".to_owned(),
        title: form("checkup_card").map(|form| form.title.to_owned()).unwrap_or_default(),
        number: facts.number.to_owned(),
        recipient: "産業医だけ".to_owned(),
        demo: facts.demo,
        sections: sections.into_iter().filter(|section| !section.rows.is_empty()).collect(),
        ..Disclosed::default()
    }
}

fn person(facts: &CardFacts<'_>) -> Section {
    let worker = facts.worker;
    let age = worker.birth.map(|birth| format!("{}歳（健診日）", time::age(birth, facts.checkup.day)));
    let day = |day: Option<Day>| day.map_or_else(|| NOTHING.to_owned(), parts::date);
    let rows = vec![
        Row::text("事業場", &facts.establishment.name),
        Row::half("氏名", &worker.name),
        Row::half("性別", worker.sex.label()),
        Row::half("生年月日", day(worker.birth)),
        Row::half("年齢", age.unwrap_or_else(|| NOTHING.to_owned())),
        Row::half("雇入年月日", day(worker.joined_on)),
        Row::half("健診年月日", parts::date(facts.checkup.day)),
        Row::half("健診の種類", facts.sheet.map_or(NOTHING, |sheet| sheet.kind.label())),
        Row::half("書き出した日", parts::date(facts.day)),
        Row::text("他の法定特殊健康診断の名称", parts::or_nothing(&worker.special_work)),
        Row::text("業務歴", parts::or_nothing(&worker.duties)),
    ];
    Section { rows, ..Section::default() }
}

fn items(facts: &CardFacts<'_>) -> Section {
    let rows = ITEMS.iter().map(|(label, items)| Row::half(*label, value(facts, items))).collect();
    Section { heading: "検査".to_owned(), rows, ..Section::default() }
}

/// The values of these items; 省略 where a physician left it out (基発463号), 記載なし where nothing came.
fn value(facts: &CardFacts<'_>, items: &[Item]) -> String {
    let cells = facts.sheet.into_iter().flat_map(|sheet| items.iter().filter_map(|item| sheet.cells.get(*item)));
    let values: Vec<String> = cells.map(|cell| with_unit(cell, items.len() > 2)).collect();
    let is_omitted = || facts.omissions.iter().any(|omission| items.iter().any(|item| is_of(&omission.item, *item)));
    match values.is_empty() {
        false => values.join(" / "),
        true if is_omitted() => "省略".to_owned(),
        true => NOTHING.to_owned(),
    }
}

/// 聴力 stands as the form has it, by its words; a value of several kinds bears its name (CHK-23: HbA1c with %).
fn with_unit(cell: &Cell, is_named: bool) -> String {
    let entry = Catalogue::built_in().entry(cell.item);
    let name = entry.filter(|_| is_named).map(|entry| format!("{} ", entry.name)).unwrap_or_default();
    let unit = entry.map(|entry| entry.unit.as_str()).unwrap_or_default();
    let shown = cell.shown();
    let has_number = cell.value.number().is_some() && !shown.ends_with(unit);
    format!("{name}{shown}{}", if has_number { unit } else { "" })
}

/// Whether a legal item of the rules is this item of the sheet.
fn is_of(legal: &str, item: Item) -> bool {
    match legal {
        "height" => item == Item::Height,
        "waist" => item == Item::Waist,
        "hearing" => item.is_tone() || item == Item::HearingOther,
        "xray" => item == Item::ChestXray,
        "sputum" => item == Item::Sputum,
        "anemia" => matches!(item, Item::Haemoglobin | Item::RedCells),
        "liver" => matches!(item, Item::Ast | Item::Alt | Item::Ggt),
        "lipid" => matches!(item, Item::Ldl | Item::Hdl | Item::TriglycerideFasting),
        "glucose" => matches!(item, Item::GlucoseFasting | Item::HbA1c),
        "ecg" => item == Item::Ecg,
        _ => false,
    }
}

fn others(facts: &CardFacts<'_>) -> Section {
    let has_place = |item: Item| item == Item::Examiner || ITEMS.iter().any(|(_, items)| items.contains(&item));
    let is_shown = |cell: &&Cell| !has_place(cell.item);
    let cells = facts.sheet.into_iter().flat_map(|sheet| sheet.cells.all().iter()).filter(is_shown);
    let rows: Vec<Row> =
        cells.map(|cell| Row::half(Catalogue::built_in().name_of(cell.item), with_unit(cell, false))).collect();
    Section { heading: "その他の検査".to_owned(), rows, ..Section::default() }
}

/// The doctor whom the file names; where it names the clinic alone, a doctor's name is not made of it.
fn examiner(facts: &CardFacts<'_>) -> String {
    if let Some(doctor) = facts.sheet.and_then(|sheet| sheet.cells.get(Item::Examiner)) {
        return doctor.shown();
    }
    match facts.sheet.map_or("", |sheet| sheet.clinic.trim()) {
        "" => NOTHING.to_owned(),
        clinic => format!("{NOTHING}（健診機関 {clinic}）"),
    }
}

fn judged(facts: &CardFacts<'_>) -> Section {
    let clinic = facts.sheet.map_or(facts.checkup.judgement.as_str(), |sheet| sheet.clinic_text.as_str());
    let own = facts.detail.and_then(|detail| detail.diagnosis).map(|diagnosis| format!("産業医 {}", diagnosis.label()));
    let diagnosis = [Some(clinic.to_owned()), own].into_iter().flatten().filter(|text| !text.is_empty());
    let opinion_by = if facts.checkup.opinion.is_some() { facts.doctor } else { "" };
    let rows = vec![
        Row::text("医師の診断", parts::or_nothing(&diagnosis.collect::<Vec<_>>().join("　"))),
        Row::text("健康診断を実施した医師の氏名", examiner(facts)),
        Row::text("医師の意見", parts::or_nothing(&opinion(facts))),
        Row::text("意見を述べた医師の氏名", parts::or_nothing(opinion_by)),
        Row::text("歯科医師による健康診断", NOTHING),
        Row::text("備考", parts::or_nothing(&omitted(facts))),
    ];
    Section { heading: "診断と意見".to_owned(), rows, ..Section::default() }
}

fn opinion(facts: &CardFacts<'_>) -> String {
    let Some(fitness) = facts.checkup.opinion else { return String::new() };
    let mut lines = vec![fitness.label().to_owned()];
    lines.extend(facts.measures.iter().cloned());
    let detail = facts.detail.map(|detail| [&detail.condition, &detail.words, &detail.environment]);
    lines.extend(detail.into_iter().flatten().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
    lines.join("\n")
}

fn omitted(facts: &CardFacts<'_>) -> String {
    let line = |omission: &&CheckupOmission| {
        format!(
            "{} 省略 {}（{}、{} {}）",
            omission.item, omission.reason, omission.ground, omission.decided_by, omission.decided_on
        )
    };
    facts.omissions.iter().map(line).collect::<Vec<_>>().join("\n")
}
