//! Subjects at the corners of a space: the one with all that is good, the one with all that is bad,
//! and some on the way from one to the other. They are tried before a search begins; whether what
//! they are taken for is good or bad does not matter to what they show.

use super::interval::{End, Interval};
use super::space::{Holds, Leaf, PRESENT, Region, Space};
use super::witness::Witness;
use crate::number::Rational;
use crate::syntax::Better;

/// How many steps there are from good to bad.
const STEPS: usize = 12;

/// How far a figure without an end goes.
const FAR: i64 = 100;

/// The corners, the best first. Not all of their subjects need be scored.
pub(super) fn corners<'s, 'a>(space: &'s Space<'a>) -> Vec<Corner<'s, 'a>> {
    let Some(instance) = space.instances.first() else {
        return Vec::new();
    };
    let inputs = || instance.model.inputs.iter().zip(&instance.leaves);
    let count = instance.leaves.len();
    let mut found: Vec<Corner<'_, '_>> = Vec::new();
    for step in 0..=STEPS {
        let bad = count.saturating_mul(step) / STEPS;
        let mut corner = Corner {
            region: space.region(),
            point: vec![Rational::ZERO; space.bounds.len()],
            space,
        };
        for (place, (input, leaf)) in inputs().enumerate() {
            let upper = (place < bad) == (input.better == Some(Better::Lower));
            corner.set(leaf, place < bad, upper);
        }
        let is_new = |old: &Corner<'_, '_>| {
            old.point != corner.point || old.region.choices != corner.region.choices
        };
        if found.iter().all(is_new) {
            found.push(corner);
        }
    }
    found
}

/// One place of a space.
pub(super) struct Corner<'s, 'a> {
    space: &'s Space<'a>,
    region: Region,
    point: Vec<Rational>,
}

impl Corner<'_, '_> {
    /// The subjects there.
    pub(super) fn witness(&self) -> Option<Witness> {
        Witness::candidates(self.space, &self.region, &self.point).next()
    }

    /// The places that differ from this one in a single figure, which has no upper end, or no lower
    /// one: all the way out.
    pub(super) fn ways_out(&self) -> Vec<Region> {
        let mut found = Vec::new();
        for (var, of) in self.space.bounds.iter().enumerate() {
            let at = self.point.get(var).cloned().unwrap_or(Rational::ZERO);
            let end = Some(End::closed(at));
            let up = of.high.is_none().then(|| Interval {
                low: end.clone(),
                high: None,
            });
            let down = of.low.is_none().then_some(Interval {
                low: None,
                high: end,
            });
            for way in [up, down].into_iter().flatten() {
                let mut region = self.region.clone();
                for (other, (slot, at)) in region.bounds.iter_mut().zip(&self.point).enumerate() {
                    *slot = if other == var {
                        way.clone()
                    } else {
                        Interval::exactly(at.clone())
                    };
                }
                found.push(region);
            }
        }
        found
    }

    /// Sets what data gives for one input: figures to their upper end or the lower one, answers and
    /// options to the last where it is bad. Of rows there is one.
    fn set(&mut self, leaf: &Leaf, bad: bool, upper: bool) {
        if self.region.choice(leaf.presence) & PRESENT != 0 {
            self.region.choose(leaf.presence, PRESENT);
        }
        match &leaf.holds {
            Holds::Figure(var) => {
                let of = self.space.bounds.get(var.index());
                if let Some(slot) = self.point.get_mut(var.index()) {
                    *slot = end(of.unwrap_or(&Interval::ALL), upper);
                }
            }
            Holds::Chosen(choice) => {
                let among = self.region.choice(*choice);
                let worst = 63_u32.saturating_sub(among.leading_zeros());
                let option = if bad { worst } else { among.trailing_zeros() };
                self.region
                    .choose(*choice, 1_u64.checked_shl(option).unwrap_or(0));
            }
            Holds::Keys(keys) => {
                // Keys hold no keys.
                for key in keys {
                    self.set(key, bad, upper);
                }
            }
            Holds::Rows { count, rows, .. } => {
                let one = 2;
                if self.region.choice(*count) & one != 0 {
                    self.region.choose(*count, one);
                }
                for leaf in rows.first().into_iter().flatten() {
                    self.set(leaf, bad, upper);
                }
            }
            Holds::Opaque => {}
        }
    }
}

/// A figure at the end of a stretch, or near to it.
fn end(of: &Interval, upper: bool) -> Rational {
    let far = Rational::from_integer(FAR);
    let (near, other) = if upper {
        (&of.high, &of.low)
    } else {
        (&of.low, &of.high)
    };
    match (near, other) {
        (Some(near), _) if near.included => near.at.clone(),
        (Some(near), Some(other)) => (&near.at + &other.at)
            .checked_div(&Rational::from_integer(2))
            .unwrap_or_else(|_| near.at.clone()),
        (Some(near), None) if upper => &near.at - &Rational::ONE,
        (Some(near), None) => &near.at + &Rational::ONE,
        (None, Some(other)) if upper => &other.at + &far,
        (None, Some(other)) => &other.at - &far,
        (None, None) if upper => far,
        (None, None) => -far,
    }
}
