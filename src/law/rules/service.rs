//! The regional service for small workplaces (地域産業保健): RSC-01 to RSC-10 of the records sheet, section 10.
//!
//! The rules are those of 平23.2.10 基安労発0210第1号; how it is run since 2016 was not read, so those versions say 未確認.

use chrono::Datelike;

use super::{Rule, Topic, checklist};
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, FactKind, Facts};
use crate::law::inquiry::{Condition, Inquiry, Stop};
use crate::law::outcome::{Conclusion, Outcome};

const fn flag(name: &'static str, meaning: &'static str) -> Fact {
    Fact::needed(name, FactKind::Flag, meaning)
}

const SERVICE: Fact = Fact::needed(
    "service",
    FactKind::Choice(&["opinion", "guidance", "mental", "interview"]),
    "事業（順に: 健診結果の意見聴取、脳・心臓疾患の保健指導、メンタル相談、面接指導）",
);
const TARGET: &[Fact] = &[
    Fact::needed("workers", FactKind::Count, "事業場の労働者数"),
    Fact::optional("large_company", FactKind::Flag, "大企業の支店や営業所である。ないときは、そうでない"),
];
const WHO: &[Fact] = &[
    SERVICE,
    Fact::needed(
        "role",
        FactKind::Choice(&["physician", "mental_physician", "nurse"]),
        "行う人（順に: 産業医、メンタルヘルスに対応できる医師、保健師）",
    ),
    Fact::optional(
        "physician_asked",
        FactKind::Flag,
        "産業医が、保健師による保健指導が必要と判断した。ないときは、判断なし",
    ),
];
const FEE: &[Fact] = &[
    SERVICE,
    Fact::needed("earlier_days", FactKind::Days, "同じ労働者が同じ事業を受けた日（day が今回の日）"),
    Fact::optional(
        "referred",
        FactKind::Flag,
        "医療機関での受診を勧められている（メンタル相談だけが読む）。ないときは、勧められていない",
    ),
];
const RECORDS: &[Fact] = &[
    flag(
        "record_made",
        "特定健康相談記録票（様式例1-2）を作った。面接指導では、報告書・意見書（様式例2-3）を事業者へ渡した",
    ),
    flag("ledger_written", "実施台帳（特定健康相談は様式例1-3、面接指導は様式例2-4）に記した"),
];
const PAPERS: &[Fact] = &[
    flag("request_copy", "面接指導の申出書（様式例2-1）の写しがある"),
    flag("situation_sheet", "勤務状況情報書（様式例2-2）があり、勤務の状況が十分に判る"),
];
const REFERRAL: &[Fact] = &[
    flag("referred", "医療機関での受診を勧めた"),
    Fact::optional("recorded", FactKind::Flag, "受診を勧めた旨を記録票に記した。ないときは、まだ"),
];
const COUNTED: &[Fact] = &[SERVICE, flag("booked", "事前の申出があった")];
const OPINION: &[Fact] = &[flag("written", "医師の意見を、健康診断個人票などの所定の様式に記した")];
const PRIVACY: &[Fact] = &[
    flag("private_place", "相談する人のプライバシーが保たれる場所で行う"),
    flag("secrecy", "従事する人の全員が、知り得た秘密を守る"),
];

/// The rules of this topic.
pub(crate) const RULES: &[Rule] = &[
    rule("RSC-01", "利用できる事業場", TARGET, &["service.workers", "service.priority"], target),
    rule("RSC-02", "行える人", WHO, &["service.roles"], who),
    rule("RSC-03", "利用料", FEE, &["service.fee.share", "service.year.month"], fee),
    rule("RSC-04", "記録票と台帳", RECORDS, &["service.records"], |law, day, facts| {
        let text = "行ったときは、記録（又は報告書）と台帳の両方を作ります。";
        checklist(law, "RSC-04", day, facts, Conclusion::Required, text)
    }),
    rule(
        "RSC-05",
        "記録票、台帳、意見書の写し、チェックリストの保存",
        &[Fact::needed("made_on", FactKind::Day, "記録を作った日")],
        &["retention.regional_center"],
        keep,
    ),
    rule("RSC-06", "面接指導の前に要る書類", PAPERS, &["service.papers"], |law, day, facts| {
        let text = "勤務の状況が判らないときは、面接指導を行えないことを説明し、保健指導かメンタル相談とするか、書類を求めます。";
        checklist(law, "RSC-06", day, facts, Conclusion::Required, text)
    }),
    rule("RSC-07", "メンタル相談の受診勧奨の記録", REFERRAL, &["service.referral"], referral),
    rule("RSC-08", "実績に数えるか（数えるときは required）", COUNTED, &["service.booking"], counted),
    rule("RSC-09", "所定の様式への医師の意見", OPINION, &["service.opinion"], |law, day, facts| {
        checklist(
            law,
            "RSC-09",
            day,
            facts,
            Conclusion::Required,
            "医師の意見は、健康診断個人票などの所定の様式にも記します。",
        )
    }),
    rule("RSC-10", "場所のプライバシーと秘密", PRIVACY, &["service.privacy"], |law, day, facts| {
        let text = "相談する人のプライバシーを保つ場所で行い、知り得た秘密を守ります。";
        checklist(law, "RSC-10", day, facts, Conclusion::Required, text)
    }),
];

const fn rule(
    id: &'static str,
    title: &'static str,
    facts: &'static [Fact],
    parameters: &'static [&'static str],
    evaluate: fn(&Law, Day, &Facts) -> Outcome,
) -> Rule {
    Rule { id, title, topic: Topic::Service, facts, parameters, evaluate }
}

/// RSC-01: fewer than 50 workers; a branch of a large company comes after the small companies.
fn target(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RSC-01", day, |inquiry| {
        let size = inquiry.read("service.workers")?;
        let workers = facts.count("workers");
        if let Some(workers) = workers {
            inquiry.because_of(
                format!("{workers}人です。{size}人未満の事業場が利用できます。"),
                &[("workers", workers), ("limit", size)],
            );
        }
        let small = workers.map(|workers| workers < size).into();
        inquiry.decide(&[(small, "workers")], Conclusion::Allowed, Conclusion::NotRequired);
        if inquiry.is(Conclusion::NotRequired) {
            inquiry.because("その事業場で選任されている産業医に相談します。");
        } else if facts.flag("large_company") == Some(true) {
            inquiry.read("service.priority")?;
            inquiry.because("大企業の支店や営業所は、企業の規模が小さい事業場の後になります。");
        }
        Ok(())
    })
}

/// RSC-02: the opinion by a 産業医 only, guidance also by a 保健師 whom he asks, mental also by all three.
fn who(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RSC-02", day, |inquiry| {
        inquiry.read("service.roles")?;
        let (Some(service), Some(role)) = (facts.choice("service"), facts.choice("role")) else {
            let open = [(facts.choice("service").is_none(), "service"), (facts.choice("role").is_none(), "role")];
            inquiry.lacks_open(&open);
            return Ok(());
        };
        let asked = facts.flag("physician_asked") == Some(true);
        let may = match (service, role) {
            (_, "physician") | ("mental", _) | ("interview", "mental_physician") => true,
            ("guidance", "nurse") => asked,
            _ => false,
        };
        inquiry.because(if may {
            "この人が行えます。"
        } else {
            "この人は行えません。行える人に替わります。"
        });
        inquiry.conclude(if may { Conclusion::Allowed } else { Conclusion::Required });
        Ok(())
    })
}

/// The year in which the fiscal year of `day` begins.
fn fiscal_year(day: Day, first_month: i64) -> i32 {
    day.year() - i32::from(i64::from(day.month()) < first_month)
}

/// RSC-03: free, but half the honorarium for a repeat in the fiscal year, paid before.
fn fee(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RSC-03", day, |inquiry| {
        let month = inquiry.read("service.year.month")?;
        let share = inquiry.read("service.fee.share")?;
        let (Some(service), Some(earlier)) = (facts.choice("service"), facts.days("earlier_days")) else {
            let open = [
                (facts.choice("service").is_none(), "service"),
                (facts.days("earlier_days").is_none(), "earlier_days"),
            ];
            inquiry.lacks_open(&open);
            return Ok(());
        };
        let same_year = |other: &&Day| **other < day && fiscal_year(**other, month) == fiscal_year(day, month);
        let repeated = earlier.iter().filter(same_year).count() > 0;
        let charged = match service {
            "opinion" => false,
            "mental" => repeated && facts.flag("referred") == Some(true),
            _ => repeated,
        };
        say_fee(inquiry, charged, share);
        Ok(())
    })
}

fn say_fee(inquiry: &mut Inquiry<'_>, charged: bool, share: i64) {
    if charged {
        let text =
            format!("同じ年度の2回目からなので、謝金の {share}分の1 を標準とする利用料を、先に振込で受け取ります。");
        inquiry.because_of(text, &[("share", share)]);
    } else {
        inquiry.because("利用料はかかりません。");
    }
    inquiry.conclude(if charged { Conclusion::Required } else { Conclusion::NotRequired });
}

/// RSC-05: as RET-KEEP answers for these records.
fn keep(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RSC-05", day, |inquiry| {
        let Some(made) = facts.day("made_on") else {
            inquiry.read("retention.regional_center")?;
            inquiry.lacks(&["made_on"]);
            return Ok(());
        };
        let due = inquiry.due_after(made, "retention.regional_center")?;
        inquiry.because(format!("{} まで保存します。捨てるときも健康情報の保護に気をつけます。", due.last));
        inquiry.conclude(Conclusion::Required);
        Ok(())
    })
}

/// RSC-07: not a diagnosis; what was advised is written down.
fn referral(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RSC-07", day, |inquiry| {
        inquiry.read("service.referral")?;
        inquiry.because("メンタル相談は診断ではありません。受診を勧めたときは、その旨を記録票に記します。");
        let unwritten = Condition::from(Some(facts.flag("recorded") != Some(true)));
        let conditions = [(facts.flag("referred").into(), "referred"), (unwritten, "recorded")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// RSC-08: without a request before it is 周知啓発の個別相談, except a mental consultation.
fn counted(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "RSC-08", day, |inquiry| {
        inquiry.read("service.booking")?;
        let mental = Condition::from(facts.choice("service").map(|service| service == "mental"));
        let counts = mental.or(facts.flag("booked").into());
        let open = if facts.flag("booked").is_none() { "booked" } else { "service" };
        inquiry.decide(&[(counts, open)], Conclusion::Required, Conclusion::NotRequired);
        say_counted(inquiry)
    })
}

fn say_counted(inquiry: &mut Inquiry<'_>) -> Result<(), Stop> {
    if inquiry.is(Conclusion::Required) {
        inquiry.because("特定健康相談又は面接指導の実績に数えます。");
    } else if inquiry.is(Conclusion::NotRequired) {
        inquiry.because("事前の申出がないので、周知啓発の個別相談として扱い、実績に数えません。");
    }
    Ok(())
}
