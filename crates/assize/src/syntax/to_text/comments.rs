//! Comments as the formatter writes them, and all comments of a text, read without the parser so
//! that a comment which the parser dropped is missed too.

use crate::syntax::Comment;

/// A comment with its sign.
pub(super) fn written(comment: &Comment) -> String {
    format!("# {}", comment.text).trim_end().to_owned()
}

/// The words of every comment of a text, sorted.
pub(super) fn of_text(text: &str) -> Vec<&str> {
    let mut comments = Vec::new();
    for line in text.lines() {
        let mut close: Option<&[char]> = None;
        for (at, character) in line.char_indices() {
            match close {
                Some(signs) if signs.contains(&character) => close = None,
                Some(_) => {}
                None => match character {
                    '"' => close = Some(&['"']),
                    '“' | '”' => close = Some(&['“', '”']),
                    '「' => close = Some(&['」']),
                    '《' => close = Some(&['》']),
                    '#' | '＃' => {
                        let start = at.saturating_add(character.len_utf8());
                        let words = line.get(start..).unwrap_or("");
                        comments.push(words.trim_start_matches(['#', '＃']).trim());
                        break;
                    }
                    _ => {}
                },
            }
        }
    }
    comments.sort_unstable();
    comments
}

#[cfg(test)]
mod tests {
    use super::of_text;

    #[test]
    fn signs_in_quotes_begin_no_comment() {
        let text = "# 甲 \nlet x = 1 ＃乙\nitem \"#1\" “#2” 「#3」 《#4》 # \"丙#\n“丁 # 5\n";
        assert_eq!(of_text(text), ["\"丙#", "乙", "甲"]);
    }
}
