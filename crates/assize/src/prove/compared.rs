//! Two schemes over the same subjects: which results are the same for everybody that both score,
//! and whether both score the same.
//!
//! What both compute alike needs no search. That one scheme scores whom the other refuses is sought
//! for among the reasons for which a scheme refuses; where the two take other data from the start,
//! subjects at the edges of what one of them takes are tried with the other.

use std::collections::BTreeSet;

use super::beside::{Alike, same_type};
use super::form::Var;
use super::from_plan::Sketch;
use super::goal::Goal;
use super::interval::{End, Interval};
use super::reach::coming_out;
use super::report::{CounterExample, Effort, at, shown, told};
use super::search::{Answer, Search};
use super::space::{ABSENT, Holds, Space};
use super::symbol::Lacks;
use super::witness::{Run, Witness};
use crate::difference::{Compared, How, Proof, Sameness, difference};
use crate::input::Subject;
use crate::model::{FigureKind, Model, Type};
use crate::outcome::Outcome;
use crate::plan::{Comparison, NodeId, Op, Plan, PlannedEntry, PlannedShape};
use crate::scheme::Scheme;
use crate::text::{Words, words};
use crate::value::Cell;
use crate::value::to_outcome::compute;

/// Compares what comes out of two schemes.
pub(crate) fn compare(old: &Scheme, new: &Scheme, effort: Effort) -> Proof {
    let mut space = Space::of(old.model(), old.plan());
    let alike = space.beside(new.model(), new.plan());
    let mut pair = Pair {
        old,
        new,
        space,
        alike,
        effort,
        regions: 0,
    };
    let renamed = renamed(old, new);
    let after = results(new.model(), new.plan());
    let mut compared: Vec<Compared> = Vec::new();
    for own in results(old.model(), old.plan()) {
        let name = renamed
            .iter()
            .find(|(before, _)| *before == own.name)
            .map_or(&own.name, |(_, now)| now);
        let Some(other) = after
            .iter()
            .find(|other| other.name == *name && other.fires == own.fires)
        else {
            continue;
        };
        let sameness = pair.result(&own, other);
        // A consequence is one result: whether it follows, and its amount.
        match compared.iter_mut().find(|known| known.name == own.name) {
            Some(known) if known.sameness == Sameness::Same => known.sameness = sameness,
            Some(_) => {}
            None => compared.push(Compared {
                name: own.name,
                label: own.label,
                sameness,
            }),
        }
    }
    let scored = pair.scored();
    Proof {
        scored,
        results: compared,
        regions: pair.regions,
    }
}

/// Something that comes out.
struct Own<'a> {
    name: String,
    label: String,
    node: NodeId,
    of: Option<&'a Type>,
    /// Whether a consequence follows, and not its amount.
    fires: bool,
}

fn results<'a>(model: &'a Model, plan: &'a Plan) -> Vec<Own<'a>> {
    let mut all: Vec<Own<'a>> = Vec::new();
    let mut add = |own: Own<'a>| {
        if !all
            .iter()
            .any(|known| known.name == own.name && known.fires == own.fires)
        {
            all.push(own);
        }
    };
    for planned in &plan.figures {
        let Some(figure) = model.figure(planned.figure) else {
            continue;
        };
        if let FigureKind::Let(_) | FigureKind::Each(_) | FigureKind::Unknown = figure.kind {
            continue;
        }
        let (name, label) = (&figure.called.key, figure.called.shown());
        if let Some(fires) = planned.fires {
            add(Own {
                name: name.clone(),
                label: label.to_owned(),
                node: fires,
                of: Some(&Type::Flag),
                fires: true,
            });
        }
        add(Own {
            name: name.clone(),
            label: label.to_owned(),
            node: planned.value,
            of: Some(&figure.of),
            fires: false,
        });
    }
    for output in &plan.outputs {
        let (name, label) = (&output.called.key, output.called.shown());
        let one = |name: String, label: String, node, of| Own {
            name,
            label,
            node,
            of,
            fires: false,
        };
        match &output.shape {
            PlannedShape::One(node, of) => {
                add(one(name.clone(), label.to_owned(), *node, Some(of)));
            }
            PlannedShape::Fields(entries) => {
                for (place, entry) in entries.iter().enumerate() {
                    let (inner, inner_label, of) = match entry {
                        PlannedEntry::One(called, _, of) => {
                            (called.key.clone(), called.shown().to_owned(), Some(of))
                        }
                        PlannedEntry::Per(..) => (place.to_string(), place.to_string(), None),
                    };
                    add(one(
                        format!("{name}.{inner}"),
                        format!("{label}.{inner_label}"),
                        entry.node(),
                        of,
                    ));
                }
            }
            PlannedShape::Each { rows, .. } => {
                add(one(name.clone(), label.to_owned(), *rows, None));
            }
        }
    }
    all
}

/// The results that have another name now.
fn renamed(old: &Scheme, new: &Scheme) -> Vec<(String, String)> {
    let changes = difference(old, new);
    let renamed = changes
        .iter()
        .filter(|change| change.how == How::Renamed && change.within.is_none());
    let names = renamed.filter_map(|change| {
        Some((
            change.old.as_ref()?.en.clone(),
            change.new.as_ref()?.en.clone(),
        ))
    });
    names.collect()
}

struct Pair<'a> {
    old: &'a Scheme,
    new: &'a Scheme,
    space: Space<'a>,
    alike: Alike,
    effort: Effort,
    regions: u32,
}

impl<'a> Pair<'a> {
    fn search(&mut self, space: &Space<'a>, goals: &[Goal]) -> Answer {
        let searched = Search::new(space, goals, self.effort.regions).run();
        self.regions = self.regions.saturating_add(searched.regions);
        searched.answer
    }

    fn is_same(&self, old: NodeId, new: NodeId) -> bool {
        self.space.is_same(&self.alike, old, new)
    }

    /// Whether a result is the same for every subject that both score.
    fn result(&mut self, own: &Own<'_>, other: &Own<'_>) -> Sameness {
        let (a, b) = ((0, own.node), (1, other.node));
        let alike = match (own.of, other.of) {
            (Some(old), Some(new)) => {
                let is_number = old.is_numeric() && new.is_numeric();
                is_number || same_type((self.old.model(), old), (self.new.model(), new))
            }
            (None, None) => true,
            _ => false,
        };
        if !alike {
            return Sameness::Undecided;
        }
        if self.is_same(own.node, other.node) {
            return Sameness::Same;
        }
        let space = self.space.clone();
        let is_number = own.of.is_some_and(Type::is_numeric);
        let mut searches: Vec<Goal> = Vec::new();
        if is_number {
            searches.push(Goal::Stands(b, Comparison::Less, a));
            searches.push(Goal::Stands(b, Comparison::Greater, a));
        }
        // One of them may have no value.
        let region = space.region();
        let sketch = Sketch::new(&space, &region, &[], None);
        let lacks = [a, b].map(|(instance, node)| sketch.at(instance, node).lacks);
        if !is_number || lacks.iter().any(|lacks| !lacks.is_none()) {
            searches.push(Goal::Differs(a, b));
        }
        let mut sameness = Sameness::Same;
        for goal in searches {
            match self.search(&space, std::slice::from_ref(&goal)) {
                Answer::Never => {}
                Answer::Undecided => sameness = Sameness::Undecided,
                Answer::Found(witness) => match self.example(&witness, own, other) {
                    Some(example) => return Sameness::Differs(example),
                    None => sameness = Sameness::Undecided,
                },
            }
        }
        sameness
    }

    /// A difference in words, if it is one: of the same data, and in what comes out.
    fn example(&self, witness: &Witness, own: &Own<'_>, other: &Own<'_>) -> Option<CounterExample> {
        let runs = witness.runs(&self.space);
        let ([before, after], [old, new]) = (runs.as_slice(), witness.subjects.as_slice()) else {
            return None;
        };
        let is_list = own.of.is_none();
        if is_list && came_out(before, &own.name) == came_out(after, &other.name) {
            return None;
        }
        let asked_otherwise = self.alike.unlike.iter().any(|input| {
            let input = self.new.model().input(*input);
            input.is_none_or(|input| at(old, &input.path) != at(new, &input.path))
        });
        if asked_otherwise {
            return None;
        }
        let value = |model: &Model, run: &Run, own: &Own<'_>| match run.cells.get(own.node.index())
        {
            Some(Cell::Value(value)) => {
                let told = shown(model, own.of, value);
                words!("{told}", "{told}")
            }
            _ => words!("no value", "无值"),
        };
        let (was, is) = (
            value(self.old.model(), before, own),
            value(self.new.model(), after, other),
        );
        let given = self.told(old, new);
        let label = &own.label;
        Some(CounterExample {
            subjects: if old == new {
                vec![old.clone()]
            } else {
                witness.subjects.clone()
            },
            words: Words {
                en: format!("{given}: {label} was {} and is {}", was.en, is.en),
                zh: format!("{given}：{label}由 {} 变为 {}", was.zh, is.zh),
            },
        })
    }

    /// The data of a subject for both.
    fn told(&self, old: &Subject, new: &Subject) -> String {
        let mut given = told(self.old.model(), old);
        for input in &self.new.model().inputs {
            if at(old, &input.path).is_none() && at(new, &input.path).is_some() {
                let only = Subject {
                    values: new.values.clone(),
                };
                let all = told(self.new.model(), &only);
                given = if old.values.is_empty() {
                    all
                } else {
                    format!("{given} → {all}")
                };
                break;
            }
        }
        given
    }

    /// Whether both score the same subjects.
    fn scored(&mut self) -> Sameness {
        if self.alike.whole {
            return self.refused();
        }
        for (scheme, other, is_old) in [(self.old, self.new, true), (self.new, self.old, false)] {
            let space = Space::of(scheme.model(), scheme.plan());
            for space in self.edges(&space, other) {
                // Shorter figures might lie inside.
                let searched = Search::new(&space, &[], self.effort.regions)
                    .whether()
                    .run();
                self.regions = self.regions.saturating_add(searched.regions);
                let Answer::Found(witness) = searched.answer else {
                    continue;
                };
                let Some(subject) = witness.subjects.first() else {
                    continue;
                };
                if let Some(example) = self.tried(scheme, other, subject, is_old) {
                    return Sameness::Differs(example);
                }
            }
        }
        Sameness::Undecided
    }

    /// What one scheme makes of a subject that the other scores, if it does not score it.
    fn tried(
        &self,
        scheme: &Scheme,
        other: &Scheme,
        subject: &Subject,
        is_old: bool,
    ) -> Option<CounterExample> {
        let none = Subject::default();
        let (own, _) = compute(scheme.model(), scheme.plan(), subject, &none);
        let (came, _) = compute(other.model(), other.plan(), subject, &none);
        let Outcome::Ok(_) = own else { return None };
        let why = match came {
            Outcome::Ok(_) => return None,
            Outcome::NoResult(no) => {
                let reason = no.label.unwrap_or(no.reason);
                words!("no result ({reason})", "不出具结果（{reason}）")
            }
            Outcome::Error(refusal) => {
                let Words { en, zh } = refusal.message;
                words!("refused ({en})", "拒收（{zh}）")
            }
        };
        let given = told(scheme.model(), subject);
        let given_zh = if given.is_empty() {
            "什么都不填"
        } else {
            &given
        };
        let given_en = if given.is_empty() {
            "nothing given"
        } else {
            &given
        };
        let Words { en, zh } = why;
        Some(CounterExample {
            subjects: vec![subject.clone()],
            words: if is_old {
                words!(
                    "{given_en}: was scored and is {en}",
                    "{given_zh}：原来评分，现在{zh}"
                )
            } else {
                words!(
                    "{given_en}: was {en} and is scored",
                    "{given_zh}：原来{zh}，现在评分"
                )
            },
        })
    }

    /// The subjects of one scheme as they are, and at the edges of what the other takes.
    fn edges(&self, space: &Space<'a>, other: &Scheme) -> Vec<Space<'a>> {
        let mut spaces = vec![space.clone()];
        let Some(own) = space.instances.first() else {
            return spaces;
        };
        let beyond = Space::of(other.model(), other.plan());
        for (input, leaf) in own.model.inputs.iter().zip(&own.leaves) {
            let may_lack = space.choices.get(leaf.presence.0 as usize);
            if may_lack.is_some_and(|among| among & ABSENT != 0) {
                let mut absent = space.clone();
                if let Some(slot) = absent.choices.get_mut(leaf.presence.0 as usize) {
                    *slot = ABSENT;
                }
                spaces.push(absent);
            }
            let inputs = other.model().inputs.iter();
            let place = inputs
                .zip(beyond.instances.iter().flat_map(|own| &own.leaves))
                .find(|(other, _)| other.path == input.path);
            let (Holds::Figure(var), Some((_, leaf))) = (&leaf.holds, place) else {
                continue;
            };
            let Holds::Figure(outer) = &leaf.holds else {
                continue;
            };
            let Some(range) = beyond.bounds.get(outer.index()) else {
                continue;
            };
            let above = range.high.as_ref().map(|end| Interval {
                low: Some(turned(end)),
                high: None,
            });
            let below = range.low.as_ref().map(|end| Interval {
                low: None,
                high: Some(turned(end)),
            });
            for outside in [above, below].into_iter().flatten() {
                spaces.extend(narrowed(space, *var, &outside));
            }
        }
        spaces
    }

    /// Both take the same data: whether one of them still gives no result where the other does.
    fn refused(&mut self) -> Sameness {
        let mut sameness = Sameness::Same;
        for source in [0, 1] {
            let target = 1_usize.saturating_sub(source);
            let mut space = self.space.clone();
            if let Some(instance) = space.instances.get_mut(target) {
                instance.judges = false;
            }
            let Some(goals) = self.reasons(&space, source, target) else {
                sameness = Sameness::Undecided;
                continue;
            };
            for goal in goals {
                match self.search(&space, std::slice::from_ref(&goal)) {
                    Answer::Never => {}
                    Answer::Undecided => sameness = Sameness::Undecided,
                    Answer::Found(witness) => {
                        let (scheme, other) = if source == 0 {
                            (self.old, self.new)
                        } else {
                            (self.new, self.old)
                        };
                        let subject = witness.subjects.get(source).cloned().unwrap_or_default();
                        match self.tried(scheme, other, &subject, source == 0) {
                            Some(example) => return Sameness::Differs(example),
                            None => sameness = Sameness::Undecided,
                        }
                    }
                }
            }
        }
        sameness
    }

    /// For what one plan may refuse a subject, or give no result, that the other does not know of;
    /// nothing where it cannot be told.
    fn reasons(&self, space: &Space<'a>, source: usize, target: usize) -> Option<Vec<Goal>> {
        let (own, other) = (space.instances.get(source)?, space.instances.get(target)?);
        let same = |node: NodeId, own: NodeId| {
            let (old, new) = if source == 0 {
                (own, node)
            } else {
                (node, own)
            };
            self.is_same(old, new)
        };
        let conditions = |plan: &Plan| -> Vec<NodeId> {
            let refusals = plan.refusals.iter().map(|refusal| refusal.when);
            refusals
                .chain(plan.stops.iter().flatten().copied())
                .collect()
        };
        let known = conditions(own.plan);
        let mut goals = Vec::new();
        for when in conditions(other.plan) {
            if !known.iter().any(|own| same(when, *own)) {
                goals.push(Goal::Answer((target, when), true));
            }
        }
        let rows = |plan: &Plan| -> Vec<NodeId> {
            plan.row_refusals
                .iter()
                .map(|refusal| refusal.when)
                .collect()
        };
        let known_rows = rows(own.plan);
        for when in rows(other.plan) {
            if !known_rows.iter().any(|own| same(when, *own)) {
                return None;
            }
        }
        let region = space.region();
        let sketch = Sketch::new(space, &region, &[], None);
        let known = coming_out(own.model, own.plan);
        let strong = Lacks::ALL.without(Lacks::ABSENT);
        for node in coming_out(other.model, other.plan)
            .into_iter()
            .chain(conditions(other.plan))
        {
            if known.iter().any(|own| same(node, *own)) {
                continue;
            }
            let lacks = sketch.at(target, node).lacks.only(strong);
            if lacks.has(Lacks::FAULT) || lacks.has(Lacks::STOP) {
                return None;
            }
            let is_known = |node: NodeId| known.iter().any(|own| same(node, *own));
            if lacks.has(Lacks::EMPTY) && may_be_empty_anew(&sketch, (target, node), &is_known) {
                goals.push(Goal::Empty((target, node)));
            }
        }
        Some(goals)
    }
}

/// Whether something empty may come up on the way to a node, and not only out of what is known.
fn may_be_empty_anew(
    sketch: &Sketch<'_, '_>,
    (index, node): (usize, NodeId),
    is_known: &impl Fn(NodeId) -> bool,
) -> bool {
    let plan = sketch.space.instances.get(index).map(|own| own.plan);
    let is_empty = |node: NodeId| sketch.at(index, node).lacks.has(Lacks::EMPTY);
    let mut seen = BTreeSet::new();
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        if !seen.insert(node) || !is_empty(node) || is_known(node) {
            continue;
        }
        let Some(op) = plan.and_then(|plan| plan.op(node)) else {
            return true;
        };
        // These hand on what they read, and make nothing empty themselves.
        let hands_on = matches!(
            op,
            Op::Lookup { .. }
                | Op::Arithmetic(..)
                | Op::Negate(_)
                | Op::Not(_)
                | Op::And(..)
                | Op::Or(..)
                | Op::Compare(..)
                | Op::Select { .. }
                | Op::Round { .. }
                | Op::AtLeast { .. }
                | Op::AtMost { .. }
                | Op::IfMissing { .. }
                | Op::Weigh(_)
                | Op::WeightedSum { .. }
        );
        if !hands_on {
            return true;
        }
        op.operands(|operand| stack.push(operand));
    }
    false
}

/// What came out under a name.
fn came_out<'r>(run: &'r Run, name: &str) -> Option<&'r crate::outcome::ResultValue> {
    match &run.outcome {
        Outcome::Ok(scored) => scored.results.get(name),
        Outcome::NoResult(_) | Outcome::Error(_) => None,
    }
}

/// The end of what lies outside.
fn turned(end: &End) -> End {
    End {
        at: end.at.clone(),
        included: !end.included,
    }
}

/// The subjects with a figure in a stretch, if there are any.
fn narrowed<'a>(space: &Space<'a>, var: Var, to: &Interval) -> Option<Space<'a>> {
    let mut space = space.clone();
    let grid = space.grids.get(var.index()).cloned().flatten();
    let slot = space.bounds.get_mut(var.index())?;
    let met = slot.meet(to);
    *slot = grid.map_or_else(|| met.clone(), |grid| grid.within(&met));
    (!slot.is_empty()).then_some(space)
}
