//! Whether two trees say the same: equal apart from places, comments, blank lines, brackets that
//! change nothing, and the kinds of quotes.
//!
//! Each tree is read into one flat list of marks; the lists are compared. Every field is named
//! here, so that a new one cannot be forgotten.

mod expressions;
mod lines;
mod statements;

use super::{
    Block, Cite, Date, Name, Naming, Path, Quantity, Quoted, SchemeBlock, Statement, Tree,
};
use crate::text::Span;

/// Where two trees first say different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The statement in the first text.
    pub first: Span,
    /// The statement in the second text.
    pub second: Span,
}

/// Whether two trees say the same.
#[must_use]
pub fn same_meaning(first: &Tree, second: &Tree) -> bool {
    first_difference(first, second).is_none()
}

/// The first statements that say different things.
#[must_use]
pub fn first_difference(first: &Tree, second: &Tree) -> Option<Difference> {
    let (first_marks, second_marks) = (Marks::of(first), Marks::of(second));
    let mut pairs = first_marks.list.iter().zip(&second_marks.list);
    let different = pairs.find(|((one, _), (other, _))| one != other);
    let place = |marks: &Marks<'_>| marks.list.last().map_or(Span::default(), |(_, at)| *at);
    match different {
        Some(((_, first), (_, second))) => Some(Difference {
            first: *first,
            second: *second,
        }),
        None if first_marks.list.len() == second_marks.list.len() => None,
        None => Some(Difference {
            first: place(&first_marks),
            second: place(&second_marks),
        }),
    }
}

/// One thing that a tree says.
#[derive(Debug, PartialEq, Eq)]
enum Mark<'t> {
    /// What follows.
    Kind(&'static str),
    /// One of a few choices, by its name in the tree.
    Choice(String),
    /// A name, digits, text in quotes.
    Text(&'t str),
    /// The end of a list or an expression.
    End,
}

struct Marks<'t> {
    tree: &'t Tree,
    list: Vec<(Mark<'t>, Span)>,
    at: Span,
}

impl<'t> Marks<'t> {
    fn of(tree: &'t Tree) -> Self {
        let mut marks = Self {
            tree,
            list: Vec::new(),
            at: Span::default(),
        };
        let Tree {
            scheme,
            exprs: _,
            before: _,
            after: _,
        } = tree;
        let SchemeBlock {
            slug,
            label,
            body,
            beside: _,
        } = scheme;
        marks.at = slug.span;
        marks.name(slug);
        marks.optional(label.as_ref(), Self::quoted);
        marks.block(body);
        marks
    }

    fn mark(&mut self, mark: Mark<'t>) {
        self.list.push((mark, self.at));
    }

    fn kind(&mut self, kind: &'static str) {
        self.mark(Mark::Kind(kind));
    }

    fn choice(&mut self, choice: impl std::fmt::Debug) {
        self.mark(Mark::Choice(format!("{choice:?}")));
    }

    fn optional<T: ?Sized>(&mut self, value: Option<&'t T>, read: impl FnOnce(&mut Self, &'t T)) {
        match value {
            Some(value) => {
                self.kind("given");
                read(self, value);
            }
            None => self.kind("absent"),
        }
    }

    fn all<T>(&mut self, values: &'t [T], mut read: impl FnMut(&mut Self, &'t T)) {
        for value in values {
            read(self, value);
        }
        self.mark(Mark::End);
    }

    fn name(&mut self, name: &'t Name) {
        let Name { text, span: _ } = name;
        self.mark(Mark::Text(text));
    }

    fn path(&mut self, path: &'t Path) {
        let Path { names } = path;
        self.all(names, Self::name);
    }

    fn quoted(&mut self, quoted: &'t Quoted) {
        let Quoted {
            text,
            span: _,
            title,
        } = quoted;
        self.choice(title);
        self.mark(Mark::Text(text));
    }

    fn naming(&mut self, naming: &'t Naming) {
        let Naming { name, key, label } = naming;
        self.optional(name.as_ref(), Self::name);
        self.optional(key.as_ref(), Self::name);
        self.optional(label.as_ref(), Self::quoted);
    }

    fn quantity(&mut self, quantity: &'t Quantity) {
        let Quantity {
            digits,
            value: _,
            percent,
            unit,
            span: _,
        } = quantity;
        self.mark(Mark::Text(digits));
        self.choice((percent, unit));
    }

    fn date(&mut self, date: &'t Date) {
        let Date { day, span: _ } = date;
        self.choice(day);
    }

    fn block(&mut self, block: &'t Block) {
        let Block {
            statements,
            comments: _,
            span: _,
        } = block;
        self.all(statements, Self::statement);
    }

    fn statement(&mut self, statement: &'t Statement) {
        let Statement {
            kind,
            cite,
            assumed,
            span,
            head: _,
            before: _,
            beside: _,
            behind: _,
            blank_before: _,
        } = statement;
        self.at = *span;
        self.statement_kind(kind);
        self.at = *span;
        self.origin(cite.as_ref(), assumed.as_ref());
    }

    /// The article on which something rests, and what it assumes.
    fn origin(&mut self, cite: Option<&'t Cite>, assumed: Option<&'t Quoted>) {
        self.optional(cite, |marks, cite| {
            let Cite { article, says } = cite;
            marks.quoted(article);
            marks.optional(says.as_ref(), Self::quoted);
        });
        self.optional(assumed, Self::quoted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::Limits;

    #[track_caller]
    fn tree(body: &str) -> Tree {
        let parsed = parse(&format!("scheme t {{\n{body}\n}}\n"), &Limits::default());
        assert_eq!(parsed.diagnostics, [], "{body}");
        parsed.tree
    }

    #[track_caller]
    fn same(first: &str, second: &str) {
        assert!(
            same_meaning(&tree(first), &tree(second)),
            "{first}\n{second}"
        );
    }

    #[track_caller]
    fn different(first: &str, second: &str) {
        assert!(
            !same_meaning(&tree(first), &tree(second)),
            "{first}\n{second}"
        );
    }

    #[test]
    fn what_stands_around_the_words_says_nothing() {
        same("let x = a + b # one", "# two\n\n\nlet  x ＝ (a ＋ b)");
        same(
            "item x \"甲\" { start at 5; add 1 }",
            "指标 x “甲” {\n起评5\n加1\n}",
        );
        same("let x = a - b - c", "let x = (a - b) - c");
        same("let x = sum of xs", "令 x = xs 的 合计");
    }

    #[test]
    fn every_word_counts() {
        different("let x = a", "let y = a");
        different("let x = a", "let x \"甲\" = a");
        different("let x = a - b - c", "let x = a - (b - c)");
        different("let x = a + b", "let x = a - b");
        different("let x = 1", "let x = 1.0");
        different("let x = 5", "let x = 5 points");
        different("let x = 40%", "let x = 40");
        different("let x = a.b", "let x = a");
        different("let x = a is one of b", "let x = a is one of b, c");
        different("let x = if a then b", "let x = if a then b else c");
        different("let x = sum of xs", "let x = mean of xs");
        different(
            "let x = round up a to 2 places",
            "let x = round down a to 2 places",
        );
        different(
            "let x = round up a to 2 places",
            "let x = round up a to a multiple of 2",
        );
        different("out of 5", "out of 5 cite \"一\"");
        different("out of 5 cite \"一\"", "out of 5 cite \"一\" says \"二\"");
        different("out of 5 assumed \"一\"", "out of 5 assumed \"二\"");
        different("source 《一》", "source \"一\"");
        different(
            "effective from 2023-02-01",
            "effective from 2023-02-01 until 2024-02-01",
        );
        different("choice c { a, b }", "choice c best first { a, b }");
        different("choice c { a, b }", "choice c { b, a }");
        different("input a : count", "parameter a : count");
        different("input a : count", "input a : number");
        different("input a : points 0..5", "input a : points 0..");
        different("input a : number from 0 below 5", "input a : number 0..5");
        different("input a : count", "input a : count, optional");
        different("input a : count = 0", "input a : count = 1");
        different(
            "input a : count, lower is better",
            "input a : count, higher is better",
        );
        different(
            "input a : count, only when b",
            "input a : count, only when c",
        );
        different("input a : count per b", "input a : count per c");
        different("input a either { b : count }", "input a { b : count }");
        different("item x { deduct 1 }", "item x { add 1 }");
        different(
            "item x { deduct 1 per a }",
            "item x { deduct 1 per a beyond 2 }",
        );
        different(
            "item x { deduct 1 per a beyond 2 }",
            "item x { deduct 1 per a at most 2 }",
        );
        different("item x { deduct 1 }", "item x { deduct 1 when a }");
        different(
            "item x { deduct 1 per full 5 of a }",
            "item x { deduct 1 per started 5 of a }",
        );
        different("item x { not below 0 }", "item x { not above 0 }");
        different(
            "item x { start at 1; add 1 }",
            "item x { add 1; start at 1 }",
        );
        different(
            "group g { missing => count as zero }",
            "group g { missing => count as full }",
        );
        different(
            "group g { missing => count as zero }",
            "group g { all missing => count as zero }",
        );
        different("grade by a { from 5 => b }", "grade by a { above 5 => b }");
        different(
            "grade by a { from 5 => b }",
            "grade by a read from the lower end { from 5 => b }",
        );
        different(
            "grade by a { otherwise => b\nwhen c => d }",
            "grade by a { otherwise => b\nwhen c => no better than d }",
        );
        different(
            "table r by a between points { 1 => 2 }",
            "table r by a between points { 1 => 2 } continue",
        );
        different(
            "guarantee a never rises with b",
            "guarantee a never falls with b",
        );
        different("guarantee a in 0..5", "guarantee a in 0..");
        different("example { given a = 1 }", "example { expect a = 1 }");
        different(
            "example { expect no result a }",
            "example { expect no result b }",
        );
        different("out of 5", "out of 5\nout of 5");
    }

    #[test]
    fn the_first_difference_is_named() {
        let (first, second) = ("out of 5\nlet x = 1", "out of 5\nlet x = 2");
        let difference = first_difference(&tree(first), &tree(second)).expect("they differ");
        let text = format!("scheme t {{\n{first}\n}}\n");
        assert_eq!(difference.first.of(&text), "let x = 1");
    }
}
