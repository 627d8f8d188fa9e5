//! What many figures make together: sums, means, extremes, counts and shares. Of a list of any length
//! there are bounds only.

use super::form::Form;
use super::from_plan::Sketch;
use super::interval::{End, Interval};
use super::lists::{Elements, elements, length, many};
use super::space::Grid;
use super::symbol::{EITHER, Lacks, NO, Symbol, Symbolic, YES};
use crate::number::Rational;
use crate::plan::NodeId;
use crate::syntax::Aggregate;

impl Sketch<'_, '_> {
    pub(super) fn aggregate(
        &mut self,
        node: NodeId,
        kind: Aggregate,
        of: &[NodeId],
        of_many: bool,
        tally: bool,
    ) -> Symbol {
        let parts: Vec<Symbol> = of.iter().map(|id| self.get(*id)).collect();
        if parts
            .iter()
            .any(|part| matches!(part.value, Symbolic::Never))
        {
            let lacks = parts
                .iter()
                .fold(Lacks::NONE, |all, part| all.and(part.lacks));
            return Symbol::lacking(lacks);
        }
        let list = if of_many {
            match parts.as_slice() {
                [one] => one.clone(),
                several => self.joined_lists(several),
            }
        } else {
            let lacks = parts
                .iter()
                .fold(Lacks::NONE, |all, part| all.and(part.lacks));
            Symbol::of(Symbolic::Fixed(parts.into())).with(lacks)
        };
        let mut lacks = list.lacks;
        match elements(&list) {
            Elements::Fixed(all) if !tally => {
                if kind == Aggregate::Count && of_many {
                    let strong = all.iter().fold(lacks, |lacks, own| {
                        lacks.and(own.lacks.without(Lacks::ABSENT))
                    });
                    let certain = all
                        .iter()
                        .all(|own| own.lacks.only(Lacks::ABSENT).is_none());
                    let most = length(all.len());
                    return if certain {
                        Symbol::number(Form::constant(most)).with(strong)
                    } else {
                        let least = all.iter().filter(|own| own.lacks.is_none()).count();
                        let around = Interval::closed(length(least), most);
                        self.somewhere(node, around, Some(Grid::whole()))
                            .with(strong)
                    };
                }
                if all.iter().any(|own| !own.may_have_value()) {
                    let all = all.iter().fold(lacks, |lacks, own| lacks.and(own.lacks));
                    return Symbol::lacking(all);
                }
                lacks = all.iter().fold(lacks, |lacks, own| lacks.and(own.lacks));
                if all.is_empty() {
                    return match kind {
                        Aggregate::Sum | Aggregate::Count => {
                            Symbol::number(Form::constant(Rational::ZERO))
                        }
                        _ => Symbol::lacking(Lacks::EMPTY),
                    }
                    .with(lacks);
                }
                let forms: Option<Vec<Form>> = all.iter().map(|own| own.form().cloned()).collect();
                match forms {
                    Some(forms) => self.of_forms(node, kind, &forms).with(lacks),
                    None => self.unfit(node, &[&list]).with(lacks),
                }
            }
            Elements::Fixed(all) => {
                // The number of answers is the sum of what the options count.
                let counts: Option<Vec<&Form>> = all
                    .iter()
                    .map(|own| own.form().filter(|_| own.lacks.is_none()))
                    .collect();
                if let (Aggregate::Count, Some(counts)) = (kind, counts) {
                    let none = Form::constant(Rational::ZERO);
                    let sum = counts.iter().fold(none, |sum, own| sum.plus(own));
                    return Symbol::number(sum).with(lacks);
                }
                let element = self.one_of(&all);
                let count = self.any_number(node);
                self.of_any(node, kind, &element, &count, tally, lacks)
            }
            Elements::Many(element, count) => {
                self.of_any(node, kind, &element, &count, tally, lacks)
            }
            Elements::Unknown => {
                let interval = match kind {
                    Aggregate::Count | Aggregate::Variance | Aggregate::StandardDeviation => {
                        Interval::at_least(Rational::ZERO)
                    }
                    _ => Interval::ALL,
                };
                self.somewhere(node, interval, None)
                    .with(list.lacks)
                    .with(Lacks::EMPTY.and(Lacks::ABSENT).and(Lacks::FAULT))
            }
        }
    }

    fn of_forms(&mut self, node: NodeId, kind: Aggregate, forms: &[Form]) -> Symbol {
        let zero = Form::constant(Rational::ZERO);
        let sum = || forms.iter().fold(zero.clone(), |sum, own| sum.plus(own));
        let hull = forms
            .iter()
            .map(|form| self.interval(form))
            .reduce(|a, b| a.hull(&b))
            .unwrap_or(Interval::ALL);
        match kind {
            Aggregate::Sum => Symbol::number(sum()),
            Aggregate::Count => Symbol::number(Form::constant(length(forms.len()))),
            Aggregate::Mean => {
                let share = Rational::ONE.checked_div(&length(forms.len()));
                match share {
                    Ok(share) => Symbol::number(sum().scaled(&share)),
                    Err(_) => Symbol::lacking(Lacks::EMPTY),
                }
            }
            Aggregate::Min | Aggregate::Max => {
                let lesser = kind == Aggregate::Min;
                let mut rest = forms.iter();
                let mut best = rest.next().cloned().unwrap_or(zero);
                for (place, form) in rest.enumerate() {
                    let place = u16::try_from(place).unwrap_or(u16::MAX);
                    best = self.limit(node, (&best, form), place, lesser, false);
                }
                Symbol::number(best)
            }
            Aggregate::Median => match forms {
                [one] => Symbol::number(one.clone()),
                _ => self.somewhere(node, hull, None),
            },
            Aggregate::Variance | Aggregate::StandardDeviation => {
                let above = spread(&hull);
                self.somewhere(node, above, None)
            }
        }
    }

    fn of_any(
        &mut self,
        node: NodeId,
        kind: Aggregate,
        element: &Symbol,
        count: &Form,
        tally: bool,
        lacks: Lacks,
    ) -> Symbol {
        let number = count;
        let count = &self.interval(number);
        let may_be_empty = count.contains(&Rational::ZERO);
        let one = self.interval_of(element);
        let lacks = if kind == Aggregate::Count && !tally {
            lacks.and(element.lacks.without(Lacks::ABSENT))
        } else {
            lacks.and(element.lacks)
        };
        let empty = if may_be_empty {
            Lacks::EMPTY
        } else {
            Lacks::NONE
        };
        let grid = element.form().and_then(|form| self.any_grid(form));
        let (interval, grid, empty) = match kind {
            Aggregate::Count if !tally => {
                let count = if element.lacks.has(Lacks::ABSENT) {
                    self.some_of(node, number)
                } else {
                    number.clone()
                };
                return Symbol::number(count).with(lacks);
            }
            Aggregate::Count | Aggregate::Sum => {
                let sum = one.times(count);
                let sum = if may_be_empty {
                    sum.hull(&Interval::exactly(Rational::ZERO))
                } else {
                    sum
                };
                let grid = match kind {
                    Aggregate::Count => Some(Grid::whole()),
                    // Of so many elements, as many bases as there are.
                    _ => grid
                        .filter(|_| !tally)
                        .and_then(|grid| grid.common(&Grid::of_one(Rational::ZERO)))
                        .and_then(Grid::moving),
                };
                (sum, grid, Lacks::NONE)
            }
            Aggregate::Mean | Aggregate::Median => (one, None, empty),
            Aggregate::Min | Aggregate::Max => (one, grid.and_then(Grid::moving), empty),
            Aggregate::Variance | Aggregate::StandardDeviation => (spread(&one), None, empty),
        };
        self.somewhere(node, interval, grid).with(lacks).with(empty)
    }

    /// The mean of the points of answers that are counted by option.
    pub(super) fn mean_of_tally(
        &mut self,
        node: NodeId,
        tally: NodeId,
        points: &[NodeId],
    ) -> Symbol {
        let counts = self.get(tally);
        let points: Vec<Symbol> = points.iter().map(|id| self.get(*id)).collect();
        let Elements::Fixed(all) = elements(&counts) else {
            let hull = points
                .iter()
                .filter(|own| own.may_have_value())
                .map(|own| self.interval_of(own))
                .reduce(|a, b| a.hull(&b));
            return self
                .somewhere(node, hull.unwrap_or(Interval::ALL), None)
                .with(counts.lacks)
                .with(Lacks::EMPTY.and(Lacks::ABSENT));
        };
        if !counts.may_have_value() {
            return Symbol::lacking(counts.lacks);
        }
        let mut lacks = counts.lacks;
        let mut above = Form::constant(Rational::ZERO);
        let mut below = Form::constant(Rational::ZERO);
        let mut hull: Option<Interval> = None;
        let mut straight = true;
        for (count, points) in all.iter().zip(&points) {
            lacks = lacks.and(count.lacks);
            let Some(times) = count.form() else {
                if !count.may_have_value() {
                    return Symbol::lacking(lacks);
                }
                straight = false;
                continue;
            };
            if times.as_constant().is_some_and(Rational::is_zero) {
                continue;
            }
            below = below.plus(times);
            lacks = lacks.and(points.lacks);
            match points.form() {
                Some(form) => {
                    let own = self.interval(form);
                    hull = Some(hull.map_or(own.clone(), |hull| hull.hull(&own)));
                    match form.as_constant() {
                        Some(value) => above = above.combined(times, value),
                        None => straight = false,
                    }
                }
                None => straight = false,
            }
        }
        let Some(hull) = hull else {
            return Symbol::lacking(lacks.and(Lacks::EMPTY));
        };
        if !straight {
            return self
                .somewhere(node, hull, None)
                .with(lacks)
                .with(Lacks::EMPTY);
        }
        let (mean, may_be_zero) = self.quotient(node, &above, &below, Some(&hull));
        let lacks = if may_be_zero {
            lacks.and(Lacks::EMPTY)
        } else {
            lacks
        };
        mean.with(lacks)
    }

    pub(super) fn tally(&mut self, node: NodeId, counts: NodeId, points: &[NodeId]) -> Symbol {
        let counts = self.get(counts);
        let points: Vec<Symbol> = points.iter().map(|id| self.get(*id)).collect();
        if !counts.may_have_value() {
            return counts;
        }
        let mut lacks = counts.lacks;
        let mut least = Rational::ZERO;
        if let Symbolic::Fixed(all) = &counts.value {
            for own in all.iter() {
                lacks = lacks.and(own.lacks);
                if let Some(low) = self.interval_of(own).low {
                    least += &low.at;
                }
            }
        } else {
            lacks = lacks.and(Lacks::ABSENT);
        }
        let element = self.one_of(&points);
        let count = self.some(node, Interval::at_least(least.max(Rational::ZERO)));
        many(element, count).with(lacks)
    }

    pub(super) fn quantified(&mut self, flags: NodeId, deciding: u8) -> Symbol {
        let flags = self.get(flags);
        if !flags.may_have_value() {
            return flags;
        }
        let other = EITHER & !deciding;
        let (answers, lacks) = match elements(&flags) {
            Elements::Fixed(all) => {
                if all.iter().any(|own| own.is_answer(deciding)) {
                    return Symbol::flag(deciding).with(flags.lacks);
                }
                let mut answers = 0;
                if all.iter().any(|own| own.answers() & deciding != 0) {
                    answers |= deciding;
                }
                if all.iter().all(|own| own.answers() & other != 0) {
                    answers |= other;
                }
                let lacks = all.iter().fold(Lacks::NONE, |all, own| all.and(own.lacks));
                (answers, lacks)
            }
            Elements::Many(element, count) => {
                let mut answers = element.answers() & deciding;
                if element.answers() & other != 0 || self.interval(&count).contains(&Rational::ZERO)
                {
                    answers |= other;
                }
                (answers, element.lacks)
            }
            Elements::Unknown => (EITHER, Lacks::ABSENT.and(Lacks::FAULT).and(Lacks::EMPTY)),
        };
        if answers == 0 {
            return Symbol::lacking(lacks.and(flags.lacks));
        }
        Symbol::flag(answers).with(lacks).with(flags.lacks)
    }

    pub(super) fn share(&mut self, node: NodeId, flags: NodeId) -> Symbol {
        let flags = self.get(flags);
        if !flags.may_have_value() {
            return flags;
        }
        let (low, high, lacks) = match elements(&flags) {
            Elements::Fixed(all) => {
                if all.is_empty() {
                    return Symbol::lacking(flags.lacks.and(Lacks::EMPTY));
                }
                let count = length(all.len());
                let sure = length(all.iter().filter(|own| own.answers() == YES).count());
                let most = length(all.iter().filter(|own| own.answers() & YES != 0).count());
                let lacks = all.iter().fold(Lacks::NONE, |all, own| all.and(own.lacks));
                (
                    sure.checked_div(&count).unwrap_or(Rational::ZERO),
                    most.checked_div(&count).unwrap_or(Rational::ONE),
                    lacks,
                )
            }
            Elements::Many(element, count) => {
                let empty = if self.interval(&count).contains(&Rational::ZERO) {
                    Lacks::EMPTY
                } else {
                    Lacks::NONE
                };
                let (low, high) = match element.answers() {
                    YES => (Rational::ONE, Rational::ONE),
                    NO => (Rational::ZERO, Rational::ZERO),
                    _ => (Rational::ZERO, Rational::ONE),
                };
                (low, high, element.lacks.and(empty))
            }
            Elements::Unknown => (
                Rational::ZERO,
                Rational::ONE,
                Lacks::ABSENT.and(Lacks::EMPTY).and(Lacks::FAULT),
            ),
        };
        self.somewhere(node, Interval::closed(low, high), None)
            .with(lacks)
            .with(flags.lacks)
    }
}

/// A variance is at least zero, and at most a quarter of the square of the width (Popoviciu).
fn spread(of: &Interval) -> Interval {
    let high = match (&of.low, &of.high) {
        (Some(low), Some(high)) => {
            let width = &high.at - &low.at;
            (&width * &width)
                .checked_div(&Rational::from_integer(4))
                .ok()
                .map(End::closed)
        }
        _ => None,
    };
    Interval {
        low: Some(End::closed(Rational::ZERO)),
        high,
    }
}
