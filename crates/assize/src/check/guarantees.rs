//! Guarantees: tried on every example, then put to the prover.
//!
//! An example, or a neighbour one step away, can refute a claim about every input and never prove
//! it. What the prover cannot decide either, within the effort of a check, is told as a note.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::input::{Given, Subject};
use crate::model::{Claim, FigureKind, Guarantee, InputId, Model, Type};
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::NodeId;
use crate::prove::goal::Goal;
use crate::prove::{CounterExample, Prover, Ruling, Tally, Verdict};
use crate::scheme::{Prepared, Scheme};
use crate::syntax::Direction;
use crate::text::{Words, words};
use crate::value::{Cell, Value};

pub(super) static CODES: &[&Code] = &[&GUARANTEE_FAILS, &GUARANTEE_NOT_PROVED];

pub(super) static GUARANTEE_FAILS: Code = Code {
    name: "guarantee-fails",
    severity: Severity::Error,
    page_en: "A guarantee does not hold: an example, the same data with one input \
              moved by one step, or data that the prover found breaks it. The finding says \
              with what data, and by how much. Either a rule \
              does something that the regulation did not mean, such as a bonus that \
              a further complaint triggers, or the guarantee claims too much. Look at \
              the figures first: people will find the same way to gain.",
    page_zh: "一条保证不成立：某个算例、把该算例的一个输入变动一档，或证明时找到的一组数据，违反了它。\
              提示中写明了数据和数值。\
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
    page_en: "A guarantee speaks of every possible input. It holds on the examples, \
              and on the same data with one input moved by one step, but it could neither be \
              proved nor refuted with the effort of a check: that is not a proof. \
              `assize prove` looks further. Products of two figures, and lists of any length, are \
              hard to prove; more examples at the edges of bands and limits help then. For `every \
              grade reachable` the note names the grades that no example reaches.",
    page_zh: "保证说的是一切可能的输入。它在各算例以及把算例中一个输入变动一档之后都成立，\
              但在检查所用的力度内，既没能证明也没能否定，这不等于证明。可用 assize prove 加大力度。\
              两个数相乘、长度不定的列表较难证明，可在分档和上下限的边上多写几个算例。\
              对“每个等级可达”，提示中列出还没有算例得到的等级。",
    wrong: r#"
scheme spread "两次得分的离散程度" {
    input first "第一次", second "第二次" : points 0..100
    let spread "方差" = (first * first + second * second) / 2 - (first + second) * (first + second) / 4
    result spread
    guarantee spread >= 0
    example "相差十分" {
        given first = 80, second = 90
        expect spread = 25
    }
}
"#,
    right: r#"
scheme spread "两次得分的差距" {
    input first "第一次", second "第二次" : points 0..100
    let gap "差距" = max of (first, second) - min of (first, second)
    result gap
    guarantee gap >= 0
    example "相差十分" {
        given first = 80, second = 90
        expect gap = 10
    }
}
"#,
};

/// A subject that breaks a guarantee, in words.
struct Broken {
    en: String,
    zh: String,
}

/// Tries the guarantees of a scheme on its examples, and proves or refutes those that hold there.
pub(super) fn guarantees(scheme: &Scheme, prover: &Prover<'_>) -> Vec<Diagnostic> {
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
        let broken = scored
            .iter()
            .find_map(|(given, cells)| trial.broken(&guarantee.claim, given, cells));
        if let Some(Broken { en, zh }) = broken {
            found.push(Diagnostic::new(
                &GUARANTEE_FAILS,
                guarantee.origin.span,
                words!("this does not hold: {en}", "这条保证不成立：{zh}"),
            ));
            continue;
        }
        if let Claim::EveryGradeReachable = guarantee.claim {
            let unseen = trial.grades_unseen(&scored);
            found.extend(reached(prover, guarantee, unseen));
            continue;
        }
        let proved = prover
            .may_go_on()
            .then(|| prover.guarantee(guarantee, nodes));
        match proved.map(|property| property.verdict) {
            Some(Verdict::Proved) => {}
            Some(Verdict::Refuted(example)) => found.push(Diagnostic::new(
                &GUARANTEE_FAILS,
                guarantee.origin.span,
                example.map_or_else(
                    || words!("this does not hold", "这条保证不成立"),
                    |CounterExample { words, .. }| {
                        let Words { en, zh } = words;
                        words!(
                            "this does not hold; for instance, {en}",
                            "这条保证不成立，例如：{zh}"
                        )
                    },
                ),
            )),
            Some(Verdict::Undecided) | None => holding.push(guarantee.origin.span),
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

/// Of the levels that no example has, those that nobody can have, or of which that is not known.
fn reached(
    prover: &Prover<'_>,
    guarantee: &Guarantee,
    unseen: Vec<(NodeId, u32, String)>,
) -> Option<Diagnostic> {
    let (mut never, mut open) = (Vec::new(), Vec::new());
    for (grade, level, shown) in unseen {
        match prover.exists(&[Goal::Level((0, grade), level)], &mut Tally::default()) {
            Ruling::Proved => {}
            Ruling::Refuted(_) => never.push(shown),
            Ruling::Undecided => open.push(shown),
        }
    }
    let span = guarantee.origin.span;
    if !never.is_empty() {
        let list = never.join("、");
        return Some(Diagnostic::new(
            &GUARANTEE_FAILS,
            span,
            words!(
                "this does not hold: nobody can have {list}",
                "这条保证不成立：谁也得不到：{list}"
            ),
        ));
    }
    let list = open.join("、");
    (!open.is_empty()).then(|| {
        Diagnostic::new(
            &GUARANTEE_NOT_PROVED,
            span,
            words!(
                "not proved, and no example reaches {list}",
                "尚未证明，且没有算例得到：{list}"
            ),
        )
    })
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

    /// The levels of grades that no example reaches, each with its grade and place.
    fn grades_unseen(&self, scored: &[(&Subject, Vec<Cell>)]) -> Vec<(NodeId, u32, String)> {
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
            for (index, level) in (0..).zip(&scale.options) {
                let reached = scored.iter().any(|(_, cells)| {
                    matches!(
                        cells.get(planned.value.index()),
                        Some(Cell::Value(Value::Option(own))) if *own == index
                    )
                });
                if !reached {
                    unseen.push((planned.value, index, level.shown().to_owned()));
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
