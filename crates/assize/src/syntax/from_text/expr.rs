//! Expressions: terms as the grammar reads them, and a climber that sorts the operators between
//! them by precedence.
//!
//! From loosest to tightest: `otherwise`, `or`, `and`, `not`, comparisons and `is one of`, `+ -`,
//! `* /`, the minus sign, `^`. The climber keeps its own stacks, so that a long chain costs no
//! depth. Comparisons do not chain: `a = b = c` is refused, and so is `a ^ b ^ c`. Phrases about
//! lists stand behind the chain and act on the whole of it (see `lists`).

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::{Aggregate, BinaryOp, DatePart, ExprId, ExprKind, Logarithm, Name, UnaryOp};
use super::head::Head;
use super::literal::{date, name, path, path_span, quantity, quoted, time};
use super::{Node, Read, Reader, Rule, part, parts};

/// An operator that waits for what stands behind it.
#[derive(Clone, Copy)]
enum Waiting {
    Before(UnaryOp, Span),
    Between(BinaryOp),
    Power,
    OtherwiseValue,
}

/// How tightly an operator binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Otherwise,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
    Power,
}

impl Waiting {
    const fn tightness(self) -> Tightness {
        match self {
            Self::OtherwiseValue => Tightness::Otherwise,
            Self::Power => Tightness::Power,
            Self::Before(UnaryOp::Not, _) => Tightness::Not,
            Self::Before(UnaryOp::Minus, _) => Tightness::Sign,
            Self::Between(op) => match op {
                BinaryOp::Or => Tightness::Or,
                BinaryOp::And => Tightness::And,
                BinaryOp::Equal
                | BinaryOp::NotEqual
                | BinaryOp::Less
                | BinaryOp::LessEqual
                | BinaryOp::Greater
                | BinaryOp::GreaterEqual => Tightness::Comparison,
                BinaryOp::Plus | BinaryOp::Minus => Tightness::Sum,
                BinaryOp::Times | BinaryOp::Over => Tightness::Product,
            },
        }
    }
}

/// The operands and operators of one expression, as far as it has been read.
#[derive(Default)]
struct Climber {
    operands: Vec<ExprId>,
    waiting: Vec<Waiting>,
}

impl Reader<'_> {
    /// An expression.
    pub(super) fn expression(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let mut climber = Climber::default();
        let mut operand_next = true;
        for piece in node.clone().into_inner() {
            let rule = piece.as_rule();
            if operand_next {
                let before = match rule {
                    Rule::kw_not => Some(UnaryOp::Not),
                    Rule::minus => Some(UnaryOp::Minus),
                    _ => None,
                };
                if let Some(op) = before {
                    climber.waiting.push(Waiting::Before(op, head.span(&piece)));
                } else {
                    let operand = self.term(head, &piece)?;
                    climber.operands.push(operand);
                    operand_next = false;
                }
            } else if rule == Rule::is_one_of {
                self.is_one_of(head, &piece, &mut climber)?;
            } else if matches!(rule, Rule::whose | Rule::at | Rule::ranked | Rule::topmost) {
                let of = climber.operands.pop();
                let of = of.ok_or_else(|| unknown(head.span(&piece)))?;
                let whole = self.behind(head, &piece, of)?;
                climber.operands.push(whole);
            } else if is_phrase(rule) {
                let of = self.finished(&mut climber, head, node)?;
                let whole = self.phrase(head, &piece, of)?;
                climber.operands.push(whole);
            } else {
                let op = between(rule).ok_or_else(|| unknown(head.span(&piece)))?;
                self.reduce(&mut climber, op.tightness(), head, &piece)?;
                climber.waiting.push(op);
                operand_next = true;
            }
        }
        self.finished(&mut climber, head, node)
    }

    /// The value of a chain that has been read to its end.
    fn finished(&mut self, climber: &mut Climber, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        while let Some(op) = climber.waiting.pop() {
            self.apply(climber, op);
        }
        climber
            .operands
            .pop()
            .ok_or_else(|| unknown(head.span(node)))
    }

    /// The first expression of a node that ends before phrases about lists.
    pub(super) fn first_plain(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let found = part(node, Rule::plain).ok_or_else(|| unknown(head.span(node)))?;
        self.expression(head, &found)
    }

    /// What stands behind an operand and binds to it alone.
    fn behind(&mut self, head: &Head, node: &Node<'_>, of: ExprId) -> Read<ExprId> {
        match node.as_rule() {
            Rule::at => {
                let key = self.first_expression(head, node)?;
                let span = self.span_of(of).to(head.span(node));
                Ok(self.expr(ExprKind::At(of, key), span))
            }
            Rule::ranked => self.ranked(head, node, of),
            Rule::topmost => self.topmost(head, node, of),
            _ => self.whose(head, node, of),
        }
    }

    /// The first expression of a node.
    pub(super) fn first_expression(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let found = part(node, Rule::expr).ok_or_else(|| unknown(head.span(node)))?;
        self.expression(head, &found)
    }

    /// Applies the waiting operators that bind as tightly as the next one, or tighter.
    fn reduce(
        &mut self,
        climber: &mut Climber,
        next: Tightness,
        head: &Head,
        at: &Node<'_>,
    ) -> Read<()> {
        while let Some(op) = climber.waiting.last().copied() {
            if op.tightness() < next {
                break;
            }
            if next == Tightness::Comparison && op.tightness() == Tightness::Comparison {
                return Err(self.chained(climber, head.span(at), head.is_chinese()));
            }
            if next == Tightness::Power && op.tightness() == Tightness::Power {
                return Err(powers_in_a_row(head.span(at)));
            }
            climber.waiting.pop();
            self.apply(climber, op);
        }
        Ok(())
    }

    fn apply(&mut self, climber: &mut Climber, op: Waiting) {
        let Some(right) = climber.operands.pop() else {
            return;
        };
        let right_span = self.span_of(right);
        let (kind, span) = match op {
            Waiting::Before(op, span) => (ExprKind::Unary(op, right), span.to(right_span)),
            Waiting::Between(_) | Waiting::Power | Waiting::OtherwiseValue => {
                let Some(left) = climber.operands.pop() else {
                    return;
                };
                let kind = match op {
                    Waiting::Between(op) => ExprKind::Binary(op, left, right),
                    Waiting::Power => ExprKind::Power(left, right),
                    _ => ExprKind::Otherwise(left, right),
                };
                (kind, self.span_of(left).to(right_span))
            }
        };
        let id = self.expr(kind, span);
        climber.operands.push(id);
    }

    fn chained(&self, climber: &Climber, second: Span, is_chinese: bool) -> Box<Diagnostic> {
        let middle = climber
            .operands
            .last()
            .map(|id| self.span_of(*id))
            .unwrap_or_default();
        let between = middle.of(self.text);
        let end = Span::new(middle.end, middle.end);
        let and = if is_chinese { "且" } else { "and" };
        Box::new(
            Diagnostic::new(
                &codes::CHAINED_COMPARISON,
                second,
                words!(
                    "two comparisons in a row; a comparison has two sides",
                    "比较不能连写，每个比较只有左右两边"
                ),
            )
            .with_help(words!(
                "write `and` (且) between two comparisons",
                "请用“且”连接两个比较"
            ))
            .with_fix(end, format!(" {and} {between}")),
        )
    }

    fn is_one_of(&mut self, head: &Head, node: &Node<'_>, climber: &mut Climber) -> Read<()> {
        self.reduce(climber, Tightness::Comparison, head, node)?;
        let mut options = Vec::new();
        for alternative in parts(node, Rule::alternative) {
            if let Some(inner) = alternative.into_inner().next() {
                options.push(self.option(head, &inner));
            }
        }
        let Some(left) = climber.operands.pop() else {
            return Err(unknown(head.span(node)));
        };
        let span = self.span_of(left).to(head.span(node));
        let id = self.expr(ExprKind::IsOneOf(left, options), span);
        climber.operands.push(id);
        Ok(())
    }

    /// An option by its name or its label.
    fn option(&mut self, head: &Head, node: &Node<'_>) -> ExprId {
        let span = head.span(node);
        let kind = if node.as_rule() == Rule::string {
            ExprKind::Quoted(quoted(head, node))
        } else {
            ExprKind::Path(super::super::Path {
                names: vec![name(head, node)],
            })
        };
        self.expr(kind, span)
    }

    /// `xs 的 合计`, `x 的 权重占比`, `得分 的 等次表`, `日期 的 年份`.
    fn whose(&mut self, head: &Head, node: &Node<'_>, of: ExprId) -> Read<ExprId> {
        let span = self.span_of(of).to(head.span(node));
        let what = node.clone().into_inner().last();
        let what = what.ok_or_else(|| unknown(span))?;
        let kind = match what.as_rule() {
            Rule::aggregate_word => ExprKind::Aggregate(aggregate(&what)?, vec![of]),
            Rule::kw_share => return self.share_of(of, span),
            Rule::root_word => root(head, &what, of)?,
            Rule::date_part_word => ExprKind::DatePart(date_part(head, &what)?, of),
            Rule::picked => self.picked(head, &what, of)?,
            Rule::name => ExprKind::TableOf(name(head, &what), of),
            rule => {
                let member = match self.exprs.get(of.0 as usize).map(|expr| &expr.kind) {
                    Some(ExprKind::Path(path)) => path.clone(),
                    _ => return Err(not_a_member(self.span_of(of))),
                };
                match rule {
                    Rule::kw_weight_of => ExprKind::WeightOf(member),
                    Rule::kw_full_marks => ExprKind::FullMarks(member),
                    _ => ExprKind::PartOf(member),
                }
            }
        };
        Ok(self.expr(kind, span))
    }

    /// The operand of a word, with the keys behind it: `scores[q]`.
    pub(super) fn operand(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let mut pieces = node.clone().into_inner();
        let first = pieces.next().ok_or_else(|| unknown(head.span(node)))?;
        let mut of = match first.as_rule() {
            Rule::arguments => {
                let mut inside = Vec::new();
                for one in parts(&first, Rule::expr) {
                    inside.push(self.expression(head, &one)?);
                }
                let kind = match inside.as_slice() {
                    [one] => ExprKind::Bracket(*one),
                    _ => ExprKind::List(inside),
                };
                self.expr(kind, head.span(&first))
            }
            _ => self.term(head, &first)?,
        };
        for piece in pieces {
            of = match piece.as_rule() {
                Rule::at => self.behind(head, &piece, of)?,
                _ => self.phrase(head, &piece, of)?,
            };
        }
        Ok(of)
    }

    /// The first operand of a node.
    pub(super) fn first_operand(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let found = part(node, Rule::operand).ok_or_else(|| unknown(head.span(node)))?;
        self.operand(head, &found)
    }

    /// One operand.
    pub(super) fn term(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let span = head.span(node);
        let kind = match node.as_rule() {
            Rule::kw_no_value => ExprKind::NoValue,
            Rule::kw_yes => ExprKind::Flag(true),
            Rule::kw_no => ExprKind::Flag(false),
            Rule::kw_consequences_fired => ExprKind::ConsequencesFired,
            Rule::kw_failed_requirements => ExprKind::FailedRequirements,
            Rule::kw_all_requirements_hold => ExprKind::AllRequirementsHold,
            Rule::if_then => {
                let mut branches = parts(node, Rule::plain);
                let mut next = || branches.next();
                let (condition, then, otherwise) = (next(), next(), next());
                let (Some(condition), Some(then)) = (condition, then) else {
                    return Err(unknown(span));
                };
                let condition = self.expression(head, &condition)?;
                let then = self.expression(head, &then)?;
                let otherwise = otherwise
                    .map(|branch| self.expression(head, &branch))
                    .transpose()?;
                ExprKind::If {
                    condition,
                    then,
                    otherwise,
                }
            }
            Rule::rounded => {
                let value = self.first_plain(head, node)?;
                ExprKind::Round(super::line::rounding(head, node)?, value)
            }
            Rule::root_of => {
                let of = self.first_operand(head, node)?;
                let word = part(node, Rule::root_word).ok_or_else(|| unknown(span))?;
                root(head, &word, of)?
            }
            Rule::date_part => {
                let of = self.first_operand(head, node)?;
                let word = part(node, Rule::date_part_word).ok_or_else(|| unknown(span))?;
                match self.own_table(head, &word) {
                    Some(table) => ExprKind::TableOf(table, of),
                    None => ExprKind::DatePart(date_part(head, &word)?, of),
                }
            }
            Rule::date => ExprKind::Date(date(head, node)?),
            Rule::time => ExprKind::Time(time(head, node)?),
            Rule::collected
            | Rule::every
            | Rule::some
            | Rule::names_in
            | Rule::rank
            | Rule::top
            | Rule::split
            | Rule::share
            | Rule::pick => return self.list_term(head, node),
            Rule::is_given => ExprKind::Given(first_path(head, node)?),
            Rule::weight_of => ExprKind::WeightOf(first_path(head, node)?),
            Rule::part_of => ExprKind::PartOf(first_path(head, node)?),
            Rule::full_marks => ExprKind::FullMarks(first_path(head, node)?),
            Rule::aggregate => return self.aggregate_term(head, node),
            Rule::table_of => return self.table_of(head, node),
            Rule::quantity | Rule::figure => ExprKind::Quantity(quantity(head, node)?),
            Rule::path => {
                let path = path(head, node);
                let span = path_span(&path);
                return Ok(self.expr(ExprKind::Path(path), span));
            }
            Rule::string => ExprKind::Quoted(quoted(head, node)),
            Rule::bracket if parts(node, Rule::expr).count() == 1 => {
                ExprKind::Bracket(self.first_expression(head, node)?)
            }
            Rule::bracket | Rule::list => {
                let mut elements = Vec::new();
                for element in parts(node, Rule::expr) {
                    elements.push(self.expression(head, &element)?);
                }
                ExprKind::List(elements)
            }
            Rule::braces => ExprKind::Map(self.map_entries(head, node)?),
            _ => return Err(unknown(span)),
        };
        Ok(self.expr(kind, span))
    }

    fn aggregate_term(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let span = head.span(node);
        let word = part(node, Rule::aggregate_word).ok_or_else(|| unknown(span))?;
        let argument = part(node, Rule::argument).ok_or_else(|| unknown(span))?;
        let alone: Vec<Node<'_>> = argument.clone().into_inner().collect();
        let of = match alone.as_slice() {
            [arguments] if arguments.as_rule() == Rule::arguments => {
                let mut of = Vec::new();
                for argument in parts(arguments, Rule::expr) {
                    of.push(self.expression(head, &argument)?);
                }
                of
            }
            _ => vec![self.operand(head, &argument)?],
        };
        let kind = match (self.own_table(head, &word), of.as_slice()) {
            (Some(table), [of]) => ExprKind::TableOf(table, *of),
            _ => ExprKind::Aggregate(aggregate(&word)?, of),
        };
        let id = self.expr(kind, span);
        if matches!(alone.as_slice(), [only] if only.as_rule() == Rule::arguments) {
            self.closed.insert(id);
        }
        Ok(id)
    }

    fn table_of(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let span = head.span(node);
        let table = part(node, Rule::name).ok_or_else(|| unknown(span))?;
        let of = self.first_operand(head, node)?;
        let table = name(head, &table);
        if table.text == "share" && !self.own_tables.contains(&table.text) {
            return Err(super::lists::share_of_what(span));
        }
        Ok(self.expr(ExprKind::TableOf(table, of), span))
    }

    /// The table of the text that is named like a word of the language, where there is one.
    pub(super) fn own_table(&self, head: &Head, word: &Node<'_>) -> Option<Name> {
        let written = Name {
            text: word.as_str().trim_end().to_owned(),
            span: head.span(word),
        };
        self.own_tables.contains(&written.text).then_some(written)
    }
}

/// The first path of a node.
pub(super) fn first_path(head: &Head, node: &Node<'_>) -> Read<super::super::Path> {
    part(node, Rule::path)
        .map(|node| path(head, &node))
        .ok_or_else(|| unknown(head.span(node)))
}

fn between(rule: Rule) -> Option<Waiting> {
    let op = match rule {
        Rule::kw_otherwise_value => return Some(Waiting::OtherwiseValue),
        Rule::power => return Some(Waiting::Power),
        Rule::kw_or => BinaryOp::Or,
        Rule::kw_and => BinaryOp::And,
        Rule::equals => BinaryOp::Equal,
        Rule::not_equal => BinaryOp::NotEqual,
        Rule::less => BinaryOp::Less,
        Rule::at_most_sign => BinaryOp::LessEqual,
        Rule::greater => BinaryOp::Greater,
        Rule::at_least => BinaryOp::GreaterEqual,
        Rule::plus => BinaryOp::Plus,
        Rule::minus => BinaryOp::Minus,
        Rule::times => BinaryOp::Times,
        Rule::over => BinaryOp::Over,
        _ => return None,
    };
    Some(Waiting::Between(op))
}

fn aggregate(word: &Node<'_>) -> Read<Aggregate> {
    let rule = word.clone().into_inner().next().map(|part| part.as_rule());
    Ok(match rule {
        Some(Rule::kw_sum) => Aggregate::Sum,
        Some(Rule::kw_mean) => Aggregate::Mean,
        Some(Rule::kw_count) => Aggregate::Count,
        Some(Rule::kw_min) => Aggregate::Min,
        Some(Rule::kw_max) => Aggregate::Max,
        Some(Rule::kw_median) => Aggregate::Median,
        Some(Rule::kw_variance) => Aggregate::Variance,
        Some(Rule::kw_standard_deviation) => Aggregate::StandardDeviation,
        _ => return Err(unknown(Span::default())),
    })
}

/// A root or a logarithm.
fn root(head: &Head, word: &Node<'_>, of: ExprId) -> Read<ExprKind> {
    let rule = word.clone().into_inner().next().map(|part| part.as_rule());
    Ok(match rule {
        Some(Rule::kw_square_root) => ExprKind::Root(of),
        Some(Rule::kw_natural_logarithm) => ExprKind::Logarithm(Logarithm::Natural, of),
        Some(Rule::kw_common_logarithm) => ExprKind::Logarithm(Logarithm::Common, of),
        _ => return Err(unknown(head.span(word))),
    })
}

fn date_part(head: &Head, word: &Node<'_>) -> Read<DatePart> {
    let rule = word.clone().into_inner().next().map(|part| part.as_rule());
    Ok(match rule {
        Some(Rule::kw_date_of) => DatePart::Date,
        Some(Rule::kw_year_of) => DatePart::Year,
        Some(Rule::kw_month_of) => DatePart::Month,
        Some(Rule::kw_day_of) => DatePart::Day,
        Some(Rule::kw_end_of_month) => DatePart::EndOfMonth,
        _ => return Err(unknown(head.span(word))),
    })
}

/// Whether a rule reads a phrase about a list, which acts on all that stands before it.
fn is_phrase(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::only_where
            | Rule::for_every
            | Rule::sorted
            | Rule::kw_skipping_missing
            | Rule::counting_missing
            | Rule::without
            | Rule::scored_by
    )
}

fn powers_in_a_row(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            &codes::UNREADABLE,
            span,
            words!(
                "two powers in a row; it is not said which is taken first",
                "乘方不能连写，无从判断先算哪一个"
            ),
        )
        .with_help(words!(
            "put one of them in brackets: `(a ^ 2) ^ 3`",
            "请加括号写明先后：(a ^ 2) ^ 3"
        )),
    )
}

fn not_a_member(span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(
        &codes::UNREADABLE,
        span,
        words!(
            "a weight belongs to a member of a group; write its name here",
            "权重属于组内的某一项，此处应写该项的名称"
        ),
    ))
}

/// The finding for a part that the builder does not know; the grammar and the builder disagree.
pub(super) fn unknown(span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(
        &codes::UNREADABLE,
        span,
        words!("this could not be read", "这里无法读懂"),
    ))
}
