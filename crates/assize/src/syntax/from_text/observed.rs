//! What has no numbers: indicators, which are observed and never scored, and procedures with their
//! steps and windows.
//!
//! Clauses stand in any order, each at most once. Whether a step exists that another one follows is
//! for the checker to say.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::{
    Better, Indicator, IndicatorScale, Kind, Name, Naming, Period, ProcedureStep, Quantity, Quoted,
    Window,
};
use super::block::Place;
use super::expr::unknown;
use super::head::Head;
use super::literal::{
    first_name, first_quantity, first_quoted, name, naming, naming_of, quantity, quoted,
    written_twice,
};
use super::scheme::period;
use super::{Node, Read, Reader, Rule, has, part, parts};

impl Reader<'_> {
    /// An indicator, one of its aspects, a procedure or one of its steps.
    pub(super) fn observed(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        Ok(match node.as_rule() {
            Rule::indicator | Rule::aspect => Kind::Indicator(self.indicator(head, node)?),
            Rule::procedure => Kind::Procedure {
                naming: naming_of(head, node),
                every: part(node, Rule::period).as_ref().and_then(period),
                body: self.block(head, node, Place::Procedure),
            },
            Rule::procedure_step => Kind::ProcedureStep(Box::new(step(head, node)?)),
            _ => return Err(unknown(head.span(node))),
        })
    }

    fn indicator(&mut self, head: &Head, node: &Node<'_>) -> Read<Indicator> {
        let mut indicator = Indicator {
            naming: naming_of(head, node),
            from: Vec::new(),
            by: Vec::new(),
            better: None,
            on: None,
            aspects: None,
        };
        for clause in parts(node, Rule::indicator_clause).flat_map(Node::into_inner) {
            let span = head.span(&clause);
            let twice = match clause.as_rule() {
                Rule::observed_on => {
                    let on = scale(head, &clause)?;
                    indicator.on.replace(on).is_some()
                }
                Rule::taken_from => set(&mut indicator.from, quotations(head, &clause)),
                Rule::by_people => set(&mut indicator.by, quotations(head, &clause)),
                Rule::kw_lower_is_better => indicator.better.replace(Better::Lower).is_some(),
                Rule::kw_higher_is_better => indicator.better.replace(Better::Higher).is_some(),
                _ => return Err(unknown(span)),
            };
            if twice {
                return Err(written_twice(span));
            }
        }
        if has(node, Rule::braces) {
            indicator.aspects = Some(self.block(head, node, Place::Aspects));
        }
        Ok(indicator)
    }
}

/// `on level`, `on points 1..10`
fn scale(head: &Head, clause: &Node<'_>) -> Read<IndicatorScale> {
    let unread = || unknown(head.span(clause));
    if let Some(name) = first_name(head, clause) {
        return Ok(IndicatorScale::Choice(name));
    }
    let mut ends = parts(clause, Rule::points);
    let (low, high) = (ends.next(), ends.next());
    Ok(IndicatorScale::Points(
        quantity(head, &low.ok_or_else(unread)?)?,
        quantity(head, &high.ok_or_else(unread)?)?,
    ))
}

fn step(head: &Head, node: &Node<'_>) -> Read<ProcedureStep> {
    let slug = part(node, Rule::slug).ok_or_else(|| unknown(head.span(node)))?;
    let mut step = ProcedureStep {
        slug: name(head, &slug),
        label: first_quoted(head, node),
        every: None,
        times: None,
        as_needed: false,
        window: None,
        by: Vec::new(),
        after: Vec::new(),
        requires: Vec::new(),
        gives: Vec::new(),
        kept: None,
    };
    for clause in parts(node, Rule::step_clause).flat_map(Node::into_inner) {
        let span = head.span(&clause);
        let twice = match clause.as_rule() {
            Rule::often => {
                let every = part(&clause, Rule::period).and_then(|every| period(&every));
                let every = every.ok_or_else(|| unknown(span))?;
                step.times = first_quantity(head, &clause)?;
                step.every.replace(every).is_some()
            }
            Rule::kw_as_needed => std::mem::replace(&mut step.as_needed, true),
            Rule::on_day | Rule::by_day | Rule::before_end | Rule::within => {
                let window = window(head, &clause)?;
                step.window.replace(window).is_some()
            }
            Rule::by_people => set(&mut step.by, quotations(head, &clause)),
            Rule::after => set(&mut step.after, slugs(head, &clause)),
            Rule::requires => set(&mut step.requires, namings(head, &clause)),
            Rule::gives_records => set(&mut step.gives, namings(head, &clause)),
            Rule::kept_for => {
                let kept = first_quantity(head, &clause)?.ok_or_else(|| unknown(span))?;
                step.kept.replace(kept).is_some()
            }
            _ => return Err(unknown(span)),
        };
        if twice {
            return Err(written_twice(span));
        }
    }
    Ok(step)
}

/// Sets a list that stands in a clause; whether it had been set before.
fn set<T>(list: &mut Vec<T>, written: Vec<T>) -> bool {
    !std::mem::replace(list, written).is_empty()
}

fn window(head: &Head, node: &Node<'_>) -> Read<Window> {
    let unread = || unknown(head.span(node));
    let last_month = has(node, Rule::kw_last_month);
    Ok(match node.as_rule() {
        Rule::on_day => {
            let mut days = parts(node, Rule::quantity).map(|day| day_of_month(head, &day));
            Window::Days {
                from: days.next().ok_or_else(unread)??,
                to: days.next().transpose()?,
                last_month,
            }
        }
        Rule::by_day => {
            let day = part(node, Rule::quantity).ok_or_else(unread)?;
            Window::ByDay {
                day: day_of_month(head, &day)?,
                last_month,
            }
        }
        Rule::before_end => Window::BeforeEnd(
            match node
                .clone()
                .into_inner()
                .next()
                .ok_or_else(unread)?
                .as_rule()
            {
                Rule::kw_before_end_of_month => Period::Month,
                Rule::kw_before_end_of_quarter => Period::Quarter,
                Rule::kw_before_end_of_half_year => Period::HalfYear,
                Rule::kw_before_end_of_year => Period::Year,
                _ => return Err(unread()),
            },
        ),
        _ => {
            let time = first_quantity(head, node)?.ok_or_else(unread)?;
            if time.unit.is_none() {
                return Err(Box::new(time_without_unit(time.span)));
            }
            Window::Within {
                time,
                of: slugs(head, node).pop().ok_or_else(unread)?,
            }
        }
    })
}

/// A day of a month: a whole figure from 1 to 31 without a unit.
fn day_of_month(head: &Head, node: &Node<'_>) -> Read<Quantity> {
    let day = quantity(head, node)?;
    let whole = day.value.fract().is_zero();
    let within = day.value >= rust_decimal::Decimal::ONE && day.value <= 31.into();
    if whole && within && day.unit.is_none() && !day.percent {
        return Ok(day);
    }
    let written = day.span;
    Err(Box::new(Diagnostic::new(
        &codes::BAD_DATE,
        written,
        words!(
            "a day of a month is a whole figure from 1 to 31",
            "每月的日期应为 1 到 31 的整数"
        ),
    )))
}

fn time_without_unit(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::UNREADABLE,
        span,
        words!(
            "how long is not said: a unit is missing",
            "没有写明时间单位"
        ),
    )
    .with_help(words!("write `3 days`", "请写 3 天"))
}

fn quotations(head: &Head, node: &Node<'_>) -> Vec<Quoted> {
    parts(node, Rule::quoted)
        .map(|part| quoted(head, &part))
        .collect()
}

fn slugs(head: &Head, node: &Node<'_>) -> Vec<Name> {
    parts(node, Rule::slug)
        .map(|part| name(head, &part))
        .collect()
}

fn namings(head: &Head, node: &Node<'_>) -> Vec<Naming> {
    parts(node, Rule::naming)
        .map(|part| naming(head, &part))
        .collect()
}
