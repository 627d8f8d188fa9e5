//! Which results have rows, and what columns their rows have: known before any subject is scored.
//!
//! A row is an element of a list or what stands under a key of a map. Its members are columns, with
//! those of a member inside it under their whole way; a list or a second map inside a row is one
//! column.

use indexmap::IndexMap;

use super::ResultColumn;
use crate::model::{
    EachShape, Entry, ExprId, ExprKind, FigureId, LoopId, Model, Output, Over, ScaleId, Shape, Type,
};

/// A result that has rows: a list, or a map by options or names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRows {
    /// The names that lead to it, as in [`Scored::get`](super::Scored::get).
    pub path: Vec<String>,
    /// Its label.
    pub label: Option<String>,
    /// For a map: the labels of its keys, of those that have one. A list has no keys.
    pub keys: Option<IndexMap<String, String>>,
    /// The columns of each row, by the names that lead to them inside the row; the way is empty
    /// where a row is one plain value.
    pub columns: Vec<ResultColumn>,
}

/// The results that have rows, in the order in which they come out.
pub(crate) fn rows(model: &Model) -> Vec<ResultRows> {
    let results = model.results.iter();
    results
        .flat_map(|result| of_result(model, result))
        .collect()
}

fn of_result(model: &Model, result: &Output) -> Vec<ResultRows> {
    let own = &result.called;
    let path = vec![own.key.clone()];
    match &result.shape {
        Shape::One(value) => of_value(model, path, own.label.clone(), *value)
            .into_iter()
            .collect(),
        Shape::Fields(entries) => entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::One(called, value) => {
                    let path = vec![own.key.clone(), called.key.clone()];
                    of_value(model, path, called.label.clone(), *value)
                }
                Entry::Per(..) => None,
            })
            .collect(),
        // What is a result of its own for each option has no name for all of them.
        Shape::Each { spread: true, .. } => Vec::new(),
        Shape::Each { row, gives, .. } => vec![ResultRows {
            path,
            label: own.label.clone(),
            keys: match model.row(*row).map(|row| row.over) {
                Some(Over::Scale(scale)) => Some(labels(model, scale)),
                _ => None,
            },
            columns: match gives {
                EachShape::One(value) => columns_of_value(model, *value),
                EachShape::Fields(entries) => columns_of_entries(model, entries),
            },
        }],
    }
}

fn of_value(
    model: &Model,
    path: Vec<String>,
    label: Option<String>,
    value: ExprId,
) -> Option<ResultRows> {
    let (keys, element) = match &model.expr(value)?.of {
        Type::List(element) => (None, element),
        Type::Map(scale, element) => (Some(labels(model, *scale)), element),
        Type::Named(element) => (Some(IndexMap::new()), element),
        _ => return None,
    };
    let mut columns = Columns::new(model, value);
    columns.add(whole(), element);
    Some(ResultRows {
        path,
        label,
        keys,
        columns: columns.columns,
    })
}

fn labels(model: &Model, scale: ScaleId) -> IndexMap<String, String> {
    let options = model.scale(scale).map_or(&[][..], |scale| &scale.options);
    options
        .iter()
        .filter_map(|option| Some((option.key.clone(), option.label.clone()?)))
        .collect()
}

fn columns_of_value(model: &Model, value: ExprId) -> Vec<ResultColumn> {
    Columns::of(model, whole(), value)
}

fn columns_of_entries(model: &Model, entries: &[Entry]) -> Vec<ResultColumn> {
    entries
        .iter()
        .flat_map(|entry| match entry {
            Entry::One(called, value) => {
                let column = ResultColumn {
                    path: vec![called.key.clone()],
                    label: called.label.clone(),
                };
                Columns::of(model, column, *value)
            }
            // The options stand among the entries, under their own names.
            Entry::Per(_, value) => columns_of_value(model, *value),
        })
        .collect()
}

/// The row itself.
const fn whole() -> ResultColumn {
    ResultColumn {
        path: Vec::new(),
        label: None,
    }
}

/// The columns of a value.
struct Columns<'m> {
    model: &'m Model,
    /// Up to which `each` the rows have what is computed for them; outer `None`: all of it.
    up_to: Option<Option<FigureId>>,
    columns: Vec<ResultColumn>,
}

impl<'m> Columns<'m> {
    fn new(model: &'m Model, value: ExprId) -> Self {
        Self {
            model,
            up_to: up_to(model, value),
            columns: Vec::new(),
        }
    }

    fn of(model: &'m Model, column: ResultColumn, value: ExprId) -> Vec<ResultColumn> {
        let mut columns = Self::new(model, value);
        if let Some(value) = model.expr(value) {
            columns.add(column, &value.of);
        }
        columns.columns
    }

    /// Adds what stands in a column: its members, the options of a map, or itself.
    fn add(&mut self, column: ResultColumn, of: &Type) {
        match of {
            Type::Record(record) => {
                let record = self.model.record(*record);
                for field in record.map_or(&[][..], |record| &record.fields) {
                    let is_there = match (field.each, self.up_to) {
                        (Some(each), Some(up_to)) => up_to.is_some_and(|up_to| each <= up_to),
                        (None, _) | (_, None) => true,
                    };
                    if is_there && !field.called.key.is_empty() {
                        let label = field.called.label.as_deref();
                        self.add(inside(&column, &field.called.key, label), &field.of);
                    }
                }
            }
            Type::Map(scale, _) => {
                let scale = self.model.scale(*scale);
                let options = scale.map_or(&[][..], |scale| &scale.options).iter();
                let options = options.map(|option| {
                    let label = option.label.as_deref();
                    inside(&column, &option.key, label)
                });
                self.columns.extend(options);
            }
            _ => self.columns.push(column),
        }
    }
}

/// Up to which `each` rows have what is computed for them, where that is less than all.
fn up_to(model: &Model, value: ExprId) -> Option<Option<FigureId>> {
    let mut at = value;
    loop {
        let row = match &model.expr(at)?.kind {
            ExprKind::Rows(_, up_to) => return Some(*up_to),
            ExprKind::Pick { of, .. } => {
                at = *of;
                continue;
            }
            ExprKind::Row(row) | ExprKind::Only(row, _) | ExprKind::Sorted { row, .. } => row,
            _ => return None,
        };
        at = list_of(model, *row)?;
    }
}

/// The list through which a loop goes.
fn list_of(model: &Model, row: LoopId) -> Option<ExprId> {
    match model.row(row)?.over {
        Over::List(list) => Some(list),
        Over::Map(_) | Over::Scale(_) | Over::Given => None,
    }
}

/// The column of something inside another; its label names the whole way.
fn inside(column: &ResultColumn, key: &str, label: Option<&str>) -> ResultColumn {
    let mut path = column.path.clone();
    path.push(key.to_owned());
    let outer = (!column.path.is_empty()).then(|| {
        let label = column.label.clone();
        label.unwrap_or_else(|| column.path.join("."))
    });
    let label = label.map(|label| match outer {
        Some(outer) => format!("{outer}.{label}"),
        None => label.to_owned(),
    });
    ResultColumn { path, label }
}
