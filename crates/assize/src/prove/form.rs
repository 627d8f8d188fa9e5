//! Sums of variables with exact factors: what a figure is, as far as it is a straight line in
//! what data gives. Terms that cancel are gone, so that correlated figures do not widen.

use std::collections::BTreeMap;

use super::interval::Interval;
use crate::number::Rational;

/// A variable: an input, or a figure that is no straight line in the inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Var(pub(crate) u32);

impl Var {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// c + Σ kᵢ·xᵢ, with the variables rising and no factor zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) constant: Rational,
    pub(crate) terms: Vec<(Var, Rational)>,
}

impl Form {
    pub(crate) const fn constant(value: Rational) -> Self {
        Self {
            constant: value,
            terms: Vec::new(),
        }
    }

    pub(crate) fn of(var: Var) -> Self {
        Self {
            constant: Rational::ZERO,
            terms: vec![(var, Rational::ONE)],
        }
    }

    /// The figure, where no variable is left.
    pub(crate) fn as_constant(&self) -> Option<&Rational> {
        self.terms.is_empty().then_some(&self.constant)
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        self.combined(other, &Rational::ONE)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.combined(other, &Rational::from_integer(-1))
    }

    /// This and `factor` times the other.
    pub(crate) fn combined(&self, other: &Self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return self.clone();
        }
        let mut terms = Vec::with_capacity(self.terms.len().saturating_add(other.terms.len()));
        let mut own = self.terms.iter().peekable();
        let mut theirs = other.terms.iter().peekable();
        loop {
            match (own.peek(), theirs.peek()) {
                (Some((a, k)), Some((b, l))) => match a.cmp(b) {
                    std::cmp::Ordering::Less => {
                        terms.push((*a, k.clone()));
                        own.next();
                    }
                    std::cmp::Ordering::Greater => {
                        terms.push((*b, l * factor));
                        theirs.next();
                    }
                    std::cmp::Ordering::Equal => {
                        let sum = k + &(l * factor);
                        if !sum.is_zero() {
                            terms.push((*a, sum));
                        }
                        own.next();
                        theirs.next();
                    }
                },
                (Some((a, k)), None) => {
                    terms.push((*a, k.clone()));
                    own.next();
                }
                (None, Some((b, l))) => {
                    terms.push((*b, l * factor));
                    theirs.next();
                }
                (None, None) => break,
            }
        }
        Self {
            constant: &self.constant + &(&other.constant * factor),
            terms,
        }
    }

    pub(crate) fn negated(&self) -> Self {
        self.scaled(&Rational::from_integer(-1))
    }

    pub(crate) fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::constant(Rational::ZERO);
        }
        Self {
            constant: &self.constant * factor,
            terms: self
                .terms
                .iter()
                .map(|(var, k)| (*var, k * factor))
                .collect(),
        }
    }

    /// Where its values lie, when each variable lies in its own stretch.
    pub(crate) fn interval<'i>(&self, of: impl Fn(Var) -> &'i Interval) -> Interval {
        self.terms
            .iter()
            .fold(Interval::exactly(self.constant.clone()), |sum, (var, k)| {
                sum.plus(&of(*var).scaled(k))
            })
    }

    /// Its value at a point.
    pub(crate) fn at(&self, point: &[Rational]) -> Rational {
        self.terms
            .iter()
            .fold(self.constant.clone(), |sum, (var, k)| {
                point
                    .get(var.index())
                    .map_or(sum.clone(), |value| sum + value * k)
            })
    }

    /// The same with some variables replaced by others.
    pub(crate) fn renamed(&self, names: &BTreeMap<Var, Var>) -> Self {
        self.terms
            .iter()
            .fold(Self::constant(self.constant.clone()), |sum, (var, k)| {
                let var = names.get(var).copied().unwrap_or(*var);
                sum.combined(&Self::of(var), k)
            })
    }
}

/// A straight-line condition: the form is at least zero, above zero, or zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Constraint {
    pub(crate) form: Form,
    pub(crate) relation: Relation,
}

/// How a form stands to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    AtLeast,
    Above,
    Equal,
}

impl Constraint {
    pub(crate) const fn new(form: Form, relation: Relation) -> Self {
        Self { form, relation }
    }

    /// Whether it holds at a point.
    pub(crate) fn holds_at(&self, point: &[Rational]) -> bool {
        let value = self.form.at(point);
        match self.relation {
            Relation::AtLeast => !value.is_negative(),
            Relation::Above => value.signum() > 0,
            Relation::Equal => value.is_zero(),
        }
    }
}
