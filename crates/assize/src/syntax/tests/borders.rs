//! Where one phrase ends and the next begins: lines that go on, phrases behind brackets, names that
//! are spelled like words of the language. Trees are written by hand in the notation of `show`.

use super::super::{Keywords, format_checked};
use super::grown::{exprs, statements};
use super::{clean, read, show};
use crate::syntax::words::{NEVER_NAMES, TABLE};
use crate::text::Limits;

#[test]
fn a_line_may_begin_with_otherwise() {
    statements(
        "let x = ((a / b) otherwise no-value)",
        &[
            "let x = a / b\n    otherwise no value",
            "令 x ＝ a ÷ b\n    无从计算则 无值",
        ],
    );
    statements(
        "result x = ((a / b) otherwise 0) cite(一)",
        &[
            "result x = a / b\n    otherwise 0\n    cite \"一\"",
            "结果 x ＝ a ÷ b\n    无从计算则 0\n    条款 “一”",
        ],
    );
    let rows = read("scheme s {\ngrade by x {\nfrom 9 => a / b\notherwise no value\n}\n}\n");
    assert!(
        show::tree(&rows.tree).contains("HOLE"),
        "a row that lost its arrow is no part of the row before: {}",
        show::tree(&rows.tree)
    );
}

#[test]
fn a_line_inside_brackets_may_begin_with_where() {
    statements(
        "let x = (Count (xs where (it < 1)))",
        &[
            "let x = count(xs\n    where it < 1)",
            "令 x ＝ 个数 （xs\n    其中 it ＜ 1）",
        ],
    );
    let outside = read("scheme s {\nlet x = xs\nwhere it < 1\n}\n");
    assert_eq!(outside.diagnostics.len(), 1, "{:?}", outside.diagnostics);
}

#[test]
fn one_figure_for_each_behind_a_bracketed_aggregate() {
    let mean = "((Mean (r@q for r in responses)) for q in question)";
    exprs(
        mean,
        &[
            "mean of (r[q] for r in responses) for q in question",
            "逐一 q 于 question 取 平均 （逐一 r 于 responses 取 r[q]）",
        ],
    );
    // Without brackets it is not said whether each, or the list, has the mean.
    assert_eq!(
        read("scheme s {\nlet x = mean of xs for q in question\n}\n")
            .diagnostics
            .len(),
        1
    );
    assert_eq!(
        read("scheme s {\nlet x = count(xs) where late\n}\n")
            .diagnostics
            .len(),
        1
    );
    exprs(
        "((Mean xs@q) for q in question)",
        &["逐一 q 于 question 取 平均 xs[q]"],
    );
}

#[test]
fn a_result_for_each_goes_through_a_list_phrase_without_brackets() {
    statements(
        "result places per p in (people sorted[-score id]) {place = p.place}",
        &[
            "result places per p in people sorted by score highest first, id { place = p.place }",
            "结果 places 每 p 于 people 排序 按 score 由高到低，id ｛ place ＝ p.place ｝",
        ],
    );
    statements(
        "result places per p in (people sorted[-score]) = p.place cite(一)",
        &[
            "result places per p in people sorted by score highest first = p.place cite \"一\"",
            "结果 places 每 p 于 people 排序 按 score 由高到低 ＝ p.place 条款 “一”",
        ],
    );
}

#[test]
fn yes_and_no_are_keys_of_a_map_in_chinese() {
    statements(
        "example\n  given answers = map[是 7, 否 3]",
        &[
            "算例 ｛ 已知 answers ＝ ｛ 是 7，否 3 ｝ ｝",
            "example { given answers = { \"是\" 7, \"否\" 3 } }",
        ],
    );
}

#[test]
fn levels_may_be_a_range_of_points() {
    statements(
        "indicator speed '响应速度' on points 1..10 from [问卷] by [] None",
        &[
            "indicator speed \"响应速度\" on points 1..10, from \"问卷\"",
            "观察指标 speed “响应速度”，评以 分值 1～10，来自 “问卷”",
        ],
    );
    statements(
        "indicator speed on points from [问卷] by [] None",
        &[
            "indicator speed on points, from \"问卷\"",
            "观察指标 speed 评以 points 来自 “问卷”",
        ],
    );
}

/// Every word of the language that may be a name, in both languages.
fn soft() -> Vec<&'static str> {
    let spellings = TABLE
        .iter()
        .flat_map(|entry| entry.english.iter().chain(entry.chinese));
    let mut soft: Vec<&str> = spellings
        .copied()
        .filter(|word| !word.contains(' ') && !NEVER_NAMES.contains(word))
        .collect();
    soft.sort_unstable();
    soft.dedup();
    soft
}

/// A name at each end of each kind of expression; `N` stands for it.
const POSITIONS: &[&str] = &[
    "let x = N",
    "let x = N assumed \"一\"",
    "let x = N otherwise no value",
    "let x = 1 + N otherwise 0",
    "let x = N is one of A, B",
    "let x = a + N * N - N",
    "let x = not N and N or N",
    "let x = if N then N else N",
    "let x = -N",
    "let x = given N",
    "let x = given N and N",
    "let x = N[N]",
    "let x = sum of N",
    "let x = mean of (N, N)",
    "let x = sum of N skipping missing",
    "let x = sum of N[q] counting missing as N",
    "let x = (N skipping missing)",
    "let x = (1 + N skipping missing)",
    "let x = N counting missing as N",
    "let x = N without the lowest 1",
    "let x = N without the highest 1",
    "let x = N sorted",
    "let x = N sorted by N highest first, N",
    "let x = (N where N)",
    "let x = (N for c in N where N)",
    "let x = (a for N in N)",
    "let x = every N has N",
    "let x = every N in N has N",
    "let x = some N has N",
    "let x = names in N where N",
    "let x = share of (N where N)",
    "let x = highest 3 of N",
    "let x = last 3 of N skipping missing",
    "let x = rank of N in N, highest first, ties share",
    "let x = top 20% of N by N, round down, ties all in",
    "let x = top N of N by N, round up, ties all in",
    "let x = split N by N in N to 0.01, remainder to the last",
    "let x = N scored by N",
    "let x = square root of N",
    "let x = natural logarithm of N + N",
    "let x = N ^ 2",
    "let x = 2 ^ N",
    "let x = year of N",
    "let x = end of month of N",
    "let x = weight of N",
    "let x = part of N",
    "let x = N of N",
    "let x = N of (N, N)",
    "let x = round half up N to 2 places",
    "let x = round half up 1 + N to a multiple of 5",
    "let x by N { 1 => N, otherwise => N }",
    "table t by N, N { N or N, 1 => N, otherwise => N }",
    "grade by N { from N => A, otherwise => B\nwhen N => no better than N\nwhen N => N }",
    "refuse range a when N",
    "no result a when N",
    "require a : N",
    "consequence a amount N to \"一\" when N",
    "result a = N",
    "result a per b in N = N",
    "result a { b = N, c = N }",
    "each m in N { run a of N restarts after 3\ncarry b : number = N becomes N }",
    "item a out of 10 { start at N\nadd N per N beyond N at most N when N\ndeduct N per full N of N\ndeduct N per started 10 of N\ndeduct N in proportion per 10 of N\ndeduct N when N\nmultiply by N\nnot below N\nnot above N\nmissing => count as N\napplies when N }",
    "item a out of 10 { score N }",
    "item a out of 10 { score by N { 1 => N, otherwise => N } }",
    "group a { 40% of N\n60% of N\nN missing => give its weight to N }",
    "guarantee N in 1..2",
    "guarantee N implies N",
    "guarantee N never rises with N, N",
    "input a : number from N up to N, only when N",
    "input a : number = N",
    "example { given a = N, b = [N, N], c = { N N, k N }\nexpect d = N }",
    "reading a { b => N, c => N assumed \"一\" }",
    "indicator a on N, from \"一\"",
];

/// A name that is also a word of the language keeps its place in either keyword language.
#[test]
fn names_like_words_of_the_language_survive() {
    let mut lost = Vec::new();
    for position in POSITIONS {
        // What the position means, told by a name that is no word.
        let plain = format!("scheme s {{\n{}\n}}\n", position.replace('N', "ordinary"));
        clean(&plain);
        for word in soft() {
            let text = format!("scheme s {{\n{}\n}}\n", position.replace('N', word));
            let written = read(&text);
            if !written.diagnostics.is_empty() {
                // The author is told; nothing is misread.
                continue;
            }
            for keywords in [Keywords::English, Keywords::Chinese] {
                match format_checked(&text, &Limits::default(), keywords) {
                    Ok(_) => {}
                    Err(_) => lost.push(format!("{word} {keywords:?}: {position}")),
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} lost\n{}", lost.len(), lost.join("\n"));
}
