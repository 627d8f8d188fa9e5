//! A statement's own text, without comments and with `{}` for the blocks inside it, and the way
//! back from its places to those of the whole text.

use crate::diagnostic::Diagnostic;
use crate::text::{Limits, Span, words};

use super::super::braces::Braced;
use super::super::mistakes::codes;
use super::super::scan::{Token, TokenKind};
use super::Node;
use super::chinese;

/// A statement's text with its places.
pub(super) struct Head {
    /// The text that a rule reads.
    pub(super) text: String,
    /// The tokens that it was made of.
    pub(super) tokens: Vec<Token>,
    /// Where stretches of this text stand in the whole one: (here, there), ascending.
    places: Vec<(usize, u32)>,
    /// The blocks: where their `{}` stands here, and the index of the `{` token.
    blocks: Vec<(usize, usize)>,
}

impl Head {
    /// The head that these tokens make.
    pub(super) fn new(text: &str, braced: &Braced, indices: &[usize]) -> Self {
        let mut head = Self {
            text: String::new(),
            tokens: Vec::with_capacity(indices.len()),
            places: Vec::new(),
            blocks: Vec::new(),
        };
        let mut end = None;
        for index in indices {
            let Some(token) = braced.tokens.get(*index).copied() else {
                continue;
            };
            let touches = end == Some(token.span.start);
            end = Some(token.span.end);
            if !touches && !head.text.is_empty() && token.kind != TokenKind::Close {
                head.text.push(' ');
            }
            head.places.push((head.text.len(), token.span.start));
            match token.kind {
                TokenKind::Open => {
                    head.blocks.push((head.text.len(), *index));
                    head.text.push('{');
                }
                TokenKind::Close => head.text.push('}'),
                _ => head.text.push_str(token.span.of(text)),
            }
            head.tokens.push(token);
        }
        head
    }

    /// The head of another wording, to try whether it could be read; it has no places.
    pub(super) fn trial(text: String) -> Self {
        Self {
            text,
            tokens: Vec::new(),
            places: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// The place in the whole text of the letter at `here`.
    pub(super) fn place(&self, here: usize) -> u32 {
        let after = self.places.partition_point(|(start, _)| *start <= here);
        let Some((start, there)) = self.places.get(after.saturating_sub(1)) else {
            return 0;
        };
        let offset = u32::try_from(here.saturating_sub(*start)).unwrap_or(u32::MAX);
        there.saturating_add(offset)
    }

    /// Where a node stands in the whole text, without the blanks that a rule reads behind it.
    pub(super) fn span(&self, node: &Node<'_>) -> Span {
        let from = node.as_span().start();
        let written = node.as_str().trim_end();
        let start = self.place(from);
        let end = match from.saturating_add(written.len()).checked_sub(1) {
            Some(last) if !written.is_empty() => self.place(last).saturating_add(1),
            _ => start,
        };
        Span::new(start, end)
    }

    /// Where a token stands in this text.
    pub(super) fn here(&self, token: usize) -> (usize, usize) {
        let start = self
            .places
            .get(token)
            .map_or(self.text.len(), |(here, _)| *here);
        let length = self.tokens.get(token).map_or(0, |token| match token.kind {
            TokenKind::Open | TokenKind::Close => 1,
            _ => token.span.range().len(),
        });
        (start, start.saturating_add(length))
    }

    /// The first token that does not end before `here`.
    pub(super) fn token_at(&self, here: usize) -> usize {
        (0..self.tokens.len())
            .find(|token| self.here(*token).1 > here)
            .unwrap_or(self.tokens.len())
    }

    /// Whether the statement is written with Chinese words of the language.
    pub(super) fn is_chinese(&self) -> bool {
        let mut words = self.tokens.iter().enumerate();
        words.any(|(token, _)| {
            let (start, end) = self.here(token);
            self.text.get(start..end).is_some_and(chinese::is_keyword)
        })
    }

    /// This text with the tokens from `first` up to `end` (not included) replaced.
    pub(super) fn reworded(&self, first: usize, end: usize, with: &str) -> String {
        let start = self.here(first).0;
        let rest = match end.checked_sub(1) {
            Some(last) if end > first => self.here(last).1,
            _ => start,
        };
        let before = self.text.get(..start).unwrap_or_default();
        let after = self.text.get(rest..).unwrap_or_default();
        format!("{before}{with}{after}")
    }

    /// The place of the tokens from `first` up to `end` in the whole text; for no tokens, the
    /// place before `first`, or behind the last one.
    pub(super) fn stretch(&self, first: usize, end: usize) -> Span {
        let token = |index: usize| self.tokens.get(index).map(|token| token.span);
        match (token(first), end.checked_sub(1).and_then(token)) {
            (Some(from), Some(to)) if end > first => from.to(to),
            (Some(from), _) => Span::new(from.start, from.start),
            (None, _) => {
                let end = self.whole().end;
                Span::new(end, end)
            }
        }
    }

    /// From the first token to the last.
    pub(super) fn whole(&self) -> Span {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        }
    }

    /// From the first token to the last before the block at `open`.
    pub(super) fn before_block(&self, open: usize) -> Span {
        let block = self.blocks.iter().find(|(_, token)| *token == open);
        let before = block.map_or(usize::MAX, |(here, _)| *here);
        let last = self.places.partition_point(|(start, _)| *start < before);
        match (
            self.tokens.first(),
            last.checked_sub(1).and_then(|last| self.tokens.get(last)),
        ) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => self.whole(),
        }
    }

    /// The index of the `{` token of a node that a `{}` was read as.
    pub(super) fn block(&self, braces: &Node<'_>) -> Option<usize> {
        let here = braces.as_span().start();
        let found = self.blocks.iter().find(|(place, _)| *place == here);
        found.map(|(_, token)| *token)
    }

    /// The index of the first `{` token.
    pub(super) fn first_block(&self) -> Option<usize> {
        self.blocks.first().map(|(_, token)| *token)
    }

    /// Whether it holds a block or a list in braces.
    pub(super) fn has_braces(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Whether a brace was inserted into it.
    pub(super) fn is_repaired(&self) -> bool {
        self.tokens.iter().any(|token| {
            matches!(token.kind, TokenKind::Open | TokenKind::Close)
                && token.span.start == token.span.end
        })
    }

    /// Whether it holds something that has been refused.
    pub(super) fn has_fault(&self) -> bool {
        self.tokens
            .iter()
            .any(|token| token.kind == TokenKind::Fault)
    }

    /// The finding, if it is longer or nested deeper than the limits allow.
    pub(super) fn beyond_limits(&self, text: &str, limits: &Limits) -> Option<Diagnostic> {
        if let Some(token) = self.tokens.get(limits.statement_terms) {
            let limit = limits.statement_terms;
            return Some(Diagnostic::new(
                &codes::LIMIT_PASSED,
                token.span,
                words!(
                    "a statement may have {limit} words, figures and signs; this one has more",
                    "一条语句最多 {limit} 个词、数字和符号，这条更多"
                ),
            ));
        }
        let deep = self.too_deep(text, limits.expression_depth)?;
        let limit = limits.expression_depth;
        Some(Diagnostic::new(
            &codes::LIMIT_PASSED,
            deep,
            words!(
                "brackets, `if`s and signs stand inside each other more than {limit} deep",
                "括号、“若”和正负号嵌套超过 {limit} 层"
            ),
        ))
    }

    /// The first token that stands deeper than `limit`. Every `if` and every rounding counts until
    /// its bracket or list member ends, since what follows may stand inside it.
    fn too_deep(&self, text: &str, limit: usize) -> Option<Span> {
        let mut outer: Vec<usize> = Vec::new();
        let mut outer_sum = 0_usize;
        let mut inside = 0_usize;
        let mut run = 0_usize;
        for (index, token) in self.tokens.iter().enumerate() {
            let written = token.span.of(text);
            match token.kind {
                TokenKind::BracketOpen => {
                    let here = inside.saturating_add(run).saturating_add(1);
                    outer.push(here);
                    outer_sum = outer_sum.saturating_add(here);
                    (inside, run) = (0, 0);
                }
                TokenKind::BracketClose => {
                    outer_sum = outer_sum.saturating_sub(outer.pop().unwrap_or(0));
                    (inside, run) = (0, 0);
                }
                TokenKind::Comma => {
                    let next = self.tokens.get(index.saturating_add(1));
                    let next = next.map_or("", |next| next.span.of(text));
                    // What stands behind these is still inside the `if`.
                    if !matches!(next, "then" | "else" | "则" | "否则") {
                        (inside, run) = (0, 0);
                    }
                }
                TokenKind::Operator if matches!(written, "-" | "－" | "−") => {
                    run = run.saturating_add(1);
                }
                TokenKind::Operator => run = 0,
                TokenKind::Word => match written {
                    "if"
                    | "若"
                    | "round"
                    | "四舍五入"
                    | "四舍六入五成双"
                    | "五舍六入"
                    | "进一"
                    | "去尾"
                    | "向上取整"
                    | "向下取整" => inside = inside.saturating_add(1),
                    "every" | "some" | "names" | "每" | "存在" | "名单" | "逐一" => {
                        inside = inside.saturating_add(1);
                    }
                    "not" | "非" | "of" | "平方根" | "自然对数" | "常用对数" => {
                        run = run.saturating_add(1)
                    }
                    "and" | "or" | "且" | "或" => run = 0,
                    _ => {}
                },
                _ => {}
            }
            if outer_sum.saturating_add(inside).saturating_add(run) > limit {
                return Some(token.span);
            }
        }
        None
    }
}
