//! What is found when a record of what was done is held against a procedure.

use chrono::NaiveDate;

use super::{CalendarPeriod, Length};
use crate::text::{Words, words};

/// One way in which what was done is not what the procedure asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The step, by the name that no other step has; for an unknown step what the record says.
    pub step: String,
    /// The step as people read it.
    pub label: String,
    /// The period for which it was due, where it is due once a period.
    pub period: Option<CalendarPeriod>,
    /// The row of the record, from 0; `None` where there is none.
    pub row: Option<usize>,
    /// What is wrong.
    pub what: BreachKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BreachKind {
    /// Nothing in the record says that it was done.
    Missing {
        /// The last day on which it was due, where it has one.
        last: Option<NaiveDate>,
    },
    /// Done before its first day.
    Early {
        /// When it was done, as recorded.
        done: String,
        /// The first day.
        first: NaiveDate,
    },
    /// Done after its last day.
    Late {
        /// When it was done, as recorded.
        done: String,
        /// The last day.
        last: NaiveDate,
    },
    /// Done later after another step than is allowed.
    LateAfter {
        /// When it was done, as recorded.
        done: String,
        /// The other step, as people read it.
        other: String,
        /// When that one was done, as recorded.
        other_done: String,
        /// How much time there was.
        time: Length,
    },
    /// Whether it was done in time shows only where both records give the time of day.
    TimeNeeded {
        /// The other step, as people read it.
        other: String,
        /// How much time there was.
        time: Length,
    },
    /// Done before a step that it comes after.
    OutOfOrder {
        /// When it was done, as recorded.
        done: String,
        /// The other step, as people read it.
        other: String,
        /// When that one was done, as recorded.
        other_done: String,
    },
    /// Done by somebody whom the step does not name.
    WrongRole {
        /// Who did it.
        by: String,
        /// Whom the step names.
        expected: Vec<String>,
    },
    /// The record does not say who did it.
    NobodyNamed {
        /// Whom the step names.
        expected: Vec<String>,
    },
    /// The record does not hold a required field.
    FieldAbsent {
        /// The field, as people read it.
        field: String,
    },
    /// The record does not name a deliverable.
    DeliverableAbsent {
        /// The deliverable, as people read it.
        deliverable: String,
    },
    /// The row does not say which step.
    NoStep,
    /// No step has that name.
    UnknownStep {
        /// A name like it.
        near: Option<String>,
    },
    /// Several steps have that name.
    UnclearStep {
        /// Names that only one step has.
        names: Vec<String>,
    },
    /// The record does not say when it was done.
    NoDate,
    /// What stands where the day or time belongs is none.
    BadDate {
        /// What stands there.
        text: String,
        /// What to write instead.
        expected: Words,
    },
    /// What stands where the period belongs is none.
    BadPeriod {
        /// What stands there.
        text: String,
    },
}

impl BreachKind {
    /// Its stable name, in kebab case, for programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Early { .. } => "early",
            Self::Late { .. } | Self::LateAfter { .. } => "late",
            Self::TimeNeeded { .. } => "time-needed",
            Self::OutOfOrder { .. } => "out-of-order",
            Self::WrongRole { .. } => "wrong-role",
            Self::NobodyNamed { .. } => "role-absent",
            Self::FieldAbsent { .. } => "field-absent",
            Self::DeliverableAbsent { .. } => "deliverable-absent",
            Self::NoStep => "step-absent",
            Self::UnknownStep { .. } => "unknown-step",
            Self::UnclearStep { .. } => "unclear-step",
            Self::NoDate => "date-absent",
            Self::BadDate { .. } => "not-a-date",
            Self::BadPeriod { .. } => "not-a-period",
        }
    }
}

impl Breach {
    /// What is wrong, without the step and the place.
    #[must_use]
    pub fn words(&self) -> Words {
        match &self.what {
            BreachKind::Missing { last: None } => {
                words!("not in the record", "记录中没有这一步")
            }
            BreachKind::Missing { last: Some(last) } => words!(
                "not in the record; it was due by {last}",
                "记录中没有这一步，应于 {last} 前完成（含当日）"
            ),
            BreachKind::Early { done, first } => words!(
                "done early: {done}, before {first}",
                "提前：{done} 完成，早于 {first}"
            ),
            BreachKind::Late { done, last } => words!(
                "done late: {done}, after {last}",
                "逾期：{done} 完成，晚于 {last}"
            ),
            BreachKind::LateAfter {
                done,
                other,
                other_done,
                time,
            } => {
                let Words { en, zh } = time.words();
                words!(
                    "done late: {done}, more than {en} after {other} ({other_done})",
                    "逾期：{done} 完成，距“{other}”（{other_done}）已超过{zh}"
                )
            }
            BreachKind::TimeNeeded { other, time } => {
                let Words { en, zh } = time.words();
                words!(
                    "whether it was done within {en} of {other} does not show: give the time of day for both, such as 2024-05-01 08:00",
                    "看不出是否在“{other}”后{zh}内完成：两步都请写明时刻，例如 2024-05-01 08:00"
                )
            }
            BreachKind::OutOfOrder {
                done,
                other,
                other_done,
            } => words!(
                "out of order: done {done}, before {other} ({other_done}), which comes first",
                "次序颠倒：{done} 完成，而应在前的“{other}”{other_done} 才完成"
            ),
            BreachKind::WrongRole { by, expected } => {
                let (en, zh) = (expected.join(", "), expected.join("、"));
                words!(
                    "done by {by}; the step is for {en}",
                    "由{by}经办，应由{zh}经办"
                )
            }
            BreachKind::NobodyNamed { expected } => {
                let (en, zh) = (expected.join(", "), expected.join("、"));
                words!(
                    "who did it is not recorded; the step is for {en}",
                    "没有记录经办人，应由{zh}经办"
                )
            }
            BreachKind::FieldAbsent { field } => {
                words!("the record does not hold {field}", "记录中缺少“{field}”")
            }
            BreachKind::DeliverableAbsent { deliverable } => words!(
                "the record does not name {deliverable}, which the step gives",
                "记录中没有本步应提交的“{deliverable}”"
            ),
            BreachKind::NoStep => words!(
                "the row does not say which step was done",
                "这一行没有写明是哪个步骤"
            ),
            BreachKind::UnknownStep { near: None } => {
                words!("the scheme has no such step", "方案中没有这个步骤")
            }
            BreachKind::UnknownStep { near: Some(near) } => words!(
                "the scheme has no such step; did you mean `{near}`?",
                "方案中没有这个步骤，是否应为“{near}”？"
            ),
            BreachKind::UnclearStep { names } => {
                let (en, zh) = (names.join(" or "), names.join("或"));
                words!(
                    "several steps have this name; write {en}",
                    "有几个步骤都叫这个名称，请写{zh}"
                )
            }
            BreachKind::NoDate => words!("when it was done is not recorded", "没有记录完成日期"),
            BreachKind::BadDate { text, expected } => {
                let Words { en, zh } = expected;
                words!("`{text}`: {en}", "“{text}”{zh}")
            }
            BreachKind::BadPeriod { text } => {
                let Words { en, zh } = super::NotAPeriod.words();
                words!("`{text}`: {en}", "“{text}”{zh}")
            }
        }
    }
}
