//! What to do, step by step: a flat list of nodes in which each refers to earlier ones by index.
//!
//! Every rounding, clamp, weight shift and missing-data decision is a node of its own and a
//! [`Step`] of the figure it belongs to, with the article it came from. There is no control flow:
//! all nodes are computed, an `if` picks one of two cells, and an error counts only where it is
//! picked up by something that comes out. Every reader of a plan (scoring, ranges, the search for
//! figures that may be missing, explanations) walks the same nodes.

mod bodies;
mod expressions;
mod formula;
pub(crate) mod from_model;

pub(crate) use formula::Piece;

use crate::model::{
    Adjust, Broken, Called, EitherId, FigureId, InputId, MissingThen, MissingWhen, Origin, Type,
    index,
};
use crate::number::{Mode, Rational, Step as Unit};
use crate::syntax::{Aggregate, Ends, Sign};
use crate::value::Value;

index! {
    /// A node: [`Plan::nodes`].
    NodeId
}

/// What to do for one subject.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) nodes: Vec<Op>,
    /// The node of each input, as the scheme's lines read it.
    pub(crate) inputs: Vec<NodeId>,
    /// The node of each pair of alternatives.
    pub(crate) eithers: Vec<NodeId>,
    /// What each given value must keep, in declaration order.
    pub(crate) ranges: Vec<RangeCheck>,
    /// Values that may not be given together.
    pub(crate) conflicts: Vec<Conflict>,
    /// Conditions of the model's refusals, in the same order.
    pub(crate) refusals: Vec<PlannedRefusal>,
    /// Conditions of the model's stops, in the same order; none where a missing-data rule leads
    /// to one.
    pub(crate) stops: Vec<Option<NodeId>>,
    /// What must be present, in declaration order.
    pub(crate) required: Vec<Required>,
    /// In declaration order.
    pub(crate) figures: Vec<PlannedFigure>,
    /// Up to which node each input, figure or result extends, in the order of the nodes.
    pub(crate) owners: Vec<(NodeId, Blame)>,
    /// What comes out, in written order.
    pub(crate) outputs: Vec<PlannedOutput>,
    /// The conditions and bounds of the model's guarantees, by their index.
    pub(crate) claims: Vec<Vec<NodeId>>,
}

/// The condition of a refusal.
#[derive(Debug)]
pub(crate) struct PlannedRefusal {
    pub(crate) when: NodeId,
    /// As it is written; none where it is long.
    pub(crate) written: Option<String>,
}

/// The range of one input.
#[derive(Debug)]
pub(crate) struct RangeCheck {
    pub(crate) input: InputId,
    /// The value as given: one figure, a list or a map.
    pub(crate) of: NodeId,
    pub(crate) low: Option<(NodeId, bool)>,
    pub(crate) high: Option<(NodeId, bool)>,
    pub(crate) step: Option<Rational>,
    pub(crate) summing_to: Option<Rational>,
}

/// Values that exclude each other.
#[derive(Debug)]
pub(crate) enum Conflict {
    /// Given although the condition says that it is not asked.
    NotAsked { input: InputId, asked: NodeId },
    /// More than one of the alternatives.
    Both(EitherId),
}

/// Something that must be present.
#[derive(Debug)]
pub(crate) struct Required {
    pub(crate) node: NodeId,
    /// Whether a map that is given must have a figure for each of its keys, and nothing else is
    /// asked here.
    pub(crate) each_key: bool,
    /// The name that the refusal gives.
    pub(crate) field: String,
    /// What people read.
    pub(crate) shown: String,
}

/// A named figure and how it comes about.
#[derive(Debug)]
pub(crate) struct PlannedFigure {
    pub(crate) figure: FigureId,
    pub(crate) value: NodeId,
    /// For a consequence: whether it fires.
    pub(crate) fires: Option<NodeId>,
    /// F, for items, groups and totals.
    pub(crate) full: Option<Rational>,
    pub(crate) steps: Vec<Step>,
}

/// One line's doing.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) what: What,
    /// The value after it.
    pub(crate) after: NodeId,
    pub(crate) origin: Origin,
}

/// What a line counts, as in `2 points per full 10 of X beyond K at most M points`.
#[derive(Debug)]
pub(crate) struct Count {
    /// How many times the amount is added or taken off.
    pub(crate) times: NodeId,
    /// What is counted, and what it is called.
    pub(crate) of: NodeId,
    pub(crate) shown: String,
    pub(crate) beyond: Option<NodeId>,
    pub(crate) size: Option<(NodeId, Broken)>,
    /// The most that it comes to, and what it would come to otherwise.
    pub(crate) at_most: Option<(NodeId, NodeId)>,
}

/// What a step does; the nodes it shows.
#[derive(Debug)]
pub(crate) enum What {
    /// A `let`, or the value of a `score` line, with the inputs and figures that it reads.
    Value {
        uses: Vec<(String, NodeId, Type)>,
        /// The formula as written; nothing where the figures say it all.
        formula: Vec<Piece>,
    },
    StartAt,
    Change {
        sign: Sign,
        /// How much for one, or altogether.
        amount: NodeId,
        /// What it is counted by, behind `per`.
        count: Option<Count>,
        /// What is added or taken off in all.
        delta: NodeId,
        when: Option<NodeId>,
    },
    /// A table looked up by this key.
    Lookup {
        key: NodeId,
        shown: String,
        of: Type,
    },
    Multiply {
        by: NodeId,
    },
    /// A floor; `before` is the value that it may have lifted. It is implied where full marks
    /// alone call for it.
    AtLeast {
        before: NodeId,
        bound: NodeId,
        implied: bool,
    },
    /// A cap.
    AtMost {
        before: NodeId,
        bound: NodeId,
    },
    Round {
        before: NodeId,
        mode: Mode,
        to: Unit,
    },
    /// A missing-data rule of an item, which acts where `before` has no value.
    IfMissing {
        before: NodeId,
    },
    /// The weights of a group, after its missing-data rules.
    Weigh {
        weights: NodeId,
    },
    /// A line behind the rows of a grade.
    Adjust {
        when: NodeId,
        before: NodeId,
        label: Option<String>,
    },
    /// A licence that acts where the value passes the mark.
    MayPass {
        mark: Rational,
        below: bool,
    },
    /// A consequence.
    Fires {
        when: NodeId,
    },
}

/// A result.
#[derive(Debug)]
pub(crate) struct PlannedOutput {
    pub(crate) called: Called,
    pub(crate) shape: PlannedShape,
    pub(crate) origin: Origin,
}

/// What a result is.
#[derive(Debug)]
pub(crate) enum PlannedShape {
    One(NodeId, Type),
    Fields(Vec<(Called, NodeId, Type)>),
}

/// Who is named when a figure is empty: the input, or the innermost named figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Blame {
    pub(crate) field: String,
    pub(crate) shown: String,
}

/// Two-sided arithmetic that always has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Plus,
    Minus,
    Times,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// When a line of a table holds.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// A comparison of the key with a bound.
    Compare(Comparison, NodeId),
    /// From a figure to another, the second included or not.
    Within(NodeId, NodeId, bool),
    /// One of these.
    Is(Vec<NodeId>),
    Otherwise,
    /// The key has no value.
    Missing,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub(crate) struct LookupRow {
    pub(crate) test: Test,
    pub(crate) outcome: NodeId,
    pub(crate) origin: Origin,
}

/// What a node computes.
#[derive(Debug)]
pub(crate) enum Op {
    Constant(Value),
    /// `no value`, or a branch that is not written.
    NoBranch,
    /// What data gives for an input.
    Input(InputId),
    /// What data or the run gives for a parameter: a fault where it is reached and absent.
    Parameter(InputId),
    /// `only when`.
    Asked {
        asked: NodeId,
        of: NodeId,
    },
    /// `= E`, for a value that is missing.
    Default {
        of: NodeId,
        value: NodeId,
    },
    /// `= E` of a map, for the keys that are missing; and for all where `whole`.
    Filled {
        of: NodeId,
        value: NodeId,
        keys: usize,
        whole: bool,
    },
    /// `several are averaged`.
    Averaged(NodeId),
    /// The alternative that is given.
    FirstOf(Vec<NodeId>),
    Entry {
        of: NodeId,
        key: usize,
    },
    Given(NodeId),
    Not(NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Negate(NodeId),
    Arithmetic(Arithmetic, NodeId, NodeId),
    Divide {
        a: NodeId,
        b: NodeId,
        blame: Blame,
    },
    Compare(Comparison, NodeId, NodeId),
    IsOneOf(NodeId, Vec<NodeId>),
    Select {
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    },
    /// Answers what is empty.
    Otherwise(NodeId, NodeId),
    Round {
        of: NodeId,
        mode: Mode,
        to: Unit,
    },
    /// A floor.
    AtLeast {
        of: NodeId,
        bound: NodeId,
    },
    /// A cap.
    AtMost {
        of: NodeId,
        bound: NodeId,
    },
    /// Over the elements of one list or map (`of_many`), or over the operands.
    Aggregate {
        kind: Aggregate,
        of: Vec<NodeId>,
        of_many: bool,
        /// A tally: its values count answers.
        tally: bool,
        blame: Blame,
    },
    /// The mean of the points of the answers that a map counts, by option.
    MeanOfTally {
        tally: NodeId,
        points: Vec<NodeId>,
        blame: Blame,
    },
    /// The first line that holds.
    Lookup {
        key: NodeId,
        rows: Vec<LookupRow>,
        blame: Blame,
    },
    /// Straight lines between points, which rise.
    Between {
        key: NodeId,
        points: Vec<(Rational, NodeId)>,
        ends: Option<Ends>,
        blame: Blame,
    },
    /// The weights of a group for the members that are present.
    Weigh(Weigh),
    /// F · Σ w′ᵢ·(sᵢ/fᵢ) / W.
    WeightedSum {
        weights: NodeId,
    },
    /// w′ᵢ / W.
    WeightOf {
        weights: NodeId,
        member: usize,
    },
    /// What one member contributes to the weighted sum.
    PartOf {
        weights: NodeId,
        member: usize,
    },
    /// Answers what is missing or not asked.
    IfMissing {
        of: NodeId,
        then: NodeId,
    },
    /// `applies when`.
    Applies {
        when: NodeId,
        of: NodeId,
    },
    /// A missing-data rule that leads to no result.
    Stop(usize),
    /// A line behind the rows of a grade.
    Adjusted {
        when: NodeId,
        of: NodeId,
        what: Adjust,
        levels: u32,
        /// Whether the best level has the highest index.
        worst_first: bool,
    },
    /// The names of the consequences that fired.
    Fired(Vec<(NodeId, String)>),
}

/// A group's members, weights and rules.
#[derive(Debug)]
pub(crate) struct Weigh {
    pub(crate) members: Vec<WeighedMember>,
    /// W.
    pub(crate) whole: Rational,
    /// F.
    pub(crate) full: Option<Rational>,
    /// Whether the marks of a member that does not apply leave the full marks.
    pub(crate) by_marks: bool,
    /// What the written weights add up to where the document's text covers a part only.
    pub(crate) covered: Rational,
    pub(crate) rules: Vec<WeighRule>,
}

/// A member of a group.
#[derive(Debug)]
pub(crate) struct WeighedMember {
    pub(crate) score: NodeId,
    pub(crate) weight: Rational,
    /// fᵢ, where it is known.
    pub(crate) full: Option<Rational>,
    /// The weights of a member that is a group of which parts may not apply: their marks leave
    /// fᵢ.
    pub(crate) weighed: Option<NodeId>,
    /// Whether the member has an `applies when`, or is a group whose members all have one.
    pub(crate) may_not_apply: bool,
    pub(crate) called: Called,
}

/// A missing-data rule of a group.
#[derive(Debug)]
pub(crate) struct WeighRule {
    pub(crate) when: MissingWhen,
    pub(crate) then: MissingThen,
    /// What each missing member counts as, for rules that count it.
    pub(crate) stand_ins: Vec<NodeId>,
    pub(crate) origin: Origin,
}

impl Plan {
    pub(crate) fn op(&self, id: NodeId) -> Option<&Op> {
        self.nodes.get(id.index())
    }

    /// The input, figure or result in whose definition a node stands.
    pub(crate) fn owner(&self, id: NodeId) -> Option<&Blame> {
        let at = self.owners.partition_point(|(last, _)| *last < id);
        self.owners.get(at).map(|(_, blame)| blame)
    }
}

impl Op {
    /// Hands each node that this one reads to `take`.
    pub(crate) fn operands(&self, mut take: impl FnMut(NodeId)) {
        match self {
            Self::Constant(_)
            | Self::NoBranch
            | Self::Input(_)
            | Self::Parameter(_)
            | Self::Stop(_) => {}
            Self::Averaged(of)
            | Self::Given(of)
            | Self::Not(of)
            | Self::Negate(of)
            | Self::Entry { of, .. }
            | Self::Round { of, .. }
            | Self::WeightedSum { weights: of, .. }
            | Self::WeightOf { weights: of, .. }
            | Self::PartOf { weights: of, .. } => take(*of),
            Self::Asked { asked: a, of: b }
            | Self::Default { of: a, value: b }
            | Self::Filled {
                of: a, value: b, ..
            }
            | Self::And(a, b)
            | Self::Or(a, b)
            | Self::Arithmetic(_, a, b)
            | Self::Divide { a, b, .. }
            | Self::Compare(_, a, b)
            | Self::Otherwise(a, b)
            | Self::AtLeast { of: a, bound: b }
            | Self::AtMost { of: a, bound: b }
            | Self::IfMissing { of: a, then: b }
            | Self::Applies { when: a, of: b }
            | Self::Adjusted { when: a, of: b, .. } => {
                take(*a);
                take(*b);
            }
            Self::Select {
                condition,
                then,
                otherwise,
            } => {
                take(*condition);
                take(*then);
                take(*otherwise);
            }
            Self::FirstOf(list) | Self::Aggregate { of: list, .. } => {
                list.iter().copied().for_each(take);
            }
            Self::IsOneOf(of, list) => {
                take(*of);
                list.iter().copied().for_each(take);
            }
            Self::MeanOfTally { tally, points, .. } => {
                take(*tally);
                points.iter().copied().for_each(take);
            }
            Self::Lookup { key, rows, .. } => {
                take(*key);
                for LookupRow { test, outcome, .. } in rows {
                    match test {
                        Test::Compare(_, bound) => take(*bound),
                        Test::Within(low, high, _) => {
                            take(*low);
                            take(*high);
                        }
                        Test::Is(list) => list.iter().copied().for_each(&mut take),
                        Test::Otherwise | Test::Missing => {}
                    }
                    take(*outcome);
                }
            }
            Self::Between { key, points, .. } => {
                take(*key);
                points.iter().for_each(|(_, value)| take(*value));
            }
            Self::Weigh(weigh) => {
                weigh.members.iter().for_each(|member| take(member.score));
                for rule in &weigh.rules {
                    rule.stand_ins.iter().copied().for_each(&mut take);
                }
            }
            Self::Fired(list) => list.iter().for_each(|(when, _)| take(*when)),
        }
    }
}
