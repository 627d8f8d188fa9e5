//! `fmt PATH…`: schemes in the one layout.
//!
//! The new text is proved to mean the same, comments included, before a byte is written. A file
//! with mistakes in its syntax is left alone, and they are shown. All texts are laid out before
//! the first file is replaced.

use std::io::{self, Write};
use std::path::PathBuf;

use assize::diagnostic::{Diagnostic, Severity};
use assize::syntax::{format_checked, parse};
use assize::text::Limits;
use similar::TextDiff;

use super::{Verdict, Voice};
use crate::arguments::FmtArguments;
use crate::failure::Failure;
use crate::schemes::{self, Origin, SchemeText};
use crate::words::words;
use crate::write::{Destination, write_whole};

/// Lays out schemes.
pub fn run(arguments: &FmtArguments, voice: Voice) -> Result<Verdict, Failure> {
    let mut invalid = 0_usize;
    let mut laid = Vec::new();
    for text in schemes::all(&arguments.paths)? {
        if let Origin::Preset(_) = text.origin {
            return Err(Failure::PresetNotAFile { name: text.name });
        }
        match lay_out(&text, arguments, voice)? {
            Some(new) => laid.push((text, new)),
            None => invalid = invalid.saturating_add(1),
        }
    }
    let changed = if arguments.check || arguments.diff {
        show(&laid, arguments)?
    } else {
        rewrite(&laid, voice)?;
        false
    };
    if invalid > 0 {
        return Err(Failure::InvalidSchemes { count: invalid });
    }
    Ok(Verdict::found_if(changed))
}

/// The new text, or nothing where the text has mistakes, which are shown.
fn lay_out(
    text: &SchemeText,
    arguments: &FmtArguments,
    voice: Voice,
) -> Result<Option<String>, Failure> {
    let limits = Limits::default();
    let errors: Vec<Diagnostic> = parse(&text.text, &limits)
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .collect();
    if !errors.is_empty() {
        voice.show_findings(text, &errors)?;
        return Ok(None);
    }
    let keywords = arguments.keywords.into();
    let new = format_checked(&text.text, &limits, keywords);
    new.map(Some).map_err(|error| Failure::Format {
        path: text.name.clone(),
        error,
    })
}

/// Shows what would change: differences, or names. Answers whether something would.
fn show(laid: &[(SchemeText, String)], arguments: &FmtArguments) -> io::Result<bool> {
    let mut out = io::stdout().lock();
    let mut changed = false;
    for (old, new) in laid.iter().filter(|(old, new)| old.text != *new) {
        changed = true;
        if arguments.diff {
            let diff = TextDiff::from_lines(old.text.as_str(), new.as_str());
            let mut unified = diff.unified_diff();
            write!(out, "{}", unified.header(&old.name, &old.name))?;
        } else {
            writeln!(out, "{}", old.name)?;
        }
    }
    out.flush()?;
    Ok(changed)
}

/// Replaces the files that change; standard input goes to standard output.
fn rewrite(laid: &[(SchemeText, String)], voice: Voice) -> Result<(), Failure> {
    let mut rewritten = 0_usize;
    let mut files = 0_usize;
    for (old, new) in laid {
        if let Origin::File(_) = old.origin {
            files = files.saturating_add(1);
        }
        let file: Option<PathBuf> = match &old.origin {
            Origin::File(_) if old.text == *new => continue,
            Origin::File(path) => Some(path.clone()),
            Origin::StandardInput | Origin::Preset(_) => None,
        };
        let is_file = file.is_some();
        write_whole(Destination::of_argument(file), new)?;
        if is_file {
            rewritten = rewritten.saturating_add(1);
        }
    }
    if files > 0 {
        voice.tell(&words!(
            "{rewritten} of {files} reformatted",
            "共 {files} 个，重新排版 {rewritten} 个"
        ));
    }
    Ok(())
}
