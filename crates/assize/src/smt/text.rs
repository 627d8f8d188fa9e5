//! Terms as text, folded where they are constant, and the text that grows line by line.
//!
//! A term is a literal, or the text of a symbol or of an application. What holds for every subject
//! (a weight, a line without condition, a figure that is never missing) is known while writing and
//! leaves no trace in the text; everything else gets a name of its own as soon as it is longer than
//! a symbol, so that no text is written twice.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::number::{Mode, Rational, Step};

/// The sort of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Real,
    /// Options by their place, and days.
    Int,
}

/// A term that is true or false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Is(bool),
    Text(Arc<str>),
}

/// A term that is a figure, of either sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    Is(Rational),
    Text(Arc<str>),
}

/// A symbol: any name, between bars.
pub(super) fn symbol(name: &str) -> Arc<str> {
    // Names of a scheme hold neither; an owner that people named in words may.
    let name: String = name
        .chars()
        .filter(|sign| !matches!(sign, '|' | '\\') && !sign.is_control())
        .collect();
    format!("|{name}|").into()
}

fn applied(name: &str, operands: &[String]) -> Arc<str> {
    format!("({name} {})", operands.join(" ")).into()
}

impl Truth {
    pub(super) const YES: Self = Self::Is(true);
    pub(super) const NO: Self = Self::Is(false);

    pub(super) fn text(&self) -> String {
        match self {
            Self::Is(truth) => truth.to_string(),
            Self::Text(text) => text.to_string(),
        }
    }

    pub(super) fn is_no(&self) -> bool {
        *self == Self::NO
    }

    pub(super) fn not(&self) -> Self {
        match self {
            Self::Is(truth) => Self::Is(!truth),
            Self::Text(text) => match text.strip_prefix("(not ") {
                Some(inner) => Self::Text(inner.strip_suffix(')').unwrap_or(inner).into()),
                None => Self::Text(format!("(not {text})").into()),
            },
        }
    }

    /// All of these.
    pub(super) fn all(these: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(these, true)
    }

    /// One of these.
    pub(super) fn any(these: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(these, false)
    }

    fn joined(these: impl IntoIterator<Item = Self>, all: bool) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for truth in these {
            match truth {
                Self::Is(truth) if truth == all => {}
                Self::Is(truth) => return Self::Is(truth),
                Self::Text(text) => {
                    // What is said and denied decides; what is said twice is said once.
                    let denied = Self::Text(Arc::clone(&text)).not().text();
                    if texts.contains(&denied) {
                        return Self::Is(!all);
                    }
                    if !texts.iter().any(|own| **own == *text) {
                        texts.push(text.to_string());
                    }
                }
            }
        }
        match texts.as_slice() {
            [] => Self::Is(all),
            [one] => Self::Text(one.as_str().into()),
            _ => Self::Text(applied(if all { "and" } else { "or" }, &texts)),
        }
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self::all([self.clone(), other.clone()])
    }

    pub(super) fn or(&self, other: &Self) -> Self {
        Self::any([self.clone(), other.clone()])
    }

    /// `then` where this holds, else `otherwise`.
    pub(super) fn pick(&self, then: &Self, otherwise: &Self) -> Self {
        match (self, then, otherwise) {
            (Self::Is(true), _, _) => then.clone(),
            (Self::Is(false), _, _) => otherwise.clone(),
            _ if then == otherwise => then.clone(),
            _ if self == then => self.or(otherwise),
            (_, Self::Is(true), _) => self.or(otherwise),
            (_, Self::Is(false), _) => self.not().and(otherwise),
            (_, _, Self::Is(true)) => self.not().or(then),
            (_, _, Self::Is(false)) => self.and(then),
            (Self::Text(condition), _, _) => {
                let (then, otherwise) = (then.text(), otherwise.text());
                Self::Text(format!("(ite {condition} {then} {otherwise})").into())
            }
        }
    }

    pub(super) fn same_as(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Is(true), other) | (other, Self::Is(true)) => other.clone(),
            (Self::Is(false), other) | (other, Self::Is(false)) => other.not(),
            (Self::Text(a), Self::Text(b)) => Self::Text(format!("(= {a} {b})").into()),
        }
    }
}

impl Figure {
    pub(super) const ZERO: Self = Self::Is(Rational::ZERO);
    pub(super) const ONE: Self = Self::Is(Rational::ONE);

    pub(super) fn whole(value: i64) -> Self {
        Self::Is(Rational::from_integer(value))
    }

    pub(super) fn text(&self, sort: Sort) -> String {
        let value = match self {
            Self::Text(text) => return text.to_string(),
            Self::Is(value) => value,
        };
        let size = value.abs();
        let text = match sort {
            Sort::Int => size.to_string(),
            Sort::Real if size.is_integer() => format!("{size}.0"),
            Sort::Real => {
                let written = size.to_string();
                if written.contains('/') {
                    format!("(/ {}.0 {}.0)", size.numerator(), size.denominator())
                } else {
                    written
                }
            }
        };
        if value.is_negative() {
            format!("(- {text})")
        } else {
            text
        }
    }

    fn real(&self) -> String {
        self.text(Sort::Real)
    }

    /// The sum of figures.
    pub(super) fn sum<'a>(these: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut known = Rational::ZERO;
        let mut texts = Vec::new();
        for figure in these {
            match figure {
                Self::Is(value) => known += value,
                Self::Text(text) => texts.push(text.to_string()),
            }
        }
        if texts.is_empty() {
            return Self::Is(known);
        }
        if !known.is_zero() {
            texts.push(Self::Is(known).real());
        }
        Self::Text(match texts.as_slice() {
            [one] => one.as_str().into(),
            _ => applied("+", &texts),
        })
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self::sum([self, other])
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Is(a), Self::Is(b)) => Self::Is(a - b),
            (_, Self::Is(b)) if b.is_zero() => self.clone(),
            (a, b) => Self::Text(format!("(- {} {})", a.real(), b.real()).into()),
        }
    }

    pub(super) fn negated(&self) -> Self {
        match self {
            Self::Is(value) => Self::Is(-value),
            Self::Text(text) => Self::Text(format!("(- {text})").into()),
        }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Is(a), Self::Is(b)) => Self::Is(a * b),
            (Self::Is(a), b) | (b, Self::Is(a)) if *a == Rational::ONE => b.clone(),
            (Self::Is(a), _) | (_, Self::Is(a)) if a.is_zero() => Self::ZERO,
            (a, b) => Self::Text(format!("(* {} {})", a.real(), b.real()).into()),
        }
    }

    /// The quotient; 0 where the divisor is, which [`Figure::equals`] tells apart.
    pub(super) fn over(&self, divisor: &Self) -> Self {
        match (self, divisor) {
            (_, Self::Is(by)) if by.is_zero() => Self::ZERO,
            (Self::Is(value), Self::Is(by)) => value.checked_div(by).map_or(Self::ZERO, Self::Is),
            (_, Self::Is(by)) if *by == Rational::ONE => self.clone(),
            (Self::Text(text), Self::Is(by)) => match Rational::ONE.checked_div(by) {
                Ok(times) if times.is_integer() => self.times(&Self::Is(times)),
                _ => Self::Text(format!("(/ {text} {})", divisor.real()).into()),
            },
            (_, Self::Text(by)) => {
                let quotient = format!("(/ {} {by})", self.real());
                Self::Text(format!("(ite (= {by} 0.0) 0.0 {quotient})").into())
            }
        }
    }

    pub(super) fn equals(&self, other: &Self, sort: Sort) -> Truth {
        self.compared("=", other, sort, |a, b| a == b)
    }

    pub(super) fn is_below(&self, other: &Self, sort: Sort) -> Truth {
        self.compared("<", other, sort, |a, b| a < b)
    }

    pub(super) fn is_at_most(&self, other: &Self, sort: Sort) -> Truth {
        self.compared("<=", other, sort, |a, b| a <= b)
    }

    fn compared(
        &self,
        relation: &str,
        other: &Self,
        sort: Sort,
        holds: impl Fn(&Rational, &Rational) -> bool,
    ) -> Truth {
        match (self, other) {
            (Self::Is(a), Self::Is(b)) => Truth::Is(holds(a, b)),
            (a, b) => {
                let (a, b) = (a.text(sort), b.text(sort));
                Truth::Text(format!("({relation} {a} {b})").into())
            }
        }
    }

    /// `then` where the condition holds, else `otherwise`.
    pub(super) fn pick(condition: &Truth, then: &Self, otherwise: &Self, sort: Sort) -> Self {
        match condition {
            Truth::Is(true) => then.clone(),
            Truth::Is(false) => otherwise.clone(),
            Truth::Text(_) if then == otherwise => then.clone(),
            Truth::Text(condition) => {
                let (then, otherwise) = (then.text(sort), otherwise.text(sort));
                Self::Text(format!("(ite {condition} {then} {otherwise})").into())
            }
        }
    }

    pub(super) fn is_whole(&self) -> Truth {
        match self {
            Self::Is(value) => Truth::Is(value.is_integer()),
            Self::Text(text) => Truth::Text(format!("(is_int {text})").into()),
        }
    }

    /// The multiple of a step that a mode chooses; `self` is a symbol where it is not known.
    pub(super) fn rounded(&self, mode: Mode, to: &Step) -> Self {
        let text = match self {
            Self::Is(value) => return Self::Is(value.round(mode, to)),
            Self::Text(text) => text,
        };
        let size = Self::Is(to.size().clone());
        let units = Self::Text(Arc::clone(text)).over(&size).real();
        let floor = |of: &str| format!("(to_real (to_int {of}))");
        let ceiling = |of: &str| format!("(- (to_real (to_int (- {of}))))");
        let by_sign =
            |above: String, below: String| format!("(ite (>= {text} 0.0) {above} {below})");
        let half_more = floor(&format!("(+ {units} 0.5)"));
        let half_less = ceiling(&format!("(- {units} 0.5)"));
        let whole = match mode {
            Mode::Floor => floor(&units),
            Mode::Ceiling => ceiling(&units),
            Mode::Down => by_sign(floor(&units), ceiling(&units)),
            Mode::Up => by_sign(ceiling(&units), floor(&units)),
            // Ties away from zero are ties upwards above it and downwards below it.
            Mode::HalfUp => by_sign(half_more, half_less),
            Mode::HalfDown => by_sign(half_less, half_more),
            // Where both agree there is no tie.
            Mode::HalfEven => {
                format!("(ite (= (mod (to_int (+ {units} 0.5)) 2) 0) {half_more} {half_less})")
            }
        };
        Self::Text(whole.into()).times(&size)
    }
}

/// The text, as it grows.
#[derive(Debug, Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// A comment of one line, whatever it quotes.
    pub(super) fn comment(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        self.line(format!("; {}", words.join(" ")).trim_end());
    }

    pub(super) fn declare(&mut self, name: &str, sort: &str) -> Arc<str> {
        let symbol = symbol(name);
        self.line(&format!("(declare-const {symbol} {sort})"));
        symbol
    }

    fn define(&mut self, name: &str, sort: &str, text: &str) -> Arc<str> {
        let symbol = symbol(name);
        _ = writeln!(self.out, "(define-fun {symbol} () {sort} {text})");
        symbol
    }

    /// The same, under a name where it is longer than one.
    pub(super) fn truth(&mut self, name: &str, truth: Truth) -> Truth {
        match truth {
            Truth::Text(text) if is_long(text.strip_prefix("(not ").unwrap_or(&text)) => {
                Truth::Text(self.define(name, "Bool", &text))
            }
            short => short,
        }
    }

    /// The same, under a name where it is longer than one.
    pub(super) fn figure(&mut self, name: &str, figure: Figure, sort: Sort) -> Figure {
        match figure {
            Figure::Text(text) if is_long(&text) => {
                let sort = match sort {
                    Sort::Real => "Real",
                    Sort::Int => "Int",
                };
                Figure::Text(self.define(name, sort, &text))
            }
            short => short,
        }
    }

    /// A name that people look for, defined however short the term is.
    pub(super) fn named(&mut self, name: &str, sort: &str, text: &str) -> Arc<str> {
        self.define(name, sort, text)
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }
}

fn is_long(text: &str) -> bool {
    text.starts_with('(')
}
