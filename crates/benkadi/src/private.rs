//! What the program writes on a disk is its owner's alone, where the system knows owners: a base
//! holds keys and the hashes of passwords, and a copy holds as much.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use kernel::Message;

use crate::say::Refusal;

/// Makes a folder, and those above it that are missing.
///
/// # Errors
///
/// With the folder's path.
pub fn make_folder(folder: &Path) -> Result<(), Refusal> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|it| unwritable(folder, &it))
}

/// The paths among these that others than their owner may read or change.
#[cfg(unix)]
pub fn open_to_others(paths: &[PathBuf]) -> Vec<&Path> {
    use std::os::unix::fs::PermissionsExt;
    paths
        .iter()
        .filter(|it| fs::metadata(it).is_ok_and(|it| it.permissions().mode() & 0o077 != 0))
        .map(PathBuf::as_path)
        .collect()
}

/// The paths among these that others than their owner may read or change; this system does not say.
#[cfg(not(unix))]
pub fn open_to_others(_: &[PathBuf]) -> Vec<&Path> {
    Vec::new()
}

/// The refusal to read a file.
pub fn unreadable(file: &Path, reason: &dyn std::fmt::Display) -> Refusal {
    Message::new("command-file-unreadable")
        .with("file", file.display())
        .with("reason", reason)
        .into()
}

/// The refusal to write a file or a folder.
pub fn unwritable(path: &Path, error: &io::Error) -> Refusal {
    if error.kind() == ErrorKind::StorageFull {
        return Message::new("command-disk-full").into();
    }
    Message::new("command-file-unwritable")
        .with("file", path.display())
        .with("reason", error)
        .into()
}

/// A file written beside its place and renamed at the end: a stick pulled out half-way leaves no
/// half file under the name that people trust. Given up, it leaves nothing.
pub struct Beside {
    target: PathBuf,
    partial: PathBuf,
    finished: bool,
}

impl Beside {
    /// Begins to write what will be `target`.
    ///
    /// # Errors
    ///
    /// With the file's path.
    pub fn begin(target: &Path) -> Result<(Self, File), Refusal> {
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        // A name that no person gives to a file of their own.
        let partial = target.with_file_name(format!(".{name}.benkadi-partiel"));
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&partial).map_err(|it| unwritable(target, &it))?;
        Ok((Self { target: target.to_owned(), partial, finished: false }, file))
    }

    /// Puts the whole file in its place.
    ///
    /// # Errors
    ///
    /// With the file's path.
    pub fn finish(mut self, file: &File) -> Result<(), Refusal> {
        file.sync_all()
            .and_then(|()| fs::rename(&self.partial, &self.target))
            .map_err(|it| unwritable(&self.target, &it))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

/// Writes a whole file.
///
/// # Errors
///
/// With the file's path.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let (beside, mut file) = Beside::begin(target)?;
    file.write_all(bytes).map_err(|it| unwritable(target, &it))?;
    beside.finish(&file)
}
