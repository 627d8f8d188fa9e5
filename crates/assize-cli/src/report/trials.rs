//! What became of examples and cases, in the forms that people and build servers read.
//!
//! A trial is an example inside a scheme or a line of a case file. One that could not be run is
//! neither passed nor failed, and is counted by itself.

use std::io::{self, Write};

use assize::text::{Language, Words};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde::Serialize;

use super::github::{data, property};
use super::json::write_json;
use crate::visible;
use crate::words::words;

/// One example or case and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Trial {
    /// The file where it stands.
    pub(crate) path: String,
    /// The line where it stands, from 1.
    pub(crate) line: usize,
    /// Its name.
    pub(crate) name: String,
    /// What became of it.
    #[serde(flatten)]
    pub(crate) end: TrialEnd,
}

/// What became of a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub(crate) enum TrialEnd {
    /// As expected.
    Passed,
    /// Not as expected.
    Failed {
        /// How it differs.
        differences: Vec<Words>,
    },
}

/// The forms of results of trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TrialFormat {
    /// For people.
    Pretty,
    /// One object, with the words in both languages.
    Json,
    /// JUnit XML.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// How many trials ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct TrialCounts {
    /// As expected.
    pub(crate) passed: usize,
    /// Not as expected.
    pub(crate) failed: usize,
}

impl TrialCounts {
    /// Counts trials.
    pub(crate) fn of(trials: &[Trial]) -> Self {
        let mut counts = Self::default();
        for trial in trials {
            let count = match trial.end {
                TrialEnd::Passed => &mut counts.passed,
                TrialEnd::Failed { .. } => &mut counts.failed,
            };
            *count = count.saturating_add(1);
        }
        counts
    }

    /// The counts in words: `12 passed, 1 failed`.
    pub(crate) fn words(self) -> Words {
        let Self { passed, failed } = self;
        words!(
            "{passed} passed, {failed} failed",
            "通过 {passed} 个，未通过 {failed} 个"
        )
    }
}

/// Writes what became of trials.
pub(crate) fn write_trials(
    out: &mut dyn Write,
    format: TrialFormat,
    trials: &[Trial],
    language: Language,
) -> io::Result<()> {
    match format {
        TrialFormat::Pretty => pretty(out, trials, language),
        TrialFormat::Json => json(out, trials),
        TrialFormat::Junit => junit(out, trials, language),
        TrialFormat::Github => github(out, trials, language),
    }
}

/// The trials that did not pass, and the counts.
fn pretty(out: &mut dyn Write, trials: &[Trial], language: Language) -> io::Result<()> {
    for trial in trials {
        if trial.end == TrialEnd::Passed {
            continue;
        }
        let verdict = words!("FAILED", "未通过");
        writeln!(
            out,
            "{} {}:{}: {}",
            verdict.in_language(language),
            visible::line(&trial.path),
            trial.line,
            visible::line(&trial.name)
        )?;
        for words in trial.end.words() {
            writeln!(out, "    {}", visible::line(words.in_language(language)))?;
        }
    }
    let counts = TrialCounts::of(trials).words();
    writeln!(out, "{}", counts.in_language(language))
}

impl TrialEnd {
    fn words(&self) -> &[Words] {
        match self {
            Self::Passed => &[],
            Self::Failed { differences } => differences,
        }
    }

    fn text(&self, language: Language) -> String {
        let words = self.words().iter().map(|words| words.in_language(language));
        visible::lines(&words.collect::<Vec<_>>().join("\n")).into_owned()
    }
}

fn json(out: &mut dyn Write, trials: &[Trial]) -> io::Result<()> {
    #[derive(Serialize)]
    struct Report<'a> {
        schema_version: u32,
        tests: &'a [Trial],
        summary: TrialCounts,
    }
    write_json(
        out,
        &Report {
            schema_version: 1,
            tests: trials,
            summary: TrialCounts::of(trials),
        },
    )
}

/// A suite for each file, a test for each trial.
fn junit(out: &mut dyn Write, trials: &[Trial], language: Language) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(counted("testsuites", "assize test", trials)))?;
    for suite in trials.chunk_by(|one, next| one.path == next.path) {
        let path = suite.first().map_or("", |trial| trial.path.as_str());
        let path = visible::line(path);
        xml.write_event(Event::Start(counted("testsuite", &path, suite)))?;
        for trial in suite {
            let name = visible::line(&trial.name);
            let case = BytesStart::new("testcase")
                .with_attributes([("classname", path.as_ref()), ("name", name.as_ref())]);
            let text = trial.end.text(language);
            if trial.end == TrialEnd::Passed {
                xml.write_event(Event::Empty(case))?;
                continue;
            }
            xml.write_event(Event::Start(case))?;
            let message = text.lines().next().unwrap_or("");
            let start = BytesStart::new("failure").with_attributes([("message", message)]);
            xml.write_event(Event::Start(start))?;
            xml.write_event(Event::Text(BytesText::new(&text)))?;
            xml.write_event(Event::End(BytesEnd::new("failure")))?;
            xml.write_event(Event::End(BytesEnd::new("testcase")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    writeln!(out)
}

fn counted(element: &'static str, name: &str, trials: &[Trial]) -> BytesStart<'static> {
    let counts = TrialCounts::of(trials);
    BytesStart::new(element).with_attributes([
        ("name", name),
        ("tests", &trials.len().to_string()),
        ("failures", &counts.failed.to_string()),
        ("skipped", "0"),
        ("errors", "0"),
    ])
}

/// A line for each trial that did not pass.
fn github(out: &mut dyn Write, trials: &[Trial], language: Language) -> io::Result<()> {
    for trial in trials {
        if trial.end == TrialEnd::Passed {
            continue;
        }
        writeln!(
            out,
            "::error file={},line={},title={}::{}",
            property(&trial.path),
            trial.line,
            property(&trial.name),
            data(&trial.end.text(language))
        )?;
    }
    Ok(())
}
