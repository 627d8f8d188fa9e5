//! Findings for people: the excerpt with its marks, the help, and the correction as it would
//! stand in the text.
//!
//! Lines and columns in the heading are those of the file; the excerpt itself may be cut.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet,
};
use assize::diagnostic::{Diagnostic, Fix, Severity};
use assize::text::Language;

use super::excerpt::{self, Excerpt};
use super::place::Places;
use super::{FileFindings, Settings, severity_word};
use crate::visible;

/// Lines are cut before the renderer sees them; it must not cut them a second time.
const NEVER_CUT: usize = 4096;

/// Writes every finding with an empty line behind it.
pub(super) fn write(
    out: &mut dyn Write,
    files: &[FileFindings<'_>],
    settings: Settings,
) -> io::Result<()> {
    let renderer = if settings.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer
        .term_width(NEVER_CUT)
        .decor_style(DecorStyle::Ascii);
    for file in files {
        let places = Places::new(file.text);
        for diagnostic in file.diagnostics {
            let report = report(file.path, &places, diagnostic, settings.language);
            writeln!(out, "{}\n", renderer.render(&report).trim_end())?;
        }
    }
    Ok(())
}

fn report<'a>(
    path: &'a str,
    places: &Places<'_>,
    diagnostic: &'a Diagnostic,
    language: Language,
) -> Vec<Group<'a>> {
    let words = |words: &'a assize::text::Words| visible::lines(words.in_language(language));
    let mut spans = vec![diagnostic.span];
    spans.extend(diagnostic.labels.iter().map(|label| label.span));

    let severity = diagnostic.severity();
    let level = level(severity).with_name(severity_word(severity, language));
    let (start, _) = places.ends(diagnostic.span);
    let path = visible::line(path);
    let heading = level
        .clone()
        .primary_title(words(&diagnostic.message))
        .id(diagnostic.code.name);
    let mut excerpts = excerpt::excerpts(places, &spans).into_iter();
    let mut groups = Vec::new();
    match excerpts.next() {
        Some(first) if first.column_of_first_mark() == start.column => {
            groups.push(heading.element(snippet(first, diagnostic, language).path(path)));
        }
        // The renderer would take the column from the excerpt, which is cut.
        first => {
            let origin = Origin::path(path)
                .line(start.line)
                .char_column(start.column);
            groups.push(heading.element(origin));
            groups.extend(first.map(|first| {
                Group::with_level(level.clone()).element(snippet(first, diagnostic, language))
            }));
        }
    }
    groups.extend(excerpts.map(|other| {
        Group::with_level(level.clone()).element(snippet(other, diagnostic, language))
    }));

    let correction = diagnostic
        .fix
        .as_ref()
        .map(|fix| correction(places, fix, language));
    let help_word = match language {
        Language::English => "help",
        Language::Chinese => "建议",
    };
    let help = diagnostic.help.as_ref().map(&words);
    if help.is_some() || correction.is_some() {
        let title = match (&help, &correction) {
            (Some(help), Some(Correction::InWords(text))) => format!("{help}\n{text}"),
            (Some(help), _) => help.to_string(),
            (None, Some(Correction::InWords(text))) => text.clone(),
            (None, _) => write_instead(language).to_owned(),
        };
        let mut group = Group::with_title(Level::HELP.with_name(help_word).secondary_title(title));
        if let Some(Correction::InText(snippet)) = correction {
            group = group.element(snippet);
        }
        groups.push(group);
    }
    groups
}

/// An excerpt with its marks: the finding's own first, then those of its labels.
fn snippet<'a>(
    excerpt: Excerpt,
    diagnostic: &'a Diagnostic,
    language: Language,
) -> Snippet<'a, Annotation<'a>> {
    let marks = excerpt.marks.into_iter().map(|(index, range)| {
        let label = index
            .checked_sub(1)
            .and_then(|index| diagnostic.labels.get(index));
        match label {
            None => AnnotationKind::Primary.span(range),
            Some(label) => AnnotationKind::Context
                .span(range)
                .label(visible::lines(label.words.in_language(language))),
        }
    });
    Snippet::source(excerpt.source)
        .line_start(excerpt.first_line)
        .annotations(marks)
}

/// How a correction is shown.
enum Correction<'a> {
    /// In its lines.
    InText(Snippet<'a, Patch<'a>>),
    /// As words: its lines are too long or too many to be shown whole.
    InWords(String),
}

fn correction<'a>(places: &Places<'_>, fix: &'a Fix, language: Language) -> Correction<'a> {
    let replacement = visible::lines(&fix.replacement);
    if excerpt::shows_whole(places, fix.span) {
        let first = excerpt::excerpts(places, &[fix.span]).into_iter().next();
        if let Some(Excerpt {
            first_line,
            source,
            marks,
        }) = first
        {
            let patches = marks
                .into_iter()
                .map(|(_, range)| Patch::new(range, replacement.clone()));
            return Correction::InText(
                Snippet::source(source)
                    .line_start(first_line)
                    .patches(patches),
            );
        }
    }
    let shown: String = replacement.chars().take(200).collect();
    let more = if shown.len() < replacement.len() {
        "…"
    } else {
        ""
    };
    Correction::InWords(match language {
        Language::English => format!("{}: {shown}{more}", write_instead(language)),
        Language::Chinese => format!("{}：{shown}{more}", write_instead(language)),
    })
}

fn write_instead(language: Language) -> &'static str {
    match language {
        Language::English => "write instead",
        Language::Chinese => "请改写为",
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}
