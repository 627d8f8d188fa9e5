//! The days on which the steps of a scheme's procedures are due.
//!
//! A period names the days on which acts fall, not the months that they are about. A step that is
//! taken more often than the period comes once for each of its own; one that is taken less often
//! comes for the one that holds the period. A step that counts from another may be due from that
//! one's first day until so long after its last.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Deadline, Length, LengthUnit, Procedure, ProcedureStep, StepNames, StepOrder};
use crate::calendar::{
    self, CalendarError, CalendarPeriod, Event, Extent, MonthOfPeriod, Span, Window, plus_days,
    to_icalendar, window_in,
};
use crate::syntax::Period;
use crate::text::Words;

/// A step and the days on which it is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// Its procedure.
    pub procedure: &'a Procedure,
    /// The step.
    pub step: &'a ProcedureStep,
    /// The name that no other step has: its slug, or `procedure.step` where another procedure has a
    /// step of that slug.
    pub name: String,
    /// The period for which it is due; `None` for what is done when there is occasion.
    pub period: Option<CalendarPeriod>,
    /// Which time in that period, from 1, of a step that is taken several times.
    pub nth: Option<u32>,
    /// The first day; `None` for a step that the scheme does not date.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
}

/// A day lies outside the calendar, which runs from 0001-01-01 to 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct OutOfCalendar;

impl OutOfCalendar {
    /// What is wrong.
    #[must_use]
    pub fn words(self) -> Words {
        CalendarError::OutOfCalendar.words()
    }
}

impl From<CalendarError> for OutOfCalendar {
    fn from(_: CalendarError) -> Self {
        // Days of a scheme that was checked exist; they can only lie too far away.
        Self
    }
}

/// One time that a step is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// The period for which it is due.
    pub(super) period: Option<CalendarPeriod>,
    /// Which time in that period, of several.
    pub(super) nth: Option<u32>,
    /// The days of that period, or of the one that was asked for.
    pub(super) extent: Extent,
    /// The days on which it is due, where the scheme dates it.
    pub(super) window: Option<Extent>,
}

/// The turns of each of a procedure's steps in a period, by the step's place.
pub(super) fn turns(
    procedure: &Procedure,
    order: &StepOrder,
    asked: CalendarPeriod,
) -> Result<Vec<Vec<Turn>>, CalendarError> {
    let mut turns: Vec<Vec<Turn>> = vec![Vec::new(); procedure.steps.len()];
    for place in &order.order {
        let Some(step) = procedure.steps.get(*place) else {
            continue;
        };
        let periods = match step.every {
            None => vec![None],
            Some(every) => asked.touching(every)?.into_iter().map(Some).collect(),
        };
        let mut own = Vec::with_capacity(periods.len());
        for period in periods {
            let extent = period.unwrap_or(asked).extent();
            let window = match (&step.deadline, period) {
                // A day and a week are due within themselves.
                (None, Some(period)) => {
                    let short = matches!(period.kind(), Period::Day | Period::Week);
                    short.then_some(extent)
                }
                (None, None) => None,
                (Some(Deadline::Within { time, of }), _) => {
                    let others = order.before.get(*place).into_iter().flatten();
                    let other = others.copied().find(|other| {
                        let other = procedure.steps.get(*other);
                        other.is_some_and(|other| other.slug == *of)
                    });
                    let others = other.and_then(|other| turns.get(other));
                    within(others.map_or(&[], Vec::as_slice), extent, *time)?
                }
                (Some(deadline), Some(period)) => match window_of(deadline) {
                    Some(window) => Some(window_in(window, period.kind(), period.first())?),
                    None => None,
                },
                // A scheme with such a step is refused.
                (Some(_), None) => None,
            };
            let several = step.times > 1;
            own.extend((1..=step.times).map(|nth| Turn {
                period,
                nth: several.then_some(nth),
                extent,
                window,
            }));
        }
        if let Some(slot) = turns.get_mut(*place) {
            *slot = own;
        }
    }
    Ok(turns)
}

/// The window of a deadline that counts from no other step.
const fn window_of(deadline: &Deadline) -> Option<Window> {
    const fn month(of_last_month: bool) -> MonthOfPeriod {
        if of_last_month {
            MonthOfPeriod::Last
        } else {
            MonthOfPeriod::First
        }
    }
    match deadline {
        Deadline::OnDays {
            first,
            last,
            of_last_month,
        } => Some(Window::OnDays {
            first: *first,
            last: *last,
            of: month(*of_last_month),
        }),
        Deadline::ByDay { day, of_last_month } => Some(Window::ByDay {
            day: *day,
            of: month(*of_last_month),
        }),
        Deadline::BeforeEnd(period) => Some(Window::BeforeEnd(*period)),
        Deadline::Within { .. } => None,
    }
}

/// From the first day on which the other step may be taken until so long after its last.
fn within(others: &[Turn], extent: Extent, time: Length) -> Result<Option<Extent>, CalendarError> {
    let windows = others
        .iter()
        .filter(|turn| turn.extent.overlaps(extent))
        .filter_map(|turn| turn.window);
    let mut around: Option<(NaiveDate, NaiveDate)> = None;
    for window in windows {
        around = Some(match around {
            None => (window.first(), window.last()),
            Some((first, last)) => (first.min(window.first()), last.max(window.last())),
        });
    }
    let Some((first, last)) = around else {
        return Ok(None);
    };
    Ok(Extent::new(first, last_day(last, time)?))
}

/// The last day of what is so long after something done on a day, whatever the hour.
pub(super) fn last_day(day: NaiveDate, time: Length) -> Result<NaiveDate, CalendarError> {
    let span = match time.unit {
        LengthUnit::Days => Span::Days(time.count),
        LengthUnit::Months => Span::Months(time.count),
        LengthUnit::Years => Span::Years(time.count),
        LengthUnit::Seconds | LengthUnit::Minutes | LengthUnit::Hours => {
            let seconds = time.seconds().ok_or(CalendarError::OutOfCalendar)?;
            // An hour before midnight, two hours end on the next day.
            return plus_days(day, div_ceil(seconds, 86_400));
        }
    };
    calendar::after(day, span)
}

/// The quotient of figures that are not negative, rounded up.
fn div_ceil(part: i64, whole: i64) -> i64 {
    let full = part.checked_div(whole).unwrap_or(0);
    let rest = part.checked_rem(whole).unwrap_or(0);
    full.saturating_add(i64::from(rest > 0))
}

/// When each step is due, by last day and then in an order in which the steps can be taken; steps
/// without days come last.
pub(crate) fn schedule(
    procedures: &[Procedure],
    asked: CalendarPeriod,
) -> Result<Vec<Due<'_>>, OutOfCalendar> {
    let names = StepNames::new(procedures);
    let mut dues = Vec::new();
    for procedure in procedures {
        let order = StepOrder::new(&procedure.steps);
        let turns = turns(procedure, &order, asked)?;
        for place in order.order {
            let (Some(step), Some(turns)) = (procedure.steps.get(place), turns.get(place)) else {
                continue;
            };
            dues.extend(turns.iter().map(|turn| Due {
                procedure,
                step,
                name: names.of(procedure, step),
                period: turn.period,
                nth: turn.nth,
                first: turn.window.map(Extent::first),
                last: turn.window.map(Extent::last),
            }));
        }
    }
    dues.sort_by_key(|due| (due.last.is_none(), due.last));
    Ok(dues)
}

/// The dated steps as a calendar file.
pub(crate) fn calendar_text(
    slug: &str,
    dues: &[Due<'_>],
    stamp: NaiveDateTime,
) -> Result<String, OutOfCalendar> {
    let events: Vec<Event> = dues
        .iter()
        .filter_map(|due| {
            let days = Extent::new(due.first?, due.last?)?;
            let period = due.period.map(|period| match due.nth {
                Some(nth) => format!(".{period}.{nth}"),
                None => format!(".{period}"),
            });
            let summary = if due.step.by.is_empty() {
                due.step.shown().to_owned()
            } else {
                format!("{}（{}）", due.step.shown(), due.step.by.join("、"))
            };
            Some(Event {
                uid: format!(
                    "{}.{}{}@{slug}",
                    due.procedure.name,
                    due.step.slug,
                    period.unwrap_or_default()
                ),
                summary,
                days,
            })
        })
        .collect();
    Ok(to_icalendar(&events, stamp)?)
}
