//! What is known of a subject before anything is computed: that a goal speaks of a figure, that a
//! condition came out so, that a result came out at all, says of what is given, and how, at once.

use super::goal::Goal;
use super::interval::{End, Interval};
use super::reach::coming_out;
use super::search::Search;
use super::space::{ABSENT, Choice, Holds, Instance, Leaf, PRESENT, Region};
use crate::number::Rational;
use crate::plan::{Comparison, Gives, NodeId, Op, Test};
use crate::syntax::Aggregate;
use crate::value::Value;

/// What is to be gone into: a node that has a value, or a condition that came out so.
#[derive(Clone, Copy)]
enum Said {
    Has(NodeId),
    Is(NodeId, bool),
}

impl Search<'_, '_> {
    /// The space, less what the goals rule out at once, and what leaves somebody without a result.
    pub(super) fn whole(&self) -> Region {
        let mut whole = self.space.region();
        for goal in self.goals {
            match goal {
                Goal::Empty(_) | Goal::Differs(..) => {}
                Goal::Answer(place, answer) => {
                    self.premise(&mut whole, place.0, Said::Is(place.1, *answer));
                }
                _ => {
                    for (index, node) in goal.places() {
                        self.premise(&mut whole, index, Said::Has(node));
                    }
                }
            }
        }
        if self.for_empty() {
            return whole;
        }
        for (index, instance) in self.space.instances.iter().enumerate() {
            if !instance.judges {
                continue;
            }
            for node in coming_out(instance.model, instance.plan) {
                if let Some(Op::IfMissing { of, then }) = instance.plan.op(node)
                    && let Some(Op::Stop(_)) = instance.plan.op(*then)
                {
                    self.premise(&mut whole, index, Said::Has(*of));
                }
            }
        }
        whole
    }

    /// Keeps what one thing says of the data.
    fn premise(&self, region: &mut Region, index: usize, said: Said) {
        let Some(instance) = self.space.instances.get(index) else {
            return;
        };
        let mut stack = vec![said];
        while let Some(said) = stack.pop() {
            let (Said::Has(node) | Said::Is(node, _)) = said;
            if self.space.known(index, node).is_some() {
                continue;
            }
            match said {
                Said::Has(node) => has(instance, node, region, &mut stack),
                Said::Is(node, answer) => self.is(instance, (node, answer), region, &mut stack),
            }
        }
    }

    fn is(
        &self,
        instance: &Instance<'_>,
        (node, answer): (NodeId, bool),
        region: &mut Region,
        stack: &mut Vec<Said>,
    ) {
        let Some(op) = instance.plan.op(node) else {
            return;
        };
        match op {
            Op::And(a, b) if answer => stack.extend([Said::Is(*a, true), Said::Is(*b, true)]),
            Op::Or(a, b) if !answer => stack.extend([Said::Is(*a, false), Said::Is(*b, false)]),
            Op::Not(of) => stack.push(Said::Is(*of, !answer)),
            Op::Asked { asked, of } => {
                stack.extend([Said::Is(*asked, true), Said::Is(*of, answer)]);
            }
            Op::Given(of) => {
                if let Some(Op::Input(id)) = instance.plan.op(*of)
                    && let Some(leaf) = instance.leaves.get(id.index())
                {
                    region.choose(leaf.presence, if answer { PRESENT } else { ABSENT });
                }
            }
            Op::Input(_) => {
                stack.push(Said::Has(node));
                if let Some(choice) = chosen(instance, node)
                    && self.space.flags.contains(&choice)
                {
                    region.choose(choice, if answer { 2 } else { 1 });
                }
            }
            Op::Compare(comparison, a, b) => {
                stack.push(Said::Has(node));
                self.compared(instance, (*comparison, *a, *b), answer, region);
            }
            Op::IsOneOf(of, options) => {
                stack.push(Said::Has(node));
                let mut bits = options.iter().map(|option| option_of(instance, *option));
                let bits = bits.try_fold(0, |all, bit| Some(all | bit?));
                if let (Some(choice), Some(bits)) = (chosen(instance, *of), bits) {
                    region.choose(choice, if answer { bits } else { !bits });
                }
            }
            _ => stack.push(Said::Has(node)),
        }
    }

    /// A figure or an option that data gives, compared with a literal one.
    fn compared(
        &self,
        instance: &Instance<'_>,
        (comparison, a, b): (Comparison, NodeId, NodeId),
        answer: bool,
        region: &mut Region,
    ) {
        if let (Some(choice), Some(bit)) = (chosen(instance, a), option_of(instance, b)) {
            match (comparison, answer) {
                (Comparison::Equal, true) | (Comparison::NotEqual, false) => {
                    region.choose(choice, bit);
                }
                (Comparison::Equal, false) | (Comparison::NotEqual, true) => {
                    region.choose(choice, !bit);
                }
                _ => {}
            }
            return;
        }
        let (of, at, comparison) = match (literal(instance, a), literal(instance, b)) {
            (None, Some(at)) => (a, at, comparison),
            (Some(at), None) => (b, at, turned(comparison)),
            _ => return,
        };
        let Some(Holds::Figure(var)) = leaf_of(instance, of).map(|leaf| &leaf.holds) else {
            return;
        };
        let end = |included: bool| {
            Some(End {
                at: at.clone(),
                included,
            })
        };
        let (low, high) = match (comparison, answer) {
            (Comparison::GreaterEqual, true) | (Comparison::Less, false) => (end(true), None),
            (Comparison::Greater, true) | (Comparison::LessEqual, false) => (end(false), None),
            (Comparison::LessEqual, true) | (Comparison::Greater, false) => (None, end(true)),
            (Comparison::Less, true) | (Comparison::GreaterEqual, false) => (None, end(false)),
            (Comparison::Equal, true) | (Comparison::NotEqual, false) => (end(true), end(true)),
            (Comparison::Equal, false) | (Comparison::NotEqual, true) => return,
        };
        let grid = self.space.grids.get(var.index()).and_then(Option::as_ref);
        region.narrow(*var, &Interval { low, high }, grid);
    }
}

/// A node has a value: so have the inputs without which it has none.
fn has(instance: &Instance<'_>, node: NodeId, region: &mut Region, stack: &mut Vec<Said>) {
    let Some(op) = instance.plan.op(node) else {
        return;
    };
    let gives_nothing =
        |node: &NodeId| matches!(instance.plan.op(*node), Some(Op::NoBranch | Op::Stop(_)));
    match op {
        Op::Input(id) | Op::Parameter(id) => {
            if let Some(leaf) = instance.leaves.get(id.index()) {
                region.choose(leaf.presence, PRESENT);
            }
        }
        Op::Asked { asked, of } => stack.extend([Said::Is(*asked, true), Said::Has(*of)]),
        Op::Applies { when, of } => stack.extend([Said::Is(*when, true), Said::Has(*of)]),
        Op::Not(_)
        | Op::Negate(_)
        | Op::Arithmetic(..)
        | Op::Divide { .. }
        | Op::Compare(..)
        | Op::Round { .. }
        | Op::AtLeast { .. }
        | Op::AtMost { .. }
        | Op::Averaged(_)
        | Op::Elapsed(..)
        | Op::At { .. }
        | Op::Between { .. }
        | Op::MeanOfTally { .. } => op.operands(|operand| stack.push(Said::Has(operand))),
        // Each element of a list of options that is summed up has a value.
        Op::Aggregate { kind, of, .. } if *kind != Aggregate::Count => {
            stack.extend(of.iter().copied().map(Said::Has));
        }
        Op::Rows {
            row,
            only: None,
            gives: Gives::One(node),
            ..
        } => {
            if let Some(Op::Row { over, .. }) = instance.plan.op(*row)
                && let Some(Op::Constant(Value::List(options))) = instance.plan.op(*over)
                && !options.is_empty()
            {
                stack.push(Said::Has(*node));
            }
        }
        Op::Select {
            condition,
            then,
            otherwise,
        } => match (gives_nothing(then), gives_nothing(otherwise)) {
            (false, true) => stack.extend([Said::Is(*condition, true), Said::Has(*then)]),
            (true, false) => stack.extend([Said::Is(*condition, false), Said::Has(*otherwise)]),
            _ => stack.push(Said::Has(*condition)),
        },
        Op::IsOneOf(of, _) => stack.push(Said::Has(*of)),
        Op::Otherwise(of, then) | Op::IfMissing { of, then } if gives_nothing(then) => {
            stack.push(Said::Has(*of));
        }
        Op::Lookup { key, rows, .. }
            if !rows.iter().any(|row| matches!(row.test, Test::Missing)) =>
        {
            stack.push(Said::Has(*key));
        }
        _ => {}
    }
}

/// What data gives for a node that is an input.
fn leaf_of<'i>(instance: &'i Instance<'_>, node: NodeId) -> Option<&'i Leaf> {
    match instance.plan.op(node)? {
        Op::Input(id) => instance.leaves.get(id.index()),
        Op::Asked { of, .. } => match instance.plan.op(*of)? {
            Op::Input(id) => instance.leaves.get(id.index()),
            _ => None,
        },
        _ => None,
    }
}

fn chosen(instance: &Instance<'_>, node: NodeId) -> Option<Choice> {
    match leaf_of(instance, node)?.holds {
        Holds::Chosen(choice) => Some(choice),
        _ => None,
    }
}

/// A literal option, as a bit.
fn option_of(instance: &Instance<'_>, node: NodeId) -> Option<u64> {
    match instance.plan.op(node)? {
        Op::Constant(Value::Option(option)) => 1_u64.checked_shl(*option),
        _ => None,
    }
}

fn literal<'i>(instance: &'i Instance<'_>, node: NodeId) -> Option<&'i Rational> {
    match instance.plan.op(node)? {
        Op::Constant(Value::Number(value)) => Some(value),
        _ => None,
    }
}

/// The same comparison with its sides exchanged.
const fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
        same => same,
    }
}
