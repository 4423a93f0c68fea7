use super::*;
use crate::domain::{EstablishmentId, Prefix};

pub(in super::super) fn worker(position: u32, number: &str, name: &str, kana: &str) -> Worker {
    Worker {
        number: number.into(),
        name: name.into(),
        kana: kana.into(),
        ..Worker::new(Id::new(&EstablishmentId::new(1), Prefix::Worker, position))
    }
}

fn roster() -> Vec<Worker> {
    vec![
        worker(1, "0101", "髙田 実", "たかだ みのる"),
        worker(2, "102", "高橋 一郎", "たかはし いちろう"),
        worker(3, "103", "高橋 一郎", "たかはし いちろう"),
        worker(4, "", "桐山 勇", "きりやま いさむ"),
        worker(5, "105", "室井 あや", "むろい あや"),
        worker(6, "105", "若林 岳", "わかばやし がく"),
        worker(7, "107", "中島 純", "なかじま じゅん"),
        worker(8, "108", "中島 純", "なかしま すなお"),
    ]
}

fn found(number: &str, name: &str, kana: &str) -> Match {
    let (roster, decisions) = (roster(), Decisions::default());
    People::new(&roster, &decisions).find(&Named { number, name, kana, birth: None }).who
}

fn doubt(number: &str, name: &str, kana: &str) -> Option<Doubt> {
    match found(number, name, kana) {
        Match::Doubtful(_, doubt) => Some(doubt),
        _ => None,
    }
}

#[test]
fn a_number_with_the_same_name_or_none_is_a_match() {
    assert_eq!(found("0101", "髙田　実", ""), Match::Known(0));
    assert_eq!(found("１０１", "", ""), Match::Known(0), "leading zeros and width");
    assert_eq!(found("105", "若林岳", ""), Match::Known(5), "a number used twice, told apart by name");
}

#[test]
fn what_is_not_plain_is_a_question() {
    let cases = [
        (("0101", "高田実", ""), Doubt::NameVariant),
        (("0101", "山本実", ""), Doubt::OtherName),
        (("105", "", ""), Doubt::NumberTwice),
        (("", "高橋一郎", ""), Doubt::SameNameTwice),
        (("999", "室井あや", ""), Doubt::OtherNumber),
        (("", "高田実", ""), Doubt::NameVariant),
        (("", "桐山勇", "きりやま ゆう"), Doubt::OtherKana),
    ];
    for ((number, name, kana), expected) in cases {
        assert_eq!(doubt(number, name, kana), Some(expected), "{number} {name}");
    }
}

#[test]
fn a_name_matches_where_it_is_alone() {
    assert_eq!(found("", "桐山 勇", ""), Match::Known(3));
    assert_eq!(found("104", "桐山 勇", "ｷﾘﾔﾏ ｲｻﾑ"), Match::Known(3), "a number that the roster lacked");
    assert_eq!(found("", "中島 純", "ナカシマ スナオ"), Match::Known(7), "kana tells namesakes apart");
}

#[test]
fn strangers_are_new_and_nobody_is_refused() {
    assert_eq!(found("999", "新田 望", ""), Match::New);
    assert_eq!(found("", "", "にった"), Match::Refused(Why::NoPerson));
}

/// A title or an honorific makes nobody new, and a name that only ends like another is no question.
#[test]
fn a_known_name_within_other_words_is_a_candidate() {
    for words in
        ["桐山 勇課長", "桐山勇 様", "桐山勇さん", "（兼）桐山 勇", "桐山勇(兼)", "部長　桐山　勇", "髙橋一郎様"]
    {
        assert_eq!(doubt("999", words, ""), Some(Doubt::NameWithin), "{words}");
    }
    assert_eq!(found("", "桐山 勇課長", ""), Match::Doubtful(vec![3], Doubt::NameWithin));
    assert_eq!(found("0101", "高田 実部長", ""), Match::Doubtful(vec![0], Doubt::NameWithin));
    let roster = [worker(1, "1", "林 武", "")];
    let decisions = Decisions::default();
    let people = People::new(&roster, &decisions);
    assert!(!people.find(&Named { number: "1", name: "小林 武", ..Named::default() }).is_linked);
    let found = |name| people.find(&Named { name, ..Named::default() }).who;
    assert_eq!(found("小林 武"), Match::New);
    assert_eq!(found("（兼）林 武"), Match::Doubtful(vec![0], Doubt::NameWithin));
    assert_eq!(found(&"長い".repeat(4_000)), Match::New);
}

/// What links a row with the roster: a name, a reading or a birth date, or a number beside which nothing else is told.
#[test]
fn a_number_beside_another_name_links_with_nobody() {
    let mut roster = roster();
    roster[4].birth = Some("1980-01-01".parse().unwrap());
    let decisions = Decisions::default();
    let people = People::new(&roster, &decisions);
    let is_linked = |number, name, kana, birth: &str| {
        people.find(&Named { number, name, kana, birth: birth.parse().ok() }).is_linked
    };
    for (number, name, kana, birth) in [
        ("0101", "別山 一郎", "", ""),
        ("0101", "別山 一郎", "べつやま いちろう", "1980-01-01"),
        ("0101", "", "べつやま いちろう", ""),
        ("999", "別山 一郎", "", ""),
    ] {
        assert!(!is_linked(number, name, kana, birth), "{number} {name} {kana} {birth}");
    }
    for (number, name, kana, birth) in [
        ("0101", "", "", ""),
        ("0101", "高田 実", "", ""),
        ("0101", "室井 あや", "", ""),
        ("0101", "髙田 実様", "", ""),
        ("0101", "田中 実", "たかだ みのる", ""),
        ("999", "室井 あや", "", ""),
    ] {
        assert!(is_linked(number, name, kana, birth), "{number} {name} {kana} {birth}");
    }
}

#[test]
fn people_are_counted_once_and_a_bare_number_is_of_the_name_beside_it() {
    let (roster, decisions) = (roster(), Decisions::default());
    let people = People::new(&roster, &decisions);
    let met = |rows: &[(&'static str, &'static str)]| {
        let named = rows.iter().map(|(number, name)| Named { number, name, ..Named::default() });
        people.meet(named)
    };
    let stranger = [("900", "別山 一郎"), ("900", "別山　一郎"), ("900", ""), ("900", "別山 一郎")];
    assert_eq!(met(&stranger).strangers, Some(Strangers { known: 0, people: 1 }));
    assert_eq!(met(&[("0101", "髙田 実"), ("101", "高田 実"), ("900", "別山 一郎")]), Met::default());
    let unnamed = met(&[("0101", ""), ("107", "")]);
    assert_eq!((unnamed.strangers, unnamed.is_unnamed), (None, true));
}

#[test]
fn kana_and_birth_date_name_one_person_and_kana_alone_asks() {
    let mut roster = roster();
    let birth = |text: &str| Some(text.parse().unwrap());
    roster[3].birth = birth("1977-04-18");
    let decisions = Decisions::default();
    let people = People::new(&roster, &decisions);
    let found = |kana, birth| people.find(&Named { kana, birth, ..Named::default() }).who;
    assert_eq!(found("ｷﾘﾔﾏ ｲｻﾑ", birth("1977-04-18")), Match::Known(3));
    assert_eq!(found("ｷﾘﾔﾏ ｲｻﾑ", birth("1977-04-19")), Match::Doubtful(vec![3], Doubt::OtherBirth));
    assert_eq!(found("ムロイ アヤ", birth("1990-01-01")), Match::Doubtful(vec![4], Doubt::KanaOnly));
    assert_eq!(found("ニッタ", birth("1990-01-01")), Match::New);
    assert_eq!(found("キリヤマ イサム", None), Match::Refused(Why::NoPerson));
}

/// A number alone decides only while kana and birth date do not speak against its owner.
#[test]
fn a_number_without_a_name_does_not_overrule_kana_or_birth_date() {
    let mut roster = roster();
    let birth = |text: &str| Some(text.parse().unwrap());
    (roster[0].birth, roster[6].birth) = (birth("1977-04-18"), birth("1985-11-02"));
    let decisions = Decisions::default();
    let people = People::new(&roster, &decisions);
    let found = |number, name, kana, birth| people.find(&Named { number, name, kana, birth }).who;
    let none = None;
    assert_eq!(found("101", "", "ﾀｶﾀﾞ ﾐﾉﾙ", birth("1977-04-18")), Match::Known(0));
    assert_eq!(
        found("101", "", "ﾅｶｼﾞﾏ ｼﾞﾕﾝ", none),
        Match::Doubtful(vec![0, 6], Doubt::OtherKana),
        "who is read so is offered"
    );
    assert_eq!(found("101", "", "", birth("1985-11-02")), Match::Doubtful(vec![0], Doubt::OtherBirth));
    assert_eq!(found("101", "タカダ　ミノル", "", none), Match::Known(0), "a name in kana is compared as kana");
    assert_eq!(found("101", "ﾀｶﾀﾞ ﾐﾉﾙ", "", birth("1985-11-02")), Match::Doubtful(vec![0], Doubt::OtherBirth));
    assert_eq!(found("107", "ﾅｶｼﾞﾏ ｼﾞﾕﾝ", "", none), Match::Known(6), "without small kana");
    assert_eq!(found("101", "ﾅｶｼﾞﾏ ｼﾞｭﾝ", "", none), Match::Doubtful(vec![0, 6], Doubt::OtherKana));
    assert_eq!(found("999", "", "ﾅｶｼﾞﾏ ｼﾞｭﾝ", birth("1985-11-02")), Match::Doubtful(vec![6], Doubt::OtherNumber));
    assert_eq!(found("", "ナカジマ ジュン", "", none), Match::Doubtful(vec![6], Doubt::KanaOnly), "nobody new");
    assert_eq!(found("", "ニッタ ノゾム", "", none), Match::New);
}

/// What was answered about one reading of a number is no answer about another.
#[test]
fn an_answer_about_a_number_holds_for_the_kana_it_was_given_for() {
    let roster = roster();
    let named = |kana| Named { number: "107", kana, ..Named::default() };
    let same = PersonDecision::Same(roster[6].id.clone());
    let decisions = Decisions { people: HashMap::from([(named("ﾅｶｼﾏ").key(), same)]), ..Decisions::default() };
    let people = People::new(&roster, &decisions);
    assert_eq!(people.find(&named("ﾅｶｼﾏ")).who, Match::Known(6));
    assert_eq!(people.find(&named("ﾀｶﾀﾞ ﾐﾉﾙ")).who, Match::Doubtful(vec![6, 0], Doubt::OtherKana));
}

#[test]
fn leavers_and_joiners_are_doubtful_in_their_period() {
    let mut roster = roster();
    roster[0].left_on = Some("2026-08-31".parse().unwrap());
    roster[3].joined_on = Some("2026-11-01".parse().unwrap());
    let decisions = Decisions::default();
    let people = People::new(&roster, &decisions);
    let october = Period::new("2026-10-01".parse().unwrap(), "2026-10-31".parse().unwrap()).unwrap();
    assert_eq!(people.doubt_in(0, october), Some(Doubt::Leaver));
    assert_eq!(people.doubt_in(3, october), Some(Doubt::NotYetJoined));
    assert_eq!(people.doubt_in(1, october), None);
}

#[test]
fn a_birth_date_contradicts() {
    let mut roster = roster();
    roster[0].birth = Some("1980-01-01".parse().unwrap());
    let decisions = Decisions::default();
    let named = Named { number: "0101", name: "髙田実", kana: "", birth: Some("1980-01-02".parse().unwrap()) };
    let found = People::new(&roster, &decisions).find(&named).who;
    assert_eq!(found, Match::Doubtful(vec![0], Doubt::OtherBirth));
}

#[test]
fn a_decision_is_obeyed_and_one_about_a_lost_worker_is_not() {
    let roster = roster();
    let named = Named { number: "0101", name: "高田実", ..Named::default() };
    let decide = |decision: PersonDecision| {
        let decisions = Decisions { people: HashMap::from([(named.key(), decision)]), ..Decisions::default() };
        People::new(&roster, &decisions).find(&named).who
    };
    assert_eq!(decide(PersonDecision::Same(roster[0].id.clone())), Match::Known(0));
    assert_eq!(decide(PersonDecision::New), Match::New);
    assert_eq!(decide(PersonDecision::Leave), Match::Left);
    let lost = Id::new(&EstablishmentId::new(1), Prefix::Worker, 99);
    assert_eq!(decide(PersonDecision::Same(lost)), Match::Doubtful(vec![0], Doubt::NameVariant));
}
