//! Expressions: terms as the grammar reads them, and a climber that sorts the operators between
//! them by precedence.
//!
//! From loosest to tightest: `otherwise`, `or`, `and`, `not`, comparisons and `is one of`, `+ -`,
//! `* /`, the minus sign. The climber keeps its own stacks, so that a long chain costs no depth.
//! Comparisons do not chain: `a = b = c` is refused.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::{Aggregate, BinaryOp, ExprId, ExprKind, UnaryOp};
use super::head::Head;
use super::literal::{name, path, path_span, quantity, quoted};
use super::{Node, Read, Reader, Rule, part, parts};

/// An operator that waits for what stands behind it.
#[derive(Clone, Copy)]
enum Waiting {
    Before(UnaryOp, Span),
    Between(BinaryOp),
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
}

impl Waiting {
    const fn tightness(self) -> Tightness {
        match self {
            Self::OtherwiseValue => Tightness::Otherwise,
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
            } else if rule == Rule::whose {
                self.whose(head, &piece, &mut climber)?;
            } else {
                let op = between(rule).ok_or_else(|| unknown(head.span(&piece)))?;
                self.reduce(&mut climber, op.tightness(), head, &piece)?;
                climber.waiting.push(op);
                operand_next = true;
            }
        }
        while let Some(op) = climber.waiting.pop() {
            self.apply(&mut climber, op);
        }
        climber
            .operands
            .pop()
            .ok_or_else(|| unknown(head.span(node)))
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
                return Err(self.chained(climber, head.span(at)));
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
            Waiting::Between(_) | Waiting::OtherwiseValue => {
                let Some(left) = climber.operands.pop() else {
                    return;
                };
                let kind = match op {
                    Waiting::Between(op) => ExprKind::Binary(op, left, right),
                    _ => ExprKind::Otherwise(left, right),
                };
                (kind, self.span_of(left).to(right_span))
            }
        };
        let id = self.expr(kind, span);
        climber.operands.push(id);
    }

    fn chained(&self, climber: &Climber, second: Span) -> Box<Diagnostic> {
        let middle = climber
            .operands
            .last()
            .map(|id| self.span_of(*id))
            .unwrap_or_default();
        let between = middle.of(self.text);
        let end = Span::new(middle.end, middle.end);
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
            .with_fix(end, format!(" and {between}")),
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

    /// `xs 的 合计`, `x 的 权重占比`, `得分 的 等次表`.
    fn whose(&mut self, head: &Head, node: &Node<'_>, climber: &mut Climber) -> Read<()> {
        let Some(of) = climber.operands.pop() else {
            return Err(unknown(head.span(node)));
        };
        let span = self.span_of(of).to(head.span(node));
        let what = node.clone().into_inner().last();
        let what = what.ok_or_else(|| unknown(span))?;
        let kind = match what.as_rule() {
            Rule::aggregate_word => ExprKind::Aggregate(aggregate(&what), vec![of]),
            Rule::name => ExprKind::TableOf(name(head, &what), of),
            rule => {
                let member = match self.exprs.get(of.0 as usize).map(|expr| &expr.kind) {
                    Some(ExprKind::Path(path)) => path.clone(),
                    _ => return Err(not_a_member(self.span_of(of))),
                };
                if rule == Rule::kw_weight_of {
                    ExprKind::WeightOf(member)
                } else {
                    ExprKind::PartOf(member)
                }
            }
        };
        let id = self.expr(kind, span);
        climber.operands.push(id);
        Ok(())
    }

    /// One operand.
    pub(super) fn term(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let span = head.span(node);
        let kind = match node.as_rule() {
            Rule::kw_no_value => ExprKind::NoValue,
            Rule::kw_yes => ExprKind::Flag(true),
            Rule::kw_no => ExprKind::Flag(false),
            Rule::kw_consequences_fired => ExprKind::ConsequencesFired,
            Rule::if_then => {
                let mut branches = parts(node, Rule::expr);
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
                let value = self.first_expression(head, node)?;
                ExprKind::Round(super::line::rounding(head, node)?, value)
            }
            Rule::is_given => ExprKind::Given(first_path(head, node)?),
            Rule::weight_of => ExprKind::WeightOf(first_path(head, node)?),
            Rule::part_of => ExprKind::PartOf(first_path(head, node)?),
            Rule::aggregate => return self.aggregate_term(head, node),
            Rule::table_of => return self.table_of(head, node),
            Rule::quantity => ExprKind::Quantity(quantity(head, node)?),
            Rule::path => {
                let path = path(head, node);
                let span = path_span(&path);
                return Ok(self.expr(ExprKind::Path(path), span));
            }
            Rule::string => ExprKind::Quoted(quoted(head, node)),
            Rule::bracket => ExprKind::Bracket(self.first_expression(head, node)?),
            Rule::list => {
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
        let mut of = Vec::new();
        if let Some(arguments) = part(node, Rule::arguments) {
            for argument in parts(&arguments, Rule::expr) {
                of.push(self.expression(head, &argument)?);
            }
        } else {
            let path = first_path(head, node)?;
            let place = path_span(&path);
            of.push(self.expr(ExprKind::Path(path), place));
        }
        Ok(self.expr(ExprKind::Aggregate(aggregate(&word), of), span))
    }

    fn table_of(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let span = head.span(node);
        let table = part(node, Rule::name).ok_or_else(|| unknown(span))?;
        let of = node.clone().into_inner().last();
        let of = of.ok_or_else(|| unknown(span))?;
        let of = self.term(head, &of)?;
        let table = name(head, &table);
        if super::super::later::is_aggregate(&table.text) && !self.own_tables.contains(&table.text)
        {
            return Err(Box::new(super::unread::not_there_yet(
                table.text.as_str(),
                table.span,
            )));
        }
        Ok(self.expr(ExprKind::TableOf(table, of), span))
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

fn aggregate(word: &Node<'_>) -> Aggregate {
    let rule = word.clone().into_inner().next().map(|part| part.as_rule());
    match rule {
        Some(Rule::kw_mean) => Aggregate::Mean,
        Some(Rule::kw_count) => Aggregate::Count,
        Some(Rule::kw_min) => Aggregate::Min,
        Some(Rule::kw_max) => Aggregate::Max,
        _ => Aggregate::Sum,
    }
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
