//! What acts on the value of an item, group or total, line by line, and what happens where something is
//! missing.

use super::Aspect;
use super::outline::{Fact, List, Teller};
use crate::model::{Group, Item, Line, LineKind, MissingRule, MissingThen, MissingWhen};
use crate::syntax::Sign;
use crate::text::words;

impl Teller<'_> {
    /// What acts on the value of an item, group or total.
    pub(super) fn body(&mut self, item: &Item, group: Option<&Group>) {
        if let Some(applies) = item.applies {
            self.one_expr(Aspect::Applies, applies);
        }
        if let Some(origin) = &item.may_go_below_zero {
            self.one(Aspect::Floor, "none", words!("may go below zero", "可为负"));
            self.rests_on(origin.clone());
        }
        if let Some(origin) = &item.may_exceed {
            self.one(Aspect::Cap, "none", words!("may exceed", "可超满分"));
            self.rests_on(origin.clone());
        }
        for (line, place) in item.lines.iter().zip(0_usize..) {
            self.line(line, place);
        }
        for rule in &item.missing {
            self.missing(rule, group);
        }
    }

    fn line(&mut self, line: &Line, place: usize) {
        let mut exprs = Vec::new();
        let mut keys = Vec::new();
        let mut per_key = String::new();
        let aspect = match &line.kind {
            LineKind::StartAt(at) => {
                exprs.push(*at);
                Aspect::Start
            }
            LineKind::Change { sign, amount, per } => {
                exprs.push(*amount);
                if let Some(per) = per {
                    per_key = self.key(per.of);
                    exprs.push(per.of);
                    if let Some((size, broken)) = per.of_size {
                        keys.push(format!("{broken:?}"));
                        exprs.push(size);
                    }
                    for (name, limit) in [("beyond", per.beyond), ("at most", per.at_most)] {
                        if let Some(limit) = limit {
                            keys.push(name.to_owned());
                            exprs.push(limit);
                        }
                    }
                }
                match sign {
                    Sign::Add => Aspect::Addition,
                    Sign::Deduct => Aspect::Deduction,
                }
            }
            LineKind::Score(value) => {
                exprs.push(*value);
                Aspect::Score
            }
            LineKind::ScoreBy { by, tally, .. } => {
                keys.push(format!("by {}", tally.is_some()));
                exprs.push(*by);
                Aspect::Score
            }
            LineKind::MultiplyBy(by) => {
                exprs.push(*by);
                Aspect::Factor
            }
            LineKind::NotBelow(bound) => {
                exprs.push(*bound);
                Aspect::Floor
            }
            LineKind::NotAbove(bound) => {
                exprs.push(*bound);
                Aspect::Cap
            }
            LineKind::Round(mode, step) => {
                keys.push(format!("{mode:?} to {}", step.size()));
                Aspect::Rounding
            }
        };
        let when = line.when.map(|when| {
            exprs.push(when);
            self.key(when)
        });
        keys.extend(exprs.iter().map(|id| self.key(*id)));
        let fact = Fact {
            aspect,
            list: List::Ordered(Aspect::Line),
            key: format!("{aspect:?} {keys:?} {}", when.is_some()),
            pairs: vec![
                format!("{aspect:?} {per_key} {when:?}"),
                format!("{aspect:?} {per_key}"),
                format!("{aspect:?}"),
            ],
            said: self.statement(&line.origin, &exprs),
            origin: line.origin.clone(),
        };
        self.push(fact);
        if let LineKind::ScoreBy { lines, .. } = &line.kind {
            self.rows(lines, &format!("line {place}"), Aspect::Row);
        }
    }

    fn missing(&mut self, rule: &MissingRule, group: Option<&Group>) {
        let member = |place: &usize| {
            let member = group.and_then(|group| group.members.get(*place));
            member.map(|member| self.keys.member(member.of))
        };
        let when = match &rule.when {
            MissingWhen::Any => "any".to_owned(),
            MissingWhen::All => "all".to_owned(),
            MissingWhen::FewerThan(count) => format!("fewer than {count}"),
            MissingWhen::These(members) => {
                let mut names: Vec<_> = members.iter().map(member).collect();
                names.sort();
                format!("{names:?}")
            }
        };
        let mut exprs = Vec::new();
        let then = match &rule.then {
            MissingThen::GiveTo(to) => format!("give to {:?}", member(to)),
            MissingThen::Weights(weights) => {
                let mut shares: Vec<_> = weights
                    .iter()
                    .zip(0_usize..)
                    .map(|(weight, place)| format!("{:?} {weight}", member(&place)))
                    .collect();
                shares.sort();
                format!("{shares:?}")
            }
            MissingThen::CountAs(value) => {
                exprs.push(*value);
                format!("count as {}", self.key(*value))
            }
            MissingThen::Stop(stop) => {
                let stop = self.model.stops.get(*stop);
                let told = stop.map(|stop| (&stop.reason, &stop.label));
                format!("stop {told:?}")
            }
            then @ (MissingThen::WeighEqually
            | MissingThen::ShareEqually
            | MissingThen::ShareInProportion
            | MissingThen::CountAsZero
            | MissingThen::CountAsFull
            | MissingThen::NoValue) => format!("{then:?}"),
        };
        let fact = Fact {
            aspect: Aspect::MissingData,
            list: List::Ordered(Aspect::MissingData),
            key: format!("{when} => {then}"),
            pairs: vec![when, then],
            said: self.statement(&rule.origin, &exprs),
            origin: rule.origin.clone(),
        };
        self.push(fact);
    }
}
