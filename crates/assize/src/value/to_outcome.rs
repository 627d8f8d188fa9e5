//! From the values of a plan to what comes out, in the order that the language fixes:
//! each given value, values that exclude each other, `refuse` lines; `no result` lines; what is
//! required; figures in declaration order. The first thing found is the outcome.

use std::cell::LazyCell;

use indexmap::IndexMap;

use super::from_plan::{Computed, from_plan};
use super::ranges::Range;
use super::rows::{
    first_fault, first_gap, first_key_missing, first_missing, member, not_given, row_called,
};
use super::{Absence, Cell, Value};
use crate::input::Subject;
use crate::input::bind::{Bound, bind, missing};
use crate::model::{Either, FigureId, FigureKind, Model, Origin, RecordId, ScaleId, Type};
use crate::number::Rational;
use crate::outcome::{
    Assumption, Fault, Fired, NoResult, Outcome, Refusal, ResultValue, Scored, numbered,
};
use crate::plan::{
    Conflict, EachOf, NodeId, Op, Plan, PlannedEntry, PlannedFigure, PlannedShape, RangeCheck,
    Step, What,
};
use crate::text::{Language, Words, words};

/// Reads the cells of one subject.
pub(crate) struct Reading<'a> {
    pub(crate) model: &'a Model,
    pub(crate) plan: &'a Plan,
    pub(crate) computed: &'a Computed,
}

/// The values of a plan for one subject and what comes out; `run` holds the parameters given once
/// for all subjects.
pub(crate) fn compute(
    model: &Model,
    plan: &Plan,
    subject: &Subject,
    run: &Subject,
) -> (Outcome, Computed) {
    let bound = bind(model, subject, run);
    let computed = from_plan(plan, &bound.cells);
    let reading = Reading {
        model,
        plan,
        computed: &computed,
    };
    let outcome = to_outcome(&reading, &bound);
    (outcome, computed)
}

/// What comes out for one subject.
pub(crate) fn to_outcome(reading: &Reading<'_>, bound: &Bound) -> Outcome {
    let refused = reading
        .data(bound)
        .or_else(|| reading.conflicts(bound))
        .or_else(|| reading.refusals())
        .or_else(|| reading.row_refusals());
    if let Some(refusal) = refused {
        return Outcome::Error(refusal);
    }
    if let Some(outcome) = reading.stopped() {
        return outcome;
    }
    if let Some(refusal) = reading.required() {
        return Outcome::Error(refusal);
    }
    match reading.results() {
        Ok(mut scored) => {
            for assumption in &bound.assumptions {
                if !scored.assumptions.contains(assumption) {
                    scored.assumptions.push(assumption.clone());
                }
            }
            Outcome::Ok(scored)
        }
        Err(outcome) => outcome,
    }
}

impl Reading<'_> {
    pub(crate) fn cell(&self, id: NodeId) -> &Cell {
        static NOWHERE: Cell = Cell::Absent(Absence::NoBranch);
        self.computed.cells.get(id.index()).unwrap_or(&NOWHERE)
    }

    /// Each given value: type and domain, then range, in declaration order.
    pub(crate) fn data(&self, bound: &Bound) -> Option<Refusal> {
        let mut ranges = self.plan.ranges.iter().peekable();
        for index in 0..=bound.cells.len() {
            if let Some((_, refusal)) = bound.groups.iter().find(|(at, _)| *at == index) {
                return Some(refusal.clone());
            }
            let (Some(cell), Some(input)) = (bound.cells.get(index), self.model.inputs.get(index))
            else {
                continue;
            };
            // An absent parameter is a fault where it is reached, not where it stands.
            if let Cell::Fault(fault) = cell
                && !(input.parameter && fault.code == Fault::Missing)
            {
                return Some((**fault).clone());
            }
            while let Some(range) = ranges.next_if(|range| range.input.index() == index) {
                if let Some(refusal) = self.range(range) {
                    return Some(refusal);
                }
            }
            if matches!(input.of, Type::List(_) | Type::Map(..) | Type::Named(_))
                && let Some(node) = self.plan.inputs.get(index)
                && let Some(refusal) = first_fault(self.cell(*node))
                && !(input.parameter && refusal.code == Fault::Missing)
            {
                return Some(refusal.clone());
            }
        }
        None
    }

    fn range(&self, check: &RangeCheck) -> Option<Refusal> {
        let input = self.model.input(check.input)?;
        let Cell::Value(value) = self.cell(check.of) else {
            return None;
        };
        let mut bounds: [Option<(&Value, bool)>; 2] = [None, None];
        for (slot, bound) in bounds.iter_mut().zip([check.low, check.high]) {
            let Some((node, included)) = bound else {
                continue;
            };
            match self.cell(node) {
                Cell::Value(bound) => *slot = Some((bound, included)),
                // A value that is given reaches its bounds: one that cannot be known is never
                // passed over.
                Cell::Fault(fault) | Cell::Empty(fault) => return Some((**fault).clone()),
                Cell::Absent(_) | Cell::Stop(_) => {}
            }
        }
        let [low, high] = bounds;
        let range = Range {
            low,
            high,
            step: check.step.as_ref(),
            summing_to: check.summing_to.as_ref(),
        };
        Some(Refusal {
            code: Fault::Range,
            field: input.called.key.clone(),
            message: range.left_by(input.called.shown(), value)?,
        })
    }

    fn conflicts(&self, bound: &Bound) -> Option<Refusal> {
        if let Some(refusal) = bound.conflicts.first() {
            return Some(refusal.clone());
        }
        let given = |index: usize| {
            bound
                .cells
                .get(index)
                .is_some_and(|cell| matches!(cell, Cell::Value(_)))
        };
        for conflict in &self.plan.conflicts {
            match conflict {
                Conflict::NotAsked { input, asked } => {
                    if given(input.index()) && self.cell(*asked).as_flag() == Some(false) {
                        let input = self.model.input(*input)?;
                        let shown = input.called.shown();
                        return Some(Refusal {
                            code: Fault::Conflict,
                            field: input.called.key.clone(),
                            message: words!(
                                "{shown} is given although it is not asked here",
                                "此处不应填写{shown}，却填写了"
                            ),
                        });
                    }
                }
                Conflict::Both(either) => {
                    let either = self.model.eithers.get(either.index())?;
                    let both = either
                        .inputs
                        .iter()
                        .filter(|input| given(input.index()))
                        .count()
                        > 1;
                    let first = either.inputs.first().and_then(|id| self.model.input(*id));
                    if let (true, Some(first)) = (both, first) {
                        let list = self.alternatives(either);
                        return Some(Refusal {
                            code: Fault::Conflict,
                            field: first.called.key.clone(),
                            message: words!(
                                "more than one is given of {list}; give one",
                                "{list}只能填一项，却填了不止一项"
                            ),
                        });
                    }
                }
            }
        }
        None
    }

    /// Refusals among the lines for each row: the first row that one refuses.
    fn row_refusals(&self) -> Option<Refusal> {
        for refusal in &self.plan.row_refusals {
            let flags = match self.cell(refusal.when) {
                Cell::Value(Value::List(flags)) => flags,
                Cell::Fault(fault) => return Some((**fault).clone()),
                _ => continue,
            };
            if let Some(fault) = first_fault(self.cell(refusal.when)) {
                return Some(fault.clone());
            }
            let Some(place) = flags.iter().position(|flag| flag.as_flag() == Some(true)) else {
                continue;
            };
            let option = refusal
                .scale
                .and_then(|scale| self.model.scale(scale))
                .and_then(|scale| scale.options.get(place));
            let field = match (&refusal.field, option) {
                (Some(field), _) => field.clone(),
                (None, Some(option)) => option.key.clone(),
                (None, None) => String::new(),
            };
            let article = refusal
                .origin
                .article
                .as_ref()
                .map_or_else(String::new, |article| format!("（{article}）"));
            let message = match &refusal.label {
                Some(label) => words!("{label}{article}", "{label}{article}"),
                None => words!(
                    "{field} cannot be right: a rule of the scheme refuses it{article}",
                    "“{field}”的数据不合理，方案规定拒收{article}"
                ),
            };
            let row = match (option, self.cell(refusal.rows)) {
                (Some(option), _) => {
                    let option = option.shown();
                    words!("{option}", "{option}")
                }
                (None, Cell::Value(Value::List(rows))) => match rows.get(place) {
                    Some(row) => row_called(self.model, refusal.record, place, row),
                    None => numbered(place),
                },
                (None, _) => numbered(place),
            };
            let found = Refusal {
                code: refusal.code,
                field,
                message,
            };
            return Some(found.in_row(row));
        }
        None
    }

    fn refusals(&self) -> Option<Refusal> {
        for (refusal, planned) in self.model.refusals.iter().zip(&self.plan.refusals) {
            match self.cell(planned.when) {
                Cell::Value(Value::Flag(true)) => {
                    let field = &refusal.field;
                    let article = refusal
                        .origin
                        .article
                        .as_ref()
                        .map_or_else(String::new, |article| format!("（{article}）"));
                    let message = match (&refusal.label, &planned.written) {
                        (Some(label), _) => words!("{label}{article}", "{label}{article}"),
                        (None, Some(when)) => words!(
                            "{field} cannot be right: the scheme refuses `{when}`{article}",
                            "“{field}”的数据不合理，方案规定“{when}”时拒收{article}"
                        ),
                        (None, None) => words!(
                            "{field} cannot be right: a rule of the scheme refuses it{article}",
                            "“{field}”的数据不合理，方案规定拒收{article}"
                        ),
                    };
                    return Some(Refusal {
                        code: refusal.code,
                        field: refusal.field.clone(),
                        message,
                    });
                }
                Cell::Fault(fault) | Cell::Empty(fault) => return Some((**fault).clone()),
                Cell::Value(_) | Cell::Absent(_) | Cell::Stop(_) => {}
            }
        }
        None
    }

    /// The first `no result` line that holds, or whose condition is at fault; one that cannot be
    /// decided for lack of data does not hold.
    fn stopped(&self) -> Option<Outcome> {
        for (index, when) in self.plan.stops.iter().enumerate() {
            let Some(when) = when else {
                continue;
            };
            match self.cell(*when) {
                Cell::Value(Value::Flag(true)) => {
                    return self.stop(index).map(Outcome::NoResult);
                }
                Cell::Fault(fault) | Cell::Empty(fault) => {
                    return Some(Outcome::Error((**fault).clone()));
                }
                Cell::Value(_) | Cell::Absent(_) | Cell::Stop(_) => {}
            }
        }
        None
    }

    fn stop(&self, index: usize) -> Option<NoResult> {
        let stop = self.model.stops.get(index)?;
        Some(NoResult {
            reason: stop.reason.clone(),
            label: stop.label.clone(),
            article: stop.origin.article.clone(),
        })
    }

    fn required(&self) -> Option<Refusal> {
        let absent = self
            .plan
            .required
            .iter()
            .find(|required| match self.cell(required.node) {
                Cell::Absent(Absence::Missing) => !required.each_key,
                Cell::Value(Value::Map(values)) => {
                    required.each_key
                        && values
                            .iter()
                            .any(|cell| matches!(cell, Cell::Absent(Absence::Missing)))
                }
                _ => false,
            });
        let Some(absent) = absent else {
            return self.required_members();
        };
        let input =
            self.model.inputs.iter().find(|input| {
                input.called.key == absent.field && input.called.shown() == absent.shown
            });
        let either = self.model.eithers.iter().find(|either| {
            either.called.shown() == absent.shown
                && either
                    .inputs
                    .first()
                    .and_then(|id| self.model.input(*id))
                    .is_some_and(|first| first.called.key == absent.field)
        });
        if let Some(either) = either {
            let list = self.alternatives(either);
            return Some(Refusal {
                code: Fault::Missing,
                field: absent.field.clone(),
                message: words!(
                    "one of {list} is needed, and none was given",
                    "{list}须填一项，现在都没有填"
                ),
            });
        }
        let shown = &absent.shown;
        if let (Some(input), Cell::Value(Value::Map(values))) = (input, self.cell(absent.node))
            && let Some(key) = first_key_missing(self.model, &input.of, values)
        {
            return Some(not_given(&absent.field, &format!("{shown}.{key}")));
        }
        Some(input.map_or_else(|| not_given(&absent.field, shown), missing))
    }

    /// Members that every row must have.
    fn required_members(&self) -> Option<Refusal> {
        let inputs = self.model.inputs.iter().zip(&self.plan.inputs);
        inputs
            .filter(|(input, _)| matches!(input.of, Type::List(_)))
            .find_map(|(input, node)| {
                let cell = self.cell(*node);
                first_missing(self.model, &input.of, cell).or_else(|| {
                    let gaps = first_gap(&input.of, cell);
                    gaps.then(|| not_given(&input.called.key, input.called.shown()))
                })
            })
    }

    /// The alternatives of an `either`, as people know them.
    fn alternatives(&self, either: &Either) -> String {
        let inputs = either.inputs.iter().filter_map(|id| self.model.input(*id));
        let shown: Vec<&str> = inputs.map(|input| input.called.shown()).collect();
        shown.join("、")
    }

    fn results(&self) -> Result<Scored, Outcome> {
        let mut scored = Scored::default();
        for planned in &self.plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            match &figure.kind {
                FigureKind::Unknown | FigureKind::Let(_) => continue,
                FigureKind::Each(_) => {
                    self.row_consequences(planned.value, &mut scored);
                    continue;
                }
                FigureKind::Item(_)
                | FigureKind::Group(_)
                | FigureKind::Total(_)
                | FigureKind::Grade(_)
                | FigureKind::Require(_)
                | FigureKind::Consequence(_) => {}
            }
            if let Some(value) = self.come_out(planned.value, &figure.of)? {
                scored.results.insert(figure.called.key.clone(), value);
            }
            if let (FigureKind::Consequence(consequence), Some(true)) = (
                &figure.kind,
                planned.fires.and_then(|fires| self.cell(fires).as_flag()),
            ) {
                scored.consequences.push(Fired {
                    name: figure.called.key.clone(),
                    label: figure.called.label.clone(),
                    amount: consequence
                        .amount
                        .and_then(|_| self.cell(planned.value).as_number().cloned()),
                    to: consequence.to.clone(),
                    article: figure.origin.article.clone(),
                    row: None,
                });
            }
        }
        for output in &self.plan.outputs {
            let value = match &output.shape {
                PlannedShape::One(node, of) => self.come_out(*node, of)?,
                PlannedShape::Fields(fields) => {
                    let cell = |node: NodeId| self.cell(node).clone();
                    Some(ResultValue::Fields(self.fields(fields, cell)?))
                }
                PlannedShape::Each {
                    rows,
                    of,
                    scale,
                    spread,
                } => {
                    let value = self.each_result(*rows, of, *scale)?;
                    if let (true, Some(ResultValue::Fields(each))) = (*spread, &value) {
                        scored
                            .results
                            .extend(each.iter().map(|(key, value)| (key.clone(), value.clone())));
                        continue;
                    }
                    value
                }
            };
            if let Some(value) = value {
                scored.results.insert(output.called.key.clone(), value);
            }
        }
        scored.assumptions = self.assumptions();
        Ok(scored)
    }

    /// The consequences among the lines for each row that fired, row by row.
    fn row_consequences(&self, each: NodeId, scored: &mut Scored) {
        for consequence in &self.plan.row_consequences {
            if consequence.rows != each {
                continue;
            }
            let Cell::Value(Value::List(rows)) = self.cell(consequence.rows) else {
                continue;
            };
            for (place, row) in rows.iter().enumerate() {
                let fires = member(row, consequence.field.saturating_add(1));
                if fires.as_flag() != Some(true) {
                    continue;
                }
                scored.consequences.push(Fired {
                    name: consequence.called.key.clone(),
                    label: consequence.called.label.clone(),
                    amount: consequence
                        .has_amount
                        .then(|| member(row, consequence.field).as_number().cloned())
                        .flatten(),
                    to: consequence.to.clone(),
                    article: consequence.origin.article.clone(),
                    row: Some(self.row_named(consequence.record, place, row)),
                });
            }
        }
    }

    /// What a row is called: the option it stands for, its member that no other row has, or its
    /// number from 1.
    pub(crate) fn row_named(&self, record: RecordId, place: usize, row: &Cell) -> String {
        let fields = self
            .model
            .record(record)
            .map_or(&[][..], |record| &record.fields);
        let named = fields.iter().enumerate().find_map(|(index, field)| {
            let is_option = index == 0 && matches!(field.of, Type::Option(_));
            if !field.unique && !is_option {
                return None;
            }
            match (member(row, index), &field.of) {
                (Cell::Value(Value::Option(option)), Type::Option(scale)) => {
                    let scale = self.model.scale(*scale)?;
                    Some(scale.options.get(option as usize)?.shown().to_owned())
                }
                (Cell::Value(Value::Text(text)), _) => Some(text.to_string()),
                (Cell::Value(Value::Number(number)), _) => Some(number.to_string()),
                (Cell::Value(Value::Date(day)), _) => Some(crate::calendar::show_day(day)),
                _ => None,
            }
        });
        named.unwrap_or_else(|| place.saturating_add(1).to_string())
    }

    /// A value as it comes out; `None` where there is none.
    fn come_out(&self, node: NodeId, of: &Type) -> Result<Option<ResultValue>, Outcome> {
        self.come_out_of(self.cell(node), of)
    }

    fn come_out_of(&self, cell: &Cell, of: &Type) -> Result<Option<ResultValue>, Outcome> {
        match cell {
            Cell::Value(value) => self.result_value(value, of).transpose(),
            Cell::Absent(_) => Ok(None),
            Cell::Empty(refusal) | Cell::Fault(refusal) => Err(Outcome::Error((**refusal).clone())),
            Cell::Stop(index) => match self.stop(*index) {
                Some(stop) => Err(Outcome::NoResult(stop)),
                None => Ok(None),
            },
        }
    }

    /// The entries of a result with members.
    fn fields(
        &self,
        entries: &[PlannedEntry],
        cell: impl Fn(NodeId) -> Cell,
    ) -> Result<IndexMap<String, ResultValue>, Outcome> {
        let mut values = IndexMap::new();
        for entry in entries {
            match entry {
                PlannedEntry::One(called, node, of) => {
                    if let Some(value) = self.come_out_of(&cell(*node), of)? {
                        values.insert(called.key.clone(), value);
                    }
                }
                PlannedEntry::Per(_, node, of) => {
                    if let Some(ResultValue::Fields(each)) = self.come_out_of(&cell(*node), of)? {
                        values.extend(each);
                    }
                }
            }
        }
        Ok(values)
    }

    /// What comes out for each element: a list, or one by the name of each option.
    fn each_result(
        &self,
        rows: NodeId,
        of: &EachOf,
        scale: Option<ScaleId>,
    ) -> Result<Option<ResultValue>, Outcome> {
        let rows = match self.cell(rows) {
            Cell::Value(Value::List(rows) | Value::Map(rows)) => rows,
            other => return self.come_out_of(other, &Type::Nothing),
        };
        let one = |row: &Cell| match of {
            EachOf::One(of) => self.come_out_of(row, of),
            EachOf::Fields(entries) => {
                let place = |node: NodeId| member(row, node.index());
                Ok(Some(ResultValue::Fields(self.fields(entries, place)?)))
            }
        };
        if let Some(scale) = scale.and_then(|scale| self.model.scale(scale)) {
            let mut each = IndexMap::new();
            for (option, row) in scale.options.iter().zip(rows.iter()) {
                if let Some(value) = one(row)? {
                    each.insert(option.key.clone(), value);
                }
            }
            return Ok(Some(ResultValue::Fields(each)));
        }
        let each = rows
            .iter()
            .map(|row| Ok(one(row)?.unwrap_or(ResultValue::Nothing)))
            .collect::<Result<_, _>>()?;
        Ok(Some(ResultValue::List(each)))
    }

    /// A value of that type as it comes out. What stands in it instead of values comes out first.
    fn result_value(&self, value: &Value, of: &Type) -> Option<Result<ResultValue, Outcome>> {
        let figure = |number: &Rational| match of {
            Type::Count => ResultValue::Count(number.clone()),
            _ => ResultValue::Figure(number.clone()),
        };
        Some(Ok(match (value, of) {
            (Value::Number(number), Type::Duration) => {
                ResultValue::Text(crate::calendar::show_duration(number, Language::English))
            }
            (Value::Number(number), _) => figure(number),
            (Value::Flag(flag), _) => ResultValue::Flag(*flag),
            (Value::Text(text), _) => ResultValue::Text(text.to_string()),
            (Value::Date(day), _) => ResultValue::Text(crate::calendar::show_day(*day)),
            (Value::Time(at), _) => ResultValue::Text(crate::calendar::show_time(*at)),
            (Value::Option(index), Type::Option(scale)) => {
                let option = self.model.scale(*scale)?.options.get(*index as usize)?;
                ResultValue::Text(option.shown().to_owned())
            }
            (Value::List(cells), Type::List(element)) => {
                let mut list = Vec::with_capacity(cells.len());
                for cell in cells.iter() {
                    match self.come_out_of(cell, element) {
                        Ok(value) => list.push(value.unwrap_or(ResultValue::Nothing)),
                        Err(outcome) => return Some(Err(outcome)),
                    }
                }
                ResultValue::List(list)
            }
            (Value::Map(cells), Type::Map(scale, element)) => {
                let options = &self.model.scale(*scale)?.options;
                let named = options
                    .iter()
                    .map(|option| option.key.as_str())
                    .zip(cells.iter());
                return self.named(named, element);
            }
            (Value::Named(entries), Type::Named(element)) => {
                let named = entries.iter().map(|(name, cell)| (name.as_ref(), cell));
                return self.named(named, element);
            }
            (Value::Record(cells), Type::Record(record)) => {
                let mut members = IndexMap::new();
                let fields = &self.model.record(*record)?.fields;
                for (field, cell) in fields.iter().zip(cells.iter()) {
                    if field.called.key.is_empty() {
                        continue;
                    }
                    match self.come_out_of(cell, &field.of) {
                        Ok(Some(value)) => {
                            members.insert(field.called.key.clone(), value);
                        }
                        Ok(None) => {}
                        Err(outcome) => return Some(Err(outcome)),
                    }
                }
                ResultValue::Fields(members)
            }
            _ => return None,
        }))
    }

    fn named<'c>(
        &self,
        named: impl Iterator<Item = (&'c str, &'c Cell)>,
        element: &Type,
    ) -> Option<Result<ResultValue, Outcome>> {
        let mut members = IndexMap::new();
        for (name, cell) in named {
            match self.come_out_of(cell, element) {
                Ok(Some(value)) => {
                    members.insert(name.to_owned(), value);
                }
                Ok(None) => {}
                Err(outcome) => return Some(Err(outcome)),
            }
        }
        Some(Ok(ResultValue::Fields(members)))
    }

    /// What was assumed and touched the results.
    fn assumptions(&self) -> Vec<Assumption> {
        let mut assumptions: Vec<Assumption> = Vec::new();
        let mut add = |origin: &Origin, text: Option<Words>| {
            let text = text.or_else(|| {
                origin.assumed.as_ref().map(|text| Words {
                    en: text.clone(),
                    zh: text.clone(),
                })
            });
            if let Some(text) = text {
                let assumption = Assumption {
                    article: origin.article.clone(),
                    text,
                };
                if !assumptions.contains(&assumption) {
                    assumptions.push(assumption);
                }
            }
        };
        let reached = LazyCell::new(|| self.reached());
        let is_reached = |node: NodeId| reached.is(node);
        for (input, node) in self.model.inputs.iter().zip(&self.plan.inputs) {
            // An empty list by default assumes nothing; what is assumed of the list is its own.
            let acted = input.default.is_none()
                || matches!(input.of, Type::List(_))
                || self.default_acted(*node);
            if input.origin.assumed.is_some() && acted && is_reached(*node) {
                add(&input.origin, None);
            }
        }
        for (input, node) in self.model.inputs.iter().zip(&self.plan.inputs) {
            if is_reached(*node) {
                self.of_members(&input.of, &[self.cell(*node)], &mut |origin| {
                    add(origin, None)
                });
            }
        }
        for (node, record, field) in &self.plan.stand_ins {
            let record = self.model.record(*record);
            let field = record.and_then(|record| record.fields.get(*field as usize));
            if let Some(asked) = field.and_then(|field| field.given.as_ref())
                && asked.origin.assumed.is_some()
                && is_reached(*node)
                && !self.picked(*node, &reached).is_empty()
            {
                add(&asked.origin, None);
            }
        }
        for (either, node) in self.model.eithers.iter().zip(&self.plan.eithers) {
            if either.origin.assumed.is_some() && is_reached(*node) {
                add(&either.origin, None);
            }
        }
        for (index, op) in self.plan.nodes.iter().enumerate() {
            if let Op::Lookup { rows, .. } = op
                && rows.iter().any(|row| row.origin.assumed.is_some())
                && let Ok(index) = u32::try_from(index)
                && is_reached(NodeId(index))
            {
                for which in self.picked(NodeId(index), &reached) {
                    if let Some(row) = rows.get(which as usize) {
                        add(&row.origin, None);
                    }
                }
            }
        }
        for (node, table) in &self.plan.tables {
            if let Some(table) = self.model.tables.get(table.index())
                && table.origin.assumed.is_some()
                && is_reached(*node)
            {
                add(&table.origin, None);
            }
        }
        for planned in &self.plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            if figure.origin.assumed.is_some() && is_reached(planned.value) && self.speaks(planned)
            {
                add(&figure.origin, None);
            }
            if let FigureKind::Each(each) = &figure.kind
                && is_reached(planned.value)
                && matches!(self.cell(planned.value), Cell::Value(Value::List(rows)) if !rows.is_empty())
            {
                for line in each
                    .lines
                    .iter()
                    .filter(|line| line.origin.assumed.is_some())
                {
                    add(&line.origin, None);
                }
            }
            for step in &planned.steps {
                if let Some((origin, text)) = self.acted(step)
                    && (origin.assumed.is_some() || text.is_some())
                    && is_reached(planned.value)
                {
                    add(origin, text);
                }
            }
            if let FigureKind::Group(group) | FigureKind::Total(group) = &figure.kind
                && let Some((_, _, origin)) = &group.covers
                && is_reached(planned.value)
            {
                add(origin, None);
            }
        }
        for output in &self.plan.outputs {
            add(&output.origin, None);
        }
        assumptions
    }

    /// The members of rows that are there, and of the rows in them; those with a default say
    /// something only where it stands in.
    fn of_members(&self, of: &Type, lists: &[&Cell], add: &mut impl FnMut(&Origin)) {
        let Type::List(element) = of else { return };
        let Type::Record(record) = element.as_ref() else {
            return;
        };
        let rows: Vec<&Cell> = lists
            .iter()
            .filter_map(|list| match list {
                Cell::Value(Value::List(rows)) => Some(rows.iter()),
                _ => None,
            })
            .flatten()
            .collect();
        let Some(record) = self.model.record(*record).filter(|_| !rows.is_empty()) else {
            return;
        };
        for (place, field) in record.fields.iter().enumerate() {
            if let Some(asked) = &field.given
                && asked.origin.assumed.is_some()
                && asked.default.is_none()
            {
                add(&asked.origin);
            }
            let inner = rows.iter().filter_map(|row| match row {
                Cell::Value(Value::Record(members)) => members.get(place),
                _ => None,
            });
            self.of_members(&field.of, &inner.collect::<Vec<_>>(), add);
        }
    }

    /// Whether a figure says something of this subject: it has a value, and a consequence fires.
    fn speaks(&self, planned: &PlannedFigure) -> bool {
        match planned.fires {
            Some(fires) => self.cell(fires).as_flag() == Some(true),
            None => matches!(self.cell(planned.value), Cell::Value(_)),
        }
    }

    /// Whether a figure comes out only through others.
    pub(crate) fn is_let(&self, figure: FigureId) -> bool {
        let figure = self.model.figure(figure);
        figure.is_none_or(|figure| matches!(figure.kind, FigureKind::Let(_) | FigureKind::Unknown))
    }

    fn default_acted(&self, node: NodeId) -> bool {
        match self.plan.op(node) {
            Some(Op::Default { of, .. } | Op::Filled { of, .. }) => self.cell(*of).is_absent(),
            _ => false,
        }
    }

    /// Whether the condition of a step holds.
    pub(crate) fn applies(&self, step: &Step) -> bool {
        let holds = |when| self.cell(when).as_flag() == Some(true);
        step.when.is_none_or(holds)
    }

    /// The origin of a step that did something for this subject, and its words where it has none.
    pub(crate) fn acted<'s>(&'s self, step: &'s Step) -> Option<(&'s Origin, Option<Words>)> {
        if !self.applies(step) {
            return None;
        }
        let changed = |before: NodeId| self.cell(before) != self.cell(step.after);
        let plain = Some((&step.origin, None));
        match &step.what {
            What::Value { .. }
            | What::StartAt
            | What::Lookup { .. }
            | What::Multiply { .. }
            | What::Adjust { .. }
            | What::Fires => plain,
            What::Change { delta, .. } => {
                let changes = self
                    .cell(*delta)
                    .as_number()
                    .is_some_and(|delta| !delta.is_zero());
                plain.filter(|_| changes)
            }
            What::AtLeast {
                before, implied, ..
            } => changed(*before).then(|| {
                let text = implied.then(|| {
                    words!(
                        "a part scores no less than 0 (the document does not say so)",
                        "单项得分最低为 0 分（条文未写）"
                    )
                });
                (&step.origin, text)
            }),
            What::AtMost { before, .. } | What::Round { before, .. } => {
                changed(*before).then_some((&step.origin, None))
            }
            What::IfMissing { before } => self
                .cell(*before)
                .is_absent()
                .then_some((&step.origin, None)),
            What::Weigh { weights } => {
                let rule = self.cell(*weights).as_weights()?.rule?;
                match self.plan.op(*weights)? {
                    Op::Weigh(group) => Some((&group.rules.get(rule)?.origin, None)),
                    _ => None,
                }
            }
            What::MayPass { mark, below } => {
                let value = self.cell(step.after).as_number()?;
                let passed = if *below { value < mark } else { value > mark };
                passed.then_some((&step.origin, None))
            }
        }
    }
}
