//! Finds the texts of schemes: a path, every `.scheme` file below a folder in the order of their
//! paths, `preset:SLUG` (also the editions of a family of presets), or `-` for standard input.
//!
//! Paths are shown as they were given. Links to folders are not followed, and folders whose name
//! begins with a dot are passed over. What a text says is not looked at here.

mod editions;
mod library;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use assize::text::Limits;
use assize_presets::Preset;
use chrono::NaiveDate;

pub use editions::{EditionFault, apart, in_force, is_in_force};
pub use library::Library;

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
            Origin::Preset(preset) => {
                let beside = preset.cases.map(|cases| Beside {
                    name: format!("{}/cases.jsonl", self.name),
                    text: cases.to_owned(),
                });
                Ok(beside.into_iter().collect())
            }
            Origin::File(path) => {
                let mut files = Vec::new();
                files.extend(beside(&path.with_file_name("cases.jsonl"))?);
                files.extend(beside(&path.with_extension("cases.jsonl"))?);
                Ok(files)
            }
        }
    }
}

/// The one scheme that an argument names; of the editions of one family, the one in force.
///
/// # Errors
///
/// If it cannot be read, or names several of which no day chooses one.
pub fn one(
    argument: &Path,
    day: Option<NaiveDate>,
    library: &Library,
) -> Result<SchemeText, Failure> {
    let texts = all(&[argument.to_owned()])?;
    editions::one_of(texts, &argument.display().to_string(), day, library)
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
    let named = argument.to_str();
    if let Some(slug) = named.and_then(|text| text.strip_prefix("preset:")) {
        let editions: Vec<&Preset> = match assize_presets::find(slug) {
            Some(preset) => vec![preset],
            None => assize_presets::editions(slug).collect(),
        };
        if editions.is_empty() {
            return Err(no_such_preset(slug));
        }
        for preset in editions {
            add(Origin::Preset(preset), found);
        }
    } else if named == Some("-") {
        add(Origin::StandardInput, found);
    } else if argument.is_dir() {
        collect_below(argument, found)?;
    } else {
        add(Origin::File(argument.to_owned()), found);
    }
    Ok(())
}

/// Adds what is not there yet.
fn add(origin: Origin, found: &mut Vec<Origin>) {
    let again = |other: &Origin| match (other, &origin) {
        (Origin::StandardInput, Origin::StandardInput) => true,
        (Origin::Preset(one), Origin::Preset(other)) => one.slug == other.slug,
        (Origin::File(one), Origin::File(other)) => one == other,
        _ => false,
    };
    if !found.iter().any(again) {
        found.push(origin);
    }
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
        add(Origin::File(file), found);
    }
    Ok(())
}

/// The preset of a slug.
///
/// # Errors
///
/// If there is none.
pub fn preset(slug: &str) -> Result<&'static Preset, Failure> {
    assize_presets::find(slug).ok_or_else(|| no_such_preset(slug))
}

fn no_such_preset(slug: &str) -> Failure {
    Failure::NoSuchPreset {
        slug: slug.to_owned(),
        near: nearest(slug, assize_presets::presets().map(|preset| preset.slug)),
    }
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
