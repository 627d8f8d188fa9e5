//! An expression with its type, and what it is made of.

use super::{EitherId, ExprId, FigureId, InputId, Lines, LoopId, TableId, Type};
use crate::number::{Mode, Rational, Step};
use crate::syntax::{Aggregate, BinaryOp, DatePart, EdgeTies, Logarithm, Pick, Remainder, Ties};
use crate::text::Span;

/// An expression with its type and place.
#[derive(Debug)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) of: Type,
    pub(crate) span: Span,
}

/// What an expression is.
#[derive(Debug)]
pub(crate) enum ExprKind {
    /// Not understood; its model has an error.
    Unknown,
    /// A word that waits for the type of the other side; never left in a finished model.
    Word(String),
    Number(Rational),
    Flag(bool),
    Text(String),
    /// An option by its index in the scale that is the expression's type.
    Option(u32),
    List(Vec<ExprId>),
    Input(InputId),
    Either(EitherId),
    Figure(FigureId),
    Not(ExprId),
    Negate(ExprId),
    Binary(BinaryOp, ExprId, ExprId),
    If(ExprId, ExprId, Option<ExprId>),
    Given(ExprId),
    IsOneOf(ExprId, Vec<ExprId>),
    Otherwise(ExprId, ExprId),
    NoValue,
    /// A map by names that data gives, without any.
    EmptyMap,
    Aggregate(Aggregate, Vec<ExprId>),
    WeightOf(FigureId, usize),
    PartOf(FigureId, usize),
    /// The full marks of a group or total, without those of members that do not apply.
    FullMarks(FigureId),
    /// A table and what is looked up in it, one for each of its keys.
    TableOf(TableId, Vec<ExprId>),
    Round(Mode, Step, ExprId),
    ConsequencesFired,
    Date(chrono::NaiveDate),
    Time(chrono::NaiveDateTime),
    /// A day or time moved by a span, forwards or back.
    Shift {
        of: ExprId,
        by: ExprId,
        back: bool,
    },
    /// How long lies between two days or times.
    Elapsed(ExprId, ExprId),
    DatePart(DatePart, ExprId),
    /// The element of a loop.
    Row(LoopId),
    /// A member of the element of a loop.
    Member(LoopId, u32),
    /// The member of every element of a list.
    Column {
        list: ExprId,
        field: u32,
    },
    /// The rows of an input, with the fields of `each` lines up to that one.
    Rows(InputId, Option<FigureId>),
    /// The figure of a key.
    At(ExprId, ExprId),
    /// A figure for each option of a choice.
    MapOf(Vec<ExprId>),
    /// A table in place.
    Case(ExprId, Box<Lines>),
    /// A figure for each element.
    Collect {
        row: LoopId,
        only: Option<ExprId>,
        value: ExprId,
        /// Whether the figures are named by the options that the loop goes through.
        keyed: bool,
    },
    /// The elements that meet a condition.
    Only(LoopId, ExprId),
    /// The names of a map whose figures meet a condition.
    NamesIn(LoopId, ExprId),
    /// Whether all elements meet a condition, or one does.
    Quantified {
        row: LoopId,
        has: ExprId,
        all: bool,
    },
    /// The share of elements that meet a condition.
    ShareOf(LoopId, ExprId),
    SkippingMissing(ExprId),
    CountingMissing(ExprId, ExprId),
    Pick {
        which: Pick,
        count: ExprId,
        of: ExprId,
    },
    /// A list in the order of keys, computed for each element.
    Sorted {
        row: LoopId,
        by: Vec<(ExprId, bool)>,
    },
    /// A tally as the points of its answers.
    Tally {
        counts: ExprId,
        points: Vec<ExprId>,
    },
    /// A figure of the element among those of all elements.
    Standing {
        /// The element.
        of: LoopId,
        /// All of them.
        row: LoopId,
        /// By which figures, the first before the others.
        by: Vec<ExprId>,
        what: Standing,
    },
    Irrational(Irrational, Vec<ExprId>),
    FailedRequirements,
    AllRequirementsHold,
}

/// Where an element stands among all.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    Rank {
        highest_first: bool,
        ties: Ties,
    },
    /// Whether it is among the first so many.
    Top {
        size: ExprId,
        /// Whether the size is a share of them.
        share: bool,
        mode: Mode,
        ties: EdgeTies,
    },
    /// Its part of a pool.
    Split {
        pool: ExprId,
        to: Step,
        remainder: Remainder,
    },
}

/// A figure that exists only inside a rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Irrational {
    Root,
    Power,
    Logarithm(Logarithm),
    StandardDeviation,
}

impl ExprKind {
    /// Whether its operands are computed for each element of a list.
    pub(crate) const fn is_loop(&self) -> bool {
        matches!(
            self,
            Self::Collect { .. }
                | Self::Only(..)
                | Self::NamesIn(..)
                | Self::Quantified { .. }
                | Self::ShareOf(..)
                | Self::Sorted { .. }
                | Self::Standing { .. }
                | Self::Case(..)
        )
    }

    /// Hands each operand to `take`.
    pub(crate) fn operands(&self, mut take: impl FnMut(ExprId)) {
        match self {
            Self::Unknown
            | Self::Word(_)
            | Self::Number(_)
            | Self::Flag(_)
            | Self::Text(_)
            | Self::Option(_)
            | Self::Input(_)
            | Self::Either(_)
            | Self::Figure(_)
            | Self::NoValue
            | Self::EmptyMap
            | Self::WeightOf(..)
            | Self::PartOf(..)
            | Self::FullMarks(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::Row(_)
            | Self::Member(..)
            | Self::Rows(..)
            | Self::FailedRequirements
            | Self::AllRequirementsHold
            | Self::ConsequencesFired => {}
            Self::DatePart(_, a)
            | Self::Column { list: a, .. }
            | Self::Only(_, a)
            | Self::NamesIn(_, a)
            | Self::Quantified { has: a, .. }
            | Self::ShareOf(_, a)
            | Self::SkippingMissing(a) => take(*a),
            Self::Pick { count, of, .. } => {
                take(*count);
                take(*of);
            }
            Self::Shift { of: a, by: b, .. }
            | Self::Elapsed(a, b)
            | Self::At(a, b)
            | Self::CountingMissing(a, b) => {
                take(*a);
                take(*b);
            }
            Self::Collect { only, value, .. } => {
                take(*value);
                only.iter().copied().for_each(take);
            }
            Self::Sorted { by, .. } => by.iter().for_each(|(key, _)| take(*key)),
            Self::Tally { counts, points } => {
                take(*counts);
                points.iter().copied().for_each(take);
            }
            Self::Standing { by, what, .. } => {
                by.iter().copied().for_each(&mut take);
                match what {
                    Standing::Rank { .. } => {}
                    Standing::Top { size, .. } => take(*size),
                    Standing::Split { pool, .. } => take(*pool),
                }
            }
            Self::Case(key, lines) => {
                take(*key);
                lines.exprs(&mut take);
            }
            Self::Not(a) | Self::Negate(a) | Self::Given(a) | Self::Round(_, _, a) => {
                take(*a);
            }
            Self::Binary(_, a, b) | Self::Otherwise(a, b) => {
                take(*a);
                take(*b);
            }
            Self::If(a, b, c) => {
                take(*a);
                take(*b);
                c.iter().copied().for_each(take);
            }
            Self::IsOneOf(a, list) => {
                take(*a);
                list.iter().copied().for_each(take);
            }
            Self::List(list)
            | Self::Aggregate(_, list)
            | Self::MapOf(list)
            | Self::TableOf(_, list)
            | Self::Irrational(_, list) => list.iter().copied().for_each(take),
        }
    }
}
