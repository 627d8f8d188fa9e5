//! What is observed and never scored. Indicators have a name space of their own, and the aspects of
//! each another one; only the choice that gives their levels is looked up among the names of the
//! scheme.

use std::collections::BTreeMap;

use super::codes;
use super::expressions::quantity_value;
use super::from_syntax::{Builder, called, origin};
use super::names::Named;
use super::{Called, Origin};
use crate::diagnostic::Diagnostic;
use crate::indicator::Indicator;
use crate::number::Rational;
use crate::syntax::{self, IndicatorScale, Kind, Name, Quantity, Statement};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    pub(super) fn indicators(&mut self, statements: &[&'a Statement]) {
        let indicators = self.observed(statements, &Origin::default());
        self.model.indicators = indicators;
    }

    /// The indicators among statements. Blocks nest no deeper than the limits of a text let them.
    fn observed(&mut self, statements: &[&'a Statement], around: &Origin) -> Vec<Indicator> {
        let mut indicators = Vec::new();
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for statement in statements {
            let Kind::Indicator(written) = &statement.kind else {
                continue;
            };
            let called = called(&written.naming);
            if let Some(first) = seen.insert(called.name.clone(), statement.head) {
                let shown = called.shown();
                self.say(
                    Diagnostic::new(
                        &codes::NAME_TAKEN,
                        statement.head,
                        words!(
                            "the indicator {shown} stands twice",
                            "观察指标“{shown}”写了两次"
                        ),
                    )
                    .with_label(first, words!("first declared here", "先在这里声明")),
                );
                continue;
            }
            let origin = origin_within(statement, around);
            let aspects = match &written.aspects {
                Some(block) => {
                    let aspects: Vec<&Statement> = block.statements.iter().collect();
                    self.observed(&aspects, &origin)
                }
                None => Vec::new(),
            };
            let mut indicator = indicator(called, written, aspects, origin);
            match &written.on {
                Some(IndicatorScale::Choice(name)) => {
                    indicator.levels = self.indicator_levels(name);
                    indicator.on = Some(name.text.clone());
                }
                Some(IndicatorScale::Points(low, high)) => {
                    indicator.points = Some(self.indicator_points(low, high));
                }
                None => {}
            }
            indicators.push(indicator);
        }
        indicators
    }

    fn indicator_points(&mut self, low: &Quantity, high: &Quantity) -> (Rational, Rational) {
        let ends = (quantity_value(low).0, quantity_value(high).0);
        if ends.0 >= ends.1 {
            let (least, most) = &ends;
            self.say(Diagnostic::new(
                &codes::EMPTY_RANGE,
                low.span.to(high.span),
                words!(
                    "points from {least} to {most} leave no choice: the smaller figure stands first",
                    "分值从 {least} 到 {most} 没有高低之分：小的数写在前面"
                ),
            ));
        }
        ends
    }

    /// The options of the choice of that name.
    fn indicator_levels(&mut self, name: &Name) -> Vec<String> {
        match self.names.find(&name.text) {
            Some(Named::Scale(id)) => {
                let options = self.model.scale(id).map(|scale| scale.options.as_slice());
                let options = options.unwrap_or_default().iter();
                return options.map(|option| option.shown().to_owned()).collect();
            }
            Some(Named::Hole) => {}
            Some(_) => {
                let text = &name.text;
                self.say(Diagnostic::new(
                    &codes::LEVELS_NOT_A_CHOICE,
                    name.span,
                    words!(
                        "`{text}` is no choice: the levels of an indicator are the options of one",
                        "“{text}”不是选项：观察指标的档次应是某个“选项”中的各项"
                    ),
                ));
            }
            None => self.unknown_name(&name.text, name.span),
        }
        Vec::new()
    }
}

fn indicator(
    called: Called,
    written: &syntax::Indicator,
    aspects: Vec<Indicator>,
    origin: Origin,
) -> Indicator {
    let texts =
        |quoted: &[syntax::Quoted]| quoted.iter().map(|quoted| quoted.text.clone()).collect();
    Indicator {
        key: called.key,
        name: called.name,
        label: called.label,
        on: None,
        levels: Vec::new(),
        points: None,
        from: texts(&written.from),
        by: texts(&written.by),
        better: written.better,
        aspects,
        origin,
    }
}

/// Where a statement comes from; without an article or assumption of its own it rests on those of
/// the block around it.
pub(super) fn origin_within(statement: &Statement, around: &Origin) -> Origin {
    let own = origin(statement);
    if own.article.is_some() || own.assumed.is_some() {
        return own;
    }
    Origin {
        span: own.span,
        article: around.article.clone(),
        says: None,
        assumed: around.assumed.clone(),
    }
}
