//! One prepared scheme, many threads, and figures that grow without end.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use assize::input::Subject;
use assize::outcome::{Fault, Outcome};
use assize::{Prepared, Scheme, check};

/// Fails to compile where a type cannot be shared between threads.
const fn shared<T: Send + Sync + Clone>() {}
const _: () = {
    shared::<Prepared>();
    shared::<Scheme>();
    shared::<Outcome>();
};

fn prepared(text: &str) -> Prepared {
    let checked = check(text);
    let scheme = checked
        .scheme
        .unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    scheme.prepare(Subject::default()).unwrap()
}

#[test]
fn four_threads_agree_with_one() {
    let prepared = prepared(
        r"
scheme shared {
    assesses unit every month
    input a, b, c : points 0..100, optional
    group g {
        50% of a
        30% of b
        20% of c
        missing => share the missing weight in proportion
        all missing => no result nothing
    }
    grade level by g {
        from 90 => good
        otherwise => bad
    }
}
",
    );
    let subjects: Vec<Subject> = (0..500_i64)
        .map(|n| {
            // Every seventh subject lacks a, every fifth b, every third c.
            let mut subject = Subject::default();
            for (name, every) in [("a", 7), ("b", 5), ("c", 3)] {
                if n % every != 0 {
                    subject = subject.with(name, (n * 13 + every) % 101);
                }
            }
            subject
        })
        .collect();
    let alone: Vec<Outcome> = subjects
        .iter()
        .map(|subject| prepared.evaluate(subject))
        .collect();
    assert!(
        matches!(alone[0], Outcome::NoResult(_)),
        "0 lacks all three"
    );
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    subjects
                        .iter()
                        .map(|s| prepared.evaluate(s))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}

/// `let x1 = x0 * x0`, and so on.
fn ladder(lines: usize, step: &str, start: &str) -> String {
    let mut text = String::from("scheme ladder {\n    assesses unit every month\n");
    writeln!(text, "    input x0 : {start}").unwrap();
    for line in 1..=lines {
        let below = line - 1;
        writeln!(
            text,
            "    let x{line} = {}",
            step.replace('x', &format!("x{below}"))
        )
        .unwrap();
    }
    writeln!(text, "    result top = x{lines}\n}}").unwrap();
    text
}

#[test]
fn forty_squarings_are_refused_by_name() {
    for start in ["number", "number 0..1000000", "count"] {
        let began = Instant::now();
        let prepared = prepared(&ladder(40, "x * x", start));
        let Outcome::Error(refusal) = prepared.evaluate(&Subject::new([("x0", "3")])) else {
            panic!("3 to the power of 2^40 came out");
        };
        assert_eq!(refusal.code, Fault::Range);
        // 3^(2^n) has about 1.58496 · 2^n bits. Two operands of 2^11 · 1.58496 = 3,246 bits are
        // within 8,192 and make x12; two of 6,492 bits are not, and x13 is refused.
        assert_eq!(refusal.field, "x13");
        // One keeps its size and comes out.
        let Outcome::Ok(scored) = prepared.evaluate(&Subject::new([("x0", 1)])) else {
            panic!("1 · 1 = 1");
        };
        assert_eq!(scored.results["top"].to_string(), "1");
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "{start}: {:?}",
            began.elapsed()
        );
    }
}

#[test]
fn sums_and_quotients_are_limited_as_well() {
    for step in ["x / 7 + 1 / (x + 1)", "x * x - x / 3"] {
        let prepared = prepared(&ladder(60, step, "number 1.."));
        let Outcome::Error(refusal) = prepared.evaluate(&Subject::new([("x0", "2.5")])) else {
            panic!("{step} came out");
        };
        assert_eq!(refusal.code, Fault::Range, "{step}");
    }
}

#[test]
fn a_figure_within_the_limit_comes_out_whole() {
    // 3^(2^10) = 3^1024, which has floor(1024 · log10 3) + 1 = 489 digits and begins 3733918…
    let prepared = prepared(&ladder(10, "x * x", "count"));
    let Outcome::Ok(scored) = prepared.evaluate(&Subject::new([("x0", 3)])) else {
        panic!("3^1024 is within the limit");
    };
    let top = scored.results["top"].to_string();
    assert_eq!((top.len(), &top[..7]), (489, "3733918"));
}

#[test]
fn a_long_figure_that_no_result_reaches_is_harmless() {
    let text = ladder(40, "x * x", "count")
        .replace("result top", "result top = if x0 > 2 then x0 else")
        .replace("else =", "else");
    let prepared = prepared(&text);
    let Outcome::Ok(scored) = prepared.evaluate(&Subject::new([("x0", 3)])) else {
        panic!("the other branch is chosen");
    };
    assert_eq!(scored.results["top"].to_string(), "3");
}
