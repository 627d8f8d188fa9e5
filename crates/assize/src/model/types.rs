//! The types of figures and what may be done with them.
//!
//! A figure is *plain* (count, number, points, ratio) or money. Sums and comparisons never mix the
//! two, nor a ratio with another plain type; a product has at most one factor that is not plain; a
//! quotient of two figures of one type is a ratio, unless a bare figure stands in front
//! (`60 * done / due`). A bare literal (`12`, `0.5`) takes the type of what it meets; a `%` literal
//! is a ratio, a literal with a unit has the unit's type.

use super::{EitherId, RecordId, ScaleId};

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Something was not understood; goes with everything, so that one mistake is one message.
    Unknown,
    /// `no value` alone.
    Nothing,
    /// A bare literal, or a sum of such; whether it is whole and not negative.
    Literal {
        whole: bool,
    },
    Count,
    Number,
    Points,
    Ratio,
    Money,
    /// How long, in seconds.
    Duration,
    /// A span of the calendar, in months.
    Months,
    /// A figure that has no end and exists only inside a rounding.
    Irrational,
    Flag,
    Text,
    Date,
    Time,
    Option(ScaleId),
    List(Box<Type>),
    /// One figure for each option of a scale.
    Map(ScaleId, Box<Type>),
    /// One figure for each name that data gives.
    Named(Box<Type>),
    /// A row with members.
    Record(RecordId),
    /// Alternatives of different types; a lookup resolves them.
    Either(EitherId),
}

/// Why two types do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clash {
    /// A share against figures that are not shares: 90 against 90 %.
    RatioWithPlain,
    /// Points or numbers against yuan.
    MoneyWithPlain,
    /// Points or numbers against a length of time.
    TimeWithPlain,
    /// Anything else, such as a flag in a sum.
    Kinds,
}

impl Type {
    /// Whether arithmetic is possible at all.
    pub(crate) const fn is_numeric(&self) -> bool {
        matches!(
            self,
            Self::Unknown
                | Self::Nothing
                | Self::Literal { .. }
                | Self::Count
                | Self::Number
                | Self::Points
                | Self::Ratio
                | Self::Money
                | Self::Duration
                | Self::Months
                | Self::Irrational
        )
    }

    /// Whether values can be put in order: figures, days and times.
    pub(crate) const fn is_ordered(&self) -> bool {
        self.is_numeric() || matches!(self, Self::Date | Self::Time)
    }

    /// Whether a figure has a unit of its own, and is not plain.
    const fn has_unit(&self) -> bool {
        matches!(self, Self::Money | Self::Duration | Self::Months)
    }

    /// The common type of two operands of a sum, of two branches, or of two rows.
    pub(crate) fn join(&self, other: &Self) -> Result<Self, Clash> {
        use Type::{Count, Irrational, Literal, Money, Nothing, Number, Points, Ratio, Unknown};
        Ok(match (self, other) {
            (Unknown, _) | (_, Unknown) => Unknown,
            (Nothing, x) | (x, Nothing) => x.clone(),
            (a, b) if a == b => a.clone(),
            (Irrational, x) | (x, Irrational) if x.is_numeric() && !x.has_unit() => Irrational,
            (a, b) if (a.has_unit() || b.has_unit()) && a.is_numeric() && b.is_numeric() => {
                return Err(if *a == Money || *b == Money {
                    Clash::MoneyWithPlain
                } else {
                    Clash::TimeWithPlain
                });
            }
            (Literal { whole: a }, Literal { whole: b }) => Literal { whole: *a && *b },
            (Literal { whole: true }, Count) | (Count, Literal { whole: true }) => Count,
            (Literal { .. }, Count) | (Count, Literal { .. }) => Number,
            (Literal { .. }, x @ (Number | Points | Ratio))
            | (x @ (Number | Points | Ratio), Literal { .. }) => x.clone(),
            (Count | Number, Points) | (Points, Count | Number) => Points,
            (Count, Number) | (Number, Count) => Number,
            (Ratio, Count | Number | Points) | (Count | Number | Points, Ratio) => {
                return Err(Clash::RatioWithPlain);
            }
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.join(b)?)),
            (Self::Map(x, a), Self::Map(y, b)) if x == y => Self::Map(*x, Box::new(a.join(b)?)),
            _ => return Err(Clash::Kinds),
        })
    }

    /// The type of a difference: as a sum, but a count minus a count may be negative.
    pub(crate) fn minus(&self, other: &Self) -> Result<Self, Clash> {
        Ok(match self.join(other)? {
            Self::Count => Self::Number,
            Self::Literal { .. } => Self::Literal { whole: false },
            joined => joined,
        })
    }

    /// The type of a product; `None` where both factors have units of their own.
    pub(crate) fn times(&self, other: &Self) -> Option<Self> {
        use Type::{Count, Irrational, Literal, Nothing, Number, Points, Ratio, Unknown};
        Some(match (self, other) {
            (Unknown, _) | (_, Unknown) => Unknown,
            (Nothing, x) | (x, Nothing) => x.clone(),
            (a, b) if a.has_unit() && b.has_unit() => return None,
            (Irrational, x) | (x, Irrational) if !x.has_unit() => Irrational,
            (a, _) if a.has_unit() => a.clone(),
            (_, b) if b.has_unit() => b.clone(),
            (Literal { whole: a }, Literal { whole: b }) => Literal { whole: *a && *b },
            (Count, Count | Literal { whole: true }) | (Literal { whole: true }, Count) => Count,
            (Points, Count | Number | Ratio | Literal { .. })
            | (Count | Number | Ratio | Literal { .. }, Points) => Points,
            (Ratio, Ratio) => Ratio,
            _ => Number,
        })
    }

    /// The type of a quotient; `None` where something is divided by a figure with another unit. A
    /// multiple such as `60 * done` keeps its figure in front: `60 * done / due` is a number.
    pub(crate) fn over(&self, other: &Self, is_multiple: bool) -> Option<Self> {
        use Type::{Irrational, Literal, Nothing, Number, Points, Ratio, Unknown};
        Some(match (self, other) {
            (Unknown, _) | (_, Unknown) => Unknown,
            (Nothing, x) | (x, Nothing) => x.clone(),
            (Literal { .. }, Literal { .. }) => Literal { whole: false },
            (Irrational, x) | (x, Irrational) if !x.has_unit() => Irrational,
            (a, b) if a == b && is_multiple => Number,
            (a, b) if a == b => Ratio,
            (_, b) if b.has_unit() => return None,
            (a, _) if a.has_unit() => a.clone(),
            (Ratio, Literal { .. }) => Ratio,
            (Points, _) => Points,
            _ => Number,
        })
    }

    /// The type with a minus sign before it.
    pub(crate) fn negated(&self) -> Self {
        match self {
            Self::Count => Self::Number,
            Self::Literal { .. } => Self::Literal { whole: false },
            other => other.clone(),
        }
    }

    /// The type as a figure that is kept: a bare literal that is whole is a count.
    pub(crate) fn settled(self) -> Self {
        match self {
            Self::Literal { whole: true } => Self::Count,
            Self::Literal { whole: false } => Self::Number,
            other => other,
        }
    }

    /// What authors call it: English, Chinese.
    pub(crate) const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Unknown | Self::Nothing => ("no value", "无值"),
            Self::Literal { .. } | Self::Number => ("a number", "数值"),
            Self::Count => ("a count", "次数"),
            Self::Points => ("points", "分值"),
            Self::Ratio => ("a ratio", "比率"),
            Self::Money => ("money", "金额"),
            Self::Duration => ("a length of time", "时长"),
            Self::Months => ("a span of months", "若干个月"),
            Self::Irrational => ("a figure without end", "无尽小数"),
            Self::Flag => ("a yes/no answer", "“是否”"),
            Self::Text => ("text", "文本"),
            Self::Date => ("a date", "日期"),
            Self::Time => ("a time", "时刻"),
            Self::Option(_) => ("an option", "选项"),
            Self::List(_) => ("a list", "列表"),
            Self::Map(..) | Self::Named(_) => ("a map", "按键数据"),
            Self::Record(_) => ("a row with members", "一行数据"),
            Self::Either(_) => ("alternatives", "二选一"),
        }
    }
}
