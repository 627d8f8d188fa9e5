//! What each kind of statement says.

use super::Marks;
use crate::syntax::{
    Adjustment, Assignment, BaseType, Bound, Choice, ChoiceOption, Expectation, Field, GradeLines,
    Guarantee, Hole, Input, InputShape, Kind, MapKey, MapKeys, Range, ResultShape, Scored, Type,
};

impl<'t> Marks<'t> {
    pub(super) fn statement_kind(&mut self, kind: &'t Kind) {
        match kind {
            Kind::Hole(Hole { declares, body }) => {
                self.kind("hole");
                self.all(declares, Self::name);
                self.optional(body.as_ref(), Self::block);
            }
            Kind::Source(title) => {
                self.kind("source");
                self.quoted(title);
            }
            Kind::Effective { from, until } => {
                self.kind("effective");
                self.date(from);
                self.optional(until.as_ref(), Self::date);
            }
            Kind::Assesses { subject, every } => {
                self.kind("assesses");
                self.naming(subject);
                self.choice(every);
            }
            Kind::OutOf(marks) => {
                self.kind("out of");
                self.quantity(marks);
            }
            Kind::Choice(choice) => {
                let Choice {
                    naming,
                    best_first,
                    options,
                    comments: _,
                } = choice;
                self.kind("choice");
                self.naming(naming);
                self.choice(best_first);
                self.all(options, Self::option);
            }
            Kind::Input(input) => self.input(input),
            Kind::Refuse {
                code,
                field,
                label,
                when,
            } => {
                self.kind("refuse");
                self.name(code);
                self.path(field);
                self.optional(label.as_ref(), Self::quoted);
                self.expr(*when);
            }
            Kind::NoResult {
                reason,
                label,
                when,
            } => {
                self.kind("no result");
                self.name(reason);
                self.optional(label.as_ref(), Self::quoted);
                self.expr(*when);
            }
            Kind::Let { naming, value } => {
                self.kind("let");
                self.naming(naming);
                self.expr(*value);
            }
            Kind::Item(item) => {
                self.kind("item");
                self.scored(item);
            }
            Kind::Group(group) => {
                self.kind("group");
                self.scored(group);
            }
            Kind::Total { label, body } => {
                self.kind("total");
                self.optional(label.as_ref(), Self::quoted);
                self.block(body);
            }
            Kind::Table { naming, by, body } => {
                self.kind("table");
                self.naming(naming);
                self.optional_expr(*by);
                self.table_body(body);
            }
            Kind::Grade { naming, by, lines } => {
                self.kind("grade");
                self.naming(naming);
                self.expr(*by);
                match lines {
                    GradeLines::Own(body) => {
                        self.kind("own");
                        self.table_body(body);
                    }
                    GradeLines::Using(table, adjust) => {
                        self.kind("using");
                        self.name(table);
                        self.optional(adjust.as_ref(), Self::block);
                    }
                }
            }
            Kind::Consequence {
                naming,
                amount,
                to,
                when,
            } => {
                self.kind("consequence");
                self.naming(naming);
                self.optional_expr(*amount);
                self.optional(to.as_ref(), Self::quoted);
                self.expr(*when);
            }
            Kind::Result { naming, shape } => {
                self.kind("result");
                self.naming(naming);
                match shape {
                    ResultShape::Figure => self.kind("figure"),
                    ResultShape::Value(value) => {
                        self.kind("value");
                        self.expr(*value);
                    }
                    ResultShape::Fields(fields) => {
                        self.kind("fields");
                        self.all(fields, |marks, (naming, value)| {
                            marks.naming(naming);
                            marks.optional_expr(*value);
                        });
                    }
                }
            }
            Kind::Line(line) => self.line(line),
            Kind::Missing { pattern, then } => self.missing(pattern, then),
            Kind::Applies(when) => {
                self.kind("applies");
                self.expr(*when);
            }
            Kind::Covers { part, whole, label } => {
                self.kind("covers");
                self.quantity(part);
                self.quantity(whole);
                self.optional(label.as_ref(), Self::quoted);
            }
            Kind::Weight { weight, member } => {
                self.kind("weight");
                self.quantity(weight);
                self.path(member);
            }
            Kind::Row { test, outcome } => {
                self.test(test);
                self.expr(*outcome);
            }
            Kind::Adjust { when, what, label } => {
                self.kind("adjust");
                self.expr(*when);
                match what {
                    Adjustment::NoBetterThan(grade) => {
                        self.kind("no better than");
                        self.expr(*grade);
                    }
                    Adjustment::OneStepLower => self.kind("one step lower"),
                    Adjustment::Becomes(grade) => {
                        self.kind("becomes");
                        self.expr(*grade);
                    }
                }
                self.optional(label.as_ref(), Self::quoted);
            }
            Kind::Guarantee(guarantee) => self.guarantee(guarantee),
            Kind::Example { label, body } => {
                self.kind("example");
                self.optional(label.as_ref(), Self::quoted);
                self.block(body);
            }
            Kind::Given(assignments) => {
                self.kind("given");
                self.all(assignments, Self::assignment);
            }
            Kind::Expect(expectation) => {
                self.kind("expect");
                match expectation {
                    Expectation::Figures(figures) => {
                        self.kind("figures");
                        self.all(figures, Self::assignment);
                    }
                    Expectation::NoResult(reason) => {
                        self.kind("no result");
                        self.name(reason);
                    }
                    Expectation::Refused { code, field } => {
                        self.kind("refused");
                        self.name(code);
                        self.path(field);
                    }
                }
            }
        }
    }

    pub(super) fn option(&mut self, option: &'t ChoiceOption) {
        let ChoiceOption {
            naming,
            before: _,
            beside: _,
        } = option;
        self.naming(naming);
    }

    pub(super) fn assignment(&mut self, assignment: &'t Assignment) {
        let Assignment { target, value } = assignment;
        self.path(target);
        self.expr(*value);
    }

    pub(super) fn input(&mut self, input: &'t Input) {
        let Input {
            parameter,
            names,
            shape,
        } = input;
        self.kind("input");
        self.choice(parameter);
        self.all(names, Self::naming);
        match shape {
            InputShape::Field(field) => self.field(field),
            InputShape::Group(members) => {
                self.kind("group");
                self.block(members);
            }
            InputShape::Either(members) => {
                self.kind("either");
                self.block(members);
            }
        }
    }

    pub(super) fn field(&mut self, field: &'t Field) {
        let Field {
            of,
            default,
            optional,
            only_when,
            several_averaged,
            better,
            step,
        } = field;
        let Type {
            list,
            base,
            range,
            per,
            span: _,
        } = of;
        self.kind("field");
        self.choice((list, optional, several_averaged, better));
        match base {
            BaseType::Named(name) => self.name(name),
            BaseType::Count
            | BaseType::Number
            | BaseType::Points
            | BaseType::Ratio
            | BaseType::Money
            | BaseType::Flag
            | BaseType::Text => self.choice(base),
        }
        self.optional(range.as_ref(), Self::range);
        self.optional(per.as_ref(), |marks, key| {
            let MapKey { keys, summing_to } = key;
            match keys {
                MapKeys::Choice(name) => {
                    marks.kind("choice");
                    marks.name(name);
                }
                MapKeys::Listed(options) => {
                    marks.kind("listed");
                    marks.all(options, Self::option);
                }
            }
            marks.optional(summing_to.as_ref(), Self::quantity);
        });
        self.optional_expr(*default);
        self.optional_expr(*only_when);
        self.optional(step.as_ref(), Self::quantity);
    }

    pub(super) fn range(&mut self, range: &'t Range) {
        let Range { low, high, span: _ } = range;
        for bound in [low, high] {
            self.optional(bound.as_ref(), |marks, bound| {
                let Bound { at, included } = bound;
                marks.choice(included);
                marks.expr(*at);
            });
        }
    }

    pub(super) fn scored(&mut self, scored: &'t Scored) {
        let Scored {
            naming,
            out_of,
            body,
        } = scored;
        self.naming(naming);
        self.optional(out_of.as_ref(), Self::quantity);
        self.block(body);
    }

    pub(super) fn guarantee(&mut self, guarantee: &'t Guarantee) {
        self.kind("guarantee");
        match guarantee {
            Guarantee::Within(figure, range) => {
                self.kind("within");
                self.expr(*figure);
                self.range(range);
            }
            Guarantee::Never {
                figure,
                direction,
                with,
            } => {
                self.kind("never");
                self.path(figure);
                self.choice(direction);
                self.all(with, Self::path);
            }
            Guarantee::NeverGainsByMissing { figure, missing } => {
                self.kind("never gains");
                self.path(figure);
                self.all(missing, Self::path);
            }
            Guarantee::EveryGradeReachable => self.kind("every grade reachable"),
            Guarantee::Implies(condition, claim) => {
                self.kind("implies");
                self.expr(*condition);
                self.expr(*claim);
            }
            Guarantee::Always(claim) => {
                self.kind("always");
                self.expr(*claim);
            }
        }
    }
}
