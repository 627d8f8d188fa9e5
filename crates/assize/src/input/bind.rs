//! From what was given to what the scheme asks: each datum becomes a value of the declared type,
//! or a refusal that says what was found and what was expected.
//!
//! A name may be the declared key, the name in the scheme, or the label. Nothing is guessed:
//! `1,234.5`, `48分` and full-width digits are not figures. Ranges are checked later, by the plan.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{FieldShape, Given, InputField, Subject};
use crate::model::{Input, Model, ScaleId, Type};
use crate::number::{ParseError, Rational, parse_decimal};
use crate::outcome::{Fault, Refusal};
use crate::text::{Words, words};
use crate::value::{Absence, Cell, Value};

/// The inputs of one subject.
#[derive(Debug)]
pub(crate) struct Bound {
    /// One cell for each input of the model.
    pub(crate) cells: Vec<Cell>,
    /// Faults of groups, each before the input of that index: an unknown member, or something
    /// else than members.
    pub(crate) groups: Vec<(usize, Refusal)>,
    /// Values given twice and differently.
    pub(crate) conflicts: Vec<Refusal>,
}

/// Reads the inputs of one subject; `run` holds the parameters given once for all subjects.
pub(crate) fn bind(model: &Model, subject: &Subject, run: &Subject) -> Bound {
    let mut reader = Reader {
        model,
        bound: Bound {
            cells: Vec::with_capacity(model.inputs.len()),
            groups: Vec::new(),
            conflicts: Vec::new(),
        },
    };
    reader.fields(&model.fields, Some(&subject.values), Some(&run.values));
    reader.bound
}

struct Reader<'a> {
    model: &'a Model,
    bound: Bound,
}

type Values = IndexMap<String, Given>;

impl Reader<'_> {
    /// Reads the members of one level; groups nest at most as deep as blocks may.
    fn fields(&mut self, fields: &[InputField], row: Option<&Values>, run: Option<&Values>) {
        for field in fields {
            match &field.shape {
                FieldShape::Either(members) => self.fields(members, row, run),
                FieldShape::Group(members) => {
                    let row = self.group(field, members, self.find(field, row));
                    let run = self.group(field, members, self.find(field, run));
                    self.fields(members, row, run);
                }
                FieldShape::One(_) | FieldShape::List(_) | FieldShape::Map { .. } => {
                    self.leaf(field, row, run);
                }
            }
        }
    }

    /// What is given under any of a field's names, and a second one if there is one.
    fn find<'v>(
        &self,
        field: &InputField,
        values: Option<&'v Values>,
    ) -> (Option<&'v Given>, Option<&'v Given>) {
        let Some(values) = values else {
            return (None, None);
        };
        let names = [Some(&field.key), Some(&field.name), field.label.as_ref()];
        let mut seen: Vec<&String> = Vec::new();
        let mut found = Vec::new();
        for name in names.into_iter().flatten() {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            if let Some(given) = values.get(name)
                && *given != Given::Nothing
            {
                found.push(given);
            }
        }
        (found.first().copied(), found.get(1).copied())
    }

    fn group<'v>(
        &mut self,
        field: &InputField,
        members: &[InputField],
        (given, second): (Option<&'v Given>, Option<&'v Given>),
    ) -> Option<&'v Values> {
        if second.is_some() {
            self.twice(field);
        }
        let given = given?;
        let Given::Map(values) = given else {
            let shown = shown(field);
            let Words {
                en: found,
                zh: found_zh,
            } = found(given);
            let refusal = Refusal {
                code: Fault::Type,
                field: field.key.clone(),
                message: words!(
                    "{shown}: {found} was given where several named figures belong",
                    "{shown}：给的是{found_zh}，此处应为若干带名称的数据"
                ),
            };
            self.bound.groups.push((self.bound.cells.len(), refusal));
            return None;
        };
        let known = |key: &str| {
            members.iter().any(|member| {
                let direct = [Some(&member.key), Some(&member.name), member.label.as_ref()];
                direct.into_iter().flatten().any(|name| name == key)
                    || matches!(&member.shape, FieldShape::Either(inner)
                        if inner.iter().any(|one| one.key == key || one.name == key || one.label.as_deref() == Some(key)))
            })
        };
        if let Some((key, _)) = values
            .iter()
            .find(|(key, value)| !known(key) && **value != Given::Nothing)
        {
            let shown = shown(field);
            let list: Vec<&str> = members.iter().map(|member| member.key.as_str()).collect();
            let list = list.join(", ");
            let refusal = Refusal {
                code: Fault::Domain,
                field: field.key.clone(),
                message: words!(
                    "{shown} has no member `{key}`; it has {list}",
                    "{shown}中没有“{key}”，只有：{list}"
                ),
            };
            self.bound.groups.push((self.bound.cells.len(), refusal));
        }
        Some(values)
    }

    fn leaf(&mut self, field: &InputField, row: Option<&Values>, run: Option<&Values>) {
        let Some(input) = self.model.inputs.get(self.bound.cells.len()) else {
            return;
        };
        let (given, second) = self.find(field, row);
        if second.is_some() {
            self.twice(field);
        }
        let (of_run, second) = self.find(field, run);
        if second.is_some() {
            self.twice(field);
        }
        let read = |given: Option<&Given>| match given {
            Some(given) => self.cell(input, given),
            None => Cell::Absent(Absence::Missing),
        };
        let (own, shared) = (read(given), read(of_run));
        if !own.is_absent() && !shared.is_absent() && own != shared {
            let shown = shown(field);
            self.bound.conflicts.push(Refusal {
                code: Fault::Conflict,
                field: field.key.clone(),
                message: words!(
                    "{shown} is given with the run and in the row, and the two values differ",
                    "{shown}在本次运行和本行中给了两个不同的值"
                ),
            });
        }
        let mut cell = if own.is_absent() { shared } else { own };
        let unset = match &cell {
            Cell::Absent(_) => true,
            Cell::Value(Value::Map(values)) => values.iter().any(Option::is_none),
            _ => false,
        };
        if input.parameter && !input.optional && input.default.is_none() && unset {
            cell = Cell::Fault(Arc::new(missing(input)));
        }
        self.bound.cells.push(cell);
    }

    fn twice(&mut self, field: &InputField) {
        let shown = shown(field);
        self.bound.conflicts.push(Refusal {
            code: Fault::Conflict,
            field: field.key.clone(),
            message: words!(
                "{shown} is given twice, under two of its names",
                "{shown}以两个名称给了两次"
            ),
        });
    }

    fn cell(&self, input: &Input, given: &Given) -> Cell {
        let result = match &input.of {
            Type::List(element) => self.list(input, element, given),
            Type::Map(scale, value) => self.map(input, *scale, value, given),
            of => match given {
                Given::List(elements) if input.averaged => {
                    if elements.is_empty() {
                        return Cell::Absent(Absence::Missing);
                    }
                    elements
                        .iter()
                        .map(|element| self.one(input, of, element))
                        .collect::<Result<Vec<_>, _>>()
                        .map(|values| Value::List(values.into()))
                }
                given => self.one(input, of, given),
            },
        };
        match result {
            Ok(Value::List(list)) if list.is_empty() && input.default.is_none() => {
                Cell::Absent(Absence::Missing)
            }
            Ok(value) => Cell::Value(value),
            Err(refusal) => Cell::Fault(Arc::new(refusal)),
        }
    }

    fn list(&self, input: &Input, element: &Type, given: &Given) -> Result<Value, Refusal> {
        let values = match given {
            Given::List(elements) => elements
                .iter()
                .map(|given| match given {
                    Given::Nothing => Err(missing(input)),
                    given => self.one(input, element, given),
                })
                .collect::<Result<Vec<_>, _>>()?,
            given => vec![self.one(input, element, given)?],
        };
        Ok(Value::List(values.into()))
    }

    fn map(
        &self,
        input: &Input,
        scale: ScaleId,
        value: &Type,
        given: &Given,
    ) -> Result<Value, Refusal> {
        let Given::Map(entries) = given else {
            let shown = input.called.shown();
            let Words {
                en: found,
                zh: found_zh,
            } = found(given);
            return Err(refusal(
                input,
                Fault::Type,
                words!(
                    "{shown}: {found} was given where one figure for each of several keys belongs",
                    "{shown}：给的是{found_zh}，此处应按各档分别填写"
                ),
            ));
        };
        let options = self
            .model
            .scale(scale)
            .map_or(&[][..], |scale| &scale.options);
        let mut values: Vec<Option<Value>> = vec![None; options.len()];
        for (key, given) in entries {
            let index = self
                .model
                .scale(scale)
                .and_then(|scale| scale.find(key))
                .map(|index| index as usize);
            let Some(slot) = index.and_then(|index| values.get_mut(index)) else {
                let shown = input.called.shown();
                let list = listed(options.iter().map(|option| option.shown()));
                return Err(refusal(
                    input,
                    Fault::Domain,
                    words!(
                        "{shown} has no key `{key}`; it has {list}",
                        "{shown}中没有“{key}”，只有：{list}"
                    ),
                ));
            };
            if *given == Given::Nothing {
                continue;
            }
            let read = self.one(input, value, given)?;
            if slot.as_ref().is_some_and(|earlier| *earlier != read) {
                let shown = input.called.shown();
                return Err(refusal(
                    input,
                    Fault::Conflict,
                    words!(
                        "{shown}: `{key}` is given twice, under two of its names",
                        "{shown}：“{key}”以两个名称给了两次"
                    ),
                ));
            }
            *slot = Some(read);
        }
        Ok(Value::Map(values.into()))
    }

    fn one(&self, input: &Input, of: &Type, given: &Given) -> Result<Value, Refusal> {
        match of {
            Type::Flag => flag(given).map(Value::Flag).ok_or_else(|| {
                let shown = input.called.shown();
                let Words {
                    en: found,
                    zh: found_zh,
                } = found(given);
                refusal(
                    input,
                    Fault::Type,
                    words!(
                        "{shown}: {found} was given; write yes or no (是 or 否)",
                        "{shown}：给的是{found_zh}，请写“是”或“否”"
                    ),
                )
            }),
            Type::Text => text(given)
                .map(|text| Value::Text(text.into()))
                .ok_or_else(|| self.wrong_kind(input, of, given)),
            Type::Option(scale) => {
                let text = text(given).ok_or_else(|| self.wrong_kind(input, of, given))?;
                let scale = self.model.scale(*scale);
                scale
                    .and_then(|scale| scale.find(text))
                    .map(Value::Option)
                    .ok_or_else(|| {
                        let shown = input.called.shown();
                        let list = scale.map_or_else(String::new, |scale| {
                            listed(scale.options.iter().map(|option| option.shown()))
                        });
                        refusal(
                            input,
                            Fault::Domain,
                            words!(
                                "{shown}: `{text}` is none of {list}",
                                "{shown}：“{text}”不在选项之中：{list}"
                            ),
                        )
                    })
            }
            Type::Count
            | Type::Number
            | Type::Points
            | Type::Ratio
            | Type::Money
            | Type::Literal { .. } => self.figure(input, of, given).map(Value::Number),
            Type::Unknown | Type::Nothing | Type::List(_) | Type::Map(..) | Type::Either(_) => {
                Err(self.wrong_kind(input, of, given))
            }
        }
    }

    fn figure(&self, input: &Input, of: &Type, given: &Given) -> Result<Rational, Refusal> {
        let (Given::Number(digits) | Given::Text(digits)) = given else {
            return Err(self.wrong_kind(input, of, given));
        };
        let percent = match (of, digits.strip_suffix('%')) {
            (Type::Ratio, Some(digits)) => Some(digits),
            _ => None,
        };
        let value = match parse_decimal(percent.unwrap_or(digits)) {
            Ok(value) => value,
            Err(ParseError::TooLong) => {
                let shown = input.called.shown();
                return Err(refusal(
                    input,
                    Fault::Type,
                    words!(
                        "{shown}: `{digits}` has more digits than can be held exactly (28)",
                        "{shown}：“{digits}”位数过多，无法精确保存（最多 28 位）"
                    ),
                ));
            }
            Err(_) => return Err(self.wrong_kind(input, of, given)),
        };
        let value = match percent {
            Some(_) => value * Rational::from_decimal(rust_decimal::Decimal::new(1, 2)),
            None => value,
        };
        if *of == Type::Count {
            let shown = input.called.shown();
            if !value.is_integer() {
                return Err(refusal(
                    input,
                    Fault::Type,
                    words!(
                        "{shown}: {value} is not a whole number",
                        "{shown}：{value} 不是整数"
                    ),
                ));
            }
            if value.is_negative() {
                return Err(refusal(
                    input,
                    Fault::Range,
                    words!(
                        "{shown}: {value} is negative, and a count is not",
                        "{shown}：{value} 为负数，而次数不能为负"
                    ),
                ));
            }
        }
        Ok(value)
    }

    fn wrong_kind(&self, input: &Input, of: &Type, given: &Given) -> Refusal {
        let (shown, (en, zh)) = (input.called.shown(), of.words());
        let Words {
            en: found,
            zh: found_zh,
        } = found(given);
        refusal(
            input,
            Fault::Type,
            words!(
                "{shown}: expected {en}, found {found}",
                "{shown}：给的是{found_zh}，此处应为{zh}"
            ),
        )
    }
}

/// The refusal of an absent figure.
pub(crate) fn missing(input: &Input) -> Refusal {
    let shown = input.called.shown();
    let key = &input.called.key;
    let message = if input.parameter {
        words!(
            "{shown} is left open by the document and was not given: set the parameter `{key}`",
            "{shown}是文件留空的参数，尚未设定：请给出参数“{key}”"
        )
    } else {
        words!("{shown} is needed and was not given", "缺少{shown}")
    };
    refusal(input, Fault::Missing, message)
}

fn refusal(input: &Input, code: Fault, message: Words) -> Refusal {
    Refusal {
        code,
        field: input.called.key.clone(),
        message,
    }
}

fn shown(field: &InputField) -> &str {
    field.label.as_deref().unwrap_or(&field.name)
}

fn listed<'a>(options: impl Iterator<Item = &'a str>) -> String {
    options.collect::<Vec<_>>().join("、")
}

fn text(given: &Given) -> Option<&str> {
    match given {
        Given::Text(text) | Given::Number(text) => Some(text),
        Given::Nothing | Given::Flag(_) | Given::List(_) | Given::Map(_) => None,
    }
}

fn flag(given: &Given) -> Option<bool> {
    match given {
        Given::Flag(flag) => Some(*flag),
        Given::Text(text) | Given::Number(text) => match text.as_str() {
            "是" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "1" => Some(true),
            "否" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "0" => Some(false),
            _ => None,
        },
        Given::Nothing | Given::List(_) | Given::Map(_) => None,
    }
}

/// What was given, for a message; long text is cut.
fn found(given: &Given) -> Words {
    match given {
        Given::Nothing => words!("—", "—"),
        Given::Flag(true) => words!("true", "true"),
        Given::Flag(false) => words!("false", "false"),
        Given::Number(text) | Given::Text(text) => {
            let mut shown: String = text.chars().take(40).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            words!("`{shown}`", "“{shown}”")
        }
        Given::List(_) => words!("[…]", "[…]"),
        Given::Map(_) => words!("{{…}}", "{{…}}"),
    }
}
