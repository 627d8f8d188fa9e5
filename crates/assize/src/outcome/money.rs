//! The money in what came out for a subject, added up by name.
//!
//! Amounts of consequences and results whose figures are money. Names are not added to each other
//! here: a fine and the pay from which it is taken may both be results.

use indexmap::IndexMap;

use super::{ResultValue, Scored};
use crate::model::{
    Consequence, Each, EachShape, Entry, ExprId, FigureKind, Model, RowKind, Shape, Type,
};
use crate::number::Rational;

/// Sums of money, in yuan, by the names of what came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// The amounts of the consequences that fired, those of all rows together.
    pub consequences: IndexMap<String, Rational>,
    /// The results that are money; lists and maps as the sum of their figures, figures of members
    /// under the name of the result and the member: `people.bonus`.
    pub results: IndexMap<String, Rational>,
}

/// What a value is, as the model says.
enum Of<'m> {
    One(&'m Type),
    Entries(&'m [Entry]),
    /// Each element, or what stands under each key.
    Many(&'m EachShape),
}

/// The money in what came out.
pub(crate) fn money(model: &Model, scored: &Scored) -> Money {
    let mut money = Money::default();
    let in_yuan = consequences_in_yuan(model);
    for fired in &scored.consequences {
        if let (Some(amount), true) = (&fired.amount, in_yuan.contains(&fired.name.as_str())) {
            add(&mut money.consequences, &fired.name, amount);
        }
    }
    let type_of = |id: &ExprId| model.expr(*id).map(|expr| &expr.of);
    let mut open: Vec<(String, &ResultValue, Of<'_>)> = Vec::new();
    for output in &model.results {
        let name = &output.called.key;
        let result = scored.results.get(name);
        match (&output.shape, result) {
            (Shape::One(id), Some(value)) => {
                open.extend(type_of(id).map(|of| (name.clone(), value, Of::One(of))));
            }
            (Shape::Fields(entries), Some(value)) => {
                open.push((name.clone(), value, Of::Entries(entries)));
            }
            (
                Shape::Each {
                    gives,
                    spread: false,
                    ..
                },
                Some(value),
            ) => open.push((name.clone(), value, Of::Many(gives))),
            (
                Shape::Each {
                    row,
                    gives,
                    spread: true,
                },
                _,
            ) => {
                let scale = model.row(*row).and_then(|row| match row.over {
                    crate::model::Over::Scale(scale) => model.scale(scale),
                    _ => None,
                });
                for option in scale.map_or(&[][..], |scale| &scale.options) {
                    if let Some(value) = scored.results.get(&option.key) {
                        let of = one(model, gives);
                        open.extend(of.map(|of| (option.key.clone(), value, of)));
                    }
                }
            }
            (_, None) => {}
        }
    }
    open.reverse();
    while let Some((name, value, of)) = open.pop() {
        match (value, of) {
            (ResultValue::Figure(figure) | ResultValue::Count(figure), Of::One(Type::Money)) => {
                add(&mut money.results, &name, figure);
            }
            (ResultValue::List(values), Of::One(Type::List(of))) => {
                let each = values.iter().rev();
                open.extend(each.map(|value| (name.clone(), value, Of::One(of))));
            }
            (ResultValue::Fields(fields), Of::One(Type::Map(_, of) | Type::Named(of))) => {
                let each = fields.values().rev();
                open.extend(each.map(|value| (name.clone(), value, Of::One(of))));
            }
            (ResultValue::Fields(fields), Of::One(Type::Record(record))) => {
                let members = model
                    .record(*record)
                    .map_or(&[][..], |record| &record.fields);
                for member in members.iter().rev() {
                    let key = &member.called.key;
                    if let Some(value) = fields.get(key) {
                        open.push((format!("{name}.{key}"), value, Of::One(&member.of)));
                    }
                }
            }
            (ResultValue::Fields(fields), Of::Entries(entries)) => {
                for entry in entries.iter().rev() {
                    let (keys, id) = match entry {
                        Entry::One(called, id) => (vec![&called.key], id),
                        Entry::Per(scale, id) => {
                            let options = model.scale(*scale).map(|scale| &scale.options[..]);
                            let options = options.unwrap_or_default().iter();
                            (options.map(|option| &option.key).collect(), id)
                        }
                    };
                    for key in keys.into_iter().rev() {
                        if let (Some(value), Some(of)) = (fields.get(key), type_of(id)) {
                            open.push((format!("{name}.{key}"), value, Of::One(of)));
                        }
                    }
                }
            }
            (ResultValue::List(values), Of::Many(gives)) => {
                for value in values.iter().rev() {
                    open.extend(one(model, gives).map(|of| (name.clone(), value, of)));
                }
            }
            (ResultValue::Fields(fields), Of::Many(gives)) => {
                for value in fields.values().rev() {
                    open.extend(one(model, gives).map(|of| (name.clone(), value, of)));
                }
            }
            _ => {}
        }
    }
    money
}

fn one<'m>(model: &'m Model, gives: &'m EachShape) -> Option<Of<'m>> {
    match gives {
        EachShape::One(id) => model.expr(*id).map(|expr| Of::One(&expr.of)),
        EachShape::Fields(entries) => Some(Of::Entries(entries)),
    }
}

fn add(sums: &mut IndexMap<String, Rational>, name: &str, figure: &Rational) {
    let sum = sums.entry(name.to_owned()).or_insert(Rational::ZERO);
    *sum = &*sum + figure;
}

/// The names of the consequences whose amounts are money and not points.
fn consequences_in_yuan(model: &Model) -> Vec<&str> {
    let is_money = |consequence: &Consequence| {
        let amount = consequence.amount.and_then(|id| model.expr(id));
        amount.is_some_and(|amount| amount.of == Type::Money)
    };
    let mut names = Vec::new();
    let mut open: Vec<&Each> = Vec::new();
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Consequence(consequence) if is_money(consequence) => {
                names.push(figure.called.key.as_str());
            }
            FigureKind::Each(each) => open.push(each),
            _ => {}
        }
    }
    while let Some(each) = open.pop() {
        for line in &each.lines {
            match &line.kind {
                RowKind::Consequence(consequence) if is_money(consequence) => {
                    names.push(line.called.key.as_str());
                }
                RowKind::Each(inner) => open.push(inner),
                _ => {}
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use crate::input::Subject;
    use crate::outcome::Outcome;

    #[test]
    fn amounts_and_results_are_added_up_by_name() {
        let text = r#"
        scheme s {
            choice side { a, b }
            input late : count
            input people : list of { id : text unique, base : money 0.. }
            each p in people {
                let bonus = base * 10%
                consequence warned amount 5 yuan to "本人" when base > 100 yuan
            }
            let pay per side { a => 1 yuan, b => 2 yuan }
            consequence fine amount 20 yuan * late to "门店" when late > 0
            consequence lost amount 3 points to "门店" when late > 0
            result pay
            result all = sum of people.base
            result people per p in people { id, bonus }
            result late_twice = late * 2
        }"#;
        let scheme = crate::check(text).scheme.expect("it has no errors");
        let prepared = scheme.prepare(Subject::default()).expect("no parameters");
        let subject: Subject = serde_json::from_str(
            r#"{"late": 3, "people": [{"id": "x", "base": "100"}, {"id": "y", "base": "250.5"}, {"id": "z", "base": "101"}]}"#,
        )
        .expect("it is data");
        let Outcome::Ok(scored) = prepared.evaluate(&subject) else {
            panic!("not scored");
        };
        let money = scheme.money(&scored);
        let told = |sums: &indexmap::IndexMap<String, crate::number::Rational>| -> Vec<String> {
            let sums = sums.iter();
            sums.map(|(name, sum)| format!("{name} {sum}")).collect()
        };
        // Two people above 100 yuan; 20 × 3. Points are no money.
        assert_eq!(told(&money.consequences), ["warned 10", "fine 60"]);
        // 1 + 2; 100 + 250.5 + 101 = 451.5, a tenth of it 45.15.
        assert_eq!(
            told(&money.results),
            ["pay 3", "all 451.5", "people.bonus 45.15"]
        );
    }
}
