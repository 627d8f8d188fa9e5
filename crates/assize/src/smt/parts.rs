//! What the members of a group bring to its score, as terms, once their weights are known.

use super::Inexpressible;
use super::cells::{Cell, Lack, Value, Weighing};
use super::ops::Terms;
use super::text::{Figure, Sort, Truth};
use crate::plan::{NodeId, Op, WeighedMember};

impl Terms<'_> {
    /// fᵢ of a member that is a group with weights of its own, and where these are there.
    pub(super) fn full_if_shrunk(
        &self,
        member: &WeighedMember,
    ) -> Result<Option<(Truth, Figure)>, Inexpressible> {
        let Some(weighed) = member.weighed else {
            return Ok(None);
        };
        let cell = self.cell(weighed);
        match &cell.value {
            Value::Weights(weighing) => Ok(weighing
                .full
                .as_ref()
                .map(|full| (cell.is_there(), full.clone()))),
            other => Err(self.opaque(weighed, other)),
        }
    }

    /// F · Σ w′ᵢ·(sᵢ/fᵢ) / W.
    pub(super) fn weighted_sum(
        &mut self,
        id: NodeId,
        weights: NodeId,
    ) -> Result<Cell, Inexpressible> {
        let Some(Op::Weigh(group)) = self.plan.op(weights) else {
            return Ok(Cell::defect());
        };
        let mut lack = self.cell(weights).lack.clone();
        let mut parts = Vec::with_capacity(group.members.len());
        for member in 0..group.members.len() {
            let name = format!("{} part {member}", self.name(id));
            let part = self.contribution(weights, member)?;
            let part = part.settled(&name, self.writer);
            lack = lack.or_else(&part.lack);
            parts.push(match part.value {
                Value::Number(figure) => figure,
                _ => Figure::ZERO,
            });
        }
        Ok(Cell {
            lack,
            value: Value::Number(Figure::sum(&parts)),
        })
    }

    pub(super) fn part_of(&self, weights: NodeId, member: usize) -> Result<Cell, Inexpressible> {
        let part = self.contribution(weights, member)?;
        Ok(part.behind(&self.cell(weights).lack))
    }

    pub(super) fn weight_of(&self, weights: NodeId, member: usize) -> Cell {
        let cell = self.cell(weights);
        let Value::Weights(weighing) = &cell.value else {
            return Cell::defect();
        };
        let Some(weight) = weighing.weights.get(member) else {
            return Cell::defect();
        };
        let nothing = weighing.whole.equals(&Figure::ZERO, Sort::Real);
        Cell {
            lack: cell.lack.or_else(&Lack::missing(nothing)),
            value: Value::Number(weight.over(&weighing.whole)),
        }
    }

    pub(super) fn full_marks(&self, weights: NodeId) -> Cell {
        let cell = self.cell(weights);
        match &cell.value {
            Value::Weights(weighing) => match &weighing.full {
                Some(full) => Cell {
                    lack: cell.lack.clone(),
                    value: Value::Number(full.clone()),
                },
                None => Cell {
                    lack: cell.lack.or_else(&Lack::fault(Truth::YES)),
                    value: Value::Nothing,
                },
            },
            _ => Cell::defect(),
        }
    }

    /// What one member contributes where the weights are there; 0 where it is absent.
    fn contribution(&self, weights: NodeId, member: usize) -> Result<Cell, Inexpressible> {
        let (Some(Op::Weigh(group)), Value::Weights(weighing)) =
            (self.plan.op(weights), &self.cell(weights).value)
        else {
            return Ok(Cell::defect());
        };
        let (Some(of), Some(weight), Some(present)) = (
            group.members.get(member),
            weighing.weights.get(member),
            weighing.present.get(member),
        ) else {
            return Ok(Cell::defect());
        };
        let score = self.cell(of.score);
        // A member that is counted without a score is counted by a rule, as what that rule says.
        let mut stand_in = Cell::of(Value::Nothing);
        for (rule, acted) in group.rules.iter().zip(&weighing.acted) {
            if let Some(counted) = rule.stand_ins.get(member) {
                stand_in = Cell::pick(acted, self.cell(*counted), &stand_in);
            }
        }
        let stands_in = score.lack.absent().or(&weighing.set_aside);
        let counted = Cell::pick(&stands_in, &stand_in, &Cell::of(score.value.clone()));
        let value = match &counted.value {
            Value::Number(value) => value.clone(),
            Value::Nothing => Figure::ZERO,
            other => return Err(self.opaque(of.score, other)),
        };
        let written = of.full.clone().map(Figure::Is);
        let (mut full, mut below) = scale(weighing, written.as_ref());
        if let Some((shrinks, own)) = self.full_if_shrunk(of)? {
            let (full_then, below_then) = scale(weighing, Some(&own));
            full = Figure::pick(&shrinks, &full_then, &full, Sort::Real);
            below = Figure::pick(&shrinks, &below_then, &below, Sort::Real);
        }
        let part = match (&full, &below) {
            // What holds for all subjects is one factor.
            (Figure::Is(_), Figure::Is(_)) => value.times(&weight.times(&full.over(&below))),
            _ => weight.times(&value).times(&full).over(&below),
        };
        let lack = counted
            .lack
            .or_else(&Lack::fault(below.equals(&Figure::ZERO, Sort::Real)));
        let value = Figure::pick(present, &part, &Figure::ZERO, Sort::Real);
        Ok(Cell {
            lack: lack.when(present),
            value: Value::Number(value),
        })
    }
}

/// F and fᵢ · W for a member that is out of `own`; where either full is unknown, a member counts as
/// it is.
fn scale(weighing: &Weighing, own: Option<&Figure>) -> (Figure, Figure) {
    match (&weighing.full, own) {
        (Some(full), Some(own)) => (full.clone(), own.times(&weighing.whole)),
        _ => (Figure::ONE, weighing.whole.clone()),
    }
}
