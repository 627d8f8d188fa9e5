//! What was shown of a scheme, for people and programs: one entry for each property, with its
//! verdict and, where it does not hold, the data of a subject that breaks it.

use std::collections::BTreeSet;

use super::claims::Ruling;
use super::properties::{Asked, Kind};
use super::witness::Witness;
use super::{Prover, Tally};
use crate::diagnostic::Severity;
use crate::input::{Given, Subject};
use crate::model::{Claim, Guarantee, Input, InputId, Model, Type};
use crate::plan::NodeId;
use crate::scheme::Scheme;
use crate::text::{Span, Words, words};
use crate::value::Value;

/// How much work a proof may cost: how many parts of the space of subjects one search looks at
/// before it says that it cannot tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Parts for each search; all searches of [`Scheme::prove`] together look at twenty times as many.
    pub regions: u32,
}

impl Default for Effort {
    /// 2,000 parts.
    fn default() -> Self {
        Self { regions: 2_000 }
    }
}

/// What was shown of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proofs {
    /// What the author guarantees, in written order; then what is asked of every scheme.
    pub properties: Vec<Property>,
}

/// A property of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// What it is about.
    pub kind: Kind,
    /// What is claimed.
    pub claim: Words,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Where it is written, or what it is about.
    pub span: Span,
    /// The article of that place.
    pub article: Option<String>,
    /// How many parts of the space of subjects were looked at; 0 where bounds and trends decided.
    pub regions: u32,
}

/// Whether a property holds for every subject that the scheme admits and scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds for every subject.
    Proved,
    /// It does not hold.
    Refuted(Option<CounterExample>),
    /// The effort ended first, or the scheme says something that cannot be reasoned about. Never a
    /// pass.
    Undecided,
}

impl Verdict {
    /// The name used in programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Refuted(_) => "refuted",
            Self::Undecided => "undecided",
        }
    }

    /// What people read.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Proved => words!("proved", "已证明"),
            Self::Refuted(_) => words!("refuted", "不成立"),
            Self::Undecided => words!("cannot tell", "未能判定"),
        }
    }

    /// Whether it does not hold.
    #[must_use]
    pub const fn is_refuted(&self) -> bool {
        matches!(self, Self::Refuted(_))
    }

    /// The data that breaks it, where there is such.
    #[must_use]
    pub const fn counter_example(&self) -> Option<&CounterExample> {
        match self {
            Self::Refuted(example) => example.as_ref(),
            Self::Proved | Self::Undecided => None,
        }
    }
}

impl Property {
    /// Whether it is not a guarantee, nor what a scheme is warned of; or is one, and proved. What
    /// is undecided never passes.
    #[must_use]
    pub fn passes(&self) -> bool {
        let counts = self
            .kind
            .severity()
            .is_some_and(|severity| severity >= Severity::Warning);
        !counts || self.verdict == Verdict::Proved
    }
}

/// A subject that breaks a property; two, where the property compares what differs in one figure.
/// The evaluator has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterExample {
    /// The data, as `score` takes it.
    pub subjects: Vec<Subject>,
    /// The same in words, with what comes of it.
    pub words: Words,
}

impl Scheme {
    /// Shows what holds for every subject: each guarantee, then what is asked of every scheme.
    ///
    /// A proof covers all subjects that are scored, not only those of the examples; a
    /// counter-example is a subject that the evaluator has scored. Parameters may have any value in
    /// their range.
    ///
    /// ```
    /// use assize::prove::{Effort, Verdict};
    ///
    /// let text = r#"
    /// scheme complaints {
    ///     input complaints "投诉" : count, lower is better
    ///     item service "服务" out of 30 cite "六" {
    ///         start at 30
    ///         deduct 6 per complaints
    ///     }
    ///     guarantee total in 0..30
    ///     guarantee complaints >= 2 implies total <= 20
    /// }
    /// "#;
    /// let checked = assize::check(text);
    /// let scheme = checked.scheme.expect("it has no errors");
    /// let proofs = scheme.prove(Effort::default());
    /// assert_eq!(proofs.properties[0].verdict, Verdict::Proved);
    /// assert_eq!(proofs.properties[1].verdict, Verdict::Proved);
    /// ```
    #[must_use]
    pub fn prove(&self, effort: Effort) -> Proofs {
        let prover = Prover::new(self.model(), self.plan(), effort).in_all();
        let mut properties = prover.guarantees(self.text());
        properties.extend(
            prover
                .properties()
                .into_iter()
                .map(|asked| prover.property(asked)),
        );
        Proofs { properties }
    }

    /// Shows the guarantees alone, in written order.
    #[must_use]
    pub fn prove_guarantees(&self, effort: Effort) -> Proofs {
        let prover = Prover::new(self.model(), self.plan(), effort).in_all();
        Proofs {
            properties: prover.guarantees(self.text()),
        }
    }
}

impl Prover<'_> {
    /// What the author guarantees; `text` is that of the scheme.
    pub(crate) fn guarantees(&self, text: &str) -> Vec<Property> {
        let guarantees = self.model.guarantees.iter().zip(&self.plan.claims);
        guarantees
            .map(|(guarantee, nodes)| {
                let written = guarantee.origin.span.of(text);
                let written: Vec<&str> = written.split_whitespace().collect();
                let written = written.join(" ");
                Property {
                    claim: words!("{written}", "{written}"),
                    ..self.guarantee(guarantee, nodes)
                }
            })
            .collect()
    }

    /// What becomes of one guarantee, without its words.
    pub(crate) fn guarantee(&self, guarantee: &Guarantee, nodes: &[NodeId]) -> Property {
        let mut tally = Tally::default();
        let verdict = self.claim(&guarantee.claim, nodes, &mut tally);
        let figure = match &guarantee.claim {
            Claim::Within(..) | Claim::Never(..) | Claim::NeverGainsByMissing(..) => {
                nodes.first().copied()
            }
            Claim::EveryGradeReachable | Claim::Implies(..) | Claim::Always(_) => None,
        };
        self.property(Asked {
            kind: Kind::Guarantee,
            claim: words!("", ""),
            denied: None,
            verdict,
            origin: guarantee.origin.clone(),
            figure,
            about: nodes.to_vec(),
            regions: tally.regions,
        })
    }

    pub(crate) fn property(&self, asked: Asked) -> Property {
        let verdict = match asked.verdict {
            Ruling::Proved => Verdict::Proved,
            Ruling::Undecided => Verdict::Undecided,
            Ruling::Refuted(witness) => Verdict::Refuted(
                witness.map(|witness| self.counter_example(witness, asked.figure, &asked.about)),
            ),
        };
        Property {
            kind: asked.kind,
            claim: asked.claim,
            verdict,
            span: asked.origin.span,
            article: asked.origin.article,
            regions: asked.regions,
        }
    }

    /// A counter-example; its words name the data that some nodes read, where they read any.
    pub(crate) fn counter_example(
        &self,
        witness: Witness,
        figure: Option<NodeId>,
        about: &[NodeId],
    ) -> CounterExample {
        let read = self.read_by(about);
        let values = figure.map_or_else(Vec::new, |figure| self.values(&witness, figure));
        let given = witness
            .subjects
            .first()
            .map(|subject| match self.told_of(subject, &read) {
                given if given.is_empty() => told(self.model, subject),
                given => given,
            })
            .unwrap_or_default();
        let value = |place: usize| {
            let value = values.get(place).cloned().flatten()?;
            Some(shown(
                self.model,
                figure.and_then(|node| self.of(node)),
                &value,
            ))
        };
        let (mut en, mut zh) = (given.clone(), given);
        if let Some(own) = value(0) {
            en.push_str(&format!(" gives {own}"));
            zh.push_str(&format!("，得 {own}"));
        }
        if let [first, second] = witness.subjects.as_slice() {
            let apart = apart(self.model, first, second);
            en.push_str(&format!("; with {}", apart.en));
            zh.push_str(&format!("；改为{}", apart.zh));
            if let Some(own) = value(1) {
                en.push_str(&format!(" it gives {own}"));
                zh.push_str(&format!("，得 {own}"));
            }
        }
        CounterExample {
            subjects: witness.subjects,
            words: Words { en, zh },
        }
    }

    /// Some of the data of a subject.
    fn told_of(&self, subject: &Subject, inputs: &BTreeSet<InputId>) -> String {
        let inputs = inputs.iter().filter_map(|id| self.model.input(*id));
        let parts = inputs.filter_map(|input| one(self.model, subject, input));
        parts.collect::<Vec<_>>().join("、")
    }

    /// The type of the figure that a node is the value of.
    fn of(&self, node: NodeId) -> Option<&Type> {
        let planned = self.plan.figures.iter().find(|own| own.value == node)?;
        self.model.figure(planned.figure).map(|figure| &figure.of)
    }
}

/// The data of a subject, figure by figure.
pub(super) fn told(model: &Model, subject: &Subject) -> String {
    let parts = model
        .inputs
        .iter()
        .filter_map(|input| one(model, subject, input));
    parts.collect::<Vec<_>>().join("、")
}

fn one(model: &Model, subject: &Subject, input: &Input) -> Option<String> {
    let given = written(model, &input.of, at(subject, &input.path)?);
    Some(format!("{} {given}", input.called.shown()))
}

/// Where two subjects differ: what the second one has.
pub(super) fn apart(model: &Model, first: &Subject, second: &Subject) -> Words {
    let mut en = Vec::new();
    let mut zh = Vec::new();
    for input in &model.inputs {
        let (a, b) = (at(first, &input.path), at(second, &input.path));
        if a == b {
            continue;
        }
        let name = input.called.shown();
        match b {
            Some(given) => {
                let given = written(model, &input.of, given);
                en.push(format!("{name} {given}"));
                zh.push(format!("{name} {given}"));
            }
            None => {
                en.push(format!("{name} not given"));
                zh.push(format!("{name}不填"));
            }
        }
    }
    Words {
        en: en.join(", "),
        zh: zh.join("、"),
    }
}

/// What stands at a path of the data.
pub(crate) fn at<'g>(subject: &'g Subject, path: &[String]) -> Option<&'g Given> {
    let (last, outer) = path.split_last()?;
    let mut values = &subject.values;
    for name in outer {
        match values.get(name)? {
            Given::Map(inner) => values = inner,
            _ => return None,
        }
    }
    values.get(last)
}

/// A datum as people write it. Lists of rows hold no lists of any depth.
pub(crate) fn written(model: &Model, of: &Type, given: &Given) -> String {
    match (given, of) {
        (Given::Flag(flag), _) => if *flag { "是" } else { "否" }.to_owned(),
        (Given::Text(text), Type::Option(scale)) => model
            .scale(*scale)
            .and_then(|scale| {
                let option = scale.find(text)?;
                Some(scale.options.get(option as usize)?.shown().to_owned())
            })
            .unwrap_or_else(|| text.clone()),
        (Given::Number(text) | Given::Text(text), _) => text.clone(),
        (Given::Nothing, _) => "–".to_owned(),
        (Given::List(list), of) => {
            let element = match of {
                Type::List(element) => element.as_ref(),
                other => other,
            };
            let all: Vec<String> = list
                .iter()
                .map(|own| written(model, element, own))
                .collect();
            format!("[{}]", all.join("；"))
        }
        (Given::Map(map), of) => {
            let scale = match of {
                Type::Map(scale, _) => model.scale(*scale),
                _ => None,
            };
            let all: Vec<String> = map
                .iter()
                .map(|(key, own)| {
                    let option = scale.and_then(|scale| {
                        let option = scale.find(key)?;
                        scale.options.get(option as usize)
                    });
                    let name = option.map_or(key.as_str(), |option| option.shown());
                    format!("{name} {}", written(model, &Type::Unknown, own))
                })
                .collect();
            format!("{{{}}}", all.join("，"))
        }
    }
}

pub(super) fn shown(model: &Model, of: Option<&Type>, value: &Value) -> String {
    match (value, of) {
        (Value::Number(number), _) => number.to_string(),
        (Value::Flag(flag), _) => if *flag { "是" } else { "否" }.to_owned(),
        (Value::Option(level), Some(Type::Option(scale))) => model
            .scale(*scale)
            .and_then(|scale| scale.options.get(*level as usize))
            .map_or_else(String::new, |option| option.shown().to_owned()),
        _ => "…".to_owned(),
    }
}
