//! Subjects at places that nothing but chance has chosen, tried where a search ended undecided: what
//! breaks a claim often lies in many places. The chance is the same every time.

use super::goal::shown;
use super::interval::Interval;
use super::search::Search;
use super::space::{Region, Space};
use super::witness::{Run, Witness};
use crate::number::Rational;
use crate::plan::Op;
use crate::value::Value;

/// How many places are tried, and which part of the work it may be.
const TRIES: u32 = 150;
const PART: u32 = 4;

/// How far a figure without an end goes.
const FAR: i64 = 100;

/// Into how many parts a range is cut; their ends are tried, beside the literal figures.
const EIGHTHS: i64 = 8;

impl Search<'_, '_> {
    /// How many subjects are tried; none where no subject can be written down.
    pub(super) fn tries(&self) -> u32 {
        if self.focus.is_some() || self.space.around.is_some() || !self.space.taken.is_empty() {
            return 0;
        }
        self.budget.checked_div(PART).unwrap_or(0).min(TRIES)
    }

    /// A subject that shows the goals, if one of those tried does.
    pub(super) fn scattered(&self, tries: u32) -> Option<Witness> {
        let whole = self.whole();
        if whole.is_empty() {
            return None;
        }
        let marks = marks(self.space);
        let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
        for _ in 0..tries {
            let region = chance.narrowed(&whole);
            let point = chance.point(self.space, &region, &marks);
            let Some(witness) = Witness::candidates(self.space, &region, &point).next() else {
                continue;
            };
            if !witness.is_alike(self.space) {
                continue;
            }
            let shows = |runs: &[Run]| {
                self.are_judged(runs) && self.goals.iter().all(|goal| shown(runs, goal))
            };
            if !shows(&witness.runs(self.space)) {
                continue;
            }
            return Some(if self.simple {
                witness.simplified(self.space, shows)
            } else {
                witness
            });
        }
        None
    }
}

/// The literal figures of the plans: where something changes, it is often at one of them.
fn marks(space: &Space<'_>) -> Vec<Rational> {
    let mut found = Vec::new();
    for instance in &space.instances {
        for op in &instance.plan.nodes {
            if let Op::Constant(Value::Number(value)) = op
                && !found.contains(value)
            {
                found.push(value.clone());
            }
        }
    }
    found
}

/// A sequence of numbers without a pattern (a linear congruence with the constants of Knuth's MMIX).
struct Chance(u64);

impl Chance {
    /// One of so many, from 0.
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).checked_rem(count).unwrap_or(0)
    }

    /// One possibility of each choice.
    fn narrowed(&mut self, whole: &Region) -> Region {
        let mut region = whole.clone();
        for among in &mut region.choices {
            let skipped = self.below(u64::from(among.count_ones()));
            for _ in 0..skipped {
                *among &= among.wrapping_sub(1);
            }
            *among &= among.wrapping_neg();
        }
        region
    }

    fn point(&mut self, space: &Space<'_>, region: &Region, marks: &[Rational]) -> Vec<Rational> {
        let vars = region.bounds.iter().zip(&space.grids);
        vars.map(|(bounds, grid)| {
            let value = self.figure(bounds, marks);
            match grid {
                Some(grid) => grid.floor(&value).filter(|own| bounds.contains(own)),
                None => None,
            }
            .unwrap_or(value)
        })
        .collect()
    }

    fn figure(&mut self, bounds: &Interval, marks: &[Rational]) -> Rational {
        let far = Rational::from_integer(FAR);
        let low = bounds.low.as_ref().map(|end| end.at.clone());
        let high = bounds.high.as_ref().map(|end| end.at.clone());
        let (low, high) = match (low, high) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => (low.clone(), low + far),
            (None, Some(high)) => (&high - &far, high),
            (None, None) => (-&far, far),
        };
        let part = self.below(EIGHTHS.unsigned_abs().saturating_add(1));
        let part = Rational::from_integer(i64::try_from(part).unwrap_or(0));
        let own = match self.below(3) {
            0 => {
                let place = self.below(u64::try_from(marks.len()).unwrap_or(0));
                let mark = usize::try_from(place)
                    .ok()
                    .and_then(|place| marks.get(place));
                let near = Rational::from_integer(i64::try_from(self.below(3)).unwrap_or(0));
                mark.map(|mark| mark + &near - &Rational::ONE)
            }
            _ => {
                let width = (&high - &low).checked_div(&Rational::from_integer(EIGHTHS));
                width.ok().map(|width| &low + &(width * &part))
            }
        };
        own.filter(|own| bounds.contains(own)).unwrap_or(low)
    }
}
