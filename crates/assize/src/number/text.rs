//! Numbers as text, and back.
//!
//! A value that terminates is shown as the exact decimal, however long, without trailing zeros;
//! any other as the reduced fraction `52/3`. Reading takes what showing writes, and also trailing
//! zeros and fractions that are not reduced, because their value is not in doubt. Serialised
//! figures are text, so that no reader takes them for binary floating point.
//! Deliberately absent: exponents, group separators, locales. Width and precision of a format
//! string are passed over, so that `{:.2}` cannot cut a figure: see
//! [`Rational::to_decimal_string`].

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use super::decimal::{ParseError, is_plain};
use super::rational::{Form, Rational};
use super::rounding::{Mode, Step, power_of_ten};

impl Rational {
    /// How many decimal places it takes to write the value exactly; `None` where no number of
    /// places does, as for 52/3.
    #[must_use]
    pub fn decimal_places(&self) -> Option<u32> {
        match &self.0 {
            Form::Small(small) => {
                let twos = small.denominator.trailing_zeros();
                let mut rest = small.denominator.checked_shr(twos)?;
                let mut fives = 0_u32;
                while rest % 5 == 0 {
                    rest /= 5;
                    fives = fives.checked_add(1)?;
                }
                (rest == 1).then_some(twos.max(fives))
            }
            Form::Big(big) => {
                let twos = u32::try_from(big.denominator.trailing_zeros()?).ok()?;
                let fives = power_of_five(&big.denominator, twos)?;
                Some(twos.max(fives))
            }
        }
    }

    /// The value times 10ⁿ as a whole number, cut towards negative infinity where it is not one.
    pub(super) fn digits_at(&self, places: u32) -> BigInt {
        let (numerator, denominator) = self.halves();
        #[expect(
            clippy::arithmetic_side_effects,
            reason = "a product of arbitrary precision grows, it cannot overflow"
        )]
        let shifted = numerator.as_ref() * power_of_ten(places);
        shifted.div_floor(&denominator)
    }

    /// The value rounded to `places` as it is shown in tables: always with that many places.
    ///
    /// ```
    /// use assize::number::{Mode, Rational};
    ///
    /// let score = Rational::from_ratio(52, 3)?;
    /// assert_eq!(score.to_decimal_string(2, Mode::HalfUp), "17.33");
    /// assert_eq!(Rational::ONE.to_decimal_string(2, Mode::HalfUp), "1.00");
    /// # Ok::<(), assize::number::DivisionByZero>(())
    /// ```
    #[must_use]
    pub fn to_decimal_string(&self, places: u8, mode: Mode) -> String {
        let rounded = self.round(mode, &Step::places(places));
        with_point(&rounded.digits_at(u32::from(places)), usize::from(places))
    }
}

/// n where `odd · 2^twos` is `5ⁿ · 2^twos`. Powers are squared up and divided out from the top,
/// so that a denominator of 10,000 digits is not divided 10,000 times.
fn power_of_five(denominator: &BigInt, twos: u32) -> Option<u32> {
    #[expect(
        clippy::arithmetic_side_effects,
        reason = "shifting right shrinks, and squares of arbitrary precision cannot overflow"
    )]
    let (mut rest, powers) = {
        let rest = denominator >> twos;
        let mut powers = vec![(1_u32, BigInt::from(5))];
        while let Some((exponent, power)) = powers.last()
            && *power <= rest
        {
            let next = (exponent.checked_mul(2)?, power * power);
            powers.push(next);
        }
        (rest, powers)
    };
    let mut fives = 0_u32;
    for (exponent, power) in powers.iter().rev() {
        let (quotient, remainder) = rest.div_rem(power);
        if remainder.is_zero() {
            rest = quotient;
            fives = fives.checked_add(*exponent)?;
        }
    }
    rest.is_one().then_some(fives)
}

/// Writes `digits · 10⁻ⁿ` with exactly n places.
fn with_point(digits: &BigInt, places: usize) -> String {
    let unsigned = digits.magnitude().to_string();
    // One digit at least stands before the point.
    let lacking = places.saturating_add(1).saturating_sub(unsigned.len());
    let padded = "0".repeat(lacking) + &unsigned;
    let sign = if digits.is_negative() { "-" } else { "" };
    match padded.split_at_checked(padded.len().saturating_sub(places)) {
        Some((whole, fraction)) if !fraction.is_empty() => format!("{sign}{whole}.{fraction}"),
        _ => format!("{sign}{padded}"),
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Form::Small(small) = &self.0
            && small.denominator == 1
        {
            return write!(f, "{}", small.numerator);
        }
        let places = self.decimal_places();
        match places.and_then(|places| Some((places, usize::try_from(places).ok()?))) {
            Some((places, width)) => f.write_str(&with_point(&self.digits_at(places), width)),
            None => {
                let (numerator, denominator) = self.halves();
                write!(f, "{numerator}/{denominator}")
            }
        }
    }
}

impl FromStr for Rational {
    type Err = ParseError;

    /// Takes `12.5`, `-7` and `52/3`, of any length.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        if let Some((above, below)) = text.split_once('/') {
            let whole = |part: &str| is_plain(part) && !part.contains('.');
            if !whole(above) || !whole(below) || below.starts_with('-') || below == "0" {
                return Err(ParseError::NotANumber);
            }
            return Ok(Self::reduced(integer(above)?, integer(below)?));
        }
        if !is_plain(text) {
            return Err(ParseError::NotANumber);
        }
        match text.split_once('.') {
            Some((whole, fraction)) => {
                let places = u32::try_from(fraction.len()).map_err(|_| ParseError::TooLong)?;
                let digits = integer(&[whole, fraction].concat())?;
                Ok(Self::reduced(digits, power_of_ten(places)))
            }
            None => Ok(Self::from_coprime_big(integer(text)?, BigInt::one())),
        }
    }
}

fn integer(digits: &str) -> Result<BigInt, ParseError> {
    BigInt::from_str(digits).map_err(|_| ParseError::NotANumber)
}

impl Serialize for Rational {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rational {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Rational;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a figure as text, such as \"12.5\" or \"52/3\"")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Rational, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i64, denominator: i64) -> Rational {
        Rational::from_ratio(numerator, denominator).unwrap()
    }

    #[test]
    fn exact_decimals_or_reduced_fractions() {
        for (n, d, shown, places) in [
            (0, 5, "0", Some(0)),
            (-7, 1, "-7", Some(0)),
            (25, 2, "12.5", Some(1)),
            (1, 8, "0.125", Some(3)),
            (-1, 100, "-0.01", Some(2)),
            (100, 1, "100", Some(0)),
            (1, 1024, "0.0009765625", Some(10)),
            (52, 3, "52/3", None),
            (-1, 3, "-1/3", None),
            (1, 15, "1/15", None),
        ] {
            assert_eq!(ratio(n, d).to_string(), shown);
            assert_eq!(ratio(n, d).decimal_places(), places, "{shown}");
        }
    }

    #[test]
    fn long_denominators() {
        for (denominator, places) in [
            ("5".to_owned(), 1),
            ("1".to_owned() + &"0".repeat(40), 40),
            (BigInt::from(5).pow(1000).to_string(), 1000),
            (BigInt::from(5).pow(1023).to_string(), 1023),
            (BigInt::from(2).pow(70_000).to_string(), 70_000),
        ] {
            let value: Rational = format!("1/{denominator}").parse().unwrap();
            assert_eq!(value.decimal_places(), Some(places));
            let shown = value.to_string();
            assert_eq!(shown.len(), 2 + places as usize);
            assert_eq!(shown.parse(), Ok(value));
        }
        let odd: Rational = format!("1/{}", BigInt::from(5).pow(1000) * 3)
            .parse()
            .unwrap();
        assert_eq!(odd.decimal_places(), None);
    }

    #[test]
    fn what_is_written_is_read() {
        for (text, n, d) in [
            ("12.5", 25, 2),
            ("12.50", 25, 2),
            ("-7", -7, 1),
            ("-0.0", 0, 1),
            ("52/3", 52, 3),
            ("-104/6", -52, 3),
            ("6/3", 2, 1),
        ] {
            assert_eq!(text.parse(), Ok(ratio(n, d)), "{text}");
        }
        for text in [
            "", "-", "/", "1/", "/2", "1/0", "1/-2", "-1/-2", "1.5/2", "1/2.5", "1/2/3", "01/2",
            "1/02", "+1", "1e3", ".5", "5.", "007", "1_000", "1 /2", "１", "--1", "1,5",
        ] {
            let read: Result<Rational, _> = text.parse();
            assert_eq!(read, Err(ParseError::NotANumber), "{text:?}");
        }
    }

    #[test]
    fn fixed_places_for_tables() {
        for (text, places, shown) in [
            ("52/3", 2, "17.33"),
            ("1.375", 2, "1.38"),
            ("-1.375", 2, "-1.38"),
            ("-0.001", 2, "0.00"),
            ("7", 0, "7"),
            ("6.5", 0, "7"),
            ("0.05", 3, "0.050"),
            ("99999999999999999999.999", 2, "100000000000000000000.00"),
        ] {
            let value: Rational = text.parse().unwrap();
            assert_eq!(value.to_decimal_string(places, Mode::HalfUp), shown);
        }
    }

    #[test]
    fn figures_are_serialised_as_text() {
        let figures = [ratio(52, 3), ratio(25, 2)];
        let json = serde_json::to_string(&figures).unwrap();
        assert_eq!(json, r#"["52/3","12.5"]"#);
        assert_eq!(
            serde_json::from_str::<[Rational; 2]>(&json).unwrap(),
            figures
        );
        for refused in ["12.5", "12", "\"1e3\"", "null", "\"1/0\""] {
            assert!(
                serde_json::from_str::<Rational>(refused).is_err(),
                "{refused}"
            );
        }
    }
}
