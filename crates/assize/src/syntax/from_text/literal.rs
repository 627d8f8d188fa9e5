//! Names, figures, quotations, dates and citations.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::{Date, Name, Naming, Path, Quantity, Quoted, Time, Unit};
use super::head::Head;
use super::{Node, Read, Rule, has, part, parts};

/// A name in normal form C.
pub(super) fn name(head: &Head, node: &Node<'_>) -> Name {
    Name {
        text: node.as_str().nfc().collect(),
        span: head.span(node),
    }
}

/// The first name of a node.
pub(super) fn first_name(head: &Head, node: &Node<'_>) -> Option<Name> {
    part(node, Rule::name).map(|node| name(head, &node))
}

/// Names joined by points.
pub(super) fn path(head: &Head, node: &Node<'_>) -> Path {
    Path {
        names: parts(node, Rule::name)
            .map(|part| name(head, &part))
            .collect(),
    }
}

/// The paths of a list.
pub(super) fn paths(head: &Head, node: &Node<'_>) -> Vec<Path> {
    parts(node, Rule::path)
        .map(|part| path(head, &part))
        .collect()
}

/// Where a path stands.
pub(super) fn path_span(path: &Path) -> Span {
    match (path.names.first(), path.names.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// A string or a title with its quotes.
pub(super) fn quoted(head: &Head, node: &Node<'_>) -> Quoted {
    let written = node.as_str();
    let mut letters = written.chars();
    letters.next();
    letters.next_back();
    Quoted {
        text: letters.as_str().to_owned(),
        span: head.span(node),
        title: written.starts_with('《'),
    }
}

/// The first quotation of a node.
pub(super) fn first_quoted(head: &Head, node: &Node<'_>) -> Option<Quoted> {
    part(node, Rule::quoted).map(|node| quoted(head, &node))
}

/// A name, a key and a label.
pub(super) fn naming(head: &Head, node: &Node<'_>) -> Naming {
    let mut names = parts(node, Rule::name).map(|part| name(head, &part));
    let keyed = has(node, Rule::kw_key);
    let first = names.next();
    let second = names.next();
    let (name, key) = match (first, second) {
        (first, Some(second)) => (first, Some(second)),
        (Some(only), None) if keyed => (None, Some(only)),
        (only, None) => (only, None),
    };
    Naming {
        name,
        key,
        label: first_quoted(head, node),
    }
}

/// The naming of a statement; empty where it has none.
pub(super) fn naming_of(head: &Head, node: &Node<'_>) -> Naming {
    part(node, Rule::naming).map_or_else(Naming::default, |part| naming(head, &part))
}

/// A figure with its sign and unit, held exactly or refused.
pub(super) fn quantity(head: &Head, node: &Node<'_>) -> Read<Quantity> {
    let span = head.span(node);
    let written = part(node, Rule::number).map_or("", |number| number.as_str());
    let digits: String = written.chars().map(plain_digit).collect();
    let misformed = digits.ends_with('_')
        || digits.contains("__")
        || digits.contains("_.")
        || digits.contains("._")
        || (digits.starts_with('0') && !(digits == "0" || digits.starts_with("0.")));
    if misformed {
        let plain = digits.replace('_', "");
        let plain = plain.trim_start_matches('0');
        let plain = match plain.chars().next() {
            Some('.') | None => format!("0{plain}"),
            Some(_) => plain.to_owned(),
        };
        return Err(Box::new(
            Diagnostic::new(
                &codes::FIGURE_FORM,
                span,
                words!(
                    "`{digits}` is no figure of the language: no zero in front, and `_` only between digits",
                    "“{digits}”不是规范的数字：前面不加 0，下划线只能放在数字之间"
                ),
            )
            .with_fix(
                Span::new(span.start, span.start.saturating_add(length(written))),
                plain,
            ),
        ));
    }
    let value = Decimal::from_str_exact(&digits.replace('_', "")).map_err(|_| {
        Box::new(Diagnostic::new(
            &codes::FIGURE_NOT_EXACT,
            span,
            words!(
                "this figure has more digits than can be held exactly (28); it is refused, not rounded",
                "这个数字位数过多（最多 28 位），无法精确表示；不作舍入，予以拒绝"
            ),
        ))
    })?;
    let unit = node
        .clone()
        .into_inner()
        .find_map(|piece| unit(piece.as_rule()));
    Ok(Quantity {
        digits,
        value,
        percent: has(node, Rule::percent),
        unit,
        span,
    })
}

fn unit(rule: Rule) -> Option<Unit> {
    Some(match rule {
        Rule::kw_unit_points => Unit::Points,
        Rule::kw_unit_yuan => Unit::Yuan,
        Rule::kw_unit_times => Unit::Times,
        Rule::kw_unit_seconds => Unit::Seconds,
        Rule::kw_unit_minutes => Unit::Minutes,
        Rule::kw_unit_hours => Unit::Hours,
        Rule::kw_unit_days => Unit::Days,
        Rule::kw_unit_months => Unit::Months,
        Rule::kw_unit_years => Unit::Years,
        _ => return None,
    })
}

/// The first figure of a node.
pub(super) fn first_quantity(head: &Head, node: &Node<'_>) -> Read<Option<Quantity>> {
    part(node, Rule::quantity)
        .map(|node| quantity(head, &node))
        .transpose()
}

/// A day that the calendar has.
pub(super) fn date(head: &Head, node: &Node<'_>) -> Read<Date> {
    let span = head.span(node);
    let plain: String = node.as_str().chars().map(plain_digit).collect();
    let mut figures = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::parse::<u32>);
    let mut next = || figures.next().and_then(Result::ok);
    let day = match (next(), next(), next()) {
        (Some(year), Some(month), Some(day)) => i32::try_from(year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, month, day)),
        _ => None,
    };
    match day {
        Some(day) => Ok(Date { day, span }),
        None => Err(Box::new(Diagnostic::new(
            &codes::BAD_DATE,
            span,
            words!(
                "the calendar has no day `{plain}`",
                "日历上没有“{plain}”这一天"
            ),
        ))),
    }
}

/// A time of a day that the calendar has.
pub(super) fn time(head: &Head, node: &Node<'_>) -> Read<Time> {
    let span = head.span(node);
    let plain: String = node.as_str().chars().map(plain_digit).collect();
    let figures: Vec<u32> = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::parse::<u32>)
        .collect::<Result<_, _>>()
        .unwrap_or_default();
    let at = match figures.as_slice() {
        [year, month, day, hour, minute, rest @ ..] => i32::try_from(*year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, *month, *day))
            .and_then(|day| {
                let second = rest.first().copied().unwrap_or(0);
                day.and_hms_opt(*hour, *minute, second)
            }),
        _ => None,
    };
    match at {
        Some(at) => Ok(Time { at, span }),
        None => Err(Box::new(Diagnostic::new(
            &codes::BAD_DATE,
            span,
            words!(
                "there is no time `{plain}`: the calendar has no such day, or the day no such hour",
                "没有“{plain}”这个时刻：日历上没有这一天，或一天里没有这个钟点"
            ),
        ))),
    }
}

/// The finding for a clause that stands twice.
pub(super) fn written_twice(span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(
        &codes::WRITTEN_TWICE,
        span,
        words!(
            "this clause stands here for the second time; the statement is not used",
            "同一条语句里这一项写了两次，本条不起作用"
        ),
    ))
}

fn plain_digit(c: char) -> char {
    match c {
        '０'..='９' => u32::from(c)
            .checked_sub(u32::from('０'))
            .and_then(|digit| char::from_digit(digit, 10))
            .unwrap_or(c),
        '．' => '.',
        '－' => '-',
        other => other,
    }
}

/// Bytes of a short text.
fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
