//! Case files beside a scheme: one object a line, `{"id", "input", "expect"}`, with the `status`
//! and the results that are to come out.
//!
//! The input is read as `score` reads a line of JSON. What is expected must be a result of the
//! scheme and equal to it, where no value and an absent key are equal; results that are not
//! mentioned may be anything. Keys that are for other readers are listed under `"ignore"`. A line
//! whose `scheme` is another one is passed over.

use std::io::Cursor;

use assize::input::Subject;
use assize::outcome::Outcome;
use assize::text::Words;
use assize::{Prepared, Scheme};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::read::{self, InputFormat, ReadOptions, RowError, Rows, Source, SubjectColumn, nearest};
use crate::schemes::Beside;
use crate::subjects;
use crate::words::words;

/// One line of a case file.
#[derive(Debug, Deserialize)]
pub struct Case<'a> {
    /// The line, from 1.
    #[serde(skip)]
    pub line: usize,
    id: Option<String>,
    scheme: Option<String>,
    #[serde(borrow)]
    input: &'a RawValue,
    expect: Map<String, Value>,
    #[serde(default)]
    ignore: Vec<String>,
}

impl<'a> Case<'a> {
    /// The cases of a file that are for the scheme of this slug.
    ///
    /// # Errors
    ///
    /// If a line is not a case.
    pub fn of_file(file: &'a Beside, slug: &str) -> Result<Vec<Self>, Failure> {
        let mut cases = Vec::new();
        for (number, text) in file.text.lines().enumerate() {
            let line = number.saturating_add(1);
            if text.trim().is_empty() {
                continue;
            }
            let case: Case<'a> = serde_json::from_str(text).map_err(|fault| Failure::NotACase {
                path: file.name.clone(),
                line,
                fault,
            })?;
            if case.scheme.as_ref().is_none_or(|scheme| scheme == slug) {
                cases.push(Case { line, ..case });
            }
        }
        Ok(cases)
    }

    /// Its name: its `id`, else the line where it stands.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.id {
            Some(id) => id.clone(),
            None => format!("line {}", self.line),
        }
    }

    /// Runs the case. Answers how what came out differs from what is expected.
    ///
    /// # Errors
    ///
    /// If the input cannot be read at all.
    pub fn run(&self, prepared: &Prepared) -> Result<Vec<Words>, Failure> {
        let scheme = prepared.scheme();
        let mut rows = self.rows(scheme)?;
        let outcome = match rows.next() {
            Some(Ok(record)) => prepared.evaluate(&record.subject),
            Some(Err(RowError::Refused(row))) => Outcome::Error(row.refusal()),
            Some(Err(RowError::Stopped(error))) => return Err(Failure::Data(*error)),
            None => prepared.evaluate(&Subject::default()),
        };
        let mut differences = rows.take_warnings();
        let results: Vec<String> = scheme
            .results()
            .into_iter()
            .filter_map(|column| column.path.into_iter().next())
            .collect();
        differences.extend(self.differences(&results, &outcome));
        Ok(differences)
    }

    /// The data of the case, where it can be bound at all.
    ///
    /// # Errors
    ///
    /// If the input cannot be read at all.
    pub fn subject(&self, scheme: &Scheme) -> Result<Option<Subject>, Failure> {
        match self.rows(scheme)?.next() {
            Some(Ok(record)) => Ok(Some(record.subject)),
            Some(Err(RowError::Refused(_))) => Ok(None),
            Some(Err(RowError::Stopped(error))) => Err(Failure::Data(*error)),
            None => Ok(Some(Subject::default())),
        }
    }

    /// The input as `score` reads it.
    fn rows(&self, scheme: &Scheme) -> Result<Rows, Failure> {
        let source = Source::Stream {
            name: self.name(),
            reader: Box::new(Cursor::new(self.input.get().to_owned())),
        };
        let options = ReadOptions {
            format: Some(InputFormat::JsonLines),
            ..ReadOptions::default()
        };
        let subject: SubjectColumn = subjects::subject_column(scheme);
        Ok(read::open(source, scheme.inputs(), &subject, &options)?)
    }

    fn differences(&self, results: &[String], outcome: &Outcome) -> Vec<Words> {
        let got = match serde_json::to_value(outcome) {
            Ok(got) => got,
            Err(error) => {
                return vec![words!(
                    "the result is not JSON: {error}",
                    "结果不能写成 JSON：{error}"
                )];
            }
        };
        let status = self.expect.get("status").unwrap_or(&Value::Null);
        if Some(status) != got.get("status") {
            let (wanted, came) = (shown(status), ended(outcome));
            let (wanted_en, wanted_zh) = (wanted.en, wanted.zh);
            let (en, zh) = (came.en, came.zh);
            return vec![words!(
                "status: expected {wanted_en}, got {en}",
                "status：应为 {wanted_zh}，实为 {zh}"
            )];
        }
        let own = match outcome {
            Outcome::Ok(_) => got.get("results"),
            Outcome::NoResult(_) | Outcome::Error(_) => Some(&got),
        };
        let mut differences = Vec::new();
        for (key, wanted) in &self.expect {
            if key == "status" || self.ignore.contains(key) {
                continue;
            }
            let is_known = match outcome {
                Outcome::Ok(_) => results.contains(key),
                Outcome::NoResult(_) => matches!(key.as_str(), "reason" | "label"),
                Outcome::Error(_) => matches!(key.as_str(), "code" | "field" | "message"),
            };
            let value = own.and_then(|own| own.get(key)).unwrap_or(&Value::Null);
            if !is_known {
                differences.push(unknown(key, results));
            } else if !same(wanted, value) {
                let (wanted, value) = told_apart(wanted, value);
                let (wanted_en, wanted_zh) = (wanted.en, wanted.zh);
                let (en, zh) = (value.en, value.zh);
                differences.push(words!(
                    "{key}: expected {wanted_en}, got {en}",
                    "{key}：应为 {wanted_zh}，实为 {zh}"
                ));
            }
        }
        differences
    }
}

fn unknown(key: &str, results: &[String]) -> Words {
    match nearest(key, results.iter().map(String::as_str)) {
        Some(near) => words!(
            "{key}: no such result comes out; did you mean `{near}`? Keys for other readers are listed under \"ignore\"",
            "{key}：没有这一项结果；是否应为“{near}”？供其他程序使用的键请列在 \"ignore\" 中"
        ),
        None => words!(
            "{key}: no such result comes out. Keys for other readers are listed under \"ignore\"",
            "{key}：没有这一项结果。供其他程序使用的键请列在 \"ignore\" 中"
        ),
    }
}

/// Whether two values are equal, where no value and an absent key are.
fn same(wanted: &Value, got: &Value) -> bool {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            let keys = wanted.keys().chain(got.keys());
            keys.into_iter().all(|key| {
                let of = |map: &Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                same(&of(wanted), &of(got))
            })
        }
        (Value::Array(wanted), Value::Array(got)) => {
            let pairs = wanted.iter().zip(got);
            wanted.len() == got.len() && pairs.into_iter().all(|(wanted, got)| same(wanted, got))
        }
        (wanted, got) => wanted == got,
    }
}

fn shown(value: &Value) -> Words {
    match value {
        Value::Null => words!("no value", "无值"),
        Value::String(text) => words!("{text}", "{text}"),
        value => words!("{value}", "{value}"),
    }
}

/// Two values that differ, in words: text is quoted where only the quotes tell it from a figure.
fn told_apart(wanted: &Value, got: &Value) -> (Words, Words) {
    let (wanted_words, got_words) = (shown(wanted), shown(got));
    if wanted_words == got_words {
        return (words!("{wanted}", "{wanted}"), words!("{got}", "{got}"));
    }
    (wanted_words, got_words)
}

fn ended(outcome: &Outcome) -> Words {
    match outcome {
        Outcome::Ok(_) => words!("ok", "ok"),
        Outcome::NoResult(none) => {
            let reason = &none.reason;
            words!("no_result ({reason})", "no_result（{reason}）")
        }
        Outcome::Error(refusal) => {
            let (code, field) = (refusal.code.name(), &refusal.field);
            let Words { en, zh } = &refusal.message;
            words!(
                "error ({code} {field}: {en})",
                "error（{code} {field}：{zh}）"
            )
        }
    }
}
