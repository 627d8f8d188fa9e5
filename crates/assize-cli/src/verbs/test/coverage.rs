//! `test --coverage`: which rules no example and no case makes act.
//!
//! It reports and judges nothing: some rules of a document are not worth an example.

use std::io::{self, Write};

use assize::Scheme;
use assize::text::Span;
use assize::trial::coverage;

use super::{Verdict, Voice, draft_of};
use crate::arguments::TestArguments;
use crate::cases::Case;
use crate::failure::Failure;
use crate::readings::Readings;
use crate::report::{self, CoverageCounts, Places, SchemeCoverage, UntriedRule};
use crate::schemes::{self, Library, SchemeText};

/// Tells the coverage of schemes.
pub(super) fn run(arguments: &TestArguments, voice: Voice) -> Result<Verdict, Failure> {
    let is_json = super::is_json(arguments, "--coverage")?;
    let library = Library::default();
    let mut found = Vec::new();
    let mut invalid = 0_usize;
    for text in schemes::all(&arguments.paths)? {
        match draft_of(&text, &library, &Readings::default(), voice)? {
            Some((_, draft)) => found.push(of_scheme(&text, &draft)?),
            None => invalid = invalid.saturating_add(1),
        }
    }
    let mut out = io::stdout().lock();
    report::write_coverage(&mut out, is_json, &found, voice.language)?;
    out.flush()?;
    if invalid > 0 {
        return Err(Failure::InvalidSchemes { count: invalid });
    }
    Ok(Verdict::Clean)
}

fn of_scheme(text: &SchemeText, scheme: &Scheme) -> Result<SchemeCoverage, Failure> {
    let mut subjects = Vec::new();
    for file in text.cases()? {
        for case in Case::of_file(&file, scheme.slug())? {
            subjects.extend(case.subject(scheme)?);
        }
    }
    let coverage = coverage(scheme, &subjects);
    let places = Places::new(&text.text);
    let whole = scheme.text();
    let untried: Vec<UntriedRule> = coverage
        .untried()
        .map(|rule| UntriedRule {
            line: own_place(&text.text, whole, rule.span).map(|span| places.ends(span).0.line),
            article: rule.article.clone(),
            kind: rule.kind.name(),
            kind_words: rule.kind.words(),
            text: without_citation(rule.span.of(whole)),
        })
        .collect();
    let rules = coverage.rules.len();
    Ok(SchemeCoverage {
        path: text.name.clone(),
        scheme: scheme.slug().to_owned(),
        trials: coverage.trials,
        counts: CoverageCounts {
            rules,
            acted: rules.saturating_sub(untried.len()),
        },
        untried,
    })
}

/// Where a place of the whole text stands in the text as written, which another scheme may fill
/// up in one place.
fn own_place(own: &str, whole: &str, span: Span) -> Option<Span> {
    if own == whole {
        return Some(span);
    }
    let alike = |(a, b): &(u8, u8)| a == b;
    let ahead = own.bytes().zip(whole.bytes()).take_while(alike).count();
    let behind = own.bytes().rev().zip(whole.bytes().rev());
    let behind = behind.take_while(alike).count();
    let (start, end) = (span.range().start, span.range().end);
    if end <= ahead {
        return Some(span);
    }
    if start < whole.len().saturating_sub(behind) {
        return None;
    }
    let back = |at: usize| {
        let at = own.len().checked_sub(whole.len().checked_sub(at)?)?;
        u32::try_from(at).ok()
    };
    Some(Span::new(back(start)?, back(end)?))
}

/// A rule on one line, without the article that is told beside it.
fn without_citation(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rests = [" cite ", " 条款", " assumed ", " 推定"];
    let ends = rests.iter().filter_map(|word| line.find(word));
    let end = ends.min().unwrap_or(line.len());
    line.get(..end).unwrap_or_default().to_owned()
}
