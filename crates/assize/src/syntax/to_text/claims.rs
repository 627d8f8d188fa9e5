//! What is claimed: guarantees and examples.

use super::expressions::dotted;
use super::statements::{Laid, no_result, paths};
use super::{Printer, Word};
use crate::syntax::{Assignment, Direction, Expectation, Guarantee};
use crate::text::Language;

impl<'t> Printer<'t> {
    /// Adds a claim about every input.
    pub(super) fn guarantee(&self, laid: &mut Laid<'t>, guarantee: &Guarantee) {
        let language = laid.language;
        laid.keyword(Word::Guarantee);
        match guarantee {
            Guarantee::Within(figure, range) => {
                self.expression(&mut laid.head, *figure, language);
                laid.keyword(Word::In);
                self.range(&mut laid.head, range, language);
            }
            Guarantee::Never {
                figure,
                direction,
                with,
            } => {
                let (english, chinese) = match direction {
                    Direction::Rises => (Word::NeverRisesWith, Word::Rising),
                    Direction::Falls => (Word::NeverFallsWith, Word::Falling),
                };
                laid.head.word(dotted(figure));
                match language {
                    Language::English => {
                        laid.keyword(english);
                        paths(&mut laid.head, with);
                    }
                    Language::Chinese => {
                        laid.keyword(Word::NotWith);
                        paths(&mut laid.head, with);
                        laid.keyword(chinese);
                    }
                }
            }
            Guarantee::NeverGainsByMissing { figure, missing } => {
                laid.head.word(dotted(figure));
                laid.keyword(Word::NeverGains);
                paths(&mut laid.head, missing);
                if language == Language::Chinese {
                    laid.keyword(Word::Gaining);
                }
            }
            Guarantee::EveryGradeReachable => laid.keyword(Word::EveryGradeReachable),
            Guarantee::Implies(condition, claim) => {
                if language == Language::Chinese {
                    laid.keyword(Word::If);
                }
                self.expression(&mut laid.head, *condition, language);
                laid.keyword(Word::Implies);
                self.expression(&mut laid.head, *claim, language);
            }
            Guarantee::Always(claim) => self.expression(&mut laid.head, *claim, language),
        }
    }

    /// Adds what an example expects.
    pub(super) fn expectation(&self, laid: &mut Laid<'t>, expectation: &Expectation) {
        let language = laid.language;
        laid.keyword(Word::Expect);
        match expectation {
            Expectation::Figures(figures) => self.assignments(laid, figures),
            Expectation::NoResult(reason) => {
                no_result(&mut laid.head, reason, None, language);
            }
            Expectation::Refused { code, field } => {
                laid.keyword(Word::Refused);
                laid.head.word(&code.text);
                laid.head.word(dotted(field));
            }
        }
    }

    /// Adds figures with commas between them.
    pub(super) fn assignments(&self, laid: &mut Laid<'t>, assignments: &[Assignment]) {
        for (nth, assignment) in assignments.iter().enumerate() {
            if nth > 0 {
                laid.head.comma();
            }
            laid.head.word(dotted(&assignment.target));
            laid.head.word("=");
            self.expression(&mut laid.head, assignment.value, laid.language);
        }
    }
}
