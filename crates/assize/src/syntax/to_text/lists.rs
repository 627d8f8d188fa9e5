//! Lists inside expressions: phrases behind them, ranks, quotas and shares.
//!
//! In Chinese what acts on a list stands before its words (逐一 c 于 类别 取 …) or behind them with
//! 的; brackets are added where the other language needed none.

use super::expressions::{Part, figure, figure_then, figure_word, in_brackets, mode_word};
use super::{Printer, Word, spelling};
use crate::number::Mode;
use crate::syntax::{EdgeTies, ExprId, ExprKind, Pick, Quantifier, Remainder, SortKey, Ties};
use crate::text::Language;

impl Printer<'_> {
    pub(super) fn list_parts(&self, parts: &mut Vec<Part>, kind: &ExprKind, language: Language) {
        let word = |word| Part::Word(spelling(word, language).to_owned());
        match kind {
            ExprKind::Where(of, condition) => {
                // Behind `for`, the condition would be that of its elements.
                if self.is_collected(*of) {
                    in_brackets(parts, &[*of]);
                } else {
                    parts.push(Part::Expr(*of));
                }
                parts.extend([Part::GapInBrackets, word(Word::Where)]);
                parts.push(Part::Expr(*condition));
            }
            ExprKind::For {
                value,
                binder,
                over,
                only,
            } => {
                let binder = Part::Word(binder.text.clone());
                match language {
                    Language::English => {
                        if self.is_open_aggregate(*value) {
                            in_brackets(parts, &[*value]);
                        } else {
                            parts.push(Part::Expr(*value));
                        }
                        parts.extend([word(Word::For), binder]);
                        parts.push(word(Word::Among));
                        self.operand(parts, *over);
                    }
                    Language::Chinese => {
                        parts.extend([word(Word::Each), binder, word(Word::Among)]);
                        self.operand(parts, *over);
                    }
                }
                if let Some(only) = only {
                    parts.extend([Part::GapInBrackets, word(Word::Where), Part::Expr(*only)]);
                }
                if language == Language::Chinese {
                    parts.push(word(Word::Taking));
                    if self.has_phrase(*value) {
                        in_brackets(parts, &[*value]);
                    } else {
                        parts.push(Part::Expr(*value));
                    }
                }
            }
            ExprKind::NamesIn(of, condition) => {
                parts.push(word(Word::NamesIn));
                self.operand(parts, *of);
                parts.extend([Part::GapInBrackets, word(Word::Where)]);
                parts.push(Part::Expr(*condition));
            }
            ExprKind::Every(quantifier) => {
                self.quantifier(parts, Word::Every, Word::Has, quantifier, language);
            }
            ExprKind::Some(quantifier) => {
                let has = match language {
                    Language::English => Word::Has,
                    Language::Chinese => Word::SuchThat,
                };
                self.quantifier(parts, Word::Some, has, quantifier, language);
            }
            ExprKind::ShareOf(of, condition) => {
                parts.push(word(Word::Share));
                if language == Language::English {
                    parts.push(word(Word::Of));
                }
                parts.push(Part::Open);
                if self.is_collected(*of) {
                    in_brackets(parts, &[*of]);
                } else {
                    parts.push(Part::Expr(*of));
                }
                parts.extend([Part::GapInBrackets, word(Word::Where)]);
                parts.extend([Part::Expr(*condition), Part::Close]);
            }
            ExprKind::SkippingMissing(of) => {
                parts.extend([Part::Expr(*of), word(Word::SkippingMissing)]);
            }
            ExprKind::CountingMissing(of, value) => {
                parts.extend([Part::Expr(*of), word(Word::CountingMissing)]);
                self.operand(parts, *value);
                if language == Language::Chinese {
                    parts.push(word(Word::Counted));
                }
            }
            ExprKind::Pick { which, count, of } => self.pick(parts, *which, *count, *of, language),
            ExprKind::Sorted { of, by } => {
                parts.extend([Part::Expr(*of), word(Word::Sorted)]);
                self.sort_keys(parts, by, language);
            }
            ExprKind::Rank {
                of,
                among,
                highest_first,
                ties,
            } => {
                match language {
                    Language::English => {
                        parts.push(word(Word::RankOf));
                        self.figures(parts, *of);
                        parts.push(word(Word::Among));
                        self.operand(parts, *among);
                    }
                    Language::Chinese => {
                        self.figures(parts, *of);
                        parts.push(word(Word::Among));
                        self.operand(parts, *among);
                        parts.push(word(Word::RankAmong));
                    }
                }
                let order = if *highest_first {
                    Word::HighestFirst
                } else {
                    Word::LowestFirst
                };
                let ties = match ties {
                    Ties::Share => Word::TiesShare,
                    Ties::Dense => Word::TiesDense,
                    Ties::Averaged => Word::TiesAveraged,
                    Ties::InOrder => Word::TiesInOrder,
                };
                parts.extend([Part::Comma, word(order), Part::Comma, word(ties)]);
            }
            ExprKind::Top {
                size,
                among,
                by,
                rounding,
                ties,
            } => {
                let figure = match self.expr(*size).map(|expr| &expr.kind) {
                    Some(ExprKind::Quantity(places)) => Some(places),
                    _ => None,
                };
                self.top(parts, *size, *among, *by, language);
                let whole =
                    figure.is_some_and(|places| !places.percent && places.value.fract().is_zero());
                if !(whole && *rounding == Mode::Down) {
                    parts.extend([Part::Comma, word(mode_word(*rounding))]);
                }
                let ties = match ties {
                    EdgeTies::In => Word::TiesAllIn,
                    EdgeTies::Out => Word::TiesAllOut,
                };
                parts.extend([Part::Comma, word(ties)]);
            }
            ExprKind::Split {
                pool,
                by,
                among,
                to,
                remainder,
            } => {
                parts.push(word(Word::Split));
                self.operand(parts, *pool);
                parts.push(word(Word::By));
                self.operand(parts, *by);
                parts.push(word(Word::Among));
                self.operand(parts, *among);
                parts.push(Part::Word(figure_word(Word::ToUnit, to, language)));
                let remainder = match remainder {
                    Remainder::LargestFraction => Word::RemainderByLargest,
                    Remainder::First => Word::RemainderToFirst,
                    Remainder::Last => Word::RemainderToLast,
                };
                parts.extend([Part::Comma, word(remainder)]);
            }
            ExprKind::TallyScored(of, table) => {
                let table = Part::Word(table.text.clone());
                parts.push(Part::Expr(*of));
                match language {
                    Language::English => parts.extend([word(Word::ScoredBy), table]),
                    Language::Chinese => {
                        parts.extend([word(Word::By), table, word(Word::Scored)]);
                    }
                }
            }
            _ => {}
        }
    }

    fn quantifier(
        &self,
        parts: &mut Vec<Part>,
        every: Word,
        has: Word,
        quantifier: &Quantifier,
        language: Language,
    ) {
        let word = |word| Part::Word(spelling(word, language).to_owned());
        parts.push(word(every));
        if let Some(binder) = &quantifier.binder {
            parts.extend([Part::Word(binder.text.clone()), word(Word::Among)]);
        }
        self.operand(parts, quantifier.over);
        parts.extend([word(has), Part::Expr(quantifier.has)]);
    }

    /// `highest 3 of xs`, xs 的 最高3项; `xs without the lowest 1`, xs 去掉最低1项.
    fn pick(
        &self,
        parts: &mut Vec<Part>,
        which: Pick,
        count: ExprId,
        of: ExprId,
        language: Language,
    ) {
        let joint = Part::Word(spelling(Word::Of, language).to_owned());
        let keyword = match which {
            Pick::Highest => Word::Highest,
            Pick::Lowest => Word::Lowest,
            Pick::First => Word::First,
            Pick::Last => Word::Last,
            Pick::WithoutHighest => Word::WithoutHighest,
            Pick::WithoutLowest => Word::WithoutLowest,
        };
        let without = matches!(which, Pick::WithoutHighest | Pick::WithoutLowest);
        let phrase = match (self.expr(count).map(|expr| &expr.kind), language) {
            (Some(ExprKind::Quantity(count)), Language::English) => {
                vec![Part::Word(figure_word(keyword, count, language))]
            }
            (Some(ExprKind::Quantity(count)), Language::Chinese) => vec![Part::Word(format!(
                "{}{}",
                spelling(keyword, language),
                figure_then(count, Word::Members, language)
            ))],
            (_, Language::English) => vec![
                Part::Word(spelling(keyword, language).to_owned()),
                Part::Expr(count),
            ],
            (_, Language::Chinese) => vec![
                Part::Word(spelling(keyword, language).to_owned()),
                Part::Expr(count),
                Part::Word(spelling(Word::Members, language).to_owned()),
            ],
        };
        match language {
            _ if without => {
                parts.push(Part::Expr(of));
                parts.extend(phrase);
            }
            Language::English => {
                parts.extend(phrase);
                parts.push(joint);
                self.operand(parts, of);
            }
            Language::Chinese => {
                self.operand(parts, of);
                parts.push(joint);
                parts.extend(phrase);
            }
        }
    }

    fn top(
        &self,
        parts: &mut Vec<Part>,
        size: ExprId,
        among: ExprId,
        by: ExprId,
        language: Language,
    ) {
        let word = |word| Part::Word(spelling(word, language).to_owned());
        if language == Language::Chinese {
            self.operand(parts, among);
            parts.push(word(Word::By));
            self.figures(parts, by);
        }
        match self.expr(size).map(|expr| &expr.kind) {
            Some(ExprKind::Quantity(places)) => {
                let gap = if language == Language::English {
                    " "
                } else {
                    ""
                };
                parts.push(Part::Word(format!(
                    "{}{gap}{}",
                    spelling(Word::Top, language),
                    figure(places, language)
                )));
            }
            Some(ExprKind::Path(_) | ExprKind::Bracket(_)) => {
                parts.extend([word(Word::Top), Part::Expr(size)]);
            }
            _ => {
                parts.push(word(Word::Top));
                in_brackets(parts, &[size]);
            }
        }
        if language == Language::English {
            parts.push(word(Word::Of));
            self.operand(parts, among);
            parts.push(word(Word::By));
            self.figures(parts, by);
        }
    }

    fn sort_keys(&self, parts: &mut Vec<Part>, keys: &[SortKey], language: Language) {
        let word = |word| Part::Word(spelling(word, language).to_owned());
        for (nth, key) in keys.iter().enumerate() {
            parts.push(if nth == 0 {
                word(Word::By)
            } else {
                Part::Comma
            });
            self.operand(parts, key.by);
            if key.highest_first {
                parts.push(word(Word::HighestFirst));
            }
        }
    }

    /// Whether an expression is a list with phrases behind it that end by themselves.
    pub(super) fn is_listed(&self, mut id: ExprId) -> bool {
        let mut phrases = 0_usize;
        loop {
            match self.expr(id).map(|expr| &expr.kind) {
                Some(
                    ExprKind::Sorted { of, .. }
                    | ExprKind::SkippingMissing(of)
                    | ExprKind::CountingMissing(of, _)
                    | ExprKind::TallyScored(of, _),
                ) => id = *of,
                Some(ExprKind::Pick {
                    which: Pick::WithoutHighest | Pick::WithoutLowest,
                    of,
                    ..
                }) => {
                    id = *of;
                }
                _ => return phrases > 0 && self.is_operand(id),
            }
            phrases = phrases.saturating_add(1);
        }
    }

    fn is_collected(&self, id: ExprId) -> bool {
        matches!(
            self.expr(id).map(|expr| &expr.kind),
            Some(ExprKind::For { .. })
        )
    }

    /// Whether an expression ends with a phrase that acts on the whole of it.
    fn has_phrase(&self, id: ExprId) -> bool {
        match self.expr(id).map(|expr| &expr.kind) {
            Some(
                ExprKind::For { .. }
                | ExprKind::Where(..)
                | ExprKind::SkippingMissing(_)
                | ExprKind::CountingMissing(..)
                | ExprKind::Sorted { .. }
                | ExprKind::TallyScored(..),
            ) => true,
            Some(ExprKind::Pick { which, .. }) => {
                matches!(which, Pick::WithoutHighest | Pick::WithoutLowest)
            }
            _ => false,
        }
    }
}
