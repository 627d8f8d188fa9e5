//! From two schemes to their changes: each scheme is told three times, as it stands and as the
//! formatter writes it in either keyword language, so that the words of a change are in the language
//! of whoever reads it.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{Fact, Said, Thing, outline};
use super::pairing::{Fate, fates, longest_run};
use super::{Aspect, Change, Construct, How};
use crate::model::from_syntax::from_syntax;
use crate::model::{Model, Origin};
use crate::scheme::Scheme;
use crate::syntax::{Keywords, Tree, format, parse};
use crate::text::{Limits, Words, words};

/// The alternatives of readings that are taken, by name.
type Readings = BTreeMap<String, String>;

/// A text that is known to be a scheme: whoever checked it had limits of their own.
const CHECKED_BEFORE: Limits = Limits {
    source_bytes: usize::MAX,
    expression_depth: usize::MAX,
    statement_terms: usize::MAX,
    block_depth: usize::MAX,
    statements: usize::MAX,
    name_bytes: usize::MAX,
    quoted_bytes: usize::MAX,
    diagnostics: 1,
};

/// What changed from one scheme to another, and in those that they use.
pub(super) fn difference(old: &Scheme, new: &Scheme) -> Vec<Change> {
    let mut changes = one_scheme(old, new);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open = used_by_both(old, new);
    open.reverse();
    while let Some((old, new)) = open.pop() {
        let slug = new.slug().to_owned();
        if !seen.insert(slug.clone()) || old.text() == new.text() {
            continue;
        }
        changes.extend(one_scheme(&old, &new).into_iter().map(|change| Change {
            within: Some(slug.clone()),
            ..change
        }));
        open.extend(used_by_both(&old, &new));
    }
    changes
}

/// The schemes whose results two schemes use, where both use one of that name.
fn used_by_both(old: &Scheme, new: &Scheme) -> Vec<(Scheme, Scheme)> {
    let (old, new) = (&old.model().children, &new.model().children);
    let pairs = new.iter().filter_map(|new| {
        let old = old.iter().find(|old| old.slug() == new.slug())?;
        Some((old.clone(), new.clone()))
    });
    pairs.collect()
}

fn one_scheme(old: &Scheme, new: &Scheme) -> Vec<Change> {
    let (old_written, new_written) = (Written::of(old), Written::of(new));
    let (old_taken, new_taken) = (taken(old), taken(new));
    let mut changes = compared(&old_written, &old_taken, &new_written, &new_taken);
    for (reading, alternative) in alternatives_of_both(old, new) {
        let with = |taken: &Readings| {
            let mut readings = taken.clone();
            readings.insert(reading.clone(), alternative.clone());
            readings
        };
        let more = compared(
            &old_written,
            &with(&old_taken),
            &new_written,
            &with(&new_taken),
        );
        let under = vec![(reading.clone(), alternative.clone())];
        for change in more {
            let known = |known: &Change| {
                Change {
                    under: Vec::new(),
                    ..known.clone()
                } == change
            };
            // Which alternative is taken is no change of what it says.
            let is_choice = change.aspect == Some(Aspect::Taken);
            if !is_choice && !changes.iter().any(known) {
                changes.push(Change {
                    under: under.clone(),
                    ..change
                });
            }
        }
    }
    changes
}

/// The alternatives that a scheme takes and that are not the first ones.
fn taken(scheme: &Scheme) -> Readings {
    let readings = scheme.readings().iter().filter_map(|reading| {
        let (alternative, _) = reading.alternatives.get(reading.chosen)?;
        Some((reading.name.clone(), alternative.clone()))
    });
    readings.collect()
}

/// The alternatives that both schemes have and that are not taken in both.
fn alternatives_of_both(old: &Scheme, new: &Scheme) -> Vec<(String, String)> {
    let (old_taken, new_taken) = (taken(old), taken(new));
    let mut both = Vec::new();
    for reading in new.readings() {
        let Some(other) = old.readings().iter().find(|old| old.name == reading.name) else {
            continue;
        };
        for (alternative, _) in &reading.alternatives {
            let is_there = other
                .alternatives
                .iter()
                .any(|(name, _)| name == alternative);
            let is_taken = |taken: &Readings| taken.get(&reading.name) == Some(alternative);
            if is_there && !(is_taken(&old_taken) && is_taken(&new_taken)) {
                both.push((reading.name.clone(), alternative.clone()));
            }
        }
    }
    both
}

/// A scheme as it stands and in either keyword language.
struct Written<'a> {
    scheme: &'a Scheme,
    texts: [(String, Tree); 3],
}

impl<'a> Written<'a> {
    fn of(scheme: &'a Scheme) -> Self {
        let text = scheme.text();
        let tree = parse(text, &CHECKED_BEFORE).tree;
        let again = |keywords| {
            let text = format(&tree, text, keywords);
            let tree = parse(&text, &CHECKED_BEFORE).tree;
            (text, tree)
        };
        let (english, chinese) = (again(Keywords::English), again(Keywords::Chinese));
        Self {
            scheme,
            texts: [(text.to_owned(), tree), english, chinese],
        }
    }

    /// The things of the scheme, in the words of both languages.
    fn told(&self, readings: &Readings, before: &BTreeMap<String, String>) -> Vec<Thing> {
        let [mut things, english, chinese] = self.texts.each_ref().map(|(text, tree)| {
            let model = self.model(text, tree, readings);
            outline(&model, tree, text, before)
        });
        for (place, thing) in things.iter_mut().enumerate() {
            let (Some(english), Some(chinese)) = (english.get(place), chinese.get(place)) else {
                continue;
            };
            for (place, fact) in thing.facts.iter_mut().enumerate() {
                let (english, chinese) = (english.facts.get(place), chinese.facts.get(place));
                if let (Some(english), Some(chinese)) = (english, chinese)
                    && english.key == fact.key
                    && chinese.key == fact.key
                {
                    fact.said = Said::both(&english.said, &chinese.said);
                }
            }
        }
        things
    }

    fn model(&self, text: &str, tree: &Tree, readings: &Readings) -> Model {
        let children = &self.scheme.model().children;
        let others = |slug: &str| children.iter().find(|child| child.slug() == slug).cloned();
        from_syntax(tree, text, &others, readings).0
    }
}

fn compared(
    old: &Written<'_>,
    old_readings: &Readings,
    new: &Written<'_>,
    new_readings: &Readings,
) -> Vec<Change> {
    let old_things = old.told(old_readings, &BTreeMap::new());
    let new_things = new.told(new_readings, &BTreeMap::new());
    let before = renamed(&old_things, &new_things);
    let new_things = if before.is_empty() {
        new_things
    } else {
        new.told(new_readings, &before)
    };
    things(&old_things, &new_things)
}

/// The names of new things that had other names before: they have the same label, or say the same.
fn renamed(old: &[Thing], new: &[Thing]) -> BTreeMap<String, String> {
    let ids = |things: &[Thing]| -> BTreeSet<String> {
        things.iter().map(|thing| thing.id.clone()).collect()
    };
    let (old_ids, new_ids) = (ids(old), ids(new));
    let gone: Vec<&Thing> = old
        .iter()
        .filter(|thing| !new_ids.contains(&thing.id))
        .collect();
    let come: Vec<&Thing> = new
        .iter()
        .filter(|thing| !old_ids.contains(&thing.id))
        .collect();
    let mut before = BTreeMap::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let by_label = |thing: &Thing| thing.label.clone();
    let by_facts = |thing: &Thing| {
        let facts = thing.facts.iter().map(|fact| (fact.list, &fact.key));
        let facts: Vec<_> = facts.collect();
        // A bare type or condition is shared by many.
        (facts.len() > 1).then(|| format!("{facts:?}"))
    };
    for of in [&by_label as &dyn Fn(&Thing) -> Option<String>, &by_facts] {
        for new in &come {
            let Some(wanted) = of(new) else { continue };
            let is_it =
                |thing: &&&Thing| thing.what == new.what && of(thing).as_ref() == Some(&wanted);
            let (mut olds, mut news) = (gone.iter().filter(is_it), come.iter().filter(is_it));
            if let (Some(old), None) = (olds.next(), olds.next())
                && news.nth(1).is_none()
                && !before.contains_key(&new.id)
                && taken.insert(&old.id)
            {
                before.insert(new.id.clone(), old.id.clone());
            }
        }
    }
    before
}

fn things(old: &[Thing], new: &[Thing]) -> Vec<Change> {
    let mut waiting: BTreeMap<&str, Vec<&Thing>> = BTreeMap::new();
    for thing in new.iter().rev() {
        waiting.entry(&thing.id).or_default().push(thing);
    }
    let mut changes = Vec::new();
    let mut found: BTreeSet<*const Thing> = BTreeSet::new();
    for thing in old {
        match waiting.get_mut(thing.id.as_str()).and_then(Vec::pop) {
            Some(other) => {
                found.insert(other);
                one_thing(thing, other, &mut changes);
            }
            None => changes.push(gone(thing)),
        }
    }
    let come = new
        .iter()
        .filter(|thing| !found.contains(&std::ptr::from_ref(*thing)));
    changes.extend(come.map(come_in));
    for what in [Construct::Refusal, Construct::NoResult] {
        changes.extend(reordered(what, old, new));
    }
    changes
}

/// Lines of which the first that holds decides, and that stand in another order.
fn reordered(what: Construct, old: &[Thing], new: &[Thing]) -> Vec<Change> {
    let among = |things: &[Thing], others: &[Thing]| -> Vec<Thing> {
        let there =
            |thing: &&Thing| thing.what == what && others.iter().any(|other| other.id == thing.id);
        things.iter().filter(there).cloned().collect()
    };
    let (old, new) = (among(old, new), among(new, old));
    let ids =
        |things: &[Thing]| -> Vec<String> { things.iter().map(|thing| thing.id.clone()).collect() };
    let (old_ids, new_ids) = (ids(&old), ids(&new));
    let run = longest_run(&old_ids, &new_ids);
    let moved = old
        .iter()
        .enumerate()
        .filter(|(place, _)| !run.iter().any(|(stayed, _)| stayed == place));
    let moved = moved.filter_map(|(_, thing)| {
        let other = new.iter().find(|other| other.id == thing.id)?;
        Some(whole(How::Moved, Some(thing), Some(other)))
    });
    moved.collect()
}

/// A change of a thing itself.
fn whole(how: How, old: Option<&Thing>, new: Option<&Thing>) -> Change {
    let shown = new.or(old);
    let article = |thing: Option<&Thing>| thing.and_then(|thing| thing.origin.article.clone());
    Change {
        what: shown.map_or(Construct::Scheme, |thing| thing.what),
        name: shown.map(|thing| thing.name.clone()).unwrap_or_default(),
        label: shown.and_then(|thing| thing.label.clone()),
        aspect: None,
        how,
        old: None,
        new: None,
        old_article: article(old),
        new_article: article(new),
        old_span: old.map(|thing| thing.origin.span),
        new_span: new.map(|thing| thing.origin.span),
        under: Vec::new(),
        within: None,
    }
}

fn gone(thing: &Thing) -> Change {
    Change {
        old: summary(thing),
        ..whole(How::Removed, Some(thing), None)
    }
}

fn come_in(thing: &Thing) -> Change {
    Change {
        new: summary(thing),
        ..whole(How::Added, None, Some(thing))
    }
}

/// Everything that is said of a thing.
fn summary(thing: &Thing) -> Option<Words> {
    let told = thing
        .facts
        .iter()
        .filter(|fact| !matches!(fact.aspect, Aspect::Kind | Aspect::Label | Aspect::Name));
    let told = told.map(|fact| {
        let aspect = fact.aspect.words();
        let Words { en, zh } = &fact.said.shown;
        // Statements say by themselves what they are.
        if fact.aspect.is_written_whole() {
            fact.said.shown.clone()
        } else {
            let (aspect_en, aspect_zh) = (aspect.en, aspect.zh);
            words!("{aspect_en} {en}", "{aspect_zh} {zh}")
        }
    });
    let (en, zh): (Vec<String>, Vec<String>) = told.map(|Words { en, zh }| (en, zh)).unzip();
    let (en, zh) = (en.join("; "), zh.join("；"));
    (!en.is_empty()).then(|| words!("{en}", "{zh}"))
}

fn one_thing(old: &Thing, new: &Thing, changes: &mut Vec<Change>) {
    if old.name != new.name && old.what != Construct::Scheme {
        let name = |thing: &Thing| {
            let name = &thing.name;
            Some(words!("{name}", "{name}"))
        };
        changes.push(Change {
            old: name(old),
            new: name(new),
            ..whole(How::Renamed, Some(old), Some(new))
        });
    }
    let whole_article = (&old.origin.article, &new.origin.article);
    origins(old, new, (&old.origin, &new.origin), None, changes);
    for fate in fates(&old.facts, &new.facts) {
        match fate {
            Fate::Same(one, other) => {
                if let (Some(one), Some(other)) = (old.facts.get(one), new.facts.get(other)) {
                    // What rests on the article of its block went with it.
                    let own = (&one.origin.article, &other.origin.article) != whole_article;
                    origins(
                        old,
                        new,
                        (&one.origin, &other.origin),
                        Some((one, own)),
                        changes,
                    );
                }
            }
            Fate::Moved(one, other) => {
                let (one, other) = (old.facts.get(one), new.facts.get(other));
                changes.push(fact(How::Moved, old, new, one, other));
            }
            Fate::Changed(one, other) => {
                let (one, other) = (old.facts.get(one), new.facts.get(other));
                changes.push(fact(How::Changed, old, new, one, other));
                if let (Some(one), Some(other)) = (one, other) {
                    origins(
                        old,
                        new,
                        (&one.origin, &other.origin),
                        Some((one, false)),
                        changes,
                    );
                }
            }
            Fate::Removed(one) => {
                changes.push(fact(How::Removed, old, new, old.facts.get(one), None));
            }
            Fate::Added(other) => {
                changes.push(fact(How::Added, old, new, None, new.facts.get(other)));
            }
        }
    }
}

/// A change of what is said of a thing.
fn fact(how: How, old: &Thing, new: &Thing, one: Option<&Fact>, other: Option<&Fact>) -> Change {
    // Two figures of one label: then their names tell them apart.
    let alike =
        |one: &Said, other: &Said| one.shown.en == other.shown.en || one.shown.zh == other.shown.zh;
    let same = match (one, other) {
        (Some(one), Some(other)) => how == How::Changed && alike(&one.said, &other.said),
        _ => false,
    };
    let said = |fact: &Fact| {
        if same {
            fact.said.plain.clone()
        } else {
            fact.said.shown.clone()
        }
    };
    let place = |fact: Option<&Fact>, thing: &Thing| {
        fact.map(|fact| {
            if fact.origin.span == crate::text::Span::default() {
                thing.origin.span
            } else {
                fact.origin.span
            }
        })
    };
    let article = |fact: Option<&Fact>, thing: &Thing| {
        let own = fact?.origin.article.clone();
        own.or_else(|| thing.origin.article.clone())
    };
    Change {
        aspect: other.or(one).map(|fact| fact.aspect),
        old: one.map(said),
        new: other.map(said),
        old_article: article(one, old),
        new_article: article(other, new),
        old_span: place(one, old),
        new_span: place(other, new),
        ..whole(how, Some(old), Some(new))
    }
}

/// Changes of the article and of what is assumed. `of` is the fact that rests on them, and whether
/// its article is to be told by itself.
fn origins(
    old: &Thing,
    new: &Thing,
    (one, other): (&Origin, &Origin),
    of: Option<(&Fact, bool)>,
    changes: &mut Vec<Change>,
) {
    let mut tell = |aspect: Aspect, old_text: &Option<String>, new_text: &Option<String>| {
        if old_text == new_text {
            return;
        }
        let named = |text: &Option<String>| {
            text.as_ref().map(|text| match of {
                None => words!("{text}", "{text}"),
                Some((fact, _)) => {
                    let Words { en, zh } = &fact.said.shown;
                    words!("{text} ({en})", "{text}（{zh}）")
                }
            })
        };
        let how = match (old_text, new_text) {
            (None, Some(_)) => How::Added,
            (Some(_), None) => How::Removed,
            _ => How::Changed,
        };
        let mut change = whole(how, Some(old), Some(new));
        change.aspect = Some(aspect);
        change.old = named(old_text);
        change.new = named(new_text);
        change.old_article.clone_from(&one.article);
        change.new_article.clone_from(&other.article);
        if of.is_some() {
            change.old_span = Some(one.span);
            change.new_span = Some(other.span);
        }
        changes.push(change);
    };
    if of.is_none_or(|(_, own)| own) {
        tell(Aspect::Article, &one.article, &other.article);
    }
    tell(Aspect::Assumption, &one.assumed, &other.assumed);
}

impl Aspect {
    /// Whether its facts are statements of the scheme, which need no other words.
    const fn is_written_whole(self) -> bool {
        matches!(
            self,
            Self::Start
                | Self::Addition
                | Self::Deduction
                | Self::Score
                | Self::Factor
                | Self::Floor
                | Self::Cap
                | Self::Rounding
                | Self::MissingData
                | Self::Row
                | Self::GradeLine
                | Self::Point
                | Self::Adjustment
                | Self::Weight
                | Self::Entry
                | Self::Guarantee
                | Self::Presence
                | Self::Direction
                | Self::Several
                | Self::BestFirst
                | Self::Option
        )
    }
}
