//! Which `{` belongs to which `}`, and, where they do not balance, the repair by indentation.
//!
//! A lost brace would otherwise cost every statement behind it. The repair runs only on texts
//! whose braces do not balance: a line that is indented no deeper than the line that opened a
//! block closes it; a block's head followed by deeper lines without `{` gets one; a `}` that
//! closes nothing is dropped. Each repair is one finding, and the text is never changed: inserted
//! braces are tokens without letters.

use crate::diagnostic::Diagnostic;
use crate::text::{Limits, Span, words};

use super::findings::Findings;
use super::mistakes::codes;
use super::scan::{Token, TokenKind};
use super::statements::joins;

/// Tokens whose braces balance.
pub(super) struct Braced {
    /// The tokens.
    pub(super) tokens: Vec<Token>,
    /// For each `{`, the index of its `}`; 0 for every other token.
    partner: Vec<usize>,
}

impl Braced {
    /// The index of the brace that closes the one at `open`.
    pub(super) fn close_of(&self, open: usize) -> usize {
        self.partner.get(open).copied().unwrap_or(open).max(open)
    }
}

/// Matches the braces; `None` if blocks nest deeper than the limit.
pub(super) fn balance(
    text: &str,
    tokens: Vec<Token>,
    limits: &Limits,
    findings: &mut Findings,
) -> Option<Braced> {
    let balanced = is_balanced(&tokens);
    if let Some(span) = too_deep(&tokens, limits.block_depth) {
        return refuse_depth(span, limits, findings);
    }
    let tokens = if balanced {
        tokens
    } else {
        Repair::new(text, &tokens, findings).run()
    };
    if let Some(span) = too_deep(&tokens, limits.block_depth) {
        return refuse_depth(span, limits, findings);
    }
    let mut partner = vec![0; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open => open.push(index),
            TokenKind::Close => {
                if let Some(slot) = open.pop().and_then(|start| partner.get_mut(start)) {
                    *slot = index;
                }
            }
            _ => {}
        }
    }
    Some(Braced { tokens, partner })
}

fn refuse_depth(span: Span, limits: &Limits, findings: &mut Findings) -> Option<Braced> {
    let limit = limits.block_depth;
    findings.add(Diagnostic::new(
        &codes::LIMIT_PASSED,
        span,
        words!(
            "blocks stand inside each other more than {limit} deep",
            "花括号嵌套超过 {limit} 层"
        ),
    ));
    None
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::Open => depth = depth.saturating_add(1),
            TokenKind::Close if depth == 0 => return false,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth == 0
}

fn too_deep(tokens: &[Token], limit: usize) -> Option<Span> {
    let mut depth = 0_usize;
    for token in tokens {
        match token.kind {
            TokenKind::Open => {
                depth = depth.saturating_add(1);
                if depth > limit {
                    return Some(token.span);
                }
            }
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// One written line: its tokens up to and with its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    tokens: &'t [Token],
    first: Token,
    last: Token,
    indent: usize,
}

struct OpenBlock {
    indent: usize,
    head: Span,
}

struct Repair<'t, 'f> {
    text: &'t str,
    lines: Vec<Result<Line<'t>, &'t [Token]>>,
    findings: &'f mut Findings,
    out: Vec<Token>,
    open: Vec<OpenBlock>,
    last: Span,
    /// Where the statement began whose line is copied, and its indentation.
    head: (Span, usize),
}

impl<'t, 'f> Repair<'t, 'f> {
    fn new(text: &'t str, tokens: &'t [Token], findings: &'f mut Findings) -> Self {
        let lines = tokens
            .split_inclusive(|token| token.kind == TokenKind::LineEnd)
            .map(|tokens| {
                let mut written = tokens
                    .iter()
                    .filter(|token| !matches!(token.kind, TokenKind::LineEnd | TokenKind::Comment));
                match (written.next(), written.next_back()) {
                    (Some(first), last) => Ok(Line {
                        tokens,
                        first: *first,
                        last: *last.unwrap_or(first),
                        indent: indent(text, first.span),
                    }),
                    (None, _) => Err(tokens),
                }
            })
            .collect();
        Self {
            text,
            lines,
            findings,
            out: Vec::with_capacity(tokens.len()),
            open: Vec::new(),
            last: Span::default(),
            head: (Span::default(), 0),
        }
    }

    fn run(mut self) -> Vec<Token> {
        let lines = std::mem::take(&mut self.lines);
        let indented = lines.iter().flatten().any(|line| line.indent > 0);
        let mut written = lines.iter().flatten().skip(1);
        let mut continued = false;
        for line in &lines {
            let line = match line {
                Err(tokens) => {
                    self.out.extend_from_slice(tokens);
                    continue;
                }
                Ok(line) => line,
            };
            let next = written.next();
            if indented && !continued {
                self.close_by_indentation(line);
            }
            if !continued {
                self.head = (line.first.span, line.indent);
            }
            continued = next.is_some_and(|next| joins(self.text, line.last, next.first));
            self.copy(line, next);
            if !continued && next.is_some_and(|next| next.indent > line.indent) {
                self.open_by_indentation(line);
            }
        }
        while let Some(block) = self.open.pop() {
            self.insert_close(&block, None);
        }
        self.out
    }

    /// Closes the blocks that a line's indentation ends. The scheme itself stays open: a body that
    /// is not indented is still its body.
    fn close_by_indentation(&mut self, line: &Line) {
        let closes = line.first.kind == TokenKind::Close;
        while self.open.len() > 1 || closes {
            let Some(block) = self.open.last() else { break };
            let ends = if closes {
                block.indent > line.indent
            } else {
                block.indent >= line.indent
            };
            if !ends {
                break;
            }
            if let Some(block) = self.open.pop() {
                self.insert_close(&block, Some(line.first.span));
            }
        }
    }

    /// Copies a line without the closing braces that close nothing.
    fn copy(&mut self, line: &Line, next: Option<&Line>) {
        let mut opened_here = 0_usize;
        for token in line.tokens {
            match token.kind {
                TokenKind::Open => {
                    opened_here = opened_here.saturating_add(1);
                    self.open.push(OpenBlock {
                        indent: self.head.1,
                        head: self.head.0.to(token.span),
                    });
                }
                TokenKind::Close if *token != line.first && opened_here == 0 => {
                    if self.goes_on(next) {
                        self.open_before(line, *token);
                        continue;
                    }
                    if self.open.pop().is_none() {
                        self.report_stray(token.span);
                        continue;
                    }
                }
                TokenKind::Close => {
                    opened_here = opened_here.saturating_sub(1);
                    let deeper = *token == line.first
                        && self
                            .open
                            .last()
                            .is_some_and(|block| block.indent < line.indent);
                    if deeper || self.open.pop().is_none() {
                        self.report_stray(token.span);
                        continue;
                    }
                }
                _ => {}
            }
            if token.kind != TokenKind::LineEnd && token.kind != TokenKind::Comment {
                self.last = token.span;
            }
            self.out.push(*token);
        }
    }

    /// Whether the innermost block goes on in the next line, by its indentation.
    fn goes_on(&self, next: Option<&Line>) -> bool {
        match (self.open.last(), next) {
            (Some(block), Some(next)) if next.first.kind == TokenKind::Close => {
                next.indent >= block.indent
            }
            (Some(block), Some(next)) => next.indent > block.indent,
            _ => false,
        }
    }

    /// Keeps a `}` whose `{` is missing on the same line: the statement is lost, its block is not
    /// that of others.
    fn open_before(&mut self, line: &Line, close: Token) {
        let at = Span::new(close.span.start, close.span.start);
        self.out.push(Token {
            kind: TokenKind::Open,
            span: at,
        });
        self.out.push(close);
        self.last = close.span;
        if !self.findings.has_room() {
            return;
        }
        let whole = line.first.span.to(close.span);
        let written = shortened(whole.of(self.text));
        self.findings.add(
            Diagnostic::new(
                &codes::BLOCK_NOT_OPENED,
                whole,
                words!(
                    "`{written}` ends with `}}` but has no `{{`; it is not used",
                    "“{written}”末尾有右花括号，却没有左花括号，本条不起作用"
                ),
            )
            .with_help(words!(
                "write `{{` where the block begins, or delete the `}}`",
                "请在内容开始处补上左花括号，或删去右花括号"
            )),
        );
    }

    fn report_stray(&mut self, span: Span) {
        if !self.findings.has_room() {
            return;
        }
        self.findings.add(
            Diagnostic::new(
                &codes::STRAY_BRACE,
                span,
                words!("this `}}` closes nothing", "这个右花括号没有对应的左花括号"),
            )
            .with_help(words!(
                "delete it, or write the `{{` that it should close",
                "请删去，或补上它对应的左花括号"
            ))
            .with_fix(span, ""),
        );
    }

    fn insert_close(&mut self, block: &OpenBlock, before: Option<Span>) {
        let at = Span::new(self.last.end, self.last.end);
        let kept = self.out.iter().rposition(|token| token.span == self.last);
        let place = kept.map_or(self.out.len(), |index| index.saturating_add(1));
        let place = self.behind_comment(place);
        self.out.insert(
            place,
            Token {
                kind: TokenKind::Close,
                span: at,
            },
        );
        if !self.findings.has_room() {
            return;
        }
        let head = block
            .head
            .of(self.text)
            .trim_end_matches(['{', '｛'])
            .trim();
        let head = shortened(head);
        let opened = line_number(self.text, block.head);
        let message = match before {
            Some(before) => {
                let ends = line_number(self.text, before);
                words!(
                    "the block `{head}` opened on line {opened} is not closed; by its indentation it ends before line {ends}",
                    "第 {opened} 行“{head}”缺右花括号；按缩进，它在第 {ends} 行之前结束"
                )
            }
            None => words!(
                "the block `{head}` opened on line {opened} is not closed",
                "第 {opened} 行“{head}”缺右花括号"
            ),
        };
        let indent = " ".repeat(block.indent);
        self.findings.add(
            Diagnostic::new(&codes::BLOCK_NOT_CLOSED, block.head, message)
                .with_help(words!(
                    "write `}}` on a line of its own",
                    "请在单独一行写右花括号"
                ))
                .with_fix(at, format!("\n{indent}}}")),
        );
    }

    /// The place behind a comment on the same line as the token before `place`.
    fn behind_comment(&self, place: usize) -> usize {
        match self.out.get(place) {
            Some(token) if token.kind == TokenKind::Comment => place.saturating_add(1),
            _ => place,
        }
    }

    /// Gives a block's head the `{` that the deeper lines behind it ask for.
    fn open_by_indentation(&mut self, line: &Line) {
        let has = |kind| line.tokens.iter().any(|token| token.kind == kind);
        if has(TokenKind::Open) || has(TokenKind::Close) || !self.is_head(line) {
            return;
        }
        let at = Span::new(line.last.span.end, line.last.span.end);
        let kept = self
            .out
            .iter()
            .rposition(|token| token.span == line.last.span);
        let place = kept.map_or(self.out.len(), |index| index.saturating_add(1));
        self.out.insert(
            place,
            Token {
                kind: TokenKind::Open,
                span: at,
            },
        );
        let head = line.first.span.to(line.last.span);
        self.last = at;
        self.open.push(OpenBlock {
            indent: line.indent,
            head,
        });
        let written = shortened(head.of(self.text));
        self.findings.add(
            Diagnostic::new(
                &codes::BLOCK_NOT_OPENED,
                head,
                words!(
                    "the lines below `{written}` are indented like its block, but there is no `{{`",
                    "“{written}”下面各行像是它的内容，但缺左花括号"
                ),
            )
            .with_help(words!(
                "write `{{` at the end of this line",
                "请在本行末尾写左花括号"
            ))
            .with_fix(at, " {"),
        );
    }

    /// Whether a line begins like the head of a block.
    fn is_head(&self, line: &Line) -> bool {
        let word = |text: &str| {
            line.tokens
                .iter()
                .any(|token| token.span.of(self.text) == text)
        };
        match line.first.span.of(self.text) {
            "scheme" | "方案" | "item" | "指标" | "group" | "组" | "total" | "总分" | "table"
            | "对照表" | "grade" | "等级" | "example" | "算例" | "choice" | "选项" | "each"
            | "逐一" | "reading" | "解读" | "procedure" | "程序" => true,
            "let" | "令" => {
                (word("by") || word("按") || word("per") || word("每")) && !word("=") && !word("＝")
            }
            "input" | "输入" | "parameter" | "参数" => !word(":") && !word("："),
            "result" | "结果" => !word("=") && !word("＝"),
            "score" | "得分" => word("by") || word("按"),
            "按" => word("计分"),
            _ => false,
        }
    }
}

/// Columns before the first letter of the line on which `span` begins; a tab counts four, a
/// full-width blank two.
fn indent(text: &str, span: Span) -> usize {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let line = before
        .rfind(['\n', '\r'])
        .map_or(0, |at| at.saturating_add(1));
    let blanks = before.get(line..).unwrap_or_default();
    blanks
        .chars()
        .map(|c| match c {
            '\t' => 4_usize,
            '\u{3000}' => 2,
            _ => 1,
        })
        .fold(0, usize::saturating_add)
}

/// The line, counted from 1, on which `span` begins.
pub(super) fn line_number(text: &str, span: Span) -> usize {
    let before = text.get(..span.start as usize).unwrap_or_default();
    before.matches('\n').count().saturating_add(1)
}

/// At most the first forty characters, for messages.
pub(super) fn shortened(written: &str) -> String {
    let mut shown: String = written.chars().take(40).collect();
    if shown.len() < written.len() {
        shown.push('…');
    }
    shown
}
