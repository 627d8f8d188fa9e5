//! Any text can be checked, and a scheme without errors gives an outcome and an explanation,
//! whatever the data.
//!
//! Whether the outcome is right is for the cases; here nothing may panic, hang or exceed a limit.

use assize::input::{FieldShape, FieldType, Given, InputField, Subject};
use assize::text::{Language, Limits};

/// Panics where the text shows a mistake of the checker or the evaluator.
pub fn holds(text: &str) {
    let limits = Limits::default();
    let checked = assize::check_within(text, &limits);
    assert!(checked.diagnostics.len() <= limits.diagnostics);
    for found in &checked.diagnostics {
        assert!(text.get(found.span.range()).is_some(), "{:?}", found.span);
    }
    let Some(scheme) = checked.scheme else { return };
    let Ok(prepared) = scheme.prepare(Subject::default()) else {
        return;
    };
    for figure in ["0", "1", "-1", "0.7", "79228162514264337593543950335"] {
        let subject = Subject {
            values: filled(scheme.inputs(), figure),
        };
        let (outcome, explanation) = prepared.explain(&subject);
        assert_eq!(prepared.evaluate(&subject), outcome);
        assert!(!explanation.to_text(Language::Chinese).is_empty());
    }
    let (_, explanation) = prepared.explain(&Subject::default());
    assert!(!explanation.to_text(Language::English).is_empty());
}

/// Every input, with the same figure or the first option.
fn filled(fields: &[InputField], figure: &str) -> indexmap::IndexMap<String, Given> {
    fields
        .iter()
        .flat_map(|field| match &field.shape {
            FieldShape::Either(members) => filled(members, figure).into_iter().collect::<Vec<_>>(),
            shape => vec![(field.key.clone(), given(shape, figure))],
        })
        .collect()
}

fn given(shape: &FieldShape, figure: &str) -> Given {
    match shape {
        FieldShape::One(of) => one(of, figure),
        FieldShape::List(of) => Given::List(vec![given(of, figure); 3]),
        FieldShape::Named(value) => Given::Map(
            ["a", "b"]
                .map(|name| (name.to_owned(), one(value, figure)))
                .into_iter()
                .collect(),
        ),
        FieldShape::OneOf { tag, kinds } => {
            let mut members = vec![(**tag).clone()];
            members.extend(kinds.first().into_iter().flatten().cloned());
            Given::Map(filled(&members, figure))
        }
        FieldShape::Map { keys, value, .. } => Given::Map(
            keys.iter()
                .map(|(key, _)| (key.clone(), one(value, figure)))
                .collect(),
        ),
        FieldShape::Group(members) | FieldShape::Either(members) => {
            Given::Map(filled(members, figure))
        }
    }
}

fn one(of: &FieldType, figure: &str) -> Given {
    match of {
        FieldType::Count | FieldType::Figure | FieldType::Money | FieldType::Text => {
            Given::Text(figure.to_owned())
        }
        FieldType::Date => Given::Text("2024-02-29".to_owned()),
        FieldType::Time => Given::Text("2024-02-29T08:00:00".to_owned()),
        FieldType::Duration => Given::Text(format!("{figure} minutes")),
        FieldType::Flag => Given::Flag(figure == "1"),
        FieldType::Option(options) => match options.first() {
            Some((name, _)) => Given::Text(name.clone()),
            None => Given::Nothing,
        },
    }
}
