//! The preview as it is drawn: what the file is, the counts, the readings, and the rows that are not plainly taken.

use ratatui::layout::{Position, Rect};

use super::{Import, WHOM, WHOM_WIDE, lines};
use crate::app::host::{ImportPreview, ReadingChoice, RowList};
use crate::domain::hours::BatchKind;
use crate::ui::canvas::Canvas;
use crate::ui::sheet;
use crate::ui::theme::Weight;
use crate::ui::width::{cut, wrap};

/// Other sheets that are named, and the columns that each name may take.
const SHEETS: usize = 3;
const SHEET: usize = 8;

/// A label, what stands behind it, and how.
type Told = (&'static str, String, Weight);

/// As what the file is read, with an empty row behind it.
fn read_as(preview: &ImportPreview, is_by_headings: bool, width: u16) -> Vec<Told> {
    let kind = if is_by_headings { format!("見出しから{}  ", preview.kind.label()) } else { String::new() };
    let source = format!("{kind}{}  {}", preview.source, if preview.sheet.is_none() { &preview.reason } else { "" });
    let mut told = vec![("ファイル", source.trim_end().to_owned(), Weight::Plain)];
    if let Some((place, name)) = preview.sheet.and_then(|place| Some((place, preview.sheets.get(place)?))) {
        let sheet = format!("{}/{} {}  {}", place + 1, preview.sheets.len(), cut(name, WHOM), preview.reason);
        told.push(("シート", sheet, Weight::Plain));
        told.extend(other_sheets(preview).map(|others| ("", others, Weight::Bold)));
    }
    let labels = std::iter::once("列").chain(std::iter::repeat(""));
    for (label, (column, meaning)) in labels.zip(preview.mapping.iter().take(4)) {
        told.push((label, format!("{}  {meaning}", cut(column, WHOM)), Weight::Plain));
    }
    if !preview.unused.is_empty() {
        let unused = Import::unused_line(&preview.unused, usize::from(width.saturating_sub(16)));
        told.push(("", unused, Weight::Plain));
    }
    if let Some(source) = &preview.source_of_hours {
        told.push(("出どころ", format!("{source}  会社の時間の隣に置きます"), Weight::Bold));
    }
    told.push(("", String::new(), Weight::Plain));
    told
}

/// The sheets that are not read and hold rows of people; the first of them by name.
fn other_sheets(preview: &ImportPreview) -> Option<String> {
    let named = preview.other_sheets.iter().filter_map(|place| preview.sheets.get(*place));
    let names = named.take(SHEETS).map(|name| cut(name, SHEET)).collect::<Vec<_>>().join("、");
    let more = if preview.other_sheets.len() > SHEETS { " ほか" } else { "" };
    (!names.is_empty()).then(|| format!("{names}{more} にも行があります（左右のキー）"))
}

/// What it would bring, by numbers.
fn brought(preview: &ImportPreview) -> Vec<Told> {
    let counted = format!(
        "計 {}  追加 {}  変更 {}  同じ {}  要確認 {}  不可 {}  対象外 {}",
        preview.rows,
        preview.count(RowList::Added),
        preview.count(RowList::Changed),
        preview.count(RowList::Unchanged),
        preview.count(RowList::Doubtful),
        preview.count(RowList::Refused),
        preview.count(RowList::Ignored)
    );
    let [differing, absent] = [RowList::Differing, RowList::Absent].map(|list| preview.count(list));
    let summed = preview.summed;
    let nights = &preview.nights;
    let told_nights = format!("深夜業  追加 {}  変更 {}  同じ {}", nights.added, nights.changed, nights.unchanged);
    let differs = match preview.kind {
        BatchKind::Stress => "名のファイルの点数か判定が、答えと違います（違い）。答えから計算します",
        _ => "名の結果が答えと違います（違い）。どちらも残し、答えの判定は変えません",
    };
    let beside = [
        (nights.brought() + nights.unchanged, told_nights),
        (summed, parts(preview)),
        (differing, format!("{differing}{differs}")),
        (absent, format!("名簿にいてファイルにいない人 {absent}名（載らず）。退職とはしません")),
    ];
    let beside = beside.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| ("", words, Weight::Plain));
    // A line of a ledger may hold several measures, and each is counted.
    let what = if preview.kind == BatchKind::Restrictions { "措置" } else { "行" };
    std::iter::once((what, counted, Weight::Bold)).chain(beside).collect()
}

/// What would follow, as far as two rows hold it; all of it stands in the lists.
fn following(preview: &ImportPreview, width: u16) -> Vec<Told> {
    let room = usize::from(width.saturating_sub(16));
    let words = wrap(&preview.following.join("、"), room).into_iter().filter(|words| !words.is_empty());
    let labels = std::iter::once("変わる").chain(std::iter::repeat(""));
    labels.zip(words.take(2)).map(|(label, words)| (label, words, Weight::Plain)).collect()
}

/// How many rows are part of another's.
fn parts(preview: &ImportPreview) -> String {
    match (preview.kind, preview.summed) {
        (BatchKind::Checkup, joined) => format!("{joined}行を、同じ人の同じ健診日の行と合わせました"),
        (_, summed) => format!("日ごとの行です。{summed}行を、同じ人と期間の行に足しました"),
    }
}

/// What is to be known before it is taken in.
fn asked(preview: &ImportPreview) -> Vec<Told> {
    let known = preview.known_since.map(|day| ("", format!("{day} に取り込んだファイルと同じです"), Weight::Plain));
    let strangers = preview.strangers.map(|(known, people)| {
        let mark =
            if preview.is_ours { "x 確かめた" } else { "別の事業場のファイルかもしれません" };
        ("人", format!("名簿にいる人 {people}名のうち {known}名  {mark}"), Weight::Bold)
    });
    let undated = preview.undated.map(|(rows, day)| {
        let way = if preview.columns.is_empty() { "" } else { "。違うときは m で受検日を書きます" };
        ("", format!("回答日のない {rows}行は、{day} の回答とします{way}"), Weight::Bold)
    });
    let unnamed = "氏名のないファイルです。社員番号だけで名簿と合わせ、氏名は比べていません";
    let unnamed = preview.is_unnamed.then(|| ("", unnamed.to_owned(), Weight::Bold));
    let beside = preview.beside.iter().map(|words| ("", words.clone(), Weight::Bold));
    undated.into_iter().chain(known).chain(strangers).chain(unnamed).chain(beside).collect()
}

impl Import {
    pub(super) fn draw_preview(
        &self,
        canvas: &mut Canvas<'_>,
        body: Rect,
        preview: &ImportPreview,
    ) -> Option<Position> {
        let told = [
            read_as(preview, self.is_by_headings(), body.width),
            brought(preview),
            following(preview, body.width),
            asked(preview),
        ]
        .concat();
        let mut y = body.y;
        for (label, text, weight) in told {
            canvas.text(2, y, 12, label, Weight::Dim);
            canvas.text(14, y, body.width, &text, weight);
            y += 1;
        }
        let top =
            self.draw_readings(canvas, Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body }, preview);
        self.draw_lines(canvas, Rect { y: top, height: body.bottom().saturating_sub(top), ..body }, preview)
    }

    /// The readings, when there is a choice; gives the row below them.
    fn draw_readings(&self, canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) -> u16 {
        if preview.readings.len() < 2 {
            return area.y;
        }
        sheet::rule(canvas, 0, area.y, area.width, "読み方");
        let mut y = area.y + 1;
        for (index, reading) in preview.readings.iter().enumerate() {
            let is_chosen = preview.chosen == Some(index);
            // A digit means one thing: while a row is asked about, the readings carry no number.
            let number = if self.doubt().is_some() { None } else { Some(index + 1) };
            put(canvas, area, &mut y, |canvas, y| draw_reading(canvas, y, number, reading, is_chosen));
            for (whom, value) in &reading.persons {
                put(canvas, area, &mut y, |canvas, y| {
                    canvas.text(8, y, WHOM_WIDE, &cut(whom, WHOM), Weight::Plain);
                    canvas.text(40, y, 30, value, Weight::Plain);
                });
            }
            if let Some(more) = reading.crossing.checked_sub(reading.persons.len()).filter(|more| *more > 0) {
                let told = format!("ほか {more}名（f 行の一覧）");
                put(canvas, area, &mut y, |canvas, y| _ = canvas.text(8, y, WHOM_WIDE, &told, Weight::Dim));
            }
        }
        y + 1
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_>, area: Rect, preview: &ImportPreview) -> Option<Position> {
        let options = self.options();
        let mut cursor = None;
        let room = usize::from(area.height).saturating_sub(options.len()).max(1);
        let top = (self.cursor + 1).saturating_sub(room);
        let mut y = area.y;
        let lines = (top..).map_while(|index| Some((index, lines::line(preview, index)?)));
        for (index, line) in lines.take(usize::from(area.height)) {
            let has_cursor = index == self.cursor;
            put(canvas, area, &mut y, |canvas, y| {
                canvas.text(0, y, 1, if has_cursor { ">" } else { "" }, Weight::Bold);
                canvas.text(2, y, 12, line.label, Weight::Dim);
                canvas.text(14, y, area.width, &line.text, Weight::Plain);
            });
            if has_cursor && self.typing.is_some() && y < area.bottom() {
                let field = Rect { x: area.x + 14, y, width: area.width.saturating_sub(14), height: 1 };
                cursor = self.draw_typing(canvas, field);
                y += 1;
                continue;
            }
            for (number, label) in options.iter().enumerate().filter(|_| has_cursor) {
                put(canvas, area, &mut y, |canvas, y| {
                    canvas.text(16, y, area.width, &format!("{} {label}", number + 1), Weight::Bold);
                });
            }
        }
        cursor
    }
}

/// Draws a row, as long as there is one left.
fn put(canvas: &mut Canvas<'_>, area: Rect, y: &mut u16, draw: impl FnOnce(&mut Canvas<'_>, u16)) {
    if *y < area.bottom() {
        draw(canvas, *y);
        *y += 1;
    }
}

fn draw_reading(canvas: &mut Canvas<'_>, y: u16, number: Option<usize>, reading: &ReadingChoice, is_chosen: bool) {
    let mark = if is_chosen { "x" } else { "" };
    let weight = if is_chosen { Weight::Bold } else { Weight::Plain };
    canvas.text(2, y, 1, mark, Weight::Bold);
    let text = match reading.possible {
        true => {
            let number = number.map_or_else(|| " ".to_owned(), |number| number.to_string());
            let open =
                if reading.undecided > 0 { format!("   未定 {}名", reading.undecided) } else { String::new() };
            format!("{number} {}   80超 {}名{open}", reading.name, reading.over)
        }
        false => format!("  {}   この列はこう読めません", reading.name),
    };
    canvas.text(4, y, 70, &text, if reading.possible { weight } else { Weight::Dim });
}
