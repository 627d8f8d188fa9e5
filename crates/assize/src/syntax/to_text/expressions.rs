//! Expressions, written from the arena without recursion: what is still to be written lies on a
//! list of its own.

use super::language::in_quotes;
use super::sentence::{Gap, Sentence};
use super::{Printer, Word, spelling};
use crate::number::Mode;
use crate::syntax::{
    Aggregate, BinaryOp, ExprId, ExprKind, Path, Quantity, RoundTo, Rounding, UnaryOp, Unit,
};
use crate::text::Language;

/// What is still to be written.
enum Part {
    Expr(ExprId),
    Word(String),
    Glued(&'static str),
    Gap(Gap),
    Comma,
    Open,
    Close,
}

/// The gap in so many brackets.
fn inside(gap: Gap, depth: usize) -> Gap {
    match gap {
        Gap::Glued | Gap::Space => gap,
        _ if depth == 0 => gap,
        Gap::Strong | Gap::Clause => Gap::Weak,
        Gap::Weak | Gap::Least => Gap::Least,
    }
}

impl Printer<'_> {
    /// Adds an expression.
    pub(super) fn expression(&self, sentence: &mut Sentence, id: ExprId, language: Language) {
        let mut parts = vec![Part::Expr(id)];
        // Inside brackets a line ends only where it cannot end outside them.
        let mut depth = 0_usize;
        while let Some(part) = parts.pop() {
            match part {
                Part::Expr(id) => {
                    let begin = parts.len();
                    self.parts(&mut parts, id, language);
                    if let Some(added) = parts.get_mut(begin..) {
                        added.reverse();
                    }
                }
                Part::Word(word) => sentence.word(word),
                Part::Glued(sign) => sentence.glue(sign),
                Part::Open => {
                    sentence.word("(");
                    sentence.gap(Gap::Glued);
                    depth = depth.saturating_add(1);
                }
                Part::Close => {
                    sentence.glue(")");
                    depth = depth.saturating_sub(1);
                }
                Part::Gap(gap) => sentence.gap(inside(gap, depth)),
                Part::Comma => sentence.comma_then(inside(Gap::Strong, depth)),
            }
        }
    }

    /// Adds a keyword and the figure behind it, which it touches in Chinese: `扣6分`, `扣 罚分`.
    pub(super) fn figure_phrase(
        &self,
        sentence: &mut Sentence,
        word: Word,
        id: ExprId,
        language: Language,
    ) {
        sentence.word(spelling(word, language));
        if language == Language::Chinese && self.is_figure(id) {
            sentence.gap(Gap::Glued);
        }
        self.expression(sentence, id, language);
    }

    /// Adds an expression as the single operand of a word: a name, or anything in brackets.
    pub(super) fn measure(&self, sentence: &mut Sentence, id: ExprId, language: Language) {
        if self.is_operand(id) {
            self.expression(sentence, id, language);
        } else {
            sentence.word("(");
            sentence.gap(Gap::Glued);
            self.expression(sentence, id, language);
            sentence.glue(")");
        }
    }

    fn is_operand(&self, id: ExprId) -> bool {
        matches!(
            self.expr(id).map(|expr| &expr.kind),
            Some(
                ExprKind::Path(_)
                    | ExprKind::Quantity(_)
                    | ExprKind::Bracket(_)
                    | ExprKind::TableOf(..)
                    | ExprKind::Aggregate(..)
            )
        )
    }

    fn operand(&self, parts: &mut Vec<Part>, id: ExprId) {
        if self.is_operand(id) {
            parts.push(Part::Expr(id));
        } else {
            in_brackets(parts, &[id]);
        }
    }

    fn parts(&self, parts: &mut Vec<Part>, id: ExprId, language: Language) {
        let Some(expr) = self.expr(id) else { return };
        let word = |word| Part::Word(spelling(word, language).to_owned());
        match &expr.kind {
            ExprKind::Quantity(quantity) => parts.push(Part::Word(figure(quantity, language))),
            ExprKind::Flag(true) => parts.push(word(Word::Yes)),
            ExprKind::Flag(false) => parts.push(word(Word::No)),
            ExprKind::Path(path) => parts.push(Part::Word(dotted(path))),
            ExprKind::Quoted(quoted) => parts.push(Part::Word(in_quotes(quoted))),
            ExprKind::Bracket(inner) => in_brackets(parts, &[*inner]),
            ExprKind::Unary(UnaryOp::Not, of) => parts.extend([word(Word::Not), Part::Expr(*of)]),
            ExprKind::Unary(UnaryOp::Minus, of) => parts.extend([
                Part::Word("-".to_owned()),
                Part::Gap(Gap::Glued),
                Part::Expr(*of),
            ]),
            ExprKind::Binary(op, left, right) => {
                parts.push(Part::Expr(*left));
                match op {
                    BinaryOp::And => parts.extend([Part::Gap(Gap::Strong), word(Word::And)]),
                    BinaryOp::Or => parts.extend([Part::Gap(Gap::Strong), word(Word::Or)]),
                    // A fraction: 52/3.
                    BinaryOp::Over if self.is_figure(*left) && self.is_figure(*right) => {
                        parts.extend([Part::Glued("/"), Part::Gap(Gap::Glued)]);
                    }
                    _ => parts.extend([Part::Word(sign(*op).to_owned()), Part::Gap(Gap::Weak)]),
                }
                parts.push(Part::Expr(*right));
            }
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                parts.extend([word(Word::If), Part::Expr(*condition)]);
                parts.extend([Part::Gap(Gap::Strong), word(Word::Then), Part::Expr(*then)]);
                if let Some(otherwise) = otherwise {
                    parts.extend([Part::Gap(Gap::Strong), word(Word::Else)]);
                    parts.push(Part::Expr(*otherwise));
                }
            }
            ExprKind::Given(path) => parts.extend([word(Word::IsGiven), Part::Word(dotted(path))]),
            ExprKind::IsOneOf(of, options) => {
                parts.extend([Part::Expr(*of), word(Word::IsOneOf)]);
                list(parts, options);
            }
            ExprKind::Otherwise(value, otherwise) => parts.extend([
                Part::Expr(*value),
                word(Word::OtherwiseValue),
                Part::Expr(*otherwise),
            ]),
            ExprKind::NoValue => parts.push(word(Word::NoValue)),
            ExprKind::Aggregate(aggregate, of) => {
                parts.push(word(aggregate_word(*aggregate)));
                if language == Language::English {
                    parts.push(word(Word::Of));
                }
                match of.as_slice() {
                    [one] if self.is_path(*one) => parts.push(Part::Expr(*one)),
                    // The brackets of the list are enough.
                    [one] => in_brackets(parts, &[self.inside_brackets(*one)]),
                    several => in_brackets(parts, several),
                }
            }
            ExprKind::WeightOf(path) => share(parts, Word::WeightOf, path, language),
            ExprKind::PartOf(path) => share(parts, Word::PartOf, path, language),
            ExprKind::TableOf(table, of) => {
                let table = Part::Word(table.text.clone());
                match language {
                    Language::English => {
                        parts.extend([table, word(Word::Of)]);
                        self.operand(parts, *of);
                    }
                    Language::Chinese => {
                        self.operand(parts, *of);
                        parts.extend([word(Word::Of), table]);
                    }
                }
            }
            ExprKind::Round(rounding, of) => {
                parts.extend([word(mode_word(rounding.mode)), Part::Expr(*of)]);
                parts.push(Part::Word(round_to(rounding, language)));
            }
            ExprKind::ConsequencesFired => parts.push(word(Word::ConsequencesFired)),
            ExprKind::List(items) => {
                parts.extend([Part::Word("[".to_owned()), Part::Gap(Gap::Glued)]);
                list(parts, items);
                parts.push(Part::Glued("]"));
            }
            ExprKind::Map(entries) => {
                parts.push(Part::Word("{".to_owned()));
                for (nth, (name, value)) in entries.iter().enumerate() {
                    if nth > 0 {
                        parts.push(Part::Comma);
                    }
                    parts.extend([Part::Word(name.text.clone()), Part::Expr(*value)]);
                }
                parts.push(Part::Word("}".to_owned()));
            }
            ExprKind::Hole | _ => parts.push(Part::Word(expr.span.of(self.text).trim().to_owned())),
        }
    }

    fn is_path(&self, id: ExprId) -> bool {
        matches!(
            self.expr(id).map(|expr| &expr.kind),
            Some(ExprKind::Path(_))
        )
    }

    fn inside_brackets(&self, mut id: ExprId) -> ExprId {
        while let Some(ExprKind::Bracket(inner)) = self.expr(id).map(|expr| &expr.kind) {
            id = *inner;
        }
        id
    }
}

/// `weight of mystery`, 暗访 的 权重占比.
fn share(parts: &mut Vec<Part>, share: Word, path: &Path, language: Language) {
    let word = |word| Part::Word(spelling(word, language).to_owned());
    let path = Part::Word(dotted(path));
    match language {
        Language::English => parts.extend([word(share), path]),
        Language::Chinese => parts.extend([path, word(Word::Of), word(share)]),
    }
}

fn in_brackets(parts: &mut Vec<Part>, items: &[ExprId]) {
    parts.push(Part::Open);
    list(parts, items);
    parts.push(Part::Close);
}

fn list(parts: &mut Vec<Part>, items: &[ExprId]) {
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            parts.push(Part::Comma);
        }
        parts.push(Part::Expr(*item));
    }
}

/// A figure with its unit: `2000 yuan`, `2000元`.
pub(super) fn figure(quantity: &Quantity, language: Language) -> String {
    let percent = if quantity.percent { "%" } else { "" };
    let gap = match (quantity.unit, language) {
        (Some(_), Language::English) => " ",
        _ => "",
    };
    let unit = quantity.unit.map_or("", |unit| {
        let word = match unit {
            Unit::Points => Word::UnitPoints,
            Unit::Yuan => Word::UnitYuan,
            _ => Word::UnitTimes,
        };
        spelling(word, language)
    });
    format!("{}{percent}{gap}{unit}", quantity.digits)
}

/// Names joined by points.
pub(super) fn dotted(path: &Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
    names.join(".")
}

/// A keyword and the figure behind it, which it touches in Chinese.
pub(super) fn figure_word(word: Word, quantity: &Quantity, language: Language) -> String {
    let gap = match language {
        Language::English => " ",
        Language::Chinese => "",
    };
    format!(
        "{}{gap}{}",
        spelling(word, language),
        figure(quantity, language)
    )
}

/// A figure and the word behind it, which it touches in Chinese unless a unit stands between.
pub(super) fn figure_then(quantity: &Quantity, word: Word, language: Language) -> String {
    let gap = if language == Language::Chinese && quantity.unit.is_none() {
        ""
    } else {
        " "
    };
    format!(
        "{}{gap}{}",
        figure(quantity, language),
        spelling(word, language)
    )
}

/// `to 2 places`, `保留2位小数`.
pub(super) fn round_to(rounding: &Rounding, language: Language) -> String {
    let (before, quantity, behind) = match &rounding.to {
        RoundTo::Whole => return spelling(Word::ToWhole, language).to_owned(),
        RoundTo::Places(places) => (Word::ToPlaces, places, Word::Places),
        RoundTo::Multiple(of) => (Word::ToMultiple, of, Word::MultipleOf),
    };
    let gap = match language {
        Language::English => " ",
        Language::Chinese => "",
    };
    let phrase = figure_then(quantity, behind, language);
    format!("{}{gap}{}", spelling(before, language), phrase.trim_end())
}

/// The words for a way to round.
pub(super) fn mode_word(mode: Mode) -> Word {
    match mode {
        Mode::HalfUp => Word::RoundHalfUp,
        Mode::HalfEven => Word::RoundHalfEven,
        Mode::HalfDown => Word::RoundHalfDown,
        Mode::Up => Word::RoundUp,
        Mode::Down => Word::RoundDown,
        Mode::Ceiling => Word::RoundCeiling,
        Mode::Floor => Word::RoundFloor,
    }
}

fn aggregate_word(aggregate: Aggregate) -> Word {
    match aggregate {
        Aggregate::Sum => Word::Sum,
        Aggregate::Mean => Word::Mean,
        Aggregate::Count => Word::Count,
        Aggregate::Min => Word::Min,
        _ => Word::Max,
    }
}

/// The sign of an operator; `and` and `or` are words.
fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or | BinaryOp::And => "",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "<>",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::Plus => "+",
        BinaryOp::Minus => "-",
        BinaryOp::Times => "*",
        BinaryOp::Over => "/",
    }
}
