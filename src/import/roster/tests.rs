use proptest::prelude::*;

use super::super::people::PersonDecision;
use super::super::people::tests::worker;
use super::super::profile::propose_roster;
use super::super::source::read;
use super::*;
use crate::domain::EstablishmentId;
use crate::domain::worker::{Sex, SexCodes};

const HEADER: &str = "社員番号,氏名,フリガナ,性別,生年月日,所属,役職,入社日,退職日,区分";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[derive(Default)]
struct World {
    roster: Vec<Worker>,
    attributes: Vec<WorkerAttribute>,
    decisions: Decisions,
    sex_codes: Option<SexCodes>,
}

impl World {
    fn preview(&self, rows: &str) -> Preview {
        let table = read(format!("{HEADER}\n{rows}").as_bytes()).unwrap();
        let mut profile = propose_roster(&table.header).profile;
        profile.sex_codes = self.sex_codes;
        let (roster, attributes, decisions) = (&self.roster, &self.attributes, &self.decisions);
        let day = day("2026-11-20");
        let input = Input { table: &table, profile: &profile, roster, attributes, decisions, day };
        let preview = preview(&input).unwrap();
        assert_eq!(preview.accounted(), preview.rows);
        preview
    }

    fn import(&mut self, rows: &str) -> Accepted {
        let (site, mut next) = (EstablishmentId::new(1), self.roster.len() as u32 + 10);
        let accepted = self.preview(rows).accept(day("2026-11-20"), &mut |prefix| {
            next += 1;
            Id::new(&site, prefix, next)
        });
        let accepted = accepted.unwrap();
        self.roster.retain(|old| accepted.workers.iter().all(|new| new.id != old.id));
        self.roster.extend(accepted.workers.clone());
        self.attributes.retain(|old| accepted.attributes.iter().all(|new| new.id != old.id));
        self.attributes.extend(accepted.attributes.clone());
        accepted
    }
}

const TARO: &str = "0101,山田　太郎,ﾔﾏﾀﾞ ﾀﾛｳ,男,S60.1.2,製造一課,係長,平成20年4月1日,,研究開発・管理監督者\n";

#[test]
fn joiners_moves_and_the_absent_are_told_and_nobody_leaves_by_silence() {
    let mut world = World::default();
    world.import(&format!("{TARO}0102,林 京子,,女,,製造一課,,,,\n0103,森 実,,男,,総務課,,,2026/3/31,\n"));
    let preview = world.preview("0102,林 京子,,女,,総務課,,,,\n0104,泉 光,,女,,総務課,,2026/10/1,,\n");
    assert_eq!((preview.added.len(), preview.changed[0].row.department.as_str()), (1, "総務課"));
    assert_eq!(preview.absent, [world.roster[0].id.clone()], "who left before is not missed");
    assert_eq!(preview.strangers, None);
}

#[test]
fn somebody_who_left_and_joins_again_is_asked() {
    let mut world = World::default();
    world.import("0103,森 実,,男,,総務課,,2010/4/1,2024/3/31,\n");
    let again = "0103,森 実,,男,,総務課,,2026/4/1,,\n";
    assert_eq!(world.preview(again).doubtful[0].why, Doubt::Rejoins);
    world.decisions.settled.insert((2, Doubt::Rejoins));
    let worker = &world.import(again).workers[0];
    assert_eq!((worker.joined_on, worker.left_on), (Some(day("2026-04-01")), None));
}

#[test]
fn a_roster_of_strangers_stops_until_it_is_said_to_be_ours() {
    let mut world = World::default();
    world.import(TARO);
    let strangers: String = (1..=6).map(|number| format!("9{number},他社 太郎{number},,,,,,,,\n")).collect();
    let preview = world.preview(&strangers);
    assert_eq!(preview.strangers, Some(Strangers { known: 0, people: 6 }));
    let mut next = |_| panic!("nobody gets an id");
    assert_eq!(preview.accept(day("2026-11-20"), &mut next), Err(AcceptError::Strangers { known: 0, people: 6 }));
    world.decisions.are_ours = true;
    assert_eq!(world.import(&strangers).workers.len(), 6);
}

#[test]
fn fewer_than_a_fifth_stop_the_roster_and_a_fifth_does_not() {
    let mut world = World::default();
    world.import("101,森 実,,,,,,,,\n102,林 京子,,,,,,,,\n");
    let strangers = |known: usize, people: usize| {
        let own = ["101,森 実,,,,,,,,\n", "102,林 京子,,,,,,,,\n"].into_iter().take(known).map(str::to_owned);
        let others = (known..people).map(|number| format!("9{number},他社 太郎{number},,,,,,,,\n"));
        world.preview(&own.chain(others).collect::<String>()).strangers
    };
    for (known, people) in [(1, 6), (2, 11)] {
        assert_eq!(strangers(known, people), Some(Strangers { known, people }));
    }
    for (known, people) in [(1, 5), (2, 10), (2, 9), (1, 4)] {
        assert_eq!(strangers(known, people), None, "{known} of {people}");
    }
}

#[test]
fn special_work_and_fixed_values_come_in() {
    let table = read("社員番号,氏名,特定業務,業務内容\n1,森 実,深夜業,組立\n".as_bytes()).unwrap();
    let mut profile = propose_roster(&table.header).profile;
    profile.fixed.insert(Field::Department, "第二工場".into());
    let decisions = Decisions::default();
    let input = Input {
        table: &table,
        profile: &profile,
        roster: &[],
        attributes: &[],
        decisions: &decisions,
        day: day("2026-11-20"),
    };
    let row = preview(&input).unwrap().added[0].row.clone();
    assert_eq!(
        (row.special_work.as_str(), row.duties.as_str(), row.department.as_str()),
        ("深夜業", "組立", "第二工場")
    );
}

fn previewed(text: &str, roster: &[Worker]) -> Preview {
    let table = read(text.as_bytes()).unwrap();
    let (profile, decisions, attributes) = (propose_roster(&table.header).profile, Decisions::default(), &[]);
    let (profile, decisions, day) = (&profile, &decisions, day("2026-11-20"));
    let preview = preview(&Input { table: &table, profile, roster, attributes, decisions, day }).unwrap();
    assert_eq!(preview.accounted(), preview.rows);
    preview
}

fn doubts(preview: &Preview) -> Vec<(u32, Doubt)> {
    preview.doubtful.iter().map(|row| (row.line, row.why)).collect()
}

#[test]
fn a_line_that_stands_alone_is_nobody_or_a_question() {
    let roster = [worker(1, "101", "森 実", ""), worker(2, "102", "林 京子", ""), worker(3, "103", "東 光", "")];
    let text =
        "氏名,社員番号,所属\n東 光,103,総務課\n退職者,,\n森 実,101,総務課\n休職者,,\n林 京子,102,総務課\n製造部,,\n";
    let preview = previewed(text, &roster);
    let ignored: Vec<_> = preview.ignored.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(ignored, [(3, Skip::Section), (5, Skip::Section)]);
    assert_eq!(doubts(&preview), [(4, Doubt::SaidToHaveLeft), (7, Doubt::LineAlone)]);
    assert_eq!((preview.added.len(), preview.changed.len()), (0, 2), "nobody is made of a heading");
    let names = previewed("氏名,社員番号\n森 実,\n新田 望,\n", &roster);
    assert_eq!((names.added.len(), doubts(&names)), (1, Vec::new()), "names alone are people");
}

#[test]
fn somebody_who_is_here_joins_at_no_later_day() {
    let mut here = worker(1, "101", "森 実", "");
    here.joined_on = Some(day("2002-04-01"));
    let text = "社員番号,氏名,入社日\n101,森 実,2028/4/1\n102,新田 望,2027/4/1\n103,東 光,2029/4/1\n";
    let preview = previewed(text, &[here]);
    assert_eq!(doubts(&preview), [(2, Doubt::JoinsAhead), (4, Doubt::JoinsAhead)]);
    assert_eq!(preview.added.len(), 1, "who joins next spring is known already");
}

#[test]
fn levels_moves_and_marks_are_read_and_a_word_for_leaving_is_asked() {
    let roster = [worker(1, "101", "森 実", ""), worker(2, "102", "林 京子", ""), worker(3, "103", "東 光", "")];
    let text = "社員番号,氏名,部門1,部門2,異動日,異動後所属,在籍区分,管理監督者,深夜業,有機溶剤\n\
                101,森 実,本社,購買課,2026/10/1,鋳造課,在籍,○,○,○\n\
                102,林 京子,本社,倉庫課,2027/1/1,総務課,休職,,,○\n\
                103,東 光,,,,,退職,,,\n";
    let preview = previewed(text, &roster);
    let told: Vec<_> = preview.changed.iter().map(|taken| &taken.row).collect();
    assert_eq!((told[0].department.as_str(), told[0].special_work.as_str()), ("鋳造課", "深夜業、有機溶剤"));
    assert_eq!(preview.changed[0].classes, [AttributeKind::Article41]);
    assert_eq!((told[1].department.as_str(), told[1].special_work.as_str()), ("倉庫課", "有機溶剤"), "not moved yet");
    assert_eq!(doubts(&preview), [(4, Doubt::SaidToHaveLeft)]);
}

fn not_kept(preview: &Preview) -> Vec<(u32, Option<usize>, Why)> {
    preview.not_kept.iter().map(|cell| (cell.line, cell.column, cell.why)).collect()
}

#[test]
fn a_move_that_lies_ahead_or_has_no_day_yet_is_told_and_a_past_one_is_read() {
    let roster = [worker(1, "101", "森 実", ""), worker(2, "102", "林 京子", ""), worker(3, "103", "東 光", "")];
    let text = "社員番号,氏名,旧所属,新所属,発令日,役職\n101,森 実,業務課,設備課,2026/12/1,主任\n\
                102,林 京子,庫内二課,庫内一課,2026/10/1,\n103,東 光,業務課,設備課,未定,\n";
    let preview = previewed(text, &roster);
    let told: Vec<_> = preview.changed.iter().map(|taken| (taken.line, taken.row.department.as_str())).collect();
    assert_eq!(told, [(2, ""), (3, "庫内一課")], "役職 of the first comes in");
    assert_eq!(not_kept(&preview), [2, 4].map(|line| (line, Some(5), Why::MoveAhead)));
}

#[test]
fn words_for_somebody_who_is_away_are_told_and_make_nobody_a_leaver() {
    let roster = [worker(1, "101", "森 実", ""), worker(2, "102", "林 京子", ""), worker(3, "103", "東 光", "")];
    let text = "社員番号,氏名,状況,出向先,退職日\n101,森 実,休職中(R8.10.1～),,在籍中\n\
                102,林 京子,出向,東京本社,－\n103,東 光,在籍,,現在に至る\n";
    let preview = previewed(text, &roster);
    assert_eq!((preview.unchanged.len(), preview.changed.len(), preview.left().count()), (3, 0, 0));
    assert_eq!(not_kept(&preview), [2, 3].map(|line| (line, Some(3), Why::NotKept)));
}

#[test]
fn a_word_that_names_no_department_or_post_never_takes_the_place_of_one() {
    let mut known = worker(1, "101", "森 実", "");
    (known.department, known.position) = ("業務課".to_owned(), "主任".to_owned());
    let of = |cells: &str| {
        previewed(&format!("社員番号,氏名,所属,役職,新所属\n101,森 実,{cells}\n"), std::slice::from_ref(&known))
    };
    for cells in ["調整中,未定,", "不明,なし,未定", "－,―,調整中", "業務課,（未定）,未定"] {
        assert_eq!(of(cells).unchanged, [2], "{cells}");
    }
    for (cells, column) in [("同上,主任,", 3), ("業務課,〃,", 4), ("業務課,,上に同じ", 5), ("々,,", 3)]
    {
        let refused: Vec<_> = of(cells).refused.iter().map(|cell| (cell.column, cell.why)).collect();
        assert_eq!(refused, [(Some(column), Why::PointsElsewhere)], "{cells}");
    }
    for cells in ["退職,なし,", "業務課,退職済,", "業務課,,退職"] {
        assert_eq!(doubts(&of(cells)), [(2, Doubt::SaidToHaveLeft)], "{cells}");
    }
    let away = of("休職中,主任,");
    assert_eq!((away.unchanged.len(), not_kept(&away)), (1, vec![(2, Some(3), Why::NotKept)]));
    assert_eq!(of("出向管理課,主任,").changed[0].row.department, "出向管理課");
}

#[test]
fn everybody_below_the_title_of_a_list_of_leavers_is_asked() {
    let roster = [worker(1, "101", "森 実", ""), worker(2, "102", "林 京子", "")];
    let below = |title: &str| {
        let table = "社員番号,氏名,所属,退職日\n101,森 実,業務課,\n102,林 京子,総務課,2026/10/31\n";
        doubts(&previewed(&format!("{title},,,\n{table}"), &roster))
    };
    for title in ["退職者一覧（令和8年10月）", "【退職者名簿】", "2026年度 退社者の一覧"] {
        assert_eq!(below(title), [(3, Doubt::SaidToHaveLeft)], "{title}");
    }
    for title in ["社員名簿（退職者を除く）", "入退社者一覧", "退職者一覧・在籍者一覧", "退職予定者一覧"]
    {
        assert_eq!(below(title), [], "{title}");
    }
}

#[test]
fn somebody_who_left_and_was_rehired_is_asked_and_stays() {
    let mut known = worker(1, "101", "森 実", "");
    known.joined_on = Some(day("2019-10-01"));
    let text = "社員番号,氏名,入社日,退職日,再雇用日\n101,森 実,2019/10/1,2026/9/30,2026/10/1\n\
                102,林 京子,2010/4/1,2026/9/30,2020/4/1\n103,東 光,1990/4/1,2027/3/31,2027/4/1\n";
    let preview = previewed(text, &[known.clone()]);
    assert_eq!(doubts(&preview), [(2, Doubt::Rejoins), (4, Doubt::Rejoins)]);
    assert_eq!(preview.added[0].row.left_on, Some(day("2026-09-30")), "left behind the day of joining again");
    let table = read(text.as_bytes()).unwrap();
    let (profile, mut decisions) = (propose_roster(&table.header).profile, Decisions::default());
    decisions.settled.extend([2, 4].map(|line| (line, Doubt::Rejoins)));
    let (profile, decisions, roster) = (&profile, &decisions, &[known.clone()]);
    let input = Input { table: &table, profile, roster, attributes: &[], decisions, day: day("2026-11-20") };
    let taken = super::preview(&input).unwrap();
    let back = taken.changed[0].row.onto(&known);
    assert_eq!((back.joined_on, back.left_on), (Some(day("2026-10-01")), None));
    let ahead = taken.added[1].row.new_worker(known.id.clone());
    assert_eq!((ahead.joined_on, ahead.left_on), (Some(day("1990-04-01")), None), "who is rehired later is here now");
    assert_eq!(previewed(text, &[back]).unchanged, [2], "what is known already is not asked again");
}

#[test]
fn a_dash_is_no_work_and_no_department() {
    let text = "社員番号,氏名,所属,有害業務,深夜業従事\n101,森 実,―,－,×\n102,林 京子,鋳造課,なし,―\n\
                103,東 光,,○,\n";
    let preview = previewed(text, &[]);
    let told: Vec<_> =
        preview.added.iter().map(|taken| (taken.row.department.as_str(), taken.row.special_work.as_str())).collect();
    assert_eq!(told, [("", ""), ("鋳造課", ""), ("", "有害業務")], "a mark is what it stands below");
}

#[test]
fn a_row_becomes_a_worker_with_classes() {
    let mut world = World::default();
    let accepted = world.import(TARO);
    let worker = &accepted.workers[0];
    assert_eq!(
        (worker.number.as_str(), worker.name.as_str(), worker.kana.as_str()),
        ("0101", "山田 太郎", "やまだたろう")
    );
    assert_eq!(
        (worker.sex, worker.birth, worker.joined_on),
        (Sex::Male, Some(day("1985-01-02")), Some(day("2008-04-01")))
    );
    let kinds: Vec<_> = accepted.attributes.iter().map(|held| (held.kind, held.valid_from)).collect();
    assert_eq!(kinds, [(AttributeKind::Research, None), (AttributeKind::Article41, None)]);
    assert_eq!(world.preview(TARO).unchanged, [2], "the same file twice");
}

#[test]
fn what_the_file_does_not_say_stays() {
    let mut world = World::default();
    world.import(TARO);
    let accepted = world.import("101,山田 太郎,,,,製造二課,,,2026/10/31,派遣\n");
    let worker = &accepted.workers[0];
    assert_eq!((worker.department.as_str(), worker.position.as_str()), ("製造二課", "係長"));
    assert_eq!((worker.birth, worker.left_on), (Some(day("1985-01-02")), Some(day("2026-10-31"))));
    assert_eq!(accepted.attributes[0].valid_from, Some(day("2026-11-20")), "a known worker's class starts now");
}

#[test]
fn a_new_name_under_an_old_number_is_asked_and_then_obeyed() {
    let mut world = World { roster: vec![worker(1, "0101", "山田 花子", "")], ..World::default() };
    let rows = "0101,佐藤 花子,,女,,,,,,\n";
    let preview = world.preview(rows);
    assert_eq!(preview.doubtful[0].why, Doubt::OtherName);
    let decision = PersonDecision::Same(world.roster[0].id.clone());
    world.decisions.people.insert(preview.doubtful[0].person.clone(), decision);
    assert_eq!(world.import(rows).workers[0].name, "佐藤 花子");
}

#[test]
fn impossible_values_are_refused_with_their_column() {
    let rows = "1,甲 一,,男,2026/2/31,,,,,\n2,乙 二,,男,2126/1/1,,,,,\n3,丙 三,,丙,,,,,,\n4,丁 四,,,,,,2020/1/1,2019/1/1,\n5,,,,,,,,,\n,,あ,,,,,,,\n6,戊 五,,,,,,2020/1/1,9999/12/31,\n";
    let preview = World::default().preview(rows);
    let refused: Vec<_> = preview.refused.iter().map(|row| (row.line, row.column, row.why)).collect();
    let expected = [
        (2, Some(5), Why::NoSuchDay),
        (3, Some(5), Why::DateOutOfRange),
        (4, Some(4), Why::NotSex),
        (5, Some(9), Why::LeftBeforeJoined),
        (6, None, Why::NoName),
        (7, None, Why::NoPerson),
    ];
    assert_eq!(refused, expected);
    assert_eq!(preview.added[0].row.left_on, None, "9999-12-31 has not left");
}

#[test]
fn an_unknown_class_and_a_second_row_are_asked() {
    let mut world = World::default();
    let rows = "1,甲 一,,,,,,,,管理職\n2,乙 二,,,,営業,,,,\n2,乙 二,,,,総務,,,,\n2,乙 二,,,,営業,,,,\n";
    let preview = world.preview(rows);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::UnknownClass), (4, Doubt::TwiceInFile)]);
    assert_eq!(preview.ignored, [Ignored { line: 5, why: Skip::SameRow }]);
    world.decisions.settled.insert((2, Doubt::UnknownClass));
    assert_eq!(world.preview(rows).added.len(), 2);
}

/// A row must not put another person's reading, sex and birth date onto the owner of a number.
#[test]
fn a_row_without_a_name_never_mixes_two_people() {
    let mut world = World::default();
    world.import("4002,室井 あや,ﾑﾛｲ ｱﾔ,女,S60.11.2,物流,,,,\n4003,髙田 実,,男,,,,,,\n");
    let other = world.preview("4002,,ﾔﾏﾀﾞ ﾊﾅｺ,男,H8.1.1,経理,,,,\n4003,,ﾔﾏﾀﾞ ﾊﾅｺ,,,経理,,,,\n4003,髙田 実,,女,,,,,,\n");
    let doubts: Vec<_> = other.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::OtherKana), (3, Doubt::NumberAlone), (4, Doubt::OtherSex)]);
    assert_eq!(other.changed, []);
    let own = world.preview("4002,,ムロイ　アヤ,,,経理,,,,\n4003,,,,,経理,,,,\n");
    assert_eq!((own.changed.len(), own.doubtful.len()), (2, 0), "the owner, and a number that contradicts nothing");
    assert_eq!(world.preview("4002,ムロイ　アヤ,,,,,,,,\n").unchanged, [2], "a name in kana is no new name");
}

#[test]
fn a_leaver_who_is_listed_again_is_asked_and_comes_back_only_by_a_word() {
    let mut world = World::default();
    world.import("4011,城戸 航,,男,,物流一課,,H20.4.1,2026/3/31,\n");
    let row = "4011,城戸 航,,男,,物流一課,,,,\n";
    assert_eq!(world.preview(row).doubtful[0].why, Doubt::StillListed);
    assert_eq!(world.preview("4011,城戸 航,,,,,,,2026/3/31,\n").unchanged, [2], "a list of leavers says nothing new");
    world.decisions.left.insert(2);
    assert_eq!(world.preview(row).ignored, [Ignored { line: 2, why: Skip::Answered }]);
    world.decisions.left.clear();
    world.decisions.settled.insert((2, Doubt::StillListed));
    assert_eq!(world.import(row).workers[0].left_on, None);
}

/// Found by the property over files of every kind: a row in doubt holds the place of its person, so that another row that
/// says something else does not come in unasked.
#[test]
fn a_person_in_doubt_lets_no_other_row_of_them_pass() {
    let mut world = World::default();
    world.import("4011,城戸 航,,男,,一課,,,,\n");
    let rows = "4011,城戸 航,,,,二課,,,,なぞの区分\n4011,城戸 航,,,,三課,,,,\n";
    let preview = world.preview(rows);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::UnknownClass), (3, Doubt::TwiceInFile)]);
    world.decisions.left.insert(2);
    assert_eq!(world.preview(rows).changed.len(), 1, "the other one, once the first is left out");
}

/// One answer to take a row answers the question that was asked, not the next one.
#[test]
fn an_answer_about_a_class_brings_no_leaver_back() {
    let mut world = World::default();
    world.import("4011,城戸 航,,男,,,,,2026/3/31,\n");
    world.decisions.settled.insert((2, Doubt::UnknownClass));
    assert_eq!(world.preview("4011,城戸 航,,,,,,,,管理職\n").doubtful[0].why, Doubt::StillListed);
}

#[test]
fn one_number_with_two_names_makes_nobody_without_an_answer() {
    let mut world = World::default();
    let rows = "7001,乙野 一,,男,,,,,,\n7001,乙野 二,,男,,,,,,\n7002,乙野 三,,,,,,,,\n";
    let preview = world.preview(rows);
    let doubts: Vec<_> = preview.doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(doubts, [(2, Doubt::OtherNameInFile), (3, Doubt::OtherNameInFile)]);
    assert_eq!(preview.added.len(), 1);
    world.decisions.people.insert(preview.doubtful[1].person.clone(), PersonDecision::New);
    assert_eq!(world.preview(rows).added.len(), 2);
}

#[test]
fn a_class_that_the_roster_rules_out_ends_and_a_contract_ends_none() {
    let mut world = World::default();
    let row = |class: &str| format!("1,甲 一,,,,,,,,{class}\n");
    world.import(&row("管理監督者・裁量労働制"));
    for silent in ["", "-", "正社員", "派遣"] {
        assert!(world.preview(&row(silent)).changed.iter().all(|taken| taken.ended.is_empty()), "{silent}");
    }
    let accepted = world.import(&row("研究開発"));
    let told: Vec<_> = accepted.attributes.iter().map(|held| (held.kind, held.valid_from, held.valid_until)).collect();
    let expected = [
        (AttributeKind::Research, Some(day("2026-11-20")), None),
        (AttributeKind::Article41, None, Some(day("2026-11-19"))),
        (AttributeKind::Discretionary, None, Some(day("2026-11-19"))),
    ];
    assert_eq!(told, expected);
    assert_eq!(world.preview(&row("研究開発")).unchanged, [2], "the same roster twice");
    assert_eq!(world.preview(&row("一般")).changed[0].ended[0].kind, AttributeKind::Research);
}

#[test]
fn sex_in_numbers_waits_for_the_physicians_reading() {
    let mut world = World::default();
    let rows = "1,甲 一,,2,,,,,,\n2,乙 二,,1,,,,,,\n3,丙 三,,ｵﾝﾅ,,,,,,\n";
    let asked: Vec<_> = world.preview(rows).doubtful.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(asked, [(2, Doubt::SexCodes), (3, Doubt::SexCodes)]);
    for (codes, expected) in [
        (SexCodes::ManFirst, [Sex::Female, Sex::Male, Sex::Female]),
        (SexCodes::WomanFirst, [Sex::Male, Sex::Female, Sex::Female]),
        (SexCodes::NotTaken, [Sex::Unknown, Sex::Unknown, Sex::Female]),
    ] {
        world.sex_codes = Some(codes);
        let sexes: Vec<_> = world.preview(rows).added.iter().map(|taken| taken.row.sex).collect();
        assert_eq!(sexes, expected);
    }
}

#[test]
fn a_birth_date_that_differs_is_asked() {
    let mut world = World::default();
    world.import(TARO);
    let preview = world.preview("0101,山田太郎,,,1990-01-02,,,,,\n");
    assert_eq!(preview.doubtful[0].why, Doubt::OtherBirth);
}

proptest! {
    #[test]
    fn every_row_is_accounted_for(cells in prop::collection::vec("[0-9０男女SR./年月日山田 -]{0,8}(,[0-9男山田R./-]{0,8}){0,11}", 0..12)) {
        World::default().preview(&cells.join("\n"));
    }
}
