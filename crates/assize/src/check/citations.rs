//! Rules without an article, and quotations that are not in the document.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{FigureKind, Model, Origin};
use crate::procedure::ProcedureStep;
use crate::syntax::{Cite, Kind, Statement, Tree};
use crate::text::words;

pub(super) static CODES: &[&Code] = &[&CITATION_MISSING, &QUOTATION_NOT_FOUND];

pub(super) static CITATION_MISSING: Code = Code {
    name: "citation-missing",
    severity: Severity::Warning,
    page_en: "An item, group, grade, consequence, `no result` line, indicator or step of a \
              procedure does not say on which article it rests. Who is scored may ask where a deduction comes \
              from, and an auditor compares scheme and regulation article by article; \
              a rule without an article cannot be defended. Add `cite \"六、4\"`. What \
              the document does not say, but the scheme must decide, is marked `assumed \
              \"…\"`. Items inside a group that is cited rest on the group's article; so do \
              aspects on that of their indicator, and steps on that of their procedure.",
    page_zh: "指标、组、等级、奖惩、“不出具结果”、观察指标或程序的步骤没有注明依据哪一条。被考评的人会问扣分从何而来，\
              审计时也要逐条对照，没有依据的规则站不住脚。请加上“条款 \"六、4\"”。条文没有写、\
              但方案必须定下来的，请用“推定 \"…\"”注明。组已经注明条款的，组内各项随组；观察指标的各方面、程序的各步骤也一样。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 {
        start at 100
        deduct 5 per complaints
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "六、4" {
        start at 100
        deduct 5 per complaints
    }
}
"#,
};

pub(super) static QUOTATION_NOT_FOUND: Code = Code {
    name: "quotation-not-found",
    severity: Severity::Error,
    page_en: "The words behind `says` do not stand in the text of the regulation beside \
              the scheme. A quotation that is not the document's own words misleads \
              whoever relies on it. Copy the words from the document. Blanks and line \
              ends do not count, and `…` stands for words left out, in the same order. \
              Your own explanation belongs behind `assumed`, or in a comment.",
    page_zh: "“原文”后面引号里的话，在方案旁的条文中找不到。引文与条文不一致，会误导据此办事的人。\
              请从条文中原样复制；空格和换行不计，省略的部分写“…”，前后次序不变。\
              自己的解释请写在“推定”或注释里。",
    wrong: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "六、4" says "每发生一起投诉扣10分" {
        start at 100
        deduct 5 per complaints
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input complaints "投诉" : count, lower is better
    item service "服务" out of 100 cite "六、4" says "每发生一起投诉…扣5分" {
        start at 100
        deduct 5 per complaints
    }
}
"#,
};

/// Items, groups, grades, consequences and `no result` lines rest on an article, or are marked as
/// assumed. An item inside a cited group rests on the group's article.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut say = |origin: &Origin, name: &str| {
        found.push(
            Diagnostic::new(
                &CITATION_MISSING,
                origin.span,
                words!(
                    "{name} does not say on which article it rests",
                    "“{name}”没有注明依据的条款"
                ),
            )
            .with_help(words!(
                "write `cite \"六、4\"`, or `assumed \"…\"` where the document does not say it",
                "请写“条款 \"六、4\"”；原文没有的，请写“推定 \"…\"”"
            )),
        );
    };
    let covered: Vec<_> = model
        .figures
        .iter()
        .filter(|figure| rests(&figure.origin))
        .filter_map(|figure| match &figure.kind {
            FigureKind::Group(group) => Some(&group.members),
            _ => None,
        })
        .flatten()
        .map(|member| member.of)
        .collect();
    for (index, figure) in model.figures.iter().enumerate() {
        let inherits = u32::try_from(index).is_ok_and(|id| {
            covered.contains(&crate::model::MemberOf::Figure(crate::model::FigureId(id)))
        });
        let asks = match &figure.kind {
            FigureKind::Item(_)
            | FigureKind::Group(_)
            | FigureKind::Grade(_)
            | FigureKind::Require(_)
            | FigureKind::Consequence(_) => true,
            FigureKind::Unknown
            | FigureKind::Let(_)
            | FigureKind::Each(_)
            | FigureKind::Total(_) => false,
        };
        if asks && !inherits && !rests(&figure.origin) {
            say(&figure.origin, figure.called.shown());
        }
    }
    for stop in &model.stops {
        if stop.when.is_some() && !rests(&stop.origin) {
            say(&stop.origin, stop.label.as_deref().unwrap_or(&stop.reason));
        }
    }
    for procedure in &model.procedures {
        let bare: Vec<&ProcedureStep> = procedure
            .steps
            .iter()
            .filter(|step| !rests(&step.origin))
            .collect();
        // Where no step rests on an article, it is the procedure that lacks one.
        if bare.len() == procedure.steps.len() && !rests(&procedure.origin) {
            say(&procedure.origin, procedure.shown());
        } else {
            for step in bare {
                say(&step.origin, step.shown());
            }
        }
    }
    for indicator in &model.indicators {
        let mut open = vec![indicator];
        while let Some(indicator) = open.pop() {
            if rests(&indicator.origin) {
                continue;
            }
            let aspects = &indicator.aspects;
            if aspects.is_empty() || !aspects.iter().any(|aspect| rests(&aspect.origin)) {
                say(&indicator.origin, indicator.shown());
            } else {
                open.extend(aspects);
            }
        }
    }
    found
}

const fn rests(origin: &Origin) -> bool {
    origin.article.is_some() || origin.assumed.is_some()
}

/// Quotations (`says "…"`) of a scheme that do not stand in the document's text. Blanks and line
/// ends do not count, and an ellipsis (`…`) stands for words left out.
#[must_use]
pub fn quotations(tree: &Tree, document: &str) -> Vec<Diagnostic> {
    let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    // A page that quotes the document does so line by line behind `>`.
    let document: String = document
        .lines()
        .map(|line| squeeze(line.trim_start_matches(['>', ' '])))
        .collect();
    let mut found = Vec::new();
    let mut open: Vec<&Statement> = tree.scheme.body.statements.iter().collect();
    while let Some(statement) = open.pop() {
        let mut cites: Vec<&Cite> = statement.cite.iter().collect();
        if let Kind::Reading { alternatives, .. } = &statement.kind {
            cites.extend(alternatives.iter().filter_map(|one| one.cite.as_ref()));
        }
        for says in cites.into_iter().filter_map(|cite| cite.says.as_ref()) {
            let mut rest = document.as_str();
            let all = squeeze(&says.text)
                .split('…')
                .filter(|part| !part.is_empty())
                .all(|part| match rest.find(part) {
                    Some(at) => {
                        rest = rest
                            .get(at.saturating_add(part.len())..)
                            .unwrap_or_default();
                        true
                    }
                    None => false,
                });
            if !all {
                found.push(Diagnostic::new(
                    &QUOTATION_NOT_FOUND,
                    says.span,
                    words!(
                        "these words do not stand in the document beside the scheme",
                        "方案旁的原文中没有这句话"
                    ),
                ));
            }
        }
        let blocks = statement.blocks().into_iter();
        open.extend(blocks.flat_map(|block| &block.statements));
    }
    found.sort_by_key(|diagnostic| diagnostic.span);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;
    use crate::text::Limits;

    /// Each `says "错"` stands in a block of another kind; the document has 对 only.
    #[test]
    fn quotations_are_compared_wherever_a_line_may_have_one() {
        let text = r#"scheme s {
    input rows : list of {
        a : count cite "一" says "错"
        b : count cite "一" says "对"
    }
    input notes : list of one of kind {
        short { words : count cite "一" says "错" }
        long { pages : count cite "一" says "错" }
    }
    let rate by x {
        up to 1 => 2 cite "一" says "错"
        otherwise => 3 cite "一" says "对"
    }
    each r in rows { let c = a + b cite "一" says "错" }
    reading r {
        x { let d = 1 cite "一" says "错" }
        y { let d = 2 cite "一" says "对" }
    }
    item i out of 10 { score 1 cite "一" says "错" }
}
"#;
        let parsed = parse(text, &Limits::default());
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let found = quotations(&parsed.tree, "对");
        let lines: Vec<usize> = found
            .iter()
            .filter_map(|found| text.get(..found.span.start as usize))
            .map(|before| before.lines().count())
            .collect();
        assert_eq!(lines, [3, 7, 8, 11, 14, 16, 19]);
    }
}
