//! `explain SCHEME DATA --row ID`: one subject's result as an argument, article by article; and
//! `explain CODE`: the page of a finding.
//!
//! A row is found by the subject's name, of which there may be several (one a period, say); only
//! if none has that name, by the number of the row.

use std::io::{self, Write};
use std::path::Path;

use assize::outcome::Outcome;
use assize::text::{Language, Words};

use super::check::no_such_code;
use super::{Verdict, Voice};
use crate::arguments::ExplainArguments;
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
    let mut subjects = Subjects::open(&arguments.subject, data, &arguments.input, voice)?;
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
        write_answer(&mut out, answer, voice.language)?;
    }
    out.flush()?;
    let refused = |answer: &Answer| matches!(answer.outcome, Outcome::Error(_));
    Ok(Verdict::found_if(by_name.iter().any(refused)))
}

fn write_answer(out: &mut dyn Write, answer: &Answer, language: Language) -> io::Result<()> {
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
    if let Some(explanation) = &answer.explanation {
        out.write_all(visible::lines(&explanation.to_text(language)).as_bytes())?;
    }
    Ok(())
}
