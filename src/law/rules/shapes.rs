//! Shapes that the rules of several topics share: facts, lists to complete, days, and who is 常時使用.

use crate::domain::Day;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Deadline};

/// A yes or no that the rule needs.
pub(super) const fn flag(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

/// A yes or no whose absence means no.
pub(super) const fn optional_flag(name: &'static str, meaning: &'static str) -> Fact {
    Fact::optional(name, FactKind::Flag, meaning)
}

/// A whole number.
pub(super) const fn count(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Count, meaning)
}

/// A day.
pub(super) const fn day(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Day, meaning)
}

/// A day whose absence has a meaning.
pub(super) const fn optional_day(name: &'static str, meaning: &'static str) -> Fact {
    Fact::optional(name, FactKind::Day, meaning)
}

/// A word of a closed list.
pub(super) const fn choice(name: &'static str, words: &'static [&'static str], meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Choice(words), meaning)
}

/// A fact with its name, for [`Inquiry::decide`].
pub(super) type Named = (Condition, &'static str);

/// The fact holds.
pub(super) fn is(facts: &Facts, name: &'static str) -> Named {
    (facts.flag(name).into(), name)
}

/// The fact does not hold.
pub(super) fn is_not(facts: &Facts, name: &'static str) -> Named {
    (Condition::from(facts.flag(name)).negated(), name)
}

/// An optional yes or no: absence is no.
pub(super) fn is_set(facts: &Facts, name: &str) -> bool {
    facts.flag(name) == Some(true)
}

/// Concludes by a disjunction: any "yes" decides, then any open fact, else `no`.
pub(super) fn any(inquiry: &mut Inquiry<'_>, conditions: &[Named], yes: Conclusion, no: Conclusion) {
    if conditions.iter().any(|(condition, _)| *condition == Condition::Yes) {
        return inquiry.conclude(yes);
    }
    let open = conditions.iter().filter(|(condition, _)| *condition == Condition::Open);
    let missing: Vec<&'static str> = open.map(|(_, name)| *name).collect();
    if missing.is_empty() { inquiry.conclude(no) } else { inquiry.lacks(&missing) }
}

/// Required while an item of the list lacks; each lacking item is a reason of its own.
pub(super) fn complete(inquiry: &mut Inquiry<'_>, facts: &Facts, items: &[Fact]) {
    let done = Conclusion::NotRequired;
    steps(inquiry, facts, items, done, Conclusion::Required);
}

/// `yes` when every item of the list is there; else `no`, each lacking item being a reason.
pub(super) fn steps(inquiry: &mut Inquiry<'_>, facts: &Facts, items: &[Fact], yes: Conclusion, no: Conclusion) {
    for item in items.iter().filter(|item| facts.flag(item.name) == Some(false)) {
        inquiry.because(format!("「{}」がまだです。", item.meaning));
    }
    let conditions: Vec<Named> = items.iter().map(|item| is(facts, item.name)).collect();
    inquiry.decide(&conditions, yes, no);
}

/// 「遅滞なく」「速やかに」 without a length: the days that have passed are shown, no day is made up.
pub(super) fn elapsed(inquiry: &mut Inquiry<'_>, facts: &Facts, name: &'static str) {
    let Some(from) = facts.day(name) else { return inquiry.lacks(&[name]) };
    inquiry.conclude(Conclusion::Required);
    let days = inquiry.day.signed_duration_since(from).num_days();
    let text = format!("{from} から {days} 日です。日数の定めはないので、期日は出しません。");
    inquiry.because_of(text, &[("elapsed_days", days)]);
}

/// 概ね: the length comes from a circular, and the day is clamped to the end of the month.
pub(super) fn about(
    inquiry: &mut Inquiry<'_>,
    facts: &Facts,
    name: &'static str,
    length: &str,
    yes: Conclusion,
) -> Result<(), Stop> {
    let Some(from) = facts.day(name) else {
        inquiry.lacks(&[name]);
        return Ok(());
    };
    inquiry.conclude(yes);
    let due = inquiry.due_after(from, length)?;
    inquiry.because(format!("{from} から数えて、概ね {} までです。", due.safe));
    Ok(())
}

/// The deadline of an article, with the sentence that says it.
pub(super) fn within(inquiry: &mut Inquiry<'_>, from: Day, length: &str) -> Result<Deadline, Stop> {
    let due = inquiry.due_within(from, length)?;
    let late =
        if due.last == due.safe { String::new() } else { format!("（数え方により {} まで）", due.last) };
    inquiry.because(format!("{from} から数えて {} まで{late}です。", due.safe));
    Ok(due)
}

/// Whether `day` is in time; after the safe day only one way of counting helps, which is said.
pub(super) fn in_time(inquiry: &mut Inquiry<'_>, day: Day, due: Deadline) -> bool {
    if due.safe < day && day <= due.last {
        inquiry.because("月末から数えるときだけ間に合う日です。");
    }
    day <= due.last
}

/// Whoever is under the rule is owed something again within `length` of `last_on`.
pub(super) fn again(inquiry: &mut Inquiry<'_>, facts: &Facts, gate: &'static str, length: &str) -> Result<(), Stop> {
    inquiry.read(length)?;
    let last = facts.day("last_on");
    let conditions = [is(facts, gate), (last.map(|_| true).into(), "last_on")];
    inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
    match last.filter(|_| inquiry.is(Conclusion::Required)) {
        Some(last) => within(inquiry, last, length).map(|_| ()),
        None => Ok(()),
    }
}

/// What 常時使用する労働者 is asked by.
pub(super) const REGULAR: [Fact; 4] = [
    flag("open_ended", "期間の定めのない契約"),
    Fact::optional(
        "employed_months",
        FactKind::Count,
        "契約期間、更新による見込み、実際の継続使用のうち最も長い月数（期間の定めがあるとき）",
    ),
    Fact::needed("weekly_seconds", FactKind::Time, "1週間の所定労働時間"),
    Fact::needed("ordinary_weekly_seconds", FactKind::Time, "同種の業務の通常の労働者の1週間の所定労働時間"),
];

/// Employed without term or for at least `months`.
pub(super) fn long_term(facts: &Facts, months: i64) -> Named {
    let is_long = facts.count("employed_months").map(|employed| employed >= months);
    match (facts.flag("open_ended"), is_long) {
        (Some(true), _) | (_, Some(true)) => (Condition::Yes, "open_ended"),
        (None, _) => (Condition::Open, "open_ended"),
        (Some(false), is_long) => (is_long.into(), "employed_months"),
    }
}

/// At least `percent` of the hours of ordinary workers.
pub(super) fn share(facts: &Facts, percent: i64) -> Named {
    let Some(own) = facts.time("weekly_seconds") else { return (Condition::Open, "weekly_seconds") };
    let Some(ordinary) = facts.time("ordinary_weekly_seconds") else {
        return (Condition::Open, "ordinary_weekly_seconds");
    };
    (Some(own.0 * 100 >= ordinary.0 * percent).into(), "weekly_seconds")
}
