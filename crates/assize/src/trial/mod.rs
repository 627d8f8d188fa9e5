//! How well a scheme is tried by its examples: which of its rules no example makes act
//! ([`coverage`]), which changes of it no example notices ([`mutants`]), and which cases its edges
//! ask for ([`boundaries`]).
//!
//! Everything here is a pure function of a text or a scheme, and gives the same answer every time.
//! Absent on purpose: the files beside a scheme. Whoever has further cases runs them; subjects of
//! such cases are handed to [`coverage`].

mod boundary;
mod coverage;
mod difference;
mod mutation;

pub use boundary::{Boundaries, BoundaryCase, Unreached, boundaries};
pub use coverage::{Coverage, Rule, RuleKind, coverage};
pub use difference::difference;
pub use mutation::{Fate, Mutant, mutants};
