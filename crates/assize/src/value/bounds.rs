//! The least and the greatest value that each figure of a plan can take, and the grid on which its
//! values lie, as far as they can be told from declared ranges.
//!
//! The bounds are sound, not always tight: a figure never leaves them. An unknown end is `None`.

use crate::model::{MissingThen, MissingWhen, Model, Type};
use crate::number::{Mode, Rational, Step};
use crate::plan::{Arithmetic, Gives, NodeId, Op, Plan, Weigh, WeighedMember};
use crate::syntax::Aggregate;
use crate::value::Value;

/// Where the values of a figure lie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    pub(crate) low: Option<Rational>,
    pub(crate) high: Option<Rational>,
    /// All values are multiples of this.
    pub(crate) grid: Option<Rational>,
}

/// How many bits an end may have: far more than declared ranges make, far less than forty lines of
/// `let x2 = x1 * x1` would.
const LONGEST: u64 = 4096;

/// The bounds of every node.
pub(crate) fn bounds(model: &Model, plan: &Plan) -> Vec<Bounds> {
    let mut all: Vec<Bounds> = Vec::with_capacity(plan.nodes.len());
    for op in &plan.nodes {
        let own = Known {
            model,
            plan,
            all: &all,
        }
        .of(op);
        all.push(own.kept());
    }
    all
}

struct Known<'a> {
    model: &'a Model,
    plan: &'a Plan,
    all: &'a [Bounds],
}

impl Bounds {
    fn exactly(value: &Rational) -> Self {
        Self {
            low: Some(value.clone()),
            high: Some(value.clone()),
            grid: Some(if value.is_integer() {
                Rational::ONE
            } else {
                value.abs()
            }),
        }
    }

    /// An end, or a grid, that formulas made too long to go on with is as good as unknown.
    fn kept(self) -> Self {
        let keep = |value: Option<Rational>| value.filter(|value| value.bits() <= LONGEST);
        Self {
            low: keep(self.low),
            high: keep(self.high),
            grid: keep(self.grid),
        }
    }

    fn is_not_negative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.is_negative())
    }

    /// The smallest bounds around both.
    fn hull(&self, other: &Self) -> Self {
        let both = |a: &Option<Rational>, b: &Option<Rational>, lower: bool| match (a, b) {
            (Some(a), Some(b)) => Some(if lower { a.min(b) } else { a.max(b) }.clone()),
            _ => None,
        };
        Self {
            low: both(&self.low, &other.low, true),
            high: both(&self.high, &other.high, false),
            grid: self.common_grid(other),
        }
    }

    /// A grid on which both lie: the one that the other's is a multiple of.
    fn common_grid(&self, other: &Self) -> Option<Rational> {
        let (a, b) = (self.grid.as_ref()?, other.grid.as_ref()?);
        let whole = |x: &Rational, y: &Rational| x.checked_div(y).is_ok_and(|q| q.is_integer());
        if whole(a, b) {
            Some(b.clone())
        } else if whole(b, a) {
            Some(a.clone())
        } else {
            None
        }
    }

    fn plus(&self, other: &Self) -> Self {
        Self {
            low: sum(self.low.as_ref(), other.low.as_ref()),
            high: sum(self.high.as_ref(), other.high.as_ref()),
            grid: self.common_grid(other),
        }
    }

    fn negated(&self) -> Self {
        Self {
            low: self.high.as_ref().map(|value| -value),
            high: self.low.as_ref().map(|value| -value),
            grid: self.grid.clone(),
        }
    }

    fn times(&self, other: &Self) -> Self {
        let corners = || {
            let (a, b) = (self.low.as_ref()?, self.high.as_ref()?);
            let (c, d) = (other.low.as_ref()?, other.high.as_ref()?);
            Some([a * c, a * d, b * c, b * d])
        };
        let (low, high) = match corners() {
            Some(corners) => (corners.iter().min().cloned(), corners.iter().max().cloned()),
            // Without an upper end, two figures that are not negative have such a product.
            None if self.is_not_negative() && other.is_not_negative() => {
                let low = match (&self.low, &other.low) {
                    (Some(a), Some(b)) => Some(a * b),
                    _ => None,
                };
                (low, None)
            }
            None => (None, None),
        };
        let grid = match (&self.grid, &other.grid) {
            (Some(a), Some(b)) => Some(a * b),
            _ => None,
        };
        Self { low, high, grid }
    }

    fn scaled(&self, factor: &Rational) -> Self {
        self.times(&Self::exactly(factor))
    }
}

impl Known<'_> {
    fn at(&self, id: NodeId) -> Bounds {
        self.all.get(id.index()).cloned().unwrap_or_default()
    }

    fn of(&self, op: &Op) -> Bounds {
        match op {
            Op::Constant(value) => match value {
                Value::Number(value) => Bounds::exactly(value),
                Value::List(values) => values
                    .iter()
                    .map(|cell| {
                        cell.as_number()
                            .map_or_else(Bounds::default, Bounds::exactly)
                    })
                    .reduce(|a, b| a.hull(&b))
                    .unwrap_or_default(),
                Value::Flag(_)
                | Value::Option(_)
                | Value::Text(_)
                | Value::Date(_)
                | Value::Time(_)
                | Value::Map(_)
                | Value::Record(_)
                | Value::Named(_)
                | Value::Tally(_)
                | Value::Weights(_) => Bounds::default(),
            },
            Op::Input(id) | Op::Parameter(id) => self.input(*id),
            Op::Asked { of, .. } | Op::Averaged(of) | Op::Applies { of, .. } => Bounds {
                grid: match op {
                    Op::Averaged(_) => None,
                    _ => self.at(*of).grid,
                },
                ..self.at(*of)
            },
            Op::Default { of, value }
            | Op::Filled { of, value, .. }
            | Op::IfMissing { of, then: value } => self.either(*of, *value),
            Op::Otherwise(of, value) => self.either(*of, *value),
            Op::Select {
                then, otherwise, ..
            } => self.either(*then, *otherwise),
            Op::FirstOf(list) => self.hull(list),
            Op::Negate(of) => self.at(*of).negated(),
            Op::Arithmetic(arithmetic, a, b) => {
                let (a, b) = (self.at(*a), self.at(*b));
                match arithmetic {
                    Arithmetic::Plus => a.plus(&b),
                    Arithmetic::Minus => a.plus(&b.negated()),
                    Arithmetic::Times => a.times(&b),
                }
            }
            Op::Divide { a, b, .. } => {
                let (a, b) = (self.at(*a), self.at(*b));
                match (&b.low, &b.high) {
                    (Some(low), Some(high)) if low == high => Rational::ONE
                        .checked_div(low)
                        .map(|factor| a.scaled(&factor))
                        .unwrap_or_default(),
                    _ => Bounds {
                        low: (a.is_not_negative() && b.is_not_negative()).then_some(Rational::ZERO),
                        high: None,
                        grid: None,
                    },
                }
            }
            Op::Round { of, mode, to } => self.rounded(&self.at(*of), *mode, to),
            Op::AtLeast { of, bound } => {
                let (a, b) = (self.at(*of), self.at(*bound));
                Bounds {
                    low: most(a.low.as_ref(), b.low.as_ref()),
                    high: both(a.high.as_ref(), b.high.as_ref(), Ord::max),
                    grid: a.common_grid(&b),
                }
            }
            Op::AtMost { of, bound } => {
                let (a, b) = (self.at(*of), self.at(*bound));
                Bounds {
                    low: both(a.low.as_ref(), b.low.as_ref(), Ord::min),
                    high: least(a.high.as_ref(), b.high.as_ref()),
                    grid: a.common_grid(&b),
                }
            }
            Op::Aggregate {
                kind, of, of_many, ..
            } => self.aggregate(*kind, of, *of_many),
            Op::MeanOfTally { points, .. } => Bounds {
                grid: None,
                ..self.hull(points)
            },
            Op::Lookup { rows, .. } => {
                let outcomes: Vec<NodeId> = rows.iter().map(|row| row.outcome).collect();
                self.hull(&outcomes)
            }
            Op::Between { points, ends, .. } => {
                let values: Vec<NodeId> = points.iter().map(|(_, value)| *value).collect();
                match ends {
                    Some(crate::syntax::Ends::Continue) => Bounds::default(),
                    _ => Bounds {
                        grid: None,
                        ..self.hull(&values)
                    },
                }
            }
            Op::WeightedSum { weights } => match self.plan.op(*weights) {
                Some(Op::Weigh(group)) => self.weighted(group),
                _ => Bounds::default(),
            },
            Op::WeightOf { .. } => Bounds {
                low: Some(Rational::ZERO),
                high: Some(Rational::ONE),
                grid: None,
            },
            Op::FullMarks { weights } => match self.plan.op(*weights) {
                Some(Op::Weigh(group)) => {
                    // Of a group inside, parts may be left out as well.
                    let least = group.members.iter().map(|member| match member.weighed {
                        Some(_) => Some(Rational::ZERO),
                        None => member.full.clone(),
                    });
                    let least = least.min();
                    Bounds {
                        low: if group.by_marks {
                            least.flatten()
                        } else {
                            group.full.clone()
                        },
                        high: group.full.clone(),
                        grid: None,
                    }
                }
                _ => Bounds::default(),
            },
            // A list is bounded as its elements are; the members of a row are not told apart.
            Op::Row { over: of, .. }
            | Op::Carry { becomes: of, .. }
            | Op::SkippingMissing(of)
            | Op::Pick { of, .. }
            | Op::Sorted { of, .. }
            | Op::AskedOnly { of, .. }
            | Op::At { map: of, .. }
            | Op::Rows {
                gives: Gives::One(of),
                ..
            } => self.at(*of),
            Op::CountingMissing(a, b) => self.either(*a, *b),
            Op::MapOf(list) | Op::ListOf(list) | Op::Tally { points: list, .. } => self.hull(list),
            Op::Checked(check) => Bounds {
                low: check.low.and_then(|(low, _)| self.at(low).low),
                high: check.high.and_then(|(high, _)| self.at(high).high),
                grid: None,
            },
            Op::Share { .. } => Bounds {
                low: Some(Rational::ZERO),
                high: Some(Rational::ONE),
                grid: None,
            },
            Op::Place(_) => Bounds {
                low: Some(Rational::ZERO),
                high: None,
                grid: Some(Rational::ONE),
            },
            Op::Rows { .. }
            | Op::Carried { .. }
            | Op::Member { .. }
            | Op::Column { .. }
            | Op::Entries { .. }
            | Op::Keys(_)
            | Op::Unique { .. }
            | Op::InOrder { .. }
            | Op::All(_)
            | Op::Any(_)
            | Op::Cohort { .. }
            | Op::Standing { .. }
            | Op::Shift { .. }
            | Op::Elapsed(..)
            | Op::DatePart(..)
            | Op::RoundSurd { .. }
            | Op::Failed(_)
            | Op::NoBranch
            | Op::Given(_)
            | Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::IsOneOf(..)
            | Op::Weigh(_)
            | Op::PartOf { .. }
            | Op::Stop(_)
            | Op::Adjusted { .. }
            | Op::Fired(_) => Bounds::default(),
        }
    }

    fn input(&self, id: crate::model::InputId) -> Bounds {
        let Some(input) = self.model.input(id) else {
            return Bounds::default();
        };
        let end = |bound: &Option<crate::model::Bound>| self.model.constant(bound.as_ref()?.at);
        let element = match &input.of {
            Type::List(element) | Type::Map(_, element) | Type::Named(element) => element.as_ref(),
            of => of,
        };
        let is_count = *element == Type::Count;
        let low = end(&input.low).or_else(|| is_count.then_some(Rational::ZERO));
        // A step counts from the lower end; only steps from a multiple are a grid.
        let grid = match (&input.step, &low) {
            (Some(step), Some(low)) => low
                .checked_div(step)
                .is_ok_and(|steps| steps.is_integer())
                .then(|| step.clone()),
            (Some(step), None) => Some(step.clone()),
            (None, _) => is_count.then_some(Rational::ONE),
        };
        Bounds {
            low,
            high: end(&input.high),
            grid,
        }
    }

    fn either(&self, a: NodeId, b: NodeId) -> Bounds {
        self.hull(&[a, b])
    }

    /// The bounds around several nodes; one that never has a value adds nothing.
    fn hull(&self, list: &[NodeId]) -> Bounds {
        list.iter()
            .filter(|id| !matches!(self.plan.op(**id), Some(Op::NoBranch | Op::Stop(_))))
            .map(|id| self.at(*id))
            .reduce(|a, b| a.hull(&b))
            .unwrap_or_default()
    }

    fn rounded(&self, of: &Bounds, mode: Mode, to: &Step) -> Bounds {
        let round = |end: &Option<Rational>| end.as_ref().map(|end| end.round(mode, to));
        Bounds {
            low: round(&of.low),
            high: round(&of.high),
            grid: Some(to.size().clone()),
        }
    }

    fn aggregate(&self, kind: Aggregate, of: &[NodeId], of_many: bool) -> Bounds {
        let elements = self.hull(of);
        match kind {
            Aggregate::Count => Bounds {
                low: Some(Rational::ZERO),
                high: None,
                grid: Some(Rational::ONE),
            },
            Aggregate::Variance | Aggregate::StandardDeviation => Bounds {
                low: Some(Rational::ZERO),
                high: None,
                grid: None,
            },
            Aggregate::Mean | Aggregate::Median => Bounds {
                grid: None,
                ..elements
            },
            Aggregate::Min | Aggregate::Max => elements,
            Aggregate::Sum if of_many => Bounds {
                low: elements.is_not_negative().then_some(Rational::ZERO),
                high: elements
                    .negated()
                    .is_not_negative()
                    .then_some(Rational::ZERO),
                grid: elements.grid,
            },
            Aggregate::Sum => of
                .iter()
                .map(|id| self.at(*id))
                .reduce(|a, b| a.plus(&b))
                .unwrap_or_default(),
        }
    }

    /// A member's score out of what the group is out of. Where marks may leave the member, or the
    /// group, only the sign of the score is known to stay.
    fn on_scale(&self, own: &Bounds, group: &Weigh, member: &WeighedMember) -> Bounds {
        let (Some(full), Some(of)) = (&group.full, &member.full) else {
            return own.clone();
        };
        if member.weighed.is_some() && !(group.by_marks && group.rules.is_empty()) {
            return Bounds {
                low: own
                    .low
                    .clone()
                    .filter(|low| !low.is_negative())
                    .map(|_| Rational::ZERO),
                high: None,
                grid: None,
            };
        }
        full.checked_div(of)
            .map(|factor| own.scaled(&factor))
            .unwrap_or_default()
    }

    fn weighted(&self, group: &Weigh) -> Bounds {
        // Each member on the scale of the group.
        let scaled: Vec<Bounds> = group
            .members
            .iter()
            .map(|member| self.on_scale(&self.at(member.score), group, member))
            .collect();
        let zero = Bounds::exactly(&Rational::ZERO);
        let may_not_apply = group.members.iter().any(|member| member.may_not_apply);
        if group.rules.is_empty() && (group.by_marks || !may_not_apply) {
            return scaled
                .iter()
                .zip(&group.members)
                // A member that does not apply takes its marks along.
                .map(|(bounds, member)| match member.may_not_apply {
                    true => (bounds.hull(&zero), member),
                    false => (bounds.clone(), member),
                })
                .map(|(bounds, member)| {
                    member
                        .weight
                        .checked_div(&group.whole)
                        .map(|share| bounds.scaled(&share))
                        .unwrap_or_default()
                })
                .reduce(|a, b| a.plus(&b))
                .unwrap_or_default();
        }
        // However the weights are shifted, the score lies between the least and the greatest
        // member, or what a missing one counts as; where the weights do not add up to the whole,
        // or marks leave the full marks, also down to zero.
        let counted = group.rules.iter().flat_map(|rule| {
            rule.stand_ins
                .iter()
                .zip(&group.members)
                .map(|(counted, member)| {
                    let own = self.hull(std::slice::from_ref(counted));
                    self.on_scale(&own, group, member)
                })
        });
        let hull = scaled
            .into_iter()
            .chain(counted)
            .reduce(|a, b| a.hull(&b))
            .unwrap_or_default();
        let sums_up = group.rules.iter().all(|rule| match &rule.then {
            MissingThen::Weights(_) => matches!(rule.when, MissingWhen::These(_)),
            _ => true,
        });
        Bounds {
            grid: None,
            ..if group.covered == group.whole && sums_up && !(group.by_marks && may_not_apply) {
                hull
            } else {
                hull.hull(&zero)
            }
        }
    }
}

fn sum(a: Option<&Rational>, b: Option<&Rational>) -> Option<Rational> {
    Some(a? + b?)
}

fn both<'a>(
    a: Option<&'a Rational>,
    b: Option<&'a Rational>,
    pick: fn(&'a Rational, &'a Rational) -> &'a Rational,
) -> Option<Rational> {
    Some(pick(a?, b?).clone())
}

/// The greater of the lower ends that are known.
fn most(a: Option<&Rational>, b: Option<&Rational>) -> Option<Rational> {
    a.into_iter().chain(b).max().cloned()
}

/// The lesser of the upper ends that are known.
fn least(a: Option<&Rational>, b: Option<&Rational>) -> Option<Rational> {
    a.into_iter().chain(b).min().cloned()
}
