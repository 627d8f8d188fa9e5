//! A subject as terms: what is declared of its data, whether it is scored, and what comes out.
//!
//! Data that is no value of its input's type has no term, for such a subject is never scored.

use indexmap::IndexMap;

use super::Inexpressible;
use super::cells::{Cell, Lack, Opaque, Value};
use super::ops::{LAST_DAY, Terms};
use super::text::{Figure, Sort, Truth, Writer};
use crate::model::{Bound, FigureKind, Input, Model, Type};
use crate::number::Rational;
use crate::plan::{Conflict, NodeId, PlannedEntry, PlannedShape, RangeCheck};
use crate::text::{Words, words};

/// The terms of one subject.
pub(super) struct Subject {
    pub(super) given: Vec<Given>,
    pub(super) cells: Vec<Cell>,
    pub(super) lacking: Vec<(NodeId, Truth)>,
    pub(super) scored: Truth,
}

/// What data gives for one input.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) cell: Cell,
    /// Whether the datum alone refuses the subject: a negative count.
    refused: Truth,
}

/// Declares what data may give for each input.
pub(super) fn declared(model: &Model, writer: &mut Writer) -> Result<Vec<Given>, Inexpressible> {
    let mut given = Vec::with_capacity(model.inputs.len());
    for input in &model.inputs {
        let mut about = input.path.join(".");
        if let Some(label) = &input.called.label {
            about = format!("{about} {label}");
        }
        writer.comment(&about);
        let cell = match &input.of {
            Type::Map(scale, of) => {
                let there = declared_given(&name_of(input), writer);
                let options = model.scale(*scale).map_or(&[][..], |scale| &scale.options);
                let mut cells = Vec::with_capacity(options.len());
                for option in options {
                    let name = format!("{}.{}", name_of(input), option.key);
                    cells.push(one(model, input, of, &name, writer)?);
                }
                Cell {
                    lack: Lack::missing(there.not()),
                    value: Value::Several { cells, keyed: true },
                }
            }
            of => one(model, input, of, &name_of(input), writer)?,
        };
        let refused = negative_count(input, &cell);
        let mut cell = cell;
        if input.parameter && !input.optional && input.default.is_none() {
            // An absent parameter is a fault where it is reached, not where it stands.
            cell.lack.fault = cell.lack.fault.or(&cell.lack.missing);
            cell.lack.missing = Truth::NO;
        }
        given.push(Given { cell, refused });
    }
    Ok(given)
}

/// The name of an input's terms. A name of the scheme alone might be one that SMT-LIB or a solver
/// has taken, such as `mod`.
fn name_of(input: &Input) -> String {
    format!("input {}", input.path.join("."))
}

fn declared_given(name: &str, writer: &mut Writer) -> Truth {
    Truth::Text(writer.declare(&format!("{name} given"), "Bool"))
}

/// One value as data gives it.
fn one(
    model: &Model,
    input: &Input,
    of: &Type,
    name: &str,
    writer: &mut Writer,
) -> Result<Cell, Inexpressible> {
    let inexpressible = |what| Inexpressible {
        what,
        span: input.origin.span,
    };
    if input.averaged && !averages_to_any(model, input) {
        return Err(inexpressible(words!(
            "several figures that are averaged, in steps or whole within bounds",
            "取平均的若干数据，且有步长，或为有上下限的整数"
        )));
    }
    let there = declared_given(name, writer);
    let value = match of {
        Type::Count if !input.averaged => {
            let symbol = writer.declare(name, "Int");
            Value::Number(Figure::Text(format!("(to_real {symbol})").into()))
        }
        Type::Count
        | Type::Number
        | Type::Points
        | Type::Ratio
        | Type::Money
        | Type::Duration
        | Type::Literal { .. } => Value::Number(Figure::Text(writer.declare(name, "Real"))),
        Type::Flag => Value::Flag(Truth::Text(writer.declare(name, "Bool"))),
        Type::Option(scale) => {
            let symbol = writer.declare(name, "Int");
            let options = model.scale(*scale).map_or(&[][..], |scale| &scale.options);
            writer.line(&format!(
                "(assert (<= 0 {symbol} {}))",
                options.len().saturating_sub(1)
            ));
            for (place, option) in options.iter().enumerate() {
                writer.comment(&format!("{place} = {}", option.shown()));
            }
            Value::Option(Figure::Text(symbol))
        }
        Type::Date => {
            let symbol = writer.declare(name, "Int");
            writer.comment("days counted from 0001-01-01, which is 1");
            writer.line(&format!("(assert (<= 1 {symbol} {LAST_DAY}))"));
            Value::Day(Figure::Text(symbol))
        }
        Type::Text => Value::Opaque(Opaque::Text),
        Type::Time => Value::Opaque(Opaque::Time),
        Type::Unknown
        | Type::Nothing
        | Type::Months
        | Type::Irrational
        | Type::List(_)
        | Type::Map(..)
        | Type::Named(_)
        | Type::Record(_)
        | Type::Either(_) => {
            return Err(inexpressible(words!(
                "a list, or figures by names that data gives",
                "列表，或以数据中名称为键的各数"
            )));
        }
    };
    Ok(Cell {
        lack: Lack::missing(there.not()),
        value,
    })
}

/// Whether a count is negative, for which the subject is refused whatever else holds.
fn negative_count(input: &Input, cell: &Cell) -> Truth {
    let is_negative = |cell: &Cell| match &cell.value {
        Value::Number(figure) => cell
            .is_there()
            .and(&figure.is_below(&Figure::ZERO, Sort::Real)),
        _ => Truth::NO,
    };
    match (&input.of, &cell.value) {
        (Type::Count, _) => is_negative(cell),
        (Type::Map(_, of), Value::Several { cells, .. }) if **of == Type::Count => cell
            .is_there()
            .and(&Truth::any(cells.iter().map(is_negative))),
        _ => Truth::NO,
    }
}

/// Whether the means of several figures are all figures between the bounds.
fn averages_to_any(model: &Model, input: &Input) -> bool {
    let is_whole = |bound: &Option<Bound>| {
        bound.as_ref().is_none_or(|bound| {
            bound.included
                && model
                    .constant(bound.at)
                    .is_some_and(|bound| bound.is_integer())
        })
    };
    let is_whole_within = is_whole(&input.low) && is_whole(&input.high);
    input.step.is_none() && (input.of != Type::Count || is_whole_within)
}

impl Terms<'_> {
    /// Computes the terms of all nodes, those of `same` where nothing moved.
    pub(super) fn run(&mut self, same: Option<(&Subject, &[bool])>) -> Result<(), Inexpressible> {
        let plan = self.plan;
        for (index, op) in plan.nodes.iter().enumerate() {
            let id = NodeId::next(&self.cells);
            let kept = same.and_then(|(subject, moved)| {
                let unmoved = moved.get(index) == Some(&false);
                let cell = subject.cells.get(index).filter(|_| unmoved)?;
                Some((cell.clone(), &subject.lacking))
            });
            let cell = match kept {
                Some((cell, lacking)) => {
                    let own = lacking.iter().filter(|(node, _)| *node == id);
                    self.lacking.extend(own.cloned());
                    cell
                }
                None => {
                    let name = self.name(id);
                    let cell = self.compute(id, op)?.settled(&name, self.writer);
                    self.present(id, cell)
                }
            };
            self.cells.push(cell);
        }
        Ok(())
    }

    /// What must be present is taken to be so: where it is not, the subject is not scored, and
    /// nothing that is computed from it matters.
    fn present(&mut self, id: NodeId, mut cell: Cell) -> Cell {
        let plan = self.plan;
        for required in plan.required.iter().filter(|required| required.node == id) {
            if !required.each_key {
                self.lacking.push((id, cell.lack.missing.clone()));
                cell.lack.missing = Truth::NO;
                continue;
            }
            let there = cell.is_there();
            if let Value::Several { cells, .. } = &mut cell.value {
                for cell in cells {
                    let missing = std::mem::replace(&mut cell.lack.missing, Truth::NO);
                    self.lacking.push((id, there.and(&missing)));
                }
            }
        }
        cell
    }

    /// Whether this subject is scored: neither refused nor without result.
    pub(super) fn scored(&mut self) -> Result<Truth, Inexpressible> {
        let plan = self.plan;
        let mut wrong: Vec<Truth> = self.given.iter().map(|own| own.refused.clone()).collect();
        for check in &plan.ranges {
            wrong.push(self.leaves_range(check)?);
        }
        for conflict in &plan.conflicts {
            wrong.push(self.is_conflict(conflict));
        }
        if let Some(refusal) = plan.row_refusals.first() {
            return Err(Inexpressible {
                what: words!("a refusal for each row", "逐行的拒收"),
                span: refusal.origin.span,
            });
        }
        let conditions = plan.refusals.iter().map(|refusal| refusal.when);
        for when in conditions.chain(plan.stops.iter().copied().flatten()) {
            let cell = self.cell(when);
            wrong.extend([
                cell.says(true),
                cell.lack.fault.clone(),
                cell.lack.empty.clone(),
            ]);
        }
        wrong.extend(self.lacking.iter().map(|(_, missing)| missing.clone()));
        for planned in &plan.figures {
            match self.model.figure(planned.figure).map(|figure| &figure.kind) {
                None | Some(FigureKind::Unknown | FigureKind::Let(_) | FigureKind::Each(_)) => {}
                Some(_) => wrong.push(self.spoils(self.cell(planned.value))),
            }
        }
        for output in &plan.outputs {
            match &output.shape {
                PlannedShape::One(node, _) => wrong.push(self.spoils(self.cell(*node))),
                PlannedShape::Fields(entries) => {
                    let nodes = entries.iter().map(PlannedEntry::node);
                    wrong.extend(nodes.map(|node| self.spoils(self.cell(node))));
                }
                PlannedShape::Each { .. } => {
                    return Err(Inexpressible {
                        what: words!("a result for each row or option", "逐行或逐项的结果"),
                        span: output.origin.span,
                    });
                }
            }
        }
        Ok(Truth::any(wrong).not())
    }

    fn leaves_range(&self, check: &RangeCheck) -> Result<Truth, Inexpressible> {
        let given = self.cell(check.of);
        let mut wrong = Vec::new();
        let mut base = Figure::ZERO;
        let plain = Cell::of(given.value.clone());
        let values: Vec<&Cell> = match &given.value {
            Value::Several { cells, .. } => cells.iter().collect(),
            _ => vec![&plain],
        };
        for (place, end) in [check.low, check.high].into_iter().enumerate() {
            let Some((node, included)) = end else {
                continue;
            };
            let bound = self.cell(node);
            wrong.extend([bound.lack.fault.clone(), bound.lack.empty.clone()]);
            for cell in &values {
                let Some((value, bound_at, sort)) = cell.value.ordered(&bound.value) else {
                    if matches!(bound.value, Value::Nothing) {
                        continue;
                    }
                    return Err(self.opaque(check.of, &cell.value));
                };
                let (low, high) = if place == 0 {
                    (value, bound_at)
                } else {
                    (bound_at, value)
                };
                let outside = if included {
                    low.is_below(high, sort)
                } else {
                    low.is_at_most(high, sort)
                };
                let counts = cell.is_there().and(&bound.is_there());
                wrong.push(counts.and(&outside));
            }
            if let (0, Value::Number(low)) = (place, &bound.value) {
                base = Figure::pick(&bound.is_there(), low, &Figure::ZERO, Sort::Real);
            }
        }
        for cell in &values {
            if let (Some(step), Value::Number(value)) = (&check.step, &cell.value) {
                let steps = value.minus(&base).over(&Figure::Is(step.clone()));
                wrong.push(cell.is_there().and(&steps.is_whole().not()));
            }
        }
        if let (Some(sum), Value::Several { cells, .. }) = (&check.summing_to, &given.value) {
            wrong.push(Self::sums_otherwise(cells, sum));
        }
        Ok(given.is_there().and(&Truth::any(wrong)))
    }

    /// Whether the figures of a map that are there add up to something else.
    fn sums_otherwise(cells: &[Cell], sum: &Rational) -> Truth {
        let figures: Vec<Figure> = cells
            .iter()
            .map(|cell| match &cell.value {
                Value::Number(figure) => {
                    Figure::pick(&cell.is_there(), figure, &Figure::ZERO, Sort::Real)
                }
                _ => Figure::ZERO,
            })
            .collect();
        Figure::sum(&figures)
            .equals(&Figure::Is(sum.clone()), Sort::Real)
            .not()
    }

    fn is_conflict(&self, conflict: &Conflict) -> Truth {
        let given = |index: usize| {
            let given = self.given.get(index);
            given.map_or(Truth::NO, |given| given.cell.is_there())
        };
        match conflict {
            Conflict::NotAsked { input, asked } => {
                given(input.index()).and(&self.cell(*asked).says(false))
            }
            Conflict::Both(either) => {
                let either = self.model.eithers.get(either.index());
                let inputs = either.map_or(&[][..], |either| &either.inputs);
                let mut both = Vec::new();
                for (place, input) in inputs.iter().enumerate() {
                    for other in inputs.iter().take(place) {
                        both.push(given(input.index()).and(&given(other.index())));
                    }
                }
                Truth::any(both)
            }
        }
    }

    /// Whether what comes out there keeps the subject from being scored.
    fn spoils(&self, cell: &Cell) -> Truth {
        let inner = match &cell.value {
            Value::Several { cells, .. } => {
                let strong = cells.iter().map(|cell| cell.lack.strong());
                cell.is_there().and(&Truth::any(strong))
            }
            _ => Truth::NO,
        };
        cell.lack.strong().or(&inner)
    }

    /// Names what comes out; of two results of one name the later one does.
    pub(super) fn results(&mut self) {
        let plan = self.plan;
        let mut all: IndexMap<String, (Option<&str>, NodeId, &Type)> = IndexMap::new();
        for planned in &plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            if !matches!(
                figure.kind,
                FigureKind::Unknown | FigureKind::Let(_) | FigureKind::Each(_)
            ) {
                let label = figure.called.label.as_deref();
                all.insert(
                    figure.called.key.clone(),
                    (label, planned.value, &figure.of),
                );
            }
        }
        for output in &plan.outputs {
            let (key, label) = (&output.called.key, output.called.label.as_deref());
            match &output.shape {
                PlannedShape::One(node, of) => {
                    all.insert(key.clone(), (label, *node, of));
                }
                PlannedShape::Fields(entries) => {
                    for entry in entries {
                        match entry {
                            PlannedEntry::One(called, node, of) => {
                                let label = called.label.as_deref();
                                all.insert(format!("{key}.{}", called.key), (label, *node, of));
                            }
                            PlannedEntry::Per(_, node, of) => {
                                all.insert(key.clone(), (label, *node, of));
                            }
                        }
                    }
                }
                PlannedShape::Each { .. } => {}
            }
        }
        for (key, (label, node, of)) in all {
            self.result(&key, label, node, of);
        }
    }

    fn result(&mut self, key: &str, label: Option<&str>, node: NodeId, of: &Type) {
        let cell = self.cell(node).clone();
        self.writer
            .comment(&format!("{key} {}", label.unwrap_or_default()));
        let scale = match of {
            Type::Option(scale) => self.model.scale(*scale),
            _ => None,
        };
        if let Some(scale) = scale {
            for (place, option) in scale.options.iter().enumerate() {
                self.writer
                    .comment(&format!("{place} = {}", option.shown()));
            }
        }
        match &cell.value {
            Value::Several { cells, .. } => {
                let scale = match of {
                    Type::Map(scale, _) => self.model.scale(*scale),
                    _ => None,
                };
                for (place, inner) in cells.iter().enumerate() {
                    let option = scale.and_then(|scale| scale.options.get(place));
                    let at = option.map_or_else(|| place.to_string(), |option| option.key.clone());
                    let inner = Cell {
                        lack: cell.lack.or_else(&inner.lack),
                        value: inner.value.clone(),
                    };
                    self.result_of(&format!("{key}.{at}"), &inner);
                }
            }
            Value::Names(names) => {
                for (there, name) in names {
                    let there = cell.is_there().and(there).text();
                    self.writer
                        .named(&format!("result {key}.{name}"), "Bool", &there);
                }
            }
            _ => self.result_of(key, &cell),
        }
    }

    fn result_of(&mut self, key: &str, cell: &Cell) {
        let name = format!("result {key}");
        let there = cell.is_there().text();
        match &cell.value {
            Value::Number(figure) => {
                let text = figure.text(Sort::Real);
                self.writer.named(&name, "Real", &text);
            }
            Value::Option(figure) | Value::Day(figure) => {
                let text = figure.text(Sort::Int);
                self.writer.named(&name, "Int", &text);
            }
            Value::Flag(flag) => {
                self.writer.named(&name, "Bool", &flag.text());
            }
            Value::Opaque(_) => {
                let Words { en, .. } = words!("text or time, which has no term here", "");
                self.writer.comment(&en);
            }
            Value::Nothing | Value::Several { .. } | Value::Names(_) | Value::Weights(_) => {}
        }
        self.writer.named(&format!("{name} there"), "Bool", &there);
    }
}
