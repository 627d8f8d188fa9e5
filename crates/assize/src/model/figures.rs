//! Items, groups, totals, tables, grades and consequences: their lines, weights and rules for
//! missing data.

use super::codes;
use super::expressions::{joined, path_span, percent, quantity_value};
use super::from_syntax::{Builder, origin};
use super::names::Named;
use super::types::{Clash, Type};
use super::{
    Adjust, Adjustment, Broken, Consequence, ExprId, ExprKind, FigureId, FigureKind, Grade, Group,
    InputId, Item, Line, LineKind, Lines, Marks, Member, MemberOf, MissingRule, MissingThen,
    MissingWhen, Origin, Per, Row, ScaleId, Stop, TableId, Test,
};
use crate::diagnostic::Diagnostic;
use crate::number::Rational;
use crate::syntax::{
    self, Adjustment as WrittenAdjustment, Block, GradeLines, Kind, MissingPattern, PerBasis,
    Statement, TableBody,
};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    /// Understands one figure; those it uses are understood already.
    pub(super) fn figure(&mut self, id: FigureId) {
        let statement = self.statements.get(id.index()).copied().flatten();
        let Some(statement) = statement else {
            let group = self.group(id, None, None, false);
            self.set(id, Type::Points, FigureKind::Total(group));
            return;
        };
        match &statement.kind {
            Kind::Let { value, .. } => {
                let value = self.expr(*value);
                let of = self.type_of(value).settled();
                self.set(id, of, FigureKind::Let(value));
            }
            Kind::Item(scored) => {
                let mut item = self.body(&scored.body, None);
                item.out_of = self.marks(scored.out_of.as_ref());
                self.set(id, Type::Points, FigureKind::Item(item));
            }
            Kind::Group(scored) => {
                let out_of = self.marks(scored.out_of.as_ref());
                let group = self.group(id, Some(&scored.body), out_of, false);
                let of = self.group_type(&group);
                self.set(id, of, FigureKind::Group(group));
            }
            Kind::Total(block) => {
                let out_of = self.model.out_of.clone();
                let group = self.group(id, Some(block), out_of, true);
                self.set(id, Type::Points, FigureKind::Total(group));
            }
            Kind::Grade { by, lines, .. } => self.grade(id, *by, lines, statement.head),
            Kind::Consequence {
                amount, to, when, ..
            } => {
                let amount = amount.map(|amount| self.numeric(amount));
                let when = self.condition(*when);
                let of = match amount {
                    None => Type::Flag,
                    Some(amount) => match self.type_of(amount) {
                        Type::Literal { .. } | Type::Count => Type::Number,
                        other => other,
                    },
                };
                let consequence = Consequence {
                    amount,
                    to: to.as_ref().map(|to| to.text.clone()),
                    when,
                };
                self.set(id, of, FigureKind::Consequence(consequence));
            }
            _ => {}
        }
    }

    fn set(&mut self, id: FigureId, of: Type, mut kind: FigureKind) {
        if let Some(figure) = self.model.figures.get_mut(id.index()) {
            match &mut kind {
                FigureKind::Item(item) => inherit(item, &figure.origin),
                FigureKind::Group(group) | FigureKind::Total(group) => {
                    inherit(&mut group.body, &figure.origin);
                }
                FigureKind::Grade(grade) => inherit_lines(&mut grade.lines, &figure.origin),
                FigureKind::Unknown | FigureKind::Let(_) | FigureKind::Consequence(_) => {}
            }
            figure.of = of;
            figure.kind = kind;
        }
    }

    fn marks(&mut self, out_of: Option<&syntax::Quantity>) -> Option<Marks> {
        let quantity = out_of?;
        let (value, of) = quantity_value(quantity);
        if value <= Rational::ZERO || !matches!(of, Type::Literal { .. } | Type::Points) {
            self.say(Diagnostic::new(
                &codes::MARKS_NOT_POSITIVE,
                quantity.span,
                words!(
                    "full marks are a figure above zero, in points",
                    "满分应为大于零的分值"
                ),
            ));
            return None;
        }
        Some(Marks {
            value,
            span: quantity.span,
        })
    }

    /// The lines of an item, and what acts on the sum in a group or total. `members` are those of
    /// the group, for its missing-data rules.
    fn body(&mut self, block: &'a Block, members: Option<&[Member]>) -> Item {
        let mut item = Item::default();
        let first = block
            .statements
            .iter()
            .position(|statement| matches!(statement.kind, Kind::Line(_)));
        for (index, statement) in block.statements.iter().enumerate() {
            match &statement.kind {
                Kind::Line(line) => self.line(
                    line,
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
        line: &'a syntax::Line,
        statement: &'a Statement,
        first: bool,
        of_sum: bool,
        item: &mut Item,
    ) {
        use syntax::Line as L;
        let origin = origin(statement);
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
            L::Change {
                sign,
                amount,
                per,
                when,
            } => LineKind::Change {
                sign: *sign,
                amount: self.points(*amount),
                per: per.as_ref().map(|per| self.per(per)),
                when: when.map(|when| self.condition(when)),
            },
            L::ScoreBy { by, averaged, body } => {
                self.score_by(*by, *averaged, body, statement.head)
            }
        };
        let sets = matches!(
            kind,
            LineKind::Score(_) | LineKind::ScoreBy { .. } | LineKind::StartAt(_)
        );
        if sets && !first {
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
        item.lines.push(Line { kind, origin });
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
                    "a quotient of two figures of one kind is a ratio, from 0 to 1; to make points of it, multiply it: `done / due * 60`",
                    "两个同类的数相除得比率（0 到 1）；要得分值，请先相除再乘满分，如“已完成 / 应完成 * 60”"
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
        let of = self.numeric(per.of);
        let found = self.type_of(of);
        let of_size = match per.basis {
            PerBasis::Each => {
                if !matches!(
                    found,
                    Type::Count | Type::Unknown | Type::Literal { whole: true }
                ) {
                    let (en, zh) = found.words();
                    self.say(
                        Diagnostic::new(
                            &codes::PER_NEEDS_A_COUNT,
                            self.span_of(of),
                            words!(
                                "`per` counts whole things, and this is {en}",
                                "“每”用于可数的次数，而这是{zh}"
                            ),
                        )
                        .with_help(words!(
                            "write `per full 10 of X` (每满), `per started 10 of X` (每不足…按一次) or `in proportion per 10 of X` (按比例)",
                            "请写“每满 10 X 扣…”“每不足 10 X 按一次 扣…”或“按比例 每 10 X 扣…”"
                        )),
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
        let (lines, _) = self.lines(body, &key, None);
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

    /// Understands the lines of a table, looked up by a key of type `key`; `levels` is the scale
    /// that the outcomes belong to, if they are words.
    pub(super) fn lines(
        &mut self,
        body: &'a TableBody,
        key: &Type,
        levels: Option<ScaleId>,
    ) -> (Lines, Type) {
        let mut outcomes = Vec::new();
        let (block, is_points) = match body {
            TableBody::Rows { rows, .. } => (rows, false),
            TableBody::Points { rows, .. } => (rows, true),
        };
        let mut rows = Vec::new();
        for statement in &block.statements {
            let (test, outcome) = match &statement.kind {
                Kind::Row { test, outcome } => (test, *outcome),
                Kind::Adjust { .. } if levels.is_some() => continue,
                Kind::Hole(_) => continue,
                _ => {
                    self.misplaced(statement);
                    continue;
                }
            };
            let test = self.test(test, key);
            let outcome = match levels {
                Some(scale) => self.expr_option(outcome, scale),
                None => self.expr(outcome),
            };
            outcomes.push(outcome);
            rows.push(Row {
                test,
                outcome,
                origin: origin(statement),
            });
        }
        let of = match self.join_all(&outcomes, block.span) {
            // Between whole values lie broken ones.
            Type::Count | Type::Literal { .. } if is_points => Type::Number,
            of => of,
        };
        if !is_points {
            let between = match body {
                TableBody::Rows { between, .. } => *between,
                TableBody::Points { .. } => None,
            };
            return (Lines::Rows { rows, between }, of);
        }
        let ends = match body {
            TableBody::Points { ends, .. } => *ends,
            TableBody::Rows { .. } => None,
        };
        let mut points = Vec::new();
        for row in rows {
            let at = match &row.test {
                Test::Is(list) => match list.as_slice() {
                    [one] => self.constant(*one),
                    _ => None,
                },
                _ => None,
            };
            match at {
                Some(at) if points.last().is_none_or(|(last, _, _)| *last < at) => {
                    points.push((at, row.outcome, row.origin.span));
                }
                _ => self.say(Diagnostic::new(
                    &codes::POINTS_MAKE_NO_LINE,
                    row.origin.span,
                    words!(
                        "a point is one figure and its value, `80% => 60`, and the figures rise from line to line",
                        "插值点写成“80% 为 60”，自上而下由小到大"
                    ),
                )),
            }
        }
        if points.len() < 2 {
            self.say(Diagnostic::new(
                &codes::POINTS_MAKE_NO_LINE,
                block.span,
                words!("a line needs two points at least", "插值至少要有两个点"),
            ));
        }
        (Lines::Points { points, ends }, of)
    }

    fn test(&mut self, test: &syntax::Test, key: &Type) -> Test {
        match test {
            syntax::Test::From(at) => Test::From(self.edge(*at, key)),
            syntax::Test::Above(at) => Test::Above(self.edge(*at, key)),
            syntax::Test::UpTo(at) => Test::UpTo(self.edge(*at, key)),
            syntax::Test::Below(at) => Test::Below(self.edge(*at, key)),
            syntax::Test::Within(low, high) => {
                let (low, high) = (self.edge(*low, key), self.edge(*high, key));
                if let (Some(a), Some(b)) = (self.constant(low), self.constant(high))
                    && a > b
                {
                    let span = self.span_of(low).to(self.span_of(high));
                    self.say(Diagnostic::new(
                        &codes::EMPTY_RANGE,
                        span,
                        words!(
                            "no value lies between {a} and {b}; the smaller one stands first",
                            "{a} 到 {b} 之间没有任何值，小的数写在前面"
                        ),
                    ));
                }
                Test::Within(low, high)
            }
            syntax::Test::Is(list) => Test::Is(
                list.iter()
                    .map(|one| match key {
                        Type::Option(scale) => self.expr_option(*one, *scale),
                        _ => self.edge_or_value(*one, key),
                    })
                    .collect(),
            ),
            syntax::Test::Otherwise => Test::Otherwise,
            syntax::Test::Missing => Test::Missing,
        }
    }

    /// A bound of a line: a figure that can be compared with the key.
    fn edge(&mut self, at: syntax::ExprId, key: &Type) -> ExprId {
        let id = self.numeric(at);
        self.against_key(id, key);
        id
    }

    fn edge_or_value(&mut self, at: syntax::ExprId, key: &Type) -> ExprId {
        let id = self.expr(at);
        self.against_key(id, key);
        id
    }

    fn against_key(&mut self, id: ExprId, key: &Type) {
        if matches!(key, Type::Unknown) {
            return;
        }
        let span = self.span_of(id);
        let stand_in = self.push(ExprKind::Unknown, key.clone(), span);
        self.comparable(stand_in, id, true, span);
    }

    pub(super) fn table(&mut self, id: TableId, by: Option<syntax::ExprId>, body: &'a TableBody) {
        let mut key = Type::Unknown;
        let mut by_expr = None;
        if let Some(by) = by {
            let named = match self.tree.exprs.get(by.0 as usize).map(|expr| &expr.kind) {
                Some(syntax::ExprKind::Path(path)) => self.names.find(&joined(path)),
                _ => None,
            };
            if let Some(Named::Scale(scale)) = named {
                key = Type::Option(scale);
            } else {
                let by = self.expr(by);
                key = self.type_of(by);
                by_expr = Some(by);
            }
        } else if let Some(scale) = self.scale_of_keys(body) {
            key = Type::Option(scale);
        }
        let levels = match self.model.tables.get(id.index()).map(|table| &table.of) {
            Some(Type::Option(scale)) => Some(*scale),
            _ => None,
        };
        self.understanding_table = Some(id);
        let (lines, of) = self.lines(body, &key, levels);
        self.understanding_table = None;
        if let Some(table) = self.model.tables.get_mut(id.index()) {
            table.key = key;
            table.by = by_expr;
            table.lines = lines;
            inherit_lines(&mut table.lines, &table.origin);
            table.of = levels.map_or(of.settled(), Type::Option);
        }
    }

    /// The declared choice whose options the lines of a table are about.
    fn scale_of_keys(&self, body: &TableBody) -> Option<ScaleId> {
        let TableBody::Rows { rows, .. } = body else {
            return None;
        };
        let mut keys = Vec::new();
        for statement in &rows.statements {
            if let Kind::Row {
                test: syntax::Test::Is(list),
                ..
            } = &statement.kind
            {
                for id in list {
                    match &self.tree.exprs.get(id.0 as usize)?.kind {
                        syntax::ExprKind::Path(path) => keys.push(joined(path)),
                        syntax::ExprKind::Quoted(quoted) => keys.push(quoted.text.clone()),
                        _ => return None,
                    }
                }
            }
        }
        if keys.is_empty() {
            return None;
        }
        let index = self
            .model
            .scales
            .iter()
            .position(|scale| keys.iter().all(|key| scale.find(key).is_some()))?;
        u32::try_from(index).ok().map(ScaleId)
    }

    /// The type of a table applied to a key.
    pub(super) fn table_applied(&mut self, id: TableId, key: ExprId) -> Type {
        if self.understanding_table.is_some_and(|own| own <= id) {
            let span = self.span_of(key);
            self.say(Diagnostic::new(
                &codes::CIRCULAR,
                span,
                words!(
                    "a table can use only tables written before it",
                    "对照表只能引用写在它前面的对照表"
                ),
            ));
            return Type::Unknown;
        }
        let (wanted, of) = match self.model.tables.get(id.index()) {
            Some(table) => (table.key.clone(), table.of.clone()),
            None => return Type::Unknown,
        };
        if wanted != Type::Unknown {
            let span = self.span_of(key);
            let stand_in = self.push(ExprKind::Unknown, wanted, span);
            self.comparable(stand_in, key, true, span);
        } else if !self.type_of(key).is_numeric() {
            self.want_numeric(key);
        }
        of
    }

    fn grade(&mut self, id: FigureId, by: syntax::ExprId, lines: &'a GradeLines, head: Span) {
        let by = self.expr(by);
        let key = self.type_of(by);
        let (lines, of, block) = match lines {
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
                let (lines, of) = self.lines(body, &key, levels);
                let block = match body {
                    TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => Some(rows),
                };
                (lines, levels.map_or(of, Type::Option), block)
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
                let of = self.table_applied(table, by);
                let lines = match self.model.tables.get(table.index()) {
                    Some(table) => table.lines.clone(),
                    None => return,
                };
                (lines, of, block.as_ref())
            }
        };
        let mut adjustments = Vec::new();
        if let (Type::Option(scale), Some(block)) = (&of, block) {
            for statement in &block.statements {
                if let Kind::Adjust { when, what, label } = &statement.kind {
                    let when = self.condition(*when);
                    let what = match what {
                        WrittenAdjustment::OneStepLower => Some(Adjust::OneStepLower),
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
                            origin: origin(statement),
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
            Adjust::NoBetterThan(_) | Adjust::OneStepLower => true,
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

    fn group(
        &mut self,
        id: FigureId,
        block: Option<&'a Block>,
        out_of: Option<Marks>,
        is_total: bool,
    ) -> Group {
        let mut members: Vec<Member> = Vec::new();
        let mut weights = false;
        let mut marks = false;
        if let (Some(block), false) = (block, is_total) {
            for statement in &block.statements {
                let weight = match &statement.kind {
                    Kind::Item(_) | Kind::Group(_) => {
                        marks = true;
                        None
                    }
                    Kind::Weight { weight, member } => {
                        weights = true;
                        let name = joined(member);
                        if self.names.find(&name).is_none() {
                            self.unknown_name(&name, path_span(member));
                        }
                        Some(weight)
                    }
                    _ => continue,
                };
                let Some(of) = self.member_of(statement) else {
                    continue;
                };
                let weight = weight.map(|weight| self.weight(weight));
                members.push(Member {
                    of,
                    weight,
                    full: self.full_of(of),
                    origin: origin(statement),
                });
            }
        } else {
            let own = self.members.of_group(id).to_vec();
            for of in own {
                let origin = match of {
                    MemberOf::Figure(figure) => self
                        .model
                        .figure(figure)
                        .map(|figure| figure.origin.clone())
                        .unwrap_or_default(),
                    MemberOf::Input(_) | MemberOf::Either(_) => Origin::default(),
                };
                marks = true;
                members.push(Member {
                    of,
                    weight: None,
                    full: self.full_of(of),
                    origin,
                });
            }
        }
        if weights && marks {
            self.say(Diagnostic::new(
                &codes::WEIGHTS_AND_MARKS,
                block.map_or(Span::default(), |block| block.span),
                words!(
                    "a group weighs its members either by marks (`out of`) or by percentages, not both",
                    "一个组要么按满分、要么按百分比计权，不能混用"
                ),
            ));
        }
        let covers = block.and_then(|block| {
            block
                .statements
                .iter()
                .find_map(|statement| match &statement.kind {
                    Kind::Covers { part, whole, label } => {
                        let mut origin = origin(statement);
                        if origin.assumed.is_none() {
                            origin.assumed = label.as_ref().map(|label| label.text.clone());
                        }
                        Some((quantity_value(part).0, quantity_value(whole).0, origin))
                    }
                    _ => None,
                })
        });
        let marks_of = out_of.as_ref().map(|marks| marks.value.clone());
        let (whole, full) = if weights {
            let common = if marks {
                None
            } else {
                self.common_bound(&members)
            };
            (Some(Rational::ONE), marks_of.or(common))
        } else {
            for member in &mut members {
                member.weight = member.full.clone();
            }
            let sum = members.iter().try_fold(Rational::ZERO, |sum, member| {
                Some(sum + member.weight.as_ref()?)
            });
            let whole = marks_of.or(sum);
            (whole.clone(), whole)
        };
        let covers = covers.map(|(part, all, origin)| {
            // 60 of 100 is 60 % where the members have percentages.
            if weights && all > Rational::ONE {
                (part * percent(), all * percent(), origin)
            } else {
                (part, all, origin)
            }
        });
        let all = covers.as_ref().map(|(_, all, _)| all.clone());
        let full = match (&all, &out_of) {
            // Marks that the text leaves out belong to the full marks.
            (Some(all), None) if !weights => Some(all.clone()),
            _ => full,
        };
        let mut group = Group {
            members,
            whole: all.or(whole),
            full,
            covers,
            body: Item::default(),
        };
        if let Some(block) = block {
            group.body = self.body(block, Some(&group.members));
        }
        group.body.out_of = out_of;
        if marks {
            // The listed percentages are of all the marks.
            for rule in &mut group.body.missing {
                if let (MissingThen::Weights(listed), Some(whole)) = (&mut rule.then, &group.whole)
                {
                    for weight in listed {
                        *weight = &*weight * whole;
                    }
                }
            }
        }
        group
    }

    /// A weight as a share. Without its sign, 50 is taken for 50 %, and 0.5 too, so that the sum
    /// of the weights is not reported as well.
    fn weight(&mut self, weight: &syntax::Quantity) -> Rational {
        let (value, _) = quantity_value(weight);
        if weight.percent {
            return value;
        }
        let share = if value > Rational::ONE {
            value * percent()
        } else {
            value
        };
        let shown = share.clone() * Rational::from_integer(100);
        self.say(
            Diagnostic::new(
                &codes::WEIGHT_WITHOUT_PERCENT,
                weight.span,
                words!(
                    "a weight is a percentage; did you mean `{shown}%`?",
                    "权重应为百分比，是否想写“{shown}%”？"
                ),
            )
            .with_fix(weight.span, format!("{shown}%")),
        );
        share
    }

    /// fᵢ: what a member is out of, where that is known.
    fn full_of(&mut self, of: MemberOf) -> Option<Rational> {
        match of {
            MemberOf::Input(id) => {
                self.used.insert(id);
                let at = self.model.input(id)?.high.as_ref()?.at;
                self.constant(at)
            }
            MemberOf::Either(id) => {
                let inputs = self.model.eithers.get(id.index())?.inputs.clone();
                let mut bound = None;
                for input in inputs {
                    let own = self.full_of(MemberOf::Input(input))?;
                    if bound.get_or_insert_with(|| own.clone()) != &own {
                        return None;
                    }
                }
                bound
            }
            MemberOf::Figure(id) => match &self.model.figure(id)?.kind {
                FigureKind::Item(item) => item.out_of.as_ref().map(|marks| marks.value.clone()),
                FigureKind::Group(group) | FigureKind::Total(group) => group.full.clone(),
                FigureKind::Unknown
                | FigureKind::Let(_)
                | FigureKind::Grade(_)
                | FigureKind::Consequence(_) => None,
            },
        }
    }

    fn common_bound(&mut self, members: &[Member]) -> Option<Rational> {
        let mut common: Option<(Rational, Span)> = None;
        for member in members {
            let Some(full) = member.full.clone() else {
                continue;
            };
            match &common {
                None => common = Some((full, member.origin.span)),
                Some((first, span)) if *first != full => {
                    let (first, span) = (first.clone(), *span);
                    self.say(
                        Diagnostic::new(
                            &codes::BOUNDS_DIFFER,
                            member.origin.span,
                            words!(
                                "this member goes up to {full}, another of the group up to {first}: their percentages cannot be added",
                                "这一项最高 {full}，同组另一项最高 {first}，不能直接按百分比相加"
                            ),
                        )
                        .with_label(span, words!("up to {first}", "最高 {first}"))
                        .with_help(words!(
                            "bring them to one scale first with `let`",
                            "请先用“令”换算到同一满分"
                        )),
                    );
                    return Some(first);
                }
                Some(_) => {}
            }
        }
        common.map(|(full, _)| full)
    }

    fn group_type(&mut self, group: &Group) -> Type {
        let mut of = Type::Nothing;
        for member in &group.members {
            let own = match member.of {
                MemberOf::Input(id) => self.model.input(id).map(|input| input.of.clone()),
                MemberOf::Either(_) => None,
                MemberOf::Figure(id) => self.model.figure(id).map(|figure| figure.of.clone()),
            }
            .unwrap_or(Type::Unknown);
            of = match of.join(&own) {
                Ok(joined) if joined.is_numeric() => joined,
                Ok(_) | Err(Clash::Kinds) => {
                    let (en, zh) = own.words();
                    self.say(Diagnostic::new(
                        &codes::TYPE_MISMATCH,
                        member.origin.span,
                        words!(
                            "this is {en}; a figure belongs here",
                            "这是{zh}，此处应为数值"
                        ),
                    ));
                    Type::Unknown
                }
                Err(Clash::MoneyWithPlain | Clash::RatioWithPlain) => {
                    self.say(Diagnostic::new(
                        &codes::UNITS_MIXED,
                        member.origin.span,
                        words!(
                            "the members of a group have one unit, and this one differs",
                            "同组各项单位应一致，而这一项不同"
                        ),
                    ));
                    Type::Unknown
                }
            };
        }
        match of {
            Type::Count | Type::Nothing => Type::Number,
            other => other,
        }
    }

    fn missing(
        &mut self,
        pattern: &MissingPattern,
        then: &'a syntax::MissingThen,
        statement: &'a Statement,
        members: Option<&[Member]>,
    ) -> Option<MissingRule> {
        use syntax::MissingThen as T;
        let when = match (pattern, members) {
            (MissingPattern::Any, _) => MissingWhen::Any,
            (MissingPattern::All, Some(_)) => MissingWhen::All,
            (MissingPattern::FewerThan(least), Some(_)) => {
                let least = quantity_value(least)
                    .0
                    .to_i64()
                    .and_then(|least| usize::try_from(least).ok());
                MissingWhen::FewerThan(least.unwrap_or(usize::MAX))
            }
            (MissingPattern::These(paths), Some(members)) => {
                let mut these = Vec::new();
                for path in paths {
                    these.push(self.member_index(members, path)?);
                }
                these.sort_unstable();
                MissingWhen::These(these)
            }
            (
                MissingPattern::All | MissingPattern::FewerThan(_) | MissingPattern::These(_),
                None,
            ) => {
                self.not_in_item(statement);
                return None;
            }
        };
        let then = match then {
            T::WeighEqually
            | T::ShareEqually
            | T::ShareInProportion
            | T::GiveTo(_)
            | T::Weights(_)
                if members.is_none() =>
            {
                self.not_in_item(statement);
                return None;
            }
            T::WeighEqually => MissingThen::WeighEqually,
            T::ShareEqually => MissingThen::ShareEqually,
            T::ShareInProportion => MissingThen::ShareInProportion,
            T::GiveTo(path) => MissingThen::GiveTo(self.member_index(members?, path)?),
            T::Weights(list) => {
                let members = members?;
                let mut weights = vec![Rational::ZERO; members.len()];
                for (path, weight) in list {
                    let index = self.member_index(members, path)?;
                    let value = self.weight(weight);
                    if let Some(slot) = weights.get_mut(index) {
                        *slot = value;
                    }
                }
                MissingThen::Weights(weights)
            }
            T::CountAsZero => MissingThen::CountAsZero,
            T::CountAsFull => MissingThen::CountAsFull,
            T::CountAs(value) => MissingThen::CountAs(self.numeric(*value)),
            T::NoValue => MissingThen::NoValue,
            T::NoResult { reason, label } => {
                let stop = self.model.stops.len();
                self.model.stops.push(Stop {
                    reason: reason.text.clone(),
                    label: label.as_ref().map(|label| label.text.clone()),
                    when: None,
                    origin: origin(statement),
                });
                MissingThen::Stop(stop)
            }
        };
        Some(MissingRule {
            when,
            then,
            origin: origin(statement),
        })
    }

    fn not_in_item(&mut self, statement: &Statement) {
        self.say(Diagnostic::new(
            &codes::MISPLACED,
            statement.head,
            words!(
                "an item has no members to weigh; write `missing => count as …`, `no value` or `no result …`",
                "指标没有下级成员可计权；请写“缺项 => 按…计”“无值”或“不出具结果 …”"
            ),
        ));
    }
}

/// A line of a body that cites no article rests on the article of its body.
fn inherit(item: &mut Item, from: &Origin) {
    let own = |origin: &mut Origin| {
        if origin.article.is_none() {
            origin.article.clone_from(&from.article);
        }
    };
    for line in &mut item.lines {
        own(&mut line.origin);
        if let LineKind::ScoreBy { lines, .. } = &mut line.kind {
            inherit_lines(lines, from);
        }
    }
    item.missing
        .iter_mut()
        .for_each(|rule| own(&mut rule.origin));
    item.may_go_below_zero.iter_mut().for_each(own);
    item.may_exceed.iter_mut().for_each(own);
}

fn inherit_lines(lines: &mut Lines, from: &Origin) {
    if let Lines::Rows { rows, .. } = lines {
        for row in rows {
            if row.origin.article.is_none() {
                row.origin.article.clone_from(&from.article);
            }
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
            Test::Within(low, _) => lows.push(constant(*low)?),
            Test::Is(_) | Test::Otherwise | Test::Missing => {}
        }
    }
    match lows.as_slice() {
        [first, second, ..] => Some(first < second),
        [_] => Some(false),
        [] => None,
    }
}
