//! A small demo vault in a home of its own: made once, written anew for each test, reached by the real binary.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use junkai::demo::Plan;
use junkai::runtime::{Desk, NOTHING_FOUND, Unlocking};
use junkai::vault::files::RealFiles;
use junkai::vault::{OpenDatabase, Passphrase, Unlock, Vault, VaultError, checkpoint_and_close};
use serde_json::Value;
use tempfile::TempDir;

use crate::desk;

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Answer {
    /// The JSON objects that were printed.
    pub fn objects(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The same answer of an import in JSON: 0 where everything in the file is in the records, 1 where a row or a value
    /// waits for somebody or nothing can come in.
    #[track_caller]
    pub fn imported(self) -> Self {
        let told = self.objects().remove(0);
        let sum = |members: [&str; 3]| members.map(|member| told[member].as_u64().unwrap_or(0)).iter().sum::<u64>();
        let is_whole = sum(["doubtful", "refused", "unread_values"]) == 0 && sum(["added", "changed", "unchanged"]) > 0;
        self.with_code(i32::from(!is_whole))
    }

    /// The same answer, which must be this exit code.
    #[track_caller]
    pub fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

/// A vault that can be broken.
pub struct Scratch {
    home: TempDir,
    passphrase: String,
}

/// Every file of a vault, as it was made.
type Tree = Vec<(PathBuf, Vec<u8>)>;

impl Scratch {
    /// Two establishments of twelve workers and one year.
    pub fn demo() -> Self {
        static TEMPLATE: OnceLock<Tree> = OnceLock::new();
        let template = TEMPLATE.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let plan = Plan { establishments: 2, workers: 12, years: 1, seed: 1 };
            desk::demo(folder.path().join("vault"), &plan).lock().unwrap();
            read_tree(folder.path())
        });
        let scratch = Self::empty();
        write_tree(scratch.home.path(), template);
        scratch
    }

    /// One establishment of forty workers and one year, as the program's own `demo` builds it on this day.
    pub fn of_demo_command(day: &str) -> Self {
        static TEMPLATE: OnceLock<(Tree, String)> = OnceLock::new();
        let (template, passphrase) = TEMPLATE.get_or_init(|| {
            let scratch = Self::by_demo_command(day, 40);
            (read_tree(&scratch.vault()), scratch.passphrase.clone())
        });
        let scratch = Self { passphrase: passphrase.clone(), ..Self::empty() };
        write_tree(&scratch.vault(), template);
        scratch
    }

    /// One establishment of so many workers and one year, as the program's own `demo` builds it on this day.
    pub fn by_demo_command(day: &str, workers: usize) -> Self {
        let scratch = Self::empty();
        let mut command = scratch.command(env!("CARGO_BIN_EXE_junkai"));
        command.args(["demo", "--no-ui", "--vault", "vault", "--today", day, "--establishments", "1", "--years", "1"]);
        let answer = Answer::from(command.args(["--workers", &workers.to_string()]).output().unwrap()).with_code(0);
        let passphrase = answer.objects()[0]["passphrase"].as_str().unwrap().to_owned();
        Self { passphrase, ..scratch }
    }

    /// No vault yet.
    pub fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("tmp")).unwrap();
        fs::create_dir(home.path().join("out")).unwrap();
        Self { home, passphrase: desk::PASSPHRASE.to_owned() }
    }

    /// What opens the vault.
    pub fn passphrase(&self) -> &str {
        &self.passphrase
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn vault(&self) -> PathBuf {
        self.path("vault")
    }

    /// The program with nothing of the environment but a home and a folder for temporary files.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.home.path()).env("TMPDIR", self.path("tmp")).current_dir(self.home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command on the vault; the passphrase comes first on the standard input, then `input`.
    pub fn run(&self, arguments: &[&str], input: &str) -> Answer {
        let given = format!("{}\n{input}", self.passphrase);
        self.start(arguments, &given).wait_with_output().unwrap().into()
    }

    /// Starts a command on the vault with all of its standard input.
    pub fn start(&self, arguments: &[&str], input: &str) -> Child {
        let mut command = self.command(env!("CARGO_BIN_EXE_junkai"));
        command.args(["--vault", "vault", "--passphrase-file", "-"]).args(arguments);
        let mut child = command.spawn().unwrap();
        // A command that ends before it reads is not this function's concern.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child
    }

    /// What `check` finds, as place and kind; its exit code and its sentences must fit.
    #[track_caller]
    pub fn findings(&self) -> Vec<(String, String)> {
        kinds(&self.run(&["--json", "check"], ""))
    }

    /// What `audit --verify` finds.
    #[track_caller]
    pub fn broken_chains(&self) -> Vec<(String, String)> {
        kinds(&self.run(&["--json", "audit", "--verify"], ""))
    }

    /// The check finds nothing, and says no more than it can know.
    #[track_caller]
    pub fn assert_clean(&self) {
        let answer = self.run(&["check"], "").with_code(0);
        assert_eq!(answer.out.trim(), NOTHING_FOUND);
    }

    /// An open desk on the vault, in this process.
    pub fn desk(&self) -> Desk {
        let passphrase = Passphrase::new(self.passphrase.clone());
        Desk::unlock(&Unlocking { passphrase, ..desk::unlocking(self.vault()) }).unwrap()
    }

    /// Runs plain SQL with a database's own key, as nobody without it could; 0 is the registry.
    pub fn sql(&self, number: u32, statements: &str) {
        let database = self.database(number);
        database.connection.execute_batch(statements).unwrap();
        checkpoint_and_close(database).unwrap();
    }

    /// One number out of a database.
    pub fn number(&self, number: u32, query: &str) -> i64 {
        self.database(number).connection.query_row(query, [], |row| row.get(0)).unwrap()
    }

    /// One text out of a database.
    pub fn word(&self, number: u32, query: &str) -> String {
        self.database(number).connection.query_row(query, [], |row| row.get(0)).unwrap()
    }

    /// Every row of every table of a database.
    pub fn content(&self, number: u32) -> Vec<String> {
        let database = self.database(number);
        let tables: Vec<String> =
            column(&database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
        tables.iter().flat_map(|table| rows(&database, table)).collect()
    }

    /// Every page of a database in clear, free ones included.
    pub fn pages(&self, number: u32) -> Vec<u8> {
        self.database(number).connection.serialize(rusqlite::MAIN_DB).unwrap().to_vec()
    }

    fn database(&self, number: u32) -> OpenDatabase {
        let passphrase = Passphrase::new(self.passphrase.clone());
        let unlock = Unlock { passphrase: &passphrase, identity: None, day: desk::today() };
        let vault = once_free(|| Vault::unlock(Arc::new(RealFiles), &self.vault(), &unlock));
        if number == 0 { vault.open_registry().unwrap() } else { vault.open_site(number).unwrap() }
    }
}

/// Tries again for a moment: a child that another test has just forked holds every lock of this process until it
/// becomes its own program.
#[track_caller]
fn once_free<T>(open: impl Fn() -> Result<T, VaultError>) -> T {
    let start = Instant::now();
    loop {
        match open() {
            Err(VaultError::AlreadyOpen) if start.elapsed() < Duration::from_secs(5) => {
                thread::sleep(Duration::from_millis(5));
            }
            opened => return opened.unwrap(),
        }
    }
}

fn column(database: &OpenDatabase, query: &str) -> Vec<String> {
    let mut statement = database.connection.prepare(query).unwrap();
    let values = statement.query_map([], |row| row.get(0)).unwrap();
    values.map(Result::unwrap).collect()
}

fn rows(database: &OpenDatabase, table: &str) -> Vec<String> {
    let mut statement = database.connection.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
    let width = statement.column_count();
    let text = |row: &rusqlite::Row<'_>| -> rusqlite::Result<String> {
        let values: Vec<rusqlite::types::Value> = (0..width).map(|index| row.get(index)).collect::<Result<_, _>>()?;
        Ok(format!("{table} {values:?}"))
    };
    statement.query_map([], text).unwrap().map(Result::unwrap).collect()
}

#[track_caller]
fn kinds(answer: &Answer) -> Vec<(String, String)> {
    let word = |object: &Value, name: &str| object[name].as_str().unwrap_or_default().to_owned();
    let found: Vec<_> = answer.objects().iter().map(|object| (word(object, "place"), word(object, "kind"))).collect();
    let found: Vec<_> = found.into_iter().filter(|(place, _)| !place.is_empty()).collect();
    // A database that cannot be read is found, and then it cannot be closed as it should be either.
    let is_unreadable = answer.code == 4 && found.iter().any(|(_, kind)| kind == "unreadable");
    assert!(is_unreadable || answer.code == i32::from(!found.is_empty()), "{answer:?}");
    found
}

/// Every file below a folder, with its path inside it.
pub fn read_tree(folder: &Path) -> Tree {
    let inside = |path: PathBuf| (path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
    files(folder).into_iter().map(inside).collect()
}

/// Writes files below a folder, for the owner only.
pub fn write_tree(folder: &Path, tree: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in tree {
        let path = folder.join(path);
        DirBuilder::new().recursive(true).mode(0o700).create(path.parent().unwrap()).unwrap();
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).unwrap();
        file.write_all(bytes).unwrap();
    }
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
