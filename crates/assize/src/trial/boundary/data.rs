//! Values that may stand where nothing is given, and states as data writes them.
//!
//! A sample lies at an end of its range, so that a search begins where figures change. Absent on
//! purpose: rows that another scheme scores, which no sample can stand for.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use indexmap::IndexMap;

use super::state::{DEPTH, Ground, State};
use crate::calendar;
use crate::input::{Given, Subject};
use crate::model::{Input, Type};
use crate::number::Rational;
use crate::text::Language;
use crate::value::{Cell, Value};

impl Ground<'_> {
    /// A value that may stand for an input.
    pub(super) fn sample(
        &self,
        asked: &Input,
        of: &Type,
        high: bool,
        depth: usize,
    ) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        Some(match of {
            of if of.is_numeric() => {
                let reach = self.reach(asked, of);
                let low = reach.least().or_else(|| {
                    let most = reach.most()?;
                    Some(if most.is_negative() {
                        most
                    } else {
                        Rational::ZERO
                    })
                });
                let more = || low.as_ref().map(|low| low + &Rational::ONE);
                let value = match (high, reach.most()) {
                    (false, _) => low,
                    (true, Some(most)) => Some(most),
                    (true, None) => more(),
                };
                Value::Number(value.unwrap_or(Rational::ZERO))
            }
            Type::Flag => Value::Flag(high),
            Type::Text => Value::Text("A".into()),
            Type::Date => Value::Date(NaiveDate::from_ymd_opt(2024, 1, 1)?),
            Type::Time => {
                let day = NaiveDate::from_ymd_opt(2024, 1, 1)?;
                Value::Time(NaiveDateTime::new(day, chrono::NaiveTime::MIN))
            }
            Type::Option(scale) => {
                let options = self.model.scale(*scale)?.options.len();
                let last = u32::try_from(options.checked_sub(1)?).ok()?;
                Value::Option(if high { 0 } else { last })
            }
            Type::List(element) => {
                let one = Cell::Value(self.sample(asked, element, high, depth)?);
                Value::List([one].into())
            }
            Type::Map(scale, element) => {
                let options = self.model.scale(*scale)?.options.len();
                let one = Cell::Value(self.sample(asked, element, high, depth)?);
                let mut cells = vec![one; options];
                if let Some(sum) = &asked.summing_to {
                    for (place, cell) in cells.iter_mut().enumerate() {
                        let all = if place == 0 {
                            sum.clone()
                        } else {
                            Rational::ZERO
                        };
                        *cell = Cell::number(all);
                    }
                }
                Value::Map(cells.into())
            }
            Type::Named(element) => {
                let one = Cell::Value(self.sample(asked, element, high, depth)?);
                Value::Named([(Arc::from("A"), one)].into())
            }
            Type::Record(record) => {
                let record = self.model.record(*record)?;
                if record.child.is_some() || record.kinds.is_some() {
                    return None;
                }
                let mut cells = Vec::new();
                for field in &record.fields {
                    let Some(own) = &field.given else { continue };
                    let needed = !own.optional && own.default.is_none() && own.only_when.is_none();
                    cells.push(match needed {
                        true => Cell::Value(self.sample(own, &field.of, high, depth)?),
                        false => Cell::Absent(crate::value::Absence::Missing),
                    });
                }
                Value::Record(cells.into())
            }
            _ => return None,
        })
    }

    /// What data holds: by the names that the scheme uses, and as a subject.
    pub(super) fn written(&self, state: &State) -> (Vec<(String, Given)>, Subject) {
        let mut named = Vec::new();
        let mut subject = Subject::default();
        for (index, input) in self.model.inputs.iter().enumerate() {
            let given = state.kept.get(&index).cloned().or_else(|| {
                let cell = state.cells.get(index)?;
                self.datum(cell, &input.of, DEPTH)
            });
            let Some(given) = given else { continue };
            named.push((input.called.name.clone(), given.clone()));
            put_under(&mut subject.values, &input.path, given);
        }
        (named, subject)
    }

    /// A cell as data writes it.
    fn datum(&self, cell: &Cell, of: &Type, depth: usize) -> Option<Given> {
        let depth = depth.checked_sub(1)?;
        let Cell::Value(value) = cell else {
            return None;
        };
        Some(match (value, of) {
            (Value::Number(seconds), Type::Duration) => {
                Given::Text(calendar::show_duration(seconds, Language::English))
            }
            (Value::Number(number), _) => Given::Number(number.to_string()),
            (Value::Flag(flag), _) => Given::Flag(*flag),
            (Value::Text(text), _) => Given::Text(text.to_string()),
            (Value::Date(day), _) => Given::Text(calendar::show_day(*day)),
            (Value::Time(at), _) => Given::Text(calendar::show_time(*at)),
            (Value::Option(option), Type::Option(scale)) => {
                let options = &self.model.scale(*scale)?.options;
                Given::Text(options.get(*option as usize)?.name.clone())
            }
            (Value::List(cells), of) => {
                let element = match of {
                    Type::List(element) => element.as_ref(),
                    of => of,
                };
                let each = cells
                    .iter()
                    .map(|cell| self.datum(cell, element, depth).unwrap_or(Given::Nothing));
                Given::List(each.collect())
            }
            (Value::Map(cells), Type::Map(scale, element)) => {
                let options = &self.model.scale(*scale)?.options;
                let each = options.iter().zip(cells.iter());
                Given::Map(
                    each.filter_map(|(option, cell)| {
                        Some((option.name.clone(), self.datum(cell, element, depth)?))
                    })
                    .collect(),
                )
            }
            (Value::Named(entries), Type::Named(element)) => Given::Map(
                entries
                    .iter()
                    .filter_map(|(name, cell)| {
                        Some((name.to_string(), self.datum(cell, element, depth)?))
                    })
                    .collect(),
            ),
            (Value::Record(cells), Type::Record(record)) => {
                let fields = &self.model.record(*record)?.fields;
                let given = fields.iter().zip(cells.iter());
                let given = given.filter(|(field, _)| field.given.is_some());
                Given::Map(
                    given
                        .filter_map(|(field, cell)| {
                            Some((
                                field.called.name.clone(),
                                self.datum(cell, &field.of, depth)?,
                            ))
                        })
                        .collect(),
                )
            }
            _ => return None,
        })
    }
}

/// Puts a datum under keys from the outermost inwards; as many as groups lie within each other.
fn put_under(values: &mut IndexMap<String, Given>, path: &[String], given: Given) {
    match path {
        [] => {}
        [key] => {
            values.insert(key.clone(), given);
        }
        [key, rest @ ..] => {
            let inner = values
                .entry(key.clone())
                .or_insert_with(|| Given::Map(IndexMap::new()));
            if let Given::Map(inner) = inner {
                put_under(inner, rest, given);
            }
        }
    }
}
