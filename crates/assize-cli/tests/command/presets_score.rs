//! Every preset from the command line: its cases as objects, and its sample tables.
//!
//! What a case expects was worked out from the document, not by this program.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Folder;

/// The folders of presets, with their slugs.
fn folders() -> Vec<(String, PathBuf)> {
    let schemes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    let mut folders: Vec<(String, PathBuf)> = fs::read_dir(schemes)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .collect();
    folders.sort();
    folders
}

fn objects(text: &str) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).unwrap();
    text.lines().map(parse).collect()
}

/// How a result object differs from what a case expects.
fn differences(case: &Value, got: &Value) -> Vec<String> {
    let ignored: BTreeSet<&str> = case["ignore"]
        .as_array()
        .map_or_else(BTreeSet::new, |keys| {
            keys.iter().filter_map(Value::as_str).collect()
        });
    let expect = case["expect"].as_object().unwrap();
    let results = match got.get("results") {
        Some(results) => results,
        None => got,
    };
    let own = |key: &str| match key {
        "status" => got.get(key),
        key => results.get(key),
    };
    expect
        .iter()
        .filter(|(key, wanted)| {
            !ignored.contains(key.as_str()) && !same(wanted, own(key).unwrap_or(&Value::Null))
        })
        .map(|(key, wanted)| format!("{}, {key}: {wanted}, got {:?}", case["id"], own(key)))
        .collect()
}

/// No value and an absent key are equal.
fn same(wanted: &Value, got: &Value) -> bool {
    match (wanted, got) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            keys.into_iter().all(|key| {
                same(
                    a.get(key).unwrap_or(&Value::Null),
                    b.get(key).unwrap_or(&Value::Null),
                )
            })
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

#[test]
fn cases_agree_as_lines_of_json() {
    let mut wrong = Vec::new();
    for (slug, folder) in folders() {
        let Ok(cases) = fs::read_to_string(folder.join("cases.jsonl")) else {
            continue;
        };
        let cases = objects(&cases);
        let inputs: Vec<String> = cases.iter().map(|case| case["input"].to_string()).collect();
        let here = Folder::new(&[("in.jsonl", &inputs.join("\n"))]);
        let ran = here.run(&format!("score preset:{slug} in.jsonl --format jsonl"));
        let got = objects(&ran.out);
        let refused = got.iter().any(|one| one["status"] == "error");
        if got.len() != cases.len() || ran.code != Some(i32::from(refused)) {
            wrong.push(format!("{slug}: {:?}\n{}", ran.code, ran.err));
        }
        let pairs = cases.iter().zip(&got);
        wrong.extend(pairs.flat_map(|(case, got)| differences(case, got)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn samples_are_scored_as_they_stand() {
    let mut wrong = Vec::new();
    for (slug, folder) in folders() {
        if !folder.join("sample.csv").is_file() {
            continue;
        }
        let here = Folder::new(&[]);
        here.run(&format!("presets copy {slug} .")).ends(0);
        let mut lists = String::new();
        for entry in fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let list = name
                .strip_prefix("sample-")
                .and_then(|name| name.strip_suffix(".csv"));
            if let Some(list) = list {
                lists.push_str(&format!(" --list {list}={name}"));
            }
        }
        let ran = here.run(&format!(
            "score {slug}.scheme sample.csv{lists} --format jsonl"
        ));
        let rows = here.read("sample.csv").lines().count() - 1;
        if ran.code != Some(0) || ran.out.lines().count() != rows || ran.err.contains("warning") {
            wrong.push(format!("{slug}: {:?}\n{}", ran.code, ran.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
