//! How is a table read from a zip file or a folder of tables, without trusting its size or its names?

use crate::fault::Fault;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// The largest table, unpacked: several times that of any agency or district of the United States.
const MOST_BYTES: u64 = 2 << 30;

/// How many times its packed size a table may unpack to: one of names and numbers comes to twenty or thirty, a file
/// that is made to fill a disk to a thousand.
const MOST_TIMES: u64 = 200;

/// What a table may unpack to in any case.
const HARMLESS: u64 = 32 << 20;

/// The longest line. A table has no longer one, and a line is held in memory whole.
const LONGEST_LINE: u64 = 64 << 10;

/// The most members of a zip file; a timetable or a roster has two or three dozen at most.
const MOST_MEMBERS: usize = 1_000;

/// Tables that come together.
pub(crate) enum Archive {
    Folder(PathBuf),
    Zip(Box<ZipArchive<BufReader<File>>>),
}

impl Archive {
    pub(crate) fn open(path: &Path) -> Result<Archive, Fault> {
        if path.is_dir() {
            return Ok(Archive::Folder(path.to_owned()));
        }
        let bad = |reason: String| Fault::file(path, io::Error::new(io::ErrorKind::InvalidData, reason));
        let file = File::open(path).map_err(|cause| Fault::file(path, cause))?;
        let archive = ZipArchive::new(BufReader::new(file))
            .map_err(|cause| bad(format!("neither a folder nor a zip file that can be read ({cause})")))?;
        if archive.len() > MOST_MEMBERS {
            return Err(bad(format!(
                "a zip file of {} files holds no tables that are read here",
                archive.len()
            )));
        }
        // Nothing is ever unpacked onto the disk; who writes such names means no good all the same.
        if let Some(name) = archive.file_names().find(|name| climbs(name)) {
            return Err(bad(format!("the zip file holds {name:?}, a name that leads out of its folder")));
        }
        Ok(Archive::Zip(Box::new(archive)))
    }

    /// The table of this name, if there is one. In a zip file it may stand in a folder.
    pub(crate) fn table(&mut self, name: &str) -> io::Result<Option<Guarded<Box<dyn Read + '_>>>> {
        match self {
            Archive::Folder(folder) => match File::open(folder.join(name)) {
                Ok(file) => Ok(Some(Guarded::new(Box::new(file)))),
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(cause) => Err(cause),
            },
            Archive::Zip(archive) => {
                let Some(at) = member(archive, name) else { return Ok(None) };
                let packed = archive.by_index(at)?;
                let left = packed.compressed_size().saturating_mul(MOST_TIMES).clamp(HARMLESS, MOST_BYTES);
                Ok(Some(Guarded { input: Box::new(packed), left, line: 0 }))
            }
        }
    }
}

/// Whether a name is the address of something outside of the folder it is unpacked to.
fn climbs(name: &str) -> bool {
    name.starts_with('/') || name.contains(['\\', '\0']) || name.split('/').any(|part| part == "..")
}

/// The place of a table: the one with the shortest path, since copies that a computer keeps stand deeper.
fn member(archive: &ZipArchive<BufReader<File>>, name: &str) -> Option<usize> {
    let same = |path: &str| path.rsplit('/').next() == Some(name) && !path.starts_with("__MACOSX");
    let named = archive.file_names().filter(|path| same(path));
    let path = named.min_by_key(|path| (path.len(), (*path).to_owned()))?;
    archive.index_for_name(path)
}

/// Reads on until there is too much: a small zip file can unpack to a thousand times its size.
pub(crate) struct Guarded<R> {
    input: R,
    left: u64,
    /// Bytes since the last end of a line.
    line: u64,
}

impl<R: Read> Guarded<R> {
    /// A table that stands alone.
    pub(crate) fn new(input: R) -> Guarded<R> {
        Guarded { input, left: MOST_BYTES, line: 0 }
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let many = self.input.read(buffer)?;
        let bytes = &buffer[..many];
        self.left = self.left.checked_sub(many as u64).ok_or_else(|| {
            too_much(
                "the table is larger than any that is read here, or unpacks to far more than a table does",
            )
        })?;
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line += piece.len() as u64;
            if self.line > LONGEST_LINE {
                return Err(too_much("a line is longer than 64 KiB, so this is no table"));
            }
            if piece.ends_with(b"\n") {
                self.line = 0;
            }
        }
        Ok(many)
    }
}

fn too_much(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(input: impl Read, left: u64) -> io::Result<usize> {
        Guarded { input, left, line: 0 }.read_to_end(&mut Vec::new())
    }

    #[test]
    fn a_table_that_grows_without_end_is_put_aside() {
        let line = [b"x,".repeat(1_000).as_slice(), b"\n"].concat();
        let table = line.repeat(50);
        assert_eq!(guarded(table.as_slice(), 200_000).unwrap(), 100_050);
        assert!(guarded(table.as_slice(), 100_049).unwrap_err().to_string().contains("larger than"));
        let endless = io::repeat(b'x').take(1 << 30);
        assert!(guarded(endless, 1 << 20).unwrap_err().to_string().contains("longer than"));
    }

    #[test]
    fn a_name_that_leads_out_of_its_folder_is_seen() {
        for name in ["../users.csv", "a/../../users.csv", "/etc/users.csv", "..\\users.csv"] {
            assert!(climbs(name), "{name}");
        }
        for name in ["users.csv", "roster/users.csv", "a..b/users.csv"] {
            assert!(!climbs(name), "{name}");
        }
    }
}
