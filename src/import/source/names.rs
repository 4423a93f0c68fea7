//! A name in two columns made one: 姓 and 名 become 姓名, セイ and メイ become セイメイ.
//!
//! Knows headings. Must not know whose name it is. The columns keep their places: the first holds the whole name, the second
//! nothing.

use super::super::folding::{self, Field};
use super::Table;
use super::cells::{self, Cells};

/// The word for the family's name, and those for the given name that stand beside it.
const PAIRS: &[(&str, &[&str])] = &[
    ("姓", &["名", "名前"]),
    ("苗字", &["名前", "名"]),
    ("名字", &["名前", "名"]),
    ("氏", &["名"]),
    ("セイ", &["メイ"]),
    ("せい", &["めい"]),
    ("ミョウジ", &["ナマエ"]),
    ("みょうじ", &["なまえ"]),
    ("lastname", &["firstname"]),
    ("familyname", &["givenname"]),
];
/// Words of the reading of a name.
const READING: &[&str] = &["フリガナ", "ふりがな", "ヨミガナ", "よみがな", "カナ", "かな", "ヨミ", "よみ"];
/// Words for a name that are written in kana only where it is.
const IN_KANA: &[&str] = &["セイ", "せい", "ミョウジ", "みょうじ"];
/// What may stand beside the word, like one of the reading: a name of somebody else (上司姓, 旧姓) is none of this person.
const BESIDE: &[&str] = &["漢字", "氏名", "従業員", "社員", "職員", "スタッフ", "本人", "全角", "半角"];

struct Pair {
    family: usize,
    given: usize,
    field: Field,
}

/// Joins the names of a table that has them in two columns, and in no other.
pub(super) fn join(table: &mut Table) {
    for pair in pairs(&table.header) {
        cells::rewrite(&mut table.rows, |row| joined(row, &pair));
        let name = if pair.field == Field::Name { "姓名" } else { "セイメイ" };
        table.header.get_mut(pair.family).into_iter().for_each(|heading| name.clone_into(heading));
    }
}

fn joined(cells: &Cells, pair: &Pair) -> Vec<String> {
    let name = format!("{} {}", cells.get(pair.family), cells.get(pair.given));
    let one = |(index, cell)| match index {
        _ if index == pair.family => name.trim(),
        _ if index == pair.given => "",
        _ => cell,
    };
    cells.iter().enumerate().map(one).map(str::to_owned).collect()
}

/// The pairs of a header: one of the name, one of the reading, where no other column tells it.
fn pairs(header: &[String]) -> Vec<Pair> {
    let folded: Vec<String> = header.iter().map(|name| folding::fold(name).into_owned()).collect();
    let of = |field: Field| {
        let found = (0..folded.len()).find_map(|family| Some((family, given(&folded, family, field)?)));
        let (family, given) = found?;
        let is_other = |(index, name): (usize, &String)| {
            index != family && index != given && folding::field_of(name) == Some(field)
        };
        let is_only = !header.iter().enumerate().any(is_other);
        is_only.then_some(Pair { family, given, field })
    };
    [Field::Name, Field::Kana].into_iter().filter_map(of).collect()
}

/// The column of the given name beside that of a family's name.
fn given(folded: &[String], family: usize, field: Field) -> Option<usize> {
    let name = folded.get(family)?;
    let is_kana = READING.iter().chain(IN_KANA).any(|word| name.contains(word));
    if is_kana != (field == Field::Kana) {
        return None;
    }
    PAIRS.iter().filter(|(word, _)| is_alone(name, word)).find_map(|(word, others)| {
        let beside = others.iter().map(|other| name.replacen(word, other, 1));
        beside.into_iter().find_map(|beside| folded.iter().position(|name| *name == beside))
    })
}

/// Whether a heading holds the word and nothing that makes it another's name.
fn is_alone(name: &str, word: &str) -> bool {
    let rest = || READING.iter().chain(BESIDE).fold(name.replacen(word, "", 1), |rest, known| rest.replace(known, ""));
    name.contains(word) && rest().chars().all(|c| !c.is_alphanumeric() || c == 'の' || c == 'お')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read;

    fn cells(text: &str) -> (Vec<String>, Vec<String>) {
        let table = read(text.as_bytes()).unwrap();
        (table.header.clone(), table.rows[0].cells.iter().map(str::to_owned).collect())
    }

    #[test]
    fn two_columns_of_a_name_become_one() {
        let (header, row) = cells("社員コード,姓,名,セイ,メイ,性別\n101,橋本,健,ハシモト,ケン,男\n");
        assert_eq!(header, ["社員コード", "姓名", "名", "セイメイ", "メイ", "性別"]);
        assert_eq!(row, ["101", "橋本 健", "", "ハシモト ケン", "", "男"]);
        for pair in ["苗字,名前", "氏名(姓),氏名(名)", "姓（漢字）,名（漢字）", "Last Name,First Name"]
        {
            let (header, row) = cells(&format!("社員番号,{pair},所属\n101,橋本,,購買課\n"));
            assert_eq!((header[1].as_str(), row[1].as_str()), ("姓名", "橋本"), "{pair}");
        }
        let (header, row) = cells("社員番号,氏名,苗字カナ,名前カナ\n101,橋本 健,ハシモト,ケン\n");
        assert_eq!((header[2].as_str(), row[2].as_str()), ("セイメイ", "ハシモト ケン"));
    }

    #[test]
    fn a_whole_name_and_another_persons_stay_as_they_are() {
        for header in
            ["社員番号,氏名,姓,名", "社員番号,氏名,旧姓,所属", "社員番号,所属,上司姓,上司名", "社員番号,所属,姓,氏名"]
        {
            let text = format!("{header}\n101,橋本 健,a,b\n");
            assert_eq!(cells(&text).0.join(","), header);
        }
    }

    proptest! {
        #[test]
        fn no_heading_is_too_strange(names in prop::collection::vec("[姓名苗字氏前セイメカナ()a]{0,6}", 1..6)) {
            let text = format!("社員番号,{}\n1,{}\n", names.join(","), vec!["x"; names.len()].join(","));
            if let Ok(table) = read(text.as_bytes()) {
                prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
            }
        }
    }
}
