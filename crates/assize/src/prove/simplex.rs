//! Whether straight-line conditions over rationals can hold together, exactly: the simplex method
//! for conditions with bounds (Dutertre and de Moura, "A Fast Linear-Arithmetic Solver for DPLL(T)",
//! CAV 2006). Strict conditions carry an infinitesimal; Bland's rule keeps it from going in circles.
//!
//! A variable is either *basic*, and is then given by a row over the others, or stands at a value
//! inside its bounds.

use super::form::{Constraint, Form, Relation, Var};
use super::interval::{End, Interval};
use crate::number::Rational;

/// a + b·ε, for an ε smaller than any figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Near {
    at: Rational,
    beside: Rational,
}

impl Near {
    const ZERO: Self = Self {
        at: Rational::ZERO,
        beside: Rational::ZERO,
    };

    fn low(end: &End) -> Self {
        Self {
            at: end.at.clone(),
            beside: if end.included {
                Rational::ZERO
            } else {
                Rational::ONE
            },
        }
    }

    fn high(end: &End) -> Self {
        Self {
            at: end.at.clone(),
            beside: if end.included {
                Rational::ZERO
            } else {
                Rational::from_integer(-1)
            },
        }
    }

    fn plus_times(&self, other: &Self, factor: &Rational) -> Self {
        Self {
            at: &self.at + &(&other.at * factor),
            beside: &self.beside + &(&other.beside * factor),
        }
    }

    fn minus(&self, other: &Self) -> Self {
        self.plus_times(other, &Rational::from_integer(-1))
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Feasible {
    /// A value for each variable.
    At(Vec<Rational>),
    Never,
    /// The budget of steps was used up, or figures grew too long.
    Unknown,
}

/// How long a figure may grow before the search gives up.
const LONGEST: u64 = 512;

type Row = Vec<(usize, Rational)>;

struct Tableau {
    low: Vec<Option<Near>>,
    high: Vec<Option<Near>>,
    value: Vec<Near>,
    /// The row of each basic variable, over variables that are not.
    rows: Vec<Option<Row>>,
    steps: u32,
    /// With how many steps left the choice of variables turns cautious.
    patience: u32,
}

/// Looks for a point inside the bounds of the variables at which the conditions hold; `steps` is
/// how often a variable may enter the basis.
pub(crate) fn feasible(bounds: &[&Interval], conditions: &[Constraint], steps: u32) -> Feasible {
    let Some(mut tableau) = Tableau::new(bounds, conditions, steps) else {
        return Feasible::Never;
    };
    match tableau.restore() {
        Some(true) => Feasible::At(tableau.point(bounds.len())),
        Some(false) => Feasible::Never,
        None => Feasible::Unknown,
    }
}

/// The least value of a form where conditions hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Least {
    /// At this point, or, where no point has it, as near to it as one likes.
    At {
        point: Vec<Rational>,
        value: Rational,
        attained: bool,
    },
    /// It falls for ever; a point at which the conditions hold.
    Endless(Vec<Rational>),
    /// The conditions cannot hold together.
    Never,
    /// The budget of steps was used up, or figures grew too long.
    Unknown,
}

/// Looks for the least value of a form inside the bounds of the variables, where the conditions
/// hold.
pub(crate) fn least(
    bounds: &[&Interval],
    conditions: &[Constraint],
    form: &Form,
    steps: u32,
) -> Least {
    let Some(mut tableau) = Tableau::new(bounds, conditions, steps) else {
        return Least::Never;
    };
    let row = form.terms.iter().map(|(var, k)| (var.index(), k.clone()));
    let goal = tableau.rows.len();
    tableau.add(&Interval::ALL, Some(row.collect()));
    tableau.settle();
    match tableau.restore() {
        Some(true) => {}
        Some(false) => return Least::Never,
        None => return Least::Unknown,
    }
    match tableau.lower(goal) {
        None => Least::Unknown,
        Some(false) => Least::Endless(tableau.point(bounds.len())),
        Some(true) => {
            let Some(value) = tableau.value.get(goal) else {
                return Least::Unknown;
            };
            Least::At {
                value: &form.constant + &value.at,
                attained: value.beside.is_zero(),
                point: tableau.point(bounds.len()),
            }
        }
    }
}

impl Tableau {
    /// Brings a variable in the basis that has no bounds to its least value, from a point inside
    /// all bounds; false where it falls for ever, none where the budget ends.
    fn lower(&mut self, goal: usize) -> Option<bool> {
        loop {
            let row = self.rows.get(goal)?.as_ref()?;
            // The first that can move is taken, and below the first that stops it: this never goes
            // in circles.
            let entering = row.iter().find(|(var, k)| {
                if k.signum() > 0 {
                    self.can_fall(*var)
                } else {
                    self.can_rise(*var)
                }
            });
            let Some((entering, k)) = entering.cloned() else {
                return Some(true);
            };
            self.steps = self.steps.checked_sub(1)?;
            let way = Rational::from_integer(if k.signum() > 0 { -1 } else { 1 });
            let mut first: Option<(Near, usize, Rational, Near)> = None;
            for at in 0..self.rows.len() {
                let factor = match self.rows.get(at)? {
                    _ if at == entering => Rational::ONE,
                    Some(other) => match other.binary_search_by_key(&entering, |(var, _)| *var) {
                        Ok(place) => other.get(place)?.1.clone(),
                        Err(_) => continue,
                    },
                    None => continue,
                };
                let pace = &factor * &way;
                let end = if pace.signum() > 0 {
                    &self.high
                } else {
                    &self.low
                };
                let Some(end) = end.get(at)?.clone() else {
                    continue;
                };
                let over = Rational::ONE.checked_div(&pace).ok()?;
                let room = end.minus(self.value.get(at)?);
                let room = Near::ZERO.plus_times(&room, &over);
                if first.as_ref().is_none_or(|(least, ..)| room < *least) {
                    first = Some((room, at, factor, end));
                }
            }
            let Some((room, at, factor, end)) = first else {
                return Some(false);
            };
            if at == entering {
                self.shift(entering, &Near::ZERO.plus_times(&room, &way))?;
            } else {
                self.pivot(at, entering, &factor, end)?;
            }
        }
    }

    /// Moves a variable outside the basis, and those in it that follow.
    fn shift(&mut self, var: usize, by: &Near) -> Option<()> {
        let moved = self.value.get(var)?.plus_times(by, &Rational::ONE);
        *self.value.get_mut(var)? = moved;
        for at in 0..self.rows.len() {
            let Some(Some(row)) = self.rows.get(at) else {
                continue;
            };
            let Ok(place) = row.binary_search_by_key(&var, |(own, _)| *own) else {
                continue;
            };
            let k = row.get(place)?.1.clone();
            let value = self.value.get(at)?.plus_times(by, &k);
            *self.value.get_mut(at)? = value;
        }
        Some(())
    }

    /// None where the bounds of a variable leave nothing.
    fn new(bounds: &[&Interval], conditions: &[Constraint], steps: u32) -> Option<Self> {
        let mut tableau = Self {
            low: Vec::new(),
            high: Vec::new(),
            value: Vec::new(),
            rows: Vec::new(),
            steps,
            patience: steps / 2,
        };
        for interval in bounds {
            if interval.is_empty() {
                return None;
            }
            tableau.add(interval, None);
        }
        for condition in conditions {
            let form = &condition.form;
            let least = -&form.constant;
            let interval = match condition.relation {
                Relation::AtLeast => Interval::at_least(least),
                Relation::Above => Interval {
                    low: Some(End::open(least)),
                    high: None,
                },
                Relation::Equal => Interval::exactly(least),
            };
            match form.terms.as_slice() {
                [] => {
                    if !interval.contains(&Rational::ZERO) {
                        return None;
                    }
                }
                [(var, factor)] => {
                    let own = match Rational::ONE.checked_div(factor) {
                        Ok(over) => interval.scaled(&over),
                        Err(_) => continue,
                    };
                    tableau.narrow(*var, &own)?;
                }
                terms => {
                    let row = terms
                        .iter()
                        .map(|(var, k)| (var.index(), k.clone()))
                        .collect();
                    tableau.add(&interval, Some(row));
                }
            }
        }
        tableau.settle();
        Some(tableau)
    }

    fn add(&mut self, interval: &Interval, row: Option<Row>) {
        self.low.push(interval.low.as_ref().map(Near::low));
        self.high.push(interval.high.as_ref().map(Near::high));
        self.value.push(Near::ZERO);
        self.rows.push(row);
    }

    fn narrow(&mut self, var: Var, to: &Interval) -> Option<()> {
        let at = var.index();
        let (low, high) = (self.low.get_mut(at)?, self.high.get_mut(at)?);
        if let Some(end) = to.low.as_ref().map(Near::low)
            && low.as_ref().is_none_or(|low| end > *low)
        {
            *low = Some(end);
        }
        if let Some(end) = to.high.as_ref().map(Near::high)
            && high.as_ref().is_none_or(|high| end < *high)
        {
            *high = Some(end);
        }
        match (&*low, &*high) {
            (Some(low), Some(high)) if low > high => None,
            _ => Some(()),
        }
    }

    /// Puts each variable outside the basis at the figure nearest to zero inside its bounds, and
    /// computes the others.
    fn settle(&mut self) {
        for at in 0..self.value.len() {
            if self.rows.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let low = self.low.get(at).and_then(Option::as_ref);
            let high = self.high.get(at).and_then(Option::as_ref);
            let value = match (low, high) {
                (Some(low), _) if *low > Near::ZERO => low.clone(),
                (_, Some(high)) if *high < Near::ZERO => high.clone(),
                _ => Near::ZERO,
            };
            if let Some(slot) = self.value.get_mut(at) {
                *slot = value;
            }
        }
        for at in 0..self.value.len() {
            let Some(Some(row)) = self.rows.get(at) else {
                continue;
            };
            let value = row.iter().fold(Near::ZERO, |sum, (var, k)| {
                self.value
                    .get(*var)
                    .map_or(sum.clone(), |value| sum.plus_times(value, k))
            });
            if let Some(slot) = self.value.get_mut(at) {
                *slot = value;
            }
        }
    }

    fn below(&self, at: usize) -> bool {
        match (self.low.get(at), self.value.get(at)) {
            (Some(Some(low)), Some(value)) => value < low,
            _ => false,
        }
    }

    fn can_rise(&self, at: usize) -> bool {
        match (self.high.get(at), self.value.get(at)) {
            (Some(Some(high)), Some(value)) => value < high,
            _ => true,
        }
    }

    fn can_fall(&self, at: usize) -> bool {
        match (self.low.get(at), self.value.get(at)) {
            (Some(Some(low)), Some(value)) => value > low,
            _ => true,
        }
    }

    /// Brings every basic variable inside its bounds; false where they cannot all be, none where
    /// the budget ends.
    fn restore(&mut self) -> Option<bool> {
        loop {
            let Some(leaving) = self.outside() else {
                return Some(true);
            };
            let rise = self.below(leaving);
            let bound = if rise {
                self.low.get(leaving)
            } else {
                self.high.get(leaving)
            };
            let bound = bound.cloned().flatten()?;
            let row = self.rows.get(leaving)?.as_ref()?;
            // Variables in a row rise: the first that can move is the least.
            let entering = row.iter().find(|(var, k)| {
                let up = (k.signum() > 0) == rise;
                if up {
                    self.can_rise(*var)
                } else {
                    self.can_fall(*var)
                }
            });
            let Some((entering, factor)) = entering.cloned() else {
                return Some(false);
            };
            self.steps = self.steps.checked_sub(1)?;
            self.pivot(leaving, entering, &factor, bound)?;
        }
    }

    /// A basic variable outside its bounds: the one farthest out, and once many steps are done the
    /// first one, which never goes in circles.
    fn outside(&self) -> Option<usize> {
        let mut worst: Option<(Near, usize)> = None;
        for at in 0..self.rows.len() {
            if !self.rows.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let value = self.value.get(at)?;
            let low = self.low.get(at).and_then(Option::as_ref);
            let high = self.high.get(at).and_then(Option::as_ref);
            let by = match (low, high) {
                (Some(low), _) if value < low => low.minus(value),
                (_, Some(high)) if value > high => value.minus(high),
                _ => continue,
            };
            if self.steps < self.patience {
                return Some(at);
            }
            if worst.as_ref().is_none_or(|(worst, _)| by > *worst) {
                worst = Some((by, at));
            }
        }
        worst.map(|(_, at)| at)
    }

    /// The leaving variable goes to its bound, the entering one takes its place in the basis.
    fn pivot(
        &mut self,
        leaving: usize,
        entering: usize,
        factor: &Rational,
        bound: Near,
    ) -> Option<()> {
        let over = Rational::ONE.checked_div(factor).ok()?;
        let moved = bound.minus(self.value.get(leaving)?);
        let step = Near::ZERO.plus_times(&moved, &over);
        *self.value.get_mut(leaving)? = bound;
        let risen = self.value.get(entering)?.plus_times(&step, &Rational::ONE);
        *self.value.get_mut(entering)? = risen;
        // leaving = factor·entering + rest, hence entering = (leaving − rest) / factor.
        let old = self.rows.get_mut(leaving)?.take()?;
        let mut row: Row = old
            .iter()
            .filter(|(var, _)| *var != entering)
            .map(|(var, k)| (*var, -(k * &over)))
            .collect();
        let place = row.partition_point(|(var, _)| *var < leaving);
        row.insert(place, (leaving, over));
        for at in 0..self.rows.len() {
            let Some(Some(other)) = self.rows.get(at) else {
                continue;
            };
            let Ok(place) = other.binary_search_by_key(&entering, |(var, _)| *var) else {
                continue;
            };
            let k = other.get(place)?.1.clone();
            let replaced = substituted(other, entering, &row, &k);
            if replaced.iter().any(|(_, k)| k.bits() > LONGEST) {
                return None;
            }
            let value = self.value.get(at)?.plus_times(&step, &k);
            *self.value.get_mut(at)? = value;
            *self.rows.get_mut(at)? = Some(replaced);
        }
        *self.rows.get_mut(entering)? = Some(row);
        Some(())
    }

    /// The values of the first so many variables, with an ε small enough for every bound.
    fn point(&self, count: usize) -> Vec<Rational> {
        let mut small = Rational::ONE;
        let mut keep = |least: &Near, most: &Near| {
            // least.at + least.beside·ε ≤ most.at + most.beside·ε
            let room = &most.at - &least.at;
            let need = &least.beside - &most.beside;
            if need.signum() > 0
                && room.signum() > 0
                && let Ok(ratio) = room.checked_div(&need)
                && ratio < small
            {
                small = ratio;
            }
        };
        for ((low, high), value) in self.low.iter().zip(&self.high).zip(&self.value) {
            if let Some(low) = low {
                keep(low, value);
            }
            if let Some(high) = high {
                keep(value, high);
            }
        }
        let half = Rational::ONE
            .checked_div(&Rational::from_integer(2))
            .unwrap_or(Rational::ONE);
        let small = small * half;
        self.value
            .iter()
            .take(count)
            .map(|value| &value.at + &(&value.beside * &small))
            .collect()
    }
}

/// A row with one variable replaced by `factor` times another row.
fn substituted(row: &Row, var: usize, by: &Row, factor: &Rational) -> Row {
    let form = |row: &Row| Form {
        constant: Rational::ZERO,
        terms: row
            .iter()
            .filter(|(own, _)| *own != var)
            .map(|(own, k)| (Var(u32::try_from(*own).unwrap_or(u32::MAX)), k.clone()))
            .collect(),
    };
    form(row)
        .combined(&form(by), factor)
        .terms
        .into_iter()
        .map(|(own, k)| (own.index(), k))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: i64) -> Rational {
        Rational::from_integer(value)
    }

    fn form(constant: i64, terms: &[(u32, i64)]) -> Form {
        terms
            .iter()
            .fold(Form::constant(number(constant)), |sum, (var, k)| {
                sum.combined(&Form::of(Var(*var)), &number(*k))
            })
    }

    /// Weights that add up to 1, scores up to 100: the weighted mean is at most 100.
    /// x + y ≥ 7, 2x + y ≥ 9, x, y ≥ 0: 3x + 2y is least where both hold with equality, at (2, 5).
    #[test]
    fn the_least_value_lies_in_a_corner() {
        let bounds = [Interval::at_least(number(0)), Interval::at_least(number(0))];
        let bounds: Vec<&Interval> = bounds.iter().collect();
        let conditions = vec![
            Constraint::new(form(-7, &[(0, 1), (1, 1)]), Relation::AtLeast),
            Constraint::new(form(-9, &[(0, 2), (1, 1)]), Relation::AtLeast),
        ];
        let Least::At {
            point,
            value,
            attained,
        } = least(&bounds, &conditions, &form(0, &[(0, 3), (1, 2)]), 50)
        else {
            panic!("there is a least value");
        };
        assert_eq!((value, attained), (number(16), true));
        assert_eq!(point, [number(2), number(5)]);
        // Above 7 there is no least sum, and x falls no further than 0.
        let above = vec![Constraint::new(
            form(-7, &[(0, 1), (1, 1)]),
            Relation::Above,
        )];
        let sum = least(&bounds, &above, &form(1, &[(0, 1), (1, 1)]), 50);
        assert!(matches!(sum, Least::At { value, attained: false, .. } if value == number(8)));
        assert!(matches!(
            least(&bounds, &above, &form(0, &[(0, -1)]), 50),
            Least::Endless(_)
        ));
    }

    #[test]
    fn weighted_means_stay_below_the_best() {
        let n = 10_u32;
        let mut bounds = Vec::new();
        for _ in 0..n {
            bounds.push(Interval::closed(number(0), number(1)));
        }
        for _ in 0..n {
            bounds.push(Interval::closed(number(0), number(100)));
        }
        for _ in 0..n {
            bounds.push(Interval::closed(number(0), number(100)));
        }
        let mut conditions = vec![Constraint::new(
            form(-1, &(0..n).map(|w| (w, 1)).collect::<Vec<_>>()),
            Relation::Equal,
        )];
        for own in 0..n {
            let (w, s, z) = (own, n + own, 2 * n + own);
            conditions.push(Constraint::new(
                form(0, &[(w, 100), (z, -1)]),
                Relation::AtLeast,
            ));
            conditions.push(Constraint::new(
                form(0, &[(s, 1), (z, -1)]),
                Relation::AtLeast,
            ));
            conditions.push(Constraint::new(
                form(100, &[(z, 1), (w, -100), (s, -1)]),
                Relation::AtLeast,
            ));
        }
        conditions.push(Constraint::new(
            form(
                -100,
                &(0..n).map(|own| (2 * n + own, 1)).collect::<Vec<_>>(),
            ),
            Relation::Above,
        ));
        let bounds: Vec<&Interval> = bounds.iter().collect();
        assert_eq!(feasible(&bounds, &conditions, 200), Feasible::Never);
    }
}
