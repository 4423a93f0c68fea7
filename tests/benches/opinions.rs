//! Opinions, typeset and signed: the frozen view of one that was really issued, under 500 names and numbers.

use std::thread;
use std::time::Instant;

use junkai::app::Site;
use junkai::app::host::DocumentRequest;
use junkai::documents::disclosure::printed_form;
use junkai::documents::fonts::Library;
use junkai::documents::sign;
use junkai::documents::signer::Signer;
use junkai::documents::typeset::Typesetter;
use junkai::documents::view::Disclosed;
use junkai::domain::opinion::{FormKind, Recipient};
use junkai::runtime::{Desk, Workshop};

use crate::desk;
use crate::figure::{Figure, Samples, milliseconds};
use crate::vaults;

const COUNT: usize = 500;

/// All of them on every core, and one at a time.
pub fn opinions() -> Vec<Figure> {
    let view = frozen_view();
    let views: Vec<Disclosed> = (1..=COUNT).map(|number| renamed(&view, number)).collect();
    let typesetter = Typesetter::new(Library::from_system(None).unwrap()).unwrap();
    let signer = Signer::demo(desk::today()).unwrap();
    let mut single = Samples::default();
    for number in 1..=20 {
        let start = Instant::now();
        drop(issue(&typesetter, &signer, &renamed(&view, COUNT + number)));
        single.push(start.elapsed());
    }
    let threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let start = Instant::now();
    thread::scope(|scope| {
        let share = views.chunks(COUNT.div_ceil(threads));
        let work = |part: &[Disclosed]| part.iter().for_each(|view| drop(issue(&typesetter, &signer, view)));
        share.for_each(|part| drop(scope.spawn(move || work(part))));
    });
    let whole = milliseconds(start.elapsed());
    let pages = COUNT * pages(&issue(&typesetter, &signer, &renamed(&view, 0)));
    let note = format!("{threads} threads, {pages} pages; Typst at opt-level 0 in this profile");
    vec![
        Figure::one("500 signed opinions", "ms", whole).under(3000.0).noting(note),
        Figure::one("  per page, all threads", "ms", whole / pages as f64),
        Figure::times("  one opinion, one thread", &single),
    ]
}

/// Sets and signs one.
fn issue(typesetter: &Typesetter, signer: &Signer, view: &Disclosed) -> Vec<u8> {
    let pdf = printed_form(view).unwrap().pdf(typesetter, view, desk::today(), None).unwrap();
    sign::sign(&pdf, signer).unwrap()
}

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).unwrap().get_pages().len()
}

/// Another person and number, so that nothing that Typst remembers makes a document free.
fn renamed(view: &Disclosed, number: usize) -> Disclosed {
    let mut view = view.clone();
    view.number = format!("E01-2026-{number:04}");
    for row in view.sections.iter_mut().flat_map(|section| &mut section.rows) {
        if !row.value.is_empty() {
            row.value = format!("{} {number}", row.value);
        }
    }
    view
}

/// Issues the first opinion of the caseload that lacks nothing, and takes the view that was frozen with it.
fn frozen_view() -> Disclosed {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let mut opened = vaults::open(&folder);
    let requests: Vec<DocumentRequest> = opened.caseload().sites.iter().flat_map(|site| requests(site)).collect();
    requests.iter().find_map(|request| issued(&mut opened, request)).expect("no interview can be issued")
}

fn requests(site: &Site) -> Vec<DocumentRequest> {
    let request = |interview: &junkai::domain::interview::Interview| {
        DocumentRequest::new(
            site.id().clone(),
            FormKind::InterviewOpinion,
            Some(interview.id.clone()),
            vec![Recipient::Personnel],
        )
    };
    site.interviews.iter().map(request).collect()
}

fn issued(opened: &mut Desk, request: &DocumentRequest) -> Option<Disclosed> {
    let out = vaults::scratch();
    let preview = opened.preview_document_in(request, Some(out.path())).unwrap();
    if !preview.missing.is_empty() {
        return None;
    }
    let confirmed: Vec<String> = preview.copies.iter().map(|copy| copy.sha256.clone()).collect();
    opened.issue(&mut Workshop::default(), request, &confirmed).unwrap();
    let site = opened.site(&request.site).unwrap();
    let issued = site.issued.iter().find(|issued| Some(&issued.id) == preview.id.as_ref()).unwrap();
    Some(serde_json::from_value(issued.snapshot_json["views"][0].clone()).unwrap())
}
