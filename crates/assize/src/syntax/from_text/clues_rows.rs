//! Clues in rows of tables and grades: what stands where a condition and `=>` should.

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::mistakes::codes;
use super::chinese;
use super::clues::Clues;

impl Clues<'_> {
    pub(super) fn two_bounds(&self) -> Option<Diagnostic> {
        let bounds: Vec<usize> = (0..self.words.len())
            .filter(|index| chinese::is_bound(self.word(*index)))
            .collect();
        let [first, second, ..] = bounds.as_slice() else {
            return None;
        };
        if !self.is_row() || (*second).min(*first) > self.at {
            return None;
        }
        let end = self.find(&["=>", "＝＞", "为"]).unwrap_or(self.words.len());
        Some(
            Diagnostic::new(
                &codes::TWO_BOUNDS,
                self.head.stretch(0, end),
                words!(
                    "two bounds of one row stand one behind the other: a lower and an upper one",
                    "一行写两个界限时，下限与上限相连"
                ),
            )
            .with_help(words!(
                "`from 95 below 98`, or `95..98`",
                "例如 95分以上不满98分，或 95..98"
            )),
        )
    }

    /// `>= 95 => 优秀`, `else => 不合格`
    pub(super) fn row_begins_otherwise(&self) -> Option<Diagnostic> {
        if !self.is_row() {
            return None;
        }
        let instead = match self.word(0) {
            ">=" | "≥" | "＞=" | "＞＝" => "from",
            ">" | "＞" => "above",
            "<=" | "≤" | "＜=" | "＜＝" => "up to",
            "<" | "＜" => "below",
            "else" | "否则" => "otherwise",
            _ => return None,
        };
        let written = self.word(0);
        let span = self.head.stretch(0, 1);
        let finding = Diagnostic::new(
            &codes::UNREADABLE,
            span,
            words!(
                "a row begins with a word, not with `{written}`: write `{instead}`",
                "一行不能以“{written}”开头，应写“不低于”“高于”“不高于”“低于”或“其余”"
            ),
        );
        let with = if self.touches(1) {
            format!("{instead} ")
        } else {
            instead.to_owned()
        };
        let reads = self.reads(self.head.reworded(0, 1, &with));
        reads.then(|| finding.with_fix(span, with))
    }

    pub(super) fn row(&self) -> Option<Diagnostic> {
        if !self.is_row() || self.find(&["=>", "＝＞", "=＞", "＝>", "为"]).is_some() {
            return None;
        }
        let missing = |shown, span, fix: &str| {
            Diagnostic::new(
                &codes::EXPECTED_ARROW,
                shown,
                words!(
                    "I expected `=>` between the condition and what it gives",
                    "条件与结果之间应为“=>”或“为”"
                ),
            )
            .with_fix(span, fix)
        };
        let instead = self.find(&["->", "=", "＝", ":", "：", "→"]);
        if let Some(at) = instead {
            let end = at.saturating_add(1);
            if self.reads(self.head.reworded(at, end, " => ")) {
                let span = self.head.stretch(at, end);
                return Some(missing(span, span, "=>"));
            }
        }
        let at = self.at;
        if at > 0 && !self.touches(at) && self.reads(self.head.reworded(at, at, " => ")) {
            let shown = self.head.stretch(at, at.saturating_add(1));
            return Some(missing(shown, self.head.stretch(at, at), "=> "));
        }
        let whole = self.head.stretch(0, self.words.len());
        let finding = Diagnostic::new(
            &codes::ROW_WITHOUT_CONDITION,
            whole,
            words!(
                "a row is a condition, `=>` (为) and what it gives; this one is not used",
                "这一行应写“条件 为 结果”，现在不起作用"
            ),
        );
        Some(match chinese::row(&self.words.concat()) {
            Some(row) if self.reads(row.clone()) => finding.with_fix(whole, row),
            _ => finding.with_help(words!(
                "write for example `from 95 => 优秀`",
                "例如：不低于95 为 优秀"
            )),
        })
    }
}
