//! How long it takes to prove what can be proved of each preset: guarantees, and what is asked of
//! every scheme; with the parts of the space of subjects that were looked at. And how long a scheme
//! of 500 lines takes to be checked, as on a keystroke.
//!
//! `cargo run --release -p assize-presets --example proof_speed [-- NAME]`; a part of a name keeps
//! to what is called so.

use std::time::{Duration, Instant};

use assize::prove::{Effort, Proofs, Verdict};

/// Sixty weighted items, each with a floor, and the claim that their total is at most 100.
fn sixty_items() -> String {
    let mut text = String::from("scheme sixty {\n    out of 100 cite \"一\"\n");
    for item in 0..60 {
        text.push_str(&format!("    input found_{item} : count\n"));
    }
    for item in 0..60 {
        let marks = if item < 40 { 2 } else { 1 };
        text.push_str(&format!(
            "    item part_{item} out of {marks} cite \"一\" {{\n        start at {marks}\n        deduct 0.1 per found_{item}\n        not below 0 cite \"一\"\n    }}\n"
        ));
    }
    text.push_str("    guarantee total <= 100\n}\n");
    text
}

/// A scheme of so many lines: items with findings and a rate, tables over a figure, grades of items
/// and of the total, and consequences.
fn of_lines(most: usize) -> String {
    let mut text =
        String::from("scheme long {\n    choice level best first { good, fair, poor }\n");
    let last = "    grade \"等次\" by total cite \"一\" {\n        from 300  => 优\n        from 200  => 良\n        otherwise => 差\n    }\n    guarantee every grade reachable\n";
    let most = most.saturating_sub(last.lines().count());
    for item in 0.. {
        if text.lines().count() >= most {
            break;
        }
        text.push_str(&format!(
            "    input found_{item} \"问题{item}\" : count, lower is better\n    input rate_{item} \"达标率{item}\" : points 0..100, higher is better\n    input opinion_{item} : level\n    item part_{item} out of 20 cite \"一\" {{\n        start at 20\n        deduct 0.5 per found_{item}\n        deduct 2 when rate_{item} < 60\n        not below 0 cite \"一\"\n    }}\n    item survey_{item} out of 10 cite \"二\" {{\n        score by opinion_{item} {{\n            good => 10\n            fair => 6\n            poor => 0\n        }}\n    }}\n    consequence talk_{item} \"约谈{item}\" when part_{item} < 10 cite \"三\"\n"
        ));
    }
    text.push_str(last);
    text.push_str("}\n");
    text
}

/// The best of several turns, so that a busy machine does not count.
fn measured<T>(work: impl Fn() -> T) -> (Duration, T) {
    let mut best = Duration::MAX;
    let mut done = work();
    for _ in 0..5 {
        let start = Instant::now();
        done = work();
        best = best.min(start.elapsed());
    }
    (best, done)
}

fn report(name: &str, took: Duration, proofs: &Proofs) {
    let count = |wanted: fn(&Verdict) -> bool| {
        let verdicts = proofs.properties.iter().map(|property| &property.verdict);
        verdicts.filter(|verdict| wanted(verdict)).count()
    };
    let proved = count(|verdict| matches!(verdict, Verdict::Proved));
    let refuted = count(|verdict| matches!(verdict, Verdict::Refuted(_)));
    let undecided = count(|verdict| matches!(verdict, Verdict::Undecided));
    let regions: u32 = proofs
        .properties
        .iter()
        .map(|property| property.regions)
        .sum();
    let took = took.as_micros();
    println!(
        "{name:<34}{took:>9} µs{regions:>7} parts{proved:>5} proved{refuted:>4} refuted{undecided:>4} undecided"
    );
}

fn main() {
    let only = std::env::args().nth(1).unwrap_or_default();
    for preset in assize_presets::presets() {
        if !preset.slug.contains(&only) {
            continue;
        }
        let Some(scheme) = preset.checked() else {
            println!("{} has errors", preset.slug);
            continue;
        };
        let (took, proofs) = measured(|| scheme.prove(Effort::default()));
        if !proofs.properties.is_empty() {
            report(preset.slug, took, &proofs);
        }
    }
    if !"sixty items".contains(&only) {
        return;
    }
    match assize::check(&sixty_items()).scheme {
        Some(scheme) => {
            let (took, proofs) = measured(|| scheme.prove(Effort::default()));
            report("sixty items, all properties", took, &proofs);
            let (took, proofs) = measured(|| scheme.prove_guarantees(Effort::default()));
            report("sixty items, total <= 100", took, &proofs);
        }
        None => println!("the sixty items have errors"),
    }
    let long = of_lines(500);
    let lines = long.lines().count();
    let (took, checked) = measured(|| assize::check(&long));
    let took = took.as_micros();
    let findings = checked.diagnostics.len();
    println!("check of {lines} lines{took:>27} µs, {findings} findings");
    for finding in checked.diagnostics.iter().take(3) {
        println!("  {}: {}", finding.code.name, finding.message.en);
    }
}
