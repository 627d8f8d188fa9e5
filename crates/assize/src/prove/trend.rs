//! How each figure of a plan moves where one input is greater and all else is equal: up, down, not
//! at all, or in a way that is not known.
//!
//! For a list it is one figure of one of its rows that is greater; for a map, one of its figures.
//! A flag moves up where it can only turn from no to yes, an option where it can only move towards
//! the end of its scale. What may gain or lose its value moves in a way that is not known.

use super::Prover;
use super::interval::Interval;
use super::symbol::{Lacks, Symbol, Symbolic};
use crate::model::InputId;
use crate::number::Rational;
use crate::plan::{Arithmetic, Comparison, Gives, LookupRow, NodeId, Op, Test};
use crate::syntax::{Aggregate, Pick};

/// How a figure moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trend {
    Still,
    Up,
    Down,
    Unknown,
}

impl Trend {
    const fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            other => other,
        }
    }

    const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Still, own) | (own, Self::Still) => own,
            (Self::Up, Self::Up) => Self::Up,
            (Self::Down, Self::Down) => Self::Down,
            _ => Self::Unknown,
        }
    }

    fn times(self, sign: Option<i32>) -> Self {
        match (self, sign) {
            (Self::Still, _) | (_, Some(0)) => Self::Still,
            (own, Some(sign)) if sign > 0 => own,
            (own, Some(_)) => own.turned(),
            (_, None) => Self::Unknown,
        }
    }
}

/// The trends of all nodes with one input.
pub(crate) struct Trends<'p> {
    prover: &'p Prover<'p>,
    trends: Vec<Trend>,
}

impl<'p> Trends<'p> {
    pub(crate) fn of(prover: &'p Prover<'p>, input: InputId) -> Self {
        let mut own = Self {
            prover,
            trends: Vec::with_capacity(prover.plan.nodes.len()),
        };
        // A figure handed from row to row is taken to stand still until it is seen to move.
        let mut carried = vec![Trend::Still; prover.plan.slots as usize];
        for _ in 0..4 {
            own.trends.clear();
            let before = carried.clone();
            for op in &prover.plan.nodes {
                let trend = if own.reads_places(op) {
                    Trend::Unknown
                } else {
                    own.compute(op, input, &mut carried)
                };
                own.trends.push(trend);
            }
            if before == carried {
                return own;
            }
        }
        own.trends.fill(Trend::Unknown);
        own
    }

    pub(crate) fn at(&self, node: NodeId) -> Trend {
        self.trends
            .get(node.index())
            .copied()
            .unwrap_or(Trend::Unknown)
    }

    /// Whether an operation reads the places of a list in which other elements may stand there
    /// after the move: the highest ones change places where one of them rises.
    fn reads_places(&self, op: &Op) -> bool {
        let keeps_all = match op {
            Op::Aggregate { .. } | Op::SkippingMissing(_) | Op::CountingMissing(..) => true,
            Op::Pick { which, .. } => !matches!(which, Pick::First | Pick::Last),
            _ => false,
        };
        let mut reads = false;
        op.operands(|operand| {
            reads |= self.at(operand) != Trend::Still && self.is_picked(operand);
        });
        reads && !keeps_all
    }

    fn is_picked(&self, node: NodeId) -> bool {
        let mut node = node;
        loop {
            node = match self.prover.plan.op(node) {
                Some(Op::Pick { which, .. }) if !matches!(which, Pick::First | Pick::Last) => {
                    return true;
                }
                Some(
                    Op::Pick { of, .. } | Op::SkippingMissing(of) | Op::CountingMissing(of, _),
                ) => *of,
                _ => return false,
            };
        }
    }

    fn symbol(&self, node: NodeId) -> Symbol {
        self.prover.symbol(node)
    }

    fn interval(&self, node: NodeId) -> Interval {
        self.prover.interval(node)
    }

    /// The sign of a figure, where it is known: never negative is 1, never positive −1.
    fn sign(&self, node: NodeId) -> Option<i32> {
        let interval = self.interval(node);
        if interval.is_not_negative() {
            Some(1)
        } else if interval.is_not_positive() {
            Some(-1)
        } else {
            None
        }
    }

    fn all<'n>(&self, nodes: impl IntoIterator<Item = &'n NodeId>) -> Trend {
        nodes
            .into_iter()
            .fold(Trend::Still, |trend, node| trend.and(self.at(*node)))
    }

    fn compute(&self, op: &Op, input: InputId, carried: &mut [Trend]) -> Trend {
        let still = |nodes: &[NodeId]| nodes.iter().all(|node| self.at(*node) == Trend::Still);
        match op {
            Op::Input(id) | Op::Parameter(id) => {
                if *id == input {
                    // Options stand best first: the greater one has the lesser place.
                    match self.prover.is_option(input) {
                        true => Trend::Down,
                        false => Trend::Up,
                    }
                } else {
                    Trend::Still
                }
            }
            Op::Asked { asked, of } | Op::AskedOnly { asked, of, .. } => {
                if still(&[*asked]) {
                    self.at(*of)
                } else {
                    Trend::Unknown
                }
            }
            Op::Averaged(of)
            | Op::Round { of, .. }
            | Op::SkippingMissing(of)
            | Op::Carry { becomes: of, .. }
            | Op::Unique { of, .. }
            | Op::Row { over: of, .. } => {
                let trend = self.at(*of);
                if let Op::Carry { slot, .. } = op
                    && let Some(slot) = carried.get_mut(*slot as usize)
                {
                    *slot = slot.and(trend);
                }
                trend
            }
            // Where something stands in does not depend on how great a figure is.
            Op::Default { of, value }
            | Op::IfMissing { of, then: value }
            | Op::Otherwise(of, value)
            | Op::Filled { of, value, .. } => self.at(*of).and(self.at(*value)),
            Op::FirstOf(list) | Op::MapOf(list) | Op::ListOf(list) => self.all(list),
            Op::Given(of) => match self.at(*of) {
                Trend::Unknown => Trend::Unknown,
                _ => Trend::Still,
            },
            Op::Not(of) | Op::Negate(of) => self.at(*of).turned(),
            // One side may decide where the other has no value.
            Op::And(a, b) | Op::Or(a, b) => {
                let trend = self.at(*a).and(self.at(*b));
                let full = self.keeps(*a) && self.keeps(*b);
                if full { trend } else { still_or_unknown(trend) }
            }
            Op::Arithmetic(Arithmetic::Plus, a, b) => self.at(*a).and(self.at(*b)),
            Op::Arithmetic(Arithmetic::Minus, a, b) => self.at(*a).and(self.at(*b).turned()),
            Op::Arithmetic(Arithmetic::Times, a, b) => {
                let first = self.at(*a).times(self.sign(*b));
                first.and(self.at(*b).times(self.sign(*a)))
            }
            Op::Divide { a, b, .. } => {
                let above = self.at(*a).times(self.sign(*b));
                if still(&[*b]) {
                    return above;
                }
                // A divisor on one side of zero, which it does not cross.
                if self.sign(*b).is_none() || self.interval(*b).contains(&Rational::ZERO) {
                    return Trend::Unknown;
                }
                above.and(self.at(*b).turned().times(self.sign(*a)))
            }
            Op::Compare(comparison, a, b) => {
                let apart = self.at(*a).and(self.at(*b).turned());
                match comparison {
                    Comparison::Greater | Comparison::GreaterEqual => apart,
                    Comparison::Less | Comparison::LessEqual => apart.turned(),
                    Comparison::Equal | Comparison::NotEqual if apart == Trend::Still => {
                        Trend::Still
                    }
                    Comparison::Equal | Comparison::NotEqual => Trend::Unknown,
                }
            }
            Op::Select {
                condition,
                then,
                otherwise,
            } => self.select(*condition, *then, *otherwise),
            Op::AtLeast { of, bound } | Op::AtMost { of, bound } => {
                self.at(*of).and(self.at(*bound))
            }
            Op::Aggregate {
                kind, of, tally, ..
            } => {
                let trend = self.all(of);
                match kind {
                    _ if trend == Trend::Still => Trend::Still,
                    _ if *tally => Trend::Unknown,
                    Aggregate::Count if trend != Trend::Unknown => Trend::Still,
                    Aggregate::Count | Aggregate::Variance | Aggregate::StandardDeviation => {
                        Trend::Unknown
                    }
                    Aggregate::Sum
                    | Aggregate::Mean
                    | Aggregate::Median
                    | Aggregate::Min
                    | Aggregate::Max => trend,
                }
            }
            Op::Lookup { key, rows, .. } => self.lookup(*key, rows),
            Op::Between { key, points, .. } => {
                let values: Vec<NodeId> = points.iter().map(|(_, value)| *value).collect();
                if !still(&values) {
                    return Trend::Unknown;
                }
                let steps: Vec<Option<Rational>> = values
                    .iter()
                    .map(|node| self.interval(*node).point().cloned())
                    .collect();
                let rising = steps.windows(2).all(|pair| pair.first() <= pair.last());
                let falling = steps.windows(2).all(|pair| pair.first() >= pair.last());
                if steps.iter().any(Option::is_none) {
                    return Trend::Unknown;
                }
                match (rising, falling) {
                    (true, true) => Trend::Still,
                    (true, false) => self.at(*key),
                    (false, true) => self.at(*key).turned(),
                    (false, false) => still_or_unknown(self.at(*key)),
                }
            }
            // Weights depend on who is present, and that does not move.
            Op::Weigh(group) => {
                let mut scores = group.members.iter().map(|member| self.at(member.score));
                if scores.any(|trend| trend == Trend::Unknown) {
                    Trend::Unknown
                } else {
                    Trend::Still
                }
            }
            Op::WeightedSum { weights } | Op::PartOf { weights, .. } => {
                let Some(Op::Weigh(group)) = self.prover.plan.op(*weights) else {
                    return Trend::Unknown;
                };
                if !still(&[*weights]) {
                    return Trend::Unknown;
                }
                let positive = group.members.iter().all(|member| {
                    !member.weight.is_negative()
                        && member.full.as_ref().is_none_or(|full| full.signum() > 0)
                });
                if !positive {
                    return Trend::Unknown;
                }
                let scores = group.members.iter().map(|member| member.score);
                let counted = group
                    .rules
                    .iter()
                    .flat_map(|rule| rule.stand_ins.iter().copied());
                scores
                    .chain(counted)
                    .fold(Trend::Still, |trend, node| trend.and(self.at(node)))
            }
            Op::WeightOf { weights, .. } | Op::FullMarks { weights } => {
                still_or_unknown(self.at(*weights))
            }
            Op::Applies { when, of } => {
                if still(&[*when]) {
                    self.at(*of)
                } else {
                    Trend::Unknown
                }
            }
            Op::At { map, key } => {
                if still(&[*key]) {
                    self.at(*map)
                } else {
                    Trend::Unknown
                }
            }
            Op::Member { of, field } | Op::Column { of, field } => self.field(*of, *field, input),
            Op::Entries { of, .. } => self.at(*of),
            Op::Rows {
                row, only, gives, ..
            } => {
                if only.is_some_and(|only| !still(&[only])) {
                    return Trend::Unknown;
                }
                match gives {
                    Gives::One(node) => self.at(*node),
                    Gives::Fields(list) => self.all(list),
                    Gives::Extended(list) => self.all(list).and(self.at(*row)),
                }
            }
            Op::Carried { slot, first } => {
                let own = carried.get(*slot as usize).copied();
                own.unwrap_or(Trend::Unknown).and(self.at(*first))
            }
            Op::Checked(check) => self.at(check.of),
            Op::CountingMissing(of, value) => self.at(*of).and(self.at(*value)),
            Op::Pick { count, of, .. } => {
                if still(&[*count]) {
                    self.at(*of)
                } else {
                    Trend::Unknown
                }
            }
            Op::Share { flags: of, .. } => self.at(*of),
            Op::All(of) | Op::Any(of) => {
                let trend = self.at(*of);
                if self.is_full(*of) {
                    trend
                } else {
                    still_or_unknown(trend)
                }
            }
            Op::Elapsed(a, b) => self.at(*a).and(self.at(*b).turned()),
            Op::Shift { of, by, back, .. } => {
                let by = self.at(*by);
                self.at(*of).and(if *back { by.turned() } else { by })
            }
            Op::IsOneOf(..)
            | Op::Constant(_)
            | Op::NoBranch
            | Op::Stop(_)
            | Op::Adjusted { .. }
            | Op::Fired(_)
            | Op::Failed(_)
            | Op::Place(_)
            | Op::Keys(_)
            | Op::InOrder { .. }
            | Op::Sorted { .. }
            | Op::Tally { .. }
            | Op::MeanOfTally { .. }
            | Op::Cohort { .. }
            | Op::Standing { .. }
            | Op::DatePart(..)
            | Op::RoundSurd { .. } => {
                let mut trend = Trend::Still;
                op.operands(|operand| trend = trend.and(still_or_unknown(self.at(operand))));
                match op {
                    Op::Adjusted {
                        when,
                        of,
                        what,
                        worst_first,
                        ..
                    } => self.adjusted(*when, *of, *what, *worst_first),
                    _ => trend,
                }
            }
        }
    }

    /// One member of the rows of a list, or of one row.
    fn field(&self, of: NodeId, field: usize, input: InputId) -> Trend {
        let mut of = of;
        loop {
            match self.prover.plan.op(of) {
                Some(Op::Input(id) | Op::Parameter(id)) => {
                    let moves = *id == input && self.prover.is_raised(input, field);
                    return if moves { Trend::Up } else { Trend::Still };
                }
                Some(Op::Row { over, .. }) => of = *over,
                Some(Op::Unique { of: list, .. } | Op::SkippingMissing(list)) => of = *list,
                Some(Op::InOrder {
                    of: list,
                    field: key,
                    ..
                }) => {
                    if self.field_still(*list, *key, input) {
                        of = *list;
                    } else {
                        return Trend::Unknown;
                    }
                }
                Some(Op::Rows {
                    row, only, gives, ..
                }) => {
                    if only.is_some_and(|only| self.at(only) != Trend::Still) {
                        return Trend::Unknown;
                    }
                    let list = match gives {
                        Gives::One(node) => match self.prover.plan.op(*node) {
                            Some(Op::Row { over, .. }) => {
                                of = *over;
                                continue;
                            }
                            _ => return self.at(*node),
                        },
                        Gives::Fields(list) | Gives::Extended(list) => list,
                    };
                    let own = match gives {
                        Gives::Extended(_) => {
                            let Some(members) = self.members(of) else {
                                return self.at(of);
                            };
                            members.saturating_sub(list.len())
                        }
                        Gives::One(_) | Gives::Fields(_) => 0,
                    };
                    match field.checked_sub(own) {
                        Some(place) => {
                            return list
                                .get(place)
                                .map_or(Trend::Unknown, |node| self.at(*node));
                        }
                        None => of = *row,
                    }
                }
                _ => return self.at(of),
            }
        }
    }

    fn field_still(&self, of: NodeId, field: usize, input: InputId) -> bool {
        // The list behind an order is a list of rows as data gives them: one step deep.
        self.field(of, field, input) == Trend::Still
    }

    /// How many members the rows of a list have.
    fn members(&self, node: NodeId) -> Option<usize> {
        let members = |symbol: &Symbol| match &symbol.value {
            Symbolic::Record(members) => Some(members.len()),
            _ => None,
        };
        match &self.symbol(node).value {
            Symbolic::Many(many) => members(&many.element),
            Symbolic::Fixed(all) => members(all.first()?),
            _ => None,
        }
    }

    /// Whether a node always has a value where the subject is scored.
    fn keeps(&self, node: NodeId) -> bool {
        let lacks = self.symbol(node).lacks;
        lacks.only(Lacks::ABSENT.and(Lacks::EMPTY)).is_none()
    }

    /// Whether every element of a list has a value.
    fn is_full(&self, node: NodeId) -> bool {
        match &self.symbol(node).value {
            Symbolic::Many(many) => many.element.lacks.only(Lacks::ABSENT).is_none(),
            Symbolic::Fixed(all) => all
                .iter()
                .all(|own| own.lacks.only(Lacks::ABSENT).is_none()),
            _ => false,
        }
    }

    fn select(&self, condition: NodeId, then: NodeId, otherwise: NodeId) -> Trend {
        let branches = self.at(then).and(self.at(otherwise));
        let turn = self.at(condition);
        if turn == Trend::Still {
            return branches;
        }
        if !self.keeps(then) || !self.keeps(otherwise) {
            return Trend::Unknown;
        }
        // From one branch to the other: a step up, a step down, or none.
        let step = self.step(otherwise, then);
        match turn {
            Trend::Up => branches.and(step),
            Trend::Down => branches.and(step.turned()),
            Trend::Still | Trend::Unknown => Trend::Unknown,
        }
    }

    /// How a figure moves from one node to another.
    fn step(&self, from: NodeId, to: NodeId) -> Trend {
        let (a, b) = (self.symbol(from), self.symbol(to));
        match (&a.value, &b.value) {
            (Symbolic::Number(x), Symbolic::Number(y)) => {
                let apart = self.prover.interval_of(&y.minus(x));
                match (apart.is_not_negative(), apart.is_not_positive()) {
                    (true, true) => Trend::Still,
                    (true, false) => Trend::Up,
                    (false, true) => Trend::Down,
                    (false, false) => Trend::Unknown,
                }
            }
            (Symbolic::Flag(x), Symbolic::Flag(y))
                if x.count_ones() == 1 && y.count_ones() == 1 =>
            {
                match x.cmp(y) {
                    std::cmp::Ordering::Less => Trend::Up,
                    std::cmp::Ordering::Greater => Trend::Down,
                    std::cmp::Ordering::Equal => Trend::Still,
                }
            }
            (Symbolic::Option(x), Symbolic::Option(y)) => {
                let last = |set: u64| 63_u32.saturating_sub(set.leading_zeros());
                if x == y && x.count_ones() == 1 {
                    Trend::Still
                } else if last(*x) <= y.trailing_zeros() {
                    Trend::Up
                } else if x.trailing_zeros() >= last(*y) {
                    Trend::Down
                } else {
                    Trend::Unknown
                }
            }
            _ => Trend::Unknown,
        }
    }

    /// A table over a key that moves: its lines are met in one order.
    fn lookup(&self, key: NodeId, rows: &[LookupRow]) -> Trend {
        let outcomes: Vec<NodeId> = rows.iter().map(|row| row.outcome).collect();
        let own = self.all(&outcomes);
        let turn = self.at(key);
        let mut still = true;
        for row in rows {
            row.test
                .operands(&mut |operand| still &= self.at(operand) == Trend::Still);
        }
        if !still {
            return Trend::Unknown;
        }
        if turn == Trend::Still {
            return own;
        }
        if rows.iter().any(|row| !self.keeps(row.outcome)) {
            return Trend::Unknown;
        }
        // Lines in the order in which a rising key meets them.
        let upwards = rows.iter().all(|row| {
            matches!(
                &row.test,
                Test::Compare(Comparison::Less | Comparison::LessEqual, _) | Test::Otherwise
            )
        });
        let downwards = rows.iter().all(|row| {
            matches!(
                &row.test,
                Test::Compare(Comparison::Greater | Comparison::GreaterEqual, _) | Test::Otherwise
            )
        });
        let bounds: Vec<Option<Rational>> = rows
            .iter()
            .filter_map(|row| match &row.test {
                Test::Compare(_, bound) => Some(self.interval(*bound).point().cloned()),
                _ => None,
            })
            .collect();
        let sorted = bounds.iter().all(Option::is_some)
            && if upwards {
                bounds.is_sorted()
            } else {
                bounds.iter().rev().is_sorted()
            };
        if !(upwards || downwards) || !sorted {
            return self
                .ranges(key, rows, turn)
                .map_or(Trend::Unknown, |trend| own.and(trend));
        }
        let mut steps = Trend::Still;
        for pair in outcomes.windows(2) {
            if let [a, b] = pair {
                let step = self.step(*a, *b);
                steps = steps.and(if upwards { step } else { step.turned() });
            }
        }
        let moved = match turn {
            Trend::Up => steps,
            Trend::Down => steps.turned(),
            Trend::Still | Trend::Unknown => Trend::Unknown,
        };
        own.and(moved)
    }

    /// A table of single options in the order of their scale.
    fn ranges(&self, key: NodeId, rows: &[LookupRow], turn: Trend) -> Option<Trend> {
        let Symbolic::Option(_) = self.symbol(key).value else {
            return None;
        };
        let mut by_option: Vec<(u32, NodeId)> = Vec::new();
        for row in rows {
            let Test::Is(list) = &row.test else {
                return None;
            };
            for option in list {
                match self.symbol(*option).value {
                    Symbolic::Option(set) if set.count_ones() == 1 => {
                        by_option.push((set.trailing_zeros(), row.outcome));
                    }
                    _ => return None,
                }
            }
        }
        by_option.sort_by_key(|(option, _)| *option);
        let mut steps = Trend::Still;
        for pair in by_option.windows(2) {
            if let [(_, a), (_, b)] = pair {
                steps = steps.and(self.step(*a, *b));
            }
        }
        Some(match turn {
            Trend::Up => steps,
            Trend::Down => steps.turned(),
            Trend::Still | Trend::Unknown => Trend::Unknown,
        })
    }

    fn adjusted(
        &self,
        when: NodeId,
        of: NodeId,
        what: crate::model::Adjust,
        worst_first: bool,
    ) -> Trend {
        use crate::model::Adjust;
        let own = self.at(of);
        let turn = self.at(when);
        let own = match what {
            // A level that is set does not move.
            Adjust::Becomes(_) if turn != Trend::Still && own != Trend::Still => {
                return Trend::Unknown;
            }
            _ => own,
        };
        if turn == Trend::Still {
            return own;
        }
        if !self.keeps(of) || !self.keeps(when) {
            return Trend::Unknown;
        }
        let step = match (what, worst_first) {
            (Adjust::NoBetterThan(_) | Adjust::OneStepLower, false)
            | (Adjust::NoWorseThan(_) | Adjust::OneStepHigher, true) => Trend::Up,
            (Adjust::NoBetterThan(_) | Adjust::OneStepLower, true)
            | (Adjust::NoWorseThan(_) | Adjust::OneStepHigher, false) => Trend::Down,
            (Adjust::Becomes(level), _) => match self.symbol(of).value {
                Symbolic::Option(set) => {
                    let last = 63_u32.saturating_sub(set.leading_zeros());
                    if level >= last {
                        Trend::Up
                    } else if level <= set.trailing_zeros() {
                        Trend::Down
                    } else {
                        return Trend::Unknown;
                    }
                }
                _ => return Trend::Unknown,
            },
        };
        match turn {
            Trend::Up => own.and(step),
            Trend::Down => own.and(step.turned()),
            Trend::Still | Trend::Unknown => Trend::Unknown,
        }
    }
}

const fn still_or_unknown(trend: Trend) -> Trend {
    match trend {
        Trend::Still => Trend::Still,
        _ => Trend::Unknown,
    }
}
