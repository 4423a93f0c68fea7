//! The operating system's files; knows modes and fsync, and nothing about the vault.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use super::{Files, FilesError, NewFile};

/// The files of the operating system.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealFiles;

struct RealFile(File);

impl Write for RealFile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl NewFile for RealFile {
    fn sync(&mut self) -> Result<(), FilesError> {
        Ok(self.0.sync_all()?)
    }
}

impl Files for RealFiles {
    fn create_new(&self, path: &Path) -> Result<Box<dyn NewFile>, FilesError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        private_file(&mut options);
        Ok(Box::new(RealFile(options.open(path)?)))
    }

    fn open(&self, path: &Path) -> Result<Box<dyn Read + Send>, FilesError> {
        Ok(Box::new(File::open(path)?))
    }

    fn sync(&self, path: &Path) -> Result<(), FilesError> {
        Ok(OpenOptions::new().write(true).open(path)?.sync_all()?)
    }

    fn rename(&self, from: &Path, to: &Path) -> Result<(), FilesError> {
        Ok(fs::rename(from, to)?)
    }

    fn remove(&self, path: &Path) -> Result<(), FilesError> {
        Ok(fs::remove_file(path)?)
    }

    fn remove_dir(&self, path: &Path) -> Result<(), FilesError> {
        Ok(fs::remove_dir(path)?)
    }

    fn create_dir(&self, path: &Path) -> Result<(), FilesError> {
        let mut builder = fs::DirBuilder::new();
        private_folder(&mut builder);
        Ok(builder.create(path)?)
    }

    fn sync_dir(&self, path: &Path) -> Result<(), FilesError> {
        sync_folder(path)
    }

    fn restrict(&self, path: &Path) -> Result<(), FilesError> {
        restrict_mode(path, self.is_dir(path))
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn size(&self, path: &Path) -> Option<u64> {
        fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len())
    }

    fn is_dir(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn list(&self, path: &Path) -> Result<Vec<String>, FilesError> {
        let mut names = Vec::new();
        for entry in fs::read_dir(path)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn mode(&self, path: &Path) -> Result<Option<u32>, FilesError> {
        Ok(permission_bits(&fs::metadata(path)?))
    }

    fn medium(&self, path: &Path) -> Option<u64> {
        let absolute = std::path::absolute(path).ok()?;
        let existing = absolute.ancestors().find_map(|path| fs::metadata(path).ok())?;
        device(&existing)
    }
}

#[cfg(unix)]
fn device(metadata: &fs::Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    Some(metadata.dev())
}

#[cfg(not(unix))]
fn device(_metadata: &fs::Metadata) -> Option<u64> {
    None
}

#[cfg(unix)]
fn private_file(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private_file(_options: &mut OpenOptions) {}

#[cfg(unix)]
fn private_folder(builder: &mut fs::DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

#[cfg(not(unix))]
fn private_folder(_builder: &mut fs::DirBuilder) {}

#[cfg(unix)]
fn restrict_mode(path: &Path, folder: bool) -> Result<(), FilesError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if folder { 0o700 } else { 0o600 };
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(mode))?)
}

#[cfg(not(unix))]
fn restrict_mode(_path: &Path, _folder: bool) -> Result<(), FilesError> {
    Ok(())
}

#[cfg(unix)]
fn permission_bits(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn permission_bits(_metadata: &fs::Metadata) -> Option<u32> {
    None
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), FilesError> {
    Ok(File::open(path)?.sync_all()?)
}

/// Windows cannot open a folder for fsync; NTFS journals names itself (untested there).
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> Result<(), FilesError> {
    Ok(())
}
