//! The order of figures: each comes after those it uses. What a figure uses is seen from what is
//! written, before anything has a type.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::expressions::joined;
use super::from_syntax::{Builder, row_statements};
use super::names::Named;
use super::rows::row_naming;
use super::types::Type;
use super::{FigureId, MemberOf, codes};
use crate::diagnostic::Diagnostic;
use crate::syntax::{self, GradeLines, Kind, Statement};
use crate::text::{Span, words};

impl Builder<'_> {
    /// The figures so that each comes after those it uses; a circle is reported and cut.
    pub(super) fn order(&mut self) -> Vec<FigureId> {
        let uses: Vec<Vec<FigureId>> = (0..self.model.figures.len())
            .map(|index| self.uses(index))
            .collect();
        let mut state = vec![Visit::New; uses.len()];
        let mut order = Vec::with_capacity(uses.len());
        for start in 0..uses.len() {
            let mut open: Vec<(usize, usize)> = vec![(start, 0)];
            if state.get(start) != Some(&Visit::New) {
                continue;
            }
            if let Some(slot) = state.get_mut(start) {
                *slot = Visit::Open;
            }
            while let Some((at, next)) = open.last_mut() {
                let at = *at;
                if let Some(used) = uses.get(at).and_then(|list| list.get(*next)) {
                    *next = next.saturating_add(1);
                    match state.get(used.index()) {
                        Some(Visit::New) => {
                            if let Some(slot) = state.get_mut(used.index()) {
                                *slot = Visit::Open;
                            }
                            open.push((used.index(), 0));
                        }
                        Some(Visit::Open) => self.circle(at, used.index()),
                        Some(Visit::Done) | None => {}
                    }
                } else {
                    open.pop();
                    if let Some(slot) = state.get_mut(at) {
                        *slot = Visit::Done;
                    }
                    if let Ok(id) = u32::try_from(at) {
                        order.push(FigureId(id));
                    }
                }
            }
        }
        order
    }

    fn circle(&mut self, at: usize, back: usize) {
        let name = |index: usize| {
            self.model
                .figures
                .get(index)
                .map(|figure| (figure.called.shown().to_owned(), figure.origin.span))
                .unwrap_or_default()
        };
        let (mut here, mut there) = (name(at), name(back));
        // The total may have no statement of its own to point at.
        if here.1 == Span::default() {
            std::mem::swap(&mut here, &mut there);
        }
        let ((from, span), (to, first)) = (here, there);
        let words = if at == back {
            words!("`{from}` needs itself", "“{from}”用到了它自己")
        } else {
            words!(
                "`{from}` needs `{to}`, which in turn needs `{from}`",
                "“{from}”要用“{to}”，而“{to}”又要用“{from}”"
            )
        };
        let mut diagnostic = Diagnostic::new(&codes::CIRCULAR, span, words);
        if first != Span::default() && at != back {
            diagnostic =
                diagnostic.with_label(first, words!("the circle closes here", "循环在这里闭合"));
        }
        self.say(diagnostic);
    }

    /// The names of the members of what a loop goes through, those of rows inside rows included,
    /// beside the names known around it.
    fn members_of(&self, over: syntax::ExprId, around: &BTreeSet<String>) -> BTreeSet<String> {
        let mut members = around.clone();
        let mut at = over;
        let path = loop {
            match self.tree.exprs.get(at.0 as usize).map(|expr| &expr.kind) {
                Some(syntax::ExprKind::Path(path)) => break path,
                Some(
                    syntax::ExprKind::Bracket(of)
                    | syntax::ExprKind::Where(of, _)
                    | syntax::ExprKind::SkippingMissing(of)
                    | syntax::ExprKind::Pick { of, .. }
                    | syntax::ExprKind::Sorted { of, .. },
                ) => at = *of,
                _ => return members,
            }
        };
        let Some(Named::Input(id)) = self.names.find(&joined(path)) else {
            return members;
        };
        let mut open = vec![self.model.input(id).map(|input| input.of.clone())];
        while let Some(of) = open.pop() {
            match of {
                Some(Type::List(element)) => open.push(Some(*element)),
                Some(Type::Record(record)) => {
                    for field in self
                        .model
                        .record(record)
                        .into_iter()
                        .flat_map(|r| &r.fields)
                    {
                        members.insert(field.called.name.clone());
                        open.push(Some(field.of.clone()));
                    }
                }
                _ => {}
            }
        }
        members
    }

    /// The `each` lines whose fields a figure reads in loops: a bare name inside a loop may be a
    /// field of its rows.
    fn columns_used(&self, own: FigureId, statement: &Statement, uses: &mut Vec<FigureId>) {
        if self.eaches.is_empty() {
            return;
        }
        let mut exprs = Vec::new();
        roots(statement, &mut exprs);
        let mut words: BTreeSet<&str> = BTreeSet::new();
        let mut seen = BTreeSet::new();
        while let Some(id) = exprs.pop() {
            let Some(expr) = self
                .tree
                .exprs
                .get(id.0 as usize)
                .filter(|_| seen.insert(id))
            else {
                continue;
            };
            expr.kind.operands(|operand| exprs.push(operand));
            if let syntax::ExprKind::Path(path) | syntax::ExprKind::Given(path) = &expr.kind {
                words.extend(path.names.iter().map(|name| name.text.as_str()));
            }
        }
        // Lines of the same rows follow each other in written order.
        let rows_of = |statement: &Statement| match &statement.kind {
            Kind::Each { over, .. } => {
                match self.tree.exprs.get(over.0 as usize).map(|e| &e.kind) {
                    Some(syntax::ExprKind::Path(path)) => Some(joined(path)),
                    _ => None,
                }
            }
            _ => None,
        };
        let own_rows = rows_of(statement);
        for id in self.eaches.iter().copied() {
            let Some(Some(other)) = self.statements.get(id.index()) else {
                continue;
            };
            let Some(rows) = rows_of(other).filter(|_| id != own) else {
                continue;
            };
            let Kind::Each { body, .. } = &other.kind else {
                continue;
            };
            let first = rows.split('.').next().unwrap_or_default();
            let reads = words.contains(first)
                && body.statements.iter().any(|line| {
                    row_naming(&line.kind)
                        .and_then(|naming| naming.name.as_ref())
                        .is_some_and(|name| words.contains(name.text.as_str()))
                });
            let earlier = own_rows.as_ref() == Some(&rows) && id < own;
            if (reads && (own_rows.as_ref() != Some(&rows) || id < own)) || earlier {
                uses.push(id);
            }
        }
    }

    /// The figures that one figure needs.
    fn uses(&self, index: usize) -> Vec<FigureId> {
        let mut uses = Vec::new();
        let Ok(own) = u32::try_from(index).map(FigureId) else {
            return uses;
        };
        for of in self.members.of_group(own) {
            if let MemberOf::Figure(member) = of {
                uses.push(*member);
            }
        }
        let Some(Some(statement)) = self.statements.get(index) else {
            return uses;
        };
        self.columns_used(own, statement, &mut uses);
        // The members known in the loops around an expression, by the expression.
        let mut scopes: BTreeMap<syntax::ExprId, Rc<BTreeSet<String>>> = BTreeMap::new();
        let outermost = match &statement.kind {
            Kind::Each { over, .. } => Rc::new(self.members_of(*over, &BTreeSet::new())),
            _ => Rc::default(),
        };
        let mut exprs = Vec::new();
        let mut tables = Vec::new();
        if let Kind::Grade {
            lines: GradeLines::Using(name, _),
            ..
        } = &statement.kind
        {
            tables.push(name.text.as_str());
        }
        roots(statement, &mut exprs);
        let mut seen_tables = BTreeSet::new();
        loop {
            while let Some(id) = exprs.pop() {
                let Some(expr) = self.tree.exprs.get(id.0 as usize) else {
                    continue;
                };
                let scope = scopes.get(&id).unwrap_or(&outermost).clone();
                let (over, inner) = in_loop(&expr.kind);
                if let Some(over) = over {
                    let members = Rc::new(self.members_of(over, &scope));
                    scopes.extend(inner.into_iter().map(|id| (id, Rc::clone(&members))));
                }
                expr.kind.operands(|operand| {
                    if !scope.is_empty() {
                        scopes.entry(operand).or_insert_with(|| Rc::clone(&scope));
                    }
                    exprs.push(operand);
                });
                match &expr.kind {
                    syntax::ExprKind::Path(path) | syntax::ExprKind::Given(path)
                        if path
                            .names
                            .first()
                            .is_some_and(|name| scope.contains(&name.text)) => {}
                    syntax::ExprKind::Path(path) | syntax::ExprKind::Given(path) => {
                        for cut in 1..=path.names.len() {
                            let names = path.names.get(..cut).unwrap_or_default();
                            let names: Vec<&str> =
                                names.iter().map(|name| name.text.as_str()).collect();
                            match self.names.find(&names.join(".")) {
                                // One that reads itself is a circle of one.
                                Some(Named::Figure(id)) => uses.push(id),
                                // Lines of one `each` follow each other.
                                Some(Named::RowFigure(id)) if id != own => uses.push(id),
                                _ => {}
                            }
                        }
                    }
                    syntax::ExprKind::WeightOf(path) | syntax::ExprKind::PartOf(path) => {
                        let member = match self.names.find(&joined(path)) {
                            Some(Named::Input(id)) => MemberOf::Input(id),
                            Some(Named::Either(id)) => MemberOf::Either(id),
                            Some(Named::Figure(id)) => MemberOf::Figure(id),
                            _ => continue,
                        };
                        uses.extend(self.members.place(member).map(|(group, _)| group));
                    }
                    syntax::ExprKind::FullMarks(path) => {
                        if let Some(Named::Figure(id)) = self.names.find(&joined(path)) {
                            uses.push(id);
                        }
                    }
                    syntax::ExprKind::TableOf(name, _) => tables.push(&name.text),
                    syntax::ExprKind::ConsequencesFired => {
                        let all = self.statements.iter().enumerate();
                        uses.extend(all.filter_map(|(index, statement)| {
                            let statement = (*statement)?;
                            has_consequence(statement)
                                .then(|| u32::try_from(index).ok().map(FigureId))
                                .flatten()
                        }));
                    }
                    syntax::ExprKind::TallyScored(_, table) => tables.push(&table.text),
                    syntax::ExprKind::FailedRequirements
                    | syntax::ExprKind::AllRequirementsHold => {
                        let all = self.statements.iter().enumerate();
                        uses.extend(all.filter_map(|(index, statement)| {
                            let statement = (*statement)?;
                            has_requirement(statement)
                                .then(|| u32::try_from(index).ok().map(FigureId))
                                .flatten()
                        }));
                    }
                    _ => {}
                }
            }
            let Some(name) = tables.pop() else { break };
            if !seen_tables.insert(name) {
                continue;
            }
            if let Some(Named::Table(table)) = self.names.find(name)
                && let Some(statement) = self.table_statements.get(table.index())
            {
                roots(statement, &mut exprs);
            }
        }
        uses
    }
}

/// What a loop goes through, and what it computes for each element.
fn in_loop(kind: &syntax::ExprKind) -> (Option<syntax::ExprId>, Vec<syntax::ExprId>) {
    use syntax::ExprKind as S;
    match kind {
        S::For {
            value, over, only, ..
        } => (
            Some(*over),
            [Some(*value), *only].into_iter().flatten().collect(),
        ),
        S::Where(over, inner) | S::NamesIn(over, inner) | S::ShareOf(over, inner) => {
            (Some(*over), vec![*inner])
        }
        S::Every(quantifier) | S::Some(quantifier) => (Some(quantifier.over), vec![quantifier.has]),
        S::Sorted { of, by } => (Some(*of), by.iter().map(|key| key.by).collect()),
        S::Rank { of, among, .. } => (Some(*among), vec![*of]),
        S::Top { by, among, .. } | S::Split { by, among, .. } => (Some(*among), vec![*by]),
        _ => (None, Vec::new()),
    }
}

/// Whether a statement, or a line for each element in it, is a requirement.
fn has_requirement(statement: &Statement) -> bool {
    any_line(statement, |kind| matches!(kind, Kind::Require { .. }))
}

/// Whether a statement, or a line for each element in it, is a consequence.
fn has_consequence(statement: &Statement) -> bool {
    any_line(statement, |kind| matches!(kind, Kind::Consequence { .. }))
}

fn any_line(statement: &Statement, is: impl Fn(&Kind) -> bool) -> bool {
    let mut open = vec![statement];
    while let Some(statement) = open.pop() {
        if is(&statement.kind) {
            return true;
        }
        if let Kind::Each { body, .. } = &statement.kind {
            open.extend(&body.statements);
        }
    }
    false
}

/// How far a figure has been visited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    Open,
    Done,
}

/// The expressions of a statement, those of nested items and groups left out.
fn roots(statement: &Statement, into: &mut Vec<syntax::ExprId>) {
    let mut open = vec![statement];
    let mut first = true;
    while let Some(statement) = open.pop() {
        let nested = !std::mem::take(&mut first);
        match &statement.kind {
            Kind::Let { value, .. } => into.push(*value),
            Kind::Reading { alternatives, .. } => {
                for one in alternatives {
                    match &one.holds {
                        syntax::Held::Value(value) => into.push(*value),
                        syntax::Held::Lines(block) => open.extend(&block.statements),
                    }
                }
            }
            Kind::LetTable { by, body, .. } => {
                into.push(*by);
                open.extend(row_statements(body));
            }
            Kind::LetMap { rows, .. } => open.extend(&rows.statements),
            Kind::Each { over, body, .. } => {
                into.push(*over);
                open.extend(&body.statements);
            }
            Kind::Run { of, .. } => into.push(*of),
            Kind::Carry { first, becomes, .. } => into.extend([*first, *becomes]),
            Kind::Require { condition, .. } => into.extend(condition),
            Kind::Refuse { when, .. } => into.push(*when),
            Kind::Item(scored) | Kind::Group(scored) if !nested => {
                open.extend(&scored.body.statements);
            }
            Kind::Total { body, .. } => open.extend(&body.statements),
            Kind::Table { by, body: rows, .. } => {
                into.extend(by);
                open.extend(row_statements(rows));
            }
            Kind::Grade { by, lines, .. } => {
                into.push(*by);
                match lines {
                    GradeLines::Own(rows) => open.extend(row_statements(rows)),
                    GradeLines::Using(_, block) => {
                        open.extend(block.iter().flat_map(|block| &block.statements));
                    }
                }
            }
            Kind::Consequence { amount, when, .. } => {
                into.extend(amount);
                into.push(*when);
            }
            Kind::Applies(when) => into.push(*when),
            Kind::Missing {
                then: syntax::MissingThen::CountAs(value),
                ..
            } => into.push(*value),
            Kind::Adjust { when, .. } => into.push(*when),
            Kind::Row { test, outcome } => {
                into.push(*outcome);
                test_exprs(test, into);
            }
            Kind::Line { line, when } => {
                into.extend(when);
                match line {
                    syntax::Line::StartAt(value)
                    | syntax::Line::Score(value)
                    | syntax::Line::MultiplyBy(value)
                    | syntax::Line::NotBelow(value)
                    | syntax::Line::NotAbove(value) => into.push(*value),
                    syntax::Line::Change { amount, per, .. } => {
                        into.push(*amount);
                        if let Some(per) = per {
                            into.push(per.of);
                            into.extend(per.beyond);
                            into.extend(per.at_most);
                        }
                    }
                    syntax::Line::ScoreBy { by, body: rows, .. } => {
                        into.push(*by);
                        open.extend(row_statements(rows));
                    }
                    syntax::Line::Round(_)
                    | syntax::Line::MayGoBelowZero
                    | syntax::Line::MayExceed => {}
                }
            }
            _ => {}
        }
    }
}

/// The expressions of a test.
fn test_exprs(test: &syntax::Test, into: &mut Vec<syntax::ExprId>) {
    match test {
        syntax::Test::From(at)
        | syntax::Test::Above(at)
        | syntax::Test::UpTo(at)
        | syntax::Test::Below(at) => into.push(*at),
        syntax::Test::Within(low, high) => into.extend([*low, *high]),
        syntax::Test::Bounded(low, high) => into.extend([low.at, high.at]),
        syntax::Test::Is(list) => into.extend(list),
        syntax::Test::Several(tests) => tests.iter().for_each(|test| test_exprs(test, into)),
        syntax::Test::Otherwise | syntax::Test::Missing => {}
    }
}
