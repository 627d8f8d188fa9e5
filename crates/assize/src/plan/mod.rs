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
mod lists;
mod op;
mod rows;

pub(crate) use formula::{Piece, written};

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use op::{
    Arithmetic, Blame, Comparison, Gives, Op, RowCheck, Stands, Surd, SurdKind, Test,
};

use crate::model::{
    Broken, Called, EitherId, ExprId, FigureId, InputId, MissingThen, MissingWhen, Origin,
    RecordId, ScaleId, TableId, Type, index,
};
use crate::number::{Mode, Rational, Step as Unit};
use crate::outcome::Fault;
use crate::syntax::Sign;

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
    /// The expression that a node computes, for nodes outside loops.
    pub(crate) written: BTreeMap<NodeId, ExprId>,
    /// The nodes of each expression, those inside loops as well: one for each loop that reads it.
    pub(crate) computed: Vec<(ExprId, NodeId)>,
    /// In declaration order.
    pub(crate) figures: Vec<PlannedFigure>,
    /// Up to which node each input, figure or result extends, in the order of the nodes.
    pub(crate) owners: Vec<(NodeId, Blame)>,
    /// What comes out, in written order.
    pub(crate) outputs: Vec<PlannedOutput>,
    /// The conditions and bounds of the model's guarantees, by their index.
    pub(crate) claims: Vec<Vec<NodeId>>,
    /// The members of rows as data gives them that may be absent: node, record and field.
    pub(crate) members: Vec<(NodeId, RecordId, u32)>,
    /// How many figures are handed from row to row.
    pub(crate) slots: u32,
    /// Loops (by their last node) and figures of whole lists that stand inside a loop and read
    /// nothing of its elements: computed once.
    pub(crate) same: BTreeSet<NodeId>,
    /// What loops inside a loop (by their last node), and figures of whole lists there, read of
    /// its elements: where that is the same for two elements, so is what they give.
    pub(crate) reads: BTreeMap<NodeId, Vec<Reads>>,
    /// Whether the scheme assumes anything that its document does not say.
    pub(crate) assumes: bool,
    /// By what a reader knows the elements of loops, by the node of the element.
    pub(crate) rows_called: BTreeMap<NodeId, RowsCalled>,
    /// The named tables that are looked up, and where.
    pub(crate) tables: Vec<(NodeId, TableId)>,
    /// Defaults of members of rows: the node that stands in, record and field.
    pub(crate) stand_ins: Vec<(NodeId, RecordId, u32)>,
    pub(crate) row_refusals: Vec<PlacedRefusal>,
    pub(crate) row_consequences: Vec<RowConsequence>,
}

/// What is read of the element of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    Node(NodeId),
    /// One member of the element.
    Member(NodeId, usize),
}

/// By what a reader knows the elements of a loop.
#[derive(Debug)]
pub(crate) enum RowsCalled {
    /// The member of that place, with what it is called.
    Member(usize, String),
    /// The options of a choice, which the elements are.
    Option(Vec<String>),
    /// Their number, from 1.
    Number,
}

/// A refusal among the lines of an `each`.
#[derive(Debug)]
pub(crate) struct PlacedRefusal {
    /// One flag for each row.
    pub(crate) when: NodeId,
    /// The rows.
    pub(crate) rows: NodeId,
    pub(crate) record: RecordId,
    pub(crate) label: Option<String>,
    pub(crate) code: Fault,
    /// The field that it names; without one, the option of the row.
    pub(crate) field: Option<String>,
    /// The choice whose options the rows are.
    pub(crate) scale: Option<ScaleId>,
    pub(crate) origin: Origin,
}

/// A consequence among the lines of an `each`.
#[derive(Debug)]
pub(crate) struct RowConsequence {
    pub(crate) rows: NodeId,
    pub(crate) record: RecordId,
    /// The field of its amount; whether it fires is the field behind it.
    pub(crate) field: usize,
    pub(crate) called: Called,
    pub(crate) to: Option<String>,
    pub(crate) has_amount: bool,
    pub(crate) origin: Origin,
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
    /// On what condition.
    pub(crate) when: Option<NodeId>,
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
        before: NodeId,
        label: Option<String>,
    },
    /// A licence that acts where the value passes the mark.
    MayPass {
        mark: Rational,
        below: bool,
    },
    /// A consequence.
    Fires,
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
    Fields(Vec<PlannedEntry>),
    /// One for each element: the list of what comes out, and of what it consists.
    Each {
        rows: NodeId,
        of: EachOf,
        /// The options by which the elements are named.
        scale: Option<ScaleId>,
        /// Whether each is a result of its own.
        spread: bool,
    },
}

/// What comes out for each element.
#[derive(Debug)]
pub(crate) enum EachOf {
    One(Type),
    Fields(Vec<PlannedEntry>),
}

/// An entry of a result with members; inside [`EachOf::Fields`] the node is a place in the row.
#[derive(Debug)]
pub(crate) enum PlannedEntry {
    One(Called, NodeId, Type),
    Per(ScaleId, NodeId, Type),
}

impl PlannedEntry {
    /// The node of what comes out.
    pub(crate) const fn node(&self) -> NodeId {
        match self {
            Self::One(_, node, _) | Self::Per(_, node, _) => *node,
        }
    }
}

/// A line of a table.
#[derive(Clone, Debug)]
pub(crate) struct LookupRow {
    pub(crate) test: Test,
    pub(crate) outcome: NodeId,
    pub(crate) origin: Origin,
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

    /// Whether each node stands inside a loop.
    pub(crate) fn inside_loops(&self) -> Vec<bool> {
        let mut inside = vec![false; self.nodes.len()];
        for (at, op) in self.nodes.iter().enumerate() {
            if let Op::Row { end, .. } = op
                && let Some(body) = inside.get_mut(at..end.index())
            {
                body.fill(true);
            }
        }
        inside
    }

    /// The input, figure or result in whose definition a node stands.
    pub(crate) fn owner(&self, id: NodeId) -> Option<&Blame> {
        let at = self.owners.partition_point(|(last, _)| *last < id);
        self.owners.get(at).map(|(_, blame)| blame)
    }
}
