//! Lines of items, groups, tables and grades: what changes a value, what happens when something
//! is missing, rows.

use super::expressions::{dotted, figure, figure_then, mode_word, round_to};
use super::language::in_quotes;
use super::sentence::{Gap, Sentence};
use super::statements::{Laid, no_result, paths};
use super::{Printer, Word, spelling};
use crate::syntax::words::{End, TABLE};
use crate::syntax::{
    Adjustment, ExprId, ExprKind, Line, MissingPattern, MissingThen, Per, PerBasis, Quoted, Sign,
    Test,
};
use crate::text::Language;

impl<'t> Printer<'t> {
    /// Adds a line that acts on the running value.
    pub(super) fn body_line(&self, laid: &mut Laid<'t>, line: &'t Line) {
        let language = laid.language;
        match line {
            Line::StartAt(at) => self.figure_phrase(&mut laid.head, Word::StartAt, *at, language),
            Line::Change { sign, amount, per } => {
                self.change(&mut laid.head, *sign, *amount, per.as_ref(), language);
            }
            Line::Score(score) => self.figure_phrase(&mut laid.head, Word::Score, *score, language),
            Line::ScoreBy { by, averaged, body } => {
                match language {
                    Language::English => {
                        laid.keyword(Word::Score);
                        laid.keyword(Word::By);
                        self.expression(&mut laid.head, *by, language);
                    }
                    Language::Chinese => {
                        laid.keyword(Word::By);
                        self.expression(&mut laid.head, *by, language);
                        laid.keyword(Word::Scored);
                    }
                }
                if *averaged {
                    laid.head.comma();
                    laid.keyword(Word::AnswersAveraged);
                }
                self.table_body(laid, body);
            }
            Line::MultiplyBy(by) => {
                self.figure_phrase(&mut laid.head, Word::MultiplyBy, *by, language);
            }
            Line::NotBelow(floor) => {
                self.figure_phrase(&mut laid.head, Word::NotBelow, *floor, language);
            }
            Line::NotAbove(cap) => {
                self.figure_phrase(&mut laid.head, Word::NotAbove, *cap, language);
            }
            Line::Round(rounding) => {
                laid.keyword(mode_word(rounding.mode));
                laid.head.word(round_to(rounding, language));
            }
            Line::MayGoBelowZero => laid.keyword(Word::MayGoBelowZero),
            Line::MayExceed => laid.keyword(Word::MayExceed),
        }
    }

    fn change(
        &self,
        sentence: &mut Sentence,
        sign: Sign,
        amount: ExprId,
        per: Option<&Per>,
        language: Language,
    ) {
        let sign = match sign {
            Sign::Add => Word::Add,
            Sign::Deduct => Word::Deduct,
        };
        let cause = |sentence: &mut Sentence| {
            if let Some(per) = per {
                self.cause(sentence, per, language);
            }
        };
        match language {
            Language::English => {
                self.figure_phrase(sentence, sign, amount, language);
                cause(sentence);
            }
            Language::Chinese => {
                cause(sentence);
                self.figure_phrase(sentence, sign, amount, language);
            }
        }
        if let Some(beyond) = per.and_then(|per| per.beyond) {
            self.figure_phrase(sentence, Word::Beyond, beyond, language);
        }
        if let Some(at_most) = per.and_then(|per| per.at_most) {
            self.figure_phrase(sentence, Word::AtMost, at_most, language);
        }
    }

    /// Adds for each of what: `per full 10 of minutes`, 每满10 minutes.
    fn cause(&self, sentence: &mut Sentence, per: &Per, language: Language) {
        let (word, measure) = match per.basis {
            PerBasis::Each => {
                sentence.word(spelling(Word::Per, language));
                self.expression(sentence, per.of, language);
                return;
            }
            PerBasis::Full(measure) => (Word::PerFull, measure),
            PerBasis::Started(measure) => (Word::PerStarted, measure),
            PerBasis::InProportion(measure) => {
                sentence.word(spelling(Word::InProportion, language));
                (Word::Per, measure)
            }
        };
        sentence.word(spelling(word, language));
        let figure = self.is_figure(measure);
        if language == Language::Chinese && figure {
            sentence.gap(Gap::Glued);
        }
        self.measure(sentence, measure, language);
        if language == Language::English || !figure || self.begins_with_unit(per.of) {
            sentence.word(spelling(Word::Of, language));
        }
        self.expression(sentence, per.of, language);
        if let (PerBasis::Started(_), Language::Chinese) = (per.basis, language) {
            sentence.word(spelling(Word::AsOne, language));
        }
    }

    /// Whether a name would be read as the unit of the figure before it: `10 minutes + 1`.
    fn begins_with_unit(&self, id: ExprId) -> bool {
        if let Some(ExprKind::Path(path)) = self.expr(id).map(|expr| &expr.kind)
            && dotted(path).is_ascii()
        {
            return false;
        }
        let mut words = Sentence::default();
        self.expression(&mut words, id, Language::English);
        let words = words.flat();
        let first = words.split(' ').next().unwrap_or("");
        TABLE
            .iter()
            .filter(|entry| entry.end == End::Unit)
            .any(|entry| entry.english.contains(&first) || entry.chinese.contains(&first))
    }

    /// Adds what happens when something is missing.
    pub(super) fn missing(
        &self,
        laid: &mut Laid<'t>,
        pattern: &MissingPattern,
        then: &MissingThen,
    ) {
        let language = laid.language;
        match pattern {
            MissingPattern::Any => laid.keyword(Word::Missing),
            MissingPattern::These(members) => {
                paths(&mut laid.head, members);
                laid.keyword(Word::Missing);
            }
            MissingPattern::All => laid.keyword(Word::AllMissing),
            MissingPattern::FewerThan(count) => {
                laid.keyword(Word::FewerThan);
                match language {
                    Language::English => laid.head.word(figure(count, language)),
                    Language::Chinese => {
                        laid.head.glue(figure_then(count, Word::Members, language));
                    }
                }
            }
        }
        laid.arrow = Some("=>");
        let rest = &mut laid.rest;
        let word = |word| spelling(word, language);
        match then {
            MissingThen::WeighEqually => rest.word(word(Word::WeighEqually)),
            MissingThen::ShareEqually => rest.word(word(Word::ShareEqually)),
            MissingThen::ShareInProportion => rest.word(word(Word::ShareInProportion)),
            MissingThen::GiveTo(member) => {
                rest.word(word(Word::GiveWeightTo));
                rest.word(dotted(member));
            }
            MissingThen::Weights(weights) => {
                rest.word(word(Word::Weights));
                rest.word("{");
                for (nth, (member, weight)) in weights.iter().enumerate() {
                    if nth > 0 {
                        rest.comma();
                    }
                    rest.word(dotted(member));
                    rest.word(figure(weight, language));
                }
                rest.word("}");
            }
            MissingThen::CountAsZero => rest.word(word(Word::CountAsZero)),
            MissingThen::CountAsFull => rest.word(word(Word::CountAsFull)),
            MissingThen::CountAs(value) => {
                rest.word(word(Word::CountAs));
                self.expression(rest, *value, language);
                if language == Language::Chinese {
                    rest.word(word(Word::Counted));
                }
            }
            MissingThen::NoValue => rest.word(word(Word::NoValue)),
            MissingThen::NoResult { reason, label } => {
                no_result(rest, reason, label.as_ref(), language);
            }
        }
    }

    /// Adds a row of a table.
    pub(super) fn row(&self, laid: &mut Laid<'t>, test: &Test, outcome: ExprId) {
        let language = laid.language;
        match test {
            Test::Several(tests) => {
                for (nth, test) in tests.iter().enumerate() {
                    if nth > 0 {
                        laid.head.comma();
                    }
                    self.test(&mut laid.head, test, true, language);
                }
            }
            test => self.test(&mut laid.head, test, false, language),
        }
        laid.arrow = Some(match language {
            Language::English => "=>",
            Language::Chinese => spelling(Word::Gives, language),
        });
        self.entry_expression(&mut laid.rest, outcome, language);
    }

    /// Adds a condition of a row; alternatives for one of several keys are joined by `or`.
    fn test(&self, head: &mut Sentence, test: &Test, several_keys: bool, language: Language) {
        match test {
            Test::From(at) => self.figure_phrase(head, Word::From, *at, language),
            Test::Above(at) => self.figure_phrase(head, Word::Above, *at, language),
            Test::UpTo(at) => self.figure_phrase(head, Word::UpTo, *at, language),
            Test::Below(at) => self.figure_phrase(head, Word::Below, *at, language),
            Test::Within(low, high) => {
                self.expression(head, *low, language);
                head.glue("..");
                head.gap(Gap::Glued);
                self.expression(head, *high, language);
            }
            Test::Bounded(low, high) => {
                let word = if low.included {
                    Word::From
                } else {
                    Word::Above
                };
                self.figure_phrase(head, word, low.at, language);
                let word = if high.included {
                    Word::UpTo
                } else {
                    Word::Below
                };
                self.figure_phrase(head, word, high.at, language);
            }
            Test::Is(options) => {
                for (nth, option) in options.iter().enumerate() {
                    if nth > 0 && several_keys {
                        head.word(spelling(Word::Or, language));
                    } else if nth > 0 {
                        head.comma();
                    }
                    self.expression(head, *option, language);
                }
            }
            Test::Several(tests) => {
                for test in tests {
                    self.test(head, test, several_keys, language);
                }
            }
            Test::Otherwise => head.word(spelling(Word::Otherwise, language)),
            Test::Missing => head.word(spelling(Word::Missing, language)),
        }
    }

    /// Adds a line that acts on the grade.
    pub(super) fn adjust(
        &self,
        laid: &mut Laid<'t>,
        when: ExprId,
        what: &Adjustment,
        label: Option<&Quoted>,
    ) {
        let language = laid.language;
        match language {
            Language::English => {
                laid.keyword(Word::When);
                self.expression(&mut laid.head, when, language);
                laid.head.word("=>");
            }
            Language::Chinese => {
                laid.keyword(Word::If);
                self.expression(&mut laid.head, when, language);
                laid.head.joining_word(spelling(Word::Then, language));
            }
        }
        match what {
            Adjustment::NoBetterThan(grade) => {
                laid.keyword(Word::NoBetterThan);
                self.expression(&mut laid.head, *grade, language);
            }
            Adjustment::NoWorseThan(grade) => {
                laid.keyword(Word::NoWorseThan);
                self.expression(&mut laid.head, *grade, language);
            }
            Adjustment::OneStepHigher => laid.keyword(Word::OneStepHigher),
            Adjustment::OneStepLower => laid.keyword(Word::OneStepLower),
            Adjustment::Becomes(grade) => {
                if language == Language::Chinese {
                    laid.keyword(Word::Becomes);
                }
                self.expression(&mut laid.head, *grade, language);
            }
        }
        if let Some(label) = label {
            laid.head.word(in_quotes(label));
        }
    }
}
