//! Data that brings a figure to an edge: from what examples give, one value is moved at a time, in
//! the steps that it may have, and only what the evaluator confirms counts.

use super::edges::Edge;
use super::state::{Ground, Place, Reach, State, Tried, at_ordinal, ordinal};
use crate::model::Type;
use crate::number::Rational;
use crate::value::Value;

/// How many rounds of moves are made from what came nearest.
const ROUNDS: usize = 4;

/// How many places of one state are moved.
const PLACES: usize = 40;

/// How many steps the first of two values is moved.
const FEW: i64 = 12;

/// How many steps a figure without an end is moved where no edge lies in between.
const NEAR: i64 = 64;

/// How many steps a figure without an end is moved at most.
const FARTHEST: i64 = 1 << 30;

/// How many states are tried for one edge.
const TRIES_EACH: usize = 2_500;

/// What came nearest to an edge: below it, on it, above it.
#[derive(Default)]
pub(super) struct Nearest {
    pub(super) below: Option<(Rational, Tried)>,
    pub(super) on: Option<Tried>,
    pub(super) above: Option<(Rational, Tried)>,
}

impl Nearest {
    fn is_whole(&self) -> bool {
        self.below.is_some() && self.on.is_some() && self.above.is_some()
    }

    /// Takes a state if it comes nearer.
    fn take(&mut self, distance: &Rational, tried: Tried) {
        if distance.is_zero() {
            self.on.get_or_insert(tried);
        } else if distance.is_negative() {
            if self.below.as_ref().is_none_or(|(own, _)| own < distance) {
                self.below = Some((distance.clone(), tried));
            }
        } else if self.above.as_ref().is_none_or(|(own, _)| distance < own) {
            self.above = Some((distance.clone(), tried));
        }
    }

    fn distances(&self) -> (Option<Rational>, bool, Option<Rational>) {
        let own = |side: &Option<(Rational, Tried)>| side.as_ref().map(|(own, _)| own.clone());
        (own(&self.below), self.on.is_some(), own(&self.above))
    }
}

/// The search for one edge.
struct Search<'g, 'a> {
    ground: &'g Ground<'a>,
    edge: &'g Edge,
    /// The inputs on which the edge rests.
    rests_on: Vec<bool>,
    nearest: Nearest,
    /// How many more states may be tried.
    left: usize,
}

/// The states nearest to an edge; `budget` is what may be tried, and is used up.
pub(super) fn nearest(
    ground: &Ground<'_>,
    edge: &Edge,
    starts: &[State],
    budget: &mut usize,
) -> Nearest {
    let allowed = TRIES_EACH.min(*budget);
    let mut search = Search {
        ground,
        edge,
        rests_on: ground.inputs_of(&edge.nodes()),
        nearest: Nearest::default(),
        left: allowed,
    };
    for start in starts {
        search.look(start.clone());
    }
    for start in starts {
        if search.nearest.is_whole() {
            break;
        }
        search.moves(start);
    }
    for _ in 0..ROUNDS {
        let before = search.nearest.distances();
        let from: Vec<State> = [&search.nearest.below, &search.nearest.above]
            .into_iter()
            .flatten()
            .map(|(_, tried)| tried.state.clone())
            .collect();
        if search.nearest.is_whole() {
            break;
        }
        for state in from {
            search.moves(&state);
        }
        if search.nearest.distances() == before {
            break;
        }
    }
    if search.nearest.on.is_none() && search.nearest.below.is_some() {
        for start in starts.iter().take(2) {
            search.pairs(start);
        }
    }
    search.neighbours();
    *budget = budget.saturating_sub(allowed.saturating_sub(search.left));
    search.nearest
}

impl<'a> Search<'_, 'a> {
    /// Tries a state; answers how far it lies from the edge.
    fn look(&mut self, state: State) -> Option<Rational> {
        let (distance, tried) = self.tried(state)?;
        self.nearest.take(&distance, tried);
        Some(distance)
    }

    /// Tries a state without keeping it.
    fn tried(&mut self, state: State) -> Option<(Rational, Tried)> {
        self.left = self.left.checked_sub(1)?;
        let tried = self.ground.tried(state);
        let counts = tried.is_scored() || (self.edge.may_refuse && self.ground.is_decided(&tried));
        if !counts {
            return None;
        }
        Some((self.edge.above(&tried)?, tried))
    }

    /// Moves each value of a state that the edge rests on.
    fn moves(&mut self, start: &State) {
        for place in self.places(start) {
            if self.left == 0 {
                return;
            }
            self.moved(start, &place);
        }
    }

    fn places(&self, state: &State) -> Vec<Place<'a>> {
        let places = self.ground.places(state).into_iter();
        let rests = |place: &Place<'_>| self.rests_on.get(place.input) == Some(&true);
        places.filter(rests).take(PLACES).collect()
    }

    fn moved(&mut self, start: &State, place: &Place<'_>) {
        match self.ground.at(start, place) {
            Some(own @ (Value::Number(_) | Value::Date(_) | Value::Time(_))) => {
                if let Some(own) = ordinal(own) {
                    self.along(start, place, &own);
                }
            }
            Some(Value::Flag(flag)) => {
                let other = Value::Flag(!flag);
                self.look(self.ground.moved(start, place, other));
            }
            Some(Value::Option(_)) => {
                let Type::Option(scale) = place.of else {
                    return;
                };
                let options = self.ground.model.scale(*scale);
                let count = options.map_or(0, |scale| scale.options.len());
                for option in 0..u32::try_from(count).unwrap_or(0) {
                    self.look(self.ground.moved(start, place, Value::Option(option)));
                }
            }
            _ => {}
        }
    }

    /// Moves one figure to the ends of its range, or further and further where it has none; where
    /// the edge lies in between, halves the way until two steps lie on its two sides.
    fn along(&mut self, start: &State, place: &Place<'_>, own: &Rational) {
        let tried = self.ground.tried(start.clone());
        let reach = self.ground.reach_in(&tried, place);
        let line = Line { own, reach: &reach };
        let mut known: Vec<(i64, Rational)> = Vec::new();
        for at in line.stops() {
            let Some(value) = at_ordinal(place.of, &line.value(at)) else {
                continue;
            };
            let state = self.ground.moved(start, place, value);
            let Some((distance, tried)) = self.tried(state) else {
                continue;
            };
            // Millions of complaints bring a mean nearer to its edge, and nobody any further.
            if at.saturating_abs() <= NEAR || line.is_end(at) || distance.is_zero() {
                self.nearest.take(&distance, tried);
            }
            let other_side = known
                .iter()
                .rev()
                .find(|(_, known)| {
                    !known.is_zero() && known.is_negative() != distance.is_negative()
                })
                .cloned();
            known.push((at, distance.clone()));
            if distance.is_zero() {
                return;
            }
            if let Some((from, _)) = other_side {
                let (low, high) = if from < at { (from, at) } else { (at, from) };
                let rises = (from < at) == (distance.signum() > 0);
                self.halve(start, place, &line, (low, high), rises);
                return;
            }
        }
    }

    fn halve(
        &mut self,
        start: &State,
        place: &Place<'_>,
        line: &Line<'_>,
        (mut low, mut high): (i64, i64),
        rises: bool,
    ) {
        while high.saturating_sub(low) > 1 {
            let middle = low.midpoint(high);
            let Some(value) = at_ordinal(place.of, &line.value(middle)) else {
                return;
            };
            let Some(distance) = self.look(self.ground.moved(start, place, value)) else {
                return;
            };
            match distance.signum() {
                0 => return,
                sign if (sign < 0) == rises => low = middle,
                _ => high = middle,
            }
        }
    }

    /// Moves two values at once: a count by a few steps, and another until the edge is met. What is
    /// deducted in fives and sevens meets some totals only so.
    fn pairs(&mut self, start: &State) {
        let places = self.places(start);
        for first in places.iter().filter(|place| *place.of == Type::Count) {
            let Some(Value::Number(own)) = self.ground.at(start, first) else {
                continue;
            };
            let tried = self.ground.tried(start.clone());
            let reach = self.ground.reach_in(&tried, first);
            for steps in 1..=FEW {
                for sign in [1, -1] {
                    let far = Rational::from_integer(steps) * Rational::from_integer(sign);
                    let value = own + &(&far * &reach.step);
                    if !reach.lets_in(&value) {
                        continue;
                    }
                    let state = self.ground.moved(start, first, Value::Number(value));
                    for second in places.iter().filter(|second| second.input != first.input) {
                        if self.nearest.on.is_some() || self.left == 0 {
                            return;
                        }
                        self.moved(&state, second);
                    }
                }
            }
        }
    }

    /// What lies one step beside the edge is easily compared with what lies on it, and stands in
    /// the place of what came nearer from elsewhere.
    fn neighbours(&mut self) {
        let Some(on) = self.nearest.on.take() else {
            return;
        };
        let mut beside = Nearest::default();
        for place in self.places(&on.state) {
            let own = self.ground.at(&on.state, &place);
            let Some(own) = own.and_then(ordinal) else {
                continue;
            };
            let reach = self.ground.reach_in(&on, &place);
            for value in [&own - &reach.step, &own + &reach.step] {
                let value = at_ordinal(place.of, &value).filter(|_| reach.lets_in(&value));
                let Some(value) = value else { continue };
                let state = self.ground.moved(&on.state, &place, value);
                if let Some((distance, tried)) = self.tried(state) {
                    beside.take(&distance, tried);
                }
            }
        }
        self.nearest.on = Some(on);
        if beside.below.is_some() {
            self.nearest.below = beside.below;
        }
        if beside.above.is_some() {
            self.nearest.above = beside.above;
        }
    }
}

/// The values of one figure, numbered by steps from its own.
struct Line<'r> {
    own: &'r Rational,
    reach: &'r Reach,
}

impl Line<'_> {
    fn value(&self, at: i64) -> Rational {
        self.own + &(&self.reach.step * &Rational::from_integer(at))
    }

    /// How many steps lead to a value.
    fn steps_to(&self, value: &Rational) -> Option<i64> {
        let steps = (value - self.own).checked_div(&self.reach.step).ok()?;
        if steps.is_negative() {
            steps.ceil()
        } else {
            steps.floor()
        }
        .to_i64()
    }

    /// Whether a number of steps leads to an end.
    fn is_end(&self, at: i64) -> bool {
        let ends = [self.reach.least(), self.reach.most()];
        let mut ends = ends.iter().flatten();
        ends.any(|end| self.steps_to(end) == Some(at))
    }

    /// Where to look, the own place first.
    fn stops(&self) -> Vec<i64> {
        let mut stops = vec![0];
        let mut towards = |end: Option<Rational>, sign: i64| match end {
            Some(end) => stops.extend(self.steps_to(&end).filter(|at| *at != 0)),
            None => {
                let mut far: i64 = 1;
                while far <= FARTHEST {
                    stops.push(far.saturating_mul(sign));
                    far = far.saturating_mul(8);
                }
            }
        };
        towards(self.reach.least(), -1);
        towards(self.reach.most(), 1);
        stops
    }
}
