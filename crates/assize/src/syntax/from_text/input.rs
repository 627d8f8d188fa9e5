//! Inputs and parameters: names, types, ranges and clauses.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::statements::Cut;
use super::super::{
    BaseType, Better, Bound, ExprKind, Field, InOrder, Input, InputShape, Kind, MapKey, MapKeys,
    Range, Type, UnaryOp,
};
use super::block::Place;
use super::expr::unknown;
use super::head::Head;
use super::literal::{
    first_name, first_quantity, name, naming, naming_of, path, quantity, written_twice,
};
use super::{Node, Read, Reader, Rule, has, part, parts};

impl Reader<'_> {
    /// `input …` or `parameter …`
    pub(super) fn input(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let parameter = has(node, Rule::kw_parameter);
        let member = part(node, Rule::member).ok_or_else(|| unknown(head.span(node)))?;
        self.member(head, &member, parameter)
    }

    /// What stands behind the word `input`, and a member of a group.
    pub(super) fn member(&mut self, head: &Head, node: &Node<'_>, parameter: bool) -> Read<Kind> {
        let namings = part(node, Rule::namings).ok_or_else(|| unknown(head.span(node)))?;
        let names = parts(&namings, Rule::naming)
            .map(|part| naming(head, &part))
            .collect();
        let shape = match part(node, Rule::field) {
            Some(field) => InputShape::Field(self.field(head, &field)?),
            None => {
                let block = self.block(head, node, Place::Members);
                if has(node, Rule::kw_either) {
                    InputShape::Either(block)
                } else {
                    InputShape::Group(block)
                }
            }
        };
        Ok(Kind::Input(Input {
            parameter,
            names,
            shape,
        }))
    }

    fn field(&mut self, head: &Head, node: &Node<'_>) -> Read<Field> {
        let written = part(node, Rule::value_type).ok_or_else(|| unknown(head.span(node)))?;
        let mut field = Field {
            of: self.value_type(head, &written)?,
            default: None,
            optional: false,
            only_when: None,
            several_averaged: false,
            better: None,
            step: None,
            unique: false,
            in_order: None,
        };
        for clause in parts(node, Rule::clause).flat_map(Node::into_inner) {
            self.clause(head, &clause, &mut field)?;
        }
        Ok(field)
    }

    fn clause(&mut self, head: &Head, clause: &Node<'_>, field: &mut Field) -> Read<()> {
        let span = head.span(clause);
        let twice = match clause.as_rule() {
            Rule::kw_optional => std::mem::replace(&mut field.optional, true),
            Rule::kw_several_averaged => std::mem::replace(&mut field.several_averaged, true),
            Rule::kw_lower_is_better => field.better.replace(Better::Lower).is_some(),
            Rule::kw_higher_is_better => field.better.replace(Better::Higher).is_some(),
            Rule::only_when => {
                let condition = self.first_expression(head, clause)?;
                field.only_when.replace(condition).is_some()
            }
            Rule::default => {
                let value = self.first_expression(head, clause)?;
                field.default.replace(value).is_some()
            }
            Rule::step => {
                let step = first_quantity(head, clause)?.ok_or_else(|| unknown(span))?;
                field.step.replace(step).is_some()
            }
            Rule::kw_unique => std::mem::replace(&mut field.unique, true),
            Rule::in_order => self.in_order(head, clause, field)?,
            Rule::summing_to => {
                let sum = first_quantity(head, clause)?.ok_or_else(|| unknown(span))?;
                let per = field.of.per.as_mut().ok_or_else(|| {
                    Box::new(Diagnostic::new(
                        &codes::MISPLACED_STATEMENT,
                        span,
                        words!(
                            "only a map (`ratio per category`) can sum to a figure",
                            "只有“按 … 的 …”这样的一组数才能写合计"
                        ),
                    ))
                })?;
                per.summing_to.replace(sum).is_some()
            }
            _ => return Err(unknown(span)),
        };
        if twice {
            return Err(written_twice(span));
        }
        Ok(())
    }

    /// `in order` of a map says how data may give it; of a list, that its elements are periods.
    fn in_order(&mut self, head: &Head, clause: &Node<'_>, field: &mut Field) -> Read<bool> {
        let by = part(clause, Rule::path).map(|by| path(head, &by));
        Ok(match (by, field.of.per.as_mut()) {
            (None, Some(key)) => std::mem::replace(&mut key.in_order, true),
            (by, _) if field.of.list => {
                let order = by.map_or(InOrder::AsGiven, InOrder::By);
                field.in_order.replace(order).is_some()
            }
            _ => {
                return Err(Box::new(Diagnostic::new(
                    &codes::MISPLACED_STATEMENT,
                    head.span(clause),
                    words!(
                        "only a list or a map has an order",
                        "只有列表或“按 … 的 …”这样的一组数才有次序"
                    ),
                )));
            }
        })
    }

    fn value_type(&mut self, head: &Head, node: &Node<'_>) -> Read<Type> {
        let keys_first = part(node, Rule::keys_first);
        let holder = keys_first.as_ref().unwrap_or(node);
        let base = part(holder, Rule::base_type).ok_or_else(|| unknown(head.span(node)))?;
        let range = part(holder, Rule::range)
            .map(|range| self.range(head, &range))
            .transpose()?;
        let keys = keys_first.clone().or_else(|| part(node, Rule::keys_last));
        let per = keys.map(|keys| self.map_key(head, &keys)).transpose()?;
        let list = has(node, Rule::kw_list_of);
        if !list && has(&base, Rule::braces) {
            return Err(Box::new(record_without_list(head.span(&base))));
        }
        Ok(Type {
            list,
            base: self.base_type(head, &base)?,
            range,
            per,
            span: head.span(node),
        })
    }

    fn map_key(&mut self, head: &Head, node: &Node<'_>) -> Read<MapKey> {
        let keys = part(node, Rule::map_keys).ok_or_else(|| unknown(head.span(node)))?;
        let keys = match first_name(head, &keys) {
            Some(choice) if matches!(choice.text.as_str(), "text" | "文本") => MapKeys::Text,
            Some(choice) => MapKeys::Choice(choice),
            None => MapKeys::Listed(self.listed_options(head, &keys)?),
        };
        Ok(MapKey {
            keys,
            summing_to: None,
            in_order: false,
        })
    }

    /// `0..100`, `above 0`, `up to tasks_due`
    pub(super) fn range(&mut self, head: &Head, node: &Node<'_>) -> Read<Range> {
        let mut range = Range {
            low: None,
            high: None,
            span: head.span(node),
        };
        let mut behind_dots = false;
        for piece in node.clone().into_inner() {
            match piece.as_rule() {
                Rule::dots => behind_dots = true,
                Rule::lower => {
                    let at = self.bound_in(head, &piece)?;
                    let included = has(&piece, Rule::kw_from);
                    range.low = Some(Bound { at, included });
                }
                Rule::upper => {
                    let at = self.bound_in(head, &piece)?;
                    let included = has(&piece, Rule::kw_up_to);
                    range.high = Some(Bound { at, included });
                }
                Rule::bound => {
                    let at = self.bound(head, &piece)?;
                    let end = if behind_dots {
                        &mut range.high
                    } else {
                        &mut range.low
                    };
                    *end = Some(Bound { at, included: true });
                }
                _ => {}
            }
        }
        Ok(range)
    }

    fn bound_in(&mut self, head: &Head, node: &Node<'_>) -> Read<super::ExprId> {
        let bound = part(node, Rule::bound).ok_or_else(|| unknown(head.span(node)))?;
        self.bound(head, &bound)
    }

    fn bound(&mut self, head: &Head, node: &Node<'_>) -> Read<super::ExprId> {
        let moment = part(node, Rule::date).or_else(|| part(node, Rule::time));
        if let Some(moment) = moment {
            return self.term(head, &moment);
        }
        if let Some(written) = part(node, Rule::quantity) {
            let figure = quantity(head, &written)?;
            let span = figure.span;
            let id = self.expr(ExprKind::Quantity(figure), span);
            return Ok(match part(node, Rule::minus) {
                Some(sign) => {
                    let span = head.span(&sign).to(span);
                    self.expr(ExprKind::Unary(UnaryOp::Minus, id), span)
                }
                None => id,
            });
        }
        let written = part(node, Rule::path).ok_or_else(|| unknown(head.span(node)))?;
        let path = path(head, &written);
        let span = head.span(&written);
        Ok(self.expr(ExprKind::Path(path), span))
    }

    /// The type of one figure, which may have members of its own.
    fn base_type(&mut self, head: &Head, node: &Node<'_>) -> Read<BaseType> {
        if has(node, Rule::braces) {
            return Ok(BaseType::Record(self.block(head, node, Place::Members)));
        }
        if let Some(written) = part(node, Rule::one_of) {
            return self.one_of(head, &written);
        }
        if let Some(written) = part(node, Rule::result_of) {
            let slug = part(&written, Rule::slug).ok_or_else(|| unknown(head.span(node)))?;
            return Ok(BaseType::ResultOf(name(head, &slug)));
        }
        plain_type(head, node)
    }

    /// The type of a figure that is carried on: one figure.
    pub(super) fn figure_type(&mut self, head: &Head, node: &Node<'_>) -> Read<BaseType> {
        plain_type(head, node)
    }

    /// `one of scale { A { … } B { … } }`
    fn one_of(&mut self, head: &Head, node: &Node<'_>) -> Read<BaseType> {
        let unread = || unknown(head.span(node));
        let open = part(node, Rule::braces).and_then(|braces| head.block(&braces));
        let open = open.ok_or_else(unread)?;
        let (mut entries, _) = self.entries(open, Cut::Blocks);
        self.loose.extend(entries.opening);
        let mut kinds = Vec::with_capacity(entries.list.len());
        for mut entry in entries.list {
            let inner = Head::new(self.text, self.braced, &entry.tokens);
            let mut kind = self.entry(&inner, Rule::kind_entry, |reader, node| {
                let members = reader.block(&inner, node, Place::Members);
                Ok((naming_of(&inner, node), members))
            })?;
            let opening = self.opened.take().and_then(|(_, comment)| comment);
            kind.1.comments.extend(opening);
            kind.1.comments.extend(entry.beside.take());
            self.loose.append(&mut entry.before);
            kinds.push(kind);
        }
        self.loose.append(&mut entries.closing);
        Ok(BaseType::OneOf {
            tag: naming_of(head, node),
            kinds,
        })
    }
}

fn plain_type(head: &Head, node: &Node<'_>) -> Read<BaseType> {
    let inner = node.clone().into_inner().next();
    let inner = inner.ok_or_else(|| unknown(head.span(node)))?;
    Ok(match inner.as_rule() {
        Rule::kw_type_count => BaseType::Count,
        Rule::kw_type_number => BaseType::Number,
        Rule::kw_type_points => BaseType::Points,
        Rule::kw_type_ratio => BaseType::Ratio,
        Rule::kw_type_money => BaseType::Money,
        Rule::kw_type_flag => BaseType::Flag,
        Rule::kw_type_text => BaseType::Text,
        Rule::kw_type_date => BaseType::Date,
        Rule::kw_type_time => BaseType::Time,
        Rule::kw_type_duration => BaseType::Duration,
        Rule::name => BaseType::Named(name(head, &inner)),
        _ => return Err(Box::new(carried_figure(head.span(node)))),
    })
}

fn record_without_list(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::UNREADABLE,
        span,
        words!(
            "members in braces are those of a list; `list of` is missing",
            "花括号里的成员属于列表，前面缺“列表”"
        ),
    )
    .with_help(words!(
        "write `list of {{ … }}`; for a group of inputs leave out the colon: `input limits {{ … }}`",
        "请写“列表 {{ … }}”；只是一组输入时不写冒号：输入 限值 {{ … }}"
    ))
}

fn carried_figure(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::UNREADABLE,
        span,
        words!(
            "one figure is carried from row to row: write a type such as `count` or `money`",
            "逐行结转的是一个数，请写类型，如“次数”或“金额”"
        ),
    )
}
