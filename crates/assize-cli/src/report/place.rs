//! Lines and columns of byte offsets, found once for a text and cheap to ask for afterwards.
//!
//! Both count from 1; columns count characters (Unicode scalar values), whatever their width. A
//! line ends with a line feed, with or without a carriage return before it. Offsets outside the
//! text, or inside a character, are moved back to the nearest place in it.

use std::ops::Range;

use assize::text::Span;
use serde::Serialize;

/// Bytes between two remembered character counts: a text of one long line stays cheap.
const STRIDE: usize = 1024;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: usize,
    /// From 1, in characters.
    pub(crate) column: usize,
    /// Bytes before the place.
    pub(crate) offset: usize,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Characters that begin before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Reads the text once.
    pub(crate) fn new(text: &'a str) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at.saturating_add(1)))
            .collect();
        let characters = text
            .as_bytes()
            .chunks(STRIDE)
            .scan(0_usize, |total, chunk| {
                let before = *total;
                *total = total.saturating_add(beginnings(chunk));
                Some(before)
            })
            .collect();
        Self {
            text,
            line_starts,
            characters,
        }
    }

    /// The line and column of an offset.
    pub(crate) fn at(&self, offset: usize) -> Place {
        let offset = self.clamp(offset);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let line_start = self.line_range(line).start;
        let column = self
            .characters_before(offset)
            .saturating_sub(self.characters_before(line_start))
            .saturating_add(1);
        Place {
            line,
            column,
            offset,
        }
    }

    /// The places where a stretch begins and ends.
    pub(crate) fn ends(&self, span: Span) -> (Place, Place) {
        let Range { start, end } = span.range();
        (self.at(start), self.at(end.max(start)))
    }

    /// The bytes of a line, counted from 1, without its line end.
    pub(crate) fn line_range(&self, line: usize) -> Range<usize> {
        let start = line
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index))
            .copied()
            .unwrap_or(self.text.len());
        let next = self.line_starts.get(line).copied();
        let end = next.map_or(self.text.len(), |next| next.saturating_sub(1));
        let line = self.text.get(start..end).unwrap_or("");
        let line = match next {
            Some(_) => line.strip_suffix('\r').unwrap_or(line),
            None => line,
        };
        start..start.saturating_add(line.len())
    }

    /// The text of some bytes.
    pub(crate) fn text(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    fn clamp(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset = offset.saturating_sub(1);
        }
        offset
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / STRIDE;
        let Some(before) = self.characters.get(block) else {
            // The offset is the end of a text that fills its last block.
            let last = self
                .text
                .as_bytes()
                .get(block.saturating_sub(1).saturating_mul(STRIDE)..);
            let before = self.characters.last().copied().unwrap_or(0);
            return before.saturating_add(last.map_or(0, beginnings));
        };
        let rest = self
            .text
            .as_bytes()
            .get(block.saturating_mul(STRIDE)..offset);
        before.saturating_add(rest.map_or(0, beginnings))
    }
}

/// How many characters begin in these bytes.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: usize, line: usize, column: usize) {
        let place = Places::new(text).at(offset);
        assert_eq!((place.line, place.column), (line, column), "{offset}");
    }

    #[test]
    fn columns_count_characters() {
        check("", 0, 1, 1);
        check("满分100分", 6, 1, 3);
        check("a\n指标 x", 2, 2, 1);
        check("a\n指标 x", 9, 2, 4);
        check("a\r\nb", 3, 2, 1);
    }

    #[test]
    fn offsets_outside_the_text_or_inside_a_character_move_back() {
        check("满分", 1, 1, 1);
        check("满分", 99, 1, 3);
        check("a\n", 99, 2, 1);
    }

    #[test]
    fn a_line_has_no_line_end() {
        let places = Places::new("一\r\n二\n\n三\r");
        let lines: Vec<_> = (1..=5).map(|n| places.text(places.line_range(n))).collect();
        assert_eq!(lines, ["一", "二", "", "三\r", ""]);
    }

    #[test]
    fn remembered_counts_agree_with_counting() {
        for text in [
            "满分扣a".repeat(700),
            "a".repeat(STRIDE * 2),
            "\u{1F600}".repeat(512),
        ] {
            for (characters, (offset, _)) in text.char_indices().enumerate() {
                check(&text, offset, 1, characters + 1);
            }
            check(&text, text.len(), 1, text.chars().count() + 1);
        }
    }
}
