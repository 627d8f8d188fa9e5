//! One figure of many: sums, means, middles and spreads, the best few, order, and where one stands
//! among all.
//!
//! An element without a value is never passed over: it decides what the whole gives, unless the
//! scheme says to skip or to count it.

use std::cmp::Ordering;
use std::sync::Arc;

use super::from_plan::{Cells, defect, division_by_zero, nothing_given};
use super::growth::{TooLong, product, sum, within};
use super::rows::{elements, member};
use super::{Absence, Cell, Value};
use crate::number::{Mode, Rational, Step};
use crate::outcome::{Fault, Refusal};
use crate::plan::{Blame, NodeId, Stands};
use crate::syntax::{Aggregate, EdgeTies, Pick, Remainder, Ties};
use crate::text::words;

/// Figures, and how often each occurs.
type Figures = Vec<(Rational, Rational)>;

impl Cells<'_> {
    /// The values of a list, a map or a tally, with how often each occurs; what stands in the way
    /// otherwise.
    fn values(&self, of: NodeId) -> Result<Vec<(Value, Rational)>, Cell> {
        let all = match self.get(of) {
            Cell::Value(value) => elements(value).ok_or_else(defect)?,
            other => return Err(other.clone()),
        };
        if let Some(reason) = Cell::reason(all.iter().map(|(cell, _)| cell)) {
            return Err(reason);
        }
        Ok(all
            .into_iter()
            .filter_map(|(cell, times)| match cell {
                Cell::Value(value) => Some((value, times)),
                _ => None,
            })
            .collect())
    }

    pub(super) fn aggregate(
        &self,
        kind: Aggregate,
        of: &[NodeId],
        of_many: bool,
        tally: bool,
        blame: &Blame,
    ) -> Cell {
        if kind == Aggregate::Count && of_many && !tally {
            return self.count(of);
        }
        let mut values: Vec<(Value, Rational)> = Vec::new();
        if of_many {
            for id in of {
                match self.values(*id) {
                    Ok(more) => values.extend(more),
                    Err(reason) => return reason,
                }
            }
        } else {
            if let Some(reason) = Cell::reason(of.iter().map(|id| self.get(*id))) {
                return reason;
            }
            for id in of {
                if let Cell::Value(value) = self.get(*id) {
                    values.push((value.clone(), Rational::ONE));
                }
            }
        }
        let empty = || Cell::Empty(nothing_given(blame));
        match kind {
            Aggregate::Min | Aggregate::Max => {
                let wanted = if kind == Aggregate::Min {
                    Ordering::Less
                } else {
                    Ordering::Greater
                };
                let mut best: Option<Value> = None;
                for (value, times) in values {
                    if times.is_zero() {
                        continue;
                    }
                    let better = match &best {
                        None => true,
                        Some(best) => value.compare(best) == Some(wanted),
                    };
                    if better {
                        best = Some(value);
                    }
                }
                best.map_or_else(empty, Cell::Value)
            }
            kind => match figures(values) {
                Some(figures) => self
                    .of_figures(kind, &figures, tally)
                    .map_or_else(|TooLong| self.too_long(), |cell| cell.unwrap_or_else(empty)),
                None if kind == Aggregate::Count => self.count(of),
                None => defect(),
            },
        }
    }

    /// How many elements there are; those without a value are counted as well, for they are there.
    fn count(&self, of: &[NodeId]) -> Cell {
        let mut count = Rational::ZERO;
        for id in of {
            match self.get(*id) {
                Cell::Value(value) => match elements(value) {
                    Some(elements) => {
                        for (cell, times) in elements {
                            match cell {
                                Cell::Fault(_) | Cell::Stop(_) | Cell::Empty(_) => return cell,
                                // An element of a list that is not there is no element of a map.
                                Cell::Absent(_) if matches!(value, Value::Map(_)) => {}
                                Cell::Absent(_) | Cell::Value(_) => count += &times,
                            }
                        }
                    }
                    None => count += &Rational::ONE,
                },
                other => return other.clone(),
            }
        }
        Cell::number(count)
    }

    /// An aggregate of figures; none where there is nothing to average.
    fn of_figures(
        &self,
        kind: Aggregate,
        figures: &Figures,
        tally: bool,
    ) -> Result<Option<Cell>, TooLong> {
        let times = sum(figures.iter().map(|(_, times)| times))?;
        let total = weighted(figures)?;
        Ok(match kind {
            Aggregate::Count if tally => Some(Cell::number(total)),
            Aggregate::Count => Some(Cell::number(times)),
            Aggregate::Sum => Some(Cell::number(total)),
            Aggregate::Mean => total.checked_div(&times).ok().map(Cell::number),
            Aggregate::Variance | Aggregate::StandardDeviation => match total.checked_div(&times) {
                Ok(mean) => {
                    let mut squares = Rational::ZERO;
                    for (value, times) in figures {
                        within([value, &mean])?;
                        let apart = value - &mean;
                        let square = product([&apart, &apart, times])?;
                        squares = sum([&squares, &square])?;
                    }
                    squares.checked_div(&times).ok().map(Cell::number)
                }
                Err(_) => None,
            },
            Aggregate::Median => median(figures, &times)?.map(Cell::number),
            Aggregate::Min | Aggregate::Max => None,
        })
    }

    /// The mean of a list; none of an empty one.
    pub(super) fn mean(&self, of: NodeId) -> Option<Result<Rational, Cell>> {
        let figures = match self.values(of).map(figures) {
            Ok(Some(figures)) => figures,
            Ok(None) => return Some(Err(defect())),
            Err(reason) => return Some(Err(reason)),
        };
        let parts = weighted(&figures).and_then(|total| {
            let times = sum(figures.iter().map(|(_, times)| times))?;
            Ok((total, times))
        });
        match parts {
            Ok((total, times)) => total.checked_div(&times).ok().map(Ok),
            Err(TooLong) => Some(Err(self.too_long())),
        }
    }

    pub(super) fn skipping(&self, list: NodeId) -> Cell {
        self.each_element(list, |cell| match cell {
            Cell::Absent(_) => None,
            other => Some(other),
        })
    }

    pub(super) fn counting(&self, list: NodeId, value: NodeId) -> Cell {
        let value = self.get(value);
        self.each_element(list, |cell| {
            Some(match cell {
                Cell::Absent(_) => value.clone(),
                other => other,
            })
        })
    }

    fn each_element(&self, list: NodeId, with: impl Fn(Cell) -> Option<Cell>) -> Cell {
        let value = match self.get(list) {
            Cell::Value(value) => value,
            other => return other.clone(),
        };
        let Some(all) = elements(value) else {
            return defect();
        };
        let all: Vec<(Cell, Rational)> = all
            .into_iter()
            .filter_map(|(cell, times)| Some((with(cell)?, times)))
            .collect();
        like(value, all)
    }

    pub(super) fn pick(&self, which: Pick, count: NodeId, of: NodeId) -> Cell {
        let count = match self.get(count) {
            Cell::Value(Value::Number(count)) => count.clone(),
            Cell::Value(_) => return defect(),
            other => return other.clone(),
        };
        // More than there are is more than there are, however many.
        let wanted = count.to_i64().and_then(|count| usize::try_from(count).ok());
        let wanted = wanted.unwrap_or(usize::MAX);
        if matches!(which, Pick::First | Pick::Last) {
            let all = match self.get(of) {
                Cell::Value(value) => match elements(value) {
                    Some(all) => all,
                    None => return defect(),
                },
                other => return other.clone(),
            };
            if all.len() < wanted {
                return Cell::Absent(Absence::NoBranch);
            }
            let skipped = if which == Pick::Last {
                all.len().saturating_sub(wanted)
            } else {
                0
            };
            let picked = all.into_iter().skip(skipped).take(wanted);
            return Cell::Value(Value::List(picked.map(|(cell, _)| cell).collect()));
        }
        let values = match self.values(of) {
            Ok(values) => values,
            Err(reason) => return reason,
        };
        // Figures that occur several times stand as often in the order.
        let highest = matches!(which, Pick::Highest | Pick::WithoutHighest);
        let mut places: Vec<usize> = (0..values.len()).collect();
        places.sort_by(|a, b| {
            let order = match (values.get(*a), values.get(*b)) {
                (Some((a, _)), Some((b, _))) => a.compare(b).unwrap_or(Ordering::Equal),
                _ => Ordering::Equal,
            };
            if highest { order.reverse() } else { order }
        });
        let mut left = count;
        let mut kept: Vec<Rational> = vec![Rational::ZERO; values.len()];
        let picks = matches!(which, Pick::Highest | Pick::Lowest);
        for place in places {
            let (Some((_, times)), Some(slot)) = (values.get(place), kept.get_mut(place)) else {
                continue;
            };
            let taken = times.min(&left).clone();
            left = &left - &taken;
            *slot = if picks { taken } else { times - &taken };
        }
        let all: Vec<(Cell, Rational)> = values
            .into_iter()
            .zip(kept)
            .filter(|(_, times)| !times.is_zero())
            .map(|((value, _), times)| (Cell::Value(value), times))
            .collect();
        match self.get(of) {
            Cell::Value(Value::Tally(_)) => Cell::Value(Value::Tally(all.into())),
            _ => Cell::Value(Value::List(all.into_iter().map(|(cell, _)| cell).collect())),
        }
    }

    pub(super) fn sorted(&self, of: NodeId, keys: &[(NodeId, bool)]) -> Cell {
        let all = match self.get(of) {
            Cell::Value(value) => match elements(value) {
                Some(all) => all,
                None => return defect(),
            },
            other => return other.clone(),
        };
        let mut columns = Vec::with_capacity(keys.len());
        for (key, highest_first) in keys {
            match self.values(*key) {
                Ok(values) => columns.push((values, *highest_first)),
                Err(reason) => return reason,
            }
        }
        let mut places: Vec<usize> = (0..all.len()).collect();
        places.sort_by(|a, b| {
            columns
                .iter()
                .map(|(values, highest_first)| {
                    let order = match (values.get(*a), values.get(*b)) {
                        (Some((a, _)), Some((b, _))) => a.compare(b).unwrap_or(Ordering::Equal),
                        _ => Ordering::Equal,
                    };
                    if *highest_first {
                        order.reverse()
                    } else {
                        order
                    }
                })
                .find(|order| order.is_ne())
                .unwrap_or(Ordering::Equal)
        });
        let sorted = places
            .into_iter()
            .filter_map(|place| all.get(place).map(|(cell, _)| cell.clone()));
        Cell::Value(Value::List(sorted.collect()))
    }

    /// A tally as the points of its answers.
    pub(super) fn tally(&self, counts: NodeId, points: &[NodeId]) -> Cell {
        let counts = match self.get(counts) {
            Cell::Value(Value::Map(counts)) => counts,
            Cell::Value(_) => return defect(),
            other => return other.clone(),
        };
        let mut answers = Vec::with_capacity(points.len());
        for (count, points) in counts.iter().zip(points) {
            match count {
                Cell::Value(Value::Number(count)) if count.is_zero() => {}
                Cell::Value(Value::Number(count)) => {
                    answers.push((self.get(*points).clone(), count.clone()));
                }
                Cell::Value(_) => return defect(),
                other => return other.clone(),
            }
        }
        Cell::Value(Value::Tally(answers.into()))
    }

    /// Whether all flags are yes (or one is, where `deciding` is yes): one deciding flag is enough.
    pub(super) fn quantified(&self, flags: NodeId, deciding: bool) -> Cell {
        let flags = match self.get(flags) {
            Cell::Value(value) => match elements(value) {
                Some(flags) => flags,
                None => return defect(),
            },
            other => return other.clone(),
        };
        let counted = || flags.iter().filter(|(_, times)| !times.is_zero());
        if counted().any(|(flag, _)| flag.as_flag() == Some(deciding)) {
            return Cell::flag(deciding);
        }
        Cell::reason(counted().map(|(flag, _)| flag)).unwrap_or(Cell::flag(!deciding))
    }

    /// The share of flags that are yes.
    pub(super) fn share(&self, flags: NodeId, blame: &Blame) -> Cell {
        let flags = match self.values(flags) {
            Ok(flags) => flags,
            Err(reason) => return reason,
        };
        let (mut yes, mut all) = (Rational::ZERO, Rational::ZERO);
        for (flag, times) in flags {
            all += &times;
            if flag == Value::Flag(true) {
                yes += &times;
            }
        }
        yes.checked_div(&all)
            .map_or_else(|_| Cell::Empty(nothing_given(blame)), Cell::number)
    }

    /// No two rows have the same there.
    pub(super) fn unique(&self, of: NodeId, field: usize, blame: &Blame) -> Cell {
        let cell = self.get(of);
        let Cell::Value(Value::List(rows)) = cell else {
            return cell.clone();
        };
        let mut seen: Vec<(Value, usize)> = rows
            .iter()
            .enumerate()
            .filter_map(|(place, row)| match member(row, field) {
                Cell::Value(value) => Some((value, place)),
                _ => None,
            })
            .collect();
        seen.sort_by(|(a, _), (b, _)| a.compare(b).unwrap_or(Ordering::Equal));
        let twice = seen.windows(2).find_map(|pair| match pair {
            [(a, _), (b, place)] if a == b => Some((b.clone(), *place)),
            _ => None,
        });
        match twice {
            Some((value, place)) => Cell::Fault(Arc::new(twice_refusal(blame, &value, place))),
            None => cell.clone(),
        }
    }

    /// Rows in the order of a member, no two alike.
    pub(super) fn in_order(&self, of: NodeId, field: usize, blame: &Blame) -> Cell {
        let cell = self.get(of);
        let Cell::Value(Value::List(rows)) = cell else {
            return cell.clone();
        };
        let mut keyed: Vec<(Value, Cell)> = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            match member(row, field) {
                Cell::Value(value) => keyed.push((value, row.clone())),
                // What is missing there is told as such.
                _ => return cell.clone(),
            }
        }
        keyed.sort_by(|(a, _), (b, _)| a.compare(b).unwrap_or(Ordering::Equal));
        let twice = keyed
            .windows(2)
            .enumerate()
            .find_map(|(place, pair)| match pair {
                [(a, _), (b, _)] if a == b => Some((b.clone(), place.saturating_add(1))),
                _ => None,
            });
        match twice {
            Some((value, place)) => Cell::Fault(Arc::new(twice_refusal(blame, &value, place))),
            None => Cell::Value(Value::List(keyed.into_iter().map(|(_, row)| row).collect())),
        }
    }

    /// Where each figure stands among all, in the order of the list.
    pub(super) fn cohort(&self, among: NodeId, what: &Stands, blame: &Blame) -> Cell {
        let all: Vec<Value> = match self.values(among) {
            Ok(all) => all.into_iter().map(|(value, _)| value).collect(),
            Err(reason) => return reason,
        };
        // Where one of several figures has no value, nobody's place can be told.
        let keys = all.iter().filter_map(|value| match value {
            Value::Record(keys) => Some(keys.iter()),
            _ => None,
        });
        if let Some(absent) = keys.flatten().find(|key| key.is_absent()) {
            return absent.clone();
        }
        let order = |highest_first: bool| {
            let mut places: Vec<usize> = (0..all.len()).collect();
            places.sort_by(|a, b| {
                let order = match (all.get(*a), all.get(*b)) {
                    (Some(a), Some(b)) => a.compare(b).unwrap_or(Ordering::Equal),
                    _ => Ordering::Equal,
                };
                if highest_first {
                    order.reverse()
                } else {
                    order
                }
            });
            places
        };
        let results = match what {
            Stands::Rank {
                highest_first,
                ties,
            } => ranks(&all, &order(*highest_first), *ties),
            Stands::Top {
                size,
                share,
                mode,
                ties,
            } => {
                let size = match self.get(*size) {
                    Cell::Value(Value::Number(size)) => size.clone(),
                    Cell::Value(_) => return defect(),
                    other => return other.clone(),
                };
                let count = Rational::from_integer(i64::try_from(all.len()).unwrap_or(i64::MAX));
                let size = if *share { size * count } else { size };
                let places = size.round(*mode, &Step::places(0));
                // More places than there are rows take all rows.
                let places = if places.is_negative() {
                    0
                } else {
                    let places = places
                        .to_i64()
                        .and_then(|places| usize::try_from(places).ok());
                    places.unwrap_or(all.len())
                };
                top(&all, &order(true), places, *ties)
            }
            Stands::Split {
                pool,
                to,
                remainder,
            } => {
                let pool = match self.get(*pool) {
                    Cell::Value(Value::Number(pool)) => pool.clone(),
                    Cell::Value(_) => return defect(),
                    other => return other.clone(),
                };
                match split(&all, &pool, to, *remainder) {
                    Ok(parts) => parts,
                    Err(Unsplit::NothingToGoBy) => {
                        return Cell::Empty(division_by_zero(blame));
                    }
                    Err(Unsplit::NotOfParts) => {
                        return Cell::Fault(Arc::new(not_of_parts(blame, &pool, to)));
                    }
                    Err(Unsplit::TooLong) => return self.too_long(),
                }
            }
        };
        Cell::Value(Value::List(results.into()))
    }

    /// Where the row of one place stands.
    pub(super) fn standing(&self, place: NodeId, places: Option<NodeId>, cohort: NodeId) -> Cell {
        let Cell::Value(Value::List(standings)) = self.get(cohort) else {
            return Cell::reason([self.get(cohort)]).unwrap_or_else(defect);
        };
        let own = self.get(place);
        let at = match places.map(|places| self.get(places)) {
            None => own.as_number().and_then(Rational::to_i64),
            Some(Cell::Value(Value::List(places))) => {
                let at = places.partition_point(|place| place.as_number() < own.as_number());
                // One that is not among those that are ranked has no rank.
                if places.get(at) != Some(own) {
                    return Cell::Absent(Absence::NoBranch);
                }
                i64::try_from(at).ok()
            }
            Some(other) => return Cell::reason([other]).unwrap_or_else(defect),
        };
        let at = at.and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| standings.get(at).cloned())
            .unwrap_or_else(defect)
    }
}

/// A value of the same kind with other elements.
fn like(value: &Value, all: Vec<(Cell, Rational)>) -> Cell {
    Cell::Value(match value {
        Value::Tally(_) => Value::Tally(all.into()),
        _ => Value::List(all.into_iter().map(|(cell, _)| cell).collect()),
    })
}

fn figures(values: Vec<(Value, Rational)>) -> Option<Figures> {
    values
        .into_iter()
        .map(|(value, times)| match value {
            Value::Number(number) => Some((number, times)),
            _ => None,
        })
        .collect()
}

fn weighted(figures: &Figures) -> Result<Rational, TooLong> {
    let mut total = Rational::ZERO;
    for (value, times) in figures {
        let more = if *times == Rational::ONE {
            value.clone()
        } else {
            product([value, times])?
        };
        total = sum([&total, &more])?;
    }
    Ok(total)
}

/// The figure in the middle, or the mean of the two in the middle.
fn median(figures: &Figures, times: &Rational) -> Result<Option<Rational>, TooLong> {
    if times.is_zero() {
        return Ok(None);
    }
    let mut sorted: Vec<&(Rational, Rational)> = figures.iter().collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    let two = Rational::from_integer(2);
    // The first figure by which half of all, or more than half of all, are reached.
    let at = |beyond: bool| {
        let mut reached = Rational::ZERO;
        sorted
            .iter()
            .find(|(_, times_of)| {
                reached += times_of;
                let doubled = &reached * &two;
                if beyond {
                    doubled > *times
                } else {
                    doubled >= *times
                }
            })
            .map(|(value, _)| value)
    };
    let (Some(low), Some(high)) = (at(false), at(true)) else {
        return Ok(None);
    };
    let total = sum([low, high])?;
    Ok(total.checked_div(&two).ok())
}

/// The rank of each value; `order` holds the places from the first to the last.
fn ranks(all: &[Value], order: &[usize], ties: Ties) -> Vec<Cell> {
    let mut ranks: Vec<Cell> = vec![Cell::Absent(Absence::NoBranch); all.len()];
    let count = |count: usize| Rational::from_integer(i64::try_from(count).unwrap_or(i64::MAX));
    let mut start = 0;
    let mut groups = 0_usize;
    while start < order.len() {
        let first = order.get(start).and_then(|place| all.get(*place));
        let same = order
            .iter()
            .skip(start)
            .take_while(|place| all.get(**place) == first)
            .count()
            .max(1);
        groups = groups.saturating_add(1);
        let end = start.saturating_add(same);
        for (offset, place) in order.iter().skip(start).take(same).enumerate() {
            let rank = match ties {
                Ties::Share => count(start.saturating_add(1)),
                Ties::Dense => count(groups),
                Ties::InOrder => count(start.saturating_add(offset).saturating_add(1)),
                Ties::Averaged => {
                    let both = count(start.saturating_add(1)) + count(end);
                    both.checked_div(&Rational::from_integer(2))
                        .unwrap_or(Rational::ZERO)
                }
            };
            if let Some(slot) = ranks.get_mut(*place) {
                *slot = Cell::number(rank);
            }
        }
        start = end;
    }
    ranks
}

/// Whether each value is among the first so many.
fn top(all: &[Value], order: &[usize], places: usize, ties: EdgeTies) -> Vec<Cell> {
    let value_at = |index: Option<usize>| {
        index
            .and_then(|index| order.get(index))
            .and_then(|place| all.get(*place))
    };
    let last_in = value_at(places.checked_sub(1));
    let first_out = value_at(Some(places));
    let tied = last_in.is_some() && last_in == first_out;
    let mut inside: Vec<Cell> = vec![Cell::flag(false); all.len()];
    for (index, place) in order.iter().enumerate() {
        let own = all.get(*place);
        let at_edge = tied && own == last_in;
        let is_in = match (at_edge, ties) {
            (true, EdgeTies::In) => true,
            (true, EdgeTies::Out) => false,
            (false, _) => index < places,
        };
        if let Some(slot) = inside.get_mut(*place) {
            *slot = Cell::flag(is_in);
        }
    }
    inside
}

/// Why a pool is not split.
enum Unsplit {
    /// All shares are zero.
    NothingToGoBy,
    /// The pool is no multiple of the smallest part, or a share is negative.
    NotOfParts,
    TooLong,
}

/// The parts of a pool, in proportion, each a multiple of the smallest part, adding up to the pool.
fn split(
    all: &[Value],
    pool: &Rational,
    to: &Step,
    remainder: Remainder,
) -> Result<Vec<Cell>, Unsplit> {
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut shares = Vec::with_capacity(all.len());
    for value in all {
        match value {
            Value::Number(share) if !share.is_negative() => shares.push(share),
            _ => return Err(Unsplit::NotOfParts),
        }
    }
    let total = sum(shares.iter().copied()).map_err(|_| Unsplit::TooLong)?;
    if total.is_zero() {
        return Err(Unsplit::NothingToGoBy);
    }
    if pool.round(Mode::Floor, to) != *pool || pool.is_negative() {
        return Err(Unsplit::NotOfParts);
    }
    let mut parts = Vec::with_capacity(shares.len());
    let mut fractions = Vec::with_capacity(shares.len());
    for share in &shares {
        within([pool, *share, &total]).map_err(|_| Unsplit::TooLong)?;
        let exact = (pool * *share)
            .checked_div(&total)
            .map_err(|_| Unsplit::NothingToGoBy)?;
        let part = exact.round(Mode::Floor, to);
        fractions.push(&exact - &part);
        parts.push(part);
    }
    let mut left = pool - &sum(parts.iter()).map_err(|_| Unsplit::TooLong)?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    match remainder {
        Remainder::LargestFraction => {
            order.sort_by(|a, b| fractions.get(*b).cmp(&fractions.get(*a)));
        }
        Remainder::First => {}
        Remainder::Last => order.reverse(),
    }
    let one = to.size().clone();
    match remainder {
        // Fewer parts are left than there are shares: each gets one at most.
        Remainder::LargestFraction => {
            for place in order {
                if left.is_zero() {
                    break;
                }
                if let Some(part) = parts.get_mut(place) {
                    *part += &one;
                    left = &left - &one;
                }
            }
        }
        Remainder::First | Remainder::Last => {
            if let Some(part) = order.first().and_then(|place| parts.get_mut(*place)) {
                *part += &left;
            }
        }
    }
    Ok(parts.into_iter().map(Cell::number).collect())
}

fn not_of_parts(blame: &Blame, pool: &Rational, to: &Step) -> Refusal {
    let (shown, size) = (&blame.shown, to.size());
    Refusal {
        code: Fault::Range,
        field: blame.field.clone(),
        message: words!(
            "{shown}: {pool} cannot be split into parts of {size} so that they add up to it, or a share is negative",
            "{shown}：{pool} 不能分成 {size} 的整数倍并恰好分完，或某一份为负"
        ),
    }
}

fn twice_refusal(blame: &Blame, value: &Value, place: usize) -> Refusal {
    let shown = &blame.shown;
    let text = match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Time(at) => at.to_string(),
        _ => String::new(),
    };
    let row = place.saturating_add(1);
    Refusal {
        code: Fault::Conflict,
        field: blame.field.clone(),
        message: words!(
            "{shown}: `{text}` stands in two rows (again in row {row}), and it may stand once",
            "{shown}：“{text}”出现了两次（又见第 {row} 行），只能出现一次"
        ),
    }
}
