//! Every kind of finding keeps the promise of its page: the scheme shown as wrong has just this
//! finding, the one shown as right does not, and both may be written in Chinese keywords.

use std::collections::BTreeSet;

use assize::diagnostic::{Code, Diagnostic, Severity};
use assize::syntax::{Keywords, format, parse};
use assize::text::Limits;

/// The document beside the schemes of pages that quote one.
const DOCUMENT: &str = "六、考核方法\n4. 每发生一起投诉（含有效投诉和重大\n投诉），扣5分。";

/// All findings of a scheme; quotations are compared with [`DOCUMENT`].
fn findings(text: &str) -> Vec<Diagnostic> {
    let checked = assize::check(text);
    let mut found = checked.diagnostics;
    found.extend(assize::quotations(&checked.tree, DOCUMENT));
    found
}

/// Findings in one line each, for people who read a failing test.
fn told(found: &[Diagnostic], text: &str) -> String {
    let lines: Vec<String> = found
        .iter()
        .map(|diagnostic| {
            format!(
                "{} `{}`: {}",
                diagnostic.code.name,
                diagnostic.span.of(text),
                diagnostic.message
            )
        })
        .collect();
    format!("{text}\n{}", lines.join("\n"))
}

fn errors(found: &[Diagnostic]) -> BTreeSet<&'static str> {
    found
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| diagnostic.code.name)
        .collect()
}

/// What keeps a scheme from having the finding of this code and no error of another code.
fn lacks(code: &Code, text: &str) -> Option<String> {
    let found = findings(text);
    let mut others = errors(&found);
    others.remove(code.name);
    let has = found
        .iter()
        .any(|diagnostic| diagnostic.code.name == code.name);
    (!has || !others.is_empty())
        .then(|| format!("{} is not alone in\n{}", code.name, told(&found, text)))
}

/// What keeps a scheme from having no error, and not the finding of this code.
fn still_has(code: &Code, text: &str) -> Option<String> {
    let found = findings(text);
    let has = found
        .iter()
        .any(|diagnostic| diagnostic.code.name == code.name);
    (has || !errors(&found).is_empty())
        .then(|| format!("{} or another in\n{}", code.name, told(&found, text)))
}

/// Fails with everything that was complained of.
fn none(complaints: impl IntoIterator<Item = String>) {
    let complaints: Vec<String> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn names_are_unique_and_in_kebab_case() {
    let codes = assize::codes();
    let names: BTreeSet<&str> = codes.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), codes.len());
    for name in names {
        assert!(
            name.split('-')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase())),
            "{name}"
        );
        assert_eq!(assize::code(name).map(|code| code.name), Some(name));
    }
}

#[test]
fn pages_are_written_in_both_languages() {
    let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for code in assize::codes() {
        let (en, zh) = (code.page_en, code.page_zh);
        assert!(!en.is_empty() && en.ends_with('.'), "{}: {en}", code.name);
        assert!(
            zh.chars().any(chinese) && zh.ends_with('。'),
            "{}: {zh}",
            code.name
        );
        for page in [en, zh] {
            assert!(
                !page.contains("  ") && page.matches('`').count() % 2 == 0,
                "{}: {page}",
                code.name
            );
        }
    }
}

#[test]
fn the_wrong_scheme_of_each_page_has_just_its_finding() {
    none(
        assize::codes()
            .into_iter()
            .filter_map(|code| lacks(code, code.wrong)),
    );
}

#[test]
fn the_right_scheme_of_each_page_has_not_its_finding() {
    none(
        assize::codes()
            .into_iter()
            .filter_map(|code| still_has(code, code.right)),
    );
}

/// Findings of the model do not depend on the language of the keywords. What the syntax finds has
/// its Chinese twins beside the syntax: a text that cannot be read cannot be translated.
#[test]
fn in_chinese_keywords_the_findings_are_the_same() {
    let syntactic: BTreeSet<&str> = assize::syntax::codes()
        .iter()
        .map(|code| code.name)
        .collect();
    let chinese = |text: &str| {
        let parsed = parse(text, &Limits::default());
        format(&parsed.tree, text, Keywords::Chinese)
    };
    for code in assize::codes() {
        if !syntactic.contains(code.name) {
            none(lacks(code, &chinese(code.wrong)));
        }
        none(still_has(code, &chinese(code.right)));
    }
}

/// Schemes as a Chinese author types them, full-width signs and all.
#[test]
fn schemes_typed_in_chinese_have_the_findings_of_their_english_twins() {
    let twins = [
        (
            "unknown-name",
            "方案 s “考核” ｛\n    输入 投诉 ： 次数\n    指标 服务 满分100分 条款 “三” ｛\n        起评100分\n        每 投拆 扣5分\n    ｝\n    结果 投诉\n｝\n",
        ),
        (
            "weights-not-whole",
            "方案 s “考核” ｛\n    输入 暗访，明查 ： 分值 0～100\n    组 检查 条款 “五” ｛\n        暗访 占60％\n        明查 占30％\n    ｝\n｝\n",
        ),
        (
            "weight-without-percent",
            "方案 s “考核” ｛\n    输入 暗访，明查 ： 分值 0～100\n    组 检查 条款 “五” ｛\n        暗访 占60\n        明查 占40％\n    ｝\n｝\n",
        ),
        (
            "lines-incomplete",
            "方案 s “考核” ｛\n    选项 满意度 由优到劣 ｛ 满意，一般，不满意 ｝\n    输入 评价 ： 满意度\n    指标 调查 满分20分 条款 “二” ｛\n        按 评价 计分 ｛\n            满意 为 20\n            一般 为 10\n        ｝\n    ｝\n｝\n",
        ),
        (
            "line-never-holds",
            "方案 s “考核” ｛\n    输入 得分 ： 分值 0～100\n    等级 按 得分 条款 “六” ｛\n        90分以上 为 合格\n        95分以上 为 优秀\n        其余 为 不合格\n    ｝\n｝\n",
        ),
        (
            "lines-overlap",
            "方案 s “考核” ｛\n    输入 得分 ： 分值 0～100\n    等级 按 得分 条款 “六” ｛\n        90分以上 为 优秀\n        90分以下 为 合格\n    ｝\n｝\n",
        ),
        (
            "missing-without-rule",
            "方案 s “考核” ｛\n    输入 问题数 ： 次数，可缺\n    指标 标准 满分50分 条款 “六” ｛\n        起评50分\n        每 问题数 扣1分\n    ｝\n｝\n",
        ),
        (
            "per-needs-a-count",
            "方案 s “考核” ｛\n    输入 超时 ： 数值 0～60\n    指标 等候 满分20分 条款 “三” ｛\n        起评20分\n        每 超时 扣2分\n    ｝\n｝\n",
        ),
        (
            "percent-against-number",
            "方案 s “考核” ｛\n    输入 回复率 ： 比率 0%～100%\n    指标 回复 满分10分 条款 “四” ｛\n        按 回复率 计分 ｛\n            不低于90 为 10\n            其余 为 0\n        ｝\n    ｝\n｝\n",
        ),
        (
            "units-mixed",
            "方案 s “考核” ｛\n    输入 基本工资 ： 金额\n    输入 得分 ： 分值 0～100\n    令 应发 ＝ 基本工资 ＋ 得分\n    结果 应发\n｝\n",
        ),
        (
            "not-a-condition",
            "方案 s “考核” ｛\n    输入 投诉 ： 次数\n    指标 服务 满分100分 条款 “二” ｛\n        起评100分\n        若 投诉 则 扣20分\n    ｝\n｝\n",
        ),
        (
            "example-fails",
            "方案 s “考核” ｛\n    输入 迟到 ： 次数\n    指标 出勤 满分100分 条款 “二” ｛\n        起评100分\n        每 迟到 扣5分\n    ｝\n    算例 “迟到三次” ｛\n        已知 迟到 ＝ 3\n        应得 出勤 ＝ 80\n    ｝\n｝\n",
        ),
        (
            "name-taken",
            "方案 s “考核” ｛\n    输入 投诉 ： 次数\n    令 投诉 ＝ 1\n    结果 投诉\n｝\n",
        ),
    ];
    for (name, text) in twins {
        let code = assize::code(name).unwrap_or_else(|| panic!("no code {name}"));
        none(lacks(code, text));
    }
}
