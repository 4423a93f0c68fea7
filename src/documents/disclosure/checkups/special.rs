//! The transcription sheet of special and dental examinations, and the letter in advance to people at high risk.

use crate::documents::disclosure::parts::{self, Imprint};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::Day;
use crate::domain::establishment::Establishment;
use crate::domain::worker::Worker;

/// An item of the sheet: name, 受診者数, 異常所見者数, 分布1 to 3.
pub type ItemRow<'a> = (&'a str, usize, usize, [usize; 3]);

/// What the sheet is made from; it holds no person.
#[derive(Debug, Clone, Copy)]
pub struct SpecialFacts<'a> {
    /// The form's name.
    pub form: &'a str,
    /// Article of the report.
    pub article: &'a str,
    /// The establishment.
    pub establishment: &'a Establishment,
    /// 報告対象期間
    pub period: (Day, Day),
    /// 健診実施機関
    pub clinics: &'a [String],
    /// 業務の内容, 物の名称
    pub works: &'a [String],
    /// 従事労働者数
    pub engaged: usize,
    /// 受診者数
    pub examined: usize,
    /// 異常所見者数
    pub found: usize,
    /// 医師 or 歯科医師 の指示
    pub instructed: usize,
    /// The items.
    pub items: &'a [ItemRow<'a>],
    /// What has to be looked at before the figures are typed.
    pub warnings: &'a [String],
    /// 保存期間の終わり
    pub kept_until: Option<Day>,
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the sheet: figures to be typed by the employer.
pub fn special_report(facts: &SpecialFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, facts.form, "事業者用");
    view.sections = vec![heading(facts), totals(facts)];
    view.sections.extend(items(facts));
    let warnings: Vec<Row> = facts.warnings.iter().map(|line| Row::text("確認", line)).collect();
    if !warnings.is_empty() {
        view.sections.push(Section { heading: "確かめること".to_owned(), rows: warnings, ..Section::default() });
    }
    let kept = facts
        .kept_until
        .map_or_else(|| "従事しなくなった日から数える".to_owned(), |day| format!("{}まで保存する", parts::date(day)));
    view.notes = vec![
        format!("{}の報告へ書き写すための数です。この紙そのものは報告書ではありません。", facts.article),
        format!("この健診の記録は、{kept}定めです。"),
    ];
    view
}

fn heading(facts: &SpecialFacts<'_>) -> Section {
    let site = facts.establishment;
    let (from, until) = facts.period;
    let rows = vec![
        Row::text("労働保険番号", parts::or_nothing(&site.insurance_number)),
        Row::half("事業の種類", parts::or_nothing(&site.industry)),
        Row::half("事業場の名称", &site.name),
        Row::text("所在地", parts::or_nothing(&site.address)),
        Row::text("対象の期間", format!("{}から{}まで", parts::date(from), parts::date(until))),
        Row::text("健診実施機関", parts::or_nothing(&facts.clinics.join("、"))),
        Row::text("業務・物の名称", parts::or_nothing(&facts.works.join("、"))),
    ];
    Section { rows, ..Section::default() }
}

fn totals(facts: &SpecialFacts<'_>) -> Section {
    let people = |count: usize| format!("{count}人");
    let rows = vec![
        Row::half("従事労働者数", people(facts.engaged)),
        Row::half("受診者数", people(facts.examined)),
        Row::half("異常所見者数", people(facts.found)),
        Row::half("指示のあった者", people(facts.instructed)),
    ];
    Section { heading: "数".to_owned(), rows, ..Section::default() }
}

fn items(facts: &SpecialFacts<'_>) -> Option<Section> {
    let head = ["項目", "受診者数", "異常所見者数", "分布1", "分布2", "分布3"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = facts
        .items
        .iter()
        .map(|(name, examined, found, classes)| {
            let counts = [*examined, *found].into_iter().chain(classes.iter().copied());
            std::iter::once((*name).to_owned()).chain(counts.map(|count| count.to_string())).collect()
        })
        .collect();
    let table = Table { head, widths: vec![9, 4, 4, 2, 2, 2], rows, blank_rows: 0 };
    (!facts.items.is_empty()).then(|| Section {
        heading: "項目ごとの数".to_owned(),
        table: Some(table),
        ..Section::default()
    })
}

/// What the letter is made from: no value and no finding.
#[derive(Debug, Clone, Copy)]
pub struct RiskFacts<'a> {
    /// Who.
    pub worker: &'a Worker,
    /// 健診日
    pub day: Day,
    /// The line of a month's 時間外・休日労働, in hours.
    pub hours: i64,
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the letter: one paragraph, to the person alone.
pub fn risk_letter(facts: &RiskFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "checkup_risk", "本人用");
    let paragraph = format!(
        "先の健康診断の結果から、働く時間が長くなったときに、心臓や脳の血管に負担がかかりやすいと考えられます。時間外・休日労働が1か月に{}時間を超えたときは、お疲れを感じていなくても、医師の面接指導を申し出てください。",
        facts.hours
    );
    let rows = vec![
        Row::text("宛先", format!("{} 様", facts.worker.name)),
        Row::half("健診日", parts::date(facts.day)),
        Row::text("お願い", paragraph),
    ];
    view.sections = vec![Section { rows, ..Section::default() }];
    view.notes = vec![
        "この書面は、ご本人だけにお渡ししています。会社には渡していません。".to_owned(),
        "申し出るかどうかは、ご本人が決められます。申し出ないことで不利な扱いを受けることはありません。".to_owned(),
    ];
    view
}
