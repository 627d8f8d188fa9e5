//! The operands of an expression that are understood in its own scope.

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
        kind => kind.operands(take),
    }
}
