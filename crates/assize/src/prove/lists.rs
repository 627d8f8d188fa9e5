//! Lists in a region. Elements that are known one by one are gone through one by one; a list of
//! any length is one element that stands for all, and what many of them make has bounds only.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::form::{Constraint, Form, Relation, Var};
use super::from_plan::Sketch;
use super::interval::{End, Interval};
use super::space::Grid;
use super::symbol::{EITHER, Lacks, Many, NO, Symbol, Symbolic, YES};
use crate::number::{Rational, Step};
use crate::plan::{Gives, NodeId, Op, Plan, RowCheck, Stands, Surd, SurdKind};
use crate::syntax::{Aggregate, DatePart, EdgeTies, Pick, Ties};

/// How often a figure that is handed from row to row is followed before it may be anything.
const PASSES: usize = 12;

/// What is known of the elements of a list.
pub(super) enum Elements {
    Fixed(Vec<Symbol>),
    Many(Symbol, Form),
    Unknown,
}

fn elements(symbol: &Symbol) -> Elements {
    match &symbol.value {
        Symbolic::Fixed(list) => Elements::Fixed(list.to_vec()),
        Symbolic::Many(many) => Elements::Many(many.element.clone(), many.count.clone()),
        Symbolic::Never => Elements::Fixed(Vec::new()),
        _ => Elements::Unknown,
    }
}

fn many(element: Symbol, count: Form) -> Symbol {
    Symbol::of(Symbolic::Many(Rc::new(Many { element, count })))
}

fn length(of: usize) -> Rational {
    Rational::from_integer(i64::try_from(of).unwrap_or(i64::MAX))
}

fn exactly(of: usize) -> Form {
    Form::constant(length(of))
}

impl<'a> Sketch<'_, 'a> {
    /// Some of so many.
    fn some_of(&mut self, node: NodeId, count: &Form) -> Form {
        let interval = Interval {
            low: Some(End::closed(Rational::ZERO)),
            high: self.interval(count).high,
        };
        let some = self.some(node, interval);
        self.require(count.minus(&some), Relation::AtLeast);
        some
    }

    /// So many, or fewer.
    fn between_so_many(&mut self, node: NodeId, least: usize, most: usize) -> Form {
        self.some(node, Interval::closed(length(least), length(most)))
    }

    fn any_number(&mut self, node: NodeId) -> Form {
        self.some(node, Interval::at_least(Rational::ZERO))
    }

    /// Goes through the elements of a list.
    pub(super) fn each(
        &mut self,
        plan: &'a Plan,
        row: NodeId,
        over: NodeId,
        end: NodeId,
        wanted: &[bool],
    ) -> Symbol {
        let Some(Op::Rows { only, gives, .. }) = plan.op(end) else {
            return Symbol::unknown();
        };
        let list = self.get(over);
        if !list.may_have_value() {
            return list;
        }
        let slots: Vec<u32> = (row.index()..end.index())
            .filter_map(|at| match plan.nodes.get(at) {
                Some(Op::Carried { slot, .. }) => Some(*slot),
                _ => None,
            })
            .collect();
        for slot in &slots {
            if let Some(slot) = self.carried.get_mut(*slot as usize) {
                *slot = None;
            }
        }
        match elements(&list) {
            Elements::Fixed(all) if all.len() <= if self.general == 0 { 250 } else { 16 } => {
                let mut given = Vec::with_capacity(all.len());
                let mut lacks = list.lacks;
                let mut uncertain = false;
                let path = self.path;
                let mut passes: Vec<Vec<Symbol>> = Vec::new();
                for (place, element) in all.into_iter().enumerate() {
                    let own = u64::try_from(place.min(254)).unwrap_or(254);
                    self.path = path.wrapping_mul(256).wrapping_add(own).wrapping_add(1);
                    self.places.push((row, Some(place)));
                    self.set(row, element);
                    self.pass(plan, row.index().saturating_add(1), end.index(), wanted);
                    self.places.pop();
                    if wanted.is_empty() {
                        let body = row.index()..end.index();
                        passes.push(body.filter_map(|at| self.known(at)).collect());
                    }
                    let mut answers = YES;
                    if let Some(only) = only {
                        let only = self.get(*only);
                        lacks = lacks.and(only.lacks);
                        answers = only.answers();
                        if answers & YES == 0 {
                            continue;
                        }
                    }
                    uncertain |= answers != YES;
                    given.push((self.gathered(row, gives), answers == YES));
                }
                self.path = path;
                self.any_pass(row, &passes);
                if uncertain {
                    let sure = given.iter().filter(|(_, sure)| *sure).count();
                    let most = given.len();
                    let all: Vec<Symbol> = given.into_iter().map(|(own, _)| own).collect();
                    let element = self.one_of(&all);
                    let count = self.between_so_many(end, sure, most);
                    return many(element, count).with(lacks);
                }
                let all: Vec<Symbol> = given.into_iter().map(|(own, _)| own).collect();
                Symbol::of(Symbolic::Fixed(all.into())).with(lacks)
            }
            Elements::Fixed(_) | Elements::Many(..) | Elements::Unknown => {
                let (element, count) = match elements(&list) {
                    Elements::Fixed(all) => {
                        let count = exactly(all.len());
                        (self.one_of(&all), count)
                    }
                    Elements::Many(element, count) => (element, count),
                    Elements::Unknown => (Symbol::unknown(), self.any_number(row)),
                };
                // Of a list that is followed there is an element.
                let none = (!list.lacks.without(Lacks::FAULT).is_none()
                    || self.interval(&count).contains(&Rational::ZERO))
                    && !self.followed.contains_key(&over);
                self.hollow = self.hollow.saturating_add(u32::from(none));
                let loop_of = self.any_row(
                    plan,
                    (row, end),
                    element,
                    count,
                    (*only, gives),
                    &slots,
                    wanted,
                );
                self.hollow = self.hollow.saturating_sub(u32::from(none));
                loop_of.with(list.lacks)
            }
        }
    }

    fn known(&self, at: usize) -> Option<Symbol> {
        self.symbols.get(self.instance)?.get(at).cloned()
    }

    /// What is known of the lines of a loop, whichever element it is at: who looks at all nodes
    /// takes what is said there as said of every element.
    fn any_pass(&mut self, row: NodeId, passes: &[Vec<Symbol>]) {
        let lines = passes.first().map_or(0, Vec::len);
        for line in 0..lines {
            let all: Vec<Symbol> = passes
                .iter()
                .filter_map(|pass| pass.get(line).cloned())
                .collect();
            let any = self.one_of(&all);
            let slot = self
                .symbols
                .get_mut(self.instance)
                .and_then(|symbols| symbols.get_mut(row.index().saturating_add(line)));
            if let Some(slot) = slot {
                *slot = any;
            }
        }
    }

    /// The lines of a loop for a row that stands for any row.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one loop, which is called in one place"
    )]
    fn any_row(
        &mut self,
        plan: &'a Plan,
        (row, end): (NodeId, NodeId),
        element: Symbol,
        count: Form,
        (only, gives): (Option<NodeId>, &Gives),
        slots: &[u32],
        wanted: &[bool],
    ) -> Symbol {
        self.general = self.general.saturating_add(1);
        self.places.push((row, None));
        let path = self.path;
        self.path = path.wrapping_mul(256).wrapping_add(255);
        let mut before: Vec<Option<Symbol>> = vec![None; slots.len()];
        for pass in 0..PASSES {
            for (slot, own) in slots.iter().zip(&before) {
                if let Some(place) = self.carried.get_mut(*slot as usize) {
                    own.clone_into(place);
                }
            }
            let fresh = self.fresh(&element);
            self.set(row, fresh);
            self.pass(plan, row.index().saturating_add(1), end.index(), wanted);
            if slots.is_empty() {
                break;
            }
            let mut settled = true;
            for (slot, own) in slots.iter().zip(before.iter_mut()) {
                let first = (row.index()..end.index()).find_map(|at| match plan.nodes.get(at) {
                    Some(Op::Carried { slot: of, first }) if of == slot => Some(*first),
                    _ => None,
                });
                let after = self.carried.get(*slot as usize).cloned().flatten();
                let first = first.map(|first| self.get(first));
                let all: Vec<Symbol> = [own.clone(), first, after].into_iter().flatten().collect();
                let joined = if pass.saturating_add(2) >= PASSES {
                    Symbol::unknown()
                } else {
                    self.one_of(&all)
                };
                let same = own
                    .as_ref()
                    .is_some_and(|own| self.is_same_range(own, &joined));
                if !same {
                    settled = false;
                    *own = Some(joined);
                }
            }
            if settled {
                break;
            }
        }
        self.path = path;
        self.places.pop();
        self.general = self.general.saturating_sub(1);
        let mut lacks = Lacks::NONE;
        let mut count = count;
        if let Some(only) = only {
            let only = self.get(only);
            lacks = only.lacks;
            match only.answers() {
                YES => {}
                NO => count = exactly(0),
                _ => count = self.some_of(end, &count),
            }
        }
        let given = self.gathered(row, gives);
        let over = match plan.op(row) {
            Some(Op::Row { over, .. }) => Some(*over),
            _ => None,
        };
        let followed = over.and_then(|over| self.followed.get(&over).cloned());
        if let Some(element) = followed.filter(|_| self.general == 0) {
            for (slot, own) in slots.iter().zip(&before) {
                if let Some(place) = self.carried.get_mut(*slot as usize) {
                    own.clone_into(place);
                }
            }
            self.places.push((row, None));
            self.path = path.wrapping_mul(256).wrapping_add(255);
            self.set(row, element);
            self.pass(plan, row.index().saturating_add(1), end.index(), wanted);
            self.path = path;
            self.places.pop();
            if only.is_none() {
                let element = self.gathered(row, gives);
                self.followed.insert(end, element);
            }
        }
        if count.as_constant().is_some_and(Rational::is_zero) {
            return Symbol::of(Symbolic::Fixed([].into())).with(lacks);
        }
        many(given, count).with(lacks)
    }

    fn gathered(&self, row: NodeId, gives: &Gives) -> Symbol {
        let all = |list: &[NodeId]| list.iter().map(|id| self.get(*id)).collect::<Vec<_>>();
        match gives {
            Gives::One(node) => self.get(*node),
            Gives::Fields(list) => Symbol::of(Symbolic::Record(all(list).into())),
            Gives::Extended(list) => {
                let row = self.get(row);
                let mut members = match &row.value {
                    Symbolic::Record(members) => members.to_vec(),
                    Symbolic::Any => return Symbol::unknown(),
                    _ => vec![row],
                };
                members.extend(all(list));
                Symbol::of(Symbolic::Record(members.into()))
            }
        }
    }

    fn is_same_range(&self, a: &Symbol, b: &Symbol) -> bool {
        if a.lacks != b.lacks {
            return false;
        }
        match (&a.value, &b.value) {
            (Symbolic::Number(x), Symbolic::Number(y)) => {
                self.interval(x) == self.interval(y) && self.grid(x) == self.grid(y)
            }
            (Symbolic::Flag(x), Symbolic::Flag(y)) => x == y,
            (Symbolic::Option(x), Symbolic::Option(y)) => x == y,
            (Symbolic::Any, Symbolic::Any) | (Symbolic::Never, Symbolic::Never) => true,
            _ => false,
        }
    }

    /// An element of a list, with figures of its own: what holds of one row need not hold of
    /// another. How the figures of one row stand to each other is kept.
    pub(super) fn fresh(&mut self, element: &Symbol) -> Symbol {
        let mut names = BTreeMap::new();
        self.variables(element, &mut names);
        self.beside(&mut names);
        for var in names.clone().into_keys() {
            let interval = self.bounds.get(var.index()).cloned();
            let grid = self.grids.get(var.index()).cloned().flatten();
            let own = self.plain_curve(interval.unwrap_or(Interval::ALL), grid);
            match own.terms.as_slice() {
                [(own, _)] => {
                    names.insert(var, *own);
                }
                _ => {
                    names.remove(&var);
                }
            }
        }
        let copied: Vec<Constraint> = self
            .conditions
            .iter()
            .filter(|known| {
                known
                    .form
                    .terms
                    .iter()
                    .any(|(var, _)| names.contains_key(var))
            })
            .map(|known| Constraint::new(known.form.renamed(&names), known.relation))
            .collect();
        self.conditions.extend(copied);
        let quotients: Vec<(Var, (Form, Form))> = self
            .quotients
            .iter()
            .filter_map(|(var, (a, b))| {
                Some((*names.get(var)?, (a.renamed(&names), b.renamed(&names))))
            })
            .collect();
        self.quotients.extend(quotients);
        renamed(element, &names)
    }

    /// The variables of rows to which conditions tie these: those of the same row, which are
    /// others in another row as well.
    ///
    /// A list that stands in the row that is being gone through is one of that row: its figures stay
    /// tied to those of the row.
    fn beside(&self, names: &mut BTreeMap<Var, Var>) {
        let mut around = BTreeMap::new();
        for (row, _) in &self.places {
            self.variables(&self.get(*row), &mut around);
        }
        loop {
            let before = names.len();
            for known in &self.conditions {
                let vars = || known.form.terms.iter().map(|(var, _)| *var);
                if vars().any(|var| names.contains_key(&var)) {
                    let others = vars().filter(|var| !around.contains_key(var));
                    for var in others.filter(|var| self.is_of_any_row(*var)) {
                        names.insert(var, var);
                    }
                }
            }
            if names.len() == before {
                return;
            }
        }
    }

    fn is_of_any_row(&self, var: Var) -> bool {
        match var.index().checked_sub(self.space.bounds.len()) {
            None => self.space.any_rows.contains(&var),
            Some(made) => self
                .made_at
                .get(made)
                .is_some_and(|spot| spot.path.to_le_bytes().contains(&255)),
        }
    }

    /// The variables of an element that are not those of the subject itself.
    fn variables(&self, element: &Symbol, names: &mut BTreeMap<Var, Var>) {
        match &element.value {
            Symbolic::Number(form) => {
                for (var, _) in &form.terms {
                    let of_subject =
                        var.index() < self.space.bounds.len() && !self.space.any_rows.contains(var);
                    if !of_subject {
                        names.insert(*var, *var);
                    }
                }
            }
            Symbolic::Record(members) | Symbolic::Fixed(members) => {
                members
                    .iter()
                    .for_each(|member| self.variables(member, names));
            }
            Symbolic::Many(many) => self.variables(&many.element, names),
            Symbolic::Never
            | Symbolic::Flag(_)
            | Symbolic::Option(_)
            | Symbolic::Weights(_)
            | Symbolic::Any => {}
        }
    }

    /// What any element is like, and how many there are.
    pub(super) fn any_element(&mut self, node: NodeId, list: &Symbol) -> (Symbol, Form) {
        match elements(list) {
            Elements::Fixed(all) => (self.one_of(&all), exactly(all.len())),
            Elements::Many(element, count) => (element, count),
            Elements::Unknown => (Symbol::unknown(), self.any_number(node)),
        }
    }

    /// Where the figures of a list lie.
    pub(super) fn elements_hull(&mut self, list: &Symbol) -> Interval {
        match elements(list) {
            Elements::Fixed(all) => all
                .iter()
                .filter(|own| own.may_have_value())
                .map(|own| self.interval_of(own))
                .reduce(|a, b| a.hull(&b))
                .unwrap_or(Interval::ALL),
            Elements::Many(element, _) => self.interval_of(&element),
            Elements::Unknown => Interval::ALL,
        }
    }

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

    fn joined_lists(&mut self, lists: &[Symbol]) -> Symbol {
        let lacks = lists
            .iter()
            .fold(Lacks::NONE, |all, list| all.and(list.lacks));
        let mut all = Vec::new();
        let mut fixed = true;
        let mut count = exactly(0);
        for list in lists {
            match elements(list) {
                Elements::Fixed(own) => {
                    count = count.plus(&exactly(own.len()));
                    all.extend(own);
                }
                Elements::Many(element, own) => {
                    fixed = false;
                    count = count.plus(&own);
                    all.push(element);
                }
                Elements::Unknown => return Symbol::unknown(),
            }
        }
        if fixed {
            Symbol::of(Symbolic::Fixed(all.into())).with(lacks)
        } else {
            let element = self.one_of(&all);
            many(element, count).with(lacks)
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

    pub(super) fn filled(
        &mut self,
        node: NodeId,
        of: Symbol,
        value: &Symbol,
        keys: usize,
        whole: bool,
    ) -> Symbol {
        let strong = value.lacks;
        let mut alternatives = Vec::new();
        if of.may_have_value() {
            let value = match &of.value {
                Symbolic::Fixed(all) => Symbolic::Fixed(
                    all.iter()
                        .map(|own| {
                            if own.lacks.has(Lacks::MISSING) {
                                let left = Symbol {
                                    value: own.value.clone(),
                                    lacks: own.lacks.without(Lacks::MISSING),
                                };
                                if left.may_have_value() {
                                    self.one_of(&[left, value.clone()])
                                } else {
                                    value.clone()
                                }
                            } else {
                                own.clone()
                            }
                        })
                        .collect(),
                ),
                other => other.clone(),
            };
            alternatives.push(Symbol::of(value));
        }
        let mut lacks = of.lacks;
        if whole && lacks.has(Lacks::MISSING) {
            lacks = lacks.without(Lacks::MISSING);
            alternatives.push(Symbol::of(Symbolic::Fixed(
                vec![value.clone(); keys].into(),
            )));
        }
        self.joined(node, &alternatives).with(lacks).with(strong)
    }

    pub(super) fn column(&mut self, of: NodeId, field: usize) -> Symbol {
        let of = self.get(of);
        if !of.may_have_value() {
            return of;
        }
        let lacks = of.lacks;
        match elements(&of) {
            Elements::Fixed(all) => {
                let mut column = Vec::new();
                let mut fixed = true;
                for row in &all {
                    let own = super::from_plan::member(row, field);
                    match &own.value {
                        Symbolic::Fixed(inner) if own.lacks.is_none() => {
                            column.extend(inner.iter().cloned());
                        }
                        Symbolic::Fixed(_) | Symbolic::Many(_) | Symbolic::Any => fixed = false,
                        _ => column.push(own),
                    }
                }
                if fixed {
                    return Symbol::of(Symbolic::Fixed(column.into())).with(lacks);
                }
                let mut inner = column;
                for row in &all {
                    let own = super::from_plan::member(row, field);
                    if matches!(
                        own.value,
                        Symbolic::Fixed(_) | Symbolic::Many(_) | Symbolic::Any
                    ) {
                        let (element, _) = self.any_element(of_node(), &own);
                        inner.push(element.with(own.lacks));
                    }
                }
                let element = self.one_of(&inner);
                let count = self.any_number(of_node());
                many(element, count).with(lacks)
            }
            Elements::Many(element, count) => {
                let own = super::from_plan::member(&element, field);
                match &own.value {
                    Symbolic::Fixed(_) | Symbolic::Many(_) | Symbolic::Any => {
                        let (inner, _) = self.any_element(of_node(), &own);
                        let count = self.any_number(of_node());
                        many(inner.with(own.lacks), count).with(lacks)
                    }
                    _ => many(own, count).with(lacks),
                }
            }
            Elements::Unknown => {
                let count = self.any_number(of_node());
                many(Symbol::unknown(), count).with(lacks)
            }
        }
    }

    pub(super) fn entry(&mut self, node: NodeId, map: NodeId, key: NodeId) -> Symbol {
        let (map, key) = (self.get(map), self.get(key));
        let lacks = map.lacks.and(key.lacks);
        if !map.may_have_value() || !key.may_have_value() {
            return Symbol::lacking(lacks);
        }
        match (&map.value, &key.value) {
            (Symbolic::Fixed(all), Symbolic::Option(among)) => {
                let possible: Vec<Symbol> = all
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| {
                        u32::try_from(*place)
                            .ok()
                            .and_then(|place| among.checked_shr(place))
                            .is_some_and(|bits| bits & 1 == 1)
                    })
                    .map(|(_, own)| own.clone())
                    .collect();
                self.joined(node, &possible).with(lacks)
            }
            (Symbolic::Many(many), _) => {
                let element = many.element.clone();
                let interval = self.interval_of(&element);
                match element.value {
                    Symbolic::Number(_) => self
                        .somewhere(node, interval, None)
                        .with(element.lacks)
                        .with(lacks)
                        .with(Lacks::MISSING),
                    _ => Symbol::unknown(),
                }
            }
            _ => Symbol::unknown(),
        }
    }

    pub(super) fn entries(&mut self, of: NodeId) -> Symbol {
        let of = self.get(of);
        if !of.may_have_value() {
            return of;
        }
        let entry = |own: Symbol| {
            let name = Symbol::of(Symbolic::Any);
            Symbol::of(Symbolic::Record(vec![name, own].into()))
        };
        match elements(&of) {
            Elements::Fixed(all) if all.iter().all(|own| own.lacks.is_none()) => {
                let all: Vec<Symbol> = all.into_iter().map(entry).collect();
                Symbol::of(Symbolic::Fixed(all.into())).with(of.lacks)
            }
            Elements::Fixed(_) => Symbol::unknown(),
            Elements::Many(element, count) => many(entry(element), count).with(of.lacks),
            Elements::Unknown => {
                let count = self.any_number(of_node());
                many(entry(Symbol::unknown()), count).with(of.lacks)
            }
        }
    }

    /// A member of a row whose range refuses what lies outside; of a list, each element.
    pub(super) fn checked(&mut self, check: &RowCheck) -> Symbol {
        let of = self.get(check.of);
        let mut lacks = of.lacks.and(Lacks::FAULT);
        for (bound, upper) in [(check.low, false), (check.high, true)] {
            let Some((node, included)) = bound else {
                continue;
            };
            let bound = self.get(node);
            lacks = lacks.and(bound.lacks.without(Lacks::ABSENT));
            let relation = if included {
                Relation::AtLeast
            } else {
                Relation::Above
            };
            let elements = match elements(&of) {
                Elements::Fixed(all) if of.form().is_none() => all,
                Elements::Many(element, _) => vec![element],
                Elements::Fixed(_) | Elements::Unknown => vec![of.clone()],
            };
            for element in &elements {
                // A row that leaves its range refuses the whole subject.
                if let (Some(x), Some(y)) = (element.form(), bound.form())
                    && self.is_kept(element, &of, &bound, upper)
                {
                    let apart = if upper { y.minus(x) } else { x.minus(y) };
                    self.require(apart, relation);
                }
            }
        }
        Symbol {
            value: of.value,
            lacks,
        }
    }

    /// Whether figures keep a bound, or there are such where one of them is absent: what is not
    /// given may be thought to be anything, and must not rule out what is.
    fn is_kept(&self, element: &Symbol, of: &Symbol, bound: &Symbol, upper: bool) -> bool {
        let (Some(x), Some(y)) = (element.form(), bound.form()) else {
            return false;
        };
        let (of_x, of_y) = (self.interval(x), self.interval(y));
        let (of_x, of_y) = if upper {
            (of_x, of_y)
        } else {
            (of_x.negated(), of_y.negated())
        };
        let x_may_lack =
            self.hollow > 0 || !of.lacks.only(Lacks::ABSENT).is_none() || !element.lacks.is_none();
        let low_enough = match (&of_x.low, &of_y.low) {
            (None, _) => true,
            (Some(x), Some(y)) => x.at <= y.at && x.included,
            (Some(_), None) => false,
        };
        let y_may_lack = !bound.lacks.only(Lacks::ABSENT).is_none();
        let high_enough = match (&of_x.high, &of_y.high) {
            (_, None) => true,
            (Some(x), Some(y)) => x.at <= y.at,
            (None, Some(_)) => false,
        };
        // What may be absent moves out of the way, as far as nothing else keeps it.
        let is_free = |form: &Form, rises: bool| {
            form.terms.iter().all(|(var, k)| {
                self.conditions.iter().all(|known| {
                    let factor = known.form.terms.iter().find(|(own, _)| own == var);
                    factor.is_none_or(|(_, factor)| {
                        known.relation != Relation::Equal
                            && (factor.signum() == k.signum()) == rises
                    })
                })
            })
        };
        if x_may_lack {
            low_enough && is_free(x, !upper)
        } else if y_may_lack {
            high_enough && is_free(y, upper)
        } else {
            true
        }
    }

    /// Rows in the order of a member. Data may give them in any order, and that changes nothing: so
    /// they are taken to come as they will stand, no two alike.
    pub(super) fn ordered(&mut self, of: &Symbol, field: usize) -> Symbol {
        let Elements::Fixed(all) = elements(of) else {
            return self.shuffled(of);
        };
        let keys: Option<Vec<Form>> = all
            .iter()
            .map(|row| super::from_plan::member(row, field))
            .map(|key| key.form().filter(|_| key.lacks.is_none()).cloned())
            .collect();
        let Some(keys) = keys.filter(|_| self.general == 0) else {
            return self.shuffled(of);
        };
        for pair in keys.windows(2) {
            if let [a, b] = pair {
                self.require(b.minus(a), Relation::Above);
            }
        }
        of.clone()
    }

    /// The same elements in an order that is not known.
    pub(super) fn shuffled(&mut self, of: &Symbol) -> Symbol {
        match elements(of) {
            Elements::Fixed(all) if all.len() > 1 => {
                let element = self.one_of(&all);
                many(element, exactly(all.len())).with(of.lacks)
            }
            Elements::Fixed(_) | Elements::Many(..) | Elements::Unknown => of.clone(),
        }
    }

    pub(super) fn skipping(&mut self, node: NodeId, of: NodeId) -> Symbol {
        let of = self.get(of);
        match elements(&of) {
            _ if !of.may_have_value() => of,
            Elements::Fixed(all) => {
                let sure = all
                    .iter()
                    .all(|own| own.lacks.only(Lacks::ABSENT).is_none() || !own.may_have_value());
                let answered = |own: &Symbol| Symbol {
                    value: own.value.clone(),
                    lacks: own.lacks.without(Lacks::ABSENT),
                };
                let left: Vec<Symbol> = all
                    .iter()
                    .filter(|own| {
                        own.may_have_value() || !own.lacks.without(Lacks::ABSENT).is_none()
                    })
                    .map(answered)
                    .collect();
                if sure {
                    return Symbol::of(Symbolic::Fixed(left.into())).with(of.lacks);
                }
                let least = all
                    .iter()
                    .filter(|own| own.lacks.only(Lacks::ABSENT).is_none())
                    .count();
                let most = left.len();
                let element = self.one_of(&left);
                let count = self.between_so_many(node, least, most);
                many(element, count).with(of.lacks)
            }
            Elements::Many(element, count) => {
                let left = Symbol {
                    lacks: element.lacks.without(Lacks::ABSENT),
                    value: element.value,
                };
                let count = if element.lacks.has(Lacks::ABSENT) {
                    self.some_of(node, &count)
                } else {
                    count
                };
                many(left, count).with(of.lacks)
            }
            Elements::Unknown => of,
        }
    }

    pub(super) fn counting(&mut self, of: &Symbol, value: &Symbol) -> Symbol {
        let mut one = |own: &Symbol| {
            if own.lacks.only(Lacks::ABSENT).is_none() {
                return own.clone();
            }
            let left = Symbol {
                value: own.value.clone(),
                lacks: own.lacks.without(Lacks::ABSENT),
            };
            if left.may_have_value() {
                self.one_of(&[left, value.clone()])
            } else {
                value.clone().with(left.lacks)
            }
        };
        match elements(of) {
            Elements::Fixed(all) if of.may_have_value() => {
                let all: Vec<Symbol> = all.iter().map(one).collect();
                Symbol::of(Symbolic::Fixed(all.into())).with(of.lacks)
            }
            Elements::Many(element, count) => many(one(&element), count).with(of.lacks),
            Elements::Fixed(_) | Elements::Unknown => of.clone(),
        }
    }

    pub(super) fn picked(
        &mut self,
        node: NodeId,
        which: Pick,
        count: NodeId,
        of: NodeId,
    ) -> Symbol {
        let (wanted, of) = (self.get(count), self.get(of));
        if !wanted.may_have_value() || !of.may_have_value() {
            return Symbol::lacking(wanted.lacks.and(of.lacks));
        }
        let lacks = wanted.lacks;
        let exact = wanted
            .form()
            .and_then(Form::as_constant)
            .and_then(Rational::to_i64)
            .and_then(|count| usize::try_from(count).ok());
        let positional = matches!(which, Pick::First | Pick::Last);
        if let (true, Some(exact), Symbolic::Fixed(all)) = (positional, exact, &of.value) {
            if all.len() < exact {
                return Symbol::lacking(lacks.and(of.lacks).and(Lacks::NO_BRANCH));
            }
            let skipped = if which == Pick::Last {
                all.len().saturating_sub(exact)
            } else {
                0
            };
            let own: Vec<Symbol> = all.iter().skip(skipped).take(exact).cloned().collect();
            return Symbol::of(Symbolic::Fixed(own.into())).with(lacks.and(of.lacks));
        }
        let (element, own) = self.any_element(node, &of);
        let lacks = if positional {
            lacks.and(of.lacks).and(Lacks::NO_BRANCH)
        } else {
            lacks.and(of.lacks).and(element.lacks)
        };
        let all = self.interval(&own);
        let count = match (which, exact) {
            (Pick::First | Pick::Last, Some(exact)) => exactly(exact),
            (Pick::Highest | Pick::Lowest, Some(exact)) => {
                self.some(node, all.minimum(&Interval::exactly(length(exact))))
            }
            (Pick::WithoutHighest | Pick::WithoutLowest, Some(exact)) => {
                let rest = all.plus(&Interval::exactly(length(exact)).negated());
                self.some(node, rest.maximum(&Interval::exactly(Rational::ZERO)))
            }
            (_, None) => self.some_of(node, &own),
        };
        let element = if positional {
            element
        } else {
            Symbol::of(element.value)
        };
        many(element, count).with(lacks)
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

    /// Where each element stands among all: bounds only.
    pub(super) fn cohort(&mut self, node: NodeId, among: NodeId, what: &Stands) -> Symbol {
        let among = self.get(among);
        if !among.may_have_value() {
            return among;
        }
        let (element, count) = self.any_element(node, &among);
        let lacks = among.lacks.and(element.lacks);
        let one = Interval {
            low: Some(End::closed(Rational::ONE)),
            high: self
                .interval(&count)
                .maximum(&Interval::exactly(Rational::ONE))
                .high,
        };
        let (given, more) = match what {
            // The rank of one that is there is at most how many there are.
            Stands::Rank { ties, .. } => {
                let grid = (*ties != Ties::Averaged).then(Grid::whole);
                let rank = self.plain_curve(one, grid);
                self.ranks.push((rank.clone(), count.clone()));
                (Symbol::number(rank), Lacks::NONE)
            }
            Stands::Top { size, ties, .. } => {
                let size = self.get(*size);
                let all = size
                    .form()
                    .and_then(Form::as_constant)
                    .is_some_and(Rational::is_zero)
                    && *ties == EdgeTies::Out;
                (Symbol::flag(if all { NO } else { EITHER }), size.lacks)
            }
            Stands::Split { pool, .. } => {
                let pool = self.get(*pool);
                let high = self.interval_of(&pool).high;
                let part = Interval {
                    low: Some(End::closed(Rational::ZERO)),
                    high,
                };
                (
                    self.somewhere(node, part, None),
                    pool.lacks.and(Lacks::EMPTY).and(Lacks::FAULT),
                )
            }
        };
        many(given, count).with(lacks).with(more)
    }

    pub(super) fn standing(
        &mut self,
        node: NodeId,
        place: NodeId,
        places: Option<NodeId>,
        cohort: NodeId,
    ) -> Symbol {
        let (place, cohort) = (self.get(place), self.get(cohort));
        if !cohort.may_have_value() {
            return cohort;
        }
        let mut lacks = cohort.lacks.and(place.lacks);
        if let Some(places) = places {
            lacks = lacks.and(Lacks::NO_BRANCH).and(self.get(places).lacks);
        }
        match elements(&cohort) {
            Elements::Many(element, _) => {
                let fresh = self.fresh(&element);
                let known = element.form().and_then(|form| {
                    let mut ranks = self.ranks.iter();
                    ranks.find(|(rank, _)| rank == form).cloned()
                });
                if let (Some((_, count)), Some(own)) = (known, fresh.form().cloned()) {
                    // Who is not among them has no rank, and there may be nobody.
                    let nobody = places.is_some() || self.hollow > 0;
                    let most = count.plus(&exactly(usize::from(nobody)));
                    self.require(most.minus(&own), Relation::AtLeast);
                }
                fresh.with(lacks)
            }
            Elements::Fixed(all) => {
                let joined = self.joined(node, &all);
                joined.with(lacks)
            }
            Elements::Unknown => Symbol::unknown(),
        }
    }

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

    /// A rounding of a formula without end: never negative where a root is its last step.
    pub(super) fn surd(
        &mut self,
        node: NodeId,
        surd: &Surd,
        leaves: &[NodeId],
        to: &Step,
    ) -> Symbol {
        let leaves: Vec<Symbol> = leaves.iter().map(|id| self.get(*id)).collect();
        let lacks = leaves
            .iter()
            .fold(Lacks::FAULT.and(Lacks::EMPTY), |all, leaf| {
                all.and(leaf.lacks)
            });
        if leaves.iter().any(|leaf| !leaf.may_have_value()) {
            return Symbol::lacking(lacks);
        }
        let interval = match surd {
            Surd::Of(SurdKind::Root, _) => Interval::at_least(Rational::ZERO),
            Surd::Exact(_) | Surd::Of(..) => Interval::ALL,
        };
        let grid = Grid {
            base: Rational::ZERO,
            step: to.size().clone(),
        };
        self.somewhere(node, interval, Some(grid)).with(lacks)
    }
}

/// A symbol with other variables.
fn renamed(symbol: &Symbol, names: &BTreeMap<Var, Var>) -> Symbol {
    let all = |list: &[Symbol]| list.iter().map(|own| renamed(own, names)).collect();
    let value = match &symbol.value {
        Symbolic::Number(form) => Symbolic::Number(form.renamed(names)),
        Symbolic::Record(members) => Symbolic::Record(all(members)),
        Symbolic::Fixed(members) => Symbolic::Fixed(all(members)),
        Symbolic::Many(own) => Symbolic::Many(Rc::new(Many {
            element: renamed(&own.element, names),
            count: own.count.renamed(names),
        })),
        other => other.clone(),
    };
    Symbol {
        value,
        lacks: symbol.lacks,
    }
}

/// The node of a figure that nothing asks for.
const fn of_node() -> NodeId {
    NodeId(u32::MAX)
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
