//! The terminal interface: what a key becomes, and what a row of the screen looks like.
//!
//! The toolkit (everything but `shell` and `screens`) knows columns, glyphs, keys, fields and
//! tables; it must not know the vault, the store or the runtime.

pub mod canvas;
pub mod glyphs;
pub mod snapshot;
pub mod theme;
pub mod width;
pub mod keys;
mod action_list;
pub mod actions;
pub mod search;
pub mod chart;
pub mod dates;
pub mod sheet;
pub mod table;
