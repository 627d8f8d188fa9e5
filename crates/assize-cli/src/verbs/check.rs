//! `check PATH…`: what is wrong with schemes.
//!
//! Editions of one regulation that are in force on one day end the run with an error.
//! Quotations are compared with the document beside a scheme, where it is there. `--select` and
//! `--ignore` choose what is shown and counted; what they leave out is named in the summary, so
//! that no error disappears without a word.

use std::io::{self, IsTerminal, Write};

use assize::diagnostic::{Diagnostic, Severity};
use assize::text::{Limits, Words};

use super::{Verdict, Voice};
use crate::arguments::CheckArguments;
use crate::failure::Failure;
use crate::read::nearest;
use crate::readings::Readings;
use crate::report::{self, Counts, FileFindings, Settings};
use crate::schemes::{self, Library, SchemeText};
use crate::words::words;

/// Checks schemes.
pub fn run(arguments: &CheckArguments, voice: Voice) -> Result<Verdict, Failure> {
    for code in arguments.select.iter().chain(&arguments.ignore) {
        if assize::code(code).is_none() {
            return Err(no_such_code(code));
        }
    }
    let library = Library::default();
    let readings = Readings::of_flags(&arguments.choice.reading)?;
    let mut texts = schemes::all(&arguments.paths)?;
    if let Some(day) = arguments.choice.day()? {
        let (in_force, undated) = schemes::in_force(texts, day, &library)?;
        texts = in_force;
        for name in undated {
            voice.tell_undated(&name);
        }
    }
    let mut all = Vec::new();
    let mut left_out = 0_usize;
    for text in &texts {
        let (shown, hidden): (Vec<_>, Vec<_>) = findings(text, &library, &readings)?
            .into_iter()
            .partition(|diagnostic| is_shown(arguments, diagnostic));
        left_out = left_out.saturating_add(hidden.len());
        all.push(shown);
    }
    readings.settled()?;
    let files: Vec<FileFindings<'_>> = texts
        .iter()
        .zip(&all)
        .map(|(text, diagnostics)| FileFindings {
            path: &text.name,
            text: &text.text,
            diagnostics,
        })
        .collect();
    let fail_level: Severity = arguments.fail_level.into();
    let mut out = io::stdout().lock();
    let settings = Settings {
        language: voice.language,
        colour: voice.is_coloured(out.is_terminal()),
        fail_level,
    };
    report::write(&mut out, arguments.output_format.into(), &files, settings)?;
    out.flush()?;

    let mut summary = Counts::of(&files).words();
    if left_out > 0 {
        let Words { en, zh } = summary;
        summary = words!(
            "{en}; left out by --select or --ignore: {left_out}",
            "{zh}；按 --select 或 --ignore 略去 {left_out} 条"
        );
    }
    voice.tell(&summary);
    schemes::apart(&texts, &library)?;
    let failed = all
        .iter()
        .flatten()
        .any(|diagnostic| diagnostic.severity() >= fail_level);
    Ok(Verdict::found_if(failed))
}

/// Everything found in a scheme, in the order of the text.
fn findings(
    text: &SchemeText,
    library: &Library,
    readings: &Readings,
) -> Result<Vec<Diagnostic>, Failure> {
    let checked = library.check(text, readings, Limits::default());
    let mut findings = checked.diagnostics;
    if let Some(document) = text.document()? {
        findings.extend(assize::quotations(&checked.tree, &document));
        findings.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code.name));
        findings.truncate(Limits::default().diagnostics);
    }
    Ok(findings)
}

fn is_shown(arguments: &CheckArguments, diagnostic: &Diagnostic) -> bool {
    let code = diagnostic.code.name;
    let names = |codes: &[String]| codes.iter().any(|name| name == code);
    (arguments.select.is_empty() || names(&arguments.select)) && !names(&arguments.ignore)
}

/// The failure of a code that does not exist.
pub(super) fn no_such_code(name: &str) -> Failure {
    let codes = assize::codes();
    Failure::NoSuchCode {
        name: name.to_owned(),
        near: nearest(name, codes.iter().map(|code| code.name)),
    }
}
