//! Subjects at the corners of a space: the one with all that is good, the one with all that is bad,
//! and some on the way from one to the other. They are tried before a search begins; whether what
//! they are taken for is good or bad does not matter to what they show.

use super::interval::Interval;
use super::space::{Holds, Leaf, PRESENT, Region, Space};
use super::witness::Witness;
use crate::number::Rational;
use crate::syntax::Better;

/// How many steps there are from good to bad.
const STEPS: usize = 12;

/// How far a figure without an end goes.
const FAR: i64 = 100;

/// The subjects, the best first. Not all of them need be scored.
pub(super) fn corners(space: &Space<'_>) -> Vec<Witness> {
    let Some(instance) = space.instances.first() else {
        return Vec::new();
    };
    let inputs = || instance.model.inputs.iter().zip(&instance.leaves);
    let count = instance.leaves.len();
    let mut found: Vec<Witness> = Vec::new();
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
        let mut candidates = Witness::candidates(space, &corner.region, &corner.point);
        if let Some(own) = candidates.next()
            && !found.contains(&own)
        {
            found.push(own);
        }
    }
    found
}

struct Corner<'s, 'a> {
    space: &'s Space<'a>,
    region: Region,
    point: Vec<Rational>,
}

impl Corner<'_, '_> {
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
