//! What the lines of items, groups, tables and grades say.

use super::Mark;
use super::Marks;
use crate::syntax::{
    ExprId, Line, MissingPattern, MissingThen, Per, PerBasis, RoundTo, Rounding, TableBody, Test,
};

impl<'t> Marks<'t> {
    pub(super) fn line(&mut self, line: &'t Line) {
        let mut one = |kind, value: &ExprId| {
            self.kind(kind);
            self.expr(*value);
        };
        match line {
            Line::StartAt(value) => one("start at", value),
            Line::Score(value) => one("score", value),
            Line::MultiplyBy(value) => one("multiply by", value),
            Line::NotBelow(value) => one("not below", value),
            Line::NotAbove(value) => one("not above", value),
            Line::Change { sign, amount, per } => {
                self.kind("change");
                self.choice(sign);
                self.expr(*amount);
                self.optional(per.as_ref(), Self::per);
            }
            Line::ScoreBy { by, averaged, body } => {
                self.kind("score by");
                self.expr(*by);
                self.choice(averaged);
                self.table_body(body);
            }
            Line::Round(rounding) => {
                self.kind("round");
                self.rounding(rounding);
            }
            Line::MayGoBelowZero => self.kind("may go below zero"),
            Line::MayExceed => self.kind("may exceed"),
        }
    }

    pub(super) fn per(&mut self, per: &'t Per) {
        let Per {
            of,
            basis,
            beyond,
            at_most,
        } = per;
        let (kind, measure) = match basis {
            PerBasis::Each => ("each", None),
            PerBasis::Full(measure) => ("full", Some(*measure)),
            PerBasis::Started(measure) => ("started", Some(*measure)),
            PerBasis::InProportion(measure) => ("in proportion", Some(*measure)),
        };
        self.kind(kind);
        self.optional_expr(measure);
        self.expr(*of);
        self.optional_expr(*beyond);
        self.optional_expr(*at_most);
    }

    pub(super) fn rounding(&mut self, rounding: &'t Rounding) {
        let Rounding { mode, to } = rounding;
        self.choice(mode);
        match to {
            RoundTo::Whole => self.kind("whole"),
            RoundTo::Places(places) => {
                self.kind("places");
                self.quantity(places);
            }
            RoundTo::Multiple(of) => {
                self.kind("multiple");
                self.quantity(of);
            }
        }
    }

    pub(super) fn table_body(&mut self, body: &'t TableBody) {
        match body {
            TableBody::Rows { rows, between } => {
                self.kind("rows");
                self.choice(between);
                self.block(rows);
            }
            TableBody::Points { rows, ends } => {
                self.kind("points");
                self.choice(ends);
                self.block(rows);
            }
        }
    }

    pub(super) fn missing(&mut self, pattern: &'t MissingPattern, then: &'t MissingThen) {
        match pattern {
            MissingPattern::Any => self.kind("missing"),
            MissingPattern::These(members) => {
                self.kind("these missing");
                self.all(members, Self::path);
            }
            MissingPattern::All => self.kind("all missing"),
            MissingPattern::FewerThan(count) => {
                self.kind("fewer than");
                self.quantity(count);
            }
        }
        match then {
            MissingThen::WeighEqually => self.kind("weigh equally"),
            MissingThen::ShareEqually => self.kind("share equally"),
            MissingThen::ShareInProportion => self.kind("share in proportion"),
            MissingThen::GiveTo(member) => {
                self.kind("give to");
                self.path(member);
            }
            MissingThen::Weights(weights) => {
                self.kind("weights");
                self.all(weights, |marks, (member, weight)| {
                    marks.path(member);
                    marks.quantity(weight);
                });
            }
            MissingThen::CountAsZero => self.kind("count as zero"),
            MissingThen::CountAsFull => self.kind("count as full"),
            MissingThen::CountAs(value) => {
                self.kind("count as");
                self.expr(*value);
            }
            MissingThen::NoValue => self.kind("no value"),
            MissingThen::NoResult { reason, label } => {
                self.kind("no result");
                self.name(reason);
                self.optional(label.as_ref(), Self::quoted);
            }
        }
    }

    pub(super) fn test(&mut self, test: &'t Test) {
        let kind = match test {
            Test::Several(tests) => {
                self.kind("several");
                return self.all(tests, Self::test);
            }
            Test::From(_) => "from",
            Test::Above(_) => "above",
            Test::UpTo(_) => "up to",
            Test::Below(_) => "below",
            Test::Within(..) => "within",
            Test::Bounded(low, high) => match (low.included, high.included) {
                (true, true) => "from up to",
                (true, false) => "from below",
                (false, true) => "above up to",
                (false, false) => "above below",
            },
            Test::Is(_) => "is",
            Test::Otherwise => "otherwise",
            Test::Missing => "missing row",
        };
        self.kind(kind);
        for id in test.exprs() {
            self.expr(id);
        }
        self.mark(Mark::End);
    }
}
