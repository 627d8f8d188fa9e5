//! Figures that are no straight line in the inputs: products, quotients, floors, caps and roundings.
//!
//! Each is a variable of its own, tied to what it is made of by the straight lines between which it
//! lies; where the region says on which side of a bend it is, it is a straight line after all.

use super::form::{Constraint, Form, Relation, Var};
use super::from_plan::{Open, Sketch};
use super::interval::{End, Interval};
use super::orders::{EQUAL, GREATER, LESS};
use super::space::Grid;
use super::symbol::{Lacks, Symbol};
use crate::number::{Mode, Rational, Step};
use crate::plan::{Arithmetic, NodeId, Surd, SurdKind};

/// How many terms a product that is multiplied out may have.
const MOST_TERMS: usize = 64;

impl<'a> Sketch<'_, 'a> {
    pub(super) fn arithmetic(
        &mut self,
        node: NodeId,
        arithmetic: Arithmetic,
        a: NodeId,
        b: NodeId,
    ) -> Symbol {
        let (a, b) = (self.get(a), self.get(b));
        let lacks = a.lacks.and(b.lacks);
        let (Some(x), Some(y)) = (a.form(), b.form()) else {
            return self.unfit(node, &[&a, &b]);
        };
        let form = match arithmetic {
            Arithmetic::Plus => x.plus(y),
            Arithmetic::Minus => x.minus(y),
            Arithmetic::Times => self.product(node, x, y),
        };
        Symbol::number(form).with(lacks)
    }

    pub(super) fn product(&mut self, node: NodeId, x: &Form, y: &Form) -> Form {
        match (x.as_constant(), y.as_constant()) {
            (Some(k), _) => return y.scaled(k),
            (_, Some(k)) => return x.scaled(k),
            (None, None) => {}
        }
        // A product of sums has as many terms as their terms together make; squared line by line,
        // they would be more than there is room for. One variable then stands for each sum.
        if x.terms.len().saturating_mul(y.terms.len()) > MOST_TERMS {
            let of_x = self.named(x);
            let of_y = if x == y { of_x.clone() } else { self.named(y) };
            return self.product(node, &of_x, &of_y);
        }
        // Multiplied out, so that what two products have in common cancels.
        let mut all = Form::constant(&x.constant * &y.constant)
            .combined(&without_constant(x), &y.constant)
            .combined(&without_constant(y), &x.constant);
        for (u, k) in &x.terms {
            for (v, l) in &y.terms {
                let one = self.product_of(node, *u, *v);
                all = all.combined(&one, &(k * l));
            }
        }
        if x.terms.len() > 1 || y.terms.len() > 1 {
            // The whole may be known better than its parts.
            let whole = self.interval(x).times(&self.interval(y));
            let apart = self.interval(&all);
            if whole != apart {
                let own = self.plain_curve(whole.meet(&apart), None);
                self.require(own.minus(&all), Relation::Equal);
                return own;
            }
        }
        all
    }

    /// One variable for a sum.
    fn named(&mut self, form: &Form) -> Form {
        let (interval, grid) = (self.interval(form), self.grid(form));
        let name = self.plain_curve(interval, grid);
        self.require(name.minus(form), Relation::Equal);
        name
    }

    /// u·v.
    pub(super) fn product_of(&mut self, node: NodeId, u: Var, v: Var) -> Form {
        let (u, v) = (u.min(v), u.max(v));
        if let Some(known) = self.products.get(&(u, v)) {
            return known.clone();
        }
        let (x, y) = (Form::of(u), Form::of(v));
        let (of_x, of_y) = (self.interval(&x), self.interval(&y));
        let mut interval = of_x.times(&of_y);
        if u == v {
            interval = interval.meet(&Interval::at_least(Rational::ZERO));
        }
        let whole = |var: Var| {
            let grid = self.grids.get(var.index())?.clone()?;
            let steps = grid.base.checked_div(&grid.step).ok()?;
            steps.is_integer().then_some(grid.step)
        };
        let grid = whole(u).zip(whole(v)).map(|(a, b)| Grid {
            base: Rational::ZERO,
            step: a * b,
        });
        let z = self.plain_curve(interval, grid);
        self.products.insert((u, v), z.clone());
        if z.as_constant().is_some() {
            return z;
        }
        // The straight lines that touch the surface z = x·y at the corners (McCormick, 1976).
        let end = |end: &Option<End>| end.as_ref().map(|end| end.at.clone());
        let ends = [
            (end(&of_x.low), end(&of_y.low), false),
            (end(&of_x.high), end(&of_y.high), false),
            (end(&of_x.high), end(&of_y.low), true),
            (end(&of_x.low), end(&of_y.high), true),
        ];
        for (at_x, at_y, above) in ends {
            if let (Some(at_x), Some(at_y)) = (at_x, at_y) {
                let touching = y
                    .scaled(&at_x)
                    .combined(&x, &at_y)
                    .combined(&Form::constant(&at_x * &at_y), &Rational::from_integer(-1));
                let apart = z.minus(&touching);
                let apart = if above { apart.negated() } else { apart };
                self.require(apart, Relation::AtLeast);
            }
        }
        self.in_order(u, v, &z);
        self.in_order(v, u, &z);
        if let Some(var) = self.widest([&x, &y]) {
            self.note(node, Open::Curve(var));
        }
        z
    }

    /// Products with one factor in common, which is never negative, stand as their other factors.
    pub(super) fn in_order(&mut self, common: Var, own: Var, product: &Form) {
        if !self.interval(&Form::of(common)).is_not_negative() {
            return;
        }
        let mut found = Vec::new();
        for ((a, b), other) in &self.products {
            let factor = match (*a == common, *b == common) {
                (true, _) => *b,
                (false, true) => *a,
                (false, false) => continue,
            };
            let apart = Form::of(own).minus(&Form::of(factor));
            let greater = |apart: &Form| {
                self.space.conditions.iter().any(|known| {
                    known.relation != Relation::Equal
                        && known.form.terms == apart.terms
                        && known.form.constant.signum() <= 0
                })
            };
            if greater(&apart) {
                found.push(product.minus(other));
            } else if greater(&apart.negated()) {
                found.push(other.minus(product));
            }
        }
        for apart in found {
            self.require(apart, Relation::AtLeast);
        }
    }

    /// The variable that is worth halving: one without an end, or else the widest.
    pub(super) fn widest<'f>(&self, forms: impl IntoIterator<Item = &'f Form>) -> Option<Var> {
        let mut best: Option<(Option<Rational>, Var)> = None;
        for (var, _) in forms.into_iter().flat_map(|form| &form.terms) {
            let Some(interval) = self.bounds.get(var.index()) else {
                continue;
            };
            let width = match (&interval.low, &interval.high) {
                (Some(low), Some(high)) => Some(&high.at - &low.at),
                _ => None,
            };
            let wider = match (&best, &width) {
                (None, _) => true,
                (Some((None, _)), _) => false,
                (Some((Some(_), _)), None) => true,
                (Some((Some(best), _)), Some(width)) => width > best,
            };
            if wider {
                best = Some((width, *var));
            }
        }
        best.map(|(_, var)| var)
    }

    pub(super) fn divide(&mut self, node: NodeId, a: NodeId, b: NodeId) -> Symbol {
        let (a, b) = (self.get(a), self.get(b));
        let lacks = a.lacks.and(b.lacks);
        let (Some(x), Some(y)) = (a.form().cloned(), b.form().cloned()) else {
            return self.unfit(node, &[&a, &b]).with(Lacks::EMPTY);
        };
        if let Some(k) = y.as_constant() {
            return match Rational::ONE.checked_div(k) {
                Ok(over) => Symbol::number(x.scaled(&over)).with(lacks),
                Err(_) => Symbol::lacking(lacks.and(Lacks::EMPTY)),
            };
        }
        let (symbol, may_be_zero) = self.quotient(node, &x, &y, None);
        let lacks = if may_be_zero {
            lacks.and(Lacks::EMPTY)
        } else {
            lacks
        };
        symbol.with(lacks)
    }

    /// a / b, and whether b may be zero; `among` is where it lies, if that is known.
    pub(super) fn quotient(
        &mut self,
        node: NodeId,
        x: &Form,
        y: &Form,
        among: Option<&Interval>,
    ) -> (Symbol, bool) {
        let of_y = match self.grid(y) {
            Some(grid) => grid.within(&self.interval(y)),
            None => self.interval(y),
        };
        let orders = self.order(node, y, 0);
        // Where it has a value, b is not zero.
        let above = End::open(Rational::ZERO);
        let nonzero = if orders & LESS == 0 {
            of_y.meet(&Interval {
                low: Some(above),
                high: None,
            })
        } else if orders & GREATER == 0 {
            of_y.meet(&Interval {
                low: None,
                high: Some(above),
            })
        } else {
            of_y.clone()
        };
        let nonzero = match self.grid(y) {
            Some(grid) => grid.within(&nonzero),
            None => nonzero,
        };
        let may_be_zero = orders & EQUAL != 0;
        if orders & (LESS | GREATER) == 0 || nonzero.is_empty() {
            return (Symbol::lacking(Lacks::NONE), true);
        }
        let mut interval = self.interval(x).over(&nonzero);
        if let Some(among) = among {
            interval = interval.meet(among);
        } else if nonzero.is_positive() {
            // A part of b is at most all of it; so many times a part, at most so many times.
            let mut times = vec![Rational::ONE];
            times.extend(x.terms.iter().map(|(_, k)| k.abs()));
            times.sort();
            times.dedup();
            times.truncate(3);
            for most in times {
                let inside = interval.high.as_ref().is_some_and(|high| high.at <= most);
                let apart = y.scaled(&most).minus(x);
                if !inside && (self.interval(&apart).is_not_negative() || self.never(&apart, y)) {
                    let end = Interval {
                        low: None,
                        high: Some(End::closed(most)),
                    };
                    interval = interval.meet(&end);
                    break;
                }
            }
        }
        let form = self.curve(node, interval, None);
        if let [(var, _)] = form.terms.as_slice() {
            self.quotients.insert(*var, (x.clone(), y.clone()));
        }
        if may_be_zero {
            // On which side of zero it lies, up to where that is all that is left open.
            self.note_order(node, y, 0, orders & GREATER != 0);
        } else if let Some(var) = self.widest([y, x]) {
            self.note(node, Open::Curve(var));
        }
        (Symbol::number(form), may_be_zero)
    }

    /// Whether what is known rules out that a form is negative while another is positive.
    pub(super) fn never(&self, form: &Form, positive: &Form) -> bool {
        if self.conditions.is_empty() {
            return false;
        }
        let mut conditions = self.conditions.clone();
        conditions.push(Constraint::new(form.negated(), Relation::Above));
        conditions.push(Constraint::new(positive.clone(), Relation::Above));
        let bounds: Vec<&Interval> = self.bounds.iter().collect();
        super::simplex::feasible(&bounds, &conditions, 200) == super::simplex::Feasible::Never
    }

    pub(super) fn rounded(&mut self, node: NodeId, form: &Form, mode: Mode, to: &Step) -> Form {
        if let Some(value) = form.as_constant() {
            return Form::constant(value.round(mode, to));
        }
        let size = to.size().clone();
        if let Some(grid) = self.grid(form)
            && let (Ok(base), Ok(step)) =
                (grid.base.checked_div(&size), grid.step.checked_div(&size))
            && base.is_integer()
            && step.is_integer()
        {
            // It lies on the steps already.
            return form.clone();
        }
        let interval = self.interval(form);
        let end = |end: &Option<End>| end.as_ref().map(|end| End::closed(end.at.round(mode, to)));
        let grid = Grid {
            base: Rational::ZERO,
            step: size.clone(),
        };
        let around = Interval {
            low: end(&interval.low),
            high: end(&interval.high),
        };
        let rounded = self.curve(node, around, Some(grid));
        let half = size
            .checked_div(&Rational::from_integer(2))
            .unwrap_or_else(|_| size.clone());
        let positive = interval.is_not_negative();
        let negative = interval.is_not_positive();
        // How far the figure may lie below and above what it is rounded to.
        let open = |at: &Rational| Some((at.clone(), false));
        let closed = |at: &Rational| Some((at.clone(), true));
        let zero = Rational::ZERO;
        let (below, above) = match mode {
            Mode::Floor => (closed(&zero), open(&size)),
            Mode::Ceiling => (open(&size), closed(&zero)),
            Mode::Down if positive => (closed(&zero), open(&size)),
            Mode::Down if negative => (open(&size), closed(&zero)),
            Mode::Up if positive => (open(&size), closed(&zero)),
            Mode::Up if negative => (closed(&zero), open(&size)),
            Mode::Down | Mode::Up => (open(&size), open(&size)),
            Mode::HalfUp if positive => (closed(&half), open(&half)),
            Mode::HalfUp if negative => (open(&half), closed(&half)),
            Mode::HalfUp | Mode::HalfEven | Mode::HalfDown => (closed(&half), closed(&half)),
        };
        let relation = |included: bool| {
            if included {
                Relation::AtLeast
            } else {
                Relation::Above
            }
        };
        let apart = form.minus(&rounded);
        if let Some((at, included)) = below {
            self.require(apart.plus(&Form::constant(at)), relation(included));
        }
        if let Some((at, included)) = above {
            self.require(
                apart.negated().plus(&Form::constant(at)),
                relation(included),
            );
        }
        rounded
    }

    /// A floor or a cap.
    pub(super) fn limited(&mut self, node: NodeId, of: NodeId, bound: NodeId, cap: bool) -> Symbol {
        let (of, bound) = (self.get(of), self.get(bound));
        let lacks = of.lacks.and(bound.lacks);
        let (Some(x), Some(y)) = (of.form().cloned(), bound.form().cloned()) else {
            return self.unfit(node, &[&of, &bound]);
        };
        Symbol::number(self.limit(node, (&x, &y), 0, cap, true)).with(lacks)
    }

    /// The greater of two forms, or the lesser; whether that is the value of the node itself.
    pub(super) fn limit(
        &mut self,
        node: NodeId,
        (x, y): (&Form, &Form),
        place: u16,
        lesser: bool,
        last: bool,
    ) -> Form {
        let apart = x.minus(y);
        let orders = self.order(node, &apart, place);
        let (first, second) = if lesser { (y, x) } else { (x, y) };
        if orders & LESS == 0 {
            return first.clone();
        }
        if orders & GREATER == 0 {
            return second.clone();
        }
        let (of_x, of_y) = (self.interval(x), self.interval(y));
        // A region that narrows the figure to one side of the bound has decided.
        if let Some(to) = self.region.narrowed.get(&self.spot(node))
            && last
            && self.general == 0
        {
            let beyond = |own: &Interval| {
                let apart = if lesser {
                    own.plus(&to.negated())
                } else {
                    to.plus(&own.negated())
                };
                apart.is_positive()
            };
            if beyond(&of_y) {
                return x.clone();
            }
            if beyond(&of_x) {
                return y.clone();
            }
        }
        self.note_order(node, &apart, place, false);
        let interval = if lesser {
            of_x.minimum(&of_y)
        } else {
            of_x.maximum(&of_y)
        };
        let grid = self.common_grid(x, y);
        let z = if last {
            self.curve(node, interval, grid)
        } else {
            self.plain_curve(interval, grid)
        };
        let sign = Rational::from_integer(if lesser { -1 } else { 1 });
        for one in [x, y] {
            self.require(z.minus(one).scaled(&sign), Relation::AtLeast);
        }
        // Above the two lines lies the chord between the ends of their difference.
        let apart = self.interval(&apart);
        if let (Some(low), Some(high)) = (&apart.low, &apart.high) {
            let width = &high.at - &low.at;
            let (end, other) = if lesser {
                (-&low.at, -&high.at)
            } else {
                (high.at.clone(), low.at.clone())
            };
            // max(x, y) ≤ y + u·(x − y − l)/(u − l)
            if let Ok(slope) = end.checked_div(&width) {
                let difference = x.minus(y).scaled(&sign);
                let rise = difference
                    .combined(&Form::constant(other), &Rational::from_integer(-1))
                    .scaled(&slope);
                let over = y.scaled(&sign).plus(&rise).minus(&z.scaled(&sign));
                self.require(over, Relation::AtLeast);
            }
        }
        z
    }

    /// A rounding of a formula without end: never negative where a root is its last step.
    pub(super) fn surd(
        &mut self,
        node: NodeId,
        surd: &Surd,
        leaves: &[NodeId],
        to: &Step,
    ) -> Symbol {
        let leaves: Vec<Symbol> = leaves.iter().map(|id| self.get(*id)).collect();
        let lacks = leaves
            .iter()
            .fold(Lacks::FAULT.and(Lacks::EMPTY), |all, leaf| {
                all.and(leaf.lacks)
            });
        if leaves.iter().any(|leaf| !leaf.may_have_value()) {
            return Symbol::lacking(lacks);
        }
        let interval = match surd {
            Surd::Of(SurdKind::Root, _) => Interval::at_least(Rational::ZERO),
            Surd::Exact(_) | Surd::Of(..) => Interval::ALL,
        };
        let grid = Grid {
            base: Rational::ZERO,
            step: to.size().clone(),
        };
        self.somewhere(node, interval, Some(grid)).with(lacks)
    }
}

fn without_constant(form: &Form) -> Form {
    Form {
        constant: Rational::ZERO,
        terms: form.terms.clone(),
    }
}
