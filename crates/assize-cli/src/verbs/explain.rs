//! `explain SCHEME DATA --row ID`: one subject's result as an argument, article by article, or what
//! lies ahead of it; and `explain CODE`: the page of a finding.
//!
//! A row is found by the subject's name, of which there may be several (one a period, say); only
//! if none has that name, by the number of the row.

use std::io::{self, Write};
use std::path::Path;

use assize::Prepared;
use assize::input::Subject;
use assize::outcome::{Fault, Outcome};
use assize::prospect::{Movable, Unanswered};
use assize::prove::Effort;
use assize::text::{Language, Words};

use super::check::no_such_code;
use super::{Verdict, Voice};
use crate::arguments::{AheadArguments, ExplainArguments};
use crate::failure::Failure;
use crate::read::nearest;
use crate::report;
use crate::subjects::{Answer, Subjects};
use crate::visible;
use crate::words::words;

/// Names of subjects that are kept for a "did you mean".
const NAMES: usize = 10_000;

/// Explains a result or a code.
pub fn run(arguments: &ExplainArguments, voice: Voice) -> Result<Verdict, Failure> {
    match (&arguments.data, &arguments.row) {
        (Some(data), Some(row)) => explain_row(arguments, data, row.trim(), voice),
        _ => explain_code(&arguments.subject.to_string_lossy(), voice),
    }
}

fn explain_code(name: &str, voice: Voice) -> Result<Verdict, Failure> {
    let Some(code) = assize::code(name) else {
        return Err(no_such_code(name));
    };
    let mut out = io::stdout().lock();
    out.write_all(report::page(code, voice.language).as_bytes())?;
    out.flush()?;
    Ok(Verdict::Clean)
}

fn explain_row(
    arguments: &ExplainArguments,
    data: &Path,
    row: &str,
    voice: Voice,
) -> Result<Verdict, Failure> {
    let mut subjects = Subjects::open(
        &arguments.subject,
        data,
        &arguments.input,
        (voice, arguments.draft),
    )?;
    subjects.tell_warnings(voice);
    let mut by_name = Vec::new();
    let mut by_number = None;
    let mut names = Vec::new();
    while let Some(answer) = subjects.next_where(|name, number| name == row || number == row) {
        match answer? {
            (name, None) if names.len() < NAMES => names.push(name),
            (_, None) => {}
            (_, Some(answer)) if answer.is_named && answer.name == row => by_name.push(answer),
            (_, Some(answer)) => by_number = by_number.or(Some(answer)),
        }
    }
    subjects.tell_warnings(voice);
    if by_name.is_empty() {
        by_name.extend(by_number);
    }
    if by_name.is_empty() {
        return Err(Failure::NoSuchRow {
            row: row.to_owned(),
            read: subjects.rows().rows_read(),
            near: nearest(row, names.iter().map(String::as_str)).map(str::to_owned),
        });
    }
    let mut out = io::stdout().lock();
    for (number, answer) in by_name.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_answer(&mut out, answer, arguments.ahead.is_asked(), voice.language)?;
        if let (Some(subject), true) = (&answer.subject, arguments.ahead.is_asked()) {
            let told = ahead(
                &subjects.prepared,
                subject,
                &arguments.ahead,
                voice.language,
            )?;
            out.write_all(visible::lines(&told).as_bytes())?;
        }
    }
    out.flush()?;
    // What is still possible is asked of data that are not whole.
    let refused = |answer: &Answer| match &answer.outcome {
        Outcome::Error(refusal) => !arguments.ahead.possible || refusal.code != Fault::Missing,
        Outcome::Ok(_) | Outcome::NoResult(_) => false,
    };
    Ok(Verdict::found_if(by_name.iter().any(refused)))
}

/// What lies ahead of a subject.
fn ahead(
    prepared: &Prepared,
    subject: &Subject,
    asked: &AheadArguments,
    language: Language,
) -> Result<String, Failure> {
    let mut told = String::new();
    // Each ends with a line of its own; what is not scored is told once, above.
    let mut tell = |text: Result<String, Unanswered>| match text {
        Ok(text) => {
            told.push_str(&text);
            Ok(())
        }
        Err(Unanswered::NotScored(_)) => Ok(()),
        Err(Unanswered::NoSuchInput(name)) => {
            let fields = prepared.scheme().inputs().iter();
            let names = fields.flat_map(|field| {
                [Some(field.key.as_str()), field.label.as_deref()]
                    .into_iter()
                    .flatten()
            });
            let near = nearest(&name, names).map(str::to_owned);
            Err(Failure::NothingToChange { name, near })
        }
    };
    if asked.next_grade {
        let movable = Movable {
            only: asked.may_change.clone(),
            never_less: asked.never_less.clone(),
        };
        let grades = prepared.next_grade(subject, &movable, Effort::default());
        let none = words!(
            "the scheme gives this subject no grade",
            "方案没有给该对象评等级"
        );
        tell(grades.map(|grades| {
            let grades = grades.iter().map(|grade| grade.to_text(language));
            or_line(grades.collect(), &none, language)
        }))?;
    }
    if asked.lost_points {
        let totals = prepared.lost_points(subject);
        let none = words!(
            "the scheme has no score with full marks: no points to lose",
            "方案没有满分的得分项，谈不上失分"
        );
        tell(totals.map(|totals| {
            let totals = totals.iter().map(|total| total.to_text(language));
            or_line(totals.collect(), &none, language)
        }))?;
    }
    if asked.possible {
        let possible = prepared.possible(subject, Effort::default());
        tell(possible.map(|possible| possible.to_text(language)))?;
    }
    Ok(told)
}

/// A text; a line in its place where there is none.
fn or_line(text: String, none: &Words, language: Language) -> String {
    if text.is_empty() {
        format!("{}\n", none.in_language(language))
    } else {
        text
    }
}

/// The subject; why there is no result for it, if there is none; and why the result is what it is,
/// unless something else is asked.
fn write_answer(
    out: &mut dyn Write,
    answer: &Answer,
    is_brief: bool,
    language: Language,
) -> io::Result<()> {
    let name = visible::line(&answer.name);
    match &answer.period {
        Some(period) => writeln!(out, "{name}  {}", visible::line(period))?,
        None => writeln!(out, "{name}")?,
    }
    if let Outcome::Error(refusal) = &answer.outcome {
        let Words { en, zh } = &refusal.message;
        let words = words!("refused: {en}", "拒收：{zh}");
        return writeln!(out, "{}", visible::line(words.in_language(language)));
    }
    if is_brief {
        if let Outcome::NoResult(stop) = &answer.outcome {
            let reason = stop.label.as_ref().unwrap_or(&stop.reason);
            let words = words!("no result: {reason}", "不出具结果：{reason}");
            writeln!(out, "{}", visible::line(words.in_language(language)))?;
        }
        return Ok(());
    }
    if let Some(explanation) = &answer.explanation {
        out.write_all(visible::lines(&explanation.to_text(language)).as_bytes())?;
    }
    Ok(())
}
