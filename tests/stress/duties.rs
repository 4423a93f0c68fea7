//! The statements of section 9 of the sheet: each is proved, open, or outside with its reason.

use crate::seed_map;

const DUTIES: i64 = 38;

fn duties() -> Vec<toml::Table> {
    let map: toml::Table = include_str!("../stress_duties.toml").parse().unwrap();
    map["duty"].as_array().unwrap().iter().map(|row| row.as_table().unwrap().clone()).collect()
}

#[test]
fn every_duty_is_here_once_and_says_one_thing() {
    let duties = duties();
    let numbers: Vec<i64> = duties.iter().map(|row| row["number"].as_integer().unwrap()).collect();
    assert_eq!(numbers, (1..=DUTIES).collect::<Vec<_>>());
    for row in &duties {
        let said = ["proof", "open", "outside"].iter().filter(|key| row.contains_key(**key)).count();
        assert_eq!(said, 1, "duty {}", row["number"]);
    }
}

#[test]
fn the_tests_that_prove_a_duty_exist() {
    let tests = seed_map::tests();
    for row in duties() {
        let Some(proof) = row.get("proof") else { continue };
        for name in proof.as_str().unwrap().split(", ") {
            assert!(tests.iter().any(|test| test == name), "duty {}: no test {name}", row["number"]);
        }
    }
}
