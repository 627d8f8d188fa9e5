//! The operands of an expression as it is written.

use super::{ExprId, ExprKind};

impl ExprKind {
    /// Hands each operand of an expression to `take`.
    pub(crate) fn operands(&self, mut take: impl FnMut(ExprId)) {
        match self {
            Self::Quantity(_)
            | Self::Flag(_)
            | Self::Path(_)
            | Self::Quoted(_)
            | Self::Given(_)
            | Self::NoValue
            | Self::WeightOf(_)
            | Self::PartOf(_)
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
            | Self::Pick { of, .. }
            | Self::TallyScored(of, _)
            | Self::Root(of)
            | Self::Logarithm(_, of)
            | Self::DatePart(_, of) => take(*of),
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
