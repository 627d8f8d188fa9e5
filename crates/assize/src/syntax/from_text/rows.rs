//! Tables, grades and their rows.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::{
    Adjustment, Between, BinaryOp, Edge, Ends, ExprId, ExprKind, GradeLines, Kind, TableBody, Test,
};
use super::block::Place;
use super::chinese::otherwise_compared;
use super::clues_habits::compared_words;
use super::expr::unknown;
use super::head::Head;
use super::literal::{first_name, first_quoted, naming_of};
use super::unread::ends_without_points;
use super::{Node, Read, Reader, Rule, has, part, parts};

impl Reader<'_> {
    /// `table …`, `grade …`, and what stands in them.
    pub(super) fn table_statement(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let unread = || unknown(head.span(node));
        Ok(match node.as_rule() {
            Rule::table => {
                let by = parts(node, Rule::expr)
                    .map(|by| self.expression(head, &by))
                    .collect::<Read<Vec<_>>>()?;
                let rows = part(node, Rule::table_rows).ok_or_else(unread)?;
                self.keys = by.len();
                let body = self.table_body(head, &rows, Place::Rows);
                self.keys = 1;
                Kind::Table {
                    naming: naming_of(head, node),
                    by,
                    body: body?,
                }
            }
            Rule::grade => {
                let by = self.first_expression(head, node)?;
                let lines = match part(node, Rule::table_rows) {
                    Some(rows) => GradeLines::Own(self.table_body(head, &rows, Place::Grade)?),
                    None => {
                        let table = first_name(head, node).ok_or_else(unread)?;
                        let block =
                            has(node, Rule::braces).then(|| self.block(head, node, Place::Grade));
                        GradeLines::Using(table, block)
                    }
                };
                Kind::Grade {
                    naming: naming_of(head, node),
                    by,
                    lines,
                }
            }
            Rule::row => Kind::Row {
                test: self.tests(head, node)?,
                outcome: self.first_expression(head, node)?,
            },
            Rule::adjust => Kind::Adjust {
                when: self.first_expression(head, node)?,
                what: self.adjustment(head, node)?,
                label: first_quoted(head, node),
            },
            _ => return Err(unread()),
        })
    }

    /// The rows of a table and how they are read.
    pub(super) fn table_body(
        &mut self,
        head: &Head,
        node: &Node<'_>,
        place: Place,
    ) -> Read<TableBody> {
        let points = has(node, Rule::kw_between_points);
        let ends = part(node, Rule::kw_hold_the_ends).or_else(|| part(node, Rule::kw_continue));
        if let Some(ends) = ends.filter(|_| !points) {
            return Err(ends_without_points(head.span(&ends)));
        }
        let rows = self.block(head, node, place);
        if points {
            let ends = if has(node, Rule::kw_hold_the_ends) {
                Some(Ends::Hold)
            } else if has(node, Rule::kw_continue) {
                Some(Ends::Continue)
            } else {
                None
            };
            return Ok(TableBody::Points { rows, ends });
        }
        let between = if has(node, Rule::kw_from_lower_end) {
            Some(Between::FromLowerEnd)
        } else if has(node, Rule::kw_rounded_first) {
            Some(Between::RoundedFirst)
        } else {
            None
        };
        Ok(TableBody::Rows { rows, between })
    }

    /// The condition of a row: alternatives with commas between them, or one condition for each
    /// key of a table that has several.
    fn tests(&mut self, head: &Head, node: &Node<'_>) -> Read<Test> {
        let mut tests = Vec::new();
        let mut options = true;
        for test in parts(node, Rule::test) {
            let test = self.test(head, &test)?;
            options &= matches!(test, Test::Is(_));
            tests.push(test);
        }
        let keys = self.keys;
        let whole = parts(node, Rule::test)
            .map(|test| head.span(&test))
            .reduce(Span::to)
            .unwrap_or_default();
        if keys > 1 {
            return match tests.as_slice() {
                [Test::Otherwise | Test::Missing] => tests.pop(),
                several if several.len() == keys => Some(Test::Several(
                    tests
                        .into_iter()
                        .map(|test| self.alternatives(test))
                        .collect(),
                )),
                _ => None,
            }
            .ok_or_else(|| Box::new(one_test_for_each_key(whole, keys)));
        }
        if tests.len() == 1 {
            return tests.pop().ok_or_else(|| unknown(whole));
        }
        if !options {
            return match tests.as_slice() {
                [first, second] => stretch(first, second),
                _ => None,
            }
            .ok_or_else(|| Box::new(bounds_with_comma(whole)));
        }
        let values = tests.into_iter().flat_map(|test| match test {
            Test::Is(values) => values,
            _ => Vec::new(),
        });
        Ok(Test::Is(values.collect()))
    }

    /// `A or B` as two options for one key.
    fn alternatives(&self, test: Test) -> Test {
        let Test::Is(values) = test else { return test };
        let mut found = Vec::new();
        let mut open: Vec<_> = values.into_iter().rev().collect();
        while let Some(id) = open.pop() {
            match self.exprs.get(id.0 as usize).map(|expr| &expr.kind) {
                Some(ExprKind::Binary(BinaryOp::Or, left, right)) => open.extend([*right, *left]),
                _ => found.push(id),
            }
        }
        Test::Is(found)
    }

    fn test(&mut self, head: &Head, node: &Node<'_>) -> Read<Test> {
        let mut found: Option<Test> = None;
        for piece in node.clone().into_inner() {
            if piece.as_rule() == Rule::kw_and {
                continue;
            }
            let next = self.bound_or_value(head, &piece)?;
            found = Some(match found {
                None => next,
                Some(first) => stretch(&first, &next)
                    .ok_or_else(|| Box::new(two_bounds_of_one_side(head.span(node))))?,
            });
        }
        found.ok_or_else(|| unknown(head.span(node)))
    }

    fn bound_or_value(&mut self, head: &Head, node: &Node<'_>) -> Read<Test> {
        let at = part(node, Rule::edge).map(|edge| self.expression(head, &edge));
        Ok(match (node.as_rule(), at.transpose()?) {
            (Rule::is_missing, _) => Test::Missing,
            (Rule::is_otherwise, _) => Test::Otherwise,
            (Rule::is_from, Some(at)) => Test::From(at),
            (Rule::is_above, Some(at)) => Test::Above(at),
            (Rule::is_up_to, Some(at)) => Test::UpTo(at),
            (Rule::is_below, Some(at)) => Test::Below(at),
            (Rule::is_figure_bound, Some(at)) if has(node, Rule::kw_and_above) => Test::From(at),
            (Rule::is_figure_bound, Some(at)) => Test::UpTo(at),
            _ => {
                self.refuse_hyphen(head, node)?;
                refuse_compared(head, node)?;
                let mut values = Vec::new();
                for value in parts(node, Rule::expr) {
                    values.push(self.expression(head, &value)?);
                }
                match values.as_slice() {
                    [low, high] if has(node, Rule::dots) => Test::Within(*low, *high),
                    _ => Test::Is(values),
                }
            }
        })
    }

    /// `9-10` is a subtraction; nobody means one in a row.
    fn refuse_hyphen(&self, head: &Head, node: &Node<'_>) -> Read<()> {
        for value in parts(node, Rule::expr) {
            let pieces: Vec<Node<'_>> = value.clone().into_inner().collect();
            if let [low, sign, high] = pieces.as_slice() {
                let figures = [low, high].map(|piece| piece.as_rule()) == [Rule::quantity; 2];
                if figures && sign.as_rule() == Rule::minus {
                    let span = head.span(&value);
                    return Err(Box::new(range_with_hyphen(
                        span,
                        low.as_str(),
                        high.as_str(),
                    )));
                }
            }
        }
        Ok(())
    }

    fn adjustment(&mut self, head: &Head, node: &Node<'_>) -> Read<Adjustment> {
        if has(node, Rule::kw_one_step_lower) {
            return Ok(Adjustment::OneStepLower);
        }
        if has(node, Rule::kw_one_step_higher) {
            return Ok(Adjustment::OneStepHigher);
        }
        if let Some(bound) = part(node, Rule::no_worse_than) {
            let grade = self.first_expression(head, &bound)?;
            return Ok(Adjustment::NoWorseThan(grade));
        }
        if let Some(bound) = part(node, Rule::no_better_than) {
            let grade = self.first_expression(head, &bound)?;
            return Ok(Adjustment::NoBetterThan(grade));
        }
        let becomes = part(node, Rule::becomes).ok_or_else(|| unknown(head.span(node)))?;
        Ok(Adjustment::Becomes(self.first_expression(head, &becomes)?))
    }
}

/// Two bounds of which one is the lower and one the upper end, in either order.
fn stretch(first: &Test, second: &Test) -> Option<Test> {
    let end = |at: ExprId, included| Edge { at, included };
    let low = |test: &Test| match test {
        Test::From(at) => Some(end(*at, true)),
        Test::Above(at) => Some(end(*at, false)),
        _ => None,
    };
    let high = |test: &Test| match test {
        Test::UpTo(at) => Some(end(*at, true)),
        Test::Below(at) => Some(end(*at, false)),
        _ => None,
    };
    let pair = |one, other| Some(Test::Bounded(low(one)?, high(other)?));
    pair(first, second).or_else(|| pair(second, first))
}

fn two_bounds_of_one_side(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::TWO_BOUNDS,
        span,
        words!(
            "two bounds of one row are a lower and an upper one",
            "一行写两个界限时，应一个是下限，一个是上限"
        ),
    )
    .with_help(words!(
        "`from 70 below 90`; otherwise write a row for each",
        "例如 70分以上不满90分；否则请分行写"
    ))
}

fn one_test_for_each_key(span: Span, keys: usize) -> Diagnostic {
    Diagnostic::new(
        &codes::UNREADABLE,
        span,
        words!(
            "the table has {keys} keys: a row has one condition for each of them, with commas between",
            "这张对照表有 {keys} 个依据，每一行应依次写 {keys} 个条件，用逗号隔开"
        ),
    )
    .with_help(words!(
        "join alternatives for one key by `or`: `A or B, from 4 => 6`; the last row may be `otherwise`",
        "同一依据的几种情形用“或”连接：A 或 B，不低于4 为 6；最后一行可写“其余”"
    ))
}

fn bounds_with_comma(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::TWO_BOUNDS,
        span,
        words!(
            "only options, or a lower and an upper bound, stand with commas between them",
            "一行里只有几个选项，或一个下限加一个上限，可以用逗号并列"
        ),
    )
    .with_help(words!(
        "write a row for each; for a stretch `from 95 below 98` or `95..98`",
        "请分行写；一段区间写“95分以上不满98分”或“95..98”"
    ))
}

/// 大于等于90 is one word, and a name only in its letters: no name ends in a bound.
fn refuse_compared(head: &Head, node: &Node<'_>) -> Read<()> {
    for value in parts(node, Rule::expr) {
        let word = value.as_str().trim_end();
        let Some((written, zh, en)) = otherwise_compared(word) else {
            continue;
        };
        let figure = word.get(written.len()..).unwrap_or_default();
        if !figure.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let whole = head.span(&value);
        let length = u32::try_from(written.len()).unwrap_or(0);
        let span = Span::new(whole.start, whole.start.saturating_add(length));
        let message = compared_words(written, figure, (zh, en));
        return Err(Box::new(
            Diagnostic::new(&codes::UNREADABLE, span, message).with_fix(span, zh),
        ));
    }
    Ok(())
}

/// The finding for a hyphen between the ends of a range.
pub(super) fn range_with_hyphen(span: Span, low: &str, high: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::RANGE_WITH_HYPHEN,
        span,
        words!(
            "`{low}-{high}` is a subtraction; a range is written with two dots: `{low}..{high}`",
            "连字符是减号；区间请写 {low}..{high}"
        ),
    )
    .with_fix(span, format!("{low}..{high}"))
}
