//! The page of a diagnostic, as Markdown that also reads as plain text: what is wrong and how to
//! mend it, a scheme that has the mistake, and the same scheme without it.

use assize::diagnostic::Code;
use assize::text::Language;

use super::severity_word;

/// The page of a code in one language.
pub(crate) fn page(code: &Code, language: Language) -> String {
    let (text, wrong, right) = match language {
        Language::English => (code.page_en, "Wrong", "Right"),
        Language::Chinese => (code.page_zh, "错误的写法", "正确的写法"),
    };
    let colon = match language {
        Language::English => ":",
        Language::Chinese => "：",
    };
    let mut page = format!(
        "# {name} ({severity})\n\n{text}\n",
        name = code.name,
        severity = severity_word(code.severity, language),
        text = text.trim(),
    );
    for (heading, scheme) in [(wrong, code.wrong), (right, code.right)] {
        let scheme = scheme.trim_matches('\n').trim_end();
        if !scheme.is_empty() {
            page.push_str(&format!("\n{heading}{colon}\n\n```scheme\n{scheme}\n```\n"));
        }
    }
    page
}

/// The first sentence of the page, for lists of codes.
pub(crate) fn first_sentence(code: &Code, language: Language) -> &'static str {
    let text = match language {
        Language::English => code.page_en,
        Language::Chinese => code.page_zh,
    }
    .trim();
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let end = match language {
        Language::English => paragraph
            .find(". ")
            .or_else(|| paragraph.find(".\n"))
            .map(|at| at.saturating_add(1)),
        Language::Chinese => paragraph
            .find('。')
            .map(|at| at.saturating_add('。'.len_utf8())),
    };
    end.and_then(|end| paragraph.get(..end))
        .unwrap_or(paragraph)
}

#[cfg(test)]
mod tests {
    use assize::diagnostic::Severity;

    use super::*;

    static GAP: Code = Code {
        name: "grade-gap",
        severity: Severity::Error,
        page_en: "A total of 89.5 has no grade. Add `otherwise`.",
        page_zh: "89.5 分没有等级。请加“其余”一行。",
        wrong: "scheme a {\n}\n",
        right: "scheme b {\n}\n",
    };

    #[test]
    fn a_page_shows_the_wrong_and_the_right_scheme() {
        insta::assert_snapshot!(page(&GAP, Language::Chinese), @r"
        # grade-gap (错误)

        89.5 分没有等级。请加“其余”一行。

        错误的写法：

        ```scheme
        scheme a {
        }
        ```

        正确的写法：

        ```scheme
        scheme b {
        }
        ```
        ");
        assert_eq!(
            first_sentence(&GAP, Language::English),
            "A total of 89.5 has no grade."
        );
        assert_eq!(first_sentence(&GAP, Language::Chinese), "89.5 分没有等级。");
    }
}
