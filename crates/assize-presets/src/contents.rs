//! What a list of presets shows, read from the scheme as it is written.
//!
//! A kind is told by what the scheme holds. Marks, grades and figures that are worked out make it
//! computational; a parameter without a default, which somebody has to set first, makes that a
//! template. Consequences and yes-or-no requirements work nothing out: they are duties, and a
//! scheme of duties and steps is a process, unless it is about what is observed. Whether the scheme
//! is right is not looked at.

use assize::syntax::{
    BinaryOp, Block, ExprKind, Held, InputShape, Kind as Written, Period, Statement, Tree,
};

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
            kind: kind(tree),
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

/// Steps and duties to each indicator from which a scheme is about the steps.
const STEPS_TO_AN_INDICATOR: usize = 5;

/// What a scheme does: the first that fits.
fn kind(tree: &Tree) -> Kind {
    let all = with_readings(&tree.scheme.body);
    if all.iter().any(|statement| computes(statement, tree)) {
        let is_open = all.iter().any(|statement| is_open(&statement.kind));
        return if is_open {
            Kind::Template
        } else {
            Kind::Computational
        };
    }
    let (mut indicators, mut steps) = (0_usize, 0_usize);
    for statement in all {
        match &statement.kind {
            Written::Indicator(_) => indicators = indicators.saturating_add(1),
            Written::Procedure { body, .. } => steps = steps.saturating_add(body.statements.len()),
            Written::Require { .. } => steps = steps.saturating_add(1),
            _ => {}
        }
    }
    if steps > indicators.saturating_mul(STEPS_TO_AN_INDICATOR) {
        Kind::Process
    } else {
        Kind::Indicator
    }
}

/// Whether a statement works something out.
fn computes(statement: &Statement, tree: &Tree) -> bool {
    match &statement.kind {
        Written::Extends(_)
        | Written::Item(_)
        | Written::Group(_)
        | Written::Total { .. }
        | Written::Grade { .. } => true,
        Written::Let { .. }
        | Written::LetTable { .. }
        | Written::LetMap { .. }
        | Written::Each { .. }
        | Written::Reading { .. }
        | Written::Result { .. } => tree.exprs.iter().any(|expr| {
            let is_inside =
                statement.span.start <= expr.span.start && expr.span.end <= statement.span.end;
            is_inside && works_out(&expr.kind)
        }),
        _ => false,
    }
}

/// Whether an expression makes a figure of others, or picks by comparing; names, flags and lists of
/// what fired do not.
fn works_out(kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Binary(operator, _, _) => matches!(
            operator,
            BinaryOp::Plus | BinaryOp::Minus | BinaryOp::Times | BinaryOp::Over
        ),
        ExprKind::Aggregate(..)
        | ExprKind::TableOf(..)
        | ExprKind::Round(..)
        | ExprKind::NamesIn(..)
        | ExprKind::Where(..)
        | ExprKind::ShareOf(..)
        | ExprKind::Rank { .. }
        | ExprKind::Top { .. }
        | ExprKind::Split { .. } => true,
        _ => false,
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

#[cfg(test)]
mod tests {
    use assize::syntax::parse;
    use assize::text::Limits;

    use super::*;

    #[track_caller]
    fn is(kind: Kind, body: &str) {
        let text =
            format!("scheme s \"甲\" {{\nsource 《乙》\nassesses unit every year\n{body}\n}}\n");
        let parsed = parse(&text, &Limits::default());
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let facts = Facts::of_tree(&parsed.tree);
        assert_eq!(facts.kind, kind, "{body}");
        assert_eq!(
            (facts.title.as_str(), facts.document.as_str()),
            ("甲", "乙")
        );
        assert_eq!(facts.cycle, Some(Period::Year));
    }

    #[test]
    fn marks_and_sums_are_computed() {
        is(
            Kind::Computational,
            "input n : count\nreading twice { a => n + 1, b => n }\nrequire often : twice >= 2",
        );
        is(
            Kind::Computational,
            "input late : count\nitem a out of 10 {\nstart at 10\ndeduct 1 per late\n}",
        );
        is(
            Kind::Computational,
            "input a, b : count\nindicator speed\nresult rate = a / b otherwise no value",
        );
        is(
            Kind::Computational,
            "input a : count\nreading r {\nx { let b = a + 1 }\ny { let b = a }\n}\nresult b",
        );
    }

    #[test]
    fn what_must_be_set_first_makes_a_template() {
        let open = |clause: &str| {
            format!(
                "parameter limit : count{clause}\ninput a : count\nresult over = max of (a - limit, 0)"
            )
        };
        is(Kind::Template, &open(""));
        is(Kind::Computational, &open(", optional"));
        is(Kind::Computational, &open(" = 3"));
    }

    #[test]
    fn duties_and_indicators_compute_nothing() {
        let duties =
            "input told : flag\nrequire told_them : told\nresult failures = failed requirements";
        is(Kind::Process, duties);
        is(Kind::Indicator, &format!("indicator speed\n{duties}"));
        let steps = "procedure p {\nstep a\nstep b\nstep c\nstep d\nstep e\nstep f\n}";
        is(Kind::Process, &format!("indicator speed\n{steps}"));
        is(
            Kind::Indicator,
            &format!("indicator speed\nindicator care\n{steps}"),
        );
    }
}
