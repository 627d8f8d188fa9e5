//! Several values as terms: the figures of a map by a choice, a list as long as it is written, and
//! one figure of many.

use super::Inexpressible;
use super::cells::{Cell, Lack, Value};
use super::ops::Terms;
use super::text::{Figure, Sort, Truth};
use crate::number::Rational;
use crate::plan::NodeId;
use crate::syntax::Aggregate;

impl Terms<'_> {
    /// The cells of a list or map, and whether it is a map.
    fn several(&self, id: NodeId) -> Result<(&[Cell], bool), Inexpressible> {
        match &self.cell(id).value {
            Value::Several { cells, keyed } => Ok((cells, *keyed)),
            Value::Nothing => Ok((&[], false)),
            other => Err(self.opaque(id, other)),
        }
    }

    pub(super) fn filled(
        &self,
        of: NodeId,
        value: NodeId,
        whole: bool,
    ) -> Result<Cell, Inexpressible> {
        let (cells, keyed) = self.several(of)?;
        let (of, value) = (self.cell(of), self.cell(value));
        let missing = &of.lack.missing;
        let cells = cells
            .iter()
            .map(|cell| {
                let filled = Cell::pick(&cell.lack.missing, value, cell);
                if whole {
                    Cell::pick(missing, value, &filled)
                } else {
                    filled
                }
            })
            .collect();
        let mut lack = of.lack.clone();
        if whole {
            lack.missing = Truth::NO;
        }
        Ok(Cell {
            lack: value.lack.or_else(&lack),
            value: Value::Several { cells, keyed },
        })
    }

    pub(super) fn listed(
        &self,
        list: &[(NodeId, String)],
        wanted: bool,
    ) -> Result<Cell, Inexpressible> {
        let mut names = Vec::with_capacity(list.len());
        let mut lacks = Vec::with_capacity(list.len());
        for (node, name) in list {
            self.flag(*node)?;
            let cell = self.cell(*node);
            lacks.push(cell.lack.without_absence());
            names.push((cell.says(wanted), name.clone()));
        }
        Ok(Cell {
            lack: Lack::reason(&lacks.iter().collect::<Vec<_>>()),
            value: Value::Names(names),
        })
    }

    pub(super) fn several_of(&self, list: &[NodeId], keyed: bool) -> Cell {
        Cell::of(Value::Several {
            cells: list.iter().map(|id| self.cell(*id).clone()).collect(),
            keyed,
        })
    }

    pub(super) fn at(&self, map: NodeId, key: NodeId) -> Result<Cell, Inexpressible> {
        let (cells, _) = self.several(map)?;
        let place = match &self.cell(key).value {
            Value::Option(place) => place.clone(),
            Value::Nothing => Figure::ZERO,
            other => return Err(self.opaque(key, other)),
        };
        let nothing = Cell::lacking(Lack::missing(Truth::YES));
        let found = (0_i64..).zip(cells).fold(nothing, |rest, (at, cell)| {
            let here = place.equals(&Figure::whole(at), Sort::Int);
            Cell::pick(&here, cell, &rest)
        });
        Ok(found.behind(&self.reason(&[map, key])))
    }

    pub(super) fn counting(&self, list: NodeId, value: NodeId) -> Result<Cell, Inexpressible> {
        let (cells, keyed) = self.several(list)?;
        let value = self.cell(value);
        let cells = cells
            .iter()
            .map(|cell| Cell::pick(&cell.lack.absent(), value, cell))
            .collect();
        Ok(Cell {
            lack: self.cell(list).lack.clone(),
            value: Value::Several { cells, keyed },
        })
    }

    pub(super) fn quantified(&self, flags: NodeId, deciding: bool) -> Result<Cell, Inexpressible> {
        let (cells, _) = self.several(flags)?;
        let decided = Truth::any(cells.iter().map(|cell| cell.says(deciding)));
        let lacks: Vec<&Lack> = cells.iter().map(|cell| &cell.lack).collect();
        let cell = Cell {
            lack: Lack::reason(&lacks).when(&decided.not()),
            value: Value::Flag(if deciding { decided } else { decided.not() }),
        };
        Ok(cell.behind(&self.cell(flags).lack))
    }

    pub(super) fn share(&self, flags: NodeId) -> Result<Cell, Inexpressible> {
        let (cells, _) = self.several(flags)?;
        let lacks: Vec<&Lack> = cells.iter().map(|cell| &cell.lack).collect();
        let yes: Vec<Figure> = cells
            .iter()
            .map(|cell| Figure::pick(&cell.says(true), &Figure::ONE, &Figure::ZERO, Sort::Real))
            .collect();
        let all = Figure::whole(i64::try_from(cells.len()).unwrap_or(i64::MAX));
        let cell = Cell {
            lack: Lack::reason(&lacks).or_else(&Lack::empty(Truth::Is(cells.is_empty()))),
            value: Value::Number(Figure::sum(&yes).over(&all)),
        };
        Ok(cell.behind(&self.cell(flags).lack))
    }

    pub(super) fn mean_of_tally(
        &self,
        tally: NodeId,
        points: &[NodeId],
    ) -> Result<Cell, Inexpressible> {
        let (counts, _) = self.several(tally)?;
        let mut lack = self.cell(tally).lack.clone();
        let (mut times, mut parts) = (Vec::new(), Vec::new());
        for (count, points) in counts.iter().zip(points) {
            let own = match &count.value {
                Value::Number(own) => own,
                Value::Nothing => &Figure::ZERO,
                other => return Err(self.opaque(tally, other)),
            };
            // Points that nobody gave need no value.
            let some = own.equals(&Figure::ZERO, Sort::Real).not();
            lack = lack
                .or_else(&count.lack)
                .or_else(&self.cell(*points).lack.when(&some));
            parts.push(own.times(&self.figure(*points)?));
            times.push(own.clone());
        }
        let answers = Figure::sum(&times);
        let nobody = answers.equals(&Figure::ZERO, Sort::Real);
        Ok(Cell {
            lack: lack.or_else(&Lack::empty(nobody)),
            value: Value::Number(Figure::sum(&parts).over(&answers)),
        })
    }

    /// One figure of many, over the elements of lists or over the operands.
    pub(super) fn aggregate(
        &mut self,
        id: NodeId,
        kind: Aggregate,
        of: &[NodeId],
        (of_many, tally): (bool, bool),
    ) -> Result<Cell, Inexpressible> {
        if kind == Aggregate::Count && of_many && !tally {
            return self.count(of);
        }
        let mut lack = Lack::NONE;
        let mut elements: Vec<Cell> = Vec::new();
        if of_many {
            for list in of {
                let (cells, _) = self.several(*list)?;
                let lacks: Vec<&Lack> = cells.iter().map(|cell| &cell.lack).collect();
                lack = lack
                    .or_else(&self.cell(*list).lack)
                    .or_else(&Lack::reason(&lacks));
                elements.extend(cells.iter().cloned());
            }
        } else {
            lack = self.reason(of);
            elements.extend(of.iter().map(|id| self.cell(*id).clone()));
        }
        let nothing = Lack::empty(Truth::Is(elements.is_empty()));
        let many = Figure::whole(i64::try_from(elements.len()).unwrap_or(i64::MAX));
        if matches!(kind, Aggregate::Min | Aggregate::Max) {
            let best = self.best(id, kind == Aggregate::Min, &elements)?;
            return Ok(Cell {
                lack: lack.or_else(&nothing),
                value: best,
            });
        }
        if kind == Aggregate::Count && !tally {
            return Ok(Cell {
                lack,
                value: Value::Number(many),
            });
        }
        let mut figures = Vec::with_capacity(elements.len());
        for element in &elements {
            figures.push(match &element.value {
                Value::Number(figure) => figure.clone(),
                Value::Nothing => Figure::ZERO,
                other => return Err(self.opaque(id, other)),
            });
        }
        let name = self.name(id);
        let (value, may_be_empty) = match kind {
            Aggregate::Sum | Aggregate::Count => (Figure::sum(&figures), false),
            Aggregate::Mean => (Figure::sum(&figures).over(&many), true),
            // The root of a standard deviation is drawn where it is rounded.
            Aggregate::Variance | Aggregate::StandardDeviation => {
                let mean = Figure::sum(&figures).over(&many);
                let mean = self
                    .writer
                    .figure(&format!("{name} mean"), mean, Sort::Real);
                let squares: Vec<Figure> = figures
                    .iter()
                    .map(|figure| figure.minus(&mean))
                    .map(|apart| apart.times(&apart))
                    .collect();
                (Figure::sum(&squares).over(&many), true)
            }
            Aggregate::Median => (self.median(&name, &figures), true),
            Aggregate::Min | Aggregate::Max => (Figure::ZERO, true),
        };
        if may_be_empty {
            lack = lack.or_else(&nothing);
        }
        Ok(Cell {
            lack,
            value: Value::Number(value),
        })
    }

    /// How many elements there are; a key of a map without a figure is none.
    fn count(&self, of: &[NodeId]) -> Result<Cell, Inexpressible> {
        let mut lack = Lack::NONE;
        let mut ones = Vec::new();
        for list in of {
            let (cells, keyed) = self.several(*list)?;
            lack = lack.or_else(&self.cell(*list).lack);
            for cell in cells {
                lack = lack.or_else(&cell.lack.without_absence());
                let absent = cell.lack.absent().and(&Truth::Is(keyed));
                ones.push(Figure::pick(
                    &absent,
                    &Figure::ZERO,
                    &Figure::ONE,
                    Sort::Real,
                ));
            }
        }
        Ok(Cell {
            lack,
            value: Value::Number(Figure::sum(&ones)),
        })
    }

    /// The least or greatest of values that are all there.
    fn best(&mut self, id: NodeId, least: bool, elements: &[Cell]) -> Result<Value, Inexpressible> {
        let mut best = Value::Nothing;
        for (place, element) in elements.iter().enumerate() {
            let better = match (&best, &element.value) {
                (Value::Nothing, _) => Truth::YES,
                (_, Value::Nothing) => Truth::NO,
                (best, value) => match value.ordered(best) {
                    Some((value, best, sort)) if least => value.is_below(best, sort),
                    Some((value, best, sort)) => best.is_below(value, sort),
                    None => return Err(self.opaque(id, value)),
                },
            };
            let name = format!("{} of {place}", self.name(id));
            let kept = Cell::of(best);
            let picked = Cell::pick(&better, &Cell::of(element.value.clone()), &kept);
            best = picked.settled(&name, self.writer).value;
        }
        Ok(best)
    }

    /// The middle one, or the mean of the two around the middle.
    fn median(&mut self, name: &str, figures: &[Figure]) -> Figure {
        let middle = figures.len() / 2;
        let upper = self.in_order(&format!("{name} upper"), figures, middle);
        if figures.len() % 2 == 1 {
            return upper;
        }
        let lower = self.in_order(&format!("{name} lower"), figures, middle.saturating_sub(1));
        upper.plus(&lower).over(&Figure::whole(2))
    }

    /// The figure of that place in rising order, from 0: fewer or as many lie below it, and more
    /// do not lie above.
    fn in_order(&mut self, name: &str, figures: &[Figure], place: usize) -> Figure {
        let place = Figure::whole(i64::try_from(place).unwrap_or(i64::MAX));
        let count = |truths: Vec<Truth>| -> Figure {
            let ones: Vec<Figure> = truths
                .iter()
                .map(|truth| Figure::pick(truth, &Figure::ONE, &Figure::ZERO, Sort::Real))
                .collect();
            Figure::sum(&ones)
        };
        let mut found = Figure::Is(Rational::ZERO);
        for figure in figures {
            let below = figures.iter().map(|own| own.is_below(figure, Sort::Real));
            let up_to = figures.iter().map(|own| own.is_at_most(figure, Sort::Real));
            let below = count(below.collect()).is_at_most(&place, Sort::Real);
            let up_to = place.is_below(&count(up_to.collect()), Sort::Real);
            found = Figure::pick(&below.and(&up_to), figure, &found, Sort::Real);
        }
        self.writer.figure(name, found, Sort::Real)
    }
}
