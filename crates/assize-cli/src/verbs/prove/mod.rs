//! `prove SCHEME…`: what holds for every subject, each property with its verdict and, where it does
//! not hold, the data that breaks it; with `--emit smt2`, the questions for a solver instead.
//!
//! A scheme whose examples or guarantees fail is looked at like any other. Exit code 1 where a
//! guarantee, or a property of which `check` would warn, is refuted or undecided: what is undecided
//! never passes.

mod json;
mod table;

use std::io::{self, Write};

use assize::Scheme;
use assize::diagnostic::{Diagnostic, Severity};
use assize::prove::{Effort, Proofs, Property};
use assize::text::{Limits, Words};
use serde::Serialize;

use super::{Verdict, Voice};
use crate::arguments::{ListFormat, ProveArguments, SolverText};
use crate::failure::Failure;
use crate::readings::Readings;
use crate::report::Places;
use crate::schemes::{self, Library, SchemeText};
use crate::words::words;
use crate::write::{Data, Destination, write_whole};

/// One scheme and what was shown of it.
struct Shown<'a> {
    text: &'a SchemeText,
    scheme: Scheme,
    proofs: Proofs,
}

/// How many properties came out how.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Counts {
    properties: u64,
    proved: u64,
    refuted: u64,
    undecided: u64,
    regions: u64,
}

/// Shows what holds.
pub fn run(arguments: &ProveArguments, voice: Voice) -> Result<Verdict, Failure> {
    if let Some(SolverText::Smt2) = arguments.emit {
        return emit(arguments, voice);
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
    if arguments.counter_examples.is_some() && texts.len() > 1 {
        return Err(Failure::OneSchemeOnly {
            flag: "--counter-examples",
            count: texts.len(),
        });
    }
    let effort = Effort {
        regions: arguments.effort,
    };
    let mut all = Vec::new();
    let mut invalid = 0_usize;
    for text in &texts {
        match draft(text, &library, &readings, voice)? {
            Some(scheme) => all.push(Shown {
                text,
                proofs: scheme.prove(effort),
                scheme,
            }),
            None => invalid = invalid.saturating_add(1),
        }
    }
    readings.settled()?;
    if let Some(path) = &arguments.counter_examples {
        let destination = Destination::File(path.clone());
        write_whole(destination, &counter_examples(&all)?)?;
    }
    let counts = Counts::of(&all);
    let mut out = io::stdout().lock();
    match arguments.format {
        ListFormat::Table => table::write(&mut out, &all, voice.language)?,
        ListFormat::Json => json::write(&mut out, &all, counts)?,
    }
    out.flush()?;
    voice.tell(&counts.words(all.len()));
    if invalid > 0 {
        return Err(Failure::InvalidSchemes { count: invalid });
    }
    let properties = all.iter().flat_map(|shown| &shown.proofs.properties);
    Ok(Verdict::found_if(!properties.clone().all(Property::passes)))
}

/// Writes a scheme for a solver.
fn emit(arguments: &ProveArguments, voice: Voice) -> Result<Verdict, Failure> {
    let [path] = arguments.paths.as_slice() else {
        return Err(Failure::OneSchemeOnly {
            flag: "--emit",
            count: arguments.paths.len(),
        });
    };
    let library = Library::default();
    let day = arguments.choice.day()?;
    let text = schemes::one(path, day, &library)?;
    let scheme = voice.draft(&text, &arguments.choice.reading, day, &library)?;
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

/// A scheme, also where its own examples or guarantees fail; its errors are shown if it cannot be
/// used.
fn draft(
    text: &SchemeText,
    library: &Library,
    readings: &Readings,
    voice: Voice,
) -> Result<Option<Scheme>, Failure> {
    let checked = library.check(text, readings, Limits::default());
    if checked.draft.is_some() {
        return Ok(checked.draft);
    }
    let errors: Vec<Diagnostic> = checked
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .collect();
    voice.show_findings(text, &errors)?;
    Ok(None)
}

/// The data of all counter-examples, a line for each subject.
fn counter_examples(all: &[Shown<'_>]) -> io::Result<String> {
    let mut lines = String::new();
    let properties = all.iter().flat_map(|shown| &shown.proofs.properties);
    for example in properties.filter_map(|property| property.verdict.counter_example()) {
        for subject in &example.subjects {
            lines.push_str(&Data(subject).line()?);
            lines.push('\n');
        }
    }
    Ok(lines)
}

impl Shown<'_> {
    /// The line of a property; none for what stands in a scheme that this one extends, or nowhere.
    fn line(&self, property: &Property) -> Option<usize> {
        let here = self.scheme.text() == self.text.text && property.span.end > 0;
        here.then(|| Places::new(&self.text.text).ends(property.span).0.line)
    }
}

impl Counts {
    fn of(all: &[Shown<'_>]) -> Self {
        let mut counts = Self::default();
        for property in all.iter().flat_map(|shown| &shown.proofs.properties) {
            let slot = match property.verdict {
                assize::prove::Verdict::Proved => &mut counts.proved,
                assize::prove::Verdict::Refuted(_) => &mut counts.refuted,
                assize::prove::Verdict::Undecided => &mut counts.undecided,
            };
            *slot = slot.saturating_add(1);
            counts.properties = counts.properties.saturating_add(1);
            counts.regions = counts.regions.saturating_add(property.regions.into());
        }
        counts
    }

    fn words(self, schemes: usize) -> Words {
        let Self {
            properties,
            proved,
            refuted,
            undecided,
            regions,
        } = self;
        words!(
            "{properties} properties of {schemes} schemes: {proved} proved, {refuted} refuted, {undecided} cannot tell; {regions} parts looked at",
            "{schemes} 个方案，共 {properties} 条性质：已证明 {proved}，不成立 {refuted}，未能判定 {undecided}；查看区域 {regions} 个"
        )
    }
}
