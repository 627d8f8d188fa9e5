//! The exact values of a plan for one subject: one pass over its nodes.
//!
//! Types were checked when the model was made. An operand of an unexpected kind would be a defect
//! of this library; it gives a fault, never a value.

use std::sync::Arc;

use super::growth::{self, TooLong, product, within};
use super::lookup::{between, lookup};
use super::reached::Picked;
use super::rows::{Pass, member};
use super::weights::{part, weigh, weighted_sum};
use super::{Absence, Cell, Value};
use crate::model::Adjust;
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::plan::{Arithmetic, Blame, Comparison, NodeId, Op, Plan};
use crate::text::words;

/// What a plan came to for one subject.
#[derive(Clone, Debug)]
pub(crate) struct Computed {
    /// One for each node.
    pub(crate) cells: Vec<Cell>,
    /// What was picked inside loops, where anything is assumed.
    pub(crate) picked: Picked,
}

/// Computes every node; `inputs` holds what was given for each input.
pub(crate) fn from_plan(plan: &Plan, inputs: &[Cell]) -> Computed {
    let mut pass = Pass::new(plan, inputs);
    pass.run(0, plan.nodes.len());
    Computed {
        cells: pass.cells,
        picked: pass.picked,
    }
}

/// The cells computed so far.
pub(super) struct Cells<'a> {
    pub(super) plan: &'a Plan,
    pub(super) cells: &'a [Cell],
    pub(super) inputs: &'a [Cell],
    /// The figures handed from row to row.
    pub(super) carried: &'a [Option<Cell>],
    /// The elements of the loops around, by their places.
    pub(super) places: &'a [(NodeId, usize)],
}

/// A reference that leads nowhere; never reached in a plan made from a model.
pub(super) static NOWHERE: Cell = Cell::Absent(Absence::NoBranch);

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

    pub(super) fn compute(&self, op: &Op) -> Cell {
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
                Cell::Value(Value::List(_)) => match self.mean(*of) {
                    Some(Ok(mean)) => Cell::number(mean),
                    Some(Err(reason)) => reason,
                    None => Cell::Absent(Absence::Missing),
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
            Op::FullMarks { weights } => match self.get(*weights) {
                Cell::Value(Value::Weights(weighing)) => {
                    weighing.full.clone().map_or_else(defect, Cell::number)
                }
                Cell::Value(_) => defect(),
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
                (Cell::Value(Value::Flag(true)), Cell::Value(Value::Option(level))) => Cell::Value(
                    Value::Option(adjusted(*level, *what, *levels, *worst_first)),
                ),
                (Cell::Value(Value::Flag(false)), of) => of.clone(),
                (when, of) => Cell::reason([of, when]).unwrap_or_else(|| of.clone()),
            },
            Op::Fired(consequences) => self.listed(consequences, true),
            Op::Failed(requirements) => self.listed(requirements, false),
            Op::Row { .. } | Op::Rows { .. } | Op::Carry { .. } => defect(),
            Op::Place(row) => self.place(*row),
            Op::Carried { slot, first } => match self.carried.get(*slot as usize) {
                Some(Some(before)) => before.clone(),
                _ => self.get(*first).clone(),
            },
            Op::Member { of, field } => member(self.get(*of), *field),
            Op::Column { of, field } => self.column(*of, *field),
            Op::At { map, key } => self.at(*map, *key),
            Op::MapOf(values) => Cell::Value(Value::Map(
                values.iter().map(|id| self.get(*id).clone()).collect(),
            )),
            Op::ListOf(values) => Cell::Value(Value::List(
                values.iter().map(|id| self.get(*id).clone()).collect(),
            )),
            Op::Entries { of, options } => self.entries(*of, options),
            Op::Keys(keys) => {
                let keys_or_none = keys.iter().map(|id| self.get(*id));
                // A row may ask for a key that is missing.
                Cell::reason(keys_or_none.filter(|key| !key.is_absent())).unwrap_or_else(|| {
                    let keys = keys.iter().map(|id| self.get(*id).clone());
                    Cell::Value(Value::Record(keys.collect()))
                })
            }
            Op::Checked(check) => self.checked(check),
            Op::AskedOnly { asked, of, blame } => self.asked_only(*asked, *of, blame),
            Op::Unique { of, field, blame } => self.unique(*of, *field, blame),
            Op::InOrder { of, field, blame } => self.in_order(*of, *field, blame),
            Op::SkippingMissing(list) => self.skipping(*list),
            Op::CountingMissing(list, value) => self.counting(*list, *value),
            Op::Pick { which, count, of } => self.pick(*which, *count, *of),
            Op::Sorted { of, keys } => self.sorted(*of, keys),
            Op::Tally { counts, points } => self.tally(*counts, points),
            Op::All(flags) => self.quantified(*flags, false),
            Op::Any(flags) => self.quantified(*flags, true),
            Op::Share { flags, blame } => self.share(*flags, blame),
            Op::Cohort {
                among, what, blame, ..
            } => self.cohort(*among, what, blame),
            Op::Standing {
                place,
                places,
                cohort,
            } => self.standing(*place, *places, *cohort),
            Op::Shift {
                of,
                by,
                months,
                back,
                blame,
            } => self.shift(*of, *by, (*months, *back), blame),
            Op::Elapsed(a, b) => self.elapsed(*a, *b),
            Op::DatePart(part, of) => self.date_part(*part, *of),
            Op::RoundSurd {
                surd,
                leaves,
                mode,
                to,
                blame,
            } => self.round_surd(surd, leaves, *mode, to, blame),
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
        match (a, b) {
            (Cell::Value(a), Cell::Value(b)) => {
                comparison.holds(a, b).map_or_else(defect, Cell::flag)
            }
            _ => defect(),
        }
    }

    fn filled(&self, of: NodeId, value: NodeId, keys: usize, whole: bool) -> Cell {
        let value = match self.get(value) {
            Cell::Value(value) => value,
            other => return other.clone(),
        };
        let filled = |entry: &Cell| match entry {
            Cell::Absent(Absence::Missing) => Cell::Value(value.clone()),
            other => other.clone(),
        };
        match self.get(of) {
            Cell::Value(Value::Map(values)) => {
                Cell::Value(Value::Map(values.iter().map(filled).collect()))
            }
            Cell::Absent(Absence::Missing) if whole => {
                Cell::Value(Value::Map(vec![Cell::Value(value.clone()); keys].into()))
            }
            other => other.clone(),
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
                Cell::Value(Value::Number(count)) => count,
                Cell::Value(_) => return defect(),
                other => return other.clone(),
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

/// The level of a grade after a line that acts on it.
pub(crate) fn adjusted(level: u32, what: Adjust, levels: u32, worst_first: bool) -> u32 {
    let last = levels.saturating_sub(1);
    match (what, worst_first) {
        (Adjust::NoBetterThan(bound), false) | (Adjust::NoWorseThan(bound), true) => {
            level.max(bound)
        }
        (Adjust::NoBetterThan(bound), true) | (Adjust::NoWorseThan(bound), false) => {
            level.min(bound)
        }
        (Adjust::OneStepLower, false) | (Adjust::OneStepHigher, true) => {
            level.saturating_add(1).min(last)
        }
        (Adjust::OneStepLower, true) | (Adjust::OneStepHigher, false) => level.saturating_sub(1),
        (Adjust::Becomes(level), _) => level,
    }
}

impl Comparison {
    /// Whether a stands in this relation to b; `None` where they have no order.
    pub(crate) fn holds(self, a: &Value, b: &Value) -> Option<bool> {
        let order = a.compare(b)?;
        Some(match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
        })
    }
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

pub(super) fn division_by_zero(blame: &Blame) -> Arc<Refusal> {
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

pub(super) fn nothing_given(blame: &Blame) -> Arc<Refusal> {
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
