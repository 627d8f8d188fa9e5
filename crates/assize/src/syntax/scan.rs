//! The linear pre-scan: the text as tokens, with everything refused that no parser should meet.
//!
//! One pass, one token per word, figure, quotation, comment, line end, brace or sign; blanks are
//! dropped. A quotation never fails after its opening quote: unclosed, it ends with its line, and
//! the token is a [`TokenKind::Fault`] that has been reported. Deliberately absent: keywords (the
//! parser knows them) and braces that do not match (see `braces`).

use crate::diagnostic::Diagnostic;
use crate::text::{Limits, Span, words};

use super::findings::Findings;
use super::mistakes::codes;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or keyword; digits may be part of it.
    Word,
    /// Digits with `_` and one point inside.
    Figure,
    /// A quotation with its quotes.
    Quoted,
    /// From `#` to the end of the line.
    Comment,
    /// The end of a line.
    LineEnd,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `(` or `[`
    BracketOpen,
    /// `)` or `]`
    BracketClose,
    /// `,` `，` `、`
    Comma,
    /// `;` `；` `。`
    Semicolon,
    /// A sign that asks for an operand behind it: `=`, `=>`, `+`.
    Operator,
    /// Any other sign: `:`, `..`, `%`.
    Sign,
    /// Something refused; a finding says why.
    Fault,
}

/// One token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Where it stands; empty for a brace that was inserted.
    pub(super) span: Span,
}

/// The tokens of a text; `None` if the text is too long to be looked at.
pub(super) fn tokens(text: &str, limits: &Limits, findings: &mut Findings) -> Option<Vec<Token>> {
    if text.len() > limits.source_bytes {
        let (length, limit) = (text.len(), limits.source_bytes);
        findings.add(Diagnostic::new(
            &codes::LIMIT_PASSED,
            Span::default(),
            words!(
                "the text has {length} bytes; a scheme may have {limit}",
                "文本有 {length} 字节，方案最多 {limit} 字节"
            ),
        ));
        return None;
    }
    let mut scanner = Scanner {
        text,
        at: 0,
        limits,
        findings,
        tokens: Vec::with_capacity(text.len() / 4),
    };
    if text.starts_with('\u{FEFF}') {
        scanner.at = '\u{FEFF}'.len_utf8();
    }
    while let Some(first) = scanner.peek() {
        scanner.token(first);
    }
    Some(scanner.tokens)
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    limits: &'t Limits,
    findings: &'t mut Findings,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn step(&mut self, c: char) {
        self.at = self.at.saturating_add(c.len_utf8());
    }

    fn take_while(&mut self, mut wanted: impl FnMut(char) -> bool) {
        while let Some(c) = self.peek() {
            if !wanted(c) {
                break;
            }
            self.step(c);
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize) -> Span {
        let span = span(start, self.at);
        self.tokens.push(Token { kind, span });
        span
    }

    fn token(&mut self, first: char) {
        let start = self.at;
        match first {
            '\n' => self.one(first, TokenKind::LineEnd),
            '\r' => {
                self.step(first);
                if self.peek() == Some('\n') {
                    self.step('\n');
                }
                self.push(TokenKind::LineEnd, start);
            }
            ' ' | '\t' | '\u{A0}' | '\u{3000}' => self.step(first),
            '#' | '＃' => self.comment(),
            '{' | '｛' => self.one(first, TokenKind::Open),
            '}' | '｝' => self.one(first, TokenKind::Close),
            '(' | '（' | '[' | '［' => self.one(first, TokenKind::BracketOpen),
            ')' | '）' | ']' | '］' => self.one(first, TokenKind::BracketClose),
            ',' | '，' | '、' => self.one(first, TokenKind::Comma),
            ';' | '；' | '。' => self.one(first, TokenKind::Semicolon),
            '"' | '“' | '”' | '「' | '《' => self.quotation(first),
            _ if is_digit(first) => self.figure(),
            _ if is_word_start(first) => self.word(),
            _ if is_invisible(first) => {
                self.take_while(is_invisible);
                let span = self.push(TokenKind::Fault, start);
                self.findings.add(invisible(first, span));
            }
            _ => self.sign(first),
        }
    }

    fn one(&mut self, c: char, kind: TokenKind) {
        let start = self.at;
        self.step(c);
        self.push(kind, start);
    }

    fn comment(&mut self) {
        let start = self.at;
        self.take_while(|c| c != '\n' && c != '\r');
        let written = self.text.get(start..self.at).unwrap_or_default();
        let end = start.saturating_add(written.trim_end().len());
        self.tokens.push(Token {
            kind: TokenKind::Comment,
            span: span(start, end),
        });
        self.refuse_invisible(start);
    }

    fn quotation(&mut self, open: char) {
        let start = self.at;
        self.step(open);
        let closes = |c: char| match open {
            '“' | '”' => c == '“' || c == '”',
            '「' => c == '」',
            '《' => c == '》',
            _ => c == open,
        };
        self.take_while(|c| !closes(c) && c != '\n' && c != '\r');
        match self.peek() {
            Some(close) if closes(close) => {
                self.step(close);
                let span = self.push(TokenKind::Quoted, start);
                let length = self.at.saturating_sub(start);
                let limit = self.limits.quoted_bytes;
                if length > limit {
                    self.fault(
                        span,
                        words!(
                            "the quotation has {length} bytes; it may have {limit}",
                            "引号内有 {length} 字节，最多 {limit} 字节"
                        ),
                    );
                }
            }
            _ => self.unclosed(open, start),
        }
        self.refuse_invisible(start);
    }

    /// Ends an unclosed quotation with its line, or before a `{` that ends the line, so that the
    /// block behind it is not lost.
    fn unclosed(&mut self, open: char, start: usize) {
        let written = self.text.get(start..self.at).unwrap_or_default().trim_end();
        let kept = written.strip_suffix(['{', '｛']).unwrap_or(written);
        self.at = start.saturating_add(kept.trim_end().len());
        let span = self.push(TokenKind::Fault, start);
        let close = match open {
            '“' | '”' => '”',
            '「' => '」',
            '《' => '》',
            _ => '"',
        };
        self.findings.add(
            Diagnostic::new(
                &codes::QUOTE_NOT_CLOSED,
                span,
                words!(
                    "the quotation that begins here is not closed on its line; this line is not used",
                    "此处的引号在本行没有闭合，本行不起作用"
                ),
            )
            .with_help(words!(
                "write {close} where the words end",
                "在文字结束处写 {close}"
            ))
            .with_fix(Span::new(span.end, span.end), close),
        );
    }

    fn figure(&mut self) {
        let start = self.at;
        let inside = |c: char| is_digit(c) || c == '_';
        self.take_while(inside);
        if matches!(self.peek(), Some('.' | '．')) && self.second().is_some_and(is_digit) {
            self.at = self
                .at
                .saturating_add(self.peek().map_or(0, char::len_utf8));
            self.take_while(inside);
        }
        self.push(TokenKind::Figure, start);
    }

    fn word(&mut self) {
        let start = self.at;
        self.take_while(is_word);
        let span = self.push(TokenKind::Word, start);
        let (length, limit) = (self.at.saturating_sub(start), self.limits.name_bytes);
        if length > limit {
            self.fault(
                span,
                words!(
                    "this word has {length} bytes; a name may have {limit}",
                    "这个词有 {length} 字节，名称最多 {limit} 字节"
                ),
            );
        }
    }

    fn sign(&mut self, first: char) {
        let start = self.at;
        self.step(first);
        let second = self.peek();
        let double = match (plain(first), second.map(plain)) {
            ('=' | '<' | '>' | '!', Some('='))
            | ('=' | '<' | '-', Some('>'))
            | ('&', Some('&'))
            | ('|', Some('|'))
            | ('/', Some('/'))
            | ('.', Some('.')) => second,
            _ => None,
        };
        if let Some(second) = double {
            self.step(second);
        }
        let kind = match plain(first) {
            '.' | '%' | ':' | '~' => TokenKind::Sign,
            '=' | '<' | '>' | '+' | '-' | '*' | '/' | '^' | '≥' | '≤' | '≠' | '&' | '|' | '!' => {
                TokenKind::Operator
            }
            _ => TokenKind::Sign,
        };
        self.push(kind, start);
    }

    /// Turns the last token into a fault that a limit names.
    fn fault(&mut self, span: Span, message: crate::text::Words) {
        if let Some(last) = self.tokens.last_mut() {
            last.kind = TokenKind::Fault;
        }
        self.findings
            .add(Diagnostic::new(&codes::LIMIT_PASSED, span, message));
    }

    /// Reports characters that mislead inside the comment or quotation that began at `start`.
    fn refuse_invisible(&mut self, start: usize) {
        let written = self.text.get(start..self.at).unwrap_or_default();
        let mut before = false;
        for (offset, c) in written.char_indices() {
            let found = is_invisible(c);
            if found && !before {
                let from = start.saturating_add(offset);
                let place = span(from, from.saturating_add(c.len_utf8()));
                self.findings.add(invisible(c, place));
            }
            before = found;
        }
    }
}

fn invisible(c: char, span: Span) -> Diagnostic {
    let number = u32::from(c);
    let finding = Diagnostic::new(
        &codes::INVISIBLE_CHARACTER,
        span,
        words!(
            "an invisible character (U+{number:04X}) stands here; what people read would differ from what is computed",
            "此处有不可见字符（U+{number:04X}），看到的与计算的会不一致"
        ),
    );
    let blank = matches!(
        c,
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}'
    );
    finding
        .with_help(words!("delete it", "请删去"))
        .with_fix(span, if blank { " " } else { "" })
}

/// The plain sign that a sign of an input method stands for.
pub(super) fn plain(c: char) -> char {
    match c {
        '＝' => '=',
        '＜' => '<',
        '＞' => '>',
        '＋' => '+',
        '－' | '−' => '-',
        '×' | '＊' => '*',
        '÷' | '／' => '/',
        '．' => '.',
        '％' => '%',
        '：' => ':',
        '～' => '~',
        '！' => '!',
        '＆' => '&',
        '｜' => '|',
        '＾' => '^',
        '￥' => '¥',
        other => other,
    }
}

/// A stretch of the text; texts that fit no `u32` are refused before.
pub(super) fn span(start: usize, end: usize) -> Span {
    let at = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Span::new(at(start), at(end))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn is_word_start(c: char) -> bool {
    (c == '_' || unicode_ident::is_xid_start(c)) && !is_invisible(c)
}

fn is_word(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && !is_invisible(c)
}

/// Control characters, characters without width, and blanks that are not the plain ones.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{1680}' | '\u{17B4}'
        | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2000}'..='\u{200F}'
        | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
