//! The form of one record round the checkups.

use super::{fields, read};
use crate::app::{Event, Site, View};
use crate::ui::route::{NoteKind, NotePlace, Route};
use crate::ui::screen::{Go, Head, Reply};
use crate::ui::screens::common;
use crate::ui::screens::entry::{Entry, EntryForm, Refusal};

/// The form.
pub struct NoteForm {
    place: NotePlace,
    is_saving: bool,
}

impl NoteForm {
    /// The form of this place.
    pub fn new(place: NotePlace) -> Self {
        Self { place, is_saving: false }
    }

    fn site<'view>(&self, view: &'view View) -> Option<&'view Site> {
        let site = view.caseload.site(&self.place.site).map(|site| &**site)?;
        let is_seen = self.place.worker.as_ref().is_none_or(|worker| site.worker(worker).is_some());
        is_seen.then_some(site)
    }

    /// The draft names the kind and whose it is, or the record that is corrected.
    fn draft(&self) -> String {
        let whose = self.place.row.as_ref().or(self.place.worker.as_ref());
        let whose = whose.map_or_else(|| self.place.site.to_string(), ToString::to_string);
        format!("note/{}/{whose}", self.place.kind.name())
    }
}

/// What a field is for, where its label does not say it.
fn hint(kind: NoteKind, field: &str) -> &'static str {
    match (kind, field) {
        (NoteKind::Inquiry, "document") => "照会のあった版を選びます。確定した書面は変わりません",
        (NoteKind::Inquiry, "asked_by") => "人事、職場の上司などの役割で書きます",
        (NoteKind::Inquiry, "answer") => "答えた内容を書きます。意見を変えるときは、新しい版の意見書を作ります",
        (NoteKind::Consent, "checkup") => "この健診のあとの二次健診について、結果を残してよいという同意です",
        (NoteKind::Consent, "way" | "checkup_way") => "面談で口頭、書面などと書きます",
        (NoteKind::Consent, "withdrawn") => "取り下げのあとは、二次健診の結果を新しく残せません",
        (NoteKind::Secondary, _) => "意見の期限は、本人から結果を受けたこの日から数えます",
        (NoteKind::Guidance, "given_by") => "産業医、保健師などの氏名を書きます",
        (NoteKind::Guidance, "content") => "栄養、運動、休養など。深夜業の人には睡眠と食事も",
        (NoteKind::Guidance, "specific") => "特定保健指導を受けた人に、その内容を聞いたかどうかです",
        (NoteKind::Risk, "way") => "書面、面談などと書きます",
        (NoteKind::Duty, "work") => "扱う物や業務です。特定化学物質は物の名前を書きます",
        (NoteKind::Duty, "items") => "一行に一項目。特定化学物質の項目はここに書いたものだけです",
        (NoteKind::Duty, "relaxed") => "1年以内ごとへの緩和の要件を、この人について確かめたとき「はい」",
        (NoteKind::Duty, "long") => "特別管理物質など、30年や40年の保存に当たるとき「はい」",
        (NoteKind::Duty, "class") => "じん肺の健診のときだけ使います",
        (NoteKind::Special, "items") => "一行に「項目 結果」。結果は 所見なし、所見あり、分布1-3、行っていない",
        (NoteKind::Special, "dose") => "電離: 前回の健診のあとの実効線量（マイクロSv）。空なら「記入なし」と示します",
        (NoteKind::Special, "submitted") => "自発的な健診は、結果を受けた日から意見の期限を数えます",
        (NoteKind::Posting, "returns") => "予定でもかまいません。日がないと、健診の期限を出せません",
        (NoteKind::Posting, "temporary") => "帰国のあとの国内の業務が一時的なら「はい」",
        (NoteKind::Report, "until") => "この期間の健診は、提出済みとして一覧から外れます",
        (NoteKind::Result, "from" | "until") => {
            "この期間に健診を受けた人へ知らせたことを記録します。所見のない人にも要ります"
        }
        (NoteKind::Result, "way") => "郵送、手渡しなど。自社の診療所で行ったときは、個人票と別の通知書が要ります",
        (NoteKind::Workplace, "kind") => "感染症法施行令12条の事業場では、胸部エックス線を年齢で省略できません",
        _ => "Tab で次へ。F6 で保存の行へ移ります",
    }
}

impl EntryForm for NoteForm {
    fn route(&self) -> Route {
        Route::CheckupNote(Box::new(self.place.clone()))
    }

    fn head(&self, view: &View) -> Head {
        match &self.place.worker {
            Some(worker) => common::person_head(view, worker, self.place.kind.label()),
            None => self.site(view).map_or_else(Head::default, |site| Head {
                path: format!("{} / {}", site.establishment.name, self.place.kind.label()),
                ..Head::default()
            }),
        }
    }

    fn build(&mut self, view: &View) -> Option<Entry> {
        let site = self.site(view)?;
        let form = fields::form(site, &self.place, view.today)?;
        let first = form.fields().first().map_or("", |field| field.id());
        Some(Entry::new(site, self.draft(), form, first))
    }

    fn unread(&mut self, entry: &mut Entry) -> Option<Reply> {
        entry.refuse_unreadable().then(|| Reply::say(common::NOTHING_WRITTEN))
    }

    fn save(&mut self, view: &View, entry: &mut Entry) -> Result<Reply, Refusal> {
        let Some(site) = self.site(view) else { return Ok(Reply::ignored()) };
        match read::command(site, &self.place, entry.form(), view.today) {
            Ok(command) => {
                self.is_saving = true;
                Ok(Reply::ask(entry.saving(command)))
            }
            Err((field, sentence)) => {
                entry.refuse(field, sentence.clone());
                Ok(Reply::say(sentence))
            }
        }
    }

    fn message(&self, _view: &View, _entry: &Entry, field: Option<&str>) -> String {
        field.map_or("Enter で記録します", |field| hint(self.place.kind, field)).to_owned()
    }

    fn event(&mut self, _entry: Option<&Entry>, event: &Event) -> Reply {
        match event {
            Event::Done(_) if self.is_saving => {
                Reply::say(format!("{}を記録しました。u で取り消せます", self.place.kind.label())).then(Go::Back)
            }
            Event::Failed(_) => {
                self.is_saving = false;
                Reply::ignored()
            }
            _ => Reply::ignored(),
        }
    }
}
