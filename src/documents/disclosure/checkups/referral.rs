//! 受診のおすすめ: to the person alone (安衛法66条の7, OPN-14), with the values that are theirs anyway.

use crate::documents::disclosure::parts::{self, Imprint};
use crate::documents::view::{Disclosed, Row, Section, Table};
use crate::domain::Day;
use crate::domain::worker::Worker;

/// Ruled lines for the doctor who sees the person.
const REPLY_LINES: u8 = 4;

/// What the letter is made from.
#[derive(Debug, Clone, Copy)]
pub struct ReferralFacts<'a> {
    /// Who.
    pub worker: &'a Worker,
    /// 健診日
    pub day: Day,
    /// 健診実施機関
    pub clinic: &'a str,
    /// Items to be seen: name, value, the clinic's judgement.
    pub items: &'a [[String; 3]],
    /// What the physician recommends.
    pub advice: &'a str,
    /// Number, day and signature.
    pub imprint: Imprint<'a>,
}

/// Builds the letter.
pub fn referral(facts: &ReferralFacts<'_>) -> Disclosed {
    let mut view = parts::signed(&facts.imprint, "checkup_referral", "本人用");
    let advice =
        if facts.advice.trim().is_empty() { "医療機関を受診してください。" } else { facts.advice.trim() };
    let rows = vec![
        Row::text("宛先", format!("{} 様", facts.worker.name)),
        Row::half("健診日", parts::date(facts.day)),
        Row::half("健診機関", parts::or_nothing(facts.clinic)),
        Row::text("おすすめ", advice),
    ];
    let head = ["項目", "結果", "健診機関の判定"].map(str::to_owned).to_vec();
    let table = Table {
        head,
        widths: vec![6, 8, 5],
        rows: facts.items.iter().map(|row| row.to_vec()).collect(),
        blank_rows: 0,
    };
    view.sections = vec![
        Section { rows, ..Section::default() },
        Section {
            heading: "受診していただきたい項目".to_owned(), table: Some(table), ..Section::default()
        },
        Section {
            heading: "医療機関の方へ（ご返信いただける場合）".to_owned(),
            blank_lines: REPLY_LINES,
            ..Section::default()
        },
    ];
    view.notes = vec![
        "この書面は、ご本人だけにお渡ししています。会社には渡していません。".to_owned(),
        "受診の結果を産業医へ知らせるかどうかは、ご本人が決められます。知らせないことで不利な扱いを受けることはありません。"
            .to_owned(),
    ];
    view
}
