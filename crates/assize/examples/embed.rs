//! The library inside a program: a scheme is checked, prepared once, and scores the visits of a
//! month from several threads.
//!
//! ```sh
//! cargo run -p assize --example embed
//! ```

use std::error::Error;
use std::io::{self, Write};

use assize::input::Subject;
use assize::outcome::{Outcome, ResultValue};
use assize::text::Language;
use rust_decimal::Decimal;
use serde::Serialize;

/// The scheme, as the person who answers for the regulation wrote it. One sentence, one line.
const SCHEME: &str = r#"
scheme shop-service "Service of the shops" {
    assesses shop every month
    out of 100 cite "1"

    input visit_score : points 0..60, optional
    input complaints : count, lower is better

    item visit "Visit" out of 60 cite "2" {
        score visit_score
        missing => count as full assumed "A shop that was not visited loses nothing."
    }
    item complaint_handling "Complaints" out of 40 cite "3" {
        start at 40
        deduct 6.5 per complaints
    }
    grade "Grade" by total cite "4" {
        from 90   => good
        from 75   => fair
        otherwise => poor
    }
}
"#;

/// What the program knows about a shop. Fields are the scheme's inputs by name; a figure with
/// decimals is a `Decimal` or text, because 52.3 has no exact `f64`.
#[derive(Serialize)]
struct Shop {
    visit_score: Option<Decimal>,
    complaints: u32,
}

#[cfg_attr(test, allow(dead_code, reason = "the test calls what is inside"))]
fn main() -> Result<(), Box<dyn Error>> {
    report(&mut io::stdout().lock())
}

/// Everything that the program does, written to `out`.
///
/// # Errors
///
/// Only a defect: the scheme is right, and the data can be read.
pub fn report(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    // A text with mistakes gives findings, each with its place and words in two languages.
    let text = SCHEME.replace("per complaints", "per complaint");
    let checked = assize::check(&text);
    assert!(checked.scheme.is_none());
    for found in &checked.diagnostics {
        let upto = text.get(..found.span.range().end).unwrap_or("");
        let line = upto.lines().count();
        writeln!(out, "line {line}: {} [{}]", found.message, found.code.name)?;
    }

    // A text without errors gives a scheme. Prepared once, it serves any number of threads.
    let scheme = assize::check(SCHEME)
        .scheme
        .ok_or("the scheme has mistakes")?;
    let prepared = scheme
        .prepare(Subject::default())
        .map_err(|refusal| refusal.message.en)?;

    // Subjects come from a struct of the program, or are put together by hand.
    let shops = [
        Shop {
            visit_score: Some(Decimal::new(525, 1)),
            complaints: 1,
        },
        Shop {
            visit_score: None,
            complaints: 0,
        },
        Shop {
            visit_score: Some(Decimal::new(61, 0)),
            complaints: 0,
        },
    ];
    let mut subjects = shops
        .iter()
        .map(Subject::from_serialize)
        .collect::<Result<Vec<_>, _>>()?;
    subjects.push(Subject::new([("visit_score", "40")]).with("complaints", 10));

    // Evaluation changes nothing and shares nothing but the scheme.
    let outcomes: Vec<Outcome> = std::thread::scope(|threads| {
        let halves: Vec<_> = subjects
            .chunks(2)
            .map(|half| {
                let prepared = &prepared;
                threads.spawn(move || half.iter().map(|one| prepared.evaluate(one)).collect())
            })
            .collect();
        let joined = halves
            .into_iter()
            .map(|half| half.join().unwrap_or_else(|_| Vec::new()));
        joined.flatten().collect()
    });

    // One of three things comes out for each, and the compiler sees to it that none is forgotten.
    for outcome in &outcomes {
        match outcome {
            Outcome::Ok(scored) => {
                let total = scored.get("total").and_then(ResultValue::as_figure);
                let total = total
                    .and_then(|total| total.to_decimal())
                    .ok_or("no total")?;
                let grade = scored.get("grade").and_then(ResultValue::as_text);
                writeln!(out, "{total} {}", grade.unwrap_or("without a grade"))?;
            }
            Outcome::NoResult(none) => writeln!(out, "no result: {}", none.reason)?,
            Outcome::Error(refusal) => {
                writeln!(out, "refused ({}): {}", refusal.field, refusal.message)?;
            }
        }
    }

    // Any subject can be explained afterwards, article by article.
    if let Some(first) = subjects.first() {
        let (_, explanation) = prepared.explain(first);
        write!(out, "{}", explanation.to_text(Language::English))?;
    }

    // Everything that comes out goes wherever serde goes; figures as text, so that they stay exact.
    if let Some(first) = outcomes.first() {
        writeln!(out, "{}", serde_json::to_string(first)?)?;
    }
    Ok(())
}
