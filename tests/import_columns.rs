//! 列の対応 on the real host: what is chosen, composed and fixed there, what is remembered of it, and what leaves.

use junkai::app::{Effect, Event};
use junkai::domain::hours::BatchKind;
use junkai::domain::stress::OwnerRole;

use super::import_screen::{Scene, choice};
use super::{desk, stress};

/// A ledger, answers and results with headings of nobody's program: each column is told, remembered, and known again.
#[test]
fn columns_of_a_ledger_are_chosen_on_the_screen_and_remembered() {
    let mut scene = Scene::opened();
    let site = scene.site();
    let worker = site.workers.iter().find(|worker| worker.is_employed_on(desk::today())).unwrap();
    let text = |what: &str| format!("だれ,なに,いつ\n{},{what},2027/3/31\n", worker.name);
    let path = scene.write("a.csv", text("高所作業を避ける").as_bytes());
    let first = scene.read(&path, BatchKind::Restrictions);
    assert!(first.problem.as_ref().is_some_and(|problem| problem.contains("氏名の列が決まっていません")), "{first:?}");
    let named = scene.preview(choice(&first, "だれ", "氏名"));
    assert!(named.problem.as_ref().is_some_and(|problem| problem.contains("措置の列")), "{named:?}");
    let measured = scene.preview(choice(&named, "なに", "措置"));
    let ended = scene.preview(choice(&measured, "いつ", "措置の末日"));
    assert_eq!((ended.problem.as_deref(), ended.added, ended.columns.len()), (None, 1, 3));
    scene.preview(Effect::ConfirmOurs(true));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let measure = scene.site().measures.last().unwrap().clone();
    assert_eq!(measure.until.map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
    let path = scene.write("b.csv", text("夜勤を避ける").as_bytes());
    let known = scene.read(&path, BatchKind::Restrictions);
    assert_eq!((known.problem.as_deref(), known.added), (None, 1), "{known:?}");
}

#[test]
fn answers_whose_headings_say_nothing_are_told_where_they_begin_and_no_answer_is_shown() {
    let mut scene = Scene::after(|desk| _ = stress::open_round(desk, OwnerRole::Implementer));
    let site = scene.site();
    let worker = site.workers.iter().find(|worker| worker.is_employed_on(desk::today())).unwrap();
    let heads: String = (0..57).map(|number| format!(",問 {number} 番")).collect();
    let text = format!("だれ,年代{heads}\n{},3{}\n", worker.number, ",2".repeat(57));
    let path = scene.write("a.csv", text.as_bytes());
    let first = scene.read(&path, BatchKind::Stress);
    assert!(first.problem.as_ref().is_some_and(|problem| problem.contains("列が決まっていません")), "{first:?}");
    assert!(first.columns.iter().all(|row| row.example != worker.number && row.example != "2"), "{first:?}");
    let numbered = scene.preview(choice(&first, "だれ", "社員番号"));
    let asked = scene.preview(choice(&numbered, "問 0 番", "回答の1問め（ここから57列）"));
    assert_eq!((asked.problem.as_deref(), asked.added + asked.changed.len()), (None, 1), "{asked:?}");
    scene.preview(Effect::ConfirmOurs(true));
    scene.until(Effect::AcceptImport, |event| matches!(event, Event::Imported(_)));
    let next = scene.write("b.csv", text.replace(",2,2,2\n", ",2,2,3\n").as_bytes());
    let known = scene.read(&next, BatchKind::Stress);
    assert_eq!((known.problem.as_deref(), known.changed.len()), (None, 1), "{known:?}");
}
