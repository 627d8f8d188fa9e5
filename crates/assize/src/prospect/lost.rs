//! What each lost point was lost to: the steps of a total and of its parts, read from the values of
//! the plan and carried up by the weights that the group has given. Nothing is computed a second
//! time; what one step takes is what lies between the value before it and the value after it.

use super::{Lost, LostPoints, Named, Shown, Unanswered, figure, named, told, totals};
use crate::explanation::{LineKind, line_of};
use crate::input::Subject;
use crate::model::{FigureKind, Model, Origin};
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::{NodeId, Op, Plan, PlannedFigure, Step, WeighedMember, What};
use crate::scheme::Prepared;
use crate::text::{Words, words};
use crate::value::to_outcome::Reading;
use crate::value::{Cell, shares};

impl Prepared {
    /// What took points from each total of a subject that is scored, and what gave some back.
    /// Where a scheme has no total, each group and item that no group holds stands for one; those
    /// without full marks are left out.
    ///
    /// # Errors
    ///
    /// A subject that is not scored.
    pub fn lost_points(&self, subject: &Subject) -> Result<Vec<LostPoints>, Unanswered> {
        let (model, plan) = (self.scheme().model(), self.scheme().plan());
        let (outcome, computed) = self.compute(subject);
        if !matches!(outcome, Outcome::Ok(_)) {
            return Err(Unanswered::NotScored(Box::new(outcome)));
        }
        let reading = Reading {
            model,
            plan,
            computed: &computed,
        };
        let ledger = Ledger {
            model,
            plan,
            reading: &reading,
        };
        let totals = totals(model, plan).into_iter();
        Ok(totals.filter_map(|planned| ledger.of(planned)).collect())
    }
}

struct Ledger<'l, 'a> {
    model: &'a Model,
    plan: &'a Plan,
    reading: &'l Reading<'a>,
}

/// A figure still to be gone through: what it is out of, and how many points of the total one of
/// its points is.
struct Part<'a> {
    planned: &'a PlannedFigure,
    full: Rational,
    factor: Rational,
}

impl<'a> Ledger<'_, 'a> {
    fn number(&self, node: NodeId) -> Option<&Rational> {
        self.reading.cell(node).as_number()
    }

    fn of(&self, planned: &'a PlannedFigure) -> Option<LostPoints> {
        let value = self.number(planned.value)?.clone();
        let full = self.full(planned)?;
        let mut entries = Vec::new();
        let mut open = vec![Part {
            planned,
            full: full.clone(),
            factor: Rational::ONE,
        }];
        // A part reads earlier ones only.
        while let Some(part) = open.pop() {
            self.part(&part, &mut open, &mut entries);
        }
        entries.retain(|entry: &Lost| !entry.points.is_zero());
        entries.sort_by(|a, b| b.points.cmp(&a.points));
        let figure = self.model.figure(planned.figure)?;
        let Cell::Value(shown) = self.reading.cell(planned.value) else {
            return None;
        };
        Some(LostPoints {
            total: Shown {
                of: named(self.model, planned),
                value: told(self.model, shown, &figure.of),
            },
            value,
            full,
            entries,
        })
    }

    /// What a figure is out of for this subject.
    fn full(&self, planned: &PlannedFigure) -> Option<Rational> {
        let of_group = planned.steps.iter().find_map(|step| match &step.what {
            What::Weigh { weights } => self.reading.cell(*weights).as_weights()?.full.clone(),
            _ => None,
        });
        of_group.or_else(|| planned.full.clone())
    }

    fn part(&self, part: &Part<'a>, open: &mut Vec<Part<'a>>, entries: &mut Vec<Lost>) {
        let Some(figure) = self.model.figure(part.planned.figure) else {
            return;
        };
        let of = named(self.model, part.planned);
        let mut before = part.full.clone();
        for step in &part.planned.steps {
            let Some(after) = self.number(step.after) else {
                continue;
            };
            if let What::Weigh { weights } = &step.what
                && let Some(gap) = self.members(*weights, part, open, entries)
            {
                let origin = self.origin(step, &figure.origin);
                entries.push(Lost {
                    points: gap * &part.factor,
                    of: of.clone(),
                    kind: LineKind::Sum,
                    words: words!("weight that counts for no part", "未计入任何一项的权重"),
                    article: origin,
                });
                before = after.clone();
                continue;
            }
            let points = (&before - after) * &part.factor;
            before = after.clone();
            if points.is_zero() {
                continue;
            }
            let line = line_of(self.reading, step, figure);
            let (kind, words) = match line {
                Some(line) => (line.kind, line.words),
                None => (LineKind::Rule, words!("as the rule says", "按条文规定")),
            };
            entries.push(Lost {
                points,
                of: of.clone(),
                kind,
                words,
                article: self.origin(step, &figure.origin),
            });
        }
        // Whatever stands behind the last step.
        if let Some(last) = self.number(part.planned.value)
            && *last != before
        {
            entries.push(Lost {
                points: (&before - last) * &part.factor,
                of,
                kind: LineKind::Rule,
                words: words!("as the rule says", "按条文规定"),
                article: figure.origin.article.clone(),
            });
        }
    }

    fn origin(&self, step: &Step, of_figure: &Origin) -> Option<String> {
        let row = match &step.what {
            What::Lookup { .. } => match self.plan.op(step.after) {
                Some(Op::Lookup { key, rows, .. }) => {
                    crate::value::line(|id| self.reading.cell(id), *key, rows)
                        .ok()
                        .flatten()
                        .and_then(|row| row.origin.article.clone())
                }
                _ => None,
            },
            _ => None,
        };
        row.or_else(|| step.origin.article.clone())
            .or_else(|| of_figure.article.clone())
    }

    /// Hands on what the members of a group lost; what remains of the group's full marks that is
    /// no member's. None where the members have no marks to compare with.
    fn members(
        &self,
        weights: NodeId,
        part: &Part<'a>,
        open: &mut Vec<Part<'a>>,
        entries: &mut Vec<Lost>,
    ) -> Option<Rational> {
        let weighing = self.reading.cell(weights).as_weights()?;
        let Some(Op::Weigh(group)) = self.plan.op(weights) else {
            return None;
        };
        weighing.full.as_ref()?;
        let shares = shares(self.plan, &self.reading.computed.cells, weights).ok()?;
        let rule = weighing.rule.and_then(|rule| group.rules.get(rule));
        let written = self.model.figure(part.planned.figure);
        let article_of = |place: usize| {
            let of = written?;
            let group = match &of.kind {
                FigureKind::Group(group) | FigureKind::Total(group) => group,
                _ => return None,
            };
            let own = group.members.get(place)?.origin.article.clone();
            own.or_else(|| of.origin.article.clone())
        };
        let mut left = part.full.clone();
        let mut parts = Vec::new();
        let mut lost = Vec::new();
        for (place, (member, share)) in group.members.iter().zip(shares).enumerate() {
            let Some((score, share)) = share else {
                continue;
            };
            let full = self.full_of(member)?;
            let own = self.number(score)?;
            left = left - &(&full * &share);
            let factor = &part.factor * &share;
            let planned = self.plan.figures.iter().find(|own| own.value == score);
            match planned {
                Some(planned) if score == member.score && !planned.steps.is_empty() => {
                    parts.push(Part {
                        planned,
                        full,
                        factor,
                    });
                }
                _ => {
                    let rule = rule.filter(|_| score != member.score);
                    let article = rule.and_then(|rule| rule.origin.article.clone());
                    lost.push(Lost {
                        points: (&full - own) * &factor,
                        article: article.or_else(|| article_of(place)),
                        of: Named {
                            name: member.called.key.clone(),
                            label: member.called.shown().to_owned(),
                        },
                        kind: rule.map_or(LineKind::Sum, |_| LineKind::MissingData),
                        words: single(own, &full, rule.is_some()),
                    });
                }
            }
        }
        open.extend(parts);
        entries.extend(lost);
        Some(left)
    }

    fn full_of(&self, member: &WeighedMember) -> Option<Rational> {
        let weighed = member.weighed.and_then(|node| {
            let weighing = self.reading.cell(node).as_weights()?;
            weighing.full.clone()
        });
        weighed.or_else(|| member.full.clone())
    }
}

/// What is told of a member that is weighed as data gives it, or is missing and counts as something.
fn single(own: &Rational, full: &Rational, is_missing: bool) -> Words {
    let (own, full) = (figure(own), figure(full));
    if is_missing {
        words!(
            "missing, counts as {own} of {full}",
            "缺项，按 {own} 计（满分 {full}）"
        )
    } else {
        words!("{own} of {full}", "得 {own}（满分 {full}）")
    }
}
