//! Cases as examples of the scheme, with the notice that a person must confirm them.
//!
//! Keywords are in the language of the scheme's own line, names of cases in that of its labels. A
//! case whose data or results the language cannot write is told as a comment, never left out.

use crate::input::Given;
use crate::model::FigureKind;
use crate::outcome::{Outcome, ResultValue, Scored};
use crate::plan::PlannedShape;
use crate::scheme::Scheme;
use crate::syntax::words::NEVER_NAMES;
use crate::text::{Language, Limits};

use super::{Boundaries, BoundaryCase};

/// How wide a line is at most.
const WIDTH: usize = 100;

/// Words that open the lines of an example.
const OPENING: [&str; 4] = ["given", "expect", "已知", "应得"];

/// A result by the key under which it comes out, and the name that an example expects it by.
#[derive(Clone, Debug)]
pub(super) struct Expectable {
    key: String,
    name: String,
}

/// The results that an example may expect.
pub(super) fn expectable(scheme: &Scheme) -> Vec<Expectable> {
    let (model, plan) = (scheme.model(), scheme.plan());
    let (keywords, _) = languages(scheme);
    let chinese = keywords == Language::Chinese;
    let figures = plan.figures.iter().filter_map(|planned| {
        let figure = model.figure(planned.figure)?;
        let name = match &figure.kind {
            FigureKind::Unknown | FigureKind::Let(_) | FigureKind::Each(_) => return None,
            FigureKind::Total(_) if chinese => "总分",
            FigureKind::Grade(_) if chinese && figure.called.name == "grade" => "等级",
            _ => &figure.called.name,
        };
        Some(Expectable {
            key: figure.called.key.clone(),
            name: name.to_owned(),
        })
    });
    let mut all: Vec<Expectable> = figures.collect();
    for output in &plan.outputs {
        if let PlannedShape::Each { spread: true, .. } = output.shape {
            continue;
        }
        all.retain(|own| own.key != output.called.key);
        all.push(Expectable {
            key: output.called.key.clone(),
            name: output.called.name.clone(),
        });
    }
    all
}

/// In which language the keywords of a scheme are, and its labels.
pub(super) fn languages(scheme: &Scheme) -> (Language, Language) {
    let text = scheme.text();
    let parsed = crate::syntax::parse(text, &Limits::default());
    let start = parsed.tree.scheme.slug.span.start as usize;
    let head = text.get(..start).unwrap_or_default();
    let line = head.lines().last().unwrap_or_default();
    let of = |is_chinese: bool| match is_chinese {
        true => Language::Chinese,
        false => Language::English,
    };
    let keywords = of(line.trim_start().starts_with("方案"));
    let shown = scheme
        .model()
        .inputs
        .iter()
        .map(|input| input.called.shown());
    let mut labels = scheme.title().into_iter().chain(shown);
    (keywords, of(labels.any(is_chinese)))
}

fn is_chinese(text: &str) -> bool {
    text.chars()
        .any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign))
}

pub(super) fn to_text(boundaries: &Boundaries) -> String {
    let mut text = String::new();
    let mut line = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    let labels = boundaries.labels;
    let notice: &[&str] = match labels {
        Language::English => &[
            "# Made by `assize test --generate`. What these examples expect is what the scheme gives now,",
            "# not what the document says: NOT CONFIRMED until a person has worked each by hand.",
        ],
        Language::Chinese => &[
            "# 由 assize test --generate 生成。应得结果是方案现在算出的，并非按条文手算：",
            "# 【待人工核对】请按条文逐条手算确认后再写入方案。",
        ],
    };
    for words in notice {
        line(words);
    }
    if boundaries.known > 0 {
        let known = boundaries.known;
        line(&match labels {
            Language::English => {
                format!("# Left out, as examples of the scheme have the same data: {known}.")
            }
            Language::Chinese => format!("# 与方案已有算例数据相同而略去的：{known} 个。"),
        });
    }
    let mut unwritten: Vec<&BoundaryCase> = Vec::new();
    for case in &boundaries.cases {
        match example(case, boundaries) {
            Some(example) => {
                line("");
                for words in example {
                    line(&words);
                }
            }
            None => unwritten.push(case),
        }
    }
    if !unwritten.is_empty() {
        line("");
        line(match labels {
            Language::English => "# Their data or results cannot be written as an example:",
            Language::Chinese => "# 数据或结果无法写成算例：",
        });
        for case in unwritten {
            line(&format!("# - {}", case.name.in_language(labels)));
        }
    }
    if !boundaries.unreached.is_empty() {
        line("");
        line(match labels {
            Language::English => "# Not reached:",
            Language::Chinese => "# 未能触及：",
        });
        for unreached in &boundaries.unreached {
            let words = unreached.words.in_language(labels);
            let place = unreached.span.map(|span| span.of(&boundaries.text));
            let place = place.map(|place| place.split_whitespace().collect::<Vec<_>>().join(" "));
            line(&match place {
                Some(place) => format!("# - {words}  〔{place}〕"),
                None => format!("# - {words}"),
            });
        }
    }
    text
}

/// A case as lines of an example.
fn example(case: &BoundaryCase, boundaries: &Boundaries) -> Option<Vec<String>> {
    let chinese = boundaries.keywords == Language::Chinese;
    let word = |en: &'static str, zh: &'static str| if chinese { zh } else { en };
    let name = case.name.in_language(boundaries.labels).replace('"', "’");
    let mut lines = vec![format!("{} \"{name}\" {{", word("example", "算例"))];
    let given = given(&case.given, boundaries.keywords)?;
    if !given.is_empty() {
        lines.extend(laid_out(word("given", "已知"), &given));
    }
    let expect = word("expect", "应得");
    match &case.outcome {
        Outcome::Ok(scored) => {
            let expected = expected(scored, boundaries);
            if expected.is_empty() {
                return None;
            }
            lines.extend(laid_out(expect, &expected));
        }
        Outcome::NoResult(none) => {
            let no_result = word("no result", "不出具结果");
            lines.push(format!("    {expect} {no_result} {}", none.reason));
        }
        Outcome::Error(refusal) => {
            let refused = word("refused", "拒收");
            if !is_name(&refusal.field) {
                return None;
            }
            let code = refusal.code.name();
            lines.push(format!("    {expect} {refused} {code} {}", refusal.field));
        }
    }
    lines.push("}".to_owned());
    Some(lines)
}

/// The data of a case, an entry for each input.
pub(super) fn given(given: &[(String, Given)], language: Language) -> Option<Vec<String>> {
    let entry = |(name, value): &(String, Given)| {
        let is_name = name.split('.').all(is_name);
        let value = datum(value, language, false)?;
        is_name.then(|| format!("{name} = {value}"))
    };
    given.iter().map(entry).collect()
}

/// Entries behind a keyword, on as many lines as they need.
fn laid_out(keyword: &str, entries: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = format!("    {keyword} ");
    let mut is_first = true;
    for (place, entry) in entries.iter().enumerate() {
        let comma = if place.saturating_add(1) < entries.len() {
            ","
        } else {
            ""
        };
        let wide = line.chars().count().saturating_add(entry.chars().count());
        if !is_first && wide > WIDTH {
            lines.push(line.trim_end().to_owned());
            line = "        ".to_owned();
        }
        line.push_str(entry);
        line.push_str(comma);
        line.push(' ');
        is_first = false;
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What an example expects; what the language has no way to write is not expected.
fn expected(scored: &Scored, boundaries: &Boundaries) -> Vec<String> {
    let language = boundaries.keywords;
    let mut all = Vec::new();
    for own in &boundaries.names {
        if !is_name(&own.name) {
            continue;
        }
        let name = &own.name;
        match scored.results.get(&own.key) {
            None => all.push(format!("{name} = {}", nothing(language))),
            Some(ResultValue::Fields(fields)) => {
                for (key, value) in fields.iter().filter(|(key, _)| is_name(key)) {
                    let written = result(value, language, false);
                    all.extend(written.map(|value| format!("{name}.{key} = {value}")));
                }
            }
            Some(value) => {
                let written = result(value, language, false);
                all.extend(written.map(|value| format!("{name} = {value}")));
            }
        }
    }
    // Results of their own for each option stand under the options' keys.
    for (key, value) in &scored.results {
        let is_known = boundaries.names.iter().any(|own| own.key == *key);
        if let (false, true, ResultValue::Fields(fields)) = (is_known, is_name(key), value) {
            for (inner, value) in fields.iter().filter(|(inner, _)| is_name(inner)) {
                let written = result(value, language, false);
                all.extend(written.map(|value| format!("{key}.{inner} = {value}")));
            }
        }
    }
    all
}

/// A result as an example expects it.
fn result(value: &ResultValue, language: Language, in_map: bool) -> Option<String> {
    Some(match value {
        ResultValue::Count(figure) | ResultValue::Figure(figure) => {
            let figure = figure.to_string();
            // Inside braces a sign would take the name in front of it for a figure.
            if in_map && figure.contains(['-', '/']) {
                return None;
            }
            figure
        }
        ResultValue::Flag(flag) => flag_in(*flag, language).to_owned(),
        ResultValue::Text(text) => quoted(text)?,
        ResultValue::Nothing => nothing(language).to_owned(),
        ResultValue::List(list) => {
            let each: Option<Vec<String>> = list
                .iter()
                .map(|value| result(value, language, true))
                .collect();
            format!("[{}]", each?.join(", "))
        }
        ResultValue::Fields(fields) => {
            let each: Option<Vec<String>> = fields
                .iter()
                .map(|(key, value)| {
                    let value = result(value, language, true)?;
                    Some(format!("{} {value}", quoted(key)?))
                })
                .collect();
            let each = each?;
            if each.is_empty() {
                return None;
            }
            format!("{{ {} }}", each.join(", "))
        }
    })
}

/// A datum as an example gives it.
fn datum(value: &Given, language: Language, in_map: bool) -> Option<String> {
    Some(match value {
        Given::Nothing => nothing(language).to_owned(),
        Given::Flag(flag) => flag_in(*flag, language).to_owned(),
        Given::Number(digits) if in_map && digits.starts_with('-') => format!("\"{digits}\""),
        Given::Number(digits) => digits.clone(),
        Given::Text(text) if chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() => {
            text.clone()
        }
        Given::Text(text) => quoted(text)?,
        Given::List(list) => {
            let each: Option<Vec<String>> = list
                .iter()
                .map(|value| datum(value, language, true))
                .collect();
            format!("[{}]", each?.join(", "))
        }
        Given::Map(map) => {
            let each: Option<Vec<String>> = map
                .iter()
                .map(|(key, value)| {
                    let value = datum(value, language, true)?;
                    Some(format!("{} {value}", quoted(key)?))
                })
                .collect();
            let each = each?;
            match each.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {} }}", each.join(", ")),
            }
        }
    })
}

const fn nothing(language: Language) -> &'static str {
    match language {
        Language::English => "no value",
        Language::Chinese => "无值",
    }
}

const fn flag_in(flag: bool, language: Language) -> &'static str {
    match (flag, language) {
        (true, Language::English) => "yes",
        (false, Language::English) => "no",
        (true, Language::Chinese) => "是",
        (false, Language::Chinese) => "否",
    }
}

/// Words as an option or in quotes; nothing for those that quotes cannot hold.
fn quoted(text: &str) -> Option<String> {
    if is_name(text) {
        return Some(text.to_owned());
    }
    let unwritable = |sign: char| sign == '"' || sign.is_control();
    (!text.contains(unwritable)).then(|| format!("\"{text}\""))
}

/// Whether a word can stand as a name.
fn is_name(text: &str) -> bool {
    let mut signs = text.chars();
    let first = signs
        .next()
        .is_some_and(|sign| sign.is_alphabetic() || sign == '_');
    let is_free = !NEVER_NAMES.contains(&text) && !OPENING.contains(&text);
    first && signs.all(|sign| sign.is_alphanumeric() || sign == '_') && is_free
}
