//! The people of an establishment, and the roster file that its personnel office sends.

use chrono::{Datelike, Months};

use super::company::Company;
use super::names::Name;
use super::part::{self, Part};
use super::random::Random;
use crate::domain::time::{after_days, month_end};
use crate::domain::worker::Sex;
use crate::domain::{Day, Period};

/// Somebody of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// Place in the roster, from 0.
    pub index: usize,
    /// 社員番号; the key by which the story finds the worker again after the import.
    pub number: String,
    /// Name, reading and sex.
    pub name: Name,
    /// 生年月日
    pub birth: Day,
    /// 所属
    pub department: &'static str,
    /// 役職
    pub position: &'static str,
    /// 入社
    pub joined: Day,
    /// 退職
    pub left: Option<Day>,
    /// Part in the story.
    pub part: Option<Part>,
    /// How much the person usually works.
    pub habit: Habit,
}

/// How much somebody usually works beyond 40 hours a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Part time, or nothing beyond.
    Little,
    /// 5 to 25 hours.
    Some,
    /// 25 to 42 hours.
    Much,
    /// Above 45 hours in most months.
    Over45,
    /// Above 80 hours in the newest month.
    Over80,
}

/// What the drawing of people needs to know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crew<'a> {
    /// Seed of the plan.
    pub seed: u64,
    /// The establishment, from 0.
    pub site: usize,
    /// Its kind.
    pub company: &'a Company,
    /// Who plays a part.
    pub cast: &'a [Part],
    /// How many people.
    pub count: usize,
    /// The newest period with hours.
    pub newest: Option<Period>,
    /// The day of the demo.
    pub today: Day,
}

/// Of a thousand people, so many lie above 80 hours in a month, parts included.
const OVER_80: usize = 24;
/// Of a thousand people without a part, so many lie above 45 hours.
const OVER_45: i64 = 75;

impl Crew<'_> {
    /// Everybody.
    pub fn people(&self) -> Vec<Person> {
        let mut people: Vec<Person> = (0..self.count).map(|index| self.person(index)).collect();
        let twin = people.get(TWINS.0).map(|person| person.name.clone());
        if let (Some(name), Some(second)) = (twin, people.get_mut(TWINS.1))
            && second.part.is_none()
        {
            second.name = name;
        }
        people
    }

    fn person(&self, index: usize) -> Person {
        let mut random = Random::of(&[self.seed, self.site as u64, 1, index as u64]);
        let part = part::at(self.cast, index, self.count);
        let drawn = Name::draw(&mut random);
        let joined = self.joined(&mut random, part);
        Person {
            index,
            number: format!("{}", (self.site + 1) * 10_000 + 101 + index * 3),
            name: part.and_then(Part::name).unwrap_or(drawn),
            birth: self.birth(&mut random, joined),
            department: random.pick(self.company.departments),
            position: random.pick(&["", "", "", "", "", "", "主任", "主任", "係長", "課長"]),
            joined,
            left: self.left(&mut random, part).filter(|left| joined < *left),
            part,
            habit: self.habit(&mut random),
        }
    }

    fn joined(&self, random: &mut Random, part: Option<Part>) -> Day {
        if part == Some(Part::Newcomer) {
            return self.newest.map_or(self.today, |period| after_days(period.end, 1));
        }
        // Story people need their months; others join over the years, on the first of a month.
        let least = if part.is_some() { 40 } else { 4 };
        let months = u32::try_from(random.between(least, 300)).unwrap_or(60);
        first_of_month(self.today).checked_sub_months(Months::new(months)).unwrap_or(self.today)
    }

    fn birth(&self, random: &mut Random, joined: Day) -> Day {
        let age = i32::try_from(random.between(18, 39)).unwrap_or(30);
        let (month, day) = (random.between(1, 12), random.between(1, 28));
        let number = |value: i64| u32::try_from(value).unwrap_or(1);
        Day::from_ymd_opt(joined.year() - age, number(month), number(day)).unwrap_or(joined)
    }

    fn left(&self, random: &mut Random, part: Option<Part>) -> Option<Day> {
        let months = match part {
            Some(Part::Left) => 3,
            None if random.happens(12) => u32::try_from(random.between(2, 18)).unwrap_or(2),
            _ => return None,
        };
        self.today.checked_sub_months(Months::new(months)).map(month_end)
    }

    fn habit(&self, random: &mut Random) -> Habit {
        let in_story = self.cast.iter().filter(|part| part.is_over_80()).count();
        let open = (self.count * OVER_80).saturating_sub(in_story * 1000);
        let over_80 = i64::try_from(open / self.count.max(1)).unwrap_or(0);
        match random.between(0, 999) {
            draw if draw < over_80 => Habit::Over80,
            draw if draw < over_80 + OVER_45 => Habit::Over45,
            draw if draw < 330 => Habit::Much,
            draw if draw < 860 => Habit::Some,
            _ => Habit::Little,
        }
    }
}

/// Two people of one name, in every establishment that is large enough.
const TWINS: (usize, usize) = (10, 40);

pub(super) fn first_of_month(day: Day) -> Day {
    day.with_day(1).unwrap_or(day)
}

impl Person {
    /// Whether the person works on any day of the period.
    pub fn works_in(&self, period: Period) -> bool {
        self.joined <= period.end && self.left.is_none_or(|left| period.start <= left)
    }
}

/// The roster as the personnel office sends it, in text; leavers included.
pub(super) fn roster(people: &[Person]) -> String {
    let mut text = String::from("社員番号,氏名,フリガナ,性別,生年月日,所属,役職,入社日,退職日\r\n");
    for person in people {
        let sex = if person.name.sex == Sex::Female { "女" } else { "男" };
        let left = person.left.map(slashed).unwrap_or_default();
        let (name, birth, joined) = (&person.name, slashed(person.birth), slashed(person.joined));
        text.push_str(&format!("{},{},{},{sex},{birth},", person.number, name.kanji, name.kana));
        text.push_str(&format!("{},{},{joined},{left}\r\n", person.department, person.position));
    }
    text
}

fn slashed(day: Day) -> String {
    day.format("%Y/%m/%d").to_string()
}
