//! Worked examples: every one is computed when the scheme is checked, and the guarantees are tried
//! on it.

use crate::calendar;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::explanation::{in_words, yes_or_no};
use crate::input::Subject;
use crate::model::{Called, Example, Expected, ExpectedValue, FigureKind, Model, Type, nearest};
use crate::outcome::{Outcome, ResultValue};
use crate::plan::{NodeId, PlannedEntry, PlannedShape};
use crate::scheme::{Prepared, Scheme};
use crate::text::{Span, Words, words};
use crate::value::{Cell, Value};

pub(super) static CODES: &[&Code] = &[&EXAMPLE_FAILS, &EXAMPLE_UNKNOWN_RESULT];

pub(super) static EXAMPLE_FAILS: Code = Code {
    name: "example-fails",
    severity: Severity::Error,
    page_en: "A worked example expects another figure than the scheme computes. The \
              finding prints both figures and shows where the figure is computed. One \
              of the two is wrong: compute the example by hand from the regulation, \
              then correct the rule or the example. An example is never adjusted just \
              to agree, because it is the only place where the regulation was computed \
              independently.",
    page_zh: "算例应得的数与方案算出的数不一致。提示中列出了两个数，以及在哪里算出。\
              两者必有一个写错了：请按条文手工算一遍，再决定改规则还是改算例。不要为了一致而改算例，\
              因为算例是唯一独立于方案、按条文手算的地方。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    example "迟到三次" {
        given late = 3
        expect attendance = 80
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    example "迟到三次" {
        given late = 3
        expect attendance = 85
    }
}
"#,
};

pub(super) static EXAMPLE_UNKNOWN_RESULT: Code = Code {
    name: "example-unknown-result",
    severity: Severity::Error,
    page_en: "An example expects a result that the scheme does not compute. Items, groups, \
              `total`, grades, consequences and `result` lines have results under their \
              names; a field of a result is written `weights.mystery`. Correct the name, \
              or add a `result` line that shows the figure.",
    page_zh: "算例里应得的这一项，方案并不计算。指标、组、总分、等级、奖惩和“结果”各行都以自己的名称得出结果，\
              结果中的某一栏写成“权重.暗访”。请改正名称，或加一行“结果”把它列出来。",
    wrong: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    example "迟到三次" {
        given late = 3
        expect attendence = 85
    }
}
"#,
    right: r#"
scheme attendance "出勤考核" {
    input late "迟到" : count, lower is better
    item attendance "出勤" out of 100 cite "二" {
        start at 100
        deduct 5 per late
    }
    example "迟到三次" {
        given late = 3
        expect attendance = 85
    }
}
"#,
};

/// A worked example of a scheme, as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleRun {
    /// What it shows.
    pub label: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// What it expects and did not get; nothing where it passes.
    pub misses: Vec<Diagnostic>,
}

/// Computes the examples of a scheme.
pub(crate) fn examples(scheme: &Scheme) -> Vec<ExampleRun> {
    let Ok(prepared) = scheme.prepare(Subject::default()) else {
        return Vec::new();
    };
    scheme
        .model()
        .examples
        .iter()
        .map(|example| ExampleRun {
            label: example.label.clone(),
            span: example.span,
            misses: run(&prepared, example),
        })
        .collect()
}

/// What an example expects and does not get: one finding, at the first figure that differs, with
/// the others as further places. What follows from a wrong figure is wrong too, so the first is
/// the one to look at.
fn run(prepared: &Prepared, example: &Example) -> Vec<Diagnostic> {
    let (outcome, computed) = prepared.compute(&example.given);
    let model = prepared.scheme().model();
    let mut found = Vec::new();
    let mut differs: Option<Diagnostic> = None;
    for expected in &example.expect {
        let (span, words, at) = match expected {
            Expected::NoResult(reason, span) => {
                if matches!(&outcome, Outcome::NoResult(stop) if stop.reason == *reason) {
                    continue;
                }
                let wanted = words!("no result ({reason})", "不出具结果（{reason}）");
                (*span, against(example, &wanted, &describe(&outcome)), None)
            }
            Expected::Refused(code, field, span) => {
                if matches!(&outcome, Outcome::Error(refusal)
                    if refusal.code == *code && refusal.field == *field)
                {
                    continue;
                }
                let code = code.name();
                let wanted = words!("a refusal ({code} {field})", "拒收（{code} {field}）");
                (*span, against(example, &wanted, &describe(&outcome)), None)
            }
            Expected::Figure(path, value, span) => {
                let shown = path.join(".");
                let Some((node, of)) = find(prepared, path) else {
                    match composed(prepared, path, &outcome, value.as_ref()) {
                        Composed::Unknown => found.push(unknown(model, &shown, *span)),
                        Composed::Agrees => {}
                        Composed::Differs(got) => {
                            let want = show_expected(value.as_ref());
                            let wanted = Words {
                                en: format!("{shown} = {}", want.en),
                                zh: format!(" {shown} = {}", want.zh),
                            };
                            let words = against(example, &wanted, &got);
                            found.push(Diagnostic::new(&EXAMPLE_FAILS, *span, words));
                        }
                    }
                    continue;
                };
                let cell = computed.cells.get(node.index());
                let scored = matches!(outcome, Outcome::Ok(_));
                if scored && cell.is_some_and(|cell| agrees(model, cell, &of, value.as_ref())) {
                    continue;
                }
                let got = match cell {
                    Some(cell) if scored => show(model, cell, &of),
                    _ => describe(&outcome),
                };
                let want = show_expected(value.as_ref());
                let wanted = Words {
                    en: format!("{shown} = {}", want.en),
                    zh: format!(" {shown} = {}", want.zh),
                };
                (
                    *span,
                    against(example, &wanted, &got),
                    defined(model, path).filter(|_| scored),
                )
            }
        };
        differs = Some(match differs {
            None => {
                let first = Diagnostic::new(&EXAMPLE_FAILS, span, words);
                match at {
                    Some(at) => first.with_label(at, words!("computed here", "在这里计算")),
                    None => first,
                }
            }
            Some(first) => first.with_label(span, words),
        });
    }
    found.extend(differs);
    found
}

/// How a result of many values compares with what an example expects.
enum Composed {
    Unknown,
    Agrees,
    Differs(Words),
}

/// A path that begins with the key of a result, where it is written by its name.
fn keys(model: &Model, path: &[String]) -> Vec<String> {
    let mut keys = path.to_vec();
    let named = |called: &&Called| Some(&called.name) == path.first();
    let called = model
        .results
        .iter()
        .map(|result| &result.called)
        .find(named);
    if let (Some(first), Some(called)) = (keys.first_mut(), called) {
        first.clone_from(&called.key);
    }
    keys
}

/// Compares what comes out under a path with what is expected: rows, members, figures by option.
fn composed(
    prepared: &Prepared,
    path: &[String],
    outcome: &Outcome,
    expected: Option<&ExpectedValue>,
) -> Composed {
    let scheme = prepared.scheme();
    let path = &keys(scheme.model(), path);
    let known = scheme
        .results()
        .iter()
        .any(|column| column.path.starts_with(path) || path.starts_with(&column.path));
    if !known {
        return Composed::Unknown;
    }
    let Outcome::Ok(scored) = outcome else {
        return Composed::Differs(describe(outcome));
    };
    match (scored.get(&path.join(".")), expected) {
        (None, None) => Composed::Agrees,
        (Some(result), Some(expected)) if result_is(result, expected) => Composed::Agrees,
        (None, Some(_)) => Composed::Differs(words!("no value", "无值")),
        (Some(result), _) => Composed::Differs(words!("{result}", "{result}")),
    }
}

/// Whether a result has that value; members that are not mentioned may be anything.
fn result_is(result: &ResultValue, expected: &ExpectedValue) -> bool {
    match (result, expected) {
        (ResultValue::Count(value) | ResultValue::Figure(value), ExpectedValue::Number(wanted)) => {
            value == wanted
        }
        (ResultValue::Flag(value), ExpectedValue::Flag(wanted)) => value == wanted,
        (ResultValue::Text(value), ExpectedValue::Text(wanted)) => value == wanted,
        (ResultValue::List(values), ExpectedValue::List(wanted)) => {
            values.len() == wanted.len()
                && values
                    .iter()
                    .zip(wanted)
                    .all(|(value, wanted)| match wanted {
                        Some(wanted) => result_is(value, wanted),
                        None => *value == ResultValue::Nothing,
                    })
        }
        (ResultValue::Fields(values), ExpectedValue::Fields(wanted)) => {
            wanted
                .iter()
                .all(|(name, wanted)| match (values.get(name), wanted) {
                    (Some(value), Some(wanted)) => result_is(value, wanted),
                    (None, None) => true,
                    _ => false,
                })
        }
        _ => false,
    }
}

fn against(example: &Example, wanted: &Words, got: &Words) -> Words {
    let (en, zh) = match &example.label {
        Some(label) => (format!("the example “{label}”"), format!("算例“{label}”")),
        None => ("the example".to_owned(), "算例".to_owned()),
    };
    Words {
        en: format!(
            "{en} expects {}, and the scheme gives {}",
            wanted.en, got.en
        ),
        zh: format!("{zh}应得{}，方案给出的是 {}", wanted.zh, got.zh),
    }
}

/// A result that the scheme does not have, with the one that is nearest to it.
fn unknown(model: &Model, shown: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &EXAMPLE_UNKNOWN_RESULT,
        span,
        words!(
            "the scheme computes no `{shown}`",
            "方案没有名为“{shown}”的结果"
        ),
    );
    let figures = model.figures.iter().map(|figure| &figure.called);
    let results = model.results.iter().map(|result| &result.called);
    let names = figures
        .chain(results)
        .flat_map(|called| [called.name.as_str(), called.key.as_str()]);
    match nearest(shown, names) {
        Some(near) => diagnostic
            .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
            .with_fix(span, near),
        None => diagnostic,
    }
}

fn describe(outcome: &Outcome) -> Words {
    match outcome {
        Outcome::Ok(_) => words!("results", "评分结果"),
        Outcome::NoResult(stop) => {
            let reason = stop.label.as_ref().unwrap_or(&stop.reason);
            words!("no result ({reason})", "不出具结果（{reason}）")
        }
        Outcome::Error(refusal) => {
            let code = refusal.code.name();
            let Words { en, zh } = &refusal.message;
            words!("a refusal ({code}): {en}", "拒收（{code}）：{zh}")
        }
    }
}

/// The node of a result or figure by its path.
pub(super) fn find(prepared: &Prepared, path: &[String]) -> Option<(NodeId, Type)> {
    let (model, plan) = (prepared.scheme().model(), prepared.scheme().plan());
    let (first, rest) = path.split_first()?;
    let output = plan
        .outputs
        .iter()
        .find(|output| output.called.key == *first || output.called.name == *first);
    if let Some(output) = output {
        return match (&output.shape, rest) {
            (PlannedShape::One(node, of), []) => Some((*node, of.clone())),
            (PlannedShape::Fields(fields), [field]) => {
                fields.iter().find_map(|entry| match entry {
                    PlannedEntry::One(called, node, of)
                        if called.key == *field || called.name == *field =>
                    {
                        Some((*node, of.clone()))
                    }
                    _ => None,
                })
            }
            _ => None,
        };
    }
    if !rest.is_empty() {
        return None;
    }
    plan.figures.iter().find_map(|planned| {
        let figure = model.figure(planned.figure)?;
        let named = figure.called.key == *first
            || figure.called.name == *first
            || (matches!(figure.kind, FigureKind::Total(_)) && first == "总分")
            || (matches!(figure.kind, FigureKind::Grade(_)) && first == "等级");
        named.then(|| (planned.value, figure.of.clone()))
    })
}

fn defined(model: &Model, path: &[String]) -> Option<Span> {
    let first = path.first()?;
    let result = model
        .results
        .iter()
        .find(|output| output.called.key == *first)
        .map(|output| output.origin.span);
    result.or_else(|| {
        model
            .figures
            .iter()
            .find(|figure| figure.called.key == *first || figure.called.name == *first)
            .map(|figure| figure.origin.span)
    })
}

fn agrees(model: &Model, cell: &Cell, of: &Type, expected: Option<&ExpectedValue>) -> bool {
    match (cell, expected) {
        (Cell::Absent(_), None) => true,
        (Cell::Value(value), Some(expected)) => same(model, value, of, expected),
        _ => false,
    }
}

fn same(model: &Model, value: &Value, of: &Type, expected: &ExpectedValue) -> bool {
    match (value, expected) {
        (Value::Number(value), ExpectedValue::Number(expected)) => value == expected,
        (Value::Flag(value), ExpectedValue::Flag(expected)) => value == expected,
        (Value::Text(value), ExpectedValue::Text(expected)) => **value == **expected,
        (Value::Date(day), ExpectedValue::Text(expected)) => {
            calendar::parse_day(expected).is_ok_and(|expected| expected == *day)
        }
        (Value::Time(at), ExpectedValue::Text(expected)) => {
            calendar::parse_time(expected).is_ok_and(|expected| expected == *at)
        }
        (Value::Option(index), ExpectedValue::Text(expected)) => match of {
            Type::Option(scale) => model
                .scale(*scale)
                .is_some_and(|scale| scale.find(expected) == Some(*index)),
            _ => false,
        },
        (Value::Map(values), ExpectedValue::Fields(expected)) => {
            let Type::Map(scale, element) = of else {
                return false;
            };
            expected.iter().all(|(name, expected)| {
                let option = model.scale(*scale).and_then(|scale| scale.find(name));
                let cell = option.and_then(|option| values.get(option as usize));
                cell.is_some_and(|cell| agrees(model, cell, element, expected.as_ref()))
            })
        }
        (Value::Named(entries), ExpectedValue::Fields(expected)) => {
            let element = match of {
                Type::Named(element) => element,
                other => other,
            };
            expected.iter().all(|(name, expected)| {
                let entry = entries.iter().find(|(own, _)| **own == **name);
                entry.is_some_and(|(_, cell)| agrees(model, cell, element, expected.as_ref()))
            })
        }
        (Value::List(values), ExpectedValue::List(expected)) => {
            let Type::List(element) = of else {
                return false;
            };
            values.len() == expected.len()
                && values
                    .iter()
                    .zip(expected)
                    .all(|(cell, expected)| agrees(model, cell, element, expected.as_ref()))
        }
        _ => false,
    }
}

/// A cell for people.
fn show(model: &Model, cell: &Cell, of: &Type) -> Words {
    match cell {
        Cell::Value(value) => in_words(model, value, of),
        Cell::Absent(_) => words!("no value", "无值"),
        Cell::Empty(refusal) | Cell::Fault(refusal) => {
            let code = refusal.code.name();
            words!("a refusal ({code})", "拒收（{code}）")
        }
        Cell::Stop(_) => words!("no result", "不出具结果"),
    }
}

fn show_expected(value: Option<&ExpectedValue>) -> Words {
    match value {
        None => words!("no value", "无值"),
        Some(ExpectedValue::Number(number)) => words!("{number}", "{number}"),
        Some(ExpectedValue::Flag(flag)) => yes_or_no(*flag),
        Some(ExpectedValue::Text(text)) => words!("{text}", "{text}"),
        Some(ExpectedValue::Fields(fields)) => {
            let shown: Vec<(&str, Words)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), show_expected(value.as_ref())))
                .collect();
            let join = |of: fn(&Words) -> &str| {
                let each: Vec<String> = shown
                    .iter()
                    .map(|(name, words)| format!("{name} {}", of(words)))
                    .collect();
                format!("{{ {} }}", each.join(", "))
            };
            Words {
                en: join(|words| &words.en),
                zh: join(|words| &words.zh),
            }
        }
        Some(ExpectedValue::List(list)) => {
            let shown: Vec<Words> = list
                .iter()
                .map(|value| show_expected(value.as_ref()))
                .collect();
            let join = |of: fn(&Words) -> &str| {
                let each: Vec<&str> = shown.iter().map(of).collect();
                format!("[{}]", each.join(", "))
            };
            Words {
                en: join(|words| &words.en),
                zh: join(|words| &words.zh),
            }
        }
    }
}
