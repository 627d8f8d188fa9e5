//! Showing what was found in schemes: one file per output format, all reading the same findings.
//!
//! Lines and columns are counted from 1, columns in characters. Whatever comes from a scheme is
//! made harmless for its target by that target's own writer. Nothing is decided here: not which
//! findings are shown, not the exit code.

mod concise;
mod coverage;
mod excerpt;
mod full;
mod github;
mod json;
mod junit;
mod mutation;
mod page;
mod place;
mod sarif;
mod trials;
mod uri;

use std::ffi::OsStr;
use std::io::{self, Write};

use assize::diagnostic::{Diagnostic, Severity};
use assize::text::{Language, Words};
use serde::Serialize;

use crate::words::words;

pub(crate) use coverage::{CoverageCounts, SchemeCoverage, UntriedRule, write_coverage};
pub(crate) use mutation::{MutationCounts, SchemeMutation, Survivor, write_mutation};
pub(crate) use page::page;
pub(crate) use place::{Place, Places};
pub(crate) use trials::{Trial, TrialCounts, TrialEnd, TrialFormat, write_trials};

/// What was found in one file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileFindings<'a> {
    /// The path as the user gave it.
    pub(crate) path: &'a str,
    /// The text of the file.
    pub(crate) text: &'a str,
    /// The findings, in the order in which they are shown.
    pub(crate) diagnostics: &'a [Diagnostic],
}

/// How findings are written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people: excerpts with the place marked, help and corrections.
    Full,
    /// One line for each finding.
    Concise,
    /// An object for other programs, with the words in both languages.
    Json,
    /// SARIF 2.1.0, for code-scanning services.
    Sarif,
    /// JUnit XML, for build servers.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
}

/// Whether output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Whatever the output is.
    Always,
    /// Not at all.
    Never,
}

impl Colour {
    /// Whether to colour an output, given the value of the variable `NO_COLOR`.
    pub(crate) fn is_on(self, terminal: bool, no_color: Option<&OsStr>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && no_color.is_none_or(OsStr::is_empty),
        }
    }
}

/// In what manner findings are written out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// The language of the words, in formats that have only one.
    pub(crate) language: Language,
    /// Whether [`Format::Full`] is coloured.
    pub(crate) colour: bool,
    /// The gravity from which a finding is a failed test in [`Format::Junit`].
    pub(crate) fail_level: Severity,
}

/// Writes the findings of all files.
pub(crate) fn write(
    out: &mut dyn Write,
    format: Format,
    files: &[FileFindings<'_>],
    settings: Settings,
) -> io::Result<()> {
    match format {
        Format::Full => full::write(out, files, settings),
        Format::Concise => concise::write(out, files, settings.language),
        Format::Json => json::write(out, files),
        Format::Sarif => sarif::write(out, files, settings.language),
        Format::Junit => junit::write(out, files, settings),
        Format::Github => github::write(out, files, settings.language),
    }
}

/// How many findings of each gravity there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    /// Files looked at.
    pub(crate) files: usize,
    /// Schemes cannot be used until these are mended.
    pub(crate) errors: usize,
    /// Probably not what was meant.
    pub(crate) warnings: usize,
    /// Worth knowing.
    pub(crate) notes: usize,
}

impl Counts {
    /// Counts the findings of all files.
    pub(crate) fn of(files: &[FileFindings<'_>]) -> Self {
        let count = |severity| {
            files
                .iter()
                .flat_map(|file| file.diagnostics)
                .filter(|diagnostic| diagnostic.severity() == severity)
                .count()
        };
        Self {
            files: files.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    /// One sentence for people: `2 errors, 1 warning in 3 files`.
    pub(crate) fn words(self) -> Words {
        let kinds = [
            (self.errors, "error", "个错误"),
            (self.warnings, "warning", "个警告"),
            (self.notes, "note", "条提示"),
        ];
        let found: Vec<_> = kinds.iter().filter(|(count, _, _)| *count > 0).collect();
        let files_zh = self.files;
        let files_en = counted(self.files, "file");
        if found.is_empty() {
            return words!("no findings in {files_en}", "{files_zh} 个文件，未发现问题");
        }
        let list_en: Vec<_> = found
            .iter()
            .map(|(count, en, _)| counted(*count, en))
            .collect();
        let list_zh: Vec<_> = found
            .iter()
            .map(|(count, _, zh)| format!("{count} {zh}"))
            .collect();
        let (list_en, list_zh) = (list_en.join(", "), list_zh.join("，"));
        words!("{list_en} in {files_en}", "{files_zh} 个文件，{list_zh}")
    }
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The word for a gravity.
fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::English) => "error",
        (Severity::Warning, Language::English) => "warning",
        (Severity::Note, Language::English) => "note",
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Note, Language::Chinese) => "提示",
    }
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "the texts of tests are short"
)]
mod tests;
