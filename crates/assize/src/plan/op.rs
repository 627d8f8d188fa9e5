//! What a node of a plan computes, and the nodes that it reads.

use std::sync::Arc;

use super::{LookupRow, NodeId, Weigh};
use crate::model::{Adjust, InputId};
use crate::number::{Mode, Rational, Step as Unit};
use crate::syntax::{Aggregate, DatePart, EdgeTies, Ends, Pick, Remainder, Ties};
use crate::value::Value;

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
    /// F, without the marks of members that do not apply.
    FullMarks {
        weights: NodeId,
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
    /// The names of the consequences that fired; the node of one among the lines of an `each` is
    /// a list of flags.
    Fired(Vec<(NodeId, String)>),
    /// The names of the requirements that do not hold.
    Failed(Vec<(NodeId, String)>),
    /// An element of a list, one after the other; the nodes up to `end` belong to it.
    Row {
        over: NodeId,
        end: NodeId,
    },
    /// What was done with the elements: a list, or a map by the options of a choice.
    Rows {
        row: NodeId,
        only: Option<NodeId>,
        gives: Gives,
        keyed: bool,
    },
    /// The place of the element of a loop, from 0.
    Place(NodeId),
    /// What the row before handed over.
    Carried {
        slot: u32,
        first: NodeId,
    },
    /// What is handed to the next row.
    Carry {
        slot: u32,
        becomes: NodeId,
    },
    /// A member of a row.
    Member {
        of: NodeId,
        field: usize,
    },
    /// The member of every row.
    Column {
        of: NodeId,
        field: usize,
    },
    /// The figure of a key.
    At {
        map: NodeId,
        key: NodeId,
    },
    /// A figure for each option.
    MapOf(Vec<NodeId>),
    /// Several figures as a list.
    ListOf(Vec<NodeId>),
    /// The names and figures of a map, as rows.
    Entries {
        /// The map.
        of: NodeId,
        /// What data calls the options, where they are the keys.
        options: Vec<Arc<str>>,
    },
    /// Several keys as one.
    Keys(Vec<NodeId>),
    /// A member of a row within its range.
    Checked(Box<RowCheck>),
    /// `only when` of a member of a row, given all the same: a conflict.
    AskedOnly {
        asked: NodeId,
        of: NodeId,
        blame: Blame,
    },
    /// No two rows have the same there.
    Unique {
        of: NodeId,
        field: usize,
        blame: Blame,
    },
    /// Rows in the order of a member, no two alike.
    InOrder {
        of: NodeId,
        field: usize,
        blame: Blame,
    },
    SkippingMissing(NodeId),
    CountingMissing(NodeId, NodeId),
    Pick {
        which: Pick,
        count: NodeId,
        of: NodeId,
    },
    /// A list in the order of keys, one for each element.
    Sorted {
        of: NodeId,
        keys: Vec<(NodeId, bool)>,
    },
    /// A tally as the points of its answers.
    Tally {
        counts: NodeId,
        points: Vec<NodeId>,
    },
    /// Whether all flags are yes.
    All(NodeId),
    /// Whether one flag is yes.
    Any(NodeId),
    /// The share of flags that are yes.
    Share {
        flags: NodeId,
        blame: Blame,
    },
    /// Where each of a list of figures stands among all of them.
    Cohort {
        among: NodeId,
        what: Stands,
        blame: Blame,
    },
    /// Where the row of one place stands.
    Standing {
        place: NodeId,
        /// The places of those that stand among each other, where they are not all; they rise.
        places: Option<NodeId>,
        cohort: NodeId,
    },
    /// A day or time moved by a span.
    Shift {
        of: NodeId,
        by: NodeId,
        /// Whether the span is one of the calendar, in months.
        months: bool,
        back: bool,
        blame: Blame,
    },
    /// How long lies between two days or times, in seconds.
    Elapsed(NodeId, NodeId),
    DatePart(DatePart, NodeId),
    RoundSurd {
        surd: Box<Surd>,
        leaves: Vec<NodeId>,
        mode: Mode,
        to: Unit,
        blame: Blame,
    },
}

/// What a loop gives for each element.
#[derive(Debug)]
pub(crate) enum Gives {
    One(NodeId),
    /// A row with these members.
    Fields(Vec<NodeId>),
    /// The element's members, and these behind them.
    Extended(Vec<NodeId>),
}

/// Where an element stands among all.
#[derive(Debug)]
pub(crate) enum Stands {
    Rank {
        highest_first: bool,
        ties: Ties,
    },
    Top {
        size: NodeId,
        share: bool,
        mode: Mode,
        ties: EdgeTies,
    },
    Split {
        pool: NodeId,
        to: Unit,
        remainder: Remainder,
    },
}

/// A formula without end over exact figures.
#[derive(Clone, Debug)]
pub(crate) enum Surd {
    /// One of the exact figures, by its place.
    Exact(usize),
    Of(SurdKind, Vec<Self>),
}

/// What a formula without end does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SurdKind {
    Negate,
    Plus,
    Minus,
    Times,
    Over,
    Root,
    Power,
    NaturalLogarithm,
    CommonLogarithm,
}

/// The range of a member of a row.
#[derive(Debug)]
pub(crate) struct RowCheck {
    pub(crate) of: NodeId,
    pub(crate) low: Option<(NodeId, bool)>,
    pub(crate) high: Option<(NodeId, bool)>,
    pub(crate) step: Option<Rational>,
    pub(crate) summing_to: Option<Rational>,
    pub(crate) blame: Blame,
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
    /// From a figure to another, each included or not.
    Within((NodeId, bool), (NodeId, bool)),
    /// One of these.
    Is(Vec<NodeId>),
    /// One for each of several keys.
    Several(Vec<Self>),
    Otherwise,
    /// The key has no value.
    Missing,
}

impl Test {
    /// Hands each node that it reads to `take`.
    pub(crate) fn operands(&self, take: &mut impl FnMut(NodeId)) {
        match self {
            Self::Compare(_, bound) => take(*bound),
            Self::Within((low, _), (high, _)) => {
                take(*low);
                take(*high);
            }
            Self::Is(list) => list.iter().copied().for_each(take),
            // Tests of several keys do not hold further such tests.
            Self::Several(tests) => tests.iter().for_each(|test| test.operands(take)),
            Self::Otherwise | Self::Missing => {}
        }
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
            Self::Row { over: of, .. }
            | Self::Place(of)
            | Self::Carried { first: of, .. }
            | Self::Carry { becomes: of, .. }
            | Self::Member { of, .. }
            | Self::Column { of, .. }
            | Self::Entries { of, .. }
            | Self::Unique { of, .. }
            | Self::InOrder { of, .. }
            | Self::SkippingMissing(of)
            | Self::All(of)
            | Self::Any(of)
            | Self::Share { flags: of, .. }
            | Self::DatePart(_, of) => take(*of),
            Self::Rows {
                row, only, gives, ..
            } => {
                take(*row);
                only.iter().copied().for_each(&mut take);
                match gives {
                    Gives::One(of) => take(*of),
                    Gives::Fields(list) | Gives::Extended(list) => {
                        list.iter().copied().for_each(take);
                    }
                }
            }
            Self::At { map: a, key: b }
            | Self::Pick {
                count: a, of: b, ..
            }
            | Self::AskedOnly {
                asked: a, of: b, ..
            }
            | Self::CountingMissing(a, b)
            | Self::Shift { of: a, by: b, .. }
            | Self::Elapsed(a, b) => {
                take(*a);
                take(*b);
            }
            Self::MapOf(list)
            | Self::ListOf(list)
            | Self::Keys(list)
            | Self::RoundSurd { leaves: list, .. } => {
                list.iter().copied().for_each(take);
            }
            Self::Checked(check) => {
                take(check.of);
                for (bound, _) in [check.low, check.high].into_iter().flatten() {
                    take(bound);
                }
            }
            Self::Sorted { of, keys } => {
                take(*of);
                keys.iter().for_each(|(key, _)| take(*key));
            }
            Self::Tally { counts, points } => {
                take(*counts);
                points.iter().copied().for_each(take);
            }
            Self::Standing {
                place,
                places,
                cohort,
            } => {
                take(*place);
                places.iter().copied().for_each(&mut take);
                take(*cohort);
            }
            Self::Cohort { among, what, .. } => {
                take(*among);
                match what {
                    Stands::Rank { .. } => {}
                    Stands::Top { size: of, .. } | Stands::Split { pool: of, .. } => take(*of),
                }
            }
            Self::Averaged(of)
            | Self::Given(of)
            | Self::Not(of)
            | Self::Negate(of)
            | Self::Round { of, .. }
            | Self::WeightedSum { weights: of, .. }
            | Self::WeightOf { weights: of, .. }
            | Self::PartOf { weights: of, .. }
            | Self::FullMarks { weights: of } => take(*of),
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
                    test.operands(&mut take);
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
            Self::Fired(list) | Self::Failed(list) => list.iter().for_each(|(when, _)| take(*when)),
        }
    }
}
