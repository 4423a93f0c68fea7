//! The real shell over a host that shows one snapshot and performs nothing.

use std::sync::Arc;

use junkai::app::host::{Door, Threshold};
use junkai::app::{Effect, Event, Host, View};
use junkai::law::Law;
use junkai::runtime::Snapshot;
use junkai::ui::keys::{Code, Input, Key};
use junkai::ui::theme::Look;
use junkai::ui::{Shell, snapshot};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The size at which frames are drawn.
const SIZE: Rect = Rect { x: 0, y: 0, width: 120, height: 40 };

/// A host that performs nothing.
pub struct Still(View);

impl Still {
    /// Over an open desk's snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        Self(View {
            revision: snapshot.revision,
            today: snapshot.today,
            clock: "12:00".to_owned(),
            door: Door::Open,
            threshold: Threshold::default(),
            caseload: snapshot.caseload,
            assessments: snapshot.assessments,
            law: Arc::new(Law::built_in().unwrap()),
            vault: snapshot.vault,
        })
    }
}

impl Host for Still {
    fn view(&self) -> View {
        self.0.clone()
    }

    fn perform(&mut self, _effect: Effect) -> Vec<Event> {
        Vec::new()
    }
}

/// Draws one frame as the loop does, into a fresh buffer.
pub fn frame(shell: &mut Shell) -> Buffer {
    let mut buffer = Buffer::empty(SIZE);
    shell.draw(&mut buffer, Look::default());
    buffer
}

/// What a frame says.
pub fn text(shell: &mut Shell) -> String {
    snapshot::text(&frame(shell))
}

/// The key of this name: `Enter`, `Esc`, `Down`, `PageDown`, `^p`, or a character.
pub fn key(name: &str) -> Input {
    let single = |name: &str| name.chars().next().unwrap();
    Input::Key(match name {
        "Enter" => Key::plain(Code::Enter),
        "Esc" => Key::plain(Code::Esc),
        "Down" => Key::plain(Code::Down),
        "PageDown" => Key::plain(Code::PageDown),
        "Backspace" => Key::plain(Code::Backspace),
        _ if name.starts_with('^') => Key::ctrl(single(&name[1..])),
        _ => Key::char(single(name)),
    })
}
