//! The papers of the stress check: the result for the worker, the group report as it was released, the sheet for the
//! report to the labour office.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::issue::{Beside, Issue};
use super::papers::{free_name, own_paper};
use super::{Prepared, Subject, file_name};
use crate::app::Site;
use crate::app::host::DocumentRequest;
use crate::app::stress::given::{self, Given};
use crate::app::stress::reported::is_told;
use crate::app::stress::{self, StressFault, ask, groups, judging, report};
use crate::documents::disclosure;
use crate::documents::disclosure::stress_papers::{
    self, GROUP_HEAD, GroupLine, ScaleLine, StressGroupFacts, StressNoticeFacts,
};
use crate::documents::ledger::Ledger;
use crate::documents::view::{Plot, PlotLine, PlotPoint};
use crate::domain::opinion::Recipient;
use crate::domain::stress::{Computed, Method, Need, StressAnswers, StressRelease, StressResult, StressRound};
use crate::domain::worker::Sex;
use crate::domain::{Day, Table};
use crate::law::Law;
use crate::runtime::desk::Desk;
use crate::runtime::error::RuntimeError;
use crate::scales::stress::diagram::{Diagram, Place, RISKS, SIDE};
use crate::scales::stress::group::Mean;
use crate::scales::stress::risk::{CoefficientSet, Risk, sets};
use crate::scales::stress::{Questionnaire, Score};

/// Groups of a drawing by their letters.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The sheet for the report: a paper of the physician's own.
pub(super) fn transcription(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let round = request.subject.as_ref().ok_or(StressFault::NoRound)?;
    let day = desk.today();
    let number = format!("{}-{day}", site.id());
    let lines = report::lines(&report::items(site, round)?, &desk.owner);
    let view = stress_papers::transcription(&lines, &number, desk.is_demo());
    let file = free_name(desk, &folder, &format!("{number}_stress_report"));
    Ok(own_paper(request, view, file, day, folder))
}

/// The result of one worker, for that worker alone; only after the implementer's decision.
pub(super) fn notice(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let (round, result) = told(site, request)?;
    let answers = stress::sheet(site, &round.id, &result.worker);
    let worker = site.worker(&result.worker).ok_or(RuntimeError::NoSuchWorker)?;
    let day = stress::taken_on(site, &round.id, &result.worker).ok_or(StressFault::NoResult)?;
    let issue = Issue::of(desk, site, request, &result.id)?;
    let is_told = is_told(site, result);
    // A result from elsewhere has no answers that a chart could be made of, and its method is not known here.
    let scales = answers.filter(|_| !is_told).map(profile).transpose()?.unwrap_or_default();
    let points = points(round, result, is_told);
    let answered_on = disclosure::date(day);
    let apply_by = apply_by(desk.law(), result, issue.day());
    let facts = StressNoticeFacts {
        site: &site.establishment.name,
        worker: &worker.name,
        answered_on: &answered_on,
        points: &points,
        degree: if result.computed == Computed::High {
            "高ストレスです"
        } else {
            "高ストレスではありません"
        },
        need: result.need,
        scales: &scales,
        apply_by: apply_by.as_deref(),
        imprint: issue.imprint(),
    };
    let view = stress_papers::notice(&facts);
    let subject = Subject {
        row: result.id.clone(),
        case: None,
        worker: Some(result.worker.clone()),
        supersedes: None,
        freezes: rests_on(site, answers, result),
        basis: basis([("round", json!(round)), ("answers", json!(answers)), ("result", json!(result))]),
    };
    Ok(issue.prepared(request, view, Recipient::Worker, Beside::default(), folder, subject))
}

fn told<'site>(
    site: &'site Site,
    request: &DocumentRequest,
) -> Result<(&'site StressRound, &'site StressResult), RuntimeError> {
    let result = site.stress_results.iter().find(|row| Some(&row.id) == request.subject.as_ref());
    let result = result.ok_or(StressFault::NoResult)?;
    judging::check_notice(result)?;
    Ok((stress::round(site, &result.round)?, result))
}

/// The answers, and what was told elsewhere: neither changes once the worker holds the paper.
fn rests_on(site: &Site, answers: Option<&StressAnswers>, result: &StressResult) -> Vec<(Table, String)> {
    let answers = answers.map(|row| (Table::StressAnswers, row.id.to_string()));
    let told = stress::reported_of(site, &result.round, &result.worker).filter(|_| is_told(site, result));
    answers.into_iter().chain(told.map(|row| (Table::StressReported, row.id.to_string()))).collect()
}

fn profile(answers: &StressAnswers) -> Result<Vec<ScaleLine>, RuntimeError> {
    let (_, score) = judging::scored(answers)?;
    scales(&score, answers.sex)
}

fn points(round: &StressRound, result: &StressResult, is_told: bool) -> Vec<(&'static str, String)> {
    let method = match round.criteria_json.method {
        _ if is_told => "ほかで計算した結果",
        Method::Sums => "合計点数（高いほど負担が大きい）",
        Method::Points => "評価点の合計（低いほど負担が大きい）",
    };
    let number = |value: Option<i64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value}点"));
    vec![
        ("点数の方法", method.to_owned()),
        ("A ストレスの要因", number(result.causes)),
        ("B 心身の自覚症状", number(result.symptoms)),
        ("C 周囲の支援", number(result.support)),
    ]
}

fn scales(score: &Score, sex: Sex) -> Result<Vec<ScaleLine>, RuntimeError> {
    if sex == Sex::Unknown {
        return Ok(Vec::new());
    }
    let book = Questionnaire::built_in().map_err(StressFault::from)?;
    let line = |(scale, scored): (&crate::scales::stress::questionnaire::Scale, &crate::scales::stress::ScaleScore)| {
        ScaleLine {
            part: scale.part.letter(),
            name: scale.name.clone(),
            raw: scored.raw,
            column: scored.column,
            point: scored.point,
            columns: [1, 2, 3, 4, 5].map(|column| scale.has_column(column, sex)),
        }
    };
    Ok(book.scales().iter().zip(&score.scales).filter(|(_, scored)| scored.raw.is_some()).map(line).collect())
}

/// About a month from the notice (SC-41); from today where it has not been given yet.
fn apply_by(law: &Law, result: &StressResult, today: Day) -> Option<String> {
    let told = result.notified_on.unwrap_or(today);
    let due = ask(law, "SC-41", told, &json!({ "notified_on": told.to_string() }))?.due?;
    (result.need == Need::Needed).then(|| disclosure::date(due.safe))
}

pub(super) fn basis<const N: usize>(named: [(&str, Value); N]) -> Map<String, Value> {
    named.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The group report that was released, with the same table as a workbook beside it.
pub(super) fn group_report(
    desk: &Desk,
    site: &Site,
    request: &DocumentRequest,
    folder: PathBuf,
) -> Result<Prepared, RuntimeError> {
    let release = site.stress_releases.iter().find(|row| Some(&row.id) == request.subject.as_ref());
    let release = release.ok_or(StressFault::NothingToRelease)?;
    let round = stress::round(site, &release.round)?;
    let minimum = groups::minimum(desk.law(), release.day).ok_or(StressFault::NothingToRelease)?;
    let set = sets().map_err(StressFault::from)?.first().ok_or(StressFault::NothingToRelease)?;
    let given = given::given(site, release)?;
    let issue = Issue::of(desk, site, request, &release.id)?;
    let lines = lines(set, &given);
    let means = means(&given)?;
    let (letters, plots) = drawn(set, &given);
    let facts = StressGroupFacts {
        employer: disclosure::employer(&site.establishment),
        site: &site.establishment.name,
        round: &round.name,
        recipients: &release.recipients,
        groups: &lines,
        scales: &means,
        minimum,
        coefficients: &format!("{} {}", set.id, set.source),
        plots: &plots,
        letters: &letters,
        imprint: issue.imprint(),
    };
    let view = stress_papers::groups(&facts);
    let workbook = workbook(&lines).xlsx(issue.day())?;
    let name = file_name(issue.id(), Recipient::Employer).replace(".pdf", ".xlsx");
    let (to, beside) = (Recipient::Employer, Beside::default());
    let mut prepared = issue.prepared(request, view, to, beside, folder, group_subject(release));
    prepared.preview.files.push(name);
    prepared.beside.push(workbook);
    Ok(prepared)
}

fn group_subject(release: &StressRelease) -> Subject {
    Subject {
        row: release.id.clone(),
        case: None,
        worker: None,
        supersedes: None,
        freezes: vec![(Table::StressRelease, release.id.to_string())],
        basis: basis([("recipients", json!(release.recipients)), ("released_on", json!(release.day))]),
    }
}

fn workbook(lines: &[GroupLine]) -> Ledger {
    let rows = lines.iter().map(|line| std::iter::once(line.name.clone()).chain(line.cells.clone()).collect());
    Ledger { header: GROUP_HEAD.to_vec(), rows: rows.collect() }
}

fn lines(set: &CoefficientSet, given: &[Given]) -> Vec<GroupLine> {
    let shown = given.iter().filter(|one| one.chart.is_some() || one.high.is_some());
    shown.map(|one| GroupLine { name: name(one), cells: cells(set, given, one) }).collect()
}

/// The squares of each sex that was given, and what each letter stands for; where no sex was collected the men's lines
/// hold, as for the figures.
fn drawn(set: &CoefficientSet, given: &[Given]) -> (Vec<(String, String)>, Vec<Plot>) {
    let mut names: Vec<&str> = Vec::new();
    for one in given.iter().filter(|one| one.chart.is_some()) {
        if !names.contains(&one.name.as_str()) {
            names.push(&one.name);
        }
    }
    let letters: Vec<(String, String)> =
        LETTERS.chars().map(String::from).zip(names.into_iter().map(str::to_owned)).collect();
    let has_sex = given.iter().any(|one| one.sex.is_some());
    let sexes: &[Option<Sex>] = if has_sex { &[Some(Sex::Male), Some(Sex::Female)] } else { &[None] };
    let plots = sexes.iter().flat_map(|sex| Diagram::ALL.map(|diagram| plot(set, given, &letters, diagram, *sex)));
    (letters.clone(), plots.filter(|plot| !plot.points.is_empty()).collect())
}

fn plot(
    set: &CoefficientSet,
    given: &[Given],
    letters: &[(String, String)],
    diagram: Diagram,
    sex: Option<Sex>,
) -> Plot {
    let thousandths = |at: i64| (at - SIDE.0) * 1000 / (SIDE.1 - SIDE.0);
    let scaled = |(across, up): Place| (thousandths(across), thousandths(up));
    let [across, up] = diagram.axes().map(str::to_owned);
    let line = |risk: &i64| {
        let ends = diagram.line(set, sex.unwrap_or(Sex::Unknown), *risk)?;
        Some(PlotLine { name: risk.to_string(), ends: ends.map(scaled) })
    };
    let point = |(letter, name): &(String, String)| {
        let found = given.iter().find(|one| &one.name == name && one.sex == sex)?;
        Some(PlotPoint { name: letter.clone(), place: scaled(diagram.place(&found.chart?)?) })
    };
    Plot {
        title: sex.map_or_else(|| diagram.title().to_owned(), |sex| format!("{}（{}）", diagram.title(), sex.label())),
        across,
        up,
        lines: RISKS.iter().filter_map(line).collect(),
        points: letters.iter().filter_map(point).collect(),
    }
}

fn name(given: &Given) -> String {
    given.sex.map_or_else(|| given.name.clone(), |sex| format!("{}（{}）", given.name, sex.label()))
}

fn cells(set: &CoefficientSet, all: &[Given], one: &Given) -> [String; 9] {
    let risk = risk(set, all, one);
    let word = |pick: fn(&Risk) -> f64| risk.map_or_else(dash, |risk| Risk::rounded(pick(&risk)).to_string());
    let mean = |place: usize| {
        let sums = one.chart.and_then(|chart| Some(Mean { sum: *chart.sums.get(place)?, people: chart.people }));
        sums.map_or_else(dash, tenths)
    };
    [
        one.chart.map_or_else(dash, |chart| chart.people.to_string()),
        mean(0),
        mean(1),
        mean(2),
        mean(3),
        word(|risk| risk.demand_control),
        word(|risk| risk.support),
        word(|risk| risk.total),
        one.high.map_or_else(dash, |share| format!("{} / {}", share.high, share.judged)),
    ]
}

/// By sex; of everybody only where both sexes' charts were given, or no sex was collected.
fn risk(set: &CoefficientSet, all: &[Given], one: &Given) -> Option<Risk> {
    let of = |sex| all.iter().find(|other| other.name == one.name && other.sex == Some(sex))?.chart;
    match one.sex {
        Some(sex) => set.risk(&one.chart?, sex),
        None if all.iter().any(|other| other.sex.is_some()) => set.weighed(&of(Sex::Male)?, &of(Sex::Female)?),
        None => set.risk(&one.chart?, Sex::Unknown),
    }
}

fn means(given: &[Given]) -> Result<Vec<(String, String)>, RuntimeError> {
    let scales = Questionnaire::built_in().map_err(StressFault::from)?.scales();
    let whole = given.iter().find(|one| one.name == given::WHOLE && one.sex.is_none());
    let of = whole.iter().flat_map(|one| &one.scales);
    Ok(of.filter_map(|(place, mean)| Some((scales.get(*place)?.name.clone(), tenths(*mean)))).collect())
}

fn tenths(mean: Mean) -> String {
    let tenths = mean.tenths();
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn dash() -> String {
    "-".to_owned()
}
