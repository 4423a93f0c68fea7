//! A yes-or-no column: STRICT tables hold integers, so `bool` travels as 0 or 1.

use serde::{Deserialize, Deserializer, Serializer};

/// Writes `true` as 1 and `false` as 0.
pub fn serialize<S: Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(i64::from(*value))
}

/// Reads 0 as `false` and 1 as `true`; anything else is an error.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match i64::deserialize(deserializer)? {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(serde::de::Error::custom(format!("{other} is neither 0 nor 1"))),
    }
}
