//! Stretches of the number line with open, closed and infinite ends, by exact rationals.
//!
//! Every operation is sound: what two figures inside their stretches give lies inside the result.

use crate::number::Rational;

/// How many bits an end may have: far more than declared ranges make.
const LONGEST: u64 = 512;

/// One end of a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) at: Rational,
    /// Whether the figure itself belongs to the stretch.
    pub(crate) included: bool,
}

impl End {
    pub(crate) const fn closed(at: Rational) -> Self {
        Self { at, included: true }
    }

    pub(crate) const fn open(at: Rational) -> Self {
        Self {
            at,
            included: false,
        }
    }
}

/// All figures from one end to the other; an absent end is infinite.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Option<End>,
    pub(crate) high: Option<End>,
}

impl Interval {
    /// Every figure.
    pub(crate) const ALL: Self = Self {
        low: None,
        high: None,
    };

    pub(crate) fn exactly(value: Rational) -> Self {
        Self {
            low: Some(End::closed(value.clone())),
            high: Some(End::closed(value)),
        }
    }

    pub(crate) const fn closed(low: Rational, high: Rational) -> Self {
        Self {
            low: Some(End::closed(low)),
            high: Some(End::closed(high)),
        }
    }

    pub(crate) const fn at_least(low: Rational) -> Self {
        Self {
            low: Some(End::closed(low)),
            high: None,
        }
    }

    /// Whether no figure lies in it.
    pub(crate) fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) => {
                low.at > high.at || (low.at == high.at && !(low.included && high.included))
            }
            _ => false,
        }
    }

    /// The one figure in it, if there is only one.
    pub(crate) fn point(&self) -> Option<&Rational> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.at == high.at => Some(&low.at),
            _ => None,
        }
    }

    pub(crate) fn contains(&self, value: &Rational) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|low| *value > low.at || (low.included && *value == low.at));
        let below = self
            .high
            .as_ref()
            .is_none_or(|high| *value < high.at || (high.included && *value == high.at));
        above && below
    }

    /// Whether all of it is at least zero.
    pub(crate) fn is_not_negative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.at.is_negative())
    }

    /// Whether all of it is above zero.
    pub(crate) fn is_positive(&self) -> bool {
        self.low
            .as_ref()
            .is_some_and(|low| low.at.signum() > 0 || (low.at.is_zero() && !low.included))
    }

    /// Whether all of it is at most zero.
    pub(crate) fn is_not_positive(&self) -> bool {
        self.high.as_ref().is_some_and(|high| high.at.signum() <= 0)
    }

    /// Whether all of it is below zero.
    pub(crate) fn is_negative(&self) -> bool {
        self.high
            .as_ref()
            .is_some_and(|high| high.at.is_negative() || (high.at.is_zero() && !high.included))
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self {
            low: added(self.low.as_ref(), other.low.as_ref()),
            high: added(self.high.as_ref(), other.high.as_ref()),
        }
        .kept()
    }

    pub(crate) fn negated(&self) -> Self {
        let turned = |end: &Option<End>| {
            end.as_ref().map(|end| End {
                at: -&end.at,
                included: end.included,
            })
        };
        Self {
            low: turned(&self.high),
            high: turned(&self.low),
        }
    }

    pub(crate) fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::exactly(Rational::ZERO);
        }
        let by = |end: &Option<End>| {
            end.as_ref().map(|end| End {
                at: &end.at * factor,
                included: end.included,
            })
        };
        let (low, high) = if factor.is_negative() {
            (by(&self.high), by(&self.low))
        } else {
            (by(&self.low), by(&self.high))
        };
        Self { low, high }.kept()
    }

    /// Every product of a figure here and one there.
    pub(crate) fn times(&self, other: &Self) -> Self {
        if self.point().is_some_and(Rational::is_zero)
            || other.point().is_some_and(Rational::is_zero)
        {
            return Self::exactly(Rational::ZERO);
        }
        // The least product of ends; an infinite end meets a finite one by its sign.
        let corners = [
            corner(self.low.as_ref(), -1, other.low.as_ref(), -1),
            corner(self.low.as_ref(), -1, other.high.as_ref(), 1),
            corner(self.high.as_ref(), 1, other.low.as_ref(), -1),
            corner(self.high.as_ref(), 1, other.high.as_ref(), 1),
        ];
        let mut low: Option<Corner> = None;
        let mut high: Option<Corner> = None;
        for own in corners {
            low = Some(match low {
                Some(best) => best.lesser(own.clone()),
                None => own.clone(),
            });
            high = Some(match high {
                Some(best) => best.greater(own),
                None => own,
            });
        }
        Self {
            low: low.and_then(Corner::end),
            high: high.and_then(Corner::end),
        }
        .kept()
    }

    /// Every quotient of a figure here by one there that is not zero.
    pub(crate) fn over(&self, other: &Self) -> Self {
        if other.is_positive() {
            self.times(&other.turned_over())
        } else if other.is_negative() {
            self.negated().times(&other.negated().turned_over())
        } else if self.is_not_negative() && other.is_not_negative() {
            Self::at_least(Rational::ZERO)
        } else if self.point().is_some_and(Rational::is_zero) {
            Self::exactly(Rational::ZERO)
        } else {
            Self::ALL
        }
    }

    /// 1/x for every x in a stretch above zero.
    fn turned_over(&self) -> Self {
        let over = |end: &Option<End>| {
            end.as_ref().and_then(|end| {
                Some(End {
                    at: Rational::ONE.checked_div(&end.at).ok()?,
                    included: end.included,
                })
            })
        };
        Self {
            low: over(&self.high).or(Some(End::open(Rational::ZERO))),
            high: over(&self.low),
        }
    }

    /// The smallest stretch around both.
    pub(crate) fn hull(&self, other: &Self) -> Self {
        let wider = |a: &Option<End>, b: &Option<End>, upper: bool| match (a, b) {
            (Some(a), Some(b)) => Some(match (a.at.cmp(&b.at), upper) {
                (std::cmp::Ordering::Equal, _) => End {
                    at: a.at.clone(),
                    included: a.included || b.included,
                },
                (std::cmp::Ordering::Less, false) | (std::cmp::Ordering::Greater, true) => {
                    a.clone()
                }
                _ => b.clone(),
            }),
            _ => None,
        };
        Self {
            low: wider(&self.low, &other.low, false),
            high: wider(&self.high, &other.high, true),
        }
    }

    /// What lies in both.
    pub(crate) fn meet(&self, other: &Self) -> Self {
        let narrower = |a: &Option<End>, b: &Option<End>, upper: bool| match (a, b) {
            (Some(a), Some(b)) => Some(match (a.at.cmp(&b.at), upper) {
                (std::cmp::Ordering::Equal, _) => End {
                    at: a.at.clone(),
                    included: a.included && b.included,
                },
                (std::cmp::Ordering::Less, false) | (std::cmp::Ordering::Greater, true) => {
                    b.clone()
                }
                _ => a.clone(),
            }),
            (Some(end), None) | (None, Some(end)) => Some(end.clone()),
            (None, None) => None,
        };
        Self {
            low: narrower(&self.low, &other.low, false),
            high: narrower(&self.high, &other.high, true),
        }
    }

    /// The greater of one figure here and one there.
    pub(crate) fn maximum(&self, other: &Self) -> Self {
        let hull = self.hull(other);
        let meet = self.meet(other);
        Self {
            low: match (&self.low, &other.low) {
                (Some(_), Some(_)) => meet.low,
                (low, None) | (None, low) => low.clone(),
            },
            high: hull.high,
        }
    }

    /// The lesser of one figure here and one there.
    pub(crate) fn minimum(&self, other: &Self) -> Self {
        self.negated().maximum(&other.negated()).negated()
    }

    /// An end that formulas made too long to go on with is as good as unknown.
    pub(crate) fn kept(self) -> Self {
        let keep = |end: Option<End>| end.filter(|end| end.at.bits() <= LONGEST);
        Self {
            low: keep(self.low),
            high: keep(self.high),
        }
    }
}

fn added(a: Option<&End>, b: Option<&End>) -> Option<End> {
    let (a, b) = (a?, b?);
    Some(End {
        at: &a.at + &b.at,
        included: a.included && b.included,
    })
}

/// A product of two ends.
#[derive(Clone)]
enum Corner {
    Below,
    At(End),
    Above,
}

fn corner(a: Option<&End>, a_side: i32, b: Option<&End>, b_side: i32) -> Corner {
    let infinite = |sign: i32| match sign {
        0 => Corner::At(End::closed(Rational::ZERO)),
        sign if sign < 0 => Corner::Below,
        _ => Corner::Above,
    };
    match (a, b) {
        (Some(a), Some(b)) => Corner::At(End {
            at: &a.at * &b.at,
            // Zero that is reached makes zero of whatever it meets.
            included: (a.included && (b.included || a.at.is_zero()))
                || (b.included && b.at.is_zero()),
        }),
        (Some(a), None) => infinite(a.at.signum().saturating_mul(b_side)),
        (None, Some(b)) => infinite(b.at.signum().saturating_mul(a_side)),
        (None, None) => infinite(a_side.saturating_mul(b_side)),
    }
}

impl Corner {
    fn end(self) -> Option<End> {
        match self {
            Self::At(end) => Some(end),
            Self::Below | Self::Above => None,
        }
    }

    fn lesser(self, other: Self) -> Self {
        match (self, other) {
            (Self::Below, _) | (_, Self::Below) => Self::Below,
            (Self::Above, own) | (own, Self::Above) => own,
            (Self::At(a), Self::At(b)) => Self::At(match a.at.cmp(&b.at) {
                std::cmp::Ordering::Less => a,
                std::cmp::Ordering::Greater => b,
                std::cmp::Ordering::Equal => End {
                    included: a.included || b.included,
                    at: a.at,
                },
            }),
        }
    }

    fn greater(self, other: Self) -> Self {
        match (self, other) {
            (Self::Above, _) | (_, Self::Above) => Self::Above,
            (Self::Below, own) | (own, Self::Below) => own,
            (Self::At(a), Self::At(b)) => Self::At(match a.at.cmp(&b.at) {
                std::cmp::Ordering::Greater => a,
                std::cmp::Ordering::Less => b,
                std::cmp::Ordering::Equal => End {
                    included: a.included || b.included,
                    at: a.at,
                },
            }),
        }
    }
}
