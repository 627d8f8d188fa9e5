//! The lines of tables: their conditions, what they give, and the key they are looked up by.

use super::codes;
use super::expressions::joined;
use super::figures::inherit_lines;
use super::from_syntax::Builder;
use super::names::Named;
use super::types::Type;
use super::{ExprId, ExprKind, Lines, Row, ScaleId, TableId, Test};
use crate::diagnostic::Diagnostic;
use crate::syntax::{self, Kind, TableBody};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    /// Understands the lines of a table, looked up by a key of type `key`; `levels` is the scale
    /// that the outcomes belong to, if they are words.
    pub(super) fn lines(
        &mut self,
        body: &'a TableBody,
        keys: &[Type],
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
            let test = self.test_of(test, keys, statement.head);
            let outcome = match levels {
                Some(scale) => self.expr_option(outcome, scale),
                None => self.expr(outcome),
            };
            outcomes.push(outcome);
            rows.push(Row {
                test,
                outcome,
                origin: self.origin(statement),
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
            let of_figure = matches!(keys, [key] if key.is_numeric() || *key == Type::Unknown);
            if between.is_some() && !of_figure {
                self.say(Diagnostic::new(
                    &codes::MISPLACED,
                    block.span,
                    words!(
                        "`read from the lower end` and `rounded first` speak of the ranges of one figure: this table has several keys, or one that is no figure",
                        "“按下限归档”“先四舍五入”只用于按一个数分档的表，而这张表有几个键，或键不是数"
                    ),
                ));
            }
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

    /// A test of one key, or one for each of several.
    fn test_of(&mut self, test: &syntax::Test, keys: &[Type], span: Span) -> Test {
        let tests = match (test, keys) {
            (_, [_] | []) | (syntax::Test::Otherwise, _) => {
                return self.test(test, keys.first().unwrap_or(&Type::Unknown));
            }
            (syntax::Test::Several(tests), _) => tests.as_slice(),
            (one, _) => std::slice::from_ref(one),
        };
        if tests.len() != keys.len() {
            let (found, wanted) = (tests.len(), keys.len());
            self.say(Diagnostic::new(
                &codes::KEY_LEFT_OUT,
                span,
                words!(
                    "this line has {found} conditions, and the table has {wanted} keys: write one for each, separated by commas",
                    "本行有 {found} 个条件，而对照表有 {wanted} 个键：每个键写一个，用逗号隔开"
                ),
            ));
        }
        Test::Several(
            tests
                .iter()
                .zip(keys)
                .map(|(test, key)| self.test(test, key))
                .collect(),
        )
    }

    pub(super) fn test(&mut self, test: &syntax::Test, key: &Type) -> Test {
        match test {
            // One key may have one of several options, which stand in one test.
            syntax::Test::Several(tests) => Test::Is(
                tests
                    .iter()
                    .filter_map(|test| match self.test(test, key) {
                        Test::Is(list) => Some(list),
                        _ => None,
                    })
                    .flatten()
                    .collect(),
            ),
            syntax::Test::From(at) => Test::From(self.edge(*at, key)),
            syntax::Test::Above(at) => Test::Above(self.edge(*at, key)),
            syntax::Test::UpTo(at) => Test::UpTo(self.edge(*at, key)),
            syntax::Test::Below(at) => Test::Below(self.edge(*at, key)),
            syntax::Test::Within(low, high) => {
                let (low, high) = (self.edge(*low, key), self.edge(*high, key));
                self.not_empty(low, high, true);
                Test::Within(low, high)
            }
            syntax::Test::Bounded(low, high) => {
                let ends = (self.edge(low.at, key), self.edge(high.at, key));
                self.not_empty(ends.0, ends.1, low.included && high.included);
                Test::Bounded((ends.0, low.included), (ends.1, high.included))
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

    /// Values lie between the ends of a line; where both are included, the ends may be one.
    fn not_empty(&mut self, low: ExprId, high: ExprId, included: bool) {
        if let (Some(a), Some(b)) = (self.constant(low), self.constant(high))
            && (a > b || a == b && !included)
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
    }

    /// A bound of a line: a figure that can be compared with the key.
    fn edge(&mut self, at: syntax::ExprId, key: &Type) -> ExprId {
        let id = self.expr(at);
        if !matches!(key, Type::Date | Type::Time) {
            self.want_numeric(id);
        }
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

    pub(super) fn table(&mut self, id: TableId, by: &[syntax::ExprId], body: &'a TableBody) {
        let mut keys = Vec::new();
        let mut by_expr = None;
        for by in by {
            let named = match self.tree.exprs.get(by.0 as usize).map(|expr| &expr.kind) {
                Some(syntax::ExprKind::Path(path)) => self.names.find(&joined(path)),
                _ => None,
            };
            if let Some(Named::Scale(scale)) = named {
                keys.push(Type::Option(scale));
            } else if named.is_none() && self.is_word_for_the_key(*by, body) {
                keys.push(Type::Unknown);
            } else {
                let by = self.expr(*by);
                keys.push(self.type_of(by));
                by_expr = Some(by);
            }
        }
        if by.is_empty() {
            keys.push(match self.scale_of_keys(body) {
                Some(scale) => Type::Option(scale),
                None => Type::Unknown,
            });
        }
        let levels = match self.model.tables.get(id.index()).map(|table| &table.of) {
            Some(Type::Option(scale)) => Some(*scale),
            _ => None,
        };
        self.understanding_table = Some(id);
        let (lines, of) = self.lines(body, &keys, levels);
        self.understanding_table = None;
        if let Some(table) = self.model.tables.get_mut(id.index()) {
            table.key = keys.first().cloned().unwrap_or(Type::Unknown);
            table.keys = keys;
            table.by = by_expr;
            table.lines = lines;
            inherit_lines(&mut table.lines, &table.origin);
            table.of = levels.map_or(of.settled(), Type::Option);
        }
    }

    /// Whether a table calls its key by a word that is no name: `by score` before bounds, where
    /// each use says what is looked up.
    fn is_word_for_the_key(&self, by: syntax::ExprId, body: &TableBody) -> bool {
        let is_word = match self.tree.exprs.get(by.0 as usize).map(|expr| &expr.kind) {
            Some(syntax::ExprKind::Path(path)) => path.names.len() == 1,
            _ => false,
        };
        let rows = match body {
            TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => rows,
        };
        is_word
            && rows
                .statements
                .iter()
                .all(|statement| match &statement.kind {
                    Kind::Row { test, .. } => !matches!(test, syntax::Test::Is(_)),
                    _ => true,
                })
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
    pub(super) fn table_applied(&mut self, id: TableId, keys: &[ExprId]) -> Type {
        let Some(key) = keys.first().copied() else {
            return Type::Unknown;
        };
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
            Some(table) => (table.keys.clone(), table.of.clone()),
            None => return Type::Unknown,
        };
        if wanted.len() != keys.len() && !wanted.is_empty() {
            let (found, needed) = (keys.len(), wanted.len());
            self.say(Diagnostic::new(
                &codes::KEY_LEFT_OUT,
                self.span_of(key),
                words!(
                    "the table has {needed} keys, and {found} are given: write `table of (a, b)`",
                    "对照表有 {needed} 个键，这里给了 {found} 个：请写“(a，b) 的 对照表”"
                ),
            ));
        }
        for (wanted, key) in wanted.into_iter().zip(keys) {
            if wanted != Type::Unknown {
                let span = self.span_of(*key);
                let stand_in = self.push(ExprKind::Unknown, wanted, span);
                self.comparable(stand_in, *key, true, span);
            } else if !self.type_of(*key).is_numeric() {
                self.want_numeric(*key);
            }
        }
        of
    }
}
