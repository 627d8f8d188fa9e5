//! The exact values of a plan for one subject: one pass over its nodes.
//!
//! Types were checked when the model was made. An operand of an unexpected kind would be a defect
//! of this library; it gives a fault, never a value.

use std::sync::Arc;

use super::growth::{self, TooLong, product, within};
use super::lookup::{between, lookup};
use super::weights::{part, weigh, weighted_sum};
use super::{Absence, Cell, Value};
use crate::model::Adjust;
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::plan::{Arithmetic, Blame, Comparison, NodeId, Op, Plan};
use crate::syntax::Aggregate;
use crate::text::words;

/// Computes every node; `inputs` holds what was given for each input.
pub(crate) fn from_plan(plan: &Plan, inputs: &[Cell]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::with_capacity(plan.nodes.len());
    for op in &plan.nodes {
        let cell = Cells {
            plan,
            cells: &cells,
            inputs,
        }
        .compute(op);
        cells.push(cell);
    }
    cells
}

/// The cells computed so far.
pub(super) struct Cells<'a> {
    pub(super) plan: &'a Plan,
    pub(super) cells: &'a [Cell],
    inputs: &'a [Cell],
}

/// A reference that leads nowhere; never reached in a plan made from a model.
static NOWHERE: Cell = Cell::Absent(Absence::NoBranch);

impl Cells<'_> {
    pub(super) fn get(&self, id: NodeId) -> &Cell {
        self.cells.get(id.index()).unwrap_or(&NOWHERE)
    }

    fn input(&self, index: usize) -> Cell {
        self.inputs
            .get(index)
            .cloned()
            .unwrap_or(Cell::Absent(Absence::Missing))
    }

    fn compute(&self, op: &Op) -> Cell {
        match op {
            Op::Constant(value) => Cell::Value(value.clone()),
            Op::NoBranch => Cell::Absent(Absence::NoBranch),
            Op::Input(id) | Op::Parameter(id) => self.input(id.index()),
            Op::Asked { asked, of } => match self.get(*asked) {
                Cell::Value(Value::Flag(true)) => self.get(*of).clone(),
                Cell::Value(_) | Cell::Absent(_) => match self.get(*of) {
                    Cell::Fault(fault) => Cell::Fault(fault.clone()),
                    _ => Cell::Absent(Absence::NotAsked),
                },
                Cell::Empty(_) | Cell::Fault(_) | Cell::Stop(_) => self.get(*asked).clone(),
            },
            Op::Default { of, value } => match self.get(*of) {
                Cell::Absent(Absence::Missing) => self.get(*value).clone(),
                other => other.clone(),
            },
            Op::Filled {
                of,
                value,
                keys,
                whole,
            } => self.filled(*of, *value, *keys, *whole),
            Op::Averaged(of) => match self.get(*of) {
                Cell::Value(Value::List(values)) => match sum_of(values) {
                    Ok((sum, count)) => sum
                        .checked_div(&count)
                        .map_or(Cell::Absent(Absence::Missing), Cell::number),
                    Err(TooLong) => self.too_long(),
                },
                other => other.clone(),
            },
            Op::FirstOf(members) => members
                .iter()
                .map(|member| self.get(*member))
                .find(|cell| !cell.is_absent())
                .or_else(|| members.first().map(|member| self.get(*member)))
                .cloned()
                .unwrap_or(Cell::Absent(Absence::Missing)),
            Op::Entry { of, key } => match self.get(*of) {
                Cell::Value(Value::Map(values)) => match values.get(*key) {
                    Some(Some(value)) => Cell::Value(value.clone()),
                    _ => Cell::Absent(Absence::Missing),
                },
                other => other.clone(),
            },
            Op::Given(of) => match self.get(*of) {
                Cell::Value(_) => Cell::flag(true),
                Cell::Absent(_) => Cell::flag(false),
                other => other.clone(),
            },
            Op::Not(of) => match self.get(*of) {
                Cell::Value(Value::Flag(flag)) => Cell::flag(!flag),
                other => other.clone(),
            },
            Op::And(a, b) => self.decide(*a, *b, false),
            Op::Or(a, b) => self.decide(*a, *b, true),
            Op::Negate(of) => self.numbers([*of], |[value]| Cell::number(-value)),
            Op::Arithmetic(arithmetic, a, b) => {
                self.numbers([*a, *b], |[a, b]| match within([a, b]) {
                    Ok(()) => Cell::number(match arithmetic {
                        Arithmetic::Plus => a + b,
                        Arithmetic::Minus => a - b,
                        Arithmetic::Times => a * b,
                    }),
                    Err(TooLong) => self.too_long(),
                })
            }
            Op::Divide { a, b, blame } => self.numbers([*a, *b], |[a, b]| match within([a, b]) {
                Ok(()) => a
                    .checked_div(b)
                    .map_or_else(|_| Cell::Empty(division_by_zero(blame)), Cell::number),
                Err(TooLong) => self.too_long(),
            }),
            Op::Compare(comparison, a, b) => self.compare(*comparison, *a, *b),
            Op::IsOneOf(of, options) => {
                let of = self.get(*of);
                if !matches!(of, Cell::Value(_)) {
                    return of.clone();
                }
                let options = options.iter().map(|option| self.get(*option));
                if options.clone().any(|option| option == of) {
                    return Cell::flag(true);
                }
                Cell::reason(options).unwrap_or(Cell::flag(false))
            }
            Op::Select {
                condition,
                then,
                otherwise,
            } => match self.get(*condition) {
                Cell::Value(Value::Flag(true)) => self.get(*then).clone(),
                Cell::Value(_) => self.get(*otherwise).clone(),
                other => other.clone(),
            },
            Op::Otherwise(a, b) => match self.get(*a) {
                Cell::Empty(_) => self.get(*b).clone(),
                other => other.clone(),
            },
            Op::Round { of, mode, to } => {
                self.numbers([*of], |[value]| Cell::number(value.round(*mode, to)))
            }
            Op::AtLeast { of, bound } => {
                self.numbers([*of, *bound], |[a, b]| Cell::number(a.max(b).clone()))
            }
            Op::AtMost { of, bound } => {
                self.numbers([*of, *bound], |[a, b]| Cell::number(a.min(b).clone()))
            }
            Op::Aggregate {
                kind,
                of,
                of_many,
                tally,
                blame,
            } => self.aggregate(*kind, of, *of_many, *tally, blame),
            Op::MeanOfTally {
                tally,
                points,
                blame,
            } => self.mean_of_tally(*tally, points, blame),
            Op::Lookup { key, rows, blame } => lookup(self, *key, rows, blame),
            Op::Between {
                key,
                points,
                ends,
                blame,
            } => between(self, *key, points, *ends, blame),
            Op::Weigh(weighed) => weigh(self, weighed),
            Op::WeightedSum { weights } => weighted_sum(self, *weights),
            Op::WeightOf { weights, member } => match self.get(*weights) {
                Cell::Value(Value::Weights(weighing)) => weighing
                    .weights
                    .get(*member)
                    .and_then(|weight| weight.checked_div(&weighing.whole).ok())
                    .map_or(Cell::Absent(Absence::Missing), Cell::number),
                other => other.clone(),
            },
            Op::PartOf { weights, member } => part(self, *weights, *member),
            Op::IfMissing { of, then } => match self.get(*of) {
                Cell::Absent(_) => self.get(*then).clone(),
                other => other.clone(),
            },
            Op::Applies { when, of } => match self.get(*when) {
                Cell::Value(Value::Flag(true)) => match self.get(*of) {
                    // What it reads does not apply; it does.
                    Cell::Absent(Absence::NotApplicable) => Cell::Absent(Absence::NotAsked),
                    other => other.clone(),
                },
                Cell::Value(_) => Cell::Absent(Absence::NotApplicable),
                other => other.clone(),
            },
            Op::Stop(stop) => Cell::Stop(*stop),
            Op::Adjusted {
                when,
                of,
                what,
                levels,
                worst_first,
                ..
            } => match (self.get(*when), self.get(*of)) {
                (Cell::Value(Value::Flag(true)), Cell::Value(Value::Option(level))) => {
                    let last = levels.saturating_sub(1);
                    Cell::Value(Value::Option(match (what, worst_first) {
                        (Adjust::NoBetterThan(bound), false) => *level.max(bound),
                        (Adjust::NoBetterThan(bound), true) => *level.min(bound),
                        (Adjust::OneStepLower, false) => level.saturating_add(1).min(last),
                        (Adjust::OneStepLower, true) => level.saturating_sub(1),
                        (Adjust::Becomes(level), _) => *level,
                    }))
                }
                (Cell::Value(Value::Flag(false)), of) => of.clone(),
                (when, of) => Cell::reason([of, when]).unwrap_or_else(|| of.clone()),
            },
            Op::Fired(consequences) => {
                let conditions = consequences.iter().map(|(when, _)| self.get(*when));
                if let Some(reason @ (Cell::Fault(_) | Cell::Stop(_) | Cell::Empty(_))) =
                    Cell::reason(conditions)
                {
                    return reason;
                }
                let fired = consequences
                    .iter()
                    .filter(|(when, _)| self.get(*when).as_flag() == Some(true))
                    .map(|(_, name)| Value::Text(name.as_str().into()))
                    .collect::<Vec<_>>();
                Cell::Value(Value::List(fired.into()))
            }
        }
    }

    /// The node that is computed is owned by a figure that grows too long.
    pub(super) fn too_long(&self) -> Cell {
        growth::fault(self.plan.owner(NodeId::next(self.cells)))
    }

    /// Computes with figures; the strongest operand without a value decides otherwise.
    pub(super) fn numbers<const N: usize>(
        &self,
        ids: [NodeId; N],
        compute: impl FnOnce([&Rational; N]) -> Cell,
    ) -> Cell {
        static ZERO: Rational = Rational::ZERO;
        let cells = ids.map(|id| self.get(id));
        if let Some(reason) = Cell::reason(cells) {
            return reason;
        }
        let mut sound = true;
        let numbers = cells.map(|cell| {
            cell.as_number().unwrap_or_else(|| {
                sound = false;
                &ZERO
            })
        });
        if sound { compute(numbers) } else { defect() }
    }

    /// `and` (deciding on no) and `or` (deciding on yes): one deciding side is enough.
    fn decide(&self, a: NodeId, b: NodeId, deciding: bool) -> Cell {
        let (a, b) = (self.get(a), self.get(b));
        if a.as_flag() == Some(deciding) || b.as_flag() == Some(deciding) {
            return Cell::flag(deciding);
        }
        Cell::reason([a, b]).unwrap_or(Cell::flag(!deciding))
    }

    fn compare(&self, comparison: Comparison, a: NodeId, b: NodeId) -> Cell {
        let (a, b) = (self.get(a), self.get(b));
        if let Some(reason) = Cell::reason([a, b]) {
            return reason;
        }
        match comparison {
            Comparison::Equal => return Cell::flag(a == b),
            Comparison::NotEqual => return Cell::flag(a != b),
            Comparison::Less
            | Comparison::LessEqual
            | Comparison::Greater
            | Comparison::GreaterEqual => {}
        }
        match (a.as_number(), b.as_number()) {
            (Some(a), Some(b)) => Cell::flag(comparison.holds(a, b)),
            _ => defect(),
        }
    }

    fn filled(&self, of: NodeId, value: NodeId, keys: usize, whole: bool) -> Cell {
        let value = match self.get(value) {
            Cell::Value(value) => value,
            other => return other.clone(),
        };
        match self.get(of) {
            Cell::Value(Value::Map(values)) => {
                let filled = values
                    .iter()
                    .map(|entry| Some(entry.clone().unwrap_or_else(|| value.clone())))
                    .collect::<Vec<_>>();
                Cell::Value(Value::Map(filled.into()))
            }
            Cell::Absent(Absence::Missing) if whole => {
                Cell::Value(Value::Map(vec![Some(value.clone()); keys].into()))
            }
            other => other.clone(),
        }
    }

    fn aggregate(
        &self,
        kind: Aggregate,
        of: &[NodeId],
        of_many: bool,
        tally: bool,
        blame: &Blame,
    ) -> Cell {
        let mut values: Vec<Value> = Vec::new();
        if of_many {
            for id in of {
                match self.get(*id) {
                    Cell::Value(Value::List(list)) => values.extend(list.iter().cloned()),
                    Cell::Value(Value::Map(map)) => {
                        if map.iter().any(Option::is_none) {
                            return Cell::Absent(Absence::Missing);
                        }
                        values.extend(map.iter().flatten().cloned());
                    }
                    Cell::Value(_) => return defect(),
                    other => return other.clone(),
                }
            }
        } else {
            if let Some(reason) = Cell::reason(of.iter().map(|id| self.get(*id))) {
                return reason;
            }
            for id in of {
                if let Cell::Value(value) = self.get(*id) {
                    values.push(value.clone());
                }
            }
        }
        let empty = || Cell::Empty(nothing_given(blame));
        let Ok((sum, count)) = sum_of(&values) else {
            return self.too_long();
        };
        match kind {
            Aggregate::Count if tally => Cell::number(sum),
            Aggregate::Count => Cell::number(count),
            Aggregate::Sum => Cell::number(sum),
            Aggregate::Mean => sum
                .checked_div(&count)
                .map_or_else(|_| empty(), Cell::number),
            Aggregate::Min => numbers_of(&values)
                .min()
                .map_or_else(empty, |v| Cell::number(v.clone())),
            Aggregate::Max => numbers_of(&values)
                .max()
                .map_or_else(empty, |v| Cell::number(v.clone())),
        }
    }

    fn mean_of_tally(&self, tally: NodeId, points: &[NodeId], blame: &Blame) -> Cell {
        let counts = match self.get(tally) {
            Cell::Value(Value::Map(counts)) => counts,
            Cell::Value(_) => return defect(),
            other => return other.clone(),
        };
        let mut sum = Rational::ZERO;
        let mut answers = Rational::ZERO;
        for (count, points) in counts.iter().zip(points) {
            let count = match count {
                Some(Value::Number(count)) => count,
                Some(_) => return defect(),
                None => return Cell::Absent(Absence::Missing),
            };
            if count.is_zero() {
                continue;
            }
            match self.get(*points) {
                Cell::Value(Value::Number(points)) => {
                    match product([count, points]).and_then(|points| growth::sum([&sum, &points])) {
                        Ok(more) => sum = more,
                        Err(TooLong) => return self.too_long(),
                    }
                }
                Cell::Value(_) => return defect(),
                other => return other.clone(),
            }
            answers += count;
        }
        sum.checked_div(&answers)
            .map_or_else(|_| Cell::Empty(nothing_given(blame)), Cell::number)
    }
}

impl Comparison {
    /// Whether a stands in this relation to b.
    pub(crate) fn holds(self, a: &Rational, b: &Rational) -> bool {
        match self {
            Self::Equal => a == b,
            Self::NotEqual => a != b,
            Self::Less => a < b,
            Self::LessEqual => a <= b,
            Self::Greater => a > b,
            Self::GreaterEqual => a >= b,
        }
    }
}

fn numbers_of(values: &[Value]) -> impl Iterator<Item = &Rational> {
    values.iter().filter_map(|value| match value {
        Value::Number(number) => Some(number),
        _ => None,
    })
}

/// The sum of the figures among some values, and how many values there are.
fn sum_of(values: &[Value]) -> Result<(Rational, Rational), TooLong> {
    let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
    Ok((
        growth::sum(numbers_of(values))?,
        Rational::from_integer(count),
    ))
}

/// Operands of a kind that the types exclude.
pub(super) fn defect() -> Cell {
    Cell::Fault(Arc::new(Refusal {
        code: Fault::Type,
        field: String::new(),
        message: words!(
            "this figure could not be computed: the scheme's types do not fit, which is a defect of assize",
            "无法计算：方案的类型不符，这是 assize 自身的缺陷"
        ),
    }))
}

fn division_by_zero(blame: &Blame) -> Arc<Refusal> {
    let shown = &blame.shown;
    Arc::new(Refusal {
        code: Fault::DivisionByZero,
        field: blame.field.clone(),
        message: words!(
            "{shown} is zero and cannot be divided by; the scheme has no rule for it",
            "{shown}为零，不能作除数，方案也没有写这时怎么办"
        ),
    })
}

fn nothing_given(blame: &Blame) -> Arc<Refusal> {
    let shown = &blame.shown;
    Arc::new(Refusal {
        code: Fault::Missing,
        field: blame.field.clone(),
        message: words!(
            "{shown} holds nothing to average or compare",
            "“{shown}”没有任何数据可供平均或比较"
        ),
    })
}
