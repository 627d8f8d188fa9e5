//! Schemes as SMT-LIB 2, read back: a small evaluator of terms, which shares nothing with the plan,
//! must come to what scoring comes to.
//!
//! Every scheme and input of `tests/cases` that can be written so is compared: whether the subject
//! is scored, and each result. Inputs that are not given hold arbitrary values, which must not
//! matter.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assize::input::{FieldShape, FieldType, InputField, Subject};
use assize::number::{Rational, parse_decimal};
use assize::outcome::{Outcome, ResultValue, Scored};
use assize::{Scheme, check};
use chrono::{Datelike as _, NaiveDate};
use serde_json::{Map, Value};

/// Inputs of the documents that are compared: one that can no longer be written so changes it.
const COMPARED: usize = 385;

/// What a term comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Held {
    Truth(bool),
    Figure(Rational),
}

impl Held {
    fn truth(&self) -> bool {
        match self {
            Self::Truth(truth) => *truth,
            Self::Figure(figure) => panic!("{figure} is no truth"),
        }
    }

    fn figure(&self) -> Rational {
        match self {
            Self::Figure(figure) => figure.clone(),
            Self::Truth(truth) => panic!("{truth} is no figure"),
        }
    }
}

/// A symbol, a literal, or an application.
#[derive(Clone, Debug)]
enum Term {
    Word(String),
    Applied(Vec<Term>),
}

/// The commands of a text.
fn read(text: &str) -> Vec<Term> {
    let mut open: Vec<Vec<Term>> = vec![Vec::new()];
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => while signs.next_if(|sign| *sign != '\n').is_some() {},
            '(' => open.push(Vec::new()),
            ')' => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().push(Term::Applied(closed));
            }
            '|' => {
                let mut name = String::from("|");
                name.extend(std::iter::from_fn(|| signs.next_if(|sign| *sign != '|')));
                signs.next();
                open.last_mut().unwrap().push(Term::Word(name));
            }
            sign if sign.is_whitespace() => {}
            sign => {
                let mut word = String::from(sign);
                let rest = |sign: &char| !sign.is_whitespace() && !"()|;".contains(*sign);
                word.extend(std::iter::from_fn(|| signs.next_if(rest)));
                open.last_mut().unwrap().push(Term::Word(word));
            }
        }
    }
    assert_eq!(open.len(), 1, "brackets are not balanced");
    open.pop().unwrap()
}

type Names = BTreeMap<String, Held>;

fn value(term: &Term, names: &Names) -> Held {
    let applied = match term {
        Term::Word(word) => return literal(word, names),
        Term::Applied(applied) => applied,
    };
    let (Term::Word(name), operands) = (&applied[0], &applied[1..]) else {
        panic!("{applied:?}")
    };
    let all = || operands.iter().map(|operand| value(operand, names));
    let pairs = |holds: fn(&Rational, &Rational) -> bool| {
        let figures: Vec<Rational> = all().map(|held| held.figure()).collect();
        Held::Truth(figures.windows(2).all(|pair| holds(&pair[0], &pair[1])))
    };
    let joined = |with: fn(Rational, Rational) -> Rational| {
        let figures = all().map(|held| held.figure());
        Held::Figure(figures.reduce(with).unwrap())
    };
    let one = || value(&operands[0], names);
    match name.as_str() {
        "and" => Held::Truth(all().all(|held| held.truth())),
        "or" => Held::Truth(all().any(|held| held.truth())),
        "not" => Held::Truth(!one().truth()),
        "ite" => value(&operands[if one().truth() { 1 } else { 2 }], names),
        "=" => Held::Truth(one() == value(&operands[1], names)),
        "<" => pairs(|a, b| a < b),
        "<=" => pairs(|a, b| a <= b),
        ">=" => pairs(|a, b| a >= b),
        "+" => joined(|a, b| a + b),
        "*" => joined(|a, b| a * b),
        "-" if operands.len() == 1 => Held::Figure(-one().figure()),
        "-" => joined(|a, b| a - b),
        "/" => joined(|a, b| a.checked_div(&b).unwrap()),
        "to_real" => one(),
        "to_int" => Held::Figure(one().figure().floor()),
        "is_int" => Held::Truth(one().figure().is_integer()),
        "mod" => {
            let (a, b) = (one().figure(), value(&operands[1], names).figure());
            Held::Figure(&a - a.checked_div(&b).unwrap().floor() * &b)
        }
        other => panic!("{other} is no function of the text"),
    }
}

fn literal(word: &str, names: &Names) -> Held {
    match word {
        "true" => Held::Truth(true),
        "false" => Held::Truth(false),
        word if word.starts_with('|') => names
            .get(&word[1..])
            .unwrap_or_else(|| panic!("{word} is not known before it is used"))
            .clone(),
        figure => Held::Figure(figure.parse().unwrap()),
    }
}

/// What every name comes to where inputs hold these values, and others hold `other`.
fn computed(commands: &[Term], given: &Names, other: i64) -> Names {
    let mut names = Names::new();
    for command in commands {
        let Term::Applied(parts) = command else {
            panic!("{command:?}")
        };
        let words: Vec<&str> = parts
            .iter()
            .map(|part| match part {
                Term::Word(word) => word.trim_start_matches('|'),
                Term::Applied(_) => "",
            })
            .collect();
        match words[0] {
            "declare-const" => {
                let held = given.get(words[1]).cloned().unwrap_or(match words[2] {
                    "Bool" if words[1].ends_with(" given") => Held::Truth(false),
                    "Bool" => Held::Truth(other == 0),
                    _ => Held::Figure(Rational::from_integer(other)),
                });
                names.insert(words[1].to_owned(), held);
            }
            "define-fun" => {
                let held = value(&parts[4], &names);
                let before = names.insert(words[1].to_owned(), held);
                assert_eq!(before, None, "{} is defined twice", words[1]);
            }
            // Questions come last.
            "push" => break,
            "set-logic" | "assert" => {}
            other => panic!("{other} is no command of the text"),
        }
    }
    names
}

/// What a datum is, where it is a value of its type.
fn datum(of: &FieldType, given: &Value) -> Option<Held> {
    let text = match given {
        Value::String(text) => text.clone(),
        Value::Bool(truth) => return (*of == FieldType::Flag).then_some(Held::Truth(*truth)),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let figure = |text: &str| parse_decimal(text).ok();
    Some(match of {
        FieldType::Flag => Held::Truth(match text.as_str() {
            "是" | "yes" | "true" | "1" => true,
            "否" | "no" | "false" | "0" => false,
            _ => return None,
        }),
        FieldType::Count => Held::Figure(figure(&text).filter(Rational::is_integer)?),
        // A percentage is a value of a share only, which the type of a field does not tell.
        FieldType::Figure | FieldType::Money => Held::Figure(figure(&text)?),
        FieldType::Date => {
            let day: NaiveDate = text.parse().ok()?;
            Held::Figure(Rational::from_integer(i64::from(day.num_days_from_ce())))
        }
        FieldType::Option(options) => {
            let is_own = |(name, label): &(String, Option<String>)| {
                *name == text || label.as_ref() == Some(&text)
            };
            let place = options.iter().position(is_own)?;
            Held::Figure(Rational::from_integer(i64::try_from(place).ok()?))
        }
        FieldType::Text | FieldType::Time | FieldType::Duration => return None,
    })
}

/// The values of the text's inputs; `None` where a datum is no value, or its type has no term.
fn bound(fields: &[InputField], before: &str, data: &Map<String, Value>) -> Option<Names> {
    let mut names = Names::new();
    let mut known = 0;
    for field in fields {
        if let FieldShape::Either(members) = &field.shape {
            let data = data
                .iter()
                .filter(|(key, _)| members.iter().any(|member| is_called(member, key)));
            let data: Map<String, Value> = data
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            known += data.len();
            names.extend(bound(members, before, &data)?);
            continue;
        }
        let own: Vec<&Value> = data
            .iter()
            .filter(|(key, _)| is_called(field, key))
            .map(|(_, value)| value)
            .collect();
        known += own.len();
        let given = match own.as_slice() {
            [] => continue,
            [Value::Null] => continue,
            [given] => given,
            _ => return None,
        };
        let name = format!("{before}{}", field.key);
        let mut twice = false;
        let mut give = |name: &str, held| {
            names.insert(format!("input {name} given"), Held::Truth(true));
            twice |= names.insert(format!("input {name}"), held).is_some();
        };
        match (&field.shape, given) {
            (FieldShape::One(FieldType::Text), Value::String(_)) => {
                names.insert(format!("input {name} given"), Held::Truth(true));
            }
            (FieldShape::One(of), given) => give(&name, datum(of, given)?),
            (FieldShape::Map { keys, value, .. }, Value::Object(entries)) => {
                for (key, given) in entries {
                    let is_own = |(name, label): &&(String, Option<String>)| {
                        name == key || label.as_ref() == Some(key)
                    };
                    let (key, _) = keys.iter().find(is_own)?;
                    if !given.is_null() {
                        give(&format!("{name}.{key}"), datum(value, given)?);
                    }
                }
                names.insert(format!("input {name} given"), Held::Truth(true));
            }
            (FieldShape::Group(members), Value::Object(inner)) => {
                names.extend(bound(members, &format!("{name}."), inner)?);
            }
            _ => return None,
        }
        // A key of a map under two of its names.
        if twice {
            return None;
        }
    }
    (known == data.len()).then_some(names)
}

fn is_called(field: &InputField, key: &str) -> bool {
    field.key == key || field.name == key || field.label.as_deref() == Some(key)
}

/// The labels of each result's options, as the text tells them in comments before it.
fn labels(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut options = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("(define-fun |result ") {
            let name = name.split('|').next().unwrap();
            labels.insert(name.to_owned(), std::mem::take(&mut options));
        } else if let Some((_, option)) = line.split_once(" = ").filter(|_| line.starts_with("; "))
        {
            options.push(option.to_owned());
        } else {
            options.clear();
        }
    }
    labels
}

fn result<'s>(scored: &'s Scored, name: &str) -> Option<&'s ResultValue> {
    scored.get(name)
}

/// Whether a text says of an input what scoring says; `None` where the input cannot be said in it.
fn agrees(scheme: &Scheme, text: &str, given: &Value, run: &Value, about: &str) -> Option<()> {
    let mut data = given.as_object()?.clone();
    for (key, value) in run.as_object()? {
        // Given with the run and in the row, and differently.
        if data
            .insert(key.clone(), value.clone())
            .is_some_and(|own| own != *value)
        {
            return None;
        }
    }
    let names = bound(scheme.inputs(), "", &data)?;
    let subject: Subject = serde_json::from_value(given.clone()).unwrap();
    let run: Subject = serde_json::from_value(run.clone()).unwrap();
    let outcome = scheme.prepare(run).ok()?.evaluate(&subject);
    let commands = read(text);
    let labels = labels(text);
    for other in [0, 7] {
        let computed = computed(&commands, &names, other);
        let Outcome::Ok(scored) = &outcome else {
            assert_eq!(computed["scored"], Held::Truth(false), "{about}: {given}");
            continue;
        };
        assert_eq!(computed["scored"], Held::Truth(true), "{about}: {given}");
        for (name, held) in &computed {
            let Some(name) = name.strip_prefix("result ") else {
                continue;
            };
            let about = format!("{about}: {name}: {given}");
            if let Some(name) = name.strip_suffix(" there") {
                let there = result(scored, name).is_some();
                assert_eq!(*held, Held::Truth(there), "{about}");
                continue;
            }
            let expected = match result(scored, name) {
                Some(ResultValue::Count(value) | ResultValue::Figure(value)) => {
                    Held::Figure(value.clone())
                }
                Some(ResultValue::Flag(flag)) => Held::Truth(*flag),
                Some(ResultValue::Text(shown)) => {
                    let place = match labels[name].iter().position(|label| label == shown) {
                        Some(place) => i64::try_from(place).unwrap(),
                        None => {
                            let day: NaiveDate = shown.parse().unwrap();
                            i64::from(day.num_days_from_ce())
                        }
                    };
                    Held::Figure(Rational::from_integer(place))
                }
                Some(other) => panic!("{about}: {other:?}"),
                // One of a list of names, or no value, which is told apart above.
                None => match name.rsplit_once('.') {
                    Some((list, own)) => match result(scored, list) {
                        Some(ResultValue::List(names)) => {
                            let fired = names.contains(&ResultValue::Text(own.to_owned()));
                            Held::Truth(fired)
                        }
                        _ => continue,
                    },
                    None => continue,
                },
            };
            assert_eq!(*held, expected, "{about}");
        }
    }
    Some(())
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

/// The fenced blocks of a document: word and text.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut parts = document.split("```");
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (word, text) = block.split_once('\n').unwrap();
        blocks.push((word.trim().to_owned(), text.to_owned()));
    }
    blocks
}

#[test]
fn the_text_says_what_scoring_says() {
    let mut found = Vec::new();
    documents(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"),
        &mut found,
    );
    found.sort();
    let mut compared = 0;
    for path in found {
        let mut scheme: Option<(Scheme, String)> = None;
        let mut run = Value::Object(Map::new());
        for (word, text) in blocks(&std::fs::read_to_string(&path).unwrap()) {
            match word.as_str() {
                "scheme" => {
                    run = Value::Object(Map::new());
                    scheme = check(&text).scheme.and_then(|scheme| {
                        let written = scheme.to_smt().ok()?;
                        Some((scheme, written))
                    });
                }
                // Schemes under another reading are other schemes.
                "readings" => scheme = None,
                "parameters" => run = serde_json::from_str(&text).unwrap(),
                "input" => {
                    let given: Value = serde_json::from_str(&text).unwrap();
                    if let Some((scheme, written)) = &scheme {
                        let about = path.display().to_string();
                        let agrees = agrees(scheme, written, &given, &run, &about);
                        compared += usize::from(agrees.is_some());
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!(compared, COMPARED);
}

/// What no document shows: a member that applies and reads one that does not, and a table by
/// several keys of which one is missing.
#[test]
fn members_and_keys_that_are_not_there() {
    let text = r#"
scheme small "小" {
    choice level "档次" best first { 好, 中, 差 }
    input night "夜班" : flag
    input late "迟到" : count
    input comment "评语" : level, optional
    table worth by level, late { 好, 0..2 => 50, otherwise => 1 }
    group conduct "表现" out of 30 {
        item first "甲" out of 10 {
            start at 4
            applies when night
        }
        item second "乙" out of 20 {
            score first
            missing => no value
            applies when late < 9
        }
        missing => share the missing weight in proportion
        all missing => count as 12
    }
    item words "评语分" out of 50 {
        score worth of (comment, late)
        missing => count as 7
    }
    total {
        missing => count as zero
    }
}
"#;
    let scheme = check(text).scheme.unwrap();
    let written = scheme.to_smt().unwrap();
    let none = Value::Object(Map::new());
    for night in [false, true] {
        for late in [0, 2, 3, 9] {
            for comment in [Value::Null, "好".into(), "差".into()] {
                let given = serde_json::json!({"night": night, "late": late, "comment": comment});
                agrees(&scheme, &written, &given, &none, "small").unwrap();
            }
        }
    }
}
