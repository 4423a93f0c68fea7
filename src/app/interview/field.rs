//! The fields of the interview's form: their stable names, the steps they stand in, and which of them are asked now.
//!
//! The names are keys of the drafts and never change.

use super::InterviewForm;
use super::measures::{self, WorkClass};
use crate::labelled;

labelled! {
    /// The steps of the guided interview, in order.
    Step {
        Work = "勤務",
        Fatigue = "疲労",
        Condition = "心身・生活",
        Depression = "抑うつ",
        Pressure = "血圧",
        RedFlags = "注意",
        Judgment = "判定",
    }
}

impl Step {
    /// The step at a place, the last one beyond.
    pub fn at(index: usize) -> Self {
        Self::ALL.get(index).copied().unwrap_or(Self::Judgment)
    }

    /// Its place.
    pub const fn index(self) -> usize {
        self as usize
    }
}

macro_rules! names {
    ($($name:ident = $text:literal, $doc:literal;)*) => {
        $(#[doc = $doc] pub const $name: &str = $text;)*
        /// Every name.
        #[cfg(test)]
        pub(crate) const ALL: &[&str] = &[$($name),*];
    };
}

names! {
    GROUND = "ground", "長時間 0、高ストレス 1; only where a request of 66条の10 waits";
    RESULT_READ = "result_read", "則52条の9の3領域: まだ 0、結果を読んだ 1";
    BURDEN = "burden", "心理的な負担の状況 (則52条の17)";
    FINDINGS = "findings", "医学的所見に関する特記事項";
    DAY = "day", "実施年月日";
    TIME = "time", "実施時刻";
    MODE = "mode", "対面 0、オンライン 1";
    DOCTOR_TIE = "doctor_tie", "医師と事業場・本人とのつながり (ON-DOC)";
    DEVICE = "device", "機器の要件 (ON-DEV)";
    COMMITTEE = "committee", "委員会の審議と事前の周知 (ON-COM)";
    PRIVACY = "privacy", "話がもれない場所";
    PRESENCE = "presence", "直接会う必要 (ON-FACE)";
    DOCTOR = "doctor", "医師の氏名";
    WORK_SITUATION = "work_situation", "勤務の状況 (則52条の4第1号)";
    DUTIES = "duties", "業務内容";
    COMMUTE = "commute", "通勤時間（片道）";
    NIGHT_WORK = "night_work", "深夜業の回数・時間数";
    WORK_FACTORS = "work_factors", "労働時間以外の要因";
    INFORMATION = "information", "会社から受け取る情報; records of its own, never a draft";
    FATIGUE_SHEET = "fatigue_sheet", "疲労蓄積度自己診断チェックリスト 2023: 27 points, `-` where open";
    HISTORY = "history", "現病歴（基礎疾患）";
    HISTORY_TEXT = "history_text", "現病歴の経過・その他";
    BODY = "body", "身体の自覚症状";
    MIND = "mind", "心と睡眠の自覚症状";
    ALCOHOL = "alcohol", "飲酒";
    SMOKING = "smoking", "喫煙";
    FAMILY_ANSWERS = "family_answers", "家族版チェックリストの答え; never scored";
    CONDITION_NOTES = "condition_notes", "心身・生活の控え";
    BSID = "bsid", "BSID: five answers 0 or 1, `-` where open";
    BLOOD_PRESSURE = "blood_pressure", "`148/92`";
    PRESSURE_FACTORS = "pressure_factors", "JSH2019 の予後影響因子";
    RED_FLAGS = "red_flags", "注意";
    RED_FLAGS_TEXT = "red_flags_text", "注意の内容";
    FATIGUE = "fatigue", "疲労の蓄積の状況 0–3";
    CONDITION = "condition", "その他の心身の状況 0/1";
    CONDITION_TEXT = "condition_text", "その他の心身の状況の記載";
    DIAGNOSIS = "diagnosis", "診断区分";
    GUIDANCE = "guidance", "本人への指導区分";
    NEXT_ON = "next_on", "再面接の時期";
    WORKER_VIEW = "worker_view", "本人の意向";
    FITNESS = "fitness", "就業区分 0–2";
    HOURS_MEASURES = "hours_measures", "労働時間の短縮";
    OVERTIME_LIMIT = "overtime_limit", "時間外労働の制限、時間/月";
    WORKING_HOURS = "working_hours", "就業時間の制限、時分から時分";
    OTHER_HOURS = "other_hours", "労働時間のその他の措置";
    OTHER_MEASURES = "other_measures", "労働時間以外の措置";
    PLACE_TEXT = "place_text", "就業場所の変更の内容";
    WORK_TEXT = "work_text", "作業の転換・職務内容の変更の内容";
    NIGHT_TEXT = "night_text", "深夜業の回数";
    DAY_TEXT = "day_text", "昼間勤務への転換の内容";
    OTHER_TEXT = "other_text", "その他の措置の内容";
    LEAVE_TEXT = "leave_text", "有給休暇の付与の内容";
    FROM = "from", "措置期間の始め";
    UNTIL = "until", "措置期間の終わり";
    REVIEW_ON = "review_on", "見直し";
    PRESENT = "present", "意向を聴いたときの同席者";
    CARE = "care", "医療機関への受診配慮等";
    WORKPLACE = "workplace", "職場環境の改善に関する意見";
    MESSAGE = "message", "連絡事項等";
    REMARKS = "remarks", "その他特記事項";
    PASSED = "passed", "Steps that were passed";
    PLACE = "place", "Day, step and field where the physician stopped";
}

/// Fields where 0 says that nothing applies; it never stands beside another answer.
pub(super) const ZERO_ALONE: &[&str] = &[HISTORY, BODY, MIND, RED_FLAGS, GUIDANCE, HOURS_MEASURES, PRESSURE_FACTORS];

const ONLINE: &[&str] = &[DOCTOR_TIE, DEVICE, COMMITTEE, PRIVACY, PRESENCE];
const WORK: &[&str] = &[DOCTOR, WORK_SITUATION, DUTIES, COMMUTE, NIGHT_WORK, WORK_FACTORS, INFORMATION];
const CONDITIONS: &[&str] = &[HISTORY, HISTORY_TEXT, BODY, MIND, ALCOHOL, SMOKING, FAMILY_ANSWERS, CONDITION_NOTES];
const ENDING: &[&str] = &[CARE, WORKPLACE, MESSAGE, REMARKS];

/// The fields of a step that are asked, given what has been answered.
pub fn fields(form: &InterviewForm, step: Step) -> Vec<&'static str> {
    match step {
        Step::Work => work(form),
        Step::Fatigue => vec![FATIGUE_SHEET],
        Step::Condition if form.is_high_stress() => [&[RESULT_READ, BURDEN], CONDITIONS].concat(),
        Step::Condition => CONDITIONS.to_vec(),
        Step::Depression => vec![BSID],
        Step::Pressure => vec![BLOOD_PRESSURE, PRESSURE_FACTORS],
        Step::RedFlags => red_flags(form),
        Step::Judgment => judgment(form),
    }
}

/// The step that asks for a field.
pub fn step_of(form: &InterviewForm, field: &str) -> Option<Step> {
    Step::ALL.iter().copied().find(|step| fields(form, *step).contains(&field))
}

fn work(form: &InterviewForm) -> Vec<&'static str> {
    let online = if form.is_online() { ONLINE } else { &[] };
    let ground: &[&'static str] = if form.value(GROUND).is_empty() { &[] } else { &[GROUND] };
    [ground, &[DAY, TIME, MODE], online, WORK].concat()
}

fn red_flags(form: &InterviewForm) -> Vec<&'static str> {
    let asks_what = form.numbers(RED_FLAGS).iter().any(|number| *number > 0);
    if asks_what { vec![RED_FLAGS, RED_FLAGS_TEXT] } else { vec![RED_FLAGS] }
}

fn judgment(form: &InterviewForm) -> Vec<&'static str> {
    let mut asked = if form.is_high_stress() { vec![FINDINGS, CONDITION] } else { vec![FATIGUE, CONDITION] };
    asked.extend(form.chose(CONDITION, 1).then_some(CONDITION_TEXT));
    asked.extend([DIAGNOSIS, GUIDANCE]);
    asked.extend(form.wants_reinterview().then_some(NEXT_ON));
    asked.extend([WORKER_VIEW, FITNESS]);
    asked.extend(restrictions(form));
    asked.extend(ENDING);
    asked
}

/// The measures with what each of them asks; nothing while the judgment is 通常勤務 and none was chosen.
fn restrictions(form: &InterviewForm) -> Vec<&'static str> {
    let chosen = measures::chosen(form);
    if !form.chose(FITNESS, 1) && !form.chose(FITNESS, 2) && chosen.is_empty() {
        return Vec::new();
    }
    let details = |field: &'static str| chosen.iter().filter(move |o| o.group == field).filter_map(|o| o.detail);
    let mut asked = vec![HOURS_MEASURES];
    asked.extend(details(HOURS_MEASURES));
    asked.push(OTHER_MEASURES);
    asked.extend(details(OTHER_MEASURES));
    asked.extend([FROM, UNTIL, REVIEW_ON, PRESENT]);
    asked
}

/// The word before a field.
pub fn label(form: &InterviewForm, field: &str) -> &'static str {
    LABELS.iter().find(|(name, _)| *name == field).map_or("", |(_, label)| match (*label, form.class()) {
        ("労働時間", WorkClass::HighlyProfessional) => "健康管理時間",
        ("  作業", WorkClass::Research | WorkClass::HighlyProfessional) => "  職務内容",
        (label, _) => label,
    })
}

const LABELS: &[(&str, &str)] = &[
    (GROUND, "面接の種類"),
    (RESULT_READ, "3領域"),
    (BURDEN, "心理的な負担"),
    (FINDINGS, "医学的所見"),
    (DAY, "実施日"),
    (TIME, "時刻"),
    (MODE, "方法"),
    (DOCTOR_TIE, "  つながり"),
    (DEVICE, "  機器"),
    (COMMITTEE, "  委員会"),
    (PRIVACY, "  場所"),
    (PRESENCE, "  直接会う"),
    (DOCTOR, "医師"),
    (WORK_SITUATION, "勤務の状況"),
    (DUTIES, "業務内容"),
    (COMMUTE, "通勤（片道）"),
    (NIGHT_WORK, "深夜業"),
    (WORK_FACTORS, "ほかの要因"),
    (INFORMATION, "会社の情報"),
    (HISTORY, "現病歴"),
    (HISTORY_TEXT, "経過・その他"),
    (BODY, "身体の症状"),
    (MIND, "心と睡眠"),
    (ALCOHOL, "飲酒"),
    (SMOKING, "喫煙"),
    (FAMILY_ANSWERS, "家族の答え"),
    (CONDITION_NOTES, "控え"),
    (BLOOD_PRESSURE, "血圧"),
    (PRESSURE_FACTORS, "因子"),
    (RED_FLAGS, "注意"),
    (RED_FLAGS_TEXT, "内容"),
    (FATIGUE, "疲労の蓄積"),
    (CONDITION, "心身の状況"),
    (CONDITION_TEXT, "  記載"),
    (DIAGNOSIS, "診断 自分だけ"),
    (GUIDANCE, "本人への指導"),
    (NEXT_ON, "  再面接"),
    (WORKER_VIEW, "本人の意向"),
    (FITNESS, "就業区分"),
    (HOURS_MEASURES, "労働時間"),
    (OVERTIME_LIMIT, "  時間/月まで"),
    (WORKING_HOURS, "  時分-時分"),
    (OTHER_HOURS, "  内容"),
    (OTHER_MEASURES, "時間のほか"),
    (PLACE_TEXT, "  就業場所"),
    (WORK_TEXT, "  作業"),
    (NIGHT_TEXT, "  深夜業"),
    (DAY_TEXT, "  昼間勤務"),
    (OTHER_TEXT, "  その他"),
    (LEAVE_TEXT, "  有給休暇"),
    (FROM, "期間の始め"),
    (UNTIL, "期間の終わり"),
    (REVIEW_ON, "見直し"),
    (PRESENT, "同席者"),
    (CARE, "受診への配慮"),
    (WORKPLACE, "職場環境"),
    (MESSAGE, "連絡事項"),
    (REMARKS, "特記 自分だけ"),
];

/// The words of a field's options, numbered from 0; empty where the options are another's.
pub fn words_of(field: &str) -> &'static [&'static str] {
    match field {
        HISTORY => &[
            "特になし",
            "高血圧",
            "糖尿病",
            "脂質異常症",
            "肥満",
            "痛風・高尿酸血症",
            "脳血管疾患",
            "虚血性心疾患",
            "不整脈",
            "その他",
        ],
        BODY => {
            &["特になし", "頭痛・頭重", "めまい", "しびれ", "歩行障害", "動悸", "息切れ", "胸痛", "むくみ", "疲労感"]
        }
        MIND => &[
            "特になし",
            "抑うつ気分",
            "興味・意欲の低下",
            "不安感",
            "思考力の低下",
            "もの忘れ",
            "食欲低下",
            "不眠",
            "その他",
        ],
        ALCOHOL => &["飲まない", "機会飲酒", "飲む"],
        SMOKING => &["吸わない", "吸う"],
        PRESSURE_FACTORS => &["なし", "脂質異常症", "喫煙", "脳心血管病・心房細動・糖尿病・蛋白尿のあるCKD"],
        RED_FLAGS => super::reading::RED_FLAG_WORDS,
        DOCTOR_TIE => super::reading::TIES,
        _ => &[],
    }
}

/// Whether 0 means that nothing applies, so that nothing more can be chosen beside it.
pub fn has_none(field: &str) -> bool {
    ZERO_ALONE.contains(&field)
}
