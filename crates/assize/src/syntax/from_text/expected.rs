//! What a rule expected where it stopped, in the author's words.

use std::collections::BTreeSet;

use crate::text::{Language, Words};

use super::super::words::{TABLE, spelling};
use super::Rule;

/// At most this many things are named.
const NAMED: usize = 5;

/// The rules that were tried where the reading stopped, as words; `None` if none can be named.
pub(super) fn expected(rules: &[Rule]) -> Option<Words> {
    let mut english = Vec::new();
    let mut chinese = Vec::new();
    let mut seen = BTreeSet::new();
    // Behind an operand `=` compares; behind a word that begins no statement, nothing helps.
    let compares = rules.contains(&Rule::times);
    let mut named: Vec<Rule> = rules
        .iter()
        .copied()
        .filter(|rule| !(is_fallback(*rule) || compares && *rule == Rule::equals))
        .collect();
    if named.is_empty() {
        named = rules.to_vec();
    }
    named.sort_by_key(|rule| rank(*rule));
    for pass in [important, secondary] {
        if !english.is_empty() || !chinese.is_empty() {
            break;
        }
        for (en, zh) in named.iter().filter_map(|rule| pass(*rule)) {
            if seen.insert((en.clone(), zh.clone())) {
                english.extend((!en.is_empty()).then_some(en));
                chinese.extend((!zh.is_empty()).then_some(zh));
            }
        }
    }
    if english.is_empty() {
        english.clone_from(&chinese);
    }
    if chinese.is_empty() {
        chinese.clone_from(&english);
    }
    if english.is_empty() {
        return None;
    }
    let list = |mut names: Vec<String>, comma: &str, or: &str, others: &str| {
        if names.len() > NAMED {
            names.truncate(NAMED);
            return format!("{}{others}", names.join(comma));
        }
        match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{or}{last}", rest.join(comma)),
            None => String::new(),
        }
    };
    Some(Words {
        en: list(english, ", ", " or ", " or the like"),
        zh: list(chinese, "、", "或", "等"),
    })
}

/// Signs before words, and what may always be left out last.
fn rank(rule: Rule) -> u8 {
    match rule {
        Rule::colon | Rule::equals | Rule::gives | Rule::arrow | Rule::bracket_close => 0,
        Rule::quoted | Rule::string | Rule::title => 2,
        _ => 1,
    }
}

/// A keyword, a sign or a part of the statement.
fn important(rule: Rule) -> Option<(String, String)> {
    let both = |en: &str, zh: &str| Some((en.to_owned(), zh.to_owned()));
    match rule {
        Rule::name | Rule::naming | Rule::namings | Rule::slug => both("a name", "名称"),
        Rule::path | Rule::paths => both("the name of a figure", "某个数的名称"),
        Rule::quantity | Rule::number | Rule::bound | Rule::range => both("a figure", "数字"),
        Rule::quoted | Rule::string | Rule::title => both("words in quotes", "带引号的文字"),
        Rule::expr
        | Rule::plain
        | Rule::operand
        | Rule::amount
        | Rule::measure
        | Rule::measure_first
        | Rule::argument => both("a figure or the name of one", "数字或某个数的名称"),
        Rule::date | Rule::time => both("a date like 2012-01-01", "如 2012-01-01 的日期"),
        Rule::colon => both("`:`", "冒号"),
        Rule::equals => both("`=`", "="),
        Rule::gives | Rule::arrow | Rule::kw_gives => both("`=>`", "“为”（=>）"),
        Rule::dots => both("`..`", ".."),
        Rule::bracket_close => both("`)`", "右括号"),
        Rule::square_close => both("`]`", "]"),
        Rule::bracket_open | Rule::arguments => both("`(`", "左括号"),
        Rule::braces => both("`{ … }`", "花括号 { … }"),
        Rule::field | Rule::value_type | Rule::base_type => {
            both("a type such as `count`", "类型，如“次数”")
        }
        Rule::period => both("`every month`", "每月"),
        Rule::order => both("`highest first`", "由高到低"),
        Rule::ties => both("`ties share`", "并列同名次"),
        Rule::edge_ties => both("`ties all in`", "并列全取"),
        Rule::round_to => both("`to 2 places`", "“保留 2 位小数”"),
        Rule::round_mode => both(
            "a way to round such as `round half up`",
            "舍入方式，如“四舍五入”",
        ),
        Rule::missing_then => both(
            "what happens then, such as `weigh the rest equally`",
            "缺项时的做法，如“其余各项权重均等”",
        ),
        Rule::missing_pattern => both("`missing`", "缺项"),
        Rule::test => both("a condition such as `from 90`", "条件，如“不低于90”"),
        Rule::assignment | Rule::assignments => both("`name = value`", "“名称 = 值”"),
        Rule::map_keys => both("the name of a choice", "选项的名称"),
        Rule::alternative => both("an option", "某个选项"),
        Rule::statement => both("a statement", "一条语句"),
        Rule::row_entry => both("a row `condition => outcome`", "“条件 为 结果”的一行"),
        Rule::alternative_entry => both(
            "`name => value` or `name { … }`",
            "“名称 为 值”或“名称 { … }”",
        ),
        Rule::kind_entry => both("`name { … }`", "“名称 { … }”"),
        Rule::aspect_entry | Rule::aspect => both("the name of an aspect", "一个方面的名称"),
        Rule::step_clause => both("a clause such as `by day 20`", "如“不迟于 20 日”的说明"),
        Rule::indicator_clause => both("a clause such as `by \"…\"`", "如“由 \"…\"”的说明"),
        Rule::member_entry | Rule::member => both("`name : type`", "“名称 ： 类型”"),
        _ => keyword(rule).filter(|_| !is_secondary(rule)),
    }
}

/// What may nearly always stand there: named only if there is nothing else to name.
fn secondary(rule: Rule) -> Option<(String, String)> {
    let both = |en: &str, zh: &str| Some((en.to_owned(), zh.to_owned()));
    match rule {
        Rule::EOI => both("the end of the statement", "语句结束"),
        Rule::comma => both("a comma", "逗号"),
        Rule::plus
        | Rule::minus
        | Rule::times
        | Rule::over
        | Rule::less
        | Rule::greater
        | Rule::at_least
        | Rule::at_most_sign
        | Rule::power
        | Rule::not_equal => both("an operator such as `+`", "运算符，如 +"),
        _ => keyword(rule),
    }
}

fn is_secondary(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::kw_cite
            | Rule::kw_assumed
            | Rule::kw_says
            | Rule::kw_and
            | Rule::kw_or
            | Rule::kw_not
            | Rule::kw_otherwise_value
            | Rule::kw_of
            | Rule::kw_is_one_of
            | Rule::kw_key
            | Rule::kw_unit_points
            | Rule::kw_unit_yuan
            | Rule::kw_unit_times
            | Rule::kw_unit_seconds
            | Rule::kw_unit_minutes
            | Rule::kw_unit_hours
            | Rule::kw_unit_days
            | Rule::kw_unit_months
            | Rule::kw_unit_years
            | Rule::kw_among
            | Rule::kw_where
            | Rule::kw_for
            | Rule::kw_sorted
            | Rule::kw_skipping_missing
            | Rule::kw_counting_missing
            | Rule::kw_without_highest
            | Rule::kw_without_lowest
            | Rule::kw_scored_by
    )
}

/// What may stand behind any name that begins a line of a group.
pub(super) fn is_fallback(rule: Rule) -> bool {
    matches!(rule, Rule::kw_missing | Rule::kw_weighs)
}

/// A keyword in both languages; empty in one that does not write it.
fn keyword(rule: Rule) -> Option<(String, String)> {
    let name = format!("{rule:?}");
    let entry = TABLE.iter().find(|entry| entry.rule == name)?;
    let shown = |language, open, close| match spelling(entry.word, language) {
        "" => String::new(),
        word => format!("{open}{word}{close}"),
    };
    Some((
        shown(Language::English, '`', '`'),
        shown(Language::Chinese, '“', '”'),
    ))
}
