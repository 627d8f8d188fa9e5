//! The one name space of inputs and figures, with suggestions for names that are not in it.

use indexmap::IndexMap;

use super::{EitherId, FigureId, InputId, ScaleId, TableId};
use crate::text::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Input(InputId),
    /// A group of inputs: only its members have values.
    InputGroup,
    Either(EitherId),
    Figure(FigureId),
    /// A field that an `each` computes: `months.below_target`.
    RowFigure(FigureId),
    Scale(ScaleId),
    Table(TableId),
    /// Declared by a statement that could not be read; its uses are not reported again.
    Hole,
}

/// Names with what they stand for and where they were declared.
#[derive(Debug, Default)]
pub(super) struct Names {
    entries: IndexMap<String, (Named, Span)>,
}

impl Names {
    /// Declares a name; returns the place of an earlier declaration if there is one. What a
    /// statement that could not be read seems to declare gives way: it may have meant a use.
    pub(super) fn declare(&mut self, name: &str, what: Named, span: Span) -> Option<Span> {
        if let Some((earlier, place)) = self.entries.get(name)
            && *earlier != Named::Hole
        {
            return Some(*place);
        }
        self.entries.insert(name.to_owned(), (what, span));
        None
    }

    /// What a name stands for. 总分 and 等级 are the built-in total and grade where nothing else
    /// has that name.
    pub(super) fn find(&self, name: &str) -> Option<Named> {
        let found = self.entries.get(name).or_else(|| match name {
            "总分" => self.entries.get("total"),
            "等级" => self.entries.get("grade"),
            _ => None,
        });
        found.map(|(what, _)| *what)
    }

    /// Where a name was declared.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.entries
            .get(name)
            .filter(|(what, _)| *what != Named::Hole)
            .map(|(_, span)| *span)
    }

    /// The declared name that is nearest to a name that is not declared.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.entries.keys().map(String::as_str))
    }
}

/// The candidate that differs from `word` in the fewest signs, if it differs in few enough.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed && *distance < length)
        .filter(|(_, candidate)| !negates(word, candidate) && !negates(candidate, word))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether one word says the opposite of the other, as 不合格 and 合格: nobody means one by a slip
/// that gives the other.
fn negates(word: &str, plain: &str) -> bool {
    ["不", "非", "未", "无", "没"]
        .iter()
        .any(|sign| word.strip_prefix(sign) == Some(plain))
}

/// How many signs must be inserted, deleted or replaced to turn `a` into `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (above, y) in row.iter().skip(1).zip(&b) {
            let replaced = diagonal.saturating_add(usize::from(x != *y));
            let cell = replaced
                .min(above.saturating_add(1))
                .min(left.saturating_add(1));
            next.push(cell);
            diagonal = *above;
            left = cell;
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distance_counts_single_signs() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("问题数", "问题项数"), 1);
    }

    #[test]
    fn only_near_names_are_suggested() {
        assert_eq!(
            nearest("isues_found", ["issues_found", "total"]),
            Some("issues_found")
        );
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("不合格", ["合格", "优秀"]), None);
        assert_eq!(nearest("不及格", ["合格", "不合格"]), Some("不合格"));
        assert_eq!(nearest("问题", ["投诉"]), None);
    }
}
