//! Tables in a region: the lines that may be the first to hold, and straight lines between points.

use super::form::Form;
use super::from_plan::Sketch;
use super::interval::Interval;
use super::orders::{EQUAL, GREATER, LESS, answers};
use super::symbol::{Lacks, Symbol, Symbolic};
use crate::number::Rational;
use crate::plan::{Comparison, LookupRow, NodeId, Test};
use crate::syntax::Ends;

/// Whether a line holds: bits for no and yes.
const FAILS: u8 = 1;
const HOLDS: u8 = 2;

/// What stands between two points.
enum Piece {
    Line(Form),
    /// A curve, since the points move.
    Unknown,
    /// Nothing: the key is outside the table.
    Refused,
}

impl Piece {
    fn of(line: Option<Form>) -> Self {
        line.map_or(Self::Unknown, Self::Line)
    }
}

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
            let mut place = 0_u16;
            // The options that no line above has taken.
            let mut options = match key.value {
                Symbolic::Option(among) => Some(among),
                _ => None,
            };
            for row in rows {
                // A bound that is at fault, or absent, is what the table gives.
                row.test.operands(&mut |bound| {
                    lacks = lacks.and(self.get(bound).lacks);
                });
                let holds = self.holds(node, &key, &row.test, place);
                place = place.saturating_add(comparisons(&row.test));
                if self.closed {
                    break;
                }
                let taken = self.options_of(&row.test);
                if holds & HOLDS != 0
                    && options.is_none_or(|left| taken.is_none_or(|own| left & own != 0))
                {
                    found.push(self.get(row.outcome));
                }
                if let (Some(left), Some(taken)) = (&mut options, taken) {
                    *left &= !taken;
                }
                if holds == HOLDS || options == Some(0) {
                    left = false;
                    break;
                }
            }
            // A key that is absent is answered by lines that say so, and by no other.
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

    /// The options for which a line holds, where they are all known; as bits.
    fn options_of(&self, test: &Test) -> Option<u64> {
        let Test::Is(options) = test else {
            return None;
        };
        options.iter().try_fold(0, |all, option| {
            let option = self.get(*option);
            match option.value {
                Symbolic::Option(bit) if bit.count_ones() == 1 && option.lacks.is_none() => {
                    Some(all | bit)
                }
                _ => None,
            }
        })
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
                    let at = place.saturating_add(u16::try_from(index).unwrap_or(u16::MAX));
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
                let mut next = place;
                for (test, key) in tests.iter().zip(keys.iter()) {
                    let at = next;
                    next = next.saturating_add(comparisons(test));
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
            Test::Otherwise => all_given(key),
            Test::Missing => match all_given(key) {
                HOLDS => FAILS,
                FAILS => HOLDS,
                either => either,
            },
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
        answers(comparison, orders)
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
        // What refuses a figure may stand behind it, and nothing else.
        let mut lacks = points.iter().fold(key.lacks, |lacks, (_, value)| {
            lacks.and(self.get(*value).lacks)
        });
        // In which piece the key may lie: below the first point, between two, above the last.
        let mut pieces: Vec<Piece> = Vec::new();
        let mut place = 0_u16;
        let outside = |sketch: &Self, end: &(Rational, NodeId), pair: &[(Rational, NodeId)]| match (
            ends, pair,
        ) {
            (None, _) => Piece::Refused,
            (Some(Ends::Hold), _) => Piece::of(sketch.get(end.1).form().cloned()),
            (Some(Ends::Continue), [a, b]) => Piece::of(sketch.line(&x, a, b)),
            (Some(Ends::Continue), _) => Piece::Unknown,
        };
        let mut rest = true;
        let first_pair = points.get(..2).unwrap_or_default();
        let mut edges: Vec<(&Rational, Piece)> = vec![(&first.0, outside(self, first, first_pair))];
        for pair in points.windows(2) {
            if let [a, b] = pair {
                edges.push((&b.0, Piece::of(self.line(&x, a, b))));
            }
        }
        for (at, piece) in edges {
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
                pieces.push(piece);
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
            pieces.push(outside(self, last, pair));
        }
        if pieces.iter().any(|piece| matches!(piece, Piece::Refused)) {
            lacks = lacks.and(Lacks::FAULT);
            pieces.retain(|piece| !matches!(piece, Piece::Refused));
        }
        match pieces.as_slice() {
            [] => Symbol::lacking(lacks),
            [Piece::Line(one)] => Symbol::number(one.clone()).with(lacks),
            several => {
                let hull = match ends {
                    Some(Ends::Continue) => several
                        .iter()
                        .map(|piece| match piece {
                            Piece::Line(form) => self.interval(form),
                            Piece::Refused | Piece::Unknown => Interval::ALL,
                        })
                        .reduce(|a, b| a.hull(&b)),
                    Some(Ends::Hold) | None => points
                        .iter()
                        .map(|(_, value)| self.interval_of(&self.get(*value)))
                        .reduce(|a, b| a.hull(&b)),
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

/// Whether all of several keys are there: where one is absent, `otherwise` does not answer.
fn all_given(key: &Symbol) -> u8 {
    let Symbolic::Record(keys) = &key.value else {
        return HOLDS;
    };
    let may = keys.iter().all(Symbol::may_have_value);
    let must = keys.iter().all(|key| !key.lacks.has(Lacks::ABSENT));
    (if may { HOLDS } else { 0 }) | (if must { 0 } else { FAILS })
}

/// The places among the comparisons of a node that a line takes.
fn comparisons(test: &Test) -> u16 {
    let mut count = 0_u16;
    test.operands(&mut |_| count = count.saturating_add(1));
    count
}

const fn both(a: u8, b: u8) -> u8 {
    let mut result = (a | b) & FAILS;
    if a & b & HOLDS != 0 {
        result |= HOLDS;
    }
    result
}
