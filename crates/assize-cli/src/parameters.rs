//! The parameters of a run: `--set NAME=VALUE`.
//!
//! Whether a value fits its parameter is decided by the scheme.

use assize::input::{Given, InputField, Subject};
use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::failure::Failure;
use crate::read::{Columns, HeadingFault, SubjectColumn};

/// The parameters of `--set NAME=VALUE`. A name is what may head a column, a value what may stand
/// in its cell; a list may also be written `[2, 3.5]`.
///
/// # Errors
///
/// If a setting is not `NAME=VALUE`, is given twice, or names more than one input.
pub fn parameters(settings: &[String], fields: &[InputField]) -> Result<Subject, Failure> {
    let mut values = IndexMap::new();
    for setting in settings {
        let named = setting.split_once('=');
        let Some((name, value)) = named.filter(|(name, _)| !name.trim().is_empty()) else {
            return Err(Failure::NotASetting {
                text: setting.clone(),
            });
        };
        let (name, given) = (name.trim(), given(value.trim()));
        let heading = vec![name.to_owned()];
        let set = match Columns::of_headings(heading, fields, &SubjectColumn::default()) {
            Ok((columns, _)) if columns.is_read(0) => {
                columns.read(|_| given.clone()).subject.values
            }
            // Whoever knows the parameters says that this is none of them.
            Ok(_) | Err(HeadingFault::NoneKnown { .. }) => {
                IndexMap::from([(name.to_owned(), given)])
            }
            Err(fault) => return Err(Failure::SettingUnclear(Box::new(fault))),
        };
        if !merge(&mut values, set) {
            return Err(Failure::SetTwice {
                name: name.to_owned(),
            });
        }
    }
    Ok(Subject { values })
}

fn given(value: &str) -> Given {
    let list = value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match list {
        None if value.is_empty() => Given::Nothing,
        None => Given::Text(value.to_owned()),
        Some(list) if list.trim().is_empty() => Given::List(Vec::new()),
        Some(list) => {
            let pieces = list.split([',', '，', ';', '；']);
            Given::List(pieces.map(|piece| given_one(piece.trim())).collect())
        }
    }
}

fn given_one(piece: &str) -> Given {
    if piece.is_empty() {
        Given::Nothing
    } else {
        Given::Text(piece.to_owned())
    }
}

/// Adds values to others. Answers whether none was there already.
fn merge(values: &mut IndexMap<String, Given>, more: IndexMap<String, Given>) -> bool {
    for (key, value) in more {
        match (values.entry(key), value) {
            (Entry::Vacant(entry), value) => {
                entry.insert(value);
            }
            (Entry::Occupied(mut entry), Given::Map(more)) => match entry.get_mut() {
                Given::Map(inner) => {
                    if !merge(inner, more) {
                        return false;
                    }
                }
                _ => return false,
            },
            (Entry::Occupied(_), _) => return false,
        }
    }
    true
}
