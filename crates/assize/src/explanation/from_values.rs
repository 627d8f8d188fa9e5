//! From a plan and its values to the lines that a person reads.

use std::collections::BTreeMap;

use super::{ExplainedFigure, ExplainedLine, Explanation, LineKind};
use crate::model::{FigureId, FigureKind, MemberOf, MissingThen, Model, Origin, Type};
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::{NodeId, Op, PlannedFigure, Step, What};
use crate::syntax::Sign;
use crate::text::{Words, words};
use crate::value::to_outcome::Reading;
use crate::value::{Cell, Value, line};

impl Explanation {
    /// Explains one subject.
    pub(crate) fn of(reading: &Reading<'_>, outcome: &Outcome) -> Self {
        let model = reading.model;
        let title = model.title.clone().unwrap_or_else(|| model.slug.clone());
        let ending = match outcome {
            Outcome::Ok(_) => None,
            Outcome::NoResult(stop) => {
                let reason = stop.label.as_ref().unwrap_or(&stop.reason);
                let article = stop
                    .article
                    .as_ref()
                    .map_or_else(String::new, |article| format!("（{article}）"));
                Some(words!(
                    "no result: {reason}{article}",
                    "不出具结果：{reason}{article}"
                ))
            }
            Outcome::Error(refusal) => {
                let Words { en, zh } = &refusal.message;
                Some(words!("refused: {en}", "拒收：{zh}"))
            }
        };
        let figures = if ending.is_some() {
            Vec::new()
        } else {
            Teller { reading }.figures()
        };
        Self {
            title,
            ending,
            figures,
        }
    }
}

struct Teller<'a> {
    reading: &'a Reading<'a>,
}

impl Teller<'_> {
    fn model(&self) -> &Model {
        self.reading.model
    }

    /// The figures, each group before its members; a member of a group stands under it.
    fn figures(&self) -> Vec<ExplainedFigure> {
        let mut members: BTreeMap<FigureId, Vec<FigureId>> = BTreeMap::new();
        let mut held: BTreeMap<FigureId, FigureId> = BTreeMap::new();
        for (index, figure) in self.model().figures.iter().enumerate() {
            let (FigureKind::Group(group), Ok(id)) = (&figure.kind, u32::try_from(index)) else {
                continue;
            };
            for member in &group.members {
                if let MemberOf::Figure(of) = member.of {
                    members.entry(FigureId(id)).or_default().push(of);
                    held.insert(of, FigureId(id));
                }
            }
        }
        let planned: BTreeMap<FigureId, &PlannedFigure> = self
            .reading
            .plan
            .figures
            .iter()
            .map(|planned| (planned.figure, planned))
            .collect();
        let mut told = Vec::new();
        let mut open: Vec<(FigureId, usize)> = planned
            .keys()
            .filter(|id| !held.contains_key(id))
            .map(|id| (*id, 0))
            .collect();
        open.sort_by_key(|(id, _)| std::cmp::Reverse(self.place(*id)));
        while let Some((id, depth)) = open.pop() {
            if let Some(planned) = planned.get(&id)
                && let Some(figure) = self.figure(planned, depth)
            {
                told.push(figure);
            }
            for member in members.get(&id).into_iter().flatten().rev() {
                open.push((*member, depth.saturating_add(1)));
            }
        }
        told
    }

    /// Where a figure stands in the telling: items and what they need first, then the total, then
    /// grades, then consequences.
    fn place(&self, id: FigureId) -> (u8, FigureId) {
        let rank = match self.model().figure(id).map(|figure| &figure.kind) {
            Some(FigureKind::Total(_)) => 1,
            Some(FigureKind::Grade(_)) => 2,
            Some(FigureKind::Consequence(_)) => 3,
            _ => 0,
        };
        (rank, id)
    }

    fn figure(&self, planned: &PlannedFigure, depth: usize) -> Option<ExplainedFigure> {
        let figure = self.model().figure(planned.figure)?;
        let value = self.value(planned.value, &figure.of);
        if let FigureKind::Consequence(_) = figure.kind {
            let fires = planned
                .fires
                .and_then(|fires| self.reading.cell(fires).as_flag());
            if fires != Some(true) {
                return None;
            }
        }
        let origin = &figure.origin;
        let lines = planned
            .steps
            .iter()
            .flat_map(|step| self.lines(step, figure))
            .collect();
        Some(ExplainedFigure {
            name: figure.called.key.clone(),
            label: figure.called.shown().to_owned(),
            depth,
            value,
            out_of: planned.full.as_ref().map(Rational::to_string),
            article: origin.article.clone(),
            says: origin.says.clone(),
            assumed: origin.assumed.clone(),
            lines,
        })
    }

    /// A value for people; `None` where there is none.
    fn value(&self, node: NodeId, of: &Type) -> Option<String> {
        match self.reading.cell(node) {
            Cell::Value(value) => Some(shown(self.model(), value, of)),
            Cell::Absent(_) | Cell::Empty(_) | Cell::Fault(_) | Cell::Stop(_) => None,
        }
    }

    fn number(&self, node: NodeId) -> String {
        self.value(node, &Type::Number)
            .unwrap_or_else(|| "—".to_owned())
    }

    /// What a step did; nothing where it did not act.
    fn lines(&self, step: &Step, figure: &crate::model::Figure) -> Vec<ExplainedLine> {
        let acted = self.reading.acted(step);
        let (kind, words) = match &step.what {
            What::Weigh { weights } => return self.weights(step, *weights, figure),
            What::MayPass { .. } => {
                let Some((origin, _)) = acted else {
                    return Vec::new();
                };
                return vec![ExplainedLine {
                    kind: LineKind::Rule,
                    words: words!("may pass the mark", "允许超出界限"),
                    value: None,
                    article: origin.article.clone(),
                    assumed: assumed(origin.assumed.as_ref()),
                }];
            }
            _ if acted.is_none() => return Vec::new(),
            What::Value { uses } => {
                let list: Vec<String> = uses
                    .iter()
                    .map(|(name, node, of)| {
                        let value = self.value(*node, of).unwrap_or_else(|| "—".to_owned());
                        format!("{name} {value}")
                    })
                    .collect();
                if list.is_empty() {
                    return Vec::new();
                }
                let (en, zh) = (list.join(", "), list.join("，"));
                (LineKind::Rule, words!("from {en}", "由 {zh} 算得"))
            }
            What::StartAt => {
                let at = self.number(step.after);
                (LineKind::Rule, words!("start at {at}", "起评 {at}"))
            }
            What::Change {
                sign,
                amount,
                count,
                delta,
                ..
            } => (
                LineKind::Rule,
                self.change(*sign, *amount, count.as_ref(), *delta),
            ),
            What::Lookup { key, shown, of } => {
                let key = self.value(*key, of).unwrap_or_else(|| "—".to_owned());
                let value = self
                    .value(step.after, &figure.of)
                    .unwrap_or_else(|| "—".to_owned());
                (
                    LineKind::Rule,
                    words!("{shown} {key} gives {value}", "{shown} {key}，得 {value}"),
                )
            }
            What::Multiply { by } => {
                let by = self.number(*by);
                (LineKind::Rule, words!("times {by}", "乘以 {by}"))
            }
            What::AtLeast { before, bound, .. } => {
                let (before, bound) = (self.number(*before), self.number(*bound));
                (
                    LineKind::Floor,
                    words!(
                        "not below {bound}: {before} becomes {bound}",
                        "最低 {bound}：{before} 计为 {bound}"
                    ),
                )
            }
            What::AtMost { before, bound, .. } => {
                let (before, bound) = (self.number(*before), self.number(*bound));
                (
                    LineKind::Cap,
                    words!(
                        "not above {bound}: {before} becomes {bound}",
                        "最高 {bound}：{before} 计为 {bound}"
                    ),
                )
            }
            What::Round { before, mode, to } => {
                let (before, after) = (self.number(*before), self.number(step.after));
                let Words { en, zh } = mode.words();
                let size = to.size();
                (
                    LineKind::Rounding,
                    words!(
                        "{en} to a multiple of {size}: {before} becomes {after}",
                        "{zh}到 {size} 的倍数：{before} 计为 {after}"
                    ),
                )
            }
            What::IfMissing { .. } => {
                let after = self.number(step.after);
                (
                    LineKind::MissingData,
                    words!("not available, counts as {after}", "缺项，按 {after} 计"),
                )
            }
            What::Adjust { before, label, .. } => {
                let before = self.value(*before, &figure.of).unwrap_or_default();
                let after = self.value(step.after, &figure.of).unwrap_or_default();
                let why = label.clone().unwrap_or_default();
                (
                    LineKind::Rule,
                    words!(
                        "{why}: {before} becomes {after}",
                        "{why}：{before} 改为 {after}"
                    ),
                )
            }
            What::Fires { .. } => {
                let FigureKind::Consequence(consequence) = &figure.kind else {
                    return Vec::new();
                };
                let to = consequence.to.clone().unwrap_or_default();
                match (consequence.amount, to.is_empty()) {
                    (Some(_), false) => {
                        let amount = self.number(step.after);
                        (LineKind::Rule, words!("{amount} to {to}", "{to}：{amount}"))
                    }
                    (None, false) => (LineKind::Rule, words!("for {to}", "对象：{to}")),
                    (_, true) => return Vec::new(),
                }
            }
        };
        let (origin, implied) = match (acted, self.row_taken(step)) {
            (_, Some(row)) => (row, None),
            (Some(acted), None) => acted,
            (None, None) => (&step.origin, None),
        };
        let of_figure = origin.article == figure.origin.article;
        vec![ExplainedLine {
            kind,
            words,
            value: self.value(step.after, &figure.of),
            article: origin.article.clone().filter(|_| !of_figure),
            assumed: implied.or_else(|| {
                let own = origin.assumed.as_ref();
                assumed(own.filter(|_| *origin != figure.origin))
            }),
        }]
    }

    /// Where the line of a table that was taken comes from, if it says so itself.
    fn row_taken(&self, step: &Step) -> Option<&Origin> {
        let What::Lookup { .. } = step.what else {
            return None;
        };
        let Some(Op::Lookup { key, rows, .. }) = self.reading.plan.op(step.after) else {
            return None;
        };
        let row = line(|id| self.reading.cell(id), *key, rows).ok()??;
        (row.origin.article.is_some() || row.origin.assumed.is_some()).then_some(&row.origin)
    }

    fn change(
        &self,
        sign: Sign,
        amount: NodeId,
        count: Option<&(NodeId, String)>,
        delta: NodeId,
    ) -> Words {
        let (amount, delta) = (self.number(amount), self.number(delta));
        match (count, sign) {
            (Some((count, name)), sign) => {
                let count = self.number(*count);
                let name = if name.is_empty() { "" } else { name };
                match sign {
                    Sign::Deduct => words!(
                        "deduct {amount} per {name}: {amount} × {count} = {delta}",
                        "每{name}扣 {amount}：{amount} × {count} = {delta}"
                    ),
                    Sign::Add => words!(
                        "add {amount} per {name}: {amount} × {count} = {delta}",
                        "每{name}加 {amount}：{amount} × {count} = {delta}"
                    ),
                }
            }
            (None, Sign::Deduct) => words!("deduct {delta}", "扣 {delta}"),
            (None, Sign::Add) => words!("add {delta}", "加 {delta}"),
        }
    }

    /// One line for each member, and one for the missing-data rule that acted.
    fn weights(
        &self,
        step: &Step,
        weights: NodeId,
        figure: &crate::model::Figure,
    ) -> Vec<ExplainedLine> {
        let (Some(weighing), Some(Op::Weigh(group))) = (
            self.reading.cell(weights).as_weights(),
            self.reading.plan.op(weights),
        ) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        let by_percent = group
            .members
            .iter()
            .any(|member| member.full.as_ref() != Some(&member.weight));
        if let Some(rule) = weighing.rule.and_then(|rule| group.rules.get(rule)) {
            let missing: Vec<&str> = group
                .members
                .iter()
                .filter(|member| self.reading.cell(member.score).is_absent())
                .map(|member| member.called.shown())
                .collect();
            let (en, zh) = (missing.join(", "), missing.join("、"));
            let (rule_en, rule_zh) = rule_words(&rule.then);
            lines.push(ExplainedLine {
                kind: LineKind::MissingData,
                words: words!("{en} missing: {rule_en}", "缺{zh}：{rule_zh}"),
                value: None,
                article: rule.origin.article.clone(),
                assumed: assumed(rule.origin.assumed.as_ref()),
            });
        }
        let hundred = Rational::from_integer(100);
        for (member, weight) in group.members.iter().zip(&weighing.weights) {
            if weight.is_zero() {
                continue;
            }
            let name = member.called.shown();
            let score = self.number(member.score);
            let words = if by_percent {
                let share = weight
                    .checked_div(&weighing.whole)
                    .map(|share| (share * &hundred).to_string())
                    .unwrap_or_default();
                words!("{name} {score} × {share}%", "{name} {score} × {share}%")
            } else {
                words!("{name} {score}", "{name} {score}")
            };
            lines.push(ExplainedLine {
                kind: LineKind::Weight,
                words,
                value: None,
                article: None,
                assumed: None,
            });
        }
        if let (Some(last), false) = (lines.last_mut(), figure.called.key.is_empty()) {
            last.value = self.value(step.after, &figure.of);
        }
        lines
    }
}

fn assumed(text: Option<&String>) -> Option<Words> {
    text.map(|text| Words {
        en: text.clone(),
        zh: text.clone(),
    })
}

const fn rule_words(then: &MissingThen) -> (&'static str, &'static str) {
    match then {
        MissingThen::WeighEqually => ("the rest weigh equally", "其余各项权重均等"),
        MissingThen::ShareEqually => ("the missing weight is shared equally", "缺项权重均摊"),
        MissingThen::ShareInProportion => (
            "the missing weight is shared in proportion",
            "缺项权重按比例分摊",
        ),
        MissingThen::GiveTo(_) => ("its weight goes to another", "权重并入另一项"),
        MissingThen::Weights(_) => ("other weights apply", "按另列权重"),
        MissingThen::CountAsZero => ("counts as zero", "按零分计"),
        MissingThen::CountAsFull => ("counts as full", "按满分计"),
        MissingThen::CountAs(_) => ("counts as a fixed figure", "按固定分计"),
        MissingThen::NoValue => ("no value", "无值"),
        MissingThen::Stop(_) => ("no result", "不出具结果"),
    }
}

/// A value as people read it.
pub(crate) fn shown(model: &Model, value: &Value, of: &Type) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Flag(true) => "是".to_owned(),
        Value::Flag(false) => "否".to_owned(),
        Value::Option(index) => match of {
            Type::Option(scale) => model
                .scale(*scale)
                .and_then(|scale| scale.options.get(*index as usize))
                .map_or_else(String::new, |option| option.shown().to_owned()),
            _ => String::new(),
        },
        Value::Text(text) => text.to_string(),
        Value::List(values) => {
            let element = match of {
                Type::List(element) => element,
                other => other,
            };
            let list: Vec<String> = values
                .iter()
                .map(|value| shown(model, value, element))
                .collect();
            format!("[{}]", list.join("; "))
        }
        Value::Map(values) => {
            let Type::Map(scale, element) = of else {
                return String::new();
            };
            let options = model.scale(*scale).map_or(&[][..], |scale| &scale.options);
            let list: Vec<String> = options
                .iter()
                .zip(values.iter())
                .filter_map(|(option, value)| {
                    let value = value.as_ref()?;
                    Some(format!(
                        "{} {}",
                        option.shown(),
                        shown(model, value, element)
                    ))
                })
                .collect();
            list.join("、")
        }
        Value::Weights(_) => String::new(),
    }
}
