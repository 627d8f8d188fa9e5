//! The border with `rust_decimal`: literals and cells come in, exact decimals go out.
//!
//! A decimal holds at most 28 places and 96 bits. What does not fit is refused at its place, never
//! rounded; that is why text goes through `Decimal::from_str_exact`, after a look at its shape.
//! Calculating with decimals is deliberately absent: their operators round or panic.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::rational::Rational;
use super::rounding::power_of_ten;
use crate::text::{Words, words};

/// Why a text is not taken as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ParseError {
    /// Not digits with at most one point: `1,000`, `12分`, `1e3`, ` 12`, `１２`, `007`, `.5`.
    #[error("{}", self.words())]
    NotANumber,
    /// A number, but with more digits than can be held exactly: more than 28 places, or about 29
    /// digits in all.
    #[error("{}", self.words())]
    TooLong,
}

impl ParseError {
    /// What is wrong and what to write instead; the caller adds the place and the text.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::NotANumber => words!(
                "not a number: write plain digits, with a point where there are decimals, such as 12, -7 or 12.5; no thousands commas, units, blanks, exponents or leading zeros",
                "不是数字：请只写半角数字，有小数时用小数点，例如 12、-7、12.5；不要带千位逗号、单位、空格、科学计数法或开头多余的 0",
            ),
            Self::TooLong => words!(
                "too many digits to be held exactly: at most 28 decimal places and 28 digits in all; shorten it as the regulation allows, it is not rounded here",
                "位数太多，无法精确保存：小数最多 28 位，总共最多 28 位数字；请按制度规定自行取舍，这里不会代为四舍五入",
            ),
        }
    }
}

/// Whether `text` is an optional minus, a whole part without leading zeros and, after a point, at
/// least one digit.
pub(super) fn is_plain(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = match unsigned.split_once('.') {
        Some((whole, places)) => (whole, Some(places)),
        None => (unsigned, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && places.is_none_or(digits)
}

/// The number that a literal or a cell shows, exactly.
///
/// `12.50` is 12.5 and `-0.00` is 0. The digit separators of scheme literals (`1_000`) are the
/// parser's business and are not numbers here.
///
/// # Errors
///
/// [`ParseError::NotANumber`] for `1,000`, [`ParseError::TooLong`] for a number of 40 digits.
pub fn parse_decimal(text: &str) -> Result<Rational, ParseError> {
    if !is_plain(text) {
        return Err(ParseError::NotANumber);
    }
    Decimal::from_str_exact(text)
        .map(Rational::from_decimal)
        .map_err(|_| ParseError::TooLong)
}

impl Rational {
    /// The value of a decimal, whatever its scale.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        let whole = |power: u32| 10_i64.checked_pow(power);
        match (i64::try_from(value.mantissa()), whole(value.scale())) {
            (Ok(digits), Some(power)) => {
                Self::from_integer(digits) * Self::from_coprime(1, i128::from(power))
            }
            _ => Self::reduced(BigInt::from(value.mantissa()), power_of_ten(value.scale())),
        }
    }

    /// The value as a decimal, if one of at most 28 places and 96 bits is equal to it.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        let places = self.decimal_places()?;
        if places > Decimal::MAX_SCALE {
            return None;
        }
        let digits = self.digits_at(places).to_i128()?;
        Decimal::try_from_i128_with_scale(digits, places).ok()
    }
}

impl From<Decimal> for Rational {
    fn from(value: Decimal) -> Self {
        Self::from_decimal(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_cells_are_read_exactly() {
        for (text, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("12.50", "12.5"),
            ("-7", "-7"),
            ("100.000", "100"),
            (
                "0.0000000000000000000000000001",
                "0.0000000000000000000000000001",
            ),
            (
                "79228162514264337593543950335",
                "79228162514264337593543950335",
            ),
            (
                "-7.9228162514264337593543950335",
                "-7.9228162514264337593543950335",
            ),
        ] {
            assert_eq!(parse_decimal(text).unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_told_from_what_is_too_long() {
        for text in [
            "", "-", ".", "-.", "1,000", "1_000", "12分", "12 ", " 12", "1e3", "1E3", "+5", "--5",
            ".5", "5.", "-.5", "007", "00", "-01.5", "1.2.3", "１２", "一", "NaN", "inf", "0x10",
            "52/3", "1\n", "1\0", "−5", "40%",
        ] {
            assert_eq!(parse_decimal(text), Err(ParseError::NotANumber), "{text:?}");
        }
        for text in [
            "79228162514264337593543950336",
            "0.00000000000000000000000000001",
            "1.00000000000000000000000000000",
            "7.9228162514264337593543950336",
            "1234567890123456789012345678901234567890",
            "-0.1234567890123456789012345678901234567890",
        ] {
            assert_eq!(parse_decimal(text), Err(ParseError::TooLong), "{text:?}");
        }
    }

    #[test]
    fn decimals_leave_only_where_they_are_equal() {
        let leaves = |text: &str| {
            let value: Rational = text.parse().unwrap();
            value.to_decimal().map(|decimal| decimal.to_string())
        };
        assert_eq!(leaves("12.5").as_deref(), Some("12.5"));
        assert_eq!(leaves("-100").as_deref(), Some("-100"));
        assert_eq!(leaves("0").as_deref(), Some("0"));
        assert_eq!(
            leaves("-7.9228162514264337593543950335").as_deref(),
            Some("-7.9228162514264337593543950335")
        );
        for refused in [
            "52/3",
            "79228162514264337593543950336",
            "7.9228162514264337593543950336",
            "0.00000000000000000000000000001",
            "1000000000000000000000000000000000000000",
        ] {
            assert_eq!(leaves(refused), None, "{refused}");
        }
    }
}
