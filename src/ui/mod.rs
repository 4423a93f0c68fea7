//! The terminal interface: what a key becomes, and what a row of the screen looks like.
//!
//! The toolkit (everything but `shell`, `overlay` and `screens`) knows columns, glyphs, keys, fields
//! and tables; it must not know the vault, the store or the runtime.

mod action_list;
pub mod actions;
pub mod canvas;
pub mod chart;
pub mod dates;
mod frame;
pub mod glyphs;
pub mod keys;
pub mod overlay;
pub mod privacy;
pub mod route;
pub mod run;
pub mod screen;
pub mod screens;
pub mod search;
pub mod sheet;
pub mod shell;
pub mod snapshot;
pub mod table;
pub mod theme;
pub mod width;

pub use run::run;
pub use shell::Shell;
