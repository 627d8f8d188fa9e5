//! Which subjects the data has, so that rows of lists find theirs.
//!
//! The data is read once for its names alone; they are held in memory, its figures are not.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::Rows;
use super::error::ReadError;
use super::refusal::RowError;

/// Whose rows they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    /// The subject.
    pub subject: String,
    /// Its period, where the rows of the list tell it.
    pub period: Option<String>,
}

/// Which subjects there are, and how often each stands in the data.
#[derive(Default)]
pub struct Parents {
    /// The file of the data.
    pub file: String,
    by_name: IndexMap<String, u64>,
    by_both: HashMap<(String, String), u64>,
}

impl Parents {
    /// Subjects that each stand in the data once.
    pub fn of_names<'a>(names: impl Iterator<Item = &'a str>, file: &str) -> Self {
        let mut parents = Self {
            file: file.to_owned(),
            ..Self::default()
        };
        for name in names {
            parents.add(name.to_owned(), None);
        }
        parents
    }

    /// Reads all rows of the data for the names of their subjects.
    ///
    /// # Errors
    ///
    /// If they cannot be read to the end.
    pub fn of_rows(rows: Rows, file: &str) -> Result<Self, ReadError> {
        let mut parents = Self::of_names(std::iter::empty(), file);
        for row in rows {
            match row {
                Ok(record) if record.is_named => parents.add(record.name, record.period),
                Ok(_) => {}
                Err(RowError::Refused(row)) => {
                    if row.is_named() {
                        parents.add(row.name, row.period);
                    }
                }
                Err(RowError::Stopped(error)) => return Err(*error),
            }
        }
        Ok(parents)
    }

    fn add(&mut self, name: String, period: Option<String>) {
        let count = self.by_name.entry(name.clone()).or_default();
        *count = count.saturating_add(1);
        if let Some(period) = period {
            let count = self.by_both.entry((name, period)).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// How often the owner of rows stands in the data.
    #[must_use]
    pub fn count(&self, owner: &Owner) -> u64 {
        let count = match &owner.period {
            None => self.by_name.get(&owner.subject),
            Some(period) => {
                let both = (owner.subject.clone(), period.clone());
                self.by_both.get(&both)
            }
        };
        count.copied().unwrap_or(0)
    }

    /// Whether the data has a subject of that name, in whatever period.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The names of the subjects.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }
}
