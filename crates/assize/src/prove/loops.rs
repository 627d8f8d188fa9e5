//! Loops in a region: the elements of a list are gone through one by one where they are few and known;
//! of any number, one element is gone through that stands for all.

use super::form::{Constraint, Form, Var};
use super::from_plan::Sketch;
use super::interval::Interval;
use super::lists::{Elements, elements, exactly, many};
use super::symbol::{Lacks, Many, NO, Symbol, Symbolic, YES};
use crate::number::Rational;
use crate::plan::{Gives, NodeId, Op, Plan};
use std::collections::BTreeMap;
use std::rc::Rc;

/// How often a figure that is handed from row to row is followed before it may be anything.
const PASSES: usize = 12;

impl<'a> Sketch<'_, 'a> {
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
