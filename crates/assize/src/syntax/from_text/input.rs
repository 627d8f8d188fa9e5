//! Inputs and parameters: names, types, ranges and clauses.

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::later;
use super::super::mistakes::codes;
use super::super::{
    BaseType, Better, Bound, ExprKind, Field, Input, InputShape, Kind, MapKey, MapKeys, Range,
    Type, UnaryOp,
};
use super::block::Place;
use super::expr::unknown;
use super::head::Head;
use super::literal::{first_name, first_quantity, name, naming, path, quantity, written_twice};
use super::unread::not_there_yet;
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

    fn value_type(&mut self, head: &Head, node: &Node<'_>) -> Read<Type> {
        let keys_first = part(node, Rule::keys_first);
        let holder = keys_first.as_ref().unwrap_or(node);
        let base = part(holder, Rule::base_type).ok_or_else(|| unknown(head.span(node)))?;
        let range = part(holder, Rule::range)
            .map(|range| self.range(head, &range))
            .transpose()?;
        let keys = keys_first.clone().or_else(|| part(node, Rule::keys_last));
        let per = keys.map(|keys| self.map_key(head, &keys)).transpose()?;
        Ok(Type {
            list: has(node, Rule::kw_list_of),
            base: base_type(head, &base)?,
            range,
            per,
            span: head.span(node),
        })
    }

    fn map_key(&mut self, head: &Head, node: &Node<'_>) -> Read<MapKey> {
        let keys = part(node, Rule::map_keys).ok_or_else(|| unknown(head.span(node)))?;
        let keys = match first_name(head, &keys) {
            Some(choice) if later::is_free_key(&choice.text) => {
                let written = format!("per {}", choice.text);
                return Err(Box::new(not_there_yet(&written, choice.span)));
            }
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
}

fn base_type(head: &Head, node: &Node<'_>) -> Read<BaseType> {
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
        _ => {
            let named = name(head, &inner);
            if later::is_type(&named.text) {
                return Err(Box::new(not_there_yet(&named.text, named.span)));
            }
            BaseType::Named(named)
        }
    })
}
