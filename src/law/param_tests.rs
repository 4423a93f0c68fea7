use super::*;

const HEAD: &str = "[[parameter]]\nid = \"a.b\"\nmeaning = \"m\"\nunit = \"hours\"\n";

fn version(from: &str, rest: &str) -> String {
    format!(
        "[[parameter.version]]\nin_force_from = \"{from}\"\nlaw = \"法\"\narticle = \"1条\"\nchecked_on = \"2026-11-21\"\nrevision = \"r\"\nstatus = \"verified\"\n{rest}\n"
    )
}

fn refused(versions: &[String]) -> (Fault, usize) {
    let error = parse("x.toml", &format!("{HEAD}{}", versions.concat())).unwrap_err();
    assert_eq!(error.file, "x.toml");
    (error.problem, error.line)
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn versions_are_half_open_and_repeal_is_a_value() {
    let text = [
        HEAD.to_owned(),
        version("2006-04-01", "value = 100"),
        version("2019-04-01", "value = 80"),
        version("2030-04-01", "repealed = true"),
    ];
    let parameter = parse("x.toml", &text.concat()).unwrap().remove(0);
    let value = |text: &str| match parameter.on(day(text)) {
        Reading::InForce(value, _) => Some(value),
        _ => None,
    };
    assert_eq!(parameter.on(day("2006-03-31")), Reading::NotEncoded);
    assert_eq!((value("2006-04-01"), value("2019-03-31")), (Some(100), Some(100)));
    assert_eq!((value("2019-04-01"), value("2030-03-31")), (Some(80), Some(80)));
    assert!(matches!(parameter.on(day("2030-04-01")), Reading::Absent(_)));
    assert_eq!(parameter.versions[0].until, Some(day("2019-04-01")));
}

#[test]
fn what_is_announced_changes_nothing() {
    let announced = version("2028-04-01", "value = 1").replace("verified", "announced");
    let undated = announced.replace("in_force_from = \"2028-04-01\"\n", "");
    let text = [HEAD.to_owned(), version("2006-04-01", "value = 2"), announced, undated];
    let parameter = parse("x.toml", &text.concat()).unwrap().remove(0);
    assert!(matches!(parameter.on(day("2028-04-02")), Reading::InForce(2, _)));
    assert_eq!(
        parameter.announced.iter().map(|change| change.from).collect::<Vec<_>>(),
        [Some(day("2028-04-01")), None]
    );
}

#[test]
fn a_broken_file_is_refused_with_its_line() {
    let first = version("2006-04-01", "value = 1\nin_force_until = \"2010-04-01\"");
    let second = |from: &str| version(from, "value = 2");
    let line = 5 + first.lines().count();
    assert_eq!(refused(&[first.clone(), second("2011-04-01")]), (Fault::Gap, line));
    assert_eq!(refused(&[first.clone(), second("2009-04-01")]), (Fault::Overlap, line));
    assert_eq!(refused(&[first.clone(), second("2006-04-01")]), (Fault::Unsorted, line));
    assert_eq!(refused(&[first.clone(), second("2005-01-01")]), (Fault::Unsorted, line));
    assert_eq!(refused(&[second("2006-02-30")]).0, Fault::BadDate);
    assert_eq!(refused(&[second("2006-4-1")]).0, Fault::BadDate);
    assert_eq!(refused(&[second("2006-04-01").replace("in_force_from = \"2006-04-01\"\n", "")]).0, Fault::NoDate);
    assert_eq!(refused(&[second("2006-04-01").replace("article = \"1条\"\n", "")]).0, Fault::NoCitation);
    assert_eq!(refused(&[second("2006-04-01").replace("法", " ")]).0, Fault::NoCitation);
    assert_eq!(refused(&[version("2006-04-01", "")]).0, Fault::ValueOrRepeal);
    assert_eq!(refused(&[version("2006-04-01", "value = 1\nrepealed = true")]).0, Fault::ValueOrRepeal);
    assert_eq!(refused(&[version("2006-04-01", "value = -1")]).0, Fault::BadValue);
    assert_eq!(refused(&[]).0, Fault::NoVersion);
}

/// What the physician reads when a file is broken: the file, the line of the version, the parameter, what is wrong.
#[test]
fn the_sentence_names_file_line_and_reason() {
    let first = version("2006-04-01", "value = 1\nin_force_until = \"2010-04-01\"");
    let second = |from: &str| version(from, "value = 2");
    let line = 5 + first.lines().count();
    let broken = [
        ([first.clone(), second("2011-04-01")], line, "どの版もない日があります"),
        ([first.clone(), second("2009-04-01")], line, "二つの版が同じ日に重なっています"),
        (
            [first.clone(), second("2010-04-01").replace("article = \"1条\"\n", "")],
            line,
            "根拠（law と article）がありません",
        ),
        ([first.clone(), second("2010-02-30")], line, "日付は 2026-04-01 の形で書きます"),
        (
            [first.clone(), second("2010-04-01").replace("2026-11-21", "2026-11-31")],
            line,
            "日付は 2026-04-01 の形で書きます",
        ),
        ([first.clone(), second("2010-04-01") + "promulgated = \"2019-04-01\"\n"], line, "施行日より後です"),
        ([first.clone(), second("2010-04-01") + "foo = 2\n"], line + 8, "foo"),
    ];
    for (versions, line, reason) in broken {
        let text = parse("x.toml", &format!("{HEAD}{}", versions.concat())).unwrap_err().to_string();
        assert!(text.starts_with(&format!("法令データ x.toml の {line} 行目")), "{reason}: {text}");
        assert!(text.contains(reason) && text.ends_with("その行を直してください。"), "{text}");
    }
}

#[test]
fn unknown_keys_and_words_are_refused_with_their_line() {
    let (fault, line) = refused(&[version("2006-04-01", "value = 1\nfoo = 2")]);
    assert!(matches!(&fault, Fault::Syntax(detail) if detail.contains("foo")) && line > 4, "{fault:?} {line}");
    assert!(matches!(refused(&[version("2006-04-01", "value = 1.5")]).0, Fault::Syntax(_)));
    assert!(matches!(refused(&[version("2006-04-01", "value = 1").replace("verified", "sure")]).0, Fault::Syntax(_)));
    let error = parse("x.toml", "[[parameter]]\nid = 3").unwrap_err();
    assert_eq!((error.line, error.file.as_str()), (2, "x.toml"));
    assert!(error.to_string().starts_with("法令データ x.toml の 2 行目を読めません。"), "{error}");
}

#[test]
fn a_provision_is_one_and_an_id_is_unique() {
    let text = format!("{}{}", HEAD.replace("hours", "provision"), version("2006-04-01", "value = 2"));
    assert_eq!(parse("x.toml", &text).unwrap_err().problem, Fault::BadValue);
    let text = format!("{HEAD}{}", version("2006-04-01", "value = 2"));
    let error = crate::law::Law::from_sources(&[("x.toml", &text), ("y.toml", &text)]).unwrap_err();
    assert_eq!((error.file.as_str(), error.problem), ("y.toml", Fault::Duplicate));
    let error = crate::law::Law::from_sources(&[("x.toml", &text)]).unwrap_err();
    assert_eq!(error.problem, Fault::Missing);
}
