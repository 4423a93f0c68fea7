//! 助言, 聴取 or 取組 after the analysis of the groups: one form for each, with what it needs.
//!
//! Knows fields and their words. Which group may be named is `app::stress::improvement`'s to say.

use super::improvements::WHOLE;
use super::{NO_ROUND, path, round_of};
use crate::app::stress::StressFault;
use crate::app::stress::improvement::{ImprovementEntry, advisers, find, nameable, write};
use crate::app::{Site, View};
use crate::domain::patrol::Finding;
use crate::domain::stress::{Heard, Improvement, StressImprovement};
use crate::domain::{Day, Id};
use crate::ui::field::date::Direction;
use crate::ui::field::{Field, numbered};
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::screen::{Head, Reply};
use crate::ui::screens::entry::{Entry, EntryForm, Refusal};

/// So many findings can be chosen, so that each has a digit of its own.
const FINDINGS: usize = 8;

/// The form of one record.
pub struct ImprovementForm {
    round: Id,
    kind: Improvement,
    id: Option<Id>,
    groups: Vec<String>,
    findings: Vec<Id>,
}

impl ImprovementForm {
    /// The form in this round; without an id it makes a record.
    pub fn new(round: Id, kind: Improvement, id: Option<Id>) -> Self {
        Self { round, kind, id, groups: Vec::new(), findings: Vec::new() }
    }

    fn known<'site>(&self, site: &'site Site) -> Option<&'site StressImprovement> {
        self.id.as_ref().and_then(|id| find(site, id).ok())
    }

    fn form(&self, site: &Site, known: Option<&StressImprovement>, today: Day) -> Form {
        let day = |id, label, way, day: Option<Day>| {
            Field::date(id, label, today, way).with(&day.map(|day| day.to_string()).unwrap_or_default())
        };
        let text = |pick: fn(&StressImprovement) -> &str| known.map_or("", pick);
        let began = known.map_or(today, |row| row.day);
        let mut fields = vec![day("day", day_word(self.kind), Direction::Back, Some(began)), self.group_field(known)];
        match self.kind {
            Improvement::Advice => {
                let by = known.map_or_else(|| advisers(site, &self.round), |row| row.who.clone());
                fields.push(Field::text("who", "実施者").with(&by));
            }
            Improvement::Hearing => {
                let place =
                    known.and_then(|row| row.heard).and_then(|heard| Heard::ALL.iter().position(|h| *h == heard));
                let words = Heard::ALL.iter().map(|heard| heard.label());
                let chosen = place.map(|place| (place + 1).to_string()).unwrap_or_default();
                fields.push(Field::choice("heard", "聴いた相手", numbered(1, words)).with(&chosen));
            }
            Improvement::Action => {}
        }
        fields.push(Field::memo("content", content_word(self.kind), 3).with(text(|row| &row.content)));
        if self.kind == Improvement::Action {
            fields.push(Field::text("who", "担当").with(text(|row| &row.who)));
            fields.push(day("due", "期限", Direction::Ahead, known.and_then(|row| row.due)));
            fields.push(day("done", "済んだ日", Direction::Back, known.and_then(|row| row.done_on)));
        }
        fields.push(self.finding_field(site, known));
        Form::new(fields)
    }

    fn group_field(&self, known: Option<&StressImprovement>) -> Field {
        let place = known.and_then(|row| self.groups.iter().position(|name| *name == row.group_name));
        let words = std::iter::once(WHOLE.to_owned()).chain(self.groups.iter().cloned());
        Field::choice("group", "対象", numbered(1, words)).with(&place.map_or(1, |place| place + 2).to_string())
    }

    fn finding_field(&self, site: &Site, known: Option<&StressImprovement>) -> Field {
        let linked = known.and_then(|row| row.finding.as_ref());
        let place = self.findings.iter().position(|id| Some(id) == linked);
        let words = self.findings.iter().map(|id| finding_words(site, id).unwrap_or_default());
        let words = std::iter::once("なし".to_owned()).chain(words);
        Field::choice("finding", "巡視の指摘", numbered(1, words)).with(&place.map_or(1, |place| place + 2).to_string())
    }

    fn typed(&self, form: &Form, today: Day) -> ImprovementEntry {
        ImprovementEntry {
            kind: self.kind,
            day: form.day("day").unwrap_or(today),
            group: form.chosen("group", 2, &self.groups).cloned().unwrap_or_default(),
            content: form.text("content").to_owned(),
            heard: form.chosen("heard", 1, Heard::ALL).copied(),
            who: form.text("who").to_owned(),
            due: form.day("due"),
            done_on: form.day("done"),
            finding: form.chosen("finding", 2, &self.findings).cloned(),
        }
    }
}

/// Findings that are open, newest first, and the one that is linked already.
fn findings(site: &Site, linked: Option<&Id>) -> Vec<Id> {
    let mut open: Vec<&Finding> = site.findings.iter().filter(|finding| finding.closed_on.is_none()).collect();
    open.sort_by(|a, b| b.id.cmp(&a.id));
    let mut ids: Vec<Id> = open.into_iter().take(FINDINGS).map(|finding| finding.id.clone()).collect();
    ids.extend(linked.filter(|id| !ids.contains(id)).cloned());
    ids
}

/// `11-02 溶解炉前 5S・通路`
pub(super) fn finding_words(site: &Site, id: &Id) -> Option<String> {
    let finding = site.findings.iter().find(|finding| &finding.id == id)?;
    let day = site.patrols.iter().find(|patrol| patrol.id == finding.patrol).map(|patrol| patrol.day);
    let day = day.map(|day| day.format("%m-%d ").to_string()).unwrap_or_default();
    let place = site.places.iter().find(|place| place.id == finding.place).map_or("", |place| place.name.as_str());
    Some(format!("{day}{place} {}", finding.category.label()))
}

const fn day_word(kind: Improvement) -> &'static str {
    match kind {
        Improvement::Advice => "助言した日",
        Improvement::Hearing => "聴いた日",
        Improvement::Action => "決めた日",
    }
}

const fn content_word(kind: Improvement) -> &'static str {
    match kind {
        Improvement::Advice => "助言",
        Improvement::Hearing => "聴いたこと",
        Improvement::Action => "取組",
    }
}

fn field_of(fault: &StressFault) -> &'static str {
    match fault {
        StressFault::Future => "day",
        StressFault::NoHeard => "heard",
        StressFault::NoOwner => "who",
        StressFault::NoDue => "due",
        StressFault::DoneWhen => "done",
        StressFault::NoFinding => "finding",
        StressFault::SmallGroup(_) => "group",
        _ => "content",
    }
}

fn hint(field: &str) -> &'static str {
    match field {
        "group" => "人数の足りない集団は、ここに出ません。事業場全体として書きます",
        "heard" => "立場で残します。だれが何と言ったかは書きません",
        "content" => "人の名前と、その人の結果は書きません。委員会の資料に載ります",
        "who" => "部署か職名で書きます。委員会の資料には載りません",
        "due" => "この日から「今日」に出ます。2w、1m のようにも書けます",
        "done" => "済んだときだけ書きます。一覧の d でも記録できます",
        "finding" => "まだ是正を確かめていない指摘と結びつけられます",
        _ => "11-20、-3d のようにも書けます",
    }
}

impl EntryForm for ImprovementForm {
    fn route(&self) -> Route {
        Route::StressImprovement(self.round.clone(), self.kind, self.id.clone())
    }

    fn head(&self, view: &View) -> Head {
        let Some((site, round)) = round_of(view, &self.round) else { return Head::default() };
        Head {
            path: format!("{} / 改善 / {}", path(site, round), self.kind.label()),
            context: "努力義務".to_owned(),
            ..Head::default()
        }
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let (site, _) = round_of(view, &self.round)?;
        let known = self.known(site);
        self.groups = nameable(&view.law, site, &self.round, view.today);
        // What was named before stays a choice, whatever has left since.
        let before = known.map(|row| row.group_name.clone()).filter(|name| !name.is_empty());
        self.groups.extend(before.filter(|name| !self.groups.contains(name)));
        self.findings = findings(site, known.and_then(|row| row.finding.as_ref()));
        let name = self.id.as_ref().map_or("new", Id::as_str);
        let draft = format!("improvement/{}/{}/{name}", self.round, self.kind.label());
        Some(Entry::new(site, draft, self.form(site, known, view.today), "content"))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some((site, _)) = round_of(view, &self.round) else { return Ok(Reply::ignored()) };
        let typed = self.typed(entry.form(), view.today);
        let command = write(&view.law, site, &self.round, self.id.as_ref(), &typed, view.today)
            .map_err(|fault| (field_of(&fault), fault.to_string()))?;
        Ok(entry.save(command, format!("{}を記録しました。u で取り消せます", self.kind.label())))
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録します。あとから直せます", hint).to_owned()
    }

    fn absence(&self) -> String {
        NO_ROUND.to_owned()
    }
}
