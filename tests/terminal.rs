//! The real binary in a pseudo-terminal: what it draws is read back cell by cell, and key presses are counted.

use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::termios::{LocalModes, tcgetattr};

/// How long anything on the screen may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(40);
/// How long a key may take to be answered by a frame; every frame says at least where the cursor is.
const ANSWER: Duration = Duration::from_millis(60);
/// A frame is whole when nothing more has come for so long.
const QUIET: Duration = Duration::from_millis(8);

/// Keys that are no characters, as a terminal sends them.
pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const TAB: &str = "\t";
pub const BACK_TAB: &str = "\x1b[Z";
pub const DOWN: &str = "\x1b[B";
pub const HOME: &str = "\x1b[H";
pub const END: &str = "\x1b[F";
pub const F6: &str = "\x1b[17~";
pub const F9: &str = "\x1b[20~";
pub const CTRL_C: &str = "\x03";
pub const CTRL_L: &str = "\x0c";
pub const CTRL_P: &str = "\x10";
pub const CTRL_Q: &str = "\x11";
pub const CTRL_S: &str = "\x13";
pub const CTRL_T: &str = "\x14";
pub const CTRL_U: &str = "\x15";
pub const CTRL_X: &str = "\x18";
pub const CTRL_Y: &str = "\x19";
pub const CTRL_Z: &str = "\x1a";

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// A running program with its terminal.
pub struct Session {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    child: Box<dyn Child + Send + Sync>,
    presses: usize,
    drawn: Vec<u8>,
}

impl Session {
    /// Starts the program in a terminal of this size, with nothing of the environment but its home.
    pub fn start(home: &Path, columns: u16, rows: u16, arguments: &[&str]) -> Self {
        Self::start_under(&[], home, (columns, rows), arguments, &[])
    }

    /// As [`Session::start`], with more of an environment and under another program (`strace -o FILE`) if one is given.
    pub fn start_under(
        before: &[&str],
        home: &Path,
        (columns, rows): (u16, u16),
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let words: Vec<&str> = before.iter().copied().chain([env!("CARGO_BIN_EXE_junkai")]).collect();
        let mut command = CommandBuilder::new(words[0]);
        command.args(words[1..].iter().chain(arguments));
        command.env_clear();
        for (name, value) in environment {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
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
        Self {
            master: pair.master,
            writer,
            output,
            screen: vt100::Parser::new(cells(rows), cells(columns), 0),
            child,
            presses: 0,
            drawn: Vec::new(),
        }
    }

    fn send(&mut self, text: &str) {
        self.writer.write_all(text.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Presses one key and waits until the screen has had time to answer.
    pub fn press(&mut self, key: &str) -> &mut Self {
        self.presses += 1;
        self.send(key);
        self.rest();
        self
    }

    /// Presses keys one after another, each counted.
    pub fn presses(&mut self, keys: &[&str]) -> &mut Self {
        for key in keys {
            self.press(key);
        }
        self
    }

    /// Types characters as fast as somebody can, each counted as a press: digits, Tab, letters that act.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.presses += keys.chars().count();
        self.write(keys)
    }

    /// Writes free text, which is not counted.
    pub fn write(&mut self, text: &str) -> &mut Self {
        self.send(text);
        self.rest();
        self
    }

    /// Sends a bracketed paste.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.write(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Sends bytes as they are, all in one read.
    pub fn raw(&mut self, text: &str) -> &mut Self {
        self.write(text)
    }

    /// Key presses since the last call.
    pub fn counted(&mut self) -> usize {
        std::mem::take(&mut self.presses)
    }

    /// The presses since the last count, which may be at most `limit` for this act; the figure is printed.
    #[track_caller]
    pub fn at_most(&mut self, limit: usize, act: &str) {
        let (presses, (_, columns)) = (self.counted(), self.screen.screen().size());
        println!("{act} at {columns} columns: {presses} presses of {limit}");
        assert!(presses <= limit, "{act} took {presses} presses of at most {limit}:\n{}", self.text());
    }

    /// Takes what arrives until nothing has come for a moment.
    fn rest(&mut self) {
        let mut patience = ANSWER;
        while let Ok(bytes) = self.output.recv_timeout(patience) {
            self.screen.process(&bytes);
            self.drawn.extend(bytes);
            patience = QUIET;
        }
    }

    /// Takes all that the program still writes until it closes the terminal.
    fn drain(&mut self) {
        let start = Instant::now();
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
            self.drawn.extend(bytes);
            assert!(start.elapsed() < PATIENCE, "the program does not end:\n{}", self.text());
        }
    }

    /// Everything that was sent to the terminal since the last call, in whatever frames.
    pub fn drawn(&mut self) -> String {
        self.rest();
        String::from_utf8_lossy(&std::mem::take(&mut self.drawn)).into_owned()
    }

    /// Columns of the terminal.
    pub fn columns(&self) -> u16 {
        self.screen.screen().size().1.get()
    }

    /// The screen as text, rows joined by newlines.
    pub fn text(&mut self) -> String {
        self.rest();
        self.screen.screen().contents()
    }

    /// The row in which the hardware cursor stands, which an input method follows.
    pub fn row_of_cursor(&mut self) -> String {
        self.rest();
        let screen = self.screen.screen();
        let (row, _) = screen.cursor_position();
        screen.rows(0, screen.size().1.get()).nth(usize::from(row)).unwrap_or_default()
    }

    /// Waits until a text stands on the screen.
    #[track_caller]
    pub fn wait(&mut self, wanted: &str) -> &mut Self {
        let start = Instant::now();
        while !self.screen.screen().contents().contains(wanted) {
            self.rest();
            assert!(start.elapsed() < PATIENCE, "「{wanted}」 did not appear:\n{}", self.text());
        }
        self
    }

    /// Waits until a form stands at this field: kana that arrived together with the key of a choice would be taken
    /// for an input method.
    #[track_caller]
    pub fn at(&mut self, field: &str) -> &mut Self {
        self.wait(&format!("> {field}"))
    }

    /// Waits until a text is gone from the screen.
    #[track_caller]
    pub fn wait_gone(&mut self, unwanted: &str) -> &mut Self {
        let start = Instant::now();
        while self.screen.screen().contents().contains(unwanted) {
            self.rest();
            assert!(start.elapsed() < PATIENCE, "「{unwanted}」 did not go:\n{}", self.text());
        }
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self.rest();
        self
    }

    /// Waits until the program has ended; gives its exit code.
    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        self.drain();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "the program closed its terminal and does not end");
            thread::sleep(QUIET);
        }
    }

    /// Whether the program runs in the alternate screen, as it must while it shows anything.
    pub fn is_alternate(&mut self) -> bool {
        self.rest();
        self.screen.screen().alternate_screen()
    }

    /// Whether the terminal hands over every key at once and unseen, as it must while the program runs.
    pub fn is_raw(&self) -> bool {
        let terminal = File::open(self.master.tty_name().unwrap()).unwrap();
        let modes = tcgetattr(&terminal).unwrap().local_modes;
        !modes.intersects(LocalModes::ICANON | LocalModes::ECHO)
    }

    /// The terminal is as it was before the program: its own screen, a cursor, no bracketed paste, lines and echo.
    #[track_caller]
    pub fn assert_given_back(&mut self) {
        let drawn = self.drawn();
        assert!(!drawn.contains("\x1b[6n"), "it asked where the cursor is, and waited for an answer that keys can eat");
        let screen = self.screen.screen();
        let (alternate, hidden, paste) = (screen.alternate_screen(), screen.hide_cursor(), screen.bracketed_paste());
        assert_eq!(
            (alternate, hidden, paste, self.is_raw()),
            (false, false, false, false),
            "alternate, hidden, paste, raw"
        );
    }

    /// The process id, for signals.
    pub fn process_id(&self) -> Option<u32> {
        self.child.process_id()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
