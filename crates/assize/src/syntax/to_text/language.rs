//! In which language a statement is written, and how text in quotes is.
//!
//! A statement that begins with a name (a row, a weight, a member of a group) is told by the
//! words behind it; where it has none, it is in the language of the block around it.

use super::{Keywords, Printer};
use crate::syntax::{BaseType, Input, InputShape, Kind, MissingPattern, Naming, Quoted, Statement};
use crate::text::{Language, Span};

impl Printer<'_> {
    /// The language in which the scheme's own line is written.
    pub(super) fn language_of_scheme(&self) -> Language {
        let start = self.tree.scheme.slug.span.start as usize;
        let head = self.text.get(..start).unwrap_or("");
        let line = head.rsplit('\n').next().unwrap_or(head);
        self.chosen(|| first_letter(line).unwrap_or(Language::English))
    }

    /// The language in which a statement is written.
    pub(super) fn language_of(&self, statement: &Statement, parent: Language) -> Language {
        self.chosen(|| self.written_in(statement).unwrap_or(parent))
    }

    fn chosen(&self, kept: impl FnOnce() -> Language) -> Language {
        match self.keywords {
            Keywords::English => Language::English,
            Keywords::Chinese => Language::Chinese,
            Keywords::Keep => kept(),
        }
    }

    fn written_in(&self, statement: &Statement) -> Option<Language> {
        let head = statement.head;
        match &statement.kind {
            Kind::Row { test, outcome } => {
                let mut names: Vec<Span> = test
                    .exprs()
                    .into_iter()
                    .filter_map(|id| self.expr(id))
                    .map(|expr| expr.span)
                    .collect();
                names.extend(self.expr(*outcome).map(|expr| expr.span));
                // `=>` alone: kept as it is by writing it in English.
                Some(self.between(head, names).unwrap_or(Language::English))
            }
            Kind::Weight { weight, member } => {
                let mut names = vec![weight.span];
                names.extend(member.names.iter().map(|name| name.span));
                self.between(head, names)
            }
            Kind::Missing {
                pattern: MissingPattern::These(paths),
                ..
            } => {
                let last = paths.last()?.names.last()?.span;
                first_letter(Span::new(last.end, head.end).of(self.text))
            }
            Kind::Input(input) => first_letter(self.words_of_input(input, head)),
            Kind::Indicator(indicator) => {
                // An aspect begins with its name; keywords stand behind it.
                let start = start_of(&indicator.naming).unwrap_or(head.start);
                let before = Span::new(head.start, start).of(self.text);
                let behind = Span::new(end_of(&indicator.naming), head.end).of(self.text);
                first_letter(if before.trim().is_empty() {
                    behind
                } else {
                    before
                })
            }
            _ => first_letter(head.of(self.text)),
        }
    }

    /// The text of an input from its first keyword on.
    fn words_of_input(&self, input: &Input, head: Span) -> &str {
        let names = input.names.iter().filter_map(start_of).min();
        let before = Span::new(head.start, names.unwrap_or(head.start)).of(self.text);
        if !before.trim().is_empty() {
            return before;
        }
        match &input.shape {
            InputShape::Field(field) => match &field.of.base {
                // The type is a name; keywords begin behind it.
                BaseType::Named(name) if !field.of.list && field.of.per.is_none() => {
                    Span::new(name.span.end, head.end).of(self.text)
                }
                _ => Span::new(field.of.span.start, head.end).of(self.text),
            },
            InputShape::Group(_) | InputShape::Either(_) => {
                let last = input.names.last().map_or(head.start, end_of);
                Span::new(last, head.end).of(self.text)
            }
        }
    }

    /// The language of the words between some names.
    fn between(&self, whole: Span, mut names: Vec<Span>) -> Option<Language> {
        names.sort_unstable();
        let mut at = whole.start;
        let mut words = String::new();
        for name in names {
            words.push_str(Span::new(at, name.start).of(self.text));
            words.push(' ');
            at = at.max(name.end);
        }
        if words.chars().any(is_han) {
            return Some(Language::Chinese);
        }
        first_letter(&words)
    }
}

/// Where a naming begins.
pub(super) fn start_of(naming: &Naming) -> Option<u32> {
    let name = naming.name.as_ref().map(|name| name.span.start);
    let label = naming.label.as_ref().map(|label| label.span.start);
    name.into_iter().chain(label).min()
}

fn end_of(naming: &Naming) -> u32 {
    let names = [&naming.name, &naming.key];
    let names = names.into_iter().flatten().map(|name| name.span.end);
    let label = naming.label.as_ref().map(|label| label.span.end);
    names.chain(label).max().unwrap_or(0)
}

/// The language of the first letter outside quotes.
fn first_letter(text: &str) -> Option<Language> {
    text.chars().find_map(|character| {
        if is_han(character) {
            Some(Language::Chinese)
        } else if character.is_ascii_alphabetic() {
            Some(Language::English)
        } else {
            None
        }
    })
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Text in quotes that it does not contain itself: `"…"`, else 「…」, else “…”; titles of
/// documents in 《…》.
///
/// Quoted text has come out of one of these pairs, so one of them is always free.
pub(super) fn in_quotes(quoted: &Quoted) -> String {
    let text = &quoted.text;
    if quoted.title {
        format!("《{text}》")
    } else if !text.contains('"') {
        format!("\"{text}\"")
    } else if !text.contains('」') {
        format!("「{text}」")
    } else {
        format!("“{text}”")
    }
}
