//! `score SCHEME DATA`: every subject of a data file.
//!
//! One pass: a row is read, scored and written before the next one is looked at. Every row comes
//! out once, or with the rows of the result that `--rows` names, and the summary on standard error
//! adds up.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::Duration;

use assize::outcome::ResultColumn;
use assize::text::Words;
use assize::{Reading, TakenReading};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Verdict, Voice};
use crate::arguments::{ResultsFormat, ScoreArguments};
use crate::failure::Failure;
use crate::rows;
use crate::subjects::Subjects;
use crate::words::words;
use crate::write::{
    ByteOrderMark, Destination, Headings, OutputFormat, Report, Sink, Summary, WriteOptions,
};

/// Bytes of data from which a person at a terminal is shown how far it went.
const LONG: u64 = 4 << 20;

/// Scores subjects.
pub fn run(arguments: ScoreArguments, voice: Voice) -> Result<Verdict, Failure> {
    let to_terminal = arguments.output.is_none() && io::stdout().is_terminal();
    if arguments.format == ResultsFormat::Xlsx && to_terminal {
        return Err(Failure::WorkbookOnTerminal);
    }
    let mut subjects = Subjects::open(
        &arguments.scheme,
        &arguments.data,
        &arguments.input,
        (voice, arguments.draft),
    )?;
    tell_ineffective(&arguments, voice);
    subjects.tell_warnings(voice);
    let progress = progress(&arguments.data);
    let explained = arguments.explain && takes_explanations(arguments.format);
    let scheme = subjects.prepared.scheme().clone();
    let taken = scheme.readings().iter().filter_map(Reading::taken);
    let readings: Vec<TakenReading> = taken.collect();
    let options = options(&arguments, &subjects, voice)?;
    let destination = Destination::of_argument(arguments.output);
    let mut sink = Sink::create(arguments.format.into(), destination, options)?;
    while let Some(answer) = subjects.next(explained) {
        let answer = answer?;
        sink.write(&Report {
            scheme: scheme.slug(),
            subject: &answer.name,
            period: answer.period.as_deref(),
            outcome: &answer.outcome,
            readings: &readings,
            trace: answer.explanation.as_ref(),
        })?;
        progress.inc(1);
        if subjects.has_warnings() {
            progress.suspend(|| subjects.tell_warnings(voice));
        }
    }
    progress.finish_and_clear();
    let (summary, notes) = sink.finish()?;
    tell_summary(&subjects, summary, &notes, voice);
    Ok(Verdict::found_if(summary.refused > 0))
}

fn options(
    arguments: &ScoreArguments,
    subjects: &Subjects,
    voice: Voice,
) -> Result<WriteOptions, Failure> {
    let scheme = subjects.prepared.scheme();
    let columns: Vec<ResultColumn> = scheme.results();
    let rows = rows::of_flags(arguments, scheme)?;
    let has_sheets = arguments.format == ResultsFormat::Xlsx && rows.is_none();
    Ok(WriteOptions {
        language: voice.language,
        places: arguments.places,
        headings: arguments.headings.into(),
        byte_order_mark: if arguments.bom {
            ByteOrderMark::Present
        } else {
            ByteOrderMark::Absent
        },
        columns,
        rows,
        sheets: if has_sheets {
            scheme.result_rows()
        } else {
            Vec::new()
        },
        subject_label: scheme.subject_names().last().map(|&name| name.to_owned()),
        with_period: subjects.may_have_period(),
        ..WriteOptions::default()
    })
}

/// Whether a form has a place for explanations.
const fn takes_explanations(format: ResultsFormat) -> bool {
    matches!(
        format,
        ResultsFormat::Json | ResultsFormat::Jsonl | ResultsFormat::Table
    )
}

/// Says which flags change nothing in the form that was asked for.
fn tell_ineffective(arguments: &ScoreArguments, voice: Voice) {
    let format = OutputFormat::from(arguments.format);
    let is_json = matches!(format, OutputFormat::Json | OutputFormat::JsonLines);
    let flags = [
        (
            "--explain",
            arguments.explain && !takes_explanations(arguments.format),
        ),
        ("--places", arguments.places.is_some() && is_json),
        (
            "--headings",
            Headings::from(arguments.headings) != Headings::default()
                && (is_json || format == OutputFormat::Table),
        ),
        ("--bom", arguments.bom && format != OutputFormat::Csv),
    ];
    for (flag, _) in flags.into_iter().filter(|(_, ineffective)| *ineffective) {
        voice.tell(&words!(
            "note: {flag} changes nothing in this form of output",
            "提示：{flag} 对此输出格式不起作用"
        ));
    }
}

fn progress(data: &Path) -> ProgressBar {
    let is_long = fs::metadata(data).is_ok_and(|data| data.len() > LONG);
    if !is_long || !io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let progress = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos}  {elapsed}") {
        progress.set_style(style);
    }
    progress.enable_steady_tick(Duration::from_millis(200));
    progress
}

fn tell_summary(subjects: &Subjects, summary: Summary, notes: &[Words], voice: Voice) {
    for Words { en, zh } in subjects.notes().iter().chain(notes) {
        voice.tell(&words!("note: {en}", "提示：{zh}"));
    }
    if summary.all() == 0 {
        voice.tell(&words!(
            "note: there are no rows to score",
            "提示：没有可评分的数据行"
        ));
    }
    voice.tell(&summary.words());
}
