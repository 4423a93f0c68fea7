//! What the process gives up before it opens a vault: core dumps, tracing by other programs, files for others.

/// Closes the process: no core dump, not dumpable (Linux), new files for the owner only.
///
/// Errors are returned as one kind; the caller warns and goes on, since a container may forbid the calls.
#[cfg(unix)]
pub fn harden() -> Result<(), NotHardened> {
    use rustix::fs::Mode;
    use rustix::process::{Resource, Rlimit, setrlimit, umask};

    umask(Mode::RWXG | Mode::RWXO);
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let limited = setrlimit(Resource::Core, none).map_err(|_| NotHardened);
    limited.and(not_dumpable())
}

/// Windows has no such calls; named as untested there.
#[cfg(not(unix))]
pub fn harden() -> Result<(), NotHardened> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn not_dumpable() -> Result<(), NotHardened> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|_| NotHardened)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn not_dumpable() -> Result<(), NotHardened> {
    Ok(())
}

/// Says that the system did not let the process close itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("メモリーの内容がファイルに書き出されるのを止められませんでした。共用のパソコンでは使わないでください。")]
pub struct NotHardened;

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    /// Runs in a process of its own, since the limits of a process cannot be taken back.
    #[test]
    #[ignore = "run by the test below"]
    fn child() {
        harden().unwrap();
        assert_eq!(rustix::process::umask(rustix::fs::Mode::empty()).bits(), 0o077);
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
        assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"]);
        let dumpable = rustix::process::dumpable_behavior().unwrap();
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }

    #[test]
    fn a_hardened_process_dumps_nothing_and_writes_for_itself() {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        let run = child.args(["--ignored", "--exact", "vault::process::tests::child"]).output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
    }
}
