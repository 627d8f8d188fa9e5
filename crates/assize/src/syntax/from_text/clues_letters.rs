//! Clues in signs, quotes and figures, and in Chinese words that stand without blanks.

use crate::diagnostic::Diagnostic;
use crate::text::words;

use super::super::mistakes::codes;
use super::super::scan::TokenKind;
use super::chinese;
use super::clues::Clues;

impl Clues<'_> {
    /// Signs, quotes and figures that other languages write in other ways.
    pub(super) fn letters(&self) -> Option<Diagnostic> {
        self.comment()
            .or_else(|| self.quotes())
            .or_else(|| self.operator())
            .or_else(|| self.date())
            .or_else(|| self.thousands())
            .or_else(|| self.figure())
            .or_else(|| self.money())
            .or_else(|| self.hyphen())
    }

    fn comment(&self) -> Option<Diagnostic> {
        let at = self.find(&["//", "／／"])?;
        let span = self.head.stretch(at, at.saturating_add(1));
        Some(
            Diagnostic::new(
                &codes::COMMENT_SIGN,
                span,
                words!("a comment begins with `#`", "注释以 # 开头"),
            )
            .with_fix(span, "#"),
        )
    }

    fn quotes(&self) -> Option<Diagnostic> {
        let curly = |index: usize| {
            self.kind(index) == Some(TokenKind::Quoted) && self.word(index).starts_with(['“', '”'])
        };
        let first = (0..self.words.len()).find(|index| {
            let next = index.saturating_add(1);
            curly(*index) && self.touches(next) && self.kind(next) == Some(TokenKind::Word)
        })?;
        let last = (first..self.words.len())
            .rev()
            .find(|index| curly(*index))?;
        let end = last.saturating_add(1);
        let start = self.head.here(first).0;
        let rest = self.head.here(last).1;
        let written = self.head.text.get(start..rest)?;
        let inside = written.strip_prefix(['“', '”'])?.strip_suffix(['“', '”'])?;
        let quoted = if inside.contains('"') {
            format!("「{inside}」")
        } else {
            format!("\"{inside}\"")
        };
        let shown = self.head.stretch(first, end);
        let finding = Diagnostic::new(
            &codes::QUOTE_INSIDE_QUOTE,
            shown,
            words!(
                "the quotation ends at the second curly quote; use \"…\" or 「…」 outside",
                "遇到第二个弯引号，引文就结束了；外层引号请用 \"…\" 或 「…」"
            ),
        );
        let reads = last > first && self.reads(self.head.reworded(first, end, &quoted));
        Some(if reads {
            finding.with_fix(shown, quoted)
        } else {
            finding
        })
    }

    fn operator(&self) -> Option<Diagnostic> {
        let known = [
            ("==", "="),
            ("!=", "<>"),
            ("&&", " and "),
            ("||", " or "),
            ("&", " and "),
            ("|", " or "),
            ("!", "not "),
        ];
        let plain =
            |word: &str| -> String { word.chars().map(super::super::scan::plain).collect() };
        let at = (0..self.words.len()).find(|index| {
            self.kind(*index) == Some(TokenKind::Operator)
                && known
                    .iter()
                    .any(|(sign, _)| plain(self.word(*index)) == *sign)
        })?;
        let written = self.word(at);
        let (_, instead) = known.iter().find(|(sign, _)| plain(written) == *sign)?;
        let end = at.saturating_add(1);
        let shown = instead.trim();
        let span = self.head.stretch(at, end);
        Some(
            Diagnostic::new(
                &codes::OPERATOR_SIGN,
                span,
                words!(
                    "`{written}` is written `{shown}`: equality is one `=`, and conditions are joined by words",
                    "“{written}”应写作“{shown}”：相等用一个 =，条件之间用“且”“或”“非”"
                ),
            )
            .with_fix(span, if self.touches(at) { instead } else { shown }),
        )
    }

    fn date(&self) -> Option<Diagnostic> {
        let first = self.word(0);
        let dated = first == "effective" || first.starts_with('自');
        let (start, end, plain) = chinese::loose_date(&self.head.text).filter(|_| dated)?;
        if self.head.text.get(start..end) == Some(plain.as_str()) {
            return None;
        }
        let span = crate::text::Span::new(
            self.head.place(start),
            self.head.place(end.saturating_sub(1)).saturating_add(1),
        );
        let finding = Diagnostic::new(
            &codes::BAD_DATE,
            span,
            words!(
                "a date has four, two and two digits with hyphens between: 2012-01-01",
                "日期请写作 2012-01-01 或 2012年1月1日"
            ),
        );
        Some(finding.with_fix(span, plain))
    }

    fn thousands(&self) -> Option<Diagnostic> {
        let figure = |index: usize| self.kind(index) == Some(TokenKind::Figure);
        let joined = |comma: usize| {
            let next = comma.saturating_add(1);
            let whole = self.word(next).split('.').next().unwrap_or("");
            self.kind(comma) == Some(TokenKind::Comma)
                && self.touches(comma)
                && figure(next)
                && self.touches(next)
                && whole.len() == 3
        };
        let first = (0..self.words.len())
            .find(|index| figure(*index) && joined(index.saturating_add(1)))?;
        let mut end = first.saturating_add(1);
        while joined(end) {
            end = end.saturating_add(2);
        }
        if end > self.at.saturating_add(2) && first > self.at {
            return None;
        }
        let span = self.head.stretch(first, end);
        let plain: String = self.words.get(first..end)?.concat();
        let plain: String = plain
            .chars()
            .filter(|c| !matches!(c, ',' | '，' | '、'))
            .collect();
        Some(
            Diagnostic::new(
                &codes::THOUSANDS_COMMA,
                span,
                words!(
                    "a figure has no thousands comma; this statement is not used",
                    "数字中不用千分号，本条不起作用"
                ),
            )
            .with_fix(span, plain),
        )
    }

    /// `.5`, `5.`, `1e5`
    fn figure(&self) -> Option<Diagnostic> {
        let (first, end, plain) = (0..self.words.len()).find_map(|index| {
            let next = index.saturating_add(1);
            let after = index.saturating_add(2);
            let figure = |index| self.kind(index) == Some(TokenKind::Figure);
            let point = |index: usize| matches!(self.word(index), "." | "．");
            let exponent = |word: &str| {
                word.strip_prefix(['e', 'E'])
                    .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()))
            };
            if point(index) && figure(next) && self.touches(next) && !self.touches(index) {
                return Some((index, after, Some(format!("0.{}", self.word(next)))));
            }
            if figure(index) && point(next) && self.touches(next) && !self.touches(after) {
                return Some((index, after, Some(self.word(index).to_owned())));
            }
            if figure(index) && self.touches(next) && exponent(self.word(next)) {
                return Some((index, after, None));
            }
            None
        })?;
        let span = self.head.stretch(first, end);
        let finding = Diagnostic::new(
            &codes::FIGURE_FORM,
            span,
            words!(
                "a figure has digits on both sides of its point and no exponent",
                "小数点两边都要有数字，不用科学计数法"
            ),
        );
        Some(match plain {
            Some(plain) => finding.with_fix(span, plain),
            None => finding,
        })
    }

    fn money(&self) -> Option<Diagnostic> {
        let at = self.find(&["¥", "￥", "$", "＄", "RMB"])?;
        let end = at.saturating_add(2);
        if self.kind(at.saturating_add(1)) != Some(TokenKind::Figure) {
            return None;
        }
        let figure = self.word(at.saturating_add(1));
        let span = self.head.stretch(at, end);
        Some(
            Diagnostic::new(
                &codes::UNIT_BEFORE_FIGURE,
                span,
                words!(
                    "write the unit behind the figure: `{figure} yuan`",
                    "单位写在数字后面：{figure}元"
                ),
            )
            .with_fix(span, format!("{figure}元")),
        )
    }

    /// `points 0-100`
    fn hyphen(&self) -> Option<Diagnostic> {
        let at = (1..self.words.len()).find(|index| {
            let (before, after) = (index.saturating_sub(1), index.saturating_add(1));
            matches!(self.word(*index), "-" | "－" | "−" | "–" | "—")
                && self.kind(before) == Some(TokenKind::Figure)
                && self.kind(after) == Some(TokenKind::Figure)
                && self.reads(self.head.reworded(*index, after, ".."))
        })?;
        let end = at.saturating_add(1);
        let span = self
            .head
            .stretch(at.saturating_sub(1), end.saturating_add(1));
        let (low, high) = (self.word(at.saturating_sub(1)), self.word(end));
        Some(super::rows::range_with_hyphen(span, low, high))
    }

    /// Chinese words without blanks, the cause behind the rule, figures in words.
    pub(super) fn order(&self) -> Option<Diagnostic> {
        self.figure_in_words()
            .or_else(|| self.glued())
            .or_else(|| self.cause_first())
    }

    fn figure_in_words(&self) -> Option<Diagnostic> {
        (0..self.words.len()).find_map(|index| {
            let plain = chinese::figure_in_words(self.word(index))?;
            let end = index.saturating_add(1);
            let span = self.head.stretch(index, end);
            let reads = self.reads(self.head.reworded(index, end, &plain));
            let finding = Diagnostic::new(
                &codes::FIGURE_IN_WORDS,
                span,
                words!(
                    "figures stand in digits: `{plain}`",
                    "数字请用阿拉伯数字：{plain}"
                ),
            );
            reads.then(|| finding.with_fix(span, plain))
        })
    }

    fn glued(&self) -> Option<Diagnostic> {
        let mut wording = String::new();
        let mut first = None;
        for index in 0..self.words.len() {
            let word = self.word(index);
            let parted = match self.kind(index) {
                Some(TokenKind::Word) => chinese::parted(word, &self.known),
                _ => None,
            };
            if parted.is_some() && first.is_none() {
                first = Some(index);
            }
            if index > 0 && (!self.touches(index) || parted.is_some()) {
                wording.push(' ');
            }
            wording.push_str(match self.kind(index) {
                Some(TokenKind::Open) => "{",
                Some(TokenKind::Close) => "}",
                _ => parted.as_deref().unwrap_or(word),
            });
        }
        let first = first?;
        let all = self.head.stretch(0, self.words.len());
        let fixable = self.head.first_block().is_none();
        if !self.reads(wording.clone()) {
            return chinese::cause_to_front(&wording)
                .filter(|turned| self.reads(turned.clone()))
                .map(|turned| self.turned(turned));
        }
        let glued = self.word(first);
        let finding = Diagnostic::new(
            &codes::WORDS_GLUED,
            self.head.stretch(first, first.saturating_add(1)),
            words!(
                "`{glued}` is read as one word; put a space between words",
                "“{glued}”被当作一个词，词与词之间请空一格"
            ),
        );
        Some(if fixable {
            finding.with_fix(all, wording)
        } else {
            let parted = chinese::parted(glued, &self.known).unwrap_or_default();
            finding.with_fix(self.head.stretch(first, first.saturating_add(1)), parted)
        })
    }

    fn cause_first(&self) -> Option<Diagnostic> {
        chinese::cause_to_front(&self.head.text)
            .filter(|turned| self.reads(turned.clone()))
            .map(|turned| self.turned(turned))
    }

    fn turned(&self, turned: String) -> Diagnostic {
        let all = self.head.stretch(0, self.words.len());
        if turned.starts_with('若') {
            return Diagnostic::new(
                &codes::CONDITION_WITH_IF,
                all,
                words!(
                    "in Chinese the condition comes first: `{turned}`; the line is not used as it stands",
                    "条件写在前面：{turned}；照现在的写法本行不起作用"
                ),
            )
            .with_fix(all, turned);
        }
        Diagnostic::new(
            &codes::CAUSE_FIRST,
            all,
            words!(
                "in Chinese the cause comes first: `{turned}`",
                "先写“每 …”，后写“扣 …”：{turned}"
            ),
        )
        .with_fix(all, turned)
    }
}
