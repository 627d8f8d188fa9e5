//! Texts that were damaged or made to hurt: there is always a tree, and always soon.

use std::time::{Duration, Instant};

use super::super::{Kind, Statement, parse};
use super::{read, show};
use crate::text::Limits;

/// How soon an answer must come, on a machine that has other work to do.
const SOON: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 5 });

/// How large the texts are: as large as the limits allow where the build is the one people use.
const SIZE: usize = if cfg!(debug_assertions) {
    1 << 12
} else {
    1 << 20
};

fn answered(text: &str) -> Vec<&'static str> {
    let start = Instant::now();
    // A small stack, as an embedding server's threads may have.
    let owned = text.to_owned();
    let worker = std::thread::Builder::new().stack_size(1 << 20);
    let found = worker
        .spawn(move || {
            let parsed = read(&owned);
            parsed
                .diagnostics
                .iter()
                .map(|finding| finding.code.name)
                .collect::<Vec<_>>()
        })
        .unwrap()
        .join()
        .unwrap();
    let shown: String = text.chars().take(40).collect();
    assert!(
        start.elapsed() < SOON,
        "{shown:?} took {:?}",
        start.elapsed()
    );
    assert!(found.len() <= 100, "{shown:?}: {} findings", found.len());
    found
}

fn filled(unit: &str) -> String {
    unit.repeat(SIZE / unit.len())
}

#[test]
fn a_mebibyte_of_one_thing_is_answered() {
    for unit in [
        "(",
        ")",
        "「",
        "“",
        "\"",
        "《",
        "{",
        "}",
        "a ",
        "1+",
        "a\n",
        "#",
        "# x\n",
        "\n",
        "=",
        "=>",
        "。",
        ",",
        "[",
        "{\n",
        "}\n",
        "a {\n",
        "{}",
        "\u{200B}",
        "每",
        "扣1",
        "每x扣1 ",
        "let x = 1\n",
        "if ",
        "not ",
        "-",
        "a of ",
        "round up ",
        "a.",
        "a, ",
        "cite ",
        "item a {\n}\n",
        "item a {\n",
        "  item a\n",
        "1,000,",
        ".5 ",
        "a =\n",
        "a and\n\n\n",
        "- ",
        "\"a\"b\"c\" ",
        "// ",
        "x => ",
    ] {
        answered(&filled(unit));
    }
}

#[test]
fn a_mebibyte_inside_a_scheme_is_answered() {
    for (before, unit, after) in [
        ("scheme s {\nlet x = ", "(", "1\n}\n"),
        ("scheme s {\nlet x = ", "1+", "1\n}\n"),
        ("scheme s {\nlet x = ", "if a then ", "1\n}\n"),
        ("scheme s {\nlet x = ", "not ", "1\n}\n"),
        ("scheme s {\nlet x = ", "- ", "1\n}\n"),
        ("scheme s {\nlet x = ", "a of ", "b\n}\n"),
        ("scheme s {\nlet x = ", "round up ", "b\n}\n"),
        ("scheme s {\nlet x = ", "{ a ", "1\n}\n"),
        ("scheme s {\nlet x = ", "「", "\n}\n"),
        ("scheme s {\nlet x = ", "合计 ", "b\n}\n"),
        ("scheme s {\nlet x = b ", "的 合计 ", "\n}\n"),
        ("scheme s {\nlet x = if a ", "+ a ", "b\n}\n"),
        ("scheme s {\nlet x = ", "1-", "b c\n}\n"),
        ("scheme s {\n", "deduct 5 if late\n", "}\n"),
        ("scheme s {\n", "每问题数扣1\n", "}\n"),
        ("scheme s {\n", "let x = rank of y\n", "}\n"),
        ("scheme s {\n", "{\n", ""),
        ("scheme s {\ntable t {\n", "a, ", "}\n}\n"),
        ("scheme s {\ntable t {\n", "a => 1, ", "b}\n}\n"),
        ("scheme s {\nchoice t {\n", "a b, ", "}\n}\n"),
        ("scheme s {\nlet x = 1 #", "\u{202E}x", "\n}\n"),
        ("scheme s {\nlet x = 1 ", "+\n", "\n}\n"),
        ("scheme s {\n", "item a out of 10\n  start at 10\n", "}\n"),
    ] {
        answered(&format!(
            "{before}{}{after}",
            unit.repeat(SIZE / unit.len() - 40)
        ));
    }
}

#[test]
fn statements_beyond_the_limit_are_not_read() {
    let limits = Limits {
        statements: 20,
        ..Limits::default()
    };
    let parsed = |lines: usize| {
        parse(
            &format!("scheme s {{\n{}}}\n", "let x = 1\n".repeat(lines)),
            &limits,
        )
    };
    assert!(parsed(20).diagnostics.is_empty());
    let many = parsed(21);
    assert_eq!(many.diagnostics.len(), 1);
    assert_eq!(many.diagnostics[0].code.name, "limit-passed");
    assert_eq!(many.tree.scheme.body.statements.len(), 20);
}

#[test]
fn limits_are_named() {
    let inside = |line: &str| read(&format!("scheme s {{\n{line}\n}}\n"));
    let one = |line: &str| {
        let parsed = inside(line);
        let found: Vec<&str> = parsed
            .diagnostics
            .iter()
            .map(|finding| finding.code.name)
            .collect();
        assert_eq!(
            found,
            ["limit-passed"],
            "{}",
            line.chars().take(40).collect::<String>()
        );
        assert!(!parsed.diagnostics[0].span.of("").contains('x'));
    };
    one(&format!("let x = {}1{}", "(".repeat(65), ")".repeat(65)));
    one(&format!("let x = {}1", "if a then ".repeat(65)));
    one(&format!("let x = {}1", "- ".repeat(65)));
    one(&format!("let x = {}b", "a of ".repeat(65)));
    one(&format!("let x = 1{}", " + 1".repeat(5_000)));
    one(&format!("let {} = 1", "x".repeat(257)));
    one(&format!("let x \"{}\" = 1", "x".repeat(65 << 10)));
    one(&format!("{}{}", "group g {\n".repeat(32), "}\n".repeat(32)));
    for fine in [
        format!("let x = {}1{}", "(".repeat(64), ")".repeat(64)),
        format!("let x = 1{}", " + 1".repeat(4_990)),
        format!("let {} = 1", "x".repeat(256)),
        format!("{}{}", "group g {\n".repeat(31), "}\n".repeat(31)),
        format!("let x = mean of ({})", "if a then 1, ".repeat(200) + "1"),
    ] {
        assert!(
            inside(&fine).diagnostics.is_empty(),
            "{:?}",
            inside(&fine).diagnostics
        );
    }
}

fn count(statements: &[Statement], leaves: &mut Vec<String>, text: &str) {
    for statement in statements {
        let inner = match &statement.kind {
            Kind::Item(scored) | Kind::Group(scored) => Some(&scored.body),
            Kind::Total { body: block, .. } | Kind::Example { body: block, .. } => Some(block),
            Kind::Hole(hole) => hole.body.as_ref(),
            _ => None,
        };
        match inner {
            Some(block) => count(&block.statements, leaves, text),
            None if matches!(statement.kind, Kind::Hole(_)) => {}
            None => leaves.push(statement.span.of(text).to_owned()),
        }
    }
}

/// The leaf statements of a text.
fn leaves(text: &str) -> Vec<String> {
    let mut leaves = Vec::new();
    count(&read(text).tree.scheme.body.statements, &mut leaves, text);
    leaves
}

#[test]
fn a_deleted_character_costs_little() {
    for text in [
        include_str!("schemes/welfare-en.scheme"),
        include_str!("schemes/welfare-zh.scheme"),
    ] {
        let whole = leaves(text);
        let mut most = (0, String::new());
        let mut lost = 0_usize;
        let mut tried = 0_usize;
        let step = if cfg!(debug_assertions) { 31 } else { 1 };
        let characters = text
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace() || *c == '\n');
        for (at, c) in characters.step_by(step) {
            let mut mutant = text.to_owned();
            mutant.remove(at);
            let start = Instant::now();
            let parsed = read(&mutant);
            assert!(start.elapsed() < Duration::from_secs(2));
            let before: String = text[..at].lines().last().unwrap_or("").to_owned();
            assert!(
                parsed.diagnostics.len() <= 6,
                "without {c:?} behind {before:?}: {:#?}",
                parsed
                    .diagnostics
                    .iter()
                    .map(|finding| &finding.message.en)
                    .collect::<Vec<_>>()
            );
            let mut kept = leaves(&mutant);
            let gone = whole
                .iter()
                .filter(|leaf| match kept.iter().position(|one| one == *leaf) {
                    Some(found) => {
                        kept.swap_remove(found);
                        false
                    }
                    None => true,
                });
            let gone = gone.count();
            lost += gone;
            tried += 1;
            if gone > most.0 {
                most = (gone, format!("{c:?} behind {before:?}"));
            }
        }
        assert!(lost <= tried, "{lost} statements lost in {tried} deletions");
        assert!(most.0 <= 6, "{} statements lost without {}", most.0, most.1);
    }
}

#[test]
fn every_prefix_has_a_tree() {
    for text in [
        include_str!("schemes/welfare-en.scheme"),
        include_str!("schemes/welfare-zh.scheme"),
    ] {
        for (at, _) in text
            .char_indices()
            .step_by(if cfg!(debug_assertions) { 41 } else { 3 })
        {
            let _ = show::tree(&read(&text[..at]).tree);
        }
    }
}

#[test]
fn a_long_statement_is_not_searched_for_ever() {
    for line in [
        format!("let x = if a {} b", "+ a ".repeat(4_900)),
        format!("let x = {}b c", "1-".repeat(4_900)),
        format!("若 a {}扣1", "＋ a ".repeat(4_900)),
    ] {
        assert_eq!(answered(&format!("scheme s {{\n{line}\n}}\n")).len(), 1);
    }
}

#[test]
fn nested_lists_and_ranks_are_answered() {
    let nested = |open: &str, inside: &str, close: &str| {
        // Sixty brackets stay within the limit, a thousand do not; neither may double at a level.
        for depth in [20_usize, 60, 1_000] {
            for end in [close.repeat(depth), String::new(), close.repeat(depth / 2)] {
                let text = format!(
                    "scheme s {{\nlet x = {}{inside}{end}\n}}\n",
                    open.repeat(depth)
                );
                let start = Instant::now();
                let _ = read(&text);
                assert!(start.elapsed() < Duration::from_secs(5), "{open} {depth}");
            }
        }
    };
    for (open, close) in [
        ("rank of (", ")"),
        ("sum of (", ")"),
        ("count(", " where a)"),
        ("share of (", " where a)"),
        ("year of (", ")"),
        ("band of (", ")"),
        ("square root of (", ")"),
        ("every (", ") has a"),
        ("some c in (", ") has a"),
        ("every c has (", ")"),
        ("names in (", ") where a"),
        ("highest 3 of (", ")"),
        ("top (", ") of xs by y, round down, ties all in"),
        ("top 3 of (", ") by y, ties all in"),
        ("split (", ") by a in b to 1, remainder to the last"),
        ("xs[", "]"),
        ("合计 (", ")"),
        ("占比 (", " 其中 a)"),
        ("每 (", ") 均 a"),
        ("逐一 c 于 (", ") 取 a"),
        ("逐一 c 于 k 取 (", ")"),
        ("最高3项 (", ")"),
        ("a 在 (", ") 中的排名，由高到低，并列按序"),
        ("a 按 (", ") 前3，并列全取"),
        ("平方根 (", ")"),
        ("every c has ", ""),
        ("每 c 均 ", ""),
        ("逐一 c 于 k 取 ", ""),
        ("平方根 ", ""),
        ("square root of ", ""),
        ("rank of ", ""),
        ("if a, then b, else ", ""),
        ("(a ^ ", ")"),
    ] {
        nested(open, "b", close);
        nested(open, "+", close);
    }
    for open in ["list of { a : ", "list of one of k { A { a : "] {
        let text = format!("scheme s {{\ninput x : {}count\n}}\n", open.repeat(1_000));
        let start = Instant::now();
        let _ = read(&text);
        assert!(start.elapsed() < Duration::from_secs(5), "{open}");
    }
}
