//! Why a statement could not be read: known mistakes first, then what was expected where the
//! reading stopped.
//!
//! Wherever a clue offers another wording, that wording has been read by the statement's own rule
//! before it is offered. Nothing here changes the tree: the statement stays a hole.

use std::rc::Rc;

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::braces::shortened;
use super::super::mistakes::codes;
use super::super::scan::TokenKind;
use super::super::words as table;
use super::block::Place;
use super::chinese;
use super::expected::{expected, is_fallback};
use super::head::Head;
use super::likeness::{alike, resembles};
use super::unread::misplaced;
use super::{Read, Reader, Rule, read};

/// Statements of more words than this are not searched for clues: other wordings are tried by
/// reading them, which would take too long.
const LOOKED_THROUGH: usize = 200;

/// A statement that its rule did not read, and where the reading stopped.
pub(super) struct Clues<'r> {
    pub(super) head: &'r Head,
    pub(super) place: Place,
    pub(super) rule: Rule,
    /// The words and signs of the statement.
    pub(super) words: Vec<&'r str>,
    /// The token at which the reading stopped; the number of tokens if it was the end.
    pub(super) at: usize,
    pub(super) positives: Vec<Rule>,
    /// The words of the whole text, to cut glued words at.
    pub(super) known: Rc<[&'r str]>,
}

impl<'t> Reader<'t> {
    /// The finding for a statement that could not be read.
    pub(super) fn explain(
        &mut self,
        head: &Head,
        place: Place,
        rule: Rule,
        error: &Error<Rule>,
    ) -> Box<Diagnostic> {
        let clues = self.clues(head, place, rule, error);
        if clues.words.len() > LOOKED_THROUGH {
            return Box::new(clues.unreadable());
        }
        let found = clues.habits().or_else(|| clues.letters());
        let found = found.or_else(|| clues.order());
        let found = found.or_else(|| clues.phrases());
        let found = found.or_else(|| self.elsewhere(&clues).map(|finding| *finding));
        let found = found
            .or_else(|| clues.form())
            .or_else(|| clues.wording())
            .or_else(|| clues.second_statement())
            .or_else(|| clues.spelling());
        Box::new(found.unwrap_or_else(|| clues.unreadable()))
    }

    /// The finding for an entry of a list that could not be read.
    pub(super) fn explain_entry(
        &self,
        head: &Head,
        rule: Rule,
        error: &Error<Rule>,
    ) -> Box<Diagnostic> {
        let clues = self.clues(head, Place::Unknown, rule, error);
        if clues.words.len() > LOOKED_THROUGH {
            return Box::new(clues.unreadable());
        }
        let found = clues
            .time_of_day()
            .or_else(|| clues.letters())
            .or_else(|| clues.reserved())
            .or_else(|| clues.wording());
        Box::new(found.unwrap_or_else(|| clues.unreadable()))
    }

    /// Reports a scheme's head that could not be read.
    pub(super) fn unreadable_scheme(&mut self, head: &Head, error: &Error<Rule>) {
        if head.has_fault() || head.is_repaired() {
            return;
        }
        let clues = self.clues(head, Place::Unknown, Rule::scheme, error);
        let found = clues
            .letters()
            .or_else(|| clues.spelling_of(0, &["scheme", "方案"]));
        let found = found.unwrap_or_else(|| clues.unreadable());
        self.findings.add(found);
    }

    fn clues<'r>(&self, head: &'r Head, place: Place, rule: Rule, error: &Error<Rule>) -> Clues<'r>
    where
        't: 'r,
    {
        let text = self.text;
        let stopped = match error.location {
            InputLocation::Pos(at) => at,
            InputLocation::Span((at, _)) => at,
        };
        let positives = match &error.variant {
            ErrorVariant::ParsingError { positives, .. } => positives.clone(),
            ErrorVariant::CustomError { .. } => Vec::new(),
        };
        Clues {
            head,
            place,
            rule,
            words: head
                .tokens
                .iter()
                .map(|token| token.span.of(text))
                .collect(),
            at: head.token_at(stopped),
            positives,
            known: self.known_words(),
        }
    }

    /// The words of the text that stand alone somewhere; enough to cut glued words at.
    fn known_words(&self) -> Rc<[&'t str]> {
        /// Words of longer texts are not worth the time.
        const LOOKED_AT: usize = 20_000;
        let (text, braced) = (self.text, self.braced);
        let known = self.known.get_or_init(|| {
            let mut known: Vec<&'t str> = braced
                .tokens
                .iter()
                .take(LOOKED_AT)
                .filter(|token| token.kind == TokenKind::Word)
                .map(|token| token.span.of(text))
                .collect();
            known.sort_unstable();
            known.dedup();
            known.into()
        });
        Rc::clone(known)
    }

    /// A statement that could be read, but not in this block.
    fn elsewhere(&mut self, clues: &Clues<'_>) -> Option<Box<Diagnostic>> {
        let head = clues.head;
        let rules = match clues.place {
            Place::Members | Place::Rows | Place::Grade | Place::Aspects => &[Rule::statement][..],
            Place::Unknown => &[],
            _ => &[Rule::row_entry, Rule::member_entry],
        };
        let missing_rule = clues.find(&["missing", "缺项"]).is_some();
        let rule = rules
            .iter()
            .filter(|rule| !(missing_rule && **rule == Rule::row_entry))
            .find(|rule| read(**rule, head).is_ok())?;
        if *rule == Rule::member_entry {
            return (clues.place == Place::Scheme && head.first_block().is_none())
                .then(|| Box::new(clues.input_missing()));
        }
        let first = clues.words.first().copied();
        if clues.place == Place::Members && matches!(first, Some("input" | "输入")) {
            return Some(Box::new(clues.input_twice()));
        }
        // A block inside would be read twice.
        if head.first_block().is_some() {
            return Some(Box::new(clues.not_here()));
        }
        let node = read(*rule, head).ok()?.into_inner().next()?;
        let kind: Read<_> = self.kind(head, &node);
        Some(match kind {
            Ok(kind) => misplaced(head, &kind),
            Err(finding) => finding,
        })
    }
}

impl Clues<'_> {
    /// Whether the statement could be read in other words.
    pub(super) fn reads(&self, wording: String) -> bool {
        read(self.rule, &Head::trial(wording)).is_ok()
    }

    pub(super) fn word(&self, index: usize) -> &str {
        self.words.get(index).copied().unwrap_or("")
    }

    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.head.tokens.get(index).map(|token| token.kind)
    }

    /// Whether a token stands directly behind the one before it.
    pub(super) fn touches(&self, index: usize) -> bool {
        let before = index
            .checked_sub(1)
            .and_then(|before| self.head.tokens.get(before));
        match (before, self.head.tokens.get(index)) {
            (Some(before), Some(token)) => before.span.end == token.span.start,
            _ => false,
        }
    }

    pub(super) fn is_row(&self) -> bool {
        matches!(self.place, Place::Rows | Place::Grade)
    }

    pub(super) fn find(&self, wanted: &[&str]) -> Option<usize> {
        self.words.iter().position(|word| wanted.contains(word))
    }

    fn is_chinese(&self) -> bool {
        self.words.iter().any(|word| chinese::is_keyword(word))
    }

    /// A row without `=>`, two bounds, a colon or `then` that is missing, brackets.
    fn form(&self) -> Option<Diagnostic> {
        self.reserved()
            .or_else(|| self.bracket())
            .or_else(|| self.article())
            .or_else(|| self.condition_with_if())
            .or_else(|| self.if_without_then())
            .or_else(|| self.two_bounds())
            .or_else(|| self.row_begins_otherwise())
            .or_else(|| self.row())
            .or_else(|| self.colon())
    }

    /// A word that looks much like one of the language.
    fn spelling(&self) -> Option<Diagnostic> {
        let mut candidates: Vec<String> = Vec::new();
        for rule in &self.positives {
            let name = format!("{rule:?}");
            if let Some(entry) = table::TABLE.iter().find(|entry| entry.rule == name) {
                let spellings = entry.english.iter().chain(entry.chinese);
                candidates.extend(spellings.map(|word| (*word).to_owned()));
            }
        }
        for phrase in &candidates {
            let length = phrase.split(' ').count();
            let end = self.at.saturating_add(length);
            let Some(written) = self.words.get(self.at..end) else {
                continue;
            };
            let written = written.join(" ");
            if !alike(&written, phrase) || !self.reads(self.head.reworded(self.at, end, phrase)) {
                continue;
            }
            return Some(misspelled(&written, phrase, self.head, self.at, end));
        }
        self.spelling_of(self.at, &[]).or_else(|| match self.place {
            Place::Rows | Place::Grade | Place::Members => None,
            _ => self.spelling_of(0, table::OPENING),
        })
    }

    /// A word at a place that looks like one of these; without candidates nothing is found.
    fn spelling_of(&self, at: usize, candidates: &[&str]) -> Option<Diagnostic> {
        let written = self.word(at);
        if candidates.contains(&written) {
            return None;
        }
        let phrase = resembles(written, candidates.iter().copied())?;
        let end = at.saturating_add(1);
        Some(misspelled(written, phrase, self.head, at, end))
    }

    /// `x : count` without `input` before it.
    fn input_missing(&self) -> Diagnostic {
        let place = self.head.stretch(0, 0);
        let word = if self.is_chinese() {
            "输入 "
        } else {
            "input "
        };
        Diagnostic::new(
            &codes::UNREADABLE,
            self.head.stretch(0, 1),
            words!(
                "a name and its type: what is asked begins with `input` or `parameter`",
                "名称和类型之前缺“输入”或“参数”"
            ),
        )
        .with_fix(place, word)
    }

    /// `input` inside a group of inputs.
    fn input_twice(&self) -> Diagnostic {
        let first = self.head.stretch(0, 1);
        let next = self.head.stretch(1, 1);
        Diagnostic::new(
            &codes::MISPLACED_STATEMENT,
            first,
            words!(
                "inside a group of inputs the word `input` is not repeated",
                "一组输入的花括号内不再写“输入”二字"
            ),
        )
        .with_fix(first.to(next), "")
    }

    /// A block that belongs elsewhere.
    fn not_here(&self) -> Diagnostic {
        let word = self.word(0);
        Diagnostic::new(
            &codes::MISPLACED_STATEMENT,
            self.head.stretch(0, 1),
            words!(
                "`{word}` cannot stand in this block; perhaps the block before it is not closed",
                "“{word}”不能写在这里；也许前面的花括号没有闭合"
            ),
        )
    }

    /// What was expected where the reading stopped.
    fn unreadable(&self) -> Diagnostic {
        let known = ['.', '%', ':', '~', ',', ';'];
        let stopped = self.word(self.at);
        let sign = stopped.chars().next().filter(|c| {
            self.kind(self.at) == Some(TokenKind::Sign)
                && !known.contains(&super::super::scan::plain(*c))
        });
        let span = if self.at < self.words.len() {
            self.head.stretch(self.at, self.at.saturating_add(1))
        } else {
            let last = self.words.len().saturating_sub(1);
            self.head.stretch(last, self.words.len())
        };
        if sign.is_some() {
            return Diagnostic::new(
                &codes::UNKNOWN_SIGN,
                span,
                words!(
                    "the sign `{stopped}` has no meaning here; the statement is not used",
                    "符号“{stopped}”在这里没有意义，本条不起作用"
                ),
            );
        }
        let only_a_name = !self.positives.is_empty()
            && self
                .positives
                .iter()
                .all(|rule| is_fallback(*rule) || matches!(rule, Rule::comma));
        if self.at == 0 || only_a_name {
            return self.no_beginning(self.head.stretch(0, 1));
        }
        let read = self.head.text.get(..self.head.here(self.at).0);
        let read = shortened(read.unwrap_or_default().trim_end());
        let stopped = shortened(stopped);
        let message = match (expected(&self.positives), stopped.is_empty()) {
            (Some(expected), true) => {
                let (en, zh) = (expected.en, expected.zh);
                words!(
                    "the statement ends after `{read}`; I expected {en}",
                    "语句到“{read}”就结束了，后面应有{zh}"
                )
            }
            (Some(expected), false) => {
                let (en, zh) = (expected.en, expected.zh);
                words!(
                    "I expected {en} here, not `{stopped}`",
                    "此处应为{zh}，而不是“{stopped}”"
                )
            }
            (None, _) => words!(
                "`{stopped}` cannot stand behind `{read}`",
                "“{read}”之后不能写“{stopped}”"
            ),
        };
        Diagnostic::new(&codes::UNREADABLE, span, message).with_help(words!(
            "the statement is not used until it can be read to its end",
            "完整读懂之前，本条不起作用"
        ))
    }

    /// A first word that begins nothing here.
    fn no_beginning(&self, span: crate::text::Span) -> Diagnostic {
        let written = self.word(0);
        let word = shortened(written);
        let statement = !self.is_row() && self.place != Place::Members;
        if statement && self.reads(format!("let {}", self.head.text)) {
            return Diagnostic::new(
                &codes::UNREADABLE,
                span,
                words!(
                    "a figure is given its value with `let`: `let {word} = …`",
                    "给出一个数请用“令”：令 {word} = …"
                ),
            )
            .with_fix(self.head.stretch(0, 0), "let ");
        }
        let phrase = format!("{written} ");
        let longer: Vec<&str> = table::TABLE
            .iter()
            .flat_map(|entry| entry.english.iter().copied())
            .filter(|spelling| statement && spelling.starts_with(&phrase))
            .take(3)
            .collect();
        if !longer.is_empty() {
            let longer = longer.join("`, `");
            return Diagnostic::new(
                &codes::UNREADABLE,
                span,
                words!(
                    "`{word}` alone begins no statement; did you mean `{longer}`?",
                    "单独的“{word}”不能开始语句，是否应为“{longer}”？"
                ),
            );
        }
        let (en, zh) = match self.place {
            Place::Rows | Place::Grade => (
                "no row: a row is a condition, `=>`, and what it gives",
                "一行，应写“条件 为 结果”",
            ),
            Place::Members => ("no input: write `name : type`", "输入，应写“名称 ： 类型”"),
            _ => ("no statement of a scheme", "任何语句"),
        };
        Diagnostic::new(
            &codes::UNREADABLE,
            span,
            words!("`{word}` begins {en}", "“{word}”不能开始{zh}"),
        )
        .with_help(words!(
            "the statement is not used until it can be read to its end",
            "完整读懂之前，本条不起作用"
        ))
    }
}

fn misspelled(written: &str, phrase: &str, head: &Head, at: usize, end: usize) -> Diagnostic {
    let written = shortened(written);
    Diagnostic::new(
        &codes::MISSPELLED_WORD,
        head.stretch(at, end),
        words!(
            "`{written}` has no meaning here; did you mean `{phrase}`?",
            "“{written}”在这里没有意义，是否应为“{phrase}”？"
        ),
    )
    .with_fix(head.stretch(at, end), phrase)
}
