//! What each kind of statement says.

use super::{Mark, Marks};
use crate::syntax::{
    Adjustment, Alternative, Assignment, BaseType, Bound, Choice, ChoiceOption, EachGives,
    Expectation, ExprId, Field, FieldEntry, GradeLines, Guarantee, Held, Hole, InOrder, Indicator,
    IndicatorScale, Input, InputShape, Kind, MapKey, MapKeys, ProcedureStep, Range, ResultShape,
    Scored, Type, Window,
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
            Kind::LetTable { naming, by, body } => {
                self.kind("let by");
                self.naming(naming);
                self.expr(*by);
                self.table_body(body);
            }
            Kind::LetMap { naming, keys, rows } => {
                self.kind("let per");
                self.naming(naming);
                self.name(keys);
                self.block(rows);
            }
            Kind::Each { binder, over, body } => {
                self.kind("each");
                self.name(binder);
                self.expr(*over);
                self.block(body);
            }
            Kind::Run {
                naming,
                of,
                restarts,
                gaps,
            } => {
                self.kind("run");
                self.naming(naming);
                self.expr(*of);
                self.optional(restarts.as_ref(), Self::quantity);
                self.choice(gaps);
            }
            Kind::Carry {
                naming,
                of,
                first,
                becomes,
            } => {
                self.kind("carry");
                self.naming(naming);
                self.base_type(of);
                self.expr(*first);
                self.expr(*becomes);
            }
            Kind::Reading {
                naming,
                alternatives,
                comments: _,
            } => {
                self.kind("reading");
                self.naming(naming);
                self.all(alternatives, |marks, alternative| {
                    let Alternative {
                        naming,
                        holds,
                        cite,
                        assumed,
                        before: _,
                        beside: _,
                    } = alternative;
                    marks.naming(naming);
                    marks.origin(cite.as_ref(), assumed.as_ref());
                    match holds {
                        Held::Value(value) => {
                            marks.kind("value");
                            marks.expr(*value);
                        }
                        Held::Lines(lines) => {
                            marks.kind("lines");
                            marks.block(lines);
                        }
                    }
                });
            }
            Kind::Require { naming, condition } => {
                self.kind("require");
                self.naming(naming);
                self.optional_expr(*condition);
            }
            Kind::Extends(scheme) => {
                self.kind("extends");
                self.name(scheme);
            }
            Kind::EditionOf(scheme) => {
                self.kind("edition of");
                self.name(scheme);
            }
            Kind::Indicator(indicator) => self.indicator(indicator),
            Kind::Procedure {
                naming,
                every,
                body,
            } => {
                self.kind("procedure");
                self.naming(naming);
                self.choice(every);
                self.block(body);
            }
            Kind::ProcedureStep(step) => self.step(step),
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
                self.exprs(by);
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
                        self.all(fields, Self::field_entry);
                    }
                    ResultShape::Each {
                        binder,
                        over,
                        gives,
                    } => {
                        self.kind("each");
                        self.name(binder);
                        self.expr(*over);
                        match gives {
                            EachGives::Value(value) => {
                                self.kind("value");
                                self.expr(*value);
                            }
                            EachGives::Fields(fields) => {
                                self.kind("fields");
                                self.all(fields, Self::field_entry);
                            }
                        }
                    }
                }
            }
            Kind::Line { line, when } => {
                self.line(line);
                self.optional_expr(*when);
            }
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
                    Adjustment::NoWorseThan(grade) => {
                        self.kind("no worse than");
                        self.expr(*grade);
                    }
                    Adjustment::OneStepHigher => self.kind("one step higher"),
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
            unique,
            in_order,
        } = field;
        let Type {
            list,
            base,
            range,
            per,
            span: _,
        } = of;
        self.kind("field");
        self.choice((list, optional, several_averaged, better, unique));
        self.optional(in_order.as_ref(), |marks, order| match order {
            InOrder::AsGiven => marks.kind("as given"),
            InOrder::By(path) => marks.path(path),
        });
        self.base_type(base);
        self.optional(range.as_ref(), Self::range);
        self.optional(per.as_ref(), |marks, key| {
            let MapKey {
                keys,
                summing_to,
                in_order,
            } = key;
            marks.choice(in_order);
            match keys {
                MapKeys::Text => marks.kind("text"),
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

    fn base_type(&mut self, base: &'t BaseType) {
        match base {
            BaseType::Named(name) => self.name(name),
            BaseType::Record(members) => {
                self.kind("record");
                self.block(members);
            }
            BaseType::OneOf { tag, kinds } => {
                self.kind("one of");
                self.naming(tag);
                self.all(kinds, |marks, (naming, members)| {
                    marks.naming(naming);
                    marks.block(members);
                });
            }
            BaseType::ResultOf(scheme) => {
                self.kind("result of");
                self.name(scheme);
            }
            BaseType::Count
            | BaseType::Number
            | BaseType::Points
            | BaseType::Ratio
            | BaseType::Money
            | BaseType::Flag
            | BaseType::Text
            | BaseType::Date
            | BaseType::Time
            | BaseType::Duration => self.choice(base),
        }
    }

    fn exprs(&mut self, list: &[ExprId]) {
        for id in list {
            self.expr(*id);
        }
        self.mark(Mark::End);
    }

    fn field_entry(&mut self, entry: &'t FieldEntry) {
        match entry {
            FieldEntry::One(naming, value) => {
                self.naming(naming);
                self.optional_expr(*value);
            }
            FieldEntry::Per {
                binder,
                over,
                value,
            } => {
                self.kind("per");
                self.name(binder);
                self.expr(*over);
                self.expr(*value);
            }
        }
    }

    fn indicator(&mut self, indicator: &'t Indicator) {
        let Indicator {
            naming,
            from,
            by,
            better,
            on,
            aspects,
        } = indicator;
        self.kind("indicator");
        self.naming(naming);
        self.all(from, Self::quoted);
        self.all(by, Self::quoted);
        self.choice(better);
        self.optional(on.as_ref(), |marks, on| match on {
            IndicatorScale::Choice(name) => {
                marks.kind("choice");
                marks.name(name);
            }
            IndicatorScale::Points(low, high) => {
                marks.kind("points");
                marks.quantity(low);
                marks.quantity(high);
            }
        });
        self.optional(aspects.as_ref(), Self::block);
    }

    fn step(&mut self, step: &'t ProcedureStep) {
        let ProcedureStep {
            slug,
            label,
            every,
            times,
            as_needed,
            window,
            by,
            after,
            requires,
            gives,
            kept,
        } = step;
        self.kind("step");
        self.name(slug);
        self.optional(label.as_ref(), Self::quoted);
        self.choice(every);
        self.optional(times.as_ref(), Self::quantity);
        self.choice(as_needed);
        self.optional(window.as_ref(), Self::window);
        self.all(by, Self::quoted);
        self.all(after, Self::name);
        self.all(requires, Self::naming);
        self.all(gives, Self::naming);
        self.optional(kept.as_ref(), Self::quantity);
    }

    fn window(&mut self, window: &'t Window) {
        match window {
            Window::Days {
                from,
                to,
                last_month,
            } => {
                self.kind("on day");
                self.quantity(from);
                self.optional(to.as_ref(), Self::quantity);
                self.choice(last_month);
            }
            Window::ByDay { day, last_month } => {
                self.kind("by day");
                self.quantity(day);
                self.choice(last_month);
            }
            Window::BeforeEnd(period) => {
                self.kind("before end of");
                self.choice(period);
            }
            Window::Within { time, of } => {
                self.kind("within");
                self.quantity(time);
                self.name(of);
            }
        }
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
