//! Items that need marks and have none.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{FigureKind, MemberOf, MissingThen, Model};
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&MARKS_MISSING];

pub(super) static MARKS_MISSING: Code = Code {
    name: "marks-missing",
    severity: Severity::Error,
    page_en: "",
    page_zh: "",
    wrong: "",
    right: "",
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Group(group) | FigureKind::Total(group) => {
                let by_marks = group
                    .members
                    .iter()
                    .all(|member| member.weight == member.full);
                let needed = model.out_of.is_some() && matches!(figure.kind, FigureKind::Total(_))
                    || group.whole.is_some()
                    || !group.body.missing.is_empty();
                if !(by_marks && needed) {
                    continue;
                }
                for member in &group.members {
                    if let (None, MemberOf::Figure(id)) = (&member.full, member.of)
                        && let Some(item) = model.figure(id)
                    {
                        let name = item.called.shown();
                        found.push(
                            Diagnostic::new(
                                &MARKS_MISSING,
                                item.origin.span,
                                words!(
                                    "{name} has no full marks, so it has no weight among the others",
                                    "{name}没有写满分，无法与其他各项计权"
                                ),
                            )
                            .with_help(words!(
                                "write `out of 50` in its head",
                                "请在开头写明，如“满分50分”"
                            )),
                        );
                    }
                }
            }
            FigureKind::Item(item) => {
                let full = item
                    .missing
                    .iter()
                    .find(|rule| matches!(rule.then, MissingThen::CountAsFull));
                if let (Some(rule), None) = (full, &item.out_of) {
                    let name = figure.called.shown();
                    found.push(Diagnostic::new(
                        &MARKS_MISSING,
                        rule.origin.span,
                        words!(
                            "{name} has no full marks to count as",
                            "{name}没有写满分，不能“按满分计”"
                        ),
                    ));
                }
            }
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Grade(_)
            | FigureKind::Consequence(_) => {}
        }
    }
    found
}
