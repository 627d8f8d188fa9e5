//! Expressions, written from the arena without recursion: what is still to be written lies on a
//! list of its own.

use super::language::in_quotes;
use super::sentence::{Gap, Sentence};
use super::{Printer, Word, spelling};
use crate::number::Mode;
use crate::syntax::words::{End, NEVER_NAMES, TABLE};
use crate::syntax::{
    Aggregate, BinaryOp, Date, DatePart, ExprId, ExprKind, Logarithm, Name, Path, Pick, Quantity,
    Quoted, RoundTo, Rounding, UnaryOp, Unit,
};
use crate::text::Language;
use chrono::{Datelike as _, Timelike as _};

/// What is still to be written.
pub(super) enum Part {
    Expr(ExprId),
    Word(String),
    Glued(&'static str),
    Gap(Gap),
    /// A space; in brackets, a line may end there.
    GapInBrackets,
    Comma,
    Open,
    Close,
    /// A map of a list begins: its list goes on between maps rather than within them.
    MapBegins,
    MapEnds,
}

/// In how many brackets, and in how many maps of lists, something stands.
#[derive(Clone, Copy, Default)]
struct Depth {
    brackets: usize,
    maps: usize,
}

impl Depth {
    /// The gap at this depth.
    fn gap(self, gap: Gap) -> Gap {
        match gap {
            Gap::Glued | Gap::Space => gap,
            _ if self.maps > 0 => Gap::Inside(self.maps),
            _ if self.brackets == 0 => gap,
            Gap::Strong | Gap::Clause => Gap::Weak,
            Gap::Weak | Gap::Least | Gap::Inside(_) => Gap::Least,
        }
    }
}

impl Printer<'_> {
    /// Adds an expression.
    pub(super) fn expression(&self, sentence: &mut Sentence, id: ExprId, language: Language) {
        let mut parts = vec![Part::Expr(id)];
        // Inside brackets a line ends only where it cannot end outside them.
        let mut depth = Depth::default();
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
                    depth.brackets = depth.brackets.saturating_add(1);
                }
                Part::Close => {
                    sentence.glue(")");
                    depth.brackets = depth.brackets.saturating_sub(1);
                }
                Part::MapBegins => depth.maps = depth.maps.saturating_add(1),
                Part::MapEnds => depth.maps = depth.maps.saturating_sub(1),
                Part::Gap(gap) => sentence.gap(depth.gap(gap)),
                Part::GapInBrackets if depth.brackets == 0 => {}
                Part::GapInBrackets => sentence.gap(depth.gap(Gap::Strong)),
                Part::Comma => sentence.comma_then(depth.gap(Gap::Strong)),
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

    pub(super) fn is_operand(&self, id: ExprId) -> bool {
        matches!(
            self.expr(id).map(|expr| &expr.kind),
            Some(
                ExprKind::Path(_)
                    | ExprKind::Quantity(_)
                    | ExprKind::Date(_)
                    | ExprKind::Time(_)
                    | ExprKind::Bracket(_)
                    | ExprKind::TableOf(..)
                    | ExprKind::Aggregate(..)
                    | ExprKind::WeightOf(_)
                    | ExprKind::PartOf(_)
                    | ExprKind::FullMarks(_)
                    | ExprKind::Root(_)
                    | ExprKind::Logarithm(..)
                    | ExprKind::DatePart(..)
            )
        ) || self.is_place(id)
    }

    /// A name, or a name with keys behind it: `scores[q]`.
    fn is_place(&self, mut id: ExprId) -> bool {
        while let Some(ExprKind::At(of, _)) = self.expr(id).map(|expr| &expr.kind) {
            id = *of;
        }
        self.is_path(id)
    }

    /// Whether an expression ends with a comma's list, so that in a list of entries it needs
    /// brackets of its own.
    pub(super) fn has_commas(&self, id: ExprId) -> bool {
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            match self.expr(id).map(|expr| &expr.kind) {
                Some(ExprKind::IsOneOf(_, options)) if options.len() > 1 => return true,
                Some(ExprKind::Sorted { by, .. }) if by.len() > 1 => return true,
                Some(ExprKind::Rank { .. } | ExprKind::Top { .. } | ExprKind::Split { .. }) => {
                    return true;
                }
                Some(
                    ExprKind::Bracket(_)
                    | ExprKind::List(_)
                    | ExprKind::Map(_)
                    | ExprKind::At(..)
                    | ExprKind::Aggregate(..),
                ) => {}
                Some(kind) => kind.operands(|operand| open.push(operand)),
                None => {}
            }
        }
        false
    }

    /// Adds an expression among entries that commas divide.
    pub(super) fn entry_expression(&self, sentence: &mut Sentence, id: ExprId, language: Language) {
        if !self.has_commas(id) {
            return self.expression(sentence, id, language);
        }
        sentence.word("(");
        sentence.gap(Gap::Glued);
        self.expression(sentence, id, language);
        sentence.glue(")");
    }

    /// Adds a figure, or several in brackets: `rate of (kind, years)`.
    pub(super) fn figures(&self, parts: &mut Vec<Part>, id: ExprId) {
        match self.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::List(keys)) => in_brackets(parts, keys),
            _ => self.operand(parts, id),
        }
    }

    pub(super) fn operand(&self, parts: &mut Vec<Part>, id: ExprId) {
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
                    [one] if self.is_argument(*one, language) => parts.push(Part::Expr(*one)),
                    // The brackets of the list are enough.
                    [one] => in_brackets(parts, &[self.inside_brackets(*one)]),
                    several => in_brackets(parts, several),
                }
            }
            ExprKind::WeightOf(path) => share(parts, Word::WeightOf, path, language),
            ExprKind::PartOf(path) => share(parts, Word::PartOf, path, language),
            ExprKind::FullMarks(path) => share(parts, Word::FullMarks, path, language),
            ExprKind::TableOf(table, of) => {
                // Behind 的 these words are figures of their own: x 的 占比.
                let joint = match language {
                    Language::Chinese if spells(&table.text, FIGURES_OF) => Language::English,
                    _ => language,
                };
                let table = Part::Word(table.text.clone());
                match joint {
                    Language::English => {
                        let joint = spelling(Word::Of, joint).to_owned();
                        parts.extend([table, Part::Word(joint)]);
                        self.figures(parts, *of);
                    }
                    Language::Chinese => {
                        self.figures(parts, *of);
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
                for (nth, item) in items.iter().enumerate() {
                    if nth > 0 {
                        parts.push(Part::Comma);
                    }
                    let is_map = matches!(
                        self.expr(*item).map(|expr| &expr.kind),
                        Some(ExprKind::Map(_))
                    );
                    if is_map {
                        parts.extend([Part::MapBegins, Part::Expr(*item), Part::MapEnds]);
                    } else {
                        parts.push(Part::Expr(*item));
                    }
                }
                parts.push(Part::Glued("]"));
            }
            ExprKind::Map(entries) => {
                parts.push(Part::Word("{".to_owned()));
                for (nth, (name, value)) in entries.iter().enumerate() {
                    if nth > 0 {
                        parts.push(Part::Comma);
                    }
                    parts.push(Part::Word(key(name)));
                    if self.has_commas(*value) {
                        in_brackets(parts, &[*value]);
                    } else {
                        parts.push(Part::Expr(*value));
                    }
                }
                parts.push(Part::Word("}".to_owned()));
            }
            ExprKind::Date(date) => parts.push(Part::Word(day(*date, language))),
            ExprKind::Time(time) => {
                let seconds = match time.at.second() {
                    0 => String::new(),
                    seconds => format!(":{seconds:02}"),
                };
                parts.push(Part::Word(format!(
                    "{} {:02}:{:02}{seconds}",
                    time.at.date(),
                    time.at.hour(),
                    time.at.minute()
                )));
            }
            ExprKind::At(of, key) => {
                self.operand(parts, *of);
                parts.extend([
                    Part::Glued("["),
                    Part::Gap(Gap::Glued),
                    Part::Expr(*key),
                    Part::Glued("]"),
                ]);
            }
            ExprKind::Power(of, exponent) => {
                parts.extend([Part::Expr(*of), Part::Word("^".to_owned())]);
                parts.extend([Part::Gap(Gap::Weak), Part::Expr(*exponent)]);
            }
            ExprKind::Root(of) => self.of(parts, Word::SquareRoot, *of, language),
            ExprKind::Logarithm(which, of) => {
                let which = match which {
                    Logarithm::Natural => Word::NaturalLogarithm,
                    Logarithm::Common => Word::CommonLogarithm,
                };
                self.of(parts, which, *of, language);
            }
            ExprKind::DatePart(which, of) => {
                let which = match which {
                    DatePart::Year => Word::YearOf,
                    DatePart::Month => Word::MonthOf,
                    DatePart::Day => Word::DayOf,
                    DatePart::EndOfMonth => Word::EndOfMonth,
                    DatePart::Date => Word::DateOf,
                };
                self.of(parts, which, *of, language);
            }
            ExprKind::FailedRequirements => parts.push(word(Word::FailedRequirements)),
            ExprKind::AllRequirementsHold => parts.push(word(Word::AllRequirementsHold)),
            ExprKind::For { .. }
            | ExprKind::Where(..)
            | ExprKind::NamesIn(..)
            | ExprKind::Every(_)
            | ExprKind::Some(_)
            | ExprKind::ShareOf(..)
            | ExprKind::SkippingMissing(_)
            | ExprKind::CountingMissing(..)
            | ExprKind::Pick { .. }
            | ExprKind::Sorted { .. }
            | ExprKind::Rank { .. }
            | ExprKind::Top { .. }
            | ExprKind::Split { .. }
            | ExprKind::TallyScored(..) => self.list_parts(parts, &expr.kind, language),
            ExprKind::Hole => parts.push(Part::Word(expr.span.of(self.text).trim().to_owned())),
        }
    }

    /// `square root of x`, x 的 平方根.
    fn of(&self, parts: &mut Vec<Part>, word: Word, of: ExprId, language: Language) {
        let word = Part::Word(spelling(word, language).to_owned());
        let joint = Part::Word(spelling(Word::Of, language).to_owned());
        match language {
            Language::English => {
                parts.extend([word, joint]);
                self.operand(parts, of);
            }
            Language::Chinese => {
                self.operand(parts, of);
                parts.extend([joint, word]);
            }
        }
    }

    /// Whether an expression is a figure of a list that stands without brackets: what follows
    /// could belong to either.
    pub(super) fn is_open_aggregate(&self, id: ExprId) -> bool {
        match self.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Aggregate(_, of)) => match of.as_slice() {
                [one] => self.is_argument(*one, Language::English),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether an expression stands behind `sum of` without brackets.
    fn is_argument(&self, id: ExprId, language: Language) -> bool {
        match self.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::SkippingMissing(of) | ExprKind::CountingMissing(of, _)) => {
                self.is_argument(*of, language) && self.is_place(*of)
            }
            Some(ExprKind::Pick { which, .. }) => {
                language == Language::English
                    && !matches!(which, Pick::WithoutHighest | Pick::WithoutLowest)
            }
            _ => {
                self.is_place(id)
                    && !(language == Language::Chinese && self.begins_behind_operand(id))
            }
        }
    }

    /// Whether a name would be read as a word behind the one before it: 合计 缺者不计.
    fn begins_behind_operand(&self, mut id: ExprId) -> bool {
        while let Some(ExprKind::At(of, _)) = self.expr(id).map(|expr| &expr.kind) {
            id = *of;
        }
        match self.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Path(path)) => {
                let first = path.names.first();
                first.is_some_and(|name| spells(&name.text, BEHIND_OPERAND))
            }
            _ => false,
        }
    }

    pub(super) fn is_path(&self, id: ExprId) -> bool {
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

pub(super) fn in_brackets(parts: &mut Vec<Part>, items: &[ExprId]) {
    parts.push(Part::Open);
    list(parts, items);
    parts.push(Part::Close);
}

pub(super) fn list(parts: &mut Vec<Part>, items: &[ExprId]) {
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            parts.push(Part::Comma);
        }
        parts.push(Part::Expr(*item));
    }
}

/// A key of a map: a name, or in quotes where it could not be one.
fn key(name: &Name) -> String {
    let letters = &name.text;
    let mut characters = letters.chars();
    let starts = characters
        .next()
        .is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    let is_name = starts
        && characters.all(unicode_ident::is_xid_continue)
        && !NEVER_NAMES.contains(&letters.as_str())
        && !begins_like_a_number_phrase(letters);
    if is_name {
        letters.clone()
    } else {
        in_quotes(&Quoted {
            text: letters.clone(),
            span: name.span,
            title: false,
        })
    }
}

/// Words that stand behind an operand, as the grammar lists them; a name that is spelled like one
/// needs brackets behind a word that takes an operand.
static BEHIND_OPERAND: &[Word] = &[
    Word::OtherwiseValue,
    Word::IsOneOf,
    Word::SkippingMissing,
    Word::CountingMissing,
    Word::Has,
    Word::SuchThat,
    Word::Turns,
    Word::To,
    Word::Scored,
    Word::Counted,
    Word::Taking,
    Word::Sorted,
    Word::For,
    Word::Add,
    Word::Deduct,
    Word::Beyond,
    Word::AtMost,
    Word::AsOne,
    Word::Using,
    Word::Implies,
    Word::AnswersAveraged,
    Word::Reaching,
    Word::ToMultiple,
    Word::Places,
    Word::Among,
    Word::Top,
    Word::ToUnit,
    Word::RankAmong,
    Word::Optional,
    Word::OnlyWhen,
    Word::SeveralAveraged,
    Word::LowerIsBetter,
    Word::HigherIsBetter,
    Word::Step,
    Word::SummingTo,
    Word::Unique,
    Word::InOrder,
];

/// Words that make a figure behind 的.
static FIGURES_OF: &[Word] = &[
    Word::Sum,
    Word::Mean,
    Word::Count,
    Word::Min,
    Word::Max,
    Word::Median,
    Word::Variance,
    Word::StandardDeviation,
    Word::WeightOf,
    Word::PartOf,
    Word::FullMarks,
    Word::Share,
    Word::SquareRoot,
    Word::NaturalLogarithm,
    Word::CommonLogarithm,
    Word::DateOf,
    Word::YearOf,
    Word::MonthOf,
    Word::DayOf,
    Word::EndOfMonth,
];

/// Whether a name is spelled like one of these words, in either language.
fn spells(name: &str, words: &[Word]) -> bool {
    TABLE
        .iter()
        .filter(|entry| words.contains(&entry.word))
        .any(|entry| entry.english.contains(&name) || entry.chinese.contains(&name))
}

/// Whether a word begins with a keyword that figures touch, and a figure: 满分100.
fn begins_like_a_number_phrase(word: &str) -> bool {
    TABLE
        .iter()
        .filter(|entry| entry.end == End::Figure)
        .flat_map(|entry| entry.chinese)
        .filter_map(|keyword| word.strip_prefix(keyword))
        .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)))
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
            Unit::Times => Word::UnitTimes,
            Unit::Seconds => Word::UnitSeconds,
            Unit::Minutes => Word::UnitMinutes,
            Unit::Hours => Word::UnitHours,
            Unit::Days => Word::UnitDays,
            Unit::Months => Word::UnitMonths,
            Unit::Years => Word::UnitYears,
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
        Aggregate::Max => Word::Max,
        Aggregate::Median => Word::Median,
        Aggregate::Variance => Word::Variance,
        Aggregate::StandardDeviation => Word::StandardDeviation,
    }
}

/// `2012-01-01`, 2012年1月1日.
pub(super) fn day(date: Date, language: Language) -> String {
    let day = date.day;
    match language {
        Language::English => day.to_string(),
        Language::Chinese => format!("{:04}年{}月{}日", day.year(), day.month(), day.day()),
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
