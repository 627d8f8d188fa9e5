//! A tree as text: the one way to lay out a scheme, in either keyword language or in the one that
//! each statement was written in.
//!
//! Printed from the tree, not by changing the text, so a scheme can be turned from one language
//! into the other. Comments and single blank lines keep their places; names, figures and quoted
//! text stay as they are; what could not be read is printed as it stands. Nothing in this
//! file proves that the meaning is kept: [`format_checked`] does.

mod checked;
mod claims;
mod comments;
mod expressions;
mod inputs;
mod language;
mod lines;
mod lists;
mod observed;
mod sentence;
mod statements;

pub use checked::{FormatError, format_checked};

use super::words::{Word, spelling};
use super::{
    Alternative, Block, Comment, ExprId, ExprKind, Held, InputShape, Kind, Statement, Test, Tree,
};
use crate::text::Language;
use sentence::{Sentence, WIDTH};
use statements::{Body, Entry, Laid};
use unicode_width::UnicodeWidthStr as _;

/// Columns of one level of blocks.
const INDENT: usize = 4;
/// Columns up to which the conditions of neighbouring rows are filled up with blanks.
const ALIGNED: usize = 40;

/// The language in which keywords are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keywords {
    /// English.
    English,
    /// 中文。
    Chinese,
    /// The language in which each statement begins.
    Keep,
}

/// Writes a tree as text. `text` is what the tree was read from.
///
/// Lines have at most 120 columns where their words allow it; Han takes two.
#[must_use]
pub fn format(tree: &Tree, text: &str, keywords: Keywords) -> String {
    let mut printer = Printer {
        tree,
        text,
        keywords,
        out: String::with_capacity(text.len()),
    };
    printer.scheme();
    printer.out
}

struct Printer<'t> {
    tree: &'t Tree,
    text: &'t str,
    keywords: Keywords,
    out: String,
}

impl<'t> Printer<'t> {
    fn scheme(&mut self) {
        let tree = self.tree;
        self.own_lines(&tree.before, 0, true);
        if self.blank_between(&tree.before, tree.scheme.slug.span.start) {
            self.out.push('\n');
        }
        let language = self.language_of_scheme();
        let mut head = Sentence::default();
        head.word(spelling(Word::Scheme, language));
        head.word(&tree.scheme.slug.text);
        if let Some(label) = &tree.scheme.label {
            head.word(language::in_quotes(label));
        }
        head.word("{");
        self.sentence(&head, 0, tree.scheme.beside.as_ref());
        self.block(&tree.scheme.body, false, 1, language);
        self.line(0, "}", None);
        self.own_lines(&tree.after, 0, false);
    }

    /// The statements between two braces; as `members`, inputs without their keyword.
    fn block(&mut self, block: &'t Block, members: bool, depth: usize, parent: Language) {
        let mut first = true;
        let mut statements = block.statements.as_slice();
        while !statements.is_empty() {
            let (run, rest) = statements.split_at(run_of_rows(statements));
            let laid: Vec<Laid<'t>> = run
                .iter()
                .map(|statement| self.lay(statement, members, self.language_of(statement, parent)))
                .collect();
            let widest = laid
                .iter()
                .filter(|laid| laid.arrow.is_some())
                .map(|laid| laid.head.flat().width())
                .max()
                .unwrap_or(0);
            let column = if widest <= ALIGNED { widest } else { 0 };
            for (statement, laid) in run.iter().zip(laid) {
                self.statement(statement, laid, depth, first, column);
                first = false;
            }
            statements = rest;
        }
        self.own_lines(&block.comments, depth, first);
    }

    fn statement(
        &mut self,
        statement: &'t Statement,
        laid: Laid<'t>,
        depth: usize,
        first: bool,
        column: usize,
    ) {
        let blank = statement.blank_before
            || statement
                .before
                .first()
                .is_some_and(|comment| comment.blank_before);
        if blank && !first {
            self.out.push('\n');
        }
        let span = statement.span;
        let mut before = statement.before.as_slice();
        let mut beside = statement.beside.as_ref();
        let hole = matches!(statement.kind, Kind::Hole(_));
        if hole {
            // Comments inside are printed with the text.
            let outside = |comment: &Comment| comment.span.end <= span.start;
            let count = before.iter().take_while(|comment| outside(comment)).count();
            before = before.get(..count).unwrap_or_default();
            beside = beside.filter(|comment| comment.span.start >= span.end);
        }
        // On one line both would stand at its end; the opening brace has one only where a line
        // ends behind it.
        let behind = statement.behind.as_ref();
        let at_end = behind.or(beside);
        self.own_lines(before, depth, true);
        if self.blank_between(before, span.start) {
            self.out.push('\n');
        }
        if hole {
            // Unicode knows more blanks; in what could not be read they may be its mistake.
            let written = span.of(self.text).trim_end_matches([' ', '\t', '\r', '\n']);
            self.line(depth, written, at_end);
            return;
        }
        let Laid {
            mut head,
            arrow,
            rest,
            body,
            tail,
            language,
        } = laid;
        if let Some(arrow) = arrow {
            let fill = column.saturating_sub(head.flat().width());
            head.word(format!("{:fill$}{arrow}", ""));
            head.append(rest);
        }
        match body {
            Body::None => self.sentence(&head, depth, at_end),
            Body::Block(block) => {
                head.word("{");
                if let Some(rows) = self.rows_on_one_line(block, statement, language) {
                    let mut line = head.clone();
                    line.word(rows);
                    line.word("}");
                    line.append(tail.clone());
                    if self.fits(&line, depth) {
                        self.sentence(&line, depth, at_end);
                        return;
                    }
                }
                self.sentence(&head, depth, beside);
                self.block(block, false, depth.saturating_add(1), language);
                let mut end = Sentence::default();
                end.word("}");
                end.append(tail);
                self.sentence(&end, depth, behind);
            }
            Body::Aspects(members) => {
                head.word("{");
                self.sentence(&head, depth, beside);
                self.block(members, true, depth.saturating_add(1), language);
                self.line(depth, "}", behind);
            }
            Body::Members(members) => {
                head.word("{");
                if let Some(entries) = self.members_on_one_line(members, statement, language) {
                    let mut line = head.clone();
                    line.word(entries);
                    line.word("}");
                    line.append(tail.clone());
                    if self.fits(&line, depth) {
                        self.sentence(&line, depth, at_end);
                        return;
                    }
                }
                self.sentence(&head, depth, beside);
                self.block(members, true, depth.saturating_add(1), language);
                let mut end = Sentence::default();
                end.word("}");
                end.append(tail);
                self.sentence(&end, depth, behind);
            }
            Body::Kinds(kinds) => {
                head.word("{");
                self.sentence(&head, depth, beside);
                let inside = depth.saturating_add(1);
                for (naming, members) in kinds {
                    let mut kind = Sentence::default();
                    self.naming(&mut kind, naming, language);
                    kind.word("{");
                    if let Some(entries) = self.members_on_one_line(members, statement, language) {
                        let mut line = kind.clone();
                        line.word(entries);
                        line.word("}");
                        if self.fits(&line, inside) {
                            self.sentence(&line, inside, None);
                            continue;
                        }
                    }
                    self.sentence(&kind, inside, None);
                    self.block(members, true, inside.saturating_add(1), language);
                    self.line(inside, "}", None);
                }
                let mut end = Sentence::default();
                end.word("}");
                end.append(tail);
                self.sentence(&end, depth, behind);
            }
            Body::Alternatives(alternatives, comments) => {
                head.word("{");
                self.sentence(&head, depth, beside);
                let inside = depth.saturating_add(1);
                let mut columns = self.columns(alternatives, language).into_iter();
                for (nth, alternative) in alternatives.iter().enumerate() {
                    let column = columns.next().unwrap_or(0);
                    self.alternative(alternative, inside, (nth == 0, column), language);
                }
                self.own_lines(comments, inside, alternatives.is_empty());
                let mut end = Sentence::default();
                end.word("}");
                end.append(tail);
                self.sentence(&end, depth, behind);
            }
            Body::Entries(entries, comments) => {
                head.word("{");
                if self.entries_on_one_line(&entries, comments, statement) {
                    let mut line = head.clone();
                    for (nth, entry) in entries.iter().enumerate() {
                        if nth > 0 {
                            line.comma();
                        }
                        line.append(entry.words.clone());
                    }
                    line.word("}");
                    line.append(tail.clone());
                    if self.fits(&line, depth) {
                        self.sentence(&line, depth, at_end);
                        return;
                    }
                }
                self.sentence(&head, depth, beside);
                for (nth, entry) in entries.iter().enumerate() {
                    self.own_lines(entry.before, depth.saturating_add(1), nth == 0);
                    self.sentence(&entry.words, depth.saturating_add(1), entry.beside);
                }
                self.own_lines(comments, depth.saturating_add(1), entries.is_empty());
                let mut end = Sentence::default();
                end.word("}");
                end.append(tail);
                self.sentence(&end, depth, behind);
            }
        }
    }

    /// How wide the names of alternatives are filled up, so that the arrows of neighbours stand
    /// below each other; comments and blocks part them, as they part rows.
    fn columns(&self, alternatives: &[Alternative], language: Language) -> Vec<usize> {
        let mut columns: Vec<usize> = Vec::with_capacity(alternatives.len());
        let mut rest = alternatives;
        while let Some(first) = rest.first() {
            let is_value = |one: &Alternative| matches!(one.holds, Held::Value(_));
            let follows = |one: &&Alternative| is_value(one) && one.before.is_empty();
            let more = match is_value(first) {
                true => rest.iter().skip(1).take_while(follows).count(),
                false => 0,
            };
            let (run, behind) = rest.split_at(more.saturating_add(1));
            let widths = run.iter().map(|one| {
                let mut head = Sentence::default();
                self.naming(&mut head, &one.naming, language);
                head.flat().width()
            });
            let widest = widths.max().unwrap_or(0);
            let column = if widest <= ALIGNED { widest } else { 0 };
            columns.extend(run.iter().map(|_| column));
            rest = behind;
        }
        columns
    }

    fn alternative(
        &mut self,
        alternative: &'t Alternative,
        depth: usize,
        (first, column): (bool, usize),
        language: Language,
    ) {
        self.own_lines(&alternative.before, depth, first);
        let mut head = Sentence::default();
        self.naming(&mut head, &alternative.naming, language);
        let (cite, assumed) = (alternative.cite.as_ref(), alternative.assumed.as_ref());
        match &alternative.holds {
            Held::Value(value) => {
                let arrow = match language {
                    Language::English => "=>",
                    Language::Chinese => spelling(Word::Gives, language),
                };
                let fill = column.saturating_sub(head.flat().width());
                let line = |fill: usize| {
                    let mut line = head.clone();
                    line.word(format!("{:fill$}{arrow}", ""));
                    self.entry_expression(&mut line, *value, language);
                    statements::origin(&mut line, cite, assumed, language);
                    line
                };
                // A line that just fits is not broken for the sake of its neighbours.
                let (mut filled, plain) = (line(fill), line(0));
                if self.fits(&plain, depth) && !self.fits(&filled, depth) {
                    filled = plain;
                }
                self.sentence(&filled, depth, alternative.beside.as_ref());
            }
            Held::Lines(lines) => {
                statements::origin(&mut head, cite, assumed, language);
                head.word("{");
                self.sentence(&head, depth, None);
                self.block(lines, false, depth.saturating_add(1), language);
                self.line(depth, "}", alternative.beside.as_ref());
            }
        }
    }

    /// The members of a list that were written on one line, if they can stand on one.
    fn members_on_one_line(
        &self,
        block: &'t Block,
        statement: &Statement,
        parent: Language,
    ) -> Option<String> {
        let is_type = match &statement.kind {
            Kind::Input(input) => matches!(input.shape, InputShape::Field(_)),
            _ => false,
        };
        let written = block.span.of(self.text);
        if !is_type || !block.comments.is_empty() || written.contains('\n') {
            return None;
        }
        let mut members = Vec::new();
        for member in &block.statements {
            let plain = member.before.is_empty()
                && member.beside.is_none()
                && member.cite.is_none()
                && member.assumed.is_none()
                && matches!(member.kind, Kind::Input(_));
            let laid = self.lay(member, true, self.language_of(member, parent));
            if !plain {
                return None;
            }
            match laid.body {
                Body::None => members.push(laid.head.flat()),
                Body::Members(inner) => {
                    let inner = self.members_on_one_line(inner, member, laid.language)?;
                    let (head, tail) = (laid.head.flat(), laid.tail.flat());
                    members.push(format!("{head} {{ {inner} }} {tail}").trim_end().to_owned());
                }
                _ => return None,
            }
        }
        Some(members.join(", "))
    }

    /// The rows of a block that was written on one line, if they can stand on one.
    fn rows_on_one_line(
        &self,
        block: &'t Block,
        statement: &Statement,
        parent: Language,
    ) -> Option<String> {
        if block.statements.is_empty()
            || !block.comments.is_empty()
            || self.has_line_end(block.span.start, statement.span.end)
        {
            return None;
        }
        let mut rows = Vec::new();
        for row in &block.statements {
            let plain = row.before.is_empty()
                && row.beside.is_none()
                && row.cite.is_none()
                && row.assumed.is_none();
            let Kind::Row { .. } = row.kind else {
                return None;
            };
            let Laid {
                head, arrow, rest, ..
            } = self.lay(row, false, self.language_of(row, parent));
            let text = format!("{} {} {}", head.flat(), arrow?, rest.flat());
            // A comma ends a row, unless the row has a line of its own.
            if !plain || text.contains(',') {
                return None;
            }
            rows.push(text);
        }
        Some(rows.join(", "))
    }

    fn entries_on_one_line(
        &self,
        entries: &[Entry<'_>],
        comments: &[Comment],
        statement: &Statement,
    ) -> bool {
        let plain = comments.is_empty()
            && entries
                .iter()
                .all(|entry| entry.before.is_empty() && entry.beside.is_none());
        let Some(start) = entries.first().and_then(|entry| entry.start) else {
            return plain;
        };
        // From the opening brace on.
        let before = self.text.get(..start as usize).unwrap_or("").trim_end();
        let written = self.text.get(before.len()..statement.span.end as usize);
        plain && written.is_some_and(|written| !written.contains('\n'))
    }

    /// Whether an empty line stands between the last of these comments and what they belong to.
    fn blank_between(&self, comments: &[Comment], start: u32) -> bool {
        let gap = comments
            .last()
            .and_then(|last| self.text.get(last.span.end as usize..start as usize));
        gap.is_some_and(|gap| gap.matches('\n').count() > 1)
    }

    fn has_line_end(&self, start: u32, end: u32) -> bool {
        let range = start as usize..end as usize;
        self.text.get(range).is_none_or(|text| text.contains('\n'))
    }

    fn fits(&self, sentence: &Sentence, depth: usize) -> bool {
        let indent = depth.saturating_mul(INDENT);
        indent.saturating_add(sentence.flat().width()) <= WIDTH
    }

    /// Comments on lines of their own; before the first nothing is left blank if `first`.
    fn own_lines(&mut self, comments: &[Comment], depth: usize, first: bool) {
        for (nth, comment) in comments.iter().enumerate() {
            if comment.blank_before && !(first && nth == 0) {
                self.out.push('\n');
            }
            self.line(depth, &comments::written(comment), None);
        }
    }

    fn sentence(&mut self, sentence: &Sentence, depth: usize, beside: Option<&Comment>) {
        let lines = sentence.wrapped(depth.saturating_mul(INDENT));
        let last = lines.len().saturating_sub(1);
        for (nth, line) in lines.iter().enumerate() {
            self.line(0, line, beside.filter(|_| nth == last));
        }
    }

    fn line(&mut self, depth: usize, text: &str, beside: Option<&Comment>) {
        let indent = depth.saturating_mul(INDENT);
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(text);
        if let Some(comment) = beside {
            self.out.push_str("  ");
            self.out.push_str(&comments::written(comment));
        }
        self.out.push('\n');
    }

    fn expr(&self, id: ExprId) -> Option<&'t super::Expr> {
        self.tree.exprs.get(id.0 as usize)
    }

    fn is_figure(&self, id: ExprId) -> bool {
        matches!(
            self.expr(id).map(|expr| &expr.kind),
            Some(ExprKind::Quantity(_))
        )
    }
}

/// How many of these statements are neighbouring rows; at least one.
fn run_of_rows(statements: &[Statement]) -> usize {
    let is_row =
        |statement: &Statement| matches!(statement.kind, Kind::Row { .. } | Kind::Missing { .. });
    let follows = |statement: &Statement| {
        is_row(statement) && !statement.blank_before && statement.before.is_empty()
    };
    if !statements.first().is_some_and(is_row) {
        return 1;
    }
    let more = statements
        .iter()
        .skip(1)
        .take_while(|next| follows(next))
        .count();
    more.saturating_add(1)
}

impl Test {
    /// The figures, options and bounds that the test names.
    pub(super) fn exprs(&self) -> Vec<ExprId> {
        match self {
            Self::From(at) | Self::Above(at) | Self::UpTo(at) | Self::Below(at) => vec![*at],
            Self::Within(low, high) => vec![*low, *high],
            Self::Bounded(low, high) => vec![low.at, high.at],
            Self::Is(options) => options.clone(),
            Self::Several(tests) => tests.iter().flat_map(Self::exprs).collect(),
            Self::Otherwise | Self::Missing => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
