//! Statements that are not used: what remains of them, and the findings that need no clue.

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::scan::{Token, TokenKind};
use super::super::{Block, Hole, Kind, Name, words as table};
use super::Reader;
use super::block::Place;
use super::head::Head;
use super::likeness::resembles;

impl Reader<'_> {
    /// What remains of a statement that is not used: the names it seems to declare, and its block,
    /// which is still checked for mistakes of its own.
    pub(super) fn hole(&mut self, head: &Head, place: Place, body: Option<Block>) -> Hole {
        let first = head
            .tokens
            .first()
            .map_or("", |token| token.span.of(self.text));
        let body = body.or_else(|| {
            let open = head.first_block()?;
            let inside = self.place_inside(head, place, first)?;
            Some(self.block_at(open, inside))
        });
        Hole {
            declares: self.declares(head, place),
            body,
        }
    }

    /// What the block behind an unreadable head holds; `None` if nothing there can be judged.
    fn place_inside(&self, head: &Head, place: Place, first: &str) -> Option<Place> {
        if place == Place::Members {
            return Some(Place::Members);
        }
        match place {
            Place::Aspects => return Some(Place::Aspects),
            Place::Rows | Place::Grade | Place::Example | Place::Procedure => return None,
            _ => {}
        }
        let opener = match resembles(first, table::OPENING.iter().copied()) {
            Some(opener) => opener,
            None => first,
        };
        match opener {
            "item" | "指标" | "total" | "总分" => Some(Place::Item),
            "group" | "组" => Some(Place::Group),
            "table" | "对照表" | "score" | "得分" | "按" => Some(Place::Rows),
            "grade" | "等级" => Some(Place::Grade),
            "example" | "算例" => Some(Place::Example),
            "each" | "逐一" => Some(Place::Each),
            "indicator" | "观察指标" => Some(Place::Aspects),
            "procedure" | "程序" => Some(Place::Procedure),
            "reading" | "解读" => None,
            "input" | "输入" | "parameter" | "参数" => {
                let typed = head
                    .tokens
                    .iter()
                    .any(|token| matches!(token.span.of(self.text), ":" | "："));
                (!typed).then_some(Place::Members)
            }
            "choice" | "选项" | "result" | "结果" | "let" | "令" | "given" | "已知" | "expect"
            | "应得" | "guarantee" | "保证" => None,
            _ => {
                let block_ends_it = head
                    .tokens
                    .last()
                    .is_some_and(|token| token.kind == TokenKind::Close);
                (block_ends_it && !self.gives(head)).then_some(Place::Unknown)
            }
        }
    }

    /// Whether a head holds `=>` (为).
    fn gives(&self, head: &Head) -> bool {
        head.tokens
            .iter()
            .any(|token| matches!(token.span.of(self.text), "=>" | "＝＞" | "为"))
    }

    /// The names that a statement seems to declare.
    fn declares(&self, head: &Head, place: Place) -> Vec<Name> {
        let mut tokens = head.tokens.iter();
        let first = head
            .tokens
            .first()
            .map_or("", |token| token.span.of(self.text));
        if place != Place::Members {
            tokens.next();
        }
        let mut names = Vec::new();
        if !matches!(
            place,
            Place::Scheme | Place::Group | Place::Members | Place::Each | Place::Unknown
        ) {
            return names;
        }
        if matches!(
            first,
            "result"
                | "结果"
                | "guarantee"
                | "保证"
                | "example"
                | "算例"
                | "refuse"
                | "拒收"
                | "no"
                | "extends"
                | "沿用"
                | "edition"
                | "版本"
        ) {
            return names;
        }
        let mut expected = true;
        for token in tokens {
            match token.kind {
                TokenKind::Word if expected => {
                    names.extend(self.as_name(token));
                    expected = false;
                }
                TokenKind::Comma => expected = true,
                TokenKind::Sign | TokenKind::Operator | TokenKind::Open => break,
                _ => {}
            }
        }
        if matches!(first, "each" | "逐一") {
            names.extend(self.declared_inside(head));
        }
        names
    }

    /// The names that statements inside a block for each element seem to declare.
    fn declared_inside(&self, head: &Head) -> Vec<Name> {
        let Some(open) = head.first_block() else {
            return Vec::new();
        };
        let inside = self.braced.tokens.get(open..self.braced.close_of(open));
        let inside = inside.unwrap_or_default();
        let pairs = inside.iter().zip(inside.iter().skip(1));
        pairs
            .filter(|(word, _)| {
                matches!(
                    word.span.of(self.text),
                    "let"
                        | "令"
                        | "run"
                        | "连续次数"
                        | "carry"
                        | "结转"
                        | "consequence"
                        | "奖惩"
                        | "require"
                        | "要求"
                )
            })
            .filter_map(|(_, name)| self.as_name(name))
            .collect()
    }

    fn as_name(&self, token: &Token) -> Option<Name> {
        let written = token.span.of(self.text);
        let named = token.kind == TokenKind::Word && !table::NEVER_NAMES.contains(&written);
        named.then(|| Name {
            text: written.nfc().collect(),
            span: token.span,
        })
    }
}

/// The finding for a statement where it cannot stand.
pub(super) fn misplaced(head: &Head, kind: &Kind) -> Box<Diagnostic> {
    let (here, home) = match kind {
        Kind::Given(_) | Kind::Expect(_) => (
            words!("`given` and `expect` belong", "“已知”和“应得”应写"),
            words!("inside `example \"…\" {{ … }}`", "在“算例 \"…\" {{ … }}”内"),
        ),
        Kind::Row { .. } => (
            words!(
                "a row `condition => outcome` belongs",
                "“条件 为 结果”这样的行应写"
            ),
            words!(
                "inside a `table`, a `grade` or `score by … {{ … }}`",
                "在“对照表”“等级”或“按 … 计分 {{ … }}”内"
            ),
        ),
        Kind::Adjust { .. } => (
            words!("a line that acts on a grade belongs", "调整等级的行应写"),
            words!("inside `grade … {{ … }}`", "在“等级 … {{ … }}”内"),
        ),
        Kind::Line { .. } | Kind::Applies(_) => (
            words!(
                "a line that changes the score belongs",
                "加分、扣分等计分的行应写"
            ),
            words!(
                "inside an `item`, a `group` or `total`",
                "在“指标”“组”或“总分”的花括号内"
            ),
        ),
        Kind::Missing { .. } => (
            words!("a rule for missing figures belongs", "缺项规则应写"),
            words!(
                "inside an `item`, a `group` or `total`",
                "在“指标”“组”或“总分”的花括号内"
            ),
        ),
        Kind::Weight { .. } | Kind::Covers { .. } => (
            words!("a weight belongs", "权重应写"),
            words!("inside a `group`", "在“组”的花括号内"),
        ),
        Kind::Run { .. } | Kind::Carry { .. } => (
            words!(
                "a line that goes from element to element belongs",
                "逐行累计的语句应写"
            ),
            words!("inside `each … in … {{ … }}`", "在“逐一 … 于 … {{ … }}”内"),
        ),
        Kind::ProcedureStep(_) => (
            words!("a step belongs", "步骤应写"),
            words!("inside `procedure … {{ … }}`", "在“程序 … {{ … }}”内"),
        ),
        Kind::Reading { .. } => (
            words!("a reading belongs", "解读应写"),
            words!(
                "in the scheme itself, an `item` or a `group`",
                "在方案之内，或“指标”“组”的花括号内"
            ),
        ),
        Kind::Item(_) | Kind::Group(_) => (
            words!("an item belongs", "指标应写"),
            words!(
                "in the scheme itself or inside a `group`",
                "在方案之内，或“组”的花括号内"
            ),
        ),
        _ => (
            words!("this statement belongs", "这条语句应写"),
            words!("in the scheme itself", "在方案之内，不在其他花括号内"),
        ),
    };
    let (en, zh) = (here.en, here.zh);
    let (home_en, home_zh) = (home.en, home.zh);
    let message = crate::text::Words {
        en: format!("{en} {home_en}; here it is not used"),
        zh: format!("{zh}{home_zh}，写在这里不起作用"),
    };
    let span = match head.first_block() {
        Some(open) => head.before_block(open),
        None => head.whole(),
    };
    let diagnostic = Diagnostic::new(&codes::MISPLACED_STATEMENT, span, message);
    Box::new(match kind {
        Kind::Adjust { .. } => diagnostic.with_help(words!(
            "a line of a score says what it does on the condition: `deduct 5 when …`, `score 0 when …`, `not above 60 when …`",
            "计分的行应写明条件成立时怎样：若 … 则 扣5分、若 … 则 得分 0、若 … 则 最高60"
        )),
        _ => diagnostic,
    })
}

/// The finding for `hold the ends` at a table that has no points.
pub(super) fn ends_without_points(span: Span) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(
        &codes::MISPLACED_STATEMENT,
        span,
        words!(
            "only a table written `between points` has ends to hold or to continue",
            "只有“插值”的对照表才有两端可言"
        ),
    ))
}

/// The finding for 不随 … without 升高 or 降低.
pub(super) fn rises_or_falls(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            &codes::UNREADABLE,
            span,
            words!(
                "it is not said what the figure never does",
                "没有写明不升高还是不降低"
            ),
        )
        .with_help(words!(
            "write `never rises with …` or `never falls with …`",
            "请写“不随 … 升高”或“不随 … 降低”"
        )),
    )
}
