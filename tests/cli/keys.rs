//! Passphrases, recovery codes and the place of the key, by command.

use super::*;

#[test]
fn a_weak_passphrase_makes_no_vault_and_an_occupied_place_is_left_alone() {
    let world = World::new();
    fs::write(world.path("weak"), "short\n").unwrap();
    let doctor = r#"{"name":"a","affiliation":"b","registration":"1"}"#;
    let weak = ["--vault", "vault", "--passphrase-file", "weak", "init", "--recovery-to", "code"];
    assert_eq!(code(&world.run(&weak, doctor)), 5);
    assert!(!world.path("vault").exists() && !world.path("code").exists());
    fs::create_dir(world.path("vault")).unwrap();
    fs::write(world.path("vault/mine"), "x").unwrap();
    assert_eq!(code(&world.on_vault(&["init", "--recovery-to", "code"], doctor)), 2);
    assert_eq!(fs::read(world.path("vault/mine")).unwrap(), b"x");
}

const NEW: &str = "canary-recovered-0815";

#[test]
fn a_damaged_key_is_made_anew_by_the_recovery_code() {
    let world = World::with_site();
    fs::write(world.path("vault/keys/identity.age"), "damaged").unwrap();
    let closed = world.on_vault(&["worklist"], "");
    assert_eq!(code(&closed), 4);
    assert!(text(&closed.stderr).contains("回復コード"), "{}", text(&closed.stderr));

    let code_on_paper = fs::read_to_string(world.path("code")).unwrap();
    let recover = ["--vault", "vault", "--passphrase-file", "-", "--json", "recover", "--recovery-file", "-"];
    let slip = format!("{NEW}\n{}", code_on_paper.replacen(' ', " Q", 1));
    assert_eq!(code(&world.run(&recover, &slip)), 2);
    let weak = world.run(&recover, &format!("short\n{code_on_paper}"));
    assert_eq!((code(&weak), lines(&weak).len()), (5, 0));
    let done = world.run(&recover, &format!("{NEW}\n{code_on_paper}"));
    assert_eq!((code(&done), lines(&done)), (0, vec![serde_json::json!({ "schema": 1, "done": true })]));

    fs::write(world.path("new"), format!("{NEW}\n")).unwrap();
    let with = |file: &str, arguments: &[&str]| {
        world.run(&[&["--vault", "vault", "--passphrase-file", file, "--json"], arguments].concat(), "")
    };
    assert_eq!(code(&with("passphrase", &["worklist"])), 3);
    let audit = with("new", &["audit"]);
    assert!(lines(&audit).iter().any(|line| line["event"] == "回復コードによる鍵の作り直し"));
    assert_eq!(lines(&with("new", &["check"]))[0]["found"], 0);
    for path in files(&world.path("vault")) {
        let bytes = fs::read(&path).unwrap();
        let holds = |canary: &str| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!holds(NEW) && !holds(code_on_paper.trim()), "{}", path.display());
    }
}

#[test]
fn a_code_is_asked_of_a_terminal_or_a_file_and_another_vaults_code_opens_nothing() {
    let (world, other) = (World::with_site(), World::with_site());
    let nobody = world.on_vault(&["recover"], "");
    assert_eq!(code(&nobody), 2);
    assert!(text(&nobody.stderr).contains("--recovery-file"));
    fs::copy(other.path("code"), world.path("code")).unwrap();
    let foreign = world.on_vault(&["recover", "--recovery-file", "code"], "");
    assert_eq!(code(&foreign), 3);
    assert!(text(&foreign.stderr).contains("この金庫のものではありません"));
    world.done(&["worklist"], "");
}

#[test]
fn the_key_may_lie_elsewhere_and_be_named_for_the_day() {
    let world = World::new();
    let doctor = r#"{"name":"a","affiliation":"b","registration":"1"}"#;
    fs::create_dir(world.path("stick")).unwrap();
    world.done(&["--json", "init", "--recovery-to", "code", "--identity", "stick/key.age"], doctor);
    assert!(world.path("stick/key.age").exists() && !world.path("vault/keys/identity.age").exists());
    world.done(&["worklist"], "");
    fs::rename(world.path("stick"), world.path("mounted")).unwrap();
    let lost = world.on_vault(&["worklist"], "");
    assert_eq!(code(&lost), 3);
    assert!(text(&lost.stderr).contains("--identity"), "{}", text(&lost.stderr));
    world.done(&["--identity", "mounted/key.age", "worklist"], "");

    world.done(&["--identity", "mounted/key.age", "backup", "backup.age"], "");
    let restore = ["--vault", "second", "--passphrase-file", "passphrase", "restore", "backup.age"];
    let both = ["--identity", "mounted/key.age", "--recovery-file", "code"];
    assert_eq!(code(&world.run(&[&restore[..], &both].concat(), "")), 2);
    assert_eq!(code(&world.run(&[&restore[..], &both[..2]].concat(), "")), 0);
    let second = ["--vault", "second", "--passphrase-file", "passphrase", "worklist"];
    assert_eq!(code(&world.run(&second, "")), 0, "the key lies inside the restored vault");
    assert_eq!(
        code(&world.run(&["restore", "backup.age", "--recovery-file", "code"], "")),
        0,
        "the usual place is free"
    );
    assert_eq!(code(&world.run(&["--passphrase-file", "passphrase", "worklist"], "")), 0);
    assert_eq!(code(&world.run(&["restore", "backup.age", "--recovery-file", "code"], "")), 2, "and now it is not");

    world.done(&["recover", "--recovery-file", "code", "--identity", "mounted/new.age"], "");
    world.done(&["worklist"], "");
}
