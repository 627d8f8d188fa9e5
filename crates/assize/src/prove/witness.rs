//! From a point of the space to the data of subjects, as a person would write it, and what the
//! ordinary evaluator makes of it.

use indexmap::IndexMap;

use super::child;
use super::form::Var;
use super::interval::Interval;
use super::report::at;
use super::space::{ABSENT, FIRST_DAY, Holds, Instance, Leaf, MOST_ROWS, PRESENT, Region, Space};
use crate::calendar::plus_days;
use crate::input::bind::bind;
use crate::input::{Given, Subject};
use crate::model::{InputId, Model, Record, Type};
use crate::number::{Mode, Rational, Step};
use crate::outcome::Outcome;
use crate::plan::{Conflict, Plan};
use crate::value::Cell;
use crate::value::from_plan::from_plan;
use crate::value::to_outcome::compute;

/// The data of one subject for each plan of a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Witness {
    pub(crate) subjects: Vec<Subject>,
}

/// What came of one subject.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) outcome: Outcome,
    pub(crate) cells: Vec<Cell>,
}

/// To how many places figures without steps are rounded, the shortest first; at last not at all.
const PLACES: [Option<u8>; 5] = [Some(0), Some(1), Some(2), Some(4), Some(9)];

impl Witness {
    /// Subjects at a point of a region, those with short figures first; each is made when it is
    /// asked for.
    pub(crate) fn candidates(
        space: &Space<'_>,
        region: &Region,
        point: &[Rational],
    ) -> impl Iterator<Item = Self> {
        let mut before: Vec<Vec<Rational>> = Vec::new();
        PLACES.into_iter().filter_map(move |places| {
            let short: Vec<Rational> = (0_u32..)
                .zip(point)
                .take(space.bounds.len())
                .map(|(var, value)| shortened(space, region, Var(var), value, places))
                .collect();
            // What tells two subjects apart must not be lost.
            if before.contains(&short)
                || !space.conditions.iter().all(|known| known.holds_at(&short))
            {
                return None;
            }
            let subjects = space.instances.iter().map(|instance| {
                Writer {
                    space,
                    region,
                    point: &short,
                    model: instance.model,
                    plan: instance.plan,
                }
                .subject(instance)
            });
            let subjects = subjects.collect();
            before.push(short);
            Some(Self { subjects })
        })
    }

    /// Whether two subjects are the same in all that they share.
    pub(crate) fn is_alike(&self, space: &Space<'_>) -> bool {
        let pairs = self.subjects.iter().zip(&space.instances);
        let (Some((first, own)), Some((second, other))) =
            (pairs.clone().next(), pairs.clone().next_back())
        else {
            return true;
        };
        let leaves = own.leaves.iter().zip(&other.leaves);
        own.model
            .inputs
            .iter()
            .zip(leaves)
            .all(|(input, (a, b))| a != b || at(first, &input.path) == at(second, &input.path))
    }

    /// What the evaluator makes of each subject.
    pub(crate) fn runs(&self, space: &Space<'_>) -> Vec<Run> {
        let none = Subject::default();
        self.subjects
            .iter()
            .zip(&space.instances)
            .map(|(subject, instance)| {
                let (outcome, computed) = compute(instance.model, instance.plan, subject, &none);
                Run {
                    outcome,
                    cells: computed.cells,
                }
            })
            .collect()
    }
}

/// How many simpler subjects are tried.
const TRIES: u32 = 120;

impl Witness {
    /// The same with shorter figures, and without what is not needed, as far as it still `shows`
    /// what it is to show.
    pub(crate) fn simplified(self, space: &Space<'_>, shows: impl Fn(&[Run]) -> bool) -> Self {
        let mut best = self;
        let mut tries = 0_u32;
        let paths = match best.subjects.first() {
            Some(subject) => paths(&subject.values),
            None => return best,
        };
        for path in paths {
            for simpler in ["0", "100", "10", "1"] {
                let inside = own_bounds(space, &path)
                    .all(|bounds| simpler.parse().is_ok_and(|figure| bounds.contains(&figure)));
                let Some(own) = best.with(&path, simpler).filter(|_| inside) else {
                    continue;
                };
                tries = tries.saturating_add(1_u32);
                if tries > TRIES {
                    return best;
                }
                if shows(&own.runs(space)) {
                    best = own;
                    break;
                }
            }
        }
        best
    }

    /// One figure, where the subjects agree on it, replaced by a shorter one.
    fn with(&self, path: &[String], figure: &str) -> Option<Self> {
        let mut own = self.clone();
        let mut old: Option<String> = None;
        for subject in &mut own.subjects {
            let Some(Given::Number(digits)) = slot(&mut subject.values, path) else {
                return None;
            };
            if digits.len() < figure.len()
                || digits == figure
                || old.as_ref().is_some_and(|old| old != digits)
                || (figure != "0" && digits.len() == figure.len())
            {
                return None;
            }
            old = Some(std::mem::replace(digits, figure.to_owned()));
        }
        Some(own)
    }
}

/// The ranges in which a space holds the figure of a place, for each of its plans.
fn own_bounds<'s>(space: &'s Space<'_>, path: &[String]) -> impl Iterator<Item = &'s Interval> {
    let vars = space.instances.iter().flat_map(move |instance| {
        let inputs = instance.model.inputs.iter().zip(&instance.leaves);
        inputs.filter_map(move |(input, leaf)| {
            let rest = path.strip_prefix(input.path.as_slice())?;
            match (&leaf.holds, rest, &input.of) {
                (Holds::Figure(var), [], _) => Some(*var),
                (Holds::Keys(keys), [key], Type::Map(scale, _)) => {
                    let option = instance.model.scale(*scale)?.find(key)?;
                    match keys.get(option as usize)?.holds {
                        Holds::Figure(var) => Some(var),
                        _ => None,
                    }
                }
                _ => None,
            }
        })
    });
    let vars: Vec<Var> = vars.collect();
    vars.into_iter()
        .filter_map(|var| space.bounds.get(var.index()))
}

/// The places of all figures; rows in lists keep theirs.
fn paths(values: &IndexMap<String, Given>) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut open: Vec<(Vec<String>, &IndexMap<String, Given>)> = vec![(Vec::new(), values)];
    while let Some((outer, values)) = open.pop() {
        for (name, given) in values {
            let mut path = outer.clone();
            path.push(name.clone());
            match given {
                Given::Number(_) => found.push(path),
                Given::Map(inner) => open.push((path, inner)),
                Given::Nothing | Given::Flag(_) | Given::Text(_) | Given::List(_) => {}
            }
        }
    }
    found
}

fn slot<'g>(values: &'g mut IndexMap<String, Given>, path: &[String]) -> Option<&'g mut Given> {
    let (last, outer) = path.split_last()?;
    let mut values = values;
    for name in outer {
        match values.get_mut(name)? {
            Given::Map(inner) => values = inner,
            _ => return None,
        }
    }
    values.get_mut(last)
}

struct Writer<'w, 'a> {
    space: &'w Space<'a>,
    region: &'w Region,
    point: &'w [Rational],
    model: &'a Model,
    plan: &'a Plan,
}

impl Writer<'_, '_> {
    fn subject(&self, instance: &Instance<'_>) -> Subject {
        let inputs = self.model.inputs.iter().zip(&instance.leaves);
        let mut given: Vec<bool> = inputs.map(|(_, leaf)| self.may_be_given(leaf)).collect();
        for either in &self.model.eithers {
            let is_forced = |id: &InputId| {
                let leaf = instance.leaves.get(id.index());
                leaf.is_some_and(|leaf| self.region.choice(leaf.presence) == PRESENT)
            };
            let forced = either.inputs.iter().find(|id| is_forced(id)).copied();
            let chosen = forced.or_else(|| {
                let mut inputs = either.inputs.iter();
                inputs
                    .find(|id| given.get(id.index()) == Some(&true))
                    .copied()
            });
            for id in &either.inputs {
                if let Some(given) = given.get_mut(id.index()) {
                    *given &= Some(*id) == chosen;
                }
            }
        }
        let mut subject = self.with(instance, &given);
        // What is not asked is not given; what is asked for may depend on what is given.
        let mut conflicts = instance.plan.conflicts.iter();
        if !conflicts.any(|conflict| matches!(conflict, Conflict::NotAsked { .. })) {
            return subject;
        }
        for _ in 0..4 {
            let none = Subject::default();
            let bound = bind(self.model, &subject, &none);
            let cells = from_plan(instance.plan, &bound.cells).cells;
            let mut changed = false;
            for conflict in &instance.plan.conflicts {
                let Conflict::NotAsked { input, asked } = conflict else {
                    continue;
                };
                let (Some(leaf), Some(slot)) = (
                    instance.leaves.get(input.index()),
                    given.get_mut(input.index()),
                ) else {
                    continue;
                };
                let is_asked = cells.get(asked.index()).and_then(Cell::as_flag) == Some(true);
                let wanted = is_asked && self.may_be_given(leaf);
                changed |= *slot != wanted;
                *slot = wanted;
            }
            if !changed {
                break;
            }
            subject = self.with(instance, &given);
        }
        subject
    }

    fn may_be_given(&self, leaf: &Leaf) -> bool {
        self.region.choice(leaf.presence) & PRESENT != 0
    }

    fn with(&self, instance: &Instance<'_>, given: &[bool]) -> Subject {
        let mut subject = Subject::default();
        let inputs = self.model.inputs.iter().zip(&instance.leaves).zip(given);
        for (place, ((input, leaf), given)) in inputs.enumerate() {
            if let Some(around) = &self.space.around
                && around.open.get(place) != Some(&true)
            {
                if let Some(value) = at(&around.subject, &input.path) {
                    put(&mut subject.values, &input.path, value.clone());
                }
                continue;
            }
            if *given && let Some(value) = self.value(&input.of, leaf, 0) {
                put(&mut subject.values, &input.path, value);
            }
        }
        subject
    }

    fn value(&self, of: &Type, leaf: &Leaf, row: usize) -> Option<Given> {
        match (&leaf.holds, of) {
            (Holds::Figure(var), of) => Some(self.figure(*var, of)),
            (Holds::Chosen(choice), of) => {
                let among = self.region.choice(*choice);
                let first = among.trailing_zeros();
                Some(match of {
                    Type::Option(scale) => {
                        let scale = self.model.scale(*scale)?;
                        let option = scale.options.get(usize::try_from(first).ok()?)?;
                        Given::Text(option.key.clone())
                    }
                    _ => Given::Flag(first == 1),
                })
            }
            (Holds::Keys(keys), Type::Map(scale, element)) => {
                let scale = self.model.scale(*scale)?;
                let mut map = IndexMap::new();
                for (leaf, option) in keys.iter().zip(&scale.options) {
                    if self.region.choice(leaf.presence) == ABSENT {
                        continue;
                    }
                    if let Some(value) = self.value(element, leaf, row) {
                        map.insert(option.key.clone(), value);
                    }
                }
                Some(Given::Map(map))
            }
            (
                Holds::Rows {
                    count,
                    rows,
                    plain,
                    any,
                    ..
                },
                Type::List(element),
            ) => {
                let among = self.region.choice(*count);
                let wanted = usize::try_from(among.trailing_zeros()).ok()?;
                let known = rows.iter().chain(std::iter::repeat(any));
                let rows = known
                    .take(wanted.min(MOST_ROWS.saturating_add(1)))
                    .enumerate();
                let rows = rows.map(|(place, row)| {
                    if *plain {
                        self.value(element, row.first()?, place)
                    } else {
                        let Type::Record(record) = element.as_ref() else {
                            return None;
                        };
                        let record = self.model.record(*record)?;
                        if record.child.is_some() {
                            let here = (self.model, self.plan);
                            return child::row(here, record, row, (self.region, self.point));
                        }
                        self.row(record, row, place)
                    }
                });
                Some(Given::List(rows.collect::<Option<_>>()?))
            }
            (Holds::Opaque, of) => word(of, row),
            _ => None,
        }
    }

    fn row(&self, record: &Record, leaves: &[Leaf], place: usize) -> Option<Given> {
        let mut row = IndexMap::new();
        for (field, leaf) in record.fields.iter().zip(leaves) {
            let asked = field.given.as_ref()?;
            if self.may_be_given(leaf)
                && let Some(value) = self.value(&asked.of, leaf, place)
            {
                row.insert(field.called.key.clone(), value);
            }
        }
        Some(Given::Map(row))
    }

    fn figure(&self, var: Var, of: &Type) -> Given {
        let value = self.point.get(var.index()).cloned();
        let value = value.unwrap_or(Rational::ZERO);
        match of {
            Type::Date => {
                let day = value
                    .to_i64()
                    .and_then(|days| plus_days(FIRST_DAY, days).ok());
                Given::Text(crate::calendar::show_day(day.unwrap_or(FIRST_DAY)))
            }
            Type::Duration => Given::Text(format!("{value} seconds")),
            _ => Given::Number(value.to_string()),
        }
    }
}

/// The figure with few places, as far as its range allows.
fn shortened(
    space: &Space<'_>,
    region: &Region,
    var: Var,
    value: &Rational,
    places: Option<u8>,
) -> Rational {
    let (Some(places), Some(None)) = (places, space.grids.get(var.index())) else {
        return value.clone();
    };
    let all = Interval::ALL;
    let range = region.bounds.get(var.index()).unwrap_or(&all);
    let step = Step::places(places);
    [Mode::HalfUp, Mode::Floor, Mode::Ceiling]
        .into_iter()
        .map(|mode| value.round(mode, &step))
        .find(|short| range.contains(short))
        .unwrap_or_else(|| value.round(Mode::HalfUp, &Step::places(9)))
}

/// Some word for what cannot be reasoned about; rows have words of their own.
fn word(of: &Type, row: usize) -> Option<Given> {
    let number = row.saturating_add(1);
    match of {
        Type::Text => Some(Given::Text(format!("{number}"))),
        Type::Time => Some(Given::Text(format!("2024-01-01T0{}:00:00", number.min(9)))),
        Type::Named(element) if element.is_numeric() => {
            let one = Given::Number("1".to_owned());
            Some(Given::Map([("1".to_owned(), one)].into_iter().collect()))
        }
        _ => None,
    }
}

pub(crate) fn put(values: &mut IndexMap<String, Given>, path: &[String], value: Given) {
    let Some((last, outer)) = path.split_last() else {
        return;
    };
    let mut values = values;
    for name in outer {
        let entry = values
            .entry(name.clone())
            .or_insert_with(|| Given::Map(IndexMap::new()));
        match entry {
            Given::Map(inner) => values = inner,
            _ => return,
        }
    }
    values.insert(last.clone(), value);
}
