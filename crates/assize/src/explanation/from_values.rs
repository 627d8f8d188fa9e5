//! From a plan and its values to the lines that a person reads.

use std::collections::BTreeMap;

use super::{ExplainedFigure, ExplainedLine, Explanation, LineKind};
use crate::model::{Broken, FigureId, FigureKind, MemberOf, MissingThen, Model, Origin, Type};
use crate::number::{Mode, Rational};
use crate::outcome::Outcome;
use crate::plan::{Count, NodeId, Op, Piece, PlannedFigure, Step, What};
use crate::scheme;
use crate::syntax::Sign;
use crate::text::{Language, Words, words};
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
            readings: model
                .readings
                .iter()
                .filter_map(scheme::Reading::taken)
                .collect(),
            figures,
        }
    }
}

pub(super) struct Teller<'a> {
    pub(super) reading: &'a Reading<'a>,
}

impl Teller<'_> {
    pub(super) fn model(&self) -> &Model {
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
        if let FigureKind::Each(each) = &figure.kind {
            return Some(self.each(planned, figure, each, depth));
        }
        let origin = &figure.origin;
        let lines = planned
            .steps
            .iter()
            .filter_map(|step| self.line(step, figure))
            .collect();
        Some(ExplainedFigure {
            name: figure.called.key.clone(),
            label: figure.called.shown().to_owned(),
            depth,
            value,
            about: self.about(planned.value),
            out_of: planned.full.as_ref().map(Rational::to_string),
            article: origin.article.clone(),
            says: origin.says.clone(),
            assumed: origin.assumed.clone(),
            lines,
        })
    }

    /// A value for people; `None` where there is none.
    fn value(&self, node: NodeId, of: &Type) -> Option<Words> {
        match self.reading.cell(node) {
            Cell::Value(value) => Some(in_words(self.model(), value, of)),
            Cell::Absent(_) | Cell::Empty(_) | Cell::Fault(_) | Cell::Stop(_) => None,
        }
    }

    /// A figure that does not terminate, rounded for people.
    fn about(&self, node: NodeId) -> Option<String> {
        let value = self.reading.cell(node).as_number()?;
        match value.decimal_places() {
            Some(_) => None,
            None => Some(value.to_decimal_string(4, Mode::HalfUp)),
        }
    }

    /// A figure, which reads the same in both languages.
    fn number(&self, node: NodeId) -> String {
        self.value(node, &Type::Number)
            .map_or_else(|| "—".to_owned(), |figure| figure.en)
    }

    /// What a step did; nothing where it did not act.
    pub(super) fn line(&self, step: &Step, figure: &crate::model::Figure) -> Option<ExplainedLine> {
        if !self.reading.applies(step) {
            return None;
        }
        let acted = self.reading.acted(step);
        let after = || self.value(step.after, &figure.of);
        let mut value = None;
        let (kind, words) = match &step.what {
            What::Weigh { weights } => {
                let sum = self.sum(*weights, after()?.en)?;
                (LineKind::Sum, sum)
            }
            What::Change {
                sign,
                amount,
                count,
                delta,
            } => {
                let none = self
                    .reading
                    .cell(*delta)
                    .as_number()
                    .is_none_or(Rational::is_zero);
                if none && count.is_none() {
                    return None;
                }
                value = after();
                let words = self.change(*sign, *amount, count.as_ref(), *delta);
                (LineKind::Rule, words)
            }
            _ if acted.is_none() => return None,
            What::MayPass { .. } => (LineKind::Rule, words!("may pass the mark", "允许超出界限")),
            What::Value { formula, .. } if !formula.is_empty() => {
                (LineKind::Rule, self.formula(formula))
            }
            What::Value { uses, .. } => {
                let (en, zh): (Vec<String>, Vec<String>) = uses
                    .iter()
                    .map(|(name, node, of)| self.named(name, *node, of))
                    .map(|Words { en, zh }| (en, zh))
                    .unzip();
                if en.is_empty() {
                    return None;
                }
                let (en, zh) = (en.join(", "), zh.join("，"));
                (LineKind::Rule, words!("from {en}", "由 {zh} 算得"))
            }
            What::StartAt => {
                let at = self.number(step.after);
                (LineKind::Rule, words!("start at {at}", "起评 {at}"))
            }
            What::Lookup { key, shown, of } => {
                let (key, value) = (self.named(shown, *key, of), after()?);
                let (key_zh, value_zh) = (key.zh, value.zh);
                let (key, value) = (key.en, value.en);
                (
                    LineKind::Rule,
                    words!("{key} gives {value}", "{key_zh}，得 {value_zh}"),
                )
            }
            What::Multiply { by } => {
                value = after();
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
            What::AtMost { before, bound } => {
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
                // The levels of a grade have one name.
                let before = self.value(*before, &figure.of)?.en;
                let after = after()?.en;
                match label {
                    Some(why) => (
                        LineKind::Rule,
                        words!(
                            "{why}: {before} becomes {after}",
                            "{why}：{before} 改为 {after}"
                        ),
                    ),
                    None => (
                        LineKind::Rule,
                        words!("{before} becomes {after}", "{before} 改为 {after}"),
                    ),
                }
            }
            What::Fires => {
                let FigureKind::Consequence(consequence) = &figure.kind else {
                    return None;
                };
                let to = consequence.to.as_ref()?;
                match consequence.amount {
                    Some(_) => {
                        let amount = self.number(step.after);
                        (LineKind::Rule, words!("{amount} to {to}", "{to}：{amount}"))
                    }
                    None => (LineKind::Rule, words!("for {to}", "对象：{to}")),
                }
            }
        };
        // A line of a body that led to no value tells nothing: the rule for that follows it.
        if !matches!(step.what, What::Weigh { .. }) && self.reading.cell(step.after).is_absent() {
            return None;
        }
        let (origin, implied) = match (self.row_taken(step), acted) {
            (Some(row), _) => (Some(row), None),
            (None, Some((origin, implied))) => (Some(origin), implied),
            (None, None) => (None, None),
        };
        let own = origin.filter(|origin| **origin != figure.origin);
        Some(ExplainedLine {
            kind,
            words,
            value,
            article: own
                .and_then(|origin| origin.article.clone())
                .filter(|article| figure.origin.article.as_ref() != Some(article)),
            says: own.and_then(|origin| origin.says.clone()),
            assumed: implied.or_else(|| {
                own.and_then(|origin| origin.assumed.as_ref())
                    .map(|text| words!("{text}", "{text}"))
            }),
        })
    }

    /// What a group's members add up to, and the missing-data rule that acted.
    fn sum(&self, weights: NodeId, total: String) -> Option<Words> {
        let weighing = self.reading.cell(weights).as_weights()?;
        let Some(Op::Weigh(group)) = self.reading.plan.op(weights) else {
            return None;
        };
        let rule = weighing.rule.and_then(|rule| group.rules.get(rule));
        let plain = rule.is_none()
            && group.members.iter().all(|member| {
                member
                    .full
                    .as_ref()
                    .is_none_or(|full| *full == member.weight)
            });
        let hundred = Rational::from_integer(100);
        let mut parts = Vec::new();
        let mut missing = Vec::new();
        for (index, member) in group.members.iter().enumerate() {
            let name = member.called.shown();
            if self.reading.cell(member.score).is_absent() {
                missing.push(name);
            }
            let weight = weighing.weights.get(index)?;
            if weighing.present.get(index) != Some(&true) {
                continue;
            }
            let score = match self.value(member.score, &Type::Number) {
                Some(score) => score.en,
                None => rule
                    .and_then(|rule| rule.stand_ins.get(index))
                    .map_or_else(|| "—".to_owned(), |node| self.number(*node)),
            };
            let share = (weight * &hundred)
                .checked_div(&weighing.whole)
                .map(|share| share.to_string())
                .unwrap_or_default();
            parts.push(match (&member.full, &group.full) {
                _ if plain => format!("{name} {score}"),
                (Some(own), Some(full)) if own != full => {
                    format!("{name} {score}/{own} × {full} × {share}%")
                }
                _ => format!("{name} {score} × {share}%"),
            });
        }
        let single = plain && parts.len() == 1;
        let parts = parts.join(" + ");
        if single {
            return Some(words!("{parts}", "{parts}"));
        }
        let Some(rule) = rule else {
            return Some(words!("{parts} = {total}", "{parts} = {total}"));
        };
        let (names_en, names_zh) = (missing.join(", "), missing.join("、"));
        let Words { en, zh } = rule_words(&rule.then);
        Some(words!(
            "{names_en} missing, {en}: {parts} = {total}",
            "缺{names_zh}，{zh}：{parts} = {total}"
        ))
    }

    /// A formula, and the same with the values put in: `60 * done / due = 60 * 18 / 24`.
    fn formula(&self, pieces: &[Piece]) -> Words {
        let mut named = String::new();
        let (mut valued, mut valued_zh) = (String::new(), String::new());
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    named.push_str(text);
                    valued.push_str(text);
                    valued_zh.push_str(text);
                }
                Piece::Figure(name, node, of) => {
                    named.push_str(name);
                    let Words { en, zh } = self.named("", *node, of);
                    valued.push_str(&en);
                    valued_zh.push_str(&zh);
                }
            }
        }
        words!("{named} = {valued}", "{named} = {valued_zh}")
    }

    /// A name with its value; of alternatives, the one that is given.
    fn named(&self, name: &str, node: NodeId, of: &Type) -> Words {
        if let Type::Either(either) = of
            && let Some(either) = self.model().eithers.get(either.index())
        {
            let given = either.inputs.iter().find_map(|id| {
                let input = self.model().input(*id)?;
                let node = *self.reading.plan.inputs.get(id.index())?;
                let Words { en, zh } = self.value(node, &input.of)?;
                let name = input.called.shown();
                Some(words!("{name} {en}", "{name} {zh}"))
            });
            return given.unwrap_or_else(|| words!("—", "—"));
        }
        let value = self.value(node, of).unwrap_or_else(|| words!("—", "—"));
        if name.is_empty() {
            value
        } else {
            let Words { en, zh } = value;
            words!("{name} {en}", "{name} {zh}")
        }
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
        (row.origin.says.is_some() || row.origin.assumed.is_some()).then_some(&row.origin)
    }

    fn change(&self, sign: Sign, amount: NodeId, count: Option<&Count>, delta: NodeId) -> Words {
        let (amount, delta) = (self.number(amount), self.number(delta));
        let Some(count) = count else {
            return match sign {
                Sign::Deduct => words!("deduct {delta}", "扣 {delta}"),
                Sign::Add => words!("add {delta}", "加 {delta}"),
            };
        };
        let Words { en: what, zh } = self.counted(count);
        let times = self.number(count.times);
        let (bound, product) = match count.at_most {
            Some((bound, product)) if self.number(product) != delta => {
                let bound = self.number(bound);
                let words = words!(", at most {bound}", "，最多 {bound}");
                (words, self.number(product))
            }
            _ => (words!("", ""), delta),
        };
        let (most, most_zh) = (bound.en, bound.zh);
        // Where something is left out of the count, the sentence says of how many.
        let whole = if count.beyond.is_some() || count.size.is_some() {
            let (of, name) = (self.number(count.of), &count.shown);
            words!(" ({name} {of})", "（{name} {of}）")
        } else {
            words!("", "")
        };
        let (whole, whole_zh) = (whole.en, whole.zh);
        match sign {
            Sign::Deduct => words!(
                "deduct {amount} per {what}: {amount} × {times} = {product}{most}{whole}",
                "{zh}扣 {amount}：{amount} × {times} = {product}{most_zh}{whole_zh}"
            ),
            Sign::Add => words!(
                "add {amount} per {what}: {amount} × {times} = {product}{most}{whole}",
                "{zh}加 {amount}：{amount} × {times} = {product}{most_zh}{whole_zh}"
            ),
        }
    }

    /// What stands behind `per`.
    fn counted(&self, count: &Count) -> Words {
        let name = &count.shown;
        let Words { en, zh } = match count.size {
            None => words!("{name}", "每{name}"),
            Some((size, broken)) => {
                let size = self.number(size);
                match broken {
                    Broken::Dropped => words!("full {size} of {name}", "{name}每满 {size} "),
                    Broken::Whole => {
                        words!("started {size} of {name}", "{name}每不足 {size} 按一次")
                    }
                    Broken::Fraction => {
                        words!("{size} of {name} in proportion", "{name}按比例每 {size} ")
                    }
                }
            }
        };
        match count.beyond.map(|beyond| self.number(beyond)) {
            None => words!("{en}", "{zh}"),
            Some(beyond) => words!("{en} beyond {beyond}", "{zh}（超过 {beyond} 的部分）"),
        }
    }
}

fn rule_words(then: &MissingThen) -> Words {
    match then {
        MissingThen::WeighEqually => words!("the rest weigh equally", "其余各项权重均等"),
        MissingThen::ShareEqually => {
            words!("the missing weight is shared equally", "缺项权重均摊")
        }
        MissingThen::ShareInProportion => words!(
            "the missing weight is shared in proportion",
            "缺项权重按比例分摊"
        ),
        MissingThen::GiveTo(_) => words!("its weight goes to another", "权重并入另一项"),
        MissingThen::Weights(_) => words!("other weights apply", "按另列权重"),
        MissingThen::CountAsZero => words!("counted as zero", "按零分计"),
        MissingThen::CountAsFull => words!("counted as full", "按满分计"),
        MissingThen::CountAs(_) => words!("counted as given", "按规定分计"),
        MissingThen::NoValue => words!("no value", "无值"),
        MissingThen::Stop(_) => words!("no result", "不出具结果"),
    }
}

/// A value as people read it, in both languages.
pub(crate) fn in_words(model: &Model, value: &Value, of: &Type) -> Words {
    Words {
        en: shown(model, value, of, Language::English),
        zh: shown(model, value, of, Language::Chinese),
    }
}

fn shown(model: &Model, value: &Value, of: &Type, language: Language) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => yes_or_no(*flag).in_language(language).to_owned(),
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
                .map(|cell| cell_shown(model, cell, element, language))
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
                .filter(|(_, cell)| !cell.is_absent())
                .map(|(option, cell)| {
                    let shown = cell_shown(model, cell, element, language);
                    format!("{} {shown}", option.shown())
                })
                .collect();
            list.join("、")
        }
        Value::Named(entries) => {
            let element = match of {
                Type::Named(element) => element,
                other => other,
            };
            let list: Vec<String> = entries
                .iter()
                .map(|(name, cell)| {
                    format!("{name} {}", cell_shown(model, cell, element, language))
                })
                .collect();
            list.join("、")
        }
        Value::Record(cells) => {
            let fields = match of {
                Type::Record(record) => model.record(*record).map_or(&[][..], |r| &r.fields),
                _ => &[],
            };
            let list: Vec<String> = fields
                .iter()
                .zip(cells.iter())
                .filter(|(field, cell)| !field.called.name.is_empty() && !cell.is_absent())
                .map(|(field, cell)| {
                    format!(
                        "{} {}",
                        field.called.shown(),
                        cell_shown(model, cell, &field.of, language)
                    )
                })
                .collect();
            list.join("、")
        }
        Value::Tally(answers) => {
            let element = match of {
                Type::List(element) => element,
                other => other,
            };
            let list: Vec<String> = answers
                .iter()
                .map(|(cell, times)| {
                    format!("{} × {times}", cell_shown(model, cell, element, language))
                })
                .collect();
            format!("[{}]", list.join("; "))
        }
        Value::Date(day) => crate::calendar::show_day(*day),
        Value::Time(at) => crate::calendar::show_time(*at),
        Value::Weights(_) => String::new(),
    }
}

fn cell_shown(model: &Model, cell: &Cell, of: &Type, language: Language) -> String {
    match cell {
        Cell::Value(value) => shown(model, value, of, language),
        Cell::Absent(_) | Cell::Empty(_) | Cell::Fault(_) | Cell::Stop(_) => "—".to_owned(),
    }
}

/// A flag in words.
pub(crate) fn yes_or_no(flag: bool) -> Words {
    if flag {
        words!("yes", "是")
    } else {
        words!("no", "否")
    }
}
