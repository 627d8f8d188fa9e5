//! What is known of a cell of a plan in a region of all subjects: the values it may have, and the
//! reasons for which it may have none.

use std::rc::Rc;

use super::form::Form;
use crate::value::Weighing;

/// Reasons for which a cell may have no value, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Lacks(u8);

impl Lacks {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const MISSING: Self = Self(1);
    pub(crate) const NOT_ASKED: Self = Self(2);
    pub(crate) const NO_BRANCH: Self = Self(4);
    pub(crate) const NOT_APPLICABLE: Self = Self(8);
    pub(crate) const EMPTY: Self = Self(16);
    pub(crate) const FAULT: Self = Self(32);
    pub(crate) const STOP: Self = Self(64);
    /// Every reason.
    pub(crate) const ALL: Self = Self(127);
    /// Missing, not asked, no branch, not applicable.
    pub(crate) const ABSENT: Self = Self(15);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is known of a cell.
#[derive(Clone, Debug)]
pub(crate) struct Symbol {
    pub(crate) value: Symbolic,
    pub(crate) lacks: Lacks,
}

/// The values that a cell may have.
#[derive(Clone, Debug)]
pub(crate) enum Symbolic {
    /// It never has one.
    Never,
    /// A figure; days and times are counted in days and seconds.
    Number(Form),
    /// Which answers are possible: 1 is no, 2 is yes.
    Flag(u8),
    /// Which options are possible, by their index.
    Option(u64),
    /// Elements that are known one by one, as a list or by key.
    Fixed(Rc<[Symbol]>),
    /// Any number of elements, each of which is like this one.
    Many(Rc<Many>),
    Record(Rc<[Symbol]>),
    Weights(Rc<Weighing>),
    /// Nothing is known of it.
    Any,
}

/// A list of which the elements are not known one by one.
#[derive(Debug)]
pub(crate) struct Many {
    pub(crate) element: Symbol,
    /// How many there are.
    pub(crate) count: Form,
}

pub(crate) const NO: u8 = 1;
pub(crate) const YES: u8 = 2;
pub(crate) const EITHER: u8 = 3;

impl Symbol {
    pub(crate) const fn of(value: Symbolic) -> Self {
        Self {
            value,
            lacks: Lacks::NONE,
        }
    }

    pub(crate) const fn lacking(lacks: Lacks) -> Self {
        Self {
            value: Symbolic::Never,
            lacks,
        }
    }

    pub(crate) const fn number(form: Form) -> Self {
        Self::of(Symbolic::Number(form))
    }

    pub(crate) const fn flag(answers: u8) -> Self {
        Self::of(Symbolic::Flag(answers))
    }

    /// Nothing is known, not even whether it has a value.
    pub(crate) const fn unknown() -> Self {
        Self {
            value: Symbolic::Any,
            lacks: Lacks(127),
        }
    }

    pub(crate) const fn with(mut self, lacks: Lacks) -> Self {
        self.lacks = self.lacks.and(lacks);
        self
    }

    pub(crate) const fn may_have_value(&self) -> bool {
        !matches!(self.value, Symbolic::Never)
    }

    /// Whether it certainly has a value.
    pub(crate) const fn has_value(&self) -> bool {
        self.may_have_value() && self.lacks.is_none()
    }

    /// The answers that are possible where it has a value.
    pub(crate) const fn answers(&self) -> u8 {
        match &self.value {
            Symbolic::Flag(answers) => *answers,
            Symbolic::Never => 0,
            _ => EITHER,
        }
    }

    /// Whether it is this answer for certain.
    pub(crate) const fn is_answer(&self, answer: u8) -> bool {
        self.lacks.is_none() && matches!(&self.value, Symbolic::Flag(own) if *own == answer)
    }

    pub(crate) const fn form(&self) -> Option<&Form> {
        match &self.value {
            Symbolic::Number(form) => Some(form),
            _ => None,
        }
    }
}
