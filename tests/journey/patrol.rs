//! The month's walk: a finding with its measure on the spot, an old one seen closed, the end.

use super::{SIZES, Visit, events, said};
use crate::terminal::{DOWN, END, ENTER, F6, HOME, TAB};

fn walk(size: (u16, u16)) {
    let mut visit = Visit::opened(size);
    let session = visit.session.press(ENTER).wait("1[訪問]").press("5").wait("[ 巡視を始める ]");
    session.press(TAB).press(ENTER).wait("[ 巡視を終える ]");

    session.counted();
    session.press("2").wait("指摘 1").write("溶解炉前の通路に台車 2台").press(TAB).press("3");
    session.at("その場の措置").write("台車を退避場所へ移した").press(TAB).write("台車の置き場を決め、床に表示する");
    session.presses(&[TAB, TAB]).write("製造一課").wait("製造一課").press(F6).wait("[ 巡視を終える ]");
    session.wait("直ちに").at_most(8, "a new finding, with measure, opinion and who sees to it");

    session.press(HOME).press(END);
    session.counted();
    session.press(HOME).press(DOWN).press("d").wait("是正済").at_most(3, "closing a finding");

    session.press(END).press("d").wait("巡視の終了を保存しました");
    let scratch = visit.leave();
    let due = said(&scratch, &["worklist"]);
    let tasks = |task: &str| due.iter().filter(|item| item["task"] == task).count();
    assert_eq!((tasks("patrol"), tasks("finding_check")), (0, 0), "{due:?}");
    assert!(due.iter().any(|item| item["task"] == "finding" && item["due"] == "2026-12-04"), "{due:?}");
    for event in ["巡視の開始", "指摘の記録", "是正確認", "巡視の終了"] {
        assert!(events(&scratch, event) >= 1, "{event}");
    }
    let written = "SELECT count(*) FROM finding WHERE content = '溶解炉前の通路に台車 2台' AND severity = 'urgent'
                   AND measure = '台車を退避場所へ移した' AND opinion = '台車の置き場を決め、床に表示する' AND owner = '製造一課'";
    assert_eq!(scratch.number(1, written), 1);
}

#[test]
fn a_walk_with_a_finding_and_a_closure_at_80_columns() {
    walk(SIZES[0]);
}

#[test]
fn a_walk_with_a_finding_and_a_closure_at_120_columns() {
    walk(SIZES[1]);
}
