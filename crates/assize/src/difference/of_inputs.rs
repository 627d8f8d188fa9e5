//! What a scheme says of itself, of its choices, and of what it asks for.

use super::outline::{Fact, List, Said, Teller};
use super::{Aspect, Construct};
use crate::model::{Bound, Called, Input, Origin, Record, RecordId, Type};
use crate::syntax::{Kind, Period, Statement};
use crate::text::{Words, words};

impl Teller<'_> {
    pub(super) fn head(&mut self) {
        let model = self.model;
        let statements = &self.tree.scheme.body.statements;
        let place = |wanted: fn(&Kind) -> bool| {
            let statement = statements.iter().find(|statement| wanted(&statement.kind));
            statement.map(origin_of).unwrap_or_default()
        };
        let slug = &self.tree.scheme.slug;
        let origin = Origin {
            span: slug.span,
            ..Origin::default()
        };
        let thing = self.thing(
            Construct::Scheme,
            &model.slug,
            model.title.as_ref(),
            &origin,
        );
        // There is one, whatever it is called.
        "scheme".clone_into(&mut thing.id);
        self.told(Aspect::Name, Some(&model.slug), origin.clone());
        self.told(Aspect::Title, model.title.as_ref(), origin);
        self.told(
            Aspect::Source,
            model.source.as_ref(),
            place(|kind| matches!(kind, Kind::Source(_))),
        );
        self.told(
            Aspect::Edition,
            model.edition_of.as_ref(),
            place(|kind| matches!(kind, Kind::EditionOf(_))),
        );
        if let Some((first, last)) = model.effective {
            let words = match last {
                None => words!("from {first}", "自 {first} 起"),
                Some(last) => words!("from {first} until {last}", "自 {first} 起，至 {last}"),
            };
            self.one(Aspect::InForce, format!("{first} {last:?}"), words);
            self.rests_on(place(|kind| matches!(kind, Kind::Effective { .. })));
        }
        if let Some(subject) = &model.subject {
            let assessed = place(|kind| matches!(kind, Kind::Assesses { .. }));
            let (name, shown) = (&subject.key, subject.shown());
            self.one(
                Aspect::Assessed,
                format!("{name} {shown}"),
                words!("{shown} ({name})", "{shown}（{name}）"),
            );
            self.rests_on(assessed.clone());
            if let Some(every) = model.period {
                self.one(Aspect::Every, period(every).en, period(every));
                self.rests_on(assessed);
            }
        }
        if let Some(marks) = &model.out_of {
            self.marks(&marks.value);
            self.rests_on(place(|kind| matches!(kind, Kind::OutOf(_))));
        }
    }

    /// A text of which there is one, if there is one.
    fn told(&mut self, aspect: Aspect, text: Option<&String>, origin: Origin) {
        if let Some(text) = text {
            self.one(aspect, text, words!("{text}", "{text}"));
            self.rests_on(origin);
        }
    }

    /// Says where the fact that was told last comes from.
    pub(super) fn rests_on(&mut self, origin: Origin) {
        let facts = self.things.last_mut().map(|thing| &mut thing.facts);
        if let Some(fact) = facts.and_then(|facts| facts.last_mut()) {
            fact.origin = origin;
        }
    }

    pub(super) fn marks(&mut self, marks: &crate::number::Rational) {
        self.one(
            Aspect::FullMarks,
            marks,
            words!("{marks} points", "{marks}分"),
        );
    }

    pub(super) fn label(&mut self, label: Option<&String>) {
        if let Some(label) = label {
            self.one(Aspect::Label, label, words!("{label}", "{label}"));
        }
    }

    pub(super) fn choices(&mut self) {
        let model = self.model;
        let declared = self.keys.declared.clone();
        for scale in declared.iter().filter_map(|scale| model.scale(*scale)) {
            let statements = self.tree.scheme.body.statements.iter();
            let origin = statements
                .filter(|statement| statement.span == scale.span)
                .map(origin_of)
                .next();
            let (called, origin) = (&scale.called, origin.unwrap_or_default());
            self.thing(
                Construct::Choice,
                &called.key,
                called.label.as_ref(),
                &origin,
            );
            if scale.ordered {
                self.one(Aspect::BestFirst, "", words!("best first", "由优到劣"));
            }
            let list = if scale.ordered {
                List::Ordered(Aspect::Option)
            } else {
                List::Among(Aspect::Option)
            };
            for option in &scale.options {
                self.push(option_fact(option, list));
            }
        }
    }

    pub(super) fn inputs(&mut self) {
        let model = self.model;
        for either in &model.eithers {
            let called = &either.called;
            self.thing(
                Construct::Either,
                &called.name,
                called.label.as_ref(),
                &either.origin,
            );
        }
        for input in &model.inputs {
            let what = if input.parameter {
                Construct::Parameter
            } else {
                Construct::Input
            };
            let name = input.path.join(".");
            self.thing(what, &name, input.called.label.as_ref(), &input.origin);
            self.kind(what);
            self.asked(input);
            if let Some(record) = record_of(&input.of) {
                self.members(&name, record);
            }
        }
    }

    /// What a thing is, where its name may stand for another kind in the other scheme.
    pub(super) fn kind(&mut self, what: Construct) {
        let Words { en, zh } = what.words();
        self.one(Aspect::Kind, &en, words!("{en}", "{zh}"));
    }

    /// What is asked for.
    fn asked(&mut self, input: &Input) {
        let model = self.model;
        self.label(input.called.label.as_ref());
        self.typed(&input.of);
        self.range(input.low.as_ref(), input.high.as_ref());
        if let Some(step) = &input.step {
            self.one(Aspect::Step, step, words!("{step}", "{step}"));
        }
        match input.default {
            Some(default) => {
                let said = self.expression(default);
                let wrapped = |words: &Words| {
                    let Words { en, zh } = words;
                    words!("{en} where it is not given", "未填时取 {zh}")
                };
                self.push(Fact {
                    aspect: Aspect::Presence,
                    list: List::One(Aspect::Presence),
                    key: self.key(default),
                    pairs: vec![String::new()],
                    said: Said {
                        shown: wrapped(&said.shown),
                        plain: wrapped(&said.plain),
                    },
                    origin: Origin::default(),
                });
            }
            None if input.optional => {
                self.one(
                    Aspect::Presence,
                    "optional",
                    words!("may be missing", "可缺"),
                );
            }
            None => self.one(Aspect::Presence, "required", words!("required", "必填")),
        }
        if let Some(when) = input.only_when {
            self.one_expr(Aspect::Asked, when);
        }
        if input.averaged {
            self.one(
                Aspect::Several,
                "",
                words!("several are averaged", "多个取平均"),
            );
        }
        if let Some(sum) = &input.summing_to {
            self.one(Aspect::SummingTo, sum, words!("{sum}", "{sum}"));
        }
        self.direction(input.better);
        if let Some(either) = input.either.and_then(|id| model.eithers.get(id.index())) {
            let shown = either.called.shown();
            self.one(
                Aspect::OneOf,
                &either.called.name,
                words!("{shown}", "{shown}"),
            );
        }
        if input.keys_in_order {
            self.one(
                Aspect::KeysInOrder,
                "",
                words!(
                    "may be a list in the order of the keys",
                    "可按键的次序给出一列数"
                ),
            );
        }
        if let Some(place) = input.order {
            let record = record_of(&input.of).and_then(|record| model.record(record));
            let field = record.and_then(|record| record.fields.get(place as usize));
            if let Some(field) = field {
                let shown = field.called.shown();
                self.one(
                    Aspect::RowOrder,
                    &field.called.key,
                    words!("by {shown}", "按{shown}"),
                );
            }
        }
    }

    fn typed(&mut self, of: &Type) {
        let key = self.keys.of_type(of);
        let words = self.type_words(of);
        self.one(Aspect::Type, key, words);
    }

    /// A type in words, with the options that belong to no declared choice.
    pub(super) fn type_words(&self, of: &Type) -> Words {
        let options = |scale| {
            let options = self.model.scale(scale).map(|scale| &scale.options[..]);
            let options: Vec<&str> = options
                .unwrap_or_default()
                .iter()
                .map(Called::shown)
                .collect();
            (options.join(", "), options.join("、"))
        };
        match of {
            Type::Option(scale) if self.keys.declared.contains(scale) => {
                let shown = self.model.scale(*scale).map(|scale| scale.called.shown());
                let shown = shown.unwrap_or_default();
                words!("one of {shown}", "选项“{shown}”之一")
            }
            Type::Option(scale) => {
                let (en, zh) = options(*scale);
                words!("one of {en}", "{zh} 之一")
            }
            Type::List(element) => {
                let Words { en, zh } = self.type_words(element);
                words!("list of {en}", "{zh} 列表")
            }
            Type::Map(scale, value) => {
                let Words { en, zh } = self.type_words(value);
                let of = self.model.scale(*scale).map(|scale| scale.called.shown());
                let (keys_en, keys_zh) = match of {
                    Some(shown) if self.keys.declared.contains(scale) => {
                        (shown.to_owned(), format!("“{shown}”各项"))
                    }
                    _ => options(*scale),
                };
                words!("{en} for each of {keys_en}", "{keys_zh}的{zh}")
            }
            Type::Named(value) => {
                let Words { en, zh } = self.type_words(value);
                words!("{en} for each name", "各名称的{zh}")
            }
            Type::Record(record) => match self.keys.child(*record) {
                Some(slug) => words!("results of {slug}", "方案 {slug} 的结果"),
                None => words!("rows", "数据行"),
            },
            other => {
                let (en, zh) = other.words();
                words!("{en}", "{zh}")
            }
        }
    }

    fn range(&mut self, low: Option<&Bound>, high: Option<&Bound>) {
        if low.is_none() && high.is_none() {
            return;
        }
        let key = |bound: &Bound| format!("{} {}", bound.included, self.key(bound.at));
        let key = (low.map(key), high.map(key));
        let said = |pick: fn(Said) -> Words| {
            let at = |bound: &Bound| pick(self.expression(bound.at));
            let (low_words, high_words) = (low.map(at), high.map(at));
            let included = |bound: Option<&Bound>| bound.is_none_or(|bound| bound.included);
            in_range(
                low_words.map(|words| (words, included(low))),
                high_words.map(|words| (words, included(high))),
            )
        };
        let said = Said {
            shown: said(|said| said.shown),
            plain: said(|said| said.plain),
        };
        self.push(Fact {
            aspect: Aspect::Range,
            list: List::One(Aspect::Range),
            key: format!("{key:?}"),
            pairs: vec![String::new()],
            said,
            origin: Origin::default(),
        });
    }

    /// The members of rows that data gives.
    fn members(&mut self, list: &str, record: RecordId) {
        let known = self.keys.known_as(format!("input {list}"));
        let known = known.strip_prefix("input ").unwrap_or(list).to_owned();
        let mut open = vec![(list.to_owned(), known, record)];
        while let Some((list, known, id)) = open.pop() {
            let Some(record) = self.model.record(id) else {
                continue;
            };
            if record.child.is_some() {
                continue;
            }
            self.around = vec![record.row];
            for field in &record.fields {
                let Some(given) = &field.given else { continue };
                let name = format!("{list}.{}", field.called.key);
                let label = field.called.label.as_ref();
                let known = format!("{known}.{}", field.called.key);
                let id = self.keys.known_as(format!("member {known}"));
                self.thing(Construct::Member, &name, label, &given.origin)
                    .id = id;
                self.asked(given);
                if field.unique {
                    self.one(Aspect::Unique, "", words!("no two alike", "不得重复"));
                }
                if let Some(kind) = kind_of(self.model, record, field.kind) {
                    let shown = kind.shown().to_owned();
                    self.one(Aspect::OfKind, &kind.key, words!("{shown}", "{shown}"));
                }
                if let Some(inner) = record_of(&field.of) {
                    open.push((name, known, inner));
                }
            }
            self.around = Vec::new();
        }
    }
}

fn kind_of<'a>(
    model: &'a crate::model::Model,
    record: &Record,
    kind: Option<u32>,
) -> Option<&'a Called> {
    model.scale(record.kinds?)?.options.get(kind? as usize)
}

fn record_of(of: &Type) -> Option<RecordId> {
    match of {
        Type::Record(record) => Some(*record),
        Type::List(element) => record_of_element(element),
        _ => None,
    }
}

fn record_of_element(of: &Type) -> Option<RecordId> {
    match of {
        Type::Record(record) => Some(*record),
        _ => None,
    }
}

fn option_fact(option: &Called, list: List) -> Fact {
    let Called { key, label, .. } = option;
    let words = match label {
        Some(label) if label != key => words!("{label} ({key})", "{label}（{key}）"),
        _ => words!("{key}", "{key}"),
    };
    Fact {
        aspect: Aspect::Option,
        list,
        key: format!("{key:?} {label:?}"),
        pairs: vec![key.clone(), format!("{label:?}")],
        said: Said::of(words),
        origin: Origin::default(),
    }
}

/// A stretch of figures in words; whether each end is included.
pub(super) fn in_range(low: Option<(Words, bool)>, high: Option<(Words, bool)>) -> Words {
    match (low, high) {
        (Some((low, true)), Some((high, true))) => Words {
            en: format!("{}..{}", low.en, high.en),
            zh: format!("{}～{}", low.zh, high.zh),
        },
        (low, high) => {
            let low = low.map(|(Words { en, zh }, included)| {
                if included {
                    words!("from {en}", "不低于 {zh}")
                } else {
                    words!("above {en}", "高于 {zh}")
                }
            });
            let high = high.map(|(Words { en, zh }, included)| {
                if included {
                    words!("up to {en}", "不高于 {zh}")
                } else {
                    words!("below {en}", "低于 {zh}")
                }
            });
            match (low, high) {
                (Some(low), Some(high)) => Words {
                    en: format!("{} {}", low.en, high.en),
                    zh: format!("{}且{}", low.zh, high.zh),
                },
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => words!("no limit", "不限"),
            }
        }
    }
}

/// Where a statement comes from.
fn origin_of(statement: &Statement) -> Origin {
    Origin {
        span: statement.head,
        article: statement
            .cite
            .as_ref()
            .map(|cite| cite.article.text.clone()),
        says: None,
        assumed: statement
            .assumed
            .as_ref()
            .map(|assumed| assumed.text.clone()),
    }
}

pub(super) fn period(every: Period) -> Words {
    match every {
        Period::Day => words!("every day", "每天"),
        Period::Week => words!("every week", "每周"),
        Period::Month => words!("every month", "每月"),
        Period::Quarter => words!("every quarter", "每季度"),
        Period::HalfYear => words!("every half year", "每半年"),
        Period::Year => words!("every year", "每年"),
    }
}
