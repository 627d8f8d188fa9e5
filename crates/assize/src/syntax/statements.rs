//! Cuts tokens into statements: where one ends, and which comments belong to it.
//!
//! A statement ends with its line, or at `;` `；` `。`. It goes on if its line ends with an
//! operator, a comma or an open bracket, if the next line begins with a word that cannot begin a
//! statement (`and`, `cite`, 则), with `)` or with `{`; inside brackets, with `where`. In lists of options, rows and figures a
//! comma ends an entry too. Comments on a line of their own belong to what follows; a comment
//! behind an entry belongs to it.

use super::braces::Braced;
use super::scan::{Token, TokenKind};
use super::{Comment, words};

/// Which entries a block holds, as far as cutting is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Statements: a comma is part of them.
    Lines,
    /// Options, map entries, weights: a comma ends them.
    Commas,
    /// Rows `condition => outcome`: a comma ends them behind an outcome only.
    Rows,
    /// Members of a list or group of inputs: a comma ends them where a name and `:` follow.
    Members,
    /// Entries that may end with a block: a comma ends them behind an outcome, and so does `}`.
    Blocks,
}

/// One entry: the indices of its tokens, and what surrounds it.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Its tokens without comments and line ends; of a block inside, only the two braces.
    pub(super) tokens: Vec<usize>,
    /// Comments before it, and those between its lines.
    pub(super) before: Vec<Comment>,
    /// A comment behind it on its last line.
    pub(super) beside: Option<Comment>,
    /// Whether an empty line stands before it and its comments.
    pub(super) blank_before: bool,
}

/// The entries of a block with the comments that belong to none of them.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// In written order.
    pub(super) list: Vec<Entry>,
    /// A comment on the line of the opening brace.
    pub(super) opening: Option<Comment>,
    /// Comments after the last entry.
    pub(super) closing: Vec<Comment>,
}

/// Whether a line that ends with `last` goes on in one that begins with `next`.
pub(super) fn joins(text: &str, last: Token, next: Token) -> bool {
    let ends_open = match last.kind {
        TokenKind::Operator | TokenKind::Comma | TokenKind::BracketOpen => true,
        TokenKind::Word => matches!(
            last.span.of(text),
            "and" | "or" | "not" | "且" | "或" | "非"
        ),
        _ => false,
    };
    let goes_on = match next.kind {
        TokenKind::BracketClose | TokenKind::Open => true,
        TokenKind::Word => words::GOING_ON.contains(&next.span.of(text)),
        _ => false,
    };
    ends_open || (goes_on && last.kind != TokenKind::Close)
}

/// Cuts the tokens from `first` up to `end` (not included).
pub(super) fn cut(text: &str, braced: &Braced, first: usize, end: usize, cut: Cut) -> Entries {
    let mut cutter = Cutter {
        text,
        braced,
        cut,
        end,
        at: first,
        out: Entries::default(),
        now: Entry::default(),
        waiting: Vec::new(),
        line_ends: 0,
        begun: first == 0,
        brackets: 0,
        outcome: false,
        joined: false,
    };
    cutter.run();
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    braced: &'t Braced,
    cut: Cut,
    end: usize,
    at: usize,
    out: Entries,
    now: Entry,
    /// Comments of their own that wait for the next entry.
    waiting: Vec<Comment>,
    /// Line ends since the last token or comment.
    line_ends: usize,
    /// Whether a line end has passed since the opening brace.
    begun: bool,
    brackets: usize,
    /// Whether the entry has come behind its `=>` (为, 则).
    outcome: bool,
    /// Whether the entry is known to go on behind the line ends that follow.
    joined: bool,
}

impl Cutter<'_> {
    fn run(&mut self) {
        while self.at < self.end {
            let Some(token) = self.braced.tokens.get(self.at).copied() else {
                break;
            };
            let index = self.at;
            self.at = index.saturating_add(1);
            match token.kind {
                TokenKind::LineEnd => self.line_end(),
                TokenKind::Comment => self.comment(token),
                TokenKind::Semicolon => self.finish(),
                TokenKind::Comma if self.ends_entry(index) => self.finish(),
                TokenKind::Open => {
                    self.take(index);
                    let close = self.braced.close_of(index);
                    self.take(close);
                    self.at = close.saturating_add(1);
                    if self.cut == Cut::Blocks {
                        self.outcome = true;
                        if !self.clause_follows() {
                            self.finish();
                        }
                    }
                }
                _ => {
                    match token.kind {
                        TokenKind::BracketOpen => self.brackets = self.brackets.saturating_add(1),
                        TokenKind::BracketClose => self.brackets = self.brackets.saturating_sub(1),
                        _ => {}
                    }
                    self.take(index);
                }
            }
        }
        self.finish();
        self.out.closing.append(&mut self.waiting);
    }

    fn take(&mut self, index: usize) {
        if self.now.tokens.is_empty() {
            self.now.before = std::mem::take(&mut self.waiting);
            self.now.blank_before = match self.now.before.first_mut() {
                Some(comment) => std::mem::take(&mut comment.blank_before),
                None => self.line_ends > 1,
            };
        }
        self.outcome |= self.gives(index);
        self.now.tokens.push(index);
        self.line_ends = 0;
        self.begun = true;
        self.joined = false;
    }

    fn finish(&mut self) {
        self.brackets = 0;
        self.outcome = false;
        if !self.now.tokens.is_empty() {
            let entry = std::mem::take(&mut self.now);
            self.out.list.push(entry);
        }
    }

    fn line_end(&mut self) {
        self.line_ends = self.line_ends.saturating_add(1);
        self.begun = true;
        if self.joined {
            return;
        }
        let last = self
            .now
            .tokens
            .last()
            .and_then(|last| self.braced.tokens.get(*last));
        if let Some(last) = last.copied() {
            match self.next_written() {
                Some(next) if self.goes_on(last, next) => self.joined = true,
                _ => self.finish(),
            }
        }
    }

    /// Whether the entry goes on in the line that begins with `next`.
    fn goes_on(&self, last: Token, next: Token) -> bool {
        if joins(self.text, last, next) {
            return true;
        }
        match next.span.of(self.text) {
            // In a table it begins a row.
            "otherwise" => self.cut != Cut::Rows && last.kind != TokenKind::Close,
            "where" | "其中" => self.brackets > 0,
            _ => self.brackets > 0 && next.kind == TokenKind::Operator,
        }
    }

    /// The first token behind this place that is neither a line end nor a comment.
    fn next_written(&self) -> Option<Token> {
        let rest = self
            .braced
            .tokens
            .get(self.at..self.end)
            .unwrap_or_default();
        rest.iter()
            .find(|token| !matches!(token.kind, TokenKind::LineEnd | TokenKind::Comment))
            .copied()
    }

    fn comment(&mut self, token: Token) {
        let written = token.span.of(self.text);
        let comment = Comment {
            text: written.trim_start_matches(['#', '＃']).trim().to_owned(),
            span: token.span,
            blank_before: self.line_ends > 1,
        };
        let own_line = self.line_ends > 0;
        self.line_ends = 0;
        if !self.begun {
            self.out.opening = Some(comment);
        } else if !self.now.tokens.is_empty() {
            if !own_line && self.line_is_over() {
                self.now.beside = Some(comment);
            } else {
                self.now.before.push(comment);
            }
        } else {
            match self.out.list.last_mut() {
                Some(entry) if !own_line && entry.beside.is_none() => entry.beside = Some(comment),
                _ => self.waiting.push(comment),
            }
        }
        self.begun = true;
    }

    /// Whether the entry ends with this line.
    fn line_is_over(&self) -> bool {
        let last = self
            .now
            .tokens
            .last()
            .and_then(|last| self.braced.tokens.get(*last));
        match (last, self.next_written()) {
            (Some(last), Some(next)) => !self.goes_on(*last, next),
            _ => true,
        }
    }

    fn ends_entry(&self, comma: usize) -> bool {
        if self.brackets > 0 {
            return false;
        }
        match self.cut {
            Cut::Lines => false,
            Cut::Commas => true,
            Cut::Rows | Cut::Blocks => self.outcome && !self.tail_follows(comma),
            Cut::Members => self.member_follows(comma),
        }
    }

    /// Whether a member ends before this comma and another one begins behind it: names and their
    /// labels up to `:` or `{`. Words of clauses (`optional`) begin no member.
    fn member_follows(&self, comma: usize) -> bool {
        let kind = |index: &usize| self.braced.tokens.get(*index).map(|token| token.kind);
        let written = |index: usize| {
            let token = self.braced.tokens.get(index);
            token.map_or("", |token| token.span.of(self.text))
        };
        let typed = self.now.tokens.iter().any(|index| {
            kind(index) == Some(TokenKind::Open) || matches!(written(*index), ":" | "：")
        });
        if !typed {
            return false;
        }
        let mut named = false;
        let mut index = comma.saturating_add(1);
        while index < self.end {
            match kind(&index) {
                // A comma at the end of a line may stand between two members as well.
                Some(TokenKind::LineEnd | TokenKind::Comment) if !named => {}
                Some(TokenKind::Word) if !named && words::CLAUSES.contains(&written(index)) => {
                    return false;
                }
                Some(TokenKind::Word) => named = true,
                Some(TokenKind::Quoted | TokenKind::Comma) if named => {}
                Some(TokenKind::Open) => return named,
                Some(TokenKind::Sign) => return named && matches!(written(index), ":" | "："),
                _ => return false,
            }
            index = index.saturating_add(1);
        }
        false
    }

    fn gives(&self, index: usize) -> bool {
        self.braced.tokens.get(index).is_some_and(|token| {
            let written = token.span.of(self.text);
            match token.kind {
                TokenKind::Operator => matches!(written, "=>" | "＝＞" | "=＞" | "＝>" | "->"),
                TokenKind::Word => written == "则" || words::gives_at_start(written),
                _ => false,
            }
        })
    }

    /// Whether a comma or an article stands behind the block that has just ended, or its line
    /// ends: the entry is not yet over, or ends there anyway.
    fn clause_follows(&self) -> bool {
        let next = self.braced.tokens.get(self.at..self.end);
        let mut next = next.unwrap_or_default().iter();
        let quoted = |token: Option<&Token>| {
            token.is_some_and(|token| matches!(token.kind, TokenKind::Quoted))
        };
        match next.next() {
            Some(token) => match token.kind {
                TokenKind::LineEnd | TokenKind::Comment | TokenKind::Comma => true,
                TokenKind::Word => {
                    let word = token.span.of(self.text);
                    matches!(word, "cite" | "条款")
                        || (matches!(word, "assumed" | "推定") && quoted(next.next()))
                }
                _ => false,
            },
            None => false,
        }
    }

    /// Whether the comma stands before a clause that belongs to the row.
    fn tail_follows(&self, comma: usize) -> bool {
        let next = self.braced.tokens.get(comma.saturating_add(1));
        next.is_some_and(|token| words::GOING_ON.contains(&token.span.of(self.text)))
    }
}
