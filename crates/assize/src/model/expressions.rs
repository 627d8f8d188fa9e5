//! Expressions: names to indices, figures to exact numbers, types checked.
//!
//! Operands lie before what uses them in the syntax tree's arena, so an expression is understood
//! from its leaves upwards without recursion. A word that is no declared name waits as
//! [`ExprKind::Word`] until the type of the other side tells which option it is.

use super::codes;
use super::from_syntax::Builder;
use super::names::Named;
use super::operands::{outer_operands, several};
use super::types::{Clash, Type};
use super::{ExprId, ExprKind, FigureId, InputId, Member, MemberOf, ScaleId};
use crate::diagnostic::Diagnostic;
use crate::number::{Rational, Step};
use crate::syntax::{self, Aggregate, BinaryOp, UnaryOp, Unit};
use crate::text::{Span, words};

/// The typed operands of one expression while it is understood.
type Done = std::collections::HashMap<syntax::ExprId, ExprId>;

impl Builder<'_> {
    /// Understands an expression; words that stay unresolved are reported.
    pub(super) fn expr(&mut self, id: syntax::ExprId) -> ExprId {
        let done = self.expr_open(id);
        self.words_of_choice(done);
        self.report_words(done);
        if self.type_of(done) == Type::Irrational {
            let span = self.span_of(done);
            self.unrounded(span);
            self.replace(done, ExprKind::Unknown, Type::Unknown);
        }
        done
    }

    /// Understands an expression whose words are options of a scale.
    pub(super) fn expr_option(&mut self, id: syntax::ExprId, scale: ScaleId) -> ExprId {
        let done = self.expr_open(id);
        self.as_option(done, scale);
        self.report_words(done);
        done
    }

    /// Understands a condition.
    pub(super) fn condition(&mut self, id: syntax::ExprId) -> ExprId {
        let done = self.expr(id);
        self.want_flag(done);
        done
    }

    /// Understands a figure: something that can be added up.
    pub(super) fn numeric(&mut self, id: syntax::ExprId) -> ExprId {
        let done = self.expr(id);
        self.want_numeric(done);
        done
    }

    /// Understands an expression and leaves its words for the caller to resolve.
    pub(super) fn expr_open(&mut self, id: syntax::ExprId) -> ExprId {
        let tree = self.tree;
        let mut cone = vec![id];
        let mut next = 0;
        while let Some(&at) = cone.get(next) {
            next = next.saturating_add(1);
            if let Some(expr) = tree.exprs.get(at.0 as usize) {
                outer_operands(tree, &expr.kind, |operand| cone.push(operand));
            }
        }
        cone.sort_unstable();
        cone.dedup();
        let mut done = Done::new();
        for at in cone {
            if let Some(expr) = tree.exprs.get(at.0 as usize) {
                let understood = self.one(&expr.kind, expr.span, &done);
                self.note_multiple(understood);
                done.insert(at, understood);
            }
        }
        done.get(&id)
            .copied()
            .unwrap_or_else(|| self.push(ExprKind::Unknown, Type::Unknown, Span::default()))
    }

    pub(super) fn push(&mut self, kind: ExprKind, of: Type, span: Span) -> ExprId {
        let id = ExprId::next(&self.model.exprs);
        self.model.exprs.push(super::Expr { kind, of, span });
        id
    }

    pub(super) fn type_of(&self, id: ExprId) -> Type {
        self.model
            .expr(id)
            .map_or(Type::Unknown, |expr| expr.of.clone())
    }

    pub(super) fn span_of(&self, id: ExprId) -> Span {
        self.model
            .expr(id)
            .map_or(Span::default(), |expr| expr.span)
    }

    fn one(&mut self, kind: &syntax::ExprKind, span: Span, done: &Done) -> ExprId {
        use syntax::ExprKind as S;
        let get = |id: &syntax::ExprId| done.get(id).copied().unwrap_or(ExprId(u32::MAX));
        match kind {
            S::Hole => self.push(ExprKind::Unknown, Type::Unknown, span),
            S::Date(date) => self.push(ExprKind::Date(date.day), Type::Date, span),
            S::Time(time) => self.push(ExprKind::Time(time.at), Type::Time, span),
            S::At(map, key) => self.at(get(map), get(key), span),
            S::For {
                value,
                binder,
                over,
                only,
            } => self.for_each((*value, binder), *over, *only, span),
            S::Where(list, condition) => self.only(*list, *condition, span),
            S::NamesIn(map, condition) => self.names_in(*map, *condition, span),
            S::Every(quantifier) => self.quantified(quantifier, true, span),
            S::Some(quantifier) => self.quantified(quantifier, false, span),
            S::ShareOf(list, condition) => self.share_of(*list, *condition, span),
            S::SkippingMissing(list) => {
                let list = get(list);
                let element = self.list_element(list);
                let of = match self.type_of(list) {
                    Type::Unknown => Type::Unknown,
                    _ => Type::List(Box::new(element)),
                };
                self.push(ExprKind::SkippingMissing(list), of, span)
            }
            S::CountingMissing(list, value) => {
                let (list, value) = (get(list), get(value));
                let element = self.list_element(list);
                let stand_in = self.push(ExprKind::Unknown, element.clone(), span);
                let element = self.join_all(&[stand_in, value], span);
                self.push(
                    ExprKind::CountingMissing(list, value),
                    Type::List(Box::new(element)),
                    span,
                )
            }
            S::Pick { which, count, of } => self.pick(*which, get(count), get(of), span),
            S::Sorted { of, by } => {
                let of = get(of);
                self.sorted(of, by, span)
            }
            S::Rank {
                of,
                among,
                highest_first,
                ties,
            } => self.rank((*of, *among), *highest_first, *ties, span),
            S::Top {
                size,
                among,
                by,
                rounding,
                ties,
            } => self.top(*size, (*by, *among), *rounding, *ties, span),
            S::Split {
                pool,
                by,
                among,
                to,
                remainder,
            } => self.split(*pool, (*by, *among), to, *remainder, span),
            S::TallyScored(counts, table) => self.tally(get(counts), table, span),
            S::Root(of) => self.irrational(super::Irrational::Root, vec![get(of)], span),
            S::Power(a, b) => self.irrational(super::Irrational::Power, vec![get(a), get(b)], span),
            S::Logarithm(which, of) => self.logarithm(*which, get(of), span),
            S::DatePart(part, of) => self.date_part(*part, get(of), span),
            S::FailedRequirements => self.push(
                ExprKind::FailedRequirements,
                Type::List(Box::new(Type::Text)),
                span,
            ),
            S::AllRequirementsHold => self.push(ExprKind::AllRequirementsHold, Type::Flag, span),
            S::Quantity(quantity) => {
                let (value, of) = quantity_value(quantity);
                self.push(ExprKind::Number(value), of, span)
            }
            S::Flag(flag) => self.push(ExprKind::Flag(*flag), Type::Flag, span),
            S::Quoted(quoted) => {
                let id = self.push(ExprKind::Text(quoted.text.clone()), Type::Text, span);
                self.bare.insert(id, quoted.text.clone());
                id
            }
            S::Path(path) => self.path(path, span),
            S::Bracket(inner) => get(inner),
            S::Unary(UnaryOp::Not, a) => {
                let a = get(a);
                self.want_flag(a);
                self.push(ExprKind::Not(a), Type::Flag, span)
            }
            S::Unary(UnaryOp::Minus, a) => {
                let a = get(a);
                self.want_numeric(a);
                let of = self.type_of(a).negated();
                self.push(ExprKind::Negate(a), of, span)
            }
            S::Binary(op, a, b) => self.binary(*op, get(a), get(b), span),
            S::If {
                condition,
                then,
                otherwise,
            } => {
                let condition = get(condition);
                self.want_flag(condition);
                let then = get(then);
                let otherwise = otherwise.as_ref().map(get);
                let of = match otherwise {
                    Some(otherwise) => self.join_all(&[then, otherwise], span),
                    None => self.type_of(then),
                };
                self.push(ExprKind::If(condition, then, otherwise), of, span)
            }
            S::Given(path) => {
                let at = self.path(path, span);
                self.report_words(at);
                self.push(ExprKind::Given(at), Type::Flag, span)
            }
            S::IsOneOf(subject, options) => {
                let subject = get(subject);
                let options: Vec<ExprId> = options.iter().map(get).collect();
                match self.type_of(subject) {
                    Type::Option(scale) => {
                        for option in &options {
                            self.as_option(*option, scale);
                        }
                    }
                    _ => {
                        for option in &options {
                            self.comparable(subject, *option, true, span);
                        }
                    }
                }
                self.push(ExprKind::IsOneOf(subject, options), Type::Flag, span)
            }
            S::Otherwise(a, b) => {
                let (a, b) = (get(a), get(b));
                let of = self.join_all(&[a, b], span);
                self.push(ExprKind::Otherwise(a, b), of, span)
            }
            S::NoValue => self.push(ExprKind::NoValue, Type::Nothing, span),
            S::Aggregate(aggregate, operands) => {
                let operands: Vec<ExprId> = operands.iter().map(get).collect();
                self.aggregate(*aggregate, operands, span)
            }
            S::WeightOf(path) => match self.membership(path) {
                Some((group, index)) => {
                    self.push(ExprKind::WeightOf(group, index), Type::Ratio, span)
                }
                None => self.push(ExprKind::Unknown, Type::Unknown, span),
            },
            S::PartOf(path) => match self.membership(path) {
                Some((group, index)) => {
                    self.push(ExprKind::PartOf(group, index), Type::Points, span)
                }
                None => self.push(ExprKind::Unknown, Type::Unknown, span),
            },
            S::FullMarks(path) => self.full_marks(path, span),
            S::TableOf(name, key) => {
                let keys: Vec<ExprId> = match several(self.tree, *key) {
                    Some(keys) => keys.iter().map(get).collect(),
                    None => vec![get(key)],
                };
                let key = keys.first().copied().unwrap_or(ExprId(u32::MAX));
                match self.names.find(&name.text) {
                    Some(Named::Table(table)) => {
                        let of = self.table_applied(table, &keys);
                        self.push(ExprKind::TableOf(table, keys), of, span)
                    }
                    Some(Named::Hole) => self.push(ExprKind::Unknown, Type::Unknown, span),
                    _ => {
                        self.no_table(name, key, span);
                        self.push(ExprKind::Unknown, Type::Unknown, span)
                    }
                }
            }
            S::Round(rounding, a) => {
                let a = get(a);
                self.want_numeric(a);
                let step = self.rounding_step(&rounding.to);
                let of = match self.type_of(a) {
                    Type::Irrational => Type::Number,
                    // How many: a whole number that cannot be below zero.
                    Type::Number | Type::Literal { .. }
                        if step.as_ref().is_some_and(|step| step.size().is_integer())
                            && self.is_not_negative(a) =>
                    {
                        Type::Count
                    }
                    Type::Count if step.as_ref().is_some_and(|step| !step.size().is_integer()) => {
                        Type::Number
                    }
                    of => of,
                };
                match step {
                    Some(step) => self.push(ExprKind::Round(rounding.mode, step, a), of, span),
                    None => self.push(ExprKind::Unknown, of, span),
                }
            }
            S::ConsequencesFired => self.push(
                ExprKind::ConsequencesFired,
                Type::List(Box::new(Type::Text)),
                span,
            ),
            S::List(elements) => {
                let elements: Vec<ExprId> = elements.iter().map(get).collect();
                let of = self.join_all(&elements, span);
                self.push(ExprKind::List(elements), Type::List(Box::new(of)), span)
            }
            S::Map(_) => {
                self.say(Diagnostic::new(
                    &codes::MISPLACED,
                    span,
                    words!(
                        "a map in braces can stand only in an example",
                        "花括号数据只能写在算例里"
                    ),
                ));
                self.push(ExprKind::Unknown, Type::Unknown, span)
            }
        }
    }

    pub(super) fn path(&mut self, path: &syntax::Path, span: Span) -> ExprId {
        if let Some(found) = self.scoped(path, span) {
            return found;
        }
        let text = joined(path);
        if let Some(found) = self.named_value(&text) {
            let id = self.push(found.0, found.1, span);
            if path.names.len() == 1 {
                self.bare.insert(id, text);
            }
            return id;
        }
        if let Some(result) = self.result_named(&text) {
            return result;
        }
        if let [first, _, ..] = path.names.as_slice() {
            if let Some(column) = self.column_path(path, span) {
                return column;
            }
            if self.names.find(&first.text) == Some(Named::Hole) {
                return self.push(ExprKind::Unknown, Type::Unknown, span);
            }
            self.unknown_name(&text, span);
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        }
        let id = self.push(ExprKind::Word(text.clone()), Type::Unknown, span);
        self.bare.insert(id, text);
        id
    }

    /// The value that a declared name has in an expression.
    fn named_value(&mut self, name: &str) -> Option<(ExprKind, Type)> {
        Some(match self.names.find(name)? {
            Named::Input(id) => {
                self.mark_used(id);
                let of = self.model.input(id)?.read_as();
                match of {
                    Type::List(_) => (ExprKind::Rows(id, None), of),
                    of => (ExprKind::Input(id), of),
                }
            }
            Named::Either(id) => {
                let inputs = self.model.eithers.get(id.index())?.inputs.clone();
                let mut of: Option<Type> = None;
                for input in inputs {
                    self.mark_used(input);
                    let one = self.model.input(input)?.of.clone();
                    of = Some(match of {
                        None => one,
                        Some(earlier) => earlier.join(&one).unwrap_or(Type::Either(id)),
                    });
                }
                (ExprKind::Either(id), of.unwrap_or(Type::Unknown))
            }
            Named::Figure(id) => (ExprKind::Figure(id), self.model.figure(id)?.of.clone()),
            Named::Hole => (ExprKind::Unknown, Type::Unknown),
            Named::InputGroup | Named::Scale(_) | Named::Table(_) | Named::RowFigure(_) => {
                return None;
            }
        })
    }

    fn binary(&mut self, op: BinaryOp, a: ExprId, b: ExprId, span: Span) -> ExprId {
        let of = match op {
            BinaryOp::And | BinaryOp::Or => {
                self.want_flag(a);
                self.want_flag(b);
                Type::Flag
            }
            BinaryOp::Equal | BinaryOp::NotEqual => {
                self.comparable(a, b, true, span);
                Type::Flag
            }
            BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {
                self.comparable(a, b, false, span);
                Type::Flag
            }
            BinaryOp::Plus | BinaryOp::Minus if self.is_of_days(a, b) => {
                return self.days(op == BinaryOp::Minus, a, b, span);
            }
            BinaryOp::Plus | BinaryOp::Minus => {
                self.want_numeric(a);
                self.want_numeric(b);
                self.literal_against_ratio(a, b, false);
                let (x, y) = (self.type_of(a), self.type_of(b));
                let joined = if op == BinaryOp::Plus {
                    x.join(&y)
                } else {
                    x.minus(&y)
                };
                joined.unwrap_or_else(|clash| self.clash(clash, a, b, span))
            }
            BinaryOp::Times => {
                self.want_numeric(a);
                self.want_numeric(b);
                self.type_of(a).times(&self.type_of(b)).unwrap_or_else(|| {
                    self.say(Diagnostic::new(
                        &codes::UNITS_MIXED,
                        span,
                        words!(
                            "an amount of money times an amount of money has no meaning",
                            "金额不能与金额相乘"
                        ),
                    ));
                    Type::Unknown
                })
            }
            BinaryOp::Over => {
                self.want_numeric(a);
                self.want_numeric(b);
                let (of, by) = (self.type_of(a), self.type_of(b));
                of.over(&by, self.is_multiple(a)).unwrap_or_else(|| {
                    self.say(Diagnostic::new(
                        &codes::UNITS_MIXED,
                        span,
                        words!(
                            "a plain figure cannot be divided by an amount of money",
                            "普通数值不能除以金额"
                        ),
                    ));
                    Type::Unknown
                })
            }
        };
        self.push(ExprKind::Binary(op, a, b), of, span)
    }

    /// Whether a sum or difference is one of days or times.
    fn is_of_days(&self, a: ExprId, b: ExprId) -> bool {
        matches!(self.type_of(a), Type::Date | Type::Time)
            || matches!(self.type_of(b), Type::Date | Type::Time)
    }

    /// A day moved by a span, or how long lies between two.
    fn days(&mut self, back: bool, a: ExprId, b: ExprId, span: Span) -> ExprId {
        match (self.type_of(a), self.type_of(b)) {
            (x, y) if x == y && back => self.push(ExprKind::Elapsed(a, b), Type::Duration, span),
            (of @ (Type::Date | Type::Time), Type::Duration | Type::Months) => {
                self.push(ExprKind::Shift { of: a, by: b, back }, of, span)
            }
            (Type::Unknown, _) | (_, Type::Unknown) => {
                self.push(ExprKind::Unknown, Type::Unknown, span)
            }
            _ => {
                self.clash(Clash::Kinds, a, b, span);
                self.push(ExprKind::Unknown, Type::Unknown, span)
            }
        }
    }

    /// Checks that two sides can be compared; a word takes the scale of the other side.
    pub(super) fn comparable(&mut self, a: ExprId, b: ExprId, equality: bool, span: Span) {
        match (self.type_of(a), self.type_of(b)) {
            (Type::Option(scale), _) => self.as_option(b, scale),
            (_, Type::Option(scale)) => self.as_option(a, scale),
            (Type::Flag, Type::Flag) | (Type::Text, Type::Text) if equality => return,
            (Type::Date, Type::Date) | (Type::Time, Type::Time) => return,
            (Type::Irrational, _) | (_, Type::Irrational) => {
                self.unrounded(span);
                return;
            }
            (x, y) if x.is_numeric() && y.is_numeric() => {
                self.literal_against_ratio(a, b, true);
                if let Err(clash) = x.join(&y) {
                    self.clash(clash, a, b, span);
                }
                return;
            }
            (Type::Unknown, _) | (_, Type::Unknown) => return,
            _ => {
                self.clash(Clash::Kinds, a, b, span);
                return;
            }
        }
        if !equality {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                words!(
                    "options have no greater and less here; write `=` or `is one of`",
                    "选项不能比大小，请用“=”或“属于”"
                ),
            ));
        }
    }

    fn aggregate(&mut self, aggregate: Aggregate, operands: Vec<ExprId>, span: Span) -> ExprId {
        let element = match operands.as_slice() {
            [one] => match self.type_of(*one) {
                Type::List(element) => *element,
                Type::Map(_, value) | Type::Named(value) => *value,
                Type::Unknown => Type::Unknown,
                other => {
                    let (en, zh) = other.words();
                    self.say(Diagnostic::new(
                        &codes::NEEDS_A_LIST,
                        self.span_of(*one),
                        words!(
                            "this is {en}, not a list; write a list, or several figures in brackets: `mean of (a, b)`",
                            "这是{zh}，不是列表；请写列表，或把几个数写在括号里：平均(a, b)"
                        ),
                    ));
                    Type::Unknown
                }
            },
            several => self.join_all(several, span),
        };
        if element == Type::Irrational {
            self.unrounded(span);
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        }
        let in_order = matches!(aggregate, Aggregate::Min | Aggregate::Max)
            && matches!(element, Type::Date | Type::Time);
        if aggregate != Aggregate::Count && !element.is_numeric() && !in_order {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                words!(
                    "only figures can be added up or compared",
                    "只有数值才能合计、平均或比较大小"
                ),
            ));
        }
        if aggregate == Aggregate::StandardDeviation {
            return self.irrational(super::Irrational::StandardDeviation, operands, span);
        }
        let of = match (aggregate, element) {
            (Aggregate::Count, _) => Type::Count,
            (Aggregate::Mean | Aggregate::Median, Type::Count | Type::Literal { .. }) => {
                Type::Number
            }
            (Aggregate::Variance, _) => Type::Number,
            (_, element) => element,
        };
        self.push(ExprKind::Aggregate(aggregate, operands), of, span)
    }

    /// The group in which a figure or input weighs, and its place there.
    fn membership(&mut self, path: &syntax::Path) -> Option<(FigureId, usize)> {
        let text = joined(path);
        let span = path_span(path);
        let member = match self.names.find(&text) {
            Some(Named::Input(id)) => MemberOf::Input(id),
            Some(Named::Either(id)) => MemberOf::Either(id),
            Some(Named::Figure(id)) => MemberOf::Figure(id),
            Some(Named::Hole) => return None,
            _ => {
                self.unknown_name(&text, span);
                return None;
            }
        };
        if let Some(found) = self.members.place(member) {
            return Some(found);
        }
        self.say(Diagnostic::new(
            &codes::NOT_A_MEMBER,
            span,
            words!(
                "`{text}` is not a member of any group, so it has no weight and no part",
                "“{text}”不属于任何组，没有权重，也没有得分部分"
            ),
        ));
        None
    }

    /// The common type of several expressions; words among them take the scale of the others.
    pub(super) fn join_all(&mut self, all: &[ExprId], span: Span) -> Type {
        let scale = all.iter().find_map(|id| match self.type_of(*id) {
            Type::Option(scale) => Some(scale),
            _ => None,
        });
        if let Some(scale) = scale {
            for id in all {
                if self.type_of(*id) != Type::Nothing {
                    self.as_option(*id, scale);
                }
            }
            return Type::Option(scale);
        }
        let mut of = Type::Nothing;
        let mut before = None;
        for id in all {
            let next = self.type_of(*id);
            of = match of.join(&next) {
                Ok(joined) => joined,
                Err(clash) => self.clash(clash, before.unwrap_or(*id), *id, span),
            };
            before = Some(*id);
        }
        of
    }

    /// Takes an expression as an option of a scale.
    pub(super) fn as_option(&mut self, id: ExprId, scale: ScaleId) {
        if self.type_of(id) == Type::Option(scale) {
            return;
        }
        let span = self.span_of(id);
        if let Some(text) = self.bare.get(&id).cloned() {
            match self.model.scale(scale).and_then(|s| s.find(&text)) {
                Some(option) => self.replace(id, ExprKind::Option(option), Type::Option(scale)),
                None => {
                    self.unknown_option(&text, scale, span);
                    self.replace(id, ExprKind::Unknown, Type::Unknown);
                }
            }
            return;
        }
        // Branches of a choice of words: each branch is an option.
        if let Some(ExprKind::If(_, then, otherwise)) = self.model.expr(id).map(|e| &e.kind) {
            let (then, otherwise) = (*then, *otherwise);
            if self.type_of(id) == Type::Unknown {
                self.as_option(then, scale);
                if let Some(otherwise) = otherwise {
                    self.as_option(otherwise, scale);
                }
                if let Some(expr) = self.model.exprs.get_mut(id.index()) {
                    expr.of = Type::Option(scale);
                }
                return;
            }
        }
        if !matches!(self.type_of(id), Type::Unknown | Type::Nothing) {
            let (en, zh) = self.type_of(id).words();
            let name = self.scale_name(scale);
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                words!(
                    "this is {en}; an option of {name} belongs here",
                    "这是{zh}，此处应为“{name}”的选项"
                ),
            ));
        }
    }

    pub(super) fn replace(&mut self, id: ExprId, kind: ExprKind, of: Type) {
        if let Some(expr) = self.model.exprs.get_mut(id.index()) {
            expr.kind = kind;
            expr.of = of;
        }
    }

    pub(super) fn scale_name(&self, scale: ScaleId) -> String {
        self.model
            .scale(scale)
            .map_or_else(String::new, |scale| scale.called.shown().to_owned())
    }

    /// Words that are given by the branches of a formula are options of the one declared choice
    /// that has them all.
    pub(super) fn words_of_choice(&mut self, id: ExprId) {
        if self.type_of(id) != Type::Unknown {
            return;
        }
        let mut open = vec![id];
        let mut words = Vec::new();
        while let Some(id) = open.pop() {
            match self.model.expr(id).map(|expr| &expr.kind) {
                Some(ExprKind::If(_, then, otherwise)) => {
                    open.push(*then);
                    open.extend(otherwise);
                }
                Some(ExprKind::Word(word)) => words.push(word.clone()),
                Some(ExprKind::NoValue) => {}
                _ => return,
            }
        }
        let mut scales = self.model.scales.iter().enumerate().filter(|(_, scale)| {
            !scale.called.name.is_empty()
                && matches!(self.names.find(&scale.called.name), Some(Named::Scale(_)))
                && words.iter().all(|word| scale.find(word).is_some())
        });
        if let (Some((index, _)), None, false) = (scales.next(), scales.next(), words.is_empty())
            && let Ok(index) = u32::try_from(index)
        {
            self.as_option(id, ScaleId(index));
        }
    }

    /// The name of the one input or figure that has this label or key.
    pub(super) fn labelled(&self, written: &str) -> Option<&str> {
        let inputs = self.model.inputs.iter().map(|input| &input.called);
        let figures = self.model.figures.iter().map(|figure| &figure.called);
        let mut meant = inputs
            .chain(figures)
            .filter(|called| called.label.as_deref() == Some(written) || called.key == written)
            .map(|called| called.name.as_str());
        let first = meant.next()?;
        (meant.next().is_none() && self.names.find(first).is_some()).then_some(first)
    }

    /// Whether a figure cannot be below zero, as its parts show.
    fn is_not_negative(&self, id: ExprId) -> bool {
        let mut open = vec![id];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let Some(expr) = self.model.expr(id) else {
                return false;
            };
            match &expr.kind {
                _ if expr.of == Type::Count => {}
                ExprKind::Number(value) if !value.is_negative() => {}
                ExprKind::Binary(BinaryOp::Plus | BinaryOp::Times | BinaryOp::Over, a, b) => {
                    open.extend([*a, *b]);
                }
                ExprKind::If(_, then, otherwise) => {
                    open.push(*then);
                    open.extend(otherwise);
                }
                ExprKind::TableOf(table, _) => match self.model.tables.get(table.index()) {
                    Some(table) => open.extend(table.lines.outcomes()),
                    None => return false,
                },
                ExprKind::Input(id) => {
                    let low = self.model.input(*id).and_then(|input| input.low.as_ref());
                    match low {
                        Some(low) => open.push(low.at),
                        None => return false,
                    }
                }
                _ => return false,
            }
        }
        true
    }

    pub(super) fn rounding_step(&mut self, to: &syntax::RoundTo) -> Option<Step> {
        match to {
            syntax::RoundTo::Whole => Some(Step::places(0)),
            syntax::RoundTo::Places(quantity) => {
                let places = Rational::from_decimal(quantity.value)
                    .to_i64()
                    .and_then(|places| u8::try_from(places).ok())
                    .filter(|places| *places <= 28);
                if places.is_none() {
                    let digits = &quantity.digits;
                    self.say(Diagnostic::new(
                        &codes::ROUNDING_IMPOSSIBLE,
                        quantity.span,
                        words!(
                            "`{digits}` is no number of decimal places (0 to 28)",
                            "“{digits}”不能作小数位数（0 到 28）"
                        ),
                    ));
                }
                places.map(Step::places)
            }
            syntax::RoundTo::Multiple(quantity) => {
                let (value, _) = quantity_value(quantity);
                Step::multiple(value)
                    .inspect_err(|_| {
                        let digits = &quantity.digits;
                        self.say(Diagnostic::new(
                            &codes::ROUNDING_IMPOSSIBLE,
                            quantity.span,
                            words!(
                                "a value cannot be rounded to a multiple of `{digits}`",
                                "不能取“{digits}”的倍数"
                            ),
                        ));
                    })
                    .ok()
            }
        }
    }

    /// The member of a group that a path names, for missing-data rules.
    pub(super) fn member_index(
        &mut self,
        members: &[Member],
        path: &syntax::Path,
    ) -> Option<usize> {
        let text = joined(path);
        let wanted = match self.names.find(&text) {
            Some(Named::Input(id)) => Some(MemberOf::Input(id)),
            Some(Named::Either(id)) => Some(MemberOf::Either(id)),
            Some(Named::Figure(id)) => Some(MemberOf::Figure(id)),
            _ => None,
        };
        let found = wanted.and_then(|of| members.iter().position(|member| member.of == of));
        if found.is_none() {
            self.say(Diagnostic::new(
                &codes::NOT_A_MEMBER,
                path_span(path),
                words!(
                    "`{text}` is not a member of this group",
                    "“{text}”不是本组的成员"
                ),
            ));
        }
        found
    }

    pub(super) fn mark_used(&mut self, id: InputId) {
        self.used.insert(id);
    }
}

/// A path as one name: `deductions.staff_conduct`.
pub(super) fn joined(path: &syntax::Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
    names.join(".")
}

/// Where a path stands.
pub(super) fn path_span(path: &syntax::Path) -> Span {
    match (path.names.first(), path.names.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => Span::default(),
    }
}

/// The exact value of a figure as written, and its type.
pub(super) fn quantity_value(quantity: &syntax::Quantity) -> (Rational, Type) {
    let value = Rational::from_decimal(quantity.value);
    if quantity.percent {
        return (value * percent(), Type::Ratio);
    }
    let (size, of) = match quantity.unit {
        Some(Unit::Seconds) => (1, Type::Duration),
        Some(Unit::Minutes) => (60, Type::Duration),
        Some(Unit::Hours) => (3_600, Type::Duration),
        Some(Unit::Days) => (86_400, Type::Duration),
        Some(Unit::Months) => (1, Type::Months),
        Some(Unit::Years) => (12, Type::Months),
        Some(Unit::Points) => (1, Type::Points),
        Some(Unit::Yuan) => (1, Type::Money),
        Some(Unit::Times) => (1, Type::Count),
        None => {
            let whole = value.is_integer() && !value.is_negative();
            return (value, Type::Literal { whole });
        }
    };
    (value * Rational::from_integer(size), of)
}

/// One hundredth.
pub(super) fn percent() -> Rational {
    Rational::from_decimal(rust_decimal::Decimal::new(1, 2))
}
