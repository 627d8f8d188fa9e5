//! Days: moved by days or months, and their parts.

use super::form::{Form, Relation};
use super::from_plan::Sketch;
use super::interval::Interval;
use super::space::Grid;
use super::symbol::{Lacks, Symbol, Symbolic};
use crate::number::Rational;
use crate::plan::NodeId;
use crate::syntax::DatePart;

impl Sketch<'_, '_> {
    /// A day moved by a span. A month has 28 to 31 days.
    pub(super) fn shift(
        &mut self,
        node: NodeId,
        of: NodeId,
        by: NodeId,
        months: bool,
        back: bool,
    ) -> Symbol {
        let (of, by) = (self.get(of), self.get(by));
        let lacks = of.lacks.and(by.lacks).and(Lacks::FAULT);
        let (Some(day), Some(span)) = (of.form().cloned(), by.form().cloned()) else {
            let unfit = [&of, &by].iter().any(|own| !own.may_have_value());
            return if unfit {
                Symbol::lacking(lacks)
            } else {
                Symbol::of(Symbolic::Any).with(lacks)
            };
        };
        let span = if back { span.negated() } else { span };
        if !months {
            let over = Rational::ONE.checked_div(&Rational::from_integer(86_400));
            return match over {
                Ok(over) => Symbol::number(day.plus(&span.scaled(&over))).with(lacks),
                Err(_) => Symbol::unknown(),
            };
        }
        let moved = self.somewhere(node, Interval::ALL, Some(Grid::whole()));
        let interval = self.interval(&span);
        if let Some(form) = moved.form() {
            let by = |days: i64| day.plus(&span.scaled(&Rational::from_integer(days)));
            let (least, most) = if interval.is_not_negative() {
                (by(28), by(31))
            } else if interval.is_not_positive() {
                (by(31), by(28))
            } else {
                return moved.with(lacks);
            };
            let form = form.clone();
            self.require(form.minus(&least), Relation::AtLeast);
            self.require(most.minus(&form), Relation::AtLeast);
        }
        moved.with(lacks)
    }

    pub(super) fn date_part(&mut self, node: NodeId, part: DatePart, of: NodeId) -> Symbol {
        let of = self.get(of);
        if !of.may_have_value() {
            return of;
        }
        let lacks = of.lacks;
        let between = |low: i64, high: i64| {
            Interval::closed(Rational::from_integer(low), Rational::from_integer(high))
        };
        let whole = Some(Grid::whole());
        match part {
            DatePart::Year => self.somewhere(node, Interval::ALL, whole),
            DatePart::Month => self.somewhere(node, between(1, 12), whole),
            DatePart::Day => self.somewhere(node, between(1, 31), whole),
            DatePart::Date => match of.form() {
                Some(form) => Symbol::number(form.clone()),
                None => Symbol::of(Symbolic::Any),
            },
            DatePart::EndOfMonth => match of.form().cloned() {
                Some(day) => {
                    let end = self.somewhere(node, Interval::ALL, whole);
                    if let Some(form) = end.form().cloned() {
                        let month = Form::constant(Rational::from_integer(30));
                        self.require(form.minus(&day), Relation::AtLeast);
                        self.require(day.plus(&month).minus(&form), Relation::AtLeast);
                    }
                    end
                }
                None => Symbol::of(Symbolic::Any),
            },
        }
        .with(lacks)
    }
}
