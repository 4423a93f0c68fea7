//! 意見書 and 確認 by keys, on a desk that previews and issues by script.

use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::*;
use crate::app::Site;
use crate::app::host::{Failure, Hint, Host, VaultView};
use crate::app::testing::{self, day};
use crate::domain::Prefix;
use crate::domain::case::{MeasureKind, Taken};
use crate::domain::interview::{Condition, Fatigue, FatigueSheet, Fitness, Guidance, Mode};
use crate::domain::worker::WorkerAttribute;
use crate::ui::keys::Input;
use crate::ui::theme::Look;
use crate::ui::{Shell, snapshot};

/// A host that previews what it is asked for and remembers what it issued.
struct Desk {
    view: View,
    previews: Vec<DocumentRequest>,
    issued: Vec<(DocumentRequest, Vec<String>)>,
    missing: Vec<String>,
    hints: Vec<Hint>,
    questionable: Vec<String>,
    /// Changes the texts of the next preview.
    edition: usize,
    fails: bool,
    waits: bool,
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
                vec![Event::Issued(document(), files)]
            }
            _ => Vec::new(),
        }
    }
}

impl Desk {
    fn new() -> Self {
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

    fn preview(&self, request: DocumentRequest) -> DocumentPreview {
        let copies = request.recipients.iter().map(|recipient| self.copy(*recipient)).collect();
        let numbers = (1..).zip(&request.recipients);
        DocumentPreview {
            id: document(),
            version: 1,
            copies,
            missing: self.missing.clone(),
            hints: self.hints.clone(),
            folder: "/home/mizuno/書類/E01/2026-11".into(),
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

fn row(number: u32) -> Id {
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
        id: row(11),
        case_id: case(),
        worker: testing::worker_id(),
        kind: MeasureKind::OvertimeLimit,
        amount: "40".into(),
        content: String::new(),
        from: Some(day("2026-12-01")),
        until: Some(day("2027-02-28")),
        review_on: Some(day("2027-02-19")),
        heard_on: None,
        heard: String::new(),
        present: String::new(),
        taken: Taken::Open,
        answered_on: None,
        answer: String::new(),
        lifted_on: None,
    }
}

struct Session {
    desk: Desk,
    shell: Shell,
}

impl Session {
    fn on(desk: Desk) -> Self {
        let mut desk = desk;
        let mut shell = Shell::new(&mut desk);
        shell.stack.push(super::super::open(&Route::Worker(testing::worker_id()), &desk.view));
        shell.stack.push(super::super::open(&Route::Opinion(row(10)), &desk.view));
        shell.greet(&mut desk);
        Self { desk, shell }
    }

    fn new() -> Self {
        Self::on(Desk::new())
    }

    fn key(&mut self, key: Key) -> &mut Self {
        self.shell.input(&mut self.desk, Input::Key(key));
        self
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for c in keys.chars() {
            self.key(match c {
                '\n' => Key::plain(Code::Enter),
                '^' => Key::plain(Code::Up),
                c => Key::char(c),
            });
        }
        self
    }

    fn issue(&mut self) -> &mut Self {
        self.key(Key::ctrl('s'))
    }

    fn hear(&mut self, event: Event) {
        let screen = self.shell.stack.last_mut().unwrap();
        screen.event(&self.desk.view, &event);
    }

    fn screen(&mut self, columns: u16, rows: u16) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        self.shell.draw(&mut buffer, Look::default());
        snapshot::text(&buffer)
    }

    fn says(&mut self, text: &str) -> bool {
        self.screen(80, 24).contains(text)
    }

    fn is_at_confirm(&self) -> bool {
        matches!(self.shell.route(), Some(Route::Confirm(_)))
    }
}

#[test]
fn from_the_preview_to_the_issued_document_are_two_presses() {
    let mut session = Session::new();
    session.press("x").issue();
    let (request, hashes) = session.desk.issued.first().unwrap();
    assert_eq!(request.recipients, Recipient::for_opinion(false));
    assert_eq!(hashes, &["人事-1", "職場-1", "本人-1"], "exactly the texts that were shown");
    assert_eq!(session.shell.route(), Some(Route::Worker(testing::worker_id())));
    assert!(session.says("E01-2026-0001 を発行しました。PDF 3つ"), "{}", session.screen(80, 24));
    assert_eq!(session.shell.stack.len(), 2, "opinion and confirmation are closed, the worker is there once");
}

#[test]
fn enter_and_x_never_issue() {
    let mut session = Session::new();
    session.press("xx");
    assert!(session.is_at_confirm());
    session.key(Key::plain(Code::Down)).press("\n");
    assert!(session.says("Ctrl-S で出力します"));
    session.key(Key::plain(Code::Up)).press("\n");
    assert!(!session.is_at_confirm(), "the cursor starts on 戻る, and Enter there goes back");
    assert!(session.desk.issued.is_empty());
}

#[test]
fn f12_issues_as_well() {
    let mut session = Session::new();
    session.press("x").key(Key::f(12));
    assert_eq!(session.desk.issued.len(), 1);
}

#[test]
fn a_missing_field_is_named_and_holds_the_output_back() {
    let mut desk = Desk::new();
    desk.missing = vec!["勤務の状況".into()];
    let mut session = Session::on(desk);
    assert!(session.says("未記入 必要"));
    session.press("x");
    assert!(session.says("未記入の欄があります: 勤務の状況。e で直せます") && !session.is_at_confirm());
}

#[test]
fn without_a_preview_nothing_goes_on() {
    let mut desk = Desk::new();
    desk.waits = true;
    let mut session = Session::on(desk);
    session.press("x");
    assert!(!session.is_at_confirm() && session.says("出るものを用意しています"));
    let preview = session.desk.preview(session.desk.previews[0].clone());
    session.hear(Event::Previewed(Box::new(preview)));
    session.press("x");
    assert!(session.is_at_confirm());
}

#[test]
fn a_failed_preview_can_be_asked_for_again() {
    let mut desk = Desk::new();
    desk.waits = true;
    let mut session = Session::on(desk);
    session.hear(Event::Failed(Failure {
        happened: String::new(),
        state: String::new(),
        remedies: Vec::new(),
        code: "E",
    }));
    assert!(session.says("Enter でもう一度用意します"));
    session.desk.waits = false;
    session.press("\nx");
    assert!(session.is_at_confirm());
}

#[test]
fn the_chosen_copies_are_prepared_again_and_only_they_leave() {
    let mut session = Session::new();
    session.press("x^^ ");
    assert_eq!(session.desk.previews.last().unwrap().recipients, [Recipient::Personnel, Recipient::Worker]);
    assert!(session.says("2通に署名します") && session.says("渡しません"));
    session.issue();
    let (request, hashes) = session.desk.issued.first().unwrap();
    assert_eq!(request.recipients, [Recipient::Personnel, Recipient::Worker]);
    assert_eq!(hashes, &["人事-1", "本人-1"]);
}

#[test]
fn nobody_chosen_nothing_leaves() {
    let mut session = Session::new();
    session.press("x^ ^ ^ ").issue();
    assert!(session.desk.issued.is_empty() && session.says("渡す相手がありません"));
}

#[test]
fn another_text_than_the_shown_one_is_not_issued() {
    let mut session = Session::new();
    session.press("x");
    session.desk.edition = 2;
    session.press("^ ").issue();
    assert!(session.desk.issued.is_empty() && session.says("文が変わりました"));
}

#[test]
fn while_the_other_choice_is_prepared_nothing_leaves() {
    let mut session = Session::new();
    session.press("x");
    session.desk.waits = true;
    session.press("^ ").issue();
    assert!(session.desk.issued.is_empty() && session.says("用意しています"));
}

#[test]
fn a_record_that_changed_is_shown_anew() {
    let mut session = Session::new();
    session.desk.view = testing::edited(&session.desk.view, |site| site.measures = Arc::default());
    session.press("x");
    assert!(!session.is_at_confirm() && session.says("もう一度見てください"));
    assert_eq!(session.desk.previews.len(), 2);
    session.press("x");
    assert!(session.is_at_confirm());
    session.desk.view = testing::edited(&session.desk.view, |site| site.interviews = Arc::default());
    session.issue();
    assert!(session.desk.issued.is_empty() && session.says("記録が変わりました"));
}

#[test]
fn after_a_failure_everything_stands_and_can_be_issued() {
    let mut session = Session::new();
    session.desk.fails = true;
    session.press("x").issue();
    assert!(session.says("書けませんでした") && session.is_at_confirm());
    session.desk.fails = false;
    session.key(Key::plain(Code::Esc)).issue();
    assert_eq!(session.desk.issued.len(), 1);
    assert_eq!(session.desk.previews.len(), 2, "the host had forgotten what it had prepared");
}

#[test]
fn unusual_characters_want_a_mark() {
    let mut desk = Desk::new();
    desk.questionable = vec!["U+E0100 異体字です".into()];
    let mut session = Session::on(desk);
    session.press("x").issue();
    assert!(session.desk.issued.is_empty() && session.says("珍しい字があります"));
    session.press("^ ").issue();
    assert_eq!(session.desk.issued.len(), 1);
}

#[test]
fn digits_and_tab_turn_to_a_recipient() {
    let mut session = Session::new();
    session.press("2");
    assert!(session.says("2[職場]") && session.says("就業上の措置について"));
    session.key(Key::plain(Code::Tab));
    assert!(session.says("3[本人]"));
    session.press("9");
    assert!(session.says("3[本人]"), "there is no ninth copy");
}

#[test]
fn the_whole_text_is_reached_by_pages() {
    let mut session = Session::new();
    let mut seen = session.screen(80, 24);
    for _ in 0..4 {
        session.key(Key::plain(Code::PageDown));
        seen.push_str(&session.screen(80, 24));
    }
    for text in ["宛先", "92:30+", "医師氏名", "控え照合"] {
        assert!(seen.contains(text), "{text}");
    }
    session.key(Key::plain(Code::End));
    assert!(session.says("控え照合"));
    session.key(Key::plain(Code::Home));
    assert!(session.says("宛先"));
}

#[test]
fn w_gives_the_reasons_of_the_hints() {
    let mut desk = Desk::new();
    let hint = |word: &str| Hint {
        field: "連絡事項等".into(),
        word: word.into(),
        reason: "病名です。会社へは働き方の言葉で伝えます。".into(),
    };
    desk.hints = vec![hint("うつ病"), hint("高血圧")];
    let mut session = Session::on(desk);
    assert!(session.says("「うつ病」") && session.says("もう一度見たい語が 2件"));
    session.press("w");
    assert!(session.says("会社へは働き方の言葉で伝えます"));
    session.press("wx");
    assert!(session.is_at_confirm(), "a hint holds nothing back");
}

#[test]
fn e_goes_back_to_the_judgment_of_this_worker() {
    let mut session = Session::new();
    session.press("e");
    assert_eq!(session.shell.route(), Some(Route::Interview(testing::worker_id(), Step::Judgment.index(), 0)));
}

#[test]
fn a_dispatched_workers_opinion_goes_to_the_dispatching_employer() {
    let mut desk = Desk::new();
    desk.view = testing::edited(&desk.view, |site| {
        site.attributes = Arc::new(vec![WorkerAttribute {
            id: row(12),
            worker: testing::worker_id(),
            kind: AttributeKind::Dispatched,
            valid_from: None,
            valid_until: None,
        }]);
    });
    let mut session = Session::on(desk);
    assert_eq!(session.desk.previews[0].recipients, Recipient::for_opinion(true));
    assert!(session.says("1[派遣元]"));
}

#[test]
fn the_other_form_is_asked_for() {
    let mut session = Session::new();
    session.press("y");
    assert_eq!(session.desk.previews.last().unwrap().form, FormKind::InterviewOpinion2011);
    session.press("x").issue();
    assert_eq!(session.desk.issued[0].0.form, FormKind::InterviewOpinion2011);
}

#[test]
fn while_a_screen_is_shared_no_opinion_is_shown() {
    let mut session = Session::new();
    let shown = crate::ui::privacy::Privacy::Sharing.apply(&session.desk.view);
    let screen = session.shell.stack.last().unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    screen.draw(&shown, &mut Canvas::new(&mut buffer, Look::default()), Rect::new(0, 3, 80, 19));
    assert_eq!(snapshot::text(&buffer).trim(), "この面接はいま見られません。");
    assert_eq!(screen.head(&shown).path, "意見書");
    assert!(!session.screen(80, 24).is_empty());
}

#[test]
fn both_screens_at_both_sizes() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut session = Session::new();
        insta::assert_snapshot!(format!("opinion_{columns}x{rows}"), session.screen(columns, rows));
        session.press("x");
        insta::assert_snapshot!(format!("confirm_{columns}x{rows}"), session.screen(columns, rows));
    }
}
