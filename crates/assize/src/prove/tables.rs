//! Tables in a region: the lines that may be the first to hold, and straight lines between points.

use super::form::Form;
use super::from_plan::{EQUAL, GREATER, LESS, Sketch};
use super::interval::Interval;
use super::symbol::{Lacks, Symbol, Symbolic};
use crate::number::Rational;
use crate::plan::{Comparison, LookupRow, NodeId, Test};
use crate::syntax::Ends;

/// The places among the comparisons of a node that one line takes.
const PLACES: u16 = 16;

/// Whether a line holds: bits for no and yes.
const FAILS: u8 = 1;
const HOLDS: u8 = 2;

impl<'a> Sketch<'_, 'a> {
    pub(super) fn lookup(&mut self, node: NodeId, key: NodeId, rows: &'a [LookupRow]) -> Symbol {
        let key = self.get(key);
        let mut found: Vec<Symbol> = Vec::new();
        let mut lacks = key.lacks.without(Lacks::ABSENT);
        if key.lacks.has(Lacks::ABSENT) {
            match rows.iter().find(|row| matches!(row.test, Test::Missing)) {
                Some(row) => found.push(self.get(row.outcome)),
                None => lacks = lacks.and(key.lacks.only(Lacks::ABSENT)),
            }
        }
        if key.may_have_value() {
            let mut left = true;
            for (place, row) in rows.iter().enumerate() {
                let place = u16::try_from(place).unwrap_or(u16::MAX);
                let holds = self.holds(node, &key, &row.test, place.saturating_mul(PLACES));
                if self.closed {
                    break;
                }
                if holds & HOLDS != 0 {
                    found.push(self.get(row.outcome));
                }
                if holds == HOLDS {
                    left = false;
                    break;
                }
            }
            if left {
                lacks = lacks.and(Lacks::FAULT);
                if let Symbolic::Record(keys) = &key.value {
                    let absent = keys.iter().fold(Lacks::NONE, |all, key| {
                        all.and(key.lacks.only(Lacks::ABSENT))
                    });
                    lacks = lacks.and(absent);
                }
            }
        }
        self.joined(node, &found).with(lacks)
    }

    fn holds(&mut self, node: NodeId, key: &Symbol, test: &Test, place: u16) -> u8 {
        match test {
            Test::Compare(comparison, bound) => self.stands(node, key, *comparison, *bound, place),
            Test::Within((low, from), (high, up_to)) => {
                let lower = if *from {
                    Comparison::GreaterEqual
                } else {
                    Comparison::Greater
                };
                let upper = if *up_to {
                    Comparison::LessEqual
                } else {
                    Comparison::Less
                };
                let above = self.stands(node, key, lower, *low, place);
                if above == FAILS {
                    return FAILS;
                }
                let below = self.stands(node, key, upper, *high, place.saturating_add(1));
                both(above, below)
            }
            Test::Is(options) => {
                let mut any = FAILS;
                for (index, option) in options.iter().enumerate() {
                    let at = place.saturating_add(u16::try_from(index).unwrap_or(0).min(7));
                    let own = self.stands(node, key, Comparison::Equal, *option, at);
                    if own == HOLDS {
                        return HOLDS;
                    }
                    any |= own;
                }
                any
            }
            Test::Several(tests) => {
                let Symbolic::Record(keys) = &key.value else {
                    return FAILS | HOLDS;
                };
                let mut all = HOLDS;
                for (index, (test, key)) in tests.iter().zip(keys.iter()).enumerate() {
                    let at =
                        place.saturating_add(u16::try_from(index).unwrap_or(0).saturating_mul(2));
                    let absent = key.lacks.has(Lacks::ABSENT);
                    let own = if matches!(test, Test::Missing) {
                        (if absent { HOLDS } else { 0 })
                            | (if key.may_have_value() { FAILS } else { 0 })
                    } else if key.may_have_value() {
                        self.holds(node, key, test, at) | if absent { FAILS } else { 0 }
                    } else {
                        FAILS
                    };
                    if own == FAILS {
                        return FAILS;
                    }
                    all = both(all, own);
                }
                all
            }
            Test::Otherwise => HOLDS,
            Test::Missing => FAILS,
        }
    }

    fn stands(
        &mut self,
        node: NodeId,
        key: &Symbol,
        comparison: Comparison,
        bound: NodeId,
        place: u16,
    ) -> u8 {
        let bound = self.get(bound);
        let orders = self.orders(node, (key, &bound), place, comparison);
        super::from_plan::answers(comparison, orders)
    }

    pub(super) fn between(
        &mut self,
        node: NodeId,
        key: NodeId,
        points: &[(Rational, NodeId)],
        ends: Option<Ends>,
    ) -> Symbol {
        let key = self.get(key);
        let Some(x) = key.form().cloned() else {
            return self.unfit(node, &[&key]);
        };
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Symbol::unknown();
        };
        let mut lacks = key.lacks;
        // In which piece the key may lie: below the first point, between two, above the last.
        let mut forms: Vec<Form> = Vec::new();
        let mut place = 0_u16;
        let outside = |sketch: &Self, end: &(Rational, NodeId), pair: &[(Rational, NodeId)]| match (
            ends, pair,
        ) {
            (None, _) => None,
            (Some(Ends::Hold), _) => sketch.get(end.1).form().cloned(),
            (Some(Ends::Continue), [a, b]) => sketch.line(&x, a, b),
            (Some(Ends::Continue), _) => None,
        };
        let mut rest = true;
        let first_pair = points.get(..2).unwrap_or_default();
        let mut edges: Vec<(&Rational, Option<Form>)> =
            vec![(&first.0, outside(self, first, first_pair))];
        for pair in points.windows(2) {
            if let [a, b] = pair {
                edges.push((&b.0, self.line(&x, a, b)));
            }
        }
        for (at, form) in edges {
            // The first edge is not above its own piece, the others are.
            let apart = x.minus(&Form::constant(at.clone()));
            let orders = self.order(node, &apart, place);
            let inside = if place == 0 { LESS } else { LESS | EQUAL };
            let may = orders & inside != 0;
            let beyond = orders & !inside & (LESS | EQUAL | GREATER) != 0;
            if may && beyond {
                self.note_order(node, &apart, place, place != 0);
            }
            if may {
                match form {
                    Some(form) => forms.push(form),
                    None => lacks = lacks.and(Lacks::FAULT),
                }
            }
            place = place.saturating_add(1);
            if !beyond {
                rest = false;
                break;
            }
        }
        if rest {
            let pair = points
                .get(points.len().saturating_sub(2)..)
                .unwrap_or_default();
            match outside(self, last, pair) {
                Some(form) => forms.push(form),
                None => lacks = lacks.and(Lacks::FAULT),
            }
        }
        match forms.as_slice() {
            [] => Symbol::lacking(lacks),
            [one] => Symbol::number(one.clone()).with(lacks),
            several => {
                let values: Vec<Interval> = points
                    .iter()
                    .map(|(_, value)| {
                        let value = self.get(*value);
                        self.interval_of(&value)
                    })
                    .collect();
                let hull = values.into_iter().reduce(|a, b| a.hull(&b));
                let hull = match ends {
                    Some(Ends::Continue) => several
                        .iter()
                        .map(|form| self.interval(form))
                        .reduce(|a, b| a.hull(&b)),
                    _ => hull,
                };
                self.somewhere(node, hull.unwrap_or(Interval::ALL), None)
                    .with(lacks)
            }
        }
    }

    /// The straight line through two points.
    fn line(&self, x: &Form, a: &(Rational, NodeId), b: &(Rational, NodeId)) -> Option<Form> {
        let (y0, y1) = (self.get(a.1).form()?.clone(), self.get(b.1).form()?.clone());
        let rise = y1.minus(&y0);
        let slope = rise.as_constant()?.checked_div(&(&b.0 - &a.0)).ok()?;
        let along = x.minus(&Form::constant(a.0.clone()));
        Some(y0.combined(&along, &slope))
    }
}

const fn both(a: u8, b: u8) -> u8 {
    let mut result = (a | b) & FAILS;
    if a & b & HOLDS != 0 {
        result |= HOLDS;
    }
    result
}
