//! What an explanation tells of a formula; figures by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of a test stand outside the test functions"
)]

use assize::input::Subject;
use assize::text::Language;

/// The lines of an explanation that hold a formula.
fn formulas(statements: &str, row: &str) -> Vec<String> {
    let text = format!(
        "scheme s {{\n    assesses unit every month\n    input done \"已完成\", due \"应完成\", n : count\n{statements}\n}}\n"
    );
    let scheme = assize::check(&text).scheme.expect(&text);
    let prepared = scheme.prepare(Subject::default()).unwrap();
    let row: Subject = serde_json::from_str(row).unwrap();
    let (_, explanation) = prepared.explain(&row);
    let told = explanation.to_text(Language::Chinese);
    let lines = told.lines().map(|line| line.trim().to_owned());
    lines
        .filter(|line| line.contains(" = ") || line.contains("算得"))
        .collect()
}

#[test]
fn a_formula_is_told_with_the_values_put_in() {
    let row = r#"{"done": 18, "due": 24, "n": 2}"#;
    for (statements, told) in [
        (
            "item a out of 60 { score 60 * done / due otherwise 0 }",
            "60 * 已完成 / 应完成 otherwise 0 = 60 * 18 / 24 otherwise 0",
        ),
        (
            "let share = (done - n)   /  # of all\n        due otherwise no value\n    result share",
            "(已完成 - n) / 应完成 otherwise no value = (18 - 2) / 24 otherwise no value",
        ),
        (
            "let most = max of (done, n) + 1\n    result most",
            "max of (已完成, n) + 1 = max of (18, 2) + 1",
        ),
        ("item a out of 60 { score done }", "由 已完成 18 算得"),
    ] {
        assert_eq!(formulas(statements, row), [told], "{statements}");
    }
}
