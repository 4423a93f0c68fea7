//! The fields of the steps as the toolkit draws them; options by the number of the official form.

use std::borrow::Cow;

use crate::app::interview::field::{self, *};
use crate::app::interview::{InterviewForm, Step, measures};
use crate::domain::Day;
use crate::domain::interview::{Condition, Diagnosis, Fatigue, Fitness, Guidance, Mode};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;

type Options = Vec<(u8, Cow<'static, str>)>;

/// The fields of a step with what stands in them; `3m` counts from the day of the interview.
pub(super) fn form(model: &InterviewForm, step: Step, today: Day) -> Form {
    let fields = model.fields(step).into_iter();
    Form::new(fields.map(|name| field(model, today, name).with(model.value(name))).collect())
}

fn field(model: &InterviewForm, today: Day, name: &'static str) -> Field {
    let label = field::label(model, name);
    let held_on = model.date(DAY).unwrap_or(today);
    match name {
        DAY => Field::date(name, label, today, Direction::Back),
        NEXT_ON | FROM | UNTIL | REVIEW_ON => Field::date(name, label, held_on, Direction::Ahead),
        OVERTIME_LIMIT => Field::number(name, label),
        WORK_SITUATION | CONDITION_NOTES => Field::memo(name, label, 6),
        WORK_FACTORS | CONDITION_TEXT | BURDEN | FINDINGS | WORKER_VIEW | CARE | WORKPLACE | MESSAGE | REMARKS
        | FAMILY_ANSWERS => Field::memo(name, label, 3),
        HISTORY | BODY | MIND | PRESSURE_FACTORS | RED_FLAGS => Field::multi(name, label, words(name)),
        INFORMATION => Field::multi(name, label, Vec::new()),
        GUIDANCE => Field::multi(name, label, numbered(0, Guidance::ALL.iter().map(|one| one.label()))),
        HOURS_MEASURES | OTHER_MEASURES => Field::multi(name, label, chosen_measures(model, name)),
        _ => match single(name) {
            Some(options) => Field::choice(name, label, options),
            None => Field::text(name, label),
        },
    }
}

fn single(name: &str) -> Option<Options> {
    Some(match name {
        GROUND => numbered(0, ["長時間", "高ストレス（申出）"]),
        RESULT_READ => numbered(0, ["まだ", "結果を読み、本人に確かめた"]),
        MODE => numbered(0, Mode::ALL.iter().map(|one| one.label())),
        FATIGUE => numbered(0, Fatigue::ALL.iter().map(|one| one.label())),
        CONDITION => numbered(0, Condition::ALL.iter().map(|one| one.label())),
        DIAGNOSIS => numbered(0, Diagnosis::ALL.iter().map(|one| one.label())),
        FITNESS => numbered(0, Fitness::ALL.iter().map(|one| one.label())),
        ALCOHOL | SMOKING => words(name),
        DOCTOR_TIE => numbered(0, ["どれもない"].into_iter().chain(words_of(name).iter().skip(1).copied())),
        DEVICE => numbered(0, ["足りない", "顔・声・しぐさが判り、安全で使いやすい"]),
        COMMITTEE => numbered(0, ["まだ", "審議し、事前に周知した"]),
        PRIVACY => numbered(0, ["まだ", "話がもれない場所"]),
        PRESENCE => numbered(0, ["要らない", "直接会う必要がある"]),
        _ => return None,
    })
}

fn words(name: &str) -> Options {
    numbered(0, words_of(name).iter().copied())
}

/// 労働時間 begins with 0 特に指示なし, as on the form.
fn chosen_measures(model: &InterviewForm, name: &str) -> Options {
    let none = (name == HOURS_MEASURES).then_some((0, Cow::Borrowed("特に指示なし")));
    let options = measures::options(model.class(), name).iter();
    none.into_iter().chain(options.map(|option| (option.number, Cow::Borrowed(option.label)))).collect()
}
