//! The term of each node, from the terms of those before it: what `value/from_plan` computes for
//! one subject, said of all.
//!
//! Figures here grow without limit, where scoring refuses those beyond 8,192 bits.

use super::Inexpressible;
use super::cells::{Cell, Lack, Opaque, Value};
use super::subject::Given;
use super::text::{Figure, Sort, Truth, Writer};
use crate::model::{Adjust, FigureKind, Model};
use crate::plan::{Arithmetic, Comparison, NodeId, Op, Plan};
use crate::syntax::DatePart;
use crate::text::{Span, Words, words};

/// The last day of the calendar, 9999-12-31, counted from 0001-01-01, which is 1.
pub(super) const LAST_DAY: i64 = 3_652_059;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The terms of one subject so far.
pub(super) struct Terms<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) writer: &'a mut Writer,
    /// What names of this subject end in.
    pub(super) suffix: &'static str,
    /// One for each input of the model.
    pub(super) given: Vec<Given>,
    /// One for each node so far.
    pub(super) cells: Vec<Cell>,
    /// Where what must be present is missing, by its node.
    pub(super) lacking: Vec<(NodeId, Truth)>,
}

impl Terms<'_> {
    pub(super) fn cell(&self, id: NodeId) -> &Cell {
        static NOWHERE: Cell = Cell::lacking(Lack {
            unasked: Truth::YES,
            ..Lack::NONE
        });
        self.cells.get(id.index()).unwrap_or(&NOWHERE)
    }

    /// The name of the terms of a node.
    pub(super) fn name(&self, id: NodeId) -> String {
        let owner = self.plan.owner(id).map_or("", |owner| owner.field.as_str());
        format!("{} {owner}{}", id.index(), self.suffix)
    }

    /// That a node does something that has no term here.
    pub(super) fn inexpressible(&self, id: NodeId, what: Words) -> Inexpressible {
        Inexpressible {
            what,
            span: self.place(id),
        }
    }

    /// Where the input, figure or result is written in whose definition a node stands.
    fn place(&self, id: NodeId) -> Span {
        let Some(owner) = self.plan.owner(id) else {
            return Span::default();
        };
        let is_own = |called: &crate::model::Called| {
            called.key == owner.field && called.shown() == owner.shown
        };
        let model = self.model;
        let input = model.inputs.iter().find(|input| is_own(&input.called));
        let figure = model
            .figures
            .iter()
            .find(|figure| is_own(&figure.called) && !matches!(figure.kind, FigureKind::Unknown));
        let output = model.results.iter().find(|output| is_own(&output.called));
        let refusal = model.refusals.iter().find(|own| own.field == owner.field);
        let stop = model.stops.iter().find(|stop| stop.reason == owner.field);
        figure
            .map(|figure| &figure.origin)
            .or_else(|| input.map(|input| &input.origin))
            .or_else(|| output.map(|output| &output.origin))
            .or_else(|| stop.map(|stop| &stop.origin))
            .or_else(|| refusal.map(|refusal| &refusal.origin))
            .map(|origin| origin.span)
            .unwrap_or_default()
    }

    pub(super) fn opaque(&self, id: NodeId, value: &Value) -> Inexpressible {
        self.inexpressible(
            id,
            match value {
                Value::Opaque(Opaque::Text) => words!("text that is compared", "文字的比较"),
                Value::Opaque(Opaque::Time) => {
                    words!("a time of day in a formula", "算式中的钟点时刻")
                }
                Value::Opaque(Opaque::Mixed) => words!(
                    "alternatives of different types in one formula",
                    "同一算式中类型不同的几种情形"
                ),
                _ => words!("a formula over lists", "列表上的算式"),
            },
        )
    }

    /// The figure of a node.
    pub(super) fn figure(&self, id: NodeId) -> Result<Figure, Inexpressible> {
        match &self.cell(id).value {
            Value::Number(figure) => Ok(figure.clone()),
            Value::Nothing => Ok(Figure::ZERO),
            other => Err(self.opaque(id, other)),
        }
    }

    pub(super) fn flag(&self, id: NodeId) -> Result<Truth, Inexpressible> {
        match &self.cell(id).value {
            Value::Flag(flag) => Ok(flag.clone()),
            Value::Nothing => Ok(Truth::NO),
            other => Err(self.opaque(id, other)),
        }
    }

    pub(super) fn reason(&self, ids: &[NodeId]) -> Lack {
        let lacks: Vec<&Lack> = ids.iter().map(|id| &self.cell(*id).lack).collect();
        Lack::reason(&lacks)
    }

    /// Computes with figures; the strongest operand without a value decides otherwise.
    fn numbers<const N: usize>(
        &self,
        ids: [NodeId; N],
        compute: impl FnOnce([Figure; N]) -> Figure,
    ) -> Result<Cell, Inexpressible> {
        let mut figures = [const { Figure::ZERO }; N];
        for (slot, id) in figures.iter_mut().zip(ids) {
            *slot = self.figure(id)?;
        }
        Ok(Cell {
            lack: self.reason(&ids),
            value: Value::Number(compute(figures)),
        })
    }

    /// The terms of the next node.
    pub(super) fn compute(&mut self, id: NodeId, op: &Op) -> Result<Cell, Inexpressible> {
        Ok(match op {
            Op::Constant(value) => self.constant(id, value)?,
            Op::NoBranch => Cell::lacking(Lack::unasked(Truth::YES)),
            Op::Input(input) | Op::Parameter(input) => match self.given.get(input.index()) {
                Some(given) => given.cell.clone(),
                None => Cell::lacking(Lack::missing(Truth::YES)),
            },
            Op::Asked { asked, of } => self.asked(*asked, *of),
            Op::Default { of, value } => {
                let of = self.cell(*of);
                Cell::pick(&of.lack.missing, self.cell(*value), of)
            }
            Op::Filled {
                of, value, whole, ..
            } => self.filled(*of, *value, *whole)?,
            // Several figures count as their mean, which is what the input's term stands for.
            Op::Averaged(of) => self.cell(*of).clone(),
            Op::FirstOf(members) => self.first_of(members),
            Op::Given(of) => {
                let of = self.cell(*of);
                Cell {
                    lack: of.lack.without_absence(),
                    value: Value::Flag(of.is_there()),
                }
            }
            Op::Not(of) => Cell {
                lack: self.cell(*of).lack.clone(),
                value: Value::Flag(self.flag(*of)?.not()),
            },
            Op::And(a, b) => self.decide(*a, *b, false),
            Op::Or(a, b) => self.decide(*a, *b, true),
            Op::Negate(of) => self.numbers([*of], |[value]| value.negated())?,
            Op::Arithmetic(arithmetic, a, b) => {
                self.numbers([*a, *b], |[a, b]| match arithmetic {
                    Arithmetic::Plus => a.plus(&b),
                    Arithmetic::Minus => a.minus(&b),
                    Arithmetic::Times => a.times(&b),
                })?
            }
            Op::Divide { a, b, .. } => {
                let by_zero = self.figure(*b)?.equals(&Figure::ZERO, Sort::Real);
                let mut cell = self.numbers([*a, *b], |[a, b]| a.over(&b))?;
                cell.lack = cell.lack.or_else(&Lack::empty(by_zero));
                cell
            }
            Op::Compare(comparison, a, b) => Cell {
                lack: self.reason(&[*a, *b]),
                value: Value::Flag(self.compare(id, *comparison, *a, *b)?),
            },
            Op::IsOneOf(of, options) => self.is_one_of(id, *of, options)?,
            Op::Select {
                condition,
                then,
                otherwise,
            } => {
                let flag = self.flag(*condition)?;
                let picked = Cell::pick(&flag, self.cell(*then), self.cell(*otherwise));
                picked.behind(&self.cell(*condition).lack)
            }
            Op::Otherwise(a, b) => {
                let a = self.cell(*a);
                Cell::pick(&a.lack.empty, self.cell(*b), a)
            }
            Op::Round { of, mode, to } => {
                self.numbers([*of], |[value]| value.rounded(*mode, to))?
            }
            Op::AtLeast { of, bound } => self.numbers([*of, *bound], |[a, b]| {
                Figure::pick(&a.is_below(&b, Sort::Real), &b, &a, Sort::Real)
            })?,
            Op::AtMost { of, bound } => self.numbers([*of, *bound], |[a, b]| {
                Figure::pick(&b.is_below(&a, Sort::Real), &b, &a, Sort::Real)
            })?,
            Op::Aggregate {
                kind,
                of,
                of_many,
                tally,
                ..
            } => self.aggregate(id, *kind, of, (*of_many, *tally))?,
            Op::MeanOfTally { tally, points, .. } => self.mean_of_tally(*tally, points)?,
            Op::Lookup { key, rows, .. } => self.lookup(id, *key, rows)?,
            Op::Between {
                key, points, ends, ..
            } => self.between(id, *key, points, *ends)?,
            Op::Weigh(group) => self.weigh(id, group)?,
            Op::WeightedSum { weights } => self.weighted_sum(id, *weights)?,
            Op::WeightOf { weights, member } => self.weight_of(*weights, *member),
            Op::PartOf { weights, member } => self.part_of(*weights, *member)?,
            Op::FullMarks { weights } => self.full_marks(*weights),
            Op::IfMissing { of, then } => {
                let of = self.cell(*of);
                Cell::pick(&of.lack.absent(), self.cell(*then), of)
            }
            Op::Applies { when, of } => self.applies(*when, *of)?,
            Op::Stop(_) => Cell::lacking(Lack {
                stop: Truth::YES,
                ..Lack::NONE
            }),
            Op::Adjusted {
                when,
                of,
                what,
                levels,
                worst_first,
            } => self.adjusted(*when, *of, *what, (*levels, *worst_first))?,
            Op::Fired(list) => self.listed(list, true)?,
            Op::Failed(list) => self.listed(list, false)?,
            Op::At { map, key } => self.at(*map, *key)?,
            Op::MapOf(list) => self.several_of(list, true),
            Op::ListOf(list) => self.several_of(list, false),
            Op::Keys(keys) => {
                let lacks: Vec<Lack> = keys
                    .iter()
                    .map(|key| self.cell(*key).lack.without_absence())
                    .collect();
                Cell {
                    lack: Lack::reason(&lacks.iter().collect::<Vec<_>>()),
                    ..self.several_of(keys, false)
                }
            }
            Op::CountingMissing(list, value) => self.counting(*list, *value)?,
            Op::All(flags) => self.quantified(*flags, false)?,
            Op::Any(flags) => self.quantified(*flags, true)?,
            Op::Share { flags, .. } => self.share(*flags)?,
            Op::Shift {
                of,
                by,
                months: false,
                back,
                ..
            } => self.shift(*of, *by, *back)?,
            Op::Elapsed(a, b) => self.elapsed(*a, *b)?,
            Op::DatePart(DatePart::Date, of) => match self.cell(*of).value {
                Value::Day(_) | Value::Nothing => self.cell(*of).clone(),
                ref other => return Err(self.opaque(id, other)),
            },
            op => return Err(self.inexpressible(id, what_it_is(op))),
        })
    }

    fn constant(&self, id: NodeId, value: &crate::value::Value) -> Result<Cell, Inexpressible> {
        use crate::value::Value as Known;
        Ok(Cell::of(match value {
            Known::Number(value) => Value::Number(Figure::Is(value.clone())),
            Known::Flag(flag) => Value::Flag(Truth::Is(*flag)),
            Known::Option(place) => Value::Option(Figure::whole(i64::from(*place))),
            Known::Date(day) => {
                use chrono::Datelike as _;
                Value::Day(Figure::whole(i64::from(day.num_days_from_ce())))
            }
            Known::Text(_) => Value::Opaque(Opaque::Text),
            Known::Time(_) => Value::Opaque(Opaque::Time),
            Known::List(_)
            | Known::Map(_)
            | Known::Record(_)
            | Known::Named(_)
            | Known::Tally(_)
            | Known::Weights(_) => {
                let what = words!("figures by names that data gives", "以数据中名称为键的各数");
                return Err(self.inexpressible(id, what));
            }
        }))
    }

    fn asked(&self, asked: NodeId, of: NodeId) -> Cell {
        let (asked, of) = (self.cell(asked), self.cell(of));
        let not_asked = Lack::pick(
            &of.lack.fault,
            &Lack::fault(Truth::YES),
            &Lack::unasked(Truth::YES),
        );
        let strong = asked.lack.strong();
        let lack = Lack::pick(&asked.says(true), &of.lack, &not_asked);
        Cell {
            lack: Lack::pick(&strong, &asked.lack.without_absence(), &lack),
            value: of.value.clone(),
        }
    }

    fn first_of(&self, members: &[NodeId]) -> Cell {
        let Some((first, _)) = members.split_first() else {
            return Cell::lacking(Lack::missing(Truth::YES));
        };
        let first = self.cell(*first).clone();
        members.iter().rev().fold(first, |rest, member| {
            let member = self.cell(*member);
            Cell::pick(&member.lack.absent(), &rest, member)
        })
    }

    /// `and` (deciding on no) and `or` (deciding on yes): one deciding side is enough.
    fn decide(&self, a: NodeId, b: NodeId, deciding: bool) -> Cell {
        let decided = self.cell(a).says(deciding).or(&self.cell(b).says(deciding));
        let lack = self.reason(&[a, b]).when(&decided.not());
        Cell {
            lack,
            value: Value::Flag(if deciding { decided } else { decided.not() }),
        }
    }

    fn compare(
        &self,
        id: NodeId,
        comparison: Comparison,
        a: NodeId,
        b: NodeId,
    ) -> Result<Truth, Inexpressible> {
        self.holds(id, comparison, &self.cell(a).value, &self.cell(b).value)
    }

    /// Whether a value stands in this relation to another.
    pub(super) fn holds(
        &self,
        id: NodeId,
        comparison: Comparison,
        a: &Value,
        b: &Value,
    ) -> Result<Truth, Inexpressible> {
        let unlike = || match (a, b) {
            (Value::Opaque(_), _) => self.opaque(id, a),
            _ => self.opaque(id, b),
        };
        if matches!((a, b), (Value::Nothing, _) | (_, Value::Nothing)) {
            return Ok(Truth::NO);
        }
        let ordered = || a.ordered(b).ok_or_else(unlike);
        Ok(match comparison {
            Comparison::Equal => a.equals(b).ok_or_else(unlike)?,
            Comparison::NotEqual => a.equals(b).ok_or_else(unlike)?.not(),
            Comparison::Less => ordered().map(|(a, b, sort)| a.is_below(b, sort))?,
            Comparison::LessEqual => ordered().map(|(a, b, sort)| a.is_at_most(b, sort))?,
            Comparison::Greater => ordered().map(|(a, b, sort)| b.is_below(a, sort))?,
            Comparison::GreaterEqual => ordered().map(|(a, b, sort)| b.is_at_most(a, sort))?,
        })
    }

    fn is_one_of(&self, id: NodeId, of: NodeId, options: &[NodeId]) -> Result<Cell, Inexpressible> {
        let mut hits = Vec::with_capacity(options.len());
        for option in options {
            let same = self.compare(id, Comparison::Equal, of, *option)?;
            hits.push(self.cell(*option).is_there().and(&same));
        }
        let hit = Truth::any(hits);
        let lack = self.reason(options).when(&hit.not());
        let cell = Cell {
            lack,
            value: Value::Flag(hit),
        };
        Ok(cell.behind(&self.cell(of).lack))
    }

    fn applies(&self, when: NodeId, of: NodeId) -> Result<Cell, Inexpressible> {
        let applies = self.flag(when)?;
        let of = self.cell(of);
        let mut lack = of.lack.clone();
        // What it reads does not apply; it does.
        lack.unasked = lack.unasked.or(&lack.inapplicable);
        lack.inapplicable = Truth::NO;
        let not = Lack {
            inapplicable: Truth::YES,
            ..Lack::NONE
        };
        let cell = Cell {
            lack: Lack::pick(&applies, &lack, &not),
            value: of.value.clone(),
        };
        Ok(cell.behind(&self.cell(when).lack))
    }

    fn adjusted(
        &self,
        when: NodeId,
        of: NodeId,
        what: Adjust,
        (levels, worst_first): (u32, bool),
    ) -> Result<Cell, Inexpressible> {
        let lack = Lack::reason(&[&self.cell(of).lack, &self.cell(when).lack]);
        let level = match &self.cell(of).value {
            Value::Option(level) => level.clone(),
            Value::Nothing => return Ok(Cell::lacking(lack)),
            other => return Err(self.opaque(of, other)),
        };
        let last = Figure::whole(i64::from(levels.saturating_sub(1)));
        let at_least = |bound: &Figure| {
            Figure::pick(&level.is_below(bound, Sort::Int), bound, &level, Sort::Int)
        };
        let at_most = |bound: &Figure| {
            Figure::pick(&bound.is_below(&level, Sort::Int), bound, &level, Sort::Int)
        };
        let stepped = |sign: &str, edge: &Figure| {
            let level = level.text(Sort::Int);
            let edge = edge.text(Sort::Int);
            let moved = format!("(ite (= {level} {edge}) {edge} ({sign} {level} 1))");
            Figure::Text(moved.into())
        };
        let adjusted = match (what, worst_first) {
            (Adjust::NoBetterThan(bound), false) | (Adjust::NoWorseThan(bound), true) => {
                at_least(&Figure::whole(i64::from(bound)))
            }
            (Adjust::NoBetterThan(bound), true) | (Adjust::NoWorseThan(bound), false) => {
                at_most(&Figure::whole(i64::from(bound)))
            }
            (Adjust::OneStepLower, false) | (Adjust::OneStepHigher, true) => stepped("+", &last),
            (Adjust::OneStepLower, true) | (Adjust::OneStepHigher, false) => {
                stepped("-", &Figure::ZERO)
            }
            (Adjust::Becomes(level), _) => Figure::whole(i64::from(level)),
        };
        Ok(Cell {
            // A condition that does not hold leaves what was there, and so does one without value.
            lack,
            value: Value::Option(Figure::pick(
                &self.flag(when)?,
                &adjusted,
                &level,
                Sort::Int,
            )),
        })
    }

    fn day(&self, id: NodeId) -> Result<Figure, Inexpressible> {
        match &self.cell(id).value {
            Value::Day(day) => Ok(day.clone()),
            Value::Nothing => Ok(Figure::ONE),
            other => Err(self.opaque(id, other)),
        }
    }

    fn shift(&self, of: NodeId, by: NodeId, back: bool) -> Result<Cell, Inexpressible> {
        let day = self.day(of)?.text(Sort::Int);
        let days = self.figure(by)?.over(&Figure::whole(DAY));
        let days = if back { days.negated() } else { days };
        let moved = format!("(+ {day} (to_int {}))", days.text(Sort::Real));
        let kept = format!("(<= 1 {moved} {LAST_DAY})");
        let sound = days.is_whole().and(&Truth::Text(kept.into()));
        Ok(Cell {
            lack: self.reason(&[of, by]).or_else(&Lack::fault(sound.not())),
            value: Value::Day(Figure::Text(moved.into())),
        })
    }

    fn elapsed(&self, a: NodeId, b: NodeId) -> Result<Cell, Inexpressible> {
        let (from, to) = (self.day(b)?.text(Sort::Int), self.day(a)?.text(Sort::Int));
        let days = Figure::Text(format!("(to_real (- {to} {from}))").into());
        Ok(Cell {
            lack: self.reason(&[a, b]),
            value: Value::Number(days.times(&Figure::whole(DAY))),
        })
    }
}

/// What a node does that has no term.
fn what_it_is(op: &Op) -> Words {
    match op {
        Op::RoundSurd { .. } => words!(
            "the rounding of a root, a power or a logarithm",
            "方根、乘方或对数的取整"
        ),
        Op::Shift { .. } => words!("a day moved by months or years", "按月或按年推移的日期"),
        Op::DatePart(..) => words!(
            "the year, month or end of month of a day",
            "日期的年、月或月末"
        ),
        Op::Cohort { .. } | Op::Standing { .. } => words!(
            "ranks, quotas and shares among all rows",
            "各行之间的排名、名额和分摊"
        ),
        Op::Entries { .. } => words!("names and figures of a map as rows", "按名称逐行列出的各数"),
        _ => words!(
            "rows of a list, or figures picked from a list",
            "列表的各行，或从列表中选取的数"
        ),
    }
}
