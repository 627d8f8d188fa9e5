//! Statements: which words stand on the first line, and what block follows.

use super::expressions::{day, dotted, figure, figure_then, figure_word};
use super::inputs::base_word;
use super::language::{in_quotes, start_of};
use super::sentence::{Gap, Sentence};
use super::{Printer, Word, spelling};
use crate::syntax::{
    Alternative, Block, ChoiceOption, Cite, Comment, Date, EachGives, ExprId, FieldEntry, Gaps,
    GradeLines, InputShape, Kind, Name, Naming, Path, Period, Quoted, ResultShape, Scored,
    Statement, TableBody,
};
use crate::text::Language;

/// A statement before it is put on lines.
pub(super) struct Laid<'t> {
    /// The words up to the arrow of a row, or up to the block.
    pub(super) head: Sentence,
    /// `=>` or 为, for rows that stand below each other.
    pub(super) arrow: Option<&'static str>,
    /// The words behind the arrow.
    pub(super) rest: Sentence,
    /// What stands between braces.
    pub(super) body: Body<'t>,
    /// The words behind the closing brace.
    pub(super) tail: Sentence,
    /// The language of the keywords.
    pub(super) language: Language,
}

/// What stands between the braces of a statement.
pub(super) enum Body<'t> {
    /// It has none.
    None,
    /// Statements.
    Block(&'t Block),
    /// Inputs without their keyword.
    Members(&'t Block),
    /// Aspects, which are indicators without their keyword.
    Aspects(&'t Block),
    /// Entries of a list, with the comments after the last.
    Entries(Vec<Entry<'t>>, &'t [Comment]),
    /// Alternatives of a reading, with the comments after the last.
    Alternatives(&'t [Alternative], &'t [Comment]),
    /// Kinds with their members.
    Kinds(&'t [(Naming, Block)]),
}

/// An option of a choice, a key of a map, a field of a result.
pub(super) struct Entry<'t> {
    /// Comments on lines of their own before it.
    pub(super) before: &'t [Comment],
    /// The words.
    pub(super) words: Sentence,
    /// A comment behind it.
    pub(super) beside: Option<&'t Comment>,
    /// Where it was written.
    pub(super) start: Option<u32>,
}

impl Laid<'_> {
    /// A statement without words.
    pub(super) fn new(language: Language) -> Self {
        Self {
            head: Sentence::default(),
            arrow: None,
            rest: Sentence::default(),
            body: Body::None,
            tail: Sentence::default(),
            language,
        }
    }

    /// Adds a keyword to the head.
    pub(super) fn keyword(&mut self, word: Word) {
        self.head.word(spelling(word, self.language));
    }
}

/// Adds the article on which something rests, and what it assumes.
pub(super) fn origin(
    end: &mut Sentence,
    cite: Option<&Cite>,
    assumed: Option<&Quoted>,
    language: Language,
) {
    if let Some(cite) = cite {
        end.clause(spelling(Word::Cite, language));
        end.word(in_quotes(&cite.article));
        if let Some(says) = &cite.says {
            end.joining_word(spelling(Word::Says, language));
            end.word(in_quotes(says));
        }
    }
    if let Some(assumed) = assumed {
        end.clause(spelling(Word::Assumed, language));
        end.word(in_quotes(assumed));
    }
}

impl<'t> Printer<'t> {
    /// The words and the block of a statement, in one language.
    pub(super) fn lay(
        &self,
        statement: &'t Statement,
        member: bool,
        language: Language,
    ) -> Laid<'t> {
        let mut laid = match &statement.kind {
            Kind::Input(input) => self.input(input, member, language),
            Kind::Indicator(indicator) if member => {
                let mut laid = Laid::new(language);
                self.indicator(&mut laid, indicator, false);
                laid
            }
            kind => self.lay_kind(kind, language),
        };
        // Behind the last word: of the head where a block of statements or options follows, of
        // the line where the braces belong to a type or a list.
        let at_head = match laid.body {
            Body::None => laid.arrow.is_none(),
            Body::Block(_) | Body::Aspects(_) | Body::Alternatives(..) => true,
            Body::Members(_) | Body::Entries(..) | Body::Kinds(_) => !is_field(&statement.kind),
        };
        let end = match laid.body {
            _ if at_head => &mut laid.head,
            Body::None => &mut laid.rest,
            _ => &mut laid.tail,
        };
        let (cite, assumed) = (statement.cite.as_ref(), statement.assumed.as_ref());
        origin(end, cite, assumed, language);
        laid
    }

    fn lay_kind(&self, kind: &'t Kind, language: Language) -> Laid<'t> {
        let mut laid = Laid::new(language);
        match kind {
            // Printed from the text.
            Kind::Hole(_) => {}
            Kind::Source(title) => {
                laid.keyword(Word::Source);
                laid.head.word(in_quotes(title));
            }
            Kind::Effective { from, until } => effective(&mut laid, *from, *until),
            Kind::Assesses { subject, every } => {
                laid.keyword(Word::Assesses);
                self.naming(&mut laid.head, subject, language);
                if let Some(every) = every {
                    laid.keyword(period_word(*every));
                }
            }
            Kind::OutOf(marks) => laid.head.word(figure_word(Word::OutOf, marks, language)),
            Kind::Choice(choice) => {
                laid.keyword(Word::Choice);
                self.naming(&mut laid.head, &choice.naming, language);
                if choice.best_first {
                    laid.keyword(Word::BestFirst);
                }
                let options = self.options(&choice.options, language);
                laid.body = Body::Entries(options, &choice.comments);
            }
            Kind::Input(input) => return self.input(input, false, language),
            Kind::Refuse {
                code,
                field,
                label,
                when,
            } => self.on_condition(&mut laid, *when, |laid| {
                laid.keyword(Word::Refuse);
                laid.head.word(&code.text);
                laid.head.word(dotted(field));
                if let Some(label) = label {
                    laid.head.word(in_quotes(label));
                }
            }),
            Kind::NoResult {
                reason,
                label,
                when,
            } => self.on_condition(&mut laid, *when, |laid| {
                let language = laid.language;
                no_result(&mut laid.head, reason, label.as_ref(), language);
            }),
            Kind::Let { naming, value } => {
                laid.keyword(Word::Let);
                self.naming(&mut laid.head, naming, language);
                laid.head.word("=");
                laid.head.gap(Gap::Least);
                self.expression(&mut laid.head, *value, language);
            }
            Kind::Item(item) => self.scored(&mut laid, Word::Item, item),
            Kind::Group(group) => self.scored(&mut laid, Word::Group, group),
            Kind::Total { label, body } => {
                laid.keyword(Word::Total);
                if let Some(label) = label {
                    laid.head.word(in_quotes(label));
                }
                laid.body = Body::Block(body);
            }
            Kind::Table { naming, by, body } => {
                laid.keyword(Word::Table);
                self.naming(&mut laid.head, naming, language);
                for (nth, by) in by.iter().enumerate() {
                    if nth == 0 {
                        laid.keyword(Word::By);
                    } else {
                        laid.head.comma();
                    }
                    self.expression(&mut laid.head, *by, language);
                }
                self.table_body(&mut laid, body);
            }
            Kind::Grade { naming, by, lines } => {
                laid.keyword(Word::Grade);
                self.naming(&mut laid.head, naming, language);
                laid.keyword(Word::By);
                self.expression(&mut laid.head, *by, language);
                match lines {
                    GradeLines::Own(body) => self.table_body(&mut laid, body),
                    GradeLines::Using(table, adjust) => {
                        laid.keyword(Word::Using);
                        laid.head.word(&table.text);
                        if let Some(adjust) = adjust {
                            laid.body = Body::Block(adjust);
                        }
                    }
                }
            }
            Kind::Consequence {
                naming,
                amount,
                to,
                when,
            } => self.on_condition(&mut laid, *when, |laid| {
                laid.keyword(Word::Consequence);
                self.naming(&mut laid.head, naming, language);
                if let Some(amount) = amount {
                    laid.keyword(Word::Amount);
                    self.expression(&mut laid.head, *amount, language);
                }
                if let Some(to) = to {
                    laid.keyword(Word::To);
                    laid.head.word(in_quotes(to));
                }
            }),
            Kind::Result { naming, shape } => {
                laid.keyword(Word::Result);
                self.naming(&mut laid.head, naming, language);
                match shape {
                    ResultShape::Figure => {}
                    ResultShape::Each {
                        binder,
                        over,
                        gives,
                    } => {
                        self.for_each(&mut laid.head, binder, *over, language);
                        match gives {
                            EachGives::Value(value) => {
                                laid.head.word("=");
                                laid.head.gap(Gap::Least);
                                self.expression(&mut laid.head, *value, language);
                            }
                            EachGives::Fields(fields) => laid.body = self.fields(fields, language),
                        }
                    }
                    ResultShape::Value(value) => {
                        laid.head.word("=");
                        laid.head.gap(Gap::Least);
                        self.expression(&mut laid.head, *value, language);
                    }
                    ResultShape::Fields(fields) => laid.body = self.fields(fields, language),
                }
            }
            Kind::LetTable { .. }
            | Kind::LetMap { .. }
            | Kind::Each { .. }
            | Kind::Run { .. }
            | Kind::Carry { .. }
            | Kind::Reading { .. }
            | Kind::Require { .. } => self.series(&mut laid, kind),
            Kind::Extends(scheme) => {
                laid.keyword(Word::Extends);
                laid.head.word(&scheme.text);
            }
            Kind::EditionOf(scheme) => {
                laid.keyword(Word::EditionOf);
                laid.head.word(&scheme.text);
            }
            Kind::Indicator(indicator) => self.indicator(&mut laid, indicator, true),
            Kind::Procedure {
                naming,
                every,
                body,
            } => {
                laid.keyword(Word::Procedure);
                self.naming(&mut laid.head, naming, language);
                if let Some(every) = every {
                    laid.keyword(period_word(*every));
                }
                laid.body = Body::Block(body);
            }
            Kind::ProcedureStep(step) => self.step(&mut laid, step),
            Kind::Line { line, when } => match when {
                Some(when) => {
                    self.on_condition(&mut laid, *when, |laid| self.body_line(laid, line))
                }
                None => self.body_line(&mut laid, line),
            },
            Kind::Missing { pattern, then } => self.missing(&mut laid, pattern, then),
            Kind::Applies(when) => {
                laid.keyword(Word::AppliesWhen);
                self.expression(&mut laid.head, *when, language);
            }
            Kind::Covers { part, whole, label } => {
                laid.head.word(figure_word(Word::Covers, part, language));
                laid.head.word(figure_word(Word::OfWhole, whole, language));
                if let Some(label) = label {
                    laid.head.word(in_quotes(label));
                }
            }
            Kind::Weight { weight, member } => match language {
                Language::English => {
                    laid.head.word(figure(weight, language));
                    laid.keyword(Word::Of);
                    laid.head.word(dotted(member));
                }
                Language::Chinese => {
                    laid.head.word(dotted(member));
                    laid.head.word(figure_word(Word::Weighs, weight, language));
                }
            },
            Kind::Row { test, outcome } => self.row(&mut laid, test, *outcome),
            Kind::Adjust { when, what, label } => {
                self.adjust(&mut laid, *when, what, label.as_ref());
            }
            Kind::Guarantee(guarantee) => self.guarantee(&mut laid, guarantee),
            Kind::Example { label, body } => {
                laid.keyword(Word::Example);
                if let Some(label) = label {
                    laid.head.word(in_quotes(label));
                }
                laid.body = Body::Block(body);
            }
            Kind::Given(assignments) => {
                laid.keyword(Word::GivenLine);
                self.assignments(&mut laid, assignments);
            }
            Kind::Expect(expectation) => self.expectation(&mut laid, expectation),
        }
        laid
    }

    /// Adds words and their condition: `… when C`, 若 C 则 ….
    pub(super) fn on_condition(
        &self,
        laid: &mut Laid<'t>,
        when: ExprId,
        words: impl FnOnce(&mut Laid<'t>),
    ) {
        let language = laid.language;
        match language {
            Language::English => {
                words(laid);
                laid.keyword(Word::When);
                self.expression(&mut laid.head, when, language);
            }
            Language::Chinese => {
                laid.keyword(Word::If);
                self.expression(&mut laid.head, when, language);
                laid.head.joining_word(spelling(Word::Then, language));
                words(laid);
            }
        }
    }

    /// The options of a choice, or the keys of a map.
    pub(super) fn options(
        &self,
        options: &'t [ChoiceOption],
        language: Language,
    ) -> Vec<Entry<'t>> {
        let entry = |option: &'t ChoiceOption| {
            let mut words = Sentence::default();
            self.naming(&mut words, &option.naming, language);
            Entry {
                before: &option.before,
                words,
                beside: option.beside.as_ref(),
                start: start_of(&option.naming),
            }
        };
        options.iter().map(entry).collect()
    }

    fn field_entry(&self, entry: &'t FieldEntry, language: Language) -> Entry<'t> {
        let mut words = Sentence::default();
        let start = match entry {
            FieldEntry::One(naming, value) => {
                self.naming(&mut words, naming, language);
                if let Some(value) = value {
                    words.word("=");
                    self.entry_expression(&mut words, *value, language);
                }
                start_of(naming)
            }
            FieldEntry::Per {
                binder,
                over,
                value,
            } => {
                self.for_each(&mut words, binder, *over, language);
                words.word("=");
                self.entry_expression(&mut words, *value, language);
                Some(binder.span.start)
            }
        };
        Entry {
            before: &[],
            words,
            beside: None,
            start,
        }
    }

    /// Adds `per g in level`, 每 g 于 level.
    fn for_each(&self, words: &mut Sentence, binder: &Name, over: ExprId, language: Language) {
        words.word(spelling(Word::Per, language));
        words.word(&binder.text);
        words.word(spelling(Word::Among, language));
        if self.is_listed(over) {
            self.entry_expression(words, over, language);
        } else {
            self.measure(words, over, language);
        }
    }

    fn fields(&self, fields: &'t [FieldEntry], language: Language) -> Body<'t> {
        let entries = fields
            .iter()
            .map(|entry| self.field_entry(entry, language))
            .collect();
        Body::Entries(entries, &[])
    }

    /// What goes from element to element, and what has several readings.
    fn series(&self, laid: &mut Laid<'t>, kind: &'t Kind) {
        let language = laid.language;
        match kind {
            Kind::LetTable { naming, by, body } => {
                laid.keyword(Word::Let);
                self.naming(&mut laid.head, naming, language);
                laid.keyword(Word::By);
                self.expression(&mut laid.head, *by, language);
                self.table_body(laid, body);
            }
            Kind::LetMap { naming, keys, rows } => {
                laid.keyword(Word::Let);
                self.naming(&mut laid.head, naming, language);
                laid.keyword(Word::Per);
                laid.head.word(&keys.text);
                laid.body = Body::Block(rows);
            }
            Kind::Each { binder, over, body } => {
                laid.keyword(Word::Each);
                laid.head.word(&binder.text);
                laid.keyword(Word::Among);
                self.measure(&mut laid.head, *over, language);
                laid.body = Body::Block(body);
            }
            Kind::Run {
                naming,
                of,
                restarts,
                gaps,
            } => {
                laid.keyword(Word::Run);
                self.naming(&mut laid.head, naming, language);
                laid.keyword(Word::RunOf);
                self.expression(&mut laid.head, *of, language);
                match (restarts, language) {
                    (Some(after), Language::English) => {
                        laid.head
                            .word(figure_word(Word::RestartsAfter, after, language));
                    }
                    (Some(after), Language::Chinese) => {
                        laid.head.comma();
                        let reaching = spelling(Word::Reaching, language);
                        let anew = figure_then(after, Word::CountedAnew, language);
                        laid.head.word(format!("{reaching}{anew}"));
                    }
                    (None, _) => {}
                }
                if let Some(gaps) = gaps {
                    laid.head.comma();
                    laid.keyword(match gaps {
                        Gaps::Break => Word::GapsBreak,
                        Gaps::Skipped => Word::GapsSkipped,
                    });
                }
            }
            Kind::Carry {
                naming,
                of,
                first,
                becomes,
            } => {
                laid.keyword(Word::Carry);
                self.naming(&mut laid.head, naming, language);
                laid.head.word(":");
                laid.head.word(base_word(of, language));
                laid.head.word("=");
                self.expression(&mut laid.head, *first, language);
                laid.keyword(Word::Turns);
                self.expression(&mut laid.head, *becomes, language);
            }
            Kind::Reading {
                naming,
                alternatives,
                comments,
            } => {
                laid.keyword(Word::Reading);
                self.naming(&mut laid.head, naming, language);
                laid.body = Body::Alternatives(alternatives, comments);
            }
            Kind::Require { naming, condition } => {
                laid.keyword(Word::Require);
                self.naming(&mut laid.head, naming, language);
                if let Some(condition) = condition {
                    laid.head.word(":");
                    self.expression(&mut laid.head, *condition, language);
                }
            }
            _ => {}
        }
    }

    fn scored(&self, laid: &mut Laid<'t>, word: Word, scored: &'t Scored) {
        laid.keyword(word);
        self.naming(&mut laid.head, &scored.naming, laid.language);
        if let Some(marks) = &scored.out_of {
            laid.head
                .word(figure_word(Word::OutOf, marks, laid.language));
        }
        laid.body = Body::Block(&scored.body);
    }

    /// Adds how the lines of a table are read, and the lines.
    pub(super) fn table_body(&self, laid: &mut Laid<'t>, body: &'t TableBody) {
        use crate::syntax::{Between, Ends};
        match body {
            TableBody::Rows { rows, between } => {
                match between {
                    Some(Between::FromLowerEnd) => laid.keyword(Word::FromLowerEnd),
                    Some(Between::RoundedFirst) => laid.keyword(Word::RoundedFirst),
                    None => {}
                }
                laid.body = Body::Block(rows);
            }
            TableBody::Points { rows, ends } => {
                laid.keyword(Word::BetweenPoints);
                laid.body = Body::Block(rows);
                let ends = ends.map(|ends| match ends {
                    Ends::Hold => Word::HoldTheEnds,
                    Ends::Continue => Word::Continue,
                });
                if let Some(ends) = ends {
                    laid.tail.word(spelling(ends, laid.language));
                }
            }
        }
    }
}

/// `every month`, 每月.
pub(super) fn period_word(every: Period) -> Word {
    match every {
        Period::Day => Word::EveryDay,
        Period::Week => Word::EveryWeek,
        Period::Month => Word::EveryMonth,
        Period::Quarter => Word::EveryQuarter,
        Period::HalfYear => Word::EveryHalfYear,
        Period::Year => Word::EveryYear,
    }
}

/// Adds `no result REASON "…"`.
pub(super) fn no_result(
    sentence: &mut Sentence,
    reason: &Name,
    label: Option<&Quoted>,
    language: Language,
) {
    sentence.word(spelling(Word::NoResult, language));
    sentence.word(&reason.text);
    if let Some(label) = label {
        sentence.word(in_quotes(label));
    }
}

/// Whether the braces of a statement belong to a type, with clauses behind them.
fn is_field(kind: &Kind) -> bool {
    match kind {
        Kind::Input(input) => matches!(input.shape, InputShape::Field(_)),
        _ => false,
    }
}

/// Adds names with commas between them.
pub(super) fn paths(sentence: &mut Sentence, paths: &[Path]) {
    for (nth, path) in paths.iter().enumerate() {
        if nth > 0 {
            sentence.comma();
        }
        sentence.word(dotted(path));
    }
}

fn effective(laid: &mut Laid<'_>, from: Date, until: Option<Date>) {
    match laid.language {
        Language::English => {
            laid.keyword(Word::EffectiveFrom);
            laid.head.word(from.day.to_string());
            if let Some(until) = until {
                laid.keyword(Word::Until);
                laid.head.word(until.day.to_string());
            }
        }
        Language::Chinese => {
            laid.keyword(Word::EffectiveFrom);
            laid.head.glue(day(from, Language::Chinese));
            laid.head.glue(spelling(Word::InForce, Language::Chinese));
            if let Some(until) = until {
                laid.head.comma();
                laid.keyword(Word::Until);
                laid.head.glue(day(until, Language::Chinese));
            }
        }
    }
}
