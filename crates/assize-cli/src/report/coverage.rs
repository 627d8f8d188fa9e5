//! Which rules of schemes no trial makes act, for people and for programs.

use std::io::{self, Write};

use assize::text::{Language, Words};
use serde::Serialize;

use super::json::write_schemes;
use crate::visible;
use crate::words::words;

/// What the trials of one scheme make act.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SchemeCoverage {
    /// The file, as it was given.
    pub(crate) path: String,
    /// The scheme.
    pub(crate) scheme: String,
    /// How many examples and cases were tried.
    pub(crate) trials: usize,
    #[serde(flatten)]
    pub(crate) counts: CoverageCounts,
    /// The rules that no trial makes act, in the order of the text.
    pub(crate) untried: Vec<UntriedRule>,
}

/// How many rules there are, and how many act for some trial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CoverageCounts {
    pub(crate) rules: usize,
    pub(crate) acted: usize,
}

/// A rule that no trial makes act.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UntriedRule {
    /// Its line; none where it stands in the scheme that this one extends.
    pub(crate) line: Option<usize>,
    /// The article on which it rests.
    pub(crate) article: Option<String>,
    /// What it is: `row`.
    pub(crate) kind: &'static str,
    /// The same for people.
    #[serde(skip)]
    pub(crate) kind_words: Words,
    /// As it is written.
    pub(crate) text: String,
}

/// Writes the coverage of schemes.
pub(crate) fn write_coverage(
    out: &mut dyn Write,
    is_json: bool,
    schemes: &[SchemeCoverage],
    language: Language,
) -> io::Result<()> {
    let mut summary = CoverageCounts::default();
    for scheme in schemes {
        summary.rules = summary.rules.saturating_add(scheme.counts.rules);
        summary.acted = summary.acted.saturating_add(scheme.counts.acted);
    }
    if is_json {
        return write_schemes(out, schemes, summary);
    }
    for scheme in schemes {
        let path = visible::line(&scheme.path);
        let (rules, acted, trials) = (scheme.counts.rules, scheme.counts.acted, scheme.trials);
        let words = words!(
            "{path}: {acted} of {rules} rules act in {trials} examples and cases",
            "{path}：{trials} 个算例和用例触及 {rules} 条规则中的 {acted} 条"
        );
        writeln!(out, "{}", words.in_language(language))?;
        for rule in &scheme.untried {
            let kind = rule.kind_words.in_language(language);
            let article = rule.article.as_deref().map_or_else(String::new, |article| {
                format!(" 〔{}〕", visible::line(article))
            });
            let line = rule.line.map_or_else(
                || {
                    words!("taken over", "沿用")
                        .in_language(language)
                        .to_owned()
                },
                |line| line.to_string(),
            );
            writeln!(
                out,
                "    {path}:{line}: {kind}{article} {}",
                visible::line(&rule.text)
            )?;
        }
    }
    if schemes.len() > 1 {
        let (CoverageCounts { rules, acted }, count) = (summary, schemes.len());
        let words = words!(
            "{acted} of {rules} rules act in {count} schemes",
            "{count} 个方案共 {rules} 条规则，触及 {acted} 条"
        );
        writeln!(out, "{}", words.in_language(language))?;
    }
    Ok(())
}
