//! The findings that making the model can have, each with its page: what is wrong, why it matters
//! to the people who are scored, and how to mend it.
//!
//! A code is named for what is found. `wrong` is a whole scheme that has just this finding, and
//! `right` the same scheme mended; the tests hold both to their word.

mod lists;
mod marks;
mod names;
mod procedures;
mod units;

pub(crate) use lists::*;
pub(crate) use marks::*;
pub(crate) use names::*;
pub(crate) use procedures::*;
pub(crate) use units::*;

use crate::diagnostic::Code;

pub(crate) static CODES: &[&Code] = &[
    &UNKNOWN_NAME,
    &UNKNOWN_OPTION,
    &UNKNOWN_FAULT,
    &NAME_TAKEN,
    &STATEMENT_TWICE,
    &MISPLACED,
    &CIRCULAR,
    &NOT_AN_INPUT,
    &NOT_A_MEMBER,
    &MEMBER_TWICE,
    &EXAMPLE_NOT_DATA,
    &TYPE_MISMATCH,
    &UNITS_MIXED,
    &PERCENT_AGAINST_NUMBER,
    &NOT_A_CONDITION,
    &NEEDS_A_LIST,
    &PER_NEEDS_A_COUNT,
    &EMPTY_RANGE,
    &ROUNDING_IMPOSSIBLE,
    &MARKS_NOT_POSITIVE,
    &TALLY_NOT_AVERAGED,
    &POINTS_MAKE_NO_LINE,
    &LEVELS_NOT_ORDERED,
    &WEIGHTS_AND_MARKS,
    &WEIGHT_WITHOUT_PERCENT,
    &BOUNDS_DIFFER,
    &GRADE_WITHOUT_LEVELS,
    &UNROUNDED_IRRATIONAL,
    &KEY_LEFT_OUT,
    &LOOPS_TOO_DEEP,
    &UNKNOWN_STEP,
    &STEPS_WAIT_FOR_EACH_OTHER,
    &PROCEDURE_WITHOUT_STEPS,
    &WINDOW_UNPLACED,
    &DAY_MISSING_IN_SOME_MONTHS,
    &WINDOW_NOT_IN_EVERY_MONTH,
    &LEVELS_NOT_A_CHOICE,
];
