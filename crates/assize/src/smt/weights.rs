//! Weights of a group as terms: what `value/weights` computes for one subject, said of all.

use super::Inexpressible;
use super::cells::{Cell, Lack, Value, Weighing};
use super::ops::Terms;
use super::text::{Figure, Sort, Truth};
use crate::model::{MissingThen, MissingWhen};
use crate::number::Rational;
use crate::plan::{NodeId, Weigh, WeighRule};

/// The members of a group for all subjects.
struct Members {
    applies: Vec<Truth>,
    present: Vec<Truth>,
    /// They apply and are absent.
    missing: Vec<Truth>,
    /// What they weigh where all are there.
    written: Vec<Figure>,
}

fn one_if(truth: &Truth) -> Figure {
    Figure::pick(truth, &Figure::ONE, &Figure::ZERO, Sort::Real)
}

impl Terms<'_> {
    pub(super) fn weigh(&mut self, id: NodeId, group: &Weigh) -> Result<Cell, Inexpressible> {
        let name = self.name(id);
        let scores: Vec<Lack> = group
            .members
            .iter()
            .map(|member| self.cell(member.score).lack.clone())
            .collect();
        let strong: Vec<Lack> = scores.iter().map(Lack::without_absence).collect();
        let strong = Lack::reason(&strong.iter().collect::<Vec<_>>());
        let members = self.members(&name, group, &scores)?;
        let nobody = if group.members.is_empty() {
            Truth::NO
        } else {
            Truth::any(members.applies.iter().cloned()).not()
        };
        let written_weights: Vec<Figure> = group
            .members
            .iter()
            .map(|member| Figure::Is(member.weight.clone()))
            .collect();
        let gone = Figure::sum(&written_weights).minus(&Figure::sum(&members.written));
        let gone = self
            .writer
            .figure(&format!("{name} gone"), gone, Sort::Real);
        let less = |figure: &Rational| Figure::Is(figure.clone()).minus(&gone);
        let mut settle = |what: &str, figure| {
            self.writer
                .figure(&format!("{name} {what}"), figure, Sort::Real)
        };
        let whole = settle("whole", less(&group.whole));
        let covered = settle("covered", less(&group.covered));
        let full = group.full.as_ref().map(|full| {
            if group.by_marks {
                settle("full", less(full))
            } else {
                Figure::Is(full.clone())
            }
        });
        let (mut weighing, after) = self.shifted(&name, group, &members, &covered);
        weighing.whole = whole;
        weighing.full = full;
        let after = self.settled_lack(&format!("{name} after"), after);
        let lack = self.counted_as_all_missing(&name, group, &members, &mut weighing);
        let lack = after.or_else(&lack);
        let inapplicable = Lack {
            inapplicable: Truth::YES,
            ..Lack::NONE
        };
        let lack = Lack::pick(&nobody, &inapplicable, &lack);
        Ok(Cell {
            lack: strong.or_else(&lack),
            value: Value::Weights(Box::new(weighing)),
        })
    }

    fn settled_lack(&mut self, name: &str, lack: Lack) -> Lack {
        Cell::lacking(lack).settled(name, self.writer).lack
    }

    fn members(
        &mut self,
        name: &str,
        group: &Weigh,
        scores: &[Lack],
    ) -> Result<Members, Inexpressible> {
        let mut members = Members {
            applies: Vec::new(),
            present: Vec::new(),
            missing: Vec::new(),
            written: Vec::new(),
        };
        for (place, (member, lack)) in group.members.iter().zip(scores).enumerate() {
            let applies = if member.may_not_apply {
                lack.inapplicable.not()
            } else {
                Truth::YES
            };
            let absent = lack.absent();
            let less = match (&member.full, self.full_if_shrunk(member)?) {
                (Some(written), Some((shrinks, full))) if group.by_marks => Figure::pick(
                    &shrinks,
                    &Figure::Is(written.clone()).minus(&full),
                    &Figure::ZERO,
                    Sort::Real,
                ),
                _ => Figure::ZERO,
            };
            let weight = Figure::Is(member.weight.clone()).minus(&less);
            let weight = Figure::pick(&applies, &weight, &Figure::ZERO, Sort::Real);
            let weight = self
                .writer
                .figure(&format!("{name} written {place}"), weight, Sort::Real);
            let missing = self
                .writer
                .truth(&format!("{name} lacks {place}"), applies.and(&absent));
            let present = self
                .writer
                .truth(&format!("{name} has {place}"), absent.not());
            members.applies.push(applies);
            members.present.push(present);
            members.missing.push(missing);
            members.written.push(weight);
        }
        Ok(members)
    }

    /// The weights after the rule for what is missing, and what there is instead where the rule
    /// gives none.
    fn shifted(
        &mut self,
        name: &str,
        group: &Weigh,
        members: &Members,
        covered: &Figure,
    ) -> (Weighing, Lack) {
        let some = Truth::any(members.missing.iter().cloned());
        let here: Vec<Figure> = members.present.iter().map(one_if).collect();
        let here = Figure::sum(&here);
        let here = self
            .writer
            .figure(&format!("{name} here"), here, Sort::Real);
        let (acts, none) = self.acting(&format!("{name} rule"), group, &members.missing, &here);
        let acts: Vec<Truth> = acts.iter().map(|acts| acts.and(&some)).collect();
        let mut lack = Lack::missing(none.and(&some));
        let plain: Vec<Figure> = members
            .written
            .iter()
            .zip(&members.present)
            .map(|(weight, present)| Figure::pick(present, weight, &Figure::ZERO, Sort::Real))
            .collect();
        let plain: Vec<Figure> = plain
            .into_iter()
            .enumerate()
            .map(|(place, weight)| {
                self.writer
                    .figure(&format!("{name} plain {place}"), weight, Sort::Real)
            })
            .collect();
        let left = Figure::sum(&plain);
        let left = self
            .writer
            .figure(&format!("{name} left"), left, Sort::Real);
        let mut weights = plain.clone();
        let mut present = members.present.clone();
        for (rule, acts) in group.rules.iter().zip(&acts) {
            if acts.is_no() {
                continue;
            }
            match &rule.then {
                MissingThen::NoValue => lack.missing = lack.missing.or(acts),
                MissingThen::Stop(_) => lack.stop = lack.stop.or(acts),
                MissingThen::CountAsZero | MissingThen::CountAsFull | MissingThen::CountAs(_) => {
                    for (((weight, here), missing), written) in weights
                        .iter_mut()
                        .zip(&mut present)
                        .zip(&members.missing)
                        .zip(&members.written)
                    {
                        let counts = acts.and(missing);
                        *weight = Figure::pick(&counts, written, weight, Sort::Real);
                        *here = here.or(&counts);
                    }
                }
                then => {
                    if let MissingThen::GiveTo(index) = then
                        && let Some(missing) = members.missing.get(*index)
                    {
                        lack.missing = lack.missing.or(&acts.and(missing));
                    }
                    let shares = shares(then, &plain, &members.present, (covered, &left, &here));
                    for (weight, share) in weights.iter_mut().zip(shares) {
                        *weight = Figure::pick(acts, &share, weight, Sort::Real);
                    }
                }
            }
        }
        for (place, weight) in weights.iter_mut().enumerate() {
            *weight = self.writer.figure(
                &format!("{name} shifted {place}"),
                weight.clone(),
                Sort::Real,
            );
        }
        let weighing = Weighing {
            weights,
            whole: Figure::ZERO,
            full: None,
            present,
            acted: acts,
            set_aside: Truth::NO,
        };
        (weighing, lack)
    }

    /// Zero weight left counts as all missing.
    fn counted_as_all_missing(
        &mut self,
        name: &str,
        group: &Weigh,
        members: &Members,
        weighing: &mut Weighing,
    ) -> Lack {
        if weighing.weights.is_empty() {
            return Lack::NONE;
        }
        let zero = |weight: &Figure| weight.equals(&Figure::ZERO, Sort::Real);
        let nothing = Truth::all(weighing.weights.iter().map(zero));
        let nothing = self.writer.truth(&format!("{name} no weight"), nothing);
        if nothing.is_no() {
            return Lack::NONE;
        }
        let (acts, none) = self.acting(
            &format!("{name} rule for all"),
            group,
            &members.applies,
            &Figure::ZERO,
        );
        let mut lack = Lack::missing(none.and(&nothing));
        for ((place, rule), acts) in group.rules.iter().enumerate().zip(&acts) {
            let acts = acts.and(&nothing);
            if acts.is_no() {
                continue;
            }
            match &rule.then {
                MissingThen::Stop(_) => lack.stop = lack.stop.or(&acts),
                MissingThen::CountAsZero | MissingThen::CountAsFull | MissingThen::CountAs(_) => {
                    for (((weight, here), applies), written) in weighing
                        .weights
                        .iter_mut()
                        .zip(&mut weighing.present)
                        .zip(&members.applies)
                        .zip(&members.written)
                    {
                        let counts = acts.and(applies);
                        *weight = Figure::pick(&counts, written, weight, Sort::Real);
                        *here = here.or(&counts);
                    }
                    for (other, acted) in weighing.acted.iter_mut().enumerate() {
                        *acted = if other == place {
                            acted.or(&acts)
                        } else {
                            acted.and(&acts.not())
                        };
                    }
                    weighing.set_aside = weighing.set_aside.or(&acts);
                }
                MissingThen::NoValue
                | MissingThen::WeighEqually
                | MissingThen::ShareEqually
                | MissingThen::ShareInProportion
                | MissingThen::GiveTo(_)
                | MissingThen::Weights(_) => lack.missing = lack.missing.or(&acts),
            }
        }
        for (place, (weight, here)) in weighing
            .weights
            .iter_mut()
            .zip(&mut weighing.present)
            .enumerate()
        {
            *weight = self.writer.figure(
                &format!("{name} weight {place}"),
                weight.clone(),
                Sort::Real,
            );
            *here = self
                .writer
                .truth(&format!("{name} counts {place}"), here.clone());
        }
        for (place, acted) in weighing.acted.iter_mut().enumerate() {
            *acted = self
                .writer
                .truth(&format!("{name} acted {place}"), acted.clone());
        }
        let aside = weighing.set_aside.clone();
        weighing.set_aside = self.writer.truth(&format!("{name} set aside"), aside);
        lack
    }

    /// Which rule speaks of these missing members, one truth for each rule; and that none does.
    fn acting(
        &mut self,
        name: &str,
        group: &Weigh,
        missing: &[Truth],
        here: &Figure,
    ) -> (Vec<Truth>, Truth) {
        let fits = |rule: &WeighRule| match &rule.when {
            MissingWhen::These(these) => {
                let at_least = matches!(rule.then, MissingThen::Stop(_) | MissingThen::NoValue);
                Truth::all(missing.iter().enumerate().map(|(place, missing)| {
                    match these.contains(&place) {
                        true => missing.clone(),
                        false if at_least => Truth::YES,
                        false => missing.not(),
                    }
                }))
            }
            MissingWhen::All => here.equals(&Figure::ZERO, Sort::Real),
            MissingWhen::FewerThan(least) => {
                let least = Figure::whole(i64::try_from(*least).unwrap_or(i64::MAX));
                here.is_below(&least, Sort::Real)
            }
            MissingWhen::Any => Truth::YES,
        };
        let rank = |rule: &WeighRule| match rule.when {
            MissingWhen::These(_) => 0,
            MissingWhen::All => 1,
            MissingWhen::FewerThan(_) => 2,
            MissingWhen::Any => 3,
        };
        let mut order: Vec<usize> = (0..group.rules.len()).collect();
        order.sort_by_key(|place| group.rules.get(*place).map(rank));
        let mut acts = vec![Truth::NO; group.rules.len()];
        let mut none = Truth::YES;
        for place in order {
            if let (Some(rule), Some(slot)) = (group.rules.get(place), acts.get_mut(place)) {
                let fits = fits(rule);
                let here = none.and(&fits);
                *slot = self.writer.truth(&format!("{name} {place}"), here);
                none = none.and(&slot.not());
            }
        }
        (acts, none)
    }
}

/// w′ for the rules that shift weights; 0 for all where no weight is left to shift to.
fn shares(
    then: &MissingThen,
    weights: &[Figure],
    present: &[Truth],
    (covered, left, here): (&Figure, &Figure, &Figure),
) -> Vec<Figure> {
    let missing = covered.minus(left);
    let nobody = here.equals(&Figure::ZERO, Sort::Real);
    let nothing = left.equals(&Figure::ZERO, Sort::Real);
    let each = |none: &Truth, weight: &dyn Fn(usize, &Figure) -> Figure| -> Vec<Figure> {
        weights
            .iter()
            .zip(present)
            .enumerate()
            .map(|(place, (own, present))| {
                let counts = present.and(&none.not());
                Figure::pick(&counts, &weight(place, own), &Figure::ZERO, Sort::Real)
            })
            .collect()
    };
    match then {
        MissingThen::WeighEqually => each(&nobody, &|_, _| covered.over(here)),
        MissingThen::ShareEqually => each(&nobody, &|_, own| own.plus(&missing.over(here))),
        MissingThen::ShareInProportion => each(&nothing, &|_, own| own.times(&covered.over(left))),
        MissingThen::GiveTo(index) => weights
            .iter()
            .enumerate()
            .map(|(place, own)| {
                if place == *index {
                    own.plus(&missing)
                } else {
                    own.clone()
                }
            })
            .collect(),
        MissingThen::Weights(listed) => each(&Truth::NO, &|place, _| {
            listed
                .get(place)
                .map_or(Figure::ZERO, |weight| Figure::Is(weight.clone()))
        }),
        MissingThen::CountAsZero
        | MissingThen::CountAsFull
        | MissingThen::CountAs(_)
        | MissingThen::NoValue
        | MissingThen::Stop(_) => weights.to_vec(),
    }
}
