//! The physician's interview (面接指導, 安衛法66条の8 ほか): what was confirmed and what was judged.

use serde::{Deserialize, Serialize};

use super::{Day, Id};
use crate::labelled;

labelled! {
    /// In person or online (基発0915第5号).
    Mode { InPerson = "対面", Online = "オンライン" }
}

labelled! {
    /// 疲労の蓄積の状況, as the form numbers it from 0.
    Fatigue { None = "なし", Light = "軽", Medium = "中", Heavy = "重" }
}

labelled! {
    /// その他の心身の状況, as the form numbers it from 0.
    Condition { None = "所見なし", Present = "所見あり" }
}

labelled! {
    /// 診断区分 (2011年様式); never on the employer's copy without an explicit release.
    Diagnosis { Normal = "異常なし", Observe = "要観察", Treat = "要医療" }
}

labelled! {
    /// 就業区分, as the form numbers it from 0.
    Fitness { Normal = "通常勤務", Limited = "就業制限・配慮", Leave = "要休業" }
}

labelled! {
    /// 本人への指導区分 (複数選択可), as the form numbers it from 0.
    Guidance {
        None = "措置不要",
        HealthGuidance = "要保健指導",
        FollowUp = "要経過観察",
        Reinterview = "要再面接",
        Care = "現病治療継続又は医療機関紹介",
    }
}

labelled! {
    /// Yes or no, where the answer may still be open.
    Answer { Open = "未", No = "いいえ", Yes = "はい" }
}

/// What the conditions of an online interview came to (section 7 of the sheet).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Online {
    /// Which of the four desirable ties of the doctor holds; empty if none.
    pub doctor_tie: String,
    /// Face, colour, voice and gesture visible both ways; stable; secure; easy.
    pub device_ok: bool,
    /// 委員会の審議と事前の周知
    pub committee_ok: bool,
    /// Privacy of the place.
    pub privacy_ok: bool,
    /// The doctor finds that it must be face to face.
    pub needs_presence: bool,
}

/// Blood pressure taken at the interview, with the factors of the JSH2019 layer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BloodPressure {
    /// mmHg
    pub systolic: Option<u32>,
    /// mmHg
    pub diastolic: Option<u32>,
    /// 脂質異常症
    pub dyslipidaemia: bool,
    /// 喫煙
    pub smoker: bool,
    /// 脳心血管病既往・非弁膜症性心房細動・糖尿病・蛋白尿のあるCKD のいずれか
    pub major_factor: bool,
}

/// Answers of the 2023 fatigue checklist: points on the paper (0, 1, 3), none where open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FatigueSheet {
    /// 自覚症状, 14 items.
    pub symptoms: Vec<Option<u8>>,
    /// 勤務の状況, 13 items.
    pub work: Vec<Option<u8>>,
    /// Edition of the sheet; editions never mix.
    pub edition: String,
}

/// The interview record; complete only with the legal minimum (則52条の4–52条の6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// Row.
    pub id: Id,
    /// The case it belongs to.
    pub case_id: Id,
    /// Whose.
    pub worker: Id,
    /// 実施年月日
    pub day: Day,
    /// `14:20`
    pub time: String,
    /// In person or online.
    pub mode: Mode,
    /// Conditions of an online interview.
    pub online_json: Option<Online>,
    /// 医師の氏名
    pub doctor: String,
    /// 勤務の状況: hours and the rest, in the words for the form.
    pub work_situation: String,
    /// 労働時間以外の要因
    pub work_factors: String,
    /// The 2023 checklist.
    pub fatigue_sheet_json: FatigueSheet,
    /// Answers of the family, kept without a score.
    pub family_answers: String,
    /// 心身・生活状況 in the physician's words.
    pub condition_notes: String,
    /// B1, B2, B3a, B3b, B3c of the BSID.
    pub bsid_json: Vec<Answer>,
    /// Blood pressure.
    pub blood_pressure_json: BloodPressure,
    /// Red flags that were seen.
    pub red_flags: String,
    /// 疲労の蓄積の状況 0–3
    pub fatigue: Fatigue,
    /// その他の心身の状況 0/1
    pub condition: Condition,
    /// Its words for the form.
    pub condition_text: String,
    /// 診断区分; the physician's alone.
    pub diagnosis: Option<Diagnosis>,
    /// 本人への指導区分
    pub guidance_json: Vec<Guidance>,
    /// 再面接の時期
    pub next_on: Option<Day>,
    /// その他特記事項; the physician's alone.
    pub remarks: String,
    /// 就業区分
    pub fitness: Fitness,
    /// 本人の意向: what the worker said before the measure.
    pub worker_view: String,
    /// 医療機関への受診配慮等
    pub care: String,
    /// 職場環境の改善に関する意見
    pub workplace: String,
    /// 連絡事項等
    pub message: String,
    /// When the interview was completed.
    pub completed_on: Day,
}
