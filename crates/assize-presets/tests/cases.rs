//! Every case of every preset: data in, results, `no_result` or error out, exactly.
//!
//! The cases were computed in exact fractions by a program written from the documents alone. What
//! a case expects must come out under that name; keys that are hints for other readers are listed
//! in the case under `ignore`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a case that is not in shape fails the test"
)]

use std::fs;
use std::path::Path;

use assize::Scheme;
use assize::input::Subject;
use assize::outcome::Outcome;
use assize_presets::presets;
use serde_json::{Map, Value};

#[test]
fn every_case_agrees() {
    let mut run = 0;
    for preset in presets() {
        let cases = preset.cases.unwrap_or_default();
        let scheme = preset.checked().expect(preset.slug);
        let prepared = scheme.prepare(Subject::default()).unwrap();
        for line in cases.lines().filter(|line| !line.trim().is_empty()) {
            let case: Value = serde_json::from_str(line).unwrap();
            let subject: Subject = serde_json::from_value(case["input"].clone()).unwrap();
            agree(&case, scheme, &prepared.evaluate(&subject));
            run += 1;
        }
    }
    assert_eq!(run, cases_in_folders());
}

/// How many lines the case files hold.
fn cases_in_folders() -> usize {
    let schemes = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemes");
    let folders = fs::read_dir(schemes).unwrap();
    let files = folders.map(|folder| folder.unwrap().path().join("cases.jsonl"));
    let texts = files.filter_map(|file| fs::read_to_string(file).ok());
    texts.map(|text| text.lines().count()).sum()
}

fn agree(case: &Value, scheme: &Scheme, outcome: &Outcome) {
    let id = case["id"].as_str().unwrap();
    let expect = case["expect"].as_object().unwrap();
    let ignored = case["ignore"].as_array();
    let results = scheme.results();
    let got = serde_json::to_value(outcome).unwrap();
    assert_eq!(expect["status"], got["status"], "{id}: {got:#}");
    for (key, value) in expect {
        let is_ignored = ignored.is_some_and(|keys| keys.iter().any(|other| other == key));
        if key == "status" || is_ignored {
            continue;
        }
        let own = match outcome {
            Outcome::Ok(_) => {
                let known = results.iter().any(|column| column.path[0] == *key);
                assert!(known, "{id}: the scheme has no result {key}");
                &got["results"][key]
            }
            Outcome::NoResult(_) | Outcome::Error(_) => &got[key],
        };
        assert!(same(value, own), "{id}: {key} is {own}, not {value}");
    }
}

/// No value and an absent key are equal.
fn same(wanted: &Value, got: &Value) -> bool {
    match (wanted, got) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys = a.keys().chain(b.keys());
            let of =
                |map: &Map<String, Value>, key: &String| map.get(key).cloned().unwrap_or_default();
            keys.all(|key| same(&of(a, key), &of(b, key)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}
