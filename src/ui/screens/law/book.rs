//! What the law screen lists and what it says of a row: rules, articles, values and what is announced.

use std::collections::BTreeMap;

use super::examples;
use crate::app::View;
use crate::domain::Day;
use crate::labelled;
use crate::law::Law;
use crate::law::param::{Announcement, Parameter, Status, Unit, Version};
use crate::law::rules::{self, Rule};
use crate::ui::width::pad_right;

labelled! {
    /// The ways to leaf through the law.
    Leaf { Rules = "規則", Articles = "条文", Values = "値", Announced = "予告", Examples = "例" }
}

/// A row of the list: its key, and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) title: String,
}

/// A row of the sheet: a label, a text, and whether it is the one in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Said {
    pub(super) label: String,
    pub(super) text: String,
    pub(super) is_bold: bool,
}

/// Everything that stands under a leaf, in the order of the law.
pub(super) fn entries(law: &Law, leaf: Leaf) -> Vec<Entry> {
    let entry = |key: &str, title: &str| Entry { key: key.to_owned(), title: title.to_owned() };
    match leaf {
        Leaf::Rules => rules::all().map(|rule| entry(rule.id, rule.title)).collect(),
        Leaf::Articles => articles(law).into_keys().map(|article| entry(&article, &shortened(&article))).collect(),
        Leaf::Values => law.parameters().iter().map(|p| entry(&p.id, &p.meaning)).collect(),
        Leaf::Announced => announced(law).map(|p| entry(&p.id, &p.meaning)).collect(),
        Leaf::Examples => examples::entries(),
    }
}

/// A law by the short name that physicians use, where a list has no room for the long one.
fn shortened(article: &str) -> String {
    let names = [
        ("労働安全衛生法施行令", "安衛令"),
        ("労働安全衛生規則", "安衛則"),
        ("労働安全衛生法", "安衛法"),
        ("労働基準法", "労基法"),
    ];
    names.iter().fold(article.to_owned(), |text, (long, short)| text.replace(long, short))
}

fn announced(law: &Law) -> impl Iterator<Item = &Parameter> {
    law.parameters().iter().filter(|parameter| !parameter.announced.is_empty())
}

/// Articles with the rules that rest on them.
pub(super) fn articles(law: &Law) -> BTreeMap<String, Vec<&'static Rule>> {
    let mut articles: BTreeMap<String, Vec<&'static Rule>> = BTreeMap::new();
    for rule in rules::all() {
        for version in parameters_of(law, rule).flat_map(|parameter| &parameter.versions) {
            let rules = articles.entry(format!("{} {}", version.law, version.article)).or_default();
            if !rules.iter().any(|known| known.id == rule.id) {
                rules.push(rule);
            }
        }
    }
    articles
}

fn parameters_of<'law>(law: &'law Law, rule: &'static Rule) -> impl Iterator<Item = &'law Parameter> {
    rule.parameters.iter().filter_map(|id| parameter(law, id))
}

fn parameter<'law>(law: &'law Law, id: &str) -> Option<&'law Parameter> {
    law.parameters().iter().find(|parameter| parameter.id == id)
}

/// What a sheet is made for: the day that is looked at, and the columns of its texts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) day: Day,
    pub(super) room: usize,
}

/// The sheet of a row on a day.
pub(super) fn sheet(view: &View, leaf: Leaf, key: &str, frame: Frame) -> Vec<Said> {
    match leaf {
        Leaf::Rules => rules::find(key).map(|rule| rule_sheet(view, rule, frame)).unwrap_or_default(),
        Leaf::Articles => article_sheet(&view.law, key),
        Leaf::Values | Leaf::Announced => parameter(&view.law, key).map(|p| value_sheet(p, frame)).unwrap_or_default(),
        Leaf::Examples => examples::sheet(&view.law, key),
    }
}

fn rule_sheet(view: &View, rule: &'static Rule, frame: Frame) -> Vec<Said> {
    let mut said = vec![Said { is_bold: true, ..say("", rule.title) }, say("主題", rule.topic.label())];
    said.push(say("いま", &falling_under(view, rule.id)));
    said.push(say("例", &format!("{}件", examples::count(rule.id))));
    for parameter in parameters_of(&view.law, rule) {
        said.push(Said::default());
        said.extend(versions(parameter, frame));
    }
    said.push(Said::default());
    said.extend(labelled("事実", rule.facts.iter().map(|fact| fact.meaning.to_owned())));
    said
}

/// How many lines of the worklist rest on the rule, by establishment; no person is named.
fn falling_under(view: &View, rule: &str) -> String {
    let sites = view.caseload.sites.iter().zip(view.assessments.iter());
    let counted = sites.filter_map(|(site, assessment)| {
        let count = assessment.items.iter().filter(|item| item.rule == rule).count();
        (count > 0).then(|| (site.establishment.short_name.clone(), count))
    });
    let counted: Vec<(String, usize)> = counted.collect();
    let sum: usize = counted.iter().map(|(_, count)| count).sum();
    let places: Vec<String> = counted.iter().map(|(name, count)| format!("{name} {count}")).collect();
    if sum == 0 { "ありません".to_owned() } else { format!("{sum}件   {}", places.join("  ")) }
}

fn article_sheet(law: &Law, key: &str) -> Vec<Said> {
    let articles = articles(law);
    let rules = articles.get(key).map_or(&[][..], Vec::as_slice);
    labelled("規則", rules.iter().map(|rule| format!("{}  {}", rule.id, rule.title)))
}

fn value_sheet(parameter: &Parameter, frame: Frame) -> Vec<Said> {
    let mut said = versions(parameter, frame);
    said.extend(parameter.announced.iter().flat_map(announcement));
    let readers = rules::all().filter(|rule| rule.parameters.contains(&parameter.id.as_str()));
    said.push(Said::default());
    said.extend(labelled("読む規則", readers.map(|rule| format!("{}  {}", rule.id, rule.title))));
    said
}

/// Columns of one version where several stand side by side.
const VERSION: usize = 19;

/// The versions side by side, the one in force in brackets; then what each rests on.
fn versions(parameter: &Parameter, frame: Frame) -> Vec<Said> {
    let seen = beside(parameter, frame);
    let row = |label: &str, text: &dyn Fn(&Version) -> String| {
        let cells: String = seen.iter().map(|version| pad_right(&text(version), VERSION)).collect();
        say(label, cells.trim_end())
    };
    let mut said = vec![say("値", &parameter.meaning)];
    said.push(row("", &|version| format!("{} から", version.from)));
    if seen.len() > 1 {
        said.push(row("", &|version| last_day(version).map(|day| format!("{day} まで")).unwrap_or_default()));
    }
    let number = |version: &Version| bracketed(worth(parameter.unit, version.value), in_force(version, frame.day));
    said.push(Said { is_bold: true, ..row("", &number) });
    said.push(row("照合", &checked));
    said.extend(labelled("条文", seen.iter().map(|version| format!("{} {}", version.law, version.article))));
    said.extend(seen.iter().filter(|version| !version.note.is_empty()).map(|version| say("", &version.note)));
    said
}

/// As many versions as fit, so that the one in force is among them.
fn beside(parameter: &Parameter, frame: Frame) -> &[Version] {
    let fit = (frame.room / VERSION).max(1);
    let current = parameter.versions.iter().position(|version| in_force(version, frame.day)).unwrap_or(0);
    let last = (current + 1).max(fit).min(parameter.versions.len());
    parameter.versions.get(last.saturating_sub(fit)..last).unwrap_or_default()
}

fn in_force(version: &Version, day: Day) -> bool {
    version.from <= day && version.until.is_none_or(|until| day < until)
}

fn bracketed(text: String, is_chosen: bool) -> String {
    if is_chosen { format!("[{text}]") } else { text }
}

fn last_day(version: &Version) -> Option<Day> {
    version.until.and_then(|day| day.pred_opt())
}

pub(super) fn labelled(label: &str, texts: impl Iterator<Item = String>) -> Vec<Said> {
    texts.enumerate().map(|(index, text)| say(if index == 0 { label } else { "" }, &text)).collect()
}

fn worth(unit: Unit, value: Option<i64>) -> String {
    match (unit, value) {
        (_, None) => "定めなし".to_owned(),
        (Unit::Provision, Some(_)) => "施行中の条文".to_owned(),
        (unit, Some(value)) => format!("{value} {}", unit.label()),
    }
}

fn checked(version: &Version) -> String {
    match version.status {
        Status::Verified => format!("確認 {}", version.checked_on),
        other => other.label().to_owned(),
    }
}

fn announcement(announcement: &Announcement) -> Vec<Said> {
    let from = announcement.from.map_or_else(|| "施行日は未定".to_owned(), |day| format!("{day} から"));
    let mut said = vec![
        Said::default(),
        say("予告", &format!("{from}   施行日を入れるまで何も変わりません")),
        say("", &format!("{} {}", announcement.law, announcement.article)),
    ];
    said.extend((!announcement.note.is_empty()).then(|| say("", &announcement.note)));
    said
}

pub(super) fn say(label: &str, text: &str) -> Said {
    Said { label: label.to_owned(), text: text.to_owned(), is_bold: false }
}

/// How many parameters hold a version that nobody has compared with the text, and how many announce a change.
pub(super) fn counts(law: &Law) -> String {
    let unverified = |parameter: &&Parameter| parameter.versions.iter().any(|v| v.status == Status::Memory);
    let unverified = law.parameters().iter().filter(unverified).count();
    format!(
        "規則 {}   値 {}   未確認 {unverified}   予告 {}",
        rules::all().count(),
        law.parameters().len(),
        announced(law).count()
    )
}
