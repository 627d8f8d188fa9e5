//! Straight lines between points that end before the values do.

use super::ranges::Reach;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::ExprId;
use crate::number::Rational;
use crate::prove::interval::End;
use crate::syntax::Ends;
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&POINTS_END_EARLY];

static POINTS_END_EARLY: Code = Code {
    name: "points-end-early",
    severity: Severity::Note,
    page_en: "A table joins points by straight lines, a value outside the first and the last point can \
              occur, and nothing says what holds there: the subject is refused. A regulation that \
              gives `80 points cost 100 yuan, 70 points 200` is silent below 70. Write `hold the \
              ends` or `continue` behind the points, or add a point; if such a value shall be \
              refused, nothing needs to change.",
    page_zh: "对照表在各点之间按直线插值，而可能出现首末两点之外的数，又没有写明怎样取值，遇到时该对象会被拒绝。\
              条文写“80分扣100元，70分扣200元”，对 70 分以下却没有规定。\
              请在各点后面写“两端取平”或“两端延伸”，或补上一个点；遇到时确应拒绝的，不必改动。",
    wrong: r#"
scheme station "优质服务考核" {
    input score "总分" : points 0..100
    table fine by score between points {
        70  => 200 yuan
        80  => 100 yuan
        100 => 0 yuan
    } cite "四"
    result fine "扣罚" = fine of score
}
"#,
    right: r#"
scheme station "优质服务考核" {
    input score "总分" : points 0..100
    table fine by score between points {
        70  => 200 yuan
        80  => 100 yuan
        100 => 0 yuan
    } hold the ends cite "四"
    result fine "扣罚" = fine of score
}
"#,
};

/// Compares the points with where the values that are looked up can lie, as far as that is known.
pub(super) fn check(
    points: &[(Rational, ExprId, Span)],
    ends: Option<Ends>,
    reach: &Reach,
    head: Span,
) -> Option<Diagnostic> {
    let ([(first, _, low), ..], [.., (last, _, high)]) = (points, points) else {
        return None;
    };
    if ends.is_some() {
        return None;
    }
    let outside = |end: Option<&End>, point: &Rational| {
        let end = end?;
        if end.included {
            return Some(end.at.clone());
        }
        (&end.at + point)
            .checked_div(&Rational::from_integer(2))
            .ok()
    };
    let interval = &reach.interval;
    let below = outside(interval.low.as_ref(), first).filter(|value| value < first);
    let above = outside(interval.high.as_ref(), last).filter(|value| value > last);
    let (value, point) = match (below, above) {
        (Some(value), _) => (value, low),
        (None, Some(value)) => (value, high),
        (None, None) => return None,
    };
    Some(
        Diagnostic::new(
            &POINTS_END_EARLY,
            head,
            words!(
                "{value} can occur, which no line between the points reaches: the subject is refused",
                "可能出现 {value}，在各点之外，该对象会被拒绝"
            ),
        )
        .with_label(*point, words!("the points end here", "各点到此为止"))
        .with_help(words!(
            "write `hold the ends` or `continue` behind the points, or add a point",
            "请在各点后面写“两端取平”或“两端延伸”，或补上一个点"
        )),
    )
}

#[cfg(test)]
mod tests {
    fn told(range: &str, ends: &str) -> Vec<String> {
        let text = format!(
            "scheme s {{\ninput x : number {range}\n\
             table t by x between points {{ 10 => 0; 20 => 5 }} {ends}\nresult r = t of x\n}}"
        );
        let found = crate::check(&text).diagnostics;
        found.iter().map(|found| found.message.en.clone()).collect()
    }

    #[test]
    fn only_what_is_known_to_lie_outside_is_told() {
        let at = |value: &str| {
            vec![format!(
                "{value} can occur, which no line between the points reaches: the subject is refused"
            )]
        };
        assert_eq!(told("5..20", ""), at("5"));
        assert_eq!(told("5..30", ""), at("5"));
        assert_eq!(told("10..21", ""), at("21"));
        assert_eq!(told("above 5 up to 20", ""), at("7.5"));
        assert_eq!(told("above 10 below 20", ""), Vec::<String>::new());
        assert_eq!(told("10..", ""), Vec::<String>::new());
        assert_eq!(told("10..20", ""), Vec::<String>::new());
        assert_eq!(told("0..100", "hold the ends"), Vec::<String>::new());
    }
}
