//! `prove SCHEME --emit smt2`: a scheme and its guarantees as a text for a solver.

use std::io::{self, Write};

use super::{Verdict, Voice};
use crate::arguments::{ProveArguments, SolverText};
use crate::failure::Failure;
use crate::schemes::{self, Library};

/// Writes the text.
pub fn run(arguments: &ProveArguments, voice: Voice) -> Result<Verdict, Failure> {
    let library = Library::default();
    let day = arguments.choice.day()?;
    let text = schemes::one(&arguments.scheme, day, &library)?;
    let scheme = voice.scheme(&text, &arguments.choice.reading, day, &library)?;
    let SolverText::Smt2 = arguments.emit;
    let written = scheme.to_smt().map_err(|error| {
        let line = error.span.of(scheme.text()).lines().next();
        Failure::Inexpressible {
            name: text.name.clone(),
            line: line.unwrap_or_default().trim().to_owned(),
            what: error.what,
        }
    })?;
    let mut out = io::stdout().lock();
    out.write_all(written.as_bytes())?;
    out.flush()?;
    Ok(Verdict::Clean)
}
