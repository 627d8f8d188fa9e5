//! Puts the members of a JSON object under the keys that the scheme declares.
//!
//! A member may be called by its key, its name or its label, at each level. What a key means that
//! the scheme does not know is left to the caller.

use assize::input::Given;
use indexmap::IndexMap;

use super::names::{Entry, Holds, Names};
use super::refusal::RowFault;

/// Puts the members of an object under the keys that the scheme declares, at every level that
/// `names` knows. Unknown keys stay as they are.
///
/// # Errors
///
/// If one input stands under two of its names, or a name means two inputs.
pub fn under_keys(
    members: IndexMap<String, Given>,
    names: &Names,
) -> Result<IndexMap<String, Given>, RowFault> {
    let mut values = IndexMap::new();
    let mut written: IndexMap<String, String> = IndexMap::new();
    for (text, value) in members {
        let (key, value) = match meant(&text, names)? {
            Some(entry) => (entry.key.clone(), inside(value, &entry.holds)?),
            None => (text.clone(), value),
        };
        if let Some(first) = written.get(&key) {
            return Err(RowFault::TwoNames {
                field: key,
                first: first.clone(),
                second: text,
            });
        }
        written.insert(key.clone(), text);
        values.insert(key, value);
    }
    Ok(values)
}

fn inside(value: Given, holds: &Holds) -> Result<Given, RowFault> {
    match (value, holds) {
        (Given::Map(members), Holds::Named { names, .. }) => {
            Ok(Given::Map(under_keys(members, names)?))
        }
        (Given::List(elements), Holds::List(element)) => {
            let elements = elements.into_iter().map(|value| inside(value, element));
            Ok(Given::List(elements.collect::<Result<_, _>>()?))
        }
        (value, _) => Ok(value),
    }
}

/// The one input that a key means. A key that is written as declared wins over labels: programs
/// write keys. Members of several kinds that share their key are one input here.
pub fn meant<'a>(text: &str, names: &'a Names) -> Result<Option<&'a Entry>, RowFault> {
    let mut meant = names.meant_by(text);
    let Some(first) = meant.next() else {
        return Ok(None);
    };
    let Some(second) = meant.find(|other| other.key != first.key) else {
        return Ok(Some(first));
    };
    let by_key = names.entries().iter().find(|entry| entry.key == text);
    match by_key {
        Some(entry) => Ok(Some(entry)),
        None => Err(RowFault::AmbiguousKey {
            key: text.to_owned(),
            first: first.key.clone(),
            second: second.key.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::object;
    use super::super::names::tests::{inputs, one};
    use super::*;

    #[test]
    fn names_and_labels_become_keys() {
        let names = Names::of_fields(&inputs());
        let text = "{\"各档人数\":{\"很满意\":3,\"好\":1},\"x\":1}";
        let read = under_keys(object(text, 64).unwrap(), &names).unwrap();
        let expected = "{\"survey_counts\":{\"很满意\":3,\"好\":1},\"x\":1}";
        assert_eq!(read, object(expected, 64).unwrap());
    }

    #[test]
    fn one_input_under_two_names_is_a_conflict() {
        let names = Names::of_fields(&inputs());
        let text = "{\"issues_found\":1,\"检查发现的问题\":1}";
        assert_eq!(
            under_keys(object(text, 64).unwrap(), &names),
            Err(RowFault::TwoNames {
                field: "issues_found".to_owned(),
                first: "issues_found".to_owned(),
                second: "检查发现的问题".to_owned(),
            })
        );
        let names = Names::of_fields(&[one("a", "得分"), one("b", "得分"), one("得分", "")]);
        assert_eq!(meant("得分", &names).unwrap().unwrap().key, "得分");
        let names = Names::of_fields(&[one("a", "得分"), one("b", "得分")]);
        assert!(meant("得分", &names).is_err());
    }
}
