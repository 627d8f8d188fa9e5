//! Finds the texts of schemes: a path, every `.scheme` file below a folder in the order of their
//! paths, `preset:SLUG`, or `-` for standard input.
//!
//! Paths are shown as they were given. Links to folders are not followed, and folders whose name
//! begins with a dot are passed over. What a text says is not looked at here.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use assize::text::Limits;
use assize_presets::Preset;

use crate::failure::Failure;
use crate::read::nearest;

/// The text of a scheme, and where it came from.
#[derive(Debug)]
pub struct SchemeText {
    /// The path, `preset:SLUG` or `-`, as it was given.
    pub name: String,
    /// The text.
    pub text: String,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a scheme came from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// The program itself.
    Preset(&'static Preset),
    /// Standard input.
    StandardInput,
}

/// A text beside a scheme.
#[derive(Debug)]
pub struct Beside {
    /// The path, as it is shown.
    pub name: String,
    /// The text.
    pub text: String,
}

impl SchemeText {
    /// The document from which the scheme was written: `source.md` in its folder, where there is
    /// one.
    ///
    /// # Errors
    ///
    /// If it is there and cannot be read.
    pub fn document(&self) -> Result<Option<String>, Failure> {
        match &self.origin {
            Origin::StandardInput => Ok(None),
            Origin::Preset(preset) => Ok(Some(preset.source.to_owned())),
            Origin::File(path) => {
                let beside = beside(&path.with_file_name("source.md"))?;
                Ok(beside.map(|beside| beside.text))
            }
        }
    }

    /// The case files of the scheme: `cases.jsonl` in its folder and `NAME.cases.jsonl`, where
    /// they are.
    ///
    /// # Errors
    ///
    /// If one is there and cannot be read.
    pub fn cases(&self) -> Result<Vec<Beside>, Failure> {
        match &self.origin {
            Origin::StandardInput => Ok(Vec::new()),
            Origin::Preset(preset) => Ok(vec![Beside {
                name: format!("{}/cases.jsonl", self.name),
                text: preset.cases.to_owned(),
            }]),
            Origin::File(path) => {
                let mut files = Vec::new();
                files.extend(beside(&path.with_file_name("cases.jsonl"))?);
                files.extend(beside(&path.with_extension("cases.jsonl"))?);
                Ok(files)
            }
        }
    }
}

/// The one scheme that an argument names.
///
/// # Errors
///
/// If it cannot be read, or names none or several.
pub fn one(argument: &Path) -> Result<SchemeText, Failure> {
    let mut found = Vec::new();
    collect(argument, &mut found)?;
    let count = found.len();
    match (found.pop(), count) {
        (Some(only), 1) => read(only),
        _ => Err(Failure::SeveralSchemes {
            folder: argument.display().to_string(),
            count,
        }),
    }
}

/// Every scheme that some arguments name, each once.
///
/// # Errors
///
/// If one cannot be read, or a folder holds none.
pub fn all(arguments: &[PathBuf]) -> Result<Vec<SchemeText>, Failure> {
    let mut found = Vec::new();
    for argument in arguments {
        collect(argument, &mut found)?;
    }
    found.into_iter().map(read).collect()
}

fn collect(argument: &Path, found: &mut Vec<Origin>) -> Result<(), Failure> {
    let origin = match argument.to_str() {
        Some("-") => Origin::StandardInput,
        Some(text) if text.starts_with("preset:") => {
            Origin::Preset(preset(text.trim_start_matches("preset:"))?)
        }
        Some(_) | None if argument.is_dir() => return collect_below(argument, found),
        Some(_) | None => Origin::File(argument.to_owned()),
    };
    let again = |other: &Origin| match (other, &origin) {
        (Origin::StandardInput, Origin::StandardInput) => true,
        (Origin::Preset(one), Origin::Preset(other)) => one.slug == other.slug,
        (Origin::File(one), Origin::File(other)) => one == other,
        _ => false,
    };
    if !found.iter().any(again) {
        found.push(origin);
    }
    Ok(())
}

fn collect_below(folder: &Path, found: &mut Vec<Origin>) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let failed = |source| Failure::Unreadable {
            path: folder.display().to_string(),
            source,
        };
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let kind = entry.file_type().map_err(failed)?;
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            if kind.is_dir() && !hidden {
                open.push(path);
            } else if path.extension().is_some_and(|of| of == "scheme") && path.is_file() {
                files.push(path);
            }
        }
    }
    if files.is_empty() {
        return Err(Failure::NoSchemes {
            folder: folder.display().to_string(),
        });
    }
    files.sort();
    for file in files {
        collect(&file, found)?;
    }
    Ok(())
}

/// The preset of a slug.
///
/// # Errors
///
/// If there is none.
pub fn preset(slug: &str) -> Result<&'static Preset, Failure> {
    assize_presets::find(slug).ok_or_else(|| Failure::NoSuchPreset {
        slug: slug.to_owned(),
        near: nearest(slug, assize_presets::presets().map(|preset| preset.slug)),
    })
}

fn read(origin: Origin) -> Result<SchemeText, Failure> {
    let (name, text) = match &origin {
        Origin::Preset(preset) => (format!("preset:{}", preset.slug), preset.scheme.to_owned()),
        Origin::StandardInput => ("-".to_owned(), scheme_text("-", io::stdin())?),
        Origin::File(path) => {
            let name = path.display().to_string();
            let file = File::open(path).map_err(|source| Failure::Unreadable {
                path: name.clone(),
                source,
            })?;
            let text = scheme_text(&name, file)?;
            (name, text)
        }
    };
    Ok(SchemeText { name, text, origin })
}

/// Reads a scheme, and no more of it than shows that it is longer than the limit.
fn scheme_text(name: &str, reader: impl Read) -> Result<String, Failure> {
    let limit = Limits::default().source_bytes.saturating_add(4);
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|source| Failure::Unreadable {
            path: name.to_owned(),
            source,
        })?;
    if bytes.len() == limit {
        // The cut may lie inside a character.
        if let Err(error) = std::str::from_utf8(&bytes)
            && error.error_len().is_none()
        {
            bytes.truncate(error.valid_up_to());
        }
    }
    String::from_utf8(bytes).map_err(|error| Failure::NotUtf8 {
        path: name.to_owned(),
        offset: error.utf8_error().valid_up_to(),
    })
}

/// The text of a file that need not be there.
fn beside(path: &Path) -> Result<Option<Beside>, Failure> {
    let name = path.display().to_string();
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::Unreadable { path: name, source }),
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Beside { name, text })),
            Err(error) => Err(Failure::NotUtf8 {
                path: name,
                offset: error.utf8_error().valid_up_to(),
            }),
        },
    }
}
