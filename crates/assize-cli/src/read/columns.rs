//! Which column of a table holds which input, and how the cells of a row become a subject.
//!
//! A column is headed by the key, the name or the label of an input, joined by dots at each level
//! of nesting (`sub_scores.attitude`, `各档人数.很满意`); a member or a map key may stand alone
//! where that means one input only. A heading that may mean two inputs, and an input headed twice,
//! end the run. A group or a map is given when one of its cells is not empty.

use assize::input::{Given, InputField, Subject};
use assize::text::Words;
use indexmap::IndexMap;

use super::error::HeadingFault;
use super::headings::{Target, headings_of, meaning, near};
use super::names::{Names, normal};
use super::place::ColumnName;
use crate::words::words;

/// The columns that name the subject of a row and its period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectColumn {
    /// The name, the key and the label of what the scheme assesses.
    pub headings: Vec<String>,
    /// What heads the column of the period.
    pub period: Vec<String>,
    /// What heads the column that names a row of an outer list, in the table of an inner one.
    pub outer: Vec<String>,
}

impl SubjectColumn {
    /// Whether `text` heads the column of the subject.
    #[must_use]
    pub fn is_name(&self, text: &str) -> bool {
        names_one_of(text, &self.headings)
    }

    /// Whether `text` heads the column of the period.
    #[must_use]
    pub fn is_period(&self, text: &str) -> bool {
        names_one_of(text, &self.period)
    }

    /// Whether `text` heads the column that names a row of an outer list.
    #[must_use]
    pub fn is_outer(&self, text: &str) -> bool {
        names_one_of(text, &self.outer)
    }
}

fn names_one_of(text: &str, headings: &[String]) -> bool {
    let text = normal(text);
    headings.iter().any(|heading| normal(heading) == text)
}

/// The columns of one table.
#[derive(Debug, Default)]
pub struct Columns {
    columns: Vec<Column>,
    name: Option<usize>,
    period: Option<usize>,
    outer: Option<usize>,
}

#[derive(Debug)]
struct Column {
    title: ColumnName,
    target: Option<Target>,
}

/// A row of cells, once it is known what they are.
#[derive(Debug)]
pub struct ReadCells {
    /// The subject's name, where its cell is not empty.
    pub name: Option<String>,
    /// The period, where its cell is not empty.
    pub period: Option<String>,
    /// The row of the outer list, where its cell is not empty.
    pub outer: Option<String>,
    /// The figures.
    pub subject: Subject,
}

impl Columns {
    /// Finds the input of each heading. Returns warnings for headings that mean nothing.
    ///
    /// # Errors
    ///
    /// If a heading may mean two inputs, if two headings mean one input, if a heading names an
    /// input that does not fit in one column, or if no heading at all is known.
    pub fn of_headings(
        headings: Vec<String>,
        fields: &[InputField],
        subject: &SubjectColumn,
    ) -> Result<(Self, Vec<Words>), HeadingFault> {
        let names = Names::of_fields(fields);
        let mut columns = Self::default();
        let mut warnings = Vec::new();
        let mut known = false;
        for (number, heading) in headings.into_iter().enumerate() {
            let title = ColumnName {
                number,
                heading: heading.trim().to_owned(),
            };
            let target = meaning(&title, &names)?;
            if let Some(target) = &target {
                columns.refuse_second(&title, target)?;
            }
            let is_name = subject.is_name(&title.heading);
            let is_period = subject.is_period(&title.heading);
            if is_name {
                columns.refuse_second_of(columns.name, &title)?;
                columns.name = Some(number);
            }
            if is_period {
                columns.refuse_second_of(columns.period, &title)?;
                columns.period = Some(number);
            }
            let is_outer = subject.is_outer(&title.heading);
            if is_outer {
                columns.refuse_second_of(columns.outer, &title)?;
                columns.outer = Some(number);
            }
            if target.is_some() || is_name || is_period || is_outer {
                known = true;
            } else if !title.heading.is_empty() {
                warnings.push(unknown(&title, &names));
            }
            columns.columns.push(Column { title, target });
        }
        if !known && !names.is_empty() {
            return Err(HeadingFault::NoneKnown {
                expected: headings_of(&names).into_iter().take(6).collect(),
            });
        }
        Ok((columns, warnings))
    }

    /// How many columns have a heading, or stand before one that has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.columns.len()
    }

    /// The column that holds the input of this declared name.
    #[must_use]
    pub fn of_input(&self, name: &str) -> Option<&ColumnName> {
        let holds = |column: &&Column| {
            let target = column.target.as_ref();
            target.is_some_and(|target| {
                target.name == name || target.path.iter().any(|key| key == name)
            })
        };
        self.columns.iter().find(holds).map(|column| &column.title)
    }

    /// Whether there is a column of periods.
    #[must_use]
    pub const fn has_period(&self) -> bool {
        self.period.is_some()
    }

    /// Whether there is a column that names the subject.
    #[must_use]
    pub const fn has_name(&self) -> bool {
        self.name.is_some()
    }

    /// Whether there is a column that names a row of an outer list.
    #[must_use]
    pub const fn has_outer(&self) -> bool {
        self.outer.is_some()
    }

    /// The heading of a column.
    #[must_use]
    pub fn title(&self, number: usize) -> Option<&ColumnName> {
        self.columns.get(number).map(|column| &column.title)
    }

    /// The input that a column holds.
    #[must_use]
    pub fn target(&self, number: usize) -> Option<&Target> {
        self.columns.get(number)?.target.as_ref()
    }

    /// Whether something reads this column.
    #[must_use]
    pub fn is_read(&self, number: usize) -> bool {
        let special = [self.name, self.period, self.outer];
        self.target(number).is_some() || special.contains(&Some(number))
    }

    /// Whether this column has no heading.
    #[must_use]
    pub fn is_unheaded(&self, number: usize) -> bool {
        self.title(number)
            .is_none_or(|title| title.heading.is_empty())
    }

    /// Makes a subject of the cells of one row. `cell` answers what stands in a column.
    pub fn read(&self, mut cell: impl FnMut(usize) -> Given) -> ReadCells {
        let mut values = IndexMap::new();
        for (number, column) in self.columns.iter().enumerate() {
            let Some(target) = &column.target else {
                continue;
            };
            let given = match cell(number) {
                Given::Text(text) if target.list => list(&text),
                given @ (Given::Number(_) | Given::Flag(_)) if target.list => {
                    Given::List(vec![given])
                }
                given => given,
            };
            // A group with nothing in it is not given; an input of its own is, as nothing.
            if target.path.len() == 1 || given != Given::Nothing {
                put(&mut values, &target.path, given);
            }
        }
        let mut word = |number: Option<usize>| match cell(number?) {
            Given::Text(text) | Given::Number(text) => Some(text),
            Given::Flag(flag) => Some(flag.to_string()),
            Given::Nothing | Given::List(_) | Given::Map(_) => None,
        };
        ReadCells {
            name: word(self.name),
            period: word(self.period),
            outer: word(self.outer),
            subject: Subject { values },
        }
    }

    /// A second column of one input; a map in one cell and a column for one of its keys are two
    /// columns of the map.
    fn refuse_second(&self, title: &ColumnName, target: &Target) -> Result<(), HeadingFault> {
        let same = |column: &&Column| {
            let other = column.target.as_ref();
            other.is_some_and(|other| {
                other.path.starts_with(&target.path) || target.path.starts_with(&other.path)
            })
        };
        match self.columns.iter().find(same) {
            None => Ok(()),
            Some(first) => Err(HeadingFault::HeadedTwice {
                input: target.path.join("."),
                first: first.title.clone(),
                second: title.clone(),
            }),
        }
    }

    fn refuse_second_of(
        &self,
        first: Option<usize>,
        title: &ColumnName,
    ) -> Result<(), HeadingFault> {
        match first.and_then(|number| self.title(number)) {
            None => Ok(()),
            Some(first) => Err(HeadingFault::HeadedTwice {
                input: first.heading.clone(),
                first: first.clone(),
                second: title.clone(),
            }),
        }
    }
}

/// Sets the value at the end of a path, making the maps that lead to it.
fn put(values: &mut IndexMap<String, Given>, path: &[String], given: Given) {
    match path {
        [] => {}
        [key] => {
            values.insert(key.clone(), given);
        }
        [key, rest @ ..] => {
            let inner = values
                .entry(key.clone())
                .or_insert_with(|| Given::Map(IndexMap::new()));
            if let Given::Map(inner) = inner {
                put(inner, rest, given);
            }
        }
    }
}

/// The figures of a cell that holds a list. An empty piece is no value, as an empty cell is.
fn list(text: &str) -> Given {
    let piece = |piece: &str| match piece.trim() {
        "" => Given::Nothing,
        piece => Given::Text(piece.to_owned()),
    };
    Given::List(text.split([';', '；']).map(piece).collect())
}

/// The warning about a column that holds no input.
fn unknown(title: &ColumnName, names: &Names) -> Words {
    let column = title.words();
    let (en, zh) = (column.en, column.zh);
    match near(&title.heading, names) {
        Some(near) => words!(
            "{en} is not an input of the scheme and is not read; did you mean `{near}`?",
            "{zh}不是方案的输入，未读取；是否应为“{near}”？"
        ),
        None => words!(
            "{en} is not an input of the scheme and is not read",
            "{zh}不是方案的输入，未读取"
        ),
    }
}
