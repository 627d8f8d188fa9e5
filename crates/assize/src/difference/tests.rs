//! Whatever the texts of real schemes say is noticed: a statement that is left out, and a figure
//! that is another. Models are compared also where they have errors, so that nothing has to add up.

use std::collections::BTreeMap;
use std::path::Path;

use super::outline::{Thing, outline};
use crate::model::from_syntax::from_syntax;
use crate::scheme::Scheme;
use crate::syntax::{Keywords, Kind, Tree, format, parse};
use crate::text::{Limits, Span};

fn presets() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    let mut texts: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("the folder of schemes")
        .map(|entry| {
            let slug = entry.expect("a folder").file_name();
            let slug = slug.to_str().expect("a plain name").to_owned();
            let path = folder.join(&slug).join(format!("{slug}.scheme"));
            let text = std::fs::read_to_string(path).expect("a scheme");
            (slug, text)
        })
        .collect();
    texts.sort();
    texts
}

/// What a text says, as far as it can be understood; nothing where it cannot be read.
fn keys(text: &str, readings: &BTreeMap<String, String>) -> Option<Vec<String>> {
    let parsed = parse(text, &Limits::default());
    parsed
        .diagnostics
        .is_empty()
        .then(|| keys_of(&parsed.tree, text, readings))
}

fn keys_of(tree: &Tree, text: &str, readings: &BTreeMap<String, String>) -> Vec<String> {
    let none = |_: &str| -> Option<Scheme> { None };
    let (model, _) = from_syntax(tree, text, &none, readings);
    let things = outline(&model, tree, text, &BTreeMap::new());
    things.iter().flat_map(said).collect()
}

fn said(thing: &Thing) -> Vec<String> {
    let facts = thing.facts.iter().map(|fact| {
        let origin = (&fact.origin.article, &fact.origin.assumed);
        format!("{} {:?} {} {origin:?}", thing.id, fact.list, fact.key)
    });
    let origin = (&thing.origin.article, &thing.origin.assumed);
    std::iter::once(format!("{} {:?} {origin:?}", thing.id, thing.what))
        .chain(facts)
        .collect()
}

/// The statements of a scheme that say what it means, with the alternatives of readings taken first.
fn statements(tree: &Tree) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open = vec![&tree.scheme.body];
    while let Some(block) = open.pop() {
        for statement in &block.statements {
            // Examples mean nothing; readings are looked at by themselves.
            if matches!(statement.kind, Kind::Example { .. } | Kind::Reading { .. }) {
                continue;
            }
            spans.push(statement.span);
            open.extend(statement.blocks());
        }
    }
    spans.sort();
    spans
}

#[test]
fn layout_and_keyword_language_are_no_difference() {
    let readings = BTreeMap::new();
    for (slug, text) in presets() {
        let tree = parse(&text, &Limits::default()).tree;
        let whole = keys_of(&tree, &text, &readings);
        for keywords in [Keywords::English, Keywords::Chinese] {
            let again = keys(&format(&tree, &text, keywords), &readings);
            assert_eq!(again.as_ref(), Some(&whole), "{slug} {keywords:?}");
        }
    }
}

#[test]
fn a_statement_that_is_left_out_is_noticed() {
    let readings = BTreeMap::new();
    let mut tried = 0_usize;
    for (slug, text) in presets() {
        let tree = parse(&text, &Limits::default()).tree;
        let whole = keys_of(&tree, &text, &readings);
        for span in statements(&tree).into_iter().step_by(6) {
            let range = span.range();
            let without = format!("{}{}", &text[..range.start], &text[range.end..]);
            if let Some(less) = keys(&without, &readings) {
                tried += 1;
                assert!(less != whole, "{slug}: {}", span.of(&text));
            }
        }
    }
    assert!(tried > 250, "{tried}");
}

#[test]
fn a_figure_that_is_another_is_noticed() {
    let readings = BTreeMap::new();
    let mut tried = 0_usize;
    for (slug, text) in presets() {
        let tree = parse(&text, &Limits::default()).tree;
        let whole = keys_of(&tree, &text, &readings);
        for span in statements(&tree).into_iter().step_by(5) {
            // The first figure of its head, outside quotes and comments.
            let head = span.of(&text).split(['{', '\n']).next().unwrap_or("");
            let mut quoted = false;
            let mut before = ' ';
            let place = head.char_indices().find(|(_, sign)| {
                quoted ^= matches!(sign, '"' | '“' | '”' | '《' | '》');
                let found = !quoted
                    && sign.is_ascii_digit()
                    && !before.is_alphanumeric()
                    && before != '_'
                    && before != '-';
                before = *sign;
                found
            });
            let Some((place, digit)) = place else {
                continue;
            };
            let at = span.range().start + place;
            let other = if digit == '9' {
                '8'
            } else {
                char::from(digit as u8 + 1)
            };
            let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            if let Some(keys) = keys(&changed, &readings) {
                tried += 1;
                assert!(keys != whole, "{slug}: {head}");
            }
        }
    }
    assert!(tried > 40, "{tried}");
}
