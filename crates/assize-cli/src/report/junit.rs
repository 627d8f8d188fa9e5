//! Findings as JUnit XML, which build servers show as tests: a suite for each file, in it a test
//! for each finding, or one that passed.
//!
//! A finding below the level that fails a run is a passed test with its words as output.
//! Characters that XML 1.0 cannot hold appear as their escapes.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::place::Places;
use super::{FileFindings, Settings, severity_word};
use crate::visible;

/// Writes one document.
pub(super) fn write(
    out: &mut dyn Write,
    files: &[FileFindings<'_>],
    settings: Settings,
) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (tests, failures) = files.iter().map(|file| counts(file, settings)).fold(
        (0_usize, 0_usize),
        |(tests, failures), (more_tests, more_failures)| {
            (
                tests.saturating_add(more_tests),
                failures.saturating_add(more_failures),
            )
        },
    );
    let suites = BytesStart::new("testsuites").with_attributes([
        ("name", "assize check"),
        ("tests", &tests.to_string()),
        ("failures", &failures.to_string()),
        ("errors", "0"),
    ]);
    xml.write_event(Event::Start(suites))?;
    for file in files {
        suite(&mut xml, file, settings)?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    writeln!(out)
}

/// Tests and failures of a file.
fn counts(file: &FileFindings<'_>, settings: Settings) -> (usize, usize) {
    let failures = file
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity() >= settings.fail_level)
        .count();
    (file.diagnostics.len().max(1), failures)
}

fn suite<W: Write>(
    xml: &mut Writer<W>,
    file: &FileFindings<'_>,
    settings: Settings,
) -> io::Result<()> {
    let path = visible::line(file.path);
    let (tests, failures) = counts(file, settings);
    let start = BytesStart::new("testsuite").with_attributes([
        ("name", path.as_ref()),
        ("tests", &tests.to_string()),
        ("failures", &failures.to_string()),
        ("errors", "0"),
    ]);
    xml.write_event(Event::Start(start))?;
    if file.diagnostics.is_empty() {
        let passed = [("classname", path.as_ref()), ("name", "check")];
        xml.write_event(Event::Empty(
            BytesStart::new("testcase").with_attributes(passed),
        ))?;
    }
    let places = Places::new(file.text);
    for diagnostic in file.diagnostics {
        let (start, _) = places.ends(diagnostic.span);
        let code = diagnostic.code.name;
        let name = format!("{code} {}:{}", start.line, start.column);
        let case = BytesStart::new("testcase")
            .with_attributes([("classname", path.as_ref()), ("name", name.as_str())]);
        xml.write_event(Event::Start(case))?;

        let message = visible::lines(diagnostic.message.in_language(settings.language));
        let severity = severity_word(diagnostic.severity(), settings.language);
        let mut text = format!(
            "{path}:{}:{}: {severity}[{code}]: {message}",
            start.line, start.column
        );
        if let Some(help) = &diagnostic.help {
            text.push('\n');
            text.push_str(&visible::lines(help.in_language(settings.language)));
        }
        let (element, attributes) = if diagnostic.severity() >= settings.fail_level {
            (
                "failure",
                vec![("message", message.as_ref()), ("type", code)],
            )
        } else {
            ("system-out", vec![])
        };
        xml.write_event(Event::Start(
            BytesStart::new(element).with_attributes(attributes),
        ))?;
        xml.write_event(Event::Text(BytesText::new(&text)))?;
        xml.write_event(Event::End(BytesEnd::new(element)))?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuite")))
}
