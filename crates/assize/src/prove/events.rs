//! Facts about events that are counted, such as complaints: from how many on a deduction is used up,
//! and how many already rule out the best level.

use super::claims::Ruling;
use super::form::Var;
use super::goal::Goal;
use super::interval::{End, Interval};
use super::properties::{Asked, Kind};
use super::search::{Answer, Search};
use super::space::{Holds, Space};
use super::{Prover, Tally};
use crate::model::{FigureId, FigureKind, InputId, Type};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op, PlannedFigure, What};
use crate::syntax::{Better, Sign};
use crate::text::words;

/// From how many on the best level is looked for in vain, at most.
const MOST_EVENTS: i64 = 12;

impl Prover<'_> {
    /// `deduct N per X` with a floor: from so many X on, further ones cost nothing.
    pub(super) fn exhausted(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(planned.figure) else {
            return;
        };
        let FigureKind::Item(_) = figure.kind else {
            return;
        };
        let floor = planned.steps.iter().find_map(|step| match &step.what {
            What::AtLeast { bound, .. } => self.interval(*bound).point().cloned(),
            _ => None,
        });
        let Some(floor) = floor else { return };
        for step in &planned.steps {
            let What::Change {
                sign: Sign::Deduct,
                amount,
                count: Some(count),
                ..
            } = &step.what
            else {
                continue;
            };
            let (Some(Op::Input(input)), None, None) =
                (self.plan.op(count.of), count.beyond, count.size.as_ref())
            else {
                continue;
            };
            let amount = self.interval(*amount).point().cloned();
            let Some(amount) = amount.filter(|amount| amount.signum() > 0) else {
                continue;
            };
            let Some(most) = self.before_deductions(planned) else {
                continue;
            };
            let left = &most - &floor;
            let cut = match &count.at_most {
                Some((bound, _)) => self.interval(*bound).point().cloned(),
                None => Some(left.clone()),
            };
            let Some(Ok(times)) = cut.map(|cut| cut.min(left).checked_div(&amount)) else {
                continue;
            };
            let times = times.ceil();
            let Some(from) = times.to_i64().filter(|from| *from > 0) else {
                continue;
            };
            // Events of which there cannot be so many are not told of.
            let events = self.interval(count.of).high;
            if events.is_some_and(|high| high.at <= times) {
                continue;
            }
            // One fewer, and the next still costs something.
            let fewer = &times - &Rational::ONE;
            let sooner = self.costs_nothing(planned.value, *input, &fewer, &mut Tally::default());
            if !matches!(sooner, Ruling::Refuted(_)) {
                continue;
            }
            let (shown, label) = (
                self.model
                    .input(*input)
                    .map_or("", |input| input.called.shown()),
                figure.called.shown(),
            );
            let next = from.saturating_add(1);
            let claim = words!(
                "from number {next} of {shown} on, {label} loses nothing more",
                "{shown}满 {from} 次（项）以后，再多也不再扣{label}的分"
            );
            let asked = self.ask(
                Kind::Exhausted,
                claim,
                (&step.origin, Some(planned.value)),
                |tally| self.costs_nothing(planned.value, *input, &times, tally),
            );
            // A fact is told where it is one.
            if matches!(asked.verdict, Ruling::Proved) {
                all.push(asked);
            }
        }
    }

    /// The most that an item comes to before its deductions.
    fn before_deductions(&self, planned: &PlannedFigure) -> Option<Rational> {
        let start = planned.steps.iter().find_map(|step| match step.what {
            What::StartAt | What::Value { .. } => Some(step.after),
            _ => None,
        })?;
        Some(self.interval(start).high?.at)
    }

    /// Whether a figure does not fall any more once an input has reached so much.
    fn costs_nothing(
        &self,
        figure: NodeId,
        input: InputId,
        from: &Rational,
        tally: &mut Tally,
    ) -> Ruling {
        let mut verdict = Ruling::Proved;
        for mut space in self.raised(input) {
            for instance in [0, 1] {
                let var = match space.leaf_of(instance, input).map(|leaf| &leaf.holds) {
                    Some(&Holds::Figure(var)) => var,
                    _ => return Ruling::Undecided,
                };
                narrow(&mut space, var, from);
            }
            let goal = Goal::Stands((1, figure), Comparison::Less, (0, figure));
            let goals = [goal];
            let search = Search::new(&space, &goals, self.budget).whether();
            verdict = match self.run(search, tally) {
                Answer::Never => verdict,
                Answer::Found(witness) => return Ruling::Refuted(Some(witness)),
                Answer::Undecided => Ruling::Undecided,
            };
        }
        verdict
    }

    /// How many events of a kind already rule out the best level.
    pub(super) fn excludes(&self, id: FigureId, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(id) else {
            return;
        };
        let (FigureKind::Grade(grade), Type::Option(scale)) = (&figure.kind, &figure.of) else {
            return;
        };
        let Some(scale) = self.model.scale(*scale) else {
            return;
        };
        let best = if grade.worst_first {
            scale.options.len().saturating_sub(1)
        } else {
            0
        };
        let Some(option) = scale.options.get(best) else {
            return;
        };
        let best = u32::try_from(best).unwrap_or(0);
        for (index, input) in self.model.inputs.iter().enumerate() {
            let Ok(index) = u32::try_from(index) else {
                continue;
            };
            let is_event = input.of == Type::Count
                && input.better == Some(Better::Lower)
                && self.reads(planned.value, InputId(index));
            let leaf = self.space.leaf_of(0, InputId(index));
            let Some(Holds::Figure(var)) = leaf.filter(|_| is_event).map(|leaf| &leaf.holds) else {
                continue;
            };
            let Some(events) = self.plan.inputs.get(index as usize) else {
                continue;
            };
            let mut tally = Tally::default();
            let mut found = None;
            for count in 1..=MOST_EVENTS {
                let least = Rational::from_integer(count);
                let mut space = self.space.clone();
                narrow(&mut space, *var, &least);
                let goals = [
                    Goal::Level((0, planned.value), best),
                    Goal::Is((0, *events), Comparison::GreaterEqual, least),
                ];
                match self.exists_in(&space, &goals, &mut tally) {
                    Ruling::Refuted(_) => {
                        found = Some(count);
                        break;
                    }
                    Ruling::Proved => {}
                    Ruling::Undecided => break,
                }
            }
            let Some(count) = found else { continue };
            let (shown, level) = (input.called.shown(), option.shown());
            let claim = words!(
                "{count} of {shown} already rules out {level}",
                "{shown}达到 {count} 次（项），就评不上“{level}”"
            );
            let mut asked = self.ask(
                Kind::Excludes,
                claim,
                (&input.origin, Some(planned.value)),
                |_| Ruling::Proved,
            );
            asked.regions = tally.regions;
            all.push(asked);
        }
    }
}

fn narrow(space: &mut Space<'_>, var: Var, from: &Rational) {
    let least = Interval {
        low: Some(End::closed(from.clone())),
        high: None,
    };
    if let Some(bounds) = space.bounds.get_mut(var.index()) {
        *bounds = bounds.meet(&least);
    }
}
