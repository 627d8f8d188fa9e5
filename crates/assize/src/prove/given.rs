//! What data gives in a region: figures, answers and options, one by one or as rows of any number;
//! and what stands in for what is not given.

use std::rc::Rc;

use super::form::Form;
use super::from_plan::{Open, Sketch};
use super::interval::Interval;
use super::space::{ABSENT, Choice, Holds, Leaf, MOST_ROWS, PRESENT};
use super::symbol::{EITHER, Lacks, Many, Symbol, Symbolic};
use crate::number::Rational;
use crate::plan::NodeId;

impl<'a> Sketch<'_, 'a> {
    /// What data gives.
    pub(super) fn given(&mut self, node: NodeId, leaf: &Leaf, absent: Lacks) -> Symbol {
        let presence = self.region.choice(leaf.presence);
        if presence == ABSENT {
            return Symbol::lacking(absent);
        }
        let symbol = self.held(node, &leaf.holds);
        if presence == PRESENT {
            return symbol;
        }
        let spot = self.spot(node);
        if self.general == 0 {
            // Whether it is given at all comes before what it is.
            self.open.insert(spot, Open::Choice(leaf.presence));
        }
        symbol.with(absent)
    }

    pub(super) fn held(&mut self, node: NodeId, holds: &Holds) -> Symbol {
        match holds {
            Holds::Figure(var) => {
                let point = self.bounds.get(var.index()).and_then(Interval::point);
                Symbol::number(match point {
                    Some(value) => Form::constant(value.clone()),
                    None => Form::of(*var),
                })
            }
            Holds::Chosen(choice) => {
                let among = self.region.choice(*choice);
                if among.count_ones() > 1 {
                    self.note(node, Open::Choice(*choice));
                }
                let all = self.space.choices.get(choice.0 as usize);
                // A flag has two answers; a scale of two options is told apart by its node's use.
                match all {
                    Some(_) if self.is_flag(*choice) => {
                        Symbol::flag(u8::try_from(among).unwrap_or(EITHER))
                    }
                    _ => Symbol::of(Symbolic::Option(among)),
                }
            }
            Holds::Keys(keys) => {
                let keys: Vec<Symbol> = keys
                    .iter()
                    .map(|key| self.given(node, key, Lacks::MISSING))
                    .collect();
                Symbol::of(Symbolic::Fixed(keys.into()))
            }
            Holds::Rows {
                count,
                rows,
                plain,
                lacks,
                any,
            } => {
                let among = self.region.choice(*count);
                let one = |sketch: &mut Self, row: &[Leaf]| -> Symbol {
                    let members: Vec<Symbol> = row
                        .iter()
                        .map(|leaf| sketch.given(node, leaf, *lacks))
                        .collect();
                    match (*plain, members.first()) {
                        (true, Some(first)) => first.clone(),
                        _ => Symbol::of(Symbolic::Record(members.into())),
                    }
                };
                let exact = (among.count_ones() == 1 && self.focus.is_none())
                    .then(|| among.trailing_zeros() as usize)
                    .filter(|exact| *exact <= MOST_ROWS);
                if let Some(exact) = exact {
                    let rows: Vec<Symbol> =
                        rows.iter().take(exact).map(|row| one(self, row)).collect();
                    return Symbol::of(Symbolic::Fixed(rows.into()));
                }
                self.general = self.general.saturating_add(1);
                let element = one(self, any);
                self.general = self.general.saturating_sub(1);
                if among.count_ones() > 1 && self.focus.is_none() {
                    self.note(node, Open::Choice(*count));
                }
                // An element that is followed is there.
                let followed = u32::from(self.focus == Some((self.instance, node)));
                let least = among.trailing_zeros().max(followed);
                let least = Rational::from_integer(i64::from(least));
                let count = self.some(node, Interval::at_least(least));
                Symbol::of(Symbolic::Many(Rc::new(Many { element, count })))
            }
            Holds::Opaque => Symbol::of(Symbolic::Any),
        }
    }

    /// What is followed in a list is followed in the same list in another order.
    pub(super) fn follow(&mut self, from: NodeId, to: NodeId) {
        if let Some(element) = self.followed.get(&from).cloned() {
            self.followed.insert(to, element);
        }
    }

    pub(super) fn is_flag(&self, choice: Choice) -> bool {
        self.space.flags.contains(&choice)
    }

    /// A value, or what stands in for it where it lacks one for one of these reasons.
    pub(super) fn instead(
        &mut self,
        node: NodeId,
        of: Symbol,
        then: Symbol,
        answered: Lacks,
    ) -> Symbol {
        if of.lacks.only(answered).is_none() {
            return of;
        }
        let left = of.lacks.without(answered);
        if !of.may_have_value() && left.is_none() {
            return then;
        }
        let own = Symbol {
            value: of.value,
            lacks: left,
        };
        self.joined(node, &[own, then])
    }
}
