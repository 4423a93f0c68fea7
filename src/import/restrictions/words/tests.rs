use proptest::prelude::*;

use super::*;

#[test]
fn words_for_no_restriction_or_a_lifted_one_are_none() {
    let texts = [
        "残業制限なし",
        "時間外労働 可（上限なし）",
        "夜勤可",
        "措置不要",
        "深夜業の禁止は解除",
        "通常勤務",
        "制限なし",
        "就業上の措置不要、残業可",
        "なし",
        "就業制限解除済み",
    ];
    for text in texts {
        assert_eq!(read(text), Says::Nothing, "{text}");
    }
}

#[test]
fn plain_words_tell_their_kind() {
    use MeasureKind::{NightWork, NoWork, Other, OvertimeBan, OvertimeLimit, WorkingHours};
    let cases = [
        ("時間外労働の禁止", OvertimeBan),
        ("残業不可", OvertimeBan),
        ("残業なし", OvertimeBan),
        ("残業をさせないこと", OvertimeBan),
        ("残業禁止（日勤は可）", OvertimeBan),
        ("残業月45時間まで", OvertimeLimit),
        ("残業は月20時間まで可", OvertimeLimit),
        ("時間外・休日労働の制限", OvertimeLimit),
        ("夜勤は月4回まで", NightWork),
        ("深夜業の禁止", NightWork),
        ("要休業", NoWork),
        ("短時間勤務", WorkingHours),
        ("就業制限", Other),
        ("高所作業を避ける", Other),
        ("在宅勤務可", Other),
    ];
    for (text, kind) in cases {
        assert_eq!(read(text), Says::Measure(kind), "{text}");
    }
}

#[test]
fn words_that_name_no_measure_are_none_in_force() {
    for text in
        ["特になし", "該当なし", "指示なし", "特記事項なし", "異常なし", "就業継続可", "フル勤務可", "残業OK", "残業○"]
    {
        assert_eq!(read(text), Says::Nothing, "{text}");
    }
    assert_eq!(read("通常勤務に復帰"), Says::Nothing);
    for text in ["R8.10より通常勤務", "検討中", "調整中", "保留", "未回答", "未実施", "残業禁止を検討中"]
    {
        assert_eq!(read(text), Says::Unclear, "{text}");
    }
    let unnamed = ["様子見", "経過観察", "要面談", "未定", "意見どおり", "同上", "〃", "々", "前回と同じ", "変更なし"];
    for text in unnamed.into_iter().chain(["上記に同じ", "左に同じ", "前回の措置と同じ", "残業は変更なし"])
    {
        assert_eq!(read(text), Says::Unnamed, "{text}");
    }
    for text in ["高所作業を避ける", "重量物の取扱いは10kg未満", "在宅勤務", "就業制限", "座位作業", "休憩を多めに"]
    {
        assert_eq!(read(text), Says::Measure(MeasureKind::Other), "{text}");
    }
}

#[test]
fn an_absence_that_is_over_is_a_reason_and_no_measure() {
    use MeasureKind::{NightWork, NoWork, Other, OvertimeBan};
    for (text, kind) in [
        ("休職復帰後のため出張不可", Other),
        ("休業明け出張禁止", Other),
        ("育児休業明けにつき交替勤務は不可", Other),
        ("休職からの復帰のため出張禁止", Other),
        ("産前産後休業後は残業免除", OvertimeBan),
        ("休業", NoWork),
        ("休職（3月末まで）", NoWork),
        ("休業明け、再度休業", NoWork),
        ("残業免除", OvertimeBan),
        ("残業NG", OvertimeBan),
        ("残業×", OvertimeBan),
        ("ノー残業", OvertimeBan),
        ("残業可否「否」", OvertimeBan),
        ("夜勤×", NightWork),
        ("深夜業の免除", NightWork),
    ] {
        assert_eq!(read(text), Says::Measure(kind), "{text}");
    }
    for text in ["配置転換せず", "配置転換しない", "残業免除なし", "残業免除しない", "休業させない"]
    {
        assert_eq!(read(text), Says::Unclear, "{text}");
    }
}

#[test]
fn what_is_half_negated_is_asked() {
    let texts = [
        "残業禁止・夜勤可",
        "残業の制限は緩和せず解除予定",
        "深夜業の禁止は解除、残業は月45時間まで",
        "残業可（条件付き）",
        "休業不要",
        "時間外労働の規制なし",
        "残業を制限しないでよい",
    ];
    for text in texts {
        assert_eq!(read(text), Says::Unclear, "{text}");
    }
}

proptest! {
    #[test]
    fn no_words_panic(text in "[残業夜勤禁止制限なし可解除、（）までa0-9]{0,24}") {
        read(&text);
    }

    #[test]
    fn a_lifted_measure_is_never_a_kind(text in "(残業|深夜業|時間外労働)(の|は)?(禁止|制限|不可)(は|を)?解除") {
        prop_assert_eq!(read(&text), Says::Nothing);
    }
}
