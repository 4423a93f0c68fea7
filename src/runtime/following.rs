//! What would follow if a read file were taken in: the establishment is assessed with it and without it.
//!
//! Knows which records a file would bring. What differs between the two states is `app::consequences`' to say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::clinics::ClinicPreview;
use super::desk::Desk;
use super::error::RuntimeError;
use super::import_view::joining;
use super::imports::ReadFile;
use super::listed::About;
use super::loading;
use super::shown::Rows;
use crate::app::Site;
use crate::app::assess::SiteAssessment;
use crate::app::checkups::intake::State as ExamState;
use crate::app::checkups::tables::{OWN, Tables};
use crate::app::checkups::weigh::{Measures, Prompt};
use crate::app::consequences::{self, DutyChange, Examined, FlagChange, State, ToJudge, Turn};
use crate::app::host::{ListedRow, RowList};
use crate::app::stress::judging;
use crate::app::worklist::Task;
use crate::domain::command::Change;
use crate::domain::stress::{Computed, OwnerRole, StressRound};
use crate::domain::{AnyRecord, Day, Id};
use crate::scales::checkup::{DEFAULT, table};

/// What would follow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Following {
    /// Whose flag would change.
    pub flags: Vec<FlagChange>,
    /// Duties that would appear, end or move.
    pub duties: Vec<DutyChange>,
    /// Whose examination would newly wait for an opinion, or speak up.
    pub to_judge: Vec<ToJudge>,
    /// Whom the numbers of the round would find 高ストレス, or could not judge; whether an interview is needed is confirmed
    /// person by person, and later.
    pub computed: Vec<(Id, Computed)>,
    /// Who would come onto the roster with hours.
    pub joining: usize,
}

impl Desk {
    /// What would follow if a file were taken in by this preview; nothing while it is open how its column reads.
    ///
    /// # Errors
    /// What making its records says.
    pub(super) fn following(&self, file: &ReadFile, rows: &Rows) -> Result<Following, RuntimeError> {
        let open = self.open_site(&file.site)?;
        let (law, today, site) = (self.law(), self.today(), &open.site);
        let mut then = Site::clone(site);
        if !self.follow(file, rows, &mut then)? {
            return Ok(Following::default());
        }
        // Given up meanwhile: the whole site would be assessed for nobody.
        self.ticket.check()?;
        // In a sitting of hundreds the flags are behind for a while.
        let now = match Arc::ptr_eq(&open.assessed, site) {
            true => SiteAssessment::clone(&open.assessment),
            false => open.assessment.after(law, &open.assessed, site, today),
        };
        let assessed = now.after(law, site, &then, today);
        let before = State { site, assessment: &now };
        let after = State { site: &then, assessment: &assessed };
        Ok(Following {
            flags: consequences::flags(before, after),
            duties: consequences::duties(before, after),
            to_judge: self.to_judge(rows, before, after),
            computed: computed(site, rows),
            joining: if let Rows::Hours(preview) = rows { joining(preview).len() } else { 0 },
        })
    }

    /// Puts what a file would bring onto a copy of the establishment; false where that is not settled.
    fn follow(&self, file: &ReadFile, rows: &Rows, site: &mut Site) -> Result<bool, RuntimeError> {
        let incoming = match rows {
            Rows::Hours(preview) if preview.question.is_some() => return Ok(false),
            Rows::Hours(preview) => self.intake_of_hours(file, preview.clone())?,
            Rows::Roster(preview) => self.intake_of_roster(file, preview.clone())?,
            Rows::Restrictions(preview) => self.intake_of_restrictions(file, preview.clone())?,
            Rows::Checkup(preview) => {
                // Heads alone: no duty reads a sheet.
                new_exams(preview).for_each(|exam| put(site, exam.head.clone().into()));
                return Ok(true);
            }
            Rows::Stress(preview) => {
                preview.changes().for_each(|change| loading::follow(site, change));
                return Ok(true);
            }
            Rows::StressResults(preview) => {
                preview.changes().for_each(|change| loading::follow(site, change));
                return Ok(true);
            }
        };
        incoming.records.into_iter().for_each(|record| put(site, record));
        loading::add_hours(site, &incoming.rows);
        Ok(true)
    }

    fn to_judge(&self, rows: &Rows, before: State<'_>, after: State<'_>) -> Vec<ToJudge> {
        let Rows::Checkup(preview) = rows else { return Vec::new() };
        let tables = Tables::of(before.site);
        let Some(table) = tables.named(OWN).or_else(|| table(DEFAULT)) else { return Vec::new() };
        let measures = Measures { table, urgent: tables.urgent() };
        let exams: Vec<Examined<'_>> = new_exams(preview).collect();
        consequences::to_judge(self.law(), (before, after), measures, &exams, self.today())
    }
}

fn put(site: &mut Site, record: AnyRecord) {
    loading::follow(site, &Change::Put(record));
}

/// The examinations of a clinic's file that are new or change.
fn new_exams(preview: &ClinicPreview) -> impl Iterator<Item = Examined<'_>> {
    preview.weighed.iter().filter_map(|exam| {
        let old = match &exam.state {
            ExamState::Unchanged => return None,
            ExamState::Added | ExamState::Changed(None) => None,
            ExamState::Changed(Some(old)) => Some(&**old),
        };
        Some(Examined { head: &exam.checkup, sheet: &exam.sheet, old })
    })
}

/// What the numbers of the round say of those who come in; nothing where the owner sees nobody without consent.
fn computed(site: &Site, rows: &Rows) -> Vec<(Id, Computed)> {
    let (round, changes): (&Id, Vec<&Change>) = match rows {
        Rows::Stress(preview) => (&preview.round, preview.changes().collect()),
        Rows::StressResults(preview) => (&preview.round, preview.changes().collect()),
        _ => return Vec::new(),
    };
    let round = site.stress_rounds.iter().find(|known| &known.id == round);
    let Some(round) = round.filter(|round| round.role != OwnerRole::Neither) else { return Vec::new() };
    let found = changes.into_iter().filter_map(|change| found_by(round, change));
    found.filter(|(_, computed)| *computed != Computed::Below).collect()
}

fn found_by(round: &StressRound, change: &Change) -> Option<(Id, Computed)> {
    match change {
        Change::Put(AnyRecord::StressAnswers(row)) => {
            let judged = judging::judged(&round.criteria_json, row).ok()?;
            Some((row.worker.clone(), judged.computed))
        }
        Change::Put(AnyRecord::StressResult(row)) => Some((row.worker.clone(), row.computed)),
        _ => None,
    }
}

impl Following {
    /// How many rows a list of it has; none for another list.
    pub(super) fn count(&self, list: RowList) -> Option<usize> {
        Some(match list {
            RowList::Flag => self.flags.len(),
            RowList::Duty => self.duties.len(),
            RowList::ToJudge => self.to_judge.len(),
            RowList::Computed => self.computed.len(),
            _ => return None,
        })
    }

    /// The row at a place of a list of it; `line_of` finds a worker's row in the file.
    pub(super) fn row(
        &self,
        list: RowList,
        place: usize,
        about: &About,
        line_of: impl Fn(&Id) -> Option<u32>,
    ) -> Option<ListedRow> {
        match list {
            RowList::Flag => self.flags.get(place).map(flag),
            RowList::Duty => self.duties.get(place).map(duty),
            RowList::ToJudge => self.to_judge.get(place).map(|exam| judged(exam, about)),
            RowList::Computed => {
                let (worker, computed) = self.computed.get(place)?;
                Some(about.of_worker(line_of(worker), worker, by_numbers(*computed).to_owned()))
            }
            _ => None,
        }
    }

    /// What would follow, counted, in words; nothing where nothing would.
    pub fn words(&self) -> Vec<String> {
        let count = |wanted| self.computed.iter().filter(|(_, computed)| *computed == wanted).count();
        let counted = [
            (self.joining, "名簿に加わる人"),
            (self.flags.len(), "旗"),
            (count(Computed::High), "数値基準に該当（要面接の確認はこれから）"),
            (count(Computed::Withheld), "判定できず"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let counted = counted.map(|(count, word)| format!("{word} {count}名"));
        counted.chain(self.judging_words()).chain(self.duty_words()).collect()
    }

    /// `判定待ち 12名（緊急の値 1、就業の検討値 2）`
    fn judging_words(&self) -> Option<String> {
        let count = |prompt: Prompt| self.to_judge.iter().filter(|exam| exam.prompts.contains(&prompt)).count();
        let spoken = Prompt::ALL.iter().map(|prompt| (prompt.label(), count(*prompt))).filter(|(_, count)| *count > 0);
        let spoken: Vec<String> = spoken.map(|(word, count)| format!("{word} {count}")).collect();
        let spoken = if spoken.is_empty() { String::new() } else { format!("（{}）", spoken.join("、")) };
        (!self.to_judge.is_empty()).then(|| format!("判定待ち {}名{spoken}", self.to_judge.len()))
    }

    /// `健診の意見 新しく 12（早いもの 2027-01-05）`
    fn duty_words(&self) -> impl Iterator<Item = String> {
        let mut counted: BTreeMap<(Task, Turn), (usize, Option<Day>)> = BTreeMap::new();
        for duty in &self.duties {
            let (count, first) = counted.entry((duty.task, duty.turn)).or_default();
            *count += 1;
            *first = first.iter().copied().chain(duty.day.filter(|_| duty.turn != Turn::Ends)).min();
        }
        counted.into_iter().map(|((task, turn), (count, first))| {
            let first = first.map(|day| format!("（早いもの {day}）")).unwrap_or_default();
            format!("{} {} {count}{first}", task.label(), turn.label())
        })
    }
}

fn flag(change: &FlagChange) -> ListedRow {
    let FlagChange { worker, name, old, new } = change;
    ListedRow { row: None, worker: worker.clone(), whom: name.clone(), what: format!("{old} から {new} へ") }
}

fn duty(change: &DutyChange) -> ListedRow {
    let DutyChange { task, turn, worker, whom, due, .. } = change;
    let what = format!("{}  {}  {due}", turn.label(), task.label());
    ListedRow { row: None, worker: worker.clone(), whom: whom.clone(), what }
}

fn judged(exam: &ToJudge, about: &About) -> ListedRow {
    let prompts = exam.prompts.iter().map(|prompt| prompt.label()).collect::<Vec<_>>().join("・");
    let due = exam.due.map(|due| format!("意見は {due} まで")).unwrap_or_default();
    let words = [prompts, exam.told.clone(), due];
    let what = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("  ");
    about.of_worker(u32::try_from(exam.row).ok(), &exam.worker, what)
}

/// What the numbers say; never more than they do.
const fn by_numbers(computed: Computed) -> &'static str {
    match computed {
        Computed::High => "数値基準に該当  要面接かどうかは、判定のあと一人ずつ確認します",
        Computed::Withheld => "判定できず  答えが足りません",
        Computed::Below => "該当しない",
    }
}
