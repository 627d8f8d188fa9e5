//! From what was given to what the scheme asks: each datum becomes a value of the declared type,
//! or a refusal that says what was found and what was expected.
//!
//! A name may be the declared key, the name in the scheme, or the label. Nothing is guessed:
//! `1,234.5`, `48分` and full-width digits are not figures. Ranges are checked later, by the plan.

use std::cell::RefCell;
use std::sync::Arc;

use indexmap::IndexMap;

use super::{FieldShape, Given, InputField, Subject};
use crate::calendar;
use crate::model::{Called, Field, Input, Model, Record, RecordId, ScaleId, Type, subject_of};
use crate::number::{ParseError, Rational, parse_decimal};
use crate::outcome::{Assumption, Fault, Refusal, numbered};
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
    /// What the schemes assumed that scored rows of this one.
    pub(crate) assumptions: Vec<Assumption>,
}

/// Reads the inputs of one subject; `run` holds the parameters given once for all subjects.
pub(crate) fn bind(model: &Model, subject: &Subject, run: &Subject) -> Bound {
    let mut reader = Reader {
        model,
        run,
        bound: Bound {
            cells: Vec::with_capacity(model.inputs.len()),
            groups: Vec::new(),
            conflicts: Vec::new(),
            assumptions: Vec::new(),
        },
        of_children: RefCell::default(),
    };
    reader.fields(&model.fields, Some(&subject.values), Some(&run.values));
    reader.bound.assumptions = reader.of_children.into_inner();
    reader.bound
}

struct Reader<'a> {
    model: &'a Model,
    run: &'a Subject,
    bound: Bound,
    of_children: RefCell<Vec<Assumption>>,
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
                FieldShape::One(_)
                | FieldShape::List(_)
                | FieldShape::Map { .. }
                | FieldShape::Named(_)
                | FieldShape::OneOf { .. } => {
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
        if let Some(key) = unknown(members, values).next() {
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
        // A map that is given must be whole: that is asked for with what is required.
        if input.parameter && !input.optional && input.default.is_none() && cell.is_absent() {
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
        let result = match (&input.of, given) {
            (of, Given::List(elements)) if input.averaged => {
                if elements.is_empty() {
                    return Cell::Absent(Absence::Missing);
                }
                elements
                    .iter()
                    .map(|element| self.one(input, of, element).map(Cell::Value))
                    .collect::<Result<Vec<_>, _>>()
                    .map(|values| Value::List(values.into()))
            }
            (of, given) => self.value(input, of, given),
        };
        match result {
            Ok(Value::List(list)) if list.is_empty() && input.default.is_none() => {
                Cell::Absent(Absence::Missing)
            }
            Ok(value) => Cell::Value(value),
            Err(refusal) => Cell::Fault(Arc::new(refusal)),
        }
    }

    /// A value of a type. Rows nest three deep at most.
    fn value(&self, input: &Input, of: &Type, given: &Given) -> Result<Value, Refusal> {
        match of {
            Type::List(element) => self.list(input, element, given),
            Type::Map(scale, value) => self.map(input, *scale, value, given),
            Type::Named(value) => self.named(input, value, given),
            Type::Record(record) => self.row(input, *record, given),
            of => self.one(input, of, given),
        }
    }

    fn list(&self, input: &Input, element: &Type, given: &Given) -> Result<Value, Refusal> {
        let rows = matches!(element, Type::Record(_) | Type::Map(..) | Type::Named(_));
        let cells = match given {
            Given::List(elements) => elements
                .iter()
                .enumerate()
                .map(|(place, given)| {
                    match given {
                        Given::Nothing => Err(missing(input)),
                        given => self.value(input, element, given).map(Cell::Value),
                    }
                    .map_err(|refusal| {
                        if rows {
                            refusal.in_row(self.row_called(element, given, place))
                        } else {
                            refusal
                        }
                    })
                })
                .collect::<Result<Vec<_>, _>>()?,
            given if rows => return Err(self.wrong_kind(input, &input.of, given)),
            given => vec![Cell::Value(self.one(input, element, given)?)],
        };
        Ok(Value::List(cells.into()))
    }

    /// What a row is called: the member that no other row has, or its number.
    fn row_called(&self, element: &Type, given: &Given, place: usize) -> Words {
        let record = match element {
            Type::Record(record) => self.model.record(*record),
            _ => None,
        };
        let unique = record.and_then(|record| record.fields.iter().find(|field| field.unique));
        if let (Given::Map(values), Some(field)) = (given, unique)
            && let Some(Given::Text(name) | Given::Number(name)) =
                names(&field.called).find_map(|name| values.get(name))
        {
            let shown = field.called.shown();
            return words!("{shown} {name}", "{shown} {name}");
        }
        numbered(place)
    }

    /// A row: what is wrong with a member is the member's own, and found in written order.
    fn row(&self, input: &Input, record: RecordId, given: &Given) -> Result<Value, Refusal> {
        let Given::Map(values) = given else {
            return Err(self.wrong_kind(input, &Type::Record(record), given));
        };
        let Some(of) = self.model.record(record) else {
            return Err(self.wrong_kind(input, &Type::Record(record), given));
        };
        if let Some(child) = of.child {
            return self.scored(input, child, record, values);
        }
        let known = |key: &str| {
            of.fields
                .iter()
                .any(|field| names(&field.called).any(|n| n == key))
        };
        if let Some((key, _)) = values
            .iter()
            .find(|(key, value)| !known(key) && **value != Given::Nothing)
        {
            let asked = of.fields.iter().filter(|field| field.given.is_some());
            let members = listed(asked.map(|field| field.called.shown()));
            return Err(no_such_member(input, key, &members));
        }
        let mut kind = None;
        let mut cells = Vec::with_capacity(of.fields.len());
        for field in &of.fields {
            let Some(asked) = &field.given else { break };
            if field.kind.is_some() && field.kind != kind {
                cells.push(self.of_another_kind(of, field, kind, values));
                continue;
            }
            let mut found: Option<&Given> = None;
            let mut twice = false;
            for name in names(&field.called) {
                if let Some(given) = values.get(name)
                    && *given != Given::Nothing
                    && !found.is_some_and(|earlier| std::ptr::eq(earlier, given))
                {
                    twice |= found.is_some();
                    found = Some(given);
                }
            }
            if twice {
                let shown = field.called.shown();
                return Err(refusal(
                    asked,
                    Fault::Conflict,
                    words!(
                        "{shown} is given twice, under two of its names",
                        "{shown}以两个名称给了两次"
                    ),
                ));
            }
            let cell = found.map_or(Cell::Absent(Absence::Missing), |given| {
                self.cell(asked, given)
            });
            if of.kinds.is_some() && cells.is_empty() {
                kind = match &cell {
                    Cell::Value(Value::Option(option)) => Some(*option),
                    _ => None,
                };
            }
            cells.push(cell);
        }
        Ok(Value::Record(cells.into()))
    }

    /// A member of a kind that the row is not of: one that is given was not asked.
    fn of_another_kind(
        &self,
        of: &Record,
        field: &Field,
        kind: Option<u32>,
        values: &Values,
    ) -> Cell {
        let asked = |name: &str| {
            of.fields.iter().any(|other| {
                (other.kind.is_none() || other.kind == kind)
                    && names(&other.called).any(|own| own == name)
            })
        };
        let given = names(&field.called).any(|name| {
            values
                .get(name)
                .is_some_and(|given| *given != Given::Nothing)
                && !asked(name)
        });
        match (&field.given, given && kind.is_some()) {
            (Some(input), true) => {
                let shown = field.called.shown();
                Cell::Fault(Arc::new(refusal(
                    input,
                    Fault::Conflict,
                    words!(
                        "{shown} is given, and a row of this kind has no such figure",
                        "这一类没有{shown}一项，却填了数"
                    ),
                )))
            }
            _ => Cell::Absent(Absence::Missing),
        }
    }

    /// The results of a scheme for one row. A row without a result has members without values; a
    /// row that is refused refuses the whole.
    fn scored(
        &self,
        input: &Input,
        child: usize,
        record: RecordId,
        values: &Values,
    ) -> Result<Value, Refusal> {
        let fields = self
            .model
            .record(record)
            .map_or(&[][..], |record| &record.fields);
        let Some(child) = self.model.children.get(child) else {
            return Ok(Value::Record([].into()));
        };
        let own = subject_of(child);
        let is_own = |key: &str| own.is_some_and(|own| names(own).any(|name| name == key));
        if let Some(key) = unknown(child.inputs(), values).find(|key| !is_own(key)) {
            let members = child.inputs().iter().map(shown);
            let members = listed(members.chain(own.map(Called::shown)));
            return Err(no_such_member(input, key, &members));
        }
        let own = own.map(|own| {
            let name = names(own).find_map(|name| values.get(name));
            match name {
                Some(Given::Text(name) | Given::Number(name)) => {
                    Cell::Value(Value::Text(name.as_str().into()))
                }
                _ => Cell::Absent(Absence::Missing),
            }
        });
        let subject = Subject {
            values: values.clone(),
        };
        Ok(Value::Record(
            match child.results_of(&subject, self.run)? {
                Some(scored) => {
                    let mut all = self.of_children.borrow_mut();
                    for assumption in scored.assumptions {
                        if !all.contains(&assumption) {
                            all.push(assumption);
                        }
                    }
                    scored.cells.into_iter().chain(own).collect()
                }
                None => {
                    // What lines of the scheme compute for the rows follows later.
                    let given = fields.iter().filter(|field| field.each.is_none()).count();
                    let results = given.saturating_sub(usize::from(own.is_some()));
                    let nothing = vec![Cell::Absent(Absence::Missing); results];
                    nothing.into_iter().chain(own).collect()
                }
            },
        ))
    }

    /// One figure for each name that data gives.
    fn named(&self, input: &Input, value: &Type, given: &Given) -> Result<Value, Refusal> {
        let Given::Map(entries) = given else {
            return Err(self.wrong_kind(input, &input.of, given));
        };
        let entries = entries
            .iter()
            .filter(|(_, given)| **given != Given::Nothing)
            .map(|(name, given)| {
                let value = self.one(input, value, given)?;
                Ok((Arc::from(name.as_str()), Cell::Value(value)))
            })
            .collect::<Result<Vec<_>, Refusal>>()?;
        Ok(Value::Named(entries.into()))
    }

    fn map(
        &self,
        input: &Input,
        scale: ScaleId,
        value: &Type,
        given: &Given,
    ) -> Result<Value, Refusal> {
        let shown = input.called.shown();
        let options = self
            .model
            .scale(scale)
            .map_or(&[][..], |scale| &scale.options);
        if let (Given::List(figures), true) = (given, input.keys_in_order) {
            return self.map_in_order(input, options.len(), value, figures);
        }
        let Given::Map(entries) = given else {
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
        let mut values: Vec<Cell> = vec![Cell::Absent(Absence::Missing); options.len()];
        for (key, given) in entries {
            let index = self
                .model
                .scale(scale)
                .and_then(|scale| scale.find(key))
                .map(|index| index as usize);
            let Some(slot) = index.and_then(|index| values.get_mut(index)) else {
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
            let read = Cell::Value(self.one(input, value, given)?);
            if !slot.is_absent() && *slot != read {
                return Err(refusal(
                    input,
                    Fault::Conflict,
                    words!(
                        "{shown}: `{key}` is given twice, under two of its names",
                        "{shown}：“{key}”以两个名称给了两次"
                    ),
                ));
            }
            *slot = read;
        }
        Ok(Value::Map(values.into()))
    }

    /// The figures of a map as a list, in the order of its keys: as many as there are keys.
    fn map_in_order(
        &self,
        input: &Input,
        keys: usize,
        value: &Type,
        figures: &[Given],
    ) -> Result<Value, Refusal> {
        let given = figures.len();
        if given > keys {
            let shown = input.called.shown();
            return Err(refusal(
                input,
                Fault::Domain,
                words!(
                    "{shown}: {given} figures are given, and there are {keys} keys",
                    "{shown}：给了 {given} 个数，而只有 {keys} 项"
                ),
            ));
        }
        let mut values = Vec::with_capacity(keys);
        for figure in figures {
            values.push(match figure {
                Given::Nothing => Cell::Absent(Absence::Missing),
                figure => Cell::Value(self.one(input, value, figure)?),
            });
        }
        values.resize(keys, Cell::Absent(Absence::Missing));
        Ok(Value::Map(values.into()))
    }

    fn one(&self, input: &Input, of: &Type, given: &Given) -> Result<Value, Refusal> {
        match of {
            Type::Flag => flag(given).map(Value::Flag).ok_or_else(|| {
                let wanted = words!("write yes or no (是 or 否)", "请写“是”或“否”");
                not_so(input, given, wanted)
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
            Type::Date => text(given)
                .and_then(|text| calendar::parse_day(text).ok())
                .map(Value::Date)
                .ok_or_else(|| {
                    let wanted = words!("write the day as 2024-05-01", "日期请写成 2024-05-01");
                    not_so(input, given, wanted)
                }),
            Type::Time => text(given)
                .and_then(|text| calendar::parse_time(text).ok())
                .map(Value::Time)
                .ok_or_else(|| {
                    let wanted = words!(
                        "write the time as 2024-05-01T08:00",
                        "时刻请写成 2024-05-01T08:00"
                    );
                    not_so(input, given, wanted)
                }),
            Type::Duration => text(given)
                .and_then(|text| calendar::parse_duration(text).ok())
                .map(Value::Number)
                .ok_or_else(|| {
                    let wanted = words!(
                        "write a figure with its unit: 90 minutes",
                        "请写数字和单位，如 90分钟"
                    );
                    not_so(input, given, wanted)
                }),
            Type::Unknown
            | Type::Nothing
            | Type::Months
            | Type::Irrational
            | Type::List(_)
            | Type::Map(..)
            | Type::Named(_)
            | Type::Record(_)
            | Type::Either(_) => Err(self.wrong_kind(input, of, given)),
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

/// A key that is given and that no member has.
fn unknown<'v>(members: &'v [InputField], values: &'v Values) -> impl Iterator<Item = &'v str> {
    values
        .iter()
        .filter(|(key, given)| !is_among(members, key) && **given != Given::Nothing)
        .map(|(key, _)| key.as_str())
}

/// Whether a key is a name of one of the members; those of an `either` stand in the same level.
fn is_among(members: &[InputField], key: &str) -> bool {
    members.iter().any(|member| match &member.shape {
        FieldShape::Either(inner) => is_among(inner, key),
        _ => member.key == key || member.name == key || member.label.as_deref() == Some(key),
    })
}

/// Something is given that is no value of the type.
fn not_so(input: &Input, given: &Given, wanted: Words) -> Refusal {
    let shown = input.called.shown();
    let Words { en, zh } = found(given);
    let Words {
        en: wanted,
        zh: wanted_zh,
    } = wanted;
    refusal(
        input,
        Fault::Type,
        words!(
            "{shown}: {en} was given; {wanted}",
            "{shown}：给的是{zh}，{wanted_zh}"
        ),
    )
}

fn no_such_member(input: &Input, key: &str, members: &str) -> Refusal {
    let shown = input.called.shown();
    refusal(
        input,
        Fault::Domain,
        words!(
            "{shown}: a row has no member `{key}`; it has {members}",
            "{shown}：行内没有“{key}”，只有：{members}"
        ),
    )
}

fn shown(field: &InputField) -> &str {
    field.label.as_deref().unwrap_or(&field.name)
}

/// The names under which data may give a member.
fn names(called: &Called) -> impl Iterator<Item = &str> {
    let own = [called.key.as_str(), called.name.as_str()];
    own.into_iter().chain(called.label.as_deref())
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
