//! What a heading means: the path to an input, by keys, names or labels.
//!
//! A heading is first read as a whole path; only if it is none, as the own name of a member or a
//! map key, and then it must mean one. A key that a known map does not have is handed on, for the
//! row to be refused by whoever knows the map.

use super::error::HeadingFault;
use super::names::{Entry, Holds, Names, Written};
use super::place::ColumnName;
use super::suggest;

/// The input that a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// Its declared name, without a path.
    pub name: String,
    /// Whether several values stand in one cell: a list, or a map in the order of its keys.
    pub list: bool,
    /// What a stored number of a workbook may stand for.
    pub written: Written,
}

/// What a heading may mean.
enum Meaning {
    Input(Target),
    /// Under a map or a group that does not have this key.
    UnknownKey(Target),
    /// An input that does not fit in one column, and a heading that would do.
    Many(Vec<String>, Option<String>),
    /// A list whose rows stand in a table of their own.
    Rows(Vec<String>),
}

impl Meaning {
    fn path(&self) -> &[String] {
        match self {
            Self::Input(target) | Self::UnknownKey(target) => &target.path,
            Self::Many(path, _) | Self::Rows(path) => path,
        }
    }
}

/// The input that a heading means; `None` if it means nothing.
pub fn meaning(title: &ColumnName, names: &Names) -> Result<Option<Target>, HeadingFault> {
    if title.heading.is_empty() {
        return Ok(None);
    }
    let mut meanings = Vec::new();
    in_full(&title.heading, names, &[], &mut meanings);
    if meanings
        .iter()
        .any(|m| !matches!(m, Meaning::UnknownKey(_)))
    {
        meanings.retain(|meaning| !matches!(meaning, Meaning::UnknownKey(_)));
    }
    if meanings.is_empty() {
        in_short(&title.heading, names, &[], &mut meanings);
    }
    let mut meanings = meanings.into_iter();
    let Some(first) = meanings.next() else {
        return Ok(None);
    };
    if let Some(second) = meanings.find(|other| other.path() != first.path()) {
        return Err(HeadingFault::Ambiguous {
            column: title.clone(),
            first: first.path().join("."),
            second: second.path().join("."),
        });
    }
    match first {
        Meaning::Input(target) | Meaning::UnknownKey(target) => Ok(Some(target)),
        Meaning::Many(_, instead) => Err(HeadingFault::OfMany {
            column: title.clone(),
            instead,
        }),
        Meaning::Rows(path) => Err(HeadingFault::OfRows {
            column: title.clone(),
            list: path.join("."),
        }),
    }
}

/// Reads a heading as a whole path, from the outermost level.
fn in_full(heading: &str, names: &Names, before: &[String], meanings: &mut Vec<Meaning>) {
    for entry in names.meant_by(heading) {
        let path = longer(before, &entry.key);
        meanings.push(match &entry.holds {
            Holds::One(written) => leaf(path, entry, *written),
            holds @ Holds::List(_) if !holds.is_one_cell() => Meaning::Rows(path),
            Holds::List(_) | Holds::Named { in_order: true, .. } => leaf_of_several(path, entry),
            Holds::Named { names: inner, .. } => {
                let member = inner.entries().first();
                let instead = member.map(|member| format!("{heading}.{}", member.heading));
                Meaning::Many(path, instead)
            }
            Holds::Free => Meaning::Many(path, Some(format!("{heading}.…"))),
        });
    }
    for (dot, _) in heading.match_indices('.') {
        let Some((outer, rest)) = heading.split_at_checked(dot) else {
            continue;
        };
        let rest = rest.strip_prefix('.').unwrap_or(rest).trim();
        if rest.is_empty() {
            continue;
        }
        for entry in names.meant_by(outer) {
            let path = longer(before, &entry.key);
            match &entry.holds {
                holds @ Holds::List(_) if !holds.is_one_cell() => {
                    meanings.push(Meaning::Rows(path));
                }
                Holds::One(_) | Holds::List(_) => {}
                Holds::Named { names: inner, .. } => {
                    let count = meanings.len();
                    in_full(rest, inner, &path, meanings);
                    if meanings.len() == count {
                        meanings.push(Meaning::UnknownKey(under(&path, rest, entry)));
                    }
                }
                Holds::Free => meanings.push(Meaning::Input(under(&path, rest, entry))),
            }
        }
    }
}

/// Reads a heading as the own name of a member or a map key, at any level.
fn in_short(heading: &str, names: &Names, before: &[String], meanings: &mut Vec<Meaning>) {
    for entry in names.entries() {
        let Holds::Named { names: inner, .. } = &entry.holds else {
            continue;
        };
        let path = longer(before, &entry.key);
        for member in inner.meant_by(heading) {
            let path = longer(&path, &member.key);
            match &member.holds {
                Holds::One(written) => meanings.push(leaf(path, member, *written)),
                holds @ Holds::List(_) if !holds.is_one_cell() => {}
                Holds::List(_) | Holds::Named { in_order: true, .. } => {
                    meanings.push(leaf_of_several(path, member));
                }
                Holds::Named { .. } | Holds::Free => {}
            }
        }
        in_short(heading, inner, &path, meanings);
    }
}

fn leaf(path: Vec<String>, entry: &Entry, written: Written) -> Meaning {
    Meaning::Input(Target {
        path,
        name: entry.name.clone(),
        list: false,
        written,
    })
}

fn leaf_of_several(path: Vec<String>, entry: &Entry) -> Meaning {
    Meaning::Input(Target {
        path,
        name: entry.name.clone(),
        list: true,
        written: Written::Plain,
    })
}

/// A key that data gives, below an input.
fn under(path: &[String], key: &str, entry: &Entry) -> Target {
    Target {
        path: longer(path, key),
        name: entry.name.clone(),
        list: false,
        written: Written::Plain,
    }
}

fn longer(path: &[String], key: &str) -> Vec<String> {
    path.iter().cloned().chain([key.to_owned()]).collect()
}

/// The known heading that is nearest to one that is unknown.
#[must_use]
pub fn near(heading: &str, names: &Names) -> Option<String> {
    let mut known = headings_of(names);
    for entry in names.entries() {
        known.push(entry.key.clone());
        if let Holds::Named { names: inner, .. } = &entry.holds {
            known.extend(inner.entries().iter().map(|member| member.heading.clone()));
        }
    }
    let nearest = suggest::nearest(heading, known.iter().map(String::as_str));
    nearest.map(str::to_owned)
}

/// A heading for each input that fits in a column, by label where there is one. Lists of rows
/// have none: they stand in tables of their own.
#[must_use]
pub fn headings_of(names: &Names) -> Vec<String> {
    let mut headings: Vec<String> = Vec::new();
    for entry in names.entries() {
        let own = match &entry.holds {
            holds if holds.is_one_cell() => vec![entry.heading.clone()],
            Holds::Named { names: inner, .. } => headings_of(inner)
                .into_iter()
                .map(|member| format!("{}.{member}", entry.heading))
                .collect(),
            Holds::Free => vec![format!("{}.…", entry.heading)],
            Holds::One(_) | Holds::List(_) => Vec::new(),
        };
        for heading in own {
            if !headings.contains(&heading) {
                headings.push(heading);
            }
        }
    }
    headings
}
