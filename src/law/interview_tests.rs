use proptest::prelude::*;

use super::*;

fn law() -> &'static Law {
    Law::shared()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn hours(hours: i64, minutes: i64) -> Excess {
    Excess::exact(Seconds::hm(hours, minutes))
}

fn facts(text: &str, overtime: Excess) -> InterviewFacts {
    InterviewFacts { health_management: Some(overtime), ..InterviewFacts::general(day(text), overtime) }
}

fn answer(facts: &InterviewFacts) -> (&'static str, Conclusion) {
    let outcome = assess(law(), facts);
    (outcome.rule, outcome.outcome)
}

/// The tests 1 to 12 of the sheet, section 2, asked as one question.
#[test]
fn the_rule_of_the_class_answers() {
    let new = "2026-10-31";
    let asked = |facts: InterviewFacts| InterviewFacts { requested: Some(true), ..facts };
    let research = |facts: InterviewFacts| InterviewFacts { research: Some(true), ..facts };
    let manager = |facts: InterviewFacts| InterviewFacts { article41: Some(true), ..facts };
    let professional = |facts: InterviewFacts| InterviewFacts { highly_professional: Some(true), ..facts };
    use Conclusion::{Effort, NotRequired, Required};
    let wanted = [
        (asked(facts(new, hours(80, 0))), "IV-GEN", NotRequired),
        (facts(new, hours(80, 1)), "IV-GEN", NotRequired),
        (asked(facts(new, hours(80, 1))), "IV-GEN", Required),
        (manager(facts(new, hours(120, 0))), "IV-GEN", NotRequired),
        (asked(research(facts(new, hours(100, 0)))), "IV-RND-80", Required),
        (research(facts(new, hours(100, 0))), "IV-RND-80", NotRequired),
        (research(facts(new, hours(100, 1))), "IV-RND", Required),
        (manager(research(facts(new, hours(101, 0)))), "IV-RND-41", NotRequired),
        (professional(facts(new, hours(100, 1))), "IV-HP", Required),
        (professional(asked(facts(new, hours(90, 0)))), "IV-HP-9", Effort),
        (asked(facts("2019-03-31", hours(90, 0))), "IV-9", Effort),
        (asked(facts("2019-03-31", hours(101, 0))), "IV-GEN", Required),
        (asked(research(facts("2019-03-31", hours(101, 0)))), "IV-GEN", Required),
    ];
    for (facts, rule, conclusion) in wanted {
        assert_eq!(answer(&facts), (rule, conclusion), "{facts:?}");
    }
}

#[test]
fn a_criterion_makes_an_effort_duty_and_never_a_duty() {
    let met = InterviewFacts {
        criterion_set: Some(true),
        criterion: Some(Seconds::hm(45, 0)),
        ..facts("2026-10-31", hours(46, 0))
    };
    assert_eq!(answer(&met), ("IV-9", Conclusion::Effort));
    assert_eq!(answer(&facts("2026-10-31", hours(46, 0))), ("IV-GEN", Conclusion::NotRequired));
}

#[test]
fn nothing_known_is_unknown_and_before_the_law_is_outside() {
    let nothing = assess(law(), &InterviewFacts::unknown(day("2026-10-31")));
    assert_eq!(
        (nothing.outcome, nothing.missing),
        (Conclusion::Unknown, vec!["highly_professional", "research", "article41"])
    );
    assert_eq!(answer(&facts("2006-03-31", hours(120, 0))).1, Conclusion::Outside);
}

#[test]
fn means_are_said_beside_the_duty() {
    let months = crate::law::flags::tests::overtime_months(&[92, 84]);
    let sentence = means_sentence(law(), &months).unwrap();
    assert_eq!(sentence, "平均 2か月 88:00 が 80:00 を超えています（法の要件でなく事業場の基準）。");
    assert_eq!(means_sentence(law(), &months[..1]), None);
}

proptest! {
    /// More hours never remove or weaken a duty, whatever the class, the request and the version of the law.
    #[test]
    fn more_hours_never_remove_a_duty(
        start in 0i64..500_000, more in 0i64..100_000, class in 0u8..8, requested: bool, days in 0u64..8_000,
    ) {
        let on = crate::domain::time::after_days(day("2006-04-01"), days);
        let with = |seconds: i64| {
            let excess = Excess::exact(Seconds(seconds));
            let base = InterviewFacts { health_management: Some(excess), ..InterviewFacts::general(on, excess) };
            InterviewFacts {
                research: Some(class & 1 != 0),
                article41: Some(class & 2 != 0),
                highly_professional: Some(class & 4 != 0),
                requested: Some(requested),
                ..base
            }
        };
        let strength = |seconds: i64| assess(law(), &with(seconds)).strength();
        prop_assert!(strength(start) <= strength(start + more));
    }
}
