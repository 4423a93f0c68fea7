//! The rules of the keys, held for the whole registry.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

fn all_keys(action: &Action) -> BTreeSet<Key> {
    action.keys.iter().chain(action.ime_keys).copied().collect()
}

#[test]
fn no_key_means_two_things() {
    let mut owners: BTreeMap<(bool, Key), &str> = BTreeMap::new();
    for action in REGISTRY {
        let is_at_the_door = AT_THE_DOOR.contains(&action.act);
        for key in all_keys(action) {
            let other = owners.insert((is_at_the_door, key), action.name);
            assert_eq!(other, None, "{} also means {}", key.name(), action.name);
        }
    }
}

#[test]
fn every_action_has_a_way_with_the_input_method_on() {
    for action in REGISTRY {
        for key in action.ime_keys {
            assert!(!key.is_text() || *key == Key::char(' '), "{}: {}", action.name, key.name());
        }
        let has_own_way = !action.ime_keys.is_empty();
        let offer = [action.offer()];
        assert!(has_own_way || search(&offer, action.reading) == [0], "{}", action.name);
    }
}

#[test]
fn keys_that_a_terminal_keeps_are_not_used() {
    for key in REGISTRY.iter().flat_map(all_keys) {
        let is_forbidden = match key.code {
            Code::F(number) => number > 12 || number == 10 || number == 11 || (number == 3 && (key.ctrl || key.shift)),
            Code::Char(c) => key.ctrl && ['h', 'i', 'j', 'm', '[', 'w', 'c'].contains(&c) || c.is_ascii_digit(),
            _ => false,
        };
        assert!(!is_forbidden, "{}", key.name());
    }
}

#[test]
fn names_are_unique_and_every_text_ends_as_a_sentence() {
    let names: BTreeSet<&str> = REGISTRY.iter().map(|action| action.name).collect();
    assert_eq!(names.len(), REGISTRY.len());
    for entry in REGISTRY {
        assert_eq!(action(entry.act), entry);
        assert!(entry.effect.ends_with('。') && entry.audience.ends_with('。'), "{}", entry.name);
    }
}

#[test]
fn outward_acts_have_no_letter() {
    for key in all_keys(action(Act::Issue)) {
        assert!(!key.is_text() && key.code != Code::Enter);
    }
}

#[test]
fn in_a_text_field_letters_and_editing_keys_are_text() {
    assert_eq!(find(Key::char('w'), false).map(|a| a.act), Some(Act::Why));
    assert_eq!(find(Key::char('w'), true), None);
    assert_eq!(find(Key::ctrl('n'), true), None);
    assert_eq!(find(Key::ctrl('n'), false).map(|a| a.act), Some(Act::New));
    assert_eq!(find(Key::ctrl('x'), true).map(|a| a.act), Some(Act::Output));
    assert_eq!(find(Key::f(2), true).map(|a| a.act), Some(Act::Why));
    assert_eq!(find(Key::ctrl('b'), false), None);
}

fn today() -> Vec<Offer> {
    vec![
        action(Act::Open).offer().labelled("訪問を開く"),
        action(Act::Why).offer(),
        action(Act::Plan).offer(),
        action(Act::Later).offer(),
        action(Act::Palette).offer(),
        action(Act::Help).offer(),
    ]
}

#[test]
fn the_footer_reads_as_on_the_screen() {
    let hints = footer(&today(), 78, false);
    assert_eq!(footer_text(&hints), "Enter 訪問を開く   w なぜ   p 予定へ   z 後で   Ctrl-P 呼出   ? 操作");
    let hints = footer(&today(), 78, true);
    assert_eq!(footer_text(&hints), "Enter 訪問を開く   F2 なぜ   Ctrl-P 呼出   F1 操作");
}

#[test]
fn a_narrow_footer_keeps_the_palette_and_the_help() {
    let hints = footer(&today(), 45, false);
    assert_eq!(footer_text(&hints), "Enter 訪問を開く   Ctrl-P 呼出   ? 操作");
    let text = footer_text(&footer(&today(), 48, false));
    assert!(width(&text) <= 48, "{text}");
}

#[test]
fn what_is_refused_is_in_the_help_but_not_in_the_footer() {
    let offers = vec![action(Act::New).offer().refused(Some("下書きがありません")), action(Act::Help).offer()];
    assert_eq!(footer_text(&footer(&offers, 78, false)), "? 操作");
    let rows = help_rows(&offers);
    assert_eq!((rows[0].keys.as_str(), rows[0].ime_keys.as_str()), ("n", "Ctrl-N"));
    assert_eq!(rows[0].offer.refusal.as_deref(), Some("下書きがありません"));
    assert!(offered(&offers, Key::char('n'), false).is_some());
}

#[test]
fn the_palette_takes_kana_kanji_and_romaji() {
    let offers: Vec<Offer> = REGISTRY.iter().map(Action::offer).collect();
    for query in ["せじょう", "施錠", "sejo", "lock", "セジョウ"] {
        let found = search(&offers, query);
        assert_eq!(found.first().map(|&index| offers[index].action.act), Some(Act::Lock), "{query}");
    }
    assert_eq!(search(&offers, "ぬるぽ"), [] as [usize; 0]);
}

#[test]
fn the_palette_teaches_the_quick_key_and_the_one_for_the_input_method() {
    let told = |act| action(act).both_text();
    assert_eq!([told(Act::Why), told(Act::Plan), told(Act::Open)], ["w  F2", "p", "Enter"].map(str::to_owned));
}
