//! Lines by several keys: combinations of values that no line holds for, lines that cross, and
//! lines that none reaches.
//!
//! Each key has values that stand for all: its options, yes and no, the edges of its figures and
//! one value between two of them. All combinations are tried; one that nobody has, as the prover
//! shows, counts for nothing. Where a key is a text, a bound is no literal, or there are too many
//! combinations, nothing is said; a value without a line is then refused when it is looked up.
//!
//! Two lines cross where each also holds for combinations that are not the other's: the order of
//! the lines alone decides what they share. An exception above what it is taken from is not told,
//! nor are lines that give the same.

use std::collections::BTreeSet;

use super::bands;
use super::occurs::{At, Occurs, Together};
use super::ranges::{Ranges, Reach, hull};
use super::rows::{LINE_NEVER_HOLDS, LINES_INCOMPLETE, LINES_OVERLAP};
use crate::diagnostic::Diagnostic;
use crate::model::{ExprId, ExprKind, Lines, Model, Row, Table, Test, Type};
use crate::number::Rational;
use crate::text::words;

/// How many tests a table may cost; each combination asks each line.
const MOST_TESTS: usize = 1_000_000;

/// Looks at the lines over the combinations of values that the keys can have.
pub(super) fn check(ranges: &Ranges<'_>, index: usize, table: &Table, found: &mut Vec<Diagnostic>) {
    let model = ranges.prover.model;
    let Lines::Rows {
        rows,
        between: None,
    } = &table.lines
    else {
        return;
    };
    let uses: Vec<&[ExprId]> = model
        .exprs
        .iter()
        .filter_map(|expr| match &expr.kind {
            ExprKind::TableOf(used, keys) if used.index() == index => Some(keys.as_slice()),
            _ => None,
        })
        .collect();
    if uses.is_empty() {
        return;
    }
    let axes: Option<Vec<Vec<At>>> = table
        .keys
        .iter()
        .enumerate()
        .map(|(key, of)| {
            let own = |keys: &&[ExprId]| keys.get(key).and_then(|key| ranges.of(*key));
            axis(model, rows, key, of, hull(uses.iter().map(own)).as_ref())
        })
        .collect();
    let Some(axes) = axes else {
        return;
    };
    let tests = axes
        .iter()
        .try_fold(rows.len(), |tests, axis| tests.checked_mul(axis.len()));
    if tests.is_none_or(|tests| tests > MOST_TESTS) {
        return;
    }
    let held: Vec<Held> = rows
        .iter()
        .map(|row| Held::by(model, &row.test, &axes))
        .collect();
    let mut occurs = Occurs::of_table(ranges.prover, index);
    let mut reached = vec![false; rows.len()];
    let mut uncovered = Uncovered::None;
    let mut apart = BTreeSet::new();
    let mut crossings: Vec<Option<Crossing>> = vec![None; rows.len()];
    let mut places = vec![0_usize; axes.len()];
    loop {
        let mut holding = held
            .iter()
            .enumerate()
            .filter(|(_, held)| held.at(&places))
            .map(|(row, _)| row);
        let first = holding.next();
        match first.and_then(|row| reached.get_mut(row)) {
            Some(reached) => *reached = true,
            None => uncovered.meets(&mut occurs, &keys_at(&axes, &places)),
        }
        for later in holding {
            let Some(first) = first.filter(|first| !apart.contains(&(*first, later))) else {
                continue;
            };
            let (Some(own), Some(other)) = (rows.get(later), rows.get(first)) else {
                continue;
            };
            let is_told = crossings.get(later).is_none_or(Option::is_some);
            if is_told
                || !crosses(&held, first, later)
                || gives_the_same(model, own.outcome, other.outcome)
            {
                apart.insert((first, later));
                continue;
            }
            let keys = keys_at(&axes, &places);
            let shared = match occurs.together(&keys) {
                // They may share something else.
                Together::Never => continue,
                Together::Found(values) => values,
                Together::Unknown => keys,
            };
            if let Some(crossing) = crossings.get_mut(later) {
                *crossing = Some((first, shown(model, &shared)));
            }
        }
        if !step(&mut places, &axes) {
            break;
        }
    }
    match &uncovered {
        Uncovered::None => {}
        Uncovered::Maybe(keys) => found.push(incomplete(&shown(model, keys), false, table)),
        Uncovered::Certain(keys) => found.push(incomplete(&shown(model, keys), true, table)),
    }
    for (index, row) in rows.iter().enumerate() {
        // A line for a key without a value is not among the combinations of values.
        let asks_for_missing =
            |tests: &[Test]| tests.iter().any(|test| matches!(test, Test::Missing));
        let is_reached = reached.get(index).is_none_or(|reached| *reached);
        let is_dead = match &row.test {
            Test::Several(tests) => !is_reached && !asks_for_missing(tests),
            _ => false,
        };
        let crossing = crossings.get(index).and_then(Option::as_ref);
        if is_dead {
            found.push(never_holds(row));
        } else if let Some((first, keys)) = crossing
            && let Some(first) = rows.get(*first)
        {
            found.push(overlap(keys, row, first));
        }
    }
}

/// The first combination without a line that can occur.
enum Uncovered {
    None,
    /// One of which it is not known.
    Maybe(Vec<At>),
    Certain(Vec<At>),
}

impl Uncovered {
    /// Takes note of a combination without a line, unless it cannot occur.
    fn meets(&mut self, occurs: &mut Occurs<'_>, keys: &[At]) {
        if matches!(self, Self::Certain(_)) {
            return;
        }
        match occurs.together(keys) {
            Together::Never => {}
            Together::Found(values) => *self = Self::Certain(values),
            Together::Unknown => {
                if matches!(self, Self::None) {
                    *self = Self::Maybe(keys.to_vec());
                }
            }
        }
    }
}

/// A combination.
fn keys_at(axes: &[Vec<At>], places: &[usize]) -> Vec<At> {
    axes.iter()
        .zip(places)
        .filter_map(|(axis, place)| axis.get(*place).cloned())
        .collect()
}

/// The earlier line and the combination, in words, that a line shares with it.
type Crossing = (usize, String);

/// For which values of each key a line holds; `otherwise` asks for none.
enum Held {
    Always,
    Where(Vec<Vec<bool>>),
}

impl Held {
    fn by(model: &Model, test: &Test, axes: &[Vec<At>]) -> Self {
        match test {
            Test::Several(tests) => Self::Where(
                tests
                    .iter()
                    .zip(axes)
                    .map(|(test, axis)| axis.iter().map(|key| one(model, test, key)).collect())
                    .collect(),
            ),
            Test::Otherwise => Self::Always,
            _ => Self::Where(vec![Vec::new(); axes.len()]),
        }
    }

    fn at(&self, places: &[usize]) -> bool {
        match self {
            Self::Always => true,
            Self::Where(keys) => keys
                .iter()
                .zip(places)
                .all(|(key, place)| key.get(*place).is_some_and(|holds| *holds)),
        }
    }
}

/// Whether an earlier line holds for something that a later line, which it meets, does not: `otherwise`
/// is met by all.
fn crosses(held: &[Held], earlier: usize, later: usize) -> bool {
    let (Some(Held::Where(earlier)), Some(Held::Where(later))) =
        (held.get(earlier), held.get(later))
    else {
        return false;
    };
    earlier
        .iter()
        .flatten()
        .zip(later.iter().flatten())
        .any(|(earlier, later)| *earlier && !later)
}

/// Whether two lines certainly give the same.
fn gives_the_same(model: &Model, a: ExprId, b: ExprId) -> bool {
    if let (Some(a), Some(b)) = (model.constant(a), model.constant(b)) {
        return a == b;
    }
    let kind = |id| model.expr(id).map(|expr| &expr.kind);
    match (kind(a), kind(b)) {
        (Some(ExprKind::Option(a)), Some(ExprKind::Option(b))) => a == b,
        (Some(ExprKind::Flag(a)), Some(ExprKind::Flag(b))) => a == b,
        (Some(ExprKind::Text(a)), Some(ExprKind::Text(b))) => a == b,
        (Some(ExprKind::Input(a)), Some(ExprKind::Input(b))) => a == b,
        (Some(ExprKind::Figure(a)), Some(ExprKind::Figure(b))) => a == b,
        (Some(ExprKind::NoValue), Some(ExprKind::NoValue)) => true,
        _ => false,
    }
}

fn incomplete(keys: &str, certain: bool, table: &Table) -> Diagnostic {
    let words = if certain {
        words!(
            "no line holds for {keys}, which can occur together",
            "可能同时出现 {keys}，但没有一行适用"
        )
    } else {
        words!(
            "no line holds for {keys}, which may occur together",
            "没有一行适用于 {keys}，而不能排除它们同时出现"
        )
    };
    Diagnostic::new(&LINES_INCOMPLETE, table.origin.span, words).with_help(words!(
        "add a line for it, or `otherwise => …`",
        "请为它补上一行，或写“其余 为 …”"
    ))
}

fn never_holds(row: &Row) -> Diagnostic {
    Diagnostic::new(
        &LINE_NEVER_HOLDS,
        row.origin.span,
        words!(
            "this line never holds: the lines above take all its values, or they cannot occur",
            "这一行永远用不到：它的取值都被上面的行占去了，或者不会出现"
        ),
    )
}

fn overlap(keys: &str, row: &Row, first: &Row) -> Diagnostic {
    Diagnostic::new(
        &LINES_OVERLAP,
        row.origin.span,
        words!(
            "{keys} together fit this line and an earlier one; the earlier one counts",
            "{keys} 同时出现时，既符合这一行，也符合前面的一行，以前面的为准"
        ),
    )
    .with_label(
        first.origin.span,
        words!("{keys} fit here too", "{keys} 也符合这里"),
    )
    .with_help(words!(
        "narrow one of the two lines to what it alone is meant for; or put an exception of its own above both",
        "请缩小其中一行的条件，使两行不再重叠；重叠部分另有规定的，请在两行之上单写一行"
    ))
}

/// The values of a key that stand for all, if they can be told.
fn axis(
    model: &Model,
    rows: &[Row],
    key: usize,
    of: &Type,
    reach: Option<&Reach>,
) -> Option<Vec<At>> {
    match of {
        Type::Option(scale) => {
            let count = u32::try_from(model.scale(*scale)?.options.len()).ok()?;
            Some(
                (0..count)
                    .map(|option| At::Option(*scale, option))
                    .collect(),
            )
        }
        Type::Flag => Some(vec![At::Flag(true), At::Flag(false)]),
        of if of.is_numeric() => {
            let mut edges = Vec::new();
            for row in rows {
                let Test::Several(tests) = &row.test else {
                    continue;
                };
                let bounds: Vec<ExprId> = match tests.get(key)? {
                    Test::From(at) | Test::Above(at) | Test::UpTo(at) | Test::Below(at) => {
                        vec![*at]
                    }
                    Test::Within(low, high) | Test::Bounded((low, _), (high, _)) => {
                        vec![*low, *high]
                    }
                    Test::Is(list) => list.clone(),
                    Test::Several(_) | Test::Otherwise | Test::Missing => Vec::new(),
                };
                for bound in bounds {
                    edges.push(model.constant(bound)?);
                }
            }
            let samples = bands::samples_at(edges.into_iter(), reach?);
            Some(samples.into_iter().map(At::Figure).collect())
        }
        _ => None,
    }
}

/// Goes on to the next combination; the last key turns fastest.
fn step(places: &mut [usize], axes: &[Vec<At>]) -> bool {
    for (place, axis) in places.iter_mut().zip(axes).rev() {
        let next = place.saturating_add(1);
        if next < axis.len() {
            *place = next;
            return true;
        }
        *place = 0;
    }
    false
}

fn one(model: &Model, test: &Test, key: &At) -> bool {
    let bound = |at: &ExprId| model.constant(*at);
    let figure = |holds: &dyn Fn(&Rational) -> bool| matches!(key, At::Figure(figure) if holds(&figure.value));
    match test {
        Test::From(at) => figure(&|key| bound(at).is_some_and(|at| *key >= at)),
        Test::Above(at) => figure(&|key| bound(at).is_some_and(|at| *key > at)),
        Test::UpTo(at) => figure(&|key| bound(at).is_some_and(|at| *key <= at)),
        Test::Below(at) => figure(&|key| bound(at).is_some_and(|at| *key < at)),
        Test::Within(low, high) => figure(&|key| {
            bound(low).is_some_and(|low| *key >= low)
                && bound(high).is_some_and(|high| *key <= high)
        }),
        Test::Bounded((low, from), (high, up_to)) => figure(&|key| {
            bound(low).is_some_and(|low| *key > low || *from && *key == low)
                && bound(high).is_some_and(|high| *key < high || *up_to && *key == high)
        }),
        Test::Is(list) => list
            .iter()
            .any(|id| match model.expr(*id).map(|expr| &expr.kind) {
                Some(ExprKind::Option(option)) => {
                    matches!(key, At::Option(_, own) if own == option)
                }
                Some(ExprKind::Flag(flag)) => *key == At::Flag(*flag),
                _ => figure(&|key| bound(id).is_some_and(|at| *key == at)),
            }),
        Test::Otherwise => true,
        Test::Several(_) | Test::Missing => false,
    }
}

fn shown(model: &Model, keys: &[At]) -> String {
    let names: Vec<String> = keys
        .iter()
        .map(|key| match key {
            At::Option(scale, option) => model
                .scale(*scale)
                .and_then(|scale| scale.options.get(*option as usize))
                .map_or_else(String::new, |option| option.shown().to_owned()),
            At::Flag(true) => "是/yes".to_owned(),
            At::Flag(false) => "否/no".to_owned(),
            At::Figure(figure) => figure.value.to_string(),
        })
        .collect();
    names.join("、")
}

#[cfg(test)]
mod tests {
    fn told(rows: &str) -> Vec<String> {
        let text = format!(
            "scheme s {{\nchoice kind {{ a, b }}\ninput x : kind\ninput n : count up to 10\n\
             input f : flag\ntable t by x, n, f {{\n{rows}\n}}\nresult r = t of (x, n, f)\n}}"
        );
        crate::check(&text)
            .diagnostics
            .iter()
            .map(|found| format!("{}: {}", found.code.name, found.message.en))
            .collect()
    }

    #[test]
    fn lines_that_cover_every_combination_need_no_otherwise() {
        for rows in [
            "a, from 5, yes => 1\nb, from 5, yes => 2\na or b, below 5, yes => 3\n\
             a or b, 0..10, no => 4",
            "a, 0..4, yes or no => 1\na, from 5, yes or no => 2\nb, up to 10, yes or no => 3",
            "a, from 5, yes => 1\notherwise => 2",
        ] {
            assert_eq!(told(rows), Vec::<String>::new(), "{rows}");
        }
    }

    #[test]
    fn a_combination_without_a_line_is_named() {
        let found = told(
            "a, from 5, yes or no => 1\na, below 5, yes or no => 2\nb, from 5, yes or no => 3",
        );
        assert_eq!(
            found,
            ["lines-incomplete: no line holds for b、0、是/yes, which can occur together"]
        );
    }

    #[test]
    fn a_line_that_no_combination_reaches_is_told() {
        for rows in [
            "a, from 5, yes or no => 1\na, from 7, yes => 2\notherwise => 3",
            "a, from 5, yes or no => 1\na, from 11, yes => 2\notherwise => 3",
        ] {
            let found = told(rows);
            assert_eq!(found.len(), 1, "{rows}: {found:?}");
            assert!(
                found
                    .iter()
                    .all(|told| told.starts_with("line-never-holds")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn lines_that_cross_and_give_something_else_are_told() {
        let rest = "otherwise => 9";
        // 5 and more with yes: the first line; the second shares a, 7 and more, yes with it.
        let found = told(&format!(
            "a, from 5, yes => 1\na or b, from 7, yes => 2\n{rest}"
        ));
        assert_eq!(
            found,
            [
                "lines-overlap: a、7、是/yes together fit this line and an earlier one; the earlier one counts"
            ]
        );
    }

    /// Two keys, of which the second is what is left of ten.
    fn told_of_rest(rest: &str, rows: &str) -> Vec<String> {
        let text = format!(
            "scheme s {{\ninput a : number 0..10\nlet b = {rest}\n\
             table t by a, b {{\n{rows}\n}}\nresult r = t of (a, b)\n}}"
        );
        let found = crate::check(&text).diagnostics;
        let shown = |found: &crate::diagnostic::Diagnostic| {
            let at = found.span.of(&text);
            format!("{} `{at}` {}", found.code.name, found.message.en)
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn keys_that_cannot_have_these_values_together_need_no_line() {
        // Not both below 5, and not both above.
        let rows = "from 5, up to 5 => 1\nbelow 5, above 5 => 2";
        assert_eq!(told_of_rest("10 - a", rows), Vec::<String>::new());
        // With a up to 10 and b = 8 - a, (4, 4) has no line; (0, 0) has none either, and nobody has it.
        let found = told_of_rest("8 - a", rows);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found
                .iter()
                .all(|told| told.contains("which can occur together")),
            "{found:?}"
        );
        let named = |found: &str| {
            let keys = found.split("for ").nth(1)?.split(',').next()?.to_owned();
            let (a, b) = keys.split_once('、')?;
            let of = |key: &str| key.parse::<crate::number::Rational>().ok();
            Some(of(a)? + &of(b)?)
        };
        assert_eq!(
            found.first().and_then(|found| named(found)),
            Some(crate::number::Rational::from_integer(8)),
            "{found:?}"
        );
    }

    #[test]
    fn lines_that_cross_where_nobody_is_are_not_told() {
        // They share what lies above 6 for both.
        let rows = "above 6, from 0 => 1\nfrom 0, above 6 => 2\notherwise => 3";
        assert_eq!(told_of_rest("10 - a", rows), Vec::<String>::new());
        let found = told_of_rest("14 - a", rows);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found.iter().all(|told| told.starts_with("lines-overlap")),
            "{found:?}"
        );
    }

    #[test]
    fn what_is_not_known_of_rows_is_not_said_to_occur() {
        let text = "scheme s {\ninput rows : list of { a, b : number 0..10 }\n\
                    table t by a, b {\nfrom 5, from 5 => 1\nbelow 5, from 5 => 2\n\
                    from 5, below 5 => 3\n}\n\
                    each r in rows { let c = t of (a, b) }\nresult m = sum of rows.c\n}";
        let found = crate::check(text).diagnostics;
        let told: Vec<&str> = found.iter().map(|found| &*found.message.en).collect();
        assert_eq!(told, ["no line holds for 0、0, which may occur together"]);
    }

    #[test]
    fn what_rules_refuse_needs_no_line() {
        let text = |refusal: &str| {
            format!(
                "scheme s {{\ninput a, b : count up to 10\n{refusal}\n\
                 table t by a, b {{\nup to 5, up to 10 => 1\nup to 10, up to 5 => 2\n}}\n\
                 result r = t of (a, b)\n}}"
            )
        };
        let told = |refusal: &str| -> Vec<String> {
            let found = crate::check(&text(refusal)).diagnostics;
            found.iter().map(|found| found.message.en.clone()).collect()
        };
        let shared = "0、0 together fit this line and an earlier one; the earlier one counts";
        let both = "no line holds for 6、6, which can occur together";
        assert_eq!(told(""), [both, shared]);
        assert_eq!(told("refuse conflict b when a > 5 and b > 5"), [shared]);
    }

    #[test]
    fn exceptions_and_lines_that_give_the_same_are_not_told() {
        for rows in [
            // The first is an exception to the second.
            "a, from 7, yes => 1\na or b, from 5, yes => 2",
            "a, from 5, yes => 1\na or b, from 7, yes => 1",
            // They share a, 7, yes alone, and a line above takes it.
            "a, 7, yes => 3\na, up to 7, yes => 1\na or b, from 7, yes => 2",
            // Nothing in common.
            "a, from 5, yes => 1\nb, from 7, yes => 2",
        ] {
            let found = told(&format!("{rows}\notherwise => 9"));
            assert_eq!(found, Vec::<String>::new(), "{rows}");
        }
    }
}
