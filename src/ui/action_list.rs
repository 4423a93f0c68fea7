//! The list of every action there is: one line each, and nothing is enumerated twice.
//!
//! A screen that needs another action adds it here. The tests of the list hold the rules of the
//! keys: no key means two things, every action has a way that works with an input method on, and
//! keys that some terminal keeps for itself are not used.

use super::actions::Action;
use super::keys::{Code, Key};

const NOBODY: &str = "画面の中だけです。何も出ません。";
const PHYSICIAN: &str = "産業医だけが見ます。会社には何も出ません。";
const RECIPIENT: &str = "次の確認に示す相手だけが見ます。";

macro_rules! registry {
    ($($act:ident $name:literal $label:literal $reading:literal $keys:expr, $ime:expr, $audience:expr, $effect:literal;)*) => {
        /// Every action, by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Act {
            $(#[doc = $effect] $act,)*
        }

        /// Every action, in the order of the help.
        pub static REGISTRY: &[Action] = &[$(entry(Act::$act)),*];

        const fn entry(act: Act) -> Action {
            match act {
                $(Act::$act => Action {
                    act,
                    name: $name,
                    label: $label,
                    reading: $reading,
                    keys: const { &$keys },
                    ime_keys: const { &$ime },
                    effect: $effect,
                    audience: $audience,
                },)*
            }
        }

        /// The entry of `act`.
        pub const fn action(act: Act) -> &'static Action {
            match act {
                $(Act::$act => const { &entry(Act::$act) },)*
            }
        }
    };
}

const fn on(code: Code) -> Key {
    Key::plain(code)
}

const fn key(c: char) -> Key {
    Key::char(c)
}

const fn ctrl(c: char) -> Key {
    Key::ctrl(c)
}

const UP: Key = on(Code::Up);
const DOWN: Key = on(Code::Down);
const LEFT: Key = on(Code::Left);
const RIGHT: Key = on(Code::Right);
const PAGE_UP: Key = on(Code::PageUp);
const PAGE_DOWN: Key = on(Code::PageDown);
const TAB: Key = on(Code::Tab);

/// Actions that only the locked door has; nothing of the desk works there, so that their keys may mean another thing.
pub const AT_THE_DOOR: &[Act] = &[Act::Recover, Act::OtherVault];

registry! {
    MoveUp "move-up" "上へ" "うえへ" [UP, key('k')], [UP], NOBODY, "ひとつ上の行へ動きます。";
    MoveDown "move-down" "下へ" "したへ" [DOWN, key('j')], [DOWN], NOBODY, "ひとつ下の行へ動きます。";
    MoveLeft "move-left" "左へ" "ひだりへ" [LEFT, key('h')], [LEFT], NOBODY, "左へ動きます。";
    MoveRight "move-right" "右へ" "みぎへ" [RIGHT, key('l')], [RIGHT], NOBODY, "右へ動きます。";
    PageUp "page-up" "前の頁" "まえのぺーじ" [PAGE_UP], [PAGE_UP], NOBODY, "一画面ぶん上へ動きます。";
    PageDown "page-down" "次の頁" "つぎのぺーじ" [PAGE_DOWN], [PAGE_DOWN], NOBODY, "一画面ぶん下へ動きます。";
    First "first" "先頭" "せんとう" [on(Code::Home), key('g')], [on(Code::Home)], NOBODY, "先頭の行へ動きます。";
    Last "last" "末尾" "まつび" [on(Code::End), key('G')], [on(Code::End)], NOBODY, "末尾の行へ動きます。";
    Open "open" "開く" "ひらく" [on(Code::Enter)], [on(Code::Enter)], PHYSICIAN, "選んだ行を開きます。";
    Back "back" "戻る" "もどる" [on(Code::Esc)], [on(Code::Esc)], NOBODY, "前の画面へ戻ります。書いたものは残ります。";
    NextField "next-field" "次の欄" "つぎのらん" [TAB], [TAB], NOBODY, "次の欄や右の欄へ移ります。";
    PreviousField "previous-field" "前の欄" "まえのらん" [TAB.with_shift()], [TAB.with_shift()], NOBODY, "前の欄へ移ります。";
    NextStep "next-step" "次の段" "つぎのだん" [Key::f(6)], [Key::f(6)], NOBODY, "次の段や次の場所へ移ります。";
    PreviousStep "previous-step" "前の段" "まえのだん" [Key::f(6).with_shift()], [Key::f(6).with_shift()], NOBODY, "前の段や前の場所へ移ります。";
    PreviousPerson "previous-person" "前の人" "まえのひと" [key('[')], [Key::f(7), PAGE_UP.with_ctrl()], PHYSICIAN, "同じ並びで前の人を開きます。";
    NextPerson "next-person" "次の人" "つぎのひと" [key(']')], [Key::f(8), PAGE_DOWN.with_ctrl()], PHYSICIAN, "同じ並びで次の人を開きます。";
    Search "search" "検索" "けんさく" [key('/')], [Key::f(3)], NOBODY, "漢字、かな、ローマ字、社員番号で探します。";
    Filter "filter" "絞込" "しぼりこみ" [key('f')], [Key::f(4)], NOBODY, "見える行を絞ります。";
    Sort "sort" "並替" "ならべかえ" [key('o')], [Key::f(5)], NOBODY, "並びの順を変えます。";
    Mark "mark" "印" "しるし" [key(' ')], [key(' ')], NOBODY, "選んだ行に印を付けるか、外します。";
    MarkAll "mark-all" "すべてに印" "すべてにしるし" [key('a')], [ctrl('a')], NOBODY, "見えている行のすべてに印を付けます。";
    Why "why" "なぜ" "なぜ" [key('w')], [Key::f(2)], NOBODY, "数、規則、条文、施行日、変わる条件を示します。";
    New "new" "新規" "しんき" [key('n')], [ctrl('n')], PHYSICIAN, "新しく作ります。";
    Edit "edit" "直す" "なおす" [key('e')], [ctrl('e')], PHYSICIAN, "選んだものを直します。";
    Done "done" "済" "すみ" [key('d')], [ctrl('d')], PHYSICIAN, "済んだと記録します。取り消せます。";
    Seal "seal" "封入" "ふうにゅう" [key('s')], [], PHYSICIAN, "鍵で暗号化したファイルを隣に作り、元のファイルを消します。";
    Plan "plan" "予定へ" "よていへ" [key('p')], [], PHYSICIAN, "訪問の予定へ入れます。";
    Later "later" "後で" "あとで" [key('z')], [], PHYSICIAN, "理由を書いて後の日へ回します。期限は変わりません。";
    AsOf "as-of" "別の日で" "べつのひで" [key('t')], [], NOBODY, "別の日の時点で見ます。";
    Import "import" "取込" "とりこみ" [key('i')], [], PHYSICIAN, "会社や健診機関のファイルを取り込みます。確認までは何も書きません。";
    Check "check" "検査" "けんさ" [key('c')], [], NOBODY, "記録に壊れがないかを調べます。";
    Request "request" "会社に求める" "かいしゃにもとめる" [key('r')], [], RECIPIENT, "会社に求める情報の文を用意します。確認までは出ません。";
    Exclude "exclude" "面接不要" "めんせつふよう" [key('N')], [], PHYSICIAN, "面接が要らないという判断を、拠り所と理由とともに書きます。";
    Certificate "certificate" "証明書" "しょうめいしょ" [key('C')], [], PHYSICIAN, "本人の選んだ医師の面接の証明書を受け取ったことを記録します。";
    Information "information" "面接の情報" "めんせつのじょうほう" [key('I')], [], PHYSICIAN, "面接のために会社から受け取る情報の、依頼と受領を記録します。";
    Attach "attach" "添付" "てんぷ" [key('A')], [], PHYSICIAN, "書面やメールを金庫の中に添えます。";
    Batch "batch" "一括の確認" "いっかつのかくにん" [key('b')], [], PHYSICIAN, "まとめて判定できる人の一覧を示します。確認までは何も書きません。";
    Trend "trend" "推移" "すいい" [key('T')], [], PHYSICIAN, "健診の値の年ごとの推移を項目ごとに見ます。";
    Origin "origin" "値の元" "あたいのもと" [key('O')], [], PHYSICIAN, "取り込んだ値が、どのファイルの何行目から来たかを、元の文字のまま示します。";
    Mapping "mapping" "列の対応" "れつのたいおう" [key('m')], [], PHYSICIAN, "取り込む列の対応を決めます。";
    OtherForm "other-form" "別の様式" "べつのようしき" [key('y')], [], NOBODY, "同じ内容を別の様式で見ます。";
    Output "output" "出力の確認" "しゅつりょくのかくにん" [key('x')], [ctrl('x')], RECIPIENT, "出力の確認を開きます。ここでは何も出ません。";
    Issue "issue" "実行" "じっこう" [ctrl('s')], [ctrl('s'), Key::f(12)], RECIPIENT, "確認に示したとおりに署名、出力、消去をします。";
    Undo "undo" "取消" "とりけし" [key('u')], [ctrl('z')], PHYSICIAN, "直前の変更を取り消します。確定した文書は変わりません。";
    Redo "redo" "やり直し" "やりなおし" [ctrl('y')], [ctrl('y')], PHYSICIAN, "取り消した変更をもう一度行います。";
    History "history" "履歴" "りれき" [ctrl('r')], [ctrl('r')], PHYSICIAN, "変更、出力、監査の記録を開きます。";
    Palette "palette" "呼出" "よびだし" [ctrl('p'), key(':')], [ctrl('p')], NOBODY, "操作、人、事業場、条文を言葉で呼び出します。";
    Help "help" "操作" "そうさ" [key('?')], [Key::f(1), ctrl('g')], NOBODY, "使えるキーの一覧を開きます。";
    Today "today" "今日" "きょう" [ctrl('t')], [ctrl('t')], PHYSICIAN, "今日の画面へ移ります。";
    Visit "visit" "訪問を始める" "ほうもんをはじめる" [key('v')], [], PHYSICIAN, "訪問を始めるか、閉じます。";
    Share "share" "画面共有" "がめんきょうゆう" [Key::f(9)], [Key::f(9)], NOBODY, "人の名前と健康の情報を画面から隠します。";
    Lock "lock" "施錠" "せじょう" [ctrl('l')], [ctrl('l')], NOBODY, "金庫を閉じます。書いたものは残ります。";
    Recover "recover" "回復コードで開く" "かいふくこーどでひらく" [ctrl('r')], [ctrl('r')], NOBODY, "解錠の画面で、回復コードを打ち、新しい鍵を作って開きます。";
    OtherVault "other-vault" "別の金庫" "べつのきんこ" [ctrl('o')], [ctrl('o')], NOBODY, "解錠の画面で、別の金庫を選びます。";
    Quit "quit" "終了" "しゅうりょう" [ctrl('q')], [ctrl('q')], NOBODY, "保存を終えてから閉じます。";
}
