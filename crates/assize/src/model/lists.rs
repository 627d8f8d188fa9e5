//! Expressions over many values: one for each element, those that meet a condition, the best few,
//! their order, and where one stands among all; tables in place and figures for each option.

use super::codes;
use super::expressions::{joined, quantity_value};
use super::from_syntax::Builder;
use super::names::Named;
use super::rows::row_record;
use super::types::Type;
use super::{
    Called, ExprId, ExprKind, FigureKind, InputId, Irrational, Lines, LoopId, Over, Row, ScaleId,
    Standing, Test,
};
use crate::diagnostic::Diagnostic;
use crate::number::{Rational, Step};
use crate::syntax::{
    self, Block, EdgeTies, Kind, Logarithm, Quantifier, Remainder, TableBody, Ties,
};
use crate::text::{Span, words};

/// Rows that data gives, and what an `each` adds to them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Input(InputId),
    /// Rows inside a row.
    Member(LoopId, u32),
}

impl<'a> Builder<'a> {
    /// What a loop goes through; a bare name may be a choice.
    fn over(&mut self, over: syntax::ExprId) -> ExprId {
        self.expr_open(over)
    }

    /// `E for x in XS where C`
    pub(super) fn for_each(
        &mut self,
        (value, binder): (syntax::ExprId, &syntax::Name),
        over: syntax::ExprId,
        only: Option<syntax::ExprId>,
        span: Span,
    ) -> ExprId {
        let over = self.over(over);
        let row = self.open_loop(over, Some(binder), span);
        if self.is_deepest() {
            self.leave();
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        }
        let only = only.map(|only| self.condition(only));
        let value = self.expr(value);
        self.leave();
        let of = Type::List(Box::new(self.type_of(value).settled()));
        let kind = ExprKind::Collect {
            row,
            only,
            value,
            keyed: false,
        };
        self.push(kind, of, span)
    }

    /// What was collected from each option of a choice, named by the options.
    pub(super) fn by_option(&mut self, id: ExprId) -> Option<ScaleId> {
        let ExprKind::Collect {
            row, only: None, ..
        } = self.model.expr(id)?.kind
        else {
            return None;
        };
        let Over::Scale(scale) = self.model.row(row)?.over else {
            return None;
        };
        let expr = self.model.exprs.get_mut(id.index())?;
        if let ExprKind::Collect { keyed, .. } = &mut expr.kind {
            *keyed = true;
        }
        if let Type::List(element) = &expr.of {
            expr.of = Type::Map(scale, element.clone());
        }
        Some(scale)
    }

    /// `XS where C`
    pub(super) fn only(
        &mut self,
        list: syntax::ExprId,
        condition: syntax::ExprId,
        span: Span,
    ) -> ExprId {
        let Some((row, condition)) = self.filtered(list, condition, span) else {
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        let element = self.element_type(row);
        self.push(
            ExprKind::Only(row, condition),
            Type::List(Box::new(element)),
            span,
        )
    }

    fn element_type(&self, row: LoopId) -> Type {
        self.model
            .row(row)
            .map_or(Type::Unknown, |row| row.element.clone())
    }

    fn filtered(
        &mut self,
        list: syntax::ExprId,
        condition: syntax::ExprId,
        span: Span,
    ) -> Option<(LoopId, ExprId)> {
        let over = self.over(list);
        let row = self.open_loop(over, None, span);
        if self.is_deepest() {
            self.leave();
            return None;
        }
        let condition = self.condition(condition);
        self.leave();
        Some((row, condition))
    }

    /// `share of (XS where C)`
    pub(super) fn share_of(
        &mut self,
        list: syntax::ExprId,
        condition: syntax::ExprId,
        span: Span,
    ) -> ExprId {
        match self.filtered(list, condition, span) {
            Some((row, condition)) => {
                self.push(ExprKind::ShareOf(row, condition), Type::Ratio, span)
            }
            None => self.push(ExprKind::Unknown, Type::Unknown, span),
        }
    }

    /// `names in M where C`
    pub(super) fn names_in(
        &mut self,
        map: syntax::ExprId,
        condition: syntax::ExprId,
        span: Span,
    ) -> ExprId {
        let Some((row, condition)) = self.filtered(map, condition, span) else {
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        if let Some(Over::List(list)) = self.model.row(row).map(|row| row.over)
            && self.type_of(list) != Type::Unknown
        {
            self.say(Diagnostic::new(
                &codes::NEEDS_A_LIST,
                span,
                words!(
                    "`names in` belongs to a map; of a list write `id for x in xs where …`",
                    "“名单”用于按名称填写的数据；列表请写“逐一 x 于 xs 取 …”"
                ),
            ));
        }
        self.push(
            ExprKind::NamesIn(row, condition),
            Type::List(Box::new(Type::Text)),
            span,
        )
    }

    /// `every XS has C`, `some XS has C`
    pub(super) fn quantified(&mut self, of: &Quantifier, all: bool, span: Span) -> ExprId {
        let over = self.over(of.over);
        let row = self.open_loop(over, of.binder.as_ref(), span);
        if self.is_deepest() {
            self.leave();
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        }
        let has = self.condition(of.has);
        self.leave();
        self.push(ExprKind::Quantified { row, has, all }, Type::Flag, span)
    }

    /// `XS sorted by score highest first, id`
    pub(super) fn sorted(&mut self, list: ExprId, by: &[syntax::SortKey], span: Span) -> ExprId {
        let row = self.open_loop(list, None, span);
        let element = self.element_type(row);
        let mut keys = Vec::new();
        for key in by {
            let by = self.expr(key.by);
            let of = self.type_of(by);
            if !of.is_ordered() && !matches!(of, Type::Text | Type::Option(_)) {
                self.not_ordered(by);
            }
            keys.push((by, key.highest_first));
        }
        if by.is_empty() {
            let has_order = element.is_ordered()
                || matches!(element, Type::Text | Type::Option(_) | Type::Unknown);
            if !has_order && !matches!(element, Type::Record(_)) {
                self.not_ordered(list);
            }
            if matches!(element, Type::Record(_)) {
                self.say(Diagnostic::new(
                    &codes::TYPE_MISMATCH,
                    span,
                    words!(
                        "rows are sorted by one of their members: `sorted by score highest first`",
                        "一行有多项数据，请写按哪一项排序：“排序 按 score 由高到低”"
                    ),
                ));
            }
            let it = self.push(ExprKind::Row(row), element.clone(), span);
            keys.push((it, false));
        }
        self.leave();
        self.push(
            ExprKind::Sorted { row, by: keys },
            Type::List(Box::new(element)),
            span,
        )
    }

    fn not_ordered(&mut self, id: ExprId) {
        let (en, zh) = self.type_of(id).words();
        self.say(Diagnostic::new(
            &codes::TYPE_MISMATCH,
            self.span_of(id),
            words!(
                "this is {en}, which has no greater and less",
                "这是{zh}，不能比大小"
            ),
        ));
    }

    /// `highest 3 of xs`, `xs without the lowest 1`
    pub(super) fn pick(
        &mut self,
        which: syntax::Pick,
        count: ExprId,
        of: ExprId,
        span: Span,
    ) -> ExprId {
        use syntax::Pick as P;
        let element = self.list_element(of);
        if !matches!(which, P::First | P::Last) && !element.is_ordered() {
            self.not_ordered(of);
        }
        let whole = match self.type_of(count) {
            Type::Count | Type::Unknown => true,
            Type::Literal { .. } => self
                .constant(count)
                .is_some_and(|count| count.is_integer() && !count.is_negative()),
            _ => false,
        };
        if !whole {
            self.say(Diagnostic::new(
                &codes::MARKS_NOT_POSITIVE,
                self.span_of(count),
                words!("how many is a whole number", "此处应为整数"),
            ));
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        }
        let element = match self.type_of(of) {
            Type::List(_) => Type::List(Box::new(element)),
            _ => Type::Unknown,
        };
        self.push(ExprKind::Pick { which, count, of }, element, span)
    }

    /// The type of the elements of a list; anything else is reported.
    pub(super) fn list_element(&mut self, list: ExprId) -> Type {
        match self.type_of(list) {
            Type::List(element) => *element,
            Type::Map(_, value) | Type::Named(value) => *value,
            Type::Unknown => Type::Unknown,
            other => {
                let (en, zh) = other.words();
                self.say(Diagnostic::new(
                    &codes::NEEDS_A_LIST,
                    self.span_of(list),
                    words!("this is {en}, not a list", "这是{zh}，不是列表"),
                ));
                Type::Unknown
            }
        }
    }

    /// `scores[q]`
    pub(super) fn at(&mut self, map: ExprId, key: ExprId, span: Span) -> ExprId {
        let of = match self.type_of(map) {
            Type::Map(scale, value) => {
                self.as_option(key, scale);
                *value
            }
            Type::Named(value) => {
                if !matches!(self.type_of(key), Type::Text | Type::Unknown) {
                    let (en, zh) = self.type_of(key).words();
                    self.say(Diagnostic::new(
                        &codes::TYPE_MISMATCH,
                        self.span_of(key),
                        words!(
                            "this is {en}; a name belongs here",
                            "这是{zh}，此处应为名称"
                        ),
                    ));
                }
                *value
            }
            Type::Unknown => Type::Unknown,
            other => {
                let (en, zh) = other.words();
                self.say(Diagnostic::new(
                    &codes::NEEDS_A_LIST,
                    span,
                    words!(
                        "this is {en}; only a map has figures by key",
                        "这是{zh}，只有按键数据才能按键取数"
                    ),
                ));
                Type::Unknown
            }
        };
        self.push(ExprKind::At(map, key), of, span)
    }

    /// A table in place: `let five by scale { … }`.
    pub(super) fn case(
        &mut self,
        called: Called,
        by: syntax::ExprId,
        body: &'a TableBody,
        span: Span,
    ) -> ExprId {
        let by = self.expr(by);
        let key = self.type_of(by);
        let kinds = self.kinds_of(by);
        let levels = match (&kinds, self.levels(called, body, span)) {
            (None, Type::Option(scale)) => Some(scale),
            _ => None,
        };
        let (lines, of) = match (kinds, &key, body) {
            (Some(row), Type::Option(scale), TableBody::Rows { rows, .. }) => {
                self.kind_lines(row, *scale, rows)
            }
            _ => self.lines(body, &[key], levels),
        };
        let of = levels.map_or(of.settled(), Type::Option);
        self.push(ExprKind::Case(by, Box::new(lines)), of, span)
    }

    /// The loop whose rows a tag tells apart, if this is one.
    fn kinds_of(&self, by: ExprId) -> Option<LoopId> {
        match self.model.expr(by)?.kind {
            ExprKind::Member(row, 0) => {
                let record = self.model.record(row_record(self, row)?)?;
                record.kinds.map(|_| row)
            }
            _ => None,
        }
    }

    /// Lines by kind: the outcome of each knows the members of its kind.
    fn kind_lines(&mut self, row: LoopId, scale: ScaleId, block: &'a Block) -> (Lines, Type) {
        let mut rows = Vec::new();
        let mut outcomes = Vec::new();
        for statement in &block.statements {
            let Kind::Row { test, outcome } = &statement.kind else {
                if !matches!(statement.kind, Kind::Hole(_)) {
                    self.misplaced(statement);
                }
                continue;
            };
            let key = Type::Option(scale);
            let test = self.test(test, &key);
            let kind = match &test {
                Test::Is(list) => match list.as_slice() {
                    [one] => match self.model.expr(*one).map(|expr| &expr.kind) {
                        Some(ExprKind::Option(option)) => Some(*option),
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            };
            self.in_kind(row, kind);
            let outcome = self.expr(*outcome);
            self.in_kind(row, None);
            outcomes.push(outcome);
            rows.push(Row {
                test,
                outcome,
                origin: self.origin(statement),
            });
        }
        let of = self.join_all(&outcomes, block.span);
        (
            Lines::Rows {
                rows,
                between: None,
            },
            of,
        )
    }

    fn in_kind(&mut self, row: LoopId, kind: Option<u32>) {
        if let Some(scope) = self.scopes.iter_mut().find(|scope| scope.row == row) {
            scope.kind = kind;
        }
    }

    /// A figure for each option: `let score per category { … }`.
    pub(super) fn map_of(&mut self, keys: &syntax::Name, block: &'a Block, span: Span) -> ExprId {
        let Some(scale) = self.scale_named(keys) else {
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        let count = self
            .model
            .scale(scale)
            .map_or(0, |scale| scale.options.len());
        let mut values: Vec<Option<ExprId>> = vec![None; count];
        let mut rest = None;
        for statement in &block.statements {
            let Kind::Row { test, outcome } = &statement.kind else {
                if !matches!(statement.kind, Kind::Hole(_)) {
                    self.misplaced(statement);
                }
                continue;
            };
            let test = self.test(test, &Type::Option(scale));
            let value = self.expr(*outcome);
            match test {
                Test::Is(list) => {
                    for one in list {
                        let option = match self.model.expr(one).map(|expr| &expr.kind) {
                            Some(ExprKind::Option(option)) => *option as usize,
                            _ => continue,
                        };
                        match values.get_mut(option) {
                            Some(slot @ None) => *slot = Some(value),
                            _ => self.key_twice(statement.head),
                        }
                    }
                }
                Test::Otherwise => rest = Some(value),
                _ => self.misplaced(statement),
            }
        }
        let open = values.iter().position(Option::is_none);
        if let (Some(open), None) = (open, rest) {
            let option = self
                .model
                .scale(scale)
                .and_then(|scale| scale.options.get(open))
                .map_or_else(String::new, |option| option.shown().to_owned());
            self.say(Diagnostic::new(
                &codes::KEY_LEFT_OUT,
                span,
                words!(
                    "there is no line for `{option}`, and no `otherwise`",
                    "没有“{option}”的行，也没有“其余”"
                ),
            ));
        }
        let nothing = self.push(ExprKind::NoValue, Type::Nothing, span);
        let values: Vec<ExprId> = values
            .into_iter()
            .map(|value| value.or(rest).unwrap_or(nothing))
            .collect();
        let of = self.join_all(&values, span).settled();
        self.push(
            ExprKind::MapOf(values),
            Type::Map(scale, Box::new(of)),
            span,
        )
    }

    fn key_twice(&mut self, span: Span) {
        self.say(Diagnostic::new(
            &codes::NAME_TAKEN,
            span,
            words!("this key has a line already", "这一项已有一行"),
        ));
    }

    /// `counts scored by points`
    pub(super) fn tally(&mut self, counts: ExprId, table: &syntax::Name, span: Span) -> ExprId {
        let Type::Map(scale, value) = self.type_of(counts) else {
            if self.type_of(counts) != Type::Unknown {
                self.list_element(counts);
            }
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        if *value != Type::Count {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                words!(
                    "only a tally, a count for each option, can be scored answer by answer",
                    "只有各档人数（次数）才能逐答计分"
                ),
            ));
        }
        let Some(Named::Table(table)) = self.names.find(&table.text) else {
            self.unknown_name(&table.text, table.span);
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        let count = self
            .model
            .scale(scale)
            .map_or(0, |scale| scale.options.len());
        let mut points = Vec::new();
        let mut of = Type::Unknown;
        for option in 0..u32::try_from(count).unwrap_or(0) {
            let key = self.push(ExprKind::Option(option), Type::Option(scale), span);
            of = self.table_applied(table, &[key]);
            points.push(self.push(ExprKind::TableOf(table, vec![key]), of.clone(), span));
        }
        let of = of.settled();
        self.push(
            ExprKind::Tally { counts, points },
            Type::List(Box::new(of)),
            span,
        )
    }

    /// `rank of score in people, highest first, ties share`
    pub(super) fn rank(
        &mut self,
        (of, among): (syntax::ExprId, syntax::ExprId),
        highest_first: bool,
        ties: Ties,
        span: Span,
    ) -> ExprId {
        let result = if ties == Ties::Averaged {
            Type::Number
        } else {
            Type::Count
        };
        self.standing(
            (of, among),
            Standing::Rank {
                highest_first,
                ties,
            },
            result,
            span,
        )
    }

    /// `top 20% of people by score, round down, ties all in`
    pub(super) fn top(
        &mut self,
        size: syntax::ExprId,
        (by, among): (syntax::ExprId, syntax::ExprId),
        mode: crate::number::Mode,
        ties: EdgeTies,
        span: Span,
    ) -> ExprId {
        let size = self.numeric(size);
        let share = self.type_of(size) == Type::Ratio;
        self.standing(
            (by, among),
            Standing::Top {
                size,
                share,
                mode,
                ties,
            },
            Type::Flag,
            span,
        )
    }

    /// `split pool by score in people to 0.01, remainder by largest fraction`
    pub(super) fn split(
        &mut self,
        pool: syntax::ExprId,
        (by, among): (syntax::ExprId, syntax::ExprId),
        to: &syntax::Quantity,
        remainder: Remainder,
        span: Span,
    ) -> ExprId {
        let pool = self.numeric(pool);
        let of = self.type_of(pool).settled();
        let of = if of == Type::Count { Type::Number } else { of };
        let Ok(to) = Step::multiple(quantity_value(to).0) else {
            self.say(Diagnostic::new(
                &codes::ROUNDING_IMPOSSIBLE,
                to.span,
                words!("the smallest part is above zero", "最小单位应大于零"),
            ));
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        self.standing(
            (by, among),
            Standing::Split {
                pool,
                to,
                remainder,
            },
            of,
            span,
        )
    }

    fn standing(
        &mut self,
        (of, among): (syntax::ExprId, syntax::ExprId),
        what: Standing,
        result: Type,
        span: Span,
    ) -> ExprId {
        let by = self.standing_by(of, &what);
        for own in &by {
            let own = self.expr(*own);
            if !self.type_of(own).is_ordered() && self.type_of(own) != Type::Unknown {
                self.not_ordered(own);
            }
        }
        let list = self.expr_open(among);
        let base = self.base_of(list).filter(|(_, filters)| *filters <= 1);
        let around = self.scopes.iter().rev().find_map(|scope| {
            let over = match self.model.row(scope.row)?.over {
                Over::List(over) => self.base_of(over)?,
                Over::Map(_) | Over::Scale(_) | Over::Given => return None,
            };
            let same = over.1 == 0 && base.as_ref().is_some_and(|(base, _)| *base == over.0);
            same.then(|| (scope.row, scope.binder.clone()))
        });
        let Some((around, binder)) = around else {
            self.report_words(list);
            self.say(Diagnostic::new(
                &codes::MISPLACED,
                span,
                words!(
                    "where one stands among all is asked inside `each x in` that list; among some of its rows with one `where`",
                    "名次、名额和分配须写在对同一列表的“逐一 … 于 …”之内；只在部分行中排名的，写一个“其中”"
                ),
            ));
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        // The figure is that of each row in turn, also where the row is called by its name.
        let row = self.open_loop(list, None, span);
        if let Some(scope) = self.scopes.last_mut() {
            scope.binder = binder;
        }
        let by = by.into_iter().map(|by| self.expr(by)).collect();
        self.leave();
        self.push(
            ExprKind::Standing {
                of: around,
                row,
                by,
                what,
            },
            result,
            span,
        )
    }

    /// The figures by which one stands: `rank of (points, goals) in teams` goes by the goals where
    /// the points are the same.
    fn standing_by(&self, of: syntax::ExprId, what: &Standing) -> Vec<syntax::ExprId> {
        match self.tree.exprs.get(of.0 as usize).map(|expr| &expr.kind) {
            Some(syntax::ExprKind::List(keys)) if !matches!(what, Standing::Split { .. }) => {
                keys.clone()
            }
            _ => vec![of],
        }
    }

    /// The rows of which a list holds all or, behind so many `where`s, some.
    fn base_of(&self, list: ExprId) -> Option<(Base, usize)> {
        let mut list = list;
        let mut filters: usize = 0;
        loop {
            match &self.model.expr(list)?.kind {
                ExprKind::Rows(input, _) | ExprKind::Input(input) => {
                    return Some((Base::Input(*input), filters));
                }
                ExprKind::Member(row, field) => return Some((Base::Member(*row, *field), filters)),
                ExprKind::Only(row, _) => {
                    let Over::List(inner) = self.model.row(*row)?.over else {
                        return None;
                    };
                    list = inner;
                    filters = filters.saturating_add(1);
                }
                ExprKind::Figure(figure) => match &self.model.figure(*figure)?.kind {
                    FigureKind::Let(inner) => list = *inner,
                    _ => return None,
                },
                _ => return None,
            }
        }
    }

    /// A root, power or logarithm.
    pub(super) fn irrational(
        &mut self,
        kind: Irrational,
        operands: Vec<ExprId>,
        span: Span,
    ) -> ExprId {
        for operand in &operands {
            if kind == Irrational::StandardDeviation {
                let element = self.list_element(*operand);
                if !element.is_numeric() {
                    self.not_ordered(*operand);
                }
            } else {
                self.want_numeric(*operand);
            }
        }
        if kind == Irrational::Power
            && let [_, power] = operands.as_slice()
            && self.type_of(*power) == Type::Irrational
        {
            let at = self.span_of(*power);
            self.unrounded(at);
        }
        // A whole power is exact.
        if kind == Irrational::Power
            && let [base, power] = operands.as_slice()
            && let Some(times) = self.constant(*power).and_then(|power| power.to_i64())
            && (0..=64).contains(&times)
            && self.type_of(*base) != Type::Irrational
        {
            let of = match self.type_of(*base) {
                Type::Ratio => Type::Ratio,
                Type::Count => Type::Count,
                _ => Type::Number,
            };
            if times == 0 {
                return self.push(ExprKind::Number(Rational::ONE), of, span);
            }
            let mut product = *base;
            for _ in 1..times {
                product = self.push(
                    ExprKind::Binary(syntax::BinaryOp::Times, product, *base),
                    of.clone(),
                    span,
                );
            }
            return product;
        }
        self.push(ExprKind::Irrational(kind, operands), Type::Irrational, span)
    }

    pub(super) fn logarithm(&mut self, which: Logarithm, of: ExprId, span: Span) -> ExprId {
        self.irrational(Irrational::Logarithm(which), vec![of], span)
    }

    /// `year of d`
    pub(super) fn date_part(&mut self, part: syntax::DatePart, of: ExprId, span: Span) -> ExprId {
        if !matches!(self.type_of(of), Type::Date | Type::Time | Type::Unknown) {
            let (en, zh) = self.type_of(of).words();
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                self.span_of(of),
                words!(
                    "this is {en}; a date belongs here",
                    "这是{zh}，此处应为日期"
                ),
            ));
        }
        let result = match part {
            syntax::DatePart::EndOfMonth | syntax::DatePart::Date => Type::Date,
            syntax::DatePart::Year | syntax::DatePart::Month | syntax::DatePart::Day => Type::Count,
        };
        self.push(ExprKind::DatePart(part, of), result, span)
    }

    /// The path of a list or map with what follows it, for columns: `outlets.total`.
    pub(super) fn column_path(&mut self, path: &syntax::Path, span: Span) -> Option<ExprId> {
        for cut in (1..path.names.len()).rev() {
            let outer = syntax::Path {
                names: path.names.get(..cut)?.to_vec(),
            };
            let (kind, of) = match self.names.find(&joined(&outer)) {
                Some(Named::Input(id)) => {
                    self.mark_used(id);
                    let of = self.model.input(id)?.of.clone();
                    match &of {
                        Type::List(_) => (ExprKind::Rows(id, None), of),
                        _ => (ExprKind::Input(id), of),
                    }
                }
                Some(Named::Figure(id)) => {
                    (ExprKind::Figure(id), self.model.figure(id)?.of.clone())
                }
                Some(Named::Scale(scale)) => {
                    return self.of_each_option(scale, &outer, path.names.get(cut..)?, span);
                }
                _ => continue,
            };
            if !matches!(
                of,
                Type::List(_) | Type::Map(..) | Type::Record(_) | Type::Unknown
            ) {
                return None;
            }
            let list = self.push(kind, of.clone(), span);
            let rest = path.names.get(cut..)?;
            return Some(self.column_of(list, &of, rest, span));
        }
        None
    }

    /// What `each` lines computed for every option of a choice, as a map: `level.rate`.
    fn of_each_option(
        &mut self,
        scale: ScaleId,
        choice: &syntax::Path,
        rest: &[syntax::Name],
        span: Span,
    ) -> Option<ExprId> {
        let name = &rest.first()?.text;
        let record = self.records_of.get(&super::rows::Source::Scale(scale))?;
        let record = self.model.record(*record)?;
        let mut fields = record.fields.iter();
        fields.find(|field| field.each.is_some() && field.called.name == *name)?;
        let word = ExprKind::Word(joined(choice));
        let over = self.push(word, Type::Unknown, span);
        let row = self.open_loop(over, None, span);
        let member = syntax::Path {
            names: rest.to_vec(),
        };
        let value = self.path(&member, span);
        self.leave();
        let of = Type::List(Box::new(self.type_of(value).settled()));
        let kind = ExprKind::Collect {
            row,
            only: None,
            value,
            keyed: false,
        };
        let map = self.push(kind, of, span);
        self.by_option(map);
        Some(map)
    }

    /// The column that a name leads to; lists of plain values have the fields of `each` lines.
    fn column_of(&mut self, list: ExprId, of: &Type, rest: &[syntax::Name], span: Span) -> ExprId {
        let plain = match (of, self.model.expr(list).map(|expr| &expr.kind)) {
            (Type::List(element), Some(ExprKind::Rows(input, _)))
                if !matches!(**element, Type::Record(_)) =>
            {
                self.records_of
                    .get(&super::rows::Source::Input(*input))
                    .copied()
            }
            _ => None,
        };
        match (plain, rest.first()) {
            (Some(record), Some(name)) => match self.column(list, record, &name.text, span) {
                Some(column) => self.deeper(column, rest.get(1..).unwrap_or_default(), span),
                None => self.push(ExprKind::Unknown, Type::Unknown, span),
            },
            _ => self.deeper(list, rest, span),
        }
    }
}
