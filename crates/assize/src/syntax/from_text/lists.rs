//! Lists inside expressions: which elements, in what order, how many; ranks, quotas and shares.
//!
//! A phrase (`where …`, `sorted by …`, `skipping missing`) acts on all that stands before it inside
//! its brackets. Ranks, quotas and splits say how ties and remainders go; where a text does not,
//! nothing is chosen for it.

use crate::diagnostic::Diagnostic;
use crate::number::Mode;
use crate::text::{Span, Words, words};

use super::super::mistakes::codes;
use super::super::{EdgeTies, ExprId, ExprKind, Name, Pick, Quantifier, Remainder, SortKey, Ties};
use super::expr::unknown;
use super::head::Head;
use super::literal::{first_name, first_quantity};
use super::{Node, Read, Reader, Rule, has, part, parts};

impl Reader<'_> {
    /// A phrase behind a list.
    pub(super) fn phrase(&mut self, head: &Head, node: &Node<'_>, of: ExprId) -> Read<ExprId> {
        let span = self.span_of(of).to(head.span(node));
        let kind = match node.as_rule() {
            Rule::only_where => {
                self.refuse_figure(of, span)?;
                ExprKind::Where(of, self.first_plain(head, node)?)
            }
            Rule::for_every => {
                if !self.closed.contains(&of) {
                    self.refuse_figure(of, span)?;
                }
                self.collected(head, node, of)?
            }
            Rule::sorted => {
                let mut by = Vec::new();
                for key in parts(node, Rule::sort_key) {
                    by.push(SortKey {
                        by: self.first_operand(head, &key)?,
                        highest_first: highest_first(&key).unwrap_or(false),
                    });
                }
                ExprKind::Sorted { of, by }
            }
            Rule::kw_skipping_missing => ExprKind::SkippingMissing(of),
            Rule::counting_missing => {
                ExprKind::CountingMissing(of, self.first_operand(head, node)?)
            }
            Rule::without => {
                let which = if has(node, Rule::kw_without_highest) {
                    Pick::WithoutHighest
                } else {
                    Pick::WithoutLowest
                };
                let count = self.how_many(head, node)?;
                ExprKind::Pick { which, count, of }
            }
            Rule::scored_by => {
                let table = first_name(head, node).ok_or_else(|| unknown(span))?;
                ExprKind::TallyScored(of, table)
            }
            _ => return Err(unknown(span)),
        };
        Ok(self.expr(kind, span))
    }

    /// What a result goes through: a list with the phrases behind it.
    pub(super) fn listed(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let found = part(node, Rule::listed).ok_or_else(|| unknown(head.span(node)))?;
        let mut over = self.first_operand(head, &found)?;
        for phrase in found.into_inner().skip(1) {
            over = self.phrase(head, &phrase, over)?;
        }
        Ok(over)
    }

    /// `count of emails where late`: whether the condition belongs to the emails or to their
    /// count is for brackets to say.
    fn refuse_figure(&self, of: ExprId, span: Span) -> Read<()> {
        let figure = self.exprs.get(of.0 as usize);
        if !figure.is_some_and(|figure| matches!(figure.kind, ExprKind::Aggregate(..))) {
            return Ok(());
        }
        let written = span.of(self.text);
        Err(Box::new(
            Diagnostic::new(
                &codes::UNREADABLE,
                span,
                words!(
                    "brackets are missing: what stands behind the list is to be part of it",
                    "缺括号：列表后面的条件应与列表写在同一个括号里"
                ),
            )
            .with_help(match written.split_once(" of ") {
                Some((word, rest)) => words!("write `{word}({rest})`", "请写 {word}({rest})"),
                None => words!(
                    "write the list and its condition in brackets: `count(emails where late)`",
                    "请把列表和条件写在括号里：个数 (邮件 其中 超时)"
                ),
            }),
        ))
    }

    /// A term about a list that begins with a word of its own.
    pub(super) fn list_term(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let span = head.span(node);
        let kind = match node.as_rule() {
            Rule::collected => {
                let value = parts(node, Rule::plain).last();
                let value = value.ok_or_else(|| unknown(span))?;
                let value = self.expression(head, &value)?;
                self.collected(head, node, value)?
            }
            Rule::every => ExprKind::Every(self.quantifier(head, node)?),
            Rule::some => ExprKind::Some(self.quantifier(head, node)?),
            Rule::names_in => {
                let of = self.first_operand(head, node)?;
                ExprKind::NamesIn(of, self.first_plain(head, node)?)
            }
            Rule::share => {
                let of = part(node, Rule::bracket).ok_or_else(|| unknown(span))?;
                let of = self.term(head, &of)?;
                let word = part(node, Rule::kw_share).ok_or_else(|| unknown(span))?;
                match self.own_table(head, &word) {
                    Some(table) => ExprKind::TableOf(table, of),
                    None => return self.share_of(of, span),
                }
            }
            Rule::pick => {
                let of = self.first_operand(head, node)?;
                self.picked(head, node, of)?
            }
            Rule::rank => {
                let mut operands = parts(node, Rule::operand);
                let of = operands.next().ok_or_else(|| unknown(span))?;
                let of = self.operand(head, &of)?;
                let Some(among) = operands.next() else {
                    let own = self.own_tables.iter().any(|table| table == "rank");
                    let word = part(node, Rule::kw_rank_of).filter(|_| own);
                    let word = word.ok_or_else(|| rank_among_whom(span))?;
                    let mut place = head.span(&word);
                    place.end = place.start.saturating_add(4);
                    let table = Name {
                        text: "rank".to_owned(),
                        span: place,
                    };
                    return Ok(self.expr(ExprKind::TableOf(table, of), span));
                };
                let among = self.operand(head, &among)?;
                rank(of, among, node, span)?
            }
            Rule::top => {
                let mut operands = parts(node, Rule::operand);
                let mut next = || operands.next().ok_or_else(|| unknown(span));
                let (among, by) = (next()?, next()?);
                let among = self.operand(head, &among)?;
                let by = self.operand(head, &by)?;
                self.top(head, node, among, by, span)?
            }
            Rule::split => {
                let mut operands = parts(node, Rule::operand);
                let mut next = || operands.next().ok_or_else(|| unknown(span));
                let (pool, by, among) = (next()?, next()?, next()?);
                let to = first_quantity(head, node)?;
                ExprKind::Split {
                    pool: self.operand(head, &pool)?,
                    by: self.operand(head, &by)?,
                    among: self.operand(head, &among)?,
                    to: to.ok_or_else(|| unknown(span))?,
                    remainder: remainder(node).ok_or_else(|| remainder_to_whom(span))?,
                }
            }
            _ => return Err(unknown(span)),
        };
        Ok(self.expr(kind, span))
    }

    fn collected(&mut self, head: &Head, node: &Node<'_>, value: ExprId) -> Read<ExprKind> {
        let conditional = has(node, Rule::kw_where);
        Ok(ExprKind::For {
            value,
            binder: first_name(head, node).ok_or_else(|| unknown(head.span(node)))?,
            over: self.first_operand(head, node)?,
            only: if conditional {
                Some(self.first_plain(head, node)?)
            } else {
                None
            },
        })
    }

    fn quantifier(&mut self, head: &Head, node: &Node<'_>) -> Read<Quantifier> {
        Ok(Quantifier {
            binder: first_name(head, node),
            over: self.first_operand(head, node)?,
            has: self.first_plain(head, node)?,
        })
    }

    /// `share of (waits where it <= limit)`
    pub(super) fn share_of(&mut self, of: ExprId, span: Span) -> Read<ExprId> {
        let mut inside = of;
        loop {
            match self.exprs.get(inside.0 as usize).map(|expr| &expr.kind) {
                Some(ExprKind::Bracket(inner)) => inside = *inner,
                Some(ExprKind::Where(list, condition)) => {
                    let kind = ExprKind::ShareOf(*list, *condition);
                    return Ok(self.expr(kind, span));
                }
                _ => return Err(share_of_what(span)),
            }
        }
    }

    /// Which elements are picked, and how many.
    pub(super) fn picked(&mut self, head: &Head, node: &Node<'_>, of: ExprId) -> Read<ExprKind> {
        let unread = || unknown(head.span(node));
        let word = part(node, Rule::pick_word).and_then(|word| word.into_inner().next());
        let which = match word.map(|word| word.as_rule()) {
            Some(Rule::kw_highest) => Pick::Highest,
            Some(Rule::kw_lowest) => Pick::Lowest,
            Some(Rule::kw_first) => Pick::First,
            Some(Rule::kw_last) => Pick::Last,
            _ => return Err(unread()),
        };
        let count = self.how_many(head, node)?;
        Ok(ExprKind::Pick { which, count, of })
    }

    /// `3`, or the name of a count.
    fn how_many(&mut self, head: &Head, node: &Node<'_>) -> Read<ExprId> {
        let count = part(node, Rule::how_many).and_then(|count| count.into_inner().next());
        let count = count.ok_or_else(|| unknown(head.span(node)))?;
        self.term(head, &count)
    }

    /// 得分 在 人员 中的排名，由高到低，并列同名次
    pub(super) fn ranked(&mut self, head: &Head, node: &Node<'_>, of: ExprId) -> Read<ExprId> {
        let span = self.span_of(of).to(head.span(node));
        let among = self.first_operand(head, node)?;
        let kind = rank(of, among, node, span)?;
        Ok(self.expr(kind, span))
    }

    /// 人员 按 得分 前20%，去尾，并列全取
    pub(super) fn topmost(&mut self, head: &Head, node: &Node<'_>, among: ExprId) -> Read<ExprId> {
        let span = self.span_of(among).to(head.span(node));
        let by = self.first_operand(head, node)?;
        let kind = self.top(head, node, among, by, span)?;
        Ok(self.expr(kind, span))
    }

    fn top(
        &mut self,
        head: &Head,
        node: &Node<'_>,
        among: ExprId,
        by: ExprId,
        span: Span,
    ) -> Read<ExprKind> {
        let size = part(node, Rule::measure).and_then(|size| size.into_inner().next());
        let size = size.ok_or_else(|| unknown(span))?;
        let size = self.term(head, &size)?;
        let rounding = match part(node, Rule::round_mode) {
            Some(mode) => super::line::mode(head, &mode)?,
            // A whole number of places needs no rounding.
            None if self.is_whole(size) => Mode::Down,
            None => return Err(places_rounded_how(span)),
        };
        let ties = part(node, Rule::edge_ties).and_then(|ties| ties.into_inner().next());
        let ties = match ties.map(|ties| ties.as_rule()) {
            Some(Rule::kw_ties_all_in) => EdgeTies::In,
            Some(Rule::kw_ties_all_out) => EdgeTies::Out,
            _ => return Err(ties_at_the_edge(span)),
        };
        Ok(ExprKind::Top {
            size,
            among,
            by,
            rounding,
            ties,
        })
    }

    fn is_whole(&self, size: ExprId) -> bool {
        match self.exprs.get(size.0 as usize).map(|expr| &expr.kind) {
            Some(ExprKind::Quantity(places)) => !places.percent && places.value.fract().is_zero(),
            _ => false,
        }
    }
}

fn highest_first(node: &Node<'_>) -> Option<bool> {
    part(node, Rule::order).map(|order| has(&order, Rule::kw_highest_first))
}

fn rank(of: ExprId, among: ExprId, node: &Node<'_>, span: Span) -> Read<ExprKind> {
    let ties = part(node, Rule::ties).and_then(|ties| ties.into_inner().next());
    let ties = match ties.map(|ties| ties.as_rule()) {
        Some(Rule::kw_ties_share) => Ties::Share,
        Some(Rule::kw_ties_dense) => Ties::Dense,
        Some(Rule::kw_ties_averaged) => Ties::Averaged,
        Some(Rule::kw_ties_in_order) => Ties::InOrder,
        _ => return Err(ties_of_ranks(span)),
    };
    Ok(ExprKind::Rank {
        of,
        among,
        highest_first: highest_first(node).ok_or_else(|| which_is_first(span))?,
        ties,
    })
}

fn remainder(node: &Node<'_>) -> Option<Remainder> {
    let word = part(node, Rule::remainder)?.into_inner().next()?;
    Some(match word.as_rule() {
        Rule::kw_remainder_by_largest => Remainder::LargestFraction,
        Rule::kw_remainder_to_first => Remainder::First,
        Rule::kw_remainder_to_last => Remainder::Last,
        _ => return None,
    })
}

fn unsaid(span: Span, message: Words, help: Words) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(&codes::NOT_SAID, span, message).with_help(help))
}

fn rank_among_whom(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "it is not said among whom the rank is taken",
            "没有写明在哪些对象中排名"
        ),
        words!(
            "write `rank of score in people, highest first, ties share`",
            "请写 得分 在 人员 中的排名，由高到低，并列同名次"
        ),
    )
}

fn which_is_first(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "it is not said whether the highest or the lowest figure ranks first",
            "没有写明由高到低还是由低到高排名"
        ),
        words!(
            "write `, highest first` or `, lowest first` behind the list",
            "请在名单之后写“，由高到低”或“，由低到高”"
        ),
    )
}

fn ties_of_ranks(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "it is not said which rank equal figures get",
            "没有写明并列时如何排名"
        ),
        words!(
            "write one of `ties share` (1, 2, 2, 4), `ties dense` (1, 2, 2, 3), `ties averaged` (1, 2.5, 2.5, 4), `ties in order` (1, 2, 3, 4)",
            "请写“并列同名次”（1、2、2、4）、“并列不占位”（1、2、2、3）、“并列取平均”（1、2.5、2.5、4）或“并列按序”（1、2、3、4）"
        ),
    )
}

fn ties_at_the_edge(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "it is not said what happens to equal figures at the edge of the quota",
            "没有写明名额边界上出现并列时怎么办"
        ),
        words!(
            "write `, ties all in` or `, ties all out` at the end",
            "请在末尾写“，并列全取”或“，并列全不取”"
        ),
    )
}

fn places_rounded_how(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "it is not said how a broken number of places is rounded",
            "没有写明名额不是整数时如何取整"
        ),
        words!(
            "write `, round down`, `, round up` or `, round half up` behind the figure",
            "请写“，去尾”“，进一”或“，四舍五入”"
        ),
    )
}

fn remainder_to_whom(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "it is not said who gets what the split leaves over",
            "没有写明分配后的余数归谁"
        ),
        words!(
            "write `, remainder by largest fraction`, `, remainder to the first` or `, remainder to the last`",
            "请写“，余数按小数大者”“，余数归首位”或“，余数归末位”"
        ),
    )
}

/// The finding for a share without a condition.
pub(super) fn share_of_what(span: Span) -> Box<Diagnostic> {
    unsaid(
        span,
        words!(
            "a share is that of the elements that meet a condition; the condition is missing",
            "占比是满足条件者所占的比率，这里没有写条件"
        ),
        words!(
            "write `share of (waits where it <= limit)`",
            "请写 占比 (等候时长 其中 it <= 上限)"
        ),
    )
}
