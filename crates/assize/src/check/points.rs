//! Points for the options of a choice that do not fall from the best option to the worst.
//!
//! Where an answer is scored, the points must fall. Any other table (a fine for each level) may rise
//! or fall, and is told only where it does neither. Options that share a line are meant to be equal.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprKind, FigureKind, LineKind, Lines, Model, Row, Scale, ScaleId, Test, Type};
use crate::number::Rational;
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&POINTS_OUT_OF_ORDER, &POINTS_EQUAL];

static POINTS_OUT_OF_ORDER: Code = Code {
    name: "points-out-of-order",
    severity: Severity::Warning,
    page_en: "The options stand best first, and a worse one gets more than a better one. Whoever is \
              rated lower would score higher. Two figures were probably exchanged, or the options do \
              not stand from the best to the worst. Correct the points, or the order of the options; \
              where they have no order, leave `best first` out.",
    page_zh: "选项写明“由优到劣”，较差的一档得分却比较好的一档高，评价越低得分反而越高。\
              多半是两个数写颠倒了，或选项没有按由优到劣排列。请改正分值或选项的次序；选项本来不分优劣的，请去掉“由优到劣”。",
    wrong: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 很满意, 满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 5 cite "二" {
        score by answer {
            很满意 => 4
            满意   => 5
            一般   => 3
            不满意 => 1
        }
    }
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 很满意, 满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 5 cite "二" {
        score by answer {
            很满意 => 5
            满意   => 4
            一般   => 3
            不满意 => 1
        }
    }
}
"#,
};

static POINTS_EQUAL: Code = Code {
    name: "points-equal",
    severity: Severity::Note,
    page_en: "Two options of an ordered choice get the same points in lines of their own, so the \
              better answer earns nothing more. It may be meant; often a scale of five was copied \
              onto another with other words. Correct one of the figures, or say that they are meant \
              to be equal by writing them on one line: `满意, 较满意 => 4`.",
    page_zh: "有优劣次序的两档各写一行，得分却相同，评得更好也不多得分。可能本意如此；\
              也常是把一套五级分值照抄到另一套用词不同的选项上了。请改正其中一个数；确实同分的，请合写一行：“满意、较满意 为 4”。",
    wrong: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 较满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 5 cite "二" {
        score by answer {
            满意   => 5
            较满意 => 5
            一般   => 3
            不满意 => 1
        }
    }
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 较满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 5 cite "二" {
        score by answer {
            满意, 较满意 => 5
            一般         => 3
            不满意       => 1
        }
    }
}
"#,
};

/// The points of one option, and the line that gives them.
struct Points {
    option: u32,
    value: Rational,
    line: usize,
    span: Span,
}

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let scored: BTreeSet<usize> = model
        .exprs
        .iter()
        .filter_map(|expr| match &expr.kind {
            ExprKind::Tally { points, .. } => points.first(),
            _ => None,
        })
        .filter_map(|point| match model.expr(*point)?.kind {
            ExprKind::TableOf(table, _) => Some(table.index()),
            _ => None,
        })
        .collect();
    for (index, table) in model.tables.iter().enumerate() {
        look_at(model, &table.lines, scored.contains(&index), &mut found);
    }
    for expr in &model.exprs {
        if let ExprKind::Case(_, lines) = &expr.kind {
            look_at(model, lines, false, &mut found);
        }
    }
    for figure in &model.figures {
        let lines = match &figure.kind {
            FigureKind::Item(item) => &item.lines,
            FigureKind::Group(group) | FigureKind::Total(group) => &group.body.lines,
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Grade(_)
            | FigureKind::Consequence(_)
            | FigureKind::Require(_)
            | FigureKind::Each(_) => continue,
        };
        for line in lines {
            if let LineKind::ScoreBy { by, lines, .. } = &line.kind {
                // The levels of a grade may stand in either order.
                let of_figure = model
                    .expr(*by)
                    .is_some_and(|by| matches!(by.kind, ExprKind::Figure(_)));
                look_at(model, lines, !of_figure, &mut found);
            }
        }
    }
    found
}

fn look_at(model: &Model, lines: &Lines, scored: bool, found: &mut Vec<Diagnostic>) {
    let Lines::Rows { rows, .. } = lines else {
        return;
    };
    let Some((scale, points)) = points(model, rows) else {
        return;
    };
    let worse_gets_more = |pair: &[Points]| matches!(pair, [a, b] if b.value > a.value);
    let worse_gets_less = |pair: &[Points]| matches!(pair, [a, b] if b.value < a.value);
    let rises = points.windows(2).find(|pair| worse_gets_more(pair));
    let falls = points.windows(2).any(worse_gets_less);
    let name = |option: u32| {
        let option = scale.options.get(option as usize);
        option.map_or("", |option| option.shown())
    };
    if let Some([better, worse]) = rises
        && (scored || falls)
    {
        let (more, less) = (&worse.value, &better.value);
        let (worse_name, better_name) = (name(worse.option), name(better.option));
        found.push(
            Diagnostic::new(
                &POINTS_OUT_OF_ORDER,
                worse.span,
                words!(
                    "{worse_name} stands below {better_name} in the choice, and gets more: {more} against {less}",
                    "“{worse_name}”排在“{better_name}”之后，得到的却更多：{more} 比 {less}"
                ),
            )
            .with_label(
                better.span,
                words!("the option before it", "排在前面的一档"),
            ),
        );
    }
    let equal = points
        .windows(2)
        .find(|pair| matches!(pair, [a, b] if a.value == b.value && a.line != b.line));
    if let Some([better, worse]) = equal
        && scored
    {
        let (value, worse_name, better_name) =
            (&worse.value, name(worse.option), name(better.option));
        found.push(
            Diagnostic::new(
                &POINTS_EQUAL,
                worse.span,
                words!(
                    "{worse_name} gets as much as {better_name}, which is better: {value}",
                    "“{worse_name}”与排在前面的“{better_name}”得分相同，都是 {value}"
                ),
            )
            .with_label(better.span, words!("the better option", "较好的一档")),
        );
    }
}

/// The figures that lines give to the options of an ordered choice, from the best to the worst; none
/// where a line has no figure of its own.
fn points<'a>(model: &'a Model, rows: &[Row]) -> Option<(&'a Scale, Vec<Points>)> {
    let mut of: Option<ScaleId> = None;
    let mut points: BTreeMap<u32, Points> = BTreeMap::new();
    for (line, row) in rows.iter().enumerate() {
        let Test::Is(tests) = &row.test else {
            if matches!(row.test, Test::Missing | Test::Otherwise) {
                continue;
            }
            return None;
        };
        for test in tests {
            let test = model.expr(*test)?;
            let (ExprKind::Option(option), Type::Option(scale)) = (&test.kind, &test.of) else {
                return None;
            };
            if of.is_some_and(|of| of != *scale) {
                return None;
            }
            of = Some(*scale);
            // Of an option that is written twice the first line counts.
            points.entry(*option).or_insert(Points {
                option: *option,
                value: model.constant(row.outcome)?,
                line,
                span: row.origin.span,
            });
        }
    }
    let scale = model.scale(of?).filter(|scale| scale.ordered)?;
    Some((scale, points.into_values().collect()))
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> Vec<String> {
        let text = format!(
            "scheme s {{\nchoice view best first {{ a, b, c }}\nchoice kind {{ x, y, z }}\n\
             input v : view\ninput k : kind\ninput n : count per view = 0\n{lines}\n}}"
        );
        let found = crate::check(&text).diagnostics;
        let errors: Vec<_> = found
            .iter()
            .filter(|found| found.severity() == crate::diagnostic::Severity::Error)
            .map(|found| (found.code.name, &found.message.en))
            .collect();
        assert!(errors.is_empty(), "{text}: {errors:?}");
        let own = found
            .iter()
            .filter(|found| found.code.name.starts_with("points-"));
        own.map(|found| format!("{}: {}", found.code.name, found.message.en))
            .collect()
    }

    #[test]
    fn a_fine_for_each_option_may_rise() {
        for points in ["1, 2, 3", "3, 2, 1", "1, 1, 0", "0, 0, 5", "4, 4, 4"] {
            let points: Vec<&str> = points.split(", ").collect();
            let lines = format!(
                "table t by v {{ a => {}; b => {}; c => {} }}\nresult r = t of v",
                points[0], points[1], points[2]
            );
            assert_eq!(told(&lines), Vec::<String>::new(), "{lines}");
        }
        assert_eq!(
            told("table t by v { a => 1; b => 3; c => 2 }\nresult r = t of v"),
            ["points-out-of-order: b stands below a in the choice, and gets more: 3 against 1"]
        );
    }

    #[test]
    fn points_of_answers_must_fall() {
        assert_eq!(
            told("table t by v { a => 1; b => 2; c => 3 }\nresult r = sum of (n scored by t)"),
            ["points-out-of-order: b stands below a in the choice, and gets more: 2 against 1"]
        );
        assert_eq!(
            told("table t by v { a => 2; b => 2; c => 1 }\nresult r = sum of (n scored by t)"),
            ["points-equal: b gets as much as a, which is better: 2"]
        );
        assert_eq!(
            told("item i out of 5 { score by v { c => 5; b => 3; a => 1 } }"),
            ["points-out-of-order: b stands below a in the choice, and gets more: 3 against 1"]
        );
    }

    #[test]
    fn choices_without_an_order_have_none() {
        assert_eq!(
            told("item i out of 5 { score by k { x => 1; y => 5; z => 3 } }"),
            Vec::<String>::new()
        );
        assert_eq!(
            told("item i out of 5 { score by v { a, b => 5; c => 3 } }"),
            Vec::<String>::new()
        );
    }
}
