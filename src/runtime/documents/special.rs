//! Papers about special examinations, and the letter in advance: gathered from the snapshot, handed to the whitelist.

use std::path::PathBuf;

use serde_json::json;

use super::Prepared;
use super::checkups::{Made, checkup};
use super::papers::{free_name, own_paper};
use crate::app::Site;
use crate::app::checkups::care;
use crate::app::checkups::lacking::Lacking;
use crate::app::checkups::special_counts::{self, SpecialCounts};
use crate::app::host::DocumentRequest;
use crate::documents::disclosure::Imprint;
use crate::documents::disclosure::checkups::{self as papers, AtRisk, ItemRow, RiskFacts, RiskListFacts, SpecialFacts};
use crate::documents::ledger::Ledger;
use crate::domain::checkup::{ReportKind, SpecialKind};
use crate::domain::opinion::{FormKind, Recipient};
use crate::law::overtime;
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;

/// What a form of this file is about.
struct Sheet {
    exam: SpecialKind,
    kind: ReportKind,
    form: &'static str,
    article: &'static str,
}

fn sheet(form: FormKind) -> Option<Sheet> {
    let (exam, kind, form, article) = match form {
        FormKind::OrganicReport => {
            (SpecialKind::Organic, ReportKind::Organic, "checkup_organic", "有機溶剤中毒予防規則第30条の3")
        }
        FormKind::RadiationReport => {
            (SpecialKind::Radiation, ReportKind::Radiation, "checkup_radiation", "電離放射線障害防止規則第58条")
        }
        FormKind::DentalReport => {
            (SpecialKind::Dental, ReportKind::Dental, "checkup_dental", "労働安全衛生規則第52条第2項")
        }
        _ => return None,
    };
    Some(Sheet { exam, kind, form, article })
}

/// The transcription sheet with its CSV.
pub(super) fn report(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    imprint: Imprint<'_>,
) -> Result<Made, RuntimeError> {
    let sheet = sheet(request.form).ok_or(RuntimeError::NoSuchForm)?;
    let counts = special_counts::count(desk.law(), site, sheet.exam, sheet.kind, imprint.day);
    let counts = counts.ok_or(RuntimeError::NoSuchCheckup)?;
    let items: Vec<ItemRow<'_>> =
        counts.items.iter().map(|item| (item.name.as_str(), item.examined, item.found, item.classes)).collect();
    let warnings = warnings(&sheet, &counts);
    let view = papers::special_report(&SpecialFacts {
        form: sheet.form,
        article: sheet.article,
        establishment: &site.establishment,
        period: counts.period,
        clinics: &counts.clinics,
        works: &counts.works,
        engaged: counts.engaged,
        examined: counts.examined,
        found: counts.found,
        instructed: counts.instructed,
        items: &items,
        warnings: &warnings,
        kept_until: counts.kept_until.map(|due| due.last),
        imprint,
    });
    let mut made = Made::new(view, Recipient::Employer);
    made.csv = Some(ledger(&counts).csv()?);
    made.basis.insert("period".to_owned(), json!(counts.period));
    Ok(made)
}

fn warnings(sheet: &Sheet, counts: &SpecialCounts) -> Vec<String> {
    let is_by_dose = sheet.exam == SpecialKind::Radiation && counts.without_dose > 0;
    let warnings = [
        (counts.unclear > 0, format!("所見の有無が記録されていない人が{}名います。", counts.unclear)),
        (is_by_dose, format!("前回の健診のあとの線量が記録されていない人が{}名います。", counts.without_dose)),
        (
            counts.engaged < counts.examined,
            "受診者が、対象の業務の登録より多くなっています。業務の登録を確かめてください。".to_owned(),
        ),
    ];
    warnings.into_iter().filter(|(is_met, _)| *is_met).map(|(_, words)| words).collect()
}

fn ledger(counts: &SpecialCounts) -> Ledger {
    let line = |name: &str, examined: String, found: String, classes: [String; 3]| {
        [name.to_owned(), examined, found].into_iter().chain(classes).collect::<Vec<String>>()
    };
    let blank = || [String::new(), String::new(), String::new()];
    let mut rows = vec![
        line("従事労働者数", counts.engaged.to_string(), String::new(), blank()),
        line("受診者", counts.examined.to_string(), counts.found.to_string(), blank()),
        line("指示のあった者", String::new(), counts.instructed.to_string(), blank()),
    ];
    rows.extend(counts.items.iter().map(|item| {
        line(&item.name, item.examined.to_string(), item.found.to_string(), item.classes.map(|count| count.to_string()))
    }));
    Ledger { header: vec!["項目", "受診者数", "異常所見者数", "分布1", "分布2", "分布3"], rows }
}

/// The letter to a person at high risk; the hours are the law's of the day.
pub(super) fn risk_letter(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    imprint: Imprint<'_>,
) -> Result<Made, RuntimeError> {
    let checkup = checkup(site, request)?;
    let worker = site.worker(&checkup.worker).ok_or(RuntimeError::NoSuchWorker)?;
    let lines = overtime::lines(desk.law(), imprint.day);
    // The second line is that of the request (則52条の2).
    let hours = lines.get(1).map(|line| line.0 / 3600).ok_or(RuntimeError::Law)?;
    let view = papers::risk_letter(&RiskFacts { worker, day: checkup.day, hours, imprint });
    let mut made = Made::new(view, Recipient::Worker);
    made.worker = Some(worker.id.clone());
    made.basis.insert("checkup".to_owned(), json!(checkup));
    Ok(made)
}

/// The physician's own list of those at high risk: who stands on the screen, in its order.
pub(super) fn risk_list(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let (day, found) = (desk.today(), desk.lacking(site.id())?);
    let one = |person: &Lacking| {
        let (worker, examined_on) = site.worker(&person.worker).zip(person.last_on)?;
        Some(AtRisk { worker, examined_on, told_on: person.told_on })
    };
    let people: Vec<AtRisk<'_>> = found.iter().filter(|person| person.is_at_risk).filter_map(one).collect();
    let number = format!("{}-{day}", site.id());
    let view = papers::risk_list(&RiskListFacts {
        establishment: &site.establishment,
        people: &people,
        criterion: &care::criterion(desk.law(), day).ok_or(RuntimeError::Law)?,
        day,
        number: &number,
        demo: desk.is_demo(),
    });
    let file = free_name(desk, &folder, &format!("{number}_checkup_risk_list"));
    Ok(own_paper(request, view, file, day, folder))
}
