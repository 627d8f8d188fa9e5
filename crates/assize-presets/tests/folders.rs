//! Whether the files of each preset agree with each other: an auditor who holds the scheme beside
//! the document must find every quotation and every line in both.
//!
//! What the schemes compute is not tested here; the expected results stand in their cases.

use std::collections::BTreeSet;
use std::path::Path;

use assize::Scheme;
use assize_presets::{Kind, Preset, presets};

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
            let mut rest = words.as_str();
            for part in quotation.split('…') {
                let found = rest.split_once(part);
                assert!(found.is_some(), "{}: {quotation}", preset.slug);
                rest = found.map_or(rest, |(_, behind)| behind);
            }
        }
    }
}

/// Whether an article is another or a part of it: 七、2 of 七, 2.1（1） of 2.1.
fn is_part(part: &str, of: &str) -> bool {
    part.strip_prefix(of)
        .is_some_and(|rest| !rest.starts_with(|sign: char| sign.is_ascii_digit()))
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
            let near = |heading: &&str| is_part(heading, article) || is_part(article, heading);
            assert!(headings.iter().any(near), "{}: {article}", preset.slug);
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
        let Some(cases) = preset.cases else { continue };
        for line in cases.lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(case["scheme"], preset.slug);
            assert!(case["input"].is_object() && case["expect"]["status"].is_string());
            assert!(
                ids.insert(case["id"].as_str().unwrap().to_owned()),
                "{line}"
            );
        }
        assert!(ids.len() >= 12, "{}: {}", preset.slug, ids.len());
    }
}

/// The lines of a table that should have these headings, where `部门.…` stands for a column for each
/// name.
fn rows<'a>(slug: &str, table: &'a str, empty: &str) -> Vec<&'a str> {
    assert_eq!(empty.trim_end().lines().count(), 1, "{slug}");
    let mut lines = table.lines();
    let headings = lines.next().unwrap_or_default();
    let mut named: Vec<String> = Vec::new();
    for heading in headings.split(',') {
        let open = heading.split_once('.').map(|(map, _)| format!("{map}.…"));
        let is_open = |open: &String| empty.contains(open.as_str());
        let heading = open.filter(is_open).unwrap_or_else(|| heading.to_owned());
        if named.last() != Some(&heading) {
            named.push(heading);
        }
    }
    assert_eq!(named.join(","), empty.trim_end(), "{slug}");
    let rows: Vec<&str> = lines.collect();
    for row in &rows {
        let commas = |line: &str| line.matches(',').count();
        assert_eq!(commas(row), commas(headings), "{slug}: {row}");
    }
    rows
}

#[test]
fn every_sample_fits_its_headings() {
    for preset in presets() {
        let slug = preset.slug;
        assert_eq!(preset.sample.is_some(), preset.empty.is_some(), "{slug}");
        let (Some(sample), Some(empty)) = (preset.sample, preset.empty) else {
            continue;
        };
        let rows_of_sample = rows(slug, sample, empty);
        let subjects: BTreeSet<_> = rows_of_sample
            .iter()
            .map(|row| row.split(',').next())
            .collect();
        assert_eq!(subjects.len(), rows_of_sample.len(), "{slug}");
        assert!((1..=10).contains(&subjects.len()), "{slug}");
        let lists: Vec<&str> = preset.empty_lists.iter().map(|(list, _)| *list).collect();
        let sampled: Vec<&str> = preset.sample_lists.iter().map(|(list, _)| *list).collect();
        assert_eq!(lists, sampled, "{slug}");
        for ((_, sample), (_, empty)) in preset.sample_lists.iter().zip(preset.empty_lists) {
            for row in rows(slug, sample, empty) {
                assert!(subjects.contains(&row.split(',').next()), "{slug}: {row}");
            }
        }
    }
}

#[test]
fn every_preset_can_be_used_and_says_what_it_is() {
    for preset in presets() {
        let slug = preset.slug;
        assert!(preset.checked().is_some(), "{slug} has errors");
        assert!(
            !preset.title().is_empty() && !preset.document().is_empty(),
            "{slug}"
        );
        assert_eq!(
            preset.checked().and_then(Scheme::title),
            Some(preset.title())
        );
    }
    let kinds = |kind: Kind| presets().filter(move |preset| preset.kind() == kind);
    // The document leaves no figure open that the score waits for.
    assert!(kinds(Kind::Computational).any(|preset| preset.slug == "welfare-service-502030"));
}
