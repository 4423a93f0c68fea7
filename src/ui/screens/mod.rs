//! The list of screens: a place becomes the screen that shows it.

pub mod common;
pub mod lines;
mod patrol;
mod patrol_year;
mod pending;
mod site;
mod site_form;
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
        Route::Site(site) => Box::new(site::SiteScreen::new(site.clone())),
        Route::Patrol(site, place) => Box::new(patrol::PatrolScreen::new(site.clone(), *place, view)),
        Route::PatrolYear => Box::new(patrol_year::PatrolYear::new(view)),
        Route::SiteForm(site) => Box::new(site_form::SiteForm::new(site.clone(), view)),
        Route::Finding(place) => Box::new(patrol::FindingScreen::new((**place).clone(), view)),
        other => Box::new(pending::Pending::new(other.clone())),
    };
    screen.settle(view);
    screen
}
