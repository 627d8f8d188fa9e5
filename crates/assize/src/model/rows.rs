//! Rows: the members of lists and of options, the scopes in which their names are known, and the
//! `each` lines that compute for every one of them.
//!
//! Inside a loop a member stands under its bare name, and `it` is the element itself; a name that
//! means something outside as well is refused, never guessed. The fields that `each` lines add
//! follow the given ones, so that earlier readers of a row are right about its places.

use super::codes;
use super::expressions::{joined, path_span, quantity_value};
use super::from_syntax::{Builder, called};
use super::names::Named;
use super::types::Type;
use super::{
    Called, Consequence, Each, ExprId, ExprKind, Field, FigureId, FigureKind, InputId, Loop,
    LoopId, Over, Record, RecordId, RowKind, RowLine, ScaleId,
};
use crate::diagnostic::Diagnostic;
use crate::syntax::mistakes::codes::NOT_SAID;
use crate::syntax::{self, Gaps, Kind, Statement};
use crate::text::{Span, Words, words};

/// What the rows of a loop belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Source {
    Input(InputId),
    Scale(ScaleId),
    /// A list among the members of a row.
    Field(RecordId, u32),
}

/// The names known inside a loop.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) row: LoopId,
    pub(super) binder: Option<String>,
    /// The kind of `one of` whose members are known.
    pub(super) kind: Option<u32>,
}

/// Loops in loops: more than a regulation has.
const DEEPEST: usize = 6;

impl<'a> Builder<'a> {
    /// A loop over an expression that was understood, and the scope for what is done in it.
    pub(super) fn open_loop(
        &mut self,
        over: ExprId,
        binder: Option<&syntax::Name>,
        span: Span,
    ) -> LoopId {
        let (over, element) = match (
            self.model.expr(over).map(|expr| &expr.kind),
            self.type_of(over),
        ) {
            (Some(ExprKind::Word(name)), _) => match self.options_named(name) {
                Some(scale) => {
                    self.replace(over, ExprKind::Unknown, Type::Unknown);
                    (Over::Scale(scale), Type::Option(scale))
                }
                _ => {
                    self.report_words(over);
                    (Over::List(over), Type::Unknown)
                }
            },
            (_, Type::List(element)) => (Over::List(over), *element),
            (_, Type::Map(_, value) | Type::Named(value)) => (Over::Map(over), *value),
            (_, Type::Unknown) => (Over::List(over), Type::Unknown),
            (_, other) => {
                let (en, zh) = other.words();
                self.say(Diagnostic::new(
                    &codes::NEEDS_A_LIST,
                    self.span_of(over),
                    words!(
                        "this is {en}, not a list, a map or a choice",
                        "这是{zh}，此处应为列表、按键数据或选项"
                    ),
                ));
                (Over::List(over), Type::Unknown)
            }
        };
        let record = match (&over, &element) {
            (_, Type::Record(record)) => Some(*record),
            (Over::Scale(scale), _) => self.records_of.get(&Source::Scale(*scale)).copied(),
            (Over::List(list), _) => match self.model.expr(*list).map(|expr| &expr.kind) {
                Some(ExprKind::Input(input) | ExprKind::Rows(input, _)) => {
                    self.records_of.get(&Source::Input(*input)).copied()
                }
                _ => None,
            },
            (Over::Map(_) | Over::Given, _) => None,
        };
        let id = self.push_loop(over, element, record);
        self.enter(id, binder, span);
        id
    }

    /// The options that a name stands for: of a choice, or the levels that a table gives.
    fn options_named(&self, name: &str) -> Option<ScaleId> {
        match self.names.find(name)? {
            Named::Scale(scale) => Some(scale),
            Named::Table(table) => match self.model.tables.get(table.index())?.of {
                Type::Option(scale) => Some(scale),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn push_loop(
        &mut self,
        over: Over,
        element: Type,
        record: Option<RecordId>,
    ) -> LoopId {
        let id = LoopId::next(&self.model.loops);
        self.model.loops.push(Loop {
            over,
            element,
            record,
            reads: None,
        });
        id
    }

    /// Enters a loop; a binder that is a name already is reported.
    pub(super) fn enter(&mut self, row: LoopId, binder: Option<&syntax::Name>, span: Span) {
        if let Some(binder) = binder {
            let text = &binder.text;
            let taken = self
                .names
                .find(text)
                .is_some_and(|named| named != Named::Hole)
                || self
                    .scopes
                    .iter()
                    .any(|scope| scope.binder.as_ref() == Some(text));
            if taken {
                self.say(Diagnostic::new(
                    &codes::NAME_TAKEN,
                    binder.span,
                    words!(
                        "`{text}` is a name of the scheme already; call the element something else",
                        "“{text}”已是方案中的名称，请给其中一项另起一个名称"
                    ),
                ));
            }
        }
        if self.scopes.len() >= DEEPEST {
            self.say(Diagnostic::new(
                &codes::LOOPS_TOO_DEEP,
                span,
                words!(
                    "loops stand in loops, {DEEPEST} deep; give the inner ones names",
                    "循环套了 {DEEPEST} 层，请把里层另起名称分开写"
                ),
            ));
        }
        self.enter_as(row, binder.map(|name| name.text.clone()));
    }

    pub(super) fn enter_as(&mut self, row: LoopId, binder: Option<String>) {
        self.scopes.push(Scope {
            row,
            binder,
            kind: None,
        });
    }

    pub(super) fn leave(&mut self) {
        self.scopes.pop();
    }

    /// Whether loops are as deep as they may be.
    pub(super) const fn is_deepest(&self) -> bool {
        self.scopes.len() > DEEPEST
    }

    /// What a name means inside the loops around it: a member, a binder, `it`.
    pub(super) fn scoped(&mut self, path: &syntax::Path, span: Span) -> Option<ExprId> {
        let first = path.names.first()?;
        let scopes = self.scopes.clone();
        for scope in scopes.iter().rev() {
            let is_binder = scope.binder.as_ref() == Some(&first.text);
            let is_it = scope.binder.is_none() && matches!(first.text.as_str(), "it" | "它");
            if is_it {
                self.not_named_outside(
                    &first.text,
                    span,
                    words!("an element here", "这里的每一项"),
                    words!(
                        "give the name of the scheme another one",
                        "请给方案中的名称改名"
                    ),
                );
            }
            if is_binder || is_it {
                return Some(self.element(scope, path, span));
            }
            let Some(index) = self.field_named(scope, &first.text) else {
                continue;
            };
            if !self.is_result(scope, index) {
                let text = &first.text;
                let help = match &scope.binder {
                    Some(binder) => words!("write `{binder}.{text}`", "请写“{binder}.{text}”"),
                    None => words!("give one of the two another name", "请给其中一个另起名称"),
                };
                let what = words!("a member of the row", "行内的一项");
                self.not_named_outside(text, span, what, help);
            }
            let member = self.member(scope.row, index, span);
            return Some(self.deeper(member, path.names.get(1..).unwrap_or_default(), span));
        }
        None
    }

    /// What a name means inside a loop must not be a name of the scheme as well.
    fn not_named_outside(&mut self, text: &str, span: Span, what: Words, help: Words) {
        let Some(earlier) = self.names.place(text) else {
            return;
        };
        let Words { en, zh } = what;
        self.say(
            Diagnostic::new(
                &codes::NAME_TAKEN,
                span,
                words!(
                    "`{text}` is {en} and a name of the scheme as well",
                    "“{text}”既是{zh}，又是方案中的名称"
                ),
            )
            .with_label(earlier, words!("declared here", "声明在这里"))
            .with_help(help),
        );
    }

    /// The results of another scheme have its names: every scheme has a `total`.
    fn is_result(&self, scope: &Scope, field: u32) -> bool {
        row_record(self, scope.row)
            .and_then(|record| self.model.record(record))
            .is_some_and(|record| {
                let field = record.fields.get(field as usize);
                record.child.is_some() && field.is_some_and(|field| field.each.is_none())
            })
    }

    /// The element itself, or the member that the rest of the path names.
    fn element(&mut self, scope: &Scope, path: &syntax::Path, span: Span) -> ExprId {
        let Some(row) = self.model.row(scope.row) else {
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        let element = row.element.clone();
        match path.names.get(1) {
            None => self.push(ExprKind::Row(scope.row), element, span),
            Some(name) => match self.field_named(scope, &name.text) {
                Some(index) => {
                    let member = self.member(scope.row, index, span);
                    self.deeper(member, path.names.get(2..).unwrap_or_default(), span)
                }
                None if matches!(element, Type::Map(..)) => {
                    let it = self.push(ExprKind::Row(scope.row), element, span);
                    self.deeper(it, path.names.get(1..).unwrap_or_default(), span)
                }
                None => {
                    self.unknown_member(&name.text, row_record(self, scope.row), span);
                    self.push(ExprKind::Unknown, Type::Unknown, span)
                }
            },
        }
    }

    pub(super) fn unknown_member(&mut self, name: &str, record: Option<RecordId>, span: Span) {
        let names: Vec<String> = record
            .and_then(|record| self.model.record(record))
            .map(|record| {
                record
                    .fields
                    .iter()
                    .map(|field| field.called.name.clone())
                    .filter(|name| !name.is_empty())
                    .collect()
            })
            .unwrap_or_default();
        let list = names.join("、");
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_NAME,
            span,
            if names.is_empty() {
                words!("an element here has no members", "这里的每一项没有内部名称")
            } else {
                words!(
                    "the rows have no `{name}`; they have {list}",
                    "行内没有“{name}”，只有：{list}"
                )
            },
        );
        if let Some(near) = super::nearest(name, names.iter().map(String::as_str)) {
            diagnostic =
                diagnostic.with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"));
        }
        self.say(diagnostic);
    }

    /// A member of the element of a loop; the loop then goes through rows that have it.
    pub(super) fn member(&mut self, row: LoopId, index: u32, span: Span) -> ExprId {
        let found = row_record(self, row)
            .and_then(|record| self.model.record(record))
            .and_then(|record| record.fields.get(index as usize))
            .map(|field| (field.of.clone(), field.each));
        let Some((of, each)) = found else {
            return self.push(ExprKind::Unknown, Type::Unknown, span);
        };
        self.reads(row, each);
        self.push(ExprKind::Member(row, index), of, span)
    }

    /// Notes that a loop reads a field that an `each` computes.
    fn reads(&mut self, row: LoopId, each: Option<FigureId>) {
        let Some(each) = each else { return };
        // Inside that `each` the field is one of the row that is being computed.
        if self.inside_each.contains(&(row, each)) {
            return;
        }
        let record = row_record(self, row);
        self.not_computed_yet(record, each);
        if let Some(of) = self.model.loops.get_mut(row.index()) {
            of.reads = of.reads.max(Some(each));
        }
        let Some(Over::List(list)) = self.model.row(row).map(|row| row.over) else {
            return;
        };
        self.read_up_to(list, each);
    }

    /// Reports a field that is read of all rows by the very `each` that computes it row by row.
    fn not_computed_yet(&mut self, record: Option<RecordId>, each: FigureId) {
        let inside = self
            .inside_each
            .iter()
            .any(|(row, own)| *own == each && record.is_some() && row_record(self, *row) == record);
        if !inside {
            return;
        }
        let span = self.statements.get(each.index()).copied().flatten();
        let span = span.map_or(Span::default(), |statement| statement.head);
        let diagnostic = Diagnostic::new(
            &codes::CIRCULAR,
            span,
            words!(
                "these lines read of all rows what they themselves compute row by row",
                "这里的某一行要用到各行的数，而这个数正由这里逐行算出"
            ),
        )
        .with_help(words!(
            "begin a second `each` over the same list behind this one: there the figures of all rows are known",
            "请在后面对同一列表另写一个“逐一”：到那里，各行的数才都已算出"
        ));
        if !self.diagnostics.contains(&diagnostic) {
            self.say(diagnostic);
        }
    }

    /// The rows that a list expression is made of have the fields of that `each`.
    fn read_up_to(&mut self, list: ExprId, each: FigureId) {
        let mut at = list;
        loop {
            match self
                .model
                .exprs
                .get_mut(at.index())
                .map(|expr| &mut expr.kind)
            {
                Some(ExprKind::Rows(_, up_to)) => {
                    *up_to = (*up_to).max(Some(each));
                    return;
                }
                Some(ExprKind::Pick { of, .. }) => at = *of,
                // Rows in rows: those of an `each` inside an `each` belong to the outer row.
                Some(ExprKind::Column { list, .. }) => at = *list,
                Some(ExprKind::Member(row, _)) => {
                    let row = *row;
                    self.reads(row, Some(each));
                    return;
                }
                Some(ExprKind::Only(row, _) | ExprKind::Sorted { row, .. }) => {
                    let row = *row;
                    if let Some(of) = self.model.loops.get_mut(row.index()) {
                        of.reads = of.reads.max(Some(each));
                    }
                    match self.model.row(row).map(|row| row.over) {
                        Some(Over::List(inner)) => at = inner,
                        _ => return,
                    }
                }
                _ => return,
            }
        }
    }

    /// What the rest of a path names inside a member: an option of a map, a column of rows.
    pub(super) fn deeper(&mut self, of: ExprId, rest: &[syntax::Name], span: Span) -> ExprId {
        let Some(name) = rest.first() else { return of };
        let next = match self.type_of(of) {
            Type::Map(scale, value) => {
                match self
                    .model
                    .scale(scale)
                    .and_then(|scale| scale.find(&name.text))
                {
                    Some(option) => {
                        let key =
                            self.push(ExprKind::Option(option), Type::Option(scale), name.span);
                        self.push(ExprKind::At(of, key), *value, span)
                    }
                    None => {
                        self.unknown_option(&name.text, scale, span);
                        return self.push(ExprKind::Unknown, Type::Unknown, span);
                    }
                }
            }
            Type::List(element) => match *element {
                Type::Record(record) => match self.column(of, record, &name.text, span) {
                    Some(column) => column,
                    None => return self.push(ExprKind::Unknown, Type::Unknown, span),
                },
                _ => {
                    self.unknown_member(&name.text, None, span);
                    return self.push(ExprKind::Unknown, Type::Unknown, span);
                }
            },
            Type::Unknown => of,
            _ => {
                self.unknown_member(&name.text, None, span);
                return self.push(ExprKind::Unknown, Type::Unknown, span);
            }
        };
        self.deeper(next, rest.get(1..).unwrap_or_default(), span)
    }

    /// A column: the member of every row of a list. The lists of all rows are one list.
    pub(super) fn column(
        &mut self,
        list: ExprId,
        record: RecordId,
        name: &str,
        span: Span,
    ) -> Option<ExprId> {
        let found = self.model.record(record).and_then(|record| {
            record
                .fields
                .iter()
                .position(|field| is_called(&field.called, name))
                .and_then(|index| record.fields.get(index).map(|field| (index, field)))
                .map(|(index, field)| (index, field.of.clone(), field.each))
        });
        let Some((index, of, each)) = found else {
            self.unknown_member(name, Some(record), span);
            return None;
        };
        if let Some(each) = each {
            self.not_computed_yet(Some(record), each);
            self.read_up_to(list, each);
        }
        let of = match of {
            Type::List(element) => Type::List(element),
            other => Type::List(Box::new(other)),
        };
        let field = u32::try_from(index).unwrap_or(u32::MAX);
        Some(self.push(ExprKind::Column { list, field }, of, span))
    }

    /// The place of a member that is known in a scope.
    fn field_named(&self, scope: &Scope, name: &str) -> Option<u32> {
        let record = self.model.record(row_record(self, scope.row)?)?;
        let index = record.fields.iter().position(|field| {
            is_called(&field.called, name) && field.kind.is_none_or(|kind| scope.kind == Some(kind))
        })?;
        // The one value of a plain row has no name but `it`.
        (!(record.plain && index == 0))
            .then(|| u32::try_from(index).ok())
            .flatten()
    }

    /// Declares the fields that the lines of an `each` compute, as `months.below_target`.
    pub(super) fn declare_each(&mut self, statement: &'a Statement) {
        let Kind::Each { binder, over, body } = &statement.kind else {
            return;
        };
        let id = self.push_figure(
            Called {
                name: format!("each {}", binder.text),
                key: binder.text.clone(),
                label: None,
            },
            Some(statement),
        );
        self.eaches.push(id);
        let Some(syntax::ExprKind::Path(path)) =
            self.tree.exprs.get(over.0 as usize).map(|expr| &expr.kind)
        else {
            return;
        };
        let outer = joined(path);
        for line in self.chosen(&body.statements) {
            if let Some(naming) = row_naming(&line.kind)
                && let Some(name) = &naming.name
            {
                let full = format!("{outer}.{}", name.text);
                self.declare(&full, Named::RowFigure(id), name.span);
            }
        }
    }

    /// Understands the lines of an `each`.
    pub(super) fn each_figure(&mut self, id: FigureId, statement: &'a Statement) {
        if let Some(each) = self.each(id, statement) {
            self.set(id, Type::Unknown, FigureKind::Each(each));
        }
    }

    fn each(&mut self, id: FigureId, statement: &'a Statement) -> Option<Each> {
        let Kind::Each { binder, over, body } = &statement.kind else {
            return None;
        };
        let span = self.tree.exprs.get(over.0 as usize)?.span;
        let over = self.expr_open(*over);
        let source = match self.model.expr(over).map(|expr| &expr.kind) {
            Some(ExprKind::Word(name)) => self.options_named(name).map(Source::Scale),
            Some(ExprKind::Input(input) | ExprKind::Rows(input, _)) => Some(Source::Input(*input)),
            Some(ExprKind::Member(row, field)) => {
                row_record(self, *row).map(|record| Source::Field(record, *field))
            }
            _ => None,
        };
        let Some(source) = source else {
            self.report_words(over);
            self.say(Diagnostic::new(
                &codes::NEEDS_A_LIST,
                span,
                words!(
                    "`each` goes through a list that is an input, or through a choice",
                    "“逐一”之后应为输入的列表，或选项"
                ),
            ));
            return None;
        };
        let record = self.record_of(source, over);
        let row = self.open_loop(over, Some(binder), span);
        if let Some(of) = self.model.loops.get_mut(row.index()) {
            of.record = Some(record);
        }
        let after = self
            .model
            .record(record)
            .and_then(|record| record.last_each);
        if let Some(after) = after {
            self.reads(row, Some(after));
        }
        self.inside_each.push((row, id));
        let mut lines = Vec::new();
        let carries = self.carries.len();
        for line in self.chosen(&body.statements) {
            self.row_line(id, record, row, line, &mut lines);
        }
        for (line, becomes, of, span) in self.carries.split_off(carries) {
            let becomes = self.expr(becomes);
            if !matches!(self.type_of(becomes), Type::Literal { .. }) {
                let stand_in = self.push(ExprKind::Unknown, of, span);
                self.comparable(stand_in, becomes, true, span);
            }
            if let Some(RowKind::Carry { becomes: later, .. }) =
                lines.get_mut(line).map(|line: &mut RowLine| &mut line.kind)
            {
                *later = becomes;
            }
        }
        self.inside_each.pop();
        self.leave();
        if let Some(record) = self.model.records.get_mut(record.index()) {
            record.last_each = Some(id);
        }
        Some(Each {
            row,
            record,
            after,
            lines,
        })
    }

    /// The record of what an `each` goes through; plain elements get one for the fields to come.
    fn record_of(&mut self, source: Source, over: ExprId) -> RecordId {
        if let Some(record) = self.records_of.get(&source) {
            return *record;
        }
        let element = match (source, self.type_of(over)) {
            (Source::Scale(scale), _) => Type::Option(scale),
            (_, Type::List(element)) => *element,
            _ => Type::Unknown,
        };
        if let Type::Record(record) = element {
            self.records_of.insert(source, record);
            return record;
        }
        let row = self.push_loop(Over::Given, element.clone(), None);
        let record = self.push_record(row);
        if let Some(record) = self.model.records.get_mut(record.index()) {
            record.plain = true;
            record.fields.push(Field {
                called: Called::default(),
                of: element,
                given: None,
                each: None,
                kind: None,
                unique: false,
            });
        }
        self.records_of.insert(source, record);
        record
    }

    pub(super) fn push_record(&mut self, row: LoopId) -> RecordId {
        let id = RecordId::next(&self.model.records);
        self.model.records.push(Record {
            fields: Vec::new(),
            plain: false,
            row,
            kinds: None,
            last_each: None,
            child: None,
        });
        id
    }

    /// The member in whose numbers a gap breaks a run. Where rows are in order by a number, whether
    /// one left out breaks the run has to be said.
    fn gaps(&mut self, row: LoopId, gaps: Option<Gaps>, head: Span) -> Option<u32> {
        let order = self.numbered_by(row);
        match (order, gaps) {
            (Some(field), Some(Gaps::Break)) => Some(field),
            (Some(_), Some(Gaps::Skipped)) | (None, None) => None,
            (Some(_), None) => {
                self.say(
                    Diagnostic::new(
                        &NOT_SAID,
                        head,
                        words!(
                            "the rows are in order by a number, and it is not said what a number that is left out does to the run",
                            "各行按序号排列，而没有写中间缺一期时连续次数怎么算"
                        ),
                    )
                    .with_help(words!(
                        "write `, gaps break` or `, gaps skipped` at the end",
                        "请在末尾写“，缺期中断”或“，缺期不计”"
                    )),
                );
                None
            }
            (None, Some(_)) => {
                self.say(Diagnostic::new(
                    &codes::MISPLACED,
                    head,
                    words!(
                        "gaps show only in a list that is `in order by` a count",
                        "只有“依次 按”某个次数（如月份）排列的列表，才看得出缺期"
                    ),
                ));
                None
            }
        }
    }

    /// The count by which the rows of a loop are put in order.
    fn numbered_by(&self, row: LoopId) -> Option<u32> {
        let Over::List(list) = self.model.row(row)?.over else {
            return None;
        };
        let input = match self.model.expr(list)?.kind {
            ExprKind::Rows(input, _) | ExprKind::Input(input) => self.model.input(input)?,
            ExprKind::Member(outer, field) => {
                let record = self.model.record(self.model.row(outer)?.record?)?;
                record.fields.get(field as usize)?.given.as_ref()?
            }
            _ => return None,
        };
        let order = input.order?;
        let Type::List(element) = &input.of else {
            return None;
        };
        let Type::Record(record) = **element else {
            return None;
        };
        let field = self.model.record(record)?.fields.get(order as usize)?;
        (field.of == Type::Count).then_some(order)
    }

    fn row_line(
        &mut self,
        each: FigureId,
        record: RecordId,
        row: LoopId,
        statement: &'a Statement,
        lines: &mut Vec<RowLine>,
    ) {
        let (naming, kind, of) = match &statement.kind {
            Kind::Let { naming, value } => {
                let value = self.expr(*value);
                (naming, RowKind::Let(value), self.type_of(value).settled())
            }
            Kind::Reading { naming, .. } => {
                let Some(value) = self.taken_at(statement.span) else {
                    return;
                };
                let value = self.expr(value);
                (naming, RowKind::Let(value), self.type_of(value).settled())
            }
            Kind::LetTable { naming, by, body } => {
                let value = self.case(called(naming), *by, body, statement.span);
                (naming, RowKind::Let(value), self.type_of(value).settled())
            }
            Kind::LetMap { naming, keys, rows } => {
                let value = self.map_of(keys, rows, statement.span);
                (naming, RowKind::Let(value), self.type_of(value))
            }
            Kind::Run {
                naming,
                of,
                restarts,
                gaps,
            } => {
                let of = self.condition(*of);
                let broken_by = self.gaps(row, *gaps, statement.head);
                let restarts = restarts.as_ref().map(|count| quantity_value(count).0);
                if restarts.as_ref().is_some_and(|count| {
                    !count.is_integer() || *count < crate::number::Rational::ONE
                }) {
                    self.say(Diagnostic::new(
                        &codes::MARKS_NOT_POSITIVE,
                        statement.head,
                        words!(
                            "a run restarts after a whole number of rows",
                            "“满 … 次重计”应为正整数"
                        ),
                    ));
                }
                let run = RowKind::Run {
                    of,
                    restarts,
                    broken_by,
                };
                (naming, run, Type::Count)
            }
            Kind::Carry {
                naming,
                of,
                first,
                becomes,
            } => {
                let of = self.base_type(of);
                let first = self.expr(*first);
                let found = self.type_of(first);
                if !matches!(found, Type::Literal { .. }) || !of.is_numeric() {
                    let stand_in = self.push(ExprKind::Unknown, of.clone(), statement.head);
                    self.comparable(stand_in, first, true, statement.head);
                }
                self.push_field(record, each, called(naming), of.clone(), naming, statement);
                let index = self.last_field(record);
                // What the next row finds may read every line of this one.
                self.carries
                    .push((lines.len(), *becomes, of, statement.head));
                let becomes = first;
                lines.push(RowLine {
                    field: index,
                    called: called(naming),
                    kind: RowKind::Carry { first, becomes },
                    origin: self.origin(statement),
                });
                return;
            }
            Kind::Consequence {
                naming,
                amount,
                to,
                when,
            } => {
                let (consequence, of) = self.consequence(*amount, to.as_ref(), *when);
                (naming, RowKind::Consequence(consequence), of)
            }
            Kind::Require { naming, condition } => {
                let condition = self.requirement(naming, *condition, statement.head);
                (naming, RowKind::Require(condition), Type::Flag)
            }
            Kind::Refuse {
                code,
                field,
                label,
                when,
            } => {
                let when = self.condition(*when);
                let binder = self.scopes.last().and_then(|scope| scope.binder.clone());
                let text = joined(field);
                let own = (binder.as_ref() != Some(&text)).then(|| {
                    let scope = self.scopes.last().cloned();
                    let member = scope.and_then(|scope| self.field_named(&scope, &text));
                    let key = member.and_then(|index| {
                        let record = self.model.record(record)?;
                        Some(record.fields.get(index as usize)?.called.key.clone())
                    });
                    if key.is_none() && self.names.find(&text).is_none() {
                        self.unknown_name(&text, path_span(field));
                    }
                    key.or_else(|| self.field_key(field)).unwrap_or(text)
                });
                if let Some(code) = self.fault(code) {
                    self.push_hidden(record, each, Type::Flag);
                    lines.push(RowLine {
                        field: self.last_field(record),
                        called: Called::default(),
                        kind: RowKind::Refuse {
                            code,
                            field: own,
                            label: label.as_ref().map(|label| label.text.clone()),
                            when,
                        },
                        origin: self.origin(statement),
                    });
                }
                return;
            }
            Kind::Result { naming, shape } => {
                self.row_result(row, naming, shape, statement);
                return;
            }
            Kind::Each { .. } => {
                if let Some(inner) = self.each(each, statement) {
                    let of = Type::List(Box::new(Type::Record(inner.record)));
                    self.push_hidden(record, each, of);
                    lines.push(RowLine {
                        field: self.last_field(record),
                        called: Called::default(),
                        kind: RowKind::Each(inner),
                        origin: self.origin(statement),
                    });
                }
                return;
            }
            Kind::Hole(hole) => {
                // Its uses are not reported again.
                for name in &hole.declares {
                    let naming = syntax::Naming {
                        name: Some(name.clone()),
                        ..syntax::Naming::default()
                    };
                    let own = called(&naming);
                    self.push_field(record, each, own, Type::Unknown, &naming, statement);
                }
                return;
            }
            _ => {
                self.misplaced(statement);
                return;
            }
        };
        self.push_field(record, each, called(naming), of, naming, statement);
        let field = self.last_field(record);
        if matches!(kind, RowKind::Consequence(_)) {
            self.push_hidden(record, each, Type::Flag);
        }
        lines.push(RowLine {
            field,
            called: called(naming),
            kind,
            origin: self.origin(statement),
        });
    }

    /// A field without a name: whether a consequence fires, whether a row is refused, the rows of
    /// an `each` inside.
    fn push_hidden(&mut self, record: RecordId, each: FigureId, of: Type) {
        if let Some(record) = self.model.records.get_mut(record.index()) {
            record.fields.push(Field {
                called: Called::default(),
                of,
                given: None,
                each: Some(each),
                kind: None,
                unique: false,
            });
        }
    }

    fn last_field(&self, record: RecordId) -> Option<u32> {
        let fields = &self.model.record(record)?.fields;
        u32::try_from(fields.len().checked_sub(1)?).ok()
    }

    fn push_field(
        &mut self,
        record: RecordId,
        each: FigureId,
        called: Called,
        of: Type,
        naming: &syntax::Naming,
        statement: &Statement,
    ) {
        let taken = self.model.record(record).is_some_and(|record| {
            record
                .fields
                .iter()
                .any(|field| is_called(&field.called, &called.name))
        });
        if taken {
            let name = &called.name;
            let span = naming
                .name
                .as_ref()
                .map_or(statement.head, |name| name.span);
            self.say(Diagnostic::new(
                &codes::NAME_TAKEN,
                span,
                words!(
                    "the rows have a member `{name}` already",
                    "行内已有名为“{name}”的一项"
                ),
            ));
        }
        if let Some(record) = self.model.records.get_mut(record.index()) {
            record.fields.push(Field {
                called,
                of,
                given: None,
                each: Some(each),
                kind: None,
                unique: false,
            });
        }
    }

    /// What a `require` line asks: its condition, or the flag of its name.
    pub(super) fn requirement(
        &mut self,
        naming: &syntax::Naming,
        condition: Option<syntax::ExprId>,
        span: Span,
    ) -> ExprId {
        match (condition, &naming.name) {
            (Some(condition), _) => self.condition(condition),
            (None, Some(name)) => {
                let path = syntax::Path {
                    names: vec![name.clone()],
                };
                let id = self.path(&path, name.span);
                self.report_words(id);
                self.want_flag(id);
                id
            }
            (None, None) => self.push(ExprKind::Unknown, Type::Unknown, span),
        }
    }

    pub(super) fn consequence(
        &mut self,
        amount: Option<syntax::ExprId>,
        to: Option<&syntax::Quoted>,
        when: syntax::ExprId,
    ) -> (Consequence, Type) {
        let amount = amount.map(|amount| self.numeric(amount));
        let when = self.condition(when);
        let of = match amount {
            None => Type::Flag,
            Some(amount) => match self.type_of(amount) {
                Type::Literal { .. } | Type::Count => Type::Number,
                other => other,
            },
        };
        let consequence = Consequence {
            amount,
            to: to.map(|to| to.text.clone()),
            when,
        };
        (consequence, of)
    }
}

/// The record of the rows of a loop.
pub(super) fn row_record(builder: &Builder<'_>, row: LoopId) -> Option<RecordId> {
    let row = builder.model.row(row)?;
    match row.element {
        Type::Record(record) => Some(record),
        _ => row.record,
    }
}

/// Whether something is called that: by its name, key or label.
fn is_called(called: &Called, name: &str) -> bool {
    called.name == name || called.key == name || called.label.as_deref() == Some(name)
}

/// The naming of a line that computes a field.
pub(super) const fn row_naming(kind: &Kind) -> Option<&syntax::Naming> {
    match kind {
        Kind::Let { naming, .. }
        | Kind::LetTable { naming, .. }
        | Kind::LetMap { naming, .. }
        | Kind::Reading { naming, .. }
        | Kind::Run { naming, .. }
        | Kind::Carry { naming, .. }
        | Kind::Consequence { naming, .. }
        | Kind::Require { naming, .. } => Some(naming),
        _ => None,
    }
}
