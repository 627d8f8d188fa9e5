//! Names that a reader cannot tell apart: they differ only in signs that look alike.
//!
//! Only signs that most fonts draw alike count: 0 and O; 1, l and I; Latin, Greek and Cyrillic
//! letters of one shape; full-width forms. Names that merely resemble each other do not.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Called, Model};
use crate::text::{Span, words};

pub(super) static CODES: &[&Code] = &[&NAMES_LOOK_ALIKE];

pub(super) static NAMES_LOOK_ALIKE: Code = Code {
    name: "names-look-alike",
    severity: Severity::Warning,
    page_en: "Two names differ only in signs that look alike: 0 and O, 1 and l and I, or a Latin \
              and a Cyrillic or Greek letter of the same shape. Who reads the scheme cannot see \
              which of the two a rule uses, so a wrong one would pass every review. Rename one of \
              them. A letter of another script usually came with text copied from elsewhere: type \
              the name again.",
    page_zh: "两个名称只差在看起来一样的字符上：0 与 O，1、l 与 I，或形状相同的拉丁、西里尔、希腊字母。\
              读方案的人看不出某条规则用的是哪一个，用错了也审不出来。请给其中一个改名。\
              混入别种文字的字母，多半是从别处复制来的，请重新输入一遍。",
    wrong: r#"
scheme service "服务考核" {
    input rule_1 "第一类问题" : count, lower is better
    input rule_l "第二类问题" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per rule_1
        deduct 2 per rule_l
    }
}
"#,
    right: r#"
scheme service "服务考核" {
    input rule_1 "第一类问题" : count, lower is better
    input rule_2 "第二类问题" : count, lower is better
    item service "服务" out of 100 cite "三" {
        start at 100
        deduct 5 per rule_1
        deduct 2 per rule_2
    }
}
"#,
};

pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let inputs = model
        .inputs
        .iter()
        .map(|input| (&input.called, input.origin.span));
    let figures = model
        .figures
        .iter()
        .map(|figure| (&figure.called, figure.origin.span));
    let tables = model
        .tables
        .iter()
        .map(|table| (&table.called, table.origin.span));
    compare(inputs.chain(figures).chain(tables), &mut found);
    for scale in &model.scales {
        compare(
            scale.options.iter().map(|option| (option, scale.span)),
            &mut found,
        );
    }
    found
}

fn compare<'m>(names: impl Iterator<Item = (&'m Called, Span)>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (called, span) in names {
        let name = called.name.as_str();
        let (first, place) = *seen.entry(drawn(name)).or_insert((name, span));
        if first == name {
            continue;
        }
        let differing = differing(name, first);
        found.push(
            Diagnostic::new(
                &NAMES_LOOK_ALIKE,
                span,
                words!(
                    "`{name}` and `{first}` look alike and are two names: {differing}",
                    "“{name}”与“{first}”看起来一样，却是两个名称：{differing}"
                ),
            )
            .with_label(place, words!("the other one", "另一个在这里"))
            .with_help(words!(
                "rename one of them so that a reader can tell them apart",
                "请给其中一个改名，让读的人分得清"
            )),
        );
    }
}

/// The first signs in which two names differ, with their numbers: `1 (U+0031), l (U+006C)`.
fn differing(name: &str, other: &str) -> String {
    name.chars()
        .zip(other.chars())
        .find(|(a, b)| a != b)
        .map(|(a, b)| format!("{a} (U+{:04X}), {b} (U+{:04X})", u32::from(a), u32::from(b)))
        .unwrap_or_default()
}

/// The name with each sign replaced by the one that stands for all that are drawn like it.
fn drawn(name: &str) -> String {
    name.chars().map(shape).collect()
}

fn shape(sign: char) -> char {
    let plain = match u32::from(sign).checked_sub(0xFEE0).and_then(char::from_u32) {
        Some(plain) if ('\u{FF01}'..='\u{FF5E}').contains(&sign) => plain,
        _ => sign,
    };
    match plain {
        '0' | 'О' | 'Ο' => 'O',
        '1' | 'I' | '|' | 'І' | 'Ι' | 'Ӏ' => 'l',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' | 'ϳ' => 'j',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{differing, drawn};

    #[test]
    fn signs_of_one_shape_are_drawn_alike() {
        for (a, b) in [
            ("O1", "0l"),
            ("I1l", "lll"),
            ("score", "s\u{441}ore"),
            ("\u{391}\u{392}", "AB"),
            ("Ａ１", "Al"),
        ] {
            assert_eq!(drawn(a), drawn(b), "{a} {b}");
        }
        for (a, b) in [
            ("score", "scores"),
            ("a", "A"),
            ("o", "0"),
            ("问题", "问题数"),
            ("item_1", "item_2"),
        ] {
            assert_ne!(drawn(a), drawn(b), "{a} {b}");
        }
    }

    #[test]
    fn the_first_difference_is_told_by_number() {
        assert_eq!(
            differing("score", "s\u{441}ore"),
            "c (U+0063), \u{441} (U+0441)"
        );
    }
}
