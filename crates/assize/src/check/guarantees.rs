//! Guarantees, tried on every example.
//!
//! A guarantee is a claim about every input. Trying it on the examples, and on their neighbours
//! one step away, can refute it but never prove it, and the finding says so.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::input::{Given, Subject};
use crate::model::{Claim, FigureKind, InputId, Model, Type};
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::NodeId;
use crate::scheme::{Prepared, Scheme};
use crate::syntax::Direction;
use crate::text::words;
use crate::value::{Cell, Value};

pub(super) static CODES: &[&Code] = &[&GUARANTEE_FAILS, &GUARANTEE_NOT_PROVED];

pub(super) static GUARANTEE_FAILS: Code = Code {
    name: "guarantee-fails",
    severity: Severity::Error,
    page_en: "A guarantee does not hold: an example, or the same data with one input \
              moved by one step, breaks it. The finding says by how much. Either a rule \
              does something that the regulation did not mean, such as a bonus that \
              a further complaint triggers, or the guarantee claims too much. Look at \
              the figures first: people will find the same way to gain.",
    page_zh: "一条保证不成立：某个算例，或把该算例的一个输入变动一档，就违反了它。提示中写明了数值。\
              要么某条规则的效果并非条文本意，例如多一起投诉反而得分更高；要么这条保证说得太满。\
              请先看数值：被考评的人也会发现同样的空子。",
    wrong: r#"
scheme complaints "投诉考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 80
        add 5 per complaints
    }
    guarantee total never rises with complaints
    example "无投诉" {
        given complaints = 0
        expect total = 80
    }
}
"#,
    right: r#"
scheme complaints "投诉考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 80
        deduct 5 per complaints
    }
    guarantee total never rises with complaints
    example "无投诉" {
        given complaints = 0
        expect total = 80
    }
}
"#,
};

pub(super) static GUARANTEE_NOT_PROVED: Code = Code {
    name: "guarantee-not-proved",
    severity: Severity::Note,
    page_en: "A guarantee speaks of every possible input. It was tried on the examples, \
              and on the same data with one input moved by one step, and it held there; \
              that is not a proof. The note says on how many examples it was tried. \
              More examples at the edges of bands and limits make it stronger. For `every \
              grade reachable` it names the grades that no example reaches.",
    page_zh: "保证说的是一切可能的输入。它在各算例以及把算例中一个输入变动一档之后都成立，\
              但这不等于证明。提示中写明了试过几个算例。在分档和上下限的边上多写几个算例，\
              会更有把握。对“每个等级可达”，提示中列出还没有算例得到的等级。",
    wrong: r#"
scheme complaints "投诉考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 5 per complaints
    }
    guarantee total in 0..100
    example "无投诉" {
        given complaints = 0
        expect total = 100
    }
}
"#,
    right: r#"
scheme complaints "投诉考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "二" {
        start at 100
        deduct 5 per complaints
    }
    example "无投诉" {
        given complaints = 0
        expect total = 100
    }
}
"#,
};

/// A subject that breaks a guarantee, in words.
struct Broken {
    en: String,
    zh: String,
}

/// Tries the guarantees of a scheme on its examples.
pub(crate) fn guarantees(scheme: &Scheme) -> Vec<Diagnostic> {
    let Ok(prepared) = scheme.prepare(Subject::default()) else {
        return Vec::new();
    };
    let (model, plan) = (scheme.model(), scheme.plan());
    let mut found = Vec::new();
    let scored: Vec<(&Subject, Vec<Cell>)> = model
        .examples
        .iter()
        .filter_map(|example| match prepared.compute(&example.given) {
            (Outcome::Ok(_), computed) => Some((&example.given, computed.cells)),
            _ => None,
        })
        .collect();
    let examples = scored.len();
    let mut holding = Vec::new();
    for (guarantee, nodes) in model.guarantees.iter().zip(&plan.claims) {
        let trial = Trial {
            prepared: &prepared,
            model,
            nodes,
        };
        if let Claim::EveryGradeReachable = guarantee.claim {
            let unseen = trial.grades_unseen(&scored);
            if !unseen.is_empty() {
                let list = unseen.join("、");
                found.push(Diagnostic::new(
                    &GUARANTEE_NOT_PROVED,
                    guarantee.origin.span,
                    words!(
                        "not proved, and no example reaches {list}",
                        "尚未证明，且没有算例得到：{list}"
                    ),
                ));
                continue;
            }
        }
        let broken = scored
            .iter()
            .find_map(|(given, cells)| trial.broken(&guarantee.claim, given, cells));
        match broken {
            Some(Broken { en, zh }) => found.push(Diagnostic::new(
                &GUARANTEE_FAILS,
                guarantee.origin.span,
                words!("this does not hold: {en}", "这条保证不成立：{zh}"),
            )),
            None => holding.push(guarantee.origin.span),
        }
    }
    if let Some((first, rest)) = holding.split_first() {
        let count = holding.len();
        let (guarantees, hold, are) = if count == 1 {
            ("guarantee", "holds", "it is")
        } else {
            ("guarantees", "hold", "they are")
        };
        let mut diagnostic = Diagnostic::new(
            &GUARANTEE_NOT_PROVED,
            *first,
            if examples == 0 {
                words!(
                    "{count} {guarantees} not proved, and there is no example to try them on",
                    "{count} 条保证尚未证明，也没有算例可供检验"
                )
            } else {
                words!(
                    "{count} {guarantees} {hold} on {examples} examples and their neighbours; {are} not proved",
                    "{count} 条保证在 {examples} 个算例及其邻近数据上成立，尚未证明"
                )
            },
        );
        for span in rest {
            diagnostic = diagnostic.with_label(*span, words!("this one too", "这一条也是"));
        }
        found.push(diagnostic);
    }
    found
}

struct Trial<'a> {
    prepared: &'a Prepared,
    model: &'a Model,
    nodes: &'a [NodeId],
}

impl Trial<'_> {
    fn number<'c>(&self, cells: &'c [Cell], place: usize) -> Option<&'c Rational> {
        cells.get(self.nodes.get(place)?.index())?.as_number()
    }

    fn flag(&self, cells: &[Cell], place: usize) -> Option<bool> {
        cells.get(self.nodes.get(place)?.index())?.as_flag()
    }

    fn broken(&self, claim: &Claim, given: &Subject, cells: &[Cell]) -> Option<Broken> {
        match claim {
            Claim::EveryGradeReachable => None,
            Claim::Within(_, low, high) => {
                let value = self.number(cells, 0)?;
                let at_high = 1_usize.saturating_add(usize::from(low.is_some()));
                let below = low.as_ref().is_some_and(|end| {
                    self.number(cells, 1)
                        .is_some_and(|low| value < low || (!end.included && value == low))
                });
                let above = high.as_ref().is_some_and(|end| {
                    self.number(cells, at_high)
                        .is_some_and(|high| value > high || (!end.included && value == high))
                });
                (below || above).then(|| Broken {
                    en: format!("an example gives {value}"),
                    zh: format!("有算例得 {value}"),
                })
            }
            Claim::Implies(..) => (self.flag(cells, 0) == Some(true)
                && self.flag(cells, 1) == Some(false))
            .then(|| Broken {
                en: "an example has the first and not the second".to_owned(),
                zh: "有算例满足前者而不满足后者".to_owned(),
            }),
            Claim::Always(_) => (self.flag(cells, 0) == Some(false)).then(|| Broken {
                en: "in an example it is not so".to_owned(),
                zh: "有算例不满足".to_owned(),
            }),
            Claim::Never(_, direction, inputs) => {
                let before = self.number(cells, 0)?;
                inputs
                    .iter()
                    .find_map(|input| self.moves(*input, *direction, given, before))
            }
            Claim::NeverGainsByMissing(_, inputs) => {
                let before = self.number(cells, 0)?;
                inputs.iter().find_map(|id| {
                    let input = self.model.input(*id)?;
                    let mut without = given.clone();
                    *slot(&mut without, &input.path)? = Given::Nothing;
                    let after = self.value_of(&without)?;
                    let name = input.called.shown();
                    (after > *before).then(|| Broken {
                        en: format!("without {name} an example rises from {before} to {after}"),
                        zh: format!("去掉{name}后，有算例由 {before} 升到 {after}"),
                    })
                })
            }
        }
    }

    /// Moves one input of an example one step up and looks at the figure.
    fn moves(
        &self,
        id: InputId,
        direction: Direction,
        given: &Subject,
        before: &Rational,
    ) -> Option<Broken> {
        let input = self.model.input(id)?;
        let mut moved = given.clone();
        let place = slot(&mut moved, &input.path)?;
        let old = place.clone();
        *place = self.raised(&input.of, &old, input.step.as_ref())?;
        let after = self.value_of(&moved)?;
        let wrong = match direction {
            Direction::Rises => after > *before,
            Direction::Falls => after < *before,
        };
        let name = input.called.shown();
        wrong.then(|| Broken {
            en: format!("one step more of {name} takes an example from {before} to {after}"),
            zh: format!("{name}增加一档后，有算例由 {before} 变为 {after}"),
        })
    }

    /// A datum one step up: a figure by its step or 1, an option by one towards the best, the
    /// first of a list or map.
    fn raised(&self, of: &Type, given: &Given, step: Option<&Rational>) -> Option<Given> {
        match (of, given) {
            (Type::Option(scale), Given::Text(text)) => {
                let scale = self.model.scale(*scale).filter(|scale| scale.ordered)?;
                let better = scale.find(text)?.checked_sub(1)?;
                let option = scale.options.get(better as usize)?;
                Some(Given::Text(option.name.clone()))
            }
            (Type::List(element), Given::List(list)) => {
                let mut list = list.clone();
                let first = list.first_mut()?;
                *first = self.raised(element, first, step)?;
                Some(Given::List(list))
            }
            (Type::Map(_, element), Given::Map(map)) => {
                let mut map = map.clone();
                let (_, first) = map.get_index_mut(0)?;
                *first = self.raised(element, first, step)?;
                Some(Given::Map(map))
            }
            (of, Given::Number(digits) | Given::Text(digits)) if of.is_numeric() => {
                let value: Rational = digits.parse().ok()?;
                let step = step.cloned().unwrap_or(Rational::ONE);
                Some(Given::Number((value + step).to_string()))
            }
            _ => None,
        }
    }

    /// The figure for other data; `None` where it is not scored.
    fn value_of(&self, subject: &Subject) -> Option<Rational> {
        match self.prepared.compute(subject) {
            (Outcome::Ok(_), computed) => self.number(&computed.cells, 0).cloned(),
            _ => None,
        }
    }

    /// The levels of grades that no example reaches.
    fn grades_unseen(&self, scored: &[(&Subject, Vec<Cell>)]) -> Vec<String> {
        let plan = self.prepared.scheme().plan();
        let mut unseen = Vec::new();
        for planned in &plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            let (FigureKind::Grade(_), Type::Option(scale)) = (&figure.kind, &figure.of) else {
                continue;
            };
            let Some(scale) = self.model.scale(*scale) else {
                continue;
            };
            for (index, level) in scale.options.iter().enumerate() {
                let reached = scored.iter().any(|(_, cells)| {
                    matches!(
                        cells.get(planned.value.index()),
                        Some(Cell::Value(Value::Option(own))) if *own as usize == index
                    )
                });
                if !reached {
                    unseen.push(level.shown().to_owned());
                }
            }
        }
        unseen
    }
}

/// The place of an input in a subject's data, if it is given there.
fn slot<'s>(subject: &'s mut Subject, path: &[String]) -> Option<&'s mut Given> {
    let (last, outer) = path.split_last()?;
    let mut values = &mut subject.values;
    for name in outer {
        match values.get_mut(name)? {
            Given::Map(inner) => values = inner,
            Given::Nothing
            | Given::Flag(_)
            | Given::Number(_)
            | Given::Text(_)
            | Given::List(_) => {
                return None;
            }
        }
    }
    values.get_mut(last)
}
