//! 意見書 and 確認 by keys, on a desk that previews and issues by script.

use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::*;
use crate::app::host::{Failure, Hint};
use crate::app::testing;
use crate::domain::interview::Diagnosis;
use crate::domain::worker::WorkerAttribute;
use crate::ui::keys::Input;
use crate::ui::theme::Look;
use crate::ui::{Shell, snapshot};

mod desk;

use desk::{Desk, row};

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
fn of_ordinary_work_without_a_measure_the_workplace_is_not_told_unless_one_key_says_so() {
    let mut desk = Desk::new();
    desk.view = testing::edited(&desk.view, |site| {
        let interview = Interview { fitness: Fitness::Normal, ..site.interviews[0].clone() };
        site.interviews = Arc::new(vec![interview]);
        site.measures = Arc::default();
    });
    let mut session = Session::on(desk);
    session.press("x");
    assert!(session.says("渡しません（2 で渡します）"), "{}", session.screen(80, 24));
    insta::assert_snapshot!("ordinary_80x24", session.screen(80, 24));
    session.press("2");
    assert!(session.says("3通に署名します"));
    session.press("2").issue();
    assert_eq!(session.desk.issued[0].0.recipients, [Recipient::Personnel, Recipient::Worker]);
}

#[test]
fn a_preview_of_fewer_copies_that_comes_late_is_not_taken_for_the_whole() {
    let mut session = Session::new();
    let whole = session.desk.previews[0].clone();
    let fewer = DocumentRequest { recipients: vec![Recipient::Personnel, Recipient::Worker], ..whole };
    let preview = session.desk.preview(fewer);
    session.hear(Event::Previewed(Box::new(preview)));
    assert!(session.says("2 職場"), "{}", session.screen(80, 24));
}

#[test]
fn an_opinion_on_the_environment_alone_is_the_employers() {
    let mut basis = Basis::now(&Desk::new().view, &row(10)).unwrap();
    basis.interview.fitness = Fitness::Normal;
    assert!(basis.concerns_workplace(), "a measure stands");
    basis.measures[0].kind = MeasureKind::Environment;
    assert!(!basis.concerns_workplace());
    basis.interview.fitness = Fitness::Leave;
    assert!(basis.concerns_workplace());
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
fn a_question_of_the_employer_stands_below_the_opinion_with_its_version() {
    use crate::domain::checkup::OpinionInquiry;
    use crate::domain::opinion::Issued;
    let mut desk = Desk::new();
    desk.view = testing::edited(&desk.view, |site| {
        let case_id = site.interviews.first().map(|interview| interview.case_id.clone());
        let day = testing::day("2026-11-01");
        let issued = Issued {
            id: Id::parse("E01-2026-0001").unwrap(),
            form: FormKind::InterviewOpinion,
            case_id,
            worker: Some(testing::worker_id()),
            version: 1,
            supersedes: None,
            day,
            snapshot_json: serde_json::json!({}),
            copies_json: Vec::new(),
        };
        site.opinion_inquiries = Arc::new(vec![OpinionInquiry {
            id: row(900),
            document: issued.id.clone(),
            worker: testing::worker_id(),
            asked_on: day,
            asked_by: "人事".to_owned(),
            question: "休日の勤務も含みますか".to_owned(),
            answered_on: None,
            answer: String::new(),
        }]);
        site.issued = Arc::new(vec![issued]);
    });
    let mut session = Session::on(desk);
    assert!(session.says("照会 1件  回答待ち  E01-2026-0001 第1版"));
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

/// A session on the form of 2011, whose interview holds a 診断区分.
fn on_the_old_form() -> Session {
    let mut desk = Desk::new();
    desk.view = testing::edited(&desk.view, |site| {
        let mut interview = site.interviews[0].clone();
        interview.diagnosis = Some(Diagnosis::Observe);
        site.interviews = Arc::new(vec![interview]);
    });
    let mut session = Session::on(desk);
    session.press("y");
    session
}

#[test]
fn the_diagnosis_leaves_by_an_answer_for_this_document_alone() {
    let mut session = on_the_old_form();
    assert!(session.says("診断区分を会社へ出す   [いいえ]"), "{}", session.screen(80, 24));
    session.press("x");
    assert!(session.says("診断区分    出しません"));
    session.key(Key::plain(Code::Esc)).press(" ");
    assert_eq!(session.desk.previews.last().unwrap().released, [Release::Diagnosis]);
    insta::assert_snapshot!("release_80x24", session.screen(80, 24));
    session.press("x");
    assert!(session.says("人事、本人 の写しに載せます。本人の同意を確かめてください"), "{}", session.screen(80, 24));
    session.issue();
    assert_eq!(session.desk.issued[0].0.released, [Release::Diagnosis]);
    session.shell.stack.push(super::super::open(&Route::Opinion(row(10)), &session.desk.view));
    session.shell.greet(&mut session.desk);
    session.press("y");
    assert!(session.desk.previews.last().unwrap().released.is_empty(), "nothing remembers the answer");
}

#[test]
fn another_form_takes_the_release_back() {
    let mut session = on_the_old_form();
    session.press(" yy");
    assert!(session.desk.previews.last().unwrap().released.is_empty());
    assert!(session.says("[いいえ]"));
}

#[test]
fn a_preview_of_the_other_answer_is_not_shown() {
    let mut session = on_the_old_form();
    let before = session.desk.preview(session.desk.previews.last().unwrap().clone());
    session.desk.waits = true;
    session.press(" ");
    session.hear(Event::Previewed(Box::new(before)));
    session.press("x");
    assert!(!session.is_at_confirm() && session.says("出るものを用意しています"));
}

#[test]
fn without_a_judged_diagnosis_there_is_nothing_to_release() {
    let mut session = Session::new();
    session.press(" ");
    session.press("y ");
    assert!(session.says("この面接では診断区分を判定していません"));
    assert!(session.desk.previews.iter().all(|request| request.released.is_empty()));
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
