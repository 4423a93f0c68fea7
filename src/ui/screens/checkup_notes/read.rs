//! What stands in a form as a record, handed to the use case that checks it.

use super::fields::{examinations, known};
use crate::app::Site;
use crate::app::checkups::notes::NoteFault;
use crate::app::checkups::{care, inquiries, others, season, secondary};
use crate::domain::checkup::{
    CheckupAdvice, DustClass, ExamDuty, HealthGuidance, OpinionInquiry, Posting, ReportKind, ResultNotice, RiskNotice,
    SecondaryConsent, SecondaryExam, SentReport, SpecialExam, SpecialKind, SpecificGuidance, WorkplaceFact,
    WorkplaceKind,
};
use crate::domain::command::Command;
use crate::domain::interview::Fitness;
use crate::domain::worker::FindingState;
use crate::domain::{Day, Id, Prefix};
use crate::ui::form::Form;
use crate::ui::route::{NoteKind, NotePlace};

/// A field and the sentence that stands below it.
pub(super) type Refused = (&'static str, String);

/// The command that what was typed makes.
///
/// # Errors
/// The field that is missing or cannot be, with its sentence.
pub(super) fn command(site: &Site, place: &NotePlace, form: &Form, today: Day) -> Result<Command, Refused> {
    let typed = Typed { site, place, form, today };
    let made = match (place.kind, place.worker.as_ref()) {
        (NoteKind::Advice, _) => typed.advice(),
        (NoteKind::Report, _) => typed.report(),
        (NoteKind::Workplace, _) => typed.workplace(),
        (NoteKind::Result, _) => typed.told(),
        (_, None) => Err(NoteFault::NoWorker),
        (NoteKind::Inquiry, Some(worker)) => typed.inquiry(worker),
        (NoteKind::Consent, Some(worker)) => typed.consent(worker),
        (NoteKind::Secondary, Some(_)) => typed.submission(),
        (NoteKind::Guidance, Some(worker)) => typed.guidance(worker),
        (NoteKind::Risk, Some(worker)) => typed.risk(worker),
        (NoteKind::Duty, Some(worker)) => typed.duty(worker),
        (NoteKind::Special, Some(worker)) => return typed.special(worker),
        (NoteKind::Posting, Some(worker)) => typed.posting(worker),
    };
    made.map_err(refused)
}

fn refused(fault: NoteFault) -> Refused {
    (fault.field(), fault.to_string())
}

struct Typed<'a> {
    site: &'a Site,
    place: &'a NotePlace,
    form: &'a Form,
    today: Day,
}

impl Typed<'_> {
    /// The row that is corrected keeps its id.
    fn id(&self) -> Id {
        self.place.row.clone().unwrap_or_else(|| self.site.next_id(Prefix::Row))
    }

    fn text(&self, field: &str) -> String {
        self.form.text(field).to_owned()
    }

    fn day(&self, field: &'static str) -> Result<Day, NoteFault> {
        self.form.day(field).ok_or(NoteFault::Empty(field))
    }

    fn one_of<T: Copy>(&self, field: &'static str, all: &[T]) -> Result<T, NoteFault> {
        self.form.chosen(field, 1, all).copied().ok_or(NoteFault::Empty(field))
    }

    fn is_so(&self, field: &str) -> bool {
        self.form.choice(field) == Some(1)
    }

    fn checkup(&self, worker: &Id) -> Result<Id, NoteFault> {
        let heads = examinations(self.site, worker);
        self.form.chosen("checkup", 1, &heads).map(|head| head.id.clone()).ok_or(NoteFault::NoCheckup)
    }

    fn inquiry(&self, worker: &Id) -> Result<Command, NoteFault> {
        let papers = inquiries::papers(self.site, worker);
        let paper = self.form.chosen("document", 1, &papers).ok_or(NoteFault::OtherPaper)?;
        let row = OpinionInquiry {
            id: self.id(),
            document: paper.id.clone(),
            worker: worker.clone(),
            asked_on: self.day("asked")?,
            asked_by: self.text("asked_by"),
            question: self.text("question"),
            answered_on: self.form.day("answered"),
            answer: self.text("answer"),
        };
        inquiries::record(self.site, row, self.today)
    }

    fn consent(&self, worker: &Id) -> Result<Command, NoteFault> {
        let row = SecondaryConsent {
            id: self.id(),
            worker: worker.clone(),
            primary_checkup: self.checkup(worker)?,
            consented_on: self.day("day")?,
            way: self.text("way"),
            withdrawn_on: self.form.day("withdrawn"),
        };
        secondary::consent(self.site, row, self.today)
    }

    fn submission(&self) -> Result<Command, NoteFault> {
        let row = known(&self.site.secondary_exams, self.place, |row| &row.id).ok_or(NoteFault::NoCheckup)?;
        let row = SecondaryExam { submitted_on: self.day("submitted")?, ..row.clone() };
        secondary::submitted(self.site, row, self.today)
    }

    fn guidance(&self, worker: &Id) -> Result<Command, NoteFault> {
        let row = HealthGuidance {
            id: self.id(),
            checkup: self.checkup(worker)?,
            worker: worker.clone(),
            given_on: self.day("day")?,
            given_by: self.text("given_by"),
            content: self.text("content"),
            specific: self.one_of("specific", SpecificGuidance::ALL)?,
            specific_content: self.text("specific_content"),
        };
        care::guidance(self.site, row, self.today)
    }

    fn risk(&self, worker: &Id) -> Result<Command, NoteFault> {
        let row = RiskNotice {
            id: self.id(),
            checkup: self.checkup(worker)?,
            worker: worker.clone(),
            told_on: self.day("day")?,
            way: self.text("way"),
        };
        care::tell(self.site, row, self.today)
    }

    fn duty(&self, worker: &Id) -> Result<Command, NoteFault> {
        let row = ExamDuty {
            id: self.id(),
            worker: worker.clone(),
            exam: self.one_of("exam", SpecialKind::ALL)?,
            work: self.text("work"),
            items: self.text("items"),
            is_long_kept: self.is_so("long"),
            is_relaxed: self.is_so("relaxed"),
            dust_class: self.one_of("class", DustClass::ALL)?,
            valid_from: self.day("from")?,
            valid_until: self.form.day("until"),
        };
        others::duty(self.site, row)
    }

    fn special(&self, worker: &Id) -> Result<Command, Refused> {
        let items_json = others::read_items(self.form.text("items")).map_err(|fault| ("items", fault.to_string()))?;
        let record = || {
            let exam = self.one_of("exam", SpecialKind::ALL)?;
            let day = self.day("day")?;
            let known = known(&self.site.special_exams, self.place, |row| &row.id);
            let long = known.map(|row| row.is_long_kept);
            let duties = self.site.exam_duties.iter().filter(|duty| &duty.worker == worker && duty.exam == exam);
            let row = SpecialExam {
                id: self.id(),
                worker: worker.clone(),
                exam,
                day,
                clinic: self.text("clinic"),
                finding: self.one_of("finding", FindingState::ALL)?,
                is_instructed: self.is_so("instructed"),
                items_json,
                dose_microsieverts: self.form.integer("dose"),
                submitted_on: self.form.day("submitted"),
                is_long_kept: long
                    .unwrap_or_else(|| duties.clone().any(|duty| duty.holds_on(day) && duty.is_long_kept)),
                opinion_on: self.form.day("opinion_on"),
                opinion: self.one_of("opinion", Fitness::ALL).ok(),
            };
            others::examined(self.site, row, self.today)
        };
        record().map_err(refused)
    }

    fn posting(&self, worker: &Id) -> Result<Command, NoteFault> {
        let row = Posting {
            id: self.id(),
            worker: worker.clone(),
            place: self.text("place"),
            leaves_on: self.day("leaves")?,
            returns_on: self.form.day("returns"),
            is_home_temporary: self.is_so("temporary"),
        };
        others::posting(self.site, row)
    }

    fn advice(&self) -> Result<Command, NoteFault> {
        let row = CheckupAdvice {
            id: self.id(),
            given_on: self.day("day")?,
            given_to: self.text("given_to"),
            plan: self.text("plan"),
            precautions: self.text("precautions"),
        };
        season::advise(self.site, row, self.today)
    }

    fn report(&self) -> Result<Command, NoteFault> {
        let row = SentReport {
            id: self.id(),
            kind: self.one_of("kind", ReportKind::ALL)?,
            period_from: self.day("from")?,
            period_until: self.day("until")?,
            submitted_on: self.day("submitted")?,
            way: self.text("way"),
        };
        season::sent(self.site, row, self.today)
    }

    fn told(&self) -> Result<Command, NoteFault> {
        let row = ResultNotice {
            id: self.id(),
            worker: self.place.worker.clone(),
            examined_from: self.day("from")?,
            examined_until: self.day("until")?,
            told_on: self.day("day")?,
            way: self.text("way"),
        };
        season::tell_results(self.site, row, self.today)
    }

    fn workplace(&self) -> Result<Command, NoteFault> {
        let row = WorkplaceFact {
            id: self.id(),
            kind: self.one_of("kind", WorkplaceKind::ALL)?,
            valid_from: self.day("day")?,
        };
        season::workplace(self.site, row, self.today)
    }
}
