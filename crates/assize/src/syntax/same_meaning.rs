//! Whether two trees say the same: equal apart from places, comments, blank lines, brackets that
//! change nothing, and the kinds of quotes.
//!
//! Each tree is read into one flat list of marks; the lists are compared. Every field is named
//! here, so that a new one cannot be forgotten.

use super::{
    Adjustment, Assignment, BaseType, Block, Bound, Choice, ChoiceOption, Cite, Date, Expectation,
    ExprId, ExprKind, Field, GradeLines, Guarantee, Hole, Input, InputShape, Kind, Line, MapKey,
    MapKeys, MissingPattern, MissingThen, Name, Naming, Path, Per, PerBasis, Quantity, Quoted,
    Range, ResultShape, RoundTo, Rounding, SchemeBlock, Scored, Statement, TableBody, Test, Tree,
    Type,
};
use crate::text::Span;

/// Where two trees first say different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The statement in the first text.
    pub first: Span,
    /// The statement in the second text.
    pub second: Span,
}

/// Whether two trees say the same.
#[must_use]
pub fn same_meaning(first: &Tree, second: &Tree) -> bool {
    first_difference(first, second).is_none()
}

/// The first statements that say different things.
#[must_use]
pub fn first_difference(first: &Tree, second: &Tree) -> Option<Difference> {
    let (first_marks, second_marks) = (Marks::of(first), Marks::of(second));
    let mut pairs = first_marks.list.iter().zip(&second_marks.list);
    let different = pairs.find(|((one, _), (other, _))| one != other);
    let place = |marks: &Marks<'_>| marks.list.last().map_or(Span::default(), |(_, at)| *at);
    match different {
        Some(((_, first), (_, second))) => Some(Difference {
            first: *first,
            second: *second,
        }),
        None if first_marks.list.len() == second_marks.list.len() => None,
        None => Some(Difference {
            first: place(&first_marks),
            second: place(&second_marks),
        }),
    }
}

/// One thing that a tree says.
#[derive(Debug, PartialEq, Eq)]
enum Mark<'t> {
    /// What follows.
    Kind(&'static str),
    /// One of a few choices, by its name in the tree.
    Choice(String),
    /// A name, digits, text in quotes.
    Text(&'t str),
    /// The end of a list or an expression.
    End,
}

struct Marks<'t> {
    tree: &'t Tree,
    list: Vec<(Mark<'t>, Span)>,
    at: Span,
}

impl<'t> Marks<'t> {
    fn of(tree: &'t Tree) -> Self {
        let mut marks = Self {
            tree,
            list: Vec::new(),
            at: Span::default(),
        };
        let Tree {
            scheme,
            exprs: _,
            before: _,
            after: _,
        } = tree;
        let SchemeBlock { slug, label, body } = scheme;
        marks.at = slug.span;
        marks.name(slug);
        marks.optional(label.as_ref(), Self::quoted);
        marks.block(body);
        marks
    }

    fn mark(&mut self, mark: Mark<'t>) {
        self.list.push((mark, self.at));
    }

    fn kind(&mut self, kind: &'static str) {
        self.mark(Mark::Kind(kind));
    }

    fn choice(&mut self, choice: impl std::fmt::Debug) {
        self.mark(Mark::Choice(format!("{choice:?}")));
    }

    fn optional<T: ?Sized>(&mut self, value: Option<&'t T>, read: impl FnOnce(&mut Self, &'t T)) {
        match value {
            Some(value) => {
                self.kind("given");
                read(self, value);
            }
            None => self.kind("absent"),
        }
    }

    fn all<T>(&mut self, values: &'t [T], mut read: impl FnMut(&mut Self, &'t T)) {
        for value in values {
            read(self, value);
        }
        self.mark(Mark::End);
    }

    fn name(&mut self, name: &'t Name) {
        let Name { text, span: _ } = name;
        self.mark(Mark::Text(text));
    }

    fn path(&mut self, path: &'t Path) {
        let Path { names } = path;
        self.all(names, Self::name);
    }

    fn quoted(&mut self, quoted: &'t Quoted) {
        let Quoted {
            text,
            span: _,
            title,
        } = quoted;
        self.choice(title);
        self.mark(Mark::Text(text));
    }

    fn naming(&mut self, naming: &'t Naming) {
        let Naming { name, key, label } = naming;
        self.optional(name.as_ref(), Self::name);
        self.optional(key.as_ref(), Self::name);
        self.optional(label.as_ref(), Self::quoted);
    }

    fn quantity(&mut self, quantity: &'t Quantity) {
        let Quantity {
            digits,
            value: _,
            percent,
            unit,
            span: _,
        } = quantity;
        self.mark(Mark::Text(digits));
        self.choice((percent, unit));
    }

    fn date(&mut self, date: &'t Date) {
        let Date { day, span: _ } = date;
        self.choice(day);
    }

    fn block(&mut self, block: &'t Block) {
        let Block {
            statements,
            comments: _,
            span: _,
        } = block;
        self.all(statements, Self::statement);
    }

    fn statement(&mut self, statement: &'t Statement) {
        let Statement {
            kind,
            cite,
            assumed,
            span,
            head: _,
            before: _,
            beside: _,
            blank_before: _,
        } = statement;
        self.at = *span;
        self.statement_kind(kind);
        self.at = *span;
        self.optional(cite.as_ref(), |marks, cite| {
            let Cite { article, says } = cite;
            marks.quoted(article);
            marks.optional(says.as_ref(), Self::quoted);
        });
        self.optional(assumed.as_ref(), Self::quoted);
    }

    fn statement_kind(&mut self, kind: &'t Kind) {
        match kind {
            Kind::Hole(Hole { declares, body }) => {
                self.kind("hole");
                self.all(declares, Self::name);
                self.optional(body.as_ref(), Self::block);
            }
            Kind::Source(title) => {
                self.kind("source");
                self.quoted(title);
            }
            Kind::Effective { from, until } => {
                self.kind("effective");
                self.date(from);
                self.optional(until.as_ref(), Self::date);
            }
            Kind::Assesses { subject, every } => {
                self.kind("assesses");
                self.naming(subject);
                self.choice(every);
            }
            Kind::OutOf(marks) => {
                self.kind("out of");
                self.quantity(marks);
            }
            Kind::Choice(choice) => {
                let Choice {
                    naming,
                    best_first,
                    options,
                    comments: _,
                } = choice;
                self.kind("choice");
                self.naming(naming);
                self.choice(best_first);
                self.all(options, Self::option);
            }
            Kind::Input(input) => self.input(input),
            Kind::Refuse {
                code,
                field,
                label,
                when,
            } => {
                self.kind("refuse");
                self.name(code);
                self.path(field);
                self.optional(label.as_ref(), Self::quoted);
                self.expr(*when);
            }
            Kind::NoResult {
                reason,
                label,
                when,
            } => {
                self.kind("no result");
                self.name(reason);
                self.optional(label.as_ref(), Self::quoted);
                self.expr(*when);
            }
            Kind::Let { naming, value } => {
                self.kind("let");
                self.naming(naming);
                self.expr(*value);
            }
            Kind::Item(item) => {
                self.kind("item");
                self.scored(item);
            }
            Kind::Group(group) => {
                self.kind("group");
                self.scored(group);
            }
            Kind::Total(lines) => {
                self.kind("total");
                self.block(lines);
            }
            Kind::Table { naming, by, body } => {
                self.kind("table");
                self.naming(naming);
                self.optional_expr(*by);
                self.table_body(body);
            }
            Kind::Grade { naming, by, lines } => {
                self.kind("grade");
                self.naming(naming);
                self.expr(*by);
                match lines {
                    GradeLines::Own(body) => {
                        self.kind("own");
                        self.table_body(body);
                    }
                    GradeLines::Using(table, adjust) => {
                        self.kind("using");
                        self.name(table);
                        self.optional(adjust.as_ref(), Self::block);
                    }
                }
            }
            Kind::Consequence {
                naming,
                amount,
                to,
                when,
            } => {
                self.kind("consequence");
                self.naming(naming);
                self.optional_expr(*amount);
                self.optional(to.as_ref(), Self::quoted);
                self.expr(*when);
            }
            Kind::Result { naming, shape } => {
                self.kind("result");
                self.naming(naming);
                match shape {
                    ResultShape::Figure => self.kind("figure"),
                    ResultShape::Value(value) => {
                        self.kind("value");
                        self.expr(*value);
                    }
                    ResultShape::Fields(fields) => {
                        self.kind("fields");
                        self.all(fields, |marks, (naming, value)| {
                            marks.naming(naming);
                            marks.optional_expr(*value);
                        });
                    }
                }
            }
            Kind::Line(line) => self.line(line),
            Kind::Missing { pattern, then } => self.missing(pattern, then),
            Kind::Applies(when) => {
                self.kind("applies");
                self.expr(*when);
            }
            Kind::Covers { part, whole, label } => {
                self.kind("covers");
                self.quantity(part);
                self.quantity(whole);
                self.optional(label.as_ref(), Self::quoted);
            }
            Kind::Weight { weight, member } => {
                self.kind("weight");
                self.quantity(weight);
                self.path(member);
            }
            Kind::Row { test, outcome } => {
                self.test(test);
                self.expr(*outcome);
            }
            Kind::Adjust { when, what, label } => {
                self.kind("adjust");
                self.expr(*when);
                match what {
                    Adjustment::NoBetterThan(grade) => {
                        self.kind("no better than");
                        self.expr(*grade);
                    }
                    Adjustment::OneStepLower => self.kind("one step lower"),
                    Adjustment::Becomes(grade) => {
                        self.kind("becomes");
                        self.expr(*grade);
                    }
                }
                self.optional(label.as_ref(), Self::quoted);
            }
            Kind::Guarantee(guarantee) => self.guarantee(guarantee),
            Kind::Example { label, body } => {
                self.kind("example");
                self.optional(label.as_ref(), Self::quoted);
                self.block(body);
            }
            Kind::Given(assignments) => {
                self.kind("given");
                self.all(assignments, Self::assignment);
            }
            Kind::Expect(expectation) => {
                self.kind("expect");
                match expectation {
                    Expectation::Figures(figures) => {
                        self.kind("figures");
                        self.all(figures, Self::assignment);
                    }
                    Expectation::NoResult(reason) => {
                        self.kind("no result");
                        self.name(reason);
                    }
                    Expectation::Refused { code, field } => {
                        self.kind("refused");
                        self.name(code);
                        self.path(field);
                    }
                }
            }
        }
    }

    fn option(&mut self, option: &'t ChoiceOption) {
        let ChoiceOption {
            naming,
            before: _,
            beside: _,
        } = option;
        self.naming(naming);
    }

    fn assignment(&mut self, assignment: &'t Assignment) {
        let Assignment { target, value } = assignment;
        self.path(target);
        self.expr(*value);
    }

    fn input(&mut self, input: &'t Input) {
        let Input {
            parameter,
            names,
            shape,
        } = input;
        self.kind("input");
        self.choice(parameter);
        self.all(names, Self::naming);
        match shape {
            InputShape::Field(field) => self.field(field),
            InputShape::Group(members) => {
                self.kind("group");
                self.block(members);
            }
            InputShape::Either(members) => {
                self.kind("either");
                self.block(members);
            }
        }
    }

    fn field(&mut self, field: &'t Field) {
        let Field {
            of,
            default,
            optional,
            only_when,
            several_averaged,
            better,
            step,
        } = field;
        let Type {
            list,
            base,
            range,
            per,
            span: _,
        } = of;
        self.kind("field");
        self.choice((list, optional, several_averaged, better));
        match base {
            BaseType::Named(name) => self.name(name),
            BaseType::Count
            | BaseType::Number
            | BaseType::Points
            | BaseType::Ratio
            | BaseType::Money
            | BaseType::Flag
            | BaseType::Text => self.choice(base),
        }
        self.optional(range.as_ref(), Self::range);
        self.optional(per.as_ref(), |marks, key| {
            let MapKey { keys, summing_to } = key;
            match keys {
                MapKeys::Choice(name) => {
                    marks.kind("choice");
                    marks.name(name);
                }
                MapKeys::Listed(options) => {
                    marks.kind("listed");
                    marks.all(options, Self::option);
                }
            }
            marks.optional(summing_to.as_ref(), Self::quantity);
        });
        self.optional_expr(*default);
        self.optional_expr(*only_when);
        self.optional(step.as_ref(), Self::quantity);
    }

    fn range(&mut self, range: &'t Range) {
        let Range { low, high, span: _ } = range;
        for bound in [low, high] {
            self.optional(bound.as_ref(), |marks, bound| {
                let Bound { at, included } = bound;
                marks.choice(included);
                marks.expr(*at);
            });
        }
    }

    fn scored(&mut self, scored: &'t Scored) {
        let Scored {
            naming,
            out_of,
            body,
        } = scored;
        self.naming(naming);
        self.optional(out_of.as_ref(), Self::quantity);
        self.block(body);
    }

    fn line(&mut self, line: &'t Line) {
        let mut one = |kind, value: &ExprId| {
            self.kind(kind);
            self.expr(*value);
        };
        match line {
            Line::StartAt(value) => one("start at", value),
            Line::Score(value) => one("score", value),
            Line::MultiplyBy(value) => one("multiply by", value),
            Line::NotBelow(value) => one("not below", value),
            Line::NotAbove(value) => one("not above", value),
            Line::Change {
                sign,
                amount,
                per,
                when,
            } => {
                self.kind("change");
                self.choice(sign);
                self.expr(*amount);
                self.optional(per.as_ref(), Self::per);
                self.optional_expr(*when);
            }
            Line::ScoreBy { by, averaged, body } => {
                self.kind("score by");
                self.expr(*by);
                self.choice(averaged);
                self.table_body(body);
            }
            Line::Round(rounding) => {
                self.kind("round");
                self.rounding(rounding);
            }
            Line::MayGoBelowZero => self.kind("may go below zero"),
            Line::MayExceed => self.kind("may exceed"),
        }
    }

    fn per(&mut self, per: &'t Per) {
        let Per {
            of,
            basis,
            beyond,
            at_most,
        } = per;
        let (kind, measure) = match basis {
            PerBasis::Each => ("each", None),
            PerBasis::Full(measure) => ("full", Some(*measure)),
            PerBasis::Started(measure) => ("started", Some(*measure)),
            PerBasis::InProportion(measure) => ("in proportion", Some(*measure)),
        };
        self.kind(kind);
        self.optional_expr(measure);
        self.expr(*of);
        self.optional_expr(*beyond);
        self.optional_expr(*at_most);
    }

    fn rounding(&mut self, rounding: &'t Rounding) {
        let Rounding { mode, to } = rounding;
        self.choice(mode);
        match to {
            RoundTo::Whole => self.kind("whole"),
            RoundTo::Places(places) => {
                self.kind("places");
                self.quantity(places);
            }
            RoundTo::Multiple(of) => {
                self.kind("multiple");
                self.quantity(of);
            }
        }
    }

    fn table_body(&mut self, body: &'t TableBody) {
        match body {
            TableBody::Rows { rows, between } => {
                self.kind("rows");
                self.choice(between);
                self.block(rows);
            }
            TableBody::Points { rows, ends } => {
                self.kind("points");
                self.choice(ends);
                self.block(rows);
            }
        }
    }

    fn missing(&mut self, pattern: &'t MissingPattern, then: &'t MissingThen) {
        match pattern {
            MissingPattern::Any => self.kind("missing"),
            MissingPattern::These(members) => {
                self.kind("these missing");
                self.all(members, Self::path);
            }
            MissingPattern::All => self.kind("all missing"),
            MissingPattern::FewerThan(count) => {
                self.kind("fewer than");
                self.quantity(count);
            }
        }
        match then {
            MissingThen::WeighEqually => self.kind("weigh equally"),
            MissingThen::ShareEqually => self.kind("share equally"),
            MissingThen::ShareInProportion => self.kind("share in proportion"),
            MissingThen::GiveTo(member) => {
                self.kind("give to");
                self.path(member);
            }
            MissingThen::Weights(weights) => {
                self.kind("weights");
                self.all(weights, |marks, (member, weight)| {
                    marks.path(member);
                    marks.quantity(weight);
                });
            }
            MissingThen::CountAsZero => self.kind("count as zero"),
            MissingThen::CountAsFull => self.kind("count as full"),
            MissingThen::CountAs(value) => {
                self.kind("count as");
                self.expr(*value);
            }
            MissingThen::NoValue => self.kind("no value"),
            MissingThen::NoResult { reason, label } => {
                self.kind("no result");
                self.name(reason);
                self.optional(label.as_ref(), Self::quoted);
            }
        }
    }

    fn test(&mut self, test: &'t Test) {
        let kind = match test {
            Test::From(_) => "from",
            Test::Above(_) => "above",
            Test::UpTo(_) => "up to",
            Test::Below(_) => "below",
            Test::Within(..) => "within",
            Test::Is(_) => "is",
            Test::Otherwise => "otherwise",
            Test::Missing => "missing row",
        };
        self.kind(kind);
        for id in test.exprs() {
            self.expr(id);
        }
        self.mark(Mark::End);
    }

    fn guarantee(&mut self, guarantee: &'t Guarantee) {
        self.kind("guarantee");
        match guarantee {
            Guarantee::Within(figure, range) => {
                self.kind("within");
                self.expr(*figure);
                self.range(range);
            }
            Guarantee::Never {
                figure,
                direction,
                with,
            } => {
                self.kind("never");
                self.path(figure);
                self.choice(direction);
                self.all(with, Self::path);
            }
            Guarantee::NeverGainsByMissing { figure, missing } => {
                self.kind("never gains");
                self.path(figure);
                self.all(missing, Self::path);
            }
            Guarantee::EveryGradeReachable => self.kind("every grade reachable"),
            Guarantee::Implies(condition, claim) => {
                self.kind("implies");
                self.expr(*condition);
                self.expr(*claim);
            }
            Guarantee::Always(claim) => {
                self.kind("always");
                self.expr(*claim);
            }
        }
    }

    fn optional_expr(&mut self, id: Option<ExprId>) {
        match id {
            Some(id) => {
                self.kind("given");
                self.expr(id);
            }
            None => self.kind("absent"),
        }
    }

    /// Reads an expression without recursion, each operator before its operands and an end
    /// behind them.
    fn expr(&mut self, id: ExprId) {
        let mut open = vec![Some(id)];
        while let Some(next) = open.pop() {
            let Some(id) = next else {
                self.mark(Mark::End);
                continue;
            };
            let Some(expr) = self.tree.exprs.get(id.0 as usize) else {
                self.kind("nothing");
                continue;
            };
            let mut operands = Vec::new();
            match &expr.kind {
                // Brackets change nothing that the tree does not show.
                ExprKind::Bracket(inner) => {
                    open.push(Some(*inner));
                    continue;
                }
                ExprKind::Quantity(quantity) => self.quantity(quantity),
                ExprKind::Flag(flag) => self.choice(flag),
                ExprKind::Path(path) => self.path(path),
                ExprKind::Quoted(quoted) => self.quoted(quoted),
                ExprKind::Unary(op, of) => {
                    self.choice(op);
                    operands.push(*of);
                }
                ExprKind::Binary(op, left, right) => {
                    self.choice(op);
                    operands.extend([*left, *right]);
                }
                ExprKind::If {
                    condition,
                    then,
                    otherwise,
                } => {
                    self.kind("if");
                    operands.extend([*condition, *then]);
                    operands.extend(*otherwise);
                }
                ExprKind::Given(path) => {
                    self.kind("is given");
                    self.path(path);
                }
                ExprKind::IsOneOf(of, options) => {
                    self.kind("is one of");
                    operands.push(*of);
                    operands.extend(options);
                }
                ExprKind::Otherwise(value, otherwise) => {
                    self.kind("otherwise value");
                    operands.extend([*value, *otherwise]);
                }
                ExprKind::NoValue => self.kind("no value"),
                ExprKind::Aggregate(aggregate, of) => {
                    self.choice(aggregate);
                    operands.extend(of);
                }
                ExprKind::WeightOf(path) => {
                    self.kind("weight of");
                    self.path(path);
                }
                ExprKind::PartOf(path) => {
                    self.kind("part of");
                    self.path(path);
                }
                ExprKind::TableOf(table, of) => {
                    self.kind("table of");
                    self.name(table);
                    operands.push(*of);
                }
                ExprKind::Round(rounding, of) => {
                    self.kind("rounded");
                    self.rounding(rounding);
                    operands.push(*of);
                }
                ExprKind::ConsequencesFired => self.kind("consequences"),
                ExprKind::List(items) => {
                    self.kind("list");
                    operands.extend(items);
                }
                ExprKind::Map(entries) => {
                    self.kind("map");
                    self.all(entries, |marks, (name, _)| marks.name(name));
                    operands.extend(entries.iter().map(|(_, value)| *value));
                }
                ExprKind::Hole => self.kind("unreadable"),
            }
            open.push(None);
            open.extend(operands.into_iter().rev().map(Some));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::Limits;

    #[track_caller]
    fn tree(body: &str) -> Tree {
        let parsed = parse(&format!("scheme t {{\n{body}\n}}\n"), &Limits::default());
        assert_eq!(parsed.diagnostics, [], "{body}");
        parsed.tree
    }

    #[track_caller]
    fn same(first: &str, second: &str) {
        assert!(
            same_meaning(&tree(first), &tree(second)),
            "{first}\n{second}"
        );
    }

    #[track_caller]
    fn different(first: &str, second: &str) {
        assert!(
            !same_meaning(&tree(first), &tree(second)),
            "{first}\n{second}"
        );
    }

    #[test]
    fn what_stands_around_the_words_says_nothing() {
        same("let x = a + b # one", "# two\n\n\nlet  x ＝ (a ＋ b)");
        same(
            "item x \"甲\" { start at 5; add 1 }",
            "指标 x “甲” {\n起评5\n加1\n}",
        );
        same("let x = a - b - c", "let x = (a - b) - c");
        same("let x = sum of xs", "令 x = xs 的 合计");
    }

    #[test]
    fn every_word_counts() {
        different("let x = a", "let y = a");
        different("let x = a", "let x \"甲\" = a");
        different("let x = a - b - c", "let x = a - (b - c)");
        different("let x = a + b", "let x = a - b");
        different("let x = 1", "let x = 1.0");
        different("let x = 5", "let x = 5 points");
        different("let x = 40%", "let x = 40");
        different("let x = a.b", "let x = a");
        different("let x = a is one of b", "let x = a is one of b, c");
        different("let x = if a then b", "let x = if a then b else c");
        different("let x = sum of xs", "let x = mean of xs");
        different(
            "let x = round up a to 2 places",
            "let x = round down a to 2 places",
        );
        different(
            "let x = round up a to 2 places",
            "let x = round up a to a multiple of 2",
        );
        different("out of 5", "out of 5 cite \"一\"");
        different("out of 5 cite \"一\"", "out of 5 cite \"一\" says \"二\"");
        different("out of 5 assumed \"一\"", "out of 5 assumed \"二\"");
        different("source 《一》", "source \"一\"");
        different(
            "effective from 2023-02-01",
            "effective from 2023-02-01 until 2024-02-01",
        );
        different("choice c { a, b }", "choice c best first { a, b }");
        different("choice c { a, b }", "choice c { b, a }");
        different("input a : count", "parameter a : count");
        different("input a : count", "input a : number");
        different("input a : points 0..5", "input a : points 0..");
        different("input a : number from 0 below 5", "input a : number 0..5");
        different("input a : count", "input a : count, optional");
        different("input a : count = 0", "input a : count = 1");
        different(
            "input a : count, lower is better",
            "input a : count, higher is better",
        );
        different(
            "input a : count, only when b",
            "input a : count, only when c",
        );
        different("input a : count per b", "input a : count per c");
        different("input a either { b : count }", "input a { b : count }");
        different("item x { deduct 1 }", "item x { add 1 }");
        different(
            "item x { deduct 1 per a }",
            "item x { deduct 1 per a beyond 2 }",
        );
        different(
            "item x { deduct 1 per a beyond 2 }",
            "item x { deduct 1 per a at most 2 }",
        );
        different("item x { deduct 1 }", "item x { deduct 1 when a }");
        different(
            "item x { deduct 1 per full 5 of a }",
            "item x { deduct 1 per started 5 of a }",
        );
        different("item x { not below 0 }", "item x { not above 0 }");
        different(
            "item x { start at 1; add 1 }",
            "item x { add 1; start at 1 }",
        );
        different(
            "group g { missing => count as zero }",
            "group g { missing => count as full }",
        );
        different(
            "group g { missing => count as zero }",
            "group g { all missing => count as zero }",
        );
        different("grade by a { from 5 => b }", "grade by a { above 5 => b }");
        different(
            "grade by a { from 5 => b }",
            "grade by a read from the lower end { from 5 => b }",
        );
        different(
            "grade by a { otherwise => b\nwhen c => d }",
            "grade by a { otherwise => b\nwhen c => no better than d }",
        );
        different(
            "table r by a between points { 1 => 2 }",
            "table r by a between points { 1 => 2 } continue",
        );
        different(
            "guarantee a never rises with b",
            "guarantee a never falls with b",
        );
        different("guarantee a in 0..5", "guarantee a in 0..");
        different("example { given a = 1 }", "example { expect a = 1 }");
        different(
            "example { expect no result a }",
            "example { expect no result b }",
        );
        different("out of 5", "out of 5\nout of 5");
    }

    #[test]
    fn the_first_difference_is_named() {
        let (first, second) = ("out of 5\nlet x = 1", "out of 5\nlet x = 2");
        let difference = first_difference(&tree(first), &tree(second)).expect("they differ");
        let text = format!("scheme t {{\n{first}\n}}\n");
        assert_eq!(difference.first.of(&text), "let x = 1");
    }
}
