//! Lists for the employer: 医師の意見 for the 個人票 (安衛則51条の2第1項二号), and who was examined with which measures.

use crate::documents::disclosure::parts::{self, Imprint};
use crate::documents::disclosure::{Hint, measures};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::Day;
use crate::domain::case::{Measure, MeasureKind};
use crate::domain::checkup::CheckupDetail;
use crate::domain::establishment::Establishment;
use crate::domain::opinion::Release;
use crate::domain::worker::{Checkup, Worker};
use crate::law::Law;
use crate::law::interview::Class;

/// One person with the newest examination of the season.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// Who.
    pub worker: &'a Worker,
    /// The examination; none where the person was not examined.
    pub checkup: Option<&'a Checkup>,
    /// What the opinion holds beside its class.
    pub detail: Option<&'a CheckupDetail>,
    /// Measures of that opinion.
    pub measures: Vec<&'a Measure>,
}

/// What a list is made from.
#[derive(Debug, Clone, Copy)]
pub struct ListFacts<'a> {
    /// The establishment.
    pub establishment: &'a Establishment,
    /// Its people in the order of the list.
    pub people: &'a [Told<'a>],
    /// Fields that the physician released for this one list.
    pub released: &'a [Release],
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// 医師の意見 of everybody on whom there is one, to be written into the 個人票.
pub fn opinions(facts: &ListFacts<'_>) -> Disclosed {
    let given: Vec<&Told<'_>> = facts.given().collect();
    let head = ["社員番号", "氏名", "健診日", "医師の意見", "意見を述べた日"].map(str::to_owned).to_vec();
    let rows = given.iter().filter_map(|told| facts.opinion_row(told)).collect();
    let table = Table { head, widths: vec![3, 5, 4, 12, 4], rows, blank_rows: 0 };
    let mut view = facts.blank("checkup_opinions", &format!("{}名", given.len()));
    view.sections.push(Section { heading: "医師の意見".to_owned(), table: Some(table), ..Section::default() });
    view.sections.extend(facts.workplace());
    view.notes = vec![
        "各人の健康診断個人票の「医師の意見」欄へ書き写し、意見を述べた医師の氏名とともに保存してください（労働安全衛生規則第51条の2）。"
            .to_owned(),
        "講じた措置の内容、または講じないときはその理由を、産業医へお知らせください（労働安全衛生規則第14条の2）。"
            .to_owned(),
    ];
    view
}

/// Everybody: examined or not, class, measures and review; nothing else is the employer's to see in a list (SEC-02).
pub fn standing_list(facts: &ListFacts<'_>) -> Disclosed {
    let head = ["所属", "氏名", "受診", "就業区分", "措置と期間"].map(str::to_owned).to_vec();
    let rows = facts.people.iter().map(|told| facts.standing_row(told)).collect();
    let table = Table { head, widths: vec![4, 5, 4, 4, 11], rows, blank_rows: 0 };
    let examined = facts.people.iter().filter(|told| told.checkup.is_some()).count();
    let mut view = facts.blank("checkup_list", &format!("{examined}名 / {}名", facts.people.len()));
    view.sections.push(Section { heading: "受診と措置".to_owned(), table: Some(table), ..Section::default() });
    view.notes =
        vec!["検査の値、所見、診断は載せていません。この一覧は就業上の措置を行うためだけに使ってください。".to_owned()];
    view
}

impl<'a> ListFacts<'a> {
    fn blank(&self, form: &str, count: &str) -> Disclosed {
        let mut view = parts::signed(&self.imprint, form, "事業者用");
        let rows = vec![
            Row::text("宛先", parts::salutation(&[parts::employer(self.establishment)])),
            Row::half("事業場", &self.establishment.name),
            Row::half("人数", count),
        ];
        view.sections = vec![Section { rows, ..Section::default() }];
        view
    }

    fn given(&self) -> impl Iterator<Item = &'a Told<'a>> + use<'a> {
        self.people.iter().filter(|told| told.checkup.is_some_and(|checkup| checkup.opinion_on.is_some()))
    }

    fn opinion_row(&self, told: &Told<'_>) -> Option<Vec<String>> {
        let checkup = told.checkup?;
        let mut lines = vec![checkup.opinion?.label().to_owned()];
        lines.extend(self.measures(told));
        lines.extend(self.released_words(told));
        Some(vec![
            told.worker.number.clone(),
            told.worker.name.clone(),
            checkup.day.to_string(),
            lines.join("、"),
            checkup.opinion_on.map(|day| day.to_string()).unwrap_or_default(),
        ])
    }

    fn standing_row(&self, told: &Told<'_>) -> Vec<String> {
        let class = told.checkup.and_then(|checkup| checkup.opinion).map_or("", |fitness| fitness.label());
        vec![
            told.worker.department.clone(),
            told.worker.name.clone(),
            told.checkup.map_or_else(|| "未受診".to_owned(), |checkup| checkup.day.to_string()),
            class.to_owned(),
            self.measures(told).join("、"),
        ]
    }

    /// Measures that stand on the day of issue, with their period and review.
    fn measures(&self, told: &Told<'_>) -> Vec<String> {
        let day = self.imprint.day;
        let standing = told.measures.iter().filter(|measure| stands(measure, day));
        standing.filter(|measure| measure.kind != MeasureKind::Environment).map(|measure| words(measure)).collect()
    }

    fn released_words(&self, told: &Told<'_>) -> Vec<String> {
        let Some(detail) = told.detail else { return Vec::new() };
        let fields = [
            (Release::CheckupCondition, "条件", detail.condition.trim()),
            (Release::CheckupWords, "添える文", detail.words.trim()),
        ];
        let leaves = |(release, _, text): &(Release, &str, &str)| self.released.contains(release) && !text.is_empty();
        fields.iter().filter(|field| leaves(field)).map(|(_, label, text)| format!("{label}: {text}")).collect()
    }

    /// Opinions on 作業環境管理・作業管理 are about the workplace: no name stands beside them (OPN-09).
    fn workplace(&self) -> Option<Section> {
        let mut texts: Vec<&str> = self.given().filter_map(|told| told.detail).map(|d| d.environment.trim()).collect();
        texts.retain(|text| !text.is_empty());
        texts.sort_unstable();
        texts.dedup();
        let rows: Vec<Row> = texts.into_iter().map(|text| Row::text("意見", text)).collect();
        let heading = "作業環境管理・作業管理についての意見".to_owned();
        (!rows.is_empty()).then(|| Section { heading, rows, ..Section::default() })
    }
}

fn stands(measure: &Measure, day: Day) -> bool {
    measure.lifted_on.is_none_or(|lifted| lifted > day)
}

fn words(measure: &Measure) -> String {
    let review = measure.review_on.map(|day| format!("見直し {}", parts::date(day))).unwrap_or_default();
    let content = measure.content.trim().to_owned();
    let amount = measures::amount(measure);
    let parts =
        [measures::name(measure.kind, Class::General).to_owned(), amount, content, measures::period(measure), review];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// Names what stays, each with its number; nothing of it is given back as text.
pub fn staying(facts: &ListFacts<'_>) -> Vec<(String, usize)> {
    let filled = |text: &str| usize::from(!text.trim().is_empty());
    let count = |of: &dyn Fn(&Told<'_>) -> usize| facts.people.iter().map(of).sum::<usize>();
    let checkup = |of: &dyn Fn(&Checkup) -> usize| count(&|told| told.checkup.map_or(0, of));
    let detail = |of: &dyn Fn(&CheckupDetail) -> usize| count(&|told| told.detail.map_or(0, of));
    let keeps = |release: Release, number: usize| if facts.released.contains(&release) { 0 } else { number };
    let fields = [
        ("健診の要点と機関の判定", checkup(&|row| filled(&row.summary) + filled(&row.judgement))),
        ("診断区分", detail(&|row| usize::from(row.diagnosis.is_some()))),
        ("保留の理由", detail(&|row| filled(&row.held_for))),
        ("条件", keeps(Release::CheckupCondition, detail(&|row| filled(&row.condition)))),
        ("添える文", keeps(Release::CheckupWords, detail(&|row| filled(&row.words)))),
        ("措置について聴いたこと", count(&|told| told.measures.iter().map(|m| filled(&m.heard)).sum())),
    ];
    fields.into_iter().filter(|(_, count)| *count > 0).map(|(field, count)| (field.to_owned(), count)).collect()
}

/// Words in the free texts that leave and want a second look.
pub fn hints(law: &Law, facts: &ListFacts<'_>) -> Vec<Hint> {
    let mut texts: Vec<(&str, &str)> = Vec::new();
    for told in facts.given() {
        texts.extend(told.measures.iter().map(|measure| ("措置の内容", measure.content.as_str())));
        let Some(detail) = told.detail else { continue };
        texts.push(("作業環境・作業管理", &detail.environment));
        let released = [
            (Release::CheckupCondition, "条件", &detail.condition),
            (Release::CheckupWords, "添える文", &detail.words),
        ];
        texts.extend(
            released.iter().filter(|(release, ..)| facts.released.contains(release)).map(|(_, l, t)| (*l, t.as_str())),
        );
    }
    let own: Vec<&str> = facts.people.iter().filter_map(|told| told.detail).map(|d| d.held_for.as_str()).collect();
    let words = &law.tables().words;
    let mut hits = words.consequences(&texts);
    hits.extend(words.disclosure(&texts, &own));
    hits.into_iter().map(|hit| Hint { field: hit.field, word: hit.word, reason: hit.reason }).collect()
}
