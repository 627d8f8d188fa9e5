//! The lines of an item, and those that act on the sum of a group or total.

use super::codes;
use super::from_syntax::Builder;
use super::types::Type;
use super::{Broken, ExprId, ExprKind, InputId, Item, Line, LineKind, Member, Per};
use crate::diagnostic::Diagnostic;
use crate::number::Rational;
use crate::syntax::{self, Block, Kind, PerBasis, Statement, TableBody};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    /// The lines of an item, and what acts on the sum in a group or total. `members` are those of
    /// the group, for its missing-data rules.
    pub(super) fn body(&mut self, block: &'a Block, members: Option<&[Member]>) -> Item {
        let mut item = Item::default();
        let statements = self.chosen(&block.statements);
        let first = statements
            .iter()
            .position(|statement| matches!(statement.kind, Kind::Line { .. }));
        for (index, statement) in statements.into_iter().enumerate() {
            match &statement.kind {
                Kind::Line { line, when } => self.line(
                    (line, *when),
                    statement,
                    Some(index) == first,
                    members.is_some(),
                    &mut item,
                ),
                Kind::Missing { pattern, then } => {
                    if let Some(rule) = self.missing(pattern, then, statement, members) {
                        item.missing.push(rule);
                    }
                }
                Kind::Applies(when) => item.applies = Some(self.condition(*when)),
                Kind::Hole(_) => {}
                Kind::Item(_) | Kind::Group(_) | Kind::Weight { .. } | Kind::Covers { .. }
                    if members.is_some() => {}
                _ => self.misplaced(statement),
            }
        }
        item
    }

    pub(super) fn misplaced(&mut self, statement: &Statement) {
        self.say(Diagnostic::new(
            &codes::MISPLACED,
            statement.head,
            words!(
                "this line does not belong into this block",
                "这一行不应写在这个块里"
            ),
        ));
    }

    fn line(
        &mut self,
        (line, when): (&'a syntax::Line, Option<syntax::ExprId>),
        statement: &'a Statement,
        first: bool,
        of_sum: bool,
        item: &mut Item,
    ) {
        use syntax::Line as L;
        let origin = self.origin(statement);
        let kind = match line {
            L::MayGoBelowZero => {
                item.may_go_below_zero = Some(origin);
                return;
            }
            L::MayExceed => {
                item.may_exceed = Some(origin);
                return;
            }
            L::StartAt(value) => LineKind::StartAt(self.points(*value)),
            L::Score(value) => LineKind::Score(self.points(*value)),
            L::MultiplyBy(value) => LineKind::MultiplyBy(self.numeric(*value)),
            L::NotBelow(value) => LineKind::NotBelow(self.points(*value)),
            L::NotAbove(value) => LineKind::NotAbove(self.points(*value)),
            L::Round(rounding) => match self.rounding_step(&rounding.to) {
                Some(step) => LineKind::Round(rounding.mode, step),
                None => return,
            },
            L::Change { sign, amount, per } => LineKind::Change {
                sign: *sign,
                amount: self.points(*amount),
                per: per.as_ref().map(|per| self.per(per)),
            },
            L::ScoreBy { by, averaged, body } => {
                self.score_by(*by, *averaged, body, statement.head)
            }
        };
        let sets = matches!(
            kind,
            LineKind::Score(_) | LineKind::ScoreBy { .. } | LineKind::StartAt(_)
        );
        let when = when.map(|when| self.condition(when));
        if sets && !first && when.is_none() {
            self.say(Diagnostic::new(
                &codes::MISPLACED,
                statement.head,
                words!(
                    "`start at` and `score` stand first: what was computed before them would be lost",
                    "“起评”“得分”“计分”只能写在第一行，否则前面算出的分数会丢失"
                ),
            ));
        }
        if sets && of_sum && !matches!(kind, LineKind::Score(_)) {
            self.misplaced(statement);
        }
        item.lines.push(Line { kind, when, origin });
    }

    /// A figure in points: neither money nor a share.
    fn points(&mut self, id: syntax::ExprId) -> ExprId {
        let id = self.numeric(id);
        let found = self.type_of(id);
        let clash = match &found {
            Type::Money => Some((&codes::UNITS_MIXED, "an amount of money", "金额")),
            Type::Ratio => Some((&codes::PERCENT_AGAINST_NUMBER, "a ratio", "比率")),
            _ => None,
        };
        if let Some((code, en, zh)) = clash {
            let span = self.span_of(id);
            let diagnostic = Diagnostic::new(
                code,
                span,
                words!(
                    "this is {en}, and an item is scored in points",
                    "这是{zh}，而指标按分值计分"
                ),
            );
            self.say(if found == Type::Ratio {
                diagnostic.with_help(words!(
                    "a quotient of two figures of one kind is a ratio, from 0 to 1; to make points of it, multiply it: `60 * done / due`",
                    "两个同类的数相除得比率（0 到 1）；要得分值，请乘以满分，如“60 * 已完成 / 应完成”"
                ))
            } else {
                diagnostic.with_help(words!(
                    "a deduction from pay is a consequence: `consequence fine amount 200 yuan when …`",
                    "扣钱请写成奖惩，如“若 … 则 奖惩 罚款 金额 200元”"
                ))
            });
        }
        id
    }

    fn per(&mut self, per: &syntax::Per) -> Per {
        let of = match per.basis {
            // What is not even a figure is told below, once.
            PerBasis::Each => self.expr(per.of),
            PerBasis::Full(_) | PerBasis::Started(_) | PerBasis::InProportion(_) => {
                self.numeric(per.of)
            }
        };
        let found = self.type_of(of);
        let of_size = match per.basis {
            PerBasis::Each => {
                if !matches!(
                    found,
                    Type::Count | Type::Unknown | Type::Literal { whole: true }
                ) {
                    let (en, zh) = found.words();
                    let help = match self.quoted(self.span_of(of)) {
                        Some(flag) if found == Type::Flag => words!(
                            "write `deduct … when {flag}`",
                            "请写“若 {flag} 则 扣…”"
                        ),
                        _ => words!(
                            "write `per full 10 of X` (每满), `per started 10 of X` (每不足…按一次) or `in proportion per 10 of X` (按比例)",
                            "请写“每满 10 X 扣…”“每不足 10 X 按一次 扣…”或“按比例 每 10 X 扣…”"
                        ),
                    };
                    self.say(
                        Diagnostic::new(
                            &codes::PER_NEEDS_A_COUNT,
                            self.span_of(of),
                            words!(
                                "`per` counts whole things, and this is {en}",
                                "“每”用于可数的次数，而这是{zh}"
                            ),
                        )
                        .with_help(help),
                    );
                }
                None
            }
            PerBasis::Full(size) => Some((size, Broken::Dropped)),
            PerBasis::Started(size) => Some((size, Broken::Whole)),
            PerBasis::InProportion(size) => Some((size, Broken::Fraction)),
        }
        .map(|(size, broken)| {
            let size = self.numeric(size);
            let span = self.span_of(size);
            if !matches!(self.constant(size), Some(value) if value > Rational::ZERO) {
                self.say(Diagnostic::new(
                    &codes::MARKS_NOT_POSITIVE,
                    span,
                    words!(
                        "the size of one is a figure above zero",
                        "“每满”“每不足”后应为大于零的数"
                    ),
                ));
            }
            if !matches!(self.type_of(size), Type::Literal { .. })
                && let Err(clash) = self.type_of(size).join(&found)
            {
                self.clash(clash, size, of, span);
            }
            (size, broken)
        });
        Per {
            of,
            of_size,
            beyond: per.beyond.map(|beyond| self.numeric(beyond)),
            at_most: per.at_most.map(|most| self.points(most)),
        }
    }

    fn score_by(
        &mut self,
        by: syntax::ExprId,
        averaged: bool,
        body: &'a TableBody,
        span: Span,
    ) -> LineKind {
        let by = self.expr(by);
        let (key, tally) = match self.type_of(by) {
            Type::Map(scale, value) if *value == Type::Count => {
                let input = match self.model.expr(by).map(|expr| &expr.kind) {
                    Some(ExprKind::Input(id)) => Some(*id),
                    _ => None,
                };
                (Type::Option(scale), input)
            }
            Type::Either(either) => self.option_and_tally(either),
            other => (other, None),
        };
        if tally.is_some() && !averaged {
            self.say(
                Diagnostic::new(
                    &codes::TALLY_NOT_AVERAGED,
                    span,
                    words!(
                        "a tally holds several answers, and the line does not say how they make one score",
                        "各档人数里有多份答卷，这一行没有写怎样合成一个得分"
                    ),
                )
                .with_help(words!("write `answers averaged` after it", "请加上“各答取平均”")),
            );
        }
        let (lines, _) = self.lines(body, std::slice::from_ref(&key), None);
        LineKind::ScoreBy { by, lines, tally }
    }

    /// One option or a tally over the same options.
    fn option_and_tally(&self, either: super::EitherId) -> (Type, Option<InputId>) {
        let inputs = self
            .model
            .eithers
            .get(either.index())
            .map(|either| either.inputs.as_slice())
            .unwrap_or_default();
        let of = |id: &InputId| {
            self.model
                .input(*id)
                .map_or(Type::Unknown, |input| input.of.clone())
        };
        let mut key = None;
        let mut tally = None;
        for id in inputs {
            match of(id) {
                Type::Option(scale) => key = Some(scale),
                Type::Map(scale, value) if *value == Type::Count => {
                    tally = Some((scale, *id));
                }
                _ => return (Type::Either(either), None),
            }
        }
        match (key, tally) {
            (Some(key), Some((scale, id))) if key == scale && inputs.len() == 2 => {
                (Type::Option(key), Some(id))
            }
            _ => (Type::Either(either), None),
        }
    }
}
