//! The few lines of a text that a finding needs, cut to a readable width around what is marked.
//!
//! The renderer of excerpts would otherwise read the whole text again for each finding, and a
//! line of a megabyte would be shown whole. What is cut away stands as `…`; misleading
//! characters are escaped; marks follow the text to its new place.

use std::ops::Range;

use assize::text::Span;
use unicode_width::UnicodeWidthChar as _;

use super::place::Places;
use crate::visible;

/// Columns of a line that is shown whole.
const WIDTH: usize = 120;
/// Columns shown before the first mark of a cut line.
const BEFORE: usize = 30;
/// Columns shown from the first mark of a cut line on.
const AFTER: usize = 80;
/// Lines of one mark; of a longer stretch only the first line is marked.
const MARKED_LINES: usize = 12;
/// Lines between two marks of one excerpt; a mark further away has an excerpt of its own.
const APART: usize = 40;

/// Neighbouring lines with the marks in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The number of the first line, from 1.
    pub(super) first_line: usize,
    /// The lines as they are shown.
    pub(super) source: String,
    /// Which mark lies where in `source`.
    pub(super) marks: Vec<(usize, Range<usize>)>,
}

impl Excerpt {
    /// Where the mark of the first stretch begins in its line, in characters from 1.
    pub(super) fn column_of_first_mark(&self) -> usize {
        let before = self
            .marks
            .iter()
            .find(|(index, _)| *index == 0)
            .and_then(|(_, range)| self.source.get(..range.start))
            .unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or(before);
        line.chars().count().saturating_add(1)
    }
}

/// A mark with the lines it lies on.
struct Mark {
    index: usize,
    bytes: Range<usize>,
    lines: Range<usize>,
}

/// The excerpts that show all these stretches; the one with the first stretch comes first.
pub(super) fn excerpts(places: &Places<'_>, spans: &[Span]) -> Vec<Excerpt> {
    let mut marks: Vec<Mark> = (0..)
        .zip(spans)
        .map(|(index, span)| mark(places, index, *span))
        .collect();
    marks.sort_by_key(|mark| (mark.lines.start, mark.index));

    let mut groups: Vec<Vec<Mark>> = Vec::new();
    let mut reached = 0_usize;
    for mark in marks {
        let near = mark.lines.start <= reached.saturating_add(APART);
        reached = reached.max(mark.lines.end);
        match groups.last_mut() {
            Some(group) if near => group.push(mark),
            _ => groups.push(vec![mark]),
        }
    }
    let mut excerpts: Vec<Excerpt> = groups.iter().map(|group| cut(places, group)).collect();
    excerpts.sort_by_key(|excerpt| !excerpt.marks.iter().any(|(index, _)| *index == 0));
    excerpts
}

/// Whether a stretch can be shown whole in an excerpt.
pub(super) fn shows_whole(places: &Places<'_>, span: Span) -> bool {
    let (start, end) = places.ends(span);
    end.line.saturating_sub(start.line) < MARKED_LINES
        && (start.line..=end.line).all(|line| is_short(places.text(places.line_range(line))))
}

fn mark(places: &Places<'_>, index: usize, span: Span) -> Mark {
    let range = span.range();
    let start = places.at(range.start);
    // A stretch that ends behind a line end is shown up to that line end.
    let ending = places.text(start.offset..places.at(range.end).offset);
    let ending = ending.trim_end_matches(['\r', '\n']);
    let end = places.at(start.offset.saturating_add(ending.len()));
    let first = places.line_range(start.line);
    let last_line = if end.line.saturating_sub(start.line) >= MARKED_LINES {
        start.line
    } else {
        end.line
    };
    let end = end.offset.min(places.line_range(last_line).end);
    let first_line = start.line;
    let start = start.offset.min(first.end);
    Mark {
        index,
        bytes: start..end.max(start),
        lines: first_line..last_line,
    }
}

fn cut(places: &Places<'_>, group: &[Mark]) -> Excerpt {
    let first_line = group.iter().map(|mark| mark.lines.start).min().unwrap_or(1);
    let last_line = group.iter().map(|mark| mark.lines.end).max().unwrap_or(1);
    let mut source = String::new();
    let mut starts: Vec<Option<usize>> = vec![None; group.len()];
    let mut ends = starts.clone();
    for line in first_line..=last_line {
        if line > first_line {
            source.push('\n');
        }
        let range = places.line_range(line);
        let window = window(places, &range, group);
        if window.start > range.start {
            source.push('…');
        }
        let base = source.len();
        // Where an offset of this line comes to stand; what was cut away stands at its edge.
        let shown = |offset: usize| {
            let offset = offset.clamp(window.start, window.end);
            base.saturating_add(visible::line(places.text(window.start..offset)).len())
        };
        for ((mark, start), end) in group.iter().zip(&mut starts).zip(&mut ends) {
            if mark.lines.start == line {
                *start = Some(shown(mark.bytes.start));
            }
            if mark.lines.end == line {
                *end = Some(shown(mark.bytes.end));
            }
        }
        source.push_str(&visible::line(places.text(window.clone())));
        if window.end < range.end {
            source.push('…');
        }
    }
    let marks = group
        .iter()
        .zip(starts.into_iter().zip(ends))
        .filter_map(|(mark, ends)| match ends {
            (Some(start), Some(end)) => Some((mark.index, start..end.max(start))),
            _ => None,
        })
        .collect();
    Excerpt {
        first_line,
        source,
        marks,
    }
}

/// The part of a line that is shown.
fn window(places: &Places<'_>, line: &Range<usize>, group: &[Mark]) -> Range<usize> {
    if is_short(places.text(line.clone())) {
        return line.clone();
    }
    let marked = group
        .iter()
        .filter(|mark| mark.bytes.start <= line.end && mark.bytes.end >= line.start)
        .map(|mark| mark.bytes.start.max(line.start))
        .min()
        .unwrap_or(line.start);
    let before = columns(places.text(line.start..marked).chars().rev(), BEFORE);
    let after = columns(places.text(marked..line.end).chars(), AFTER);
    marked.saturating_sub(before)..marked.saturating_add(after)
}

/// Whether a line is shown whole.
fn is_short(line: &str) -> bool {
    line.len() <= WIDTH.saturating_mul(4) && columns(line.chars(), WIDTH) == line.len()
}

/// Bytes of the characters that fit into so many columns.
fn columns(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut bytes = 0_usize;
    let mut used = 0_usize;
    for character in characters {
        let width = if visible::misleads(character) {
            character.escape_unicode().count()
        } else {
            character.width().unwrap_or(1)
        };
        used = used.saturating_add(width);
        if used > columns {
            break;
        }
        bytes = bytes.saturating_add(character.len_utf8());
    }
    bytes
}

#[cfg(test)]
#[expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "the texts of tests are short"
)]
mod tests {
    use super::*;

    /// The excerpts with the marked stretches in ⟦⟧.
    fn check(text: &str, marked: &[&str], expected: &[(usize, &str)]) {
        let spans: Vec<Span> = marked
            .iter()
            .map(|word| {
                let start = text.find(word).expect("the word stands in the text");
                Span::new(start as u32, (start + word.len()) as u32)
            })
            .collect();
        let shown: Vec<(usize, String)> = excerpts(&Places::new(text), &spans)
            .into_iter()
            .map(|excerpt| {
                let mut source = excerpt.source;
                let mut marks = excerpt.marks;
                marks.sort_by_key(|(_, range)| std::cmp::Reverse(range.start));
                for (_, range) in marks {
                    source.insert(range.end, '⟧');
                    source.insert(range.start, '⟦');
                }
                (excerpt.first_line, source)
            })
            .collect();
        let shown: Vec<_> = shown
            .iter()
            .map(|(line, text)| (*line, text.as_str()))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_mark_brings_its_line() {
        check("甲\n满分 100\n乙", &["100"], &[(2, "满分 ⟦100⟧")]);
        check("甲\n乙 {\n丙\n}", &["乙", "}"], &[(2, "⟦乙⟧ {\n丙\n⟦}⟧")]);
        check("甲\r\n乙\r\n", &["乙\r\n"], &[(2, "⟦乙⟧")]);
    }

    #[test]
    fn distant_marks_have_excerpts_of_their_own() {
        let text = format!("one{}two", "\n".repeat(60));
        check(&text, &["two", "one"], &[(61, "⟦two⟧"), (1, "⟦one⟧")]);
    }

    #[test]
    fn a_long_stretch_is_marked_in_its_first_line() {
        let block = format!("item x {{{}}}", "\n    start at 5".repeat(20));
        check(&block, &[&block], &[(1, "⟦item x {⟧")]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_first_mark() {
        let text = format!("{}错{}", "a".repeat(500), "分".repeat(500));
        let expected = format!("…{}⟦错⟧{}…", "a".repeat(30), "分".repeat(39));
        check(&text, &["错"], &[(1, &expected)]);
        let text = format!("x{}y", "分".repeat(300));
        let expected = format!("⟦x⟧{}⟦⟧…", "分".repeat(39));
        check(&text, &["x", "y"], &[(1, &expected)]);
    }

    #[test]
    fn marks_follow_escaped_characters() {
        check("\t\u{1b}[31m扣 1", &["扣"], &[(1, r"    \u{1b}[31m⟦扣⟧ 1")]);
    }
}
