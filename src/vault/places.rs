//! Places where a vault should not lie: folders that a service copies away, and disks of another machine.
//!
//! Two machines that write one synchronised database destroy it, and a file lock does not reach across a network.

use std::path::Path;

/// Something about the place or the files that the physician should know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// The vault lies in a folder that this service copies away.
    #[error(
        "金庫が {0} の同期フォルダの中にあります。同期は金庫を壊すことがあります。同期されない場所へ移してください。"
    )]
    SyncedFolder(&'static str),
    /// The vault lies on a disk of another machine.
    #[error(
        "金庫がネットワーク上のディスク({0})にあります。二重起動を防げません。このパソコンのディスクへ移してください。"
    )]
    NetworkDisk(String),
    /// Files were readable by others; their rights have been taken away.
    #[error("ほかの利用者が読めるファイルが{0}個ありました。権限を本人だけに直しました。")]
    Restricted(usize),
    /// The file system keeps no permissions: others may read the sealed files.
    #[error("この媒体では、ほかの利用者に{0}個のファイルを読ませない設定ができません。中身は暗号化されています。")]
    NotRestricted(usize),
    /// The identity was opened from the kept previous file.
    #[error(
        "本人鍵のファイルが失われていたため、残してあった一つ前のファイルで開き、元に戻しました。パスフレーズは変更前のものです。"
    )]
    PreviousIdentity,
    /// A copy of an identity still lies inside the vault although it was moved to another medium.
    #[error("別の媒体へ移した本人鍵が、金庫のフォルダにも残っています。不要なら keys の中のファイルを消してください。")]
    IdentityLeftBehind,
}

const SERVICES: [(&str, &str); 12] = [
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("マイドライブ", "Google Drive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("box", "Box"),
    ("box sync", "Box"),
    ("nextcloud", "Nextcloud"),
];

/// Looks at the path, and on Linux at the file system, and says what speaks against the place.
pub fn inspect(folder: &Path) -> Vec<Warning> {
    let existing = folder.ancestors().find(|path| path.exists()).unwrap_or(folder);
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    let synced = synced_by(&absolute).or_else(|| syncthing(&absolute)).map(Warning::SyncedFolder);
    synced.into_iter().chain(network_disk(existing).map(Warning::NetworkDisk)).collect()
}

fn synced_by(path: &Path) -> Option<&'static str> {
    path.iter().find_map(|part| {
        let name = part.to_string_lossy().to_lowercase();
        SERVICES.iter().find(|(folder, _)| is_named(&name, folder)).map(|(_, service)| *service)
    })
}

/// `OneDrive - 会社名` and `Dropbox (個人)` are names of the same services; `boxes` is nobody's.
fn is_named(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with(" -") || rest.starts_with(" ("))
}

fn syncthing(path: &Path) -> Option<&'static str> {
    path.ancestors().any(|folder| folder.join(".stfolder").exists()).then_some("Syncthing")
}

#[cfg(target_os = "linux")]
fn network_disk(path: &Path) -> Option<String> {
    const FUSE: rustix::fs::FsWord = 0x6573_5546;
    let kind = rustix::fs::statfs(path).ok().map(|found| found.f_type & 0xffff_ffff)?;
    match kind {
        0x6969 => Some("NFS".to_owned()),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("SMB".to_owned()),
        0x0102_1997 => Some("9P".to_owned()),
        FUSE => {
            let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
            let absolute = path.canonicalize().ok()?;
            remote_fuse(&mounts, &absolute)
        }
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn network_disk(_path: &Path) -> Option<String> {
    None
}

/// Finds the mount that holds the path in `/proc/self/mounts` and names its type if it reaches another machine.
#[cfg(target_os = "linux")]
fn remote_fuse(mounts: &str, path: &Path) -> Option<String> {
    const LOCAL: [&str; 5] = ["fuseblk", "fuse.ntfs-3g", "fuse.gocryptfs", "fuse.veracrypt", "fuse.encfs"];
    let fields = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((fields.next()?.replace("\\040", " "), fields.next()?))
    });
    let holding = fields.filter(|(place, _)| path.starts_with(place)).max_by_key(|(place, _)| place.len());
    let (_, kind) = holding?;
    (kind.starts_with("fuse") && !LOCAL.contains(&kind)).then(|| kind.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_known_services_are_named() {
        for (path, service) in [
            ("/home/a/Dropbox/junkai", "Dropbox"),
            ("/home/a/Dropbox (個人)/junkai", "Dropbox"),
            ("/home/a/OneDrive - 会社/vault", "OneDrive"),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/vault", "iCloud Drive"),
            ("/home/a/Google Drive/vault", "Google Drive"),
            ("/home/a/Box/vault", "Box"),
            ("/home/a/Nextcloud/vault", "Nextcloud"),
        ] {
            assert_eq!(synced_by(Path::new(path)), Some(service), "{path}");
        }
        assert_eq!(synced_by(Path::new("/home/a/boxes/sandbox/vault")), None);
    }

    #[test]
    fn a_syncthing_folder_is_known_by_its_mark() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".stfolder")).unwrap();
        let warnings = inspect(&folder.path().join("deep/vault"));
        assert_eq!(warnings, [Warning::SyncedFolder("Syncthing")]);
    }

    #[test]
    fn a_local_folder_gives_no_warning() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(inspect(folder.path()), []);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_fuse_mount_is_remote_by_its_type() {
        let mounts =
            "/dev/sda1 / ext4 rw 0 0\nhost: /mnt/far\\040away fuse.sshfs rw 0 0\n/dev/sdb1 /mnt/usb fuseblk rw 0 0\n";
        assert_eq!(remote_fuse(mounts, Path::new("/mnt/far away/vault")), Some("fuse.sshfs".to_owned()));
        assert_eq!(remote_fuse(mounts, Path::new("/mnt/usb/vault")), None);
        assert_eq!(remote_fuse(mounts, Path::new("/home/a")), None);
    }
}
