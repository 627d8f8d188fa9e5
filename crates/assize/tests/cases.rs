//! The meaning of the language, case by case: every document under `tests/cases/` is read and run.
//!
//! A document is Markdown that a policy author can read. Under a heading stand a sentence with the
//! calculation, a `scheme` block, then any number of `input` blocks, each followed by what comes
//! out: `result`, `no_result` or `error`. A scheme holds until the next one. Expected values were
//! calculated by hand from the reference; nothing here can fill them in.
//!
//! | block | holds |
//! |---|---|
//! | `beside` | a whole scheme that stands beside those that follow, for `extends` and `result of` |
//! | `scheme` | a whole scheme |
//! | `readings` | JSON: the alternatives to take, for the inputs that follow under this scheme |
//! | `findings` | codes of the errors that the scheme before it has, one a line; such a scheme has no inputs |
//! | `told` | codes of all findings of the scheme before it, warnings and notes too, in the order of its text |
//! | `parameters` | JSON: the parameters of the run, for the inputs that follow under this scheme |
//! | `input` | JSON: the data of one subject |
//! | `result` | JSON: results by name; `null` where one has no value; those not named are not compared |
//! | `no_result` | the reason, one word |
//! | `error` | code and field, two words |
//! | `consequences` | JSON, after a `result`: the names of those that fired, or whole objects |
//! | `assumptions` | JSON, after a `result`: the Chinese texts of all assumptions, in order |
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use assize::diagnostic::Severity;
use assize::input::Subject;

use assize::{Checked, Checker, Prepared, Scheme};
use serde_json::Value;

/// Schemes, inputs and findings in all documents: a document that is skipped changes it.
const CHECKED: usize = 991;

#[test]
fn every_document_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut documents = Vec::new();
    collect(&folder, &mut documents);
    documents.sort();
    let mut run = Run::default();
    for document in documents {
        let name = document
            .strip_prefix(&folder)
            .unwrap()
            .display()
            .to_string();
        run.document(&name, &std::fs::read_to_string(&document).unwrap());
    }
    assert!(run.failures.is_empty(), "\n{}", run.failures);
    assert_eq!(
        run.checked, CHECKED,
        "what was run: a new case, or one that went missing"
    );
}

fn collect(folder: &Path, documents: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, documents);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            documents.push(path);
        }
    }
}

/// A fenced block: its word, the heading above it, the line it begins in, and its text.
struct Block {
    word: String,
    heading: String,
    line: usize,
    text: String,
}

fn blocks(name: &str, document: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut heading = String::new();
    let mut open: Option<Block> = None;
    for (index, line) in document.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(word)) => {
                open = Some(Block {
                    word: word.trim().to_owned(),
                    heading: heading.clone(),
                    line: index + 1,
                    text: String::new(),
                });
            }
            (Some(_), Some("")) => blocks.extend(open.take()),
            (Some(block), _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {
                if let Some(text) = line.strip_prefix('#') {
                    heading = text.trim_start_matches('#').trim().to_owned();
                }
            }
        }
    }
    assert!(open.is_none(), "{name}: a block is not closed");
    blocks
}

#[derive(Default)]
struct Run {
    checked: usize,
    failures: String,
}

/// What is at hand while a document is read.
#[derive(Default)]
struct State {
    beside: Vec<Scheme>,
    scheme: Option<String>,
    readings: Vec<(String, String)>,
    prepared: Option<Prepared>,
    given: Option<Value>,
    outcome: Option<Value>,
}

impl State {
    fn check(&self, text: &str) -> Checked {
        let beside = |slug: &str| self.beside.iter().find(|one| one.slug() == slug).cloned();
        let mut checker = Checker::new().beside(&beside);
        for (reading, alternative) in &self.readings {
            checker = checker.reading(reading, alternative);
        }
        checker.check(text)
    }
}

impl Run {
    fn fail(&mut self, name: &str, block: &Block, what: impl std::fmt::Display) {
        let (heading, line) = (&block.heading, block.line);
        writeln!(self.failures, "{name}:{line} ({heading}): {what}").unwrap();
    }

    fn document(&mut self, name: &str, text: &str) {
        let mut state = State::default();
        let blocks = blocks(name, text);
        assert!(!blocks.is_empty(), "{name} holds no block");
        for (index, block) in blocks.iter().enumerate() {
            let next = blocks.get(index + 1).map(|block| block.word.as_str());
            match block.word.as_str() {
                "beside" => {
                    let scheme = self.scheme(name, block, &block.text, &state);
                    state.beside.extend(scheme);
                }
                "scheme" => {
                    self.checked += 1;
                    state = State {
                        beside: state.beside,
                        scheme: Some(block.text.clone()),
                        ..State::default()
                    };
                    if !matches!(next, Some("findings" | "told")) {
                        state.prepared = self.prepare(name, block, &state, Subject::default());
                    }
                }
                "readings" => {
                    let wanted: BTreeMap<String, String> =
                        serde_json::from_str(&block.text).unwrap();
                    state.readings = wanted.into_iter().collect();
                    state.prepared = self.prepare(name, block, &state, Subject::default());
                }
                "findings" => self.findings(name, block, &state, Severity::Error),
                "told" => self.findings(name, block, &state, Severity::Note),
                "parameters" => {
                    let given: Subject = serde_json::from_str(&block.text).unwrap();
                    state.prepared = self.prepare(name, block, &state, given);
                }
                "input" => {
                    self.checked += 1;
                    state.given = Some(serde_json::from_str(&block.text).unwrap_or_else(|error| {
                        panic!("{name}:{}: {error}", block.line);
                    }));
                    state.outcome = None;
                    if !matches!(next, Some("result" | "no_result" | "error")) {
                        self.fail(name, block, "nothing says what comes out");
                    }
                }
                "result" | "no_result" | "error" => self.outcome(name, block, &mut state),
                "consequences" | "assumptions" => self.lists(name, block, &state),
                word => self.fail(name, block, format_args!("there is no block `{word}`")),
            }
        }
    }

    fn scheme(&mut self, name: &str, block: &Block, text: &str, state: &State) -> Option<Scheme> {
        let checked = state.check(text);
        if checked.scheme.is_none() {
            for diagnostic in checked.diagnostics {
                let (code, message) = (diagnostic.code.name, &diagnostic.message.en);
                let at = text.get(..diagnostic.span.start as usize).unwrap_or(text);
                let line = block.line + 1 + at.matches('\n').count();
                self.fail(name, block, format_args!("line {line}: {code}: {message}"));
            }
        }
        checked.scheme
    }

    fn prepare(
        &mut self,
        name: &str,
        block: &Block,
        state: &State,
        run: Subject,
    ) -> Option<Prepared> {
        let text = state.scheme.clone().unwrap();
        match self.scheme(name, block, &text, state)?.prepare(run) {
            Ok(prepared) => Some(prepared),
            Err(refusal) => {
                self.fail(name, block, refusal.message.en);
                None
            }
        }
    }

    fn findings(&mut self, name: &str, block: &Block, state: &State, from: Severity) {
        let checked = state.check(state.scheme.as_deref().unwrap());
        let mut found: Vec<&str> = checked
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() >= from)
            .map(|diagnostic| diagnostic.code.name)
            .collect();
        found.dedup();
        let wanted: Vec<&str> = block.text.split_whitespace().collect();
        if found != wanted {
            self.fail(
                name,
                block,
                format_args!("found {found:?}, wanted {wanted:?}"),
            );
        }
    }

    fn outcome(&mut self, name: &str, block: &Block, state: &mut State) {
        let Some(given) = state.given.take() else {
            return self.fail(name, block, "no input stands before it");
        };
        let Some(prepared) = &state.prepared else {
            return;
        };
        let subject: Subject = serde_json::from_value(given).unwrap();
        let (outcome, _) = prepared.explain(&subject);
        assert_eq!(
            outcome,
            prepared.evaluate(&subject),
            "{name}: explaining changes nothing"
        );
        let got = serde_json::to_value(outcome).unwrap();
        let status = got["status"].as_str().unwrap();
        let words: Vec<&str> = block.text.split_whitespace().collect();
        match (block.word.as_str(), status) {
            ("result", "ok") => {
                let wanted: Value = serde_json::from_str(&block.text).unwrap_or_else(|error| {
                    panic!("{name}:{}: {error}", block.line);
                });
                for (key, value) in wanted.as_object().unwrap() {
                    let own = got["results"].get(key).unwrap_or(&Value::Null);
                    if own != value {
                        self.fail(name, block, format_args!("{key} is {own}, not {value}"));
                    }
                }
            }
            ("no_result", "no_result") if words == [got["reason"].as_str().unwrap()] => {}
            ("error", "error")
                if words
                    == [
                        got["code"].as_str().unwrap(),
                        got["field"].as_str().unwrap(),
                    ] => {}
            (word, _) => self.fail(name, block, format_args!("{got} is not {word} {words:?}")),
        }
        state.outcome = Some(got);
    }

    fn lists(&mut self, name: &str, block: &Block, state: &State) {
        let Some(outcome) = &state.outcome else {
            return;
        };
        let wanted: Value = serde_json::from_str(&block.text).unwrap();
        let own: Vec<Value> = outcome[&block.word]
            .as_array()
            .into_iter()
            .flatten()
            .zip(
                wanted
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(Some)
                    .chain(std::iter::repeat(None)),
            )
            .map(|(one, wanted)| match (block.word.as_str(), wanted) {
                ("assumptions", _) => one["text"]["zh"].clone(),
                (_, Some(Value::Object(_))) => one.clone(),
                _ => one["name"].clone(),
            })
            .collect();
        if Value::Array(own.clone()) != wanted {
            let own = Value::Array(own);
            self.fail(name, block, format_args!("{own} is not {wanted}"));
        }
    }
}
