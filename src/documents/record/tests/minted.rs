//! One record of every kind that can be about a worker, every member a word of its own.

use super::*;

/// Gives out words, ids and days that stand nowhere by chance.
#[derive(Default)]
pub(super) struct Mint {
    words: u32,
    rows: u32,
    days: u64,
}

impl Mint {
    pub(super) fn word(&mut self) -> String {
        self.words += 1;
        format!("Qv{:03}k", self.words)
    }

    pub(super) fn row(&mut self) -> Id {
        self.rows += 1;
        Id::new(&EstablishmentId::new(1), Prefix::Row, 1000 + self.rows)
    }

    pub(super) fn day(&mut self) -> Day {
        self.days += 1;
        crate::domain::time::after_days("1931-01-01".parse().unwrap(), 11 * self.days)
    }

    pub(super) fn some_day(&mut self) -> Option<Day> {
        Some(self.day())
    }
}

pub(super) fn worker_id() -> Id {
    Id::new(&EstablishmentId::new(1), Prefix::Worker, 12)
}

pub(super) fn case_id() -> Id {
    Id::new(&EstablishmentId::new(1), Prefix::Case, 7)
}

pub(super) fn worker(mint: &mut Mint) -> Worker {
    Worker {
        id: worker_id(),
        number: mint.word(),
        name: mint.word(),
        kana: mint.word(),
        sex: Sex::Female,
        birth: mint.some_day(),
        department: mint.word(),
        position: mint.word(),
        joined_on: mint.some_day(),
        left_on: mint.some_day(),
        dispatch_from: mint.word(),
        dispatch_to: mint.word(),
        special_work: mint.word(),
        duties: mint.word(),
    }
}

pub(super) fn health(mint: &mut Mint) -> Vec<AnyRecord> {
    let (valid_from, valid_until) = (mint.some_day(), mint.some_day());
    let kind = AttributeKind::HighlyProfessional;
    vec![
        WorkerAttribute { id: mint.row(), worker: worker_id(), kind, valid_from, valid_until }.into(),
        Checkup {
            id: mint.row(),
            worker: worker_id(),
            day: mint.day(),
            judgement: mint.word(),
            finding: FindingState::Present,
            summary: mint.word(),
            opinion_on: mint.some_day(),
            opinion: Some(Fitness::Leave),
        }
        .into(),
        CheckupSheet {
            id: mint.row(),
            checkup: mint.row(),
            worker: worker_id(),
            day: mint.day(),
            kind: CheckupKind::Specified,
            clinic: mint.word(),
            clinic_text: mint.word(),
            cells: Cells::new(vec![Cell {
                item: Item::Ecg,
                value: crate::domain::checkup::Value::Text,
                text: mint.word(),
                judgement: mint.word(),
            }]),
            source: mint.word(),
            source_row: 731,
        }
        .into(),
        CheckupDetail {
            id: mint.row(),
            checkup: mint.row(),
            worker: worker_id(),
            is_held: true,
            held_for: mint.word(),
            condition: mint.word(),
            diagnosis: Some(Diagnosis::Treat),
            environment: mint.word(),
            words: mint.word(),
            case_id: Some(case_id()),
        }
        .into(),
        StressFlag {
            id: mint.row(),
            worker: worker_id(),
            day: mint.day(),
            state: StressState::Selected,
            requested_on: mint.some_day(),
            is_consented: true,
        }
        .into(),
    ]
}

pub(super) fn after_checkups(mint: &mut Mint) -> Vec<AnyRecord> {
    let inquiry = OpinionInquiry {
        id: mint.row(),
        document: mint.row(),
        worker: worker_id(),
        asked_on: mint.day(),
        asked_by: mint.word(),
        question: mint.word(),
        answered_on: mint.some_day(),
        answer: mint.word(),
    };
    let consent = SecondaryConsent {
        id: mint.row(),
        worker: worker_id(),
        primary_checkup: mint.row(),
        consented_on: mint.day(),
        way: mint.word(),
        withdrawn_on: mint.some_day(),
    };
    let secondary = SecondaryExam {
        id: mint.row(),
        checkup: mint.row(),
        worker: worker_id(),
        primary_checkup: mint.row(),
        consent: mint.row(),
        submitted_on: mint.day(),
    };
    let guidance = HealthGuidance {
        id: mint.row(),
        checkup: mint.row(),
        worker: worker_id(),
        given_on: mint.day(),
        given_by: mint.word(),
        content: mint.word(),
        specific: SpecificGuidance::Received,
        specific_content: mint.word(),
    };
    let risk =
        RiskNotice { id: mint.row(), checkup: mint.row(), worker: worker_id(), told_on: mint.day(), way: mint.word() };
    let told = ResultNotice {
        id: mint.row(),
        worker: Some(worker_id()),
        examined_from: mint.day(),
        examined_until: mint.day(),
        told_on: mint.day(),
        way: mint.word(),
    };
    vec![inquiry.into(), consent.into(), secondary.into(), guidance.into(), risk.into(), told.into()]
}

pub(super) fn other_examinations(mint: &mut Mint) -> Vec<AnyRecord> {
    let duty = ExamDuty {
        id: mint.row(),
        worker: worker_id(),
        exam: SpecialKind::Chemical,
        work: mint.word(),
        items: mint.word(),
        is_long_kept: true,
        is_relaxed: true,
        dust_class: DustClass::Third,
        valid_from: mint.day(),
        valid_until: mint.some_day(),
    };
    let exam = SpecialExam {
        id: mint.row(),
        worker: worker_id(),
        exam: SpecialKind::Radiation,
        day: mint.day(),
        clinic: mint.word(),
        finding: FindingState::Present,
        is_instructed: true,
        items_json: vec![SpecialItem { name: mint.word(), state: ItemState::Found }],
        dose_microsieverts: Some(7_311),
        submitted_on: mint.some_day(),
        is_long_kept: true,
        opinion_on: mint.some_day(),
        opinion: Some(Fitness::Leave),
    };
    let posting = Posting {
        id: mint.row(),
        worker: worker_id(),
        place: mint.word(),
        leaves_on: mint.day(),
        returns_on: mint.some_day(),
        is_home_temporary: true,
    };
    vec![duty.into(), exam.into(), posting.into()]
}

pub(super) fn stress(mint: &mut Mint) -> Vec<AnyRecord> {
    let round = mint.row();
    let answers = StressAnswers {
        id: mint.row(),
        round: round.clone(),
        worker: worker_id(),
        day: mint.day(),
        answers: "1234".repeat(14) + "-",
        sex: Sex::Female,
        department: mint.word(),
    };
    let result = StressResult {
        id: mint.row(),
        round: round.clone(),
        worker: worker_id(),
        computed: Computed::High,
        by_symptoms: true,
        by_causes: true,
        causes: Some(7051),
        symptoms: Some(7092),
        support: Some(7031),
        need: Need::Needed,
        decided_on: mint.some_day(),
        decided_by: mint.word(),
        reason: mint.word(),
        notified_on: mint.some_day(),
    };
    let consent = StressConsent {
        id: mint.row(),
        round,
        worker: worker_id(),
        notified_on: mint.day(),
        day: mint.day(),
        form: ConsentForm::Electronic,
        is_refused: true,
        withdrawn_on: mint.some_day(),
    };
    let talk = StressConsultation { id: mint.row(), worker: worker_id(), day: mint.day(), note: mint.word() };
    let reported = StressReported {
        id: mint.row(),
        round: mint.row(),
        worker: worker_id(),
        day: mint.day(),
        computed: Computed::High,
        causes: Some(8051),
        symptoms: Some(8092),
        support: Some(8031),
        result: Some(mint.row()),
    };
    let (round, interview) = (Some(mint.row()), mint.row());
    let (burden, findings) = (mint.word(), mint.word());
    let held = StressInterview { id: mint.row(), interview, worker: worker_id(), round, burden, findings };
    vec![answers.into(), result.into(), reported.into(), consent.into(), talk.into(), held.into()]
}

pub(super) fn asked(mint: &mut Mint) -> Vec<AnyRecord> {
    let case = Case {
        id: case_id(),
        worker: worker_id(),
        ground: Ground::Consultation,
        state: CaseState::Waiting,
        opened_on: mint.day(),
        next_on: mint.some_day(),
        closed_on: mint.some_day(),
        note: mint.word(),
    };
    let request = Request {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        day: mint.day(),
        by: RequestBy::Attended,
        period_end: mint.some_day(),
        place: mint.word(),
        wishes: mint.word(),
        doctor: mint.word(),
        own_seconds: Some(333_660),
        withdrawn_on: mint.some_day(),
    };
    let notice = Notice {
        id: mint.row(),
        kind: NoticeKind::Urging,
        worker: Some(worker_id()),
        period_end: mint.day(),
        day: mint.day(),
        content: mint.word(),
    };
    let exclusion = Exclusion {
        id: mint.row(),
        worker: worker_id(),
        period: Period::new(mint.day(), mint.day()).unwrap(),
        day: mint.day(),
        interviewed_on: mint.some_day(),
        grounds: mint.word(),
        keeps_healthy: mint.word(),
    };
    vec![case.into(), request.into(), notice.into(), exclusion.into()]
}

/// What an interview, or the decision against one, rests on.
pub(super) fn beside(mint: &mut Mint) -> Vec<AnyRecord> {
    let basis = ExclusionBasis {
        id: mint.row(),
        exclusion: mint.row(),
        worker: worker_id(),
        kind: BasisKind::PastInterview,
        day: mint.some_day(),
        doctor: mint.word(),
        records: mint.word(),
    };
    let certificate = Certificate {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        period_end: mint.some_day(),
        interviewed_on: mint.day(),
        received_on: mint.day(),
        doctor: mint.word(),
        fatigue: mint.word(),
        condition: mint.word(),
        care: mint.word(),
        opinion_on: mint.some_day(),
        opinion: mint.word(),
    };
    let information = InterviewInformation {
        id: mint.row(),
        worker: worker_id(),
        item: InformationItem::Environment,
        period_end: mint.day(),
        asked_on: mint.some_day(),
        received_on: mint.some_day(),
    };
    let (id, first_day, last_day) = (mint.row(), mint.day(), mint.day());
    let night = NightWork { id, worker: worker_id(), first_day, last_day, count: Some(7), seconds: Some(45_300) };
    vec![basis.into(), certificate.into(), information.into(), night.into()]
}

pub(super) fn held(mint: &mut Mint) -> Interview {
    Interview {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        day: mint.day(),
        time: mint.word(),
        mode: Mode::Online,
        online_json: Some(Online {
            doctor_tie: mint.word(),
            device_ok: true,
            committee_ok: true,
            privacy_ok: true,
            needs_presence: true,
        }),
        doctor: mint.word(),
        work_situation: mint.word(),
        work_factors: mint.word(),
        fatigue_sheet_json: FatigueSheet {
            symptoms: vec![Some(3), None, Some(1)],
            work: vec![Some(0), Some(3)],
            edition: mint.word(),
        },
        family_answers: mint.word(),
        condition_notes: mint.word(),
        bsid_json: vec![Answer::Yes, Answer::No],
        blood_pressure_json: BloodPressure {
            systolic: Some(187),
            diastolic: Some(119),
            dyslipidaemia: true,
            smoker: true,
            major_factor: true,
        },
        red_flags: mint.word(),
        fatigue: Fatigue::Heavy,
        condition: Condition::Present,
        condition_text: mint.word(),
        diagnosis: Some(Diagnosis::Observe),
        guidance_json: vec![Guidance::FollowUp, Guidance::Care],
        next_on: mint.some_day(),
        remarks: mint.word(),
        fitness: Fitness::Limited,
        worker_view: mint.word(),
        care: mint.word(),
        workplace: mint.word(),
        message: mint.word(),
        completed_on: mint.day(),
    }
}

pub(super) fn measure(mint: &mut Mint) -> Measure {
    Measure {
        id: mint.row(),
        case_id: case_id(),
        worker: worker_id(),
        kind: MeasureKind::PaidLeave,
        amount: mint.word(),
        content: mint.word(),
        from: mint.some_day(),
        until: mint.some_day(),
        review_on: mint.some_day(),
        heard_on: mint.some_day(),
        heard: mint.word(),
        present: mint.word(),
        taken: Taken::Planned,
        answered_on: mint.some_day(),
        answer: mint.word(),
        lifted_on: mint.some_day(),
    }
}

pub(super) fn left(mint: &mut Mint) -> Vec<AnyRecord> {
    let id = Id::document(&EstablishmentId::new(1), 2026, 41);
    let view = Disclosed { title: mint.word(), recipient: mint.word(), ..Disclosed::default() };
    let copy = IssuedCopy {
        recipient: Recipient::DispatchingEmployer,
        text_sha256: mint.word(),
        pdf_sha256: mint.word(),
        file: mint.word(),
    };
    let issued = Issued {
        id: id.clone(),
        form: FormKind::InterviewOpinion2011,
        case_id: Some(case_id()),
        worker: Some(worker_id()),
        version: 77,
        supersedes: Some(Id::document(&EstablishmentId::new(1), 2026, 39)),
        day: mint.day(),
        snapshot_json: json!({"views": [view], "subject": mint.word(), "deep": [{"er": mint.word()}], "n": 4711}),
        copies_json: vec![copy],
    };
    let (title, media_type, sha256) = (mint.word(), mint.word(), mint.word());
    let attachment = Attachment {
        id: mint.row(),
        record: case_id(),
        title,
        media_type,
        sha256,
        content: "QUJDREVG".into(),
        day: mint.day(),
    };
    let signed = SignedCopy {
        id: mint.row(),
        document: id,
        recipient: Recipient::DispatchingEmployer,
        pdf: "QUJDREVGRw==".into(),
    };
    let plan = Plan {
        id: mint.row(),
        item: format!("面接/{}/{}", worker_id(), mint.day()),
        scheduled_for: mint.some_day(),
        snoozed_until: mint.some_day(),
        reason: mint.word(),
        done_on: mint.some_day(),
    };
    vec![issued.into(), attachment.into(), signed.into(), plan.into()]
}

pub(super) fn everything(mint: &mut Mint) -> Vec<AnyRecord> {
    let mut records: Vec<AnyRecord> = vec![worker(mint).into()];
    records.extend(health(mint));
    records.extend(after_checkups(mint));
    records.extend(other_examinations(mint));
    records.extend(stress(mint));
    records.extend(asked(mint));
    records.extend(beside(mint));
    records.extend([AnyRecord::from(held(mint)), AnyRecord::from(measure(mint))]);
    records.extend(left(mint));
    records
}
