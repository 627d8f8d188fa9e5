//! The operands of an expression as it is written.

use crate::syntax;

/// The keys of a table that is looked up by several: `rate of (kind, years)`.
pub(super) fn several(tree: &syntax::Tree, key: syntax::ExprId) -> Option<&[syntax::ExprId]> {
    match &tree.exprs.get(key.0 as usize)?.kind {
        syntax::ExprKind::List(keys) => Some(keys),
        _ => None,
    }
}

/// Hands each operand that stands in the same scope to `take`: what loops do for each element is
/// understood in a scope of its own.
pub(super) fn outer_operands(
    tree: &syntax::Tree,
    kind: &syntax::ExprKind,
    take: impl FnMut(syntax::ExprId),
) {
    use syntax::ExprKind as S;
    match kind {
        S::For { .. }
        | S::Where(..)
        | S::NamesIn(..)
        | S::Every(_)
        | S::Some(_)
        | S::ShareOf(..)
        | S::Rank { .. }
        | S::Top { .. }
        | S::Split { .. } => {}
        S::Sorted { of, .. } => [*of].into_iter().for_each(take),
        S::TableOf(_, key) if several(tree, *key).is_some() => {
            several(tree, *key)
                .into_iter()
                .flatten()
                .copied()
                .for_each(take);
        }
        kind => operands(kind, take),
    }
}

/// Hands each operand of a syntactic expression to `take`.
pub(super) fn operands(kind: &syntax::ExprKind, mut take: impl FnMut(syntax::ExprId)) {
    use syntax::ExprKind as S;
    match kind {
        S::Quantity(_)
        | S::Flag(_)
        | S::Path(_)
        | S::Quoted(_)
        | S::Given(_)
        | S::NoValue
        | S::WeightOf(_)
        | S::PartOf(_)
        | S::ConsequencesFired
        | S::Date(_)
        | S::Time(_)
        | S::FailedRequirements
        | S::AllRequirementsHold
        | S::Hole => {}
        S::Bracket(a) | S::Unary(_, a) | S::TableOf(_, a) | S::Round(_, a) => take(*a),
        S::Binary(_, a, b) | S::Otherwise(a, b) => {
            take(*a);
            take(*b);
        }
        S::If {
            condition,
            then,
            otherwise,
        } => {
            take(*condition);
            take(*then);
            otherwise.iter().copied().for_each(take);
        }
        S::IsOneOf(a, list) => {
            take(*a);
            list.iter().copied().for_each(take);
        }
        S::Aggregate(_, list) | S::List(list) => list.iter().copied().for_each(take),
        S::Map(entries) => entries.iter().for_each(|(_, value)| take(*value)),
        S::At(a, b)
        | S::Where(a, b)
        | S::NamesIn(a, b)
        | S::ShareOf(a, b)
        | S::CountingMissing(a, b)
        | S::Power(a, b) => {
            take(*a);
            take(*b);
        }
        S::For {
            value, over, only, ..
        } => {
            take(*value);
            take(*over);
            only.iter().copied().for_each(take);
        }
        S::Every(quantifier) | S::Some(quantifier) => {
            take(quantifier.over);
            take(quantifier.has);
        }
        S::SkippingMissing(a)
        | S::TallyScored(a, _)
        | S::Root(a)
        | S::Logarithm(_, a)
        | S::DatePart(_, a) => take(*a),
        S::Pick { of, .. } => take(*of),
        S::Sorted { of, by } => {
            take(*of);
            by.iter().for_each(|key| take(key.by));
        }
        S::Rank { of, among, .. } => {
            take(*of);
            take(*among);
        }
        S::Top {
            size, among, by, ..
        } => {
            take(*size);
            take(*among);
            take(*by);
        }
        S::Split {
            pool, by, among, ..
        } => {
            take(*pool);
            take(*by);
            take(*among);
        }
    }
}
