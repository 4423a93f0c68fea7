//! Invented people: family and given names in kanji and katakana, combined by chance.
//!
//! Every file of names that an employer sends has its hard ones, so these have them too: 髙 and 﨑, three
//! ways to write さいとう, names of thirty characters, and two people of one name.

use super::random::Random;
use crate::domain::worker::Sex;

/// A name with its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// 氏名
    pub kanji: String,
    /// フリガナ
    pub kana: String,
    /// 性別
    pub sex: Sex,
}

impl Name {
    /// Draws a name; one in sixty is a long one in katakana.
    pub fn draw(random: &mut Random) -> Self {
        let sex = if random.happens(420) { Sex::Female } else { Sex::Male };
        if random.happens(17) {
            let long = random.pick(LONG);
            return Self { kanji: long.to_owned(), kana: long.replace('・', " "), sex };
        }
        let (family, family_kana) = random.pick(FAMILY);
        let (given, given_kana) = random.pick(if sex == Sex::Female { FEMALE } else { MALE });
        Self { kanji: format!("{family} {given}"), kana: format!("{family_kana} {given_kana}"), sex }
    }

    /// A name that the story wants.
    pub fn fixed(kanji: &str, kana: &str, sex: Sex) -> Self {
        Self { kanji: kanji.to_owned(), kana: kana.to_owned(), sex }
    }
}

const LONG: &[&str] = &[
    "ヴァシリエヴナ・アレクサンドラ・マリア",
    "グエン・ティ・フオン・タオ",
    "フェルナンデス・デ・オリベイラ・ジョアン",
    "ラーマチャンドラン・スブラマニアム",
    "オコンクウォ・チュクウエメカ・エマヌエル",
    "サントス・マリア・クリスティーナ",
    "ムハンマド・ファドリ・ラフマン",
    "シュテルンベルク・アンネリーゼ",
];

const FAMILY: &[(&str, &str)] = &[
    ("相沢", "アイザワ"),
    ("青木", "アオキ"),
    ("石動", "イスルギ"),
    ("泉", "イズミ"),
    ("上田", "ウエダ"),
    ("宇佐美", "ウサミ"),
    ("宇田川", "ウダガワ"),
    ("江口", "エグチ"),
    ("大庭", "オオバ"),
    ("小野寺", "オノデラ"),
    ("梶原", "カジワラ"),
    ("加納", "カノウ"),
    ("川端", "カワバタ"),
    ("木戸", "キド"),
    ("久保田", "クボタ"),
    ("黒岩", "クロイワ"),
    ("小松", "コマツ"),
    ("齋藤", "サイトウ"),
    ("斉藤", "サイトウ"),
    ("斎藤", "サイトウ"),
    ("榊原", "サカキバラ"),
    ("坂下", "サカシタ"),
    ("佐久間", "サクマ"),
    ("佐藤", "サトウ"),
    ("志村", "シムラ"),
    ("杉浦", "スギウラ"),
    ("瀬尾", "セオ"),
    ("曽根", "ソネ"),
    ("園田", "ソノダ"),
    ("平", "タイラ"),
    ("髙橋", "タカハシ"),
    ("高橋", "タカハシ"),
    ("高村", "タカムラ"),
    ("竹内", "タケウチ"),
    ("田代", "タシロ"),
    ("立﨑", "タチザキ"),
    ("千葉", "チバ"),
    ("辻", "ツジ"),
    ("土井", "ドイ"),
    ("戸田", "トダ"),
    ("中谷", "ナカタニ"),
    ("永瀬", "ナガセ"),
    ("西村", "ニシムラ"),
    ("野々村", "ノノムラ"),
    ("橋本", "ハシモト"),
    ("濵田", "ハマダ"),
    ("原", "ハラ"),
    ("東", "ヒガシ"),
    ("平野", "ヒラノ"),
    ("福田", "フクダ"),
    ("藤﨑", "フジサキ"),
    ("古川", "フルカワ"),
    ("堀", "ホリ"),
    ("牧野", "マキノ"),
    ("松永", "マツナガ"),
    ("水野", "ミズノ"),
    ("三好", "ミヨシ"),
    ("村瀬", "ムラセ"),
    ("森", "モリ"),
    ("矢野", "ヤノ"),
    ("山﨑", "ヤマサキ"),
    ("山科", "ヤマシナ"),
    ("横尾", "ヨコオ"),
    ("吉岡", "ヨシオカ"),
    ("渡邉", "ワタナベ"),
    ("渡辺", "ワタナベ"),
];

const FEMALE: &[(&str, &str)] = &[
    ("明美", "アケミ"),
    ("あかり", "アカリ"),
    ("恵", "メグミ"),
    ("香織", "カオリ"),
    ("佳奈", "カナ"),
    ("久美子", "クミコ"),
    ("桂子", "ケイコ"),
    ("さくら", "サクラ"),
    ("沙耶", "サヤ"),
    ("栞", "シオリ"),
    ("真由", "マユ"),
    ("真理", "マリ"),
    ("美穂", "ミホ"),
    ("芽衣", "メイ"),
    ("桃子", "モモコ"),
    ("結衣", "ユイ"),
    ("由紀", "ユキ"),
    ("陽子", "ヨウコ"),
    ("理沙", "リサ"),
    ("和香奈", "ワカナ"),
];

const MALE: &[(&str, &str)] = &[
    ("健", "ケン"),
    ("一馬", "カズマ"),
    ("和人", "カズト"),
    ("圭", "ケイ"),
    ("光", "ヒカル"),
    ("剛", "ツヨシ"),
    ("淳", "ジュン"),
    ("伸", "シン"),
    ("誠", "マコト"),
    ("誠司", "セイジ"),
    ("大輔", "ダイスケ"),
    ("大地", "ダイチ"),
    ("隆", "タカシ"),
    ("拓", "タク"),
    ("徹", "トオル"),
    ("直樹", "ナオキ"),
    ("宏之進", "コウノシン"),
    ("実", "ミノル"),
    ("悠斗", "ユウト"),
    ("陸", "リク"),
    ("亮", "リョウ"),
    ("蓮", "レン"),
    ("渉", "ワタル"),
    ("航", "ワタル"),
];
