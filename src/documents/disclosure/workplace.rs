//! The line manager's copy: who, which measures, from when to when. It does not say that there was an interview.
//!
//! 申出 and the result are not the line manager's to know (section 10 of the sheet), so this copy has a form and
//! a title of its own, also in the metadata of the PDF.

use super::{OpinionFacts, measures, parts};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::case::{Measure, MeasureKind};
use crate::domain::opinion::Recipient;

/// Builds the copy.
pub fn copy(facts: &OpinionFacts<'_>) -> Disclosed {
    let mut view = parts::blank(facts, "workplace_measures", parts::copy_name(Recipient::LineManager));
    view.sections = vec![parts::addressee(facts, Recipient::LineManager), subject(facts), asked(facts)];
    view.notes = vec!["この書面は、上の措置を行うためだけに使ってください。".to_owned()];
    view
}

fn subject(facts: &OpinionFacts<'_>) -> Section {
    let rows = vec![
        Row::text("事業場", &facts.establishment.name),
        Row::half("氏名", &facts.worker.name),
        Row::half("所属", &facts.worker.department),
    ];
    Section { heading: "対象者".to_owned(), rows, ..Section::default() }
}

fn asked(facts: &OpinionFacts<'_>) -> Section {
    let rows: Vec<Vec<String>> =
        facts.standing().filter(|measure| concerns_workplace(measure)).map(|m| cells(facts, m)).collect();
    let heading = "就業上の措置".to_owned();
    if rows.is_empty() {
        return Section { heading, rows: vec![Row::text("措置", "ありません")], ..Section::default() };
    }
    let head = ["措置", "程度", "内容", "期間"].map(str::to_owned).to_vec();
    Section {
        heading,
        table: Some(Table { head, widths: vec![5, 4, 7, 5], rows, blank_rows: 0 }),
        ..Section::default()
    }
}

/// An opinion about the workplace's environment is for the employer: it may be about the reader.
fn concerns_workplace(measure: &Measure) -> bool {
    measure.kind != MeasureKind::Environment
}

fn cells(facts: &OpinionFacts<'_>, measure: &Measure) -> Vec<String> {
    vec![
        measures::name(measure.kind, facts.class).to_owned(),
        measures::amount(measure),
        measure.content.trim().to_owned(),
        measures::period(measure),
    ]
}
