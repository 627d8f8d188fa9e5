//! Which of the old is which of the new: what stayed, what says something else, what came and went.
//!
//! Where order means something, what stayed is the longest run that stands in the same order on both
//! sides; what is the same and outside that run has moved. The rest is paired by what it may be
//! compared with, the best first.

use std::collections::{BTreeMap, VecDeque};

use super::Aspect;
use super::outline::{Fact, List};

/// Runs of more than so many pairs of lines are compared without looking for the longest.
const COMPARED: usize = 4_000_000;

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Same(usize, usize),
    Moved(usize, usize),
    Changed(usize, usize),
    Removed(usize),
    Added(usize),
}

impl Fate {
    /// Where it is told: as the old stands, what came behind what stood there before.
    const fn place(self) -> (usize, usize) {
        match self {
            Self::Same(old, new) | Self::Moved(old, new) | Self::Changed(old, new) => (old, new),
            Self::Removed(old) => (old, 0),
            Self::Added(new) => (usize::MAX, new),
        }
    }
}

/// What became of the facts of a thing.
pub(super) fn fates(old: &[Fact], new: &[Fact]) -> Vec<Fate> {
    let mut lists: BTreeMap<(bool, Aspect), (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (place, fact) in old.iter().enumerate() {
        lists.entry(fact.list.id()).or_default().0.push(place);
    }
    for (place, fact) in new.iter().enumerate() {
        lists.entry(fact.list.id()).or_default().1.push(place);
    }
    let mut fates = Vec::new();
    for (old_places, new_places) in lists.into_values() {
        one_list(facts(old, &old_places), facts(new, &new_places), &mut fates);
    }
    fates.sort_by_key(|fate| fate.place());
    fates
}

fn facts<'a>(all: &'a [Fact], places: &[usize]) -> Vec<(usize, &'a Fact)> {
    let facts = places
        .iter()
        .filter_map(|place| Some((*place, all.get(*place)?)));
    facts.collect()
}

fn one_list<'a>(
    mut old: Vec<(usize, &'a Fact)>,
    mut new: Vec<(usize, &'a Fact)>,
    fates: &mut Vec<Fate>,
) {
    let acts_in_order = |list: &[(usize, &Fact)]| {
        let mut facts = list.iter();
        facts.all(|(_, fact)| matches!(fact.list, List::Ordered(_)))
    };
    // An order that means something on one side only is told by itself.
    let is_ordered = acts_in_order(&old) && acts_in_order(&new);
    if is_ordered {
        let keys = |list: &[(usize, &Fact)]| -> Vec<String> {
            list.iter().map(|(_, fact)| fact.key.clone()).collect()
        };
        let stayed = longest_run(&keys(&old), &keys(&new));
        let mut kept_old = Vec::new();
        let mut kept_new = Vec::new();
        for (one, other) in stayed {
            if let (Some((one_at, _)), Some((other_at, _))) = (old.get(one), new.get(other)) {
                fates.push(Fate::Same(*one_at, *other_at));
                kept_old.push(*one_at);
                kept_new.push(*other_at);
            }
        }
        old.retain(|(place, _)| kept_old.binary_search(place).is_err());
        new.retain(|(place, _)| kept_new.binary_search(place).is_err());
    }
    let found = if is_ordered { Fate::Moved } else { Fate::Same };
    matched(
        &mut old,
        &mut new,
        |fact| Some(&fact.key),
        |one, other| {
            fates.push(found(one, other));
        },
    );
    let levels = old.iter().map(|(_, fact)| fact.pairs.len()).max();
    for level in 0..levels.unwrap_or(0) {
        matched(
            &mut old,
            &mut new,
            |fact| fact.pairs.get(level),
            |one, other| {
                fates.push(Fate::Changed(one, other));
            },
        );
    }
    fates.extend(old.iter().map(|(place, _)| Fate::Removed(*place)));
    fates.extend(new.iter().map(|(place, _)| Fate::Added(*place)));
}

/// Takes out those that are alike by `of`, in their order.
fn matched<'a>(
    old: &mut Vec<(usize, &'a Fact)>,
    new: &mut Vec<(usize, &'a Fact)>,
    of: impl Fn(&'a Fact) -> Option<&'a String>,
    mut take: impl FnMut(usize, usize),
) {
    let mut waiting: BTreeMap<&String, VecDeque<usize>> = BTreeMap::new();
    for (place, fact) in new.iter() {
        if let Some(key) = of(fact) {
            waiting.entry(key).or_default().push_back(*place);
        }
    }
    let mut taken = Vec::new();
    old.retain(|(place, fact)| {
        let other = of(fact).and_then(|key| waiting.get_mut(key)?.pop_front());
        if let Some(other) = other {
            take(*place, other);
            taken.push(other);
        }
        other.is_none()
    });
    taken.sort_unstable();
    new.retain(|(place, _)| taken.binary_search(place).is_err());
}

/// The longest run of equal keys that stands in the same order on both sides, by places.
pub(super) fn longest_run<K: PartialEq>(old: &[K], new: &[K]) -> Vec<(usize, usize)> {
    let alike = |pair: &(&K, &K)| pair.0 == pair.1;
    let head = old.iter().zip(new).take_while(alike).count();
    let (old_rest, new_rest) = (old.get(head..), new.get(head..));
    let (old_rest, new_rest) = (old_rest.unwrap_or_default(), new_rest.unwrap_or_default());
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(alike)
        .count();
    let middle = |list: &[K]| list.len().saturating_sub(tail);
    let (rows, columns) = (middle(old_rest), middle(new_rest));
    let mut run: Vec<(usize, usize)> = (0..head).map(|place| (place, place)).collect();
    if rows.saturating_mul(columns) <= COMPARED {
        let inner = common(
            old_rest.get(..rows).unwrap_or_default(),
            new_rest.get(..columns).unwrap_or_default(),
        );
        let shifted =
            |(one, other): (usize, usize)| (one.saturating_add(head), other.saturating_add(head));
        run.extend(inner.into_iter().map(shifted));
    }
    let behind = |rest: usize, place: usize| head.saturating_add(rest).saturating_add(place);
    run.extend((0..tail).map(|place| (behind(rows, place), behind(columns, place))));
    run
}

/// The longest common run of two short lists.
fn common<K: PartialEq>(old: &[K], new: &[K]) -> Vec<(usize, usize)> {
    let width = new.len().saturating_add(1);
    let at = |row: usize, column: usize| row.saturating_mul(width).saturating_add(column);
    // How long the longest run is behind each pair of places.
    let mut length = vec![0_usize; at(old.len(), new.len()).saturating_add(1)];
    let of = |length: &[usize], row: usize, column: usize| {
        length.get(at(row, column)).copied().unwrap_or(0)
    };
    for (row, one) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let (below, right) = (row.saturating_add(1), column.saturating_add(1));
            let best = if one == other {
                of(&length, below, right).saturating_add(1)
            } else {
                of(&length, below, column).max(of(&length, row, right))
            };
            if let Some(cell) = length.get_mut(at(row, column)) {
                *cell = best;
            }
        }
    }
    let mut run = Vec::new();
    let (mut row, mut column) = (0, 0);
    while let (Some(one), Some(other)) = (old.get(row), new.get(column)) {
        let (below, right) = (row.saturating_add(1), column.saturating_add(1));
        if one == other {
            run.push((row, column));
            (row, column) = (below, right);
        } else if of(&length, below, column) >= of(&length, row, right) {
            row = below;
        } else {
            column = right;
        }
    }
    run
}
