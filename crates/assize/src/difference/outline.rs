//! A model as a list of things, each with what the scheme says of it, fact by fact.
//!
//! A fact has a key, by which it is the same as another or not, and words, which are only shown.
//! The words of what is written in the scheme come from the scheme as the formatter writes it in
//! one keyword language, without article and comments, and with labels in place of names.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::Keys;
use super::{Aspect, Construct};
use crate::model::{ExprId, ExprKind, LoopId, Model, Origin, ScaleId, Type};
use crate::plan::written;
use crate::syntax::{Better, Kind, Tree};
use crate::text::{Span, Words, words};

/// One thing that a scheme declares.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) what: Construct,
    /// The name by which it is found in the other scheme.
    pub(super) id: String,
    /// The name that data uses.
    pub(super) name: String,
    pub(super) label: Option<String>,
    pub(super) origin: Origin,
    pub(super) facts: Vec<Fact>,
}

/// Something that is said of a thing.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) aspect: Aspect,
    pub(super) list: List,
    /// What is meant.
    pub(super) key: String,
    /// What it may be compared with where nothing means the same: the best first.
    pub(super) pairs: Vec<String>,
    pub(super) said: Said,
    pub(super) origin: Origin,
}

/// A fact in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// With labels in place of names.
    pub(super) shown: Words,
    /// With the names as they are written.
    pub(super) plain: Words,
}

/// To which of the facts of a thing one belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    /// The only one of its aspect.
    One(Aspect),
    /// One of several whose order means nothing.
    Among(Aspect),
    /// One of several that act in their order.
    Ordered(Aspect),
}

impl List {
    /// What is compared with each other: what there is one of, or several.
    pub(super) const fn id(self) -> (bool, Aspect) {
        match self {
            Self::One(aspect) => (false, aspect),
            Self::Among(aspect) | Self::Ordered(aspect) => (true, aspect),
        }
    }
}

/// Says what a model says.
pub(super) struct Teller<'a> {
    pub(super) keys: Keys<'a>,
    pub(super) model: &'a Model,
    pub(super) tree: &'a Tree,
    text: &'a str,
    /// Where a statement that begins there says all but its article and assumption.
    ends: BTreeMap<u32, u32>,
    /// The loops around what is told.
    pub(super) around: Vec<LoopId>,
    pub(super) things: Vec<Thing>,
}

/// The things of a model, in the order of the constructs.
pub(super) fn outline(
    model: &Model,
    tree: &Tree,
    text: &str,
    before: &BTreeMap<String, String>,
) -> Vec<Thing> {
    let statements = tree.scheme.body.statements.iter();
    let choices: BTreeSet<Span> = statements
        .filter(|statement| matches!(statement.kind, Kind::Choice(_)))
        .map(|statement| statement.span)
        .collect();
    let scales = model.scales.iter().zip(0..);
    let declared = scales
        .filter(|(scale, _)| choices.contains(&scale.span))
        .map(|(_, place)| ScaleId(place))
        .collect();
    let mut teller = Teller {
        keys: Keys {
            model,
            before,
            declared,
        },
        model,
        tree,
        text,
        ends: ends(tree, text),
        around: Vec::new(),
        things: Vec::new(),
    };
    teller.head();
    teller.choices();
    teller.inputs();
    teller.stops();
    teller.tables();
    teller.figures();
    teller.results();
    teller.guarantees();
    teller.indicators();
    teller.procedures();
    teller.readings();
    teller.things
}

impl Teller<'_> {
    /// Adds a thing; what is said of it follows.
    pub(super) fn thing(
        &mut self,
        what: Construct,
        name: &str,
        label: Option<&String>,
        origin: &Origin,
    ) -> &mut Thing {
        let name = name.to_owned();
        let id = self.keys.known_as(format!("{} {name}", what.family()));
        self.things.push(Thing {
            what,
            id,
            name,
            label: label.cloned(),
            origin: origin.clone(),
            facts: Vec::new(),
        });
        let last = self.things.len().saturating_sub(1);
        #[expect(clippy::indexing_slicing, reason = "it was pushed just now")]
        &mut self.things[last]
    }

    /// The thing that was added last.
    pub(super) fn push(&mut self, fact: Fact) {
        if let Some(thing) = self.things.last_mut() {
            thing.facts.push(fact);
        }
    }

    /// Something of which there is one.
    pub(super) fn one(&mut self, aspect: Aspect, key: impl ToString, words: Words) {
        self.push(Fact {
            aspect,
            list: List::One(aspect),
            key: key.to_string(),
            pairs: vec![String::new()],
            said: Said::of(words),
            origin: Origin::default(),
        });
    }

    /// Which way is better.
    pub(super) fn direction(&mut self, better: Option<Better>) {
        match better {
            Some(Better::Lower) => self.one(
                Aspect::Direction,
                "lower",
                words!("lower is better", "越低越好"),
            ),
            Some(Better::Higher) => self.one(
                Aspect::Direction,
                "higher",
                words!("higher is better", "越高越好"),
            ),
            None => {}
        }
    }

    /// An expression of which there is one.
    pub(super) fn one_expr(&mut self, aspect: Aspect, id: ExprId) {
        let key = self.key(id);
        let said = self.expression(id);
        self.push(Fact {
            aspect,
            list: List::One(aspect),
            key,
            pairs: vec![String::new()],
            said,
            origin: Origin::default(),
        });
    }

    pub(super) fn key(&self, id: ExprId) -> String {
        self.keys.expr(id, &self.around)
    }

    /// An expression as it is written.
    pub(super) fn expression(&self, id: ExprId) -> Said {
        let span = self.model.expr(id).map(|expr| expr.span);
        span.map_or_else(
            || Said::of(words!("?", "？")),
            |span| self.stretch(span, &[id]),
        )
    }

    /// A statement as it is written, without its article, its assumption and its block.
    pub(super) fn statement(&self, origin: &Origin, exprs: &[ExprId]) -> Said {
        let span = origin.span;
        let end = self.ends.get(&span.start).copied().unwrap_or(span.end);
        self.stretch(Span::new(span.start, end.min(span.end)), exprs)
    }

    /// A stretch of the text, with labels in place of the names in some expressions.
    fn stretch(&self, whole: Span, exprs: &[ExprId]) -> Said {
        let mut names = Vec::new();
        let mut open = exprs.to_vec();
        while let Some(id) = open.pop() {
            let Some(expr) = self.model.expr(id) else {
                continue;
            };
            if whole.start <= expr.span.start
                && expr.span.end <= whole.end
                && let Some((name, label)) = self.called(&expr.kind, &expr.of)
                && expr.span.of(self.text) == name
            {
                names.push((expr.span, label));
            }
            expr.kind.operands(|operand| open.push(operand));
        }
        names.sort();
        names.dedup();
        let mut shown = String::new();
        let mut at = whole.start;
        for (span, label) in names {
            shown.push_str(&written(self.text, at, span.start));
            shown.push_str(&label);
            at = span.end;
        }
        shown.push_str(&written(self.text, at, whole.end));
        let same = |text: &str| {
            let text = text.trim();
            words!("{text}", "{text}")
        };
        Said {
            shown: same(&shown),
            plain: same(&written(self.text, whole.start, whole.end)),
        }
    }

    /// The name and the label of what an expression names.
    fn called(&self, kind: &ExprKind, of: &Type) -> Option<(&str, String)> {
        let called = match (kind, of) {
            (ExprKind::Input(id) | ExprKind::Rows(id, _), _) => &self.model.input(*id)?.called,
            (ExprKind::Either(id), _) => &self.model.eithers.get(id.index())?.called,
            (ExprKind::Figure(id), _) => &self.model.figure(*id)?.called,
            (ExprKind::Option(place), Type::Option(scale)) => {
                self.model.scale(*scale)?.options.get(*place as usize)?
            }
            (ExprKind::Member(row, place), _) => {
                let row = self.model.row(*row)?;
                let record = match row.element {
                    Type::Record(record) => record,
                    _ => row.record?,
                };
                let fields = &self.model.record(record)?.fields;
                &fields.get(*place as usize)?.called
            }
            _ => return None,
        };
        Some((&called.name, called.label.clone()?))
    }
}

impl Said {
    /// Words without names in them.
    pub(super) fn of(words: Words) -> Self {
        Self {
            shown: words.clone(),
            plain: words,
        }
    }

    /// The English words of the one and the Chinese of the other.
    pub(super) fn both(english: &Self, chinese: &Self) -> Self {
        let both = |english: &Words, chinese: &Words| Words {
            en: english.en.clone(),
            zh: chinese.zh.clone(),
        };
        Self {
            shown: both(&english.shown, &chinese.shown),
            plain: both(&english.plain, &chinese.plain),
        }
    }
}

/// Where each statement ends that names an article or an assumption, without them.
fn ends(tree: &Tree, text: &str) -> BTreeMap<u32, u32> {
    let mut ends = BTreeMap::new();
    let mut open = vec![&tree.scheme.body];
    while let Some(block) = open.pop() {
        for statement in &block.statements {
            let cited = statement.cite.as_ref().map(|cite| cite.article.span);
            let assumed = statement.assumed.as_ref().map(|assumed| assumed.span);
            if let Some(first) = cited.into_iter().chain(assumed).min() {
                let before = text.get(..first.range().start).unwrap_or_default();
                let before = before.trim_end();
                let keyword = ["cite", "条款", "assumed", "推定"]
                    .iter()
                    .find_map(|keyword| before.strip_suffix(keyword));
                let end = keyword.unwrap_or(before).trim_end().len();
                ends.insert(statement.span.start, u32::try_from(end).unwrap_or(u32::MAX));
            }
            open.extend(statement.blocks());
        }
    }
    ends
}
