//! What the text of a scheme says of its inputs: read from its tree, and nothing more.

use std::collections::HashMap;

use assize::number::Rational;
use assize::syntax::{
    BaseType, Block, Bound, ExprId, ExprKind, Field, InOrder, InputShape, Kind, Naming, Quantity,
    Tree, UnaryOp, parse,
};
use assize::text::Limits;

use crate::subjects::ratio;

/// What the text says of an input.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// The ends of its range, where they are figures.
    pub low: Option<Rational>,
    pub high: Option<Rational>,
    pub step: Option<Rational>,
    /// What the figures of a map come to together.
    pub sum: Option<Rational>,
    pub share: bool,
    pub may_be_absent: bool,
    /// It tells one row from another: by itself, or by its place in their order.
    pub tells_rows: bool,
}

/// What a text, and those that it names, say of inputs.
#[derive(Debug, Default)]
pub struct Rules {
    /// By key; inputs of different rows may have the same.
    pub of_inputs: HashMap<String, Vec<Rule>>,
    /// The figures that stand in the text.
    pub figures: Vec<Rational>,
}

impl Rules {
    /// `others` are the texts of schemes that this one names.
    pub fn of(text: &str, others: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut rules = Self::default();
        rules.read(text, others);
        rules.figures.sort();
        rules.figures.dedup();
        rules
    }

    fn read(&mut self, text: &str, others: &dyn Fn(&str) -> Option<String>) {
        let tree = parse(text, &Limits::default()).tree;
        for expr in &tree.exprs {
            if let ExprKind::Quantity(quantity) = &expr.kind {
                self.figures.push(exact(quantity));
            }
        }
        let mut named = Vec::new();
        self.block(&tree, &tree.scheme.body, &mut named);
        for slug in named {
            if let Some(text) = others(&slug) {
                self.read(&text, others);
            }
        }
    }

    /// Notes the inputs of a block; blocks nest as deep as the parser lets them.
    fn block(&mut self, tree: &Tree, block: &Block, named: &mut Vec<String>) {
        for statement in &block.statements {
            let input = match &statement.kind {
                Kind::Input(input) => input,
                Kind::Extends(slug) => {
                    named.push(slug.text.clone());
                    continue;
                }
                _ => continue,
            };
            let field = match &input.shape {
                InputShape::Field(field) => field,
                InputShape::Group(members) | InputShape::Either(members) => {
                    self.block(tree, members, named);
                    continue;
                }
            };
            for naming in &input.names {
                self.of_inputs
                    .entry(key(naming))
                    .or_default()
                    .push(rule(tree, field));
            }
            match &field.of.base {
                BaseType::Record(members) => self.block(tree, members, named),
                BaseType::OneOf { kinds, .. } => {
                    for (_, members) in kinds {
                        self.block(tree, members, named);
                    }
                }
                BaseType::ResultOf(slug) => named.push(slug.text.clone()),
                _ => {}
            }
            if let Some(InOrder::By(path)) = &field.in_order {
                for name in &path.names {
                    let own = self.of_inputs.entry(name.text.clone()).or_default();
                    own.push(Rule {
                        tells_rows: true,
                        ..Rule::default()
                    });
                }
            }
        }
    }
}

fn key(naming: &Naming) -> String {
    let name = naming.key.as_ref().or(naming.name.as_ref());
    match (name, &naming.label) {
        (Some(name), _) => name.text.clone(),
        (None, Some(label)) => label.text.clone(),
        (None, None) => String::new(),
    }
}

fn rule(tree: &Tree, field: &Field) -> Rule {
    let end = |bound: &Option<Bound>| bound.and_then(|own| constant(tree, own.at));
    let range = field.of.range.as_ref();
    let per = field.of.per.as_ref();
    Rule {
        low: range.and_then(|range| end(&range.low)),
        high: range.and_then(|range| end(&range.high)),
        step: field.step.as_ref().map(exact),
        sum: per.and_then(|per| per.summing_to.as_ref()).map(exact),
        share: matches!(field.of.base, BaseType::Ratio),
        may_be_absent: field.optional || field.default.is_some() || field.only_when.is_some(),
        tells_rows: field.unique,
    }
}

fn constant(tree: &Tree, id: ExprId) -> Option<Rational> {
    match &tree.exprs[id.0 as usize].kind {
        ExprKind::Quantity(quantity) => Some(exact(quantity)),
        ExprKind::Unary(UnaryOp::Minus, of) => Some(-constant(tree, *of)?),
        _ => None,
    }
}

fn exact(quantity: &Quantity) -> Rational {
    let value = Rational::from_decimal(quantity.value);
    if quantity.percent {
        &value * &ratio(1, 100)
    } else {
        value
    }
}
