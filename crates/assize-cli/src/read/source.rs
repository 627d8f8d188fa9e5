//! Where data comes from: a file, or standard input, once or more than once.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::NamedTempFile;

use super::error::ReadError;
use super::{InputFormat, ReadOptions, workbook};

/// Where data comes from.
pub enum Source {
    /// A file, whose extension tells its format.
    File(PathBuf),
    /// A stream with a name to show: standard input is `-`.
    Stream {
        /// The name.
        name: String,
        /// The bytes.
        reader: Box<dyn Read + Send>,
    },
}

impl Source {
    /// The source that an argument names: a path, or `-` for standard input.
    #[must_use]
    pub fn of_argument(argument: &Path) -> Self {
        if argument.as_os_str() == "-" {
            Self::Stream {
                name: "-".to_owned(),
                reader: Box::new(io::stdin()),
            }
        } else {
            Self::File(argument.to_owned())
        }
    }
}

/// Data that can be read more than once.
pub enum Data {
    /// A file.
    File(PathBuf),
    /// Standard input, kept in a temporary file.
    Kept(NamedTempFile),
}

impl Data {
    /// The data that an argument names: a path, or `-` for standard input, which is read to its
    /// end.
    ///
    /// # Errors
    ///
    /// If standard input cannot be read.
    pub fn of_argument(argument: &Path) -> Result<Self, ReadError> {
        if argument.as_os_str() != "-" {
            return Ok(Self::File(argument.to_owned()));
        }
        let kept = NamedTempFile::new().and_then(|mut file| {
            io::copy(&mut io::stdin(), &mut file)?;
            Ok(file)
        });
        kept.map(Self::Kept).map_err(|source| ReadError::Read {
            file: Arc::from("-"),
            source,
        })
    }

    /// The data from its beginning.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub fn source(&self) -> Result<Source, ReadError> {
        match self {
            Self::File(path) => Ok(Source::File(path.clone())),
            Self::Kept(file) => {
                let reader = file.reopen().map_err(|source| ReadError::Open {
                    file: Arc::from("-"),
                    source,
                })?;
                Ok(Source::Stream {
                    name: "-".to_owned(),
                    reader: Box::new(reader),
                })
            }
        }
    }

    /// The names of the sheets, if this is a workbook.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn sheets(&self, options: &ReadOptions) -> Result<Vec<String>, ReadError> {
        let format = match self {
            Self::File(path) => InputFormat::of_data(path, options),
            Self::Kept(_) => options.format,
        };
        if format != Some(InputFormat::Xlsx) {
            return Ok(Vec::new());
        }
        let name: Arc<str> = Arc::from(self.name());
        let opened = match self {
            Self::File(path) => File::open(path),
            Self::Kept(file) => file.reopen(),
        };
        let reader = opened.map_err(|source| ReadError::Open {
            file: Arc::clone(&name),
            source,
        })?;
        workbook::sheet_names(reader, &name, options.limits)
    }

    /// How it is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Kept(_) => "-".to_owned(),
        }
    }
}
