//! Parameters that are fixed for a whole run.

use crate::input::bind::bind;
use crate::input::{FieldShape, InputField, Subject};
use crate::model::Model;
use crate::outcome::{Fault, Refusal};
use crate::plan::Plan;
use crate::text::words;
use crate::value::from_plan::from_plan;
use crate::value::to_outcome::Reading;

/// Checks parameters before any subject is read: their names, types and ranges.
pub(crate) fn parameters(model: &Model, plan: &Plan, given: &Subject) -> Result<(), Refusal> {
    for name in given.values.keys() {
        if !model.fields.iter().any(|field| is_parameter(field, name)) {
            let known: Vec<&str> = model
                .fields
                .iter()
                .filter(|field| field.parameter)
                .map(|field| field.key.as_str())
                .collect();
            let list = known.join(", ");
            return Err(Refusal {
                code: Fault::Domain,
                field: name.clone(),
                message: if known.is_empty() {
                    words!(
                        "the scheme has no parameter `{name}`, nor any other",
                        "方案没有参数“{name}”，也没有其他参数"
                    )
                } else {
                    words!(
                        "the scheme has no parameter `{name}`; it has: {list}",
                        "方案没有参数“{name}”；现有参数：{list}"
                    )
                },
            });
        }
    }
    let bound = bind(model, &Subject::default(), given);
    let cells = from_plan(plan, &bound.cells);
    let reading = Reading {
        model,
        plan,
        cells: &cells,
    };
    match reading
        .data(&bound)
        .or_else(|| bound.conflicts.first().cloned())
    {
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

fn is_parameter(field: &InputField, name: &str) -> bool {
    let own = field.parameter
        && (field.key == name || field.name == name || field.label.as_deref() == Some(name));
    match &field.shape {
        FieldShape::Either(members) => members.iter().any(|member| is_parameter(member, name)),
        FieldShape::Group(_)
        | FieldShape::One(_)
        | FieldShape::List(_)
        | FieldShape::Named(_)
        | FieldShape::OneOf { .. }
        | FieldShape::Map { .. } => own,
    }
}
