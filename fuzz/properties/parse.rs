//! Any text gives a tree that keeps to the text: every place lies inside it, between characters,
//! in written order and within what holds it; findings keep to their limit.
//!
//! Whether the tree says what the text says is for the tests of the parser.

use assize::syntax::{Comment, parse};
use assize::text::{Limits, Span};

/// Panics where the text shows a mistake of the parser.
pub fn holds(text: &str) {
    let limits = Limits::default();
    let parsed = parse(text, &limits);

    assert!(parsed.diagnostics.len() <= limits.diagnostics);
    let mut last = 0;
    for found in &parsed.diagnostics {
        inside(text, found.span);
        // That there are more findings than are shown is said last.
        if found.code.name != "limit-passed" {
            assert!(found.span.start >= last, "findings out of order: {found:?}");
            last = found.span.start;
        }
        for label in &found.labels {
            inside(text, label.span);
        }
        if let Some(fix) = &found.fix {
            inside(text, fix.span);
        }
    }

    for (index, expr) in parsed.tree.exprs.iter().enumerate() {
        inside(text, expr.span);
        expr.kind.operands(|operand| {
            assert!(
                (operand.0 as usize) < index,
                "an operand behind its use: {expr:?}"
            );
        });
    }

    let tree = &parsed.tree;
    comments(text, &tree.before);
    comments(text, &tree.after);
    comments(text, tree.scheme.beside.as_slice());
    inside(text, tree.scheme.slug.span);
    let mut open = vec![&tree.scheme.body];
    while let Some(block) = open.pop() {
        inside(text, block.span);
        comments(text, &block.comments);
        let mut after = block.span.start;
        for statement in &block.statements {
            inside(text, statement.span);
            inside(text, statement.head);
            within(statement.head, statement.span);
            within(statement.span, block.span);
            assert!(
                statement.span.start >= after,
                "out of order: {:?}",
                statement.span
            );
            after = statement.span.end;
            comments(text, &statement.before);
            comments(text, statement.beside.as_slice());
            comments(text, statement.behind.as_slice());
            for inner in statement.blocks() {
                within(inner.span, statement.span);
                open.push(inner);
            }
        }
    }
}

fn inside(text: &str, span: Span) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} is no stretch of the text"
    );
}

fn within(inner: Span, outer: Span) {
    let holds = outer.start <= inner.start && inner.end <= outer.end;
    assert!(holds, "{inner:?} is not within {outer:?}");
}

fn comments(text: &str, comments: &[Comment]) {
    for comment in comments {
        let written = text.get(comment.span.range());
        let sign = written.is_some_and(|written| written.starts_with(['#', '＃']));
        assert!(sign, "no comment stands at {:?}", comment.span);
    }
}
