//! What was shown, for programs: one object, with the words in both languages.

use std::io::{self, Write};

use assize::prove::Property;
use assize::text::Words;
use serde::Serialize;

use super::{Counts, Shown};
use crate::write::Data;

#[derive(Serialize)]
struct Whole<'a> {
    schema_version: u32,
    schemes: Vec<One<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct One<'a> {
    scheme: &'a str,
    path: &'a str,
    properties: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    verdict: &'static str,
    /// How grave it is where it does not hold; absent for facts.
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<assize::diagnostic::Severity>,
    claim: &'a Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
    regions: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter_example: Option<Example<'a>>,
}

#[derive(Serialize)]
struct Example<'a> {
    words: &'a Words,
    subjects: Vec<Data<'a>>,
}

pub(super) fn write(out: &mut dyn Write, all: &[Shown<'_>], counts: Counts) -> io::Result<()> {
    let schemes = all.iter().map(|shown| One {
        scheme: shown.scheme.slug(),
        path: &shown.text.name,
        properties: shown
            .proofs
            .properties
            .iter()
            .map(|property| entry(shown, property))
            .collect(),
    });
    let whole = Whole {
        schema_version: 1,
        schemes: schemes.collect(),
        counts,
    };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn entry<'a>(shown: &Shown<'_>, property: &'a Property) -> Entry<'a> {
    let example = property.verdict.counter_example();
    Entry {
        kind: property.kind.name(),
        verdict: property.verdict.name(),
        severity: property.kind.severity(),
        claim: &property.claim,
        line: shown.line(property),
        article: property.article.as_deref(),
        regions: property.regions,
        counter_example: example.map(|example| Example {
            words: &example.words,
            subjects: example.subjects.iter().map(Data).collect(),
        }),
    }
}
