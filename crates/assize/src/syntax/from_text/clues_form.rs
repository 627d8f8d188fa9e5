//! Clues in the form of a statement: a word that is no name, brackets, articles, conditions, a
//! missing colon, a second statement.

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::mistakes::codes;
use super::super::scan::TokenKind;
use super::super::words as table;
use super::Rule;
use super::block::Place;
use super::clues::Clues;

impl Clues<'_> {
    pub(super) fn reserved(&self) -> Option<Diagnostic> {
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
        let option = self.rule == Rule::option_entry && self.at == 0;
        if !table::NEVER_NAMES.contains(&word) || !(declaring && names || option) {
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

    pub(super) fn bracket(&self) -> Option<Diagnostic> {
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

    pub(super) fn article(&self) -> Option<Diagnostic> {
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

    pub(super) fn condition_with_if(&self) -> Option<Diagnostic> {
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

    pub(super) fn if_without_then(&self) -> Option<Diagnostic> {
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

    pub(super) fn colon(&self) -> Option<Diagnostic> {
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

    pub(super) fn second_statement(&self) -> Option<Diagnostic> {
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
}
