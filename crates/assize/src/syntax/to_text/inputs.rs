//! What names things and what is asked: names, keys and labels, inputs with their types and
//! clauses.
//!
//! Clauses come in one order whatever the order they were written in: type, default, step,
//! presence, condition, averaging, direction.

use super::expressions::{dotted, figure_word};
use super::language::in_quotes;
use super::sentence::{Gap, Sentence};
use super::statements::{Body, Laid};
use super::{Printer, Word, spelling};
use crate::syntax::{
    BaseType, Better, Bound, Field, InOrder, Input, InputShape, MapKey, MapKeys, Naming, Range,
    Type,
};
use crate::text::Language;

impl<'t> Printer<'t> {
    /// Adds a name with its key and label.
    pub(super) fn naming(&self, sentence: &mut Sentence, naming: &Naming, language: Language) {
        if let Some(name) = &naming.name {
            sentence.word(&name.text);
        } else if let Some(label) = &naming.label {
            sentence.word(in_quotes(label));
        }
        if let Some(key) = &naming.key {
            sentence.word(spelling(Word::Key, language));
            sentence.word(&key.text);
        }
        if let (Some(_), Some(label)) = (&naming.name, &naming.label) {
            sentence.word(in_quotes(label));
        }
    }

    /// An input; as a member of a group it has no keyword.
    pub(super) fn input(&self, input: &'t Input, member: bool, language: Language) -> Laid<'t> {
        let mut laid = Laid::new(language);
        if !member {
            let word = if input.parameter {
                Word::Parameter
            } else {
                Word::Input
            };
            laid.head.word(spelling(word, language));
        }
        for (nth, naming) in input.names.iter().enumerate() {
            if nth > 0 {
                laid.head.comma();
            }
            self.naming(&mut laid.head, naming, language);
        }
        match &input.shape {
            InputShape::Field(field) => {
                laid.head.word(":");
                self.field(&mut laid, field);
            }
            InputShape::Group(members) => laid.body = Body::Members(members),
            InputShape::Either(members) => {
                laid.head.word(spelling(Word::Either, language));
                laid.body = Body::Members(members);
            }
        }
        laid
    }

    fn field(&self, laid: &mut Laid<'t>, field: &'t Field) {
        let language = laid.language;
        self.value_type(laid, &field.of);
        let has_body = !matches!(laid.body, Body::None);
        let rest = if has_body {
            &mut laid.tail
        } else {
            &mut laid.head
        };
        if let Some(order) = &field.in_order {
            if language == Language::Chinese {
                rest.comma();
            }
            rest.word(spelling(Word::InOrder, language));
            if let InOrder::By(member) = order {
                rest.word(spelling(Word::By, language));
                rest.word(dotted(member));
            }
        }
        if field.unique {
            if language == Language::Chinese {
                rest.comma();
            }
            rest.word(spelling(Word::Unique, language));
        }
        if let Some(default) = field.default {
            rest.word("=");
            self.expression(rest, default, language);
        }
        let mut clause = |words: String| {
            rest.comma();
            rest.word(words);
        };
        let word = |word| spelling(word, language).to_owned();
        if let Some(step) = &field.step {
            clause(figure_word(Word::Step, step, language));
        }
        if field.optional {
            clause(word(Word::Optional));
        }
        if let Some(condition) = field.only_when {
            clause(word(Word::OnlyWhen));
            self.expression(rest, condition, language);
        }
        let mut clause = |words: String| {
            rest.comma();
            rest.word(words);
        };
        if field.several_averaged {
            clause(word(Word::SeveralAveraged));
        }
        match field.better {
            Some(Better::Lower) => clause(word(Word::LowerIsBetter)),
            Some(Better::Higher) => clause(word(Word::HigherIsBetter)),
            None => {}
        }
    }

    fn value_type(&self, laid: &mut Laid<'t>, of: &'t Type) {
        let language = laid.language;
        if of.list {
            laid.head.word(spelling(Word::ListOf, language));
        }
        // The key comes first in Chinese, as causes do: 按 等次 的 次数.
        let figure = |sentence: &mut Sentence| {
            sentence.word(base_word(&of.base, language));
            if let Some(range) = &of.range {
                self.range(sentence, range, language);
            }
        };
        match &of.base {
            BaseType::Record(members) => {
                laid.body = Body::Members(members);
                return;
            }
            BaseType::OneOf { tag, kinds } => {
                laid.head.word(spelling(Word::OneOf, language));
                self.naming(&mut laid.head, tag, language);
                laid.body = Body::Kinds(kinds);
                return;
            }
            _ => {}
        }
        let Some(key) = &of.per else {
            figure(&mut laid.head);
            return;
        };
        match language {
            Language::English => {
                figure(&mut laid.head);
                laid.head.word(spelling(Word::Per, language));
                self.keys(laid, key);
            }
            Language::Chinese => {
                laid.head.word(spelling(Word::By, language));
                self.keys(laid, key);
                let rest = rest_of(laid);
                rest.word(spelling(Word::Of, language));
                figure(rest);
            }
        }
        if let Some(sum) = &key.summing_to {
            rest_of(laid).word(figure_word(Word::SummingTo, sum, language));
        }
        if key.in_order {
            let rest = rest_of(laid);
            if language == Language::Chinese {
                rest.comma();
            }
            rest.word(spelling(Word::InOrder, language));
        }
    }

    fn keys(&self, laid: &mut Laid<'t>, key: &'t MapKey) {
        match &key.keys {
            MapKeys::Choice(name) => laid.head.word(&name.text),
            MapKeys::Text => laid.head.word(spelling(Word::TypeText, laid.language)),
            MapKeys::Listed(options) => {
                laid.body = Body::Entries(self.options(options, laid.language), &[]);
            }
        }
    }

    /// Adds the bounds of a figure: `0..100`, `above 0`, `up to tasks_due`.
    pub(super) fn range(&self, sentence: &mut Sentence, range: &Range, language: Language) {
        let included = |bound: &Option<Bound>| bound.is_none_or(|bound| bound.included);
        let dotted = range.low.is_some() && included(&range.low) && included(&range.high);
        if dotted {
            if let Some(low) = range.low {
                self.expression(sentence, low.at, language);
            }
            sentence.glue("..");
            if let Some(high) = range.high {
                sentence.gap(Gap::Glued);
                self.expression(sentence, high.at, language);
            }
            return;
        }
        if let Some(low) = range.low {
            let word = if low.included {
                Word::From
            } else {
                Word::Above
            };
            self.figure_phrase(sentence, word, low.at, language);
        }
        if let Some(high) = range.high {
            let word = if high.included {
                Word::UpTo
            } else {
                Word::Below
            };
            self.figure_phrase(sentence, word, high.at, language);
        }
    }
}

/// Where words go on behind the keys of a map, which may be a block of their own.
fn rest_of<'l>(laid: &'l mut Laid<'_>) -> &'l mut Sentence {
    match laid.body {
        Body::None => &mut laid.head,
        _ => &mut laid.tail,
    }
}

/// The word for a type of one figure.
pub(super) fn base_word(base: &BaseType, language: Language) -> String {
    let word = match base {
        BaseType::Count => Word::TypeCount,
        BaseType::Number => Word::TypeNumber,
        BaseType::Points => Word::TypePoints,
        BaseType::Ratio => Word::TypeRatio,
        BaseType::Money => Word::TypeMoney,
        BaseType::Flag => Word::TypeFlag,
        BaseType::Text => Word::TypeText,
        BaseType::Date => Word::TypeDate,
        BaseType::Time => Word::TypeTime,
        BaseType::Duration => Word::TypeDuration,
        BaseType::Named(name) => return name.text.clone(),
        BaseType::ResultOf(scheme) => {
            return format!("{} {}", spelling(Word::ResultOf, language), scheme.text);
        }
        BaseType::Record(_) | BaseType::OneOf { .. } => return String::new(),
    };
    spelling(word, language).to_owned()
}
