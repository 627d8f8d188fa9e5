//! From text to tree. The only place that knows the parser generator.
//!
//! The text is cut into statements first (`scan`, `braces`, `statements`); each statement's head
//! is then read by its grammar rule, with `{}` for every block inside, and the blocks are read the
//! same way. So no mistake reaches beyond its statement, and nesting is bounded before anything
//! recurses. A statement that its rule does not read to the end becomes a hole with one finding.

mod block;
mod chinese;
mod claim;
mod clues;
mod clues_form;
mod clues_habits;
mod clues_letters;
mod clues_phrases;
mod clues_rows;
mod clues_wording;
mod expected;
mod expr;
mod head;
mod input;
mod likeness;
mod line;
mod lists;
mod literal;
mod observed;
mod rows;
mod scheme;
mod unread;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use pest::Parser as _;
use pest::iterators::Pair;

use crate::diagnostic::Diagnostic;
use crate::text::{Limits, Span};

use super::braces::{self, Braced};
use super::findings::Findings;
use super::{Block, Comment, Expr, ExprId, ExprKind, Name, Parsed, SchemeBlock, Tree, scan};
use head::Head;

mod grammar {
    /// The parser that the grammar files describe.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/words.pest"]
    #[grammar = "grammar/scheme.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// A stretch of a statement as its rule read it.
type Node<'h> = Pair<'h, Rule>;

/// What was read, or the finding that says why it cannot be used.
type Read<T> = Result<T, Box<Diagnostic>>;

/// Reads a scheme. Never fails: what makes no sense becomes holes, each with its finding.
pub(super) fn parse(text: &str, limits: &Limits) -> Parsed {
    let mut findings = Findings::new(limits.diagnostics);
    let braced = scan::tokens(text, limits, &mut findings)
        .and_then(|tokens| braces::balance(text, tokens, limits, &mut findings));
    let tree = match braced {
        None => nothing(),
        Some(braced) => {
            let mut reader = Reader {
                text,
                braced: &braced,
                limits,
                findings: &mut findings,
                exprs: Vec::new(),
                closed: BTreeSet::new(),
                loose: Vec::new(),
                opened: None,
                listed: None,
                own_tables: own_tables(text, &braced),
                place: block::Place::Scheme,
                keys: 1,
                known: OnceCell::new(),
                statements: 0,
            };
            reader.file()
        }
    };
    Parsed {
        tree,
        diagnostics: findings.into_sorted(),
    }
}

/// The tree of a text that was not looked at.
fn nothing() -> Tree {
    Tree {
        scheme: SchemeBlock {
            slug: Name {
                text: String::new(),
                span: Span::default(),
            },
            label: None,
            body: Block::default(),
            beside: None,
        },
        exprs: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
    }
}

/// What is known while a text is read.
struct Reader<'t> {
    text: &'t str,
    braced: &'t Braced,
    limits: &'t Limits,
    findings: &'t mut Findings,
    exprs: Vec<Expr>,
    /// The aggregates whose list stands in brackets, so that a phrase behind them is not its.
    closed: BTreeSet<ExprId>,
    /// Comments inside lists of a statement; they are kept before it.
    loose: Vec<Comment>,
    /// The block of the statement that is read: its `{` and the comment beside that.
    opened: Option<(usize, Option<Comment>)>,
    /// The comment beside the `{` of a list of keys in the statement that is read.
    listed: Option<Comment>,
    /// The tables of the text; one that is named like a word of the language stands for itself.
    own_tables: Vec<String>,
    /// Where the statement stands that is read.
    place: block::Place,
    /// How many keys the table has whose rows are read.
    keys: usize,
    /// The words that the text uses, once a finding has asked for them.
    known: OnceCell<Rc<[&'t str]>>,
    statements: usize,
}

/// Words behind which `of` makes a figure, and which were free for names of tables before.
static NAMES_OF_TABLES: &[&str] = &[
    "share", "median", "variance", "rank", "year", "month", "day",
];

/// The tables of a text whose name is such a word.
fn own_tables(text: &str, braced: &Braced) -> Vec<String> {
    let written = braced.tokens.iter().map(|token| token.span.of(text));
    let mut before = "";
    let mut found = Vec::new();
    for word in written {
        if matches!(before, "table" | "对照表") && NAMES_OF_TABLES.contains(&word) {
            found.push(word.to_owned());
        }
        before = word;
    }
    found
}

impl Reader<'_> {
    fn expr(&mut self, kind: ExprKind, span: Span) -> ExprId {
        let id = ExprId(u32::try_from(self.exprs.len()).unwrap_or(u32::MAX));
        self.exprs.push(Expr { kind, span });
        id
    }

    fn span_of(&self, id: ExprId) -> Span {
        self.exprs
            .get(id.0 as usize)
            .map_or_else(Span::default, |expr| expr.span)
    }
}

/// Reads a head by one rule; the node is what the rule holds.
fn read(rule: Rule, head: &Head) -> Result<Node<'_>, Box<pest::error::Error<Rule>>> {
    let mut pairs = Grammar::parse(rule, &head.text).map_err(Box::new)?;
    let node = pairs.next().ok_or_else(|| {
        Box::new(pest::error::Error::new_from_pos(
            pest::error::ErrorVariant::ParsingError {
                positives: vec![rule],
                negatives: Vec::new(),
            },
            pest::Position::from_start(&head.text),
        ))
    })?;
    Ok(node)
}

/// The parts of a node that a rule read, in order.
fn parts<'h>(node: &Node<'h>, rule: Rule) -> impl Iterator<Item = Node<'h>> + use<'h> {
    node.clone()
        .into_inner()
        .filter(move |part| part.as_rule() == rule)
}

/// The first part of a node that a rule read.
fn part<'h>(node: &Node<'h>, rule: Rule) -> Option<Node<'h>> {
    node.clone()
        .into_inner()
        .find(|part| part.as_rule() == rule)
}

/// Whether a rule read a part of a node.
fn has(node: &Node<'_>, rule: Rule) -> bool {
    part(node, rule).is_some()
}
