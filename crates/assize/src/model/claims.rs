//! What is refused, when no result is issued, what comes out, and what is claimed: guarantees and
//! worked examples.

use indexmap::IndexMap;

use super::codes;
use super::expressions::{joined, path_span, quantity_value};
use super::from_syntax::{Builder, called};
use super::names::{Named, nearest};
use super::rows::row_record;
use super::types::{Clash, Type};
use super::{
    Bound, Called, Claim, EachShape, Entry, Example, Expected, ExpectedValue, ExprId, ExprKind,
    Guarantee, Input, InputId, LoopId, Output, Over, Refusal, Shape, Stop,
};
use crate::diagnostic::Diagnostic;
use crate::input::{Given, Subject};
use crate::number::Rational;
use crate::outcome::Fault;
use crate::syntax::{
    self, BinaryOp, Expectation, FieldEntry, Kind, ResultShape, Statement, UnaryOp,
};
use crate::text::{Language, Span, words};

impl<'a> Builder<'a> {
    pub(super) fn claims(&mut self, statements: &[&'a Statement]) {
        for statement in statements {
            match &statement.kind {
                Kind::Refuse {
                    code,
                    field,
                    label,
                    when,
                } => {
                    let when = self.condition(*when);
                    let fault = self.fault(code);
                    let field_text = joined(field);
                    if self.names.find(&field_text).is_none() {
                        self.unknown_name(&field_text, path_span(field));
                    }
                    let field = self.field_key(field);
                    if let (Some(code), Some(field)) = (fault, field) {
                        self.model.refusals.push(Refusal {
                            code,
                            field,
                            label: label.as_ref().map(|label| label.text.clone()),
                            when,
                            origin: self.origin(statement),
                        });
                    }
                }
                Kind::NoResult {
                    reason,
                    label,
                    when,
                } => {
                    let when = self.condition(*when);
                    self.model.stops.push(Stop {
                        reason: reason.text.clone(),
                        label: label.as_ref().map(|label| label.text.clone()),
                        when: Some(when),
                        origin: self.origin(statement),
                    });
                }
                Kind::Result { naming, shape } => self.result(naming, shape, statement),
                Kind::Guarantee(guarantee) => {
                    if let Some(claim) = self.guarantee(guarantee) {
                        self.model.guarantees.push(Guarantee {
                            claim,
                            origin: self.origin(statement),
                        });
                    }
                }
                Kind::Example { label, body } => {
                    let label = label.as_ref().map(|label| label.text.clone());
                    self.example(label, body, statement.head);
                }
                Kind::Hole(_)
                | Kind::Source(_)
                | Kind::Effective { .. }
                | Kind::Assesses { .. }
                | Kind::OutOf(_)
                | Kind::Choice(_)
                | Kind::Input(_)
                | Kind::Let { .. }
                | Kind::Item(_)
                | Kind::Group(_)
                | Kind::Total { .. }
                | Kind::Table { .. }
                | Kind::Grade { .. }
                | Kind::Consequence { .. } => {}
                Kind::LetTable { .. }
                | Kind::LetMap { .. }
                | Kind::Each { .. }
                | Kind::Reading { .. }
                | Kind::Require { .. }
                | Kind::Extends(_)
                | Kind::EditionOf(_)
                | Kind::Indicator(_)
                | Kind::Procedure { .. } => {}
                Kind::Run { .. } | Kind::Carry { .. } | Kind::ProcedureStep(_) => {
                    self.misplaced(statement);
                }
                Kind::Line { .. }
                | Kind::Missing { .. }
                | Kind::Applies(_)
                | Kind::Covers { .. }
                | Kind::Weight { .. }
                | Kind::Row { .. }
                | Kind::Adjust { .. }
                | Kind::Given(_)
                | Kind::Expect(_) => self.misplaced(statement),
            }
        }
    }

    /// The name that a refusal gives for a field: the key of the input or figure, without a path.
    pub(super) fn field_key(&self, field: &syntax::Path) -> Option<String> {
        let called = match self.names.find(&joined(field)) {
            Some(Named::Input(id)) => self.model.input(id).map(|input| &input.called),
            Some(Named::Figure(id)) => self.model.figure(id).map(|figure| &figure.called),
            _ => None,
        };
        // The member of a row has a name inside its row only.
        let last = field.names.last()?;
        let member = || {
            let fields = self.model.records.iter().flat_map(|record| &record.fields);
            let mut keys = fields.filter(|field| field.called.name == last.text);
            keys.next().map(|field| field.called.key.clone())
        };
        let key = called.map(|called| called.key.clone()).or_else(member);
        key.or_else(|| Some(last.text.clone()))
    }

    pub(super) fn fault(&mut self, code: &syntax::Name) -> Option<Fault> {
        let fault = Fault::from_name(&code.text);
        if fault.is_none() {
            let text = &code.text;
            self.say(Diagnostic::new(
                &codes::UNKNOWN_FAULT,
                code.span,
                words!(
                    "`{text}` is no kind of fault; write missing, type, range, domain, division_by_zero or conflict",
                    "“{text}”不是拒收代码；请写 missing、type、range、domain、division_by_zero 或 conflict"
                ),
            ));
        }
        fault
    }

    fn result(
        &mut self,
        naming: &syntax::Naming,
        shape: &'a ResultShape,
        statement: &'a Statement,
    ) {
        let mut called_as = called(naming);
        let shape = match shape {
            ResultShape::Value(value) => Shape::One(self.expr(*value)),
            ResultShape::Figure => {
                let span = naming
                    .name
                    .as_ref()
                    .map_or(statement.head, |name| name.span);
                let (id, found) = self.value_named(&called_as.name, span);
                self.take_names(&mut called_as, found);
                Shape::One(id)
            }
            ResultShape::Fields(fields) => self.result_fields(naming, fields, statement),
            ResultShape::Each {
                binder,
                over,
                gives,
            } => {
                let span = statement.head;
                let over = self.expr_open(*over);
                let row = self.open_loop(over, Some(binder), span);
                let gives = match gives {
                    syntax::EachGives::Value(value) => EachShape::One(self.expr(*value)),
                    syntax::EachGives::Fields(fields) => {
                        EachShape::Fields(self.entries(fields, statement))
                    }
                };
                self.leave();
                Shape::Each {
                    row,
                    gives,
                    spread: false,
                }
            }
        };
        if self
            .model
            .results
            .iter()
            .any(|result| result.called.key == called_as.key)
        {
            let key = &called_as.key;
            self.say(Diagnostic::new(
                &codes::NAME_TAKEN,
                statement.head,
                words!("the result `{key}` is given twice", "结果“{key}”写了两次"),
            ));
        }
        self.model.results.push(Output {
            called: called_as,
            shape,
            origin: self.origin(statement),
        });
    }

    /// `result P1 { … }`; for the rows of a list of that name, one such result for each.
    fn result_fields(
        &mut self,
        naming: &syntax::Naming,
        fields: &'a [FieldEntry],
        statement: &'a Statement,
    ) -> Shape {
        let list = naming
            .name
            .as_ref()
            .and_then(|name| match self.names.find(&name.text) {
                Some(Named::Input(id)) => {
                    let of = self.model.input(id)?.of.clone();
                    matches!(of, Type::List(_)).then_some((id, of, name.span))
                }
                _ => None,
            });
        let Some((input, of, span)) = list else {
            return Shape::Fields(self.entries(fields, statement));
        };
        self.used.insert(input);
        let over = self.push(ExprKind::Rows(input, None), of, span);
        let row = self.open_loop(over, None, span);
        let gives = EachShape::Fields(self.entries(fields, statement));
        self.leave();
        Shape::Each {
            row,
            gives,
            spread: false,
        }
    }

    /// `result p { … }` inside `each p in a choice`: a result for each option.
    pub(super) fn row_result(
        &mut self,
        row: LoopId,
        naming: &syntax::Naming,
        shape: &'a ResultShape,
        statement: &'a Statement,
    ) {
        let binder = self.scopes.last().and_then(|scope| scope.binder.clone());
        let is_binder = binder.as_deref() == naming.name.as_ref().map(|name| name.text.as_str());
        let scale = match self.model.row(row).map(|row| row.over) {
            Some(Over::Scale(scale)) if is_binder => scale,
            _ => {
                self.misplaced(statement);
                return;
            }
        };
        // What comes out is read from the finished rows.
        let reading = self.push_loop(
            Over::Scale(scale),
            Type::Option(scale),
            row_record(self, row),
        );
        let inside = std::mem::take(&mut self.inside_each);
        self.enter_as(reading, binder);
        let gives = match shape {
            ResultShape::Value(value) => EachShape::One(self.expr(*value)),
            ResultShape::Fields(fields) => EachShape::Fields(self.entries(fields, statement)),
            ResultShape::Figure | ResultShape::Each { .. } => {
                self.leave();
                self.inside_each = inside;
                self.misplaced(statement);
                return;
            }
        };
        self.leave();
        self.inside_each = inside;
        self.model.results.push(Output {
            called: called(naming),
            shape: Shape::Each {
                row: reading,
                gives,
                spread: true,
            },
            origin: self.origin(statement),
        });
    }

    fn entries(&mut self, fields: &'a [FieldEntry], statement: &'a Statement) -> Vec<Entry> {
        let mut entries = Vec::new();
        for entry in fields {
            match entry {
                FieldEntry::One(naming, value) => {
                    let mut own = called(naming);
                    let id = match (value, &naming.name) {
                        (Some(value), _) => self.expr(*value),
                        (None, Some(name)) => {
                            let path = syntax::Path {
                                names: vec![name.clone()],
                            };
                            match self.scoped(&path, name.span) {
                                Some(id) => {
                                    self.take_member_names(&mut own, id);
                                    id
                                }
                                None => {
                                    let (id, found) = self.value_named(&own.name, name.span);
                                    self.take_names(&mut own, found);
                                    id
                                }
                            }
                        }
                        (None, None) => self.value_named(&own.name, statement.head).0,
                    };
                    entries.push(Entry::One(own, id));
                }
                FieldEntry::Per {
                    binder,
                    over,
                    value,
                } => {
                    let value = self.for_each((*value, binder), *over, None, statement.head);
                    match self.by_option(value) {
                        Some(scale) => entries.push(Entry::Per(scale, value)),
                        None if self.type_of(value) == Type::Unknown => {}
                        None => self.misplaced(statement),
                    }
                }
            }
        }
        entries
    }

    /// A member shows under its own key and label.
    fn take_member_names(&self, called: &mut Called, id: ExprId) {
        let Some(ExprKind::Member(row, field)) = self.model.expr(id).map(|expr| &expr.kind) else {
            return;
        };
        let own = row_record(self, *row)
            .and_then(|record| self.model.record(record))
            .and_then(|record| record.fields.get(*field as usize))
            .map(|field| &field.called);
        if let Some(own) = own {
            if called.key == called.name {
                called.key.clone_from(&own.key);
            }
            if called.label.is_none() {
                called.label.clone_from(&own.label);
            }
        }
    }

    /// `result x` shows the figure x under its own key and label.
    fn take_names(&self, called: &mut Called, found: Option<Named>) {
        let own = match found {
            Some(Named::Figure(id)) => self.model.figure(id).map(|figure| &figure.called),
            Some(Named::Input(id)) => self.model.input(id).map(|input| &input.called),
            _ => None,
        };
        if let Some(own) = own {
            if called.key == called.name {
                called.key.clone_from(&own.key);
            }
            if called.label.is_none() {
                called.label.clone_from(&own.label);
            }
        }
    }

    fn value_named(&mut self, name: &str, span: Span) -> (ExprId, Option<Named>) {
        let found = self.names.find(name);
        if let (None, Some(id)) = (found, self.result_named(name)) {
            return (id, Some(Named::Hole));
        }
        let (kind, of) = match found {
            Some(Named::Figure(id)) => (
                ExprKind::Figure(id),
                self.model
                    .figure(id)
                    .map_or(Type::Unknown, |f| f.of.clone()),
            ),
            Some(Named::Input(id)) => {
                self.used.insert(id);
                let of = self.model.input(id).map_or(Type::Unknown, Input::read_as);
                match of {
                    Type::List(_) => (ExprKind::Rows(id, None), of),
                    of => (ExprKind::Input(id), of),
                }
            }
            Some(Named::Hole) => (ExprKind::Unknown, Type::Unknown),
            _ => {
                self.unknown_name(name, span);
                (ExprKind::Unknown, Type::Unknown)
            }
        };
        (self.push(kind, of, span), found)
    }

    /// The value of a `result` line, which a claim may speak of.
    pub(super) fn result_named(&self, name: &str) -> Option<ExprId> {
        self.model
            .results
            .iter()
            .find_map(|result| match result.shape {
                Shape::One(id) if result.called.name == name => Some(id),
                Shape::One(_) | Shape::Fields(_) | Shape::Each { .. } => None,
            })
    }

    fn guarantee(&mut self, guarantee: &syntax::Guarantee) -> Option<Claim> {
        use syntax::Guarantee as G;
        Some(match guarantee {
            G::Within(figure, range) => {
                let figure = self.numeric(*figure);
                let of = self.type_of(figure);
                let mut bound = |bound: syntax::Bound| {
                    let at = self.numeric(bound.at);
                    let own = self.type_of(at);
                    if !matches!(own, Type::Literal { .. })
                        && let Err(clash) = own.join(&of)
                    {
                        let span = self.span_of(at);
                        self.clash(clash, figure, at, span);
                    } else if matches!(own, Type::Literal { .. })
                        && of == Type::Ratio
                        && self.constant(at).is_some_and(|at| at > Rational::ONE)
                    {
                        let span = self.span_of(at);
                        self.clash(Clash::RatioWithPlain, figure, at, span);
                    }
                    Bound {
                        at,
                        included: bound.included,
                    }
                };
                let low = range.low.map(&mut bound);
                let high = range.high.map(&mut bound);
                Claim::Within(figure, low, high)
            }
            G::Never {
                figure,
                direction,
                with,
            } => {
                let figure = self.figure_path(figure)?;
                let mut moved = Some(Vec::new());
                for path in with {
                    let own = self.inputs_named(std::slice::from_ref(path));
                    if let Some(own) = &own {
                        self.want_more_and_less(own, path_span(path));
                    }
                    moved = moved.zip(own).map(|(all, own)| [all, own].concat());
                }
                Claim::Never(figure, *direction, moved?)
            }
            G::NeverGainsByMissing { figure, missing } => {
                let figure = self.figure_path(figure)?;
                let missing = self.inputs_named(missing)?;
                Claim::NeverGainsByMissing(figure, missing)
            }
            G::EveryGradeReachable => Claim::EveryGradeReachable,
            G::Implies(a, b) => Claim::Implies(self.condition(*a), self.condition(*b)),
            G::Always(condition) => Claim::Always(self.condition(*condition)),
        })
    }

    fn figure_path(&mut self, path: &syntax::Path) -> Option<ExprId> {
        let name = joined(path);
        let (id, found) = self.value_named(&name, path_span(path));
        if found.is_some() {
            self.want_numeric(id);
        }
        found.map(|_| id)
    }

    /// There is more and less of a figure, an answer, and an option of a choice that is ordered.
    fn want_more_and_less(&mut self, inputs: &[InputId], span: Span) {
        for id in inputs {
            let Some(input) = self.model.input(*id) else {
                continue;
            };
            let of = match &input.of {
                Type::Map(_, element) | Type::List(element) => element.as_ref(),
                of => of,
            };
            let has_none = match of {
                Type::Option(scale) => self.model.scale(*scale).is_some_and(|own| !own.ordered),
                Type::Text => true,
                _ => false,
            };
            if has_none {
                let name = input.called.shown().to_owned();
                self.say(
                    Diagnostic::new(
                        &codes::TYPE_MISMATCH,
                        span,
                        words!(
                            "there is no more and less of {name}, so nothing rises or falls with it",
                            "“{name}”没有大小高低之分，谈不上随它升高或降低"
                        ),
                    )
                    .with_help(words!(
                        "where its options go from better to worse, declare the choice `best first`",
                        "各选项有优劣之分的，请在选项的声明里写“由优到劣”"
                    )),
                );
            }
        }
    }

    fn inputs_named(&mut self, paths: &[syntax::Path]) -> Option<Vec<InputId>> {
        let mut inputs = Vec::new();
        let mut all = true;
        for path in paths {
            let name = joined(path);
            match self.names.find(&name) {
                Some(Named::Input(id)) => inputs.push(id),
                Some(Named::Either(id)) => {
                    if let Some(either) = self.model.eithers.get(id.index()) {
                        inputs.extend(&either.inputs);
                    }
                }
                Some(Named::InputGroup) => {
                    let prefix = format!("{name}.");
                    let members = self
                        .model
                        .inputs
                        .iter()
                        .enumerate()
                        .filter_map(|(i, input)| {
                            let id = u32::try_from(i).ok()?;
                            input
                                .called
                                .name
                                .starts_with(&prefix)
                                .then_some(InputId(id))
                        });
                    inputs.extend(members);
                }
                Some(Named::Hole) => all = false,
                Some(
                    Named::Figure(_) | Named::RowFigure(_) | Named::Scale(_) | Named::Table(_),
                ) => {
                    all = false;
                    self.say(Diagnostic::new(
                        &codes::NOT_AN_INPUT,
                        path_span(path),
                        words!(
                            "`{name}` is no input; a guarantee says how a figure moves with what data holds",
                            "“{name}”不是输入；保证说的是结果随输入数据怎样变化"
                        ),
                    ));
                }
                None => {
                    all = false;
                    self.unknown_name(&name, path_span(path));
                }
            }
        }
        all.then_some(inputs)
    }

    fn example(&mut self, label: Option<String>, body: &'a syntax::Block, span: Span) {
        let mut given = Subject::default();
        let mut expect = Vec::new();
        for statement in &body.statements {
            match &statement.kind {
                Kind::Given(assignments) => {
                    for assignment in assignments {
                        self.assign(&mut given, assignment);
                    }
                }
                Kind::Expect(Expectation::Figures(assignments)) => {
                    for assignment in assignments {
                        let path: Vec<String> = assignment
                            .target
                            .names
                            .iter()
                            .map(|name| name.text.clone())
                            .collect();
                        let span = path_span(&assignment.target);
                        match self.expected(assignment.value) {
                            Ok(value) => expect.push(Expected::Figure(path, value, span)),
                            Err(at) => self.bad_datum(at),
                        }
                    }
                }
                Kind::Expect(Expectation::NoResult(reason)) => {
                    if !self
                        .model
                        .stops
                        .iter()
                        .any(|stop| stop.reason == reason.text)
                        && !self.stop_is_written(&reason.text)
                    {
                        let text = &reason.text;
                        self.say(Diagnostic::new(
                            &codes::UNKNOWN_NAME,
                            reason.span,
                            words!(
                                "no line gives `no result {text}`",
                                "没有哪一行写着“不出具结果 {text}”"
                            ),
                        ));
                    }
                    expect.push(Expected::NoResult(reason.text.clone(), statement.span));
                }
                Kind::Expect(Expectation::Refused { code, field }) => {
                    let fault = self.fault(code);
                    if let (Some(fault), Some(field)) = (fault, self.field_key(field)) {
                        expect.push(Expected::Refused(fault, field, statement.span));
                    }
                }
                Kind::Hole(_) => {}
                _ => self.misplaced(statement),
            }
        }
        self.model.examples.push(Example {
            label,
            given,
            expect,
            span,
        });
    }

    /// Whether a `no result` line with this reason is written further down.
    fn stop_is_written(&self, reason: &str) -> bool {
        self.tree.scheme.body.statements.iter().any(
            |statement| matches!(&statement.kind, Kind::NoResult { reason: own, .. } if own.text == reason),
        )
    }

    fn assign(&mut self, subject: &mut Subject, assignment: &syntax::Assignment) {
        let names = &assignment.target.names;
        let full = joined(&assignment.target);
        if self.names.find(&full).is_none() && !self.is_map_key(names) {
            let span = path_span(&assignment.target);
            let known = self
                .model
                .inputs
                .iter()
                .flat_map(|input| [input.called.name.as_str(), input.called.key.as_str()]);
            if !self
                .model
                .inputs
                .iter()
                .any(|input| input.called.key == full)
            {
                let near = nearest(&full, known).map(str::to_owned);
                let mut diagnostic = Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    span,
                    words!("`{full}` is no input", "“{full}”不是输入"),
                );
                if let Some(near) = near {
                    diagnostic = diagnostic
                        .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
                        .with_fix(span, near);
                }
                self.say(diagnostic);
            }
            // An unknown key of a group is data like any other: the example may show its refusal.
            if names.len() == 1 {
                return;
            }
        }
        let value = match self.datum(assignment.value) {
            Ok(value) => value,
            Err(at) => {
                self.bad_datum(at);
                return;
            }
        };
        let Some((last, outer)) = names.split_last() else {
            return;
        };
        let mut at = &mut subject.values;
        for name in outer {
            let inner = at
                .entry(name.text.clone())
                .or_insert_with(|| Given::Map(IndexMap::new()));
            match inner {
                Given::Map(map) => at = map,
                _ => return,
            }
        }
        at.insert(last.text.clone(), value);
    }

    /// Whether a path names a key of a map, or a member that a group does not have.
    fn is_map_key(&self, names: &[syntax::Name]) -> bool {
        let Some((_, outer)) = names.split_last() else {
            return false;
        };
        let outer: Vec<&str> = outer.iter().map(|name| name.text.as_str()).collect();
        match self.names.find(&outer.join(".")) {
            Some(Named::Input(id)) => self
                .model
                .input(id)
                .is_some_and(|input| matches!(input.of, Type::Map(..))),
            _ => false,
        }
    }

    fn bad_datum(&mut self, at: Span) {
        self.say(Diagnostic::new(
            &codes::EXAMPLE_NOT_DATA,
            at,
            words!(
                "an example holds plain data: a figure, yes or no, an option, text in quotes, a list or a map",
                "算例里只能写数据：数值、是/否、选项、引号文字、列表或花括号数据"
            ),
        ));
    }

    /// The data that an example gives. Expressions nest at most as deep as the limit on them.
    fn datum(&self, id: syntax::ExprId) -> Result<Given, Span> {
        let Some(expr) = self.tree.exprs.get(id.0 as usize) else {
            return Err(Span::default());
        };
        Ok(match &expr.kind {
            syntax::ExprKind::Quantity(quantity) => match quantity_value(quantity) {
                (seconds, Type::Duration) => {
                    Given::Text(crate::calendar::show_duration(&seconds, Language::English))
                }
                (value, _) => Given::Number(value.to_string()),
            },
            syntax::ExprKind::Unary(UnaryOp::Minus, inner) => match self.datum(*inner)? {
                Given::Number(digits) => Given::Number(format!("-{digits}")),
                _ => return Err(expr.span),
            },
            syntax::ExprKind::Flag(flag) => Given::Flag(*flag),
            syntax::ExprKind::Path(path) => Given::Text(joined(path)),
            syntax::ExprKind::Quoted(quoted) => Given::Text(quoted.text.clone()),
            syntax::ExprKind::Date(date) => Given::Text(date.day.to_string()),
            syntax::ExprKind::Time(time) => Given::Text(crate::calendar::show_time(time.at)),
            syntax::ExprKind::NoValue => Given::Nothing,
            syntax::ExprKind::List(list) => Given::List(
                list.iter()
                    .map(|element| self.datum(*element))
                    .collect::<Result<_, _>>()?,
            ),
            syntax::ExprKind::Map(entries) => {
                let mut map = IndexMap::new();
                for (name, value) in entries {
                    map.insert(name.text.clone(), self.datum(*value)?);
                }
                Given::Map(map)
            }
            _ => return Err(expr.span),
        })
    }

    /// The value that an example expects; `None` is no value.
    fn expected(&self, id: syntax::ExprId) -> Result<Option<ExpectedValue>, Span> {
        let Some(expr) = self.tree.exprs.get(id.0 as usize) else {
            return Err(Span::default());
        };
        let number = |id: syntax::ExprId| match self.expected(id)? {
            Some(ExpectedValue::Number(value)) => Ok(value),
            _ => Err(expr.span),
        };
        Ok(Some(match &expr.kind {
            syntax::ExprKind::NoValue => return Ok(None),
            syntax::ExprKind::Quantity(quantity) => {
                ExpectedValue::Number(quantity_value(quantity).0)
            }
            syntax::ExprKind::Unary(UnaryOp::Minus, inner) => {
                ExpectedValue::Number(-number(*inner)?)
            }
            syntax::ExprKind::Binary(BinaryOp::Over, a, b) => {
                let (a, b) = (number(*a)?, number(*b)?);
                ExpectedValue::Number(a.checked_div(&b).map_err(|_| expr.span)?)
            }
            syntax::ExprKind::Flag(flag) => ExpectedValue::Flag(*flag),
            syntax::ExprKind::Path(path) => ExpectedValue::Text(joined(path)),
            syntax::ExprKind::Quoted(quoted) => ExpectedValue::Text(quoted.text.clone()),
            syntax::ExprKind::Date(date) => ExpectedValue::Text(date.day.to_string()),
            syntax::ExprKind::Time(time) => {
                ExpectedValue::Text(crate::calendar::show_time(time.at))
            }
            syntax::ExprKind::Map(entries) => ExpectedValue::Fields(
                entries
                    .iter()
                    .map(|(name, value)| Ok((name.text.clone(), self.expected(*value)?)))
                    .collect::<Result<_, Span>>()?,
            ),
            syntax::ExprKind::List(list) => ExpectedValue::List(
                list.iter()
                    .map(|element| self.expected(*element))
                    .collect::<Result<_, _>>()?,
            ),
            _ => return Err(expr.span),
        }))
    }
}
