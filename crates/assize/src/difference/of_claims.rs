//! What a scheme says of data that is refused, of what comes out, and of what it guarantees; and
//! what it says without numbers: readings, indicators, procedures.

use super::of_inputs::{in_range, period};
use super::outline::{Fact, List, Said, Teller};
use super::{Aspect, Construct};
use crate::indicator::Indicator;
use crate::model::{Bound, Claim, EachShape, Entry, ExprId, InputId, Origin, Over, Shape};
use crate::procedure::{Deadline, ProcedureStep, RecordField};
use crate::syntax::Direction;
use crate::text::{Words, words};

impl Teller<'_> {
    pub(super) fn stops(&mut self) {
        let model = self.model;
        for refusal in &model.refusals {
            let name = format!("{} {}", refusal.code.name(), refusal.field);
            self.thing(Construct::Refusal, &name, None, &refusal.origin);
            self.label(refusal.label.as_ref());
            self.one_expr(Aspect::Condition, refusal.when);
        }
        for stop in &model.stops {
            // A rule for missing data says itself where it leads.
            let Some(when) = stop.when else { continue };
            self.thing(
                Construct::NoResult,
                &stop.reason,
                stop.label.as_ref(),
                &stop.origin,
            );
            self.label(stop.label.as_ref());
            self.one_expr(Aspect::Condition, when);
        }
    }

    pub(super) fn results(&mut self) {
        let model = self.model;
        for output in &model.results {
            let called = &output.called;
            self.thing(
                Construct::Result,
                &called.key,
                called.label.as_ref(),
                &output.origin,
            );
            match &output.shape {
                Shape::One(value) => self.one_expr(Aspect::Value, *value),
                Shape::Fields(entries) => self.entries(entries),
                Shape::Each { row, gives, spread } => {
                    match model.row(*row).map(|row| row.over) {
                        Some(Over::List(list) | Over::Map(list)) => {
                            self.one_expr(Aspect::GoesThrough, list);
                        }
                        Some(Over::Scale(scale)) => {
                            let shown = model.scale(scale).map(|scale| scale.called.shown());
                            let shown = shown.unwrap_or_default();
                            let key = self.keys.scale(scale);
                            self.one(Aspect::GoesThrough, key, words!("{shown}", "{shown}"));
                        }
                        Some(Over::Given) | None => {}
                    }
                    if *spread {
                        self.one(
                            Aspect::Spread,
                            "",
                            words!("each option by itself", "各选项分别给出"),
                        );
                    }
                    self.around = vec![*row];
                    match gives {
                        EachShape::One(value) => self.one_expr(Aspect::Value, *value),
                        EachShape::Fields(entries) => self.entries(entries),
                    }
                    self.around = Vec::new();
                }
            }
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        for entry in entries {
            let (name, value) = match entry {
                Entry::One(called, value) => (called.key.clone(), *value),
                Entry::Per(scale, value) => (self.keys.scale(*scale), *value),
            };
            let said = self.expression(value);
            let named = |words: &Words| {
                let Words { en, zh } = words;
                words!("{name} = {en}", "{name} = {zh}")
            };
            let fact = Fact {
                aspect: Aspect::Entry,
                list: List::Among(Aspect::Entry),
                key: format!("{name} = {}", self.key(value)),
                said: Said {
                    shown: named(&said.shown),
                    plain: named(&said.plain),
                },
                pairs: vec![name],
                origin: Origin::default(),
            };
            self.push(fact);
        }
    }

    /// Guarantees have no names: they are members of the scheme.
    pub(super) fn guarantees(&mut self) {
        let model = self.model;
        if model.guarantees.is_empty() {
            return;
        }
        self.thing(Construct::Guarantees, "", None, &Origin::default());
        for guarantee in &model.guarantees {
            let mut exprs = Vec::new();
            let (of, key) = self.claim(&guarantee.claim, &mut exprs);
            let fact = Fact {
                aspect: Aspect::Guarantee,
                list: List::Among(Aspect::Guarantee),
                key: format!("{of} {key}"),
                pairs: vec![of],
                said: self.statement(&guarantee.origin, &exprs),
                origin: guarantee.origin.clone(),
            };
            self.push(fact);
        }
    }

    /// What a claim is about, and what it claims of it.
    fn claim(&self, claim: &Claim, exprs: &mut Vec<ExprId>) -> (String, String) {
        let names = |inputs: &[InputId]| {
            let mut names: Vec<String> = inputs.iter().map(|id| self.keys.input(*id)).collect();
            names.sort();
            format!("{names:?}")
        };
        let mut key = |id: ExprId| {
            exprs.push(id);
            self.key(id)
        };
        match claim {
            Claim::Within(of, low, high) => {
                let bound = |bound: &Option<Bound>| {
                    let bound = bound.as_ref();
                    bound.map(|bound| (bound.included, self.key(bound.at)))
                };
                let bounds = format!("{:?} {:?}", bound(low), bound(high));
                (format!("within {}", key(*of)), bounds)
            }
            Claim::Never(of, direction, inputs) => {
                let direction = match direction {
                    Direction::Rises => "rises",
                    Direction::Falls => "falls",
                };
                (format!("never {direction} {}", key(*of)), names(inputs))
            }
            Claim::NeverGainsByMissing(of, inputs) => {
                (format!("never gains {}", key(*of)), names(inputs))
            }
            Claim::EveryGradeReachable => ("every grade reachable".to_owned(), String::new()),
            Claim::Implies(a, b) => (format!("implies {}", key(*a)), key(*b)),
            Claim::Always(a) => ("always".to_owned(), key(*a)),
        }
    }

    pub(super) fn readings(&mut self) {
        let model = self.model;
        for reading in &model.readings {
            let origin = Origin {
                article: reading.article.clone(),
                ..Origin::default()
            };
            self.thing(
                Construct::Reading,
                &reading.name,
                reading.label.as_ref(),
                &origin,
            );
            let shown = |place: usize| {
                let alternative = reading.alternatives.get(place);
                let (name, label) = alternative?;
                Some((name.clone(), label.clone().unwrap_or_else(|| name.clone())))
            };
            for (aspect, place) in [(Aspect::Default, 0), (Aspect::Taken, reading.chosen)] {
                if let Some((name, label)) = shown(place) {
                    self.one(aspect, name, words!("{label}", "{label}"));
                }
            }
            for place in 0..reading.alternatives.len() {
                if let Some((name, label)) = shown(place) {
                    self.push(Fact {
                        aspect: Aspect::Alternative,
                        list: List::Among(Aspect::Alternative),
                        key: name.clone(),
                        pairs: vec![name],
                        said: Said::of(words!("{label}", "{label}")),
                        origin: Origin::default(),
                    });
                }
            }
        }
    }

    pub(super) fn indicators(&mut self) {
        let model = self.model;
        let mut open: Vec<(String, &Indicator)> = model
            .indicators
            .iter()
            .rev()
            .map(|indicator| (indicator.key.clone(), indicator))
            .collect();
        while let Some((name, indicator)) = open.pop() {
            self.thing(
                Construct::Indicator,
                &name,
                indicator.label.as_ref(),
                &indicator.origin,
            );
            self.label(indicator.label.as_ref());
            if let Some((low, high)) = &indicator.points {
                let end = |at| Some((words!("{at}", "{at}"), true));
                self.one(
                    Aspect::Range,
                    format!("{low} {high}"),
                    in_range(end(low), end(high)),
                );
            }
            for level in &indicator.levels {
                self.among(Aspect::Level, level, List::Ordered(Aspect::Level));
            }
            for from in &indicator.from {
                self.among(Aspect::From, from, List::Among(Aspect::From));
            }
            for by in &indicator.by {
                self.among(Aspect::By, by, List::Among(Aspect::By));
            }
            self.direction(indicator.better);
            for aspect in indicator.aspects.iter().rev() {
                open.push((format!("{name}.{}", aspect.key), aspect));
            }
        }
    }

    /// One of several texts.
    fn among(&mut self, aspect: Aspect, text: &str, list: List) {
        self.push(Fact {
            aspect,
            list,
            key: text.to_owned(),
            pairs: Vec::new(),
            said: Said::of(words!("{text}", "{text}")),
            origin: Origin::default(),
        });
    }

    pub(super) fn procedures(&mut self) {
        let model = self.model;
        for procedure in &model.procedures {
            self.thing(
                Construct::Procedure,
                &procedure.name,
                procedure.label.as_ref(),
                &procedure.origin,
            );
            self.label(procedure.label.as_ref());
            if let Some(every) = procedure.every {
                self.one(Aspect::Every, period(every).en, period(every));
            }
            for step in &procedure.steps {
                let name = format!("{}.{}", procedure.name, step.slug);
                self.thing(Construct::Step, &name, step.label.as_ref(), &step.origin);
                self.step(step);
            }
        }
    }

    fn step(&mut self, step: &ProcedureStep) {
        self.label(step.label.as_ref());
        if let Some(every) = step.every {
            self.one(Aspect::Every, period(every).en, period(every));
        }
        if step.times != 1 {
            let times = step.times;
            self.one(Aspect::Times, times, words!("{times} times", "{times}次"));
        }
        if step.as_needed {
            self.one(Aspect::AsNeeded, "", words!("as needed", "必要时"));
        }
        if let Some(due) = &step.deadline {
            self.one(Aspect::Days, format!("{due:?}"), deadline(due));
        }
        for by in &step.by {
            self.among(Aspect::By, by, List::Among(Aspect::By));
        }
        for after in &step.after {
            self.among(Aspect::After, after, List::Among(Aspect::After));
        }
        for (aspect, fields) in [
            (Aspect::Requires, &step.requires),
            (Aspect::Gives, &step.gives),
        ] {
            for field in fields {
                self.record_field(aspect, field);
            }
        }
        if let Some(kept) = step.kept {
            self.one(Aspect::Kept, kept.words().en, kept.words());
        }
    }

    fn record_field(&mut self, aspect: Aspect, field: &RecordField) {
        let shown = field.shown();
        self.push(Fact {
            aspect,
            list: List::Among(aspect),
            key: format!("{} {shown}", field.key),
            pairs: vec![field.key.clone()],
            said: Said::of(words!("{shown}", "{shown}")),
            origin: Origin::default(),
        });
    }
}

/// When a step is due, in words.
fn deadline(due: &Deadline) -> Words {
    let month = |of_last_month: &bool| {
        if *of_last_month {
            (" of the last month", "末月")
        } else {
            ("", "")
        }
    };
    match due {
        Deadline::OnDays {
            first,
            last,
            of_last_month,
        } => {
            let (en, zh) = month(of_last_month);
            if first == last {
                words!("on day {first}{en}", "{zh}{first}日")
            } else {
                words!("on day {first}..{last}{en}", "{zh}{first}～{last}日")
            }
        }
        Deadline::ByDay { day, of_last_month } => {
            let (en, zh) = month(of_last_month);
            words!("by day {day}{en}", "不迟于{zh}{day}日")
        }
        Deadline::BeforeEnd(every) => {
            let (en, zh) = match every {
                crate::syntax::Period::Day => ("day", "当日"),
                crate::syntax::Period::Week => ("week", "周末"),
                crate::syntax::Period::Month => ("month", "月末"),
                crate::syntax::Period::Quarter => ("quarter", "季末"),
                crate::syntax::Period::HalfYear => ("half year", "半年末"),
                crate::syntax::Period::Year => ("year", "年末"),
            };
            words!("before end of {en}", "不迟于{zh}")
        }
        Deadline::Within { time, of } => {
            let Words { en, zh } = time.words();
            words!("within {en} of {of}", "自 {of} 起 {zh} 内")
        }
    }
}
