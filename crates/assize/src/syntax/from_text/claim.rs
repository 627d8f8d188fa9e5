//! Guarantees and examples.

use super::super::statements::Entry;
use super::super::{Assignment, Direction, Expectation, ExprId, Guarantee, Kind, Name};
use super::block::Place;
use super::expr::{first_path, unknown};
use super::head::Head;
use super::literal::{first_name, first_quoted, name, paths, quoted};
use super::{Node, Read, Reader, Rule, has, part, parts};

impl Reader<'_> {
    /// A guarantee, an example, or a line of an example.
    pub(super) fn claim(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        let unread = || unknown(head.span(node));
        Ok(match node.as_rule() {
            Rule::guarantee => Kind::Guarantee(self.guarantee(head, node)?),
            Rule::example => Kind::Example {
                label: first_quoted(head, node),
                body: self.block(head, node, Place::Example),
            },
            Rule::given => Kind::Given(self.assignments(head, node)?),
            Rule::expect => Kind::Expect(if let Some(none) = part(node, Rule::expect_no_result) {
                Expectation::NoResult(first_name(head, &none).ok_or_else(unread)?)
            } else if let Some(refused) = part(node, Rule::expect_refused) {
                let code = part(&refused, Rule::fault_code).ok_or_else(unread)?;
                Expectation::Refused {
                    code: name(head, &code),
                    field: first_path(head, &refused)?,
                }
            } else {
                Expectation::Figures(self.assignments(head, node)?)
            }),
            _ => return Err(unread()),
        })
    }

    fn guarantee(&mut self, head: &Head, node: &Node<'_>) -> Read<Guarantee> {
        if let Some(never) = part(node, Rule::never) {
            return never_moves(head, &never);
        }
        if let Some(never) = part(node, Rule::never_gains) {
            let missing = part(&never, Rule::paths).map(|list| paths(head, &list));
            return Ok(Guarantee::NeverGainsByMissing {
                figure: first_path(head, &never)?,
                missing: missing.unwrap_or_default(),
            });
        }
        let claim = part(node, Rule::claim).or_else(|| part(node, Rule::if_implies));
        let Some(claim) = claim else {
            return Ok(Guarantee::EveryGradeReachable);
        };
        let first = self.first_expression(head, &claim)?;
        if let Some(range) = part(&claim, Rule::range) {
            return Ok(Guarantee::Within(first, self.range(head, &range)?));
        }
        match parts(&claim, Rule::expr).nth(1) {
            Some(second) => Ok(Guarantee::Implies(first, self.expression(head, &second)?)),
            None => Ok(Guarantee::Always(first)),
        }
    }

    fn assignments(&mut self, head: &Head, node: &Node<'_>) -> Read<Vec<Assignment>> {
        let list = part(node, Rule::assignments).ok_or_else(|| unknown(head.span(node)))?;
        let mut assignments = Vec::new();
        for assignment in parts(&list, Rule::assignment) {
            assignments.push(Assignment {
                target: first_path(head, &assignment)?,
                value: self.first_expression(head, &assignment)?,
            });
        }
        Ok(assignments)
    }

    /// The entries of `{ 很满意 3, 一般 1 }`.
    pub(super) fn map_entries(
        &mut self,
        head: &Head,
        braces: &Node<'_>,
    ) -> Read<Vec<(Name, ExprId)>> {
        let mut map = Vec::new();
        for entry in self.list(head, braces) {
            map.push(self.map_entry(&entry)?);
        }
        Ok(map)
    }

    fn map_entry(&mut self, entry: &Entry) -> Read<(Name, ExprId)> {
        let inner = Head::new(self.text, self.braced, &entry.tokens);
        self.entry(&inner, Rule::map_entry, |reader, node| {
            let value = reader.first_expression(&inner, node)?;
            let key = match (part(node, Rule::name), part(node, Rule::string)) {
                (Some(key), _) => name(&inner, &key),
                (None, Some(label)) => {
                    let label = quoted(&inner, &label);
                    Name {
                        text: label.text,
                        span: label.span,
                    }
                }
                (None, None) => {
                    let word = part(node, Rule::yes_or_no);
                    let word = word.ok_or_else(|| unknown(inner.span(node)))?;
                    Name {
                        text: word.as_str().trim_end().to_owned(),
                        span: inner.span(&word),
                    }
                }
            };
            Ok((key, value))
        })
    }
}

/// `total never rises with …`, `总分 不随 … 升高`
fn never_moves(head: &Head, node: &Node<'_>) -> Read<Guarantee> {
    let rises = has(node, Rule::kw_never_rises_with) || has(node, Rule::kw_rising);
    let falls = has(node, Rule::kw_never_falls_with) || has(node, Rule::kw_falling);
    let direction = match (rises, falls) {
        (true, false) => Direction::Rises,
        (false, true) => Direction::Falls,
        _ => return Err(super::unread::rises_or_falls(head.span(node))),
    };
    let with = part(node, Rule::paths).map(|list| paths(head, &list));
    Ok(Guarantee::Never {
        figure: first_path(head, node)?,
        direction,
        with: with.unwrap_or_default(),
    })
}
