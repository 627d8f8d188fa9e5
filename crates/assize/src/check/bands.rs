//! Lines over figures: what they cover of the values that can occur, where two of them meet, and
//! which of them nothing reaches.
//!
//! Between two neighbouring edges no line changes its answer, so one value stands for all that lie
//! there; a line holds for a run of these values, and the first line that holds takes each.

use std::collections::BTreeSet;

use super::ranges::Reach;
use super::rows::{GAP_BETWEEN_RANGES, LINE_NEVER_HOLDS, LINES_INCOMPLETE, LINES_OVERLAP};
use crate::diagnostic::Diagnostic;
use crate::model::{ExprId, Model, Row, Test};
use crate::number::{Mode, Rational, Step};
use crate::syntax::Between;
use crate::text::{Span, words};
use crate::value::bounds::Bounds;

/// A stretch of the number line; an absent end is open to infinity.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    low: Option<(Rational, bool)>,
    high: Option<(Rational, bool)>,
}

impl Stretch {
    fn reaches_down_to(&self, value: &Rational) -> bool {
        self.low
            .as_ref()
            .is_none_or(|(low, included)| value > low || (*included && value == low))
    }

    fn reaches_up_to(&self, value: &Rational) -> bool {
        self.high
            .as_ref()
            .is_none_or(|(high, included)| value < high || (*included && value == high))
    }
}

/// The kinds of lines over figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// From or above a bound.
    Down,
    /// Up to or below a bound.
    Up,
    /// From one bound to another.
    Range,
    /// Single figures.
    Single,
    /// Whatever is left.
    Rest,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Down, Self::Up, Self::Range, Self::Single, Self::Rest];

    const fn of(test: &Test) -> Self {
        match test {
            Test::From(_) | Test::Above(_) => Self::Down,
            Test::UpTo(_) | Test::Below(_) => Self::Up,
            Test::Within(..) | Test::Bounded(..) => Self::Range,
            Test::Is(_) | Test::Several(_) | Test::Missing => Self::Single,
            Test::Otherwise => Self::Rest,
        }
    }

    /// Whether two lines of these kinds are meant to meet, the earlier taking what it can:
    /// `from 95`, `from 90`.
    const fn cascades_into(self, later: Self) -> bool {
        matches!(
            (self, later),
            (Self::Down, Self::Down) | (Self::Up, Self::Up) | (Self::Single, _) | (_, Self::Rest)
        )
    }
}

/// Looks at the lines over the values that the key can have.
pub(super) fn check(
    model: &Model,
    rows: &[Row],
    between: Option<Between>,
    reach: &Reach,
    head: Span,
    found: &mut Vec<Diagnostic>,
) {
    let bounds = &reach.bounds;
    let end = |id: &ExprId| model.constant(*id);
    let mut lower_ends: Vec<Rational> = rows
        .iter()
        .filter_map(|row| match &row.test {
            Test::Within(low, _) => end(low),
            _ => None,
        })
        .collect();
    lower_ends.sort();
    let mut stretches: Vec<(Stretch, &Row)> = Vec::new();
    for row in rows {
        let stretch = match &row.test {
            Test::From(at) => end(at).map(|at| (Some((at, true)), None)),
            Test::Above(at) => end(at).map(|at| (Some((at, false)), None)),
            Test::UpTo(at) => end(at).map(|at| (None, Some((at, true)))),
            Test::Below(at) => end(at).map(|at| (None, Some((at, false)))),
            Test::Within(low, high) => end(low).zip(end(high)).map(|(low, high)| {
                let high = match between {
                    Some(Between::FromLowerEnd) => lower_ends
                        .get(lower_ends.partition_point(|next| *next <= low))
                        .map_or((high, true), |next| (next.clone(), false)),
                    Some(Between::RoundedFirst) | None => (high, true),
                };
                (Some((low, true)), Some(high))
            }),
            Test::Bounded((low, from), (high, up_to)) => end(low)
                .zip(end(high))
                .map(|(low, high)| (Some((low, *from)), Some((high, *up_to)))),
            Test::Is(list) => match list.as_slice() {
                [one] => end(one).map(|at| (Some((at.clone(), true)), Some((at, true)))),
                _ => None,
            },
            Test::Otherwise => Some((None, None)),
            Test::Several(_) | Test::Missing => continue,
        };
        // A bound that is not a literal can lie anywhere: nothing can be said without running it.
        let Some((low, high)) = stretch else {
            return;
        };
        stretches.push((Stretch { low, high }, row));
    }
    if between.is_some() {
        declared(rows, &end, head, found);
    }
    let domain = match between {
        Some(Between::RoundedFirst) => {
            let round = |end: &Option<Rational>| {
                end.as_ref()
                    .map(|end| end.round(Mode::HalfUp, &Step::places(0)))
            };
            // What is left out may be what another figure is rounded to.
            Reach::closed(Bounds {
                low: round(&bounds.low),
                high: round(&bounds.high),
                grid: Some(Rational::ONE),
            })
        }
        Some(Between::FromLowerEnd) | None => reach.clone(),
    };
    let samples = samples(&stretches, &domain);
    let domain = domain.bounds;
    let taken = Taken::by(&stretches, &samples);
    let left = taken.first.iter().position(Option::is_none);
    if let Some(value) = left.and_then(|at| samples.get(at)) {
        let ranges = rows.iter().any(|row| matches!(row.test, Test::Within(..)));
        found.push(incomplete(value, ranges && between.is_none(), head));
        return;
    }
    if between.is_none() {
        found.extend(gap(rows, &end, &samples, head));
    }
    for (index, (_, row)) in stretches.iter().enumerate() {
        if matches!(row.test, Test::Otherwise) {
            continue;
        }
        let earlier = |at: usize| {
            let (stretch, row) = stretches.get(taken.first.get(at).copied().flatten()?)?;
            Some((stretch, *row))
        };
        if !taken.owners.contains(&index) {
            let (start, end) = taken.runs.get(index).copied().unwrap_or_default();
            let own = stretches.get(index).map(|(stretch, _)| stretch);
            let same = [start, end.saturating_sub(1)]
                .into_iter()
                .filter_map(earlier)
                .find(|(other, _)| own == Some(*other));
            found.push(match (same, earlier(start)) {
                (Some((_, first)), _) => written_twice(row, first),
                (None, Some((_, first))) if start < end => never_holds(row, first),
                _ => out_of_range(row, &domain),
            });
        } else if let Some(at) = taken.meets.get(index).copied().flatten()
            && let (Some((_, first)), Some(value)) = (earlier(at), samples.get(at))
        {
            found.push(overlap(row, first, value));
        }
    }
}

/// A value between two ranges that follow each other in whole figures: it falls to `otherwise`.
fn gap(
    rows: &[Row],
    end: &impl Fn(&ExprId) -> Option<Rational>,
    samples: &[Rational],
    head: Span,
) -> Option<Diagnostic> {
    let mut ranges: Vec<(Rational, Rational)> = rows
        .iter()
        .filter_map(|row| match &row.test {
            Test::Within(low, high) => Some((end(low)?, end(high)?)),
            _ => None,
        })
        .collect();
    ranges.sort();
    let value = ranges.windows(2).find_map(|pair| {
        let [(_, high), (low, _)] = pair else {
            return None;
        };
        let follows = high + &Rational::ONE == *low;
        let mut samples = samples.iter();
        samples.find(|value| follows && *value > high && *value < low)
    })?;
    Some(
        Diagnostic::new(
            &GAP_BETWEEN_RANGES,
            head,
            words!(
                "{value} can occur, lies between two ranges, and falls to `otherwise`",
                "可能出现 {value}，它在两档之间，会落到“其余”"
            ),
        )
        .with_help(words!(
            "write `read from the lower end` or `rounded first` behind the key, or ranges without a gap: `from 80 below 90`",
            "请在后面写“按下限归档”或“先四舍五入”，或写没有空档的区间，如 80分以上不满90分"
        )),
    )
}

/// Ranges of whole figures that are read from the lower end, or rounded first: between two of them
/// lies nothing that is written, but a whole figure that neither names was forgotten, and one that
/// both name counts where the reader does not expect it.
fn declared(
    rows: &[Row],
    end: &impl Fn(&ExprId) -> Option<Rational>,
    head: Span,
    found: &mut Vec<Diagnostic>,
) {
    let mut ranges: Vec<(Rational, Rational, &Row)> = rows
        .iter()
        .filter_map(|row| match &row.test {
            Test::Within(low, high) => Some((end(low)?, end(high)?, row)),
            _ => None,
        })
        .collect();
    ranges.sort_by(|(a, _, _), (b, _, _)| a.cmp(b));
    let rest = rows.iter().any(|row| matches!(row.test, Test::Otherwise));
    for pair in ranges.windows(2) {
        let [(_, high, lower), (low, _, upper)] = pair else {
            continue;
        };
        let next = high + &Rational::ONE;
        if low <= high {
            found.push(overlap(lower, upper, low));
        } else if *low > next && !rest {
            found.push(forgotten(&next, head));
        }
    }
}

fn forgotten(value: &Rational, head: Span) -> Diagnostic {
    Diagnostic::new(
        &LINES_INCOMPLETE,
        head,
        words!(
            "no line names {value}; it would fall to the line below the gap",
            "没有一行写到 {value}，它会落到空档下面的一档"
        ),
    )
    .with_help(words!(
        "add the line that is missing, or widen its neighbours",
        "请补上漏写的一行，或改正相邻两行的界限"
    ))
}

fn incomplete(value: &Rational, gap: bool, head: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &LINES_INCOMPLETE,
        head,
        words!(
            "no line holds for {value}, which can occur",
            "可能出现 {value}，但没有一行适用"
        ),
    );
    if gap {
        diagnostic.with_help(words!(
            "write `read from the lower end` or `rounded first` behind the key, or ranges without a gap: `from 80 below 90`",
            "请在后面写“按下限归档”或“先四舍五入”，或写没有空档的区间，如 80分以上不满90分"
        ))
    } else {
        diagnostic.with_help(words!("add `otherwise => …`", "请补上“其余 为 …”"))
    }
}

fn written_twice(row: &Row, first: &Row) -> Diagnostic {
    Diagnostic::new(
        &LINE_NEVER_HOLDS,
        row.origin.span,
        words!(
            "the same bound already has a line above; this one never holds",
            "同样的界限上面已有一行，这一行永远用不到"
        ),
    )
    .with_label(first.origin.span, words!("the line above", "上面的一行"))
    .with_help(words!(
        "one of the two was probably meant to have another bound; or delete one",
        "其中一行的界限可能写错了；确实重复的，请删去一行"
    ))
}

fn never_holds(row: &Row, first: &Row) -> Diagnostic {
    let help = if matches!(first.test, Test::Otherwise) {
        words!(
            "lines are tried from the top: `otherwise` stands last",
            "自上而下取第一个成立的行，“其余”应写在最后一行"
        )
    } else {
        words!(
            "lines are tried from the top: of two lines with `from`, the one with the greater figure stands first",
            "自上而下取第一个成立的行：几个“不低于”（以上）之中，数大的写在上面"
        )
    };
    Diagnostic::new(
        &LINE_NEVER_HOLDS,
        row.origin.span,
        words!(
            "this line never holds: the lines above take all its values",
            "这一行永远用不到：它的取值都被上面的行占去了"
        ),
    )
    .with_label(
        first.origin.span,
        words!("this line comes first", "先用这一行"),
    )
    .with_help(help)
}

fn out_of_range(row: &Row, domain: &Bounds) -> Diagnostic {
    let shown = |end: &Option<Rational>| {
        end.as_ref()
            .map_or_else(|| "…".to_owned(), Rational::to_string)
    };
    let (low, high) = (shown(&domain.low), shown(&domain.high));
    Diagnostic::new(
        &LINE_NEVER_HOLDS,
        row.origin.span,
        words!(
            "this line never holds: the figure lies between {low} and {high}",
            "这一行永远用不到：该数只在 {low} 到 {high} 之间"
        ),
    )
    .with_help(words!(
        "correct the bound, or the range of the figure where it is declared",
        "请改正这一行的界限，或改正该数声明的范围"
    ))
}

fn overlap(row: &Row, first: &Row, value: &Rational) -> Diagnostic {
    Diagnostic::new(
        &LINES_OVERLAP,
        row.origin.span,
        words!(
            "{value} fits this line and an earlier one; the earlier one counts",
            "{value} 同时符合这一行和前面的一行，以前面的为准"
        ),
    )
    .with_label(
        first.origin.span,
        words!("{value} fits here too", "{value} 也符合这里"),
    )
    .with_help(words!(
        "`from` (以上) and `up to` (以下) include their figure; `above` (高于) and `below` (不满) do not",
        "“以上”“以下”“不低于”“不高于”都含本数，“高于”“低于”“不满”不含本数；请改正其中一行"
    ))
}

/// Which line takes which values, by their places among the samples.
struct Taken {
    /// For each line, the run of values that it holds for.
    runs: Vec<(usize, usize)>,
    /// For each value, the first line that holds for it.
    first: Vec<Option<usize>>,
    /// The lines that are first for some value.
    owners: BTreeSet<usize>,
    /// For each line, a value that an earlier line takes although the two are not meant to meet.
    meets: Vec<Option<usize>>,
}

impl Taken {
    fn by(stretches: &[(Stretch, &Row)], samples: &[Rational]) -> Self {
        let mut taken = Self {
            runs: Vec::with_capacity(stretches.len()),
            first: vec![None; samples.len()],
            owners: BTreeSet::new(),
            meets: Vec::with_capacity(stretches.len()),
        };
        let mut free: BTreeSet<usize> = (0..samples.len()).collect();
        let mut by_kind: [BTreeSet<usize>; Kind::ALL.len()] = Default::default();
        for (index, (stretch, row)) in stretches.iter().enumerate() {
            let kind = Kind::of(&row.test);
            let start = samples.partition_point(|sample| !stretch.reaches_down_to(sample));
            let end = samples.partition_point(|sample| stretch.reaches_up_to(sample));
            let run = (start, end.max(start));
            let met = Kind::ALL
                .into_iter()
                .zip(&by_kind)
                .filter(|(earlier, _)| !earlier.cascades_into(kind))
                .find_map(|(_, values)| {
                    let mut inside = values.range(run.0..run.1);
                    [inside.next(), inside.next_back()]
                        .into_iter()
                        .flatten()
                        .find(|at| taken.reaches_beyond(**at, run))
                        .copied()
                });
            taken.meets.push(met);
            taken.runs.push(run);
            let own: Vec<usize> = free.range(run.0..run.1).copied().collect();
            for at in own {
                free.remove(&at);
                taken.owners.insert(index);
                if let Some(slot) = taken.first.get_mut(at) {
                    *slot = Some(index);
                }
                for (of, values) in Kind::ALL.into_iter().zip(&mut by_kind) {
                    if of == kind {
                        values.insert(at);
                    }
                }
            }
        }
        taken
    }

    /// Whether a run has values beyond those of the line that took a value: a line that lies
    /// within an earlier one never holds, which is a finding of its own.
    fn reaches_beyond(&self, at: usize, (start, end): (usize, usize)) -> bool {
        self.first
            .get(at)
            .copied()
            .flatten()
            .and_then(|owner| self.runs.get(owner))
            .is_some_and(|(low, high)| *low > start || *high < end)
    }
}

/// Values that stand for all: each edge, and one value between each pair of neighbouring edges,
/// inside the range and on the grid of the key. Between two edges no line changes its answer.
fn samples(stretches: &[(Stretch, &Row)], domain: &Reach) -> Vec<Rational> {
    let edges = stretches
        .iter()
        .flat_map(|(stretch, _)| [&stretch.low, &stretch.high])
        .flatten()
        .map(|(at, _)| at.clone());
    samples_at(edges, domain)
}

/// The same of edges alone.
pub(super) fn samples_at(edges: impl Iterator<Item = Rational>, reach: &Reach) -> Vec<Rational> {
    let domain = &reach.bounds;
    let mut edges: Vec<Rational> = edges
        .chain(domain.low.clone())
        .chain(domain.high.clone())
        .collect();
    edges.sort();
    edges.dedup();
    let one = Rational::ONE;
    let two = Rational::from_integer(2);
    let mut samples: Vec<Rational> = Vec::new();
    if let (None, Some(first)) = (&domain.low, edges.first()) {
        samples.push(on_grid(&(first - &one), domain, Mode::Floor));
    }
    for pair in edges.windows(2) {
        if let [a, b] = pair {
            samples.push(a.clone());
            match &domain.grid {
                // The first grid value after the lower edge, if it comes before the upper one.
                Some(grid) => {
                    let next = on_grid(a, domain, Mode::Floor) + grid;
                    if next < *b {
                        samples.push(next);
                    }
                }
                None => {
                    if let Ok(middle) = (a + b).checked_div(&two) {
                        samples.push(middle);
                    }
                }
            }
        }
    }
    if let Some(last) = edges.last() {
        samples.push(last.clone());
        if domain.high.is_none() {
            samples.push(on_grid(&(last + &one), domain, Mode::Ceiling));
        }
    } else {
        samples.push(Rational::ZERO);
    }
    let inside = Stretch {
        low: domain.low.clone().map(|low| (low, true)),
        high: domain.high.clone().map(|high| (high, true)),
    };
    samples.retain(|sample| {
        inside.reaches_down_to(sample)
            && inside.reaches_up_to(sample)
            && !reach.without.contains(sample)
            && domain.grid.as_ref().is_none_or(|grid| {
                sample
                    .checked_div(grid)
                    .is_ok_and(|steps| steps.is_integer())
            })
    });
    samples
}

/// The value itself, or the next one on the grid.
fn on_grid(value: &Rational, domain: &Bounds, mode: Mode) -> Rational {
    match &domain.grid {
        Some(grid) => match Step::multiple(grid.clone()) {
            Ok(step) => value.round(mode, &step),
            Err(_) => value.clone(),
        },
        None => value.clone(),
    }
}
