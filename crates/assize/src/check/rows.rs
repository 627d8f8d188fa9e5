//! Tables and grades whose lines leave a value out, meet twice, or can never hold.
//!
//! Options and yes or no are compared here one by one; lines over figures in `bands`.

use std::collections::{BTreeMap, BTreeSet};

use super::occurs::Occurs;
use super::ranges::{Ranges, Reach, hull};
use super::{bands, ends, several};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{
    ExprId, ExprKind, FigureKind, LineKind, Lines, Model, Row, ScaleId, Test, Type,
};
use crate::plan::{NodeId, What};
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[
    &LINES_INCOMPLETE,
    &LINES_OVERLAP,
    &LINE_NEVER_HOLDS,
    &GAP_BETWEEN_RANGES,
];

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
              it, 不满 (`below`) does not. Then correct the edge of one line. Lines by several keys \
              are told where each also holds for something that the other does not, and they \
              give different things; an exception above its rule is not.",
    page_zh: "有个值同时符合两行，多半是两档交界的那个数。这时以写在前面的为准，也就是由行的先后、\
              而不是由条文决定了结果。请核对本意：“以上”“不低于”含本数，“高于”不含；\
              “以下”“不高于”含本数，“不满”“低于”不含。然后改正其中一行的界限。\
              按几个键的表，只有两行互不包含、结果又不同时才提示；例外写在一般规定上面的，不提示。",
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

pub(super) static GAP_BETWEEN_RANGES: Code = Code {
    name: "gap-between-ranges",
    severity: Severity::Warning,
    page_en: "Two ranges follow each other in whole figures, as `90..100` and `80..89`, and a value \
              between them can occur: 89.5 fits neither, and so falls to `otherwise`, below both. \
              Say how it is read: `read from the lower end` puts it into the lower range, `rounded \
              first` rounds it to 90. Or write ranges without a gap: `from 80 below 90`.",
    page_zh: "相邻两档以整数相接，如“90～100”与“80～89”，而两档之间的数可能出现：89.5 哪一档也不是，\
              就落到了最后的“其余”，反而比两档都低。请写明怎样归档：“按下限归档”把它归入较低的一档，\
              “先四舍五入”把它进到 90；或改写成没有空档的区间：80分以上不满90分。",
    wrong: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "等级" by score cite "六" {
        90..100   => 优秀
        80..89    => 良好
        otherwise => 不合格
    }
}
"#,
    right: r#"
scheme review "评审" {
    input score "得分" : points 0..100
    grade "等级" by score read from the lower end cite "六" {
        90..100   => 优秀
        80..89    => 良好
        otherwise => 不合格
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

pub(super) fn check(ranges: &Ranges) -> Vec<Diagnostic> {
    let (model, plan) = (ranges.prover.model, ranges.prover.plan);
    let mut found = Vec::new();
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
                let table = grade
                    .using
                    .and_then(|table| model.tables.get(table.index()));
                let head = table.map_or(figure.origin.span, |table| table.origin.span);
                let key = Key::at(ranges, &[key]);
                lines(&key, &grade.lines, of, head, &mut found);
            }
            FigureKind::Item(item) => {
                for line in &item.lines {
                    if let LineKind::ScoreBy { by, lines: own, .. } = &line.kind {
                        let of = model.expr(*by).map_or(&Type::Unknown, |expr| &expr.of);
                        let key = Key::at(ranges, &[key]);
                        lines(&key, own, of, line.origin.span, &mut found);
                    }
                }
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Group(_)
            | FigureKind::Total(_)
            | FigureKind::Require(_)
            | FigureKind::Each(_)
            | FigureKind::Consequence(_) => {}
        }
    }
    // The keys with which each table is looked up.
    let mut uses: BTreeMap<usize, Vec<ExprId>> = BTreeMap::new();
    for expr in &model.exprs {
        if let ExprKind::TableOf(table, keys) = &expr.kind
            && let [key] = keys.as_slice()
        {
            uses.entry(table.index()).or_default().push(*key);
        }
    }
    for (index, table) in model.tables.iter().enumerate() {
        if table.keys.len() > 1 {
            several::check(ranges, index, table, &mut found);
            continue;
        }
        // The key of a named table is what any of its uses hands over.
        let mut of = table.key.clone();
        let keys = uses.get(&index);
        for key in keys.into_iter().flatten() {
            if of == Type::Unknown {
                of = model
                    .expr(*key)
                    .map_or(Type::Unknown, |expr| expr.of.clone());
            }
        }
        let key = match (keys, table.by) {
            (Some(keys), _) => Key::of(ranges, keys),
            (None, Some(by)) => Key::of(ranges, &[by]),
            (None, None) => continue,
        };
        lines(&key, &table.lines, &of, table.origin.span, &mut found);
    }
    // Tables in place: `let fee by late { … }`.
    for expr in &model.exprs {
        if let ExprKind::Case(by, own) = &expr.kind {
            let of = model.expr(*by).map_or(&Type::Unknown, |expr| &expr.of);
            lines(&Key::of(ranges, &[*by]), own, of, expr.span, &mut found);
        }
    }
    // A table is looked at with each key that it is used with, and told of once.
    let mut told = BTreeSet::new();
    found.retain(|found| told.insert((found.code.name, found.span)));
    found
}

/// By what lines are looked up.
struct Key<'r> {
    ranges: &'r Ranges<'r>,
    nodes: Vec<NodeId>,
    /// Where its values lie; none where nothing is known.
    reach: Option<Reach>,
}

impl<'r> Key<'r> {
    fn at(ranges: &'r Ranges<'r>, nodes: &[NodeId]) -> Self {
        Self {
            ranges,
            nodes: nodes.to_vec(),
            reach: hull(nodes.iter().map(|node| ranges.at(*node))),
        }
    }

    /// What any of these expressions comes to.
    fn of(ranges: &'r Ranges<'r>, exprs: &[ExprId]) -> Self {
        let nodes = exprs.iter().flat_map(|expr| ranges.nodes(*expr));
        Self {
            ranges,
            nodes: nodes.copied().collect(),
            reach: hull(exprs.iter().map(|expr| ranges.of(*expr))),
        }
    }
}

/// Looks at lines; of those over figures nothing is said where it is not known which can occur.
fn lines(key: &Key<'_>, lines: &Lines, of: &Type, head: Span, found: &mut Vec<Diagnostic>) {
    let model = key.ranges.prover.model;
    let reach = key.reach.as_ref();
    let (rows, between) = match lines {
        Lines::Rows { rows, between } => (rows, between),
        Lines::Points { points, ends } => {
            found.extend(reach.and_then(|reach| ends::check(points, *ends, reach, head)));
            return;
        }
    };
    match of {
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
        of if of.is_numeric() => {
            if let Some(reach) = reach {
                let occurs = || Occurs::of_key(key.ranges.prover, &key.nodes);
                bands::check(model, rows, *between, reach, occurs, head, found);
            }
        }
        _ => {}
    }
}

fn options(model: &Model, rows: &[Row], scale: ScaleId, head: Span, found: &mut Vec<Diagnostic>) {
    let Some(scale) = model.scale(scale) else {
        return;
    };
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    let mut complete = false;
    for row in rows {
        match &row.test {
            Test::Is(_) if complete => found.push(behind_otherwise(row)),
            Test::Is(list) => {
                for id in list {
                    let Some(ExprKind::Option(option)) = model.expr(*id).map(|expr| &expr.kind)
                    else {
                        continue;
                    };
                    if !seen.insert(*option) {
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
                    }
                }
            }
            Test::Otherwise => complete = true,
            Test::From(_)
            | Test::Above(_)
            | Test::UpTo(_)
            | Test::Below(_)
            | Test::Within(..)
            | Test::Bounded(..)
            | Test::Several(_)
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
    let mut seen: BTreeSet<bool> = BTreeSet::new();
    let mut complete = false;
    for row in rows {
        match &row.test {
            Test::Is(_) if complete => found.push(behind_otherwise(row)),
            Test::Is(list) => {
                let own: BTreeSet<bool> = list
                    .iter()
                    .filter_map(|id| match model.expr(*id).map(|expr| &expr.kind) {
                        Some(ExprKind::Flag(flag)) => Some(*flag),
                        _ => None,
                    })
                    .collect();
                if !own.is_empty() && own.is_subset(&seen) {
                    found.push(Diagnostic::new(
                        &LINE_NEVER_HOLDS,
                        row.origin.span,
                        words!(
                            "the lines above take this answer; this one never holds",
                            "这个回答上面已有一行，这一行永远用不到"
                        ),
                    ));
                }
                seen.extend(own);
            }
            Test::Otherwise => complete = true,
            Test::From(_)
            | Test::Above(_)
            | Test::UpTo(_)
            | Test::Below(_)
            | Test::Within(..)
            | Test::Bounded(..)
            | Test::Several(_)
            | Test::Missing => {}
        }
    }
    if !complete && seen.len() < 2 {
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

fn behind_otherwise(row: &Row) -> Diagnostic {
    Diagnostic::new(
        &LINE_NEVER_HOLDS,
        row.origin.span,
        words!(
            "this line never holds: `otherwise` above takes all that is left",
            "这一行永远用不到：上面的“其余”已取走剩下的全部"
        ),
    )
    .with_help(words!(
        "lines are tried from the top: `otherwise` stands last",
        "自上而下取第一个成立的行，“其余”应写在最后一行"
    ))
}
