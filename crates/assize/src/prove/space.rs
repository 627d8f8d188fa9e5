//! All subjects that a scheme admits, as variables and choices; and regions of them.
//!
//! A figure that data gives is a variable with its declared range and step; an answer, an option,
//! whether something is given and how many rows there are, are choices. Several plans, or one plan
//! twice, may read one space: two subjects that differ in one input share all other variables.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::child::{Scored, child_of, results_of};
use super::form::{Constraint, Form, Var};
use super::interval::{End, Interval};
use super::symbol::{Lacks, Symbol};
use crate::input::Subject;
use crate::model::{Bound, ExprKind, Input, InputId, Model, RecordId, Type};
use crate::number::Rational;
use crate::plan::{NodeId, Op, Plan};

/// The steps on which the values of a variable lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// One of its values.
    pub(crate) base: Rational,
    pub(crate) step: Rational,
}

impl Grid {
    pub(crate) fn whole() -> Self {
        Self {
            base: Rational::ZERO,
            step: Rational::ONE,
        }
    }

    /// The steps on which all values of a form lie, of whose variables these are the steps.
    pub(crate) fn of(form: &Form, grids: &[Option<Self>]) -> Option<Self> {
        let mut base = form.constant.clone();
        let mut step: Option<Rational> = None;
        for (var, k) in &form.terms {
            let grid = grids.get(var.index())?.as_ref()?;
            base += &(k * &grid.base);
            let own = (k * &grid.step).abs();
            step = Some(match step {
                None => own,
                Some(step) => common_step(&step, &own)?,
            });
        }
        Some(Self { base, step: step? })
    }

    /// The steps of a form, where a figure that never changes is a step of nothing.
    pub(crate) fn of_any(form: &Form, grids: &[Option<Self>]) -> Option<Self> {
        match form.as_constant() {
            Some(value) => Some(Self::of_one(value.clone())),
            None => Self::of(form, grids),
        }
    }

    /// One value, and no step from it.
    pub(crate) const fn of_one(value: Rational) -> Self {
        Self {
            base: value,
            step: Rational::ZERO,
        }
    }

    /// The widest steps on which the values of both lie.
    pub(crate) fn common(&self, other: &Self) -> Option<Self> {
        let apart = (&self.base - &other.base).abs();
        let step = common_step(&common_step(&self.step, &other.step)?, &apart)?;
        Some(Self {
            base: self.base.clone(),
            step,
        })
    }

    /// None where there is no step.
    pub(crate) fn moving(self) -> Option<Self> {
        (!self.step.is_zero()).then_some(self)
    }

    /// How many steps a value lies above the base; whole where it is on the grid.
    pub(crate) fn steps(&self, value: &Rational) -> Option<Rational> {
        (value - &self.base).checked_div(&self.step).ok()
    }

    pub(crate) fn holds(&self, value: &Rational) -> bool {
        self.steps(value).is_some_and(|steps| steps.is_integer())
    }

    /// The last value that is not above this one.
    pub(crate) fn floor(&self, value: &Rational) -> Option<Rational> {
        let steps = self.steps(value)?.floor();
        Some(&self.base + &(steps * &self.step))
    }

    pub(crate) fn ceil(&self, value: &Rational) -> Option<Rational> {
        let steps = self.steps(value)?.ceil();
        Some(&self.base + &(steps * &self.step))
    }

    /// A stretch with its ends on the grid.
    pub(crate) fn within(&self, interval: &Interval) -> Interval {
        let low = interval.low.as_ref().and_then(|end| {
            let at = self.ceil(&end.at)?;
            let beyond = at == end.at && !end.included;
            Some(End::closed(if beyond { at + &self.step } else { at }))
        });
        let high = interval.high.as_ref().and_then(|end| {
            let at = self.floor(&end.at)?;
            let beyond = at == end.at && !end.included;
            Some(End::closed(if beyond { at - &self.step } else { at }))
        });
        Interval { low, high }
    }
}

/// The step on which multiples of two steps lie: Euclid's way to their greatest common divisor.
fn common_step(a: &Rational, b: &Rational) -> Option<Rational> {
    let (mut a, mut b) = (a.abs(), b.abs());
    while !b.is_zero() {
        let times = a.checked_div(&b).ok()?.floor();
        let rest = &a - &(times * &b);
        a = std::mem::replace(&mut b, rest);
    }
    Some(a)
}

/// A choice among a few: bits of a set, by index into [`Space::choices`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Choice(pub(crate) u32);

/// Not given, and given, as bits of a choice.
pub(crate) const ABSENT: u64 = 1;
pub(crate) const PRESENT: u64 = 2;

/// Days are counted from here: the day that a counter-example takes where any will do.
pub(crate) const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2024, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The most rows that are looked at one by one.
pub(crate) const MOST_ROWS: usize = 3;

/// The first so many bits of a choice.
pub(crate) fn first(count: usize) -> u64 {
    let bit = u32::try_from(count)
        .ok()
        .and_then(|count| 1_u64.checked_shl(count));
    bit.map_or(u64::MAX, |bit| bit.wrapping_sub(1))
}

/// What data gives for one input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) presence: Choice,
    pub(crate) holds: Holds,
}

/// What it holds where it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Figure(Var),
    /// No and yes, or the options of a scale.
    Chosen(Choice),
    /// One for each option of a scale.
    Keys(Vec<Leaf>),
    /// Rows: how many (0, 1, …, more), each of the first ones, and what any further one is like.
    Rows {
        count: Choice,
        rows: Vec<Vec<Leaf>>,
        /// Whether a row is one value.
        plain: bool,
        /// Why a member may have no value where it is not there.
        lacks: Lacks,
        /// What any row is like.
        any: Vec<Leaf>,
    },
    /// Words, and whatever else cannot be reasoned about.
    Opaque,
}

/// A plan that reads the space.
#[derive(Clone, Debug)]
pub(crate) struct Instance<'a> {
    pub(crate) model: &'a Model,
    pub(crate) plan: &'a Plan,
    /// One for each input.
    pub(crate) leaves: Vec<Leaf>,
    /// The nodes of the first plan that always have the values of these; empty where that was not
    /// looked for.
    pub(crate) same: Vec<Option<NodeId>>,
    /// Whether only subjects count that this plan scores.
    pub(crate) judges: bool,
}

impl Instance<'_> {
    /// The node of the first plan that always has the value of this one.
    pub(crate) fn same(&self, node: NodeId) -> Option<NodeId> {
        self.same.get(node.index()).copied().flatten()
    }
}

/// All subjects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Space<'a> {
    pub(crate) instances: Vec<Instance<'a>>,
    /// The range of each variable.
    pub(crate) bounds: Vec<Interval>,
    pub(crate) grids: Vec<Option<Grid>>,
    /// The possibilities of each choice.
    pub(crate) choices: Vec<u64>,
    /// The variables of rows that stand for any row.
    pub(crate) any_rows: BTreeSet<Var>,
    /// Those of the choices that are no and yes.
    pub(crate) flags: BTreeSet<Choice>,
    /// Those that say whether something is given.
    pub(crate) presences: BTreeSet<Choice>,
    /// What holds between variables from the start.
    pub(crate) conditions: Vec<Constraint>,
    /// Of which one subject only some figures are left open.
    pub(crate) around: Option<Around>,
    /// Figures of a plan that are taken as any figure of their range, whatever they are made of.
    pub(crate) taken: BTreeMap<(usize, NodeId), Symbol>,
}

/// One subject, of which some inputs are left open.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    pub(crate) subject: Subject,
    /// Which inputs are open.
    pub(crate) open: Vec<bool>,
    /// The symbols of the nodes that read none of them.
    pub(crate) known: Vec<Option<Symbol>>,
}

/// A node of one of the plans, in one pass of the loops around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) instance: usize,
    pub(crate) node: NodeId,
    /// The places in the loops around, eight bits each; 255 for any row.
    pub(crate) path: u64,
}

/// A part of the space.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub(crate) choices: Vec<u64>,
    pub(crate) bounds: Vec<Interval>,
    /// How comparisons inside the plans come out, by node and place among its comparisons.
    pub(crate) facts: BTreeMap<(Spot, u16), bool>,
    /// Where figures lie that are no straight line in the inputs.
    pub(crate) narrowed: BTreeMap<Spot, Interval>,
}

impl Region {
    pub(crate) fn choice(&self, choice: Choice) -> u64 {
        self.choices.get(choice.0 as usize).copied().unwrap_or(0)
    }

    pub(crate) fn choose(&mut self, choice: Choice, among: u64) {
        if let Some(slot) = self.choices.get_mut(choice.0 as usize) {
            *slot &= among;
        }
    }

    pub(crate) fn narrow(&mut self, var: Var, to: &Interval, grid: Option<&Grid>) {
        if let Some(slot) = self.bounds.get_mut(var.index()) {
            let met = slot.meet(to);
            *slot = grid.map_or_else(|| met.clone(), |grid| grid.within(&met));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.choices.contains(&0) || self.bounds.iter().any(Interval::is_empty)
    }
}

impl<'a> Space<'a> {
    /// The subjects of one scheme.
    pub(crate) fn of(model: &'a Model, plan: &'a Plan) -> Self {
        let mut space = Self::default();
        space.read_by(model, plan);
        space
    }

    /// Adds a plan with inputs of its own.
    pub(crate) fn read_by(&mut self, model: &'a Model, plan: &'a Plan) {
        let leaves = model
            .inputs
            .iter()
            .zip(&plan.inputs)
            .map(|(input, node)| {
                let given = is_required(plan, input, *node) || stands_in(model, input);
                self.leaf(model, input, given)
            })
            .collect();
        self.instances.push(Instance {
            model,
            plan,
            leaves,
            same: Vec::new(),
            judges: true,
        });
    }

    /// Adds the same plan once more over the same inputs, except one, which stands on its own. What
    /// does not read it is the same for both.
    pub(crate) fn again(&mut self, other: InputId) {
        let Some(first) = self.instances.first().cloned() else {
            return;
        };
        let mut again = first;
        if let (Some(input), Some(node)) = (
            again.model.input(other),
            again.plan.inputs.get(other.index()),
        ) {
            let given = is_required(again.plan, input, *node) || stands_in(again.model, input);
            let own = self.leaf(again.model, input, given);
            if let Some(slot) = again.leaves.get_mut(other.index()) {
                *slot = own;
            }
        }
        again.same = unmoved(
            again.plan,
            |_, op| matches!(op, Op::Input(id) | Op::Parameter(id) if *id == other),
        );
        self.instances.push(again);
    }

    /// Adds the same plan once more over the same inputs, with one figure that is taken as it comes.
    pub(crate) fn with_another(&mut self, figure: NodeId) {
        if let Some(mut again) = self.instances.first().cloned() {
            again.same = unmoved(again.plan, |node, _| node == figure);
            self.instances.push(again);
        }
    }

    /// The whole of it.
    pub(crate) fn region(&self) -> Region {
        Region {
            choices: self.choices.clone(),
            bounds: self.bounds.clone(),
            facts: BTreeMap::new(),
            narrowed: BTreeMap::new(),
        }
    }

    pub(crate) fn leaf_of(&self, instance: usize, input: InputId) -> Option<&Leaf> {
        self.instances.get(instance)?.leaves.get(input.index())
    }

    pub(crate) fn variable(&mut self, interval: Interval, grid: Option<Grid>) -> Var {
        let var = Var(u32::try_from(self.bounds.len()).unwrap_or(u32::MAX));
        let interval = match &grid {
            Some(grid) => grid.within(&interval),
            None => interval,
        };
        self.bounds.push(interval);
        self.grids.push(grid);
        var
    }

    pub(crate) fn new_choice(&mut self, among: u64) -> Choice {
        let choice = Choice(u32::try_from(self.choices.len()).unwrap_or(u32::MAX));
        self.choices.push(among);
        choice
    }

    /// What a node is taken for; or what it is for the one subject that the space is about, where it
    /// reads nothing open.
    pub(crate) fn known(&self, instance: usize, node: NodeId) -> Option<&Symbol> {
        if let Some(taken) = self.taken.get(&(instance, node)) {
            return Some(taken);
        }
        let around = self.around.as_ref().filter(|_| instance == 0)?;
        around.known.get(node.index())?.as_ref()
    }

    fn presence(&mut self, required: bool) -> Choice {
        let presence = self.new_choice(if required { PRESENT } else { ABSENT | PRESENT });
        self.presences.insert(presence);
        presence
    }

    pub(super) fn leaf(&mut self, model: &Model, input: &Input, required: bool) -> Leaf {
        let presence = self.presence(required);
        Leaf {
            presence,
            holds: self.holds(model, input, &input.of),
        }
    }

    fn holds(&mut self, model: &Model, input: &Input, of: &Type) -> Holds {
        match of {
            Type::Flag => {
                let choice = self.new_choice(3);
                self.flags.insert(choice);
                Holds::Chosen(choice)
            }
            Type::Option(scale) => {
                let options = model.scale(*scale).map_or(0, |scale| scale.options.len());
                match u32::try_from(options) {
                    Ok(count) if (1..64).contains(&count) => {
                        let all = 1_u64.checked_shl(count).unwrap_or(0).wrapping_sub(1);
                        Holds::Chosen(self.new_choice(all))
                    }
                    _ => Holds::Opaque,
                }
            }
            Type::Map(scale, element) => {
                let keys = model.scale(*scale).map_or(0, |scale| scale.options.len());
                let asked = (!input.optional && input.default.is_none())
                    || literal_default(model, input).is_some();
                let keys = (0..keys).map(|_| {
                    let presence = self.presence(asked);
                    Leaf {
                        presence,
                        holds: self.holds(model, input, element),
                    }
                });
                Holds::Keys(keys.collect())
            }
            Type::List(element) => self.rows(model, input, element),
            of if of.is_numeric() || matches!(of, Type::Date) => {
                let (interval, grid) = range(model, input, of);
                Holds::Figure(self.variable(interval, grid))
            }
            _ => Holds::Opaque,
        }
    }

    fn rows(&mut self, model: &Model, input: &Input, element: &Type) -> Holds {
        let all = first(MOST_ROWS.saturating_add(2));
        // An empty list is one that is not given, unless a default says otherwise.
        let is_input = matches!(&input.of, Type::List(own) if std::ptr::eq(own.as_ref(), element));
        let none = u64::from(is_input && input.default.is_none());
        let count = self.new_choice(all & !none);
        let plain = !matches!(element, Type::Record(_));
        let results = child_of(model, element).map(results_of);
        let row = |space: &mut Self| match (&results, element) {
            (Some(results), _) => space.results(model, input, results),
            (None, Type::Record(record)) => space.row(model, *record),
            (None, element) => {
                let presence = space.presence(true);
                vec![Leaf {
                    presence,
                    holds: space.holds(model, input, element),
                }]
            }
        };
        let rows = (0..MOST_ROWS).map(|_| row(self)).collect();
        let first = self.bounds.len();
        let any = row(self);
        let variables = (first..self.bounds.len()).filter_map(|var| u32::try_from(var).ok());
        self.any_rows.extend(variables.map(Var));
        Holds::Rows {
            count,
            rows,
            plain,
            lacks: match results {
                Some(_) => Lacks::ABSENT.and(Lacks::EMPTY),
                None => Lacks::MISSING,
            },
            any,
        }
    }

    /// The results of a scheme that scores a row, each of which may be there or not.
    fn results(&mut self, model: &Model, input: &Input, results: &[Scored]) -> Vec<Leaf> {
        results
            .iter()
            .map(|own| Leaf {
                presence: self.presence(false),
                holds: match (&own.of, &own.lies) {
                    (_, Some(interval)) => Holds::Figure(self.variable(interval.clone(), None)),
                    (Type::Flag, None) => self.holds(model, input, &own.of),
                    _ => Holds::Opaque,
                },
            })
            .collect()
    }

    fn row(&mut self, model: &Model, record: RecordId) -> Vec<Leaf> {
        let Some(record) = model.record(record) else {
            return Vec::new();
        };
        record
            .fields
            .iter()
            .map_while(|field| field.given.as_ref())
            .map(|asked| {
                let may_lack =
                    asked.optional || asked.default.is_some() || asked.only_when.is_some();
                self.leaf(model, asked, !may_lack && record.kinds.is_none())
            })
            .collect()
    }
}

/// The nodes that read nothing that moves, each as itself; of loops, their last nodes.
fn unmoved(plan: &Plan, moves: impl Fn(NodeId, &Op) -> bool) -> Vec<Option<NodeId>> {
    let inside = plan.inside_loops();
    let mut moved: Vec<bool> = Vec::with_capacity(plan.nodes.len());
    let nodes = || (0_u32..).map(NodeId).zip(&plan.nodes);
    for (node, op) in nodes() {
        let mut own = moves(node, op);
        op.operands(|operand| own |= moved.get(operand.index()) == Some(&true));
        // What a loop hands on and what it is made of lies between its first node and its last.
        if let Op::Rows { row, .. } = op {
            let body = moved.get(row.index()..node.index());
            own |= body.is_none_or(|body| body.contains(&true));
        }
        moved.push(own);
    }
    let still = moved.into_iter().zip(inside);
    still
        .zip(nodes())
        .map(|((moved, inside), (node, op))| {
            let whole = !moved && !inside && !matches!(op, Op::Row { .. });
            whole.then_some(node)
        })
        .collect()
}

/// A literal default that lies in the range of its input.
pub(super) fn literal_default(model: &Model, input: &Input) -> Option<Rational> {
    let value = model.constant(input.default?)?;
    let element = match &input.of {
        Type::Map(_, element) => element.as_ref(),
        of => of,
    };
    let (interval, grid) = range(model, input, element);
    let inside = interval.contains(&value) && grid.is_none_or(|grid| grid.holds(&value));
    inside.then_some(value)
}

/// Whether not giving an input is the same as giving its default.
pub(super) fn stands_in(model: &Model, input: &Input) -> bool {
    input.only_when.is_none()
        && input.either.is_none()
        && input.summing_to.is_none()
        && (literal_default(model, input).is_some() || is_empty_list(model, input))
}

pub(super) fn is_empty_list(model: &Model, input: &Input) -> bool {
    let default = input.default.and_then(|default| model.expr(default));
    matches!(
        default.map(|default| &default.kind),
        Some(ExprKind::List(elements)) if elements.is_empty()
    )
}

/// Whether every subject that is scored gives it.
pub(super) fn is_required(plan: &Plan, input: &Input, node: NodeId) -> bool {
    let named = plan
        .required
        .iter()
        .any(|required| required.node == node && !required.each_key);
    named && input.only_when.is_none()
}

/// The declared range of a figure, as far as it is literal, and its steps.
pub(super) fn range(model: &Model, input: &Input, of: &Type) -> (Interval, Option<Grid>) {
    let end = |bound: &Option<Bound>| {
        let bound = bound.as_ref()?;
        Some(End {
            at: model.constant(bound.at)?,
            included: bound.included,
        })
    };
    let is_count = *of == Type::Count;
    let zero = End::closed(Rational::ZERO);
    // A length of time is never negative in data.
    let low = end(&input.low).or_else(|| is_count.then(|| zero.clone()));
    let grid = match (&input.step, &low) {
        _ if input.averaged => None,
        // Steps begin at the lower end, wherever that is.
        (Some(_), _) if input.low.is_some() && end(&input.low).is_none() => {
            is_count.then(Grid::whole)
        }
        (Some(step), low) => Some(Grid {
            base: low.as_ref().map_or(Rational::ZERO, |low| low.at.clone()),
            step: step.clone(),
        }),
        (None, _) => (is_count || *of == Type::Date).then(Grid::whole),
    };
    let interval = Interval {
        low,
        high: end(&input.high),
    };
    (interval, grid)
}
