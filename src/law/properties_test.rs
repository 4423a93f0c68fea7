//! What must hold for every rule and any facts: more never removes a duty, months end where they end, a minute and a
//! day decide exactly at the limit, and what is not known is named.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::facts::{Fact, FactKind};
use super::outcome::{Conclusion, Outcome};
use super::rules::{self, Rule};
use super::{Deadline, Law};
use crate::domain::Day;
use crate::domain::time::{after_days, month_end};

fn law() -> &'static Law {
    Law::shared()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn ask(id: &str, on: Day, facts: Value) -> Outcome {
    law().assess(rules::find(id).unwrap(), on, &facts).unwrap()
}

/// Any day from the year before the encoded law to long after it.
fn any_day() -> impl Strategy<Value = Day> {
    (0u64..11_000).prop_map(|days| after_days(day("2005-01-01"), days))
}

/// A value of the type of a fact, or nothing.
fn any_value(kind: FactKind) -> BoxedStrategy<Value> {
    let one_day = any_day().prop_map(|day| json!(day));
    match kind {
        FactKind::Flag => any::<bool>().prop_map(|flag| json!(flag)).boxed(),
        FactKind::Count => (-1i64..4_000).prop_map(|count| json!(count)).boxed(),
        FactKind::Time => (-360_000i64..1_500_000).prop_map(|seconds| json!(seconds)).boxed(),
        FactKind::Day => one_day.boxed(),
        FactKind::Days => prop::collection::vec(any_day(), 0..4).prop_map(|days| json!(days)).boxed(),
        FactKind::Choice(words) => prop::sample::select(words).prop_map(|word| json!(word)).boxed(),
        FactKind::Choices(words) => {
            prop::sample::subsequence(words, 1..words.len()).prop_map(|some| json!(some)).boxed()
        }
        FactKind::Months => Just(json!([{ "start": "2026-10-01", "end": "2026-10-31", "seconds": "251:30" }])).boxed(),
    }
}

/// Facts of a rule; each may be absent unless `whole`.
fn any_facts(rule: &'static Rule, whole: bool) -> BoxedStrategy<Value> {
    let fact = move |fact: &'static Fact| {
        let value = any_value(fact.kind);
        let value = if whole { value } else { prop::option::of(value).prop_map(|value| json!(value)).boxed() };
        value.prop_map(|value| (fact.name.to_owned(), value))
    };
    let facts: Vec<_> = rule.facts.iter().map(fact).collect();
    facts.prop_map(|facts| Value::Object(facts.into_iter().collect::<Map<_, _>>())).boxed()
}

fn any_question(whole: bool) -> impl Strategy<Value = (&'static Rule, Day, Value)> {
    let rules: Vec<&'static Rule> = rules::all().collect();
    prop::sample::select(rules)
        .prop_flat_map(move |rule| any_facts(rule, whole).prop_map(move |facts| (rule, facts)))
        .prop_flat_map(|(rule, facts)| any_day().prop_map(move |day| (rule, day, facts.clone())))
}

/// A rule and the number of people that makes it a duty: (rule, fact, other facts).
const CROWDS: [(&str, &str, &str); 5] = [
    ("APP-01", "workers", r#"{"caused_on":"2026-05-01"}"#),
    ("APP-02", "workers", r#"{"specified_workers":0}"#),
    ("APP-02", "specified_workers", r#"{"workers":60}"#),
    ("APP-03", "workers", "{}"),
    ("COM-01", "workers", r#"{"meeting_days":[]}"#),
];

fn crowd(index: usize, count: i64) -> Outcome {
    let (id, fact, others) = CROWDS[index];
    let mut facts: Value = serde_json::from_str(others).unwrap();
    facts[fact] = json!(count);
    ask(id, day("2026-05-20"), facts)
}

/// Deadlines that run from a day: (rule, fact), in months.
const MONTHLY: [(&str, &str); 5] = [
    ("DL-CALC", "period_end"),
    ("DL-REQ", "period_end"),
    ("DL-INT", "requested_on"),
    ("DL-OPN", "interviewed_on"),
    ("INF-01", "opinion_heard_on"),
];

proptest! {
    /// No facts of the right type make a rule fail, and an answer is complete: what is unknown is named among the
    /// rule's own facts, and whatever was decided cites a passage that was in force on the day.
    #[test]
    fn an_answer_is_complete((rule, on, facts) in any_question(false)) {
        let outcome = law().assess(rule, on, &facts).unwrap();
        prop_assert_eq!(outcome.outcome == Conclusion::Unknown, !outcome.missing.is_empty(), "{:?}", outcome);
        prop_assert!(outcome.missing.iter().all(|name| rule.facts.iter().any(|fact| fact.name == *name)), "{:?}", outcome);
        let decided = !matches!(outcome.outcome, Conclusion::Outside | Conclusion::Unknown);
        prop_assert!(!decided || !outcome.citations.is_empty(), "{:?}", outcome);
        for citation in &outcome.citations {
            prop_assert!(citation.in_force_from <= on && citation.in_force_to.is_none_or(|until| on < until), "{:?}", outcome);
        }
        if let Some(due) = outcome.due {
            prop_assert!(due.safe <= due.last, "{:?}", outcome);
        }
    }

    /// What is missing is really missing: a fact that was given is never asked for again, but for hours (a span or a
    /// window can stay open) and a period that ends before it begins.
    #[test]
    fn what_was_given_is_not_missing((rule, on, facts) in any_question(true)) {
        let outcome = law().assess(rule, on, &facts).unwrap();
        let spans = ["overtime_seconds", "health_management_seconds", "total_seconds", "total_high_seconds", "months", "period_start"];
        let again: Vec<_> = outcome.missing.iter().filter(|name| !spans.contains(name)).collect();
        prop_assert!(again.is_empty(), "{:?}", outcome);
    }

    /// More people never remove a duty.
    #[test]
    fn more_people_never_remove_a_duty(index in 0..CROWDS.len(), count in 0i64..4_000, more in 0i64..1_000) {
        prop_assert!(crowd(index, count).strength() <= crowd(index, count + more).strength());
    }

    /// More hours never remove a notice, by whatever version of the law.
    #[test]
    fn more_hours_never_remove_a_notice(on in any_day(), seconds in 0i64..500_000, more in 0i64..100_000, professional: bool) {
        for id in ["DL-NOTE-W", "DL-NOTE-OHP", "INF-02"] {
            let with = |seconds: i64| {
                let hours = json!({ "highly_professional": professional, "overtime_seconds": seconds, "health_management_seconds": seconds });
                let declared = rules::find(id).unwrap().facts;
                let facts = hours.as_object().unwrap().iter().filter(|(name, _)| declared.iter().any(|fact| fact.name == name.as_str()));
                ask(id, on, facts.map(|(name, value)| (name.clone(), value.clone())).collect())
            };
            prop_assert!(with(seconds).strength() <= with(seconds + more).strength(), "{id}");
        }
    }

    /// A month later is the same day or the end of its month; a leap day is a day like another.
    #[test]
    fn months_end_where_they_end(index in 0..MONTHLY.len(), on in any_day()) {
        let (id, fact) = MONTHLY[index];
        if let Some(due) = ask(id, on, json!({ fact: on })).due {
            use chrono::Datelike;
            let same = due.safe.day() == on.day();
            prop_assert!(same || due.safe == month_end(due.safe) && due.safe.day() < on.day(), "{on} {due:?}");
            prop_assert_eq!((due.safe.year() * 12 + due.safe.month0() as i32) - (on.year() * 12 + on.month0() as i32), 1);
        }
    }

    /// A later record is kept at least as long, and one more class never shortens it.
    #[test]
    fn the_longest_class_wins(
        on in any_day(), later in 0u64..4_000, ended in prop::option::of(any_day()),
        kinds in prop::sample::subsequence(kinds(), 1..6), more in prop::sample::select(kinds()),
    ) {
        let on = on.max(day("2024-04-01"));
        let keep = |kinds: &[&str], made: Day| {
            ask("RET-LONGEST", on, json!({ "records": kinds, "made_on": made, "engagement_ended_on": ended })).due
        };
        let last = |due: Option<Deadline>| due.map_or(Day::MAX, |due| due.last);
        prop_assert!(last(keep(&kinds, on)) <= last(keep(&kinds, after_days(on, later))));
        let all = [kinds.clone(), vec![more]].concat();
        prop_assert!(last(keep(&kinds, on)) <= last(keep(&all, on)));
        let longest = kinds.iter().map(|kind| last(keep(&[kind], on))).max().unwrap();
        prop_assert_eq!(last(keep(&kinds, on)), longest);
    }
}

fn kinds() -> Vec<&'static str> {
    match rules::find("RET-KEEP").unwrap().facts[0].kind {
        FactKind::Choice(words) => words.to_vec(),
        _ => Vec::new(),
    }
}

/// Every limit of hours, in every version: exactly the limit is not above it, a minute more is.
#[test]
fn a_minute_decides_at_every_limit_of_hours() {
    let limits = [
        ("OT-45", "overtime.tier_45.hours", json!({})),
        ("OT-80", "overtime.tier_80.hours", json!({})),
        ("OT-100", "overtime.tier_100.hours", json!({})),
        ("DL-NOTE-W", "notice.worker.hours", json!({ "highly_professional": false })),
        ("INF-02", "notice.physician.hours", json!({ "highly_professional": false })),
        (
            "IV-GEN",
            "interview.general.hours",
            json!({ "research": false, "article41": false, "highly_professional": false, "requested": true, "fifty_or_more": true }),
        ),
        (
            "IV-RND",
            "interview.research.hours",
            json!({ "research": true, "article41": false, "highly_professional": false }),
        ),
    ];
    for (id, parameter, facts) in limits {
        let parameter = law().parameters().iter().find(|known| known.id == parameter).unwrap();
        for version in parameter.versions.iter().filter(|version| version.value.is_some()) {
            let minutes = |minutes: i64| hours(id, version.from, version.value.unwrap() * 60 + minutes, &facts);
            assert_eq!(minutes(0), 0, "{id} {}", version.from);
            assert!(minutes(1) > 0, "{id} {}", version.from);
            assert_eq!(minutes(-1), 0, "{id} {}", version.from);
        }
    }
}

/// The strength of a duty with so many minutes of overtime; a tier reads a month of 28 days, which is 160 h.
fn hours(id: &str, on: Day, minutes: i64, facts: &Value) -> u8 {
    let mut facts = facts.clone();
    if id.starts_with("OT-") {
        facts["total_seconds"] = json!((160 * 60 + minutes) * 60);
        facts["period_start"] = json!(on - chrono::Days::new(27));
    } else {
        facts["overtime_seconds"] = json!(minutes * 60);
    }
    ask(id, on, facts).strength()
}

/// Every version of every parameter begins on its own day, and ends where the next one begins.
#[test]
fn a_day_decides_at_every_change_of_the_law() {
    for parameter in law().parameters() {
        for version in &parameter.versions {
            let on = |day: Day| format!("{:?}", law().reading(&parameter.id, day));
            let before = version.from.pred_opt().unwrap();
            assert!(on(version.from).contains(&format!("{:?}", version.from)), "{}", parameter.id);
            assert_ne!(on(before), on(version.from), "{}", parameter.id);
            if let Some(until) = version.until {
                assert_eq!(on(until.pred_opt().unwrap()), on(version.from), "{}", parameter.id);
                assert_ne!(on(until), on(version.from), "{}", parameter.id);
            }
        }
    }
}
