//! Sample views with invented people.

use super::super::form;
use super::super::view::{Disclosed, Row, Section, Table};

fn blank(name: &str) -> Disclosed {
    let form = form(name).unwrap();
    Disclosed {
        form: form.name.into(),
        title: form.title.into(),
        number: "E01-2026-0012".into(),
        version: 1,
        footer: vec!["控え照合 E01 #000482 7f3a09c1 5be244d0 a1c90e77 2b6f91d3".into()],
        ..Disclosed::default()
    }
}

/// A typical opinion, the employer's copy.
pub fn opinion() -> Disclosed {
    Disclosed {
        recipient: "事業者用".into(),
        sections: vec![subject(), report(), measures()],
        notes: vec![
            "この書面は、面接指導の結果のうち就業上の措置に必要な事項だけを記載したものです。労働安全衛生規則第52条の6により5年間保存してください。"
                .into(),
        ],
        place_date: "2026年11月21日".into(),
        signer: signer(),
        ..blank("opinion")
    }
}

/// The workplace's copy: who, which measures, how long; nothing of the interview.
pub fn opinion_for_workplace() -> Disclosed {
    Disclosed { recipient: "職場用".into(), sections: vec![subject(), measures()], notes: Vec::new(), ..opinion() }
}

/// The worker's copy, with the advice given.
pub fn opinion_for_worker() -> Disclosed {
    let advice = "寝る前1時間は仕事の連絡から離れてください。\n眠れない日が2週間続くときは、早めにご相談ください。";
    let mut view = Disclosed { recipient: "本人用".into(), demo: true, ..opinion() };
    view.sections.push(Section {
        heading: "本人への指導".into(),
        rows: vec![Row::text("お伝えしたこと", advice)],
        ..Section::default()
    });
    view
}

/// The form of 2011 with names that need a second font.
pub fn opinion_2011() -> Disclosed {
    Disclosed {
        recipient: "事業者用（様式例2-3）".into(),
        approvals: ["事業所長", "人事", "部長", "課長"].map(String::from).to_vec(),
        sections: vec![subject_2011(), report_2011(), measures_2011()],
        place_date: "2026年11月21日".into(),
        signer: signer(),
        seal: "印".into(),
        ..blank("opinion_2011")
    }
}

/// The report of a patrol.
pub fn patrol_report() -> Disclosed {
    let good = vec![Row::text("第一組立", "作業環境、作業"), Row::text("塗装室", "救急・緊急")];
    let found = vec![
        Row::half("区分", "5S・通路"),
        Row::half("危険", "直ちに"),
        Row::text("指摘", "非常口の前に台車が置かれている"),
        Row::text("その場の措置", "13:32　台車を退避場所へ移した"),
        Row::text("産業医の意見", "台車の置き場を決め、床に表示してください。"),
    ];
    let section = |heading: &str, rows| Section { heading: heading.into(), rows, ..Section::default() };
    Disclosed {
        recipient: "事業者用".into(),
        sections: vec![
            section("良好だった項目", good),
            section("指摘 1　第二組立", found),
            Section { heading: "前回までの指摘".into(), table: Some(findings()), ..Section::default() },
        ],
        notes: vec!["指摘への対応は、期限までに産業医へお知らせください。".into()],
        place_date: "2026年11月21日".into(),
        signer: signer(),
        ..blank("patrol_report")
    }
}

/// A patrol sheet to take along.
pub fn patrol_sheet() -> Disclosed {
    Disclosed {
        recipient: "産業医控え".into(),
        sections: vec![
            visit(),
            Section {
                heading: "前回までの未完了の指摘".into(), table: Some(findings()), ..Section::default()
            },
            Section { heading: "点検項目".into(), table: Some(checklist()), ..Section::default() },
            Section { heading: "気付いたこと".into(), blank_lines: 5, ..Section::default() },
        ],
        ..blank("patrol_sheet")
    }
}

/// A visit brief.
pub fn brief() -> Disclosed {
    let table = Table {
        head: ["期限", "件名", "対象", "根拠"].map(String::from).to_vec(),
        widths: vec![3, 5, 4, 5],
        rows: vec![
            ["11月28日", "面接指導", "E01-W0007", "安衛則第52条の3"].map(String::from).to_vec(),
            ["12月21日", "意見の提出", "E01-W0012", "安衛則第52条の7"].map(String::from).to_vec(),
        ],
        blank_rows: 0,
    };
    Disclosed {
        recipient: "産業医用".into(),
        sections: vec![
            visit(),
            Section { heading: "期限のある仕事".into(), table: Some(table), ..Section::default() },
            Section { heading: "覚え書き".into(), blank_lines: 6, ..Section::default() },
        ],
        ..blank("brief")
    }
}

/// Every sample.
pub fn all() -> Vec<Disclosed> {
    let opinions = [opinion(), opinion_for_workplace(), opinion_for_worker(), opinion_2011()];
    opinions.into_iter().chain([patrol_report(), patrol_sheet(), brief()]).collect()
}

/// The signature block of the sample physician.
pub fn signer() -> Vec<Row> {
    vec![
        Row::text("医師の所属先", "水野産業医事務所"),
        Row::text("医師氏名", "水野 遥"),
        Row::text("署名の指紋", "0A1B 2C3D 4E5F 6071 8293 A4B5 C6D7 E8F9\n0A1B 2C3D 4E5F 6071 8293 A4B5 C6D7 E8F9"),
    ]
}

fn subject() -> Section {
    Section {
        heading: "対象者".into(),
        rows: vec![
            Row::text("事業場", "あかつき精機 本社工場"),
            Row::half("氏名", "佐伯 美咲"),
            Row::half("所属", "製造部 組立二課"),
            Row::half("性別・年齢", "女 41歳"),
            Row::half("面接指導日", "2026年11月21日"),
        ],
        ..Section::default()
    }
}

fn report() -> Section {
    Section {
        heading: "面接指導結果報告書".into(),
        rows: vec![
            Row::text(
                "勤務の状況",
                "2026年10月（10月1日から10月31日）の時間外・休日労働 91時間24分。深夜業 月2回。納期前の突発的な作業と、休日の呼出しが重なっています。",
            ),
            Row::options("疲労の蓄積の状況", &[("0", "（低）"), ("1", ""), ("2", ""), ("3", "（高）")], &["2"]),
            Row {
                value: "眠りが浅い状態が続いています。".into(),
                ..Row::options("その他の心身の状況", &[("0", "所見なし"), ("1", "所見あり")], &["1"])
            },
            Row::options(
                "本人への指導区分",
                &[
                    ("0", "措置不要"),
                    ("1", "要保健指導"),
                    ("2", "要経過観察"),
                    ("3", "要再面接（2027年1月頃）"),
                    ("4", "現病治療継続又は医療機関紹介"),
                ],
                &["1", "3"],
            ),
        ],
        ..Section::default()
    }
}

fn measures() -> Section {
    let hours = [
        ("0", "特に指示なし"),
        ("1", "時間外労働の制限 45時間/月まで"),
        ("2", "時間外労働の禁止"),
        ("3", "就業時間を制限"),
        ("4", "変形労働時間制または裁量労働制の対象からの除外"),
        ("5", "就業の禁止（休暇・休養の指示）"),
        ("6", "その他"),
    ];
    let other = [
        ("a", "就業場所の変更"),
        ("b", "作業の転換"),
        ("c", "深夜業の回数の減少"),
        ("d", "昼間勤務への転換"),
        ("e", "その他"),
    ];
    Section {
        heading: "就業上の措置に係る意見書".into(),
        rows: vec![
            Row::options("就業区分", &[("0", "通常勤務"), ("1", "就業制限・配慮"), ("2", "要休業")], &["1"]),
            Row::options("労働時間の短縮", &hours, &["1"]),
            Row {
                value: "1) 深夜業は月1回までとしてください。\n2) 休日の呼出しの当番から外してください。".into(),
                ..Row::options("労働時間以外の項目", &other, &["c"])
            },
            Row::text("措置期間", "2026年12月1日から2027年1月31日まで（次回面接予定日 2027年1月20日）"),
            Row::text("職場環境の改善に関する意見", "納期前の増員と、作業の割当ての見直しを検討してください。"),
            Row::text("医療機関への受診配慮等", "月1回、平日午後の受診の時間を確保してください。"),
            Row::text(
                "その他（連絡事項等）",
                "措置を講じたとき、または講じないときは、その内容と理由をお知らせください。",
            ),
        ],
        ..Section::default()
    }
}

fn subject_2011() -> Section {
    Section {
        heading: "面接指導結果報告書".into(),
        rows: vec![
            Row::half("事業場名", "あかつき精機 本社工場"),
            Row::half("電話", "000-0000-0000"),
            Row::half("氏名", "髙橋 﨑子"),
            Row::half("所属", "𠮷野事業部 営業課"),
            Row::half("性別", "女"),
            Row::half("年齢", "52歳"),
        ],
        ..Section::default()
    }
}

fn report_2011() -> Section {
    Section {
        rows: vec![
            Row::options("疲労の蓄積の状況", &[("0", "なし"), ("1", "軽"), ("2", "中"), ("3", "重")], &["1"]),
            Row::options("配慮すべき心身の状況", &[("0", "なし"), ("1", "あり")], &["0"]),
            Row::options("診断区分", &[("0", "異常なし"), ("1", "要観察"), ("2", "要医療")], &["1"]),
            Row::options("就業区分", &[("0", "通常勤務"), ("1", "就業制限"), ("2", "要休業")], &["1"]),
            Row::options("指導区分", &[("0", "指導不要"), ("1", "要保健指導"), ("2", "要医療指導")], &["1"]),
            Row::options("事後措置として指導勧告の必要性", &[("0", "不要"), ("1", "要")], &["1"]),
        ],
        ..Section::default()
    }
}

fn measures_2011() -> Section {
    let hours = [
        ("0", "特に指示なし"),
        ("1", "時間外労働の制限 30時間/月まで"),
        ("2", "就業時間を制限"),
        ("3", "就業の禁止（休暇・休養の指示）"),
        ("4", "その他"),
    ];
    Section {
        heading: "事後措置に係る意見書".into(),
        rows: vec![
            Row::options("労働時間の短縮", &hours, &["1"]),
            Row::text("労働時間以外の項目", "1) 昼間勤務への転換\n2) 出張は月1回まで"),
            Row::text("措置期間", "2月（次回面接予定日 2027年1月20日）"),
            Row::text("医療機関への受診配慮等", "特になし"),
            Row::text("連絡事項等", "特になし"),
        ],
        ..Section::default()
    }
}

fn visit() -> Section {
    Section {
        rows: vec![
            Row::half("事業場", "あかつき精機 本社工場"),
            Row::half("訪問日", "2026年11月25日"),
            Row::half("同行者", ""),
            Row::half("前回", "2026年10月21日"),
        ],
        ..Section::default()
    }
}

fn findings() -> Table {
    Table {
        head: ["指摘日", "場所", "指摘", "約束の日", "今日の状態"].map(String::from).to_vec(),
        widths: vec![3, 3, 7, 3, 4],
        rows: vec![
            ["10月21日", "第二組立", "非常口の前に台車が置かれている", "11月10日", ""].map(String::from).to_vec(),
            ["9月16日", "塗装室", "局所排気装置の点検表が8月から空欄", "10月31日", ""].map(String::from).to_vec(),
        ],
        blank_rows: 0,
    }
}

fn checklist() -> Table {
    let places = ["第一組立", "第二組立", "塗装室"];
    let items = [
        ("通路", "通路の幅が保たれ、床に物がない"),
        ("設備", "機械の覆いと非常停止が使える"),
        ("環境", "照度、温度、換気に無理がない"),
    ];
    let row = |place: &str, (kind, item): (&str, &str)| [place, kind, item, "良・否", ""].map(String::from).to_vec();
    Table {
        head: ["場所", "区分", "点検項目", "結果", "所見"].map(String::from).to_vec(),
        widths: vec![3, 2, 7, 2, 6],
        rows: places.iter().flat_map(|place| items.map(|item| row(place, item))).collect(),
        blank_rows: 1,
    }
}
