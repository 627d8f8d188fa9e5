//! Results as JSON, the form that other programs depend on.
//!
//! One object a subject, or one a row of a result, its keys in one order. Figures are text, exact whatever their length;
//! counts are integers, flags booleans. What has no value is absent; only inside a list, where a
//! place cannot be absent, it is `null`.

use std::io::Write;

use assize::number::Rational;
use assize::outcome::{Fired, Outcome, Refusal, ResultRows, ResultValue, Scored};
use assize::text::Language;

use super::error::WriteError;
use super::rows::{Line, Row};
use super::target::Target;
use super::{Report, WriteOptions};

/// The version of the object's shape.
const SCHEMA_VERSION: u32 = 1;

/// Writes result objects.
pub struct JsonWriter {
    target: Target,
    language: Language,
    rows: Option<ResultRows>,
    array: bool,
    first: bool,
}

impl JsonWriter {
    /// One object a line.
    pub fn lines(target: Target, options: WriteOptions) -> Self {
        Self {
            target,
            language: options.language,
            rows: options.rows,
            array: false,
            first: true,
        }
    }

    /// An array of objects.
    pub fn array(mut target: Target, options: WriteOptions) -> Result<Self, WriteError> {
        target
            .write_all(b"[")
            .map_err(|source| target.failed(source))?;
        Ok(Self {
            array: true,
            ..Self::lines(target, options)
        })
    }

    /// Writes the objects of one subject.
    pub fn write(&mut self, report: &Report<'_>) -> Result<(), WriteError> {
        let Some(rows) = &self.rows else {
            let object = object(report, self.language, Line::Subject, None);
            return self.put(object);
        };
        let name = rows.path.join(".");
        for line in Line::all(report.outcome, rows) {
            let object = object(report, self.language, line, Some(&name));
            self.put(object)?;
        }
        Ok(())
    }

    fn put(&mut self, object: serde_json::Result<String>) -> Result<(), WriteError> {
        let object = object.map_err(|error| self.target.failed(error.into()))?;
        let (before, after) = match (self.array, self.first) {
            (false, _) => ("", "\n"),
            (true, true) => ("\n", ""),
            (true, false) => (",\n", ""),
        };
        self.first = false;
        write!(self.target, "{before}{object}{after}").map_err(|source| self.target.failed(source))
    }

    /// Ends the text.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let end = match (self.array, self.first) {
            (false, _) => "",
            (true, true) => "]\n",
            (true, false) => "\n]\n",
        };
        self.target
            .write_all(end.as_bytes())
            .map_err(|source| self.target.failed(source))?;
        self.target.commit()
    }
}

/// The object of one line: of a subject, or of a row of the result of that name.
fn object(
    report: &Report<'_>,
    language: Language,
    line: Line<'_>,
    result: Option<&str>,
) -> serde_json::Result<String> {
    let mut object = Members::default();
    object.raw("schema_version", &SCHEMA_VERSION.to_string());
    object.text("scheme", report.scheme);
    object.text("subject", report.subject);
    object.text_if("period", report.period);
    object.text_if("result", result);
    object.text("status", line.status(report.outcome));
    match (report.outcome, line) {
        (Outcome::Ok(scored), Line::Subject) => put_scored(&mut object, scored, language),
        (Outcome::Ok(_), Line::Row(row)) => put_row(&mut object, row),
        (Outcome::Ok(_), Line::WithoutRows) => {}
        (Outcome::NoResult(none), _) => {
            object.text("reason", &none.reason);
            object.text_if("label", none.label.as_deref());
        }
        (Outcome::Error(refusal), _) => put_refusal(&mut object, refusal, language),
    }
    let is_read = matches!(report.outcome, Outcome::Ok(_) | Outcome::NoResult(_));
    if is_read && !report.readings.is_empty() {
        object.raw("readings", &serde_json::to_string(report.readings)?);
    }
    if let Some(trace) = report.trace {
        object.raw("trace", &serde_json::to_string(trace)?);
    }
    Ok(object.end())
}

fn put_scored(object: &mut Members, scored: &Scored, language: Language) {
    let mut results = Members::default();
    for (name, value) in &scored.results {
        results.raw(name, &value_text(value));
    }
    object.raw("results", &results.end());
    object.raw("consequences", &list(scored.consequences.iter().map(fired)));
    let assumptions = scored.assumptions.iter().map(|assumption| {
        let mut members = Members::default();
        members.text_if("article", assumption.article.as_deref());
        members.text("text", assumption.text.in_language(language));
        members.end()
    });
    object.raw("assumptions", &list(assumptions));
}

fn put_row(object: &mut Members, row: Row<'_>) {
    object.text_if("key", row.key);
    object.raw("row", &value_text(row.value));
}

fn put_refusal(object: &mut Members, refusal: &Refusal, language: Language) {
    object.text("code", refusal.code.name());
    object.text("field", &refusal.field);
    object.text("message", refusal.message.in_language(language));
}

fn fired(fired: &Fired) -> String {
    let mut members = Members::default();
    members.text("name", &fired.name);
    members.text_if("label", fired.label.as_deref());
    let amount = fired.amount.as_ref().map(Rational::to_string);
    members.text_if("amount", amount.as_deref());
    members.text_if("to", fired.to.as_deref());
    members.text_if("article", fired.article.as_deref());
    members.text_if("row", fired.row.as_deref());
    members.end()
}

/// A result as JSON writes it.
pub fn value_text(value: &ResultValue) -> String {
    match value {
        ResultValue::Nothing => "null".to_owned(),
        // A count that is not whole would be a fault elsewhere; as text it stays valid JSON.
        ResultValue::Count(count) if count.is_integer() => count.to_string(),
        ResultValue::Count(figure) | ResultValue::Figure(figure) => quoted(&figure.to_string()),
        ResultValue::Flag(flag) => flag.to_string(),
        ResultValue::Text(text) => quoted(text),
        ResultValue::List(values) => list(values.iter().map(value_text)),
        ResultValue::Fields(fields) => {
            let mut members = Members::default();
            for (name, value) in fields {
                members.raw(name, &value_text(value));
            }
            members.end()
        }
    }
}

fn list(elements: impl Iterator<Item = String>) -> String {
    let elements: Vec<String> = elements.collect();
    format!("[{}]", elements.join(", "))
}

/// The members of an object, in the order in which they are put.
#[derive(Default)]
struct Members(Vec<String>);

impl Members {
    fn raw(&mut self, key: &str, value: &str) {
        self.0.push(format!("{}: {value}", quoted(key)));
    }

    fn text(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    fn text_if(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    fn end(self) -> String {
        format!("{{{}}}", self.0.join(", "))
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
