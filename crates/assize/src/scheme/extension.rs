//! `extends`: a scheme holds what another holds, less what it writes anew.
//!
//! The statements of the other scheme are put in place of the `extends` line, as they are written
//! there, and the whole is understood as one text. What is found in them is told at that line.

use crate::diagnostic::Diagnostic;
use crate::model::codes;
use crate::syntax::{InputShape, Kind, Name, Naming, Statement, Tree};
use crate::text::{Span, Words, words};

/// A text with what it extends.
pub(super) struct Extension {
    pub(super) text: String,
    /// The `extends` line in the text as written.
    line: Span,
    /// How long what stands in its place is.
    length: u32,
}

/// The scheme that a text extends, and the statement that says so.
pub(super) fn named(tree: &Tree) -> Option<(&Name, &Statement)> {
    tree.scheme
        .body
        .statements
        .iter()
        .find_map(|statement| match &statement.kind {
            Kind::Extends(slug) => Some((slug, statement)),
            _ => None,
        })
}

pub(super) fn not_found(slug: &Name) -> Diagnostic {
    let text = &slug.text;
    Diagnostic::new(
        &codes::UNKNOWN_NAME,
        slug.span,
        words!(
            "there is no scheme `{text}` here to extend; it must stand beside this one, without errors",
            "找不到要沿用的方案“{text}”：它应与本方案放在一起，并且没有错误"
        ),
    )
}

impl Extension {
    pub(super) fn new(
        text: &str,
        tree: &Tree,
        line: &Statement,
        base: &str,
        base_tree: &Tree,
    ) -> Self {
        let own = &tree.scheme.body.statements;
        let kept: Vec<&str> = base_tree
            .scheme
            .body
            .statements
            .iter()
            .filter(|statement| !own.iter().any(|own| replaces(own, statement)))
            .map(|statement| statement.span.of(base))
            .collect();
        let inserted = kept.join("\n");
        let range = line.span.range();
        let before = text.get(..range.start).unwrap_or_default();
        let after = text.get(range.end..).unwrap_or_default();
        Self {
            text: format!("{before}{inserted}{after}"),
            line: line.span,
            length: u32::try_from(inserted.len()).unwrap_or(u32::MAX),
        }
    }

    /// Moves a finding to its place in the text as written.
    pub(super) fn place(&self, diagnostic: &mut Diagnostic) {
        let whole = diagnostic.span;
        let inside = |span: Span| {
            span.start >= self.line.start
                && span.start < self.line.start.saturating_add(self.length)
        };
        if inside(whole) {
            let Words { en, zh } = diagnostic.message.clone();
            diagnostic.message = words!(
                "in the scheme that is extended: {en}",
                "在所沿用的方案中：{zh}"
            );
        }
        diagnostic.span = self.placed(whole);
        for label in &mut diagnostic.labels {
            label.span = self.placed(label.span);
        }
        match &mut diagnostic.fix {
            Some(_) if inside(whole) => diagnostic.fix = None,
            Some(fix) => fix.span = self.placed(fix.span),
            None => {}
        }
    }

    /// A place in the text as written.
    pub(super) fn placed(&self, span: Span) -> Span {
        let end = self.line.start.saturating_add(self.length);
        if span.start < self.line.start {
            return span;
        }
        if span.start < end {
            return self.line;
        }
        let back = |at: u32| at.saturating_sub(end).saturating_add(self.line.end);
        Span::new(back(span.start), back(span.end))
    }
}

/// Whether a statement stands in the place of one of the scheme that is extended: it says what may
/// be said once, or declares the same name.
fn replaces(own: &Statement, base: &Statement) -> bool {
    match (&own.kind, &base.kind) {
        (Kind::Source(_), Kind::Source(_))
        | (Kind::Effective { .. }, Kind::Effective { .. })
        | (Kind::Assesses { .. }, Kind::Assesses { .. })
        | (Kind::OutOf(_), Kind::OutOf(_))
        | (Kind::EditionOf(_), Kind::EditionOf(_))
        | (Kind::Total { .. }, Kind::Total { .. }) => true,
        // A worked example of the other scheme says nothing of this one.
        (_, Kind::Example { .. }) => true,
        (Kind::NoResult { reason: a, .. }, Kind::NoResult { reason: b, .. }) => a.text == b.text,
        (Kind::Result { naming: a, .. }, Kind::Result { naming: b, .. }) => same(a, b),
        (Kind::Result { .. }, _) | (_, Kind::Result { .. }) => false,
        (a, b) => {
            let (a, b) = (declared(a), declared(b));
            !b.is_empty() && b.iter().all(|b| a.iter().any(|a| same(a, b)))
        }
    }
}

/// What a statement declares.
fn declared(kind: &Kind) -> Vec<&Naming> {
    match kind {
        Kind::Input(input) => match &input.shape {
            InputShape::Field(_) | InputShape::Group(_) | InputShape::Either(_) => {
                input.names.iter().collect()
            }
        },
        Kind::Choice(choice) => vec![&choice.naming],
        Kind::Item(scored) | Kind::Group(scored) => vec![&scored.naming],
        Kind::Let { naming, .. }
        | Kind::LetTable { naming, .. }
        | Kind::LetMap { naming, .. }
        | Kind::Table { naming, .. }
        | Kind::Grade { naming, .. }
        | Kind::Consequence { naming, .. }
        | Kind::Require { naming, .. }
        | Kind::Reading { naming, .. }
        | Kind::Procedure { naming, .. } => vec![naming],
        Kind::Indicator(indicator) => vec![&indicator.naming],
        _ => Vec::new(),
    }
}

fn same(a: &Naming, b: &Naming) -> bool {
    match (&a.name, &b.name) {
        (Some(a), Some(b)) => a.text == b.text,
        (None, None) => {
            a.label.as_ref().map(|label| &label.text) == b.label.as_ref().map(|label| &label.text)
        }
        _ => false,
    }
}
