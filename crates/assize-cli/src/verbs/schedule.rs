//! `schedule SCHEME --period PERIOD`: when the steps of a scheme's procedures are due; with
//! `--record FILE`, what a record of them lacks.
//!
//! There is no clock: the period is an argument, and so is the stamp of a calendar file. What lies
//! in the future is asked of a record as well.

use std::io::{self, Write};
use std::path::Path;

use assize::Scheme;
use assize::procedure::{CalendarPeriod, Due, RecordField};
use assize::text::{Language, Words};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use super::{Verdict, Voice};
use crate::aligned::write_aligned;
use crate::arguments::{ScheduleArguments, ScheduleFormat};
use crate::failure::Failure;
use crate::records::{self, Finding};
use crate::schemes::{self, Library, Origin};
use crate::words::words;

/// Shows a schedule, or what a record lacks.
pub fn run(arguments: &ScheduleArguments, voice: Voice) -> Result<Verdict, Failure> {
    let library = Library::default();
    let day = arguments.choice.day()?;
    let text = schemes::one(&arguments.scheme, day, &library)?;
    let record = arguments.record.as_deref();
    if record.is_some_and(|record| record.as_os_str() == "-")
        && matches!(text.origin, Origin::StandardInput)
    {
        return Err(Failure::StandardInputTwice);
    }
    let period: CalendarPeriod =
        arguments
            .period
            .trim()
            .parse()
            .map_err(|_| Failure::NotAPeriod {
                text: arguments.period.clone(),
            })?;
    let stamp = match &arguments.stamp {
        None => period.first().and_time(NaiveTime::MIN),
        Some(text) => stamp(text)?,
    };
    // A record may be looked at when the edition that it kept to is no longer in force.
    let in_force = day.filter(|_| record.is_none());
    let scheme = voice.scheme(&text, &arguments.choice.reading, in_force, &library)?;
    if scheme.procedures().is_empty() {
        voice.tell(&words!(
            "note: the scheme has no procedure",
            "提示：方案中没有程序"
        ));
    }
    if arguments.stamp.is_some() && arguments.format != ScheduleFormat::Ics {
        voice.tell(&words!(
            "note: --stamp changes nothing in this form of output",
            "提示：--stamp 对此输出格式不起作用"
        ));
    }
    if let Some(record) = record {
        return audit(arguments, &scheme, period, record, voice);
    }
    let mut out = io::stdout().lock();
    match arguments.format {
        ScheduleFormat::Table => {
            write_aligned(&mut out, &rows(&scheme.schedule(period)?, voice.language))?;
        }
        ScheduleFormat::Json => write_json(&mut out, &scheme.schedule(period)?)?,
        ScheduleFormat::Ics => out.write_all(scheme.calendar(period, stamp)?.as_bytes())?,
    }
    out.flush()?;
    Ok(Verdict::Clean)
}

fn stamp(text: &str) -> Result<NaiveDateTime, Failure> {
    let written = text.trim().trim_end_matches('Z');
    let time = NaiveDateTime::parse_from_str(written, "%Y-%m-%dT%H:%M:%S");
    let day = || NaiveDate::parse_from_str(written, "%Y-%m-%d");
    time.or_else(|_| day().map(|day| day.and_time(NaiveTime::MIN)))
        .map_err(|_| Failure::NotAStamp {
            text: text.to_owned(),
        })
}

fn shown(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn write_json(out: &mut dyn Write, schedule: &[Due<'_>]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Listed<'a> {
        step: &'a str,
        label: &'a str,
        first: Option<String>,
        last: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        nth: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        article: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        assumed: Option<&'a str>,
    }
    let listed: Vec<Listed<'_>> = schedule
        .iter()
        .map(|due| Listed {
            step: &due.name,
            label: due.step.shown(),
            first: shown(due.first),
            last: shown(due.last),
            nth: due.nth,
            article: due.step.article(),
            assumed: due.step.assumed(),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &listed)?;
    writeln!(out)
}

/// The step as people know it; which time it is, of several.
fn what(due: &Due<'_>) -> String {
    let (step, times) = (due.step.shown(), due.step.times);
    match due.nth {
        Some(nth) => format!("{step} {nth}/{times}"),
        None => step.to_owned(),
    }
}

fn rows(schedule: &[Due<'_>], language: Language) -> Vec<[String; 7]> {
    let headings = [
        words!("first", "起"),
        words!("last", "止"),
        words!("step", "步骤"),
        words!("what", "内容"),
        words!("by", "由"),
        words!("requires", "须附"),
        words!("gives", "提交"),
    ];
    let mut rows = vec![headings.map(|words| words.in_language(language).to_owned())];
    let comma = words!(", ", "、");
    let comma = comma.in_language(language);
    let fields = |fields: &[RecordField]| {
        let fields: Vec<&str> = fields.iter().map(RecordField::shown).collect();
        fields.join(comma)
    };
    let day = |day| shown(day).unwrap_or_else(|| "-".to_owned());
    rows.extend(schedule.iter().map(|due| {
        [
            day(due.first),
            day(due.last),
            due.name.clone(),
            what(due),
            due.step.by.join(comma),
            fields(&due.step.requires),
            fields(&due.step.gives),
        ]
    }));
    rows
}

fn audit(
    arguments: &ScheduleArguments,
    scheme: &Scheme,
    period: CalendarPeriod,
    record: &Path,
    voice: Voice,
) -> Result<Verdict, Failure> {
    if arguments.format == ScheduleFormat::Ics {
        return Err(Failure::FindingsAsCalendar);
    }
    let held = records::hold(scheme, period, record, arguments, voice)?;
    let mut out = io::stdout().lock();
    match arguments.format {
        ScheduleFormat::Json => write_findings_json(&mut out, &held.findings)?,
        ScheduleFormat::Table if held.findings.is_empty() => {}
        ScheduleFormat::Table | ScheduleFormat::Ics => {
            write_aligned(&mut out, &finding_rows(&held.findings, voice.language))?;
        }
    }
    out.flush()?;
    voice.tell(&held.summary());
    Ok(Verdict::found_if(!held.findings.is_empty()))
}

fn write_findings_json(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Listed<'a> {
        finding: &'a str,
        step: &'a str,
        label: &'a str,
        period: Option<String>,
        row: Option<u64>,
        message: &'a Words,
    }
    let listed: Vec<Listed<'_>> = findings
        .iter()
        .map(|finding| Listed {
            finding: finding.kind,
            step: &finding.step,
            label: &finding.label,
            period: finding.period.map(|period| period.to_string()),
            row: finding.place.as_ref().map(|place| place.row),
            message: &finding.message,
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &listed)?;
    writeln!(out)
}

/// A cell that is not empty.
fn or_dash(text: &str) -> String {
    if text.is_empty() { "-" } else { text }.to_owned()
}

fn finding_rows(findings: &[Finding], language: Language) -> Vec<[String; 5]> {
    let headings = [
        words!("place", "位置"),
        words!("period", "周期"),
        words!("step", "步骤"),
        words!("what", "内容"),
        words!("finding", "问题"),
    ];
    let mut rows = vec![headings.map(|words| words.in_language(language).to_owned())];
    rows.extend(findings.iter().map(|finding| {
        let place = finding.place.as_ref().map(|place| place.words());
        let place = place.map(|place| place.in_language(language).to_owned());
        let period = finding.period.map(|period| period.to_string());
        [
            place.unwrap_or_else(|| "-".to_owned()),
            period.unwrap_or_else(|| "-".to_owned()),
            or_dash(&finding.step),
            or_dash(&finding.label),
            finding.message.in_language(language).to_owned(),
        ]
    }));
    rows
}
