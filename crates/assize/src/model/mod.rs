//! What is meant: names resolved to indices, types and units known, weights as exact numbers,
//! articles attached.
//!
//! Everything refers to everything else by index into the vectors of [`Model`]. Expressions are
//! typed and lie in one arena. A model is made from any tree, however broken
//! ([`from_syntax`]); what could not be understood has the type [`Type::Unknown`], and
//! a model with errors is never turned into a plan.

mod bodies;
mod children;
mod claims;
pub(crate) mod codes;
mod consequences;
pub(crate) mod endless;
mod expr;
mod expressions;
mod figures;
pub(crate) mod from_syntax;
mod grades;
mod groups;
mod indicators;
mod inputs;
mod lists;
mod memberships;
mod mismatches;
mod multiples;
mod names;
mod operands;
mod order;
mod procedures;
mod readings;
mod rows;
mod tables;
mod types;

use std::collections::BTreeMap;

use crate::indicator::Indicator;
use crate::input::InputField;
use crate::number::{Mode, Rational, Step};
use crate::outcome::Fault;
use crate::procedure::Procedure;
use crate::syntax::{Better, Direction, Period};
use crate::text::Span;

pub(crate) use children::{results, subject_of};
pub(crate) use consequences::Does;
pub(crate) use expr::{Expr, ExprKind, Irrational, Standing};
pub(crate) use names::nearest;
pub(crate) use types::Type;

/// Declares an index into one of the vectors.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) u32);

        impl $name {
            pub(crate) const fn index(self) -> usize {
                self.0 as usize
            }

            /// The index of the next element of `list`.
            pub(crate) fn next<T>(list: &[T]) -> Self {
                Self(u32::try_from(list.len()).unwrap_or(u32::MAX))
            }
        }
    };
}

pub(crate) use index;

index! {
    /// A scale of options: [`Model::scales`].
    ScaleId
}
index! {
    /// An input: [`Model::inputs`].
    InputId
}
index! {
    /// Alternatives: [`Model::eithers`].
    EitherId
}
index! {
    /// A named figure: [`Model::figures`].
    FigureId
}
index! {
    /// A table: [`Model::tables`].
    TableId
}
index! {
    /// A typed expression: [`Model::exprs`].
    ExprId
}
index! {
    /// The members of a row: [`Model::records`].
    RecordId
}
index! {
    /// Something done for each element: [`Model::loops`].
    LoopId
}

/// A scheme as it is meant.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) slug: String,
    pub(crate) title: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) effective: Option<(chrono::NaiveDate, Option<chrono::NaiveDate>)>,
    pub(crate) subject: Option<Called>,
    pub(crate) period: Option<Period>,
    pub(crate) out_of: Option<Marks>,
    pub(crate) scales: Vec<Scale>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) eithers: Vec<Either>,
    pub(crate) fields: Vec<InputField>,
    pub(crate) figures: Vec<Figure>,
    /// The figures so that each comes after those it uses.
    pub(crate) order: Vec<FigureId>,
    pub(crate) tables: Vec<Table>,
    pub(crate) records: Vec<Record>,
    pub(crate) loops: Vec<Loop>,
    /// The schemes that this one scores as part of its own data.
    pub(crate) children: Vec<crate::scheme::Scheme>,
    pub(crate) readings: Vec<crate::scheme::Reading>,
    pub(crate) edition_of: Option<String>,
    /// Whether any line says what is assumed.
    pub(crate) assumes: bool,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) stops: Vec<Stop>,
    pub(crate) results: Vec<Output>,
    pub(crate) guarantees: Vec<Guarantee>,
    pub(crate) examples: Vec<Example>,
    pub(crate) indicators: Vec<Indicator>,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) exprs: Vec<Expr>,
}

/// What something is called.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Called {
    /// The name used in the scheme; members are `group.member`.
    pub(crate) name: String,
    /// The name that data uses, without a path.
    pub(crate) key: String,
    /// The label shown to people.
    pub(crate) label: Option<String>,
}

impl Called {
    /// What people read: the label, or else the name.
    pub(crate) fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// Where something comes from: its place, its article, and what it assumes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Origin {
    pub(crate) span: Span,
    pub(crate) article: Option<String>,
    pub(crate) says: Option<String>,
    pub(crate) assumed: Option<String>,
}

/// Full marks or a weight as written, in points or as a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) value: Rational,
    pub(crate) span: Span,
}

/// Named options: of a choice, of a grade, of a table that gives levels, or the keys of a map.
#[derive(Debug)]
pub(crate) struct Scale {
    pub(crate) called: Called,
    /// From the best to the worst where it is ordered.
    pub(crate) options: Vec<Called>,
    pub(crate) ordered: bool,
    pub(crate) span: Span,
    /// The options by name, key and label.
    places: BTreeMap<String, u32>,
}

impl Scale {
    pub(crate) const fn new(called: Called, ordered: bool, span: Span) -> Self {
        Self {
            called,
            options: Vec::new(),
            ordered,
            span,
            places: BTreeMap::new(),
        }
    }

    /// Adds an option below the others, and gives it back if its name or label is taken.
    pub(crate) fn add(&mut self, option: Called) -> Option<Called> {
        let taken = self.places.contains_key(&option.name)
            || option
                .label
                .as_ref()
                .is_some_and(|label| self.places.contains_key(label));
        let Ok(place) = u32::try_from(self.options.len()) else {
            return Some(option);
        };
        if taken {
            return Some(option);
        }
        for text in [Some(&option.name), Some(&option.key), option.label.as_ref()]
            .into_iter()
            .flatten()
        {
            self.places.entry(text.clone()).or_insert(place);
        }
        self.options.push(option);
        None
    }

    /// The option of that name, key or label.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.places.get(text).copied()
    }
}

/// One value, list or map that data holds.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) called: Called,
    /// Keys from the outermost inwards, as data nests them.
    pub(crate) path: Vec<String>,
    pub(crate) of: Type,
    pub(crate) low: Option<Bound>,
    pub(crate) high: Option<Bound>,
    pub(crate) step: Option<Rational>,
    /// For a map, the value of a key that is not given.
    pub(crate) default: Option<ExprId>,
    pub(crate) optional: bool,
    pub(crate) only_when: Option<ExprId>,
    /// `several are averaged`: a list may be given, its mean is the value.
    pub(crate) averaged: bool,
    pub(crate) summing_to: Option<Rational>,
    /// Which way a figure is better, where it is declared.
    pub(crate) better: Option<Better>,
    pub(crate) parameter: bool,
    pub(crate) either: Option<EitherId>,
    pub(crate) origin: Origin,
    /// The member by which the rows of a list are put in order.
    pub(crate) order: Option<u32>,
    /// Whether data may give the figures of a map as a list.
    pub(crate) keys_in_order: bool,
}

/// One end of a range.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) at: ExprId,
    pub(crate) included: bool,
}

/// Inputs of which one is given.
#[derive(Debug)]
pub(crate) struct Either {
    pub(crate) called: Called,
    pub(crate) inputs: Vec<InputId>,
    pub(crate) origin: Origin,
}

/// A named figure that the scheme computes.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) called: Called,
    pub(crate) of: Type,
    pub(crate) kind: FigureKind,
    pub(crate) origin: Origin,
}

/// What a figure is.
#[derive(Debug)]
pub(crate) enum FigureKind {
    /// Not understood.
    Unknown,
    Let(ExprId),
    Item(Item),
    Group(Group),
    /// The sum of the items and groups that no group holds.
    Total(Group),
    Grade(Grade),
    Consequence(Consequence),
    Require(ExprId),
    Each(Each),
}

/// The members of the rows of one list, or of the options of one choice: those that data gives,
/// then those that `each` lines compute, in written order.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) fields: Vec<Field>,
    /// Whether an element is one value, which is then the first field.
    pub(crate) plain: bool,
    /// The row in which the ranges and defaults of given members are read.
    pub(crate) row: LoopId,
    /// The kinds that `one of` tells apart, by the options of the first field.
    pub(crate) kinds: Option<ScaleId>,
    /// The last `each` that adds fields.
    pub(crate) last_each: Option<FigureId>,
    /// The scheme whose results the rows are, by its place in [`Model::children`].
    pub(crate) child: Option<usize>,
}

/// A member of a row.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) called: Called,
    pub(crate) of: Type,
    /// What is asked, for members that data gives.
    pub(crate) given: Option<Input>,
    /// The `each` whose line computes it.
    pub(crate) each: Option<FigureId>,
    /// The kind to which it belongs.
    pub(crate) kind: Option<u32>,
    pub(crate) unique: bool,
}

/// What is done for each element of a list, option of a choice, or name of a map.
#[derive(Debug)]
pub(crate) struct Loop {
    pub(crate) over: Over,
    /// The type of an element.
    pub(crate) element: Type,
    /// The fields that it has, if it has any.
    pub(crate) record: Option<RecordId>,
    /// The latest `each` whose fields are read.
    pub(crate) reads: Option<FigureId>,
}

/// What a loop goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// A list.
    List(ExprId),
    /// The values of a map by a choice, or by the names that data gives.
    Map(ExprId),
    /// The options of a choice.
    Scale(ScaleId),
    /// The rows that data gives for an input, before defaults.
    Given,
}

/// Lines for every element.
#[derive(Debug)]
pub(crate) struct Each {
    pub(crate) row: LoopId,
    pub(crate) record: RecordId,
    /// The `each` over the same rows before this one.
    pub(crate) after: Option<FigureId>,
    pub(crate) lines: Vec<RowLine>,
}

/// One line of an `each`.
#[derive(Debug)]
pub(crate) struct RowLine {
    /// Its field in the record; for a consequence, whether it fires is the field behind it.
    pub(crate) field: Option<u32>,
    pub(crate) called: Called,
    pub(crate) kind: RowKind,
    pub(crate) origin: Origin,
}

/// What a line of an `each` is.
#[derive(Debug)]
pub(crate) enum RowKind {
    Let(ExprId),
    Run {
        of: ExprId,
        restarts: Option<Rational>,
        /// The member that numbers the rows, where a gap in it breaks the run.
        broken_by: Option<u32>,
    },
    Carry {
        first: ExprId,
        becomes: ExprId,
    },
    Consequence(Consequence),
    Require(ExprId),
    Refuse {
        code: Fault,
        /// The declared field, or the option of a loop through a choice.
        field: Option<String>,
        label: Option<String>,
        when: ExprId,
    },
    Each(Each),
}

/// An item: lines that act on a running value.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) out_of: Option<Marks>,
    pub(crate) lines: Vec<Line>,
    pub(crate) may_go_below_zero: Option<Origin>,
    pub(crate) may_exceed: Option<Origin>,
    pub(crate) missing: Vec<MissingRule>,
    pub(crate) applies: Option<ExprId>,
}

/// Members and their weights; then lines as in an item.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub(crate) members: Vec<Member>,
    /// W: what the weights add up to.
    pub(crate) whole: Option<Rational>,
    /// F: what the group is out of, where it is known.
    pub(crate) full: Option<Rational>,
    pub(crate) covers: Option<(Rational, Rational, Origin)>,
    /// What acts on the sum, and the missing-data rules.
    pub(crate) body: Item,
}

/// A member of a group.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) of: MemberOf,
    /// wᵢ, where it has one.
    pub(crate) weight: Option<Rational>,
    /// fᵢ, where it is known.
    pub(crate) full: Option<Rational>,
    pub(crate) origin: Origin,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MemberOf {
    Input(InputId),
    Either(EitherId),
    Figure(FigureId),
}

/// A line of a body.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) kind: LineKind,
    /// On what condition.
    pub(crate) when: Option<ExprId>,
    pub(crate) origin: Origin,
}

/// What a line does to the running value.
#[derive(Debug)]
pub(crate) enum LineKind {
    StartAt(ExprId),
    Change {
        sign: crate::syntax::Sign,
        amount: ExprId,
        per: Option<Per>,
    },
    Score(ExprId),
    ScoreBy {
        by: ExprId,
        lines: Lines,
        /// Which map holds a tally to average, where one is given.
        tally: Option<InputId>,
    },
    MultiplyBy(ExprId),
    NotBelow(ExprId),
    NotAbove(ExprId),
    Round(Mode, Step),
}

/// What a change is counted by.
#[derive(Debug)]
pub(crate) struct Per {
    pub(crate) of: ExprId,
    /// The size of one, and how a broken one counts; `None` for a count.
    pub(crate) of_size: Option<(ExprId, Broken)>,
    pub(crate) beyond: Option<ExprId>,
    pub(crate) at_most: Option<ExprId>,
}

/// How a broken unit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Not at all (每满).
    Dropped,
    /// As a whole one (每不足…按一次).
    Whole,
    /// As its fraction (按比例).
    Fraction,
}

/// What happens when something is missing.
#[derive(Debug)]
pub(crate) struct MissingRule {
    pub(crate) when: MissingWhen,
    pub(crate) then: MissingThen,
    pub(crate) origin: Origin,
}

/// Which members are missing, by their index in the group.
#[derive(Clone, Debug)]
pub(crate) enum MissingWhen {
    Any,
    These(Vec<usize>),
    All,
    FewerThan(usize),
}

/// What happens then.
#[derive(Clone, Debug)]
pub(crate) enum MissingThen {
    WeighEqually,
    ShareEqually,
    ShareInProportion,
    GiveTo(usize),
    /// One weight for each member, zero for those not listed.
    Weights(Vec<Rational>),
    CountAsZero,
    CountAsFull,
    CountAs(ExprId),
    NoValue,
    /// An index into [`Model::stops`].
    Stop(usize),
}

/// A table: the first line that holds.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) called: Called,
    /// The type of its key, once something is known of it.
    pub(crate) key: Type,
    pub(crate) by: Option<ExprId>,
    /// The types of all keys of a table by several.
    pub(crate) keys: Vec<Type>,
    pub(crate) lines: Lines,
    pub(crate) of: Type,
    pub(crate) origin: Origin,
}

/// The lines of a table or grade.
#[derive(Clone, Debug)]
pub(crate) enum Lines {
    Rows {
        rows: Vec<Row>,
        between: Option<crate::syntax::Between>,
    },
    Points {
        points: Vec<(Rational, ExprId, Span)>,
        ends: Option<crate::syntax::Ends>,
    },
}

impl Lines {
    /// What the lines give.
    pub(crate) fn outcomes(&self) -> Vec<ExprId> {
        match self {
            Self::Points { points, .. } => points.iter().map(|(_, value, _)| *value).collect(),
            Self::Rows { rows, .. } => rows.iter().map(|row| row.outcome).collect(),
        }
    }

    /// Hands each expression of the lines to `take`.
    pub(crate) fn exprs(&self, take: &mut impl FnMut(ExprId)) {
        match self {
            Self::Points { points, .. } => points.iter().for_each(|(_, value, _)| take(*value)),
            Self::Rows { rows, .. } => {
                for row in rows {
                    take(row.outcome);
                    row.test.exprs(take);
                }
            }
        }
    }
}

impl Test {
    /// Hands each expression of the test to `take`.
    pub(crate) fn exprs(&self, take: &mut impl FnMut(ExprId)) {
        match self {
            Self::From(at) | Self::Above(at) | Self::UpTo(at) | Self::Below(at) => take(*at),
            Self::Within(low, high) | Self::Bounded((low, _), (high, _)) => {
                take(*low);
                take(*high);
            }
            Self::Is(list) => list.iter().copied().for_each(take),
            // Tests of several keys do not hold further such tests.
            Self::Several(tests) => tests.iter().for_each(|test| test.exprs(take)),
            Self::Otherwise | Self::Missing => {}
        }
    }
}

/// One line: a condition and what it gives.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) test: Test,
    pub(crate) outcome: ExprId,
    pub(crate) origin: Origin,
}

/// When a line holds.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    From(ExprId),
    Above(ExprId),
    UpTo(ExprId),
    Below(ExprId),
    Within(ExprId, ExprId),
    /// From one end to the other; whether each is included.
    Bounded((ExprId, bool), (ExprId, bool)),
    Is(Vec<ExprId>),
    /// One for each key.
    Several(Vec<Self>),
    Otherwise,
    Missing,
}

/// A grade and the lines that act on it.
#[derive(Debug)]
pub(crate) struct Grade {
    pub(crate) by: ExprId,
    /// The table from which it takes its lines.
    pub(crate) using: Option<TableId>,
    pub(crate) lines: Lines,
    /// Whether the levels stand in the scale from the worst to the best, as lines do that begin
    /// with `below 60 => …`.
    pub(crate) worst_first: bool,
    pub(crate) adjustments: Vec<Adjustment>,
}

/// A line that acts on a grade.
#[derive(Debug)]
pub(crate) struct Adjustment {
    pub(crate) when: ExprId,
    pub(crate) what: Adjust,
    pub(crate) label: Option<String>,
    pub(crate) origin: Origin,
}

/// What it does; options by index in the grade's scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adjust {
    NoBetterThan(u32),
    NoWorseThan(u32),
    OneStepHigher,
    OneStepLower,
    Becomes(u32),
}

/// Something that follows from the figures.
#[derive(Debug)]
pub(crate) struct Consequence {
    pub(crate) amount: Option<ExprId>,
    pub(crate) to: Option<String>,
    pub(crate) when: ExprId,
}

/// Data that cannot be right.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: Fault,
    pub(crate) field: String,
    pub(crate) label: Option<String>,
    pub(crate) when: ExprId,
    pub(crate) origin: Origin,
}

/// A reason for which no result is issued.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) reason: String,
    pub(crate) label: Option<String>,
    /// Its condition; `None` where a missing-data rule leads to it.
    pub(crate) when: Option<ExprId>,
    pub(crate) origin: Origin,
}

/// A `result` line.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) called: Called,
    pub(crate) shape: Shape,
    pub(crate) origin: Origin,
}

/// What comes out.
#[derive(Debug)]
pub(crate) enum Shape {
    One(ExprId),
    Fields(Vec<Entry>),
    /// One for each element or option.
    Each {
        row: LoopId,
        gives: EachShape,
        /// Whether each option is a result of its own, by the option's name.
        spread: bool,
    },
}

/// What comes out for each element.
#[derive(Debug)]
pub(crate) enum EachShape {
    One(ExprId),
    Fields(Vec<Entry>),
}

/// An entry of a result with members.
#[derive(Debug)]
pub(crate) enum Entry {
    One(Called, ExprId),
    /// One for each option of a choice, under the option's name.
    Per(ScaleId, ExprId),
}

/// A claim about every input.
#[derive(Debug)]
pub(crate) struct Guarantee {
    pub(crate) claim: Claim,
    pub(crate) origin: Origin,
}

/// What is claimed.
#[derive(Debug)]
pub(crate) enum Claim {
    Within(ExprId, Option<Bound>, Option<Bound>),
    Never(ExprId, Direction, Vec<InputId>),
    NeverGainsByMissing(ExprId, Vec<InputId>),
    EveryGradeReachable,
    Implies(ExprId, ExprId),
    Always(ExprId),
}

/// A worked example.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) label: Option<String>,
    pub(crate) given: crate::input::Subject,
    pub(crate) expect: Vec<Expected>,
    pub(crate) span: Span,
}

/// What an example expects.
#[derive(Debug)]
pub(crate) enum Expected {
    /// A result of that path has that value; `None` is no value.
    Figure(Vec<String>, Option<ExpectedValue>, Span),
    NoResult(String, Span),
    Refused(Fault, String, Span),
}

/// A value in an `expect` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExpectedValue {
    Number(Rational),
    Flag(bool),
    Text(String),
    List(Vec<Option<ExpectedValue>>),
    /// Members by name; `None` is no value.
    Fields(Vec<(String, Option<ExpectedValue>)>),
}

impl Input {
    /// One value that is required.
    pub(crate) fn plain(called: Called, of: Type) -> Self {
        Self {
            path: vec![called.key.clone()],
            called,
            of,
            low: None,
            high: None,
            step: None,
            default: None,
            optional: false,
            only_when: None,
            averaged: false,
            summing_to: None,
            better: None,
            parameter: false,
            either: None,
            origin: Origin::default(),
            order: None,
            keys_in_order: false,
        }
    }

    /// The type that a line reading the input sees: the mean of several counts need not be whole.
    pub(crate) fn read_as(&self) -> Type {
        match &self.of {
            Type::Count if self.averaged => Type::Number,
            of => of.clone(),
        }
    }
}

impl Model {
    pub(crate) fn expr(&self, id: ExprId) -> Option<&Expr> {
        self.exprs.get(id.index())
    }

    pub(crate) fn figure(&self, id: FigureId) -> Option<&Figure> {
        self.figures.get(id.index())
    }

    pub(crate) fn input(&self, id: InputId) -> Option<&Input> {
        self.inputs.get(id.index())
    }

    pub(crate) fn scale(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.get(id.index())
    }

    pub(crate) fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(id.index())
    }

    pub(crate) fn row(&self, id: LoopId) -> Option<&Loop> {
        self.loops.get(id.index())
    }
}

impl Model {
    /// The value of an expression that is a literal figure, with or without a minus sign.
    pub(crate) fn constant(&self, id: ExprId) -> Option<Rational> {
        match &self.expr(id)?.kind {
            ExprKind::Number(value) => Some(value.clone()),
            ExprKind::Negate(inner) => match &self.expr(*inner)?.kind {
                ExprKind::Number(value) => Some(-value.clone()),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Model {
    /// What people call an input, figure or key; `None` for anything composed.
    pub(crate) fn shown(&self, kind: &ExprKind) -> Option<String> {
        match kind {
            ExprKind::Input(id) => Some(self.input(*id)?.called.shown().to_owned()),
            ExprKind::Either(id) => Some(self.eithers.get(id.index())?.called.shown().to_owned()),
            ExprKind::Figure(id) => Some(self.figure(*id)?.called.shown().to_owned()),
            ExprKind::Rows(id, _) => Some(self.input(*id)?.called.shown().to_owned()),
            ExprKind::Member(row, field) => {
                let row = self.row(*row)?;
                let record = match row.element {
                    Type::Record(record) => record,
                    _ => row.record?,
                };
                let field = self.record(record)?.fields.get(*field as usize)?;
                Some(field.called.shown().to_owned())
            }
            ExprKind::At(_, key) => {
                let key = self.expr(*key)?;
                let (ExprKind::Option(option), Type::Option(scale)) = (&key.kind, &key.of) else {
                    return None;
                };
                let option = self.scale(*scale)?.options.get(*option as usize)?;
                Some(option.shown().to_owned())
            }
            _ => None,
        }
    }
}
