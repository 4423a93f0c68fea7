//! A test aid: real files in a scratch folder that fail, fill up or lose power at a chosen step.
//!
//! SQLite needs real files, so every step is performed in a real folder, and beside it a model remembers what would have
//! survived a power cut: a file's content as of its last fsync, a folder's names as of its last fsync. Since the model
//! stands for the disk, nothing is really synced, which keeps the tests quick. Not used by the program itself.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Files, FilesError, NewFile, RealFiles};

/// What happens at the chosen step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Power is cut before the step; nothing works afterwards.
    PowerCut,
    /// From this step on the disk takes no new file and no byte more.
    DiskFull,
}

#[derive(Debug, Clone)]
enum Node {
    File { durable: Option<Vec<u8>> },
    Folder { live: BTreeMap<String, usize>, durable: BTreeMap<String, usize> },
}

#[derive(Debug)]
struct State {
    root: PathBuf,
    nodes: Vec<Node>,
    steps: usize,
    fault: Option<(usize, Fault)>,
    dead: bool,
}

/// Files in a scratch folder with a fault at one step.
#[derive(Debug, Clone)]
pub struct FakeFiles(Arc<Mutex<State>>);

impl FakeFiles {
    /// Takes the folder as it is now for durable and counts steps from zero.
    pub fn over(root: &Path) -> Self {
        let mut state = State { root: root.to_path_buf(), nodes: Vec::new(), steps: 0, fault: None, dead: false };
        state.adopt(root, true);
        Self(Arc::new(Mutex::new(state)))
    }

    /// Same as [`FakeFiles::over`], with a fault at the given step (counted from 1).
    pub fn with_fault(root: &Path, step: usize, fault: Fault) -> Self {
        let files = Self::over(root);
        files.state().fault = Some((step, fault));
        files
    }

    /// Returns how many steps were asked for.
    pub fn steps(&self) -> usize {
        self.state().steps
    }

    /// Rewrites the folder to what a power cut would have left; call it after everything that holds files is dropped.
    pub fn lose_what_was_not_synced(&self) -> std::io::Result<()> {
        let state = self.state();
        for entry in fs::read_dir(&state.root)? {
            let path = entry?.path();
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
        state.rewrite(0, &state.root)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self, needs_space: bool) -> Result<MutexGuard<'_, State>, FilesError> {
        let mut state = self.state();
        state.take_step(needs_space)?;
        Ok(state)
    }
}

const POWER_IS_OFF: FilesError = FilesError::Failed(ErrorKind::BrokenPipe);

impl State {
    fn take_step(&mut self, needs_space: bool) -> Result<(), FilesError> {
        self.steps += 1;
        match self.fault {
            _ if self.dead => Err(POWER_IS_OFF),
            Some((step, Fault::PowerCut)) if self.steps >= step => {
                self.dead = true;
                Err(POWER_IS_OFF)
            }
            Some((step, Fault::DiskFull)) if needs_space && self.steps >= step => Err(FilesError::Full),
            _ => Ok(()),
        }
    }

    fn adopt(&mut self, path: &Path, durable: bool) -> usize {
        let index = self.nodes.len();
        if !path.is_dir() {
            let content = if durable { fs::read(path).ok() } else { None };
            self.nodes.push(Node::File { durable: content });
            return index;
        }
        self.nodes.push(Node::Folder { live: BTreeMap::new(), durable: BTreeMap::new() });
        let live: BTreeMap<String, usize> =
            names_in(path).into_iter().map(|name| (name.clone(), self.adopt(&path.join(name), durable))).collect();
        let kept = if durable { live.clone() } else { BTreeMap::new() };
        self.nodes[index] = Node::Folder { live, durable: kept };
        index
    }

    /// Finds the node of a path, taking in what SQLite made or removed beside us.
    fn find(&mut self, path: &Path) -> Option<usize> {
        let mut here = self.root.clone();
        let mut index = 0;
        let inner = path.strip_prefix(&self.root).ok()?.to_path_buf();
        for part in &inner {
            self.refresh(index, &here);
            here.push(part);
            let Node::Folder { live, .. } = &self.nodes[index] else { return None };
            index = *live.get(part.to_str()?)?;
        }
        Some(index)
    }

    fn refresh(&mut self, index: usize, path: &Path) {
        let Node::Folder { mut live, durable } = self.nodes[index].clone() else { return };
        let names = names_in(path);
        live.retain(|name, _| names.contains(name));
        for name in names {
            if let Entry::Vacant(free) = live.entry(name) {
                let appeared = path.join(free.key());
                free.insert(self.adopt(&appeared, false));
            }
        }
        self.nodes[index] = Node::Folder { live, durable };
    }

    fn sync_file(&mut self, path: &Path) {
        if let (Some(index), Ok(content)) = (self.find(path), fs::read(path)) {
            self.nodes[index] = Node::File { durable: Some(content) };
        }
    }

    fn sync_folder(&mut self, path: &Path) {
        let Some(index) = self.find(path) else { return };
        self.refresh(index, path);
        if let Node::Folder { live, durable } = &mut self.nodes[index] {
            *durable = live.clone();
        }
    }

    fn move_entry(&mut self, from: &Path, to: &Path, moved: Option<usize>) {
        self.entry(from, None);
        self.entry(to, moved);
    }

    fn entry(&mut self, path: &Path, node: Option<usize>) {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
            return;
        };
        let Some(index) = self.find(folder) else { return };
        if let Node::Folder { live, .. } = &mut self.nodes[index] {
            match node {
                Some(node) => live.insert(name.to_owned(), node),
                None => live.remove(name),
            };
        }
    }

    fn rewrite(&self, index: usize, path: &Path) -> std::io::Result<()> {
        match &self.nodes[index] {
            Node::File { durable } => {
                fs::write(path, durable.as_deref().unwrap_or_default())?;
            }
            Node::Folder { durable, .. } => {
                fs::create_dir_all(path)?;
                for (name, inner) in durable {
                    self.rewrite(*inner, &path.join(name))?;
                }
            }
        }
        RealFiles.restrict(path)?;
        Ok(())
    }
}

fn names_in(path: &Path) -> Vec<String> {
    RealFiles.list(path).unwrap_or_default()
}

struct FakeFile {
    files: FakeFiles,
    path: PathBuf,
    inner: Box<dyn NewFile>,
}

impl Write for FakeFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.files.step(true) {
            Ok(_state) => self.inner.write(bytes),
            Err(error) => {
                // A cut-off write leaves its first half behind.
                let _ = self.inner.write(&bytes[..bytes.len() / 2]);
                Err(error.into())
            }
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

impl NewFile for FakeFile {
    fn sync(&mut self) -> Result<(), FilesError> {
        self.files.step(true)?.sync_file(&self.path);
        Ok(())
    }
}

impl Files for FakeFiles {
    fn create_new(&self, path: &Path) -> Result<Box<dyn NewFile>, FilesError> {
        let mut state = self.step(true)?;
        let inner = RealFiles.create_new(path)?;
        state.entry(path, None);
        Ok(Box::new(FakeFile { files: self.clone(), path: path.to_path_buf(), inner }))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, FilesError> {
        if self.state().dead { Err(POWER_IS_OFF) } else { RealFiles.open(path) }
    }

    fn sync(&self, path: &Path) -> Result<(), FilesError> {
        self.step(true)?.sync_file(path);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), FilesError> {
        let mut state = self.step(false)?;
        let moved = state.find(from);
        RealFiles.rename(from, to)?;
        state.move_entry(from, to, moved);
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<(), FilesError> {
        let mut state = self.step(false)?;
        RealFiles.remove(path)?;
        state.entry(path, None);
        Ok(())
    }

    fn remove_dir(&self, path: &Path) -> Result<(), FilesError> {
        let mut state = self.step(false)?;
        RealFiles.remove_dir(path)?;
        state.entry(path, None);
        Ok(())
    }

    fn create_dir(&self, path: &Path) -> Result<(), FilesError> {
        let _state = self.step(true)?;
        RealFiles.create_dir(path)
    }

    fn sync_dir(&self, path: &Path) -> Result<(), FilesError> {
        self.step(false)?.sync_folder(path);
        Ok(())
    }

    fn restrict(&self, path: &Path) -> Result<(), FilesError> {
        if self.state().dead { Err(POWER_IS_OFF) } else { RealFiles.restrict(path) }
    }

    fn exists(&self, path: &Path) -> bool {
        RealFiles.exists(path)
    }

    fn size(&self, path: &Path) -> Option<u64> {
        RealFiles.size(path)
    }

    fn is_dir(&self, path: &Path) -> bool {
        RealFiles.is_dir(path)
    }

    fn list(&self, path: &Path) -> Result<Vec<String>, FilesError> {
        if self.state().dead { Err(POWER_IS_OFF) } else { RealFiles.list(path) }
    }

    fn mode(&self, path: &Path) -> Result<Option<u32>, FilesError> {
        RealFiles.mode(path)
    }

    /// Everything below a folder named `stick` lies on a second medium.
    fn medium(&self, path: &Path) -> Option<u64> {
        let root = self.state().root.clone();
        let inner = path.strip_prefix(root).ok()?;
        Some(u64::from(inner.starts_with("stick")))
    }
}
