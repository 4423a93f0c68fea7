//! A file that hardly speaks of this establishment's people.

use super::*;

fn strangers(known: usize, people: usize) -> Option<Strangers> {
    let own = [("4017", "桐山 勇"), ("4052", "室井 あや")];
    let own = own.iter().take(known).map(|(number, name)| format!("{number},{name},160:00\n"));
    let others = (known..people).map(|at| format!("9{at},他社 {at}郎,160:00\n"));
    World::new().preview(&file(&own.chain(others).collect::<String>())).strangers
}

#[test]
fn fewer_than_a_fifth_stop_the_file_and_a_fifth_does_not() {
    for (known, people) in [(1, 6), (2, 11)] {
        assert_eq!(strangers(known, people), Some(Strangers { known, people }));
    }
    for (known, people) in [(1, 5), (2, 10), (2, 9), (1, 4)] {
        assert_eq!(strangers(known, people), None, "{known} of {people}");
    }
}
