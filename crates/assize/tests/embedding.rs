//! The program of the `embed` example does what it says; its figures are calculated by hand.

#[path = "../examples/embed.rs"]
mod embed;

#[test]
fn the_example_runs() {
    let mut out = Vec::new();
    embed::report(&mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = out.lines().collect();

    // The misspelt name stands in line 15.
    assert!(lines[0].starts_with("line 15: `complaint`"), "{out}");
    // 52.5 + (40 − 6.5) = 86, below 90.
    assert!(lines.contains(&"86 fair"), "{out}");
    // Not visited: 60; no complaint: 40.
    assert!(lines.contains(&"100 good"), "{out}");
    // 61 of 60 points cannot be right.
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("refused (visit_score): ")),
        "{out}"
    );
    // Ten complaints take off 65 of 40 marks, and an item does not go below zero.
    assert!(lines.contains(&"40 poor"), "{out}");
    let order = ["86 fair", "100 good", "refused", "40 poor"];
    let places = order.map(|start| lines.iter().position(|line| line.starts_with(start)));
    assert!(places.is_sorted(), "{out}");

    let json: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
    assert_eq!(json["results"]["total"], "86");
    assert_eq!(json["results"]["grade"], "fair");
}
