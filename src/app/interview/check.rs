//! What the record lacks, what contradicts itself, and which words may not stand in it: spoken while judging.

use super::field::*;
use super::{InterviewForm, measures};
use crate::app::Site;
use crate::domain::interview::{Condition, Diagnosis, Fatigue};
use crate::domain::{Day, Id, Prefix};
use crate::law::Law;
use crate::law::bsid::BsidState;
use crate::law::judgment::{self, Judgment, LegalItem, RecordItems, Warning};
use crate::law::lint::Hit;
use crate::law::outcome::Conclusion;
use crate::law::pressure::Pressure;
use crate::law::rules::online;

/// How strongly a remark speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The legal minimum: nothing is completed without it.
    Blocking,
    /// A contradiction or an omission; blocks nothing.
    Warning,
    /// A talking point; decides nothing.
    Note,
}

/// A row of the 点検.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// How strongly it speaks.
    pub weight: Weight,
    /// What it is about.
    pub label: &'static str,
    /// The sentence.
    pub text: String,
}

impl InterviewForm {
    /// The legal items that are still missing (安衛則52条の4から52条の6).
    pub fn missing(&self, site: &Site) -> Vec<LegalItem> {
        let name = site.worker(self.worker()).map_or("", |worker| worker.name.as_str());
        judgment::missing_items(&RecordItems {
            // What was prefilled is confirmed by passing its step, never by itself.
            work_situation: if self.has_passed(Step::Work) { self.text(WORK_SITUATION) } else { "" },
            fatigue: self.option(FATIGUE, Fatigue::ALL),
            condition: self.option(CONDITION, Condition::ALL),
            day: self.date(DAY),
            worker: name,
            doctor: self.text(DOCTOR),
            opinion: self.fitness(),
            burden: self.burden(),
        })
    }

    /// The contradictions of section 5; they block nothing.
    pub fn warnings(&self) -> Vec<Warning> {
        let guidance = self.guidance();
        let rows = measures::rows(self, &nobody(self.worker()), std::iter::repeat_with(|| nobody(self.worker())));
        judgment::warnings(&Judgment {
            fitness: self.fitness(),
            measures: &rows,
            next_on: self.next_on(),
            diagnosis: self.option(DIAGNOSIS, Diagnosis::ALL),
            guidance: &guidance,
            care: self.text(CARE),
            message: self.text(MESSAGE),
            needs_measures: None,
        })
    }

    /// Words of forbidden consequences (解雇, 退職 …) in what the employer reads.
    pub fn lint(&self, law: &Law) -> Vec<Hit> {
        let fields = self.outgoing();
        let texts: Vec<(&str, &str)> =
            fields.iter().map(|field| (label(self, field).trim(), self.text(field))).collect();
        law.tables().words.consequences(&texts)
    }

    /// 再面接の時期, while 要再面接 is chosen.
    pub fn next_on(&self) -> Option<Day> {
        self.date(NEXT_ON).filter(|_| self.wants_reinterview())
    }

    /// The free texts of the opinion, as they are asked now.
    fn outgoing(&self) -> Vec<&'static str> {
        let details = measures::chosen(self).into_iter().filter_map(|option| option.detail);
        [WORK_SITUATION, WORK_FACTORS, CONDITION_TEXT, CARE, WORKPLACE, MESSAGE].into_iter().chain(details).collect()
    }

    /// Everything that speaks while judging, the strongest first.
    pub fn remarks(&self, law: &Law, site: &Site, today: Day) -> Vec<Remark> {
        let blocking = |text: String| Remark { weight: Weight::Blocking, label: "必要な項目", text };
        let warning = |label, text: String| Remark { weight: Weight::Warning, label, text };
        let mut remarks = Vec::new();
        remarks.extend(lacking(&self.missing(site)).map(blocking));
        remarks.extend(self.faults(today).into_iter().map(|(field, text)| Remark {
            weight: Weight::Blocking,
            label: label(self, field).trim(),
            text: text.to_owned(),
        }));
        remarks.extend(
            self.lint(law)
                .into_iter()
                .map(|hit| warning("言葉", format!("{}の「{}」: {}", hit.field, hit.word, hit.reason))),
        );
        remarks.extend(self.warnings().into_iter().map(|found| warning("整合", found.label().to_owned())));
        remarks.extend(self.unasked(law, today).into_iter().map(|text| warning("確かめること", text)));
        remarks.extend(self.unheard().map(|text| warning("本人の意向", text.to_owned())));
        remarks.extend(self.backwards().map(|text| warning("措置の期間", text.to_owned())));
        remarks.extend(self.online_remarks(law, today).into_iter().map(|text| warning("オンライン", text)));
        remarks.extend(self.notes(law, site));
        remarks
    }

    /// JD-CONSENT: the worker is heard before a measure is decided.
    fn unheard(&self) -> Option<&'static str> {
        let is_open = !measures::chosen(self).is_empty() && self.text(WORKER_VIEW).is_empty();
        is_open.then_some("措置を決める前に本人の意見を聴きます。")
    }

    fn backwards(&self) -> Option<&'static str> {
        let (from, until) = (self.date(FROM)?, self.date(UNTIL)?);
        (until < from && !measures::chosen(self).is_empty()).then_some("終わりが始めより前です。")
    }

    /// Conditions of an online interview that do not hold (section 7).
    pub fn online_remarks(&self, law: &Law, today: Day) -> Vec<String> {
        let Some(online) = self.online() else { return Vec::new() };
        let outcomes = online::assess(law, self.date(DAY).unwrap_or(today), &online);
        let open = outcomes.into_iter().filter(|outcome| match outcome.outcome {
            Conclusion::Allowed | Conclusion::NotRequired => false,
            Conclusion::Required | Conclusion::Effort | Conclusion::Unknown | Conclusion::Outside => true,
        });
        open.map(|outcome| outcome.reasons.into_iter().next().map(|reason| reason.text))
            .map(Option::unwrap_or_default)
            .collect()
    }

    /// Whether a step holds an answer, for the mark 済.
    pub fn is_done(&self, law: &Law, step: Step) -> bool {
        let is_filled = |field: &&str| !self.text(field).is_empty();
        match step {
            Step::Work => self.has_passed(step) && !self.text(WORK_SITUATION).is_empty(),
            Step::Fatigue => self.fatigue_note(law).is_some(),
            Step::Depression => self.bsid_note(law).is_some(),
            Step::Pressure => super::reading::pressure(self.text(BLOOD_PRESSURE)).is_some(),
            Step::Condition | Step::RedFlags => self.fields(step).iter().any(is_filled),
            Step::Judgment => false,
        }
    }

    /// Scores and values beside the judgment; none of them decides.
    fn notes(&self, law: &Law, site: &Site) -> Vec<Remark> {
        let note = |label, text| Remark { weight: Weight::Note, label, text };
        let found = [
            ("自己診断", self.fatigue_note(law)),
            ("血圧", self.pressure_note(law, site)),
            ("抑うつ", self.bsid_note(law)),
            ("再面接", self.next_on().map(|day| day.to_string())),
        ];
        found.into_iter().filter_map(|(label, text)| Some(note(label, text?))).collect()
    }

    /// `総合 6 非常に高い`, only when every item is answered.
    pub fn fatigue_note(&self, law: &Law) -> Option<String> {
        let table = &law.tables().fatigue;
        let score = table.score(&self.fatigue_sheet(table));
        let total = score.total.fixed().filter(|_| score.open == 0)?;
        Some(format!("総合 {total} {}（{}年版）", table.word(total), table.edition))
    }

    /// Class, layer and risk of the blood pressure.
    pub fn pressure_note(&self, law: &Law, site: &Site) -> Option<String> {
        let table = &law.tables().pressure;
        let worker = site.worker(self.worker())?;
        let day = self.date(DAY);
        let age = worker.birth.zip(day).map(|(birth, day)| crate::domain::time::age(birth, day));
        match table.assess(&self.blood_pressure(), age, worker.sex) {
            Pressure::NotMeasured => None,
            Pressure::BelowTable => Some(format!("表の下です（{}）", table.edition)),
            Pressure::Classified { class, layer, risk } => {
                Some(format!("{class}  {layer}  {risk}（{}）", table.edition))
            }
        }
    }

    /// Where the BSID stands, once it has an end.
    pub fn bsid_note(&self, law: &Law) -> Option<String> {
        match law.tables().bsid.state(&self.bsid()) {
            BsidState::Ask(_) => None,
            state => Some(state.label().to_owned()),
        }
    }
}

fn lacking(items: &[LegalItem]) -> Option<String> {
    (!items.is_empty())
        .then(|| format!("足りません: {}", items.iter().map(|item| item.label()).collect::<Vec<_>>().join("、")))
}

/// A stand-in id: the checks read no ids.
fn nobody(worker: &Id) -> Id {
    worker.establishment().map_or_else(|| worker.clone(), |site| Id::new(&site, Prefix::Row, 0))
}
