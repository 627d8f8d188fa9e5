//! How long a figure may grow.
//!
//! A scheme of thirty lines can square a figure thirty times, and exact arithmetic would keep
//! each of its billion digits. A figure beyond the limit is a fault where it arises; nothing is
//! rounded to fit. Data and literals have at most 96 bits each, so real schemes stay far below.

use std::sync::Arc;

use super::Cell;
use crate::number::Rational;
use crate::outcome::{Fault, Refusal};
use crate::text::words;

/// The bits that each half of a figure's fraction may take: about 2,400 digits.
pub(crate) const MAX_BITS: u64 = 8_192;

impl Cell {
    /// The same, or a fault where it is a figure that grew too long.
    pub(super) fn within_growth(self) -> Self {
        match self.as_number() {
            Some(value) if value.bits() > MAX_BITS => Self::Fault(too_long()),
            _ => self,
        }
    }
}

/// The sum, unless it grows too long on the way.
pub(super) fn total<'a>(values: impl IntoIterator<Item = &'a Rational>) -> Result<Rational, Cell> {
    let mut sum = Rational::ZERO;
    for value in values {
        sum += value;
        if sum.bits() > MAX_BITS {
            return Err(Cell::Fault(too_long()));
        }
    }
    Ok(sum)
}

/// Whoever reads the cells adds which figure it was.
fn too_long() -> Arc<Refusal> {
    Arc::new(Refusal {
        code: Fault::Range,
        field: String::new(),
        message: words!(
            "the exact value would take more than {MAX_BITS} bits (about 2,400 digits): the scheme multiplies figures over and over; round one of them on the way",
            "精确值超过 {MAX_BITS} 位二进制（约 2400 位数字）：方案把数据反复相乘，请在中间某一步写明取舍"
        ),
    })
}

#[cfg(test)]
mod tests {
    use crate::input::Subject;
    use crate::outcome::{Fault, Outcome};

    /// x0 = x, then squares: x₁ = x², x₂ = x⁴, …
    fn squares(count: usize, last: &str) -> String {
        let squares: String = (0..count)
            .zip(1..=count)
            .map(|(from, to)| format!("    let x{to} = x{from} * x{from}\n"))
            .collect();
        format!(
            "scheme s {{\n    assesses person every month\n    input x0 : number 2..9\n{squares}    item i out of 10 {{\n        score {last}\n    }}\n}}\n"
        )
    }

    fn outcome(text: &str) -> Outcome {
        let checked = crate::check(text);
        let scheme = checked
            .scheme
            .unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
        let prepared = scheme.prepare(Subject::default()).unwrap();
        prepared.evaluate(&Subject::new([("x0", 2)]))
    }

    #[test]
    fn a_figure_that_doubles_without_an_end_is_a_fault_with_its_name() {
        // 2^(2^13) has 8,193 bits.
        let Outcome::Error(refusal) = outcome(&squares(60, "x60")) else {
            panic!("a score of astronomic length")
        };
        assert_eq!(
            (refusal.code, refusal.field.as_str()),
            (Fault::Range, "x13")
        );
    }

    #[test]
    fn long_figures_below_the_limit_stay_exact() {
        // 2^4096 − 2^4096 + 2; 2^4096 has 4,097 bits.
        let Outcome::Ok(scored) = outcome(&squares(12, "x12 - x12 + 2")) else {
            panic!("no score")
        };
        assert_eq!(scored.results["i"].to_string(), "2");
    }

    #[test]
    fn so_is_a_sum_of_many_that_grows_on_the_way() {
        let squares = squares(12, "sum of (x12, x12, 0 - x12, 0 - x12) + 1");
        let Outcome::Ok(scored) = outcome(&squares) else {
            panic!("no score")
        };
        assert_eq!(scored.results["i"].to_string(), "1");
    }
}
