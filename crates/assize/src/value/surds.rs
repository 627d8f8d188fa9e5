//! Figures without end, rounded: a formula of roots, powers and logarithms over exact figures.

use std::sync::Arc;

use super::from_plan::{Cells, defect};
use super::{Cell, growth};
use crate::number::irrational::{IrrationalError, Real};
use crate::number::{Mode, Rational, Step};
use crate::outcome::{Fault, Refusal};
use crate::plan::{Blame, NodeId, Surd, SurdKind};
use crate::text::{Words, words};

impl Cells<'_> {
    pub(super) fn round_surd(
        &self,
        surd: &Surd,
        leaves: &[NodeId],
        mode: Mode,
        to: &Step,
        blame: &Blame,
    ) -> Cell {
        if let Some(reason) = Cell::reason(leaves.iter().map(|id| self.get(*id))) {
            return reason;
        }
        let mut exact = Vec::with_capacity(leaves.len());
        for leaf in leaves {
            match self.get(*leaf).as_number() {
                Some(number) if growth::within([number]).is_ok() => exact.push(number),
                Some(_) => return self.too_long(),
                None => return defect(),
            }
        }
        let rounded = real(surd, &exact).and_then(|real| match real {
            Some(real) => real.round(mode, to).map(Some),
            None => Ok(None),
        });
        match rounded {
            Ok(Some(value)) => Cell::number(value),
            Ok(None) => defect(),
            Err(error) => {
                let (shown, Words { en, zh }) = (&blame.shown, error.words());
                Cell::Fault(Arc::new(Refusal {
                    code: match error {
                        IrrationalError::DivisionByZero => Fault::DivisionByZero,
                        _ => Fault::Domain,
                    },
                    field: blame.field.clone(),
                    message: words!("{shown}: {en}", "{shown}：{zh}"),
                }))
            }
        }
    }
}

/// The formula over its figures; the plan keeps formulas from being deep. `None` where it has not
/// as many operands as it needs.
fn real(surd: &Surd, exact: &[&Rational]) -> Result<Option<Real>, IrrationalError> {
    let (kind, operands) = match surd {
        Surd::Exact(place) => {
            return Ok(exact.get(*place).map(|value| Real::from((*value).clone())));
        }
        Surd::Of(kind, operands) => (*kind, operands),
    };
    // The exponent of a power is exact.
    if kind == SurdKind::Power {
        let [base, Surd::Exact(exponent)] = operands.as_slice() else {
            return Ok(None);
        };
        let (Some(base), Some(exponent)) = (real(base, exact)?, exact.get(*exponent)) else {
            return Ok(None);
        };
        return base.power(exponent).map(Some);
    }
    let mut values = Vec::with_capacity(operands.len());
    for operand in operands {
        match real(operand, exact)? {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    let mut values = values.into_iter();
    let (Some(a), b) = (values.next(), values.next()) else {
        return Ok(None);
    };
    Ok(Some(match (kind, b) {
        (SurdKind::Negate, _) => Real::from(Rational::ZERO).minus(a)?,
        (SurdKind::Root, _) => a.root(2)?,
        (SurdKind::NaturalLogarithm, _) => a.ln()?,
        (SurdKind::CommonLogarithm, _) => a.log10()?,
        (SurdKind::Plus, Some(b)) => a.plus(b)?,
        (SurdKind::Minus, Some(b)) => a.minus(b)?,
        (SurdKind::Times, Some(b)) => a.times(b)?,
        (SurdKind::Over, Some(b)) => a.over(b)?,
        _ => return Ok(None),
    }))
}
