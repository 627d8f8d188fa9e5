//! Lines by several keys: combinations of values that no line holds for, lines that cross, and
//! lines that none reaches.
//!
//! Each key has values that stand for all: its options, yes and no, the edges of its figures and
//! one value between two of them. All combinations are tried. Where a key is a text, a bound is no
//! literal, or there are too many combinations, nothing is said; a value without a line is then
//! refused when it is looked up.
//!
//! Two lines cross where each also holds for combinations that are not the other's: the order of
//! the lines alone decides what they share. An exception above what it is taken from is not told,
//! nor are lines that give the same.

use std::collections::BTreeSet;

use super::bands;
use super::ranges::Reach;
use super::rows::{LINE_NEVER_HOLDS, LINES_INCOMPLETE, LINES_OVERLAP};
use crate::diagnostic::Diagnostic;
use crate::model::{ExprId, ExprKind, Lines, Model, Row, ScaleId, Table, Test, Type};
use crate::number::Rational;
use crate::text::words;

/// How many tests a table may cost; each combination asks each line.
const MOST_TESTS: usize = 1_000_000;

/// A value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum At {
    Option(ScaleId, u32),
    Flag(bool),
    Figure(Rational),
}

/// Looks at the lines over the combinations of values that the keys can have.
pub(super) fn check(model: &Model, table: &Table, reaches: &[Reach], found: &mut Vec<Diagnostic>) {
    let Lines::Rows {
        rows,
        between: None,
    } = &table.lines
    else {
        return;
    };
    let axes: Option<Vec<Vec<At>>> = table
        .keys
        .iter()
        .zip(reaches)
        .enumerate()
        .map(|(key, (of, reach))| axis(model, rows, key, of, reach))
        .collect();
    let Some(axes) = axes.filter(|axes| axes.len() == table.keys.len()) else {
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
    let mut reached = vec![false; rows.len()];
    let mut uncovered = None;
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
            None if uncovered.is_none() => uncovered = Some(shown(model, &axes, &places)),
            None => {}
        }
        for later in holding {
            let Some(first) = first.filter(|first| apart.insert((*first, later))) else {
                continue;
            };
            if let (Some(own), Some(other)) = (rows.get(later), rows.get(first))
                && let Some(crossing @ None) = crossings.get_mut(later)
                && crosses(&held, first, later)
                && !gives_the_same(model, own.outcome, other.outcome)
            {
                *crossing = Some((first, shown(model, &axes, &places)));
            }
        }
        if !step(&mut places, &axes) {
            break;
        }
    }
    if let Some(keys) = &uncovered {
        found.push(incomplete(keys, table));
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

fn incomplete(keys: &str, table: &Table) -> Diagnostic {
    Diagnostic::new(
        &LINES_INCOMPLETE,
        table.origin.span,
        words!(
            "no line holds for {keys}, which can occur together",
            "可能同时出现 {keys}，但没有一行适用"
        ),
    )
    .with_help(words!(
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
fn axis(model: &Model, rows: &[Row], key: usize, of: &Type, reach: &Reach) -> Option<Vec<At>> {
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
            let samples = bands::samples_at(edges.into_iter(), reach);
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
    let figure =
        |holds: &dyn Fn(&Rational) -> bool| matches!(key, At::Figure(figure) if holds(figure));
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

fn shown(model: &Model, axes: &[Vec<At>], places: &[usize]) -> String {
    let names: Vec<String> = axes
        .iter()
        .zip(places)
        .filter_map(|(axis, place)| axis.get(*place))
        .map(|key| match key {
            At::Option(scale, option) => model
                .scale(*scale)
                .and_then(|scale| scale.options.get(*option as usize))
                .map_or_else(String::new, |option| option.shown().to_owned()),
            At::Flag(true) => "是/yes".to_owned(),
            At::Flag(false) => "否/no".to_owned(),
            At::Figure(figure) => figure.to_string(),
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
