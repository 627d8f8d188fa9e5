//! Text that a terminal, a log or a reader may be shown: characters that act on a terminal or
//! mislead the eye appear as their escapes, `\u{1b}`.
//!
//! This is not the escaping of any format: XML, JSON and URIs have their own writers.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character acts on a terminal or is invisible: controls, line and paragraph
/// separators, bidirectional controls, characters without width, byte-order marks, tags.
pub(crate) fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// One line of text for people: misleading characters, line ends among them, are escaped.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escape(text, false)
}

/// Text of several lines for people: as [`line()`], but line feeds stay.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escape(text, true)
}

fn escape(text: &str, keep_line_feeds: bool) -> Cow<'_, str> {
    let kept = |character| keep_line_feeds && character == '\n' || !misleads(character);
    if text.chars().all(kept) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // A tab has no width of its own, and marks below it must stay in their columns.
            '\t' => shown.push_str("    "),
            _ if kept(character) => shown.push(character),
            _ => _ = write!(shown, "{}", character.escape_unicode()),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_are_shown_and_not_sent() {
        assert_eq!(line("\u{1b}[31m满分\u{7}"), r"\u{1b}[31m满分\u{7}");
        assert_eq!(line("\u{9b}2J"), r"\u{9b}2J");
        assert_eq!(line("a\u{202e}b\u{200b}"), r"a\u{202e}b\u{200b}");
        assert_eq!(line("a\tb\nc"), r"a    b\u{a}c");
        assert_eq!(lines("a\r\nb"), "a\\u{d}\nb");
    }

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(line("扣1分，“甲”"), Cow::Borrowed(_)));
    }
}
