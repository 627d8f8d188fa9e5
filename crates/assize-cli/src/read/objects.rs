//! Rows of a JSON text: objects put under the keys of the scheme.
//!
//! The keys that name the subject and the period may be inputs as well. A key that is neither is
//! warned of once and not handed on; inside a map or a group, unknown keys are handed on, for the
//! row to be refused by whoever knows the map. An object that wraps the data of a subject in
//! another key is not unwrapped.

use std::io::Read;
use std::sync::Arc;

use assize::input::{Given, InputField, Subject};
use indexmap::IndexMap;

use super::Record;
use super::columns::SubjectColumn;
use super::error::ReadError;
use super::headings::near;
use super::json::{Cut, Entries, Layout, object};
use super::keys::{meant, under_keys};
use super::ledger::Ledger;
use super::limits::ReadLimits;
use super::names::Names;
use super::place::{Place, RowKind};
use super::refusal::{RefusedRow, RowError, RowFault};

/// The objects of a JSON text.
pub struct ObjectRows<R> {
    entries: Entries<R>,
    kind: RowKind,
    names: Names,
    subject: SubjectColumn,
    limits: ReadLimits,
}

/// What an object names beside its figures.
#[derive(Default)]
struct Named {
    name: Option<String>,
    period: Option<String>,
    outer: Option<String>,
}

impl<R: Read> ObjectRows<R> {
    /// Stands before the first object.
    pub fn open(
        reader: R,
        layout: Layout,
        fields: &[InputField],
        subject: &SubjectColumn,
        limits: ReadLimits,
        file: &Arc<str>,
    ) -> Result<Self, ReadError> {
        let entries = Entries::new(reader, layout, limits).map_err(|source| ReadError::Read {
            file: Arc::clone(file),
            source,
        })?;
        Ok(Self {
            entries,
            kind: match layout {
                Layout::Whole => RowKind::Element,
                Layout::Lines => RowKind::Line,
            },
            names: Names::of_fields(fields),
            subject: subject.clone(),
            limits,
        })
    }

    /// The next object.
    pub fn next(&mut self, ledger: &mut Ledger) -> Option<Result<Record, RowError>> {
        let file = Arc::clone(&ledger.file);
        loop {
            let error = match self.entries.next_entry() {
                Ok(None) => return None,
                Ok(Some(Cut::Blank)) => {
                    ledger.pass_blank(1);
                    continue;
                }
                Ok(Some(Cut::Entry(row, text))) => {
                    ledger.count_row();
                    let place = Place {
                        file,
                        sheet: None,
                        row,
                        kind: self.kind,
                    };
                    return Some(self.record(place, text, ledger));
                }
                Ok(Some(Cut::NotObjects(at))) => ReadError::JsonTop { file, at },
                Ok(Some(Cut::Broken { at, ended, open })) => ReadError::JsonBroken {
                    file,
                    read: self.entries.count(),
                    at,
                    ended,
                    open,
                },
                Err(source) => ReadError::Read { file, source },
            };
            return Some(Err(RowError::Stopped(Box::new(error))));
        }
    }

    fn record(
        &self,
        place: Place,
        text: Result<String, RowFault>,
        ledger: &mut Ledger,
    ) -> Result<Record, RowError> {
        let mut named = Named::default();
        let values = text
            .and_then(|text| object(&text, self.limits.json_depth))
            .and_then(|members| self.values(members, &mut named, ledger));
        let is_named = named.name.is_some();
        let name = named.name.take().unwrap_or_else(|| place.row.to_string());
        let Named { period, outer, .. } = named;
        match values {
            Ok(values) => Ok(Record {
                place,
                name,
                is_named,
                period,
                outer,
                subject: Subject { values },
                columns: None,
            }),
            Err(fault) => Err(RowError::Refused(Box::new(RefusedRow {
                place,
                name,
                period,
                input: None,
                fault,
            }))),
        }
    }

    /// Sets aside the names of the subject and the period, and what is unknown.
    fn values(
        &self,
        members: IndexMap<String, Given>,
        named: &mut Named,
        ledger: &mut Ledger,
    ) -> Result<IndexMap<String, Given>, RowFault> {
        let mut known = IndexMap::new();
        let mut fault = None;
        for (key, value) in members {
            let is_name = self.subject.is_name(&key);
            let is_period = self.subject.is_period(&key);
            let mut keep = |slot: &mut Option<String>| match word(&key, &value) {
                Ok(None) => {}
                Ok(Some(text)) if slot.is_none() => *slot = Some(text),
                Ok(Some(_)) => {
                    fault.get_or_insert(RowFault::DuplicateKey { key: key.clone() });
                }
                Err(found) => {
                    fault.get_or_insert(found);
                }
            };
            if is_name {
                keep(&mut named.name);
            }
            if is_period {
                keep(&mut named.period);
            }
            let is_outer = self.subject.is_outer(&key);
            if is_outer {
                keep(&mut named.outer);
            }
            match meant(&key, &self.names) {
                Ok(Some(_)) => {
                    known.insert(key, value);
                }
                Ok(None) if is_name || is_period || is_outer => {}
                Ok(None) => ledger.warn_unknown(&key, || near(&key, &self.names)),
                Err(found) => {
                    fault.get_or_insert(found);
                }
            }
        }
        match fault {
            Some(fault) => Err(fault),
            None => under_keys(known, &self.names),
        }
    }
}

/// A value that names something.
fn word(key: &str, value: &Given) -> Result<Option<String>, RowFault> {
    match value {
        Given::Nothing => Ok(None),
        Given::Text(text) if text.trim().is_empty() => Ok(None),
        Given::Text(text) => Ok(Some(text.trim().to_owned())),
        Given::Number(digits) => Ok(Some(digits.clone())),
        Given::Flag(_) | Given::List(_) | Given::Map(_) => Err(RowFault::NameNotText {
            key: key.to_owned(),
        }),
    }
}
