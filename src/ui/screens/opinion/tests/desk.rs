//! A desk that previews and issues by script, with one interview on it.

use std::sync::Arc;

use super::super::*;
use crate::app::Site;
use crate::app::host::{Failure, Hint, Host, VaultView};
use crate::app::testing::{self, day};
use crate::domain::Prefix;
use crate::domain::case::MeasureKind;
use crate::domain::interview::{Condition, Fatigue, FatigueSheet, Fitness, Guidance, Mode};

/// A host that previews what it is asked for and remembers what it issued.
pub struct Desk {
    pub view: View,
    pub previews: Vec<DocumentRequest>,
    pub issued: Vec<(DocumentRequest, Vec<String>)>,
    pub missing: Vec<String>,
    pub hints: Vec<Hint>,
    pub questionable: Vec<String>,
    /// Changes the texts of the next preview.
    pub edition: usize,
    pub fails: bool,
    pub waits: bool,
}

impl Host for Desk {
    fn view(&self) -> View {
        self.view.clone()
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        match effect {
            Effect::Preview(request) => {
                self.previews.push((*request).clone());
                if self.waits { Vec::new() } else { vec![Event::Previewed(Box::new(self.preview(*request)))] }
            }
            Effect::Issue(..) if self.fails => vec![Event::Failed(Failure {
                happened: "書けませんでした".into(),
                state: "まだ何も出ていません".into(),
                remedies: Vec::new(),
                code: "E-OUT-03",
            })],
            Effect::Issue(request, hashes) => {
                let files = request.recipients.iter().map(|recipient| recipient.label().to_owned()).collect();
                self.issued.push((*request, hashes));
                vec![Event::Issued(Some(document()), files)]
            }
            _ => Vec::new(),
        }
    }
}

impl Desk {
    pub fn new() -> Self {
        let fingerprint = "2E4A 91C7 0B35 D1F2 88A6 4C0E 73B9 5D10 6F21 E8C4 A37D 9B02 15F6 C8E3 407A D9B1".into();
        let vault = Arc::new(VaultView { fingerprint, ..VaultView::default() });
        Self {
            view: View { vault, ..testing::view(vec![site()]) },
            previews: Vec::new(),
            issued: Vec::new(),
            missing: Vec::new(),
            hints: Vec::new(),
            questionable: Vec::new(),
            edition: 1,
            fails: false,
            waits: false,
        }
    }

    pub fn preview(&self, request: DocumentRequest) -> DocumentPreview {
        let copies = request.recipients.iter().map(|recipient| self.copy(*recipient)).collect();
        let numbers = (1..).zip(&request.recipients);
        DocumentPreview {
            id: Some(document()),
            version: 1,
            copies,
            missing: self.missing.clone(),
            hints: self.hints.clone(),
            folder: "/home/mizuno/書類/E01/2026-11".into(),
            own_templates: Vec::new(),
            files: numbers.map(|(number, _)| format!("E01-2026-0001_{number}.pdf")).collect(),
            request,
        }
    }

    fn copy(&self, recipient: Recipient) -> CopyPreview {
        let is_workplace = recipient == Recipient::LineManager;
        let text = if is_workplace { WORKPLACE } else { OPINION };
        let all = [("疲労の回答", 27), ("点数と総合", 1), ("抑うつの質問", 2), ("血圧", 1), ("自分だけのメモ", 1)];
        CopyPreview {
            recipient,
            lines: text.replace("[x]", "\u{25a0}").replace("[ ]", "\u{25a1}").lines().map(str::to_owned).collect(),
            sha256: format!("{}-{}", recipient.label(), self.edition),
            leaving: if is_workplace { 11 } else { 18 },
            staying: all.into_iter().map(|(field, count)| (field.to_owned(), count)).collect(),
            questionable: self.questionable.clone(),
        }
    }
}

const WORKPLACE: &str = "E01-2026-0001　第1版　職場用
就業上の措置について
宛先　あかつき精機株式会社　製造技術課　管理監督者 殿
氏名　佐伯 美咲
措置　程度　内容　期間
時間外労働の制限　40時間/月まで　　2026年12月1日から2027年2月28日まで";

const OPINION: &str = "E01-2026-0001　第1版　事業者用
面接指導結果報告書及び就業上の措置に係る意見書
宛先　あかつき精機株式会社　労務課　平林 誠 殿
対象者
事業場　あかつき精機 本社工場
氏名　佐伯 美咲
所属　製造技術課
性別・年齢　女 42歳
面接指導日　2026年11月20日
面接指導結果報告書
勤務の状況
　2026-10-01 から 2026-10-31  総労働 269:39  時間外・休日 92:30+
　過去 9月 83:44、8月 70:51、7月 63:21、6月 49:34、5月 41:36
労働時間以外の要因　納期前の作業と、休日の呼出しが重なっています。
疲労の蓄積の状況
　[ ] 0 （低）
　[ ] 1
　[x] 2
　[ ] 3 （高）
その他の心身の状況
　[ ] 0 所見なし
　[x] 1 所見あり
　眠りが浅い状態が続いています。
本人への指導区分
　[ ] 0 措置不要
　[x] 1 要保健指導
　[ ] 2 要経過観察
　[x] 3 要再面接（時期 2026年12月18日）
　[ ] 4 現病治療継続又は医療機関紹介
就業上の措置に係る意見書
就業区分
　[ ] 0 通常勤務
　[x] 1 就業制限・配慮
　[ ] 2 要休業
労働時間の短縮
　[ ] 0 特に指示なし
　[x] 1 時間外労働の制限 40時間/月まで
　[ ] 2 時間外労働の禁止
　[ ] 3 就業時間を制限
　[ ] 4 変形労働時間制または裁量労働制の対象からの除外
　[ ] 5 就業の禁止（休暇・休養の指示）
　[ ] 6 その他
措置期間
　2026年12月1日から2027年2月28日まで
　（見直し 2027年2月19日、次回面接予定日 2026年12月18日）
職場環境の改善に関する意見　立上げ期の応援体制
医療機関への受診配慮等　通院日の勤務の調整
その他（連絡事項等）　記載なし
2026年11月20日
医師の所属先　水野産業医事務所
医師氏名　水野 遥
控え照合 E01 #000482 7f3a09c1";

fn document() -> Id {
    Id::document(&testing::site_id(), 2026, 1)
}

pub fn row(number: u32) -> Id {
    Id::new(&testing::site_id(), Prefix::Row, number)
}

fn case() -> Id {
    Id::new(&testing::site_id(), Prefix::Case, 1)
}

fn site() -> Site {
    let mut site = testing::site();
    site.interviews = testing::rows(vec![interview()]);
    site.measures = testing::rows(vec![measure()]);
    site
}

fn interview() -> Interview {
    Interview {
        id: row(10),
        case_id: case(),
        worker: testing::worker_id(),
        day: testing::today(),
        time: "14:20".into(),
        mode: Mode::InPerson,
        online_json: None,
        doctor: "水野 遥".into(),
        work_situation: "92:30".into(),
        work_factors: String::new(),
        fatigue_sheet_json: FatigueSheet::default(),
        family_answers: String::new(),
        condition_notes: String::new(),
        bsid_json: Vec::new(),
        blood_pressure_json: Default::default(),
        red_flags: String::new(),
        fatigue: Fatigue::Medium,
        condition: Condition::Present,
        condition_text: String::new(),
        diagnosis: None,
        guidance_json: vec![Guidance::HealthGuidance],
        next_on: None,
        remarks: String::new(),
        fitness: Fitness::Limited,
        worker_view: String::new(),
        care: String::new(),
        workplace: String::new(),
        message: String::new(),
        completed_on: testing::today(),
    }
}

fn measure() -> Measure {
    Measure {
        amount: "40".into(),
        from: Some(day("2026-12-01")),
        until: Some(day("2027-02-28")),
        review_on: Some(day("2027-02-19")),
        ..Measure::new(row(11), case(), testing::worker_id(), MeasureKind::OvertimeLimit)
    }
}
