//! Finding a person or an action by kanji, kana, romaji or number.
//!
//! Knows spellings only. Kana and romaji meet in one plain romaji in which Hepburn, Kunrei and
//! long vowels fall together (さとう, satou, sato, satoh are `sato`); so half a syllable already
//! finds. What is searched is folded once, the query once for each key stroke.

use unicode_normalization::UnicodeNormalization;

/// Kana of one or two characters and their plain romaji; two first.
const KANA: &[(&str, &str)] = &[
    ("ゔぁ", "ba"),
    ("ゔぃ", "bi"),
    ("ゔぇ", "be"),
    ("ゔぉ", "bo"),
    ("ふぁ", "fa"),
    ("ふぃ", "fi"),
    ("ふぇ", "fe"),
    ("ふぉ", "fo"),
    ("てぃ", "ti"),
    ("でぃ", "di"),
    ("とぅ", "tu"),
    ("うぃ", "wi"),
    ("うぇ", "we"),
    ("うぉ", "wo"),
    ("しぇ", "sye"),
    ("ちぇ", "tye"),
    ("じぇ", "zye"),
    ("でゅ", "dyu"),
    ("きゃ", "kya"),
    ("きゅ", "kyu"),
    ("きょ", "kyo"),
    ("しゃ", "sya"),
    ("しゅ", "syu"),
    ("しょ", "syo"),
    ("ちゃ", "tya"),
    ("ちゅ", "tyu"),
    ("ちょ", "tyo"),
    ("にゃ", "nya"),
    ("にゅ", "nyu"),
    ("にょ", "nyo"),
    ("ひゃ", "hya"),
    ("ひゅ", "hyu"),
    ("ひょ", "hyo"),
    ("みゃ", "mya"),
    ("みゅ", "myu"),
    ("みょ", "myo"),
    ("りゃ", "rya"),
    ("りゅ", "ryu"),
    ("りょ", "ryo"),
    ("ぎゃ", "gya"),
    ("ぎゅ", "gyu"),
    ("ぎょ", "gyo"),
    ("じゃ", "zya"),
    ("じゅ", "zyu"),
    ("じょ", "zyo"),
    ("ぢゃ", "zya"),
    ("ぢゅ", "zyu"),
    ("ぢょ", "zyo"),
    ("びゃ", "bya"),
    ("びゅ", "byu"),
    ("びょ", "byo"),
    ("ぴゃ", "pya"),
    ("ぴゅ", "pyu"),
    ("ぴょ", "pyo"),
    ("あ", "a"),
    ("い", "i"),
    ("う", "u"),
    ("え", "e"),
    ("お", "o"),
    ("か", "ka"),
    ("き", "ki"),
    ("く", "ku"),
    ("け", "ke"),
    ("こ", "ko"),
    ("さ", "sa"),
    ("し", "si"),
    ("す", "su"),
    ("せ", "se"),
    ("そ", "so"),
    ("た", "ta"),
    ("ち", "ti"),
    ("つ", "tu"),
    ("て", "te"),
    ("と", "to"),
    ("な", "na"),
    ("に", "ni"),
    ("ぬ", "nu"),
    ("ね", "ne"),
    ("の", "no"),
    ("は", "ha"),
    ("ひ", "hi"),
    ("ふ", "hu"),
    ("へ", "he"),
    ("ほ", "ho"),
    ("ま", "ma"),
    ("み", "mi"),
    ("む", "mu"),
    ("め", "me"),
    ("も", "mo"),
    ("や", "ya"),
    ("ゆ", "yu"),
    ("よ", "yo"),
    ("ら", "ra"),
    ("り", "ri"),
    ("る", "ru"),
    ("れ", "re"),
    ("ろ", "ro"),
    ("わ", "wa"),
    ("ゐ", "i"),
    ("ゑ", "e"),
    ("を", "o"),
    ("ん", "n"),
    ("が", "ga"),
    ("ぎ", "gi"),
    ("ぐ", "gu"),
    ("げ", "ge"),
    ("ご", "go"),
    ("ざ", "za"),
    ("じ", "zi"),
    ("ず", "zu"),
    ("ぜ", "ze"),
    ("ぞ", "zo"),
    ("だ", "da"),
    ("ぢ", "zi"),
    ("づ", "zu"),
    ("で", "de"),
    ("ど", "do"),
    ("ば", "ba"),
    ("び", "bi"),
    ("ぶ", "bu"),
    ("べ", "be"),
    ("ぼ", "bo"),
    ("ぱ", "pa"),
    ("ぴ", "pi"),
    ("ぷ", "pu"),
    ("ぺ", "pe"),
    ("ぽ", "po"),
    ("ゔ", "bu"),
    ("ぁ", "a"),
    ("ぃ", "i"),
    ("ぅ", "u"),
    ("ぇ", "e"),
    ("ぉ", "o"),
    ("ゃ", "ya"),
    ("ゅ", "yu"),
    ("ょ", "yo"),
    ("ゎ", "wa"),
    ("ゕ", "ka"),
    ("ゖ", "ke"),
];

/// Spellings of romaji and the plain one; applied in this order.
const SPELLINGS: &[(&str, &str)] = &[
    ("tch", "tt"),
    ("sha", "sya"),
    ("shu", "syu"),
    ("sho", "syo"),
    ("she", "sye"),
    ("shi", "si"),
    ("cha", "tya"),
    ("chu", "tyu"),
    ("cho", "tyo"),
    ("che", "tye"),
    ("chi", "ti"),
    ("tsu", "tu"),
    ("jya", "zya"),
    ("jyu", "zyu"),
    ("jyo", "zyo"),
    ("ja", "zya"),
    ("ju", "zyu"),
    ("jo", "zyo"),
    ("je", "zye"),
    ("ji", "zi"),
    ("sh", "s"),
    ("ch", "t"),
    ("j", "z"),
    ("fu", "hu"),
    ("v", "b"),
    ("di", "zi"),
    ("du", "zu"),
    ("l", "r"),
    ("mb", "nb"),
    ("mp", "np"),
    ("mm", "nm"),
    ("nn", "n"),
];

/// Long vowels and their short form, once the spelling is plain.
const LONG: &[(&str, &str)] = &[("ou", "o"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("ee", "e")];

/// Forms of one kanji that stand for each other in names; whoever types one means either.
const VARIANTS: &[(char, char)] = &[
    ('髙', '高'),
    ('﨑', '崎'),
    ('濵', '浜'),
    ('濱', '浜'),
    ('邊', '辺'),
    ('邉', '辺'),
    ('齋', '斎'),
    ('齊', '斉'),
    ('澤', '沢'),
    ('廣', '広'),
    ('國', '国'),
    ('櫻', '桜'),
    ('槇', '槙'),
    ('德', '徳'),
    ('惠', '恵'),
    ('眞', '真'),
];

/// Separates the parts of a key, so that no match runs over from one into the next.
const BETWEEN: char = '\n';

/// What is searched: folded once, when the list is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchKey {
    text: String,
    romaji: String,
}

impl SearchKey {
    /// Folds the names, the reading and the number of one person, or the words of one action.
    pub fn new(parts: &[&str]) -> Self {
        let folded: Vec<String> = parts.iter().map(|part| fold(part)).collect();
        let mut key = Self::default();
        for part in &folded {
            key.text.push(BETWEEN);
            key.text.push_str(part);
            if let Some(romaji) = romaji(part) {
                key.romaji.push(BETWEEN);
                key.romaji.push_str(&romaji);
            }
        }
        key
    }
}

/// What was typed: words that must all be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    romaji: Option<String>,
}

impl Query {
    /// Folds what was typed.
    pub fn new(typed: &str) -> Self {
        let spaced = typed.replace('\u{3000}', " ");
        let words = spaced.split_whitespace().map(fold).filter(|word| !word.is_empty());
        Self { words: words.map(|text| Word { romaji: romaji(&text), text }).collect() }
    }

    /// Whether nothing was typed, so that everything matches.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is found.
    pub fn matches(&self, key: &SearchKey) -> bool {
        self.words.iter().all(|word| word.rank(key).is_some())
    }

    /// How well the key matches: 0 where a part begins with the word, 1 inside, 2 and 3 by sound.
    pub fn rank(&self, key: &SearchKey) -> Option<u8> {
        self.words.iter().try_fold(0, |worst, word| word.rank(key).map(|rank| worst.max(rank)))
    }

    /// The places of the keys that match, in their own order.
    pub fn filter<'k>(&self, keys: impl IntoIterator<Item = &'k SearchKey>) -> Vec<usize> {
        keys.into_iter().enumerate().filter(|(_, key)| self.matches(key)).map(|(index, _)| index).collect()
    }
}

impl Word {
    fn rank(&self, key: &SearchKey) -> Option<u8> {
        let by_text = place(&key.text, &self.text);
        by_text.or_else(|| self.romaji.as_ref().and_then(|romaji| place(&key.romaji, romaji)).map(|rank| rank + 2))
    }
}

/// 0 at the beginning of a part, 1 inside one.
fn place(parts: &str, word: &str) -> Option<u8> {
    let mut found = parts.match_indices(word).peekable();
    found.peek()?;
    let begins = found.any(|(at, _)| parts.get(..at).is_some_and(|before| before.ends_with(BETWEEN)));
    Some(u8::from(!begins))
}

/// One form for every width, case, kana and variant; spaces and middle dots go.
fn fold(text: &str) -> String {
    let folded = text.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '・' | '\u{e0100}'..='\u{e01ef}'));
    folded.flat_map(char::to_lowercase).map(|c| variant(hiragana(c))).collect()
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn variant(c: char) -> char {
    VARIANTS.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)
}

/// The plain romaji of folded kana or Latin letters; none where a kanji or a digit stands.
fn romaji(folded: &str) -> Option<String> {
    let is_sound = |c: char| matches!(c, 'a'..='z' | 'ぁ'..='ゖ' | 'ー' | '\'' | '-');
    (!folded.is_empty() && folded.chars().all(is_sound)).then(|| short(&plain(&spelled(folded))))
}

fn spelled(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut rest = folded;
    let mut doubles = false;
    while let Some(first) = rest.chars().next() {
        let found = KANA.iter().find(|(kana, _)| rest.starts_with(kana));
        let taken = found.map_or(first.len_utf8(), |(kana, _)| kana.len());
        match found {
            Some((_, romaji)) => push_sound(&mut out, romaji, doubles),
            None if first.is_ascii_lowercase() => out.push(first),
            None => {}
        }
        doubles = first == 'っ';
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

fn push_sound(out: &mut String, romaji: &str, doubles: bool) {
    if doubles {
        out.extend(romaji.chars().next());
    }
    out.push_str(romaji);
}

fn plain(romaji: &str) -> String {
    SPELLINGS.iter().fold(romaji.to_owned(), |text, (from, to)| replace(text, from, to))
}

fn replace(text: String, from: &str, to: &str) -> String {
    if text.contains(from) { text.replace(from, to) } else { text }
}

/// Drops what only lengthens a vowel: `ou`, `oo`, `uu`, and the h of `oh` before a consonant.
fn short(romaji: &str) -> String {
    let mut text = LONG.iter().fold(romaji.to_owned(), |text, (from, to)| replace(text, from, to));
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("oh")).map(|at| from + at) {
        let next = text.get(at + 2..).and_then(|rest| rest.chars().next());
        if next.is_none_or(|c| !"aiueoy".contains(c)) {
            text.remove(at + 1);
        }
        from = at + 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str, parts: &[&str]) -> bool {
        Query::new(query).matches(&SearchKey::new(parts))
    }

    #[test]
    fn a_person_is_found_by_every_spelling() {
        let person = ["佐伯 美咲", "さえき みさき", "10234"];
        for query in [
            "佐伯",
            "さえき",
            "サエキ",
            "ｻｴｷ",
            "saeki",
            "SAEKI",
            "sae",
            "misaki",
            "10234",
            "１０２",
            "佐伯美咲",
            "saeki misaki",
            "佐 みさ",
        ] {
            assert!(found(query, &person), "{query}");
        }
        for query in ["佐藤", "sato", "99999", "伯さ", "saeki taro"] {
            assert!(!found(query, &person), "{query}");
        }
    }

    #[test]
    fn hepburn_and_kunrei_and_long_vowels_fall_together() {
        for (reading, spellings) in [
            ("しょうじ", &["shoji", "syouzi", "shouji", "syozi", "shohji"][..]),
            ("ちづこ", &["chizuko", "tiduko", "tizuko", "chiduko"]),
            ("つつみ", &["tsutsumi", "tutumi"]),
            ("ふじた", &["fujita", "huzita"]),
            ("じゅんいち", &["junichi", "zyun'iti", "jun-ichi"]),
            ("おおの", &["ono", "oono", "ohno"]),
            ("いのうえ", &["inoue", "inoe"]),
            ("しおはら", &["shiohara", "siohara"]),
            ("はっとり", &["hattori"]),
            ("ほっち", &["hotchi", "hotti"]),
            ("ほんま", &["homma", "honma"]),
            ("なんば", &["namba", "nanba"]),
            ("ヴァシリエヴ", &["vasiriev", "vashiriev"]),
            ("ジョー", &["jo", "joh"]),
            ("ユウキ", &["yuki", "yuuki"]),
        ] {
            for spelling in spellings {
                assert!(found(spelling, &[reading]), "{reading} {spelling}");
            }
        }
    }

    #[test]
    fn half_a_syllable_already_finds() {
        for query in ["s", "sh", "sho", "shou", "shouj", "shouji"] {
            assert!(found(query, &["しょうじ"]), "{query}");
        }
    }

    #[test]
    fn variants_of_a_kanji_find_each_other() {
        assert!(found("高田", &["髙田 一郎"]) && found("髙田", &["高田 一郎"]));
        assert!(found("山崎", &["山﨑"]) && found("葛飾", &["葛\u{e0100}飾"]));
    }

    #[test]
    fn the_beginning_ranks_before_the_middle() {
        let rank = |query: &str| Query::new(query).rank(&SearchKey::new(&["面接の台帳", "めんせつのだいちょう"]));
        assert_eq!(rank("面接"), Some(0));
        assert_eq!(rank("台帳"), Some(1));
        assert_eq!(rank("mensetsu"), Some(2));
        assert_eq!(rank("daicho"), Some(3));
        assert_eq!(rank("巡視"), None);
    }

    #[test]
    fn ten_thousand_people_are_filtered_while_a_key_is_pressed() {
        let person = |number: usize| SearchKey::new(&["佐伯 美咲", "さえき みさき", &format!("{number:05}")]);
        let keys: Vec<SearchKey> = (0..10_000).map(person).collect();
        let start = std::time::Instant::now();
        assert_eq!(Query::new("misaki 099").filter(&keys).len(), 120);
        let limit = std::time::Duration::from_millis(250);
        assert!(start.elapsed() < limit, "{:?}", start.elapsed());
        eprintln!("10,000 people filtered in {:?}", start.elapsed());
    }

    #[test]
    fn nothing_typed_matches_everything() {
        assert!(Query::new(" \u{3000}").is_empty());
        assert_eq!(Query::new("").filter(&[SearchKey::new(&["山"]), SearchKey::new(&["川"])]), [0, 1]);
    }
}
