//! What the law says about 10,000 workers.

use std::hint::black_box;

use junkai::app::assess::SiteAssessment;

use crate::desk;
use crate::figure::{Figure, Samples};
use crate::vaults;

/// All flags and deadlines of 20 × 500 workers, one thread.
pub fn flags() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let opened = vaults::open(&folder);
    let sites = &opened.caseload().sites;
    let workers: usize = sites.iter().map(|site| site.workers.len()).sum();
    let items: usize = opened.snapshot().assessments.iter().map(|assessment| assessment.items.len()).sum();
    let samples = Samples::of(2, 15, || {
        for site in sites {
            black_box(SiteAssessment::new(opened.law(), site, desk::today()));
        }
    });
    let name = "all flags and deadlines of 10,000 workers";
    vec![Figure::times(name, &samples).under(100.0).noting(format!("{workers} workers, {items} items, one thread"))]
}
