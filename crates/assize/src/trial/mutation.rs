//! Changes of a scheme that its examples should notice: one figure a step up or down, one line
//! left out, one comparison, sign, rule or rounding exchanged.
//!
//! A change is a stretch of the text and what stands there instead, so that a person sees it where
//! it would be made. What the text then says is read anew; a change that is no scheme any more is
//! not made. Absent on purpose: what is claimed (examples, guarantees), what has no numbers, and
//! alternatives of readings that are not taken, for which no example is worked.

use rust_decimal::Decimal;

use crate::diagnostic::Severity;
use crate::number::{Mode, Rational};
use crate::scheme::Checked;
use crate::syntax::{
    BinaryOp, Block, Expr, ExprId, ExprKind, Held, InputShape, Kind, Line, MapKey, MissingPattern,
    MissingThen, Quantity, RoundTo, Rounding, Sign, Statement, Test, Tree, parse,
};
use crate::text::{Limits, Span, Words, words};

/// A change of a scheme's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What is replaced.
    pub span: Span,
    /// What stands there instead; nothing for a line that is left out.
    pub replacement: String,
    /// The change in words.
    pub words: Words,
}

impl Mutant {
    /// The changed text.
    #[must_use]
    pub fn text(&self, original: &str) -> String {
        let range = self.span.range();
        let before = original.get(..range.start).unwrap_or_default();
        let after = original.get(range.end..).unwrap_or_default();
        format!("{before}{}{after}", self.replacement)
    }
}

/// What became of a changed scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// The check refuses it.
    Refused,
    /// An example comes out otherwise.
    ByExample,
    /// A guarantee does not hold on an example.
    ByGuarantee,
    /// Nothing noticed the change.
    Survives,
}

impl Fate {
    /// What the check of a changed text says of it.
    #[must_use]
    pub fn of(checked: &Checked) -> Self {
        if checked.draft.is_none() {
            return Self::Refused;
        }
        if checked.examples.iter().any(|run| !run.misses.is_empty()) {
            return Self::ByExample;
        }
        if !checked.contradictions.is_empty() {
            return Self::ByGuarantee;
        }
        match checked.scheme {
            Some(_) => Self::Survives,
            None => Self::Refused,
        }
    }
}

/// The changes of a scheme's text, in the order of their places.
///
/// ```
/// use assize::trial::{Fate, mutants};
///
/// let text = r#"scheme punctuality {
///     input score : points 0..100
///     grade "等次" by score {
///         from 90   => 合格
///         otherwise => 不合格
///     }
///     example "九十五分" {
///         given score = 95
///         expect grade = 合格
///     }
/// }"#;
/// // No example stands at the edge, so nobody notices where it lies.
/// let survivors: Vec<String> = mutants(text)
///     .into_iter()
///     .filter(|mutant| Fate::of(&assize::check(&mutant.text(text))) == Fate::Survives)
///     .map(|mutant| mutant.words.en)
///     .collect();
/// assert!(survivors.contains(&"`from 90` becomes `above 90`".to_owned()));
/// assert!(survivors.contains(&"`90` becomes `91`".to_owned()));
/// ```
#[must_use]
pub fn mutants(text: &str) -> Vec<Mutant> {
    let limits = Limits::default();
    let parsed = parse(text, &limits);
    let tree = &parsed.tree;
    let mut finder = Finder {
        text,
        tree,
        found: Vec::new(),
        passed_over: Vec::new(),
    };
    finder.statements(&tree.scheme.body);
    finder.expressions();
    let mut found = finder.found;
    found.sort_by_key(|mutant| mutant.span);
    found.retain(|mutant| mutant.span.of(text) != mutant.replacement);
    found.dedup_by(|one, other| one.span == other.span && one.replacement == other.replacement);
    // What no longer reads as a scheme is no change of the scheme.
    found.retain(|mutant| {
        let diagnostics = parse(&mutant.text(text), &limits).diagnostics;
        diagnostics
            .iter()
            .all(|found| found.severity() != Severity::Error)
    });
    found
}

/// The ways to round, with their spellings.
const MODES: [(Mode, &str, &str); 7] = [
    (Mode::HalfUp, "round half up", "四舍五入"),
    (Mode::HalfEven, "round half even", "四舍六入五成双"),
    (Mode::HalfDown, "round half down", "五舍六入"),
    (Mode::Up, "round up", "进一"),
    (Mode::Down, "round down", "去尾"),
    (Mode::Ceiling, "round ceiling", "向上取整"),
    (Mode::Floor, "round floor", "向下取整"),
];

/// What a missing-data rule of an item may say, and what one of a group may say besides.
const OF_ITEMS: [&str; 3] = ["count as zero", "count as full", "no value"];
const OF_GROUPS: [&str; 3] = [
    "weigh the rest equally",
    "share the missing weight equally",
    "share the missing weight in proportion",
];

struct Finder<'a> {
    text: &'a str,
    tree: &'a Tree,
    found: Vec<Mutant>,
    /// Stretches whose expressions stay as they are.
    passed_over: Vec<Span>,
}

impl<'a> Finder<'a> {
    /// The statements of a block and of the blocks inside, which lie no deeper than the limit.
    fn statements(&mut self, block: &'a Block) {
        let mut open: Vec<(&'a Statement, bool)> = block
            .statements
            .iter()
            .map(|statement| (statement, false))
            .collect();
        while let Some((statement, in_group)) = open.pop() {
            if is_passed_over(&statement.kind) {
                self.passed_over.push(statement.span);
                continue;
            }
            self.statement(statement, in_group);
            let inner = match &statement.kind {
                Kind::Group(_) | Kind::Total { .. } => true,
                Kind::Item(_) => false,
                _ => in_group,
            };
            let blocks = match &statement.kind {
                Kind::Reading { alternatives, .. } => {
                    for other in alternatives.iter().skip(1) {
                        match &other.holds {
                            Held::Value(value) => {
                                let span = self.expr(*value).map(|expr| expr.span);
                                self.passed_over.extend(span);
                            }
                            Held::Lines(lines) => self.passed_over.push(lines.span),
                        }
                    }
                    let first = alternatives.first().map(|first| &first.holds);
                    match first {
                        Some(Held::Lines(lines)) => vec![lines],
                        Some(Held::Value(_)) | None => Vec::new(),
                    }
                }
                _ => statement.blocks(),
            };
            for block in blocks {
                open.extend(block.statements.iter().map(|inside| (inside, inner)));
            }
        }
    }

    fn expr(&self, id: ExprId) -> Option<&'a Expr> {
        self.tree.exprs.get(id.0 as usize)
    }

    fn written(&self, id: ExprId) -> &'a str {
        self.expr(id).map_or("", |expr| expr.span.of(self.text))
    }

    /// One stretch of the text in another's place.
    fn exchange(&mut self, span: Span, replacement: String) {
        let (old, new) = (in_one_line(span.of(self.text)), in_one_line(&replacement));
        self.found.push(Mutant {
            span,
            replacement,
            words: words!("`{old}` becomes `{new}`", "“{old}”改为“{new}”"),
        });
    }

    /// A figure one step of its last place up and down.
    fn figure(&mut self, quantity: &Quantity) {
        let written = quantity.span.of(self.text);
        let behind = written
            .trim_start_matches(|sign: char| sign.is_numeric() || ['.', '．', '_'].contains(&sign));
        let step = Rational::from_decimal(Decimal::new(1, quantity.value.scale()));
        let value = Rational::from_decimal(quantity.value);
        for moved in [&value - &step, &value + &step] {
            self.exchange(quantity.span, format!("{moved}{behind}"));
        }
    }

    fn statement(&mut self, statement: &'a Statement, in_group: bool) {
        if may_be_left_out(&statement.kind) {
            self.left_out(statement);
        }
        match &statement.kind {
            Kind::OutOf(quantity) => self.figure(quantity),
            Kind::Item(scored) | Kind::Group(scored) => {
                if let Some(quantity) = &scored.out_of {
                    self.figure(quantity);
                }
            }
            Kind::Weight { weight, .. } => self.figure(weight),
            Kind::Covers { part, whole, .. } => {
                self.figure(part);
                self.figure(whole);
            }
            Kind::Run {
                restarts: Some(restarts),
                ..
            } => self.figure(restarts),
            Kind::Input(input) => {
                if let InputShape::Field(field) = &input.shape {
                    if let Some(step) = &field.step {
                        self.figure(step);
                    }
                    if let Some(MapKey {
                        summing_to: Some(sum),
                        ..
                    }) = &field.of.per
                    {
                        self.figure(sum);
                    }
                    if let Some(range) = &field.of.range {
                        self.range(range);
                    }
                }
            }
            Kind::Line { line, .. } => self.line(line, statement),
            Kind::Missing { pattern, then } => {
                if let MissingPattern::FewerThan(least) = pattern {
                    self.figure(least);
                }
                if let MissingThen::Weights(weights) = then {
                    for (_, weight) in weights {
                        self.figure(weight);
                    }
                }
                self.missing_rule(statement, then, in_group);
            }
            Kind::Row { test, outcome } => {
                let end = self.expr(*outcome).map(|expr| expr.span.start);
                if let (Some(end), Some(other)) = (end, self.other_tests(test)) {
                    let head = Span::new(statement.span.start, end);
                    for test in other {
                        self.test(head, &test);
                    }
                }
            }
            _ => {}
        }
    }

    /// The test of a row in front of its outcome.
    fn test(&mut self, head: Span, test: &str) {
        let written = head.of(self.text);
        let old = written.trim_end();
        let old = ["=>", "为"]
            .iter()
            .find_map(|arrow| old.strip_suffix(arrow))
            .unwrap_or(old);
        let old = in_one_line(old.trim_end());
        self.found.push(Mutant {
            span: head,
            replacement: format!("{test} => "),
            words: words!("`{old}` becomes `{test}`", "“{old}”改为“{test}”"),
        });
    }

    /// A test with its edge on the other side of its figure.
    fn other_tests(&self, test: &Test) -> Option<Vec<String>> {
        let at = |id: &ExprId| self.written(*id);
        Some(match test {
            Test::From(id) => vec![format!("above {}", at(id))],
            Test::Above(id) => vec![format!("from {}", at(id))],
            Test::UpTo(id) => vec![format!("below {}", at(id))],
            Test::Below(id) => vec![format!("up to {}", at(id))],
            Test::Bounded(low, high) => {
                let word = |included: bool, yes: &'static str, no: &'static str| match included {
                    true => yes,
                    false => no,
                };
                let shown = |low_in: bool, high_in: bool| {
                    let (from, to) = (
                        word(low_in, "from", "above"),
                        word(high_in, "up to", "below"),
                    );
                    format!("{from} {} {to} {}", at(&low.at), at(&high.at))
                };
                vec![
                    shown(!low.included, high.included),
                    shown(low.included, !high.included),
                ]
            }
            Test::Within(..) | Test::Is(_) | Test::Several(_) | Test::Otherwise | Test::Missing => {
                return None;
            }
        })
    }

    /// A range with one end: its figure inside or outside.
    fn range(&mut self, range: &crate::syntax::Range) {
        let (bound, yes, no) = match (&range.low, &range.high) {
            (Some(low), None) => (low, "from", "above"),
            (None, Some(high)) => (high, "up to", "below"),
            _ => return,
        };
        let word = if bound.included { no } else { yes };
        let replacement = format!("{word} {}", self.written(bound.at));
        self.exchange(range.span, replacement);
    }

    fn line(&mut self, line: &'a Line, statement: &'a Statement) {
        match line {
            Line::Change { sign, amount, .. } => {
                let Some(at) = self.expr(*amount).map(|expr| expr.span.start) else {
                    return;
                };
                let before = Span::new(statement.span.start, at);
                let written = before.of(self.text).trim_end();
                let signs = match sign {
                    Sign::Add => [("add", "deduct"), ("加", "扣")],
                    Sign::Deduct => [("deduct", "add"), ("扣", "加")],
                };
                for (own, other) in signs {
                    if let Some(ahead) = written.strip_suffix(own)
                        && let (Ok(start), Ok(end)) =
                            (u32::try_from(ahead.len()), u32::try_from(written.len()))
                    {
                        let place = |at: u32| before.start.saturating_add(at);
                        let span = Span::new(place(start), place(end));
                        self.exchange(span, other.to_owned());
                    }
                }
            }
            Line::Round(rounding) => {
                self.mode(rounding, statement.head);
                self.places(rounding);
            }
            _ => {}
        }
    }

    /// Another way to round, where the words for the own one stand in `within`.
    fn mode(&mut self, rounding: &Rounding, within: Span) {
        let Some((_, en, zh)) = MODES.iter().find(|(mode, _, _)| *mode == rounding.mode) else {
            return;
        };
        let others: &[Mode] = match rounding.mode {
            Mode::HalfUp => &[Mode::HalfEven, Mode::Down, Mode::Up],
            _ => &[Mode::HalfUp],
        };
        let written = within.of(self.text);
        for own in [en, zh] {
            let Some(start) = written.find(own) else {
                continue;
            };
            let place = |at: usize| u32::try_from(at).map(|at| within.start.saturating_add(at));
            if let (Ok(from), Ok(to)) = (place(start), place(start.saturating_add(own.len()))) {
                for (_, other, other_zh) in
                    MODES.iter().filter(|(mode, _, _)| others.contains(mode))
                {
                    let other = if own == en { other } else { other_zh };
                    self.exchange(Span::new(from, to), (*other).to_owned());
                }
            }
            return;
        }
    }

    fn places(&mut self, rounding: &Rounding) {
        match &rounding.to {
            RoundTo::Places(quantity) | RoundTo::Multiple(quantity) => self.figure(quantity),
            RoundTo::Whole => {}
        }
    }

    /// A statement left out, with the comma behind it.
    fn left_out(&mut self, statement: &Statement) {
        let end = statement.span.range().end;
        let behind = self.text.get(end..).unwrap_or_default();
        let rest = behind.trim_start_matches([' ', '\t', '　']);
        let comma = rest
            .chars()
            .next()
            .filter(|sign| [',', '，', ';', '；'].contains(sign));
        let taken = comma.map_or(0, |comma| {
            let blanks = behind.len().saturating_sub(rest.len());
            blanks.saturating_add(comma.len_utf8())
        });
        let end = statement
            .span
            .end
            .saturating_add(u32::try_from(taken).unwrap_or(0));
        let bare = Span::new(statement.head.start, self.rests_from(statement));
        let old = in_one_line(bare.of(self.text));
        self.found.push(Mutant {
            span: Span::new(statement.span.start, end),
            replacement: String::new(),
            words: words!("`{old}` is left out", "删去“{old}”"),
        });
    }

    /// Another rule for missing data in the place of the one that is written.
    fn missing_rule(&mut self, statement: &Statement, then: &MissingThen, in_group: bool) {
        let own = match then {
            MissingThen::WeighEqually => "weigh the rest equally",
            MissingThen::ShareEqually => "share the missing weight equally",
            MissingThen::ShareInProportion => "share the missing weight in proportion",
            MissingThen::CountAsZero => "count as zero",
            MissingThen::CountAsFull => "count as full",
            MissingThen::NoValue => "no value",
            MissingThen::GiveTo(_)
            | MissingThen::Weights(_)
            | MissingThen::CountAs(_)
            | MissingThen::NoResult { .. } => "",
        };
        let written = statement.head.of(self.text);
        let arrow = written
            .find("=>")
            .map(|at| at.saturating_add(2))
            .or_else(|| {
                let at = written.find(" 为 ")?;
                Some(at.saturating_add(" 为".len()))
            });
        let Some(arrow) = arrow.and_then(|at| u32::try_from(at).ok()) else {
            return;
        };
        let start = statement.head.start.saturating_add(arrow);
        let span = Span::new(start, self.rests_from(statement));
        let rule = span.of(self.text);
        let trimmed = rule.trim_end();
        let end = start.saturating_add(u32::try_from(trimmed.len()).unwrap_or(0));
        let blanks = trimmed.len().saturating_sub(trimmed.trim_start().len());
        let start = start.saturating_add(u32::try_from(blanks).unwrap_or(0));
        let of_groups = OF_GROUPS.iter().filter(|_| in_group);
        for other in OF_ITEMS.iter().chain(of_groups) {
            if *other != own {
                self.exchange(Span::new(start, end), (*other).to_owned());
            }
        }
    }

    /// Where the citation or assumption of a statement begins, or else its end.
    fn rests_from(&self, statement: &Statement) -> u32 {
        let cite = statement.cite.as_ref().map(|cite| cite.article.span.start);
        let assumed = statement.assumed.as_ref().map(|words| words.span.start);
        let Some(quoted) = cite.into_iter().chain(assumed).min() else {
            return statement.head.end;
        };
        let before = Span::new(statement.head.start, quoted);
        let written = before.of(self.text).trim_end();
        let keywords = ["cite", "条款", "assumed", "推定"];
        let ahead = keywords
            .iter()
            .find_map(|keyword| written.strip_suffix(keyword));
        let length = ahead.unwrap_or(written).len();
        before
            .start
            .saturating_add(u32::try_from(length).unwrap_or(0))
    }

    /// Figures, comparisons, `and` and `or`, and roundings in expressions.
    fn expressions(&mut self) {
        let body = self.tree.scheme.body.span;
        for expr in &self.tree.exprs {
            let inside =
                |around: &Span| around.start <= expr.span.start && expr.span.end <= around.end;
            if !inside(&body) || self.passed_over.iter().any(inside) {
                continue;
            }
            match &expr.kind {
                ExprKind::Quantity(quantity) => self.figure(quantity),
                ExprKind::Split { to, .. } => self.figure(to),
                ExprKind::Binary(op, a, b) => self.operator(*op, *a, *b),
                ExprKind::Round(rounding, of) => {
                    let Some(operand) = self.expr(*of) else {
                        continue;
                    };
                    let ahead = Span::new(expr.span.start, operand.span.start);
                    self.mode(rounding, ahead);
                    self.places(rounding);
                    let bare = format!("({})", self.written(*of));
                    self.exchange(expr.span, bare);
                }
                _ => {}
            }
        }
    }

    fn operator(&mut self, op: BinaryOp, a: ExprId, b: ExprId) {
        let (Some(a), Some(b)) = (self.expr(a), self.expr(b)) else {
            return;
        };
        let other = match op {
            BinaryOp::And => "or",
            BinaryOp::Or => "and",
            BinaryOp::Equal => "<>",
            BinaryOp::NotEqual => "=",
            BinaryOp::Less => "<=",
            BinaryOp::LessEqual => "<",
            BinaryOp::Greater => ">=",
            BinaryOp::GreaterEqual => ">",
            BinaryOp::Plus => "-",
            BinaryOp::Minus => "+",
            BinaryOp::Times | BinaryOp::Over => return,
        };
        let between = Span::new(a.span.end, b.span.start);
        let whole = a.span.to(b.span);
        let (old, left, right) = (
            in_one_line(whole.of(self.text)),
            in_one_line(a.span.of(self.text)),
            in_one_line(b.span.of(self.text)),
        );
        self.found.push(Mutant {
            span: between,
            replacement: format!(" {other} "),
            words: words!(
                "`{old}` becomes `{left} {other} {right}`",
                "“{old}”改为“{left} {other} {right}”"
            ),
        });
    }
}

/// Whether a statement says nothing of what is computed, or claims it.
const fn is_passed_over(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Hole(_)
            | Kind::Source(_)
            | Kind::Effective { .. }
            | Kind::Assesses { .. }
            | Kind::Choice(_)
            | Kind::Extends(_)
            | Kind::EditionOf(_)
            | Kind::Indicator(_)
            | Kind::Procedure { .. }
            | Kind::Guarantee(_)
            | Kind::Example { .. }
    )
}

const fn may_be_left_out(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Line { .. }
            | Kind::Row { .. }
            | Kind::Adjust { .. }
            | Kind::Missing { .. }
            | Kind::Applies(_)
            | Kind::Covers { .. }
            | Kind::Weight { .. }
            | Kind::Consequence { .. }
            | Kind::Require { .. }
            | Kind::Refuse { .. }
            | Kind::NoResult { .. }
    )
}

/// A stretch of text on one line.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
