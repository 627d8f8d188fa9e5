//! `test PATH…`: the examples inside schemes, and the case files beside them.
//!
//! Examples are computed when a scheme is checked; what was found there is sorted to its example
//! here. A guarantee that does not hold on an example is a failure of its own. Cases of a scheme
//! whose examples fail are not run, since there is no scheme to run them with, and are counted so.

use std::io::{self, Write};

use assize::Reading;
use assize::diagnostic::{Diagnostic, Severity};
use assize::input::Subject;
use assize::syntax::{Kind, Statement};
use assize::text::{Limits, Span, Words};

use super::{Verdict, Voice};
use crate::arguments::TestArguments;
use crate::cases::Case;
use crate::failure::Failure;
use crate::readings::Readings;
use crate::report::{self, Places, Trial, TrialCounts, TrialEnd, TrialFormat};
use crate::schemes::{self, Library, SchemeText};
use crate::words::words;

/// The codes of findings that are failed trials.
const FAILED: [&str; 3] = ["example-fails", "example-unknown-result", "guarantee-fails"];

/// Runs examples and cases.
pub fn run(arguments: &TestArguments, voice: Voice) -> Result<Verdict, Failure> {
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
    let failed = counts.failed > 0 || counts.not_run > 0;
    Ok(Verdict::found_if(failed))
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
    let limits = Limits {
        // Each failed example is to be told, however many there are.
        diagnostics: usize::MAX,
        ..Limits::default()
    };
    let checked = library.check(text, readings, limits);
    let errors = checked.diagnostics.iter();
    let errors = errors.filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let (failures, errors): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        errors.partition(|diagnostic| FAILED.contains(&diagnostic.code.name));
    if !errors.is_empty() {
        let mut errors: Vec<Diagnostic> = errors.into_iter().cloned().collect();
        errors.truncate(Limits::default().diagnostics);
        voice.show_findings(text, &errors)?;
        return Ok(false);
    }
    // Examples are worked for the first alternatives of the readings.
    let chosen = |reading: &Reading| reading.chosen != 0;
    if checked.readings.iter().any(chosen) {
        let name = &text.name;
        voice.tell(&words!(
            "note: {name}: its examples are for other readings and were not run",
            "提示：{name}：算例按首选解读编写，本次未运行"
        ));
    } else {
        try_examples(
            text,
            &checked.tree.scheme.body.statements,
            &failures,
            trials,
        );
    }

    let prepared = match checked.scheme {
        None => None,
        Some(scheme) => Some(
            scheme
                .prepare(Subject::default())
                .map_err(Failure::Parameter)?,
        ),
    };
    let slug = checked.tree.scheme.slug.text;
    for file in text.cases()? {
        for case in Case::of_file(&file, &slug)? {
            let end = match &prepared {
                None => TrialEnd::NotRun {
                    reason: words!(
                        "examples or guarantees of the scheme fail; mend them first",
                        "方案自身的算例或保证未通过，请先改正"
                    ),
                },
                Some(prepared) => ended(case.run(prepared)?),
            };
            trials.push(Trial {
                path: file.name.clone(),
                line: case.line,
                name: case.name(),
                end,
            });
        }
    }
    Ok(true)
}

/// Sorts what was found to the examples where it was found.
fn try_examples(
    text: &SchemeText,
    statements: &[Statement],
    failures: &[&Diagnostic],
    trials: &mut Vec<Trial>,
) {
    let places = Places::new(&text.text);
    let line = |span: Span| places.ends(span).0.line;
    let holds = |statement: &Statement, failure: &Diagnostic| {
        statement.span.start <= failure.span.start && failure.span.end <= statement.span.end
    };
    let mut elsewhere: Vec<&Diagnostic> = failures.to_vec();
    for statement in statements {
        let Kind::Example { label, .. } = &statement.kind else {
            continue;
        };
        let own = failures.iter().filter(|failure| holds(statement, failure));
        let differences: Vec<Words> = own.map(|failure| failure.message.clone()).collect();
        elsewhere.retain(|failure| !holds(statement, failure));
        let line = line(statement.span);
        trials.push(Trial {
            path: text.name.clone(),
            line,
            name: match label {
                Some(label) => label.text.clone(),
                None => format!("example {line}"),
            },
            end: ended(differences),
        });
    }
    for failure in elsewhere {
        trials.push(Trial {
            path: text.name.clone(),
            line: line(failure.span),
            name: failure.span.of(&text.text).trim().to_owned(),
            end: ended(vec![failure.message.clone()]),
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
