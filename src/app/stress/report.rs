//! The transcription sheet of 則52条の21: ten items and how each is counted. It files nothing.

use std::collections::BTreeSet;

use chrono::{Datelike, Months};

use super::{StressFault, round};
use crate::app::Site;
use crate::domain::case::Ground;
use crate::domain::doctor::Doctor;
use crate::domain::{Day, Id};

/// The items that the records can answer; who carried out what is said by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportItems {
    /// 労働保険番号
    pub insurance_number: String,
    /// 事業の種類, 名称, 所在地, 電話
    pub site: [String; 4],
    /// 常時使用する労働者の数: the newest count up to the end of the month of the check, never the number invited.
    pub workers: Option<i64>,
    /// The day of that count.
    pub workers_on: Option<Day>,
    /// 検査の実施年月: the newest month of the round.
    pub month: Option<(i32, u32)>,
    /// 検査を受けた労働者の数: persons, each once.
    pub taken: usize,
    /// 面接指導を受けた労働者の数: those of 66条の10 only.
    pub interviewed: usize,
    /// 集団ごとの分析の有無
    pub is_analysed: bool,
}

/// Counts a round for the report.
///
/// # Errors
/// [`StressFault::NoRound`].
pub fn items(site: &Site, id: &Id) -> Result<ReportItems, StressFault> {
    round(site, id)?;
    let answered = site.stress_answers.iter().map(|row| (&row.round, &row.worker, row.day));
    let told = site.stress_reported.iter().map(|row| (&row.round, &row.worker, row.day));
    let taken: Vec<(&Id, Day)> =
        answered.chain(told).filter(|(of, ..)| *of == id).map(|(_, worker, day)| (worker, day)).collect();
    let newest = taken.iter().map(|(_, day)| *day).max();
    let counted = newest
        .and_then(last_of_month)
        .and_then(|last| site.headcounts.iter().filter(|count| count.day <= last).max_by_key(|count| count.day));
    let place = &site.establishment;
    Ok(ReportItems {
        insurance_number: place.insurance_number.clone(),
        site: [place.industry.clone(), place.name.clone(), place.address.clone(), place.phone.clone()],
        workers: counted.map(|count| count.male + count.female),
        workers_on: counted.map(|count| count.day),
        month: newest.map(|day| (day.year(), day.month())),
        taken: taken.iter().map(|(worker, _)| worker).collect::<BTreeSet<_>>().len(),
        interviewed: interviewed(site, id),
        is_analysed: site.stress_releases.iter().any(|row| &row.round == id),
    })
}

/// The ten items as they are transcribed; a blank is left for what the records do not know.
pub fn lines(items: &ReportItems, physician: &Doctor) -> Vec<String> {
    let [industry, name, address, phone] = &items.site;
    let month = items.month.map(|(year, month)| format!("{year}年{month}月")).unwrap_or_default();
    let workers = items.workers.zip(items.workers_on).map(|(count, day)| format!("{count}人（{day} の数）"));
    let carried = "1 事業場の産業医   2 事業場のほかの人   3 外部   （代表する人の番号を選ぶ）";
    vec![
        "心理的な負担の程度を把握するための検査結果等報告（安衛則52条の21）の転記用。届出は電子申請で行います。"
            .to_owned(),
        format!("1 労働保険番号  {}", items.insurance_number),
        format!("2 事業の種類・名称・所在地・電話  {industry}  {name}  {address}  {phone}"),
        format!("3 常時使用する労働者の数  {}", workers.unwrap_or_default()),
        format!("4 報告対象期間・検査の実施年月  {month}"),
        format!("5 検査を受けた労働者の数  {}人   面接指導を受けた労働者の数  {}人", items.taken, items.interviewed),
        format!("6 検査を実施した者  {carried}"),
        format!("7 面接指導を実施した医師  {carried}"),
        format!("8 集団ごとの分析  {}", if items.is_analysed { "1 実施した" } else { "2 実施の記録なし" }),
        format!("9 産業医の氏名・所属機関  {}  {}", physician.name, physician.affiliation),
        "10 報告年月日・事業者職氏名".to_owned(),
    ]
}

/// Persons interviewed after a request of this round; a 健康相談 is no such interview (SC-47).
fn interviewed(site: &Site, round: &Id) -> usize {
    let asked = |worker: &Id| super::requests::request_of(site, round, worker).map(|request| &request.case_id);
    let is_high = |case: &Id| site.cases.iter().any(|row| &row.id == case && row.ground == Ground::HighStress);
    let fits = site.interviews.iter().filter(|row| is_high(&row.case_id) && asked(&row.worker) == Some(&row.case_id));
    fits.map(|row| &row.worker).collect::<BTreeSet<_>>().len()
}

fn last_of_month(day: Day) -> Option<Day> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}
