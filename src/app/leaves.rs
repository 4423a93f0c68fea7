//! A large table of the snapshot, in leaves: an edit copies the leaf that it touches and shares all others.
//!
//! Knows keys and nothing else of its rows, which lie in the order of the keys, as the store gives them.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::Record;

/// Rows of a leaf at most; one that grows beyond is halved.
const FULL: usize = 128;

/// The table.
#[derive(Debug, Clone)]
pub struct Leaves<T> {
    /// None of them is empty.
    leaves: Vec<Arc<Vec<T>>>,
}

impl<T> Leaves<T> {
    /// Every row, in the order of the keys.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.leaves.iter().flat_map(|leaf| leaf.iter())
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.leaves.iter().map(|leaf| leaf.len()).sum()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// The row with the highest key.
    pub fn last(&self) -> Option<&T> {
        self.leaves.last().and_then(|leaf| leaf.last())
    }
}

impl<T: Record> Leaves<T> {
    /// The row with this key.
    pub fn find(&self, key: &str) -> Option<&T> {
        let leaf = self.leaves.get(self.leaf_of(key))?;
        place(leaf, key).ok().and_then(|at| leaf.get(at))
    }

    /// Puts a row in its place, or in that of the row with the same key.
    pub fn put(&mut self, row: &T) {
        let last = self.leaves.len().saturating_sub(1);
        let number = self.leaf_of(row.key()).min(last);
        let Some(leaf) = self.leaves.get_mut(number) else { return self.leaves.push(Arc::new(vec![row.clone()])) };
        let rows = Arc::make_mut(leaf);
        match place(rows, row.key()) {
            Ok(at) => rows.get_mut(at).into_iter().for_each(|known| known.clone_from(row)),
            Err(at) => rows.insert(at, row.clone()),
        }
        if rows.len() > FULL {
            let upper = rows.split_off(FULL / 2);
            self.leaves.insert(number + 1, Arc::new(upper));
        }
    }

    /// Takes the row with this key out.
    pub fn remove(&mut self, key: &str) {
        let number = self.leaf_of(key);
        let Some(leaf) = self.leaves.get_mut(number) else { return };
        let Ok(at) = place(leaf, key) else { return };
        let rows = Arc::make_mut(leaf);
        rows.remove(at);
        if rows.is_empty() {
            self.leaves.remove(number);
        }
    }

    /// The leaf that holds the key if any does: the first that does not end before it.
    fn leaf_of(&self, key: &str) -> usize {
        self.leaves.partition_point(|leaf| leaf.last().is_some_and(|row| row.key() < key))
    }
}

fn place<T: Record>(rows: &[T], key: &str) -> Result<usize, usize> {
    rows.binary_search_by(|row| row.key().cmp(key))
}

impl<T: PartialEq> Leaves<T> {
    /// The rows that are not the same in both tables; shared leaves are not looked into.
    pub fn differing<'both>(&'both self, other: &'both Self) -> impl Iterator<Item = &'both T> {
        let is_shared = |(one, other): &(&Arc<Vec<T>>, &Arc<Vec<T>>)| Arc::ptr_eq(one, other);
        let head = self.leaves.iter().zip(&other.leaves).take_while(is_shared).count();
        let (one, other) = (rest(&self.leaves, head, 0), rest(&other.leaves, head, 0));
        let tail = one.iter().rev().zip(other.iter().rev()).take_while(is_shared).count();
        let rows = |leaves: &'both [Arc<Vec<T>>]| leaves.iter().flat_map(|leaf| leaf.iter());
        alone(rows(rest(one, 0, tail)).collect(), rows(rest(other, 0, tail)).collect())
    }
}

/// What lies between so many at the head and so many at the tail.
fn rest<T>(all: &[T], head: usize, tail: usize) -> &[T] {
    all.get(head..all.len().saturating_sub(tail)).unwrap_or_default()
}

/// What two lists do not begin and end with alike.
fn alone<'both, T: PartialEq>(one: Vec<&'both T>, other: Vec<&'both T>) -> impl Iterator<Item = &'both T> {
    let head = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let tails = one.iter().skip(head).rev().zip(other.iter().skip(head).rev());
    let tail = tails.take_while(|(a, b)| a == b).count();
    let middle = move |rows: Vec<&'both T>| {
        let length = rows.len().saturating_sub(head + tail);
        rows.into_iter().skip(head).take(length)
    };
    middle(one).chain(middle(other))
}

impl<T> Default for Leaves<T> {
    fn default() -> Self {
        Self { leaves: Vec::new() }
    }
}

impl<T: Record> From<Vec<T>> for Leaves<T> {
    fn from(mut rows: Vec<T>) -> Self {
        rows.sort_by(|one, other| one.key().cmp(other.key()));
        let mut rows = rows.into_iter();
        let leaf = || Some(rows.by_ref().take(FULL).collect::<Vec<T>>()).filter(|leaf| !leaf.is_empty());
        Self { leaves: std::iter::from_fn(leaf).map(Arc::new).collect() }
    }
}

impl<T: Record> FromIterator<T> for Leaves<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Self::from(rows.into_iter().collect::<Vec<T>>())
    }
}

impl<T: Serialize> Serialize for Leaves<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, T: Record> Deserialize<'de> for Leaves<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Id;
    use crate::domain::establishment::{Contact, ContactRole};

    fn contact(number: u16, name: u8) -> Contact {
        let id = Id::parse(&format!("E01-R{number:04}")).unwrap();
        let (department, phone, mail) = (String::new(), String::new(), String::new());
        Contact {
            id,
            role: ContactRole::Personnel,
            name: name.to_string(),
            department,
            phone,
            mail,
            is_emergency: false,
        }
    }

    fn keys(rows: &Leaves<Contact>) -> Vec<(String, String)> {
        rows.iter().map(|row| (row.key().to_owned(), row.name.clone())).collect()
    }

    proptest! {
        #[test]
        fn leaves_hold_what_a_sorted_list_holds(
            first in proptest::collection::vec((0_u16..900, any::<u8>()), 0..400),
            edits in proptest::collection::vec((0_u16..900, proptest::option::of(any::<u8>())), 0..400),
        ) {
            let plain: std::collections::BTreeMap<u16, u8> = first.into_iter().collect();
            let before: Leaves<Contact> = plain.iter().map(|(number, name)| contact(*number, *name)).collect();
            let (mut after, mut expected) = (before.clone(), plain.clone());
            for (number, name) in edits {
                let key = contact(number, 0).key().to_owned();
                match name {
                    Some(name) => {
                        after.put(&contact(number, name));
                        expected.insert(number, name);
                        prop_assert_eq!(after.find(&key).map(|row| row.name.clone()), Some(name.to_string()));
                    }
                    None => {
                        after.remove(&key);
                        expected.remove(&number);
                        prop_assert!(after.find(&key).is_none());
                    }
                }
            }
            let listed = |rows: &std::collections::BTreeMap<u16, u8>| -> Leaves<Contact> {
                rows.iter().map(|(number, name)| contact(*number, *name)).collect()
            };
            prop_assert_eq!(keys(&after), keys(&listed(&expected)));
            prop_assert_eq!(keys(&before), keys(&listed(&plain)), "what shared the leaves is as it was");
            prop_assert_eq!(after.len(), expected.len());
            let mut found: Vec<&str> = before.differing(&after).map(Record::key).collect();
            found.sort_unstable();
            let is_other = |number: &u16| plain.get(number) != expected.get(number);
            for number in (0..900).filter(is_other) {
                prop_assert!(found.binary_search(&contact(number, 0).key()).is_ok(), "{number} differs");
            }
            let text = serde_json::to_string(&after).unwrap();
            prop_assert_eq!(keys(&serde_json::from_str(&text).unwrap()), keys(&after));
        }
    }
}
