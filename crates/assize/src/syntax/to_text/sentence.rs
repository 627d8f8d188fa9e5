//! One statement as it will stand on a line, and where it may go on to the next line.
//!
//! A line may end after a comma or an operator, and before the few words that join lines
//! (`and or then else cite says assumed`). Widths count columns: Han takes two.

use unicode_width::UnicodeWidthStr as _;

/// Columns of a line.
pub(super) const WIDTH: usize = 120;
/// Columns by which a line that goes on is indented further.
const CONTINUATION: usize = 4;

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// A space.
    Space,
    /// A space, or a line end where no other place is: inside so many maps of lists.
    Inside(usize),
    /// A space, or a line end where no place outside such maps is.
    Least,
    /// A space, or a line end where no better place is.
    Weak,
    /// A space, or a line end.
    Strong,
    /// A space, or a line end before anything else: a clause begins.
    Clause,
}

/// Words with the gaps before them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    words: Vec<(Gap, String)>,
    next: Option<Gap>,
}

impl Sentence {
    /// Adds a word, after a space unless [`Self::gap`] said otherwise.
    pub(super) fn word(&mut self, text: impl Into<String>) {
        let gap = self.next.take().unwrap_or(Gap::Space);
        self.words.push((gap, text.into()));
    }

    /// Adds a sign directly behind the last word.
    pub(super) fn glue(&mut self, text: impl Into<String>) {
        self.gap(Gap::Glued);
        self.word(text);
    }

    /// Says what stands before the next word.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.next = Some(gap);
    }

    /// Adds a comma; the line may end behind it.
    pub(super) fn comma(&mut self) {
        self.comma_then(Gap::Strong);
    }

    /// Adds a comma and says what stands behind it.
    pub(super) fn comma_then(&mut self, gap: Gap) {
        self.glue(",");
        self.gap(gap);
    }

    /// Adds a word before which the line may end.
    pub(super) fn joining_word(&mut self, text: impl Into<String>) {
        self.gap(Gap::Strong);
        self.word(text);
    }

    /// Adds the first word of a clause, which begins a line rather than ends one.
    pub(super) fn clause(&mut self, text: impl Into<String>) {
        self.gap(Gap::Clause);
        self.word(text);
    }

    /// Adds the words of another sentence.
    pub(super) fn append(&mut self, other: Self) {
        for (nth, (gap, text)) in other.words.into_iter().enumerate() {
            if nth > 0 || (gap == Gap::Glued && self.next.is_none()) {
                self.gap(gap);
            }
            self.word(text);
        }
    }

    /// The words on one line.
    pub(super) fn flat(&self) -> String {
        join(&self.words)
    }

    /// The words on as many lines as their width needs, each with its indentation.
    pub(super) fn wrapped(&self, indent: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line: Vec<(Gap, String)> = Vec::new();
        let mut margin = indent;
        let mut width = indent;
        for word in &self.words {
            width = width
                .saturating_add(space(word.0))
                .saturating_add(word.1.width());
            line.push(word.clone());
            while width > WIDTH {
                let Some(at) = break_in(&line) else { break };
                let rest = line.split_off(at);
                lines.push(format!("{:margin$}{}", "", join(&line)));
                line = rest;
                margin = indent.saturating_add(CONTINUATION);
                width = margin.saturating_add(join(&line).width());
            }
        }
        lines.push(format!("{:margin$}{}", "", join(&line)));
        lines
    }
}

/// The place of the last good gap of a line.
///
/// Looked for only near the end of a line: a line that is too long because it has no such place
/// may have thousands of words.
fn break_in(line: &[(Gap, String)]) -> Option<usize> {
    let near = line.len().saturating_sub(WIDTH).max(1);
    let last = |wanted: Gap| {
        let tail = line.get(near..)?;
        let at = tail.iter().rposition(|(gap, _)| *gap == wanted)?;
        Some(at.saturating_add(near))
    };
    last(Gap::Clause)
        .or_else(|| last(Gap::Strong))
        .or_else(|| last(Gap::Weak))
        .or_else(|| last(Gap::Least))
        .or_else(|| {
            let depth = |gap: &Gap| match gap {
                Gap::Inside(depth) => Some(*depth),
                _ => None,
            };
            let outermost = line.get(near..)?.iter().filter_map(|(gap, _)| depth(gap));
            last(Gap::Inside(outermost.min()?))
        })
}

fn space(gap: Gap) -> usize {
    usize::from(gap != Gap::Glued)
}

fn join(words: &[(Gap, String)]) -> String {
    let mut line = String::new();
    for (nth, (gap, text)) in words.iter().enumerate() {
        if nth > 0 && *gap != Gap::Glued {
            line.push(' ');
        }
        line.push_str(text);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> Sentence {
        let mut sentence = Sentence::default();
        sentence.word("given");
        for word in words {
            sentence.word(*word);
            sentence.comma();
        }
        sentence.word("end");
        sentence
    }

    #[test]
    fn a_long_line_goes_on_after_a_comma() {
        let long = "a".repeat(40);
        let lines = list(&[&long, &long, &long]).wrapped(4);
        let expected = [
            format!("    given {long}, {long},"),
            format!("        {long}, end"),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn han_takes_two_columns() {
        // 4 + 5 + 1 + 108 + 1 columns stand before " end": 123 with it, 119 without.
        let lines = list(&["分".repeat(54).as_str()]).wrapped(4);
        assert_eq!(lines.len(), 2);
        assert_eq!(list(&["a".repeat(54).as_str()]).wrapped(4).len(), 1);
    }

    #[test]
    fn a_line_without_a_place_to_break_stays_whole() {
        let mut sentence = Sentence::default();
        for _ in 0..60 {
            sentence.word("word");
        }
        assert_eq!(sentence.wrapped(0).len(), 1);
    }
}
