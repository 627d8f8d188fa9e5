//! What a node gives, as terms: a value, and one truth for each way of lacking it.
//!
//! Of the ways to lack a value at most one is true; where none is, the value counts, and elsewhere
//! the value's term means nothing. *Not asked* and *no branch* are one truth here, for nothing that
//! comes out tells them apart.

use super::text::{Figure, Sort, Truth, Writer};

/// Why there is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lack {
    pub(super) missing: Truth,
    /// Not asked, or no branch.
    pub(super) unasked: Truth,
    pub(super) inapplicable: Truth,
    pub(super) empty: Truth,
    pub(super) stop: Truth,
    pub(super) fault: Truth,
}

/// What a node gives.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) lack: Lack,
    pub(super) value: Value,
}

/// A value as terms.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Never there.
    Nothing,
    Number(Figure),
    Flag(Truth),
    Option(Figure),
    /// Counted from the first of the calendar, which is 1.
    Day(Figure),
    /// One for each option of a choice, or a list as long as it is written.
    Several {
        cells: Vec<Cell>,
        keyed: bool,
    },
    /// Names, each there where its truth holds.
    Names(Vec<(Truth, String)>),
    Weights(Box<Weighing>),
    /// There, but without a term: nothing may be computed with it.
    Opaque(Opaque),
}

/// Why a value has no term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opaque {
    Text,
    Time,
    /// Alternatives of different types.
    Mixed,
}

/// The weights of a group for the members that are present.
#[derive(Clone, Debug)]
pub(super) struct Weighing {
    pub(super) weights: Vec<Figure>,
    pub(super) whole: Figure,
    pub(super) full: Option<Figure>,
    pub(super) present: Vec<Truth>,
    /// Whether each rule acted.
    pub(super) acted: Vec<Truth>,
    pub(super) set_aside: Truth,
}

impl Lack {
    /// A value is there.
    pub(super) const NONE: Self = Self {
        missing: Truth::NO,
        unasked: Truth::NO,
        inapplicable: Truth::NO,
        empty: Truth::NO,
        stop: Truth::NO,
        fault: Truth::NO,
    };

    pub(super) fn missing(missing: Truth) -> Self {
        Self {
            missing,
            ..Self::NONE
        }
    }

    pub(super) fn unasked(unasked: Truth) -> Self {
        Self {
            unasked,
            ..Self::NONE
        }
    }

    pub(super) fn empty(empty: Truth) -> Self {
        Self {
            empty,
            ..Self::NONE
        }
    }

    pub(super) fn fault(fault: Truth) -> Self {
        Self {
            fault,
            ..Self::NONE
        }
    }

    const fn all(&self) -> [&Truth; 6] {
        [
            &self.missing,
            &self.unasked,
            &self.inapplicable,
            &self.empty,
            &self.stop,
            &self.fault,
        ]
    }

    fn of(all: [Truth; 6]) -> Self {
        let [missing, unasked, inapplicable, empty, stop, fault] = all;
        Self {
            missing,
            unasked,
            inapplicable,
            empty,
            stop,
            fault,
        }
    }

    pub(super) fn absent(&self) -> Truth {
        Truth::any([&self.missing, &self.unasked, &self.inapplicable].map(Truth::clone))
    }

    /// Something else than absent.
    pub(super) fn strong(&self) -> Truth {
        Truth::any([&self.empty, &self.stop, &self.fault].map(Truth::clone))
    }

    pub(super) fn any(&self) -> Truth {
        Truth::any(self.all().map(Truth::clone))
    }

    /// Only what is more than absent.
    pub(super) fn without_absence(&self) -> Self {
        Self {
            missing: Truth::NO,
            unasked: Truth::NO,
            inapplicable: Truth::NO,
            ..self.clone()
        }
    }

    /// This one where a condition holds, and none elsewhere.
    pub(super) fn when(&self, condition: &Truth) -> Self {
        Self::of(self.all().map(|truth| condition.and(truth)))
    }

    pub(super) fn pick(condition: &Truth, then: &Self, otherwise: &Self) -> Self {
        let [a, b, c, d, e, f] = otherwise.all();
        let [t, u, v, w, x, y] = then.all();
        Self::of(
            [(t, a), (u, b), (v, c), (w, d), (x, e), (y, f)]
                .map(|(then, otherwise)| condition.pick(then, otherwise)),
        )
    }

    /// What decides among operands: the strongest, the first among equals.
    pub(super) fn reason(these: &[&Self]) -> Self {
        let any =
            |which: fn(&Self) -> &Truth| Truth::any(these.iter().map(|lack| which(lack).clone()));
        let fault = any(|lack| &lack.fault);
        let stop = any(|lack| &lack.stop).and(&fault.not());
        let empty = Truth::all([any(|lack| &lack.empty), fault.not(), stop.not()]);
        let stronger = Truth::any([fault.clone(), stop.clone(), empty.clone()]);
        let kinds: [fn(&Self) -> &Truth; 3] = [
            |lack| &lack.missing,
            |lack| &lack.unasked,
            |lack| &lack.inapplicable,
        ];
        let [missing, unasked, inapplicable] = [0_usize, 1, 2].map(|kind| {
            let mut found = Vec::new();
            let mut before: Vec<Truth> = Vec::new();
            for lack in these {
                for (other, which) in kinds.iter().enumerate() {
                    if other == kind {
                        let others = Truth::any(before.iter().cloned());
                        found.push(which(lack).and(&others.not()));
                    }
                }
                for (other, which) in kinds.iter().enumerate() {
                    if other != kind {
                        before.push(which(lack).clone());
                    }
                }
            }
            Truth::any(found).and(&stronger.not())
        });
        Self {
            missing,
            unasked,
            inapplicable,
            empty,
            stop,
            fault,
        }
    }

    /// This one, or where it is none the other.
    pub(super) fn or_else(&self, other: &Self) -> Self {
        let none = self.any().not();
        let [a, b, c, d, e, f] = other.all();
        let [t, u, v, w, x, y] = self.all();
        Self::of(
            [(t, a), (u, b), (v, c), (w, d), (x, e), (y, f)]
                .map(|(own, other)| own.or(&none.and(other))),
        )
    }

    fn settled(self, name: &str, writer: &mut Writer) -> Self {
        let mut settle = |what: &str, truth| writer.truth(&format!("{name} {what}"), truth);
        Self {
            missing: settle("missing", self.missing),
            unasked: settle("unasked", self.unasked),
            inapplicable: settle("inapplicable", self.inapplicable),
            empty: settle("empty", self.empty),
            stop: settle("stop", self.stop),
            fault: settle("fault", self.fault),
        }
    }
}

impl Cell {
    pub(super) const fn of(value: Value) -> Self {
        Self {
            lack: Lack::NONE,
            value,
        }
    }

    pub(super) const fn lacking(lack: Lack) -> Self {
        Self {
            lack,
            value: Value::Nothing,
        }
    }

    /// A defect of the types.
    pub(super) const fn defect() -> Self {
        Self::lacking(Lack {
            fault: Truth::YES,
            ..Lack::NONE
        })
    }

    /// This one where an operand has a value; what the operand lacks elsewhere.
    pub(super) fn behind(self, lack: &Lack) -> Self {
        Self {
            lack: lack.or_else(&self.lack),
            value: self.value,
        }
    }

    pub(super) fn is_there(&self) -> Truth {
        self.lack.any().not()
    }

    /// Whether it is a flag that says so.
    pub(super) fn says(&self, what: bool) -> Truth {
        match &self.value {
            Value::Flag(flag) => {
                let flag = if what { flag.clone() } else { flag.not() };
                self.is_there().and(&flag)
            }
            _ => Truth::NO,
        }
    }

    pub(super) fn pick(condition: &Truth, then: &Self, otherwise: &Self) -> Self {
        match condition {
            Truth::Is(true) => then.clone(),
            Truth::Is(false) => otherwise.clone(),
            Truth::Text(_) => Self {
                lack: Lack::pick(condition, &then.lack, &otherwise.lack),
                value: Value::pick(condition, &then.value, &otherwise.value),
            },
        }
    }

    /// The same, with a name for everything that is longer than one. Lists nest two deep at most.
    pub(super) fn settled(self, name: &str, writer: &mut Writer) -> Self {
        let value = match self.value {
            Value::Number(figure) => Value::Number(writer.figure(name, figure, Sort::Real)),
            Value::Option(figure) => Value::Option(writer.figure(name, figure, Sort::Int)),
            Value::Day(figure) => Value::Day(writer.figure(name, figure, Sort::Int)),
            Value::Flag(truth) => Value::Flag(writer.truth(name, truth)),
            Value::Several { cells, keyed } => Value::Several {
                cells: cells
                    .into_iter()
                    .enumerate()
                    .map(|(place, cell)| cell.settled(&format!("{name} at {place}"), writer))
                    .collect(),
                keyed,
            },
            Value::Names(names) => Value::Names(
                names
                    .into_iter()
                    .map(|(truth, own)| (writer.truth(&format!("{name} {own}"), truth), own))
                    .collect(),
            ),
            other @ (Value::Nothing | Value::Weights(_) | Value::Opaque(_)) => other,
        };
        Self {
            lack: self.lack.settled(name, writer),
            value,
        }
    }
}

impl Value {
    fn pick(condition: &Truth, then: &Self, otherwise: &Self) -> Self {
        let figure = |a: &Figure, b: &Figure, sort| Figure::pick(condition, a, b, sort);
        match (then, otherwise) {
            (Self::Nothing, other) | (other, Self::Nothing) => other.clone(),
            (Self::Number(a), Self::Number(b)) => Self::Number(figure(a, b, Sort::Real)),
            (Self::Option(a), Self::Option(b)) => Self::Option(figure(a, b, Sort::Int)),
            (Self::Day(a), Self::Day(b)) => Self::Day(figure(a, b, Sort::Int)),
            (Self::Flag(a), Self::Flag(b)) => Self::Flag(condition.pick(a, b)),
            (
                Self::Several { cells: a, keyed },
                Self::Several {
                    cells: b,
                    keyed: other,
                },
            ) if a.len() == b.len() && keyed == other => Self::Several {
                cells: a
                    .iter()
                    .zip(b)
                    .map(|(a, b)| Cell::pick(condition, a, b))
                    .collect(),
                keyed: *keyed,
            },
            (Self::Opaque(a), Self::Opaque(b)) if a == b => Self::Opaque(*a),
            _ => Self::Opaque(Opaque::Mixed),
        }
    }

    /// Whether two values of one type are the same; `None` where they have no terms.
    pub(super) fn equals(&self, other: &Self) -> Option<Truth> {
        Some(match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.equals(b, Sort::Real),
            (Self::Option(a), Self::Option(b)) | (Self::Day(a), Self::Day(b)) => {
                a.equals(b, Sort::Int)
            }
            (Self::Flag(a), Self::Flag(b)) => a.same_as(b),
            // A value that is never there decides nothing.
            (Self::Nothing, _) | (_, Self::Nothing) => Truth::NO,
            _ => return None,
        })
    }

    /// Two values that have an order, as figures of one sort.
    pub(super) fn ordered<'a>(&'a self, other: &'a Self) -> Option<(&'a Figure, &'a Figure, Sort)> {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Some((a, b, Sort::Real)),
            (Self::Option(a), Self::Option(b)) | (Self::Day(a), Self::Day(b)) => {
                Some((a, b, Sort::Int))
            }
            _ => None,
        }
    }
}
