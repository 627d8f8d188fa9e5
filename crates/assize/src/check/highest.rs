//! Marks that data gives without a highest one, where a share of them is weighed or scored.
//!
//! Only inputs that stand in the line themselves are looked at. Of what a scheme computes, the highest
//! value follows from its rules.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{ExprKind, FigureKind, InputId, LineKind, MemberOf, Model, Type};
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&MARK_WITHOUT_HIGHEST];

static MARK_WITHOUT_HIGHEST: Code = Code {
    name: "mark-without-highest",
    severity: Severity::Warning,
    page_en: "A mark is weighed with others, or is the score of an item, and nothing says out of how \
              much it is. 8 of 10 and 8 of 100 would count the same, and whoever marks out of 100 \
              outweighs all others. Give the scale where the input is declared: `points 0..100`. \
              Where the document has no scale, a parameter asks for it.",
    page_zh: "某个得分参与加权，或直接作为指标得分，却没有写满分是多少。10 分制的 8 分与百分制的 8 分会算得一样，\
              按百分制打分的一项就压过了其他各项。请在声明输入时写明分制，如“分值 0..100”；\
              原文没有给出分制的，请设“参数”由使用者填写。",
    wrong: r#"
scheme review "定期评价" {
    input survey "客户评价" : points 0..
    input inspection "检查" : points 0..100
    group overall "综合评价" cite "三" {
        50% of survey
        50% of inspection
    }
}
"#,
    right: r#"
scheme review "定期评价" {
    input survey "客户评价" : points 0..100
    input inspection "检查" : points 0..100
    group overall "综合评价" cite "三" {
        50% of survey
        50% of inspection
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut tell = |id: InputId, line: Span| {
        let Some(input) = model.input(id) else {
            return;
        };
        let mark = matches!(input.of, Type::Points | Type::Number);
        if !mark || input.high.is_some() {
            return;
        }
        let name = input.called.shown();
        found.push(
            Diagnostic::new(
                &MARK_WITHOUT_HIGHEST,
                line,
                words!(
                    "{name} has no highest mark, so nobody knows out of how much it is",
                    "“{name}”没有写最高分，不知道满分是多少"
                ),
            )
            .with_label(
                input.origin.span,
                words!(
                    "the scale belongs here: `points 0..100`",
                    "请在这里写明分制，如“分值 0..100”"
                ),
            ),
        );
    };
    for figure in &model.figures {
        match &figure.kind {
            FigureKind::Group(group) => {
                for member in &group.members {
                    if let (MemberOf::Input(id), Some(_)) = (member.of, &member.weight) {
                        tell(id, member.origin.span);
                    }
                }
            }
            FigureKind::Item(item) if item.out_of.is_some() => {
                for line in &item.lines {
                    if let LineKind::Score(of) = line.kind
                        && let Some(ExprKind::Input(id)) = model.expr(of).map(|of| &of.kind)
                    {
                        tell(*id, line.origin.span);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    fn told(lines: &str) -> usize {
        let text = format!("scheme s {{\n{lines}\n}}");
        let found = crate::check(&text).diagnostics;
        let own = found
            .iter()
            .filter(|found| found.code.name == "mark-without-highest");
        own.count()
    }

    #[test]
    fn a_scale_is_asked_for_where_a_mark_is_scored_or_weighed() {
        for (lines, count) in [
            ("input a, b : points\ngroup g { 50% of a; 50% of b }", 2),
            ("input a : points 0..\nitem i out of 10 { score a }", 1),
            ("input a : points 0..10\nitem i out of 10 { score a }", 0),
            ("input a : points 0..\nitem i { score a }", 0),
            (
                "input a : points 0..\nitem i out of 10 { start at 10; deduct a }",
                0,
            ),
            ("input a : count\nitem i out of 10 { score 2 * a }", 0),
        ] {
            assert_eq!(told(lines), count, "{lines}");
        }
    }
}
