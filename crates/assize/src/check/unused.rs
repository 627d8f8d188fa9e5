//! Inputs, tables and figures that nothing reads.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprKind, FigureId, FigureKind, InputId, MemberOf, Model, TableId};
use crate::syntax::{GradeLines, Kind, Tree};
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&UNUSED];

pub(crate) static UNUSED: Code = Code {
    name: "unused",
    severity: Severity::Warning,
    page_en: "An input is asked for, or a figure or table is written down, and nothing \
              uses it. People would collect data that changes no score, and readers \
              would believe that it does. Often a rule was forgotten, or names another \
              input by mistake. Add the rule, show the figure with a `result` line, \
              or delete it.",
    page_zh: "要求填写某项数据，或写了某个数、某张对照表，却没有任何地方用到。填报的人白费力气，\
              读方案的人还以为它影响得分。多半是漏写了一条规则，或某条规则写成了别的名称。\
              请补上规则，或用“结果”把它列出来，或删去。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    input late "迟到" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per complaints
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    input late "迟到" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per complaints
        deduct 2 per late
    }
}
"#,
};

pub(crate) fn check(model: &Model, tree: &Tree, used: &BTreeSet<InputId>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, input) in model.inputs.iter().enumerate() {
        let Ok(id) = u32::try_from(index).map(InputId) else {
            break;
        };
        if !used.contains(&id) {
            let name = input.called.shown();
            found.push(Diagnostic::new(
                &UNUSED,
                input.origin.span,
                words!(
                    "{name} is asked for, and nothing uses it",
                    "要求填写{name}，但没有任何地方用到它"
                ),
            ));
        }
    }
    let mut figures: BTreeSet<FigureId> = BTreeSet::new();
    let mut tables: BTreeSet<TableId> = BTreeSet::new();
    for expr in &model.exprs {
        match &expr.kind {
            ExprKind::Figure(id) => {
                figures.insert(*id);
            }
            ExprKind::TableOf(id, _) => {
                tables.insert(*id);
            }
            _ => {}
        }
    }
    let mut by_name: BTreeSet<&str> = BTreeSet::new();
    for statement in &tree.scheme.body.statements {
        if let Kind::Grade {
            lines: GradeLines::Using(name, _),
            ..
        } = &statement.kind
        {
            by_name.insert(&name.text);
        }
    }
    for figure in &model.figures {
        if let FigureKind::Group(group) | FigureKind::Total(group) = &figure.kind {
            figures.extend(group.members.iter().filter_map(|member| match member.of {
                MemberOf::Figure(id) => Some(id),
                MemberOf::Input(_) | MemberOf::Either(_) => None,
            }));
        }
    }
    for (index, figure) in model.figures.iter().enumerate() {
        let is_read = u32::try_from(index).is_ok_and(|id| figures.contains(&FigureId(id)));
        if matches!(figure.kind, FigureKind::Let(_)) && !is_read {
            let name = figure.called.shown();
            found.push(Diagnostic::new(
                &UNUSED,
                figure.origin.span,
                words!("nothing uses {name}", "没有任何地方用到{name}"),
            ));
        }
    }
    for (index, table) in model.tables.iter().enumerate() {
        let is_read = u32::try_from(index).is_ok_and(|id| tables.contains(&TableId(id)))
            || by_name.contains(table.called.name.as_str());
        if !is_read {
            let name = table.called.shown();
            found.push(Diagnostic::new(
                &UNUSED,
                table.origin.span,
                words!(
                    "nothing uses the table {name}",
                    "没有任何地方用到对照表{name}"
                ),
            ));
        }
    }
    found
}
