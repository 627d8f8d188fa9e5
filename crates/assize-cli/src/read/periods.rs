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
use super::ownership::ListRowFault;
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
                        fault: RowFault::List(ListRowFault::PeriodsDiffer { field }),
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use assize::input::FieldShape;

    use super::super::InputFormat;
    use super::super::names::tests::{field, one};
    use super::super::tests::shown;
    use super::*;

    fn inputs() -> Vec<InputField> {
        let month = FieldShape::Group(vec![one("score", "得分"), one("base", "奖金基数")]);
        let months = FieldShape::List(Box::new(month));
        vec![one("rate", "系数"), field("months", "各月", months)]
    }

    fn read(text: &str) -> Result<Vec<String>, String> {
        let subject = SubjectColumn {
            headings: vec!["人员".to_owned()],
            period: vec!["period".to_owned()],
            outer: Vec::new(),
        };
        let list = ListTable::all(&inputs()).remove(0);
        let source = Source::Stream {
            name: "-".to_owned(),
            reader: Box::new(Cursor::new(text.to_owned())),
        };
        let options = ReadOptions {
            format: Some(InputFormat::Csv),
            ..ReadOptions::default()
        };
        let fields = fields_of(&inputs(), &list)?;
        let periods = Periods::read(source, &fields, &list, &subject, &options);
        let mut periods = periods.map_err(|error| error.to_string())?;
        let mut lines = Vec::new();
        while let Some(subject) = periods.next() {
            lines.push(match subject {
                Ok((record, place)) => {
                    let (name, place) = (record.name, place.en);
                    format!("{name} ({place}) {}", shown(&record.subject.into()))
                }
                Err(row) => {
                    let refusal = row.refusal();
                    format!(
                        "{} refused {} {}",
                        row.name,
                        refusal.code.name(),
                        refusal.field
                    )
                }
            });
        }
        Ok(lines)
    }

    #[test]
    fn rows_of_a_subject_become_its_list_in_the_order_of_the_file() {
        assert_eq!(
            read("人员,period,得分,奖金基数,系数\n甲,1月,78,100,2\n乙,1月,90,,\n甲,2月,79.5,,\n乙,2月,60,7,1.5\n"),
            Ok(vec![
                "甲 (-, line 2 to 4) {rate='2' months=[{score='78' base='100'} {score='79.5' base=-}]}".to_owned(),
                "乙 (-, line 3 to 5) {rate='1.5' months=[{score='90' base=-} {score='60' base='7'}]}".to_owned(),
            ])
        );
    }

    #[test]
    fn what_belongs_to_the_subject_agrees_in_its_rows() {
        assert_eq!(
            read("人员,得分,系数\n甲,78,2\n乙,90,1\n甲,79,2.5\n"),
            Ok(vec![
                "甲 refused conflict rate".to_owned(),
                "乙 (-, line 3) {rate='1' months=[{score='90'}]}".to_owned(),
            ])
        );
    }

    #[test]
    fn a_row_without_its_subject_ends_the_run() {
        let fault = read("人员,得分\n甲,78\n,79\n").unwrap_err();
        assert!(
            fault.starts_with("-, line 3: this row of months does not tell"),
            "{fault}"
        );
        let fault = read("人员,得分\n甲,78\n甲,79,1\n").unwrap_err();
        assert!(
            fault.starts_with("-, line 3: it cannot be told whose"),
            "{fault}"
        );
        let fault = read("得分\n78\n").unwrap_err();
        assert!(
            fault.contains("no column tells whose row of months it is"),
            "{fault}"
        );
    }

    #[test]
    fn a_column_cannot_stand_for_two_inputs() {
        let list = ListTable::all(&inputs()).remove(0);
        let mut fields = inputs();
        fields.push(one("score", ""));
        assert_eq!(fields_of(&fields, &list).err().as_deref(), Some("score"));
    }
}
