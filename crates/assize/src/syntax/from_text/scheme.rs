//! The scheme's own statements: where it comes from, choices, refusals, figures, items, results.

use super::super::statements::{Cut, Entry};
use super::super::{Choice, ChoiceOption, Kind, Period, ResultShape, Scored};
use super::block::Place;
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
            Rule::let_figure => Kind::Let {
                naming: naming_of(head, node),
                value: self.first_expression(head, node)?,
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
        self.change(head, node, Some(when)).map(Kind::Line)
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
        if has(node, Rule::expr) {
            return Ok(ResultShape::Value(self.first_expression(head, node)?));
        }
        let Some(braces) = part(node, Rule::braces) else {
            return Ok(ResultShape::Figure);
        };
        let mut fields = Vec::new();
        for entry in self.list(head, &braces) {
            let inner = Head::new(self.text, self.braced, &entry.tokens);
            let field = self.entry(&inner, Rule::result_entry, |reader, node| {
                let value = part(node, Rule::expr)
                    .map(|value| reader.expression(&inner, &value))
                    .transpose()?;
                Ok((naming_of(&inner, node), value))
            })?;
            fields.push(field);
        }
        Ok(ResultShape::Fields(fields))
    }
}

fn period(node: &Node<'_>) -> Option<Period> {
    Some(match node.clone().into_inner().next()?.as_rule() {
        Rule::kw_every_month => Period::Month,
        Rule::kw_every_quarter => Period::Quarter,
        Rule::kw_every_half_year => Period::HalfYear,
        Rule::kw_every_year => Period::Year,
        _ => return None,
    })
}
