//! The smallest change of some data of one subject that gives it one of several levels.

use super::moved::{Open, moved, price, value_of};
use super::{Change, Way, gives};
use crate::input::{Given, Subject};
use crate::model::{Model, Type};
use crate::number::Rational;
use crate::outcome::Outcome;
use crate::plan::{Plan, PlannedFigure};
use crate::prove::Effort;
use crate::prove::around::Datum;
use crate::prove::goal::Goal;
use crate::prove::least::{Aim, Lowest, Price, Priced};
use crate::prove::report::at;
use crate::prove::search::{Answer, Search};
use crate::prove::space::Space;
use crate::prove::witness::put;
use crate::value::to_outcome::compute;
use crate::value::{Cell, Value};

/// How many searches' effort the search for a joint change has.
const JOINT: u32 = 8;

/// On what steps figures without steps are looked for where no exact place was found.
fn fine() -> Rational {
    Rational::from_ratio(1, 10_000).unwrap_or(Rational::ONE)
}

/// What is asked of a subject.
pub(super) struct Asked<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    /// By the paths of the inputs.
    pub(super) subject: &'a Subject,
    pub(super) cells: &'a [Cell],
    pub(super) grade: &'a PlannedFigure,
    /// The levels that are good enough, as bits.
    pub(super) better: u64,
    pub(super) effort: Effort,
}

/// What came of a search.
pub(super) struct Reach {
    pub(super) way: Way,
    regions: u32,
}

impl<'a> Asked<'a> {
    fn goals(&self) -> [Goal; 1] {
        [Goal::Levels((0, self.grade.value), self.better)]
    }

    /// The space in which these data are open, with what their changes cost.
    fn space(&self, open: &[Open], in_steps: bool) -> Option<(Space<'a>, Vec<Price>)> {
        let data: Vec<Datum> = open.iter().map(|open| open.datum).collect();
        let subject = self.subject.clone();
        let mut space = Space::around(self.model, self.plan, subject, self.cells, &data);
        if in_steps {
            space.in_steps(&fine());
        }
        let prices = open.iter().map(|open| price(&mut space, open));
        let prices = prices.collect::<Option<Vec<_>>>()?;
        Some((space, prices))
    }

    /// The smallest change of these data; smaller than `below`, where that is given.
    pub(super) fn smallest(&self, open: &[Open], below: Option<&Rational>) -> Reach {
        let unknown = Reach {
            way: Way::Undecided,
            regions: 0,
        };
        let Some((mut aim, mut lowest)) = self.lowest(open, below, false) else {
            return unknown;
        };
        let mut regions = lowest.regions;
        let has_steps = open.iter().all(|open| !self.is_without_steps(open));
        if lowest.found.is_none() && !lowest.proved && !has_steps {
            // A figure without steps may have no decimal at the very place: one next to it will do.
            let Some((fine_aim, again)) = self.lowest(open, below, true) else {
                return unknown;
            };
            regions = regions.saturating_add(again.regions);
            aim = fine_aim;
            lowest = Lowest {
                proved: false,
                ..again
            };
        }
        let way = match self.change(open, &aim, &lowest) {
            Some(change) => Way::By(change),
            None if lowest.proved => Way::None,
            None => Way::Undecided,
        };
        Reach { way, regions }
    }

    /// Whether a datum is a figure that may lie anywhere.
    fn is_without_steps(&self, open: &Open) -> bool {
        let input = self.model.input(open.datum.input);
        let of = super::moved::of(self.model, open.datum);
        matches!(open.now, Value::Number(_))
            && of != Some(&Type::Count)
            && input.is_none_or(|input| input.step.is_none())
    }

    fn lowest(
        &self,
        open: &[Open],
        below: Option<&Rational>,
        in_steps: bool,
    ) -> Option<(Aim, Lowest)> {
        let (space, prices) = self.space(open, in_steps)?;
        let goals = self.goals();
        let aim = Aim::Changes(prices);
        let lowest = Search::new(&space, &goals, self.effort.regions).lowest(&aim, None, below);
        Some((aim, lowest))
    }

    fn change(&self, open: &[Open], aim: &Aim, lowest: &Lowest) -> Option<Change> {
        let found = lowest.found.as_ref()?;
        let subject = found.witness.subjects.first()?.clone();
        let (_, computed) = compute(self.model, self.plan, &subject, &Subject::default());
        let mut is_smallest = lowest.proved;
        let mut moves = Vec::new();
        for open in open {
            let to = value_of(self.plan, &computed.cells, open.datum)?;
            moves.extend(moved(self.model, open, to));
        }
        if let ([only], Some(limit), Aim::Changes(prices)) =
            (moves.as_mut_slice(), &found.limit, aim)
            && let [
                Price {
                    of: Priced::Moved { now, unit, .. },
                    ..
                },
            ] = prices.as_slice()
        {
            let far = limit * unit;
            let rises = only.by.as_ref().is_some_and(|by| by.signum() > 0);
            only.beyond = Some(if rises { now + &far } else { now - &far });
        } else {
            is_smallest &= found.limit.is_none();
        }
        Some(Change {
            moves,
            gives: gives(self.model, self.plan, &computed.cells, self.grade),
            subject,
            is_smallest,
            size: found.limit.as_ref().unwrap_or(&found.value).clone(),
        })
    }

    /// The smallest change altogether, where it is known what each datum can do alone.
    pub(super) fn altogether(&self, open: &[Open], alone: &[Reach]) -> Way {
        let mut best: Option<&Change> = None;
        let mut sure = true;
        for reach in alone {
            match &reach.way {
                Way::By(change) => {
                    sure &= change.is_smallest;
                    if best.is_none_or(|best| change.size < best.size) {
                        best = Some(change);
                    }
                }
                Way::None => {}
                Way::Undecided => sure = false,
            }
        }
        if let Some(best) = best {
            return Way::By(Change {
                is_smallest: sure,
                ..best.clone()
            });
        }
        let needed = match self.some(open) {
            Some(Some(needed)) => Some(needed),
            Some(None) => return Way::None,
            None => None,
        };
        let most = needed.as_ref().map_or(open.len(), Vec::len);
        let mut effort = self.effort.regions.saturating_mul(JOINT);
        for size in 2..=most {
            let mut best: Option<Change> = None;
            for among in Subsets::new(open.len(), size) {
                let some: Vec<Open> = among
                    .iter()
                    .filter_map(|place| open.get(*place).cloned())
                    .collect();
                let reach = self.smallest(&some, best.as_ref().map(|best| &best.size));
                match reach.way {
                    Way::By(change) => {
                        sure &= change.is_smallest;
                        best = Some(change);
                    }
                    Way::None => {}
                    Way::Undecided => sure = false,
                }
                effort = effort.saturating_sub(reach.regions.max(1));
                if effort == 0 {
                    break;
                }
            }
            if let Some(best) = best {
                return Way::By(Change {
                    is_smallest: sure && effort > 0,
                    ..best
                });
            }
            if effort == 0 {
                break;
            }
        }
        // What was found first, with each figure moved no further than needed.
        match needed.map_or(Way::Undecided, |needed| self.smallest(&needed, None).way) {
            Way::By(change) => Way::By(Change {
                is_smallest: false,
                ..change
            }),
            Way::None | Way::Undecided => Way::Undecided,
        }
    }

    /// Some data that reach it together, none of which can stay as it is alone; `Some(None)` where
    /// no data do, `None` where that is not known.
    fn some(&self, open: &[Open]) -> Option<Option<Vec<Open>>> {
        let (space, _) = self.space(open, false)?;
        let goals = self.goals();
        let mut searched = Search::new(&space, &goals, self.effort.regions).run();
        if matches!(searched.answer, Answer::Undecided) {
            let (space, _) = self.space(open, true)?;
            searched = Search::new(&space, &goals, self.effort.regions).run();
            if matches!(searched.answer, Answer::Never) {
                searched.answer = Answer::Undecided;
            }
        }
        let witness = match searched.answer {
            Answer::Never => return Some(None),
            Answer::Undecided => return None,
            Answer::Found(witness) => witness,
        };
        let mut subject = witness.subjects.first()?.clone();
        let mut needed = Vec::new();
        for open in open {
            let mut own = subject.clone();
            self.restore(&mut own, open.datum);
            if self.reaches(&own) {
                subject = own;
            } else {
                needed.push(open.clone());
            }
        }
        Some(Some(needed))
    }

    fn reaches(&self, subject: &Subject) -> bool {
        let (outcome, computed) = compute(self.model, self.plan, subject, &Subject::default());
        let level = computed.cells.get(self.grade.value.index());
        let is_better = matches!(
            level,
            Some(Cell::Value(Value::Option(level)))
                if self.better.checked_shr(*level).is_some_and(|bits| bits & 1 == 1)
        );
        is_better && matches!(outcome, Outcome::Ok(_))
    }

    /// Gives a datum back what the subject has.
    fn restore(&self, subject: &mut Subject, datum: Datum) {
        let Some(input) = self.model.input(datum.input) else {
            return;
        };
        let Some(old) = at(self.subject, &input.path) else {
            return;
        };
        let Some(key) = datum.key else {
            put(&mut subject.values, &input.path, old.clone());
            return;
        };
        let (Some(Given::Map(now)), Some(Value::Number(old)), Some(option)) = (
            at(subject, &input.path),
            value_of(self.plan, self.cells, datum),
            self.option(datum, key),
        ) else {
            return;
        };
        let mut now = now.clone();
        now.insert(option, Given::Number(old.to_string()));
        put(&mut subject.values, &input.path, Given::Map(now));
    }

    fn option(&self, datum: Datum, key: usize) -> Option<String> {
        match &self.model.input(datum.input)?.of {
            Type::Map(scale, _) => {
                let options = &self.model.scale(*scale)?.options;
                Some(options.get(key)?.key.clone())
            }
            _ => None,
        }
    }
}

/// All choices of so many places among `count`, in order.
struct Subsets {
    count: usize,
    next: Option<Vec<usize>>,
}

impl Subsets {
    fn new(count: usize, size: usize) -> Self {
        Self {
            count,
            next: (size <= count).then(|| (0..size).collect()),
        }
    }
}

impl Iterator for Subsets {
    type Item = Vec<usize>;

    fn next(&mut self) -> Option<Vec<usize>> {
        let own = self.next.take()?;
        let mut after = own.clone();
        let size = own.len();
        // The last place that can move on does, and those behind it follow close.
        let last = |place: usize| {
            let behind = size.saturating_sub(place);
            self.count.saturating_sub(behind)
        };
        let moving = (0..size)
            .rev()
            .find(|place| own.get(*place).is_some_and(|at| *at < last(*place)));
        if let Some(moving) = moving {
            let start = own.get(moving).copied().unwrap_or(0);
            for (behind, slot) in after.iter_mut().skip(moving).enumerate() {
                *slot = start.saturating_add(behind).saturating_add(1);
            }
            self.next = Some(after);
        }
        Some(own)
    }
}
