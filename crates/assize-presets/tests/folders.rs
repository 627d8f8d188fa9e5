//! Whether the files of each preset agree with each other: an auditor who holds the scheme beside
//! the document must find every quotation and every line in both.
//!
//! What the schemes compute is not tested here; the expected results stand in their cases.

use std::collections::BTreeSet;
use std::path::Path;

use assize_presets::{Preset, presets};

/// What stands in straight quotes behind a word, wherever the word occurs.
fn quoted_after<'text>(text: &'text str, words: [&str; 2]) -> Vec<&'text str> {
    words
        .iter()
        .flat_map(|word| {
            text.split(&format!("{word} \""))
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The lines of the document that the source page quotes.
fn words_of_document(preset: &Preset) -> String {
    preset
        .source
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The lines of the scheme that the source page shows.
fn lines_shown(preset: &Preset) -> Vec<&str> {
    let mut inside = false;
    preset
        .source
        .lines()
        .filter(|line| {
            let fence = line.starts_with("```");
            inside = if fence { !inside } else { inside };
            inside && !fence
        })
        .collect()
}

#[test]
fn every_folder_is_a_preset() {
    let schemes = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemes");
    let folders: BTreeSet<String> = std::fs::read_dir(schemes)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let slugs: Vec<&str> = presets().map(|preset| preset.slug).collect();
    assert!(slugs.is_sorted(), "{slugs:?}");
    assert_eq!(folders.iter().collect::<Vec<_>>(), slugs);
}

#[test]
fn every_quotation_is_in_the_document() {
    for preset in presets() {
        let words = words_of_document(preset);
        for quotation in quoted_after(preset.scheme, ["says", "原文"]) {
            assert!(words.contains(quotation), "{}: {quotation}", preset.slug);
        }
    }
}

#[test]
fn every_article_cited_has_its_heading() {
    for preset in presets() {
        let headings: BTreeSet<&str> = preset
            .source
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let cited = quoted_after(preset.scheme, ["cite", "条款"]);
        assert!(!cited.is_empty(), "{}", preset.slug);
        for article in cited {
            assert!(headings.contains(article), "{}: {article}", preset.slug);
        }
    }
}

/// A line without the blanks that align it.
fn plain(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_line_shown_is_in_the_scheme() {
    let clauses = [
        "",
        " {",
        " cite ",
        " says ",
        " assumed ",
        " 条款 ",
        " 原文 ",
        " 推定 ",
    ];
    for preset in presets() {
        for shown in lines_shown(preset) {
            let shown = plain(shown);
            let found = preset.scheme.lines().any(|line| {
                plain(line).strip_prefix(&shown).is_some_and(|rest| {
                    clauses.iter().any(|clause| {
                        rest == *clause || (!clause.is_empty() && rest.starts_with(clause))
                    })
                })
            });
            assert!(found, "{}: {shown}", preset.slug);
        }
    }
}

#[test]
fn every_case_names_its_scheme_once() {
    for preset in presets() {
        let mut ids = BTreeSet::new();
        for line in preset.cases.lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(case["scheme"], preset.slug);
            assert!(case["input"].is_object() && case["expect"]["status"].is_string());
            assert!(
                ids.insert(case["id"].as_str().unwrap().to_owned()),
                "{line}"
            );
        }
        assert!(ids.len() >= 15, "{}: {}", preset.slug, ids.len());
    }
}

#[test]
fn every_sample_fits_its_headings() {
    for preset in presets() {
        let headings = preset.empty.trim_end();
        assert_eq!(headings.lines().count(), 1, "{}", preset.slug);
        let mut lines = preset.sample.lines();
        assert_eq!(lines.next(), Some(headings), "{}", preset.slug);
        let mut subjects = BTreeSet::new();
        for line in lines {
            assert_eq!(
                line.matches(',').count(),
                headings.matches(',').count(),
                "{}: {line}",
                preset.slug
            );
            assert!(subjects.insert(line.split(',').next()), "{line}");
        }
        assert!((6..=10).contains(&subjects.len()), "{}", preset.slug);
    }
}
