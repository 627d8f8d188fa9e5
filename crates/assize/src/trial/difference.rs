//! What a change of a scheme would have to be noticed by: data for which the scheme and the changed
//! scheme come to something else.
//!
//! Looked for in the data of the examples, which may not expect every result, and at the edges of
//! the scheme. Finding none proves nothing.

use super::Boundaries;
use crate::outcome::{Outcome, ResultValue};
use crate::scheme::{Prepared, Scheme};
use crate::text::{Words, words};

/// Data for which two schemes come to something else, and to what, in words.
///
/// ```
/// use assize::trial::{boundaries, difference};
///
/// let text = r#"scheme punctuality {
///     input late : count
///     item attendance out of 100 { start at 100; deduct 5 per late }
/// }"#;
/// let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
/// let changed = assize::check(&text.replace("deduct 5", "deduct 6")).scheme.ok_or("errors")?;
/// let found = difference(&scheme, &changed, &boundaries(&scheme)).ok_or("no difference")?;
/// assert_eq!(found.en, "with late = 1: attendance is 95, and 94 after the change");
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn difference(before: &Scheme, after: &Scheme, at: &Boundaries) -> Option<Words> {
    let (old, new) = (
        Prepared::without_parameters(before.clone()),
        Prepared::without_parameters(after.clone()),
    );
    for example in &before.model().examples {
        let found = between(&old.evaluate(&example.given), &new.evaluate(&example.given));
        if let Some(Words { en, zh }) = found {
            return Some(match &example.label {
                Some(label) => words!("in the example “{label}”: {en}", "算例“{label}”：{zh}"),
                None => words!("in an example: {en}", "算例：{zh}"),
            });
        }
    }
    at.cases.iter().find_map(|case| {
        let Words { en, zh } = between(&case.outcome, &new.evaluate(&case.subject))?;
        Some(match at.data(case) {
            Some(data) => {
                let (data_en, data_zh) = (data.en, data.zh);
                words!("{data_en}: {en}", "{data_zh}：{zh}")
            }
            None => words!("{en}", "{zh}"),
        })
    })
}

/// The first thing that two outcomes differ in; what is told of it in words only is passed over.
fn between(old: &Outcome, new: &Outcome) -> Option<Words> {
    let (Outcome::Ok(a), Outcome::Ok(b)) = (old, new) else {
        let (old, new) = (ended(old), ended(new));
        let (old_en, old_zh, new_en, new_zh) = (old.en, old.zh, new.en, new.zh);
        return (old_en != new_en).then(|| {
            words!(
                "{old_en}, and {new_en} after the change",
                "{old_zh}，改动后{new_zh}"
            )
        });
    };
    let keys = a.results.keys().chain(b.results.keys());
    for key in keys {
        let (old, new) = (a.results.get(key), b.results.get(key));
        if old != new {
            let (old, new) = (shown(old), shown(new));
            let (old_en, old_zh, new_en, new_zh) = (old.en, old.zh, new.en, new.zh);
            return Some(words!(
                "{key} is {old_en}, and {new_en} after the change",
                "{key} 为 {old_zh}，改动后为 {new_zh}"
            ));
        }
    }
    let fired = |outcome: &crate::outcome::Scored| -> Vec<_> {
        let each = outcome.consequences.iter();
        each.map(|fired| (fired.name.clone(), fired.amount.clone(), fired.to.clone()))
            .collect()
    };
    (fired(a) != fired(b)).then(|| {
        words!(
            "other consequences fire after the change",
            "改动后触发的奖惩不同"
        )
    })
}

fn shown(value: Option<&ResultValue>) -> Words {
    match value {
        Some(ResultValue::Flag(flag)) => crate::explanation::yes_or_no(*flag),
        Some(value) => words!("{value}", "{value}"),
        None => words!("no value", "无值"),
    }
}

fn ended(outcome: &Outcome) -> Words {
    match outcome {
        Outcome::Ok(_) => words!("results come out", "得出结果"),
        Outcome::NoResult(none) => {
            let reason = &none.reason;
            words!("no result ({reason})", "不出具结果（{reason}）")
        }
        Outcome::Error(refusal) => {
            let (code, field) = (refusal.code.name(), &refusal.field);
            words!("refused ({code} {field})", "拒收（{code} {field}）")
        }
    }
}
