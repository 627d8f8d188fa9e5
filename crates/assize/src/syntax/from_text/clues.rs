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
use super::super::{later, words as table};
use super::block::Place;
use super::chinese;
use super::expected::expected;
use super::head::Head;
use super::unread::{misplaced, not_there_yet};
use super::{Read, Reader, Rule, read};

/// A statement that its rule did not read, and where the reading stopped.
pub(super) struct Clues<'r> {
    pub(super) head: &'r Head,
    pub(super) place: Place,
    rule: Rule,
    /// The words and signs of the statement.
    pub(super) words: Vec<&'r str>,
    /// The token at which the reading stopped; the number of tokens if it was the end.
    pub(super) at: usize,
    positives: Vec<Rule>,
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
        let found = clues.letters().or_else(|| clues.order());
        let found = found.or_else(|| self.elsewhere(&clues).map(|finding| *finding));
        let found = found
            .or_else(|| clues.form())
            .or_else(|| clues.later())
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
        let found = clues.letters().or_else(|| clues.later());
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
            Place::Members | Place::Rows | Place::Grade => &[Rule::statement][..],
            Place::Unknown => &[],
            _ => &[Rule::row_entry, Rule::member_entry],
        };
        let rule = rules.iter().find(|rule| read(**rule, head).is_ok())?;
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

    fn is_row(&self) -> bool {
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
            .or_else(|| self.row())
            .or_else(|| self.colon())
    }

    fn reserved(&self) -> Option<Diagnostic> {
        let word = self.word(self.at);
        let declaring = match self.at.checked_sub(1) {
            None => self.place == Place::Members,
            Some(before) => matches!(
                self.word(before),
                "input"
                    | "输入"
                    | "parameter"
                    | "参数"
                    | "let"
                    | "令"
                    | "item"
                    | "指标"
                    | "group"
                    | "组"
                    | "table"
                    | "对照表"
                    | "choice"
                    | "选项"
                    | "consequence"
                    | "奖惩"
                    | "result"
                    | "结果"
                    | "assesses"
                    | "考核"
                    | "key"
                    | "代码"
                    | ","
                    | "，"
                    | "、"
            ),
        };
        let names = self.positives.iter().any(|rule| {
            matches!(
                rule,
                Rule::name | Rule::naming | Rule::namings | Rule::member
            )
        });
        let table_of = self.rule == Rule::option_entry && self.at == 0;
        if !table::NEVER_NAMES.contains(&word) || !(declaring && names || table_of) {
            return None;
        }
        let count = table::NEVER_NAMES.len();
        let finding = Diagnostic::new(
            &codes::RESERVED_WORD,
            self.head.stretch(self.at, self.at.saturating_add(1)),
            words!(
                "`{word}` is a word of the language and cannot be a name ({count} words are, in both languages)",
                "“{word}”是保留词，不能作名称（两种语言共 {count} 个）"
            ),
        );
        Some(finding.with_help(words!(
            "choose another name; an option may be written as a label: \"{word}\"",
            "请换一个名称；选项可以写成带引号的文字：\"{word}\""
        )))
    }

    fn bracket(&self) -> Option<Diagnostic> {
        let mut open = Vec::new();
        for (index, token) in self.head.tokens.iter().enumerate() {
            match token.kind {
                TokenKind::BracketOpen => open.push(index),
                TokenKind::BracketClose => {
                    open.pop();
                }
                _ => {}
            }
        }
        let first = *open.first()?;
        let sign = match self.word(first) {
            "[" | "［" => "]",
            _ => ")",
        };
        let line = self.head.stretch(first, first.saturating_add(1));
        let end = self.head.tokens.len();
        let finding = Diagnostic::new(
            &codes::BRACKET_NOT_CLOSED,
            line,
            words!(
                "the bracket opened here is not closed in this statement",
                "此处打开的括号在本条语句中没有闭合（缺右括号）"
            ),
        );
        let closed = self.head.reworded(end, end, sign);
        Some(if self.reads(closed) {
            finding.with_fix(self.head.stretch(end, end), sign)
        } else {
            finding
        })
    }

    fn article(&self) -> Option<Diagnostic> {
        let cite = self.find(&["cite", "条款"])?;
        let first = cite.saturating_add(1);
        if self
            .kind(first)
            .is_none_or(|kind| kind == TokenKind::Quoted)
        {
            return None;
        }
        let end = (first..self.words.len())
            .find(|index| {
                matches!(self.word(*index), "says" | "原文" | "assumed" | "推定")
                    || self.kind(*index) == Some(TokenKind::Open)
            })
            .unwrap_or(self.words.len());
        let span = self.head.stretch(first, end);
        let start = self.head.here(first).0;
        let rest = self.head.here(end.saturating_sub(1)).1;
        let written = self.head.text.get(start..rest).unwrap_or_default();
        let quoted = format!("\"{written}\"");
        let finding = Diagnostic::new(
            &codes::ARTICLE_WITHOUT_QUOTES,
            span,
            words!("the article stands in quotes", "条款号请加引号"),
        );
        let reads = self.reads(self.head.reworded(first, end, &quoted));
        reads.then(|| finding.with_fix(span, quoted))
    }

    fn condition_with_if(&self) -> Option<Diagnostic> {
        let at = self.find(&["if", "若"])?;
        let end = at.saturating_add(1);
        if at == 0 || !self.reads(self.head.reworded(at, end, "when")) {
            return None;
        }
        let finding = Diagnostic::new(
            &codes::CONDITION_WITH_IF,
            self.head.stretch(at, end),
            words!(
                "a condition behind a rule begins with `when`; the line is not used: without its condition it would hold for everybody",
                "条件写在前面：若 … 则 …；本行不起作用，否则会对所有人生效"
            ),
        );
        if self.word(at) == "if" {
            return Some(finding.with_fix(self.head.stretch(at, end), "when"));
        }
        let start = self.head.here(at).0;
        let rule = self.head.text.get(..start).unwrap_or_default().trim();
        let condition = self.head.text.get(start..).unwrap_or_default().trim();
        let turned = format!("{condition} 则 {rule}");
        let all = self.words.len();
        Some(if self.reads(turned.clone()) {
            finding.with_fix(self.head.stretch(0, all), turned)
        } else {
            finding
        })
    }

    fn if_without_then(&self) -> Option<Diagnostic> {
        let at = self.find(&["if", "若"])?;
        if self.find(&["then", "则"]).is_some_and(|then| then > at) {
            return None;
        }
        let (then, zh) = match self.word(at) {
            "if" => ("then ", false),
            _ => ("则 ", true),
        };
        let place = (at.saturating_add(2)..self.words.len())
            .find(|index| self.reads(self.head.reworded(*index, *index, then)));
        let expects = self.positives.contains(&Rule::kw_then);
        if place.is_none() && !expects {
            return None;
        }
        let index = place.unwrap_or(self.at);
        let shown = self.head.stretch(at, index.max(at.saturating_add(1)));
        let finding = Diagnostic::new(
            &codes::IF_WITHOUT_THEN,
            shown,
            words!(
                "I expected `then` behind the condition",
                "“若 …”之后应有“则”"
            ),
        );
        let Some(index) = place else {
            return Some(finding);
        };
        let turned = if at == 0 && !zh {
            let start = self.head.here(index).0;
            let rule = self.head.text.get(start..).unwrap_or_default();
            let condition = self
                .head
                .text
                .get(self.head.here(1).0..start)
                .unwrap_or_default();
            Some(format!("{} when {}", rule.trim(), condition.trim()))
        } else {
            None
        };
        Some(match turned.filter(|turned| self.reads(turned.clone())) {
            Some(turned) => finding.with_fix(self.head.stretch(0, self.words.len()), turned),
            None => finding.with_fix(self.head.stretch(index, index), then),
        })
    }

    fn two_bounds(&self) -> Option<Diagnostic> {
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
                    "one bound a row: rows are tried from the top, and the first that holds counts",
                    "一行一个界限，自上而下取第一个成立的"
                ),
            )
            .with_help(words!(
                "order the rows; for a closed range write `95..98`",
                "请排好各行的先后；闭区间请写 95..98"
            )),
        )
    }

    fn row(&self) -> Option<Diagnostic> {
        if !self.is_row() || self.find(&["=>", "＝＞", "=＞", "＝>", "为"]).is_some() {
            return None;
        }
        let missing = |span, fix: &str| {
            Diagnostic::new(
                &codes::EXPECTED_ARROW,
                span,
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
                return Some(missing(self.head.stretch(at, end), "=>"));
            }
        }
        let at = self.at;
        if at > 0 && self.reads(self.head.reworded(at, at, " => ")) {
            return Some(missing(self.head.stretch(at, at), "=> "));
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

    fn colon(&self) -> Option<Diagnostic> {
        let asks = self.place == Place::Members
            || matches!(self.word(0), "input" | "输入" | "parameter" | "参数");
        if !asks || self.at == 0 || !self.reads(self.head.reworded(self.at, self.at, " : ")) {
            return None;
        }
        let place = self.head.stretch(self.at, self.at);
        Some(
            Diagnostic::new(
                &codes::EXPECTED_COLON,
                self.head.stretch(self.at, self.at.saturating_add(1)),
                words!(
                    "I expected `:` between the name and its type",
                    "名称与类型之间缺冒号"
                ),
            )
            .with_fix(place, ": "),
        )
    }

    fn second_statement(&self) -> Option<Diagnostic> {
        if self.at == 0 || self.at >= self.words.len() {
            return None;
        }
        let start = self.head.here(self.at).0;
        let first = self.head.text.get(..start).unwrap_or_default();
        let second = self.head.text.get(start..).unwrap_or_default();
        if !self.reads(first.trim().to_owned()) || !self.reads(second.to_owned()) {
            return None;
        }
        let shown = self.head.stretch(self.at, self.words.len());
        let place = self.head.stretch(self.at, self.at);
        Some(if self.is_row() {
            Diagnostic::new(
                &codes::ROWS_NOT_SEPARATED,
                shown,
                words!(
                    "rows are separated by a comma or a line end",
                    "各行之间请用逗号隔开，或另起一行"
                ),
            )
            .with_fix(place, ", ")
        } else {
            Diagnostic::new(
                &codes::SECOND_STATEMENT,
                shown,
                words!(
                    "a second statement begins here; put it on its own line or write `;` between them",
                    "这里开始了第二条语句：一行一条规则，请另起一行或用分号隔开"
                ),
            )
            .with_fix(place, "; ")
        })
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

    /// A construct of the full language near the place where the reading stopped.
    fn later(&self) -> Option<Diagnostic> {
        let shown: Vec<&str> = self
            .words
            .iter()
            .zip(&self.head.tokens)
            .map(|(word, token)| match token.kind {
                TokenKind::Figure => "#",
                TokenKind::Open => "{",
                _ => word,
            })
            .collect();
        let several_keys = matches!(self.word(0), "table" | "对照表")
            && [Some(self.at), self.at.checked_sub(1)]
                .into_iter()
                .flatten()
                .any(|at| self.kind(at) == Some(TokenKind::Comma))
            && self.find(&["by", "按"]).is_some();
        if several_keys {
            let span = self.head.stretch(self.at, self.at.saturating_add(1));
            return Some(not_there_yet("table … by a, b", span));
        }
        let from = self.at.saturating_sub(3);
        let near = shown.get(from..).unwrap_or_default();
        let (first, length) = later::phrase(near)?;
        let first = first.saturating_add(from);
        let end = first.saturating_add(length);
        if first > self.at.saturating_add(1) {
            return None;
        }
        let span = self.head.stretch(first, end);
        let written = self.words.get(first..end).unwrap_or_default().join(" ");
        Some(not_there_yet(&written, span))
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
        if self.at == 0 {
            return self.no_beginning(span);
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

    fn no_beginning(&self, span: crate::text::Span) -> Diagnostic {
        let word = shortened(self.word(0));
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

/// The candidate that a word looks like, if there is one.
pub(super) fn resembles<'c>(
    word: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    candidates
        .filter(|candidate| alike(word, candidate))
        .min_by_key(|candidate| distance(word, candidate))
}

/// Whether two words differ by a letter or two: one in four at most.
fn alike(one: &str, other: &str) -> bool {
    let length = one.chars().count().max(other.chars().count());
    let allowed = (length / 4).clamp(1, 2);
    length > 1
        && length < 40
        && (length > 2 || one.chars().next() == other.chars().next())
        && one != other
        && distance(one, other) <= allowed
}

/// Letters to insert, delete, replace or swap with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut now = vec![i.saturating_add(1)];
        for (j, b) in other.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let replaced = get(&last, j).saturating_add(usize::from(a != b));
            let deleted = get(&last, j.saturating_add(1)).saturating_add(1);
            let inserted = get(&now, j).saturating_add(1);
            let mut best = replaced.min(deleted).min(inserted);
            let swapped = i > 0
                && j > 0
                && one.get(i.saturating_sub(1)) == Some(b)
                && other.get(j.saturating_sub(1)) == Some(a);
            if swapped {
                best = best.min(get(&before_last, j.saturating_sub(1)).saturating_add(1));
            }
            now.push(best);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last.last().copied().unwrap_or(0)
}
