//! Parameters that are fixed for a whole run.

use crate::input::bind::bind;
use crate::input::{FieldShape, InputField, Subject};
use crate::model::Model;
use crate::outcome::{Fault, Refusal};
use crate::plan::Plan;
use crate::scheme::Scheme;
use crate::text::words;
use crate::value::from_plan::from_plan;
use crate::value::to_outcome::Reading;

/// Checks parameters before any subject is read: their names, types and ranges. Those of the
/// schemes that score rows of this one are given here too.
pub(crate) fn parameters(model: &Model, plan: &Plan, given: &Subject) -> Result<(), Refusal> {
    let fields = fields(model);
    for name in given.values.keys() {
        if !fields.iter().any(|field| is_parameter(field, name)) {
            let mut known: Vec<&str> = fields
                .iter()
                .filter(|field| field.parameter)
                .map(|field| field.key.as_str())
                .collect();
            known.sort_unstable();
            known.dedup();
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
    let computed = from_plan(plan, &bound.cells);
    let reading = Reading {
        model,
        plan,
        computed: &computed,
    };
    let refused = reading.data(&bound);
    if let Some(refusal) = refused.or_else(|| bound.conflicts.first().cloned()) {
        return Err(refusal);
    }
    let mut children = model.children.iter();
    children.try_for_each(|child| parameters_of_child(child, given))
}

/// The parameters of a scheme that scores rows, among those given.
fn parameters_of_child(child: &Scheme, given: &Subject) -> Result<(), Refusal> {
    let known = fields(child.model());
    let own = given.values.iter().filter(|(name, _)| {
        let mut known = known.iter();
        known.any(|field| is_parameter(field, name))
    });
    let values = own
        .map(|(name, given)| (name.clone(), given.clone()))
        .collect();
    parameters(child.model(), child.plan(), &Subject { values })
}

/// The fields of a scheme and of those that score its rows.
fn fields(model: &Model) -> Vec<&InputField> {
    let mut all = Vec::new();
    let mut open = vec![model];
    while let Some(model) = open.pop() {
        all.extend(&model.fields);
        open.extend(model.children.iter().map(Scheme::model));
    }
    all
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
