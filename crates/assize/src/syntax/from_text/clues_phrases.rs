//! Clues in the phrases of regulations that the language says otherwise: 如果, 低于 in a condition,
//! 0至100, 每发生一起, 扣完为止.
//!
//! A phrase is only told where the statement could be read with the other wording.

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::mistakes::codes;
use super::super::scan::TokenKind;
use super::chinese;
use super::clues::Clues;

/// Phrases, and what is written for them. A phrase stands before those that it begins with.
const PHRASES: &[(&str, &str)] = &[
    ("如果", "若"),
    ("假如", "若"),
    ("那么", "则"),
    ("或者", "或"),
    ("并且", "且"),
    ("而且", "且"),
    ("大于等于", ">="),
    ("大于或等于", ">="),
    ("小于等于", "<="),
    ("小于或等于", "<="),
    ("不低于", ">="),
    ("不少于", ">="),
    ("不小于", ">="),
    ("达到", ">="),
    ("不高于", "<="),
    ("不超过", "<="),
    ("不多于", "<="),
    ("不大于", "<="),
    ("高于", ">"),
    ("超过", ">"),
    ("多于", ">"),
    ("大于", ">"),
    ("低于", "<"),
    ("少于", "<"),
    ("小于", "<"),
    ("不满", "<"),
    ("不足", "<"),
    ("不等于", "<>"),
    ("等于", "="),
    ("above", ">"),
    ("below", "<"),
    ("至", ".."),
    ("到", ".."),
];

/// What is written for a phrase in a line that adds or deducts; tried before [`PHRASES`].
const IN_A_CHANGE: &[(&str, &str)] = &[
    ("不超过", "最多"),
    ("不高于", "最多"),
    ("封顶", "最多"),
    ("上限", "最多"),
    ("倒扣", "扣"),
    ("减", "扣"),
    ("max", "at most"),
    ("min", "not below"),
];

/// How regulations say that a score stops at 0.
const UNTIL_NOTHING_IS_LEFT: &[&str] = &["扣完为止", "扣完即止", "扣完止", "扣光为止"];

/// What stands between 每 and what is counted.
const COUNTED_BY: &[&str] = &[
    "人次", "起", "次", "项", "个", "例", "件", "处", "人", "条", "宗", "张", "户", "天",
];

impl Clues<'_> {
    pub(super) fn phrases(&self) -> Option<Diagnostic> {
        self.else_as_a_row()
            .or_else(|| self.until_nothing_is_left())
            .or_else(|| self.counted_one_by_one())
            .or_else(|| self.said_otherwise())
    }

    /// `else => 不合格`, which joins the row above it.
    fn else_as_a_row(&self) -> Option<Diagnostic> {
        let written = self.word(self.at);
        let end = self.at.saturating_add(1);
        let instead = match written {
            "else" => "otherwise",
            "否则" => "其余",
            _ => return None,
        };
        let arrow = matches!(self.word(end), "=>" | "＝>" | "=＞" | "＝＞" | "为");
        if !(self.is_row() && arrow) {
            return None;
        }
        let span = self.head.stretch(self.at, end);
        let finding = Diagnostic::new(
            &codes::OTHER_WORDING,
            span,
            words!(
                "the last row begins with `{instead}`, not with `{written}`",
                "最后一行请写“{instead} 为 …”，不写“{written}”"
            ),
        );
        Some(finding.with_fix(span, instead))
    }

    /// `每 投诉 扣5分，扣完为止`
    fn until_nothing_is_left(&self) -> Option<Diagnostic> {
        let at = self.find(UNTIL_NOTHING_IS_LEFT)?;
        let written = self.word(at);
        let end = at.saturating_add(1);
        if end < self.words.len() {
            return None;
        }
        let before = at
            .checked_sub(1)
            .filter(|before| matches!(self.word(*before), "," | "，" | "、"));
        let first = before.unwrap_or(at);
        let rest = self.head.reworded(first, end, "");
        let floor = match (at, before) {
            (0, _) => "最低0分",
            (_, Some(_)) if self.reads(rest.trim_end().to_owned()) => "；最低0分",
            _ => return None,
        };
        let finding = Diagnostic::new(
            &codes::OTHER_WORDING,
            self.head.stretch(at, end),
            words!(
                "`{written}` is a line of its own: `not below 0`",
                "“{written}”请单独写成一行：最低0分"
            ),
        );
        Some(finding.with_fix(self.head.stretch(first, end), floor))
    }

    /// `每发生一起投诉扣5分`
    fn counted_one_by_one(&self) -> Option<Diagnostic> {
        let (at, rest) =
            (0..self.words.len()).find_map(|at| Some((at, without_measure(self.word(at))?)))?;
        let end = at.saturating_add(1);
        let glued = format!("每{rest}");
        let parted = chinese::parted(&glued, &self.known);
        let plain = parted.unwrap_or_else(|| format!("每 {rest}"));
        let plain = plain.trim_end();
        let wording = self.head.reworded(at, end, plain);
        if !self.reads(wording) {
            return None;
        }
        let written = self.word(at);
        let span = self.head.stretch(at, end);
        let finding = Diagnostic::new(
            &codes::OTHER_WORDING,
            span,
            words!(
                "behind 每 stands the name of what is counted, without a measure word: not `{written}`",
                "“每”后直接写所数的名称，不写量词：{plain} …"
            ),
        );
        Some(finding.with_fix(span, plain))
    }

    fn said_otherwise(&self) -> Option<Diagnostic> {
        self.said_in(&[IN_A_CHANGE, PHRASES])
            .or_else(|| self.said_in(&[PHRASES]))
    }

    fn said_in(&self, tables: &[&'static [(&'static str, &'static str)]]) -> Option<Diagnostic> {
        let found: Vec<(usize, Phrase<'_>)> = (0..self.words.len())
            .filter(|at| self.kind(*at) == Some(TokenKind::Word))
            .filter_map(|at| Some((at, Phrase::of(self.word(at), tables)?)))
            .collect();
        let mut wording = self.head.text.clone();
        for (at, phrase) in found.iter().rev() {
            let (from, to) = self.head.here(*at);
            if wording.get(from..to).is_some() {
                wording.replace_range(from..to, &phrase.plain());
            }
        }
        let (at, phrase) = found.first()?;
        if !self.reads(wording.clone()) {
            return None;
        }
        let span = self.head.stretch(*at, at.saturating_add(1));
        let Phrase {
            written, instead, ..
        } = phrase;
        let finding = Diagnostic::new(
            &codes::OTHER_WORDING,
            span,
            words!(
                "write `{instead}` for `{written}` here; the statement is not used as it stands",
                "这里的“{written}”请写作 {instead}；照现在的写法本条不起作用"
            ),
        );
        Some(if found.len() > 1 && self.head.first_block().is_none() {
            finding.with_fix(self.head.stretch(0, self.words.len()), wording.trim())
        } else {
            finding.with_fix(span, phrase.plain())
        })
    }
}

/// A phrase that a word is, or begins with in front of a figure.
struct Phrase<'w> {
    written: &'static str,
    instead: &'static str,
    figure: &'w str,
}

impl<'w> Phrase<'w> {
    fn of(word: &'w str, tables: &[&'static [(&'static str, &'static str)]]) -> Option<Self> {
        tables
            .iter()
            .flat_map(|table| table.iter())
            .find_map(|(written, instead)| {
                let figure = word.strip_prefix(written)?;
                let fits = figure.is_empty() || figure.starts_with(|c: char| c.is_ascii_digit());
                fits.then_some(Self {
                    written,
                    instead,
                    figure,
                })
            })
    }

    /// What is written for it, with its figure.
    fn plain(&self) -> String {
        let Self {
            instead, figure, ..
        } = self;
        let touches = matches!(*instead, ".." | "最多" | "扣");
        if figure.is_empty() || touches {
            format!("{instead}{figure}")
        } else {
            format!("{instead} {figure}")
        }
    }
}

/// What stands behind 每发生一起, 每出现一次, 每起 in a word.
fn without_measure(word: &str) -> Option<&str> {
    let counted = word.strip_prefix('每')?;
    let happened = ["发生", "出现", "发现", "查出", "增加", "有"]
        .iter()
        .find_map(|verb| counted.strip_prefix(verb))
        .unwrap_or(counted);
    let one = happened.strip_prefix(['一', '1']).unwrap_or(happened);
    let rest = COUNTED_BY
        .iter()
        .find_map(|measure| one.strip_prefix(measure))
        .unwrap_or(one);
    (rest != counted).then_some(rest)
}
