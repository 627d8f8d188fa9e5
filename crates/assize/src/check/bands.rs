//! Lines over figures: what they cover of the values that can occur, where two of them meet, and
//! which of them nothing reaches.
//!
//! Between two neighbouring edges no line changes its answer, so one value stands for all that lie
//! there; a line holds for a run of these values, and the first line that holds takes each.

use std::collections::BTreeSet;

use super::occurs::Occurs;
use super::ranges::{Reach, lies};
use super::rows::{GAP_BETWEEN_RANGES, LINE_NEVER_HOLDS, LINES_INCOMPLETE, LINES_OVERLAP};
use crate::diagnostic::Diagnostic;
use crate::model::{ExprId, Model, Row, Test};
use crate::number::{Mode, Rational, Step};
use crate::prove::interval::{End, Interval};
use crate::prove::space::Grid;
use crate::syntax::Between;
use crate::text::{Span, Words, words};

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
pub(super) fn check<'a>(
    model: &Model,
    rows: &[Row],
    between: Option<Between>,
    reach: &Reach,
    occurs: impl Fn() -> Occurs<'a>,
    head: Span,
    found: &mut Vec<Diagnostic>,
) {
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
            // What is left out may be what another figure is rounded to.
            let round = |end: &Option<End>| {
                let end = end.as_ref()?;
                Some(End::closed(end.at.round(Mode::HalfUp, &Step::places(0))))
            };
            let rounded = Interval {
                low: round(&reach.interval.low),
                high: round(&reach.interval.high),
            };
            Reach::new(rounded, Some(Grid::whole()))
        }
        Some(Between::FromLowerEnd) | None => reach.clone(),
    };
    let all = samples(&stretches, &domain);
    let samples: Vec<Rational> = all.iter().map(|sample| sample.value.clone()).collect();
    let taken = Taken::by(&stretches, &samples);
    let mut asked = None;
    let mut left = taken.first.iter().zip(&all);
    let uncovered = left.find_map(|(first, sample)| match (first, between) {
        (Some(_), _) => None,
        (None, Some(Between::RoundedFirst)) => Some(sample.value.clone()),
        (None, Some(Between::FromLowerEnd) | None) => {
            asked.get_or_insert_with(&occurs).value_of(sample)
        }
    });
    if let Some(value) = &uncovered {
        let ranges = rows.iter().any(|row| matches!(row.test, Test::Within(..)));
        found.push(incomplete(value, ranges && between.is_none(), head));
    } else if between.is_none() {
        let falls = |at: usize| {
            let first = taken.first.get(at).copied().flatten();
            let line = first.and_then(|first| stretches.get(first));
            line.is_some_and(|(_, row)| matches!(row.test, Test::Otherwise))
        };
        found.extend(gap(rows, &end, (&samples, &falls), head));
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
                _ => out_of_range(row, &domain.interval),
            });
        } else if let Some(at) = taken.meets.get(index).copied().flatten()
            && let (Some((_, first)), Some(value)) = (earlier(at), samples.get(at))
        {
            found.push(overlap(row, first, value));
        }
    }
}

/// A value between two lines that follow each other in whole figures: it falls to `otherwise`.
fn gap(
    rows: &[Row],
    end: &impl Fn(&ExprId) -> Option<Rational>,
    (samples, falls): (&[Rational], &impl Fn(usize) -> bool),
    head: Span,
) -> Option<Diagnostic> {
    let low_of = |row: &Row| match &row.test {
        Test::Within(low, _) | Test::Bounded((low, true), _) | Test::From(low) => end(low),
        _ => None,
    };
    let high_of = |row: &Row| match &row.test {
        Test::Within(_, high) | Test::Bounded(_, (high, true)) | Test::UpTo(high) => end(high),
        _ => None,
    };
    let lows: BTreeSet<Rational> = rows.iter().filter_map(low_of).collect();
    let mut highs: Vec<Rational> = rows.iter().filter_map(high_of).collect();
    highs.sort();
    let value = highs.iter().find_map(|high| {
        let low = lows.get(&(high + &Rational::ONE))?;
        let mut between = samples.iter().enumerate();
        let found = between.find(|(at, value)| *value > high && *value < low && falls(*at));
        found.map(|(_, value)| value)
    })?;
    Some(
        Diagnostic::new(
            &GAP_BETWEEN_RANGES,
            head,
            words!(
                "{value} can occur, lies between two lines, and falls to `otherwise`",
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

fn out_of_range(row: &Row, domain: &Interval) -> Diagnostic {
    let Words { en, zh } = lies(domain);
    Diagnostic::new(
        &LINE_NEVER_HOLDS,
        row.origin.span,
        words!(
            "this line never holds: the figure {en}",
            "这一行永远用不到：该数只{zh}"
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
fn samples(stretches: &[(Stretch, &Row)], domain: &Reach) -> Vec<Sample> {
    let edges = stretches
        .iter()
        .flat_map(|(stretch, _)| [&stretch.low, &stretch.high])
        .flatten()
        .map(|(at, _)| at.clone());
    samples_at(edges, domain)
}

/// A value, and for which values it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) value: Rational,
    pub(super) stands_for: Interval,
}

/// The same of edges alone.
pub(super) fn samples_at(edges: impl Iterator<Item = Rational>, reach: &Reach) -> Vec<Sample> {
    let (low, high) = (&reach.interval.low, &reach.interval.high);
    let ends = [low, high].into_iter().flatten();
    let mut edges: Vec<Rational> = edges.chain(ends.map(|end| end.at.clone())).collect();
    edges.sort();
    edges.dedup();
    let (one, two) = (Rational::ONE, Rational::from_integer(2));
    let mut samples: Vec<Sample> = Vec::new();
    let mut push = |value: Rational, stands_for: Interval| {
        samples.push(Sample { value, stands_for });
    };
    match edges.first() {
        Some(first) if low.is_none() => {
            let below = Interval {
                low: None,
                high: Some(End::open(first.clone())),
            };
            push(reach.floor(&(first - &one)), below);
        }
        Some(_) => {}
        None => {
            let any = reach.grid.as_ref().map(|grid| grid.base.clone());
            push(any.unwrap_or(Rational::ZERO), Interval::ALL);
        }
    }
    for (place, edge) in edges.iter().enumerate() {
        push(edge.clone(), Interval::exactly(edge.clone()));
        let next = edges.get(place.saturating_add(1));
        let between = Interval {
            low: Some(End::open(edge.clone())),
            high: next.cloned().map(End::open),
        };
        match (next, &reach.grid) {
            // The first value after the edge, if it comes before the next one.
            (Some(_), Some(grid)) => {
                let value = reach.floor(edge) + &grid.step;
                if between.contains(&value) {
                    push(value, between);
                }
            }
            (Some(next), None) => {
                if let Ok(middle) = (edge + next).checked_div(&two) {
                    push(middle, between);
                }
            }
            (None, _) if high.is_none() => push(reach.ceil(&(edge + &one)), between),
            (None, _) => {}
        }
    }
    samples.retain(|sample| reach.takes(&sample.value));
    samples
}

#[cfg(test)]
mod tests {
    /// What is told of lines over `x`, in the order of the text: the code, and what stands there.
    fn told(input: &str, lines: &str) -> Vec<(&'static str, String)> {
        let text =
            format!("scheme s {{\n{input}\ntable t by x {{\n{lines}\n}}\nresult r = t of x\n}}");
        let found = crate::check(&text).diagnostics;
        let shown = |found: &crate::diagnostic::Diagnostic| {
            let at = found.span.of(&text).lines().next().unwrap_or("");
            (found.code.name, at.to_owned())
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn a_gap_hides_neither_overlaps_nor_dead_lines() {
        // 0 to 9 has no line; 80 fits two; 95 and more is taken by 90 and more; nothing is above 100.
        let found = told(
            "input x : points 0..100",
            "from 90 => 1\nfrom 95 => 2\nfrom 60 up to 80 => 3\nfrom 80 below 90 => 4\n\
             from 10 below 60 => 5\nabove 100 => 6",
        );
        let wanted = [
            ("lines-incomplete", "table t by x"),
            ("line-never-holds", "from 95 => 2"),
            ("lines-overlap", "from 80 below 90 => 4"),
            ("line-never-holds", "above 100 => 6"),
        ];
        let wanted: Vec<(&str, String)> = wanted
            .into_iter()
            .map(|(code, at)| (code, at.to_owned()))
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn an_end_that_is_left_out_stays_so_in_what_is_computed_of_it() {
        let nothing: Vec<(&str, String)> = Vec::new();
        let lines = "above 1 up to 5 => 1\nabove 5 up to 21 => 2";
        let computed = "input a : number above 0 up to 10\nlet x = a * 2 + 1";
        assert_eq!(told(computed, lines), nothing);
        let closed = "input a : number 0..10\nlet x = a * 2 + 1";
        assert_eq!(
            told(closed, lines),
            [("lines-incomplete", "table t by x".to_owned())]
        );
    }

    #[test]
    fn steps_are_those_of_what_is_computed() {
        // Half of an odd figure: 0.5, 1.5, … 4.5, and nothing between 3.5 and 4.5.
        let halves = "input n : count up to 4\nlet x = n + 0.5";
        let nothing: Vec<(&str, String)> = Vec::new();
        assert_eq!(told(halves, "from 4 => 1\nbelow 4 => 2"), nothing);
        assert_eq!(told(halves, "from 4.5 => 1\nup to 3.5 => 2"), nothing);
        assert_eq!(
            told(halves, "from 4.5 => 1\nup to 3 => 2"),
            [("lines-incomplete", "table t by x".to_owned())]
        );
    }

    #[test]
    fn what_nobody_has_needs_no_line() {
        // a (10 - a) is at most 25, at a = 5.
        let curve = "input a : number 0..10\nlet x = a * (10 - a)";
        let nothing: Vec<(&str, String)> = Vec::new();
        assert_eq!(told(curve, "from 9 => 1\nbelow 9 => 2"), nothing);
        assert_eq!(told(curve, "from 9 up to 30 => 1\nbelow 9 => 2"), nothing);
        assert_eq!(
            told(curve, "from 9 up to 20 => 1\nbelow 9 => 2"),
            [("lines-incomplete", "table t by x".to_owned())]
        );
        // Who has nothing gets no result, and nobody else has less than 1.
        let stopped = "input x : count\nno result none \"无\" when x = 0 cite \"一\"";
        assert_eq!(told(stopped, "from 5 => 1\nfrom 1 below 5 => 2"), nothing);
    }

    #[test]
    fn what_is_computed_in_rows_is_known_for_all_of_them() {
        let told = |lines: &str| {
            let text = format!(
                "scheme s {{\ninput rows : list of {{\nmark : number above 0 up to 10\n}}\n\
                 each r in rows {{\nlet twice = mark * 2\nlet y = twice + 1\n\
                 let z by y {{\n{lines}\n}}\n}}\nresult m = sum of rows.z\n}}"
            );
            let found = crate::check(&text).diagnostics;
            let shown = |found: &crate::diagnostic::Diagnostic| {
                format!("{}: {}", found.code.name, found.message.en)
            };
            found.iter().map(shown).collect::<Vec<_>>()
        };
        assert_eq!(told("from 11 => 1\nabove 1 => 2"), Vec::<String>::new());
        assert_eq!(
            told("from 11 => 1\nabove 2 => 2"),
            ["lines-incomplete: no line holds for 1.5, which can occur"]
        );
        assert_eq!(
            told("above 21 => 1\nabove 1 => 2"),
            ["line-never-holds: this line never holds: the figure is above 1 and at most 21"]
        );
    }

    #[test]
    fn what_is_computed_for_each_option_is_known_for_all_of_them() {
        // 1, 3 and 8, each with what is given.
        let told = |lines: &str| {
            let text = format!(
                "scheme s {{\nchoice kind {{ a, b, c }}\ninput base : number 0..1 per kind\n\
                 table more by kind {{ a => 1; b => 3; c => 8 }}\n\
                 each k in kind {{\nlet y = base[k] + more of k\nlet z by y {{\n{lines}\n}}\n}}\n\
                 result m = sum of kind.z\n}}"
            );
            let found = crate::check(&text).diagnostics;
            let shown = |found: &crate::diagnostic::Diagnostic| {
                format!("{}: {}", found.code.name, found.message.en)
            };
            found.iter().map(shown).collect::<Vec<_>>()
        };
        assert_eq!(told("from 8 => 1\nfrom 1 => 2"), Vec::<String>::new());
        assert_eq!(
            told("above 9 => 1\nfrom 1 => 2"),
            ["line-never-holds: this line never holds: the figure lies between 1 and 9"]
        );
    }
}
