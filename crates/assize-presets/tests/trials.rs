//! The examples of the presets as trials of their schemes: rules are told by places that are there,
//! and examples made for edges are read back and pass.

use assize::trial::{boundaries, coverage};
use assize::{Checker, Scheme};
use assize_presets::{checked, presets};

#[test]
fn every_rule_of_every_preset_has_a_place_and_is_counted() {
    let mut rules = 0_usize;
    for preset in presets() {
        let scheme = checked(preset.slug).unwrap();
        let coverage = coverage(&scheme, &[]);
        for rule in &coverage.rules {
            let text = rule.span.of(scheme.text());
            assert!(!text.is_empty(), "{}: {rule:?}", preset.slug);
            assert!(rule.acted <= coverage.trials, "{}: {text}", preset.slug);
        }
        rules = rules.saturating_add(coverage.rules.len());
    }
    assert!(rules > 200, "{rules}");
}

/// Rows of several kinds, Chinese words, quoted keys, days, weights that shift, a total of counts.
const MADE: [&str; 7] = [
    "ops-csat-survey",
    "sales-aftersales-performance-pay",
    "csat-survey-example",
    "auto-repair-callback",
    "bank-outlet-service",
    "bank-branch-service",
    "welfare-service-502030",
];

#[test]
fn examples_made_for_edges_pass_in_their_schemes() {
    let others = |slug: &str| -> Option<Scheme> { checked(slug) };
    for slug in MADE {
        let scheme = checked(slug).unwrap();
        let made = boundaries(&scheme);
        assert!(made.cases.len() > 3, "{slug}: {}", made.cases.len());
        let text = scheme.text();
        let end = text.rfind(['}', '｝']).unwrap();
        let (body, rest) = text.split_at(end);
        let whole = format!("{body}\n{}\n{rest}", made.to_text());
        let before = Checker::new().beside(&others).check(text).examples.len();
        let checked = Checker::new().beside(&others).check(&whole);
        if checked.scheme.is_none() {
            let found = checked.diagnostics.iter().map(|found| &found.message.en);
            panic!("{slug}: {:#?}", found.collect::<Vec<_>>());
        }
        let written = checked.examples.len().saturating_sub(before);
        assert_eq!(written, made.cases.len(), "{slug}");
    }
}
