//! What a signature says: every way of touching the file has its own true answer.

use openssl::pkcs12::Pkcs12;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::X509;
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretSlice, SecretString};

use super::super::fingerprint::Fingerprint;
use super::super::sign::{SignError, find, sign};
use super::super::signer::{DEMO_NAME, Signer, SignerError};
use super::super::verify::{Verdict, verify};
use super::*;

/// A signed opinion, its unsigned bytes, and who signed.
struct Sample {
    unsigned: Vec<u8>,
    signed: Vec<u8>,
    signer: Signer,
}

fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let unsigned = pdf(&super::samples::opinion());
        let signer = Signer::generate("水野 遥", "123456", day()).unwrap();
        Sample { signed: sign(&unsigned, &signer).unwrap(), unsigned, signer }
    })
}

fn fingerprint() -> Fingerprint {
    sample().signer.fingerprint().unwrap()
}

fn verdict(pdf: &[u8]) -> Verdict {
    verify(pdf, Some(&fingerprint())).verdict
}

/// Start and end of the hexadecimal string, brackets included.
fn gap(signed: &[u8]) -> (usize, usize) {
    let start = find(signed, b"/Contents<", 0).unwrap() + b"/Contents".len();
    (start, find(signed, b">", start).unwrap() + 1)
}

fn with_byte_range(signed: &[u8], numbers: &str) -> Vec<u8> {
    let start = find(signed, b"/ByteRange[", 0).unwrap() + b"/ByteRange[".len();
    let end = find(signed, b"]", start).unwrap();
    let mut changed = signed.to_vec();
    changed[start..end].fill(b' ');
    changed[start..start + numbers.len()].copy_from_slice(numbers.as_bytes());
    changed
}

fn pdfsig(pdf: &[u8]) -> String {
    run("pdfsig", &[], pdf, &[]).0
}

#[test]
fn the_fields_own_tools_accept_the_signature() {
    let Sample { unsigned, signed, .. } = sample();
    assert!(signed.starts_with(unsigned), "the original bytes are a prefix");
    assert_clean(signed);
    let said = pdfsig(signed);
    assert!(said.contains("Signature is Valid") && said.contains("Total document signed"), "{said}");
    assert!(said.contains("ETSI.CAdES.detached") && said.contains("SHA-256"), "{said}");
    assert!(!signed.windows(3).any(|window| window == b"/M("), "no claimed time");
}

#[test]
fn the_text_of_a_signed_document_is_the_same() {
    let read = |pdf: &[u8]| run("pdftotext", &["-raw"], pdf, &["-"]).0;
    assert_eq!(read(&sample().signed), read(&sample().unsigned));
}

#[test]
fn the_cms_holds_the_certificate_attribute_and_no_time() {
    let (start, end) = gap(&sample().signed);
    let digits = std::str::from_utf8(&sample().signed[start + 1..end - 1]).unwrap();
    assert!(digits.contains("060b2a864886f70d010910022f"), "signing-certificate-v2");
    assert!(!digits.contains("06092a864886f70d010905"), "signingTime");
}

#[test]
fn untouched_files_are_told_apart_by_who_was_expected() {
    let Sample { signed, .. } = sample();
    let found = verify(signed, Some(&fingerprint()));
    assert_eq!(found.verdict, Verdict::UnchangedAndSigner);
    assert_eq!(
        (found.fingerprint, found.name.as_deref(), found.self_made),
        (Some(fingerprint()), Some("水野 遥"), true)
    );
    assert_eq!(verify(signed, None).verdict, Verdict::UnchangedSignerNotConfirmed);
    assert_eq!(verdict(&sample().unsigned), Verdict::NotSigned);
}

#[test]
fn another_key_under_the_same_name_is_another_signer() {
    let other = Signer::generate("水野 遥", "123456", day()).unwrap();
    let forged = sign(&sample().unsigned, &other).unwrap();
    let found = verify(&forged, Some(&fingerprint()));
    assert_eq!((found.verdict, found.name.as_deref()), (Verdict::OtherSigner, Some("水野 遥")));
}

#[test]
fn a_flipped_byte_is_a_change() {
    let mut changed = sample().signed.clone();
    let middle = sample().unsigned.len() / 2;
    changed[middle] ^= 1;
    assert_eq!(verdict(&changed), Verdict::Changed);
    assert!(!pdfsig(&changed).contains("Signature is Valid"));
}

#[test]
fn an_appended_update_is_said_even_if_one_byte_long() {
    let mut longer = sample().signed.clone();
    longer.push(b'\n');
    assert_eq!(verdict(&longer), Verdict::AppendedTo);
    longer.extend_from_slice(b"1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n");
    assert_eq!(verdict(&longer), Verdict::AppendedTo);
}

#[test]
fn a_byte_range_that_does_not_cover_the_file_is_said() {
    let Sample { signed, .. } = sample();
    let (start, end) = gap(signed);
    let rest = signed.len() - end;
    let ranges = [
        format!("0 {start} {end} {}", rest - 10),
        format!("0 {start} {end} {}", rest + 1),
        format!("9 {} {end} {rest}", start - 9),
        format!("0 {} {end} {rest}", start - 1),
        format!("0 {start} {} {}", end + 1, rest - 1),
        format!("0 {end} {start} {rest}"),
        format!("0 +{start} {end} {rest}"),
        format!("0 {start} {end}"),
        format!("0 {start} 9999999999 1"),
    ];
    for range in ranges {
        assert_eq!(verdict(&with_byte_range(signed, &range)), Verdict::NotCovering, "{range}");
    }
    assert_eq!(verdict(&signed[..signed.len() - 1]), Verdict::NotCovering, "cut short");
}

#[test]
fn a_signer_who_left_out_the_end_gets_no_clean_answer() {
    // Signed bytes, then an end that the range never covered: the signature itself holds.
    let mut longer = sample().signed.clone();
    longer.extend_from_slice(b"% tail");
    assert!(pdfsig(&longer).contains("Signature is Valid"), "a reader may be content");
    assert_eq!(verdict(&longer), Verdict::AppendedTo);
}

#[test]
fn nothing_hides_in_the_gap() {
    let Sample { signed, .. } = sample();
    let (start, end) = gap(signed);
    let touched = |place: usize, byte: u8| {
        let mut changed = signed.clone();
        changed[place] = byte;
        verdict(&changed)
    };
    assert_eq!(touched(end - 2, b'1'), Verdict::NotCovering, "after the signature");
    assert_eq!(touched(end - 2, b'>'), Verdict::NotCovering, "a string that ends early");
    assert_eq!(touched(end - 9, b' '), Verdict::NotCovering);
    assert_eq!(touched(start, b'('), Verdict::NotCovering);
    assert_eq!(touched(start + 1, b'F'), Verdict::NotCovering, "no structure");
}

#[test]
fn a_structure_that_is_no_signature_is_unreadable() {
    let mut changed = sample().signed.clone();
    let (start, end) = gap(&changed);
    changed[start + 1..end - 1].fill(b'0');
    changed[start + 1..start + 11].copy_from_slice(b"3003020101");
    assert_eq!(verdict(&changed), Verdict::Unreadable);
}

#[test]
fn a_second_signature_is_never_taken_for_the_first() {
    let other = Signer::generate("水野 遥", "123456", day()).unwrap();
    assert!(matches!(sign(&sample().signed, &other), Err(SignError::Unsuitable)));
    let twice = [sample().signed.as_slice(), &sample().signed].concat();
    assert_eq!(verdict(&twice), Verdict::SeveralSignatures);
}

#[test]
fn a_signature_moved_to_another_file_does_not_hold() {
    let mut view = super::samples::opinion();
    view.number = "E01-2026-0013".into();
    let mut other = sign(&pdf(&view), &sample().signer).unwrap();
    let (from, until) = gap(&sample().signed);
    let (start, end) = gap(&other);
    other[start..end].copy_from_slice(&sample().signed[from..until]);
    assert_eq!(verdict(&other), Verdict::Changed);
}

#[test]
fn a_sealed_signer_signs_as_the_same_person() {
    let sealed = sample().signer.to_secret_bytes().unwrap();
    assert!(!format!("{sealed:?} {:?}", sample().signer).contains("PRIVATE"));
    let restored = Signer::from_secret_bytes(&sealed).unwrap();
    assert_eq!(verdict(&sign(&sample().unsigned, &restored).unwrap()), Verdict::UnchangedAndSigner);
    let half = sealed.expose_secret().iter().copied().take(150).collect::<Vec<u8>>();
    assert!(matches!(Signer::from_secret_bytes(&SecretSlice::from(half)), Err(SignerError::Incomplete)));
}

#[test]
fn key_and_certificate_of_different_people_are_refused() {
    let pem = |signer: &Signer| signer.to_secret_bytes().unwrap().expose_secret().to_vec();
    let (mine, theirs) = (pem(&sample().signer), pem(&Signer::demo(day()).unwrap()));
    let end = find(&mine, b"-----BEGIN CERTIFICATE", 0).unwrap();
    let start = find(&theirs, b"-----BEGIN CERTIFICATE", 0).unwrap();
    let mixed = [&mine[..end], &theirs[start..]].concat();
    assert!(matches!(Signer::from_secret_bytes(&SecretSlice::from(mixed)), Err(SignerError::Incomplete)));
}

/// A container with an RSA key under a certificate of its own, as an authority would hand out.
fn container(passphrase: &str) -> Vec<u8> {
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let (mut builder, mut name) = (X509::builder().unwrap(), openssl::x509::X509Name::builder().unwrap());
    name.append_entry_by_text("CN", "水野 遥").unwrap();
    let name = name.build();
    builder.set_version(2).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_pubkey(&key).unwrap();
    // Long expired: a signature stays what it is, and no time is judged.
    builder.set_not_before(&openssl::asn1::Asn1Time::from_str_x509("20200101000000Z").unwrap()).unwrap();
    builder.set_not_after(&openssl::asn1::Asn1Time::from_str_x509("20210101000000Z").unwrap()).unwrap();
    builder.sign(&key, openssl::hash::MessageDigest::sha256()).unwrap();
    let certificate = builder.build();
    Pkcs12::builder().pkey(&key).cert(&certificate).build2(passphrase).unwrap().to_der().unwrap()
}

#[test]
fn a_container_opens_with_its_passphrase_only() {
    let file = container("短歌 行進");
    let wrong = Signer::from_pkcs12(&file, &SecretString::from("違う"));
    assert!(matches!(wrong, Err(SignerError::Container)));
    let signer = Signer::from_pkcs12(&file, &SecretString::from("短歌 行進")).unwrap();
    let signed = sign(&sample().unsigned, &signer).unwrap();
    assert_clean(&signed);
    assert_eq!(verify(&signed, Some(&signer.fingerprint().unwrap())).verdict, Verdict::UnchangedAndSigner);
}

#[test]
fn names_and_numbers_that_cannot_be_certified_are_refused() {
    let made = |name: &str, number: &str| Signer::generate(name, number, day()).unwrap_err();
    assert!(matches!(made("  ", "1"), SignerError::Name));
    assert!(matches!(made(&"長".repeat(65), "1"), SignerError::Name));
    assert!(matches!(made("水野 遥", "１２３"), SignerError::RegistryNumber));
    assert!(matches!(made("水野 遥", ""), SignerError::RegistryNumber));
    assert!(matches!(Signer::demo(NaiveDate::MIN), Err(SignerError::Day)));
}

#[test]
fn a_certificates_name_cannot_steer_the_terminal() {
    let signer = Signer::generate("水野\u{202E}\u{200B} 遥", "1", day()).unwrap();
    let signed = sign(&sample().unsigned, &signer).unwrap();
    assert_eq!(verify(&signed, None).name.as_deref(), Some("水野 遥"));
    assert!(matches!(Signer::generate("水野\u{1b}[2J", "1", day()), Err(SignerError::Name)));
}

#[test]
fn the_demonstration_signs_as_demo() {
    let signed = sign(&sample().unsigned, &Signer::demo(day()).unwrap()).unwrap();
    assert_eq!(verify(&signed, None).name.as_deref(), Some(DEMO_NAME));
}

#[test]
fn errors_and_sentences_promise_nothing_and_end_properly() {
    use Verdict::*;
    let all = [
        UnchangedAndSigner,
        UnchangedSignerNotConfirmed,
        OtherSigner,
        Changed,
        AppendedTo,
        NotCovering,
        SeveralSignatures,
        Unreadable,
        NotSigned,
    ];
    for verdict in all {
        let sentence = verdict.sentence();
        assert!(sentence.ends_with('。'), "{sentence}");
        assert!(!["違反", "改ざん不能", "準拠"].iter().any(|word| sentence.contains(word)), "{sentence}");
    }
    let codes: std::collections::BTreeSet<_> = all.iter().map(|verdict| verdict.code()).collect();
    assert_eq!(codes.len(), all.len());
}

proptest! {
    #[test]
    fn any_touched_byte_outside_the_signature_takes_the_clean_answer_away(place: prop::sample::Index, byte: u8) {
        let mut changed = sample().signed.clone();
        let place = place.index(changed.len());
        let (start, end) = gap(&changed);
        prop_assume!(changed[place] != byte && !(start..end).contains(&place));
        changed[place] = byte;
        let verdict = verdict(&changed);
        prop_assert!(!matches!(verdict, Verdict::UnchangedAndSigner | Verdict::OtherSigner | Verdict::AppendedTo));
    }

    #[test]
    fn a_touched_signature_never_names_another_signer(place: prop::sample::Index, byte: u8) {
        let mut changed = sample().signed.clone();
        let (start, end) = gap(&changed);
        changed[start + place.index(end - start)] = byte;
        prop_assert_ne!(verdict(&changed), Verdict::OtherSigner);
    }

    #[test]
    fn random_bytes_have_an_answer(bytes: Vec<u8>) {
        prop_assert_eq!(verdict(&bytes), Verdict::NotSigned);
        prop_assert!(sign(&bytes, &sample().signer).is_err());
    }

    #[test]
    fn any_byte_range_has_an_answer(text in "/ByteRange ?\\[?[-+0-9 \\[]{0,60}\\]?.{0,40}") {
        let claimed = [b"%PDF-1.7 ", text.as_bytes()].concat();
        prop_assert_eq!(verdict(&claimed), Verdict::NotCovering);
    }

    #[test]
    fn cut_and_joined_files_are_signed_or_refused(cut: prop::sample::Index, length in 0_usize..400) {
        let mut bytes = sample().unsigned.clone();
        let start = cut.index(bytes.len());
        bytes.drain(start..(start + length).min(bytes.len()));
        if let Ok(signed) = sign(&bytes, &sample().signer) {
            prop_assert_eq!(verdict(&signed), Verdict::UnchangedAndSigner);
        }
    }
}
