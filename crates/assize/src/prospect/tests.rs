//! The way of subjects of real schemes and of small ones, calculated by hand.
