//! Which ordinary examination is owed, and by when (安衛則43条から50条の4, 577条の2).

use super::rule;
use crate::domain::Day;
use crate::law::Law;
use crate::law::facts::{Fact, Facts};
use crate::law::inquiry::{Condition, Inquiry};
use crate::law::outcome::{Conclusion, Outcome};
use crate::law::rules::Rule;
use crate::law::rules::shapes::{
    REGULAR, again, any, choice, count, day as day_fact, flag, in_time, is, is_not, is_set, long_term, optional_day,
    optional_flag, share, within,
};

const fn last(meaning: &'static str) -> Fact {
    day_fact("last_on", meaning)
}

const HIRE: &[Fact] = &[
    flag("regular", "常時使用する労働者（CHK-11）"),
    flag("done", "雇入時の健診、又は代わる証明（CHK-12）がそろった"),
];
const PERIODIC: &[Fact] =
    &[flag("regular", "常時使用する労働者（CHK-11）"), last("直近の定期健診（又は代えた健診）の日")];
const SPECIFIED: &[Fact] = &[
    flag("specified", "特定業務（安衛則13条1項3号イからカ）に常時従事する"),
    last("直近の特定業務従事者健診の日。配置替えの健診の前なら要らない"),
    optional_flag("reassigned", "この業務への配置替えで、健診がまだ。ないときは、済んでいる"),
];
const OVERSEAS: &[Fact] = &[
    choice("direction", &["out", "back"], "派遣の前か、帰国の後か"),
    count("months_abroad", "派遣の月数（予定又は実際）"),
    optional_flag("temporary", "帰国後の国内の業務が一時的。ないときは、一時的でない"),
];
const CATERING: &[Fact] = &[
    flag("catering", "事業に附属する食堂・炊事場の給食の業務に就く"),
    choice("event", &["hire", "reassignment", "none"], "雇入れ、配置替え、どちらでもない"),
];
const DENTAL: &[Fact] = &[
    flag("acid_work", "塩酸、硝酸、硫酸、亜硫酸、弗化水素、黄りん等のガス・蒸気・粉じんの場所の業務（令22条3項）"),
    last("直近の歯科健診の日。雇入れ、配置替えの健診の前なら要らない"),
    optional_flag("new_to_work", "雇入れ又は配置替えで、健診がまだ。ないときは、済んでいる"),
];
const SELF: &[Fact] = &[
    count("nights", "受診の前6か月の深夜業の回数"),
    day_fact("examined_on", "自ら受けた健診の日"),
    optional_day("submitted_on", "結果を出した日。ないときは、まだ出していない"),
];
const CHEMICAL: &[Fact] = &[
    flag("needed", "リスクアセスメントの結果、労働者の意見を聴いて、健診が要ると認めた"),
    flag("limit_exceeded", "濃度基準値を超えてばく露したおそれがある"),
];
const ORDER: &[Fact] = &[flag("ordered", "都道府県労働局長が文書で指示した")];
const REGULAR_WORK: &[Fact] = &[
    REGULAR[0],
    REGULAR[1],
    REGULAR[2],
    REGULAR[3],
    optional_flag("specified", "特定業務に従事する。ないときは、従事しない"),
];
const NIGHTS: &[Fact] = &[
    count("nights_a_week", "常態としての深夜業（22時から5時に一部でもかかる）の週の回数"),
    count("nights_a_month", "同じく月の回数"),
];
const OWN: &[Fact] = &[
    flag("own_choice", "事業者の指定した医師の健診を望まず、ほかの医師の健診を受けた"),
    day_fact("submitted_on", "結果を証明する書面を出した日"),
];

/// The rules of this part.
pub(crate) const RULES: &[Rule] = &[
    rule("CHK-01", "雇入時の健康診断", HIRE, &["checkup.hire"], hire),
    rule("CHK-02", "次の定期健康診断の期限", PERIODIC, &["checkup.periodic.years"], periodic),
    rule("CHK-03", "次の特定業務従事者の健康診断の期限", SPECIFIED, &["checkup.specified.months"], specified),
    rule("CHK-04", "海外派遣労働者の健康診断", OVERSEAS, &["checkup.overseas.months"], overseas),
    rule("CHK-05", "給食従業員の検便", CATERING, &["checkup.catering"], catering),
    rule("CHK-06", "次の歯科医師による健康診断の期限", DENTAL, &["checkup.dental.months"], dental),
    rule(
        "CHK-07",
        "自発的健康診断の結果を出せるか",
        SELF,
        &["checkup.self.nights", "checkup.self.months", "checkup.self.submission.months"],
        self_initiated,
    ),
    rule("CHK-09", "リスクアセスメント対象物健康診断", CHEMICAL, &["checkup.chemical"], chemical),
    rule("CHK-10", "臨時の健康診断", ORDER, &["checkup.ordered"], ordered),
    rule(
        "CHK-11",
        "健康診断の対象の労働者か（常時使用）",
        REGULAR_WORK,
        &[
            "checkup.worker.months",
            "checkup.worker.specified.months",
            "checkup.worker.percent",
            "checkup.worker.desirable.percent",
        ],
        worker,
    ),
    rule("CHK-14", "深夜業の特定業務に当たるか", NIGHTS, &["checkup.night.week", "checkup.night.month"], nights),
    rule("CHK-15", "自分で選んだ医師の健診と意見の期限", OWN, &["checkup.own_choice", "opinion.months"], own_choice),
];

fn hire(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-01", day, |inquiry| {
        inquiry.read("checkup.hire")?;
        inquiry.because("雇い入れるときに行います。項目の省略はできません（OMI-08）。");
        let conditions = [is(facts, "regular"), is_not(facts, "done")];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

fn periodic(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-02", day, |inquiry| again(inquiry, facts, "regular", "checkup.periodic.years"))
}

/// CHK-03: at reassignment to the work, then within every six months.
fn specified(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-03", day, |inquiry| {
        if is_set(facts, "specified") && is_set(facts, "reassigned") {
            inquiry.read("checkup.specified.months")?;
            inquiry.because("配置替えの際に行います。");
            inquiry.conclude(Conclusion::Required);
            return Ok(());
        }
        again(inquiry, facts, "specified", "checkup.specified.months")
    })
}

/// CHK-04: before a posting of that length, and after it unless the work at home is temporary.
fn overseas(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-04", day, |inquiry| {
        let limit = inquiry.read("checkup.overseas.months")?;
        let direction = facts.choice("direction");
        let enough = facts.count("months_abroad").map(|months| months >= limit);
        inquiry.because_of(
            format!("{limit} か月以上の派遣の前と、その後に国内の業務に就かせるときに行います。"),
            &[("limit", limit)],
        );
        let temporary = direction == Some("back") && is_set(facts, "temporary");
        if temporary {
            inquiry.because("一時的に就かせるときは除かれます。");
        }
        let conditions = [
            (Some(!temporary).into(), "temporary"),
            (enough.into(), "months_abroad"),
            (direction.map(|_| true).into(), "direction"),
        ];
        inquiry.decide(&conditions, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// CHK-05: only at hiring and reassignment; the article has no periodic duty.
fn catering(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-05", day, |inquiry| {
        inquiry.read("checkup.catering")?;
        let event = Condition::from(facts.choice("event").map(|event| event != "none"));
        inquiry.because("雇入れと、この業務への配置替えの際に行います。定期に行う定めはありません。");
        inquiry.decide(&[is(facts, "catering"), (event, "event")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

fn dental(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-06", day, |inquiry| {
        if is_set(facts, "acid_work") && is_set(facts, "new_to_work") {
            inquiry.read("checkup.dental.months")?;
            inquiry.because("雇入れ、配置替えの際に行います。");
            inquiry.conclude(Conclusion::Required);
            return Ok(());
        }
        again(inquiry, facts, "acid_work", "checkup.dental.months")
    })
}

/// CHK-07: a mean of nights over the months before; the paper is not accepted once its months have passed.
fn self_initiated(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-07", day, |inquiry| {
        let (nights, months) = (inquiry.read("checkup.self.nights")?, inquiry.read("checkup.self.months")?);
        let enough = facts.count("nights").map(|had| had >= nights * months);
        inquiry.because_of(
            format!(
                "前の {months} か月を平均して月 {nights} 回以上（合わせて {} 回以上）の人が対象です。",
                nights * months
            ),
            &[("needed", nights * months)],
        );
        let mut conditions =
            vec![(enough.into(), "nights"), (Condition::from(facts.day("examined_on").map(|_| true)), "examined_on")];
        if let Some(examined) = facts.day("examined_on") {
            let due = within(inquiry, examined, "checkup.self.submission.months")?;
            let in_time = facts.day("submitted_on").is_none_or(|submitted| in_time(inquiry, submitted, due));
            conditions.push((Some(in_time).into(), "submitted_on"));
        }
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::NotRequired);
        Ok(())
    })
}

/// CHK-09: 3項 by the assessment, 4項 at once where the limit may have been exceeded.
fn chemical(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-09", day, |inquiry| {
        inquiry.read("checkup.chemical")?;
        if is_set(facts, "limit_exceeded") {
            inquiry.because("濃度基準値を超えたおそれがあるときは、速やかに行います。");
        }
        let grounds = [is(facts, "needed"), is(facts, "limit_exceeded")];
        any(inquiry, &grounds, Conclusion::Required, Conclusion::NotRequired);
        inquiry.because("項目は医師又は歯科医師が決めます。");
        Ok(())
    })
}

fn ordered(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-10", day, |inquiry| {
        inquiry.read("checkup.ordered")?;
        inquiry.decide(&[is(facts, "ordered")], Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// CHK-11: below the share of the duty but not below the other one, the examination is desirable.
fn worker(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-11", day, |inquiry| {
        let months =
            if is_set(facts, "specified") { "checkup.worker.specified.months" } else { "checkup.worker.months" };
        let (months, percent) = (inquiry.read(months)?, inquiry.read("checkup.worker.percent")?);
        let desirable = inquiry.read("checkup.worker.desirable.percent")?;
        let text =
            format!("期間の定めがないか {months} か月以上で、週の時間が通常の労働者の {percent}% 以上の人が対象です。");
        inquiry.because_of(text, &[("months", months), ("percent", percent)]);
        let term = long_term(facts, months);
        inquiry.decide(&[term, share(facts, percent)], Conclusion::Required, Conclusion::NotRequired);
        if inquiry.is(Conclusion::NotRequired)
            && term.0 == Condition::Yes
            && share(facts, desirable).0 == Condition::Yes
        {
            inquiry.because(format!("{desirable}% 以上なので、行うことが望まれます。"));
            inquiry.conclude(Conclusion::Effort);
        }
        Ok(())
    })
}

/// CHK-14: 昭23.10.1 基発1456号.
fn nights(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-14", day, |inquiry| {
        let (week, month) = (inquiry.read("checkup.night.week")?, inquiry.read("checkup.night.month")?);
        let text = format!("常態として深夜業を週 {week} 回以上、又は月 {month} 回以上行う業務が当たります。");
        inquiry.because_of(text, &[("week", week), ("month", month)]);
        let weekly = Condition::from(facts.count("nights_a_week").map(|nights| nights >= week));
        let monthly = Condition::from(facts.count("nights_a_month").map(|nights| nights >= month));
        let either = [(weekly, "nights_a_week"), (monthly, "nights_a_month")];
        any(inquiry, &either, Conclusion::Required, Conclusion::NotRequired);
        Ok(())
    })
}

/// CHK-15: 法66条5項ただし書; then the clock of the opinion starts at the submission.
fn own_choice(law: &Law, day: Day, facts: &Facts) -> Outcome {
    Inquiry::run(law, "CHK-15", day, |inquiry| {
        inquiry.read("checkup.own_choice")?;
        let submitted = facts.day("submitted_on");
        let conditions = [is(facts, "own_choice"), (submitted.map(|_| true).into(), "submitted_on")];
        inquiry.decide(&conditions, Conclusion::Allowed, Conclusion::NotRequired);
        match submitted.filter(|_| inquiry.is(Conclusion::Allowed)) {
            Some(submitted) => {
                inquiry.because("医師の意見を聴く期限は、結果が出された日から数えます。");
                within(inquiry, submitted, "opinion.months").map(|_| ())
            }
            None => Ok(()),
        }
    })
}
