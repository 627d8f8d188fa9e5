//! Tables as terms: the first line that holds, and straight lines between points.

use super::Inexpressible;
use super::cells::{Cell, Lack, Value};
use super::ops::Terms;
use super::text::{Figure, Sort, Truth};
use crate::number::Rational;
use crate::plan::{Comparison, LookupRow, NodeId, Test};
use crate::syntax::Ends;

/// Lines between two names for what the lines so far give, so that long tables stay short text.
const LINES: usize = 32;

/// Whether a test holds, and what stands in its way.
type Held = (Truth, Lack);

impl Terms<'_> {
    /// What the first line that holds gives.
    pub(super) fn lookup(
        &mut self,
        id: NodeId,
        key: NodeId,
        rows: &[LookupRow],
    ) -> Result<Cell, Inexpressible> {
        let key_cell = self.cell(key).clone();
        let outside = Cell::lacking(Lack::fault(Truth::YES));
        let all: Vec<&LookupRow> = rows.iter().collect();
        let mut found = self.first(id, key, &all, outside)?;
        if let Value::Several { cells, .. } = &key_cell.value {
            let lacks: Vec<&Lack> = cells.iter().map(|cell| &cell.lack).collect();
            let missing = Lack::reason(&lacks);
            let answers: Vec<&LookupRow> = rows
                .iter()
                .filter(|row| matches!(row.test, Test::Missing | Test::Several(_)))
                .collect();
            let rest = Cell::lacking(missing.clone());
            let answered = self.first(id, key, &answers, rest)?;
            found = Cell::pick(&missing.any(), &answered, &found);
        }
        let answer = rows.iter().find(|row| matches!(row.test, Test::Missing));
        Ok(match answer {
            Some(row) => {
                let answer = self.cell(row.outcome);
                let found = Cell::pick(&key_cell.lack.absent(), answer, &found);
                found.behind(&key_cell.lack.without_absence())
            }
            None => found.behind(&key_cell.lack),
        })
    }

    /// The first of these lines that holds for a key with a value, or else the rest.
    fn first(
        &mut self,
        id: NodeId,
        key: NodeId,
        rows: &[&LookupRow],
        rest: Cell,
    ) -> Result<Cell, Inexpressible> {
        let mut found = rest;
        let keys = self.cell(key).value.clone();
        for (place, row) in rows.iter().enumerate().rev() {
            let (holds, trouble) = match (&row.test, &keys) {
                (Test::Several(tests), Value::Several { cells, .. }) => {
                    self.all_hold(id, cells, tests)?
                }
                // A line that speaks of missing keys as a whole.
                (Test::Missing, Value::Several { .. }) => (Truth::YES, Lack::NONE),
                (test, key) => self.holds_for(id, key, test)?,
            };
            found = Cell::pick(&holds, self.cell(row.outcome), &found);
            found = Cell::pick(&trouble.any(), &Cell::lacking(trouble), &found);
            if place.checked_rem(LINES) == Some(0) && place > 0 {
                let name = format!("{} line {place} of {}", self.name(id), rows.len());
                found = found.settled(&name, self.writer);
            }
        }
        Ok(found)
    }

    /// A test for each of several keys.
    fn all_hold(&self, id: NodeId, keys: &[Cell], tests: &[Test]) -> Result<Held, Inexpressible> {
        let (mut all, mut trouble) = (Truth::YES, Lack::NONE);
        for (key, test) in keys.iter().zip(tests) {
            if matches!(test, Test::Missing) {
                all = all.and(&key.lack.absent());
                continue;
            }
            let (holds, own) = self.holds_for(id, &key.value, test)?;
            let reached = all.and(&key.is_there());
            trouble = trouble.or_else(&own.when(&reached));
            all = reached.and(&holds);
        }
        Ok((all, trouble))
    }

    fn holds_for(&self, id: NodeId, key: &Value, test: &Test) -> Result<Held, Inexpressible> {
        let stands = |comparison, bound: NodeId| -> Result<Held, Inexpressible> {
            let bound = self.cell(bound);
            let holds = self.holds(id, comparison, key, &bound.value)?;
            Ok((bound.is_there().and(&holds), bound.lack.clone()))
        };
        Ok(match test {
            Test::Compare(comparison, bound) => stands(*comparison, *bound)?,
            Test::Within((low, from), (high, up_to)) => {
                let (above, low) = stands(
                    if *from {
                        Comparison::GreaterEqual
                    } else {
                        Comparison::Greater
                    },
                    *low,
                )?;
                let (below, high) = stands(
                    if *up_to {
                        Comparison::LessEqual
                    } else {
                        Comparison::Less
                    },
                    *high,
                )?;
                // The upper end is looked at only where the lower one holds.
                let trouble = low.or_else(&high.when(&above));
                (above.and(&below), trouble)
            }
            Test::Is(options) => {
                let (mut any, mut trouble) = (Vec::new(), Lack::NONE);
                for option in options {
                    let (same, own) = stands(Comparison::Equal, *option)?;
                    any.push(same);
                    trouble = trouble.or_else(&own);
                }
                (Truth::any(any), trouble)
            }
            Test::Otherwise => (Truth::YES, Lack::NONE),
            // Tests of several keys stand beside several keys, and do not hold further ones.
            Test::Missing | Test::Several(_) => (Truth::NO, Lack::NONE),
        })
    }

    /// The value on the straight line between the two points around the key.
    pub(super) fn between(
        &mut self,
        id: NodeId,
        key: NodeId,
        points: &[(Rational, NodeId)],
        ends: Option<Ends>,
    ) -> Result<Cell, Inexpressible> {
        let at = self.figure(key)?;
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Ok(Cell::defect());
        };
        let mut found: Option<Cell> = None;
        for (place, pair) in points.windows(2).enumerate().rev() {
            let [(x0, y0), (x1, y1)] = pair else {
                continue;
            };
            let (from, to) = (self.figure(*y0)?, self.figure(*y1)?);
            let rise = to
                .minus(&from)
                .times(&at.minus(&Figure::Is(x0.clone())))
                .over(&Figure::Is(x1 - x0));
            let here = Cell {
                lack: self.reason(&[*y0, *y1]),
                value: Value::Number(from.plus(&rise)),
            };
            let upper = Figure::Is(x1.clone());
            found = Some(match found {
                None => here,
                Some(above) => Cell::pick(&at.is_at_most(&upper, Sort::Real), &here, &above),
            });
            if place.checked_rem(LINES) == Some(0) && place > 0 {
                let name = format!("{} line {place}", self.name(id));
                found = found.map(|found| found.settled(&name, self.writer));
            }
        }
        let Some(mut found) = found else {
            return Ok(Cell::defect());
        };
        let below = at.is_below(&Figure::Is(first.0.clone()), Sort::Real);
        let above = Figure::Is(last.0.clone()).is_below(&at, Sort::Real);
        match ends {
            None => {
                let outside = Cell::lacking(Lack::fault(Truth::YES));
                found = Cell::pick(&below.or(&above), &outside, &found);
            }
            Some(Ends::Hold) => {
                found = Cell::pick(&above, self.cell(last.1), &found);
                found = Cell::pick(&below, self.cell(first.1), &found);
            }
            Some(Ends::Continue) => {}
        }
        Ok(found.behind(&self.cell(key).lack))
    }
}
