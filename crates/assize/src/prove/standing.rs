//! Where one stands among all: places, and cohorts.

use super::form::{Form, Relation};
use super::from_plan::Sketch;
use super::interval::{End, Interval};
use super::lists::{Elements, elements, exactly, many};
use super::space::Grid;
use super::symbol::{EITHER, Lacks, NO, Symbol};
use crate::number::Rational;
use crate::plan::{NodeId, Stands};
use crate::syntax::{EdgeTies, Ties};

impl Sketch<'_, '_> {
    /// Where each element stands among all: bounds only.
    pub(super) fn cohort(&mut self, node: NodeId, among: NodeId, what: &Stands) -> Symbol {
        let among = self.get(among);
        if !among.may_have_value() {
            return among;
        }
        let (element, count) = self.any_element(node, &among);
        let lacks = among.lacks.and(element.lacks);
        let one = Interval {
            low: Some(End::closed(Rational::ONE)),
            high: self
                .interval(&count)
                .maximum(&Interval::exactly(Rational::ONE))
                .high,
        };
        let (given, more) = match what {
            // The rank of one that is there is at most how many there are.
            Stands::Rank { ties, .. } => {
                let grid = (*ties != Ties::Averaged).then(Grid::whole);
                let rank = self.plain_curve(one, grid);
                self.ranks.push((rank.clone(), count.clone()));
                (Symbol::number(rank), Lacks::NONE)
            }
            Stands::Top { size, ties, .. } => {
                let size = self.get(*size);
                let all = size
                    .form()
                    .and_then(Form::as_constant)
                    .is_some_and(Rational::is_zero)
                    && *ties == EdgeTies::Out;
                (Symbol::flag(if all { NO } else { EITHER }), size.lacks)
            }
            Stands::Split { pool, .. } => {
                let pool = self.get(*pool);
                let high = self.interval_of(&pool).high;
                let part = Interval {
                    low: Some(End::closed(Rational::ZERO)),
                    high,
                };
                (
                    self.somewhere(node, part, None),
                    pool.lacks.and(Lacks::EMPTY).and(Lacks::FAULT),
                )
            }
        };
        many(given, count).with(lacks).with(more)
    }

    pub(super) fn standing(
        &mut self,
        node: NodeId,
        place: NodeId,
        places: Option<NodeId>,
        cohort: NodeId,
    ) -> Symbol {
        let (place, cohort) = (self.get(place), self.get(cohort));
        if !cohort.may_have_value() {
            return cohort;
        }
        let mut lacks = cohort.lacks.and(place.lacks);
        if let Some(places) = places {
            lacks = lacks.and(Lacks::NO_BRANCH).and(self.get(places).lacks);
        }
        match elements(&cohort) {
            Elements::Many(element, _) => {
                let fresh = self.fresh(&element);
                let known = element.form().and_then(|form| {
                    let mut ranks = self.ranks.iter();
                    ranks.find(|(rank, _)| rank == form).cloned()
                });
                if let (Some((_, count)), Some(own)) = (known, fresh.form().cloned()) {
                    // Who is not among them has no rank, and there may be nobody.
                    let nobody = places.is_some() || self.hollow > 0;
                    let most = count.plus(&exactly(usize::from(nobody)));
                    self.require(most.minus(&own), Relation::AtLeast);
                }
                fresh.with(lacks)
            }
            Elements::Fixed(all) => {
                let joined = self.joined(node, &all);
                joined.with(lacks)
            }
            Elements::Unknown => Symbol::unknown(),
        }
    }
}
