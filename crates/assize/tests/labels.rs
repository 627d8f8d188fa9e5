//! What people read instead of names: the label of the total, written or not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of a test stand outside the test functions"
)]

/// The label of the total of a scheme with these statements.
fn total_is_called(title: &str, statements: &str) -> String {
    let text = format!("scheme s {title} {{\n    assesses unit every month\n{statements}\n}}\n");
    let scheme = assize::check(&text).scheme.expect(&text);
    let total = scheme
        .results()
        .into_iter()
        .find(|column| column.path == ["total"]);
    total.expect(&text).label.expect(&text)
}

#[test]
fn the_total_is_called_as_its_readers_read() {
    let plain = "item a out of 10 { start at 10 }";
    for (title, statements, label) in [
        ("", plain, "Total"),
        ("\"Outlets\"", plain, "Total"),
        ("\"Café\"", plain, "Total"),
        ("\"网点考评\"", plain, "总分"),
        ("", "item a \"服务\" out of 10 { start at 10 }", "总分"),
        (
            "\"Outlets\"",
            "input late \"迟到\" : count = 0\n    item a out of 10 { start at 10; deduct 1 per late }",
            "总分",
        ),
        (
            "\"网点考评\"",
            "item a \"服务\" out of 10 { start at 10 }\n    total \"综合得分\" cite \"五\" { }",
            "综合得分",
        ),
        (
            "",
            "item a out of 10 { start at 10 }\n    总分 “Overall” ｛ 扣 1 ｝",
            "Overall",
        ),
    ] {
        assert_eq!(
            total_is_called(title, statements),
            label,
            "{title} {statements}"
        );
    }
}
