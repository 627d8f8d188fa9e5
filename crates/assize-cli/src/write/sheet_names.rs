//! What the sheets of a workbook are called, as Excel allows: at most 31 signs, none of those that
//! have a meaning in a reference to a cell, and no name twice, whatever its case.

/// UTF-16 units in the name of a sheet.
const LONGEST: usize = 31;
/// Excel keeps this name for itself.
const RESERVED: &str = "history";

/// Names like those wanted, in the same order.
#[must_use]
pub fn sheet_names(wanted: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for text in wanted {
        let name = free(&allowed(text), &names);
        names.push(name);
    }
    names
}

/// The text without what the name of a sheet cannot hold.
fn allowed(text: &str) -> String {
    let signs = text.trim().chars().map(|sign| match sign {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
        // At either end it would quote the name.
        '\'' => '’',
        '\u{fffe}' | '\u{ffff}' => '_',
        sign if sign.is_control() => '_',
        sign => sign,
    });
    signs.collect()
}

/// The name, or the name with the first number that makes it one of its own.
fn free(name: &str, taken: &[String]) -> String {
    let is_free = |name: &String| {
        let folded = name.to_lowercase();
        !folded.is_empty()
            && folded != RESERVED
            && taken.iter().all(|other| other.to_lowercase() != folded)
    };
    let numbered = (2..=u32::MAX).map(|number| {
        let suffix = format!(" ({number})");
        let room = LONGEST.saturating_sub(suffix.len());
        format!("{}{suffix}", cut(name, room))
    });
    let mut names = std::iter::once(cut(name, LONGEST).to_owned()).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

/// The beginning of a text, of at most so many UTF-16 units.
fn cut(text: &str, longest: usize) -> &str {
    let mut units = 0_usize;
    let end = text.char_indices().find_map(|(at, sign)| {
        units = units.saturating_add(sign.len_utf16());
        (units > longest).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_excel_takes() {
        let long = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二";
        for (wanted, expected) in [
            (&["results", "排名"][..], &["results", "排名"][..]),
            (&["results", "Results"], &["results", "Results (2)"]),
            (&["a/b", "a:b", "a*b"], &["a_b", "a_b (2)", "a_b (3)"]),
            (&["'quoted'", "[x]?\\"], &["’quoted’", "_x___"]),
            (&["History", "a\u{1}b"], &["History (2)", "a_b"]),
            // 32 signs become 31; the second time four of them make room for a number.
            (
                &[long, long],
                &[
                    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一",
                    "一二三四五六七八九十一二三四五六七八九十一二三四五六七 (2)",
                ],
            ),
            // Sixteen signs of two units each do not fit; fifteen do.
            (
                &["😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"],
                &["😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"],
            ),
        ] {
            let wanted: Vec<String> = wanted.iter().map(|&name| name.to_owned()).collect();
            assert_eq!(sheet_names(&wanted), expected);
        }
    }
}
