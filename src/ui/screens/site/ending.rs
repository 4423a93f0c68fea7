//! The end of a visit: what was done, what was promised, when the next one is.

use ratatui::layout::{Position, Rect};

use crate::app::visits::{ENDING_DRAFT, Ending};
use crate::app::{Effect, Site};
use crate::domain::command::DraftField;
use crate::domain::{Day, EstablishmentId};
use crate::ui::canvas::Canvas;
use crate::ui::field::Field;
use crate::ui::field::date::Direction;
use crate::ui::form::{Form, FormEvent};
use crate::ui::keys::Input;
use crate::ui::screen::Reply;
use crate::ui::sheet;
use crate::ui::theme::Look;

/// The sheet.
pub(super) struct EndingForm {
    form: Form,
}

impl EndingForm {
    /// The sheet with what was typed before.
    pub(super) fn new(site: &Site, today: Day) -> Self {
        let mut form = Form::new(vec![
            Field::memo("summary", "したこと", 4),
            Field::memo("promise", "約束", 2),
            Field::date("promise_due", "約束の期限", today, Direction::Ahead),
            Field::date("next_on", "次回の訪問", today, Direction::Ahead),
            Field::text("next_at", "次回の時刻"),
        ]);
        form.set_values(site.draft(ENDING_DRAFT));
        Self { form }
    }

    pub(super) fn is_typing(&self) -> bool {
        self.form.is_in_text()
    }

    pub(super) fn typed(&self) -> Ending {
        Ending {
            summary: self.form.text("summary").to_owned(),
            promise: self.form.text("promise").to_owned(),
            promise_due: self.form.day("promise_due"),
            next_on: self.form.day("next_on"),
            next_at: self.form.text("next_at").to_owned(),
        }
    }

    /// Goes to the first field that cannot be read, and says so.
    pub(super) fn problem(&mut self) -> Option<&'static str> {
        let field = self.form.first_problem()?;
        self.form.focus_on(field);
        Some("読めない欄があります。直してから閉じてください")
    }

    /// Takes an input; none behind the last field: the visit ends.
    pub(super) fn update(&mut self, input: &Input, site: &EstablishmentId) -> Option<Reply> {
        Some(match self.form.update(input) {
            FormEvent::Changed(id) => {
                let value = self.form.field(id).and_then(Field::value).unwrap_or_default();
                let draft = DraftField { form: ENDING_DRAFT.to_owned(), field: id.to_owned(), value };
                Reply::ask(Effect::SaveDraft(site.clone(), draft))
            }
            FormEvent::PastEnd => return None,
            FormEvent::Ignored => Reply::ignored(),
            _ => Reply::done(),
        })
    }

    pub(super) fn resize(&mut self, body: Rect) {
        self.form.resize(body, Look::default());
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        sheet::rule(canvas, 0, area.y, area.width, "訪問を閉じる");
        self.form.draw(canvas, Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area })
    }
}
