//! Documents that leave the physician's desk: views, templates, typesetting, signature, verification.
//!
//! Knows what a document looks like and how it is sealed. Must not know files, clocks, screens or stores; of
//! ours it may import `law` and `domain` only. The path of a document: a [`view::Disclosed`] is shown as
//! [`view::Disclosed::lines`], confirmed, set by [`Form::pdf`], sealed by [`sign::sign`], checked by
//! [`verify::verify`].

use chrono::NaiveDate;

pub mod characters;
pub mod disclosure;
pub mod fingerprint;
pub mod fonts;
pub mod ledger;
pub mod record;
pub mod sign;
pub mod signer;
pub mod typeset;
pub mod verify;
pub mod view;

#[cfg(test)]
mod tests;

use typeset::{Metadata, TypesetError, Typesetter};
use view::Disclosed;

/// Shared definitions that precede every template, the physician's own ones included.
const BASE: &str = include_str!("templates/base.typ");

/// Papers about checkups share one template.
const CHECKUP: &str = include_str!("templates/checkup.typ");

/// One kind of document.
#[derive(Debug)]
pub struct Form {
    /// Name on the command line and in [`Disclosed::form`].
    pub name: &'static str,
    /// Title in menus and in the PDF's metadata; it names no person.
    pub title: &'static str,
    /// The built-in template, in Typst.
    pub template: &'static str,
}

/// Every form, in the order of the menu. A new one is a template file and an entry here.
pub const FORMS: &[Form] = &[
    Form {
        name: "opinion",
        title: "面接指導結果報告書及び就業上の措置に係る意見書",
        template: include_str!("templates/opinion.typ"),
    },
    Form {
        name: "opinion_2011",
        title: "面接指導結果報告書及び事後措置に係る意見書",
        template: include_str!("templates/opinion_2011.typ"),
    },
    Form {
        name: "stress_opinion",
        title: "面接指導結果報告書及び就業上の措置に係る意見書",
        template: include_str!("templates/stress_opinion.typ"),
    },
    Form {
        name: "workplace_measures", title: "就業上の措置について", template: include_str!("templates/opinion.typ")
    },
    Form {
        name: "patrol_report", title: "職場巡視報告書", template: include_str!("templates/patrol_report.typ")
    },
    Form { name: "patrol_sheet", title: "職場巡視票", template: include_str!("templates/patrol_sheet.typ") },
    Form {
        name: "stress_notice",
        title: "ストレスチェックの結果",
        template: include_str!("templates/stress_notice.typ"),
    },
    Form {
        name: "stress_groups",
        title: "集団ごとの集計・分析の結果",
        template: include_str!("templates/stress_groups.typ"),
    },
    Form {
        name: "stress_committee",
        title: "ストレスチェック後の職場環境の改善と措置",
        template: include_str!("templates/stress_groups.typ"),
    },
    Form {
        name: "stress_report",
        title: "心理的な負担の程度を把握するための検査結果等報告（転記用）",
        template: include_str!("templates/stress_report.typ"),
    },
    Form { name: "record", title: "一人分の記録", template: include_str!("templates/record.typ") },
    Form { name: "checkup_opinions", title: "健康診断個人票の「医師の意見」一覧", template: CHECKUP },
    Form { name: "checkup_list", title: "健康診断の受診と就業上の措置の一覧", template: CHECKUP },
    Form { name: "checkup_card", title: "健康診断個人票", template: CHECKUP },
    Form { name: "checkup_referral", title: "受診のおすすめ", template: CHECKUP },
    Form { name: "checkup_report", title: "定期健康診断結果報告の転記票", template: CHECKUP },
    Form { name: "checkup_organic", title: "有機溶剤等健康診断結果報告の転記票", template: CHECKUP },
    Form { name: "checkup_radiation", title: "電離放射線健康診断結果報告の転記票", template: CHECKUP },
    Form { name: "checkup_dental", title: "歯科健康診断結果報告の転記票", template: CHECKUP },
    Form { name: "checkup_risk", title: "面接指導の申出のお願い", template: CHECKUP },
    Form { name: "checkup_risk_list", title: "申出を勧める人の一覧", template: CHECKUP },
    Form { name: "opinion_answer", title: "意見への照会に対する回答", template: CHECKUP },
    Form { name: "checkup_committee", title: "健康診断の集計", template: CHECKUP },
    Form { name: "brief", title: "訪問の要点", template: include_str!("templates/brief.typ") },
];

/// Finds a form by its name.
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

impl Form {
    /// Sets `view` as PDF/A-2b bytes, dated `day`, with the built-in template or the physician's `own` one.
    ///
    /// # Errors
    /// As [`Typesetter::pdf`]; [`TypesetError::Omits`] where the own template leaves out words of the view.
    pub fn pdf(
        &self,
        typesetter: &Typesetter,
        view: &Disclosed,
        day: NaiveDate,
        own: Option<&str>,
    ) -> Result<Vec<u8>, TypesetError> {
        let metadata = Metadata { title: self.title, identifier: &view.identifier(), day };
        match own {
            Some(own) => typesetter.whole_pdf(BASE, own, &view.to_value(), metadata, &view.lines()),
            None => typesetter.pdf(BASE, self.template, &view.to_value(), metadata),
        }
    }

    /// All that is set: the shared definitions and the template. What an issued document was set with is known by its
    /// hash.
    pub fn source(&self, own: Option<&str>) -> String {
        format!("{BASE}\n{}", own.unwrap_or(self.template))
    }
}
