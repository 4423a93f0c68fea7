//! Seven kinds of invented establishments, and names for more of them. No place, number or firm is real.

use crate::domain::Day;
use crate::domain::EstablishmentId;
use crate::domain::establishment::{Committee, Engagement, Establishment, HoursMeans};
use crate::domain::time::{after_days, month_end};

/// What an establishment of the demo is like.
#[derive(Debug)]
pub(super) struct Company {
    name: &'static str,
    short: &'static str,
    employer: &'static str,
    industry: &'static str,
    /// 部署
    pub departments: &'static [&'static str],
    /// Places of the patrol, in the order of the walk.
    pub places: &'static [&'static str],
    /// How hours are taken down: by what, in its own words, and what the physician thinks of it.
    pub method: (HoursMeans, &'static str, &'static str),
    /// Closing day at first.
    pub closing: u32,
    /// Seven months ago the closing day became this one.
    pub new_closing: Option<u32>,
    /// Months between patrols.
    pub rhythm: u32,
    /// The contract began in July of this year.
    is_new: bool,
    /// The contract ends soon.
    is_ending: bool,
    /// Fewer than fifty workers (労働安全衛生法施行令5条).
    pub is_small: bool,
}

const PLAIN: Company = Company {
    name: "",
    short: "",
    employer: "",
    industry: "",
    departments: &["総務課", "業務課"],
    places: &["事務所", "休憩室"],
    method: (HoursMeans::Other, "", ""),
    closing: 31,
    new_closing: None,
    rhythm: 1,
    is_new: false,
    is_ending: false,
    is_small: false,
};

/// The kinds; establishment number n is of kind n mod 7.
pub(super) const COMPANIES: [Company; 7] = [
    Company {
        name: "あかつき精機 本社工場",
        short: "あかつき",
        employer: "あかつき精機株式会社",
        industry: "金属製品製造業",
        departments: &["製造技術課", "鋳造課", "品質保証課", "設計課", "購買課", "検査課", "倉庫課", "総務課"],
        places: &["第2工場 鋳造", "第2工場 仕上", "事務所 2階", "休憩室"],
        method: (HoursMeans::Timecard, "ICカード。残業は申請とつき合わせる。", "申請のない居残りが残る。"),
        ..PLAIN
    },
    Company {
        name: "北浜ロジスティクス 中央センター",
        short: "北浜ロジ",
        employer: "株式会社北浜ロジスティクス",
        industry: "道路貨物運送業",
        departments: &["配車課", "庫内一課", "庫内二課", "設備課", "業務課"],
        places: &["荷さばき場", "冷蔵庫", "充電場", "事務所"],
        method: (HoursMeans::Timecard, "点呼の記録と打刻。出先は運行記録計で補う。", ""),
        closing: 20,
        is_ending: true,
        ..PLAIN
    },
    Company {
        name: "みなと惣菜 第二工場",
        short: "みなと第二",
        employer: "みなと惣菜株式会社",
        industry: "食料品製造業",
        departments: &["製造一課", "製造二課", "包装課", "品質管理課", "出荷課"],
        places: &["加熱室", "包装室", "冷蔵庫前室", "更衣室"],
        method: (HoursMeans::Timecard, "着替えの時間を含む。", ""),
        rhythm: 2,
        ..PLAIN
    },
    Company {
        name: "あおば計算センター",
        short: "あおば計算",
        employer: "あおば計算センター株式会社",
        industry: "情報サービス業",
        departments: &["開発一課", "開発二課", "運用課", "企画課", "総務課"],
        places: &["開発室 3階", "運用室", "休養室"],
        method: (HoursMeans::Computer, "自宅で働く日は自己申告とつき合わせる。", ""),
        closing: 20,
        new_closing: Some(31),
        rhythm: 2,
        ..PLAIN
    },
    Company {
        name: "しらかば館 介護センター",
        short: "しらかば館",
        employer: "社会福祉法人しらかば会",
        industry: "社会福祉施設",
        departments: &["介護一課", "介護二課", "看護課", "栄養課", "事務課"],
        places: &["浴室", "居室 2階", "厨房", "夜勤者の仮眠室"],
        method: (HoursMeans::Timecard, "勤務表と打刻。", "0.1時間に丸めて届く。"),
        ..PLAIN
    },
    Company {
        name: "千鳥化成 研究所",
        short: "千鳥研究所",
        employer: "千鳥化成株式会社",
        industry: "化学工業",
        departments: &["合成研究室", "分析研究室", "応用研究室", "安全環境室", "管理室"],
        places: &["実験室 A", "実験室 B", "薬品庫", "排水処理場"],
        method: (HoursMeans::Declared, "入退館の記録とつき合わせる。", ""),
        is_new: true,
        ..PLAIN
    },
    Company {
        name: "若宮建材 本店",
        short: "若宮建材",
        employer: "若宮建材株式会社",
        industry: "建築材料卸売業",
        departments: &["営業課", "配送課", "経理課"],
        places: &["倉庫", "事務所"],
        method: (HoursMeans::Declared, "出勤簿。", "残業の申告に上限がないかを確かめる。"),
        is_small: true,
        ..PLAIN
    },
];

const MORE: [&str; 12] = [
    "ひなた",
    "つばめ",
    "こだま",
    "みずほ野",
    "あさぎり",
    "はやぶさ",
    "すずらん",
    "いぶき",
    "かえで",
    "うしお",
    "ほたる",
    "たちばな",
];

/// The company of an establishment.
pub(super) fn of(index: usize) -> &'static Company {
    const FALLBACK: &Company = &PLAIN;
    COMPANIES.get(index % COMPANIES.len()).unwrap_or(FALLBACK)
}

/// The name of the `index`-th establishment; those after the first seven get one of [`MORE`] and a number.
fn names(company: &Company, index: usize) -> (String, String) {
    let Some(extra) = index.checked_sub(COMPANIES.len()) else {
        return (company.name.to_owned(), company.short.to_owned());
    };
    let word = MORE.get(extra % MORE.len()).copied().unwrap_or_default();
    let round = extra / MORE.len();
    let number = if round == 0 { String::new() } else { (round + 1).to_string() };
    (format!("{word}{number} {}", company.industry), format!("{word}{number}"))
}

/// The establishment with every field that forms and reports want.
pub(super) fn establishment(index: usize, today: Day) -> Establishment {
    let company = of(index);
    let (name, short_name) = names(company, index);
    let number = u32::try_from(index).unwrap_or(u32::MAX - 1) + 1;
    let from =
        if company.is_new { Day::from_ymd_opt(year(today), 7, 1) } else { Day::from_ymd_opt(year(today) - 3, 4, 1) };
    let from = from.filter(|from| *from < today).or_else(|| Day::from_ymd_opt(year(today) - 1, 7, 1));
    Establishment {
        name,
        short_name,
        employer: if index < COMPANIES.len() { company.employer.to_owned() } else { String::new() },
        address: format!("見本県みどり市東町{}丁目{}番{}号", number % 9 + 1, number, number * 3),
        phone: format!("000-0000-{:04}", 1000 + number * 10),
        fax: format!("000-0000-{:04}", 1001 + number * 10),
        industry: company.industry.to_owned(),
        insurance_number: format!("00-0-00-{number:06}-000"),
        engagement: Engagement::PartTime,
        appointed_on: from,
        appointment_reported_on: from.filter(|_| !company.is_new).map(|day| after_days(day, 9)),
        contract_from: from,
        contract_until: company.is_ending.then(|| month_end(after_days(today, 41))),
        committee: if company.is_small { Committee::None } else { Committee::Health },
        ..Establishment::new(EstablishmentId::new(number))
    }
}

fn year(day: Day) -> i32 {
    chrono::Datelike::year(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_fit_and_are_all_different() {
        let today = "2026-11-20".parse().unwrap();
        let short: std::collections::BTreeSet<String> = (0..30).map(|i| establishment(i, today).short_name).collect();
        assert_eq!(short.len(), 30);
        assert!(short.iter().all(|name| name.chars().count() <= 6));
    }

    #[test]
    fn every_place_is_invented() {
        let today = "2026-11-20".parse().unwrap();
        for index in 0..30 {
            let establishment = establishment(index, today);
            assert!(establishment.address.starts_with("見本県") && establishment.phone.starts_with("000-"));
        }
    }
}
