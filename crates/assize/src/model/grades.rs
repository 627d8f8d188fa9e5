//! Grades: levels by a figure or a table, and the lines that act on them.

use super::codes;
use super::from_syntax::Builder;
use super::names::Named;
use super::types::Type;
use super::{
    Adjust, Adjustment, ExprId, ExprKind, FigureId, FigureKind, Grade, Lines, ScaleId, Test,
};
use crate::diagnostic::Diagnostic;
use crate::number::Rational;
use crate::syntax::{self, Adjustment as WrittenAdjustment, GradeLines, Kind, TableBody};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    pub(super) fn grade(
        &mut self,
        id: FigureId,
        by: syntax::ExprId,
        lines: &'a GradeLines,
        head: Span,
    ) {
        let by = self.expr(by);
        let key = self.type_of(by);
        let (lines, of, block, using) = match lines {
            GradeLines::Own(body) => {
                let levels = match self.model.figure(id).map(|figure| figure.of.clone()) {
                    Some(Type::Option(scale)) => Some(scale),
                    _ => None,
                };
                if levels.is_none() {
                    self.say(
                        Diagnostic::new(
                            &codes::GRADE_WITHOUT_LEVELS,
                            head,
                            words!(
                                "the lines of a grade give levels, such as `from 95 => 优秀`",
                                "等级各行应给出等级名称，如“不低于95 为 优秀”"
                            ),
                        )
                        .with_help(words!(
                            "for figures write a table: `table NAME by X {{ … }}`",
                            "若给出的是数值，请用对照表"
                        )),
                    );
                }
                let (lines, of) = self.lines(body, std::slice::from_ref(&key), levels);
                let block = match body {
                    TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => Some(rows),
                };
                (lines, levels.map_or(of, Type::Option), block, None)
            }
            GradeLines::Using(name, block) => {
                let Some(Named::Table(table)) = self.names.find(&name.text) else {
                    let text = &name.text;
                    self.say(Diagnostic::new(
                        &codes::UNKNOWN_NAME,
                        name.span,
                        words!("there is no table `{text}`", "没有名为“{text}”的对照表"),
                    ));
                    return;
                };
                let of = self.table_applied(table, &[by]);
                let lines = match self.model.tables.get(table.index()) {
                    Some(table) => table.lines.clone(),
                    None => return,
                };
                (lines, of, block.as_ref(), Some(table))
            }
        };
        let mut adjustments = Vec::new();
        if let (Type::Option(scale), Some(block)) = (&of, block) {
            for statement in &block.statements {
                if let Kind::Adjust { when, what, label } = &statement.kind {
                    let when = self.condition(*when);
                    let what = match what {
                        WrittenAdjustment::OneStepLower => Some(Adjust::OneStepLower),
                        WrittenAdjustment::OneStepHigher => Some(Adjust::OneStepHigher),
                        WrittenAdjustment::NoWorseThan(level) => {
                            self.level(*level, *scale).map(Adjust::NoWorseThan)
                        }
                        WrittenAdjustment::NoBetterThan(level) => {
                            self.level(*level, *scale).map(Adjust::NoBetterThan)
                        }
                        WrittenAdjustment::Becomes(level) => {
                            self.level(*level, *scale).map(Adjust::Becomes)
                        }
                    };
                    if let Some(what) = what {
                        adjustments.push(Adjustment {
                            when,
                            what,
                            label: label.as_ref().map(|label| label.text.clone()),
                            origin: self.origin(statement),
                        });
                    }
                }
            }
        }
        let worst_first = match &of {
            Type::Option(scale) => self.worst_first(by, &lines, *scale),
            _ => Some(false),
        };
        let ranked = adjustments.iter().find(|adjustment| match adjustment.what {
            Adjust::NoBetterThan(_)
            | Adjust::NoWorseThan(_)
            | Adjust::OneStepHigher
            | Adjust::OneStepLower => true,
            Adjust::Becomes(_) => false,
        });
        if let (None, Some(adjustment)) = (worst_first, ranked) {
            let span = adjustment.origin.span;
            self.say(
                Diagnostic::new(
                    &codes::LEVELS_NOT_ORDERED,
                    span,
                    words!(
                        "nothing says which of the levels is better, so this line cannot act",
                        "没有写明各等级的优劣次序，这一行无法执行"
                    ),
                )
                .with_label(head, words!("the levels of this grade", "这里的各个等级"))
                .with_help(words!(
                    "declare the levels, `choice levels best first {{ … }}`, or say of the input `lower is better` or `higher is better`",
                    "请用“选项 … 由优到劣 {{ … }}”列出各等级，或在输入上写明“越低越好”“越高越好”"
                )),
            );
        }
        let grade = Grade {
            by,
            using,
            lines,
            worst_first: worst_first == Some(true),
            adjustments,
        };
        self.set(id, of, FigureKind::Grade(grade));
    }

    /// Whether the levels stand from the worst to the best; `None` where nothing tells.
    ///
    /// A choice says so itself. Otherwise the levels stand as the lines do, and lines that fall
    /// (`from 90`, `from 80`) begin with the best level where more is better.
    fn worst_first(&self, by: ExprId, lines: &Lines, scale: ScaleId) -> Option<bool> {
        let levels = self.model.scale(scale)?;
        if self.names.find(&levels.called.name) == Some(Named::Scale(scale)) {
            return levels.ordered.then_some(false);
        }
        let rising = rising(lines, |id| self.constant(id))?;
        let more_is_better = match &self.model.expr(by)?.kind {
            ExprKind::Input(id) => {
                match (self.model.input(*id)?.better, &self.model.input(*id)?.of) {
                    (Some(syntax::Better::Higher), _) | (None, Type::Points) => Some(true),
                    (Some(syntax::Better::Lower), _) => Some(false),
                    (None, _) => None,
                }
            }
            ExprKind::Figure(id) => match &self.model.figure(*id)?.kind {
                FigureKind::Item(_) | FigureKind::Group(_) | FigureKind::Total(_) => Some(true),
                _ => None,
            },
            _ => None,
        };
        match more_is_better {
            Some(more_is_better) => Some(rising == more_is_better),
            // Regulations write the best level first; only rising lines leave a doubt.
            None => (!rising).then_some(false),
        }
    }

    fn level(&mut self, level: syntax::ExprId, scale: ScaleId) -> Option<u32> {
        let id = self.expr_option(level, scale);
        match self.model.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Option(index)) => Some(*index),
            _ => None,
        }
    }
}

/// Whether lines rise from the first to the next; `None` where they have no order of their own.
fn rising(lines: &Lines, constant: impl Fn(ExprId) -> Option<Rational>) -> Option<bool> {
    let Lines::Rows { rows, .. } = lines else {
        return None;
    };
    let mut lows = Vec::new();
    for row in rows {
        match &row.test {
            Test::From(_) | Test::Above(_) => return Some(false),
            Test::UpTo(_) | Test::Below(_) => return Some(true),
            Test::Within(low, _) | Test::Bounded((low, _), _) => lows.push(constant(*low)?),
            Test::Is(_) | Test::Several(_) | Test::Otherwise | Test::Missing => {}
        }
    }
    match lows.as_slice() {
        [first, second, ..] => Some(first < second),
        [_] => Some(false),
        [] => None,
    }
}
