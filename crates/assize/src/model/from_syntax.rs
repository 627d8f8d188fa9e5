//! From the tree to the model: first every name, then the inputs in written order, then the
//! figures so that each comes after those it uses, then what comes out and what is claimed.
//!
//! Understanding never stops at a mistake. What a mistake touches gets [`Type::Unknown`], which
//! goes with everything, so that one mistake is reported once.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::expressions::{joined, quantity_value};
use super::memberships::Memberships;
use super::names::{Named, Names};
use super::rows::{Scope, Source};
use super::types::Type;
use super::{
    Called, ExprId, Figure, FigureId, FigureKind, InputId, Lines, LoopId, Marks, MemberOf, Model,
    Origin, RecordId, Scale, ScaleId, Table, TableId,
};
use crate::diagnostic::Diagnostic;
use crate::syntax::{self, GradeLines, Kind, Naming, Statement, TableBody, Tree};
use crate::text::{Span, words};

/// Understands a tree.
pub(crate) fn from_syntax(
    tree: &Tree,
    text: &str,
    others: Others<'_>,
    readings: &BTreeMap<String, String>,
) -> (Model, Found) {
    let mut builder = Builder::new(tree, text, others);
    builder.model.assumes = assumes(tree);
    let other_readings = builder.readings(readings);
    let statements = &builder.chosen(&tree.scheme.body.statements);
    builder.head(statements);
    builder.declare_scales(statements);
    builder.inputs(statements);
    builder.declare_figures(statements);
    builder.tables();
    builder.figures();
    builder.claims(statements);
    builder.indicators(statements);
    builder.procedures(statements);
    builder.endless();
    let found = Found {
        diagnostics: builder.diagnostics,
        used: builder.used,
        other_readings,
    };
    (builder.model, found)
}

/// Whether any line or alternative of a scheme says what is assumed.
fn assumes(tree: &Tree) -> bool {
    let mut open = vec![&tree.scheme.body];
    while let Some(block) = open.pop() {
        for statement in &block.statements {
            let alternatives = match &statement.kind {
                Kind::Reading { alternatives, .. } => alternatives.as_slice(),
                _ => &[],
            };
            if statement.assumed.is_some() || alternatives.iter().any(|one| one.assumed.is_some()) {
                return true;
            }
            open.extend(statement.blocks());
        }
    }
    false
}

/// Gives the schemes that a scheme names, where they are known and have no errors.
pub(crate) type Others<'a> = &'a dyn Fn(&str) -> Option<crate::scheme::Scheme>;

/// What was found on the way.
pub(crate) struct Found {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The inputs that something reads.
    pub(crate) used: BTreeSet<InputId>,
    /// The alternatives of readings that were not taken: reading and alternative.
    pub(crate) other_readings: Vec<(String, String)>,
}

/// The state of understanding one tree.
pub(super) struct Builder<'a> {
    pub(super) tree: &'a Tree,
    pub(super) text: &'a str,
    pub(super) others: Others<'a>,
    pub(super) model: Model,
    pub(super) names: Names,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) used: BTreeSet<InputId>,
    /// The word that an expression was, where it was a single one.
    pub(super) bare: BTreeMap<ExprId, String>,
    /// The expressions with a bare figure in front: `60 * done`.
    pub(super) multiples: BTreeSet<ExprId>,
    /// The statement of each figure, by its index.
    pub(super) statements: Vec<Option<&'a Statement>>,
    /// The statement of each table, by its index.
    pub(super) table_statements: Vec<&'a Statement>,
    /// The table whose lines are being understood.
    pub(super) understanding_table: Option<TableId>,
    pub(super) members: Memberships,
    /// The figure that each item or group statement declares, by the statement's place.
    pub(super) declared_at: BTreeMap<Span, FigureId>,
    /// The members of what loops go through.
    pub(super) records_of: BTreeMap<Source, RecordId>,
    /// The lines that stand where a reading stands, by the reading's place.
    pub(super) held: BTreeMap<Span, &'a [Statement]>,
    /// What readings, and the lines that stand in their places, rest on, by their places.
    pub(super) rests: BTreeMap<Span, Origin>,
    /// The alternative that each reading of figures takes, by the reading's place.
    pub(super) taken: BTreeMap<Span, syntax::ExprId>,
    /// What the `carry` lines hand on, to be understood behind the other lines of their `each`:
    /// the line's place, the formula, its type, and where it stands.
    pub(super) carries: Vec<(usize, syntax::ExprId, Type, Span)>,
    /// The `each` statements.
    pub(super) eaches: Vec<FigureId>,
    /// The loops around what is being understood, the innermost last.
    pub(super) scopes: Vec<Scope>,
    /// The `each` lines that are being understood, and their rows.
    pub(super) inside_each: Vec<(LoopId, FigureId)>,
}

impl<'a> Builder<'a> {
    fn new(tree: &'a Tree, text: &'a str, others: Others<'a>) -> Self {
        Self {
            tree,
            text,
            others,
            model: Model {
                assumes: false,
                slug: tree.scheme.slug.text.clone(),
                title: tree.scheme.label.as_ref().map(|label| label.text.clone()),
                source: None,
                effective: None,
                subject: None,
                period: None,
                out_of: None,
                scales: Vec::new(),
                inputs: Vec::new(),
                eithers: Vec::new(),
                fields: Vec::new(),
                figures: Vec::new(),
                order: Vec::new(),
                tables: Vec::new(),
                records: Vec::new(),
                loops: Vec::new(),
                children: Vec::new(),
                readings: Vec::new(),
                edition_of: None,
                refusals: Vec::new(),
                stops: Vec::new(),
                results: Vec::new(),
                guarantees: Vec::new(),
                examples: Vec::new(),
                indicators: Vec::new(),
                procedures: Vec::new(),
                exprs: Vec::new(),
            },
            names: Names::default(),
            diagnostics: Vec::new(),
            used: BTreeSet::new(),
            bare: BTreeMap::new(),
            multiples: BTreeSet::new(),
            statements: Vec::new(),
            table_statements: Vec::new(),
            understanding_table: None,
            members: Memberships::default(),
            declared_at: BTreeMap::new(),
            records_of: BTreeMap::new(),
            held: BTreeMap::new(),
            rests: BTreeMap::new(),
            taken: BTreeMap::new(),
            carries: Vec::new(),
            eaches: Vec::new(),
            scopes: Vec::new(),
            inside_each: Vec::new(),
        }
    }

    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The names joined by hyphens that this place is part of, as in a slug written where a figure
    /// belongs: `bank-outlet-service`.
    pub(super) fn joined_by_hyphens(&self, span: Span) -> Option<Span> {
        let joins = |c: char| c == '-' || c == '_' || c.is_alphanumeric();
        let before = self.text.get(..span.start as usize)?;
        let after = self.text.get(span.end as usize..)?;
        let start = before.trim_end_matches(joins).len();
        let end = self
            .text
            .len()
            .checked_sub(after.trim_start_matches(joins).len())?;
        let whole = self.text.get(start..end)?;
        let is_slug = whole.split('-').count() > 1
            && whole
                .split('-')
                .all(|part| part.starts_with(char::is_alphabetic));
        let place = |at: usize| u32::try_from(at).ok();
        is_slug.then_some(Span::new(place(start)?, place(end)?))
    }

    /// What was written at a place, if it is short enough to be quoted in a sentence.
    pub(super) fn quoted(&self, span: Span) -> Option<&str> {
        let written = self.text.get(span.range())?;
        (!written.is_empty() && written.chars().count() <= 40 && !written.contains('\n'))
            .then_some(written)
    }

    /// Declares a name; a second declaration is reported.
    pub(super) fn declare(&mut self, name: &str, what: Named, span: Span) {
        if let Some(earlier) = self.names.declare(name, what, span) {
            self.say(
                Diagnostic::new(
                    &codes::NAME_TAKEN,
                    span,
                    words!("`{name}` is declared twice", "“{name}”声明了两次"),
                )
                .with_label(earlier, words!("first declared here", "先在这里声明")),
            );
        }
    }

    fn head(&mut self, statements: &[&Statement]) {
        let mut seen: BTreeMap<&'static str, Span> = BTreeMap::new();
        for statement in statements {
            let what = match &statement.kind {
                Kind::Source(quoted) => {
                    self.model.source = Some(quoted.text.clone());
                    "source"
                }
                Kind::Effective { from, until } => {
                    if let Some(until) = until
                        && until.day < from.day
                    {
                        self.say(Diagnostic::new(
                            &codes::EMPTY_RANGE,
                            statement.span,
                            words!(
                                "the last day lies before the first one",
                                "截止日期早于起始日期"
                            ),
                        ));
                    }
                    self.model.effective = Some((from.day, until.map(|date| date.day)));
                    "effective"
                }
                Kind::Assesses { subject, every } => {
                    self.model.subject = Some(called(subject));
                    self.model.period = *every;
                    "assesses"
                }
                Kind::EditionOf(family) => {
                    self.model.edition_of = Some(family.text.clone());
                    "edition of"
                }
                Kind::OutOf(quantity) => {
                    let (value, _) = quantity_value(quantity);
                    self.model.out_of = Some(Marks {
                        value,
                        span: statement.span,
                    });
                    "out of"
                }
                Kind::Hole(hole) => {
                    for name in &hole.declares {
                        self.names.declare(&name.text, Named::Hole, name.span);
                    }
                    continue;
                }
                _ => continue,
            };
            if let Some(first) = seen.insert(what, statement.span) {
                self.say(
                    Diagnostic::new(
                        &codes::STATEMENT_TWICE,
                        statement.span,
                        words!(
                            "`{what}` stands twice; a scheme has one",
                            "“{what}”写了两次，一个方案只能有一个"
                        ),
                    )
                    .with_label(first, words!("first written here", "先写在这里")),
                );
            }
        }
    }

    fn declare_scales(&mut self, statements: &[&'a Statement]) {
        for statement in statements {
            match &statement.kind {
                Kind::Choice(choice) => {
                    let id = self.push_scale(
                        called(&choice.naming),
                        choice.options.iter().map(|option| called(&option.naming)),
                        choice.best_first,
                        statement.span,
                    );
                    if let Some(name) = &choice.naming.name {
                        self.declare(&name.text, Named::Scale(id), name.span);
                    }
                }
                Kind::Table { naming, .. } => {
                    let id = TableId::next(&self.model.tables);
                    self.model.tables.push(Table {
                        called: called(naming),
                        key: Type::Unknown,
                        by: None,
                        keys: Vec::new(),
                        lines: Lines::Rows {
                            rows: Vec::new(),
                            between: None,
                        },
                        of: Type::Unknown,
                        origin: self.origin(statement),
                    });
                    self.table_statements.push(statement);
                    if let Some(name) = &naming.name {
                        self.declare(&name.text, Named::Table(id), name.span);
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds a scale; an option that stands twice is reported.
    pub(super) fn push_scale(
        &mut self,
        called: Called,
        options: impl IntoIterator<Item = Called>,
        ordered: bool,
        span: Span,
    ) -> ScaleId {
        let mut scale = Scale::new(called, ordered, span);
        for option in options {
            if let Some(taken) = scale.add(option) {
                let text = taken.shown();
                self.say(Diagnostic::new(
                    &codes::NAME_TAKEN,
                    span,
                    words!("the option `{text}` stands twice", "选项“{text}”写了两次"),
                ));
            }
        }
        let id = ScaleId::next(&self.model.scales);
        self.model.scales.push(scale);
        id
    }

    pub(super) fn push_figure(
        &mut self,
        called: Called,
        statement: Option<&'a Statement>,
    ) -> FigureId {
        let id = FigureId::next(&self.model.figures);
        self.model.figures.push(Figure {
            called,
            of: Type::Unknown,
            kind: FigureKind::Unknown,
            origin: statement
                .map(|statement| self.origin(statement))
                .unwrap_or_default(),
        });
        self.statements.push(statement);
        id
    }

    fn declare_figures(&mut self, statements: &[&'a Statement]) {
        let mut top = Vec::new();
        let mut total = None;
        for statement in statements {
            match &statement.kind {
                Kind::Let { naming, .. }
                | Kind::LetTable { naming, .. }
                | Kind::LetMap { naming, .. }
                | Kind::Consequence { naming, .. } => {
                    self.declare_figure(called(naming), naming, statement);
                }
                Kind::Require { naming, condition } => {
                    // A requirement on an input of its name has no name of its own.
                    if condition.is_some() {
                        self.declare_figure(called(naming), naming, statement);
                    } else {
                        self.push_figure(called(naming), Some(statement));
                    }
                }
                Kind::Each { .. } => self.declare_each(statement),
                Kind::Reading { naming, .. } => {
                    self.declare_figure(called(naming), naming, statement);
                }
                Kind::Item(scored) | Kind::Group(scored) => {
                    let id = self.declare_figure(called(&scored.naming), &scored.naming, statement);
                    top.push(id);
                    self.declare_nested(&scored.body);
                }
                Kind::Grade { naming, lines, .. } => {
                    let mut called = called(naming);
                    if naming.name.is_none() {
                        "grade".clone_into(&mut called.name);
                        called.key = naming
                            .key
                            .as_ref()
                            .map_or_else(|| "grade".to_owned(), |key| key.text.clone());
                    }
                    let name = called.name.clone();
                    let id = self.push_figure(called.clone(), Some(statement));
                    let span = naming
                        .name
                        .as_ref()
                        .map_or(statement.head, |name| name.span);
                    self.declare(&name, Named::Figure(id), span);
                    if let GradeLines::Own(body) = lines {
                        self.declare_levels(called, body, statement.span, id);
                    }
                }
                Kind::Total { .. } => {
                    if let Some(first) = total {
                        let first: &Statement = first;
                        self.say(
                            Diagnostic::new(
                                &codes::STATEMENT_TWICE,
                                statement.head,
                                words!(
                                    "`total` stands twice; a scheme has one",
                                    "“总分”写了两次，一个方案只能有一个"
                                ),
                            )
                            .with_label(first.head, words!("first written here", "先写在这里")),
                        );
                    } else {
                        total = Some(statement);
                    }
                }
                _ => {}
            }
        }
        self.declare_table_levels();
        self.call_the_grade();
        self.note_members();
        top.retain(|id| self.members.place(MemberOf::Figure(*id)).is_none());
        // A document of which only a part is left has no total.
        let is_partial = top.iter().any(|id| {
            matches!(
                self.statements.get(id.index()),
                Some(Some(statement)) if covers_a_part(statement)
            )
        });
        if (!top.is_empty() && !is_partial) || total.is_some() {
            let called = Called {
                name: "total".to_owned(),
                key: "total".to_owned(),
                label: Some(match total.map(|statement| &statement.kind) {
                    Some(Kind::Total {
                        label: Some(label), ..
                    }) => label.text.clone(),
                    _ if self.is_read_in_chinese() => "总分".to_owned(),
                    _ => "Total".to_owned(),
                }),
            };
            let id = self.push_figure(called, total);
            let span = total.map_or(Span::default(), |statement| statement.head);
            self.declare("total", Named::Figure(id), span);
            for member in top {
                self.members.add(MemberOf::Figure(member), id);
            }
        }
    }

    /// What people call a grade that the scheme does not name.
    fn call_the_grade(&mut self) {
        if !self.is_read_in_chinese() {
            return;
        }
        let own = |called: &Called| called.name == "grade" && called.label.is_none();
        let grade = self.model.figures.iter_mut();
        for figure in grade.filter(|figure| own(&figure.called)) {
            figure.called.label = Some("等级".to_owned());
        }
    }

    /// Whether anything is Chinese that people read of the scheme.
    fn is_read_in_chinese(&self) -> bool {
        let model = &self.model;
        let options = model.scales.iter().flat_map(|scale| &scale.options);
        let mut shown = (model.title.iter().map(String::as_str))
            .chain(model.subject.iter().map(Called::shown))
            .chain(model.inputs.iter().map(|input| input.called.shown()))
            .chain(model.figures.iter().map(|figure| figure.called.shown()))
            .chain(options.map(Called::shown));
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        shown.any(|words| words.contains(is_han))
    }

    fn declare_figure(
        &mut self,
        called: Called,
        naming: &Naming,
        statement: &'a Statement,
    ) -> FigureId {
        let id = self.push_figure(called, Some(statement));
        self.declared_at.insert(statement.span, id);
        if let Some(name) = &naming.name {
            self.declare(&name.text, Named::Figure(id), name.span);
        }
        id
    }

    /// Declares the items and groups inside a group. Blocks nest at most as deep as the limit on
    /// the text allows, and a list of open blocks takes the place of recursion.
    fn declare_nested(&mut self, body: &'a syntax::Block) {
        let mut open = vec![body];
        while let Some(block) = open.pop() {
            for statement in self.chosen(&block.statements) {
                if let Kind::Item(scored) | Kind::Group(scored) = &statement.kind {
                    self.declare_figure(called(&scored.naming), &scored.naming, statement);
                    open.push(&scored.body);
                } else if let Kind::Hole(hole) = &statement.kind {
                    for name in &hole.declares {
                        self.names.declare(&name.text, Named::Hole, name.span);
                    }
                }
            }
        }
    }

    /// Which group holds which member, in written order.
    fn note_members(&mut self) {
        for index in 0..self.statements.len() {
            let Some(Some(statement)) = self.statements.get(index).copied() else {
                continue;
            };
            let Kind::Group(scored) = &statement.kind else {
                continue;
            };
            let Ok(index) = u32::try_from(index) else {
                continue;
            };
            let group = FigureId(index);
            for member in self.chosen(&scored.body.statements) {
                let Some(of) = self.member_of(member) else {
                    continue;
                };
                if let Some(first) = self.members.add(of, group) {
                    let span = member.head;
                    let mut diagnostic = Diagnostic::new(
                        &codes::MEMBER_TWICE,
                        span,
                        words!(
                            "this already weighs in another line or group; it would count twice",
                            "它已经计入另一行或另一组，会重复计分"
                        ),
                    );
                    if let Some(figure) = self.model.figure(first) {
                        let name = figure.called.shown().to_owned();
                        diagnostic = diagnostic.with_label(
                            figure.origin.span,
                            words!("it weighs in {name}", "已计入{name}"),
                        );
                    }
                    self.say(diagnostic);
                }
            }
        }
    }

    /// What a statement of a group makes a member of it.
    pub(super) fn member_of(&self, statement: &Statement) -> Option<MemberOf> {
        match &statement.kind {
            Kind::Item(_) | Kind::Group(_) => self
                .declared_at
                .get(&statement.span)
                .copied()
                .map(MemberOf::Figure),
            Kind::Weight { member, .. } => match self.names.find(&joined(member))? {
                Named::Input(id) => Some(MemberOf::Input(id)),
                Named::Either(id) => Some(MemberOf::Either(id)),
                Named::Figure(id) => Some(MemberOf::Figure(id)),
                Named::InputGroup
                | Named::RowFigure(_)
                | Named::Scale(_)
                | Named::Table(_)
                | Named::Hole => None,
            },
            _ => None,
        }
    }

    /// The levels that a grade gives are a scale of its own, unless they are the options of a
    /// declared choice.
    fn declare_levels(&mut self, called: Called, body: &TableBody, span: Span, id: FigureId) {
        let of = self.levels(called, body, span);
        if let Some(figure) = self.model.figures.get_mut(id.index()) {
            figure.of = of;
        }
    }

    fn declare_table_levels(&mut self) {
        for index in 0..self.table_statements.len() {
            let Some(statement) = self.table_statements.get(index).copied() else {
                continue;
            };
            let Kind::Table { naming, body, .. } = &statement.kind else {
                continue;
            };
            let of = self.levels(called(naming), body, statement.span);
            if let Some(table) = self.model.tables.get_mut(index) {
                table.of = of;
            }
        }
    }

    /// The scale that the outcomes of rows make up, if all of them are words.
    pub(super) fn levels(&mut self, called: Called, body: &TableBody, span: Span) -> Type {
        let TableBody::Rows { rows, .. } = body else {
            return Type::Unknown;
        };
        let mut levels: Vec<Called> = Vec::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for row in &rows.statements {
            let Kind::Row { outcome, .. } = &row.kind else {
                continue;
            };
            let Some(expr) = self.tree.exprs.get(outcome.0 as usize) else {
                continue;
            };
            let text = match &expr.kind {
                syntax::ExprKind::Path(path) if path.names.len() == 1 => {
                    let name = joined(path);
                    if matches!(
                        self.names.find(&name),
                        Some(Named::Input(_) | Named::Figure(_) | Named::Either(_))
                    ) {
                        return Type::Unknown;
                    }
                    name
                }
                syntax::ExprKind::Quoted(quoted) => quoted.text.clone(),
                syntax::ExprKind::NoValue => continue,
                _ => return Type::Unknown,
            };
            if seen.insert(text.clone()) {
                levels.push(Called {
                    name: text.clone(),
                    key: text,
                    label: None,
                });
            }
        }
        if levels.is_empty() {
            return Type::Unknown;
        }
        let declared = self.model.scales.iter().position(|scale| {
            !scale.called.name.is_empty()
                && self
                    .names
                    .find(&scale.called.name)
                    .is_some_and(|named| matches!(named, Named::Scale(_)))
                && levels.iter().all(|level| scale.find(&level.name).is_some())
        });
        if let Some(Ok(index)) = declared.map(u32::try_from) {
            return Type::Option(ScaleId(index));
        }
        Type::Option(self.push_scale(called, levels, true, span))
    }

    fn tables(&mut self) {
        for index in 0..self.table_statements.len() {
            let Some(statement) = self.table_statements.get(index).copied() else {
                continue;
            };
            if let (Kind::Table { by, body, .. }, Ok(index)) =
                (&statement.kind, u32::try_from(index))
            {
                self.table(TableId(index), by, body);
            }
        }
    }

    fn figures(&mut self) {
        let order = self.order();
        for id in &order {
            self.figure(*id);
        }
        self.model.order = order;
    }
}

/// Whether a group says that it holds a part of the document's weights only.
fn covers_a_part(statement: &Statement) -> bool {
    match &statement.kind {
        Kind::Group(scored) => scored
            .body
            .statements
            .iter()
            .any(|line| matches!(line.kind, Kind::Covers { .. })),
        _ => false,
    }
}

/// What something is called, from what was written.
pub(super) fn called(naming: &Naming) -> Called {
    let label = naming.label.as_ref().map(|label| label.text.clone());
    let name = naming
        .name
        .as_ref()
        .map(|name| name.text.clone())
        .or_else(|| label.clone())
        .unwrap_or_default();
    let key = naming
        .key
        .as_ref()
        .map_or_else(|| name.clone(), |key| key.text.clone());
    Called { name, key, label }
}

/// Where a statement comes from.
pub(super) fn origin(statement: &Statement) -> Origin {
    Origin {
        span: statement.head,
        article: statement
            .cite
            .as_ref()
            .map(|cite| cite.article.text.clone()),
        says: statement
            .cite
            .as_ref()
            .and_then(|cite| cite.says.as_ref())
            .map(|says| says.text.clone()),
        assumed: statement
            .assumed
            .as_ref()
            .map(|assumed| assumed.text.clone()),
    }
}

/// The rows of a table, and the lines behind them.
pub(super) fn row_statements(body: &TableBody) -> &[Statement] {
    match body {
        TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => &rows.statements,
    }
}
