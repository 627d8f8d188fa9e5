//! Inputs and parameters: what data holds, of which type, in which range, and when it is asked.
//!
//! Inputs are understood in written order, and an input's name is declared once its own clauses
//! are understood: a default, a bound or an `only when` can read earlier inputs only.

use super::codes;
use super::expressions::quantity_value;
use super::expressions::{joined, path_span};
use super::from_syntax::{Builder, called};
use super::names::Named;
use super::rows::Source;
use super::types::Type;
use super::{
    Bound, Called, Either, EitherId, ExprKind, Field, Input, InputId, LoopId, Origin, Over,
    RecordId, ScaleId,
};
use crate::diagnostic::Diagnostic;
use crate::input::{FieldShape, FieldType, InputField};
use crate::number::Rational;
use crate::syntax::{self, BaseType, Block, InputShape, Kind, MapKeys, Naming, Statement};
use crate::text::{Span, words};

/// Where a member stands: the names, and the keys that data nests, around it.
#[derive(Clone, Default)]
struct Around {
    names: Vec<String>,
    path: Vec<String>,
    either: Option<EitherId>,
    parameter: bool,
    /// Where the innermost group assumes something, for the members that say nothing themselves.
    assumes: Option<Origin>,
}

impl<'a> Builder<'a> {
    pub(super) fn inputs(&mut self, statements: &[&'a Statement]) {
        let mut fields = Vec::new();
        for statement in statements {
            if let Kind::Input(input) = &statement.kind {
                let around = Around {
                    parameter: input.parameter,
                    ..Around::default()
                };
                self.input(input, statement, &around, &mut fields);
            }
        }
        self.model.fields = fields;
    }

    /// Understands one input statement. It calls itself for the members of groups, which nest at
    /// most as deep as the limit on blocks allows.
    fn input(
        &mut self,
        input: &'a syntax::Input,
        statement: &'a Statement,
        around: &Around,
        fields: &mut Vec<InputField>,
    ) {
        for naming in &input.names {
            let own = called(naming);
            let span = naming
                .name
                .as_ref()
                .map_or(statement.head, |name| name.span);
            let full = full_name(around, &own.name);
            match &input.shape {
                InputShape::Field(field) => {
                    let id = self.field(field, naming, statement, around);
                    fields.push(self.described(id, &own, around.parameter));
                    self.declare(&full, Named::Input(id), span);
                }
                InputShape::Group(block) => {
                    self.declare(&full, Named::InputGroup, span);
                    let mut inner = around.clone();
                    inner.names.push(own.name.clone());
                    inner.path.push(own.key.clone());
                    inner.either = None;
                    inner.assumes = Some(self.origin(statement))
                        .filter(|origin| origin.assumed.is_some())
                        .or(inner.assumes);
                    let members = self.member_fields(block, &inner);
                    fields.push(InputField {
                        key: own.key,
                        name: own.name,
                        label: own.label,
                        parameter: around.parameter,
                        shape: FieldShape::Group(members),
                    });
                }
                InputShape::Either(block) => {
                    let id = EitherId::next(&self.model.eithers);
                    self.model.eithers.push(Either {
                        called: own.clone(),
                        inputs: Vec::new(),
                        origin: self.origin(statement),
                    });
                    let mut inner = around.clone();
                    inner.either = Some(id);
                    let members = self.member_fields(block, &inner);
                    self.declare(&full, Named::Either(id), span);
                    fields.push(InputField {
                        key: own.key,
                        name: own.name,
                        label: own.label,
                        parameter: around.parameter,
                        shape: FieldShape::Either(members),
                    });
                }
            }
        }
    }

    fn member_fields(&mut self, block: &'a Block, around: &Around) -> Vec<InputField> {
        let mut fields = Vec::new();
        for statement in &block.statements {
            match &statement.kind {
                Kind::Input(input) => self.input(input, statement, around, &mut fields),
                Kind::Hole(hole) => {
                    for name in &hole.declares {
                        let full = full_name(around, &name.text);
                        self.declare(&full, Named::Hole, name.span);
                    }
                }
                _ => {}
            }
        }
        fields
    }

    fn field(
        &mut self,
        field: &'a syntax::Field,
        naming: &Naming,
        statement: &'a Statement,
        around: &Around,
    ) -> InputId {
        let input = self.asked(field, naming, statement, around);
        let id = InputId::next(&self.model.inputs);
        if let Type::List(element) = &input.of
            && let Type::Record(record) = element.as_ref()
        {
            self.records_of.insert(Source::Input(id), *record);
        }
        self.model.inputs.push(input);
        if let Some(either) = around
            .either
            .and_then(|either| self.model.eithers.get_mut(either.index()))
        {
            either.inputs.push(id);
        }
        id
    }

    /// What one input or member asks for.
    fn asked(
        &mut self,
        field: &'a syntax::Field,
        naming: &Naming,
        statement: &'a Statement,
        around: &Around,
    ) -> Input {
        let own = called(naming);
        let of = self.field_type(&field.of, &own);
        let element = element(&of).clone();
        let (low, high) = match &field.of.range {
            Some(range) => {
                if !element.is_ordered() {
                    self.say(Diagnostic::new(
                        &codes::TYPE_MISMATCH,
                        range.span,
                        words!("only figures have a range", "只有数值才有范围"),
                    ));
                }
                let low = range.low.map(|bound| self.bound(bound, &element));
                let high = range.high.map(|bound| self.bound(bound, &element));
                self.range_not_empty(low.as_ref(), high.as_ref(), range.span);
                (low, high)
            }
            None => (None, None),
        };
        let only_when = field.only_when.map(|when| self.condition(when));
        let default = field.default.map(|value| self.default(value, &of));
        let step = field.step.as_ref().and_then(|step| {
            let (value, _) = quantity_value(step);
            if value > Rational::ZERO {
                return Some(value);
            }
            self.say(Diagnostic::new(
                &codes::EMPTY_RANGE,
                step.span,
                words!("a step is greater than zero", "步长须大于零"),
            ));
            None
        });
        if field.several_averaged
            && (field.of.list || field.of.per.is_some() || !element.is_numeric())
        {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                field.of.span,
                words!(
                    "`several are averaged` belongs to one figure",
                    "“多个取平均”只用于单个数值"
                ),
            ));
        }
        if field.better.is_some() && !element.is_numeric() {
            let (en, zh) = element.words();
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                field.of.span,
                words!(
                    "this is {en}: neither lower nor higher is better",
                    "这是{zh}，谈不上越低或越高越好"
                ),
            ));
        }
        let order = field
            .in_order
            .as_ref()
            .map(|order| self.ordered_by(order, &of));
        let mut path = around.path.clone();
        path.push(own.key.clone());
        Input {
            called: Called {
                name: full_name(around, &own.name),
                key: own.key,
                label: own.label,
            },
            path,
            of,
            low,
            high,
            step,
            default,
            optional: field.optional,
            only_when,
            averaged: field.several_averaged,
            summing_to: field
                .of
                .per
                .as_ref()
                .and_then(|per| per.summing_to.as_ref())
                .map(|sum| quantity_value(sum).0),
            better: field.better,
            parameter: around.parameter,
            either: around.either,
            origin: match (&around.assumes, self.origin(statement)) {
                (Some(assumes), own) if own.assumed.is_none() => Origin {
                    assumed: assumes.assumed.clone(),
                    article: assumes.article.clone(),
                    ..own
                },
                (_, own) => own,
            },
            order: order.flatten(),
            keys_in_order: field.of.per.as_ref().is_some_and(|per| per.in_order),
        }
    }

    /// The member by which rows are put in order.
    fn ordered_by(&mut self, order: &syntax::InOrder, of: &Type) -> Option<u32> {
        let syntax::InOrder::By(path) = order else {
            return None;
        };
        let span = path_span(path);
        let record = match of {
            Type::List(element) => match element.as_ref() {
                Type::Record(record) => Some(*record),
                _ => None,
            },
            _ => None,
        };
        let name = joined(path);
        let found = record.and_then(|record| {
            let fields = &self.model.record(record)?.fields;
            let index = fields.iter().position(|field| field.called.name == name)?;
            u32::try_from(index).ok()
        });
        if found.is_none() {
            self.unknown_member(&name, record, span);
        }
        found
    }

    fn field_type(&mut self, of: &'a syntax::Type, own: &Called) -> Type {
        let base = self.base_type(&of.base);
        let keyed = match &of.per {
            None => base,
            Some(key) => {
                let scale = match &key.keys {
                    MapKeys::Choice(name) => self.scale_named(name),
                    MapKeys::Listed(options) => Some(self.push_scale(
                        own.clone(),
                        options.iter().map(|option| called(&option.naming)),
                        false,
                        of.span,
                    )),
                    MapKeys::Text => {
                        return self.as_list(of, Type::Named(Box::new(base)));
                    }
                };
                scale.map_or(Type::Unknown, |scale| Type::Map(scale, Box::new(base)))
            }
        };
        self.as_list(of, keyed)
    }

    fn as_list(&self, of: &syntax::Type, element: Type) -> Type {
        if of.list {
            Type::List(Box::new(element))
        } else {
            element
        }
    }

    /// The type of one figure or row.
    pub(super) fn base_type(&mut self, base: &'a BaseType) -> Type {
        match base {
            BaseType::Count => Type::Count,
            BaseType::Number => Type::Number,
            BaseType::Points => Type::Points,
            BaseType::Ratio => Type::Ratio,
            BaseType::Money => Type::Money,
            BaseType::Flag => Type::Flag,
            BaseType::Text => Type::Text,
            BaseType::Date => Type::Date,
            BaseType::Time => Type::Time,
            BaseType::Duration => Type::Duration,
            BaseType::Named(name) => self.scale_named(name).map_or(Type::Unknown, Type::Option),
            BaseType::Record(block) => {
                let (record, row) = self.open_record();
                self.members(record, block, None);
                self.close_record(row)
            }
            BaseType::OneOf { tag, kinds } => {
                let tag = called(tag);
                let scale = self.push_scale(
                    tag.clone(),
                    kinds.iter().map(|(naming, _)| called(naming)),
                    false,
                    kinds
                        .first()
                        .map_or(Span::default(), |(_, block)| block.span),
                );
                let (record, row) = self.open_record();
                if let Some(of) = self.model.records.get_mut(record.index()) {
                    of.kinds = Some(scale);
                    of.fields.push(Field {
                        given: Some(Input::plain(tag.clone(), Type::Option(scale))),
                        called: tag,
                        of: Type::Option(scale),
                        each: None,
                        kind: None,
                        unique: false,
                    });
                }
                for (kind, (_, block)) in kinds.iter().enumerate() {
                    self.members(record, block, u32::try_from(kind).ok());
                }
                self.close_record(row)
            }
            BaseType::ResultOf(slug) => self.child(slug),
        }
    }

    /// A record and the loop in which the ranges and defaults of its members are read.
    fn open_record(&mut self) -> (RecordId, LoopId) {
        let row = self.push_loop(Over::Given, Type::Unknown, None);
        let record = self.push_record(row);
        if let Some(of) = self.model.loops.get_mut(row.index()) {
            of.element = Type::Record(record);
            of.record = Some(record);
        }
        self.enter_as(row, None);
        (record, row)
    }

    fn close_record(&mut self, row: LoopId) -> Type {
        self.leave();
        self.model
            .row(row)
            .map_or(Type::Unknown, |row| row.element.clone())
    }

    /// The members of a row, in written order: each may use those before it.
    fn members(&mut self, record: RecordId, block: &'a Block, kind: Option<u32>) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.kind = kind;
        }
        for statement in &block.statements {
            let Kind::Input(input) = &statement.kind else {
                if !matches!(statement.kind, Kind::Hole(_)) {
                    self.misplaced(statement);
                }
                continue;
            };
            let InputShape::Field(field) = &input.shape else {
                self.misplaced(statement);
                continue;
            };
            for naming in &input.names {
                let own = called(naming);
                let taken = self.model.record(record).is_some_and(|record| {
                    record
                        .fields
                        .iter()
                        .any(|field| field.called.name == own.name && field.kind == kind)
                });
                if taken {
                    let name = &own.name;
                    self.say(Diagnostic::new(
                        &codes::NAME_TAKEN,
                        statement.head,
                        words!("`{name}` is declared twice", "“{name}”声明了两次"),
                    ));
                }
                let asked = self.asked(field, naming, statement, &Around::default());
                if let Some(of) = self.model.records.get_mut(record.index()) {
                    of.fields.push(Field {
                        called: own,
                        of: asked.of.clone(),
                        given: Some(asked),
                        each: None,
                        kind,
                        unique: field.unique,
                    });
                }
            }
        }
    }

    pub(super) fn scale_named(&mut self, name: &syntax::Name) -> Option<ScaleId> {
        match self.names.find(&name.text) {
            Some(Named::Scale(id)) => Some(id),
            Some(Named::Hole) => None,
            _ => {
                let text = &name.text;
                let mut diagnostic = Diagnostic::new(
                    &codes::UNKNOWN_NAME,
                    name.span,
                    words!(
                        "there is no type or choice `{text}`",
                        "没有名为“{text}”的类型或选项"
                    ),
                );
                let known = [
                    "count", "number", "points", "ratio", "money", "flag", "text",
                ];
                if let Some(near) =
                    super::names::nearest(text, known).or_else(|| self.names.nearest(text))
                {
                    diagnostic = diagnostic
                        .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
                        .with_fix(name.span, near);
                } else {
                    diagnostic = diagnostic.with_help(words!(
                        "types are count, number, points, ratio, money, flag, text, and the choices of the scheme",
                        "类型有：次数、数值、分值、比率、金额、是否、文本，以及方案里的“选项”"
                    ));
                }
                self.say(diagnostic);
                None
            }
        }
    }

    fn bound(&mut self, bound: syntax::Bound, of: &Type) -> Bound {
        let at = self.expr(bound.at);
        if !matches!(of, Type::Date | Type::Time) {
            self.want_numeric(at);
        }
        let found = self.type_of(at);
        // A bare literal bounds any figure, money and ratios included.
        if !matches!(found, Type::Literal { .. })
            && let Err(clash) = found.join(of)
        {
            let span = self.span_of(at);
            self.clash(clash, at, at, span);
        }
        Bound {
            at,
            included: bound.included,
        }
    }

    fn range_not_empty(&mut self, low: Option<&Bound>, high: Option<&Bound>, span: Span) {
        let (Some(low), Some(high)) = (low, high) else {
            return;
        };
        let (Some(a), Some(b)) = (self.constant(low.at), self.constant(high.at)) else {
            return;
        };
        if a > b || (a == b && !(low.included && high.included)) {
            self.say(Diagnostic::new(
                &codes::EMPTY_RANGE,
                span,
                words!(
                    "no value lies between {a} and {b}",
                    "{a} 到 {b} 之间没有任何值"
                ),
            ));
        }
    }

    /// `[]` for a list, `{}` for the names that data gives.
    fn nothing(&self, value: syntax::ExprId, of: &Type) -> Option<ExprKind> {
        match (&self.tree.exprs.get(value.0 as usize)?.kind, of) {
            (syntax::ExprKind::List(list), Type::List(_)) if list.is_empty() => {
                Some(ExprKind::List(Vec::new()))
            }
            (syntax::ExprKind::Map(entries), Type::Named(_)) if entries.is_empty() => {
                Some(ExprKind::EmptyMap)
            }
            _ => None,
        }
    }

    fn default(&mut self, value: syntax::ExprId, of: &Type) -> super::ExprId {
        let wanted = match of {
            Type::Map(_, value) => value.as_ref(),
            other => other,
        };
        if let Some(nothing) = self.nothing(value, of) {
            return self.push(nothing, of.clone(), Span::default());
        }
        let braces = self.tree.exprs.get(value.0 as usize);
        if let Some(braces) = braces.filter(|one| matches!(one.kind, syntax::ExprKind::Map(_)))
            && !matches!(of, Type::Named(_))
        {
            let (en, zh) = match of {
                Type::List(_) => (
                    "nothing in a list is written `[]`",
                    "没有任何一行时，默认值请写 []",
                ),
                _ => (
                    "a default is one figure, for a map the one of every key: `= 0`",
                    "默认值是一个数；按选项填报的，是每一项的默认值，如 = 0",
                ),
            };
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                braces.span,
                words!("{en}", "{zh}"),
            ));
            return self.push(ExprKind::Unknown, Type::Unknown, braces.span);
        }
        if let Type::Option(scale) = wanted {
            return self.expr_option(value, *scale);
        }
        let id = self.expr(value);
        if let Type::Named(_) = of {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                self.span_of(id),
                words!(
                    "data gives the names here, so a default can only be no names: write `{{}}`",
                    "此处的名称由数据给出，默认值只能是一项也没有，请写 {{}}"
                ),
            ));
            return id;
        }
        let found = self.type_of(id);
        let no_count = |value: &Rational| value.is_negative() || !value.is_integer();
        if *wanted == Type::Count
            && let Some(value) = self.constant(id).filter(no_count)
        {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                self.span_of(id),
                words!(
                    "the default is {value}, and the input is a count: a whole number, not below 0",
                    "默认值是 {value}，而输入是次数：应是不小于 0 的整数"
                ),
            ));
            return id;
        }
        let bare = matches!(found, Type::Literal { .. }) && wanted.is_numeric();
        let fits = bare
            || match (&found, wanted) {
                (Type::Flag, Type::Flag) | (Type::Text, Type::Text) => true,
                (found, wanted) => found.join(wanted).is_ok(),
            };
        if !fits {
            let ((found_en, found_zh), (en, zh)) = (found.words(), wanted.words());
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                self.span_of(id),
                words!(
                    "the default is {found_en}, the input is {en}",
                    "默认值是{found_zh}，而输入是{zh}"
                ),
            ));
        }
        id
    }

    /// The value of an expression that is a literal figure.
    pub(super) fn constant(&self, id: super::ExprId) -> Option<Rational> {
        self.model.constant(id)
    }

    fn described(&self, id: InputId, own: &Called, parameter: bool) -> InputField {
        let shape = match self.model.input(id) {
            Some(asked) => self.described_asked(&asked.of, asked),
            None => self.described_shape(&Type::Unknown, false),
        };
        InputField {
            key: own.key.clone(),
            name: own.name.clone(),
            label: own.label.clone(),
            parameter,
            shape,
        }
    }

    /// What data may give for an input: where several are averaged, one figure is a list of one.
    fn described_asked(&self, of: &Type, asked: &Input) -> FieldShape {
        let shape = self.described_shape(of, asked.keys_in_order);
        if asked.averaged {
            FieldShape::List(Box::new(shape))
        } else {
            shape
        }
    }

    fn described_shape(&self, of: &Type, in_order: bool) -> FieldShape {
        match of {
            // Rows nest three deep at most.
            Type::List(element) => {
                FieldShape::List(Box::new(self.described_shape(element, in_order)))
            }
            Type::Map(scale, value) => FieldShape::Map {
                keys: self.described_options(*scale),
                value: self.described_type(value),
                in_order,
            },
            Type::Named(value) => FieldShape::Named(self.described_type(value)),
            Type::Record(record) => self.described_record(*record),
            other => FieldShape::One(self.described_type(other)),
        }
    }

    fn described_record(&self, record: RecordId) -> FieldShape {
        let Some(record) = self.model.record(record) else {
            return FieldShape::Group(Vec::new());
        };
        if let Some(child) = record.child
            && let Some(scheme) = self.model.children.get(child)
        {
            let mut members = scheme.inputs().to_vec();
            members.extend(super::subject_of(scheme).map(|subject| InputField {
                key: subject.key.clone(),
                name: subject.name.clone(),
                label: subject.label.clone(),
                parameter: false,
                shape: FieldShape::One(self.described_type(&Type::Text)),
            }));
            return FieldShape::Group(members);
        }
        let members = |kind: Option<u32>| -> Vec<InputField> {
            record
                .fields
                .iter()
                .filter(|field| field.kind == kind)
                .filter_map(|field| {
                    let asked = field.given.as_ref()?;
                    Some(InputField {
                        key: field.called.key.clone(),
                        name: field.called.name.clone(),
                        label: field.called.label.clone(),
                        parameter: false,
                        shape: self.described_asked(&field.of, asked),
                    })
                })
                .collect()
        };
        let Some(scale) = record.kinds else {
            return FieldShape::Group(members(None));
        };
        let count = self
            .model
            .scale(scale)
            .map_or(0, |scale| scale.options.len());
        let kinds = (0..count)
            .map(|kind| members(u32::try_from(kind).ok()))
            .collect();
        match members(None).into_iter().next() {
            Some(tag) => FieldShape::OneOf {
                tag: Box::new(tag),
                kinds,
            },
            None => FieldShape::Group(Vec::new()),
        }
    }

    fn described_type(&self, of: &Type) -> FieldType {
        match of {
            Type::Count => FieldType::Count,
            Type::Money => FieldType::Money,
            Type::Flag => FieldType::Flag,
            Type::Text => FieldType::Text,
            Type::Date => FieldType::Date,
            Type::Time => FieldType::Time,
            Type::Duration => FieldType::Duration,
            Type::Option(scale) => FieldType::Option(self.described_options(*scale)),
            Type::Unknown
            | Type::Nothing
            | Type::Literal { .. }
            | Type::Number
            | Type::Points
            | Type::Ratio
            | Type::Months
            | Type::Irrational
            | Type::List(_)
            | Type::Map(..)
            | Type::Named(_)
            | Type::Record(_)
            | Type::Either(_) => FieldType::Figure,
        }
    }

    fn described_options(&self, scale: ScaleId) -> Vec<(String, Option<String>)> {
        self.model
            .scale(scale)
            .map(|scale| {
                scale
                    .options
                    .iter()
                    .map(|option| (option.key.clone(), option.label.clone()))
                    .collect()
            })
            .unwrap_or_default()
    }
}

fn full_name(around: &Around, name: &str) -> String {
    let mut names = around.names.clone();
    names.push(name.to_owned());
    names.join(".")
}

/// The type of one figure of a list or map.
fn element(of: &Type) -> &Type {
    match of {
        Type::List(element) | Type::Map(_, element) | Type::Named(element) => {
            match element.as_ref() {
                Type::List(inner) | Type::Map(_, inner) | Type::Named(inner) => inner,
                other => other,
            }
        }
        other => other,
    }
}
