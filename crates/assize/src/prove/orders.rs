//! How figures stand to each other in a region: what its facts say, what is left open, and what is
//! kept of it as a condition between variables.

use super::form::{Constraint, Form, Relation};
use super::from_plan::{Open, Sketch};
use super::interval::{End, Interval};
use super::symbol::{EITHER, Lacks, NO, Symbol, Symbolic, YES};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op};

/// The place below which one comparison of a node has its two facts.
const AT_LEAST: u16 = 0;
const AT_MOST: u16 = 1;

/// Comparisons of one node behind so many are not told apart, and nothing is known of them.
const MOST_PLACES: u16 = u16::MAX / 2;

/// How one figure may stand to another: bits of a set.
pub(super) const LESS: u8 = 1;
pub(super) const EQUAL: u8 = 2;
pub(super) const GREATER: u8 = 4;

impl Sketch<'_, '_> {
    /// How a form may stand to zero; facts of the region count, and what they say is kept.
    pub(super) fn order(&mut self, node: NodeId, form: &Form, place: u16) -> u8 {
        let form = self.lifted_for_all(form);
        let interval = match self.grid(&form) {
            Some(grid) => grid.within(&self.interval(&form)),
            None => self.interval(&form),
        };
        let mut orders = 0;
        if !interval.is_not_negative() {
            orders |= LESS;
        }
        if interval.contains(&Rational::ZERO) {
            orders |= EQUAL;
        }
        if !interval.is_not_positive() {
            orders |= GREATER;
        }
        if self.general > 0 || place >= MOST_PLACES {
            return orders;
        }
        let spot = self.spot(node);
        let place = place.saturating_mul(2);
        let fact = |which: u16| {
            let at = (spot, place.saturating_add(which));
            self.region.facts.get(&at).copied()
        };
        let said = [
            (
                fact(AT_LEAST),
                EQUAL | GREATER,
                form.clone(),
                form.negated(),
            ),
            (fact(AT_MOST), EQUAL | LESS, form.negated(), form.clone()),
        ];
        for (fact, inside, holding, failing) in said {
            let Some(holds) = fact else { continue };
            let among = if holds { inside } else { !inside };
            if orders & !among != 0 {
                if holds {
                    self.require(holding, Relation::AtLeast);
                } else {
                    self.require(failing, Relation::Above);
                }
            }
            orders &= among;
        }
        self.closed |= orders == 0;
        orders
    }

    /// Notes a comparison that is open; `upper` where it is one with an upper bound.
    pub(super) fn note_order(&mut self, node: NodeId, form: &Form, place: u16, upper: bool) {
        if place >= MOST_PLACES {
            return;
        }
        let form = self.lifted_for_all(form);
        let place = place.saturating_mul(2);
        let (form, which) = if upper {
            (form.negated(), AT_MOST)
        } else {
            (form, AT_LEAST)
        };
        self.note(node, Open::Comparison(form, place.saturating_add(which)));
    }

    pub(super) fn require(&mut self, form: Form, relation: Relation) {
        let (form, relation) = self.tightened(form, relation);
        if let Some(value) = form.as_constant() {
            let holds = match relation {
                Relation::AtLeast => !value.is_negative(),
                Relation::Above => value.signum() > 0,
                Relation::Equal => value.is_zero(),
            };
            self.closed |= !holds;
            return;
        }
        let interval = self.interval(&form);
        let (always, never) = match relation {
            Relation::AtLeast => (interval.is_not_negative(), interval.is_negative()),
            Relation::Above => (interval.is_positive(), interval.is_not_positive()),
            Relation::Equal => (false, !interval.contains(&Rational::ZERO)),
        };
        self.closed |= never;
        if always || never {
            return;
        }
        self.conditions.push(Constraint::new(form, relation));
    }

    /// A condition on a form whose values lie on steps, moved to the first step that keeps it.
    pub(super) fn tightened(&self, form: Form, relation: Relation) -> (Form, Relation) {
        if relation == Relation::Equal {
            return (form, relation);
        }
        let least = self.grid(&form).and_then(|grid| {
            let least = grid.ceil(&Rational::ZERO)?;
            Some(if least.is_zero() && relation == Relation::Above {
                grid.step
            } else {
                least
            })
        });
        match least {
            Some(least) => (form.minus(&Form::constant(least)), Relation::AtLeast),
            None => (form, relation),
        }
    }

    /// A form over quotients by one figure that is never negative, multiplied by it: how the one
    /// stands to zero, so does the other, where the quotients have values.
    pub(crate) fn lifted(&self, form: &Form) -> Form {
        self.lifted_where(form, |of| of.is_not_negative(), |of| of.is_not_positive())
    }

    /// The same where they have values for certain. A region may be parted by it: elsewhere the
    /// parts would leave out who has nothing to divide by.
    pub(super) fn lifted_for_all(&self, form: &Form) -> Form {
        self.lifted_where(form, Interval::is_positive, Interval::is_negative)
    }

    pub(super) fn lifted_where(
        &self,
        form: &Form,
        above_zero: impl Fn(&Interval) -> bool,
        below_zero: impl Fn(&Interval) -> bool,
    ) -> Form {
        let mut over: Option<&Form> = None;
        let mut above = Form::constant(Rational::ZERO);
        for (var, k) in &form.terms {
            let Some((a, b)) = self.quotients.get(var) else {
                return form.clone();
            };
            if over.is_some_and(|over| over != b) {
                return form.clone();
            }
            over = Some(b);
            above = above.combined(a, k);
        }
        match over {
            Some(b) if above_zero(&self.interval(b)) => above.combined(b, &form.constant),
            Some(b) if below_zero(&self.interval(b)) => above.combined(b, &form.constant).negated(),
            _ => form.clone(),
        }
    }

    pub(super) fn compare(
        &mut self,
        node: NodeId,
        comparison: Comparison,
        a: NodeId,
        b: NodeId,
    ) -> Symbol {
        let (a, b) = (self.get(a), self.get(b));
        let lacks = a.lacks.and(b.lacks);
        if !a.may_have_value() || !b.may_have_value() {
            return Symbol::lacking(lacks);
        }
        let orders = self.orders(node, (&a, &b), 0, comparison);
        Symbol::flag(answers(comparison, orders)).with(lacks)
    }

    /// How two values may stand to each other; noted where that leaves the comparison open.
    pub(super) fn orders(
        &mut self,
        node: NodeId,
        (a, b): (&Symbol, &Symbol),
        place: u16,
        comparison: Comparison,
    ) -> u8 {
        match (&a.value, &b.value) {
            (Symbolic::Number(x), Symbolic::Number(y)) => {
                let form = x.minus(y);
                let orders = self.order(node, &form, place);
                if answers(comparison, orders) == EITHER {
                    // What is left open decides which way to split.
                    let upper = match orders {
                        o if o == (EQUAL | LESS) => false,
                        o if o == (EQUAL | GREATER) => true,
                        _ => matches!(comparison, Comparison::LessEqual | Comparison::Greater),
                    };
                    self.note_order(node, &form, place, upper);
                }
                orders
            }
            (Symbolic::Option(x), Symbolic::Option(y)) => set_orders(*x, *y),
            (Symbolic::Flag(x), Symbolic::Flag(y)) => set_orders(u64::from(*x), u64::from(*y)),
            _ => LESS | EQUAL | GREATER,
        }
    }

    pub(super) fn select(
        &mut self,
        node: NodeId,
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    ) -> Symbol {
        let at = condition;
        let condition = self.get(condition);
        let (then, otherwise) = (self.get(then), self.get(otherwise));
        if !condition.may_have_value() {
            return condition;
        }
        match condition.answers() {
            YES => then.with(condition.lacks),
            NO => otherwise.with(condition.lacks),
            _ => {
                let then = self.assuming(at, then, true);
                let otherwise = self.assuming(at, otherwise, false);
                self.joined(node, &[then, otherwise]).with(condition.lacks)
            }
        }
    }

    /// A figure where a comparison of one variable, which is open, comes out so.
    pub(super) fn assuming(&mut self, condition: NodeId, symbol: Symbol, holds: bool) -> Symbol {
        let plan = self.space.instances.get(self.instance).map(|own| own.plan);
        let (Some(Op::Compare(comparison, a, b)), Some(form)) = (
            plan.and_then(|plan| plan.op(condition)),
            symbol.form().cloned(),
        ) else {
            return symbol;
        };
        let (a, b) = (self.get(*a), self.get(*b));
        let (Some(x), Some(y)) = (a.form(), b.form()) else {
            return symbol;
        };
        let apart = x.minus(y);
        let [(var, factor)] = apart.terms.as_slice() else {
            return symbol;
        };
        let above = match (comparison, holds) {
            (Comparison::GreaterEqual, true) | (Comparison::Less, false) => (true, true),
            (Comparison::Greater, true) | (Comparison::LessEqual, false) => (true, false),
            (Comparison::LessEqual, true) | (Comparison::Greater, false) => (false, true),
            (Comparison::Less, true) | (Comparison::GreaterEqual, false) => (false, false),
            (Comparison::Equal | Comparison::NotEqual, _) => return symbol,
        };
        // factor·var + constant stands on that side of zero.
        let Ok(at) = (-&apart.constant).checked_div(factor) else {
            return symbol;
        };
        let end = End {
            at,
            included: above.1,
        };
        let side = if above.0 != factor.is_negative() {
            Interval {
                low: Some(end),
                high: None,
            }
        } else {
            Interval {
                low: None,
                high: Some(end),
            }
        };
        let Some(own) = self.bounds.get(var.index()) else {
            return symbol;
        };
        let own = own.meet(&side);
        let own = match self.grids.get(var.index()) {
            Some(Some(grid)) => grid.within(&own),
            _ => own,
        };
        if own.is_empty() {
            return symbol;
        }
        let all = Interval::ALL;
        let there = form.interval(|id| {
            if id == *var {
                &own
            } else {
                self.bounds.get(id.index()).unwrap_or(&all)
            }
        });
        if there == self.interval(&form) {
            return symbol;
        }
        let grid = self.grid(&form);
        let narrower = self.plain_curve(there, grid);
        Symbol {
            value: Symbolic::Number(narrower),
            lacks: symbol.lacks,
        }
    }
}

/// The answers that a comparison may give.
pub(super) fn answers(comparison: Comparison, orders: u8) -> u8 {
    let holds = match comparison {
        Comparison::Equal => EQUAL,
        Comparison::NotEqual => LESS | GREATER,
        Comparison::Less => LESS,
        Comparison::LessEqual => LESS | EQUAL,
        Comparison::Greater => GREATER,
        Comparison::GreaterEqual => GREATER | EQUAL,
    };
    let mut answers = 0;
    if orders & holds != 0 {
        answers |= YES;
    }
    if orders & !holds != 0 {
        answers |= NO;
    }
    answers
}

/// How a member of one set may stand to a member of another.
pub(super) fn set_orders(x: u64, y: u64) -> u8 {
    if x == 0 || y == 0 {
        return 0;
    }
    let last = |set: u64| 63_u32.saturating_sub(set.leading_zeros());
    let mut orders = 0;
    if x & y != 0 {
        orders |= EQUAL;
    }
    if x.trailing_zeros() < last(y) {
        orders |= LESS;
    }
    if last(x) > y.trailing_zeros() {
        orders |= GREATER;
    }
    orders
}

pub(super) fn flag_or_never(answers: u8) -> Symbol {
    if answers == 0 {
        Symbol::lacking(Lacks::NONE)
    } else {
        Symbol::flag(answers)
    }
}

/// `and` (deciding on no) and `or` (deciding on yes).
pub(super) fn decide(a: &Symbol, b: &Symbol, deciding: u8) -> Symbol {
    let other = EITHER & !deciding;
    if a.is_answer(deciding) || b.is_answer(deciding) {
        return Symbol::flag(deciding);
    }
    let mut answers = 0;
    if (a.answers() | b.answers()) & deciding != 0 {
        answers |= deciding;
    }
    if a.answers() & b.answers() & other != 0 {
        answers |= other;
    }
    flag_or_never(answers).with(a.lacks.and(b.lacks))
}
