//! What a list of presets shows, read from the scheme as it is written.
//!
//! A kind is told by what the scheme holds: figures that come out make it a computation, a
//! parameter without a default that every result waits for makes that a template. Whether the
//! scheme is right is not looked at.

use assize::syntax::{Block, Held, InputShape, Kind as Written, Period, Statement, Tree};

use crate::Kind;

/// What a list of presets shows.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) title: String,
    pub(crate) document: String,
    pub(crate) kind: Kind,
    pub(crate) cycle: Option<Period>,
    pub(crate) edition_of: Option<String>,
}

impl Facts {
    pub(crate) fn of_tree(tree: &Tree) -> Self {
        let scheme = &tree.scheme;
        let mut facts = Self {
            title: match &scheme.label {
                Some(label) => label.text.clone(),
                None => scheme.slug.text.clone(),
            },
            document: String::new(),
            kind: kind(&scheme.body),
            cycle: None,
            edition_of: None,
        };
        for statement in &scheme.body.statements {
            match &statement.kind {
                Written::Source(source) => facts.document.clone_from(&source.text),
                Written::Assesses { every, .. } => facts.cycle = *every,
                Written::EditionOf(family) => facts.edition_of = Some(family.text.clone()),
                _ => {}
            }
        }
        facts
    }
}

/// What a scheme does. One that computes may name indicators and steps as well, and one with
/// indicators steps: the first that fits is its kind.
fn kind(body: &Block) -> Kind {
    let all = with_readings(body);
    let holds = |is: fn(&Written) -> bool| all.iter().any(|statement| is(&statement.kind));
    let computes = holds(|kind| {
        matches!(
            kind,
            Written::Extends(_)
                | Written::Item(_)
                | Written::Group(_)
                | Written::Total(_)
                | Written::Grade { .. }
                | Written::Result { .. }
                | Written::Consequence { .. }
                | Written::Require { .. }
        )
    });
    if computes && holds(is_open) {
        Kind::Template
    } else if computes {
        Kind::Computational
    } else if holds(|kind| matches!(kind, Written::Indicator(_))) {
        Kind::Indicator
    } else {
        Kind::Process
    }
}

/// Whether a statement is a parameter that must be set.
fn is_open(kind: &Written) -> bool {
    let Written::Input(input) = kind else {
        return false;
    };
    input.parameter
        && match &input.shape {
            InputShape::Field(field) => !field.optional && field.default.is_none(),
            InputShape::Group(_) | InputShape::Either(_) => true,
        }
}

/// The statements of a scheme with the lines that readings hold.
fn with_readings(body: &Block) -> Vec<&Statement> {
    let mut all: Vec<&Statement> = body.statements.iter().collect();
    for statement in &body.statements {
        if let Written::Reading { alternatives, .. } = &statement.kind {
            for alternative in alternatives {
                if let Held::Lines(lines) = &alternative.holds {
                    all.extend(&lines.statements);
                }
            }
        }
    }
    all
}
