//! Lists in a region: what is known of their elements, and what picks, orders, fills or reads them.
//! Elements that are known one by one are gone through one by one; a list of any length is one
//! element that stands for all.

use super::form::{Form, Relation};
use super::from_plan::{Sketch, member};
use super::interval::{End, Interval};
use super::symbol::{Lacks, Many, Symbol, Symbolic};
use crate::number::Rational;
use crate::plan::{NodeId, RowCheck};
use crate::syntax::Pick;
use std::rc::Rc;

/// What is known of the elements of a list.
pub(super) enum Elements {
    Fixed(Vec<Symbol>),
    Many(Symbol, Form),
    Unknown,
}

pub(super) fn elements(symbol: &Symbol) -> Elements {
    match &symbol.value {
        Symbolic::Fixed(list) => Elements::Fixed(list.to_vec()),
        Symbolic::Many(many) => Elements::Many(many.element.clone(), many.count.clone()),
        Symbolic::Never => Elements::Fixed(Vec::new()),
        _ => Elements::Unknown,
    }
}

pub(super) fn many(element: Symbol, count: Form) -> Symbol {
    Symbol::of(Symbolic::Many(Rc::new(Many { element, count })))
}

pub(super) fn length(of: usize) -> Rational {
    Rational::from_integer(i64::try_from(of).unwrap_or(i64::MAX))
}

pub(super) fn exactly(of: usize) -> Form {
    Form::constant(length(of))
}
impl Sketch<'_, '_> {
    /// Some of so many.
    pub(super) fn some_of(&mut self, node: NodeId, count: &Form) -> Form {
        let interval = Interval {
            low: Some(End::closed(Rational::ZERO)),
            high: self.interval(count).high,
        };
        let some = self.some(node, interval);
        self.require(count.minus(&some), Relation::AtLeast);
        some
    }

    /// So many, or fewer.
    pub(super) fn between_so_many(&mut self, node: NodeId, least: usize, most: usize) -> Form {
        self.some(node, Interval::closed(length(least), length(most)))
    }

    pub(super) fn any_number(&mut self, node: NodeId) -> Form {
        self.some(node, Interval::at_least(Rational::ZERO))
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

    pub(super) fn joined_lists(&mut self, lists: &[Symbol]) -> Symbol {
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
                    let own = member(row, field);
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
                    let own = member(row, field);
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
                let own = member(&element, field);
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
    pub(super) fn is_kept(
        &self,
        element: &Symbol,
        of: &Symbol,
        bound: &Symbol,
        upper: bool,
    ) -> bool {
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
            .map(|row| member(row, field))
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
}

/// The node of a figure that nothing asks for.
const fn of_node() -> NodeId {
    NodeId(u32::MAX)
}
