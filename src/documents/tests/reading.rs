//! What a document says: the PDF's text is the preview's text, and nothing else is in the file.

use std::time::{Duration, Instant};

use serde_json::json;

use super::super::fonts::{FontError, Library};
use super::super::typeset::{Metadata, TypesetError};
use super::super::view::{DEMO_MARK, Disclosed, Row};
use super::super::{FORMS, form};
use super::*;

fn text(pdf: &[u8], mode: &str) -> String {
    let (text, content) = run("pdftotext", &[mode], pdf, &["-"]);
    assert!(content, "{text}");
    text
}

fn compile(template: &str) -> Result<Vec<u8>, TypesetError> {
    let metadata = Metadata { title: "試し", identifier: "E01-2026-0001", day: day() };
    typesetter().pdf("", template, &json!({"text": "葛城"}), metadata)
}

#[test]
fn preview_text_equals_the_text_of_the_pdf() {
    for view in super::samples::all() {
        let pdf = pdf(&view);
        assert_clean(&pdf);
        assert_eq!(pages(&pdf), 1, "{} {}", view.form, view.recipient);
        let printed = without_space(&text(&pdf, "-raw"));
        let printed = printed.strip_suffix("1/1").unwrap();
        let preview = without_space(&view.lines().concat());
        // The demo mark is printed twice: large behind the text and small in the head.
        let preview = if view.demo { format!("{DEMO_MARK}{preview}") } else { preview };
        assert_eq!(printed, preview, "{} {}", view.form, view.recipient);
    }
}

#[test]
fn each_label_stands_beside_its_value_in_layout_order() {
    let view = super::samples::opinion();
    let laid_out = without_space(&text(&pdf(&view), "-layout"));
    for line in view.lines() {
        for part in line.split('　').filter(|part| part.chars().count() < 30) {
            assert!(laid_out.contains(&without_space(part)), "{part}");
        }
    }
    for pair in ["事業場あかつき精機本社工場", "氏名佐伯美咲", "就業区分□0通常勤務■1就業制限・配慮□2要休業"]
    {
        assert!(laid_out.contains(pair), "{pair}");
    }
}

#[test]
fn rare_kanji_are_read_back_from_the_second_font() {
    let pdf = pdf(&super::samples::opinion_2011());
    let read = text(&pdf, "-raw");
    for name in ["髙橋", "﨑子", "𠮷野"] {
        assert!(read.contains(name), "{name}");
    }
}

#[test]
fn the_workplace_copy_holds_nothing_of_the_interview() {
    let copy = without_space(&text(&pdf(&super::samples::opinion_for_workplace()), "-raw"));
    assert!(copy.contains("就業制限・配慮"));
    for word in ["疲労の蓄積", "心身の状況", "本人への指導", "眠り"] {
        assert!(!copy.contains(word), "{word}");
    }
}

#[test]
fn metadata_say_pdf_a_and_name_nobody() {
    let pdf = pdf(&super::samples::opinion());
    let (xmp, _) = run("pdfinfo", &["-meta"], &pdf, &[]);
    let compact = without_space(&xmp);
    assert!(compact.contains("<pdfaid:part>2</pdfaid:part>"), "{xmp}");
    assert!(compact.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{xmp}");
    let (info, _) = run("pdfinfo", &[], &pdf, &[]);
    assert!(info.contains("面接指導結果報告書及び就業上の措置に係る意見書") && !info.contains("Author:"), "{info}");
    for name in ["佐伯", "美咲", "水野", "あかつき", "E01-"] {
        assert!(!xmp.contains(name) && !info.contains(name), "{name}");
    }
}

#[test]
fn no_name_lies_in_the_file_outside_the_pages() {
    let view = super::samples::opinion();
    let (opened, content) = run("qpdf", &["--qdf", "--object-streams=disable"], &pdf(&view), &["-"]);
    assert!(content);
    let sixteen: String = "佐伯".encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    assert!(!opened.contains("佐伯") && !opened.to_lowercase().contains(&sixteen));
    assert!(!opened.contains("/ActualText"), "a second text beside the visible one");
    assert!(!opened.contains("/EmbeddedFile") && !opened.contains("/JavaScript"));
}

#[test]
fn a_template_cannot_put_a_person_into_the_metadata() {
    let pdf = compile("#set document(title: \"佐伯\", author: \"水野\", keywords: \"秘密\")\n本文").unwrap();
    let all = run("pdfinfo", &["-meta"], &pdf, &[]).0 + &run("pdfinfo", &[], &pdf, &[]).0;
    assert!(!["佐伯", "水野", "秘密"].iter().any(|word| all.contains(word)), "{all}");
}

#[test]
fn a_template_reaches_its_data_and_nothing_else() {
    assert!(compile("#json(\"/data.json\").text").is_ok());
    let doors = [
        "#read(\"/etc/passwd\")",
        "#read(\"../Cargo.toml\")",
        "#image(\"/photo.png\")",
        "#import \"@preview/tablex:0.0.8\": *",
        "#include \"/other.typ\"",
        "#datetime.today().display()",
        "#sys.inputs.at(\"name\")",
    ];
    for door in doors {
        assert_eq!(compile(&format!("一行目\n\n{door}")), Err(TypesetError::Template { line: 3 }), "{door}");
    }
}

#[test]
fn a_character_without_a_glyph_is_an_error_that_names_it() {
    let mut view = super::samples::opinion();
    view.sections[0].rows.push(Row::text("氏名", "𓀀"));
    let error = form("opinion").unwrap().pdf(typesetter(), &view, day(), None).unwrap_err();
    assert_eq!(error, TypesetError::MissingGlyph('𓀀'));
    assert!(error.to_string().contains("U+13000"));
    assert_eq!(compile("𓀀"), Err(TypesetError::Export), "a template's own character");
}

#[test]
fn hostile_text_stays_text() {
    let mut view = super::samples::opinion();
    let hostile = "#read(\"/etc/passwd\") $x$ *強* _斜_ `a` <b> @c \\u{1} = 見出し // 注 -- \"引用\" 'x' [y]";
    view.sections[0].rows = vec![Row::text("氏名", hostile)];
    let printed = without_space(&text(&pdf(&view), "-raw"));
    assert!(printed.contains(&without_space(hostile)), "{printed}");
}

#[test]
fn a_long_opinion_runs_over_pages_with_their_numbers() {
    let mut view = super::samples::opinion();
    view.sections[2].rows.push(Row::text("連絡事項等", "産業医の意見を続けます。".repeat(120)));
    let pdf = pdf(&view);
    assert_eq!(pages(&pdf), 2);
    let read = without_space(&text(&pdf, "-raw"));
    assert!(read.contains("1/2") && read.contains("2/2"));
    assert_eq!(read.matches(&without_space(&view.identifier())).count(), 2);
}

#[test]
fn equal_views_give_equal_bytes_also_after_forgetting() {
    let first = pdf(&super::samples::opinion());
    typesetter().forget();
    assert_eq!(first, pdf(&super::samples::opinion()));
}

#[test]
fn the_physicians_own_template_is_used() {
    let view = super::samples::opinion();
    let own = "#set page(paper: \"a5\")\n社外秘\n#title-block\n#for one in view.sections { section-of(one) }\n#closing";
    let with_head = format!("#show: paper\n{own}");
    let pdf = form("opinion").unwrap().pdf(typesetter(), &view, day(), Some(&with_head)).unwrap();
    assert!(text(&pdf, "-raw").contains("社外秘"));
    assert_eq!(form("opinion").unwrap().source(Some("x")), format!("{}\nx", super::super::BASE));
}

#[test]
fn an_own_template_that_leaves_words_out_is_refused() {
    let view = super::samples::opinion();
    let set = |own: &str| form("opinion").unwrap().pdf(typesetter(), &view, day(), Some(own));
    assert_eq!(set("#view.title"), Err(TypesetError::Omits));
    let without_last =
        "#show: paper\n#title-block\n#for one in view.sections.slice(0, -1) { section-of(one) }\n#closing";
    assert_eq!(set(without_last), Err(TypesetError::Omits));
    assert!(set(form("opinion").unwrap().template).is_ok());
}

#[test]
fn form_names_are_unique_and_found() {
    for one in FORMS {
        assert_eq!(form(one.name).unwrap().title, one.title);
    }
    assert!(form("missing").is_none());
}

#[test]
fn a_missing_font_is_said_before_anything_is_set() {
    assert_eq!(Library::from_bytes([], None).unwrap_err(), FontError::NoFamily);
    assert_eq!(Library::from_bytes([b"no font".to_vec()], None).unwrap_err(), FontError::NoFamily);
    assert_eq!(Library::from_system(Some("無い字")).unwrap_err(), FontError::NamedFamilyMissing);
}

#[test]
fn the_named_family_comes_first() {
    let library = Library::from_system(Some("Noto Sans CJK JP")).unwrap();
    assert_eq!(library.families().first().unwrap(), "Noto Sans CJK JP");
    assert_eq!(library.families().iter().filter(|family| *family == "Noto Sans CJK JP").count(), 1);
}

/// Not a benchmark: catches a page that became ten times slower, and prints the figure with `--nocapture`.
#[test]
fn a_page_takes_well_under_a_second() {
    let view = super::samples::opinion();
    pdf(&view);
    let start = Instant::now();
    let count = 10;
    for number in 0..count {
        pdf(&Disclosed { number: format!("E01-2026-{number:04}"), ..view.clone() });
    }
    let each = start.elapsed() / count;
    println!("one page: {each:?}");
    assert!(each < Duration::from_secs(3));
}
