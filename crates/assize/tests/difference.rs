//! What changed in meaning between two schemes, in words.
//!
//! The expected sentences are written by hand from the two texts.

use std::path::Path;

use assize::difference::difference;
use assize::syntax::{Keywords, parse};
use assize::text::Limits;
use assize::{Checked, Checker, Scheme};

fn scheme(slug: &str) -> Option<Scheme> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    let path = folder.join(slug).join(format!("{slug}.scheme"));
    checked(&std::fs::read_to_string(path).ok()?).scheme
}

fn checked(text: &str) -> Checked {
    Checker::new().beside(&scheme).check(text)
}

/// A scheme says the same in either keyword language and in the one layout.
#[test]
fn layout_and_keyword_language_are_no_difference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemes");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let slug = entry.unwrap().file_name().into_string().unwrap();
        let Some(written) = scheme(&slug) else {
            panic!("{slug} is no scheme");
        };
        let tree = parse(written.text(), &Limits::default()).tree;
        for keywords in [Keywords::English, Keywords::Chinese] {
            let text = assize::syntax::format(&tree, written.text(), keywords);
            let again = checked(&text).scheme.unwrap();
            let changes: Vec<String> = difference(&written, &again)
                .iter()
                .map(|change| change.words().en)
                .collect();
            assert_eq!(changes, [String::new(); 0], "{slug} {keywords:?}");
        }
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}
