//! `test --mutate`: which changes of a scheme no example and no case notices.

use std::io::{self, Write};

use assize::input::Subject;
use assize::text::{Limits, Words};
use assize::trial::{Fate, Mutant, boundaries, difference, mutants};
use assize::{Checked, Scheme};

use super::{Verdict, Voice, draft_of};
use crate::arguments::TestArguments;
use crate::cases::Case;
use crate::failure::Failure;
use crate::readings::Readings;
use crate::report::{self, MutationCounts, Places, SchemeMutation, Survivor};
use crate::schemes::{self, Beside, Library, SchemeText};
use crate::words::words;

/// Changes schemes and tells what nothing noticed.
pub(super) fn run(arguments: &TestArguments, voice: Voice) -> Result<Verdict, Failure> {
    let is_json = super::is_json(arguments, "--mutate")?;
    let library = Library::default();
    let mut found = Vec::new();
    let mut invalid = 0_usize;
    let mut failing = false;
    for text in schemes::all(&arguments.paths)? {
        let Some((checked, draft)) = draft_of(&text, &library, &Readings::default(), voice)? else {
            invalid = invalid.saturating_add(1);
            continue;
        };
        let name = &text.name;
        if Fate::of(&checked) != Fate::Survives {
            voice.tell(&words!(
                "{name}: its own examples fail, so no change can be told from the scheme; run `assize test` first",
                "{name}：方案自己的算例未通过，无法判断改动是否被发现；请先运行 assize test"
            ));
            failing = true;
            continue;
        }
        let files = text.cases()?;
        let limit = usize::try_from(arguments.limit).unwrap_or(usize::MAX);
        found.push(of_scheme(&text, &draft, &files, &library, limit)?);
    }
    let mut out = io::stdout().lock();
    report::write_mutation(&mut out, is_json, &found, voice.language)?;
    out.flush()?;
    if invalid > 0 {
        return Err(Failure::InvalidSchemes { count: invalid });
    }
    let survived = found.iter().any(|scheme| scheme.counts.survived > 0);
    Ok(Verdict::found_if(survived || failing))
}

fn of_scheme(
    text: &SchemeText,
    scheme: &Scheme,
    files: &[Beside],
    library: &Library,
    limit: usize,
) -> Result<SchemeMutation, Failure> {
    let mut cases = Vec::new();
    for file in files {
        for case in Case::of_file(file, scheme.slug())? {
            // A case that fails as it is notices nothing.
            if differences(&case, scheme).is_some_and(|found| found.is_empty()) {
                cases.push(case);
            }
        }
    }
    let all = mutants(&text.text);
    let mut counts = MutationCounts {
        left_out: all.len().saturating_sub(limit),
        ..MutationCounts::default()
    };
    let places = Places::new(&text.text);
    let mut survivors = Vec::new();
    let mut edges = None;
    for mutant in spread(&all, limit) {
        let changed = SchemeText {
            name: text.name.clone(),
            text: mutant.text(&text.text),
            origin: text.origin.clone(),
        };
        let checked = library.check(&changed, &Readings::default(), Limits::default());
        counts.changes = counts.changes.saturating_add(1);
        let count = match Fate::of(&checked) {
            Fate::Refused => &mut counts.refused,
            Fate::ByExample => &mut counts.by_example,
            Fate::ByGuarantee => &mut counts.by_guarantee,
            Fate::Survives if noticed(&checked, &cases) => &mut counts.by_case,
            Fate::Survives => {
                let place = places.ends(mutant.span).0;
                let edges = edges.get_or_insert_with(|| boundaries(scheme));
                let changed = checked.scheme.as_ref();
                survivors.push(Survivor {
                    line: place.line,
                    column: place.column,
                    text: line_of(&text.text, place.line),
                    change: mutant.words.clone(),
                    difference: changed.and_then(|changed| difference(scheme, changed, edges)),
                });
                &mut counts.survived
            }
        };
        *count = count.saturating_add(1);
    }
    Ok(SchemeMutation {
        path: text.name.clone(),
        scheme: scheme.slug().to_owned(),
        counts,
        survivors,
    })
}

/// A line of a text by its number from 1, without the blanks around it.
fn line_of(text: &str, number: usize) -> String {
    let line = text.lines().nth(number.saturating_sub(1));
    line.unwrap_or_default().trim().to_owned()
}

/// At most so many of the changes, spread evenly over the text.
fn spread(all: &[Mutant], limit: usize) -> Vec<&Mutant> {
    let made = limit.min(all.len());
    let place = |number: usize| {
        let place = number.saturating_mul(all.len());
        all.get(place.checked_div(made)?)
    };
    (0..made).filter_map(place).collect()
}

/// Whether a case that passes for the scheme as it is fails for the changed one.
fn noticed(checked: &Checked, cases: &[Case<'_>]) -> bool {
    let Some(scheme) = &checked.scheme else {
        return true;
    };
    cases
        .iter()
        .any(|case| differences(case, scheme).is_none_or(|found| !found.is_empty()))
}

/// How a case comes out otherwise than expected; nothing where it cannot be run.
fn differences(case: &Case<'_>, scheme: &Scheme) -> Option<Vec<Words>> {
    let prepared = scheme.prepare(Subject::default()).ok()?;
    case.run(&prepared).ok()
}
