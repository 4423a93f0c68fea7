//! The list of screens: a place becomes the screen that shows it.

pub mod common;
mod interview;
mod pending;
mod today;
mod unlock;
mod why;

use super::route::Route;
use super::screen::Screen;
use crate::app::View;

/// Opens the screen of a place.
pub fn open(route: &Route, view: &View) -> Box<dyn Screen> {
    let mut screen: Box<dyn Screen> = match route {
        Route::Unlock => Box::new(unlock::Unlock::new()),
        Route::Today => Box::new(today::Today::new()),
        Route::Why(why) => Box::new(why::WhyScreen::new((**why).clone())),
        Route::Interview(worker, step, field) => {
            Box::new(interview::Interview::new(worker.clone(), *step, *field))
        }
        other => Box::new(pending::Pending::new(other.clone())),
    };
    screen.settle(view);
    screen
}
