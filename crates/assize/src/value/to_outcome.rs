//! From the values of a plan to what comes out, in the order that the language fixes:
//! each given value, values that exclude each other, `refuse` lines; `no result` lines; what is
//! required; figures in declaration order. The first thing found is the outcome.

use std::cell::LazyCell;

use indexmap::IndexMap;

use super::{Absence, Cell, Value, line};
use crate::input::bind::{Bound, missing};
use crate::model::{Either, FigureId, FigureKind, Model, Origin, Type};
use crate::number::Rational;
use crate::outcome::{Assumption, Fault, Fired, NoResult, Outcome, Refusal, ResultValue, Scored};
use crate::plan::{
    Conflict, NodeId, Op, Plan, PlannedFigure, PlannedShape, RangeCheck, Step, What,
};
use crate::text::{Words, words};

/// Reads the cells of one subject.
pub(crate) struct Reading<'a> {
    pub(crate) model: &'a Model,
    pub(crate) plan: &'a Plan,
    pub(crate) cells: &'a [Cell],
}

/// What comes out for one subject.
pub(crate) fn to_outcome(reading: &Reading<'_>, bound: &Bound) -> Outcome {
    let refused = reading
        .data(bound)
        .or_else(|| reading.conflicts(bound))
        .or_else(|| reading.refusals());
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
        Ok(scored) => Outcome::Ok(scored),
        Err(outcome) => outcome,
    }
}

impl Reading<'_> {
    pub(crate) fn cell(&self, id: NodeId) -> &Cell {
        static NOWHERE: Cell = Cell::Absent(Absence::NoBranch);
        self.cells.get(id.index()).unwrap_or(&NOWHERE)
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
        }
        None
    }

    fn range(&self, check: &RangeCheck) -> Option<Refusal> {
        let input = self.model.input(check.input)?;
        let Cell::Value(value) = self.cell(check.of) else {
            return None;
        };
        // A value that is given reaches its bounds: one that cannot be known is never passed over.
        for (bound, _) in [check.low, check.high].into_iter().flatten() {
            if let Cell::Fault(fault) | Cell::Empty(fault) = self.cell(bound) {
                return Some((**fault).clone());
            }
        }
        let one = |value: &Value| match value {
            Value::Number(number) => self.outside(check, number),
            _ => false,
        };
        let bad = match value {
            Value::List(values) => values.iter().find(|value| one(value)),
            Value::Map(values) => values.iter().flatten().find(|value| one(value)),
            value => Some(value).filter(|value| one(value)),
        };
        let message = match bad {
            Some(Value::Number(found)) => self.range_words(check, input.called.shown(), found),
            _ => self.sum_words(check, input.called.shown(), value)?,
        };
        Some(Refusal {
            code: Fault::Range,
            field: input.called.key.clone(),
            message,
        })
    }

    fn outside(&self, check: &RangeCheck, number: &Rational) -> bool {
        let below = check.low.is_some_and(|(low, included)| {
            self.cell(low)
                .as_number()
                .is_some_and(|low| number < low || (!included && number == low))
        });
        let above = check.high.is_some_and(|(high, included)| {
            self.cell(high)
                .as_number()
                .is_some_and(|high| number > high || (!included && number == high))
        });
        let off_step = check.step.as_ref().is_some_and(|step| {
            let base = check
                .low
                .and_then(|(low, _)| self.cell(low).as_number().cloned())
                .unwrap_or(Rational::ZERO);
            !(number - base)
                .checked_div(step)
                .is_ok_and(|steps| steps.is_integer())
        });
        below || above || off_step
    }

    fn range_words(&self, check: &RangeCheck, shown: &str, found: &Rational) -> Words {
        let edge = |end: Option<(NodeId, bool)>, included: &str, excluded: &str| {
            end.and_then(|(at, is_in)| {
                let at = self.cell(at).as_number()?;
                Some(format!("{} {at}", if is_in { included } else { excluded }))
            })
        };
        let joined = |parts: [Option<String>; 3], between: &str| {
            parts
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(between)
        };
        let step = check.step.as_ref();
        let en = joined(
            [
                edge(check.low, "at least", "above"),
                edge(check.high, "at most", "below"),
                step.map(|step| format!("in steps of {step}")),
            ],
            ", ",
        );
        let zh = joined(
            [
                edge(check.low, "不低于", "高于"),
                edge(check.high, "不高于", "低于"),
                step.map(|step| format!("步长 {step}")),
            ],
            "，",
        );
        words!(
            "{shown}: {found} is outside its range: {en}",
            "{shown}：{found} 超出范围（应{zh}）"
        )
    }

    fn sum_words(&self, check: &RangeCheck, shown: &str, value: &Value) -> Option<Words> {
        let wanted = check.summing_to.as_ref()?;
        let Value::Map(values) = value else {
            return None;
        };
        let sum = values
            .iter()
            .flatten()
            .fold(Rational::ZERO, |sum, value| match value {
                Value::Number(number) => sum + number,
                _ => sum,
            });
        (sum != *wanted).then(|| {
            words!(
                "{shown}: the figures add up to {sum}, not to {wanted}",
                "{shown}：合计为 {sum}，应为 {wanted}"
            )
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
                    required.each_key && values.iter().any(Option::is_none)
                }
                _ => false,
            })?;
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
        Some(input.map_or_else(
            || Refusal {
                code: Fault::Missing,
                field: absent.field.clone(),
                message: words!("{shown} is needed and was not given", "缺少{shown}"),
            },
            missing,
        ))
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
                FigureKind::Item(_)
                | FigureKind::Group(_)
                | FigureKind::Total(_)
                | FigureKind::Grade(_)
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
                });
            }
        }
        for output in &self.plan.outputs {
            let value = match &output.shape {
                PlannedShape::One(node, of) => self.come_out(*node, of)?,
                PlannedShape::Fields(fields) => {
                    let mut values = IndexMap::new();
                    for (called, node, of) in fields {
                        if let Some(value) = self.come_out(*node, of)? {
                            values.insert(called.key.clone(), value);
                        }
                    }
                    Some(ResultValue::Fields(values))
                }
            };
            if let Some(value) = value {
                scored.results.insert(output.called.key.clone(), value);
            }
        }
        scored.assumptions = self.assumptions();
        Ok(scored)
    }

    /// A value as it comes out; `None` where there is none.
    fn come_out(&self, node: NodeId, of: &Type) -> Result<Option<ResultValue>, Outcome> {
        match self.cell(node) {
            Cell::Value(value) => Ok(self.result_value(value, of)),
            Cell::Absent(_) => Ok(None),
            Cell::Empty(refusal) | Cell::Fault(refusal) => Err(Outcome::Error((**refusal).clone())),
            Cell::Stop(index) => match self.stop(*index) {
                Some(stop) => Err(Outcome::NoResult(stop)),
                None => Ok(None),
            },
        }
    }

    pub(crate) fn result_value(&self, value: &Value, of: &Type) -> Option<ResultValue> {
        Some(match (value, of) {
            (Value::Number(number), Type::Count) => ResultValue::Count(number.clone()),
            (Value::Number(number), _) => ResultValue::Figure(number.clone()),
            (Value::Flag(flag), _) => ResultValue::Flag(*flag),
            (Value::Text(text), _) => ResultValue::Text(text.to_string()),
            (Value::Option(index), Type::Option(scale)) => {
                let option = self.model.scale(*scale)?.options.get(*index as usize)?;
                ResultValue::Text(option.shown().to_owned())
            }
            (Value::List(values), Type::List(element)) => ResultValue::List(
                values
                    .iter()
                    .filter_map(|value| self.result_value(value, element))
                    .collect(),
            ),
            (Value::Map(values), Type::Map(scale, element)) => {
                let options = &self.model.scale(*scale)?.options;
                ResultValue::Fields(
                    options
                        .iter()
                        .zip(values.iter())
                        .filter_map(|(option, value)| {
                            let value = self.result_value(value.as_ref()?, element)?;
                            Some((option.key.clone(), value))
                        })
                        .collect(),
                )
            }
            _ => return None,
        })
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
        let is_reached = |node: NodeId| reached.get(node.index()) == Some(&true);
        for (input, node) in self.model.inputs.iter().zip(&self.plan.inputs) {
            let acted = input.default.is_none() || self.default_acted(*node);
            if input.origin.assumed.is_some() && acted && is_reached(*node) {
                add(&input.origin, None);
            }
        }
        for (either, node) in self.model.eithers.iter().zip(&self.plan.eithers) {
            if either.origin.assumed.is_some() && is_reached(*node) {
                add(&either.origin, None);
            }
        }
        for (index, op) in self.plan.nodes.iter().enumerate() {
            if let Op::Lookup { key, rows, .. } = op
                && rows.iter().any(|row| row.origin.assumed.is_some())
                && reached.get(index) == Some(&true)
                && let Ok(Some(row)) = line(|id| self.cell(id), *key, rows)
            {
                add(&row.origin, None);
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

    /// The origin of a step that did something for this subject, and its words where it has none.
    pub(crate) fn acted<'s>(&'s self, step: &'s Step) -> Option<(&'s Origin, Option<Words>)> {
        let changed = |before: NodeId| self.cell(before) != self.cell(step.after);
        let plain = Some((&step.origin, None));
        match &step.what {
            What::Value { .. } | What::StartAt | What::Lookup { .. } | What::Multiply { .. } => {
                plain
            }
            What::Change { when, delta, .. } => {
                let applies = when.is_none_or(|when| self.cell(when).as_flag() == Some(true));
                let changes = self
                    .cell(*delta)
                    .as_number()
                    .is_some_and(|delta| !delta.is_zero());
                plain.filter(|_| applies && changes)
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
            What::Adjust { when, .. } => {
                (self.cell(*when).as_flag() == Some(true)).then_some((&step.origin, None))
            }
            What::MayPass { mark, below } => {
                let value = self.cell(step.after).as_number()?;
                let passed = if *below { value < mark } else { value > mark };
                passed.then_some((&step.origin, None))
            }
            What::Fires { when } => {
                (self.cell(*when).as_flag() == Some(true)).then_some((&step.origin, None))
            }
        }
    }
}
