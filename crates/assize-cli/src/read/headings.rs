//! What a heading means: the path to an input, by keys, names or labels.
//!
//! A heading is first read as a whole path; only if it is none, as the own name of a member or a
//! map key, and then it must mean one. A key that a known map does not have is handed on, for the
//! row to be refused by whoever knows the map.

use super::error::HeadingFault;
use super::names::{Entry, Holds, Names};
use super::place::ColumnName;
use super::suggest;

/// The input that a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// Its declared name, without a path.
    pub name: String,
    /// Whether it is a list, which stands in one cell.
    pub list: bool,
}

/// What a heading may mean.
enum Meaning {
    Input(Target),
    /// Under a map or a group that does not have this key.
    UnknownKey(Target),
    /// An input that does not fit in one column, and a heading that would do.
    Many(Vec<String>, Option<String>),
}

impl Meaning {
    fn path(&self) -> &[String] {
        match self {
            Self::Input(target) | Self::UnknownKey(target) => &target.path,
            Self::Many(path, _) => path,
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
    }
}

/// Reads a heading as a whole path, from the outermost level.
fn in_full(heading: &str, names: &Names, before: &[String], meanings: &mut Vec<Meaning>) {
    for entry in names.meant_by(heading) {
        let path = longer(before, &entry.key);
        meanings.push(match &entry.holds {
            Holds::One => leaf(path, entry, false),
            Holds::List => leaf(path, entry, true),
            Holds::Named(inner) => {
                let member = inner.entries().first();
                let instead = member.map(|member| format!("{heading}.{}", member.heading));
                Meaning::Many(path, instead)
            }
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
                Holds::One | Holds::List => {}
                Holds::Named(inner) => {
                    let count = meanings.len();
                    in_full(rest, inner, &path, meanings);
                    if meanings.len() == count {
                        meanings.push(Meaning::UnknownKey(Target {
                            path: longer(&path, rest),
                            name: entry.name.clone(),
                            list: false,
                        }));
                    }
                }
            }
        }
    }
}

/// Reads a heading as the own name of a member or a map key, at any level.
fn in_short(heading: &str, names: &Names, before: &[String], meanings: &mut Vec<Meaning>) {
    for entry in names.entries() {
        let Holds::Named(inner) = &entry.holds else {
            continue;
        };
        let path = longer(before, &entry.key);
        for member in inner.meant_by(heading) {
            let path = longer(&path, &member.key);
            match &member.holds {
                Holds::One => meanings.push(leaf(path, member, false)),
                Holds::List => meanings.push(leaf(path, member, true)),
                Holds::Named(_) => {}
            }
        }
        in_short(heading, inner, &path, meanings);
    }
}

fn leaf(path: Vec<String>, entry: &Entry, list: bool) -> Meaning {
    Meaning::Input(Target {
        path,
        name: entry.name.clone(),
        list,
    })
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
        if let Holds::Named(inner) = &entry.holds {
            known.extend(inner.entries().iter().map(|member| member.heading.clone()));
        }
    }
    let nearest = suggest::nearest(heading, known.iter().map(String::as_str));
    nearest.map(str::to_owned)
}

/// A heading for each input that fits in a column, by label where there is one.
#[must_use]
pub fn headings_of(names: &Names) -> Vec<String> {
    let mut headings = Vec::new();
    for entry in names.entries() {
        match &entry.holds {
            Holds::One | Holds::List => headings.push(entry.heading.clone()),
            Holds::Named(inner) => {
                let members = headings_of(inner).into_iter();
                headings.extend(members.map(|member| format!("{}.{member}", entry.heading)));
            }
        }
    }
    headings
}
