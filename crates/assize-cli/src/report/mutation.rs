//! Which changes of schemes nothing notices, for people and for programs.

use std::io::{self, Write};

use assize::text::{Language, Words};
use serde::Serialize;

use super::json::write_schemes;
use crate::visible;
use crate::words::words;

/// What became of the changes of one scheme.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SchemeMutation {
    /// The file, as it was given.
    pub(crate) path: String,
    /// The scheme.
    pub(crate) scheme: String,
    #[serde(flatten)]
    pub(crate) counts: MutationCounts,
    /// The changes that nothing noticed, in the order of the text.
    pub(crate) survivors: Vec<Survivor>,
}

/// How many changes ended how. All but those left out add up to `changes`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct MutationCounts {
    /// Changes that were made.
    pub(crate) changes: usize,
    /// Refused by the check.
    pub(crate) refused: usize,
    /// Noticed by an example.
    pub(crate) by_example: usize,
    /// Noticed by a guarantee.
    pub(crate) by_guarantee: usize,
    /// Noticed by a case beside the scheme.
    pub(crate) by_case: usize,
    /// Noticed by nothing.
    pub(crate) survived: usize,
    /// Changes that were not made, for want of time.
    pub(crate) left_out: usize,
}

impl MutationCounts {
    /// Adds other counts to these.
    pub(crate) fn add(&mut self, other: Self) {
        let pairs = [
            (&mut self.changes, other.changes),
            (&mut self.refused, other.refused),
            (&mut self.by_example, other.by_example),
            (&mut self.by_guarantee, other.by_guarantee),
            (&mut self.by_case, other.by_case),
            (&mut self.survived, other.survived),
            (&mut self.left_out, other.left_out),
        ];
        for (own, other) in pairs {
            *own = own.saturating_add(other);
        }
    }

    fn words(self) -> Words {
        let Self {
            changes,
            refused,
            by_example,
            by_guarantee,
            by_case,
            survived,
            left_out,
        } = self;
        let (rest, rest_zh) = match left_out {
            0 => (String::new(), String::new()),
            _ => (
                format!("; {left_out} more were left out (--limit)"),
                format!("；另有 {left_out} 处未试（--limit）"),
            ),
        };
        words!(
            "{changes} changes: {refused} refused by the check, {by_example} noticed by examples, {by_guarantee} by guarantees, {by_case} by cases, {survived} by nothing{rest}",
            "改动 {changes} 处：检查拒绝 {refused} 处，算例发现 {by_example} 处，保证发现 {by_guarantee} 处，用例发现 {by_case} 处，无人发现 {survived} 处{rest_zh}"
        )
    }
}

/// A change that nothing noticed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Survivor {
    /// Where it was made, from 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    /// The line as it is written.
    pub(crate) text: String,
    /// The change.
    pub(crate) change: Words,
    /// Data that an example would have to try, and what comes out before and after.
    pub(crate) difference: Option<Words>,
}

/// Writes what became of the changes of schemes.
pub(crate) fn write_mutation(
    out: &mut dyn Write,
    is_json: bool,
    schemes: &[SchemeMutation],
    language: Language,
) -> io::Result<()> {
    let mut summary = MutationCounts::default();
    for scheme in schemes {
        summary.add(scheme.counts);
    }
    if is_json {
        return write_schemes(out, schemes, summary);
    }
    for scheme in schemes {
        let path = visible::line(&scheme.path);
        let verdict = words!("NOT NOTICED", "未被发现");
        for survivor in &scheme.survivors {
            writeln!(
                out,
                "{} {path}:{}:{}: {}",
                verdict.in_language(language),
                survivor.line,
                survivor.column,
                visible::line(survivor.change.in_language(language))
            )?;
            writeln!(out, "    | {}", visible::line(&survivor.text))?;
            let none = words!(
                "no data was found for which it matters",
                "未找到结果因此不同的数据"
            );
            let difference = survivor.difference.as_ref().unwrap_or(&none);
            writeln!(
                out,
                "    {}",
                visible::line(difference.in_language(language))
            )?;
        }
        let words = scheme.counts.words();
        writeln!(out, "{path}: {}", words.in_language(language))?;
    }
    if schemes.len() > 1 {
        writeln!(out, "{}", summary.words().in_language(language))?;
    }
    Ok(())
}
