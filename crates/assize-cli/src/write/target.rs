//! Where bytes go: standard output, or a file that appears whole or not at all.
//!
//! A file is written beside its place under a temporary name, and renamed when all is on the disk.
//! A symbolic link keeps pointing where it did. What is not a plain file (a device, a pipe) is
//! written directly, since renaming over it would replace it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::error::WriteError;

/// Where results are asked to go.
pub enum Destination {
    /// A file.
    File(PathBuf),
    /// Any stream.
    Stream(Box<dyn Write + Send>),
}

impl Destination {
    /// A file, or standard output where none is named.
    pub fn of_argument(file: Option<PathBuf>) -> Self {
        match file {
            Some(path) => Self::File(path),
            None => Self::Stream(Box::new(io::stdout())),
        }
    }
}

/// An opened destination.
pub struct Target {
    name: String,
    kind: Kind,
}

enum Kind {
    Stream(BufWriter<Box<dyn Write + Send>>),
    File {
        spool: BufWriter<NamedTempFile>,
        place: PathBuf,
    },
}

impl Target {
    /// Opens a destination.
    pub fn open(destination: Destination) -> Result<Self, WriteError> {
        let stream = |name: String, stream: Box<dyn Write + Send>| Self {
            name,
            kind: Kind::Stream(BufWriter::new(stream)),
        };
        match destination {
            Destination::Stream(writer) => Ok(stream("-".to_owned(), writer)),
            Destination::File(path) => {
                let name = path.display().to_string();
                let failed = |source| WriteError::Create {
                    file: name.clone(),
                    source,
                };
                let place = fs::canonicalize(&path).unwrap_or(path);
                let former = fs::metadata(&place).ok();
                if former.as_ref().is_some_and(|former| !former.is_file()) {
                    let file = File::options().write(true).open(&place).map_err(failed)?;
                    return Ok(stream(name, Box::new(file)));
                }
                let spool = spool(&place).map_err(failed)?;
                if let Some(former) = former {
                    spool
                        .as_file()
                        .set_permissions(former.permissions())
                        .map_err(failed)?;
                }
                Ok(Self {
                    kind: Kind::File {
                        spool: BufWriter::new(spool),
                        place,
                    },
                    name,
                })
            }
        }
    }

    /// Writes everything out, and gives a file its name.
    pub fn commit(self) -> Result<(), WriteError> {
        let Self { name, kind } = self;
        let done = match kind {
            Kind::Stream(mut stream) => stream.flush(),
            Kind::File { spool, place } => spool
                .into_inner()
                .map_err(io::IntoInnerError::into_error)
                .and_then(|spool| {
                    spool.as_file().sync_all()?;
                    spool.persist(place)?;
                    Ok(())
                }),
        };
        done.map_err(|source| WriteError::Write { file: name, source })
    }

    /// The error of a write that failed.
    pub fn failed(&self, source: io::Error) -> WriteError {
        WriteError::Write {
            file: self.name.clone(),
            source,
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.kind {
            Kind::Stream(stream) => stream.write(bytes),
            Kind::File { spool, .. } => spool.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.kind {
            Kind::Stream(stream) => stream.flush(),
            Kind::File { spool, .. } => spool.flush(),
        }
    }
}

/// Writes a text to a destination, whole or not at all.
///
/// # Errors
///
/// If it cannot be written; a file then keeps its former contents.
pub fn write_whole(destination: Destination, text: &str) -> Result<(), WriteError> {
    let mut target = Target::open(destination)?;
    let written = target.write_all(text.as_bytes());
    written.map_err(|source| target.failed(source))?;
    target.commit()
}

/// A temporary file beside the place, with the rights that a new file gets.
fn spool(place: &Path) -> io::Result<NamedTempFile> {
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".assize-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The process's mask takes away what new files are not to have.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let made = builder.tempfile_in(folder);
    // The error names the temporary file, which is another one each time.
    made.map_err(|error| error.kind().into())
}
