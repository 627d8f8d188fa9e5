//! Tables and grades whose lines leave a value out, meet twice, or can never hold.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    ExprId, ExprKind, FigureKind, LineKind, Lines, Model, Row, ScaleId, Test, Type,
};
use crate::number::{Mode, Rational, Step};
use crate::plan::{NodeId, Plan, What};
use crate::syntax::Between;
use crate::text::{Span, words};
use crate::value::bounds::Bounds;

pub(super) static CODES: &[&Code] = &[&LINES_INCOMPLETE, &LINES_OVERLAP, &LINE_NEVER_HOLDS];

pub(super) static LINES_INCOMPLETE: Code = Code {
    name: "lines-incomplete",
    severity: Severity::Error,
    page_en: "A value can occur for which no line of the table or grade holds; the finding \
              prints one. The people who have it would get no score, or no grade. Often \
              a range has a gap, as between `9..10` and `7..8`, where an average of \
              8.5 falls: write `read from the lower end` or `rounded first`. Or an option \
              was forgotten: add its line. `otherwise => …` takes all that is left, \
              but read what falls there first.",
    page_zh: "可能出现某个值，而对照表或等级里没有一行适用，提示中举出了一个。得到这个值的人就没有得分或等级。\
              常见的是区间之间有空档，如“9..10”与“7..8”之间，平均 8.5 就落空了，\
              请写“按下限归档”或“先四舍五入”；或者漏写了一个选项，请补上一行。“其余 \
              为 …”可以兜底，但请先看清落到那里的是哪些情况。",
    wrong: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 20 cite "二" {
        score by answer {
            满意   => 20
            不满意 => 0
        }
    }
}
"#,
    right: r#"
scheme survey "满意度调查" {
    choice satisfaction "满意度" best first { 满意, 一般, 不满意 }
    input answer "客户评价" : satisfaction
    item survey "调查" out of 20 cite "二" {
        score by answer {
            满意   => 20
            一般   => 10
            不满意 => 0
        }
    }
}
"#,
};

pub(super) static LINES_OVERLAP: Code = Code {
    name: "lines-overlap",
    severity: Severity::Warning,
    page_en: "A value fits two lines, usually the edge between two bands. The line that \
              stands first counts, so one of the two grades is given by the order of \
              the lines and not by the regulation. Check which is meant: 以上 (`from`) \
              includes its figure, 高于 (`above`) does not; 以下 (`up to`) includes \
              it, 不满 (`below`) does not. Then correct the edge of one line.",
    page_zh: "有个值同时符合两行，多半是两档交界的那个数。这时以写在前面的为准，也就是由行的先后、\
              而不是由条文决定了结果。请核对本意：“以上”“不低于”含本数，“高于”不含；\
              “以下”“不高于”含本数，“不满”“低于”不含。然后改正其中一行的界限。",
    wrong: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "等级" by score cite "六" {
        from 90  => 优秀
        up to 90 => 合格
    }
}
"#,
    right: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "等级" by score cite "六" {
        from 90  => 优秀
        below 90 => 合格
    }
}
"#,
};

pub(super) static LINE_NEVER_HOLDS: Code = Code {
    name: "line-never-holds",
    severity: Severity::Error,
    page_en: "A line can never apply: the lines above it, or the range of the figure, \
              leave it no value. Nobody could ever get what it gives. Lines are tried \
              from the top, so `from 95` stands above `from 90`; with the order turned \
              round everybody with 95 gets the grade for 90. Or the same option has \
              two lines, and one of them was to be another option.",
    page_zh: "有一行永远用不到：前面各行或取值范围没有给它留下任何值，写在那里的结果谁也得不到。\
              各行自上而下取第一个成立的，所以“不低于95”要写在“不低于90”上面，次序颠倒时，\
              95 分的人也只能得到 90 分的等级。也可能是同一个选项写了两行，其中一行本应是另一个选项。",
    wrong: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "等级" by score cite "六" {
        from 90   => 合格
        from 95   => 优秀
        otherwise => 不合格
    }
}
"#,
    right: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "等级" by score cite "六" {
        from 95   => 优秀
        from 90   => 合格
        otherwise => 不合格
    }
}
"#,
};

pub(super) fn check(model: &Model, plan: &Plan, bounds: &[Bounds]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let at = |node: NodeId| bounds.get(node.index()).cloned().unwrap_or_default();
    for planned in &plan.figures {
        let Some(figure) = model.figure(planned.figure) else {
            continue;
        };
        // Rows looked up by a figure or by its body's first line have their key in the plan.
        let key = planned.steps.iter().find_map(|step| match &step.what {
            What::Lookup { key, .. } => Some(*key),
            _ => None,
        });
        let Some(key) = key else {
            continue;
        };
        match &figure.kind {
            FigureKind::Grade(grade) => {
                let of = model.expr(grade.by).map_or(&Type::Unknown, |expr| &expr.of);
                lines(
                    model,
                    &grade.lines,
                    of,
                    &at(key),
                    figure.origin.span,
                    &mut found,
                );
            }
            FigureKind::Item(item) => {
                for line in &item.lines {
                    if let LineKind::ScoreBy { by, lines: own, .. } = &line.kind {
                        let of = model.expr(*by).map_or(&Type::Unknown, |expr| &expr.of);
                        lines(model, own, of, &at(key), line.origin.span, &mut found);
                    }
                }
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Group(_)
            | FigureKind::Total(_)
            | FigureKind::Consequence(_) => {}
        }
    }
    for (index, table) in model.tables.iter().enumerate() {
        // The key of a named table is what any of its uses hands over.
        let mut hull: Option<Bounds> = None;
        let mut of = table.key.clone();
        for expr in &model.exprs {
            let ExprKind::TableOf(used, key) = &expr.kind else {
                continue;
            };
            if used.index() != index {
                continue;
            }
            if of == Type::Unknown {
                of = model
                    .expr(*key)
                    .map_or(Type::Unknown, |expr| expr.of.clone());
            }
            let own = key_bounds(model, plan, bounds, *key);
            hull = Some(match hull {
                Some(earlier) => widest(&earlier, &own),
                None => own,
            });
        }
        if let Some(hull) = hull {
            lines(
                model,
                &table.lines,
                &of,
                &hull,
                table.origin.span,
                &mut found,
            );
        } else if let Some(by) = table.by {
            let own = key_bounds(model, plan, bounds, by);
            lines(
                model,
                &table.lines,
                &of,
                &own,
                table.origin.span,
                &mut found,
            );
        }
    }
    found.dedup();
    found
}

fn key_bounds(model: &Model, plan: &Plan, bounds: &[Bounds], key: ExprId) -> Bounds {
    let node = match model.expr(key).map(|expr| &expr.kind) {
        Some(ExprKind::Input(id)) => plan.inputs.get(id.index()).copied(),
        Some(ExprKind::Figure(id)) => plan
            .figures
            .iter()
            .find(|planned| planned.figure == *id)
            .map(|planned| planned.value),
        _ => None,
    };
    node.and_then(|node| bounds.get(node.index()))
        .cloned()
        .unwrap_or_default()
}

fn widest(a: &Bounds, b: &Bounds) -> Bounds {
    Bounds {
        low: a.low.clone().zip(b.low.clone()).map(|(a, b)| a.min(b)),
        high: a.high.clone().zip(b.high.clone()).map(|(a, b)| a.max(b)),
        grid: if a.grid == b.grid {
            a.grid.clone()
        } else {
            None
        },
    }
}

fn lines(
    model: &Model,
    lines: &Lines,
    key: &Type,
    bounds: &Bounds,
    head: Span,
    found: &mut Vec<Diagnostic>,
) {
    let Lines::Rows { rows, between } = lines else {
        return;
    };
    match key {
        Type::Option(scale) => options(model, rows, *scale, head, found),
        Type::Map(scale, _) => options(model, rows, *scale, head, found),
        Type::Either(either) => {
            let inputs = model
                .eithers
                .get(either.index())
                .map(|either| &either.inputs);
            let scale = inputs.into_iter().flatten().find_map(|id| {
                match model.input(*id).map(|input| &input.of) {
                    Some(Type::Option(scale)) => Some(*scale),
                    _ => None,
                }
            });
            if let Some(scale) = scale {
                options(model, rows, scale, head, found);
            }
        }
        Type::Flag => flags(model, rows, head, found),
        of if of.is_numeric() => figures(model, rows, *between, bounds, head, found),
        _ => {}
    }
}

fn options(model: &Model, rows: &[Row], scale: ScaleId, head: Span, found: &mut Vec<Diagnostic>) {
    let Some(scale) = model.scale(scale) else {
        return;
    };
    let mut seen: Vec<u32> = Vec::new();
    let mut complete = false;
    for row in rows {
        match &row.test {
            Test::Is(list) => {
                for id in list {
                    let Some(ExprKind::Option(option)) = model.expr(*id).map(|expr| &expr.kind)
                    else {
                        continue;
                    };
                    if seen.contains(option) {
                        let name = scale
                            .options
                            .get(*option as usize)
                            .map_or("", |option| option.shown());
                        found.push(Diagnostic::new(
                            &LINE_NEVER_HOLDS,
                            row.origin.span,
                            words!(
                                "{name} already has a line above; this one never holds",
                                "“{name}”上面已有一行，这一行永远用不到"
                            ),
                        ));
                    } else {
                        seen.push(*option);
                    }
                }
            }
            Test::Otherwise => complete = true,
            Test::From(_)
            | Test::Above(_)
            | Test::UpTo(_)
            | Test::Below(_)
            | Test::Within(..)
            | Test::Missing => {}
        }
    }
    let forgotten: Vec<&str> = scale
        .options
        .iter()
        .enumerate()
        .filter(|(index, _)| u32::try_from(*index).is_ok_and(|index| !seen.contains(&index)))
        .map(|(_, option)| option.shown())
        .collect();
    if !complete && !forgotten.is_empty() {
        let list = forgotten.join("、");
        found.push(
            Diagnostic::new(
                &LINES_INCOMPLETE,
                head,
                words!("no line holds for {list}", "没有写这些选项：{list}"),
            )
            .with_help(words!(
                "add a line for each, or `otherwise => …`",
                "请逐一补上，或写“其余 为 …”"
            )),
        );
    }
}

fn flags(model: &Model, rows: &[Row], head: Span, found: &mut Vec<Diagnostic>) {
    let holds = |wanted: bool| {
        rows.iter().any(|row| match &row.test {
            Test::Otherwise => true,
            Test::Is(list) => list.iter().any(|id| {
                matches!(model.expr(*id).map(|expr| &expr.kind), Some(ExprKind::Flag(flag)) if *flag == wanted)
            }),
            _ => false,
        })
    };
    if !(holds(true) && holds(false)) {
        found.push(Diagnostic::new(
            &LINES_INCOMPLETE,
            head,
            words!(
                "the lines do not cover both yes and no",
                "各行没有覆盖“是”和“否”两种情况"
            ),
        ));
    }
}

/// A stretch of the number line; an absent end is open to infinity.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stretch {
    low: Option<(Rational, bool)>,
    high: Option<(Rational, bool)>,
}

impl Stretch {
    fn holds(&self, value: &Rational) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|(low, included)| value > low || (*included && value == low));
        let below = self
            .high
            .as_ref()
            .is_none_or(|(high, included)| value < high || (*included && value == high));
        above && below
    }
}

fn figures(
    model: &Model,
    rows: &[Row],
    between: Option<Between>,
    bounds: &Bounds,
    head: Span,
    found: &mut Vec<Diagnostic>,
) {
    let mut stretches: Vec<(Stretch, &Row)> = Vec::new();
    for row in rows {
        let end = |id: &ExprId| model.constant(*id);
        let stretch = match &row.test {
            Test::From(at) => end(at).map(|at| (Some((at, true)), None)),
            Test::Above(at) => end(at).map(|at| (Some((at, false)), None)),
            Test::UpTo(at) => end(at).map(|at| (None, Some((at, true)))),
            Test::Below(at) => end(at).map(|at| (None, Some((at, false)))),
            Test::Within(low, high) => end(low).zip(end(high)).map(|(low, high)| {
                let high = match between {
                    Some(Between::FromLowerEnd) => rows
                        .iter()
                        .filter_map(|other| match &other.test {
                            Test::Within(next, _) => end(next),
                            _ => None,
                        })
                        .filter(|next| *next > low)
                        .min()
                        .map_or((high, true), |next| (next, false)),
                    Some(Between::RoundedFirst) | None => (high, true),
                };
                (Some((low, true)), Some(high))
            }),
            Test::Is(list) => match list.as_slice() {
                [one] => end(one).map(|at| (Some((at.clone(), true)), Some((at, true)))),
                _ => None,
            },
            Test::Otherwise => Some((None, None)),
            Test::Missing => continue,
        };
        // A bound that is not a literal can lie anywhere: nothing can be said without running it.
        let Some((low, high)) = stretch else {
            return;
        };
        stretches.push((Stretch { low, high }, row));
    }
    let domain = match between {
        Some(Between::RoundedFirst) => {
            let round = |end: &Option<Rational>| {
                end.as_ref()
                    .map(|end| end.round(Mode::HalfUp, &Step::places(0)))
            };
            Bounds {
                low: round(&bounds.low),
                high: round(&bounds.high),
                grid: Some(Rational::ONE),
            }
        }
        Some(Between::FromLowerEnd) | None => bounds.clone(),
    };
    let samples = samples(&stretches, &domain);
    let mut reported = vec![false; stretches.len()];
    for value in &samples {
        let mut holding = stretches
            .iter()
            .enumerate()
            .filter(|(_, (stretch, _))| stretch.holds(value));
        let Some((_, (first, first_row))) = holding.next() else {
            let shown = value.to_string();
            let mut diagnostic = Diagnostic::new(
                &LINES_INCOMPLETE,
                head,
                words!(
                    "no line holds for {shown}, which can occur",
                    "可能出现 {shown}，但没有一行适用"
                ),
            );
            let ranges = rows.iter().any(|row| matches!(row.test, Test::Within(..)));
            diagnostic = if ranges && between.is_none() {
                diagnostic.with_help(words!(
                    "write `read from the lower end` or `rounded first` behind the key, or add `otherwise => …`",
                    "请在后面写“按下限归档”或“先四舍五入”，或补上“其余 为 …”"
                ))
            } else {
                diagnostic.with_help(words!("add `otherwise => …`", "请补上“其余 为 …”"))
            };
            found.push(diagnostic);
            return;
        };
        for (index, (other, row)) in holding {
            if cascade(&first_row.test, &row.test)
                || matches!(row.test, Test::Otherwise)
                || reported.get(index) == Some(&true)
                || !samples
                    .iter()
                    .any(|sample| other.holds(sample) && !first.holds(sample))
            {
                continue;
            }
            if let Some(reported) = reported.get_mut(index) {
                *reported = true;
            }
            let shown = value.to_string();
            found.push(
                Diagnostic::new(
                    &LINES_OVERLAP,
                    row.origin.span,
                    words!(
                        "{shown} fits this line and an earlier one; the earlier one counts",
                        "{shown} 同时符合这一行和前面的一行，以前面的为准"
                    ),
                )
                .with_label(
                    first_row.origin.span,
                    words!("{shown} fits here too", "{shown} 也符合这里"),
                ),
            );
        }
    }
    for (index, (stretch, row)) in stretches.iter().enumerate() {
        if matches!(row.test, Test::Otherwise) {
            continue;
        }
        let earlier = stretches.get(..index).unwrap_or_default();
        let ever = samples.iter().any(|sample| {
            stretch.holds(sample) && !earlier.iter().any(|(other, _)| other.holds(sample))
        });
        if !ever {
            found.push(
                Diagnostic::new(
                    &LINE_NEVER_HOLDS,
                    row.origin.span,
                    words!(
                        "this line never holds: earlier lines or the range of the figure leave it nothing",
                        "这一行永远用不到：前面各行或取值范围没有给它留下任何值"
                    ),
                )
                .with_help(words!(
                    "lines are tried from the top; write `from 95` above `from 90`",
                    "自上而下取第一个成立的行，请把“不低于95”写在“不低于90”上面"
                )),
            );
        }
    }
}

/// Whether two lines are a cascade in which the earlier is meant to win: `from 95`, `from 90`.
const fn cascade(earlier: &Test, later: &Test) -> bool {
    matches!(
        (earlier, later),
        (
            Test::From(_) | Test::Above(_),
            Test::From(_) | Test::Above(_)
        ) | (
            Test::UpTo(_) | Test::Below(_),
            Test::UpTo(_) | Test::Below(_)
        ) | (Test::Is(_), _)
    )
}

/// Values that stand for all: each edge, and one value between each pair of neighbouring edges,
/// inside the range and on the grid of the key. Between two edges no line changes its answer.
fn samples(stretches: &[(Stretch, &Row)], domain: &Bounds) -> Vec<Rational> {
    let mut edges: Vec<Rational> = stretches
        .iter()
        .flat_map(|(stretch, _)| [&stretch.low, &stretch.high])
        .flatten()
        .map(|(at, _)| at.clone())
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
        inside.holds(sample)
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
