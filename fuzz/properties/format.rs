//! A text that can be laid out keeps its meaning and its comments, in either keyword language,
//! and comes out the same when it is laid out again.
//!
//! The formatter proves this to itself before it lets a text go; here its refusals count as
//! mistakes too, unless the text could not be read.

use assize::syntax::{FormatError, Keywords, Tree, format_checked, parse, same_meaning};
use assize::text::Limits;

/// Panics where the text shows a mistake of the formatter.
pub fn holds(text: &str) {
    let limits = Limits::default();
    for keywords in [Keywords::Keep, Keywords::English, Keywords::Chinese] {
        let formatted = match format_checked(text, &limits, keywords) {
            Ok(formatted) => formatted,
            Err(FormatError::Unreadable(_)) => return,
            Err(refused) => panic!("{keywords:?}: {refused:?}"),
        };
        let (before, after) = (parse(text, &limits).tree, parse(&formatted, &limits).tree);
        assert!(
            same_meaning(&before, &after),
            "{keywords:?} says something else:\n{formatted}"
        );
        assert_eq!(
            comments(&before),
            comments(&after),
            "{keywords:?}:\n{formatted}"
        );
        assert!(formatted.ends_with('\n'));
        let again = format_checked(&formatted, &limits, keywords);
        assert_eq!(
            again,
            Ok(formatted),
            "{keywords:?} is laid out differently again"
        );
    }
}

/// The words of all comments, sorted: a comment may move from its line to one of its own.
fn comments(tree: &Tree) -> Vec<String> {
    // The tree shows its comments to whoever walks it; its `Debug` form shows them all.
    let shown = format!("{tree:?}");
    let mut comments: Vec<String> = shown
        .split("Comment { text: ")
        .skip(1)
        .filter_map(|comment| comment.split(", span: ").next().map(str::to_owned))
        .collect();
    comments.sort_unstable();
    comments
}
