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

use assize::Scheme;
use assize::input::Subject;
use assize::outcome::Outcome;
use assize_presets::presets;
use serde_json::Value;

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
            let subject: Subject = serde_json::from_value(case["input"].clone()).unwrap();
            agree(&case, &scheme, &prepared.evaluate(&subject));
            run += 1;
        }
    }
    assert_eq!(run, 101, "the number of cases in `schemes/`");
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
        assert_eq!(value, own, "{id}: {key}");
    }
}
