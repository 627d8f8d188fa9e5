//! Lines of items, groups and the total.

use crate::number::Mode;

use super::super::{
    Kind, Line, MissingPattern, MissingThen, Per, PerBasis, RoundTo, Rounding, Sign,
};
use super::block::Place;
use super::expr::{first_path, unknown};
use super::head::Head;
use super::literal::{first_name, first_quantity, first_quoted, paths, quantity};
use super::{Node, Read, Reader, Rule, has, part, parts};

impl Reader<'_> {
    /// A line that acts on the running value.
    pub(super) fn line(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let mut when = None;
        let line = match node.as_rule() {
            Rule::start_at => Line::StartAt(self.first_expression(head, node)?),
            Rule::change | Rule::per_then_change | Rule::act => {
                let line = match part(node, Rule::act_what) {
                    Some(what) => self.act(head, &what)?,
                    None => self.change(head, node)?,
                };
                when = part(node, Rule::expr)
                    .map(|when| self.expression(head, &when))
                    .transpose()?;
                line
            }
            Rule::score | Rule::score_by_figure => {
                let rows = part(node, Rule::table_rows);
                let rows = rows.ok_or_else(|| unknown(head.span(node)))?;
                Line::ScoreBy {
                    by: self.first_expression(head, node)?,
                    averaged: has(node, Rule::kw_answers_averaged),
                    body: self.table_body(head, &rows, Place::Rows)?,
                }
            }
            Rule::round => Line::Round(rounding(head, node)?),
            Rule::may_go_below_zero => Line::MayGoBelowZero,
            Rule::may_exceed => Line::MayExceed,
            _ => return Err(unknown(head.span(node))),
        };
        Ok(Kind::Line { line, when })
    }

    /// `score X`, `multiply by X`, `not below X`, `not above X`
    pub(super) fn act(&mut self, head: &Head, what: &Node<'_>) -> Read<Line> {
        let figure = self.first_expression(head, what)?;
        let word = what.clone().into_inner().next().map(|word| word.as_rule());
        Ok(match word {
            Some(Rule::kw_score) => Line::Score(figure),
            Some(Rule::kw_multiply_by) => Line::MultiplyBy(figure),
            Some(Rule::kw_not_below) => Line::NotBelow(figure),
            Some(Rule::kw_not_above) => Line::NotAbove(figure),
            _ => return Err(unknown(head.span(what))),
        })
    }

    /// `deduct 6 per X beyond 2`, in either order of its parts.
    pub(super) fn change(&mut self, head: &Head, node: &Node<'_>) -> Read<Line> {
        let what = part(node, Rule::change_what).or_else(|| part(node, Rule::per_then_change_what));
        let what = what.ok_or_else(|| unknown(head.span(node)))?;
        let sign = if has(&what, Rule::kw_add) {
            Sign::Add
        } else {
            Sign::Deduct
        };
        let amount = part(&what, Rule::amount).unwrap_or_else(|| what.clone());
        let amount = self.first_expression(head, &amount)?;
        let per = part(&what, Rule::per).and_then(|per| per.into_inner().next());
        let per = per.or_else(|| {
            what.clone().into_inner().find(|part| {
                matches!(
                    part.as_rule(),
                    Rule::full_first
                        | Rule::started_first
                        | Rule::proportion_first
                        | Rule::each_first
                )
            })
        });
        let per = per.map(|per| self.per(head, &per, &what)).transpose()?;
        Ok(Line::Change { sign, amount, per })
    }

    fn per(&mut self, head: &Head, node: &Node<'_>, what: &Node<'_>) -> Read<Per> {
        let measure = part(node, Rule::measure)
            .or_else(|| part(node, Rule::measure_first))
            .and_then(|measure| measure.into_inner().next())
            .map(|measure| self.term(head, &measure))
            .transpose()?;
        let basis = match (node.as_rule(), measure) {
            (Rule::per_each | Rule::each_first, None) => PerBasis::Each,
            (Rule::per_full | Rule::full_first, Some(measure)) => PerBasis::Full(measure),
            (Rule::per_started | Rule::started_first, Some(measure)) => PerBasis::Started(measure),
            (Rule::in_proportion | Rule::proportion_first, Some(measure)) => {
                PerBasis::InProportion(measure)
            }
            _ => return Err(unknown(head.span(node))),
        };
        let mut limit = |rule| -> Read<Option<super::ExprId>> {
            part(what, rule)
                .map(|limit| self.first_expression(head, &limit))
                .transpose()
        };
        let beyond = limit(Rule::beyond)?;
        let at_most = limit(Rule::at_most)?;
        Ok(Per {
            of: self.first_expression(head, node)?,
            basis,
            beyond,
            at_most,
        })
    }

    /// `missing => …`, `applies when …`, `covers … of …`, `40% of …`
    pub(super) fn group_line(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let unread = || unknown(head.span(node));
        Ok(match node.as_rule() {
            Rule::missing_rule => {
                let pattern = part(node, Rule::missing_pattern).ok_or_else(unread)?;
                let then = part(node, Rule::missing_then).ok_or_else(unread)?;
                Kind::Missing {
                    pattern: missing_pattern(head, &pattern)?,
                    then: self.missing_then(head, &then)?,
                }
            }
            Rule::applies => Kind::Applies(self.first_expression(head, node)?),
            Rule::covers => {
                let mut figures = parts(node, Rule::quantity);
                let part = figures.next().ok_or_else(unread)?;
                let whole = figures.next().ok_or_else(unread)?;
                Kind::Covers {
                    part: quantity(head, &part)?,
                    whole: quantity(head, &whole)?,
                    label: first_quoted(head, node),
                }
            }
            Rule::weight => Kind::Weight {
                weight: first_quantity(head, node)?.ok_or_else(unread)?,
                member: first_path(head, node)?,
            },
            _ => return Err(unread()),
        })
    }

    fn missing_then(&mut self, head: &Head, node: &Node<'_>) -> Read<MissingThen> {
        let unread = || unknown(head.span(node));
        let first = node.clone().into_inner().next().ok_or_else(unread)?;
        Ok(match first.as_rule() {
            Rule::kw_weigh_equally => MissingThen::WeighEqually,
            Rule::kw_share_equally => MissingThen::ShareEqually,
            Rule::kw_share_in_proportion => MissingThen::ShareInProportion,
            Rule::kw_count_as_zero => MissingThen::CountAsZero,
            Rule::kw_count_as_full => MissingThen::CountAsFull,
            Rule::kw_give_weight_to => MissingThen::GiveTo(first_path(head, node)?),
            Rule::kw_weights => {
                let braces = part(node, Rule::braces).ok_or_else(unread)?;
                let mut weights = Vec::new();
                for entry in self.list(head, &braces) {
                    let inner = Head::new(self.text, self.braced, &entry.tokens);
                    let weight = self.entry(&inner, Rule::weight_entry, |_, node| {
                        let weight = first_quantity(&inner, node)?;
                        let weight = weight.ok_or_else(|| unknown(inner.span(node)))?;
                        Ok((first_path(&inner, node)?, weight))
                    })?;
                    weights.push(weight);
                }
                MissingThen::Weights(weights)
            }
            Rule::kw_no_value => MissingThen::NoValue,
            Rule::no_result_what => MissingThen::NoResult {
                reason: first_name(head, &first).ok_or_else(unread)?,
                label: first_quoted(head, &first),
            },
            Rule::kw_count_as => MissingThen::CountAs(self.first_expression(head, node)?),
            _ => return Err(unread()),
        })
    }
}

fn missing_pattern(head: &Head, node: &Node<'_>) -> Read<MissingPattern> {
    let first = node.clone().into_inner().next();
    let first = first.ok_or_else(|| unknown(head.span(node)))?;
    Ok(match first.as_rule() {
        Rule::kw_all_missing => MissingPattern::All,
        Rule::kw_missing => MissingPattern::Any,
        Rule::kw_fewer_than => {
            let few = first_quantity(head, node)?;
            MissingPattern::FewerThan(few.ok_or_else(|| unknown(head.span(node)))?)
        }
        _ => MissingPattern::These(paths(head, &first)),
    })
}

/// How a value is rounded, and to what.
pub(super) fn rounding(head: &Head, node: &Node<'_>) -> Read<Rounding> {
    let unread = || unknown(head.span(node));
    let mode = mode(head, &part(node, Rule::round_mode).ok_or_else(unread)?)?;
    let to = part(node, Rule::round_to).ok_or_else(unread)?;
    let to = match first_quantity(head, &to)? {
        None => RoundTo::Whole,
        Some(figure) if has(&to, Rule::kw_to_multiple) => RoundTo::Multiple(figure),
        Some(figure) => RoundTo::Places(figure),
    };
    Ok(Rounding { mode, to })
}

/// How ties and remainders go.
pub(super) fn mode(head: &Head, node: &Node<'_>) -> Read<Mode> {
    let word = node.clone().into_inner().next();
    Ok(match word.map(|word| word.as_rule()) {
        Some(Rule::kw_round_half_up) => Mode::HalfUp,
        Some(Rule::kw_round_half_even) => Mode::HalfEven,
        Some(Rule::kw_round_half_down) => Mode::HalfDown,
        Some(Rule::kw_round_up) => Mode::Up,
        Some(Rule::kw_round_down) => Mode::Down,
        Some(Rule::kw_round_ceiling) => Mode::Ceiling,
        Some(Rule::kw_round_floor) => Mode::Floor,
        _ => return Err(unknown(head.span(node))),
    })
}
