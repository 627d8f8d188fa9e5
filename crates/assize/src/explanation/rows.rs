//! The lines of an `each` for people: what each line is and rests on, then the rows, one line each.

use super::from_values::{Teller, in_words};
use super::{ExplainedFigure, ExplainedLine, LineKind};
use crate::model::{Each, Field, Figure, Model, Over, RowKind, RowLine, Type};
use crate::plan::PlannedFigure;
use crate::text::{Words, words};
use crate::value::{Cell, Value, member};

/// How many rows are told; the others are counted.
const TOLD: usize = 200;

impl Teller<'_> {
    pub(super) fn each(
        &self,
        planned: &PlannedFigure,
        figure: &Figure,
        each: &Each,
        depth: usize,
    ) -> ExplainedFigure {
        let mut lines: Vec<ExplainedLine> = each.lines.iter().filter_map(about).collect();
        let rows = match self.reading.cell(planned.value) {
            Cell::Value(Value::List(rows)) => rows.iter().as_slice(),
            _ => &[],
        };
        let count = rows.len();
        let fields = self
            .model()
            .record(each.record)
            .map_or(&[][..], |record| &record.fields);
        for (place, row) in rows.iter().enumerate().take(TOLD) {
            lines.push(self.row(each, fields, place, row));
        }
        if let Some(more) = rows.len().checked_sub(TOLD).filter(|more| *more > 0) {
            lines.push(plain(words!(
                "and {more} rows more",
                "另有 {more} 行，从略"
            )));
        }
        let origin = &figure.origin;
        ExplainedFigure {
            name: figure.called.key.clone(),
            label: gone_through(self.model(), each).unwrap_or_else(|| figure.called.key.clone()),
            depth,
            value: Some(words!("{count} rows", "{count} 行")),
            about: None,
            out_of: None,
            article: origin.article.clone(),
            says: origin.says.clone(),
            assumed: origin.assumed.clone(),
            lines,
        }
    }

    /// One row: what names it, then what the lines gave for it.
    fn row(&self, each: &Each, fields: &[Field], place: usize, row: &Cell) -> ExplainedLine {
        let told = |field: usize, of: &Type| match member(row, field) {
            Cell::Value(value) => Some(in_words(self.model(), &value, of)),
            _ => None,
        };
        let name = self.reading.row_named(each.record, place, row);
        let mut en = Vec::new();
        let mut zh = Vec::new();
        // What data gives, before what follows from it.
        for (index, field) in fields.iter().enumerate() {
            if let (Some(_), false, Some(value)) =
                (&field.given, field.unique, told(index, &field.of))
            {
                let shown = field.called.shown();
                en.push(format!("{shown} {}", value.en));
                zh.push(format!("{shown} {}", value.zh));
            }
        }
        for line in &each.lines {
            let Some(field) = line.field.map(|field| field as usize) else {
                continue;
            };
            let silent = match &line.kind {
                RowKind::Consequence(_) => {
                    member(row, field.saturating_add(1)).as_flag() != Some(true)
                }
                RowKind::Refuse { .. } | RowKind::Each(_) => true,
                RowKind::Let(_)
                | RowKind::Run { .. }
                | RowKind::Carry { .. }
                | RowKind::Require(_) => false,
            };
            let of = fields.get(field).map(|field| &field.of);
            if let (false, Some(value)) = (silent, of.and_then(|of| told(field, of))) {
                let shown = line.called.shown();
                en.push(format!("{shown} {}", value.en));
                zh.push(format!("{shown} {}", value.zh));
            }
        }
        plain(Words {
            en: format!("{name}: {}", en.join(", ")),
            zh: format!("{name}：{}", zh.join("，")),
        })
    }
}

/// What the rows belong to.
fn gone_through(model: &Model, each: &Each) -> Option<String> {
    match model.row(each.row)?.over {
        Over::List(list) | Over::Map(list) => model.shown(&model.expr(list)?.kind),
        Over::Scale(scale) => Some(model.scale(scale)?.called.shown().to_owned()),
        Over::Given => None,
    }
}

/// A line that rests on an article or assumes something says so once, before the rows.
fn about(line: &RowLine) -> Option<ExplainedLine> {
    let origin = &line.origin;
    if origin.article.is_none() && origin.assumed.is_none() {
        return None;
    }
    let shown = line.called.shown();
    Some(ExplainedLine {
        kind: LineKind::Rule,
        words: words!("{shown}", "{shown}"),
        value: None,
        article: origin.article.clone(),
        says: origin.says.clone(),
        assumed: origin
            .assumed
            .as_ref()
            .map(|text| words!("{text}", "{text}")),
    })
}

fn plain(words: Words) -> ExplainedLine {
    ExplainedLine {
        kind: LineKind::Rule,
        words,
        value: None,
        article: None,
        says: None,
        assumed: None,
    }
}
