//! An interview with every field of its steps.

use super::told::Told;
use crate::domain::interview::{BloodPressure, FatigueSheet, Interview, Online};

pub(super) fn interview(interview: &Interview) -> Told {
    let Interview {
        id,
        case_id,
        worker: _,
        day,
        time,
        mode,
        online_json,
        doctor,
        work_situation,
        work_factors,
        fatigue_sheet_json,
        family_answers,
        condition_notes,
        bsid_json,
        blood_pressure_json,
        red_flags,
        fatigue,
        condition,
        condition_text,
        diagnosis,
        guidance_json,
        next_on,
        remarks,
        fitness,
        worker_view,
        care,
        workplace,
        message,
        completed_on,
    } = interview;
    let told = Told::new("面接", id)
        .add("案件", case_id)
        .add("実施日", day)
        .add("時刻", time)
        .add("方法", mode.label())
        .add("医師", doctor);
    let told = online_json.as_ref().map_or(told.clone(), |conditions| online(told, conditions));
    let told = told.add("勤務の状況", work_situation).add("労働時間以外の要因", work_factors);
    let told = fatigue_sheet(told, fatigue_sheet_json)
        .add("家族の回答", family_answers)
        .add("心身・生活の記録", condition_notes)
        .add("抑うつの質問", bsid_json.iter().map(|answer| answer.label()).collect::<Vec<_>>().join(" "));
    blood_pressure(told, blood_pressure_json)
        .add("注意の所見", red_flags)
        .add("疲労の蓄積の状況", fatigue.label())
        .add("その他の心身の状況", condition.label())
        .add("心身の状況の言葉", condition_text)
        .may("診断区分", diagnosis.map(|diagnosis| diagnosis.label()))
        .add("本人への指導区分", guidance_json.iter().map(|one| one.label()).collect::<Vec<_>>().join("、"))
        .may("再面接の時期", *next_on)
        .add("その他特記事項", remarks)
        .add("就業区分", fitness.label())
        .add("本人の意向", worker_view)
        .add("医療機関への受診配慮等", care)
        .add("職場環境への意見", workplace)
        .add("連絡事項", message)
        .add("面接を終えた日", completed_on)
}

fn online(told: Told, conditions: &Online) -> Told {
    let Online { doctor_tie, device_ok, committee_ok, privacy_ok, needs_presence } = conditions;
    told.add("医師と事業場のかかわり", doctor_tie)
        .answer("映像と音声", *device_ok)
        .answer("委員会の審議と周知", *committee_ok)
        .answer("場所の秘密", *privacy_ok)
        .answer("対面が必要", *needs_presence)
}

fn fatigue_sheet(told: Told, sheet: &FatigueSheet) -> Told {
    let FatigueSheet { symptoms, work, edition } = sheet;
    let points = |answers: &[Option<u8>]| {
        let point = |answer: &Option<u8>| answer.map_or_else(|| "-".to_owned(), |points| points.to_string());
        answers.iter().map(point).collect::<Vec<_>>().join(" ")
    };
    told.add("疲労の回答 自覚症状", points(symptoms))
        .add("疲労の回答 勤務の状況", points(work))
        .add("疲労の調査票の版", edition)
}

fn blood_pressure(told: Told, pressure: &BloodPressure) -> Told {
    if *pressure == BloodPressure::default() {
        return told;
    }
    let BloodPressure { systolic, diastolic, dyslipidaemia, smoker, major_factor } = pressure;
    told.may("血圧 収縮期", *systolic)
        .may("血圧 拡張期", *diastolic)
        .answer("脂質異常症", *dyslipidaemia)
        .answer("喫煙", *smoker)
        .answer("脳心血管病などの因子", *major_factor)
}
