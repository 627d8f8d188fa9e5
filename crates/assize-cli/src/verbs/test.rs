//! `test PATH…`: the examples inside schemes, and the case files beside them.
//!
//! Examples are computed when a scheme is checked; here they are told. A guarantee that does not
//! hold on an example is a failure of its own. The cases of a scheme whose own examples fail are
//! run all the same, so that every failure is seen at once. What else can be asked of examples, how
//! well they try the scheme, has a file each.

mod coverage;
mod generation;
mod mutation;

use std::io::{self, Write};

use assize::diagnostic::{Diagnostic, Severity};
use assize::input::Subject;
use assize::text::{Limits, Span, Words};
use assize::{Checked, Reading, Scheme};

use super::{Verdict, Voice};
use crate::arguments::TestArguments;
use crate::cases::Case;
use crate::failure::Failure;
use crate::readings::Readings;
use crate::report::{self, Places, Trial, TrialCounts, TrialEnd, TrialFormat};
use crate::schemes::{self, Library, SchemeText};
use crate::words::words;

/// Runs examples and cases.
pub fn run(arguments: &TestArguments, voice: Voice) -> Result<Verdict, Failure> {
    if arguments.coverage {
        return coverage::run(arguments, voice);
    }
    if arguments.mutate {
        return mutation::run(arguments, voice);
    }
    if arguments.generate {
        return generation::run(arguments, voice);
    }
    let library = Library::default();
    let readings = Readings::of_flags(&arguments.reading)?;
    let texts = schemes::all(&arguments.paths)?;
    let mut trials = Vec::new();
    let mut invalid = 0_usize;
    for text in &texts {
        if !try_scheme(text, &library, &readings, &mut trials, voice)? {
            invalid = invalid.saturating_add(1);
        }
    }
    readings.settled()?;
    if let Some(filter) = &arguments.filter {
        trials.retain(|trial| trial.name.contains(filter.as_str()));
    }
    let mut out = io::stdout().lock();
    let format: TrialFormat = arguments.output_format.into();
    report::write_trials(&mut out, format, &trials, voice.language)?;
    out.flush()?;
    let counts = TrialCounts::of(&trials);
    if trials.is_empty() {
        voice.tell(&words!(
            "note: no example and no case was run",
            "提示：没有运行任何算例或用例"
        ));
    }
    if format != TrialFormat::Pretty {
        voice.tell(&counts.words());
    }
    if invalid > 0 {
        return Err(Failure::InvalidSchemes { count: invalid });
    }
    let failed = counts.failed > 0;
    Ok(Verdict::found_if(failed))
}

/// Whether a report is to be JSON.
///
/// # Errors
///
/// If it is to have a form that it does not have.
fn is_json(arguments: &TestArguments, flag: &'static str) -> Result<bool, Failure> {
    match TrialFormat::from(arguments.output_format) {
        TrialFormat::Pretty => Ok(false),
        TrialFormat::Json => Ok(true),
        TrialFormat::Junit | TrialFormat::Github => Err(Failure::NoSuchForm { flag }),
    }
}

/// A scheme as it was checked, also where its own examples fail; its errors are shown if it cannot
/// be used.
fn draft_of(
    text: &SchemeText,
    library: &Library,
    readings: &Readings,
    voice: Voice,
) -> Result<Option<(Checked, Scheme)>, Failure> {
    let limits = Limits {
        // Each failed example is to be told, however many there are.
        diagnostics: usize::MAX,
        ..Limits::default()
    };
    let checked = library.check(text, readings, limits);
    if let Some(draft) = checked.draft.clone() {
        return Ok(Some((checked, draft)));
    }
    let errors = checked.diagnostics.iter();
    let mut errors: Vec<Diagnostic> = errors
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .cloned()
        .collect();
    errors.truncate(Limits::default().diagnostics);
    voice.show_findings(text, &errors)?;
    Ok(None)
}

/// Runs the examples and cases of one scheme. Answers whether it can be used; its errors are shown
/// if it cannot.
fn try_scheme(
    text: &SchemeText,
    library: &Library,
    readings: &Readings,
    trials: &mut Vec<Trial>,
    voice: Voice,
) -> Result<bool, Failure> {
    let Some((checked, draft)) = draft_of(text, library, readings, voice)? else {
        return Ok(false);
    };
    // Examples are worked for the first alternatives of the readings.
    let chosen = |reading: &Reading| reading.chosen != 0;
    if checked.readings.iter().any(chosen) {
        let name = &text.name;
        voice.tell(&words!(
            "note: {name}: its examples are for other readings and were not run",
            "提示：{name}：算例按首选解读编写，本次未运行"
        ));
    } else {
        try_examples(text, &checked, trials);
    }

    let prepared = draft
        .prepare(Subject::default())
        .map_err(Failure::Parameter)?;
    for file in text.cases()? {
        for case in Case::of_file(&file, draft.slug())? {
            trials.push(Trial {
                path: file.name.clone(),
                line: case.line,
                name: case.name(),
                end: ended(case.run(&prepared)?),
            });
        }
    }
    Ok(true)
}

/// The examples as they came out, and the guarantees that they contradict.
fn try_examples(text: &SchemeText, checked: &Checked, trials: &mut Vec<Trial>) {
    let places = Places::new(&text.text);
    let line = |span: Span| places.ends(span).0.line;
    for example in &checked.examples {
        let line = line(example.span);
        let misses = example.misses.iter();
        trials.push(Trial {
            path: text.name.clone(),
            line,
            name: match &example.label {
                Some(label) => label.clone(),
                None => format!("example {line}"),
            },
            end: ended(misses.map(|miss| miss.message.clone()).collect()),
        });
    }
    for contradiction in &checked.contradictions {
        trials.push(Trial {
            path: text.name.clone(),
            line: line(contradiction.span),
            name: contradiction.span.of(&text.text).trim().to_owned(),
            end: ended(vec![contradiction.message.clone()]),
        });
    }
}

fn ended(differences: Vec<Words>) -> TrialEnd {
    if differences.is_empty() {
        TrialEnd::Passed
    } else {
        TrialEnd::Failed { differences }
    }
}
