//! The number that a workbook stores, as decimal text.
//!
//! A workbook stores the shortest text of a binary number, up to 17 digits, often with an
//! exponent: `0.30000000000000004`, `4.4999999999999998E-2`. Excel shows and compares 15
//! significant digits, and those are what the person typed. So the text is cut to 15 digits,
//! rounding half up, in decimal arithmetic on its digits: no number is ever made of it. A date is
//! a count of days since the end of 1899 (or since 1904), told from a figure by its format alone.

use chrono::{Days, NaiveDate};

const DIGITS: usize = 15;
/// The largest exponent that a binary number of 64 bits has, with room for its digits.
const EXPONENT: i32 = 400;
const DAY_MILLISECONDS: u128 = 86_400_000;

/// A stored number as decimal text.
#[derive(Debug, PartialEq, Eq)]
pub struct Figure {
    /// Without exponent.
    pub text: String,
    /// Whether digits beyond the fifteenth were left out.
    pub shortened: bool,
}

/// Reads a stored number; `None` if it is none.
pub fn figure(stored: &str) -> Option<Figure> {
    let (negative, unsigned) = match stored.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, stored),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, whole(exponent)?),
        None => (unsigned, 0),
    };
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let mut digits: Vec<u8> = Vec::new();
    for digit in before.bytes().chain(after.bytes()) {
        digits.push(digit.is_ascii_digit().then(|| digit.checked_sub(b'0'))??);
    }
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    digits.drain(..zeros);
    // The value is 0.d₁d₂d₃… times ten to the power of `point`.
    let mut point = i32::try_from(before.len())
        .ok()?
        .checked_sub(i32::try_from(zeros).ok()?)?
        .checked_add(exponent)?;
    let shortened = digits.iter().skip(DIGITS).any(|digit| *digit != 0);
    let up = digits.get(DIGITS).is_some_and(|digit| *digit >= 5);
    digits.truncate(DIGITS);
    if up && carry(&mut digits) {
        point = point.checked_add(1)?;
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    Some(Figure {
        text: plain(negative, &digits, point),
        shortened,
    })
}

fn whole(exponent: &str) -> Option<i32> {
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let exponent: i32 = exponent.parse().ok()?;
    (-EXPONENT..=EXPONENT)
        .contains(&exponent)
        .then_some(exponent)
}

/// Adds one to the last digit. Answers whether the number became one digit longer.
fn carry(digits: &mut Vec<u8>) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit = digit.saturating_add(1);
            return false;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
    true
}

fn plain(negative: bool, digits: &[u8], point: i32) -> String {
    if digits.is_empty() {
        return "0".to_owned();
    }
    let mut text = String::new();
    if negative {
        text.push('-');
    }
    let sign = |digit: &u8| char::from(digit.saturating_add(b'0'));
    match usize::try_from(point) {
        Ok(before) if before > 0 => {
            text.extend(digits.iter().take(before).map(sign));
            let missing = before.saturating_sub(digits.len());
            text.extend(std::iter::repeat_n('0', missing));
            if digits.len() > before {
                text.push('.');
                text.extend(digits.iter().skip(before).map(sign));
            }
        }
        Ok(_) | Err(_) => {
            let zeros = usize::try_from(point.unsigned_abs()).unwrap_or(0);
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', zeros));
            text.extend(digits.iter().map(sign));
        }
    }
    text
}

/// The date, the time of day or both that a stored number stands for, as ISO 8601 writes it.
/// `None` if it stands for none: it is negative, beyond the year 9999, or the 29 February 1900
/// that never was.
pub fn moment(figure: &str, since_1904: bool) -> Option<String> {
    let (days, fraction) = figure.split_once('.').unwrap_or((figure, ""));
    let mut days: u64 = days.parse().ok()?;
    let mut time = milliseconds(fraction)?;
    if time == DAY_MILLISECONDS {
        time = 0;
        days = days.checked_add(1)?;
    }
    let clock = clock(time);
    if days == 0 && !since_1904 {
        return Some(clock);
    }
    let first = match (since_1904, days) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        (false, ..60) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, 60) => return None,
        (false, 61..) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    let date = first.checked_add_days(Days::new(days))?;
    if date > NaiveDate::from_ymd_opt(9999, 12, 31)? {
        return None;
    }
    Some(if time == 0 {
        date.to_string()
    } else {
        format!("{date}T{clock}")
    })
}

/// How long a stored number of days is, in whole hours, minutes and seconds: `36 hours`. `None`
/// if it is negative, or no whole number of seconds.
pub fn elapsed(figure: &str) -> Option<String> {
    let (days, fraction) = figure.split_once('.').unwrap_or((figure, ""));
    let days: u128 = days.parse().ok()?;
    let milliseconds = days
        .checked_mul(DAY_MILLISECONDS)?
        .checked_add(milliseconds(fraction)?)?;
    if milliseconds % 1000 != 0 {
        return None;
    }
    let seconds = milliseconds / 1000;
    let parts = [
        (seconds / 3600, "hours"),
        (seconds / 60 % 60, "minutes"),
        (seconds % 60, "seconds"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    Some(if parts.is_empty() {
        "0 seconds".to_owned()
    } else {
        parts.join(" ")
    })
}

/// The milliseconds of a fraction of a day, rounded half up: 15 digits tell no finer.
fn milliseconds(fraction: &str) -> Option<u128> {
    if fraction.is_empty() {
        return Some(0);
    }
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits: u128 = fraction.parse().ok()?;
    digits
        .checked_mul(DAY_MILLISECONDS)?
        .checked_add(scale / 2)?
        .checked_div(scale)
}

fn clock(milliseconds: u128) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let (seconds, rest) = (seconds % 60, milliseconds % 1000);
    if rest == 0 {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}.{rest:03}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_numbers_are_read_as_excel_shows_them() {
        for (stored, text, shortened) in [
            ("47", "47", false),
            ("92.5", "92.5", false),
            ("-7", "-7", false),
            ("0", "0", false),
            ("-0", "0", false),
            ("0.30000000000000004", "0.3", true),
            ("4.4999999999999998E-2", "0.045", true),
            ("1.1000000000000001", "1.1", true),
            ("99.999999999999986", "100", true),
            ("123456789012345678", "123456789012346000", true),
            ("123456789012345000", "123456789012345000", false),
            ("1E+3", "1000", false),
            ("1.5e-3", "0.0015", false),
            ("0.00012", "0.00012", false),
            ("1.2345678901234549", "1.23456789012345", true),
            ("9.99999999999999999", "10", true),
        ] {
            let read = figure(stored).unwrap();
            assert_eq!(
                (read.text.as_str(), read.shortened),
                (text, shortened),
                "{stored}"
            );
        }
        for stored in [
            "", "-", ".", "1,5", "1e", "e5", "1e999", "0x1", "inf", "NaN", "１", "1 ",
        ] {
            assert_eq!(figure(stored), None, "{stored}");
        }
    }

    /// What 15 digits are taken for: every decimal of 15 digits that a person typed, stored as the
    /// nearest binary number and written with 17 digits, comes back as it was typed.
    #[test]
    fn fifteen_digits_survive_the_binary_number_of_the_file() {
        let mut seed = 7_u64;
        for _ in 0..20_000 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let digits = seed % 1_000_000_000_000_000;
            let places = (seed >> 60) as usize % 15 + 1;
            let text = format!("{digits:016}");
            let (before, after) = text.split_at(16 - places);
            let typed = format!("{before}.{after}");
            let stored = format!("{:.16e}", typed.parse::<f64>().unwrap());
            assert_eq!(
                figure(&stored).unwrap().text,
                figure(&typed).unwrap().text,
                "{typed} {stored}"
            );
            assert!(!figure(&typed).unwrap().shortened);
        }
    }

    #[test]
    fn numbers_of_days_are_dates() {
        for (stored, since_1904, expected) in [
            ("1", false, Some("1900-01-01")),
            ("59", false, Some("1900-02-28")),
            ("60", false, None),
            ("61", false, Some("1900-03-01")),
            ("45351", false, Some("2024-02-29")),
            ("43889", true, Some("2024-02-29")),
            ("45351.5", false, Some("2024-02-29T12:00:00")),
            ("45351.3958333333", false, Some("2024-02-29T09:30:00")),
            ("0.75", false, Some("18:00:00")),
            ("45351.9999999999", false, Some("2024-03-01")),
            ("2958465", false, Some("9999-12-31")),
            ("2958466", false, None),
            ("-1", false, None),
        ] {
            assert_eq!(moment(stored, since_1904).as_deref(), expected, "{stored}");
        }
    }
}
