//! Subjects that look random, inside the ranges that a scheme declares.
//!
//! The fields come from the scheme, their ranges and steps from its text. Edges are favoured: the ends of a range, and figures at or one step beside
//! those that stand in the text. What a scheme refuses all the same (an end that depends on another
//! input, a figure that is not asked) is changed where the refusal points, a few times; absent on
//! purpose is any knowledge of how a scheme computes.

use assize::Prepared;
use assize::input::{FieldShape, FieldType, Given, InputField, Subject};
use assize::number::Rational;
use assize::outcome::{Fault, Outcome};

use crate::dice::Dice;
use crate::rules::{Rule, Rules};

/// How often a subject that is refused is changed.
const CHANGES: usize = 8;

/// An input, and the names that lead to it in data.
#[derive(Clone, Debug)]
pub struct Input {
    pub path: Vec<String>,
    pub field: InputField,
}

/// How to ask for the inputs of a scheme.
pub struct Asker {
    fields: Vec<InputField>,
    rules: Rules,
}

/// What changes between two subjects.
#[derive(Clone, Debug)]
pub enum Change {
    /// One figure of an input is greater, its option better, its answer yes.
    More(Input),
    /// The same from a count of so many on.
    MoreFrom(Input, usize),
    /// It is not given.
    Without(Input),
    /// A count is at least so many.
    AtLeast(Input, usize),
}

impl Asker {
    /// For a scheme with these fields and this text; `others` are the texts of schemes that it
    /// names.
    pub fn new(fields: &[InputField], text: &str, others: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            fields: fields.to_vec(),
            rules: Rules::of(text, others),
        }
    }

    /// All inputs that are not members of rows.
    pub fn inputs(&self) -> Vec<Input> {
        let mut all = Vec::new();
        flatten(&self.fields, &[], &mut all);
        all
    }

    fn rule(&self, key: &str, dice: &mut Dice) -> Rule {
        match self.rules.of_inputs.get(key) {
            Some(rules) => dice.pick(rules).clone(),
            None => Rule::default(),
        }
    }

    /// A subject that is scored, if one is found soon; else what came of the last one.
    pub fn scored(&self, scheme: &Prepared, dice: &mut Dice, spent: &mut usize) -> Scored {
        let mut subject = Subject::default();
        self.fill(&self.fields, &mut subject, dice);
        let mut outcome = scheme.evaluate(&subject);
        *spent += 1;
        for _ in 0..CHANGES {
            let Outcome::Error(refusal) = &outcome else {
                break;
            };
            if refusal.code == Fault::DivisionByZero {
                break;
            }
            let absent = refusal.code == Fault::Missing;
            let found = self.inputs().into_iter().find(|input| {
                names(&input.field).contains(&refusal.field.as_str())
                    || holds(&input.field.shape, &refusal.field)
            });
            match found {
                Some(input) => {
                    let leave_out = !absent && dice.one_in(3);
                    let value = (!leave_out).then(|| self.value(&input.field, dice));
                    set(&mut subject, &input.path, value);
                }
                // Inputs of which one is given, or a figure that they do not lead to.
                None => {
                    subject.values.clear();
                    self.fill(&self.fields, &mut subject, dice);
                }
            }
            outcome = scheme.evaluate(&subject);
            *spent += 1;
        }
        (subject, outcome)
    }

    fn fill(&self, fields: &[InputField], subject: &mut Subject, dice: &mut Dice) {
        let values = &mut subject.values;
        for field in fields {
            if let FieldShape::Either(members) = &field.shape {
                let one = dice.pick(members);
                values.insert(one.key.clone(), self.value(one, dice));
                continue;
            }
            if self.rule(&field.key, dice).may_be_absent && dice.one_in(4) {
                continue;
            }
            values.insert(field.key.clone(), self.value(field, dice));
        }
    }

    /// Any value of a field.
    pub fn value(&self, field: &InputField, dice: &mut Dice) -> Given {
        let rule = self.rule(&field.key, dice);
        self.shaped(&field.shape, &rule, dice)
    }

    fn shaped(&self, shape: &FieldShape, rule: &Rule, dice: &mut Dice) -> Given {
        match shape {
            FieldShape::One(of) => self.one(of, rule, dice),
            FieldShape::List(of) => {
                let rows = dice.roll(5);
                Given::List((0..rows).map(|_| self.shaped(of, rule, dice)).collect())
            }
            FieldShape::Map { keys, value, .. } => {
                let mut left = 20;
                let last = keys.len() - 1;
                let mut figure = |place: usize, dice: &mut Dice| match &rule.sum {
                    Some(sum) => {
                        let part = if place == last {
                            left
                        } else {
                            dice.roll(left + 1)
                        };
                        left -= part;
                        let part = &(sum * &whole(part)) * &ratio(1, 20);
                        Given::Number(part.to_string())
                    }
                    None => self.one(value, rule, dice),
                };
                let all = keys.iter().enumerate().filter_map(|(place, (key, _))| {
                    let leave_out = rule.sum.is_none() && rule.may_be_absent && dice.one_in(6);
                    (!leave_out).then(|| (key.clone(), figure(place, dice)))
                });
                Given::Map(all.collect())
            }
            FieldShape::Named(value) => {
                let names = dice.roll(5);
                let all = (0..names).map(|at| (format!("n{at}"), self.one(value, rule, dice)));
                Given::Map(all.collect())
            }
            FieldShape::Group(members) => {
                let mut row = Subject::default();
                self.fill(members, &mut row, dice);
                Given::from(row)
            }
            FieldShape::Either(members) => {
                let one = dice.pick(members);
                Given::from(Subject::new([(&one.key, self.value(one, dice))]))
            }
            FieldShape::OneOf { tag, kinds } => {
                let kind = dice.roll(kinds.len());
                let mut row = Subject::default();
                if let FieldShape::One(FieldType::Option(options)) = &tag.shape {
                    row = row.with(&tag.key, options[kind].0.as_str());
                }
                self.fill(&kinds[kind], &mut row, dice);
                Given::from(row)
            }
        }
    }

    fn one(&self, of: &FieldType, rule: &Rule, dice: &mut Dice) -> Given {
        let day =
            |dice: &mut Dice| format!("2024-{:02}-{:02}", 1 + dice.roll(12), 1 + dice.roll(28));
        match of {
            FieldType::Count => Given::Number(self.figure(rule, true, dice).to_string()),
            FieldType::Figure | FieldType::Money => {
                Given::Number(self.figure(rule, false, dice).to_string())
            }
            FieldType::Flag => Given::Flag(dice.one_in(2)),
            FieldType::Text => Given::Text(format!("t{}", dice.roll(40))),
            FieldType::Date => Given::Text(day(dice)),
            FieldType::Time => {
                // Most of them lie near each other.
                let day = if dice.one_in(3) {
                    day(dice)
                } else {
                    "2024-05-01".to_owned()
                };
                Given::Text(format!(
                    "{day}T{:02}:{:02}:00",
                    dice.roll(24),
                    dice.roll(2) * 30
                ))
            }
            FieldType::Duration => {
                let unit = *dice.pick(&["minutes", "hours", "days"]);
                Given::Text(format!("{} {unit}", dice.roll(60)))
            }
            FieldType::Option(options) => Given::Text(dice.pick(options).0.clone()),
        }
    }

    /// A figure inside a range. A range without an end is tried near its other end, and far away.
    fn figure(&self, rule: &Rule, count: bool, dice: &mut Dice) -> Rational {
        let zero = Rational::ZERO;
        let low = match &rule.low {
            None if count => Some(zero),
            low => low.clone(),
        };
        let step = match &rule.step {
            Some(step) => step.clone(),
            None if count => whole(1),
            None => dice.pick(&[whole(1), ratio(1, 2), ratio(1, 100)]).clone(),
        };
        let span = match (&low, &rule.high) {
            (Some(low), Some(high)) => high - low,
            _ if rule.share => whole(1),
            _ => whole(*dice.pick(&[3, 10, 40, 120, 1_000])),
        };
        let start = match (&low, &rule.high) {
            (Some(low), _) => low.clone(),
            (None, Some(high)) => high - &span,
            (None, None) if dice.one_in(4) => -span.clone(),
            (None, None) => Rational::ZERO,
        };
        for _ in 0..6 {
            let steps = match dice.roll(6) {
                0 | 1 if !self.rules.figures.is_empty() => {
                    let written = dice.pick(&self.rules.figures).clone();
                    let beside = &step * &(whole(dice.roll(3)) - whole(1));
                    written + beside - start.clone()
                }
                2 => match dice.roll(4) {
                    0 => Rational::ZERO,
                    1 => step.clone(),
                    2 => span.clone(),
                    _ => &span - &step,
                },
                _ => &(&span * &whole(dice.roll(1_001))) * &ratio(1, 1_000),
            };
            // As many whole steps as that.
            let steps = steps.checked_div(&step).unwrap().floor();
            let value = &start + &(&steps * &step);
            let inside = low.as_ref().is_none_or(|low| value >= *low)
                && rule.high.as_ref().is_none_or(|high| value <= *high);
            if inside && (!count || value.is_integer()) {
                return value;
            }
        }
        start
    }

    /// The subject after a change; none where there is nothing to change.
    pub fn changed(&self, subject: &Subject, change: &Change, dice: &mut Dice) -> Option<Pair> {
        match change {
            Change::Without(input) => {
                at(subject, &input.path)?;
                let mut other = subject.clone();
                set(&mut other, &input.path, None);
                Some((subject.clone(), other))
            }
            Change::AtLeast(input, least) => {
                let mut other = subject.clone();
                let count = least + dice.roll(4);
                set(&mut other, &input.path, Some(Given::from(count)));
                Some((subject.clone(), other))
            }
            Change::MoreFrom(input, least) => {
                let count = least + dice.roll(3);
                let (mut one, mut other) = (subject.clone(), subject.clone());
                set(&mut one, &input.path, Some(Given::from(count)));
                let more = count + 1 + dice.roll(5);
                set(&mut other, &input.path, Some(Given::from(more)));
                Some((one, other))
            }
            Change::More(input) => {
                let before = at(subject, &input.path)?;
                let rule = self.rule(&input.field.key, dice);
                let (low, high) = self.raised(&input.field.shape, &rule, before, dice)?;
                let (mut one, mut other) = (subject.clone(), subject.clone());
                set(&mut one, &input.path, Some(low));
                set(&mut other, &input.path, Some(high));
                Some((one, other))
            }
        }
    }

    /// Two values of a field that differ in one figure, the lesser first.
    fn raised(
        &self,
        shape: &FieldShape,
        rule: &Rule,
        before: &Given,
        dice: &mut Dice,
    ) -> Option<(Given, Given)> {
        match (shape, before) {
            (FieldShape::One(of), before) => {
                let other = self.one(of, rule, dice);
                let (a, b) = (rank(of, before)?, rank(of, &other)?);
                match a.cmp(&b) {
                    std::cmp::Ordering::Less => Some((before.clone(), other)),
                    std::cmp::Ordering::Greater => Some((other, before.clone())),
                    std::cmp::Ordering::Equal => None,
                }
            }
            (FieldShape::List(of), Given::List(rows)) if !rows.is_empty() => {
                let place = dice.roll(rows.len());
                let (low, high) = self.raised(of, rule, &rows[place], dice)?;
                let with = |own: Given| {
                    let mut rows = rows.clone();
                    rows[place] = own;
                    Given::List(rows)
                };
                Some((with(low), with(high)))
            }
            (FieldShape::Map { value: of, .. } | FieldShape::Named(of), Given::Map(figures)) => {
                let keys: Vec<&String> = figures.keys().collect();
                let key = *keys.get(dice.roll(keys.len().max(1)))?;
                let one = FieldShape::One(of.clone());
                let (low, high) = self.raised(&one, rule, &figures[key], dice)?;
                Some((with(before, key, low), with(before, key, high)))
            }
            (FieldShape::Group(members), Given::Map(values)) => {
                let is_raised = |member: &&InputField| {
                    let numeric = matches!(
                        &member.shape,
                        FieldShape::One(FieldType::Count | FieldType::Figure | FieldType::Money)
                    );
                    let told = self.rules.of_inputs.get(&member.key);
                    numeric && !told.is_some_and(|all| all.iter().any(|rule| rule.tells_rows))
                };
                let raised: Vec<&InputField> = members.iter().filter(is_raised).collect();
                let member = *raised.get(dice.roll(raised.len().max(1)))?;
                let rule = self.rule(&member.key, dice);
                let own = values.get(&member.key)?;
                let (low, high) = self.raised(&member.shape, &rule, own, dice)?;
                let key = &member.key;
                Some((with(before, key, low), with(before, key, high)))
            }
            _ => None,
        }
    }
}

/// A subject and what came of it.
pub type Scored = (Subject, Outcome);
/// Two subjects that differ in one figure.
pub type Pair = (Subject, Subject);

/// Named values with one of them exchanged.
fn with(values: &Given, key: &str, own: Given) -> Given {
    let mut values = values.clone();
    if let Given::Map(values) = &mut values {
        values.insert(key.to_owned(), own);
    }
    values
}

/// What makes a value more than another: options stand best first, and a better one is more.
fn rank(of: &FieldType, given: &Given) -> Option<Rational> {
    match (of, given) {
        (FieldType::Option(options), Given::Text(name)) => {
            let place = options.iter().position(|(own, _)| own == name)?;
            Some(-whole(place))
        }
        (FieldType::Flag, Given::Flag(flag)) => Some(whole(usize::from(*flag))),
        (_, Given::Number(digits)) => digits.parse().ok(),
        _ => None,
    }
}

fn flatten(fields: &[InputField], path: &[String], all: &mut Vec<Input>) {
    for field in fields {
        let mut own = path.to_vec();
        match &field.shape {
            FieldShape::Either(members) => flatten(members, path, all),
            FieldShape::Group(members) => {
                own.push(field.key.clone());
                flatten(members, &own, all);
            }
            _ => {
                own.push(field.key.clone());
                all.push(Input {
                    path: own,
                    field: field.clone(),
                });
            }
        }
    }
}

/// The names under which a field is known, its own one first.
pub fn names(field: &InputField) -> Vec<&str> {
    let label = field.label.as_deref();
    let mut names = vec![field.key.as_str(), field.name.as_str()];
    names.extend(label);
    names
}

/// Whether rows of this shape have a member of that name.
fn holds(shape: &FieldShape, name: &str) -> bool {
    let some = |members: &[InputField]| {
        members
            .iter()
            .any(|member| names(member).contains(&name) || holds(&member.shape, name))
    };
    match shape {
        FieldShape::List(of) => holds(of, name),
        FieldShape::Group(members) | FieldShape::Either(members) => some(members),
        FieldShape::OneOf { tag, kinds } => {
            names(tag).contains(&name) || kinds.iter().any(|members| some(members))
        }
        FieldShape::One(_) | FieldShape::Map { .. } | FieldShape::Named(_) => false,
    }
}

fn at<'s>(subject: &'s Subject, path: &[String]) -> Option<&'s Given> {
    let (last, outer) = path.split_last()?;
    let mut values = &subject.values;
    for name in outer {
        let Given::Map(inner) = values.get(name)? else {
            return None;
        };
        values = inner;
    }
    values.get(last)
}

fn set(subject: &mut Subject, path: &[String], value: Option<Given>) {
    let (last, outer) = path.split_last().unwrap();
    let mut values = &mut subject.values;
    for name in outer {
        let inner = values
            .entry(name.clone())
            .or_insert_with(|| Given::from(Subject::default()));
        let Given::Map(inner) = inner else { return };
        values = inner;
    }
    match value {
        Some(value) => values.insert(last.clone(), value),
        None => values.shift_remove(last),
    };
}

pub fn whole(value: usize) -> Rational {
    Rational::from_integer(i64::try_from(value).unwrap())
}

pub fn ratio(numerator: i64, denominator: i64) -> Rational {
    Rational::from_ratio(numerator, denominator).unwrap()
}
