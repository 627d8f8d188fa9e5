//! Keys that stand for two things: data would fill one cell for two inputs, or one of two results
//! would be lost. The names in the scheme are told apart where they are declared.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::codes::NAME_TAKEN;
use crate::model::{Called, Entry, FigureKind, Model, Shape};
use crate::text::{Span, words};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let inputs = model
        .inputs
        .iter()
        .map(|input| (input.path.join("."), &input.called, input.origin.span));
    same_keys(inputs, &mut found);
    // A figure that a `let` names comes out through `result` only.
    let figures = model.figures.iter().filter(|figure| {
        !matches!(figure.kind, FigureKind::Let(_) | FigureKind::Unknown)
            && !figure.called.key.is_empty()
    });
    let figures = figures.map(|figure| {
        (
            figure.called.key.clone(),
            &figure.called,
            figure.origin.span,
        )
    });
    same_keys(figures, &mut found);
    for result in &model.results {
        if let Shape::Fields(fields) = &result.shape {
            let fields = fields.iter().flat_map(|entry| match entry {
                Entry::One(called, _) => std::slice::from_ref(called),
                Entry::Per(scale, _) => model
                    .scale(*scale)
                    .map_or(&[][..], |scale| scale.options.as_slice()),
            });
            let fields = fields.map(|called| (called.key.clone(), called, result.origin.span));
            same_keys(fields, &mut found);
        }
    }
    found
}

/// Things of one name are left out: that they are declared twice is told already.
fn same_keys<'m>(
    things: impl Iterator<Item = (String, &'m Called, Span)>,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, (&Called, Span)> = BTreeMap::new();
    for (key, called, span) in things {
        let Some((first, earlier)) = seen.get(&key).copied() else {
            seen.insert(key, (called, span));
            continue;
        };
        if span != earlier && first.name == called.name {
            continue;
        }
        let (first, second) = (first.shown(), called.shown());
        // The total may have no statement of its own.
        let written = span != Span::default();
        let mut diagnostic = Diagnostic::new(
            &NAME_TAKEN,
            if written { span } else { earlier },
            words!(
                "`{key}` is the key of {first} and of {second}: data could not tell them apart",
                "{first}和{second}的代码都是“{key}”，数据无法区分"
            ),
        )
        .with_help(words!(
            "write another key behind `key`",
            "请在“代码”后换一个名称"
        ));
        if written {
            diagnostic = diagnostic.with_label(
                earlier,
                words!("`{key}` is taken here", "“{key}”已用在这里"),
            );
        }
        found.push(diagnostic);
    }
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> Vec<String> {
        let text = format!("scheme s {{\n{lines}\n}}");
        let mut found = crate::check(&text).diagnostics;
        found.retain(|found| found.code.name == "name-taken");
        let told = |found: &crate::diagnostic::Diagnostic| found.message.en.clone();
        found.iter().map(told).collect()
    }

    #[test]
    fn two_things_under_one_key_are_told() {
        for (lines, told_of) in [
            (
                "input a key k \"A\", b key k \"B\" : count\nresult x = a + b",
                "`k` is the key of A and of B",
            ),
            (
                "input k \"A\", b key k \"B\" : count\nresult x = k + b",
                "`k` is the key of A and of B",
            ),
            (
                "input a : points 0..10\nitem x key same out of 10 { score a }\n\
                 item y key same out of 10 { score a }",
                "`same` is the key of x and of y",
            ),
            (
                "input a : points 0..10\nitem x key total out of 10 { score a }",
                "`total` is the key of x",
            ),
            (
                "input a : points 0..10\nresult r { one = a, two key one = a * 2 }",
                "`one` is the key of one and of two",
            ),
        ] {
            let found = told(lines);
            assert_eq!(found.len(), 1, "{lines}: {found:?}");
            assert!(
                found.iter().all(|told| told.starts_with(told_of)),
                "{lines}: {found:?}"
            );
        }
    }

    #[test]
    fn one_key_in_two_groups_and_a_result_named_like_its_figure_are_two_things() {
        for lines in [
            "input g { a : count }\ninput h { a : count }\nresult x = g.a + h.a",
            "input a : points 0..10\nitem x out of 10 { score a }\nresult x",
            "input a : points 0..10\nlet y key x = a\nitem x out of 10 { score y }",
        ] {
            assert_eq!(told(lines), Vec::<String>::new(), "{lines}");
        }
    }
}
