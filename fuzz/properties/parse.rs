//! Any text gives a tree that keeps to the text: every place lies inside it, between characters,
//! in written order and within what holds it; findings keep to their limit.
//!
//! Whether the tree says what the text says is for the tests of the parser.

use assize::syntax::{
    Block, Comment, ExprKind, GradeLines, InputShape, Kind, Line, Statement, TableBody, parse,
};
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
        for operand in operands(&expr.kind) {
            assert!(
                (operand as usize) < index,
                "an operand behind its use: {expr:?}"
            );
        }
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
            for inner in blocks(statement) {
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

fn blocks(statement: &Statement) -> Vec<&Block> {
    match &statement.kind {
        Kind::Hole(hole) => hole.body.iter().collect(),
        Kind::Input(input) => match &input.shape {
            InputShape::Group(members) | InputShape::Either(members) => vec![members],
            InputShape::Field(_) => Vec::new(),
        },
        Kind::Item(scored) | Kind::Group(scored) => vec![&scored.body],
        Kind::Total { body: block, .. } | Kind::Example { body: block, .. } => vec![block],
        Kind::Table { body, .. } | Kind::Line(Line::ScoreBy { body, .. }) => vec![rows(body)],
        Kind::Grade { lines, .. } => match lines {
            GradeLines::Own(body) => vec![rows(body)],
            GradeLines::Using(_, block) => block.iter().collect(),
        },
        _ => Vec::new(),
    }
}

fn rows(body: &TableBody) -> &Block {
    match body {
        TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => rows,
    }
}

fn operands(kind: &ExprKind) -> Vec<u32> {
    let ids = match kind {
        ExprKind::Bracket(of) | ExprKind::Unary(_, of) | ExprKind::Round(_, of) => vec![*of],
        ExprKind::Binary(_, left, right) | ExprKind::Otherwise(left, right) => vec![*left, *right],
        ExprKind::TableOf(_, of) => vec![*of],
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => [Some(*condition), Some(*then), *otherwise]
            .into_iter()
            .flatten()
            .collect(),
        ExprKind::IsOneOf(of, options) => [&[*of], options.as_slice()].concat(),
        ExprKind::Aggregate(_, of) | ExprKind::List(of) => of.clone(),
        ExprKind::Map(entries) => entries.iter().map(|(_, value)| *value).collect(),
        _ => Vec::new(),
    };
    ids.into_iter().map(|id| id.0).collect()
}
