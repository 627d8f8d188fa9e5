//! What comes out for one subject: results, no result with a reason, or a refusal with a reason.
//!
//! Every subject that goes in comes out exactly once, in one of these three ways.

mod money;
mod rows;

use std::fmt;

use indexmap::IndexMap;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::model::{FigureKind, Model, Type};
use crate::number::Rational;
use crate::plan::{EachOf, Plan, PlannedEntry, PlannedShape};
use crate::text::{Words, words};

pub use money::Money;
pub(crate) use money::money;
pub use rows::ResultRows;
pub(crate) use rows::rows;

/// What comes out for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Scored.
    Ok(Scored),
    /// The scheme says that no result is issued.
    NoResult(NoResult),
    /// The data cannot be scored.
    Error(Refusal),
}

/// The results of a scored subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// By result name, in written order; a result without a value is absent.
    pub results: IndexMap<String, ResultValue>,
    /// The consequences that fired, in written order.
    pub consequences: Vec<Fired>,
    /// The assumptions that touched the results.
    pub assumptions: Vec<Assumption>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultValue {
    /// A figure of type count: an integer in JSON.
    Count(Rational),
    /// Any other figure: text in JSON; exact.
    Figure(Rational),
    /// Yes or no.
    Flag(bool),
    /// A grade or option by its label, or words.
    Text(String),
    /// Several values.
    List(Vec<ResultValue>),
    /// Named values; those without a value are absent.
    Fields(IndexMap<String, ResultValue>),
    /// An element of a list that has no value: null in JSON.
    Nothing,
}

impl Scored {
    /// The result of that name; points lead into results with members: `weights.mystery`.
    ///
    /// `None` where the scheme has no such result, and where it has no value for this subject.
    ///
    /// ```
    /// # let text = r#"scheme s {
    /// #     assesses outlet every quarter
    /// #     input mystery, onsite : points 0..100, optional
    /// #     group inspection cite "五" {
    /// #         60% of mystery
    /// #         40% of onsite
    /// #         missing => weigh the rest equally
    /// #         all missing => no result not_inspected
    /// #     }
    /// #     result weights { mystery = weight of mystery, onsite = weight of onsite }
    /// #     result passed = inspection >= 90
    /// # }"#;
    /// # use assize::{input::Subject, outcome::{Outcome, ResultValue}};
    /// # let prepared = assize::check(text).scheme.ok_or("errors")?.prepare(Subject::default()).map_err(|e| e.message.en)?;
    /// # let subject = Subject::new([("mystery", "87.5"), ("onsite", "100")]);
    /// let Outcome::Ok(scored) = prepared.evaluate(&subject) else { panic!("not scored") };
    /// let weight = scored.get("weights.mystery").and_then(ResultValue::as_figure);
    /// assert_eq!(weight, Some(&"0.6".parse()?));
    /// assert_eq!(scored.get("passed").and_then(ResultValue::as_flag), Some(true));
    /// assert_eq!(scored.get("weights.offsite"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&ResultValue> {
        let mut names = path.split('.');
        let first = self.results.get(names.next()?)?;
        names.try_fold(first, |value, name| match value {
            ResultValue::Fields(fields) => fields.get(name),
            ResultValue::Count(_)
            | ResultValue::Figure(_)
            | ResultValue::Flag(_)
            | ResultValue::Text(_)
            | ResultValue::List(_)
            | ResultValue::Nothing => None,
        })
    }
}

impl ResultValue {
    /// The figure, exact, if this is one or a count. [`Rational::to_decimal`] and
    /// [`Rational::to_decimal_string`] lead on from there.
    #[must_use]
    pub const fn as_figure(&self) -> Option<&Rational> {
        match self {
            Self::Count(value) | Self::Figure(value) => Some(value),
            Self::Flag(_) | Self::Text(_) | Self::List(_) | Self::Fields(_) | Self::Nothing => None,
        }
    }

    /// The answer, if this is yes or no.
    #[must_use]
    pub const fn as_flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Count(_)
            | Self::Figure(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Fields(_)
            | Self::Nothing => None,
        }
    }

    /// The label of the grade or option, or the words, if this is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Count(_)
            | Self::Figure(_)
            | Self::Flag(_)
            | Self::List(_)
            | Self::Fields(_)
            | Self::Nothing => None,
        }
    }
}

impl fmt::Display for ResultValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(value) | Self::Figure(value) => write!(f, "{value}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Text(text) => f.write_str(text),
            Self::Nothing => f.write_str("—"),
            Self::List(values) => {
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{value}")?;
                }
                Ok(())
            }
            Self::Fields(fields) => {
                for (index, (name, value)) in fields.iter().enumerate() {
                    if index > 0 {
                        f.write_str("; ")?;
                    }
                    write!(f, "{name} {value}")?;
                }
                Ok(())
            }
        }
    }
}

/// Figures are text, exact whatever their length; counts are integers (text beyond 64 bits), flags
/// booleans.
impl Serialize for ResultValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(value) => match value.to_i64() {
                Some(count) => serializer.serialize_i64(count),
                None => serializer.collect_str(value),
            },
            Self::Figure(value) => serializer.collect_str(value),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => values.serialize(serializer),
            Self::Fields(fields) => fields.serialize(serializer),
            Self::Nothing => serializer.serialize_none(),
        }
    }
}

/// `{"status": "ok", "results": …}`, `{"status": "no_result", "reason": …}` or
/// `{"status": "error", "code": …, "field": …, "message": …}`.
impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Ok(scored) => {
                map.serialize_entry("status", "ok")?;
                map.serialize_entry("results", &scored.results)?;
                map.serialize_entry("consequences", &scored.consequences)?;
                map.serialize_entry("assumptions", &scored.assumptions)?;
            }
            Self::NoResult(none) => {
                map.serialize_entry("status", "no_result")?;
                map.serialize_entry("reason", &none.reason)?;
                if let Some(label) = &none.label {
                    map.serialize_entry("label", label)?;
                }
            }
            Self::Error(refusal) => {
                map.serialize_entry("status", "error")?;
                map.serialize_entry("code", refusal.code.name())?;
                map.serialize_entry("field", &refusal.field)?;
                map.serialize_entry("message", &refusal.message)?;
            }
        }
        map.end()
    }
}

/// A result as a column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultColumn {
    /// The names that lead to it: `["weights", "mystery"]` heads a column `weights.mystery`.
    pub path: Vec<String>,
    /// Its label.
    pub label: Option<String>,
}

/// What a scheme gives, as columns, in the order in which it comes out.
pub(crate) fn columns(model: &Model, plan: &Plan) -> Vec<ResultColumn> {
    let mut columns: Vec<ResultColumn> = Vec::new();
    let mut add = |path: Vec<String>, label: Option<String>| {
        if !columns.iter().any(|column| column.path == path) {
            columns.push(ResultColumn { path, label });
        }
    };
    let spread = |of: &Type| match of {
        Type::Map(scale, _) => model.scale(*scale).map(|scale| scale.options.clone()),
        _ => None,
    };
    for planned in &plan.figures {
        let Some(figure) = model.figure(planned.figure) else {
            continue;
        };
        match &figure.kind {
            FigureKind::Unknown | FigureKind::Let(_) | FigureKind::Each(_) => {}
            FigureKind::Item(_)
            | FigureKind::Group(_)
            | FigureKind::Total(_)
            | FigureKind::Grade(_)
            | FigureKind::Require(_)
            | FigureKind::Consequence(_) => {
                add(vec![figure.called.key.clone()], figure.called.label.clone());
            }
        }
    }
    for output in &plan.outputs {
        let own = &output.called;
        match &output.shape {
            PlannedShape::One(_, of) => match spread(of) {
                Some(options) => {
                    for option in options {
                        add(vec![own.key.clone(), option.key], option.label);
                    }
                }
                None => add(vec![own.key.clone()], own.label.clone()),
            },
            PlannedShape::Fields(fields) => {
                for (path, label) in entries(model, fields) {
                    add(vec![own.key.clone(), path], label);
                }
            }
            PlannedShape::Each {
                of, scale, spread, ..
            } => {
                // Each option has the same members, so that labels name the whole way.
                let under = |outer: Option<&str>, inner: &str| match outer {
                    Some(outer) => format!("{outer}.{inner}"),
                    None => inner.to_owned(),
                };
                let own_label = if *spread { None } else { own.label.as_deref() };
                let options = scale
                    .and_then(|scale| model.scale(scale))
                    .map(|scale| scale.options.clone());
                let Some(options) = options else {
                    add(vec![own.key.clone()], own.label.clone());
                    continue;
                };
                for option in options {
                    let mut path = if *spread {
                        Vec::new()
                    } else {
                        vec![own.key.clone()]
                    };
                    path.push(option.key.clone());
                    match of {
                        EachOf::One(_) => {
                            let label = under(own_label, option.shown());
                            add(path, Some(label).filter(|_| option.label.is_some()));
                        }
                        EachOf::Fields(fields) => {
                            let outer = under(own_label, option.shown());
                            for (key, label) in entries(model, fields) {
                                let mut path = path.clone();
                                path.push(key);
                                add(path, label.map(|label| under(Some(&outer), &label)));
                            }
                        }
                    }
                }
            }
        }
    }
    columns
}

/// The names and labels of the entries of a result with members.
fn entries(model: &Model, entries: &[PlannedEntry]) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    for entry in entries {
        match entry {
            PlannedEntry::One(called, _, _) => all.push((called.key.clone(), called.label.clone())),
            PlannedEntry::Per(scale, _, _) => {
                let options = model.scale(*scale).map_or(&[][..], |scale| &scale.options);
                all.extend(
                    options
                        .iter()
                        .map(|option| (option.key.clone(), option.label.clone())),
                );
            }
        }
    }
    all
}

/// A consequence that fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fired {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: Option<String>,
    /// How much, in yuan or points.
    pub amount: Option<Rational>,
    /// Whom it meets.
    pub to: Option<String>,
    /// The article it rests on.
    pub article: Option<String>,
    /// For a consequence of one row of a list: what the row is called, or its number from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
}

/// Something that the document does not say and the scheme assumes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Assumption {
    /// The article it belongs to.
    pub article: Option<String>,
    /// What is assumed: the scheme's own words, or ours where full marks imply a floor.
    pub text: Words,
}

/// The scheme says that no result is issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoResult {
    /// The reason, as data shows it.
    pub reason: String,
    /// The reason, as people read it.
    pub label: Option<String>,
    /// The article it rests on.
    pub article: Option<String>,
}

/// The data cannot be scored, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of fault.
    pub code: Fault,
    /// The input or figure at fault: its declared name without a path.
    pub field: String,
    /// What is wrong, with the offending text and what was expected.
    pub message: Words,
}

impl Refusal {
    /// The same, of the row that `row` tells.
    pub(crate) fn in_row(mut self, row: Words) -> Self {
        let Words { en, zh } = self.message;
        self.message = Words {
            en: format!("{}: {en}", row.en),
            zh: format!("{}：{zh}", row.zh),
        };
        self
    }
}

/// What a row is called by its number, counted from 0.
pub(crate) fn numbered(place: usize) -> Words {
    let number = place.saturating_add(1);
    words!("row {number}", "第 {number} 行")
}

/// The kinds of fault in data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A required figure is absent.
    Missing,
    /// Not of the type asked for.
    Type,
    /// Outside the range asked for.
    Range,
    /// Not one of the options, or a key that the map does not have.
    Domain,
    /// A denominator is zero and the scheme has no rule for it.
    DivisionByZero,
    /// Two values that exclude each other.
    Conflict,
}

impl Fault {
    /// The name in data: `division_by_zero`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Type => "type",
            Self::Range => "range",
            Self::Domain => "domain",
            Self::DivisionByZero => "division_by_zero",
            Self::Conflict => "conflict",
        }
    }

    /// The fault of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Missing,
            Self::Type,
            Self::Range,
            Self::Domain,
            Self::DivisionByZero,
            Self::Conflict,
        ]
        .into_iter()
        .find(|fault| fault.name() == name)
    }
}
