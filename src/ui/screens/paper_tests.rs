//! Papers and their 確認 by keys, on the desk of the patrol's tests; the host's answers are played in.

use std::sync::Arc;

use super::*;
use crate::app::{Host, testing};
use crate::domain::opinion::Recipient;
use crate::domain::patrol::Category;
use crate::ui::keys::Input;
use crate::ui::screens::patrol::desk::{self, Session, row, site, site_id};

fn preview(request: &DocumentRequest, lines: &str) -> DocumentPreview {
    let id = (!request.form.is_own_paper()).then(|| Id::document(&site_id(), 2026, 4));
    let file = id.as_ref().map_or("E01-2026-11-20_brief.pdf".to_owned(), |id| format!("{id}_5.pdf"));
    let copy = CopyPreview {
        recipient: request.recipients[0],
        lines: lines.lines().map(str::to_owned).collect(),
        sha256: "hash".into(),
        leaving: 12,
        staying: if id.is_some() { vec![("自分だけの控え".into(), 2)] } else { Vec::new() },
        questionable: Vec::new(),
    };
    DocumentPreview {
        request: request.clone(),
        id,
        version: 1,
        copies: vec![copy],
        missing: Vec::new(),
        hints: Vec::new(),
        folder: "/home/mizuno/書類/E01/2026-11".into(),
        own_templates: Vec::new(),
        files: vec![file],
    }
}

/// The host's answer, as the place on top hears it.
fn hear(session: &mut Session, event: &Event) -> Reply {
    let view = desk::view(session.desk.sites.clone());
    session.shell.stack.last_mut().unwrap().event(&view, event)
}

fn answer(session: &mut Session, lines: &str) -> DocumentPreview {
    let preview = preview(session.desk.previews.last().unwrap(), lines);
    hear(session, &Event::Previewed(Box::new(preview.clone())));
    preview
}

const REPORT: &str = "E01-2026-0004　第1版　事業者用
職場巡視報告書
宛先　あかつき精機株式会社 殿
巡視
巡視日　2026年10月16日
今回の指摘　1件（直ちに 1）
良好だった項目
第2工場 鋳造　作業環境、作業
指摘 1　第2工場 鋳造
区分　5S・通路
危険　直ちに
指摘　溶解炉前の通路に台車";

fn at_the_report() -> Session {
    let mut session = Session::at(Route::Patrol(site_id(), 0), vec![site()]);
    session.key('y');
    answer(&mut session, REPORT);
    session
}

/// Other findings than those the report was made from.
fn change(session: &mut Session, findings: Vec<Finding>) {
    session.desk.sites[0].findings = Arc::new(findings);
    session.desk.perform(Effect::EndDraft(site_id(), "another".into()));
}

fn is_at_confirm(session: &Session) -> bool {
    matches!(session.shell.route(), Some(Route::Confirm(_)))
}

#[test]
fn the_report_is_read_before_it_is_confirmed_and_ends_at_the_patrol() {
    let mut session = at_the_report();
    insta::assert_snapshot!("report_80x24", session.draw(80, 24));
    session.key('x');
    assert!(is_at_confirm(&session));
    insta::assert_snapshot!("report_confirm_80x24", session.draw(80, 24));
    let reply = hear(&mut session, &Event::Issued(Some(row(1)), vec!["a".into()]));
    assert_eq!(reply.go, Some(Go::Left));
    assert!(reply.says.unwrap().contains("を発行しました。PDF 1つは平文です"));
}

#[test]
fn a_finding_that_changed_is_shown_anew() {
    let mut session = at_the_report();
    change(&mut session, vec![desk::finding(6, Category::Passage, "別の所見")]);
    session.key('x');
    assert!(!is_at_confirm(&session) && session.shows("もう一度見てください"));
    answer(&mut session, REPORT);
    session.key('x');
    assert!(is_at_confirm(&session));
    change(&mut session, Vec::new());
    session.shell.input(&mut session.desk, Input::Key(Key::ctrl('s')));
    assert!(session.shows("記録が変わりました"));
}

#[test]
fn missing_fields_and_a_failure_hold_the_report_back() {
    let mut session = Session::at(Route::Patrol(site_id(), 0), vec![site()]);
    session.key('y');
    let without = preview(session.desk.previews.last().unwrap(), REPORT);
    let missing = vec!["署名する医師の氏名".to_owned()];
    hear(&mut session, &Event::Previewed(Box::new(DocumentPreview { missing, ..without })));
    session.key('x');
    assert!(!is_at_confirm(&session) && session.shows("署名する医師の氏名"));
}

#[test]
fn the_record_of_one_worker_says_that_it_holds_everything_and_is_hidden_while_a_screen_is_shared() {
    let mut session = Session::at(Route::Worker(testing::worker_id()), vec![testing::site()]);
    session.key('x');
    let asked = session.desk.previews.last().unwrap().clone();
    assert_eq!((asked.form, asked.subject), (FormKind::WorkerRecord, Some(testing::worker_id())));
    answer(&mut session, "一人分の記録\n本人　E01-W0001\n自分だけのメモ　眠れない");
    insta::assert_snapshot!("record_80x24", session.draw(80, 24));
    let shown = crate::ui::privacy::Privacy::Sharing.apply(&desk::view(session.desk.sites.clone()));
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 80, 24));
    let mut canvas = Canvas::new(&mut buffer, crate::ui::theme::Look::default());
    let screen = session.shell.stack.last().unwrap();
    screen.draw(&shown, &mut canvas, Rect::new(0, 3, 80, 19));
    assert_eq!(crate::ui::snapshot::text(&buffer).trim(), "この人の記録はいま見られません。");
    session.key('x');
    let drawn = session.draw(80, 24);
    insta::assert_snapshot!("record_confirm_80x24", drawn.clone());
    for words in ["保存しているすべて", "自分だけのメモも載ります", "渡した人は、そのすべてを読めます", "署名しません"]
    {
        assert!(drawn.contains(words), "{words}\n{drawn}");
    }
}

#[test]
fn the_answer_to_an_inquiry_is_hidden_with_its_person() {
    let id = |number| Id::new(&site_id(), Prefix::Row, number);
    let mut site = testing::site();
    site.opinion_inquiries = testing::rows(vec![crate::domain::checkup::OpinionInquiry {
        id: id(7),
        document: Id::document(&site_id(), 2026, 1),
        worker: testing::worker_id(),
        asked_on: testing::today(),
        asked_by: "人事".to_owned(),
        question: "休日の勤務も含みますか".to_owned(),
        answered_on: Some(testing::today()),
        answer: "含みます".to_owned(),
    }]);
    let view = desk::view(vec![site]);
    let request = DocumentRequest::new(site_id(), FormKind::OpinionAnswer, Some(id(7)), vec![Recipient::Employer]);
    let mut paper = Paper::new(request.clone());
    paper.opened(&view);
    paper.event(&view, &Event::Previewed(Box::new(preview(&request, "回答の内容　含みます"))));
    assert!(paper.shown(&view).is_some() && paper.head(&view).path.contains("意見への照会に対する回答"));
    let shared = crate::ui::privacy::Privacy::Sharing.apply(&view);
    assert!(paper.shown(&shared).is_none());
}

#[test]
fn the_physicians_own_paper_names_no_other_reader_and_promises_no_signature() {
    for (route, key, name) in [
        (Route::Site(site_id()), 'x', "brief_confirm_80x24"),
        (Route::Patrol(site_id(), 0), 'x', "sheet_confirm_80x24"),
    ] {
        let mut session = Session::at(route.clone(), vec![site()]);
        session.key(key);
        let preview = preview(session.desk.previews.last().unwrap(), "");
        session.shell.stack.push(crate::ui::screens::open(
            &Route::Confirm(Box::new(preview)),
            &desk::view(session.desk.sites.clone()),
        ));
        let drawn = session.draw(80, 24);
        insta::assert_snapshot!(name, drawn.clone());
        assert!(drawn.contains("署名しません") && drawn.contains("自分") && !drawn.contains("人事"), "{drawn}");
        assert!(!drawn.contains("第1版") && !drawn.contains("渡す相手"), "{drawn}");
        let reply = hear(&mut session, &Event::Issued(None, vec!["a".into()]));
        assert_eq!(reply.go, Some(Go::Left));
        assert!(reply.says.unwrap().contains("を書き出しました"));
    }
}
