//! What comes out for one subject: results, no result with a reason, or a refusal with a reason.
//!
//! Every subject that goes in comes out exactly once, in one of these three ways.

use indexmap::IndexMap;

use crate::number::Rational;
use crate::text::Words;

/// What comes out for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Scored.
    Ok(Scored),
    /// The scheme says that no result is issued.
    NoResult(NoResult),
    /// The data cannot be scored.
    Error(Refusal),
}

/// The results of a scored subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// By result name, in written order; a result without a value is absent.
    pub results: IndexMap<String, ResultValue>,
    /// The consequences that fired, in written order.
    pub consequences: Vec<Fired>,
    /// The assumptions that touched the results.
    pub assumptions: Vec<Assumption>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultValue {
    /// A figure of type count: an integer in JSON.
    Count(Rational),
    /// Any other figure: text in JSON; exact.
    Figure(Rational),
    /// Yes or no.
    Flag(bool),
    /// A grade or option by its label, or words.
    Text(String),
    /// Several values.
    List(Vec<ResultValue>),
    /// Named values; those without a value are absent.
    Fields(IndexMap<String, ResultValue>),
}

/// A consequence that fired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// How much, in yuan or points.
    pub amount: Option<Rational>,
    /// Whom it meets.
    pub to: Option<String>,
    /// The article it rests on.
    pub article: Option<String>,
}

/// Something that the document does not say and the scheme assumes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Assumption {
    /// The article it belongs to.
    pub article: Option<String>,
    /// What is assumed: the scheme's own words, or ours where full marks imply a floor.
    pub text: Words,
}

/// The scheme says that no result is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoResult {
    /// The reason, as data shows it.
    pub reason: String,
    /// The reason, as people read it.
    pub label: Option<String>,
    /// The article it rests on.
    pub article: Option<String>,
}

/// The data cannot be scored, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of fault.
    pub code: Fault,
    /// The input or figure at fault: its declared name without a path.
    pub field: String,
    /// What is wrong, with the offending text and what was expected.
    pub message: Words,
}

/// The kinds of fault in data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A required figure is absent.
    Missing,
    /// Not of the type asked for.
    Type,
    /// Outside the range asked for.
    Range,
    /// Not one of the options, or a key that the map does not have.
    Domain,
    /// A denominator is zero and the scheme has no rule for it.
    DivisionByZero,
    /// Two values that exclude each other.
    Conflict,
}

impl Fault {
    /// The name in data: `division_by_zero`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Type => "type",
            Self::Range => "range",
            Self::Domain => "domain",
            Self::DivisionByZero => "division_by_zero",
            Self::Conflict => "conflict",
        }
    }

    /// The fault of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Missing,
            Self::Type,
            Self::Range,
            Self::Domain,
            Self::DivisionByZero,
            Self::Conflict,
        ]
        .into_iter()
        .find(|fault| fault.name() == name)
    }
}
