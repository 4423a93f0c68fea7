//! The loop: reads what arrived together, draws after an event, and gives the terminal back whatever happens.

use std::io::{self, Stdout, Write, stdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use crossterm::execute;
use crossterm::terminal::{self, Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::shell::Shell;
use super::theme::Look;
use crate::app::Host;

/// How long the loop waits for a key before it lets time pass.
const TICK: Duration = Duration::from_millis(250);

/// Runs the interface on the terminal until the physician leaves.
///
/// `now` is any clock that only goes forward; `look` is what the terminal can show.
///
/// # Errors
/// The terminal cannot be read or written; the vault is locked all the same.
pub fn run(host: &mut dyn Host, look: Look, now: &dyn Fn() -> Duration) -> io::Result<()> {
    let mut screen = Guard::enter()?;
    let mut shell = Shell::new(host);
    let outcome = turn(host, &mut shell, &mut screen, look, now);
    host.perform(crate::app::Effect::Lock);
    drop(screen);
    outcome
}

fn turn(
    host: &mut dyn Host,
    shell: &mut Shell,
    screen: &mut Guard,
    look: Look,
    now: &dyn Fn() -> Duration,
) -> io::Result<()> {
    let batches = listen();
    while !shell.has_quit() {
        screen.draw(shell, look)?;
        match batches.recv_timeout(TICK) {
            Ok(batch) => shell.read(host, &batch?, now()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        shell.tick(host);
    }
    Ok(())
}

/// Reads in a thread of its own: a terminal that has gone away may never give the read back, and the vault must
/// be locked all the same.
fn listen() -> Receiver<io::Result<Vec<Event>>> {
    let (sender, batches) = channel();
    thread::spawn(move || {
        loop {
            let batch = read_batch();
            let is_over = batch.is_err();
            if sender.send(batch).is_err() || is_over {
                break;
            }
        }
    });
    batches
}

/// Everything that is there now: what a paste without brackets looks like arrives as one batch.
fn read_batch() -> io::Result<Vec<Event>> {
    let mut batch = vec![event::read()?];
    while event::poll(Duration::ZERO)? {
        batch.push(event::read()?);
    }
    Ok(batch)
}

/// The terminal while it is ours; dropping it gives it back, cleared.
struct Guard {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Guard {
    fn enter() -> io::Result<Self> {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // Nothing can be done about a terminal that refuses even this.
            let _ = leave();
            previous(info);
        }));
        terminal::enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(Self { terminal })
    }

    fn draw(&mut self, shell: &mut Shell, look: Look) -> io::Result<()> {
        self.terminal.draw(|frame| {
            let cursor = shell.draw(frame.buffer_mut(), look);
            if let Some(position) = cursor {
                frame.set_cursor_position(position);
            }
        })?;
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The drawn rows may hold names: each swap blanks one of the two buffers, and `leave` clears the screen.
        // `Terminal::clear` would do neither: it asks the terminal for the cursor first, and the thread that reads
        // the keys takes the answer.
        self.terminal.swap_buffers();
        self.terminal.swap_buffers();
        let _ = leave();
    }
}

fn leave() -> io::Result<()> {
    let mut out = stdout();
    execute!(out, Clear(ClearType::All), DisableBracketedPaste, LeaveAlternateScreen)?;
    terminal::disable_raw_mode()?;
    out.flush()
}
