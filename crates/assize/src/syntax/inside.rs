//! What stands inside a statement or an expression, for whoever goes through a tree.
//!
//! Every kind is named, so that a new one cannot be passed over.

use super::{
    BaseType, Block, ExprId, ExprKind, GradeLines, Held, InputShape, Kind, Line, Statement,
    TableBody,
};

impl Statement {
    /// Its blocks, in written order; also the one behind a head that could not be read.
    #[must_use]
    pub fn blocks(&self) -> Vec<&Block> {
        match &self.kind {
            Kind::Hole(hole) => hole.body.iter().collect(),
            Kind::Input(input) => match &input.shape {
                InputShape::Group(members) | InputShape::Either(members) => vec![members],
                InputShape::Field(field) => of_type(&field.of.base),
            },
            Kind::Each { body: block, .. }
            | Kind::LetMap { rows: block, .. }
            | Kind::Procedure { body: block, .. }
            | Kind::Total { body: block, .. }
            | Kind::Example { body: block, .. } => vec![block],
            Kind::Item(scored) | Kind::Group(scored) => vec![&scored.body],
            Kind::LetTable { body, .. }
            | Kind::Table { body, .. }
            | Kind::Line {
                line: Line::ScoreBy { body, .. },
                ..
            } => vec![rows(body)],
            Kind::Grade { lines, .. } => match lines {
                GradeLines::Own(body) => vec![rows(body)],
                GradeLines::Using(_, adjust) => adjust.iter().collect(),
            },
            Kind::Indicator(indicator) => indicator.aspects.iter().collect(),
            Kind::Reading { alternatives, .. } => alternatives
                .iter()
                .filter_map(|alternative| match &alternative.holds {
                    Held::Lines(lines) => Some(lines),
                    Held::Value(_) => None,
                })
                .collect(),
            Kind::Source(_)
            | Kind::Effective { .. }
            | Kind::Assesses { .. }
            | Kind::OutOf(_)
            | Kind::Choice(_)
            | Kind::Refuse { .. }
            | Kind::NoResult { .. }
            | Kind::Let { .. }
            | Kind::Run { .. }
            | Kind::Carry { .. }
            | Kind::Require { .. }
            | Kind::Extends(_)
            | Kind::EditionOf(_)
            | Kind::ProcedureStep(_)
            | Kind::Consequence { .. }
            | Kind::Result { .. }
            | Kind::Line { .. }
            | Kind::Missing { .. }
            | Kind::Applies(_)
            | Kind::Covers { .. }
            | Kind::Weight { .. }
            | Kind::Row { .. }
            | Kind::Adjust { .. }
            | Kind::Guarantee(_)
            | Kind::Given(_)
            | Kind::Expect(_) => Vec::new(),
        }
    }
}

/// The members that a type declares.
fn of_type(base: &BaseType) -> Vec<&Block> {
    match base {
        BaseType::Record(members) => vec![members],
        BaseType::OneOf { kinds, .. } => kinds.iter().map(|(_, members)| members).collect(),
        BaseType::Count
        | BaseType::Number
        | BaseType::Points
        | BaseType::Ratio
        | BaseType::Money
        | BaseType::Flag
        | BaseType::Text
        | BaseType::Date
        | BaseType::Time
        | BaseType::Duration
        | BaseType::Named(_)
        | BaseType::ResultOf(_) => Vec::new(),
    }
}

fn rows(body: &TableBody) -> &Block {
    match body {
        TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => rows,
    }
}

impl ExprKind {
    /// Hands each operand to `take`, in written order but for the value of a `for`.
    pub fn operands(&self, mut take: impl FnMut(ExprId)) {
        match self {
            Self::Quantity(_)
            | Self::Flag(_)
            | Self::Path(_)
            | Self::Quoted(_)
            | Self::Given(_)
            | Self::NoValue
            | Self::WeightOf(_)
            | Self::PartOf(_)
            | Self::FullMarks(_)
            | Self::ConsequencesFired
            | Self::Date(_)
            | Self::Time(_)
            | Self::FailedRequirements
            | Self::AllRequirementsHold
            | Self::Hole => {}
            Self::Bracket(of)
            | Self::Unary(_, of)
            | Self::TableOf(_, of)
            | Self::Round(_, of)
            | Self::SkippingMissing(of)
            | Self::TallyScored(of, _)
            | Self::Root(of)
            | Self::Logarithm(_, of)
            | Self::DatePart(_, of) => take(*of),
            Self::Pick { count, of, .. } => [*count, *of].into_iter().for_each(take),
            Self::Binary(_, left, right)
            | Self::Otherwise(left, right)
            | Self::At(left, right)
            | Self::Where(left, right)
            | Self::NamesIn(left, right)
            | Self::ShareOf(left, right)
            | Self::CountingMissing(left, right)
            | Self::Power(left, right) => [*left, *right].into_iter().for_each(take),
            Self::If {
                condition,
                then,
                otherwise,
            } => {
                take(*condition);
                take(*then);
                otherwise.iter().copied().for_each(take);
            }
            Self::IsOneOf(of, list) => {
                take(*of);
                list.iter().copied().for_each(take);
            }
            Self::Aggregate(_, list) | Self::List(list) => list.iter().copied().for_each(take),
            Self::Map(entries) => entries.iter().for_each(|(_, value)| take(*value)),
            Self::For {
                value, over, only, ..
            } => {
                take(*value);
                take(*over);
                only.iter().copied().for_each(take);
            }
            Self::Every(quantifier) | Self::Some(quantifier) => {
                take(quantifier.over);
                take(quantifier.has);
            }
            Self::Sorted { of, by } => {
                take(*of);
                by.iter().for_each(|key| take(key.by));
            }
            Self::Rank { of, among, .. } => [*of, *among].into_iter().for_each(take),
            Self::Top {
                size, among, by, ..
            } => [*size, *among, *by].into_iter().for_each(take),
            Self::Split {
                pool, by, among, ..
            } => [*pool, *by, *among].into_iter().for_each(take),
        }
    }
}
