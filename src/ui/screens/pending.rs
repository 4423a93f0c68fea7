//! A place whose screen has not come yet; says so, and leads back.

use ratatui::layout::{Position, Rect};

use crate::app::View;
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::keys::Key;
use crate::ui::route::Route;
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;

/// The place.
pub struct Pending {
    route: Route,
}

impl Pending {
    /// A place without a screen.
    pub fn new(route: Route) -> Self {
        Self { route }
    }
}

impl Screen for Pending {
    fn route(&self) -> Route {
        self.route.clone()
    }

    fn head(&self, _view: &View) -> Head {
        Head::default()
    }

    fn draw(&self, _view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        canvas.text(2, body.y, body.width, "この画面はまだありません。Esc で戻ります。", Weight::Plain);
        None
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        vec![action(Act::Back).offer()]
    }

    fn act(&mut self, _view: &View, _act: Act) -> Reply {
        Reply::go(Go::Back)
    }

    fn key(&mut self, _view: &View, _key: Key) -> Reply {
        Reply::ignored()
    }
}
