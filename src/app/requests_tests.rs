//! Requests and notices as they are built.

use std::sync::Arc;

use super::*;
use crate::domain::command::Change;
use crate::domain::AnyRecord;
use crate::ui::screens::fixture::{TODAY, day, site, worker_id};
