//! Numbers that look random, for tests that try many subjects or schemes.
//!
//! The same seed gives the same numbers everywhere, so a failure repeats. It is no generator for
//! anything but tests: few bits of it are good.

/// A generator (xorshift64*) with its state, which is not zero.
pub struct Dice(pub u64);

impl Dice {
    /// A whole number from 0 to below `sides`, which is not 0.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap() % sides
    }

    /// Yes, once in so many times.
    pub fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    /// One of these, which are not none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}
