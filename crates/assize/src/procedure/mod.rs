//! What has no numbers and still binds: procedures with their steps, the days on which steps are
//! due, and a record of what was done held against them.
//!
//! ```
//! use assize::procedure::Done;
//!
//! let text = r#"
//! scheme crew-rating "机组评价" {
//!     procedure monthly "每月评分" every month cite "五" {
//!         step collect-forms "收集评分表", on day 25..28, by "班组长", requires form "评分表"
//!         step hand-in-forms "上交评分表", before end of month, after collect-forms
//!     }
//! }
//! "#;
//! let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
//!
//! let schedule = scheme.schedule("2023-02".parse()?)?;
//! assert_eq!(schedule[0].step.slug, "collect-forms");
//! assert_eq!(schedule[0].first.map(|day| day.to_string()).as_deref(), Some("2023-02-25"));
//! assert_eq!(schedule[0].last.map(|day| day.to_string()).as_deref(), Some("2023-02-28"));
//!
//! let record = [
//!     Done::new("collect-forms").on("2023-02-26").by("班组长").with("form", true),
//!     Done::new("hand-in-forms").of_period("2023-02").on("2023-03-01"),
//! ];
//! let audit = scheme.audit("2023-02".parse()?, &record)?;
//! assert_eq!(audit.breaches.len(), 1);
//! assert_eq!(audit.breaches[0].what.name(), "late");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Deliberately absent: a clock, holidays, and reminders.

mod breach;
mod judging;
mod matching;
mod order;
mod record;
mod schedule;

pub use crate::calendar::{CalendarPeriod, NotAPeriod};
pub use breach::{Breach, BreachKind};
pub(crate) use order::too_early;
pub use record::{Audit, Done};
pub(crate) use record::{audit, record_fields};
pub use schedule::{Due, OutOfCalendar};
pub(crate) use schedule::{calendar_text, schedule};

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Origin;
use crate::syntax::Period;
use crate::text::{Words, words};

/// The columns that a record of what was done has beside the required fields: key and heading.
pub(crate) const RECORD_COLUMNS: [(&str, &str); 4] = [
    ("step", "步骤"),
    ("period", "周期"),
    ("done", "完成日期"),
    ("by", "经办"),
];

/// Steps that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Its name in the scheme; its label where it has none.
    pub name: String,
    /// What people read.
    pub label: Option<String>,
    /// How often it is gone through, where the scheme says so.
    pub every: Option<Period>,
    /// Its steps, as written.
    pub steps: Vec<ProcedureStep>,
    pub(crate) origin: Origin,
}

/// One step of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedureStep {
    /// Its name, by which schedules and records call it: `collect-forms`.
    pub slug: String,
    /// What people read.
    pub label: Option<String>,
    /// How often: what the step says, or its deadline, or the procedure; a day of a month without
    /// any of these is one of the period in which the scheme assesses. `None` for what is done when
    /// there is occasion.
    pub every: Option<Period>,
    /// How many times in each of these periods.
    pub times: u32,
    /// Whether it is done where it is needed, so that it is never missing.
    pub as_needed: bool,
    /// When it is due.
    pub deadline: Option<Deadline>,
    /// Who does it.
    pub by: Vec<String>,
    /// The steps that come first, by slug.
    pub after: Vec<String>,
    /// What a record of the step must hold.
    pub requires: Vec<RecordField>,
    /// What comes of it, which a record of the step must name too.
    pub gives: Vec<RecordField>,
    /// How long the record is kept.
    pub kept: Option<Length>,
    pub(crate) origin: Origin,
}

/// A field or deliverable of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordField {
    /// The name that data uses: its key, its name, or its label where it has no name.
    pub key: String,
    /// Its name in the scheme; its label where it has none.
    pub name: String,
    /// What people read.
    pub label: Option<String>,
}

/// When a step is due; both ends of a window belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// On these days of the month.
    OnDays {
        /// The first, from 1 to 31.
        first: u32,
        /// The last; a shorter month ends earlier.
        last: u32,
        /// Whether the month is the last of a longer period, and not its first.
        of_last_month: bool,
    },
    /// From the first day of the period up to this day of the month.
    ByDay {
        /// The last day, from 1 to 31; a shorter month ends earlier.
        day: u32,
        /// Whether the month is the last of a longer period, and not its first.
        of_last_month: bool,
    },
    /// Within that period.
    BeforeEnd(Period),
    /// So long after another step.
    Within {
        /// How long.
        time: Length,
        /// The other step, by slug.
        of: String,
    },
}

/// A whole number of a unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: LengthUnit,
}

/// What a length is counted in. Months and years are those of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LengthUnit {
    /// 秒
    Seconds,
    /// 分钟
    Minutes,
    /// 小时
    Hours,
    /// 天
    Days,
    /// 个月
    Months,
    /// 年
    Years,
}

impl Length {
    /// `3 days`, 3天.
    #[must_use]
    pub fn words(self) -> Words {
        let count = self.count;
        let (one, zh) = match self.unit {
            LengthUnit::Seconds => ("second", "秒"),
            LengthUnit::Minutes => ("minute", "分钟"),
            LengthUnit::Hours => ("hour", "小时"),
            LengthUnit::Days => ("day", "天"),
            LengthUnit::Months => ("month", "个月"),
            LengthUnit::Years => ("year", "年"),
        };
        let many = if count == 1 { "" } else { "s" };
        words!("{count} {one}{many}", "{count}{zh}")
    }

    /// Its seconds, for units shorter than a day.
    pub(crate) fn seconds(self) -> Option<i64> {
        let each = match self.unit {
            LengthUnit::Seconds => 1,
            LengthUnit::Minutes => 60,
            LengthUnit::Hours => 3_600,
            LengthUnit::Days | LengthUnit::Months | LengthUnit::Years => return None,
        };
        i64::from(self.count).checked_mul(each)
    }
}

impl Procedure {
    /// What people read: the label, or else the name.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }

    /// The article on which it rests.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.origin.article.as_deref()
    }

    /// What it assumes that the document does not say.
    #[must_use]
    pub fn assumed(&self) -> Option<&str> {
        self.origin.assumed.as_deref()
    }
}

impl ProcedureStep {
    /// What people read: the label, or else the slug.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.slug)
    }

    /// The article on which it rests: its own, or the procedure's.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.origin.article.as_deref()
    }

    /// What it assumes that the document does not say.
    #[must_use]
    pub fn assumed(&self) -> Option<&str> {
        self.origin.assumed.as_deref()
    }

    /// The steps that must be done before it: those it comes after, and the one it counts from.
    pub(crate) fn before(&self) -> impl Iterator<Item = &str> {
        let counted_from = match &self.deadline {
            Some(Deadline::Within { of, .. }) => Some(of.as_str()),
            Some(Deadline::OnDays { .. } | Deadline::ByDay { .. } | Deadline::BeforeEnd(_))
            | None => None,
        };
        let after = self.after.iter().map(String::as_str);
        after
            .filter(move |slug| Some(*slug) != counted_from)
            .chain(counted_from)
    }
}

impl RecordField {
    /// What people read: the label, or else the name.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// How steps are called where procedures stand beside each other: by slug, or as `procedure.step`
/// where several procedures have a step of that slug.
pub(crate) struct StepNames<'a> {
    bearers: BTreeMap<&'a str, usize>,
}

impl<'a> StepNames<'a> {
    pub(crate) fn new(procedures: &'a [Procedure]) -> Self {
        let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
        for step in procedures.iter().flat_map(|procedure| &procedure.steps) {
            let count = bearers.entry(&step.slug).or_insert(0);
            *count = count.saturating_add(1);
        }
        Self { bearers }
    }

    /// The name of a step that no other step of the scheme has.
    pub(crate) fn of(&self, procedure: &Procedure, step: &ProcedureStep) -> String {
        let slug = &step.slug;
        match self.bearers.get(slug.as_str()) {
            None | Some(1) => slug.clone(),
            Some(_) => format!("{}.{slug}", procedure.name),
        }
    }
}

/// Steps in the order in which they can be taken.
pub(crate) struct StepOrder {
    /// The places of the steps so that each comes after those before it, else as written.
    pub(crate) order: Vec<usize>,
    /// For each step, by its place: the places of those that come before it.
    pub(crate) before: Vec<Vec<usize>>,
    /// The places of steps that wait for each other in a circle, or for such ones.
    pub(crate) circular: Vec<usize>,
}

impl StepOrder {
    pub(crate) fn new(steps: &[ProcedureStep]) -> Self {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, step) in steps.iter().enumerate() {
            places.entry(&step.slug).or_insert(place);
        }
        let before: Vec<Vec<usize>> = steps
            .iter()
            .map(|step| {
                let mut before: Vec<usize> = step
                    .before()
                    .filter_map(|slug| places.get(slug).copied())
                    .collect();
                before.sort_unstable();
                before.dedup();
                before
            })
            .collect();
        let mut behind: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
        let mut waits: Vec<usize> = Vec::with_capacity(steps.len());
        for (place, others) in before.iter().enumerate() {
            waits.push(others.len());
            for other in others {
                if let Some(list) = behind.get_mut(*other) {
                    list.push(place);
                }
            }
        }
        let none_left = |(place, count): (usize, &usize)| (*count == 0).then_some(place);
        let mut ready: BTreeSet<usize> = waits.iter().enumerate().filter_map(none_left).collect();
        let mut order = Vec::with_capacity(steps.len());
        while let Some(place) = ready.pop_first() {
            order.push(place);
            for next in behind.get(place).into_iter().flatten() {
                if let Some(count) = waits.get_mut(*next) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        ready.insert(*next);
                    }
                }
            }
        }
        let is_left = |(place, count): (usize, &usize)| (*count > 0).then_some(place);
        let circular = waits.iter().enumerate().filter_map(is_left).collect();
        Self {
            order,
            before,
            circular,
        }
    }
}
