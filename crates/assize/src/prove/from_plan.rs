//! What is known of every node of a plan in a region: one pass over the nodes, as for one subject,
//! with symbols in place of cells.
//!
//! What is a straight line in the inputs stays one. Where the region does not say which way a
//! comparison goes, the result is a variable of its own, bounded by what either way gives; the
//! comparison is noted as *open*, and the search may split the region there. Whatever a subject of
//! the region gives at a node, the node's symbol admits.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::form::{Constraint, Form, Relation, Var};
use super::interval::{End, Interval};
use super::orders::{EQUAL, decide, flag_or_never};
use super::space::{Choice, Grid, Region, Space, Spot};
use super::symbol::{Lacks, Many, NO, Symbol, Symbolic, YES};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op, Plan};
use crate::value::{Absence, Cell, Value};

/// What the region leaves open at a node, where it could be split.
#[derive(Clone, Debug)]
pub(crate) enum Open {
    /// Whether a form is at least zero (by its place among the comparisons of the node).
    Comparison(Form, u16),
    Choice(Choice),
    /// A figure that is no straight line: the variable to halve.
    Curve(Var),
}

/// How many bits a factor of a form may have.
const LONGEST: u64 = 256;

/// What is known in a region.
pub(crate) struct Sketch<'s, 'a> {
    pub(crate) space: &'s Space<'a>,
    pub(crate) region: &'s Region,
    /// Of the inputs, then of figures that are no straight line in them.
    pub(crate) bounds: Vec<Interval>,
    pub(crate) grids: Vec<Option<Grid>>,
    /// Where the figures behind the inputs come from.
    pub(crate) made_at: Vec<Spot>,
    /// What holds between variables.
    pub(crate) conditions: Vec<Constraint>,
    /// One for each node of each plan.
    pub(crate) symbols: Vec<Vec<Symbol>>,
    pub(crate) open: BTreeMap<Spot, Open>,
    /// Nodes of which the goals say how they come out.
    pub(crate) assumed: BTreeSet<(usize, NodeId)>,
    /// Quotients, by the variable that stands for them.
    pub(super) quotients: BTreeMap<Var, (Form, Form)>,
    /// Ranks, and how many there are among whom.
    pub(super) ranks: Vec<(Form, Form)>,
    /// Products of two variables.
    pub(super) products: BTreeMap<(Var, Var), Form>,
    /// Whether the region holds no subject.
    pub(crate) closed: bool,
    pub(super) instance: usize,
    pub(super) path: u64,
    /// Inside rows that stand for any row, nothing is split.
    pub(super) general: u32,
    /// Inside rows of which there may be none: what they keep says nothing of the subject.
    pub(super) hollow: u32,
    pub(super) carried: Vec<Option<Symbol>>,
    /// Cells by which the weights of groups are computed, as for one subject.
    pub(super) scratch: Vec<Cell>,
    /// The places of the elements of the loops around.
    pub(super) places: Vec<(NodeId, Option<usize>)>,
    /// The list of which any one element is followed.
    pub(super) focus: Option<(usize, NodeId)>,
    /// What that element is in the list and in those that are made of it.
    pub(super) followed: BTreeMap<NodeId, Symbol>,
}

impl<'s, 'a> Sketch<'s, 'a> {
    /// Goes through the nodes of all plans; `wanted` says which ones, by plan and node.
    /// Of the list in `focus`, any one element is followed through all loops over it.
    pub(crate) fn new(
        space: &'s Space<'a>,
        region: &'s Region,
        wanted: &[Vec<bool>],
        focus: Option<(usize, NodeId)>,
    ) -> Self {
        let mut sketch = Self {
            space,
            region,
            bounds: region.bounds.clone(),
            grids: space.grids.clone(),
            made_at: Vec::new(),
            conditions: space.conditions.clone(),
            symbols: Vec::with_capacity(space.instances.len()),
            open: BTreeMap::new(),
            assumed: BTreeSet::new(),
            quotients: BTreeMap::new(),
            products: BTreeMap::new(),
            ranks: Vec::new(),
            closed: region.is_empty(),
            instance: 0,
            path: 0,
            general: 0,
            hollow: 0,
            carried: Vec::new(),
            scratch: Vec::new(),
            places: Vec::new(),
            focus,
            followed: BTreeMap::new(),
        };
        for (index, instance) in space.instances.iter().enumerate() {
            sketch.instance = index;
            sketch.followed.clear();
            sketch.carried = vec![None; instance.plan.slots as usize];
            sketch.scratch = Vec::new();
            sketch.symbols.push(vec![
                Symbol::lacking(Lacks::NO_BRANCH);
                instance.plan.nodes.len()
            ]);
            let wanted = wanted.get(index).map_or(&[][..], Vec::as_slice);
            sketch.pass(instance.plan, 0, instance.plan.nodes.len(), wanted);
        }
        sketch
    }

    pub(super) fn pass(&mut self, plan: &'a Plan, from: usize, to: usize, wanted: &[bool]) {
        let mut at = from;
        while at < to && !self.closed {
            let Some(op) = plan.nodes.get(at) else { return };
            if wanted.get(at) == Some(&false) {
                at = match op {
                    Op::Row { end, .. } => end.index().saturating_add(1),
                    _ => at.saturating_add(1),
                };
                continue;
            }
            let node = NodeId(u32::try_from(at).unwrap_or(u32::MAX));
            // What the first plan has computed already; of a loop, its last node.
            let last = match op {
                Op::Row { end, .. } => *end,
                _ => node,
            };
            let same = self.space.instances.get(self.instance);
            if let Some(first) = same.and_then(|instance| instance.same(last)) {
                let symbol = self.at(0, first);
                self.set(last, symbol);
                if self.path == 0 {
                    self.ranges(plan, last);
                }
                at = last.index().saturating_add(1);
                continue;
            }
            if let Op::Row { over, end } = op {
                let known = self.space.known(self.instance, *end).cloned();
                let symbol = known.unwrap_or_else(|| self.each(plan, node, *over, *end, wanted));
                self.set(*end, symbol);
                at = end.index().saturating_add(1);
                continue;
            }
            let known = self.space.known(self.instance, node).cloned();
            let mut symbol = known.unwrap_or_else(|| self.compute(plan, node, op));
            self.bound_length(&mut symbol);
            if self.path == 0
                && plan
                    .required
                    .iter()
                    .any(|required| required.node == node && !required.each_key)
            {
                symbol.lacks = symbol.lacks.without(Lacks::MISSING);
                self.closed |= !symbol.may_have_value() && symbol.lacks.is_none();
            }
            self.set(node, symbol);
            if self.path == 0 {
                self.ranges(plan, node);
            }
            at = at.saturating_add(1);
        }
    }

    /// Figures that formulas made too long to go on with are as good as unknown.
    fn bound_length(&mut self, symbol: &mut Symbol) {
        let Symbolic::Number(form) = &symbol.value else {
            return;
        };
        let too_long = |value: &Rational| value.bits() > LONGEST;
        if too_long(&form.constant) || form.terms.iter().any(|(_, k)| too_long(k)) {
            symbol.value = Symbolic::Number(self.plain_curve(Interval::ALL, None));
        }
    }

    /// Whoever is scored keeps the ranges that other figures bound. A range is known once its last
    /// node is.
    fn ranges(&mut self, plan: &Plan, node: NodeId) {
        for range in &plan.ranges {
            let bounds = [range.low, range.high];
            let last = bounds.iter().flatten().map(|(bound, _)| *bound).max();
            if last.unwrap_or(range.of).max(range.of) != node {
                continue;
            }
            let of = self.get(range.of);
            if let (Some(wanted), Symbolic::Fixed(all)) = (&range.summing_to, &of.value)
                && of.lacks.is_none()
                && all.iter().all(Symbol::has_value)
            {
                let sum = all
                    .iter()
                    .filter_map(Symbol::form)
                    .fold(Form::constant(-wanted), |sum, own| sum.plus(own));
                self.require(sum, Relation::Equal);
            }
            let Some(form) = of.form().filter(|_| of.lacks.is_none()).cloned() else {
                continue;
            };
            for (bound, upper) in [(range.low, false), (range.high, true)] {
                let Some((bound, included)) = bound else {
                    continue;
                };
                let bound = self.get(bound);
                if let Some(at) = bound.form().filter(|_| bound.lacks.is_none()) {
                    let apart = if upper {
                        at.minus(&form)
                    } else {
                        form.minus(at)
                    };
                    let relation = if included {
                        Relation::AtLeast
                    } else {
                        Relation::Above
                    };
                    self.require(apart, relation);
                }
            }
        }
    }

    pub(super) fn set(&mut self, node: NodeId, symbol: Symbol) {
        // A region that narrows a figure narrows it whatever else it says of it.
        if self.general == 0
            && let Some(to) = self.region.narrowed.get(&self.spot(node))
            && let Some(form) = symbol.form()
        {
            let relation = |end: &End| {
                if end.included {
                    Relation::AtLeast
                } else {
                    Relation::Above
                }
            };
            let low = to.low.as_ref().map(|end| {
                let apart = form.minus(&Form::constant(end.at.clone()));
                (apart, relation(end))
            });
            let high = to.high.as_ref().map(|end| {
                let apart = Form::constant(end.at.clone()).minus(form);
                (apart, relation(end))
            });
            for (apart, relation) in [low, high].into_iter().flatten() {
                self.require(apart, relation);
            }
        }
        if let Some(slot) = self
            .symbols
            .get_mut(self.instance)
            .and_then(|symbols| symbols.get_mut(node.index()))
        {
            *slot = symbol;
        }
    }

    pub(super) fn get(&self, node: NodeId) -> Symbol {
        self.at(self.instance, node)
    }

    pub(crate) fn at(&self, instance: usize, node: NodeId) -> Symbol {
        self.symbols
            .get(instance)
            .and_then(|symbols| symbols.get(node.index()))
            .cloned()
            .unwrap_or(Symbol::lacking(Lacks::NO_BRANCH))
    }

    pub(super) const fn spot(&self, node: NodeId) -> Spot {
        Spot {
            instance: self.instance,
            node,
            path: self.path,
        }
    }

    /// Where the values of a form lie.
    pub(crate) fn interval(&self, form: &Form) -> Interval {
        let all = Interval::ALL;
        form.interval(|var| self.bounds.get(var.index()).unwrap_or(&all))
    }

    /// The interval of a symbol that is a figure; everything for one that is none.
    pub(crate) fn interval_of(&self, symbol: &Symbol) -> Interval {
        match &symbol.value {
            Symbolic::Number(form) => self.interval(form),
            _ => Interval::ALL,
        }
    }

    /// The steps on which all values of a form lie.
    pub(crate) fn grid(&self, form: &Form) -> Option<Grid> {
        Grid::of(form, &self.grids)
    }

    /// A variable for a figure that is no straight line.
    pub(super) fn curve(&mut self, node: NodeId, interval: Interval, grid: Option<Grid>) -> Form {
        let spot = self.spot(node);
        let interval = match self.region.narrowed.get(&spot) {
            Some(narrowed) if self.general == 0 => interval.meet(narrowed),
            _ => interval,
        };
        let interval = match &grid {
            Some(grid) => grid.within(&interval),
            None => interval,
        };
        if let Some(point) = interval.point() {
            return Form::constant(point.clone());
        }
        let var = Var(u32::try_from(self.bounds.len()).unwrap_or(u32::MAX));
        // What is narrowed to nothing holds no subject.
        if interval.is_empty() && self.region.narrowed.contains_key(&spot) {
            self.closed = true;
        }
        self.bounds.push(interval);
        self.grids.push(grid);
        self.made_at.push(spot);
        Form::of(var)
    }

    /// A figure of which only the bounds are known.
    pub(super) fn somewhere(
        &mut self,
        node: NodeId,
        interval: Interval,
        grid: Option<Grid>,
    ) -> Symbol {
        Symbol::number(self.curve(node, interval, grid))
    }

    pub(super) fn note(&mut self, node: NodeId, open: Open) {
        if self.general == 0 {
            let spot = self.spot(node);
            self.open.entry(spot).or_insert(open);
        }
    }

    fn compute(&mut self, plan: &'a Plan, node: NodeId, op: &'a Op) -> Symbol {
        match op {
            Op::Constant(value) => constant(value),
            Op::NoBranch => Symbol::lacking(Lacks::NO_BRANCH),
            Op::Input(id) => match self.space.leaf_of(self.instance, *id) {
                Some(leaf) => {
                    let given = self.given(node, leaf, Lacks::MISSING);
                    if self.focus == Some((self.instance, node))
                        && let Symbolic::Many(many) = &given.value
                    {
                        let element = self.fresh(&many.element);
                        self.followed.insert(node, element);
                    }
                    given
                }
                None => Symbol::unknown(),
            },
            Op::Parameter(id) => match self.space.leaf_of(self.instance, *id) {
                Some(leaf) => self.given(node, leaf, Lacks::FAULT),
                None => Symbol::unknown(),
            },
            Op::Asked { asked, of } => {
                let (asked, of) = (self.get(*asked), self.get(*of));
                let strong = asked.lacks.without(Lacks::ABSENT);
                if asked.is_answer(YES) {
                    return of;
                }
                // What is given although it is not asked is a conflict.
                self.closed |= asked.is_answer(NO) && of.has_value() && self.path == 0;
                let not_asked = Symbol::lacking(Lacks::NOT_ASKED.and(of.lacks.only(Lacks::FAULT)));
                if asked.answers() & YES == 0 {
                    return not_asked.with(strong);
                }
                of.with(Lacks::NOT_ASKED).with(strong)
            }
            Op::AskedOnly { asked, of, .. } => {
                let (asked, of) = (self.get(*asked), self.get(*of));
                let strong = asked.lacks.without(Lacks::ABSENT);
                if asked.is_answer(YES) {
                    return of;
                }
                if asked.answers() & YES == 0 {
                    return Symbol::lacking(Lacks::NOT_ASKED.and(strong));
                }
                of.with(Lacks::NOT_ASKED).with(strong)
            }
            Op::Default { of, value } => {
                self.follow(*of, node);
                let (of, value) = (self.get(*of), self.get(*value));
                self.instead(node, of, value, Lacks::MISSING)
            }
            Op::IfMissing { of, then } => {
                let (of, then) = (self.get(*of), self.get(*then));
                self.instead(node, of, then, Lacks::ABSENT)
            }
            Op::Otherwise(of, then) => {
                let (of, then) = (self.get(*of), self.get(*then));
                self.instead(node, of, then, Lacks::EMPTY)
            }
            Op::Filled {
                of,
                value,
                keys,
                whole,
            } => {
                let (of, value) = (self.get(*of), self.get(*value));
                self.filled(node, of, &value, *keys, *whole)
            }
            Op::Averaged(of) => {
                let of = self.get(*of);
                match &of.value {
                    Symbolic::Fixed(_) | Symbolic::Many(_) | Symbolic::Any => {
                        let element = self.elements_hull(&of);
                        self.somewhere(node, element, None).with(of.lacks)
                    }
                    _ => of,
                }
            }
            Op::FirstOf(members) => {
                let mut found: Vec<Symbol> = Vec::new();
                let mut lacks = Lacks::MISSING;
                for member in members {
                    let own = self.get(*member);
                    let absent = own.lacks.only(Lacks::ABSENT);
                    if found.is_empty() && members.first() == Some(member) {
                        lacks = absent;
                    }
                    found.push(Symbol {
                        value: own.value,
                        lacks: own.lacks.without(Lacks::ABSENT),
                    });
                    if absent.is_none() {
                        lacks = Lacks::NONE;
                        break;
                    }
                }
                self.joined(node, &found).with(lacks)
            }
            Op::Given(of) => {
                let of = self.get(*of);
                let mut answers = 0;
                if of.may_have_value() {
                    answers |= YES;
                }
                if of.lacks.has(Lacks::ABSENT) {
                    answers |= NO;
                }
                flag_or_never(answers).with(of.lacks.without(Lacks::ABSENT))
            }
            Op::Not(of) => {
                let of = self.get(*of);
                let answers = match of.answers() {
                    NO => YES,
                    YES => NO,
                    other => other,
                };
                flag_or_never(answers).with(of.lacks)
            }
            Op::And(a, b) => decide(&self.get(*a), &self.get(*b), NO),
            Op::Or(a, b) => decide(&self.get(*a), &self.get(*b), YES),
            Op::Negate(of) => {
                let of = self.get(*of);
                match of.form() {
                    Some(form) => Symbol::number(form.negated()).with(of.lacks),
                    None => self.unfit(node, &[&of]),
                }
            }
            Op::Arithmetic(arithmetic, a, b) => self.arithmetic(node, *arithmetic, *a, *b),
            Op::Divide { a, b, .. } => self.divide(node, *a, *b),
            Op::Compare(comparison, a, b) => self.compare(node, *comparison, *a, *b),
            Op::IsOneOf(of, options) => {
                let of = self.get(*of);
                if !of.may_have_value() {
                    return of;
                }
                let mut answers = 0;
                let mut lacks = of.lacks;
                let mut sure = false;
                for (place, option) in options.iter().enumerate() {
                    let option = self.get(*option);
                    lacks = lacks.and(option.lacks);
                    let place = u16::try_from(place).unwrap_or(u16::MAX);
                    let orders = self.orders(node, (&of, &option), place, Comparison::Equal);
                    if orders & EQUAL != 0 {
                        answers |= YES;
                    }
                    sure |= orders == EQUAL && option.has_value();
                }
                if !sure {
                    answers |= NO;
                }
                Symbol::flag(answers).with(lacks)
            }
            Op::Select {
                condition,
                then,
                otherwise,
            } => self.select(node, *condition, *then, *otherwise),
            Op::Round { of, mode, to } => {
                let of = self.get(*of);
                match of.form().cloned() {
                    Some(form) => {
                        let rounded = self.rounded(node, &form, *mode, to);
                        Symbol::number(rounded).with(of.lacks)
                    }
                    None => self.unfit(node, &[&of]),
                }
            }
            Op::AtLeast { of, bound } => self.limited(node, *of, *bound, false),
            Op::AtMost { of, bound } => self.limited(node, *of, *bound, true),
            Op::Aggregate {
                kind,
                of,
                of_many,
                tally,
                ..
            } => self.aggregate(node, *kind, of, *of_many, *tally),
            Op::MeanOfTally { tally, points, .. } => self.mean_of_tally(node, *tally, points),
            Op::Lookup { key, rows, .. } => self.lookup(node, *key, rows),
            Op::Between {
                key, points, ends, ..
            } => self.between(node, *key, points, *ends),
            Op::Weigh(group) => self.weigh(plan, node, group),
            Op::WeightedSum { weights } => self.weighted_sum(plan, node, *weights),
            Op::WeightOf { weights, member } => self.weight_of(node, *weights, *member),
            Op::FullMarks { weights } => self.full_marks(plan, node, *weights),
            Op::PartOf { weights, member } => self.part_of(plan, node, *weights, *member),
            Op::Applies { when, of } => {
                let (when, of) = (self.get(*when), self.get(*of));
                let strong = when.lacks;
                let mut own = of;
                if own.lacks.has(Lacks::NOT_APPLICABLE) {
                    own.lacks = own
                        .lacks
                        .without(Lacks::NOT_APPLICABLE)
                        .and(Lacks::NOT_ASKED);
                }
                match when.answers() {
                    YES => own.with(strong),
                    NO => Symbol::lacking(Lacks::NOT_APPLICABLE.and(strong)),
                    _ => own.with(Lacks::NOT_APPLICABLE).with(strong),
                }
            }
            Op::Stop(_) => Symbol::lacking(Lacks::STOP),
            Op::Adjusted {
                when,
                of,
                what,
                levels,
                worst_first,
            } => self.adjusted(*when, *of, *what, *levels, *worst_first),
            Op::Fired(list) | Op::Failed(list) => {
                let lacks = list.iter().fold(Lacks::NONE, |lacks, (when, _)| {
                    lacks.and(self.get(*when).lacks)
                });
                let count = self.some(node, Interval::at_least(Rational::ZERO));
                Symbol::of(Symbolic::Many(Rc::new(Many {
                    element: Symbol::of(Symbolic::Any),
                    count,
                })))
                .with(lacks)
            }
            Op::Row { .. } | Op::Rows { .. } => Symbol::unknown(),
            Op::Carry { slot, becomes } => {
                let own = self.get(*becomes);
                if let Some(slot) = self.carried.get_mut(*slot as usize) {
                    *slot = Some(own.clone());
                }
                own
            }
            Op::Carried { slot, first } => match self.carried.get(*slot as usize) {
                Some(Some(before)) => before.clone(),
                _ => self.get(*first),
            },
            Op::Place(row) => {
                let place = self.places.iter().rev().find(|(own, _)| own == row);
                match place {
                    Some((_, Some(place))) => {
                        let place = i64::try_from(*place).unwrap_or(i64::MAX);
                        Symbol::number(Form::constant(Rational::from_integer(place)))
                    }
                    _ => {
                        let any = Interval::at_least(Rational::ZERO);
                        self.somewhere(node, any, Some(Grid::whole()))
                    }
                }
            }
            Op::Member { of, field } => member(&self.get(*of), *field),
            Op::Column { of, field } => self.column(*of, *field),
            Op::At { map, key } => self.entry(node, *map, *key),
            Op::MapOf(list) | Op::ListOf(list) => {
                let elements: Vec<Symbol> = list.iter().map(|id| self.get(*id)).collect();
                Symbol::of(Symbolic::Fixed(elements.into()))
            }
            Op::Entries { of, .. } => self.entries(*of),
            Op::Keys(list) => {
                let keys: Vec<Symbol> = list.iter().map(|id| self.get(*id)).collect();
                let lacks = keys.iter().fold(Lacks::NONE, |lacks, key| {
                    lacks.and(key.lacks.without(Lacks::ABSENT))
                });
                Symbol::of(Symbolic::Record(keys.into())).with(lacks)
            }
            Op::Checked(check) => self.checked(check),
            Op::Unique { of, .. } => {
                self.follow(*of, node);
                self.get(*of).with(Lacks::FAULT)
            }
            Op::InOrder { of, field, .. } => {
                self.follow(*of, node);
                let of = self.get(*of).with(Lacks::FAULT);
                self.ordered(&of, *field)
            }
            Op::SkippingMissing(of) => self.skipping(node, *of),
            Op::CountingMissing(of, value) => {
                let (of, value) = (self.get(*of), self.get(*value));
                self.counting(&of, &value)
            }
            Op::Pick { which, count, of } => self.picked(node, *which, *count, *of),
            Op::Sorted { of, .. } => {
                let of = self.get(*of);
                self.shuffled(&of)
            }
            Op::Tally { counts, points } => self.tally(node, *counts, points),
            Op::All(flags) => self.quantified(*flags, NO),
            Op::Any(flags) => self.quantified(*flags, YES),
            Op::Share { flags, .. } => self.share(node, *flags),
            Op::Cohort { among, what, .. } => self.cohort(node, *among, what),
            Op::Standing {
                place,
                places,
                cohort,
            } => self.standing(node, *place, *places, *cohort),
            Op::Shift {
                of,
                by,
                months,
                back,
                ..
            } => self.shift(node, *of, *by, *months, *back),
            Op::Elapsed(a, b) => {
                let (a, b) = (self.get(*a), self.get(*b));
                match (a.form(), b.form()) {
                    (Some(x), Some(y)) => {
                        let day = Rational::from_integer(86_400);
                        Symbol::number(x.minus(y).scaled(&day)).with(a.lacks.and(b.lacks))
                    }
                    _ => self.unfit(node, &[&a, &b]),
                }
            }
            Op::DatePart(part, of) => self.date_part(node, *part, *of),
            Op::RoundSurd {
                surd, leaves, to, ..
            } => self.surd(node, surd, leaves, to),
        }
    }

    /// Operands of which nothing is known: any figure.
    pub(super) fn unfit(&mut self, node: NodeId, operands: &[&Symbol]) -> Symbol {
        let lacks = operands
            .iter()
            .fold(Lacks::NONE, |lacks, operand| lacks.and(operand.lacks));
        if operands.iter().any(|operand| !operand.may_have_value()) {
            return Symbol::lacking(lacks);
        }
        self.somewhere(node, Interval::ALL, None).with(lacks)
    }

    /// A variable that stands for nothing that could be split.
    pub(super) fn plain_curve(&mut self, interval: Interval, grid: Option<Grid>) -> Form {
        if let Some(point) = interval.point() {
            return Form::constant(point.clone());
        }
        let var = Var(u32::try_from(self.bounds.len()).unwrap_or(u32::MAX));
        self.bounds.push(interval);
        self.grids.push(grid);
        self.made_at.push(self.spot(NodeId(u32::MAX)));
        Form::of(var)
    }

    /// How many there are of something.
    pub(super) fn some(&mut self, _: NodeId, interval: Interval) -> Form {
        self.plain_curve(interval, Some(Grid::whole()))
    }

    fn adjusted(
        &mut self,
        when: NodeId,
        of: NodeId,
        what: crate::model::Adjust,
        levels: u32,
        worst_first: bool,
    ) -> Symbol {
        let (when, of) = (self.get(when), self.get(of));
        let lacks = when.lacks.and(of.lacks);
        let Symbolic::Option(among) = of.value else {
            return match of.value {
                Symbolic::Never => Symbol::lacking(lacks),
                other => Symbol::of(other).with(lacks),
            };
        };
        if !when.may_have_value() {
            return Symbol::lacking(lacks);
        }
        let mut after = 0;
        if when.answers() & NO != 0 {
            after |= among;
        }
        if when.answers() & YES != 0 {
            for level in 0..levels.min(64) {
                if among >> level & 1 == 1 {
                    after |= 1_u64
                        .checked_shl(crate::value::from_plan::adjusted(
                            level,
                            what,
                            levels,
                            worst_first,
                        ))
                        .unwrap_or(0);
                }
            }
        }
        Symbol::of(Symbolic::Option(after)).with(lacks)
    }

    pub(super) fn scratch(&mut self, plan: &Plan) -> &mut Vec<Cell> {
        if self.scratch.len() != plan.nodes.len() {
            self.scratch = vec![Cell::Absent(Absence::NoBranch); plan.nodes.len()];
        }
        &mut self.scratch
    }
}

/// A member of a row.
pub(super) fn member(row: &Symbol, field: usize) -> Symbol {
    match &row.value {
        Symbolic::Record(members) => members
            .get(field)
            .cloned()
            .unwrap_or_else(Symbol::unknown)
            .with(row.lacks),
        _ => row.clone(),
    }
}

/// What is known of a literal value: everything.
fn constant(value: &Value) -> Symbol {
    Symbol::of(match value {
        Value::Number(value) => Symbolic::Number(Form::constant(value.clone())),
        Value::Flag(flag) => Symbolic::Flag(if *flag { YES } else { NO }),
        Value::Option(option) => match 1_u64.checked_shl(*option) {
            Some(bit) => Symbolic::Option(bit),
            None => Symbolic::Any,
        },
        Value::Date(day) => {
            let days = crate::calendar::days_between(super::space::FIRST_DAY, *day);
            Symbolic::Number(Form::constant(Rational::from_integer(days)))
        }
        Value::List(cells) | Value::Map(cells) => {
            Symbolic::Fixed(cells.iter().map(of_cell).collect())
        }
        Value::Record(cells) => Symbolic::Record(cells.iter().map(of_cell).collect()),
        Value::Weights(weighing) => Symbolic::Weights(Rc::new((**weighing).clone())),
        Value::Text(_) | Value::Time(_) | Value::Named(_) | Value::Tally(_) => Symbolic::Any,
    })
}

/// What is known of a cell that is known.
pub(super) fn of_cell(cell: &Cell) -> Symbol {
    match cell {
        // Types bound how deep lists lie in lists.
        Cell::Value(value) => constant(value),
        Cell::Absent(Absence::Missing) => Symbol::lacking(Lacks::MISSING),
        Cell::Absent(Absence::NotAsked) => Symbol::lacking(Lacks::NOT_ASKED),
        Cell::Absent(Absence::NoBranch) => Symbol::lacking(Lacks::NO_BRANCH),
        Cell::Absent(Absence::NotApplicable) => Symbol::lacking(Lacks::NOT_APPLICABLE),
        Cell::Empty(_) => Symbol::lacking(Lacks::EMPTY),
        Cell::Fault(_) => Symbol::lacking(Lacks::FAULT),
        Cell::Stop(_) => Symbol::lacking(Lacks::STOP),
    }
}
