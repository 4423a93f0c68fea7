//! The roster with its flags as a list, for the physician's own use: what is shown on the screens, and nothing more.

use super::Site;
use super::assess::SiteAssessment;
use crate::domain::Day;
use crate::domain::worker::Worker;
use crate::labelled;

labelled! {
    /// What a list is written as.
    ListFormat { Csv = "CSV（UTF-8）", Xlsx = "Excel（XLSX）" }
}

impl ListFormat {
    /// The ending of a file of this format.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Names of the columns.
pub const COLUMNS: &[&str] = &[
    "番号",
    "社員番号",
    "氏名",
    "ふりがな",
    "性別",
    "生年月日",
    "所属",
    "役職",
    "入社日",
    "退職日",
    "期間の末日",
    "時間外・休日労働",
    "長時間",
    "健診",
    "ストレスチェック",
    "面接",
    "就業",
];

/// A row for everybody, in the order of the roster.
pub fn rows(site: &Site, assessment: &SiteAssessment) -> Vec<Vec<String>> {
    site.workers.iter().map(|worker| row(worker, assessment)).collect()
}

fn row(worker: &Worker, assessment: &SiteAssessment) -> Vec<String> {
    let flags = assessment.flags_of(&worker.id);
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut cells = vec![
        worker.id.to_string(),
        worker.number.clone(),
        worker.name.clone(),
        worker.kana.clone(),
        worker.sex.label().to_owned(),
        day(worker.birth),
        worker.department.clone(),
        worker.position.clone(),
        day(worker.joined_on),
        day(worker.left_on),
        day(flags.and_then(|flags| flags.month).map(|month| month.period.end)),
    ];
    cells.push(flags.map(|flags| flags.hours_text()).unwrap_or_default());
    let words = flags.map(|flags| [flags.overtime_word(), flags.checkup, flags.stress, flags.interview, flags.fitness]);
    cells.extend(words.unwrap_or_default().map(str::to_owned));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::{site, today};
    use crate::law::Law;

    #[test]
    fn every_row_has_every_column_and_the_flag_of_the_screen() {
        let (site, law) = (site(), Law::built_in().unwrap());
        let assessment = SiteAssessment::new(&law, &site, today());
        let rows = rows(&site, &assessment);
        assert_eq!(rows.len(), 1);
        assert!(rows.iter().all(|row| row.len() == COLUMNS.len()));
        assert_eq!(rows[0][0], "E01-W0001");
        assert_eq!(rows[0][12], assessment.flags[0].overtime_word());
        assert_eq!(rows[0][10], "2026-10-31");
    }
}
