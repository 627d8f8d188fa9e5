//! What a scheme says of its tables, figures, the marks and weights of its items and
//! groups, its grades and consequences.

use super::outline::{Fact, List, Said, Teller};
use super::{Aspect, Construct};
use crate::model::{
    Adjust, Consequence, Each, ExprId, ExprKind, Figure, FigureId, FigureKind, Grade, Group, Item,
    Lines, MemberOf, Origin, Over, RowKind, Test,
};
use crate::number::Rational;
use crate::syntax::{Between, Ends};
use crate::text::{Words, words};

impl Teller<'_> {
    pub(super) fn tables(&mut self) {
        let model = self.model;
        for table in &model.tables {
            let called = &table.called;
            self.thing(
                Construct::Table,
                &called.key,
                called.label.as_ref(),
                &table.origin,
            );
            match table.by {
                Some(by) if table.keys.len() <= 1 => self.one_expr(Aspect::LookedUp, by),
                _ => {
                    for of in &table.keys {
                        let fact = Fact {
                            aspect: Aspect::LookedUp,
                            list: List::Ordered(Aspect::LookedUp),
                            key: self.keys.of_type(of),
                            pairs: vec![String::new()],
                            said: Said::of(self.type_words(of)),
                            origin: Origin::default(),
                        };
                        self.push(fact);
                    }
                }
            }
            self.rows(&table.lines, "", Aspect::Row);
        }
    }

    pub(super) fn figures(&mut self) {
        let model = self.model;
        for (figure, place) in model.figures.iter().zip(0..) {
            if let FigureKind::Each(each) = &figure.kind {
                self.each(each);
            } else {
                self.figure(FigureId(place), figure);
            }
        }
    }

    fn figure(&mut self, id: FigureId, figure: &Figure) {
        let what = match &figure.kind {
            FigureKind::Unknown | FigureKind::Each(_) => return,
            FigureKind::Let(_) => Construct::Figure,
            FigureKind::Item(_) => Construct::Item,
            FigureKind::Group(_) => Construct::Group,
            FigureKind::Total(_) => Construct::Total,
            FigureKind::Grade(_) => Construct::Grade,
            FigureKind::Consequence(_) => Construct::Consequence,
            FigureKind::Require(_) => Construct::Requirement,
        };
        let called = &figure.called;
        self.thing(what, &called.key, called.label.as_ref(), &figure.origin);
        self.kind(what);
        match &figure.kind {
            FigureKind::Let(value) => self.value(*value),
            FigureKind::Require(asked) => {
                self.label(called.label.as_ref());
                self.one_expr(Aspect::Condition, *asked);
            }
            FigureKind::Item(item) => {
                self.belongs_to(id);
                self.out_of(item);
                self.body(item, None);
            }
            FigureKind::Group(group) => {
                self.belongs_to(id);
                self.out_of(&group.body);
                self.weights(group);
                self.covers(group);
                self.body(&group.body, Some(group));
            }
            // The full marks of the total are those of the scheme.
            FigureKind::Total(group) => {
                self.covers(group);
                self.body(&group.body, Some(group));
            }
            FigureKind::Grade(grade) => self.grade(grade, figure),
            FigureKind::Consequence(consequence) => {
                self.label(called.label.as_ref());
                self.consequence(consequence);
            }
            FigureKind::Unknown | FigureKind::Each(_) => {}
        }
    }

    /// The group in which an item or group stands.
    fn belongs_to(&mut self, id: FigureId) {
        let groups = self
            .model
            .figures
            .iter()
            .filter_map(|figure| match &figure.kind {
                FigureKind::Group(group) => Some((figure, group)),
                _ => None,
            });
        let around = groups
            .filter(|(_, group)| is_by_marks(group))
            .find(|(_, group)| {
                let mut members = group.members.iter();
                members.any(|member| member.of == MemberOf::Figure(id))
            });
        if let Some((figure, _)) = around {
            let called = &figure.called;
            let key = self.keys.known_as(format!("figure {}", called.key));
            let shown = called.shown();
            self.one(Aspect::Group, key, words!("{shown}", "{shown}"));
        }
    }

    /// A named value; a table in place line by line, and a figure for each option one by one.
    fn value(&mut self, value: ExprId) {
        let model = self.model;
        match model.expr(value).map(|expr| &expr.kind) {
            Some(ExprKind::Case(by, lines)) => {
                self.one_expr(Aspect::LookedUp, *by);
                self.rows(lines, "", Aspect::Row);
            }
            Some(ExprKind::MapOf(values)) => self.values_of_options(value, values),
            _ => self.one_expr(Aspect::Value, value),
        }
    }

    fn values_of_options(&mut self, map: ExprId, values: &[ExprId]) {
        let model = self.model;
        let scale = match model.expr(map).map(|expr| &expr.of) {
            Some(crate::model::Type::Map(scale, _)) => model.scale(*scale),
            _ => None,
        };
        let options = scale.map(|scale| &scale.options[..]).unwrap_or_default();
        for (option, value) in options.iter().zip(values) {
            let (key, shown) = (&option.key, option.shown());
            let said = self.expression(*value);
            let named = |words: &Words| {
                let Words { en, zh } = words;
                words!("{shown} => {en}", "{shown} 为 {zh}")
            };
            let fact = Fact {
                aspect: Aspect::Row,
                list: List::Among(Aspect::Row),
                key: format!("{key:?} {}", self.key(*value)),
                pairs: vec![format!("{key:?}")],
                said: Said {
                    shown: named(&said.shown),
                    plain: named(&said.plain),
                },
                origin: Origin::default(),
            };
            self.push(fact);
        }
    }

    /// The percentages of a group; its marks are those of its members.
    fn weights(&mut self, group: &Group) {
        if !is_by_marks(group) {
            for member in &group.members {
                let Some(weight) = &member.weight else {
                    continue;
                };
                let percent = weight.clone() * Rational::from_integer(100);
                let shown = self.shown_member(member.of);
                let name = self.keys.member(member.of);
                self.push(Fact {
                    aspect: Aspect::Weight,
                    list: List::Among(Aspect::Weight),
                    key: format!("{name} {weight}"),
                    pairs: vec![name],
                    said: Said::of(words!("{percent}% of {shown}", "{shown} 占 {percent}%")),
                    origin: member.origin.clone(),
                });
            }
        }
    }

    fn shown_member(&self, of: MemberOf) -> String {
        let model = self.model;
        let called = match of {
            MemberOf::Input(id) => model.input(id).map(|input| &input.called),
            MemberOf::Either(id) => model.eithers.get(id.index()).map(|either| &either.called),
            MemberOf::Figure(id) => model.figure(id).map(|figure| &figure.called),
        };
        called
            .map(|called| called.shown().to_owned())
            .unwrap_or_default()
    }

    fn out_of(&mut self, item: &Item) {
        if let Some(marks) = &item.out_of {
            self.marks(&marks.value);
        }
    }

    fn covers(&mut self, group: &Group) {
        if let Some((part, whole, origin)) = &group.covers {
            self.one(
                Aspect::Covers,
                format!("{part} of {whole}"),
                words!("{part} of {whole}", "{whole} 中的 {part}"),
            );
            self.rests_on(origin.clone());
        }
    }

    /// The lines of a table or grade; `of` tells apart several tables of one thing.
    pub(super) fn rows(&mut self, lines: &Lines, of: &str, aspect: Aspect) {
        match lines {
            Lines::Rows { rows, between } => {
                match between {
                    Some(Between::FromLowerEnd) => self.one(
                        Aspect::Between,
                        format!("lower {of}"),
                        words!("read from the lower end", "按下限归档"),
                    ),
                    Some(Between::RoundedFirst) => self.one(
                        Aspect::Between,
                        format!("rounded {of}"),
                        words!("rounded first", "先四舍五入"),
                    ),
                    None => {}
                }
                // Lines about options, each with its own, hold whatever stands before them.
                let apart = rows
                    .iter()
                    .all(|row| matches!(row.test, Test::Is(_) | Test::Otherwise | Test::Missing));
                for row in rows {
                    let mut exprs = vec![row.outcome];
                    row.test.exprs(&mut |id| exprs.push(id));
                    let test = format!("{of} {}", self.keys.test(&row.test, &self.around));
                    let outcome = format!("{of} gives {}", self.key(row.outcome));
                    let key = format!("{test} {outcome}");
                    // A grade has each level once: its line moves. A table has each condition once.
                    let pairs = if aspect == Aspect::GradeLine {
                        vec![outcome, test]
                    } else {
                        vec![test, outcome]
                    };
                    let fact = Fact {
                        aspect,
                        list: if apart {
                            List::Among(Aspect::Row)
                        } else {
                            List::Ordered(Aspect::Row)
                        },
                        key,
                        pairs,
                        said: self.statement(&row.origin, &exprs),
                        origin: row.origin.clone(),
                    };
                    self.push(fact);
                }
            }
            Lines::Points { points, ends } => {
                let (key, words) = match ends {
                    None => ("none", words!("nothing outside the points", "端点之外不计")),
                    Some(Ends::Hold) => ("hold", words!("hold the ends", "两端取平")),
                    Some(Ends::Continue) => ("continue", words!("continue", "两端延伸")),
                };
                self.one(Aspect::Outside, format!("{key} {of}"), words);
                for (at, value, span) in points {
                    let origin = Origin {
                        span: *span,
                        ..Origin::default()
                    };
                    let said = self.expression(*value);
                    let point = |words: &Words| {
                        let Words { en, zh } = words;
                        words!("{at} => {en}", "{at} 为 {zh}")
                    };
                    let fact = Fact {
                        aspect: Aspect::Point,
                        list: List::Among(Aspect::Point),
                        key: format!("{of} {at} {}", self.key(*value)),
                        pairs: vec![
                            format!("{of} {at}"),
                            format!("{of} gives {}", self.key(*value)),
                        ],
                        said: Said {
                            shown: point(&said.shown),
                            plain: point(&said.plain),
                        },
                        origin,
                    };
                    self.push(fact);
                }
            }
        }
    }

    fn grade(&mut self, grade: &Grade, figure: &Figure) {
        let model = self.model;
        self.one_expr(Aspect::Graded, grade.by);
        match grade.using {
            Some(table) => {
                let shown = model.tables.get(table.index());
                let shown = shown.map_or("", |table| table.called.shown());
                self.one(
                    Aspect::Table,
                    self.keys.table(table),
                    words!("{shown}", "{shown}"),
                );
            }
            None => self.rows(&grade.lines, "", Aspect::GradeLine),
        }
        let levels = match figure.of {
            crate::model::Type::Option(scale) => model.scale(scale),
            _ => None,
        };
        let level = |place: u32| {
            let option = levels.and_then(|levels| levels.options.get(place as usize));
            option.map(|option| option.key.clone())
        };
        for adjustment in &grade.adjustments {
            let what = match adjustment.what {
                Adjust::NoBetterThan(place) => format!("no better than {:?}", level(place)),
                Adjust::NoWorseThan(place) => format!("no worse than {:?}", level(place)),
                Adjust::Becomes(place) => format!("becomes {:?}", level(place)),
                Adjust::OneStepHigher => "higher".to_owned(),
                Adjust::OneStepLower => "lower".to_owned(),
            };
            let when = self.key(adjustment.when);
            let fact = Fact {
                aspect: Aspect::Adjustment,
                list: List::Ordered(Aspect::Adjustment),
                key: format!("{when} => {what}"),
                pairs: vec![when, what],
                said: self.statement(&adjustment.origin, &[adjustment.when]),
                origin: adjustment.origin.clone(),
            };
            self.push(fact);
        }
    }

    fn consequence(&mut self, consequence: &Consequence) {
        if let Some(amount) = consequence.amount {
            self.one_expr(Aspect::Amount, amount);
        }
        if let Some(to) = &consequence.to {
            self.one(Aspect::To, to, words!("{to}", "{to}"));
        }
        self.one_expr(Aspect::Condition, consequence.when);
    }

    /// The lines for every row of a list; those of a list inside a row stand behind them.
    fn each(&mut self, outermost: &Each) {
        let model = self.model;
        let mut open = vec![(outermost, Vec::new(), String::new())];
        while let Some((each, around, of)) = open.pop() {
            self.around = around;
            let over = match model.row(each.row).map(|row| row.over) {
                Some(Over::List(list) | Over::Map(list)) => self.over(list),
                Some(Over::Scale(scale)) => {
                    let scale = model.scale(scale);
                    scale
                        .map(|scale| scale.called.key.clone())
                        .unwrap_or_default()
                }
                Some(Over::Given) | None => String::new(),
            };
            let over = if of.is_empty() {
                over
            } else {
                format!("{of}.{over}")
            };
            self.around.push(each.row);
            for line in &each.lines {
                let called = &line.called;
                let name = match &line.kind {
                    RowKind::Each(inner) => {
                        open.push((inner, self.around.clone(), over.clone()));
                        continue;
                    }
                    RowKind::Refuse { code, field, .. } => {
                        let field = field.as_deref().unwrap_or_default();
                        format!("{over}: {} {field}", code.name())
                    }
                    _ => format!("{over}.{}", called.key),
                };
                let what = match &line.kind {
                    RowKind::Consequence(_) => Construct::Consequence,
                    RowKind::Require(_) => Construct::Requirement,
                    RowKind::Refuse { .. } => Construct::Refusal,
                    _ => Construct::RowFigure,
                };
                self.thing(what, &name, called.label.as_ref(), &line.origin);
                self.kind(what);
                self.row_line(&line.kind, each);
            }
            self.around = Vec::new();
        }
    }

    /// What an `each` goes through, by the name that data uses where it has one.
    fn over(&self, list: ExprId) -> String {
        match self.model.expr(list).map(|expr| &expr.kind) {
            Some(ExprKind::Input(id) | ExprKind::Rows(id, _)) => {
                let input = self.model.input(*id);
                input.map(|input| input.path.join(".")).unwrap_or_default()
            }
            _ => self.expression(list).plain.en,
        }
    }

    fn row_line(&mut self, kind: &RowKind, each: &Each) {
        match kind {
            RowKind::Let(value) => self.value(*value),
            RowKind::Run {
                of,
                restarts,
                broken_by,
            } => {
                self.one_expr(Aspect::RunOf, *of);
                if let Some(after) = restarts {
                    self.one(
                        Aspect::Restarts,
                        after,
                        words!("after {after}", "满 {after} 次"),
                    );
                }
                if let Some(place) = broken_by {
                    let record = self.model.record(each.record);
                    let field = record.and_then(|record| record.fields.get(*place as usize));
                    let key = field.map(|field| field.called.key.clone());
                    self.one(
                        Aspect::Gaps,
                        key.unwrap_or_default(),
                        words!("gaps break", "缺期中断"),
                    );
                }
            }
            RowKind::Carry { first, becomes } => {
                self.one_expr(Aspect::First, *first);
                self.one_expr(Aspect::Becomes, *becomes);
            }
            RowKind::Consequence(consequence) => self.consequence(consequence),
            RowKind::Require(asked) => self.one_expr(Aspect::Condition, *asked),
            RowKind::Refuse { label, when, .. } => {
                self.label(label.as_ref());
                self.one_expr(Aspect::Condition, *when);
            }
            RowKind::Each(_) => {}
        }
    }
}

/// Whether the members of a group weigh as many points as they are out of.
fn is_by_marks(group: &Group) -> bool {
    let mut members = group.members.iter();
    members.all(|member| matches!(member.of, MemberOf::Figure(_)) && member.weight == member.full)
}
