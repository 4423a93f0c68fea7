//! Hours in a quarter of their room: by period, each worker by place; the way they stand in the face of a site.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::domain::command::HoursInForce;
use crate::domain::hours::{Measure, Series};
use crate::domain::{Hours, Id, Period, Seconds};

type ByWorker = Arc<HashMap<Id, Vec<HoursInForce>>>;

#[derive(Serialize, Deserialize)]
struct Packed {
    workers: Vec<Id>,
    groups: Vec<Group>,
}

/// A worker's place in the list, the low value, and what the high one has more; in seconds.
type Value = (usize, i64, i64);

/// One period under one measure and source.
#[derive(Serialize, Deserialize)]
struct Group {
    period: Period,
    measure: Measure,
    series: Series,
    values: Vec<Value>,
}

pub(super) fn serialize<S: Serializer>(hours: &ByWorker, serializer: S) -> Result<S::Ok, S::Error> {
    pack(hours).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ByWorker, D::Error> {
    let packed = Packed::deserialize(deserializer)?;
    unpack(packed).map(Arc::new).ok_or_else(|| D::Error::custom("a value without its worker"))
}

fn pack(hours: &HashMap<Id, Vec<HoursInForce>>) -> Packed {
    let mut workers: Vec<&Id> = hours.keys().collect();
    workers.sort_unstable();
    let mut groups: HashMap<(Period, Measure, Series), Vec<Value>> = HashMap::new();
    for (place, worker) in workers.iter().enumerate() {
        for value in hours.get(*worker).map_or(&[][..], Vec::as_slice) {
            let (low, high) = (value.hours.low.0, value.hours.high.0);
            groups.entry((value.period, value.measure, value.series)).or_default().push((place, low, high - low));
        }
    }
    let mut groups: Vec<Group> = groups
        .into_iter()
        .map(|((period, measure, series), values)| Group { period, measure, series, values })
        .collect();
    // Newest end first, then earlier start first, as each worker's values stand.
    groups.sort_unstable_by_key(|group| {
        (std::cmp::Reverse(group.period.end), group.period.start, group.measure, group.series)
    });
    Packed { workers: workers.into_iter().cloned().collect(), groups }
}

fn unpack(packed: Packed) -> Option<HashMap<Id, Vec<HoursInForce>>> {
    let mut values: Vec<Vec<HoursInForce>> =
        packed.workers.iter().map(|_| Vec::with_capacity(packed.groups.len())).collect();
    for Group { period, measure, series, values: group } in packed.groups {
        for (place, low, more) in group {
            let hours = Hours { low: Seconds(low), high: Seconds(low + more) };
            values.get_mut(place)?.push(HoursInForce { period, measure, series, hours });
        }
    }
    Some(packed.workers.into_iter().zip(values).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(month: u32, low: i64, high: i64) -> HoursInForce {
        let end = crate::domain::Day::from_ymd_opt(2026, month, 28).unwrap();
        let period = Period { start: chrono::Datelike::with_day(&end, 1).unwrap(), end };
        let hours = Hours { low: Seconds(low), high: Seconds(high) };
        HoursInForce { period, measure: Measure::Article36, series: Series::Worker, hours }
    }

    #[test]
    fn what_is_packed_comes_back_in_its_order() {
        let id = |text: &str| Id::parse(text).unwrap();
        let hours = HashMap::from([
            (id("E01-W0001"), vec![value(10, 100, 136), value(9, -1, 0)]),
            (id("E01-W0002"), vec![value(10, 7, 7)]),
            (id("E01-W0003"), Vec::new()),
        ]);
        assert_eq!(unpack(pack(&hours)).unwrap(), hours);
    }

    #[test]
    fn a_value_of_nobody_is_refused() {
        let mut packed = pack(&HashMap::from([(Id::parse("E01-W0001").unwrap(), vec![value(10, 1, 1)])]));
        packed.workers.clear();
        assert!(unpack(packed).is_none());
    }
}
