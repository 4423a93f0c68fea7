//! How the confirmation looks: what happens, to whom, where, and the two buttons.

use ratatui::layout::Rect;

use super::super::paper::whose;
use super::{Confirm, Place, Stage};
use crate::app::View;
use crate::app::host::{CopyPreview, DocumentPreview};
use crate::domain::opinion::{FormKind, Recipient};
use crate::law::outcome::Deadline;
use crate::law::rules;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::dates;
use crate::ui::screen::Head;
use crate::ui::theme::Weight;
use crate::ui::width::{cut, width};

/// Where values begin, and the columns of the list.
const VALUE: u16 = 32;
const FILE: u16 = 26;
const LEAVING: u16 = 56;
const STAYING: u16 = 66;
const NUMBER: u16 = 6;

pub fn head(confirm: &Confirm, view: &View) -> Head {
    let basis = confirm.basis.as_ref();
    let name = basis.and_then(|basis| basis.worker(view)).map(|worker| worker.name.as_str());
    let name = name.or_else(|| basis.is_none().then(|| whose(view, &confirm.preview.request)));
    let deed = if confirm.is_own() { "書き出し" } else { "署名と出力" };
    let path = [name.unwrap_or_default(), title(&confirm.preview), deed];
    let path: Vec<&str> = path.into_iter().filter(|part| !part.is_empty()).collect();
    let context = match confirm.stage {
        Stage::Issuing => "出力しています",
        _ => "まだ何も出ていません",
    };
    Head { path: path.join(" / "), context: context.to_owned(), ..Head::default() }
}

fn title(preview: &DocumentPreview) -> &'static str {
    match preview.request.form {
        FormKind::InterviewOpinion => "意見書",
        FormKind::InterviewOpinion2011 => "意見書（2011年の様式例2-3）",
        FormKind::StressOpinion => "意見書（高ストレス）",
        other => other.label(),
    }
}

pub fn body(confirm: &Confirm, view: &View, canvas: &mut Canvas<'_>, body: Rect) {
    let mut pen = Pen { canvas, body, y: body.y };
    pen.text(2, "これから起きること", Weight::Dim);
    pen.skip(1);
    deeds(confirm, view, &mut pen);
    pen.skip(1);
    copies(confirm, &mut pen);
    pen.skip(1);
    afterwards(confirm, view, &mut pen);
    pen.skip(1);
    buttons(confirm, &mut pen);
}

fn deeds(confirm: &Confirm, view: &View, pen: &mut Pen<'_, '_>) {
    if confirm.is_own() {
        return own_deeds(confirm, pen);
    }
    let count = confirm.chosen_copies().count();
    let prepared = &confirm.prepared;
    let again = format!("第{}版  直すときは第{}版になります", prepared.version, prepared.version + 1);
    let signer = format!("{}  自分の証明書", view.caseload.owner.name);
    pen.pair(4, &format!("{count}通に署名します"), &signer);
    if !view.vault.fingerprint.is_empty() {
        pen.pair(4, "", &format!("指紋 {}", short(&view.vault.fingerprint, pen.room(VALUE + 5))));
    }
    pen.pair(4, &format!("PDF を{count}つ書き出します"), &tail(&prepared.folder, pen.room(VALUE)));
    pen.pair(4, "版を確定します", &format!("{}  {again}", number(prepared)));
    pen.pair(4, "記録に残します", "何を、誰へ、いつ、ハッシュ");
}

/// What happens to a paper that nobody receives.
fn own_deeds(confirm: &Confirm, pen: &mut Pen<'_, '_>) {
    pen.pair(4, "署名しません", "自分の控えです。発行した文書にはなりません");
    pen.pair(4, "PDF を1つ書き出します", &tail(&confirm.prepared.folder, pen.room(VALUE)));
    pen.pair(4, "記録に残します", "何を、いつ、ハッシュ");
}

fn number(preview: &DocumentPreview) -> &str {
    preview.id.as_ref().map_or("", |id| id.as_str())
}

/// What the button does.
pub fn button(confirm: &Confirm) -> &'static str {
    if confirm.is_own() { "書き出す" } else { "署名して出力する" }
}

/// The end of a path says more than its beginning.
fn tail(path: &str, room: usize) -> String {
    if width(path) <= room {
        return path.to_owned();
    }
    let kept = path.char_indices().map(|(at, _)| path.get(at..).unwrap_or_default());
    let kept = kept.into_iter().find(|rest| width(rest) + 2 <= room).unwrap_or_default();
    format!("..{kept}")
}

fn short(text: &str, room: usize) -> String {
    let first = text.lines().next().unwrap_or_default();
    cut(first, room)
}

fn copies(confirm: &Confirm, pen: &mut Pen<'_, '_>) {
    let heads = match confirm.is_own() {
        true => ["見る人", "ファイル", "載る", ""],
        false => ["渡す相手", "ファイル", "出る", "残る"],
    };
    pen.columns(heads, Weight::Dim);
    for (index, copy) in confirm.preview.copies.iter().enumerate() {
        let is_chosen = confirm.chosen.get(index).copied().unwrap_or_default();
        let file = file(confirm, index, copy);
        let staying: usize = copy.staying.iter().map(|(_, count)| count).sum();
        let weight = if is_chosen { Weight::Plain } else { Weight::Dim };
        let staying = if confirm.is_own() { String::new() } else { staying.to_string() };
        let leaving = copy.leaving.to_string();
        let cells = [&recipient(confirm, index, copy), file.as_str(), &leaving, &staying];
        pen.cursor(confirm.cursor == Place::Copy(index));
        pen.at(4, 1, if is_chosen { "x" } else { "-" }, weight);
        pen.columns(cells, weight);
        pen.reverse(confirm.cursor == Place::Copy(index));
    }
    if confirm.wants_characters() {
        characters(confirm, pen);
    }
}

/// The recipient, behind the number that turns it where there are several.
fn recipient(confirm: &Confirm, index: usize, copy: &CopyPreview) -> String {
    let label = copy.recipient.label();
    if confirm.preview.copies.len() > 1 { format!("{} {label}", index + 1) } else { label.to_owned() }
}

/// The name of the file as the host gave it; how to give the copy after all where none will be written.
fn file(confirm: &Confirm, index: usize, copy: &CopyPreview) -> String {
    let place = confirm.chosen_copies().position(|(_, chosen)| chosen.recipient == copy.recipient);
    let names = if confirm.prepared.copies.len() == confirm.preview.copies.len() {
        confirm.preview.copies.iter().position(|one| one.recipient == copy.recipient).filter(|_| place.is_some())
    } else {
        place
    };
    names
        .and_then(|place| confirm.prepared.files.get(place))
        .cloned()
        .unwrap_or_else(|| format!("渡しません（{} で渡します）", index + 1))
}

fn characters(confirm: &Confirm, pen: &mut Pen<'_, '_>) {
    let found = confirm.chosen_copies().find_map(|(_, copy)| copy.questionable.first());
    let found = found.map(String::as_str).unwrap_or_default();
    pen.cursor(confirm.cursor == Place::Characters);
    pen.at(4, 1, if confirm.saw_characters { "x" } else { "-" }, Weight::Bold);
    pen.text(7, &format!("字を確かめました  {found}"), Weight::Bold);
    pen.reverse(confirm.cursor == Place::Characters);
}

fn afterwards(confirm: &Confirm, view: &View, pen: &mut Pen<'_, '_>) {
    for (label, words) in own_words(confirm.preview.request.form) {
        pen.labelled(label, words);
    }
    if confirm.preview.request.form == FormKind::InterviewOpinion2011 {
        pen.labelled("診断区分", &released(confirm));
    }
    if confirm.preview.request.form == FormKind::StressOpinion {
        pen.labelled("医学的所見", &released(confirm));
    }
    if !confirm.prepared.own_templates.is_empty() {
        pen.labelled("ひな形", &format!("自分の {} で組みます", confirm.prepared.own_templates.join("、")));
    }
    if let Some(basis) = &confirm.basis {
        if let Some(review) = basis.review() {
            pen.labelled("見直し", &format!("{} に「今日」へ出ます", dates::full(review)));
        }
        if let Some(due) = answer_due(view).filter(|_| basis.asks_for_measures()) {
            let soft = if due.soft { "概ね " } else { "" };
            let until = dates::short(due.safe, view.today);
            pen.labelled("会社の番", &format!("講じた措置、または講じない理由の回答   {soft}{until}"));
        }
    }
    if !confirm.is_own() {
        pen.labelled("暗号", "PDF はそのまま読めます。渡し方は産業医が選んでください");
    }
}

/// What a paper of the physician's own holds, and who comes to see it.
const fn own_words(form: FormKind) -> &'static [(&'static str, &'static str)] {
    match form {
        FormKind::PatrolSheet => &[
            ("中身", "場所と点検の区分、会社へ伝えた指摘だけです"),
            ("扱い", "現地で書き込む紙です。同行者の目に触れます"),
            ("暗号", "PDF はそのまま読めます"),
        ],
        FormKind::StressReport => &[
            ("中身", "報告の10の事項と人数です。人の名前は載りません"),
            ("扱い", "転記のための紙です。届出はしません"),
            ("暗号", "PDF はそのまま読めます"),
        ],
        FormKind::StressGroups => &[("表", "同じ表の XLSX も、PDF の隣に書き出します")],
        FormKind::StressCommittee => &[
            ("人", "助言した人と担当は載りません。少ない人数は伏せます"),
            ("その後", "載せた助言と聴取は直せなくなります。取組は直せます"),
        ],
        FormKind::VisitBrief => &[
            ("中身", "人の名前と健康の情報が載ります"),
            ("扱い", "会社へ渡さず、訪問のあとで処分してください"),
            ("暗号", "PDF はそのまま読めます"),
        ],
        FormKind::CheckupCard => &[
            ("中身", "この人の検査の値、所見、診断、意見のすべてです"),
            ("扱い", "会社へ渡すと、そのすべてを読めます。使い終えたら処分してください"),
            ("暗号", "PDF はそのまま読めます"),
        ],
        FormKind::RiskList => &[
            ("中身", "前もって伝える人の名前と日です。値と所見は載りません"),
            ("扱い", "会社へ渡しません。名前があるだけで健康の情報になります"),
            ("暗号", "PDF はそのまま読めます"),
        ],
        FormKind::OpinionAnswer => &[
            ("中身", "照会と回答だけです。意見の文書は変わりません"),
            ("その後", "載せた回答は直せなくなります。直すときは、新しい照会として記録します"),
        ],
        FormKind::CheckupReport => &[("CSV", "同じ数を CSV でも書き出します")],
        FormKind::CheckupOpinions => &[("その後", "載せた意見は直せなくなります。誤りは新しい健診の意見で改めます")],
        FormKind::WorkerRecord => &[
            ("中身", "この人について保存しているすべて。自分だけのメモも載ります"),
            ("扱い", "渡した人は、そのすべてを読めます。使い終えたら処分してください"),
            ("暗号", "PDF はそのまま読めます"),
        ],
        _ => &[],
    }
}

/// Where the field that stays by default goes: the employer reads it only by release, and the worker's copy says the same.
fn released(confirm: &Confirm) -> String {
    if confirm.preview.request.released.is_empty() {
        return "出しません".to_owned();
    }
    let readers = confirm.chosen_copies().map(|(_, copy)| copy.recipient);
    let readers: Vec<&str> =
        readers.filter(|one| *one != Recipient::LineManager).map(|recipient| recipient.label()).collect();
    format!("{} の写しに載せます。本人の同意を確かめてください", readers.join("、"))
}

/// When the employer owes its answer, counted from today (DL-MEAS).
fn answer_due(view: &View) -> Option<Deadline> {
    let rule = rules::find("DL-MEAS")?;
    let facts = serde_json::json!({ "opinion_heard_on": view.today.to_string() });
    view.law.assess(rule, view.today, &facts).ok()?.due
}

fn buttons(confirm: &Confirm, pen: &mut Pen<'_, '_>) {
    pen.cursor(matches!(confirm.cursor, Place::Back | Place::Issue));
    let mut x = 2;
    for (place, label) in [(Place::Back, "戻る"), (Place::Issue, button(confirm))] {
        let is_here = confirm.cursor == place;
        let weight = if is_here { Weight::Bold } else { Weight::Plain };
        let text = if is_here { format!("[ {label} ]") } else { format!("  {label}  ") };
        x += pen.at(x, 40, &text, weight) + 4;
    }
}

/// Writes rows below each other.
struct Pen<'p, 'b> {
    canvas: &'p mut Canvas<'b>,
    body: Rect,
    y: u16,
}

impl Pen<'_, '_> {
    fn is_inside(&self) -> bool {
        self.y < self.body.bottom()
    }

    fn room(&self, x: u16) -> usize {
        usize::from(self.body.width.saturating_sub(x + 1))
    }

    fn skip(&mut self, rows: u16) {
        self.y += rows;
    }

    fn at(&mut self, x: u16, columns: u16, text: &str, weight: Weight) -> u16 {
        if self.is_inside() { self.canvas.text(self.body.x + x, self.y, columns, text, weight) } else { 0 }
    }

    fn cursor(&mut self, is_here: bool) {
        if is_here {
            self.at(0, 1, ">", Weight::Bold);
        }
    }

    /// The row just written is the cursor's.
    fn reverse(&mut self, is_here: bool) {
        let y = self.y.saturating_sub(1);
        if is_here && y < self.body.bottom() {
            let reverse = self.canvas.theme().reverse();
            self.canvas.tint(self.body.x, y, self.body.width, reverse);
        }
    }

    fn text(&mut self, x: u16, text: &str, weight: Weight) {
        let room = columns(self.room(x));
        self.at(x, room, text, weight);
        self.y += 1;
    }

    fn pair(&mut self, x: u16, label: &str, value: &str) {
        self.at(x, VALUE - x - 1, label, Weight::Plain);
        self.text(VALUE, value, Weight::Plain);
    }

    fn labelled(&mut self, label: &str, value: &str) {
        self.at(2, 11, label, Weight::Dim);
        self.text(14, value, Weight::Plain);
    }

    /// A row of the list: recipient, file, counts.
    fn columns(&mut self, [recipient, file, leaving, staying]: [&str; 4], weight: Weight) {
        self.at(7, FILE - 8, recipient, weight);
        self.at(FILE, LEAVING - FILE - 1, file, weight);
        if self.is_inside() {
            let (x, y) = (self.body.x, self.y);
            self.canvas.right(x + LEAVING, y, NUMBER, leaving, weight);
            self.canvas.right(x + STAYING, y, NUMBER, staying, weight);
        }
        self.y += 1;
    }
}
