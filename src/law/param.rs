//! The numbers of the law: dated, cited versions, read from `params/*.toml`.
//!
//! Knows how to read and to refuse such files; knows no rule and no worker. A version holds from its
//! first day until the next one begins (half-open). Repeal, or "not yet", is a version without value,
//! which is another thing than a day before the first version: that is outside what is encoded.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::domain::Day;
use crate::labelled;

labelled! {
    /// How sure the program is of a version.
    Status { Verified = "確認済", Memory = "未確認", Announced = "公布・予定", Added = "利用者追補" }
}

labelled! {
    /// What a number counts. A provision has the value 1: it only says that an article is in force.
    /// An index is a whole unit of BMI.
    Unit {
        Hours = "時間", Days = "日", Months = "月", Years = "年", Periods = "期間", People = "人", Parts = "分の1", Provision = "条文",
        Age = "歳", Minutes = "分", Times = "回", Percent = "%", Index = "BMI", MilligramsPerDeciliter = "mg/dL",
        Decibels = "dB", Millisieverts = "mSv", Items = "項目",
    }
}

/// One version of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// First day in force.
    pub from: Day,
    /// First day no longer in force; filled from the next version.
    pub until: Option<Day>,
    /// The value; none where the law had no such rule, or has repealed it.
    pub value: Option<i64>,
    /// Law, ordinance or circular.
    pub law: String,
    /// Article.
    pub article: String,
    /// Day of publication, where known.
    pub promulgated: Option<Day>,
    /// Last compared with the source on.
    pub checked_on: Day,
    /// Revision of the source that was read.
    pub revision: String,
    /// Whether the text was read.
    pub status: Status,
    /// A remark for the law screen.
    pub note: String,
}

/// A change that was announced: listed, never applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// The day named for it, if any.
    pub from: Option<Day>,
    /// The value it would bring; none for a repeal.
    pub value: Option<i64>,
    /// Law.
    pub law: String,
    /// Article.
    pub article: String,
    /// A remark.
    pub note: String,
}

/// A number of the law through time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Dotted name, e.g. `interview.general.hours`.
    pub id: String,
    /// What it means, in Japanese.
    pub meaning: String,
    /// What it counts.
    pub unit: Unit,
    /// Versions, oldest first.
    pub versions: Vec<Version>,
    /// What is announced.
    pub announced: Vec<Announcement>,
}

/// What a parameter is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'a> {
    /// A value in force.
    InForce(i64, &'a Version),
    /// No such rule on that day.
    Absent(&'a Version),
    /// Before the first version, or no such parameter.
    NotEncoded,
}

impl Parameter {
    /// The version of `day`.
    pub fn on(&self, day: Day) -> Reading<'_> {
        let holds = |v: &&Version| v.from <= day && v.until.is_none_or(|until| day < until);
        match self.versions.iter().rev().find(holds) {
            None => Reading::NotEncoded,
            Some(version) => version.value.map_or(Reading::Absent(version), |value| Reading::InForce(value, version)),
        }
    }
}

/// Why a file of parameters is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("法令データ {file} の {line} 行目{}を読めません。{problem}。その行を直してください。", within(.parameter))]
pub struct ParameterError {
    /// The file's name.
    pub file: String,
    /// Line, 1-based.
    pub line: usize,
    /// The parameter, where known.
    pub parameter: Option<String>,
    /// What is wrong.
    pub problem: Fault,
}

fn within(parameter: &Option<String>) -> String {
    parameter.as_ref().map(|id| format!("（{id}）")).unwrap_or_default()
}

/// What can be wrong with a file of the law's data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// TOML itself, an unknown key or a missing one.
    #[error("書式か項目名が違います（{0}）")]
    Syntax(String),
    /// A date that is no day of the calendar.
    #[error("日付は 2026-04-01 の形で書きます")]
    BadDate,
    /// A version that is applied needs its first day.
    #[error("施行日（in_force_from）がありません")]
    NoDate,
    /// A law cannot be in force before it was published.
    #[error("公布の日（promulgated）が施行日より後です")]
    PromulgatedLater,
    /// The next version begins before the last one.
    #[error("版が日付の順に並んでいません")]
    Unsorted,
    /// Days without any version.
    #[error("版と版のあいだに、どの版もない日があります")]
    Gap,
    /// Days with two versions.
    #[error("二つの版が同じ日に重なっています")]
    Overlap,
    /// No law or no article.
    #[error("根拠（law と article）がありません")]
    NoCitation,
    /// Neither a value nor a repeal, or both.
    #[error("value か repealed = true の、どちらか一方だけが要ります")]
    ValueOrRepeal,
    /// A number below zero, or a provision that is not 1.
    #[error("値がその単位では使えません")]
    BadValue,
    /// Nothing in it.
    #[error("版が一つもありません")]
    NoVersion,
    /// The same id twice.
    #[error("同じ名前のパラメータがもうあります")]
    Duplicate,
    /// An addition to a parameter that the program does not have.
    #[error("その名前のパラメータはありません")]
    UnknownParameter,
    /// An addition that would rewrite what is already known.
    #[error("その施行日か、その後に始まる版がもうあります")]
    NotNewer,
    /// A file that is no text.
    #[error("文字のファイルとして読めません")]
    NotText,
    /// A parameter that a computation needs is not there at all.
    #[error("必要なパラメータがありません")]
    Missing,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    parameter: Vec<ParameterText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterText {
    id: Spanned<String>,
    meaning: String,
    unit: Unit,
    #[serde(default)]
    version: Vec<Spanned<VersionText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VersionText {
    pub(super) in_force_from: Option<String>,
    pub(super) in_force_until: Option<String>,
    pub(super) value: Option<i64>,
    #[serde(default)]
    pub(super) repealed: bool,
    #[serde(default)]
    pub(super) law: String,
    #[serde(default)]
    pub(super) article: String,
    pub(super) promulgated: Option<String>,
    pub(super) checked_on: String,
    pub(super) revision: String,
    pub(super) status: Status,
    #[serde(default)]
    pub(super) note: String,
}

/// Reads the parameters of one file.
pub fn parse(file: &str, text: &str) -> Result<Vec<Parameter>, ParameterError> {
    let reader = Reader { file, text };
    let parsed: FileText = toml::from_str(text).map_err(|error| reader.syntax(&error))?;
    parsed.parameter.into_iter().map(|parameter| reader.parameter(parameter)).collect()
}

pub(crate) fn syntax_error(file: &str, text: &str, error: &toml::de::Error) -> ParameterError {
    Reader { file, text }.syntax(error)
}

/// Reads one file, and says where it is wrong.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Reader<'_> {
    pub(super) fn syntax(&self, error: &toml::de::Error) -> ParameterError {
        let at = error.span().map_or(0, |span| span.start);
        self.error(at, None, Fault::Syntax(error.message().to_owned()))
    }

    /// The fault at a byte of the text.
    pub(super) fn error(&self, at: usize, parameter: Option<&str>, problem: Fault) -> ParameterError {
        let head = self.text.get(..at).unwrap_or_default();
        let line = head.bytes().filter(|byte| *byte == b'\n').count() + 1;
        ParameterError { file: self.file.to_owned(), line, parameter: parameter.map(str::to_owned), problem }
    }

    fn parameter(&self, source: ParameterText) -> Result<Parameter, ParameterError> {
        let (id, unit, at) = (source.id.get_ref().clone(), source.unit, source.id.span().start);
        let mut parameter =
            Parameter { id: id.clone(), meaning: source.meaning, unit, versions: Vec::new(), announced: Vec::new() };
        for version in source.version {
            let at = version.span().start;
            add(&mut parameter, version.into_inner()).map_err(|fault| self.error(at, Some(&id), fault))?;
        }
        if parameter.versions.is_empty() && parameter.announced.is_empty() {
            return Err(self.error(at, Some(&id), Fault::NoVersion));
        }
        Ok(parameter)
    }
}

/// Appends a version, or keeps it apart where it is only announced.
pub(super) fn add(parameter: &mut Parameter, source: VersionText) -> Result<(), Fault> {
    if source.law.trim().is_empty() || source.article.trim().is_empty() {
        return Err(Fault::NoCitation);
    }
    let value = value(&source, parameter.unit)?;
    let from = source.in_force_from.as_deref().map(date).transpose()?;
    if source.status == Status::Announced {
        let VersionText { law, article, note, .. } = source;
        parameter.announced.push(Announcement { from, value, law, article, note });
        return Ok(());
    }
    let version = dated(source, from.ok_or(Fault::NoDate)?, value)?;
    join(&mut parameter.versions, &version)?;
    parameter.versions.push(version);
    Ok(())
}

fn value(source: &VersionText, unit: Unit) -> Result<Option<i64>, Fault> {
    if source.value.is_some() == source.repealed {
        return Err(Fault::ValueOrRepeal);
    }
    let fits = |value: i64| value >= 0 && (unit != Unit::Provision || value == 1);
    if source.value.is_none_or(fits) { Ok(source.value) } else { Err(Fault::BadValue) }
}

fn dated(source: VersionText, from: Day, value: Option<i64>) -> Result<Version, Fault> {
    let promulgated = source.promulgated.as_deref().map(date).transpose()?;
    if promulgated.is_some_and(|day| day > from) {
        return Err(Fault::PromulgatedLater);
    }
    Ok(Version {
        from,
        until: source.in_force_until.as_deref().map(date).transpose()?,
        value,
        promulgated,
        checked_on: date(&source.checked_on)?,
        law: source.law,
        article: source.article,
        revision: source.revision,
        status: source.status,
        note: source.note,
    })
}

/// Closes the version before `next`, or says why the two do not meet.
fn join(versions: &mut [Version], next: &Version) -> Result<(), Fault> {
    let Some(before) = versions.last_mut() else { return Ok(()) };
    if next.from <= before.from {
        return Err(Fault::Unsorted);
    }
    match before.until {
        Some(until) if until < next.from => Err(Fault::Gap),
        Some(until) if until > next.from => Err(Fault::Overlap),
        _ => {
            before.until = Some(next.from);
            Ok(())
        }
    }
}

fn date(text: &str) -> Result<Day, Fault> {
    let shape = text.len() == 10;
    text.parse().ok().filter(|_| shape).ok_or(Fault::BadDate)
}

#[cfg(test)]
#[path = "param_tests.rs"]
mod tests;
