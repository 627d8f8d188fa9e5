//! Two schemes over the same subjects: an old edition and a new one.
//!
//! What both ask for in the same way is one variable; what they compute in the same way from it is
//! known to be the same, and is looked at once. Only what is asked alike is shared: another default,
//! another step or other options make it another input.

use std::collections::BTreeMap;

use super::space::{
    Holds, Instance, Leaf, Space, is_empty_list, is_required, literal_default, range, stands_in,
};
use crate::model::{Input, InputId, Model, Type};
use crate::plan::{NodeId, Op, Plan, WeighedMember};

/// How the inputs of a second plan stand to those of the first.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    /// Pairs that are asked alike, but for their range and for whether they must be given.
    pub(crate) shared: Vec<(InputId, InputId)>,
    /// Inputs of the second plan that the first one asks in another way.
    pub(crate) unlike: Vec<InputId>,
    /// For each node of the first plan the first of those that compute the same.
    canonical: Vec<Option<NodeId>>,
    /// Whether all inputs of both are asked alike, with the same ranges, and the same must be given.
    pub(crate) whole: bool,
}

impl<'a> Space<'a> {
    /// Adds a plan that reads the same subjects as the first one, as far as both ask alike.
    pub(crate) fn beside(&mut self, model: &'a Model, plan: &'a Plan) -> Alike {
        let mut alike = Alike::default();
        let Some(first) = self.instances.first().cloned() else {
            return alike;
        };
        let mut leaves = Vec::new();
        for (at, (input, node)) in (0..).zip(model.inputs.iter().zip(&plan.inputs)) {
            let given = is_required(plan, input, *node) || stands_in(model, input);
            let leaf = self.leaf(model, input, given);
            let before = (0..).zip(&first.model.inputs);
            let before = before
                .map(|(at, input)| (InputId(at), input))
                .find(|(_, other)| other.path == input.path);
            let Some((old, other)) = before else {
                leaves.push(leaf);
                continue;
            };
            let old_leaf = first.leaves.get(old.index());
            match old_leaf.filter(|_| asked_alike((first.model, other), (model, input))) {
                Some(own) => {
                    self.narrow_to(own, &leaf);
                    alike.shared.push((old, InputId(at)));
                    leaves.push(own.clone());
                }
                None => {
                    alike.unlike.push(InputId(at));
                    leaves.push(leaf);
                }
            }
        }
        let (canonical, same) = same_nodes(&first, model, plan, &alike.shared);
        alike.canonical = canonical;
        self.instances.push(Instance {
            model,
            plan,
            leaves,
            same,
            judges: true,
        });
        alike.whole = alike.shared.len() == model.inputs.len()
            && alike.shared.len() == first.model.inputs.len()
            && self.same_data(&alike);
        alike
    }

    /// Whether a node of the second plan always has the value of one of the first.
    pub(crate) fn is_same(&self, alike: &Alike, old: NodeId, new: NodeId) -> bool {
        let second = self.instances.get(1);
        let same = second.and_then(|instance| instance.same(new));
        same.is_some() && same == alike.canonical.get(old.index()).copied().flatten()
    }

    /// Keeps of the first leaf what the second admits as well.
    fn narrow_to(&mut self, first: &Leaf, second: &Leaf) {
        let mut stack = vec![(first, second)];
        while let Some((first, second)) = stack.pop() {
            self.both(first.presence.0, second.presence.0);
            match (&first.holds, &second.holds) {
                (Holds::Figure(a), Holds::Figure(b)) => {
                    if let Some(other) = self.bounds.get(b.index()).cloned()
                        && let Some(own) = self.bounds.get_mut(a.index())
                    {
                        *own = own.meet(&other);
                    }
                }
                (Holds::Chosen(a), Holds::Chosen(b)) => self.both(a.0, b.0),
                (Holds::Keys(a), Holds::Keys(b)) => stack.extend(a.iter().zip(b)),
                (
                    Holds::Rows { rows, any, .. },
                    Holds::Rows {
                        rows: others,
                        any: other,
                        ..
                    },
                ) => {
                    for (row, other) in rows.iter().zip(others) {
                        stack.extend(row.iter().zip(other));
                    }
                    stack.extend(any.iter().zip(other));
                }
                _ => {}
            }
        }
    }

    fn both(&mut self, first: u32, second: u32) {
        let other = self.choices.get(second as usize).copied();
        if let (Some(own), Some(other)) = (self.choices.get_mut(first as usize), other) {
            *own &= other;
        }
    }

    /// Whether both plans take the same data: what must be given, ranges, and what excludes what.
    fn same_data(&self, alike: &Alike) -> bool {
        let [first, second] = self.instances.as_slice() else {
            return false;
        };
        let same = |a: Option<NodeId>, b: Option<NodeId>| match (a, b) {
            (Some(a), Some(b)) => self.is_same(alike, a, b),
            (None, None) => true,
            _ => false,
        };
        let (old, new) = (first.plan, second.plan);
        let inputs = old.inputs.iter().zip(&new.inputs);
        let required = old.required.iter().zip(&new.required);
        let ranges = old.ranges.iter().zip(&new.ranges);
        let either = |instance: &Instance<'_>| -> Vec<Vec<Vec<String>>> {
            let model = instance.model;
            let paths = |id: &InputId| model.input(*id).map(|input| input.path.clone());
            let eithers = model.eithers.iter();
            eithers
                .map(|either| either.inputs.iter().filter_map(paths).collect())
                .collect()
        };
        let asked = |plan: &Plan| -> Vec<NodeId> {
            plan.conflicts
                .iter()
                .filter_map(|conflict| match conflict {
                    crate::plan::Conflict::NotAsked { asked, .. } => Some(*asked),
                    crate::plan::Conflict::Both(_) => None,
                })
                .collect()
        };
        let (old_asked, new_asked) = (asked(old), asked(new));
        old.required.len() == new.required.len()
            && old.ranges.len() == new.ranges.len()
            && old.conflicts.len() == new.conflicts.len()
            && old_asked.len() == new_asked.len()
            && either(first) == either(second)
            && inputs.into_iter().all(|(a, b)| same(Some(*a), Some(*b)))
            && required
                .into_iter()
                .all(|(a, b)| same(Some(a.node), Some(b.node)) && a.each_key == b.each_key)
            && ranges.into_iter().all(|(a, b)| {
                let ends = [(a.low, b.low), (a.high, b.high)];
                same(Some(a.of), Some(b.of))
                    && a.step == b.step
                    && a.summing_to == b.summing_to
                    && ends.iter().all(|(a, b)| {
                        same(a.map(|a| a.0), b.map(|b| b.0)) && a.map(|a| a.1) == b.map(|b| b.1)
                    })
            })
            && old_asked
                .iter()
                .zip(&new_asked)
                .all(|(a, b)| same(Some(*a), Some(*b)))
    }
}

/// Whether two inputs are asked alike, but for their range and for whether they must be given.
fn asked_alike((old_model, old): (&Model, &Input), (model, new): (&Model, &Input)) -> bool {
    let default = |model: &Model, input: &Input| {
        let empty = is_empty_list(model, input);
        (
            input.default.is_some(),
            literal_default(model, input),
            empty,
        )
    };
    let known = |model: &Model, input: &Input| {
        let (written, literal, empty) = default(model, input);
        !written || literal.is_some() || empty
    };
    let grid = |model: &Model, input: &Input| {
        let element = match &input.of {
            Type::Map(_, element) | Type::List(element) => element.as_ref(),
            of => of,
        };
        range(model, input, element).1
    };
    same_type((old_model, &old.of), (model, &new.of))
        && known(old_model, old)
        && known(model, new)
        && default(old_model, old) == default(model, new)
        && grid(old_model, old) == grid(model, new)
        && old.averaged == new.averaged
        && old.summing_to == new.summing_to
        && old.order == new.order
        && old.keys_in_order == new.keys_in_order
        && old.parameter == new.parameter
        && old.either.is_some() == new.either.is_some()
        && old.only_when.is_some() == new.only_when.is_some()
}

/// Whether two types hold the same values: options by their keys, in order, and rows by their
/// members.
pub(crate) fn same_type((old_model, old): (&Model, &Type), (model, new): (&Model, &Type)) -> bool {
    let mut stack = vec![(old, new)];
    let mut seen = 0_usize;
    while let Some((old, new)) = stack.pop() {
        seen = seen.saturating_add(1);
        if seen > MOST_TYPES {
            return false;
        }
        let options = |model: &Model, scale| -> Option<Vec<String>> {
            let options = model.scale(scale)?.options.iter();
            Some(options.map(|option| option.key.clone()).collect())
        };
        match (old, new) {
            (Type::Option(a), Type::Option(b)) => {
                if options(old_model, *a) != options(model, *b) {
                    return false;
                }
            }
            (Type::Map(a, old), Type::Map(b, new)) => {
                if options(old_model, *a) != options(model, *b) {
                    return false;
                }
                stack.push((old, new));
            }
            (Type::List(old), Type::List(new)) | (Type::Named(old), Type::Named(new)) => {
                stack.push((old, new));
            }
            (Type::Record(a), Type::Record(b)) => {
                let (Some(a), Some(b)) = (old_model.record(*a), model.record(*b)) else {
                    return false;
                };
                if a.fields.len() != b.fields.len()
                    || a.kinds.is_some() != b.kinds.is_some()
                    || !same_child((old_model, a.child), (model, b.child))
                {
                    return false;
                }
                for (a, b) in a.fields.iter().zip(&b.fields) {
                    let alike = match (&a.given, &b.given) {
                        (Some(x), Some(y)) => {
                            x.path == y.path
                                && x.optional == y.optional
                                && x.default.is_none()
                                && y.default.is_none()
                                && x.only_when.is_none()
                                && y.only_when.is_none()
                                && range(old_model, x, &x.of) == range(model, y, &y.of)
                        }
                        (None, None) => true,
                        _ => false,
                    };
                    let same =
                        a.called.key == b.called.key && a.unique == b.unique && a.kind == b.kind;
                    if !alike || !same {
                        return false;
                    }
                    stack.push((&a.of, &b.of));
                }
            }
            (old, new) => {
                if old != new {
                    return false;
                }
            }
        }
    }
    true
}

/// Whether rows are scored by the same scheme, if by any: the same data then make the same row. A
/// scheme that scores rows of its own by others is not looked into.
fn same_child(
    (old_model, old): (&Model, Option<usize>),
    (model, new): (&Model, Option<usize>),
) -> bool {
    let (old, new) = match (old, new) {
        (None, None) => return true,
        (Some(old), Some(new)) => (old_model.children.get(old), model.children.get(new)),
        _ => return false,
    };
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    old.text() == new.text()
        && old.readings() == new.readings()
        && old.model().children.is_empty()
        && new.model().children.is_empty()
}

/// How many types may stand inside each other.
const MOST_TYPES: usize = 1_000;

/// For each node of the second plan the node of the first one that computes the same from the same.
fn same_nodes(
    first: &Instance<'_>,
    model: &Model,
    plan: &Plan,
    shared: &[(InputId, InputId)],
) -> (Vec<Option<NodeId>>, Vec<Option<NodeId>>) {
    let mut known: BTreeMap<String, (usize, Option<NodeId>)> = BTreeMap::new();
    let own: Vec<usize> = (0..first.model.inputs.len()).collect();
    let canonical = classes(first.plan, &own, &mut known, true);
    // Inputs that are not shared have numbers that no input of the first plan has.
    let inputs: Vec<usize> = (0..)
        .zip(&model.inputs)
        .map(|(at, _)| {
            let old = shared.iter().find(|(_, new)| *new == InputId(at));
            old.map_or_else(
                || own.len().saturating_add(at as usize),
                |(old, _)| old.index(),
            )
        })
        .collect();
    (canonical, classes(plan, &inputs, &mut known, false))
}

/// Puts the nodes of a plan that compute the same under one text; answers which of those that are
/// known so far each is.
fn classes(
    plan: &Plan,
    inputs: &[usize],
    known: &mut BTreeMap<String, (usize, Option<NodeId>)>,
    first: bool,
) -> Vec<Option<NodeId>> {
    let mut class: Vec<Option<usize>> = vec![None; plan.nodes.len()];
    let mut same = vec![None; plan.nodes.len()];
    let mut at = 0;
    while let Some(op) = plan.nodes.get(at) {
        // A loop is one whole, known by its last node.
        let last = match op {
            Op::Row { end, .. } => end.index(),
            _ => at,
        };
        let mut text = String::new();
        for (place, op) in plan
            .nodes
            .iter()
            .enumerate()
            .take(last.saturating_add(1))
            .skip(at)
        {
            text.push_str(
                &shape(op, |written| match written {
                    Written::Node(node) if node >= at => {
                        Some(format!("+{}", node.saturating_sub(at)))
                    }
                    Written::Node(node) => {
                        Some(format!("#{}", class.get(node).copied().flatten()?))
                    }
                    Written::Input(input) => {
                        inputs.get(input).map(|input| format!("input {input}"))
                    }
                })
                // What is not understood is like nothing else.
                .unwrap_or_else(|| format!("{first} {place}")),
            );
            text.push('\n');
        }
        let next = known.len();
        let node = u32::try_from(last).ok().map(NodeId);
        let (number, found) = known
            .entry(text)
            .or_insert_with(|| (next, node.filter(|_| first)));
        if let (Some(class), Some(same)) = (class.get_mut(last), same.get_mut(last)) {
            *class = Some(*number);
            *same = *found;
        }
        at = last.saturating_add(1);
    }
    same
}

/// What an operation refers to.
enum Written {
    Node(usize),
    Input(usize),
}

/// What an operation does, with what it refers to as `named`; without the places in the text.
fn shape(op: &Op, named: impl Fn(Written) -> Option<String>) -> Option<String> {
    let text = match op {
        Op::Lookup { key, rows, .. } => {
            let rows: Vec<_> = rows.iter().map(|row| (&row.test, row.outcome)).collect();
            format!("Lookup {key:?} {rows:?}")
        }
        Op::Weigh(group) => {
            let members: Vec<_> = group
                .members
                .iter()
                .map(|member| {
                    let WeighedMember {
                        score,
                        weight,
                        full,
                        weighed,
                        may_not_apply,
                        called: _,
                    } = member;
                    (score, weight, full, weighed, may_not_apply)
                })
                .collect();
            let rules: Vec<_> = group
                .rules
                .iter()
                .map(|rule| (&rule.when, &rule.then, &rule.stand_ins))
                .collect();
            format!(
                "Weigh {members:?} {:?} {:?} {} {:?} {rules:?}",
                group.whole, group.full, group.by_marks, group.covered
            )
        }
        // Its words are its own, whatever they look like.
        Op::Constant(value) => return Some(format!("Constant {value:?}")),
        op => format!("{op:?}"),
    };
    let text = without_labels(&text)?;
    let mut out = String::new();
    let mut rest = text.as_str();
    loop {
        let node = rest.find("NodeId(").map(|at| (at, 7, true));
        let input = rest.find("InputId(").map(|at| (at, 8, false));
        let Some((found, length, is_node)) = [node, input].into_iter().flatten().min() else {
            out.push_str(rest);
            return Some(out);
        };
        let (before, behind) = rest.split_at_checked(found)?;
        let (_, behind) = behind.split_at_checked(length)?;
        let (number, behind) = behind.split_once(')')?;
        out.push_str(before);
        let number: usize = number.parse().ok()?;
        out.push_str(&named(if is_node {
            Written::Node(number)
        } else {
            Written::Input(number)
        })?);
        rest = behind;
    }
}

/// The text without what people read where a figure is empty: it changes no value.
fn without_labels(text: &str) -> Option<String> {
    const LABEL: &str = "shown: \"";
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(LABEL) {
        out.push_str(before);
        let mut escaped = false;
        let end = behind.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        rest = behind.get(end..)?;
    }
    out.push_str(rest);
    Some(out)
}
