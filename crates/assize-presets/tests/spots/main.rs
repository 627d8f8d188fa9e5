//! What the prover says it has shown, against subjects that look random: none may break it.
//!
//! Presets, and presets with one word changed, are proved; then subjects inside their ranges are
//! scored by the ordinary evaluator, and what comes out is held against every claim about everybody.
//! The claims are read from the tree and the words of the properties, never from the prover's
//! insides. For a longer run, `EVALUATIONS` sets how many subjects are scored, `REGIONS` how many
//! parts of the space a proof looks at, and `MUTANTS` that of so many changes of every preset one is
//! tried:
//!
//! ```text
//! EVALUATIONS=1000000 REGIONS=2000 MUTANTS=1 \
//!     cargo test --release -p assize-presets --test spots -- --nocapture
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

mod claims;
#[path = "../../../assize/tests/dice/mod.rs"]
mod dice;
mod rules;
mod subjects;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use assize::input::Subject;
use assize::outcome::Outcome;
use assize::prove::Effort;
use assize::text::Span;
use assize::trial::mutants;
use assize::{Checker, Prepared, Scheme};
use assize_presets::{checked, find, presets};

use claims::{Claim, Claims, claims};
use dice::Dice;
use subjects::Asker;

/// How many subjects are scored, and how many parts of the space a proof looks at.
const EVALUATIONS: usize = 20_000;
const REGIONS: usize = 200;
/// Presets of which changes are tried in every run, one of so many: the one with most kinds of
/// rules, and one with missing members.
const CHANGED: [&str; 2] = ["welfare-service-502030", "bank-outlet-service"];
const MUTANTS: usize = 12;

/// What was looked at.
#[derive(Debug, Default)]
struct Counts {
    schemes: usize,
    /// By what they are about.
    claims: BTreeMap<&'static str, usize>,
    passed_over: usize,
    evaluations: usize,
    scored: usize,
    /// How often a claim was held against an outcome, or two.
    looks: usize,
    broken: Vec<String>,
}

/// A scheme, what is claimed of it, and how to ask for subjects.
struct Watched {
    name: String,
    claims: Vec<Claim>,
    asker: Asker,
    text: String,
    prepared: Prepared,
}

/// The scheme of a text, whether its own examples pass or not.
fn draft(text: &str) -> Option<Scheme> {
    let others = |slug: &str| checked(slug);
    let checker = Checker::new().beside(&others);
    checker.effort(Effort { regions: 0 }).check(text).draft
}

fn watched(name: String, text: &str, effort: Effort, counts: &mut Counts) -> Option<Watched> {
    let scheme = draft(text)?;
    let others = |slug: &str| find(slug).map(|preset| preset.scheme.to_owned());
    let asker = Asker::new(scheme.inputs(), text, &others);
    let properties = scheme.prove(effort).properties;
    let Claims {
        all,
        text,
        passed_over,
    } = claims(&scheme, text, &properties, &asker);
    counts.passed_over += passed_over;
    if all.is_empty() {
        return None;
    }
    let Some(scheme) = draft(&text) else {
        let others = |slug: &str| checked(slug);
        let found = Checker::new().beside(&others).check(&text).diagnostics;
        panic!("{name}: {:?}\n{text}", found.first());
    };
    let prepared = scheme.prepare(Subject::default()).ok()?;
    counts.schemes += 1;
    for claim in &all {
        *counts.claims.entry(claim.kind).or_default() += 1;
    }
    Some(Watched {
        name,
        claims: all,
        asker,
        text,
        prepared,
    })
}

impl Watched {
    /// Scores so many subjects, and looks for one that breaks a claim.
    fn look(&self, evaluations: usize, dice: &mut Dice, counts: &mut Counts) {
        let spent = Cell::new(0);
        // The scheme without a line of it.
        let without: RefCell<HashMap<Span, Option<Prepared>>> = RefCell::default();
        let mut told = vec![false; self.claims.len()];
        let two: Vec<usize> = (0..self.claims.len())
            .filter(|at| self.claims[*at].change.is_some())
            .collect();
        while spent.get() < evaluations {
            let mut tries = 0;
            let (subject, outcome) = self.asker.scored(&self.prepared, dice, &mut tries);
            spent.set(spent.get() + tries);
            counts.scored += usize::from(matches!(outcome, Outcome::Ok(_)));
            let shorter = |own: &Subject, outcome: &Outcome, span: Span| {
                let mut without = without.borrow_mut();
                let prepared = without.entry(span).or_insert_with(|| {
                    let blank = " ".repeat(span.range().len());
                    let mut text = self.text.clone();
                    text.replace_range(span.range(), &blank);
                    draft(&text)?.prepare(Subject::default()).ok()
                });
                spent.set(spent.get() + 1);
                match prepared {
                    Some(prepared) => prepared.evaluate(own),
                    None => outcome.clone(),
                }
            };
            for (at, claim) in self.claims.iter().enumerate() {
                if claim.change.is_none() && !told[at] {
                    counts.looks += 1;
                    let cut = |span: Span| shorter(&subject, &outcome, span);
                    if claim.what.is_seen(&outcome, None, &cut) {
                        told[at] = true;
                        counts
                            .broken
                            .push(self.told(claim, &[(&subject, &outcome)]));
                    }
                }
            }
            if two.is_empty() || !matches!(outcome, Outcome::Ok(_)) {
                continue;
            }
            let at = *dice.pick(&two);
            let claim = &self.claims[at];
            let pair = claim.change.as_ref().and_then(|change| {
                let pair = self.asker.changed(&subject, change, dice)?;
                Some((
                    self.prepared.evaluate(&pair.0),
                    self.prepared.evaluate(&pair.1),
                    pair,
                ))
            });
            let Some((first, second, pair)) = pair else {
                continue;
            };
            spent.set(spent.get() + 2);
            counts.scored += usize::from(matches!(first, Outcome::Ok(_)));
            counts.scored += usize::from(matches!(second, Outcome::Ok(_)));
            counts.looks += 1;
            let cut = |span: Span| shorter(&pair.0, &first, span);
            if !told[at] && claim.what.is_seen(&first, Some(&second), &cut) {
                told[at] = true;
                let both = [(&pair.0, &first), (&pair.1, &second)];
                counts.broken.push(self.told(claim, &both));
            }
        }
        counts.evaluations += spent.get();
    }

    fn told(&self, claim: &Claim, subjects: &[(&Subject, &Outcome)]) -> String {
        let mut told = format!("{}: {}: {:?}", self.name, claim.words, claim.what);
        for (subject, outcome) in subjects {
            let comes = serde_json::to_string(outcome).unwrap();
            told.push_str(&format!("\n    {:?}\n    gives {comes}", subject.values));
        }
        told
    }
}

fn set(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |set| set.parse().unwrap())
}

#[test]
fn no_subject_breaks_what_is_proved() {
    let mut counts = Counts::default();
    let of_all = std::env::var("MUTANTS").is_ok();
    let every = set("MUTANTS", MUTANTS);
    let effort = Effort {
        regions: u32::try_from(set("REGIONS", REGIONS)).unwrap(),
    };
    let mut all = Vec::new();
    let mut place = 0;
    for preset in presets() {
        let own = watched(preset.slug.to_owned(), preset.scheme, effort, &mut counts);
        all.extend(own);
        if !of_all && !CHANGED.contains(&preset.slug) {
            continue;
        }
        for mutant in mutants(preset.scheme) {
            place += 1;
            if place % every == 0 {
                let name = format!("{} where {}", preset.slug, mutant.words.en);
                let text = mutant.text(preset.scheme);
                all.extend(watched(name, &text, effort, &mut counts));
            }
        }
    }
    let each = set("EVALUATIONS", EVALUATIONS) / all.len();
    let mut dice = Dice(7);
    for own in &all {
        own.look(each, &mut dice, &mut counts);
    }
    println!(
        "{} schemes, {} claims ({} passed over): {} evaluations, {} scored, {} looks; {:?}",
        counts.schemes,
        counts.claims.values().sum::<usize>(),
        counts.passed_over,
        counts.evaluations,
        counts.scored,
        counts.looks,
        counts.claims
    );
    assert!(counts.broken.is_empty(), "{}", counts.broken.join("\n\n"));
}
