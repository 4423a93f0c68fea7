//! Papers about checkups: gathered from the snapshot and the sheets of the season, handed to the whitelist.

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::issue::{Beside, Issue};
use super::papers::{free_name, own_paper};
use super::{Prepared, Subject, special};
use crate::app::Site;
use crate::app::checkups::committee::{self, SMALLEST};
use crate::app::checkups::counts::{self, Counts, Definition, Examined, Reported, RowCount};
use crate::app::checkups::{lines, queue};
use crate::app::host::DocumentRequest;
use crate::documents::disclosure::checkups::{
    self as papers, CardFacts, CommitteeFacts, Figure, ListFacts, ReferralFacts, ReportFacts, Told,
};
use crate::documents::disclosure::{Hint, Imprint};
use crate::documents::ledger::Ledger;
use crate::documents::view::Disclosed;
use crate::domain::case::Measure;
use crate::domain::checkup::{CheckupDetail, CheckupOmission, CheckupPolicy, CheckupSheet};
use crate::domain::interview::Fitness;
use crate::domain::opinion::{FormKind, Recipient};
use crate::domain::worker::{Checkup, Sex};
use crate::domain::{Day, Id, Table};
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;
use crate::scales::checkup::{DEFAULT, Table as Grades, table};

/// What a signed paper says and rests on.
pub(super) struct Made {
    view: Disclosed,
    recipient: Recipient,
    staying: Vec<(String, usize)>,
    hints: Vec<Hint>,
    pub(super) worker: Option<Id>,
    freezes: Vec<(Table, String)>,
    pub(super) basis: Map<String, Value>,
    /// A list of the same figures, to be typed from.
    pub(super) csv: Option<Vec<u8>>,
}

impl Made {
    pub(super) fn new(view: Disclosed, recipient: Recipient) -> Self {
        let (staying, hints, freezes) = (Vec::new(), Vec::new(), Vec::new());
        Self { view, recipient, staying, hints, worker: None, freezes, basis: Map::new(), csv: None }
    }
}

pub(super) fn prepare(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    if request.form == FormKind::CheckupCard {
        return card(desk, site, request, folder);
    }
    if request.form == FormKind::RiskList {
        return special::risk_list(desk, site, request, folder);
    }
    let issue = Issue::alone(desk, site)?;
    let imprint = issue.imprint();
    let made = match request.form {
        FormKind::CheckupOpinions | FormKind::CheckupList => list(desk, site, request, imprint),
        FormKind::CheckupReferral => referral(desk, site, request, imprint)?,
        FormKind::CheckupReport => report(desk, site, imprint)?,
        FormKind::CheckupCommittee => summary(desk, site, imprint)?,
        FormKind::RiskLetter => special::risk_letter(desk, site, request, imprint)?,
        form if form.is_special_report() => special::report(desk, site, request, imprint)?,
        _ => return Err(RuntimeError::NoSuchForm),
    };
    let missing = papers::missing(&imprint);
    Ok(signed(request, made, missing, issue, folder))
}

fn signed(request: &DocumentRequest, made: Made, missing: Vec<String>, issue: Issue<'_>, folder: PathBuf) -> Prepared {
    let Made { view, recipient, staying, hints, worker, freezes, basis, csv } = made;
    let id = issue.id().clone();
    let row = request.subject.clone().unwrap_or_else(|| id.clone());
    let subject = Subject { row, case: None, worker, supersedes: None, freezes, basis };
    let beside = Beside { staying, missing, hints: super::hints(hints) };
    let mut prepared = issue.prepared(request, view, recipient, beside, folder, subject);
    prepared.preview.files.extend(csv.as_ref().map(|_| format!("{id}.csv")));
    prepared.beside.extend(csv);
    prepared
}

/// Everybody employed, by department and name, with the newest examination of the season.
fn told(site: &Site, today: Day) -> Vec<Told<'_>> {
    let season: HashMap<&Id, &Checkup> =
        queue::season(site, today).into_iter().map(|checkup| (&checkup.worker, checkup)).collect();
    let details: HashMap<&Id, &CheckupDetail> =
        site.checkup_details.iter().map(|detail| (&detail.checkup, detail)).collect();
    let mut people: Vec<Told<'_>> = site
        .workers
        .iter()
        .filter(|worker| worker.is_employed_on(today))
        .map(|worker| {
            let checkup = season.get(&worker.id).copied();
            let detail = checkup.and_then(|checkup| details.get(&checkup.id).copied());
            Told { worker, checkup, detail, measures: measures(site, detail) }
        })
        .collect();
    people.sort_by(|one, other| {
        (&one.worker.department, &one.worker.kana, &one.worker.id).cmp(&(
            &other.worker.department,
            &other.worker.kana,
            &other.worker.id,
        ))
    });
    people
}

fn measures<'site>(site: &'site Site, detail: Option<&CheckupDetail>) -> Vec<&'site Measure> {
    let Some(case) = detail.and_then(|detail| detail.case_id.as_ref()) else { return Vec::new() };
    site.measures.iter().filter(|measure| measure.case_id == *case).collect()
}

fn list(desk: &Desk, site: &Site, request: &DocumentRequest, imprint: Imprint<'_>) -> Made {
    let people = told(site, imprint.day);
    let facts = ListFacts { establishment: &site.establishment, people: &people, released: &request.released, imprint };
    let is_opinions = request.form == FormKind::CheckupOpinions;
    let view = if is_opinions { papers::opinions(&facts) } else { papers::standing_list(&facts) };
    let mut made = Made::new(view, Recipient::Employer);
    made.staying = papers::staying(&facts);
    made.hints = papers::hints(desk.law(), &facts);
    // An opinion that the employer has read is corrected by another one, not by undo.
    let given = people.iter().filter(|told| told.checkup.is_some_and(|checkup| checkup.opinion_on.is_some()));
    for told in given.filter(|_| is_opinions) {
        let rows = told.checkup.map(|row| (Table::Checkup, row.id.to_string())).into_iter();
        made.freezes.extend(rows.chain(told.detail.map(|row| (Table::CheckupDetail, row.id.to_string()))));
    }
    let heads: Vec<&Checkup> = people.iter().filter_map(|told| told.checkup).collect();
    made.basis.insert("checkups".to_owned(), json!(heads));
    made
}

/// The examination of the request, else the newest of its worker.
pub(super) fn checkup<'site>(site: &'site Site, request: &DocumentRequest) -> Result<&'site Checkup, RuntimeError> {
    let id = request.subject.as_ref().ok_or(RuntimeError::NoSuchCheckup)?;
    let newest = |id: &Id| site.checkups.iter().filter(|row| row.worker == *id).max_by_key(|row| row.day);
    site.checkups.find(id.as_str()).or_else(|| newest(id)).ok_or(RuntimeError::NoSuchCheckup)
}

fn sheets(desk: &Desk, site: &Site, checkup: &Checkup) -> Result<Vec<CheckupSheet>, RuntimeError> {
    let mut sheets = desk.open_site(site.id())?.store.sheets_of(&checkup.worker)?;
    sheets.retain(|sheet| sheet.day <= checkup.day);
    Ok(sheets)
}

fn referral(desk: &Desk, site: &Site, request: &DocumentRequest, imprint: Imprint<'_>) -> Result<Made, RuntimeError> {
    let checkup = checkup(site, request)?;
    let worker = site.worker(&checkup.worker).ok_or(RuntimeError::NoSuchWorker)?;
    let sheets = sheets(desk, site, checkup)?;
    let lines = grades().map(|table| lines::lines(table, &sheets, worker.sex)).unwrap_or_default();
    let notable = lines.iter().filter(|line| line.is_to_be_seen());
    let items: Vec<[String; 3]> =
        notable.map(|line| [line.name.clone(), line.with_unit(), line.clinic.clone()]).collect();
    let detail = queue::detail(site, &checkup.id);
    let view = papers::referral(&ReferralFacts {
        worker,
        day: checkup.day,
        clinic: sheets.first().map_or("", |sheet| &sheet.clinic),
        items: &items,
        advice: detail.map_or("", |detail| &detail.condition),
        imprint,
    });
    let mut made = Made::new(view, Recipient::Worker);
    made.worker = Some(worker.id.clone());
    made.basis.insert("checkup".to_owned(), json!(checkup));
    Ok(made)
}

fn grades() -> Option<&'static Grades> {
    table(DEFAULT)
}

fn card(desk: &Desk, site: &Site, request: &DocumentRequest, folder: PathBuf) -> Result<Prepared, RuntimeError> {
    let checkup = checkup(site, request)?;
    let worker = site.worker(&checkup.worker).ok_or(RuntimeError::NoSuchWorker)?;
    let sheets = sheets(desk, site, checkup)?;
    let detail = queue::detail(site, &checkup.id);
    let measures: Vec<String> = measures(site, detail).into_iter().map(|measure| measure.content.clone()).collect();
    let omissions: Vec<&CheckupOmission> =
        site.checkup_omissions.iter().filter(|omission| omission.checkup == checkup.id).collect();
    let (day, number) = (desk.today(), format!("{}-{}", worker.id, checkup.day));
    let view = papers::card(&CardFacts {
        establishment: &site.establishment,
        worker,
        checkup,
        sheet: sheets.iter().find(|sheet| sheet.checkup == checkup.id),
        detail,
        omissions: &omissions,
        doctor: &desk.owner.name,
        measures: &measures,
        day,
        number: &number,
        demo: desk.is_demo(),
    });
    let file = free_name(desk, &folder, &format!("{number}_checkup_card"));
    Ok(own_paper(request, view, file, day, folder))
}

/// The counts of a calendar year with what they rest on.
struct Counted {
    period: (Day, Day),
    examined_on: Option<Day>,
    clinics: Vec<String>,
    counts: Counts,
    doubled: usize,
    unread: usize,
    policy: CheckupPolicy,
    fitness: [usize; 4],
}

fn counted(desk: &Desk, site: &Site, today: Day) -> Result<Counted, RuntimeError> {
    let period = period(site, today);
    let within = |checkup: &&Checkup| (period.0..=period.1).contains(&checkup.day);
    let ids: Vec<&Id> = site.checkups.iter().filter(within).map(|checkup| &checkup.id).collect();
    let sheets = desk.open_site(site.id())?.store.sheets(&ids)?;
    let reported = counts::reported(site, &sheets, period);
    let policy = counts::policy(site);
    let table = grades().ok_or(RuntimeError::Broken)?;
    let definition = Definition { law: desk.law(), table, from: policy.finding_from, instructed: policy.instructed };
    let mut clinics: Vec<String> = reported.people.iter().map(|(_, sheet)| sheet.clinic.clone()).collect();
    clinics.sort_unstable();
    clinics.dedup();
    Ok(Counted {
        period,
        examined_on: reported.people.iter().map(|(checkup, _)| checkup.day).max(),
        clinics,
        counts: definition.count(&examined(site, &reported)),
        doubled: reported.doubled,
        unread: reported.unread,
        fitness: fitness(&reported),
        policy,
    })
}

/// The calendar year of the newest examination.
fn period(site: &Site, today: Day) -> (Day, Day) {
    let newest = site.checkups.iter().map(|checkup| checkup.day).filter(|day| *day <= today).max().unwrap_or(today);
    let of = |month, day| Day::from_ymd_opt(newest.year(), month, day).unwrap_or(newest);
    (of(1, 1), of(12, 31))
}

fn examined<'a>(site: &'a Site, reported: &Reported<'a>) -> Vec<Examined<'a>> {
    let one = |(checkup, sheet): &(&'a Checkup, &'a CheckupSheet)| Examined {
        checkup,
        cells: &sheet.cells,
        sex: site.worker(&checkup.worker).map_or(Sex::Unknown, |worker| worker.sex),
        diagnosis: queue::detail(site, &checkup.id).and_then(|detail| detail.diagnosis),
    };
    reported.people.iter().map(one).collect()
}

/// 通常勤務, 就業制限, 要休業, and those without an opinion.
fn fitness(reported: &Reported<'_>) -> [usize; 4] {
    let of = |fitness| reported.people.iter().filter(|(checkup, _)| checkup.opinion == fitness).count();
    [of(Some(Fitness::Normal)), of(Some(Fitness::Limited)), of(Some(Fitness::Leave)), of(None)]
}

fn report(desk: &Desk, site: &Site, imprint: Imprint<'_>) -> Result<Made, RuntimeError> {
    let counted = counted(desk, site, imprint.day)?;
    let counts = &counted.counts;
    let rows: Vec<(&str, usize, usize)> =
        counts.rows.iter().map(|row| (row.row.label(), row.examined, row.found)).collect();
    let enrolled = site.size(counted.examined_on.unwrap_or(imprint.day));
    let (definitions, warnings) = (definitions(&counted), warnings(&counted));
    let view = papers::report(&ReportFacts {
        establishment: &site.establishment,
        period: counted.period,
        examined_on: counted.examined_on,
        clinics: &counted.clinics,
        enrolled,
        examined: counts.examined,
        rows: &rows,
        with_finding: counts.with_finding,
        instructed: counts.instructed,
        definitions: &definitions,
        warnings: &warnings,
        imprint,
    });
    let mut made = Made::new(view, Recipient::Employer);
    made.csv = Some(ledger(counts, enrolled).csv()?);
    made.basis.insert("policy".to_owned(), json!(counted.policy));
    Ok(made)
}

fn definitions(counted: &Counted) -> Vec<String> {
    let edition = grades().map(Grades::shown).unwrap_or_default();
    let settled = counted.policy.settled_on.map_or_else(
        || "この定めは、まだ書面で決めていません（衛生委員会で決め、事業場の設定に日付を入れます）。".to_owned(),
        |day| format!("{day} に定めたものです。"),
    );
    vec![
        format!(
            "異常所見: 健診機関の項目ごとの判定。判定のない項目は、{}（{edition}）。",
            counted.policy.finding_from.label()
        ),
        format!("医師による指示: {}。", counted.policy.instructed.label()),
        settled,
    ]
}

fn warnings(counted: &Counted) -> Vec<String> {
    let counts = &counted.counts;
    let unclear: usize = counts.rows.iter().map(|row| row.unclear).sum();
    let warnings = [
        (counted.doubled > 0, format!("期間に2回以上受けた人が{}名います。新しいほうを数えました。", counted.doubled)),
        (counted.unread > 0, format!("結果の値がない健診が{}件あります。数に入れていません。", counted.unread)),
        (unclear > 0, format!("所見の有無が決まらない値が{unclear}件あります。受診者数だけに入れました。",)),
        (
            counts.instructed > counts.with_finding,
            "医師による指示のあった者が、所見のある者より多くなっています。定めを確かめてください。".to_owned(),
        ),
    ];
    warnings.into_iter().filter(|(is_met, _)| *is_met).map(|(_, words)| words).collect()
}

fn ledger(counts: &Counts, enrolled: i64) -> Ledger {
    let line = |name: &str, examined: String, found: String| vec![name.to_owned(), examined, found];
    let mut rows = vec![
        line("常時使用する労働者の数", enrolled.to_string(), String::new()),
        line("受診者数", counts.examined.to_string(), String::new()),
    ];
    rows.extend(counts.rows.iter().map(|row| line(row.row.label(), row.examined.to_string(), row.found.to_string())));
    rows.push(line("いずれかに異常所見のある者", String::new(), counts.with_finding.to_string()));
    rows.push(line("医師による指示のあった者", String::new(), counts.instructed.to_string()));
    Ledger { header: vec!["項目", "受診者数", "異常所見者数"], rows }
}

fn summary(desk: &Desk, site: &Site, imprint: Imprint<'_>) -> Result<Made, RuntimeError> {
    let counted = counted(desk, site, imprint.day)?;
    let counts = &counted.counts;
    let enrolled = usize::try_from(site.size(imprint.day)).unwrap_or(0).max(counts.examined);
    let (all, with) = (counts.examined, counts.with_finding);
    let totals = [
        figure("受診した人", all, &[enrolled], enrolled, &[]),
        figure("いずれかに所見のある人", with, &[enrolled, all], all, &[enrolled]),
        figure(
            "医師の指示のあった人",
            counts.instructed,
            &[enrolled, all, with.max(counts.instructed)],
            all,
            &[enrolled],
        ),
    ];
    let row = |row: &RowCount| {
        figure(row.row.label(), row.found, &[enrolled, all, row.examined, with], row.examined, &[enrolled, all])
    };
    let rows: Vec<Figure> = counts.rows.iter().map(row).collect();
    let fitness = by_fitness(&counted, enrolled);
    let facts = CommitteeFacts {
        establishment: &site.establishment,
        period: counted.period,
        totals: &totals,
        rows: &rows,
        fitness: &fitness,
        smallest: SMALLEST,
        imprint,
    };
    Ok(Made::new(papers::committee(&facts), Recipient::Employer))
}

/// A figure beside what it is a part of; each is shown only as far as the wider ones allow.
fn figure(label: &str, count: usize, wider: &[usize], of: usize, held_by: &[usize]) -> Figure {
    Figure {
        label: label.to_owned(),
        of: committee::within(of, held_by).words(),
        count: committee::within(count, wider).words(),
    }
}

fn by_fitness(counted: &Counted, enrolled: usize) -> Vec<Figure> {
    let of = committee::within(counted.counts.examined, &[enrolled]).words();
    let labels = [Fitness::Normal.label(), Fitness::Limited.label(), Fitness::Leave.label(), "意見がまだの人"];
    let figure = |(label, shown): (&str, committee::Shown)| Figure {
        label: label.to_owned(),
        of: of.clone(),
        count: shown.words(),
    };
    labels.into_iter().zip(committee::parts(&counted.fitness)).map(figure).collect()
}
