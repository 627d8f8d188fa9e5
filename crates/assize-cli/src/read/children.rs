//! The rows of a list that stand in a table of their own, gathered by the subject that they belong
//! to.
//!
//! The table is read once, whole, before the first subject is scored: memory grows with it. Rows
//! keep the order of the file. A row belongs to the subject that its key column names, and to the
//! period too where the table has a column for it. What cannot be told ends the run, because any
//! subject might be the one that lacks a row; a row whose subject is not among the data comes out
//! refused. Absent on purpose: any guess at whom a row might mean.

use std::collections::HashMap;
use std::sync::Arc;

use assize::input::Given;
use assize::text::Words;
use indexmap::IndexMap;

use super::columns::{Columns, SubjectColumn};
use super::error::ReadError;
use super::lists::{ListTable, Outer};
use super::ownership::ListRowFault;
use super::parents::{Owner, Parents};
use super::place::{Place, Rowspan};
use super::refusal::{RefusedRow, RowError, RowFault};
use super::suggest::nearest;
use super::{ReadOptions, Record, Source, open};
use crate::words::words;

/// The rows of one list.
pub struct ListRows {
    /// The list.
    pub table: ListTable,
    file: Arc<str>,
    columns: Option<Arc<Columns>>,
    groups: IndexMap<Owner, Group>,
    rows: u64,
    notes: Vec<Words>,
}

/// The rows of one subject.
struct Group {
    span: Rowspan,
    elements: Vec<Element>,
    /// The first row that could not be read.
    fault: Option<Box<RefusedRow>>,
}

struct Element {
    row: u64,
    outer: Option<String>,
    value: Given,
}

impl ListRows {
    /// Reads the table of a list. `key` says what heads the columns that name the subject and,
    /// inside another list, its row.
    ///
    /// # Errors
    ///
    /// If the table cannot be read, if it has no key column, or if one of its rows does not tell
    /// whose it is.
    pub fn read(
        source: Source,
        table: ListTable,
        key: &SubjectColumn,
        options: &ReadOptions,
    ) -> Result<(Self, Vec<Words>), ReadError> {
        let mut rows = open(source, &table.fields, key, options)?;
        let file = Arc::clone(&rows.ledger.file);
        if let Some(columns) = rows.columns() {
            let lacking = if columns.has_name() {
                (table.outer.is_some() && !columns.has_outer()).then_some(&key.outer)
            } else {
                Some(&key.headings)
            };
            if let Some(expected) = lacking {
                return Err(ReadError::NoKeyColumn {
                    file,
                    list: table.name,
                    expected: expected.clone(),
                });
            }
        }
        let mut read = Self {
            columns: rows.columns().cloned(),
            table,
            file,
            groups: IndexMap::new(),
            rows: 0,
            notes: Vec::new(),
        };
        let limit = options.limits.list_rows;
        for row in rows.by_ref() {
            if read.rows >= limit {
                let file = read.file;
                return Err(ReadError::TooManyListRows { file, limit });
            }
            read.rows = read.rows.saturating_add(1);
            read.add(row)?;
        }
        read.notes = rows.notes();
        Ok((read, rows.take_warnings()))
    }

    fn add(&mut self, row: Result<Record, RowError>) -> Result<(), ReadError> {
        let needs_outer = self.table.outer.is_some();
        match row {
            Ok(record) if record.is_named && (record.outer.is_some() || !needs_outer) => {
                let value = self.table.element(record.subject.values);
                let group = self.group(record.name, record.period, &record.place);
                group.elements.push(Element {
                    row: record.place.row,
                    outer: record.outer,
                    value,
                });
                Ok(())
            }
            Ok(record) => Err(self.row_of_nobody(record.place, None)),
            Err(RowError::Refused(row)) if row.is_named() && !needs_outer => {
                let group = self.group(row.name.clone(), row.period.clone(), &row.place);
                group.fault.get_or_insert(row);
                Ok(())
            }
            Err(RowError::Refused(row)) => Err(self.row_of_nobody(row.place, Some(row.fault))),
            Err(RowError::Stopped(error)) => Err(*error),
        }
    }

    fn row_of_nobody(&self, place: Place, fault: Option<RowFault>) -> ReadError {
        ReadError::RowOfNobody {
            place,
            list: self.table.name.clone(),
            fault: fault.map(Box::new),
        }
    }

    fn group(&mut self, subject: String, period: Option<String>, place: &Place) -> &mut Group {
        let owner = Owner { subject, period };
        let group = self.groups.entry(owner).or_insert_with(|| Group {
            span: Rowspan::of(place),
            elements: Vec::new(),
            fault: None,
        });
        group.span.last = place.row;
        group
    }

    /// Puts the rows of a subject into its figures. A subject without rows has an empty list.
    ///
    /// # Errors
    ///
    /// If one of the rows could not be read, or if it cannot be told whose rows they are.
    pub fn attach(&self, record: &mut Record, parents: &Parents) -> Result<(), Box<RefusedRow>> {
        let refused = |record: &Record, fault: ListRowFault| {
            Box::new(RefusedRow {
                place: record.place.clone(),
                name: record.name.clone(),
                period: record.period.clone(),
                input: None,
                fault: RowFault::List(fault),
            })
        };
        let field = || self.table.field.clone();
        if !record.is_named {
            return Err(refused(
                record,
                ListRowFault::SubjectUnnamed { field: field() },
            ));
        }
        let mut elements: Vec<&Element> = Vec::new();
        for (owner, group) in self.groups_of(record) {
            if parents.count(owner) > 1 {
                let name = record.name.clone();
                let fault = ListRowFault::SubjectTwice {
                    field: field(),
                    name,
                };
                return Err(refused(record, fault));
            }
            if let Some(row) = &group.fault {
                return Err(Box::new(RefusedRow {
                    place: row.place.clone(),
                    name: record.name.clone(),
                    period: record.period.clone(),
                    input: row.input.clone(),
                    fault: row.fault.clone(),
                }));
            }
            elements.extend(&group.elements);
        }
        elements.sort_by_key(|element| element.row);
        let put = match &self.table.outer {
            None => self.put(&mut record.subject.values, &elements),
            Some(outer) => self.put_inside(&mut record.subject.values, &elements, outer),
        };
        put.map_err(|fault| refused(record, fault))
    }

    /// The rows of the subject, those without a period and those of its own.
    fn groups_of(&self, record: &Record) -> impl Iterator<Item = (&Owner, &Group)> {
        let owner = |period: Option<&String>| Owner {
            subject: record.name.clone(),
            period: period.cloned(),
        };
        let own = record.period.as_ref().map(|period| owner(Some(period)));
        std::iter::once(owner(None))
            .chain(own)
            .filter_map(|owner| self.groups.get_key_value(&owner))
    }

    fn put(
        &self,
        values: &mut IndexMap<String, Given>,
        elements: &[&Element],
    ) -> Result<(), ListRowFault> {
        let Some(slot) = slot(values, &self.table.path) else {
            // Something else stands where the group of the list belongs; whoever knows the group
            // refuses that.
            return Ok(());
        };
        if *slot != Given::Nothing {
            if elements.is_empty() {
                return Ok(());
            }
            return Err(ListRowFault::ListTwice {
                field: self.table.field.clone(),
                file: self.file.to_string(),
            });
        }
        *slot = Given::List(elements.iter().map(|one| one.value.clone()).collect());
        Ok(())
    }

    /// Puts rows into the rows of the outer list that they name.
    fn put_inside(
        &self,
        values: &mut IndexMap<String, Given>,
        elements: &[&Element],
        outer: &Outer,
    ) -> Result<(), ListRowFault> {
        let mut by_row: IndexMap<&str, Vec<&Element>> = IndexMap::new();
        for element in elements {
            let rows = by_row.entry(element.outer.as_deref().unwrap_or(""));
            rows.or_default().push(element);
        }
        let mut found: HashMap<String, u64> = HashMap::new();
        if let Some(Given::List(rows)) = slot(values, &outer.path) {
            for row in rows {
                let Given::Map(members) = row else {
                    continue;
                };
                let name = match members.get(&outer.key) {
                    Some(Given::Text(name) | Given::Number(name)) => name.clone(),
                    Some(Given::Nothing | Given::Flag(_) | Given::List(_) | Given::Map(_))
                    | None => String::new(),
                };
                let own = by_row.get(name.as_str()).map_or(&[][..], Vec::as_slice);
                self.put(members, own)?;
                let count = found.entry(name).or_default();
                *count = count.saturating_add(1);
            }
        }
        for name in by_row.keys() {
            let (field, name) = (self.table.field.clone(), (*name).to_owned());
            let outer = outer.field.clone();
            match found.get(&name) {
                Some(1) => {}
                Some(_) => return Err(ListRowFault::OuterTwice { field, name, outer }),
                None => return Err(ListRowFault::NoSuchOuter { field, name, outer }),
            }
        }
        Ok(())
    }

    /// Where the rows of a subject stand whose input of this declared name is at fault, and in
    /// which column; `None` if the table does not have that input.
    pub fn place_of(&self, record: &Record, field: &str) -> Option<Words> {
        let column = self.columns.as_ref()?.of_input(field)?.words();
        let mut groups = self.groups_of(record);
        let span = groups.next()?.1.span.words();
        let (en, zh) = (span.en, span.zh);
        let (column_en, column_zh) = (column.en, column.zh);
        Some(words!("{en}, {column_en}", "{zh}，{column_zh}"))
    }

    /// The rows whose subject is not among the data: a refusal for each such subject.
    pub fn orphans(&self, parents: &Parents) -> Vec<RefusedRow> {
        let orphans = self
            .groups
            .iter()
            .filter(|(owner, _)| parents.count(owner) == 0);
        let refused = orphans.map(|(owner, group)| {
            let names = parents.names();
            let is_there = parents.has(&owner.subject);
            RefusedRow {
                place: group.span.first.clone(),
                name: owner.subject.clone(),
                period: owner.period.clone(),
                input: None,
                fault: RowFault::List(ListRowFault::RowsOfNobody {
                    field: self.table.field.clone(),
                    data: parents.file.clone(),
                    near: if is_there {
                        None
                    } else {
                        nearest(&owner.subject, names).map(str::to_owned)
                    },
                }),
            }
        });
        refused.collect()
    }

    /// How many rows were read and whose they are, and what reading them left to tell.
    pub fn notes(&self, parents: &Parents) -> Vec<Words> {
        let (list, rows) = (&self.table.name, self.rows);
        let file = &self.file;
        let mut owned = 0_usize;
        let mut subjects = 0_usize;
        let mut all = 0_usize;
        for (owner, group) in &self.groups {
            let own = group.elements.len();
            all = all.saturating_add(own);
            if parents.count(owner) > 0 {
                owned = owned.saturating_add(own);
                subjects = subjects.saturating_add(1);
            }
        }
        let orphans = all.saturating_sub(owned);
        let unread = usize::try_from(rows)
            .unwrap_or(usize::MAX)
            .saturating_sub(all);
        let mut notes = vec![words!(
            "{file}: rows of {list}: {rows} read: {owned} of {subjects} subjects, {orphans} of subjects that the data does not have, {unread} unreadable",
            "{file}：{list} 共读取 {rows} 行：{owned} 行属于 {subjects} 个考核对象，{orphans} 行的考核对象不在数据中，{unread} 行无法读取"
        )];
        notes.extend(self.notes.iter().map(|note| {
            let Words { en, zh } = note;
            words!("{file}: {en}", "{file}：{zh}")
        }));
        notes
    }
}

/// Where the value at the end of a path stands, made if it is not there; `None` if the path leads
/// through something that has no members.
fn slot<'a>(values: &'a mut IndexMap<String, Given>, path: &[String]) -> Option<&'a mut Given> {
    let (key, rest) = path.split_first()?;
    let mut value = values.entry(key.clone()).or_insert(Given::Nothing);
    for key in rest {
        if *value == Given::Nothing {
            *value = Given::Map(IndexMap::new());
        }
        let Given::Map(members) = value else {
            return None;
        };
        value = members.entry(key.clone()).or_insert(Given::Nothing);
    }
    Some(value)
}

#[cfg(test)]
mod tests;
