//! What the opinions asked for, and what the employer made of it.

use serde_json::json;

use super::{Pen, Scene};
use crate::domain::Day;
use crate::domain::case::{Case, Measure, MeasureKind, Taken};
use crate::domain::command::Act;
use crate::domain::interview::Interview;
use crate::domain::opinion::{FormKind, Issued};
use crate::domain::time::after_days;
use crate::domain::{Record, Table};

/// A measure as an opinion of the demo asks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    kind: MeasureKind,
    amount: &'static str,
    content: &'static str,
    until: Day,
    review_on: Day,
    is_answered: bool,
}

/// A limit that runs out, and is to be looked at, in five days.
pub(super) fn limit(scene: &Scene<'_>) -> Asked {
    Asked {
        kind: MeasureKind::OvertimeLimit,
        amount: "20",
        content: "時間外労働は月20時間までにしてください。",
        until: scene.ahead(5),
        review_on: scene.ahead(5),
        is_answered: true,
    }
}

/// Leave, to be looked at in twenty days.
pub(super) fn leave(scene: &Scene<'_>) -> Asked {
    Asked {
        kind: MeasureKind::NoWork,
        amount: "",
        content: "休養が要ります。連絡の窓口を一人に決めてください。",
        until: scene.ahead(31),
        review_on: scene.ahead(20),
        is_answered: true,
    }
}

/// Fewer night shifts; no answer has come.
pub(super) fn unanswered(scene: &Scene<'_>) -> Asked {
    Asked {
        kind: MeasureKind::NightWork,
        amount: "2",
        content: "深夜業は月2回までにしてください。",
        until: scene.ahead(66),
        review_on: scene.ahead(36),
        is_answered: false,
    }
}

/// The measure as the interview leaves it, before the employer has answered.
pub(super) fn measure(pen: &mut Pen<'_>, case: &Case, interview: &Interview, asked: Asked) -> Measure {
    Measure {
        amount: asked.amount.to_owned(),
        content: asked.content.to_owned(),
        from: Some(after_days(interview.day, 4)),
        until: Some(asked.until),
        review_on: Some(asked.review_on),
        heard_on: Some(interview.day),
        heard: interview.worker_view.clone(),
        present: "本人".to_owned(),
        taken: if asked.is_answered { Taken::Taken } else { Taken::Open },
        ..Measure::new(pen.row(), case.id.clone(), case.worker.clone(), asked.kind)
    }
}

/// The opinion, three days after the interview. The demo keeps no signed copy of what it did not sign.
pub(super) fn issue(pen: &mut Pen<'_>, interview: &Interview) {
    let day = after_days(interview.day, 3).min(pen.scene.today);
    let issued = Issued {
        id: pen.document(day),
        form: FormKind::InterviewOpinion,
        case_id: Some(interview.case_id.clone()),
        worker: Some(interview.worker.clone()),
        version: 1,
        supersedes: None,
        day,
        snapshot_json: json!({ "見本": "合成データ。署名した写しはありません。" }),
        copies_json: Vec::new(),
    };
    let mut command = Pen::about(Act::IssueDocument, &interview.worker).put(issued);
    command.freezes.push((Table::Interview, interview.key().to_owned()));
    pen.say(command);
}

/// The employer's answer, a fortnight after the interview.
pub(super) fn answer(pen: &mut Pen<'_>, measure: Measure, held: Day) {
    if measure.taken == Taken::Open {
        return;
    }
    let answered = Measure {
        answered_on: Some(after_days(held, 14).min(pen.scene.today)),
        answer: "意見のとおり講じた。".to_owned(),
        ..measure
    };
    pen.say(Pen::about(Act::AnswerMeasure, &answered.worker).put(answered.clone()));
}
