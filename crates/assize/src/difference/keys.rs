//! What is meant, as letters: two expressions, types or tables mean the same exactly where their
//! keys are equal.
//!
//! Names stand for themselves (by the name that data uses), never by their place in the model;
//! elements of lists by the order in which their loops are met, so that what an element is called
//! makes no difference. Blanks, brackets, comments and keyword languages left no trace in the model
//! and leave none here. Nothing is simplified: `a + b` and `b + a` have different keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    ExprId, ExprKind, FigureId, FigureKind, InputId, Lines, LoopId, MemberOf, Model, Over, ScaleId,
    Standing, Test, Type,
};

/// Makes keys.
pub(super) struct Keys<'a> {
    pub(super) model: &'a Model,
    /// What something was called before, by what it is called now.
    pub(super) before: &'a BTreeMap<String, String>,
    /// The scales that are choices with a statement of their own.
    pub(super) declared: BTreeSet<ScaleId>,
}

/// What is still to be said.
enum Todo {
    Expr(ExprId),
    Text(String),
}

impl Keys<'_> {
    /// The name under which something is known in both schemes.
    pub(super) fn known_as(&self, name: String) -> String {
        self.before.get(&name).cloned().unwrap_or(name)
    }

    pub(super) fn input(&self, id: InputId) -> String {
        let path = self.model.input(id).map(|input| input.path.join("."));
        self.known_as(format!("input {}", path.unwrap_or_default()))
    }

    pub(super) fn figure(&self, id: FigureId) -> String {
        let key = self
            .model
            .figure(id)
            .map(|figure| figure.called.key.clone());
        self.known_as(format!("figure {}", key.unwrap_or_default()))
    }

    pub(super) fn member(&self, of: MemberOf) -> String {
        match of {
            MemberOf::Input(id) => self.input(id),
            MemberOf::Either(id) => {
                let either = self.model.eithers.get(id.index());
                let name = either.map(|either| either.called.name.clone());
                self.known_as(format!("either {}", name.unwrap_or_default()))
            }
            MemberOf::Figure(id) => self.figure(id),
        }
    }

    /// The member of a group at that place.
    pub(super) fn member_at(&self, group: FigureId, place: usize) -> String {
        let members = match self.model.figure(group).map(|figure| &figure.kind) {
            Some(FigureKind::Group(group) | FigureKind::Total(group)) => &group.members[..],
            _ => &[],
        };
        let member = members.get(place).map(|member| self.member(member.of));
        member.unwrap_or_default()
    }

    pub(super) fn table(&self, table: crate::model::TableId) -> String {
        let table = self.model.tables.get(table.index());
        let key = table.map(|table| table.called.key.clone());
        self.known_as(format!("table {}", key.unwrap_or_default()))
    }

    /// A choice by its name, and options that belong to no declared choice one by one.
    pub(super) fn scale(&self, id: ScaleId) -> String {
        let Some(scale) = self.model.scale(id) else {
            return String::new();
        };
        if !self.declared.contains(&id) {
            let options = scale.options.iter().map(|option| option.key.as_str());
            return format!("options {:?}", options.collect::<Vec<_>>());
        }
        self.known_as(format!("choice {}", scale.called.key))
    }

    fn option(&self, scale: ScaleId, place: u32) -> String {
        let scale = self.model.scale(scale);
        let option = scale.and_then(|scale| scale.options.get(place as usize));
        option.map(|option| option.key.clone()).unwrap_or_default()
    }

    /// A type, with the options that it names.
    pub(super) fn of_type(&self, of: &Type) -> String {
        match of {
            Type::Option(scale) => self.scale(*scale),
            Type::List(element) => format!("list of {}", self.of_type(element)),
            Type::Map(scale, value) => {
                format!("{} per {}", self.of_type(value), self.scale(*scale))
            }
            Type::Named(value) => format!("{} per text", self.of_type(value)),
            Type::Record(record) => match self.child(*record) {
                Some(slug) => format!("rows scored by {slug}"),
                None => "rows".to_owned(),
            },
            Type::Either(_) => "either".to_owned(),
            other => other.words().0.to_owned(),
        }
    }

    /// The scheme whose results the rows are.
    pub(super) fn child(&self, record: crate::model::RecordId) -> Option<&str> {
        let child = self.model.record(record)?.child?;
        Some(self.model.children.get(child)?.slug())
    }

    fn field(&self, of: &Type, place: u32) -> String {
        let record = match of {
            Type::Record(record) => self.model.record(*record),
            Type::List(element) => match element.as_ref() {
                Type::Record(record) => self.model.record(*record),
                _ => None,
            },
            _ => None,
        };
        let field = record.and_then(|record| record.fields.get(place as usize));
        field
            .map(|field| field.called.key.clone())
            .unwrap_or_default()
    }

    /// A member of the element of a loop.
    fn member_of_row(&self, row: LoopId, place: u32) -> String {
        let Some(row) = self.model.row(row) else {
            return String::new();
        };
        let record = match (&row.element, row.record) {
            (Type::Record(record), _) => Some(*record),
            (_, record) => record,
        };
        record.map_or_else(String::new, |record| {
            self.field(&Type::Record(record), place)
        })
    }

    /// An expression; `around` are the loops in which it stands, from the outermost inwards.
    pub(super) fn expr(&self, id: ExprId, around: &[LoopId]) -> String {
        let mut loops: Vec<LoopId> = around.to_vec();
        let mut key = String::new();
        let mut open = vec![Todo::Expr(id)];
        while let Some(todo) = open.pop() {
            match todo {
                Todo::Text(text) => key.push_str(&text),
                Todo::Expr(id) => {
                    let mut says = self.says(id, &mut loops);
                    says.reverse();
                    open.extend(says);
                }
            }
        }
        key
    }

    /// What one expression says, its operands left to be said.
    fn says(&self, id: ExprId, loops: &mut Vec<LoopId>) -> Vec<Todo> {
        let Some(expr) = self.model.expr(id) else {
            return Vec::new();
        };
        let mut says = vec![Todo::Text("(".to_owned())];
        let text = |text: String| Todo::Text(text);
        match &expr.kind {
            ExprKind::Row(row) => says.extend(self.row(*row, loops)),
            ExprKind::Member(row, field) => {
                says.extend(self.row(*row, loops));
                says.push(text(format!(".{}", self.member_of_row(*row, *field))));
            }
            ExprKind::Collect {
                row, only, keyed, ..
            } => {
                says.push(text(format!("collect {keyed} {} ", only.is_some())));
                says.extend(self.row(*row, loops));
            }
            ExprKind::Only(row, _) => {
                says.push(text("where ".to_owned()));
                says.extend(self.row(*row, loops));
            }
            ExprKind::NamesIn(row, _) => {
                says.push(text("names in ".to_owned()));
                says.extend(self.row(*row, loops));
            }
            ExprKind::ShareOf(row, _) => {
                says.push(text("share of ".to_owned()));
                says.extend(self.row(*row, loops));
            }
            ExprKind::Quantified { row, all, .. } => {
                says.push(text(if *all { "every " } else { "some " }.to_owned()));
                says.extend(self.row(*row, loops));
            }
            ExprKind::Sorted { row, by } => {
                let falling: Vec<bool> =
                    by.iter().map(|(_, highest_first)| *highest_first).collect();
                says.push(text(format!("sorted {falling:?} ")));
                says.extend(self.row(*row, loops));
            }
            ExprKind::Standing { of, row, what, .. } => {
                says.push(text(standing(what)));
                says.extend(self.row(*of, loops));
                says.extend(self.row(*row, loops));
            }
            kind => says.push(text(self.plain(kind, &expr.of))),
        }
        expr.kind.operands(|operand| {
            says.push(Todo::Text(" ".to_owned()));
            says.push(Todo::Expr(operand));
        });
        says.push(Todo::Text(")".to_owned()));
        says
    }

    /// A loop by its number; what it goes through is said where it is met first.
    fn row(&self, row: LoopId, loops: &mut Vec<LoopId>) -> Vec<Todo> {
        if let Some(number) = loops.iter().position(|known| *known == row) {
            return vec![Todo::Text(format!("#{number}"))];
        }
        let number = loops.len();
        loops.push(row);
        let over = match self.model.row(row).map(|row| row.over) {
            Some(Over::List(list) | Over::Map(list)) => Todo::Expr(list),
            Some(Over::Scale(scale)) => Todo::Text(self.scale(scale)),
            Some(Over::Given) | None => Todo::Text("given".to_owned()),
        };
        vec![Todo::Text(format!("#{number} in ")), over]
    }

    /// What an expression without a loop says beside its operands.
    fn plain(&self, kind: &ExprKind, of: &Type) -> String {
        match kind {
            ExprKind::Word(word) => format!("word {word:?}"),
            ExprKind::Number(value) => {
                let unit = match of {
                    Type::Money => " yuan",
                    Type::Duration => " seconds",
                    Type::Months => " months",
                    _ => "",
                };
                format!("{value}{unit}")
            }
            ExprKind::Flag(flag) => flag.to_string(),
            ExprKind::Text(text) => format!("text {text:?}"),
            ExprKind::Option(place) => match of {
                Type::Option(scale) => format!("option {:?}", self.option(*scale, *place)),
                _ => format!("option {place}"),
            },
            ExprKind::Input(id) | ExprKind::Rows(id, _) => self.input(*id),
            ExprKind::Either(id) => self.member(MemberOf::Either(*id)),
            ExprKind::Figure(id) => self.figure(*id),
            ExprKind::WeightOf(group, place) => format!(
                "weight of {} in {}",
                self.member_at(*group, *place),
                self.figure(*group)
            ),
            ExprKind::PartOf(group, place) => format!(
                "part of {} in {}",
                self.member_at(*group, *place),
                self.figure(*group)
            ),
            ExprKind::FullMarks(id) => format!("full marks of {}", self.figure(*id)),
            ExprKind::TableOf(table, _) => self.table(*table),
            ExprKind::Round(mode, step, _) => format!("{mode:?} to {}", step.size()),
            ExprKind::Date(day) => format!("day {day}"),
            ExprKind::Time(time) => format!("time {time}"),
            ExprKind::Binary(op, ..) => format!("{op:?}"),
            ExprKind::Aggregate(aggregate, _) => format!("{aggregate:?} of"),
            ExprKind::Shift { back, .. } => format!("shift {back}"),
            ExprKind::DatePart(part, _) => format!("{part:?} of"),
            ExprKind::Column { list, field } => {
                let of = self
                    .model
                    .expr(*list)
                    .map(|list| self.field(&list.of, *field));
                format!("column {}", of.unwrap_or_default())
            }
            ExprKind::Case(_, lines) => format!("case {}", shape(lines)),
            ExprKind::Pick { which, .. } => format!("{which:?}"),
            ExprKind::Irrational(what, _) => format!("{what:?}"),
            ExprKind::Unknown => "unknown".to_owned(),
            ExprKind::List(_) => "list".to_owned(),
            ExprKind::Not(_) => "not".to_owned(),
            ExprKind::Negate(_) => "minus".to_owned(),
            ExprKind::If(..) => "if".to_owned(),
            ExprKind::Given(_) => "given".to_owned(),
            ExprKind::IsOneOf(..) => "is one of".to_owned(),
            ExprKind::Otherwise(..) => "otherwise".to_owned(),
            ExprKind::NoValue => "no value".to_owned(),
            ExprKind::EmptyMap => "empty map".to_owned(),
            ExprKind::ConsequencesFired => "consequences that fired".to_owned(),
            ExprKind::Elapsed(..) => "elapsed".to_owned(),
            ExprKind::At(..) => "at".to_owned(),
            ExprKind::MapOf(_) => format!("map of {}", self.of_type(of)),
            ExprKind::SkippingMissing(_) => "skipping missing".to_owned(),
            ExprKind::CountingMissing(..) => "counting missing".to_owned(),
            ExprKind::Tally { .. } => "tally".to_owned(),
            ExprKind::FailedRequirements => "failed requirements".to_owned(),
            ExprKind::AllRequirementsHold => "all requirements hold".to_owned(),
            // Said with their loops.
            ExprKind::Row(_)
            | ExprKind::Member(..)
            | ExprKind::Collect { .. }
            | ExprKind::Only(..)
            | ExprKind::NamesIn(..)
            | ExprKind::Quantified { .. }
            | ExprKind::ShareOf(..)
            | ExprKind::Sorted { .. }
            | ExprKind::Standing { .. } => String::new(),
        }
    }

    /// The condition of one line of a table.
    pub(super) fn test(&self, test: &Test, around: &[LoopId]) -> String {
        let mut key = test_shape(test);
        test.exprs(&mut |id| key.push_str(&self.expr(id, around)));
        key
    }
}

fn standing(what: &Standing) -> String {
    match what {
        Standing::Rank {
            highest_first,
            ties,
        } => format!("rank {highest_first} {ties:?} "),
        Standing::Top {
            share, mode, ties, ..
        } => format!("top {share} {mode:?} {ties:?} "),
        Standing::Split { to, remainder, .. } => {
            format!("split {} {remainder:?} ", to.size())
        }
    }
}

/// The lines of a table without their expressions.
fn shape(lines: &Lines) -> String {
    match lines {
        Lines::Rows { rows, between } => {
            let tests: Vec<String> = rows.iter().map(|row| test_shape(&row.test)).collect();
            format!("{tests:?} {between:?}")
        }
        Lines::Points { points, ends } => {
            let at: Vec<String> = points.iter().map(|(at, ..)| at.to_string()).collect();
            format!("points {at:?} {ends:?}")
        }
    }
}

/// A condition without its expressions.
fn test_shape(test: &Test) -> String {
    match test {
        Test::From(_) => "from".to_owned(),
        Test::Above(_) => "above".to_owned(),
        Test::UpTo(_) => "up to".to_owned(),
        Test::Below(_) => "below".to_owned(),
        Test::Within(..) => "from true to true".to_owned(),
        Test::Bounded((_, low), (_, high)) => format!("from {low} to {high}"),
        Test::Is(list) => format!("is {}", list.len()),
        // Tests of several keys do not hold further such tests.
        Test::Several(tests) => {
            let tests: Vec<String> = tests.iter().map(test_shape).collect();
            format!("{tests:?}")
        }
        Test::Otherwise => "otherwise".to_owned(),
        Test::Missing => "missing".to_owned(),
    }
}
