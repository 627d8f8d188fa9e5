//! Readings: where a document can be read in several ways, one alternative is taken before anything
//! else is understood. Lines of an alternative stand where the reading stands.

use std::collections::BTreeMap;

use super::from_syntax::{Builder, called, origin};
use super::{Origin, codes};
use crate::diagnostic::Diagnostic;
use crate::scheme::Reading;
use crate::syntax::{Alternative, Held, InputShape, Kind, Naming, Statement};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    /// Takes an alternative of each reading; gives those that are not taken.
    pub(super) fn readings(&mut self, wanted: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut others = Vec::new();
        let mut open: Vec<&'a Statement> = self.tree.scheme.body.statements.iter().collect();
        open.reverse();
        let mut known = Vec::new();
        while let Some(statement) = open.pop() {
            match &statement.kind {
                Kind::Reading {
                    naming,
                    alternatives,
                    ..
                } => {
                    let name = called(naming).name;
                    others.extend(self.reading(statement, naming, alternatives, wanted.get(&name)));
                    known.push(name);
                    if let Some(lines) = self.held.get(&statement.span) {
                        open.extend(lines.iter().rev());
                    }
                }
                Kind::Each { body, .. } => open.extend(body.statements.iter().rev()),
                Kind::Item(scored) | Kind::Group(scored) => {
                    open.extend(scored.body.statements.iter().rev());
                }
                Kind::Total { body, .. } => open.extend(body.statements.iter().rev()),
                Kind::Input(input) => match &input.shape {
                    InputShape::Group(block) | InputShape::Either(block) => {
                        open.extend(block.statements.iter().rev());
                    }
                    InputShape::Field(_) => {}
                },
                _ => {}
            }
        }
        for (name, _) in wanted.iter().filter(|(name, _)| !known.contains(name)) {
            let span = self.tree.scheme.slug.span;
            let list = known.join("、");
            self.say(Diagnostic::new(
                &codes::UNKNOWN_NAME,
                span,
                words!(
                    "the scheme has no reading `{name}`; it has: {list}",
                    "方案没有名为“{name}”的解读，只有：{list}"
                ),
            ));
        }
        others
    }

    fn reading(
        &mut self,
        statement: &'a Statement,
        naming: &Naming,
        alternatives: &'a [Alternative],
        wanted: Option<&String>,
    ) -> Vec<(String, String)> {
        let own = called(naming);
        let names: Vec<(String, Option<String>)> = alternatives
            .iter()
            .map(|one| {
                let called = called(&one.naming);
                (called.name, called.label)
            })
            .collect();
        let chosen = match wanted {
            None => 0,
            Some(wanted) => match names.iter().position(|(name, _)| name == wanted) {
                Some(place) => place,
                None => {
                    let (reading, list) = (&own.name, listed(&names));
                    self.say(Diagnostic::new(
                        &codes::UNKNOWN_OPTION,
                        statement.head,
                        words!(
                            "`{wanted}` is no alternative of {reading}; there are {list}",
                            "“{reading}”没有“{wanted}”这种解读，只有：{list}"
                        ),
                    ));
                    0
                }
            },
        };
        let origin = self.origin(statement);
        let origin = match alternatives.get(chosen) {
            Some(one) => origin_of(one, origin),
            None => origin,
        };
        self.rests.insert(statement.span, origin.clone());
        match alternatives.get(chosen).map(|one| &one.holds) {
            Some(Held::Value(value)) => {
                self.taken.insert(statement.span, *value);
            }
            Some(Held::Lines(block)) => {
                self.held.insert(statement.span, &block.statements);
                self.rest_on(&block.statements, &origin);
            }
            None => self.say(Diagnostic::new(
                &codes::MISPLACED,
                statement.head,
                words!(
                    "a reading has two alternatives at least",
                    "一处解读至少要有两种写法"
                ),
            )),
        }
        let others = names
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != chosen)
            .map(|(_, (name, _))| (own.name.clone(), name.clone()))
            .collect();
        self.model.readings.push(Reading {
            name: own.name,
            label: own.label,
            alternatives: names,
            chosen,
            article: origin.article,
        });
        others
    }

    /// Notes what the lines of an alternative rest on. An `each` hands it on to its own lines.
    fn rest_on(&mut self, lines: &'a [Statement], around: &Origin) {
        let mut open = vec![(lines, around.clone())];
        while let Some((lines, around)) = open.pop() {
            for line in lines {
                let own = origin(line);
                let said = own.assumed.clone();
                let mut rests = within(own, &around);
                if let Kind::Each { body, .. } = &line.kind {
                    open.push((&body.statements, rests.clone()));
                    rests.assumed = said;
                }
                self.rests.insert(line.span, rests);
            }
        }
    }

    /// Where a statement comes from: its own article and assumption, or those of the alternative
    /// of a reading that stands there.
    pub(super) fn origin(&self, statement: &Statement) -> Origin {
        let rests = self.rests.get(&statement.span).cloned();
        rests.unwrap_or_else(|| origin(statement))
    }

    /// Statements with the lines of readings in their places.
    pub(super) fn chosen(&self, statements: &'a [Statement]) -> Vec<&'a Statement> {
        let mut open: Vec<&'a Statement> = statements.iter().rev().collect();
        let mut chosen = Vec::with_capacity(statements.len());
        while let Some(statement) = open.pop() {
            match self.held.get(&statement.span) {
                Some(lines) => open.extend(lines.iter().rev()),
                None => chosen.push(statement),
            }
        }
        chosen
    }

    /// The value that a reading takes.
    pub(super) fn taken_at(&self, span: Span) -> Option<crate::syntax::ExprId> {
        self.taken.get(&span).copied()
    }
}

/// The article and the assumption of a line, or else those of the alternative around it.
fn within(own: Origin, around: &Origin) -> Origin {
    let (article, says) = match own.article {
        Some(article) => (Some(article), own.says),
        None => (around.article.clone(), around.says.clone()),
    };
    Origin {
        span: own.span,
        article,
        says,
        assumed: own.assumed.or_else(|| around.assumed.clone()),
    }
}

/// What an alternative rests on: its own article and assumption in the place of its reading's.
fn origin_of(one: &Alternative, reading: Origin) -> Origin {
    let (article, says) = match &one.cite {
        Some(cite) => (
            Some(cite.article.text.clone()),
            cite.says.as_ref().map(|says| says.text.clone()),
        ),
        None => (reading.article, reading.says),
    };
    let assumed = one.assumed.as_ref().map(|assumed| assumed.text.clone());
    Origin {
        span: reading.span,
        article,
        says,
        assumed: assumed.or(reading.assumed),
    }
}

fn listed(names: &[(String, Option<String>)]) -> String {
    let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    names.join("、")
}
