//! Procedures: names of steps, what comes before what, and windows that the calendar has.
//!
//! Procedures have a name space of their own, and the steps of each another one.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive as _;

use super::from_syntax::{Builder, called};
use super::indicators::origin_within;
use super::names::nearest;
use super::{Origin, codes};
use crate::diagnostic::Diagnostic;
use crate::procedure::{
    Deadline, Length, LengthUnit, Procedure, ProcedureStep, RECORD_COLUMNS, RecordField, StepOrder,
};
use crate::syntax::{self, Kind, Name, Naming, Period, Quantity, Quoted, Statement, Unit, Window};
use crate::text::{Span, words};

/// How many times at most a step is taken in one of its periods.
const MOST_TIMES: u32 = 100;

impl<'a> Builder<'a> {
    pub(super) fn procedures(&mut self, statements: &[&'a Statement]) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for statement in statements {
            let Kind::Procedure {
                naming,
                every,
                body,
            } = &statement.kind
            else {
                continue;
            };
            let called = called(naming);
            if let Some(first) = seen.insert(called.name.clone(), statement.head) {
                self.stands_twice(called.shown(), statement.head, first);
                continue;
            }
            let origin = origin_within(statement, &Origin::default());
            let steps = self.steps(&body.statements, *every, &origin);
            let holes = body
                .statements
                .iter()
                .any(|statement| matches!(statement.kind, Kind::Hole(_)));
            if steps.is_empty() && !holes {
                let shown = called.shown();
                self.say(Diagnostic::new(
                    &codes::PROCEDURE_WITHOUT_STEPS,
                    statement.head,
                    words!("{shown} has no step", "程序“{shown}”没有步骤"),
                ));
            }
            self.model.procedures.push(Procedure {
                name: called.name,
                label: called.label,
                every: *every,
                steps,
                origin,
            });
        }
    }

    fn stands_twice(&mut self, name: &str, span: Span, first: Span) {
        self.say(
            Diagnostic::new(
                &codes::NAME_TAKEN,
                span,
                words!("`{name}` is declared twice", "“{name}”声明了两次"),
            )
            .with_label(first, words!("first declared here", "先在这里声明")),
        );
    }

    fn steps(
        &mut self,
        statements: &'a [Statement],
        every: Option<Period>,
        around: &Origin,
    ) -> Vec<ProcedureStep> {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut written = Vec::new();
        let mut has_hole = false;
        for statement in statements {
            match &statement.kind {
                Kind::ProcedureStep(step) => {
                    if let Some(first) = seen.get(step.slug.text.as_str()).copied() {
                        self.stands_twice(&step.slug.text, step.slug.span, first);
                    } else {
                        seen.insert(&step.slug.text, step.slug.span);
                        written.push((statement, step.as_ref()));
                    }
                }
                Kind::Hole(_) => has_hole = true,
                _ => self.misplaced(statement),
            }
        }
        let mut steps = Vec::with_capacity(written.len());
        for (statement, step) in &written {
            let mut after = Vec::new();
            for name in &step.after {
                // A step that could not be read may be the one that is meant.
                if seen.contains_key(name.text.as_str()) {
                    after.push(name.text.clone());
                } else if !has_hole {
                    self.unknown_step(name, seen.keys().copied());
                }
            }
            if let Some(Window::Within { of, .. }) = &step.window
                && !has_hole
                && !seen.contains_key(of.text.as_str())
            {
                self.unknown_step(of, seen.keys().copied());
            }
            let mut fields = BTreeMap::new();
            let requires = self.record_fields(&step.requires, &mut fields);
            let gives = self.record_fields(&step.gives, &mut fields);
            let kept = step.kept.as_ref().and_then(|kept| self.length(kept));
            let deadline = step
                .window
                .as_ref()
                .and_then(|window| self.deadline(window));
            let every = self.cycle(step, every, deadline.as_ref());
            let times = self.times(step);
            // What is done where it is needed has no period of its own, unless it has days.
            let every =
                every.filter(|_| !step.as_needed || step.every.is_some() || deadline.is_some());
            steps.push(ProcedureStep {
                slug: step.slug.text.clone(),
                label: step.label.as_ref().map(|label| label.text.clone()),
                every,
                times,
                as_needed: step.as_needed,
                deadline,
                by: texts(&step.by),
                after,
                requires,
                gives,
                kept,
                origin: origin_within(statement, around),
            });
        }
        self.follow_other_cycles(&mut steps);
        steps
    }

    fn unknown_step<'s>(&mut self, name: &Name, known: impl Iterator<Item = &'s str>) {
        let text = &name.text;
        let mut found = Diagnostic::new(
            &codes::UNKNOWN_STEP,
            name.span,
            words!(
                "the procedure has no step `{text}`",
                "本程序没有步骤“{text}”"
            ),
        );
        if let Some(near) = nearest(text, known) {
            found = found
                .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
                .with_fix(name.span, near);
        }
        self.say(found);
    }

    /// Fields of a record. No two of one step have one key, and none has that of a column that every
    /// record has.
    fn record_fields(
        &mut self,
        namings: &[Naming],
        seen: &mut BTreeMap<String, Span>,
    ) -> Vec<RecordField> {
        let mut fields = Vec::new();
        for naming in namings {
            let called = called(naming);
            let name = naming.name.as_ref().map(|name| name.span);
            let label = naming.label.as_ref().map(|label| label.span);
            let Some(span) = name.or(label) else { continue };
            if let Some(first) = seen.insert(called.key.clone(), span) {
                self.stands_twice(called.shown(), span, first);
                continue;
            }
            let texts = [Some(&called.key), Some(&called.name), called.label.as_ref()];
            let own = RECORD_COLUMNS.iter().find(|(key, heading)| {
                texts
                    .iter()
                    .flatten()
                    .any(|text| text == key || text == heading)
            });
            if let Some((key, heading)) = own {
                self.say(Diagnostic::new(
                    &codes::NAME_TAKEN,
                    span,
                    words!(
                        "a record has a column `{key}` ({heading}) of its own; give the field another name and label",
                        "记录表自有“{heading}”（{key}）一列，请给这一项另起名称"
                    ),
                ));
            }
            fields.push(RecordField {
                key: called.key,
                name: called.name,
                label: called.label,
            });
        }
        fields
    }

    /// A whole number of a unit of time.
    fn length(&mut self, quantity: &Quantity) -> Option<Length> {
        let unit = quantity.unit.and_then(|unit| match unit {
            Unit::Seconds => Some(LengthUnit::Seconds),
            Unit::Minutes => Some(LengthUnit::Minutes),
            Unit::Hours => Some(LengthUnit::Hours),
            Unit::Days => Some(LengthUnit::Days),
            Unit::Months => Some(LengthUnit::Months),
            Unit::Years => Some(LengthUnit::Years),
            Unit::Points | Unit::Yuan | Unit::Times => None,
        });
        let whole = quantity.value.fract().is_zero() && !quantity.percent;
        let count = quantity.value.to_u32().filter(|count| whole && *count > 0);
        let length = unit.zip(count).map(|(unit, count)| Length { count, unit });
        if length.is_none() {
            self.say(
                Diagnostic::new(
                    &codes::TYPE_MISMATCH,
                    quantity.span,
                    words!(
                        "this is no whole number of a unit of time",
                        "这里应写整数和时间单位"
                    ),
                )
                .with_help(words!(
                    "write `3 days`, `24 hours`, `6 months` or `3 years`; for 1.5 hours write `90 minutes`",
                    "请写 3天、24小时、6个月 或 3年；1.5 小时请写 90分钟"
                )),
            );
        }
        length
    }

    fn deadline(&mut self, window: &Window) -> Option<Deadline> {
        // The reader has seen that a day of a month is one.
        let day = |quantity: &Quantity| quantity.value.to_u32();
        match window {
            Window::Days {
                from,
                to,
                last_month,
            } => {
                let first = day(from)?;
                let last = match to {
                    Some(to) => day(to)?,
                    None => first,
                };
                if first > last {
                    let span = to.as_ref().map_or(from.span, |to| from.span.to(to.span));
                    self.say(
                        Diagnostic::new(
                            &codes::EMPTY_RANGE,
                            span,
                            words!(
                                "day {first} comes after day {last} of a month",
                                "{first} 日在 {last} 日之后"
                            ),
                        )
                        .with_help(words!(
                            "a window does not reach into the next month: write two steps, or days of one month",
                            "窗口不能跨到下个月：请写同一个月内的日期，或分成两个步骤"
                        )),
                    );
                    return None;
                }
                Some(Deadline::OnDays {
                    first,
                    last,
                    of_last_month: *last_month,
                })
            }
            Window::ByDay {
                day: last,
                last_month,
            } => Some(Deadline::ByDay {
                day: day(last)?,
                of_last_month: *last_month,
            }),
            Window::BeforeEnd(period) => Some(Deadline::BeforeEnd(*period)),
            Window::Within { time, of } => Some(Deadline::Within {
                time: self.length(time)?,
                of: of.text.clone(),
            }),
        }
    }

    /// How often a step is taken.
    fn cycle(
        &mut self,
        step: &syntax::ProcedureStep,
        procedure: Option<Period>,
        deadline: Option<&Deadline>,
    ) -> Option<Period> {
        let said = step.every.or(procedure);
        match deadline {
            None | Some(Deadline::Within { .. }) => said,
            Some(Deadline::BeforeEnd(window)) => {
                if let Some(said) = said.filter(|said| said != window) {
                    let (said_en, said_zh) = (every_en(said), every_zh(said));
                    let (end_en, end_zh) = (end_en(*window), end_zh(*window));
                    self.say(
                        Diagnostic::new(
                            &codes::WINDOW_UNPLACED,
                            step.slug.span,
                            words!(
                                "the step is taken {said_en}, and due {end_en}: of which one is not said",
                                "本步骤{said_zh}一次，期限却是{end_zh}，没有说明是哪一个"
                            ),
                        )
                        .with_help(words!(
                            "give the step its own `every …`, or the end of its own period",
                            "请给步骤写上自己的周期，或把期限改为本周期之末"
                        )),
                    );
                }
                Some(*window)
            }
            Some(
                deadline @ (Deadline::OnDays { last, .. } | Deadline::ByDay { day: last, .. }),
            ) => {
                let every = said.or(self.model.period);
                match every.filter(|every| !matches!(every, Period::Day | Period::Week)) {
                    None => self.say(
                        Diagnostic::new(
                            &codes::WINDOW_UNPLACED,
                            step.slug.span,
                            words!(
                                "a day of a month is named, and not every how many months: of which ones is not said",
                                "写了几日，却没有写几个月一次，不知是哪个月"
                            ),
                        )
                        .with_help(words!(
                            "write `every month`, `every quarter`, `every half year` or `every year` on the step or its procedure",
                            "请在步骤或程序上写 每月、每季度、每半年 或 每年"
                        )),
                    ),
                    Some(every) => {
                        let first = match deadline {
                            Deadline::OnDays { first, .. } => *first,
                            _ => 1,
                        };
                        self.shorter_months(step, every, deadline, first, *last);
                    }
                }
                every.filter(|every| !matches!(every, Period::Day | Period::Week))
            }
        }
    }

    /// How many times in each of its periods a step is taken.
    fn times(&mut self, step: &syntax::ProcedureStep) -> u32 {
        let Some(times) = &step.times else { return 1 };
        let whole = times.value.fract().is_zero() && !times.percent;
        let unit = matches!(times.unit, None | Some(Unit::Times));
        let count = times
            .value
            .to_u32()
            .filter(|count| (1..=MOST_TIMES).contains(count));
        count.filter(|_| whole && unit).unwrap_or_else(|| {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                times.span,
                words!(
                    "how many times is a whole figure from 1 to {MOST_TIMES}",
                    "次数应为 1 到 {MOST_TIMES} 的整数"
                ),
            ));
            1
        })
    }

    /// Tells a day that some of the months do not have.
    fn shorter_months(
        &mut self,
        step: &syntax::ProcedureStep,
        every: Period,
        deadline: &Deadline,
        first: u32,
        last: u32,
    ) {
        let of_last_month = matches!(
            deadline,
            Deadline::OnDays {
                of_last_month: true,
                ..
            } | Deadline::ByDay {
                of_last_month: true,
                ..
            }
        );
        let shortest = match (every, of_last_month) {
            (Period::Day | Period::Week | Period::Month, _) => 28,
            // The first months of quarters are January, April, July and October; the last ones
            // March, June, September and December.
            (Period::Quarter, _) | (Period::HalfYear, true) => 30,
            (Period::HalfYear, false) | (Period::Year, _) => 31,
        };
        if last <= shortest {
            return;
        }
        // A day that only February lacks, and not in every year, is a small matter.
        let code = if first > shortest && first > 29 {
            &codes::WINDOW_NOT_IN_EVERY_MONTH
        } else {
            &codes::DAY_MISSING_IN_SOME_MONTHS
        };
        let window = if first > shortest {
            words!(
                "where a month has no day {first}, its last day stands for it",
                "没有 {first} 日的月份，以当月最后一天为准"
            )
        } else {
            words!(
                "where a month has no day {last}, the window ends on its last day",
                "没有 {last} 日的月份，截止到当月最后一天"
            )
        };
        self.say(Diagnostic::new(code, step.slug.span, window));
    }

    /// A step that counts from another is taken as often as that one where nothing else is said;
    /// steps that wait for each other are told.
    fn follow_other_cycles(&mut self, steps: &mut [ProcedureStep]) {
        let order = StepOrder::new(steps);
        for place in &order.order {
            let from = match steps.get(*place) {
                Some(ProcedureStep {
                    every: None,
                    deadline: Some(Deadline::Within { of, .. }),
                    ..
                }) => of.clone(),
                _ => continue,
            };
            let before = order.before.get(*place).into_iter().flatten();
            let every = before
                .filter_map(|other| steps.get(*other))
                .find(|other| other.slug == from)
                .and_then(|other| other.every);
            if let Some(step) = steps.get_mut(*place) {
                step.every = every;
            }
        }
        let circular = order.circular.iter().filter_map(|place| steps.get(*place));
        let circular: Vec<(&str, Span)> = circular
            .map(|step| (step.shown(), step.origin.span))
            .collect();
        if let Some((_, span)) = circular.first() {
            let names: Vec<&str> = circular.iter().map(|(name, _)| *name).take(8).collect();
            let (en, zh) = (names.join(", "), names.join("、"));
            self.say(
                Diagnostic::new(
                    &codes::STEPS_WAIT_FOR_EACH_OTHER,
                    *span,
                    words!(
                        "these steps wait for each other, so that none can be the first: {en}",
                        "这些步骤互相等待，谁也不能先做：{zh}"
                    ),
                )
                .with_help(words!(
                    "take one `after` or `within … of` away",
                    "请去掉其中一处“后于”或“自 … 起”"
                )),
            );
        }
    }
}

fn texts(quoted: &[Quoted]) -> Vec<String> {
    quoted.iter().map(|quoted| quoted.text.clone()).collect()
}

const fn every_en(period: Period) -> &'static str {
    match period {
        Period::Day => "every day",
        Period::Week => "every week",
        Period::Month => "every month",
        Period::Quarter => "every quarter",
        Period::HalfYear => "every half year",
        Period::Year => "every year",
    }
}

const fn every_zh(period: Period) -> &'static str {
    match period {
        Period::Day => "每天",
        Period::Week => "每周",
        Period::Month => "每月",
        Period::Quarter => "每季度",
        Period::HalfYear => "每半年",
        Period::Year => "每年",
    }
}

const fn end_en(period: Period) -> &'static str {
    match period {
        Period::Day | Period::Week | Period::Month => "before the end of a month",
        Period::Quarter => "before the end of a quarter",
        Period::HalfYear => "before the end of a half year",
        Period::Year => "before the end of a year",
    }
}

const fn end_zh(period: Period) -> &'static str {
    match period {
        Period::Day | Period::Week | Period::Month => "月末",
        Period::Quarter => "季末",
        Period::HalfYear => "半年末",
        Period::Year => "年末",
    }
}
