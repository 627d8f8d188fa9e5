//! Rows that are periods of their subject, gathered into one list of it.
//!
//! All rows of a subject, wherever they stand, become one subject: the columns of the list's
//! members make an element of each row, in the order of the file, and the others are inputs of the
//! subject itself, which each row repeats or leaves empty. Subjects come in the order in which
//! they first appear. All rows are held in memory. A row that does not tell whose it is ends the
//! run: any subject might be the one that lacks a period.

use std::sync::Arc;

use assize::input::{Given, InputField, Subject};
use assize::text::Words;
use indexmap::IndexMap;
use indexmap::map::{Entry, IntoValues};

use super::columns::SubjectColumn;
use super::error::ReadError;
use super::lists::ListTable;
use super::names::Names;
use super::place::Rowspan;
use super::refusal::{RefusedRow, RowError, RowFault};
use super::{ReadOptions, Record, Rows, Source, open};

/// The subjects of data whose rows are periods.
pub struct Periods {
    /// The stream that they were read from, for what it counted.
    pub rows: Rows,
    subjects: IntoValues<String, Gathered>,
    names: Vec<String>,
    path: Vec<String>,
}

/// One subject.
struct Gathered {
    record: Record,
    span: Rowspan,
    elements: Vec<Given>,
    fault: Option<Box<RefusedRow>>,
}

/// What data whose rows are periods asks in its columns: the inputs of the subject but the list,
/// and the members of the list. Answers a key that stands on both sides, which a column could not
/// tell apart.
pub fn fields_of(fields: &[InputField], list: &ListTable) -> Result<Vec<InputField>, String> {
    let is_list = |field: &&InputField| list.path.first() == Some(&field.key);
    let own: Vec<InputField> = fields
        .iter()
        .filter(|field| !is_list(field))
        .cloned()
        .collect();
    let names = Names::of_fields(&own);
    let members = Names::of_fields(&list.fields);
    for entry in members.entries() {
        if names.entries().iter().any(|other| other.key == entry.key) {
            return Err(entry.key.clone());
        }
    }
    Ok(own.into_iter().chain(list.fields.iter().cloned()).collect())
}

impl Periods {
    /// Reads all rows. `fields` are those of [`fields_of`].
    ///
    /// # Errors
    ///
    /// If they cannot be read to the end, or if one does not tell whose it is.
    pub fn read(
        source: Source,
        fields: &[InputField],
        list: &ListTable,
        subject: &SubjectColumn,
        options: &ReadOptions,
    ) -> Result<Self, ReadError> {
        let mut rows = open(source, fields, subject, options)?;
        let file = Arc::clone(&rows.ledger.file);
        if let Some(columns) = rows.columns()
            && !columns.has_name()
        {
            return Err(ReadError::NoKeyColumn {
                file,
                list: list.name.clone(),
                expected: subject.headings.clone(),
            });
        }
        let members = Names::of_fields(&list.fields);
        let limit = options.limits.list_rows;
        let mut gathered: IndexMap<String, Gathered> = IndexMap::new();
        while let Some(row) = rows.next() {
            if rows.rows_read() > limit {
                return Err(ReadError::TooManyListRows { file, limit });
            }
            let nobody = |place, fault: Option<RowFault>| ReadError::RowOfNobody {
                place,
                list: list.name.clone(),
                fault: fault.map(Box::new),
            };
            match row {
                Ok(record) if record.is_named => add(&mut gathered, record, list, &members),
                Ok(record) => return Err(nobody(record.place, None)),
                Err(RowError::Refused(row)) if row.is_named() => refuse(&mut gathered, row),
                Err(RowError::Refused(row)) => return Err(nobody(row.place, Some(row.fault))),
                Err(RowError::Stopped(error)) => return Err(*error),
            }
        }
        Ok(Self {
            rows,
            names: gathered.keys().cloned().collect(),
            subjects: gathered.into_values(),
            path: list.path.clone(),
        })
    }

    /// The names of the subjects.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The next subject, and where its rows stand.
    pub fn next(&mut self) -> Option<Result<(Record, Words), Box<RefusedRow>>> {
        let mut subject = self.subjects.next()?;
        if let Some(fault) = subject.fault {
            return Some(Err(fault));
        }
        if let [key] = self.path.as_slice() {
            let values = &mut subject.record.subject.values;
            values.insert(key.clone(), Given::List(subject.elements));
        }
        Some(Ok((subject.record, subject.span.words())))
    }
}

fn add(
    gathered: &mut IndexMap<String, Gathered>,
    mut record: Record,
    list: &ListTable,
    members: &Names,
) {
    let is_member = |key: &str| -> bool { members.entries().iter().any(|entry| entry.key == key) };
    let values = std::mem::take(&mut record.subject.values);
    let (element, own): (IndexMap<_, _>, IndexMap<_, _>) =
        values.into_iter().partition(|(key, _)| is_member(key));
    let element = list.element(element);
    record.period = None;
    match gathered.entry(record.name.clone()) {
        Entry::Vacant(entry) => {
            record.subject.values = own;
            entry.insert(Gathered {
                span: Rowspan::of(&record.place),
                record,
                elements: vec![element],
                fault: None,
            });
        }
        Entry::Occupied(mut entry) => {
            let subject = entry.get_mut();
            subject.span.last = record.place.row;
            subject.elements.push(element);
            if let Err(field) = agree(&mut subject.record.subject.values, own) {
                let place = record.place;
                let input = record
                    .columns
                    .and_then(|columns| columns.of_input(&field).cloned())
                    .map(|column| (field.clone(), column));
                subject.fault.get_or_insert_with(|| {
                    Box::new(RefusedRow {
                        place,
                        name: record.name,
                        period: None,
                        input,
                        fault: RowFault::PeriodsDiffer { field },
                    })
                });
            }
        }
    }
}

fn refuse(gathered: &mut IndexMap<String, Gathered>, row: Box<RefusedRow>) {
    let row = Box::new(RefusedRow {
        period: None,
        ..*row
    });
    match gathered.entry(row.name.clone()) {
        Entry::Vacant(entry) => {
            entry.insert(Gathered {
                span: Rowspan::of(&row.place),
                record: Record {
                    place: row.place.clone(),
                    name: row.name.clone(),
                    is_named: true,
                    period: None,
                    outer: None,
                    subject: Subject::default(),
                    columns: None,
                },
                elements: Vec::new(),
                fault: Some(row),
            });
        }
        Entry::Occupied(mut entry) => {
            entry.get_mut().fault.get_or_insert(row);
        }
    }
}

/// Adds the inputs of one more row. Answers one that differs from what is there.
fn agree(
    values: &mut IndexMap<String, Given>,
    more: IndexMap<String, Given>,
) -> Result<(), String> {
    for (key, value) in more {
        match (values.get_mut(&key), value) {
            (_, Given::Nothing) => {}
            (None, value) => {
                values.insert(key, value);
            }
            (Some(Given::Map(inner)), Given::Map(more)) => agree(inner, more)?,
            (Some(there), value) if *there == Given::Nothing => *there = value,
            (Some(there), value) if *there == value => {}
            (Some(_), _) => return Err(key),
        }
    }
    Ok(())
}
