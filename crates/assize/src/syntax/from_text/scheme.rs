//! The scheme's own statements: where it comes from, choices, refusals, figures, items, results.

use super::super::statements::{Cut, Entry};
use super::super::{
    Alternative, Choice, ChoiceOption, EachGives, FieldEntry, Gaps, Held, Kind, Name, Period,
    ResultShape, Scored,
};
use super::block::{Place, tail};
use super::expr::{first_path, unknown};
use super::head::Head;
use super::literal::{date, first_name, first_quantity, first_quoted, name, naming_of};
use super::{Node, Read, Reader, Rule, has, part, parts, read};

impl Reader<'_> {
    /// A statement that stands in the scheme itself.
    pub(super) fn scheme_statement(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let missing = || unknown(head.span(node));
        Ok(match node.as_rule() {
            Rule::source => Kind::Source(first_quoted(head, node).ok_or_else(missing)?),
            Rule::effective => {
                let mut dates = parts(node, Rule::date);
                let from = dates.next().ok_or_else(missing)?;
                let until = dates.next().map(|until| date(head, &until)).transpose()?;
                Kind::Effective {
                    from: date(head, &from)?,
                    until,
                }
            }
            Rule::assesses => Kind::Assesses {
                subject: naming_of(head, node),
                every: part(node, Rule::period).as_ref().and_then(period),
            },
            Rule::out_of => Kind::OutOf(first_quantity(head, node)?.ok_or_else(missing)?),
            Rule::choice => Kind::Choice(self.choice(head, node)?),
            Rule::refuse => {
                let when = self.first_expression(head, node)?;
                self.refusal(head, node, when)?
            }
            Rule::no_result => {
                let when = self.first_expression(head, node)?;
                self.refusal(head, node, when)?
            }
            Rule::extends => Kind::Extends(slug(head, node)?),
            Rule::edition => Kind::EditionOf(slug(head, node)?),
            Rule::let_figure => self.let_figure(head, node)?,
            Rule::require => Kind::Require {
                naming: naming_of(head, node),
                condition: part(node, Rule::expr)
                    .map(|condition| self.expression(head, &condition))
                    .transpose()?,
            },
            Rule::item => Kind::Item(self.scored(head, node, Place::Item)?),
            Rule::group => Kind::Group(self.scored(head, node, Place::Group)?),
            Rule::total => Kind::Total {
                label: first_quoted(head, node),
                body: self.block(head, node, Place::Item),
            },
            Rule::consequence => {
                let when = self.first_expression(head, node)?;
                self.consequence(head, node, when)?
            }
            Rule::result => Kind::Result {
                naming: naming_of(head, node),
                shape: self.result_shape(head, node)?,
            },
            _ => return Err(missing()),
        })
    }

    /// `若 C 则 …`: what a condition leads to, written behind it.
    pub(super) fn conditional(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let when = self.first_expression(head, node)?;
        if has(node, Rule::refuse_what) || has(node, Rule::no_result_what) {
            return self.refusal(head, node, when);
        }
        if has(node, Rule::consequence_what) {
            return self.consequence(head, node, when);
        }
        let line = match part(node, Rule::act_what) {
            Some(what) => self.act(head, &what)?,
            None => self.change(head, node)?,
        };
        Ok(Kind::Line {
            line,
            when: Some(when),
        })
    }

    fn refusal(&mut self, head: &Head, node: &Node<'_>, when: super::ExprId) -> Read<Kind> {
        if let Some(what) = part(node, Rule::refuse_what) {
            let code = part(&what, Rule::fault_code).ok_or_else(|| unknown(head.span(node)))?;
            return Ok(Kind::Refuse {
                code: name(head, &code),
                field: first_path(head, &what)?,
                label: first_quoted(head, &what),
                when,
            });
        }
        let what = part(node, Rule::no_result_what).ok_or_else(|| unknown(head.span(node)))?;
        Ok(Kind::NoResult {
            reason: first_name(head, &what).ok_or_else(|| unknown(head.span(node)))?,
            label: first_quoted(head, &what),
            when,
        })
    }

    fn consequence(&mut self, head: &Head, node: &Node<'_>, when: super::ExprId) -> Read<Kind> {
        let what = part(node, Rule::consequence_what).ok_or_else(|| unknown(head.span(node)))?;
        let amount = part(&what, Rule::expr)
            .map(|amount| self.expression(head, &amount))
            .transpose()?;
        Ok(Kind::Consequence {
            naming: naming_of(head, &what),
            amount,
            to: first_quoted(head, &what),
            when,
        })
    }

    /// `let x = E`, `let x by scale { … }`, `let x per category { … }`
    fn let_figure(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let naming = naming_of(head, node);
        if let Some(rows) = part(node, Rule::table_rows) {
            return Ok(Kind::LetTable {
                naming,
                by: self.first_expression(head, node)?,
                body: self.table_body(head, &rows, Place::Rows)?,
            });
        }
        if has(node, Rule::kw_per) {
            let keys = first_name(head, node).ok_or_else(|| unknown(head.span(node)))?;
            let rows = self.block(head, node, Place::Rows);
            return Ok(Kind::LetMap { naming, keys, rows });
        }
        Ok(Kind::Let {
            naming,
            value: self.first_expression(head, node)?,
        })
    }

    /// What is written for every element of a list, and readings of a text that has several.
    pub(super) fn series(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let unread = || unknown(head.span(node));
        Ok(match node.as_rule() {
            Rule::each => Kind::Each {
                binder: first_name(head, node).ok_or_else(unread)?,
                over: self.first_operand(head, node)?,
                body: self.block(head, node, Place::Each),
            },
            Rule::run => {
                let restarts = part(node, Rule::restarts);
                let restarts = restarts
                    .map(|restarts| first_quantity(head, &restarts))
                    .transpose()?
                    .flatten();
                Kind::Run {
                    naming: naming_of(head, node),
                    of: self.first_expression(head, node)?,
                    restarts,
                    gaps: part(node, Rule::gaps).map(|gaps| {
                        if has(&gaps, Rule::kw_gaps_break) {
                            Gaps::Break
                        } else {
                            Gaps::Skipped
                        }
                    }),
                }
            }
            Rule::carry => {
                let base = part(node, Rule::base_type).ok_or_else(unread)?;
                let mut values = parts(node, Rule::expr);
                let first = values.next().ok_or_else(unread)?;
                let becomes = values.next().ok_or_else(unread)?;
                Kind::Carry {
                    naming: naming_of(head, node),
                    of: self.figure_type(head, &base)?,
                    first: self.expression(head, &first)?,
                    becomes: self.expression(head, &becomes)?,
                }
            }
            Rule::reading => {
                let place = self.place;
                let open = part(node, Rule::braces).and_then(|braces| head.block(&braces));
                let open = open.ok_or_else(unread)?;
                let (entries, _) = self.entries(open, Cut::Blocks);
                let mut alternatives = Vec::with_capacity(entries.list.len());
                for entry in entries.list {
                    alternatives.push(self.alternative(entry, place)?);
                }
                self.opened = Some((open, entries.opening));
                Kind::Reading {
                    naming: naming_of(head, node),
                    alternatives,
                    comments: entries.closing,
                }
            }
            _ => return Err(unread()),
        })
    }

    fn alternative(&mut self, entry: Entry, place: Place) -> Read<Alternative> {
        let inner = Head::new(self.text, self.braced, &entry.tokens);
        let mut opening = None;
        let (naming, holds, (cite, assumed)) =
            self.entry(&inner, Rule::alternative_entry, |reader, node| {
                let holds = if has(node, Rule::expr) {
                    Held::Value(reader.first_expression(&inner, node)?)
                } else {
                    let mut lines = reader.block(&inner, node, place);
                    opening = reader.opened.take().and_then(|(_, comment)| comment);
                    lines.comments.extend(opening.take());
                    Held::Lines(lines)
                };
                Ok((naming_of(&inner, node), holds, tail(&inner, node)?))
            })?;
        Ok(Alternative {
            naming,
            holds,
            cite,
            assumed,
            before: entry.before,
            beside: entry.beside,
        })
    }

    fn scored(&mut self, head: &Head, node: &Node<'_>, place: Place) -> Read<Scored> {
        Ok(Scored {
            naming: naming_of(head, node),
            out_of: first_quantity(head, node)?,
            body: self.block(head, node, place),
        })
    }

    fn choice(&mut self, head: &Head, node: &Node<'_>) -> Read<Choice> {
        let open = part(node, Rule::braces).and_then(|braces| head.block(&braces));
        let open = open.ok_or_else(|| unknown(head.span(node)))?;
        let (entries, _) = self.entries(open, Cut::Commas);
        let mut options = Vec::with_capacity(entries.list.len());
        for entry in entries.list {
            options.push(self.choice_option(entry)?);
        }
        self.opened = Some((open, entries.opening));
        Ok(Choice {
            naming: naming_of(head, node),
            best_first: has(node, Rule::kw_best_first),
            options,
            comments: entries.closing,
        })
    }

    /// The keys of a map that are listed on the spot.
    pub(super) fn listed_options(
        &mut self,
        head: &Head,
        node: &Node<'_>,
    ) -> Read<Vec<ChoiceOption>> {
        let open = part(node, Rule::braces).and_then(|braces| head.block(&braces));
        let open = open.ok_or_else(|| unknown(head.span(node)))?;
        let (entries, _) = self.entries(open, Cut::Commas);
        self.listed = entries.opening;
        self.loose.extend(entries.closing);
        entries
            .list
            .into_iter()
            .map(|entry| self.choice_option(entry))
            .collect()
    }

    fn choice_option(&mut self, entry: Entry) -> Read<ChoiceOption> {
        let inner = Head::new(self.text, self.braced, &entry.tokens);
        let naming = self.entry(&inner, Rule::option_entry, |_, node| {
            Ok(naming_of(&inner, node))
        })?;
        Ok(ChoiceOption {
            naming,
            before: entry.before,
            beside: entry.beside,
        })
    }

    /// An entry of a list inside a statement, read by its own rule. What makes no sense in it
    /// makes no sense of the statement.
    pub(super) fn entry<T>(
        &mut self,
        inner: &Head,
        rule: Rule,
        build: impl FnOnce(&mut Self, &Node<'_>) -> Read<T>,
    ) -> Read<T> {
        if let Some(finding) = inner.beyond_limits(self.text, self.limits) {
            return Err(Box::new(finding));
        }
        match read(rule, inner) {
            Ok(node) => build(self, &node),
            Err(error) => Err(self.explain_entry(inner, rule, &error)),
        }
    }

    fn result_shape(&mut self, head: &Head, node: &Node<'_>) -> Read<ResultShape> {
        if let Some(each) = part(node, Rule::for_each) {
            let binder = first_name(head, &each).ok_or_else(|| unknown(head.span(&each)))?;
            let over = self.listed(head, &each)?;
            let gives = match part(node, Rule::braces) {
                Some(braces) => EachGives::Fields(self.field_entries(head, &braces)?),
                None => EachGives::Value(self.first_expression(head, node)?),
            };
            return Ok(ResultShape::Each {
                binder,
                over,
                gives,
            });
        }
        if has(node, Rule::expr) {
            return Ok(ResultShape::Value(self.first_expression(head, node)?));
        }
        match part(node, Rule::braces) {
            Some(braces) => Ok(ResultShape::Fields(self.field_entries(head, &braces)?)),
            None => Ok(ResultShape::Figure),
        }
    }

    fn field_entries(&mut self, head: &Head, braces: &Node<'_>) -> Read<Vec<FieldEntry>> {
        let open = head.block(braces);
        let open = open.ok_or_else(|| unknown(head.span(braces)))?;
        let (mut entries, _) = self.entries(open, Cut::Commas);
        for entry in &mut entries.list {
            self.loose.append(&mut entry.before);
            self.loose.extend(entry.beside.take());
        }
        self.loose.append(&mut entries.closing);
        self.opened = Some((open, entries.opening));
        let mut fields = Vec::new();
        for entry in entries.list {
            let inner = Head::new(self.text, self.braced, &entry.tokens);
            let field = self.entry(&inner, Rule::result_entry, |reader, node| {
                let value = part(node, Rule::expr)
                    .map(|value| reader.expression(&inner, &value))
                    .transpose()?;
                if let (Some(each), Some(value)) = (part(node, Rule::for_each), value) {
                    let binder = first_name(&inner, &each);
                    return Ok(FieldEntry::Per {
                        binder: binder.ok_or_else(|| unknown(inner.span(&each)))?,
                        over: reader.listed(&inner, &each)?,
                        value,
                    });
                }
                Ok(FieldEntry::One(naming_of(&inner, node), value))
            })?;
            fields.push(field);
        }
        Ok(fields)
    }
}

/// A scheme named by its slug.
fn slug(head: &Head, node: &Node<'_>) -> Read<Name> {
    part(node, Rule::slug)
        .map(|slug| name(head, &slug))
        .ok_or_else(|| unknown(head.span(node)))
}

pub(super) fn period(node: &Node<'_>) -> Option<Period> {
    Some(match node.clone().into_inner().next()?.as_rule() {
        Rule::kw_every_day => Period::Day,
        Rule::kw_every_week => Period::Week,
        Rule::kw_every_month => Period::Month,
        Rule::kw_every_quarter => Period::Quarter,
        Rule::kw_every_half_year => Period::HalfYear,
        Rule::kw_every_year => Period::Year,
        _ => return None,
    })
}
