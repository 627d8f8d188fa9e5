//! Every case of every preset: data in, results, `no_result` or error out, exactly.
//!
//! The cases were computed in exact fractions by a program written from the documents alone.

use assize::input::Subject;
use assize::outcome::Outcome;
use assize_presets::presets;
use serde_json::{Map, Value};

/// Keys that show readings or hints in the cases' own way.
fn is_hint(key: &str) -> bool {
    key == "notes"
        || key == "fine_linear_reading"
        || key.ends_with("_as_written")
        || key.ends_with("_r10")
}

#[test]
fn every_case_agrees() {
    let mut run = 0;
    for preset in presets() {
        let checked = assize::check(preset.scheme);
        let scheme = checked.scheme.unwrap_or_else(|| {
            panic!("{}: {:#?}", preset.slug, checked.diagnostics);
        });
        let prepared = scheme.prepare(Subject::default()).unwrap();
        for line in preset.cases.lines().filter(|line| !line.trim().is_empty()) {
            let case: Value = serde_json::from_str(line).unwrap();
            let id = case["id"].as_str().unwrap();
            let subject: Subject = serde_json::from_value(case["input"].clone()).unwrap();
            let outcome = prepared.evaluate(&subject);
            agree(id, case["expect"].as_object().unwrap(), &outcome);
            run += 1;
        }
    }
    assert_eq!(run, 101, "the number of cases in `schemes/`");
}

fn agree(id: &str, expect: &Map<String, Value>, outcome: &Outcome) {
    let got = serde_json::to_value(outcome).unwrap();
    assert_eq!(expect["status"], got["status"], "{id}: {got:#}");
    for (key, value) in expect {
        if key == "status" || is_hint(key) {
            continue;
        }
        let own = match expect["status"].as_str() {
            Some("ok") => &got["results"][key],
            _ => &got[key],
        };
        assert_eq!(value, own, "{id}: {key}");
    }
}
