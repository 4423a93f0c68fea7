//! なぜ: the answer to a personnel manager who asks on what ground.

use ratatui::layout::{Position, Rect};

use super::as_of::AsOf;
use super::common;
use crate::app::months::{Context, named};
use crate::app::worklist::Item;
use crate::app::{Site, View, exclusions, listing, methods, plans, urging, wish};
use crate::domain::case::ExclusionBasis;
use crate::domain::{Day, Id};
use crate::law::outcome::{Citation, Conclusion, Outcome};
use crate::law::overtime::WorkedMonth;
use crate::law::{flags, interview, overtime, rules};
use crate::ui::actions::{Act, Offer, action};
use crate::ui::canvas::Canvas;
use crate::ui::dates;
use crate::ui::keys::{Code, Key};
use crate::ui::route::{Route, Why};
use crate::ui::screen::{Go, Head, Reply, Screen};
use crate::ui::theme::Weight;
use crate::ui::width::wrap;

/// Where values begin.
const VALUE: u16 = 14;
/// Names that stand below a line that stands for many.
const MEMBERS: usize = 12;

/// The sheet of reasons.
pub struct WhyScreen {
    why: Why,
    top: usize,
    as_of: AsOf,
}

impl WhyScreen {
    /// The reasons of something.
    pub fn new(why: Why) -> Self {
        Self { why, top: 0, as_of: AsOf::default() }
    }

    fn context(&self, view: &View) -> String {
        let day = dates::full(self.as_of.day(view.today));
        if self.as_of.is_other() { format!("{day} の時点") } else { day }
    }

    /// The first rule of the sheet.
    fn rule(&self, view: &View) -> Option<String> {
        let lines = self.lines(view);
        let rule = lines.iter().find(|(label, _)| label == "規則")?;
        rule.1.split_whitespace().next().map(str::to_owned)
    }

    fn lines(&self, view: &View) -> Vec<(String, String)> {
        match &self.why {
            Why::Worker(id) => worker_lines(view, id, self.as_of.day(view.today)),
            Why::Item(site, key) => {
                common::item(view, site, key).map(|item| item_lines(view, item)).unwrap_or_default()
            }
        }
    }
}

impl Screen for WhyScreen {
    fn route(&self) -> Route {
        Route::Why(Box::new(self.why.clone()))
    }

    fn head(&self, view: &View) -> Head {
        let whom = match &self.why {
            Why::Worker(id) => common::worker(view, id).map(|worker| worker.name.clone()).unwrap_or_default(),
            Why::Item(site, key) => {
                common::item(view, site, key).map(|item| common::item_whom(view, item)).unwrap_or_default()
            }
        };
        Head { path: format!("なぜ  {whom}"), context: self.context(view), ..Head::default() }
    }

    fn draw(&self, view: &View, canvas: &mut Canvas<'_>, body: Rect) -> Option<Position> {
        let room = Rect { height: body.height.saturating_sub(1), ..body };
        draw_lines(canvas, room, &self.lines(view), self.top);
        self.as_of.draw(canvas, room.bottom())
    }

    fn offers(&self, _view: &View) -> Vec<Offer> {
        if self.as_of.is_typing() {
            return vec![action(Act::Back).offer().labelled("やめる")];
        }
        let of_item = matches!(self.why, Why::Item(..)).then_some("期限は今日の記録で決まります");
        let open = action(Act::Open).offer().labelled("条文を開く").doing("この規則の版の移り変わりを見ます。");
        vec![open, action(Act::AsOf).offer().refused(of_item), action(Act::Back).offer()]
    }

    fn act(&mut self, view: &View, act: Act) -> Reply {
        match act {
            Act::Open => return Reply::to(Route::Law(self.rule(view))),
            Act::AsOf => self.as_of.begin(),
            Act::Back if self.as_of.is_typing() => self.as_of.cancel(),
            _ => return Reply::go(Go::Back),
        }
        Reply::done()
    }

    fn is_typing(&self) -> bool {
        self.as_of.is_typing()
    }

    fn key(&mut self, view: &View, key: Key) -> Reply {
        if self.as_of.is_typing() {
            return if self.as_of.key(view.today, key) { Reply::done() } else { Reply::ignored() };
        }
        let last = self.lines(view).len().saturating_sub(1);
        match key.code {
            Code::Down | Code::Char('j') => self.top = (self.top + 1).min(last),
            Code::Up | Code::Char('k') => self.top = self.top.saturating_sub(1),
            Code::PageDown => self.top = (self.top + 10).min(last),
            Code::PageUp => self.top = self.top.saturating_sub(10),
            _ => return Reply::ignored(),
        }
        Reply::done()
    }

    fn message(&self, _view: &View) -> String {
        let hint = || "判断するのは産業医です。ここにあるのは、数と条文だけです".to_owned();
        self.as_of.refusal().map_or_else(hint, str::to_owned)
    }
}

/// The outcome of the rule behind an item.
fn outcome(view: &View, item: &Item) -> Option<Outcome> {
    let rule = rules::find(item.rule)?;
    view.law.assess(rule, item.law_day, &item.facts).ok()
}

/// The reason of an item in one line, for the message row.
pub fn one_line(view: &View, item: &Item) -> String {
    let Some(outcome) = outcome(view, item) else {
        return format!("{} が期限です", dates::full(item.due.safe));
    };
    let lacking = || {
        let missing = outcome.missing.first().map(|name| fact_meaning(outcome.rule, name));
        missing.map(|meaning| format!("まだ分からないこと: {meaning}")).unwrap_or_default()
    };
    let reason = outcome.reasons.first().map_or_else(lacking, |reason| reason.text.clone());
    let article = outcome
        .citations
        .first()
        .map(|citation| format!("（{}{}）", citation.law, citation.article))
        .unwrap_or_default();
    let unverified = if item.is_unverified { "未確認  " } else { "" };
    format!("{unverified}{reason}{article}")
}

/// The reasons of an item in a pane.
pub fn draw_reasons(view: &View, canvas: &mut Canvas<'_>, pane: Rect, item: &Item) {
    canvas.text(pane.x, pane.y, pane.width, &common::item_whom(view, item), Weight::Bold);
    let inside = Rect { y: pane.y + 2, height: pane.height.saturating_sub(2), ..pane };
    draw_lines(canvas, inside, &item_lines(view, item), 0);
}

fn item_lines(view: &View, item: &Item) -> Vec<(String, String)> {
    let soft = if item.due.soft { "概ね " } else { "" };
    let due = match item.without_day() {
        Some(word) => format!("{word}（{} から）", dates::full(item.due.safe)),
        None => format!("{soft}{}   {}", dates::full(item.due.safe), item.urgency(view.today)),
    };
    let mut lines = vec![pair("すること", item.task.label()), pair("番", item.turn.label()), pair("期限", &due)];
    lines.extend(labelled("対象の人", members(view, item).into_iter()));
    lines.extend(planned_lines(view, item));
    if item.due.last != item.due.safe {
        lines.push(pair("", &format!("数え方により {} まで", dates::full(item.due.last))));
    }
    lines.extend(outcome(view, item).map(|outcome| outcome_lines(&outcome)).unwrap_or_default());
    lines.push(pair("済む時", item.task.settled_by()));
    lines.extend(wish_lines(view, item));
    lines
}

/// By when a measure is wished to stand, beside the deadlines that the law knows.
fn wish_lines(view: &View, item: &Item) -> Vec<(String, String)> {
    let wish = view.caseload.site(&item.site).and_then(|site| wish::of(&view.law, site, item));
    let Some(outcome) = wish else { return Vec::new() };
    let mut lines = vec![pair("", ""), pair("目安", "法令の期限ではありません")];
    lines.extend(outcome_lines(&outcome));
    lines
}

/// Those for whom one line stands, by name; the rest by number.
fn members(view: &View, item: &Item) -> Vec<String> {
    let named = |id: &Id| common::worker(view, id).map(|worker| format!("{}  {}", worker.number, worker.name));
    let mut names: Vec<String> = item.members.iter().take(MEMBERS).filter_map(named).collect();
    let rest = item.members.len().saturating_sub(MEMBERS);
    names.extend((rest > 0).then(|| format!("ほか {rest}名")));
    names
}

/// What the physician arranged about it.
fn planned_lines(view: &View, item: &Item) -> Vec<(String, String)> {
    let plan = view.caseload.site(&item.site).and_then(|site| plans::of(site, &item.key));
    let Some(plan) = plan else { return Vec::new() };
    let mut lines = Vec::new();
    lines.extend(plan.scheduled_for.map(|day| pair("予定", &dates::planned(day, view.today))));
    let until = plan.snoozed_until.map(|until| format!("{} まで  {}", dates::planned(until, view.today), plan.reason));
    lines.extend(until.map(|text| pair("後で", &text)));
    lines
}

fn worker_lines(view: &View, id: &Id, day: Day) -> Vec<(String, String)> {
    let Some((site, worker)) = view.caseload.site_of(id).and_then(|site| Some((site, site.worker(id)?))) else {
        return Vec::new();
    };
    let context = Context::new(site);
    let months = context.months_until(worker, day);
    let Some(month) = months.first() else {
        return vec![pair("結論", "労働時間がまだありません。取込か手入力のあとで言えます")];
    };
    let facts = context.facts(&view.law, worker, month);
    let duty = interview::assess(&view.law, &facts);
    let mut lines = vec![pair("期間", &format!("{} から {}", month.period.start, month.period.end))];
    lines.extend(overtime::computation(&view.law, month).map(|text| pair("数", &text)));
    lines.extend(interview::means_sentence(&view.law, &months).map(|text| pair("平均", &text)));
    if month.is_partial {
        lines.push(pair("", "途中の入退社か締日の変更で、月の一部です。平均には入れません"));
    }
    lines.extend(super::worker_pane::own_figure(view, id).map(|text| pair("本人の時間", &text)));
    lines.extend(method_lines(site, id, month.period.end));
    lines.extend(listed_again(view, site, id, &months, day).map(|text| pair("掲載", &text)));
    lines.push(pair("", ""));
    lines.extend(outcome_lines(&duty));
    lines.extend(urging_line(site, id));
    lines.extend(criterion_line(site, month.period.end));
    lines.extend(dispute_lines(view, id, month.period.end));
    lines.extend(exclusion_lines(site, id, month.period.end));
    lines.extend(notice_lines(view, &named(&facts, month), month.period.end));
    lines
}

/// How the hours of the period are taken down, and what the physician thinks of it.
fn method_lines(site: &Site, id: &Id, end: Day) -> Vec<(String, String)> {
    let told = methods::told(site, id, end);
    let methods = told.iter().map(|told| format!("{}  {}", told.method, told.content).trim_end().to_owned());
    let remarks = told.iter().map(|told| told.remark.clone()).filter(|remark| !remark.is_empty());
    let lines = [labelled("時間の把握", methods), labelled("確かさ", remarks)];
    lines.into_iter().flatten().collect()
}

/// 連続掲載・未選定, as it stood on `day`.
fn listed_again(view: &View, site: &Site, id: &Id, months: &[WorkedMonth], day: Day) -> Option<String> {
    let listed = flags::flags(&view.law, months, false).listed_months;
    listing::word(listing::unchosen(site, id, months, listed, day))
}

/// The newest urging, with its answer; the ground stays on its own sheet.
fn urging_line(site: &Site, id: &Id) -> Option<(String, String)> {
    let notice = urging::newest(site, id)?;
    let (strength, _, answer) = urging::read(notice);
    Some(pair("勧奨", &format!("{}  {}  {}", notice.day, strength.label(), answer.label())))
}

/// The workplace's own criterion for the period, whose text is for a person to apply.
fn criterion_line(site: &Site, end: Day) -> Option<(String, String)> {
    let row = site.criterion_by(end).filter(|row| row.valid_until.is_none_or(|until| end <= until))?;
    (!row.content.is_empty()).then(|| pair("面接の基準", &format!("{} から  {}", row.valid_from, row.content)))
}

/// OT-DISPUTE, where the worker names another figure.
fn dispute_lines(view: &View, id: &Id, day: crate::domain::Day) -> Vec<(String, String)> {
    let is_disputed = super::worker_pane::flags(view, id).is_some_and(|flags| flags.is_disputed);
    let Some(rule) = rules::find("OT-DISPUTE").filter(|_| is_disputed) else { return Vec::new() };
    let outcome = view.law.assess(rule, day, &serde_json::json!({ "hours_disputed": true }));
    let mut lines = vec![pair("", "")];
    lines.extend(outcome.map(|outcome| outcome_lines(&outcome)).unwrap_or_default());
    lines
}

/// The physician's decision about the period, with what it rests on.
fn exclusion_lines(site: &Site, id: &Id, end: crate::domain::Day) -> Vec<(String, String)> {
    let Some(decision) = exclusions::standing(site, id, end) else { return Vec::new() };
    let basis = |basis: &ExclusionBasis| {
        let day = basis.day.map(|day| format!("  {day}")).unwrap_or_default();
        let doctor = if basis.doctor.is_empty() { String::new() } else { format!("  {}", basis.doctor) };
        let records =
            if basis.records.is_empty() { String::new() } else { format!("  渡した記録 {}", basis.records) };
        format!("{}{day}{doctor}{records}", basis.kind.label())
    };
    let mut lines = vec![pair("", ""), pair("面接不要", &format!("{} に医師が判断しました", decision.day))];
    lines.extend(labelled("拠り所", exclusions::bases(site, &decision.id).map(basis)));
    lines.push(pair("認めた理由", &decision.grounds));
    lines.push(pair("健康を保つ", &decision.keeps_healthy));
    lines
}

fn notice_lines(view: &View, facts: &serde_json::Value, day: crate::domain::Day) -> Vec<(String, String)> {
    let Some(rule) = rules::find("DL-NOTE-W") else { return Vec::new() };
    let names: Vec<&str> = rule.facts.iter().map(|fact| fact.name).collect();
    let members = facts.as_object().into_iter().flatten().filter(|(name, _)| names.contains(&name.as_str()));
    let facts: serde_json::Map<String, serde_json::Value> = members.map(|(n, v)| (n.clone(), v.clone())).collect();
    match view.law.assess(rule, day, &facts.into()) {
        Ok(outcome) if outcome.outcome == Conclusion::Required => {
            let mut lines = vec![pair("", ""), pair("通知", rule.title)];
            lines.extend(outcome_lines(&outcome));
            lines
        }
        _ => Vec::new(),
    }
}

fn outcome_lines(outcome: &Outcome) -> Vec<(String, String)> {
    let title = rules::find(outcome.rule).map_or("", |rule| rule.title);
    let mut lines = vec![pair("結論", outcome.outcome.label()), pair("規則", &format!("{}  {title}", outcome.rule))];
    lines.extend(labelled("理由", outcome.reasons.iter().map(|reason| reason.text.clone())));
    let missing = outcome.missing.iter().map(|name| fact_meaning(outcome.rule, name));
    lines.extend(labelled("足りない事実", missing));
    lines.extend(labelled("条文", outcome.citations.iter().map(Citation::words)));
    lines.extend(labelled("変わる時", outcome.changes.iter().cloned()));
    lines
}

fn fact_meaning(rule: &str, name: &str) -> String {
    let fact = rules::find(rule).and_then(|rule| rule.facts.iter().find(|fact| fact.name == name));
    fact.map_or_else(|| name.to_owned(), |fact| fact.meaning.to_owned())
}

fn labelled(label: &str, texts: impl Iterator<Item = String>) -> Vec<(String, String)> {
    texts.enumerate().map(|(index, text)| pair(if index == 0 { label } else { "" }, &text)).collect()
}

fn pair(label: &str, text: &str) -> (String, String) {
    (label.to_owned(), text.to_owned())
}

fn draw_lines(canvas: &mut Canvas<'_>, area: Rect, lines: &[(String, String)], top: usize) {
    let room = usize::from(area.width.saturating_sub(VALUE + 2));
    let rows = lines.iter().flat_map(|(label, text)| {
        let mut wrapped = wrap(text, room);
        if wrapped.is_empty() {
            wrapped.push(String::new());
        }
        wrapped.into_iter().enumerate().map(move |(index, row)| (if index == 0 { label.as_str() } else { "" }, row))
    });
    for (y, (label, text)) in (area.y..area.bottom()).zip(rows.skip(top)) {
        let weight = if label == "結論" { Weight::Bold } else { Weight::Plain };
        canvas.text(area.x + 2, y, VALUE - 2, label, Weight::Dim);
        canvas.text(area.x + VALUE, y, area.width.saturating_sub(VALUE), &text, weight);
    }
}
