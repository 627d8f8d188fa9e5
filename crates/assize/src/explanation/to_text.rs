//! An explanation as plain text, for a terminal or a letter.

use super::{ExplainedFigure, ExplainedLine, Explanation};
use crate::scheme::TakenReading;
use crate::text::Language;

impl Explanation {
    /// The explanation as lines of text, figures of a group indented under it.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut lines = vec![self.title.clone()];
        if let Some(ending) = &self.ending {
            lines.push(ending.in_language(language).to_owned());
        }
        lines.extend(self.readings.iter().map(|taken| reading(taken, language)));
        for figure in &self.figures {
            let indent = "  ".repeat(figure.depth);
            lines.push(format!("{indent}{}", head(figure, language)));
            if let Some(says) = &figure.says {
                lines.push(format!("{indent}    “{says}”"));
            }
            for line in &figure.lines {
                lines.push(format!("{indent}    {}", told(line, language)));
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

fn reading(taken: &TakenReading, language: Language) -> String {
    let label = taken.label.as_ref().unwrap_or(&taken.name);
    let alternative = taken.alternative_label.as_ref();
    let alternative = alternative.unwrap_or(&taken.alternative);
    let mut told = match language {
        Language::English => format!("reading of {label}: {alternative}"),
        Language::Chinese => format!("解读“{label}”：取“{alternative}”"),
    };
    if let Some(article) = &taken.article {
        told.push_str(&format!("  〔{article}〕"));
    }
    if !taken.default {
        told.push_str(match language {
            Language::English => "  (chosen; not the first alternative)",
            Language::Chinese => "（另行选定，非首选）",
        });
    }
    told
}

fn head(figure: &ExplainedFigure, language: Language) -> String {
    let none = match language {
        Language::English => "no value",
        Language::Chinese => "无值",
    };
    let mut head = format!(
        "{}  {}",
        figure.label,
        figure
            .value
            .as_ref()
            .map_or(none, |value| value.in_language(language))
    );
    if let Some(about) = &figure.about {
        head.push_str(" ≈ ");
        head.push_str(about);
    }
    if let (Some(full), true) = (&figure.out_of, figure.value.is_some()) {
        head.push_str(" / ");
        head.push_str(full);
    }
    if let Some(article) = &figure.article {
        head.push_str("  〔");
        head.push_str(article);
        head.push('〕');
    }
    if let Some(assumed) = &figure.assumed {
        head.push_str(&assumption(assumed, language));
    }
    head
}

fn told(line: &ExplainedLine, language: Language) -> String {
    let mut told = line.words.in_language(language).to_owned();
    if let Some(value) = &line.value {
        told.push_str(" → ");
        told.push_str(value.in_language(language));
    }
    if let Some(article) = &line.article {
        told.push_str("  〔");
        told.push_str(article);
        told.push('〕');
    }
    if let Some(says) = &line.says {
        told.push_str(&format!(" “{says}”"));
    }
    if let Some(assumed) = &line.assumed {
        told.push_str(&assumption(assumed.in_language(language), language));
    }
    told
}

fn assumption(text: &str, language: Language) -> String {
    match language {
        Language::English => format!("  (assumed: {text})"),
        Language::Chinese => format!("（推定：{text}）"),
    }
}
