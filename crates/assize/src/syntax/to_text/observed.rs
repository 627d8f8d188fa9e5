//! What has no numbers: indicators with their aspects, steps of procedures with their windows.
//!
//! Clauses come in one order whatever the order they were written in.

use super::expressions::{figure, figure_word};
use super::language::in_quotes;
use super::sentence::Gap;
use super::statements::{Body, Laid, period_word};
use super::{Printer, Word, spelling};
use crate::syntax::{
    Better, Indicator, IndicatorScale, Name, Naming, Period, ProcedureStep, Quantity, Quoted,
    Window,
};
use crate::text::Language;

impl<'t> Printer<'t> {
    /// Adds an indicator; an aspect has no keyword.
    pub(super) fn indicator(&self, laid: &mut Laid<'t>, indicator: &'t Indicator, keyword: bool) {
        let language = laid.language;
        if keyword {
            laid.keyword(Word::Indicator);
        }
        self.naming(&mut laid.head, &indicator.naming, language);
        if let Some(on) = &indicator.on {
            clause(laid, Word::ObservedOn);
            match on {
                IndicatorScale::Choice(name) => laid.head.word(&name.text),
                IndicatorScale::Points(low, high) => {
                    laid.keyword(Word::TypePoints);
                    laid.head.word(figure(low, language));
                    laid.head.glue("..");
                    laid.head.glue(figure(high, language));
                }
            }
        }
        quotations(laid, Word::TakenFrom, &indicator.from);
        quotations(laid, Word::ByPeople, &indicator.by);
        match indicator.better {
            Some(Better::Lower) => clause(laid, Word::LowerIsBetter),
            Some(Better::Higher) => clause(laid, Word::HigherIsBetter),
            None => {}
        }
        if let Some(aspects) = &indicator.aspects {
            laid.body = Body::Aspects(aspects);
        }
    }

    /// Adds a step of a procedure.
    pub(super) fn step(&self, laid: &mut Laid<'t>, step: &'t ProcedureStep) {
        let language = laid.language;
        laid.keyword(Word::ProcedureStep);
        laid.head.word(&step.slug.text);
        if let Some(label) = &step.label {
            laid.head.word(in_quotes(label));
        }
        if let Some(every) = step.every {
            laid.head.comma();
            match &step.times {
                Some(times) => laid
                    .head
                    .word(figure_word(period_word(every), times, language)),
                None => laid.keyword(period_word(every)),
            }
        }
        if step.as_needed {
            clause(laid, Word::AsNeeded);
        }
        if let Some(window) = &step.window {
            self.window(laid, window);
        }
        quotations(laid, Word::ByPeople, &step.by);
        self.namings(laid, Word::Requires, &step.requires);
        slugs(laid, Word::After, &step.after);
        self.namings(laid, Word::GivesRecord, &step.gives);
        if let Some(kept) = &step.kept {
            laid.head.comma();
            laid.head.word(figure_word(Word::KeptFor, kept, language));
        }
    }

    fn window(&self, laid: &mut Laid<'t>, window: &Window) {
        let language = laid.language;
        match window {
            Window::Days {
                from,
                to,
                last_month,
            } => days(laid, Word::OnDay, (from, to.as_ref()), *last_month),
            Window::ByDay { day, last_month } => days(laid, Word::ByDay, (day, None), *last_month),
            Window::BeforeEnd(period) => clause(
                laid,
                match period {
                    Period::Day | Period::Week | Period::Month => Word::BeforeEndOfMonth,
                    Period::Quarter => Word::BeforeEndOfQuarter,
                    Period::HalfYear => Word::BeforeEndOfHalfYear,
                    Period::Year => Word::BeforeEndOfYear,
                },
            ),
            Window::Within { time, of } => match language {
                Language::English => {
                    clause(laid, Word::Within);
                    laid.head.word(figure(time, language));
                    laid.keyword(Word::Of);
                    laid.head.word(&of.text);
                }
                Language::Chinese => {
                    clause(laid, Word::CountedFrom);
                    laid.head.word(&of.text);
                    laid.keyword(Word::Onward);
                    laid.head.word(figure(time, language));
                    laid.head.glue(spelling(Word::Inside, language));
                }
            },
        }
    }

    fn namings(&self, laid: &mut Laid<'t>, word: Word, namings: &[Naming]) {
        for (nth, naming) in namings.iter().enumerate() {
            if nth == 0 {
                clause(laid, word);
            } else {
                laid.head.comma();
            }
            self.naming(&mut laid.head, naming, laid.language);
        }
    }
}

/// Begins a clause.
fn clause(laid: &mut Laid<'_>, word: Word) {
    laid.head.comma();
    laid.keyword(word);
}

fn quotations(laid: &mut Laid<'_>, word: Word, quotations: &[Quoted]) {
    for (nth, quotation) in quotations.iter().enumerate() {
        if nth == 0 {
            clause(laid, word);
        } else {
            laid.head.comma();
        }
        laid.head.word(in_quotes(quotation));
    }
}

fn slugs(laid: &mut Laid<'_>, word: Word, slugs: &[Name]) {
    for (nth, slug) in slugs.iter().enumerate() {
        if nth == 0 {
            clause(laid, word);
        } else {
            laid.head.comma();
        }
        laid.head.word(&slug.text);
    }
}

/// `on day 25..30 of the last month`, 于 末月25～30日.
fn days(
    laid: &mut Laid<'_>,
    word: Word,
    (from, to): (&Quantity, Option<&Quantity>),
    last_month: bool,
) {
    let language = laid.language;
    clause(laid, word);
    let dots = match language {
        Language::English => "..",
        Language::Chinese => "～",
    };
    let mut figures = from.digits.clone();
    if let Some(to) = to {
        figures.push_str(dots);
        figures.push_str(&to.digits);
    }
    match language {
        Language::English => {
            laid.head.word(figures);
            if last_month {
                laid.keyword(Word::LastMonth);
            }
        }
        Language::Chinese => {
            let month = if last_month {
                spelling(Word::LastMonth, language)
            } else {
                ""
            };
            let day = spelling(Word::DayOfMonth, language);
            if !last_month {
                laid.head.gap(Gap::Glued);
            }
            laid.head.word(format!("{month}{figures}{day}"));
        }
    }
}
