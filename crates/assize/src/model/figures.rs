//! Named figures: each is understood once those it uses are.

use super::codes;
use super::expressions::quantity_value;
use super::from_syntax::{Builder, called};
use super::types::Type;
use super::{ExprKind, FigureId, FigureKind, Item, LineKind, Lines, Marks, Origin};
use crate::diagnostic::Diagnostic;
use crate::number::Rational;
use crate::syntax::{self, Kind};
use crate::text::words;

impl<'a> Builder<'a> {
    /// Understands one figure; those it uses are understood already.
    pub(super) fn figure(&mut self, id: FigureId) {
        let statement = self.statements.get(id.index()).copied().flatten();
        let Some(statement) = statement else {
            let group = self.group(id, None, None, false);
            self.set(id, Type::Points, FigureKind::Total(group));
            return;
        };
        match &statement.kind {
            Kind::Let { value, .. } => {
                let value = self.expr(*value);
                let of = self.type_of(value).settled();
                self.set(id, of, FigureKind::Let(value));
            }
            Kind::Reading { .. } => {
                let Some(value) = self.taken_at(statement.span) else {
                    return;
                };
                let value = self.expr(value);
                let of = self.type_of(value).settled();
                self.set(id, of, FigureKind::Let(value));
            }
            Kind::LetTable { naming, by, body } => {
                let value = self.case(called(naming), *by, body, statement.span);
                let of = self.type_of(value).settled();
                self.set(id, of, FigureKind::Let(value));
            }
            Kind::LetMap { keys, rows, .. } => {
                let value = self.map_of(keys, rows, statement.span);
                let of = self.type_of(value);
                self.set(id, of, FigureKind::Let(value));
            }
            Kind::Require { naming, condition } => {
                let asked = self.requirement(naming, *condition, statement.head);
                // A requirement on an input is called what the input is called.
                let label = match self.model.expr(asked).map(|expr| &expr.kind) {
                    Some(ExprKind::Input(input)) if condition.is_none() => self
                        .model
                        .input(*input)
                        .and_then(|input| input.called.label.clone()),
                    _ => None,
                };
                if let Some(figure) = self.model.figures.get_mut(id.index())
                    && figure.called.label.is_none()
                {
                    figure.called.label = label;
                }
                self.set(id, Type::Flag, FigureKind::Require(asked));
            }
            Kind::Each { .. } => self.each_figure(id, statement),
            Kind::Item(scored) => {
                let mut item = self.body(&scored.body, None);
                item.out_of = self.marks(scored.out_of.as_ref());
                self.set(id, Type::Points, FigureKind::Item(item));
            }
            Kind::Group(scored) => {
                let out_of = self.marks(scored.out_of.as_ref());
                let group = self.group(id, Some(&scored.body), out_of, false);
                let of = self.group_type(&group);
                self.set(id, of, FigureKind::Group(group));
            }
            Kind::Total { body: block, .. } => {
                let out_of = self.model.out_of.clone();
                let group = self.group(id, Some(block), out_of, true);
                self.set(id, Type::Points, FigureKind::Total(group));
            }
            Kind::Grade { by, lines, .. } => self.grade(id, *by, lines, statement.head),
            Kind::Consequence {
                amount, to, when, ..
            } => {
                let (consequence, of) = self.consequence(*amount, to.as_ref(), *when);
                self.set(id, of, FigureKind::Consequence(consequence));
            }
            _ => {}
        }
    }

    pub(super) fn set(&mut self, id: FigureId, of: Type, mut kind: FigureKind) {
        if let Some(figure) = self.model.figures.get_mut(id.index()) {
            match &mut kind {
                FigureKind::Item(item) => inherit(item, &figure.origin),
                FigureKind::Group(group) | FigureKind::Total(group) => {
                    inherit(&mut group.body, &figure.origin);
                }
                FigureKind::Grade(grade) => inherit_lines(&mut grade.lines, &figure.origin),
                FigureKind::Unknown
                | FigureKind::Let(_)
                | FigureKind::Consequence(_)
                | FigureKind::Require(_)
                | FigureKind::Each(_) => {}
            }
            figure.of = of;
            figure.kind = kind;
        }
    }

    fn marks(&mut self, out_of: Option<&syntax::Quantity>) -> Option<Marks> {
        let quantity = out_of?;
        let (value, of) = quantity_value(quantity);
        if value <= Rational::ZERO || !matches!(of, Type::Literal { .. } | Type::Points) {
            self.say(Diagnostic::new(
                &codes::MARKS_NOT_POSITIVE,
                quantity.span,
                words!(
                    "full marks are a figure above zero, in points",
                    "满分应为大于零的分值"
                ),
            ));
            return None;
        }
        Some(Marks {
            value,
            span: quantity.span,
        })
    }
}

/// A line of a body that cites no article rests on the article of its body.
fn inherit(item: &mut Item, from: &Origin) {
    let own = |origin: &mut Origin| {
        if origin.article.is_none() {
            origin.article.clone_from(&from.article);
        }
    };
    for line in &mut item.lines {
        own(&mut line.origin);
        if let LineKind::ScoreBy { lines, .. } = &mut line.kind {
            inherit_lines(lines, from);
        }
    }
    item.missing
        .iter_mut()
        .for_each(|rule| own(&mut rule.origin));
    item.may_go_below_zero.iter_mut().for_each(own);
    item.may_exceed.iter_mut().for_each(own);
}

pub(super) fn inherit_lines(lines: &mut Lines, from: &Origin) {
    if let Lines::Rows { rows, .. } = lines {
        for row in rows {
            if row.origin.article.is_none() {
                row.origin.article.clone_from(&from.article);
            }
        }
    }
}
