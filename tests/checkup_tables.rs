//! A workplace's own reference table by the command: kept with its edition, refused whole where it is none.

use std::fs;

use crate::scratch::Scratch;

const TABLE: &str = "id='own'
edition='2026-04-01'
title='当社の表'
source='衛生委員会'
checked_on='2026-04-01'
status='own'
purpose='grade'
is_rounded=true
classes=[{name='可',label='可',weight=0},{name='要',label='要受診',weight=3}]
[[row]]
items=['sbp']
bands={ '可'='<=149', '要'='>=150' }
";

const KEEP: [&str; 6] = ["checkup-table", "table.toml", "--establishment", "E01", "--kind", "own"];

fn kept(scratch: &Scratch) -> String {
    scratch.word(1, "SELECT coalesce(max(own_table), 'none') FROM checkup_policy")
}

#[test]
fn an_own_table_comes_in_by_the_command_and_goes_out_again() {
    let scratch = Scratch::demo();
    fs::write(scratch.path("table.toml"), TABLE).unwrap();
    let said = scratch.run(&KEEP, "").with_code(0).out;
    assert!(said.contains("当社の表") && said.contains("2026-04-01"), "{said}");
    assert_eq!(kept(&scratch), TABLE.trim());
    scratch.run(&["checkup-table", "--establishment", "E01", "--kind", "own"], "").with_code(0);
    assert_eq!(kept(&scratch), "");
    scratch.assert_clean();
}

#[test]
fn what_is_no_table_is_refused_with_its_line_and_changes_nothing() {
    let scratch = Scratch::demo();
    for (text, word) in [("title =\n", "1 行目"), (&TABLE.replace("'grade'", "'urgent'"), "purpose")] {
        fs::write(scratch.path("table.toml"), text).unwrap();
        let said = scratch.run(&KEEP, "").with_code(5).err;
        assert!(said.contains(word), "{said}");
        assert_eq!(kept(&scratch), "none");
    }
    fs::write(scratch.path("table.toml"), b"\xff\xfe").unwrap();
    scratch.run(&KEEP, "").with_code(2);
}
