//! Schemes inside a scheme: the rows of `list of result of S` are inputs of S, scored here, and
//! their members are the results of S.

use super::codes;
use super::from_syntax::Builder;
use super::types::Type;
use super::{Called, Field, FigureKind, Model, Over, Shape};
use crate::diagnostic::Diagnostic;
use crate::scheme::Scheme;
use crate::syntax;
use crate::text::words;

impl Builder<'_> {
    /// The rows that are results of a scheme.
    pub(super) fn child(&mut self, slug: &syntax::Name) -> Type {
        let Some(scheme) = (self.others)(&slug.text) else {
            let text = &slug.text;
            self.say(Diagnostic::new(
                &codes::UNKNOWN_NAME,
                slug.span,
                words!(
                    "there is no scheme `{text}` here; it must stand beside this one, without errors",
                    "找不到方案“{text}”：它应与本方案放在一起，并且没有错误"
                ),
            ));
            return Type::Unknown;
        };
        let child = self.model.children.len();
        self.model.children.push(scheme.clone());
        let row = self.push_loop(Over::Given, Type::Unknown, None);
        let record = self.push_record(row);
        let own = subject_of(&scheme).cloned();
        let fields: Vec<Field> = results(&scheme)
            .into_iter()
            .chain(own.map(|called| (called, Type::Text)))
            .map(|(called, of)| Field {
                called,
                of: self.adopted(&scheme, &of),
                given: None,
                each: None,
                kind: None,
                unique: false,
            })
            .collect();
        if let Some(of) = self.model.records.get_mut(record.index()) {
            of.child = Some(child);
            of.fields = fields;
        }
        if let Some(of) = self.model.loops.get_mut(row.index()) {
            of.element = Type::Record(record);
            of.record = Some(record);
        }
        Type::Record(record)
    }

    /// The type of a child's result here: its options become options of this scheme.
    fn adopted(&mut self, scheme: &Scheme, of: &Type) -> Type {
        match of {
            Type::Option(scale) => {
                let Some(scale) = scheme.model().scale(*scale) else {
                    return Type::Unknown;
                };
                let (called, options) = (scale.called.clone(), scale.options.clone());
                Type::Option(self.push_scale(called, options, scale.ordered, scale.span))
            }
            other => other.clone(),
        }
    }
}

/// What the subjects of a scheme are called, where none of its inputs and results has that name: a
/// member of the rows that it scores, behind its results.
pub(crate) fn subject_of(scheme: &Scheme) -> Option<&Called> {
    let subject = scheme.model().subject.as_ref()?;
    let clashes = |other: &Called| other.key == subject.key || other.name == subject.name;
    let inputs = scheme.model().inputs.iter();
    let taken = inputs.map(|input| &input.called).any(clashes)
        || results(scheme).iter().any(|(called, _)| clashes(called));
    (!taken).then_some(subject)
}

/// The results of a scheme that are single values, in the order in which they come out.
pub(crate) fn results(scheme: &Scheme) -> Vec<(Called, Type)> {
    let model: &Model = scheme.model();
    let mut results: Vec<(Called, Type)> = Vec::new();
    for figure in &model.figures {
        if matches!(
            figure.kind,
            FigureKind::Item(_)
                | FigureKind::Group(_)
                | FigureKind::Total(_)
                | FigureKind::Grade(_)
                | FigureKind::Consequence(_)
                | FigureKind::Require(_)
        ) {
            results.push((figure.called.clone(), figure.of.clone()));
        }
    }
    for output in &model.results {
        if let Shape::One(value) = &output.shape
            && let Some(of) = model.expr(*value).map(|expr| expr.of.clone().settled())
        {
            results.retain(|(called, _)| called.key != output.called.key);
            results.push((output.called.clone(), of));
        }
    }
    results.retain(|(_, of)| {
        of.is_ordered() || matches!(of, Type::Flag | Type::Text | Type::Option(_))
    });
    results
}
