//! What the law says about 10,000 workers.

use std::hint::black_box;
use std::sync::Arc;

use junkai::app::Site;
use junkai::app::assess::SiteAssessment;
use junkai::runtime::Desk;

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
    let all =
        Figure::times(name, &samples).under(100.0).noting(format!("{workers} workers, {items} items, one thread"));
    let mut figures = vec![all];
    figures.extend(sites.first().map(|site| after_one_edit(&opened, site)));
    figures
}

/// One worker of a site of 500 is moved to another department: what hangs on it, and nothing else.
fn after_one_edit(opened: &Desk, site: &Site) -> Figure {
    let before = SiteAssessment::new(opened.law(), site, desk::today());
    let mut edited = site.clone();
    if let Some(worker) = Arc::make_mut(&mut edited.workers).first_mut() {
        worker.department.push_str(" 別室");
    }
    let after = || before.after(opened.law(), site, &edited, desk::today());
    let work = after().work;
    let samples = Samples::of(2, 50, || {
        black_box(after());
    });
    let note = format!("{} of {} workers, {} kinds of duty", work.workers, site.workers.len(), work.duties);
    Figure::times("flags and deadlines after an edit of one worker", &samples).noting(note)
}
