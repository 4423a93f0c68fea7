//! The binary itself in a pseudo-terminal: how soon it asks for the passphrase, and what it holds in memory.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::desk;
use crate::figure::{Figure, Samples};
use crate::vaults;

const RUNS: usize = 15;
const PATIENCE: Duration = Duration::from_secs(30);
/// The design measures memory so long after the unlock.
const SETTLING: Duration = Duration::from_secs(10);

/// Stands on 今日 only.
const OPENED: &str = "すること";

/// From the start of the process to the passphrase field.
pub fn start() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let prompt = || {
        let begun = Instant::now();
        let mut running = Running::start(&folder);
        running.wait("パスフレーズ");
        begun.elapsed()
    };
    prompt();
    let mut samples = Samples::default();
    (0..RUNS).for_each(|_| samples.push(prompt()));
    vec![Figure::times("start to unlock prompt", &samples).under(50.0)]
}

/// Resident memory of the unlocked program.
pub fn memory() -> Vec<Figure> {
    let (_scratch, folder) = vaults::copy(&vaults::caseload());
    let mut running = Running::start(&folder);
    running.wait("パスフレーズ");
    let locked = running.resident();
    running.write(desk::PASSPHRASE);
    running.write("\r");
    running.wait(OPENED);
    thread::sleep(SETTLING);
    let note = format!("VmRSS; locked {locked:.0} MB, peak {:.0} MB", running.status("VmHWM:"));
    vec![Figure::one("resident memory 10 s after unlock", "MB", running.resident()).under(150.0).noting(note)]
}

/// The binary with its terminal.
struct Running {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Running {
    fn start(vault: &Path) -> Self {
        let (rows, cols) = (40, 120);
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_junkai"));
        command.args(["--vault", vault.to_str().unwrap(), "--today", &desk::today().to_string()]);
        command.env_clear();
        command.env("HOME", vault);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        let child = pair.slave.spawn_command(command).unwrap();
        let (sender, output) = channel();
        let mut reader = pair.master.try_clone_reader().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(read) = reader.read(&mut buffer) {
                if read == 0 || sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        let size = |cells: u16| std::num::NonZeroU16::new(cells).unwrap();
        let screen = vt100::Parser::new(size(rows), size(cols), 0);
        Self { child, writer, output, screen, _master: pair.master }
    }

    fn write(&mut self, text: &str) {
        self.writer.write_all(text.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        thread::sleep(Duration::from_millis(200));
    }

    /// Waits until a text stands on the screen, without a pause between looking.
    fn wait(&mut self, wanted: &str) {
        let start = Instant::now();
        while !self.screen.screen().contents().contains(wanted) {
            let left = PATIENCE.checked_sub(start.elapsed());
            let bytes = left.and_then(|left| self.output.recv_timeout(left).ok());
            let Some(bytes) = bytes else {
                panic!("「{wanted}」 did not appear:\n{}", self.screen.screen().contents())
            };
            self.screen.process(&bytes);
        }
    }

    /// VmRSS in megabytes of 10^6 bytes.
    fn resident(&self) -> f64 {
        self.status("VmRSS:")
    }

    fn status(&self, line: &str) -> f64 {
        let id = self.child.process_id().unwrap();
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let found = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
        let kibibytes: f64 = found.split_whitespace().next().unwrap().parse().unwrap();
        kibibytes * 1024.0 / 1e6
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
