//! Guarantees as questions: each asks for a subject that breaks it.
//!
//! A guarantee holds where the answer is `unsat`; for each grade of `every grade reachable` it
//! holds where the answer is `sat`. A claim about two subjects declares the second one with one
//! input moved, by any size, or left out, and everything else alike.

use super::Inexpressible;
use super::cells::{Cell, Lack, Value};
use super::ops::Terms;
use super::subject::Subject;
use super::text::{Figure, Sort, Truth, Writer};
use crate::model::{Bound, Claim, FigureKind, Guarantee, Input, InputId, Model, Type};
use crate::plan::{NodeId, Op, Plan};
use crate::syntax::Direction;
use crate::text::{Words, words};

/// What happens to one input between the first subject and the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    /// More of it, or a better option.
    Up,
    LeftOut,
}

/// The questions of one scheme.
pub(super) struct Questions<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    pub(super) first: &'a Subject,
    pub(super) writer: &'a mut Writer,
}

impl Questions<'_> {
    /// Asks for a subject that breaks a guarantee, which is quoted as it is written.
    pub(super) fn ask(
        &mut self,
        guarantee: &Guarantee,
        nodes: &[NodeId],
        written: &str,
    ) -> Result<(), Inexpressible> {
        self.writer.line("");
        self.writer.comment(written);
        match &guarantee.claim {
            Claim::EveryGradeReachable => self.grades(),
            Claim::Within(_, low, high) => {
                let broken = self.outside(nodes, (low.as_ref(), high.as_ref()), guarantee)?;
                self.question(&broken);
            }
            Claim::Implies(..) => {
                let broken = self.says(nodes, 0, true).and(&self.says(nodes, 1, false));
                self.question(&broken);
            }
            Claim::Always(_) => {
                let broken = self.says(nodes, 0, false);
                self.question(&broken);
            }
            Claim::Never(_, direction, inputs) => {
                for input in inputs {
                    self.moved(*input, Move::Up, *direction, (nodes, guarantee))?;
                }
            }
            Claim::NeverGainsByMissing(_, inputs) => {
                for input in inputs {
                    let rises = Direction::Rises;
                    self.moved(*input, Move::LeftOut, rises, (nodes, guarantee))?;
                }
            }
        }
        Ok(())
    }

    fn cell<'c>(&self, cells: &'c [Cell], nodes: &[NodeId], place: usize) -> Option<&'c Cell> {
        cells.get(nodes.get(place)?.index())
    }

    fn says(&self, nodes: &[NodeId], place: usize, what: bool) -> Truth {
        self.cell(&self.first.cells, nodes, place)
            .map_or(Truth::NO, |cell| cell.says(what))
    }

    /// The figure of a claim, and where it is there.
    fn figure(
        &self,
        cells: &[Cell],
        nodes: &[NodeId],
        place: usize,
        guarantee: &Guarantee,
    ) -> Result<(Truth, Figure), Inexpressible> {
        match self.cell(cells, nodes, place) {
            Some(cell) => match &cell.value {
                Value::Number(figure) => Ok((cell.is_there(), figure.clone())),
                Value::Nothing => Ok((Truth::NO, Figure::ZERO)),
                _ => Err(Inexpressible {
                    what: words!(
                        "a claim about something else than a figure",
                        "对非数值的断言"
                    ),
                    span: guarantee.origin.span,
                }),
            },
            None => Ok((Truth::NO, Figure::ZERO)),
        }
    }

    fn question(&mut self, broken: &Truth) {
        self.writer.line("(push 1)");
        let broken = self.first.scored.and(broken);
        self.ask_for(&broken);
        self.writer.line("(pop 1)");
    }

    fn ask_for(&mut self, these: &Truth) {
        self.writer.line(&format!("(assert {})", these.text()));
        self.writer.line("(check-sat)");
    }

    fn outside(
        &self,
        nodes: &[NodeId],
        (low, high): (Option<&Bound>, Option<&Bound>),
        guarantee: &Guarantee,
    ) -> Result<Truth, Inexpressible> {
        let cells = &self.first.cells;
        let (there, value) = self.figure(cells, nodes, 0, guarantee)?;
        let mut outside = Vec::new();
        let mut place = 1_usize;
        if let Some(end) = low {
            let (known, low) = self.figure(cells, nodes, place, guarantee)?;
            let below = if end.included {
                value.is_below(&low, Sort::Real)
            } else {
                value.is_at_most(&low, Sort::Real)
            };
            outside.push(known.and(&below));
            place = place.saturating_add(1);
        }
        if let Some(end) = high {
            let (known, high) = self.figure(cells, nodes, place, guarantee)?;
            let above = if end.included {
                high.is_below(&value, Sort::Real)
            } else {
                high.is_at_most(&value, Sort::Real)
            };
            outside.push(known.and(&above));
        }
        Ok(there.and(&Truth::any(outside)))
    }

    /// For each level of each grade, whether somebody has it.
    fn grades(&mut self) {
        for planned in &self.plan.figures {
            let Some(figure) = self.model.figure(planned.figure) else {
                continue;
            };
            let (FigureKind::Grade(_), Type::Option(scale)) = (&figure.kind, &figure.of) else {
                continue;
            };
            let cell = self.first.cells.get(planned.value.index());
            let (Some(scale), Some(cell)) = (self.model.scale(*scale), cell) else {
                continue;
            };
            let Value::Option(level) = &cell.value else {
                continue;
            };
            for (place, option) in (0_i64..).zip(&scale.options) {
                let (key, shown) = (&figure.called.key, option.shown());
                self.writer
                    .comment(&format!("{key} = {shown}: holds where the answer is sat"));
                let has = level.equals(&Figure::whole(place), Sort::Int);
                let has = cell.is_there().and(&has);
                self.question(&has);
            }
        }
    }

    /// Asks whether the figure goes in this direction where one input moves.
    fn moved(
        &mut self,
        id: InputId,
        how: Move,
        direction: Direction,
        (nodes, guarantee): (&[NodeId], &Guarantee),
    ) -> Result<(), Inexpressible> {
        let Some(input) = self.model.input(id) else {
            return Ok(());
        };
        let parts = match &input.of {
            Type::Map(scale, _) if how == Move::Up => {
                let options = self
                    .model
                    .scale(*scale)
                    .map_or(0, |scale| scale.options.len());
                (0..options).map(Some).collect()
            }
            _ => vec![None],
        };
        for part in parts {
            let shown = input.called.shown();
            let Words { en, .. } = match how {
                Move::Up => words!("more of {shown}", ""),
                Move::LeftOut => words!("without {shown}", ""),
            };
            self.writer.comment(&en);
            self.writer.line("(push 1)");
            if let Some((given, moves)) = self.second(id, input, how, part) {
                self.compare(given, &moves, id, direction, (nodes, guarantee))?;
            } else {
                let none = words!("it has no order, and nothing is claimed", "");
                self.writer.comment(&none.en);
            }
            self.writer.line("(pop 1)");
        }
        Ok(())
    }

    /// What data gives for the input of the second subject, and how that is more; `None` where
    /// there is no more and less of it.
    fn second(
        &mut self,
        id: InputId,
        input: &Input,
        how: Move,
        part: Option<usize>,
    ) -> Option<(Cell, Truth)> {
        let first = &self.first.given.get(id.index())?.cell;
        if how == Move::LeftOut {
            let mut lack = Lack::missing(Truth::YES);
            if input.parameter && !input.optional && input.default.is_none() {
                lack = Lack::fault(Truth::YES);
            }
            let without = Cell {
                lack,
                value: first.value.clone(),
            };
            return Some((without, first.is_there()));
        }
        let (of, target) = match (&input.of, &first.value, part) {
            (Type::Map(_, of), Value::Several { cells, .. }, Some(part)) => {
                (of.as_ref(), cells.get(part)?)
            }
            (of, _, _) => (of, first),
        };
        let name = match part.and_then(|part| self.option(input, part)) {
            Some(option) => format!("input {}.{option} moved", input.path.join(".")),
            None => format!("input {} moved", input.path.join(".")),
        };
        let (value, more) = match (of, &target.value) {
            (Type::Option(scale), Value::Option(before)) => {
                let scale = self.model.scale(*scale).filter(|scale| scale.ordered)?;
                let last = scale.options.len().saturating_sub(1);
                let symbol = self.writer.declare(&name, "Int");
                self.writer
                    .line(&format!("(assert (<= 0 {symbol} {last}))"));
                let after = Figure::Text(symbol);
                // The best option stands first.
                let more = after.is_below(before, Sort::Int);
                (Value::Option(after), more)
            }
            (of, Value::Number(before)) => {
                let after = if *of == Type::Count && !input.averaged {
                    let symbol = self.writer.declare(&name, "Int");
                    Figure::Text(format!("(to_real {symbol})").into())
                } else {
                    Figure::Text(self.writer.declare(&name, "Real"))
                };
                let more = before.is_below(&after, Sort::Real);
                (Value::Number(after), more)
            }
            _ => return None,
        };
        let there = first.is_there().and(&target.is_there());
        let moved = Cell {
            lack: target.lack.clone(),
            value,
        };
        let moved = match (&first.value, part) {
            (Value::Several { cells, keyed }, Some(part)) => {
                let mut cells = cells.clone();
                *cells.get_mut(part)? = moved;
                Cell {
                    lack: first.lack.clone(),
                    value: Value::Several {
                        cells,
                        keyed: *keyed,
                    },
                }
            }
            _ => moved,
        };
        Some((moved, there.and(&more)))
    }

    fn option(&self, input: &Input, place: usize) -> Option<&str> {
        let Type::Map(scale, _) = &input.of else {
            return None;
        };
        let options = &self.model.scale(*scale)?.options;
        options.get(place).map(|option| option.key.as_str())
    }

    /// The nodes that may come out otherwise where one input moves.
    fn touched(&self, id: InputId) -> Vec<bool> {
        let mut touched: Vec<bool> = Vec::with_capacity(self.plan.nodes.len());
        for op in &self.plan.nodes {
            let mut own = matches!(op, Op::Input(input) | Op::Parameter(input) if *input == id);
            op.operands(|operand| own |= touched.get(operand.index()) == Some(&true));
            touched.push(own);
        }
        touched
    }

    fn compare(
        &mut self,
        moved: Cell,
        moves: &Truth,
        id: InputId,
        direction: Direction,
        (nodes, guarantee): (&[NodeId], &Guarantee),
    ) -> Result<(), Inexpressible> {
        let touched = self.touched(id);
        let mut given = self.first.given.clone();
        if let Some(slot) = given.get_mut(id.index()) {
            slot.cell = moved;
        }
        let mut second = Terms {
            model: self.model,
            plan: self.plan,
            writer: self.writer,
            suffix: " moved",
            given,
            cells: Vec::with_capacity(self.plan.nodes.len()),
            lacking: Vec::new(),
        };
        second.run(Some((self.first, &touched)))?;
        let scored = second.scored()?;
        let cells = second.cells;
        let scored = self.writer.truth("scored moved", scored);
        let (there, before) = self.figure(&self.first.cells, nodes, 0, guarantee)?;
        let (still_there, after) = self.figure(&cells, nodes, 0, guarantee)?;
        let wrong = match direction {
            Direction::Rises => before.is_below(&after, Sort::Real),
            Direction::Falls => after.is_below(&before, Sort::Real),
        };
        let first = self.first.scored.clone();
        let broken = Truth::all([first, moves.clone(), scored, there, still_there, wrong]);
        self.ask_for(&broken);
        Ok(())
    }
}
